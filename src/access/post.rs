//! The post: the only door to another organisation's desk. It carries letters, and nothing else.
//!
//! A letter is one row on each side with the same id. Both change in the caller's transaction, under a role that
//! may touch what both sides know and no more; `post.sql` says how it goes from desk to desk.

use diesel::{
    pg::Pg,
    prelude::*,
    sql_types::{Array, Jsonb, Text, Uuid as Id},
};
use diesel_async::RunQueryDsl;
use serde_json::Value;
use uuid::Uuid;

use super::Db;
use crate::{
    db::{Life, text_enum},
    problem::Problem,
    web::IfMatch,
};

text_enum! {
    /// Whose copy of a letter this is; `internal` has no other side.
    pub enum Side { Sent = "sent", Received = "received", Internal = "internal" }
}

/// Where a letter is in its life, as one side sees it: what can be done depends on both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Queryable)]
pub struct Stage<S> {
    /// Whose copy this is.
    pub side: Side,
    /// How far the letter has come.
    pub status: S,
}

impl<S: AsRef<str>> AsRef<str> for Stage<S> {
    fn as_ref(&self) -> &str {
        self.status.as_ref()
    }
}

/// The tables in which a letter lies: on the caller's desk, and on the other.
#[derive(Clone, Copy, Debug)]
pub struct Letter {
    /// On the caller's desk.
    pub mine: &'static str,
    /// On the other.
    pub theirs: &'static str,
}

impl Letter {
    /// A letter that lies in the same table on both desks.
    pub const fn new(table: &'static str) -> Self {
        Self { mine: table, theirs: table }
    }
}

// Those that answer nothing are said to answer text: diesel has no `void`, and nobody reads it.
#[expect(clippy::too_many_arguments, reason = "closing a letter says what changes on both desks")]
mod sql {
    use super::{Array, Id, Jsonb, Text};

    diesel::define_sql_function! { #[sql_name = "app.deliver_letter"] fn deliver(letter: Text, id: Id) -> Text; }
    diesel::define_sql_function! { #[sql_name = "app.deliver_letters"] fn deliver_all(letter: Text, ids: Array<Id>) -> Text; }
    diesel::define_sql_function! { #[sql_name = "app.hold_letter"] fn hold(letter: Text, id: Id) -> Text; }
    diesel::define_sql_function! { #[sql_name = "app.open_letter"] fn open(mine: Text, theirs: Text, id: Id) -> Record<(Text, Text, BigInt)>; }
    diesel::define_sql_function! { #[sql_name = "app.close_letter"] fn close(mine: Text, theirs: Text, id: Id, before: Text, after: Text, changes: Jsonb) -> Text; }
    diesel::define_sql_function! { #[sql_name = "app.dispatch_disclosure"] fn dispatch(desk: Id, id: Id) -> Text; }
    diesel::define_sql_function! { #[sql_name = "app.check_counterpart"] fn check_counterpart(other: Id) -> Text; }
    diesel::define_sql_function! { #[sql_name = "app.address_letter"] fn address(letter: Text, id: Id, other: Id) -> Text; }
    diesel::define_sql_function! { #[sql_name = "app.leave_task"] fn leave_task(mine: Text, theirs: Text, id: Id, kind: Text) -> Text; }
    diesel::define_sql_function! { #[sql_name = "app.warn_recipients"] fn warn_recipients(subject: Id) -> Text; }
    diesel::define_sql_function! { #[sql_name = "app.work_at"] fn work_at(desk: Id) -> Text; }
}

/// Lays a copy of the letter, as it stands now, on the recipient's desk; once.
pub async fn deliver(db: &mut Db, letter: Letter, id: impl Into<Uuid>) -> Result<(), Problem> {
    diesel::select(sql::deliver(letter.mine, id.into())).execute(db).await?;
    Ok(())
}

/// The same of many.
pub async fn deliver_all(db: &mut Db, letter: Letter, ids: Vec<Uuid>) -> Result<(), Problem> {
    diesel::select(sql::deliver_all(letter.mine, ids)).execute(db).await?;
    Ok(())
}

/// Locks both sides of a letter that lies in the same table on both desks, before others that hang on it are moved.
pub async fn hold(db: &mut Db, letter: Letter, id: impl Into<Uuid>) -> Result<(), Problem> {
    diesel::select(sql::hold(letter.mine, id.into())).execute(db).await?;
    Ok(())
}

/// Refuses (422 `counterpart_not_approved`) unless the other side lets us write to it.
pub async fn check_counterpart(db: &mut Db, other: Uuid) -> Result<(), Problem> {
    diesel::select(sql::check_counterpart(other)).execute(db).await?;
    Ok(())
}

/// Names whom a letter is for that was to nobody. Find the row first; lay it there by `deliver`.
pub async fn address(db: &mut Db, letter: Letter, id: impl Into<Uuid>, other: Uuid) -> Result<(), Problem> {
    diesel::select(sql::address(letter.mine, id.into(), other)).execute(db).await?;
    Ok(())
}

/// Takes the letter a step further on both sides, if its life allows that to the caller's, and writes `changes` (an
/// object of columns that both sides know) beside it. Answers the stage before and after.
///
/// Find the row first, since the post does not ask whether the caller may see it; lock nothing before.
pub async fn advance<S>(
    db: &mut Db,
    letter: Letter,
    id: impl Into<Uuid>,
    seen: Option<IfMatch>,
    (action, changes): (<Stage<S> as Life>::Action, Value),
) -> Result<(Stage<S>, Stage<S>), Problem>
where
    S: AsRef<str> + Copy + diesel::deserialize::FromSql<Text, Pg> + Send + 'static,
    Stage<S>: Life,
{
    let id = id.into();
    let open = diesel::select(sql::open(letter.mine, letter.theirs, id));
    let (side, status, version): (Side, S, i64) = open.get_result(db).await?;
    if let Some(seen) = seen {
        seen.check_version(version)?;
    }
    let before = Stage { side, status };
    let after = before.after(action)?;
    let (from, to) = (status.as_ref(), after.status.as_ref());
    diesel::select(sql::close(letter.mine, letter.theirs, id, from, to, changes)).execute(db).await?;
    Ok((before, after))
}

/// How many letters one round of the clock moves.
pub const ROUND: i64 = 500;

/// Leaves a task about the letter at the other desk, unless the same is already open there.
pub async fn leave_task(db: &mut Db, letter: Letter, id: impl Into<Uuid>, kind: &str) -> Result<(), Problem> {
    diesel::select(sql::leave_task(letter.mine, letter.theirs, id.into(), kind)).execute(db).await?;
    Ok(())
}

/// Tells everybody who was sent something about the person that this identity is protected now. For whoever protects it,
/// under that purpose.
pub async fn warn_recipients(db: &mut Db, subject: impl Into<Uuid>) -> Result<(), Problem> {
    diesel::select(sql::warn_recipients(subject.into())).execute(db).await?;
    Ok(())
}

/// For system work that is about one organisation: what follows in this transaction, it does for that one. What it sees
/// is not less.
pub async fn work_at(db: &mut Db, desk: Uuid) -> Result<(), Problem> {
    diesel::select(sql::work_at(desk)).execute(db).await?;
    Ok(())
}

/// Sends what waits, or blocks it and says why. For the worker, under its purpose; `gone` if another was quicker.
pub async fn dispatch(db: &mut Db, desk: Uuid, disclosure: Uuid) -> Result<String, Problem> {
    Ok(diesel::select(sql::dispatch(desk, disclosure)).get_result(db).await?)
}
