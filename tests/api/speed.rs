//! What each operation costs the database, in round trips, and that it costs no more where there is more.

use std::collections::BTreeMap;

use actix_web::http::Method;
use diesel::{dsl::sql, sql_types::Integer};
use diesel_async::RunQueryDsl as _;
use samspill::access::{Db, Pool, Purpose, Role};
use serde_json::{Value, json};

use crate::{
    consents, networks,
    persons::assess,
    plans::crowd,
    support::{Answer, Api, contract::operations, crossing::Draft, database, world::World},
};

/// The second step of `./test`, like `contract::every_operation_was_seen`: of every operation the fewest round trips to
/// the database of any call that succeeded in any test; the most would tell of the races that some tests run. Statements are counted as if each connection had
/// prepared them before.
#[test]
fn round_trips_of_every_operation() {
    let Ok(path) = std::env::var("SAMSPILL_SEEN_CHECK") else { return };
    let text = std::fs::read_to_string(path).unwrap();
    let mut costs: BTreeMap<&str, u32> = BTreeMap::new();
    for line in text.lines().filter_map(|line| line.split('\t').next()) {
        let words: Vec<_> = line.split(' ').collect();
        if let [operation, status, trips] = words[..]
            && status.starts_with('2')
        {
            let trips = trips.parse().unwrap();
            let least = costs.entry(operation).or_insert(trips);
            *least = trips.min(*least);
        }
    }
    let line = |(operation, least): (&&str, &u32)| format!("{operation:40} {least}");
    insta::assert_snapshot!(costs.iter().map(line).collect::<Vec<_>>().join("\n"));
}

/// What every list and every read costs whoever may do it, at both desks.
async fn reading(api: &Api, world: &World) -> BTreeMap<String, Option<u32>> {
    let mut costs = BTreeMap::new();
    for operation in operations().filter(|it| it.method == Method::GET && it.scope().is_some()) {
        let id = if operation.has_id() { world.row(&operation) } else { "" };
        for (desk, actor) in world.allowed(&operation) {
            let answer = operation.bare(api, actor, id).await;
            if answer.status == 200 {
                costs.insert(format!("{operation} as {} at {}", actor.role, desk.organisation), answer.trips);
            }
        }
    }
    costs
}

#[actix_web::test]
async fn a_list_of_fifty_costs_what_a_list_of_one_does() {
    let api = Api::start().await;
    let world = api.world().await;
    let one = reading(&api, &world).await;
    crowd(&api, &world, 250).await;
    let many = reading(&api, &world).await;
    assert!(one.len() > 200, "{one:#?}");
    let dearer = |(which, cost): (&String, &Option<u32>)| {
        (many[which] > *cost).then(|| format!("{which}: {cost:?}, then {:?}", many[which]))
    };
    let dearer: Vec<_> = one.iter().filter_map(dearer).collect();
    assert!(dearer.is_empty(), "{dearer:#?}");
}

fn trips(answer: Answer) -> (Value, u32) {
    let trips = answer.trips.unwrap();
    (answer.expect(200), trips)
}

/// So many more volunteers, who are prepared, and participants, who have a contact form.
async fn join(api: &Api, world: &World, network: &Value, more: u32) {
    let (desk, by) = (world.centre.organisation, world.centre.actor(Role::Coordinator).membership);
    let network = network["id"].as_str().unwrap();
    api.sql(&format!(
        "with who as (insert into volunteer (organisation_id, name) select '{desk}', 'Vidar' from generate_series(1, {more}) returning id),
            told as (insert into briefing (organisation_id, volunteer_id, topic, held_on, held_by_id)
                select '{desk}', id, topic, '2026-01-10', '{by}' from who, unnest('{{consent_capacity,confidentiality}}'::text[]) as topic),
            signed as (insert into confidentiality_declaration
                (organisation_id, volunteer_id, template_version, language, briefed_by_id, briefed_on, signed_on)
                select '{desk}', id, 'NO-2026-1', 'nb', '{by}', '2026-01-10', '2026-01-10' from who)
         insert into network_volunteer (organisation_id, network_id, volunteer_id) select '{desk}', '{network}', id from who;
         with who as (insert into person (organisation_id, given_name, family_name)
                select '{desk}', 'Ada', 'Prøve' from generate_series(1, {more}) returning id),
            part as (insert into network_participant (organisation_id, network_id, person_id)
                select '{desk}', '{network}', id from who)
         insert into contact_form (organisation_id, network_id, person_id) select '{desk}', '{network}', id from who"
    ))
    .await;
}

/// The life of a network with so many more of everybody.
async fn life_of_a_network(api: &Api, world: &World, more: u32) -> Vec<u32> {
    let (network, ..) = networks::form(api, world).await;
    join(api, world, &network, more).await;
    let mut costs = Vec::new();
    for (verb, body) in [
        ("activate", json!({})),
        ("pause", json!({ "reason": "absence" })),
        ("resume", json!({})),
        ("dissolve", json!({ "reason": "goal_reached", "thanked_on": "2026-11-20" })),
    ] {
        let answer = networks::command(api, world, ("networks", &network, verb), &body).await;
        costs.push(trips(answer).1);
    }
    costs
}

/// A consent is given when so many things wait for one, and withdrawn when so many wait to leave; then so many wait
/// about a person who is protected.
async fn life_of_a_consent(api: &Api, world: &World, waiting: u32) -> Vec<u32> {
    let (from, to) = (&world.centre, &world.municipality);
    let by = from.token(Role::Coordinator);
    let subject = json!(from.person);
    let asked = consents::presented(api, from, to, subject.clone()).await;
    for _ in 0..waiting {
        let stopped = Draft::new(from, to, "referral", None);
        api.lay_out(from.organisation, &stopped).await;
    }
    let at = |command: &str| format!("/consents/{}/{command}", asked["id"].as_str().unwrap());
    let giving = json!({ "given_by_id": subject, "method": "wet_signature" });
    let (given, give) = trips(api.post(&at("give"), &giving).by(by).version(&asked).await);
    for _ in 0..waiting {
        consents::queue(api, from, to, &given).await;
    }
    let (_, withdraw) = trips(api.post(&at("withdraw"), &json!({})).by(by).version(&given).await);
    let path = format!("/persons/{}", from.person);
    let person = api.get(&path).by(by).await.expect(200);
    let how = json!({ "level": "strengt_fortrolig", "source": "folkeregisteret" });
    let (person, protect) = trips(api.post(&format!("{path}/protect"), &how).by(by).version(&person).await);
    let end = api.post(&format!("{path}/end-protection"), &json!({})).by(by).version(&person).await;
    vec![give, withdraw, protect, trips(end).1]
}

#[actix_web::test]
async fn what_has_fifty_parts_costs_what_has_one_does() {
    let api = Api::start().await;
    let world = api.desks().await;
    assess(&api, world.centre.token(Role::Coordinator), &json!(world.centre.person), "has").await;
    networks::prepare(&api, &world, &json!(world.centre.volunteer), &networks::BOTH, true).await;
    assert_eq!(life_of_a_network(&api, &world, 1).await, life_of_a_network(&api, &world, 50).await);
    assert_eq!(life_of_a_consent(&api, &world, 1).await, life_of_a_consent(&api, &world, 50).await);
}

/// Threads end one by one when the server stops, and those that still answer use the connections that others opened.
#[actix_web::test]
async fn a_connection_outlives_the_thread_that_opened_it() {
    let urls = database::clone().await;
    let pool = Pool::new(&urls.runtime, 1).unwrap();
    let backend = async |pool: Pool| {
        let asked =
            async |db: &mut Db| Ok(diesel::select(sql::<Integer>("pg_backend_pid()")).get_result(db).await?);
        pool.system(Purpose::Health, asked).await.unwrap()
    };
    let there = pool.clone();
    let other = move || actix_web::rt::System::new().block_on(backend(there));
    let opened: i32 = tokio::task::spawn_blocking(other).await.unwrap();
    let used: i32 = backend(pool).await;
    assert_eq!(opened, used, "it was opened again");
}
