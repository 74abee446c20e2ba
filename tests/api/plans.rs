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

/// Rows of one table for a page, which shows 50.
const MOST: i64 = 500;

/// Those who see what is theirs alone: there is no page of that to fill.
const FEW: [Role; 2] = [Role::Volunteer, Role::Participant];

#[actix_web::test]
async fn a_list_reads_little_more_than_it_shows() {
    let api = Api::start().await;
    let world = api.world().await;
    crowd(&api, &world).await;
    let mut db = api.owner().await;
    let mut greedy = Vec::new();
    for operation in operations().filter(|it| it.id().starts_with("list_")) {
        let mut roles = operation.allowed();
        roles.retain(|role| !FEW.contains(role));
        // Of all who see the whole organisation one is enough.
        roles.sort_by_key(|role| (*role != Role::UnitContact, *role != Role::Coordinator));
        for role in roles.into_iter().take(2) {
            let token = world.centre.token(role);
            let first = api.get(operation.path).by(token).await.expect(200);
            for query in queries(&operation, &first) {
                let path = format!("{}?{query}", operation.path);
                let before = read(&mut db).await;
                api.get(&path).by(token).await.expect(200);
                let after = read(&mut db).await;
                let of = |table: &String| after[table] - before.get(table).copied().unwrap_or(0);
                let much = after.keys().filter(|table| of(table) > MOST);
                greedy.extend(
                    much.map(|table| format!("{path} as {role} reads {} rows of {table}", of(table))),
                );
            }
        }
    }
    assert!(greedy.is_empty(), "{greedy:#?}");
}

/// Fifty thousand rows of everything, of which a fifth are the centre's.
async fn crowd(api: &Api, world: &World) {
    let sql = include_str!("support/crowd.sql")
        .replace("{centre}", &world.centre.organisation.to_string())
        .replace("{municipality}", &world.municipality.organisation.to_string())
        .replace("{unit}", &world.centre.unit.to_string());
    api.sql(&sql).await;
    future::join(api.sql("call crowd(0)"), api.sql("call crowd(1)")).await;
    api.sql("analyze").await;
}

/// The rows that were ever read of each table.
async fn read(db: &mut AsyncPgConnection) -> BTreeMap<String, i64> {
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
            // What folds case may leak, so the policies are asked of each row before a name is looked at. What is
            // overdue is found by its day and then put in order, and so is what came before a moment.
            ("name" | "overdue" | "to", _) => continue,
            (_, Some("uuid")) => seen.chain([Uuid::now_v7().to_string()]).collect(),
            (_, Some("date-time")) => vec!["2026-12-01T00:00:00Z".into()],
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
