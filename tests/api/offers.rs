use std::future::IntoFuture as _;

use futures_util::future::join;
use samspill::{access::Role, jobs};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    referrals::{clarify, push},
    support::{
        Answer, Api,
        crossing::VALID,
        world::{Desk, World},
    },
    walk::work,
};

/// Adds this room's rows to a world: the municipality offers what its own person has reported to the centre.
pub async fn furnish(api: &Api, world: &mut World) {
    let by = world.municipality.token(Role::Coordinator);
    let new = json!({ "service": "cafe_group", "kind": "establish", "source_channel": "self",
                      "person_id": world.municipality.person, "need": "Kaffe" });
    let draft = api.post("/referrals", &new).by(by).await.expect(201);
    let submitted = step(api, &world.municipality, &draft, "submit", json!({})).await.expect(200);
    let begun =
        step(api, &world.municipality, &submitted, "begin-clarification", json!({})).await.expect(200);
    let about = json!({ "referral_id": begun["id"], "person_id": world.municipality.person });
    crate::conversations::talk(api, by, &about).await;
    crate::conversations::clarify(api, by, &about).await;
    let to = json!({ "organisation_ids": [world.centre.organisation] });
    step(api, &world.municipality, &begun, "offer", to).await.expect(200);
    let made = api.get("/offers").by(by).await.expect(200)["items"][0].clone();
    world.keep("offers", &made);
}

fn id(row: &Value) -> &str {
    row["id"].as_str().unwrap()
}

async fn step(api: &Api, desk: &Desk, seen: &Value, verb: &str, body: Value) -> Answer {
    let path = format!("/referrals/{}/{verb}", id(seen));
    api.post(&path, &body).by(desk.token(Role::Coordinator)).version(seen).await
}

/// An organisation that the centre may write to.
pub async fn provider(api: &Api, world: &World, kind: &str, name: &str) -> Desk {
    let desk = api.desk(kind, name).await;
    let letter = Uuid::now_v7();
    api.sql(&format!(
        "insert into counterpart (organisation_id, id, side, counterpart_organisation_id, status) values
            ('{a}', '{letter}', 'sent', '{b}', 'approved'), ('{b}', '{letter}', 'received', '{a}', 'approved')",
        a = desk.organisation,
        b = world.centre.organisation,
    ))
    .await;
    desk
}

/// A referral of the municipality that the centre has clarified, as the centre has it.
async fn clarified(api: &Api, world: &World) -> Value {
    let sent = push(api, world).await;
    let at = format!("/referrals/{}", id(&sent));
    let seen = api.get(&at).by(world.centre.token(Role::Coordinator)).await.expect(200);
    let begun = step(api, &world.centre, &seen, "begin-clarification", json!({})).await.expect(200);
    clarify(api, world, &begun).await;
    begun
}

pub async fn offered(api: &Api, world: &World, to: &[&Desk]) -> Value {
    let seen = clarified(api, world).await;
    let to: Vec<_> = to.iter().map(|desk| desk.organisation).collect();
    let to = json!({ "organisation_ids": to, "times": ["evening"] });
    step(api, &world.centre, &seen, "offer", to).await.expect(200)
}

/// The only offer that lies at this desk.
pub async fn at(api: &Api, desk: &Desk) -> Value {
    let found = api.get("/offers").by(desk.token(Role::Coordinator)).await.expect(200);
    let [one] = <[Value; 1]>::try_from(found["items"].as_array().unwrap().clone()).unwrap();
    one
}

pub async fn answer(api: &Api, desk: &Desk, seen: &Value, verb: &str, body: Value) -> Answer {
    let path = format!("/offers/{}/{verb}", id(seen));
    api.post(&path, &body).by(desk.token(Role::Coordinator)).version(seen).await
}

/// How the referral stands: at the municipality and at the centre, which are to agree.
async fn stands(api: &Api, world: &World, referral: &Value) -> String {
    let mut seen = Vec::new();
    for desk in world.desks() {
        let it = api.get(&format!("/referrals/{}", id(referral))).by(desk.token(Role::Coordinator)).await;
        seen.push(it.expect(200)["status"].as_str().unwrap().to_owned());
    }
    assert_eq!(seen[0], seen[1]);
    seen.remove(0)
}

/// What the two sides of each offer of a referral say: they are the same.
async fn offers_of(api: &Api, referral: &Value) -> Vec<String> {
    let all = format!(
        "select string_agg(distinct status, '/') || ' ' || count(*) as line from offer where referral_id = '{}' group by id order by 1",
        id(referral)
    );
    api.lines(&all).await
}

async fn tasks(api: &Api, desk: &Desk) -> Vec<String> {
    let open = format!(
        "select kind as line from task where organisation_id = '{}' and done_at is null order by kind",
        desk.organisation
    );
    api.lines(&open).await
}

#[actix_web::test]
async fn an_offer_tells_of_nobody_until_it_is_accepted_and_disclosed() {
    let api = Api::start().await;
    let world = api.desks().await;
    let [one, two] = ["En", "To"].map(|name| provider(&api, &world, "provider", name));
    let (one, two) = join(one, two).await;
    let referral = offered(&api, &world, &[&one, &two]).await;
    assert_eq!(
        (stands(&api, &world, &referral).await.as_str(), &referral["status"]),
        ("offered", &json!("offered"))
    );
    let seen = at(&api, &one).await;
    assert_eq!(
        (&seen["service"], &seen["times"], &seen["side"], &seen["reply_rule"]),
        (&json!("visiting_friend"), &json!(["evening"]), &json!("received"), &json!("NO_OFFER_REPLY"))
    );
    assert_eq!(seen["allowed_actions"], json!(["accept", "decline"]));
    // Of the person, their need and who reported it, nothing lies there.
    let here = format!("organisation_id in ('{}', '{}')", one.organisation, two.organisation);
    for table in ["offer", "event", "audit", "task"] {
        for line in
            api.lines(&format!("select to_jsonb(it)::text as line from {table} as it where {here}")).await
        {
            for secret in [
                "Olga",
                "Eksempel",
                "gå tur",
                "Skogen",
                "Bakken",
                &world.municipality.organisation.to_string(),
            ] {
                assert!(!line.contains(secret), "{table}: {line}");
            }
        }
    }
    let none = format!(
        "select id::text as line from delivery where {here} union all select id::text from referral where {here}"
    );
    assert_eq!(api.lines(&none).await, [""; 0]);
    api.get(&format!("/referrals/{}", id(&referral)))
        .by(one.token(Role::Coordinator))
        .await
        .problem(404, "not_found");

    let accepted = answer(&api, &one, &seen, "accept", json!({})).await.expect(200);
    assert_eq!((&accepted["status"], &accepted["allowed_actions"]), (&json!("accepted"), &json!([])));
    assert_eq!(stands(&api, &world, &referral).await, "accepted");
    assert_eq!(offers_of(&api, &referral).await, ["accepted 2", "lapsed 2"]);
    assert_eq!(tasks(&api, &world.centre).await, ["offer_accepted"]);
    let who = format!(
        "select distinct acting_organisation_id::text as line from event where name = 'referral.accepted' and subject_id = '{}'",
        id(&referral)
    );
    assert_eq!(api.lines(&who).await, [one.organisation.to_string()], "it was they who acted");

    // Now the person is told of, under a consent to just this organisation.
    let mine = format!("/offers/{}", id(&accepted));
    let by = world.centre.token(Role::Coordinator);
    let sent = api.get(&mine).by(by).await.expect(200);
    let delivery = api.get("/deliveries").by(by).await;
    assert_eq!(delivery.expect(200)["items"], json!([]), "the municipality's has not been dispatched yet");
    answer(&api, &world.centre, &sent, "disclose", json!({})).await.problem(422, "consent_required");
    api.sql(&format!(
        "update referral set person_id = '{}' where (organisation_id, id) = ('{}', '{}')",
        world.centre.person,
        world.centre.organisation,
        id(&referral)
    ))
    .await;
    answer(&api, &world.centre, &sent, "disclose", json!({})).await.problem(422, "consent_required");
    let parties = (world.centre.organisation, world.centre.person);
    api.consent_to(parties, one.organisation, VALID, ("referral", "name,need")).await;
    let told = answer(&api, &world.centre, &sent, "disclose", json!({})).await.expect(200);
    answer(&api, &world.centre, &told, "disclose", json!({})).await.problem(409, "offer_already_disclosed");
    assert_eq!(tasks(&api, &world.centre).await, [""; 0]);
    work(&api).await;
    let theirs = one.token(Role::Coordinator);
    let delivery =
        api.get(&format!("/deliveries/{}", told["disclosure_id"].as_str().unwrap())).by(theirs).await;
    let delivery = delivery.expect(200);
    // The need as it was clarified here; of the wishes nothing, since nobody has consented to that.
    let clarified = api.get("/clarifications").by(by).await.expect(200)["items"][0]["need"].clone();
    let name = json!({ "given_name": "Ada", "family_name": "Prøve" });
    assert_eq!(delivery["payload"], json!({ "name": name, "need": clarified }));
    let take_in = format!("/deliveries/{}/take-in", id(&delivery));
    api.post(&take_in, &json!({})).by(theirs).version(&delivery).await.expect(200);
    assert_eq!(at(&api, &two).await["status"], "lapsed");
}

#[actix_web::test]
async fn of_two_that_accept_at_once_the_first_has_it() {
    let api = Api::start().await;
    let world = api.desks().await;
    let one = provider(&api, &world, "provider", "En").await;
    let two = provider(&api, &world, "voluntary_org", "To").await;
    for round in 0..10 {
        let referral = offered(&api, &world, &[&one, &two]).await;
        let newest = async |desk: &Desk| {
            let of = format!("/offers?referral_id={}", id(&referral));
            api.get(&of).by(desk.token(Role::Coordinator)).await.expect(200)["items"][0].clone()
        };
        let (first, second) = (newest(&one).await, newest(&two).await);
        let accept = |desk: &Desk, seen: &Value| {
            let path = format!("/offers/{}/accept", id(seen));
            api.post(&path, &json!({})).by(desk.token(Role::Coordinator)).version(seen).into_future()
        };
        let (first, second) = if round % 2 == 0 {
            join(accept(&one, &first), accept(&two, &second)).await
        } else {
            let (second, first) = join(accept(&two, &second), accept(&one, &first)).await;
            (first, second)
        };
        let mut outcome = [first.status, second.status];
        outcome.sort_unstable();
        assert_eq!(outcome, [200, 412], "{} {}", first.body, second.body);
        assert_eq!(offers_of(&api, &referral).await, ["accepted 2", "lapsed 2"]);
        assert_eq!(stands(&api, &world, &referral).await, "accepted");
        // Whoever was late reads that it has lapsed, and can do nothing more.
        let late = if first.status == 200 { &two } else { &one };
        let refused = answer(&api, late, &newest(late).await, "accept", json!({})).await;
        assert_eq!(refused.problem(409, "illegal_move")["current_state"], "lapsed");
    }
}

#[actix_web::test]
async fn when_all_have_declined_or_let_it_lapse_it_is_in_clarification_again() {
    let api = Api::start().await;
    let world = api.desks().await;
    let start = "2026-04-01T12:00:00Z"; // The Wednesday before Easter.
    api.house.pool.set_clock(Some(start.parse().unwrap()));
    let one = provider(&api, &world, "provider", "En").await;
    let two = provider(&api, &world, "provider", "To").await;
    let referral = offered(&api, &world, &[&one, &two]).await;
    let (first, second) = (at(&api, &one).await, at(&api, &two).await);
    assert_eq!(first["reply_by_on"], "2026-04-13");
    let free = json!({ "reason": "Kjenner henne" });
    answer(&api, &one, &first, "decline", free).await.problem(422, "invalid");
    let why = json!({ "reason": "no_capacity" });
    let declined = answer(&api, &one, &first, "decline", why).await.expect(200);
    assert_eq!((&declined["status"], &declined["reason"]), (&json!("declined"), &json!("no_capacity")));
    assert_eq!(stands(&api, &world, &referral).await, "offered");
    let day = |day: &str| api.house.pool.set_clock(Some(format!("{day}T12:00:00Z").parse().unwrap()));
    day("2026-04-13");
    assert_eq!(jobs::run_once(&api.house.pool).await.unwrap().unanswered, 0);
    day("2026-04-14");
    assert_eq!(jobs::run_once(&api.house.pool).await.unwrap().unanswered, 1);
    assert_eq!(jobs::run_once(&api.house.pool).await.unwrap().unanswered, 0, "once");
    assert_eq!(offers_of(&api, &referral).await, ["declined 2", "lapsed 2"]);
    assert_eq!(stands(&api, &world, &referral).await, "in_clarification");
    assert_eq!(tasks(&api, &world.centre).await, ["offers_came_to_nothing"]);
    let stale = answer(&api, &two, &second, "accept", json!({})).await;
    assert_eq!(stale.status, 412);

    // What others could not do counts, and so does what oneself could not.
    let again = push(&api, &world).await;
    let path = format!("/referrals/{}", id(&again));
    let seen = api.get(&path).by(world.centre.token(Role::Coordinator)).await.expect(200);
    step(&api, &world.centre, &seen, "decline", json!({ "reason": "no_capacity" })).await.expect(200);
    let report = async |desk: &Desk, query: &str| {
        let path = format!("/offers/shortage-report?{query}");
        api.get(&path).by(desk.token(Role::TeamLeader)).await.expect(200)["items"].clone()
    };
    let all = json!([{ "service": "visiting_friend", "offers": 2, "accepted": 0, "declined": 1, "no_capacity": 1,
                       "lapsed": 1, "referrals_declined": 1, "waitlisted": 0 }]);
    assert_eq!(report(&world.centre, "from=2026-04-01&to=2026-04-14").await, all);
    assert_eq!(report(&world.centre, "to=2026-03-31").await, json!([]));
    assert_eq!(report(&world.centre, "from=2026-04-15").await, json!([]));
    assert_eq!(report(&one, "").await, json!([]), "it is of those that asked");
    api.house.pool.set_clock(None);
}

#[actix_web::test]
async fn an_open_pool_is_all_that_could_help() {
    let api = Api::start().await;
    let world = api.desks().await;
    let seen = clarified(&api, &world).await;
    let offer = async |to: Value| step(&api, &world.centre, &seen, "offer", to).await;
    // The sender is the only one that the centre may write to.
    offer(json!({ "open_pool": true })).await.problem(409, "offer_pool_is_empty");
    offer(json!({})).await.problem(422, "offer_recipients_missing");
    let sender = world.municipality.organisation;
    offer(json!({ "organisation_ids": [sender] })).await.problem(422, "offer_to_the_sender");
    offer(json!({ "organisation_ids": [world.centre.organisation] })).await.problem(422, "offer_to_oneself");
    offer(json!({ "organisation_ids": [Uuid::now_v7()] })).await.problem(422, "offer_unknown_organisation");
    let stranger = api.desk("provider", "Fremmed").await.organisation;
    offer(json!({ "organisation_ids": [stranger] })).await.problem(422, "counterpart_not_approved");
    let one = provider(&api, &world, "provider", "En").await;
    let two = provider(&api, &world, "voluntary_org", "To").await;
    provider(&api, &world, "state_authority", "Et tilsyn").await;
    let late = json!({ "open_pool": true, "reply_by_on": "2020-01-01" });
    offer(late).await.problem(422, "offer_reply_in_the_past");
    let both = json!({ "open_pool": true, "organisation_ids": [one.organisation] });
    offer(both).await.problem(422, "offer_recipients_missing");
    offer(json!({ "open_pool": true, "reply_by_on": "2199-01-01" })).await.expect(200);
    assert_eq!(offers_of(&api, &seen).await, ["pending 2", "pending 2"]);
    assert_eq!(at(&api, &one).await["reply_rule"], Value::Null);
    assert_eq!(at(&api, &two).await["status"], "pending");
    // One cannot answer oneself, and offers nothing before the person was asked.
    let by = world.centre.token(Role::Coordinator);
    let sent = api.get("/offers?side=sent").by(by).await.expect(200)["items"][0].clone();
    assert_eq!(sent["allowed_actions"], json!([]));
    answer(&api, &world.centre, &sent, "accept", json!({})).await.problem(409, "illegal_move");
    let other = push(&api, &world).await;
    let other = api.get(&format!("/referrals/{}", id(&other))).by(by).await.expect(200);
    let begun = step(&api, &world.centre, &other, "begin-clarification", json!({})).await.expect(200);
    step(&api, &world.centre, &begun, "offer", json!({ "open_pool": true }))
        .await
        .problem(409, "conversation_missing");
}

#[actix_web::test]
async fn whatever_ends_an_offering_lets_what_waits_lapse() {
    let api = Api::start().await;
    let world = api.desks().await;
    let one = provider(&api, &world, "provider", "En").await;
    let seen = async |desk: &Desk, referral: &Value| {
        let path = format!("/referrals/{}", id(referral));
        api.get(&path).by(desk.token(Role::Coordinator)).await.expect(200)
    };
    // The sender withdraws, the recipient declines or lets it wait.
    for (desk, verb, body, after) in [
        (&world.municipality, "withdraw", json!({}), "withdrawn"),
        (&world.centre, "decline", json!({ "reason": "other" }), "declined"),
        (&world.centre, "waitlist", json!({ "review_on": "2199-01-01" }), "waitlisted"),
    ] {
        let referral = offered(&api, &world, &[&one]).await;
        let at = seen(desk, &referral).await;
        step(&api, desk, &at, verb, body).await.expect(200);
        assert_eq!(stands(&api, &world, &referral).await, after);
        assert_eq!(offers_of(&api, &referral).await, ["lapsed 2"]);
    }
    let told = format!(
        "select count(*)::text as line from event where organisation_id = '{}' and name = 'offer.lapsed'",
        one.organisation
    );
    assert_eq!(api.lines(&told).await, ["3"]);
    // What was to tell who has accepted does not leave any more, when the person says no.
    let referral = offered(&api, &world, &[&one]).await;
    let of = format!("/offers?referral_id={}", id(&referral));
    let theirs = api.get(&of).by(one.token(Role::Coordinator)).await.expect(200)["items"][0].clone();
    answer(&api, &one, &theirs, "accept", json!({})).await.expect(200);
    api.sql(&format!(
        "update referral set person_id = '{}' where (organisation_id, id) = ('{}', '{}')",
        world.centre.person,
        world.centre.organisation,
        id(&referral)
    ))
    .await;
    api.active_consent(&world.centre, &one).await;
    let mine = api.get(&of).by(world.centre.token(Role::Coordinator)).await.expect(200)["items"][0].clone();
    let told = answer(&api, &world.centre, &mine, "disclose", json!({})).await.expect(200);
    let at = seen(&world.municipality, &referral).await;
    step(&api, &world.municipality, &at, "withdraw", json!({})).await.expect(200);
    let told = told["disclosure_id"].as_str().unwrap();
    let left = format!("select status as line from disclosure where id = '{told}'");
    assert_eq!(api.lines(&left).await, ["recalled"]);
}

#[actix_web::test]
async fn who_waits_is_looked_at_again_and_can_begin() {
    let api = Api::start().await;
    let world = api.desks().await;
    let day = |day: &str| api.house.pool.set_clock(Some(format!("{day}T12:00:00Z").parse().unwrap()));
    day("2026-04-01");
    let begun = clarified(&api, &world).await;
    let wait = async |seen: &Value, on: &str| {
        step(&api, &world.centre, seen, "waitlist", json!({ "review_on": on })).await
    };
    wait(&begun, "2026-04-01").await.problem(422, "review_in_the_past");
    let waiting = wait(&begun, "2026-05-01").await.expect(200);
    assert_eq!((&waiting["status"], &waiting["review_on"]), (&json!("waitlisted"), &json!("2026-05-01")));
    assert_eq!(stands(&api, &world, &waiting).await, "waitlisted");
    let worked = async || jobs::run_once(&api.house.pool).await.unwrap().reviewed;
    day("2026-04-30");
    assert_eq!(worked().await, 0);
    day("2026-05-01");
    assert_eq!([worked().await, worked().await], [1, 0]);
    assert_eq!(tasks(&api, &world.centre).await, ["waitlist_review_due"]);
    // Another day: it waits since the same day, and is asked after once more.
    let since = waiting["status_since"].clone();
    let waiting = wait(&waiting, "2026-06-01").await.expect(200);
    assert_eq!((&waiting["status_since"], tasks(&api, &world.centre).await.len()), (&since, 0));
    day("2026-06-02");
    assert_eq!([worked().await, worked().await], [1, 0]);
    let by = world.centre.token(Role::Coordinator);
    let list = api.get("/referrals?status=waitlisted").by(by).await.expect(200);
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
    let start = async || step(&api, &world.centre, &waiting, "start", json!({})).await;
    start().await.problem(409, "network_missing");
    api.sql(&crate::networks::around(&world.centre, &waiting)).await;
    start().await.expect(200);
    assert_eq!(stands(&api, &world, &waiting).await, "in_delivery");
    assert_eq!(tasks(&api, &world.centre).await, [""; 0]);

    // Nobody begins from the waiting list whom nobody has talked with.
    let sent = push(&api, &world).await;
    let seen = api.get(&format!("/referrals/{}", id(&sent))).by(by).await.expect(200);
    let begun = step(&api, &world.centre, &seen, "begin-clarification", json!({})).await.expect(200);
    let waiting = wait(&begun, "2026-07-01").await.expect(200);
    step(&api, &world.centre, &waiting, "start", json!({})).await.problem(409, "conversation_missing");
    api.house.pool.set_clock(None);
}

#[actix_web::test]
async fn what_another_has_accepted_begins_without_a_network_here() {
    let api = Api::start().await;
    let world = api.desks().await;
    let one = provider(&api, &world, "provider", "En").await;
    let referral = offered(&api, &world, &[&one]).await;
    answer(&api, &one, &at(&api, &one).await, "accept", json!({})).await.expect(200);
    let path = format!("/referrals/{}", id(&referral));
    let accepted = api.get(&path).by(world.centre.token(Role::Coordinator)).await.expect(200);
    let started = step(&api, &world.centre, &accepted, "start", json!({})).await.expect(200);
    assert_eq!(started["status"], "in_delivery");
}
