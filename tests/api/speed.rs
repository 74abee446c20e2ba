//! What each operation costs the database, in round trips, and that it costs no more where there is more.

use std::collections::{BTreeMap, HashMap, VecDeque};

use actix_web::http::Method;
use chrono::{TimeDelta, Utc};
use diesel::{dsl::sql, sql_types::Integer};
use diesel_async::{AsyncPgConnection, RunQueryDsl as _, SimpleAsyncConnection as _};
use samspill::access::{Db, Pool, Purpose, Role};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    factors::App,
    identity::{CLIENT_SEED, EMAIL, PASSWORD, assertion, invite, log_in, user},
    plans::crowd,
    recoveries::{self, link},
    support::{
        Answer, Api,
        contract::{Operation, operations},
        database,
        forgeries::sign,
        probe::{TABLES, collection, id_for, put, resolve},
        world::World,
    },
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
    let is_asked = |it: &Operation| one.keys().any(|asked| asked.starts_with(&it.to_string()));
    let reads = operations().filter(|it| it.method == Method::GET && it.scope().is_some());
    let missed: Vec<_> = reads.filter(|it| !is_asked(it)).map(|it| it.to_string()).collect();
    assert!(missed.is_empty(), "{missed:#?}");
    let dearer = |(which, cost): (&String, &Option<u32>)| {
        (many[which] > *cost).then(|| format!("{which}: {cost:?}, then {:?}", many[which]))
    };
    let dearer: Vec<_> = one.iter().filter_map(dearer).collect();
    assert!(dearer.is_empty(), "{dearer:#?}");
}

/// What `commands.toml` says of a command.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Said {
    after: String,
    by: String,
    sql: String,
    body: BTreeMap<String, Value>,
    alone: Option<String>,
}

/// At which desk, the row in which status, or none, since it is made anew.
#[derive(Clone, Debug)]
struct Way {
    desk: usize,
    status: Option<&'static str>,
    is_new: bool,
}

/// Where each command finds everything as it was before all others.
struct Bench {
    api: Api,
    world: World,
    words: HashMap<String, String>,
    db: AsyncPgConnection,
    tables: Vec<String>,
    examples: Value,
    said: HashMap<String, Said>,
    ways: HashMap<&'static str, Way>,
}

impl Bench {
    async fn start() -> Self {
        let api = Api::start().await;
        let world = api.world().await;
        let words = words(&api, &world).await;
        let tables = api.lines(TABLES).await;
        let mut db = api.owner().await;
        db.batch_execute(include_str!("support/undo.sql")).await.unwrap();
        let examples = serde_json::from_str(include_str!("../../openapi/examples.json")).unwrap();
        let said: HashMap<String, Said> = toml::from_str(include_str!("support/commands.toml")).unwrap();
        let unknown = said.keys().find(|id| operations().all(|it| it.id() != **id));
        assert_eq!(unknown, None, "support/commands.toml names what is no operation");
        Self { api, world, words, db, tables, examples, said, ways: HashMap::new() }
    }

    async fn have_fifty(&mut self) {
        self.db.batch_execute(include_str!("support/fifty.sql")).await.unwrap();
        self.db.batch_execute("call fifty(); truncate undo; analyze").await.unwrap();
    }

    fn said(&self, operation: &Operation) -> Said {
        self.said.get(operation.id()).cloned().unwrap_or_default()
    }

    fn filled(&self, text: &str) -> String {
        self.words
            .iter()
            .fold(text.to_owned(), |text, (name, word)| text.replace(&format!("{{{name}}}"), word))
    }

    /// The example, with the rows that a desk has.
    fn body(&self, operation: &Operation, desk: usize) -> Value {
        let mut body = self.examples[operation.id()]["request"].clone();
        let [own, other] = [desk, 1 - desk].map(|desk| self.world.desks()[desk]);
        for field in operation.id_fields() {
            let id = match collection(&field.name).as_deref() {
                Some("persons") => Some(own.person.to_string()),
                Some("memberships") => Some(own.actor(role(operation)).membership.to_string()),
                Some(kind) => self.world.rows.get(kind).cloned(),
                None => id_for(&field.name, &self.world).map(|_| other.organisation.to_string()),
            };
            if let (Some(id), Some(place)) = (id, body.pointer_mut(&field.pointer)) {
                *place = if field.many { json!([id]) } else { json!(id) };
            }
        }
        for (pointer, value) in self.said(operation).body {
            let text = value.as_str().map(|text| json!(self.filled(text)));
            put(&mut body, &pointer, text.unwrap_or(value));
        }
        body
    }

    /// Makes the row what it has to be; not if the database knows better.
    async fn lay_out(&mut self, operation: &Operation, way: &Way, row: &str) -> bool {
        let first = self.said(operation).after;
        if let Some(first) = operations().find(|it| it.id() == first) {
            Box::pin(self.cost(&first)).await.unwrap();
        }
        let sql = self.filled(&self.said(operation).sql);
        let mut sql = format!("set session_replication_role = replica; {sql};");
        let is_its =
            |table: &&String| collection(&format!("{table}_id")).as_deref() == Some(operation.collection());
        if let Some(table) = self.tables.iter().find(is_its) {
            let status = way.status.map(|status| format!("update {table} set status = '{status}'"));
            let version = operation.needs_version().then(|| format!("update {table} set version = 1"));
            let none = way.is_new.then(|| format!("delete from {table}"));
            for statement in [status, version, none].into_iter().flatten() {
                sql += &format!("{statement} where id = '{row}';");
            }
        }
        self.db.batch_execute(&sql).await.is_ok()
    }

    async fn attempt(&self, operation: &Operation, desk: usize, row: &str) -> Answer {
        // Whoever is told that there are other rules reads them now.
        self.api.house.pool.system(Purpose::Health, async |_| Ok(())).await.unwrap();
        let by = self.filled(&self.said(operation).by);
        let mut call = operation.bare(&self.api, self.world.desks()[desk].actor(role(operation)), row);
        if !by.is_empty() {
            call = call.by(&by);
        }
        match self.body(operation, desk) {
            Value::Null => call.await,
            body if operation.is_json() => call.json(&body).await,
            body => {
                let form = serde_urlencoded::to_string(body).unwrap();
                call.text("application/x-www-form-urlencoded", form).await
            }
        }
    }

    /// What it costs once it succeeds; else how it was refused. What is illegal as things stand is tried in each status,
    /// and what is there already is made anew.
    async fn cost(&mut self, operation: &Operation) -> Result<u32, Vec<String>> {
        let known = self.ways.get(operation.id()).cloned();
        let is_known = known.is_some();
        let first = [1, 0].map(|desk| Way { desk, status: None, is_new: false });
        let mut ways: VecDeque<_> = known.map_or(first.into(), |way| [way].into());
        let row = self.world.rows.get(operation.collection()).cloned().unwrap_or_default();
        let mut refusals = Vec::new();
        while let Some(way) = ways.pop_front() {
            if self.lay_out(operation, &way, &row).await {
                let answer = self.attempt(operation, way.desk, &row).await;
                if answer.status < 300 {
                    self.ways.insert(operation.id(), way);
                    return Ok(answer.trips.unwrap());
                }
                refusals.push(format!("{way:?}: {} {}", answer.status, answer.body["code"]));
                if answer.status == 409 && !is_known && way.status.is_none() && !way.is_new {
                    let statuses =
                        statuses(operation).map(|status| Way { status: Some(status), ..way.clone() });
                    ways.extend(statuses);
                    ways.extend((!operation.has_id()).then_some(Way { is_new: true, ..way }));
                }
            }
            self.undo().await;
        }
        Err(refusals)
    }

    async fn undo(&mut self) {
        self.db.batch_execute("call undo()").await.unwrap();
    }

    /// What every command costs but those that are alone.
    async fn costs(&mut self) -> BTreeMap<&'static str, u32> {
        let mut costs = BTreeMap::new();
        for operation in operations().filter(|it| it.method != Method::GET) {
            if self.said(&operation).alone.is_some() {
                continue;
            }
            let cost = self.cost(&operation).await;
            costs.insert(operation.id(), cost.unwrap_or_else(|refusals| {
                panic!("{operation}: say in support/commands.toml how it is done to the world's rows: {refusals:#?}")
            }));
            self.undo().await;
        }
        costs
    }
}

fn role(operation: &Operation) -> Role {
    let roles = operation.allowed();
    let any = roles.is_empty() || roles.contains(&Role::Coordinator);
    if any { Role::Coordinator } else { roles[0] }
}

/// In which the rows of an operation's collection can be.
fn statuses(operation: &Operation) -> impl Iterator<Item = &'static str> {
    let path = format!("/v1/{}/{{id}}", operation.collection());
    let row = operations().find(|it| it.method == Method::GET && it.path == path);
    let row = row.map(|it| resolve(&it.spec["responses"]["200"]["content"]["application/json"]["schema"]));
    let statuses = row.and_then(|row| resolve(&row["properties"]["status"])["enum"].as_array());
    statuses.into_iter().flatten().filter_map(Value::as_str)
}

/// The rows of a world by their collections; and somebody who has logged in with a second factor, and what is told once.
async fn words(api: &Api, world: &World) -> HashMap<String, String> {
    let [municipality, centre] = world.desks();
    let first = user(api, municipality, EMAIL, Role::Caseworker).await;
    let second = user(api, municipality, EMAIL, Role::Finance).await;
    let link = link(api, municipality, first).await;
    let invitation = invite(api, centre, &json!({ "email": EMAIL, "role": "coordinator" })).await;
    let tokens = log_in(api, EMAIL, PASSWORD).await.expect(200);
    let app = App::enrol(api, &tokens).await;
    let mut claims = assertion(&json!({ "id": world.rows["system-clients"] }));
    claims["exp"] = json!((Utc::now() + TimeDelta::seconds(110)).timestamp());
    let text = |row: &Value, name: &str| row[name].as_str().unwrap().to_owned();
    let more = [
        ("municipality", municipality.organisation.to_string()),
        ("centre", centre.organisation.to_string()),
        ("soon", (Utc::now() + TimeDelta::days(7)).to_rfc3339()),
        ("today", samspill::day::of(Utc::now()).to_string()),
        ("access_token", text(&tokens, "access_token")),
        ("refresh_token", text(&tokens, "refresh_token")),
        ("session", text(&tokens, "session_id")),
        ("second_membership", second.to_string()),
        ("code", app.code()),
        ("recovery_code", app.recovery_codes[0].clone()),
        ("assertion", sign(&json!({ "alg": "EdDSA" }), &claims, &CLIENT_SEED)),
        ("invitation", text(&invitation, "link_token")),
        ("link", text(&link, "link_token")),
    ];
    let rows = world.rows.iter().map(|(name, id)| (*name, id.clone()));
    rows.chain(more).map(|(name, word)| (name.to_owned(), word)).collect()
}

#[actix_web::test]
async fn a_command_where_there_are_fifty_of_everything_costs_what_it_does_where_there_is_one() {
    let mut bench = Bench::start().await;
    let one = bench.costs().await;
    bench.have_fifty().await;
    let many = bench.costs().await;
    let other = one.iter().filter(|(id, cost)| many[*id] != **cost);
    let other: Vec<_> = other.map(|(id, cost)| format!("{id}: {cost}, then {}", many[id])).collect();
    assert!(other.is_empty(), "{other:#?}");
}

/// Whoever belongs to many organisations comes back by a link of each.
#[actix_web::test]
async fn many_links_cost_what_one_does() {
    let api = Api::start().await;
    let mut costs = Vec::new();
    for count in [1, 5] {
        let email = format!("of_{count}@vennesla.example");
        let mut links = Vec::new();
        for number in 0..count {
            let desk = api.desk("volunteer_centre", &format!("Sentral {number} av {count}")).await;
            let member = user(&api, &desk, &email, Role::Caseworker).await;
            links.push(link(&api, &desk, member).await);
        }
        let answer = recoveries::accept(&api, &links.iter().collect::<Vec<_>>(), "another long one").await;
        costs.push(answer.trips.unwrap());
        answer.expect(204);
    }
    assert_eq!(costs[0], costs[1]);
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
