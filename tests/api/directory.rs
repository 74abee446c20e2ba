use chrono::{TimeDelta, Utc};
use samspill::access::Role;
use serde_json::{Value, json};

use crate::{
    disclosures::command,
    support::{Api, world::Desk},
};

/// A contact point of this desk's unit.
async fn point(api: &Api, desk: &Desk, more: Value) -> Value {
    let mut new = json!({ "unit_id": desk.unit, "name": "Kari Kontakt", "role": "coordinator", "phone": "38000000",
                          "email": "kari@sentral.example", "hours": "Monday to Friday 8 to 15" });
    new.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    api.post("/contact-points", &new).by(desk.token(Role::Admin)).await.expect(201)
}

async fn found(api: &Api, query: &str) -> Vec<Value> {
    let found = api.get(&format!("/directory?{query}")).await.expect(200);
    found["items"].as_array().unwrap().clone()
}

#[actix_web::test]
async fn b7_anybody_finds_whom_to_contact_and_nobody_who_has_ended() {
    let api = Api::start().await;
    let world = api.desks().await;
    let centre = &world.centre;
    point(&api, centre, json!({})).await;
    let published = json!({ "published": true, "services": ["visiting_friend"] });
    let made = point(&api, centre, published).await;
    let answer = api.get("/directory?municipality=4223&service=visiting_friend").await;
    assert_eq!(answer.header("Cache-Control"), Some("public, max-age=60"));
    assert!(answer.header("RateLimit").is_some());
    let entry = answer.expect(200)["items"][0].clone();
    let expected = json!({
        "id": made["id"], "organisation_id": centre.organisation, "organisation": "Vennesla frivilligsentral",
        "organisation_kind": "volunteer_centre", "country": "NO", "unit": "Hjemmetjenesten", "unit_function": "home_care",
        "role": "coordinator", "phone": "38000000", "hours": "Monday to Friday 8 to 15", "services": ["visiting_friend"],
    });
    assert_eq!(entry, expected);
    assert_eq!(found(&api, "municipality=4223").await, [entry]);
    assert!(found(&api, "municipality=4223&service=cafe_group").await.is_empty());
    assert!(found(&api, "municipality=4204").await.is_empty());
    assert!(found(&api, "municipality=4223&country=SE").await.is_empty());
    let all = point(&api, &world.municipality, json!({ "published": true })).await;
    assert_eq!(found(&api, "municipality=4223&service=cafe_group").await[0]["id"], all["id"]);

    let today = samspill::day::of(Utc::now());
    let end = json!({ "valid_to": today + TimeDelta::days(1) });
    let path = format!("/contact-points/{}/end", made["id"].as_str().unwrap());
    command(&api, centre.token(Role::Admin), &path, &end).await.expect(200);
    assert_eq!(found(&api, "municipality=4223").await.len(), 2);
    api.house.pool.set_clock(Some(Utc::now() + TimeDelta::days(1)));
    assert_eq!(found(&api, "municipality=4223").await.len(), 1);
}

#[actix_web::test]
async fn b7_what_is_published_is_the_organisations_choice() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Admin);
    let made = point(&api, &world.centre, json!({ "published": true })).await;
    let path = format!("/contact-points/{}", made["id"].as_str().unwrap());
    let hidden = api.patch(&path, &json!({ "published": false })).by(by).version(&made).await.expect(200);
    assert!(found(&api, "municipality=4223").await.is_empty());
    let shown = json!({ "published": true, "services": ["cafe_group"] });
    api.patch(&path, &shown).by(by).version(&hidden).await.expect(200);
    assert_eq!(found(&api, "municipality=4223&service=cafe_group").await.len(), 1);
    // Blanks around a value are not of it, as in a body.
    assert_eq!(found(&api, "municipality=4223%20&service=%20cafe_group").await.len(), 1);
    let wrong =
        json!({ "unit_id": world.centre.unit, "name": "K", "role": "r", "services": ["Ada is lonely"] });
    api.post("/contact-points", &wrong).by(by).await.problem(422, "invalid");
    api.sql("update unit set valid_to = valid_from + 1").await;
    assert!(found(&api, "municipality=4223").await.is_empty());
    let missing = api.get("/directory").await.problem(400, "bad_parameter");
    assert_eq!(missing["errors"][0]["pointer"], "municipality");
    for wrong in ["42230", "%20%20%20", "vest"] {
        api.get(&format!("/directory?municipality={wrong}")).await.problem(400, "bad_parameter");
    }
}
