use actix_web::{get, post};

use super::{
    entry,
    types::{Account, NewSession, PasswordChange, SessionEnd, SessionRefresh, SessionSwitch, SessionTokens},
};
use crate::{
    access::{Cx, Permission as _, ReadOwnAccount, Visitor, WriteOwnAccount},
    problem::Problem,
    web::{Answer, Json, NoContent},
};

const TAG: &str = "sessions";

/// Log in.
///
/// Answers an access token that speaks for one membership, and what else can be switched to. After some failures
/// one has to wait, longer each time (429); a device that has logged in before, and says so by its `device_token`, does
/// not wait for the failures of others.
#[utoipa::path(tag = TAG, responses((status = 200, body = SessionTokens), (status = 401), (status = 429)), extensions(("x-public" = json!("Nobody has a token before.")), ("x-exempt" = json!("A log-in makes nothing that has a version."))))]
#[post("/sessions")]
pub async fn create_session(
    visitor: Visitor,
    new: Json<NewSession>,
) -> Result<Answer<SessionTokens>, Problem> {
    entry::log_in(&visitor, &new).await.map(Answer)
}

/// Exchange a refresh token for new tokens.
///
/// It is good once. Whoever shows a used one ends the session, since then two have it.
#[utoipa::path(tag = TAG, responses((status = 200, body = SessionTokens), (status = 401)), extensions(("x-public" = json!("The refresh token says who asks.")), ("x-exempt" = json!("A refresh makes nothing that has a version."))))]
#[post("/sessions/refresh")]
pub async fn refresh_session(
    visitor: Visitor,
    old: Json<SessionRefresh>,
) -> Result<Answer<SessionTokens>, Problem> {
    entry::refresh(&visitor, &old).await.map(Answer)
}

/// Speak for another membership of one's own.
///
/// Opens a session of its own; the old one stays.
#[utoipa::path(tag = TAG, responses((status = 200, body = SessionTokens)), security(("bearer" = [WriteOwnAccount::SCOPE])), extensions(("x-exempt" = json!("A log-in makes nothing that has a version."))))]
#[post("/sessions/switch")]
pub async fn switch_session(
    cx: Cx<WriteOwnAccount>,
    to: Json<SessionSwitch>,
) -> Result<Answer<SessionTokens>, Problem> {
    entry::switch(&cx, &to).await.map(Answer)
}

/// Log out.
///
/// Ends the session of a refresh token, or all of one's own. Access tokens end by themselves within ten minutes.
#[utoipa::path(tag = TAG, responses((status = 204)), security(("bearer" = [WriteOwnAccount::SCOPE])), extensions(("x-exempt" = json!("A session has no version."))))]
#[post("/sessions/end")]
pub async fn end_session(cx: Cx<WriteOwnAccount>, which: Json<SessionEnd>) -> Result<NoContent, Problem> {
    entry::end(&cx, &which).await.map(|()| NoContent)
}

/// Read one's own account.
///
/// Who the token speaks for, and one's memberships in all organisations.
#[utoipa::path(tag = TAG, responses((status = 200, body = Account)), security(("bearer" = [ReadOwnAccount::SCOPE])))]
#[get("/account")]
pub async fn read_account(cx: Cx<ReadOwnAccount>) -> Result<Answer<Account>, Problem> {
    entry::read_account(&cx).await.map(Answer)
}

/// Change one's password.
///
/// Asks for the current one, and ends all other sessions.
#[utoipa::path(tag = TAG, responses((status = 204), (status = 429)), security(("bearer" = [WriteOwnAccount::SCOPE])), extensions(("x-exempt" = json!("The current password is asked for instead of a version."))))]
#[post("/account/password")]
pub async fn change_password(
    cx: Cx<WriteOwnAccount>,
    change: Json<PasswordChange>,
) -> Result<NoContent, Problem> {
    entry::change_password(&cx, &change).await.map(|()| NoContent)
}
