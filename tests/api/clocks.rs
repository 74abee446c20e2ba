//! What time alone does: the worker is asked at a later day, and two of them at once do everything once.

use chrono::{Days, NaiveDate, TimeDelta, Utc};
use futures_util::future::join;
use samspill::{
    access::Role,
    jobs::{self, Report},
};
use serde_json::{Value, json};

use crate::support::{
    Api,
    world::{Desk, World},
};

/// Two workers, so many days from now.
async fn work(api: &Api, days: i64) -> Report {
    let pool = &api.house.pool;
    pool.set_clock(Some(Utc::now() + TimeDelta::days(days)));
    let (one, two) = join(jobs::run_once(pool), jobs::run_once(pool)).await;
    let mut both = one.unwrap();
    both += two.unwrap();
    both
}

fn need(desk: &Desk) -> Value {
    json!({ "service": "visiting_friend", "kind": "establish", "source_channel": "centre", "person_id": desk.person,
            "need": "Selskap" })
}

fn path(row: &Value) -> String {
    format!("/referrals/{}", row["id"].as_str().unwrap())
}

async fn draft(api: &Api, desk: &Desk) -> Value {
    api.post("/referrals", &need(desk)).by(desk.token(Role::Coordinator)).await.expect(201)
}

#[actix_web::test]
async fn a_draft_that_nobody_submits_is_removed_and_what_the_person_said_stays() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (centre, by) = (&world.centre, world.centre.token(Role::Coordinator));
    let [forgotten, talked, sent] =
        [draft(&api, centre).await, draft(&api, centre).await, draft(&api, centre).await];
    let other = draft(&api, &world.municipality).await;
    let about = json!({ "referral_id": talked["id"], "person_id": centre.person });
    crate::conversations::talk(&api, by, &about).await;
    api.post(&format!("{}/submit", path(&sent)), &json!({})).by(by).version(&sent).await.expect(200);
    let asked = json!({ "subject_id": centre.person, "counterpart_organisation_id": world.municipality.organisation,
                        "referral_id": forgotten["id"], "purpose": "volunteer_support", "kinds": ["referral"],
                        "categories": ["name"], "includes_updates": true, "expires_at": Utc::now() + TimeDelta::days(300) });
    let asked = api.post("/consents", &asked).by(by).await.expect(201);

    assert_eq!(work(&api, 30).await.forgotten, 0);
    let report = work(&api, 31).await;
    assert_eq!((report.forgotten, report.postponed), (2, 0));
    assert_eq!(work(&api, 31).await.forgotten, 0);
    api.house.pool.set_clock(None);
    for (row, desk) in [(&forgotten, centre), (&other, &world.municipality)] {
        api.get(&path(row)).by(desk.token(Role::Coordinator)).await.problem(404, "not_found");
        let written = format!(
            "select organisation_id || ' ' || purpose as line from audit where verb = 'delete' and row_id = {}",
            row["id"].to_string().replace('"', "'")
        );
        let whose = format!("{} remove referrals that were never submitted", desk.organisation);
        assert_eq!(api.lines(&written).await, [whose]);
        let told = format!(
            "select organisation_id || ' ' || name as line from event where subject_id = {} order by id",
            row["id"].to_string().replace('"', "'")
        );
        let names =
            ["referral.created", "referral.removed"].map(|name| format!("{} {name}", desk.organisation));
        assert_eq!(api.lines(&told).await, names);
    }
    for row in [&talked, &sent] {
        api.get(&path(row)).by(by).await.expect(200);
    }
    let kept = api.get(&format!("/consents/{}", asked["id"].as_str().unwrap())).by(by).await.expect(200);
    assert_eq!((&kept["status"], &kept["referral_id"]), (&json!("drafted"), &json!(null)));
}

#[actix_web::test]
async fn the_database_removes_nothing_that_was_submitted() {
    let api = Api::start().await;
    let world = api.desks().await;
    let sent = draft(&api, &world.centre).await;
    let by = world.centre.token(Role::Coordinator);
    api.post(&format!("{}/submit", path(&sent)), &json!({})).by(by).version(&sent).await.expect(200);
    draft(&api, &world.centre).await;
    let remove = "set role samspill_system; delete from referral; reset role";
    api.sql(remove).await;
    assert_eq!(api.lines("select status as line from referral").await, ["submitted"]);
}

async fn expires_after(api: &Api, desk: &Desk, days: Value) {
    let by = desk.token(Role::Admin);
    let at = format!("/organisations/{}", desk.organisation);
    let row = api.get(&at).by(by).await.expect(200);
    let patch = json!({ "referral_expires_after_days": days });
    let changed = api.patch(&at, &patch).by(by).version(&row).await.expect(200);
    assert_eq!(changed["referral_expires_after_days"], days);
}

async fn tasks(api: &Api, desk: &Desk, kind: &str) -> usize {
    let open = api.get(&format!("/tasks?kind={kind}")).by(desk.token(Role::Coordinator)).await.expect(200);
    open["items"].as_array().unwrap().len()
}

async fn seen(api: &Api, world: &World, row: &Value) -> Value {
    api.get(&path(row)).by(world.centre.token(Role::Coordinator)).await.expect(200)
}

#[actix_web::test]
async fn an_open_referral_expires_only_where_the_desk_says_so_and_was_warned() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (centre, municipality) = (&world.centre, &world.municipality);
    let referral = crate::referrals::push(&api, &world).await;
    // What the sender says of itself is not for this one: the recipient holds the clock.
    expires_after(&api, municipality, json!(1)).await;
    let report = work(&api, 400).await;
    assert_eq!((report.warned, report.lapsed), (0, 0));

    expires_after(&api, centre, json!(40)).await;
    assert_eq!(work(&api, 32).await.warned, 0);
    let report = work(&api, 33).await;
    assert_eq!((report.warned, report.lapsed), (1, 0));
    assert_eq!((work(&api, 33).await.warned, tasks(&api, centre, "referral_expires").await), (0, 1));
    let warned = seen(&api, &world, &referral).await;
    let due = (samspill::day::of(Utc::now()) + Days::new(40)).to_string();
    assert_eq!(warned["step_due_on"], json!(due));
    let rule = api.get(&format!("/rules/{}", warned["step_rule_id"].as_str().unwrap()));
    let rule = rule.by(centre.token(Role::Coordinator)).await.expect(200);
    assert_eq!((&warned["step_rule"], &rule["code"]), (&rule["code"], &json!("NO_REFERRAL_EXPIRY_NOTICE")));
    assert!(!warned["allowed_actions"].as_array().unwrap().contains(&json!("expire")));
    assert_eq!(work(&api, 40).await.lapsed, 0);

    // A step, and the time begins again.
    let by = centre.token(Role::Coordinator);
    let step = format!("{}/begin-clarification", path(&referral));
    let moved = api.post(&step, &json!({})).by(by).version(&warned).await.expect(200);
    assert_eq!((&moved["step_due_on"], tasks(&api, centre, "referral_expires").await), (&json!(null), 0));
    assert_eq!((&moved["step_rule"], &moved["step_rule_id"]), (&json!(null), &json!(null)));
    let report = work(&api, 42).await;
    assert_eq!((report.warned, report.lapsed), (0, 0));

    // Whoever was away for long is warned first all the same.
    let report = work(&api, 200).await;
    assert_eq!((report.warned, report.lapsed), (1, 0));
    assert_eq!(work(&api, 207).await.lapsed, 0);
    let report = work(&api, 208).await;
    assert_eq!((report.lapsed, report.postponed), (1, 0));
    assert_eq!(work(&api, 208).await.lapsed, 0);
    for desk in [centre, municipality] {
        let row = api.get(&path(&referral)).by(desk.token(Role::Coordinator)).await.expect(200);
        assert_eq!(row["status"], "expired");
    }
    assert_eq!(tasks(&api, centre, "referral_expires").await, 0);
    assert_eq!(tasks(&api, municipality, "referral_expired").await, 1);
    let sender = municipality.token(Role::Coordinator);
    let told = api.get(&path(&referral)).by(sender).await.expect(200);
    assert_eq!(told["allowed_actions"], json!(["reopen"]));
}

#[actix_web::test]
async fn a_referral_of_ones_own_expires_too_and_what_has_begun_never_does() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (centre, by) = (&world.centre, world.centre.token(Role::Coordinator));
    expires_after(&api, centre, json!(10)).await;
    let row = draft(&api, centre).await;
    let row = api.post(&format!("{}/submit", path(&row)), &json!({})).by(by).version(&row).await.expect(200);
    assert_eq!(work(&api, 9).await.warned, 1);
    // Who takes back what they said of themselves lets nothing expire.
    expires_after(&api, centre, json!(null)).await;
    assert_eq!(work(&api, 40).await.lapsed, 0);
    expires_after(&api, centre, json!(10)).await;
    assert_eq!(work(&api, 40).await.lapsed, 1);
    assert_eq!(seen(&api, &world, &row).await["status"], "expired");
    assert_eq!(tasks(&api, centre, "referral_expired").await, 1);

    api.sql("update referral set status = 'in_delivery'").await;
    assert_eq!(work(&api, 400).await.warned, 0);
    let other = api.get(&format!("/organisations/{}", world.municipality.organisation));
    let other = other.by(centre.token(Role::Admin)).await.expect(200);
    let patch = json!({ "referral_expires_after_days": 1 });
    let at = format!("/organisations/{}", world.municipality.organisation);
    api.patch(&at, &patch).by(centre.token(Role::Admin)).version(&other).await.problem(404, "not_found");
}

#[actix_web::test]
async fn a_protection_is_asked_about_when_its_time_is_over_and_never_lowered() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (centre, by) = (&world.centre, world.centre.token(Role::Coordinator));
    api.sql("update organisation set country = 'DK'").await;
    let at = format!("/persons/{}", centre.person);
    let row = api.get(&at).by(by).await.expect(200);
    assert_eq!(row["allowed_actions"], json!(["protect"]));
    // Its rule says for how long, if nobody does.
    let how = json!({ "level": "navne_og_adressebeskyttelse", "source": "cpr" });
    let row = api.post(&format!("{at}/protect"), &how).by(by).version(&row).await.expect(200);
    assert_eq!(row["allowed_actions"], json!(["protect", "end_protection"]));
    assert_eq!(work(&api, 360).await.asked, 0);
    assert_eq!(work(&api, 366).await.asked, 1);
    assert_eq!(tasks(&api, centre, "protection_ends").await, 1);
    assert_eq!(api.get(&at).by(by).await.expect(200)["is_protected"], json!(true));

    let open = api.get("/tasks?kind=protection_ends").by(by).await.expect(200)["items"][0].clone();
    assert_eq!((&open["subject_id"], &open["allowed_actions"]), (&json!(centre.person), &json!(["done"])));
    let done = format!("/tasks/{}/done", open["id"].as_str().unwrap());
    api.post(&done, &json!({})).by(by).version(&open).await.expect(200);
    assert_eq!(work(&api, 370).await.asked, 0);
    api.post(&format!("{at}/protect"), &how).by(by).version(&row).await.expect(200);
    assert_eq!(work(&api, 730).await.asked, 0);
    assert_eq!(work(&api, 740).await.asked, 1);
    let row = api.get(&at).by(by).await.expect(200);
    api.post(&format!("{at}/end-protection"), &json!({})).by(by).version(&row).await.expect(200);
    assert_eq!(tasks(&api, centre, "protection_ends").await, 0);
    assert_eq!(work(&api, 900).await.asked, 0);
}

/// The tasks of this kind that were ever opened.
async fn ever(api: &Api, kind: &str) -> usize {
    api.lines(&format!("select id::text as line from task where kind = '{kind}'")).await.len()
}

#[actix_web::test]
async fn a_first_contact_that_is_overdue_opens_a_task_once_and_the_contact_closes_it() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (centre, by) = (&world.centre, world.centre.token(Role::Coordinator));
    let referral = crate::referrals::push(&api, &world).await;
    assert_eq!((work(&api, 1).await.due, tasks(&api, centre, "first_contact_overdue").await), (0, 0));
    let report = work(&api, 30).await;
    assert_eq!((report.due, report.postponed), (1, 0));
    assert_eq!((work(&api, 30).await.due, tasks(&api, centre, "first_contact_overdue").await), (0, 1));
    assert_eq!(tasks(&api, &world.municipality, "first_contact_overdue").await, 0);
    // Who says that it is done is not told again of the same.
    let open = api.get("/tasks?kind=first_contact_overdue").by(by).await.expect(200)["items"][0].clone();
    assert_eq!(open["subject_id"], referral["id"]);
    let late = crate::referrals::push(&api, &world).await;
    let done = format!("/tasks/{}/done", open["id"].as_str().unwrap());
    api.post(&done, &json!({})).by(by).version(&open).await.expect(200);
    assert_eq!(work(&api, 60).await.due, 1);
    assert_eq!(ever(&api, "first_contact_overdue").await, 2);
    let seen = seen(&api, &world, &late).await;
    let begin = format!("{}/begin-clarification", path(&late));
    api.post(&begin, &json!({})).by(by).version(&seen).await.expect(200);
    assert_eq!(tasks(&api, centre, "first_contact_overdue").await, 0);
    assert_eq!(work(&api, 90).await.due, 0);
}

#[actix_web::test]
async fn a_follow_up_whose_day_has_come_opens_a_task_once_unless_the_network_rests() {
    let api = Api::start().await;
    let world = api.desks().await;
    let centre = &world.centre;
    let (network, ..) = crate::networks::active(&api, &world).await;
    let command = async |verb: &str, body: Value| {
        crate::networks::command(&api, &world, ("networks", &network, verb), &body).await.expect(200)
    };
    command("pause", json!({ "reason": "absence" })).await;
    assert_eq!(work(&api, 70).await.due, 0);
    command("resume", json!({})).await;
    assert_eq!(work(&api, 50).await.due, 0);
    assert_eq!((work(&api, 70).await.due, work(&api, 71).await.due), (1, 0));
    assert_eq!(tasks(&api, centre, "follow_up_due").await, 1);
    let due = api.get("/follow-ups?overdue=true").by(centre.token(Role::Coordinator)).await.expect(200);
    let [due] = due["items"].as_array().unwrap().clone().try_into().unwrap();
    for with in ["person", "network_contact"] {
        assert_eq!(tasks(&api, centre, "follow_up_due").await, 1, "half done is still due");
        let held = json!({ "with": with, "held_on": due["due_on"], "outcome": "continue" });
        crate::networks::command(&api, &world, ("follow-ups", &due, "record"), &held).await.expect(200);
    }
    assert_eq!(tasks(&api, centre, "follow_up_due").await, 0);
    // What is cancelled needs nobody either.
    assert_eq!(work(&api, 140).await.due, 1);
    command("dissolve", json!({ "reason": "moved" })).await;
    assert_eq!((tasks(&api, centre, "follow_up_due").await, ever(&api, "follow_up_due").await), (0, 2));
}

#[actix_web::test]
async fn a_consent_that_is_about_to_expire_is_told_of_thirty_and_seven_days_before() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (centre, municipality) = (&world.centre, &world.municipality);
    let subject = json!(centre.person);
    crate::persons::assess(&api, centre.token(Role::Coordinator), &subject, "has").await;
    // It lasts for 300 days.
    crate::consents::active(&api, centre, municipality, subject.clone()).await;
    let open = async || {
        (tasks(&api, centre, "consent_expires").await, tasks(&api, centre, "consent_expires_soon").await)
    };
    assert_eq!((work(&api, 269).await.due, open().await), (0, (0, 0)));
    assert_eq!((work(&api, 270).await.due, open().await), (1, (1, 0)));
    assert_eq!((work(&api, 292).await.due, open().await), (0, (1, 0)));
    assert_eq!((work(&api, 293).await.due, open().await), (1, (1, 1)));
    assert_eq!((work(&api, 299).await.due, open().await), (0, (1, 1)));
    assert_eq!(tasks(&api, municipality, "consent_expires").await, 0);
    // When it is over, nobody needs to be asked any more.
    assert_eq!((work(&api, 301).await.expired, open().await), (1, (0, 0)));
    api.house.pool.set_clock(None);

    // Of one that never lasts so long only the last notice comes.
    let other = json!(municipality.person);
    crate::persons::assess(&api, municipality.token(Role::Coordinator), &other, "has").await;
    let short = crate::consents::active(&api, municipality, centre, other).await;
    api.sql(&format!(
        "alter table consent disable trigger user;
         update consent set valid = tstzrange(now(), now() + interval '20 days') where id = {};
         alter table consent enable trigger user",
        short["id"].to_string().replace('"', "'")
    ))
    .await;
    assert_eq!((work(&api, 12).await.due, work(&api, 13).await.due), (0, 1));
    assert_eq!(tasks(&api, municipality, "consent_expires_soon").await, 1);
    api.house.pool.set_clock(None);

    // One that is withdrawn closes its task too.
    let by = centre.token(Role::Coordinator);
    let withdrawn = crate::consents::active(&api, centre, municipality, subject).await;
    assert_eq!((work(&api, 275).await.due, open().await), (1, (1, 0)));
    let path = format!("/consents/{}", withdrawn["id"].as_str().unwrap());
    let seen = api.get(&path).by(by).await.expect(200);
    api.post(&format!("{path}/withdraw"), &json!({})).by(by).version(&seen).await.expect(200);
    assert_eq!((open().await, ever(&api, "consent_expires").await), ((0, 0), 2));
}

#[actix_web::test]
async fn a_desk_that_counts_in_its_own_way_is_told_by_its_own_rule() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (centre, municipality) = (&world.centre, &world.municipality);
    let earlier = json!({ "kind": "deadline", "code": "CONSENT_EXPIRY_NOTICE", "valid_from": "2020-01-01",
                          "source": "styrevedtak 4/2026", "length": 60, "unit": "days" });
    api.post("/organisation-rules", &earlier).by(centre.token(Role::Admin)).await.expect(201);
    for (desk, other) in [(centre, municipality), (municipality, centre)] {
        crate::persons::assess(&api, desk.token(Role::Coordinator), &json!(desk.person), "has").await;
        crate::consents::active(&api, desk, other, json!(desk.person)).await;
    }
    assert_eq!(work(&api, 239).await.due, 0);
    assert_eq!((work(&api, 240).await.due, tasks(&api, centre, "consent_expires").await), (1, 1));
    assert_eq!(work(&api, 269).await.due, 0);
    assert_eq!((work(&api, 270).await.due, tasks(&api, municipality, "consent_expires").await), (1, 1));
    assert_eq!((work(&api, 293).await.due, ever(&api, "consent_expires_soon").await), (2, 2));
}

/// One desk keeps them for long, and has more of them than a clock looks at.
#[actix_web::test]
async fn x10_what_one_desk_keeps_for_long_does_not_stop_the_clock_of_the_others() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (centre, municipality) = (&world.centre, &world.municipality);
    for (code, length) in [("REFERRAL_DRAFT", 400), ("DISCLOSURE_RECEIPT", 400)] {
        let own = json!({ "kind": "deadline", "code": code, "valid_from": "2020-01-01", "source": "x", "length": length,
                          "unit": "days" });
        api.post("/organisation-rules", &own).by(centre.token(Role::Admin)).await.expect(201);
    }
    let (consent, _) = api.queued(centre, municipality, "contact_form").await;
    let desk = centre.organisation;
    api.sql(&format!(
        "insert into referral (organisation_id, service, kind, source_channel, created_at)
             select '{desk}', 'visiting_friend', 'establish', 'centre', now() - interval '1 day' from generate_series(1, 200);
         insert into disclosure (organisation_id, id, counterpart_organisation_id, kind, subject_id, consent_id, payload, payload_sha256,
                                 status, sent_at)
             select organisation_id, gen_random_uuid(), counterpart_organisation_id, kind, subject_id, consent_id, payload,
                    payload_sha256, 'sent', now() - interval '1 day' from disclosure, generate_series(1, 1000)
             where consent_id = '{consent}'"
    ))
    .await;
    draft(&api, municipality).await;
    api.delivered(municipality, centre, "contact_form").await;
    let report = work(&api, 40).await;
    assert_eq!((report.forgotten, report.failed, report.postponed), (1, 1, 0));
}

#[actix_web::test]
async fn x10_an_authority_is_told_of_its_own_duties_on_the_last_working_day_before() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (centre, municipality) = (&world.centre, &world.municipality);
    // Two months from then is a Monday, and so is the fifth working day, since Easter is between.
    let at = |day: NaiveDate| api.house.pool.set_clock(day.and_hms_opt(12, 0, 0).map(|at| at.and_utc()));
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    at(day("2026-04-01"));
    let referral = crate::referrals::push(&api, &world).await;
    let (network, ..) = crate::networks::active(&api, &world).await;
    let asked = crate::cooperation::ask(&api, &world, Role::Coordinator, json!({})).await.expect(201);
    crate::cooperation::report(&api, &world, Role::Coordinator, &network, json!({})).await.expect(201);
    let told = async || {
        let report = jobs::run_once(&api.house.pool).await.unwrap();
        let here =
            [tasks(&api, centre, "first_contact_due").await, tasks(&api, centre, "follow_up_due").await];
        let there = [
            tasks(&api, municipality, "guidance_due").await,
            tasks(&api, municipality, "unmet_need_due").await,
        ];
        (report.due, here, there)
    };
    for desk in [centre, municipality] {
        let by = desk.token(Role::Coordinator);
        for due in api.get("/deadlines").by(by).await.expect(200)["items"].as_array().unwrap() {
            let why = format!("/deadlines/{}/explanation", due["id"].as_str().unwrap());
            let why = api.get(&why).by(by).await.expect(200);
            let warn_on = if due["subject_table"] == "follow_up" { "2026-05-29" } else { "2026-04-10" };
            assert_eq!(why["warn_on"], warn_on, "{why:#}");
        }
    }
    at(day("2026-04-09"));
    assert_eq!(told().await, (0, [0, 0], [0, 0]));
    at(day("2026-04-10"));
    assert_eq!(told().await, (3, [1, 0], [1, 1]));
    at(day("2026-04-11"));
    assert_eq!(told().await, (0, [1, 0], [1, 1]));
    at(day("2026-05-28"));
    // By now the others are past their day, which is another task.
    assert_eq!(told().await, (1, [1, 0], [1, 1]));
    at(day("2026-05-29"));
    assert_eq!(told().await, (1, [1, 1], [1, 1]));

    let step = async |desk: &Desk, path: String, verb: &str, body: Value| {
        let by = desk.token(Role::Coordinator);
        let seen = api.get(&path).by(by).await.expect(200);
        api.post(&format!("{path}/{verb}"), &body).by(by).version(&seen).await.expect(200)
    };
    step(centre, path(&referral), "begin-clarification", json!({})).await;
    let asked = format!("/guidance-requests/{}", asked["id"].as_str().unwrap());
    step(municipality, asked, "answer", json!({ "how": "called" })).await;
    assert_eq!(told().await, (0, [0, 1], [0, 1]));
}
