use super::{
    queries,
    types::{InvitationAcceptance, NewUser},
};
use crate::{
    access::{Pool, Purpose, Visitor},
    domains::house::sessions::{self, MembershipId, Secret, SessionTokens, Shown},
    problem::Problem,
};

/// Makes a member of whoever holds the token, and logs them in. Who has an account proves that it is theirs.
pub async fn accept(visitor: &Visitor, answer: &InvitationAcceptance) -> Result<SessionTokens, Problem> {
    const PURPOSE: Purpose = Purpose::AcceptInvitation;
    let hash = Secret::hash(&answer.token);
    let (invited, known) = visitor
        .system(PURPOSE, async |db| {
            let invited = queries::find_open(db, &hash).await?;
            let known = queries::account_of(db, &invited.email).await?;
            Ok((invited, known))
        })
        .await?;
    let new_password = if known.is_some() {
        let (password, code) = (&*answer.password, answer.one_time_code.as_deref());
        let shown = Shown { email: &invited.email, password, code, familiar: Some(&hash) };
        sessions::prove(visitor.house(), PURPOSE, &shown).await?;
        None
    } else {
        sessions::check_password(&answer.password, &invited.email)?;
        Some(sessions::hash_password(&answer.password).await?)
    };
    let opened = visitor
        .system(PURPOSE, async |db| {
            let account = match (known, &new_password) {
                (None, Some(password)) => {
                    let new = (&*invited.email, &*answer.name, &*answer.language);
                    queries::insert_account(db, new, password).await?
                }
                (known, _) => known.ok_or_else(Problem::not_found)?,
            };
            let membership = queries::accept(db, &hash, account, &answer.name).await?;
            sessions::open(db, account, Some(membership), None).await
        })
        .await?;
    sessions::enter(visitor.house(), opened)
}

/// Makes a member, for the command line. Whoever has an account already keeps their password.
pub async fn create_user(pool: &Pool, new: &NewUser, password: &str) -> Result<MembershipId, Problem> {
    sessions::check_password(password, &new.email)?;
    let password = sessions::hash_password(password).await?;
    pool.system(Purpose::Administer, async |db| {
        let account = match queries::account_of(db, &new.email).await? {
            Some(account) => account,
            None => queries::insert_account(db, (&new.email, &new.name, &new.language), &password).await?,
        };
        queries::insert_member(db, new, account).await
    })
    .await
}
