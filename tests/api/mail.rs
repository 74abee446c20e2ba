//! Staff are told of their tasks by mail: by a real worker, over TCP, to a mail server in every mood.

use std::{
    net::TcpListener,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::join;
use insta::assert_snapshot;
use samspill::{
    access::{KeyRing, Role},
    jobs::{self, MailReport},
    mailer::Mailer,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    factors::Log,
    program::{PATIENCE, Place},
    support::{
        Api,
        canary::Canary,
        sink::{self, Mail, Mood, Sink},
        world::{Desk, World},
    },
};

const KINDS: [&str; 6] = [
    "referral_received",
    "first_contact_overdue",
    "consent_expires",
    "consent_expires_soon",
    "disclosure_unacknowledged",
    "guidance_requested",
];

/// Adds this room's rows to a world.
pub async fn furnish(api: &Api, world: &mut World) {
    let desk = &world.centre;
    let row = api.get(&path(desk, Role::Coordinator)).by(desk.token(Role::Coordinator)).await.expect(200);
    world.keep("mail-settings", &row);
}

fn path(desk: &Desk, role: Role) -> String {
    format!("/mail-settings/{}", desk.actor(role).membership)
}

/// Gives a member an address.
async fn reachable(api: &Api, desk: &Desk, role: Role, language: &str) -> String {
    let email = format!("{role}@{}.example", desk.organisation);
    let account = desk.actor(role).account;
    api.sql(&format!("update account set email = '{email}', language = '{language}' where id = '{account}'"))
        .await;
    email
}

/// Opens a task about nothing.
async fn open(api: &Api, desk: &Desk, kind: &str) {
    let (desk, about) = (desk.organisation, Uuid::now_v7());
    api.sql(&format!(
        "insert into task (organisation_id, kind, subject_table, subject_id) values ('{desk}', '{kind}', 'referral', '{about}')"
    ))
    .await;
}

async fn mail(api: &Api, sink: &Sink) -> MailReport {
    jobs::mail_once(&api.house.pool, &sink.mailer()).await.unwrap()
}

fn sent(count: usize) -> MailReport {
    MailReport { sent: count, ..MailReport::default() }
}

fn later(api: &Api, by: TimeDelta) {
    api.house.pool.set_clock(Some(Utc::now() + by));
}

async fn change(api: &Api, desk: &Desk, role: Role, patch: &Value) -> Value {
    let (by, path) = (desk.token(role), path(desk, role));
    let row = api.get(&path).by(by).await.expect(200);
    api.patch(&path, patch).by(by).version(&row).await.expect(200)
}

/// A mail with all in it that differs from run to run blanked out.
fn blanked(mail: &Mail, desk: &Desk) -> String {
    let id = mail.header("Message-ID").unwrap();
    let head = mail.text.split_once("\r\n\r\n").unwrap().0.replace("\r\n", "\n");
    let head: Vec<_> =
        head.lines().filter(|line| !line.starts_with("Subject") && !line.starts_with([' ', '\t'])).collect();
    let text =
        format!("{}\nSubject: {}\n\n{}", head.join("\n"), mail.header("Subject").unwrap(), mail.body());
    let day = samspill::day::of(Utc::now());
    text.replace(&id, "<id@samspill.test>")
        .replace(&mail.header("Date").unwrap(), "(now)")
        .replace(&desk.organisation.to_string(), "desk")
        .replace(&day.format("%Y-%m-%d").to_string(), "(today)")
        .replace(&day.format("%d.%m.%Y").to_string(), "(today)")
}

#[actix_web::test]
async fn a_new_referral_is_told_to_those_at_whose_desk_it_lies_until_it_is_taken_up() {
    let api = Api::start().await;
    let world = api.desks().await;
    let sink = Sink::start();
    let (centre, municipality) = (&world.centre, &world.municipality);
    let email = reachable(&api, centre, Role::Coordinator, "nb").await;
    reachable(&api, centre, Role::Volunteer, "nb").await;
    reachable(&api, municipality, Role::Caseworker, "nb").await;
    let referral = crate::referrals::push(&api, &world).await;

    assert_eq!(mail(&api, &sink).await, sent(1));
    let told = sink.mails();
    assert_eq!((told[0].to.as_str(), told.len()), (format!("RCPT TO:<{email}>").as_str(), 1));
    assert_eq!(told[0].header("Subject").unwrap(), "Vennesla frivilligsentral: Nye henvisninger (1)");
    assert_snapshot!(blanked(&told[0], centre));
    let date = told[0].header("Date").unwrap();
    assert!(
        (Utc::now() - DateTime::parse_from_rfc2822(&date).unwrap().to_utc()).num_seconds() < 60,
        "{date}"
    );
    assert_eq!(mail(&api, &sink).await, MailReport::default(), "it is told once");

    // What was seen to before the mail leaves is not told.
    let by = centre.token(Role::Coordinator);
    let tasks = api.get("/tasks?kind=referral_received").by(by).await.expect(200);
    assert_eq!(tasks["items"][0]["subject_id"], referral["id"]);
    let seen = api.get(&format!("/referrals/{}", referral["id"].as_str().unwrap())).by(by).await.expect(200);
    let step = format!("/referrals/{}/begin-clarification", referral["id"].as_str().unwrap());
    api.sql("insert into mail_notice (organisation_id, id) select organisation_id, id from task").await;
    later(&api, TimeDelta::hours(1));
    jobs::mail_once(&api.house.pool, &closed()).await.unwrap();
    api.post(&step, &json!({})).by(by).version(&seen).await.expect(200);
    let tasks = api.get("/tasks?kind=referral_received").by(by).await.expect(200);
    assert_eq!(tasks["items"], json!([]));
    later(&api, TimeDelta::hours(2));
    assert_eq!(mail(&api, &sink).await, MailReport { unneeded: 1, ..MailReport::default() });
    assert!(sink.mails().is_empty());
}

/// By a mail server that is down.
fn closed() -> Mailer {
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    sink::mailer(&format!("smtp://{address}"))
}

#[actix_web::test]
async fn what_the_clocks_find_is_told_once() {
    let api = Api::start().await;
    let world = api.desks().await;
    let sink = Sink::start();
    let centre = &world.centre;
    reachable(&api, centre, Role::Coordinator, "en").await;
    let choice = json!({ "consent_expiring": "at_once", "new_referral": "never" });
    change(&api, centre, Role::Coordinator, &choice).await;
    let subject = json!(centre.person);
    crate::persons::assess(&api, centre.token(Role::Coordinator), &subject, "has").await;
    // It lasts for 300 days.
    crate::consents::active(&api, centre, &world.municipality, subject).await;
    crate::referrals::push(&api, &world).await;
    for (day, told) in [
        (1, None),
        (30, Some("First contacts overdue (1)")),
        (31, None),
        (270, Some("Consents about to expire (1)")),
        (271, None),
        (293, Some("Consents about to expire (2)")),
        (294, None),
    ] {
        later(&api, TimeDelta::days(day));
        jobs::run_once(&api.house.pool).await.unwrap();
        mail(&api, &sink).await;
        let subjects: Vec<_> = sink.mails().iter().map(|mail| mail.header("Subject").unwrap()).collect();
        let told: Vec<_> = told.iter().map(|what| format!("Vennesla frivilligsentral: {what}")).collect();
        assert_eq!(subjects, told, "day {day}");
    }
}

#[actix_web::test]
async fn what_staff_make_themselves_is_no_news_to_them_and_what_a_participant_reports_is() {
    let api = Api::start().await;
    let world = api.desks().await;
    let centre = &world.centre;
    let need = |source: &str| {
        json!({ "service": "visiting_friend", "kind": "establish", "source_channel": source, "person_id": centre.person,
                "need": "Selskap" })
    };
    for (role, source, told) in [(Role::Coordinator, "centre", 0), (Role::Participant, "self", 1)] {
        api.sql("delete from task; update referral set status = 'withdrawn'").await;
        let by = centre.token(role);
        let draft = api.post("/referrals", &need(source)).by(by).await.expect(201);
        let submit = format!("/referrals/{}/submit", draft["id"].as_str().unwrap());
        api.post(&submit, &json!({})).by(by).version(&draft).await.expect(200);
        let tasks =
            api.get("/tasks?kind=referral_received").by(centre.token(Role::Coordinator)).await.expect(200);
        assert_eq!(tasks["items"].as_array().unwrap().len(), told, "{role}");
    }
}

#[actix_web::test]
async fn each_kind_is_told_in_the_language_of_the_account_or_else_of_the_country() {
    let api = Api::start().await;
    let world = api.desks().await;
    let sink = Sink::start();
    let desk = &world.centre;
    for kind in KINDS.into_iter().chain(["referral_received", "network_contact_missing"]) {
        open(&api, desk, kind).await;
    }
    let once = json!({ "consent_expiring": "at_once" });
    change(&api, desk, Role::Coordinator, &once).await;
    jobs::mail_once(&api.house.pool, &sink.mailer()).await.unwrap();
    let mut told = Vec::new();
    let tags = ["nb", "nn-NO", "da", "sv-SE", "en", "no", "fi"];
    for (hour, tag) in (1..).zip(tags) {
        reachable(&api, desk, Role::Coordinator, tag).await;
        api.sql("insert into mail_notice (organisation_id, id) select organisation_id, id from task").await;
        later(&api, TimeDelta::hours(hour));
        assert_eq!(mail(&api, &sink).await, sent(1), "{tag}");
        let it = sink.mails().remove(0);
        told.push(format!("{tag}: {}\n{}", it.header("Subject").unwrap(), it.body()));
    }
    let abroad = ["NO", "DK", "SE"];
    for (hour, country) in (8..).zip(abroad) {
        let of = format!("update organisation set country = '{country}' where id = '{}'", desk.organisation);
        api.sql(&of).await;
        api.sql("insert into mail_notice (organisation_id, id) select organisation_id, id from task").await;
        later(&api, TimeDelta::hours(hour));
        mail(&api, &sink).await;
        let body = sink.mails().remove(0).body();
        let language = ["Dette venter hos", "Hej\n", "Det här meddelandet"]
            [abroad.iter().position(|it| *it == country).unwrap()];
        assert!(body.contains(language), "{country}: {body}");
    }
    let today = samspill::day::of(Utc::now());
    let told = told.join("\n");
    let told = told.replace(&today.format("%Y-%m-%d").to_string(), "(today)");
    assert_snapshot!(told.replace(&today.format("%d.%m.%Y").to_string(), "(today)"));
}

#[actix_web::test]
async fn each_member_chooses_what_is_told_and_how_soon() {
    let api = Api::start().await;
    let world = api.desks().await;
    let sink = Sink::start();
    let desk = &world.centre;
    let by = desk.token(Role::Coordinator);
    let setting = api.get(&path(desk, Role::Coordinator)).by(by).await.expect(200);
    let default = json!({ "id": desk.actor(Role::Coordinator).membership, "new_referral": "at_once",
        "first_contact_overdue": "at_once", "consent_expiring": "daily", "disclosure_unacknowledged": "at_once",
        "cooperation": "at_once", "version": 1 });
    assert_eq!(setting, default);
    api.get(&path(desk, Role::TeamLeader)).by(by).await.problem(404, "not_found");
    let other = path(desk, Role::TeamLeader);
    api.patch(&other, &json!({ "new_referral": "never" }))
        .by(by)
        .version(&setting)
        .await
        .problem(404, "not_found");
    api.patch(&path(desk, Role::Coordinator), &json!({ "new_referral": "weekly" }))
        .by(by)
        .version(&setting)
        .await
        .problem(422, "invalid");

    reachable(&api, desk, Role::Coordinator, "en").await;
    let patch = json!({ "new_referral": "daily", "first_contact_overdue": "never" });
    let changed = change(&api, desk, Role::Coordinator, &patch).await;
    assert_eq!((&changed["new_referral"], &changed["version"]), (&json!("daily"), &json!(2)));
    let morning: DateTime<Utc> = "2027-01-12T05:00:00Z".parse().unwrap();
    let at = |time| api.house.pool.set_clock(Some(time));
    at(morning - TimeDelta::hours(20));
    for kind in KINDS {
        open(&api, desk, kind).await;
    }
    open(&api, desk, "referral_received").await;
    assert_eq!(mail(&api, &sink).await, sent(1));
    assert_eq!(
        sink.mails()[0].header("Subject").unwrap(),
        "Vennesla frivilligsentral: Disclosures not acknowledged (1), Requests and news from partners (1)"
    );
    at(morning - TimeDelta::seconds(1));
    assert_eq!(mail(&api, &sink).await, MailReport::default());
    at(morning);
    assert_eq!(mail(&api, &sink).await, sent(1));
    let subject = "Vennesla frivilligsentral: New referrals (2), Consents about to expire (2)";
    assert_eq!(sink.mails()[0].header("Subject").unwrap(), subject);
    at(morning + TimeDelta::days(1));
    assert_eq!(mail(&api, &sink).await, MailReport::default(), "nothing is new");
}

#[actix_web::test]
async fn who_is_gone_is_told_nothing_and_who_is_not_entrusted_neither() {
    let api = Api::start().await;
    let world = api.desks().await;
    let sink = Sink::start();
    let desk = &world.centre;
    for role in [Role::Coordinator, Role::TeamLeader, Role::Caseworker] {
        reachable(&api, desk, role, "en").await;
    }
    let of = |role: Role| desk.actor(role).membership;
    open(&api, desk, "referral_received").await;
    assert_eq!(mail(&api, &sink).await, sent(3));
    sink.mails();

    // One is gone before the task, and one between the task and the mail.
    api.sql(&format!("update membership set ended_at = now() where id = '{}'", of(Role::Coordinator))).await;
    open(&api, desk, "referral_received").await;
    assert_eq!(mail(&api, &sink).await, MailReport::default(), "a quarter of an hour is between two mails");
    let shut = format!(
        "update account set disabled_at = now() where id = '{}'",
        desk.actor(Role::TeamLeader).account
    );
    api.sql(&shut).await;
    later(&api, TimeDelta::minutes(16));
    assert_eq!(mail(&api, &sink).await, MailReport { sent: 1, unneeded: 1, ..MailReport::default() });
    assert!(sink.mails()[0].to.contains("caseworker"));

    // Of a unit's worker: what is about their unit; and of a protected person, whoever is entrusted with them.
    let unit = desk.unit;
    api.sql(&format!(
        "update membership set unit_id = '{unit}' where id = '{}'; delete from task",
        of(Role::Caseworker)
    ))
    .await;
    let mut gone = 16;
    for (about, guarded, told) in [
        ("null", "null", 0),
        (&*format!("'{unit}'"), "null", 1),
        (&*format!("'{unit}'"), &*format!("'{}'", Uuid::now_v7()), 0),
    ] {
        let id = Uuid::now_v7();
        let guarded = guarded.to_owned();
        api.sql(&format!(
            "set session_replication_role = replica;
             insert into referral (organisation_id, id, side, service, kind, source_channel, unit_id)
                values ('{0}', '{id}', 'internal', 'visiting_friend', 'establish', 'centre', {about});
             insert into task (organisation_id, kind, subject_table, subject_id, guarded_for)
                values ('{0}', 'first_contact_overdue', 'referral', '{id}', {guarded});
             insert into mail_notice (organisation_id, id) select organisation_id, id from task where subject_id = '{id}'",
            desk.organisation
        ))
        .await;
        gone += 20;
        later(&api, TimeDelta::minutes(gone));
        assert_eq!(mail(&api, &sink).await, sent(told), "{about} {guarded}");
    }
}

#[actix_web::test]
async fn two_workers_at_once_send_each_mail_once() {
    let api = Api::start().await;
    let world = api.desks().await;
    let sink = Sink::start();
    for desk in world.desks() {
        for role in [Role::Coordinator, Role::TeamLeader, Role::Caseworker] {
            reachable(&api, desk, role, "en").await;
        }
        for kind in KINDS {
            open(&api, desk, kind).await;
        }
    }
    let pool = &api.house.pool;
    let mailer = sink.mailer();
    let (one, two) = join(jobs::mail_once(pool, &mailer), jobs::mail_once(pool, &mailer)).await;
    assert_eq!(one.unwrap().sent + two.unwrap().sent, 6);
    let mut readers: Vec<_> = sink.mails().into_iter().map(|mail| mail.to).collect();
    readers.sort();
    readers.dedup();
    assert_eq!(readers.len(), 6);
}

#[actix_web::test]
async fn a_mail_of_which_nobody_knows_whether_it_came_is_sent_again_as_the_same() {
    let api = Api::start().await;
    let world = api.desks().await;
    let sink = Sink::start();
    reachable(&api, &world.centre, Role::Coordinator, "en").await;
    open(&api, &world.centre, "referral_received").await;
    sink.be(Mood::Drops);
    let postponed = MailReport { postponed: 1, ..MailReport::default() };
    assert_eq!(mail(&api, &sink).await, postponed);
    sink.be(Mood::Takes);
    assert_eq!(mail(&api, &sink).await, MailReport::default(), "it waits before it comes again");
    later(&api, TimeDelta::minutes(10));
    assert_eq!(mail(&api, &sink).await, sent(1));
    let both = sink.mails();
    assert_eq!(both.len(), 2);
    for name in ["Message-ID", "Subject", "To"] {
        assert_eq!(both[0].header(name), both[1].header(name));
    }
}

#[actix_web::test]
async fn what_a_worker_leaves_unsent_that_is_killed_another_sends() {
    let api = Api::start().await;
    let world = api.desks().await;
    let sink = Sink::start();
    reachable(&api, &world.centre, Role::Coordinator, "en").await;
    open(&api, &world.centre, "referral_received").await;
    sink.be(Mood::Hangs);
    let mailer = sink.mailer();
    let killed =
        tokio::time::timeout(Duration::from_millis(300), jobs::mail_once(&api.house.pool, &mailer)).await;
    assert!(killed.is_err());
    sink.be(Mood::Takes);
    later(&api, TimeDelta::minutes(4));
    assert_eq!(mail(&api, &sink).await, MailReport::default());
    later(&api, TimeDelta::minutes(6));
    assert_eq!(mail(&api, &sink).await, sent(1));
}

#[actix_web::test]
async fn a_refusal_ends_a_mail_and_what_may_pass_does_not() {
    let log = Log::listen();
    let api = Api::start().await;
    let world = api.desks().await;
    let sink = Sink::start();
    let email = reachable(&api, &world.centre, Role::Coordinator, "en").await;
    open(&api, &world.centre, "referral_received").await;
    let postponed = MailReport { postponed: 1, ..MailReport::default() };
    let mut hours = 0;
    for mood in [Mood::IsBusy, Mood::TurnsAway, Mood::Drops] {
        sink.be(mood);
        later(&api, TimeDelta::hours(hours));
        assert_eq!(mail(&api, &sink).await, postponed, "{mood:?}");
        hours += 2;
    }
    later(&api, TimeDelta::hours(hours));
    assert_eq!(jobs::mail_once(&api.house.pool, &closed()).await.unwrap(), postponed);
    sink.be(Mood::RefusesReader);
    later(&api, TimeDelta::hours(hours + 2));
    let given_up = MailReport { given_up: 1, ..MailReport::default() };
    assert_eq!(mail(&api, &sink).await, given_up);

    // What nobody takes is not tried for ever.
    open(&api, &world.centre, "disclosure_unacknowledged").await;
    sink.be(Mood::IsBusy);
    later(&api, TimeDelta::hours(hours + 3));
    assert_eq!(mail(&api, &sink).await, postponed);
    later(&api, TimeDelta::hours(hours + 3 + 95));
    assert_eq!(mail(&api, &sink).await, postponed);
    later(&api, TimeDelta::hours(hours + 3 + 99));
    assert_eq!(mail(&api, &sink).await, given_up);
    sink.be(Mood::Takes);
    later(&api, TimeDelta::hours(hours + 3 + 104));
    assert_eq!(mail(&api, &sink).await, MailReport::default());

    let log = log.text();
    let alarms: Vec<_> = log.lines().filter(|line| line.contains("a mail is given up")).collect();
    let of_desk = format!("organisation={}", world.centre.organisation);
    assert_eq!(
        alarms.iter().filter(|line| line.contains("ERROR") && line.contains(&of_desk)).count(),
        2,
        "{alarms:?}"
    );
    for line in log.lines().filter(|line| line.contains("a mail is")) {
        assert!(!line.contains(&email), "{line}");
    }
}

#[actix_web::test]
async fn a_mail_server_that_hangs_holds_nothing_else_up() {
    let api = Api::start().await;
    let world = api.desks().await;
    let sink = Sink::start();
    for role in [Role::Coordinator, Role::TeamLeader] {
        reachable(&api, &world.centre, role, "en").await;
    }
    open(&api, &world.centre, "referral_received").await;
    sink.be(Mood::Hangs);
    let mailer = sink.mailer().within(Duration::from_millis(1500));
    let waiting = jobs::mail_once(&api.house.pool, &mailer);
    // While it waits, nobody is in a transaction, and a task can be opened.
    let meanwhile = async {
        let held = "select state as line from pg_stat_activity where datname = current_database() and state like 'idle in%'";
        while api.lines("select 'x' as line from mail where attempts = 1").await.is_empty() {
            tokio::task::yield_now().await;
        }
        let held = api.lines(held).await;
        open(&api, &world.centre, "referral_received").await;
        jobs::run_once(&api.house.pool).await.unwrap();
        held
    };
    let (report, held) = join(waiting, meanwhile).await;
    assert_eq!(held, [""; 0]);
    assert_eq!(
        report.unwrap(),
        MailReport { postponed: 1, ..MailReport::default() },
        "the others would wait as long"
    );
    sink.be(Mood::Takes);
    assert_eq!(mail(&api, &sink).await.sent, 1);
}

#[actix_web::test]
async fn what_could_not_be_told_in_time_is_not_told_and_what_was_is_forgotten() {
    let api = Api::start().await;
    let world = api.desks().await;
    let sink = Sink::start();
    reachable(&api, &world.centre, Role::Coordinator, "en").await;
    open(&api, &world.centre, "referral_received").await;
    assert_eq!(mail(&api, &sink).await, sent(1));
    open(&api, &world.centre, "referral_received").await;
    later(&api, TimeDelta::days(3));
    jobs::run_once(&api.house.pool).await.unwrap();
    assert_eq!(mail(&api, &sink).await, MailReport::default());
    later(&api, TimeDelta::days(31));
    jobs::run_once(&api.house.pool).await.unwrap();
    assert_eq!(api.lines("select id::text as line from mail").await, [""; 0]);
}

#[actix_web::test]
async fn x8_no_mail_and_no_event_tells_of_a_person() {
    let api = Api::start().await;
    let world = api.world().await;
    let desk = &world.centre;
    let secrets = ["Sindre-Kanari", "Kanarifugl", "Kanariveien", "kanari@", "91929394"];
    let by = desk.token(Role::Coordinator);
    let made = json!({ "given_name": secrets[0], "family_name": secrets[1], "birth_on": "1950-05-05", "address": "Kanariveien 3",
                       "phone": secrets[4], "email": "kanari@x.example" });
    let person = api.post("/persons", &made).by(by).await.expect(201);
    let need = json!({ "service": "visiting_friend", "kind": "establish", "source_channel": "centre",
                       "person_id": person["id"], "need": "Kanarifugl savner selskap" });
    let draft = api.post("/referrals", &need).by(by).await.expect(201);
    let path = format!("/referrals/{}/submit", draft["id"].as_str().unwrap());
    let submitted = api.post(&path, &json!({})).by(by).version(&draft).await.expect(200);
    for kind in KINDS {
        api.sql(&format!(
            "insert into task (organisation_id, kind, subject_table, subject_id) values ('{}', '{kind}', 'referral', {})
             on conflict do nothing",
            desk.organisation,
            submitted["id"].to_string().replace('"', "'")
        ))
        .await;
    }
    let canary = Canary(&secrets);
    let mails = canary.assert_unmailed(&api).await;
    assert!(mails.len() >= 3, "{}", mails.len());
    // Nor is there anything in it by which a thing could be looked up elsewhere.
    for id in [&person["id"], &submitted["id"]] {
        assert!(mails.iter().all(|mail| !mail.all().contains(id.as_str().unwrap())));
    }
    while jobs::number(&api.house.pool).await.unwrap() {}
    let feed = api.get("/events?limit=200").by(desk.token(Role::Integration)).await;
    assert!(feed.text.contains(submitted["id"].as_str().unwrap()), "{}", feed.text);
    canary.assert_absent(&feed.text, "the feed");
    for line in api.lines("select to_jsonb(it)::text as line from event as it").await {
        canary.assert_absent(&line, "the feed");
    }
}

#[actix_web::test]
async fn a_password_is_told_to_nobody_but_the_mail_server() {
    let api = Api::start().await;
    let world = api.desks().await;
    reachable(&api, &world.centre, Role::Coordinator, "en").await;
    let place = Place::new(&[]);
    certify(&place.folder);
    let ring = KeyRing::generate().unwrap();
    for at_once in [true, false] {
        open(&api, &world.centre, "referral_received").await;
        api.sql("update mail set sent_at = sent_at - interval '1 day'").await;
        let sink = Sink::with_tls(&place.folder, at_once);
        let url = |sink: &Sink| {
            let scheme = if at_once { "smtps" } else { "smtp" };
            format!("{scheme}://samspill:p%40ss@{}", sink.address)
        };
        // Neither one that says that it cannot speak TLS, nor one that nobody vouches for.
        let plain = Sink::far();
        for (hours, other) in [&plain, &sink].into_iter().enumerate() {
            later(&api, TimeDelta::hours(hours.try_into().unwrap()));
            let mailer = sink::mailer(&url(other)).within(Duration::from_secs(2));
            let report = jobs::mail_once(&api.house.pool, &mailer).await.unwrap();
            assert_eq!(report, MailReport { postponed: 1, ..MailReport::default() });
            assert_eq!((other.logins().len(), other.mails().len()), (0, 0));
        }
        api.house.pool.set_clock(None);
        api.sql("update mail set due_at = now() where status = 'queued'").await;

        let mut worker = place.command(&["work"]);
        worker.env("SAMSPILL_MODE", "production").env("DATABASE_URL", &api.urls.runtime);
        worker.env("SAMSPILL_KEYS", &ring).env("SAMSPILL_ISSUER", "https://samspill.test");
        worker
            .env("SAMSPILL_MAIL", url(&sink))
            .env("SAMSPILL_MAIL_FROM", "Samspill <no-reply@samspill.test>");
        worker.env("SAMSPILL_FRONTEND", "https://app.samspill.test");
        let mut worker = place.start(worker.env("SSL_CERT_FILE", place.folder.join("cert.pem")));
        let deadline = Instant::now() + PATIENCE;
        let sent = loop {
            match sink.mails().pop() {
                Some(mail) => break mail,
                None => assert!(
                    Instant::now() < deadline && worker.child.try_wait().unwrap().is_none(),
                    "{}",
                    worker.log()
                ),
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        };
        worker.terminate();
        worker.ends(PATIENCE);
        assert_eq!(sink.logins(), [" samspill p@ss"]);
        assert!(sent.body().contains("\nhttps://app.samspill.test/\n"), "{}", sent.body());
        assert!(!worker.log().contains("@"), "{}", worker.log());
        let outcome = api.lines("select distinct status as line from mail").await;
        assert_eq!(outcome, ["sent"]);
    }
}

/// A certificate for where a far sink is.
fn certify(folder: &Path) {
    let made = Command::new("openssl")
        .args([
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "2",
        ])
        .args(["-subj", "/CN=sink.test", "-addext", "subjectAltName=IP:127.0.0.2"])
        .args(["-addext", "basicConstraints=critical,CA:FALSE", "-keyout", "key.pem", "-out", "cert.pem"])
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
}
