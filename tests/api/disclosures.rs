use actix_web::http::Method;
use chrono::{TimeDelta, Utc};
use futures_util::future::join;
use samspill::{
    access::{Purpose, Role, post},
    domains::{
        journey::disclosures,
        people::{
            consents::{Category, Kind},
            legal_bases::{Basis, Given},
        },
    },
    jobs::{self, Report},
};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::support::{
    Answer, Api,
    crossing::Draft,
    world::{Desk, World},
};

/// Adds this room's rows to a world.
pub async fn furnish(api: &Api, world: &mut World) {
    let id = api.delivered(&world.centre, &world.municipality, "contact_form").await;
    world.keep_id("disclosures", id);
    world.keep_id("deliveries", id);
}

pub async fn command(api: &Api, by: &str, path: &str, body: &Value) -> Answer {
    let row = api.get(path.rsplit_once('/').unwrap().0).by(by).await.expect(200);
    api.call(Method::POST, path).json(body).by(by).version(&row).await
}

async fn withdraw(api: &Api, consent: Uuid) {
    api.sql(&format!(
        "select set_config('app.organisation', organisation_id::text, false) from consent where id = '{consent}' and side = 'sent';
         update consent set status = 'withdrawn' where id = '{consent}'"
    ))
    .await;
}

async fn give(api: &Api, desk: &Desk, to: &Desk, consent: Uuid) {
    let given = Given {
        organisation_id: desk.organisation,
        subject_id: desk.person.into(),
        counterpart_organisation_id: to.organisation,
        basis: Basis::Consent(consent.into()),
        kinds: vec![Kind::ContactForm, Kind::Referral],
        categories: vec![Category::Name, Category::Contact],
    };
    let work = async |db: &mut _| {
        post::work_at(db, desk.organisation).await?;
        disclosures::basis_given(db, &given).await
    };
    api.house.pool.system(Purpose::QueueForm, work).await.unwrap();
}

#[actix_web::test]
async fn x4_the_gate_is_asked_at_each_sending() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (centre, municipality) = (&world.centre, &world.municipality);
    let by = centre.token(Role::Coordinator);
    let (consent, third) = api.queued(centre, municipality, "contact_form").await;
    let form = api
        .lay_out(centre.organisation, &Draft::new(centre, municipality, "contact_form", Some(consent)))
        .await;
    assert_eq!(jobs::run_once(&api.house.pool).await.unwrap().sent, 2);
    assert_eq!(api.both_sides(form).await, ["sent", "sent"]);

    let waiting = api
        .lay_out(centre.organisation, &Draft::new(centre, municipality, "contact_form", Some(consent)))
        .await;
    withdraw(&api, consent).await;
    let fourth = api
        .lay_out(centre.organisation, &Draft::new(centre, municipality, "contact_form", Some(consent)))
        .await;
    assert_eq!(jobs::run_once(&api.house.pool).await.unwrap(), Report { blocked: 1, ..Report::default() });
    for (id, reason) in [(waiting, "no_consent"), (fourth, "consent_not_active")] {
        let blocked = api.get(&format!("/disclosures/{id}")).by(by).await.expect(200);
        assert_eq!((&blocked["status"], &blocked["blocked_reason"]), (&json!("blocked"), &json!(reason)));
        assert_eq!(api.both_sides(id).await, ["blocked"]);
    }
    assert_eq!(api.both_sides(third).await, ["sent", "sent"]);
    let listed = api.get(&format!("/disclosures?status=sent&consent_id={consent}&kind=contact_form")).by(by);
    assert_eq!(listed.await.expect(200)["items"].as_array().unwrap().len(), 2);
}

#[actix_web::test]
async fn a_new_consent_sends_only_the_latest_version() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (centre, municipality) = (&world.centre, &world.municipality);
    let (network, form, account) = (Uuid::now_v7(), Uuid::now_v7(), centre.actor(Role::Coordinator).account);
    let (here, person, unit) = (centre.organisation, centre.person, municipality.unit);
    let body = |name: &str| json!({ "name": name, "activities": ["tur"], "municipal_contacts": [{ "unit_id": unit }] });
    api.sql(&format!(
        "insert into network (organisation_id, id, name, shape) values ('{here}', '{network}', 'N', 'visiting_friend');
         insert into contact_form (organisation_id, id, network_id, person_id, number) values ('{here}', '{form}', '{network}', '{person}', 3);
         insert into contact_form_version (organisation_id, contact_form_id, network_id, person_id, number, body, changes, created_by)
         values ('{here}', '{form}', '{network}', '{person}', 2, '{}', '{{}}', '{account}'),
                ('{here}', '{form}', '{network}', '{person}', 3, '{}', '{{}}', '{account}')",
        body("second"),
        body("third"),
    ))
    .await;
    let mut stopped = Vec::new();
    for _ in 0..2 {
        let draft = Draft { form: Some(form), ..Draft::new(centre, municipality, "contact_form", None) };
        stopped.push(api.lay_out(here, &draft).await);
    }
    stopped.push(api.lay_out(here, &Draft::new(centre, municipality, "referral", None)).await);
    let consent = api.active_consent(centre, municipality).await;
    give(&api, centre, municipality, consent).await;
    for id in stopped {
        assert_eq!(api.both_sides(id).await, ["recalled"]);
    }
    let queued = format!("/disclosures?consent_id={consent}&contact_form_id={form}&status=queued");
    let by = centre.token(Role::Coordinator);
    let queued = api.get(&queued).by(by).await.expect(200)["items"].clone();
    assert_eq!((queued.as_array().unwrap().len(), &queued[0]["number"]), (1, &json!(3)));
    assert_eq!(queued[0]["unit_ids"], json!([unit]));
    let path = format!("/disclosures/{}/payload", queued[0]["id"].as_str().unwrap());
    assert_eq!(api.get(&path).by(by).await.expect(200)["payload"], json!({ "name": "third" }));
    assert_eq!(jobs::run_once(&api.house.pool).await.unwrap().sent, 2);
    give(&api, centre, municipality, consent).await;
    assert_eq!(jobs::run_once(&api.house.pool).await.unwrap(), Report::default());
    let left = async |db: &mut _| disclosures::has_left(db, form).await;
    assert!(api.house.pool.system(Purpose::QueueForm, left).await.unwrap());
}

#[actix_web::test]
async fn b12_a_contact_person_of_another_unit_sees_no_form() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (centre, municipality) = (&world.centre, &world.municipality);
    let by = municipality.token(Role::UnitContact);
    let (consent, ours) = api.queued(centre, municipality, "contact_form").await;
    let unit = Uuid::now_v7();
    api.sql(&format!(
        "insert into unit (organisation_id, id, name, function) values ('{}', '{unit}', 'Demensteam', 'dementia')",
        municipality.organisation
    ))
    .await;
    let other =
        Draft { units: vec![unit], ..Draft::new(centre, municipality, "contact_form", Some(consent)) };
    let other = api.lay_out(centre.organisation, &other).await;
    assert_eq!(jobs::run_once(&api.house.pool).await.unwrap().sent, 2);

    let seen = api.get("/deliveries").by(by).await.expect(200)["items"].clone();
    assert_eq!(seen.as_array().unwrap().iter().map(|it| it["id"].clone()).collect::<Vec<_>>(), [json!(ours)]);
    assert_eq!(seen[0].get("payload"), None);
    let full = api.get(&format!("/deliveries/{ours}")).by(by).await.expect(200);
    assert_eq!(full["payload"]["name"]["given_name"], "Ada");
    api.get(&format!("/deliveries/{other}")).by(by).await.problem(404, "not_found");
    let caseworker = municipality.token(Role::Caseworker);
    api.get(&format!("/deliveries/{other}")).by(caseworker).await.expect(200);

    let reads = "select acting_role || ' ' || row_id as line from audit where verb = 'read' and table_name = 'delivery' order by id";
    let expected = [("unit_contact", ours), ("unit_contact", ours), ("caseworker", other)];
    assert_eq!(api.lines(reads).await, expected.map(|(role, id)| format!("{role} {id}")));
}

#[actix_web::test]
async fn b13_a_delivered_version_is_archived_with_checksum_and_not_deleted() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (centre, municipality) = (&world.centre, &world.municipality);
    let by = municipality.token(Role::Integration);
    let (here, there, referral) = (municipality.organisation, centre.organisation, Uuid::now_v7());
    api.sql(&format!(
        "insert into referral (organisation_id, id, side, counterpart_organisation_id, service, kind, source_channel, external_system, external_case_id)
         values ('{here}', '{referral}', 'sent', '{there}', 'network', 'need', 'push', 'ePhorte', '2026/77'),
                ('{there}', '{referral}', 'received', '{here}', 'network', 'need', 'push', null, null)"
    ))
    .await;
    let consent = api.active_consent(centre, municipality).await;
    let draft =
        Draft { referral: Some(referral), ..Draft::new(centre, municipality, "contact_form", Some(consent)) };
    let id = api.lay_out(there, &draft).await;
    jobs::run_once(&api.house.pool).await.unwrap();
    let path = format!("/deliveries/{id}");
    let archiving = json!({ "archive_system": "ePhorte", "archive_id": "2026/77-3" });
    let refused =
        command(&api, by, &format!("{path}/archive"), &archiving).await.problem(409, "illegal_move");
    assert_eq!(refused["allowed_actions"], json!(["acknowledge", "take_in", "reject"]));
    let row = api.get(&path).by(by).await.expect(200);
    assert_eq!((&row["external_case_id"], &row["external_system"]), (&json!("2026/77"), &json!("ePhorte")));
    api.delete(&path).by(by).version(&row).await.problem(409, "not_yet_settled");
    api.delete(&path).by(by).await.problem(428, "if_match_required");

    let received = command(&api, by, &format!("{path}/acknowledge"), &json!({})).await.expect(200);
    assert_eq!(
        (&received["status"], &received["allowed_actions"]),
        (&json!("received"), &json!(["take_in", "archive", "reject"]))
    );
    let future =
        json!({ "archive_system": "x", "archive_id": "x", "archived_at": Utc::now() + TimeDelta::days(2) });
    command(&api, by, &format!("{path}/archive"), &future).await.problem(422, "archived_in_the_future");
    let archived = command(&api, by, &format!("{path}/archive"), &archiving).await.expect(200);
    assert_eq!(api.both_sides(id).await, ["archived", "archived"]);
    api.delete(&path).by(by).version(&archived).await.problem(409, "archive_duty");
    let package = api.get(&format!("{path}/archive-package")).by(by).await.expect(200);
    let content = package["content"].as_str().unwrap();
    assert_eq!(
        package["checksum"],
        json!({ "algorithm": "SHA-256", "value": format!("{:x}", Sha256::digest(content)) })
    );
    assert_eq!(serde_json::from_str::<Value>(content).unwrap(), package["payload"]);
    for (field, value) in [
        ("external_case_id", json!("2026/77")),
        ("referral_id", json!(referral)),
        ("consent_id", json!(consent)),
        ("archive_id", json!("2026/77-3")),
        ("classification", json!("sensitive_personal_data")),
    ] {
        assert_eq!(package[field], value, "{field}");
    }
    assert_eq!(package["sender"]["id"], json!(there));
    assert_eq!(package["recipient"]["name"], "Vennesla kommune");
    // Nor by a statement that goes round the server.
    let mut db = api.owner().await;
    let refused = crate::gate::refusal(
        &mut db,
        &municipality.seat("samspill_app", Role::Caseworker),
        "delete from delivery",
    )
    .await;
    assert_eq!(refused, "archive_duty");
    let sender = api.get(&format!("/disclosures/{id}")).by(centre.token(Role::Coordinator)).await.expect(200);
    assert_eq!((&sender["archive_id"], &sender["allowed_actions"]), (&json!("2026/77-3"), &json!([])));
}

#[actix_web::test]
async fn take_in_delivery_makes_the_recipients_own_person() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (centre, municipality) = (&world.centre, &world.municipality);
    let by = centre.token(Role::Coordinator);
    let (here, there, referral) = (municipality.organisation, centre.organisation, Uuid::now_v7());
    api.sql(&format!(
        "insert into referral (organisation_id, id, side, counterpart_organisation_id, service, kind, source_channel, person_id)
         values ('{here}', '{referral}', 'sent', '{there}', 'network', 'need', 'push', '{}'),
                ('{there}', '{referral}', 'received', '{here}', 'network', 'need', 'push', null)",
        municipality.person,
    ))
    .await;
    let consent = api.active_consent(municipality, centre).await;
    let draft =
        Draft { referral: Some(referral), ..Draft::new(municipality, centre, "referral", Some(consent)) };
    let [first, second] = [api.lay_out(here, &draft).await, api.lay_out(here, &draft).await];
    let form = api.delivered(municipality, centre, "contact_form").await;
    let path = format!("/deliveries/{first}/take-in");
    let stranger = json!({ "person_id": municipality.person });
    command(&api, by, &path, &stranger).await.problem(422, "delivery_unknown_person");
    assert_eq!(api.both_sides(first).await, ["sent", "sent"]);
    api.sql("update referral set status = 'withdrawn'").await;
    command(&api, by, &path, &json!({})).await.problem(409, "referral_has_ended");
    api.sql("update referral set status = 'submitted'").await;
    let taken = command(&api, by, &path, &json!({})).await.expect(200);
    assert_eq!(taken["status"], "received");
    assert!(![json!(null), json!(municipality.person)].contains(&taken["person_id"]));
    let linked = format!("select person_id::text as line from referral where organisation_id = '{there}'");
    assert_eq!(json!(api.lines(&linked).await), json!([taken["person_id"]]));
    assert_eq!(api.both_sides(first).await, ["received", "received"]);
    command(&api, by, &path, &json!({})).await.problem(409, "already_taken_in");
    let known = json!({ "person_id": centre.person });
    let taken = command(&api, by, &format!("/deliveries/{second}/take-in"), &known).await.expect(200);
    assert_eq!(taken["person_id"], json!(centre.person));
    let not_one = command(&api, by, &format!("/deliveries/{form}/take-in"), &json!({})).await;
    not_one.problem(422, "delivery_is_not_a_referral");

    api.sql(&format!("update person set protection = 'confidential' where id = '{}'", centre.person)).await;
    let hidden = api.get(&format!("/deliveries/{second}")).by(by).await.expect(200);
    assert_eq!(hidden["payload"], json!(null));
}

#[actix_web::test]
async fn what_is_about_a_protected_person_waits_for_a_second_approval() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (centre, municipality) = (&world.centre, &world.municipality);
    let by = centre.token(Role::Coordinator);
    api.sql(&format!("update person set protection = 'confidential' where id = '{}'", centre.person)).await;
    let (_, id) = api.queued(centre, municipality, "contact_form").await;
    let path = format!("/disclosures/{id}");
    assert_eq!(jobs::run_once(&api.house.pool).await.unwrap(), Report::default());
    let row = api.get(&path).by(by).await.expect(200);
    assert_eq!(
        (&row["blocked_reason"], &row["protected"]),
        (&json!("protected_needs_approval"), &json!(true))
    );
    api.get(&format!("{path}/payload")).by(by).await.problem(409, "person_is_protected");
    let leader = centre.token(Role::TeamLeader);
    let looked_at = api.get(&format!("{path}/payload")).by(leader).await.expect(200);
    assert!(looked_at["payload"].is_object(), "nobody approves what they cannot read");
    let approved = command(&api, by, &format!("{path}/approve"), &json!({})).await.expect(200);
    assert_eq!(approved["approved_by_id"], json!(centre.actor(Role::Coordinator).membership));
    assert_eq!((&approved["status"], &approved["blocked_reason"]), (&json!("queued"), &json!(null)));
    api.get(&format!("{path}/payload")).by(leader).await.problem(409, "person_is_protected");
    assert_eq!(jobs::run_once(&api.house.pool).await.unwrap().sent, 1);

    let draft = Draft::new(centre, municipality, "contact_form", None);
    let without = api.lay_out(centre.organisation, &draft).await;
    let refused = command(&api, by, &format!("/disclosures/{without}/approve"), &json!({})).await;
    refused.problem(409, "not_waiting_for_approval");
}

#[actix_web::test]
async fn recall_disclosure_before_it_leaves_and_never_after() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (centre, municipality) = (&world.centre, &world.municipality);
    let by = centre.token(Role::Coordinator);
    let (_, id) = api.queued(centre, municipality, "contact_form").await;
    let blocked = Draft::new(centre, municipality, "contact_form", None);
    let blocked = api.lay_out(centre.organisation, &blocked).await;
    for id in [id, blocked] {
        let recalled = command(&api, by, &format!("/disclosures/{id}/recall"), &json!({})).await.expect(200);
        assert_eq!((&recalled["status"], &recalled["allowed_actions"]), (&json!("recalled"), &json!([])));
    }
    assert_eq!(jobs::run_once(&api.house.pool).await.unwrap(), Report::default());
    let sent = api.delivered(centre, municipality, "contact_form").await;
    command(&api, by, &format!("/disclosures/{sent}/recall"), &json!({})).await.problem(409, "illegal_move");
    let events = format!(
        "select name || ' ' || coalesce(from_status, '') as line from event where subject_id = '{id}' order by id"
    );
    assert_eq!(api.lines(&events).await, ["disclosure.recalled queued"]);
}

#[actix_web::test]
async fn what_nobody_receives_in_time_fails_and_is_sent_again() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (centre, municipality) = (&world.centre, &world.municipality);
    let (by, recipient) = (centre.token(Role::Coordinator), municipality.token(Role::Integration));
    let pool = &api.house.pool;
    let (consent, id) = api.queued(centre, municipality, "contact_form").await;
    assert_eq!(jobs::run_once(pool).await.unwrap().sent, 1);
    pool.set_clock(Some(Utc::now() + TimeDelta::days(6)));
    assert_eq!(jobs::run_once(pool).await.unwrap().failed, 0);
    pool.set_clock(Some(Utc::now() + TimeDelta::days(9)));
    assert_eq!(jobs::run_once(pool).await.unwrap().failed, 1);
    assert_eq!(api.both_sides(id).await, ["failed", "failed"]);
    let tasks = api.get("/tasks?kind=disclosure_failed").by(by).await.expect(200)["items"].clone();
    assert_eq!((tasks.as_array().unwrap().len(), &tasks[0]["subject_id"]), (1, &json!(id)));

    pool.set_clock(None);
    let resend = format!("/disclosures/{id}/resend");
    let queued = command(&api, by, &resend, &json!({})).await.expect(200);
    assert_eq!(queued["status"], "queued");
    let acknowledge = format!("/deliveries/{id}/acknowledge");
    command(&api, recipient, &acknowledge, &json!({})).await.problem(409, "illegal_move");
    assert_eq!(jobs::run_once(pool).await.unwrap().sent, 1);
    assert_eq!(api.both_sides(id).await, ["sent", "sent"]);
    pool.set_clock(Some(Utc::now() + TimeDelta::days(9)));
    assert_eq!(jobs::run_once(pool).await.unwrap().failed, 1);
    command(&api, by, &resend, &json!({})).await.expect(200);
    withdraw(&api, consent).await;
    assert_eq!(jobs::run_once(pool).await.unwrap().blocked, 1);
    assert_eq!(api.both_sides(id).await, ["blocked", "blocked"]);
    command(&api, by, &format!("/disclosures/{id}/recall"), &json!({})).await.expect(200);
    assert_eq!(api.both_sides(id).await, ["recalled", "recalled"]);
    let row = api.get(&format!("/deliveries/{id}")).by(recipient).await.expect(200);
    api.delete(&format!("/deliveries/{id}")).by(recipient).version(&row).await.expect(204);
    api.get(&format!("/deliveries/{id}")).by(recipient).await.problem(404, "not_found");

    let late = api.delivered(centre, municipality, "contact_form").await;
    jobs::run_once(pool).await.unwrap();
    assert_eq!(api.both_sides(late).await, ["failed", "failed"]);
    command(&api, recipient, &format!("/deliveries/{late}/acknowledge"), &json!({})).await.expect(200);
    assert_eq!(api.both_sides(late).await, ["received", "received"]);
}

#[actix_web::test]
async fn many_workers_send_each_thing_once() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (centre, municipality) = (&world.centre, &world.municipality);
    let (consent, _) = api.queued(centre, municipality, "contact_form").await;
    for _ in 0..19 {
        let draft = Draft::new(centre, municipality, "contact_form", Some(consent));
        api.lay_out(centre.organisation, &draft).await;
    }
    let (one, two) = join(jobs::run_once(&api.house.pool), jobs::run_once(&api.house.pool)).await;
    let (one, two) = (one.unwrap(), two.unwrap());
    assert_eq!((one.sent + two.sent, one.postponed + two.postponed), (20, 0));
    let twice =
        "select subject_id::text as line from event where name in ('delivery.sent', 'disclosure.sent')
                 group by subject_id having count(*) <> 2";
    assert_eq!(api.lines(twice).await, [""; 0]);
}

#[actix_web::test]
async fn the_worker_stops_when_it_is_told() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (_, id) = api.queued(&world.centre, &world.municipality, "contact_form").await;
    let (stop, stopped) = tokio::sync::watch::channel(true);
    jobs::run(api.house.pool.clone(), stopped).await;
    assert_eq!(api.both_sides(id).await, ["queued"]);
    let stopped = stop.subscribe();
    stop.send(false).unwrap();
    let tell = async {
        while api.both_sides(id).await != ["sent", "sent"] {}
        stop.send(true).unwrap();
    };
    join(jobs::run(api.house.pool.clone(), stopped), tell).await;
}

#[actix_web::test]
async fn what_is_past_its_time_is_removed() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Coordinator);
    api.post("/volunteers", &json!({ "name": "Frida" })).by(by).await.expect(201);
    api.sql("insert into login_throttle (hash, failures, until) values ('\\x01', 3, now() + interval '1 hour');
             insert into used_proof (account_id, proof, expires_at) values (gen_random_uuid(), 'a', now() + interval '40 days')")
        .await;
    assert_eq!(jobs::run_once(&api.house.pool).await.unwrap().purged, 0);
    api.house.pool.set_clock(Some(Utc::now() + TimeDelta::days(32)));
    assert_eq!(jobs::run_once(&api.house.pool).await.unwrap().purged, 2);
    assert_eq!(api.lines("select proof as line from used_proof").await, ["a"]);
}
