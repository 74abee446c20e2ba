use samspill::access::Role;
use serde_json::json;

use crate::support::{Api, world::World};

/// Adds this room's rows to a world.
pub async fn furnish(api: &Api, world: &mut World) {
    let by = world.centre.token(Role::Coordinator).to_owned();
    let of = world.centre.volunteer;
    for topic in ["consent_capacity", "confidentiality"] {
        let briefing = json!({ "volunteer_id": of, "topic": topic, "held_on": "2026-01-10" });
        let briefing = api.post("/briefings", &briefing).by(&by).await.expect(201);
        world.keep("briefings", &briefing);
    }
    let declaration = json!({ "volunteer_id": of, "template_version": "NO-2026-1", "language": "nb",
                              "briefed_on": "2026-01-10", "signed_on": "2026-01-10" });
    let declaration = api.post("/confidentiality-declarations", &declaration).by(&by).await.expect(201);
    world.keep("confidentiality-declarations", &declaration);
}

#[actix_web::test]
async fn create_volunteer_then_change_and_find_it() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Coordinator);
    let new = json!({ "name": " Frida\u{a0}Frivillig ", "phone": "41000000" });
    let made = api.post("/volunteers", &new).by(by).header("Idempotency-Key", "a").await;
    let made_at = made.header("Location").unwrap().to_owned();
    let made = made.expect(201);
    assert_eq!((&made["name"], &made["status"]), (&json!("Frida\u{a0}Frivillig"), &json!("available")));

    let again = api.post("/volunteers", &new).by(by).header("Idempotency-Key", "a").await;
    assert_eq!(again.header("Idempotency-Replayed"), Some("true"));
    assert_eq!(again.expect(201), made);
    let other = json!({ "name": "Other" });
    let reused = api.post("/volunteers", &other).by(by).header("Idempotency-Key", "a");
    reused.await.problem(422, "idempotency_key_reused");

    let patch = json!({ "status": "paused", "phone": null });
    let changed = api.patch(&made_at, &patch).by(by).version(&made).await.expect(200);
    assert_eq!((&changed["status"], &changed["phone"]), (&json!("paused"), &json!(null)));
    api.patch(&made_at, &patch).by(by).version(&made).await.problem(412, "stale");
    api.patch(&made_at, &json!({})).by(by).version(&changed).await.problem(422, "nothing_to_change");
    api.patch(&made_at, &patch).by(by).await.problem(428, "if_match_required");
    assert_eq!(api.get(&made_at).by(by).await.expect(200), changed);
    let paused = api.get("/volunteers?status=paused").by(by).await.expect(200);
    assert_eq!(paused["items"], json!([changed]));
    api.get("/volunteers?stauts=paused").by(by).await.problem(400, "bad_parameter");
}

#[actix_web::test]
async fn a_volunteer_sees_only_themselves() {
    let api = Api::start().await;
    let world = api.desks().await;
    let other = json!({ "name": "Somebody else" });
    api.post("/volunteers", &other).by(world.centre.token(Role::Coordinator)).await.expect(201);
    let seen = api.get("/volunteers").by(world.centre.token(Role::Volunteer)).await.expect(200);
    let seen: Vec<_> = seen["items"].as_array().unwrap().iter().map(|it| it["id"].clone()).collect();
    assert_eq!(seen, [json!(world.centre.volunteer)]);
}
