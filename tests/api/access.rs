//! Every operation × every role × nobody × tokens that are not what they say, read from the document.

use std::collections::BTreeSet;

use samspill::access::{self, Actor, Role};
use uuid::Uuid;

use crate::support::{
    Answer, Api,
    contract::{Operation, operations},
    forgeries::{control, forgeries},
};

/// With everything wrong that can be: whoever is not let in is told so, and nothing else.
async fn knock(api: &Api, operation: &Operation, authorization: Option<&str>) -> Answer {
    let path = format!("{}?no_such_parameter=1", operation.at("no-id"));
    let call = api.call(operation.method.clone(), &path).text("text/nonsense", "{");
    let call = call.header("If-Match", "nonsense").header("Idempotency-Key", "");
    match authorization {
        Some(value) => call.header("Authorization", value).await,
        None => call.await,
    }
}

fn bearer(token: &str) -> String {
    format!("Bearer {token}")
}

fn public(operation: &Operation) -> bool {
    operation.spec["x-public"].is_string()
}

#[actix_web::test]
async fn every_operation_answers_every_role_as_the_document_says() {
    let api = Api::start().await;
    let world = api.desks().await;
    for operation in operations() {
        let Some(scope) = operation.scope() else {
            assert!(public(&operation), "{operation} asks for no scope and does not say `x-public`");
            continue;
        };
        assert!(!public(&operation), "{operation} is public and asks for a scope");
        let roles = access::roles(scope);
        assert_eq!(operation.allowed(), roles, "{operation}");
        knock(&api, &operation, None).await.problem(401, "unauthorised");
        for role in Role::ALL {
            let answer = knock(&api, &operation, Some(&bearer(world.centre.token(*role)))).await;
            let expected = if roles.contains(role) { (400, "bad_parameter") } else { (403, "forbidden") };
            let found = (answer.status, answer.body["code"].as_str().unwrap());
            assert_eq!(found, expected, "{operation} as {role}: {:#}", answer.body);
        }
    }
}

#[actix_web::test]
async fn no_forged_token_is_let_in() {
    let api = Api::start().await;
    let world = api.desks().await;
    for operation in operations().filter(|operation| operation.scope().is_some()) {
        let actor = world.centre.actor(operation.allowed()[0]);
        let good = knock(&api, &operation, Some(&bearer(&control(actor)))).await;
        assert_eq!(good.status, 400, "{operation}: the control is refused: {:#}", good.body);
        for (what, authorization) in forgeries(actor) {
            let answer = knock(&api, &operation, Some(&authorization)).await;
            assert_eq!(answer.status, 401, "{operation}: a token {what}: {:#}", answer.body);
            assert_eq!(answer.header("WWW-Authenticate"), Some("Bearer"), "{operation}: {what}");
        }
    }
}

#[actix_web::test]
async fn a_client_without_the_scope_is_refused() {
    let api = Api::start().await;
    let world = api.desks().await;
    for operation in operations() {
        let Some(scope) = operation.scope() else { continue };
        for role in operation.allowed() {
            let with = |scopes: &str| {
                let actor = Actor { scope: Some(scopes.into()), ..world.centre.actor(role).clone() };
                bearer(&api.house.tokens.issue(&actor).unwrap())
            };
            let others = access::ALL.iter().map(|(name, _)| *name).filter(|name| *name != scope);
            let others = others.collect::<Vec<_>>().join(" ");
            for narrow in ["", &scope[1..], &others] {
                knock(&api, &operation, Some(&with(narrow))).await.problem(403, "forbidden");
            }
            knock(&api, &operation, Some(&with(&format!("x:y {scope}")))).await.problem(400, "bad_parameter");
        }
    }
}

#[actix_web::test]
async fn a_token_is_worth_no_more_than_the_membership_behind_it() {
    let api = Api::start().await;
    let mut world = api.world().await;
    let rows = std::mem::take(&mut world.rows);
    world.end_memberships(&api).await;
    world.rows = rows;
    let mut seen = BTreeSet::new();
    for operation in operations().filter(|operation| operation.scope().is_some()) {
        let id = world.rows.get(operation.collection()).cloned().unwrap_or_default();
        for role in operation.allowed() {
            let actor = world.centre.actor(role);
            let answer = operation.call(&api, &world, actor, &id).await;
            // A sample of a body may be refused for its form, which comes first.
            let formal = operation.body().is_some() && [400, 422].contains(&answer.status);
            assert!(
                answer.status == 401 || formal,
                "{operation} as {role}: {} {:#}",
                answer.status,
                answer.body
            );
            if answer.status == 401 {
                seen.insert(role.to_string());
            }
        }
    }
    assert!(seen.contains("coordinator"), "{seen:?}");
}

#[actix_web::test]
async fn a_token_speaks_for_one_membership_and_for_no_other() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (here, there) = (world.centre.actor(Role::Coordinator), world.municipality.actor(Role::Coordinator));
    let other = world.centre.actor(Role::Volunteer);
    let made_up = [
        ("another role", Actor { role: Role::TeamLeader, ..here.clone() }),
        ("the officer's role", Actor { role: Role::DataProtectionOfficer, ..here.clone() }),
        ("another organisation", Actor { organisation: there.organisation, ..here.clone() }),
        ("another's membership", Actor { membership: other.membership, ..here.clone() }),
        ("another's account", Actor { account: other.account, ..here.clone() }),
        ("no organisation", Actor { organisation: Uuid::now_v7(), ..here.clone() }),
    ];
    for (what, actor) in made_up {
        let token = api.house.tokens.issue(&actor).unwrap();
        let path = if actor.role == Role::DataProtectionOfficer { "/audit-entries" } else { "/volunteers" };
        let answer = api.get(path).by(&token).await;
        assert_eq!(answer.status, 401, "{what}: {:#}", answer.body);
    }
}
