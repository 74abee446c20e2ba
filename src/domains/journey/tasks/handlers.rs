use actix_web::{get, post};

use super::{
    queries,
    types::{Task, TaskFilter, TaskId},
};
use crate::{
    access::{Cx, Permission as _, ReadTasks, WriteTasks},
    problem::Problem,
    web::{IfMatch, One, Page, Path, Query, Window},
};

const TAG: &str = "tasks";

/// List open tasks.
///
/// Oldest first. What is done is no longer listed.
#[utoipa::path(tag = TAG, params(TaskFilter, Window), responses((status = 200, body = Page<Task>)), security(("bearer" = [ReadTasks::SCOPE])))]
#[get("/tasks")]
pub async fn list_tasks(
    cx: Cx<ReadTasks>,
    filter: Query<TaskFilter>,
    window: Query<Window>,
) -> Result<Page<Task>, Problem> {
    cx.run(async |db| queries::list(db, &filter, &window).await).await
}

/// Read a task.
#[utoipa::path(tag = TAG, responses((status = 200, body = Task)), security(("bearer" = [ReadTasks::SCOPE])))]
#[get("/tasks/{id}")]
pub async fn read_task(cx: Cx<ReadTasks>, id: Path<TaskId>) -> Result<One<Task>, Problem> {
    cx.run(async |db| queries::find(db, *id).await).await.map(One)
}

/// Say that a task is done.
///
/// When the same thing is the matter again, it is a new task.
#[utoipa::path(tag = TAG, responses((status = 200, body = Task)), security(("bearer" = [WriteTasks::SCOPE])))]
#[post("/tasks/{id}/done")]
pub async fn finish_task(
    cx: Cx<WriteTasks>,
    id: Path<TaskId>,
    version: IfMatch,
) -> Result<One<Task>, Problem> {
    cx.change(version, async |db| queries::finish(db, *id, version).await, queries::find).await
}
