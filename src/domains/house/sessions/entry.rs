use uuid::Uuid;

use super::{
    device, factor, passwords, queries,
    secret::Secret,
    types::{
        Account, EndReason, NewSession, Opened, OwnSession, PasswordChange, SessionEnd, SessionId,
        SessionRefresh, SessionSwitch, SessionTokens,
    },
};
use crate::{
    access::{Actor, Cx, House, LIFETIME, Permission, Purpose, ReadOwnAccount, Visitor, WriteOwnAccount},
    problem::Problem,
    web::{Page, Window},
};

/// What somebody shows who wants to be let in.
pub struct Shown<'a> {
    /// Whose account it is to be.
    pub email: &'a str,
    /// Its password.
    pub password: &'a str,
    /// A code of its second factor.
    pub code: Option<&'a str>,
    /// What only they can show who have been here before.
    pub familiar: Option<&'a [u8]>,
}

/// Whose password and second factor it is. The attempt is counted before it is made, so that many at once count too, and
/// forgiven when all of it is right; somebody unknown takes as long and hears the same. Who is `familiar` is counted apart
/// from all others that know the address, and neither waits for the other.
pub async fn prove(house: &House, purpose: Purpose, shown: &Shown<'_>) -> Result<Uuid, Problem> {
    let email = shown.email.to_lowercase();
    let apart = shown.familiar.map(|familiar| [b"\n", familiar].concat()).unwrap_or_default();
    let key = house.ring.hash(&[email.as_bytes(), &apart].concat());
    let find = async |db: &mut _| {
        queries::count_attempt(db, &key).await?;
        queries::find_by_email(db, &email).await
    };
    let known = house.pool.system(purpose, find).await?;
    let (account, kept) = known.map(|it| (it.id, it.password_hash)).unzip();
    let right = passwords::verify(shown.password, kept.flatten()).await?;
    let Some(account) = account.filter(|_| right) else {
        tracing::warn!(target: "security", %purpose, "a wrong password");
        return Err(Problem::wrong_password());
    };
    let finish = async |db: &mut _| {
        factor::pass(db, &house.ring, account, shown.code).await?;
        queries::forgive(db, &key).await
    };
    house.pool.system(purpose, finish).await?;
    Ok(account)
}

/// What is left to somebody whose second factor is missing: all that it takes to add one.
const ENROLMENT: [&str; 2] = [ReadOwnAccount::SCOPE, WriteOwnAccount::SCOPE];

/// The tokens of a session.
pub fn enter(house: &House, opened: Opened) -> Result<SessionTokens, Problem> {
    let actor = Actor {
        account: opened.account,
        organisation: opened.chosen.organisation_id,
        membership: opened.chosen.id.into(),
        role: opened.chosen.role,
        session: Some(opened.session),
        scope: opened.chosen.second_factor_missing.then(|| ENROLMENT.join(" ")),
    };
    Ok(SessionTokens {
        access_token: house.tokens.issue(&actor)?,
        token_type: "Bearer".into(),
        expires_in: LIFETIME.num_seconds(),
        refresh_token: opened.refresh_token,
        session_id: opened.session.into(),
        membership_id: opened.chosen.id,
        memberships: opened.memberships,
        device_token: None,
    })
}

pub async fn log_in(visitor: &Visitor, new: &NewSession) -> Result<SessionTokens, Problem> {
    let (house, email) = (visitor.house(), new.email.to_lowercase());
    let shown = new.device_token.as_deref();
    let known = shown.and_then(|token| device::known(&house.ring, &email, token));
    let (password, code, familiar) = (&*new.password, new.one_time_code.as_deref(), known.map(str::as_bytes));
    let shown_now = Shown { email: &email, password, code, familiar };
    let account = prove(house, Purpose::LogIn, &shown_now).await?;
    let open = async |db: &mut _| queries::open(db, account, new.membership_id, new.device.as_deref()).await;
    let tokens = enter(house, visitor.system(Purpose::LogIn, open).await?)?;
    let device_token = match shown.filter(|_| known.is_some()) {
        Some(token) => token.to_owned(),
        None => device::token(&house.ring, &email)?,
    };
    Ok(SessionTokens { device_token: Some(device_token), ..tokens })
}

pub async fn refresh(visitor: &Visitor, old: &SessionRefresh) -> Result<SessionTokens, Problem> {
    let hash = Secret::hash(&old.refresh_token);
    // What it comes to is kept also when it is a no: a used token ends its session.
    let opened = visitor.system(Purpose::Refresh, async |db| queries::renew(db, &hash).await).await?;
    enter(visitor.house(), opened.ok_or_else(|| Problem::unauthorised("The refresh token is no good."))?)
}

pub async fn switch<P: Permission>(cx: &Cx<P>, to: &SessionSwitch) -> Result<SessionTokens, Problem> {
    let actor = cx.actor();
    let open = async |db: &mut _| {
        let device = queries::device(db, actor.session).await?;
        queries::open(db, actor.account, Some(to.membership_id), device.as_deref()).await
    };
    enter(cx.house(), cx.system(Purpose::SwitchMembership, open).await?)
}

pub async fn list<P: Permission>(cx: &Cx<P>, window: &Window) -> Result<Page<OwnSession>, Problem> {
    let actor = cx.actor();
    let list = async |db: &mut _| queries::list(db, actor.account, actor.session, window).await;
    cx.system(Purpose::OwnAccount, list).await
}

pub async fn end_one<P: Permission>(cx: &Cx<P>, id: SessionId) -> Result<(), Problem> {
    let account = cx.actor().account;
    cx.system(Purpose::EndSession, async |db| queries::end_one(db, account, id).await).await
}

pub async fn end<P: Permission>(cx: &Cx<P>, which: &SessionEnd) -> Result<(), Problem> {
    let actor = cx.actor();
    let keep = actor.session.filter(|_| which.keep_current);
    let end = async |db: &mut _| queries::end_others(db, actor.account, keep, EndReason::LoggedOut).await;
    cx.system(Purpose::EndSession, end).await
}

pub async fn read_account<P: Permission>(cx: &Cx<P>) -> Result<Account, Problem> {
    let actor = cx.actor();
    cx.system(Purpose::OwnAccount, async |db| {
        let known = queries::find(db, actor.account).await?;
        let factor = queries::factor(db, actor.account).await?;
        Ok(Account {
            id: known.id,
            name: known.name,
            email: known.email,
            language: known.language,
            membership_id: actor.membership.into(),
            memberships: queries::choices(db, actor.account).await?,
            second_factor_since: factor.as_ref().and_then(|factor| factor.confirmed_at),
            recovery_codes_left: factor.map_or(0, |factor| factor.recovery_hashes.len()),
        })
    })
    .await
}

/// The caller's address, if they log in with one.
pub async fn own_address<P: Permission>(cx: &Cx<P>) -> Result<String, Problem> {
    let account = cx.actor().account;
    let known = cx.system(Purpose::OwnAccount, async |db| queries::find(db, account).await).await?;
    known.email.ok_or_else(|| Problem::conflict("account_has_no_password"))
}

/// That it is really the caller, by their password and the code of their second factor.
pub async fn prove_oneself<P: Permission>(
    cx: &Cx<P>,
    purpose: Purpose,
    email: &str,
    (password, code): (&str, Option<&str>),
) -> Result<(), Problem> {
    let familiar = Some(cx.actor().account.as_bytes().as_slice());
    let proven = prove(cx.house(), purpose, &Shown { email, password, code, familiar }).await;
    proven.map(drop).map_err(|problem| match problem.code() {
        // The caller is known: 401 would say that the token is no good.
        "wrong_email_or_password" => Problem::unprocessable("current_password_is_wrong"),
        code @ ("second_factor_required" | "code_is_wrong") => Problem::unprocessable(code),
        _ => problem,
    })
}

pub async fn change_password<P: Permission>(cx: &Cx<P>, change: &PasswordChange) -> Result<(), Problem> {
    let actor = cx.actor();
    let email = own_address(cx).await?;
    passwords::check(&change.new_password, &email)?;
    let shown = (change.current_password.as_str(), change.one_time_code.as_deref());
    prove_oneself(cx, Purpose::ChangePassword, &email, shown).await?;
    let new = passwords::hash(&change.new_password).await?;
    cx.system(Purpose::ChangePassword, async |db| {
        queries::set_password(db, actor.account, &new).await?;
        queries::end_others(db, actor.account, actor.session, EndReason::PasswordChanged).await
    })
    .await
}
