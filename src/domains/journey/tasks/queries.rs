use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::types::{Task, TaskFilter, TaskId};
use crate::{
    access::{Db, now, own_organisation},
    events::Event,
    problem::Problem,
    schema::task,
    web::{IfMatch, Page, Window},
};

/// Opens a task about a row, unless the same is already open.
pub async fn open(db: &mut Db, kind: &str, subject_table: &str, subject_id: Uuid) -> Result<(), Problem> {
    open_all(db, kind, subject_table, &[subject_id]).await
}

/// The same about many rows.
pub async fn open_all(
    db: &mut Db,
    kind: &str,
    subject_table: &str,
    subjects: &[Uuid],
) -> Result<(), Problem> {
    let row = |subject: &Uuid| {
        (task::kind.eq(kind), task::subject_table.eq(subject_table), task::subject_id.eq(*subject))
    };
    let rows: Vec<_> = subjects.iter().map(row).collect();
    diesel::insert_into(task::table).values(rows).on_conflict_do_nothing().execute(db).await?;
    Ok(())
}

/// Closes the open tasks of these kinds about a row, if there are any: they were seen to by what was done. Names whose, since
/// a clock sees the tasks of all.
pub async fn close(
    db: &mut Db,
    kinds: &[&str],
    subject_table: &str,
    subject_id: Uuid,
) -> Result<(), Problem> {
    let about = task::subject_table.eq(subject_table).and(task::subject_id.eq(subject_id));
    let open = task::table
        .filter(task::organisation_id.eq(own_organisation()))
        .filter(task::kind.eq_any(kinds).and(about).and(task::done_at.is_null()));
    let at = now(db).await?;
    let close = diesel::update(open).set(task::done_at.eq(at)).returning(task::id);
    let closed: Vec<TaskId> = close.get_results(db).await?;
    Event::emit_all(db, closed.into_iter().map(done).collect()).await
}

fn done(id: TaskId) -> Event<'static> {
    Event { name: "task.done", subject_table: "task", subject_id: id.into(), ..Event::default() }
}

pub async fn list(db: &mut Db, filter: &TaskFilter, window: &Window) -> Result<Page<Task>, Problem> {
    let mut query = Task::query().filter(task::done_at.is_null()).into_boxed();
    if let Some(kind) = &filter.kind {
        query = query.filter(task::kind.eq(kind));
    }
    if let Some(cursor) = window.cursor {
        query = query.filter(task::id.gt(cursor));
    }
    let rows = query.order(task::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &Task| row.id.into()))
}

pub async fn find(db: &mut Db, id: TaskId) -> Result<Task, Problem> {
    Ok(Task::query().find(id).first(db).await?)
}

pub async fn finish(db: &mut Db, id: TaskId, version: IfMatch) -> Result<Task, Problem> {
    let found = Task::query().find(id).for_update().first(db).await?;
    version.check(&found)?;
    if found.done_at.is_some() {
        return Err(Problem::illegal_move("done", "done", Vec::new()));
    }
    let at = now(db).await?;
    let update = diesel::update(task::table.find(id)).set(task::done_at.eq(at));
    let it = update.returning(Task::as_returning()).get_result(db).await?;
    self::done(id).emit(db).await?;
    Ok(it)
}
