//! The database: how it is found and reached, and how it gets its tables.

mod cluster;
mod connect;
mod types;

use std::error::Error;

use diesel::{
    Connection as _, QueryableByName, RunQueryDsl as _, connection::SimpleConnection as _, sql_types::Text,
};
use diesel_async::{AsyncPgConnection, async_connection_wrapper::AsyncConnectionWrapper};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness as _, embed_migrations};
use sha2::{Digest as _, Sha256};

use crate::access::PAGES;

pub use cluster::Cluster;
pub use connect::connect;
pub use types::Life;
pub(crate) use types::{id, text_enum};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!();

/// The login behind the runtime roles: it may become them, and by itself nothing.
pub const RUNTIME: &str = "samspill_runtime";

type Owner = AsyncConnectionWrapper<AsyncPgConnection>;

#[derive(QueryableByName)]
struct Comment {
    #[diesel(sql_type = Text)]
    text: String,
}

/// Migrations first, then the pages that say which rows exist for whom; those only when they have changed, since they
/// lock every table. Log in as the owner.
///
/// Blocks, and brings its own runtime: call it outside of one.
pub fn migrate(url: &str) -> Result<(), Box<dyn Error>> {
    let mut db = Owner::establish(url)?;
    db.batch_execute("set client_min_messages = warning")?;
    let fresh = db.run_pending_migrations(MIGRATIONS).map_err(|error| error.to_string())?.len();
    let digest = PAGES.iter().fold(Sha256::new(), |all, page| all.chain_update(page)).finalize();
    let digest = format!("{digest:x}");
    let query = "select coalesce(obj_description('app'::regnamespace), '') as text";
    let before: Comment = diesel::sql_query(query).get_result(&mut db)?;
    if fresh > 0 || before.text != digest {
        db.transaction(|db| {
            PAGES.iter().try_for_each(|page| db.batch_execute(page))?;
            db.batch_execute(&format!("comment on schema app is '{digest}'"))
        })?;
    }
    Ok(())
}

/// Undoes every migration. For the test that they can be.
pub fn revert(url: &str) -> Result<(), Box<dyn Error>> {
    let mut db = Owner::establish(url)?;
    db.batch_execute("set client_min_messages = warning")?;
    db.revert_all_migrations(MIGRATIONS).map_err(|error| error.to_string())?;
    Ok(())
}

/// Lets the runtime role of a cluster of our own log in. Elsewhere an operator makes a login that is a member of it.
pub fn admit_runtime(url: &str) -> Result<(), Box<dyn Error>> {
    Ok(Owner::establish(url)?.batch_execute(&format!("alter role {RUNTIME} login"))?)
}
