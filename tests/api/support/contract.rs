//! The contract, read by the tests: what may be called, and what may be answered.

use std::{
    collections::{BTreeMap, HashMap},
    fmt,
    io::Write as _,
    sync::LazyLock,
};

use actix_web::http::Method;
use jsonschema::Validator;
use samspill::words::{Language, say};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Answer, probe::resolve};

pub static CONTRACT: LazyLock<&Value> = LazyLock::new(samspill::app::contract);

static SCHEMAS: LazyLock<HashMap<String, Validator>> = LazyLock::new(|| {
    let names = CONTRACT["components"]["schemas"].as_object().unwrap().keys();
    let validator = |name: &String| {
        let reference = format!("#/components/schemas/{name}");
        let schema = json!({ "$ref": reference, "components": CONTRACT["components"] });
        (reference, jsonschema::options().should_validate_formats(true).build(&schema).unwrap())
    };
    names.map(validator).collect()
});

#[derive(Clone)]
pub struct Operation {
    pub method: Method,
    pub path: &'static str,
    pub spec: &'static Value,
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} ({})", self.method, self.path, self.id())
    }
}

pub fn operations() -> impl Iterator<Item = Operation> {
    CONTRACT["paths"].as_object().unwrap().iter().flat_map(|(path, item)| {
        item.as_object().unwrap().iter().map(move |(method, spec)| {
            let method = method.to_uppercase().parse().unwrap();
            Operation { method, path, spec }
        })
    })
}

impl Operation {
    /// The operation that answers there. What is a word in a path is not an id.
    pub fn find(method: &Method, path: &str) -> Option<Self> {
        let path = path.split('?').next().unwrap();
        let fits = |template: &str| {
            let same = |(a, b): (&str, &str)| a == b || a.starts_with('{');
            template.split('/').count() == path.split('/').count()
                && template.split('/').zip(path.split('/')).all(same)
        };
        let word = operations().any(|operation| operation.path == path);
        let here = |it: &Self| if word { it.path == path } else { fits(it.path) };
        operations().find(|operation| operation.method == *method && here(operation))
    }

    pub fn id(&self) -> &'static str {
        self.spec["operationId"].as_str().unwrap()
    }

    pub fn scope(&self) -> Option<&'static str> {
        self.spec["security"][0]["bearer"][0].as_str()
    }

    /// The collection that the path begins with.
    pub fn collection(&self) -> &'static str {
        self.path.split('/').nth(2).unwrap_or_default()
    }

    pub fn has_id(&self) -> bool {
        self.path.contains('{')
    }

    pub fn needs_version(&self) -> bool {
        self.refers_to("#/components/parameters/IfMatch")
    }

    pub fn needs_key(&self) -> bool {
        self.refers_to("#/components/parameters/IdempotencyKey")
    }

    /// What changes a thing may carry one.
    pub fn may_have_key(&self) -> bool {
        self.refers_to("#/components/parameters/OptionalIdempotencyKey")
    }

    fn refers_to(&self, reference: &str) -> bool {
        self.spec["parameters"].as_array().is_some_and(|all| all.iter().any(|one| one["$ref"] == reference))
    }

    /// A body that the schema allows: what is required, and nothing else.
    pub fn body(&self) -> Option<Value> {
        let schema = self.spec.pointer("/requestBody/content/application~1json/schema")?;
        Some(sample(schema))
    }

    /// How many round trips it took; of a batch, for each item, if each was made.
    fn cost(&self, it: &Answer) -> Option<u32> {
        if !self.path.ends_with("/batch") {
            return it.trips;
        }
        let items = it.body["items"].as_array()?.len();
        Some(it.trips? / u32::try_from(items).ok()?).filter(|_| it.body["created"] == items)
    }

    /// Whether the contract allows this answer.
    pub fn check(&self, request: &Value, it: &Answer) {
        let status = it.status;
        let seen = json!({ "request": request, "answer": it.body });
        let seen = if (200..300).contains(&status) { seen } else { Value::Null };
        let trips = self.cost(it).map(|trips| format!(" {trips}")).unwrap_or_default();
        remember(&format!("{} {status}{trips}\t{seen}", self.id()));
        let mut answer = &self.spec["responses"][status.to_string()];
        assert!(
            answer.is_object(),
            "{self} answered {status}, which the contract does not know: {}",
            it.body
        );
        if let Some(reference) = answer["$ref"].as_str() {
            answer = CONTRACT.pointer(&reference[1..]).unwrap();
        }
        for (name, header) in answer["headers"].as_object().into_iter().flatten() {
            let promised = resolve(header)["required"] == true;
            assert!(!promised || it.headers.contains_key(name.as_str()), "{self} {status} without {name}");
        }
        let Some(contents) = answer["content"].as_object() else { return };
        // Who preferred little was told nothing.
        if it.headers.contains_key("preference-applied") && it.text.is_empty() {
            return;
        }
        let media = it.headers.get("content-type").unwrap().to_str().unwrap().split(';').next().unwrap();
        let content = contents.get(media).unwrap_or_else(|| panic!("{self} {status} as {media}"));
        if let Some(schema) = content["schema"]["$ref"].as_str() {
            check(schema, &it.body, &format!("{self} {status}"));
        }
    }
}

/// The problems that can be answered: each code with its statuses.
pub static CATALOGUE: LazyLock<BTreeMap<String, Vec<u16>>> =
    LazyLock::new(|| toml::from_str(include_str!("../../../data/problems/catalogue.toml")).unwrap());

/// Whether the catalogue knows what went wrong, and has words for it and for each flaw.
pub fn check_problem(it: &Answer) {
    if it.headers.get("content-type").is_none_or(|media| media != "application/problem+json") {
        return;
    }
    let code = it.body["code"].as_str().unwrap();
    let known = CATALOGUE.get(code).is_some_and(|statuses| statuses.contains(&it.status));
    assert!(known, "the catalogue does not know {code} {}", it.status);
    remember(&format!("problem:{code} {}", it.status));
    for flaw in it.body["errors"].as_array().into_iter().flatten() {
        let name = format!("flaw_{}", flaw["code"].as_str().unwrap());
        assert!(say(Language::En, &name, None, &Vec::new()).is_some(), "there are no words for {name}");
        assert!(!flaw["detail"].as_str().unwrap().contains("{$"), "a blank is left open: {flaw}");
    }
    assert!(
        !it.body["detail"].as_str().unwrap_or_default().contains("{$"),
        "a blank is left open: {}",
        it.body
    );
}

/// One line in the file that `SAMSPILL_SEEN` names: the operation, the status, how many round trips it took if they were
/// counted, and after a tab what was said; or a problem and its status. When all tests have run, what was never seen is
/// found there, and what can be shown to others.
pub fn remember(what: &str) {
    if let Ok(path) = std::env::var("SAMSPILL_SEEN") {
        let mut file = std::fs::OpenOptions::new().append(true).create(true).open(path).unwrap();
        // In one go: many tests write at once.
        file.write_all(format!("{what}\n").as_bytes()).unwrap();
    }
}

pub fn check(schema: &str, body: &Value, whose: &str) {
    let errors = misfits(schema, body);
    assert!(errors.is_empty(), "{whose} does not fit {schema}: {errors:?}\n{body:#}");
}

/// What in a body its schema does not allow.
pub fn misfits(schema: &str, body: &Value) -> Vec<String> {
    SCHEMAS[schema].iter_errors(body).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

fn sample(schema: &Value) -> Value {
    if let Some(reference) = schema["$ref"].as_str() {
        return sample(CONTRACT.pointer(&reference[1..]).unwrap());
    }
    if let Some(example) = schema.get("example").or(schema.pointer("/examples/0")) {
        return example.clone();
    }
    if let Some(first) = schema["enum"].as_array().or(schema["oneOf"].as_array()).and_then(|all| all.first())
    {
        return if first.is_object() { sample(first) } else { first.clone() };
    }
    match (schema["type"].as_str().unwrap_or("object"), schema["format"].as_str()) {
        ("string", Some("email")) => json!("ada@example.org"),
        ("string", Some("uuid")) => json!(Uuid::now_v7()),
        ("string", Some("date")) => json!("2026-01-10"),
        ("string", Some("date-time")) => json!("2026-01-10T12:00:00Z"),
        ("string", _) => json!("x".repeat(schema["minLength"].as_u64().unwrap_or(1) as usize)),
        ("integer" | "number", _) => schema.get("minimum").cloned().unwrap_or(json!(1)),
        ("boolean", _) => json!(true),
        ("array", _) => {
            let least = schema["minItems"].as_u64().unwrap_or(0);
            (0..least).map(|_| sample(&schema["items"])).collect()
        }
        _ => {
            let required =
                schema["required"].as_array().into_iter().flatten().map(|name| name.as_str().unwrap());
            required.map(|name| (name.to_owned(), sample(&schema["properties"][name]))).collect()
        }
    }
}
