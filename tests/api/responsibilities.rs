use samspill::access::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    disclosures::command,
    networks,
    support::{Answer, Api, world::World},
};

/// Adds this room's rows to a world.
pub async fn furnish(api: &Api, world: &mut World) {
    let made = borne(api, world, json!({})).await.expect(201);
    world.keep("responsibilities", &made);
}

/// That a unit of the municipality answers for its person.
async fn borne(api: &Api, world: &World, more: Value) -> Answer {
    let mut new = json!({ "person_id": world.municipality.person, "domain": "social_support",
                          "responsible_unit_id": world.municipality.unit, "decision_reference": "2026/1234-5" });
    new.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    api.post("/responsibilities", &new).by(world.municipality.token(Role::Caseworker)).await
}

async fn end(api: &Api, world: &World, row: &Value, why: Value) -> Answer {
    let path = format!("/responsibilities/{}/end", row["id"].as_str().unwrap());
    command(api, world.municipality.token(Role::Caseworker), &path, &why).await
}

#[actix_web::test]
async fn b8_a_volunteer_ends_no_responsibility_before_the_person_agrees_and_the_decision_is_changed() {
    let api = Api::start().await;
    let world = api.desks().await;
    let made = borne(&api, &world, json!({})).await.expect(201);
    let found = json!({ "reason": "volunteer_found" });
    let asked = end(&api, &world, &made, found).await.problem(422, "responsibility_not_ended_formally");
    let asks = asked["errors"].as_array().unwrap().iter().map(|flaw| flaw["pointer"].as_str().unwrap());
    let all = ["/person_agreed_on", "/decision_changed_on", "/changed_decision_reference"];
    assert_eq!(asks.collect::<Vec<_>>(), all);
    let agreed = json!({ "reason": "volunteer_found", "person_agreed_on": "2026-11-20" });
    let asked = end(&api, &world, &made, agreed).await.problem(422, "responsibility_not_ended_formally");
    assert_eq!(asked["errors"].as_array().unwrap().len(), 2);
    // Not past the server either.
    let ended = format!(
        "update responsibility set ended_on = now(), end_reason = 'volunteer_found' where id = '{}'",
        made["id"].as_str().unwrap()
    );
    let refused = diesel_async::SimpleAsyncConnection::batch_execute(&mut api.owner().await, &ended).await;
    assert!(refused.unwrap_err().to_string().contains("responsibility_not_ended_formally"));

    let formal = json!({ "reason": "volunteer_found", "person_agreed_on": "2026-11-20",
                         "decision_changed_on": "2026-11-21", "changed_decision_reference": "2026/1234-9" });
    for (field, day) in [("person_agreed_on", "2199-01-01"), ("decision_changed_on", "2199-01-01")] {
        let mut ahead = formal.clone();
        ahead[field] = json!(day);
        let refused = end(&api, &world, &made, ahead).await.problem(422, "invalid");
        assert_eq!(refused["errors"][0]["code"], "in_the_future", "{field}");
    }
    let over = end(&api, &world, &made, formal.clone()).await.expect(200);
    assert_eq!((&over["end_reason"], &over["allowed_actions"]), (&json!("volunteer_found"), &json!([])));
    end(&api, &world, &made, formal).await.problem(409, "illegal_move");
    // Other reasons ask for nothing.
    let next = borne(&api, &world, json!({})).await.expect(201);
    end(&api, &world, &next, json!({ "reason": "moved" })).await.expect(200);
}

#[actix_web::test]
async fn b8_a_network_supplements_and_the_responsibility_stays() {
    let api = Api::start().await;
    let world = api.desks().await;
    let made = borne(&api, &world, json!({})).await.expect(201);
    let (network, ..) = networks::active(&api, &world).await;
    assert_eq!(network["supplements"], json!(false));
    let path = format!("/networks/{}", network["id"].as_str().unwrap());
    let by = world.centre.token(Role::Coordinator);
    let patch = json!({ "supplements": true });
    let changed = api.patch(&path, &patch).by(by).version(&network).await.expect(200);
    assert_eq!(changed["supplements"], json!(true));
    let path = format!("/responsibilities/{}", made["id"].as_str().unwrap());
    let stays = api.get(&path).by(world.municipality.token(Role::Participant)).await.expect(200);
    assert_eq!((&stays["ended_on"], &stays["domain"]), (&json!(null), &json!("social_support")));
    api.get(&path).by(by).await.problem(404, "not_found");
}

#[actix_web::test]
async fn b8_one_unit_of_ones_own_is_responsible_in_each_domain() {
    let api = Api::start().await;
    let world = api.desks().await;
    let made = borne(&api, &world, json!({})).await.expect(201);
    borne(&api, &world, json!({})).await.problem(409, "responsibility_already_borne");
    let other = borne(&api, &world, json!({ "domain": "health" })).await.expect(201);
    let foreign = json!({ "domain": "relief", "responsible_unit_id": world.centre.unit });
    borne(&api, &world, foreign).await.problem(422, "responsibility_unknown_unit");
    let nobody = json!({ "domain": "relief", "person_id": Uuid::now_v7() });
    borne(&api, &world, nobody).await.problem(422, "responsibility_unknown_person");
    let by = world.municipality.token(Role::Caseworker);
    let of = format!("/responsibilities?person_id={}", world.municipality.person);
    assert_eq!(api.get(&of).by(by).await.expect(200)["items"], json!([made, other]));
    let of = format!("/responsibilities?responsible_unit_id={}", Uuid::now_v7());
    assert_eq!(api.get(&of).by(by).await.expect(200)["items"], json!([]));
}
