use chrono::TimeDelta;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::{
    access::{Db, now},
    problem::Problem,
    schema::idempotency_key,
};

/// How many events of one organisation are numbered at once.
const BATCH: i32 = 1000;

diesel::define_sql_function! {
    /// Answers how many events it has numbered where they were most.
    #[sql_name = "app.number_events"] fn number_events(most: diesel::sql_types::Integer) -> diesel::sql_types::BigInt;
}

/// Numbers what has happened. Answers whether there may be more.
pub async fn number(db: &mut Db) -> Result<bool, Problem> {
    let numbered: i64 = diesel::select(number_events(BATCH)).get_result(db).await?;
    Ok(numbered >= i64::from(BATCH))
}

/// How long a request can be repeated under its key.
const KEYS_ARE_KEPT: TimeDelta = TimeDelta::days(31);

/// Removes what nobody can use any more, and tells how much it was.
pub async fn purge(db: &mut Db) -> Result<usize, Problem> {
    let forgotten = now(db).await? - KEYS_ARE_KEPT;
    let keys = idempotency_key::table.filter(idempotency_key::created_at.lt(forgotten));
    Ok(diesel::delete(keys).execute(db).await?)
}
