//! The environment, read once. What is wrong in it is refused at start, by name and with what is allowed.

use std::{
    env,
    error::Error,
    fs,
    net::{TcpListener, ToSocketAddrs as _},
    ops::RangeInclusive,
    path::PathBuf,
    str::FromStr,
    thread::available_parallelism,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::DateTime;
use lettre::message::Mailbox;
use reqwest::Url;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::EnvFilter;
use uuid::Uuid;

use crate::{
    access::{Key, KeyRing},
    db::{self, text_enum},
    mailer::Mailer,
    web::Callers,
};

text_enum! {
    /// What this installation is for.
    pub enum Mode { Production = "production", Demo = "demo" }
}

/// What the environment says. docs/production.md has the same table.
pub struct Config {
    /// `SAMSPILL_MODE`: `production` (the default) asks for everything; `demo` makes up what is missing.
    pub mode: Mode,
    /// `DATABASE_URL`: the runtime login. Without it, in `demo`, a cluster of our own.
    pub database_url: Option<String>,
    /// `SAMSPILL_MIGRATION_URL`: the owner of the tables, for `migrate` and the commands that make organisations.
    pub migration_url: Option<String>,
    /// `SAMSPILL_DATA` (`.samspill`): where the cluster of our own and the made-up keys are kept.
    pub data: PathBuf,
    /// Where to listen.
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
    /// `SAMSPILL_MAIL` or `…_FILE` (`none`): the mail server, by which staff are told of their tasks. It asks for
    /// `SAMSPILL_MAIL_FROM`, and for `SAMSPILL_FRONTEND`, the page that is linked to.
    pub mail: Option<Mailer>,
}

impl Config {
    /// Reads and checks it all.
    pub fn from_env() -> Result<Self, Box<dyn Error>> {
        let cores = available_parallelism().map_or(2, usize::from).min(256).to_string();
        let mode = setting("SAMSPILL_MODE", "production", "production or demo", |text| text.parse().ok())?;
        let bind = bind()?;
        let keys = secret("SAMSPILL_KEYS")?.map(|text| KeyRing::parse(&text));
        let keys = keys.transpose().map_err(|error| format!("SAMSPILL_KEYS: {error}"))?;
        let signing_key = secret("SAMSPILL_SIGNING_KEY")?.map(|text| signing_key(&text));
        let config = Self {
            mode,
            database_url: address("DATABASE_URL", mode)?,
            migration_url: address("SAMSPILL_MIGRATION_URL", mode)?,
            data: setting("SAMSPILL_DATA", ".samspill", "a folder", |text| Some(text.into()))?,
            issuer: issuer(mode, &bind)?,
            bind,
            keys,
            signing_key: signing_key.transpose()?,
            workers: setting("SAMSPILL_WORKERS", &cores, "a number from 1 to 256", within(1..=256))?,
            connections: setting("SAMSPILL_CONNECTIONS", "16", "a number from 1 to 1000", within(1..=1000))?,
            callers: callers()?,
            jobs: setting("SAMSPILL_JOBS", "true", "true or false", |text| text.parse().ok())?,
            mail: mail()?,
        };
        if mode == Mode::Production {
            config.keys.as_ref().ok_or_else(|| missing("SAMSPILL_KEYS or SAMSPILL_KEYS_FILE"))?;
            config.database_url.as_ref().ok_or_else(|| missing("DATABASE_URL"))?;
        }
        Ok(config)
    }

    /// That nobody listens there already. Asked before anything is made or said; whoever listened from then on would
    /// keep callers waiting for a server that is not ready.
    pub fn check_bind(&self) -> Result<(), Box<dyn Error>> {
        let Self { bind, .. } = self;
        TcpListener::bind(bind).map(drop).map_err(|error| format!("SAMSPILL_BIND={bind}: {error}").into())
    }
}

/// `SAMSPILL_BIND` (`127.0.0.1:8080`): where to listen.
pub fn bind() -> Result<String, Box<dyn Error>> {
    setting("SAMSPILL_BIND", "127.0.0.1:8080", "an address and a port", listenable)
}

/// `SAMSPILL_LOG` (`info`): what is logged.
pub fn log() -> Result<EnvFilter, Box<dyn Error>> {
    // A word that is no level would be taken for the only part of the program to be heard.
    let understood = |part: &str| {
        let (target, level) = part.rsplit_once('=').unwrap_or(("all", part));
        let letter = |letter: char| letter.is_ascii_alphanumeric() || "_:-".contains(letter);
        let known = !level.is_empty() && level.parse::<LevelFilter>().is_ok();
        known && !target.is_empty() && target.chars().all(letter)
    };
    let allowed =
        "levels (off, error, warn, info, debug, trace) with commas between, alone or as target=level";
    setting("SAMSPILL_LOG", "info", allowed, |text| {
        text.split(',').all(understood).then(|| EnvFilter::try_new(text).ok()).flatten()
    })
}

/// `NAME`, or what is in the file that `NAME_FILE` names.
pub fn secret(name: &str) -> Result<Option<String>, Box<dyn Error>> {
    let file = format!("{name}_FILE");
    match (value(name)?, value(&file)?) {
        (Some(_), Some(_)) => Err(format!("{name} and {file} are both set: remove one").into()),
        (None, Some(path)) => {
            let text = fs::read_to_string(&path).map_err(|error| format!("{file}={path}: {error}"))?;
            let text = text.trim_end();
            if text.is_empty() {
                Err(format!("{file}={path}: it is empty").into())
            } else {
                Ok(Some(text.into()))
            }
        }
        (text, None) => Ok(text),
    }
}

/// What a variable says, if it is set.
fn value(name: &str) -> Result<Option<String>, Box<dyn Error>> {
    match env::var(name) {
        Ok(text) if text.trim().is_empty() => {
            Err(format!("{name} is empty: give it a value or remove it").into())
        }
        Ok(text) => Ok(Some(text)),
        Err(env::VarError::NotPresent) => Ok(None),
        Err(error) => Err(format!("{name}: {error}").into()),
    }
}

/// A setting as it is understood, or else its name and what is allowed.
fn setting<T>(
    name: &str,
    default: &str,
    allowed: &str,
    understood: impl FnOnce(&str) -> Option<T>,
) -> Result<T, Box<dyn Error>> {
    let text = value(name)?.unwrap_or_else(|| default.into());
    understood(&text).ok_or_else(|| format!("{name}={text} must be {allowed}, such as {default}").into())
}

fn callers() -> Result<Callers, Box<dyn Error>> {
    let rate = setting("SAMSPILL_RATE", "6000", "a number from 1 to 1000000", within(1..=1_000_000))?;
    let proxies = setting("SAMSPILL_PROXIES", "0", "a number from 0 to 16", within(0..=16))?;
    let page =
        |origin: &str| Url::parse(origin).is_ok_and(|url| url.origin().ascii_serialization() == origin);
    let pages = |text: &str| match text {
        "none" => Some(Vec::new()),
        _ => text.split(',').all(page).then(|| text.split(',').map(str::to_owned).collect()),
    };
    let origins = setting("SAMSPILL_ORIGINS", "none", "none, or origins with commas between", pages)?;
    Ok(Callers::new(rate, proxies, origins))
}

fn mail() -> Result<Option<Mailer>, Box<dyn Error>> {
    fn or_none<T>(text: &str, understood: impl FnOnce(&str) -> Option<T>) -> Option<Option<T>> {
        if text == "none" { Some(None) } else { understood(text).map(Some) }
    }
    let allowed = "none, or an address such as Samspill <no-reply@example.org>";
    let from = setting("SAMSPILL_MAIL_FROM", "none", allowed, |text| {
        or_none(text, |text| text.parse::<Mailbox>().ok().filter(|it| it.email.domain().contains('.')))
    })?;
    let allowed = "none, or the address of a page such as https://app.example.org";
    let frontend = setting("SAMSPILL_FRONTEND", "none", allowed, |text| {
        or_none(text, |text| {
            let url = Url::parse(text).ok()?;
            let page = ["https", "http"].contains(&url.scheme())
                && url.username().is_empty()
                && url.password().is_none();
            page.then(|| url.into())
        })
    })?;
    let server = secret("SAMSPILL_MAIL")?.filter(|text| text != "none");
    let Some(server) = server else { return Ok(None) };
    let needed = |name: &str| format!("{name} is not set, and SAMSPILL_MAIL asks for it");
    let from = from.ok_or_else(|| needed("SAMSPILL_MAIL_FROM"))?;
    let frontend = frontend.ok_or_else(|| needed("SAMSPILL_FRONTEND"))?;
    Ok(Some(Mailer::new(&server, from, frontend).map_err(|error| format!("SAMSPILL_MAIL: {error}"))?))
}

fn missing(name: &str) -> Box<dyn Error> {
    format!("{name} is not set, and SAMSPILL_MODE=production asks for it").into()
}

fn within<T: FromStr + PartialOrd>(range: RangeInclusive<T>) -> impl FnOnce(&str) -> Option<T> {
    move |text| text.parse().ok().filter(|number| range.contains(number))
}

fn listenable(text: &str) -> Option<String> {
    let mut all = text.to_socket_addrs().ok()?;
    all.all(|address| address.port() != 0).then(|| text.into())
}

/// The public address: as it is compared with what tokens say, letter by letter.
fn issuer(mode: Mode, bind: &str) -> Result<String, Box<dyn Error>> {
    let default = match mode {
        Mode::Demo => format!("http://{bind}"),
        Mode::Production if value("SAMSPILL_ISSUER")?.is_none() => return Err(missing("SAMSPILL_ISSUER")),
        Mode::Production => "https://api.example.org".into(),
    };
    let allowed = "an address without a / at its end, and of https unless it is this machine's or a demo's";
    setting("SAMSPILL_ISSUER", &default, allowed, |text| {
        let url = Url::parse(text).ok()?;
        let plain = url.as_str().trim_end_matches('/') == text && !text.contains(['?', '#', '@']);
        let here = ["localhost", "127.0.0.1", "[::1]"].contains(&url.host_str()?);
        let safe = url.scheme() == "https" || url.scheme() == "http" && (here || mode == Mode::Demo);
        (plain && safe).then(|| text.into())
    })
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
    if seed.len() != 32 || seed.iter().all(|byte| *byte == 0) {
        return Err("SAMSPILL_SIGNING_KEY: 32 bytes in base64 are needed, and not zeros".into());
    }
    // The same key has the same name wherever it is configured.
    let id = Uuid::new_v5(&Uuid::NAMESPACE_OID, &seed);
    Ok(Key::from_seed(id, &seed, DateTime::UNIX_EPOCH)?)
}
