use actix_web::{get, post};

use super::{
    queries,
    types::{
        Consent, ConsentFilter, ConsentId, Giving, Invalidation, Narrowing, NewConsent, Presentation,
        Refusal, Withdrawal, WithdrawalPreview,
    },
};
use crate::{
    access::{Cx, Permission as _, ReadConsents, WithdrawConsents, WriteConsents},
    problem::Problem,
    web::{Answer, Created, IfMatch, Json, One, Page, Path, Query, Window},
};

const TAG: &str = "consents";

/// List consents.
///
/// Oldest first.
#[utoipa::path(tag = TAG, params(ConsentFilter, Window), responses((status = 200, body = Page<Consent>)), security(("bearer" = [ReadConsents::SCOPE])))]
#[get("/consents")]
pub async fn list_consents(
    cx: Cx<ReadConsents>,
    filter: Query<ConsentFilter>,
    window: Query<Window>,
) -> Result<Page<Consent>, Problem> {
    cx.read(async |db| queries::list(db, &filter, &window).await).await
}

/// Draft a consent.
///
/// What is drafted is not yet asked for.
#[utoipa::path(tag = TAG, responses((status = 201, body = Consent)), security(("bearer" = [WriteConsents::SCOPE])))]
#[post("/consents")]
pub async fn create_consent(
    cx: Cx<WriteConsents>,
    new: Json<NewConsent>,
) -> Result<Created<Consent>, Problem> {
    cx.create(new, queries::insert, queries::find).await
}

/// Read a consent.
#[utoipa::path(tag = TAG, responses((status = 200, body = Consent)), security(("bearer" = [ReadConsents::SCOPE])))]
#[get("/consents/{id}")]
pub async fn read_consent(cx: Cx<ReadConsents>, id: Path<ConsentId>) -> Result<One<Consent>, Problem> {
    cx.read(async |db| queries::find(db, *id).await).await.map(One)
}

/// Present a consent.
///
/// The text is fixed from here on. What was refused is not asked again before the day that the refusal named.
#[utoipa::path(tag = TAG, responses((status = 200, body = Consent)), security(("bearer" = [WriteConsents::SCOPE])))]
#[post("/consents/{id}/present")]
pub async fn present_consent(
    cx: Cx<WriteConsents>,
    id: Path<ConsentId>,
    how: Json<Presentation>,
    version: IfMatch,
) -> Result<One<Consent>, Problem> {
    cx.change(version, async |db| queries::present(db, *id, version, &how).await, queries::find).await
}

/// Register that a consent is given.
///
/// By the person, if they have capacity and are old enough, or by somebody whose link gives the right to. The other
/// side learns of it, and what waited for it is queued.
#[utoipa::path(tag = TAG, responses((status = 200, body = Consent)), security(("bearer" = [WriteConsents::SCOPE])))]
#[post("/consents/{id}/give")]
pub async fn give_consent(
    cx: Cx<WriteConsents>,
    id: Path<ConsentId>,
    giving: Json<Giving>,
    version: IfMatch,
) -> Result<One<Consent>, Problem> {
    let work = async |db: &mut _| queries::give(db, &cx.house().ring, *id, version, &giving).await;
    cx.change(version, work, queries::find).await
}

/// Register that a consent is refused.
#[utoipa::path(tag = TAG, responses((status = 200, body = Consent)), security(("bearer" = [WriteConsents::SCOPE])))]
#[post("/consents/{id}/refuse")]
pub async fn refuse_consent(
    cx: Cx<WriteConsents>,
    id: Path<ConsentId>,
    refusal: Json<Refusal>,
    version: IfMatch,
) -> Result<One<Consent>, Problem> {
    cx.change(version, async |db| queries::refuse(db, *id, version, &refusal).await, queries::find).await
}

/// Register that a consent is withdrawn.
///
/// Either side can be told, orally is enough. Nothing more is sent under it; what was sent stays sent.
#[utoipa::path(tag = TAG, responses((status = 200, body = Consent)), security(("bearer" = [WithdrawConsents::SCOPE])))]
#[post("/consents/{id}/withdraw")]
pub async fn withdraw_consent(
    cx: Cx<WithdrawConsents>,
    id: Path<ConsentId>,
    withdrawal: Json<Withdrawal>,
    version: IfMatch,
) -> Result<One<Consent>, Problem> {
    cx.change(version, async |db| queries::withdraw(db, *id, version, &withdrawal).await, queries::find).await
}

/// Narrow a consent.
///
/// At once: the answer is the narrower consent that takes its place. Anything wider has to be asked for anew.
#[utoipa::path(tag = TAG, responses((status = 200, body = Consent)), security(("bearer" = [WithdrawConsents::SCOPE])))]
#[post("/consents/{id}/narrow")]
pub async fn narrow_consent(
    cx: Cx<WithdrawConsents>,
    id: Path<ConsentId>,
    narrowing: Json<Narrowing>,
    version: IfMatch,
) -> Result<One<Consent>, Problem> {
    cx.change(version, async |db| queries::narrow(db, *id, version, &narrowing).await, queries::find).await
}

/// Register that the person may have lost the capacity to consent.
///
/// Nothing is sent under the consent until it is reassessed.
#[utoipa::path(tag = TAG, responses((status = 200, body = Consent)), security(("bearer" = [WriteConsents::SCOPE])))]
#[post("/consents/{id}/capacity-lapsed")]
pub async fn lapse_consent_capacity(
    cx: Cx<WriteConsents>,
    id: Path<ConsentId>,
    version: IfMatch,
) -> Result<One<Consent>, Problem> {
    cx.change(version, async |db| queries::lapse(db, *id, version).await, queries::find).await
}

/// Reassess a suspended consent.
///
/// By the newest assessment of the person it becomes active again, or is invalidated.
#[utoipa::path(tag = TAG, responses((status = 200, body = Consent)), security(("bearer" = [WriteConsents::SCOPE])))]
#[post("/consents/{id}/reassess")]
pub async fn reassess_consent(
    cx: Cx<WriteConsents>,
    id: Path<ConsentId>,
    version: IfMatch,
) -> Result<One<Consent>, Problem> {
    cx.change(version, async |db| queries::reassess(db, *id, version).await, queries::find).await
}

/// Invalidate a consent.
#[utoipa::path(tag = TAG, responses((status = 200, body = Consent)), security(("bearer" = [WriteConsents::SCOPE])))]
#[post("/consents/{id}/invalidate")]
pub async fn invalidate_consent(
    cx: Cx<WriteConsents>,
    id: Path<ConsentId>,
    why: Json<Invalidation>,
    version: IfMatch,
) -> Result<One<Consent>, Problem> {
    cx.change(version, async |db| queries::invalidate(db, *id, version, &why).await, queries::find).await
}

/// Preview a withdrawal.
///
/// What would stop, what was sent, and what the law makes the recipient keep.
#[utoipa::path(tag = TAG, responses((status = 200, body = WithdrawalPreview)), security(("bearer" = [ReadConsents::SCOPE])))]
#[get("/consents/{id}/withdrawal-preview")]
pub async fn preview_consent_withdrawal(
    cx: Cx<ReadConsents>,
    id: Path<ConsentId>,
) -> Result<Answer<WithdrawalPreview>, Problem> {
    cx.read(async |db| queries::preview(db, *id).await).await.map(Answer)
}
