//! Nothing is disclosed without a basis that covers it, whatever statement is sent by whom.

use diesel_async::{AsyncConnection as _, AsyncPgConnection, SimpleAsyncConnection as _};
use futures_util::future::join;
use samspill::access::Role;
use serde_json::json;
use uuid::Uuid;

use crate::support::{
    Api,
    crossing::{Draft, VALID},
    lines,
    world::Desk,
};

const ROLES: [&str; 3] = ["samspill_app", "samspill_post", "samspill_system"];

/// What something can be sent under, and how it ends before its time.
const BASES: [(&str, &str); 2] = [("consent", "withdrawn"), ("legal_basis", "ended")];

/// Why a statement is refused from this seat. Leaves nothing behind.
pub async fn refusal(db: &mut AsyncPgConnection, seat: &str, statement: &str) -> String {
    db.batch_execute(seat).await.unwrap();
    let outcome = db.batch_execute(statement).await;
    db.batch_execute("rollback").await.unwrap();
    match outcome {
        Err(diesel::result::Error::DatabaseError(_, info)) => {
            info.constraint_name().unwrap_or_else(|| info.message()).to_owned()
        }
        other => panic!("{seat} {statement}: {other:?}"),
    }
}

/// `begin` as the worker does.
pub fn worker() -> String {
    format!("begin; select app.enter_as_system('dispatch disclosures', '{}', '');", Uuid::now_v7())
}

pub fn dispatch(desk: Uuid, id: Uuid) -> String {
    format!("{} select app.dispatch_disclosure('{desk}', '{id}'); commit", worker())
}

/// What waits under a basis that does not cover it, and what the gate says of it.
async fn uncovered(
    api: &Api,
    (centre, municipality): (&Desk, &Desk),
    (basis, ended): (&str, &str),
) -> Vec<(Uuid, String)> {
    let stranger = api.desk("municipality", "Birkenes kommune").await;
    let (here, there, person) = (centre.organisation, municipality.organisation, Uuid::now_v7());
    api.sql(&format!(
        "insert into person (organisation_id, id, given_name, family_name) values ('{here}', '{person}', 'Bo', 'Prøve')"
    ))
    .await;
    let about = (here, centre.person, there);
    let good = api.basis(basis, about, VALID).await;
    let of_another = api.basis(basis, (here, person, there), VALID).await;
    let for_another = api.basis(basis, (here, centre.person, stranger.organisation), VALID).await;
    let past = api.basis(basis, about, "[now() - interval '2 days', now() - interval '1 second')").await;
    let to_come = api.basis(basis, about, "[now() + interval '1 hour', now() + interval '1 day')").await;
    let received = api.basis(basis, (there, municipality.person, here), VALID).await;
    let over = api.basis(basis, about, VALID).await;
    api.sql(&format!("update {basis} set status = '{ended}' where id = '{over}'")).await;
    let of = |id| Draft::under(centre, municipality, "contact_form", (basis, id));
    let diagnosis = json!({ "name": "Ada", "diagnosis": "none of their business" });
    let drafts = [
        (of(of_another), format!("{basis}_of_another")),
        (of(for_another), format!("{basis}_for_another")),
        (Draft { kind: "journal", ..of(good) }, format!("{basis}_for_another_kind")),
        (Draft { payload: diagnosis, ..of(good) }, format!("{basis}_does_not_cover")),
        (of(past), format!("{basis}_not_valid_now")),
        (of(to_come), format!("{basis}_not_valid_now")),
        (of(received), format!("no_{basis}")),
        (of(over), format!("{basis}_not_active")),
    ];
    let mut waiting = Vec::new();
    for (draft, reason) in drafts {
        waiting.push((api.lay_out(here, &draft).await, reason));
    }
    waiting
}

#[actix_web::test]
async fn x4_nothing_is_sent_without_cover() {
    let api = Api::start().await;
    let world = api.desks().await;
    let centre = &world.centre;
    let mut db = api.owner().await;
    let mut waiting = Vec::new();
    for basis in BASES {
        waiting.extend(uncovered(&api, (centre, &world.municipality), basis).await);
    }
    // And one that has none at all.
    let bare = Draft::new(centre, &world.municipality, "contact_form", None);
    waiting.push((api.lay_out(centre.organisation, &bare).await, "no_consent".into()));
    api.sql("update disclosure set status = 'queued', blocked_reason = null where status = 'blocked'").await;
    for (id, reason) in &waiting {
        // The gate asks the real clock, not the one that a statement can set.
        let clock = "select set_config('app.now', (now() - interval '1 hour')::text, true), set_config('app.now', '2026-01-01', true);";
        let send = format!("{clock} update disclosure set status = 'sent' where id = '{id}'");
        let expected = ["permission denied for table disclosure", reason, reason];
        for (role, expected) in ROLES.iter().zip(expected) {
            let refused = refusal(&mut db, &centre.seat(role, Role::Coordinator), &send).await;
            assert_eq!(&refused, expected, "{role}: {reason}");
        }
        db.batch_execute(&dispatch(centre.organisation, *id)).await.unwrap();
        let why = format!("select status || ' ' || blocked_reason as line from disclosure where id = '{id}'");
        assert_eq!(lines(&mut db, &why).await, [format!("blocked {reason}")]);
        let again = format!("update disclosure set status = 'sent' where id = '{id}'");
        let refused = refusal(&mut db, &centre.seat("samspill_post", Role::Coordinator), &again).await;
        assert_eq!(refused, "disclosure_keeps_to_its_life");
    }
    assert_eq!(api.lines("select id::text as line from delivery").await, [""; 0]);
}

#[actix_web::test]
async fn x4_no_statement_gets_past_the_gate() {
    for (basis, _) in BASES {
        let api = Api::start().await;
        let world = api.desks().await;
        let (centre, municipality) = (&world.centre, &world.municipality);
        let mut db = api.owner().await;
        let (here, there, subject) = (centre.organisation, municipality.organisation, centre.person);
        let id = api.basis(basis, (here, subject, there), VALID).await;
        let draft = Draft::under(centre, municipality, "contact_form", (basis, id));
        let queued = api.lay_out(here, &draft).await;
        let change = |column: &str, value: &str| {
            format!("update disclosure set {column} = {value} where id = '{queued}'")
        };
        let insert = |status: &str| {
            format!("insert into disclosure (counterpart_organisation_id, kind, subject_id, {basis}_id, payload, payload_sha256, status)
                     values ('{there}', 'contact_form', '{subject}', '{id}', '{{\"name\": 1}}', 'x', '{status}')")
        };
        let deliver = format!(
            "select set_config('app.organisation', '{there}', true);
             insert into delivery (organisation_id, id, counterpart_organisation_id, kind, {basis}_id, payload, payload_sha256)
             values ('{there}', '{queued}', '{here}', 'contact_form', '{id}', '{{\"diagnosis\": 1}}', 'x')"
        );
        let denied = "permission denied for table disclosure";
        let immutable = [
            change("payload", "'{}'"),
            change("payload_sha256", "'x'"),
            change(&format!("{basis}_id"), "null"),
            change("consent_id", "gen_random_uuid()"),
            change("legal_basis_id", "gen_random_uuid()"),
            change("unit_ids", "'{}'"),
            change("subject_id", "gen_random_uuid()"),
            change("counterpart_organisation_id", &format!("'{here}'")),
            change("kind", "'referral'"),
            change("side", "'received'"),
            change("organisation_id", &format!("'{there}'")),
        ];
        let forbidden = [
            insert("sent"),
            insert("received"),
            insert("archived"),
            insert("on_its_way"),
            "delete from disclosure".into(),
            "truncate disclosure cascade".into(),
        ];
        for role in ROLES {
            let seat = centre.seat(role, Role::Coordinator);
            for statement in immutable.iter().chain(&forbidden) {
                let refused = refusal(&mut db, &seat, statement).await;
                assert!(refused.starts_with("permission denied"), "{role}: {refused}: {statement}");
            }
            for statement in [
                "alter table disclosure disable trigger gate",
                "alter table disclosure disable row level security",
                "drop trigger gate on disclosure",
                "create or replace function app.gate() returns trigger language plpgsql as 'begin return new; end'",
                "alter function app.gate() owner to current_user",
            ] {
                let refused = refusal(&mut db, &seat, statement).await;
                assert!(
                    refused.contains("must be owner") || refused.contains("permission denied"),
                    "{role}: {refused}"
                );
            }
            for (table, function) in [("disclosure", "gate"), ("delivery", "gate_delivery")] {
                // A trigger function of one's own cannot be put before it either.
                let trigger = format!(
                    "create trigger aaa before update on {table} for each row execute function app.{function}()"
                );
                assert!(refusal(&mut db, &seat, &trigger).await.starts_with("permission denied"), "{role}");
            }
            let refused = refusal(&mut db, &seat, &deliver).await;
            let expected = if role == "samspill_post" {
                "delivery_without_disclosure"
            } else {
                "permission denied for table delivery"
            };
            assert_eq!(refused, expected, "{role}");
        }
        for statement in &immutable {
            let refused = refusal(&mut db, "begin", statement).await;
            assert_eq!(refused, "disclosure_is_immutable", "even the owner: {statement}");
        }
        let seat = |role| centre.seat(role, Role::Coordinator);
        let send = change("status", "'sent'");
        assert_eq!(refusal(&mut db, &seat("samspill_app"), &send).await, denied);
        assert_eq!(refusal(&mut db, &seat("samspill_system"), &send).await, "only_the_post_sends");
        for status in ["received", "archived", "rejected", "failed", "on_its_way"] {
            let jump = change("status", &format!("'{status}'"));
            for role in ["samspill_post", "samspill_system"] {
                assert_eq!(
                    refusal(&mut db, &seat(role), &jump).await,
                    "disclosure_keeps_to_its_life",
                    "{role}: {status}"
                );
            }
        }
        // Nobody can look once where two must.
        api.sql(&format!("update disclosure set protected = true where id = '{queued}'")).await;
        assert_eq!(refusal(&mut db, &seat("samspill_post"), &send).await, "protected_needs_approval");
        let unprotect = change("protected", "false");
        assert_eq!(refusal(&mut db, &seat("samspill_system"), &unprotect).await, "disclosure_is_immutable");
        let approve = change("approved_by_id", "app.membership()");
        for role in ["samspill_app", "samspill_system"] {
            assert_eq!(refusal(&mut db, &seat(role), &approve).await, denied, "{role}");
        }
        assert_eq!(api.both_sides(queued).await, ["queued"]);
    }
}

#[actix_web::test]
async fn the_bare_login_of_the_server_can_do_nothing() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (consent, queued) = api.queued(&world.centre, &world.municipality, "contact_form").await;
    let here = world.centre.organisation;
    let mut db = AsyncPgConnection::establish(&api.urls.runtime).await.unwrap();
    let settings = format!(
        "begin; select set_config('app.organisation', '{here}', true), set_config('app.role', 'coordinator', true);"
    );
    for statement in [
        "select payload from disclosure".to_owned(),
        format!("update disclosure set status = 'sent' where id = '{queued}'"),
        format!("select app.hold_basis('{here}', '{consent}')"),
        format!("select app.dispatch_disclosure('{here}', '{queued}')"),
        "select 1 from consent".into(),
        "select 1 from legal_basis".into(),
        "select 1 from person".into(),
        "delete from audit".into(),
        "set session_replication_role = replica".into(),
        "alter table disclosure disable trigger all".into(),
        "set role postgres".into(),
        "set role samspill_gate".into(),
        "create table mine (id int)".into(),
    ] {
        let refused = refusal(&mut db, &settings, &statement).await;
        assert!(
            refused.starts_with("permission denied") || refused.starts_with("must be owner"),
            "{refused}: {statement}"
        );
    }
    for role in ROLES {
        // Without an organisation there are no rows, for those who ask for somebody.
        db.batch_execute(&format!("begin; set local role {role}")).await.unwrap();
        if role != "samspill_system" {
            let seen = lines(&mut db, "select id::text as line from disclosure").await;
            assert_eq!(seen, [""; 0], "{role}");
        }
        db.batch_execute("rollback").await.unwrap();
        let replica = format!("set local role {role}; set session_replication_role = replica");
        assert!(refusal(&mut db, "begin", &replica).await.starts_with("permission denied"), "{role}");
    }
}

#[actix_web::test]
async fn x4_a_consent_keeps_to_its_life() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (centre, municipality) = (&world.centre, &world.municipality);
    let mut db = api.owner().await;
    let consent = api.active_consent(centre, municipality).await;
    let (there, subject) = (municipality.organisation, centre.person);
    let change = |column: &str, value: &str| {
        format!("update consent set {column} = {value} where id = '{consent}' and side = 'sent'")
    };
    let changes = [
        ("categories", "'{name,diagnosis}'"),
        ("kinds", "'{journal}'"),
        ("valid", "tstzrange(now(), now() + interval '9 years')"),
        ("counterpart_organisation_id", "organisation_id"),
        ("subject_id", "null"),
        ("purpose", "'another'"),
        ("includes_updates", "false"),
        ("side", "'received'"),
        ("text_sha256", "'another'"),
        ("status", "'drafted'"),
        ("status", "'invented'"),
    ];
    for (column, value) in changes {
        let statement = change(column, value);
        assert_eq!(refusal(&mut db, "begin", &statement).await, "consent_is_immutable", "{statement}");
        for role in ROLES {
            let refused = refusal(&mut db, &centre.seat(role, Role::Coordinator), &statement).await;
            let refused = refused.starts_with("permission denied") || refused == "consent_is_immutable";
            assert!(refused, "{role}: {statement}");
        }
    }
    for ended in ["withdrawn", "expired", "superseded", "invalidated"] {
        let revive = format!("{}; {}", change("status", &format!("'{ended}'")), change("status", "'active'"));
        assert_eq!(refusal(&mut db, "begin", &revive).await, "consent_is_immutable", "{ended}");
        let seat = centre.seat("samspill_post", Role::Coordinator);
        assert_eq!(refusal(&mut db, &seat, &revive).await, "consent_is_immutable", "{ended}");
    }
    let born = |side: &str, status: &str| {
        format!("insert into consent (organisation_id, side, counterpart_organisation_id, purpose, kinds, categories, includes_updates, valid, status, subject_id)
                 values ('{}', '{side}', '{there}', 'x', '{{contact_form}}', '{{name}}', true, tstzrange(now(), now() + interval '1 day'), '{status}', '{subject}')",
                 centre.organisation)
    };
    for (side, status) in
        [("sent", "active"), ("sent", "presented"), ("received", "drafted"), ("received", "withdrawn")]
    {
        assert_eq!(refusal(&mut db, "begin", &born(side, status)).await, "consent_begins_as_draft");
    }
    for role in ROLES {
        let seat = centre.seat(role, Role::Coordinator);
        // The post may lay a consent on a desk, but not say whom it is about.
        assert_eq!(
            refusal(&mut db, &seat, &born("sent", "active")).await,
            "permission denied for table consent",
            "{role}"
        );
        assert_eq!(
            refusal(&mut db, &seat, "delete from consent").await,
            "permission denied for table consent",
            "{role}"
        );
    }
}

#[actix_web::test]
async fn x4_a_legal_basis_keeps_to_its_life() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (centre, municipality) = (&world.centre, &world.municipality);
    let mut db = api.owner().await;
    let (here, there, subject) = (centre.organisation, municipality.organisation, centre.person);
    let id = api.basis("legal_basis", (here, subject, there), VALID).await;
    let change = |column: &str, value: &str| {
        format!("update legal_basis set {column} = {value} where id = '{id}' and side = 'sent'")
    };
    let changes = [
        ("categories", "'{name,diagnosis}'"),
        ("kinds", "'{journal}'"),
        ("valid", "tstzrange(now(), now() + interval '9 years')"),
        ("counterpart_organisation_id", "organisation_id"),
        ("subject_id", "null"),
        ("purpose", "'another'"),
        ("includes_updates", "false"),
        ("side", "'received'"),
        ("rule", "'Y'"),
        ("rule_id", "gen_random_uuid()"),
        ("statute", "'another act'"),
        ("section", "'§ 2'"),
        ("reason", "'another'"),
        ("decided_by_id", "null"),
        ("decided_by_role", "'coordinator'"),
        ("created_at", "now()"),
        ("status", "'invented'"),
    ];
    for (column, value) in changes {
        let statement = change(column, value);
        assert_eq!(refusal(&mut db, "begin", &statement).await, "legal_basis_is_immutable", "{statement}");
        for role in ROLES {
            let refused = refusal(&mut db, &centre.seat(role, Role::TeamLeader), &statement).await;
            let refused = refused.starts_with("permission denied") || refused == "legal_basis_is_immutable";
            assert!(refused, "{role}: {statement}");
        }
    }
    for ended in ["ended", "expired"] {
        let revive = format!("{}; {}", change("status", &format!("'{ended}'")), change("status", "'active'"));
        assert_eq!(refusal(&mut db, "begin", &revive).await, "legal_basis_is_immutable", "{ended}");
        let seat = centre.seat("samspill_post", Role::TeamLeader);
        assert_eq!(refusal(&mut db, &seat, &revive).await, "legal_basis_is_immutable", "{ended}");
    }
}

/// Who decides is who asks, and somebody; whatever the statement says.
#[actix_web::test]
async fn x4_nobody_decides_on_a_legal_basis_in_the_name_of_another() {
    let api = Api::start().await;
    let world = api.desks().await;
    let centre = &world.centre;
    let mut db = api.owner().await;
    let (there, subject) = (world.municipality.organisation, centre.person);
    let decide = |more: &str, values: &str| {
        format!("insert into legal_basis (counterpart_organisation_id, rule, rule_id, statute, section, purpose, kinds, categories, includes_updates, valid, subject_id, reason{more})
                 values ('{there}', 'X', gen_random_uuid(), 'an act', '§ 1', 'x', '{{contact_form}}', '{{name}}', true, tstzrange(now(), now() + interval '1 day'), '{subject}', 'A danger.'{values})")
    };
    let denied = "permission denied for table legal_basis";
    for role in ROLES {
        let seat = centre.seat(role, Role::TeamLeader);
        let another = centre.actor(Role::Coordinator).membership;
        for statement in [
            decide(", decided_by_id", &format!(", '{another}'")),
            decide(", decided_by_role", ", 'team_leader'"),
            decide(", status", ", 'active'"),
            decide(", side", ", 'received'"),
            "delete from legal_basis".into(),
        ] {
            assert_eq!(refusal(&mut db, &seat, &statement).await, denied, "{role}: {statement}");
        }
        if role != "samspill_app" {
            assert_eq!(refusal(&mut db, &seat, &decide("", "")).await, denied, "{role}");
        }
    }
    for role in Role::ALL {
        let seat = centre.seat("samspill_app", *role);
        if [Role::Caseworker, Role::Coordinator, Role::TeamLeader].contains(role) {
            db.batch_execute(&format!("{seat} {}", decide("", ""))).await.unwrap();
            let by =
                "select decided_by_id || ' ' || decided_by_role || ' ' || status as line from legal_basis";
            let expected = format!("{} {role} active", centre.actor(*role).membership);
            assert_eq!(lines(&mut db, by).await, [expected]);
            db.batch_execute("rollback").await.unwrap();
        } else {
            let refused = refusal(&mut db, &seat, &decide("", "")).await;
            assert!(refused.contains("row-level security"), "{role}: {refused}");
        }
    }
    // The post lays copies at desks. One of its own making is about nobody, and lets nothing out.
    let post = centre.seat("samspill_post", Role::TeamLeader);
    let common = "counterpart_organisation_id, rule, rule_id, statute, section, purpose, kinds, categories, includes_updates, valid, side, status";
    let forge = |side: &str, status: &str| {
        format!("insert into legal_basis (organisation_id, {common}) values
                 ('{}', '{there}', 'X', gen_random_uuid(), 'an act', '§ 1', 'x', '{{contact_form}}', '{{name}}', true, tstzrange(now(), now() + interval '1 day'), '{side}', '{status}')",
                centre.organisation)
    };
    assert_eq!(refusal(&mut db, &post, &forge("sent", "active")).await, "legal_basis_without_reason");
    assert_eq!(refusal(&mut db, &post, &forge("received", "ended")).await, "legal_basis_begins_active");
}

#[actix_web::test]
async fn x4_a_disclosure_has_one_basis() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (centre, municipality) = (&world.centre, &world.municipality);
    let mut db = api.owner().await;
    let (here, there, subject) = (centre.organisation, municipality.organisation, centre.person);
    let consent = api.basis("consent", (here, subject, there), VALID).await;
    let legal = api.basis("legal_basis", (here, subject, there), VALID).await;
    let both = format!(
        "insert into disclosure (organisation_id, counterpart_organisation_id, kind, subject_id, consent_id, legal_basis_id, payload, payload_sha256)
            values ('{here}', '{there}', 'contact_form', '{subject}', '{consent}', '{legal}', '{{\"name\": 1}}', 'x')"
    );
    for seat in [
        "begin".into(),
        centre.seat("samspill_app", Role::Coordinator),
        centre.seat("samspill_system", Role::Coordinator),
    ] {
        assert_eq!(refusal(&mut db, &seat, &both).await, "disclosure_has_one_basis", "{seat}");
    }
    // A delivery says the same as its disclosure.
    let draft = Draft::under(centre, municipality, "contact_form", ("legal_basis", legal));
    let id = api.lay_out(here, &draft).await;
    db.batch_execute(&dispatch(here, id)).await.unwrap();
    let told =
        format!("select concat_ws(' ', legal_basis_id, consent_id) as line from delivery where id = '{id}'");
    assert_eq!(lines(&mut db, &told).await, [legal.to_string()]);
}

/// Over and over from two connections: whoever comes first, nothing leaves after an end that is committed.
async fn race_with_an_end((basis, ended): (&str, &str), by_recipient: bool) {
    let api = Api::start().await;
    let world = api.desks().await;
    let (centre, municipality) = (&world.centre, &world.municipality);
    let (mut one, mut two) = (api.owner().await, api.owner().await);
    let told = if by_recipient { municipality } else { centre };
    for round in 0..50 {
        let about = (centre.organisation, centre.person, municipality.organisation);
        let under = api.basis(basis, about, VALID).await;
        let draft = Draft::under(centre, municipality, "contact_form", (basis, under));
        let id = api.lay_out(centre.organisation, &draft).await;
        let send = dispatch(centre.organisation, id);
        let end = format!(
            "{} select app.open_letter('{basis}', '{basis}', '{under}'); select app.close_letter('{basis}', '{basis}', '{under}', 'active', '{ended}', '{{}}'); commit",
            told.seat("samspill_app", Role::Coordinator)
        );
        let (sending, ending) = if round % 2 == 0 {
            join(one.batch_execute(&send), two.batch_execute(&end)).await
        } else {
            let (ending, sending) = join(two.batch_execute(&end), one.batch_execute(&send)).await;
            (sending, ending)
        };
        sending.unwrap();
        ending.unwrap();
        let sides = api.both_sides(id).await;
        assert!(sides == ["sent", "sent"] || sides == ["blocked"], "{sides:?}");
        let over = format!("select status as line from {basis} where id = '{under}'");
        assert_eq!(lines(&mut one, &over).await, [ended, ended]);
    }
    // The audit asks the real clock, under the locks that order the two.
    let late = format!(
        "select d.id::text as line from disclosure as d
            join audit as sent on (sent.organisation_id, sent.row_id, sent.after ->> 'status') = (d.organisation_id, d.id, 'sent')
            join audit as ended on (ended.organisation_id, ended.row_id, ended.after ->> 'status') = (d.organisation_id, d.{basis}_id, '{ended}')
            where sent.at > ended.at"
    );
    assert_eq!(api.lines(&late).await, [""; 0]);
}

#[actix_web::test]
async fn x4_a_sending_and_a_withdrawal_never_pass_each_other() {
    race_with_an_end(BASES[0], false).await;
}

#[actix_web::test]
async fn x4_a_sending_and_a_withdrawal_at_the_other_desk_never_pass_each_other() {
    race_with_an_end(BASES[0], true).await;
}

#[actix_web::test]
async fn x4_a_sending_and_the_end_of_a_legal_basis_never_pass_each_other() {
    race_with_an_end(BASES[1], false).await;
}

/// A person is protected while something about them is laid out: it leaves neither way.
#[actix_web::test]
async fn x8_protecting_and_queueing_never_pass_each_other() {
    let api = Api::start().await;
    let world = api.desks().await;
    let centre = &world.centre;
    let consent = api.active_consent(centre, &world.municipality).await;
    let (mut one, mut two) = (api.owner().await, api.owner().await);
    let (here, there, person) = (centre.organisation, world.municipality.organisation, centre.person);
    for round in 0..50 {
        api.sql(&format!("update person set protection = null where id = '{person}'")).await;
        let id = Uuid::now_v7();
        let queue = format!(
            "{} insert into disclosure (id, counterpart_organisation_id, kind, subject_id, consent_id, payload, payload_sha256)
                values ('{id}', '{there}', 'contact_form', '{person}', '{consent}', '{{\"name\": 1}}', 'x'); commit",
            centre.seat("samspill_app", Role::Coordinator)
        );
        let protect = format!(
            "{} update person set protection = 'confidential' where (organisation_id, id) = ('{here}', '{person}');
                update disclosure set protected = true, status = 'blocked', blocked_reason = 'protected_needs_approval'
                where (organisation_id, subject_id, status) = ('{here}', '{person}', 'queued'); commit",
            worker()
        );
        let (queueing, protecting) = if round % 2 == 0 {
            join(one.batch_execute(&queue), two.batch_execute(&protect)).await
        } else {
            let (protecting, queueing) = join(two.batch_execute(&protect), one.batch_execute(&queue)).await;
            (queueing, protecting)
        };
        queueing.unwrap();
        protecting.unwrap();
        let stands = format!(
            "select status || ' ' || protected || ' ' || blocked_reason as line from disclosure where id = '{id}'"
        );
        assert_eq!(lines(&mut one, &stands).await, ["blocked true protected_needs_approval"]);
    }
}
