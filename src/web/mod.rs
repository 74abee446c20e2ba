//! The wire: what comes in is checked, what goes out has an address and a version.

mod batch;
mod body;
mod callers;
pub mod compatible;
mod formats;
pub mod openapi;
pub mod pace;
mod page;
mod published;
mod texts;

use std::{
    borrow::Cow,
    collections::HashMap,
    future::{Ready, ready},
    ops::Deref,
};

use actix_web::{
    FromRequest, HttpMessage, HttpRequest, HttpResponse, HttpResponseBuilder, Responder,
    body::BoxBody,
    dev::Payload,
    http::{
        Method, StatusCode,
        header::{self, Accept, AcceptLanguage, Header as _, Quality},
    },
    web::Data,
};
use serde::{Deserialize, Deserializer, Serialize, de::DeserializeOwned};
use serde_json::Value;
use uuid::Uuid;
use validator::Validate;

pub use batch::{Asked, Batch, BatchAnswer, BatchItem, Item, Items, Mode};
pub use body::{BodyDigest, Json, LONGEST, Nothing, plain};
pub use callers::{Callers, greet, options};
use formats::Format;
pub use formats::Known;
pub use page::{Page, Window};
pub use published::Published;
pub use texts::{code, codes, digits, each_once, each_up_to, hexadecimal, texts};

use crate::{
    access::Role,
    problem::{Flaw, Problem},
    words::Language,
};

/// A thing with an address and a version.
pub trait Resource: Serialize {
    /// The collection that it is in.
    const PATH: &'static str;

    /// What it is called there.
    fn id(&self) -> Uuid;

    /// How often it has changed, from 1.
    fn version(&self) -> i64;

    /// Whether whoever is told of it has just made it.
    fn is_new(&self) -> bool {
        true
    }

    /// The version as a header has it.
    fn etag(&self) -> String {
        format!("\"{}\"", self.version())
    }
}

/// What is gone: of it so much is left that a repeat can be answered.
#[derive(Debug, Serialize)]
pub struct Gone(pub Uuid);

impl Resource for Gone {
    const PATH: &'static str = "";

    fn id(&self) -> Uuid {
        self.0
    }

    fn version(&self) -> i64 {
        0
    }
}

/// Says where a row with an `id` and a `version` lives.
macro_rules! resource {
    ($row:ident at $path:literal) => {
        impl $crate::web::Resource for $row {
            const PATH: &'static str = $path;

            fn id(&self) -> uuid::Uuid {
                self.id.into()
            }

            fn version(&self) -> i64 {
                self.version
            }
        }
    };
}

/// Says that rows tell of persons: in which table they are, and of whom, if a column says so or may say so.
macro_rules! personal {
    (@ $row:ident, $table:literal, $self:ident => $person:expr) => {
        impl $crate::access::Personal for $row {
            const TABLE: &'static str = $table;

            fn shown(&$self) -> Vec<(uuid::Uuid, Option<uuid::Uuid>)> {
                vec![($self.id.into(), $person)]
            }
        }
    };
    ($row:ident as $table:literal) => { $crate::web::personal!(@ $row, $table, self => None); };
    ($row:ident as $table:literal of $person:ident) => {
        $crate::web::personal!(@ $row, $table, self => Some(self.$person.into()));
    };
    ($row:ident as $table:literal maybe of $person:ident) => {
        $crate::web::personal!(@ $row, $table, self => self.$person.map(Into::into));
    };
}
pub(crate) use {personal, resource};

/// In the extensions of a request: what was asked was done before, and is only told again.
#[derive(Clone, Copy, Debug)]
pub struct Replayed;

/// In the extensions of a request: its number.
#[derive(Clone, Copy, Debug)]
pub struct RequestId(pub Uuid);

/// The number of the request, which its answer and every row it writes carry.
pub fn request_id(request: &HttpRequest) -> Uuid {
    request.extensions().get::<RequestId>().map_or_else(Uuid::now_v7, |id| id.0)
}

/// Refuses what the operation does not know: a filter with a typing error would show everything, and a body that nobody
/// reads would be lost.
pub fn expected(request: &HttpRequest) -> Result<(), Problem> {
    let known = Known::find(request);
    let kinds = known.map(|known| &*known.answers).unwrap_or_default();
    if !kinds.is_empty() && kinds.iter().all(|kind| liking(request, kind) == Quality::ZERO) {
        return Err(Problem::named(StatusCode::NOT_ACCEPTABLE, "not_acceptable"));
    }
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    // Some clients send `{}` when there is nothing to say.
    let empty = length.is_none_or(|length| matches!(length, "0" | "2"))
        && !request.headers().contains_key(header::TRANSFER_ENCODING);
    let wrong = |(name, value): (Cow<str>, Cow<str>)| match known.and_then(|known| known.query.get(&*name)) {
        None => Some(Flaw::new(printable(&name), "unknown_parameter")),
        Some(Some(format)) if !format.fits(&value) => Some(format.flaw(name.into())),
        Some(_) => None,
    };
    let flaws: Vec<_> = form_urlencoded::parse(request.query_string().as_bytes()).filter_map(wrong).collect();
    if !flaws.is_empty() {
        return Err(Problem::bad_parameter(flaws));
    }
    if !empty && known.is_some_and(|known| !known.has_body) {
        return Err(Problem::bad_request("no_body_expected"));
    }
    Ok(())
}

/// A name that somebody made up, as it can be answered.
fn printable(name: &str) -> String {
    name.chars().take(100).flat_map(char::escape_debug).collect()
}

/// Valid parameters from the query string.
#[derive(Debug)]
pub struct Query<T>(T);

impl<T> Deref for Query<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: DeserializeOwned + Validate> FromRequest for Query<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(query(request.query_string().as_bytes()).map(Self))
    }
}

fn query<T: DeserializeOwned + Validate>(text: &[u8]) -> Result<T, Problem> {
    let bad = |flaw| Problem::bad_parameter(vec![flaw]);
    if let Some((name, _)) = form_urlencoded::parse(text).find(|(name, value)| !plain(name) || !plain(value))
    {
        return Err(bad(Flaw::new(printable(&name), "control_character")));
    }
    // What a body says is tidied too, and the document measures both alike.
    let pairs = form_urlencoded::parse(text).map(|(name, value)| (name, body::tidied(&value).into_owned()));
    let tidied = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    let pairs = serde_urlencoded::Deserializer::new(form_urlencoded::parse(tidied.as_bytes()));
    let named = |mut flaw: Flaw| {
        // What is missing is missing in `.`, which is the whole.
        flaw.pointer = flaw.pointer.trim_start_matches(['.', '/']).into();
        flaw
    };
    let parsed: T = serde_path_to_error::deserialize(pairs).map_err(|error| {
        let at = error.path().to_string();
        bad(named(body::misunderstood(at, &error.into_inner().to_string())))
    })?;
    parsed.validate().map_err(|errors| {
        Problem::bad_parameter(body::flaws("", &errors).into_iter().map(named).collect())
    })?;
    Ok(parsed)
}

/// The ids in the path. What is not an id does not exist.
#[derive(Debug)]
pub struct Path<T>(T);

impl<T> Deref for Path<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

#[expect(clippy::disallowed_types, reason = "this is the one that answers problems")]
impl<T: DeserializeOwned + 'static> FromRequest for Path<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let path = actix_web::web::Path::<T>::from_request(request, payload).into_inner();
        // The type would take it in braces too.
        let id = request.match_info().get("id").is_none_or(|id| Format::Id.fits(id));
        ready(path.ok().filter(|_| id).map(|path| Self(path.into_inner())).ok_or_else(Problem::not_found))
    }
}

/// The version that the client has read. Nothing is changed without it.
#[derive(Clone, Copy, Debug)]
pub struct IfMatch(Option<i64>);

impl IfMatch {
    /// The version of a row that the caller has just written.
    pub fn of(row: &impl Resource) -> Self {
        Self(Some(row.version()))
    }

    /// Fails (428) if it was not sent. `Cx::change` asks, when body and form have been looked at.
    pub fn require(self) -> Result<(), Problem> {
        let missing = || Problem::named(StatusCode::PRECONDITION_REQUIRED, "if_match_required");
        self.0.map(|_| ()).ok_or_else(missing)
    }

    /// Fails (412) if `row` has moved on.
    pub fn check(self, row: &impl Resource) -> Result<(), Problem> {
        self.check_version(row.version())
    }

    /// Fails (412) if the current version is another.
    pub fn check_version(self, current: i64) -> Result<(), Problem> {
        if self.0 == Some(current) { Ok(()) } else { Err(Problem::stale(current)) }
    }
}

impl FromRequest for IfMatch {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let Some(value) = request.headers().get(header::IF_MATCH) else { return ready(Ok(Self(None))) };
        let digits =
            |text: &&str| (1..=18).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_digit());
        let version = value.to_str().ok().and_then(|text| text.strip_prefix('"')?.strip_suffix('"'));
        let version = version.filter(digits).and_then(|text| text.parse().ok());
        let flaw = || Flaw::new("If-Match", "not_an_etag");
        ready(version.map(|version| Self(Some(version))).ok_or_else(|| Problem::malformed(flaw())))
    }
}

/// Which roles may do a command, by collection and action, as the document says.
#[derive(Debug)]
pub struct Commands(pub HashMap<(String, String), Vec<String>>);

/// In the extensions of a request: the role of who asks.
#[derive(Clone, Copy, Debug)]
pub struct Asking(pub Role);

/// The body of an answer. Of the actions that a thing's life allows it tells those that the caller's role may do too.
fn told(rows: &impl Serialize, path: &str, request: &HttpRequest) -> Result<Value, Problem> {
    let mut body = serde_json::to_value(rows).map_err(Problem::internal)?;
    let role = request.extensions().get::<Asking>().copied();
    if let Some((Asking(role), commands)) = role.zip(request.app_data::<Data<Commands>>()) {
        let may = |action: &Value| {
            let action = action.as_str().unwrap_or_default().replace('_', "-");
            let roles = commands.0.get(&(path.to_owned(), action));
            roles.is_none_or(|roles| roles.iter().any(|one| one == role.word()))
        };
        let rows = match body.get_mut("items").and_then(Value::as_array_mut) {
            Some(items) => items,
            None => std::slice::from_mut(&mut body),
        };
        for actions in rows.iter_mut().filter_map(actions) {
            actions.retain(may);
        }
    }
    Ok(body)
}

/// What can be done to a thing; what a batch would make is a part of its item.
fn actions(row: &mut Value) -> Option<&mut Vec<Value>> {
    let whole = if row.get("preview").is_some() { row.get_mut("preview")? } else { row };
    whole.get_mut("allowed_actions")?.as_array_mut()
}

/// Of the languages that a request accepts, the one it likes best that is spoken here; else English.
pub fn language(request: &impl HttpMessage) -> Language {
    let ranked = AcceptLanguage::parse(request).map(|accepted| accepted.ranked()).unwrap_or_default();
    ranked.iter().find_map(|liked| Language::spoken(liked.item()?.primary_language())).unwrap_or(Language::En)
}

/// Says that `Prefer: return=minimal` was heard (RFC 7240).
const LITTLE: (&str, &str) = ("preference-applied", "return=minimal");

/// The parts of a header that is a list.
fn listed<'a>(request: &'a HttpRequest, name: &'a str) -> impl Iterator<Item = &'a str> {
    let values = request.headers().get_all(name).filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).map(str::trim)
}

/// Whether the caller would rather not be told again what they have just said.
fn wants_little(request: &HttpRequest) -> bool {
    let said = |preference: &str| {
        let (name, value) = preference.split(';').next()?.split_once('=')?;
        Some(name.trim().eq_ignore_ascii_case("return") && value.trim().trim_matches('"') == "minimal")
    };
    listed(request, "prefer").any(|preference| said(preference) == Some(true))
}

/// Whether the caller has this version already (RFC 9110: the comparison is weak).
fn is_known(request: &HttpRequest, etag: &str) -> bool {
    listed(request, "if-none-match").any(|known| known == "*" || known.trim_start_matches("W/") == etag)
}

/// How well the caller likes an answer of this kind: as the range says that is nearest to it.
pub fn liking(request: &HttpRequest, kind: &str) -> Quality {
    let ranges = Accept::parse(request).map(|accepted| accepted.0).unwrap_or_default();
    if ranges.is_empty() {
        return Quality::MAX;
    }
    let nearness = |range: &str| match range.strip_suffix("/*") {
        Some("*") => Some(0),
        Some(group) => kind.split('/').next().filter(|ours| *ours == group).map(|_| 1),
        None => (range == kind).then_some(2),
    };
    let near = ranges.iter().filter_map(|range| Some((nearness(range.item.essence_str())?, range.quality)));
    near.max().map_or(Quality::ZERO, |(_, quality)| quality)
}

/// 200, one resource, its version; 304 if the caller has that version already.
#[derive(Debug)]
pub struct One<T>(pub T);

impl<T: Resource> Responder for One<T> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let etag = (header::ETAG, self.0.etag());
        if request.method() == Method::GET && is_known(request, &etag.1) {
            return HttpResponse::NotModified().insert_header(etag).finish();
        }
        if request.method() != Method::GET && wants_little(request) {
            return HttpResponse::NoContent().insert_header(etag).insert_header(LITTLE).finish();
        }
        match told(&self.0, T::PATH, request) {
            Ok(body) => HttpResponse::Ok().insert_header(etag).json(body),
            Err(problem) => HttpResponse::from_error(problem),
        }
    }
}

/// 201, a new resource, its address and version; or the same again, as it may be seen now.
#[derive(Debug)]
pub struct Created<T>(pub T);

impl<T: Resource> Responder for Created<T> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let mut response = HttpResponse::Created();
        response.insert_header((header::LOCATION, format!("{}/{}", T::PATH, self.0.id())));
        response.insert_header((header::ETAG, self.0.etag()));
        match told(&self.0, T::PATH, request) {
            Ok(body) => response.json(body),
            Err(problem) => HttpResponse::from_error(problem),
        }
    }
}

/// What its sender names by an id of the sender's own: 201 when it is new, 200 when it stands already.
#[derive(Debug)]
pub struct Pushed<T> {
    /// What stands now.
    pub row: T,
    /// Whether it is new.
    pub made: bool,
}

impl<T: Serialize> Serialize for Pushed<T> {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.row.serialize(to)
    }
}

impl<T: Resource> Resource for Pushed<T> {
    const PATH: &'static str = T::PATH;

    fn id(&self) -> Uuid {
        self.row.id()
    }

    fn version(&self) -> i64 {
        self.row.version()
    }

    fn is_new(&self) -> bool {
        self.made
    }
}

impl<T: Resource> Responder for Pushed<T> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        if self.made { Created(self.row).respond_to(request) } else { One(self.row).respond_to(request) }
    }
}

/// 200 with what has no address of its own.
#[derive(Debug)]
pub struct Answer<T>(pub T);

impl<T: Serialize> Responder for Answer<T> {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        HttpResponse::Ok().json(self.0)
    }
}

/// What is the same for everybody, and may be kept for a minute by whoever passes it on.
#[derive(Debug)]
pub struct Cached<T>(pub T);

impl<T: Responder<Body = BoxBody>> Responder for Cached<T> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let mut response = self.0.respond_to(request);
        let kept = header::HeaderValue::from_static("public, max-age=60");
        response.headers_mut().insert(header::CACHE_CONTROL, kept);
        response
    }
}

/// 200, in words of this language.
pub fn worded(language: Language) -> HttpResponseBuilder {
    let mut response = HttpResponse::Ok();
    response.insert_header((header::CONTENT_LANGUAGE, language.word()));
    response
}

/// 204.
#[derive(Debug)]
pub struct NoContent;

impl Responder for NoContent {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        HttpResponse::NoContent().finish()
    }
}

/// Whether only to say what would happen.
#[derive(Debug, Deserialize, utoipa::IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct DryRun {
    /// Check everything, keep nothing, and answer what would happen.
    #[param(default = false)]
    pub dry_run: Option<bool>,
}

impl DryRun {
    /// Whether it was asked for.
    pub fn is_set(&self) -> bool {
        self.dry_run == Some(true)
    }
}

/// Tells `null` from absent: `null` empties a field, absent leaves it.
pub fn nullable<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    value: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(value).map(Some)
}

/// For a field that may be absent and never `null`.
pub fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(value: D) -> Result<Option<T>, D::Error> {
    T::deserialize(value).map(Some)
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn the_language_is_the_one_liked_best() {
        for (accepted, spoken) in [
            ("nn, en;q=0.5", Language::Nn),
            ("en;q=0.2, da-DK", Language::Da),
            ("no", Language::Nb),
            ("fi, sv;q=0.9", Language::Sv),
            ("fi", Language::En),
            ("*", Language::En),
            ("..;;", Language::En),
        ] {
            let request = TestRequest::default().insert_header(("Accept-Language", accepted)).to_request();
            assert_eq!(language(&request), spoken, "{accepted}");
        }
        assert_eq!(language(&TestRequest::default().to_request()), Language::En);
    }
}
