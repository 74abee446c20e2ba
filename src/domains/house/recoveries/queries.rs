use chrono::TimeDelta;
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Array, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::types::{AccountRecovery, AccountRecoveryId, Link, NewAccountRecovery};
use crate::{
    access::{Db, Role, now},
    domains::house::sessions::{Secret, choices},
    events::Event,
    problem::Problem,
    schema::{account, account_recovery, membership},
    web::{IfMatch, Page, Window},
};

/// How long a link can be used.
const OPEN: TimeDelta = TimeDelta::hours(24);

async fn happened(db: &mut Db, name: &str, id: AccountRecoveryId) -> Result<(), Problem> {
    Event { name, subject_table: "account_recovery", subject_id: id.into(), ..Event::default() }
        .emit(db)
        .await
}

pub async fn list(db: &mut Db, window: &Window) -> Result<Page<AccountRecovery>, Problem> {
    let mut query = AccountRecovery::query().into_boxed();
    if let Some(cursor) = window.cursor {
        query = query.filter(account_recovery::id.gt(cursor));
    }
    let rows = query.order(account_recovery::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &AccountRecovery| row.id.into()))
}

pub async fn find(db: &mut Db, id: AccountRecoveryId) -> Result<AccountRecovery, Problem> {
    Ok(AccountRecovery::query().find(id).first(db).await?)
}

/// Makes a link in the place of those before. Nobody makes one for themselves: whoever has stolen an administrator's
/// session does not get their password by it.
pub async fn insert(db: &mut Db, new: &NewAccountRecovery, by: Uuid) -> Result<AccountRecovery, Problem> {
    // Locked, so that of two at once the later one stands.
    let columns = (membership::account_id, membership::role, membership::ended_at.is_not_null());
    let whose = membership::table.find(new.membership_id).select(columns).for_no_key_update();
    let whose: Option<(Uuid, Role, bool)> = whose.first(db).await.optional()?;
    let unknown = || Problem::unprocessable("account_recovery_unknown_membership");
    let (account, role, ended) = whose.ok_or_else(unknown)?;
    if ended {
        return Err(Problem::illegal_move("ended", "recover", Vec::new()));
    }
    if account == by {
        return Err(Problem::unprocessable("account_recovery_of_oneself"));
    }
    if role == Role::Integration {
        return Err(Problem::conflict("account_has_no_password"));
    }
    let (secret, now) = (Secret::generate()?, now(db).await?);
    void(db, account).await?;
    let own = (
        account_recovery::membership_id.eq(new.membership_id),
        account_recovery::account_id.eq(account),
        account_recovery::resets_second_factor.eq(new.resets_second_factor),
        account_recovery::token_hash.eq(secret.hash),
        account_recovery::expires_at.eq(now + OPEN),
    );
    let insert = diesel::insert_into(account_recovery::table).values(own).returning(account_recovery::id);
    let id: AccountRecoveryId = insert.get_result(db).await?;
    happened(db, "account_recovery.created", id).await?;
    Ok(AccountRecovery { link_token: Some(secret.text), ..find(db, id).await? })
}

/// What is left of an account's links, as far as one can see, is worth nothing from now on.
pub async fn void(db: &mut Db, account: Uuid) -> Result<(), Problem> {
    let open = account_recovery::accepted_at.is_null().and(account_recovery::revoked_at.is_null());
    let left = account_recovery::table.filter(account_recovery::account_id.eq(account).and(open));
    diesel::update(left).set(account_recovery::revoked_at.eq(now(db).await?)).execute(db).await?;
    Ok(())
}

pub async fn revoke(
    db: &mut Db,
    id: AccountRecoveryId,
    version: IfMatch,
) -> Result<AccountRecovery, Problem> {
    let row = AccountRecovery::query().find(id).for_update().first(db).await?;
    version.check(&row)?;
    let link: Link = Link::query().find(id).first(db).await?;
    let now = now(db).await?;
    if row.allowed_actions.is_empty() {
        return Err(Problem::illegal_move(link.state(now), "revoke", Vec::new()));
    }
    let revoked = account_recovery::revoked_at.eq(now);
    diesel::update(account_recovery::table.find(id)).set(revoked).execute(db).await?;
    happened(db, "account_recovery.revoked", id).await?;
    find(db, id).await
}

// From here on under a system purpose: each statement names the organisation, or what belongs to none.

/// The links of tokens, their account and its address, as long as they can be used together: every organisation where
/// the account is a member has made one.
pub async fn find_open(db: &mut Db, hashes: &[Vec<u8>]) -> Result<(Vec<Link>, Uuid, String), Problem> {
    let shown = account_recovery::token_hash.eq_any(hashes);
    let links: Vec<Link> =
        Link::query().filter(shown).order(account_recovery::id).for_update().load(db).await?;
    let account = links.iter().map(|link| link.account_id).next().ok_or_else(Problem::not_found)?;
    if links.len() != hashes.len() || links.iter().any(|link| link.account_id != account) {
        return Err(Problem::not_found());
    }
    let now = now(db).await?;
    if let Some(state) = links.iter().map(|link| link.state(now)).find(|state| *state != "pending") {
        return Err(Problem::illegal_move(state, "accept", Vec::new()));
    }
    // Locked, so that the account becomes nobody's member in the meantime.
    let address = account::table.find(account).select(account::email).for_update();
    let address: Option<String> = address.first(db).await?;
    let memberships = choices(db, account).await?;
    let vouched = |organisation: Uuid| links.iter().any(|link| link.organisation_id == organisation);
    if memberships.is_empty() {
        return Err(Problem::not_found());
    }
    if !memberships.iter().all(|choice| vouched(choice.organisation_id)) {
        return Err(Problem::conflict("other_organisations_must_agree"));
    }
    let address = address.ok_or_else(|| Problem::conflict("account_has_no_password"))?;
    Ok((links, account, address))
}

/// Says at the organisation of each link that it was used.
pub async fn close(db: &mut Db, links: &[Link]) -> Result<(), Problem> {
    let links: Vec<Uuid> = links.iter().map(|link| link.id.into()).collect();
    let close = sql_query("select app.accept_recoveries($1)").bind::<Array<SqlUuid>, _>(links);
    close.execute(db).await?;
    Ok(())
}
