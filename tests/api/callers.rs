//! How much each caller may ask, and from which pages.

use actix_web::http::Method;
use samspill::{access::Role, web::Callers};

use crate::support::{Answer, Api};

/// `r` of `RateLimit`.
fn left(answer: &Answer) -> u32 {
    let text = answer.header("RateLimit").unwrap();
    text.split(';').find_map(|part| part.strip_prefix("r=")).unwrap().parse().unwrap()
}

#[actix_web::test]
async fn who_asks_too_often_waits_and_nobody_else_does() {
    let api = Api::with(Callers::new(3, 1, Vec::new())).await;
    let world = api.desks().await;
    let ask = async |role| api.get("/account").by(world.centre.token(role)).await;
    for expected in [2, 1, 0] {
        let answer = ask(Role::Coordinator).await;
        assert_eq!((answer.status, left(&answer)), (200, expected));
        assert_eq!(answer.header("RateLimit-Policy"), Some("\"minute\";q=3;w=60"));
    }
    let refused = ask(Role::Coordinator).await;
    let wait: u32 = refused.header("Retry-After").unwrap().parse().unwrap();
    assert!((1..=61).contains(&wait), "{wait}");
    assert_eq!(left(&refused), 0);
    refused.problem(429, "too_many_requests");
    ask(Role::Caseworker).await.expect(200);
}

#[actix_web::test]
async fn who_has_no_good_token_is_told_apart_by_address() {
    let api = Api::with(Callers::new(2, 1, Vec::new())).await;
    // Only what our own proxy has written counts, and it writes at the end.
    let ask = async |from: &str, token: &str| {
        api.get("/account").header("X-Forwarded-For", from).by(token).await.status
    };
    assert_eq!(ask("192.0.2.1", "a").await, 401);
    assert_eq!(ask("198.51.100.7, 192.0.2.1", "b").await, 401);
    assert_eq!(ask("203.0.113.9, 192.0.2.1", "c").await, 429);
    let watched = api.get("/health/ready").header("X-Forwarded-For", "203.0.113.9, 192.0.2.1").await;
    assert_eq!(watched.status, 200, "who watches over the server is not counted");
    assert_eq!(ask("192.0.2.1, 192.0.2.2", "c").await, 401);
    assert_eq!(ask("2001:db8:1:2::3", "a").await, 401);
    assert_eq!(ask("2001:db8:1:2:ffff::4", "a").await, 401);
    assert_eq!(ask("2001:db8:1:2:abcd::5", "a").await, 429, "one network, one caller");
    assert_eq!(ask("2001:db8:1:3::3", "a").await, 401);
}

#[actix_web::test]
async fn without_a_proxy_of_ours_nobody_speaks_for_others() {
    let api = Api::with(Callers::new(1, 0, Vec::new())).await;
    let ask = async |from: &str| api.get("/account").header("X-Forwarded-For", from).await.status;
    assert_eq!(ask("192.0.2.1").await, 401);
    assert_eq!(ask("192.0.2.2").await, 429);
}

#[actix_web::test]
async fn pages_of_known_origins_may_call_and_no_others() {
    let (ours, theirs) = ("https://app.samspill.example", "https://app.samspill.example.net");
    let api = Api::with(Callers::new(99, 0, vec![ours.into()])).await;
    let world = api.desks().await;
    let token = world.centre.token(Role::Coordinator);
    for (origin, allowed) in [(ours, Some(ours)), (theirs, None), ("null", None)] {
        for (token, status) in [(token, 200), ("no good", 401)] {
            let answer = api.get("/persons").by(token).header("Origin", origin).await;
            assert_eq!(answer.status, status);
            assert_eq!(answer.header("Access-Control-Allow-Origin"), allowed, "{origin}");
            assert_eq!(answer.header("Vary"), Some("origin"));
        }
        let asked = api.call(Method::OPTIONS, "/persons").header("Origin", origin);
        let answer = asked.header("Access-Control-Request-Method", "POST").await;
        assert_eq!(
            (answer.status, answer.header("Allow")),
            (204, Some("GET, HEAD, OPTIONS, POST")),
            "{origin}"
        );
        assert_eq!(answer.header("Access-Control-Allow-Origin"), allowed, "{origin}");
        assert_eq!(
            answer.header("Access-Control-Allow-Methods"),
            allowed.map(|_| "GET, HEAD, OPTIONS, POST")
        );
    }
}
