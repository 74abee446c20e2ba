//! The database: how it is found and reached, and how it gets its tables.

mod cluster;
mod connect;
mod keeping;
mod listen;
mod types;

use std::error::Error;

use diesel::{
    Connection as _, QueryableByName, RunQueryDsl as _,
    connection::SimpleConnection as _,
    migration::{Migration as _, MigrationSource},
    pg::Pg,
    sql_types::{Jsonb, Text},
};
use diesel_async::{AsyncPgConnection, async_connection_wrapper::AsyncConnectionWrapper};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness as _, embed_migrations};
use sha2::{Digest as _, Sha256};

use crate::{access::PAGES, rules::Files};

pub use cluster::Cluster;
pub use connect::{connect, in_the_clear, run_script};
pub use keeping::Connection;
pub use listen::listen;
pub use types::{Life, Open};
pub(crate) use types::{id, open_actions, text_enum};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!();

/// How often `migrate` asks for locks that others hold.
const TRIES: u32 = 200;

/// All at once, and in less time than after which PostgreSQL looks for deadlocks: whoever wants two of the tables, and
/// has got one, is never told to try again because of us.
const LOCK_ALL: &str = "
    set local statement_timeout = '300ms';
    do $$ begin
        execute (select 'lock table ' || string_agg(oid::regclass::text, ', ') from pg_class
                 where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition);
    end $$;
    set local statement_timeout = 0";

type Owner = AsyncConnectionWrapper<AsyncPgConnection>;

/// Works on a connection as everybody else's: by TLS to everywhere else than here.
fn at<T>(url: &str, work: impl FnOnce(&mut Owner) -> Result<T, Box<dyn Error>>) -> Result<T, Box<dyn Error>> {
    // A thread of its own drives the connection while this one waits for answers.
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let connected = runtime.block_on(connect(url))?;
    let _inside = runtime.enter();
    work(&mut Owner::from(connected))
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    text: String,
}

/// Migrations first, then the pages that say which rows exist for whom; those only when they have changed, since they
/// lock every table; and the rules that are part of the program. Log in as the owner. Servers may go on meanwhile: what it cannot lock at once it lets go, so that
/// nobody waits behind it for long, and tries again. Of two at once the second waits, and finds nothing to do.
///
/// Blocks, and brings its own runtime: call it outside of one.
pub fn migrate(url: &str) -> Result<(), Box<dyn Error>> {
    at(url, |db| {
        db.batch_execute(
            "select pg_advisory_lock(hashtext('samspill migrate'));
             set client_min_messages = warning; set lock_timeout = '300ms'",
        )?;
        let in_the_way = |error: &dyn Error| {
            let error = error.to_string();
            error.contains(" timeout") || error.contains("deadlock detected")
        };
        let mut tries = 0..TRIES;
        loop {
            match bring_up(db) {
                Err(error) if in_the_way(&*error) && tries.next().is_some() => {}
                outcome => return outcome,
            }
        }
    })
}

fn bring_up(db: &mut Owner) -> Result<(), Box<dyn Error>> {
    let fresh = db.run_pending_migrations(MIGRATIONS).map_err(|error| error.to_string())?.len();
    let stamp = stamp()?;
    let query = "select coalesce(obj_description('app'::regnamespace), '') as text";
    let before: Line = diesel::sql_query(query).get_result(db)?;
    if fresh > 0 || before.text != stamp {
        db.transaction(|db| {
            db.batch_execute(LOCK_ALL)?;
            PAGES.iter().try_for_each(|page| db.batch_execute(page))?;
            db.batch_execute(&format!("comment on schema app is '{stamp}'"))
        })?;
    }
    let rules = Files::shipped().to_load()?;
    diesel::sql_query("select app.load_rules($1, true)").bind::<Jsonb, _>(rules).execute(db)?;
    Ok(())
}

/// What `migrate` leaves in a database when all of it is done: the migrations by name, the pages word for word.
fn stamp() -> Result<String, Box<dyn Error>> {
    let migrations = MigrationSource::<Pg>::migrations(&MIGRATIONS).map_err(|error| error.to_string())?;
    let mut names: Vec<_> = migrations.iter().map(|migration| migration.name().to_string()).collect();
    names.sort();
    let all = names.iter().map(String::as_str).chain(PAGES);
    Ok(format!("{:x}", all.fold(Sha256::new(), |all, part| all.chain_update(part)).finalize()))
}

/// Undoes every migration. For the test that they can be.
pub fn revert(url: &str) -> Result<(), Box<dyn Error>> {
    at(url, |db| {
        db.batch_execute("set client_min_messages = warning")?;
        db.revert_all_migrations(MIGRATIONS).map_err(|error| error.to_string())?;
        Ok(())
    })
}

/// Lets the runtime role of a cluster of our own log in. Elsewhere an operator makes a login that is a member of it.
pub fn admit_runtime(url: &str) -> Result<(), Box<dyn Error>> {
    at(url, |db| Ok(db.batch_execute(&format!("alter role {} login", Cluster::RUNTIME))?))
}

/// Makes the database in a cluster of our own, if it is not there yet.
pub fn create(cluster: &Cluster, name: &str) -> Result<(), Box<dyn Error>> {
    at(&cluster.url("postgres", Cluster::OWNER), |db| {
        let query = format!("select count(*)::text as text from pg_database where datname = '{name}'");
        let found: Line = diesel::sql_query(query).get_result(db)?;
        if found.text == "0" {
            db.batch_execute(&format!("create database {name}"))?;
        }
        Ok(())
    })
}

/// Why nobody can serve by this login: it could go round the policies, or could not become the runtime roles, or there
/// are not the tables of this version. And what helps.
pub fn unfit(url: &str) -> Result<Option<String>, Box<dyn Error>> {
    let query = "select case
            when rolsuper then 'this login is a superuser: use samspill_runtime'
            when rolbypassrls then 'this login bypasses row-level security: use samspill_runtime'
            when exists (select from pg_class where relowner = me.oid and relnamespace = 'public'::regnamespace)
                then 'this login owns tables: use samspill_runtime'
            when coalesce(obj_description(to_regnamespace('app'), 'pg_namespace'), '') <> $1
                then 'this database does not have the tables of this version: run `samspill migrate` first'
            when exists (select from unnest('{samspill_app,samspill_post,samspill_system}'::text[]) as role where not pg_has_role(me.oid, role, 'member'))
                 or not has_schema_privilege('app', 'usage')
                then 'this login may not become the runtime roles: use samspill_runtime'
            when exists (select from unnest('{samspill_app,samspill_post,samspill_system}'::text[]) as role where pg_has_role(me.oid, role, 'usage'))
                then 'this login has the rights of all runtime roles at once: make it NOINHERIT before it is granted them'
            else '' end as text
        from pg_roles as me where rolname = session_user";
    let stamp = stamp()?;
    let found: Line = at(url, |db| Ok(diesel::sql_query(query).bind::<Text, _>(stamp).get_result(db)?))?;
    Ok(Some(found.text).filter(|why| !why.is_empty()))
}
