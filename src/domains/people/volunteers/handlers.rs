use actix_web::{get, patch, post};

use super::{
    queries,
    types::{
        Briefing, BriefingId, ConfidentialityDeclaration, ConfidentialityDeclarationId, NewBriefing,
        NewConfidentialityDeclaration, NewVolunteer, OfVolunteer, Volunteer, VolunteerFilter, VolunteerId,
        VolunteerPatch,
    },
};
use crate::{
    access::{Cx, Permission as _, ReadVolunteers, WriteVolunteers},
    problem::Problem,
    web::{Batch, BatchAnswer, Created, DryRun, IfMatch, Items, Json, One, Page, Path, Query, Window},
};

const TAG: &str = "volunteers";

/// List volunteers.
///
/// Oldest first. A volunteer sees only themselves.
#[utoipa::path(tag = TAG, params(VolunteerFilter, Window), responses((status = 200, body = Page<Volunteer>)), security(("bearer" = [ReadVolunteers::SCOPE])))]
#[get("/volunteers")]
pub async fn list_volunteers(
    cx: Cx<ReadVolunteers>,
    filter: Query<VolunteerFilter>,
    window: Query<Window>,
) -> Result<Page<Volunteer>, Problem> {
    cx.read(async |db| queries::list(db, &filter, &window).await).await
}

/// Register a volunteer.
#[utoipa::path(tag = TAG, responses((status = 201, body = Volunteer)), security(("bearer" = [WriteVolunteers::SCOPE])))]
#[post("/volunteers")]
pub async fn create_volunteer(
    cx: Cx<WriteVolunteers>,
    new: Json<NewVolunteer>,
) -> Result<Created<Volunteer>, Problem> {
    cx.create(new, queries::insert, queries::find).await
}

/// Register many volunteers.
#[utoipa::path(tag = TAG, params(DryRun), request_body = Batch<NewVolunteer>, responses((status = 200, body = BatchAnswer<Volunteer>)), security(("bearer" = [WriteVolunteers::SCOPE])))]
#[post("/volunteers/batch")]
pub async fn create_volunteers(
    cx: Cx<WriteVolunteers>,
    dry: Query<DryRun>,
    items: Items<NewVolunteer>,
) -> Result<BatchAnswer<Volunteer>, Problem> {
    cx.batch(&dry, &items, queries::insert, async |_, made| Ok(made)).await
}

/// Read a volunteer.
#[utoipa::path(tag = TAG, responses((status = 200, body = Volunteer)), security(("bearer" = [ReadVolunteers::SCOPE])))]
#[get("/volunteers/{id}")]
pub async fn read_volunteer(
    cx: Cx<ReadVolunteers>,
    id: Path<VolunteerId>,
) -> Result<One<Volunteer>, Problem> {
    cx.read(async |db| queries::find(db, *id).await).await.map(One)
}

/// Change a volunteer.
#[utoipa::path(tag = TAG, responses((status = 200, body = Volunteer)), security(("bearer" = [WriteVolunteers::SCOPE])))]
#[patch("/volunteers/{id}")]
pub async fn update_volunteer(
    cx: Cx<WriteVolunteers>,
    id: Path<VolunteerId>,
    patch: Json<VolunteerPatch>,
    version: IfMatch,
) -> Result<One<Volunteer>, Problem> {
    cx.change(version, async |db| queries::update(db, *id, version, &patch).await, queries::find).await
}

/// List briefings.
///
/// Oldest first. A volunteer sees only their own.
#[utoipa::path(tag = TAG, params(OfVolunteer, Window), responses((status = 200, body = Page<Briefing>)), security(("bearer" = [ReadVolunteers::SCOPE])))]
#[get("/briefings")]
pub async fn list_briefings(
    cx: Cx<ReadVolunteers>,
    of: Query<OfVolunteer>,
    window: Query<Window>,
) -> Result<Page<Briefing>, Problem> {
    cx.run(async |db| queries::list_briefings(db, &of, &window).await).await
}

/// Register that a volunteer was briefed.
#[utoipa::path(tag = TAG, responses((status = 201, body = Briefing)), security(("bearer" = [WriteVolunteers::SCOPE])))]
#[post("/briefings")]
pub async fn create_briefing(
    cx: Cx<WriteVolunteers>,
    new: Json<NewBriefing>,
) -> Result<Created<Briefing>, Problem> {
    cx.create(new, queries::insert_briefing, queries::find_briefing).await
}

/// Read a briefing.
#[utoipa::path(tag = TAG, responses((status = 200, body = Briefing)), security(("bearer" = [ReadVolunteers::SCOPE])))]
#[get("/briefings/{id}")]
pub async fn read_briefing(cx: Cx<ReadVolunteers>, id: Path<BriefingId>) -> Result<One<Briefing>, Problem> {
    cx.run(async |db| queries::find_briefing(db, *id).await).await.map(One)
}

/// List declarations of confidentiality.
///
/// Oldest first. A volunteer sees only their own.
#[utoipa::path(tag = TAG, params(OfVolunteer, Window), responses((status = 200, body = Page<ConfidentialityDeclaration>)), security(("bearer" = [ReadVolunteers::SCOPE])))]
#[get("/confidentiality-declarations")]
pub async fn list_confidentiality_declarations(
    cx: Cx<ReadVolunteers>,
    of: Query<OfVolunteer>,
    window: Query<Window>,
) -> Result<Page<ConfidentialityDeclaration>, Problem> {
    cx.run(async |db| queries::list_declarations(db, &of, &window).await).await
}

/// Register a declaration of confidentiality that a volunteer has signed.
#[utoipa::path(tag = TAG, responses((status = 201, body = ConfidentialityDeclaration)), security(("bearer" = [WriteVolunteers::SCOPE])))]
#[post("/confidentiality-declarations")]
pub async fn create_confidentiality_declaration(
    cx: Cx<WriteVolunteers>,
    new: Json<NewConfidentialityDeclaration>,
) -> Result<Created<ConfidentialityDeclaration>, Problem> {
    cx.create(new, queries::insert_declaration, queries::find_declaration).await
}

/// Read a declaration of confidentiality.
#[utoipa::path(tag = TAG, responses((status = 200, body = ConfidentialityDeclaration)), security(("bearer" = [ReadVolunteers::SCOPE])))]
#[get("/confidentiality-declarations/{id}")]
pub async fn read_confidentiality_declaration(
    cx: Cx<ReadVolunteers>,
    id: Path<ConfidentialityDeclarationId>,
) -> Result<One<ConfidentialityDeclaration>, Problem> {
    cx.run(async |db| queries::find_declaration(db, *id).await).await.map(One)
}
