use samspill::access::Role;
use serde_json::json;

use crate::{
    disclosures::command,
    support::{Api, world::World},
};

/// Adds this room's rows to a world.
pub async fn furnish(api: &Api, world: &mut World) {
    let id = api.delivered(&world.centre, &world.municipality, "contact_form").await;
    let reject = format!("/deliveries/{id}/reject");
    let recipient = world.municipality.token(Role::Caseworker);
    command(api, recipient, &reject, &json!({ "reason": "duplicate" })).await.expect(200);
    let by = world.centre.token(Role::Coordinator);
    let tasks = api.get("/tasks?kind=disclosure_rejected").by(by).await.expect(200);
    world.keep("tasks", &tasks["items"][0]);
}

#[actix_web::test]
async fn reject_delivery_leaves_a_task_at_the_senders_desk() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (sender, recipient) =
        (world.centre.token(Role::Coordinator), world.municipality.token(Role::Caseworker));
    let id = api.delivered(&world.centre, &world.municipality, "contact_form").await;
    let reject = format!("/deliveries/{id}/reject");
    command(&api, recipient, &reject, &json!({ "reason": "i do not like it" })).await.problem(422, "invalid");
    let rejected =
        command(&api, recipient, &reject, &json!({ "reason": "wrong_recipient" })).await.expect(200);
    assert_eq!((&rejected["status"], &rejected["reason"]), (&json!("rejected"), &json!("wrong_recipient")));
    let told = api.get(&format!("/disclosures/{id}")).by(sender).await.expect(200);
    assert_eq!((&told["status"], &told["reason"]), (&json!("rejected"), &json!("wrong_recipient")));
    assert_eq!(api.get("/tasks").by(recipient).await.expect(200)["items"], json!([]));

    let tasks = api.get("/tasks").by(sender).await.expect(200)["items"].clone();
    assert_eq!(tasks.as_array().unwrap().len(), 1);
    assert_eq!((&tasks[0]["kind"], &tasks[0]["subject_id"]), (&json!("disclosure_rejected"), &json!(id)));
    let path = format!("/tasks/{}", tasks[0]["id"].as_str().unwrap());
    assert_eq!(api.get(&path).by(sender).await.expect(200), tasks[0]);
    api.get(&path).by(recipient).await.problem(404, "not_found");
    let done = command(&api, sender, &format!("{path}/done"), &json!({})).await.expect(200);
    assert_ne!(done["done_at"], json!(null));
    command(&api, sender, &format!("{path}/done"), &json!({})).await.problem(409, "illegal_move");
    assert_eq!(api.get("/tasks").by(sender).await.expect(200)["items"], json!([]));

    let row = api.get(&format!("/deliveries/{id}")).by(recipient).await.expect(200);
    api.delete(&format!("/deliveries/{id}")).by(recipient).version(&row).await.expect(204);
}
