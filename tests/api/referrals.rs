use diesel_async::SimpleAsyncConnection as _;
use futures_util::future::join;
use samspill::{
    access::{
        Role,
        post::{Side, Stage},
    },
    db::Life as _,
    domains::journey::referrals::{Action, Status},
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Api, Call, world::World};

/// Adds this room's rows to a world.
pub async fn furnish(api: &Api, world: &mut World) {
    let referral = push(api, world).await;
    world.keep("referrals", &referral);
}

/// What a municipal system pushes: a person, a consent and a need.
pub fn pushed(world: &World) -> Value {
    json!({
        "external_system": "fagsystem", "external_id": Uuid::now_v7(), "external_case_id": "SAK-7",
        "counterpart_organisation_id": world.centre.organisation,
        "service": "visiting_friend", "kind": "establish", "need": "Noen å gå tur med", "wishes": "Skogen",
        "person": { "given_name": "Olga", "family_name": "Eksempel", "birth_on": "1940-05-06", "phone": "41000001",
                    "address": "Bakken 1" },
        "consent": {
            "purpose": "Etablere nettverk", "categories": ["name", "contact", "need", "wishes"], "includes_updates": true,
            "valid_from": "2026-01-01T00:00:00Z", "expires_at": "2036-01-01T00:00:00Z", "method": "wet_signature",
            "text_code": "NO-SAMTYKKE", "text_version": "2026-1", "text_language": "nb",
            "evidence_reference": "arkiv/1", "evidence_sha256": "a".repeat(64), "given_by": "self",
        },
    })
}

/// A referral that was pushed, as the municipality has it.
pub async fn push(api: &Api, world: &World) -> Value {
    let by = world.municipality.token(Role::Integration);
    api.post("/referrals/push", &pushed(world)).by(by).await.expect(201)
}

/// The centre's side of a referral.
async fn received(api: &Api, world: &World, referral: &Value) -> Value {
    let by = world.centre.token(Role::Coordinator);
    api.get(&format!("/referrals/{}", id(referral))).by(by).await.expect(200)
}

/// A command to a referral as it was seen.
fn command(api: &Api, seen: &Value, command: &str, body: &Value) -> Call {
    api.post(&format!("/referrals/{}/{command}", id(seen)), body).version(seen)
}

fn id(row: &Value) -> &str {
    row["id"].as_str().unwrap()
}

fn own(world: &World) -> Value {
    json!({ "service": "visiting_friend", "kind": "establish", "source_channel": "self",
            "person_id": world.centre.person, "need": "Selskap" })
}

/// Steps 2 and 3 of the method, at the centre.
pub async fn clarify(api: &Api, world: &World, referral: &Value) {
    let by = world.centre.token(Role::Coordinator);
    let about = json!({ "referral_id": referral["id"], "person_id": world.centre.person });
    crate::conversations::talk(api, by, &about).await;
    crate::conversations::clarify(api, by, &about).await;
}

async fn count(api: &Api, table: &str) -> String {
    api.lines(&format!("select count(*)::text as line from {table}")).await.remove(0)
}

#[actix_web::test]
async fn b5_a_municipal_referral_without_consent_is_refused_and_a_self_referral_is_not() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.municipality.token(Role::Caseworker);
    let mut without = pushed(&world);
    without.as_object_mut().unwrap().remove("consent");
    api.post("/referrals/push", &without).by(by).await.problem(422, "consent_required");
    assert_eq!(count(&api, "referral").await, "0");

    let mut draft = own(&world);
    draft["person_id"] = json!(world.municipality.person);
    draft["source_channel"] = json!("municipality");
    let mut nobodys = draft.clone();
    nobodys["person_id"] = json!(world.centre.person);
    let centre = world.centre.token(Role::Caseworker);
    api.post("/referrals", &nobodys).by(centre).await.problem(422, "recipient_missing");
    draft["counterpart_organisation_id"] = json!(world.centre.organisation);
    let draft = api.post("/referrals", &draft).by(by).await.expect(201);
    command(&api, &draft, "submit", &json!({})).by(by).await.problem(422, "consent_required");
    api.get(&format!("/referrals/{}", id(&draft)))
        .by(world.centre.token(Role::Coordinator))
        .await
        .problem(404, "not_found");

    let by = world.centre.token(Role::Participant);
    let made = api.post("/referrals", &own(&world)).by(by).await.expect(201);
    assert_eq!((&made["side"], &made["status"]), (&json!("internal"), &json!("draft")));
    let submitted = command(&api, &made, "submit", &json!({})).by(by).await.expect(200);
    assert_eq!(submitted["status"], "submitted");
    assert_eq!(count(&api, "disclosure").await, "0");
}

#[actix_web::test]
async fn a_participant_refers_only_themselves() {
    let api = Api::start().await;
    let world = api.desks().await;
    let other = Uuid::now_v7();
    api.sql(&format!(
        "insert into person (organisation_id, id, given_name, family_name) values ('{}', '{other}', 'An', 'Other')",
        world.centre.organisation
    ))
    .await;
    let mut new = own(&world);
    new["person_id"] = json!(other);
    let by = world.centre.token(Role::Participant);
    api.post("/referrals", &new).by(by).await.problem(422, "referral_unknown_person");
    let theirs = api.post("/referrals", &new).by(world.centre.token(Role::Coordinator)).await.expect(201);
    api.get(&format!("/referrals/{}", id(&theirs))).by(by).await.problem(404, "not_found");
    assert_eq!(api.get("/referrals").by(by).await.expect(200)["items"], json!([]));
}

#[actix_web::test]
async fn b18_who_was_not_contacted_in_time_is_on_the_overdue_list() {
    let api = Api::start().await;
    let world = api.desks().await;
    // The Wednesday before Easter: Thursday to Monday are off.
    let at = |day: &str| api.house.pool.set_clock(Some(format!("{day}T12:00:00Z").parse().unwrap()));
    at("2026-04-01");
    let referral = push(&api, &world).await;
    assert_eq!(
        (&referral["first_contact_due_on"], &referral["first_contact_rule"]),
        (&json!("2026-04-13"), &json!("NO_FIRST_CONTACT"))
    );
    let theirs = received(&api, &world, &referral).await;
    assert_eq!(theirs["first_contact_due_on"], "2026-04-13");
    let by = world.centre.token(Role::Coordinator);
    let overdue = async || {
        api.get("/referrals?overdue=true").by(by).await.expect(200)["items"].as_array().unwrap().len()
    };
    at("2026-04-13");
    assert_eq!(overdue().await, 0);
    at("2026-04-14");
    assert_eq!(overdue().await, 1);
    command(&api, &theirs, "begin-clarification", &json!({})).by(by).await.expect(200);
    assert_eq!(overdue().await, 0);
    api.house.pool.set_clock(None);
}

#[actix_web::test]
async fn x12_updates_from_the_source_never_overwrite_the_centres_notes() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (ours, theirs) = (world.municipality.token(Role::Integration), world.centre.token(Role::Coordinator));
    let referral = push(&api, &world).await;
    let at = format!("/referrals/{}", id(&referral));
    let seen = received(&api, &world, &referral).await;
    assert_eq!(
        (&seen["need"], &seen["external_id"], &seen["external_case_id"]),
        (&Value::Null, &Value::Null, &Value::Null)
    );
    let notes =
        json!({ "note": "Ringte, ingen svar", "need": "Slik vi forsto det", "external_case_id": "INTERN-1" });
    let noted = api.patch(&at, &notes).by(theirs).version(&seen).await.expect(200);

    let news = json!({ "need": "Noen å spise med", "external_case_id": "SAK-8" });
    let changed = api.patch(&at, &news).by(ours).version(&referral).await.expect(200);
    assert_eq!(changed["note"], Value::Null, "a private note stays private");
    assert_eq!(received(&api, &world, &referral).await, noted);
    let told = "select payload ->> 'need' as line from disclosure order by id";
    assert_eq!(api.lines(told).await, ["Noen å gå tur med", "Noen å spise med"]);
    // What is only ours is no news.
    let own = json!({ "note": "Vår egen" });
    api.patch(&at, &own).by(ours).version(&changed).await.expect(200);
    assert_eq!(count(&api, "disclosure").await, "2");
}

#[actix_web::test]
async fn without_consent_to_updates_nothing_new_leaves() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.municipality.token(Role::Integration);
    let mut once = pushed(&world);
    once["consent"]["includes_updates"] = json!(false);
    let referral = api.post("/referrals/push", &once).by(by).await.expect(201);
    let news = json!({ "need": "Noe annet" });
    api.patch(&format!("/referrals/{}", id(&referral)), &news).by(by).version(&referral).await.expect(200);
    assert_eq!(count(&api, "disclosure").await, "1");
}

#[actix_web::test]
async fn x13_the_person_can_say_no_without_a_reason() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Participant);
    let made = api.post("/referrals", &own(&world)).by(by).await.expect(201);
    let submitted = command(&api, &made, "submit", &json!({})).by(by).await.expect(200);
    let gone = command(&api, &submitted, "withdraw", &json!({})).by(by).await.expect(200);
    assert_eq!((&gone["status"], &gone["reason"]), (&json!("withdrawn"), &Value::Null));
    let free = json!({ "reason": "Liker ikke Frida" });
    let refused = command(&api, &gone, "withdraw", &free).by(by).await;
    assert_eq!(refused.status, 422, "a reason is a code");

    // What the municipality has reported, the person withdraws at the centre; the municipality sees it at once.
    let referral = push(&api, &world).await;
    let (here, person) = (world.centre.organisation, world.centre.person);
    let name = format!(
        "update referral set person_id = '{person}' where (organisation_id, id) = ('{here}', '{}')",
        id(&referral)
    );
    api.sql(&name).await;
    let seen = api.get(&format!("/referrals/{}", id(&referral))).by(by).await.expect(200);
    command(&api, &seen, "withdraw", &json!({ "reason": "person_said_no" })).by(by).await.expect(200);
    let theirs = world.municipality.token(Role::Caseworker);
    let sent = api.get(&format!("/referrals/{}", id(&referral))).by(theirs).await.expect(200);
    assert_eq!((&sent["status"], &sent["reason"]), (&json!("withdrawn"), &json!("person_said_no")));
    // No volunteer sees a referral, and so no reason.
    let volunteer = world.centre.token(Role::Volunteer);
    api.get("/referrals").by(volunteer).await.problem(403, "forbidden");
    api.get(&format!("/referrals/{}", id(&referral))).by(volunteer).await.problem(403, "forbidden");
}

#[actix_web::test]
async fn push_referral_carries_person_consent_and_need() {
    let api = Api::start().await;
    let world = api.desks().await;
    let referral = push(&api, &world).await;
    assert_eq!((&referral["side"], &referral["status"]), (&json!("sent"), &json!("submitted")));
    let theirs = received(&api, &world, &referral).await;
    assert_eq!((&theirs["side"], &theirs["status"]), (&json!("received"), &json!("submitted")));
    assert_eq!((&theirs["need"], &theirs["person_id"]), (&Value::Null, &Value::Null));
    let consents = "select side || ' ' || status || ' ' || (subject_id is null)::text as line from consent order by side";
    assert_eq!(api.lines(consents).await, ["received active true", "sent active false"]);
    let payload = api.lines("select status || ' ' || payload::text as line from disclosure").await.remove(0);
    let payload = payload.strip_prefix("queued ").unwrap();
    let payload: Value = serde_json::from_str(payload).unwrap();
    assert_eq!(
        payload,
        json!({ "name": { "given_name": "Olga", "family_name": "Eksempel" },
                "contact": { "contact_by": "phone", "phone": "41000001", "email": null },
                "need": "Noen å gå tur med", "wishes": "Skogen" }),
        "what was not consented to does not leave"
    );
}

#[actix_web::test]
async fn push_referral_is_refused_with_evidence_that_cannot_be_right() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.municipality.token(Role::Integration);
    let push = async |field: &str, value: Value| {
        let mut body = pushed(&world);
        body["consent"][field] = value;
        api.post("/referrals/push", &body).by(by).await
    };
    push("method", json!("recorded_oral")).await.problem(422, "witness_missing");
    for (field, value, code) in [
        ("evidence_sha256", json!("z".repeat(64)), "wrong_value"),
        ("evidence_sha256", json!("a".repeat(65)), "too_long"),
        ("categories", json!(["name", "need", "name"]), "duplicate"),
    ] {
        let flaws = push(field, value).await.problem(422, "invalid");
        let flaw = (&flaws["errors"][0]["pointer"], &flaws["errors"][0]["code"]);
        assert_eq!(flaw, (&json!(format!("/consent/{field}")), &json!(code)));
    }
    let mut heard = pushed(&world);
    heard["consent"]["method"] = json!("recorded_oral");
    heard["consent"]["witness"] = json!("Kari Vitne");
    api.post("/referrals/push", &heard).by(by).await.expect(201);
}

#[actix_web::test]
async fn push_referral_again_changes_nothing() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.municipality.token(Role::Integration);
    let push = pushed(&world);
    let first = api.post("/referrals/push", &push).by(by).header("Idempotency-Key", "a").await.expect(201);
    let replayed = api.post("/referrals/push", &push).by(by).header("Idempotency-Key", "a").await;
    assert_eq!(replayed.header("Idempotency-Replayed"), Some("true"));
    assert_eq!(replayed.expect(201), first);
    assert_eq!(api.post("/referrals/push", &push).by(by).await.expect(200), first);
    let spared = api.post("/referrals/push", &push).by(by).header("Prefer", "return=minimal").await;
    assert_eq!((spared.status, &*spared.text), (204, ""));
    let mut other = push.clone();
    other["need"] = json!("Noe annet");
    api.post("/referrals/push", &other).by(by).await.problem(409, "referral_already_pushed");
    assert_eq!([count(&api, "referral").await, count(&api, "consent").await], ["2", "2"]);

    // Another sender's ids are its own.
    let by = world.centre.token(Role::Integration);
    let mut theirs = push.clone();
    theirs["counterpart_organisation_id"] = json!(world.municipality.organisation);
    api.post("/referrals/push", &theirs).by(by).await.expect(201);

    // Two at once have one effect.
    let mut twice = push;
    twice["external_id"] = json!("twice");
    let by = world.municipality.token(Role::Integration);
    let (a, b) = join(
        api.post("/referrals/push", &twice).by(by).into_future(),
        api.post("/referrals/push", &twice).by(by).into_future(),
    )
    .await;
    let mut statuses = [a.status, b.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 201]);
    assert_eq!(a.body["id"], b.body["id"]);
}

#[actix_web::test]
async fn a_push_that_fails_midway_leaves_nothing() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.municipality.token(Role::Integration);
    let tables = ["person", "consent", "referral", "disclosure", "event", "idempotency_key"];
    let rows = async || {
        let mut rows = Vec::new();
        for table in tables {
            rows.push(count(&api, table).await);
        }
        rows
    };
    let before = rows().await;
    let mut late = pushed(&world);
    late["consent"]["expires_at"] = json!("2026-02-01T00:00:00Z");
    api.post("/referrals/push", &late).by(by).await.problem(422, "consent_required");
    late["consent"]["expires_at"] = json!("2025-02-01T00:00:00Z");
    api.post("/referrals/push", &late).by(by).await.problem(422, "consent_ends_before_it_starts");
    let mut by_other = pushed(&world);
    by_other["consent"]["given_by"] = json!("representative");
    api.post("/referrals/push", &by_other).by(by).await.problem(422, "representative_without_right");
    let mut to_stranger = pushed(&world);
    let stranger = api.desk("volunteer_centre", "En annen sentral").await;
    to_stranger["counterpart_organisation_id"] = json!(stranger.organisation);
    let before = {
        let mut now = before;
        now[0] = count(&api, "person").await;
        now
    };
    api.post("/referrals/push", &to_stranger).by(by).await.problem(422, "counterpart_not_approved");
    let mut nobody = pushed(&world);
    nobody.as_object_mut().unwrap().remove("person");
    api.post("/referrals/push", &nobody).by(by).await.problem(422, "person_missing");
    assert_eq!(rows().await, before);
}

#[actix_web::test]
async fn submit_referral_lets_out_what_the_preview_shows() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.municipality.token(Role::Caseworker);
    let mut first = pushed(&world);
    first.as_object_mut().unwrap().remove("person");
    first["person_id"] = json!(world.municipality.person);
    first["consent"]["categories"] = json!(["name", "birth_date", "need"]);
    api.post("/referrals/push", &first).by(by).await.expect(201);

    let mut draft = own(&world);
    draft["person_id"] = json!(world.municipality.person);
    draft["counterpart_organisation_id"] = json!(world.centre.organisation);
    draft["source_channel"] = json!("municipality");
    let same = api.post("/referrals", &draft).by(by).await.expect(201);
    command(&api, &same, "submit", &json!({})).by(by).await.problem(409, "referral_already_open");
    draft["service"] = json!("cafe_group");
    draft["wishes"] = json!("Kaffe");
    let draft = api.post("/referrals", &draft).by(by).await.expect(201);
    let at = format!("/referrals/{}", id(&draft));
    let preview = api.get(&format!("{at}/submission-preview")).by(by).await.expect(200);
    let payload = json!({ "name": { "given_name": "Ada", "family_name": "Prøve" }, "birth_date": "1941-02-03", "need": "Selskap" });
    assert_eq!((&preview["payload"], &preview["recipient"]), (&payload, &json!("Vennesla frivilligsentral")));

    let all = "select format('%s %s %s', (select count(*) from referral), (select count(*) from disclosure),
                             (select count(*) from event)) as line";
    let before = api.lines(all).await;
    let rehearsed =
        api.post(&format!("{at}/submit?dry_run=true"), &json!({})).by(by).version(&draft).await.expect(200);
    assert_eq!(
        (&rehearsed["status"], &rehearsed["consent_id"]),
        (&json!("submitted"), &preview["consent_id"])
    );
    assert_eq!(api.lines(all).await, before, "a rehearsal keeps nothing");
    assert_eq!(api.get(&at).by(by).await.expect(200), draft);
    api.post(&format!("{at}/submit?dry_run=true"), &json!({})).by(by).await.problem(428, "if_match_required");

    let submitted = command(&api, &draft, "submit", &json!({})).by(by).await.expect(200);
    let left = format!("select payload::text as line from disclosure where referral_id = '{}'", id(&draft));
    assert_eq!(serde_json::from_str::<Value>(&api.lines(&left).await[0]).unwrap(), payload);
    command(&api, &draft, "submit", &json!({})).by(by).await.problem(412, "stale");
    let twice = command(&api, &submitted, "submit", &json!({})).by(by).await.problem(409, "illegal_move");
    assert_eq!(twice["allowed_actions"], json!(["withdraw"]));
}

#[actix_web::test]
async fn the_sender_sees_each_step_at_once_and_no_content() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (ours, by) = (world.municipality.token(Role::Caseworker), world.centre.token(Role::Coordinator));
    let referral = push(&api, &world).await;
    let at = format!("/referrals/{}", id(&referral));
    let sent = async || api.get(&at).by(ours).await.expect(200);
    let mut seen = received(&api, &world, &referral).await;
    let go = async |seen: &Value, step: &str, body: Value| {
        let answer = command(&api, seen, step, &body).by(by).await.expect(200);
        let sent = sent().await;
        for both in ["status", "reason", "suggestion"] {
            assert_eq!(sent[both], answer[both], "{step}");
        }
        assert_ne!(sent["note"], "Feil nummer", "{step}");
        for own in ["report", "expected_on"] {
            assert_eq!(sent[own], Value::Null, "{step} {own}");
        }
        answer
    };
    seen = go(&seen, "begin-clarification", json!({})).await;
    seen = go(&seen, "request-information", json!({ "reason": "contact", "note": "Feil nummer" })).await;
    assert_eq!((&seen["reason"], &seen["note"]), (&json!("contact"), &json!("Feil nummer")));
    let provided = command(&api, &sent().await, "provide-information", &json!({ "note": "Rettet" })).by(ours);
    provided.await.expect(200);
    seen = received(&api, &world, &referral).await;
    assert_eq!(
        (&seen["status"], &seen["reason"], &seen["note"]),
        (&json!("in_clarification"), &Value::Null, &json!("Feil nummer"))
    );
    command(&api, &seen, "accept", &json!({})).by(by).await.problem(409, "conversation_missing");
    clarify(&api, &world, &seen).await;
    seen = go(&seen, "accept", json!({})).await;
    command(&api, &seen, "start", &json!({})).by(by).await.problem(409, "network_missing");
    api.sql(&crate::networks::around(&world.centre, &seen)).await;
    seen = go(&seen, "start", json!({})).await;
    let by = world.centre.token(Role::Coordinator);
    let past = json!({ "reason": "illness", "expected_on": "2026-01-01" });
    let hold = format!("/referrals/{}/hold", seen["id"].as_str().unwrap());
    let refused = api.post(&hold, &past).by(by).version(&seen).await.problem(422, "invalid");
    assert_eq!(refused["errors"][0]["code"], "too_early");
    seen = go(&seen, "hold", json!({ "reason": "illness", "expected_on": "2199-12-24" })).await;
    assert_eq!(seen["expected_on"], "2199-12-24");
    seen = go(&seen, "resume", json!({})).await;
    assert_eq!(seen["expected_on"], Value::Null);
    let report = json!({ "report": "Gikk bra" });
    let goal = json!({ "person_id": world.centre.person, "referral_id": seen["id"], "domain": "social_network",
                       "measure": "Besøk", "better": "more", "baseline": 0, "target": 2, "set_on": "2026-01-10",
                       "review_on": "2026-07-10" });
    let goal = api.post("/goals", &goal).by(by).await.expect(201);
    command(&api, &seen, "complete", &report).by(by).await.problem(409, "goal_outcome_missing");
    crate::goals::measure(&api, &world, &goal, ("2026-02-01", 2)).await;
    let completed = command(&api, &seen, "complete", &report).by(by).await.expect(200);
    assert_eq!((&completed["status"], &completed["report"]), (&json!("completed"), &json!("Gikk bra")));
    let ended = api.patch(&at, &json!({ "note": "Etterpå" })).by(by).version(&completed).await;
    ended.problem(409, "referral_has_ended");
    let sent = sent().await;
    assert_eq!((&sent["status"], &sent["report"]), (&json!("completed"), &Value::Null));

    let again = api.post(&format!("{at}/reopen"), &json!({})).by(ours).await.expect(201);
    assert_eq!(
        (&again["status"], &again["reopens_id"], &again["need"]),
        (&json!("draft"), &referral["id"], &referral["need"])
    );
    assert_eq!(again["person_id"], referral["person_id"]);
}

#[actix_web::test]
async fn redirect_referral_suggests_another_service_and_reminds_to_tell_the_person() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Coordinator);
    let seen = received(&api, &world, &push(&api, &world).await).await;
    let without = json!({ "reason": "other_service" });
    command(&api, &seen, "redirect", &without).by(by).await.problem(422, "invalid");
    let free = json!({ "reason": "other_service", "suggestion": "Ring Olga" });
    command(&api, &seen, "redirect", &free).by(by).await.problem(422, "invalid");
    let to = json!({ "reason": "other_service", "suggestion": "cafe_group" });
    let redirected = command(&api, &seen, "redirect", &to).by(by).await.expect(200);
    assert_eq!(
        (&redirected["status"], &redirected["suggestion"]),
        (&json!("redirected"), &json!("cafe_group"))
    );
    let tasks = format!(
        "select kind as line from task where organisation_id = '{}' order by 1",
        world.centre.organisation
    );
    assert_eq!(api.lines(&tasks).await, ["referral_received", "tell_person_of_redirect"]);
}

#[actix_web::test]
async fn list_referrals_by_side_status_person_and_unit() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.municipality.token(Role::Caseworker);
    let mut of_unit = pushed(&world);
    of_unit["sent_by_unit_id"] = json!(world.municipality.unit);
    let of_unit = api.post("/referrals/push", &of_unit).by(by).await.expect(201);
    let other = push(&api, &world).await;
    let ids = async |by: &str, query: &str| {
        let found = api.get(&format!("/referrals?{query}")).by(by).await.expect(200);
        found["items"].as_array().unwrap().iter().map(|it| it["id"].clone()).collect::<Vec<_>>()
    };
    let (one, both) = (vec![of_unit["id"].clone()], vec![of_unit["id"].clone(), other["id"].clone()]);
    assert_eq!(ids(by, "side=sent&status=submitted").await, both);
    assert_eq!(ids(by, "side=received").await, Vec::<Value>::new());
    assert_eq!(ids(by, &format!("unit_id={}", world.municipality.unit)).await, one);
    assert_eq!(ids(by, &format!("person_id={}", of_unit["person_id"].as_str().unwrap())).await, one);
    assert_eq!(ids(by, "limit=1").await, one);
    assert_eq!(
        ids(world.municipality.token(Role::UnitContact), "").await,
        one,
        "a unit's own see the unit's"
    );
    assert_eq!(ids(world.centre.token(Role::Coordinator), "side=received").await, both);
}

#[actix_web::test]
async fn accept_and_withdraw_at_once_never_leave_two_sides_that_differ() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (ours, theirs) = (world.municipality.token(Role::Caseworker), world.centre.token(Role::Coordinator));
    for round in 0..50 {
        let sent = push(&api, &world).await;
        let seen = received(&api, &world, &sent).await;
        clarify(&api, &world, &seen).await;
        let accept = command(&api, &seen, "accept", &json!({})).by(theirs).into_future();
        let withdraw = command(&api, &sent, "withdraw", &json!({})).by(ours).into_future();
        // Whoever is polled first has a small lead: by turns.
        let (accept, withdraw) = if round % 2 == 0 {
            join(accept, withdraw).await
        } else {
            let (withdraw, accept) = join(withdraw, accept).await;
            (accept, withdraw)
        };
        let both = [accept.status, withdraw.status];
        assert!(both.contains(&200) && both.iter().all(|it| [200, 409, 412].contains(it)), "{both:?}");
        let stands = format!("select status as line from referral where id = '{}'", id(&sent));
        let stands = api.lines(&stands).await;
        let expected = if withdraw.status == 200 { "withdrawn" } else { "accepted" };
        assert_eq!(stands, [expected; 2]);
    }
}

fn body(action: Action) -> Value {
    match action {
        Action::Offer => json!({ "open_pool": true }),
        Action::Waitlist => json!({ "review_on": "2199-01-01" }),
        Action::RequestInformation => json!({ "reason": "need" }),
        Action::Redirect => json!({ "reason": "other_area", "suggestion": "cafe_group" }),
        Action::Decline => json!({ "reason": "no_capacity" }),
        Action::Hold => json!({ "reason": "away", "expected_on": "2026-12-24" }),
        Action::Complete => json!({ "report": "Bra" }),
        Action::EndEarly => json!({ "reason": "moved" }),
        _ => json!({}),
    }
}

#[actix_web::test]
async fn every_command_from_every_state_keeps_to_the_life() {
    let api = Api::start().await;
    let world = api.desks().await;
    let sent = push(&api, &world).await;
    let here = world.centre.token(Role::Coordinator);
    let internal = api.post("/referrals", &own(&world)).by(here).await.expect(201);
    crate::offers::provider(&api, &world, "provider", "Noen").await;
    let mut owner = api.owner().await;
    let mut network = String::new();
    for referral in [&sent, &internal] {
        clarify(&api, &world, referral).await;
        network += &crate::networks::around(&world.centre, referral);
    }
    owner.batch_execute(&network).await.unwrap();
    // What follows from a step is written down for whoever has taken it.
    owner.batch_execute(&format!("set app.organisation = '{}'", world.centre.organisation)).await.unwrap();
    let there = world.municipality.token(Role::Coordinator);
    let cases =
        [(Side::Sent, &sent, there), (Side::Received, &sent, here), (Side::Internal, &internal, here)];
    for (side, referral, by) in cases {
        let at = format!("/referrals/{}", id(referral));
        for status in Status::ALL {
            let stage = Stage { side, status: *status };
            for action in Stage::<Status>::ACTIONS {
                // What was routed is to nobody again.
                let nobodys = match side {
                    Side::Internal => ", side = 'internal', counterpart_organisation_id = null",
                    _ => "",
                };
                let set =
                    format!("update referral set status = '{status}'{nobodys} where id = '{}'", id(referral));
                owner.batch_execute(&set).await.unwrap();
                let seen = api.get(&at).by(by).await.expect(200);
                assert_eq!(seen["allowed_actions"], json!(stage.allowed()), "{side} {status}");
                let name = action.word().replace('_', "-");
                let body = match action {
                    Action::Route => {
                        let to = if side == Side::Sent { &world.centre } else { &world.municipality };
                        json!({ "counterpart_organisation_id": to.organisation })
                    }
                    _ => body(*action),
                };
                let call = api.post(&format!("{at}/{name}"), &body).by(by);
                let answer = if *action == Action::Reopen { call.await } else { call.version(&seen).await };
                let case = format!("{side} {status} {action}: {}", answer.body);
                match stage.next(*action) {
                    Some(_) if *action == Action::Reopen => assert_eq!(answer.status, 201, "{case}"),
                    Some(after) => {
                        assert_eq!(
                            (answer.status, &answer.body["status"]),
                            (200, &json!(after.status)),
                            "{case}"
                        );
                    }
                    None => {
                        let refused = answer.problem(409, "illegal_move");
                        assert_eq!(refused["current_state"], status.word());
                        assert_eq!(refused["allowed_actions"], json!(stage.allowed()));
                    }
                }
            }
        }
    }
}

#[actix_web::test]
async fn enter_in_error_referral_is_for_drafts_alone() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Coordinator);
    let draft = api.post("/referrals", &own(&world)).by(by).await.expect(201);
    let wrong = command(&api, &draft, "enter-in-error", &json!({})).by(by).await.expect(200);
    assert_eq!((&wrong["status"], &wrong["allowed_actions"]), (&json!("entered_in_error"), &json!([])));
    let sent = push(&api, &world).await;
    let by = world.municipality.token(Role::Caseworker);
    command(&api, &sent, "enter-in-error", &json!({})).by(by).await.problem(409, "illegal_move");
}

#[actix_web::test]
async fn what_staff_write_for_themselves_is_not_for_those_whom_it_is_about() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (staff, person) = (world.centre.token(Role::Coordinator), world.centre.token(Role::Participant));
    let made = api.post("/referrals", &own(&world)).by(person).await.expect(201);
    let path = format!("/referrals/{}", id(&made));
    let words = json!({ "note": "Ring datteren", "report": "Det gikk fint", "external_case_id": "7" });
    let row = api.patch(&path, &words).by(staff).version(&made).await.expect(200);
    assert_eq!((&row["note"], &row["report"]), (&words["note"], &words["report"]));
    for change in [
        json!({ "note": null }),
        json!({ "note": "Ring sønnen" }),
        json!({ "report": "Det gikk ikke" }),
        json!({ "external_case_id": null }),
        json!({ "unit_id": world.centre.unit }),
    ] {
        let refused = api.patch(&path, &change).by(person).version(&row).await;
        assert!(!refused.text.contains("Ring"));
        refused.problem(422, "only_for_staff");
    }
    let need = json!({ "need": "Mer selskap" });
    let changed = api.patch(&path, &need).by(person).version(&row).await.expect(200);
    let read = api.get(&path).by(person).await.expect(200);
    let listed = api.get("/referrals").by(person).await.expect(200)["items"][0].clone();
    for seen in [changed, read, listed] {
        assert_eq!(
            (&seen["note"], &seen["report"], &seen["need"]),
            (&json!(null), &json!(null), &need["need"])
        );
    }
    let kept = api.get(&path).by(staff).await.expect(200);
    assert_eq!((&kept["note"], &kept["report"]), (&words["note"], &words["report"]));
}
