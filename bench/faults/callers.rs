//! Who calls: they write under a key, and again under the same one after an answer that did not come; they acknowledge what
//! arrives; and they follow what happens.

use std::{
    collections::HashSet,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use reqwest::{Method, RequestBuilder, Response, StatusCode};
use samspill::access::Tokens;
use serde_json::{Value, json};
use tokio::{sync::watch, time::sleep};
use uuid::Uuid;

use crate::{
    DESKS, Failure, PATIENCE, held,
    world::{Of, World},
};

/// Before asking again.
const REST: Duration = Duration::from_millis(100);

/// A write that was acknowledged.
#[derive(Clone)]
pub struct Written {
    pub organisation: Uuid,
    pub key: String,
    pub collection: &'static str,
    pub id: Uuid,
    /// Of the row, in the answer.
    pub version: i64,
    pub is_new: bool,
}

/// What has come of it all.
#[derive(Default)]
pub struct Tally {
    written: Mutex<Vec<Written>>,
    wrong: Mutex<Vec<String>>,
    repeated: AtomicU64,
    replayed: AtomicU64,
    unanswered: AtomicU64,
    unavailable: AtomicU64,
    told: AtomicU64,
}

impl Tally {
    pub fn count(&self) -> u64 {
        held(&self.written).len() as u64
    }

    pub fn written(&self) -> Vec<Written> {
        held(&self.written).clone()
    }

    pub fn wrong(&self, what: String) {
        held(&self.wrong).push(what);
    }

    pub fn found_anything(&self) -> bool {
        !held(&self.wrong).is_empty()
    }

    pub fn all_wrong(&self) -> Vec<String> {
        held(&self.wrong).clone()
    }

    pub fn figures(&self) -> [(&'static str, u64); 6] {
        [
            ("writes acknowledged", self.count()),
            ("of them repeated under the same key", self.repeated.load(Relaxed)),
            ("of those found to be done already", self.replayed.load(Relaxed)),
            ("requests that got no answer", self.unanswered.load(Relaxed)),
            ("requests answered 503", self.unavailable.load(Relaxed)),
            ("events that readers have seen", self.told.load(Relaxed)),
        ]
    }
}

/// What a reader has seen, in its order.
#[derive(Default)]
pub struct Seen {
    pub events: Vec<(i64, Uuid)>,
    subjects: HashSet<Uuid>,
}

impl Seen {
    pub fn has(&self, subject: Uuid) -> bool {
        self.subjects.contains(&subject)
    }
}

/// Speaks HTTP, for any of the organisations.
#[derive(Clone)]
pub struct Caller {
    http: reqwest::Client,
    base: String,
    tokens: Tokens,
    world: World,
    pub tally: Arc<Tally>,
}

/// An answer that came as a whole.
enum Answer {
    Good(Response),
    /// Ask again: it did not come, or says so itself.
    Later,
    Wrong(String),
}

impl Caller {
    pub fn new(address: &str, tokens: Tokens, world: World, tally: Arc<Tally>) -> Result<Self, Failure> {
        let http = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(20)).build()?;
        Ok(Self { http, base: format!("http://{address}/v1"), tokens, world, tally })
    }

    async fn send(&self, request: RequestBuilder, desk: u64) -> Result<Answer, Failure> {
        let token = self.tokens.issue(&self.world.coordinator(desk))?;
        let Ok(answer) = request.bearer_auth(token).send().await else {
            self.tally.unanswered.fetch_add(1, Relaxed);
            return Ok(Answer::Later);
        };
        let status = answer.status();
        if status.is_success() {
            return Ok(Answer::Good(answer));
        }
        let says_when = answer.headers().contains_key("Retry-After");
        let text = answer.text().await.unwrap_or_default();
        if status == StatusCode::SERVICE_UNAVAILABLE && says_when {
            self.tally.unavailable.fetch_add(1, Relaxed);
            return Ok(Answer::Later);
        }
        // Two that stood in each other's way.
        let again = status == StatusCode::CONFLICT && text.contains("\"try_again\"");
        Ok(if again { Answer::Later } else { Answer::Wrong(format!("{status} {text}")) })
    }

    /// What stands there, as soon as it comes.
    pub async fn read(&self, desk: u64, path: &str) -> Result<Value, Failure> {
        let deadline = Instant::now() + PATIENCE;
        while Instant::now() < deadline {
            match self.send(self.http.get(format!("{}{path}", self.base)), desk).await? {
                Answer::Good(answer) => {
                    if let Ok(body) = answer.json().await {
                        return Ok(body);
                    }
                    self.tally.unanswered.fetch_add(1, Relaxed);
                }
                Answer::Later => sleep(REST).await,
                Answer::Wrong(why) => return Err(self.noted(format!("GET {path}: {why}"))),
            }
        }
        Err(self.noted(format!("GET {path}: no answer")))
    }

    fn noted(&self, what: String) -> Failure {
        self.tally.wrong(what.clone());
        what.into()
    }
}

/// One organisation, as it calls.
#[derive(Clone)]
pub struct Desk {
    caller: Caller,
    pub number: u64,
    next: Arc<AtomicU64>,
}

fn id(row: &Value) -> Option<Uuid> {
    row.get("id")?.as_str()?.parse().ok()
}

/// The path of a row, or of a command to it.
fn at(collection: &str, row: &Value, command: &str) -> String {
    format!("/{collection}/{}{command}", id(row).unwrap_or_default())
}

impl Desk {
    pub fn new(caller: &Caller, number: u64) -> Self {
        Self { caller: caller.clone(), number, next: Arc::default() }
    }

    pub fn organisation(&self) -> Uuid {
        Of::Organisation.id(self.number)
    }

    /// Whom it writes to.
    pub fn neighbour(&self) -> Self {
        Self::new(&self.caller, (self.number + 1) % DESKS)
    }

    async fn create(&self, collection: &'static str, new: &Value) -> Result<Value, Failure> {
        self.write(Method::POST, (collection, format!("/{collection}")), Some(new), None).await
    }

    async fn patch(&self, collection: &'static str, row: &Value, patch: &Value) -> Result<Value, Failure> {
        self.write(Method::PATCH, (collection, at(collection, row, "")), Some(patch), Some(row)).await
    }

    async fn command(
        &self,
        collection: &'static str,
        row: &Value,
        (command, how): (&str, Option<&Value>),
    ) -> Result<Value, Failure> {
        self.write(Method::POST, (collection, at(collection, row, command)), how, Some(row)).await
    }

    /// Asks until it is acknowledged, always under the same key.
    async fn write(
        &self,
        method: Method,
        (collection, path): (&'static str, String),
        body: Option<&Value>,
        seen: Option<&Value>,
    ) -> Result<Value, Failure> {
        let (caller, tally) = (&self.caller, &self.caller.tally);
        let key = format!("faults-{}", Uuid::now_v7().simple());
        let request = || {
            let request = caller.http.request(method.clone(), format!("{}{path}", caller.base));
            let request = request.header("Idempotency-Key", &key);
            let version = seen.map(|row| format!("\"{}\"", row["version"]));
            let request = version.into_iter().fold(request, |request, it| request.header("If-Match", it));
            body.into_iter().fold(request, |request, it| request.json(it))
        };
        let deadline = Instant::now() + PATIENCE;
        let mut asked = 0;
        while Instant::now() < deadline {
            asked += 1;
            let answer = match caller.send(request(), self.number).await? {
                Answer::Good(answer) => answer,
                Answer::Later => {
                    sleep(REST).await;
                    continue;
                }
                Answer::Wrong(why) => {
                    let how = format!("{method} {path}, asked {asked} times: {why}");
                    return Err(caller.noted(how));
                }
            };
            let replayed = answer.headers().contains_key("Idempotency-Replayed");
            let is_new = answer.status() == StatusCode::CREATED;
            let Ok(row) = answer.json::<Value>().await else {
                tally.unanswered.fetch_add(1, Relaxed);
                continue;
            };
            tally.repeated.fetch_add((asked > 1).into(), Relaxed);
            tally.replayed.fetch_add(replayed.into(), Relaxed);
            let version = row["version"].as_i64().unwrap_or(1);
            let (organisation, id) = (self.organisation(), id(&row).unwrap_or_default());
            held(&tally.written).push(Written { organisation, key, collection, id, version, is_new });
            return Ok(row);
        }
        Err(caller.noted(format!("{method} {path}: no answer, asked {asked} times")))
    }

    /// Writes something, and tells what.
    pub async fn leave_mark(&self) -> Result<Uuid, Failure> {
        let made = self.create("volunteers", &json!({ "name": "Merke" })).await?;
        Ok(id(&made).unwrap_or_default())
    }

    /// One case after the other.
    pub async fn work(self, may: watch::Receiver<bool>) {
        while *may.borrow() {
            // What went wrong is noted.
            if self.case().await.is_err() {
                sleep(REST).await;
            }
        }
    }

    /// A person is registered and asked; the need is reported to the neighbour, who begins to clarify it, unless it is
    /// withdrawn; and somebody volunteers.
    async fn case(&self) -> Result<(), Failure> {
        let neighbour = self.neighbour();
        let (other, number) = (neighbour.organisation(), self.next.fetch_add(1, Relaxed));
        let named = json!({ "given_name": "Ada", "family_name": format!("Prøve {number}") });
        let person = self.create("persons", &named).await?;
        self.patch("persons", &person, &json!({ "phone": "+47 400 00 001" })).await?;
        self.consent(&person, other).await?;
        let need = json!({
            "counterpart_organisation_id": other, "person_id": person["id"], "service": "visiting_friend",
            "kind": "establish", "source_channel": "municipality", "need": "Selskap på turer",
        });
        let draft = self.create("referrals", &need).await?;
        let submitted = self.command("referrals", &draft, ("/submit", None)).await?;
        let wishes = json!({ "wishes": format!("Skogen {number}") });
        let told = self.patch("referrals", &submitted, &wishes).await?;
        if number % 5 == 0 {
            let why = json!({ "reason": "no_longer_needed" });
            self.command("referrals", &told, ("/withdraw", Some(&why))).await?;
        } else {
            let theirs = self.caller.read(neighbour.number, &at("referrals", &told, "")).await?;
            neighbour.command("referrals", &theirs, ("/begin-clarification", None)).await?;
        }
        let volunteer = self.create("volunteers", &json!({ "name": format!("Frida {number}") })).await?;
        self.patch("volunteers", &volunteer, &json!({ "phone": "+47 400 00 002" })).await?;
        Ok(())
    }

    /// The person agrees that the neighbour is told.
    async fn consent(&self, person: &Value, other: Uuid) -> Result<(), Failure> {
        let able = json!({
            "person_id": person["id"], "result": "has", "qualification": "physician", "reasons": "En samtale.",
            "decided_on": "2026-01-10", "presented_to_person_on": "2026-01-10",
        });
        self.create("capacity-assessments", &able).await?;
        let what = json!({
            "subject_id": person["id"], "counterpart_organisation_id": other, "purpose": "volunteer_support",
            "kinds": ["referral"], "categories": ["name", "contact", "need", "wishes"],
            "includes_updates": true, "expires_at": "2027-09-01T00:00:00Z",
        });
        let drafted = self.create("consents", &what).await?;
        let how = json!({ "text_code": "share_with_volunteers", "language": "nb", "form": "on_paper" });
        let asked = self.command("consents", &drafted, ("/present", Some(&how))).await?;
        let given = json!({ "given_by_id": person["id"], "method": "wet_signature" });
        self.command("consents", &asked, ("/give", Some(&given))).await?;
        Ok(())
    }

    /// Looks for what has arrived, and acknowledges it.
    pub async fn acknowledge(self, may: watch::Receiver<bool>) {
        while *may.borrow() {
            let page = self.caller.read(self.number, "/deliveries?status=sent&limit=50").await;
            let arrived = page.ok().and_then(|page| page["items"].as_array().cloned()).unwrap_or_default();
            for it in &arrived {
                // What went wrong is noted.
                let _ = self.command("deliveries", it, ("/acknowledge", None)).await;
            }
            sleep(REST).await;
        }
    }

    /// Follows what happens, and sees whether anything is left out, comes twice or in another order.
    pub async fn follow(self, wait: u64, seen: Arc<Mutex<Seen>>, may: watch::Receiver<bool>) {
        let mut after = 0;
        while *may.borrow() {
            let path = format!("/events?after={after}&limit=100&wait={wait}");
            let Ok(page) = self.caller.read(self.number, &path).await else {
                sleep(REST).await;
                continue;
            };
            for it in page["items"].as_array().into_iter().flatten() {
                let number =
                    it["sequence"].as_str().and_then(|number| number.parse().ok()).unwrap_or_default();
                if number != after + 1 {
                    let organisation = self.organisation();
                    self.caller.tally.wrong(format!("the feed of {organisation} has {number} after {after}"));
                }
                after = number;
                let subject: Option<Uuid> = it["data"]["subject_id"].as_str().and_then(|id| id.parse().ok());
                let mut seen = held(&seen);
                seen.events.push((number, id(it).unwrap_or_default()));
                seen.subjects.extend(subject);
                self.caller.tally.told.fetch_add(1, Relaxed);
            }
            if wait == 0 {
                sleep(REST).await;
            }
        }
    }
}
