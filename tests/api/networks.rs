use samspill::access::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{
    Api,
    world::{Desk, World},
};

/// Adds this room's rows to a world: a network with a participant and a volunteer who is its contact.
pub async fn furnish(api: &Api, world: &mut World) {
    let (network, participant, volunteer) = form(api, world).await;
    world.keep("networks", &network);
    world.keep("network-participants", &participant);
    world.keep("network-volunteers", &volunteer);
}

/// A network that is forming, of the centre's person and the centre's volunteer.
pub async fn form(api: &Api, world: &World) -> (Value, Value, Value) {
    let by = world.centre.token(Role::Coordinator);
    let new = json!({ "name": "Tur på torsdag", "shape": "visiting_friend", "pattern": "Torsdager" });
    let network = api.post("/networks", &new).by(by).await.expect(201);
    let new = json!({ "network_id": network["id"], "person_id": world.centre.person });
    let participant = api.post("/network-participants", &new).by(by).await.expect(201);
    let volunteer = join(api, world, &network, &json!(world.centre.volunteer), true).await.expect(201);
    (again(api, world, "networks", &network).await, participant, volunteer)
}

pub async fn join(
    api: &Api,
    world: &World,
    network: &Value,
    volunteer: &Value,
    contact: bool,
) -> crate::support::Answer {
    let new =
        json!({ "network_id": network["id"], "volunteer_id": volunteer, "is_network_contact": contact });
    api.post("/network-volunteers", &new).by(world.centre.token(Role::Coordinator)).await
}

/// A row of a collection, as it is now.
pub async fn again(api: &Api, world: &World, collection: &str, row: &Value) -> Value {
    let path = format!("/{collection}/{}", row["id"].as_str().unwrap());
    api.get(&path).by(world.centre.token(Role::Coordinator)).await.expect(200)
}

/// A command of the coordinator, on the row as it is now.
pub async fn command(
    api: &Api,
    world: &World,
    path: (&str, &Value, &str),
    body: &Value,
) -> crate::support::Answer {
    let (collection, row, verb) = path;
    let row = again(api, world, collection, row).await;
    let path = format!("/{collection}/{}/{verb}", row["id"].as_str().unwrap());
    api.post(&path, body).by(world.centre.token(Role::Coordinator)).version(&row).await
}

/// Both briefings and the declaration, or only some of it.
pub async fn prepare(api: &Api, world: &World, volunteer: &Value, topics: &[&str], declares: bool) {
    let by = world.centre.token(Role::Coordinator);
    for topic in topics {
        let briefing = json!({ "volunteer_id": volunteer, "topic": topic, "held_on": "2026-01-10" });
        api.post("/briefings", &briefing).by(by).await.expect(201);
    }
    if declares {
        let declaration = json!({ "volunteer_id": volunteer, "template_version": "NO-2026-1", "language": "nb",
                                  "briefed_on": "2026-01-10", "signed_on": "2026-01-10" });
        api.post("/confidentiality-declarations", &declaration).by(by).await.expect(201);
    }
}

pub const BOTH: [&str; 2] = ["consent_capacity", "confidentiality"];

/// An active network of the centre's person and volunteer.
pub async fn active(api: &Api, world: &World) -> (Value, Value, Value) {
    let (network, participant, volunteer) = form(api, world).await;
    prepare(api, world, &json!(world.centre.volunteer), &BOTH, true).await;
    let network = command(api, world, ("networks", &network, "activate"), &json!({})).await.expect(200);
    (network, participant, volunteer)
}

/// The statement that makes an active network of a referral, around the desk's person.
pub fn around(desk: &Desk, referral: &Value) -> String {
    let (organisation, person, referral) = (desk.organisation, desk.person, referral["id"].as_str().unwrap());
    format!(
        "with made as (insert into network (organisation_id, referral_id, name, shape, status)
             values ('{organisation}', '{referral}', 'N', 'other', 'active') returning id)
         insert into network_participant (organisation_id, network_id, person_id) select '{organisation}', id, '{person}' from made;"
    )
}

async fn volunteer(api: &Api, world: &World) -> Value {
    let by = world.centre.token(Role::Coordinator);
    api.post("/volunteers", &json!({ "name": "Vidar" })).by(by).await.expect(201)["id"].clone()
}

#[actix_web::test]
async fn b21_whoever_has_formed_a_network_for_what_came_to_nothing_is_asked_about_it() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Coordinator);
    let referral = crate::referrals::push(&api, &world).await;
    let new = json!({ "name": "Tur", "shape": "visiting_friend", "referral_id": referral["id"] });
    let network = api.post("/networks", &new).by(by).await.expect(201);
    let tasks = async || {
        let open = api.get("/tasks?kind=network_without_referral").by(by).await.expect(200);
        open["items"].as_array().unwrap().iter().map(|it| it["subject_id"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(tasks().await, [json!(null); 0]);
    let path = format!("/referrals/{}", referral["id"].as_str().unwrap());
    let sender = world.municipality.token(Role::Caseworker);
    let seen = api.get(&path).by(sender).await.expect(200);
    api.post(&format!("{path}/withdraw"), &json!({})).by(sender).version(&seen).await.expect(200);
    assert_eq!(tasks().await, [network["id"].clone()]);
    let why = json!({ "reason": "wish" });
    command(&api, &world, ("networks", &network, "dissolve"), &why).await.expect(200);
    assert_eq!(tasks().await, [json!(null); 0]);
}

#[actix_web::test]
async fn b21_a_network_is_active_for_what_was_accepted_and_the_referral_begins_with_its_person_in_it() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Coordinator);
    let referral = crate::referrals::push(&api, &world).await;
    let new = json!({ "name": "Tur", "shape": "visiting_friend", "referral_id": referral["id"] });
    let network = api.post("/networks", &new).by(by).await.expect(201);
    let another = json!({ "given_name": "Eva", "family_name": "Prøve" });
    let another = api.post("/persons", &another).by(by).await.expect(201);
    let take = async |person: &Value| {
        let new = json!({ "network_id": network["id"], "person_id": person });
        api.post("/network-participants", &new).by(by).await.expect(201)
    };
    take(&another["id"]).await;
    join(&api, &world, &network, &json!(world.centre.volunteer), true).await.expect(201);
    prepare(&api, &world, &json!(world.centre.volunteer), &BOTH, true).await;
    let activate = async || command(&api, &world, ("networks", &network, "activate"), &json!({})).await;
    let step = async |verb: &str| command(&api, &world, ("referrals", &referral, verb), &json!({})).await;
    activate().await.problem(409, "referral_not_accepted");
    crate::referrals::clarify(&api, &world, &referral).await;
    activate().await.problem(409, "referral_not_accepted");
    step("accept").await.expect(200);

    // The person has thought better of it, and again.
    let about = json!({ "referral_id": referral["id"], "person_id": world.centre.person, "need": "x", "wanted_offer": "x",
                        "target_group": "inside", "agreed_by_person": true, "decision": "stop" });
    api.post("/clarifications", &about).by(by).await.expect(201);
    activate().await.problem(409, "clarification_missing");
    step("start").await.problem(409, "clarification_missing");
    crate::referrals::clarify(&api, &world, &referral).await;
    activate().await.expect(200);
    step("start").await.problem(409, "network_missing");
    take(&json!(world.centre.person)).await;
    step("start").await.expect(200);
}

/// Of the network and of who is in it, a volunteer sees nothing before either.
#[actix_web::test]
async fn x5_what_a_volunteer_needs_before_they_meet_anybody_is_a_rule() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (network, ..) = form(&api, &world).await;
    prepare(&api, &world, &json!(world.centre.volunteer), &BOTH[1..], false).await;
    let activate = async || command(&api, &world, ("networks", &network, "activate"), &json!({})).await;
    let at = format!("/networks/{}", network["id"].as_str().unwrap());
    let own = world.centre.token(Role::Volunteer);
    activate().await.problem(409, "volunteer_not_prepared");
    api.get(&at).by(own).await.problem(404, "not_found");
    let less = "[[requirement]]\ncode = \"NO_VOLUNTEER_IN_NETWORK\"\nbriefings = [\"confidentiality\"]\n\
                confidentiality_declared = false\nlegal = false\nsource = \"x\"\nconfidence = \"low\"\n\
                valid_from = \"1970-01-01\"";
    crate::rules::load(&api.house.pool, Some(less)).await;
    activate().await.expect(200);
    api.get(&at).by(own).await.expect(200);
    crate::rules::load(&api.house.pool, None).await;
    api.get(&at).by(own).await.problem(404, "not_found");
}

#[actix_web::test]
async fn create_network_then_change_and_find_it() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Coordinator);
    let (network, participant, volunteer) = form(&api, &world).await;
    let at = format!("/networks/{}", network["id"].as_str().unwrap());
    assert_eq!(network["allowed_actions"], json!(["update", "activate", "dissolve"]));
    assert_eq!(network["network_contact_missing"], json!(false));
    let patch = json!({ "pattern": null, "shape": "cafe_group" });
    let changed = api.patch(&at, &patch).by(by).version(&network).await.expect(200);
    assert_eq!((&changed["pattern"], &changed["shape"]), (&json!(null), &json!("cafe_group")));
    let forming = api.get("/networks?status=forming").by(by).await.expect(200);
    assert_eq!(forming["items"], json!([changed]));
    let other = format!("/networks?referral_id={}", Uuid::now_v7());
    assert_eq!(api.get(&other).by(by).await.expect(200)["items"], json!([]));
    let of = format!("network_id={}", network["id"].as_str().unwrap());
    let people = api.get(&format!("/network-participants?{of}")).by(by).await.expect(200);
    assert_eq!(people["items"], json!([participant]));
    let team = api.get(&format!("/network-volunteers?{of}")).by(by).await.expect(200);
    assert_eq!(team["items"], json!([volunteer]));
    let twice = json!({ "network_id": network["id"], "person_id": world.centre.person });
    let twice = api.post("/network-participants", &twice).by(by).await;
    twice.problem(409, "network_participant_already_in");
    let foreign = json!({ "network_id": network["id"], "person_id": world.municipality.person });
    let foreign = api.post("/network-participants", &foreign).by(by).await;
    foreign.problem(422, "network_participant_unknown_person");
    let foreign = join(&api, &world, &network, &json!(world.municipality.volunteer), false).await;
    foreign.problem(422, "network_volunteer_unknown_volunteer");
}

#[actix_web::test]
async fn a_network_keeps_to_its_life() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (network, participant, _) = active(&api, &world).await;
    assert_eq!(network["status"], json!("active"));
    let step = async |verb: &'static str, body: Value| {
        command(&api, &world, ("networks", &network, verb), &body).await
    };
    step("activate", json!({})).await.problem(409, "illegal_move");
    let paused = step("pause", json!({ "reason": "absence" })).await.expect(200);
    assert_eq!((&paused["status"], &paused["reason"]), (&json!("paused"), &json!("absence")));
    let resumed = step("resume", json!({})).await.expect(200);
    assert_eq!((&resumed["status"], &resumed["reason"]), (&json!("active"), &json!(null)));
    let early = json!({ "reason": "goal_reached", "thanked_on": "2199-11-20" });
    let early =
        command(&api, &world, ("networks", &network, "dissolve"), &early).await.problem(422, "invalid");
    assert_eq!(early["errors"][0]["pointer"], "/thanked_on");
    let why = json!({ "reason": "goal_reached", "thanked_on": "2026-11-20" });
    let dissolved = step("dissolve", why.clone()).await.expect(200);
    assert_eq!(dissolved["allowed_actions"], json!([]));
    let refused = step("dissolve", why).await.problem(409, "illegal_move");
    assert_eq!(refused["current_state"], json!("dissolved"));
    let late = join(&api, &world, &network, &json!(world.centre.volunteer), false).await;
    late.problem(409, "illegal_move");
    let gone = command(&api, &world, ("network-participants", &participant, "leave"), &json!({})).await;
    gone.problem(409, "already_left");
    let events = api
        .lines("select from_status || ' ' || to_status as line from event where subject_table = 'network' and to_status is not null order by id")
        .await;
    assert_eq!(events, ["forming active", "active paused", "paused active", "active dissolved"]);
}

#[actix_web::test]
async fn an_active_network_needs_a_participant_and_a_contact() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (network, participant, volunteer) = form(&api, &world).await;
    prepare(&api, &world, &json!(world.centre.volunteer), &BOTH, true).await;
    let activate = async || command(&api, &world, ("networks", &network, "activate"), &json!({})).await;
    command(&api, &world, ("network-participants", &participant, "leave"), &json!({})).await.expect(200);
    activate().await.problem(409, "network_participant_missing");
    let back = json!({ "network_id": network["id"], "person_id": world.centre.person });
    let by = world.centre.token(Role::Coordinator);
    api.post("/network-participants", &back).by(by).await.expect(201);
    command(&api, &world, ("network-volunteers", &volunteer, "leave"), &json!({})).await.expect(200);
    activate().await.problem(409, "network_contact_missing");
    join(&api, &world, &network, &json!(world.centre.volunteer), false).await.expect(201);
    activate().await.problem(409, "network_contact_missing");
}

#[actix_web::test]
async fn b14_both_briefings_before_an_active_network() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (network, ..) = active(&api, &world).await;
    for (topics, declares) in [(&BOTH[..1], true), (&BOTH[1..], true), (&BOTH[..], false), (&[][..], false)] {
        let volunteer = volunteer(&api, &world).await;
        prepare(&api, &world, &volunteer, topics, declares).await;
        join(&api, &world, &network, &volunteer, false).await.problem(409, "volunteer_not_prepared");
    }
    let ready = volunteer(&api, &world).await;
    prepare(&api, &world, &ready, &BOTH, true).await;
    join(&api, &world, &network, &ready, false).await.expect(201);
    // Nor by the back door: into a resting network, and then resume it.
    command(&api, &world, ("networks", &network, "pause"), &json!({ "reason": "wish" })).await.expect(200);
    let unready = volunteer(&api, &world).await;
    join(&api, &world, &network, &unready, false).await.expect(201);
    let resumed = command(&api, &world, ("networks", &network, "resume"), &json!({})).await;
    resumed.problem(409, "volunteer_not_prepared");
}

#[actix_web::test]
async fn x7_no_first_contact_without_the_declaration() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (network, ..) = form(&api, &world).await;
    let volunteer = json!(world.centre.volunteer);
    prepare(&api, &world, &volunteer, &BOTH, false).await;
    let activate = async || command(&api, &world, ("networks", &network, "activate"), &json!({})).await;
    activate().await.problem(409, "volunteer_not_prepared");
    prepare(&api, &world, &volunteer, &[], true).await;
    activate().await.expect(200);
}

#[actix_web::test]
async fn b21_a_network_without_its_contact_is_a_task() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (network, _, contact) = active(&api, &world).await;
    let second = volunteer(&api, &world).await;
    prepare(&api, &world, &second, &BOTH, true).await;
    let second = join(&api, &world, &network, &second, false).await.expect(201);
    let leave = command(&api, &world, ("network-volunteers", &contact, "leave"), &json!({})).await;
    assert_eq!(leave.expect(200)["is_network_contact"], json!(false));
    assert_eq!(again(&api, &world, "networks", &network).await["network_contact_missing"], json!(true));
    let tasks = api.lines("select kind || ' ' || subject_id as line from task where done_at is null").await;
    assert_eq!(tasks, [format!("network_contact_missing {}", network["id"].as_str().unwrap())]);
    command(&api, &world, ("network-volunteers", &second, "make-contact"), &json!({})).await.expect(200);
    assert_eq!(again(&api, &world, "networks", &network).await["network_contact_missing"], json!(false));
    let open = async || {
        api.get("/tasks").by(world.centre.token(Role::Coordinator)).await.expect(200)["items"].clone()
    };
    assert_eq!(open().await, json!([]), "what was the matter is no longer");
    // Whoever takes it over on the day they join settles it too, and so does the end of the network.
    for settled in ["joined", "dissolved"] {
        let team = "select id::text as line from network_volunteer where is_network_contact";
        let contact = json!({ "id": api.lines(team).await[0] });
        command(&api, &world, ("network-volunteers", &contact, "leave"), &json!({})).await.expect(200);
        assert_eq!(open().await[0]["kind"], json!("network_contact_missing"));
        if settled == "joined" {
            let third = volunteer(&api, &world).await;
            prepare(&api, &world, &third, &BOTH, true).await;
            join(&api, &world, &network, &third, true).await.expect(201);
        } else {
            let why = json!({ "reason": "moved" });
            command(&api, &world, ("networks", &network, "dissolve"), &why).await.expect(200);
        }
        assert_eq!(open().await, json!([]), "{settled}");
    }
    let events = "select count(*)::text as line from event where name = 'task.done'";
    assert_eq!(api.lines(events).await, ["3"]);
}

#[actix_web::test]
async fn of_two_network_contacts_at_once_one_wins() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Coordinator);
    let new = json!({ "name": "Kafé", "shape": "cafe_group" });
    let network = api.post("/networks", &new).by(by).await.expect(201);
    let (one, two) = (volunteer(&api, &world).await, volunteer(&api, &world).await);
    let (one, two) = (join(&api, &world, &network, &one, true), join(&api, &world, &network, &two, true));
    let (one, two) = futures_util::future::join(one, two).await;
    let mut outcomes = [one.status, two.status];
    outcomes.sort_unstable();
    assert_eq!(outcomes, [201, 409]);
    if one.status == 409 {
        one.problem(409, "network_has_one_contact");
    }
    // Handed over from one to the other at once and from both sides, there is still one.
    let (one, two) = (volunteer(&api, &world).await, volunteer(&api, &world).await);
    let one = join(&api, &world, &network, &one, false).await.expect(201);
    let two = join(&api, &world, &network, &two, false).await.expect(201);
    let nothing = json!({});
    let one = command(&api, &world, ("network-volunteers", &one, "make-contact"), &nothing);
    let two = command(&api, &world, ("network-volunteers", &two, "make-contact"), &nothing);
    let (one, two) = futures_util::future::join(one, two).await;
    assert_eq!((one.status, two.status), (200, 200));
    let contacts = api.lines("select id::text as line from network_volunteer where is_network_contact").await;
    assert_eq!(contacts.len(), 1);
}

#[actix_web::test]
async fn volunteers_lose_sight_at_once() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Volunteer);
    let sees = async |network: &Value| {
        let at = format!("/networks/{}", network["id"].as_str().unwrap());
        api.get(&at).by(by).await.status == 200
    };
    let (left, _, part) = active(&api, &world).await;
    assert!(sees(&left).await);
    command(&api, &world, ("network-volunteers", &part, "leave"), &json!({})).await.expect(200);
    assert!(!sees(&left).await);
    let (dissolved, ..) = form(&api, &world).await;
    assert!(sees(&dissolved).await);
    let why = json!({ "reason": "moved" });
    command(&api, &world, ("networks", &dissolved, "dissolve"), &why).await.expect(200);
    assert!(!sees(&dissolved).await);
}

/// Into a network that forms, or that rests, one may come unprepared; but not get to know who is in it.
#[actix_web::test]
async fn x7_unprepared_volunteers_see_nobody() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (network, ..) = form(&api, &world).await;
    crate::contact_forms::open(&api, &world, &network).await;
    let by = world.centre.token(Role::Volunteer);
    let volunteer = json!(world.centre.volunteer);
    let sees = async || {
        let mut seen = Vec::new();
        for collection in ["networks", "network-participants", "contact-forms", "contact-form-versions"] {
            let all = api.get(&format!("/{collection}")).by(by).await.expect(200);
            seen.push(all["items"].as_array().unwrap().len());
        }
        seen
    };
    let new = crate::contact_forms::new_form(&world, &network);
    assert_eq!(sees().await, [0; 4]);
    prepare(&api, &world, &volunteer, &BOTH[..1], true).await;
    assert_eq!(sees().await, [0; 4]);
    api.post("/contact-forms", &new).by(by).await.problem(422, "contact_form_unknown_network");
    prepare(&api, &world, &volunteer, &BOTH[1..], false).await;
    assert_eq!(sees().await, [1; 4]);
    api.sql("delete from confidentiality_declaration").await;
    assert_eq!(sees().await, [0; 4]);
}

#[actix_web::test]
async fn volunteers_and_participants_see_exactly_their_own_networks() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (own, participant, part) = active(&api, &world).await;
    let coordinator = world.centre.token(Role::Coordinator);
    // One of others, and one that both have left.
    let other = json!({ "name": "En annens", "shape": "other" });
    let other = api.post("/networks", &other).by(coordinator).await.expect(201);
    let stranger = volunteer(&api, &world).await;
    prepare(&api, &world, &stranger, &BOTH, true).await;
    join(&api, &world, &other, &stranger, true).await.expect(201);
    let (_, gone, left) = form(&api, &world).await;
    command(&api, &world, ("network-participants", &gone, "leave"), &json!({})).await.expect(200);
    command(&api, &world, ("network-volunteers", &left, "leave"), &json!({})).await.expect(200);
    for role in [Role::Volunteer, Role::Participant] {
        let by = world.centre.token(role);
        let ids = async |collection: &str| -> Vec<Value> {
            let all = api.get(&format!("/{collection}")).by(by).await.expect(200);
            all["items"].as_array().unwrap().iter().map(|it| it["id"].clone()).collect()
        };
        assert_eq!(ids("networks").await, [own["id"].clone()], "{role}");
        let path = format!("/networks/{}", other["id"].as_str().unwrap());
        api.get(&path).by(by).await.problem(404, "not_found");
        // Of one's own part one sees that it is over, and nothing of the others'.
        let (mut people, mut team) = (vec![participant["id"].clone()], vec![part["id"].clone()]);
        if role == Role::Participant {
            people.push(gone["id"].clone())
        } else {
            team.push(left["id"].clone())
        }
        assert_eq!(ids("network-participants").await, people, "{role}");
        assert_eq!(ids("network-volunteers").await, team, "{role}");
    }
}

#[actix_web::test]
async fn participants_see_their_own_network() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (mut own, ..) = form(&api, &world).await;
    own["allowed_actions"] = json!([]);
    let other = json!({ "name": "En annens", "shape": "other" });
    api.post("/networks", &other).by(world.centre.token(Role::Coordinator)).await.expect(201);
    let seen = api.get("/networks").by(world.centre.token(Role::Participant)).await.expect(200);
    assert_eq!(seen["items"], json!([own]));
}
