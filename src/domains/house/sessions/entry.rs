use uuid::Uuid;

use super::{
    device, passwords, queries,
    secret::Secret,
    types::{
        Account, EndReason, NewSession, Opened, PasswordChange, SessionEnd, SessionRefresh, SessionSwitch,
        SessionTokens,
    },
};
use crate::{
    access::{Actor, Cx, House, LIFETIME, Permission, Purpose, Visitor},
    problem::Problem,
};

/// Whose password it is. The attempt is counted before it is made, so that many at once count too; somebody unknown
/// takes as long and hears the same. Who is `familiar`, by what only they can show, is counted apart from all others that
/// know the address, and neither waits for the other.
pub async fn prove(
    house: &House,
    purpose: Purpose,
    email: &str,
    password: &str,
    familiar: Option<&[u8]>,
) -> Result<Uuid, Problem> {
    let email = email.to_lowercase();
    let apart = familiar.map(|shown| [b"\n", shown].concat()).unwrap_or_default();
    let key = house.ring.hash(&[email.as_bytes(), &apart].concat());
    let find = async |db: &mut _| {
        queries::count_attempt(db, &key).await?;
        queries::find_by_email(db, &email).await
    };
    let known = house.pool.system(purpose, find).await?;
    let (account, kept) = known.map(|it| (it.id, it.password_hash)).unzip();
    let right = passwords::verify(password, kept.flatten()).await?;
    let Some(account) = account.filter(|_| right) else {
        tracing::warn!(target: "security", %purpose, "a wrong password");
        return Err(Problem::wrong_password());
    };
    house.pool.system(purpose, async |db| queries::forgive(db, &key).await).await?;
    Ok(account)
}

/// The tokens of a session.
pub fn enter(house: &House, opened: Opened) -> Result<SessionTokens, Problem> {
    let actor = Actor {
        account: opened.account,
        organisation: opened.chosen.organisation_id,
        membership: opened.chosen.id.into(),
        role: opened.chosen.role,
        scope: None,
    };
    Ok(SessionTokens {
        access_token: house.tokens.issue(&actor)?,
        token_type: "Bearer".into(),
        expires_in: LIFETIME.num_seconds(),
        refresh_token: opened.refresh_token,
        membership_id: opened.chosen.id,
        memberships: opened.memberships,
        device_token: None,
    })
}

pub async fn log_in(visitor: &Visitor, new: &NewSession) -> Result<SessionTokens, Problem> {
    let (house, email) = (visitor.house(), new.email.to_lowercase());
    let shown = new.device_token.as_deref();
    let known = shown.and_then(|token| device::known(&house.ring, &email, token));
    let familiar = known.map(str::as_bytes);
    let account = prove(house, Purpose::LogIn, &email, &new.password, familiar).await?;
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
    let account = cx.actor().account;
    let open = async |db: &mut _| queries::open(db, account, Some(to.membership_id), None).await;
    enter(cx.house(), cx.system(Purpose::SwitchMembership, open).await?)
}

pub async fn end<P: Permission>(cx: &Cx<P>, which: &SessionEnd) -> Result<(), Problem> {
    let account = cx.actor().account;
    let hash = which.refresh_token.as_deref().map(Secret::hash);
    let end = async |db: &mut _| match &hash {
        Some(hash) => queries::end_one(db, account, hash).await,
        None => queries::end_others(db, account, None, EndReason::LoggedOut).await,
    };
    cx.system(Purpose::EndSession, end).await
}

pub async fn read_account<P: Permission>(cx: &Cx<P>) -> Result<Account, Problem> {
    let actor = cx.actor();
    cx.system(Purpose::OwnAccount, async |db| {
        let known = queries::find(db, actor.account).await?;
        Ok(Account {
            id: known.id,
            name: known.name,
            email: known.email,
            language: known.language,
            membership_id: actor.membership.into(),
            memberships: queries::choices(db, actor.account).await?,
        })
    })
    .await
}

pub async fn change_password<P: Permission>(cx: &Cx<P>, change: &PasswordChange) -> Result<(), Problem> {
    let account = cx.actor().account;
    let known = cx.system(Purpose::OwnAccount, async |db| queries::find(db, account).await).await?;
    let email = known.email.ok_or_else(|| Problem::conflict("account_has_no_password"))?;
    passwords::check(&change.new_password, &email)?;
    let familiar = Some(account.as_bytes().as_slice());
    let proven = prove(cx.house(), Purpose::ChangePassword, &email, &change.current_password, familiar).await;
    proven.map_err(|problem| match problem.code() {
        // The caller is known: 401 would say that the token is no good.
        "wrong_email_or_password" => Problem::unprocessable("current_password_is_wrong"),
        _ => problem,
    })?;
    let new = passwords::hash(&change.new_password).await?;
    let keep = change.refresh_token.as_deref().map(Secret::hash);
    cx.system(Purpose::ChangePassword, async |db| {
        queries::set_password(db, account, &new).await?;
        queries::end_others(db, account, keep.as_deref(), EndReason::PasswordChanged).await
    })
    .await
}
