use chrono::TimeDelta;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::types::{
    Invitation, InvitationId, Membership, MembershipFilter, MembershipPatch, NewInvitation, NewUser,
};
use crate::{
    access::{Db, Role, now, post::work_at},
    domains::house::sessions::{MembershipId, Secret},
    events::Event,
    problem::Problem,
    schema::{account, invitation, membership},
    web::{IfMatch, Page, Window},
};

/// How long an invitation can be accepted.
const OPEN: TimeDelta = TimeDelta::days(7);

async fn happened(db: &mut Db, (table, name): (&str, &str), id: impl Into<Uuid>) -> Result<(), Problem> {
    Event { name, subject_table: table, subject_id: id.into(), ..Event::default() }.emit(db).await
}

pub async fn list(
    db: &mut Db,
    filter: &MembershipFilter,
    window: &Window,
) -> Result<Page<Membership>, Problem> {
    let mut query = Membership::query().into_boxed();
    if let Some(role) = filter.role {
        query = query.filter(membership::role.eq(role));
    }
    if let Some(cursor) = window.cursor {
        query = query.filter(membership::id.gt(cursor));
    }
    let rows = query.order(membership::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &Membership| row.id.into()))
}

pub async fn find(db: &mut Db, id: MembershipId) -> Result<Membership, Problem> {
    Ok(Membership::query().find(id).first(db).await?)
}

pub async fn update(
    db: &mut Db,
    id: MembershipId,
    version: IfMatch,
    patch: &MembershipPatch,
) -> Result<Membership, Problem> {
    version.check(&Membership::query().find(id).for_update().first(db).await?)?;
    let update = diesel::update(membership::table.find(id)).set(patch);
    let changed = update.returning(Membership::as_returning()).get_result(db).await?;
    happened(db, ("membership", "membership.updated"), id).await?;
    Ok(changed)
}

/// Ends a membership, and with it every token that speaks for it.
pub async fn end(db: &mut Db, id: MembershipId, version: IfMatch) -> Result<Membership, Problem> {
    let active = membership::role.eq(Role::Admin).and(membership::ended_at.is_null());
    // All of them are locked, in one order: two who end each other at once would leave nobody.
    let admins = membership::table.filter(active).order(membership::id).select(membership::id).for_update();
    let admins: Vec<MembershipId> = admins.load(db).await?;
    let row = Membership::query().find(id).for_update().first(db).await?;
    version.check(&row)?;
    if row.ended_at.is_some() {
        return Err(Problem::illegal_move("ended", "end", Vec::new()));
    }
    if admins == [id] {
        return Err(Problem::conflict("last_admin"));
    }
    let ended = membership::ended_at.eq(now(db).await?);
    let update = diesel::update(membership::table.find(id)).set(ended);
    let changed = update.returning(Membership::as_returning()).get_result(db).await?;
    happened(db, ("membership", "membership.ended"), id).await?;
    Ok(changed)
}

pub async fn list_invitations(db: &mut Db, window: &Window) -> Result<Page<Invitation>, Problem> {
    let mut query = Invitation::query().into_boxed();
    if let Some(cursor) = window.cursor {
        query = query.filter(invitation::id.gt(cursor));
    }
    let rows = query.order(invitation::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &Invitation| row.id.into()))
}

pub async fn insert_invitation(db: &mut Db, new: &NewInvitation) -> Result<Invitation, Problem> {
    new.check()?;
    let secret = Secret::generate()?;
    let own = (
        invitation::email.eq(new.email.to_lowercase()),
        invitation::role.eq(new.role),
        invitation::unit_id.eq(new.unit_id),
        invitation::volunteer_id.eq(new.volunteer_id),
        invitation::person_id.eq(new.person_id),
        invitation::token_hash.eq(secret.hash),
        invitation::expires_at.eq(now(db).await? + OPEN),
    );
    let insert = diesel::insert_into(invitation::table).values(own).returning(invitation::id);
    let id: InvitationId = insert.get_result(db).await?;
    happened(db, ("invitation", "invitation.created"), id).await?;
    Ok(Invitation { link_token: Some(secret.text), ..find_invitation(db, id).await? })
}

pub async fn find_invitation(db: &mut Db, id: InvitationId) -> Result<Invitation, Problem> {
    Ok(Invitation::query().find(id).first(db).await?)
}

pub async fn revoke_invitation(
    db: &mut Db,
    id: InvitationId,
    version: IfMatch,
) -> Result<Invitation, Problem> {
    let row = Invitation::query().find(id).for_update().first(db).await?;
    version.check(&row)?;
    let now = now(db).await?;
    if row.accepted_at.is_some() || row.revoked_at.is_some() {
        return Err(Problem::illegal_move(row.state(now), "revoke", Vec::new()));
    }
    diesel::update(invitation::table.find(id)).set(invitation::revoked_at.eq(now)).execute(db).await?;
    happened(db, ("invitation", "invitation.revoked"), id).await?;
    find_invitation(db, id).await
}

// From here on under a system purpose: each statement names the organisation, or what belongs to none.

/// The invitation of a token, as long as it can be accepted.
pub async fn find_open(db: &mut Db, hash: &[u8]) -> Result<Invitation, Problem> {
    let row = Invitation::query().filter(invitation::token_hash.eq(hash)).for_update().first(db).await?;
    match row.state(now(db).await?) {
        "pending" => Ok(row),
        state => Err(Problem::illegal_move(state, "accept", Vec::new())),
    }
}

pub async fn account_of(db: &mut Db, email: &str) -> Result<Option<Uuid>, Problem> {
    let named = account::table.filter(account::email.eq(email));
    Ok(named.select(account::id).first(db).await.optional()?)
}

pub async fn insert_account(
    db: &mut Db,
    (email, name, language): (&str, &str, &str),
    password: &str,
) -> Result<Uuid, Problem> {
    let new = (
        account::kind.eq("person"),
        account::name.eq(name),
        account::email.eq(email),
        account::password_hash.eq(password),
        account::language.eq(language),
    );
    let insert = diesel::insert_into(account::table).values(new).returning(account::id);
    Ok(insert.get_result(db).await?)
}

/// Makes the member that was invited, once.
pub async fn accept(db: &mut Db, hash: &[u8], account: Uuid, name: &str) -> Result<MembershipId, Problem> {
    let it = find_open(db, hash).await?;
    let of = invitation::table.filter(invitation::token_hash.eq(hash)).select(invitation::organisation_id);
    let organisation: Uuid = of.first(db).await?;
    work_at(db, organisation).await?;
    let own = invitation::organisation_id.eq(organisation).and(invitation::id.eq(it.id));
    let accepted = invitation::accepted_at.eq(now(db).await?);
    diesel::update(invitation::table.filter(own)).set(accepted).execute(db).await?;
    let new = (
        membership::organisation_id.eq(organisation),
        membership::account_id.eq(account),
        membership::name.eq(name),
        membership::email.eq(&it.email),
        membership::role.eq(it.role),
        membership::unit_id.eq(it.unit_id),
        membership::volunteer_id.eq(it.volunteer_id),
        membership::person_id.eq(it.person_id),
    );
    let insert = diesel::insert_into(membership::table).values(new).returning(membership::id);
    let made: MembershipId = insert.get_result(db).await?;
    happened(db, ("invitation", "invitation.accepted"), it.id).await?;
    happened(db, ("membership", "membership.created"), made).await?;
    Ok(made)
}

pub async fn insert_member(db: &mut Db, new: &NewUser, account: Uuid) -> Result<MembershipId, Problem> {
    work_at(db, new.organisation_id.into()).await?;
    let row = (
        membership::organisation_id.eq(Uuid::from(new.organisation_id)),
        membership::account_id.eq(account),
        membership::name.eq(&new.name),
        membership::email.eq(&new.email),
        membership::role.eq(new.role),
    );
    let insert = diesel::insert_into(membership::table).values(row).returning(membership::id);
    let made: MembershipId = insert.get_result(db).await?;
    happened(db, ("membership", "membership.created"), made).await?;
    Ok(made)
}
