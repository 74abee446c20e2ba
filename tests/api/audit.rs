//! Who saw and changed what is written down, in the transaction that did it, and cannot be written otherwise.

use diesel_async::SimpleAsyncConnection as _;
use samspill::access::Role;
use serde_json::{Value, json};

use crate::{
    catalog::table_of,
    support::{
        Answer, Api,
        contract::operations,
        probe::{TABLES, counts},
        world::World,
    },
};

/// Adds this room's rows to a world.
pub async fn furnish(api: &Api, world: &mut World) {
    let by = world.centre.token(Role::DataProtectionOfficer).to_owned();
    let entries = api.get("/audit-entries?limit=1").by(&by).await.expect(200);
    world.keep("audit-entries", &entries["items"][0]);
}

fn number(answer: &Answer) -> String {
    answer.header("Request-Id").unwrap().to_owned()
}

/// What is written down about a request.
async fn written(api: &Api, request: &str) -> Vec<Value> {
    let query =
        format!("select to_jsonb(audit)::text as line from audit where request_id = '{request}' order by id");
    api.lines(&query).await.iter().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[actix_web::test]
async fn a_change_is_written_down_with_before_and_after() {
    let api = Api::start().await;
    let world = api.desks().await;
    let actor = world.centre.actor(Role::Coordinator);
    let by = world.centre.token(Role::Coordinator);
    let made = api.post("/volunteers", &json!({ "name": "Ada", "phone": "41000000" })).by(by).await;
    let entry = written(&api, &number(&made)).await.remove(0);
    let made = made.expect(201);
    for (field, value) in [
        ("verb", json!("insert")),
        ("table_name", json!("volunteer")),
        ("row_id", made["id"].clone()),
        ("account_id", json!(actor.account)),
        ("organisation_id", json!(actor.organisation)),
        ("acting_organisation_id", json!(actor.organisation)),
        ("acting_role", json!("coordinator")),
        ("before", json!(null)),
    ] {
        assert_eq!(entry[field], value, "{field}");
    }
    assert_eq!(entry["after"]["status"], "available");
    assert!(!entry.to_string().contains("41000000"), "a protected field is copied: {entry}");

    let path = format!("/volunteers/{}", made["id"].as_str().unwrap());
    let changed =
        api.patch(&path, &json!({ "status": "paused", "phone": "42000000" })).by(by).version(&made).await;
    let entry = written(&api, &number(&changed)).await.remove(0);
    changed.expect(200);
    assert_eq!(entry["before"], json!({ "status": "available", "phone": "•", "version": 1 }));
    assert_eq!(entry["after"], json!({ "status": "paused", "phone": "• changed", "version": 2 }));
}

#[actix_web::test]
async fn what_is_not_done_is_not_written_down_as_done() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Coordinator);
    let path = format!("/volunteers/{}", world.centre.volunteer);
    let stale = api.patch(&path, &json!({ "status": "paused" })).by(by).version(&999.into()).await;
    assert_eq!(written(&api, &number(&stale)).await, [json!(null); 0]);
    stale.problem(412, "stale");
    let twice = json!({ "volunteer_id": world.centre.volunteer, "topic": "confidentiality", "held_on": "2026-01-10" });
    api.post("/briefings", &twice).by(by).await.expect(201);
    let again = api.post("/briefings", &twice).by(by).await;
    assert_eq!(written(&api, &number(&again)).await, [json!(null); 0]);
    again.problem(409, "briefing_already_held");
}

#[actix_web::test]
async fn every_row_was_written_down_when_it_came() {
    let api = Api::start().await;
    api.world().await;
    for table in api.lines(TABLES).await {
        let watched = format!(
            "select tgname::text as line from pg_trigger where tgrelid = '{table}'::regclass and tgname = 'audit'"
        );
        if api.lines(&watched).await.is_empty() {
            continue;
        }
        let silent = format!("select id::text as line from {table} as t where not exists (
            select from audit where table_name = '{table}' and row_id = t.id and verb = 'insert' and after is not null)");
        assert_eq!(api.lines(&silent).await, [""; 0], "{table}: rows that came unseen");
    }
}

/// Tables whose rows are about a person.
const PERSONAL: &str = "select distinct table_name::text as line from information_schema.columns
    where table_schema = 'public' and (column_name in ('person_id', 'subject_id') or table_name in ('person', 'volunteer'))
    and table_name not in ('membership', 'invitation', 'event', 'task') and table_name !~ '^(audit_|deadline)'";

/// They count what there is of everybody, and tell of nobody.
const COUNTED: &[&str] =
    &["read_disclosure_reconciliation", "read_delivery_reconciliation", "read_goal_report"];

#[actix_web::test]
async fn every_read_of_personal_data_is_written_down() {
    let api = Api::start().await;
    let world = api.world().await;
    let personal = api.lines(PERSONAL).await;
    let mut seen = 0;
    for operation in operations().filter(|it| it.method == "GET" && it.scope().is_some()) {
        let table = table_of(operation.collection());
        if !personal.contains(&table) || COUNTED.contains(&operation.id()) {
            continue;
        }
        for (_, actor) in world.allowed(&operation) {
            let id = if operation.has_id() { world.row(&operation) } else { "" };
            let answer = operation.call(&api, &world, actor, id).await;
            let shown = match &answer.body["items"] {
                Value::Array(items) => items.clone(),
                _ => vec![answer.body.clone()],
            };
            if answer.status != 200 || shown.is_empty() {
                continue;
            }
            let entries = written(&api, &number(&answer)).await;
            assert!(!entries.is_empty(), "{operation} as {}: nothing is written down", actor.role);
            for row in shown.iter().filter(|row| row["id"].is_string()) {
                let entry =
                    entries.iter().find(|entry| entry["verb"] == "read" && entry["row_id"] == row["id"]);
                let entry = entry.unwrap_or_else(|| {
                    panic!("{operation} as {}: {row} is shown and not written down", actor.role)
                });
                assert_eq!(entry["account_id"], json!(actor.account), "{operation}");
                for about in ["person_id", "subject_id"] {
                    if row[about].is_string() {
                        assert_eq!(entry["person_id"], row[about], "{operation}: whom is not written down");
                    }
                }
                seen += 1;
            }
        }
    }
    assert!(seen > 0);
}

#[actix_web::test]
async fn every_refusal_is_written_down() {
    let api = Api::start().await;
    let world = api.desks().await;
    for operation in operations() {
        let Some(scope) = operation.scope() else { continue };
        let refused = Role::ALL.iter().find(|role| !operation.allowed().contains(role));
        let Some(role) = refused else { continue };
        let actor = world.centre.actor(*role);
        let answer = operation.call(&api, &world, actor, "no-id").await;
        assert_eq!(answer.status, 403, "{operation}");
        let entries = written(&api, &number(&answer)).await;
        assert_eq!(entries.len(), 1, "{operation}: {entries:#?}");
        let found =
            (&entries[0]["verb"], &entries[0]["table_name"], &entries[0]["account_id"], &entries[0]["after"]);
        assert_eq!(
            found,
            (&json!("refused"), &json!(scope), &json!(actor.account), &json!({ "code": "forbidden" }))
        );
    }
}

#[actix_web::test]
async fn every_dry_run_is_written_down_and_changes_nothing() {
    let api = Api::start().await;
    let world = api.world().await;
    for operation in operations().filter(|it| it.filters().any(|(name, _)| name == "dry_run")) {
        let before = counts(&api, &["audit"]).await;
        let id = if operation.has_id() { world.row(&operation) } else { "" };
        let mut rehearsed = 0;
        for (desk, actor) in world.allowed(&operation) {
            let path = operation.at(id) + "?dry_run=true";
            let call =
                api.call(operation.method.clone(), &path).by(desk.token(actor.role)).version(&1.into());
            let call = call.header("Idempotency-Key", "rehearsal");
            let answer = match operation.sample(&world) {
                Some(body) => call.json(&body).await,
                None => call.await,
            };
            let entries = written(&api, &number(&answer)).await;
            rehearsed += entries.iter().filter(|entry| entry["verb"] == "rehearsed").count();
            let others = entries
                .iter()
                .any(|entry| !["rehearsed", "refused"].contains(&entry["verb"].as_str().unwrap()));
            assert!(!others, "{operation}: {entries:#?}");
        }
        assert!(rehearsed > 0, "{operation}: no rehearsal is written down");
        assert_eq!(counts(&api, &["audit"]).await, before, "{operation}: a rehearsal changed something");
    }
}

#[actix_web::test]
async fn nobody_writes_in_the_name_of_another_or_changes_the_past() {
    let api = Api::start().await;
    let world = api.desks().await;
    let mut db = api.owner().await;
    let forged = [
        "insert into audit (verb, table_name, account_id) values ('read', 'x', app.uuidv7())",
        "insert into audit (verb, table_name, at) values ('read', 'x', '2020-01-01')",
        "insert into audit (verb, table_name, purpose) values ('read', 'x', 'y')",
        "insert into audit (verb, table_name, acting_organisation_id) values ('read', 'x', app.uuidv7())",
        "insert into audit (verb, table_name, acting_role) values ('read', 'x', 'admin')",
        "insert into audit (verb, table_name, request_id) values ('read', 'x', app.uuidv7())",
        "update audit set verb = 'read'",
        "delete from audit",
        "truncate audit",
        "insert into audit_rest (verb, table_name) values ('read', 'x')",
        "alter table audit disable trigger all",
        "update event set name = 'x'",
        "delete from event",
        "insert into event (name, subject_table, subject_id, account_id) values ('x.y', 'x', app.uuidv7(), app.uuidv7())",
        "insert into event (name, subject_table, subject_id, sequence) values ('x.y', 'x', app.uuidv7(), 1)",
    ];
    for role in ["samspill_app", "samspill_post", "samspill_system"] {
        for statement in forged {
            db.batch_execute(&world.centre.seat(role, Role::Coordinator)).await.unwrap();
            let outcome = db.batch_execute(statement).await;
            let refused = outcome.as_ref().is_err_and(|error| {
                let text = error.to_string();
                text.contains("permission denied") || text.contains("must be owner")
            });
            assert!(refused, "{role}: {statement}: {outcome:?}");
            db.batch_execute("rollback").await.unwrap();
        }
    }
    let elsewhere = format!(
        "insert into audit (organisation_id, verb, table_name) values ('{}', 'read', 'x')",
        world.municipality.organisation
    );
    for role in ["samspill_app", "samspill_post"] {
        db.batch_execute(&world.centre.seat(role, Role::Coordinator)).await.unwrap();
        assert!(db.batch_execute(&elsewhere).await.is_err(), "{role} writes into another's audit");
        db.batch_execute("rollback").await.unwrap();
    }
}

#[actix_web::test]
async fn list_audit_entries_newest_first_page_by_page() {
    let api = Api::start().await;
    let world = api.world().await;
    let by = world.centre.token(Role::DataProtectionOfficer);
    let mut seen: Vec<Value> = Vec::new();
    let mut path = "/audit-entries?limit=7".to_owned();
    loop {
        let page = api.get(&path).by(by).await.expect(200);
        seen.extend(page["items"].as_array().unwrap().iter().cloned());
        let Some(next) = page["next_cursor"].as_str() else { break };
        path = format!("/audit-entries?limit=7&cursor={next}");
    }
    let ids: Vec<_> = seen.iter().map(|entry| entry["id"].as_str().unwrap().to_owned()).collect();
    let query = format!(
        "select id::text as line from audit where organisation_id = '{}' and table_name <> 'audit' order by id desc",
        world.centre.organisation
    );
    assert_eq!(ids, api.lines(&query).await);
    assert!(ids.len() > 7);
    let one = api.get(&format!("/audit-entries/{}", ids[0])).by(by).await.expect(200);
    assert_eq!(one, seen[0]);
}

#[actix_web::test]
async fn list_audit_entries_by_who_what_whom_and_when() {
    let api = Api::start().await;
    let world = api.world().await;
    let by = world.centre.token(Role::DataProtectionOfficer);
    let coordinator = world.centre.actor(Role::Coordinator).account;
    let list = async |query: &str| {
        let page = api.get(&format!("/audit-entries?limit=200&{query}")).by(by).await.expect(200);
        page["items"].as_array().unwrap().clone()
    };
    let all = list("").await;
    for (query, field, value) in [
        (format!("account_id={coordinator}"), "account_id", json!(coordinator)),
        (format!("person_id={}", world.centre.person), "person_id", json!(world.centre.person)),
        ("verb=insert".into(), "verb", json!("insert")),
        ("table_name=volunteer".into(), "table_name", json!("volunteer")),
        ("table_name=audit".into(), "table_name", json!("audit")),
    ] {
        let found = list(&query).await;
        assert!(!found.is_empty(), "{query}");
        assert!(found.iter().all(|entry| entry[field] == value), "{query}: {found:#?}");
    }
    let middle = all[all.len() / 2]["at"].as_str().unwrap();
    let (old, new) = (list(&format!("to={middle}")).await, list(&format!("from={middle}")).await);
    assert!(!old.is_empty() && !new.is_empty());
    assert!(new.iter().all(|entry| !old.contains(entry)));
    assert_eq!(old.len() + new.len(), all.len());
}

#[actix_web::test]
async fn a_participant_reads_only_what_is_about_themselves() {
    let api = Api::start().await;
    let world = api.world().await;
    let by = world.centre.token(Role::Participant);
    let mine = api.get("/audit-entries?limit=200").by(by).await.expect(200);
    let mine = mine["items"].as_array().unwrap();
    assert!(!mine.is_empty());
    assert!(mine.iter().all(|entry| entry["person_id"] == json!(world.centre.person)), "{mine:#?}");
    let others = format!(
        "select id::text as line from audit where organisation_id = '{}' and person_id is distinct from '{}' limit 1",
        world.centre.organisation, world.centre.person
    );
    let path = format!("/audit-entries/{}", api.lines(&others).await[0]);
    api.get(&path).by(by).await.problem(404, "not_found");
    api.get(&path).by(world.centre.token(Role::DataProtectionOfficer)).await.expect(200);
    api.get(&path).by(world.municipality.token(Role::DataProtectionOfficer)).await.problem(404, "not_found");
}
