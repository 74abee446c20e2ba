//! How much each caller may ask in a minute, and from which pages a browser may ask.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use actix_web::{
    HttpRequest, HttpResponse,
    dev::ServiceRequest,
    http::{
        Method,
        header::{self, HeaderName, HeaderValue},
    },
    web::Data,
};
use uuid::Uuid;

use crate::{access::House, problem::Problem};

const MINUTE: Duration = Duration::from_secs(60);

/// What a page may send, and what it may read of an answer.
const SENT: &str = "accept-language, authorization, content-type, idempotency-key, if-match, if-none-match, prefer, traceparent";
const READ: &str = "allow, etag, idempotency-replayed, link, location, ratelimit, ratelimit-policy, request-id, retry-after, preference-applied";

/// A member, or a network address if nobody has said who they are.
#[derive(PartialEq, Eq, Hash)]
enum Caller {
    Member(Uuid),
    Peer(Option<IpAddr>),
}

/// Counts what callers ask, from the beginning of one minute to the next.
#[derive(Clone)]
pub struct Callers {
    rate: u32,
    proxies: usize,
    origins: Arc<[String]>,
    minute: Arc<Mutex<(Instant, HashMap<Caller, u32>)>>,
}

impl Callers {
    /// At most `rate` requests a minute from each; behind as many `proxies`; from pages of these `origins`.
    pub fn new(rate: u32, proxies: usize, origins: Vec<String>) -> Self {
        let minute = Arc::new(Mutex::new((Instant::now(), HashMap::new())));
        Self { rate, proxies, origins: origins.into(), minute }
    }

    /// How many requests are left, if this one is not too many already; and in how many seconds all are back.
    fn count(&self, caller: Caller) -> (Option<u32>, u64) {
        let mut minute = self.minute.lock().unwrap_or_else(PoisonError::into_inner);
        if minute.0.elapsed() >= MINUTE {
            *minute = (Instant::now(), HashMap::new());
        }
        let seconds = MINUTE.saturating_sub(minute.0.elapsed()).as_secs() + 1;
        let asked = minute.1.entry(caller).or_default();
        *asked = asked.saturating_add(1);
        (self.rate.checked_sub(*asked), seconds)
    }

    /// Who asks without a token. A proxy of ours has written down whom it speaks for; what stands before that, anybody
    /// may have written.
    fn peer(&self, request: &HttpRequest) -> Option<IpAddr> {
        let forwarded = request.headers().get_all("x-forwarded-for").filter_map(|value| value.to_str().ok());
        let forwarded: Vec<_> = forwarded.flat_map(|value| value.split(',')).collect();
        let before = forwarded.len().checked_sub(self.proxies).filter(|_| self.proxies > 0);
        let named = before.and_then(|index| forwarded.get(index)?.trim().parse().ok());
        match named.or_else(|| Some(request.peer_addr()?.ip())) {
            // Whoever has one address of a network of this size has them all.
            Some(IpAddr::V6(ip)) => Some(Ipv6Addr::from_bits(ip.to_bits() >> 64 << 64).into()),
            peer => peer,
        }
    }

    fn origin<'a>(&self, request: &'a HttpRequest) -> Option<&'a HeaderValue> {
        let origin = request.headers().get(header::ORIGIN)?;
        self.origins.iter().any(|one| one.as_bytes() == origin.as_bytes()).then_some(origin)
    }
}

/// Counts a request, or says that it is one too many; and puts down what the caller is told in every answer.
pub fn greet(request: &ServiceRequest, told: &mut Vec<(HeaderName, HeaderValue)>) -> Result<(), Problem> {
    let Some(house) = request.app_data::<Data<House>>() else { return Ok(()) };
    // Whoever watches over the server is not to take it for dead because others ask much.
    if request.path().starts_with("/health/") {
        return Ok(());
    }
    let callers = &house.callers;
    let member = house.member(request.request()).map(Caller::Member);
    let caller = member.unwrap_or_else(|| Caller::Peer(callers.peer(request.request())));
    let (left, seconds) = callers.count(caller);
    let mut tell = |name: &'static str, text: String| {
        told.extend(HeaderValue::try_from(text).map(|value| (HeaderName::from_static(name), value)));
    };
    tell("ratelimit-policy", format!("\"minute\";q={};w={}", callers.rate, MINUTE.as_secs()));
    tell("ratelimit", format!("\"minute\";r={};t={seconds}", left.unwrap_or_default()));
    if !callers.origins.is_empty() {
        told.push((header::VARY, HeaderValue::from_static("origin")));
    }
    if let Some(origin) = callers.origin(request.request()) {
        told.push((header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone()));
        told.push((header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(READ)));
    }
    left.map(|_| ()).ok_or_else(|| Problem::too_many(i64::try_from(seconds).unwrap_or(i64::MAX)))
}

/// What can be done here; and to a browser that asks before it lets a page of ours call, that it may.
pub fn options(request: &HttpRequest, methods: &str) -> Option<HttpResponse> {
    let house = request.app_data::<Data<House>>().filter(|_| request.method() == Method::OPTIONS)?;
    let mut response = HttpResponse::NoContent();
    response.insert_header((header::ALLOW, methods));
    let asked = request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    if asked && house.callers.origin(request).is_some() {
        response.insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, methods));
        response.insert_header((header::ACCESS_CONTROL_ALLOW_HEADERS, SENT));
        response.insert_header((header::ACCESS_CONTROL_MAX_AGE, "3600"));
    }
    Some(response.finish())
}
