//! What no room's own tests ask for: references to nothing, times the wrong way round, what has ended, and a database that
//! is busy or not as it should be.

use std::future::IntoFuture as _;

use chrono::{TimeDelta, Utc};
use diesel_async::SimpleAsyncConnection as _;
use futures_util::future::{join, join_all};
use samspill::access::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    contact_forms::new_form,
    disclosures::command,
    networks,
    persons::person,
    referrals::pushed,
    support::{Api, probe::counts, world::World},
    walk::work,
};

/// Who asks, where, what, what is wrong with it, and as what it is refused.
type Row<'a> = (&'a str, &'a str, &'a Value, Value, &'a str);

async fn are_refused<const N: usize>(api: &Api, rows: [Row<'_>; N]) {
    let before = counts(api, &["audit"]).await;
    for (by, path, body, wrong, code) in rows {
        api.post(path, &with(body, &wrong)).by(by).await.problem(422, code);
    }
    assert_eq!(counts(api, &["audit"]).await, before, "something has changed");
}

fn with(body: &Value, changes: &Value) -> Value {
    let mut body = body.clone();
    body.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    body
}

fn at(collection: &str, row: &Value) -> String {
    format!("/{collection}/{}", row["id"].as_str().unwrap())
}

/// What the centre may draft about its person: a consent and a legal basis.
fn bases(world: &World) -> [Value; 2] {
    let consent = json!({ "subject_id": world.centre.person, "counterpart_organisation_id": world.municipality.organisation,
                          "purpose": "danger", "kinds": ["contact_form"], "categories": ["name"], "includes_updates": true,
                          "expires_at": Utc::now() + TimeDelta::days(7) });
    let decision = json!({ "rule": "GDPR_VITAL_INTERESTS", "reason": "Was found confused." });
    let basis = with(&consent, &decision);
    [consent, basis]
}

#[actix_web::test]
async fn what_refers_to_nothing_or_to_oneself_is_refused() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (here, nobody) = (world.centre.organisation, Uuid::now_v7());
    let [by, leader] = [Role::Coordinator, Role::TeamLeader].map(|role| world.centre.token(role));
    let system = world.municipality.token(Role::Integration);
    let [consent, basis] = bases(&world);
    let (network, ..) = networks::active(&api, &world).await;
    let form = new_form(&world, &network);
    let referral = json!({ "service": "visiting_friend", "kind": "establish", "source_channel": "self",
                           "person_id": world.centre.person, "need": "Selskap" });
    let number = json!({ "country": "NO", "number": "02013299997", "source": "folkeregisteret" });
    let mut push = pushed(&world);
    push.as_object_mut().unwrap().retain(|field, _| !["person", "consent"].contains(&field.as_str()));
    push["person_id"] = json!(world.municipality.person);
    let counterpart = |id: Uuid| json!({ "counterpart_organisation_id": id });
    let about = |field: &str| json!({ field: nobody });
    are_refused(
        &api,
        [
            (by, "/consents", &consent, counterpart(here), "consent_to_oneself"),
            (by, "/consents", &consent, about("subject_id"), "consent_unknown_person"),
            (by, "/consents", &consent, about("referral_id"), "consent_unknown_referral"),
            (leader, "/legal-bases", &basis, counterpart(here), "legal_basis_to_oneself"),
            (leader, "/legal-bases", &basis, counterpart(nobody), "legal_basis_unknown_organisation"),
            (leader, "/legal-bases", &basis, about("referral_id"), "legal_basis_unknown_referral"),
            (by, "/person-identifiers", &number, about("person_id"), "person_identifier_unknown_person"),
            (by, "/referrals", &referral, counterpart(nobody), "referral_unknown_organisation"),
            (by, "/referrals", &referral, about("cared_for_person_id"), "referral_unknown_cared_for_person"),
            (system, "/referrals/push", &push, about("legal_basis_id"), "referral_unknown_legal_basis"),
            (by, "/contact-forms", &form, about("signed_by_id"), "contact_form_version_unknown_signer"),
            (
                by,
                "/contact-forms",
                &form,
                about("capacity_assessment_id"),
                "contact_form_version_unknown_capacity_assessment",
            ),
        ],
    )
    .await;
    let point = json!({ "unit_id": world.centre.unit, "name": "Kari Kontakt", "role": "nurse" });
    let by = world.centre.token(Role::Admin);
    let point = api.post("/contact-points", &point).by(by).await.expect(201);
    let itself = json!({ "substitute_id": point["id"] });
    let refused = api.patch(&at("contact-points", &point), &itself).by(by).version(&point).await;
    refused.problem(422, "contact_point_substitutes_itself");
}

#[actix_web::test]
async fn what_ends_before_it_starts_is_refused() {
    let api = Api::start().await;
    let world = api.desks().await;
    let [by, leader] = [Role::Coordinator, Role::TeamLeader].map(|role| world.centre.token(role));
    let of = world.centre.person;
    let [consent, basis] = bases(&world);
    // The database does not tell these two apart.
    let moment = || json!({ "valid_from": "2199-01-01T00:00:00.0000001Z", "expires_at": "2199-01-01T00:00:00.0000002Z" });
    let assessed =
        json!({ "person_id": of, "result": "has", "qualification": "physician", "reasons": "A talk." });
    let declared =
        json!({ "volunteer_id": world.centre.volunteer, "template_version": "NO-2026-1", "language": "nb" });
    let near = person(&api, by, "Near").await;
    let link = json!({ "person_id": of, "related_person_id": near["id"], "kind": "spouse" });
    let review = json!({ "decided_on": "2026-01-10", "review_on": "2026-01-10" });
    let signed = json!({ "briefed_on": "2026-01-10", "signed_on": "2026-01-09" });
    let held = json!({ "valid_from": "2026-01-10", "valid_to": "2026-01-10" });
    are_refused(
        &api,
        [
            (by, "/consents", &consent, moment(), "consent_ends_before_it_starts"),
            (leader, "/legal-bases", &basis, moment(), "legal_basis_ends_before_it_starts"),
            (by, "/capacity-assessments", &assessed, review, "capacity_assessment_reviewed_before_decided"),
            (
                by,
                "/confidentiality-declarations",
                &declared,
                signed,
                "confidentiality_declaration_signed_before_briefing",
            ),
            (by, "/person-links", &link, held, "person_link_ends_before_it_starts"),
        ],
    )
    .await;

    // Only in Denmark is there a level that lapses.
    api.sql(&format!("update organisation set country = 'DK' where id = '{}'", world.centre.organisation))
        .await;
    let protect = format!("{}/protect", at("persons", &near));
    for (days, code) in [(-1, "protection_ends_before_it_starts"), (800, "protection_lapses_earlier")] {
        let end = Utc::now().date_naive() + TimeDelta::days(days);
        let how = json!({ "level": "navne_og_adressebeskyttelse", "source": "cpr", "protected_until": end });
        api.post(&protect, &how).by(by).version(&near).await.problem(422, code);
    }
}

#[actix_web::test]
async fn what_is_there_already_or_over_is_refused() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Coordinator);
    let near = person(&api, by, "Near").await;
    let link = json!({ "person_id": world.centre.person, "related_person_id": near["id"], "kind": "spouse",
                       "valid_from": "2026-01-10" });
    let made = api.post("/person-links", &link).by(by).await.expect(201);
    api.post("/person-links", &link).by(by).await.problem(409, "person_link_already_exists");
    let end = format!("{}/end", at("person-links", &made));
    let ended = api.post(&end, &json!({})).by(by).version(&made).await.expect(200);
    api.post(&end, &json!({})).by(by).version(&ended).await.problem(409, "link_has_ended");

    let [consent, _] = bases(&world);
    let past = json!({ "valid_from": "2026-01-10T00:00:00Z", "expires_at": "2026-02-10T00:00:00Z" });
    let drafted = api.post("/consents", &with(&consent, &past)).by(by).await.expect(201);
    let at = at("consents", &drafted);
    let how = json!({ "text_code": "share_with_volunteers", "language": "nb", "form": "on_paper" });
    command(&api, by, &format!("{at}/present"), &how).await.expect(200);
    let giving = json!({ "given_by_id": world.centre.person, "method": "wet_signature" });
    command(&api, by, &format!("{at}/give"), &giving).await.problem(409, "period_is_over");
}

#[actix_web::test]
async fn who_comes_without_a_name_is_not_registered_by_it() {
    let api = Api::start().await;
    let world = api.desks().await;
    let mut push = pushed(&world);
    push["consent"]["categories"] = json!(["need"]);
    api.post("/referrals/push", &push).by(world.municipality.token(Role::Integration)).await.expect(201);
    work(&api).await;
    let by = world.centre.token(Role::Coordinator);
    let told = api.get("/deliveries?status=sent").by(by).await.expect(200)["items"][0].clone();
    let take_in = format!("{}/take-in", at("deliveries", &told));
    command(&api, by, &take_in, &json!({})).await.problem(422, "delivery_without_name");
}

#[actix_web::test]
async fn who_waits_too_long_for_another_or_for_the_database_is_told_so() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Coordinator);
    let at = format!("/volunteers/{}", world.centre.volunteer);
    let seen = api.get(&at).by(by).await.expect(200);
    let mut other = api.owner().await;
    let hold = format!("begin; select from volunteer where id = '{}' for update", world.centre.volunteer);
    other.batch_execute(&hold).await.unwrap();
    // As many as there are connections.
    let change = |_| api.patch(&at, &json!({ "status": "paused" })).by(by).version(&seen).into_future();
    let one_more = async {
        api.until_waiting(6).await;
        api.get(&at).by(by).await
    };
    let (changes, one_more) = join(join_all((0..6).map(change)), one_more).await;
    assert_eq!(one_more.header("Retry-After"), Some("2"));
    one_more.problem(503, "unavailable");
    for refused in changes {
        refused.problem(409, "try_again");
    }
    other.batch_execute("rollback").await.unwrap();
    api.patch(&at, &json!({ "status": "paused" })).by(by).version(&seen).await.expect(200);
}

#[actix_web::test]
async fn what_went_wrong_inside_is_not_told() {
    let api = Api::start().await;
    let world = api.desks().await;
    api.sql("alter table volunteer rename to elsewhere").await;
    let answer = api.get("/volunteers").by(world.centre.token(Role::Coordinator)).await;
    assert!(!answer.text.contains("relation"), "{}", answer.text);
    answer.problem(500, "internal");
}
