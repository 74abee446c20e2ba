//! A JSON body: read, tidied, understood, found valid; or told where it is wrong.

use std::{borrow::Cow, fmt, ops::Deref, time::Duration};

use actix_web::{
    FromRequest, HttpMessage as _, HttpRequest,
    dev::Payload,
    http::{StatusCode, header},
    web::{self, Bytes},
};
use futures_util::future::LocalBoxFuture;
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};
use unicode_normalization::{UnicodeNormalization as _, is_nfc};
use utoipa::ToSchema;
use validator::{Validate, ValidationError, ValidationErrors, ValidationErrorsKind};

use super::Known;
use crate::problem::{Flaw, Problem};

/// How long the body of a request may be, in bytes; a batch may be longer.
pub const LONGEST: usize = 1 << 20;

/// How long a body may take to arrive.
const PATIENCE: Duration = Duration::from_secs(20);

/// A JSON body that is well formed and valid. Its text is NFC and trimmed.
#[derive(Debug)]
pub struct Json<T>(T);

/// The body of what is created from nothing but its path: `{}`.
#[derive(Debug, Default, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// In the extensions of a request: SHA-256 of what the body says, the same whatever the order of its fields.
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
        let bytes = arrived(request, payload, LONGEST);
        let request = request.clone();
        Box::pin(async move {
            let value = read(&bytes.await?)?;
            request.extensions_mut().insert(BodyDigest(Sha256::digest(value.to_string()).into()));
            let misspelled = Known::find(&request).map(|known| known.flaws(&value)).unwrap_or_default();
            if !misspelled.is_empty() {
                return Err(Problem::invalid(misspelled));
            }
            valid(value).map(Self)
        })
    }
}

/// The bytes of a body that says that it is JSON, if it is not longer than `most`.
pub fn arrived(
    request: &HttpRequest,
    payload: &mut Payload,
    most: usize,
) -> impl Future<Output = Result<Bytes, Problem>> + 'static {
    let kind = request.content_type().to_ascii_lowercase();
    let patch = request.method() == actix_web::http::Method::PATCH;
    let is_json = kind == "application/json" || patch && kind == "application/merge-patch+json";
    let is_json = is_json && request.encoding().is_ok_and(|encoding| encoding.name() == "UTF-8");
    let encoding = request.headers().get(header::CONTENT_ENCODING);
    let encoded = encoding.is_some_and(|how| !how.as_bytes().eq_ignore_ascii_case(b"identity"));
    let said =
        request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    let longer = said.is_some_and(|length: u64| length > most as u64);
    let payload = web::Payload::from_request(request, payload);
    async move {
        if !is_json {
            return Err(Problem::named(StatusCode::UNSUPPORTED_MEDIA_TYPE, "send_application_json"));
        }
        if encoded {
            return Err(Problem::encoded());
        }
        if longer {
            return Err(too_large());
        }
        let unreadable = || Problem::malformed(Flaw::new("", "unreadable"));
        let payload = payload.await.map_err(|_broken| unreadable())?;
        let bytes = tokio::time::timeout(PATIENCE, payload.to_bytes_limited(most)).await;
        let bytes = bytes.map_err(|_late| Problem::named(StatusCode::REQUEST_TIMEOUT, "too_slow"))?;
        bytes.map_err(|_longer| too_large())?.map_err(|_broken| unreadable())
    }
}

/// 413.
pub fn too_large() -> Problem {
    Problem::named(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large")
}

/// Understood, and found valid.
pub fn valid<T: DeserializeOwned + Validate>(value: Value) -> Result<T, Problem> {
    let value: T = understand(value)?;
    value.validate().map_err(|errors| Problem::invalid(flaws("", &errors)))?;
    Ok(value)
}

/// JSON, and its text tidied.
pub fn read(bytes: &[u8]) -> Result<Value, Problem> {
    let Once(value) = serde_json::from_slice(bytes).map_err(|error| misread(&inside(bytes), &error))?;
    clean(value)
}

/// In which part of a body reading ends: a second look, since the first is to be quick.
fn inside(bytes: &[u8]) -> String {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let read: Result<Once, _> = serde_path_to_error::deserialize(&mut reader);
    read.err().map(|error| pointer(error.path())).unwrap_or_default()
}

/// Why what stands there is no JSON.
pub fn misread(at: &str, error: &serde_json::Error) -> Problem {
    let said = error.to_string();
    if let Some(name) = said.strip_prefix("duplicate field `").and_then(|it| it.split('`').next()) {
        Problem::malformed(Flaw::new(format!("{at}/{}", escaped(name)), "duplicate"))
    } else if said.starts_with("recursion limit") {
        Problem::bad_request("too_deep").with("max", 127)
    } else {
        let (line, column) = (error.line(), error.column());
        Problem::malformed(Flaw::new("", "not_json").with("line", line).with("column", column))
    }
}

/// The same with its text tidied, if that is plain.
pub fn clean(mut value: Value) -> Result<Value, Problem> {
    let mut flaws = Vec::new();
    tidy("", &mut value, &mut flaws);
    if flaws.is_empty() { Ok(value) } else { Err(Problem::invalid(flaws)) }
}

/// A name, as a JSON pointer spells it.
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// A value in which no name stands twice: of two readers, one would take the first and the other the last.
pub struct Once(pub Value);

impl<'de> Deserialize<'de> for Once {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Reader).map(Self)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, it: bool) -> Result<Value, E> {
        Ok(it.into())
    }

    fn visit_i64<E>(self, it: i64) -> Result<Value, E> {
        Ok(it.into())
    }

    fn visit_u64<E>(self, it: u64) -> Result<Value, E> {
        Ok(it.into())
    }

    // JSON has one kind of number: `3.0` is a whole one.
    fn visit_f64<E>(self, it: f64) -> Result<Value, E> {
        let whole = it as i64;
        let same = whole.unsigned_abs() <= 1 << 53 && whole as f64 == it;
        Ok(if same { whole.into() } else { it.into() })
    }

    fn visit_str<E>(self, it: &str) -> Result<Value, E> {
        Ok(it.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut all: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(Once(item)) = all.next_element()? {
            items.push(item);
        }
        Ok(items.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut all: A) -> Result<Value, A::Error> {
        let mut fields = Map::new();
        while let Some((name, Once(value))) = all.next_entry::<String, _>()? {
            if fields.insert(name.clone(), value).is_some() {
                return Err(twice(&name));
            }
        }
        Ok(fields.into())
    }
}

/// What serde says of a field that stands twice.
pub fn twice<E: serde::de::Error>(name: &str) -> E {
    E::custom(format_args!("duplicate field `{name}`"))
}

fn tidy(at: &str, value: &mut Value, flaws: &mut Vec<Flaw>) {
    match value {
        Value::String(text) if !plain(text) => {
            flaws.push(Flaw::new(at, "control_character"));
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
                    tidy(&format!("{at}/{}", escaped(name)), item, flaws);
                } else {
                    flaws.push(Flaw::new(at, "control_character"));
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

/// Composed (NFC), and without the blanks at its ends.
pub fn tidied(text: &str) -> Cow<'_, str> {
    let trimmed = text.trim();
    if is_nfc(trimmed) && trimmed.len() == text.len() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(trimmed.nfc().collect())
}

/// An object, as what it means.
pub fn understand<T: DeserializeOwned>(value: Value) -> Result<T, Problem> {
    // serde would take an array for a struct, field by field; what stands deeper `Known` has looked at.
    if !value.is_object() {
        return Err(no_object());
    }
    serde_path_to_error::deserialize(value).map_err(|error| {
        let at = pointer(error.path());
        Problem::invalid(vec![misunderstood(at, &error.into_inner().to_string())])
    })
}

/// 422: it is JSON, and no object.
pub fn no_object() -> Problem {
    Problem::invalid(vec![Flaw::new("", "wrong_type").with("expected", "object")])
}

/// What serde says, as a flaw. What came is not repeated: it may be personal.
pub fn misunderstood(at: String, said: &str) -> Flaw {
    let named = || said.split('`').nth(1).unwrap_or_default();
    let expected = said.rsplit_once("expected ").map_or("", |(_, expected)| expected);
    match said.split_whitespace().take(2).collect::<Vec<_>>().as_slice() {
        // The path of what is not there is its parent's.
        ["missing", ..] => Flaw::new(format!("{at}/{}", named()), "missing"),
        ["unknown", "field"] => Flaw::new(at, "unknown_field"),
        ["unknown", ..] => {
            let words = expected.trim_start_matches("one of ").replace('`', "");
            Flaw::new(at, "unknown_value").with("expected", words)
        }
        ["duplicate", ..] => Flaw::new(named(), "duplicate"),
        ["invalid", "type:"] => Flaw::new(at, "wrong_type").with("expected", json_type(expected)),
        _ => Flaw::new(at, "wrong_value"),
    }
}

/// What serde calls a type, as JSON does.
fn json_type(expected: &str) -> &'static str {
    match expected {
        "a boolean" => "boolean",
        "a sequence" => "array",
        "f32" | "f64" => "number",
        number if number.starts_with(['i', 'u']) && number.ends_with(|end: char| end.is_ascii_digit()) => {
            "integer"
        }
        object if object.starts_with("struct") || object.contains("map") => "object",
        _ => "string",
    }
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let step = |segment: &Segment| match segment {
        Segment::Seq { index } => format!("/{index}"),
        Segment::Map { key } => format!("/{}", escaped(key)),
        Segment::Enum { variant } => format!("/{variant}"),
        Segment::Unknown => String::new(),
    };
    path.iter().map(step).collect()
}

/// What a validation found, with pointers.
pub fn flaws(at: &str, errors: &ValidationErrors) -> Vec<Flaw> {
    let below = |(field, kind): (_, &ValidationErrorsKind)| {
        // What is wrong with the whole is not at a field.
        let pointer = if field == "__all__" { at.to_owned() } else { format!("{at}/{field}") };
        match kind {
            ValidationErrorsKind::Struct(inner) => flaws(&pointer, inner),
            ValidationErrorsKind::List(rows) => {
                rows.iter().flat_map(|(index, inner)| flaws(&format!("{pointer}/{index}"), inner)).collect()
            }
            ValidationErrorsKind::Field(found) => {
                found.iter().map(|error| limited(Flaw::new(pointer.clone(), kind_of(error)), error)).collect()
            }
        }
    };
    errors.errors().iter().flat_map(below).collect()
}

fn kind_of(error: &ValidationError) -> &str {
    let number = |name: &str| limit(error, name).and_then(Value::as_f64);
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

/// `min` or `max`; what has one length has both.
fn limit<'a>(error: &'a ValidationError, name: &str) -> Option<&'a Value> {
    error.params.get(name).or_else(|| error.params.get("equal"))
}

/// With the limits that were set. What came is not repeated: it may be personal.
fn limited(flaw: Flaw, error: &ValidationError) -> Flaw {
    let limits = ["min", "max"].into_iter().filter_map(|name| Some((name, limit(error, name)?)));
    limits.fold(flaw, |flaw, (name, limit)| flaw.with(name, limit))
}
