use chrono::TimeDelta;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::{
    access::{Db, now},
    problem::Problem,
    schema::{idempotency_key, login_throttle, refresh_token, used_assertion},
};

/// How long a request can be repeated under its key.
const KEYS_ARE_KEPT: TimeDelta = TimeDelta::days(31);

/// Removes what nobody can use any more, and tells how much it was.
pub async fn purge(db: &mut Db) -> Result<usize, Problem> {
    let now = now(db).await?;
    let keys = idempotency_key::table.filter(idempotency_key::created_at.lt(now - KEYS_ARE_KEPT));
    let assertions = used_assertion::table.filter(used_assertion::expires_at.lt(now));
    let tokens = refresh_token::table.filter(refresh_token::expires_at.lt(now));
    let throttles = login_throttle::table.filter(login_throttle::until.lt(now));
    Ok(diesel::delete(keys).execute(db).await?
        + diesel::delete(assertions).execute(db).await?
        + diesel::delete(tokens).execute(db).await?
        + diesel::delete(throttles).execute(db).await?)
}
