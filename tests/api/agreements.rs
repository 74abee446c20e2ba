use chrono::{TimeDelta, Utc};
use samspill::{access::Role, jobs};
use serde_json::{Value, json};

use crate::{
    disclosures::command,
    support::{
        Answer, Api,
        world::{Desk, World},
    },
};

/// Adds this room's rows to a world.
pub async fn furnish(api: &Api, world: &mut World) {
    let made = draft(api, world, json!({})).await.expect(201);
    world.keep("collaboration-agreements", &made);
}

const ITEMS: [&str; 4] =
    ["social_activity_assessed", "coordinator_named", "responsibilities_named", "unit_contacts_appointed"];

/// An agreement on Aktive Sammen that the municipality drafts, with what else is said of it.
async fn draft(api: &Api, world: &World, more: Value) -> Answer {
    let mut new = json!({ "counterpart_organisation_id": world.centre.organisation, "method": "AKTIVE_SAMMEN_5",
                          "valid_from": "2026-01-01", "note": "Signed by the mayor" });
    new.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    api.post("/collaboration-agreements", &new).by(world.municipality.token(Role::Admin)).await
}

pub async fn step(api: &Api, desk: &Desk, row: &Value, verb: &str, body: Value) -> Answer {
    let path = format!("/collaboration-agreements/{}/{verb}", row["id"].as_str().unwrap());
    command(api, desk.token(Role::TeamLeader), &path, &body).await
}

async fn seen(api: &Api, desk: &Desk, row: &Value) -> Value {
    let path = format!("/collaboration-agreements/{}", row["id"].as_str().unwrap());
    api.get(&path).by(desk.token(Role::Coordinator)).await.expect(200)
}

/// Everything in place, and accepted by both.
async fn ready(api: &Api, world: &World, row: &Value) {
    for item in ITEMS {
        let ready = json!({ "item": item, "is_ready": true });
        step(api, &world.municipality, row, "set-readiness", ready).await.expect(200);
    }
    for desk in world.desks() {
        step(api, desk, row, "accept", json!({})).await.expect(200);
    }
}

/// An agreement on a method that could be used at once.
pub async fn accepted(api: &Api, world: &World, method: &str) -> Value {
    let made = draft(api, world, json!({ "method": method })).await.expect(201);
    ready(api, world, &made).await;
    made
}

/// Both have agreed on a method, and use it.
pub async fn agree(api: &Api, world: &World, method: &str) -> Value {
    let made = accepted(api, world, method).await;
    step(api, &world.centre, &made, "activate", json!({})).await.expect(200)
}

#[actix_web::test]
async fn b1_a_method_says_what_it_needs_and_which_steps_it_has() {
    let api = Api::start().await;
    let world = api.desks().await;
    let methods = api.get("/methods").by(world.centre.token(Role::Coordinator)).await.expect(200);
    let steps = |method: &Value| -> Vec<String> {
        let steps = method["steps"].as_array().unwrap().iter();
        steps.map(|step| format!("{} by {}", step["code"], step["taken_by"]).replace('"', "")).collect()
    };
    let [aktive, fmb] = &methods["items"].as_array().unwrap()[..] else { panic!("{methods:#}") };
    assert_eq!((&aktive["code"], &fmb["code"]), (&json!("AKTIVE_SAMMEN_5"), &json!("FMB_6")));
    assert_eq!(aktive["readiness"], json!(ITEMS));
    let five = [
        "need_reported by referral",
        "conversation by conversation",
        "clarification by clarification",
        "network by network",
        "follow_up by follow_up",
    ];
    assert_eq!(steps(aktive), five);
    let six = [
        "information_meeting by conversation",
        "wishes by conversation",
        "options by conversation",
        "choice by clarification",
        "facilitator by network",
        "follow_up by follow_up",
    ];
    assert_eq!(steps(fmb), six);
    assert_eq!(fmb["steps"][1]["label"]["sv"], "Önskningar och drömmar");
}

#[actix_web::test]
async fn b1_a_method_is_switched_on_when_all_four_are_green() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (municipality, centre) = (&world.municipality, &world.centre);
    let made = draft(&api, &world, json!({})).await.expect(201);
    assert_eq!((&made["status"], &made["side"]), (&json!("draft"), &json!("sent")));
    for item in &ITEMS[..3] {
        let ready = json!({ "item": item, "is_ready": true });
        step(&api, municipality, &made, "set-readiness", ready).await.expect(200);
    }
    let refused = step(&api, municipality, &made, "activate", json!({})).await;
    let refused = refused.problem(409, "agreement_not_ready");
    assert_eq!(refused["errors"].as_array().unwrap().len(), 1);
    assert_eq!(refused["errors"][0]["pointer"], json!("/readiness/unit_contacts_appointed"));
    assert!(refused["detail"].as_str().unwrap().contains("unit_contacts_appointed"));
    // Either side says what is in place, and both see it.
    let last = json!({ "item": ITEMS[3], "is_ready": true });
    step(&api, centre, &made, "set-readiness", last).await.expect(200);
    step(&api, municipality, &made, "activate", json!({})).await.problem(409, "agreement_not_accepted");
    step(&api, municipality, &made, "accept", json!({})).await.expect(200);
    step(&api, municipality, &made, "activate", json!({})).await.problem(409, "agreement_not_accepted");
    step(&api, centre, &made, "accept", json!({})).await.expect(200);
    let active = step(&api, centre, &made, "activate", json!({})).await.expect(200);
    assert_eq!(active["status"], "active");

    let (mut mine, mut theirs) = (seen(&api, municipality, &made).await, seen(&api, centre, &made).await);
    assert_eq!((&mine["note"], &theirs["note"]), (&json!("Signed by the mayor"), &json!(null)));
    assert_eq!((&mine["side"], &theirs["side"]), (&json!("sent"), &json!("received")));
    for own in ["note", "side", "counterpart_organisation_id", "created_at", "version"] {
        mine[own] = json!(null);
        theirs[own] = json!(null);
    }
    assert_eq!(mine, theirs);
    assert!(mine["readiness"].as_array().unwrap().iter().all(|item| item["is_ready"] == true));
}

#[actix_web::test]
async fn b1_what_is_no_longer_in_place_keeps_it_suspended() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (municipality, centre) = (&world.municipality, &world.centre);
    let made = draft(&api, &world, json!({})).await.expect(201);
    ready(&api, &world, &made).await;
    step(&api, municipality, &made, "activate", json!({})).await.expect(200);
    let gone = json!({ "item": "coordinator_named", "is_ready": false });
    step(&api, centre, &made, "set-readiness", gone.clone()).await.problem(409, "illegal_move");
    let why = json!({ "reason": "no_coordinator" });
    let suspended = step(&api, centre, &made, "suspend", why).await.expect(200);
    assert_eq!((&suspended["status"], &suspended["reason"]), (&json!("suspended"), &json!("no_coordinator")));
    step(&api, centre, &made, "set-readiness", gone).await.expect(200);
    step(&api, municipality, &made, "resume", json!({})).await.problem(409, "agreement_not_ready");
    let back = json!({ "item": "coordinator_named", "is_ready": true });
    step(&api, centre, &made, "set-readiness", back).await.expect(200);
    let resumed = step(&api, municipality, &made, "resume", json!({})).await.expect(200);
    assert_eq!((&resumed["status"], &resumed["reason"]), (&json!("active"), &json!(null)));
    // For other terms, or the time after, another is drafted: one at a time.
    draft(&api, &world, json!({})).await.expect(201);
    draft(&api, &world, json!({})).await.problem(409, "collaboration_agreement_already_open");
    let ended = step(&api, centre, &made, "end", json!({ "reason": "replaced" })).await.expect(200);
    assert_eq!((&ended["status"], &ended["allowed_actions"]), (&json!("ended"), &json!([])));
    let open = api.get("/collaboration-agreements?status=draft").by(centre.token(Role::Coordinator)).await;
    assert_eq!(open.expect(200)["items"].as_array().unwrap().len(), 1);
}

#[actix_web::test]
async fn b1_an_agreement_is_between_a_municipality_and_a_centre_on_a_method_that_there_is() {
    let api = Api::start().await;
    let world = api.desks().await;
    draft(&api, &world, json!({ "method": "DROP_IN" })).await.problem(422, "agreement_unknown_method");
    let upside_down = json!({ "valid_to": "2025-01-01" });
    draft(&api, &world, upside_down).await.problem(422, "collaboration_agreement_ends_before_it_starts");
    let nobody = json!({ "counterpart_organisation_id": world.municipality.organisation });
    draft(&api, &world, nobody).await.problem(422, "counterpart_not_approved");
    let made = draft(&api, &world, json!({})).await.expect(201);
    let other = json!({ "item": "minutes_kept", "is_ready": true });
    step(&api, &world.centre, &made, "set-readiness", other).await.problem(422, "agreement_unknown_item");
    api.sql("update organisation set kind = 'municipality'").await;
    let twice = draft(&api, &world, json!({ "method": "FMB_6" })).await;
    twice.problem(422, "agreement_needs_municipality_and_centre");
}

#[actix_web::test]
async fn b1_an_agreement_holds_in_its_period_and_ends_with_it() {
    let api = Api::start().await;
    let world = api.desks().await;
    let today = samspill::day::of(Utc::now());
    let period = json!({ "valid_from": today + TimeDelta::days(2), "valid_to": today + TimeDelta::days(9) });
    let made = draft(&api, &world, period).await.expect(201);
    ready(&api, &world, &made).await;
    let early = step(&api, &world.centre, &made, "activate", json!({})).await;
    early.problem(409, "agreement_outside_its_period");
    let pool = &api.house.pool;
    pool.set_clock(Some(Utc::now() + TimeDelta::days(3)));
    step(&api, &world.centre, &made, "activate", json!({})).await.expect(200);
    assert_eq!(jobs::run_once(pool).await.unwrap().expired, 0);
    pool.set_clock(Some(Utc::now() + TimeDelta::days(9)));
    let (one, two) = futures_util::future::join(jobs::run_once(pool), jobs::run_once(pool)).await;
    assert_eq!(one.unwrap().expired + two.unwrap().expired, 1);
    assert_eq!(jobs::run_once(pool).await.unwrap().expired, 0);
    for desk in world.desks() {
        let ended = seen(&api, desk, &made).await;
        assert_eq!((&ended["status"], &ended["reason"]), (&json!("ended"), &json!("period_over")));
    }
}
