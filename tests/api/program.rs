//! The program itself: each test runs the real binary, as an operator does.

use std::{
    collections::BTreeSet,
    env, fs,
    io::{ErrorKind, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    os::unix::fs::DirBuilderExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    thread,
    time::{Duration, Instant},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::Utc;
use reqwest::Client;
use samspill::{
    access::{Actor, Key, KeyRing, Role, Tokens},
    app, db, demo,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    rules::{folder, follow_up},
    support::{contract, database, forgeries, lines},
};

/// The seed of a signing key for those tests that make tokens themselves.
pub const SEED: [u8; 32] = [5; 32];

pub const PATIENCE: Duration = Duration::from_secs(90);

/// A data folder and an address of one test's own, and what the environment says besides.
pub struct Place {
    pub folder: PathBuf,
    pub address: String,
    environment: Vec<(&'static str, String)>,
}

/// A program that runs until it is told to stop, or the test ends.
pub struct Running {
    pub child: Child,
    said: PathBuf,
    logged: PathBuf,
}

impl Place {
    pub fn new(environment: &[(&'static str, &str)]) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = Path::new("/tmp").join(format!("samspill-program-{}-{count}", std::process::id()));
        fs::DirBuilder::new().mode(0o755).create(&folder).unwrap();
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
        let environment = environment.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        Self { folder, address, environment }
    }

    /// The same data at another address.
    fn beside(&self) -> String {
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        assert_ne!(address.to_string(), self.address);
        address.to_string()
    }

    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_samspill"));
        command.args(arguments).env_clear().env("PATH", env::var_os("PATH").unwrap());
        command.env("SAMSPILL_MODE", "demo").env("SAMSPILL_DATA", self.folder.join("data"));
        command.env("SAMSPILL_BIND", &self.address).envs(self.environment.iter().cloned());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// What a command prints that must go well.
    #[track_caller]
    fn prints(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// What a command says that must not go well.
    #[track_caller]
    fn refused(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let error = String::from_utf8(output.stderr).unwrap();
        // 1 is for what cannot be done, 2 for what cannot be meant.
        assert!(matches!(output.status.code(), Some(1 | 2)), "{arguments:?}: {error}");
        assert!(output.stdout.is_empty(), "{arguments:?} says something first");
        error.lines().find_map(|line| line.strip_prefix("Error: ")).unwrap_or(&error).to_owned()
    }

    pub fn start(&self, command: &mut Command) -> Running {
        let name = format!("{:016x}", Uuid::now_v7().as_u128());
        let (said, logged) =
            (self.folder.join(format!("{name}.out")), self.folder.join(format!("{name}.err")));
        let (out, err) = (fs::File::create(&said).unwrap(), fs::File::create(&logged).unwrap());
        let child = command.stdin(Stdio::null()).stdout(out).stderr(err).spawn().unwrap();
        Running { child, said, logged }
    }

    pub async fn serve(&self) -> Running {
        self.serve_at(&self.address, &[]).await
    }

    async fn serve_at(&self, address: &str, environment: &[(&str, &str)]) -> Running {
        let mut command = self.command(&["serve"]);
        let issuer = ("SAMSPILL_ISSUER", self.base());
        command.env("SAMSPILL_BIND", address).envs([issuer]).envs(environment.iter().copied());
        self.ready(&mut command, address).await
    }

    /// Starts a server, and waits until it answers.
    pub async fn ready(&self, command: &mut Command, address: &str) -> Running {
        let mut running = self.start(command);
        let ready = format!("http://{address}/health/ready");
        let deadline = Instant::now() + PATIENCE;
        while !reqwest::get(&ready).await.is_ok_and(|answer| answer.status() == 200) {
            assert!(Instant::now() < deadline, "{}", running.log());
            assert!(running.child.try_wait().unwrap().is_none(), "{}", running.log());
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        running
    }

    fn server_is_gone(&self) -> bool {
        !self.folder.join("data/postgresql/data/postmaster.pid").exists()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let deadline = Instant::now() + PATIENCE;
        while !self.server_is_gone() && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(20));
        }
        // Its keeper may be writing its last line.
        while fs::remove_dir_all(&self.folder).is_err() && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Running {
    pub fn log(&self) -> String {
        fs::read_to_string(&self.logged).unwrap()
    }

    fn said(&self) -> String {
        fs::read_to_string(&self.said).unwrap()
    }

    pub fn terminate(&self) {
        self.signal("TERM");
    }

    pub fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-s", name, &pid]).status().unwrap().success());
    }

    /// That it ends well, within this time.
    #[track_caller]
    pub fn ends(&mut self, within: Duration) {
        let deadline = Instant::now() + within;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                assert_eq!(status.code(), Some(0), "{}", self.log());
                return;
            }
            assert!(Instant::now() < deadline, "it does not stop: {}", self.log());
            thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn get(url: &str, token: &str) -> (u16, Value) {
    let answer = Client::new().get(url).bearer_auth(token).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap_or_default())
}

pub async fn log_in(base: &str, email: &str, password: &str) -> (u16, Value) {
    let body = json!({ "email": email, "password": password });
    let answer = Client::new().post(format!("{base}/v1/sessions")).json(&body).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

/// How many rows there are of everything.
async fn counts(url: &str) -> Vec<String> {
    let mut db = db::connect(url).await.unwrap();
    let query = "select relname || ' ' || (xpath('//c/text()', query_to_xml(
                     format('select count(*) as c from %I', relname), false, true, '')))[1]::text as line
                 from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1";
    lines(&mut db, query).await
}

#[actix_web::test]
async fn the_demo_world_is_served_and_walked_through() {
    let place = Place::new(&[]);
    // Two that start at once in an empty folder: one makes what is missing, and the other finds it.
    let mut worker = place.start(&mut place.command(&["work"]));
    let serving = place.serve().await;
    let welcome = serving.said();
    assert_eq!(welcome, demo::welcome(&place.base()) + "\n");
    assert!(welcome.lines().count() <= 10 && welcome.contains("docs/walk.md"), "{welcome}");
    let commands = demo::as_commands(&place.base()).unwrap();

    let cluster = db::Cluster::open(&place.folder.join("data")).unwrap();
    let before = counts(&cluster.url("samspill", db::Cluster::OWNER)).await;
    let all = place.prints(&["demo"]);
    assert!(
        all.contains("  unit_contact@kristiansand-kommune.example\n") && all.contains(&commands),
        "{all}"
    );
    assert!(!all.contains("integration@"), "a system has no password");
    assert_eq!(counts(&cluster.url("samspill", db::Cluster::OWNER)).await, before, "it is loaded once");

    for _ in 0..2 {
        let walked = place.prints(&["demo", "--walk"]);
        assert_eq!(walked.lines().count(), 38, "{walked}");
        let archived = walked.lines().find(|line| line.contains("and archives it")).unwrap();
        assert!(archived.contains("status=\"archived\"") && archived.contains("number=1"), "{archived}");
        let blocked = walked.lines().find(|line| line.contains("third version")).unwrap();
        let why = "status=\"blocked\" blocked_reason=\"no_consent\" number=3";
        assert!(blocked.ends_with(why), "{blocked}");
    }
    pasted(&place, &commands);
    those_who_are_helped_and_help_see_their_own(&place.base()).await;
    silent_about_people(&serving.log());
    worker.terminate();
    worker.ends(Duration::from_secs(5));
}

async fn those_who_are_helped_and_help_see_their_own(base: &str) {
    for (email, collections) in [
        (
            "participant@vennesla-sentral.example",
            &["persons", "referrals", "consents", "networks", "contact-forms"][..],
        ),
        ("participant@vennesla-kommune.example", &["persons", "referrals", "consents"]),
        ("volunteer@vennesla-sentral.example", &["volunteers", "networks", "contact-forms"]),
    ] {
        let (_, session) = log_in(base, email, demo::PASSWORD).await;
        for collection in collections {
            let (_, page) =
                get(&format!("{base}/v1/{collection}"), session["access_token"].as_str().unwrap()).await;
            assert!(
                page["items"].as_array().is_some_and(|items| !items.is_empty()),
                "{email}: {collection}: {page}"
            );
        }
    }
    assert_eq!(log_in(base, "integration@vennesla-kommune.example", demo::PASSWORD).await.0, 401);
}

/// Bash does the walk too, where it has what it needs.
fn pasted(place: &Place, commands: &str) {
    let has = |tool: &str| Command::new(tool).arg("--version").output().is_ok();
    if !["bash", "curl", "jq"].into_iter().all(has)
        || Command::new("openssl").arg("version").output().is_err()
    {
        return;
    }
    let script = place.folder.join("walk.sh");
    fs::write(&script, commands).unwrap();
    let output = Command::new("bash").arg("-e").arg(&script).output().unwrap();
    let (said, error) =
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert!(output.status.success() && error.is_empty(), "{error}\n{said}");
    assert!(said.contains("\"blocked_reason\": \"no_consent\""), "{said}");
    assert!(!said.contains("/problems/"), "{said}");
}

/// The log has a number for every request, and nothing of whom it was about.
fn silent_about_people(log: &str) {
    let entries: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let answered: Vec<_> = entries.iter().filter(|it| it["fields"]["message"] == "answered").collect();
    assert!(answered.len() > 100, "{log}");
    for it in answered {
        assert!(it["fields"]["id"].as_str().unwrap().parse::<Uuid>().is_ok(), "{it}");
    }
    let people = ["Eksempel", "Prøve", "Hjelper", "Koordinator", "40000030", "38000020", "1944-06-01"];
    for told in people.into_iter().chain([".example", demo::PASSWORD, "Savner", "Tur", "Bearer", "eyJ"]) {
        assert!(!log.contains(told), "{told} is in the log");
    }
}

#[actix_web::test]
async fn fixtures_open_every_resource() {
    let seed = STANDARD.encode(SEED);
    let place = Place::new(&[("SAMSPILL_SIGNING_KEY", &seed)]);
    let _serving = place.serve().await;
    let fixtures: Value = serde_json::from_str(&place.prints(&["demo", "--fixtures"])).unwrap();
    let base = fixtures["base_url"].as_str().unwrap();
    assert_eq!(base, place.base());
    assert_eq!(fixtures["tokens"].as_object().unwrap().len(), 8);
    let account = format!("{base}/v1/account");
    for (organisation, roles) in fixtures["tokens"].as_object().unwrap() {
        assert_eq!(roles.as_object().unwrap().len(), Role::ALL.len());
        for (role, token) in roles.as_object().unwrap() {
            let (status, body) = get(&account, token.as_str().unwrap()).await;
            assert_eq!(status, 200, "{role} of {organisation}: {body}");
        }
    }
    assert_eq!(get(&account, fixtures["powerless"].as_str().unwrap()).await.0, 401);
    every_resource_is_opened(base, &fixtures).await;
    what_is_due_is_due_by_its_rule(base, &fixtures).await;
    only_own_tokens_are_good(base, fixtures["tokens"]["vennesla-sentral"]["coordinator"].as_str().unwrap())
        .await;
}

async fn what_is_due_is_due_by_its_rule(base: &str, fixtures: &Value) {
    let mut subjects = BTreeSet::new();
    for (desk, role) in [("vennesla-sentral", "coordinator"), ("vennesla-kommune", "caseworker")] {
        let token = fixtures["tokens"][desk][role].as_str().unwrap();
        let (_, due) = get(&format!("{base}/v1/deadlines"), token).await;
        for it in due["items"].as_array().unwrap() {
            let why = format!("{base}/v1/deadlines/{}/explanation", it["id"].as_str().unwrap());
            let (_, why) = get(&why, token).await;
            let last = why["steps"].as_array().unwrap().last().unwrap();
            assert_eq!(last["on"], it["due_on"], "{it:#} {why:#}");
            subjects.insert(it["subject_table"].as_str().unwrap().to_owned());
        }
    }
    assert_eq!(subjects.len(), 6, "{subjects:?}");
}

async fn every_resource_is_opened(base: &str, fixtures: &Value) {
    let tokens = fixtures["tokens"].as_object().unwrap();
    let (first, others): (Vec<_>, Vec<_>) = tokens.iter().partition(|(desk, _)| *desk == "vennesla-sentral");
    let of = |desks: Vec<(&String, &Value)>| {
        let all = desks.into_iter().flat_map(|(_, roles)| roles.as_object().unwrap().values());
        all.map(|token| token.as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let (first, others) = (of(first), of(others));
    let contract = app::contract();
    let read = |(path, item): (&String, &Value)| {
        (path.contains("{id}") && item.get("get").is_some()).then(|| path.clone())
    };
    let paths: Vec<String> = contract["paths"].as_object().unwrap().iter().filter_map(read).collect();
    assert!(paths.len() > 25, "{paths:?}");
    for path in paths {
        let collection = path.split('/').nth(2).unwrap();
        let id = fixtures["ids"][collection].as_str().unwrap_or_else(|| panic!("no id for {path}"));
        let url = format!("{base}{}", path.replace("{id}", id));
        let mut statuses = Vec::new();
        for token in &first {
            statuses.push(get(&url, token).await.0);
        }
        // What the centre has none of, a municipality has.
        let mut others = others.iter();
        while !statuses.contains(&200)
            && let Some(token) = others.next()
        {
            statuses.push(get(&url, token).await.0);
        }
        assert!(statuses.contains(&200), "{path}: {statuses:?}");
        assert!(!statuses.contains(&500), "{path}: {statuses:?}");
    }
}

/// Whoever has the configured key can make tokens, and only they.
async fn only_own_tokens_are_good(base: &str, good: &str) {
    let part = good.split('.').nth(1).unwrap();
    let claims = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(part).unwrap();
    let actor: Actor = serde_json::from_slice(&claims).unwrap();
    let id = Uuid::new_v5(&Uuid::NAMESPACE_OID, &SEED);
    let made = |seed: [u8; 32], issuer: &str| {
        let key = Key::from_seed(id, &seed, Utc::now()).unwrap();
        Tokens::new(issuer, vec![key]).issue(&actor).unwrap()
    };
    let account = format!("{base}/v1/account");
    assert_eq!(get(&account, &made(SEED, base)).await.0, 200);
    assert_eq!(get(&account, &made([6; 32], base)).await.0, 401, "signed with another key");
    assert_eq!(get(&account, &made(SEED, "http://elsewhere.test")).await.0, 401, "of another issuer");
    let mut claims: Value = serde_json::from_slice(&claims).unwrap();
    let header = json!({ "typ": "at+jwt", "alg": "EdDSA", "kid": id });
    for (lifetime, status) in [(600, 200), (-1, 401)] {
        claims["exp"] = json!(Utc::now().timestamp() + lifetime);
        let token = forgeries::sign(&header, &claims, &SEED);
        assert_eq!(get(&account, &token).await.0, status, "it ends in {lifetime} seconds");
    }
}

/// A log-in on a connection of its own, sent and not yet answered.
fn asked(address: &str, email: &str) -> TcpStream {
    let body = json!({ "email": email, "password": demo::PASSWORD }).to_string();
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let head = "Content-Type: application/json\r\nConnection: close\r\nHost: samspill\r\n";
    write!(stream, "POST /v1/sessions HTTP/1.1\r\n{head}Content-Length: {}\r\n\r\n{body}", body.len())
        .unwrap();
    stream
}

fn answer(mut stream: TcpStream) -> String {
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    text
}

#[actix_web::test]
async fn a_stop_answers_what_was_accepted_and_keeps_the_data() {
    // Few connections, so that opening them all at once takes no time on a busy machine.
    let place = Place::new(&[("SAMSPILL_CONNECTIONS", "4")]);
    let mut first = place.serve().await;
    // All but systems, which have no password.
    let people = Role::ALL.iter().filter(|role| **role != Role::Integration);
    let roles = people.clone().chain(people).zip(0..);
    let desk = |number| if number < 10 { "vennesla-kommune" } else { "kristiansand-sentral" };
    let emails: Vec<_> = roles.map(|(role, number)| format!("{role}@{}.example", desk(number))).collect();
    let mut waiting: Vec<_> = emails.iter().map(|email| asked(&place.address, email)).collect();
    // All are accepted when the first is answered: accepting takes no time, and a password does.
    assert!(answer(waiting.remove(0)).starts_with("HTTP/1.1 200"));
    first.terminate();
    for stream in waiting {
        let text = answer(stream);
        assert!(text.starts_with("HTTP/1.1 200"), "{text:?}\n{}", first.log());
    }
    first.ends(Duration::from_secs(35));
    let deadline = Instant::now() + PATIENCE;
    while !place.server_is_gone() {
        assert!(Instant::now() < deadline, "the database server stays");
        thread::sleep(Duration::from_millis(20));
    }

    // The data is there again, and a worker of another process does what this one is told not to.
    let mut second = place.serve_at(&place.address, &[("SAMSPILL_JOBS", "false")]).await;
    let mut worker = place.start(&mut place.command(&["work"]));
    let walked = place.prints(&["demo", "--walk"]);
    assert!(walked.contains("blocked_reason=\"no_consent\""), "{walked}");
    let cluster = db::Cluster::open(&place.folder.join("data")).unwrap();
    let sessions = "select count(*)::text as line from session";
    let mut db = db::connect(&cluster.url("samspill", db::Cluster::OWNER)).await.unwrap();
    assert_eq!(
        lines(&mut db, sessions).await,
        ["23"],
        "the demo's, twenty before the stop, and two of the walk"
    );
    drop((db, cluster));
    worker.terminate();
    worker.ends(Duration::from_secs(5));
    assert_eq!(log_in(&place.base(), &emails[0], demo::PASSWORD).await.0, 200);
    second.terminate();
    second.ends(Duration::from_secs(35));
}

#[actix_web::test]
async fn either_signal_is_a_stop_that_answers_first() {
    let urls = database::clone().await;
    let ring = KeyRing::generate().unwrap();
    let place = Place::new(&[
        ("SAMSPILL_MODE", "production"),
        ("DATABASE_URL", &urls.runtime),
        ("SAMSPILL_KEYS", &ring),
        ("SAMSPILL_ISSUER", "http://samspill.test"),
    ]);
    for signal in ["INT", "TERM"] {
        let mut serving = place.serve().await;
        let mut waiting: Vec<_> = (0..8).map(|_| asked(&place.address, "nobody@samspill.example")).collect();
        assert!(answer(waiting.remove(0)).starts_with("HTTP/1.1 4"));
        serving.signal(signal);
        for stream in waiting {
            let text = answer(stream);
            assert!(text.starts_with("HTTP/1.1 4"), "{signal}: {text:?}\n{}", serving.log());
        }
        serving.ends(Duration::from_secs(35));
    }
}

/// Sends what has been begun, a byte now and then; and tells what came until the server hung up.
pub fn drip(address: &str, begun: &str) -> thread::JoinHandle<String> {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
    stream.write_all(begun.as_bytes()).unwrap();
    thread::spawn(move || {
        let (since, mut came) = (Instant::now(), Vec::new());
        loop {
            assert!(since.elapsed() < Duration::from_secs(30), "it waits for ever");
            let mut buffer = [0; 4096];
            match stream.write_all(b"x").and_then(|()| stream.read(&mut buffer)) {
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                Ok(0) | Err(_) => return String::from_utf8(came).unwrap(),
                Ok(length) => came.extend_from_slice(&buffer[..length]),
            }
        }
    })
}

#[actix_web::test]
async fn slow_heads_and_slow_bodies_are_cut_while_others_are_served() {
    let urls = database::clone().await;
    let ring = KeyRing::generate().unwrap();
    let place = Place::new(&[
        ("SAMSPILL_MODE", "production"),
        ("DATABASE_URL", &urls.runtime),
        ("SAMSPILL_KEYS", &ring),
        ("SAMSPILL_ISSUER", "http://samspill.test"),
    ]);
    let _serving = place.serve().await;
    let slow_head = "GET /health/live HTTP/1.1\r\nHost: samspill\r\nX-Slow: ";
    let head = "Content-Type: application/json\r\nConnection: close\r\nHost: samspill\r\n";
    let slow_body = format!("POST /v1/sessions HTTP/1.1\r\n{head}Content-Length: 1000\r\n\r\n{{");
    let slow = [slow_head, &slow_body].map(|begun| {
        let many: Vec<_> = (0..40).map(|_| drip(&place.address, begun)).collect();
        many
    });
    let mut served = 0;
    while slow.iter().flatten().any(|one| !one.is_finished()) {
        assert_eq!(get(&format!("{}/health/ready", place.base()), "").await.0, 200);
        served += 1;
    }
    assert!(served > 20, "{served}");
    let [heads, bodies] =
        slow.map(|many| many.into_iter().map(|one| one.join().unwrap()).collect::<Vec<_>>());
    for told in heads {
        assert!(told.is_empty() || told.starts_with("HTTP/1.1 408"), "{told}");
    }
    for told in bodies {
        assert!(told.starts_with("HTTP/1.1 408") && told.contains("\"code\":\"too_slow\""), "{told}");
    }
    contract::remember("problem:too_slow 408");
}

#[actix_web::test]
async fn what_is_wrong_in_the_environment_is_refused_by_name() {
    let urls = database::clone().await;
    let ring = KeyRing::generate().unwrap();
    let good = [
        ("SAMSPILL_MODE", "production"),
        ("DATABASE_URL", urls.runtime.as_str()),
        ("SAMSPILL_KEYS", ring.as_str()),
        ("SAMSPILL_ISSUER", "https://samspill.test"),
        ("SAMSPILL_MAIL_FROM", "no-reply@samspill.test"),
        ("SAMSPILL_FRONTEND", "https://app.samspill.test"),
    ];
    for missing in ["DATABASE_URL", "SAMSPILL_KEYS", "SAMSPILL_ISSUER"] {
        let rest: Vec<_> = good.into_iter().filter(|(name, _)| *name != missing).collect();
        let error = Place::new(&rest).refused(&["serve"]);
        assert!(error.starts_with(missing) && error.contains("is not set"), "{missing}: {error}");
    }
    let zeros = format!("{}:{}", "k1", STANDARD.encode([0; 32]));
    let remote = "postgres://samspill@db.example/samspill?sslmode=disable";
    let wrong = [
        ("SAMSPILL_MODE", "prod"),
        ("SAMSPILL_MODE", ""),
        ("SAMSPILL_BIND", "8080"),
        ("SAMSPILL_BIND", "localhost:99999"),
        ("SAMSPILL_BIND", "127.0.0.1:0"),
        ("SAMSPILL_ISSUER", ""),
        ("SAMSPILL_ISSUER", "notaurl"),
        ("SAMSPILL_ISSUER", "http://samspill.test"),
        ("SAMSPILL_ISSUER", "https://samspill.test/"),
        ("SAMSPILL_ISSUER", "https://samspill.test?a"),
        ("SAMSPILL_ORIGINS", "https://a.example/x"),
        ("SAMSPILL_LOG", "=,,="),
        ("SAMSPILL_LOG", "inof"),
        ("SAMSPILL_LOG", "info,security=loud"),
        ("SAMSPILL_DATA", ""),
        ("SAMSPILL_WORKERS", "x"),
        ("SAMSPILL_WORKERS", "0"),
        ("SAMSPILL_WORKERS", "100000"),
        ("SAMSPILL_CONNECTIONS", "0"),
        ("SAMSPILL_CONNECTIONS", "-1"),
        ("SAMSPILL_CONNECTIONS", "100000"),
        ("SAMSPILL_JOBS", "maybe"),
        ("SAMSPILL_MAIL", ""),
        ("SAMSPILL_MAIL", "mail.example.org"),
        ("SAMSPILL_MAIL", "https://mail.example.org"),
        ("SAMSPILL_MAIL", "smtp://mail.example.org?tls=opportunistic"),
        ("SAMSPILL_MAIL", "smtps://somebody@mail.example.org"),
        ("SAMSPILL_MAIL_FILE", "/nowhere"),
        ("SAMSPILL_MAIL_FROM", "Samspill"),
        ("SAMSPILL_MAIL_FROM", "Samspill <no-reply@localhost>"),
        ("SAMSPILL_FRONTEND", "app.example.org"),
        ("SAMSPILL_FRONTEND", "https://somebody:secret@app.example.org"),
        ("SAMSPILL_KEYS", "k1:AAAA"),
        ("SAMSPILL_KEYS", zeros.as_str()),
        ("SAMSPILL_KEYS", ""),
        ("SAMSPILL_KEYS_FILE", "/nowhere"),
        ("SAMSPILL_SIGNING_KEY", "AAAA"),
        ("SAMSPILL_SIGNING_KEY", "not base64"),
        ("DATABASE_URL", remote),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", urls.owner.as_str()),
        ("SAMSPILL_MIGRATION_URL", remote),
    ];
    for (name, value) in wrong {
        let file = name.strip_suffix("_FILE").unwrap_or("");
        let mut all: Vec<_> = good.into_iter().filter(|(other, _)| *other != file).collect();
        all.push((name, value));
        let error = Place::new(&all).refused(&["serve"]);
        assert!(error.starts_with(name), "{name}={value}: {error}");
    }
    for asked in ["SAMSPILL_MAIL_FROM", "SAMSPILL_FRONTEND"] {
        let rest = good.into_iter().filter(|(name, _)| *name != asked);
        let mail = ("SAMSPILL_MAIL", "smtps://somebody:a%20secret@mail.example.org");
        let error = Place::new(&rest.chain([mail]).collect::<Vec<_>>()).refused(&["serve"]);
        assert!(error.starts_with(&format!("{asked} is not set")) && !error.contains("secret"), "{error}");
    }
    let both = Place::new(&[good.as_slice(), &[("SAMSPILL_KEYS_FILE", "/nowhere")]].concat());
    assert!(both.refused(&["serve"]).starts_with("SAMSPILL_KEYS and SAMSPILL_KEYS_FILE are both set"));
    let owner = Place::new(&[good.as_slice(), &[("DATABASE_URL", urls.owner.as_str())]].concat());
    assert!(owner.refused(&["serve"]).contains("this login is a superuser"));
    assert!(Place::new(&good).refused(&["demo"]).contains("SAMSPILL_MODE"), "its keys are published");

    // A demo asks for less, and makes nothing before it knows that it can serve.
    for (name, value) in
        [("SAMSPILL_ISSUER", "ftp://x"), ("SAMSPILL_ISSUER", ""), ("SAMSPILL_DATA", "/dev/null")]
    {
        let error = Place::new(&[(name, value)]).refused(&["serve"]);
        assert!(error.starts_with(name), "{name}={value}: {error}");
    }
    let taken = Place::new(&[]);
    let _held = TcpListener::bind(&taken.address).unwrap();
    let error = taken.refused(&["serve"]);
    assert!(error.starts_with("SAMSPILL_BIND") && !taken.folder.join("data").exists(), "{error}");

    let place = Place::new(&good);
    let _serving = place.serve().await;
    assert_eq!(get(&format!("{}/v1/account", place.base()), "nobody").await.0, 401);
}

#[actix_web::test]
async fn an_operator_makes_organisations_users_and_keys() {
    let urls = database::clone().await;
    let ring = KeyRing::generate().unwrap();
    let password = "a long enough phrase";
    let place = Place::new(&[
        ("SAMSPILL_MODE", "production"),
        ("DATABASE_URL", &urls.runtime),
        ("SAMSPILL_KEYS", &ring),
        ("SAMSPILL_ISSUER", "https://samspill.test"),
        ("SAMSPILL_PASSWORD", password),
    ]);
    let new = |number, code| {
        let what = ["organisation", "create", "--country", "NO", "--kind", "municipality"];
        let whose = ["--name", "Vennesla kommune", "--number", number, "--municipality-code", code];
        [what, whose].concat()
    };
    let error = place.refused(&new("311000005", "4223"));
    assert!(!error.contains("Problem") && !error.contains('{') && error.contains(' '), "{error}");
    // Vennesla before 2020.
    let error = place.refused(&new("311000004", "1014"));
    assert_eq!(error.trim(), "--municipality-code: it is not in force today in this country");
    let id = place.prints(&new("311000004", "4223"));
    let (id, email) = (id.trim(), "kari@vennesla.example");
    let user = |role| {
        let who = ["user", "create", "--email", email, "--name", "Kari Kontor"];
        [&who[..], &["--organisation-id", id, "--role", role]].concat()
    };
    place.prints(&user("admin"));
    what_cannot_be_meant_is_refused_by_argument(&place, &new("311000101", "4223"), &user("admin"));

    let _serving = place.serve().await;
    let (status, session) = log_in(&place.base(), email, password).await;
    assert_eq!(status, 200, "{session}");
    assert!(place.prints(&["key", "rotate"]).starts_with("A new key is published, and signs from 20"));
    let other = place.beside();
    let _beside = place.serve_at(&other, &[]).await;
    let base = format!("http://{other}");
    let (_, set) = get(&format!("{base}/.well-known/jwks.json"), "").await;
    assert_eq!(set["keys"].as_array().unwrap().len(), 2, "the new key is published: {set}");
    let token = log_in(&base, email, password).await.1["access_token"].as_str().unwrap().to_owned();
    let kid = |token: &str| jsonwebtoken::decode_header(token).unwrap().kid.unwrap();
    assert_eq!(kid(&token), kid(session["access_token"].as_str().unwrap()), "and does not sign yet");
    assert_eq!(get(&format!("{}/v1/account", place.base()), &token).await.0, 200);
}

/// Each of these commands is good but for one argument.
fn what_cannot_be_meant_is_refused_by_argument(place: &Place, organisation: &[&str], user: &[&str]) {
    let nobody = Uuid::nil().to_string();
    let with = |good: &[&str], name: &str, value: &str| {
        let kept = |pair: &&[&str]| pair[0] != name;
        let mut all: Vec<_> = good[2..].chunks(2).filter(kept).flatten().copied().collect();
        all.splice(0..0, good[..2].iter().copied());
        if !value.is_empty() {
            all.extend([name, value]);
        }
        let error = place.refused(&all);
        assert!(error.contains(name) && !error.contains("fkey"), "{name} {value}: {error}");
        error
    };
    for (name, value) in [
        ("--name", "  "),
        ("--country", "FI"),
        ("--number", "123"),
        ("--number", "311000004"),
        ("--municipality-code", ""),
        ("--parent-id", &nobody),
        ("--parent-id", "x"),
    ] {
        with(organisation, name, value);
    }
    assert!(with(organisation, "--kind", "bogus").contains("volunteer_centre"), "what is allowed is listed");
    for (name, value) in [
        ("--name", ""),
        ("--email", "notanemail"),
        ("--email", "kari@vennesla.example"),
        ("--language", "zz"),
        ("--organisation-id", &nobody),
        ("--role", "integration"),
        ("--password", "a long enough phrase"),
    ] {
        with(user, name, value);
    }
    assert!(with(user, "--role", "boss").contains("data_protection_officer"), "what is allowed is listed");
    assert!(place.prints(&["organisation", "create", "--help"]).contains("municipality, volunteer_centre"));
    for (password, why) in [("short", "12 to 200 characters"), ("", "SAMSPILL_PASSWORD")] {
        let output = place.command(user).env("SAMSPILL_PASSWORD", password).output().unwrap();
        assert!(String::from_utf8(output.stderr).unwrap().contains(why));
    }
}

#[actix_web::test]
async fn tables_and_contract_are_made_again_and_are_the_same() {
    let urls = database::empty().await;
    let place = Place::new(&[("DATABASE_URL", &urls.runtime)]);
    assert!(place.refused(&["migrate"]).contains("SAMSPILL_MIGRATION_URL is not set"));
    let place = Place::new(&[("DATABASE_URL", &urls.runtime), ("SAMSPILL_MIGRATION_URL", &urls.owner)]);
    place.prints(&["migrate"]);
    let made = counts(&urls.owner).await;
    place.prints(&["migrate"]);
    assert_eq!(counts(&urls.owner).await, made);

    let error = place.refused(&["openapi", "/nowhere/openapi.json"]);
    assert!(error.starts_with("/nowhere/openapi.json: "), "{error}");
    let other = place.folder.join("other.json");
    fs::write(&other, r#"{"a": 1}"#).unwrap();
    let error = place.refused(&["openapi", "--compatible-with", other.to_str().unwrap()]);
    assert!(error.contains("name an OpenAPI document"), "{error}");
    fs::create_dir(place.folder.join("openapi")).unwrap();
    assert!(place.command(&["openapi"]).current_dir(&place.folder).status().unwrap().success());
    let [written, committed] = [place.folder.as_path(), Path::new(env!("CARGO_MANIFEST_DIR"))]
        .map(|folder| fs::read_to_string(folder.join("openapi/openapi.json")).unwrap());
    assert!(written == committed, "run `samspill openapi` and commit what it writes");
}

#[actix_web::test]
async fn rules_are_checked_without_a_database_and_loaded_once() {
    let place = Place::new(&[]);
    let said = place.prints(&["rules", "check"]);
    assert!(said.ends_with(" rules, and nothing is wrong with them.\n"), "{said}");
    assert!(!place.folder.join("data").exists(), "it asks no database");
    let sound = folder(&follow_up(3));
    let sound = sound.to_str().unwrap();
    place.prints(&["rules", "check", sound]);
    let wrong = folder(&(follow_up(3).replace("weeks", "fortnights") + &follow_up(3).replace("NO_", "SE_")));
    let flaws = place.refused(&["rules", "check", wrong.to_str().unwrap()]);
    let file = wrong.join("own.toml").display().to_string();
    let lines: Vec<_> = flaws.lines().collect();
    assert!(
        lines[0].starts_with(&format!("{file}, line 2: NO_FOLLOW_UP: unknown variant `fortnights`")),
        "{flaws}"
    );
    place.refused(&["rules", "load", wrong.to_str().unwrap()]);
    place.refused(&["rules", "check", "/nowhere"]);
    let loaded = "1 versions of rules are added, and 1 closed.\n";
    assert_eq!(place.prints(&["rules", "load", sound]), loaded);
    assert_eq!(place.prints(&["rules", "load", sound]), "0 versions of rules are added, and 0 closed.\n");
    assert_eq!(place.prints(&["rules", "load"]), loaded);
}

#[actix_web::test]
async fn a_walk_without_a_server_says_how_to_start_one() {
    let error = Place::new(&[]).refused(&["demo", "--walk"]);
    assert!(error.starts_with("nobody answers at http://") && error.contains("samspill serve"), "{error}");
}
