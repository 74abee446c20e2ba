use samspill::access::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Api, world::World};

/// Adds this room's rows to a world.
pub async fn furnish(api: &Api, world: &mut World) {
    let by = world.centre.token(Role::Coordinator).to_owned();
    let about = json!({ "referral_id": world.rows["referrals"], "person_id": world.centre.person });
    let held = talk(api, &by, &about).await;
    let clarified = clarify(api, &by, &about).await;
    world.keep("conversations", &held);
    world.keep("clarifications", &clarified);
}

fn with(about: &Value, more: &Value) -> Value {
    let mut all = about.clone();
    all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    all
}

async fn plan(api: &Api, by: &str, about: &Value) -> Value {
    let plan = with(about, &json!({ "planned_at": "2026-11-25T10:00:00+01:00", "present": ["Datteren"] }));
    api.post("/conversations", &plan).by(by).await.expect(201)
}

fn held() -> Value {
    json!({ "held_at": "2025-11-25T09:30:00Z", "present": ["Datteren"], "summary": "Hyggelig", "wishes": "Gå tur" })
}

/// Step 2 of the method: a conversation that was held.
pub async fn talk(api: &Api, by: &str, about: &Value) -> Value {
    let planned = plan(api, by, about).await;
    let at = format!("/conversations/{}/hold", planned["id"].as_str().unwrap());
    api.post(&at, &held()).by(by).version(&planned).await.expect(200)
}

fn clarification(about: &Value) -> Value {
    let what = json!({ "need": "Selskap", "wanted_offer": "Besøksvenn", "alternatives": ["Kafé"], "target_group": "inside",
                       "agreed_by_person": true, "decision": "proceed" });
    with(about, &what)
}

/// Step 3 of the method: the person wants to go on.
pub async fn clarify(api: &Api, by: &str, about: &Value) -> Value {
    api.post("/clarifications", &clarification(about)).by(by).await.expect(201)
}

/// A referral of the centre's own, submitted.
async fn referral(api: &Api, world: &World) -> Value {
    let by = world.centre.token(Role::Coordinator);
    let new = json!({ "service": "visiting_friend", "kind": "establish", "source_channel": "centre",
                      "person_id": world.centre.person, "need": "Selskap" });
    let draft = api.post("/referrals", &new).by(by).await.expect(201);
    let at = format!("/referrals/{}/submit", draft["id"].as_str().unwrap());
    api.post(&at, &json!({})).by(by).version(&draft).await.expect(200)
}

#[actix_web::test]
async fn b19_nothing_is_clarified_before_a_conversation_was_held() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Coordinator);
    let referral = referral(&api, &world).await;
    let accept = format!("/referrals/{}/accept", referral["id"].as_str().unwrap());
    let about = json!({ "referral_id": referral["id"], "person_id": world.centre.person });
    let clarified = clarification(&about);
    api.post("/clarifications", &clarified).by(by).await.problem(409, "conversation_missing");
    plan(&api, by, &about).await;
    api.post("/clarifications", &clarified).by(by).await.problem(409, "conversation_missing");
    api.post(&accept, &json!({})).by(by).version(&referral).await.problem(409, "conversation_missing");
    talk(&api, by, &about).await;
    api.post(&accept, &json!({})).by(by).version(&referral).await.problem(409, "clarification_missing");
    clarify(&api, by, &about).await;
    api.post(&accept, &json!({})).by(by).version(&referral).await.expect(200);
}

/// What comes before what is data of the method that both sides have agreed on.
#[actix_web::test]
async fn b19_by_fmb_6_nothing_is_chosen_before_three_conversations_were_held() {
    let api = Api::start().await;
    let world = api.desks().await;
    crate::agreements::agree(&api, &world, "FMB_6").await;
    let by = world.centre.token(Role::Coordinator);
    let referral = crate::referrals::push(&api, &world).await;
    let about = json!({ "referral_id": referral["id"], "person_id": world.centre.person });
    let mut unknown = with(&about, &json!({ "planned_at": "2026-11-25T09:00:00Z", "step": "choice" }));
    let refused = api.post("/conversations", &unknown).by(by).await.problem(422, "conversation_unknown_step");
    assert_eq!(refused["errors"][0]["pointer"], "/step");

    let pointers = |problem: &Value| -> Vec<String> {
        let errors = problem["errors"].as_array().unwrap().iter();
        errors.map(|flaw| flaw["pointer"].as_str().unwrap().to_owned()).collect()
    };
    let options = plan(&api, by, &with(&about, &json!({ "step": "options" }))).await;
    let hold = format!("/conversations/{}/hold", options["id"].as_str().unwrap());
    let early = api.post(&hold, &held()).by(by).version(&options).await.problem(409, "conversation_missing");
    assert_eq!(pointers(&early), ["/steps/information_meeting", "/steps/wishes"]);
    for next in ["information_meeting", "wishes"] {
        api.post("/clarifications", &clarification(&about)).by(by).await.problem(409, "conversation_missing");
        assert_eq!(talk(&api, by, &about).await["step"], next);
    }
    let refused = api.post("/clarifications", &clarification(&about)).by(by).await;
    assert_eq!(pointers(&refused.problem(409, "conversation_missing")), ["/steps/options"]);
    api.post(&hold, &held()).by(by).version(&options).await.expect(200);
    clarify(&api, by, &about).await;
    let seen = api.get(&format!("/referrals/{}", referral["id"].as_str().unwrap())).by(by).await.expect(200);
    let accept = format!("/referrals/{}/accept", seen["id"].as_str().unwrap());
    api.post(&accept, &json!({})).by(by).version(&seen).await.expect(200);

    // A referral of the centre's own goes by the usual method, which has no such step.
    unknown["referral_id"] = self::referral(&api, &world).await["id"].clone();
    unknown["step"] = json!("wishes");
    api.post("/conversations", &unknown).by(by).await.problem(422, "conversation_unknown_step");
}

/// Nor does its end; and two have one method in use together.
#[actix_web::test]
async fn b19_what_is_agreed_on_later_changes_nothing_for_what_is_under_way() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Coordinator);
    let next = async |referral: &Value| {
        let about = json!({ "referral_id": referral["id"], "person_id": world.centre.person });
        plan(&api, by, &about).await["step"].clone()
    };
    let before = crate::referrals::push(&api, &world).await;
    let fmb = crate::agreements::agree(&api, &world, "FMB_6").await;
    let during = crate::referrals::push(&api, &world).await;
    let another = crate::agreements::accepted(&api, &world, "AKTIVE_SAMMEN_5").await;
    let activate =
        async || crate::agreements::step(&api, &world.centre, &another, "activate", json!({})).await;
    activate().await.problem(409, "collaboration_agreement_already_active");
    let rests = json!({ "reason": "other" });
    crate::agreements::step(&api, &world.centre, &fmb, "suspend", rests).await.expect(200);
    activate().await.problem(409, "collaboration_agreement_already_active");
    let end = json!({ "reason": "replaced" });
    let ended = crate::agreements::step(&api, &world.centre, &fmb, "end", end).await.expect(200);
    assert!(ended["activated_at"].as_str() < ended["ended_at"].as_str(), "{ended}");
    let between = crate::referrals::push(&api, &world).await;
    activate().await.expect(200);
    let after = crate::referrals::push(&api, &world).await;
    for (referral, step) in [
        (before, "conversation"),
        (during, "information_meeting"),
        (between, "conversation"),
        (after, "conversation"),
    ] {
        assert_eq!(next(&referral).await, step);
    }
}

#[actix_web::test]
async fn nobody_talks_tomorrow_or_about_what_has_ended() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Coordinator);
    let referral = referral(&api, &world).await;
    let about = json!({ "referral_id": referral["id"], "person_id": world.centre.person });
    let planned = plan(&api, by, &about).await;
    let hold = format!("/conversations/{}/hold", planned["id"].as_str().unwrap());
    let tomorrow = with(&held(), &json!({ "held_at": "2199-01-01T10:00:00Z" }));
    api.post(&hold, &tomorrow).by(by).version(&planned).await.problem(422, "held_in_the_future");
    talk(&api, by, &about).await;
    api.sql("update referral set status = 'declined'").await;
    api.post("/clarifications", &clarification(&about)).by(by).await.problem(409, "referral_has_ended");
    let more = with(&about, &json!({ "planned_at": "2026-11-25T10:00:00Z" }));
    api.post("/conversations", &more).by(by).await.problem(409, "referral_has_ended");
}

#[actix_web::test]
async fn b20_nobody_proceeds_without_the_person_or_a_representative() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Coordinator);
    let referral = referral(&api, &world).await;
    let accept = format!("/referrals/{}/accept", referral["id"].as_str().unwrap());
    let about = json!({ "referral_id": referral["id"], "person_id": world.centre.person });
    talk(&api, by, &about).await;
    let mut what = clarification(&about);
    what["agreed_by_person"] = json!(false);
    api.post("/clarifications", &what).by(by).await.problem(422, "clarification_not_agreed");
    what["decision"] = json!("stop");
    api.post("/clarifications", &what).by(by).await.expect(201);
    api.post(&accept, &json!({})).by(by).version(&referral).await.problem(409, "clarification_missing");

    let (here, person, daughter) = (world.centre.organisation, world.centre.person, Uuid::now_v7());
    api.sql(&format!(
        "insert into person (organisation_id, id, given_name, family_name) values ('{here}', '{daughter}', 'Eva', 'Prøve');
         insert into person_link (organisation_id, person_id, related_person_id, kind, valid_from)
            values ('{here}', '{person}', '{daughter}', 'nearest_relative', '2020-01-01')"
    ))
    .await;
    what["decision"] = json!("proceed");
    what["agreed_by_id"] = json!(daughter);
    api.post("/clarifications", &what).by(by).await.problem(422, "representative_without_right");
    api.sql("update person_link set may_consent = true, valid_to = '2021-01-01'").await;
    api.post("/clarifications", &what).by(by).await.problem(422, "representative_without_right");
    api.sql("update person_link set valid_to = null").await;
    what["target_group"] = json!("outside");
    api.post("/clarifications", &what).by(by).await.expect(201);
    api.post(&accept, &json!({})).by(by).version(&referral).await.problem(409, "outside_target_group");
    what["target_group"] = json!("inside");
    let agreed = api.post("/clarifications", &what).by(by).await.expect(201);
    let at = format!("/clarifications/{}", agreed["id"].as_str().unwrap());
    assert_eq!(api.get(&at).by(by).await.expect(200), agreed);
    api.post(&accept, &json!({})).by(by).version(&referral).await.expect(200);
    let list = format!("/clarifications?referral_id={}", referral["id"].as_str().unwrap());
    assert_eq!(api.get(&list).by(by).await.expect(200)["items"].as_array().unwrap().len(), 3);
}

#[actix_web::test]
async fn create_conversation_then_change_and_hold_it() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Coordinator);
    let referral = referral(&api, &world).await;
    let about = json!({ "referral_id": referral["id"], "person_id": world.centre.person });
    let planned = plan(&api, by, &about).await;
    assert_eq!((&planned["planned_at"], &planned["held_at"]), (&json!("2026-11-25T09:00:00Z"), &Value::Null));
    let at = format!("/conversations/{}", planned["id"].as_str().unwrap());
    let moved = json!({ "place": "Biblioteket", "present": [], "interpreter": "so" });
    let moved = api.patch(&at, &moved).by(by).version(&planned).await.expect(200);
    assert_eq!((&moved["place"], &moved["present"]), (&json!("Biblioteket"), &json!([])));
    let hold = format!("{at}/hold");
    let mut nobody = held();
    nobody["present"] = json!([]);
    api.post(&hold, &nobody).by(by).version(&moved).await.problem(422, "invalid");
    let done = api.post(&hold, &held()).by(by).version(&moved).await.expect(200);
    assert_eq!(done["summary"], "Hyggelig");
    api.post(&hold, &held()).by(by).version(&done).await.problem(409, "conversation_already_held");
    let late = json!({ "place": "Et annet sted" });
    api.patch(&at, &late).by(by).version(&done).await.problem(409, "conversation_already_held");
    assert_eq!(api.get(&at).by(by).await.expect(200), done);
    let list = format!("/conversations?referral_id={}", referral["id"].as_str().unwrap());
    let own = world.centre.token(Role::Participant);
    assert_eq!(api.get(&list).by(own).await.expect(200)["items"], json!([done]), "one sees one's own");
    api.get(&at).by(world.municipality.token(Role::Coordinator)).await.problem(404, "not_found");
}

#[actix_web::test]
async fn a_conversation_is_about_the_person_of_its_referral() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Coordinator);
    let referral = referral(&api, &world).await;
    let planned = json!({ "referral_id": referral["id"], "person_id": world.municipality.person, "planned_at": "2026-11-25T10:00:00Z" });
    api.post("/conversations", &planned).by(by).await.problem(422, "referral_of_another_person");
    let planned = json!({ "referral_id": Uuid::now_v7(), "person_id": world.centre.person, "planned_at": "2026-11-25T10:00:00Z" });
    api.post("/conversations", &planned).by(by).await.problem(422, "conversation_unknown_referral");
}
