//! What every answer and every question have in common: languages, spellings, headers.

use std::{
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    time::{Duration, Instant},
};

use actix_web::http::Method;

use samspill::{access::Role, app};
use serde_json::{Value, json};
use tokio::sync::oneshot;

use crate::support::{
    Answer, Api, Call,
    contract::{CATALOGUE, CONTRACT, operations},
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
        assert!(!told.to_string().contains("{$"), "{language}: a word in braces is a name, not a template's");
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
async fn a_whole_number_may_be_written_with_a_point() {
    let api = Api::start().await;
    let world = api.desks().await;
    let at = format!("/organisations/{}", world.centre.organisation);
    let by = world.centre.token(Role::Admin);
    for (days, kept) in [("300.0", 300), ("1e2", 100)] {
        let before = api.get(&at).by(by).await.expect(200);
        let body = format!("{{\"referral_expires_after_days\": {days}}}");
        let change = api.patch(&at, &json!({})).text("application/json", body).by(by).version(&before);
        assert_eq!(change.await.expect(200)["referral_expires_after_days"], kept);
    }
}

#[actix_web::test]
async fn no_name_stands_twice_in_a_body() {
    let api = Api::start().await;
    let world = api.desks().await;
    for (body, at) in [
        (r#"{"email": "a@b.example", "role": "caseworker", "email": "c@d.example"}"#, "/email"),
        (r#"{"email": [{}, {"a/b": {"c": 1, "~": 2, "c": {}}}]}"#, "/email/1/a~1b/c"),
        (r#"{"a": {"b~": 1, "b~": 2}, "a": 1}"#, "/a/b~0"),
    ] {
        let call = api.post("/invitations", &json!({})).text("application/json", body);
        let told = call.by(world.centre.token(Role::Admin)).await.problem(400, "malformed");
        let flaw = &told["errors"][0];
        assert_eq!((&flaw["pointer"], &flaw["code"]), (&json!(at), &json!("duplicate")));
    }
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
    for accept in [
        "text/csv",
        "image/png, text/plain;q=0.5",
        "text/html",
        "application/json;q=0",
        "application/json;q=0.0, */*",
        "*/*, application/*;q=0",
    ] {
        ask(accept).await.problem(406, "not_acceptable");
    }
    for accept in [
        "*/*",
        "application/json; q=0.9",
        "application/*",
        "text/csv, application/json",
        "APPLICATION/JSON",
        "*/*;q=0, application/json;q=0.001",
        "text/html,application/xhtml+xml,*/*;q=0.8",
    ] {
        ask(accept).await.expect(200);
    }
    // What there is a page of is a page to whoever likes that better.
    for (accept, kind) in [
        ("text/html", "text/html; charset=utf-8"),
        ("text/html;q=0.5, application/json;q=0.4", "text/html; charset=utf-8"),
        ("text/html;q=0.4, application/json;q=0.5", "application/json"),
        ("text/html;q=0, */*", "application/json"),
        ("*/*", "application/json"),
    ] {
        let answer = api.get("/problems/not_found").header("Accept", accept).await;
        assert_eq!((answer.status, answer.header("Content-Type")), (200, Some(kind)), "{accept}");
    }
    let neither = api.get("/problems/not_found").header("Accept", "text/csv").await;
    neither.problem(406, "not_acceptable");
}

#[actix_web::test]
async fn a_compressed_body_is_not_read() {
    let api = Api::start().await;
    let world = api.desks().await;
    let send = |encoding: &str| {
        let call = api.post("/volunteers", &json!({ "name": "Ada" })).by(coordinator(&world));
        call.header("Content-Encoding", encoding)
    };
    for encoding in ["gzip", "br, gzip", "identity, gzip", ""] {
        let answer = send(encoding).await;
        assert_eq!(answer.header("Accept-Encoding"), Some("identity"), "{encoding}");
        answer.problem(415, "send_unencoded");
    }
    send("Identity").await.expect(201);
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
    let answer = change.header("Prefer", "respond-async, Return = \"minimal\"; at=once").await;
    assert_eq!((answer.status, &*answer.text), (204, ""));
    assert_eq!(answer.header("Preference-Applied"), Some("return=minimal"));
    let after = api.get(&at).by(coordinator(&world)).await;
    assert_eq!(answer.header("ETag"), after.header("ETag"));
    assert_eq!(after.body["phone"], "+47 400 00 999");
}

/// What an answer says but for its body, its number, and how much is left to ask.
fn head(answer: &Answer) -> (u16, Vec<(&str, &str)>) {
    let changing = ["date", "ratelimit", "request-id"];
    let told = answer.headers.iter().filter(|(name, _)| !changing.contains(&name.as_str()));
    let mut told: Vec<_> = told.map(|(name, value)| (name.as_str(), value.to_str().unwrap())).collect();
    told.sort_unstable();
    (answer.status, told)
}

#[actix_web::test]
async fn whatever_answers_get_answers_head() {
    let api = Api::start().await;
    let world = api.world().await;
    let written =
        async || api.lines("select count(*)::text as line from audit").await[0].parse::<u32>().unwrap();
    let (mut worked, mut disclosed) = (0, 0);
    for operation in operations().filter(|it| it.method == Method::GET) {
        let id = match operation.path {
            "/problems/{code}" => "not_found",
            _ if operation.has_id() => world.row(&operation),
            _ => "",
        };
        let at = operation.at(id);
        // Somebody at either desk, and nobody.
        let role = operation.allowed().first().copied();
        let who = world.desks().into_iter().filter_map(|desk| Some(Some((desk, role?)))).chain([None]);
        for desk in who {
            let ask = |method| match desk {
                Some((desk, role)) => api.call(method, &at).by(desk.token(role)),
                None => api.call(method, &at),
            };
            let before = written().await;
            let get = ask(Method::GET).await;
            let between = written().await;
            let looked = ask(Method::HEAD).await;
            assert_eq!(head(&looked), head(&get), "{operation}");
            assert_eq!(
                written().await - between,
                between - before,
                "{operation}: HEAD is not written down alike"
            );
            worked += u32::from(get.status == 200);
            disclosed += between - before;
        }
        let allowed = Call::raw(&api, Method::OPTIONS, &at).await;
        let allow = allowed.header("Allow").unwrap().to_owned();
        assert!(allow.contains("GET, HEAD, OPTIONS"), "{operation}: {allow}");
        assert_eq!((allowed.status, &*allowed.text), (204, ""), "{operation}");
    }
    assert!(worked > 50 && disclosed > 20, "{worked} worked, {disclosed} were written down");
}

#[actix_web::test]
async fn machines_look_at_what_is_published() {
    let api = Api::start().await;
    let files = [
        ("/openapi.json", "application/json"),
        ("/openapi.yaml", "application/yaml"),
        ("/docs", "text/html; charset=utf-8"),
        ("/docs/explorer.js", "text/javascript; charset=utf-8"),
        ("/docs/swagger-ui-bundle.js", "text/javascript; charset=utf-8"),
        ("/docs/swagger-ui.css", "text/css; charset=utf-8"),
    ];
    for (at, kind) in files {
        let ask = |method| Call::raw(&api, method, at);
        let answer = ask(Method::GET).header("Accept", "text/html,*/*;q=0.8").await;
        assert_eq!((answer.status, answer.header("Content-Type")), (200, Some(kind)), "{at}");
        assert_eq!(answer.header("X-Content-Type-Options"), Some("nosniff"), "{at}");
        assert_eq!(answer.header("Cache-Control"), Some("no-cache"), "{at}");
        let policy = answer.header("Content-Security-Policy").unwrap();
        assert!(policy.starts_with("default-src 'none'; script-src 'self'; "), "{at}: {policy}");
        assert!(answer.headers.get("server").is_none() && answer.text.len() > 300, "{at}");
        assert_eq!(head(&ask(Method::HEAD).await), head(&answer), "{at}");
        let etag = answer.header("ETag").unwrap();
        for known in [etag.to_owned(), format!("\"0\", W/{etag}"), "*".into()] {
            let again = ask(Method::GET).header("If-None-Match", &known).await;
            assert_eq!(
                (again.status, again.header("ETag"), &*again.text),
                (304, Some(etag), ""),
                "{at}: {known}"
            );
        }
        assert_eq!(ask(Method::GET).header("If-None-Match", "\"0\"").await.status, 200, "{at}");
    }
    let told = Call::raw(&api, Method::GET, "/openapi.json").await.expect(200);
    assert_eq!(told, **CONTRACT);
    for at in files.map(|(at, _)| at).into_iter().chain(["/health/live", "/health/ready"]) {
        assert_eq!(Call::raw(&api, Method::HEAD, at).await.status, 200, "{at}");
        let answer = Call::raw(&api, Method::PUT, at).await;
        assert_eq!(answer.header("Allow"), Some("GET, HEAD, OPTIONS"), "{at}");
        answer.problem(405, "wrong_method");
    }
    // Also below a prefix that only a proxy knows.
    let slip = Call::raw(&api, Method::GET, "/docs/").await;
    assert_eq!((slip.status, slip.header("Location")), (308, Some("../docs")));
    for at in ["/docs/index.html", "/docs/../Cargo.toml", "/openapi.yml"] {
        Call::raw(&api, Method::GET, at).await.problem(404, "not_found");
    }
}

#[actix_web::test]
async fn no_body_follows_the_answer_to_head() {
    let api = Api::start().await;
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let (stop, stopped) = oneshot::channel::<()>();
    let (house, bind) = (api.house.clone(), address.clone());
    let server = actix_web::rt::spawn(async move {
        app::serve(house, &bind, 1, app::KEPT, async move { drop(stopped.await) })
            .await
            .map_err(|error| error.to_string())
    });
    let deadline = Instant::now() + Duration::from_secs(30);
    let mut stream = loop {
        assert!(Instant::now() < deadline, "nobody listens");
        tokio::task::yield_now().await;
        if let Ok(stream) = TcpStream::connect(&address) {
            break stream;
        }
    };
    // The answer to HEAD, and right behind it the next.
    let asked = |method: &str, at: &str, how: &str| {
        format!("{method} {at} HTTP/1.1\r\nHost: samspill.test\r\nConnection: {how}\r\n\r\n")
    };
    let mut first = Vec::new();
    stream.write_all(asked("HEAD", "/openapi.json", "keep-alive").as_bytes()).unwrap();
    while !first.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).unwrap();
        first.push(byte[0]);
    }
    stream.write_all(asked("GET", "/openapi.json", "close").as_bytes()).unwrap();
    let mut second = String::new();
    stream.read_to_string(&mut second).unwrap();
    let (head, body) = second.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
    let length = format!("content-length: {}\r\n", body.len());
    assert!(String::from_utf8(first).unwrap().to_lowercase().contains(&length), "{length}");
    stop.send(()).unwrap();
    server.await.unwrap().unwrap();
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
