//! What every answer and every question have in common: languages, spellings, headers.

use actix_web::http::Method;
use samspill::access::Role;
use serde_json::{Value, json};

use crate::support::{
    Api, Call,
    contract::{CATALOGUE, operations},
    probe::{counts, put},
    world::World,
};

fn coordinator(world: &World) -> &str {
    world.centre.token(Role::Coordinator)
}

const LANGUAGES: [&str; 5] = ["nb", "nn", "da", "sv", "en"];

#[actix_web::test]
async fn the_catalogue_has_cause_and_cure_in_five_languages() {
    let api = Api::start().await;
    let mut titles = Vec::new();
    for language in LANGUAGES {
        let told = api.get("/problems").header("Accept-Language", language).await.expect(200);
        let items = told["items"].as_array().unwrap();
        let codes: Vec<_> = items.iter().map(|kind| kind["code"].as_str().unwrap()).collect();
        assert_eq!(codes, CATALOGUE.keys().map(String::as_str).collect::<Vec<_>>());
        for kind in items {
            for part in ["title", "cause", "cure"] {
                assert!(!kind[part].as_str().unwrap().is_empty(), "{language}: {part} of {}", kind["code"]);
            }
            assert_eq!(kind["problem"]["title"], kind["title"]);
            assert_eq!(kind["problem"]["status"], kind["statuses"][0]);
        }
        titles.push(items.iter().map(|kind| kind["title"].clone()).collect::<Vec<_>>());
    }
    let english = titles.pop().unwrap();
    for (language, titles) in LANGUAGES.iter().zip(titles) {
        let same = titles.iter().zip(&english).filter(|(one, other)| one == other).count();
        assert!(same * 20 < english.len(), "{language} is not translated: {same} are English");
    }
}

#[actix_web::test]
async fn the_type_of_a_problem_leads_to_its_page() {
    let api = Api::start().await;
    let problem = api.get("/referrals").header("Accept-Language", "da").await.problem(401, "unauthorised");
    let at = problem["type"].as_str().unwrap();
    let kind = api.get(at).header("Accept-Language", "da").await.expect(200);
    assert_eq!(kind["title"], problem["title"]);
    assert_eq!(kind["cause"], problem["detail"]);
    let page = api.get(at).header("Accept", "text/html,*/*;q=0.8").header("Accept-Language", "nn").await;
    assert_eq!((page.status, page.header("Content-Type")), (200, Some("text/html; charset=utf-8")));
    assert!(page.text.starts_with("<!doctype html>\n<html lang=\"nn\">"), "{}", page.text);
    api.get("/problems/no_such_code").await.problem(404, "not_found");
}

#[actix_web::test]
async fn a_problem_speaks_the_language_that_is_liked_best() {
    let api = Api::start().await;
    let world = api.desks().await;
    let ask = async |language: &'static str| {
        let body = json!({ "name": 1 });
        let call = api.post("/volunteers", &body).by(coordinator(&world)).header("Accept-Language", language);
        let answer = call.await;
        let language = answer.header("Content-Language").unwrap().to_owned();
        (language, answer.problem(422, "invalid"))
    };
    let (spoken, danish) = ask("fi, da;q=0.8, en;q=0.5").await;
    assert_eq!(spoken, "da");
    let (spoken, english) = ask("fi").await;
    assert_eq!(spoken, "en");
    assert_ne!(danish["title"], english["title"]);
    assert_ne!(danish["errors"][0]["detail"], english["errors"][0]["detail"]);
    assert_eq!(danish["code"], english["code"]);
    assert_eq!(danish["errors"][0]["code"], english["errors"][0]["code"]);
}

#[actix_web::test]
async fn the_api_says_which_one_it_is() {
    let api = Api::start().await;
    let info = api.get("/api-info").await.expect(200);
    assert_eq!(info["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(info["name"], "Samspill");
}

/// Where a schema has a format, and a name for the place.
fn formats(schema: &'static Value, at: &str, found: &mut Vec<(String, &'static str)>) {
    let schema = crate::support::probe::resolve(schema);
    if let Some(format) = schema["format"].as_str().filter(|one| ["date", "date-time", "uuid"].contains(one))
    {
        found.push((at.to_owned(), format));
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        formats(property, &format!("{at}/{name}"), found);
    }
}

#[actix_web::test]
async fn days_instants_and_ids_have_one_spelling() {
    let api = Api::start().await;
    let world = api.world().await;
    let before = counts(&api, &["audit"]).await;
    let mut tried = 0;
    for operation in operations().filter(|it| it.scope().is_some() && it.is_json()) {
        let actor = world.centre.actor(operation.allowed()[0]);
        let mut places = Vec::new();
        formats(operation.body_schema().unwrap(), "", &mut places);
        for (at, format) in places {
            let bad: &[&str] = match format {
                "date" => {
                    &["-9999-01-01", "0000-01-01", "1944-6-1", "+1944-06-01", "+262142-12-31", "2999-01-01"]
                }
                "date-time" => &["-9999-01-01T00:00:00Z", "2026-11-01 10:00:00Z", "2026-11-01T10:00:00"],
                _ => &[
                    "{019a0000-0000-7000-8000-000000000001}",
                    "urn:uuid:019a0000-0000-7000-8000-000000000001",
                ],
            };
            for bad in bad {
                let mut body = operation.sample(&world).unwrap();
                put(&mut body, &at, json!(bad));
                let id = uuid::Uuid::now_v7().to_string();
                let answer = operation.bare(&api, actor, &id).json(&body).await;
                let flaws = answer.problem(422, "invalid");
                let pointed = flaws["errors"].as_array().unwrap().iter().any(|flaw| flaw["pointer"] == at);
                assert!(pointed, "{operation}: {bad} at {at}: {flaws:#}");
                tried += 1;
            }
        }
    }
    assert!(tried > 100, "{tried}");
    assert_eq!(counts(&api, &["audit"]).await, before, "something has changed");
    let officer = world.centre.token(Role::DataProtectionOfficer);
    let late = api.get("/audit-entries?from=-9999-01-01T00:00:00Z").by(officer).await;
    assert_eq!(late.problem(400, "bad_parameter")["errors"][0]["pointer"], "from");
    let id = world.rows["volunteers"].clone();
    for id in [format!("%7B{id}%7D"), format!("urn:uuid:{id}"), id.replace('-', "")] {
        api.get(&format!("/volunteers/{id}")).by(coordinator(&world)).await.problem(404, "not_found");
    }
}

#[actix_web::test]
async fn no_name_stands_twice_in_a_body() {
    let api = Api::start().await;
    let world = api.desks().await;
    let body = br#"{"email": "a@b.example", "role": "caseworker", "email": "c@d.example"}"#.to_vec();
    let call = api.post("/invitations", &json!({})).text("application/json", body);
    let told = call.by(world.centre.token(Role::Admin)).await.problem(400, "malformed");
    assert_eq!(
        (&told["errors"][0]["pointer"], &told["errors"][0]["code"]),
        (&json!("/email"), &json!("duplicate"))
    );
}

#[actix_web::test]
async fn what_needs_to_be_told_nothing_takes_no_body() {
    let api = Api::start().await;
    let world = api.world().await;
    let silent = operations().filter(|it| it.scope().is_some() && it.spec["requestBody"].is_null());
    for operation in silent {
        let (actor, id) = (world.centre.actor(operation.allowed()[0]), uuid::Uuid::now_v7().to_string());
        let call = api.call(operation.method.clone(), &operation.at(&id)).by(&api
            .house
            .tokens
            .issue(actor)
            .unwrap());
        let call = call.header("Content-Length", "3").text("application/json", *b"{{{");
        call.await.problem(400, "no_body_expected");
    }
}

#[actix_web::test]
async fn who_accepts_no_json_is_told_so() {
    let api = Api::start().await;
    let world = api.desks().await;
    let ask = |accept: &str| api.get("/volunteers").by(coordinator(&world)).header("Accept", accept);
    for accept in ["text/csv", "image/png, text/plain;q=0.5"] {
        ask(accept).await.problem(406, "not_acceptable");
    }
    for accept in ["*/*", "application/json; q=0.9", "application/*", "text/csv, application/json"] {
        ask(accept).await.expect(200);
    }
}

#[actix_web::test]
async fn what_the_caller_has_is_not_sent_again() {
    let api = Api::start().await;
    let world = api.desks().await;
    let at = format!("/volunteers/{}", world.centre.volunteer);
    let ask = || api.get(&at).by(coordinator(&world));
    let etag = ask().await.header("ETag").unwrap().to_owned();
    for known in [etag.clone(), format!("\"0\", W/{etag}"), "*".into()] {
        let answer = ask().header("If-None-Match", &known).await;
        assert_eq!((answer.status, answer.header("ETag"), &*answer.text), (304, Some(&*etag), ""), "{known}");
    }
    ask().header("If-None-Match", "\"0\"").await.expect(200);
}

#[actix_web::test]
async fn who_prefers_little_gets_little() {
    let api = Api::start().await;
    let world = api.desks().await;
    let at = format!("/volunteers/{}", world.centre.volunteer);
    let before = api.get(&at).by(coordinator(&world)).await.expect(200);
    let change =
        api.patch(&at, &json!({ "phone": "+47 400 00 999" })).by(coordinator(&world)).version(&before);
    let answer = change.header("Prefer", "respond-async, return=minimal").await;
    assert_eq!((answer.status, &*answer.text), (204, ""));
    assert_eq!(answer.header("Preference-Applied"), Some("return=minimal"));
    let after = api.get(&at).by(coordinator(&world)).await;
    assert_eq!(answer.header("ETag"), after.header("ETag"));
    assert_eq!(after.body["phone"], "+47 400 00 999");
}

#[actix_web::test]
async fn machines_look_with_head() {
    let api = Api::start().await;
    for at in ["/health/live", "/health/ready", "/openapi.json"] {
        assert_eq!(Call::raw(&api, Method::HEAD, at).await.status, 200, "{at}");
        let answer = Call::raw(&api, Method::PUT, at).await;
        assert_eq!(answer.header("Allow"), Some("GET, HEAD"), "{at}");
        answer.problem(405, "wrong_method");
    }
}

#[actix_web::test]
async fn the_scheme_of_a_token_is_written_as_one_likes() {
    let api = Api::start().await;
    let world = api.desks().await;
    let token = format!("bEARER {}", coordinator(&world));
    api.get("/volunteers").header("Authorization", &token).await.expect(200);
}

#[actix_web::test]
async fn what_does_not_exist_for_who_asked_is_written_down() {
    let api = Api::start().await;
    let world = api.desks().await;
    let foreign = format!("/volunteers/{}", world.municipality.volunteer);
    api.get(&foreign).by(coordinator(&world)).await.problem(404, "not_found");
    let refused = "select table_name || ' ' || (after ->> 'code') as line from audit where verb = 'refused'";
    assert_eq!(api.lines(refused).await, ["volunteers:read not_found"]);
}
