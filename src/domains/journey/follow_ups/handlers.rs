use actix_web::{get, post};

use super::{
    queries,
    types::{FollowUp, FollowUpFilter, FollowUpId, FollowUpRecord},
};
use crate::{
    access::{Cx, Permission as _, ReadFollowUps, WriteFollowUps},
    problem::Problem,
    web::{IfMatch, Json, One, Page, Path, Query, Window},
};

const TAG: &str = "follow-ups";

/// List follow-ups.
///
/// Oldest first.
#[utoipa::path(tag = TAG, params(FollowUpFilter, Window), responses((status = 200, body = Page<FollowUp>)), security(("bearer" = [ReadFollowUps::SCOPE])))]
#[get("/follow-ups")]
pub async fn list_follow_ups(
    cx: Cx<ReadFollowUps>,
    filter: Query<FollowUpFilter>,
    window: Query<Window>,
) -> Result<Page<FollowUp>, Problem> {
    cx.read(async |db| queries::list(db, &filter, &window).await).await
}

/// Read a follow-up.
#[utoipa::path(tag = TAG, responses((status = 200, body = FollowUp)), security(("bearer" = [ReadFollowUps::SCOPE])))]
#[get("/follow-ups/{id}")]
pub async fn read_follow_up(cx: Cx<ReadFollowUps>, id: Path<FollowUpId>) -> Result<One<FollowUp>, Problem> {
    cx.read(async |db| queries::find(db, *id).await).await.map(One)
}

/// Record a follow-up conversation.
///
/// One is with the person, one with the network contact; after both the next follow-up is planned, unless one of them
/// wants to stop. If something is to be adjusted, the next version of the contact form comes with it.
#[utoipa::path(tag = TAG, responses((status = 200, body = FollowUp)), security(("bearer" = [WriteFollowUps::SCOPE])))]
#[post("/follow-ups/{id}/record")]
pub async fn record_follow_up(
    cx: Cx<WriteFollowUps>,
    id: Path<FollowUpId>,
    record: Json<FollowUpRecord>,
    version: IfMatch,
) -> Result<One<FollowUp>, Problem> {
    cx.change(version, async |db| queries::record(db, *id, version, &record).await, queries::find).await
}
