//! The environment, read once. What is wrong in it is refused at start, by name.

use std::{env, error::Error, fs, path::PathBuf, str::FromStr};

use crate::{access::KeyRing, db::text_enum};

text_enum! {
    /// What this installation is for.
    pub enum Mode { Production = "production", Demo = "demo" }
}

/// What the environment says. The README has the same table.
#[derive(Debug)]
pub struct Config {
    /// `SAMSPILL_MODE`: `production` (the default) asks for everything; `demo` makes up what is missing.
    pub mode: Mode,
    /// `DATABASE_URL`: the runtime login. Without it, in `demo`, a cluster of our own.
    pub database_url: Option<String>,
    /// `SAMSPILL_MIGRATION_URL`: the owner of the tables, for `migrate` and the commands that make organisations.
    pub migration_url: Option<String>,
    /// `SAMSPILL_DATA` (`.samspill`): where the cluster of our own and the made-up keys are kept.
    pub data: PathBuf,
    /// `SAMSPILL_BIND` (`127.0.0.1:8080`): where to listen.
    pub bind: String,
    /// `SAMSPILL_ISSUER` (`http://<bind>` in `demo`): the public address, issuer and audience of every token.
    pub issuer: String,
    /// `SAMSPILL_KEYS` or `SAMSPILL_KEYS_FILE`: the key ring, a line a key.
    pub keys: Option<String>,
    /// `SAMSPILL_SIGNING_KEY` or `…_FILE`: the seed of one Ed25519 key, 32 bytes in base64, in place of the database's.
    pub signing_key: Option<String>,
    /// `SAMSPILL_WORKERS` (cores): threads that answer.
    pub workers: usize,
    /// `SAMSPILL_CONNECTIONS` (16): connections to the database.
    pub connections: usize,
    /// `SAMSPILL_JOBS` (`true`): whether `serve` also does the worker's jobs.
    pub jobs: bool,
}

impl Config {
    /// Reads and checks it all.
    pub fn from_env() -> Result<Self, Box<dyn Error>> {
        let mode = parsed("SAMSPILL_MODE", Mode::Production)?;
        let bind = env::var("SAMSPILL_BIND").unwrap_or_else(|_| "127.0.0.1:8080".into());
        let issuer = match (env::var("SAMSPILL_ISSUER"), mode) {
            (Ok(issuer), _) => issuer,
            (Err(_), Mode::Demo) => format!("http://{bind}"),
            (Err(_), Mode::Production) => return Err(missing("SAMSPILL_ISSUER")),
        };
        let keys = secret("SAMSPILL_KEYS")?;
        let database_url = secret("DATABASE_URL")?;
        if mode == Mode::Production {
            keys.as_ref().ok_or_else(|| missing("SAMSPILL_KEYS or SAMSPILL_KEYS_FILE"))?;
            database_url.as_ref().ok_or_else(|| missing("DATABASE_URL"))?;
        }
        if let Some(keys) = &keys {
            KeyRing::parse(keys).map_err(|error| format!("SAMSPILL_KEYS: {error}"))?;
        }
        let cores = std::thread::available_parallelism().map_or(2, Into::into);
        Ok(Self {
            mode,
            database_url,
            migration_url: secret("SAMSPILL_MIGRATION_URL")?,
            data: env::var_os("SAMSPILL_DATA").map_or_else(|| ".samspill".into(), PathBuf::from),
            bind,
            issuer,
            keys,
            signing_key: secret("SAMSPILL_SIGNING_KEY")?,
            workers: parsed("SAMSPILL_WORKERS", cores)?,
            connections: parsed("SAMSPILL_CONNECTIONS", 16)?,
            jobs: parsed("SAMSPILL_JOBS", true)?,
        })
    }
}

fn missing(name: &str) -> Box<dyn Error> {
    format!("{name} is not set, and SAMSPILL_MODE=production asks for it").into()
}

fn parsed<T: FromStr<Err: std::fmt::Display>>(name: &str, default: T) -> Result<T, Box<dyn Error>> {
    let Ok(text) = env::var(name) else { return Ok(default) };
    text.parse().map_err(|error| format!("{name}={text}: {error}").into())
}

/// `NAME`, or what is in the file that `NAME_FILE` names.
fn secret(name: &str) -> Result<Option<String>, Box<dyn Error>> {
    let file = format!("{name}_FILE");
    match (env::var(name), env::var(&file)) {
        (Ok(text), _) => Ok(Some(text)),
        (Err(_), Ok(path)) => {
            let text = fs::read_to_string(&path).map_err(|error| format!("{file}={path}: {error}"))?;
            Ok(Some(text.trim_end().to_owned()))
        }
        _ => Ok(None),
    }
}
