use actix_web::{get, patch, post};

use super::{
    queries,
    status::Action,
    types::{
        ContactPoint, ContactPointEnd, ContactPointId, ContactPointPatch, Counterpart, CounterpartFilter,
        CounterpartId, NewContactPoint, NewCounterpart, NewUnit, OfUnit, OnDay, Organisation,
        OrganisationFilter, OrganisationId, OrganisationPatch, Unit, UnitContact, UnitFilter, UnitId,
        UnitPatch,
    },
};
use crate::{
    access::{
        Cx, ManageContactPoints, ManageCounterparts, ManageOrganisation, ManageUnits, Permission as _,
        ReadContactPoints, ReadCounterparts, ReadOrganisations,
    },
    problem::Problem,
    web::{Answer, Created, IfMatch, Json, One, Page, Path, Query, Window},
};

const TAG: &str = "organisations";

/// List organisations.
///
/// Every organisation of this installation, whoever asks, oldest first.
#[utoipa::path(tag = TAG, params(OrganisationFilter, Window), responses((status = 200, body = Page<Organisation>)), security(("bearer" = [ReadOrganisations::SCOPE])))]
#[get("/organisations")]
pub async fn list_organisations(
    cx: Cx<ReadOrganisations>,
    filter: Query<OrganisationFilter>,
    window: Query<Window>,
) -> Result<Page<Organisation>, Problem> {
    cx.run(async |db| queries::list(db, &filter, &window).await).await
}

/// Read an organisation.
///
/// What is public of it.
#[utoipa::path(tag = TAG, responses((status = 200, body = Organisation)), security(("bearer" = [ReadOrganisations::SCOPE])))]
#[get("/organisations/{id}")]
pub async fn read_organisation(
    cx: Cx<ReadOrganisations>,
    id: Path<OrganisationId>,
) -> Result<One<Organisation>, Problem> {
    cx.run(async |db| queries::find(db, *id).await).await.map(One)
}

/// Say how one's own organisation works.
///
/// Others see it too.
#[utoipa::path(tag = TAG, responses((status = 200, body = Organisation)), security(("bearer" = [ManageOrganisation::SCOPE])))]
#[patch("/organisations/{id}")]
pub async fn update_organisation(
    cx: Cx<ManageOrganisation>,
    id: Path<OrganisationId>,
    patch: Json<OrganisationPatch>,
    version: IfMatch,
) -> Result<One<Organisation>, Problem> {
    cx.change(version, async |db| queries::update(db, *id, version, &patch).await, queries::find).await
}

/// List units.
///
/// One's own, or those of the organisation that is named, oldest first.
#[utoipa::path(tag = TAG, params(UnitFilter, Window), responses((status = 200, body = Page<Unit>)), security(("bearer" = [ReadOrganisations::SCOPE])))]
#[get("/units")]
pub async fn list_units(
    cx: Cx<ReadOrganisations>,
    filter: Query<UnitFilter>,
    window: Query<Window>,
) -> Result<Page<Unit>, Problem> {
    cx.run(async |db| queries::list_units(db, &filter, &window).await).await
}

/// Make a unit.
///
/// Its name and function are public.
#[utoipa::path(tag = TAG, responses((status = 201, body = Unit)), security(("bearer" = [ManageUnits::SCOPE])))]
#[post("/units")]
pub async fn create_unit(cx: Cx<ManageUnits>, new: Json<NewUnit>) -> Result<Created<Unit>, Problem> {
    cx.create(new, queries::insert_unit, queries::find_unit).await
}

/// Read a unit of one's own.
///
/// Those of other organisations are in the list.
#[utoipa::path(tag = TAG, responses((status = 200, body = Unit)), security(("bearer" = [ReadOrganisations::SCOPE])))]
#[get("/units/{id}")]
pub async fn read_unit(cx: Cx<ReadOrganisations>, id: Path<UnitId>) -> Result<One<Unit>, Problem> {
    cx.run(async |db| queries::find_unit(db, *id).await).await.map(One)
}

/// Change a unit.
///
/// It ends by a day in `valid_to`; it is never removed.
#[utoipa::path(tag = TAG, responses((status = 200, body = Unit)), security(("bearer" = [ManageUnits::SCOPE])))]
#[patch("/units/{id}")]
pub async fn update_unit(
    cx: Cx<ManageUnits>,
    id: Path<UnitId>,
    patch: Json<UnitPatch>,
    version: IfMatch,
) -> Result<One<Unit>, Problem> {
    cx.change(version, async |db| queries::update_unit(db, *id, version, &patch).await, queries::find_unit)
        .await
}

/// Find whom to reach at a unit.
///
/// Its contact point; if none is valid that day, who stands in for one; else the head of the unit. Reports and requests of
/// counterparts go the same way.
#[utoipa::path(tag = TAG, params(OnDay), responses((status = 200, body = UnitContact)), security(("bearer" = [ReadContactPoints::SCOPE])))]
#[get("/units/{id}/contact")]
pub async fn read_unit_contact(
    cx: Cx<ReadContactPoints>,
    id: Path<UnitId>,
    day: Query<OnDay>,
) -> Result<Answer<UnitContact>, Problem> {
    cx.run(async |db| queries::contact(db, *id, day.on).await).await.map(Answer)
}

/// List contact points.
///
/// Oldest first, also those that have ended.
#[utoipa::path(tag = TAG, params(OfUnit, Window), responses((status = 200, body = Page<ContactPoint>)), security(("bearer" = [ReadContactPoints::SCOPE])))]
#[get("/contact-points")]
pub async fn list_contact_points(
    cx: Cx<ReadContactPoints>,
    of: Query<OfUnit>,
    window: Query<Window>,
) -> Result<Page<ContactPoint>, Problem> {
    cx.run(async |db| queries::list_contact_points(db, &of, &window).await).await
}

/// Make a contact point.
///
/// Who stands in for it, by `substitute_id`, sees what it sees.
#[utoipa::path(tag = TAG, responses((status = 201, body = ContactPoint)), security(("bearer" = [ManageContactPoints::SCOPE])))]
#[post("/contact-points")]
pub async fn create_contact_point(
    cx: Cx<ManageContactPoints>,
    new: Json<NewContactPoint>,
) -> Result<Created<ContactPoint>, Problem> {
    cx.create(new, queries::insert_contact_point, queries::find_contact_point).await
}

/// Read a contact point.
///
/// With who stands in for it.
#[utoipa::path(tag = TAG, responses((status = 200, body = ContactPoint)), security(("bearer" = [ReadContactPoints::SCOPE])))]
#[get("/contact-points/{id}")]
pub async fn read_contact_point(
    cx: Cx<ReadContactPoints>,
    id: Path<ContactPointId>,
) -> Result<One<ContactPoint>, Problem> {
    cx.run(async |db| queries::find_contact_point(db, *id).await).await.map(One)
}

/// Change a contact point.
///
/// Who is named as its substitute sees at once what it sees.
#[utoipa::path(tag = TAG, responses((status = 200, body = ContactPoint)), security(("bearer" = [ManageContactPoints::SCOPE])))]
#[patch("/contact-points/{id}")]
pub async fn update_contact_point(
    cx: Cx<ManageContactPoints>,
    id: Path<ContactPointId>,
    patch: Json<ContactPointPatch>,
    version: IfMatch,
) -> Result<One<ContactPoint>, Problem> {
    let work = async |db: &mut _| queries::update_contact_point(db, *id, version, &patch).await;
    cx.change(version, work, queries::find_contact_point).await
}

/// End a contact point.
///
/// From `valid_to` on nobody sees anything through it. The last of a unit stays while contact forms of networks that have
/// not ended name the unit (409 `unit_needs_contact_point`): make another first.
#[utoipa::path(tag = TAG, responses((status = 200, body = ContactPoint)), security(("bearer" = [ManageContactPoints::SCOPE])))]
#[post("/contact-points/{id}/end")]
pub async fn end_contact_point(
    cx: Cx<ManageContactPoints>,
    id: Path<ContactPointId>,
    end: Json<ContactPointEnd>,
    version: IfMatch,
) -> Result<One<ContactPoint>, Problem> {
    let work = async |db: &mut _| queries::end_contact_point(db, *id, version, end.valid_to).await;
    cx.change(version, work, queries::find_contact_point).await
}

/// List counterparts.
///
/// Those that one has asked and those that have asked, oldest first.
#[utoipa::path(tag = TAG, params(CounterpartFilter, Window), responses((status = 200, body = Page<Counterpart>)), security(("bearer" = [ReadCounterparts::SCOPE])))]
#[get("/counterparts")]
pub async fn list_counterparts(
    cx: Cx<ReadCounterparts>,
    filter: Query<CounterpartFilter>,
    window: Query<Window>,
) -> Result<Page<Counterpart>, Problem> {
    cx.run(async |db| queries::list_counterparts(db, &filter, &window).await).await
}

/// Ask an organisation whether one may write to it.
///
/// Until it approves, nothing can be sent to it.
#[utoipa::path(tag = TAG, responses((status = 201, body = Counterpart)), security(("bearer" = [ManageCounterparts::SCOPE])))]
#[post("/counterparts")]
pub async fn create_counterpart(
    cx: Cx<ManageCounterparts>,
    new: Json<NewCounterpart>,
) -> Result<Created<Counterpart>, Problem> {
    cx.create(new, queries::insert_counterpart, queries::find_counterpart).await
}

/// Read a counterpart.
///
/// As this side sees it.
#[utoipa::path(tag = TAG, responses((status = 200, body = Counterpart)), security(("bearer" = [ReadCounterparts::SCOPE])))]
#[get("/counterparts/{id}")]
pub async fn read_counterpart(
    cx: Cx<ReadCounterparts>,
    id: Path<CounterpartId>,
) -> Result<One<Counterpart>, Problem> {
    cx.run(async |db| queries::find_counterpart(db, *id).await).await.map(One)
}

/// Approve that a counterpart writes to this organisation.
///
/// Only the side that was asked can. From then on both may write to each other.
#[utoipa::path(tag = TAG, responses((status = 200, body = Counterpart)), security(("bearer" = [ManageCounterparts::SCOPE])))]
#[post("/counterparts/{id}/approve")]
pub async fn approve_counterpart(
    cx: Cx<ManageCounterparts>,
    id: Path<CounterpartId>,
    version: IfMatch,
) -> Result<One<Counterpart>, Problem> {
    let work = async |db: &mut _| queries::advance_counterpart(db, *id, version, Action::Approve).await;
    cx.change(version, work, queries::find_counterpart).await
}

/// Refuse that a counterpart writes to this organisation.
///
/// Only the side that was asked can. It may ask again.
#[utoipa::path(tag = TAG, responses((status = 200, body = Counterpart)), security(("bearer" = [ManageCounterparts::SCOPE])))]
#[post("/counterparts/{id}/refuse")]
pub async fn refuse_counterpart(
    cx: Cx<ManageCounterparts>,
    id: Path<CounterpartId>,
    version: IfMatch,
) -> Result<One<Counterpart>, Problem> {
    let work = async |db: &mut _| queries::advance_counterpart(db, *id, version, Action::Refuse).await;
    cx.change(version, work, queries::find_counterpart).await
}

/// End what a counterpart is to this organisation.
///
/// Either side can, at any time; nothing new crosses from then on. Whoever asked can take the question back.
#[utoipa::path(tag = TAG, responses((status = 200, body = Counterpart)), security(("bearer" = [ManageCounterparts::SCOPE])))]
#[post("/counterparts/{id}/end")]
pub async fn end_counterpart(
    cx: Cx<ManageCounterparts>,
    id: Path<CounterpartId>,
    version: IfMatch,
) -> Result<One<Counterpart>, Problem> {
    let work = async |db: &mut _| queries::advance_counterpart(db, *id, version, Action::End).await;
    cx.change(version, work, queries::find_counterpart).await
}
