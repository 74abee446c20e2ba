use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::{
    jwk::Jwk,
    types::{
        NewSystemClient, NewSystemClientKey, OfSystemClient, SystemClient, SystemClientId, SystemClientKey,
        SystemClientKeyId, SystemClientPatch, check_scopes,
    },
};
use crate::{
    access::{Db, Purpose, Role, beyond, now},
    domains::house::sessions::MembershipId,
    events::Event,
    problem::Problem,
    schema::{account, membership, system_client, system_client_key, used_proof},
    web::{IfMatch, Page, Window},
};

async fn happened(db: &mut Db, (table, name): (&str, &str), id: impl Into<Uuid>) -> Result<(), Problem> {
    Event { name, subject_table: table, subject_id: id.into(), ..Event::default() }.emit(db).await
}

pub async fn list(db: &mut Db, window: &Window) -> Result<Page<SystemClient>, Problem> {
    let mut query = SystemClient::query().into_boxed();
    if let Some(cursor) = window.cursor {
        query = query.filter(system_client::id.gt(cursor));
    }
    let rows = query.order(system_client::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &SystemClient| row.id.into()))
}

/// The account, the membership, the client and its key. An account belongs to no organisation, so only the house
/// can make one.
pub async fn insert(db: &mut Db, new: &NewSystemClient) -> Result<SystemClient, Problem> {
    check_scopes(&new.scopes)?;
    new.public_key.check()?;
    let account: Uuid = beyond(db, Purpose::RegisterClient, async |db| {
        let system = (account::kind.eq("system"), account::name.eq(&new.name));
        let insert = diesel::insert_into(account::table).values(system).returning(account::id);
        Ok(insert.get_result(db).await?)
    })
    .await?;
    let member = (
        membership::account_id.eq(account),
        membership::name.eq(&new.name),
        membership::role.eq(Role::Integration),
    );
    let insert = diesel::insert_into(membership::table).values(member).returning(membership::id);
    let membership: MembershipId = insert.get_result(db).await?;
    let client = (
        system_client::id.eq(account),
        system_client::membership_id.eq(membership),
        system_client::name.eq(&new.name),
        system_client::scopes.eq(&new.scopes),
    );
    let insert = diesel::insert_into(system_client::table).values(client);
    let made: SystemClient = insert.returning(SystemClient::as_returning()).get_result(db).await?;
    happened(db, ("system_client", "system_client.created"), made.id).await?;
    add_key(db, made.id, &new.public_key, None).await?;
    Ok(made)
}

pub async fn find(db: &mut Db, id: SystemClientId) -> Result<SystemClient, Problem> {
    Ok(SystemClient::query().find(id).first(db).await?)
}

pub async fn update(
    db: &mut Db,
    id: SystemClientId,
    version: IfMatch,
    patch: &SystemClientPatch,
) -> Result<SystemClient, Problem> {
    check_scopes(patch.scopes.as_deref().unwrap_or_default())?;
    version.check(&SystemClient::query().find(id).for_update().first(db).await?)?;
    let update = diesel::update(system_client::table.find(id)).set(patch);
    let changed = update.returning(SystemClient::as_returning()).get_result(db).await?;
    happened(db, ("system_client", "system_client.updated"), id).await?;
    Ok(changed)
}

/// Ends a client, and with its membership every token that it has.
pub async fn end(db: &mut Db, id: SystemClientId, version: IfMatch) -> Result<SystemClient, Problem> {
    let row = SystemClient::query().find(id).for_update().first(db).await?;
    version.check(&row)?;
    if row.ended_at.is_some() {
        return Err(Problem::illegal_move("ended", "end", Vec::new()));
    }
    let now = now(db).await?;
    let member = diesel::update(membership::table.find(row.membership_id));
    member.set(membership::ended_at.eq(now)).execute(db).await?;
    let update = diesel::update(system_client::table.find(id)).set(system_client::ended_at.eq(now));
    let changed = update.returning(SystemClient::as_returning()).get_result(db).await?;
    happened(db, ("system_client", "system_client.ended"), id).await?;
    Ok(changed)
}

pub async fn list_keys(
    db: &mut Db,
    of: &OfSystemClient,
    window: &Window,
) -> Result<Page<SystemClientKey>, Problem> {
    let mut query = SystemClientKey::query().into_boxed();
    if let Some(client) = of.system_client_id {
        query = query.filter(system_client_key::system_client_id.eq(client));
    }
    if let Some(cursor) = window.cursor {
        query = query.filter(system_client_key::id.gt(cursor));
    }
    let rows = query.order(system_client_key::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &SystemClientKey| row.id.into()))
}

pub async fn insert_key(db: &mut Db, new: &NewSystemClientKey) -> Result<SystemClientKey, Problem> {
    new.public_key.check()?;
    add_key(db, new.system_client_id, &new.public_key, new.expires_at).await
}

async fn add_key(
    db: &mut Db,
    client: SystemClientId,
    key: &Jwk,
    expires_at: Option<DateTime<Utc>>,
) -> Result<SystemClientKey, Problem> {
    let new = (
        system_client_key::system_client_id.eq(client),
        system_client_key::thumbprint.eq(key.thumbprint()),
        system_client_key::public_key.eq(key),
        system_client_key::expires_at.eq(expires_at),
    );
    let insert = diesel::insert_into(system_client_key::table).values(new);
    let made: SystemClientKey = insert.returning(SystemClientKey::as_returning()).get_result(db).await?;
    happened(db, ("system_client_key", "system_client_key.created"), made.id).await?;
    Ok(made)
}

pub async fn find_key(db: &mut Db, id: SystemClientKeyId) -> Result<SystemClientKey, Problem> {
    Ok(SystemClientKey::query().find(id).first(db).await?)
}

pub async fn revoke_key(
    db: &mut Db,
    id: SystemClientKeyId,
    version: IfMatch,
) -> Result<SystemClientKey, Problem> {
    let row = SystemClientKey::query().find(id).for_update().first(db).await?;
    version.check(&row)?;
    if row.revoked_at.is_some() {
        return Err(Problem::illegal_move("revoked", "revoke", Vec::new()));
    }
    let revoked = system_client_key::revoked_at.eq(now(db).await?);
    let update = diesel::update(system_client_key::table.find(id)).set(revoked);
    let changed = update.returning(SystemClientKey::as_returning()).get_result(db).await?;
    happened(db, ("system_client_key", "system_client_key.revoked"), id).await?;
    Ok(changed)
}

// From here on under a system purpose: each statement names the organisation, or the client, whose id is an account's.

/// A client that may have a token.
#[derive(HasQuery)]
#[diesel(table_name = system_client)]
pub struct Client {
    pub organisation_id: Uuid,
    pub id: SystemClientId,
    pub membership_id: MembershipId,
    pub scopes: Vec<String>,
}

pub async fn find_active(db: &mut Db, id: SystemClientId) -> Result<Option<Client>, Problem> {
    let active = system_client::id.eq(id).and(system_client::ended_at.is_null());
    Ok(Client::query().filter(active).first(db).await.optional()?)
}

/// The keys of a client that are neither revoked nor too old.
pub async fn good_keys(db: &mut Db, organisation: Uuid, client: SystemClientId) -> Result<Vec<Jwk>, Problem> {
    let now = now(db).await?;
    let keys = system_client_key::table
        .filter(system_client_key::organisation_id.eq(organisation))
        .filter(system_client_key::system_client_id.eq(client))
        .filter(system_client_key::revoked_at.is_null())
        .filter(system_client_key::expires_at.is_null().or(system_client_key::expires_at.gt(now)));
    Ok(keys.select(system_client_key::public_key).load(db).await?)
}

/// Whether the assertion is used for the first time.
pub async fn use_assertion(
    db: &mut Db,
    client: SystemClientId,
    jti: &str,
    until: DateTime<Utc>,
) -> Result<bool, Problem> {
    let used =
        (used_proof::account_id.eq(client), used_proof::proof.eq(jti), used_proof::expires_at.eq(until));
    let insert = diesel::insert_into(used_proof::table).values(used).on_conflict_do_nothing();
    Ok(insert.execute(db).await? == 1)
}

/// Forgets assertions that have ended anyway. For the worker, under its purpose.
pub async fn purge(db: &mut Db) -> Result<usize, Problem> {
    let ended = used_proof::table.filter(used_proof::expires_at.lt(Utc::now()));
    Ok(diesel::delete(ended).execute(db).await?)
}
