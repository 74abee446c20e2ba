//! The devices that are logged in, and ending what goes on elsewhere.

use actix_web::http::Method;
use chrono::{DateTime, TimeDelta, Utc};
use samspill::access::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    identity::{EMAIL, PASSWORD, access, log_in, refresh, user},
    support::{Answer, Api, world::World},
};

/// Adds this room's rows to a world: somebody is logged in elsewhere too.
pub async fn furnish(api: &Api, world: &mut World) {
    let (id, desk) = (Uuid::now_v7(), &world.municipality);
    let who = desk.actor(Role::Caseworker);
    api.sql(&format!(
        "insert into session (id, account_id, organisation_id, membership_id) values ('{id}', '{}', '{}', '{}')",
        who.account, who.organisation, who.membership
    ))
    .await;
    world.keep_id("sessions", id);
}

async fn log_in_on(api: &Api, device: &str) -> Value {
    let body = json!({ "email": EMAIL, "password": PASSWORD, "device": device });
    api.call(Method::POST, "/sessions").json(&body).await.expect(200)
}

async fn listed(api: &Api, by: &Value) -> Vec<Value> {
    let mut page = api.get("/sessions").by(access(by)).await.expect(200);
    page["items"].as_array_mut().unwrap().drain(..).collect()
}

async fn end(api: &Api, session: &Value, by: &Value) -> Answer {
    let path = format!("/sessions/{}/end", session["session_id"].as_str().unwrap());
    api.call(Method::POST, &path).by(access(by)).await
}

fn time(field: &Value) -> DateTime<Utc> {
    field.as_str().unwrap().parse().unwrap()
}

#[actix_web::test]
async fn devices_are_listed_and_say_when_they_were_last_used() {
    let api = Api::start().await;
    let world = api.desks().await;
    let member = user(&api, &world.municipality, EMAIL, Role::Caseworker).await;
    let other = user(&api, &world.centre, EMAIL, Role::Coordinator).await;
    let (office, phone) = (log_in_on(&api, "Office").await, log_in_on(&api, "Phone").await);
    let all = listed(&api, &phone).await;
    let of = |one: &Value| (one["id"].clone(), one["device"].clone(), one["current"].clone());
    assert_eq!(of(&all[0]), (office["session_id"].clone(), json!("Office"), json!(false)));
    assert_eq!(of(&all[1]), (phone["session_id"].clone(), json!("Phone"), json!(true)));
    assert_eq!(all.len(), 2);
    let mut fields: Vec<_> = all[0].as_object().unwrap().keys().map(String::as_str).collect();
    fields.sort_unstable();
    assert_eq!(fields, ["current", "device", "id", "last_used_at", "membership_id", "opened_at"]);
    assert_eq!(all[0]["membership_id"], json!(member));

    let later = Utc::now() + TimeDelta::days(10);
    api.house.pool.set_clock(Some(later));
    let phone = refresh(&api, &phone).await.expect(200);
    let all = listed(&api, &phone).await;
    assert!(time(&all[0]["last_used_at"]) < later - TimeDelta::days(9), "{all:#?}");
    assert!((time(&all[1]["last_used_at"]) - later).abs() < TimeDelta::seconds(1), "{all:#?}");
    assert!(time(&all[1]["opened_at"]) < later - TimeDelta::days(9), "{all:#?}");

    // What cannot go on is not there any more; and what speaks for another membership is on the same device.
    api.house.pool.set_clock(Some(later + TimeDelta::days(5)));
    let to = json!({ "membership_id": other });
    api.post("/sessions/switch", &to).by(access(&phone)).await.expect(200);
    let all = listed(&api, &phone).await;
    let devices: Vec<_> = all.iter().map(|one| (&one["device"], &one["membership_id"])).collect();
    assert_eq!(devices, [(&json!("Phone"), &json!(member)), (&json!("Phone"), &json!(other))]);
    let first = api.get("/sessions?limit=1").by(access(&phone)).await.expect(200);
    let next = format!("/sessions?cursor={}", first["next_cursor"].as_str().unwrap());
    let next = api.get(&next).by(access(&phone)).await.expect(200);
    assert_eq!((&first["items"][0], &next["items"]), (&all[0], &json!([all[1]])));
}

#[actix_web::test]
async fn a_session_is_ended_from_another_device() {
    let api = Api::start().await;
    let world = api.desks().await;
    user(&api, &world.municipality, EMAIL, Role::Caseworker).await;
    let (office, phone) = (log_in_on(&api, "Office").await, log_in_on(&api, "Phone").await);
    end(&api, &office, &phone).await.expect(204);
    end(&api, &office, &phone).await.problem(404, "not_found");
    refresh(&api, &office).await.problem(401, "unauthorised");
    nothing_comes_of(&api, &office).await;
    let phone = refresh(&api, &phone).await.expect(200);
    end(&api, &phone, &phone).await.expect(204);
    refresh(&api, &phone).await.problem(401, "unauthorised");
    nothing_comes_of(&api, &phone).await;
    let kept = api.lines("select distinct end_reason as line from session").await;
    assert_eq!(kept, ["logged_out"]);
}

/// Whoever has the tokens of a session that has ended makes no other of them, and ends none.
async fn nothing_comes_of(api: &Api, ended: &Value) {
    let to = json!({ "membership_id": ended["membership_id"] });
    api.post("/sessions/switch", &to).by(access(ended)).await.problem(401, "unauthorised");
    api.post("/sessions/end", &json!({})).by(access(ended)).await.problem(401, "unauthorised");
    api.get("/sessions").by(access(ended)).await.problem(401, "unauthorised");
    api.get("/referrals").by(access(ended)).await.problem(401, "unauthorised");
}

#[actix_web::test]
async fn all_sessions_end_or_all_others() {
    let api = Api::start().await;
    let world = api.desks().await;
    user(&api, &world.municipality, EMAIL, Role::Caseworker).await;
    let (office, phone) = (log_in_on(&api, "Office").await, log_in_on(&api, "Phone").await);
    let others = json!({ "keep_current": true });
    api.post("/sessions/end", &others).by(access(&phone)).await.expect(204);
    nothing_comes_of(&api, &office).await;
    refresh(&api, &office).await.problem(401, "unauthorised");
    let phone = refresh(&api, &phone).await.expect(200);
    api.post("/sessions/end", &json!({})).by(access(&phone)).await.expect(204);
    refresh(&api, &phone).await.problem(401, "unauthorised");
}

#[actix_web::test]
async fn nobody_sees_or_ends_the_session_of_another() {
    let api = Api::start().await;
    let world = api.desks().await;
    user(&api, &world.municipality, EMAIL, Role::Caseworker).await;
    let mine = log_in(&api, EMAIL, PASSWORD).await.expect(200);
    for (desk, role) in [(&world.municipality, Role::Admin), (&world.centre, Role::Operator)] {
        let theirs = json!({ "access_token": desk.token(role) });
        assert_eq!(listed(&api, &theirs).await, [Value::Null; 0]);
        end(&api, &mine, &theirs).await.problem(404, "not_found");
        api.post("/sessions/end", &json!({})).by(desk.token(role)).await.expect(204);
    }
    refresh(&api, &mine).await.expect(200);
}
