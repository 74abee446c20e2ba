//! Many at once: each for itself, or all or none; once, however often it is sent; and rehearsed.

use std::{
    future::IntoFuture as _,
    process::Command,
    time::{Duration, Instant},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::Utc;
use futures_util::future::join;
use reqwest::Client;
use samspill::{
    access::{Key, KeyRing, Role, Tokens},
    db::Cluster,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    program::{Place, SEED},
    referrals::pushed,
    support::{
        Answer, Api, Call,
        crossing::VALID,
        database, lines,
        probe::counts,
        world::{Desk, World},
    },
    walk::work,
};

const PATIENCE: Duration = Duration::from_secs(600);

/// A batch of what is spelled so.
fn text(mode: &str, items: &[String]) -> String {
    format!(r#"{{"mode": "{mode}", "items": [{}]}}"#, items.join(", "))
}

fn call(api: &Api, path: &str, (mode, items): (&str, &[Value])) -> Call {
    api.post(path, &json!({ "mode": mode, "items": items }))
}

fn push(api: &Api, world: &World, mode: &str, items: &[Value]) -> Call {
    call(api, "/referrals/batch", (mode, items)).by(world.municipality.token(Role::Integration))
}

fn many(world: &World, count: usize) -> Vec<Value> {
    (0..count).map(|_| pushed(world)).collect()
}

fn volunteers(count: usize) -> Vec<Value> {
    (0..count).map(|number| json!({ "name": format!("Frivillig {number}") })).collect()
}

fn statuses(body: &Value) -> Vec<u64> {
    body["items"].as_array().unwrap().iter().map(|item| item["status"].as_u64().unwrap()).collect()
}

fn ids(body: &Value) -> Vec<&Value> {
    body["items"].as_array().unwrap().iter().map(|item| &item["id"]).collect()
}

async fn count(api: &Api, what: &str) -> usize {
    api.lines(&format!("select count(*)::text as line from {what}")).await[0].parse().unwrap()
}

/// Code, and where and what the flaws are.
fn told(problem: &Value) -> (Value, Vec<(String, Value)>) {
    let flaws = problem["errors"].as_array().into_iter().flatten();
    let flaws = flaws.map(|flaw| (flaw["pointer"].as_str().unwrap().to_owned(), flaw["code"].clone()));
    (problem["code"].clone(), flaws.collect())
}

#[actix_web::test]
async fn a_batch_of_one_is_what_one_alone_is() {
    let api = Api::start().await;
    let world = api.desks().await;
    let made = push(&api, &world, "each", &many(&world, 1)).await.expect(200);
    assert_eq!((&made["created"], &made["unchanged"], &made["refused"]), (&json!(1), &json!(0), &json!(0)));
    let by = world.municipality.token(Role::Integration);
    let id = made["items"][0]["id"].as_str().unwrap();
    assert_eq!(api.get(&format!("/referrals/{id}")).by(by).await.expect(200)["status"], "submitted");

    let person = json!({ "given_name": "Olga", "family_name": "Eksempel" });
    let made = call(&api, "/persons/batch", ("each", &[person])).by(by).await.expect(200);
    let id = made["items"][0]["id"].as_str().unwrap();
    assert_eq!(api.get(&format!("/persons/{id}")).by(by).await.expect(200)["given_name"], "Olga");

    let by = world.centre.token(Role::Coordinator);
    let made = call(&api, "/volunteers/batch", ("each", &volunteers(1))).by(by).await.expect(200);
    let id = made["items"][0]["id"].as_str().unwrap();
    assert_eq!(api.get(&format!("/volunteers/{id}")).by(by).await.expect(200)["name"], "Frivillig 0");
    call(&api, "/persons/batch", ("each", &[])).by(by).await.problem(422, "invalid");
    push(&api, &world, "each", &[]).by(by).await.problem(403, "forbidden");
}

/// Items that are wrong in as many ways, as they are spelled.
fn wrong(world: &World) -> Vec<String> {
    let good = pushed(world);
    let with = |pointer: &str, value: Value| {
        let mut bad = good.clone();
        *bad.pointer_mut(pointer).unwrap() = value;
        bad.to_string()
    };
    let raw = |mark: &str, text: &str| with("/need", json!(mark)).replace(&format!("\"{mark}\""), text);
    let deep = "[".repeat(200) + &"]".repeat(200);
    let mut nobody = good.clone();
    nobody.as_object_mut().unwrap().remove("person");
    let mut unknown = good.clone();
    unknown["person"]["no_such_field"] = json!(1);
    vec![
        nobody.to_string(),
        unknown.to_string(),
        with("/need", json!("x".repeat(4001))),
        with("/need", json!("a\u{7}b")),
        with("/person/birth_on", json!("1940-5-6")),
        with("/person/birth_on", json!("2199-01-01")),
        with("/consent/categories", json!(["name", "name"])),
        with("/counterpart_organisation_id", json!(Uuid::now_v7())),
        raw("twice", r#""once", "need": "twice""#),
        raw("surrogate", r#""\ud800""#),
        raw("deep", &deep),
        raw("endless", "1e999"),
        good.to_string().replace(r#""phone":"#, r#""phone": "1234", "phone":"#),
        "17".into(),
        "null".into(),
        "[]".into(),
        format!("{{\"need\": \"x\"{}}}", " ".repeat(1 << 20)),
    ]
}

#[actix_web::test]
async fn what_is_wrong_with_an_item_is_what_is_wrong_with_it_alone() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.municipality.token(Role::Integration);
    let wrong = wrong(&world);
    let mut alone = Vec::new();
    for (index, item) in wrong.iter().enumerate() {
        let answer = api.post("/referrals/push", &json!({})).text("application/json", &**item).by(by).await;
        let (code, flaws) = told(&answer.body);
        let below = |(at, code)| (format!("/items/{index}{at}"), code);
        alone.push((u64::from(answer.status), (code, flaws.into_iter().map(below).collect())));
    }
    assert!(alone.iter().all(|(status, _)| *status >= 400), "{alone:?}");
    let mut items = wrong.clone();
    items.push(pushed(&world).to_string());
    let send = |items: &[String]| {
        let call = api.post("/referrals/batch", &json!({})).text("application/json", text("each", items));
        call.by(by).header("Idempotency-Key", "a")
    };
    let answer = send(&items).await.expect(200);
    assert_eq!((&answer["created"], &answer["refused"]), (&json!(1), &json!(wrong.len())));
    let together = answer["items"].as_array().unwrap();
    for (index, alone) in alone.iter().enumerate() {
        let it = &together[index];
        assert_eq!(&(it["status"].as_u64().unwrap(), told(&it["problem"])), alone, "{}", wrong[index]);
        assert!(it["id"].is_null(), "{it}");
    }

    // Mended, each is sent again in its old place, and with it what was made.
    let last = items.len() - 1;
    for item in &mut items[..last] {
        *item = pushed(&world).to_string();
    }
    let mended = send(&items).await.expect(200);
    assert_eq!(statuses(&mended), [vec![201; last], vec![200]].concat());
    assert_eq!(ids(&mended)[last], &together[last]["id"]);
    assert_eq!(count(&api, "disclosure").await, items.len());
}

#[actix_web::test]
async fn the_same_item_under_the_same_key_is_the_same_whatever_the_order_of_its_fields() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Coordinator);
    let send = async |first: &str, second: &str| {
        let items = [first.to_owned(), second.to_owned()];
        let call = api.post("/volunteers/batch", &json!({})).text("application/json", text("each", &items));
        call.by(by).header("Idempotency-Key", "a").await
    };
    let first = send(r#"{"name": "Frida", "phone": "41000000"}"#, r#"{"name": "Arne"}"#).await.expect(200);
    let again = send(r#"{ "phone": "41000000", "name": "Frida " }"#, r#"{"name": "Anne"}"#).await;
    assert_eq!(again.header("Idempotency-Replayed"), None);
    let again = again.expect(200);
    assert_eq!(statuses(&again), [200, 422]);
    assert_eq!(again["items"][0]["id"], first["items"][0]["id"]);
    assert_eq!(again["items"][1]["problem"]["code"], "idempotency_key_reused");
    let same = send(r#"{"name": "Frida", "phone": "41000000"}"#, r#"{"name": "Arne"}"#).await;
    assert_eq!(same.header("Idempotency-Replayed"), Some("true"));
    assert_eq!(ids(&same.expect(200)), ids(&first));

    // The key is not that of one alone, nor of another collection.
    let one = json!({ "name": "Frida", "phone": "41000000" });
    api.post("/volunteers", &one).by(by).header("Idempotency-Key", "a").await.expect(201);
    let person = json!({ "given_name": "Olga", "family_name": "Eksempel" });
    let call = call(&api, "/persons/batch", ("each", &[person])).by(by).header("Idempotency-Key", "a");
    assert_eq!(call.await.expect(200)["items"][0]["problem"]["code"], "idempotency_key_reused");
}

#[actix_web::test]
async fn what_stands_twice_in_a_batch_is_made_once() {
    let api = Api::start().await;
    let world = api.desks().await;
    let first = pushed(&world);
    let mut other = first.clone();
    other["need"] = json!("Noe annet");
    let items = [first.clone(), first, other.clone()];
    let answer = push(&api, &world, "each", &items).await.expect(200);
    assert_eq!(statuses(&answer), [201, 200, 409]);
    assert_eq!(answer["items"][0]["id"], answer["items"][1]["id"]);
    assert_eq!(answer["items"][2]["problem"]["code"], "referral_already_pushed");

    let before = counts(&api, &["audit"]).await;
    let mut items = many(&world, 2);
    items.push(other);
    let refused = push(&api, &world, "all", &items).await.problem(409, "referral_already_pushed");
    assert_eq!(told(&refused).1, [("/items/2".into(), json!("refuses_all"))]);
    assert_eq!(counts(&api, &["audit"]).await, before);
}

#[actix_web::test]
async fn all_are_made_or_none() {
    let api = Api::start().await;
    let world = api.desks().await;
    let before = counts(&api, &["audit"]).await;
    let good = many(&world, 3);
    let mut bad = good.clone();
    bad[1]["consent"]["expires_at"] = json!("2026-02-01T00:00:00Z");
    let send = |items: &[Value]| push(&api, &world, "all", items).header("Idempotency-Key", "a");
    let refused = send(&bad).await.problem(422, "consent_required");
    assert_eq!(told(&refused).1, [("/items/1".into(), json!("refuses_all"))]);
    bad[1]["need"] = json!("");
    bad[1]["nothing"] = json!(1);
    let refused = send(&bad).await.problem(422, "invalid");
    assert_eq!(told(&refused).1, [("/items/1/nothing".into(), json!("unknown_field"))]);
    assert_eq!(counts(&api, &["audit"]).await, before, "something was kept");
    let refusals = "audit where verb = 'refused' and after ->> 'code' = 'consent_required'";
    assert_eq!(count(&api, refusals).await, 1);

    let made = send(&good).await.expect(200);
    assert_eq!(statuses(&made), [201; 3]);
    assert_eq!(count(&api, "disclosure").await, 3);
    let again = send(&good).await;
    assert_eq!(again.header("Idempotency-Replayed"), Some("true"));
    let again = again.expect(200);
    assert_eq!((statuses(&again), ids(&again)), (vec![200; 3], ids(&made)));
    let more = [&good[..], &many(&world, 1)].concat();
    for other in [&bad[..1], &good[..2], &more] {
        send(other).await.problem(422, "idempotency_key_reused");
    }
    let each = push(&api, &world, "each", &good).header("Idempotency-Key", "a").await.expect(200);
    assert_eq!(statuses(&each), [422; 3], "the other mode asks for something else");
    assert_eq!(count(&api, "disclosure").await, 3);
}

/// Three that would leave, under a consent and under a legal basis; one that cannot.
async fn mixed(api: &Api, world: &World) -> Vec<Value> {
    let (from, to) = (&world.municipality, &world.centre);
    let basis = api.basis("legal_basis", (from.organisation, from.person, to.organisation), VALID).await;
    let mut lawful = pushed(world);
    lawful.as_object_mut().unwrap().retain(|field, _| !["person", "consent"].contains(&&**field));
    lawful["person_id"] = json!(from.person);
    lawful["legal_basis_id"] = json!(basis);
    let mut narrow = pushed(world);
    narrow["consent"]["categories"] = json!(["name"]);
    let mut late = pushed(world);
    late["consent"]["expires_at"] = json!("2026-02-01T00:00:00Z");
    vec![pushed(world), lawful, narrow, late]
}

#[actix_web::test]
async fn a_dry_run_keeps_nothing_and_shows_what_leaves() {
    let api = Api::start().await;
    let world = api.desks().await;
    let items = mixed(&api, &world).await;
    let rehearse = |mode: &str, items: &[Value]| {
        let call = call(&api, "/referrals/batch?dry_run=true", (mode, items));
        call.by(world.municipality.token(Role::Integration)).header("Idempotency-Key", "a")
    };
    let before = counts(&api, &["audit"]).await;
    let shown = rehearse("each", &items).await.expect(200);
    assert_eq!(statuses(&shown), [201, 201, 201, 422]);
    assert!(ids(&shown).iter().all(|id| id.is_null()), "nothing has an id: {shown}");
    rehearse("all", &items).await.problem(422, "consent_required");
    let all = rehearse("all", &items[..3]).await.expect(200);
    assert_eq!(counts(&api, &["audit"]).await, before, "something was kept");

    // Each is written down, and so is that somebody who is known was shown.
    let rehearsed = "select after ->> 'code' as line from audit where verb = 'rehearsed' order by 1";
    let expected = ["consent_required", "consent_required", "dry_run", "dry_run", "dry_run", "dry_run"];
    assert_eq!(api.lines(rehearsed).await, expected);
    let read = "select distinct person_id::text as line from audit where verb = 'read'";
    assert_eq!(api.lines(read).await, [world.municipality.person.to_string()]);

    let made = push(&api, &world, "each", &items).header("Idempotency-Key", "a").await.expect(200);
    assert_eq!(statuses(&made), [201, 201, 201, 422]);
    work(&api).await;
    for (index, id) in ids(&made).into_iter().take(3).enumerate() {
        let id = id.as_str().unwrap();
        let left = format!(
            "select jsonb_build_object('recipient_id', organisation_id, 'payload', payload, 'consent', consent_id is not null,
                 'legal_basis_id', legal_basis_id)::text as line from delivery where referral_id = '{id}'"
        );
        let left: Vec<Value> =
            api.lines(&left).await.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
        for preview in [&shown, &all].map(|shown| &shown["items"][index]["preview"]) {
            let told = json!({
                "recipient_id": preview["recipient_id"], "payload": preview["payload"],
                "consent": !preview["consent_id"].is_null(), "legal_basis_id": preview["legal_basis_id"],
            });
            assert_eq!([told], *left, "{preview:#}");
        }
    }

    // What has been made is not made again, and a rehearsal says so.
    let again = rehearse("each", &items).await.expect(200);
    assert_eq!(statuses(&again), [200, 200, 200, 422]);
    assert_eq!(ids(&again)[..3], ids(&made)[..3]);
}

#[actix_web::test]
async fn a_dry_run_shows_persons_and_volunteers_as_they_would_be() {
    let api = Api::start().await;
    let world = api.desks().await;
    let before = counts(&api, &["audit"]).await;
    let person = json!({ "given_name": " Olga", "family_name": "Eksempel" });
    for (role, actions) in [(Role::Caseworker, 1), (Role::Integration, 0)] {
        let by = world.municipality.token(role);
        let items = [person.clone(), json!({ "given_name": "Olga" })];
        let shown = call(&api, "/persons/batch?dry_run=true", ("each", &items)).by(by).await.expect(200);
        assert_eq!(statuses(&shown), [201, 422]);
        let preview = &shown["items"][0]["preview"];
        assert_eq!(preview["given_name"], "Olga");
        assert_eq!(preview["allowed_actions"].as_array().unwrap().len(), actions, "as {role}: {preview}");
    }
    let by = world.centre.token(Role::Coordinator);
    let shown =
        call(&api, "/volunteers/batch?dry_run=true", ("all", &volunteers(2))).by(by).await.expect(200);
    assert_eq!(shown["items"][1]["preview"]["name"], "Frivillig 1");
    assert_eq!(counts(&api, &["audit"]).await, before, "something was kept");
}

#[actix_web::test]
async fn a_batch_has_its_limits() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Coordinator);
    let before = counts(&api, &["audit"]).await;
    for (mode, most) in [("each", 1000), ("all", 100)] {
        for (many, code) in [(0, "too_short"), (most + 1, "too_long"), (100_000, "too_long")] {
            let items = vec![json!({}); many];
            let refused =
                call(&api, "/volunteers/batch", (mode, &items)).by(by).await.problem(422, "invalid");
            assert_eq!(told(&refused).1, [("/items".into(), json!(code))], "{mode} {many}");
        }
    }
    assert_eq!(counts(&api, &["audit"]).await, before);
    let long = |length: usize| {
        let text = text("each", &[r#"{"name": "Frida"}"#.into()]);
        let text = format!("{text}{}", " ".repeat(length - text.len()));
        api.post("/volunteers/batch", &json!({})).text("application/json", text).by(by)
    };
    assert_eq!(statuses(&long(8 << 20).await.expect(200)), [201]);
    long((8 << 20) + 1).await.problem(413, "body_too_large");
    for (twice, at) in [("mode", "/mode"), ("items", "/items")] {
        let text = format!(r#"{{"{twice}": 1, "mode": "each", "items": [{{"name": "Frida"}}]}}"#);
        let call = api.post("/volunteers/batch", &json!({})).text("application/json", text).by(by);
        assert_eq!(told(&call.await.problem(400, "malformed")).1, [(at.into(), json!("duplicate"))]);
    }
}

#[actix_web::test]
async fn a_batch_asks_the_database_no_more_than_its_items_would_alone() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (integration, coordinator) =
        (world.municipality.token(Role::Integration), world.centre.token(Role::Coordinator));
    let person = json!({ "given_name": "Olga", "family_name": "Eksempel" });
    let volunteer = json!({ "name": "Vidar" });
    for (path, batch, by, one) in [
        ("/persons", "/persons/batch", integration, Some(person)),
        ("/volunteers", "/volunteers/batch", coordinator, Some(volunteer)),
        ("/referrals/push", "/referrals/batch", integration, None),
    ] {
        let new = || one.clone().unwrap_or_else(|| pushed(&world));
        let alone = api.post(path, &new()).by(by).await;
        assert_eq!(alone.status, 201);
        let alone = alone.trips.unwrap();
        let many = || (0..50).map(|_| new()).collect::<Vec<_>>();
        let each = call(&api, batch, ("each", &many())).by(by).await;
        assert_eq!(each.trips, Some(50 * alone), "{batch}");
        // It enters and leaves once.
        let all = call(&api, batch, ("all", &many())).by(by).await;
        assert_eq!(all.trips, Some(50 * (alone - 2) + 2), "{batch}");
    }
}

#[actix_web::test]
async fn two_of_the_same_batch_at_once_have_one_effect() {
    let api = Api::start().await;
    let world = api.desks().await;
    for mode in ["each", "all"] {
        let before = count(&api, "disclosure").await;
        let items = many(&world, 20);
        let send = || push(&api, &world, mode, &items).header("Idempotency-Key", mode).into_future();
        let (one, other) = join(send(), send()).await;
        let (one, other) = (one.expect(200), other.expect(200));
        assert_eq!(ids(&one), ids(&other));
        for (one, other) in statuses(&one).into_iter().zip(statuses(&other)) {
            assert_eq!(one + other, 201 + 200, "{mode}: each is made by one of them");
        }
        assert_eq!(count(&api, "disclosure").await, before + 20);
    }
}

/// From the tenth volunteer on, `what` is done in the database when one is registered.
async fn at_the_tenth(api: &Api, what: &str) {
    api.sql(&format!(
        "create sequence registered; grant usage on registered to public;
         create function public.meddle() returns trigger language plpgsql security definer as $$ begin
            if nextval('registered') = 10 then {what}; end if;
            return null;
         end $$;
         create trigger meddle after insert on volunteer for each row execute function public.meddle()"
    ))
    .await;
}

/// A batch of 30 volunteers, sent as often as the test wants.
async fn thirty(api: &Api, by: &str) -> Answer {
    call(api, "/volunteers/batch", ("each", &volunteers(30))).by(by).header("Idempotency-Key", "a").await
}

/// All thirty are there, each once, as the batch says in its order.
async fn are_there_once(api: &Api, desk: &Desk, made: &Value) {
    let listed = format!(
        "select name || ' ' || id as line from volunteer where organisation_id = '{}' and name like 'Frivillig %'",
        desk.organisation
    );
    let mut expected: Vec<_> = ids(made)
        .iter()
        .enumerate()
        .map(|(number, id)| format!("Frivillig {number} {}", id.as_str().unwrap()))
        .collect();
    let mut found = api.lines(&listed).await;
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
}

#[actix_web::test]
async fn a_batch_ends_with_the_membership_behind_it() {
    let api = Api::start().await;
    let world = api.desks().await;
    let actor = world.centre.actor(Role::Coordinator);
    let by = world.centre.token(Role::Coordinator);
    let membership = format!("where id = '{}'", actor.membership);
    at_the_tenth(&api, &format!("update membership set ended_at = now() {membership}")).await;
    let ended = thirty(&api, by).await;
    assert_eq!(ended.header("WWW-Authenticate"), Some("Bearer"));
    ended.problem(401, "unauthorised");
    let registered = "volunteer where name like 'Frivillig %'";
    assert_eq!(count(&api, registered).await, 10, "what was made stays, and no more is");
    thirty(&api, by).await.problem(401, "unauthorised");
    api.sql(&format!("update membership set ended_at = null {membership}")).await;
    let made = thirty(&api, by).await.expect(200);
    assert_eq!(statuses(&made), [vec![200; 10], vec![201; 20]].concat());
    are_there_once(&api, &world.centre, &made).await;
}

#[actix_web::test]
async fn a_batch_ends_with_its_connection_and_goes_on_when_it_is_sent_again() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Coordinator);
    at_the_tenth(&api, "perform pg_terminate_backend(pg_backend_pid())").await;
    let ended = thirty(&api, by).await;
    assert_eq!(ended.header("Retry-After"), Some("2"));
    ended.problem(503, "unavailable");
    assert_eq!(count(&api, "volunteer where name like 'Frivillig %'").await, 9, "the tenth is undone");
    let made = thirty(&api, by).await.expect(200);
    assert_eq!(statuses(&made), [vec![200; 9], vec![201; 21]].concat());
    are_there_once(&api, &world.centre, &made).await;
}

/// What goes wrong inside is one item's, so that it does not stand in the way of those behind it.
#[actix_web::test]
async fn an_item_that_cannot_be_done_is_passed_by() {
    let api = Api::start().await;
    let world = api.desks().await;
    at_the_tenth(&api, "perform 1 / 0").await;
    let made = thirty(&api, world.centre.token(Role::Coordinator)).await.expect(200);
    assert_eq!(statuses(&made), [vec![201; 9], vec![500], vec![201; 20]].concat());
    assert_eq!(made["items"][9]["problem"]["code"], "internal");
}

/// Waits until so many rows are there.
async fn until(api: &Api, what: &str, many: usize) {
    let deadline = Instant::now() + PATIENCE;
    let mut owner = api.owner().await;
    let query = format!("select count(*)::text as line from {what}");
    while lines(&mut owner, &query).await[0].parse::<usize>().unwrap() < many {
        assert!(Instant::now() < deadline, "{what}: there are not {many}");
        // Whoever asks all the time keeps the server from what is waited for.
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[actix_web::test]
async fn a_batch_outlives_a_crash_of_the_database() {
    // Since it is killed.
    let (_cluster, urls) = database::apart(Cluster::throwaway).await;
    let api = Api::at(urls).await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Coordinator);
    let items = volunteers(300);
    let send = || call(&api, "/volunteers/batch", ("each", &items)).by(by).header("Idempotency-Key", "a");
    // PostgreSQL starts anew when one of its processes is killed.
    let kill = async {
        until(&api, "volunteer where name like 'Frivillig %'", 20).await;
        let backend =
            "select pid::text as line from pg_stat_activity where usename = 'samspill_runtime' limit 1";
        let pid = api.lines(backend).await.remove(0);
        assert!(Command::new("kill").args(["-s", "KILL", &pid]).status().unwrap().success());
    };
    let (ended, ()) = join(send().into_future(), kill).await;
    assert_eq!(ended.header("Retry-After"), Some("2"));
    ended.problem(503, "unavailable");
    let deadline = Instant::now() + PATIENCE;
    let mut again = send().await;
    while again.status == 503 {
        assert!(Instant::now() < deadline, "the database stays away");
        again = send().await;
    }
    let again = again.expect(200);
    // A cluster of the tests forgets in a crash what it committed last.
    assert!((1..300).contains(&again["unchanged"].as_u64().unwrap()), "{again}");
    assert_eq!(again["refused"], 0);
    are_there_once(&api, &world.centre, &again).await;
}

/// What the rows say of the referrals of a batch: their external ids, in the order of the answer.
async fn pushed_ids(api: &Api, world: &World, answer: &Value) -> Vec<String> {
    let all =
        ids(answer).iter().map(|id| format!("\"{}\"", id.as_str().unwrap())).collect::<Vec<_>>().join(",");
    let query = format!(
        "select external_id as line from unnest('{{{all}}}'::uuid[]) with ordinality as it (id, number)
         join referral using (id) where organisation_id = '{}' order by number",
        world.municipality.organisation
    );
    api.lines(&query).await
}

#[actix_web::test]
async fn a_thousand_referrals_survive_that_the_server_is_killed() {
    let (api, ring) = (Api::start().await, KeyRing::generate().unwrap());
    let world = api.desks().await;
    let place = Place::new(&[
        ("SAMSPILL_MODE", "production"),
        ("DATABASE_URL", &api.urls.runtime),
        ("SAMSPILL_KEYS", &ring),
        ("SAMSPILL_SIGNING_KEY", &STANDARD.encode(SEED)),
        ("SAMSPILL_JOBS", "false"),
    ]);
    let key = Key::from_seed(Uuid::new_v5(&Uuid::NAMESPACE_OID, &SEED), &SEED, Utc::now()).unwrap();
    let token =
        Tokens::new(&place.base(), vec![key]).issue(world.municipality.actor(Role::Integration)).unwrap();
    let items = many(&world, 1000);
    let body = json!({ "mode": "each", "items": items });
    let url = format!("{}/v1/referrals/batch", place.base());
    let send =
        || Client::new().post(&url).bearer_auth(&token).header("Idempotency-Key", "a").json(&body).send();

    let serving = place.serve().await;
    let kill = async {
        until(&api, "disclosure", 300).await;
        serving.signal("KILL");
    };
    let (cut, ()) = join(send(), kill).await;
    cut.unwrap_err();
    drop(serving);
    let made = count(&api, "disclosure").await;
    assert!((300..1000).contains(&made), "{made}");

    let _serving = place.serve().await;
    let answer: Value = send().await.unwrap().json().await.unwrap();
    assert_eq!(statuses(&answer), [vec![200; made], vec![201; 1000 - made]].concat());
    let expected: Vec<_> = items.iter().map(|item| item["external_id"].as_str().unwrap()).collect();
    assert_eq!(pushed_ids(&api, &world, &answer).await, expected);
    let once = "(select referral_id from disclosure group by referral_id having count(*) = 1) as once";
    assert_eq!(count(&api, once).await, 1000);
    for (rows, many) in [("disclosure", 1000), ("referral", 2000), ("consent", 2000), ("person", 1002)] {
        assert_eq!(count(&api, rows).await, many, "{rows}");
    }

    let again = send().await.unwrap();
    assert_eq!(again.headers()["idempotency-replayed"], "true");
    let again: Value = again.json().await.unwrap();
    assert_eq!((statuses(&again), ids(&again)), (vec![200; 1000], ids(&answer)));
    assert_eq!(count(&api, "disclosure").await, 1000);
}
