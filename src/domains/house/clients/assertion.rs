use chrono::{DateTime, Utc};
use jsonwebtoken::{Validation, dangerous::insecure_decode_claims, decode, decode_header};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    jwk::Jwk,
    queries,
    types::{AccessToken, OAuthError, OAuthErrorCode, SystemClientId, TokenRequest},
};
use crate::{
    access::{Actor, House, LIFETIME, Purpose, Role},
    problem::Problem,
    web::plain,
};

const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// How far ahead an assertion may end, in seconds.
const LONGEST: i64 = 120;

/// The path of the endpoint, which an assertion may name as its audience.
pub const ENDPOINT: &str = "/oauth/token";

/// What an assertion says.
#[derive(Deserialize)]
struct Claims {
    iss: Uuid,
    sub: Uuid,
    exp: i64,
    jti: String,
}

impl OAuthError {
    pub fn new(error: OAuthErrorCode, description: &str) -> Self {
        Self { error, error_description: description.into() }
    }
}

impl From<Problem> for OAuthError {
    fn from(problem: Problem) -> Self {
        tracing::error!(%problem, "no token");
        match problem.code() {
            "unavailable" | "try_again" => {
                Self::new(OAuthErrorCode::TemporarilyUnavailable, "Try again soon.")
            }
            _ => Self::new(OAuthErrorCode::ServerError, "It is not your fault."),
        }
    }
}

/// A token for whoever proves to be a system client.
pub async fn admit(house: &House, request: &TokenRequest) -> Result<AccessToken, OAuthError> {
    let missing = || OAuthError::new(OAuthErrorCode::InvalidRequest, "grant_type is missing.");
    if request.grant_type.as_ref().ok_or_else(missing)? != "client_credentials" {
        return Err(OAuthError::new(OAuthErrorCode::UnsupportedGrantType, "Use client_credentials."));
    }
    if request.client_assertion_type.as_deref() != Some(JWT_BEARER) {
        return Err(no_client("Authenticate by private_key_jwt."));
    }
    let assertion = request.client_assertion.as_deref().ok_or_else(|| no_client("There is no assertion."))?;
    let admitted = house.pool.system(Purpose::AdmitClient, async |db| {
        let Some(client) = named(assertion) else {
            return Ok(Err(no_client("It names no client: send iss, sub, exp and jti.")));
        };
        if request.client_id.is_some_and(|named| named != client) {
            return Ok(Err(no_client("client_id is not whom the assertion names.")));
        }
        let Some(client) = queries::find_active(db, client).await? else { return Ok(Err(unproved())) };
        let keys = queries::good_keys(db, client.organisation_id, client.id).await?;
        let Some(claims) = keys.iter().find_map(|key| proved(assertion, key, house.tokens.issuer())) else {
            return Ok(Err(unproved()));
        };
        let until = DateTime::from_timestamp(claims.exp, 0).unwrap_or_else(Utc::now);
        let first = queries::use_assertion(db, client.id, &claims.jti, until).await?;
        Ok(if first { Ok(client) } else { Err(no_client("The assertion was used before.")) })
    });
    let client = admitted.await?.inspect_err(|refusal| {
        tracing::warn!(target: "security", why = refusal.error_description, "a client was not admitted");
    })?;
    let scope = narrowed(&client.scopes, request.scope.as_deref())?;
    let actor = Actor {
        account: client.id.into(),
        organisation: client.organisation_id,
        membership: client.membership_id.into(),
        role: Role::Integration,
        session: None,
        scope: Some(scope.clone()),
    };
    let access_token = house.tokens.issue(&actor)?;
    Ok(AccessToken { access_token, token_type: "Bearer".into(), expires_in: LIFETIME.num_seconds(), scope })
}

fn no_client(description: &str) -> OAuthError {
    OAuthError::new(OAuthErrorCode::InvalidClient, description)
}

/// Unknown, ended, no such key, a bad signature, a wrong time: nobody learns which.
fn unproved() -> OAuthError {
    no_client("The assertion does not prove that it is this client.")
}

/// Whom it names, before anything of it is believed.
fn named(assertion: &str) -> Option<SystemClientId> {
    let claims: Claims = insecure_decode_claims(assertion).ok()?;
    (claims.iss == claims.sub).then(|| claims.iss.into())
}

/// What it says, if this key signed it. The key decides by which algorithm, and the assertion brings no key along.
fn proved(assertion: &str, key: &Jwk, issuer: &str) -> Option<Claims> {
    let header = decode_header(assertion).ok()?;
    // RFC 7515: what has to be understood is not.
    if header.crit.is_some() {
        return None;
    }
    if header.jwk.is_some() || header.jku.is_some() || header.x5u.is_some() || header.x5c.is_some() {
        return None;
    }
    let mut rules = Validation::new(key.algorithm());
    rules.set_audience(&[issuer, &format!("{issuer}{ENDPOINT}")]);
    rules.set_required_spec_claims(&["exp", "iss", "sub", "aud"]);
    rules.leeway = 0;
    rules.validate_nbf = true;
    let claims: Claims = decode(assertion, &key.decoding()?, &rules).ok()?.claims;
    let short = claims.exp - Utc::now().timestamp() <= LONGEST;
    (short && (1..=255).contains(&claims.jti.len()) && plain(&claims.jti)).then_some(claims)
}

/// What was asked for, if the client has it; all it has, if nothing was.
fn narrowed(held: &[String], asked: Option<&str>) -> Result<String, OAuthError> {
    let Some(asked) = asked.map(str::trim).filter(|asked| !asked.is_empty()) else {
        return Ok(held.join(" "));
    };
    if asked.split(' ').all(|scope| held.iter().any(|held| held == scope)) {
        Ok(asked.into())
    } else {
        Err(OAuthError::new(OAuthErrorCode::InvalidScope, "The client does not hold all of it."))
    }
}
