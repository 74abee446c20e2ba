//! A server of one's own, and a client that checks every answer against the contract.

pub mod canary;
pub mod contract;
pub mod crossing;
pub mod database;
pub mod forgeries;
pub mod probe;
pub mod sink;
pub mod trips;
pub mod world;

use std::{
    future::IntoFuture,
    rc::Rc,
    time::{Duration, Instant},
};

use actix_http::Request;
use actix_web::{
    http::{Method, header::HeaderMap},
    test,
};
use chrono::Utc;
use diesel::{QueryableByName, sql_query, sql_types::Text};
use diesel_async::{AsyncConnection as _, AsyncPgConnection, RunQueryDsl as _, SimpleAsyncConnection as _};
use futures_util::future::LocalBoxFuture;
use reqwest::Url;
use samspill::{
    access::{Bell, House, Key, KeyRing, Pool, Purpose, Tokens},
    app::app,
    web::Callers,
};
use serde_json::{Value, json};
use uuid::Uuid;

use contract::Operation;
use database::Urls;

type Server = Rc<dyn Fn(Request) -> LocalBoxFuture<'static, Answer>>;

/// Whoever holds it can make tokens for the servers of the tests.
pub const SEED: [u8; 32] = [7; 32];
pub const ISSUER: &str = "http://samspill.test";

pub struct Api {
    pub house: House,
    pub urls: Urls,
    server: Server,
}

pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    /// As it came.
    pub text: String,
    pub body: Value,
    /// Round trips to the database, unless other calls were answered meanwhile.
    pub trips: Option<u32>,
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

impl Api {
    pub async fn start() -> Self {
        Self::at(database::clone().await).await
    }

    pub async fn with(callers: Callers) -> Self {
        Self::of(database::clone().await, callers).await
    }

    /// On a database that is there.
    pub async fn at(urls: Urls) -> Self {
        Self::of(urls, Callers::new(u32::MAX, 0, Vec::new())).await
    }

    async fn of(urls: Urls, callers: Callers) -> Self {
        trips::count();
        let key = Key::from_seed(Uuid::from_u128(7), &SEED, Utc::now()).unwrap();
        let house = House {
            pool: Pool::new(&urls.runtime, 6).unwrap(),
            tokens: Tokens::new(ISSUER, vec![key]),
            ring: KeyRing::parse(&KeyRing::generate().unwrap()).unwrap(),
            production: false,
            callers,
            bell: Bell::default(),
        };
        // Whoever has started has read the rules.
        house.pool.system(Purpose::Health, async |_| Ok(())).await.unwrap();
        let service = Rc::new(test::init_service(app(house.clone())).await);
        let server: Server = Rc::new(move |request| {
            let service = service.clone();
            Box::pin(async move {
                let response = match test::try_call_service(&*service, request).await {
                    Ok(response) => response.into_parts().1.map_into_boxed_body(),
                    Err(error) => error.error_response(),
                };
                let (status, headers) = (response.status().as_u16(), response.headers().clone());
                let bytes = actix_web::body::to_bytes(response.into_body()).await.unwrap_or_default();
                let text = String::from_utf8(bytes.to_vec()).unwrap();
                let body = serde_json::from_str(&text).unwrap_or(Value::Null);
                Answer { status, headers, text, body, trips: None }
            })
        });
        Self { house, urls, server }
    }

    pub fn get(&self, path: &str) -> Call {
        self.call(Method::GET, path)
    }

    /// With a fresh `Idempotency-Key`, unless another is set.
    pub fn post(&self, path: &str, body: &Value) -> Call {
        self.call(Method::POST, path).header("Idempotency-Key", &Uuid::now_v7().to_string()).json(body)
    }

    pub fn patch(&self, path: &str, body: &Value) -> Call {
        self.call(Method::PATCH, path).json(body)
    }

    pub fn delete(&self, path: &str) -> Call {
        self.call(Method::DELETE, path)
    }

    /// `path` begins with `/v1` unless it says otherwise.
    pub fn call(&self, method: Method, path: &str) -> Call {
        let whole = ["/v1/", "/oauth/", "/.well-known/", "/openapi", "/health", "/problems", "/api-info"]
            .iter()
            .any(|root| path.starts_with(root));
        let path = if whole { path.to_owned() } else { format!("/v1{path}") };
        Call { server: self.server.clone(), method, path, headers: Vec::new(), body: Vec::new() }
    }

    /// A connection that nothing is refused.
    pub async fn owner(&self) -> AsyncPgConnection {
        AsyncPgConnection::establish(&self.urls.owner).await.unwrap()
    }

    /// Runs SQL that nothing is refused.
    pub async fn sql(&self, sql: &str) {
        self.owner().await.batch_execute(sql).await.unwrap();
    }

    /// The lines of a query with one text column called `line`, past every policy.
    pub async fn lines(&self, query: &str) -> Vec<String> {
        lines(&mut self.owner().await, query).await
    }

    /// Waits until so many statements of this database wait for a lock.
    pub async fn until_waiting(&self, count: usize) {
        let query = "select pid::text as line from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
        let deadline = Instant::now() + Duration::from_secs(30);
        while self.lines(query).await.len() < count {
            assert!(Instant::now() < deadline, "{count} do not wait");
        }
    }
}

/// The lines of a query with one text column called `line`.
pub async fn lines(db: &mut AsyncPgConnection, query: &str) -> Vec<String> {
    let found: Vec<Line> = sql_query(query).load(db).await.unwrap();
    found.into_iter().map(|found| found.line).collect()
}

#[must_use]
pub struct Call {
    server: Server,
    method: Method,
    path: String,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl Call {
    /// A path as it stands.
    pub fn raw(api: &Api, method: Method, path: &str) -> Self {
        let (server, path) = (api.server.clone(), path.to_owned());
        Self { server, method, path, headers: Vec::new(), body: Vec::new() }
    }

    pub fn by(self, token: &str) -> Self {
        self.header("Authorization", &format!("Bearer {token}"))
    }

    /// `If-Match` with the `version` of a resource, or with a number.
    pub fn version(self, of: &Value) -> Self {
        let version = of.get("version").unwrap_or(of);
        self.header("If-Match", &format!("\"{version}\""))
    }

    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.retain(|(other, _)| *other != name);
        self.headers.push((name, value.to_owned()));
        self
    }

    pub fn json(self, body: &Value) -> Self {
        self.text("application/json", body.to_string())
    }

    pub fn text(mut self, media: &'static str, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self.header("Content-Type", media)
    }
}

impl Call {
    async fn send(&self) -> Answer {
        let mut request = test::TestRequest::with_uri(&self.path).method(self.method.clone());
        for header in &self.headers {
            request = request.insert_header((header.0, header.1.as_str()));
        }
        (self.server)(request.set_payload(self.body.clone()).to_request()).await
    }

    /// What the body says, as an example has it.
    fn told(&self) -> Value {
        if !self.headers.iter().any(|(_, value)| value == "application/x-www-form-urlencoded") {
            return serde_json::from_slice(&self.body).unwrap_or(Value::Null);
        }
        let form = format!("form:?{}", std::str::from_utf8(&self.body).unwrap());
        Url::parse(&form)
            .unwrap()
            .query_pairs()
            .map(|(name, text)| (name.into_owned(), json!(text)))
            .collect()
    }

    fn has(&self, name: &str) -> bool {
        self.headers.iter().any(|(other, _)| *other == name)
    }

    /// Whatever is changed by any test is asked for once more under the same key, as after a lost answer: it is told
    /// again and not done again, unless it is out of the caller's sight by then. What was deleted is not.
    async fn repeat(mut self, operation: &Operation, first: &Answer) {
        // Once made, a thing is told again; of what is only changed, one can also be spared that.
        let little = first.status == 200;
        if little {
            self = self.header("Prefer", "return=minimal");
        }
        let again = self.send().await;
        if first.status == 204 || ![401, 404].contains(&again.status) {
            let expected = if little { 204 } else { first.status };
            assert_eq!(again.status, expected, "{operation}: {:#}", again.body);
            assert_eq!(again.header("Idempotency-Replayed"), Some("true"), "{operation}");
            if !little {
                assert_eq!(again.body["id"], first.body["id"], "{operation}");
            }
            operation.check(&self.told(), &again);
        }
    }
}

impl IntoFuture for Call {
    type Output = Answer;
    type IntoFuture = LocalBoxFuture<'static, Answer>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let operation = Operation::find(&self.method, &self.path);
            let changes = operation.as_ref().is_some_and(Operation::may_have_key);
            let changes = changes && !self.path.contains("dry_run=true");
            let call = if changes && !self.has("Idempotency-Key") {
                self.header("Idempotency-Key", &Uuid::now_v7().to_string())
            } else {
                self
            };
            let counting = trips::Counting::start();
            let mut answer = call.send().await;
            answer.trips = counting.end();
            contract::check_problem(&answer);
            match operation {
                Some(operation) => {
                    operation.check(&call.told(), &answer);
                    if changes && answer.status < 300 {
                        call.repeat(&operation, &answer).await;
                    }
                }
                None if answer.status >= 400 => {
                    contract::check("#/components/schemas/Problem", &answer.body, &call.path);
                }
                None => {}
            }
            answer
        })
    }
}

impl Answer {
    #[track_caller]
    pub fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{:#}", self.body);
        self.body
    }

    /// A problem with this status and code.
    #[track_caller]
    pub fn problem(self, status: u16, code: &str) -> Value {
        assert_eq!((self.status, self.body["code"].as_str()), (status, Some(code)), "{:#}", self.body);
        self.body
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}
