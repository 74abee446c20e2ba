//! What goes through several rooms: a form and its consent, which ends and is given again.

use chrono::{TimeDelta, Utc};
use diesel_async::SimpleAsyncConnection as _;
use futures_util::future::{join, join3};
use samspill::{access::Role, jobs};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    contact_forms::{open, revision},
    gate::dispatch,
    networks::{active, again, command},
    persons::assess,
    referrals::push,
    support::{
        Answer, Api,
        world::{Desk, World},
    },
};

/// A consent to tell the municipality of each version of the form, drafted, presented and given by the person.
pub async fn consent(api: &Api, world: &World) -> Value {
    let by = world.centre.token(Role::Coordinator);
    let new = json!({
        "subject_id": world.centre.person, "counterpart_organisation_id": world.municipality.organisation,
        "purpose": "contact_form", "kinds": ["contact_form"], "categories": ["name", "activities"],
        "includes_updates": true, "expires_at": Utc::now() + TimeDelta::days(300),
    });
    let drafted = api.post("/consents", &new).by(by).await.expect(201);
    let text = json!({ "text_code": "share_with_volunteers", "language": "nb", "form": "on_paper" });
    command(api, world, ("consents", &drafted, "present"), &text).await.expect(200);
    let given = json!({ "given_by_id": world.centre.person, "method": "wet_signature" });
    command(api, world, ("consents", &drafted, "give"), &given).await.expect(200)
}

/// Somebody at this desk is told that the person takes the consent back, and finds it on the desk's own copy.
pub async fn withdraw(api: &Api, desk: &Desk, role: Role, consent: &Value) -> Answer {
    let path = format!("/consents/{}", consent["id"].as_str().unwrap());
    let seen = api.get(&path).by(desk.token(role)).await.expect(200);
    let told = json!({ "told_how": "orally" });
    api.post(&format!("{path}/withdraw"), &told).by(desk.token(role)).version(&seen).await
}

pub async fn work(api: &Api) {
    let report = jobs::run_once(&api.house.pool).await.unwrap();
    assert_eq!(report.postponed, 0);
}

/// Sends what waits, as the worker does, and acknowledges it, as the municipality's system does.
pub async fn deliver(api: &Api, world: &World) {
    work(api).await;
    let by = world.municipality.token(Role::Integration);
    let arrived = api.get("/deliveries?status=sent").by(by).await.expect(200);
    for delivery in arrived["items"].as_array().unwrap() {
        let path = format!("/deliveries/{}/acknowledge", delivery["id"].as_str().unwrap());
        api.post(&path, &json!({})).by(by).version(delivery).await.expect(200);
    }
}

pub async fn revise(api: &Api, world: &World, form: &Value, activity: &str) -> Answer {
    let now = again(api, world, "contact-forms", form).await;
    let mut next = revision(&now, activity);
    next["body"]["activities"] = json!([activity]);
    api.post("/contact-form-versions", &next).by(world.centre.token(Role::Coordinator)).await
}

/// A form that is not yet active, in an active network of a person who has capacity and has given a consent.
pub async fn form(api: &Api, world: &World) -> (Value, Value) {
    assess(api, world.centre.token(Role::Coordinator), &json!(world.centre.person), "has").await;
    let (network, ..) = active(api, world).await;
    let form = open(api, world, &network).await;
    (form, consent(api, world).await)
}

/// `number status reason` of each disclosure of the form, as the centre sees it.
pub async fn stand(api: &Api, world: &World, form: &Value) -> Vec<String> {
    let path = format!("/disclosures?limit=200&contact_form_id={}", form["id"].as_str().unwrap());
    let all = api.get(&path).by(world.centre.token(Role::Coordinator)).await.expect(200);
    let line = |it: &Value| {
        let words = [&it["status"], &it["blocked_reason"]].into_iter().filter_map(Value::as_str);
        format!("{} {}", it["number"], words.collect::<Vec<_>>().join(" "))
    };
    all["items"].as_array().unwrap().iter().map(line).collect()
}

/// The numbers of the versions that the municipality has stored, and the last activity that the last of them names.
async fn known(api: &Api, world: &World) -> (Vec<Value>, Value) {
    let by = world.municipality.token(Role::Caseworker);
    let all = api.get("/deliveries?status=received").by(by).await.expect(200);
    let all = all["items"].as_array().unwrap();
    let path = format!("/deliveries/{}", all.last().unwrap()["id"].as_str().unwrap());
    let last = api.get(&path).by(by).await.expect(200);
    let activities = last["payload"]["activities"].as_array().unwrap();
    (all.iter().map(|it| it["number"].clone()).collect(), activities.last().unwrap().clone())
}

/// Two versions leave, the third does not; and what is given again is told the latest, and nothing in between.
async fn given_again(withdrawn_by_municipality: bool) {
    let api = Api::start().await;
    let world = api.desks().await;
    let (form, given) = form(&api, &world).await;
    command(&api, &world, ("contact-forms", &form, "activate"), &json!({})).await.expect(200);
    deliver(&api, &world).await;
    revise(&api, &world, &form, "Kino").await.expect(201);
    deliver(&api, &world).await;
    let (desk, role) = if withdrawn_by_municipality {
        (&world.municipality, Role::Caseworker)
    } else {
        (&world.centre, Role::Coordinator)
    };
    withdraw(&api, desk, role, &given).await.expect(200);
    revise(&api, &world, &form, "Kafé").await.expect(201);
    deliver(&api, &world).await;
    assert_eq!(stand(&api, &world, &form).await, ["1 received", "2 received", "3 blocked no_consent"]);
    assert_eq!(known(&api, &world).await, (vec![json!(1), json!(2)], json!("Kino")));
    revise(&api, &world, &form, "Bingo").await.expect(201);
    deliver(&api, &world).await;
    assert_eq!(stand(&api, &world, &form).await[3..], ["4 blocked no_consent"]);

    consent(&api, &world).await;
    deliver(&api, &world).await;
    assert_eq!(known(&api, &world).await, (vec![json!(1), json!(2), json!(4)], json!("Bingo")));
    let now = stand(&api, &world, &form).await;
    assert_eq!(now.len(), 5);
    assert!(now[2].starts_with("3 recalled") && now[3].starts_with("4 recalled"), "{now:?}");
    assert_eq!(now[4], "4 received");
}

#[actix_web::test]
async fn b11_granting_again_sends_the_latest_version_only() {
    given_again(false).await;
}

#[actix_web::test]
async fn b11_granting_again_after_a_withdrawal_at_the_municipality_sends_the_latest_version_only() {
    given_again(true).await;
}

#[actix_web::test]
async fn x4_form_saved_after_withdrawal_stays_home_and_the_former_one_remains() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (form, given) = form(&api, &world).await;
    revise(&api, &world, &form, "Kino").await.expect(201);
    command(&api, &world, ("contact-forms", &form, "activate"), &json!({})).await.expect(200);
    revise(&api, &world, &form, "Kafé").await.expect(201);
    deliver(&api, &world).await;
    assert_eq!(known(&api, &world).await, (vec![json!(2), json!(3)], json!("Kafé")));
    withdraw(&api, &world.centre, Role::Participant, &given).await.expect(200);
    revise(&api, &world, &form, "Hemmelig klubb").await.expect(201);
    deliver(&api, &world).await;
    assert_eq!(stand(&api, &world, &form).await, ["2 received", "3 received", "4 blocked no_consent"]);
    assert_eq!(known(&api, &world).await, (vec![json!(2), json!(3)], json!("Kafé")));
    let told = "select id::text as line from delivery where payload::text like '%Hemmelig%'";
    assert_eq!(api.lines(told).await, [""; 0]);
}

/// A version is written, sent and its consent withdrawn, all at once: what leaves has left before.
#[actix_web::test]
async fn x4_a_version_and_a_withdrawal_never_pass_each_other() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (form, mut given) = form(&api, &world).await;
    command(&api, &world, ("contact-forms", &form, "activate"), &json!({})).await.expect(200);
    for round in 0..30 {
        work(&api).await;
        let (desk, role) = if round % 2 == 0 {
            (&world.centre, Role::Coordinator)
        } else {
            (&world.municipality, Role::Caseworker)
        };
        let film = format!("Kino {round}");
        let write = revise(&api, &world, &form, &film);
        let end = withdraw(&api, desk, role, &given);
        let (written, ended, ()) = join3(write, end, work(&api)).await;
        let number = written.expect(201)["number"].clone();
        ended.expect(200);
        work(&api).await;
        let last = stand(&api, &world, &form).await.pop().unwrap();
        let outcomes = ["sent", "blocked no_consent", "blocked consent_not_active"];
        assert!(outcomes.iter().any(|outcome| last == format!("{number} {outcome}")), "{last}");
        given = consent(&api, &world).await;
    }
    let late = "select d.id::text as line from disclosure as d
        join audit as sent on (sent.organisation_id, sent.row_id, sent.after ->> 'status') = (d.organisation_id, d.id, 'sent')
        join audit as ended on (ended.organisation_id, ended.row_id, ended.after ->> 'status') = (d.organisation_id, d.consent_id, 'withdrawn')
        where sent.at > ended.at";
    assert_eq!(api.lines(late).await, [""; 0]);
}

/// A command to a referral, as it is now at this desk.
async fn refer(api: &Api, desk: &Desk, role: Role, referral: &Value, (verb, body): (&str, Value)) -> Answer {
    let (path, by) = (format!("/referrals/{}", referral["id"].as_str().unwrap()), desk.token(role));
    let seen = api.get(&path).by(by).await.expect(200);
    api.post(&format!("{path}/{verb}"), &body).by(by).version(&seen).await
}

#[actix_web::test]
async fn what_waits_of_a_referral_that_came_to_nothing_is_recalled() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (sender, recipient) = (&world.municipality, &world.centre);
    let redirect = json!({ "reason": "other_service", "suggestion": "cafe_group" });
    for (desk, role, step) in [
        (sender, Role::Caseworker, ("withdraw", json!({}))),
        (recipient, Role::Coordinator, ("withdraw", json!({ "reason": "person_said_no" }))),
        (recipient, Role::Coordinator, ("decline", json!({ "reason": "outside_target_group" }))),
        (recipient, Role::Coordinator, ("redirect", redirect)),
    ] {
        // One that waits for the worker, and one that waits for a consent.
        for was in ["queued", "blocked"] {
            let referral = push(&api, &world).await;
            let id = referral["id"].as_str().unwrap();
            if was == "blocked" {
                let given = json!({ "id": referral["consent_id"] });
                withdraw(&api, sender, Role::Caseworker, &given).await.expect(200);
            }
            let stand = format!("select status as line from disclosure where referral_id = '{id}'");
            assert_eq!(api.lines(&stand).await, [was]);
            refer(&api, desk, role, &referral, step.clone()).await.expect(200);
            assert_eq!(api.lines(&stand).await, ["recalled"]);
            work(&api).await;
            let told = format!("select id::text as line from delivery where referral_id = '{id}'");
            assert_eq!(api.lines(&told).await, [""; 0]);
            let events = format!(
                "select event.from_status as line from event join disclosure on (disclosure.organisation_id, disclosure.id) = (event.organisation_id, event.subject_id)
                    where event.name = 'disclosure.recalled' and referral_id = '{id}'"
            );
            assert_eq!(api.lines(&events).await, [was]);
        }
    }
}

#[actix_web::test]
async fn what_is_laid_out_of_a_referral_that_has_ended_does_not_leave() {
    let api = Api::start().await;
    let world = api.desks().await;
    let referral = push(&api, &world).await;
    refer(&api, &world.centre, Role::Coordinator, &referral, ("withdraw", json!({}))).await.expect(200);
    let late = Uuid::now_v7();
    let columns =
        "counterpart_organisation_id, kind, subject_id, consent_id, referral_id, payload, payload_sha256";
    api.sql(&format!(
        "insert into disclosure (organisation_id, id, {columns}) select organisation_id, '{late}', {columns} from disclosure"
    ))
    .await;
    work(&api).await;
    let stand =
        format!("select concat_ws(' ', status, blocked_reason) as line from disclosure where id = '{late}'");
    assert_eq!(api.lines(&stand).await, ["blocked referral_has_ended"]);
    assert_eq!(api.lines("select id::text as line from delivery").await, [""; 0]);
}

/// Over and over from two connections: it has left before, or it does not leave.
#[actix_web::test]
async fn a_sending_and_the_end_of_its_referral_never_pass_each_other() {
    let api = Api::start().await;
    let world = api.desks().await;
    let mut worker = api.owner().await;
    for round in 0..30 {
        let referral = push(&api, &world).await;
        let of = referral["id"].as_str().unwrap();
        let id = format!("select id::text as line from disclosure where referral_id = '{of}'");
        let id: Uuid = api.lines(&id).await[0].parse().unwrap();
        let send = dispatch(world.municipality.organisation, id);
        let send = worker.batch_execute(&send);
        let (desk, role) = if round % 4 < 2 {
            (&world.municipality, Role::Caseworker)
        } else {
            (&world.centre, Role::Coordinator)
        };
        let end = refer(&api, desk, role, &referral, ("withdraw", json!({})));
        let (sent, ended) = if round % 2 == 0 {
            join(send, end).await
        } else {
            let (ended, sent) = join(end, send).await;
            (sent, ended)
        };
        sent.unwrap();
        ended.expect(200);
        let sides = api.both_sides(id).await;
        assert!(sides == ["sent", "sent"] || sides == ["recalled"], "{sides:?}");
        work(&api).await;
        assert_eq!(api.both_sides(id).await, sides);
    }
}
