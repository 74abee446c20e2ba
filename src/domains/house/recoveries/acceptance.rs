use super::{
    queries,
    types::{AccountRecoveryAcceptance, LostUser},
};
use crate::{
    access::{Pool, Purpose, Visitor},
    domains::house::sessions::{self, Secret},
    problem::Problem,
};

/// Sets the password of whoever holds the links. It opens no session: they log in with it, and with their second factor
/// if that is still asked for. There is nothing to guess, so nothing is counted: a token is 256 bits, and before it is
/// found to be good no password is hashed.
pub async fn accept(visitor: &Visitor, answer: &AccountRecoveryAcceptance) -> Result<(), Problem> {
    const PURPOSE: Purpose = Purpose::RecoverAccount;
    let hashes: Vec<_> = answer.link_tokens.iter().map(|token| Secret::hash(token)).collect();
    let find = async |db: &mut _| queries::find_open(db, &hashes).await;
    let (.., email) = visitor.system(PURPOSE, find).await?;
    sessions::check_password(&answer.password, &email)?;
    let password = sessions::hash_password(&answer.password).await?;
    visitor
        .system(PURPOSE, async |db| {
            let (links, account, _) = queries::find_open(db, &hashes).await?;
            queries::close(db, &links).await?;
            queries::void(db, account).await?;
            // It protects what every one of them has.
            if links.iter().all(|link| link.resets_second_factor) {
                sessions::delete_factor(db, account).await?;
            }
            sessions::replace_password(db, account, &password).await
        })
        .await
}

/// Sets a user's password, for the command line: the way back for a last administrator.
pub async fn recover_user(pool: &Pool, lost: &LostUser, password: &str) -> Result<(), Problem> {
    let email = lost.email.trim().to_lowercase();
    sessions::check_password(password, &email)?;
    let password = sessions::hash_password(password).await?;
    pool.system(Purpose::Administer, async |db| {
        let known = sessions::find_by_email(db, &email).await?.ok_or_else(Problem::not_found)?;
        queries::void(db, known.id).await?;
        if lost.reset_second_factor {
            sessions::delete_factor(db, known.id).await?;
        }
        sessions::replace_password(db, known.id, &password).await
    })
    .await
}
