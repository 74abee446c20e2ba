use samspill::access::Role;
use serde_json::{Value, json};

use crate::{
    cooperation,
    networks::{active, command},
    offers, referrals,
    rules::{follow_up, load},
    support::{
        Api,
        world::{Desk, World},
    },
};

/// Adds this room's rows to a world: what is due is what is there.
pub async fn furnish(world: &mut World) {
    let follow_up = world.rows["follow-ups"].parse().unwrap();
    world.keep_id("deadlines", follow_up);
}

fn at(api: &Api, day: &str) {
    api.house.pool.set_clock(Some(format!("{day}T12:00:00Z").parse().unwrap()));
}

async fn all(api: &Api, desk: &Desk, query: &str) -> Vec<Value> {
    let by = desk.token(Role::Coordinator);
    let found = api.get(&format!("/deadlines?{query}")).by(by).await.expect(200);
    found["items"].as_array().unwrap().clone()
}

async fn explained(api: &Api, desk: &Desk, row: &Value, language: &str) -> Value {
    let by = desk.token(Role::Coordinator);
    let path = format!("/deadlines/{}/explanation", row["id"].as_str().unwrap());
    api.get(&path).by(by).header("Accept-Language", language).await.expect(200)
}

#[actix_web::test]
async fn x10_a_deadline_is_explained_step_by_step() {
    let api = Api::start().await;
    let world = api.desks().await;
    // The Wednesday before Easter: Thursday to Monday are off.
    at(&api, "2026-04-01");
    let referral = referrals::push(&api, &world).await;
    let [due] = all(&api, &world.centre, "").await.try_into().unwrap();
    assert_eq!((&due["subject_table"], &due["subject_id"]), (&json!("referral"), &referral["id"]));
    assert_eq!(
        (&due["rule"], &due["rule_id"]),
        (&json!("NO_FIRST_CONTACT"), &referral["first_contact_rule_id"])
    );
    assert_eq!((&due["starts_on"], &due["due_on"]), (&json!("2026-04-01"), &json!("2026-04-13")));
    assert_eq!(
        (&due["state"], &due["legal"], &due["settled_on"]),
        (&json!("open"), &json!(false), &json!(null))
    );
    let why = explained(&api, &world.centre, &due, "nb").await;
    assert_eq!((&why["rule"]["id"], &why["rule"]["label"]), (&due["rule_id"], &json!("Første kontakt")));
    assert_eq!((&why["rule"]["length"], &why["rule"]["unit"]), (&json!(5), &json!("working_days")));
    assert_eq!((&why["due_on"], &why["warn_on"]), (&json!("2026-04-13"), &json!("2026-04-10")));
    let steps: Vec<_> = why["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| {
            let because: Vec<_> =
                step["because"].as_array().unwrap().iter().map(|day| day.as_str().unwrap()).collect();
            format!(
                "{} {} {}",
                step["on"].as_str().unwrap(),
                step["taken"].as_str().unwrap(),
                because.join(", ")
            )
        })
        .collect();
    assert_eq!(
        steps,
        [
            "2026-04-02 skipped Skjærtorsdag",
            "2026-04-03 skipped Langfredag",
            "2026-04-04 skipped Lørdag",
            "2026-04-05 skipped Første påskedag, Søndag",
            "2026-04-06 skipped Andre påskedag",
            "2026-04-07 counted ",
            "2026-04-08 counted ",
            "2026-04-09 counted ",
            "2026-04-10 counted ",
            "2026-04-11 skipped Lørdag",
            "2026-04-12 skipped Søndag",
            "2026-04-13 counted ",
            "2026-04-13 due ",
        ]
    );
    let why = explained(&api, &world.centre, &due, "sv").await;
    assert_eq!(why["steps"][0]["because"], json!(["Skärtorsdagen"]));
    // It is the duty of whoever received it.
    let by = world.municipality.token(Role::Coordinator);
    assert_eq!(api.get("/deadlines").by(by).await.expect(200)["items"], json!([]));
    let path = format!("/deadlines/{}", due["id"].as_str().unwrap());
    api.get(&path).by(by).await.problem(404, "not_found");
}

#[actix_web::test]
async fn x10_an_explanation_knows_only_the_days_off_of_then() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Admin);
    at(&api, "2026-06-01");
    let own = json!({ "kind": "day_off", "code": "MOVING_DAY", "valid_from": "2026-01-01", "valid_to": "2030-01-01",
                      "source": "x", "name": "Flyttedag", "month_day": "06-03" });
    let own = api.post("/organisation-rules", &own).by(by).await.expect(201);
    referrals::push(&api, &world).await;
    let [due] = all(&api, &world.centre, "").await.try_into().unwrap();
    assert_eq!(due["due_on"], "2026-06-09");
    let before = explained(&api, &world.centre, &due, "nb").await;
    assert_eq!(before["steps"][1]["because"], json!(["Flyttedag"]));
    assert_eq!(before["steps"].as_array().unwrap().last().unwrap()["on"], "2026-06-09");
    // One day off is ended, though it was made for a time, and another comes.
    at(&api, "2026-06-02");
    let end = format!("/organisation-rules/{}/end", own["id"].as_str().unwrap());
    let ended = api.post(&end, &json!({ "valid_to": "2026-06-02" })).by(by).version(&own).await.expect(200);
    assert_eq!((&ended["valid_to"], &ended["allowed_actions"]), (&json!("2026-06-02"), &json!([])));
    let jubilee = "[[day_off]]\ncode = \"JUBILEE\"\nlabel = { nb = \"Jubileum\" }\non = { fixed = \"06-04\" }\nlegal = true\n\
                   source = \"x\"\nconfidence = \"high\"\nvalid_from = \"2020-01-01\"";
    load(&api.house.pool, Some(jubilee)).await;
    assert_eq!(explained(&api, &world.centre, &due, "nb").await, before);
    // What is counted from now on is counted otherwise.
    referrals::push(&api, &world).await;
    let [_, now] = all(&api, &world.centre, "").await.try_into().unwrap();
    assert_eq!((&now["starts_on"], &now["due_on"]), (&json!("2026-06-02"), &json!("2026-06-10")));
}

#[actix_web::test]
async fn x10_what_was_counted_stays_explained_when_the_rule_has_changed() {
    let api = Api::start().await;
    let world = api.desks().await;
    at(&api, "2026-06-01");
    let (network, ..) = active(&api, &world).await;
    let [first] = all(&api, &world.centre, "subject_table=follow_up").await.try_into().unwrap();
    assert_eq!((&first["starts_on"], &first["due_on"]), (&json!("2026-06-01"), &json!("2026-08-01")));
    load(&api.house.pool, Some(&follow_up(3))).await;
    let why = explained(&api, &world.centre, &first, "en").await;
    assert_eq!((&why["rule"]["length"], &why["rule"]["unit"]), (&json!(2), &json!("months")));
    assert_eq!((&why["rule"]["id"], &why["due_on"]), (&first["rule_id"], &json!("2026-08-01")));
    assert_eq!(why["steps"].as_array().unwrap().len(), 2, "{why:#}");
    // The next one names the version that holds now.
    let follow_up = json!({ "id": first["subject_id"] });
    for with in ["person", "network_contact"] {
        let held = json!({ "with": with, "held_on": "2026-06-01", "outcome": "continue" });
        command(&api, &world, ("follow-ups", &follow_up, "record"), &held).await.expect(200);
    }
    let [met, next] = all(&api, &world.centre, "").await.try_into().unwrap();
    assert_eq!((&met["state"], &met["settled_on"]), (&json!("met"), &json!("2026-06-01")));
    assert_ne!(next["rule_id"], first["rule_id"]);
    assert_eq!((&next["due_on"], &next["state"]), (&json!("2026-06-22"), &json!("open")));
    // While the network rests nothing of it is overdue.
    at(&api, "2026-06-23");
    assert_eq!(all(&api, &world.centre, "overdue=true").await.len(), 1);
    command(&api, &world, ("networks", &network, "pause"), &json!({ "reason": "absence" })).await.expect(200);
    assert_eq!(all(&api, &world.centre, "overdue=true").await, [Value::Null; 0]);
    let of = format!("subject_id={}", next["subject_id"].as_str().unwrap());
    assert_eq!(all(&api, &world.centre, &of).await[0]["state"], "paused");
}

#[actix_web::test]
async fn x10_who_was_contacted_too_late_has_missed_the_deadline() {
    let api = Api::start().await;
    let world = api.desks().await;
    at(&api, "2026-04-01");
    for _ in 0..2 {
        referrals::push(&api, &world).await;
    }
    at(&api, "2026-04-13");
    let [one, two] = all(&api, &world.centre, "subject_table=referral").await.try_into().unwrap();
    assert_eq!([&one["state"], &two["state"]], ["open", "open"]);
    let begin = async |row: &Value| {
        let by = world.centre.token(Role::Coordinator);
        let at = format!("/referrals/{}", row["id"].as_str().unwrap());
        let seen = api.get(&at).by(by).await.expect(200);
        let begun = api.post(&format!("{at}/begin-clarification"), &json!({})).by(by).version(&seen).await;
        begun.expect(200)
    };
    assert_eq!(begin(&one).await["first_contact_on"], "2026-04-13");
    at(&api, "2026-04-14");
    let overdue = all(&api, &world.centre, "overdue=true").await;
    assert_eq!((overdue.len(), &overdue[0]["id"], &overdue[0]["state"]), (1, &two["id"], &json!("missed")));
    begin(&two).await;
    let [one, two] = all(&api, &world.centre, "").await.try_into().unwrap();
    assert_eq!([&one["state"], &two["state"]], ["met", "missed"]);
    assert_eq!(two["settled_on"], "2026-04-14");
    assert_eq!(all(&api, &world.centre, "overdue=true").await, [Value::Null; 0]);
}

#[actix_web::test]
async fn x10_what_was_taken_back_in_time_is_no_deadline_and_later_is_one_missed() {
    let api = Api::start().await;
    let world = api.desks().await;
    at(&api, "2026-04-01");
    let [early, late] = [(); 2].map(|()| referrals::push(&api, &world));
    let (early, late) = (early.await, late.await);
    let by = world.municipality.token(Role::Caseworker);
    let withdraw = async |row: &Value| {
        let path = format!("/referrals/{}", row["id"].as_str().unwrap());
        let seen = api.get(&path).by(by).await.expect(200);
        let why = json!({ "reason": "person_said_no" });
        let over = api.post(&format!("{path}/withdraw"), &why).by(by).version(&seen).await.expect(200);
        assert_eq!(over["first_contact_on"], json!(null));
    };
    withdraw(&early).await;
    at(&api, "2026-04-14");
    withdraw(&late).await;
    let [missed] = all(&api, &world.centre, "").await.try_into().unwrap();
    assert_eq!((&missed["subject_id"], &missed["state"]), (&late["id"], &json!("missed")));
    assert_eq!(all(&api, &world.centre, "overdue=true").await, [Value::Null; 0], "nobody waits for it");
}

#[actix_web::test]
async fn x10_a_day_begins_at_midnight_where_people_are() {
    let api = Api::start().await;
    let world = api.desks().await;
    for (instant, starts_on, due_on) in [
        ("2026-03-04T22:59:00Z", "2026-03-04", "2026-03-11"),
        ("2026-03-04T23:01:00Z", "2026-03-05", "2026-03-12"),
    ] {
        api.house.pool.set_clock(Some(instant.parse().unwrap()));
        let referral = referrals::push(&api, &world).await;
        let of = format!("subject_id={}", referral["id"].as_str().unwrap());
        let [due] = all(&api, &world.centre, &of).await.try_into().unwrap();
        assert_eq!((&due["starts_on"], &due["due_on"]), (&json!(starts_on), &json!(due_on)));
    }
}

/// What lies at a desk: of which kind, and how it stands. Each is explained, and as it was counted.
async fn stand(api: &Api, desk: &Desk) -> Vec<String> {
    let mut stand = Vec::new();
    for due in all(api, desk, "").await {
        let why = explained(api, desk, &due, "nn").await;
        assert_eq!((&why["rule"]["id"], &why["rule"]["code"]), (&due["rule_id"], &due["rule"]), "{due:#}");
        let last = why["steps"].as_array().unwrap().last().unwrap();
        assert_eq!((&last["on"], &last["taken"]), (&due["due_on"], &json!("due")), "{due:#}");
        assert_eq!((&why["due_on"], &why["starts_on"]), (&due["due_on"], &due["starts_on"]));
        let by = desk.token(Role::Volunteer);
        let rule = api.get(&format!("/rules/{}", due["rule_id"].as_str().unwrap())).by(by).await.expect(200);
        assert_eq!(rule["label"]["nn"], why["rule"]["label"]);
        stand.push(format!("{} {}", due["subject_table"].as_str().unwrap(), due["state"].as_str().unwrap()));
    }
    stand.sort();
    stand
}

#[actix_web::test]
async fn x5_every_stored_day_names_its_rule_and_is_explained() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (centre, municipality) = (&world.centre, &world.municipality);
    let (network, ..) = active(&api, &world).await;
    let provider = offers::provider(&api, &world, "provider", "En").await;
    offers::offered(&api, &world, &[&provider]).await;
    let asked = cooperation::ask(&api, &world, Role::Coordinator, json!({})).await.expect(201);
    let told = cooperation::report(&api, &world, Role::Coordinator, &network, json!({})).await.expect(201);
    assert_eq!(stand(&api, centre).await, ["follow_up open", "offer open", "referral met"]);
    assert_eq!(stand(&api, municipality).await, ["guidance_request open", "unmet_need_report open"]);
    assert_eq!(stand(&api, &provider).await, [""; 0], "it is not by their rules that they answer");

    let offer = offers::at(&api, &provider).await;
    offers::answer(&api, &provider, &offer, "accept", json!({})).await.expect(200);
    let by = municipality.token(Role::Coordinator);
    for (letter, verb, body) in [
        (("guidance-requests", &asked), "answer", json!({ "how": "called" })),
        (("unmet-need-reports", &told), "acknowledge", json!({})),
    ] {
        cooperation::step(&api, by, (letter.0, letter.1, verb), body).await.expect(200);
    }
    command(&api, &world, ("networks", &network, "dissolve"), &json!({ "reason": "moved" }))
        .await
        .expect(200);
    // What is cancelled is no deadline; what has ended is to be kept until a day.
    assert_eq!(stand(&api, centre).await, ["network open", "offer met", "referral met"]);
    assert_eq!(stand(&api, municipality).await, ["guidance_request met", "unmet_need_report met"]);
    api.house.pool.set_clock(Some(chrono::Utc::now() + chrono::TimeDelta::days(400)));
    let [kept] = all(&api, centre, "overdue=true").await.try_into().unwrap();
    assert_eq!((&kept["subject_id"], &kept["state"]), (&network["id"], &json!("missed")));
}
