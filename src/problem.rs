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

use crate::words::{Blanks, Language, say};

/// What went wrong.
#[derive(Debug)]
pub struct Problem(Box<Inner>);

#[derive(Debug, Default)]
struct Inner {
    status: StatusCode,
    code: String,
    blanks: Blanks,
    errors: Vec<Flaw>,
    current_state: Option<String>,
    allowed_actions: Option<Vec<String>>,
    current_version: Option<i64>,
    /// Only for the log.
    cause: Option<String>,
    headers: Vec<(HeaderName, HeaderValue)>,
    request: Option<Uuid>,
    again: bool,
}

/// A problem, as RFC 9457 says it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct Body {
    /// Where the kind of problem is explained: what causes it, and what cures it.
    #[serde(rename = "type")]
    kind: String,
    /// What kind of problem this is. Stable: programs may depend on it.
    code: String,
    /// The kind, in words, in the language that the request accepts.
    title: String,
    /// The HTTP status.
    status: u16,
    /// The cause, in words, in the language that the request accepts.
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
}

/// What the blanks of an example hold.
const SAMPLES: [(&str, &str); 7] = [
    ("scope", "referrals:write"),
    ("number", "3"),
    ("action", "accept"),
    ("state", "completed"),
    ("roles", "team_leader"),
    ("codes", "NO_FVL_DANGER, NO_FVL_PURPOSE"),
    ("seconds", "30"),
];

impl Body {
    /// A problem of a kind, for its page.
    pub fn example(code: &str, status: u16, language: Language) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let problem =
            SAMPLES.iter().fold(Problem::named(status, code), |it, (blank, word)| it.with(blank, word));
        problem.body(language, Some(Uuid::from_u128(0x0193_4f00_0000_7000_8000_0000_0000_0001)))
    }
}

/// One thing that is wrong with the request.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Flaw {
    /// Where: a JSON pointer into the body, or the name of a parameter or header.
    pub pointer: String,
    /// What kind of flaw. Stable.
    pub code: String,
    /// What kind, in words, in the language that the request accepts.
    pub detail: String,
    #[serde(skip)]
    #[schema(ignore)]
    blanks: Blanks,
}

impl Flaw {
    /// What is wrong, and where. The words are those of `flaw_<code>` in `data/problems`.
    pub fn new(pointer: impl Into<String>, code: &str) -> Self {
        Self { pointer: pointer.into(), code: code.into(), detail: String::new(), blanks: Blanks::new() }
    }

    /// Fills a blank of its words.
    pub fn with(mut self, blank: &'static str, value: impl Display) -> Self {
        self.blanks.push((blank, value.to_string()));
        self
    }

    fn told(&self, language: Language) -> Self {
        let words = say(language, &format!("flaw_{}", self.code), None, &self.blanks);
        Self { detail: words.unwrap_or_else(|| title(&self.code)), ..self.clone() }
    }
}

/// A code, as words: for what the catalogue does not know.
fn title(code: &str) -> String {
    let words = code.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

impl Problem {
    /// After how many seconds to try again what is not available.
    pub const LATER: &str = "2";

    /// A problem by its name, which is written like a constraint: `certificate_already_submitted`. Its words are in
    /// `data/problems`.
    pub fn named(status: StatusCode, name: &str) -> Self {
        Self(Box::new(Inner { status, code: name.into(), ..Inner::default() }))
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

    /// 401. Why is for the log: it would tell somebody who tries tokens.
    pub fn unauthorised(why: impl Display) -> Self {
        Self::named(StatusCode::UNAUTHORIZED, "unauthorised").caused_by(why)
    }

    /// 401: nobody has this address and this password.
    pub fn wrong_password() -> Self {
        Self::named(StatusCode::UNAUTHORIZED, "wrong_email_or_password")
    }

    /// 401: the password is right, and a code is asked for too.
    pub fn second_factor_required() -> Self {
        Self::named(StatusCode::UNAUTHORIZED, "second_factor_required")
    }

    /// 401: it is not the code, or was used before.
    pub fn wrong_code() -> Self {
        Self::named(StatusCode::UNAUTHORIZED, "code_is_wrong")
    }

    /// 403, naming the scope that it needs.
    pub fn forbidden(scope: &str) -> Self {
        Self::named(StatusCode::FORBIDDEN, "forbidden").with("scope", scope)
    }

    /// 403: the organisation asks its members for a second factor, and the session was begun without one.
    pub fn second_factor_missing() -> Self {
        Self::named(StatusCode::FORBIDDEN, "second_factor_missing")
    }

    /// 404: it does not exist, or not for the caller.
    pub fn not_found() -> Self {
        Self::named(StatusCode::NOT_FOUND, "not_found")
    }

    /// 405, with what is allowed.
    pub fn wrong_method(allow: String) -> Self {
        Self::named(StatusCode::METHOD_NOT_ALLOWED, "wrong_method").with_header(header::ALLOW, allow)
    }

    /// 415: the body is compressed, or the like.
    pub fn encoded() -> Self {
        let problem = Self::named(StatusCode::UNSUPPORTED_MEDIA_TYPE, "send_unencoded");
        problem.with_header(header::ACCEPT_ENCODING, "identity".into())
    }

    /// 429, with when to try again.
    pub fn too_many(seconds: i64) -> Self {
        let problem = Self::named(StatusCode::TOO_MANY_REQUESTS, "too_many_requests");
        problem.with("seconds", seconds).with_header(header::RETRY_AFTER, seconds.to_string())
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
        let mut problem = Self::conflict("illegal_move").with("state", state).with("action", action);
        problem.0.current_state = Some(state.into());
        problem.0.allowed_actions = Some(allowed);
        problem
    }

    /// 412, with the version to read.
    pub fn stale(current: i64) -> Self {
        let mut problem = Self::named(StatusCode::PRECONDITION_FAILED, "stale");
        problem.0.current_version = Some(current);
        problem.with_header(header::ETAG, format!("\"{current}\""))
    }

    /// 500. The cause is for the log alone.
    pub fn internal(cause: impl Display) -> Self {
        Self::named(StatusCode::INTERNAL_SERVER_ERROR, "internal").caused_by(cause)
    }

    /// 503. The cause is for the log alone.
    pub fn unavailable(cause: &impl Display) -> Self {
        let problem = Self::named(StatusCode::SERVICE_UNAVAILABLE, "unavailable").caused_by(cause);
        problem.with_header(header::RETRY_AFTER, Self::LATER.into())
    }

    /// Whether it was only bad luck.
    pub fn is_worth_another_try(&self) -> bool {
        self.0.again
    }

    /// It went wrong at the door: a broken connection can be exchanged for another.
    pub fn before_anything_happened(mut self) -> Self {
        self.0.again = self.0.status == StatusCode::SERVICE_UNAVAILABLE;
        self
    }

    /// Whether somebody was kept from personal data or from passing it on: such things are written down, and so is what
    /// does not exist for who asked, since they may be trying.
    pub fn is_refusal(&self) -> bool {
        let kept = ["consent_", "legal_basis_", "protected_"];
        matches!(self.0.status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND)
            || kept.iter().any(|word| self.0.code.starts_with(word))
    }

    /// Its name.
    pub fn code(&self) -> &str {
        &self.0.code
    }

    /// Fills a blank of its words.
    pub fn with(mut self, blank: &'static str, value: impl Display) -> Self {
        self.0.blanks.push((blank, value.to_string()));
        self
    }

    /// Says where.
    pub fn at(mut self, errors: Vec<Flaw>) -> Self {
        self.0.errors = errors;
        self
    }

    /// Says where in the body that part stands which it was found in.
    pub fn below(mut self, part: &str) -> Self {
        for flaw in &mut self.0.errors {
            flaw.pointer.insert_str(0, part);
        }
        self
    }

    /// Whether it says where.
    pub fn is_located(&self) -> bool {
        !self.0.errors.is_empty()
    }

    /// Whether it is not about what was asked, but about who asks, or about the database: all else would fare alike.
    pub fn is_of_all(&self) -> bool {
        matches!(self.0.status, StatusCode::UNAUTHORIZED | StatusCode::SERVICE_UNAVAILABLE)
    }

    fn caused_by(mut self, cause: impl Display) -> Self {
        self.0.cause = Some(cause.to_string());
        self
    }

    fn with_header(mut self, name: HeaderName, value: String) -> Self {
        self.0.headers.extend(HeaderValue::try_from(value).map(|value| (name, value)));
        self
    }

    /// Says which request it was, where the answer is made by somebody who does not know.
    pub fn numbered(mut self, request: Uuid, headers: Vec<(HeaderName, HeaderValue)>) -> Self {
        self.0.request = Some(request);
        self.0.headers = headers;
        self
    }

    /// What it says, to whom it says it.
    pub fn body(&self, language: Language, request: Option<Uuid>) -> Body {
        let it = &self.0;
        Body {
            kind: format!("/problems/{}", it.code),
            code: it.code.clone(),
            title: say(language, &it.code, None, &it.blanks).unwrap_or_else(|| title(&it.code)),
            status: it.status.as_u16(),
            detail: say(language, &it.code, Some("cause"), &it.blanks),
            instance: request.map(|request| format!("urn:uuid:{request}")),
            errors: it.errors.iter().map(|flaw| flaw.told(language)).collect(),
            current_state: it.current_state.clone(),
            allowed_actions: it.allowed_actions.clone(),
            current_version: it.current_version,
        }
    }

    /// Writes down what only the house is to know.
    pub fn log(&self, request: Option<Uuid>) {
        if let Some(cause) = self.0.cause.as_ref().filter(|_| self.0.status.is_server_error()) {
            tracing::error!(cause, ?request, "{}", self.0.code);
        }
    }

    /// The answer, numbered, in the language of whoever asked.
    pub fn answer(&self, language: Language, request: Option<Uuid>) -> HttpResponse {
        self.log(request);
        let mut response = HttpResponse::build(self.0.status);
        for header in &self.0.headers {
            response.insert_header(header.clone());
        }
        if self.0.status == StatusCode::UNAUTHORIZED {
            response.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
        }
        response.insert_header((header::CONTENT_LANGUAGE, language.word()));
        response.content_type("application/problem+json").json(self.body(language, request))
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

/// For the log and for the command line.
impl Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(cause) = &self.0.cause {
            return f.write_str(cause);
        }
        let body = self.body(Language::En, None);
        f.write_str(&body.title)?;
        body.detail.iter().try_for_each(|detail| write!(f, ": {detail}"))?;
        body.errors.iter().try_for_each(|flaw| write!(f, " {}: {}", flaw.pointer, flaw.detail))
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.0.status
    }

    fn error_response(&self) -> HttpResponse {
        self.answer(Language::En, self.0.request)
    }
}

impl std::error::Error for Problem {}
