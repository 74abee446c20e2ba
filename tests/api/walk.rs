//! What goes through several rooms: a consent that is given again.

use samspill::access::{Purpose, Role, post};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    contact_forms::{open, revision},
    networks::{active, again, command},
    support::{Api, world::World},
};

/// A consent to tell the municipality of each version of the form, drafted, presented and given by the person.
async fn consent(api: &Api, world: &World) -> Value {
    let by = world.centre.token(Role::Coordinator);
    let new = json!({
        "subject_id": world.centre.person, "counterpart_organisation_id": world.municipality.organisation,
        "purpose": "contact form", "kinds": ["contact_form"], "categories": ["name", "activities"],
        "includes_updates": true, "valid_from": "2026-01-01T00:00:00Z", "valid_to": "2030-01-01T00:00:00Z",
    });
    let drafted = api.post("/consents", &new).by(by).await.expect(201);
    let text = json!({ "text_code": "contact_form", "text_version": "1", "text_language": "nb", "text_form": "plain" });
    command(api, world, ("consents", &drafted, "present"), &text).await.expect(200);
    let given =
        json!({ "given_by_id": world.centre.person, "capacity_basis": "self", "method": "wet_signature" });
    command(api, world, ("consents", &drafted, "give"), &given).await.expect(200)
}

/// Sends what waits, as the worker does, and acknowledges it, as the municipality's system does.
async fn deliver(api: &Api, world: &World) {
    let desk = world.centre.organisation;
    for id in api.lines("select id::text as line from disclosure where status = 'queued' order by id").await {
        let id: Uuid = id.parse().unwrap();
        let sent = api.house.pool.system(Purpose::Dispatch, async |db| post::dispatch(db, desk, id).await);
        assert_eq!(sent.await.unwrap(), "sent");
        let by = world.municipality.token(Role::Integration);
        let delivery = api.get(&format!("/deliveries/{id}")).by(by).await.expect(200);
        let acknowledge = api.post(&format!("/deliveries/{id}/acknowledge"), &json!({}));
        acknowledge.by(by).version(&delivery).await.expect(200);
    }
}

async fn revise(api: &Api, world: &World, form: &Value, activity: &str) {
    let now = again(api, world, "contact-forms", form).await;
    let by = world.centre.token(Role::Coordinator);
    api.post("/contact-form-versions", &revision(&now, activity)).by(by).await.expect(201);
}

#[actix_web::test]
async fn b11_granting_again_sends_the_latest_version_only() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (network, ..) = active(&api, &world).await;
    let form = open(&api, &world, &network).await;
    let given = consent(&api, &world).await;
    command(&api, &world, ("contact-forms", &form, "activate"), &json!({})).await.expect(200);
    revise(&api, &world, &form, "Kino").await;
    deliver(&api, &world).await;
    command(&api, &world, ("consents", &given, "withdraw"), &json!({})).await.expect(200);
    revise(&api, &world, &form, "Kafé").await;
    revise(&api, &world, &form, "Bingo").await;
    let stand = "select concat_ws(' ', number, status, blocked_reason) as line from disclosure order by id";
    let blocked = ["1 received", "2 received", "3 blocked no_consent", "4 blocked no_consent"];
    assert_eq!(api.lines(stand).await, blocked);

    consent(&api, &world).await;
    deliver(&api, &world).await;
    let known = "select number::text as line from delivery where status = 'received' order by id";
    assert_eq!(api.lines(known).await, ["1", "2", "4"]);
    let latest = "select payload -> 'activities' ->> -1 as line from delivery where number = 4";
    assert_eq!(api.lines(latest).await, ["Bingo"]);
}
