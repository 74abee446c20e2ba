//! A JSON body: read, tidied, understood, found valid; or told where it is wrong.

use std::{borrow::Cow, ops::Deref, time::Duration};

use actix_web::{FromRequest, HttpMessage as _, HttpRequest, dev::Payload, http::StatusCode, web::Bytes};
use futures_util::future::LocalBoxFuture;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use unicode_normalization::{UnicodeNormalization as _, is_nfc};
use utoipa::ToSchema;
use validator::{Validate, ValidationError, ValidationErrors, ValidationErrorsKind};

use crate::problem::{Flaw, Problem};

/// How long a body may take to arrive.
const PATIENCE: Duration = Duration::from_secs(20);

/// A JSON body that is well formed and valid. Its text is NFC and trimmed.
#[derive(Debug)]
pub struct Json<T>(T);

/// The body of what is created from nothing but its path: `{}`.
#[derive(Debug, Default, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// In the extensions of a request: SHA-256 of the bytes that came.
#[derive(Clone, Copy, Debug)]
pub struct BodyDigest(pub [u8; 32]);

impl<T> Deref for Json<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: DeserializeOwned + Validate> FromRequest for Json<T> {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let kind = request.content_type().to_ascii_lowercase();
        let patch = request.method() == actix_web::http::Method::PATCH;
        let is_json = kind == "application/json" || patch && kind == "application/merge-patch+json";
        let bytes = Bytes::from_request(request, payload);
        let request = request.clone();
        Box::pin(async move {
            if !is_json {
                return Err(Problem::named(StatusCode::UNSUPPORTED_MEDIA_TYPE, "send_application_json"));
            }
            let bytes = tokio::time::timeout(PATIENCE, bytes).await;
            let bytes = bytes.map_err(|_late| Problem::named(StatusCode::REQUEST_TIMEOUT, "too_slow"))?;
            let bytes = bytes.map_err(|error| match error.as_response_error().status_code() {
                StatusCode::PAYLOAD_TOO_LARGE => {
                    Problem::named(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large")
                }
                _ => Problem::malformed(Flaw::new("", "unreadable", error)),
            })?;
            request.extensions_mut().insert(BodyDigest(Sha256::digest(&bytes).into()));
            let value: T = understand(read(&bytes)?)?;
            value.validate().map_err(|errors| Problem::invalid(flaws("", &errors)))?;
            Ok(Self(value))
        })
    }
}

/// JSON, and its text tidied.
fn read(bytes: &[u8]) -> Result<Value, Problem> {
    let mut value: Value = serde_json::from_slice(bytes).map_err(|error| {
        if error.to_string().starts_with("recursion limit") {
            Problem::bad_request("too_deep").because("It is nested more than 127 levels deep.")
        } else {
            Problem::malformed(Flaw::new("", "not_json", error))
        }
    })?;
    let mut flaws = Vec::new();
    tidy("", &mut value, &mut flaws);
    if flaws.is_empty() { Ok(value) } else { Err(Problem::invalid(flaws)) }
}

fn tidy(at: &str, value: &mut Value, flaws: &mut Vec<Flaw>) {
    match value {
        Value::String(text) if !plain(text) => {
            flaws.push(Flaw::new(at, "control_character", "It has a control character in it."));
        }
        Value::String(text) => {
            if let Cow::Owned(tidied) = tidied(text) {
                *text = tidied;
            }
        }
        Value::Array(items) => {
            items
                .iter_mut()
                .enumerate()
                .for_each(|(index, item)| tidy(&format!("{at}/{index}"), item, flaws));
        }
        Value::Object(fields) => {
            for (name, item) in fields {
                if plain(name) {
                    let name = name.replace('~', "~0").replace('/', "~1");
                    tidy(&format!("{at}/{name}"), item, flaws);
                } else {
                    flaws.push(Flaw::new(at, "control_character", "A name has a control character in it."));
                }
            }
        }
        _ => {}
    }
}

/// Whether a text is free of control characters, but for line breaks and tabs.
pub fn plain(text: &str) -> bool {
    !text.chars().any(|letter| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t'))
}

fn tidied(text: &str) -> Cow<'_, str> {
    let trimmed = text.trim();
    if is_nfc(trimmed) && trimmed.len() == text.len() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(trimmed.nfc().collect())
}

fn understand<T: DeserializeOwned>(value: Value) -> Result<T, Problem> {
    // serde would take an array for a struct, field by field.
    if !value.is_object() {
        return Err(Problem::invalid(vec![Flaw::new("", "wrong_type", "Send an object.")]));
    }
    serde_path_to_error::deserialize(value).map_err(|error| {
        let mut at = pointer(error.path());
        let detail = error.into_inner().to_string();
        let code = match detail.split_whitespace().next() {
            Some("missing") => {
                // The path of what is not there is its parent's.
                at = format!("{at}/{}", detail.split('`').nth(1).unwrap_or_default());
                "missing"
            }
            Some("unknown") if detail.starts_with("unknown field") => "unknown_field",
            Some("unknown") => "unknown_value",
            Some("invalid") => "wrong_type",
            _ => "wrong_value",
        };
        Problem::invalid(vec![Flaw::new(at, code, detail)])
    })
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let step = |segment: &Segment| match segment {
        Segment::Seq { index } => format!("/{index}"),
        Segment::Map { key } => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
        Segment::Enum { variant } => format!("/{variant}"),
        Segment::Unknown => String::new(),
    };
    path.iter().map(step).collect()
}

/// What a validation found, with pointers.
pub fn flaws(at: &str, errors: &ValidationErrors) -> Vec<Flaw> {
    let below = |(field, kind): (_, &ValidationErrorsKind)| {
        let pointer = format!("{at}/{field}");
        match kind {
            ValidationErrorsKind::Struct(inner) => flaws(&pointer, inner),
            ValidationErrorsKind::List(rows) => {
                rows.iter().flat_map(|(index, inner)| flaws(&format!("{pointer}/{index}"), inner)).collect()
            }
            ValidationErrorsKind::Field(found) => {
                found.iter().map(|error| Flaw::new(pointer.clone(), kind_of(error), limits(error))).collect()
            }
        }
    };
    errors.errors().iter().flat_map(below).collect()
}

fn kind_of(error: &ValidationError) -> &str {
    let number = |name: &str| error.params.get(name).and_then(Value::as_f64);
    let value = error.params.get("value");
    let size = value.and_then(|value| match value {
        Value::String(text) => Some(text.chars().count() as f64),
        Value::Array(items) => Some(items.len() as f64),
        other => other.as_f64(),
    });
    match (&*error.code, size, number("max")) {
        ("length", Some(size), Some(max)) if size > max => "too_long",
        ("length", ..) => "too_short",
        ("range", Some(size), Some(max)) if size > max => "too_large",
        ("range", ..) => "too_small",
        (code, ..) => code,
    }
}

/// The limits that were set. What came is not repeated: it may be personal.
fn limits(error: &ValidationError) -> String {
    if let Some(message) = &error.message {
        return message.to_string();
    }
    let limit = |name: &str| error.params.get(name).map(|value| format!(" {name} {value}"));
    let limits: String = ["min", "max", "equal"].iter().filter_map(|name| limit(name)).collect();
    format!("{}{limits}", error.code)
}
