use samspill::{access::Role, jobs};
use serde_json::json;

use crate::{
    contact_forms, cooperation, exchange, logs,
    networks::{again, command, form},
    support::{Api, world::World},
};

/// Adds this room's rows to a world: another network, which has ended.
pub async fn furnish(api: &Api, world: &mut World) {
    let (network, ..) = form(api, world).await;
    let why = json!({ "reason": "goal_reached", "thanks": "Takk for alle torsdagene." });
    command(api, world, ("networks", &network, "dissolve"), &why).await.expect(200);
    let thanks = api.get("/thank-yous").by(world.centre.token(Role::Coordinator)).await.expect(200);
    world.keep("thank-yous", &thanks["items"][0]);
}

/// How many of each a caller sees of what a network has.
async fn sights(api: &Api, by: &str) -> Vec<usize> {
    let mut seen = Vec::new();
    for collection in [
        "networks",
        "contact-forms",
        "contact-form-versions",
        "log-entries",
        "network-messages",
        "unmet-need-reports",
        "guidance-requests",
    ] {
        let all = api.get(&format!("/{collection}")).by(by).await.expect(200);
        seen.push(all["items"].as_array().unwrap().len());
    }
    seen
}

#[actix_web::test]
async fn b23_an_ended_network_is_thanked_told_kept_and_out_of_sight() {
    let api = Api::start().await;
    let world = api.desks().await;
    api.house.pool.set_clock(Some("2026-11-20T10:00:00Z".parse().unwrap()));
    let (coordinator, volunteer) =
        (world.centre.token(Role::Coordinator), world.centre.token(Role::Volunteer));
    let network = exchange::told(&api, &world).await;
    exchange::agreed(&api, &world, "message").await;
    let entry = logs::write(&api, volunteer, &network, json!({})).await.expect(201);
    let message = exchange::message(&network, "Onsdag?");
    let message = api.post("/network-messages", &message).by(volunteer).await.expect(201);
    let report = cooperation::report(&api, &world, Role::Volunteer, &network, json!({})).await.expect(201);
    let about = json!({ "network_id": network["id"] });
    let asked = cooperation::ask(&api, &world, Role::Volunteer, about).await.expect(201);
    jobs::run_once(&api.house.pool).await.unwrap();
    let forms = api.get("/contact-forms").by(volunteer).await.expect(200);
    let form = forms["items"][0].clone();
    assert_eq!(sights(&api, volunteer).await, [1; 7]);

    let why = json!({ "reason": "goal_reached", "thanks": "Takk for alle torsdagene.", "thanked_on": "2026-11-20" });
    let ended = command(&api, &world, ("networks", &network, "dissolve"), &why).await.expect(200);
    // At once, without a new token.
    assert_eq!(sights(&api, volunteer).await, [0; 7]);
    for (collection, row) in [
        ("networks", &network),
        ("contact-forms", &form),
        ("log-entries", &entry),
        ("network-messages", &message),
        ("unmet-need-reports", &report),
        ("guidance-requests", &asked),
    ] {
        let path = format!("/{collection}/{}", row["id"].as_str().unwrap());
        api.get(&path).by(volunteer).await.problem(404, "not_found");
        api.get(&path).by(coordinator).await.expect(200);
    }
    assert_eq!(again(&api, &world, "contact-forms", &form).await["status"], json!("closed"));
    // The clock of its keeping runs, by a rule with a name.
    assert_eq!((&ended["ended_on"], &ended["reason"]), (&json!("2026-11-20"), &json!("goal_reached")));
    assert_eq!(
        (&ended["keep_until"], &ended["keep_rule"]),
        (&json!("2027-11-20"), &json!("NO_NETWORK_RETENTION"))
    );
    // Each volunteer is thanked in the words that staff chose, and reads them.
    let thanks = api.get("/thank-yous").by(volunteer).await.expect(200);
    let [thanks] = thanks["items"].as_array().unwrap().clone().try_into().unwrap();
    assert_eq!((&thanks["text"], &thanks["volunteer_id"]), (&why["thanks"], &json!(world.centre.volunteer)));
    let at = format!("/thank-yous/{}", thanks["id"].as_str().unwrap());
    assert_eq!(api.get(&at).by(volunteer).await.expect(200), thanks);
    let tasks = api.get("/tasks?kind=thank_volunteer").by(coordinator).await.expect(200);
    assert_eq!(tasks["items"][0]["subject_id"], thanks["id"]);
    let of = format!("/thank-yous?network_id={}", network["id"].as_str().unwrap());
    assert_eq!(api.get(&of).by(coordinator).await.expect(200)["items"], json!([thanks]));
    // The last that the municipality is told says that it is over.
    assert_eq!(jobs::run_once(&api.house.pool).await.unwrap().sent, 1);
    let of = format!("/deliveries?kind=contact_form&network_id={}", network["id"].as_str().unwrap());
    let told = api.get(&of).by(world.municipality.token(Role::Caseworker)).await.expect(200);
    let last = told["items"].as_array().unwrap().last().unwrap().clone();
    let last = format!("/deliveries/{}", last["id"].as_str().unwrap());
    let last = api.get(&last).by(world.municipality.token(Role::UnitContact)).await.expect(200);
    let expected = json!({ "network": { "id": network["id"], "shape": "visiting_friend", "ended_on": "2026-11-20", "reason": "goal_reached" } });
    assert_eq!(last["payload"], expected);
}

#[actix_web::test]
async fn b23_whose_consent_has_ended_of_them_the_end_is_not_told() {
    let api = Api::start().await;
    let world = api.desks().await;
    let network = exchange::told(&api, &world).await;
    api.sql("select set_config('app.organisation', organisation_id::text, false) from consent where side = 'sent';
             update consent set status = 'withdrawn' where side = 'sent'")
        .await;
    let why = json!({ "reason": "wish" });
    command(&api, &world, ("networks", &network, "dissolve"), &why).await.expect(200);
    let report = jobs::run_once(&api.house.pool).await.unwrap();
    assert_eq!((report.sent, report.blocked), (0, 1));
    // Nobody is thanked in words that nobody chose; and a form that was never sent has no end to tell.
    let by = world.centre.token(Role::Coordinator);
    assert_eq!(api.get("/thank-yous").by(by).await.expect(200)["items"], json!([]));
    let (other, ..) = form(&api, &world).await;
    contact_forms::open(&api, &world, &other).await;
    command(&api, &world, ("networks", &other, "dissolve"), &why).await.expect(200);
    assert_eq!(api.lines("select id::text as line from disclosure where status = 'queued'").await, [""; 0]);
}
