//! The feed: everything once, in order, without a gap, to whom it is for, and soon.

use std::{
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    time::{Duration, Instant},
};

use diesel_async::{AsyncPgConnection, SimpleAsyncConnection as _};
use futures_util::future::{join, join_all};
use samspill::{access::Role, app, jobs};
use serde_json::{Value, json};
use tokio::sync::watch;
use uuid::Uuid;

use crate::support::{Answer, Api, lines, world::Desk};

/// What the other rooms did has its place in the feed.
pub async fn furnish(api: &Api) {
    number(api).await;
}

const PATIENCE: Duration = Duration::from_secs(60);

/// Waits until it holds.
pub async fn until(what: &str, holds: impl AsyncFn() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !holds().await {
        assert!(Instant::now() < deadline, "{what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// A statement that says that something happened at a desk.
fn event(desk: Uuid, reason: &str) -> String {
    format!(
        "insert into event (organisation_id, name, subject_table, subject_id, reason)
            values ('{desk}', 'referral.tested', 'referral', '{}', '{reason}')",
        Uuid::now_v7()
    )
}

async fn number(api: &Api) {
    while jobs::number(&api.house.pool).await.unwrap() {}
}

async fn poll(api: &Api, desk: &Desk, query: &str) -> Answer {
    api.get(&format!("/events?{query}")).by(desk.token(Role::Integration)).await
}

/// The reasons in a feed, with their numbers.
fn told(feed: &Value) -> Vec<(i64, String)> {
    let one = |it: &Value| {
        let number = it["sequence"].as_str().unwrap().parse().unwrap();
        (number, it["data"]["reason"].as_str().unwrap_or_default().to_owned())
    };
    feed["items"].as_array().unwrap().iter().map(one).collect()
}

/// So many workers that do nothing but number, until it is over.
async fn numberers(api: &Api, count: usize, over: &watch::Receiver<bool>) {
    let numbering = (0..count).map(|_| async {
        while !*over.borrow() {
            jobs::number(&api.house.pool).await.unwrap();
        }
    });
    join_all(numbering).await;
}

/// Writes so many events, each in a transaction that stays open for a while, so that others pass it.
async fn write(api: &Api, desk: Uuid, writer: usize, count: usize) {
    let mut db = api.owner().await;
    for place in 0..count {
        let event = event(desk, &format!("{writer} {place:03}"));
        let open = if place % 20 == 0 { 0.05 } else { 0.002 };
        let text = format!("begin; {event}; select pg_sleep(random() * {open}); commit");
        db.batch_execute(&text).await.unwrap();
    }
}

/// Reads until it has so much.
async fn follow(api: &Api, desk: &Desk, count: usize) -> Vec<(i64, String)> {
    let (mut all, mut after) = (Vec::new(), 0);
    let deadline = Instant::now() + PATIENCE;
    while all.len() < count {
        assert!(Instant::now() < deadline, "{} of {count}", all.len());
        let feed = poll(api, desk, &format!("after={after}&limit=70&wait=1")).await.expect(200);
        all.extend(told(&feed));
        after = feed["next_after"].as_i64().unwrap();
    }
    all
}

#[actix_web::test]
async fn eight_writers_and_two_numberers_and_a_reader_has_everything_once_and_in_order() {
    const WRITERS: usize = 8;
    const EACH: usize = 200;
    let api = Api::start().await;
    let world = api.desks().await;
    actix_web::rt::spawn(api.house.bell.clone().listen(api.urls.runtime.clone()));
    let desk = &world.centre;
    let (stop, over) = watch::channel(false);
    let writing = join_all((0..WRITERS).map(|writer| write(&api, desk.organisation, writer, EACH)));
    let reading = async {
        let all = follow(&api, desk, WRITERS * EACH).await;
        stop.send_replace(true);
        all
    };
    let ((all, _), ()) = join(join(reading, writing), numberers(&api, 2, &over)).await;

    let numbers: Vec<_> = all.iter().map(|(number, _)| *number).collect();
    assert_eq!(numbers, (1..=1600).collect::<Vec<_>>());
    for writer in 0..WRITERS {
        let own = all.iter().filter(|(_, reason)| reason.starts_with(&format!("{writer} ")));
        let own: Vec<_> = own.map(|(_, reason)| reason.as_str()).collect();
        assert!(own.len() == EACH && own.is_sorted(), "{own:?}");
    }
    assert_eq!(follow(&api, desk, 1600).await, all, "a number that was seen stays");
}

async fn open(api: &Api, text: &str) -> AsyncPgConnection {
    let mut db = api.owner().await;
    db.batch_execute(&format!("begin; {text}")).await.unwrap();
    db
}

#[actix_web::test]
async fn what_is_committed_late_gets_a_later_number_and_holds_nobody_up() {
    let api = Api::start().await;
    let world = api.desks().await;
    let desk = &world.centre;
    let mut late = open(&api, &event(desk.organisation, "first begun")).await;
    api.sql(&event(desk.organisation, "first committed")).await;
    number(&api).await;
    let first = poll(&api, desk, "").await.expect(200);
    assert_eq!(told(&first), [(1, "first committed".to_owned())]);
    late.batch_execute("commit").await.unwrap();
    let mut undone = open(&api, &event(desk.organisation, "undone")).await;
    undone.batch_execute("rollback").await.unwrap();
    api.sql(&event(desk.organisation, "last")).await;
    number(&api).await;
    let rest = poll(&api, desk, "after=1").await.expect(200);
    assert_eq!(told(&rest), [(2, "first begun".to_owned()), (3, "last".to_owned())]);
    assert_eq!(rest["next_after"], 3);
    // Who asks with a number that was given before the database went back to an earlier day is told so, and does not wait.
    poll(&api, desk, "after=4&wait=30").await.problem(400, "event_unknown_sequence");
    let none = poll(&api, desk, "after=3").await.expect(200);
    assert_eq!(none, json!({ "items": [], "next_after": 3 }));
}

#[actix_web::test]
async fn what_a_killed_numberer_had_begun_another_does() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (desk, other) = (&world.centre, &world.municipality);
    api.sql(&event(desk.organisation, "one")).await;
    let mut killed = open(&api, "select app.number_events(1000)").await;
    let pid = lines(&mut killed, "select pg_backend_pid()::text as line").await.remove(0);
    api.sql(&format!("{}; {}", event(desk.organisation, "two"), event(other.organisation, "other"))).await;
    // It waits for nobody: what the first holds it leaves, and does the rest.
    number(&api).await;
    assert_eq!(told(&poll(&api, desk, "").await.expect(200)), []);
    assert_eq!(told(&poll(&api, other, "").await.expect(200)), [(1, "other".to_owned())]);
    api.sql(&format!("select pg_terminate_backend({pid})")).await;
    let all = [(1, "one".to_owned()), (2, "two".to_owned())];
    until("another numbers them", async || {
        number(&api).await;
        told(&poll(&api, desk, "").await.expect(200)) == all
    })
    .await;
}

#[actix_web::test]
async fn b17_a_change_is_told_to_both_sides_by_identifiers_alone() {
    let api = Api::start().await;
    let world = api.desks().await;
    let referral = crate::referrals::push(&api, &world).await;
    number(&api).await;
    for desk in world.desks() {
        let feed = poll(&api, desk, "limit=200").await.expect(200);
        let items = feed["items"].as_array().unwrap();
        let mut mine = items.iter().filter(|it| it["data"]["subject_id"] == referral["id"]);
        let it = mine.find(|it| it["type"] == "referral.submitted").unwrap();
        let rows = api
            .lines(&format!("select name as line from event where organisation_id = '{}'", desk.organisation))
            .await;
        assert_eq!(items.len(), rows.len());
        let source = format!("http://samspill.test/v1/organisations/{}", desk.organisation);
        let subject = format!("referral/{}", referral["id"].as_str().unwrap());
        assert_eq!(
            [&it["specversion"], &it["source"], &it["subject"], &it["datacontenttype"]],
            [&json!("1.0"), &json!(source), &json!(subject), &json!("application/json")]
        );
        assert_eq!(it["data"]["to_status"], "submitted");
        assert_eq!(it["data"]["acting_organisation_id"], json!(world.municipality.organisation));
    }
}

#[actix_web::test]
async fn only_those_of_the_whole_organisation_follow_what_happens_there() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (desk, other) = (&world.centre, &world.municipality);
    api.sql(&event(desk.organisation, "ours")).await;
    number(&api).await;
    for role in [Role::Integration, Role::Coordinator, Role::TeamLeader, Role::Caseworker] {
        let feed = api.get("/events").by(desk.token(role)).await.expect(200);
        assert_eq!(told(&feed), [(1, "ours".to_owned())], "{role}");
        assert_eq!(told(&api.get("/events").by(other.token(role)).await.expect(200)), [], "{role}");
    }
    for role in [Role::Volunteer, Role::Participant, Role::UnitContact, Role::Admin] {
        api.get("/events").by(desk.token(role)).await.problem(403, "forbidden");
    }
    api.sql(&format!(
        "update membership set unit_id = '{}' where role = 'caseworker' and organisation_id = '{}'",
        desk.unit, desk.organisation
    ))
    .await;
    assert_eq!(told(&api.get("/events").by(desk.token(Role::Caseworker)).await.expect(200)), []);
    for query in ["after=-1", "limit=201", "wait=31", "after=9007199254740992", "before=1"] {
        poll(&api, desk, query).await.problem(400, "bad_parameter");
    }
}

#[actix_web::test]
async fn whoever_waits_is_answered_within_a_second() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (desk, other) = (&world.centre, &world.municipality);
    actix_web::rt::spawn(api.house.bell.clone().listen(api.urls.runtime.clone()));
    until("it listens", async || listeners(&api).await.len() == 1).await;
    let (stop, stopping) = watch::channel(false);
    let worker = actix_web::rt::spawn(jobs::run(api.house.pool.clone(), stopping));
    let mut fastest = PATIENCE;
    // A busy machine is slow now and then: once is enough to see that nobody waits for a round of the worker or longer.
    for after in 0..10 {
        let waiting = async {
            let feed = poll(&api, desk, &format!("after={after}&wait=30")).await.expect(200);
            assert_eq!(told(&feed), [(after + 1, after.to_string())]);
            Instant::now()
        };
        let writing = async {
            until("somebody waits", async || api.house.bell.waiting(desk.organisation) == 1).await;
            // What happens elsewhere ends nobody's waiting.
            api.sql(&event(other.organisation, "elsewhere")).await;
            let mut db = api.owner().await;
            db.batch_execute(&event(desk.organisation, &after.to_string())).await.unwrap();
            Instant::now()
        };
        let (answered, committed) = join(waiting, writing).await;
        fastest = fastest.min(answered.saturating_duration_since(committed));
    }
    assert!(fastest < Duration::from_secs(1), "{fastest:?}");
    stop.send_replace(true);
    worker.await.unwrap();
}

/// Who listens in this database.
async fn listeners(api: &Api) -> Vec<String> {
    let query = "select pid::text as line from pg_stat_activity where datname = current_database() and query like 'listen %'";
    api.lines(query).await
}

#[actix_web::test]
async fn it_listens_again_when_the_database_was_away() {
    let api = Api::start().await;
    let world = api.desks().await;
    let desk = &world.centre;
    actix_web::rt::spawn(api.house.bell.clone().listen(api.urls.runtime.clone()));
    until("it listens", async || listeners(&api).await.len() == 1).await;
    let first = listeners(&api).await;
    let waiting = poll(&api, desk, "wait=30");
    let begun = Instant::now();
    let breaking = async {
        until("somebody waits", async || api.house.bell.waiting(desk.organisation) == 1).await;
        api.sql(&format!("select pg_terminate_backend({})", first[0])).await;
        until("nobody listens", async || listeners(&api).await != first).await;
        // Nobody hears of this one.
        api.sql(&event(desk.organisation, "meanwhile")).await;
        number(&api).await;
    };
    let (answer, ()) = join(waiting, breaking).await;
    assert_eq!(told(&answer.expect(200)), [(1, "meanwhile".to_owned())]);
    assert!(begun.elapsed() < Duration::from_secs(25), "it was not woken");
    until("it listens again", async || listeners(&api).await.len() == 1).await;
}

#[actix_web::test]
async fn so_many_wait_without_a_connection_and_no_more() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (desk, other) = (&world.centre, &world.municipality);
    let waiting = join_all((0..16).map(|_| poll(&api, desk, "wait=30")));
    let meanwhile = async {
        until("all wait", async || api.house.bell.waiting(desk.organisation) == 16).await;
        let refused = poll(&api, desk, "wait=30").await;
        assert_eq!(refused.header("Retry-After"), Some("1"));
        refused.problem(429, "too_many_requests");
        // There are six connections, and all of them are free.
        poll(&api, desk, "").await.expect(200);
        poll(&api, other, "wait=0").await.expect(200);
        api.house.bell.close();
    };
    let (answers, ()) = join(waiting, meanwhile).await;
    for answer in answers {
        assert_eq!(answer.expect(200), json!({ "items": [], "next_after": 0 }));
    }
    assert_eq!(api.house.bell.waiting(desk.organisation), 0);
}

/// A request on a connection of its own.
fn asked(address: &str, token: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).unwrap();
    let head = format!("Host: samspill\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\r\n");
    write!(stream, "GET /v1/events?wait=30 HTTP/1.1\r\n{head}").unwrap();
    stream
}

#[actix_web::test]
async fn waiting_ends_when_the_client_hangs_up_or_the_server_stops() {
    let api = Api::start().await;
    let world = api.desks().await;
    let desk = &world.centre;
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let (stop, mut stopped) = watch::channel(false);
    let (house, bind) = (api.house.clone(), address.clone());
    let serving = actix_web::rt::spawn(async move {
        let told = async move { stopped.changed().await.unwrap_or_default() };
        app::serve(house, &bind, 1, app::KEPT, told).await.unwrap();
    });
    until("it serves", async || TcpStream::connect(&address).is_ok()).await;
    let waits = async |count| {
        until("so many wait", async || api.house.bell.waiting(desk.organisation) == count).await;
    };
    let gone = asked(&address, desk.token(Role::Integration));
    waits(1).await;
    let begun = Instant::now();
    drop(gone);
    waits(0).await;
    let mut stays = asked(&address, desk.token(Role::Integration));
    waits(1).await;
    stop.send_replace(true);
    serving.await.unwrap();
    let mut text = String::new();
    stays.read_to_string(&mut text).unwrap();
    assert!(text.starts_with("HTTP/1.1 200") && text.ends_with("{\"items\":[],\"next_after\":0}"), "{text}");
    assert!(begun.elapsed() < Duration::from_secs(25), "somebody waited to the end");
}
