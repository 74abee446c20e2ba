use actix_web::{get, post};

use super::{
    methods::Methods,
    queries,
    types::{
        AgreementEnd, CollaborationAgreement, CollaborationAgreementFilter, CollaborationAgreementId,
        NewCollaborationAgreement, Readiness, Suspension,
    },
};
use crate::{
    access::{Cx, ManageAgreements, Permission as _, ReadAgreements},
    problem::Problem,
    web::{Answer, Created, IfMatch, Json, One, Page, Path, Query, Window},
};

const TAG: &str = "collaboration agreements";

/// List methods.
///
/// Those that can be agreed on: what must be in place first, and the steps that a referral goes through, in order. By the
/// first method of the list works who has none together; by another a referral that was submitted while that was agreed on.
#[utoipa::path(tag = TAG, responses((status = 200, body = Methods)), security(("bearer" = [ReadAgreements::SCOPE])))]
#[get("/methods")]
pub async fn list_methods(cx: Cx<ReadAgreements>) -> Result<Answer<&'static Methods>, Problem> {
    cx.run(async |_| Ok(Answer(Methods::all()))).await
}

/// List collaboration agreements.
///
/// Those that one has drafted and those that others have, oldest first.
#[utoipa::path(tag = TAG, params(CollaborationAgreementFilter, Window), responses((status = 200, body = Page<CollaborationAgreement>)), security(("bearer" = [ReadAgreements::SCOPE])))]
#[get("/collaboration-agreements")]
pub async fn list_collaboration_agreements(
    cx: Cx<ReadAgreements>,
    filter: Query<CollaborationAgreementFilter>,
    window: Query<Window>,
) -> Result<Page<CollaborationAgreement>, Problem> {
    cx.run(async |db| queries::list(db, &filter, &window).await).await
}

/// Draft a collaboration agreement.
///
/// The other side sees it at once. Its terms do not change: for others, draft another.
#[utoipa::path(tag = TAG, responses((status = 201, body = CollaborationAgreement)), security(("bearer" = [ManageAgreements::SCOPE])))]
#[post("/collaboration-agreements")]
pub async fn create_collaboration_agreement(
    cx: Cx<ManageAgreements>,
    new: Json<NewCollaborationAgreement>,
) -> Result<Created<CollaborationAgreement>, Problem> {
    cx.create(new, queries::insert, queries::find).await
}

/// Read a collaboration agreement.
///
/// Both sides read the same, but for the note.
#[utoipa::path(tag = TAG, responses((status = 200, body = CollaborationAgreement)), security(("bearer" = [ReadAgreements::SCOPE])))]
#[get("/collaboration-agreements/{id}")]
pub async fn read_collaboration_agreement(
    cx: Cx<ReadAgreements>,
    id: Path<CollaborationAgreementId>,
) -> Result<One<CollaborationAgreement>, Problem> {
    cx.run(async |db| queries::find(db, *id).await).await.map(One)
}

/// Say whether something is in place.
///
/// Either side can, before the method is used and while it is suspended.
#[utoipa::path(tag = TAG, responses((status = 200, body = CollaborationAgreement)), security(("bearer" = [ManageAgreements::SCOPE])))]
#[post("/collaboration-agreements/{id}/set-readiness")]
pub async fn set_readiness_collaboration_agreement(
    cx: Cx<ManageAgreements>,
    id: Path<CollaborationAgreementId>,
    readiness: Json<Readiness>,
    version: IfMatch,
) -> Result<One<CollaborationAgreement>, Problem> {
    let work = async |db: &mut _| queries::set_readiness(db, *id, version, &readiness).await;
    cx.change(version, work, queries::find).await
}

/// Accept a collaboration agreement.
///
/// For this side. Each side accepts it, whoever drafted it.
#[utoipa::path(tag = TAG, responses((status = 200, body = CollaborationAgreement)), security(("bearer" = [ManageAgreements::SCOPE])))]
#[post("/collaboration-agreements/{id}/accept")]
pub async fn accept_collaboration_agreement(
    cx: Cx<ManageAgreements>,
    id: Path<CollaborationAgreementId>,
    version: IfMatch,
) -> Result<One<CollaborationAgreement>, Problem> {
    cx.change(version, async |db| queries::accept(db, *id, version).await, queries::find).await
}

/// Activate a collaboration agreement.
///
/// Everything in `readiness` is in place (409 `agreement_not_ready` names what is not), both sides have accepted it, and its
/// period has begun. Two have one method together, also while it is suspended (409
/// `collaboration_agreement_already_active`), which is that of the referrals submitted from now on.
#[utoipa::path(tag = TAG, responses((status = 200, body = CollaborationAgreement)), security(("bearer" = [ManageAgreements::SCOPE])))]
#[post("/collaboration-agreements/{id}/activate")]
pub async fn activate_collaboration_agreement(
    cx: Cx<ManageAgreements>,
    id: Path<CollaborationAgreementId>,
    version: IfMatch,
) -> Result<One<CollaborationAgreement>, Problem> {
    cx.change(version, async |db| queries::activate(db, *id, version).await, queries::find).await
}

/// Suspend a collaboration agreement.
#[utoipa::path(tag = TAG, responses((status = 200, body = CollaborationAgreement)), security(("bearer" = [ManageAgreements::SCOPE])))]
#[post("/collaboration-agreements/{id}/suspend")]
pub async fn suspend_collaboration_agreement(
    cx: Cx<ManageAgreements>,
    id: Path<CollaborationAgreementId>,
    why: Json<Suspension>,
    version: IfMatch,
) -> Result<One<CollaborationAgreement>, Problem> {
    cx.change(version, async |db| queries::suspend(db, *id, version, why.reason).await, queries::find).await
}

/// Resume a collaboration agreement that was suspended.
///
/// It needs what activating it needed.
#[utoipa::path(tag = TAG, responses((status = 200, body = CollaborationAgreement)), security(("bearer" = [ManageAgreements::SCOPE])))]
#[post("/collaboration-agreements/{id}/resume")]
pub async fn resume_collaboration_agreement(
    cx: Cx<ManageAgreements>,
    id: Path<CollaborationAgreementId>,
    version: IfMatch,
) -> Result<One<CollaborationAgreement>, Problem> {
    cx.change(version, async |db| queries::resume(db, *id, version).await, queries::find).await
}

/// End a collaboration agreement.
///
/// Either side can, at any time. When its period is over, it ends by itself.
#[utoipa::path(tag = TAG, responses((status = 200, body = CollaborationAgreement)), security(("bearer" = [ManageAgreements::SCOPE])))]
#[post("/collaboration-agreements/{id}/end")]
pub async fn end_collaboration_agreement(
    cx: Cx<ManageAgreements>,
    id: Path<CollaborationAgreementId>,
    why: Json<AgreementEnd>,
    version: IfMatch,
) -> Result<One<CollaborationAgreement>, Problem> {
    cx.change(version, async |db| queries::end(db, *id, version, why.reason).await, queries::find).await
}
