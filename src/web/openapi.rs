//! What every operation has in common is written into the document here, by rule and not by hand.

use serde_json::{Map, Value, json};
use utoipa::{OpenApi, openapi};

use crate::{access, problem};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Samspill",
        description = "Referrals, consents, contact forms, matching and follow-up between municipalities, volunteer centres and providers.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    servers((url = "/")),
    components(schemas(problem::Body, problem::Flaw)),
)]
struct Head;

/// The head of the document; the rooms add their operations.
pub fn head() -> openapi::OpenApi {
    Head::openapi()
}

/// The document, with all that the rules say.
pub fn complete(document: &openapi::OpenApi) -> Value {
    let mut document = serde_json::to_value(document).unwrap_or_default();
    if let Some(paths) = document.get_mut("paths").and_then(Value::as_object_mut) {
        for (path, item) in paths {
            for (method, operation) in item.as_object_mut().into_iter().flatten() {
                if let Some(operation) = operation.as_object_mut() {
                    furnish(path, method, operation);
                }
            }
        }
    }
    let key = "Makes it safe to send the request again: the same key and body have one effect.";
    let shared = [
        (
            "responses",
            "Problem",
            json!({
                "description": "It did not work. Why is in the body.",
                "headers": { "Request-Id": text() },
                "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
            }),
        ),
        ("securitySchemes", "bearer", json!({ "type": "http", "scheme": "bearer", "bearerFormat": "JWT" })),
        ("parameters", "IfMatch", header("If-Match", true, "The `ETag` of the version that is changed.")),
        ("parameters", "IdempotencyKey", header("Idempotency-Key", true, key)),
        ("parameters", "OptionalIdempotencyKey", header("Idempotency-Key", false, key)),
    ];
    for (kind, name, value) in shared {
        if let Some(place) = document.pointer_mut("/components").and_then(Value::as_object_mut) {
            let kind = place.entry(kind).or_insert_with(|| json!({}));
            kind.as_object_mut().map(|kind| kind.insert(name.into(), value));
        }
    }
    document
}

fn header(name: &str, required: bool, description: &str) -> Value {
    json!({ "name": name, "in": "header", "required": required, "description": description,
            "schema": { "type": "string", "maxLength": 255 } })
}

/// What follows from how an operation is written: what it needs, and what it can answer.
fn furnish(path: &str, method: &str, operation: &mut Map<String, Value>) {
    let one = path.contains('{');
    let made = operation.get("responses").is_some_and(|responses| responses.get("201").is_some());
    // A log-in, a search, a look at what is hidden: they make and change nothing that has a version.
    let exempt = operation.contains_key("x-exempt") || method == "get";
    let mut statuses: Vec<u16> = vec![400, 500, 503];
    if let Some(scope) = scope(operation) {
        operation.insert("x-allowed-roles".into(), json!(access::roles(&scope)));
        statuses.extend([401, 403]);
    }
    for name in path.split(['{', '}']).skip(1).step_by(2) {
        let schema = json!({ "type": "string", "format": "uuid" });
        add(operation, json!({ "name": name, "in": "path", "required": true, "schema": schema }));
        statuses.push(404);
    }
    if made && !exempt {
        add(operation, json!({ "$ref": "#/components/parameters/IdempotencyKey" }));
        statuses.extend([404, 409, 422]);
    } else if !exempt {
        add(operation, json!({ "$ref": "#/components/parameters/IfMatch" }));
        add(operation, json!({ "$ref": "#/components/parameters/OptionalIdempotencyKey" }));
        statuses.extend([400, 404, 409, 412, 422, 428]);
    }
    if method != "get" {
        statuses.extend([404, 409, 422]);
    }
    if operation.contains_key("requestBody") {
        statuses.extend([400, 408, 413, 415, 422]);
    }
    // RFC 6749 has its own errors.
    if path.starts_with("/oauth/") {
        statuses.clear();
    }
    let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) else { return };
    // An error that an operation names without a body is a problem like all others.
    let named = responses.iter().filter(|(_, response)| response.get("content").is_none());
    statuses
        .extend(named.filter_map(|(status, _)| status.parse().ok()).filter(|status: &u16| *status >= 400));
    for (status, response) in responses.iter_mut() {
        // OpenAPI wants a description of every answer, and utoipa leaves out the empty ones.
        let description = match status.as_str() {
            "201" => "It was made.",
            "204" => "It worked, and there is nothing to tell.",
            error if error >= "400" => "It did not work. Why is in the body.",
            _ => "It worked.",
        };
        let headers = match status.as_str() {
            "201" => {
                json!({ "Request-Id": text(), "Location": text(), "ETag": text(), "Idempotency-Replayed": text() })
            }
            "200" if one => {
                json!({ "Request-Id": text(), "ETag": text(), "Idempotency-Replayed": text(), "Link": text() })
            }
            "204" if !exempt => json!({ "Request-Id": text(), "Idempotency-Replayed": text() }),
            "200" => json!({ "Request-Id": text(), "Link": text() }),
            _ => json!({ "Request-Id": text() }),
        };
        if let Some(response) = response.as_object_mut() {
            response.insert("description".into(), description.into());
            response.insert("headers".into(), headers);
        }
    }
    for status in statuses {
        responses.insert(status.to_string(), json!({ "$ref": "#/components/responses/Problem" }));
    }
}

fn text() -> Value {
    json!({ "schema": { "type": "string" } })
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
