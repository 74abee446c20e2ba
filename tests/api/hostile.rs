//! What somebody sends who means harm, to every operation that the document knows: never a 5xx, never a word of the inside
//! or of others, and what is refused has changed nothing. What is sent stands in `hostile/`.

use std::{fmt::Write as _, time::Duration};

use actix_web::http::Method;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use samspill::access::{Actor, Role};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::oneshot,
};
use unicode_normalization::UnicodeNormalization as _;
use uuid::Uuid;

use crate::support::{
    Answer, Api,
    canary::Canary,
    contract::{Operation, misfits, operations},
    probe::{counts, has_type, put, resolve},
    world::World,
};

/// What every refusal may leave behind: that it was one.
const TRACES: &[&str] = &["audit", "login_throttle"];

/// What is said of others, at a desk that nobody here knows.
const SECRET: &str = "Kanarinavn";

/// What only the inside says.
const INSIDE: &[&str] = &[
    "select ",
    "insert into",
    "violates",
    "duplicate key",
    "relation \"",
    "column \"",
    "pg_",
    "_fkey",
    "app.enter",
    "panicked",
    "backtrace",
    ".rs:",
    "/src/",
    "diesel",
    "actix",
    "serde",
    "alloc::",
    "core::",
    "samspill::",
    "Option<",
];

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.starts_with('#'))
}

/// Every so manieth, beginning with another one each time: all have had their turn when as many have been asked.
fn by_turns<T>(all: impl Iterator<Item = T>, every: usize, turn: usize) -> impl Iterator<Item = T> {
    all.skip(turn % every).step_by(every)
}

/// Two organisations and one row of everything, beside two others who have secrets.
async fn world(api: &Api) -> (World, World) {
    let (ours, theirs) = (api.world().await, api.desks().await);
    let [here, there] = theirs.desks().map(|desk| desk.organisation);
    api.sql(&format!(
        "update person set given_name = '{SECRET}', family_name = '{SECRET}' where organisation_id in ('{here}', '{there}');
         update volunteer set name = '{SECRET}' where organisation_id in ('{here}', '{there}');
         update membership set name = '{SECRET}' where organisation_id in ('{here}', '{there}')"
    ))
    .await;
    (ours, theirs)
}

/// Somebody who may, and a row to do it to.
fn seat<'a>(world: &'a World, operation: &Operation) -> (&'a Actor, String) {
    let allowed = operation.allowed();
    let role = if allowed.is_empty() || allowed.contains(&Role::Coordinator) {
        Role::Coordinator
    } else {
        allowed[0]
    };
    let id = world.rows.get(operation.collection()).cloned();
    (world.centre.actor(role), id.unwrap_or_else(|| Uuid::now_v7().to_string()))
}

/// Beside what the client looks at in every answer: its status, its schema, its headers, its code.
#[track_caller]
fn harmless(answer: &Answer, what: &str) {
    assert!(answer.status < 500, "{what}: {} {:#}", answer.status, answer.body);
    Canary(&[SECRET]).assert_absent(&answer.text, what);
    if answer.status >= 400 {
        Canary(INSIDE).assert_absent(&answer.text, what);
    }
    let headers: String = answer.headers.iter().fold(String::new(), |mut all, (name, value)| {
        let _ = write!(all, "{name}: {value:?} ");
        all
    });
    Canary(INSIDE).assert_absent(&headers, what);
    assert!(!answer.headers.contains_key("server") && !answer.headers.contains_key("set-cookie"), "{what}");
}

#[track_caller]
fn refused(answer: &Answer, what: &str) {
    harmless(answer, what);
    assert!((400..500).contains(&answer.status), "{what}: {} {:#}", answer.status, answer.body);
}

/// What has changed since, but for traces. Looked at operation by operation, so that it is known which one it was.
struct Stillness(std::collections::HashMap<String, String>);

impl Stillness {
    async fn begin(api: &Api) -> Self {
        Self(counts(api, TRACES).await)
    }

    async fn check(&self, api: &Api, what: &str) {
        let now = counts(api, TRACES).await;
        let changed: Vec<_> = now.iter().filter(|(table, rows)| self.0[*table] != **rows).collect();
        assert!(changed.is_empty(), "{what} was refused and has changed {changed:?}");
    }
}

/// Every place in a body that its schema names, with the schema.
fn places(schema: &'static Value, at: &str, found: &mut Vec<(String, &'static Value)>) {
    let schema = resolve(schema);
    for variant in ["oneOf", "anyOf", "allOf"].iter().filter_map(|word| schema[*word].as_array()).flatten() {
        places(variant, at, found);
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        let at = format!("{at}/{name}");
        found.push((at.clone(), resolve(property)));
        places(property, &at, found);
    }
    if has_type(schema, "array") {
        found.push((format!("{at}/0"), resolve(&schema["items"])));
        places(&schema["items"], &format!("{at}/0"), found);
    }
}

/// A body of whatever JSON has not to be JSON itself.
fn with(body: &Value, at: &str, value: &str) -> String {
    let mut body = body.clone();
    put(&mut body, at, json!("HOSTILE"));
    body.to_string().replace("\"HOSTILE\"", value)
}

/// The operation's own schema says whether a body could be one. Those that could are sent too, but nobody knows what
/// comes of them.
#[actix_web::test]
async fn a_value_that_does_not_fit_is_refused_wherever_it_stands() {
    let api = Api::start().await;
    let (world, _) = world(&api).await;
    let (mut tried, mut taken) = (0, Vec::new());
    for (nth, operation) in operations().filter(Operation::is_json).enumerate() {
        let (actor, id) = seat(&world, &operation);
        let reference =
            operation.spec["requestBody"]["content"]["application/json"]["schema"]["$ref"].as_str().unwrap();
        let sample = operation.sample(&world).unwrap();
        let mut found = Vec::new();
        places(operation.body_schema().unwrap(), "", &mut found);
        let before = Stillness::begin(&api).await;
        for (turn, (at, _)) in found.into_iter().enumerate() {
            let values = by_turns(lines(include_str!("hostile/values.txt")), 5, turn + nth);
            for value in lines(include_str!("hostile/kinds.txt")).chain(values) {
                let body = with(&sample, &at, value);
                if serde_json::from_str(&body).is_ok_and(|body| misfits(reference, &body).is_empty()) {
                    continue;
                }
                let answer = operation.bare(&api, actor, &id).text("application/json", body).await;
                let what = format!("{operation}: {value} at {at}");
                harmless(&answer, &what);
                let code = answer.body["code"].as_str().unwrap_or("nothing");
                if !["malformed", "invalid", "too_deep", "too_many_requests"].contains(&code) {
                    taken.push(format!("{what}: {} {code}", answer.status));
                }
                tried += 1;
            }
        }
        before.check(&api, &operation.to_string()).await;
    }
    assert!(taken.is_empty(), "{taken:#?}");
    assert!(tried > 5_000, "{tried}");
}

/// What can be said is kept letter by letter, composed and trimmed, and never done.
#[actix_web::test]
async fn odd_text_comes_back_as_it_was_sent() {
    let api = Api::start().await;
    let (world, _) = world(&api).await;
    let mut told = 0;
    let texts = lines(include_str!("hostile/values.txt"))
        .filter_map(|text| serde_json::from_str::<String>(text).ok());
    let texts: Vec<_> = texts.filter(|text| text.len() > 4 && samspill::web::plain(text)).collect();
    // A command tells of the thing, not of what was said with it.
    let says = |it: &Operation| it.is_json() && it.scope().is_some() && it.path.split('/').count() < 5;
    for operation in operations().filter(says) {
        let (actor, id) = seat(&world, &operation);
        let sample = operation.sample(&world).unwrap();
        let mut found = Vec::new();
        places(operation.body_schema().unwrap(), "", &mut found);
        let free = |schema: &Value| {
            has_type(schema, "string") && schema["format"].is_null() && schema["enum"].is_null()
        };
        for (at, schema) in found.into_iter().filter(|(_, schema)| free(schema)) {
            let most = usize::try_from(schema["maxLength"].as_u64().unwrap_or(0)).unwrap();
            let texts = texts.iter().filter(|text| text.chars().count() <= most);
            for text in by_turns(texts, 3, told) {
                let mut body = sample.clone();
                put(&mut body, &at, json!(text));
                let version = api.get(&format!("/{}/{id}", operation.collection()));
                let mut call = operation.bare(&api, actor, &id).json(&body);
                if operation.needs_version() {
                    let now = version.by(&api.house.tokens.issue(actor).unwrap()).await;
                    call = call.version(now.body.get("version").unwrap_or(&json!(1)));
                }
                let answer = call.await;
                let what = format!("{operation}: {text:?} at {at}");
                harmless(&answer, &what);
                if let Some(kept) =
                    answer.body.pointer(&at).and_then(Value::as_str).filter(|_| answer.status < 300)
                {
                    assert_eq!(kept, text.trim().nfc().collect::<String>(), "{what}");
                    told += 1;
                }
            }
        }
    }
    assert!(told > 100, "{told}");
}

/// Bytes, where `\xNN` stands for one.
fn bytes(line: &str) -> Vec<u8> {
    let mut parts = line.split("\\x");
    let mut found = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        found.push(u8::from_str_radix(&part[..2], 16).unwrap());
        found.extend(&part.as_bytes()[2..]);
    }
    found
}

#[actix_web::test]
async fn what_is_no_json_is_refused() {
    let api = Api::start().await;
    let (world, _) = world(&api).await;
    let mut bodies: Vec<_> = lines(include_str!("hostile/bodies.txt")).map(bytes).collect();
    let deep = |open: &str, close: &str| (open.repeat(10_000) + "1" + &close.repeat(10_000)).into_bytes();
    bodies.extend([
        deep("[", "]"),
        deep("{\"a\":", "}"),
        "[".repeat(50_000).into_bytes(),
        vec![b'\n'; 1 << 15],
    ]);
    bodies.push(format!("{{\"a\":{}}}", "9".repeat(50_000)).into_bytes());
    bodies.push(
        format!("{{{}}}", (0..2_000).map(|it| format!("\"a{it}\":1")).collect::<Vec<_>>().join(","))
            .into_bytes(),
    );
    let before = Stillness::begin(&api).await;
    for operation in operations().filter(Operation::is_json) {
        let (actor, id) = seat(&world, &operation);
        for body in &bodies {
            let what = format!("{operation}: {}", String::from_utf8_lossy(&body[..body.len().min(80)]));
            let answer = operation.bare(&api, actor, &id).text("application/json", body.clone()).await;
            refused(&answer, &what);
        }
    }
    before.check(&api, "what is no JSON").await;
}

#[actix_web::test]
async fn what_an_operation_does_not_know_is_refused() {
    let api = Api::start().await;
    let (world, theirs) = world(&api).await;
    let before = Stillness::begin(&api).await;
    let foreign: Vec<_> = theirs.rows.values().take(3).map(|id| id.parse::<Uuid>().unwrap()).collect();
    for (nth, operation) in operations().filter(|it| it.scope().is_some()).enumerate() {
        let (actor, id) = seat(&world, &operation);
        let token = api.house.tokens.issue(actor).unwrap();
        let ask = |query: String| {
            let call =
                api.call(operation.method.clone(), &format!("{}?{query}", operation.at(&id))).by(&token);
            match operation.sample(&world) {
                Some(body) => call.json(&body),
                None => call,
            }
        };
        for query in by_turns(lines(include_str!("hostile/queries.txt")), 3, nth) {
            let answer = ask(query.to_owned()).await;
            refused(&answer, &format!("{operation}?{query}"));
            assert_eq!(answer.body["code"], "bad_parameter", "{operation}?{query}");
        }
        let long = ask(format!("{}=1", "a".repeat(16_000))).await;
        refused(&long, &format!("{operation} with a long question"));
        // Without key and version nothing is done that could be.
        for (name, schema) in operation.filters() {
            for value in by_turns(lines(include_str!("hostile/parameters.txt")), 3, nth) {
                harmless(&ask(format!("{name}={value}")).await, &format!("{operation}?{name}={value}"));
            }
            let example = schema["enum"].get(0).and_then(Value::as_str).unwrap_or("1");
            let twice = ask(format!("{name}={example}&{name}={example}")).await;
            refused(&twice, &format!("{operation}: {name} twice"));
            for id in foreign.iter().filter(|_| name == "cursor") {
                let cursor = URL_SAFE_NO_PAD.encode(id);
                harmless(&ask(format!("cursor={cursor}")).await, &format!("{operation} from {id}"));
            }
        }
    }
    before.check(&api, "what is not known").await;
}

#[actix_web::test]
async fn a_header_can_do_no_harm() {
    let api = Api::start().await;
    let (world, theirs) = world(&api).await;
    let foreign =
        [theirs.centre.person, theirs.centre.volunteer, theirs.centre.unit, Uuid::nil(), Uuid::max()];
    let before = Stillness::begin(&api).await;
    for (nth, operation) in operations().filter(|it| it.scope().is_some()).enumerate() {
        let (actor, _) = seat(&world, &operation);
        // It does not exist: what gets as far as that has changed nothing.
        let id = Uuid::now_v7().to_string();
        for line in by_turns(lines(include_str!("hostile/headers.txt")), 3, nth) {
            let (name, value) = line.split_once(": ").unwrap();
            // Made of nothing that could be: whoever creates sends an empty body.
            let call = if operation.is_json() {
                operation.bare(&api, actor, &id).json(&json!({ "no_such_field": 1 }))
            } else {
                operation.bare(&api, actor, &id)
            };
            let answer = call.header(name, value).await;
            let what = format!("{operation} with {line}");
            harmless(&answer, &what);
            let reads = operation.method == Method::GET && !operation.has_id();
            assert!(reads || answer.status >= 400, "{what}: {} {:#}", answer.status, answer.body);
            if name == "Authorization" {
                assert_eq!(answer.status, 401, "{what}: {:#}", answer.body);
            }
        }
        for id in foreign.iter().filter(|_| operation.has_id()) {
            let answer = operation.call(&api, &world, actor, &id.to_string()).await;
            let public = operation.method == Method::GET && answer.status == 200;
            assert!(!public || operation.collection() == "units", "{operation} shows {id}");
            harmless(&answer, &format!("{operation}: {id}"));
        }
    }
    before.check(&api, "a header").await;
}

/// What is sent, and what the first line of the answer may say; nothing if the connection may only be closed.
type Told = (&'static str, Vec<u8>, &'static [u16]);

#[expect(clippy::too_many_lines, reason = "a list, not a procedure")]
fn told(token: &str, world: &World) -> Vec<Told> {
    let key = Uuid::now_v7();
    let head = |line: &str, more: &str| {
        format!(
            "{line} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {token}\r\nIdempotency-Key: {key}\r\n{more}\r\n"
        )
    };
    let get = |target: &str, more: &str| head(&format!("GET {target}"), more).into_bytes();
    let post = |more: &str, body: &str| {
        let media = "Content-Type: application/json\r\n";
        let mut all = head("POST /v1/volunteers", &format!("{media}{more}")).into_bytes();
        all.extend(body.as_bytes());
        all
    };
    let at = format!("/v1/volunteers/{}", world.centre.volunteer);
    let long = "a".repeat(16 << 10);
    let headers: String = (0..200).fold(String::new(), |all, it| all + &format!("X-{it}: 1\r\n"));
    let bad = "{\"no_such_field\":1}";
    let mut all: Vec<Told> = vec![
        ("control", get(&at, ""), &[200]),
        ("control", post("Content-Length: 19\r\n", bad), &[422]),
        ("absolute form", get(&format!("http://elsewhere.test{at}"), ""), &[200]),
        ("chunked", post("Transfer-Encoding: chunked\r\n", &format!("13\r\n{bad}\r\n0\r\n\r\n")), &[422]),
        (
            "chunked with an extension",
            post("Transfer-Encoding: chunked\r\n", &format!("13;a=b\r\n{bad}\r\n0\r\n\r\n")),
            &[422],
        ),
        ("a chunk that lies", post("Transfer-Encoding: chunked\r\n", "zz\r\n{}\r\n0\r\n\r\n"), &[400]),
        ("a chunk without end", post("Transfer-Encoding: chunked\r\n", "fffffffffffffffff\r\n{}"), &[400]),
        (
            "length and chunks",
            post("Content-Length: 2\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
            &[400],
        ),
        ("two lengths", post("Content-Length: 2\r\nContent-Length: 3\r\n", "{} "), &[400]),
        ("a length with a sign", post("Content-Length: +2\r\n", "{}"), &[400]),
        ("a length below nothing", post("Content-Length: -1\r\n", "{}"), &[400]),
        ("a length beyond counting", post("Content-Length: 18446744073709551616\r\n", "{}"), &[400]),
        ("a length that is too much", post("Content-Length: 99999999999\r\n", "{}"), &[413]),
        ("less than its length", post("Content-Length: 99\r\n", "{}"), &[]),
        ("unknown transfer", post("Transfer-Encoding: nonsense\r\n", "{}"), &[400]),
        ("waits to be asked", post("Expect: 100-continue\r\nContent-Length: 19\r\n", bad), &[100]),
        ("expects nonsense", post("Expect: nonsense\r\nContent-Length: 19\r\n", bad), &[417, 422]),
        ("no body", post("", ""), &[400]),
        ("a long address", get(&format!("{at}?{long}=1"), ""), &[400, 414]),
        ("a longer header", get(&at, &format!("X-A: {}\r\n", "a".repeat(256 << 10))), &[400, 431]),
        ("many headers", get(&at, &headers), &[400, 431]),
        ("a name with a blank", get(&at, "Content-Length : 0\r\n"), &[400]),
        ("a folded header", get(&at, "X-A: b\r\n Authorization: c\r\n"), &[400]),
        ("a bare line feed", get(&at, "X-A: b\nX-C: d\r\n"), &[200, 400]),
        ("U+0000 in a header", get(&at, "X-A: \0\r\n"), &[400]),
        ("bytes in a header", head(&format!("GET {at}"), "X-A: \u{e6}\u{f8}\r\n").into_bytes(), &[200, 400]),
        (
            "a key that is not ASCII",
            head("POST /v1/volunteers", "Content-Type: application/json\r\nContent-Length: 15\r\n")
                .replace(&key.to_string(), "\u{f8}")
                .into_bytes()
                .into_iter()
                .chain(*b"{\"name\": \"Adam\"}")
                .collect(),
            &[400],
        ),
        (
            "a key of 256",
            head("POST /v1/volunteers", "Content-Type: application/json\r\nContent-Length: 16\r\n")
                .replace(&key.to_string(), &long[..256])
                .into_bytes()
                .into_iter()
                .chain(*b"{\"name\": \"Adam\"}")
                .collect(),
            &[400],
        ),
        ("a fragment", get(&format!("{at}#a"), ""), &[200, 400, 404]),
        ("an unknown method", head(&format!("BREW {at}"), "").into_bytes(), &[405]),
        ("a method in small letters", head(&format!("get {at}"), "").into_bytes(), &[400, 405]),
        ("a tunnel", head("CONNECT elsewhere.test:443", "").into_bytes(), &[400, 404, 405]),
        ("an asterisk", head("OPTIONS *", "").into_bytes(), &[400, 404, 405]),
        ("a trace", head(&format!("TRACE {at}"), "").into_bytes(), &[405]),
        ("an old version", b"GET /v1/volunteers HTTP/1.0\r\n\r\n".to_vec(), &[401]),
        ("no version", b"GET /v1/volunteers\r\n\r\n".to_vec(), &[400]),
        ("a version to come", b"GET /v1/volunteers HTTP/9.9\r\nHost: a\r\n\r\n".to_vec(), &[400, 505]),
        ("HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(), &[]),
        ("TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec(), &[]),
        ("noise", (0..=255).collect(), &[]),
    ];
    for path in [
        "/v1//volunteers",
        "//v1/volunteers",
        "/v1/./volunteers",
        "/v1/persons/../volunteers",
        "/v1/%2e%2e/v1/volunteers",
        "/v1%2fvolunteers",
        "/v1/volunteers/",
        "/v1/volunteers%00",
        "/v1/volunteers%0d%0a",
        "/v1\\volunteers",
        "/V1/Volunteers",
        "/v1/volunteers;a=b",
        "/v1/volunteers.json",
        "/v1/volunteers%20",
        "/%76%31/volunteers/%ff",
        "/.git/config",
        "/..%c0%af",
    ] {
        all.push((path, get(path, ""), &[400, 404]));
    }
    all
}

/// Whether it is an answer to its end.
fn is_whole(told: &[u8]) -> bool {
    let text = String::from_utf8_lossy(told);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
    body.len() >= length.unwrap_or(0)
}

/// Over a connection of its own: what comes back, up to the end of an answer if one is due. Else the caller hangs up, and
/// what comes is what the server still says.
async fn say(address: &str, what: &[u8], is_due: bool) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    // It may have been told enough before it has read all.
    let _ = stream.write_all(what).await;
    if !is_due {
        let _ = stream.shutdown().await;
    }
    let mut told = Vec::new();
    let reading = async {
        while !(is_due && is_whole(&told)) && stream.read_buf(&mut told).await.is_ok_and(|count| count > 0) {}
    };
    let reading = tokio::time::timeout(Duration::from_secs(15), reading).await;
    assert!(reading.is_ok(), "it keeps the caller waiting");
    String::from_utf8_lossy(&told).into_owned()
}

#[actix_web::test]
async fn what_is_not_quite_http_does_no_harm() {
    let api = Api::start().await;
    let (world, _) = world(&api).await;
    let port = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let address = format!("127.0.0.1:{port}");
    let (stop, stopped) = oneshot::channel::<()>();
    let (house, bind) = (api.house.clone(), address.clone());
    let serving = actix_web::rt::spawn(async move {
        let stopped = async move { stopped.await.unwrap_or_default() };
        samspill::app::serve(house, &bind, 1, samspill::app::KEPT, stopped).await.unwrap();
    });
    let token = world.centre.token(Role::Coordinator);
    let before = Stillness::begin(&api).await;
    while TcpStream::connect(&address).await.is_err() {
        tokio::task::yield_now().await;
    }
    for (what, request, expected) in told(token, &world) {
        let answer = say(&address, &request, !expected.is_empty()).await;
        let status = answer.split(' ').nth(1).and_then(|status| status.parse::<u16>().ok());
        let fits = status.map_or(expected.is_empty(), |status| {
            expected.is_empty() && status < 500 || expected.contains(&status)
        });
        assert!(fits, "{what}: {answer}");
        Canary(INSIDE).assert_absent(&answer, what);
        Canary(&[SECRET]).assert_absent(&answer, what);
    }
    before.check(&api, "what is not quite HTTP").await;
    stop.send(()).unwrap();
    serving.await.unwrap();
}
