use samspill::access::Role;
use serde_json::{Value, json};

use crate::{
    follow_ups,
    networks::command,
    support::{Api, world::World},
};

/// Adds this room's rows to a world.
pub async fn furnish(api: &Api, world: &mut World) {
    let made = set(api, world, "social_network", ("more", 1, 3)).await;
    let outcome = measure(api, world, &made, ("2026-02-01", 2)).await;
    world.keep("goals", &made);
    world.keep("goal-outcomes", &outcome);
}

fn goal(world: &World, domain: &str, (better, baseline, target): (&str, i32, i32)) -> Value {
    json!({ "person_id": world.centre.person, "domain": domain, "measure": "Besøk i uken", "better": better,
            "baseline": baseline, "target": target, "set_on": "2026-01-10", "review_on": "2026-07-10" })
}

/// A goal of the centre's person.
pub async fn set(api: &Api, world: &World, domain: &str, what: (&str, i32, i32)) -> Value {
    let by = world.centre.token(Role::Coordinator);
    api.post("/goals", &goal(world, domain, what)).by(by).await.expect(201)
}

/// What came of it.
pub async fn measure(api: &Api, world: &World, goal: &Value, (on, value): (&str, i32)) -> Value {
    let new = json!({ "goal_id": goal["id"], "measured_on": on, "value": value });
    api.post("/goal-outcomes", &new).by(world.centre.token(Role::Coordinator)).await.expect(201)
}

fn line(domain: &str, [improved, unchanged, worse, not_measured, reached]: [i32; 5]) -> Value {
    json!({ "domain": domain, "improved": improved, "unchanged": unchanged, "worse": worse,
            "not_measured": not_measured, "reached": reached })
}

#[actix_web::test]
async fn b4_a_target_lies_not_behind_where_it_began() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Coordinator);
    for what in [("more", 3, 1), ("less", 3, 4)] {
        let refused = api.post("/goals", &goal(&world, "other", what)).by(by).await.problem(422, "invalid");
        assert_eq!(refused["errors"][0]["pointer"], "/target", "{what:?}");
    }
    let kept = set(&api, &world, "other", ("less", 3, 3)).await;
    let path = format!("/goals/{}", kept["id"].as_str().unwrap());
    api.patch(&path, &json!({ "target": 4 })).by(by).version(&kept).await.problem(422, "invalid");
    api.patch(&path, &json!({ "target": 2 })).by(by).version(&kept).await.expect(200);
}

#[actix_web::test]
async fn b4_the_report_tells_by_domain_what_became_better_and_what_worse() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Coordinator);
    let report = async |by: &str, query: &str| {
        api.get(&format!("/goals/report?{query}")).by(by).await.expect(200)["items"].clone()
    };
    assert_eq!(report(by, "").await, json!([]));
    // Of the first the latest counts, whichever was registered last.
    let first = set(&api, &world, "social_network", ("more", 1, 3)).await;
    measure(&api, &world, &first, ("2026-05-01", 3)).await;
    measure(&api, &world, &first, ("2026-03-01", 0)).await;
    let kept = set(&api, &world, "social_network", ("more", 2, 2)).await;
    measure(&api, &world, &kept, ("2026-04-01", 2)).await;
    set(&api, &world, "social_network", ("more", 1, 2)).await;
    // Less is better of this, and worse of that.
    let lonely = set(&api, &world, "other", ("less", 8, 3)).await;
    measure(&api, &world, &lonely, ("2026-04-01", 5)).await;
    let walks = set(&api, &world, "physical_activity", ("more", 4, 5)).await;
    measure(&api, &world, &walks, ("2026-04-01", 1)).await;
    let all = json!([
        line("other", [1, 0, 0, 0, 0]),
        line("physical_activity", [0, 0, 1, 0, 0]),
        line("social_network", [1, 1, 0, 1, 2]),
    ]);
    assert_eq!(report(by, "").await, all);
    // As it stood in between.
    assert_eq!(report(by, "to=2026-03-31").await[2], line("social_network", [0, 0, 1, 2, 0]));
    assert_eq!(report(by, "from=2026-01-11").await, json!([]));
    assert_eq!(report(by, "to=2026-01-09").await, json!([]));
    // It is this organisation's own, and of what whoever asks could count.
    assert_eq!(report(world.municipality.token(Role::Coordinator), "").await, json!([]));
    api.get("/goals/report").by(world.centre.token(Role::Admin)).await.problem(403, "forbidden");
    assert_eq!(report(world.centre.token(Role::Participant), "").await, all, "they are all of one person");
    let secret = format!("update person set protection = 'fortrolig' where id = '{}'", world.centre.person);
    api.sql(&secret).await;
    assert_eq!(report(by, "").await, json!([]), "whom one does not see one does not count");
}

#[actix_web::test]
async fn b4_an_outcome_is_found_at_a_follow_up_of_the_person() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Coordinator);
    let (_, follow_up) = follow_ups::planned(&api, &world).await;
    let goal = set(&api, &world, "participation", ("more", 0, 2)).await;
    let new = json!({ "goal_id": goal["id"], "follow_up_id": follow_up["id"], "measured_on": "2026-06-01", "value": 1,
                      "note": "To ganger i koret" });
    let measure = async |change: Value| {
        let mut new = new.clone();
        new.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        api.post("/goal-outcomes", &new).by(by).await
    };
    measure(json!({})).await.problem(409, "follow_up_not_held");
    let held = json!({ "with": "person", "held_on": "2026-06-01", "outcome": "continue" });
    command(&api, &world, ("follow-ups", &follow_up, "record"), &held).await.expect(200);
    let made = measure(json!({})).await.expect(201);
    assert_eq!(made["person_id"], goal["person_id"]);
    measure(json!({ "value": 2 })).await.problem(409, "goal_outcome_already_measured");
    measure(json!({ "follow_up_id": goal["id"] })).await.problem(422, "goal_outcome_unknown_follow_up");
    measure(json!({ "goal_id": follow_up["id"] })).await.problem(422, "goal_outcome_unknown_goal");
    measure(json!({ "follow_up_id": null, "measured_on": "2026-06-02" }))
        .await
        .problem(422, "goal_not_measured_then");
    measure(json!({ "follow_up_id": null, "measured_on": "2026-01-09" }))
        .await
        .problem(422, "goal_not_measured_then");
    let other = crate::persons::person(&api, by, "Annen").await;
    let mut theirs = self::goal(&world, "other", ("more", 0, 1));
    theirs["person_id"] = other["id"].clone();
    let theirs = api.post("/goals", &theirs).by(by).await.expect(201);
    measure(json!({ "goal_id": theirs["id"] })).await.problem(422, "follow_up_of_another_person");
    let of = format!("/goal-outcomes?goal_id={}", goal["id"].as_str().unwrap());
    assert_eq!(api.get(&of).by(by).await.expect(200)["items"], json!([made]));
    let told = "select to_jsonb(it)::text as line from audit as it where to_jsonb(it)::text ~ 'koret'";
    assert_eq!(api.lines(told).await, [""; 0]);
}

#[actix_web::test]
async fn a_goal_is_set_changed_and_looked_at_again() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Coordinator);
    let made = set(&api, &world, "relief", ("more", 1, 3)).await;
    let at = format!("/goals/{}", made["id"].as_str().unwrap());
    let overdue = async || api.get("/goals?overdue=true").by(by).await.expect(200)["items"].clone();
    assert_eq!(overdue().await, json!([made]));
    let later = json!({ "target": 4, "review_on": "2199-01-01" });
    let changed = api.patch(&at, &later).by(by).version(&made).await.expect(200);
    assert_eq!((&changed["target"], &changed["baseline"]), (&json!(4), &json!(1)));
    assert_eq!(overdue().await, json!([]));
    let before = json!({ "review_on": "2026-01-10" });
    api.patch(&at, &before).by(by).version(&changed).await.problem(422, "goal_reviewed_before_set");
    api.patch(&at, &json!({ "baseline": 0 })).by(by).version(&changed).await.problem(422, "invalid");
    let refused = async |change: Value, code: &str| {
        let mut new = goal(&world, "relief", ("more", 1, 3));
        new.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        api.post("/goals", &new).by(by).await.problem(422, code);
    };
    refused(json!({ "set_on": "2199-01-01", "review_on": "2199-02-01" }), "goal_set_in_the_future").await;
    refused(json!({ "person_id": world.municipality.person }), "goal_unknown_person").await;
    refused(json!({ "referral_id": made["id"] }), "goal_unknown_referral").await;
}
