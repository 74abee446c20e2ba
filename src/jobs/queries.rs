use chrono::TimeDelta;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::{
    access::{Db, now},
    problem::Problem,
    schema::idempotency_key,
};

/// How long a request can be repeated under its key.
const KEYS_ARE_KEPT: TimeDelta = TimeDelta::days(31);

/// Removes what nobody can use any more, and tells how much it was.
pub async fn purge(db: &mut Db) -> Result<usize, Problem> {
    let forgotten = now(db).await? - KEYS_ARE_KEPT;
    let keys = idempotency_key::table.filter(idempotency_key::created_at.lt(forgotten));
    Ok(diesel::delete(keys).execute(db).await?)
}
