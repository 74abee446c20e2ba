use actix_web::{get, post};

use super::{
    queries,
    types::{CapacityAssessment, CapacityAssessmentId, NewCapacityAssessment},
};
use crate::{
    access::{Cx, Permission as _, ReadAssessments, WriteAssessments},
    domains::people::persons::OfPerson,
    problem::Problem,
    web::{Created, Json, One, Page, Path, Query, Window},
};

const TAG: &str = "capacity assessments";

/// List capacity assessments.
///
/// Oldest first. Only the newest of a person counts.
#[utoipa::path(tag = TAG, params(OfPerson, Window), responses((status = 200, body = Page<CapacityAssessment>)), security(("bearer" = [ReadAssessments::SCOPE])))]
#[get("/capacity-assessments")]
pub async fn list_capacity_assessments(
    cx: Cx<ReadAssessments>,
    of: Query<OfPerson>,
    window: Query<Window>,
) -> Result<Page<CapacityAssessment>, Problem> {
    cx.read(async |db| queries::list(db, &of, &window).await).await
}

/// Register an assessment of capacity to consent.
///
/// It is reasoned, and shown to whoever is found to lack capacity, wholly or in part.
#[utoipa::path(tag = TAG, responses((status = 201, body = CapacityAssessment)), security(("bearer" = [WriteAssessments::SCOPE])))]
#[post("/capacity-assessments")]
pub async fn create_capacity_assessment(
    cx: Cx<WriteAssessments>,
    new: Json<NewCapacityAssessment>,
) -> Result<Created<CapacityAssessment>, Problem> {
    cx.create(new, queries::insert, queries::find).await
}

/// Read a capacity assessment.
#[utoipa::path(tag = TAG, responses((status = 200, body = CapacityAssessment)), security(("bearer" = [ReadAssessments::SCOPE])))]
#[get("/capacity-assessments/{id}")]
pub async fn read_capacity_assessment(
    cx: Cx<ReadAssessments>,
    id: Path<CapacityAssessmentId>,
) -> Result<One<CapacityAssessment>, Problem> {
    cx.read(async |db| queries::find(db, *id).await).await.map(One)
}
