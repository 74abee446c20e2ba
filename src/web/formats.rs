//! Days, instants and ids are taken in one spelling only, the document's, wherever an operation has them. Their types
//! would take more: days before the calendar, years of six digits, ids in braces, lists in place of named fields.

use std::collections::HashMap;

use actix_web::{HttpRequest, web::Data};
use chrono::{DateTime, Datelike as _, NaiveDate};
use serde_json::{Map, Value};

use crate::problem::Flaw;

/// The years of days and instants. Whoever was born before is not cared for any more.
const YEARS: std::ops::RangeInclusive<i32> = 1850..=2199;

/// What an operation knows, by method and path.
#[derive(Debug)]
pub struct Known(HashMap<(String, String), Operation>);

/// What an operation knows: its query parameters with their formats, what kinds of answers it has, and where in its body
/// a format is asked for.
#[derive(Debug, Default)]
pub struct Operation {
    /// The query parameters, each with its format if it has one.
    pub query: HashMap<String, Option<Format>>,
    /// Whether it takes a body.
    pub has_body: bool,
    /// The media types of its answers when it works.
    pub answers: Vec<String>,
    body: Vec<(Vec<Step>, Format)>,
}

/// A spelling.
#[derive(Clone, Copy, Debug)]
pub enum Format {
    /// `YYYY-MM-DD`.
    Day,
    /// RFC 3339, with `T` and an offset.
    Instant,
    /// 36 characters, without braces or a prefix.
    Id,
    /// Fields by name, and not by their order.
    Fields,
}

#[derive(Clone, Debug)]
enum Step {
    Field(String),
    Each,
}

impl Format {
    fn of(schema: &Value) -> Option<Self> {
        match schema.get("format").and_then(Value::as_str) {
            Some("date") => Some(Self::Day),
            Some("date-time") => Some(Self::Instant),
            Some("uuid") => Some(Self::Id),
            _ => schema.get("properties").map(|_| Self::Fields),
        }
    }

    /// Whether a text is spelled like this.
    pub fn fits(self, text: &str) -> bool {
        let day = |text: &str| {
            let spelled = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
            let day = text.parse::<NaiveDate>().ok().filter(|_| spelled);
            day.is_some_and(|day| YEARS.contains(&day.year()))
        };
        match self {
            Self::Day => day(text),
            Self::Instant => {
                let parts = text.split_once('T');
                parts.is_some_and(|(date, _)| day(date)) && DateTime::parse_from_rfc3339(text).is_ok()
            }
            Self::Id => text.len() == 36,
            // Its type says so.
            Self::Fields => true,
        }
    }

    /// What is wrong, where it is not.
    pub fn flaw(self, at: String) -> Flaw {
        let code = match self {
            Self::Day => "not_a_day",
            Self::Instant => "not_an_instant",
            Self::Id => "not_an_id",
            Self::Fields => return Flaw::new(at, "wrong_type").with("expected", "object"),
        };
        Flaw::new(at, code).with("min", YEARS.start()).with("max", YEARS.end())
    }
}

impl Known {
    /// All that the document tells.
    pub fn of(contract: &Value) -> Self {
        let paths = contract.get("paths").and_then(Value::as_object).into_iter().flatten();
        let operations = paths.flat_map(|(path, item)| {
            let each = item.as_object().into_iter().flatten();
            each.map(move |(method, it)| ((method.to_uppercase(), path.clone()), Operation::of(contract, it)))
        });
        Self(operations.collect())
    }

    /// The operation that a request is for.
    pub fn find(request: &HttpRequest) -> Option<&Operation> {
        let key = (request.method().to_string(), request.match_pattern()?);
        request.app_data::<Data<Self>>()?.0.get(&key)
    }
}

impl Operation {
    fn of(contract: &Value, operation: &Value) -> Self {
        let all = operation.get("parameters").and_then(Value::as_array).into_iter().flatten();
        let query =
            all.filter(|one| one.get("in").and_then(Value::as_str) == Some("query")).filter_map(|one| {
                let schema = resolved(contract, one.get("schema")?);
                Some((one.get("name")?.as_str()?.to_owned(), Format::of(schema)))
            });
        let mut found = Self { query: query.collect(), ..Self::default() };
        let content = operation.pointer("/requestBody/content").and_then(Value::as_object);
        found.has_body = content.is_some();
        let all = operation.get("responses").and_then(Value::as_object).into_iter().flatten();
        let worked = all.filter(|(status, _)| status.starts_with('2'));
        let kinds = worked.filter_map(|(_, answer)| answer.get("content")?.as_object());
        found.answers = kinds.flat_map(Map::keys).cloned().collect();
        if let Some(schema) = content.and_then(|all| all.get("application/json")?.get("schema")) {
            search(contract, schema, &mut Vec::new(), &mut found.body);
        }
        found
    }

    /// What in a body is not spelled as the document says.
    pub fn flaws(&self, body: &Value) -> Vec<Flaw> {
        let mut flaws = Vec::new();
        for (steps, format) in &self.body {
            check(body, steps, *format, String::new(), &mut flaws);
        }
        flaws
    }

    /// The same of one item of a batch, with pointers into the item.
    pub fn flaws_of_item(&self, item: &Value) -> Vec<Flaw> {
        let mut flaws = Vec::new();
        for (steps, format) in &self.body {
            if let [Step::Field(_), Step::Each, rest @ ..] = steps.as_slice() {
                check(item, rest, *format, String::new(), &mut flaws);
            }
        }
        flaws
    }
}

fn resolved<'a>(contract: &'a Value, schema: &'a Value) -> &'a Value {
    let reference = schema.get("$ref").and_then(Value::as_str).and_then(|it| it.strip_prefix('#'));
    reference.and_then(|at| contract.pointer(at)).unwrap_or(schema)
}

/// Bodies are trees: no schema holds itself.
fn search(contract: &Value, schema: &Value, at: &mut Vec<Step>, found: &mut Vec<(Vec<Step>, Format)>) {
    let schema = resolved(contract, schema);
    if let Some(format) = Format::of(schema) {
        found.push((at.clone(), format));
    }
    for kind in ["oneOf", "anyOf", "allOf"] {
        for one in schema.get(kind).and_then(Value::as_array).into_iter().flatten() {
            search(contract, one, at, found);
        }
    }
    for (name, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        at.push(Step::Field(name.clone()));
        search(contract, property, at, found);
        at.pop();
    }
    if let Some(items) = schema.get("items") {
        at.push(Step::Each);
        search(contract, items, at, found);
        at.pop();
    }
}

fn check(value: &Value, steps: &[Step], format: Format, at: String, flaws: &mut Vec<Flaw>) {
    match (steps.split_first(), value) {
        (None, Value::String(text)) if !format.fits(text) => flaws.push(format.flaw(at)),
        (None, Value::Array(_)) if matches!(format, Format::Fields) => flaws.push(format.flaw(at)),
        (Some((Step::Field(name), rest)), Value::Object(fields)) => {
            if let Some(value) = fields.get(name) {
                check(value, rest, format, format!("{at}/{name}"), flaws);
            }
        }
        (Some((Step::Each, rest)), Value::Array(items)) => {
            for (index, value) in items.iter().enumerate() {
                check(value, rest, format, format!("{at}/{index}"), flaws);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::Format;

    #[test]
    fn there_is_one_spelling() {
        for day in ["1944-06-01", "2000-02-29", "1850-01-01", "2199-12-31"] {
            assert!(Format::Day.fits(day), "{day}");
        }
        let days = [
            "1944-6-1",
            "+1944-06-01",
            "-9999-01-01",
            "0000-01-01",
            "2023-02-29",
            "1944-06-01T00:00:00Z",
            "2200-01-01",
            "1849-12-31",
        ];
        for day in days {
            assert!(!Format::Day.fits(day), "{day}");
        }
        for instant in ["2026-11-01T10:00:00Z", "2026-11-01T10:00:00.123456+02:00"] {
            assert!(Format::Instant.fits(instant), "{instant}");
        }
        for instant in ["2026-11-01 10:00:00Z", "2026-11-01T10:00:00", "-9999-01-01T00:00:00Z", "2026-11-01"]
        {
            assert!(!Format::Instant.fits(instant), "{instant}");
        }
        assert!(Format::Id.fits("019a0000-0000-7000-8000-000000000001"));
        assert!(!Format::Id.fits("{019a0000-0000-7000-8000-000000000001}"));
    }
}
