//! The database is away, or its disk is full: whoever asks is told so at once, nothing is half written, and it goes on by
//! itself when that is over. `./faults` kills what runs while others write.

use std::{
    cell::Cell,
    fs,
    future::IntoFuture as _,
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    os::unix::fs::{MetadataExt as _, chown},
    path::{Path, PathBuf},
    pin::pin,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use diesel_async::SimpleAsyncConnection as _;
use futures_util::future::{Either, join_all, select};
use samspill::{access::Role, app, db::Cluster};
use serde_json::{Value, json};
use tokio::sync::oneshot;
use uuid::Uuid;

use crate::{
    program::{PATIENCE, Place, drip},
    support::{
        Answer, Api, Call,
        contract::{Operation, operations},
        database,
        probe::counts,
        world::World,
    },
};

const SECOND: Duration = Duration::from_secs(1);

fn run(program: &str, arguments: &[&str]) -> bool {
    let mut command = Command::new(program);
    command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|it| it.success())
}

/// The number of the first process of a cluster; none if it has stopped.
fn postmaster(cluster: &Cluster) -> Option<String> {
    let file = fs::read_to_string(cluster.data().join("data/postmaster.pid")).ok()?;
    file.lines().next().map(str::to_owned)
}

/// Ends the cluster as a power cut does, and waits until it has.
fn stop(cluster: &Cluster) {
    if let Some(first) = postmaster(cluster) {
        run("kill", &["-s", "QUIT", &first]);
    }
    let deadline = Instant::now() + PATIENCE;
    while postmaster(cluster).is_some() {
        assert!(Instant::now() < deadline, "it does not stop");
        thread::sleep(Duration::from_millis(20));
    }
}

/// What the document says can be asked, each as somebody who may: how it was answered, and how late.
async fn ask_all(api: &Api, world: &World) -> Vec<(Operation, Answer, Duration)> {
    let mut all = Vec::new();
    let operations: Vec<_> = operations().collect();
    for some in operations.chunks(20) {
        let asked = join_all(some.iter().map(async |operation| {
            let begun = Instant::now();
            let answer = call(api, world, operation).await;
            (operation.clone(), answer, begun.elapsed())
        }));
        // How late this thread is, since it answers all of them and other tests keep the machine busy, is no lateness of
        // an answer.
        let late = Cell::new(Duration::ZERO);
        let tick = Duration::from_millis(20);
        let idle = async {
            loop {
                let begun = Instant::now();
                tokio::time::sleep(tick).await;
                late.set(late.get() + begun.elapsed() - tick);
            }
        };
        let asked = match select(pin!(asked), pin!(idle)).await {
            Either::Left((asked, _)) => asked,
            Either::Right((never, _)) => never,
        };
        let late = late.get();
        all.extend(
            asked.into_iter().map(|(operation, answer, took)| (operation, answer, took.saturating_sub(late))),
        );
    }
    all
}

fn call(api: &Api, world: &World, operation: &Operation) -> Call {
    let id = Uuid::now_v7().to_string();
    match operation.allowed().first() {
        Some(role) => operation.call(api, world, world.centre.actor(*role), &id),
        None => {
            let id = if operation.path.starts_with("/problems/") { "not_found" } else { &id };
            let place = if operation.path == "/v1/directory" { "?municipality=4223" } else { "" };
            let at = operation.at(id) + place;
            let call = api.call(operation.method.clone(), &at).header("Idempotency-Key", id);
            let form = "grant_type=client_credentials&client_assertion=a.e30.c&client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
            match operation.sample(world) {
                Some(body) => call.json(&body),
                None if operation.method == "POST" => call.text("application/x-www-form-urlencoded", form),
                None => call,
            }
        }
    }
}

/// Every operation that needs the database says within a second that it is away, and when to come again.
async fn all_say_so(api: &Api, world: &World) {
    let mut said = 0;
    for (operation, answer, took) in ask_all(api, world).await {
        if operation.scope().is_none() && answer.status != 503 {
            let needs_none = ["/.well-known/", "/problems", "/openapi", "/api-info", "/health"];
            let free = needs_none.iter().any(|root| operation.path.starts_with(root));
            assert!(free && answer.status < 300, "{operation}: {}", answer.text);
            continue;
        }
        assert_eq!(answer.status, 503, "{operation}: {}", answer.text);
        assert_eq!(answer.header("Retry-After"), Some("2"), "{operation}");
        assert!(took <= SECOND, "{operation} says so after {took:?}");
        said += 1;
    }
    assert!(said > 150, "{said}");
}

async fn volunteer(api: &Api, world: &World, key: &str) -> Answer {
    let call = api.post("/volunteers", &json!({ "name": "Frida" })).by(world.centre.token(Role::Coordinator));
    call.header("Idempotency-Key", key).await
}

/// Within five seconds, and everything that was there is.
async fn is_back(api: &Api, world: &World) {
    let begun = Instant::now();
    while volunteer(api, world, &Uuid::now_v7().to_string()).await.status != 201 {
        assert!(begun.elapsed() < Duration::from_secs(5), "it does not come back");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let at = format!("/volunteers/{}", world.centre.volunteer);
    api.get(&at).by(world.centre.token(Role::Coordinator)).await.expect(200);
}

/// So many requests at once, so that as many connections have been opened.
async fn open_connections(api: &Api, world: &World) {
    let by = world.centre.token(Role::Coordinator);
    for answer in join_all((0..6).map(|_| api.get("/volunteers").by(by).into_future())).await {
        answer.expect(200);
    }
}

#[actix_web::test]
async fn while_the_database_is_away_every_operation_says_so_within_a_second() {
    let place = Place::new(&[]);
    let folder = place.folder.join("data");
    let (cluster, urls) = database::apart(|| Cluster::open(&folder)).await;
    let api = Api::at(urls).await;
    let world = api.desks().await;
    open_connections(&api, &world).await;
    stop(&cluster);
    all_say_so(&api, &world).await;
    // Whoever comes has it started.
    let _cluster = Cluster::open(&folder).unwrap();
    is_back(&api, &world).await;
}

/// It neither answers nor hangs up, as when a cable is pulled: whoever is in, and whoever comes.
#[actix_web::test]
async fn while_the_database_is_silent_every_operation_says_so_within_a_second() {
    let (cluster, urls) = database::apart(Cluster::throwaway).await;
    let api = Api::at(urls).await;
    let world = api.desks().await;
    open_connections(&api, &world).await;
    let silenced = Silenced::new(&cluster);
    all_say_so(&api, &world).await;
    drop(silenced);
    is_back(&api, &world).await;
}

/// All processes of a cluster, held until this is dropped.
struct Silenced(String);

impl Silenced {
    fn new(cluster: &Cluster) -> Self {
        let it = Self(postmaster(cluster).unwrap());
        assert!(it.signal("STOP"));
        it
    }

    fn signal(&self, name: &str) -> bool {
        run("kill", &["-s", name, &self.0]) && run("pkill", &[&format!("-{name}"), "-P", &self.0])
    }
}

impl Drop for Silenced {
    fn drop(&mut self) {
        self.signal("CONT");
    }
}

#[actix_web::test]
async fn a_kept_connection_is_cut_when_no_request_comes_however_many_bytes_do() {
    let api = Api::start().await;
    let world = api.desks().await;
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let (stop, stopped) = oneshot::channel::<()>();
    let (house, bind, kept) = (api.house.clone(), address.clone(), Duration::from_secs(2));
    let serving = actix_web::rt::spawn(async move {
        app::serve(house, &bind, 1, kept, async move { drop(stopped.await) })
            .await
            .map_err(|error| error.to_string())
    });
    while TcpStream::connect(&address).is_err() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let whole = "GET /health/live HTTP/1.1\r\nHost: samspill\r\n\r\n";
    let slow = drip(&address, &format!("{whole}GET /health/live HTTP/1.1\r\nX-Slow: "));
    let token = world.centre.token(Role::Integration);
    let head = format!("Host: samspill\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\r\n");
    let mut waits = TcpStream::connect(&address).unwrap();
    write!(waits, "GET /v1/events?wait=5 HTTP/1.1\r\n{head}").unwrap();
    let waits = thread::spawn(move || {
        let mut text = String::new();
        waits.read_to_string(&mut text).map(|_| text).unwrap()
    });
    while !slow.is_finished() || !waits.is_finished() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let told = slow.join().unwrap();
    assert!(told.starts_with("HTTP/1.1 200") && told.matches("HTTP/1.1").count() == 1, "{told}");
    let told = waits.join().unwrap();
    assert!(told.starts_with("HTTP/1.1 200") && told.ends_with("\"next_after\":0}"), "{told}");
    stop.send(()).unwrap();
    serving.await.unwrap().unwrap();
}

/// A small disk of one test's own.
struct Disk(PathBuf);

impl Disk {
    /// None, and that is said, where nothing can be mounted.
    fn mount(at: &Path, megabytes: u32) -> Option<Self> {
        fs::create_dir(at).unwrap();
        let size = format!("size={megabytes}m,mode=777");
        if run("mount", &["-t", "tmpfs", "-o", &size, "tmpfs", &at.to_string_lossy()]) {
            return Some(Self(at.to_owned()));
        }
        // Past the test's own output, which nobody is shown.
        let why = "NOT CHECKED: a full disk. Only root can mount one, and not everywhere.";
        eprintln!("{why}");
        None
    }

    /// Writes until there is no room.
    fn fill(&self) {
        let mut ballast = fs::File::create(self.0.join("ballast")).unwrap();
        let mut size = 1 << 20;
        while size > 0 {
            if ballast.write_all(&vec![7; size]).is_err() {
                size /= 2;
            }
        }
    }

    fn make_room(&self) {
        fs::remove_file(self.0.join("ballast")).unwrap();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        run("umount", &["-l", &self.0.to_string_lossy()]);
    }
}

/// Writes until one is refused; then everything is as it was before that one. Tells what was made, and the key of the one.
async fn until_refused(api: &Api, world: &World) -> (Vec<Value>, String) {
    let mut made = Vec::new();
    for number in 0..2000 {
        let key = format!("full-{number}");
        let before = counts(api, &[]).await;
        let answer = volunteer(api, world, &key).await;
        if answer.status == 201 {
            made.push(answer.body);
            continue;
        }
        assert_eq!(answer.header("Retry-After"), Some("2"));
        answer.problem(503, "unavailable");
        assert_eq!(counts(api, &[]).await, before, "something was half written");
        return (made, key);
    }
    panic!("the disk does not fill");
}

/// What was refused is done when it is sent again, and what was made is there.
async fn goes_on(api: &Api, world: &World, (made, key): &(Vec<Value>, String)) {
    let again = volunteer(api, world, key).await;
    assert_eq!(again.header("Idempotency-Replayed"), None);
    again.expect(201);
    let by = world.centre.token(Role::Coordinator);
    for one in made {
        let at = format!("/volunteers/{}", one["id"].as_str().unwrap());
        assert_eq!(&api.get(&at).by(by).await.expect(200), one);
    }
}

#[actix_web::test]
async fn a_full_disk_is_said_and_nothing_is_half_written() {
    let place = Place::new(&[]);
    let Some(disk) = Disk::mount(&place.folder.join("disk"), 80) else { return };
    let cluster = Cluster::throwaway().unwrap();
    let owner = cluster.url("postgres", Cluster::OWNER);
    let at = disk.0.join("rows");
    fs::create_dir(&at).unwrap();
    let user = fs::metadata(cluster.data().join("data")).unwrap().uid();
    chown(&at, Some(user), None).unwrap();
    let mut db = samspill::db::connect(&owner).await.unwrap();
    for statement in [
        format!("create tablespace small location '{}'", at.display()),
        "create database samspill tablespace small".into(),
    ] {
        db.batch_execute(&statement).await.unwrap();
    }
    let (_cluster, urls) = database::apart(|| Ok(cluster)).await;
    let api = Api::at(urls).await;
    let world = api.desks().await;
    disk.fill();
    let done = until_refused(&api, &world).await;
    disk.make_room();
    goes_on(&api, &world, &done).await;
}

/// Without room for what it has to write first, PostgreSQL stops. It comes again when there is room and somebody starts it.
#[actix_web::test]
async fn a_full_disk_beneath_all_of_postgresql_loses_nothing() {
    let place = Place::new(&[]);
    let Some(disk) = Disk::mount(&place.folder.join("disk"), 200) else { return };
    let (cluster, urls) = database::apart(|| Cluster::open(&disk.0)).await;
    let api = Api::at(urls.clone()).await;
    let world = api.desks().await;
    disk.fill();
    let mut made = Vec::new();
    let key = loop {
        let key = Uuid::now_v7().to_string();
        let answer = volunteer(&api, &world, &key).await;
        if answer.status == 503 {
            break key;
        }
        made.push(answer.expect(201));
        // What is written next needs a new file. Whether this is answered does not matter.
        if let Ok(mut db) = samspill::db::connect(&urls.owner).await {
            let _ = db.batch_execute("select pg_switch_wal()").await;
        }
    };
    disk.make_room();
    stop(&cluster);
    let _cluster = Cluster::open(&disk.0).unwrap();
    is_back(&api, &world).await;
    goes_on(&api, &world, &(made, key)).await;
}
