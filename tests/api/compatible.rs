//! What would break whoever was built on the document is found: on each kind of change, made to the document itself.

use std::sync::LazyLock;

use samspill::{
    app::{compact_text, contract},
    web::{compatible::breaking, openapi::compact},
};
use serde_json::{Value, json};

/// Whoever was built on what is released can go on. What to do when they cannot: openapi/README.md.
#[test]
fn what_is_released_stays() {
    let released = include_str!("../../openapi/released.json");
    let changes = breaking(&serde_json::from_str(released).unwrap(), contract());
    assert!(changes.is_empty(), "these would break whoever was built on openapi/released.json: {changes:#?}");
}

#[test]
fn the_document_is_compatible_with_itself() {
    let compacted: Value = serde_json::from_str(&compact_text().unwrap()).unwrap();
    for (before, after) in [(contract(), contract()), (contract(), &compacted), (&compacted, contract())] {
        assert_eq!(breaking(before, after), [""; 0]);
    }
    assert!(compacted.to_string().len() * 4 < contract().to_string().len() * 3);
    // A field may be called like a word of the format.
    let fields =
        json!({ "properties": { "example": { "type": "string", "example": "x", "description": "x" } } });
    assert_eq!(compact(&fields), json!({ "properties": { "example": { "type": "string" } } }));
}

/// The document with few of its paths: of what a change means for all the others there is nothing to learn.
fn few() -> &'static Value {
    static FEW: LazyLock<Value> = LazyLock::new(|| {
        let kept = [
            "/api-info",
            "/oauth/token",
            "/v1/consents",
            "/v1/conversations",
            "/v1/deliveries/{id}",
            "/v1/deliveries/{id}/archive-package",
            "/v1/referrals",
            "/v1/volunteers",
            "/v1/volunteers/{id}",
        ];
        let mut document = contract().clone();
        document["paths"].as_object_mut().unwrap().retain(|path, _| kept.contains(&&**path));
        assert_eq!(document["paths"].as_object().unwrap().len(), kept.len());
        document
    });
    &FEW
}

/// The document after a change: at a pointer there stands something else, or nothing.
fn changed(at: &str, to: Option<&Value>) -> Value {
    let mut document = few().clone();
    let (parent, name) = at.rsplit_once('/').unwrap();
    let place = document.pointer_mut(parent).unwrap_or_else(|| panic!("there is no {parent}"));
    let name = name.replace("~1", "/");
    match (place, to) {
        (Value::Array(all), Some(to)) if name == "-" => all.push(to.clone()),
        (Value::Array(all), Some(to)) => all[name.parse::<usize>().unwrap()] = to.clone(),
        (Value::Array(all), None) => drop(all.remove(name.parse().unwrap())),
        (Value::Object(all), Some(to)) => drop(all.insert(name, to.clone())),
        (Value::Object(all), None) => drop(all.remove(&name).unwrap_or_else(|| panic!("there is no {at}"))),
        (other, _) => panic!("{parent} is {other}"),
    }
    assert!(document != *few(), "{at} is not changed");
    document
}

const LIST: &str = "/paths/~1v1~1volunteers/get";
const CREATE: &str = "/paths/~1v1~1volunteers/post";
const READ: &str = "/paths/~1v1~1volunteers~1{id}/get";
const SENT: &str = "/components/schemas/NewVolunteer";
const TOLD: &str = "/components/schemas/Volunteer";

/// Where, to what, and what is said of it.
type Row = (&'static str, &'static str, Option<Value>, &'static str);

fn are_found(rows: Vec<Row>) {
    for (root, at, to, said) in rows {
        let at = format!("{root}{at}");
        let changes = breaking(few(), &changed(&at, to.as_ref()));
        assert!(!changes.is_empty(), "{at}: nothing is said");
        for change in &changes {
            assert!(change.ends_with(said), "{at}: {change}");
        }
        let (whose, _) = changes[0].split_once(": ").unwrap();
        assert!(whose.starts_with(['G', 'P', 'D']) && whose.contains(" /"), "{at}: {whose}");
    }
}

fn is(value: Value) -> Option<Value> {
    Some(value)
}

#[test]
fn what_may_be_sent_only_becomes_more() {
    let parameter = is(json!({ "name": "new", "in": "query", "required": true, "schema": {} }));
    are_found(vec![
        ("", "/paths/~1v1~1volunteers", None, "is gone"),
        (LIST, "", None, "is gone"),
        (LIST, "/operationId", is(json!("browse_volunteers")), "has another operationId"),
        (LIST, "/security/0/bearer/-", is(json!("volunteers:more")), "needs the scope volunteers:more"),
        (
            "",
            "/paths/~1api-info/get/security/-",
            is(json!({ "bearer": ["new:scope"] })),
            "needs the scope new:scope",
        ),
        (LIST, "/x-allowed-roles/0", None, "is closed to the role coordinator"),
        (LIST, "/parameters/0", None, "status may no longer be sent"),
        (LIST, "/parameters/0/required", is(json!(true)), "status must be sent now"),
        (LIST, "/parameters/-", parameter, "new must be sent now"),
        (LIST, "/parameters/2/schema/maximum", is(json!(100)), "has a narrower maximum: 100"),
        (LIST, "/parameters/2/schema/minimum", is(json!(2)), "has a narrower minimum: 2"),
        (LIST, "/parameters/2/schema/type", is(json!("string")), "may no longer be integer"),
        (LIST, "/parameters/1/schema/enum", is(json!(["a"])), "may no longer be any word"),
        ("", "/components/parameters/Prefer/required", is(json!(true)), "Prefer must be sent now"),
        (READ, "/requestBody", is(json!({ "required": true, "content": {} })), "must be sent now"),
        (CREATE, "/requestBody", None, "takes no body any more"),
        (CREATE, "/requestBody/content/application~1json", None, "is gone"),
        (SENT, "/properties/phone", None, "is gone"),
        (SENT, "/required/-", is(json!("email")), "must be sent now"),
        (SENT, "/properties/email/type", is(json!("string")), "may no longer be null"),
        (SENT, "/properties/email/type", is(json!(["integer", "null"])), "may no longer be string"),
        (SENT, "/properties/name/format", is(json!("date")), "has another format: \"date\""),
        (SENT, "/properties/name/pattern", is(json!("^a$")), "has another pattern: \"^a$\""),
        (SENT, "/properties/name/maxLength", is(json!(199)), "has a narrower maxLength: 199"),
        (SENT, "/properties/name/minLength", is(json!(2)), "has a narrower minLength: 2"),
        (SENT, "/properties/phone/enum", is(json!(["112"])), "may no longer be any word"),
        ("", "/components/schemas/VolunteerStatus/enum/1", None, "may no longer be \"paused\""),
        (
            "",
            "/components/schemas/NewConsent/properties/kinds/maxItems",
            is(json!(1)),
            "has a narrower maxItems: 1",
        ),
        (
            "",
            "/components/schemas/NewConsent/properties/kinds/minItems",
            is(json!(2)),
            "has a narrower minItems: 2",
        ),
        (
            "",
            "/components/schemas/NewConversation/properties/present/uniqueItems",
            is(json!(true)),
            "has another uniqueItems: true",
        ),
        (
            "",
            "/components/schemas/NewReferral/properties/cared_for_person_id/oneOf/1",
            None,
            "may no longer be null",
        ),
    ]);
}

#[test]
fn what_is_answered_only_becomes_more_exact() {
    are_found(vec![
        (READ, "/responses/200", None, "is no longer answered"),
        (READ, "/responses/304", None, "is no longer answered"),
        (READ, "/responses/200/content/application~1json", None, "is gone"),
        (READ, "/responses/200/headers/ETag", None, "is not sent any more, or not always"),
        ("", "/components/headers/ETag/required", is(json!(false)), "is not sent any more, or not always"),
        (TOLD, "/properties/phone", None, "is gone"),
        (TOLD, "/required/1", None, "is not always there any more"),
        (TOLD, "/properties/name/type", is(json!(["string", "null"])), "may now be null"),
        (TOLD, "/properties/version/type", is(json!("number")), "may now be number"),
        (TOLD, "/properties/version", is(json!({})), "may now be anything"),
        (TOLD, "/properties/created_at/format", None, "has another format: none"),
        ("", "/components/schemas/VolunteerStatus/enum", None, "may now be any word"),
        ("", "/components/schemas/Page_Volunteer/required/0", None, "is not always there any more"),
        ("", "/components/schemas/Problem/required/0", None, "is not always there any more"),
        ("", "/components/schemas/DeliveryInFull/allOf/1/properties/payload", None, "is gone"),
    ]);
}

#[test]
fn what_changes_for_many_is_said_once() {
    let changes = breaking(few(), &changed("/components/schemas/Problem/properties/code", None));
    let [change] = &changes[..] else { panic!("{changes:#?}") };
    assert!(change.ends_with(" more: #/components/schemas/Problem/properties/code is gone"), "{change}");
    let closed = changed("/components/schemas/TokenRequest/additionalProperties", Some(&json!(false)));
    let said = "POST /oauth/token: #/components/schemas/TokenRequest/additionalProperties takes no other fields any more";
    assert_eq!(breaking(few(), &closed), [said]);
}

#[test]
fn a_schema_may_hold_itself() {
    let mut before = few().clone();
    let itself = json!({ "$ref": "#/components/schemas/Volunteer" });
    before["components"]["schemas"]["Volunteer"]["properties"]["friend"] = itself;
    let mut after = before.clone();
    after["components"]["schemas"]["Volunteer"]["properties"]["name"]["type"] = json!("integer");
    assert!(breaking(&before, &before).is_empty());
    let changes = breaking(&before, &after);
    assert!(
        !changes.is_empty() && changes.iter().all(|change| change.ends_with("may now be integer")),
        "{changes:#?}"
    );
}

#[test]
fn what_breaks_nobody_is_not_said() {
    let operation = few()["paths"]["/v1/volunteers"].clone();
    let parameter =
        is(json!({ "name": "new", "in": "query", "required": false, "schema": { "type": "string" } }));
    for (root, at, to) in [
        ("", "/paths/~1v1~1newcomers", is(operation)),
        ("", "/info/version", is(json!("9.0.0"))),
        ("", "/info/description", is(json!("Other words."))),
        (LIST, "/summary", is(json!("Other words."))),
        (LIST, "/tags/0", is(json!("elsewhere"))),
        (LIST, "/x-allowed-roles/-", is(json!("caseworker"))),
        (LIST, "/security", is(json!([]))),
        (LIST, "/parameters/-", parameter),
        (LIST, "/parameters/2/schema/maximum", is(json!(500))),
        (LIST, "/parameters/2/schema/type", is(json!("number"))),
        ("", "/components/parameters/IfMatch/required", is(json!(false))),
        (READ, "/requestBody", is(json!({ "required": false, "content": {} }))),
        (CREATE, "/requestBody/content/application~1xml", is(json!({}))),
        (CREATE, "/requestBody/required", is(json!(false))),
        (SENT, "/properties/new", is(json!({ "type": "string" }))),
        (SENT, "/required/0", None),
        (SENT, "/additionalProperties", None),
        (SENT, "/properties/name/maxLength", is(json!(999))),
        (SENT, "/properties/name/maxLength", None),
        (SENT, "/properties/name/pattern", None),
        (SENT, "/properties/email/format", None),
        (SENT, "/properties/name/type", is(json!(["string", "null"]))),
        (SENT, "/properties/name/example", is(json!("Other words."))),
        ("", "/components/schemas/VolunteerStatus/enum/-", is(json!("asleep"))),
        (
            "",
            "/components/schemas/NewReferral/properties/cared_for_person_id/oneOf/-",
            is(json!({ "type": "integer" })),
        ),
        (READ, "/responses/404", None),
        (READ, "/responses/202", is(json!({ "description": "Later." }))),
        (READ, "/responses/200/headers/New", is(json!({ "required": true }))),
        (READ, "/responses/200/content/text~1csv", is(json!({}))),
        (TOLD, "/properties/new", is(json!({ "type": "string" }))),
        (TOLD, "/properties/phone/type", is(json!("string"))),
        (TOLD, "/properties/phone/maxLength", is(json!(80))),
        (TOLD, "/required/-", is(json!("phone"))),
        ("", "/components/schemas/ArchivePackage/properties/consent_id/oneOf/1", None),
    ] {
        let at = format!("{root}{at}");
        assert_eq!(breaking(few(), &changed(&at, to.as_ref())), [""; 0], "{at}");
    }
}

#[test]
fn a_schema_keeps_its_name() {
    let renamed = few().to_string().replace("VolunteerStatus\"", "VolunteerState\"");
    let changes = breaking(few(), &serde_json::from_str(&renamed).unwrap());
    assert_eq!(changes, ["#/components/schemas/VolunteerStatus names a type no more"]);
}
