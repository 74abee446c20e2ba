use samspill::access::Role;
use serde_json::{Value, json};

use crate::{
    contact_forms::{open, revision},
    networks::{active, again, command},
    support::{Api, world::World},
};

/// Adds this room's rows to a world: activating the network plans one.
pub async fn furnish(api: &Api, world: &mut World) {
    let network = json!({ "id": world.rows["networks"] });
    command(api, world, ("networks", &network, "activate"), &json!({})).await.expect(200);
    let planned = api.get("/follow-ups").by(world.centre.token(Role::Coordinator)).await.expect(200);
    world.keep("follow-ups", &planned["items"][0]);
}

async fn all(api: &Api, world: &World, query: &str) -> Vec<Value> {
    let found = api.get(&format!("/follow-ups?{query}")).by(world.centre.token(Role::Coordinator)).await;
    found.expect(200)["items"].as_array().unwrap().clone()
}

fn held(with: &str, on: &str, outcome: &str) -> Value {
    json!({ "with": with, "held_on": on, "outcome": outcome })
}

/// The only follow-up of a network that has been active since 1 June 2026.
pub async fn planned(api: &Api, world: &World) -> (Value, Value) {
    api.house.pool.set_clock(Some("2026-06-01T10:00:00Z".parse().unwrap()));
    let (network, ..) = active(api, world).await;
    let [first] = all(api, world, "status=due").await.try_into().unwrap();
    (network, first)
}

#[actix_web::test]
async fn b22_half_done_until_both_have_been_asked() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (network, first) = planned(&api, &world).await;
    assert_eq!((&first["due_on"], &first["rule"]), (&json!("2026-08-01"), &json!("NO_FOLLOW_UP")));
    assert_eq!(all(&api, &world, "overdue=true").await, [Value::Null; 0]);
    api.house.pool.set_clock(Some("2026-08-10T10:00:00Z".parse().unwrap()));
    assert_eq!(all(&api, &world, "overdue=true").await, std::slice::from_ref(&first));
    let record = async |body: Value| command(&api, &world, ("follow-ups", &first, "record"), &body).await;
    record(held("person", "2026-08-11", "continue")).await.problem(422, "held_in_the_future");
    let refused = record(held("person", "2026-05-31", "continue")).await.problem(422, "invalid");
    assert_eq!(refused["errors"][0]["code"], "too_early", "it is before the network was active");
    let half = record(held("person", "2026-08-09", "continue")).await.expect(200);
    assert_eq!((&half["status"], &half["due_on"]), (&json!("half_done"), &json!("2026-08-01")));
    assert_eq!(all(&api, &world, "overdue=true").await, [half]);
    record(held("person", "2026-08-09", "continue")).await.problem(409, "follow_up_already_recorded");
    let done = record(held("network_contact", "2026-08-05", "continue")).await.expect(200);
    assert_eq!((&done["status"], &done["allowed_actions"]), (&json!("done"), &json!([])));
    record(held("person", "2026-08-09", "continue")).await.problem(409, "illegal_move");
    // The next one is counted from the later of the two.
    let of = format!("network_id={}", network["id"].as_str().unwrap());
    let next = all(&api, &world, &of).await.pop().unwrap();
    assert_eq!((&next["status"], &next["due_on"]), (&json!("due"), &json!("2026-10-09")));
    assert_eq!(all(&api, &world, "overdue=true").await, [Value::Null; 0]);
}

#[actix_web::test]
async fn b22_a_change_opens_a_new_form_version() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (network, first) = planned(&api, &world).await;
    let form = open(&api, &world, &network).await;
    let record = async |body: Value| command(&api, &world, ("follow-ups", &first, "record"), &body).await;
    let mut change = held("person", "2026-06-01", "adjust");
    record(change.clone()).await.problem(422, "new_version_missing");
    change["contact_form_version"] = revision(&form, "Kino");
    let half = record(change).await.expect(200);
    assert_eq!(half["person_outcome"], json!("adjust"));
    let now = again(&api, &world, "contact-forms", &form).await;
    assert_eq!((&now["number"], &now["body"]["activities"]), (&json!(2), &json!(["Tur", "Kino"])));
    // What cannot be written is not recorded.
    let mut change = held("network_contact", "2026-06-01", "adjust");
    change["contact_form_version"] = revision(&form, "Kafé");
    record(change).await.problem(409, "form_has_moved_on");
    let by = world.centre.token(Role::Coordinator);
    let other = json!({ "name": "Kafé", "shape": "cafe_group" });
    let other = api.post("/networks", &other).by(by).await.expect(201);
    let person = json!({ "network_id": other["id"], "person_id": world.centre.person });
    api.post("/network-participants", &person).by(by).await.expect(201);
    let mut new = crate::contact_forms::new_form(&world, &other);
    new["body"]["volunteers"] = json!([]);
    let other = api.post("/contact-forms", &new).by(by).await.expect(201);
    let mut change = held("network_contact", "2026-06-01", "adjust");
    change["contact_form_version"] = revision(&other, "Kafé");
    record(change).await.problem(422, "contact_form_of_another_network");
    assert_eq!(again(&api, &world, "follow-ups", &first).await, half);
}

#[actix_web::test]
async fn who_wants_to_stop_is_a_task_and_no_next_follow_up() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (network, first) = planned(&api, &world).await;
    let record = async |body: Value| command(&api, &world, ("follow-ups", &first, "record"), &body).await;
    record(held("network_contact", "2026-06-01", "stop")).await.expect(200);
    record(held("person", "2026-06-01", "continue")).await.expect(200);
    let tasks = api.lines("select kind || ' ' || subject_id as line from task").await;
    assert_eq!(tasks, [format!("network_to_be_ended {}", network["id"].as_str().unwrap())]);
    assert_eq!(all(&api, &world, "status=due").await, [Value::Null; 0]);
}

#[actix_web::test]
async fn what_a_dissolved_network_still_owed_is_cancelled() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (network, first) = planned(&api, &world).await;
    command(&api, &world, ("networks", &network, "dissolve"), &json!({ "reason": "died" })).await.expect(200);
    assert_eq!(again(&api, &world, "follow-ups", &first).await["status"], json!("cancelled"));
    let record = held("person", "2026-06-01", "continue");
    let record = command(&api, &world, ("follow-ups", &first, "record"), &record).await;
    record.problem(409, "illegal_move");
}
