//! Rules in tables: their versions, who hears of them, and what organisations add.

use std::{fs, path::PathBuf, thread};

use chrono::{NaiveDate, TimeDelta, Utc};
use futures_util::future::join;
use samspill::{
    access::{Db, Pool, Purpose, Role},
    db,
    domains::house::rules,
    identifiers::Country,
    jobs,
    rules::{Files, Place},
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    consents, networks, persons, referrals,
    support::{
        Api, database,
        world::{Desk, World},
    },
};

/// Adds this room's rows to a world.
pub async fn furnish(api: &Api, world: &mut World) {
    let any = api.lines("select id::text as line from rule where code = 'NO_FOLLOW_UP'").await;
    world.keep_id("rules", any[0].parse().unwrap());
    let mut local = day_off();
    local["valid_from"] = json!("2090-01-01");
    let by = world.centre.token(Role::Admin);
    let own = api.post("/organisation-rules", &local).by(by).await.expect(201);
    world.keep("organisation-rules", &own);
}

fn day_off() -> Value {
    json!({ "kind": "day_off", "code": "MOVING_DAY", "valid_from": "2020-01-01", "source": "styrevedtak 4/2026",
            "name": "Flyttedag", "month_day": "04-08" })
}

fn deadline(code: &str, length: u32, unit: &str) -> Value {
    json!({ "kind": "deadline", "code": code, "valid_from": "2020-01-01", "source": "styrevedtak 4/2026",
            "length": length, "unit": unit })
}

/// Files with these texts, which are of Norway.
pub fn folder(rows: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("samspill-rules-{}", Uuid::now_v7()));
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("own.toml"), format!("country = \"NO\"\n{rows}")).unwrap();
    folder
}

/// The follow-up of Norway, after so many weeks.
pub fn follow_up(weeks: u32) -> String {
    format!(
        "[[deadline]]\ncode = \"NO_FOLLOW_UP\"\nlabel = {{ nb = \"Oppfølging\" }}\nstarts = \"last follow-up held\"\n\
         length = {weeks}\nunit = \"weeks\"\ncounting = \"start_day_excluded\"\nroll_forward = false\nlegal = false\n\
         source = \"our own\"\nconfidence = \"high\"\nvalid_from = \"2020-01-01\"\n"
    )
}

/// Loads a folder, or what the program brings, and answers how many versions were closed and added.
pub async fn load(pool: &Pool, rows: Option<&str>) -> (i64, i64) {
    let files = rows.map_or_else(Files::shipped, |rows| Files::of(&folder(rows)).unwrap());
    rules::load(pool, &files.to_load().unwrap()).await.unwrap()
}

/// When a deadline that begins on `start` is due, by the rules that a server holds in memory.
async fn due(pool: &Pool, code: &str, organisation: Option<Uuid>, start: &str) -> String {
    let start: NaiveDate = start.parse().unwrap();
    let due = async |db: &mut Db| {
        let place = Place { organisation, ..Country::No.into() };
        Ok(db.rules().due(code, place, start).unwrap().1.due_on.to_string())
    };
    pool.system(Purpose::Health, due).await.unwrap()
}

async fn follow_ups(api: &Api, by: &str, query: &str) -> Vec<Value> {
    let found = api.get(&format!("/rules?code=NO_FOLLOW_UP{query}")).by(by).await.expect(200);
    found["items"].as_array().unwrap().clone()
}

#[actix_web::test]
async fn x5_a_changed_rule_closes_the_old_version_and_every_version_keeps_its_id() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (pool, by) = (&api.house.pool, world.centre.token(Role::Volunteer));
    let [first] = follow_ups(&api, by, "").await.try_into().unwrap();
    assert_eq!((&first["content"]["length"], &first["is_shipped"]), (&json!(2), &json!(true)));
    assert_eq!(first["label"]["sv"], "Uppföljningssamtal");
    assert_eq!(load(pool, None).await, (0, 0), "nothing has changed since `migrate`");

    assert_eq!(load(pool, Some(&follow_up(6))).await, (1, 1));
    assert_eq!(load(pool, Some(&follow_up(6))).await, (0, 0), "it is idempotent");
    let [second] = follow_ups(&api, by, "").await.try_into().unwrap();
    assert_eq!((&second["content"]["unit"], &second["is_shipped"]), (&json!("weeks"), &json!(false)));
    assert_ne!(second["id"], first["id"]);
    // What is in force is what is not closed; the old one is there, by its id and in the history.
    let history = follow_ups(&api, by, "&history=true").await;
    let ids: Vec<_> = history.iter().map(|row| (&row["id"], row["closed_at"].is_null())).collect();
    assert_eq!(ids, [(&first["id"], false), (&second["id"], true)]);
    let old = api.get(&format!("/rules/{}", first["id"].as_str().unwrap())).by(by).await.expect(200);
    assert_eq!((&old["content"], &old["version"]), (&first["content"], &json!(2)));

    // `migrate` leaves alone what others than the program have brought; to load without a folder does not.
    let owner = api.urls.owner.clone();
    thread::spawn(move || db::migrate(&owner).unwrap()).join().unwrap();
    assert_eq!(follow_ups(&api, by, "").await, std::slice::from_ref(&second));
    assert_eq!(load(pool, None).await, (1, 1));
    let history = follow_ups(&api, by, "&history=true").await;
    assert_eq!(history.len(), 3, "{history:#?}");
    assert_eq!((&history[2]["content"], &history[2]["closed_at"]), (&first["content"], &json!(null)));
}

#[actix_web::test]
async fn x5_a_rule_that_is_said_no_more_is_closed_and_a_new_one_is_added() {
    let api = Api::start().await;
    let pool = &api.house.pool;
    let day = "[[day_off]]\ncode = \"CORONATION\"\non = { fixed = \"08-11\" }\nlegal = true\nsource = \"law\"\n\
               confidence = \"high\"\nvalid_from = \"2027-08-11\"\nvalid_to = \"2027-08-12\"\n";
    let abolished = "[[day_off]]\ncode = \"WHIT_MONDAY\"\non = { easter = 50 }\nlegal = true\nsource = \"law\"\n\
                     confidence = \"high\"\nvalid_from = \"1970-01-01\"\nvalid_to = \"2027-01-01\"\n";
    assert_eq!(load(pool, Some(&format!("{day}{abolished}"))).await, (1, 2));
    // 11 August 2027 is a Wednesday; Whit Monday of 2028 is 5 June.
    assert_eq!(due(pool, "NO_FVL_COMPLAINT", None, "2027-07-21").await, "2027-08-12");
    assert_eq!(due(pool, "NO_FVL_COMPLAINT", None, "2028-05-15").await, "2028-06-05");
    assert_eq!(load(pool, None).await, (2, 1));
    assert_eq!(due(pool, "NO_FVL_COMPLAINT", None, "2028-05-15").await, "2028-06-06");
}

/// Neither of them is told of it; and what is refused in the end has changed nothing for anybody.
#[actix_web::test]
async fn x5_a_rule_holds_from_the_next_request_on_whichever_server_is_asked() {
    let one = Api::start().await;
    let two = Api::at(one.urls.clone()).await;
    let world = one.desks().await;
    let pools = [&one.house.pool, &two.house.pool];
    let holds = async |organisation, due_on: &str| {
        for pool in pools {
            assert_eq!(due(pool, "FOLLOW_UP", organisation, "2026-06-01").await, due_on);
        }
    };
    holds(None, "2026-08-01").await;
    load(pools[0], Some(&follow_up(6))).await;
    holds(None, "2026-07-13").await;
    // An organisation's own rule too, which holds there alone.
    let own = deadline("FOLLOW_UP", 2, "weeks");
    let by = world.centre.token(Role::Admin);
    let made = two.post("/organisation-rules", &own).by(by).await.expect(201);
    holds(Some(world.centre.organisation), "2026-06-15").await;
    holds(Some(world.municipality.organisation), "2026-07-13").await;
    one.post("/organisation-rules", &own).by(by).await.problem(409, "organisation_rule_already_exists");
    holds(Some(world.centre.organisation), "2026-06-15").await;
    let end = format!("/organisation-rules/{}/end", made["id"].as_str().unwrap());
    let end = one.post(&end, &json!({ "valid_to": "2026-01-01" })).by(by).version(&made).await.expect(200);
    assert_eq!(end["allowed_actions"], json!([]));
    holds(Some(world.centre.organisation), "2026-07-13").await;
}

/// A transaction ends with the rules that it began with; the next one, on the same connection, begins with the new ones.
#[actix_web::test]
async fn x5_rules_that_change_in_the_middle_of_a_transaction_hold_from_the_next_one_on() {
    let api = Api::start().await;
    let slow = Pool::new(&api.urls.runtime, 1).unwrap();
    let day = |db: &mut Db| {
        db.rules().due("FOLLOW_UP", Country::No, "2026-06-01".parse().unwrap()).unwrap().1.due_on
    };
    let work = async |db: &mut Db| {
        let before = day(db);
        load(&api.house.pool, Some(&follow_up(6))).await;
        Ok((before, day(db)))
    };
    let august = "2026-08-01".parse().unwrap();
    assert_eq!(slow.system(Purpose::Health, work).await.unwrap(), (august, august));
    let after = slow.system(Purpose::Health, async |db: &mut Db| Ok(day(db))).await.unwrap();
    assert_eq!(after.to_string(), "2026-07-13");
}

#[actix_web::test]
async fn x5_an_organisation_adds_to_the_law_and_never_loosens_it() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (pool, by) = (&api.house.pool, world.centre.token(Role::Admin));
    let add = async |body: &Value| api.post("/organisation-rules", body).by(by).await;
    // A duty of its own: not later, and not in a unit that may come to more.
    for (length, unit) in [(2, "months"), (32, "days"), (5, "weeks"), (20, "working_days")] {
        let problem = add(&deadline("GDPR_ACCESS", length, unit)).await.problem(422, "looser_than_the_law");
        let says = problem["detail"].as_str().unwrap();
        assert!(
            says.contains("GDPR_ACCESS") && says.contains("1 months") && says.contains("art. 12 (3)"),
            "{says}"
        );
    }
    add(&deadline("GDPR_ACCESS", 4, "weeks")).await.expect(201);
    // A right of the person's: not sooner.
    add(&deadline("NO_FVL_COMPLAINT", 20, "days")).await.problem(422, "looser_than_the_law");
    add(&deadline("FVL_COMPLAINT", 6, "weeks")).await.expect(201);
    let age = |years: u32| json!({ "kind": "age", "code": "SELF_CONSENT", "valid_from": "2020-01-01", "source": "x", "years": years });
    add(&age(15)).await.problem(422, "looser_than_the_law");
    add(&age(18)).await.expect(201);
    // What is custom is theirs to decide, and a day off moves that alone.
    add(&deadline("FIRST_CONTACT", 10, "days")).await.expect(201);
    add(&day_off()).await.expect(201);
    let (own, other) = (Some(world.centre.organisation), Some(world.municipality.organisation));
    assert_eq!(due(pool, "GDPR_ACCESS", own, "2026-03-02").await, "2026-03-30");
    assert_eq!(due(pool, "GDPR_ACCESS", other, "2026-03-02").await, "2026-04-02");
    assert_eq!(due(pool, "FVL_COMPLAINT", own, "2026-03-02").await, "2026-04-13");
    assert_eq!(due(pool, "FIRST_CONTACT", own, "2026-04-01").await, "2026-04-11");
    assert_eq!(due(pool, "FIRST_CONTACT", other, "2026-04-01").await, "2026-04-13");
    // 8 April 2026 is the day off: what is law ends there all the same.
    assert_eq!(due(pool, "NO_PBRL_COMPLAINT", own, "2026-03-11").await, "2026-04-08");
}

/// Two organisations, one in Vennesla and one in Oslo. What one adds for itself is judged where it is.
#[actix_web::test]
async fn x5_a_rule_of_a_municipality_holds_there_alone_for_whatever_is_counted() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (pool, desks) = (&api.house.pool, [&world.centre, &world.municipality]);
    let oslo = world.municipality.organisation;
    api.sql(&format!("update organisation set municipality_code = '0301' where id = '{oslo}'")).await;
    let local = |row: &str| row.replace("label", "municipality_code = \"4223\"\nlabel");
    let draft = follow_up(2).replace("FOLLOW_UP", "REFERRAL_DRAFT");
    let age = "[[age]]\ncode = \"SELF_CONSENT\"\nlabel = { nb = \"Alder\" }\nyears = 120\nlegal = false\nsource = \"x\"\n\
               confidence = \"low\"\nvalid_from = \"2020-01-01\"\n";
    let rows = [follow_up(3), draft, age.into()].map(|row| local(&row)).concat();
    load(pool, Some(&rows)).await;

    // Drafts, by the clock: where nobody has rules of their own, and where somebody has only a day off.
    let work = async |days: i64| {
        pool.set_clock(Some(Utc::now() + TimeDelta::days(days)));
        let forgotten = jobs::run_once(pool).await.unwrap().forgotten;
        pool.set_clock(None);
        forgotten
    };
    let draft = async |desk: &Desk| {
        let new = json!({ "service": "visiting_friend", "kind": "establish", "source_channel": "centre", "need": "x",
                          "person_id": desk.person });
        api.post("/referrals", &new).by(desk.token(Role::Coordinator)).await.expect(201)
    };
    for own in [false, true] {
        for desk in desks {
            draft(desk).await;
            if own {
                api.post("/organisation-rules", &day_off()).by(desk.token(Role::Admin)).await.expect(201);
            }
        }
        assert_eq!([work(14).await, work(15).await, work(31).await], [0, 1, 1], "{own}");
    }
    let own = deadline("REFERRAL_DRAFT", 20, "days");
    api.post("/organisation-rules", &own).by(world.centre.token(Role::Admin)).await.expect(201);
    draft(&world.centre).await;
    assert_eq!([work(20).await, work(21).await], [0, 1]);

    // What is counted on the way: the next follow-up, and whose word it is.
    pool.set_clock(Some("2026-06-01T12:00:00Z".parse().unwrap()));
    let (network, ..) = networks::active(&api, &world).await;
    let by = world.centre.token(Role::Coordinator);
    let path = format!("/follow-ups?network_id={}", network["id"].as_str().unwrap());
    assert_eq!(api.get(&path).by(by).await.expect(200)["items"][0]["due_on"], "2026-06-22");
    for (desk, other, status) in [(desks[0], desks[1], 422), (desks[1], desks[0], 200)] {
        persons::assess(&api, desk.token(Role::Coordinator), &json!(desk.person), "has").await;
        let asked = consents::presented(&api, desk, other, json!(desk.person)).await;
        let given = json!({ "given_by_id": desk.person, "method": "wet_signature" });
        let give = format!("/consents/{}/give", asked["id"].as_str().unwrap());
        api.post(&give, &given).by(desk.token(Role::Coordinator)).version(&asked).await.expect(status);
    }
}

#[actix_web::test]
async fn x5_a_rule_for_a_service_holds_where_one_was_asked_for_and_is_refused_where_none_is_known() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (admin, by) = (world.centre.token(Role::Admin), world.centre.token(Role::Coordinator));
    let of = |mut rule: Value, service: &str| {
        rule["service"] = json!(service);
        rule
    };
    let add = async |rule: Value| api.post("/organisation-rules", &rule).by(admin).await;
    for (service, length) in [("visiting_friend", 2), ("cafe_group", 5)] {
        for code in ["FOLLOW_UP", "NETWORK_RETENTION"] {
            add(of(deadline(code, length, "weeks"), service)).await.expect(201);
        }
    }
    api.house.pool.set_clock(Some("2026-06-01T12:00:00Z".parse().unwrap()));
    // One of no referral, and one that was asked for.
    let (network, ..) = networks::active(&api, &world).await;
    let referral = referrals::push(&api, &world).await;
    referrals::clarify(&api, &world, &referral).await;
    networks::command(&api, &world, ("referrals", &referral, "accept"), &json!({})).await.expect(200);
    let new = json!({ "name": "Tur", "shape": "visiting_friend", "referral_id": referral["id"] });
    let asked = api.post("/networks", &new).by(by).await.expect(201);
    let part = json!({ "network_id": asked["id"], "person_id": world.centre.person });
    api.post("/network-participants", &part).by(by).await.expect(201);
    networks::join(&api, &world, &asked, &json!(world.centre.volunteer), true).await.expect(201);
    networks::command(&api, &world, ("networks", &asked, "activate"), &json!({})).await.expect(200);
    for (network, due_on, keep_until) in
        [(&network, "2026-08-01", "2027-06-01"), (&asked, "2026-06-15", "2026-06-15")]
    {
        let path = format!("/follow-ups?network_id={}", network["id"].as_str().unwrap());
        assert_eq!(api.get(&path).by(by).await.expect(200)["items"][0]["due_on"], due_on);
        let why = json!({ "reason": "moved" });
        let ended =
            networks::command(&api, &world, ("networks", network, "dissolve"), &why).await.expect(200);
        assert_eq!(ended["keep_until"], keep_until);
    }

    add(of(deadline("REFERRAL_DRAFT", 2, "weeks"), "cafe_group")).await.problem(422, "rule_does_not_fit");
    let age = json!({ "kind": "age", "code": "SELF_CONSENT", "valid_from": "2020-01-01", "source": "x", "years": 18 });
    add(of(age, "cafe_group")).await.problem(422, "rule_does_not_fit");
    // What the program does not ask itself may say what it likes.
    add(of(deadline("GDPR_ACCESS", 2, "weeks"), "cafe_group")).await.expect(201);
}

/// What holds elsewhere neither binds an organisation nor can be changed by it.
#[actix_web::test]
async fn x5_an_organisation_is_bound_by_the_rules_of_its_own_municipality_alone() {
    let api = Api::start().await;
    let world = api.desks().await;
    let of = |municipality: &str, code: &str, days: u32| {
        follow_up(days)
            .replace("FOLLOW_UP", code)
            .replace("weeks", "days")
            .replace("legal = false", &format!("legal = true\nmunicipality_code = \"{municipality}\""))
    };
    let rows = [of("0301", "FOLLOW_UP", 10), of("4223", "FOLLOW_UP", 30), of("0301", "OSLO_ONLY", 10)];
    load(&api.house.pool, Some(&rows.concat())).await;
    let by = world.centre.token(Role::Admin);
    let add = async |rule: Value| api.post("/organisation-rules", &rule).by(by).await;
    add(deadline("FOLLOW_UP", 31, "days")).await.problem(422, "looser_than_the_law");
    add(deadline("OSLO_ONLY", 5, "days")).await.problem(422, "unknown_rule");
    add(deadline("FOLLOW_UP", 20, "days")).await.expect(201);
}

#[actix_web::test]
async fn a_rule_of_ones_own_says_what_such_a_rule_can_say() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Admin);
    let add = async |body: &Value| api.post("/organisation-rules", body).by(by).await;
    add(&deadline("TEA_BREAK", 1, "hours")).await.problem(422, "unknown_rule");
    let mut ends = deadline("FOLLOW_UP", 3, "weeks");
    ends["valid_to"] = json!("2020-01-01");
    add(&ends).await.problem(422, "organisation_rule_ends_before_it_starts");
    for (field, value) in [("years", json!(3)), ("unit", json!(null)), ("length", json!(null))] {
        let mut body = deadline("FOLLOW_UP", 3, "weeks");
        body[field] = value;
        add(&body).await.problem(422, "rule_does_not_fit");
    }
    for (field, value) in
        [("name", json!(null)), ("days_after_easter", json!(1)), ("service", json!("cafe_group"))]
    {
        let mut body = day_off();
        body[field] = value;
        add(&body).await.problem(422, "rule_does_not_fit");
    }
    for value in ["02-30", "00-01", "1-011"] {
        let mut body = day_off();
        body["month_day"] = json!(value);
        add(&body).await.problem(422, "invalid");
    }
    let mut body = deadline("FOLLOW_UP", 3, "weeks");
    body["valid_to"] = json!("2026-01-01");
    let first = add(&body).await.expect(201);
    assert_eq!(
        (&first["code"], &first["label"]["da"]),
        (&json!("NO_FOLLOW_UP"), &json!("Opfølgningssamtale"))
    );
    add(&body).await.problem(409, "organisation_rule_already_exists");
    body["valid_from"] = json!("2025-12-31");
    add(&body).await.problem(409, "organisation_rule_already_exists");
    body["valid_to"] = json!(null);
    add(&body).await.problem(409, "organisation_rule_already_exists");
    body["valid_from"] = json!("2026-01-01");
    let second = add(&body).await.expect(201);
    // Of two at once one is refused, by the database.
    let mut age = json!({ "kind": "age", "code": "SELF_CONSENT", "valid_from": "2020-01-01", "source": "x", "years": 18 });
    let first = age.clone();
    age["valid_from"] = json!("2021-01-01");
    let (one, two) = join(add(&first), add(&age)).await;
    let mut both = [one, two];
    both.sort_by_key(|answer| answer.status);
    let [made, refused] = both;
    made.expect(201);
    refused.problem(409, "organisation_rule_already_exists");
    // Of another service it is another rule.
    body["service"] = json!("cafe_group");
    add(&body).await.expect(201);

    let end = format!("/organisation-rules/{}/end", second["id"].as_str().unwrap());
    let ended =
        api.post(&end, &json!({ "valid_to": "2026-06-01" })).by(by).version(&second).await.expect(200);
    assert_eq!((&ended["valid_to"], &ended["allowed_actions"]), (&json!("2026-06-01"), &json!([])));
    let again = api.post(&end, &json!({ "valid_to": "2026-07-01" })).by(by).version(&ended).await;
    again.problem(409, "illegal_move");
    let seen = api
        .get("/organisation-rules?kind=deadline")
        .by(world.centre.token(Role::Volunteer))
        .await
        .expect(200);
    assert_eq!(seen["items"].as_array().unwrap().len(), 3);
    let theirs = api.get("/organisation-rules").by(world.municipality.token(Role::Admin)).await.expect(200);
    assert_eq!(theirs["items"], json!([]));
}

#[actix_web::test]
async fn rules_are_listed_by_country_kind_code_and_day() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Participant);
    let codes = async |query: &str| {
        let found = api.get(&format!("/rules?limit=200&{query}")).by(by).await.expect(200);
        let codes =
            found["items"].as_array().unwrap().iter().map(|row| row["code"].as_str().unwrap().to_owned());
        codes.collect::<Vec<_>>()
    };
    let denmark = codes("country=DK&kind=day_off").await;
    assert!(denmark.len() == 16 && denmark.iter().any(|code| code == "GREAT_PRAYER_DAY"), "{denmark:?}");
    assert_eq!(codes("country=DK&kind=day_off&on=2023-12-31").await.len(), 16);
    assert_eq!(codes("country=DK&kind=day_off&on=2024-01-01").await.len(), 15);
    assert_eq!(codes("code=GDPR_ACCESS").await.len(), 3);
    assert_eq!(codes("country=SE&kind=age").await, ["SELF_CONSENT"]);
    assert_eq!(codes("kind=rate").await, [""; 0]);
}

/// While servers of a new program take the place of those of an old one, both are there.
#[actix_web::test]
async fn x5_rules_of_a_kind_that_a_server_does_not_know_are_left_out() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.centre.token(Role::Admin);
    let before = api.get("/rules?kind=age&history=true").by(by).await.expect(200);
    for (kind, content) in [("horoscope", "{}"), ("age", r#"{"moons": 12}"#)] {
        api.sql(&format!(
            "insert into rule (country, kind, code, valid_from, legal, source, confidence, label, content, is_shipped)
             values ('NO', '{kind}', 'NO_TOMORROW', '2020-01-01', true, 'x', 'high', '{{}}', '{content}', false)"
        ))
        .await;
    }
    api.sql(&format!(
        "insert into organisation_rule (organisation_id, kind, code, valid_from, source, label, content)
         values ('{}', 'horoscope', 'NO_TOMORROW', '2020-01-01', 'x', '{{}}', '{{}}')",
        world.centre.organisation
    ))
    .await;
    assert_eq!(due(&api.house.pool, "FOLLOW_UP", None, "2026-06-01").await, "2026-08-01");
    let own = api.get("/organisation-rules").by(by).await.expect(200);
    assert_eq!(own["items"], json!([]));
    let after = api.get("/rules?kind=age&history=true").by(by).await.expect(200);
    let many = |page: &Value| page["items"].as_array().unwrap().len();
    assert_eq!(many(&after), many(&before) + 1);
    let known = api.get("/rules?code=NO_TOMORROW").by(by).await.expect(200);
    assert_eq!((many(&known), &known["items"][0]["kind"]), (1, &json!("age")));
}

/// Two migrations at once load the rules once.
#[actix_web::test]
async fn the_rules_of_the_program_are_loaded_by_migrate_once() {
    let urls = database::empty().await;
    let migrate = || {
        let owner = urls.owner.clone();
        thread::spawn(move || db::migrate(&owner).unwrap())
    };
    for one in [migrate(), migrate()] {
        one.join().unwrap();
    }
    let mut owner = Api::at(urls).await.owner().await;
    let count = "select count(*)::text || ' ' || count(closed_at) as line from rule";
    let shipped = Files::shipped().sound().unwrap().len();
    assert_eq!(crate::support::lines(&mut owner, count).await, [format!("{shipped} 0")]);
}
