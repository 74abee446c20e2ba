//! What was sent and what was received, by counterpart and day; and what nobody acknowledges.

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::join;
use samspill::{
    access::Role,
    jobs::{self, Report},
};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::{
    disclosures::command,
    plans::{crowd, read},
    support::{
        Api,
        world::{Desk, World},
    },
};

/// A system that takes what is delivered, and what it has stored of it.
#[derive(Default)]
struct Receiver(Vec<(Uuid, String)>);

impl Receiver {
    async fn take(&mut self, api: &Api, desk: &Desk, acknowledges: bool) {
        let by = desk.token(Role::Integration);
        let inbox = api.get("/deliveries?status=sent").by(by).await.expect(200);
        for it in inbox["items"].as_array().unwrap() {
            let id = it["id"].as_str().unwrap();
            let whole = api.get(&format!("/deliveries/{id}")).by(by).await.expect(200);
            let sha256 = format!("{:x}", Sha256::digest(whole["payload"].to_string()));
            assert_eq!(whole["payload_sha256"], json!(sha256));
            self.0.push((id.parse().unwrap(), sha256));
            if acknowledges {
                command(api, by, &format!("/deliveries/{id}/acknowledge"), &json!({})).await.expect(200);
            }
        }
    }

    /// As the document says how.
    fn digest(&self) -> String {
        let mut all = self.0.clone();
        all.sort();
        let lines: String = all.iter().map(|(id, sha256)| format!("{id} {sha256}\n")).collect();
        format!("{:x}", Sha256::digest(lines))
    }
}

/// What the sender and the recipient read of the last days: each the only line there is.
async fn both(api: &Api, world: &World) -> (Value, Value) {
    let mut days = Vec::new();
    for (desk, what, other) in [
        (&world.centre, "disclosures", &world.municipality),
        (&world.municipality, "deliveries", &world.centre),
    ] {
        let path = format!("/{what}/reconciliation?counterpart_organisation_id={}", other.organisation);
        let report = api.get(&path).by(desk.token(Role::Integration)).await.expect(200);
        let items = report["items"].as_array().unwrap();
        assert!(items.len() == 1 && items[0]["day"] == report["last_on"], "{report:#}");
        assert_eq!(items[0]["counterpart_organisation_id"], json!(other.organisation));
        let whole = api.get(&format!("/{what}/reconciliation")).by(desk.token(Role::Caseworker)).await;
        assert_eq!(whole.expect(200), report);
        days.push(items[0].clone());
    }
    let received = days.pop().unwrap();
    (days.pop().unwrap(), received)
}

async fn deliver(api: &Api, world: &World, count: usize) {
    for _ in 0..count {
        api.delivered(&world.centre, &world.municipality, "contact_form").await;
    }
}

#[actix_web::test]
async fn b11_what_a_receiver_acknowledges_and_forgets_is_found_the_same_day() {
    let api = Api::start().await;
    let world = api.desks().await;
    let mut receiver = Receiver::default();
    deliver(&api, &world, 3).await;
    receiver.take(&api, &world.municipality, true).await;
    let (sent, received) = both(&api, &world).await;
    assert_eq!((&sent["count"], &sent["acknowledged"]), (&json!(3), &json!(3)));
    assert_eq!(sent["digest"], json!(receiver.digest()));
    assert_eq!((&sent["digest"], &sent["count"]), (&received["digest"], &received["count"]));
    // One is lost, or another than was sent: it no longer comes to the same.
    let kept = receiver.0.remove(1);
    assert_ne!(received["digest"], json!(receiver.digest()));
    receiver.0.push((kept.0, "0".repeat(64)));
    assert_ne!(received["digest"], json!(receiver.digest()));
}

#[actix_web::test]
async fn b11_what_a_receiver_takes_and_never_acknowledges_is_found_the_same_day() {
    let api = Api::start().await;
    let world = api.desks().await;
    let mut receiver = Receiver::default();
    deliver(&api, &world, 1).await;
    receiver.take(&api, &world.municipality, true).await;
    deliver(&api, &world, 2).await;
    receiver.take(&api, &world.municipality, false).await;
    let (sent, received) = both(&api, &world).await;
    assert_eq!((&sent["count"], &sent["acknowledged"]), (&json!(3), &json!(1)));
    assert_eq!((&received["acknowledged"], &received["digest"]), (&json!(1), &json!(receiver.digest())));
}

#[actix_web::test]
async fn what_is_rejected_and_deleted_is_in_neither_account() {
    let api = Api::start().await;
    let world = api.desks().await;
    deliver(&api, &world, 1).await;
    let before = both(&api, &world).await;
    let id = api.delivered(&world.centre, &world.municipality, "contact_form").await;
    let by = world.municipality.token(Role::Caseworker);
    let path = format!("/deliveries/{id}");
    let why = json!({ "reason": "duplicate" });
    let rejected = command(&api, by, &format!("{path}/reject"), &why).await.expect(200);
    assert_eq!(both(&api, &world).await, before);
    api.delete(&path).by(by).version(&rejected).await.expect(204);
    assert_eq!(both(&api, &world).await, before);
}

#[actix_web::test]
async fn a_reconciliation_is_of_whole_days_and_for_those_who_see_the_whole() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (desk, by) = (&world.centre, world.centre.token(Role::Coordinator));
    for _ in 0..3 {
        api.delivered(desk, &world.municipality, "contact_form").await;
    }
    api.sql(
        "set session_replication_role = replica;
         with placed as (select id, row_number() over (order by id) as place from disclosure)
         update disclosure set sent_at = (array['2026-03-01T22:59:59.999999Z', '2026-03-01T23:00:00Z', '2026-03-02T23:00:00Z'])[place]::timestamptz
            from placed where placed.id = disclosure.id",
    )
    .await;
    let days = async |query: &str| {
        let path = format!("/disclosures/reconciliation?{query}");
        let items = api.get(&path).by(by).await.expect(200)["items"].clone();
        let line = |it: &Value| format!("{} {}", it["day"].as_str().unwrap(), it["count"]);
        items.as_array().unwrap().iter().map(line).collect::<Vec<_>>()
    };
    assert_eq!(days("from=2026-03-01&to=2026-03-02").await, ["2026-03-01 1", "2026-03-02 1"]);
    assert_eq!(days("from=2026-03-03&to=2026-03-03").await, ["2026-03-03 1"]);
    assert_eq!(days("to=2026-03-07").await, ["2026-03-01 1", "2026-03-02 1", "2026-03-03 1"]);
    let other = format!("to=2026-03-07&counterpart_organisation_id={}", Uuid::now_v7());
    assert_eq!(days(&other).await, [""; 0]);
    for (from, to) in [("2026-03-02", "2026-03-01"), ("2026-03-01", "2026-04-01")] {
        for what in ["disclosures", "deliveries"] {
            let path = format!("/{what}/reconciliation?from={from}&to={to}");
            let flaws = api.get(&path).by(by).await.problem(400, "bad_parameter");
            assert_eq!(flaws["errors"][0]["code"], "not_so_many_days");
        }
    }
    api.sql(&format!(
        "update membership set unit_id = '{}' where role = 'caseworker' and organisation_id = '{}'",
        desk.unit, desk.organisation
    ))
    .await;
    let seen = api.get("/disclosures/reconciliation?to=2026-03-07").by(desk.token(Role::Caseworker)).await;
    assert_eq!(seen.expect(200)["items"], json!([]));
    for role in [Role::Volunteer, Role::UnitContact, Role::Participant] {
        api.get("/disclosures/reconciliation").by(desk.token(role)).await.problem(403, "forbidden");
        api.get("/deliveries/reconciliation").by(desk.token(role)).await.problem(403, "forbidden");
    }
}

#[actix_web::test]
async fn a_reconciliation_reads_the_days_that_it_tells_of() {
    let api = Api::start().await;
    let world = api.world().await;
    crowd(&api, &world, 100_000).await;
    let mut db = api.owner().await;
    for what in ["disclosure", "delivery"] {
        let at = format!(
            "{}/reconciliation?from=2026-03-01&to=2026-03-31",
            if what == "delivery" { "/deliveries" } else { "/disclosures" }
        );
        let by = world.centre.token(Role::Coordinator);
        let shown = api.get(&at).by(by).await.expect(200);
        let count =
            shown["items"].as_array().unwrap().iter().map(|it| it["count"].as_i64().unwrap()).sum::<i64>();
        assert!(count > 1000, "{shown:#}");
        let before = read(&mut db).await;
        api.get(&at).by(by).await.expect(200);
        api.get(&at).by(by).await.expect(200);
        let after = read(&mut db).await;
        let rows = after[what] - before[what];
        assert!(rows <= 3 * count, "{rows} rows of {what} for {count}");
    }
}

/// Two workers at this time.
async fn work(api: &Api, at: DateTime<Utc>) -> Report {
    let pool = &api.house.pool;
    pool.set_clock(Some(at));
    let (one, two) = join(jobs::run_once(pool), jobs::run_once(pool)).await;
    let mut both = one.unwrap();
    both += two.unwrap();
    both
}

async fn alarms(api: &Api, world: &World) -> Vec<Value> {
    let by = world.centre.token(Role::Coordinator);
    let open = api.get("/tasks?kind=disclosure_unacknowledged").by(by).await.expect(200);
    open["items"].as_array().unwrap().clone()
}

#[actix_web::test]
async fn b11_what_is_not_acknowledged_for_24_hours_is_a_task_until_it_is() {
    let api = Api::start().await;
    let world = api.desks().await;
    let id = api.delivered(&world.centre, &world.municipality, "contact_form").await;
    let by = world.centre.token(Role::Coordinator);
    let sent = api.get(&format!("/disclosures/{id}")).by(by).await.expect(200);
    let sent: DateTime<Utc> = sent["sent_at"].as_str().unwrap().parse().unwrap();
    assert_eq!(work(&api, sent + TimeDelta::hours(24) - TimeDelta::seconds(1)).await.alarmed, 0);
    let report = work(&api, sent + TimeDelta::hours(24)).await;
    assert_eq!(report, Report { alarmed: 1, ..Report::default() });
    assert_eq!(work(&api, sent + TimeDelta::hours(25)).await, Report::default());
    let open = alarms(&api, &world).await;
    assert_eq!((open.len(), &open[0]["subject_id"]), (1, &json!(id)));
    let there = world.municipality.token(Role::Coordinator);
    assert_eq!(api.get("/tasks").by(there).await.expect(200)["items"], json!([]));

    let by = world.municipality.token(Role::Integration);
    command(&api, by, &format!("/deliveries/{id}/acknowledge"), &json!({})).await.expect(200);
    assert_eq!(alarms(&api, &world).await, [json!(null); 0]);
    let told = format!(
        "select organisation_id || ' ' || name as line from event where subject_id = {}",
        open[0]["id"].to_string().replace('"', "'")
    );
    assert_eq!(api.lines(&told).await, [format!("{} task.done", world.centre.organisation)]);
    assert_eq!(work(&api, sent + TimeDelta::hours(26)).await, Report::default());
}

#[actix_web::test]
async fn an_alarm_is_raised_once_for_each_sending_and_gives_way_to_failure() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Coordinator);
    let id = api.delivered(&world.centre, &world.municipality, "contact_form").await;
    let now = Utc::now();
    assert_eq!(work(&api, now + TimeDelta::days(2)).await.alarmed, 1);
    let task = alarms(&api, &world).await.remove(0);
    let done = format!("/tasks/{}/done", task["id"].as_str().unwrap());
    api.post(&done, &json!({})).by(by).version(&task).await.expect(200);
    assert_eq!(work(&api, now + TimeDelta::days(3)).await.alarmed, 0, "who has asked is not told to again");

    api.house.pool.set_clock(None);
    let other = api.delivered(&world.centre, &world.municipality, "contact_form").await;
    assert_eq!(work(&api, now + TimeDelta::days(4)).await.alarmed, 1);
    assert_eq!(alarms(&api, &world).await[0]["subject_id"], json!(other));
    assert_eq!(work(&api, now + TimeDelta::days(9)).await.failed, 2);
    assert_eq!(alarms(&api, &world).await, [json!(null); 0]);
    let resent = command(&api, by, &format!("/disclosures/{id}/resend"), &json!({})).await.expect(200);
    assert_eq!(resent["status"], "queued");
}

#[actix_web::test]
async fn who_acknowledges_at_the_moment_of_the_alarm_is_not_asked() {
    let api = Api::start().await;
    let world = api.desks().await;
    let id = api.delivered(&world.centre, &world.municipality, "contact_form").await;
    let late = Utc::now() + TimeDelta::hours(25);
    // The recipient is about to acknowledge: the row is held, and the clock passes it by.
    let mut db = api.owner().await;
    let hold = format!("begin; select from disclosure where id = '{id}' for update");
    diesel_async::SimpleAsyncConnection::batch_execute(&mut db, &hold).await.unwrap();
    assert_eq!(work(&api, late).await.alarmed, 0);
    diesel_async::SimpleAsyncConnection::batch_execute(&mut db, "rollback").await.unwrap();
    assert_eq!(work(&api, late).await.alarmed, 1);
}
