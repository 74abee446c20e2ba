use actix_web::{get, post};

use super::{
    queries,
    types::{NewResponsibility, Responsibility, ResponsibilityEnd, ResponsibilityFilter, ResponsibilityId},
};
use crate::{
    access::{Cx, Permission as _, ReadResponsibilities, WriteResponsibilities},
    problem::Problem,
    web::{Created, IfMatch, Json, One, Page, Path, Query, Window},
};

const TAG: &str = "responsibilities";

/// List responsibilities.
///
/// Oldest first, also those that have ended.
#[utoipa::path(tag = TAG, params(ResponsibilityFilter, Window), responses((status = 200, body = Page<Responsibility>)), security(("bearer" = [ReadResponsibilities::SCOPE])))]
#[get("/responsibilities")]
pub async fn list_responsibilities(
    cx: Cx<ReadResponsibilities>,
    filter: Query<ResponsibilityFilter>,
    window: Query<Window>,
) -> Result<Page<Responsibility>, Problem> {
    cx.read(async |db| queries::list(db, &filter, &window).await).await
}

/// Register which unit is responsible for a person.
///
/// One in each domain.
#[utoipa::path(tag = TAG, responses((status = 201, body = Responsibility)), security(("bearer" = [WriteResponsibilities::SCOPE])))]
#[post("/responsibilities")]
pub async fn create_responsibility(
    cx: Cx<WriteResponsibilities>,
    new: Json<NewResponsibility>,
) -> Result<Created<Responsibility>, Problem> {
    cx.create(new, queries::insert, queries::find).await
}

/// Read a responsibility.
#[utoipa::path(tag = TAG, responses((status = 200, body = Responsibility)), security(("bearer" = [ReadResponsibilities::SCOPE])))]
#[get("/responsibilities/{id}")]
pub async fn read_responsibility(
    cx: Cx<ReadResponsibilities>,
    id: Path<ResponsibilityId>,
) -> Result<One<Responsibility>, Problem> {
    cx.read(async |db| queries::find(db, *id).await).await.map(One)
}

/// End a responsibility.
///
/// Volunteers supplement what a person is owed and never replace it: for the reason `volunteer_found` say that the person
/// agrees and that the decision is changed formally (422 `responsibility_not_ended_formally` names what is missing).
#[utoipa::path(tag = TAG, responses((status = 200, body = Responsibility)), security(("bearer" = [WriteResponsibilities::SCOPE])))]
#[post("/responsibilities/{id}/end")]
pub async fn end_responsibility(
    cx: Cx<WriteResponsibilities>,
    id: Path<ResponsibilityId>,
    why: Json<ResponsibilityEnd>,
    version: IfMatch,
) -> Result<One<Responsibility>, Problem> {
    cx.change(version, async |db| queries::end(db, *id, version, &why).await, queries::find).await
}
