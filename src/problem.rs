//! The one error type. Every answer that is not a success is a problem document (RFC 9457).

use std::fmt::{self, Display};

use actix_web::{
    HttpResponse, ResponseError,
    http::{
        StatusCode,
        header::{self, HeaderName, HeaderValue},
    },
};
use diesel::result::{DatabaseErrorInformation, DatabaseErrorKind, Error};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// What went wrong.
#[derive(Debug)]
pub struct Problem(Box<Body>);

/// A problem, as RFC 9457 says it.
#[derive(Debug, Default, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct Body {
    /// Where the kind of problem is explained.
    #[serde(rename = "type")]
    kind: String,
    /// What kind of problem this is. Stable: programs may depend on it.
    code: String,
    /// The kind, in words.
    title: String,
    /// The HTTP status.
    status: u16,
    /// This time, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    /// This time, by number: the `Request-Id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    instance: Option<String>,
    /// Where the request is wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    errors: Vec<Flaw>,
    /// The state that does not allow the action.
    #[serde(skip_serializing_if = "Option::is_none")]
    current_state: Option<String>,
    /// What the state does allow.
    #[serde(skip_serializing_if = "Option::is_none")]
    allowed_actions: Option<Vec<String>>,
    /// The version to read again before changing.
    #[serde(skip_serializing_if = "Option::is_none")]
    current_version: Option<i64>,
    /// Only for the log.
    #[serde(skip)]
    cause: Option<String>,
    #[serde(skip)]
    #[schema(ignore)]
    headers: Vec<(HeaderName, HeaderValue)>,
    #[serde(skip)]
    #[schema(ignore)]
    again: bool,
}

/// One thing that is wrong with the request.
#[derive(Debug, Serialize, ToSchema)]
pub struct Flaw {
    /// Where: a JSON pointer into the body, or the name of a parameter or header.
    pub pointer: String,
    /// What kind of flaw. Stable.
    pub code: String,
    /// What kind, in words.
    pub detail: String,
}

impl Flaw {
    /// What is wrong, and where.
    pub fn new(pointer: impl Into<String>, code: &str, detail: impl Display) -> Self {
        Self { pointer: pointer.into(), code: code.into(), detail: detail.to_string() }
    }
}

impl Problem {
    /// A problem by its name, which is written like a constraint: `certificate_already_submitted`.
    pub fn named(status: StatusCode, name: &str) -> Self {
        let words = name.replace('_', " ");
        let mut letters = words.chars();
        let title = letters.next().map(|first| first.to_uppercase().chain(letters).collect());
        Self(Box::new(Body {
            kind: format!("/problems/{name}"),
            code: name.into(),
            title: title.unwrap_or_default(),
            status: status.as_u16(),
            ..Body::default()
        }))
    }

    /// 400 by name.
    pub fn bad_request(name: &str) -> Self {
        Self::named(StatusCode::BAD_REQUEST, name)
    }

    /// 409 by name: not possible now.
    pub fn conflict(name: &str) -> Self {
        Self::named(StatusCode::CONFLICT, name)
    }

    /// 422 by name: cannot be right.
    pub fn unprocessable(name: &str) -> Self {
        Self::named(StatusCode::UNPROCESSABLE_ENTITY, name)
    }

    /// 401.
    pub fn unauthorised(why: &str) -> Self {
        Self::named(StatusCode::UNAUTHORIZED, "unauthorised").because(why)
    }

    /// 403, naming the scope that it needs.
    pub fn forbidden(scope: &str) -> Self {
        Self::named(StatusCode::FORBIDDEN, "forbidden").because(&format!("This needs {scope}."))
    }

    /// 404: it does not exist, or not for the caller.
    pub fn not_found() -> Self {
        Self::named(StatusCode::NOT_FOUND, "not_found")
    }

    /// 405, with what is allowed.
    pub fn wrong_method(allow: String) -> Self {
        Self::named(StatusCode::METHOD_NOT_ALLOWED, "wrong_method").with_header(header::ALLOW, allow)
    }

    /// 429, with when to try again.
    pub fn too_many(seconds: i64) -> Self {
        let problem = Self::named(StatusCode::TOO_MANY_REQUESTS, "too_many_requests");
        problem.with_header(header::RETRY_AFTER, seconds.to_string())
    }

    /// 400: what came is not what it should be at all.
    pub fn malformed(flaw: Flaw) -> Self {
        Self::bad_request("malformed").at(vec![flaw])
    }

    /// 422: it can be read, and cannot be right.
    pub fn invalid(errors: Vec<Flaw>) -> Self {
        Self::unprocessable("invalid").at(errors)
    }

    /// 400: a parameter is wrong.
    pub fn bad_parameter(errors: Vec<Flaw>) -> Self {
        Self::bad_request("bad_parameter").at(errors)
    }

    /// 409: the life of the thing does not go there from here.
    pub fn illegal_move(state: &str, action: &str, allowed: Vec<String>) -> Self {
        let mut problem = Self::conflict("illegal_move");
        problem.0.detail = Some(format!("{action} is not possible when {state}."));
        problem.0.current_state = Some(state.into());
        problem.0.allowed_actions = Some(allowed);
        problem
    }

    /// 412, with the version to read.
    pub fn stale(current: i64) -> Self {
        let mut problem = Self::named(StatusCode::PRECONDITION_FAILED, "stale");
        problem.0.current_version = Some(current);
        problem
            .with_header(header::ETAG, format!("\"{current}\""))
            .because("It has changed since you read it.")
    }

    /// 500. The cause is for the log alone.
    pub fn internal(cause: impl Display) -> Self {
        let mut problem = Self::named(StatusCode::INTERNAL_SERVER_ERROR, "internal");
        problem.0.cause = Some(cause.to_string());
        problem
    }

    /// 503. The cause is for the log alone.
    pub fn unavailable(cause: &impl Display) -> Self {
        let mut problem = Self::named(StatusCode::SERVICE_UNAVAILABLE, "unavailable");
        problem.0.cause = Some(cause.to_string());
        problem.with_header(header::RETRY_AFTER, "2".into())
    }

    /// Whether it was only bad luck.
    pub fn is_worth_another_try(&self) -> bool {
        self.0.again
    }

    /// It went wrong at the door: a broken connection can be exchanged for another.
    pub fn before_anything_happened(mut self) -> Self {
        self.0.again = self.0.status == StatusCode::SERVICE_UNAVAILABLE.as_u16();
        self
    }

    /// Whether somebody was kept from personal data or from passing it on: such things are written down.
    pub fn is_refusal(&self) -> bool {
        let kept = ["consent_", "legal_basis_", "protected_"];
        self.0.status == 403 || kept.iter().any(|word| self.0.code.starts_with(word))
    }

    /// Its name.
    pub fn code(&self) -> &str {
        &self.0.code
    }

    /// Says why this time.
    pub fn because(mut self, detail: &str) -> Self {
        self.0.detail = Some(detail.into());
        self
    }

    /// Says where.
    pub fn at(mut self, errors: Vec<Flaw>) -> Self {
        self.0.errors = errors;
        self
    }

    fn with_header(mut self, name: HeaderName, value: String) -> Self {
        self.0.headers.extend(HeaderValue::try_from(value).map(|value| (name, value)));
        self
    }

    /// Says which request it was, where the answer is made by somebody who does not know.
    pub fn numbered(mut self, request: Uuid, headers: Vec<(HeaderName, HeaderValue)>) -> Self {
        self.0.instance = Some(format!("urn:uuid:{request}"));
        self.0.headers = headers;
        self
    }

    /// The answer, numbered.
    pub fn answer(&self, request: Option<Uuid>) -> HttpResponse {
        if let Some(cause) = &self.0.cause {
            tracing::error!(cause, ?request, "{}", self.0.code);
        }
        let mut response = HttpResponse::build(self.status_code());
        for header in &self.0.headers {
            response.insert_header(header.clone());
        }
        if self.status_code() == StatusCode::UNAUTHORIZED {
            response.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
        }
        let mut body = serde_json::to_value(&self.0).unwrap_or_default();
        if let (Some(request), Some(body)) = (request, body.as_object_mut()) {
            body.insert("instance".into(), format!("urn:uuid:{request}").into());
        }
        response.content_type("application/problem+json").json(body)
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Self::not_found(),
            // All that diesel means by this is an update without a change.
            Error::QueryBuilderError(_) => Self::unprocessable("nothing_to_change"),
            Error::DatabaseError(kind, info) => refused(&kind, info.as_ref()),
            Error::BrokenTransactionManager => Self::unavailable(&"the transaction is broken"),
            other => Self::internal(other),
        }
    }
}

/// The database said no. The name of the constraint is the name of the problem.
fn refused(kind: &DatabaseErrorKind, info: &dyn DatabaseErrorInformation) -> Problem {
    use DatabaseErrorKind::{
        CheckViolation, ClosedConnection, ExclusionViolation, ForeignKeyViolation, SerializationFailure,
        UniqueViolation,
    };
    let message = info.message();
    match (kind, info.constraint_name()) {
        (CheckViolation, Some("session_ended")) => Problem::unauthorised("The membership has ended."),
        (CheckViolation, Some("not_found")) => Problem::not_found(),
        (UniqueViolation | ExclusionViolation, Some(name)) => Problem::conflict(name),
        (ForeignKeyViolation | CheckViolation, Some(name)) => Problem::unprocessable(name),
        (SerializationFailure, _) => Problem::conflict("try_again"),
        (ClosedConnection, _) => Problem::unavailable(&message),
        // diesel does not tell the SQLSTATE.
        _ if message.contains("deadlock detected") => {
            let mut problem = Problem::conflict("try_again");
            problem.0.again = true;
            problem
        }
        _ if message.contains("lock timeout") => Problem::conflict("try_again"),
        _ if message.contains("row-level security") => Problem::named(StatusCode::FORBIDDEN, "not_yours"),
        _ if is_outage(message) => Problem::unavailable(&message),
        _ => Problem::internal(message),
    }
}

/// The server is going, coming, or out of reach.
fn is_outage(message: &str) -> bool {
    let signs = [
        "terminating connection",
        "connection closed",
        "error communicating with the server",
        "shutting down",
        "starting up",
        "recovery mode",
        "No space left on device",
        "too many clients",
        "remaining connection slots",
    ];
    signs.iter().any(|sign| message.contains(sign))
}

impl Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.cause.as_deref().or(self.0.detail.as_deref()).unwrap_or(&self.0.title))
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        self.answer(None)
    }
}

impl std::error::Error for Problem {}
