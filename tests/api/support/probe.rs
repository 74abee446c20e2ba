//! Calls that are made of the document alone, so that they keep up with it.

use std::collections::HashMap;

use samspill::{
    access::{Actor, Role},
    db::Life,
};
use serde_json::Value;
use uuid::Uuid;

use super::{
    Answer, Api, Call,
    contract::{CONTRACT, Operation},
    world::{Desk, World},
};

/// In which collection a field's id is, when its name does not say so.
const FIELDS: &[(&str, &str)] = &[
    ("agreed_by", "persons"),
    ("approved_by", "memberships"),
    ("asked_by", "memberships"),
    ("briefed_by", "memberships"),
    ("cared_for_person", "persons"),
    ("client", "system-clients"),
    ("correction_of", "log-entries"),
    ("decided_by", "memberships"),
    ("given_by", "persons"),
    ("held_by", "memberships"),
    ("legal_basis", "legal-bases"),
    ("participant", "persons"),
    ("related_person", "relatives"),
    ("reopens", "referrals"),
    ("replaces", "consents"),
    ("responsible", "memberships"),
    ("responsible_unit", "units"),
    ("sent_by_unit", "units"),
    ("signed_by", "persons"),
    ("subject", "persons"),
    ("substitute", "contact-points"),
    ("to_unit", "units"),
];

/// What everybody may see of everybody: the tables that are published, and who may be written to.
pub const PUBLISHED: &[&str] = &["organisations", "rules", "units"];

/// Ids that are meant to be another organisation's.
const OTHERS: &[&str] = &["counterpart_organisation_id", "organisation_id", "parent_id", "sent_to_id"];

/// Ids of which there is no collection: what is done by an account, or within a request.
const NOWHERE: &[&str] = &["account_id", "request_id", "row_id", "account_ids"];

/// A field that takes the id of something, and how often.
#[derive(Clone, Debug)]
pub struct IdField {
    /// JSON pointer into the body.
    pub pointer: String,
    pub name: String,
    pub many: bool,
}

pub fn resolve(mut schema: &'static Value) -> &'static Value {
    loop {
        if let Some(reference) = schema["$ref"].as_str() {
            schema = CONTRACT.pointer(&reference[1..]).unwrap();
        } else if let Some(one) = schema["oneOf"].as_array().filter(|all| all.iter().any(is_null)) {
            schema = one.iter().find(|one| !is_null(one)).unwrap();
        } else {
            return schema;
        }
    }
}

fn is_null(schema: &Value) -> bool {
    schema["type"] == "null"
}

pub fn has_type(schema: &Value, kind: &str) -> bool {
    schema["type"] == kind || schema["type"].as_array().is_some_and(|all| all.iter().any(|one| one == kind))
}

impl Operation {
    pub fn body_schema(&self) -> Option<&'static Value> {
        let content = self.spec["requestBody"]["content"].as_object()?;
        Some(resolve(&content.values().next()?["schema"]))
    }

    pub fn is_json(&self) -> bool {
        !self.spec["requestBody"]["content"]["application/json"].is_null()
    }

    /// The fields of the body that take the id of something.
    pub fn id_fields(&self) -> Vec<IdField> {
        let mut found = Vec::new();
        if let Some(schema) = self.body_schema() {
            id_fields("", schema, &mut found);
        }
        found
    }

    /// The query parameters, by name, with their schemas.
    pub fn filters(&self) -> impl Iterator<Item = (&'static str, &'static Value)> {
        let all = self.spec["parameters"].as_array().into_iter().flatten();
        all.filter(|one| one["in"] == "query")
            .map(|one| (one["name"].as_str().unwrap(), resolve(&one["schema"])))
    }

    pub fn allowed(&self) -> Vec<Role> {
        let roles = self.spec["x-allowed-roles"].as_array().into_iter().flatten();
        roles.map(|role| role.as_str().unwrap().parse().unwrap()).collect()
    }

    /// The path with an id in it.
    pub fn at(&self, id: &str) -> String {
        match self.path.split_once('{') {
            Some((before, after)) => format!("{before}{id}{}", after.split_once('}').unwrap().1),
            None => self.path.to_owned(),
        }
    }

    /// A call with all that the document asks for; a body of what is required, with our ids where it knows some.
    pub fn call(&self, api: &Api, world: &World, actor: &Actor, id: &str) -> Call {
        let call = self.bare(api, actor, id);
        match self.sample(world) {
            Some(body) => call.json(&body),
            None => call,
        }
    }

    /// The same without a body.
    pub fn bare(&self, api: &Api, actor: &Actor, id: &str) -> Call {
        let token = api.house.tokens.issue(actor).unwrap();
        let mut call = api.call(self.method.clone(), &self.at(id)).by(&token);
        if self.needs_key() {
            call = call.header("Idempotency-Key", &Uuid::now_v7().to_string());
        }
        if self.needs_version() { call.version(&1.into()) } else { call }
    }

    /// What the schema asks for, bound to rows of this world.
    pub fn sample(&self, world: &World) -> Option<Value> {
        let mut body = self.body()?;
        for field in self.id_fields() {
            let (Some(id), Some(place)) = (id_for(&field.name, world), body.pointer_mut(&field.pointer))
            else {
                continue;
            };
            *place = if field.many { vec![id].into() } else { id.into() };
        }
        Some(body)
    }
}

/// Our id for a field of this name.
pub fn id_for(name: &str, world: &World) -> Option<String> {
    if OTHERS.contains(&name) {
        return Some(world.centre.organisation.to_string());
    }
    world.rows.get(collection(name)?.as_str()).cloned()
}

/// The collection of a field of this name; nothing if it is not to be ours, or of no collection.
pub fn collection(name: &str) -> Option<String> {
    if OTHERS.contains(&name) || NOWHERE.contains(&name) {
        return None;
    }
    let stem = name.strip_suffix("_ids").or_else(|| name.strip_suffix("_id"))?;
    if let Some((_, collection)) = FIELDS.iter().find(|(known, _)| *known == stem) {
        return Some((*collection).into());
    }
    let kebab = stem.replace('_', "-");
    Some(match kebab.strip_suffix('y') {
        Some(rest) => format!("{rest}ies"),
        None => format!("{kebab}s"),
    })
}

fn id_fields(at: &str, schema: &'static Value, found: &mut Vec<IdField>) {
    let variants = ["oneOf", "anyOf", "allOf"].iter().flat_map(|word| schema[*word].as_array());
    for variant in variants.flatten() {
        id_fields(at, resolve(variant), found);
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        let (pointer, property) = (format!("{at}/{name}"), resolve(property));
        let is_id = |schema: &Value| schema["format"] == "uuid";
        if has_type(property, "array") {
            let items = resolve(&property["items"]);
            if is_id(items) {
                found.push(IdField { pointer, name: name.clone(), many: true });
            } else {
                id_fields(&format!("{pointer}/0"), items, found);
            }
        } else if is_id(property) {
            found.push(IdField { pointer, name: name.clone(), many: false });
        } else {
            id_fields(&pointer, property, found);
        }
    }
}

/// Puts a value where a pointer says, making objects and arrays on the way.
pub fn put(body: &mut Value, pointer: &str, value: Value) {
    let mut place = body;
    for step in pointer.split('/').skip(1) {
        if step == "0" {
            if !place.is_array() {
                *place = Value::Array(Vec::new());
            }
            let items = place.as_array_mut().unwrap();
            if items.is_empty() {
                items.push(Value::Null);
            }
            place = &mut items[0];
        } else {
            if !place.is_object() {
                *place = Value::Object(serde_json::Map::new());
            }
            place = place.as_object_mut().unwrap().entry(step).or_insert(Value::Null);
        }
    }
    *place = value;
}

impl World {
    /// The row of an operation's collection; there is one, or whoever made the collection has forgotten it.
    pub fn row(&self, operation: &Operation) -> &str {
        let collection = operation.collection();
        let missing = || {
            panic!("{operation}: the world has no row of `{collection}`: let its room's `furnish` keep one")
        };
        self.rows.get(collection).unwrap_or_else(missing)
    }

    /// Whoever may do this, at both desks.
    pub fn allowed(&self, operation: &Operation) -> Vec<(&Desk, &Actor)> {
        let roles = operation.allowed();
        let desks = self.desks().into_iter();
        desks.flat_map(|desk| roles.iter().map(move |role| (desk, desk.actor(*role)))).collect()
    }
}

impl Answer {
    /// The body, but for the number of the request.
    pub fn but_for_instance(&self) -> Value {
        let mut body = self.body.clone();
        if let Some(body) = body.as_object_mut() {
            body.remove("instance");
        }
        body
    }
}

/// How many rows each table has, so that it can be seen that nothing changed.
pub async fn counts(api: &Api, but: &[&str]) -> HashMap<String, String> {
    let tables = api.lines(TABLES).await;
    let tables = tables.into_iter().filter(|table| !but.contains(&table.as_str()));
    let select = |table: String| {
        format!(
            "select '{table} ' || count(*) || ' ' || coalesce(md5(string_agg(t::text, '' order by t::text)), '') as line from {table} as t"
        )
    };
    let query: Vec<_> = tables.map(select).collect();
    let lines = api.lines(&query.join(" union all ")).await;
    lines.iter().map(|line| line.split_once(' ').unwrap()).map(|(a, b)| (a.into(), b.into())).collect()
}

/// Every table but the partitions.
pub const TABLES: &str =
    "select relname::text as line from pg_class where relkind in ('r', 'p') and not relispartition
    and relnamespace = 'public'::regnamespace and relname <> '__diesel_schema_migrations' order by 1";

/// A life as a table: a line for each state, with where each action leads.
pub fn life_table<S: Life>(states: &[S]) -> String {
    let step = |state: S, action: S::Action| {
        state.next(action).map(|after| format!("{} → {}", action.as_ref(), after.as_ref()))
    };
    let line = |state: &S| {
        let steps: Vec<_> = S::ACTIONS.iter().filter_map(|action| step(*state, *action)).collect();
        let steps = if steps.is_empty() { "(the end)".into() } else { steps.join(", ") };
        format!("{:20} {steps}", state.as_ref())
    };
    states.iter().map(line).collect::<Vec<_>>().join("\n")
}
