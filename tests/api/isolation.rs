//! Every operation × a foreign organisation: what belongs to others does not exist, is not listed, and cannot be bound.

use serde_json::json;
use uuid::Uuid;

use crate::support::{
    Api,
    contract::{Operation, operations},
    probe::{PUBLISHED, TABLES, collection, put},
    world::World,
};

/// What all may read of all.
fn published(operation: &Operation) -> bool {
    operation.method == "GET" && PUBLISHED.contains(&operation.collection())
}

#[actix_web::test]
async fn what_belongs_to_others_does_not_exist() {
    let api = Api::start().await;
    let (ours, theirs) = (api.world().await, api.world().await);
    let mut unproven = Vec::new();
    for operation in operations().filter(|it| it.has_id() && it.scope().is_some() && !published(it)) {
        let foreign = theirs.row(&operation);
        let mut proven = false;
        for (_, actor) in ours.allowed(&operation) {
            let answer = operation.call(&api, &ours, actor, foreign).await;
            let unknown = operation.call(&api, &ours, actor, &Uuid::now_v7().to_string()).await;
            let (seen, made_up) = (answer.but_for_instance(), unknown.but_for_instance());
            assert_eq!((answer.status, &seen), (unknown.status, &made_up), "{operation} as {}", actor.role);
            assert!(answer.status >= 400, "{operation} as {}: {:#}", actor.role, answer.body);
            proven |= [403, 404].contains(&answer.status);
        }
        if !proven {
            unproven.push(operation.to_string());
        }
    }
    assert!(unproven.is_empty(), "no sample body gets as far as the row; give an `example`: {unproven:#?}");
    assert_apart(&api, &ours, &theirs).await;
}

/// The other half: what is refused to others is there, and somebody may see it.
#[actix_web::test]
async fn what_is_ours_can_be_read() {
    let api = Api::start().await;
    let world = api.world().await;
    for operation in operations().filter(|it| it.method == "GET" && it.has_id() && it.scope().is_some()) {
        let id = world.row(&operation);
        let mut statuses = Vec::new();
        for (_, actor) in world.allowed(&operation) {
            statuses.push(operation.call(&api, &world, actor, id).await.status);
        }
        assert!(statuses.contains(&200), "{operation}: nobody sees the row that was kept: {statuses:?}");
    }
}

#[actix_web::test]
async fn lists_tell_nothing_of_others() {
    let api = Api::start().await;
    let (ours, theirs) = (api.world().await, api.world().await);
    for operation in operations().filter(|it| it.method == "GET" && !it.has_id() && !published(it)) {
        for (desk, actor) in ours.allowed(&operation) {
            let answer = operation.call(&api, &ours, actor, "").await;
            let filters: Vec<_> =
                operation.filters().filter(|(_, schema)| schema["format"] == "uuid").collect();
            let mut answers = vec![answer];
            for (name, _) in filters {
                let foreign = collection(name).and_then(|kind| theirs.rows.get(kind.as_str()).cloned());
                let path = format!("{}?{name}={}", operation.path, foreign.unwrap_or_default());
                let token = desk.token(actor.role);
                answers.push(api.call(operation.method.clone(), &path).by(token).await);
            }
            for answer in answers {
                for (kind, id) in theirs.rows.iter().filter(|(kind, _)| !PUBLISHED.contains(kind)) {
                    let seen = answer.text.contains(id.as_str());
                    assert!(!seen, "{operation} as {} shows {kind} {id}", actor.role);
                }
            }
        }
    }
}

#[actix_web::test]
async fn nothing_can_be_bound_to_what_belongs_to_others() {
    let api = Api::start().await;
    let (ours, theirs) = (api.world().await, api.world().await);
    for operation in operations().filter(|it| it.scope().is_some()) {
        for field in operation.id_fields() {
            let Some(kind) = collection(&field.name) else { continue };
            let foreign = theirs.rows.get(kind.as_str()).unwrap_or_else(|| {
                panic!("{operation}: `{}` takes an id of `{kind}`, of which the world has no row: let `furnish` keep one, or name the collection in support/probe.rs", field.name)
            });
            let id = if operation.has_id() { ours.row(&operation) } else { "" };
            let mut body = operation.sample(&ours).unwrap();
            put(&mut body, &field.pointer, if field.many { json!([foreign]) } else { json!(foreign) });
            for (_, actor) in ours.allowed(&operation) {
                let mut answer = operation.bare(&api, actor, id).json(&body).await;
                if let Some(version) = answer.body.get("current_version").cloned() {
                    let token = api.house.tokens.issue(actor).unwrap();
                    let call = api.call(operation.method.clone(), &operation.at(id)).by(&token);
                    answer = call.version(&version).json(&body).await;
                }
                let refused = [403, 404, 409, 412, 422].contains(&answer.status);
                assert!(
                    refused,
                    "{operation} as {} took a foreign {}: {body} {:#}",
                    actor.role, field.name, answer.body
                );
            }
        }
    }
    assert_apart(&api, &ours, &theirs).await;
}

/// No row of the one names a row of the other.
async fn assert_apart(api: &Api, ours: &World, theirs: &World) {
    for (mine, yours) in [(ours, theirs), (theirs, ours)] {
        let organisations = mine.desks().map(|desk| format!("'{}'", desk.organisation)).join(", ");
        let ids: Vec<_> = yours
            .rows
            .iter()
            .filter(|(kind, _)| !PUBLISHED.contains(kind))
            .map(|(_, id)| id.as_str())
            .collect();
        for table in api.lines(TABLES).await {
            let query = format!(
                "select t::text as line from {table} as t where to_jsonb(t) ->> 'organisation_id' in ({organisations}) and t::text ~ '{}'",
                ids.join("|")
            );
            assert_eq!(api.lines(&query).await, [""; 0], "{table} of the one names what is the other's");
        }
    }
}
