use actix_web::http::Method;
use samspill::{
    access::{Actor, Role},
    jobs,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    contact_forms, disclosures,
    networks::{active, command},
    support::{
        Answer, Api,
        crossing::{Draft, VALID},
        world::World,
    },
};

/// Adds this room's rows to a world.
pub async fn furnish(api: &Api, world: &mut World) {
    let network = json!({ "id": world.rows["networks"] });
    for kind in ["message", "change"] {
        api.consent_to_news(&world.centre, &world.municipality, kind).await;
    }
    let by = world.centre.token(Role::Coordinator);
    let mut new = message(&network, "Turen er på onsdag.");
    new["person_id"] = json!(world.centre.person);
    let message = api.post("/network-messages", &new).by(by).await.expect(201);
    let mut new = change(&network, "needs_changed");
    new["person_id"] = json!(world.centre.person);
    let change = api.post("/network-changes", &new).by(by).await.expect(201);
    world.keep("network-messages", &message);
    world.keep("network-changes", &change);
}

pub fn message(network: &Value, text: &str) -> Value {
    json!({ "network_id": network["id"], "text": text })
}

fn change(network: &Value, kind: &str) -> Value {
    json!({ "network_id": network["id"], "kind": kind, "from_on": "2026-11-20", "to_on": "2026-11-27" })
}

/// An active network whose contact form the municipality was sent, for the unit that it names; nothing else may be told yet.
pub async fn told(api: &Api, world: &World) -> Value {
    let (network, ..) = active(api, world).await;
    send_form(api, world, &network).await;
    network
}

async fn send_form(api: &Api, world: &World, network: &Value) {
    let form = contact_forms::open(api, world, network).await;
    let parties = (world.centre.organisation, world.centre.person, world.municipality.organisation);
    api.consent_to((parties.0, parties.1), parties.2, VALID, ("contact_form", "name,network")).await;
    command(api, world, ("contact-forms", &form, "activate"), &json!({})).await.expect(200);
    jobs::run_once(&api.house.pool).await.unwrap();
}

/// Both sides may tell each other this.
pub async fn agreed(api: &Api, world: &World, kind: &str) {
    api.consent_to_news(&world.centre, &world.municipality, kind).await;
    api.consent_to_news(&world.municipality, &world.centre, kind).await;
}

async fn texts(api: &Api, by: &str, network: &Value) -> Vec<Value> {
    let path = format!("/network-messages?network_id={}", network["id"].as_str().unwrap());
    let found = api.get(&path).by(by).await.expect(200);
    found["items"].as_array().unwrap().iter().map(|it| it["text"].clone()).collect()
}

async fn tasks(api: &Api, by: &str, kind: &str) -> Vec<Value> {
    let found = api.get(&format!("/tasks?kind={kind}")).by(by).await.expect(200);
    found["items"].as_array().unwrap().clone()
}

/// A contact person of another unit of the municipality.
async fn of_another_unit(api: &Api, world: &World) -> String {
    let [account, membership, unit] = [(); 3].map(|()| Uuid::now_v7());
    let organisation = world.municipality.organisation;
    api.sql(&format!(
        "insert into unit (organisation_id, id, name, function) values ('{organisation}', '{unit}', 'Demensteam', 'dementia');
         insert into account (id, kind, name) values ('{account}', 'person', 'Other');
         insert into membership (organisation_id, id, account_id, name, role, unit_id)
            values ('{organisation}', '{membership}', '{account}', 'Other', 'unit_contact', '{unit}')"
    ))
    .await;
    let role = Role::UnitContact;
    let actor = Actor { account, organisation, membership, role, session: None, scope: None };
    api.house.tokens.issue(&actor).unwrap()
}

#[actix_web::test]
async fn b12_both_sides_see_the_thread_and_another_unit_does_not() {
    let api = Api::start().await;
    let world = api.desks().await;
    let network = told(&api, &world).await;
    let coordinator = world.centre.token(Role::Coordinator);
    let volunteer = world.centre.token(Role::Volunteer);
    let contact = world.municipality.token(Role::UnitContact);
    let other = of_another_unit(&api, &world).await;
    let write = async |by: &str, text: &str| -> Answer {
        let mut new = message(&network, text);
        if by == contact || by == other {
            new["person_id"] = json!(world.municipality.person);
        }
        let answer = api.post("/network-messages", &new).by(by).await;
        jobs::run_once(&api.house.pool).await.unwrap();
        answer
    };
    // Without consent to messages the gate lets none out, on neither side.
    for by in [coordinator, volunteer, contact] {
        write(by, "Nei").await.problem(422, "consent_required");
    }
    agreed(&api, &world, "message").await;
    let first = write(coordinator, "Kan vi flytte turen?").await.expect(201);
    let second = write(contact, "Gjerne til onsdag.").await.expect(201);
    write(volunteer, "Onsdag er fint.").await.expect(201);
    write(&other, "Hva?").await.problem(422, "network_message_unknown_network");
    let thread = ["Kan vi flytte turen?", "Gjerne til onsdag.", "Onsdag er fint."];
    for by in [coordinator, volunteer, contact, world.municipality.token(Role::Caseworker)] {
        assert_eq!(texts(&api, by, &network).await, thread);
    }
    assert_eq!(texts(&api, &other, &network).await, [Value::Null; 0]);
    for it in [&first, &second] {
        let path = format!("/network-messages/{}", it["id"].as_str().unwrap());
        api.get(&path).by(&other).await.problem(404, "not_found");
        let (here, there) = (api.get(&path).by(contact).await, api.get(&path).by(coordinator).await);
        let (here, there) = (here.expect(200), there.expect(200));
        assert_eq!((&here["text"], &here["author_role"]), (&there["text"], &there["author_role"]));
        assert_ne!(here["side"], there["side"]);
    }
    // Each of the looks is written down, and each side has its task.
    let reads = format!(
        "select acting_role as line from audit where verb = 'read' and table_name = 'network_message' and row_id = '{}'
            and organisation_id = '{}' and acting_role = 'unit_contact'",
        first["id"].as_str().unwrap(),
        world.municipality.organisation
    );
    assert_eq!(api.lines(&reads).await, ["unit_contact"; 2]);
    let [task] = tasks(&api, coordinator, "network_message_received").await.try_into().unwrap();
    assert_eq!(task["subject_id"], second["id"]);
    let caseworker = world.municipality.token(Role::Caseworker);
    assert_eq!(tasks(&api, caseworker, "network_message_received").await.len(), 2);
    // What was sent once and comes again is one message.
    let delivery = format!(
        "select id::text as line from delivery where payload -> 'message' ->> 'id' = '{}'",
        first["id"].as_str().unwrap()
    );
    let delivery = api.lines(&delivery).await.pop().unwrap();
    disclosures::command(&api, caseworker, &format!("/deliveries/{delivery}/acknowledge"), &json!({}))
        .await
        .expect(200);
    assert_eq!(texts(&api, contact, &network).await, thread);
}

#[actix_web::test]
async fn b12_whoever_was_told_of_nothing_writes_nothing() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (network, ..) = active(&api, &world).await;
    agreed(&api, &world, "message").await;
    let caseworker = world.municipality.token(Role::Caseworker);
    let mut new = message(&network, "Hei");
    new["person_id"] = json!(world.municipality.person);
    api.post("/network-messages", &new).by(caseworker).await.problem(422, "network_message_unknown_network");
    let mut change = change(&network, "moved");
    change["person_id"] = json!(world.municipality.person);
    api.post("/network-changes", &change).by(caseworker).await.problem(422, "network_change_unknown_network");
    // Nor does a disclosure that is made up get into the thread of a network that its recipient has told nobody of.
    let id = network["id"].as_str().unwrap();
    let consent = api.consent_to_news(&world.municipality, &world.centre, "message").await;
    let payload = json!({ "message": { "id": Uuid::now_v7(), "network_id": id, "author_role": "caseworker",
                                       "text": "Hei", "written_at": "2026-11-20T10:00:00Z" } });
    let draft = Draft { payload, ..Draft::new(&world.municipality, &world.centre, "message", Some(consent)) };
    let made_up = api.lay_out(world.municipality.organisation, &draft).await;
    api.sql(&format!("alter table disclosure disable trigger gate; update disclosure set network_id = '{id}'; alter table disclosure enable trigger gate")).await;
    jobs::run_once(&api.house.pool).await.unwrap();
    assert_eq!(api.both_sides(made_up).await, ["sent", "sent"]);
    assert_eq!(texts(&api, world.centre.token(Role::Coordinator), &network).await, [Value::Null; 0]);
    // And at the municipality somebody has to be named who is known there.
    send_form(&api, &world, &network).await;
    let unnamed = api.post("/network-messages", &message(&network, "Hei")).by(caseworker).await;
    unnamed.problem(422, "person_missing");
    let mut stranger = message(&network, "Hei");
    stranger["person_id"] = json!(Uuid::now_v7());
    api.post("/network-messages", &stranger)
        .by(caseworker)
        .await
        .problem(422, "network_message_unknown_person");
    let coordinator = world.centre.token(Role::Coordinator);
    let refused = api.post("/network-messages", &stranger).by(coordinator).await;
    refused.problem(422, "network_participant_unknown_person");
}

#[actix_web::test]
async fn b17_a_hospital_stay_reaches_the_coordinator_without_diagnosis() {
    let api = Api::start().await;
    let world = api.desks().await;
    let network = told(&api, &world).await;
    let home_care = world.municipality.token(Role::UnitContact);
    let coordinator = world.centre.token(Role::Coordinator);
    let mut new = change(&network, "hospital_stay");
    new["person_id"] = json!(world.municipality.person);
    api.post("/network-changes", &new).by(home_care).await.problem(422, "consent_required");
    agreed(&api, &world, "change").await;
    // There is no place for a diagnosis.
    for (field, word) in [("diagnosis", "F00"), ("text", "lårhalsbrudd"), ("note", "F00")] {
        let mut told = new.clone();
        told[field] = json!(word);
        let refused = api.post("/network-changes", &told).by(home_care).await.problem(422, "invalid");
        assert_eq!(refused["errors"][0]["code"], json!("unknown_field"));
    }
    let mut backwards = new.clone();
    backwards["to_on"] = json!("2026-11-19");
    let refused = api.post("/network-changes", &backwards).by(home_care).await;
    refused.problem(422, "network_change_ends_before_it_starts");
    let mut ahead = new.clone();
    (ahead["kind"], ahead["from_on"], ahead["to_on"]) = (json!("deceased"), json!("2199-01-01"), json!(null));
    let refused = api.post("/network-changes", &ahead).by(home_care).await.problem(422, "invalid");
    assert_eq!(
        refused["errors"][0],
        json!({ "pointer": "/from_on", "code": "in_the_future", "detail": refused["errors"][0]["detail"] })
    );
    let mut stranger = new.clone();
    stranger["person_id"] = json!(Uuid::now_v7());
    let refused = api.post("/network-changes", &stranger).by(home_care).await;
    refused.problem(422, "network_change_unknown_person");
    let reported = api.post("/network-changes", &new).by(home_care).await.expect(201);
    jobs::run_once(&api.house.pool).await.unwrap();
    let [task] = tasks(&api, coordinator, "network_change_received").await.try_into().unwrap();
    assert_eq!(task["subject_id"], reported["id"]);
    let path = format!("/network-changes/{}", reported["id"].as_str().unwrap());
    let heard = api.get(&path).by(coordinator).await.expect(200);
    assert_eq!(
        (&heard["kind"], &heard["from_on"], &heard["to_on"]),
        (&json!("hospital_stay"), &json!("2026-11-20"), &json!("2026-11-27"))
    );
    assert_eq!((&heard["person_id"], &heard["side"]), (&json!(world.centre.person), &json!("received")));
    let events = format!(
        "select organisation_id::text as line from event where name = 'network_change.received' and subject_id = '{}'",
        reported["id"].as_str().unwrap()
    );
    assert_eq!(api.lines(&events).await, [world.centre.organisation.to_string()]);
    // The other way, too: and under a section of law as well as under a consent.
    api.sql("update consent set status = 'withdrawn' where kinds = '{change}' and side = 'sent'").await;
    api.post("/network-changes", &change(&network, "back_home"))
        .by(coordinator)
        .await
        .problem(422, "consent_required");
    let parties = (world.centre.organisation, world.centre.person, world.municipality.organisation);
    let basis = api.basis("legal_basis", parties, VALID).await;
    api.sql(&format!(
        "alter table legal_basis disable trigger life;
         update legal_basis set kinds = '{{change}}', categories = '{{change}}', created_at = now() + interval '1 hour' where id = '{basis}';
         alter table legal_basis enable trigger life"
    ))
    .await;
    let back =
        api.call(Method::POST, "/network-changes").json(&change(&network, "back_home")).by(coordinator);
    let back = back.header("Idempotency-Key", "back-home").await.expect(201);
    jobs::run_once(&api.house.pool).await.unwrap();
    let path = format!("/network-changes/{}", back["id"].as_str().unwrap());
    assert_eq!(api.get(&path).by(home_care).await.expect(200)["kind"], json!("back_home"));
    let of = format!("/network-changes?network_id={}", network["id"].as_str().unwrap());
    for by in [home_care, coordinator] {
        let all = api.get(&of).by(by).await.expect(200);
        let kinds: Vec<_> = all["items"].as_array().unwrap().iter().map(|it| &it["kind"]).collect();
        assert_eq!(kinds, ["hospital_stay", "back_home"]);
    }
    api.get(&path).by(&of_another_unit(&api, &world).await).await.problem(404, "not_found");
}

/// Of two in a network the municipality knows the one by its own record and the other by another: each desk's persons, and
/// the deliveries of their forms.
async fn two_told(api: &Api, world: &mut World) -> (Value, [(Uuid, Uuid, String); 2]) {
    let (network, ..) = active(api, world).await;
    let person = async |by: &str| -> Uuid {
        let new = json!({ "given_name": "Eva", "family_name": "Prøve" });
        let made = api.post("/persons", &new).by(by).await.expect(201);
        made["id"].as_str().unwrap().parse().unwrap()
    };
    let first = (world.centre.person, world.municipality.person);
    let coordinator = world.centre.token(Role::Coordinator);
    let second = (person(coordinator).await, person(world.municipality.token(Role::Caseworker)).await);
    let part = json!({ "network_id": network["id"], "person_id": second.0 });
    api.post("/network-participants", &part).by(coordinator).await.expect(201);
    let mut both = Vec::new();
    for (here, there) in [first, second] {
        (world.centre.person, world.municipality.person) = (here, there);
        send_form(api, world, &network).await;
        agreed(api, world, "change").await;
        let delivery = format!("select id::text as line from disclosure where subject_id = '{here}'");
        both.push((here, there, api.lines(&delivery).await.pop().unwrap()));
    }
    (world.centre.person, world.municipality.person) = first;
    (network, both.try_into().unwrap())
}

#[actix_web::test]
async fn b17_of_two_in_a_network_a_change_is_about_the_one_it_names() {
    let api = Api::start().await;
    let mut world = api.desks().await;
    let (network, both) = two_told(&api, &mut world).await;
    let (caseworker, coordinator) =
        (world.municipality.token(Role::Caseworker), world.centre.token(Role::Coordinator));
    let tell = async |person: Option<Uuid>, delivery: Option<&str>| -> Answer {
        let mut new = change(&network, "hospital_stay");
        (new["person_id"], new["delivery_id"]) = (json!(person), json!(delivery));
        let answer = api.post("/network-changes", &new).by(caseworker).await;
        jobs::run_once(&api.house.pool).await.unwrap();
        answer
    };
    let heard_of = async |told: Value| {
        let path = format!("/network-changes/{}", told["id"].as_str().unwrap());
        api.get(&path).by(coordinator).await.expect(200)["person_id"].clone()
    };
    // Nothing but a delivery says whose a form is if nobody was referred.
    let [(ada, their_ada, of_ada), (eva, their_eva, of_eva)] = &both;
    tell(None, None).await.problem(422, "person_missing");
    tell(Some(*their_eva), None).await.problem(422, "delivery_missing");
    let unknown = tell(Some(*their_eva), Some(&Uuid::now_v7().to_string())).await;
    unknown.problem(422, "network_change_unknown_network");
    for (person, there, delivery) in &both {
        let told = tell(Some(*there), Some(delivery)).await.expect(201);
        assert_eq!(heard_of(told).await, json!(person));
    }
    // Whom both were referred, their referrals tell.
    for (here, there, delivery) in &both {
        api.sql(&format!(
            "set session_replication_role = replica;
             with sent as (insert into referral (organisation_id, side, counterpart_organisation_id, service, kind, source_channel, person_id, status)
                values ('{m}', 'sent', '{c}', 'visiting_friend', 'establish', 'municipality', '{there}', 'accepted') returning id),
                received as (insert into referral (organisation_id, id, side, counterpart_organisation_id, service, kind, source_channel, person_id, status)
                select '{c}', id, 'received', '{m}', 'visiting_friend', 'establish', 'municipality', '{here}', 'accepted' from sent),
                told as (update disclosure set referral_id = (select id from sent) where id = '{delivery}')
             update delivery set referral_id = (select id from sent) where id = '{delivery}'",
            m = world.municipality.organisation,
            c = world.centre.organisation,
        ))
        .await;
    }
    for (here, there) in [(ada, their_ada), (eva, their_eva)] {
        assert_eq!(heard_of(tell(Some(*there), None).await.expect(201)).await, json!(here));
    }
    let nobody = tell(Some(Uuid::now_v7()), None).await;
    nobody.problem(422, "network_participant_unknown_person");
    // Of one who has left, nothing more is told; of the other it is.
    let of = format!("/network-participants?network_id={}", network["id"].as_str().unwrap());
    let parts = api.get(&of).by(coordinator).await.expect(200);
    let part = parts["items"].as_array().unwrap().iter().find(|it| it["person_id"] == json!(ada)).unwrap();
    command(&api, &world, ("network-participants", part, "leave"), &json!({})).await.expect(200);
    jobs::run_once(&api.house.pool).await.unwrap();
    tell(Some(*their_ada), None).await.problem(409, "network_has_ended");
    tell(Some(*their_ada), Some(of_ada)).await.problem(409, "network_has_ended");
    tell(Some(*their_ada), Some(of_eva)).await.problem(422, "network_participant_unknown_person");
    assert_eq!(heard_of(tell(None, None).await.expect(201)).await, json!(eva));
}

#[actix_web::test]
async fn b12_nobody_writes_to_a_network_of_whose_end_they_were_told() {
    let api = Api::start().await;
    let world = api.desks().await;
    let network = told(&api, &world).await;
    for kind in ["message", "change"] {
        agreed(&api, &world, kind).await;
    }
    let coordinator = world.centre.token(Role::Coordinator);
    let [contact, caseworker] =
        [Role::UnitContact, Role::Caseworker].map(|role| world.municipality.token(role));
    let write = async |by: &str, collection: &str, mut new: Value| {
        new["person_id"] = json!(world.municipality.person);
        let answer = api.post(&format!("/{collection}"), &new).by(by).await;
        jobs::run_once(&api.house.pool).await.unwrap();
        answer
    };
    let refuses = async || {
        for by in [contact, caseworker] {
            let refused = write(by, "network-messages", message(&network, "Nei")).await;
            refused.problem(409, "network_has_ended");
            let refused = write(by, "network-changes", change(&network, "moved")).await;
            refused.problem(409, "network_has_ended");
        }
    };
    // For one who leaves it is over too, until they come back.
    let of = format!("/network-participants?network_id={}", network["id"].as_str().unwrap());
    let part = api.get(&of).by(coordinator).await.expect(200)["items"][0].clone();
    command(&api, &world, ("network-participants", &part, "leave"), &json!({})).await.expect(200);
    jobs::run_once(&api.house.pool).await.unwrap();
    refuses().await;
    let back = json!({ "network_id": network["id"], "person_id": world.centre.person });
    api.post("/network-participants", &back).by(coordinator).await.expect(201);
    let form = contact_forms::open(&api, &world, &network).await;
    command(&api, &world, ("contact-forms", &form, "activate"), &json!({})).await.expect(200);
    jobs::run_once(&api.house.pool).await.unwrap();
    write(contact, "network-messages", message(&network, "Velkommen igjen!")).await.expect(201);

    // Before the end is told nobody knows of it there, and what they write is heard.
    command(&api, &world, ("networks", &network, "dissolve"), &json!({ "reason": "wish" })).await.expect(200);
    write(contact, "network-messages", message(&network, "Ble det tur?")).await.expect(201);
    assert_eq!(texts(&api, coordinator, &network).await, ["Velkommen igjen!", "Ble det tur?"]);
    refuses().await;
    let own = api.post("/network-messages", &message(&network, "Nei")).by(coordinator).await;
    own.problem(409, "illegal_move");
}
