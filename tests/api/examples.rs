//! What the document shows of every operation was asked and answered in a test, fits, and would be understood again.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{
    Api,
    contract::{Operation, misfits, operations},
};

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi/examples.json");

fn file() -> BTreeMap<String, Value> {
    serde_json::from_str(&std::fs::read_to_string(PATH).unwrap()).unwrap()
}

/// The schemas of what is asked, and of what is answered when it works.
fn schemas(operation: &Operation) -> [(&'static str, Option<&'static str>); 2] {
    let named =
        |part: &'static Value| part["content"].as_object()?.values().next()?["schema"]["$ref"].as_str();
    let mut answers = operation.spec["responses"].as_object().unwrap().iter();
    let answer = answers.find(|(status, _)| status.starts_with('2')).unwrap().1;
    [("request", named(&operation.spec["requestBody"])), ("answer", named(answer))]
}

/// What is wrong with an example.
fn flaws(operation: &Operation, example: &Value) -> Vec<String> {
    let parts = schemas(operation).into_iter();
    let misfits = parts.flat_map(|(part, schema)| match schema {
        Some(schema) => misfits(schema, &example[part]),
        None if example[part].is_null() => Vec::new(),
        None => vec![format!("there is no {part}")],
    });
    misfits.map(|misfit| format!("{operation}: {misfit}")).collect()
}

/// Keeps what a reader learns from, and nothing that is another the next time.
fn tidied(operation: &Operation, seen: &Value, now: DateTime<Utc>) -> Value {
    let (mut seen, mut ids) = (seen.clone(), Vec::new());
    for (part, schema) in schemas(operation) {
        if schema.is_none() {
            seen[part] = Value::Null;
        }
    }
    tidy("", &mut seen, &mut ids, now);
    seen
}

fn tidy(name: &str, value: &mut Value, ids: &mut Vec<Uuid>, now: DateTime<Utc>) {
    match value {
        Value::Object(fields) => fields.iter_mut().for_each(|(name, field)| tidy(name, field, ids, now)),
        Value::Array(items) => {
            items.truncate(if name == "items" { 1 } else { items.len() });
            items.iter_mut().for_each(|item| tidy(name, item, ids, now));
        }
        Value::String(text) => {
            if let Ok(id) = text.parse::<Uuid>() {
                let known = ids.iter().position(|known| *known == id);
                let number = known.unwrap_or_else(|| {
                    ids.push(id);
                    ids.len() - 1
                });
                *text = format!("0198c5a4-6c00-7000-8000-{:012x}", number + 1);
            } else if let Ok(time) = text.parse::<DateTime<Utc>>() {
                let noon: DateTime<Utc> = "2026-03-02T12:00:00Z".parse().unwrap();
                let minutes = (time - now + TimeDelta::seconds(30)).num_minutes();
                *text =
                    (noon + TimeDelta::minutes(minutes)).to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
            } else if name.ends_with("token") || name.ends_with("assertion") {
                *text = format!("an-invented-{}", name.replace('_', "-"));
            } else {
                *text = text.trim().to_owned();
            }
        }
        _ => {}
    }
}

/// How much a reader learns: as much as possible, but of no text that was made to be strange.
fn worth(seen: &Value) -> (bool, usize) {
    let text = seen.to_string();
    let strange = |text: &str| text.len() > 300 || text == "x" || text.contains("xxx");
    let natural = !text.split('"').any(strange) && !text.contains("_name\":\"0198") && text.len() < 6000;
    (natural, text.len())
}

/// The second step of `./test`: with `SAMSPILL_BLESS`, what was seen becomes the example of an operation that has none that
/// fits. An example that fits stays, so that the document changes only where the contract does.
#[test]
fn every_operation_has_an_example() {
    let seen =
        std::env::var("SAMSPILL_SEEN_CHECK").ok().filter(|_| std::env::var_os("SAMSPILL_BLESS").is_some());
    let mut file = file();
    file.retain(|id, example| operations().any(|it| it.id() == id && flaws(&it, example).is_empty()));
    if let Some(path) = seen {
        let text = std::fs::read_to_string(path).unwrap();
        let now = Utc::now();
        let mut best: BTreeMap<&str, Value> = BTreeMap::new();
        for (head, seen) in
            text.lines().filter_map(|line| line.split_once('\t')).filter(|(_, seen)| *seen != "null")
        {
            let id = head.split(' ').next().unwrap();
            let Some(operation) = operations().find(|it| it.id() == id && !file.contains_key(id)) else {
                continue;
            };
            let seen = tidied(&operation, &serde_json::from_str(seen).unwrap(), now);
            if best.get(id).is_none_or(|best| worth(best) < worth(&seen))
                && flaws(&operation, &seen).is_empty()
            {
                best.insert(id, seen);
            }
        }
        file.extend(best.into_iter().map(|(id, seen)| (id.to_owned(), seen)));
        std::fs::write(PATH, serde_json::to_string_pretty(&file).unwrap() + "\n").unwrap();
    }
    let missing: Vec<_> =
        operations().filter(|it| !file.contains_key(it.id())).map(|it| it.to_string()).collect();
    assert!(
        missing.is_empty(),
        "without an example that fits: openapi/README.md says how to get one: {missing:#?}"
    );
}

#[test]
fn every_example_fits() {
    let file = file();
    let flaws: Vec<_> = operations()
        .flat_map(|it| file.get(it.id()).map_or(Vec::new(), |example| flaws(&it, example)))
        .collect();
    assert!(flaws.is_empty(), "{flaws:#?}");
}

/// The ids in it are nobody's, so that most cannot be done; but none is sent back as malformed or invalid.
#[actix_web::test]
async fn every_example_is_understood_by_the_server() {
    let api = Api::start().await;
    let world = api.desks().await;
    let file = file();
    for operation in operations().filter(|it| it.scope().is_some() && it.is_json()) {
        let by = world.municipality.actor(operation.allowed()[0]);
        let call = operation.bare(&api, by, &Uuid::now_v7().to_string());
        let answer = call.json(&file[operation.id()]["request"]).await;
        let refused = answer.status == 415 || answer.status == 400 || answer.body["code"] == json!("invalid");
        assert!(!refused, "{operation}: {:#}", answer.body);
    }
}
