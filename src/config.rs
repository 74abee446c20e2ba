//! The environment, read once. What is wrong in it is refused at start, by name.

use std::{
    env,
    error::Error,
    fs,
    num::{NonZeroU32, NonZeroUsize},
    path::PathBuf,
    str::FromStr,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::DateTime;
use uuid::Uuid;

use crate::{
    access::{Key, KeyRing},
    db::{self, text_enum},
    web::Callers,
};

text_enum! {
    /// What this installation is for.
    pub enum Mode { Production = "production", Demo = "demo" }
}

/// What the environment says. The README has the same table.
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
    pub keys: Option<KeyRing>,
    /// `SAMSPILL_SIGNING_KEY` or `…_FILE`: the seed of one Ed25519 key, 32 bytes in base64, in place of the database's.
    pub signing_key: Option<Key>,
    /// `SAMSPILL_WORKERS` (cores): threads that answer.
    pub workers: usize,
    /// `SAMSPILL_CONNECTIONS` (16): connections to the database.
    pub connections: usize,
    /// `SAMSPILL_RATE` (6000): requests a minute that each caller may send. `SAMSPILL_PROXIES` (0): how many proxies of
    /// one's own a request goes through. `SAMSPILL_ORIGINS`: the pages that may call from a browser, with commas between.
    pub callers: Callers,
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
        let keys = secret("SAMSPILL_KEYS")?.map(|text| KeyRing::parse(&text));
        let keys = keys.transpose().map_err(|error| format!("SAMSPILL_KEYS: {error}"))?;
        let signing_key = secret("SAMSPILL_SIGNING_KEY")?.map(|text| signing_key(&text));
        let database_url = address("DATABASE_URL", mode)?;
        if mode == Mode::Production {
            keys.as_ref().ok_or_else(|| missing("SAMSPILL_KEYS or SAMSPILL_KEYS_FILE"))?;
            database_url.as_ref().ok_or_else(|| missing("DATABASE_URL"))?;
        }
        let cores = std::thread::available_parallelism().or(NonZeroUsize::try_from(2_usize))?;
        Ok(Self {
            mode,
            database_url,
            migration_url: address("SAMSPILL_MIGRATION_URL", mode)?,
            data: env::var_os("SAMSPILL_DATA").map_or_else(|| ".samspill".into(), PathBuf::from),
            bind,
            issuer,
            keys,
            signing_key: signing_key.transpose()?,
            workers: parsed("SAMSPILL_WORKERS", cores)?.get(),
            connections: parsed("SAMSPILL_CONNECTIONS", NonZeroUsize::try_from(16_usize)?)?.get(),
            callers: callers()?,
            jobs: parsed("SAMSPILL_JOBS", true)?,
        })
    }
}

fn callers() -> Result<Callers, Box<dyn Error>> {
    let rate = parsed("SAMSPILL_RATE", NonZeroU32::try_from(6000)?)?;
    let origins = env::var("SAMSPILL_ORIGINS").unwrap_or_default();
    let origins = origins.split(',').map(str::trim).filter(|origin| !origin.is_empty());
    Ok(Callers::new(rate.get(), parsed("SAMSPILL_PROXIES", 0)?, origins.map(str::to_owned).collect()))
}

fn missing(name: &str) -> Box<dyn Error> {
    format!("{name} is not set, and SAMSPILL_MODE=production asks for it").into()
}

fn parsed<T: FromStr<Err: std::fmt::Display>>(name: &str, default: T) -> Result<T, Box<dyn Error>> {
    let Ok(text) = env::var(name) else { return Ok(default) };
    text.parse().map_err(|error| format!("{name}={text}: {error}").into())
}

/// Where a database is. Production speaks with a remote one by TLS alone.
fn address(name: &str, mode: Mode) -> Result<Option<String>, Box<dyn Error>> {
    let Some(url) = secret(name)? else { return Ok(None) };
    let in_the_clear = db::in_the_clear(&url).map_err(|error| format!("{name}: {error}"))?;
    if mode == Mode::Production && in_the_clear {
        return Err(format!("{name}: a remote database is reached by TLS: remove sslmode=disable").into());
    }
    Ok(Some(url))
}

fn signing_key(text: &str) -> Result<Key, Box<dyn Error>> {
    let seed = STANDARD.decode(text.trim()).map_err(|error| format!("SAMSPILL_SIGNING_KEY: {error}"))?;
    if seed.len() != 32 {
        return Err("SAMSPILL_SIGNING_KEY: 32 bytes in base64 are needed".into());
    }
    // The same key has the same name wherever it is configured.
    let id = Uuid::new_v5(&Uuid::NAMESPACE_OID, &seed);
    Ok(Key::from_seed(id, &seed, DateTime::UNIX_EPOCH)?)
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
