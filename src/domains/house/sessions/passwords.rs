use std::sync::LazyLock;

use argon2::{
    Algorithm, Argon2, Params, PasswordHash, PasswordHasher as _, PasswordVerifier as _, Version,
    password_hash::Error,
};
use tokio::{sync::Semaphore, task::spawn_blocking};
use unicode_normalization::UnicodeNormalization as _;

use crate::problem::{Flaw, Problem};

/// Memory in KiB, passes and lanes.
const COST: (u32, u32, u32) = (19_456, 2, 1);

/// The bounds of a password, in characters. The handlers' schemas say the same.
const LENGTH: std::ops::RangeInclusive<usize> = 12..=200;

/// As many at once as there are cores: more would only take each other's memory.
static CORES: LazyLock<Semaphore> =
    LazyLock::new(|| Semaphore::new(std::thread::available_parallelism().map_or(2, Into::into)));

/// What the password of somebody unknown is compared with, so that it takes as long as any other.
static NOBODY: LazyLock<Result<String, String>> =
    LazyLock::new(|| hash_now("nobody's").map_err(|problem| problem.to_string()));

/// Refuses a password that is too short, too long, or the e-mail address.
pub fn check(password: &str, email: &str) -> Result<(), Problem> {
    let password = tidied(password);
    if !LENGTH.contains(&password.chars().count()) {
        let short = Problem::unprocessable("password_length");
        return Err(short.with("min", LENGTH.start()).with("max", LENGTH.end()));
    }
    if password.to_lowercase() == email.to_lowercase() {
        return Err(Problem::invalid(vec![Flaw::new("/password", "same_as_email")]));
    }
    Ok(())
}

/// What is kept of a password: argon2id, with a salt of its own.
pub async fn hash(password: &str) -> Result<String, Problem> {
    let password = tidied(password);
    aside(move || hash_now(&password)).await
}

/// Whether it is the password. Takes as long if nobody has one.
pub async fn verify(password: &str, kept: Option<String>) -> Result<bool, Problem> {
    let password = tidied(password);
    aside(move || {
        let nobodys = NOBODY.as_ref().map_err(Problem::internal)?;
        let known = kept.is_some();
        match argon2()?.verify_password(password.as_bytes(), kept.as_ref().unwrap_or(nobodys).as_str()) {
            Ok(()) => Ok(known),
            Err(Error::PasswordInvalid) => Ok(false),
            Err(error) => Err(Problem::internal(error)),
        }
    })
    .await
}

/// As the body of a request has it: passwords that come from elsewhere are to be the same.
fn tidied(password: &str) -> String {
    password.trim().nfc().collect()
}

fn argon2() -> Result<Argon2<'static>, Problem> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None).map_err(Problem::internal)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash_now(password: &str) -> Result<String, Problem> {
    let hash: PasswordHash = argon2()?.hash_password(password.as_bytes()).map_err(Problem::internal)?;
    Ok(hash.to_string())
}

async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let _one_of_them = CORES.acquire().await.map_err(Problem::internal)?;
    spawn_blocking(work).await.map_err(Problem::internal)?
}
