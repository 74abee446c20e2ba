//! The second factor: an authenticator app that shares a secret with the house and shows another code every half minute
//! (RFC 6238), or one of the recovery codes that were told when it was confirmed. What is good is good once.

use aws_lc_rs::rand;
use chrono::{DateTime, TimeDelta, Utc};
use totp_rs::{Builder, Totp};
use uuid::Uuid;

use super::{
    entry, queries,
    types::{EndReason, OwnProof, RecoveryCodes, SecondFactorConfirmation, SecondFactorSecret},
};
use crate::{
    access::{Cx, Db, KeyRing, Permission, Purpose, now},
    problem::Problem,
};

/// What the app calls the house.
const ISSUER: &str = "Samspill";

const RECOVERY_CODES: usize = 10;

/// Longer than any code is good: by then nobody has to know that it was used.
const FORGET: TimeDelta = TimeDelta::minutes(5);

/// As every app understands it: SHA-1, six digits, thirty seconds, and one step early or late.
fn totp(secret: Vec<u8>, email: &str) -> Result<Totp, Problem> {
    let app = Builder::new().with_secret(secret).with_issuer(Some(ISSUER)).with_account_name(email);
    app.build().map_err(Problem::internal)
}

/// What a secret is sealed about, so that it is no other account's.
fn about(account: Uuid) -> Vec<u8> {
    [b"second factor\n", account.as_bytes().as_slice()].concat()
}

/// Which of the codes that are good now it is.
fn step(
    ring: &KeyRing,
    account: Uuid,
    sealed: &[u8],
    code: &str,
    now: DateTime<Utc>,
) -> Result<Option<u64>, Problem> {
    let secret = ring.open(sealed, &about(account))?;
    let seconds = u64::try_from(now.timestamp()).map_err(Problem::internal)?;
    Ok(totp(secret, "")?.check(code, seconds))
}

/// What is kept of a recovery code, however it is typed.
fn hash(ring: &KeyRing, account: Uuid, code: &str) -> Vec<u8> {
    let letters = code.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase());
    let letters: String = letters.collect();
    ring.hash(&[&about(account), letters.as_bytes()].concat())
}

/// A code of 80 bits, to be written down: `MFRG-GZDF-MZTW-Q2LK`.
fn recovery_code() -> Result<String, Problem> {
    let mut bytes = [0; 10];
    rand::fill(&mut bytes).map_err(Problem::internal)?;
    let letters: Vec<char> = totp_rs::Secret::from(bytes.to_vec()).to_base32().chars().collect();
    Ok(letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join("-"))
}

/// That whoever has shown the password shows the second factor too, if the account has one. Then the code is used.
pub async fn pass(db: &mut Db, ring: &KeyRing, account: Uuid, code: Option<&str>) -> Result<(), Problem> {
    let Some(factor) = queries::factor(db, account).await? else { return Ok(()) };
    let code = code.ok_or_else(Problem::second_factor_required)?;
    let now = now(db).await?;
    // Of two with the same code at the same moment, the database lets one through.
    let good = match step(ring, account, &factor.sealed, code, now)? {
        Some(step) => queries::use_code(db, account, step, now + FORGET).await?,
        None => queries::use_recovery_code(db, account, hash(ring, account, code)).await?,
    };
    if good {
        return Ok(());
    }
    tracing::warn!(target: "security", "a wrong code");
    Err(Problem::wrong_code())
}

pub async fn enrol<P: Permission>(cx: &Cx<P>, proof: &OwnProof) -> Result<SecondFactorSecret, Problem> {
    let account = cx.actor().account;
    let email = entry::own_address(cx).await?;
    let shown = (proof.current_password.as_str(), proof.one_time_code.as_deref());
    entry::prove_oneself(cx, Purpose::SecondFactor, &email, shown).await?;
    let mut secret = vec![0; 20];
    rand::fill(&mut secret).map_err(Problem::internal)?;
    let sealed = cx.house().ring.seal(&secret, &about(account))?;
    cx.system(Purpose::SecondFactor, async |db| queries::insert_factor(db, account, &sealed).await).await?;
    let app = totp(secret, &email)?;
    Ok(SecondFactorSecret {
        secret: app.secret().to_base32(),
        otpauth_uri: app.to_url().map_err(Problem::internal)?,
    })
}

pub async fn confirm<P: Permission>(
    cx: &Cx<P>,
    shown: &SecondFactorConfirmation,
) -> Result<RecoveryCodes, Problem> {
    let (ring, account) = (&cx.house().ring, cx.actor().account);
    let codes: Vec<_> = (0..RECOVERY_CODES).map(|_| recovery_code()).collect::<Result<_, _>>()?;
    let hashes: Vec<_> = codes.iter().map(|code| hash(ring, account, code)).collect();
    cx.system(Purpose::SecondFactor, async |db| {
        let (sealed, now) = (queries::unconfirmed_factor(db, account).await?, now(db).await?);
        let step = step(ring, account, &sealed, &shown.one_time_code, now)?;
        let step = step.ok_or_else(|| Problem::unprocessable("code_is_wrong"))?;
        queries::use_code(db, account, step, now + FORGET).await?;
        queries::confirm_factor(db, account, hashes.clone()).await?;
        // Whoever is logged in elsewhere has shown no second factor.
        let reason = EndReason::SecondFactorAdded;
        queries::end_others(db, account, cx.actor().session, reason).await
    })
    .await?;
    Ok(RecoveryCodes { recovery_codes: codes })
}

pub async fn remove<P: Permission>(cx: &Cx<P>, proof: &OwnProof) -> Result<(), Problem> {
    let account = cx.actor().account;
    let email = entry::own_address(cx).await?;
    let shown = (proof.current_password.as_str(), proof.one_time_code.as_deref());
    entry::prove_oneself(cx, Purpose::SecondFactor, &email, shown).await?;
    let removed =
        cx.system(Purpose::SecondFactor, async |db| queries::delete_factor(db, account).await).await?;
    if removed { Ok(()) } else { Err(Problem::conflict("second_factor_does_not_exist")) }
}
