use actix_web::{get, patch, post};

use super::{
    queries,
    status::Action,
    types::{
        NewReferral, PushedReferral, Referral, ReferralComplete, ReferralDecline, ReferralEndEarly,
        ReferralFilter, ReferralHold, ReferralId, ReferralPatch, ReferralProvideInformation,
        ReferralRedirect, ReferralRequestInformation, ReferralRoute, ReferralWaitlist, ReferralWithdraw,
        SubmissionPreview, WithdrawReason,
    },
};
use crate::{
    access::{Cx, Db, HandleReferrals, Permission as _, PushReferrals, ReadReferrals, SubmitReferrals},
    domains::journey::offers::{self, ReferralOffer},
    problem::Problem,
    web::{
        Answer, Batch, BatchAnswer, Created, DryRun, IfMatch, Items, Json, Nothing, One, Page, Path, Pushed,
        Query, Window,
    },
};

const TAG: &str = "referrals";

/// List referrals.
///
/// Oldest first, sent, received and internal. `overdue=true` lists those whose person nobody has contacted in time.
#[utoipa::path(tag = TAG, params(ReferralFilter, Window), responses((status = 200, body = Page<Referral>)), security(("bearer" = [ReadReferrals::SCOPE])))]
#[get("/referrals")]
pub async fn list_referrals(
    cx: Cx<ReadReferrals>,
    filter: Query<ReferralFilter>,
    window: Query<Window>,
) -> Result<Page<Referral>, Problem> {
    cx.read(async |db| queries::list(db, &filter, &window).await).await
}

/// Draft a referral.
///
/// Without a counterpart it is this organisation's own: reported by the person, a relative or the centre itself.
/// Nothing leaves before it is submitted.
#[utoipa::path(tag = TAG, responses((status = 201, body = Referral)), security(("bearer" = [SubmitReferrals::SCOPE])))]
#[post("/referrals")]
pub async fn create_referral(
    cx: Cx<SubmitReferrals>,
    new: Json<NewReferral>,
) -> Result<Created<Referral>, Problem> {
    cx.create(new, queries::insert, queries::find).await
}

/// Push a referral from another system.
///
/// One request carries the person, the evidence of the consent (or the legal basis that was decided on before) and the
/// need; it is taken as a whole or not at all. The same `external_system` and `external_id` with the same content answers
/// 200 with what stands, with other content 409.
#[utoipa::path(tag = TAG, responses((status = 201, body = Referral), (status = 200, body = Referral)), security(("bearer" = [PushReferrals::SCOPE])))]
#[post("/referrals/push")]
pub async fn push_referral(
    cx: Cx<PushReferrals>,
    new: Json<PushedReferral>,
) -> Result<Pushed<Referral>, Problem> {
    cx.create(new, queries::push, queries::find_pushed).await.map(|Created(pushed)| pushed)
}

/// Push many referrals.
///
/// A dry run lays out everything, and shows of each what would leave, for whom and under which consent or legal basis.
#[utoipa::path(tag = TAG, params(DryRun), request_body = Batch<PushedReferral>, responses((status = 200, body = BatchAnswer<SubmissionPreview>)), security(("bearer" = [PushReferrals::SCOPE])))]
#[post("/referrals/batch")]
pub async fn push_referrals(
    cx: Cx<PushReferrals>,
    dry: Query<DryRun>,
    items: Items<PushedReferral>,
) -> Result<BatchAnswer<SubmissionPreview>, Problem> {
    cx.batch(&dry, &items, queries::push, queries::laid_out).await
}

/// Read a referral.
#[utoipa::path(tag = TAG, responses((status = 200, body = Referral)), security(("bearer" = [ReadReferrals::SCOPE])))]
#[get("/referrals/{id}")]
pub async fn read_referral(cx: Cx<ReadReferrals>, id: Path<ReferralId>) -> Result<One<Referral>, Problem> {
    cx.read(async |db| queries::find(db, *id).await).await.map(One)
}

/// Change what this side knows of a referral.
///
/// The other side's row is never touched. A sender's new need or wishes leave as a new disclosure, if its basis
/// covers future updates.
#[utoipa::path(tag = TAG, responses((status = 200, body = Referral)), security(("bearer" = [SubmitReferrals::SCOPE])))]
#[patch("/referrals/{id}")]
pub async fn update_referral(
    cx: Cx<SubmitReferrals>,
    id: Path<ReferralId>,
    patch: Json<ReferralPatch>,
    version: IfMatch,
) -> Result<One<Referral>, Problem> {
    cx.change(version, async |db| queries::update(db, *id, version, &patch).await, queries::find).await
}

/// See what would leave.
///
/// Exactly the fields that `submit` would lay out for the recipient, under the consent or legal basis that covers them
/// now.
#[utoipa::path(tag = TAG, responses((status = 200, body = SubmissionPreview)), security(("bearer" = [SubmitReferrals::SCOPE])))]
#[get("/referrals/{id}/submission-preview")]
pub async fn read_referral_submission_preview(
    cx: Cx<SubmitReferrals>,
    id: Path<ReferralId>,
) -> Result<Answer<SubmissionPreview>, Problem> {
    cx.read(async |db| queries::preview(db, *id).await).await.map(Answer)
}

/// Submit a referral.
///
/// The recipient sees it at once and has a day until which to contact the person; what is personal follows as a
/// disclosure. An active consent or legal basis must cover it (422 `consent_required`), and each field that was chosen of a
/// social assessment (422 `consent_does_not_cover`), unless it stays in this organisation. What a municipality reports
/// without a recipient goes to whom its routing rules name; if they name nobody, it is `unrouted` and stays until somebody
/// routes it.
#[utoipa::path(tag = TAG, params(DryRun), responses((status = 200, body = Referral)), security(("bearer" = [SubmitReferrals::SCOPE])))]
#[post("/referrals/{id}/submit")]
pub async fn submit_referral(
    cx: Cx<SubmitReferrals>,
    id: Path<ReferralId>,
    dry: Query<DryRun>,
    version: IfMatch,
) -> Result<One<Referral>, Problem> {
    let submit = async |db: &mut Db| queries::submit(db, *id, version).await;
    if dry.is_set() {
        version.require()?;
        return cx.rehearse(submit).await.map(One);
    }
    cx.change(version, submit, queries::find).await
}

/// Say whom a referral goes to.
///
/// Of one that names no recipient: whoever is named here, or else by the routing rules, of which the one that was used is
/// named in the answer (409 `no_coordinator` if none fits). It is submitted by a call of its own, when a basis covers it.
#[utoipa::path(tag = TAG, responses((status = 200, body = Referral)), security(("bearer" = [SubmitReferrals::SCOPE])))]
#[post("/referrals/{id}/route")]
pub async fn route_referral(
    cx: Cx<SubmitReferrals>,
    id: Path<ReferralId>,
    to: Json<ReferralRoute>,
    version: IfMatch,
) -> Result<One<Referral>, Problem> {
    let work = async |db: &mut Db| queries::route(db, *id, version, to.counterpart_organisation_id).await;
    cx.change(version, work, queries::find).await
}

/// Say that a draft was a mistake.
#[utoipa::path(tag = TAG, responses((status = 200, body = Referral)), security(("bearer" = [SubmitReferrals::SCOPE])))]
#[post("/referrals/{id}/enter-in-error")]
pub async fn enter_in_error_referral(
    cx: Cx<SubmitReferrals>,
    id: Path<ReferralId>,
    version: IfMatch,
) -> Result<One<Referral>, Problem> {
    cx.change(
        version,
        async |db| queries::advance(db, *id, version, Action::EnterInError, None).await,
        queries::find,
    )
    .await
}

/// Begin to clarify a referral.
///
/// The person is contacted and a conversation planned: the clock of the first contact stops.
#[utoipa::path(tag = TAG, responses((status = 200, body = Referral)), security(("bearer" = [HandleReferrals::SCOPE])))]
#[post("/referrals/{id}/begin-clarification")]
pub async fn begin_clarification_referral(
    cx: Cx<HandleReferrals>,
    id: Path<ReferralId>,
    version: IfMatch,
) -> Result<One<Referral>, Problem> {
    cx.change(
        version,
        async |db| queries::advance(db, *id, version, Action::BeginClarification, None).await,
        queries::find,
    )
    .await
}

/// Ask the sender for what is missing.
///
/// The sender sees the code, never the note.
#[utoipa::path(tag = TAG, responses((status = 200, body = Referral)), security(("bearer" = [HandleReferrals::SCOPE])))]
#[post("/referrals/{id}/request-information")]
pub async fn request_information_referral(
    cx: Cx<HandleReferrals>,
    id: Path<ReferralId>,
    what: Json<ReferralRequestInformation>,
    version: IfMatch,
) -> Result<One<Referral>, Problem> {
    cx.change(version, async |db| queries::request_information(db, *id, version, &what).await, queries::find)
        .await
}

/// Say that what was missing is there.
#[utoipa::path(tag = TAG, responses((status = 200, body = Referral)), security(("bearer" = [SubmitReferrals::SCOPE])))]
#[post("/referrals/{id}/provide-information")]
pub async fn provide_information_referral(
    cx: Cx<SubmitReferrals>,
    id: Path<ReferralId>,
    what: Json<ReferralProvideInformation>,
    version: IfMatch,
) -> Result<One<Referral>, Problem> {
    cx.change(
        version,
        async |db| queries::provide_information(db, *id, version, what.note.as_deref()).await,
        queries::find,
    )
    .await
}

/// Offer a referral to other organisations.
///
/// To those that are named, or to an open pool, all at once; each is told service, kind and times, and nothing of the
/// person. The first that accepts has it; when all have declined or let it lapse, it is in clarification again. As for an
/// acceptance, a clarification that the person agreed to comes first.
#[utoipa::path(tag = TAG, responses((status = 200, body = Referral)), security(("bearer" = [HandleReferrals::SCOPE])))]
#[post("/referrals/{id}/offer")]
pub async fn offer_referral(
    cx: Cx<HandleReferrals>,
    id: Path<ReferralId>,
    to: Json<ReferralOffer>,
    version: IfMatch,
) -> Result<One<Referral>, Problem> {
    cx.change(version, async |db| offers::offer(db, *id, version, &to).await, queries::find).await
}

/// Put a referral on the waiting list.
///
/// What was offered lapses. Somebody is reminded on the day of review, and can then name another.
#[utoipa::path(tag = TAG, responses((status = 200, body = Referral)), security(("bearer" = [HandleReferrals::SCOPE])))]
#[post("/referrals/{id}/waitlist")]
pub async fn waitlist_referral(
    cx: Cx<HandleReferrals>,
    id: Path<ReferralId>,
    wait: Json<ReferralWaitlist>,
    version: IfMatch,
) -> Result<One<Referral>, Problem> {
    cx.change(version, async |db| queries::waitlist(db, *id, version, &wait).await, queries::find).await
}

/// Accept a referral.
///
/// A conversation was held, and a clarification that the person agreed to says that it goes on inside the target group: else 409 names what is missing.
#[utoipa::path(tag = TAG, responses((status = 200, body = Referral)), security(("bearer" = [HandleReferrals::SCOPE])))]
#[post("/referrals/{id}/accept")]
pub async fn accept_referral(
    cx: Cx<HandleReferrals>,
    id: Path<ReferralId>,
    version: IfMatch,
) -> Result<One<Referral>, Problem> {
    cx.change(version, async |db| queries::accept(db, *id, version).await, queries::find).await
}

/// Point to another service.
///
/// Somebody is reminded to tell the person.
#[utoipa::path(tag = TAG, responses((status = 200, body = Referral)), security(("bearer" = [HandleReferrals::SCOPE])))]
#[post("/referrals/{id}/redirect")]
pub async fn redirect_referral(
    cx: Cx<HandleReferrals>,
    id: Path<ReferralId>,
    to: Json<ReferralRedirect>,
    version: IfMatch,
) -> Result<One<Referral>, Problem> {
    cx.change(version, async |db| queries::redirect(db, *id, version, &to).await, queries::find).await
}

/// Decline a referral.
#[utoipa::path(tag = TAG, responses((status = 200, body = Referral)), security(("bearer" = [HandleReferrals::SCOPE])))]
#[post("/referrals/{id}/decline")]
pub async fn decline_referral(
    cx: Cx<HandleReferrals>,
    id: Path<ReferralId>,
    why: Json<ReferralDecline>,
    version: IfMatch,
) -> Result<One<Referral>, Problem> {
    cx.change(
        version,
        async |db| queries::advance(db, *id, version, Action::Decline, Some(why.reason.word())).await,
        queries::find,
    )
    .await
}

/// Withdraw a referral.
///
/// The person can say no to either side, at every step and without a reason.
#[utoipa::path(tag = TAG, responses((status = 200, body = Referral)), security(("bearer" = [SubmitReferrals::SCOPE])))]
#[post("/referrals/{id}/withdraw")]
pub async fn withdraw_referral(
    cx: Cx<SubmitReferrals>,
    id: Path<ReferralId>,
    why: Json<ReferralWithdraw>,
    version: IfMatch,
) -> Result<One<Referral>, Problem> {
    let reason = why.reason.map(WithdrawReason::word);
    cx.change(
        version,
        async |db| queries::advance(db, *id, version, Action::Withdraw, reason).await,
        queries::find,
    )
    .await
}

/// Start what was accepted, or has waited.
///
/// A network of this referral is active and its person in it, or another organisation has accepted it: else 409
/// `network_missing`. The latest clarification says to go on, as for an acceptance.
#[utoipa::path(tag = TAG, responses((status = 200, body = Referral)), security(("bearer" = [HandleReferrals::SCOPE])))]
#[post("/referrals/{id}/start")]
pub async fn start_referral(
    cx: Cx<HandleReferrals>,
    id: Path<ReferralId>,
    version: IfMatch,
) -> Result<One<Referral>, Problem> {
    cx.change(version, async |db| queries::start(db, *id, version).await, queries::find).await
}

/// Let what has begun rest.
#[utoipa::path(tag = TAG, responses((status = 200, body = Referral)), security(("bearer" = [HandleReferrals::SCOPE])))]
#[post("/referrals/{id}/hold")]
pub async fn hold_referral(
    cx: Cx<HandleReferrals>,
    id: Path<ReferralId>,
    hold: Json<ReferralHold>,
    version: IfMatch,
) -> Result<One<Referral>, Problem> {
    cx.change(version, async |db| queries::hold(db, *id, version, &hold).await, queries::find).await
}

/// Go on after a rest.
#[utoipa::path(tag = TAG, responses((status = 200, body = Referral)), security(("bearer" = [HandleReferrals::SCOPE])))]
#[post("/referrals/{id}/resume")]
pub async fn resume_referral(
    cx: Cx<HandleReferrals>,
    id: Path<ReferralId>,
    version: IfMatch,
) -> Result<One<Referral>, Problem> {
    cx.change(version, async |db| queries::resume(db, *id, version).await, queries::find).await
}

/// Complete a referral.
///
/// Something has come of each goal that was set for it: else 409 `goal_outcome_missing`.
#[utoipa::path(tag = TAG, responses((status = 200, body = Referral)), security(("bearer" = [HandleReferrals::SCOPE])))]
#[post("/referrals/{id}/complete")]
pub async fn complete_referral(
    cx: Cx<HandleReferrals>,
    id: Path<ReferralId>,
    how: Json<ReferralComplete>,
    version: IfMatch,
) -> Result<One<Referral>, Problem> {
    cx.change(version, async |db| queries::complete(db, *id, version, &how).await, queries::find).await
}

/// End what has begun before its goal.
#[utoipa::path(tag = TAG, responses((status = 200, body = Referral)), security(("bearer" = [HandleReferrals::SCOPE])))]
#[post("/referrals/{id}/end-early")]
pub async fn end_early_referral(
    cx: Cx<HandleReferrals>,
    id: Path<ReferralId>,
    why: Json<ReferralEndEarly>,
    version: IfMatch,
) -> Result<One<Referral>, Problem> {
    cx.change(version, async |db| queries::end_early(db, *id, version, &why).await, queries::find).await
}

/// Open a referral again.
///
/// The one that ended stays as it is; a new draft says the same and is linked to it.
#[utoipa::path(tag = TAG, responses((status = 201, body = Referral)), security(("bearer" = [SubmitReferrals::SCOPE])))]
#[post("/referrals/{id}/reopen")]
pub async fn reopen_referral(
    cx: Cx<SubmitReferrals>,
    id: Path<ReferralId>,
    nothing: Json<Nothing>,
) -> Result<Created<Referral>, Problem> {
    cx.create(nothing, async |db, _| queries::reopen(db, *id).await, queries::find).await
}
