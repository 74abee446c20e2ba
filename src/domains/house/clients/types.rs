use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema, openapi::Array};
use validator::Validate;

use super::jwk::Jwk;
use crate::{
    access::{self, Role},
    db::{Open, id, open_actions, text_enum},
    domains::house::sessions::MembershipId,
    problem::{Flaw, Problem},
    schema::{system_client, system_client_key},
    web::{each_up_to, resource, texts},
};

id!(/// A system client. Also the id of its account, and its `client_id` in OAuth.
    SystemClientId);
id!(/// A key of a system client.
    SystemClientKeyId);
resource!(SystemClient at "/v1/system-clients");
resource!(SystemClientKey at "/v1/system-client-keys");

open_actions! {
    /// What can be done to a system client.
    pub enum SystemClientAction { End = "end" }
}

/// A municipal system or another program.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = system_client)]
pub struct SystemClient {
    pub id: SystemClientId,
    /// Its membership, with the role `integration`.
    pub membership_id: MembershipId,
    pub name: String,
    /// What it may do, of what its role may.
    pub scopes: Vec<String>,
    pub ended_at: Option<DateTime<Utc>>,
    /// What can be done to it now.
    #[diesel(select_expression = system_client::ended_at.is_null(), select_expression_type = diesel::dsl::IsNull<system_client::ended_at>, deserialize_as = Open)]
    pub allowed_actions: Vec<SystemClientAction>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

/// A system client to register, with its first key.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewSystemClient {
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200, example = "Case system of Vennesla")]
    pub name: String,
    /// Scopes that the role `integration` holds.
    #[validate(length(min = 1, max = 50), custom(function = "each_up_to::<80>"))]
    #[schema(schema_with = scopes_schema)]
    pub scopes: Vec<String>,
    #[validate(nested)]
    pub public_key: Jwk,
}

/// What to change of a system client. What is left out stays.
#[derive(AsChangeset, Debug, Deserialize, ToSchema, Validate)]
#[diesel(table_name = system_client)]
#[serde(deny_unknown_fields)]
pub struct SystemClientPatch {
    #[validate(length(min = 1, max = 200))]
    #[schema(nullable = false, min_length = 1, max_length = 200)]
    #[serde(default, deserialize_with = "crate::web::given")]
    pub name: Option<String>,
    /// Scopes that the role `integration` holds. Tokens that are out keep theirs for ten minutes at most.
    #[validate(length(min = 1, max = 50), custom(function = "each_up_to::<80>"))]
    #[schema(schema_with = scopes_schema)]
    #[serde(default, deserialize_with = "crate::web::given")]
    pub scopes: Option<Vec<String>>,
}

open_actions! {
    /// What can be done to a key of a system client.
    pub enum SystemClientKeyAction { Revoke = "revoke" }
}

/// A key with which a system client proves who it is.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = system_client_key)]
pub struct SystemClientKey {
    pub id: SystemClientKeyId,
    pub system_client_id: SystemClientId,
    /// Its name by RFC 7638.
    pub thumbprint: String,
    pub public_key: Jwk,
    pub expires_at: Option<DateTime<Utc>>,
    pub revoked_at: Option<DateTime<Utc>>,
    /// What can be done to it now.
    #[diesel(select_expression = system_client_key::revoked_at.is_null(), select_expression_type = diesel::dsl::IsNull<system_client_key::revoked_at>, deserialize_as = Open)]
    pub allowed_actions: Vec<SystemClientKeyAction>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

/// Another key of a system client.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewSystemClientKey {
    pub system_client_id: SystemClientId,
    #[validate(nested)]
    pub public_key: Jwk,
    /// Without it, until it is revoked.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Whose keys to list.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct OfSystemClient {
    /// Only this client's.
    pub system_client_id: Option<SystemClientId>,
}

fn scopes_schema() -> Array {
    texts(80, 1..=50).examples([json!(["referrals:push", "deliveries:read"])]).build()
}

/// Refuses (422) scopes that the role `integration` does not hold.
pub fn check_scopes(scopes: &[String]) -> Result<(), Problem> {
    let foreign = |(at, scope): (usize, &String)| {
        let held = access::roles(scope).contains(&Role::Integration);
        (!held).then(|| Flaw::new(format!("/scopes/{at}"), "not_held"))
    };
    let flaws: Vec<_> = scopes.iter().enumerate().filter_map(foreign).collect();
    if flaws.is_empty() { Ok(()) } else { Err(Problem::invalid(flaws)) }
}

/// What a system client sends for a token (RFC 6749, RFC 7523). What is not known is ignored, as the RFC says.
#[derive(Deserialize, ToSchema)]
pub struct TokenRequest {
    /// `client_credentials`.
    #[schema(required, max_length = 100, example = "client_credentials")]
    pub grant_type: Option<String>,
    /// `urn:ietf:params:oauth:client-assertion-type:jwt-bearer`.
    #[schema(required, max_length = 100, example = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")]
    pub client_assertion_type: Option<String>,
    /// A JWT, signed with a registered key: `iss` and `sub` the client's id, `aud` this server, `exp` at most 120 seconds
    /// ahead, `jti` never used before.
    #[schema(required, max_length = 8192)]
    pub client_assertion: Option<String>,
    /// The client's id, if it is sent: whom the assertion names.
    pub client_id: Option<SystemClientId>,
    /// Some of the client's scopes, with spaces between; all without it.
    #[schema(max_length = 4096)]
    pub scope: Option<String>,
}

/// A token for a system client.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccessToken {
    /// For the `Authorization` header. A JWT by RFC 9068.
    pub access_token: String,
    /// `Bearer`.
    pub token_type: String,
    /// How long it is good, in seconds.
    pub expires_in: i64,
    /// What it is good for.
    pub scope: String,
}

text_enum! {
    /// Why there is no token (RFC 6749, 5.2).
    pub enum OAuthErrorCode {
        InvalidRequest = "invalid_request",
        InvalidClient = "invalid_client",
        UnsupportedGrantType = "unsupported_grant_type",
        InvalidScope = "invalid_scope",
        ServerError = "server_error",
        TemporarilyUnavailable = "temporarily_unavailable",
    }
}

/// Why there is no token, as RFC 6749 says it.
#[derive(Debug, Serialize, ToSchema)]
pub struct OAuthError {
    /// The kind.
    pub error: OAuthErrorCode,
    /// In words.
    pub error_description: String,
}

/// What OAuth clients need to know of this server (RFC 8414).
#[derive(Debug, Serialize, ToSchema)]
pub struct AuthorizationServer {
    pub issuer: String,
    pub token_endpoint: String,
    pub jwks_uri: String,
    pub grant_types_supported: Vec<String>,
    /// None: there is no authorization endpoint.
    pub response_types_supported: Vec<String>,
    pub token_endpoint_auth_methods_supported: Vec<String>,
    pub token_endpoint_auth_signing_alg_values_supported: Vec<String>,
    pub scopes_supported: Vec<String>,
}

/// A key of this server.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublishedKey {
    pub kty: String,
    pub crv: String,
    pub x: String,
    pub kid: String,
    pub alg: String,
    #[serde(rename = "use")]
    pub usage: String,
}

/// The keys that a token of this server may be signed with, now or soon (RFC 7517).
#[derive(Debug, Serialize, ToSchema)]
pub struct KeySet {
    pub keys: Vec<PublishedKey>,
}
