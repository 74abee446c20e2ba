use actix_web::http::Method;
use aws_lc_rs::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{TimeDelta, Utc};
use diesel_async::SimpleAsyncConnection as _;
use futures_util::future::join;
use samspill::{
    access::{Role, keys},
    domains::house::members::{NewUser, create_user},
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{
    Answer, Api, ISSUER,
    forgeries::{jwk, sign, token},
    world::{Desk, World},
};

/// The key of a system client.
pub const CLIENT_SEED: [u8; 32] = [9; 32];
pub const PASSWORD: &str = "correct horse battery";
pub const EMAIL: &str = "kari@vennesla.example";

/// Adds this room's rows to a world.
pub async fn furnish(api: &Api, world: &mut World) {
    let by = world.municipality.token(Role::Admin).to_owned();
    let member = world.municipality.actor(Role::Caseworker).membership;
    world.keep_id("memberships", member);
    let invitation = json!({ "email": "invited@vennesla.example", "role": "finance" });
    let invitation = api.post("/invitations", &invitation).by(&by).await.expect(201);
    world.keep("invitations", &invitation);
    let client = register(api, &world.municipality, &["referrals:push"]).await;
    world.keep("system-clients", &client);
    let keys = api.get("/system-client-keys").by(&by).await.expect(200);
    world.keep("system-client-keys", &keys["items"][0]);
}

pub async fn user(api: &Api, desk: &Desk, email: &str, role: Role) -> Uuid {
    let new = NewUser {
        email: email.into(),
        name: "Kari Nordmann".into(),
        language: "nb".into(),
        organisation_id: desk.organisation.into(),
        role,
    };
    create_user(&api.house.pool, &new, PASSWORD).await.unwrap().into()
}

pub async fn log_in(api: &Api, email: &str, password: &str) -> Answer {
    let body = json!({ "email": email, "password": password });
    api.call(Method::POST, "/sessions").json(&body).await
}

pub async fn refresh(api: &Api, tokens: &Value) -> Answer {
    let body = json!({ "refresh_token": tokens["refresh_token"] });
    api.call(Method::POST, "/sessions/refresh").json(&body).await
}

pub fn access(tokens: &Value) -> &str {
    tokens["access_token"].as_str().unwrap()
}

#[actix_web::test]
async fn a_session_is_opened_refreshed_switched_and_ended() {
    let api = Api::start().await;
    let world = api.desks().await;
    let first = user(&api, &world.municipality, EMAIL, Role::Caseworker).await;
    let second = user(&api, &world.centre, EMAIL, Role::Admin).await;
    let tokens = log_in(&api, "Kari@Vennesla.example", PASSWORD).await.expect(200);
    assert_eq!(tokens["membership_id"], json!(first));
    assert_eq!(tokens["memberships"].as_array().unwrap().len(), 2);
    let me = api.get("/account").by(access(&tokens)).await.expect(200);
    assert_eq!((&me["email"], &me["membership_id"]), (&json!(EMAIL), &json!(first)));
    assert_eq!(me["memberships"][1]["organisation_name"], "Vennesla frivilligsentral");

    let next = refresh(&api, &tokens).await.expect(200);
    assert_ne!(next["refresh_token"], tokens["refresh_token"]);
    let to = json!({ "membership_id": second });
    let switched = api.post("/sessions/switch", &to).by(access(&next)).await.expect(200);
    api.get("/memberships").by(access(&switched)).await.expect(200);
    let me = api.get("/account").by(access(&switched)).await.expect(200);
    assert_eq!(me["membership_id"], json!(second));
    let foreign = json!({ "membership_id": world.centre.actor(Role::Admin).membership });
    let foreign = api.post("/sessions/switch", &foreign).by(access(&next)).await;
    foreign.problem(422, "unknown_membership");

    let end = format!("/sessions/{}/end", next["session_id"].as_str().unwrap());
    api.call(Method::POST, &end).by(access(&next)).await.expect(204);
    refresh(&api, &next).await.problem(401, "unauthorised");
    let switched = refresh(&api, &switched).await.expect(200);
    api.post("/sessions/end", &json!({})).by(access(&switched)).await.expect(204);
    refresh(&api, &switched).await.problem(401, "unauthorised");
}

#[actix_web::test]
async fn a_used_refresh_token_ends_the_whole_session() {
    let api = Api::start().await;
    let world = api.desks().await;
    user(&api, &world.municipality, EMAIL, Role::Caseworker).await;
    let first = log_in(&api, EMAIL, PASSWORD).await.expect(200);
    let other = log_in(&api, EMAIL, PASSWORD).await.expect(200);
    let second = refresh(&api, &first).await.expect(200);
    refresh(&api, &first).await.problem(401, "unauthorised");
    refresh(&api, &second).await.problem(401, "unauthorised");
    refresh(&api, &other).await.expect(200);
    let made_up = json!({ "refresh_token": "made-up" });
    refresh(&api, &made_up).await.problem(401, "unauthorised");
    let kept = api.lines("select end_reason as line from session where end_reason is not null").await;
    assert_eq!(kept, ["reused"]);
}

#[actix_web::test]
async fn of_two_refreshes_at_once_one_wins_and_the_other_ends_the_session() {
    let api = Api::start().await;
    let world = api.desks().await;
    user(&api, &world.municipality, EMAIL, Role::Caseworker).await;
    for _ in 0..5 {
        let tokens = log_in(&api, EMAIL, PASSWORD).await.expect(200);
        let both = join(refresh(&api, &tokens), refresh(&api, &tokens)).await;
        let (won, lost) = if both.0.status == 200 { both } else { (both.1, both.0) };
        let next = won.expect(200);
        lost.problem(401, "unauthorised");
        // Two had the token, and nobody can tell which of them it was.
        refresh(&api, &next).await.problem(401, "unauthorised");
    }
    let ended = "select count(*) || ' ' || end_reason as line from session group by end_reason";
    assert_eq!(api.lines(ended).await, ["5 reused"]);
}

#[actix_web::test]
async fn a_refresh_token_ends_with_time_and_with_the_membership() {
    let api = Api::start().await;
    let world = api.desks().await;
    user(&api, &world.municipality, EMAIL, Role::Caseworker).await;
    let tokens = log_in(&api, EMAIL, PASSWORD).await.expect(200);
    let late = log_in(&api, EMAIL, PASSWORD).await.expect(200);
    api.house.pool.set_clock(Some(Utc::now() + TimeDelta::days(15)));
    refresh(&api, &late).await.problem(401, "unauthorised");
    api.house.pool.set_clock(None);
    api.sql("update membership set ended_at = now() where email is not null").await;
    refresh(&api, &tokens).await.problem(401, "unauthorised");
    api.get("/account").by(access(&tokens)).await.problem(401, "unauthorised");
    let to = json!({ "membership_id": tokens["membership_id"] });
    api.post("/sessions/switch", &to).by(access(&tokens)).await.problem(401, "unauthorised");
    log_in(&api, EMAIL, PASSWORD).await.problem(401, "unauthorised");
}

/// What may differ between two answers is only the number of the request.
fn anonymous(answer: Answer) -> (u16, Value) {
    let mut body = answer.body;
    body.as_object_mut().unwrap().remove("instance");
    (answer.status, body)
}

#[actix_web::test]
async fn failures_are_throttled_and_unknown_addresses_look_alike() {
    let api = Api::start().await;
    let world = api.desks().await;
    user(&api, &world.municipality, EMAIL, Role::Caseworker).await;
    for attempt in 0..7 {
        let known = log_in(&api, EMAIL, "wrong").await;
        let unknown = log_in(&api, "nobody@vennesla.example", "wrong").await;
        assert_eq!(known.status, if attempt < 5 { 401 } else { 429 });
        assert_eq!(known.header("Retry-After").is_some(), unknown.header("Retry-After").is_some());
        assert_eq!(anonymous(known), anonymous(unknown));
    }
    let throttled = log_in(&api, EMAIL, PASSWORD).await;
    let wait: i64 = throttled.header("Retry-After").unwrap().parse().unwrap();
    assert!((1..=31).contains(&wait), "{wait}");
    throttled.problem(429, "too_many_requests");

    let now = Utc::now();
    api.house.pool.set_clock(Some(now + TimeDelta::seconds(wait + 1)));
    log_in(&api, EMAIL, "wrong").await.problem(401, "wrong_email_or_password");
    let longer = log_in(&api, EMAIL, PASSWORD).await;
    assert!(longer.header("Retry-After").unwrap().parse::<i64>().unwrap() > 31);
    api.house.pool.set_clock(Some(now + TimeDelta::minutes(5)));
    log_in(&api, EMAIL, PASSWORD).await.expect(200);
    log_in(&api, EMAIL, "wrong").await.problem(401, "wrong_email_or_password");
    log_in(&api, EMAIL, PASSWORD).await.expect(200);
}

async fn log_in_from(api: &Api, email: &str, password: &str, device: &Value) -> Answer {
    let body = json!({ "email": email, "password": password, "device_token": device });
    api.call(Method::POST, "/sessions").json(&body).await
}

#[actix_web::test]
async fn whoever_guesses_waits_and_a_device_that_has_logged_in_before_does_not() {
    let api = Api::start().await;
    let world = api.desks().await;
    user(&api, &world.municipality, EMAIL, Role::Caseworker).await;
    let guesser = "ola@vennesla.example";
    user(&api, &world.municipality, guesser, Role::Caseworker).await;
    let mine = log_in(&api, EMAIL, PASSWORD).await.expect(200);
    let device = mine["device_token"].clone();
    let theirs = log_in(&api, guesser, PASSWORD).await.expect(200)["device_token"].clone();
    let nobody = "nobody@vennesla.example";
    let changed = json!(format!("x{}", device.as_str().unwrap()));
    // Without a token, with another's, with one that was tampered with: all of them are one, known address or not.
    for shown in [json!(null), theirs, changed, json!("x"), json!("x.y")] {
        let (known, unknown) = (
            log_in_from(&api, EMAIL, "wrong", &shown).await,
            log_in_from(&api, nobody, "wrong", &shown).await,
        );
        assert_eq!(known.status, 401);
        assert_eq!(anonymous(known), anonymous(unknown));
    }
    log_in(&api, EMAIL, PASSWORD).await.problem(429, "too_many_requests");

    let owner = log_in_from(&api, "Kari@Vennesla.example", PASSWORD, &device).await.expect(200);
    assert_eq!(owner["device_token"], device);
    log_in(&api, EMAIL, PASSWORD).await.problem(429, "too_many_requests");
    let body = json!({ "current_password": PASSWORD, "new_password": "another long one" });
    api.post("/account/password", &body).by(access(&owner)).await.expect(204);

    // Nor may whoever has the device guess for ever; and nobody else waits for them.
    api.house.pool.set_clock(Some(Utc::now() + TimeDelta::minutes(5)));
    for _ in 0..5 {
        log_in_from(&api, EMAIL, "wrong", &device).await.problem(401, "wrong_email_or_password");
    }
    log_in_from(&api, EMAIL, "another long one", &device).await.problem(429, "too_many_requests");
    log_in(&api, EMAIL, "another long one").await.expect(200);
}

#[actix_web::test]
async fn a_password_is_changed_and_other_sessions_end() {
    let api = Api::start().await;
    let world = api.desks().await;
    user(&api, &world.municipality, EMAIL, Role::Caseworker).await;
    let (mine, other) = (log_in(&api, EMAIL, PASSWORD).await.body, log_in(&api, EMAIL, PASSWORD).await.body);
    let change = |current: &str, new: &str| {
        let body = json!({ "current_password": current, "new_password": new });
        api.post("/account/password", &body).by(access(&mine))
    };
    change("not this one", "another long one").await.problem(422, "current_password_is_wrong");
    change(PASSWORD, "short").await.problem(422, "invalid");
    change(PASSWORD, EMAIL).await.problem(422, "invalid");
    change(PASSWORD, "another long one").await.expect(204);
    refresh(&api, &other).await.problem(401, "unauthorised");
    refresh(&api, &mine).await.expect(200);
    log_in(&api, EMAIL, PASSWORD).await.problem(401, "wrong_email_or_password");
    log_in(&api, EMAIL, "another long one").await.expect(200);
    let unnamed = world.municipality.token(Role::Caseworker);
    let body = json!({ "current_password": PASSWORD, "new_password": "another long one" });
    api.post("/account/password", &body).by(unnamed).await.problem(409, "account_has_no_password");
}

pub async fn invite(api: &Api, desk: &Desk, body: &Value) -> Value {
    api.post("/invitations", body).by(desk.token(Role::Admin)).await.expect(201)
}

async fn accept(api: &Api, invitation: &Value, password: &str) -> Answer {
    let body = json!({ "token": invitation["link_token"], "name": "Kari Nordmann", "password": password, "language": "nb" });
    api.call(Method::POST, "/invitations/accept").json(&body).await
}

#[actix_web::test]
async fn an_invitation_is_told_once_and_accepted_once() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.municipality.token(Role::Admin);
    let new = json!({ "email": "Kari@Vennesla.example", "role": "unit_contact", "unit_id": world.municipality.unit });
    let made = api.post("/invitations", &new).by(by).header("Idempotency-Key", "a").await.expect(201);
    let again = api.post("/invitations", &new).by(by).header("Idempotency-Key", "a").await.expect(201);
    assert_eq!((&made["id"], made["email"].as_str()), (&again["id"], Some(EMAIL)));
    let path = format!("/invitations/{}", made["id"].as_str().unwrap());
    let read = api.get(&path).by(by).await.expect(200);
    let list = api.get("/invitations").by(by).await.expect(200);
    assert!(again["link_token"].is_null() && read["link_token"].is_null());
    assert!(list["items"][0]["link_token"].is_null() && made["link_token"].is_string());

    accept(&api, &made, "too short").await.problem(422, "password_length");
    accept(&api, &made, EMAIL).await.problem(422, "invalid");
    let tokens = accept(&api, &made, PASSWORD).await.expect(200);
    assert_eq!(tokens["memberships"][0]["role"], "unit_contact");
    api.get("/units").by(access(&tokens)).await.expect(200);
    let refused = accept(&api, &made, PASSWORD).await.problem(409, "illegal_move");
    assert_eq!(refused["current_state"], "accepted");
    log_in(&api, EMAIL, PASSWORD).await.expect(200);
    let member = format!("/memberships/{}", tokens["membership_id"].as_str().unwrap());
    let member = api.get(&member).by(by).await.expect(200);
    assert_eq!(member["unit_id"], json!(world.municipality.unit));
    let read = api.get(&path).by(by).await.expect(200);
    api.post(&format!("{path}/revoke"), &json!({})).by(by).version(&read).await.problem(409, "illegal_move");
    accept(&api, &json!({ "link_token": "made-up" }), PASSWORD).await.problem(404, "not_found");
}

#[actix_web::test]
async fn an_invitation_that_was_revoked_or_is_old_is_worth_nothing() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.municipality.token(Role::Admin);
    let revoked = invite(&api, &world.municipality, &json!({ "email": EMAIL, "role": "finance" })).await;
    let path = format!("/invitations/{}/revoke", revoked["id"].as_str().unwrap());
    api.post(&path, &json!({})).by(by).version(&revoked).await.expect(200);
    assert_eq!(
        accept(&api, &revoked, PASSWORD).await.problem(409, "illegal_move")["current_state"],
        "revoked"
    );
    let old = invite(&api, &world.municipality, &json!({ "email": EMAIL, "role": "finance" })).await;
    api.house.pool.set_clock(Some(Utc::now() + TimeDelta::days(7)));
    assert_eq!(accept(&api, &old, PASSWORD).await.problem(409, "illegal_move")["current_state"], "expired");
}

#[actix_web::test]
async fn whoever_has_an_account_accepts_with_its_password() {
    let api = Api::start().await;
    let world = api.desks().await;
    user(&api, &world.municipality, EMAIL, Role::Caseworker).await;
    let invited = invite(&api, &world.centre, &json!({ "email": EMAIL, "role": "coordinator" })).await;
    accept(&api, &invited, "another long one").await.problem(401, "wrong_email_or_password");
    let tokens = accept(&api, &invited, PASSWORD).await.expect(200);
    assert_eq!(tokens["memberships"].as_array().unwrap().len(), 2);
    let again = invite(&api, &world.centre, &json!({ "email": EMAIL, "role": "coordinator" })).await;
    accept(&api, &again, PASSWORD).await.problem(409, "membership_already_exists");
}

#[actix_web::test]
async fn of_two_that_make_an_account_at_once_one_is_told() {
    let api = Api::start().await;
    let world = api.desks().await;
    let invited = invite(&api, &world.municipality, &json!({ "email": EMAIL, "role": "finance" })).await;
    let mut other = api.owner().await;
    let made = format!("begin; insert into account (name, email) values ('Kari Nordmann', '{EMAIL}')");
    other.batch_execute(&made).await.unwrap();
    let ready = async {
        api.until_waiting(1).await;
        other.batch_execute("commit").await.unwrap();
    };
    let (refused, ()) = join(accept(&api, &invited, PASSWORD), ready).await;
    refused.problem(409, "account_already_exists");
}

#[actix_web::test]
async fn an_invitation_fits_its_role() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Admin);
    let (volunteer, person) = (world.centre.volunteer, world.centre.person);
    for body in [
        json!({ "role": "volunteer" }),
        json!({ "role": "participant" }),
        json!({ "role": "unit_contact" }),
        json!({ "role": "integration" }),
        json!({ "role": "coordinator", "volunteer_id": volunteer }),
    ] {
        let mut body = body;
        body["email"] = json!(EMAIL);
        api.post("/invitations", &body).by(by).await.problem(422, "invalid");
    }
    let foreign =
        json!({ "email": EMAIL, "role": "volunteer", "volunteer_id": world.municipality.volunteer });
    api.post("/invitations", &foreign).by(by).await.problem(422, "invitation_unknown_volunteer");
    invite(&api, &world.centre, &json!({ "email": EMAIL, "role": "volunteer", "volunteer_id": volunteer }))
        .await;
    let participant = json!({ "email": EMAIL, "role": "participant", "person_id": person });
    let invited = invite(&api, &world.centre, &participant).await;
    let tokens = accept(&api, &invited, PASSWORD).await.expect(200);
    assert_eq!(tokens["memberships"][0]["role"], "participant");
}

#[actix_web::test]
async fn memberships_change_and_end_but_not_the_last_admins() {
    let api = Api::start().await;
    let world = api.desks().await;
    let desk = &world.municipality;
    let by = desk.token(Role::Admin);
    let path = |role| format!("/memberships/{}", desk.actor(role).membership);
    let row = api.get(&path(Role::Caseworker)).by(by).await.expect(200);
    let patch = json!({ "name": "Another", "unit_id": desk.unit });
    let row = api.patch(&path(Role::Caseworker), &patch).by(by).version(&row).await.expect(200);
    assert_eq!((&row["name"], &row["unit_id"]), (&json!("Another"), &json!(desk.unit)));
    let foreign = json!({ "unit_id": world.centre.unit });
    let foreign = api.patch(&path(Role::Caseworker), &foreign).by(by).version(&row).await;
    foreign.problem(422, "membership_unknown_unit");
    let found = api.get("/memberships?role=caseworker").by(by).await.expect(200);
    assert_eq!(found["items"], json!([row]));

    let end = format!("{}/end", path(Role::Caseworker));
    let ended = api.post(&end, &json!({})).by(by).version(&row).await.expect(200);
    assert!(ended["ended_at"].is_string());
    api.get("/organisations").by(desk.token(Role::Caseworker)).await.problem(401, "unauthorised");
    api.post(&end, &json!({})).by(by).version(&ended).await.problem(409, "illegal_move");

    let me = api.get(&path(Role::Admin)).by(by).await.expect(200);
    let end = format!("{}/end", path(Role::Admin));
    api.post(&end, &json!({})).by(by).version(&me).await.problem(409, "last_admin");
    user(&api, desk, EMAIL, Role::Admin).await;
    api.post(&end, &json!({})).by(by).version(&me).await.expect(200);
}

async fn register(api: &Api, desk: &Desk, scopes: &[&str]) -> Value {
    let new = json!({ "name": "Case system", "scopes": scopes, "public_key": jwk(&CLIENT_SEED) });
    api.post("/system-clients", &new).by(desk.token(Role::Admin)).await.expect(201)
}

/// What a client says to get a token.
pub fn assertion(client: &Value) -> Value {
    let now = Utc::now().timestamp();
    json!({ "iss": client["id"], "sub": client["id"], "aud": ISSUER, "iat": now, "exp": now + 60, "jti": Uuid::now_v7() })
}

async fn ask(api: &Api, assertion: &str, more: &str) -> Answer {
    let kind = "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer";
    let body = format!(
        "grant_type=client_credentials&client_assertion_type={kind}&client_assertion={assertion}{more}"
    );
    let call = api.call(Method::POST, "/oauth/token");
    call.text("application/x-www-form-urlencoded", body).await
}

#[track_caller]
fn oauth(answer: &Answer, status: u16, error: &str) {
    assert_eq!((answer.status, answer.body["error"].as_str()), (status, Some(error)), "{}", answer.text);
}

#[actix_web::test]
async fn a_system_client_gets_a_token_for_its_scopes() {
    let api = Api::start().await;
    let world = api.desks().await;
    let client = register(&api, &world.municipality, &["organisations:read", "account:read"]).await;
    let head = json!({ "alg": "EdDSA" });
    let signed = sign(&head, &assertion(&client), &CLIENT_SEED);
    let token = ask(&api, &signed, "").await.expect(200);
    assert_eq!(token["scope"], "organisations:read account:read");
    let by = token["access_token"].as_str().unwrap();
    api.get("/organisations").by(by).await.expect(200);
    let me = api.get("/account").by(by).await.expect(200);
    assert_eq!(me["id"], client["id"]);
    api.get("/counterparts").by(by).await.problem(403, "forbidden");
    oauth(&ask(&api, &signed, "").await, 401, "invalid_client");

    let signed = sign(&head, &assertion(&client), &CLIENT_SEED);
    let narrow = ask(&api, &signed, "&scope=account%3Aread").await.expect(200);
    assert_eq!(narrow["scope"], "account:read");
    api.get("/organisations").by(narrow["access_token"].as_str().unwrap()).await.problem(403, "forbidden");
    let signed = sign(&head, &assertion(&client), &CLIENT_SEED);
    oauth(&ask(&api, &signed, "&scope=referrals%3Apush").await, 400, "invalid_scope");

    let mut to_endpoint = assertion(&client);
    to_endpoint["aud"] = json!(format!("{ISSUER}/oauth/token"));
    ask(&api, &sign(&head, &to_endpoint, &CLIENT_SEED), "").await.expect(200);
}

#[actix_web::test]
async fn a_system_client_with_a_key_of_the_other_curve_gets_a_token() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (ours, theirs) =
        [(); 2].map(|()| EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap()).into();
    let point = ours.public_key().as_ref().to_vec();
    let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    let key = json!({ "kty": "EC", "crv": "P-256", "x": part(&point[1..33]), "y": part(&point[33..]) });
    let new = json!({ "name": "Case system", "scopes": ["account:read"], "public_key": key });
    let by = world.municipality.token(Role::Admin);
    let client = api.post("/system-clients", &new).by(by).await.expect(201);
    let by_key = |alg: &str, pair: &EcdsaKeyPair| {
        let sign = |text: &[u8]| pair.sign(&SystemRandom::new(), text).unwrap().as_ref().to_vec();
        token(&json!({ "alg": alg }), &assertion(&client), sign)
    };
    let got = ask(&api, &by_key("ES256", &ours), "").await.expect(200);
    let me = api.get("/account").by(access(&got)).await.expect(200);
    assert_eq!(me["id"], client["id"]);
    for wrong in
        [by_key("ES256", &theirs), by_key("EdDSA", &ours), by_key("ES384", &ours), by_key("none", &ours)]
    {
        oauth(&ask(&api, &wrong, "").await, 401, "invalid_client");
    }
}

#[actix_web::test]
async fn an_assertion_that_proves_nothing_is_refused() {
    let api = Api::start().await;
    let world = api.desks().await;
    let client = register(&api, &world.municipality, &["account:read"]).await;
    let head = json!({ "alg": "EdDSA" });
    let now = Utc::now().timestamp();
    for (field, value) in [
        ("exp", json!(now - 1)),
        ("exp", json!(now + 200)),
        ("aud", json!("http://elsewhere.test")),
        ("iss", json!(Uuid::now_v7())),
        ("sub", json!(world.municipality.actor(Role::Admin).account)),
        ("jti", json!("")),
        ("nbf", json!(now + 60)),
    ] {
        let mut wrong = assertion(&client);
        wrong[field] = value;
        oauth(&ask(&api, &sign(&head, &wrong, &CLIENT_SEED), "").await, 401, "invalid_client");
    }
    let good = assertion(&client);
    let embedded = json!({ "alg": "EdDSA", "jwk": jwk(&[1; 32]) });
    for wrong in [
        sign(&head, &good, &[1; 32]),
        sign(&embedded, &good, &[1; 32]),
        sign(&json!({ "alg": "EdDSA", "jku": "http://elsewhere.test" }), &good, &CLIENT_SEED),
        sign(&json!({ "alg": "HS256" }), &good, &CLIENT_SEED),
        sign(&json!({ "alg": "none" }), &good, &CLIENT_SEED),
        sign(&json!({ "alg": "ES256" }), &good, &CLIENT_SEED),
        "garbage".into(),
        String::new(),
    ] {
        oauth(&ask(&api, &wrong, "").await, 401, "invalid_client");
    }
    let form = |body: &'static str| {
        let call = api.call(Method::POST, "/oauth/token");
        call.text("application/x-www-form-urlencoded", body)
    };
    oauth(&form("").await, 400, "invalid_request");
    oauth(&form("grant_type=client_credentials&grant_type=x").await, 400, "invalid_request");
    oauth(&form("grant_type=password").await, 400, "unsupported_grant_type");
    oauth(&form("grant_type=client_credentials").await, 401, "invalid_client");
    let json = api.call(Method::POST, "/oauth/token").json(&json!({})).await;
    oauth(&json, 400, "invalid_request");
}

#[actix_web::test]
async fn keys_of_a_client_are_exchanged_and_a_client_ends() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.municipality.token(Role::Operator);
    let client = register(&api, &world.municipality, &["account:read"]).await;
    let head = json!({ "alg": "EdDSA" });
    let of = format!("/system-client-keys?system_client_id={}", client["id"].as_str().unwrap());
    let old = api.get(&of).by(by).await.expect(200)["items"][0].clone();
    let new = json!({ "system_client_id": client["id"], "public_key": jwk(&[10; 32]) });
    let made = api.post("/system-client-keys", &new).by(by).await.expect(201);
    let path = format!("/system-client-keys/{}", made["id"].as_str().unwrap());
    assert_eq!(api.get(&path).by(by).await.expect(200), made);
    let again = api.post("/system-client-keys", &new).by(by).await;
    again.problem(409, "system_client_key_already_registered");
    let revoke = format!("/system-client-keys/{}/revoke", old["id"].as_str().unwrap());
    let old = api.post(&revoke, &json!({})).by(by).version(&old).await.expect(200);
    api.post(&revoke, &json!({})).by(by).version(&old).await.problem(409, "illegal_move");
    let by_old = sign(&head, &assertion(&client), &CLIENT_SEED);
    oauth(&ask(&api, &by_old, "").await, 401, "invalid_client");
    let token = ask(&api, &sign(&head, &assertion(&client), &[10; 32]), "").await.expect(200);
    let token = token["access_token"].as_str().unwrap();
    api.get("/account").by(token).await.expect(200);

    let path = format!("/system-clients/{}", client["id"].as_str().unwrap());
    let patch = json!({ "scopes": ["account:read", "members:read"] });
    api.patch(&path, &patch).by(by).version(&client).await.problem(422, "invalid");
    let patch = json!({ "scopes": ["referrals:push"] });
    let client = api.patch(&path, &patch).by(by).version(&client).await.expect(200);
    assert_eq!(api.get(&path).by(by).await.expect(200), client);
    let ended = api.post(&format!("{path}/end"), &json!({})).by(by).version(&client).await.expect(200);
    api.post(&format!("{path}/end"), &json!({})).by(by).version(&ended).await.problem(409, "illegal_move");
    api.get("/account").by(token).await.problem(401, "unauthorised");
    oauth(&ask(&api, &sign(&head, &assertion(&client), &[10; 32]), "").await, 401, "invalid_client");
    assert_eq!(api.get("/system-clients").by(by).await.expect(200)["items"], json!([ended]));
}

#[actix_web::test]
async fn only_public_keys_of_two_curves_are_registered() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.municipality.token(Role::Admin);
    let mut private = jwk(&CLIENT_SEED);
    private["d"] = private["x"].clone();
    let x = "A".repeat(43);
    for (key, code) in [
        (private, "unknown_field"),
        (json!({ "kty": "RSA", "crv": "P-256", "x": x }), "unknown_value"),
        (json!({ "kty": "EC", "crv": "P-384", "x": x, "y": x }), "unknown_value"),
        (json!({ "kty": "EC", "crv": "P-256", "x": x, "y": x }), "not_a_key"),
        (json!({ "kty": "OKP", "crv": "Ed25519", "x": "short" }), "too_short"),
    ] {
        let new = json!({ "name": "Case system", "scopes": ["account:read"], "public_key": key });
        let refused = api.post("/system-clients", &new).by(by).await.problem(422, "invalid");
        assert_eq!(refused["errors"][0]["code"], code, "{refused:#}");
    }
    let foreign =
        json!({ "name": "Case system", "scopes": ["members:manage"], "public_key": jwk(&CLIENT_SEED) });
    let refused = api.post("/system-clients", &foreign).by(by).await.problem(422, "invalid");
    assert_eq!(refused["errors"][0]["pointer"], "/scopes/0");
}

#[actix_web::test]
async fn the_server_tells_how_to_get_a_token() {
    let api = Api::start().await;
    let told = api.get("/.well-known/oauth-authorization-server").await.expect(200);
    assert_eq!(told["token_endpoint"], format!("{ISSUER}/oauth/token"));
    assert_eq!(told["token_endpoint_auth_methods_supported"], json!(["private_key_jwt"]));
    let keys = api.get("/.well-known/jwks.json").await.expect(200);
    assert_eq!(keys["keys"][0]["x"], jwk(&crate::support::SEED)["x"]);
}

async fn published(api: &Api) -> Vec<String> {
    let keys = api.get("/.well-known/jwks.json").await.expect(200);
    keys["keys"].as_array().unwrap().iter().map(|key| key["kid"].as_str().unwrap().to_owned()).collect()
}

#[actix_web::test]
async fn signing_keys_are_rotated_without_downtime() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (pool, ring, tokens) = (&api.house.pool, &api.house.ring, &api.house.tokens);
    let actor = world.municipality.actor(Role::Admin);
    let issue = || tokens.issue(actor).unwrap();
    let kid = |token: &str| jsonwebtoken::decode_header(token).unwrap().kid.unwrap();
    keys::reload(pool, ring, tokens).await.unwrap();
    keys::reload(pool, ring, tokens).await.unwrap();
    let first = published(&api).await;
    assert_eq!(first.len(), 1);
    let old = issue();
    assert_eq!(kid(&old), first[0]);

    keys::rotate(pool, ring).await.unwrap();
    keys::reload(pool, ring, tokens).await.unwrap();
    assert_eq!(published(&api).await.len(), 2);
    assert_eq!(kid(&issue()), first[0], "it is published before it signs");

    api.sql("update signing_key set signs_from = signs_from - interval '3 minutes'").await;
    keys::reload(pool, ring, tokens).await.unwrap();
    let new = issue();
    assert_ne!(kid(&new), first[0]);
    for token in [&old, &new] {
        api.get("/account").by(token).await.expect(200);
    }
    api.sql("update signing_key set retires_at = now() where retires_at is not null").await;
    keys::reload(pool, ring, tokens).await.unwrap();
    assert_eq!(published(&api).await, [kid(&new)]);
    api.get("/account").by(&old).await.problem(401, "unauthorised");
    api.get("/account").by(&new).await.expect(200);
}
