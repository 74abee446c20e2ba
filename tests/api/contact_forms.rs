use samspill::access::{Purpose, Role, post};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    networks::{self, active, again, command},
    support::{Answer, Api, world::World},
};

/// Adds this room's rows to a world.
pub async fn furnish(api: &Api, world: &mut World) {
    let network = json!({ "id": world.rows["networks"] });
    let form = open(api, world, &network).await;
    world.keep("contact-forms", &form);
    let versions = format!("/contact-form-versions?contact_form_id={}", form["id"].as_str().unwrap());
    let versions = api.get(&versions).by(world.centre.token(Role::Coordinator)).await.expect(200);
    world.keep("contact-form-versions", &versions["items"][0]);
}

/// What a form of this network says.
pub fn body(world: &World, network: &Value) -> Value {
    json!({
        "name": { "given_name": "Ada", "family_name": "Prøve" },
        "contact": { "phone": "40000001" },
        "address": { "address": "Venneslavegen 1", "postcode": "4700", "place": "Vennesla" },
        "relatives": [{ "name": "Dag Prøve", "relation": "sønn", "phone": "40000002", "may_be_contacted": true, "knows": true }],
        "volunteers": [{ "volunteer_id": world.centre.volunteer, "name": "Frida Frivillig", "phone": "41000000",
                         "role": "besøksvenn", "is_network_contact": true, "knows": true }],
        "coordinator": { "name": "Kari", "phone": "38000000", "email": "kari@sentral.example" },
        "municipal_contacts": [{ "unit_id": world.municipality.unit, "unit": "Hjemmetjenesten", "name": "Siri", "phone": "38000001" }],
        "activities": ["Tur"],
        "meeting": { "pattern": "Torsdager", "start_date": "2026-11-26" },
        "network": { "id": network["id"], "shape": "visiting_friend" },
        "signature": { "signed_by": "Ada Prøve", "signed_role": "participant", "signed_on": "2026-01-10" },
    })
}

pub fn new_form(world: &World, network: &Value) -> Value {
    json!({ "network_id": network["id"], "person_id": world.centre.person, "body": body(world, network) })
}

pub async fn open(api: &Api, world: &World, network: &Value) -> Value {
    let by = world.centre.token(Role::Coordinator);
    api.post("/contact-forms", &new_form(world, network)).by(by).await.expect(201)
}

/// The next version of a form as it is known: the same with one more activity.
pub fn revision(form: &Value, activity: &str) -> Value {
    let mut body = form["body"].clone();
    body["activities"].as_array_mut().unwrap().push(json!(activity));
    json!({ "contact_form_id": form["id"], "based_on": form["number"], "body": body, "change_reason": activity })
}

/// Writes the next version of the form as it is now.
async fn revise(api: &Api, world: &World, form: &Value, activity: &str) -> Answer {
    let form = again(api, world, "contact-forms", form).await;
    api.post("/contact-form-versions", &revision(&form, activity))
        .by(world.centre.token(Role::Coordinator))
        .await
}

/// An active consent to tell the municipality of the form.
pub async fn consent(api: &Api, world: &World, categories: &[&str], includes_updates: bool) -> Uuid {
    let id = Uuid::now_v7();
    let (mine, other) = (world.centre.organisation, world.municipality.organisation);
    let categories = categories.join(",");
    let common = "purpose, kinds, categories, includes_updates, valid, status";
    let values = format!(
        "'contact form', '{{contact_form}}', '{{{categories}}}', {includes_updates}, tstzrange(now() - interval '1 day', now() + interval '1 year')"
    );
    api.sql(&format!(
        "insert into consent (organisation_id, id, side, counterpart_organisation_id, subject_id, {common}) values
            ('{mine}', '{id}', 'sent', '{other}', '{person}', {values}, 'drafted');
         update consent set status = 'presented' where (organisation_id, id) = ('{mine}', '{id}');
         update consent set status = 'active' where (organisation_id, id) = ('{mine}', '{id}');
         insert into consent (organisation_id, id, side, counterpart_organisation_id, {common}) values
            ('{other}', '{id}', 'received', '{mine}', {values}, 'active')",
        person = world.centre.person,
    ))
    .await;
    id
}

pub const ALL: [&str; 11] = [
    "name",
    "contact",
    "address",
    "relatives",
    "volunteers",
    "coordinator",
    "municipal_contacts",
    "activities",
    "meeting",
    "network",
    "signature",
];

/// Sends what waits, and lets the municipality say that it has stored it.
pub async fn deliver(api: &Api) {
    let waiting =
        "select organisation_id || ' ' || id as line from disclosure where status = 'queued' order by id";
    for line in api.lines(waiting).await {
        let (desk, id) = line.split_once(' ').unwrap();
        let (desk, id): (Uuid, Uuid) = (desk.parse().unwrap(), id.parse().unwrap());
        let sent = api.house.pool.system(Purpose::Dispatch, async |db| post::dispatch(db, desk, id).await);
        assert_eq!(sent.await.unwrap(), "sent");
        api.sql(&format!(
            "update disclosure set status = 'received' where id = '{id}'; update delivery set status = 'received' where id = '{id}'"
        ))
        .await;
    }
}

/// `number status reason` of each disclosure.
async fn disclosures(api: &Api) -> Vec<String> {
    api.lines("select concat_ws(' ', number, status, blocked_reason) as line from disclosure order by id")
        .await
}

#[actix_web::test]
async fn b10_municipal_contact_if_the_person_has_services() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (network, ..) = networks::form(&api, &world).await;
    networks::prepare(&api, &world, &json!(world.centre.volunteer), &networks::BOTH, true).await;
    let person = world.centre.person;
    api.sql(&format!("update person set receives_municipal_services = true where id = '{person}'")).await;
    let activate = async || command(&api, &world, ("networks", &network, "activate"), &json!({})).await;
    activate().await.problem(409, "municipal_contact_missing");
    let mut new = new_form(&world, &network);
    for by in [Role::Coordinator, Role::Volunteer] {
        new["body"]["municipal_contacts"] = json!([]);
        let refused = api.post("/contact-forms", &new).by(world.centre.token(by)).await;
        refused.problem(422, "municipal_contact_missing");
    }
    let form = open(&api, &world, &network).await;
    activate().await.expect(200);
    let mut next = revision(&form, "Kafé");
    next["body"]["municipal_contacts"] = json!([]);
    let by = world.centre.token(Role::Coordinator);
    let refused = api.post("/contact-form-versions", &next).by(by).await;
    refused.problem(422, "municipal_contact_missing");
}

#[actix_web::test]
async fn b10_an_update_is_the_next_version_with_its_diff() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Volunteer);
    let (network, ..) = active(&api, &world).await;
    // Volunteers may author.
    let form = api.post("/contact-forms", &new_form(&world, &network)).by(by).await.expect(201);
    assert_eq!((&form["number"], &form["status"]), (&json!(1), &json!("draft")));
    let next = revision(&form, "Kafé");
    let made = api.post("/contact-form-versions", &next).by(by).await.expect(201);
    assert_eq!(made["number"], json!(2));
    assert_eq!(made["changes"], json!([{ "path": "/activities/1", "from": null, "to": "Kafé" }]));
    let versions = format!("/contact-form-versions?contact_form_id={}", form["id"].as_str().unwrap());
    let versions = api.get(&versions).by(by).await.expect(200);
    assert_eq!(versions["items"][0]["body"], form["body"]);
    assert_eq!(versions["items"][1], made);
    let at = format!("/contact-form-versions/{}", made["id"].as_str().unwrap());
    assert_eq!(api.get(&at).by(by).await.expect(200), made);
    let now = again(&api, &world, "contact-forms", &form).await;
    assert_eq!((&now["number"], &now["body"]), (&json!(2), &made["body"]));
    let mut same =
        json!({ "contact_form_id": form["id"], "based_on": 2, "body": made["body"], "change_reason": "x" });
    let refused = api.post("/contact-form-versions", &same).by(by).await;
    refused.problem(409, "contact_form_is_unchanged");
    same["body"]["signature"]["signed_on"] = json!("2026-11-21");
    api.post("/contact-form-versions", &same).by(by).await.expect(201);
    // Not even its owner changes what was written.
    let seat = world.centre.seat("samspill_app", Role::Coordinator);
    let mut db = api.owner().await;
    let change = format!("{seat} update contact_form_version set change_reason = 'x'; commit;");
    diesel_async::SimpleAsyncConnection::batch_execute(&mut db, &change).await.unwrap_err();
}

#[actix_web::test]
async fn b10_who_is_listed_knows_it_and_nothing_else_is_said() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Coordinator);
    let (network, ..) = networks::form(&api, &world).await;
    let refused = async |change: &dyn Fn(&mut Value), code: &'static str| {
        let mut new = new_form(&world, &network);
        change(&mut new["body"]);
        api.post("/contact-forms", &new).by(by).await.problem(422, code)
    };
    for (list, at) in [("relatives", "/body/relatives/0/knows"), ("volunteers", "/body/volunteers/0/knows")] {
        let problem = refused(&|body| body[list][0]["knows"] = json!(false), "invalid").await;
        assert_eq!(problem["errors"][0]["pointer"], json!(at));
        assert_eq!(problem["errors"][0]["code"], json!("does_not_know"));
    }
    let diagnosis = refused(&|body| body["diagnosis"] = json!("F00"), "invalid").await;
    assert_eq!(diagnosis["errors"][0]["code"], json!("unknown_field"));
    refused(&|body| body["activities"] = json!(["x".repeat(201)]), "invalid").await;
    let other = json!(Uuid::now_v7());
    refused(&|body| body["network"]["id"] = other.clone(), "contact_form_of_another_network").await;
    refused(&|body| body["volunteers"][0]["volunteer_id"] = other.clone(), "contact_form_unknown_volunteer")
        .await;
    let flaw = async |change: &dyn Fn(&mut Value), code: &'static str, at: &str| {
        let problem = refused(change, code).await;
        assert_eq!(problem["errors"][0]["pointer"], json!(at));
    };
    flaw(&|body| body["volunteers"][0]["name"] = json!("Fredrik"), "invalid", "/body/volunteers/0/name")
        .await;
    let contact = "/body/volunteers/0/is_network_contact";
    flaw(&|body| body["volunteers"][0]["is_network_contact"] = json!(false), "invalid", contact).await;
    flaw(&|body| body["volunteers"] = json!([]), "invalid", "/body/volunteers").await;
    let signed = "/body/signature/signed_on";
    let future = "contact_form_signed_in_the_future";
    flaw(&|body| body["signature"]["signed_on"] = json!("2199-01-01"), future, signed).await;
    flaw(&|body| body["signature"]["signed_on"] = json!("2999-01-01"), "invalid", signed).await;
    let start = "/body/meeting/start_date";
    flaw(&|body| body["meeting"]["start_date"] = json!("-0001-01-01"), "invalid", start).await;
    // A unit of the centre's own would leave the municipality's contact without the form.
    let ours = json!(world.centre.unit);
    refused(&|body| body["municipal_contacts"][0]["unit_id"] = ours.clone(), "contact_form_unknown_unit")
        .await;
    refused(&|body| body["municipal_contacts"][0]["unit_id"] = other.clone(), "contact_form_unknown_unit")
        .await;
    let mut stranger = new_form(&world, &network);
    stranger["person_id"] = json!(world.municipality.person);
    let stranger = api.post("/contact-forms", &stranger).by(by).await;
    stranger.problem(422, "contact_form_unknown_participant");
    // A level that nobody knows hides everything.
    let (person, responsible) = (world.centre.person, world.centre.actor(Role::Coordinator).membership);
    api.sql(&format!(
        "update person set protection = 'strict', responsible_id = '{responsible}' where id = '{person}'"
    ))
    .await;
    refused(&|_| (), "protected_identity").await;
    let _ = refused(&|body| body["address"] = json!({ "address": "x" }), "invalid").await;
}

#[actix_web::test]
async fn b11_third_update_after_withdrawal_is_blocked() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (network, ..) = active(&api, &world).await;
    let form = open(&api, &world, &network).await;
    let basis = consent(&api, &world, &["name", "municipal_contacts", "activities"], true).await;
    revise(&api, &world, &form, "Før").await.expect(201);
    assert_eq!(disclosures(&api).await, [""; 0], "a draft stays at home");
    command(&api, &world, ("contact-forms", &form, "activate"), &json!({})).await.expect(200);
    deliver(&api).await;
    let by = world.centre.token(Role::Volunteer);
    let now = again(&api, &world, "contact-forms", &form).await;
    api.post("/contact-form-versions", &revision(&now, "Tur")).by(by).await.expect(201);
    deliver(&api).await;
    assert_eq!(disclosures(&api).await, ["2 received", "3 received"]);
    api.sql(&format!("update consent set status = 'withdrawn' where id = '{basis}'")).await;
    revise(&api, &world, &form, "Kino").await.expect(201);
    assert_eq!(disclosures(&api).await, ["2 received", "3 received", "4 blocked no_consent"]);
    // The municipality has what was chosen of the two, for the units that are listed, and knows nothing of the third.
    let delivered = api
        .lines("select string_agg(key, ' ' order by key) || unit_ids[1] as line from delivery, jsonb_object_keys(payload) as key group by id, unit_ids order by id")
        .await;
    let expected = format!("activities municipal_contacts name{}", world.municipality.unit);
    assert_eq!(delivered, [expected.clone(), expected]);
    let blocked = api.lines("select payload::text as line from disclosure where status = 'blocked'").await;
    assert_eq!(blocked, ["{}"]);
    let gates = "select (consent_id is null)::text as line from disclosure order by id";
    assert_eq!(api.lines(gates).await, ["false", "false", "true"]);
}

#[actix_web::test]
async fn b11_a_consent_without_updates_covers_once() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (network, ..) = active(&api, &world).await;
    let form = open(&api, &world, &network).await;
    consent(&api, &world, &ALL, false).await;
    command(&api, &world, ("contact-forms", &form, "activate"), &json!({})).await.expect(200);
    revise(&api, &world, &form, "Tur").await.expect(201);
    assert_eq!(disclosures(&api).await, ["1 queued", "2 blocked no_consent"]);
}

#[actix_web::test]
async fn b11_the_municipality_that_reported_the_need_is_told() {
    let api = Api::start().await;
    let world = api.desks().await;
    let referral = Uuid::now_v7();
    let (mine, other) = (world.centre.organisation, world.municipality.organisation);
    let (person, theirs) = (world.centre.person, world.municipality.person);
    let columns = "organisation_id, id, side, counterpart_organisation_id, service, kind, source_channel, status, person_id";
    api.sql(&format!(
        "insert into referral ({columns}) values
            ('{other}', '{referral}', 'sent', '{mine}', 'visiting_friend', 'establish', 'municipality', 'accepted', '{theirs}'),
            ('{mine}', '{referral}', 'received', '{other}', 'visiting_friend', 'establish', 'municipality', 'accepted', '{person}')"
    ))
    .await;
    let (network, ..) = active(&api, &world).await;
    let form = open(&api, &world, &network).await;
    let activated = command(&api, &world, ("contact-forms", &form, "activate"), &json!({})).await;
    let activated = activated.expect(200);
    assert_eq!(activated["allowed_actions"], json!(["revise"]));
    assert_eq!(disclosures(&api).await, [""; 0], "nobody is known to be told");
    let network = network["id"].as_str().unwrap();
    api.sql(&format!("update network set referral_id = '{referral}' where id = '{network}'")).await;
    revise(&api, &world, &form, "Tur").await.expect(201);
    assert_eq!(disclosures(&api).await, ["2 blocked no_consent"]);
    consent(&api, &world, &ALL, true).await;
    revise(&api, &world, &form, "Kino").await.expect(201);
    deliver(&api).await;
    let told = api
        .lines("select organisation_id || ' ' || referral_id || ' ' || number as line from delivery")
        .await;
    assert_eq!(told, [format!("{other} {referral} 3")]);
}

#[actix_web::test]
async fn b13_what_has_left_is_not_deleted() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Coordinator);
    let (network, ..) = active(&api, &world).await;
    let draft = open(&api, &world, &network).await;
    let at = format!("/contact-forms/{}", draft["id"].as_str().unwrap());
    api.delete(&at).by(by).await.problem(428, "if_match_required");
    let key = "delete once";
    let delete = || api.delete(&at).by(by).version(&draft).header("Idempotency-Key", key);
    assert_eq!(delete().await.status, 204);
    assert_eq!(delete().await.status, 204);
    api.get(&at).by(by).await.problem(404, "not_found");
    assert_eq!(api.lines("select id::text as line from contact_form_version").await, [""; 0]);

    let form = open(&api, &world, &network).await;
    let at = format!("/contact-forms/{}", form["id"].as_str().unwrap());
    let delete = async || {
        let form = again(&api, &world, "contact-forms", &form).await;
        api.delete(&at).by(by).version(&form).await
    };
    consent(&api, &world, &ALL, true).await;
    command(&api, &world, ("contact-forms", &form, "activate"), &json!({})).await.expect(200);
    delete().await.problem(409, "archive_duty");
    deliver(&api).await;
    delete().await.problem(409, "archive_duty");
    api.sql("update disclosure set status = 'archived'; update delivery set status = 'archived'").await;
    delete().await.problem(409, "archive_duty");
}

#[actix_web::test]
async fn b13_what_was_blocked_has_not_left() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (network, ..) = active(&api, &world).await;
    let form = open(&api, &world, &network).await;
    let basis = consent(&api, &world, &ALL, true).await;
    api.sql(&format!("update consent set status = 'withdrawn' where id = '{basis}'")).await;
    command(&api, &world, ("contact-forms", &form, "activate"), &json!({})).await.expect(200);
    assert_eq!(disclosures(&api).await, ["1 blocked no_consent"]);
    let form = again(&api, &world, "contact-forms", &form).await;
    let at = format!("/contact-forms/{}", form["id"].as_str().unwrap());
    let deleted = api.delete(&at).by(world.centre.token(Role::Coordinator)).version(&form).await;
    assert_eq!(deleted.status, 204);
}

#[actix_web::test]
async fn b15_a_relative_signs_only_with_a_mandate() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (network, ..) = active(&api, &world).await;
    let [relative, has, lacks, of_another] = [(); 4].map(|()| Uuid::now_v7());
    let (centre, person) = (world.centre.organisation, world.centre.person);
    let membership = world.centre.actor(Role::Coordinator).membership;
    let assessed = |id: Uuid, who: Uuid, result: &str| {
        format!("('{centre}', '{id}', '{who}', '{result}', 'lege', 'x', '{membership}', '2026-01-10')")
    };
    api.sql(&format!(
        "insert into person (organisation_id, id, given_name, family_name) values ('{centre}', '{relative}', 'Dag', 'Prøve');
         insert into capacity_assessment (organisation_id, id, person_id, result, qualification, reasons, decided_by_id, decided_on)
            values {}, {}, {}",
        assessed(has, person, "has"),
        assessed(lacks, person, "lacks"),
        assessed(of_another, relative, "lacks"),
    ))
    .await;
    let signed = async |by: Role, more: Value| {
        let mut new = new_form(&world, &network);
        new["body"]["signature"]["signed_role"] = json!("relative");
        new.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        api.post("/contact-forms", &new).by(world.centre.token(by)).await
    };
    for by in [Role::Coordinator, Role::Volunteer] {
        for more in [
            json!({}),
            json!({ "signed_by_id": relative }),
            json!({ "capacity_assessment_id": has }),
            json!({ "capacity_assessment_id": of_another }),
            json!({ "capacity_assessment_id": Uuid::now_v7() }),
        ] {
            signed(by, more).await.problem(422, "representative_without_mandate");
        }
    }
    let remove = async |form: Value| {
        let at = format!("/contact-forms/{}", form["id"].as_str().unwrap());
        let by = world.centre.token(Role::Coordinator);
        assert_eq!(api.delete(&at).by(by).version(&form).await.status, 204);
    };
    let assessed = signed(Role::Volunteer, json!({ "capacity_assessment_id": lacks })).await;
    remove(assessed.expect(201)).await;
    let link = |may: bool, until: &str| {
        format!(
            "delete from person_link; insert into person_link (organisation_id, person_id, related_person_id, kind, may_consent, valid_from, valid_to)
                values ('{centre}', '{person}', '{relative}', 'guardian', {may}, '2020-01-01', {until})"
        )
    };
    for (may, until, status) in [(false, "null", 422), (true, "'2021-01-01'", 422), (true, "null", 201)] {
        api.sql(&link(may, until)).await;
        let answer = signed(Role::Volunteer, json!({ "signed_by_id": relative })).await;
        assert_eq!(answer.status, status);
    }
}

#[actix_web::test]
async fn of_two_versions_at_once_one_is_written() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Coordinator);
    let (network, ..) = networks::form(&api, &world).await;
    let form = open(&api, &world, &network).await;
    let (one, two) = (revision(&form, "Tur"), revision(&form, "Kino"));
    let one = async { api.post("/contact-form-versions", &one).by(by).await };
    let two = async { api.post("/contact-form-versions", &two).by(by).await };
    let (one, two) = futures_util::future::join(one, two).await;
    let mut outcomes = [one.status, two.status];
    outcomes.sort_unstable();
    assert_eq!(outcomes, [201, 409]);
    let lost = if one.status == 409 { one } else { two };
    lost.problem(409, "form_has_moved_on");
    let unknown = json!({ "id": Uuid::now_v7(), "number": 1, "body": form["body"] });
    let unknown = api.post("/contact-form-versions", &revision(&unknown, "x")).by(by).await;
    unknown.problem(422, "contact_form_version_unknown_form");
}

#[actix_web::test]
async fn a_form_ends_with_its_participants_part() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Coordinator);
    let (network, participant, _) = active(&api, &world).await;
    let form = open(&api, &world, &network).await;
    let twice = api.post("/contact-forms", &new_form(&world, &network)).by(by).await;
    twice.problem(409, "contact_form_already_exists");
    command(&api, &world, ("contact-forms", &form, "activate"), &json!({})).await.expect(200);
    let leave = command(&api, &world, ("network-participants", &participant, "leave"), &json!({})).await;
    leave.expect(200);
    assert_eq!(again(&api, &world, "contact-forms", &form).await["status"], json!("closed"));
    revise(&api, &world, &form, "Tur").await.problem(409, "illegal_move");
    // Who comes back gets a new one, which ends with the network.
    let back = json!({ "network_id": network["id"], "person_id": world.centre.person });
    api.post("/network-participants", &back).by(by).await.expect(201);
    let second = open(&api, &world, &network).await;
    let by_volunteer = world.centre.token(Role::Volunteer);
    let at = format!("/contact-forms/{}", second["id"].as_str().unwrap());
    api.get(&at).by(by_volunteer).await.expect(200);
    command(&api, &world, ("networks", &network, "dissolve"), &json!({ "reason": "moved" }))
        .await
        .expect(200);
    api.get(&at).by(by_volunteer).await.problem(404, "not_found");
    let closed = api.get("/contact-forms?status=closed").by(by).await.expect(200);
    assert_eq!(closed["items"].as_array().unwrap().len(), 2);
}

#[actix_web::test]
async fn participants_see_their_own_form_and_no_other() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (network, ..) = networks::form(&api, &world).await;
    let own = open(&api, &world, &network).await;
    let (centre, other) = (world.centre.organisation, Uuid::now_v7());
    api.sql(&format!(
        "insert into person (organisation_id, id, given_name, family_name) values ('{centre}', '{other}', 'Eva', 'Prøve')"
    ))
    .await;
    let by = world.centre.token(Role::Coordinator);
    let join = json!({ "network_id": network["id"], "person_id": other });
    api.post("/network-participants", &join).by(by).await.expect(201);
    let mut new = new_form(&world, &network);
    new["person_id"] = json!(other);
    api.post("/contact-forms", &new).by(by).await.expect(201);
    let by = world.centre.token(Role::Participant);
    let seen = api.get("/contact-forms").by(by).await.expect(200);
    let mut seen_by_them = own.clone();
    seen_by_them["allowed_actions"] = json!([]);
    assert_eq!(seen["items"], json!([seen_by_them]), "what a participant may see, they may not change");
    let seen = api.get("/contact-form-versions").by(by).await.expect(200);
    assert_eq!(seen["items"].as_array().unwrap().len(), 1);
    let mine = format!("/contact-forms?person_id={}", world.centre.person);
    assert_eq!(
        api.get(&mine).by(world.centre.token(Role::Coordinator)).await.expect(200)["items"],
        json!([own])
    );
}
