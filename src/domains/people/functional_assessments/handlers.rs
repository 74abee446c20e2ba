use actix_web::{get, post};

use super::{
    queries,
    types::{FunctionalAssessment, FunctionalAssessmentId, Instruments, NewFunctionalAssessment},
};
use crate::{
    access::{Cx, Permission as _, ReadFunctionalAssessments, WriteFunctionalAssessments},
    domains::people::persons::OfPerson,
    problem::Problem,
    web::{Answer, Created, Json, One, Page, Path, Query, Window},
};

const TAG: &str = "functional assessments";

/// List what can be assessed by.
///
/// The instruments of this country that are in force today, with their items and scores.
#[utoipa::path(tag = TAG, responses((status = 200, body = Instruments)), security(("bearer" = [ReadFunctionalAssessments::SCOPE])))]
#[get("/instruments")]
pub async fn list_instruments(cx: Cx<ReadFunctionalAssessments>) -> Result<Answer<Instruments>, Problem> {
    cx.run(queries::instruments).await.map(Answer)
}

/// List functional assessments.
///
/// Oldest first. The newest that counts for a day is the one to go by.
#[utoipa::path(tag = TAG, params(OfPerson, Window), responses((status = 200, body = Page<FunctionalAssessment>)), security(("bearer" = [ReadFunctionalAssessments::SCOPE])))]
#[get("/functional-assessments")]
pub async fn list_functional_assessments(
    cx: Cx<ReadFunctionalAssessments>,
    of: Query<OfPerson>,
    window: Query<Window>,
) -> Result<Page<FunctionalAssessment>, Problem> {
    cx.read(async |db| queries::list(db, &of, &window).await).await
}

/// Register a functional assessment.
///
/// It is a municipality's, and stays there: nobody else can have one, and nothing of it is ever disclosed.
#[utoipa::path(tag = TAG, responses((status = 201, body = FunctionalAssessment)), security(("bearer" = [WriteFunctionalAssessments::SCOPE])))]
#[post("/functional-assessments")]
pub async fn create_functional_assessment(
    cx: Cx<WriteFunctionalAssessments>,
    new: Json<NewFunctionalAssessment>,
) -> Result<Created<FunctionalAssessment>, Problem> {
    cx.create(new, queries::insert, queries::find).await
}

/// Read a functional assessment.
#[utoipa::path(tag = TAG, responses((status = 200, body = FunctionalAssessment)), security(("bearer" = [ReadFunctionalAssessments::SCOPE])))]
#[get("/functional-assessments/{id}")]
pub async fn read_functional_assessment(
    cx: Cx<ReadFunctionalAssessments>,
    id: Path<FunctionalAssessmentId>,
) -> Result<One<FunctionalAssessment>, Problem> {
    cx.read(async |db| queries::find(db, *id).await).await.map(One)
}
