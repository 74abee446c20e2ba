use chrono::{DateTime, TimeDelta, Utc};
use diesel::{prelude::*, upsert::excluded};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::{
    secret::Secret,
    types::{Choice, EndReason, Known, MembershipId, Opened, Session},
};
use crate::{
    access::{Db, now},
    problem::Problem,
    schema::{account, login_throttle, membership, organisation, refresh_token, session},
};

/// How long one can stay away before one has to log in again.
const REFRESH: TimeDelta = TimeDelta::days(14);

/// So many failures cost nothing; then one waits, each time twice as long, but four minutes at most: that leaves a guesser
/// some hundred tries a day, and keeps nobody out for long whose address is known.
const FREE_FAILURES: i32 = 5;
const FIRST_WAIT: TimeDelta = TimeDelta::seconds(30);
const DOUBLINGS: i32 = 3;

/// After so long without one, failures are forgotten.
const FORGET: TimeDelta = TimeDelta::days(1);

/// Counts an attempt to log in as a failure, until it is forgiven; or says how long to wait (429).
pub async fn count_attempt(db: &mut Db, key: &[u8]) -> Result<(), Problem> {
    let now = now(db).await?;
    let first = (login_throttle::hash.eq(key), login_throttle::failures.eq(0), login_throttle::until.eq(now));
    let lock = diesel::insert_into(login_throttle::table)
        .values(first)
        .on_conflict(login_throttle::hash)
        .do_update()
        .set(login_throttle::hash.eq(excluded(login_throttle::hash)));
    let returning = (login_throttle::failures, login_throttle::until);
    let (failures, until): (i32, DateTime<Utc>) = lock.returning(returning).get_result(db).await?;
    if until > now {
        return Err(Problem::too_many((until - now).num_seconds() + 1));
    }
    let failures = if now - until > FORGET { 1 } else { failures + 1 };
    let doublings = failures - FREE_FAILURES;
    let wait = if doublings < 0 { TimeDelta::zero() } else { FIRST_WAIT * (1 << doublings.min(DOUBLINGS)) };
    let counted = (login_throttle::failures.eq(failures), login_throttle::until.eq(now + wait));
    diesel::update(login_throttle::table.find(key)).set(counted).execute(db).await?;
    Ok(())
}

pub async fn forgive(db: &mut Db, key: &[u8]) -> Result<(), Problem> {
    diesel::delete(login_throttle::table.find(key)).execute(db).await?;
    Ok(())
}

pub async fn find_by_email(db: &mut Db, email: &str) -> Result<Option<Known>, Problem> {
    let named = account::email.eq(email).and(account::disabled_at.is_null());
    Ok(Known::query().filter(named).first(db).await.optional()?)
}

pub async fn find(db: &mut Db, id: Uuid) -> Result<Known, Problem> {
    Ok(Known::query().find(id).first(db).await?)
}

/// What an account is, in all organisations; oldest first.
pub async fn choices(db: &mut Db, account: Uuid) -> Result<Vec<Choice>, Problem> {
    let query = membership::table
        .inner_join(organisation::table.on(organisation::id.eq(membership::organisation_id)))
        .inner_join(account::table.on(account::id.eq(membership::account_id)))
        .filter(membership::account_id.eq(account).and(membership::ended_at.is_null()))
        .filter(account::disabled_at.is_null());
    Ok(query.order(membership::id).select(Choice::as_select()).load(db).await?)
}

/// Opens a session for the wanted membership.
pub async fn open(
    db: &mut Db,
    account: Uuid,
    wanted: Option<MembershipId>,
    device: Option<&str>,
) -> Result<Opened, Problem> {
    let memberships = choices(db, account).await?;
    let fits = |choice: &&Choice| wanted.is_none_or(|wanted| choice.id == wanted);
    let chosen = memberships.iter().find(fits).cloned();
    let chosen = chosen.ok_or_else(|| match wanted {
        Some(_) => Problem::unprocessable("unknown_membership"),
        None => Problem::unauthorised("There is no membership to speak for."),
    })?;
    let new = (
        session::account_id.eq(account),
        session::organisation_id.eq(chosen.organisation_id),
        session::membership_id.eq(chosen.id),
        session::device.eq(device),
    );
    let insert = diesel::insert_into(session::table).values(new).returning(session::id);
    let session: Uuid = insert.get_result(db).await?;
    let refresh_token = next_token(db, session).await?;
    Ok(Opened { account, chosen, memberships, refresh_token })
}

async fn next_token(db: &mut Db, session: Uuid) -> Result<String, Problem> {
    let (secret, now) = (Secret::generate()?, now(db).await?);
    let new = (
        refresh_token::hash.eq(secret.hash),
        refresh_token::session_id.eq(session),
        refresh_token::issued_at.eq(now),
        refresh_token::expires_at.eq(now + REFRESH),
    );
    diesel::insert_into(refresh_token::table).values(new).execute(db).await?;
    Ok(secret.text)
}

/// Takes a refresh token for the next; none if it is no good, and then the session may have ended by it.
pub async fn renew(db: &mut Db, hash: &[u8]) -> Result<Option<Opened>, Problem> {
    let now = now(db).await?;
    let columns = (refresh_token::session_id, refresh_token::expires_at, refresh_token::used_at);
    let token = refresh_token::table.find(hash).select(columns).for_update().first(db).await.optional()?;
    let Some((id, expires_at, used_at)): Option<(Uuid, DateTime<Utc>, Option<DateTime<Utc>>)> = token else {
        return Ok(None);
    };
    let session = Session::query().find(id).for_update().first(db).await?;
    if session.ended_at.is_some() {
        return Ok(None);
    }
    if used_at.is_some() {
        tracing::warn!(target: "security", session = %id, "a used refresh token was shown");
        end(db, id, EndReason::Reused).await?;
        return Ok(None);
    }
    let memberships = choices(db, session.account_id).await?;
    let Some(chosen) = memberships.iter().find(|choice| choice.id == session.membership_id).cloned() else {
        end(db, id, EndReason::MembershipEnded).await?;
        return Ok(None);
    };
    if expires_at <= now {
        return Ok(None);
    }
    let used = diesel::update(refresh_token::table.find(hash)).set(refresh_token::used_at.eq(now));
    used.execute(db).await?;
    let refresh_token = next_token(db, id).await?;
    Ok(Some(Opened { account: session.account_id, chosen, memberships, refresh_token }))
}

async fn end(db: &mut Db, id: Uuid, reason: EndReason) -> Result<(), Problem> {
    let ended = (session::ended_at.eq(now(db).await?), session::end_reason.eq(reason));
    diesel::update(session::table.find(id)).set(ended).execute(db).await?;
    Ok(())
}

fn of_token(hash: &[u8]) -> refresh_token::BoxedQuery<'_, diesel::pg::Pg, diesel::sql_types::Uuid> {
    refresh_token::table.filter(refresh_token::hash.eq(hash)).select(refresh_token::session_id).into_boxed()
}

/// Ends the session of a refresh token, if it is the account's.
pub async fn end_one(db: &mut Db, account: Uuid, hash: &[u8]) -> Result<(), Problem> {
    let ended = (session::ended_at.eq(now(db).await?), session::end_reason.eq(EndReason::LoggedOut));
    let own = session::account_id.eq(account).and(session::ended_at.is_null());
    let update = diesel::update(session::table.filter(own).filter(session::id.eq_any(of_token(hash))));
    update.set(ended).execute(db).await?;
    Ok(())
}

/// Ends the sessions of an account, but for that of the refresh token to keep.
pub async fn end_others(
    db: &mut Db,
    account: Uuid,
    keep: Option<&[u8]>,
    reason: EndReason,
) -> Result<(), Problem> {
    let ended = (session::ended_at.eq(now(db).await?), session::end_reason.eq(reason));
    let own = session::account_id.eq(account).and(session::ended_at.is_null());
    let others = session::table.filter(own).filter(session::id.ne_all(of_token(keep.unwrap_or_default())));
    diesel::update(others).set(ended).execute(db).await?;
    Ok(())
}

pub async fn set_password(db: &mut Db, id: Uuid, hash: &str) -> Result<(), Problem> {
    diesel::update(account::table.find(id)).set(account::password_hash.eq(hash)).execute(db).await?;
    Ok(())
}

/// Removes what nobody can use any more. For the worker, under its purpose.
pub async fn purge(db: &mut Db) -> Result<usize, Problem> {
    let now = now(db).await?;
    let tokens = refresh_token::table.filter(refresh_token::expires_at.lt(now));
    let throttles = login_throttle::table.filter(login_throttle::until.lt(now - FORGET));
    Ok(diesel::delete(tokens).execute(db).await? + diesel::delete(throttles).execute(db).await?)
}
