use actix_web::{get, patch, post};

use super::{
    queries,
    types::{Protect, ProtectedDetails, ProtectedDetailsPatch, ProtectionReport, Reason},
};
use crate::{
    access::{Cx, Permission as _, ProtectPersons, ReadProtected},
    domains::people::persons::{self, Person, PersonId},
    problem::Problem,
    web::{Answer, IfMatch, Json, One, Path},
};

const TAG: &str = "protected identities";

/// Protect an identity, or change how it is protected.
///
/// What identifies is sealed and taken out of the person and of contact forms; what waits to be sent is held back until
/// a second person approves it. From now on only the assigned see the person and what is said of them: who is
/// responsible (whoever protects, if nobody was), the staff of the person's unit, and the volunteers and the participant
/// themselves. Others see ids on letters, without free text; a team leader the made-up name, to make somebody else
/// responsible. Organisations that were sent something before are told that the identity is protected, and no more.
/// Ask for the report of who has seen or received it before.
#[utoipa::path(tag = TAG, responses((status = 200, body = Person)), security(("bearer" = [ProtectPersons::SCOPE])))]
#[post("/persons/{id}/protect")]
pub async fn protect_person(
    cx: Cx<ProtectPersons>,
    id: Path<PersonId>,
    how: Json<Protect>,
    version: IfMatch,
) -> Result<One<Person>, Problem> {
    let work = async |db: &mut _| queries::protect(db, &cx.house().ring, *id, version, &how).await;
    cx.change(version, work, persons::find).await
}

/// End the protection of an identity.
///
/// What identifies comes back into the person. What was taken out of contact forms does not.
#[utoipa::path(tag = TAG, responses((status = 200, body = Person)), security(("bearer" = [ProtectPersons::SCOPE])))]
#[post("/persons/{id}/end-protection")]
pub async fn end_person_protection(
    cx: Cx<ProtectPersons>,
    id: Path<PersonId>,
    version: IfMatch,
) -> Result<One<Person>, Problem> {
    let work = async |db: &mut _| queries::unprotect(db, &cx.house().ring, *id, version).await;
    cx.change(version, work, persons::find).await
}

/// Read what a protected identity hides.
///
/// Who asks, and why, is written down before it is shown. Only the assigned: for others the person does not exist.
#[utoipa::path(tag = TAG, responses((status = 200, body = ProtectedDetails)), security(("bearer" = [ReadProtected::SCOPE])),
    extensions(("x-exempt" = json!("a look at what is hidden changes nothing"))))]
#[post("/persons/{id}/protected-details")]
pub async fn read_protected_details(
    cx: Cx<ReadProtected>,
    id: Path<PersonId>,
    reason: Json<Reason>,
) -> Result<Answer<ProtectedDetails>, Problem> {
    let work = async |db: &mut _| queries::details(db, &cx.house().ring, *id).await;
    cx.disclose(&reason.purpose, work).await.map(Answer)
}

/// Correct what a protected identity hides.
///
/// It is sealed anew, and that it changed is in the audit. Only the assigned: for others the person does not exist.
#[utoipa::path(tag = TAG, responses((status = 200, body = Person)), security(("bearer" = [ProtectPersons::SCOPE])))]
#[patch("/persons/{id}/protected-details")]
pub async fn update_protected_details(
    cx: Cx<ProtectPersons>,
    id: Path<PersonId>,
    patch: Json<ProtectedDetailsPatch>,
    version: IfMatch,
) -> Result<One<Person>, Problem> {
    let work = async |db: &mut _| queries::correct(db, &cx.house().ring, *id, version, &patch).await;
    cx.change(version, work, persons::find).await
}

/// List who has seen or received what is protected.
///
/// The newest 200 of each.
#[utoipa::path(tag = TAG, responses((status = 200, body = ProtectionReport)), security(("bearer" = [ProtectPersons::SCOPE])))]
#[get("/persons/{id}/protection-report")]
pub async fn read_protection_report(
    cx: Cx<ProtectPersons>,
    id: Path<PersonId>,
) -> Result<Answer<ProtectionReport>, Problem> {
    cx.read(async |db| queries::report(db, *id).await).await.map(Answer)
}
