use samspill::access::Role;
use serde_json::{Value, json};

use crate::support::{
    Api,
    world::{Desk, World},
};

/// Adds this room's rows to a world: the municipality's, since nobody else can have one.
pub async fn furnish(api: &Api, world: &mut World) {
    let by = world.municipality.token(Role::Caseworker);
    let made = api.post("/functional-assessments", &assessment(&world.municipality)).by(by).await.expect(201);
    world.keep("functional-assessments", &made);
}

/// What a desk would register of its person.
fn assessment(desk: &Desk) -> Value {
    json!({
        "person_id": desk.person, "instrument": "iplos", "instrument_version": "1", "assessed_on": "2026-02-02",
        "assessor": "Ergoterapeut", "valid_from": "2026-02-02", "valid_to": "2027-02-01", "source_system": "fagsystem",
        "items": [{ "code": "social_participation", "score": 3 }, { "code": "memory", "score": 9 }],
    })
}

#[actix_web::test]
async fn b2_functional_assessments_stay_municipal() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.municipality.token(Role::Caseworker);
    let made = api.post("/functional-assessments", &assessment(&world.municipality)).by(by).await.expect(201);
    let at = format!("/functional-assessments/{}", made["id"].as_str().unwrap());
    assert_eq!(api.get(&at).by(by).await.expect(200), made);
    assert_eq!(made["items"][0], json!({ "code": "social_participation", "score": 3 }));
    let itself = api.get(&at).by(world.municipality.token(Role::Participant)).await.expect(200);
    assert_eq!(itself, made, "the person sees what is said of them");
    let of = format!("/functional-assessments?person_id={}", world.municipality.person);
    assert_eq!(api.get(&of).by(by).await.expect(200)["items"], json!([made]));

    for role in [Role::Coordinator, Role::TeamLeader, Role::Caseworker, Role::Integration, Role::Participant]
    {
        let theirs = world.centre.token(role);
        api.get(&at).by(theirs).await.problem(404, "not_found");
        assert_eq!(api.get("/functional-assessments").by(theirs).await.expect(200)["items"], json!([]));
    }
    // No other kind of organisation has one, whoever writes.
    for role in [Role::Caseworker, Role::Integration] {
        let theirs =
            api.post("/functional-assessments", &assessment(&world.centre)).by(world.centre.token(role));
        theirs.await.problem(422, "functional_assessment_stays_municipal");
    }
    let tries = format!(
        "do $$ begin
            insert into functional_assessment (organisation_id, person_id, instrument, instrument_version, assessed_on, assessor, valid_from, items)
                values ('{}', '{}', 'iplos', '1', '2026-02-02', 'x', '2026-02-02', '[]');
            raise 'it was taken';
         exception when check_violation then null; end $$",
        world.centre.organisation, world.centre.person
    );
    api.sql(&tries).await;
    // Nor do audit and feed tell what was found.
    for table in ["audit", "event"] {
        let told = format!(
            "select to_jsonb(it)::text as line from {table} as it where to_jsonb(it)::text ~ 'social_participation'"
        );
        assert_eq!(api.lines(&told).await, [""; 0]);
    }
}

#[actix_web::test]
async fn b2_what_the_instrument_does_not_have_is_refused() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.municipality.token(Role::Caseworker);
    let known = api.get("/instruments").by(by).await.expect(200);
    assert_eq!((&known["items"][0]["code"], &known["items"][0]["country"]), (&json!("iplos"), &json!("NO")));
    let scores: Vec<_> =
        known["items"][0]["scores"].as_array().unwrap().iter().map(|it| &it["score"]).collect();
    assert_eq!(json!(scores), json!([1, 2, 3, 4, 5, 9]));
    let item = |code: &str, score: i32| json!({ "items": [{ "code": code, "score": score }] });
    let twice = json!({ "items": [{ "code": "memory", "score": 1 }, { "code": "memory", "score": 2 }] });
    for (change, code, flaw) in [
        (item("memory", 6), "invalid", Some(("/items/0/score", "not_of_instrument"))),
        (item("mood", 1), "invalid", Some(("/items/0/code", "not_of_instrument"))),
        (twice, "invalid", Some(("/items/1/code", "item_twice"))),
        (json!({ "valid_to": "2026-02-01" }), "functional_assessment_ends_before_it_starts", None),
        (json!({ "assessed_on": "2199-01-01" }), "assessed_in_the_future", None),
        (json!({ "instrument_version": "0" }), "unknown_instrument", None),
        // It was not in force yet.
        (json!({ "assessed_on": "2005-12-31" }), "unknown_instrument", None),
        (json!({ "person_id": world.centre.person }), "functional_assessment_unknown_person", None),
    ] {
        let mut new = assessment(&world.municipality);
        new.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let refused = api.post("/functional-assessments", &new).by(by).await.problem(422, code);
        if let Some((pointer, code)) = flaw {
            assert_eq!(
                (&refused["errors"][0]["pointer"], &refused["errors"][0]["code"]),
                (&json!(pointer), &json!(code))
            );
        }
    }
    let one_day = json!({ "valid_to": "2026-02-02" });
    let mut new = assessment(&world.municipality);
    new.as_object_mut().unwrap().extend(one_day.as_object().unwrap().clone());
    api.post("/functional-assessments", &new).by(by).await.expect(201);
    // Elsewhere there are other instruments, or none yet.
    api.sql(&format!(
        "update organisation set country = 'DK' where id = '{}'",
        world.municipality.organisation
    ))
    .await;
    assert_eq!(api.get("/instruments").by(by).await.expect(200)["items"], json!([]));
    api.post("/functional-assessments", &new).by(by).await.problem(422, "unknown_instrument");
}
