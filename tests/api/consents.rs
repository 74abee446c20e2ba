use chrono::{TimeDelta, Utc};
use samspill::{
    access::{Purpose, Role, post},
    jobs,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    persons::{assess, person},
    support::{
        Api,
        world::{Desk, World},
    },
};

/// Adds this room's rows to a world.
pub async fn furnish(api: &Api, world: &mut World) {
    let of = json!(world.centre.person);
    assess(api, world.centre.token(Role::Coordinator), &of, "has").await;
    let consent = active(api, &world.centre, &world.municipality, of).await;
    world.keep("consents", &consent);
}

fn draft(to: &Desk, subject: &Value) -> Value {
    json!({ "subject_id": subject, "counterpart_organisation_id": to.organisation, "purpose": "volunteer_support",
            "kinds": ["contact_form", "referral"], "categories": ["name", "address", "need"], "includes_updates": true,
            "expires_at": Utc::now() + TimeDelta::days(300) })
}

fn at(consent: &Value, command: &str) -> String {
    format!("/consents/{}/{command}", consent["id"].as_str().unwrap())
}

/// A consent of `subject` that has been asked for.
pub async fn presented(api: &Api, from: &Desk, to: &Desk, subject: Value) -> Value {
    let by = from.token(Role::Coordinator);
    let made = api.post("/consents", &draft(to, &subject)).by(by).await.expect(201);
    let how = json!({ "text_code": "share_with_volunteers", "language": "nb", "form": "on_paper" });
    api.post(&at(&made, "present"), &how).by(by).version(&made).await.expect(200)
}

/// A consent that the subject, who has capacity, has given.
pub async fn active(api: &Api, from: &Desk, to: &Desk, subject: Value) -> Value {
    let asked = presented(api, from, to, subject.clone()).await;
    let giving = json!({ "given_by_id": subject, "method": "wet_signature" });
    let by = from.token(Role::Coordinator);
    api.post(&at(&asked, "give"), &giving).by(by).version(&asked).await.expect(200)
}

/// Something that waits to be sent under a consent.
pub async fn queue(api: &Api, from: &Desk, to: &Desk, consent: &Value) -> Uuid {
    let id = Uuid::now_v7();
    api.sql(&format!(
        "insert into disclosure (organisation_id, id, counterpart_organisation_id, kind, subject_id, consent_id, payload, payload_sha256)
            values ('{}', '{id}', '{}', 'contact_form', {subject}, {consent}, '{{\"need\": \"company\"}}', 'x')",
        from.organisation,
        to.organisation,
        subject = consent["subject_id"].to_string().replace('"', "'"),
        consent = consent["id"].to_string().replace('"', "'"),
    ))
    .await;
    id
}

/// A desk at which the person has capacity, and the other.
async fn start() -> (Api, World) {
    let api = Api::start().await;
    let world = api.desks().await;
    assess(&api, world.centre.token(Role::Coordinator), &json!(world.centre.person), "has").await;
    (api, world)
}

async fn status(api: &Api, id: Uuid) -> Vec<String> {
    api.lines(&format!(
        "select concat_ws(' ', status, blocked_reason) as line from disclosure where id = '{id}'"
    ))
    .await
}

#[actix_web::test]
async fn a_consent_is_drafted_presented_given_and_known_to_the_other_side() {
    let (api, world) = start().await;
    let by = world.centre.token(Role::Coordinator);
    let there = world.municipality.token(Role::Coordinator);
    let subject = json!(world.centre.person);
    let new = draft(&world.municipality, &subject);
    let made = api.post("/consents", &new).by(by).header("Idempotency-Key", "a").await.expect(201);
    assert_eq!(api.post("/consents", &new).by(by).header("Idempotency-Key", "a").await.expect(201), made);
    assert_eq!(made["allowed_actions"], json!(["present", "invalidate"]));
    let path = format!("/consents/{}", made["id"].as_str().unwrap());
    let giving = json!({ "given_by_id": subject, "method": "recorded_oral" });
    let early =
        api.post(&at(&made, "give"), &giving).by(by).version(&made).await.problem(409, "illegal_move");
    assert_eq!(
        (&early["current_state"], &early["allowed_actions"]),
        (&json!("drafted"), &json!(["present", "invalidate"]))
    );

    let how = |code: &str| json!({ "text_code": code, "language": "nn", "form": "read_aloud" });
    let present = |code: &str| api.post(&at(&made, "present"), &how(code)).by(by).version(&made);
    present("nothing").await.problem(422, "unknown_consent_text");
    present("share_once").await.problem(422, "text_does_not_cover_updates");
    let asked = present("share_with_volunteers").await.expect(200);
    assert_eq!((&asked["status"], &asked["text_version"]), (&json!("presented"), &json!("1")));
    assert_eq!(asked["text_sha256"].as_str().unwrap().len(), 64);
    api.get(&path).by(there).await.problem(404, "not_found");

    let give = |giving: &Value| api.post(&at(&made, "give"), giving).by(by).version(&asked);
    give(&giving).await.problem(422, "witness_missing");
    let giving = json!({ "given_by_id": subject, "method": "recorded_oral", "witness": "Nora Nabo" });
    let given = give(&giving).header("Idempotency-Key", "b").await.expect(200);
    assert_eq!((&given["status"], &given["capacity_basis"]), (&json!("active"), &json!("self")));
    assert_eq!(give(&giving).header("Idempotency-Key", "b").await.expect(200), given);
    let copy = api.get(&path).by(there).await.expect(200);
    assert_eq!((&copy["status"], &copy["side"]), (&json!("active"), &json!("received")));
    for private in ["subject_id", "given_by_id", "witness", "capacity_basis", "text_sha256"] {
        assert_eq!(copy[private], json!(null), "{private}");
    }
    assert_eq!(copy["allowed_actions"], json!(["withdraw"]));
    let of = format!("/consents?status=active&side=sent&subject_id={}", world.centre.person);
    assert_eq!(api.get(&of).by(by).await.expect(200)["items"], json!([given]));
    assert_eq!(api.get("/consents?side=sent").by(there).await.expect(200)["items"], json!([]));
}

#[actix_web::test]
async fn x4_a_consent_names_no_referral_that_the_other_side_does_not_know() {
    let api = Api::start().await;
    let world = api.desks().await;
    let third = crate::offers::provider(&api, &world, "provider", "Følget").await;
    crate::referrals::push(&api, &world).await;
    let by = world.centre.token(Role::Coordinator);
    let referral = api.get("/referrals").by(by).await.expect(200)["items"][0]["id"].clone();
    let mut new = draft(&third, &json!(world.centre.person));
    new["referral_id"] = referral.clone();
    api.post("/consents", &new).by(by).await.problem(422, "consent_for_another_referral");
    new["counterpart_organisation_id"] = json!(world.municipality.organisation);
    assert_eq!(api.post("/consents", &new).by(by).await.expect(201)["referral_id"], referral);
}

#[actix_web::test]
async fn b15_nobody_consents_without_capacity_or_a_mandate() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Coordinator);
    let subject = json!(world.centre.person);
    let relative = person(&api, by, "Relative").await;
    let link = json!({ "person_id": subject, "related_person_id": relative["id"], "kind": "nearest_relative",
                       "valid_from": "2020-01-01" });
    api.post("/person-links", &link).by(by).await.expect(201);
    let asked = presented(&api, &world.centre, &world.municipality, subject.clone()).await;
    let give = |giver: &Value, assessment: Value| {
        let giving = json!({ "given_by_id": giver, "method": "eid", "capacity_assessment_id": assessment });
        api.post(&at(&asked, "give"), &giving).by(by).version(&asked)
    };
    give(&subject, json!(null)).await.problem(422, "capacity_not_assessed");
    give(&relative["id"], json!(null)).await.problem(422, "giver_may_not_consent");
    let old = assess(&api, by, &subject, "has").await;
    assess(&api, by, &subject, "lacks").await;
    give(&subject, json!(null)).await.problem(422, "capacity_not_assessed");
    give(&subject, old["id"].clone()).await.problem(422, "capacity_not_assessed");
    let partial = |covers: Value| {
        json!({ "person_id": subject, "result": "partial", "covers": covers, "qualification": "physician",
                "reasons": "A talk.", "decided_on": "2026-01-10", "presented_to_person_on": "2026-01-10" })
    };
    api.post("/capacity-assessments", &partial(json!(["referral"]))).by(by).await.expect(201);
    give(&subject, json!(null)).await.problem(422, "capacity_not_assessed");
    let enough = partial(json!(["referral", "contact_form"]));
    let enough = api.post("/capacity-assessments", &enough).by(by).await.expect(201);
    assert_eq!(give(&subject, json!(null)).await.expect(200)["capacity_assessment_id"], enough["id"]);
}

#[actix_web::test]
async fn b15_a_relative_speaks_only_for_who_cannot() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Coordinator);
    let subject = json!(world.centre.person);
    let relative = person(&api, by, "Relative").await;
    let link = json!({ "person_id": subject, "related_person_id": relative["id"], "kind": "nearest_relative",
                       "may_consent": true, "valid_from": "2020-01-01" });
    api.post("/person-links", &link).by(by).await.expect(201);
    let asked = presented(&api, &world.centre, &world.municipality, subject.clone()).await;
    let give = || {
        let giving = json!({ "given_by_id": relative["id"], "method": "eid" });
        api.post(&at(&asked, "give"), &giving).by(by).version(&asked)
    };
    give().await.problem(422, "capacity_not_assessed");
    assess(&api, by, &subject, "has").await;
    give().await.problem(422, "giver_may_not_consent");
    let lacks = assess(&api, by, &subject, "lacks").await;
    let given = give().await.expect(200);
    assert_eq!(
        (&given["capacity_basis"], &given["capacity_assessment_id"]),
        (&json!("nearest_relative"), &lacks["id"])
    );
}

#[actix_web::test]
async fn a_child_consents_through_whoever_has_custody() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Coordinator);
    let birth = Utc::now().date_naive() - TimeDelta::days(365 * 12);
    let new = json!({ "given_name": "Liv", "family_name": "Liten", "birth_on": birth });
    let child = api.post("/persons", &new).by(by).await.expect(201)["id"].clone();
    assess(&api, by, &child, "has").await;
    let asked = presented(&api, &world.centre, &world.municipality, child.clone()).await;
    let give = |giver: &Value| {
        let giving = json!({ "given_by_id": giver, "method": "eid" });
        api.post(&at(&asked, "give"), &giving).by(by).version(&asked)
    };
    give(&child).await.problem(422, "giver_may_not_consent");
    for (kind, allowed) in [("proxy", false), ("parent", true)] {
        let near = person(&api, by, kind).await;
        let link = json!({ "person_id": child, "related_person_id": near["id"], "kind": kind, "may_consent": true,
                           "valid_from": "2020-01-01" });
        api.post("/person-links", &link).by(by).await.expect(201);
        if allowed {
            assert_eq!(give(&near["id"]).await.expect(200)["capacity_basis"], json!(kind));
        } else {
            give(&near["id"]).await.problem(422, "giver_may_not_consent");
        }
    }
}

#[actix_web::test]
async fn x4_withdrawal_blocks_the_next_version_and_keeps_the_last_one() {
    let (api, world) = start().await;
    let (from, to) = (&world.centre, &world.municipality);
    let consent = active(&api, from, to, json!(from.person)).await;
    let third = queue(&api, from, to, &consent).await;
    let pool = &api.house.pool;
    let send = async || {
        let sent =
            pool.system(Purpose::Dispatch, async |db| post::dispatch(db, from.organisation, third).await);
        sent.await.unwrap()
    };
    assert_eq!(send().await, "sent");
    let fourth = queue(&api, from, to, &consent).await;
    let preview =
        api.get(&at(&consent, "withdrawal-preview")).by(from.token(Role::Coordinator)).await.expect(200);
    assert_eq!(preview["stops"][0]["id"], json!(fourth));
    assert_eq!(preview["sent"][0]["id"], json!(third));
    assert!(preview["kept_under"].as_str().unwrap().contains("arkivlova"));
    // Whichever side the person asks, what was sent is listed.
    let by = to.token(Role::Caseworker);
    let preview = api.get(&at(&consent, "withdrawal-preview")).by(by).await.expect(200);
    assert_eq!((&preview["sent"][0]["id"], &preview["stops"]), (&json!(third), &json!([])));
    assert_eq!(api.get("/tasks").by(by).await.expect(200)["items"], json!([]));

    let withdrawn = api.post(&at(&consent, "withdraw"), &json!({ "told_how": "orally" }));
    let withdrawn = withdrawn.by(from.token(Role::Coordinator)).version(&consent).await.expect(200);
    assert_eq!((&withdrawn["status"], &withdrawn["ended_by"]), (&json!("withdrawn"), &json!("sender")));
    assert_eq!((&withdrawn["reason"], &withdrawn["allowed_actions"]), (&json!("orally"), &json!([])));
    assert_eq!(status(&api, fourth).await, ["blocked no_consent"]);
    assert_eq!(status(&api, third).await, ["sent"]);
    let told = api.get("/tasks").by(by).await.expect(200)["items"][0].clone();
    assert_eq!((&told["kind"], &told["subject_id"]), (&json!("consent_withdrawn"), &consent["id"]));
    let there = format!("select status as line from delivery where organisation_id = '{}'", to.organisation);
    assert_eq!(api.lines(&there).await, ["sent"]);
    let forced = format!(
        "update disclosure set status = 'queued' where id = '{fourth}'; update disclosure set status = 'sent' where id = '{fourth}'"
    );
    let refused = diesel_async::SimpleAsyncConnection::batch_execute(&mut api.owner().await, &forced).await;
    assert!(refused.unwrap_err().to_string().contains("no basis covers it"));
}

#[actix_web::test]
async fn either_side_withdraws_and_so_does_the_person() {
    let (api, world) = start().await;
    let (from, to) = (&world.centre, &world.municipality);
    for (desk, role, by) in [
        (from, Role::Coordinator, "sender"),
        (to, Role::Caseworker, "recipient"),
        (to, Role::Integration, "recipient"),
        (from, Role::Participant, "sender"),
    ] {
        let consent = active(&api, from, to, json!(from.person)).await;
        let waiting = queue(&api, from, to, &consent).await;
        let path = format!("/consents/{}", consent["id"].as_str().unwrap());
        let seen = api.get(&path).by(desk.token(role)).await.expect(200);
        let key = Uuid::now_v7().to_string();
        let withdraw = || {
            let call = api.post(&at(&consent, "withdraw"), &json!({})).by(desk.token(role));
            call.version(&seen).header("Idempotency-Key", &key)
        };
        let ended = withdraw().await.expect(200);
        assert_eq!((&ended["status"], &ended["ended_by"]), (&json!("withdrawn"), &json!(by)));
        assert_eq!(withdraw().await.expect(200), ended);
        for desk in [from, to] {
            let seen = api.get(&path).by(desk.token(Role::Coordinator)).await.expect(200);
            assert_eq!(seen["status"], json!("withdrawn"));
        }
        assert_eq!(status(&api, waiting).await, ["blocked no_consent"]);
        let again = api.post(&at(&consent, "withdraw"), &json!({})).by(desk.token(role)).version(&ended);
        again.await.problem(409, "illegal_move");
    }
}

#[actix_web::test]
async fn what_was_refused_is_not_asked_again_too_soon() {
    let (api, world) = start().await;
    let by = world.centre.token(Role::Coordinator);
    let subject = json!(world.centre.person);
    let asked = presented(&api, &world.centre, &world.municipality, subject.clone()).await;
    let refusal = json!({ "ask_again_from": Utc::now().date_naive() + TimeDelta::days(30) });
    let refused = api.post(&at(&asked, "refuse"), &refusal).by(by).version(&asked).await.expect(200);
    assert_eq!((&refused["status"], &refused["allowed_actions"]), (&json!("refused"), &json!([])));
    let mut new = draft(&world.municipality, &subject);
    let how = json!({ "text_code": "share_with_volunteers", "language": "nb", "form": "on_paper" });
    let next = api.post("/consents", &new).by(by).await.expect(201);
    api.post(&at(&next, "present"), &how).by(by).version(&next).await.problem(409, "asked_too_soon");
    new["purpose"] = json!("something_else");
    let other = api.post("/consents", &new).by(by).await.expect(201);
    api.post(&at(&other, "present"), &how).by(by).version(&other).await.expect(200);
}

#[actix_web::test]
async fn x5_a_consent_names_the_rule_of_the_age_by_which_it_was_given() {
    let (api, world) = start().await;
    let (from, to) = (&world.centre, &world.municipality);
    let by = from.token(Role::Coordinator);
    let known = api.get("/rules?country=NO&kind=age").by(by).await.expect(200);
    let given = active(&api, from, to, json!(from.person)).await;
    let rule = |consent: &Value| (consent["capacity_rule"].clone(), consent["capacity_rule_id"].clone());
    assert_eq!(rule(&given), (json!("SELF_CONSENT"), known["items"][0]["id"].clone()));
    let narrow =
        api.post(&at(&given, "narrow"), &json!({ "kinds": ["contact_form"] })).by(by).version(&given);
    assert_eq!(rule(&narrow.await.expect(200)), rule(&given));
    // The other side is not told, and a rule of one's own takes the place of the country's.
    let path = format!("/consents/{}", given["id"].as_str().unwrap());
    let theirs = api.get(&path).by(to.token(Role::Coordinator)).await.expect(200);
    assert_eq!(rule(&theirs), (json!(null), json!(null)));
    let own = json!({ "kind": "age", "code": "SELF_CONSENT", "valid_from": "2020-01-01", "source": "x", "years": 18 });
    let own = api.post("/organisation-rules", &own).by(from.token(Role::Admin)).await.expect(201);
    let next = active(&api, from, to, json!(from.person)).await;
    assert_eq!(rule(&next).1, own["id"]);
}

#[actix_web::test]
async fn a_consent_is_narrowed_at_once_and_widened_only_by_asking() {
    let (api, world) = start().await;
    let (from, to) = (&world.centre, &world.municipality);
    let by = from.token(Role::Coordinator);
    let consent = active(&api, from, to, json!(from.person)).await;
    let narrow = |to: Value| api.post(&at(&consent, "narrow"), &to).by(by).version(&consent);
    for wider in [
        json!({ "categories": ["name", "contact"] }),
        json!({ "expires_at": Utc::now() + TimeDelta::days(3000) }),
    ] {
        narrow(wider).await.problem(422, "widening_needs_asking");
    }
    narrow(json!({})).await.problem(422, "nothing_to_change");
    narrow(json!({ "expires_at": "2020-01-01T00:00:00Z" }))
        .await
        .problem(422, "consent_ends_before_it_starts");
    let narrower = narrow(json!({ "categories": ["need"], "kinds": ["contact_form"] })).await.expect(200);
    assert_eq!((&narrower["status"], &narrower["categories"]), (&json!("active"), &json!(["need"])));
    assert_eq!((&narrower["replaces_id"], &narrower["given_by_id"]), (&consent["id"], &json!(from.person)));
    assert_eq!(narrower["text_sha256"], consent["text_sha256"]);
    for desk in [from, to] {
        for (which, status) in [(&consent, "superseded"), (&narrower, "active")] {
            let path = format!("/consents/{}", which["id"].as_str().unwrap());
            let seen = api.get(&path).by(desk.token(Role::Coordinator)).await.expect(200);
            assert_eq!(seen["status"], json!(status));
        }
    }
    api.post(&at(&consent, "narrow"), &json!({ "kinds": ["referral"] }))
        .by(to.token(Role::Coordinator))
        .version(&json!(2))
        .await
        .problem(409, "illegal_move");
}

#[actix_web::test]
async fn a_lapse_of_capacity_suspends_until_reassessed() {
    let (api, world) = start().await;
    let (from, to) = (&world.centre, &world.municipality);
    let by = from.token(Role::Coordinator);
    for (result, after) in [("has", "active"), ("lacks", "invalidated")] {
        assess(&api, by, &json!(from.person), "has").await;
        let consent = active(&api, from, to, json!(from.person)).await;
        let waiting = queue(&api, from, to, &consent).await;
        let lapsed = api.post(&at(&consent, "capacity-lapsed"), &json!({})).by(by).version(&consent);
        let lapsed = lapsed.await.expect(200);
        assert_eq!(lapsed["status"], json!("suspended"));
        assert_eq!(status(&api, waiting).await, ["blocked no_consent"]);
        assess(&api, by, &json!(from.person), result).await;
        let done = api.post(&at(&consent, "reassess"), &json!({})).by(by).version(&lapsed).await.expect(200);
        assert_eq!(done["status"], json!(after));
        let path = format!("/consents/{}", consent["id"].as_str().unwrap());
        let there = api.get(&path).by(to.token(Role::Coordinator)).await.expect(200);
        assert_eq!((&there["status"], &there["reason"]), (&json!(after), &json!(null)));
    }
}

#[actix_web::test]
async fn a_consent_is_invalidated_with_its_basis() {
    let (api, world) = start().await;
    let by = world.centre.token(Role::Coordinator);
    let asked = presented(&api, &world.centre, &world.municipality, json!(world.centre.person)).await;
    let why = json!({ "basis": "not_informed" });
    let done = api.post(&at(&asked, "invalidate"), &why).by(by).version(&asked).await.expect(200);
    assert_eq!((&done["status"], &done["reason"]), (&json!("invalidated"), &json!("not_informed")));
    api.post(&at(&asked, "invalidate"), &why).by(by).version(&done).await.problem(409, "illegal_move");
}

#[actix_web::test]
async fn the_clock_lets_a_consent_expire_on_both_sides_once() {
    let (api, world) = start().await;
    let (from, to) = (&world.centre, &world.municipality);
    let consent = active(&api, from, to, json!(from.person)).await;
    let pool = &api.house.pool;
    assert_eq!(jobs::run_once(pool).await.unwrap().expired, 0);
    let waiting = queue(&api, from, to, &consent).await;
    pool.set_clock(Some(Utc::now() + TimeDelta::days(301)));
    assert_eq!(jobs::run_once(pool).await.unwrap().expired, 1);
    assert_eq!(jobs::run_once(pool).await.unwrap().expired, 0);
    pool.set_clock(None);
    let path = format!("/consents/{}", consent["id"].as_str().unwrap());
    for desk in [from, to] {
        let seen = api.get(&path).by(desk.token(Role::Coordinator)).await.expect(200);
        assert_eq!((&seen["status"], &seen["ended_by"]), (&json!("expired"), &json!("clock")));
    }
    assert_eq!(status(&api, waiting).await, ["blocked no_consent"]);
}
