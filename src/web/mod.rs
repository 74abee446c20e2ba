//! The wire: what comes in is checked, what goes out has an address and a version.

mod body;
mod callers;
pub mod openapi;
mod page;
mod texts;

use std::{
    collections::{HashMap, HashSet},
    future::{Ready, ready},
    ops::Deref,
};

use actix_web::{
    FromRequest, HttpMessage as _, HttpRequest, HttpResponse, Responder,
    body::BoxBody,
    dev::Payload,
    http::{StatusCode, header},
    web::Data,
};
use serde::{Deserialize, Deserializer, Serialize, de::DeserializeOwned};
use serde_json::Value;
use uuid::Uuid;
use validator::Validate;

pub use body::{BodyDigest, Json, Nothing, plain};
pub use callers::{Callers, greet, preflight};
pub use page::{Page, Window};
pub use texts::{each_up_to, texts};

use crate::{
    access::Role,
    problem::{Flaw, Problem},
};

/// A thing with an address and a version.
pub trait Resource: Serialize {
    /// The collection that it is in.
    const PATH: &'static str;

    /// What it is called there.
    fn id(&self) -> Uuid;

    /// How often it has changed, from 1.
    fn version(&self) -> i64;

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

/// The query parameters that each operation knows, by method and path.
#[derive(Debug)]
pub struct Parameters(pub HashMap<(String, String), HashSet<String>>);

/// Refuses what the operation does not know: a filter with a typing error would show everything.
pub fn known_parameters(request: &HttpRequest) -> Result<(), Problem> {
    if request.query_string().is_empty() {
        return Ok(());
    }
    let known = request.app_data::<Data<Parameters>>().zip(request.match_pattern());
    let known = known.and_then(|(all, path)| all.0.get(&(request.method().to_string(), path)));
    let names = request.query_string().split('&').filter_map(|pair| pair.split('=').next());
    let unknown = names.filter(|name| !name.is_empty() && !known.is_some_and(|known| known.contains(*name)));
    let flaws: Vec<_> =
        unknown.map(|name| Flaw::new(name, "unknown_parameter", "There is no such parameter.")).collect();
    if flaws.is_empty() { Ok(()) } else { Err(Problem::bad_parameter(flaws)) }
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

#[expect(clippy::disallowed_types, reason = "this is the one that validates and answers problems")]
impl<T: DeserializeOwned + Validate> FromRequest for Query<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let parsed = actix_web::web::Query::<T>::from_query(request.query_string());
        let flaw = |error| Problem::bad_parameter(vec![Flaw::new("query", "malformed", error)]);
        let texts = actix_web::web::Query::<Vec<(String, String)>>::from_query(request.query_string());
        if let Some((name, _)) = texts.iter().flat_map(|texts| texts.iter()).find(|(_, text)| !plain(text)) {
            let it = Flaw::new(name, "control_character", "It has a control character in it.");
            return ready(Err(Problem::bad_parameter(vec![it])));
        }
        ready(parsed.map_err(flaw).and_then(|query| {
            query.validate().map_err(|errors| Problem::bad_parameter(body::flaws("", &errors)))?;
            Ok(Self(query.into_inner()))
        }))
    }
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
        ready(path.map(|path| Self(path.into_inner())).map_err(|_not_an_id| Problem::not_found()))
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
        let version =
            value.to_str().ok().and_then(|text| text.strip_prefix('"')?.strip_suffix('"')?.parse().ok());
        let flaw = || Flaw::new("If-Match", "malformed", "Send the `ETag` of the last answer.");
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
        for actions in rows.iter_mut().filter_map(|row| row.get_mut("allowed_actions")?.as_array_mut()) {
            actions.retain(may);
        }
    }
    Ok(body)
}

/// 200, one resource, its version.
#[derive(Debug)]
pub struct One<T>(pub T);

impl<T: Resource> Responder for One<T> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        match told(&self.0, T::PATH, request) {
            Ok(body) => HttpResponse::Ok().insert_header((header::ETAG, self.0.etag())).json(body),
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
        match told(&self.0, T::PATH, request) {
            Ok(body) => HttpResponse::Created()
                .insert_header((header::LOCATION, format!("{}/{}", T::PATH, self.0.id())))
                .insert_header((header::ETAG, self.0.etag()))
                .json(body),
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
