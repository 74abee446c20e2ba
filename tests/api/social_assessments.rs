use samspill::access::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    referrals::pushed,
    support::{
        Api, Call,
        world::{Desk, World},
    },
    walk::work,
};

/// Adds this room's rows to a world.
pub async fn furnish(api: &Api, world: &mut World) {
    let made = assess(api, &world.centre, Role::Coordinator).await;
    world.keep("social-assessments", &made);
}

fn findings() -> Value {
    json!({
        "network_now": ["Naboen Solveig"], "activities_before": ["Sang i kor"], "activities_now": ["Kryssord"],
        "still_interested": ["Kor"], "disliked": ["Bingo"], "wishes": ["Noen å synge med"], "skills": ["Piano"],
        "with_whom": "Gjerne en kvinne", "when": ["afternoon", "weekend"], "how_often": "Hver uke",
        "barriers": ["Svimmelhet"], "aids": ["Rullator"], "transport": "Trenger skyss",
        "communication": { "aac": "Tavle", "language": "nordsamisk", "interpreter": true },
        "loneliness": { "scale": "UCLA-3", "score": 8 },
    })
}

pub async fn assess(api: &Api, desk: &Desk, role: Role) -> Value {
    let new = json!({ "person_id": desk.person, "assessed_on": "2026-02-02", "findings": findings() });
    api.post("/social-assessments", &new).by(desk.token(role)).await.expect(201)
}

fn id(row: &Value) -> &str {
    row["id"].as_str().unwrap()
}

fn command(api: &Api, seen: &Value, command: &str) -> Call {
    api.post(&format!("/referrals/{}/{command}", id(seen)), &json!({})).version(seen)
}

/// A referral from the municipality to the centre that chooses these fields.
fn referral(world: &World, assessment: &Value, fields: &Value) -> Value {
    json!({ "counterpart_organisation_id": world.centre.organisation, "service": "visiting_friend", "kind": "establish",
            "source_channel": "municipality", "person_id": world.municipality.person, "need": "Selskap",
            "social_assessment_id": assessment["id"], "social_fields": fields })
}

/// An active consent to tell these categories.
async fn consent(api: &Api, world: &World, categories: &str) {
    let consent = api.active_consent(&world.municipality, &world.centre).await;
    // What was consented to does not change: only a test can say otherwise.
    api.sql(&format!(
        "set session_replication_role = replica; update consent set categories = '{{{categories}}}' where id = '{consent}'"
    ))
    .await;
}

/// The words of what was found that are in any row of an organisation, or in what happened or was written down anywhere.
async fn seen_at(api: &Api, organisation: Uuid) -> Vec<String> {
    let tables = "select table_name::text as line from information_schema.columns where table_schema = 'public' and column_name = 'organisation_id'
        and table_name !~ '^audit_'";
    let rows = |table: &String| {
        let here = format!("organisation_id = '{organisation}' or '{table}' in ('audit', 'event')");
        format!("select to_jsonb(it)::text as line from {table} as it where {here}")
    };
    let all: Vec<_> = api.lines(tables).await.iter().map(rows).collect();
    let text = api.lines(&all.join(" union all ")).await.concat();
    let words = [
        "Solveig",
        "Sang i kor",
        "Kryssord",
        "Kor\"",
        "Bingo",
        "synge",
        "Piano",
        "kvinne",
        "afternoon",
        "Hver uke",
        "Svimmel",
        "Rullator",
        "skyss",
        "Tavle",
        "nordsamisk",
        "UCLA",
    ];
    words.iter().filter(|word| text.contains(**word)).map(|word| (*word).to_owned()).collect()
}

#[actix_web::test]
async fn b3_exactly_the_chosen_fields_leave_the_municipality() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.municipality.token(Role::Caseworker);
    let assessment = assess(&api, &world.municipality, Role::Caseworker).await;
    consent(&api, &world, "name,need,social_life,support_needs").await;
    let chosen = json!(["wishes", "when", "transport"]);
    let draft = api.post("/referrals", &referral(&world, &assessment, &chosen)).by(by).await.expect(201);
    let preview = api.get(&format!("/referrals/{}/submission-preview", id(&draft))).by(by).await.expect(200);
    let payload = json!({
        "name": { "given_name": "Ada", "family_name": "Prøve" }, "need": "Selskap",
        "social_life": { "wishes": ["Noen å synge med"], "when": ["afternoon", "weekend"] },
        "support_needs": { "transport": "Trenger skyss" },
    });
    assert_eq!((&preview["payload"], &preview["uncovered"]), (&payload, &json!([])));
    assert_eq!(seen_at(&api, world.centre.organisation).await, [""; 0], "a draft stays at home");

    command(&api, &draft, "submit").by(by).await.expect(200);
    work(&api).await;
    let theirs = world.centre.token(Role::Coordinator);
    let delivery = api.get("/deliveries").by(theirs).await.expect(200)["items"][0].clone();
    let told = api.get(&format!("/deliveries/{}", id(&delivery))).by(theirs).await.expect(200);
    assert_eq!(told["payload"], payload);
    assert_eq!(seen_at(&api, world.centre.organisation).await, ["synge", "afternoon", "skyss"]);
    let taken = api.post(&format!("/deliveries/{}/take-in", id(&told)), &json!({})).by(theirs).version(&told);
    taken.await.expect(200);
    assert_eq!(seen_at(&api, world.centre.organisation).await, ["synge", "afternoon", "skyss"]);
    api.get(&format!("/social-assessments/{}", id(&assessment))).by(theirs).await.problem(404, "not_found");
    // The other side does not even learn what there was to choose.
    let received = api.get(&format!("/referrals/{}", id(&draft))).by(theirs).await.expect(200);
    assert_eq!((&received["social_assessment_id"], &received["social_fields"]), (&Value::Null, &json!([])));
}

#[actix_web::test]
async fn b3_the_consent_covers_the_category_of_each_field() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.municipality.token(Role::Caseworker);
    let assessment = assess(&api, &world.municipality, Role::Caseworker).await;
    consent(&api, &world, "name,need,social_life").await;
    let chosen = json!(["wishes", "loneliness"]);
    let draft = api.post("/referrals", &referral(&world, &assessment, &chosen)).by(by).await.expect(201);
    let at = format!("/referrals/{}", id(&draft));
    let preview = api.get(&format!("{at}/submission-preview")).by(by).await.expect(200);
    assert_eq!(preview["uncovered"], json!(["support_needs"]));
    assert_eq!(preview["payload"]["support_needs"], Value::Null);
    command(&api, &draft, "submit").by(by).await.problem(422, "consent_does_not_cover");
    // The person, whose choice it is, chooses less.
    let person = world.municipality.token(Role::Participant);
    let less =
        api.patch(&at, &json!({ "social_fields": ["wishes"] })).by(person).version(&draft).await.expect(200);
    let submitted = command(&api, &less, "submit").by(by).await.expect(200);
    // Afterwards too: what is covered follows, what is not is refused.
    let more = json!({ "social_fields": ["wishes", "skills"] });
    let submitted = api.patch(&at, &more).by(by).version(&submitted).await.expect(200);
    let most = json!({ "social_fields": ["wishes", "skills", "aids"] });
    api.patch(&at, &most).by(by).version(&submitted).await.problem(422, "consent_does_not_cover");
    let told = api.lines(
        "select payload -> 'social_life' ->> 'skills' as line from disclosure order by id desc limit 1",
    );
    assert_eq!(told.await, [r#"["Piano"]"#]);
    // The gate asks for itself: a payload with what is not covered does not leave, whoever lays it out.
    let basis =
        api.lines("select consent_id::text as line from referral where side = 'sent'").await.remove(0);
    let mut other = crate::support::crossing::Draft::new(
        &world.municipality,
        &world.centre,
        "referral",
        Some(basis.parse().unwrap()),
    );
    other.payload = json!({ "support_needs": { "aids": ["Rullator"] } });
    let laid = api.lay_out(world.municipality.organisation, &other).await;
    work(&api).await;
    let stands =
        format!("select status || ' ' || blocked_reason as line from disclosure where id = '{laid}'");
    assert_eq!(api.lines(&stands).await, ["blocked consent_does_not_cover"]);
    assert_eq!(seen_at(&api, world.centre.organisation).await, ["synge", "Piano"]);
}

#[actix_web::test]
async fn b3_a_pushed_referral_chooses_too_and_a_reopened_one_chooses_the_same() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.municipality.token(Role::Integration);
    let assessment = assess(&api, &world.municipality, Role::Integration).await;
    let mut push = pushed(&world);
    push.as_object_mut().unwrap().remove("person");
    push["person_id"] = json!(world.municipality.person);
    push["social_assessment_id"] = assessment["id"].clone();
    push["social_fields"] = json!(["how_often", "aids"]);
    push["consent"]["categories"] = json!(["name", "social_life"]);
    api.post("/referrals/push", &push).by(by).await.problem(422, "consent_does_not_cover");
    push["consent"]["categories"] = json!(["name", "social_life", "support_needs"]);
    let made = api.post("/referrals/push", &push).by(by).await.expect(201);
    let told = api.lines("select payload::text as line from disclosure").await.remove(0);
    let told: Value = serde_json::from_str(&told).unwrap();
    assert_eq!(told["social_life"], json!({ "how_often": "Hver uke" }));
    assert_eq!(told["support_needs"], json!({ "aids": ["Rullator"] }));
    let ended = command(&api, &made, "withdraw").by(by).await.expect(200);
    let again = api.post(&format!("/referrals/{}/reopen", id(&ended)), &json!({})).by(by).await.expect(201);
    for same in ["social_assessment_id", "social_fields"] {
        assert_eq!(again[same], made[same]);
    }
}

#[actix_web::test]
async fn what_is_chosen_is_of_an_assessment_of_this_person() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.municipality.token(Role::Caseworker);
    let assessment = assess(&api, &world.municipality, Role::Caseworker).await;
    let chosen = json!(["wishes"]);
    let theirs = assess(&api, &world.centre, Role::Coordinator).await;
    let foreign = referral(&world, &theirs, &chosen);
    api.post("/referrals", &foreign).by(by).await.problem(422, "referral_unknown_social_assessment");
    let other = crate::persons::person(&api, by, "Annen").await;
    let mut of_other = referral(&world, &assessment, &chosen);
    of_other["person_id"] = other["id"].clone();
    api.post("/referrals", &of_other).by(by).await.problem(422, "social_assessment_of_another_person");
    let nothing = referral(&world, &assessment, &json!([]));
    api.post("/referrals", &nothing).by(by).await.problem(422, "referral_chooses_of_nothing");
    let draft = api.post("/referrals", &referral(&world, &assessment, &chosen)).by(by).await.expect(201);
    let back = json!({ "social_assessment_id": null, "social_fields": [] });
    let at = format!("/referrals/{}", id(&draft));
    let bare = api.patch(&at, &back).by(by).version(&draft).await.expect(200);
    assert_eq!((&bare["social_assessment_id"], &bare["social_fields"]), (&Value::Null, &json!([])));

    let new = json!({ "person_id": world.municipality.person, "assessed_on": "2026-02-02", "findings": findings() });
    let mut wrong = new.clone();
    wrong["assessed_on"] = json!("2199-01-01");
    api.post("/social-assessments", &wrong).by(by).await.problem(422, "assessed_in_the_future");
    let mut wrong = new;
    wrong["person_id"] = json!(world.centre.person);
    api.post("/social-assessments", &wrong).by(by).await.problem(422, "social_assessment_unknown_person");
}
