//! From the environment to a running house.

use std::{error::Error, fs, io::Write as _, os::unix::fs::OpenOptionsExt as _};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::DateTime;
use uuid::Uuid;

use crate::{
    access::{House, Key, KeyRing, Pool, Tokens, keys},
    config::{Config, Mode},
    db::{self, Cluster},
};

/// The name of the database in a cluster of our own.
const DATABASE: &str = "samspill";

/// Where the rows are: how the server and the owner get there, and the cluster behind it where that is ours.
pub struct Database {
    /// For the server.
    pub runtime: String,
    /// For migrations, if it is known.
    pub owner: Option<String>,
    /// It runs as long as this is held.
    _cluster: Option<Cluster>,
}

impl Database {
    /// The one that the environment names, or a cluster of our own, migrated. Refuses a login that could go round the
    /// policies. Blocks: call it outside of a runtime.
    pub fn find(config: &Config) -> Result<Self, Box<dyn Error>> {
        let Some(url) = &config.database_url else {
            let cluster = Cluster::open(&config.data)?;
            db::create(&cluster, DATABASE)?;
            let owner = cluster.url(DATABASE, Cluster::OWNER);
            db::migrate(&owner)?;
            db::admit_runtime(&owner)?;
            let runtime = cluster.url(DATABASE, Cluster::RUNTIME);
            return Ok(Self { runtime, owner: Some(owner), _cluster: Some(cluster) });
        };
        if config.mode == Mode::Production && db::in_the_clear(url)? {
            return Err("DATABASE_URL: a remote database is reached by TLS: remove sslmode=disable".into());
        }
        if let Some(why) = db::unfit(url).map_err(|error| format!("DATABASE_URL: {error}"))? {
            return Err(
                format!("DATABASE_URL: this login {why}; see \"Production\" in docs/production.md").into()
            );
        }
        Ok(Self { runtime: url.clone(), owner: config.migration_url.clone(), _cluster: None })
    }
}

/// What every request needs, from the environment and the database.
pub async fn house(config: &Config, database: &Database) -> Result<House, Box<dyn Error>> {
    let pool = Pool::new(&database.runtime, config.connections)?;
    let ring = ring(config)?;
    let tokens = Tokens::new(&config.issuer, Vec::new());
    match &config.signing_key {
        Some(text) => tokens.exchange(vec![configured(text)?]),
        None => keys::reload(&pool, &ring, &tokens).await?,
    }
    Ok(House { pool, tokens, ring, production: config.mode == Mode::Production })
}

fn configured(text: &str) -> Result<Key, Box<dyn Error>> {
    let seed = STANDARD.decode(text.trim()).map_err(|error| format!("SAMSPILL_SIGNING_KEY: {error}"))?;
    if seed.len() != 32 {
        return Err("SAMSPILL_SIGNING_KEY: 32 bytes in base64 are needed".into());
    }
    // The same key has the same name wherever it is configured.
    let id = Uuid::new_v5(&Uuid::NAMESPACE_OID, &seed);
    Ok(Key::from_seed(id, &seed, DateTime::UNIX_EPOCH)?)
}

/// The ring of the environment; a demo makes one up, once.
fn ring(config: &Config) -> Result<KeyRing, Box<dyn Error>> {
    if let Some(keys) = &config.keys {
        return Ok(KeyRing::parse(keys)?);
    }
    let path = config.data.join("keys");
    if !path.exists() {
        fs::create_dir_all(&config.data)?;
        let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
        file.write_all(KeyRing::generate()?.as_bytes())?;
    }
    Ok(KeyRing::parse(&fs::read_to_string(&path)?)?)
}
