use samspill::{
    access::{Actor, Role},
    jobs,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    consents, contact_forms,
    disclosures::command,
    networks::{self, again},
    persons::{assess, person},
    support::{
        Api,
        crossing::Draft,
        world::{Desk, World},
    },
};

/// One more who works there.
async fn colleague(api: &Api, desk: &Desk, role: Role) -> (Uuid, String) {
    let (account, membership) = (Uuid::now_v7(), Uuid::now_v7());
    api.sql(&format!(
        "insert into account (id, kind, name) values ('{account}', 'person', 'A second {role}');
         insert into membership (organisation_id, id, account_id, name, role) values
            ('{}', '{membership}', '{account}', 'A second {role}', '{role}')",
        desk.organisation
    ))
    .await;
    let actor =
        Actor { account, organisation: desk.organisation, membership, role, session: None, scope: None };
    (membership, api.house.tokens.issue(&actor).unwrap())
}

fn path(person: &Value) -> String {
    format!("/persons/{}", person["id"].as_str().unwrap())
}

/// Protects the person as they are now.
async fn protect(api: &Api, by: &str, person: &Value, level: &str) -> Value {
    let now = api.get(&path(person)).by(by).await.expect(200);
    let how = json!({ "level": level, "source": "folkeregisteret" });
    api.post(&format!("{}/protect", path(person)), &how).by(by).version(&now).await.expect(200)
}

fn ada(world: &World) -> Value {
    json!({ "id": world.centre.person })
}

/// What is left to say of somebody whose name, phone and address are hidden.
fn nameless(world: &World, network: &Value) -> Value {
    let mut body = contact_forms::body(world, network);
    for hidden in ["name", "contact", "address", "relatives"] {
        body.as_object_mut().unwrap().remove(hidden);
    }
    body["signature"].as_object_mut().unwrap().remove("signed_by");
    body
}

#[actix_web::test]
async fn x8_a_form_of_which_the_name_was_taken_away_is_still_shown() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Coordinator);
    let (network, ..) = networks::active(&api, &world).await;
    let form = contact_forms::open(&api, &world, &network).await;
    let mut next = contact_forms::revision(&form, "Kafé");
    next["body"]["name"]["given_name"] = json!("Hemmelig");
    next["body"]["signature"]["signed_by"] = json!("Hemmelig Prøve");
    let version = api.post("/contact-form-versions", &next).by(by).await.expect(201);
    protect(&api, by, &ada(&world), "strengt_fortrolig").await;
    for who in [Role::Coordinator, Role::Volunteer, Role::Participant] {
        for (list, row) in [("/contact-forms", &form), ("/contact-form-versions", &version)] {
            let list_of_them = api.get(list).by(world.centre.token(who)).await;
            let one = format!("{list}/{}", row["id"].as_str().unwrap());
            let one = api.get(&one).by(world.centre.token(who)).await;
            for told in [&list_of_them.text, &one.text] {
                for secret in ["Hemmelig", "40000001", "Venneslavegen", "Dag", "Ada Prøve"] {
                    assert!(!told.contains(secret), "{secret}: {told}");
                }
            }
            assert!(!list_of_them.expect(200)["items"].as_array().unwrap().is_empty());
            assert_eq!(one.expect(200)["body"]["activities"], json!(["Tur", "Kafé"]));
        }
    }
    let version = again(&api, &world, "contact-form-versions", &version).await;
    assert_eq!(version["changes"], json!([{ "path": "/activities/1", "from": null, "to": "Kafé" }]));
    assert_eq!(
        api.lines("select signed_by as line from contact_form_version where signed_by is not null").await,
        [""; 0]
    );
}

#[actix_web::test]
async fn x8_what_is_hidden_does_not_come_back_with_the_next_version() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Coordinator);
    let (network, ..) = networks::active(&api, &world).await;
    let form = contact_forms::open(&api, &world, &network).await;
    let mut unnamed = contact_forms::revision(&form, "x");
    unnamed["body"].as_object_mut().unwrap().remove("name");
    let missing = api.post("/contact-form-versions", &unnamed).by(by).await.problem(422, "invalid");
    assert_eq!(missing["errors"][0]["pointer"], json!("/body/name"));
    protect(&api, by, &ada(&world), "strengt_fortrolig").await;
    let next = |body: Value| json!({ "contact_form_id": form["id"], "based_on": 1, "body": body, "change_reason": "Kafé" });
    let refused = next(contact_forms::body(&world, &network));
    for who in [Role::Coordinator, Role::Volunteer] {
        let refused = api.post("/contact-form-versions", &refused).by(world.centre.token(who)).await;
        let problem = refused.problem(422, "protected_identity");
        let at: Vec<_> =
            problem["errors"].as_array().unwrap().iter().map(|it| it["pointer"].clone()).collect();
        let all =
            ["/body/name", "/body/relatives", "/body/signature/signed_by", "/body/contact", "/body/address"];
        assert_eq!(at, all);
    }
    let mut body = nameless(&world, &network);
    body["activities"] = json!(["Kafé"]);
    let by = world.centre.token(Role::Volunteer);
    api.post("/contact-form-versions", &next(body)).by(by).await.expect(201);

    // What the level does not hide may be said.
    let by = world.centre.token(Role::Coordinator);
    protect(&api, by, &ada(&world), "klientadresse").await;
    let mut body = contact_forms::body(&world, &network);
    body.as_object_mut().unwrap().retain(|key, _| !["contact", "address"].contains(&key.as_str()));
    let mut named = next(body);
    named["based_on"] = json!(2);
    api.post("/contact-form-versions", &named).by(by).await.expect(201);

    let own = json!({ "service": "visiting_friend", "kind": "establish", "source_channel": "centre",
                      "person_id": world.centre.person, "need": "Selskap" });
    let referral = api.post("/referrals", &own).by(by).await.expect(201);
    let mut talk = json!({ "referral_id": referral["id"], "person_id": world.centre.person,
                           "planned_at": "2026-11-25T10:00:00Z", "place": "Venneslavegen 1" });
    let refused = api.post("/conversations", &talk).by(by).await.problem(422, "protected_identity");
    assert_eq!(refused["errors"][0]["pointer"], json!("/place"));
    talk.as_object_mut().unwrap().remove("place");
    let planned = api.post("/conversations", &talk).by(by).await.expect(201);
    let at = format!("/conversations/{}", planned["id"].as_str().unwrap());
    let moved = api.patch(&at, &json!({ "place": "Venneslavegen 1" })).by(by).version(&planned).await;
    moved.problem(422, "protected_identity");
}

#[actix_web::test]
async fn x8_the_second_approval_is_a_second_persons() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (centre, municipality) = (&world.centre, &world.municipality);
    let by = centre.token(Role::Coordinator);
    let (network, ..) = networks::active(&api, &world).await;
    let form = contact_forms::open(&api, &world, &network).await;
    assess(&api, by, &json!(centre.person), "has").await;
    let consent = consents::active(&api, centre, municipality, json!(centre.person)).await;
    networks::command(&api, &world, ("contact-forms", &form, "activate"), &json!({})).await.expect(200);
    let (_, protector) = colleague(&api, centre, Role::Coordinator).await;
    protect(&api, &protector, &ada(&world), "fortrolig").await;
    let listed = format!("/disclosures?consent_id={}", consent["id"].as_str().unwrap());
    let listed = api.get(&listed).by(by).await.expect(200)["items"][0].clone();
    assert_eq!(listed["allowed_actions"], json!(["recall", "approve"]));
    let approve = format!("/disclosures/{}/approve", listed["id"].as_str().unwrap());
    // She wrote it and laid it out; her colleague protected the person.
    command(&api, by, &approve, &json!({})).await.problem(409, "protected_needs_second_person");
    command(&api, &protector, &approve, &json!({})).await.problem(409, "protected_needs_second_person");
    let (_, author) = colleague(&api, centre, Role::Coordinator).await;
    let account = "select account_id::text as line from membership where name = 'A second coordinator' order by id desc";
    let account = api.lines(account).await.remove(0);
    api.sql(&format!("update contact_form_version set created_by = '{account}'")).await;
    command(&api, &author, &approve, &json!({})).await.problem(409, "protected_needs_second_person");
    let approved = command(&api, centre.token(Role::TeamLeader), &approve, &json!({})).await.expect(200);
    assert_eq!(approved["status"], json!("queued"));
    assert_eq!(jobs::run_once(&api.house.pool).await.unwrap().sent, 1);

    // An approval is offered only where it is what is missing.
    let draft = Draft::new(centre, municipality, "contact_form", None);
    let without = api.lay_out(centre.organisation, &draft).await;
    let without = api.get(&format!("/disclosures/{without}")).by(by).await.expect(200);
    assert_eq!(without["allowed_actions"], json!(["recall"]));
}

#[actix_web::test]
async fn x8_only_the_assigned_see_a_protected_person() {
    let api = Api::start().await;
    let world = api.world().await;
    let centre = &world.centre;
    let by = centre.token(Role::Coordinator);
    let at = format!("/persons/{}", centre.person);
    let own = json!({ "service": "visiting_friend", "kind": "establish", "source_channel": "centre",
                      "person_id": centre.person, "need": "Hemmelig behov", "wishes": "Hemmelig ønske" });
    let referral = api.post("/referrals", &own).by(by).await.expect(201);
    let referral_at = format!("/referrals/{}", referral["id"].as_str().unwrap());
    let hidden = protect(&api, by, &ada(&world), "strengt_fortrolig").await;
    assert_eq!(hidden["responsible_id"], json!(centre.actor(Role::Coordinator).membership));
    let (membership, other) = colleague(&api, centre, Role::Coordinator).await;
    let why = json!({ "purpose": "Only curious" });
    let details = format!("{at}/protected-details");
    let unassigned = [&other, centre.token(Role::Caseworker), centre.token(Role::Integration)];
    let of = |list: &str| format!("/{list}?person_id={}", centre.person);
    for token in unassigned {
        api.get(&at).by(token).await.problem(404, "not_found");
        for list in [
            of("person-links"),
            of("person-identifiers"),
            of("capacity-assessments"),
            "/conversations".into(),
            "/clarifications".into(),
            of("contact-forms"),
            "/contact-form-versions".into(),
        ] {
            let seen = api.get(&list).by(token).await;
            if seen.status != 403 {
                assert_eq!(seen.expect(200)["items"], json!([]), "{list}");
            }
        }
        let seen = api.get(&referral_at).by(token).await;
        assert!(!seen.text.contains("Hemmelig"), "{}", seen.text);
        let seen = seen.expect(200);
        assert_eq!(seen["person_id"], json!(centre.person));
        let said = api.patch(&referral_at, &json!({ "note": "x" })).by(token).version(&seen).await;
        said.problem(409, "person_is_protected");
    }
    for token in [&other, centre.token(Role::Caseworker)] {
        api.post(&details, &why).by(token).await.problem(404, "not_found");
        let how = json!({ "level": "fortrolig", "source": "me" });
        api.post(&format!("{at}/protect"), &how).by(token).version(&hidden).await.problem(404, "not_found");
    }
    assert_eq!(api.get(&referral_at).by(by).await.expect(200)["need"], json!("Hemmelig behov"));
    assert_eq!(
        api.get(&referral_at).by(centre.token(Role::Participant)).await.expect(200)["need"],
        json!("Hemmelig behov")
    );
    api.post(&details, &why).by(by).await.expect(200);

    // Whoever is responsible does not give it away; a team leader, who is shown a made-up name, says who is.
    let give = json!({ "responsible_id": membership });
    api.patch(&at, &give).by(by).version(&hidden).await.problem(403, "not_yours");
    let leader = centre.token(Role::TeamLeader);
    let seen = api.get(&at).by(leader).await.expect(200);
    assert_eq!((&seen["given_name"], &seen["birth_on"]), (&json!("Protected"), &json!(null)));
    assert_eq!(api.get(&referral_at).by(leader).await.expect(200)["need"], json!(null));
    api.patch(&at, &give).by(leader).version(&seen).await.expect(200);
    api.get(&at).by(by).await.problem(404, "not_found");
    api.post(&details, &why).by(by).await.problem(404, "not_found");
    assert_eq!(api.post(&details, &why).by(&other).await.expect(200)["family_name"], json!("Prøve"));
    assert_eq!(api.get(&referral_at).by(&other).await.expect(200)["need"], json!("Hemmelig behov"));

    // What is written later about the person is hidden, too, whoever writes it.
    let mine = api.get(&of("contact-forms")).by(&other).await.expect(200)["items"][0].clone();
    assert_eq!(mine["person_id"], json!(centre.person));
    let mut body = nameless(&world, &json!({ "id": world.rows["networks"] }));
    body["activities"] = json!(["Kino"]);
    let late = json!({ "contact_form_id": mine["id"], "based_on": mine["number"], "change_reason": "x", "body": body });
    let late = api.post("/contact-form-versions", &late).by(&other).await.expect(201);
    let late = format!("/contact-form-versions/{}", late["id"].as_str().unwrap());
    api.get(&late).by(by).await.problem(404, "not_found");
}

#[actix_web::test]
async fn x8_the_staff_of_the_persons_unit_are_assigned() {
    let api = Api::start().await;
    let world = api.desks().await;
    let desk = &world.municipality;
    let by = desk.token(Role::Coordinator);
    let new = json!({ "given_name": "Siri", "family_name": "Hemmelig", "unit_id": desk.unit });
    let made = api.post("/persons", &new).by(by).await.expect(201);
    protect(&api, by, &made, "strengt_fortrolig").await;
    let seen = api.get(&path(&made)).by(desk.token(Role::UnitContact)).await.expect(200);
    assert_eq!(seen["given_name"], json!("Protected"));
    api.get(&path(&made)).by(desk.token(Role::Caseworker)).await.problem(404, "not_found");
}

#[actix_web::test]
async fn x8_those_who_were_told_learn_that_the_identity_is_protected() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (centre, municipality) = (&world.centre, &world.municipality);
    let by = centre.token(Role::Coordinator);
    let sent = api.delivered(centre, municipality, "contact_form").await;
    protect(&api, by, &ada(&world), "fortrolig").await;
    protect(&api, by, &ada(&world), "strengt_fortrolig").await;
    let there = municipality.token(Role::Caseworker);
    let tasks = api.get("/tasks?kind=sender_protects_identity").by(there).await.expect(200);
    let told: Vec<_> = tasks["items"].as_array().unwrap().iter().map(|it| it["subject_id"].clone()).collect();
    assert_eq!(told, [json!(sent)]);
    let events = "select organisation_id || ' ' || subject_id as line from event where name = 'delivery.sender_protects_identity'";
    assert_eq!(api.lines(events).await, [format!("{} {sent}", municipality.organisation)]);
    // Its own copy is its own: nothing is hidden there by somebody else.
    let copy = api.get(&format!("/deliveries/{sent}")).by(there).await.expect(200);
    assert_eq!(copy["payload"]["contact"], json!("41000000"));
}

#[actix_web::test]
async fn x8_a_number_does_not_tell_that_a_protected_person_is_known() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Coordinator);
    let number = |of: &Value, number: &str| json!({ "person_id": of["id"], "country": "NO", "number": number, "source": "folkeregisteret" });
    let [open, secret, third] =
        [person(&api, by, "Open").await, person(&api, by, "Secret").await, person(&api, by, "Third").await];
    let register = async |token: &str, of: &Value, digits: &str| {
        api.post("/person-identifiers", &number(of, digits)).by(token).await
    };
    register(by, &open, "02013299997").await.expect(201);
    register(by, &open, "020132 99997").await.problem(409, "person_identifier_already_registered");
    register(by, &third, "02013299997").await.problem(409, "person_identifier_belongs_to_another");
    register(by, &secret, "15819010029").await.expect(201);
    protect(&api, by, &secret, "strengt_fortrolig").await;
    let (_, prober) = colleague(&api, &world.centre, Role::Coordinator).await;
    let taken = register(&prober, &third, "15819010029").await.expect(201);
    assert_eq!(taken["person_id"], third["id"]);
    let tasks = async |token: &str| {
        let tasks = api.get("/tasks?kind=identity_number_of_another").by(token).await.expect(200);
        tasks["items"].as_array().unwrap().iter().map(|it| it["subject_id"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(tasks(by).await, [secret["id"].clone()], "who is responsible sees to it");
    assert_eq!(tasks(&prober).await, [json!(null); 0], "and nobody else learns of it");
    // While both have it the protection does not end.
    let now = api.get(&path(&secret)).by(by).await.expect(200);
    let end = api.post(&format!("{}/end-protection", path(&secret)), &json!({})).by(by).version(&now);
    end.await.problem(409, "person_identifier_belongs_to_another");
}

#[actix_web::test]
async fn x8_protected_details_are_corrected_by_the_assigned() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Coordinator);
    let made = person(&api, by, "Hemmelig").await;
    let details = format!("{}/protected-details", path(&made));
    let patch = json!({ "address": "Nyveien 7", "phone": null });
    let open = api.patch(&details, &patch).by(by).version(&made).await;
    open.problem(409, "person_is_not_protected");
    let hidden = protect(&api, by, &made, "klientadresse").await;
    api.patch(&details, &patch).by(by).await.problem(428, "if_match_required");
    api.patch(&details, &json!({})).by(by).version(&hidden).await.problem(422, "nothing_to_change");
    let changed = api.patch(&details, &patch).by(by).version(&hidden).await.expect(200);
    assert_eq!(
        (&changed["address"], &changed["version"]),
        (&json!(null), &json!(hidden["version"].as_i64().unwrap() + 1))
    );
    api.patch(&details, &patch).by(by).version(&hidden).await.problem(412, "stale");
    // What the level does not hide is in the row.
    let renamed =
        api.patch(&details, &json!({ "family_name": "Ny" })).by(by).version(&changed).await.expect(200);
    assert_eq!(renamed["family_name"], json!("Ny"));
    let why = json!({ "purpose": "Visit on Monday" });
    let shown = api.post(&details, &why).by(by).await.expect(200);
    assert_eq!((&shown["address"], &shown["family_name"]), (&json!("Nyveien 7"), &json!("Ny")));
    let audited = "select after ->> 'sealed' as line from audit where table_name = 'protected_detail' and verb = 'update' and after ? 'sealed'";
    assert_eq!(api.lines(audited).await, ["• changed", "• changed"]);
    assert_eq!(
        api.lines("select after::text as line from audit where after::text like '%Nyveien%'").await,
        [""; 0]
    );
    let (_, other) = colleague(&api, &world.centre, Role::Coordinator).await;
    api.patch(&details, &patch).by(&other).version(&renamed).await.problem(404, "not_found");
}
