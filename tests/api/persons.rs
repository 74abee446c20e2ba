use chrono::Utc;
use samspill::{
    access::Role,
    identifiers::Country,
    rules::{Hidden, Rules},
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    consents,
    support::{
        Api,
        canary::Canary,
        world::{Desk, World},
    },
};

/// Adds this room's rows to a world.
pub async fn furnish(api: &Api, world: &mut World) {
    let by = world.centre.token(Role::Coordinator).to_owned();
    let of = world.centre.person;
    let near = person(api, &by, "Near").await;
    world.keep("relatives", &near);
    let link = json!({ "person_id": of, "related_person_id": near["id"], "kind": "spouse", "may_be_contacted": true });
    let link = api.post("/person-links", &link).by(&by).await.expect(201);
    world.keep("person-links", &link);
    let number =
        json!({ "person_id": of, "country": "NO", "number": "15819010029", "source": "folkeregisteret" });
    let number = api.post("/person-identifiers", &number).by(&by).await.expect(201);
    world.keep("person-identifiers", &number);
    let assessment = assess(api, &by, &json!(of), "has").await;
    world.keep("capacity-assessments", &assessment);
}

pub async fn person(api: &Api, by: &str, family_name: &str) -> Value {
    let new = json!({ "given_name": "Ada", "family_name": family_name });
    api.post("/persons", &new).by(by).await.expect(201)
}

pub async fn assess(api: &Api, by: &str, person: &Value, result: &str) -> Value {
    let new = json!({ "person_id": person, "result": result, "qualification": "physician", "reasons": "A talk.",
                      "decided_on": "2026-01-10", "presented_to_person_on": "2026-01-10" });
    api.post("/capacity-assessments", &new).by(by).await.expect(201)
}

fn coordinator(desk: &Desk) -> &str {
    desk.token(Role::Coordinator)
}

const SECRET: [&str; 4] = ["Hemmelig", "Elvegata", "99887766", "gjemt@example.org"];

async fn secret(api: &Api, by: &str) -> Value {
    let new = json!({ "given_name": "Siri", "family_name": "Hemmelig", "birth_on": "1950-05-05", "phone": "99887766",
                      "email": "gjemt@example.org", "address": "Elvegata 9", "postcode": "4700", "place": "Vennesla",
                      "municipality_code": "4223" });
    api.post("/persons", &new).by(by).await.expect(201)
}

async fn protect(api: &Api, by: &str, person: &Value, level: &str) -> Value {
    let path = format!("/persons/{}/protect", person["id"].as_str().unwrap());
    let how = json!({ "level": level, "source": "folkeregisteret" });
    api.post(&path, &how).by(by).version(person).await.expect(200)
}

#[actix_web::test]
async fn create_person_then_change_and_find_it() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = coordinator(&world.centre);
    let made = person(&api, by, "Nordmann_").await;
    assert_eq!((&made["language"], &made["contact_by"]), (&json!("nb"), &json!("phone")));
    let path = format!("/persons/{}", made["id"].as_str().unwrap());
    let patch = json!({ "phone": "41000000", "needs_interpreter": true });
    let changed = api.patch(&path, &patch).by(by).version(&made).await.expect(200);
    assert_eq!(api.get(&path).by(by).await.expect(200), changed);
    api.patch(&path, &patch).by(by).version(&made).await.problem(412, "stale");
    for (name, found) in [("nordmann_", 1), ("Nord", 1), ("ord", 0), ("nordmann%25", 0)] {
        let seen = api.get(&format!("/persons?name={name}")).by(by).await.expect(200);
        assert_eq!(seen["items"].as_array().unwrap().len(), found, "{name}");
    }
    api.get(&path).by(coordinator(&world.municipality)).await.problem(404, "not_found");
}

#[actix_web::test]
async fn an_identity_number_comes_in_and_does_not_go_out() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = coordinator(&world.centre);
    let of = world.centre.person;
    let new =
        json!({ "person_id": of, "country": "NO", "number": "02013299997", "source": "folkeregisteret" });
    let made = api.post("/person-identifiers", &new).by(by).await;
    assert!(!made.text.contains("02013299997"));
    let made = made.expect(201);
    assert_eq!((&made["kind"], &made["status"]), (&json!("no_fnr"), &json!("active")));
    api.post("/person-identifiers", &new).by(by).await.problem(409, "person_identifier_already_registered");

    let search = json!({ "country": "NO", "number": "020132 99997" });
    let found = api.post("/persons/search", &search).by(by).await.expect(200);
    assert_eq!(found["items"][0]["id"], json!(of));
    let elsewhere =
        api.post("/persons/search", &search).by(coordinator(&world.municipality)).await.expect(200);
    assert_eq!(elsewhere["items"], json!([]));
    let wrong = json!({ "country": "NO", "number": "02013299998" });
    let wrong = api.post("/persons/search", &wrong).by(by).await;
    assert!(!wrong.text.contains("02013299998"));
    assert_eq!(wrong.problem(422, "invalid")["errors"][0]["code"], json!("check_digit"));
    let other = json!({ "country": "SE", "kind": "no_fnr", "number": "02013299997" });
    api.post("/persons/search", &other).by(by).await.problem(422, "invalid");

    let path = format!("/person-identifiers/{}/replace", made["id"].as_str().unwrap());
    let next = json!({ "country": "NO", "number": "15819010029", "source": "folkeregisteret" });
    let replaced = api.post(&path, &next).by(by).version(&made).await.expect(200);
    assert_eq!(replaced["kind"], json!("no_synthetic"));
    let found = api.post("/persons/search", &search).by(by).await.expect(200);
    assert_eq!(found["items"], json!([]));
    let all = api.get(&format!("/person-identifiers?person_id={of}")).by(by).await.expect(200);
    let status: Vec<_> = all["items"].as_array().unwrap().iter().map(|it| it["status"].clone()).collect();
    assert_eq!(status.len(), 2);
    assert!(status.contains(&json!("replaced")) && status.contains(&json!("active")));
    let old = all["items"].as_array().unwrap().iter().find(|it| it["id"] == made["id"]).unwrap();
    api.post(&path, &next).by(by).version(old).await.problem(409, "identifier_not_active");
    for table in ["audit", "event", "person_identifier"] {
        for line in api.lines(&format!("select to_jsonb(it)::text as line from {table} as it")).await {
            assert!(!line.contains("02013299997") && !line.contains("15819010029"), "{table}: {line}");
        }
    }
}

#[actix_web::test]
async fn who_keeps_no_identity_numbers_is_given_none() {
    let api = Api::start().await;
    let world = api.desks().await;
    let desk = world.centre.organisation;
    api.sql(&format!(
        "update organisation_setting set keeps_identity_numbers = false where organisation_id = '{desk}'"
    ))
    .await;
    let new = json!({ "person_id": world.centre.person, "country": "NO", "number": "02013299997", "source": "self" });
    let refused = api.post("/person-identifiers", &new).by(coordinator(&world.centre));
    refused.await.problem(422, "identity_numbers_not_kept");
}

#[actix_web::test]
async fn x2_only_the_rights_of_a_link_decide_who_may_sign() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = coordinator(&world.centre);
    let near = person(&api, by, "Near").await;
    let new =
        json!({ "person_id": world.centre.person, "related_person_id": near["id"], "kind": "guardian" });
    let mut own = new.clone();
    own["related_person_id"] = own["person_id"].clone();
    api.post("/person-links", &own).by(by).await.problem(422, "person_link_to_oneself");
    let link = api.post("/person-links", &new).by(by).await.expect(201);
    let consent =
        consents::presented(&api, &world.centre, &world.municipality, json!(world.centre.person)).await;
    let path = format!("/consents/{}/give", consent["id"].as_str().unwrap());
    let giving = json!({ "given_by_id": near["id"], "method": "wet_signature" });
    let give = || api.post(&path, &giving).by(by).version(&consent);
    give().await.problem(422, "giver_may_not_consent");

    let at = format!("/person-links/{}", link["id"].as_str().unwrap());
    let rights = json!({ "may_complain": true, "may_receive_letters": true, "may_be_contacted": true });
    let link = api.patch(&at, &rights).by(by).version(&link).await.expect(200);
    give().await.problem(422, "giver_may_not_consent");
    let link = api.patch(&at, &json!({ "may_consent": true })).by(by).version(&link).await.expect(200);
    let end = format!("{at}/end");
    let ended = api.post(&end, &json!({})).by(by).version(&link).await.expect(200);
    assert_eq!(ended["may_consent"], json!(false));
    give().await.problem(422, "giver_may_not_consent");
    let again = json!({ "person_id": world.centre.person, "related_person_id": near["id"], "kind": "other",
                        "may_consent": true, "basis": "a mandate", "valid_from": "2020-01-01" });
    api.post("/person-links", &again).by(by).await.expect(201);
    let given = give().await.expect(200);
    assert_eq!((&given["status"], &given["capacity_basis"]), (&json!("active"), &json!("other")));
}

#[actix_web::test]
async fn b15_whoever_is_found_to_lack_capacity_is_told_so() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = coordinator(&world.centre);
    let new = |result: &str, told: Value, decided: &str| {
        json!({ "person_id": world.centre.person, "result": result, "qualification": "physician", "reasons": "A talk.",
                "decided_on": decided, "presented_to_person_on": told })
    };
    for result in ["lacks", "partial"] {
        let untold = new(result, json!(null), "2026-01-10");
        api.post("/capacity-assessments", &untold).by(by).await.problem(422, "assessment_not_presented");
        let told = new(result, json!("2026-01-10"), "2026-01-10");
        api.post("/capacity-assessments", &told).by(by).await.expect(201);
    }
    let later = new("has", json!(null), "2199-01-01");
    api.post("/capacity-assessments", &later).by(by).await.problem(422, "assessment_not_yet_decided");
    api.post("/capacity-assessments", &new("has", json!(null), "2026-01-10")).by(by).await.expect(201);
}

#[actix_web::test]
async fn x8_a_protected_person_is_in_no_list_and_shown_only_with_a_purpose() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = coordinator(&world.centre);
    let made = secret(&api, by).await;
    let id = made["id"].as_str().unwrap();
    let number =
        json!({ "person_id": id, "country": "NO", "number": "15819010029", "source": "folkeregisteret" });
    api.post("/person-identifiers", &number).by(by).await.expect(201);
    let unknown = json!({ "level": "sekretessmarkering", "source": "somebody" });
    let path = format!("/persons/{id}");
    let refused = api.post(&format!("{path}/protect"), &unknown).by(by).version(&made);
    refused.await.problem(422, "unknown_protection_level");
    let hidden = protect(&api, by, &made, "strengt_fortrolig").await;
    assert_eq!((&hidden["given_name"], &hidden["is_protected"]), (&json!("Protected"), &json!(true)));

    for list in ["/persons?name=Hemmelig", "/persons?name=prot", "/persons"] {
        let seen = api.get(list).by(by).await.expect(200);
        assert!(seen["items"].as_array().unwrap().iter().all(|it| it["id"] != made["id"]), "{list}");
    }
    let search = json!({ "country": "NO", "number": "15819010029" });
    assert_eq!(api.post("/persons/search", &search).by(by).await.expect(200)["items"], json!([]));
    assert_eq!(api.get(&path).by(by).await.expect(200), hidden);
    let moved = api.patch(&path, &json!({ "address": "Elvegata 10" })).by(by).version(&hidden);
    moved.await.problem(409, "person_is_protected");
    let kept =
        api.patch(&path, &json!({ "needs_interpreter": true })).by(by).version(&hidden).await.expect(200);

    let details = format!("{path}/protected-details");
    let why = json!({ "purpose": "Visit on Monday" });
    api.post(&details, &json!({})).by(by).await.problem(422, "invalid");
    api.post(&details, &why).by(world.centre.token(Role::TeamLeader)).await.problem(403, "forbidden");
    api.post(&details, &why).by(coordinator(&world.municipality)).await.problem(404, "not_found");
    let shown = api.post(&details, &why).by(by).await.expect(200);
    assert_eq!((&shown["address"], &shown["level"]), (&json!("Elvegata 9"), &json!("strengt_fortrolig")));
    let audited = "select purpose as line from audit where table_name = 'protected_detail' and verb = 'read'";
    assert_eq!(api.lines(audited).await, ["Visit on Monday"]);
    let report = api.get(&format!("{path}/protection-report")).by(by).await.expect(200);
    assert!(!report["read_by"].as_array().unwrap().is_empty());

    let ended =
        api.post(&format!("{path}/end-protection"), &json!({})).by(by).version(&kept).await.expect(200);
    assert_eq!((&ended["address"], &ended["is_protected"]), (&json!("Elvegata 9"), &json!(false)));
    assert_eq!(ended["needs_interpreter"], json!(true));
    let again = api.post(&format!("{path}/end-protection"), &json!({})).by(by).version(&ended);
    again.await.problem(409, "person_is_not_protected");
    api.post(&details, &why).by(by).await.problem(409, "person_is_not_protected");
}

#[actix_web::test]
async fn x8_what_waits_is_held_back_and_forms_lose_what_identifies() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = coordinator(&world.centre);
    let made = secret(&api, by).await;
    assess(&api, by, &made["id"], "has").await;
    let consent = consents::active(&api, &world.centre, &world.municipality, made["id"].clone()).await;
    let queued = consents::queue(&api, &world.centre, &world.municipality, &consent).await;
    let (desk, person) = (world.centre.organisation, made["id"].as_str().unwrap());
    let [network, form] = [(); 2].map(|()| Uuid::now_v7());
    api.sql(&format!(
        "insert into network (organisation_id, id, name, shape) values ('{desk}', '{network}', 'N', 'group');
         insert into contact_form (organisation_id, id, network_id, person_id) values ('{desk}', '{form}', '{network}', '{person}');
         insert into contact_form_version (organisation_id, contact_form_id, network_id, person_id, number, body, changes, created_by)
            values ('{desk}', '{form}', '{network}', '{person}', 1,
                    '{{\"name\": {{\"family_name\": \"Hemmelig\"}}, \"address\": {{\"address\": \"Elvegata 9\"}}, \"need\": \"company\"}}',
                    '[{{\"path\": \"/address/address\", \"to\": \"Elvegata 9\"}}, {{\"path\": \"/need\", \"to\": \"company\"}}]', '{form}')"
    ))
    .await;
    protect(&api, by, &made, "fortrolig").await;
    let row = format!(
        "select concat_ws(' ', status, blocked_reason, protected) as line from disclosure where id = '{queued}'"
    );
    assert_eq!(api.lines(&row).await, ["blocked protected_needs_approval t"]);
    let row = "select concat_ws(' ', body, changes) as line from contact_form_version";
    assert_eq!(api.lines(row).await, [r#"{"need": "company"} [{"to": "company", "path": "/need"}]"#]);
}

#[actix_web::test]
async fn x8_each_level_hides_what_its_rule_says_and_no_more() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = coordinator(&world.centre);
    let groups = [
        (Hidden::Name, &["given_name", "family_name"][..]),
        (Hidden::BirthDate, &["birth_on"]),
        (Hidden::Contact, &["phone", "email"]),
        (Hidden::Address, &["address", "postcode", "place", "municipality_code"]),
    ];
    let rules = Rules::shipped().unwrap();
    let (mut hides, mut leaves) = (0, 0);
    for level in ["strengt_fortrolig", "fortrolig", "klientadresse"] {
        let rule = rules.protection(level, Country::No, samspill::day::of(Utc::now())).unwrap();
        let made = secret(&api, by).await;
        let hidden = protect(&api, by, &made, level).await;
        for (group, fields) in groups {
            for field in fields.iter().filter(|field| !made[**field].is_null()) {
                let gone = hidden[*field] != made[*field];
                assert_eq!(gone, rule.hides.contains(&group), "{level}: {field}");
                if gone { hides += 1 } else { leaves += 1 }
            }
        }
    }
    assert!(hides > 0 && leaves > 0);
}

#[actix_web::test]
async fn x8_no_byte_that_leaves_tells_a_protected_address() {
    let api = Api::start().await;
    let world = api.world().await;
    let by = coordinator(&world.centre);
    let canary = Canary(&SECRET);
    let made = secret(&api, by).await;
    let id = made["id"].as_str().unwrap();
    let link =
        json!({ "person_id": world.centre.person, "related_person_id": id, "kind": "nearest_relative" });
    api.post("/person-links", &link).by(by).await.expect(201);
    assess(&api, by, &made["id"], "has").await;
    let consent = consents::active(&api, &world.centre, &world.municipality, made["id"].clone()).await;
    consents::queue(&api, &world.centre, &world.municipality, &consent).await;
    let hidden = protect(&api, by, &made, "strengt_fortrolig").await;
    let path = format!("/persons/{id}");
    for wrong in [
        json!({ "address": "Elvegata 9" }),
        json!({ "phone": "99887766", "Elvegata": 1 }),
        json!({ "address": "Elvegata ".repeat(100) }),
        json!({ "email": "99887766" }),
    ] {
        let answer = api.patch(&path, &wrong).by(by).version(&hidden).await;
        assert!(answer.status >= 400);
        if wrong.get("Elvegata").is_none() {
            canary.assert_absent(&answer.text, "a problem");
        }
    }
    canary.assert_silent(&api, &world, id).await;
}
