//! Migrations can be undone and done again, doing them twice changes nothing, and who serves cannot.

use std::{cell::Cell, collections::HashSet, thread};

use diesel_async::{AsyncConnection as _, AsyncPgConnection, SimpleAsyncConnection as _};
use samspill::{access::Role, db};
use serde_json::json;

use crate::support::{Api, database, database::Urls, lines};

/// All that a schema is: columns, constraints, indexes, policies, triggers, functions and rights.
const CATALOG: &str = "
    select line from (
        select 'column ' || attrelid::regclass || '.' || attname || ' ' || format_type(atttypid, atttypmod) || ' ' || attnotnull
               || ' ' || coalesce(pg_get_expr(adbin, adrelid), '') || ' ' || coalesce((select string_agg(grant_, ',' order by grant_) from unnest(attacl::text[]) as grant_), '') as line
            from pg_attribute join pg_class on pg_class.oid = attrelid left join pg_attrdef on (adrelid, adnum) = (attrelid, attnum)
            where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v') and attnum > 0 and not attisdropped
        union all select 'table ' || oid::regclass || ' ' || relkind::text || relrowsecurity || relforcerowsecurity || ' ' || coalesce(pg_get_expr(relpartbound, oid), '')
               || ' ' || coalesce((select string_agg(grant_, ',' order by grant_) from unnest(relacl::text[]) as grant_), '')
            from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v')
        union all select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
            from pg_constraint where connamespace = 'public'::regnamespace
        union all select 'index ' || indexdef from pg_indexes where schemaname = 'public'
        union all select 'policy ' || tablename || ' ' || policyname || ' ' || cmd || ' ' || roles::text || ' ' || coalesce(qual, '') || ' ' || coalesce(with_check, '') from pg_policies
        union all select 'trigger ' || tgrelid::regclass || ' ' || pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
        union all select 'function ' || oid::regprocedure || ' ' || pg_get_userbyid(proowner) || ' ' || pg_get_functiondef(oid)
               || ' ' || coalesce((select string_agg(grant_, ',' order by grant_) from unnest(proacl::text[]) as grant_), '')
            from pg_proc where pronamespace = to_regnamespace('app')
    ) as all_of_it where line !~ '__diesel_schema_migrations' order by 1";

const POLICIES: &str = "select oid || ' ' || polname as line from pg_policy order by 1";

/// `migrate` brings its own runtime, so it cannot run on a thread that has one.
fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    thread::spawn(work).join().unwrap()
}

async fn migrate(urls: &Urls) {
    let url = urls.owner.clone();
    apart(move || db::migrate(&url).unwrap());
}

async fn owner(urls: &Urls) -> AsyncPgConnection {
    AsyncPgConnection::establish(&urls.owner).await.unwrap()
}

#[actix_web::test]
async fn up_down_and_up_again_is_the_same() {
    let urls = database::empty().await;
    migrate(&urls).await;
    let first = lines(&mut owner(&urls).await, CATALOG).await;
    assert!(first.len() > 500, "{}", first.len());
    let url = urls.owner.clone();
    apart(move || db::revert(&url).unwrap());
    let left = lines(&mut owner(&urls).await, CATALOG).await;
    assert_eq!(left, [""; 0], "left behind");
    migrate(&urls).await;
    assert_eq!(lines(&mut owner(&urls).await, CATALOG).await, first);
}

#[actix_web::test]
async fn to_migrate_again_changes_nothing() {
    let urls = database::empty().await;
    migrate(&urls).await;
    let mut db = owner(&urls).await;
    let (first, policies) = (lines(&mut db, CATALOG).await, lines(&mut db, POLICIES).await);
    migrate(&urls).await;
    assert_eq!(
        lines(&mut db, POLICIES).await,
        policies,
        "the pages were applied though they had not changed"
    );
    db.batch_execute("comment on schema app is 'other pages'").await.unwrap();
    migrate(&urls).await;
    assert_ne!(
        lines(&mut db, POLICIES).await,
        policies,
        "the pages were not applied though they had changed"
    );
    assert_eq!(lines(&mut db, CATALOG).await, first);
}

#[actix_web::test]
async fn who_serves_can_create_nothing() {
    let urls = database::empty().await;
    migrate(&urls).await;
    let mut db = AsyncPgConnection::establish(&urls.runtime).await.unwrap();
    let refused = [
        "create table public.mine (id int)",
        "create table app.mine (id int)",
        "create temporary table volunteer (id int)",
        "create schema mine",
        "create function public.mine() returns int language sql return 1",
        "create function app.mine() returns int language sql return 1",
        "alter table public.volunteer add column mine int",
        "alter table public.volunteer disable row level security",
        "drop table public.volunteer",
        "create role mine",
        "create extension pg_trgm",
        "set role postgres",
        "set role samspill_gate",
        "set session_replication_role = replica",
    ];
    for role in ["samspill_runtime", "samspill_app", "samspill_post", "samspill_system"] {
        for statement in refused {
            db.batch_execute(&format!("begin; set local role {role}")).await.unwrap();
            assert!(db.batch_execute(statement).await.is_err(), "{role} may {statement}");
            db.batch_execute("rollback").await.unwrap();
        }
    }
    assert!(db.batch_execute("select from volunteer").await.is_err(), "the login by itself reads");
}

/// The attempts that wait for a lock now.
const WAITING: &str =
    "select virtualtransaction as line from pg_locks where not granted and mode = 'AccessExclusiveLock'";

#[actix_web::test]
async fn what_is_asked_while_pages_are_exchanged_is_answered() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Coordinator);
    let mut db = owner(&api.urls).await;
    let first = lines(&mut db, CATALOG).await;
    db.batch_execute("comment on schema app is 'other pages'").await.unwrap();
    db.batch_execute("begin; lock volunteer in row exclusive mode").await.unwrap();

    let (url, done) = (api.urls.owner.clone(), Cell::new(false));
    let exchange = async {
        let migrate = move || db::migrate(&url).map_err(|error| error.to_string());
        let migrated = tokio::task::spawn_blocking(|| apart(migrate));
        // Whoever holds a lock for long makes it let go and come again, and nobody waits behind it all the while.
        let mut attempts = HashSet::new();
        while attempts.len() < 2 {
            assert!(!migrated.is_finished(), "it did not wait");
            attempts.extend(api.lines(WAITING).await);
        }
        db.batch_execute("rollback").await.unwrap();
        migrated.await.unwrap().unwrap();
        done.set(true);
    };
    let ask = async || {
        let mut asked = 0;
        while !done.get() {
            let new = json!({ "name": format!("Nora Test {asked}") });
            api.post("/volunteers", &new).by(by).await.expect(201);
            api.get("/volunteers?limit=1").by(by).await.expect(200);
            asked += 1;
        }
        asked
    };
    let ((), one, other) = tokio::join!(exchange, ask(), ask());
    assert!(one > 0 && other > 0, "{one} {other}");
    assert_eq!(api.lines(CATALOG).await, first);
}
