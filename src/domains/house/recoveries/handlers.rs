use actix_web::{get, post};

use super::{
    acceptance, queries,
    types::{AccountRecovery, AccountRecoveryAcceptance, AccountRecoveryId, NewAccountRecovery},
};
use crate::{
    access::{Cx, ManageMembers, Permission as _, Visitor},
    problem::Problem,
    web::{Created, IfMatch, Json, NoContent, One, Page, Path, Query, Window},
};

const TAG: &str = "members";

/// List account recoveries.
///
/// Oldest first, also those that were used, revoked or have run out.
#[utoipa::path(tag = TAG, params(Window), responses((status = 200, body = Page<AccountRecovery>)), security(("bearer" = [ManageMembers::SCOPE])))]
#[get("/account-recoveries")]
pub async fn list_account_recoveries(
    cx: Cx<ManageMembers>,
    window: Query<Window>,
) -> Result<Page<AccountRecovery>, Problem> {
    cx.run(async |db| queries::list(db, &window).await).await
}

/// Help a member back in.
///
/// The answer has the token for a link, this once, and not when it is asked for again: whoever has lost it makes another.
/// Give it to nobody but the member, and be sure that it is them. By it they set a new password, once, within 24 hours; a newer one for the same account takes its place. The second factor
/// stays, unless you say that it goes.
///
/// Somebody who is a member of other organisations too needs a link from each of them, since the password opens them all.
/// Nobody makes one for themselves; whoever is the only administrator turns to who runs this installation.
#[utoipa::path(tag = TAG, responses((status = 201, body = AccountRecovery)), security(("bearer" = [ManageMembers::SCOPE])))]
#[post("/account-recoveries")]
pub async fn create_account_recovery(
    cx: Cx<ManageMembers>,
    new: Json<NewAccountRecovery>,
) -> Result<Created<AccountRecovery>, Problem> {
    let by = cx.actor().account;
    cx.create(new, async |db, new| queries::insert(db, new, by).await, queries::find).await
}

/// Set a new password by a link.
///
/// Ends all sessions of the account and opens none: log in with the new password. Whoever is a member of several
/// organisations shows a link of each (409 `other_organisations_must_agree`).
#[utoipa::path(tag = TAG, responses((status = 204)), extensions(("x-public" = json!("The tokens of the links say who asks.")), ("x-exempt" = json!("The tokens are good once."))))]
#[post("/account-recoveries/accept")]
pub async fn accept_account_recovery(
    visitor: Visitor,
    answer: Json<AccountRecoveryAcceptance>,
) -> Result<NoContent, Problem> {
    acceptance::accept(&visitor, &answer).await.map(|()| NoContent)
}

/// Read an account recovery.
///
/// Without its token.
#[utoipa::path(tag = TAG, responses((status = 200, body = AccountRecovery)), security(("bearer" = [ManageMembers::SCOPE])))]
#[get("/account-recoveries/{id}")]
pub async fn read_account_recovery(
    cx: Cx<ManageMembers>,
    id: Path<AccountRecoveryId>,
) -> Result<One<AccountRecovery>, Problem> {
    cx.run(async |db| queries::find(db, *id).await).await.map(One)
}

/// Revoke an account recovery.
///
/// Its link is worth nothing from now on.
#[utoipa::path(tag = TAG, responses((status = 200, body = AccountRecovery)), security(("bearer" = [ManageMembers::SCOPE])))]
#[post("/account-recoveries/{id}/revoke")]
pub async fn revoke_account_recovery(
    cx: Cx<ManageMembers>,
    id: Path<AccountRecoveryId>,
    version: IfMatch,
) -> Result<One<AccountRecovery>, Problem> {
    cx.change(version, async |db| queries::revoke(db, *id, version).await, queries::find).await
}
