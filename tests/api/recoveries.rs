//! The way back for those who have lost their password.

use std::process::Command;

use actix_web::http::Method;
use chrono::{TimeDelta, Utc};
use futures_util::future::join;
use samspill::access::{KeyRing, Role};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    factors::{App, Log, is_told_nowhere, log_in_with},
    identity::{EMAIL, PASSWORD, access, log_in, refresh, user},
    support::{
        Answer, Api,
        world::{Desk, World},
    },
};

const NEW: &str = "another long one";

/// Adds this room's rows to a world.
pub async fn furnish(api: &Api, world: &mut World) {
    let member = world.municipality.actor(Role::Caseworker).membership;
    let made = recovery(api, &world.municipality, &json!({ "membership_id": member })).await.expect(201);
    world.keep("account-recoveries", &made);
}

async fn recovery(api: &Api, desk: &Desk, body: &Value) -> Answer {
    api.post("/account-recoveries", body).by(desk.token(Role::Admin)).await
}

/// A link for a member.
pub async fn link(api: &Api, desk: &Desk, member: impl ToString) -> Value {
    recovery(api, desk, &json!({ "membership_id": member.to_string() })).await.expect(201)
}

pub async fn accept(api: &Api, links: &[&Value], password: &str) -> Answer {
    let tokens: Vec<_> = links.iter().map(|link| &link["link_token"]).collect();
    let body = json!({ "link_tokens": tokens, "password": password });
    api.call(Method::POST, "/account-recoveries/accept").json(&body).await
}

#[actix_web::test]
async fn a_member_sets_a_new_password_by_a_link() {
    let log = Log::listen();
    let api = Api::start().await;
    let world = api.desks().await;
    let desk = &world.municipality;
    let member = user(&api, desk, EMAIL, Role::Caseworker).await;
    let (mine, other) = (log_in(&api, EMAIL, PASSWORD).await.body, log_in(&api, EMAIL, PASSWORD).await.body);
    log_in(&api, EMAIL, "forgotten").await.problem(401, "wrong_email_or_password");
    let by = desk.token(Role::Admin);
    let new = json!({ "membership_id": member });
    let made = api.post("/account-recoveries", &new).by(by).header("Idempotency-Key", "a").await.expect(201);
    let again = api.post("/account-recoveries", &new).by(by).header("Idempotency-Key", "a").await.expect(201);
    let path = format!("/account-recoveries/{}", made["id"].as_str().unwrap());
    let read = api.get(&path).by(by).await.expect(200);
    let list = api.get("/account-recoveries").by(by).await.expect(200);
    assert!(made["link_token"].is_string() && made["resets_second_factor"] == false, "{made:#}");
    assert!(again["link_token"].is_null() && again["id"] == made["id"], "{again:#}");
    assert_eq!(list["items"], json!([read]));

    accept(&api, &[&made], EMAIL).await.problem(422, "invalid");
    accept(&api, &[&made], "short").await.problem(422, "invalid");
    log_in(&api, EMAIL, PASSWORD).await.expect(200);
    let done = accept(&api, &[&made], NEW).await;
    assert!(done.text.is_empty(), "it opens nothing: {}", done.text);
    done.expect(204);
    let refused = accept(&api, &[&made], PASSWORD).await.problem(409, "illegal_move");
    assert_eq!(refused["current_state"], "accepted");
    for session in [&mine, &other] {
        refresh(&api, session).await.problem(401, "unauthorised");
    }
    log_in(&api, EMAIL, PASSWORD).await.problem(401, "wrong_email_or_password");
    log_in(&api, EMAIL, NEW).await.expect(200);
    let read = api.get(&path).by(by).await.expect(200);
    assert!(read["accepted_at"].is_string() && read["allowed_actions"] == json!([]), "{read:#}");
    let revoke = api.post(&format!("{path}/revoke"), &json!({})).by(by).version(&read).await;
    revoke.problem(409, "illegal_move");

    let events = "select name as line from event where subject_table = 'account_recovery' order by id";
    assert_eq!(api.lines(events).await, ["account_recovery.created", "account_recovery.accepted"]);
    let written = format!(
        "select table_name || ' ' || verb as line from audit where organisation_id = '{}' and table_name in ('account', 'account_recovery')
         order by id",
        desk.organisation
    );
    let expected = ["account_recovery insert", "account_recovery update", "account update"];
    assert_eq!(api.lines(&written).await, expected);
    is_told_nowhere(&api, log, &[made["link_token"].as_str().unwrap(), NEW]).await;
}

#[actix_web::test]
async fn a_link_that_was_revoked_replaced_or_is_old_is_worth_nothing() {
    let api = Api::start().await;
    let world = api.desks().await;
    let desk = &world.municipality;
    let member = user(&api, desk, EMAIL, Role::Caseworker).await;
    let state = |answer: Answer| answer.problem(409, "illegal_move")["current_state"].clone();
    let replaced = link(&api, desk, member).await;
    // Another membership of the same account is the same account.
    let second = user(&api, desk, EMAIL, Role::Finance).await;
    let revoked = link(&api, desk, second).await;
    assert_eq!(state(accept(&api, &[&replaced], NEW).await), "revoked");
    let path = format!("/account-recoveries/{}/revoke", revoked["id"].as_str().unwrap());
    let by = desk.token(Role::Admin);
    api.post(&path, &json!({})).by(by).version(&revoked).await.expect(200);
    assert_eq!(state(accept(&api, &[&revoked], NEW).await), "revoked");
    let old = link(&api, desk, member).await;
    api.house.pool.set_clock(Some(Utc::now() + TimeDelta::hours(24)));
    assert_eq!(state(accept(&api, &[&old], NEW).await), "expired");
    api.house.pool.set_clock(None);
    for token in [json!("made-up"), json!("x".repeat(100))] {
        accept(&api, &[&json!({ "link_token": token })], NEW).await.problem(404, "not_found");
    }
    accept(&api, &[&old, &old], NEW).await.problem(422, "invalid");
    accept(&api, &[], NEW).await.problem(422, "invalid");
    log_in(&api, EMAIL, PASSWORD).await.expect(200);

    let gone = link(&api, desk, member).await;
    api.sql("update membership set ended_at = now() where email is not null").await;
    accept(&api, &[&gone], NEW).await.problem(404, "not_found");
}

#[actix_web::test]
async fn a_link_opens_nothing_by_itself() {
    let api = Api::start().await;
    let world = api.desks().await;
    let member = user(&api, &world.municipality, EMAIL, Role::Caseworker).await;
    let link = link(&api, &world.municipality, member).await;
    let token = link["link_token"].as_str().unwrap();
    api.get("/account").by(token).await.problem(401, "unauthorised");
    refresh(&api, &json!({ "refresh_token": token })).await.problem(401, "unauthorised");
    log_in(&api, EMAIL, token).await.problem(401, "wrong_email_or_password");
    let body = json!({ "token": token, "name": "Kari", "password": PASSWORD, "language": "nb" });
    api.call(Method::POST, "/invitations/accept").json(&body).await.problem(404, "not_found");
}

#[actix_web::test]
async fn only_others_of_ones_own_organisation_are_helped_back_in() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (here, there) = (&world.municipality, &world.centre);
    let of = |desk: &Desk, role| json!({ "membership_id": desk.actor(role).membership });
    recovery(&api, here, &of(here, Role::Admin)).await.problem(422, "account_recovery_of_oneself");
    let foreign = of(there, Role::Caseworker);
    recovery(&api, here, &foreign).await.problem(422, "account_recovery_unknown_membership");
    let system = of(here, Role::Integration);
    recovery(&api, here, &system).await.problem(409, "account_has_no_password");
    let nameless = recovery(&api, here, &of(here, Role::Finance)).await.expect(201);
    accept(&api, &[&nameless], NEW).await.problem(409, "account_has_no_password");
    let member = user(&api, here, EMAIL, Role::Caseworker).await;
    api.sql("update membership set ended_at = now() where email is not null").await;
    let ended = recovery(&api, here, &json!({ "membership_id": member })).await;
    assert_eq!(ended.problem(409, "illegal_move")["current_state"], "ended");
    let by = here.token(Role::Caseworker);
    api.post("/account-recoveries", &of(here, Role::Finance)).by(by).await.problem(403, "forbidden");
}

#[actix_web::test]
async fn no_organisation_opens_the_door_of_another() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (here, there) = (&world.municipality, &world.centre);
    let [first, second] =
        [user(&api, here, EMAIL, Role::Caseworker).await, user(&api, there, EMAIL, Role::Coordinator).await];
    let one = link(&api, here, first).await;
    accept(&api, &[&one], NEW).await.problem(409, "other_organisations_must_agree");
    // Another's link does not count.
    let somebody = link(&api, there, there.actor(Role::Finance).membership).await;
    accept(&api, &[&one, &somebody], NEW).await.problem(404, "not_found");
    log_in(&api, EMAIL, PASSWORD).await.expect(200);
    let two = link(&api, there, second).await;
    accept(&api, &[&two], NEW).await.problem(409, "other_organisations_must_agree");
    accept(&api, &[&two, &one], NEW).await.expect(204);
    log_in(&api, EMAIL, NEW).await.expect(200);
    for desk in [here, there] {
        let told = format!(
            "select count(*)::text as line from event where name = 'account_recovery.accepted' and organisation_id = '{}'",
            desk.organisation
        );
        assert_eq!(api.lines(&told).await, ["1"]);
    }
    // Who has left an organisation does not need it any more.
    let path = format!("/memberships/{second}");
    let by = there.token(Role::Admin);
    let row = api.get(&path).by(by).await.expect(200);
    api.post(&format!("{path}/end"), &json!({})).by(by).version(&row).await.expect(200);
    let alone = link(&api, here, first).await;
    accept(&api, &[&alone], PASSWORD).await.expect(204);
}

#[actix_web::test]
async fn the_second_factor_stays_unless_all_say_that_it_goes() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (here, there) = (&world.municipality, &world.centre);
    let first = user(&api, here, EMAIL, Role::Caseworker).await;
    let mine = log_in(&api, EMAIL, PASSWORD).await.expect(200);
    let mut app = App::enrol(&api, &mine).await;
    let stays = link(&api, here, first).await;
    accept(&api, &[&stays], NEW).await.expect(204);
    log_in(&api, EMAIL, NEW).await.problem(401, "second_factor_required");
    let code = app.next(&api);
    log_in_with(&api, NEW, &code).await.expect(200);

    let second = user(&api, there, EMAIL, Role::Coordinator).await;
    let goes = async |desk: &Desk, member: Uuid| {
        let body = json!({ "membership_id": member, "resets_second_factor": true });
        recovery(&api, desk, &body).await.expect(201)
    };
    let (goes_here, stays) = (goes(here, first).await, link(&api, there, second).await);
    accept(&api, &[&goes_here, &stays], NEW).await.expect(204);
    log_in(&api, EMAIL, NEW).await.problem(401, "second_factor_required");
    let both = [goes(here, first).await, goes(there, second).await];
    accept(&api, &[&both[0], &both[1]], NEW).await.expect(204);
    log_in(&api, EMAIL, NEW).await.expect(200);
    let removed = "select verb as line from audit where table_name = 'second_factor' and verb = 'delete'";
    assert_eq!(api.lines(removed).await, ["delete"]);
}

#[actix_web::test]
async fn of_two_who_use_a_link_at_once_one_sets_the_password() {
    let api = Api::start().await;
    let world = api.desks().await;
    let member = user(&api, &world.municipality, EMAIL, Role::Caseworker).await;
    for _ in 0..4 {
        let link = link(&api, &world.municipality, member).await;
        let ours = [&link];
        let both =
            join(accept(&api, &ours, "the first of two"), accept(&api, &ours, "the second of two")).await;
        let (won, lost, password) = match both.0.status {
            204 => (both.0, both.1, "the first of two"),
            _ => (both.1, both.0, "the second of two"),
        };
        won.expect(204);
        assert_eq!(lost.problem(409, "illegal_move")["current_state"], "accepted");
        log_in(&api, EMAIL, password).await.expect(200);
    }
}

#[actix_web::test]
async fn of_two_links_made_at_once_one_is_good() {
    let api = Api::start().await;
    let world = api.desks().await;
    let member = user(&api, &world.municipality, EMAIL, Role::Caseworker).await;
    join(link(&api, &world.municipality, member), link(&api, &world.municipality, member)).await;
    let open = "select count(*)::text as line from account_recovery where revoked_at is null";
    assert_eq!(api.lines(open).await, ["1"]);
}

#[actix_web::test]
async fn an_operator_lets_the_last_administrator_back_in() {
    let api = Api::start().await;
    let world = api.desks().await;
    user(&api, &world.municipality, EMAIL, Role::Admin).await;
    let mine = log_in(&api, EMAIL, PASSWORD).await.expect(200);
    App::enrol(&api, &mine).await;
    let ring = KeyRing::generate().unwrap();
    let run = |arguments: &[&str], password: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_samspill"));
        command.args(["user", "recover"]).args(arguments).env_clear().env("DATABASE_URL", &api.urls.runtime);
        command.env("SAMSPILL_KEYS", &ring).env("SAMSPILL_ISSUER", "https://samspill.test");
        let output = command.env("SAMSPILL_PASSWORD", password).output().unwrap();
        (output.status.success(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
    };
    let (done, said) = run(&["--email", "nobody@vennesla.example"], NEW);
    assert!(!done && said.contains("--email: there is no account"), "{said}");
    let (done, said) = run(&["--email", EMAIL], "short");
    assert!(!done && said.contains("12 to 200 characters"), "{said}");

    let (done, said) = run(&["--email", "Kari@Vennesla.example"], NEW);
    assert!(done && !said.contains(NEW) && !said.contains(EMAIL), "{said}");
    refresh(&api, &mine).await.problem(401, "unauthorised");
    log_in(&api, EMAIL, NEW).await.problem(401, "second_factor_required");
    let (done, said) = run(&["--email", EMAIL, "--reset-second-factor"], NEW);
    assert!(done, "{said}");
    let back = log_in(&api, EMAIL, NEW).await.expect(200);
    api.get("/memberships").by(access(&back)).await.expect(200);
}
