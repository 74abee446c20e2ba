//! Whether who was built on one document can go on with another. What may be sent may only become more, what is answered
//! only more exact; but a list of words in an answer may grow, and who reads it is asked to bear that.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// What would break them: a line for each change, with where it is and which operations it is about.
pub fn breaking(before: &Value, after: &Value) -> Vec<String> {
    let mut comparison = Comparison { before, after, open: Vec::new() };
    let mut found: BTreeMap<Change, Vec<String>> = BTreeMap::new();
    for (path, item) in map(before, "/paths") {
        for (method, old) in item.as_object().into_iter().flatten() {
            let at = format!("#/paths/{}/{method}", escaped(path));
            let name = format!("{} {path}", method.to_uppercase());
            let changes = match after.pointer(at.trim_start_matches('#')) {
                Some(new) => comparison.operation(old, new, &at),
                None => vec![(at, "is gone".into())],
            };
            for change in changes.into_iter().collect::<BTreeSet<_>>() {
                found.entry(change).or_default().push(name.clone());
            }
        }
    }
    let named = map(before, "/components/schemas")
        .filter(|(name, _)| after.pointer(&format!("/components/schemas/{name}")).is_none());
    for (name, _) in named {
        found.insert((format!("#/components/schemas/{name}"), "names a type no more".into()), Vec::new());
    }
    let line = |((at, what), operations): (Change, Vec<String>)| match operations.split_first() {
        Some((first, [])) => format!("{first}: {at} {what}"),
        Some((first, more)) => format!("{first} and {} more: {at} {what}", more.len()),
        None => format!("{at} {what}"),
    };
    found.into_iter().map(line).collect()
}

/// Where it is, and what.
type Change = (String, String);

#[derive(Clone, Copy, PartialEq)]
enum Way {
    Asked,
    Answered,
}
use Way::{Answered, Asked};

/// One of the kinds of values that a schema allows, with the schemas that hold for it and where they are.
struct Kind<'a> {
    name: Option<&'a str>,
    parts: Vec<(String, &'a Value)>,
}

static ANY: Value = Value::Null;

struct Comparison<'a> {
    before: &'a Value,
    after: &'a Value,
    /// What is being compared: a schema may hold itself.
    open: Vec<(String, String)>,
}

impl<'a> Comparison<'a> {
    fn operation(&mut self, old: &'a Value, new: &'a Value, at: &str) -> Vec<Change> {
        let mut changes = Vec::new();
        let mut say = |what: String| changes.push((at.to_owned(), what));
        if old.get("operationId") != new.get("operationId") {
            say("has another operationId".into());
        }
        let scopes = |operation| words(operation, "/security/0/bearer");
        for scope in scopes(new).difference(&scopes(old)) {
            say(format!("needs the scope {scope}"));
        }
        // What is public names no roles.
        let roles = |operation| words(operation, "/x-allowed-roles");
        for role in roles(old).difference(&roles(new)).filter(|_| !roles(new).is_empty()) {
            say(format!("is closed to the role {role}"));
        }
        changes.extend(self.parameters(old, new, at));
        match (old.get("requestBody"), new.get("requestBody")) {
            (Some(_), None) => changes.push((at.into(), "takes no body any more".into())),
            (old, Some(new)) => {
                let (at, old) = (format!("{at}/requestBody"), old.unwrap_or(&ANY));
                changes.extend(self.contents(Asked, old, new, &at));
                if is_required(new) && !is_required(old) {
                    changes.push((at, "must be sent now".into()));
                }
            }
            (None, None) => {}
        }
        for (status, old) in map(old, "/responses") {
            let at = format!("{at}/responses/{status}");
            let (at, old) = resolved(self.before, old, at);
            match new.pointer(&format!("/responses/{status}")) {
                Some(new) => {
                    changes.extend(self.response(old, resolved(self.after, new, String::new()).1, &at))
                }
                // Of errors there may be fewer.
                None if status.as_str() < "400" => changes.push((at, "is no longer answered".into())),
                None => {}
            }
        }
        changes
    }

    fn parameters(&mut self, old: &'a Value, new: &'a Value, at: &str) -> Vec<Change> {
        let mut changes = Vec::new();
        let (old, new) = (parameters(self.before, old, at), parameters(self.after, new, at));
        for ((place, name), (at, old)) in &old {
            match new.get(&(*place, *name)) {
                Some((_, new)) => changes.extend(self.part(Asked, old, new, at)),
                // Nobody minds a header too many.
                None if *place == "header" => {}
                None => changes.push((at.clone(), format!("{name} may no longer be sent"))),
            }
        }
        for (key, (at, new)) in &new {
            if is_required(new) && !old.get(key).is_some_and(|(_, old)| is_required(old)) {
                changes.push((at.clone(), format!("{} must be sent now", key.1)));
            }
        }
        changes
    }

    fn response(&mut self, old: &'a Value, new: &'a Value, at: &str) -> Vec<Change> {
        let mut changes = self.contents(Answered, old, new, at);
        for (name, header) in map(old, "/headers") {
            let promised = |document, header| is_required(resolved(document, header, String::new()).1);
            let gone = match new.pointer(&format!("/headers/{name}")) {
                Some(new) => promised(self.before, header) && !promised(self.after, new),
                None => true,
            };
            if gone {
                changes.push((format!("{at}/headers/{name}"), "is not sent any more, or not always".into()));
            }
        }
        changes
    }

    fn contents(&mut self, way: Way, old: &'a Value, new: &'a Value, at: &str) -> Vec<Change> {
        let mut changes = Vec::new();
        for (kind, old) in map(old, "/content") {
            let at = format!("{at}/content/{}", escaped(kind));
            match new.pointer(&format!("/content/{}", escaped(kind))) {
                Some(new) => changes.extend(self.part(way, old, new, &at)),
                None => changes.push((at, "is gone".into())),
            }
        }
        changes
    }

    fn part(&mut self, way: Way, old: &'a Value, new: &'a Value, at: &str) -> Vec<Change> {
        let schema = |part: &'a Value| part.get("schema").unwrap_or(&ANY);
        self.schema(way, schema(old), schema(new), &format!("{at}/schema"))
    }

    /// Each kind that may be sent must still be taken, and each that is answered was known before.
    fn schema(&mut self, way: Way, old: &'a Value, new: &'a Value, at: &str) -> Vec<Change> {
        let (old, new) = (kinds(self.before, old, at.into()), kinds(self.after, new, at.into()));
        let (each, others) = if way == Asked { (&old, &new) } else { (&new, &old) };
        let mut changes = Vec::new();
        for one in each {
            let fitting = others.iter().filter(|other| {
                other.name.is_none()
                    || other.name == one.name
                    || (one.name, other.name) == (Some("integer"), Some("number"))
            });
            let compared = fitting.map(|other| {
                let (old, new) = if way == Asked { (one, other) } else { (other, one) };
                self.kind(way, old, new)
            });
            // Of several that it may have become, the likest.
            changes.extend(compared.min_by_key(Vec::len).unwrap_or_else(|| {
                let verb = if way == Asked { "may no longer be" } else { "may now be" };
                let at = others.first().and_then(|other| other.parts.first()).map_or(at, |(at, _)| at);
                vec![(at.into(), format!("{verb} {}", one.name.unwrap_or("anything")))]
            }));
        }
        changes
    }

    fn kind(&mut self, way: Way, old: &Kind<'a>, new: &Kind<'a>) -> Vec<Change> {
        let here = (old.at().to_owned(), new.at().to_owned());
        // Where anything was known, or is taken, there is nothing to hold it to.
        let free = if way == Asked { new } else { old };
        if old.name == Some("null") || free.is_anything() || self.open.contains(&here) {
            return Vec::new();
        }
        let mut changes: Vec<_> =
            limits(way, old, new).into_iter().map(|what| (here.0.clone(), what)).collect();
        self.open.push(here);
        changes.extend(self.fields(way, old, new));
        for word in ["items", "additionalProperties"] {
            let at = format!("{}/{word}", old.at());
            match [old, new].map(|kind| kind.get(word).unwrap_or(&ANY)) {
                [Value::Null, Value::Null] | [Value::Bool(false), _] => {}
                [_, Value::Bool(false)] if way == Answered => {}
                [_, Value::Bool(false)] => {
                    changes.push((at, "takes no other fields any more".into()));
                }
                [was, is] => changes.extend(self.schema(way, was, is, &at)),
            }
        }
        self.open.pop();
        changes
    }

    fn fields(&mut self, way: Way, old: &Kind<'a>, new: &Kind<'a>) -> Vec<Change> {
        let mut changes = Vec::new();
        let (was, is) = (old.fields(), new.fields());
        for (name, (at, field)) in &was {
            match is.get(name) {
                Some((_, new)) => changes.extend(self.schema(way, field, new, at)),
                None => changes.push((at.clone(), "is gone".into())),
            }
        }
        let (needed, needs) = (old.required(), new.required());
        match way {
            Asked => {
                let at = |name| is.get(name).map_or_else(|| new.at().to_owned(), |(at, _)| at.clone());
                changes.extend(needs.difference(&needed).map(|name| (at(*name), "must be sent now".into())));
            }
            Answered => {
                let left = was.iter().filter(|(name, _)| needed.contains(*name) && !needs.contains(*name));
                let left = left.filter(|(name, _)| is.contains_key(*name));
                changes.extend(left.map(|(_, (at, _))| (at.clone(), "is not always there any more".into())));
            }
        }
        changes
    }
}

impl<'a> Kind<'a> {
    fn at(&self) -> &str {
        self.parts.first().map_or("", |(at, _)| at)
    }

    fn is_anything(&self) -> bool {
        self.parts.iter().all(|(_, part)| part.as_object().is_none_or(serde_json::Map::is_empty))
    }

    fn get(&self, word: &str) -> Option<&'a Value> {
        self.parts.iter().find_map(|(_, part)| part.get(word))
    }

    fn fields(&self) -> BTreeMap<&'a str, (String, &'a Value)> {
        let all = self.parts.iter().flat_map(|(at, part)| {
            map(part, "/properties")
                .map(move |(name, field)| (&**name, (format!("{at}/properties/{}", escaped(name)), field)))
        });
        all.collect()
    }

    fn required(&self) -> BTreeSet<&'a str> {
        self.parts.iter().flat_map(|(_, part)| words(part, "/required")).collect()
    }
}

/// What else a value is held to: lists of words, bounds, spellings.
fn limits(way: Way, old: &Kind<'_>, new: &Kind<'_>) -> Vec<String> {
    let list = |kind: &Kind<'_>| kind.get("enum").and_then(Value::as_array).cloned();
    let mut changes = Vec::new();
    match (way, list(old), list(new)) {
        (Asked, Some(old), Some(new)) => {
            let gone = old.iter().filter(|word| !word.is_null() && !new.contains(word));
            changes.extend(gone.map(|word| format!("may no longer be {word}")));
        }
        (Asked, None, Some(_)) => changes.push("may no longer be any word".into()),
        (Answered, Some(_), None) => changes.push("may now be any word".into()),
        _ => {}
    }
    let exact: &[_] = match way {
        Asked => &["const", "format", "multipleOf", "pattern", "propertyNames", "uniqueItems"],
        // What is sent may become longer or shorter, and then what is answered.
        Answered => &["const", "format"],
    };
    for word in exact {
        let (held, holds) =
            if way == Asked { (new.get(word), old.get(word)) } else { (old.get(word), new.get(word)) };
        if held.is_some() && held != holds {
            let now = new.get(word).map_or_else(|| "none".into(), Value::to_string);
            changes.push(format!("has another {word}: {now}"));
        }
    }
    for word in ["maximum", "maxLength", "maxItems", "minimum", "minLength", "minItems"]
        .iter()
        .filter(|_| way == Asked)
    {
        let [old, new] = [old, new].map(|kind| kind.get(word).and_then(Value::as_f64));
        let narrower =
            |new: f64| old.is_none_or(|old| if word.starts_with("max") { new < old } else { new > old });
        let new = new.filter(|new| narrower(*new));
        changes.extend(new.map(|new| format!("has a narrower {word}: {new}")));
    }
    changes
}

/// The kinds of values that a schema allows.
fn kinds<'a>(document: &'a Value, schema: &'a Value, at: String) -> Vec<Kind<'a>> {
    let (at, schema) = resolved(document, schema, at);
    for word in ["oneOf", "anyOf"] {
        if let Some(all) = schema.get(word).and_then(Value::as_array) {
            let each = all.iter().enumerate();
            return each
                .flat_map(|(index, one)| kinds(document, one, format!("{at}/{word}/{index}")))
                .collect();
        }
    }
    let mut parts = Vec::new();
    gather(document, schema, at, &mut parts);
    let kind = |name| Kind { name, parts: parts.clone() };
    match parts.iter().find_map(|(_, part)| part.get("type")) {
        Some(Value::Array(names)) => names.iter().map(|name| kind(name.as_str())).collect(),
        name => vec![kind(name.and_then(Value::as_str))],
    }
}

/// What must hold together.
fn gather<'a>(document: &'a Value, schema: &'a Value, at: String, parts: &mut Vec<(String, &'a Value)>) {
    let (at, schema) = resolved(document, schema, at);
    parts.push((at.clone(), schema));
    for (index, part) in schema.get("allOf").and_then(Value::as_array).into_iter().flatten().enumerate() {
        gather(document, part, format!("{at}/allOf/{index}"), parts);
    }
}

fn resolved<'a>(document: &'a Value, part: &'a Value, at: String) -> (String, &'a Value) {
    let reference = part.get("$ref").and_then(Value::as_str);
    let target = reference.and_then(|it| Some((it.to_owned(), document.pointer(it.strip_prefix('#')?)?)));
    target.unwrap_or((at, part))
}

type Parameters<'a> = BTreeMap<(&'a str, &'a str), (String, &'a Value)>;

fn parameters<'a>(document: &'a Value, operation: &'a Value, at: &str) -> Parameters<'a> {
    let all = operation.get("parameters").and_then(Value::as_array).into_iter().flatten().enumerate();
    let named = all.filter_map(|(index, one)| {
        let (at, one) = resolved(document, one, format!("{at}/parameters/{index}"));
        Some(((one.get("in")?.as_str()?, one.get("name")?.as_str()?), (at, one)))
    });
    named.collect()
}

fn is_required(part: &Value) -> bool {
    part.get("required").and_then(Value::as_bool).unwrap_or_default()
}

fn words<'a>(part: &'a Value, at: &str) -> BTreeSet<&'a str> {
    part.pointer(at).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
}

fn map<'a>(part: &'a Value, at: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    part.pointer(at).and_then(Value::as_object).into_iter().flatten()
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
