//! The document is the code's, says all that it should, and the server keeps what it promises for every operation.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{
    Api,
    contract::{CATALOGUE, CONTRACT, Operation, operations},
    probe::{has_type, resolve},
};

#[test]
fn the_file_is_what_the_code_says() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi/openapi.json");
    let text = samspill::app::contract_text().unwrap();
    if std::env::var_os("SAMSPILL_BLESS").is_some() {
        std::fs::create_dir_all(concat!(env!("CARGO_MANIFEST_DIR"), "/openapi")).unwrap();
        std::fs::write(path, &text).unwrap();
    }
    let file = std::fs::read_to_string(path).unwrap_or_default();
    assert!(file == text, "openapi/openapi.json is not what the code says: run `cargo run -- openapi`");
}

/// The first word of an operation's id.
const VERBS: &[&str] = &["list", "create", "read", "update", "delete"];

#[test]
fn every_operation_is_described() {
    let mut flaws = Vec::new();
    let mut names = HashSet::new();
    for operation in operations() {
        let mut must = |holds: bool, what: &str| {
            if !holds {
                flaws.push(format!("{operation}: {what}"));
            }
        };
        let (id, spec) = (operation.id(), operation.spec);
        let snake =
            id.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_');
        must(snake && id.contains('_'), "its id is not <verb>_<resource>");
        must(names.insert(id), "its id is another's too");
        must(spec["summary"].as_str().is_some_and(|text| text.ends_with('.')), "summary");
        must(spec["tags"].as_array().is_some_and(|tags| tags.len() == 1), "one tag");
        let open = spec["x-public"].is_string();
        must(operation.scope().is_some() != open, "a scope, or the reason why it is public");
        let roles = spec["x-allowed-roles"].as_array().is_some_and(|roles| !roles.is_empty());
        must(open != roles, "its roles, for a scope that there is");
        let verb = id.split('_').next().unwrap();
        let expected = match (operation.method.as_str(), operation.has_id()) {
            ("GET", _) => ["list", "read"].contains(&verb) || open || operation.path.split('/').count() > 4,
            ("PATCH", _) => verb == "update",
            ("DELETE", _) => verb == "delete" || !VERBS.contains(&verb),
            ("POST", true) => !VERBS.contains(&verb) || spec["x-exempt"].is_string(),
            _ => true,
        };
        must(expected, "its verb is not what its method says");
        let segments: Vec<_> = operation.path.split('/').skip(1).collect();
        must(
            segments.first().is_none_or(|root| *root != "v1") || segments.len() <= 4,
            "more than two levels",
        );
        let kebab = |part: &&str| {
            part.chars().all(|letter| {
                letter.is_ascii_lowercase() || letter.is_ascii_digit() || "-{}._".contains(letter)
            })
        };
        must(segments.iter().all(kebab), "its path is not in kebab case");
        must(
            spec["responses"].as_object().unwrap().keys().any(|status| status.starts_with('2')),
            "a success",
        );
        for (status, response) in spec["responses"].as_object().unwrap() {
            let response = match response["$ref"].as_str() {
                Some(reference) => CONTRACT.pointer(&reference[1..]).unwrap(),
                None => response,
            };
            must(response["description"].as_str().is_some_and(|text| !text.is_empty()), status);
        }
    }
    assert!(flaws.is_empty(), "{flaws:#?}");
}

/// What a request may hold is bounded, and nothing else may be in it.
#[test]
fn every_request_is_bounded_and_closed() {
    let mut flaws = BTreeSet::new();
    for operation in operations() {
        if let Some(schema) =
            operation.spec["requestBody"]["content"].as_object().and_then(|all| all.values().next())
        {
            bounded(operation.id(), &schema["schema"], &mut flaws, &mut Vec::new());
        }
        for (name, schema) in operation.filters() {
            bounded(&format!("{}?{name}", operation.id()), schema, &mut flaws, &mut Vec::new());
        }
    }
    assert!(flaws.is_empty(), "{flaws:#?}");
}

fn bounded(at: &str, schema: &'static Value, flaws: &mut BTreeSet<String>, above: &mut Vec<&'static str>) {
    if let Some(reference) = schema["$ref"].as_str() {
        if !above.contains(&reference) {
            above.push(reference);
            let name = reference.rsplit('/').next().unwrap();
            bounded(name, CONTRACT.pointer(&reference[1..]).unwrap(), flaws, above);
            above.pop();
        }
        return;
    }
    for variant in ["oneOf", "anyOf", "allOf"].iter().filter_map(|word| schema[*word].as_array()).flatten() {
        bounded(at, variant, flaws, above);
    }
    let has = |names: &[&str]| names.iter().any(|name| !schema[*name].is_null());
    let mut found = Vec::new();
    let mut must = |holds: bool, what: &'static str| {
        if !holds {
            found.push(what);
        }
    };
    if has_type(schema, "string") {
        must(has(&["maxLength", "enum", "const", "format", "pattern"]), "a text without `maxLength`");
    }
    if has_type(schema, "integer") || has_type(schema, "number") {
        must(
            has(&["minimum", "enum"]) && has(&["maximum", "enum"]),
            "a number without `minimum` and `maximum`",
        );
    }
    if has_type(schema, "array") {
        must(has(&["maxItems"]), "an array without `maxItems`");
        let words = resolve(&schema["items"])["enum"].is_array();
        must(!words || schema["uniqueItems"] == true, "a list of words that does not say `uniqueItems`");
    }
    if schema["properties"].is_object() {
        // RFC 6749, 3.2: a token endpoint ignores parameters that it does not know.
        must(
            schema["additionalProperties"] == false || at == "TokenRequest",
            "it is open: `deny_unknown_fields`",
        );
    }
    flaws.extend(found.into_iter().map(|what| format!("{at}: {what}")));
    if has_type(schema, "array") {
        bounded(&format!("{at}[]"), &schema["items"], flaws, above);
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        bounded(&format!("{at}.{name}"), property, flaws, above);
    }
}

/// Of two types with one name utoipa keeps one, without a word: so names are looked for in the sources.
#[test]
fn every_schema_has_a_name_of_its_own() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (path, text) in crate::architecture::all() {
        for (at, _) in text.match_indices("pub struct ").chain(text.match_indices("pub enum ")) {
            let before = text[..at].rsplit("\n\n").next().unwrap();
            let own = before.rsplit(['}', ';']).next().unwrap();
            let macroed =
                own.contains("text_enum!") || before.contains("text_enum! {\n") && !before.contains("\n}\n");
            if !own.contains("ToSchema") && !macroed {
                continue;
            }
            let after = text[at..].split_whitespace().nth(2).unwrap();
            let name =
                own.split_once("schema(as = ").map_or(after, |(_, rest)| rest.split(')').next().unwrap());
            let name: String = name.chars().take_while(char::is_ascii_alphanumeric).collect();
            places.entry(name).or_default().push(path.clone());
        }
    }
    assert!(places.len() > 5, "{places:#?}");
    // The macros that make ids and words have no names of their own.
    places.retain(|name, paths| !name.is_empty() && paths.len() > 1);
    assert!(places.is_empty(), "named twice: {places:#?}");
}

/// Whatever commands a thing has, its answer says which of them can be given now.
#[test]
fn what_has_a_life_says_what_can_be_done() {
    let mut silent = Vec::new();
    for operation in operations().filter(|it| it.method == "POST" && it.has_id()) {
        if operation.spec["x-exempt"].is_string() {
            continue;
        }
        let answers = &operation.spec["responses"];
        let answer = if answers["200"].is_object() { &answers["200"] } else { &answers["201"] };
        let row = resolve(&answer["content"]["application/json"]["schema"]);
        let actions = resolve(&resolve(&row["properties"]["allowed_actions"])["items"])["enum"].as_array();
        let command = operation.path.rsplit('/').next().unwrap().replace('-', "_");
        if !actions.is_some_and(|all| all.iter().any(|one| *one == command)) {
            silent.push(format!("{operation}: no `{command}` in allowed_actions"));
        }
    }
    assert!(silent.is_empty(), "{silent:#?}");
}

/// `null` empties. What is never empty takes none, and is not left as it was without a word.
#[actix_web::test]
async fn a_null_is_taken_only_where_nothing_may_be() {
    let api = Api::start().await;
    let world = api.world().await;
    let takes_null = |field: &'static Value| {
        let kinds = field["oneOf"].as_array().map_or_else(|| vec![field], |kinds| kinds.iter().collect());
        kinds.into_iter().any(|kind| has_type(kind, "null"))
    };
    let (mut taken, mut refused) = (0, 0);
    for operation in operations().filter(|it| it.method == "PATCH") {
        let told = resolve(&operation.spec["responses"]["200"]["content"]["application/json"]["schema"]);
        for (name, field) in operation.body_schema().unwrap()["properties"].as_object().unwrap() {
            if takes_null(field) {
                let told = &told["properties"][name];
                assert!(told.is_null() || takes_null(told), "{operation}: {name} is never empty");
                taken += 1;
                continue;
            }
            let (desk, actor) = world.allowed(&operation)[0];
            let change = api.patch(&operation.at(world.row(&operation)), &json!({ name: null }));
            let problem = change.by(desk.token(actor.role)).version(&1.into()).await.problem(422, "invalid");
            assert_eq!(problem["errors"][0]["pointer"], format!("/{name}"), "{operation}: {problem:#}");
            refused += 1;
        }
    }
    assert!(taken > 40 && refused > 40, "{taken} fields may be emptied, {refused} not");
}

#[actix_web::test]
async fn what_changes_needs_the_version_that_was_read() {
    let api = Api::start().await;
    let world = api.world().await;
    let mut unproven = Vec::new();
    for operation in operations().filter(|it| it.needs_version() && it.has_id()) {
        let id = world.row(&operation);
        let (mut without, mut stale) = (Vec::new(), Vec::new());
        for (desk, actor) in world.allowed(&operation) {
            let call = || {
                let call = api.call(operation.method.clone(), &operation.at(id)).by(desk.token(actor.role));
                match operation.sample(&world) {
                    Some(body) => call.json(&body),
                    None => call,
                }
            };
            without.push(call().await.status);
            let answer = call().version(&999.into()).await;
            assert!(answer.status >= 400, "{operation} as {}: {:#}", actor.role, answer.body);
            if answer.status == 412 {
                let current = format!("\"{}\"", answer.body["current_version"]);
                assert_eq!(answer.header("ETag"), Some(current.as_str()), "{operation}");
                assert_eq!(answer.body["code"], "stale", "{operation}");
            }
            stale.push(answer.status);
        }
        if !without.contains(&428) || !stale.contains(&412) {
            unproven.push(format!("{operation}: without {without:?}, stale {stale:?}"));
        }
    }
    assert!(unproven.is_empty(), "no role at either desk got as far as the version: {unproven:#?}");
}

#[actix_web::test]
async fn what_creates_needs_a_key_and_is_done_once() {
    let api = Api::start().await;
    let world = api.world().await;
    let (mut replayed, mut told_apart, mut refused) = (0, 0, Vec::new());
    for operation in operations().filter(Operation::needs_key) {
        let id = if operation.has_id() { world.row(&operation) } else { "" };
        let text = operation.sample(&world).unwrap().to_string();
        let mut made = false;
        for (desk, actor) in world.allowed(&operation) {
            let call = |text: &str| {
                let call = api.call(operation.method.clone(), &operation.at(id)).by(desk.token(actor.role));
                call.text("application/json", text)
            };
            let without = call(&text).await;
            let formal = without.status == 422 && without.body["code"] == "invalid";
            assert!(
                formal || without.body["code"] == "idempotency_key_required",
                "{operation}: {:#}",
                without.body
            );
            let key = Uuid::now_v7().to_string();
            let keyed = |text: &str| call(text).header("Idempotency-Key", &key);
            let first = keyed(&text).await;
            if first.status != 201 {
                continue;
            }
            assert_eq!(first.header("Idempotency-Replayed"), None, "{operation}");
            // Blanks say nothing.
            let again = keyed(&format!(" {text}")).await;
            assert_eq!(again.header("Idempotency-Replayed"), Some("true"), "{operation}");
            assert_eq!((again.status, &again.body["id"]), (201, &first.body["id"]), "{operation}");
            let sample: Value = serde_json::from_str(&text).unwrap();
            for (name, said) in sample.as_object().unwrap().iter().filter(|(_, said)| said.is_string()) {
                let mut other = sample.clone();
                other[name] = json!(format!("{}x", said.as_str().unwrap()));
                let answer = keyed(&other.to_string()).await;
                if answer.body["code"] != "invalid" {
                    answer.problem(422, "idempotency_key_reused");
                    told_apart += 1;
                }
            }
            made = true;
            replayed += 1;
        }
        if !made {
            refused.push(operation.to_string());
        }
    }
    // Rooms whose samples cannot be right prove it in their own tests.
    println!("not replayed here: {refused:#?}");
    assert!(replayed > 0 && told_apart > 0, "{refused:#?}");
}

/// The second step of `./test`. The first runs everything with `SAMSPILL_SEEN=<file>`, into which the client writes a line
/// for each answer; this one, run alone with `SAMSPILL_SEEN_CHECK=<the same file>`, finds what no test ever saw. Two
/// steps, since no test knows when the others have ended. Without the variable there is nothing to read.
#[test]
fn every_operation_was_seen() {
    let Ok(path) = std::env::var("SAMSPILL_SEEN_CHECK") else { return };
    let text = std::fs::read_to_string(path).unwrap();
    let words = |line: &str| line.split([' ', '\t']).take(2).collect::<Vec<_>>().join(" ");
    let seen: HashSet<_> = text.lines().map(words).collect();
    let promised = |operation: Operation| {
        let statuses = operation.spec["responses"].as_object().unwrap().keys();
        let successes = statuses.filter(|status| status.starts_with('2'));
        successes.map(|status| format!("{} {status}", operation.id())).collect::<Vec<_>>()
    };
    let missing: Vec<_> = operations().flat_map(promised).filter(|line| !seen.contains(line)).collect();
    assert!(missing.is_empty(), "no test ever saw: {missing:#?}");
    let line = |(code, statuses): (&'static String, &'static Vec<u16>)| {
        statuses.iter().map(move |status| format!("problem:{code} {status}"))
    };
    let unraised: Vec<_> =
        CATALOGUE.iter().flat_map(line).filter(|line| !seen.contains(line.as_str())).collect();
    assert!(unraised.is_empty(), "no test ever raised: {unraised:#?}");
}
