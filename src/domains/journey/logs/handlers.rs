use actix_web::{delete, get, patch, post};

use super::{
    queries,
    types::{
        LogEntry, LogEntryFilter, LogEntryId, LogEntryPatch, LogReview, LogReviewFilter, LogReviewId,
        NewLogEntry, NewLogReview,
    },
};
use crate::{
    access::{
        Cx, Permission as _, ReadLogEntries, ReadLogReviews, ShareLogEntries, WriteLogEntries,
        WriteLogReviews,
    },
    problem::Problem,
    web::{Created, IfMatch, Json, NoContent, One, Page, Path, Query, Window},
};

const TAG: &str = "logs";

/// List log entries.
///
/// Oldest first. Volunteers see their own, and of the others in their networks what is `practical`; a participant sees what is
/// written of them and final (GDPR art. 15).
#[utoipa::path(tag = TAG, params(LogEntryFilter, Window), responses((status = 200, body = Page<LogEntry>)), security(("bearer" = [ReadLogEntries::SCOPE])))]
#[get("/log-entries")]
pub async fn list_log_entries(
    cx: Cx<ReadLogEntries>,
    filter: Query<LogEntryFilter>,
    window: Query<Window>,
) -> Result<Page<LogEntry>, Problem> {
    cx.read(async |db| queries::list(db, &filter, &window).await).await
}

/// Write a log entry.
///
/// It is final at once, unless it is a draft. With `auto` the municipality is told of it as soon as it is final, if a basis
/// covers that; without one it waits for one. A mistake is corrected by another entry that names it,
/// is about the same person and is shared alike (422 `log_entry_corrected_otherwise`).
#[utoipa::path(tag = TAG, responses((status = 201, body = LogEntry)), security(("bearer" = [WriteLogEntries::SCOPE])))]
#[post("/log-entries")]
pub async fn create_log_entry(
    cx: Cx<WriteLogEntries>,
    new: Json<NewLogEntry>,
) -> Result<Created<LogEntry>, Problem> {
    cx.create(new, queries::insert, queries::find).await
}

/// Read a log entry.
#[utoipa::path(tag = TAG, responses((status = 200, body = LogEntry)), security(("bearer" = [ReadLogEntries::SCOPE])))]
#[get("/log-entries/{id}")]
pub async fn read_log_entry(cx: Cx<ReadLogEntries>, id: Path<LogEntryId>) -> Result<One<LogEntry>, Problem> {
    cx.read(async |db| queries::find(db, *id).await).await.map(One)
}

/// Change a draft of a log entry.
///
/// What is final stays as it was written (409 `log_entry_is_final`): write another that corrects it.
#[utoipa::path(tag = TAG, responses((status = 200, body = LogEntry)), security(("bearer" = [WriteLogEntries::SCOPE])))]
#[patch("/log-entries/{id}")]
pub async fn update_log_entry(
    cx: Cx<WriteLogEntries>,
    id: Path<LogEntryId>,
    patch: Json<LogEntryPatch>,
    version: IfMatch,
) -> Result<One<LogEntry>, Problem> {
    cx.change(version, async |db| queries::update(db, *id, version, &patch).await, queries::find).await
}

/// Delete a draft of a log entry.
///
/// What is final is kept (409 `log_entry_is_final`).
#[utoipa::path(tag = TAG, responses((status = 204)), security(("bearer" = [WriteLogEntries::SCOPE])))]
#[delete("/log-entries/{id}")]
pub async fn delete_log_entry(
    cx: Cx<WriteLogEntries>,
    id: Path<LogEntryId>,
    version: IfMatch,
) -> Result<NoContent, Problem> {
    cx.remove(version, *id, async |db| queries::delete(db, *id, version).await).await
}

/// Finish a draft of a log entry.
///
/// From now on it is final, and others see it.
#[utoipa::path(tag = TAG, responses((status = 200, body = LogEntry)), security(("bearer" = [WriteLogEntries::SCOPE])))]
#[post("/log-entries/{id}/finish")]
pub async fn finish_log_entry(
    cx: Cx<WriteLogEntries>,
    id: Path<LogEntryId>,
    version: IfMatch,
) -> Result<One<LogEntry>, Problem> {
    cx.change(version, async |db| queries::finish(db, *id, version).await, queries::find).await
}

/// Share a log entry with the person's municipality.
///
/// It leaves as a disclosure, which a basis must cover (422 `consent_required`), and the municipality archives it. What is
/// marked `no` is not shared, and nothing is shared twice.
#[utoipa::path(tag = TAG, responses((status = 200, body = LogEntry)), security(("bearer" = [ShareLogEntries::SCOPE])))]
#[post("/log-entries/{id}/share")]
pub async fn share_log_entry(
    cx: Cx<ShareLogEntries>,
    id: Path<LogEntryId>,
    version: IfMatch,
) -> Result<One<LogEntry>, Problem> {
    cx.change(version, async |db| queries::share(db, *id, version).await, queries::find).await
}

/// List reviews of logs.
///
/// Oldest first.
#[utoipa::path(tag = TAG, params(LogReviewFilter, Window), responses((status = 200, body = Page<LogReview>)), security(("bearer" = [ReadLogReviews::SCOPE])))]
#[get("/log-reviews")]
pub async fn list_log_reviews(
    cx: Cx<ReadLogReviews>,
    filter: Query<LogReviewFilter>,
    window: Query<Window>,
) -> Result<Page<LogReview>, Problem> {
    cx.read(async |db| queries::list_reviews(db, &filter, &window).await).await
}

/// Register a review of a log.
///
/// What became final in the network on these days, none of which lies ahead (422 `occurred_in_the_future`), and nobody had
/// read, is read now.
#[utoipa::path(tag = TAG, responses((status = 201, body = LogReview)), security(("bearer" = [WriteLogReviews::SCOPE])))]
#[post("/log-reviews")]
pub async fn create_log_review(
    cx: Cx<WriteLogReviews>,
    new: Json<NewLogReview>,
) -> Result<Created<LogReview>, Problem> {
    cx.create(new, queries::insert_review, queries::find_review).await
}

/// Read a review of a log.
#[utoipa::path(tag = TAG, responses((status = 200, body = LogReview)), security(("bearer" = [ReadLogReviews::SCOPE])))]
#[get("/log-reviews/{id}")]
pub async fn read_log_review(
    cx: Cx<ReadLogReviews>,
    id: Path<LogReviewId>,
) -> Result<One<LogReview>, Problem> {
    cx.read(async |db| queries::find_review(db, *id).await).await.map(One)
}
