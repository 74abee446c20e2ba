//! Every list × every filter, where there are many: what it reads is a small multiple of what it shows.
//!
//! PostgreSQL itself counts what was read of each table. What is not read is not sorted either.

use std::collections::BTreeMap;

use diesel_async::AsyncPgConnection;
use futures_util::future;
use samspill::access::Role;
use serde_json::Value;
use uuid::Uuid;

use crate::support::{
    Api,
    contract::{Operation, operations},
    lines,
    probe::{has_type, resolve},
    world::World,
};

/// Rows of one table for a page, which shows 50. The audit's list passes over what tells of itself.
const MOST: i64 = 1_000;

/// What is found by something else than its order is put in order: all whose name begins with one letter, which is a
/// sixteenth here.
const SORTED: (&str, i64) = ("/v1/persons?name=0", 1_300);

/// Of those who see a part of what the organisation has, PostgreSQL asks for each row in turn whether it is theirs: no
/// index serves the `or` of a policy. So a list of theirs reads what the organisation has, once, at most.
const PART: [Role; 3] = [Role::UnitContact, Role::Volunteer, Role::Participant];
const ALL: i64 = 20_000 + MOST;

#[actix_web::test]
async fn a_list_reads_little_more_than_it_shows() {
    let api = Api::start().await;
    let world = api.world().await;
    crowd(&api, &world, 100_000).await;
    let mut db = api.owner().await;
    let mut greedy = Vec::new();
    for operation in operations().filter(|it| it.id().starts_with("list_")) {
        for role in operation.allowed() {
            let token = world.centre.token(role);
            let most = if PART.contains(&role) { ALL } else { MOST };
            let first = api.get(operation.path).by(token).await.expect(200);
            let mut before = read(&mut db).await;
            for query in queries(&operation, &first) {
                let path = format!("{}?{query}", operation.path);
                api.get(&path).by(token).await.expect(200);
                let after = read(&mut db).await;
                let most = if path == SORTED.0 { most.max(SORTED.1) } else { most };
                let of = |table: &String| after[table] - before.get(table).copied().unwrap_or(0);
                let much = after.keys().filter(|table| of(table) > most);
                greedy.extend(
                    much.map(|table| format!("{path} as {role} reads {} rows of {table}", of(table))),
                );
                before = after;
            }
        }
    }
    assert!(greedy.is_empty(), "{greedy:#?}");
}

/// So many rows of everything, of which a fifth are the centre's, and of those a tenth its unit's.
pub async fn crowd(api: &Api, world: &World, rows: u32) {
    let sql = include_str!("support/crowd.sql")
        .replace("{centre}", &world.centre.organisation.to_string())
        .replace("{municipality}", &world.municipality.organisation.to_string())
        .replace("{rows}", &rows.to_string())
        .replace("{unit}", &world.centre.unit.to_string());
    api.sql(&sql).await;
    future::join(api.sql("call crowd(0)"), api.sql("call crowd(1)")).await;
    api.sql("analyze").await;
}

/// The rows that were ever read of each table.
pub async fn read(db: &mut AsyncPgConnection) -> BTreeMap<String, i64> {
    let query = "select it || ' ' || sum(rows) as line from (
            select coalesce(pg_partition_root(relid), relid)::regclass as it, seq_tup_read + coalesce(idx_tup_fetch, 0) as rows
            from pg_stat_user_tables) as each group by it";
    let counted = lines(db, query).await;
    let counted = counted.iter().map(|line| line.split_once(' ').unwrap());
    counted.map(|(table, rows)| (table.to_owned(), rows.parse().unwrap())).collect()
}

/// The whole list, its second page, and each filter alone: with what is there, and with what is not.
fn queries(operation: &Operation, first: &Value) -> Vec<String> {
    let mut all = vec![String::new()];
    all.extend(first["next_cursor"].as_str().map(|cursor| format!("cursor={cursor}")));
    for filter in operation.spec["parameters"].as_array().into_iter().flatten() {
        let name = filter["name"].as_str().unwrap();
        let schema = resolve(&filter["schema"]);
        let seen = first["items"][0][name].as_str().map(str::to_owned).into_iter();
        let values: Vec<String> = match (name, schema["format"].as_str()) {
            ("cursor" | "limit", _) => continue,
            (_, Some("uuid")) => seen.chain([Uuid::now_v7().to_string()]).collect(),
            // Before all, in the midst of all, and after all.
            (_, Some("date-time")) => {
                ["2026-10-01", "2026-11-10", "2029-01-01"].map(|day| format!("{day}T00:00:00Z")).into()
            }
            ("name", _) => ["0", "0f", "0f0f0f", "nobody"].map(str::to_owned).into(),
            ("verb", _) => ["read", "update", "refused", "nothing"].map(str::to_owned).into(),
            ("table_name", _) => ["person", "audit", "write:persons", "nothing"].map(str::to_owned).into(),
            _ if has_type(schema, "boolean") => vec!["true".into(), "false".into()],
            _ => match schema["enum"].as_array() {
                Some(words) => words.iter().filter_map(|word| Some(word.as_str()?.to_owned())).collect(),
                None => seen.collect(),
            },
        };
        all.extend(values.iter().map(|value| format!("{name}={value}")));
    }
    all
}
