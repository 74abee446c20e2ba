//! Whatever is wrong with a request, the answer is a problem that says so, and nothing has changed.

use actix_web::http::Method;
use samspill::access::{Actor, Role};
use serde_json::{Value, json};

use crate::support::{
    Answer, Api, Call,
    contract::{Operation, operations},
    probe::{counts, has_type, resolve},
    world::World,
};

/// Every problem carries the number of its request.
#[track_caller]
fn numbered(answer: &Answer, what: &str) {
    let number = answer.header("Request-Id").unwrap_or_else(|| panic!("{what}: no Request-Id"));
    assert_eq!(answer.body["instance"], format!("urn:uuid:{number}"), "{what}: {:#}", answer.body);
    assert_eq!(answer.header("Content-Type"), Some("application/problem+json"), "{what}");
    assert_eq!(answer.body["status"], answer.status, "{what}");
}

#[track_caller]
fn expect(answer: &Answer, status: u16, code: &str, what: &str) {
    let found = (answer.status, answer.body["code"].as_str().unwrap_or_default());
    assert_eq!(found, (status, code), "{what}: {:#}", answer.body);
    numbered(answer, what);
}

/// Somebody who may, and a row to do it to.
fn seat<'a>(world: &'a World, operation: &Operation) -> (&'a Actor, String) {
    let actor = world.centre.actor(operation.allowed()[0]);
    let unknown = || uuid::Uuid::now_v7().to_string();
    (actor, world.rows.get(operation.collection()).cloned().unwrap_or_else(unknown))
}

fn guarded() -> impl Iterator<Item = Operation> {
    operations().filter(|operation| operation.scope().is_some())
}

#[actix_web::test]
async fn a_body_that_cannot_be_read_is_a_problem() {
    let api = Api::start().await;
    let world = api.world().await;
    let before = counts(&api, &["audit"]).await;
    let deep = "[".repeat(200) + &"]".repeat(200);
    let bodies: Vec<(&str, &str, Vec<u8>, u16, &str)> = vec![
        ("cut short", "application/json", br#"{"name": "#.to_vec(), 400, "malformed"),
        ("no JSON", "application/json", b"name=Ada".to_vec(), 400, "malformed"),
        ("two values", "application/json", b"{} {}".to_vec(), 400, "malformed"),
        ("a lone surrogate", "application/json", br#"{"nobody": "\ud800"}"#.to_vec(), 400, "malformed"),
        ("not UTF-8", "application/json", b"{\"nobody\": \"\xff\"}".to_vec(), 400, "malformed"),
        ("a number without end", "application/json", br#"{"nobody": 1e999}"#.to_vec(), 400, "malformed"),
        ("too deep", "application/json", format!("{{\"nobody\": {deep}}}").into_bytes(), 400, "too_deep"),
        ("U+0000", "application/json", br#"{"nobody": "a\u0000b"}"#.to_vec(), 422, "invalid"),
        ("a control character", "application/json", br#"{"nobody": "a\u0007b"}"#.to_vec(), 422, "invalid"),
        ("a C1 control character", "application/json", br#"{"nobody": "a\u0085b"}"#.to_vec(), 422, "invalid"),
        ("U+0000 in a name", "application/json", br#"{"no\u0000body": 1}"#.to_vec(), 422, "invalid"),
        ("an array", "application/json", b"[]".to_vec(), 422, "invalid"),
        ("an array of values", "application/json", br#"["a", "b", "c", "d"]"#.to_vec(), 422, "invalid"),
        ("a text", "application/json", br#""Ada""#.to_vec(), 422, "invalid"),
        ("null", "application/json", b"null".to_vec(), 422, "invalid"),
        ("text", "text/plain", b"{}".to_vec(), 415, "send_application_json"),
        ("XML", "application/xml", b"<name/>".to_vec(), 415, "send_application_json"),
        ("almost JSON", "application/jsonp", b"{}".to_vec(), 415, "send_application_json"),
        ("too large", "application/json", vec![b' '; 2 << 20], 413, "body_too_large"),
    ];
    for operation in guarded().filter(Operation::is_json) {
        let (actor, id) = seat(&world, &operation);
        for (what, media, body, status, code) in &bodies {
            if *status == 413 && operation.path.ends_with("/batch") {
                continue;
            }
            let answer = operation.bare(&api, actor, &id).text(media, body.clone()).await;
            expect(&answer, *status, code, &format!("{operation}: {what}"));
            if matches!(*code, "malformed" | "invalid") {
                assert!(
                    answer.body["errors"][0]["pointer"].is_string(),
                    "{operation}: {what}: {:#}",
                    answer.body
                );
            }
        }
    }
    assert_eq!(counts(&api, &["audit"]).await, before, "something has changed");
}

#[actix_web::test]
async fn a_field_that_cannot_be_right_is_pointed_at() {
    let api = Api::start().await;
    let world = api.world().await;
    let before = counts(&api, &["audit"]).await;
    for operation in guarded().filter(Operation::is_json) {
        let (actor, id) = seat(&world, &operation);
        let sample = operation.sample(&world).unwrap();
        let fields = operation.body_schema().unwrap()["properties"].as_object();
        let send = async |name: &str, value: Value| {
            let mut body = sample.clone();
            body[name] = value;
            operation.bare(&api, actor, &id).json(&body).await
        };
        let pointed = |answer: &Answer, name: &str, what: &str| {
            let what = format!("{operation}: {what}");
            expect(answer, 422, "invalid", &what);
            let pointers = answer.body["errors"]
                .as_array()
                .unwrap()
                .iter()
                .map(|flaw| flaw["pointer"].as_str().unwrap());
            let whole = format!("/{name}");
            let found = pointers
                .into_iter()
                .any(|pointer| pointer == whole || pointer.starts_with(&format!("{whole}/")));
            assert!(found, "{what}: not at {whole}: {:#}", answer.body);
        };
        if fields.is_some() {
            let unknown = send("no_such_field", json!(1)).await;
            pointed(&unknown, "no_such_field", "an unknown field");
            assert_eq!(unknown.body["errors"][0]["code"], "unknown_field", "{operation}");
        }
        for (name, schema) in fields.into_iter().flatten() {
            let schema = resolve(schema);
            let wrong = if has_type(schema, "object")
                || schema["properties"].is_object()
                || schema["oneOf"].is_array()
            {
                json!(17)
            } else {
                json!({ "wrong": [] })
            };
            pointed(&send(name, wrong).await, name, &format!("`{name}` of a wrong type"));
            if has_type(schema, "string") && schema["enum"].is_null() {
                pointed(&send(name, json!("\u{0}")).await, name, &format!("U+0000 in `{name}`"));
            }
            if let Some(most) = schema["maxLength"].as_u64() {
                let long = "a".repeat(usize::try_from(most).unwrap() + 1);
                pointed(&send(name, json!(long)).await, name, &format!("`{name}` too long"));
            }
            if let Some(most) = schema["maximum"].as_i64() {
                pointed(&send(name, json!(most + 1)).await, name, &format!("`{name}` too large"));
            }
            if has_type(schema, "integer") {
                for huge in [json!(i64::MAX), json!(u64::MAX), json!(1e300), json!(0.5)] {
                    pointed(&send(name, huge).await, name, &format!("`{name}` huge"));
                }
            }
            if let Some(most) = schema["maxItems"].as_u64() {
                let item = resolve(&schema["items"]);
                let item = if item["format"] == "uuid" {
                    json!(uuid::Uuid::now_v7())
                } else {
                    item["enum"].get(0).cloned().unwrap_or(json!("a"))
                };
                let many = vec![item; usize::try_from(most).unwrap() + 1];
                pointed(&send(name, json!(many)).await, name, &format!("`{name}` with too many"));
            }
        }
    }
    assert_eq!(counts(&api, &["audit"]).await, before, "something has changed");
}

#[actix_web::test]
async fn a_header_or_parameter_that_cannot_be_right_is_a_problem() {
    let api = Api::start().await;
    let world = api.world().await;
    let before = counts(&api, &["audit"]).await;
    for operation in guarded() {
        let (actor, id) = seat(&world, &operation);
        let token = api.house.tokens.issue(actor).unwrap();
        let call = |query: &str| {
            let call = api.call(operation.method.clone(), &(operation.at(&id) + query)).by(&token);
            match operation.sample(&world) {
                Some(body) => call.json(&body),
                None => call,
            }
        };
        for query in ["?no_such_parameter=1", "?%00=1", "?=&no_such_parameter"] {
            expect(&call(query).await, 400, "bad_parameter", &format!("{operation}{query}"));
        }
        if operation.needs_version() {
            for bad in ["", "1", "*", "\"x\"", "W/\"1\"", "\"99999999999999999999\""] {
                let answer = call("").header("If-Match", bad).await;
                expect(&answer, 400, "malformed", &format!("{operation}: If-Match {bad}"));
                assert_eq!(answer.body["errors"][0]["pointer"], "If-Match", "{operation}");
            }
        }
        if operation.needs_key() {
            for bad in [String::new(), "x".repeat(256)] {
                let answer = call("").header("Idempotency-Key", &bad).await;
                expect(&answer, 400, "malformed", &format!("{operation}: Idempotency-Key {bad}"));
                assert_eq!(answer.body["errors"][0]["pointer"], "Idempotency-Key", "{operation}");
            }
        }
        for (name, schema) in operation.filters() {
            for bad in bad_values(name, schema) {
                let query = format!("?{name}={bad}");
                expect(&call(&query).await, 400, "bad_parameter", &format!("{operation}{query}"));
            }
            let twice = call(&format!("?{name}=1&{name}=1")).await;
            assert_eq!(twice.status, 400, "{operation}: {name} twice: {:#}", twice.body);
        }
    }
    assert_eq!(counts(&api, &["audit"]).await, before, "something has changed");
}

fn bad_values(name: &str, schema: &Value) -> Vec<&'static str> {
    match (name, schema["format"].as_str()) {
        ("cursor", _) => vec!["x", "", "%00", "AAAA", "'"],
        ("limit", _) => vec!["0", "201", "-1", "x", "", "99999999999999999999"],
        (_, Some("uuid")) => vec!["x", "%00", "00000000-0000"],
        (_, Some("date" | "date-time")) => vec!["x", "2026-02-30", "%00"],
        _ if has_type(schema, "boolean") || has_type(schema, "integer") => vec!["x", "%00"],
        _ if schema["enum"].is_array() => vec!["no_such_word", "%00"],
        _ => vec!["%00", "a%07b"],
    }
}

#[actix_web::test]
async fn where_there_is_nothing_is_a_problem() {
    let api = Api::start().await;
    let world = api.world().await;
    let token = world.centre.token(Role::Coordinator);
    for path in [
        "/v1/nothing/here",
        "/v1",
        "/v1/",
        "/",
        "/v2/volunteers",
        "/v1/volunteers/",
        "/v1/volunteers/x/y/z",
        "/v1/%00",
        "/v1/..%2f..%2fetc",
    ] {
        let answer = Call::raw(&api, Method::GET, path).by(token).await;
        expect(&answer, 404, "not_found", path);
    }
    // What is a word in one operation's path is not an id in another's.
    for path in ["/v1/persons/search", "/v1/referrals/push", "/v1/invitations/accept"] {
        for method in [Method::GET, Method::PATCH] {
            let answer = Call::raw(&api, method, path).await;
            assert_eq!(answer.header("Allow"), Some("OPTIONS, POST"), "{path}");
            expect(&answer, 405, "wrong_method", path);
        }
    }
    for operation in guarded() {
        for id in ["not-an-id", "%00", "0", "%F0%28%8C%28"] {
            if operation.has_id() && operation.method == "GET" {
                let by = world.centre.token(operation.allowed()[0]);
                let answer = api.call(Method::GET, &operation.at(id)).by(by).await;
                expect(&answer, 404, "not_found", &format!("{operation}: {id}"));
            }
        }
        let here = operations().filter(|other| other.path == operation.path);
        let known: Vec<_> = here.map(|other| other.method).collect();
        for method in [Method::PUT, Method::TRACE, Method::DELETE, Method::POST, Method::PATCH, Method::GET] {
            let path = operation.at(&uuid::Uuid::now_v7().to_string());
            if known.contains(&method) || Operation::find(&method, &path).is_some() {
                continue;
            }
            let answer = api.call(method.clone(), &path).by(token).await;
            expect(&answer, 405, "wrong_method", &format!("{method} {path}"));
            let allow = answer.header("Allow").unwrap().to_owned();
            let always =
                known.contains(&Method::GET).then_some(Method::HEAD).into_iter().chain([Method::OPTIONS]);
            for method in known.iter().cloned().chain(always) {
                assert!(allow.split(", ").any(|allowed| allowed == method.as_str()), "{path}: {allow}");
            }
        }
    }
}
