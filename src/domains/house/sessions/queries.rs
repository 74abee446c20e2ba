use chrono::{DateTime, TimeDelta, Utc};
use diesel::{
    dsl::array_remove,
    prelude::*,
    sql_types::{Array, Bytea},
    upsert::excluded,
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::{
    secret::Secret,
    types::{Choice, EndReason, Factor, Known, MembershipId, Opened, OwnSession, Session, SessionId},
};
use crate::{
    access::{Db, now},
    problem::Problem,
    schema::{
        account, login_throttle, membership, organisation, refresh_token, second_factor, session, used_proof,
    },
    web::{Page, Window},
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

/// Whose address it is, unless they are shut out.
pub async fn find_by_email(db: &mut Db, email: &str) -> Result<Option<Known>, Problem> {
    let named = account::email.eq(email).and(account::disabled_at.is_null());
    Ok(Known::query().filter(named).first(db).await.optional()?)
}

pub async fn find(db: &mut Db, id: Uuid) -> Result<Known, Problem> {
    Ok(Known::query().find(id).first(db).await?)
}

/// What an account is, in all organisations; oldest first.
pub async fn choices(db: &mut Db, account: Uuid) -> Result<Vec<Choice>, Problem> {
    let of_member = second_factor::account_id.eq(membership::account_id);
    let of_member = of_member.and(second_factor::confirmed_at.is_not_null());
    let query = membership::table
        .inner_join(organisation::table.on(organisation::id.eq(membership::organisation_id)))
        .inner_join(account::table.on(account::id.eq(membership::account_id)))
        .left_join(second_factor::table.on(of_member))
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
    Ok(Opened { session, account, chosen, memberships, refresh_token })
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
    Ok(Some(Opened { session: id, account: session.account_id, chosen, memberships, refresh_token }))
}

async fn end(db: &mut Db, id: Uuid, reason: EndReason) -> Result<(), Problem> {
    let ended = (session::ended_at.eq(now(db).await?), session::end_reason.eq(reason));
    diesel::update(session::table.find(id)).set(ended).execute(db).await?;
    Ok(())
}

/// The own sessions that can go on: each has one refresh token that is still good, since when it was last used.
pub async fn list(
    db: &mut Db,
    account: Uuid,
    current: Option<Uuid>,
    window: &Window,
) -> Result<Page<OwnSession>, Problem> {
    let good = refresh_token::used_at.is_null().and(refresh_token::expires_at.gt(now(db).await?));
    let mut query = session::table
        .inner_join(refresh_token::table.on(refresh_token::session_id.eq(session::id)))
        .filter(session::account_id.eq(account).and(session::ended_at.is_null()).and(good))
        .select(OwnSession::as_select())
        .into_boxed();
    if let Some(cursor) = window.cursor {
        query = query.filter(session::id.gt(cursor));
    }
    let mut rows: Vec<OwnSession> = query.order(session::id).limit(window.limit_and_one()).load(db).await?;
    rows.iter_mut().for_each(|row| row.current = Some(row.id.into()) == current);
    Ok(window.page(rows, |row: &OwnSession| row.id.into()))
}

/// What the user called the device of a session.
pub async fn device(db: &mut Db, session: Option<Uuid>) -> Result<Option<String>, Problem> {
    let of = session::table.filter(session::id.nullable().eq(session));
    Ok(of.select(session::device).first(db).await.optional()?.flatten())
}

/// Ends a session of the account.
pub async fn end_one(db: &mut Db, account: Uuid, id: SessionId) -> Result<(), Problem> {
    let ended = (session::ended_at.eq(now(db).await?), session::end_reason.eq(EndReason::LoggedOut));
    let own = session::account_id.eq(account).and(session::ended_at.is_null());
    let update = diesel::update(session::table.find(id).filter(own)).set(ended);
    if update.execute(db).await? == 0 { Err(Problem::not_found()) } else { Ok(()) }
}

/// Ends the sessions of an account, but for the one to keep.
pub async fn end_others(
    db: &mut Db,
    account: Uuid,
    keep: Option<Uuid>,
    reason: EndReason,
) -> Result<(), Problem> {
    let ended = (session::ended_at.eq(now(db).await?), session::end_reason.eq(reason));
    let own = session::account_id.eq(account).and(session::ended_at.is_null());
    let others = session::table.filter(own).filter(session::id.ne_all(keep));
    diesel::update(others).set(ended).execute(db).await?;
    Ok(())
}

pub async fn set_password(db: &mut Db, id: Uuid, hash: &str) -> Result<(), Problem> {
    diesel::update(account::table.find(id)).set(account::password_hash.eq(hash)).execute(db).await?;
    Ok(())
}

/// Another password for somebody who has shown otherwise who they are: nobody else stays logged in.
pub async fn replace_password(db: &mut Db, id: Uuid, hash: &str) -> Result<(), Problem> {
    set_password(db, id, hash).await?;
    end_others(db, id, None, EndReason::AccountRecovered).await
}

/// The second factor of an account, if it is asked for.
pub async fn factor(db: &mut Db, account: Uuid) -> Result<Option<Factor>, Problem> {
    let own = second_factor::account_id.eq(account).and(second_factor::confirmed_at.is_not_null());
    Ok(Factor::query().filter(own).first(db).await.optional()?)
}

/// Keeps a secret that is to become the second factor, in the place of one that never did.
pub async fn insert_factor(db: &mut Db, account: Uuid, sealed: &[u8]) -> Result<(), Problem> {
    let own = second_factor::account_id.eq(account);
    let unconfirmed = second_factor::table.filter(own.and(second_factor::confirmed_at.is_null()));
    diesel::delete(unconfirmed).execute(db).await?;
    let new = (second_factor::account_id.eq(account), second_factor::sealed.eq(sealed));
    diesel::insert_into(second_factor::table).values(new).execute(db).await?;
    Ok(())
}

/// What is sealed of the second factor to be. Nobody else confirms it until this transaction ends.
pub async fn unconfirmed_factor(db: &mut Db, account: Uuid) -> Result<Vec<u8>, Problem> {
    let own = second_factor::account_id.eq(account).and(second_factor::confirmed_at.is_null());
    let found = second_factor::table.filter(own).select(second_factor::sealed).for_update();
    let found = found.first(db).await.optional()?;
    found.ok_or_else(|| Problem::conflict("second_factor_does_not_exist"))
}

/// From now on it is asked for.
pub async fn confirm_factor(db: &mut Db, account: Uuid, hashes: Vec<Vec<u8>>) -> Result<(), Problem> {
    let confirmed =
        (second_factor::confirmed_at.eq(now(db).await?), second_factor::recovery_hashes.eq(hashes));
    let own = second_factor::table.filter(second_factor::account_id.eq(account));
    diesel::update(own).set(confirmed).execute(db).await?;
    Ok(())
}

/// From now on it is not asked for any more. Whether there was one.
pub async fn delete_factor(db: &mut Db, account: Uuid) -> Result<bool, Problem> {
    let own = second_factor::account_id.eq(account).and(second_factor::confirmed_at.is_not_null());
    Ok(diesel::delete(second_factor::table.filter(own)).execute(db).await? == 1)
}

/// Whether a code is used for the first time.
pub async fn use_code(db: &mut Db, account: Uuid, step: u64, until: DateTime<Utc>) -> Result<bool, Problem> {
    let used = (
        used_proof::account_id.eq(account),
        used_proof::proof.eq(step.to_string()),
        used_proof::expires_at.eq(until),
    );
    let insert = diesel::insert_into(used_proof::table).values(used).on_conflict_do_nothing();
    Ok(insert.execute(db).await? == 1)
}

/// Whether it is one of the recovery codes that are left; then it is so no longer.
pub async fn use_recovery_code(db: &mut Db, account: Uuid, hash: Vec<u8>) -> Result<bool, Problem> {
    let own = second_factor::account_id.eq(account);
    let with_it =
        second_factor::table.filter(own.and(second_factor::recovery_hashes.contains(vec![hash.clone()])));
    let without = array_remove::<Array<Bytea>, Bytea, _, _>(second_factor::recovery_hashes, hash);
    let update = diesel::update(with_it).set(second_factor::recovery_hashes.eq(without));
    Ok(update.execute(db).await? == 1)
}

/// Removes what nobody can use any more. For the worker, under its purpose.
pub async fn purge(db: &mut Db) -> Result<usize, Problem> {
    let now = now(db).await?;
    let tokens = refresh_token::table.filter(refresh_token::expires_at.lt(now));
    let throttles = login_throttle::table.filter(login_throttle::until.lt(now - FORGET));
    Ok(diesel::delete(tokens).execute(db).await? + diesel::delete(throttles).execute(db).await?)
}
