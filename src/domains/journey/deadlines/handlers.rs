use actix_web::{HttpRequest, HttpResponse, get};

use super::{
    queries,
    types::{Deadline, DeadlineExplanation, DeadlineFilter, DeadlineId},
};
use crate::{
    access::{Cx, Permission as _, ReadDeadlines},
    problem::Problem,
    web::{Answer, Page, Path, Query, Window, language, worded},
};

const TAG: &str = "deadlines";

/// List deadlines.
///
/// Those of this organisation: by when it is to contact a person of whom it was told, to follow up a network, to answer what
/// its units were asked, by when a rule has it wait for replies to what it has offered, and how long it keeps what has ended. They tell
/// nothing of a person. `overdue=true` lists what should have been done and still waits.
#[utoipa::path(tag = TAG, params(DeadlineFilter, Window), responses((status = 200, body = Page<Deadline>)), security(("bearer" = [ReadDeadlines::SCOPE])))]
#[get("/deadlines")]
pub async fn list_deadlines(
    cx: Cx<ReadDeadlines>,
    filter: Query<DeadlineFilter>,
    window: Query<Window>,
) -> Result<Page<Deadline>, Problem> {
    cx.run(async |db| queries::list(db, &filter, &window).await).await
}

/// Read a deadline.
///
/// Its id is that of what is due.
#[utoipa::path(tag = TAG, responses((status = 200, body = Deadline)), security(("bearer" = [ReadDeadlines::SCOPE])))]
#[get("/deadlines/{id}")]
pub async fn read_deadline(cx: Cx<ReadDeadlines>, id: Path<DeadlineId>) -> Result<Answer<Deadline>, Problem> {
    cx.run(async |db| queries::find(db, *id).await).await.map(Answer)
}

/// Read how a deadline was counted.
///
/// By which version of which rule, from which day, step by step, and over which days off. Rules that have changed since do
/// not change it.
#[utoipa::path(tag = TAG, responses((status = 200, body = DeadlineExplanation, headers(("Content-Language")))), security(("bearer" = [ReadDeadlines::SCOPE])))]
#[get("/deadlines/{id}/explanation")]
pub async fn read_deadline_explanation(
    cx: Cx<ReadDeadlines>,
    id: Path<DeadlineId>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let spoken = language(&request);
    let explained = cx.run(async |db| queries::explanation(db, *id, spoken).await).await?;
    Ok(worded(spoken).json(explained))
}
