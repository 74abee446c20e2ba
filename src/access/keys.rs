//! The signing keys, sealed in the database. A new one is published before it signs, so that every server knows it by
//! then; the one before is published until the last of its tokens has ended.

use aws_lc_rs::rand;
use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::{Db, Key, KeyRing, LIFETIME, Pool, Purpose, Tokens};
use crate::{problem::Problem, schema::signing_key};

/// From when it is published until it signs: longer than any server takes to load it.
const NOTICE: TimeDelta = TimeDelta::minutes(2);

/// How much longer than its last token a key is published.
const MARGIN: TimeDelta = TimeDelta::minutes(5);

/// So that two servers that start at the same moment make one first key.
const LOCK: i64 = 0x5369_676e;

diesel::define_sql_function! {
    /// Waits for whoever holds the lock, until the end of their transaction.
    fn pg_advisory_xact_lock(key: diesel::sql_types::BigInt) -> diesel::sql_types::Text;
}

#[derive(HasQuery, Insertable)]
#[diesel(table_name = signing_key)]
struct Row {
    id: Uuid,
    public_key: Vec<u8>,
    sealed: Vec<u8>,
    signs_from: DateTime<Utc>,
}

/// The keys that may be met in a token, now or soon. Tokens live by the real clock, and so do these.
pub async fn load(pool: &Pool, ring: &KeyRing) -> Result<Vec<Key>, Problem> {
    let rows = pool.system(Purpose::Keys, async |db| published(db).await).await?;
    let open = |row: Row| {
        let other = "SAMSPILL_KEYS: this ring does not open what is sealed in the database: use the one that sealed it";
        let seed =
            ring.open(&row.sealed, &about(ring, row.id)).map_err(|_closed| Problem::internal(other))?;
        Key::from_seed(row.id, &seed, row.signs_from)
    };
    rows.into_iter().map(open).collect()
}

/// What a signing key is sealed about: its id, hashed, so that a ring with another `lookup` key does not open it either.
fn about(ring: &KeyRing, id: Uuid) -> Vec<u8> {
    ring.hash(id.as_bytes())
}

/// Makes the next key, and says from when it signs: after a short notice, the first one at once. Those before it retire
/// when none of their tokens is left.
pub async fn rotate(pool: &Pool, ring: &KeyRing) -> Result<DateTime<Utc>, Problem> {
    pool.system(Purpose::Keys, async |db| {
        let notice = if is_first(db).await? { TimeDelta::zero() } else { NOTICE };
        make(db, ring, Utc::now() + notice).await
    })
    .await
}

/// Takes the keys as they are now, and makes the first if there is none. To be called every minute.
pub async fn reload(pool: &Pool, ring: &KeyRing, tokens: &Tokens) -> Result<(), Problem> {
    let mut keys = load(pool, ring).await?;
    if keys.is_empty() {
        let make_first = async |db: &mut Db| match is_first(db).await? {
            true => make(db, ring, Utc::now()).await.map(drop),
            false => Ok(()),
        };
        pool.system(Purpose::Keys, make_first).await?;
        keys = load(pool, ring).await?;
    }
    tokens.exchange(keys);
    Ok(())
}

async fn published(db: &mut Db) -> Result<Vec<Row>, Problem> {
    let there = signing_key::retires_at.is_null().or(signing_key::retires_at.gt(Utc::now()));
    Ok(Row::query().filter(there).order(signing_key::signs_from).load(db).await?)
}

/// Whether the next key is the first. Nobody else makes one until this transaction ends.
async fn is_first(db: &mut Db) -> Result<bool, Problem> {
    diesel::select(pg_advisory_xact_lock(LOCK)).execute(db).await?;
    Ok(published(db).await?.is_empty())
}

async fn make(db: &mut Db, ring: &KeyRing, signs_from: DateTime<Utc>) -> Result<DateTime<Utc>, Problem> {
    let retire = diesel::update(signing_key::table.filter(signing_key::retires_at.is_null()));
    retire.set(signing_key::retires_at.eq(signs_from + LIFETIME + MARGIN)).execute(db).await?;
    let (id, mut seed) = (Uuid::now_v7(), [0; 32]);
    rand::fill(&mut seed).map_err(Problem::internal)?;
    let public_key = Key::from_seed(id, &seed, signs_from)?.public;
    let row = Row { id, public_key, sealed: ring.seal(&seed, &about(ring, id))?, signs_from };
    diesel::insert_into(signing_key::table).values(row).execute(db).await?;
    Ok(signs_from)
}
