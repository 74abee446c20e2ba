use actix_web::{get, post};

use super::{
    entry, factor,
    types::{
        Account, NewSession, OwnProof, OwnSession, PasswordChange, RecoveryCodes, SecondFactorConfirmation,
        SecondFactorSecret, SessionEnd, SessionId, SessionRefresh, SessionSwitch, SessionTokens,
    },
};
use crate::{
    access::{Cx, Permission as _, ReadOwnAccount, Visitor, WriteOwnAccount},
    problem::Problem,
    web::{Answer, Json, NoContent, Page, Path, Query, Window},
};

const TAG: &str = "sessions";

/// Log in.
///
/// Answers an access token that speaks for one membership, and what else can be switched to. After some failures
/// one has to wait, longer each time (429); a device that has logged in before, and says so by its `device_token`, does
/// not wait for the failures of others. Who has a second factor sends a `one_time_code` along: without it, a right password is
/// answered 401 `second_factor_required`.
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

/// List one's own sessions.
///
/// The devices that are logged in, in all organisations, oldest first: none that has logged out, or has not been used for
/// so long that it has to log in again. Where they are is not kept.
#[utoipa::path(tag = TAG, params(Window), responses((status = 200, body = Page<OwnSession>)), security(("bearer" = [ReadOwnAccount::SCOPE])))]
#[get("/sessions")]
pub async fn list_sessions(
    cx: Cx<ReadOwnAccount>,
    window: Query<Window>,
) -> Result<Page<OwnSession>, Problem> {
    entry::list(&cx, &window).await
}

/// End one's own sessions.
///
/// All of them, or all others. Their tokens are worth nothing from now on.
#[utoipa::path(tag = TAG, responses((status = 204)), security(("bearer" = [WriteOwnAccount::SCOPE])), extensions(("x-exempt" = json!("A session has no version."))))]
#[post("/sessions/end")]
pub async fn end_sessions(cx: Cx<WriteOwnAccount>, which: Json<SessionEnd>) -> Result<NoContent, Problem> {
    entry::end(&cx, &which).await.map(|()| NoContent)
}

/// Log out.
///
/// Ends one of one's own sessions, on this device or another. Its tokens are worth nothing from now on.
#[utoipa::path(tag = TAG, responses((status = 204)), security(("bearer" = [WriteOwnAccount::SCOPE])), extensions(("x-exempt" = json!("A session has no version."))))]
#[post("/sessions/{id}/end")]
pub async fn end_session(cx: Cx<WriteOwnAccount>, id: Path<SessionId>) -> Result<NoContent, Problem> {
    entry::end_one(&cx, *id).await.map(|()| NoContent)
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
/// Asks for the current one, and for a code if there is a second factor; ends all other sessions.
#[utoipa::path(tag = TAG, responses((status = 204), (status = 429)), security(("bearer" = [WriteOwnAccount::SCOPE])), extensions(("x-exempt" = json!("The current password is asked for instead of a version."))))]
#[post("/account/password")]
pub async fn change_password(
    cx: Cx<WriteOwnAccount>,
    change: Json<PasswordChange>,
) -> Result<NoContent, Problem> {
    entry::change_password(&cx, &change).await.map(|()| NoContent)
}

/// Begin to add a second factor.
///
/// Answers a secret for an authenticator app (RFC 6238), this once. It is asked for when a first code has confirmed it;
/// until then another may take its place.
#[utoipa::path(tag = TAG, responses((status = 200, body = SecondFactorSecret), (status = 429)), security(("bearer" = [WriteOwnAccount::SCOPE])), extensions(("x-exempt" = json!("The current password is asked for instead of a version."))))]
#[post("/account/second-factor")]
pub async fn enrol_second_factor(
    cx: Cx<WriteOwnAccount>,
    proof: Json<OwnProof>,
) -> Result<Answer<SecondFactorSecret>, Problem> {
    factor::enrol(&cx, &proof).await.map(Answer)
}

/// Confirm a second factor.
///
/// By the first code of the app. From now on every log-in asks for a code, and so does what asks for the password; all
/// other sessions end. The answer has ten recovery codes, this once. Who was kept out for want of a second factor gets
/// tokens that open everything by a refresh.
#[utoipa::path(tag = TAG, responses((status = 200, body = RecoveryCodes)), security(("bearer" = [WriteOwnAccount::SCOPE])), extensions(("x-exempt" = json!("The code is good once."))))]
#[post("/account/second-factor/confirm")]
pub async fn confirm_second_factor(
    cx: Cx<WriteOwnAccount>,
    shown: Json<SecondFactorConfirmation>,
) -> Result<Answer<RecoveryCodes>, Problem> {
    factor::confirm(&cx, &shown).await.map(Answer)
}

/// Remove one's second factor.
///
/// Its recovery codes too. Asks for the password and a code.
#[utoipa::path(tag = TAG, responses((status = 204), (status = 429)), security(("bearer" = [WriteOwnAccount::SCOPE])), extensions(("x-exempt" = json!("The current password is asked for instead of a version."))))]
#[post("/account/second-factor/remove")]
pub async fn remove_second_factor(
    cx: Cx<WriteOwnAccount>,
    proof: Json<OwnProof>,
) -> Result<NoContent, Problem> {
    factor::remove(&cx, &proof).await.map(|()| NoContent)
}
