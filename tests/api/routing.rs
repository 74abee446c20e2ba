use chrono::{TimeDelta, Utc};
use futures_util::future::join;
use samspill::{access::Role, jobs};
use serde_json::{Value, json};

use crate::{
    disclosures::command,
    support::{
        Answer, Api,
        world::{Desk, World},
    },
};

/// Adds this room's rows to a world: a rule that nothing fits.
pub async fn furnish(api: &Api, world: &mut World) {
    let made = rule(api, world, json!({ "service": "nothing_of_the_kind" })).await.expect(201);
    world.keep("routing-rules", &made);
}

/// A rule of the municipality that leads to the centre, unless it says otherwise.
async fn rule(api: &Api, world: &World, more: Value) -> Answer {
    let mut new = json!({ "counterpart_organisation_id": world.centre.organisation });
    new.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    api.post("/routing-rules", &new).by(world.municipality.token(Role::Admin)).await
}

/// What a caseworker of the municipality reports without naming a recipient.
async fn report(api: &Api, world: &World, more: Value) -> Value {
    let mut new = json!({ "service": "visiting_friend", "kind": "establish", "source_channel": "municipality",
                          "person_id": world.municipality.person, "need": "Noen å gå tur med" });
    new.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    api.post("/referrals", &new).by(world.municipality.token(Role::Caseworker)).await.expect(201)
}

async fn step(api: &Api, world: &World, row: &Value, verb: &str, body: Value) -> Answer {
    let path = format!("/referrals/{}/{verb}", row["id"].as_str().unwrap());
    command(api, world.municipality.token(Role::Caseworker), &path, &body).await
}

async fn seen(api: &Api, desk: &Desk, row: &Value) -> Answer {
    let path = format!("/referrals/{}", row["id"].as_str().unwrap());
    api.get(&path).by(desk.token(Role::Coordinator)).await
}

async fn tasks(api: &Api, desk: &Desk, kind: &str) -> usize {
    let open = api.get(&format!("/tasks?kind={kind}")).by(desk.token(Role::Coordinator)).await.expect(200);
    open["items"].as_array().unwrap().len()
}

/// A third organisation, which the municipality may write to.
async fn other_centre(api: &Api, world: &World) -> Desk {
    let other = api.desk("volunteer_centre", "Kristiansand frivilligsentral").await;
    api.sql(&format!(
        "insert into counterpart (organisation_id, side, counterpart_organisation_id, status) values
            ('{m}', 'sent', '{o}', 'approved'), ('{o}', 'received', '{m}', 'approved')",
        m = world.municipality.organisation,
        o = other.organisation,
    ))
    .await;
    other
}

#[actix_web::test]
async fn b6_a_referral_from_4223_for_a_senior_routes_to_the_vennesla_centre() {
    let api = Api::start().await;
    let world = api.desks().await;
    let other = other_centre(&api, &world).await;
    let elsewhere = json!({ "counterpart_organisation_id": other.organisation });
    rule(&api, &world, elsewhere).await.expect(201);
    let coordinator = json!({ "target_group": "senior", "coordinator": "Kari", "substitute": "Ola" });
    let seniors = rule(&api, &world, coordinator).await.expect(201);
    api.active_consent(&world.municipality, &world.centre).await;

    let draft = report(&api, &world, json!({ "target_group": "senior" })).await;
    assert_eq!((&draft["side"], &draft["counterpart_organisation_id"]), (&json!("internal"), &json!(null)));
    let path = format!("/referrals/{}/submission-preview", draft["id"].as_str().unwrap());
    let preview = api.get(&path).by(world.municipality.token(Role::Caseworker)).await.expect(200);
    assert_eq!(preview["recipient"], "Vennesla frivilligsentral");
    assert_eq!(preview["routing_rule_id"], seniors["id"]);
    let sent = step(&api, &world, &draft, "submit", json!({})).await.expect(200);
    assert_eq!((&sent["status"], &sent["side"]), (&json!("submitted"), &json!("sent")));
    assert_eq!(sent["counterpart_organisation_id"], json!(world.centre.organisation));
    assert_eq!(sent["routing_rule_id"], seniors["id"]);
    assert!(sent["first_contact_due_on"].is_string());
    // The recipient is not told for whom the method is used, or by which rule.
    let received = seen(&api, &world.centre, &draft).await.expect(200);
    assert_eq!((&received["status"], &received["side"]), (&json!("submitted"), &json!("received")));
    assert_eq!((&received["target_group"], &received["routing_rule_id"]), (&json!(null), &json!(null)));
    seen(&api, &other, &draft).await.problem(404, "not_found");
    let events =
        "select name as line from event where subject_table = 'referral' and name = 'referral.routed'";
    assert_eq!(api.lines(events).await.len(), 1);
}

#[actix_web::test]
async fn b6_the_rule_that_says_most_counts_then_the_smaller_area_then_the_priority() {
    let api = Api::start().await;
    let world = api.desks().await;
    let person = world.municipality.person;
    api.sql(&format!("update person set postcode = '4708' where id = '{person}'")).await;
    let yesterday = samspill::day::of(Utc::now()) - TimeDelta::days(1);
    let past = json!({ "valid_from": "2026-01-01", "valid_to": yesterday, "postcode_prefix": "4708",
                       "target_group": "senior", "service": "visiting_friend" });
    rule(&api, &world, past).await.expect(201);
    rule(&api, &world, json!({ "postcode_prefix": "4709", "target_group": "senior" })).await.expect(201);
    let rules = [
        json!({ "priority": 9 }),
        json!({}),
        json!({ "service": "visiting_friend" }),
        json!({ "postcode_prefix": "47" }),
        json!({ "postcode_prefix": "470" }),
        json!({ "postcode_prefix": "47", "target_group": "senior" }),
    ];
    for more in rules {
        let best = rule(&api, &world, more).await.expect(201);
        let draft = report(&api, &world, json!({ "target_group": "senior" })).await;
        let routed = step(&api, &world, &draft, "route", json!({})).await.expect(200);
        assert_eq!(routed["routing_rule_id"], best["id"], "{best:#}");
        assert_eq!((&routed["status"], &routed["side"]), (&json!("draft"), &json!("sent")));
        let again = step(&api, &world, &draft, "route", json!({})).await.expect(200);
        assert_eq!(again["routing_rule_id"], best["id"], "as long as nothing has left it is asked anew");
    }
    // Of another group, the best is the smaller area again.
    let draft = report(&api, &world, json!({ "target_group": "refugee" })).await;
    let routed = step(&api, &world, &draft, "route", json!({})).await.expect(200);
    let list = api.get("/routing-rules").by(world.municipality.token(Role::Caseworker)).await.expect(200);
    assert_eq!(routed["routing_rule_id"], list["items"][6]["id"]);
}

#[actix_web::test]
async fn b6_without_a_rule_it_stands_unrouted_and_is_asked_after() {
    let api = Api::start().await;
    let world = api.desks().await;
    let municipality = &world.municipality;
    let draft = report(&api, &world, json!({})).await;
    step(&api, &world, &draft, "route", json!({})).await.problem(409, "no_coordinator");
    let stands = step(&api, &world, &draft, "submit", json!({})).await.expect(200);
    assert_eq!((&stands["status"], &stands["side"]), (&json!("unrouted"), &json!("internal")));
    let queue = api.get("/referrals?status=unrouted").by(municipality.token(Role::Caseworker)).await;
    assert_eq!(queue.expect(200)["items"], json!([stands]));
    assert_eq!(tasks(&api, municipality, "referral_unrouted").await, 1);
    seen(&api, &world.centre, &draft).await.problem(404, "not_found");

    let pool = &api.house.pool;
    let work = async |days: i64| {
        pool.set_clock(Some(Utc::now() + TimeDelta::days(days)));
        let (one, two) = join(jobs::run_once(pool), jobs::run_once(pool)).await;
        one.unwrap().alarmed + two.unwrap().alarmed
    };
    // The rule says after so many working days; a draft of that age would be gone.
    assert_eq!(work(1).await, 0);
    assert_eq!(work(40).await, 1);
    assert_eq!(work(41).await, 0);
    pool.set_clock(None);
    assert_eq!(tasks(&api, municipality, "referral_unrouted_late").await, 1);

    rule(&api, &world, json!({})).await.expect(201);
    step(&api, &world, &draft, "submit", json!({})).await.problem(422, "consent_required");
    api.active_consent(municipality, &world.centre).await;
    let sent = step(&api, &world, &draft, "submit", json!({})).await.expect(200);
    assert_eq!((&sent["status"], &sent["side"]), (&json!("submitted"), &json!("sent")));
    assert_eq!(seen(&api, &world.centre, &draft).await.expect(200)["status"], "submitted");
    for kind in ["referral_unrouted", "referral_unrouted_late"] {
        assert_eq!(tasks(&api, municipality, kind).await, 0, "{kind}");
    }
}

#[actix_web::test]
async fn b6_somebody_names_the_recipient_or_takes_the_report_back() {
    let api = Api::start().await;
    let world = api.desks().await;
    let stranger = api.desk("volunteer_centre", "Ukjent sentral").await;
    // Who works for one unit alone reports too, and the task is there for those who see tasks.
    let by = world.municipality.token(Role::UnitContact);
    let of_unit = format!(
        "update person set unit_id = '{}' where id = '{}'",
        world.municipality.unit, world.municipality.person
    );
    api.sql(&of_unit).await;
    let stands = async || {
        let draft = report(&api, &world, json!({})).await;
        let path = format!("/referrals/{}/submit", draft["id"].as_str().unwrap());
        api.post(&path, &json!({})).by(by).version(&draft).await.expect(200)
    };
    let one = stands().await;
    assert_eq!(tasks(&api, &world.municipality, "referral_unrouted").await, 1);
    let nobody = json!({ "counterpart_organisation_id": stranger.organisation });
    step(&api, &world, &one, "route", nobody).await.problem(422, "counterpart_not_approved");
    // As long as nothing has left, another can be named.
    let elsewhere = other_centre(&api, &world).await;
    let elsewhere = json!({ "counterpart_organisation_id": elsewhere.organisation });
    step(&api, &world, &one, "route", elsewhere).await.expect(200);
    let centre = json!({ "counterpart_organisation_id": world.centre.organisation });
    let named = step(&api, &world, &one, "route", centre).await.expect(200);
    assert_eq!((&named["side"], &named["routing_rule_id"]), (&json!("sent"), &json!(null)));
    api.active_consent(&world.municipality, &world.centre).await;
    step(&api, &world, &one, "submit", json!({})).await.expect(200);
    assert_eq!(tasks(&api, &world.municipality, "referral_unrouted").await, 0);
    let other = stands().await;
    step(&api, &world, &other, "withdraw", json!({})).await.expect(200);
    assert_eq!(tasks(&api, &world.municipality, "referral_unrouted").await, 0);
}

#[actix_web::test]
async fn b6_a_rule_leads_to_a_counterpart_and_is_changed_and_ended() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.municipality.token(Role::Admin);
    let nobody = json!({ "counterpart_organisation_id": world.municipality.organisation });
    rule(&api, &world, nobody).await.problem(422, "counterpart_not_approved");
    let upside_down = json!({ "valid_to": "2025-01-01" });
    rule(&api, &world, upside_down).await.problem(422, "routing_rule_ends_before_it_starts");
    let made = rule(&api, &world, json!({})).await.expect(201);
    let path = format!("/routing-rules/{}", made["id"].as_str().unwrap());
    let tomorrow = samspill::day::of(Utc::now()) + TimeDelta::days(1);
    let patch = json!({ "substitute": "Ola", "priority": 3, "valid_to": tomorrow });
    let changed = api.patch(&path, &patch).by(by).version(&made).await.expect(200);
    assert_eq!((&changed["substitute"], &changed["valid_to"]), (&json!("Ola"), &json!(tomorrow)));
    assert_eq!(api.get(&path).by(by).await.expect(200), changed);
    // Nobody is there for it once the counterpart has ended.
    api.sql("update counterpart set status = 'ended'").await;
    let draft = report(&api, &world, json!({})).await;
    let stands = step(&api, &world, &draft, "submit", json!({})).await.expect(200);
    assert_eq!(stands["status"], "unrouted");
}
