use chrono::{Days, TimeDelta, Utc};
use diesel_async::SimpleAsyncConnection as _;
use futures_util::future::join;
use samspill::{access::Role, jobs};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    disclosures::command,
    networks,
    support::{
        Answer, Api,
        sink::Sink,
        world::{Desk, World},
    },
};

/// Adds this room's rows to a world.
pub async fn furnish(api: &Api, world: &mut World) {
    let asked = ask(api, world, Role::Coordinator, json!({})).await.expect(201);
    world.keep("guidance-requests", &asked);
    let network = json!({ "id": world.rows["networks"] });
    let told = report(api, world, Role::Coordinator, &network, json!({})).await.expect(201);
    world.keep("unmet-need-reports", &told);
}

/// What somebody at the centre asks the municipality's unit.
pub async fn ask(api: &Api, world: &World, role: Role, more: Value) -> Answer {
    let mut new = json!({ "counterpart_organisation_id": world.municipality.organisation,
                          "to_unit_id": world.municipality.unit, "topic": "boundaries", "note": "Ada wants to pay me" });
    new.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    api.post("/guidance-requests", &new).by(world.centre.token(role)).await
}

/// What somebody at the centre reports to the municipality's unit.
pub async fn report(api: &Api, world: &World, role: Role, network: &Value, more: Value) -> Answer {
    let mut new = json!({ "counterpart_organisation_id": world.municipality.organisation,
                          "to_unit_id": world.municipality.unit, "network_id": network["id"], "need_type": "health",
                          "description": "Falls more often" });
    new.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    api.post("/unmet-need-reports", &new).by(world.centre.token(role)).await
}

pub async fn step(api: &Api, by: &str, (collection, row, verb): (&str, &Value, &str), body: Value) -> Answer {
    let path = format!("/{collection}/{}/{verb}", row["id"].as_str().unwrap());
    command(api, by, &path, &body).await
}

async fn seen(api: &Api, by: &str, collection: &str, row: &Value) -> Answer {
    api.get(&format!("/{collection}/{}", row["id"].as_str().unwrap())).by(by).await
}

async fn tasks(api: &Api, desk: &Desk, kind: &str) -> usize {
    let open = api.get(&format!("/tasks?kind={kind}")).by(desk.token(Role::Coordinator)).await.expect(200);
    open["items"].as_array().unwrap().len()
}

/// A contact point of the municipality: of which unit, whose membership, and what else is said of it.
async fn point(api: &Api, world: &World, unit: &Value, (role, more): (Role, Value)) -> Value {
    let membership = world.municipality.actor(role).membership;
    let mut new = json!({ "unit_id": unit, "membership_id": membership, "name": "Kari", "role": "nurse" });
    new.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    api.post("/contact-points", &new).by(world.municipality.token(Role::Admin)).await.expect(201)
}

/// Since yesterday it is no more.
async fn is_past(api: &Api, point: &Value) {
    let id = point["id"].as_str().unwrap();
    let past = "valid_from = valid_from - 9, valid_to = valid_from - 1";
    api.sql(&format!("update contact_point set {past} where id = '{id}'")).await;
}

/// An active consent to tell the municipality of unmet needs.
async fn consent(api: &Api, world: &World, categories: &str) -> Uuid {
    let id = Uuid::now_v7();
    let (mine, other) = (world.centre.organisation, world.municipality.organisation);
    let common = "purpose, kinds, categories, includes_updates, valid";
    let values = format!(
        "'unmet needs', '{{unmet_need}}', '{{{categories}}}', true, tstzrange(now() - interval '1 day', now() + interval '1 year')"
    );
    api.sql(&format!(
        "insert into consent (organisation_id, id, counterpart_organisation_id, subject_id, {common})
            values ('{mine}', '{id}', '{other}', '{person}', {values});
         update consent set status = 'presented' where id = '{id}';
         update consent set status = 'active' where id = '{id}';
         insert into consent (organisation_id, id, side, counterpart_organisation_id, {common}, status)
            values ('{other}', '{id}', 'received', '{mine}', {values}, 'active')",
        person = world.centre.person,
    ))
    .await;
    id
}

#[actix_web::test]
async fn b9_a_report_by_a_volunteer_appears_for_the_units_contact_person() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (centre, municipality) = (&world.centre, &world.municipality);
    let (network, ..) = networks::active(&api, &world).await;
    let mine = point(&api, &world, &json!(municipality.unit), (Role::UnitContact, json!({}))).await;
    let volunteer = centre.token(Role::Volunteer);
    let told = report(&api, &world, Role::Volunteer, &network, json!({})).await.expect(201);
    assert_eq!((&told["status"], &told["disclosure_id"]), (&json!("sent"), &json!(null)));
    assert_eq!(told["asked_by_id"], json!(centre.actor(Role::Volunteer).membership));

    let contact = municipality.token(Role::UnitContact);
    let list = api.get("/unmet-need-reports?status=sent").by(contact).await.expect(200);
    let received = &list["items"][0];
    assert_eq!((&received["id"], &received["need_type"]), (&told["id"], &json!("health")));
    assert_eq!(received["contact_point_id"], mine["id"]);
    for own in ["description", "network_id", "person_id", "asked_by_id", "disclosure_id"] {
        assert_eq!(received[own], json!(null), "{own}");
    }
    assert_eq!(tasks(&api, municipality, "unmet_need_reported").await, 1);
    // Of other units nobody sees it but those who work for all.
    let other = format!(
        "insert into unit (organisation_id, id, name, function) values ('{0}', '{1}', 'Demens', 'dementia');
         update membership set unit_id = '{1}' where id = '{2}'",
        municipality.organisation,
        Uuid::now_v7(),
        municipality.actor(Role::Caseworker).membership,
    );
    api.sql(&other).await;
    let by = municipality.token(Role::Caseworker);
    seen(&api, by, "unmet-need-reports", &told).await.problem(404, "not_found");

    for verb in ["acknowledge", "assess", "action"] {
        let at = ("unmet-need-reports", &told, verb);
        step(&api, contact, at, json!({})).await.expect(200);
    }
    assert_eq!(tasks(&api, municipality, "unmet_need_reported").await, 0);
    let over = seen(&api, volunteer, "unmet-need-reports", &told).await.expect(200);
    assert_eq!((&over["status"], &over["description"]), (&json!("actioned"), &json!("Falls more often")));
    let refused =
        step(&api, contact, ("unmet-need-reports", &told, "decline"), json!({ "reason": "other" })).await;
    refused.problem(409, "illegal_move");
}

#[actix_web::test]
async fn b16_a_units_contact_is_told_of_what_came_to_their_unit_and_of_nothing_else() {
    let api = Api::start().await;
    let world = api.desks().await;
    let municipality = &world.municipality;
    let (network, ..) = networks::active(&api, &world).await;
    point(&api, &world, &json!(municipality.unit), (Role::UnitContact, json!({}))).await;
    let (contact, worker) = (municipality.token(Role::UnitContact), municipality.token(Role::Caseworker));
    let kari = municipality.actor(Role::UnitContact);
    let email = "kari@heimetenesta.example";
    api.sql(&format!("update account set email = '{email}' where id = '{}'", kari.account)).await;
    let asked = ask(&api, &world, Role::Volunteer, json!({})).await.expect(201);
    report(&api, &world, Role::Volunteer, &network, json!({})).await.expect(201);
    // One that is about another unit, and came to its contact: the desk's, and not theirs.
    let other = Uuid::now_v7();
    let desk = municipality.organisation;
    api.sql(&format!(
        "insert into unit (organisation_id, id, name, function) values ('{desk}', '{other}', 'Demens', 'dementia')"
    ))
    .await;
    point(&api, &world, &json!(other), (Role::Caseworker, json!({}))).await;
    let elsewhere = ask(&api, &world, Role::Volunteer, json!({ "to_unit_id": other })).await.expect(201);

    let theirs = async |by: &str| {
        let list = api.get("/tasks?kind=guidance_requested").by(by).await.expect(200);
        list["items"].as_array().unwrap().iter().map(|task| task["subject_id"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(theirs(contact).await, [asked["id"].clone()]);
    assert_eq!(theirs(worker).await, [asked["id"].clone(), elsewhere["id"].clone()]);
    assert_eq!(
        api.get("/tasks").by(contact).await.expect(200)["items"].as_array().unwrap().len(),
        2,
        "the report too, and no task of the desk"
    );
    let sink = Sink::start();
    jobs::mail_once(&api.house.pool, &sink.mailer()).await.unwrap();
    let mails = sink.mails();
    assert_eq!((mails.len(), mails[0].to.contains(email)), (1, true));
    assert!(mails[0].header("Subject").unwrap().ends_with("(2)"), "{}", mails[0].text);

    let answer = ("guidance-requests", &asked, "answer");
    step(&api, contact, answer, json!({ "how": "called" })).await.expect(200);
    assert_eq!(theirs(contact).await, [json!(null); 0], "it is seen to");
    assert_eq!(theirs(worker).await, [elsewhere["id"].clone()]);
    // What came to them once stays theirs when they work for another unit.
    let moved = format!("update membership set unit_id = '{other}' where id = '{}'", kari.membership);
    api.sql(&moved).await;
    assert_eq!(theirs(contact).await, [elsewhere["id"].clone()]);
    let reports = api.get("/tasks?kind=unmet_need_reported").by(contact).await.expect(200);
    assert_eq!(reports["items"].as_array().unwrap().len(), 1);
}

#[actix_web::test]
async fn b9_it_goes_to_the_substitute_and_then_to_the_head() {
    let api = Api::start().await;
    let world = api.desks().await;
    let municipality = &world.municipality;
    let (network, ..) = networks::active(&api, &world).await;
    let elsewhere = json!({ "name": "Demensteamet", "function": "dementia" });
    let elsewhere = api.post("/units", &elsewhere).by(municipality.token(Role::Admin)).await.expect(201);
    let here = json!(municipality.unit);
    // The unit's own caseworker is another's: nobody of the unit is there but by their contact points.
    let [contact, caseworker] =
        [Role::UnitContact, Role::Caseworker].map(|role| municipality.actor(role).membership);
    api.sql(&format!(
        "update membership set unit_id = '{0}' where id in ('{contact}', '{caseworker}')",
        elsewhere["id"].as_str().unwrap()
    ))
    .await;
    let head = point(&api, &world, &here, (Role::Caseworker, json!({ "is_head": true }))).await;
    let stands_in = point(&api, &world, &elsewhere["id"], (Role::UnitContact, json!({}))).await;
    let absent = json!({ "substitute_id": stands_in["id"], "membership_id": null });
    let absent = point(&api, &world, &here, (Role::UnitContact, absent)).await;
    is_past(&api, &absent).await;

    consent(&api, &world, "name,need").await;
    let about = json!({ "person_id": world.centre.person });
    let told = report(&api, &world, Role::Volunteer, &network, about).await.expect(201);
    let by = municipality.token(Role::UnitContact);
    let reached = seen(&api, by, "unmet-need-reports", &told).await.expect(200);
    assert_eq!(reached["contact_point_id"], stands_in["id"]);
    // What it says came to them too.
    jobs::run_once(&api.house.pool).await.unwrap();
    let delivery = format!("/deliveries/{}", told["disclosure_id"].as_str().unwrap());
    let says = api.get(&delivery).by(by).await.expect(200);
    assert_eq!(says["payload"]["need"]["description"], "Falls more often");

    is_past(&api, &stands_in).await;
    let told = report(&api, &world, Role::Volunteer, &network, json!({})).await.expect(201);
    seen(&api, by, "unmet-need-reports", &told).await.problem(404, "not_found");
    let by = municipality.token(Role::Caseworker);
    let reached = seen(&api, by, "unmet-need-reports", &told).await.expect(200);
    assert_eq!(reached["contact_point_id"], head["id"]);
    is_past(&api, &head).await;
    let told = report(&api, &world, Role::Volunteer, &network, json!({})).await.expect(201);
    let leader = municipality.token(Role::TeamLeader);
    let reached = seen(&api, leader, "unmet-need-reports", &told).await.expect(200);
    assert_eq!(reached["contact_point_id"], json!(null));
    // Whoever is in no network may ask for guidance all the same.
    api.sql("update network_volunteer set left_on = '2026-01-10', is_network_contact = false").await;
    ask(&api, &world, Role::Volunteer, json!({})).await.expect(201);
    // A unit that is no more is asked nothing.
    let over = format!(
        "update unit set valid_from = valid_from - 9, valid_to = valid_from where id = '{}'",
        world.municipality.unit
    );
    api.sql(&over).await;
    let refused = ask(&api, &world, Role::Volunteer, json!({})).await;
    refused.problem(422, "guidance_request_unknown_unit");
}

#[actix_web::test]
async fn b9_of_a_named_person_nothing_is_told_without_a_basis_and_then_as_a_disclosure() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (network, ..) = networks::active(&api, &world).await;
    let about = json!({ "person_id": world.centre.person });
    let refused = report(&api, &world, Role::Volunteer, &network, about.clone()).await;
    refused.problem(422, "consent_required");
    let narrow = consent(&api, &world, "name").await;
    let refused = report(&api, &world, Role::Volunteer, &network, about.clone()).await;
    refused.problem(422, "consent_required");
    api.sql(&format!("update consent set status = 'withdrawn' where id = '{narrow}'")).await;
    consent(&api, &world, "name,need").await;
    let other = json!({ "person_id": Uuid::now_v7() });
    let stranger = report(&api, &world, Role::Volunteer, &network, other).await;
    stranger.problem(422, "unmet_need_report_unknown_participant");
    let told = report(&api, &world, Role::Volunteer, &network, about).await.expect(201);
    let by = world.centre.token(Role::Coordinator);
    let path = format!("/disclosures/{}/payload", told["disclosure_id"].as_str().unwrap());
    let payload = api.get(&path).by(by).await.expect(200)["payload"].clone();
    let expected = json!({ "name": { "given_name": "Ada", "family_name": "Prøve" },
                           "need": { "type": "health", "description": "Falls more often" } });
    assert_eq!(payload, expected);
    let kinds = api.get("/disclosures?kind=unmet_need").by(by).await.expect(200);
    assert_eq!(kinds["items"][0]["unit_ids"], json!([world.municipality.unit]));
    // The letter itself says nothing of it at the other desk.
    let copy = "select concat_ws(' ', person_id, description, network_id, asked_by_id) as line from unmet_need_report where side = 'received'";
    assert_eq!(api.lines(copy).await, [""]);
    let nowhere = json!({ "id": Uuid::now_v7() });
    let refused = report(&api, &world, Role::Volunteer, &nowhere, json!({})).await;
    refused.problem(422, "unmet_need_report_unknown_network");
    let foreign = json!({ "to_unit_id": world.centre.unit });
    let refused = report(&api, &world, Role::Volunteer, &network, foreign).await;
    refused.problem(422, "unmet_need_report_unknown_unit");
    let declined = json!({ "reason": "already_met" });
    let at = ("unmet-need-reports", &told, "decline");
    let declined = step(&api, world.municipality.token(Role::Caseworker), at, declined).await.expect(200);
    assert_eq!((&declined["status"], &declined["reason"]), (&json!("declined"), &json!("already_met")));
}

#[actix_web::test]
async fn b9_guidance_is_asked_for_answered_and_closed_without_a_word_of_anybody() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (centre, municipality) = (&world.centre, &world.municipality);
    let (network, ..) = networks::active(&api, &world).await;
    let about = json!({ "network_id": network["id"] });
    let asked = ask(&api, &world, Role::Volunteer, about).await.expect(201);
    let at = |verb: &'static str| ("guidance-requests", &asked, verb);
    let contact = municipality.token(Role::UnitContact);
    let received = seen(&api, contact, "guidance-requests", &asked).await.expect(200);
    assert_eq!((&received["topic"], &received["side"]), (&json!("boundaries"), &json!("received")));
    for own in ["note", "network_id", "asked_by_id"] {
        assert_eq!(received[own], json!(null), "{own}");
    }
    assert_eq!(tasks(&api, municipality, "guidance_requested").await, 1);
    step(&api, contact, at("close"), json!({})).await.problem(409, "illegal_move");
    let answered = step(&api, contact, at("answer"), json!({ "how": "called" })).await.expect(200);
    assert_eq!((&answered["status"], &answered["answered_how"]), (&json!("answered"), &json!("called")));
    assert_eq!(tasks(&api, municipality, "guidance_requested").await, 0);
    let volunteer = centre.token(Role::Volunteer);
    let closed = step(&api, volunteer, at("close"), json!({})).await.expect(200);
    assert_eq!((&closed["status"], &closed["allowed_actions"]), (&json!("closed"), &json!([])));
    // Volunteers see their own.
    let other = ask(&api, &world, Role::Coordinator, json!({})).await.expect(201);
    seen(&api, volunteer, "guidance-requests", &other).await.problem(404, "not_found");
    let foreign = json!({ "to_unit_id": centre.unit });
    let refused = ask(&api, &world, Role::Volunteer, foreign).await;
    refused.problem(422, "guidance_request_unknown_unit");
    let nowhere = json!({ "network_id": Uuid::now_v7() });
    let refused = ask(&api, &world, Role::Volunteer, nowhere).await;
    refused.problem(422, "guidance_request_unknown_network");
}

#[actix_web::test]
async fn b9_what_is_not_answered_in_five_working_days_is_asked_after_once() {
    let api = Api::start().await;
    let world = api.desks().await;
    let municipality = &world.municipality;
    let (network, ..) = networks::active(&api, &world).await;
    let asked = ask(&api, &world, Role::Coordinator, json!({})).await.expect(201);
    let told = report(&api, &world, Role::Coordinator, &network, json!({})).await.expect(201);
    assert_eq!(
        (&asked["rule"], &told["rule"]),
        (&json!("NO_GUIDANCE_ANSWER"), &json!("NO_UNMET_NEED_ANSWER"))
    );
    assert_eq!(asked["due_on"], told["due_on"]);
    let due: chrono::NaiveDate = asked["due_on"].as_str().unwrap().parse().unwrap();
    let pool = &api.house.pool;
    let work = async |day: chrono::NaiveDate| {
        pool.set_clock(Some(day.and_hms_opt(12, 0, 0).unwrap().and_utc()));
        let (one, two) = join(jobs::run_once(pool), jobs::run_once(pool)).await;
        one.unwrap().alarmed + two.unwrap().alarmed
    };
    assert!(due >= Utc::now().date_naive() + TimeDelta::days(5));
    assert_eq!(work(due).await, 0);
    // Somebody is answering at this moment: whoever holds the row is not asked after it.
    let mut held = api.owner().await;
    held.batch_execute("begin; select from guidance_request where side = 'received' for update")
        .await
        .unwrap();
    assert_eq!(work(due + Days::new(1)).await, 1);
    held.batch_execute("rollback").await.unwrap();
    assert_eq!(work(due + Days::new(1)).await, 1);
    assert_eq!(work(due + Days::new(2)).await, 0);
    let late = api.get("/guidance-requests?overdue=true").by(municipality.token(Role::UnitContact)).await;
    assert_eq!(late.expect(200)["items"][0]["id"], asked["id"]);
    let late = api.get("/unmet-need-reports?overdue=true").by(municipality.token(Role::UnitContact)).await;
    assert_eq!(late.expect(200)["items"][0]["id"], told["id"]);
    assert_eq!(tasks(&api, municipality, "guidance_overdue").await, 1);
    assert_eq!(tasks(&api, municipality, "unmet_need_overdue").await, 1);
    let contact = municipality.token(Role::UnitContact);
    let answer = json!({ "how": "met" });
    step(&api, contact, ("guidance-requests", &asked, "answer"), answer).await.expect(200);
    step(&api, contact, ("unmet-need-reports", &told, "acknowledge"), json!({})).await.expect(200);
    assert_eq!(tasks(&api, municipality, "guidance_overdue").await, 0);
    assert_eq!(tasks(&api, municipality, "unmet_need_overdue").await, 0);
}
