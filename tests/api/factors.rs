//! Codes beside the password: of an authenticator app, or for when it is lost.

use std::{
    collections::BTreeSet,
    io,
    sync::{Arc, LazyLock, Mutex},
};

use actix_web::http::Method;
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::join;
use samspill::access::Role;
use serde_json::{Value, json};
use totp_rs::{Builder, Secret};
use uuid::Uuid;

use crate::{
    identity::{EMAIL, PASSWORD, access, log_in, refresh, user},
    support::{Answer, Api, canary::Canary, contract, probe::TABLES},
};

/// Somebody's authenticator app, at a time of the test's own.
pub struct App {
    secret: String,
    pub recovery_codes: Vec<String>,
    now: DateTime<Utc>,
}

impl App {
    /// Adds a second factor to the account that has logged in.
    pub async fn enrol(api: &Api, by: &Value) -> Self {
        let told = enrol(api, by, None).await.expect(200);
        let secret = told["secret"].as_str().unwrap().to_owned();
        let mut app = Self { secret, recovery_codes: Vec::new(), now: Utc::now() };
        let code = json!({ "one_time_code": app.next(api) });
        let told = api.post("/account/second-factor/confirm", &code).by(access(by)).await.expect(200);
        let codes = told["recovery_codes"].as_array().unwrap().iter();
        app.recovery_codes = codes.map(|code| code.as_str().unwrap().to_owned()).collect();
        app
    }

    fn code_at(&self, time: DateTime<Utc>) -> String {
        let app = Builder::new().with_secret(Secret::try_from_base32(&self.secret).unwrap()).build().unwrap();
        app.generate(time.timestamp().try_into().unwrap()).to_string()
    }

    /// The code that it shows.
    pub fn code(&self) -> String {
        self.code_at(self.now)
    }

    /// The next code that it shows, when it shows it.
    pub fn next(&mut self, api: &Api) -> String {
        self.wait(api, TimeDelta::seconds(30));
        self.code()
    }

    /// No code that is good now, nor soon.
    fn wrong(&self) -> String {
        let near: Vec<_> =
            (-3..4).map(|step| self.code_at(self.now + TimeDelta::seconds(30) * step)).collect();
        (0..8).map(|digit| format!("{digit}00000")).find(|code| !near.contains(code)).unwrap()
    }

    fn wait(&mut self, api: &Api, time: TimeDelta) {
        self.now += time;
        api.house.pool.set_clock(Some(self.now));
    }
}

async fn enrol(api: &Api, by: &Value, code: Option<&str>) -> Answer {
    let body = json!({ "current_password": PASSWORD, "one_time_code": code });
    api.post("/account/second-factor", &body).by(access(by)).await
}

async fn remove(api: &Api, by: &Value, code: Option<&str>) -> Answer {
    let body = json!({ "current_password": PASSWORD, "one_time_code": code });
    api.post("/account/second-factor/remove", &body).by(access(by)).await
}

pub async fn log_in_with(api: &Api, password: &str, code: &str) -> Answer {
    let body = json!({ "email": EMAIL, "password": password, "one_time_code": code });
    api.call(Method::POST, "/sessions").json(&body).await
}

/// Somebody at the municipality, who has logged in.
async fn member(api: &Api) -> Value {
    let world = api.desks().await;
    user(api, &world.municipality, EMAIL, Role::Caseworker).await;
    log_in(api, EMAIL, PASSWORD).await.expect(200)
}

#[actix_web::test]
async fn a_second_factor_is_added_asked_for_and_removed() {
    let api = Api::start().await;
    let mine = member(&api).await;
    let other = log_in(&api, EMAIL, PASSWORD).await.expect(200);
    let body = json!({ "current_password": "not this one" });
    let refused = api.post("/account/second-factor", &body).by(access(&mine)).await;
    refused.problem(422, "current_password_is_wrong");
    remove(&api, &mine, Some("000000")).await.problem(409, "second_factor_does_not_exist");
    let code = json!({ "one_time_code": "000000" });
    let confirm = || api.post("/account/second-factor/confirm", &code).by(access(&mine));
    confirm().await.problem(409, "second_factor_does_not_exist");

    let told = enrol(&api, &mine, None).await.expect(200);
    let secret = told["secret"].as_str().unwrap();
    assert_eq!(Secret::try_from_base32(secret).unwrap().len(), 20);
    let uri =
        format!("otpauth://totp/Samspill:{}?secret={secret}&issuer=Samspill", EMAIL.replace('@', "%40"));
    assert_eq!(told["otpauth_uri"].as_str().unwrap().replace("Samspill%3A", "Samspill:"), uri);
    // Until it is confirmed, nothing is asked for, and another takes its place.
    let first = App { secret: secret.into(), recovery_codes: Vec::new(), now: Utc::now() };
    enrol(&api, &mine, None).await.expect(200);
    let stale = json!({ "one_time_code": first.code() });
    let stale = api.post("/account/second-factor/confirm", &stale).by(access(&mine)).await;
    stale.problem(422, "code_is_wrong");
    let third = log_in(&api, EMAIL, PASSWORD).await.expect(200);

    let mut app = App::enrol(&api, &mine).await;
    confirm().await.problem(409, "second_factor_does_not_exist");
    assert_eq!(app.recovery_codes.iter().collect::<BTreeSet<_>>().len(), 10);
    for session in [&other, &third] {
        refresh(&api, session).await.problem(401, "unauthorised");
    }
    let mine = refresh(&api, &mine).await.expect(200);
    let me = api.get("/account").by(access(&mine)).await.expect(200);
    assert!(me["second_factor_since"].is_string() && me["recovery_codes_left"] == 10, "{me:#}");

    log_in(&api, EMAIL, PASSWORD).await.problem(401, "second_factor_required");
    log_in(&api, EMAIL, "wrong").await.problem(401, "wrong_email_or_password");
    log_in_with(&api, "wrong", &app.code()).await.problem(401, "wrong_email_or_password");
    log_in_with(&api, PASSWORD, &app.wrong()).await.problem(401, "code_is_wrong");
    let code = app.next(&api);
    log_in_with(&api, PASSWORD, &code).await.expect(200);

    // What asks for the password asks for a code too.
    enrol(&api, &mine, None).await.problem(422, "second_factor_required");
    let code = app.next(&api);
    enrol(&api, &mine, Some(&code)).await.problem(409, "second_factor_already_exists");
    let change = |code: Option<&str>| {
        let body = json!({ "current_password": PASSWORD, "new_password": PASSWORD, "one_time_code": code });
        api.post("/account/password", &body).by(access(&mine))
    };
    change(None).await.problem(422, "second_factor_required");
    change(Some(&app.wrong())).await.problem(422, "code_is_wrong");
    let code = app.next(&api);
    change(Some(&code)).await.expect(204);

    remove(&api, &mine, None).await.problem(422, "second_factor_required");
    let code = app.next(&api);
    remove(&api, &mine, Some(&code)).await.expect(204);
    log_in(&api, EMAIL, PASSWORD).await.expect(200);
    let me = api.get("/account").by(access(&mine)).await.expect(200);
    assert!(me["second_factor_since"].is_null() && me["recovery_codes_left"] == 0, "{me:#}");
}

/// Gives the account the secret of RFC 6238, which is none.
async fn known_secret(api: &Api) {
    let account = api.lines("select id::text as line from account where email is not null").await;
    let account: Uuid = account[0].parse().unwrap();
    let about = [b"second factor\n", account.as_bytes().as_slice()].concat();
    let sealed = api.house.ring.seal(b"12345678901234567890", &about).unwrap();
    let sealed: String = sealed.iter().map(|byte| format!("{byte:02x}")).collect();
    api.sql(&format!(
        "insert into second_factor (account_id, sealed, confirmed_at) values ('{account}', '\\x{sealed}', now())"
    ))
    .await;
}

#[actix_web::test]
async fn codes_are_those_of_rfc_6238() {
    let api = Api::start().await;
    member(&api).await;
    known_secret(&api).await;
    // Appendix B, for SHA-1; of its eight digits the last six.
    for (time, code) in [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_111_111_111, "050471"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
        (20_000_000_000, "353130"),
    ] {
        api.house.pool.set_clock(DateTime::from_timestamp(time, 0));
        log_in_with(&api, PASSWORD, code).await.expect(200);
        log_in_with(&api, PASSWORD, code).await.problem(401, "code_is_wrong");
    }
}

#[actix_web::test]
async fn a_code_is_good_one_step_early_or_late() {
    let api = Api::start().await;
    member(&api).await;
    known_secret(&api).await;
    // That of 1111111110 to 1111111139.
    for (seconds, good) in
        [(-31, false), (-30, true), (-1, true), (0, true), (29, true), (59, true), (60, false)]
    {
        api.sql("delete from used_proof").await;
        api.house.pool.set_clock(DateTime::from_timestamp(1_111_111_110 + seconds, 0));
        let answer = log_in_with(&api, PASSWORD, "050471").await;
        assert_eq!(answer.status, if good { 200 } else { 401 }, "after {seconds} seconds: {:#}", answer.body);
    }
}

#[actix_web::test]
async fn what_is_no_code_is_wrong() {
    let api = Api::start().await;
    let mine = member(&api).await;
    let app = App::enrol(&api, &mine).await;
    let too_long = format!("{}0", app.code());
    for code in ["++++++", "------", &too_long, "١٢٣٤٥٦", "AAAA-AAAA-AAAA-AAAA"] {
        api.sql("delete from login_throttle").await;
        log_in_with(&api, PASSWORD, code).await.problem(401, "code_is_wrong");
    }
    for code in ["", "1", &"1".repeat(41)] {
        log_in_with(&api, PASSWORD, code).await.problem(422, "invalid");
    }
}

#[actix_web::test]
async fn a_code_is_good_once_also_for_two_at_once() {
    let api = Api::start().await;
    let mine = member(&api).await;
    let mut app = App::enrol(&api, &mine).await;
    let same = app.code();
    log_in_with(&api, PASSWORD, &same).await.problem(401, "code_is_wrong");
    let mut codes: Vec<String> = app.recovery_codes[..4].to_vec();
    for _ in 0..4 {
        codes.push(app.next(&api));
        let code = codes.last().unwrap();
        let both = join(log_in_with(&api, PASSWORD, code), log_in_with(&api, PASSWORD, code)).await;
        let (won, lost) = if both.0.status == 200 { both } else { (both.1, both.0) };
        won.expect(200);
        lost.problem(401, "code_is_wrong");
    }
    for code in &codes[..4] {
        let both = join(log_in_with(&api, PASSWORD, code), log_in_with(&api, PASSWORD, code)).await;
        let (won, lost) = if both.0.status == 200 { both } else { (both.1, both.0) };
        won.expect(200);
        lost.problem(401, "code_is_wrong");
    }
    for code in codes {
        api.sql("delete from login_throttle").await;
        log_in_with(&api, PASSWORD, &code).await.problem(401, "code_is_wrong");
    }
}

#[actix_web::test]
async fn recovery_codes_are_good_once_however_they_are_typed() {
    let api = Api::start().await;
    let mine = member(&api).await;
    let app = App::enrol(&api, &mine).await;
    let [first, second] = [&app.recovery_codes[0], &app.recovery_codes[1]];
    let lost = log_in_with(&api, PASSWORD, first).await.expect(200);
    log_in_with(&api, PASSWORD, first).await.problem(401, "code_is_wrong");
    log_in_with(&api, PASSWORD, &second.to_lowercase().replace('-', " ")).await.expect(200);
    let me = api.get("/account").by(access(&lost)).await.expect(200);
    assert_eq!(me["recovery_codes_left"], 8);
    // With one of them, a new app can take the place of the old.
    remove(&api, &lost, Some(&app.recovery_codes[2])).await.expect(204);
    let new = App::enrol(&api, &lost).await;
    log_in_with(&api, PASSWORD, &app.recovery_codes[3]).await.problem(401, "code_is_wrong");
    log_in_with(&api, PASSWORD, &new.recovery_codes[3]).await.expect(200);
}

#[actix_web::test]
async fn wrong_codes_are_throttled_like_wrong_passwords() {
    let api = Api::start().await;
    let mine = member(&api).await;
    let mut app = App::enrol(&api, &mine).await;
    let wrong = app.wrong();
    for attempt in 0..5 {
        if attempt == 3 {
            // A right password alone forgives nothing, or it would be a way round.
            log_in(&api, EMAIL, PASSWORD).await.problem(401, "second_factor_required");
            continue;
        }
        log_in_with(&api, PASSWORD, &wrong).await.problem(401, "code_is_wrong");
    }
    let right = app.code_at(app.now + TimeDelta::seconds(30));
    log_in_with(&api, PASSWORD, &right).await.problem(429, "too_many_requests");
    app.wait(&api, TimeDelta::seconds(31));
    log_in_with(&api, PASSWORD, &app.code()).await.expect(200);
    log_in_with(&api, PASSWORD, &wrong).await.problem(401, "code_is_wrong");
    let code = app.next(&api);
    log_in_with(&api, PASSWORD, &code).await.expect(200);

    // Nor does who has taken a session guess the code by which it would be removed.
    for _ in 0..5 {
        remove(&api, &mine, Some(&app.wrong())).await.problem(422, "code_is_wrong");
    }
    let right = app.code_at(app.now + TimeDelta::seconds(30));
    remove(&api, &mine, Some(&right)).await.problem(429, "too_many_requests");
}

#[actix_web::test]
async fn whoever_has_a_second_factor_accepts_an_invitation_with_it() {
    let api = Api::start().await;
    let mine = member(&api).await;
    let mut app = App::enrol(&api, &mine).await;
    let centre = api.desk("volunteer_centre", "Kristiansand frivilligsentral").await;
    let new = json!({ "email": EMAIL, "role": "coordinator" });
    let invited = api.post("/invitations", &new).by(centre.token(Role::Admin)).await.expect(201);
    let accept = async |code: Option<&str>| {
        let body = json!({ "token": invited["link_token"], "name": "Kari", "password": PASSWORD, "language": "nb", "one_time_code": code });
        api.call(Method::POST, "/invitations/accept").json(&body).await
    };
    accept(None).await.problem(401, "second_factor_required");
    accept(Some(&app.wrong())).await.problem(401, "code_is_wrong");
    let code = app.next(&api);
    accept(Some(&code)).await.expect(200);
}

#[actix_web::test]
async fn an_organisation_asks_its_members_for_a_second_factor() {
    let api = Api::start().await;
    let world = api.desks().await;
    user(&api, &world.municipality, EMAIL, Role::Caseworker).await;
    let there = user(&api, &world.centre, EMAIL, Role::Coordinator).await;
    let before = log_in(&api, EMAIL, PASSWORD).await.expect(200);
    let by = world.municipality.token(Role::Admin);
    let path = format!("/organisations/{}", world.municipality.organisation);
    let row = api.get(&path).by(by).await.expect(200);
    assert_eq!(row["second_factor_required"], false);
    let patch = json!({ "second_factor_required": true });
    let foreign = api.patch(&path, &patch).by(world.centre.token(Role::Admin)).version(&row).await;
    foreign.problem(404, "not_found");
    let row = api.patch(&path, &patch).by(by).version(&row).await.expect(200);
    assert_eq!(row["second_factor_required"], true);

    let after = log_in(&api, EMAIL, PASSWORD).await.expect(200);
    let before = refresh(&api, &before).await.expect(200);
    for tokens in [&before, &after] {
        let missing = tokens["memberships"].as_array().unwrap().iter();
        let missing: Vec<_> = missing.map(|one| one["second_factor_missing"] == true).collect();
        assert_eq!(missing, [true, false], "{tokens:#}");
        opens_only_the_account(&api, access(tokens)).await;
    }
    // Where it is not asked for, nothing changes; and who comes back comes back to the same.
    let to = json!({ "membership_id": there });
    let switched = api.post("/sessions/switch", &to).by(access(&after)).await.expect(200);
    api.get("/persons").by(access(&switched)).await.expect(200);
    let back = json!({ "membership_id": after["membership_id"] });
    let back = api.post("/sessions/switch", &back).by(access(&switched)).await.expect(200);
    opens_only_the_account(&api, access(&back)).await;

    let mut app = App::enrol(&api, &after).await;
    let open = refresh(&api, &after).await.expect(200);
    api.get("/persons").by(access(&open)).await.expect(200);
    let code = app.next(&api);
    let open = log_in_with(&api, PASSWORD, &code).await.expect(200);
    assert_eq!(open["memberships"][0]["second_factor_missing"], false);
    api.get("/persons").by(access(&open)).await.expect(200);
    // And without it, not any more.
    let code = app.next(&api);
    remove(&api, &open, Some(&code)).await.expect(204);
    let open = refresh(&api, &open).await.expect(200);
    opens_only_the_account(&api, access(&open)).await;
}

/// Every operation that the role may do is refused, but for those of the own account.
async fn opens_only_the_account(api: &Api, by: &str) {
    let mut refused = 0;
    for operation in contract::operations().filter(|it| it.allowed().contains(&Role::Caseworker)) {
        if operation.scope().is_some_and(|scope| !scope.starts_with("account:")) {
            let path = operation.at(&Uuid::now_v7().to_string());
            let answer = api.call(operation.method.clone(), &path).by(by).await;
            answer.problem(403, "second_factor_missing");
            refused += 1;
        }
    }
    assert!(refused > 50, "{refused}");
    api.get("/account").by(by).await.expect(200);
    api.get("/sessions").by(by).await.expect(200);
}

/// What is logged, by whichever test.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Log {
    /// Keeps everything from now on. One for all tests: a listener of one thread misses what others have passed before.
    pub fn listen() -> &'static Self {
        static ALL: LazyLock<Log> = LazyLock::new(|| {
            let log = Log::default();
            let writer = log.clone();
            let all = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE);
            let all = all.with_ansi(false).with_writer(move || writer.clone()).finish();
            tracing::subscriber::set_global_default(all).unwrap();
            log
        });
        &ALL
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

/// That no row of any table says it, nor the log.
pub async fn is_told_nowhere(api: &Api, log: &Log, secrets: &[&str]) {
    let canary = Canary(secrets);
    for table in api.lines(TABLES).await {
        for line in api.lines(&format!("select to_jsonb(it)::text as line from {table} as it")).await {
            canary.assert_absent(&line, &table);
        }
    }
    let log = log.text();
    assert!(log.contains("security"), "nothing was logged: {log}");
    canary.assert_absent(&log, "the log");
}

#[actix_web::test]
async fn secrets_of_a_second_factor_are_in_no_column_and_in_no_log() {
    let log = Log::listen();
    let api = Api::start().await;
    let mine = member(&api).await;
    let mut app = App::enrol(&api, &mine).await;
    let code = app.next(&api);
    log_in_with(&api, PASSWORD, &code).await.expect(200);
    log_in_with(&api, PASSWORD, &app.recovery_codes[0]).await.expect(200);
    log_in_with(&api, PASSWORD, &app.wrong()).await.problem(401, "code_is_wrong");
    let bytes = Secret::try_from_base32(&app.secret).unwrap().to_string();
    let plain: Vec<_> = app.recovery_codes.iter().map(|code| code.replace('-', "")).collect();
    let codes = app.recovery_codes.iter().chain(&plain).map(String::as_str);
    let all: Vec<&str> = codes.chain([app.secret.as_str(), &bytes, PASSWORD]).collect();
    is_told_nowhere(&api, log, &all).await;
    // That it was added, and that a recovery code was used, is written down.
    let written = "select verb || ' ' || coalesce(after ->> 'sealed', '') || ' ' || coalesce(after ->> 'recovery_hashes', '') as line
                   from audit where table_name = 'second_factor' order by id";
    assert_eq!(
        api.lines(written).await,
        ["insert • changed • changed", "update  • changed", "update  • changed"]
    );
}
