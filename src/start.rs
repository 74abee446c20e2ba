//! From the environment to a running house.

use std::{error::Error, fs, io, io::Write as _, os::unix::fs::OpenOptionsExt as _};

use crate::{
    access::{Bell, House, KeyRing, Pool, Tokens, keys},
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
            let _one_at_a_time = door(config)?;
            let cluster = Cluster::open(&config.data)?;
            db::create(&cluster, DATABASE)?;
            let owner = cluster.url(DATABASE, Cluster::OWNER);
            db::migrate(&owner)?;
            db::admit_runtime(&owner)?;
            let runtime = cluster.url(DATABASE, Cluster::RUNTIME);
            return Ok(Self { runtime, owner: Some(owner), _cluster: Some(cluster) });
        };
        if let Some(why) = db::unfit(url).map_err(|error| format!("DATABASE_URL: {error}"))? {
            return Err(format!("DATABASE_URL: {why}; docs/production.md has how").into());
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
        Some(key) => tokens.exchange(vec![key.clone()]),
        None => keys::reload(&pool, &ring, &tokens).await?,
    }
    Ok(House {
        pool,
        tokens,
        ring,
        production: config.mode == Mode::Production,
        callers: config.callers.clone(),
        bell: Bell::default(),
    })
}

/// The ring of the environment; a demo makes one up, once.
fn ring(config: &Config) -> Result<KeyRing, Box<dyn Error>> {
    if let Some(keys) = &config.keys {
        return Ok(keys.clone());
    }
    let _one_at_a_time = door(config)?;
    let path = config.data.join("keys");
    if !path.exists() {
        let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
        file.write_all(KeyRing::generate()?.as_bytes())?;
    }
    let text = fs::read_to_string(&path).map_err(|error| error.to_string());
    Ok(text.and_then(|text| KeyRing::parse(&text)).map_err(|error| format!("{}: {error}", path.display()))?)
}

/// Of those who start on the same folder, one makes what is missing, and the others find it.
fn door(config: &Config) -> Result<fs::File, Box<dyn Error>> {
    let open = || {
        fs::create_dir_all(&config.data)?;
        let door = fs::File::create(config.data.join("door"))?;
        door.lock()?;
        Ok(door)
    };
    open().map_err(|error: io::Error| format!("SAMSPILL_DATA={}: {error}", config.data.display()).into())
}
