//! What every operation has in common is written into the document here, by rule and not by hand.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Map, Value, json};
use utoipa::{OpenApi, openapi};

use crate::{access, problem};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Samspill",
        description = "Referrals, consents, contact forms, matching and follow-up between municipalities, volunteer centres and providers.",
        contact(name = "The maintainers of Samspill"),
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    servers((url = ".", description = "The installation that serves this document, for production, demonstration or test.")),
    components(schemas(problem::Body, problem::Flaw)),
    tags(
        (name = "audit", description = "Who saw and changed what."),
        (name = "capacity assessments", description = "Whether a person can consent, and who has assessed it."),
        (name = "collaboration agreements", description = "What a municipality and a centre have agreed on, and whether everything is in place for it."),
        (name = "consents", description = "What a person agrees to be told, to whom, and until when. Nothing personal leaves without."),
        (name = "contact forms", description = "The form that tells a municipality who helps a person, version by version."),
        (name = "conversations", description = "Conversations with a person, and what need and wish they clarify."),
        (name = "deadlines", description = "What is due by which rule, and why on that day."),
        (name = "deliveries", description = "What this organisation was sent: acknowledging, archiving, rejecting, taking in."),
        (name = "directory", description = "Where to report a need, for everybody to see."),
        (name = "disclosures", description = "What this organisation sends: approving, recalling, sending again."),
        (name = "events", description = "What has happened, one after the other and without a gap, for systems that follow it."),
        (name = "exchange", description = "What the centre and the municipality tell each other about a network: messages, and changes in codes."),
        (name = "follow-ups", description = "Conversations about how it goes, when they are due."),
        (name = "functional assessments", description = "How a person manages, as their municipality has found it. It stays there."),
        (name = "goals", description = "What is to be kept or to become better for a person, and what came of it."),
        (name = "guidance requests", description = "What volunteers and coordinators ask a unit of another organisation about."),
        (name = "legal bases", description = "Which section of law lets something be told without consent, and who decided so."),
        (name = "logs", description = "What volunteers and coordinators write down about a network, and who has read it."),
        (name = "members", description = "Who works here, in which role, and who is invited to."),
        (name = "networks", description = "The volunteers around a person, from forming to dissolving."),
        (name = "offers", description = "Needs that are offered to other organisations, without telling whose they are."),
        (name = "organisations", description = "Organisations, their units and contact points, and who may write to whom."),
        (name = "persons", description = "Persons, who stands by them, and their identity numbers."),
        (name = "protected identities", description = "Persons whose address or identity is hidden, and who looks at it for what."),
        (name = "reference", description = "Which API this is, and what its problems mean."),
        (name = "referrals", description = "The report of a need, at the desk that sends it and the desk that receives it."),
        (name = "responsibilities", description = "Which unit answers for what a person is owed, whoever else helps."),
        (name = "routing rules", description = "Whom a municipality's referrals go to that name no recipient."),
        (name = "rules", description = "What the law and the services' customs say, from when to when, and what an organisation adds for itself."),
        (name = "sessions", description = "Logging in, with a second factor or without, going on, switching between memberships, logging out."),
        (name = "social assessments", description = "How a person lives among others, of which what they choose follows a referral."),
        (name = "system clients", description = "Systems that call the API, their keys and their tokens."),
        (name = "tasks", description = "What somebody has to do, and by when."),
        (name = "unmet needs", description = "Needs that volunteers cannot meet themselves, reported to the unit whose duty they may be."),
        (name = "volunteers", description = "Volunteers, their briefings and declarations of confidentiality."),
    ),
)]
struct Head;

/// What the operations are asked and answer, as the tests saw it.
const EXAMPLES: &str = include_str!("../../openapi/examples.json");

/// What a text is when nothing else is said: line breaks and tabs are the only control characters (`web::plain`).
const PLAIN: &str = r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]*$";

/// What a text is of which so much is left when the blanks at its ends are taken away. Without looking ahead, which not
/// every language can.
fn written(least: u64) -> String {
    let any = PLAIN.trim_matches(['^', '*', '$']);
    let ink = r"[^\s\u0000-\u001f\u007f-\u009f]";
    match least.checked_sub(2) {
        Some(between) => format!("^{any}*{ink}{any}{{{between},}}{ink}{any}*$"),
        None if least == 1 => format!("^{any}*{ink}{any}*$"),
        None => PLAIN.into(),
    }
}

/// What all batches are.
const MANY: &str = "\
In the mode `each`, up to 1000 items are done one after the other, each by itself: what cannot be done is refused with its \
own problem, as if it had been sent alone, and the rest is done. In the mode `all`, up to 100 items are all done or none: \
the answer is then the problem of the first that cannot be, with pointers into its item. The body may be 8 MiB long, an item \
1 MiB. A batch counts as one request.

What was interrupted is sent again under the same `Idempotency-Key`: what was made stays as it is (200), and the rest is \
done. So is what was refused and has been mended, in its old place; of what was made nothing may differ (422 \
`idempotency_key_reused`), the order of fields apart. If the database is away (503), or the caller may no longer ask (401), \
the batch ends with that answer and keeps what was made: send it again later.

A dry run checks everything and keeps nothing. In the mode `each` it checks every item by itself: that two of them are the \
same is only seen in the mode `all`.";

/// What a header may hold; blanks around it are not of it (RFC 9110).
const VISIBLE: &str = r"^[!-~]([\t -~]*[!-~])?$";

/// The number of a version, as a header has it.
const VERSION: &str = r#"^"[0-9]{1,18}"$"#;

/// The years of `web::formats`.
const DAY: &str = "^(18[5-9]|19[0-9]|2[01][0-9])[0-9]-[0-9]{2}-[0-9]{2}$";
const INSTANT: &str = "^(18[5-9]|19[0-9]|2[01][0-9])[0-9]-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})$";

/// The head of the document; the rooms add their operations.
pub fn head() -> openapi::OpenApi {
    Head::openapi()
}

/// The document, with all that the rules say.
pub fn complete(document: &openapi::OpenApi) -> Value {
    let mut document = serde_json::to_value(document).unwrap_or_default();
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object).into_iter().flatten();
    let names = schemas.map(|(name, schema)| (schema.to_string(), name.clone())).collect();
    for (_, schema) in fields(&mut document, "/components/schemas") {
        schema.as_object_mut().into_iter().flatten().for_each(|(_, part)| name(part, &names));
    }
    let sent = sent(&document);
    let known = known(&document, &sent);
    let versioned = versioned(&document);
    let examples: Value = serde_json::from_str(EXAMPLES).unwrap_or_default();
    for (path, item) in fields(&mut document, "/paths") {
        for (method, operation) in item.as_object_mut().into_iter().flatten() {
            if let Some(operation) = operation.as_object_mut() {
                furnish(path, method, operation);
                compare(method, operation, &versioned);
                for (key, part) in operation.iter_mut() {
                    limit(part, "", Some(&known).filter(|_| key == "responses"));
                }
                show(operation, &examples);
            }
        }
    }
    for (name, schema) in fields(&mut document, "/components/schemas") {
        limit(schema, "", Some(&known).filter(|_| !sent.contains(name)));
    }
    if let Some(components) = document.pointer_mut("/components").and_then(Value::as_object_mut) {
        for (kind, mut all) in [
            ("headers", headers()),
            ("parameters", parameters()),
            ("responses", responses()),
            ("securitySchemes", schemes()),
        ] {
            limit(&mut all, "", None);
            components.insert(kind.into(), all);
        }
    }
    if let Some(server) = document.pointer_mut("/servers/0").and_then(Value::as_object_mut) {
        server.insert("x-internal".into(), false.into());
    }
    document
}

/// Refers to what has a name: utoipa repeats it where a type is generic, and clients would have a type more.
fn name(part: &mut Value, names: &BTreeMap<String, String>) {
    let known = part.get("properties").and_then(|_| names.get(&part.to_string()));
    match (known, part) {
        (Some(known), part) => *part = json!({ "$ref": format!("#/components/schemas/{known}") }),
        (None, Value::Object(all)) => all.iter_mut().for_each(|(_, part)| name(part, names)),
        (None, Value::Array(all)) => all.iter_mut().for_each(|part| name(part, names)),
        _ => {}
    }
}

/// A document without its words and examples, on which no program depends.
pub fn compact(document: &Value) -> Value {
    fn strip(part: &Value, named: bool) -> Value {
        // Where things have names of their own, one may be called like a word of the format.
        const NAMED: &str = "properties schemas headers responses parameters content paths securitySchemes";
        const WORDS: &str = "description summary example examples tags contact license";
        let is = |list: &str, word: &str| list.split(' ').any(|one| one == word);
        match part {
            Value::Object(all) => {
                let kept = all.iter().filter(|(name, _)| named || !is(WORDS, name));
                let part =
                    |(name, part): (&String, _)| (name.clone(), strip(part, !named && is(NAMED, name)));
                kept.map(part).collect()
            }
            Value::Array(all) => all.iter().map(|part| strip(part, false)).collect(),
            other => other.clone(),
        }
    }
    strip(document, false)
}

fn fields<'a>(document: &'a mut Value, at: &str) -> impl Iterator<Item = (&'a String, &'a mut Value)> {
    document.pointer_mut(at).and_then(Value::as_object_mut).into_iter().flatten()
}

fn headers() -> Value {
    let header = |required: bool, longest: u64, description: &str| {
        json!({ "required": required, "description": description,
                "schema": { "type": "string", "maxLength": longest } })
    };
    json!({
        "Access-Control-Allow-Origin": header(false, 255, "The page's origin, if it is one that may call."),
        "Content-Language": header(true, 2, "The language of the words."),
        "ETag": header(true, 22, "The version, to be sent as `If-Match` when it is changed."),
        "Idempotency-Replayed": header(false, 4, "`true`: it was done before, and is only told again."),
        "Link": header(false, 8000, "Where the next page is, if there is one (`rel=\"next\"`)."),
        "Location": header(true, 255, "Where it is."),
        "Preference-Applied": header(true, 40, "`return=minimal`: the resource is left out, as was preferred."),
        "RateLimit": header(true, 64, "How many requests are left (`r`), and for how many seconds (`t`)."),
        "RateLimit-Policy": header(true, 64, "How many requests (`q`) one caller may send in how many seconds (`w`)."),
        "Request-Id": { "required": true, "description": "The number of the request, in logs and audit too.",
                        "schema": { "type": "string", "format": "uuid" } },
        "Retry-After": header(true, 10, "After how many seconds to try again."),
        "WWW-Authenticate": header(true, 255, "How to say who asks."),
    })
}

fn parameters() -> Value {
    let header = |name: &str, required: bool, pattern: &str, description: &str, example: &str| {
        json!({ "name": name, "in": "header", "required": required, "description": description,
                "schema": { "type": "string", "maxLength": 255, "pattern": pattern }, "example": example })
    };
    let key = |required: bool| {
        let text = "Makes it safe to send the request again: the same key and body have one effect.";
        header("Idempotency-Key", required, VISIBLE, text, "0198c5a4-6c00-7000-8000-0000000000ff")
    };
    json!({
        "IfNoneMatch": header("If-None-Match", false, PLAIN, "Versions that the caller has: one of them is not sent again (304).", "\"1\""),
        "Prefer": header("Prefer", false, PLAIN, "`return=minimal` leaves the resource out of the answer (RFC 7240).", "return=minimal"),
        "IfMatch": header("If-Match", true, VERSION, "The `ETag` of the version that is changed.", "\"1\""),
        "IdempotencyKey": key(true),
        "OptionalIdempotencyKey": key(false),
    })
}

/// A problem, and what else its status has to say.
fn responses() -> Value {
    let problem = |description: &str, more: &[&str]| {
        json!({
            "description": description,
            "headers": refer(&[&["Content-Language"], more].concat()),
            "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
        })
    };
    json!({
        "Problem": problem("It did not work. Why is in the body.", &[]),
        "Unauthorised": problem("It is not known who asks.", &["WWW-Authenticate"]),
        "NotModified": { "description": "The caller has this version already.", "headers": refer(&["ETag"]) },
        "Little": {
            "description": "It worked, and is left out, as was preferred.",
            "headers": refer(&["ETag", "Idempotency-Replayed", "Preference-Applied"]),
        },
        "Stale": problem("It has changed since it was read.", &["ETag"]),
        "Later": problem("Not now, but later.", &["Retry-After"]),
    })
}

fn schemes() -> Value {
    let description = "An access token, from `POST /v1/sessions` or `POST /oauth/token`; checked as RFC8725 asks. \
                       The scope that an operation needs stands beside it.";
    json!({ "bearer": { "type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": description } })
}

/// The headers of every answer, and these.
fn refer(more: &[&str]) -> Value {
    let all = ["Access-Control-Allow-Origin", "RateLimit", "RateLimit-Policy", "Request-Id"];
    let named = |name: &&str| ((*name).to_owned(), json!({ "$ref": format!("#/components/headers/{name}") }));
    Value::Object(all.iter().chain(more).map(named).collect())
}

/// What follows from how an operation is written: what it needs, and what it can answer.
fn furnish(path: &str, method: &str, operation: &mut Map<String, Value>) {
    let made = operation.get("responses").is_some_and(|responses| responses.get("201").is_some());
    // A log-in, a search, a look at what is hidden: they make and change nothing that has a version.
    let exempt = operation.contains_key("x-exempt") || method == "get";
    let mut statuses: Vec<u16> = vec![400, 406, 429, 500, 503];
    let mut more = Vec::new();
    if let Some(scope) = scope(operation) {
        operation.insert("x-allowed-roles".into(), json!(access::roles(&scope)));
        statuses.extend([401, 403]);
        more.push(format!("Needs the scope `{scope}`."));
    } else {
        operation.insert("security".into(), json!([]));
    }
    if path.contains("{id}") {
        let schema = json!({ "type": "string", "format": "uuid" });
        add(operation, json!({ "name": "id", "in": "path", "required": true, "schema": schema }));
    }
    if path.contains('{') {
        statuses.push(404);
    }
    let many = path.ends_with("/batch");
    if many {
        more.push(MANY.into());
    }
    if many || made && !exempt {
        add(operation, json!({ "$ref": "#/components/parameters/IdempotencyKey" }));
        more.push(
            "Sent again with the same `Idempotency-Key`, it answers the same and makes nothing new.".into(),
        );
    } else if !exempt {
        add(operation, json!({ "$ref": "#/components/parameters/IfMatch" }));
        add(operation, json!({ "$ref": "#/components/parameters/OptionalIdempotencyKey" }));
        statuses.extend([412, 428]);
        more.push("Changes the version that `If-Match` names, and no other.".into());
        if method == "patch" {
            more.push("What is left out stays; `null` empties what may be empty (RFC 7396, whose media type is taken too).".into());
        }
    }
    if method != "get" {
        statuses.extend([404, 409, 422]);
    }
    if operation.contains_key("requestBody") {
        statuses.extend([408, 413, 415]);
    }
    let described = operation.get("description").and_then(Value::as_str).map(str::to_owned);
    let text: Vec<_> =
        described.into_iter().chain([more.join(" ")]).filter(|text| !text.is_empty()).collect();
    operation.insert("description".into(), text.join("\n\n").into());
    // RFC 6749 has its own errors; but who asks too often is told so by the house.
    if path.starts_with("/oauth/") {
        statuses.retain(|status| *status == 429);
    }
    if let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) {
        answers(responses, &statuses);
    }
}

/// The schemas of what has a version, or is the version of something, as its number says.
fn versioned(document: &Value) -> BTreeSet<String> {
    let all = document.pointer("/components/schemas").and_then(Value::as_object).into_iter().flatten();
    let counts = |schema: &Value| {
        let integer =
            |name| schema.pointer(&format!("/properties/{name}/type")).is_some_and(|kind| kind == "integer");
        integer("version") || integer("number")
    };
    let with = all.filter(|(_, schema)| {
        let parts = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
        let named =
            |part: &Value| document.pointer(part.get("$ref")?.as_str()?.trim_start_matches('#')).map(&counts);
        counts(schema) || parts.filter_map(named).any(|it| it)
    });
    with.map(|(name, _)| format!("#/components/schemas/{name}")).collect()
}

/// What has a version is not sent to those who have it, nor to those who would rather not be told.
fn compare(method: &str, operation: &mut Map<String, Value>, versioned: &BTreeSet<String>) {
    let schema = |status: &str| {
        let at = format!("/{status}/content/application~1json/schema/$ref");
        let named = operation.get("responses").and_then(|all| all.pointer(&at)?.as_str());
        named.is_some_and(|name| versioned.contains(name))
    };
    if !schema("200") {
        return;
    }
    let [asked, status, answer] =
        if method == "get" { ["IfNoneMatch", "304", "NotModified"] } else { ["Prefer", "204", "Little"] };
    add(operation, json!({ "$ref": format!("#/components/parameters/{asked}") }));
    if let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) {
        responses.insert(status.into(), json!({ "$ref": format!("#/components/responses/{answer}") }));
        let etag = json!({ "$ref": "#/components/headers/ETag" });
        let headers = responses.get_mut("200").and_then(|it| it.get_mut("headers")?.as_object_mut());
        headers.map(|headers| headers.insert("ETag".into(), etag));
    }
}

fn answers(responses: &mut Map<String, Value>, statuses: &[u16]) {
    // An error that an operation names without a body is a problem like all others.
    let bare = |status: &str, response: &Value| status >= "400" && response.get("content").is_none();
    let named: Vec<_> =
        responses.iter().filter(|(status, it)| bare(status, it)).map(|(status, _)| status.clone()).collect();
    for (status, response) in responses.iter_mut() {
        let schema = response.pointer("/content/application~1json/schema/$ref").and_then(Value::as_str);
        let page = schema.is_some_and(|schema| schema.contains("/Page_"));
        // OpenAPI wants a description of every answer, and utoipa leaves out the empty ones.
        let (description, headers): (_, &[_]) = match status.as_str() {
            "201" => ("It was made.", &["ETag", "Idempotency-Replayed", "Location"]),
            "204" => ("It worked, and there is nothing to tell.", &["Idempotency-Replayed"]),
            "503" => ("Not now, but later. Why is in the body.", &["Retry-After"]),
            error if error >= "400" => ("It did not work. Why is in the body.", &[]),
            _ if page => ("It worked.", &["Link"]),
            _ => ("It worked.", &["Idempotency-Replayed"]),
        };
        if let Some(response) = response.as_object_mut() {
            response.insert("description".into(), description.into());
            // What the operation itself names beside them.
            let own = response.get("headers").and_then(Value::as_object).cloned().unwrap_or_default();
            let own: Vec<_> = headers.iter().copied().chain(own.keys().map(String::as_str)).collect();
            response.insert("headers".into(), refer(&own));
        }
    }
    for status in statuses.iter().map(u16::to_string).chain(named) {
        let name = match status.as_str() {
            "401" => "Unauthorised",
            "412" => "Stale",
            "429" | "503" => "Later",
            _ => "Problem",
        };
        responses.insert(status, json!({ "$ref": format!("#/components/responses/{name}") }));
    }
}

fn add(operation: &mut Map<String, Value>, parameter: Value) {
    let parameters = operation.entry("parameters").or_insert_with(|| json!([]));
    if let Some(parameters) = parameters.as_array_mut() {
        parameters.push(parameter);
    }
}

fn scope(operation: &Map<String, Value>) -> Option<String> {
    let scope = operation.get("security")?.pointer("/0/bearer/0")?;
    scope.as_str().map(str::to_owned)
}

/// The schemas that requests use. Their bounds are written by hand, and a test misses those that are not.
fn sent(document: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let operations = document.get("paths").and_then(Value::as_object).into_iter().flatten();
    for operation in operations.flat_map(|(_, item)| item.as_object()).flat_map(Map::values) {
        for part in ["requestBody", "parameters"].iter().filter_map(|part| operation.get(part)) {
            references(part, document, &mut found);
        }
    }
    found
}

fn references(part: &Value, document: &Value, found: &mut BTreeSet<String>) {
    let parts: Vec<_> = match part {
        Value::Array(parts) => parts.iter().collect(),
        Value::Object(parts) => parts.values().collect(),
        Value::String(text) => {
            if let Some(name) = text.strip_prefix("#/components/schemas/")
                && found.insert(name.into())
            {
                document.pointer(&format!("/components/schemas/{name}")).into_iter().collect()
            } else {
                return;
            }
        }
        _ => return,
    };
    parts.into_iter().for_each(|part| references(part, document, found));
}

/// The widest bound that a request puts on a field of a name: what is answered was sent once.
type Known = HashMap<(String, &'static str), u64>;

fn known(document: &Value, sent: &BTreeSet<String>) -> Known {
    let mut known = Known::new();
    let schemas = sent.iter().filter_map(|name| document.pointer(&format!("/components/schemas/{name}")));
    for (name, field) in schemas.filter_map(|schema| schema.get("properties")?.as_object()).flatten() {
        for (word, at) in
            [("maxLength", "/maxLength"), ("maxItems", "/maxItems"), ("maxLength", "/items/maxLength")]
        {
            let bound = known.entry((name.clone(), word)).or_default();
            *bound = field.pointer(at).and_then(Value::as_u64).unwrap_or_default().max(*bound);
        }
    }
    known.retain(|_, bound| *bound > 0);
    known
}

/// Bounds what is below, which a field of this name holds: all by its format; answers, for which `known` is given, too.
fn limit(schema: &mut Value, name: &str, known: Option<&Known>) {
    match schema {
        Value::Array(all) => all.iter_mut().for_each(|one| limit(one, name, known)),
        Value::Object(all) => {
            for (key, value) in all.iter_mut() {
                match value.as_object_mut().filter(|_| key == "properties") {
                    Some(fields) => fields.iter_mut().for_each(|(name, field)| limit(field, name, known)),
                    None => limit(value, name, known),
                }
            }
            bound(all, name, known);
        }
        _ => {}
    }
}

fn bound(schema: &mut Map<String, Value>, name: &str, known: Option<&Known>) {
    let kind = schema.get("type").cloned().unwrap_or_default();
    let is = |wanted: &str| {
        kind == wanted || kind.as_array().is_some_and(|all| all.iter().any(|one| one == wanted))
    };
    let format = schema.get("format").and_then(Value::as_str).unwrap_or_default().to_owned();
    let mut bounds: Vec<(&str, Value)> = Vec::new();
    if is("string") && !schema.contains_key("enum") {
        match format.as_str() {
            "uuid" => bounds.push(("maxLength", json!(36))),
            "date" => bounds.extend([("maxLength", json!(10)), ("pattern", json!(DAY))]),
            "date-time" => bounds.extend([("maxLength", json!(35)), ("pattern", json!(INSTANT))]),
            "" | "password" => {
                let least = schema.get("minLength").and_then(Value::as_u64).unwrap_or_default();
                bounds.push(("pattern", json!(written(least))));
            }
            _ => {}
        }
    }
    if let Some(known) = known {
        let widest =
            |word: &'static str, else_: u64| json!(known.get(&(name.into(), word)).unwrap_or(&else_));
        if is("string") && !schema.contains_key("enum") {
            // As long as a whole request may be.
            bounds.push(("maxLength", widest("maxLength", 1 << 20)));
        }
        if is("array") {
            bounds.push(("maxItems", widest("maxItems", 1000)));
        }
        if is("integer") {
            // What every language counts exactly.
            let most: u64 = if format == "int64" { (1 << 53) - 1 } else { (1 << 31) - 1 };
            bounds.extend([("minimum", json!(0)), ("maximum", json!(most))]);
        }
    }
    for (word, bound) in bounds {
        schema.entry(word).or_insert(bound);
    }
}

/// Shows what is asked and answered.
fn show(operation: &mut Map<String, Value>, examples: &Value) {
    let id = operation.get("operationId").and_then(Value::as_str).unwrap_or_default();
    let Some(example) = examples.get(id).cloned() else { return };
    let page = json!("<!doctype html>");
    let put = |part: &mut Value, example: Option<&Value>| {
        let content = part.get_mut("content").and_then(Value::as_object_mut).into_iter().flatten();
        for (kind, media) in content {
            // A page is made of the same.
            let example = if kind == "text/html" { Some(&page) } else { example };
            if let Some((media, example)) = media.as_object_mut().zip(example) {
                media.insert("example".into(), example.clone());
            }
        }
    };
    if let Some(body) = operation.get_mut("requestBody") {
        put(body, example.get("request"));
    }
    for (status, answer) in
        operation.get_mut("responses").and_then(Value::as_object_mut).into_iter().flatten()
    {
        if status.starts_with('2') {
            put(answer, example.get("answer"));
        }
    }
}
