//! One row on each side, and never two that differ.

use std::future::IntoFuture as _;

use actix_web::http::Method;
use diesel_async::SimpleAsyncConnection as _;
use futures_util::future::join;
use insta::assert_snapshot;
use samspill::access::Role;
use serde_json::json;
use uuid::Uuid;

use crate::{
    gate::refusal,
    support::{Answer, Api, crossing::Draft, lines, world::World},
};

/// Sends `path` from the desk of the token, as of version `version`.
async fn command(api: &Api, by: &str, path: String, body: serde_json::Value, version: i64) -> Answer {
    api.call(Method::POST, &path).json(&body).by(by).version(&json!(version)).await
}

/// A referral that was submitted, on both sides.
async fn referral(api: &Api, world: &World) -> Uuid {
    let (id, here, there) = (Uuid::now_v7(), world.municipality.organisation, world.centre.organisation);
    api.sql(&format!(
        "insert into referral (organisation_id, id, side, counterpart_organisation_id, service, kind, source_channel, status, note)
         values ('{here}', '{id}', 'sent', '{there}', 'network', 'need', 'push', 'submitted', 'ours'),
                ('{there}', '{id}', 'received', '{here}', 'network', 'need', 'push', 'submitted', 'theirs')"
    ))
    .await;
    id
}

const PARTED: &str = "select id::text as line from
    (select id, status from disclosure where sent_at is not null union all select id, status from delivery) as it
    group by id having count(*) <> 2 or count(distinct status) <> 1";

#[actix_web::test]
async fn accept_and_withdraw_of_a_referral_never_part() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (mut one, mut two) = (api.owner().await, api.owner().await);
    for round in 0..50 {
        let id = referral(&api, &world).await;
        let step = |seat: String, to: &str| {
            format!(
                "{seat} do $$ declare it record; begin
                    select * into it from app.open_letter('referral', 'referral', '{id}');
                    if it.status = 'submitted' then perform app.close_letter('referral', 'referral', '{id}', it.status, '{to}', '{{}}');
                    else perform app.leave_post(); end if; end $$; commit"
            )
        };
        let accept = step(world.centre.seat("samspill_app", Role::Coordinator), "accepted");
        let withdraw = step(world.municipality.seat("samspill_app", Role::Caseworker), "withdrawn");
        let (accepted, withdrawn) = if round % 2 == 0 {
            join(one.batch_execute(&accept), two.batch_execute(&withdraw)).await
        } else {
            let (withdrawn, accepted) = join(two.batch_execute(&withdraw), one.batch_execute(&accept)).await;
            (accepted, withdrawn)
        };
        accepted.unwrap();
        withdrawn.unwrap();
    }
    let parted = "select id::text as line from referral group by id
        having count(*) <> 2 or count(distinct status) <> 1 or count(distinct version) <> 1 or min(status) = 'submitted'";
    assert_eq!(api.lines(parted).await, [""; 0]);
    let silent = "select r.id::text as line from referral as r where
        (select count(*) from event where (organisation_id, subject_id, to_status) = (r.organisation_id, r.id, r.status)
            and account_id is not null and acting_organisation_id is not null) <> 1";
    assert_eq!(api.lines(silent).await, [""; 0]);
}

#[actix_web::test]
async fn two_acknowledgements_have_one_effect() {
    let api = Api::start().await;
    let world = api.desks().await;
    let [one, two] = [Role::Caseworker, Role::Integration].map(|role| world.municipality.token(role));
    for _ in 0..50 {
        let id = api.delivered(&world.centre, &world.municipality, "contact_form").await;
        let acknowledge = |by| command(&api, by, format!("/deliveries/{id}/acknowledge"), json!({}), 1);
        let (one, two) = join(acknowledge(one), acknowledge(two)).await;
        let mut outcome = [one.status, two.status];
        outcome.sort_unstable();
        assert_eq!(outcome, [200, 412], "{} {}", one.body, two.body);
    }
    assert_eq!(api.lines(PARTED).await, [""; 0]);
}

#[actix_web::test]
async fn archive_and_recall_never_part() {
    let api = Api::start().await;
    let world = api.desks().await;
    let sender = world.centre.token(Role::Coordinator);
    let recipient = world.municipality.token(Role::Integration);
    let archiving = json!({ "archive_system": "ePhorte", "archive_id": "1" });
    for round in 0..50 {
        let id = api.delivered(&world.centre, &world.municipality, "contact_form").await;
        let path = |collection: &str, command: &str| format!("/{collection}/{id}/{command}");
        command(&api, recipient, path("deliveries", "acknowledge"), json!({}), 1).await.expect(200);
        let archive = command(&api, recipient, path("deliveries", "archive"), archiving.clone(), 2);
        let recall = command(&api, sender, path("disclosures", "recall"), json!({}), 3);
        let (archived, recalled) = if round % 2 == 0 {
            join(archive, recall).await
        } else {
            let (recalled, archived) = join(recall, archive).await;
            (archived, recalled)
        };
        archived.expect(200);
        assert!([409, 412].contains(&recalled.status), "{}", recalled.body);
        assert_eq!(api.both_sides(id).await, ["archived", "archived"]);
    }
}

#[actix_web::test]
async fn a_recall_and_a_sending_never_part() {
    let api = Api::start().await;
    let world = api.desks().await;
    let sender = world.centre.token(Role::Coordinator);
    let (consent, _) = api.queued(&world.centre, &world.municipality, "contact_form").await;
    for round in 0..50 {
        let draft = Draft::new(&world.centre, &world.municipality, "contact_form", Some(consent));
        let id = api.lay_out(world.centre.organisation, &draft).await;
        let recall = command(&api, sender, format!("/disclosures/{id}/recall"), json!({}), 1);
        let send = samspill::jobs::run_once(&api.house.pool);
        let (recalled, sent) = if round % 2 == 0 {
            join(recall, send).await
        } else {
            let (sent, recalled) = join(send, recall).await;
            (recalled, sent)
        };
        assert_eq!(sent.unwrap().postponed, 0);
        let sides = api.both_sides(id).await;
        match recalled.status {
            200 => assert_eq!(sides, ["recalled"]),
            status => {
                assert_eq!((status, sides.as_slice()), (412, &["sent".to_owned(), "sent".to_owned()][..]))
            }
        }
    }
}

/// Somebody else holds the second row and wants the first: the post loses once, and tries again.
#[actix_web::test]
async fn acknowledge_delivery_after_a_deadlock() {
    let api = Api::start().await;
    let world = api.desks().await;
    let id = api.delivered(&world.centre, &world.municipality, "contact_form").await;
    let (sender, recipient) = (world.centre.organisation, world.municipality.organisation);
    let tables = if sender < recipient { ["disclosure", "delivery"] } else { ["delivery", "disclosure"] };
    let [first, second] = tables.map(|table| format!("select 1 from {table} where id = '{id}' for update"));
    let mut other = api.owner().await;
    other.batch_execute(&format!("set deadlock_timeout = '1min'; begin; {second}")).await.unwrap();
    let by = world.municipality.token(Role::Integration);
    let acknowledge = command(&api, by, format!("/deliveries/{id}/acknowledge"), json!({}), 1);
    let deadlock = async {
        let waiting = "select pid::text as line from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()";
        while api.lines(waiting).await.is_empty() {}
        other.batch_execute(&first).await.unwrap();
        other.batch_execute("commit").await.unwrap();
    };
    let (answer, ()) = join(acknowledge.into_future(), deadlock).await;
    assert_eq!(answer.expect(200)["status"], "received");
    assert_eq!(api.both_sides(id).await, ["received", "received"]);
}

#[actix_web::test]
async fn both_rows_change_or_none() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (centre, municipality) = (&world.centre, &world.municipality);
    let mut db = api.owner().await;
    let id = api.delivered(centre, municipality, "contact_form").await;
    for (desk, role, mine, theirs) in [
        (centre, Role::Coordinator, "disclosure", "delivery"),
        (municipality, Role::Caseworker, "delivery", "disclosure"),
    ] {
        let step = format!(
            "select app.open_letter('{mine}', '{theirs}', '{id}'); select app.close_letter('{mine}', '{theirs}', '{id}', 'sent', 'invented', '{{}}')"
        );
        let refused = refusal(&mut db, &desk.seat("samspill_app", role), &step).await;
        assert_eq!(refused, "disclosure_keeps_to_its_life");
        assert_eq!(api.both_sides(id).await, ["sent", "sent"]);
    }
    // The sending itself, refused after the disclosure is written and before the delivery is.
    let (_, next) = api.queued(centre, municipality, "contact_form").await;
    api.sql("update counterpart set status = 'ended'").await;
    assert_eq!(samspill::jobs::run_once(&api.house.pool).await.unwrap().blocked, 1);
    assert_eq!(api.both_sides(next).await, ["blocked"]);
    let why = format!("select blocked_reason as line from disclosure where id = '{next}'");
    assert_eq!(api.lines(&why).await, ["counterpart_not_approved"]);
}

#[actix_web::test]
async fn nobody_reads_or_writes_for_the_counterpart() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (centre, municipality) = (&world.centre, &world.municipality);
    let mut db = api.owner().await;
    referral(&api, &world).await;
    let id = api.delivered(centre, municipality, "contact_form").await;
    let there = municipality.organisation;
    for role in ["samspill_app", "samspill_post"] {
        for table in ["referral", "consent", "counterpart", "disclosure", "delivery"] {
            db.batch_execute(&centre.seat(role, Role::Coordinator)).await.unwrap();
            let seen = format!("select id::text as line from {table} where organisation_id = '{there}'");
            assert_eq!(lines(&mut db, &seen).await, [""; 0], "{role}: {table}");
            db.batch_execute("rollback").await.unwrap();
        }
    }
    for table in ["referral", "consent", "counterpart", "delivery"] {
        // From one's own desk the post finds nothing of theirs to change.
        let update =
            format!("update {table} set status = 'invented' where organisation_id = '{there}'; commit");
        db.batch_execute(&(centre.seat("samspill_post", Role::Coordinator) + &update)).await.unwrap();
        let changed = format!("select id::text as line from {table} where status = 'invented'");
        assert_eq!(lines(&mut db, &changed).await, [""; 0], "{table}");
    }
    let no_right = |table: &str| format!("permission denied for table {table}");
    for (role, table, statement) in [
        ("samspill_app", "referral", "update referral set status = 'accepted'"),
        ("samspill_app", "referral", "insert into referral (side, service) values ('received', 'x')"),
        (
            "samspill_app",
            "referral",
            "insert into referral (organisation_id, service) values (gen_random_uuid(), 'x')",
        ),
        ("samspill_app", "delivery", "update delivery set status = 'archived'"),
        ("samspill_app", "delivery", "update delivery set payload = '{}'"),
        ("samspill_app", "delivery", "insert into delivery (payload) values ('{}')"),
        ("samspill_app", "counterpart", "update counterpart set status = 'approved'"),
        ("samspill_post", "referral", "select note from referral"),
        ("samspill_post", "referral", "select person_id from referral"),
        ("samspill_post", "referral", "select external_case_id from referral"),
        ("samspill_post", "referral", "update referral set note = 'x'"),
        ("samspill_post", "referral", "update referral set service = 'x'"),
        ("samspill_post", "referral", "delete from referral"),
        ("samspill_post", "consent", "select subject_id from consent"),
        ("samspill_post", "consent", "select method from consent"),
        ("samspill_post", "counterpart", "select note from counterpart"),
        ("samspill_post", "delivery", "select person_id from delivery"),
        ("samspill_post", "delivery", "update delivery set payload = '{}'"),
        ("samspill_post", "delivery", "delete from delivery"),
        ("samspill_post", "disclosure", "select subject_id from disclosure"),
        ("samspill_post", "disclosure", "select contact_form_id from disclosure"),
        ("samspill_post", "person", "select 1 from person"),
        ("samspill_post", "volunteer", "select 1 from volunteer"),
        ("samspill_post", "audit", "select 1 from audit"),
        ("samspill_post", "event", "select 1 from event"),
        ("samspill_post", "task", "select 1 from task"),
        ("samspill_post", "task", "update task set done_at = now()"),
        ("samspill_system", "referral", "update referral set status = 'accepted'"),
        ("samspill_system", "consent", "update consent set status = 'active'"),
        ("samspill_system", "delivery", "update delivery set status = 'archived'"),
        ("samspill_system", "delivery", "delete from delivery"),
    ] {
        let refused = refusal(&mut db, &centre.seat(role, Role::Coordinator), statement).await;
        assert_eq!(refused, no_right(table), "{role}: {statement}");
    }
    let task = format!(
        "insert into task (organisation_id, kind, subject_table, subject_id) values ('{there}', 'x', 'x', '{id}')"
    );
    let refused = refusal(&mut db, &centre.seat("samspill_app", Role::Coordinator), &task).await;
    assert!(refused.contains("row-level security"), "{refused}");
    let refused = refusal(&mut db, &centre.seat("samspill_post", Role::Coordinator), &task).await;
    assert_eq!(refused, "permission denied for table task");
}

/// Which columns of which tables the post may touch. A new one is looked at twice.
#[actix_web::test]
async fn what_the_post_carries() {
    let api = Api::start().await;
    let carried = "select format('%s: %s %s', table_name, lower(privilege_type), string_agg(column_name, ', ' order by column_name)) as line
         from information_schema.role_column_grants where grantee = 'samspill_post' group by table_name, privilege_type order by 1";
    assert_snapshot!(api.lines(carried).await.join("\n"));
}
