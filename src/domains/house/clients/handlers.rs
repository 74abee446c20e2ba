use actix_web::{
    HttpResponse, ResponseError, get,
    http::{StatusCode, header::RETRY_AFTER},
    patch, post,
    web::{Data, Form},
};

use super::{
    assertion,
    jwk::Jwk,
    queries,
    types::{
        AccessToken, AuthorizationServer, KeySet, NewSystemClient, NewSystemClientKey, OAuthError,
        OAuthErrorCode, OfSystemClient, PublishedKey, SystemClient, SystemClientId, SystemClientKey,
        SystemClientKeyId, SystemClientPatch, TokenRequest,
    },
};
use crate::{
    access::{ALL, Cx, House, ManageClients, Permission as _, ReadClients, Role, Visitor},
    problem::Problem,
    web::{Answer, Created, IfMatch, Json, One, Page, Path, Query, Window},
};

const TAG: &str = "system clients";

/// List system clients.
///
/// Oldest first, also those that have ended.
#[utoipa::path(tag = TAG, params(Window), responses((status = 200, body = Page<SystemClient>)), security(("bearer" = [ReadClients::SCOPE])))]
#[get("/system-clients")]
pub async fn list_system_clients(
    cx: Cx<ReadClients>,
    window: Query<Window>,
) -> Result<Page<SystemClient>, Problem> {
    cx.run(async |db| queries::list(db, &window).await).await
}

/// Register a system client.
///
/// With its first public key. Its `id` is its `client_id`; the private key never leaves its owner.
#[utoipa::path(tag = TAG, responses((status = 201, body = SystemClient)), security(("bearer" = [ManageClients::SCOPE])))]
#[post("/system-clients")]
pub async fn create_system_client(
    cx: Cx<ManageClients>,
    new: Json<NewSystemClient>,
) -> Result<Created<SystemClient>, Problem> {
    cx.create(new, queries::insert, queries::find).await
}

/// Read a system client.
///
/// Also one that has ended.
#[utoipa::path(tag = TAG, responses((status = 200, body = SystemClient)), security(("bearer" = [ReadClients::SCOPE])))]
#[get("/system-clients/{id}")]
pub async fn read_system_client(
    cx: Cx<ReadClients>,
    id: Path<SystemClientId>,
) -> Result<One<SystemClient>, Problem> {
    cx.run(async |db| queries::find(db, *id).await).await.map(One)
}

/// Change a system client.
///
/// Its name and what it may do.
#[utoipa::path(tag = TAG, responses((status = 200, body = SystemClient)), security(("bearer" = [ManageClients::SCOPE])))]
#[patch("/system-clients/{id}")]
pub async fn update_system_client(
    cx: Cx<ManageClients>,
    id: Path<SystemClientId>,
    patch: Json<SystemClientPatch>,
    version: IfMatch,
) -> Result<One<SystemClient>, Problem> {
    cx.change(version, async |db| queries::update(db, *id, version, &patch).await, queries::find).await
}

/// End a system client.
///
/// Its tokens are worth nothing from now on.
#[utoipa::path(tag = TAG, responses((status = 200, body = SystemClient)), security(("bearer" = [ManageClients::SCOPE])))]
#[post("/system-clients/{id}/end")]
pub async fn end_system_client(
    cx: Cx<ManageClients>,
    id: Path<SystemClientId>,
    version: IfMatch,
) -> Result<One<SystemClient>, Problem> {
    cx.change(version, async |db| queries::end(db, *id, version).await, queries::find).await
}

/// List the keys of system clients.
///
/// Oldest first, also those that were revoked.
#[utoipa::path(tag = TAG, params(OfSystemClient, Window), responses((status = 200, body = Page<SystemClientKey>)), security(("bearer" = [ReadClients::SCOPE])))]
#[get("/system-client-keys")]
pub async fn list_system_client_keys(
    cx: Cx<ReadClients>,
    of: Query<OfSystemClient>,
    window: Query<Window>,
) -> Result<Page<SystemClientKey>, Problem> {
    cx.run(async |db| queries::list_keys(db, &of, &window).await).await
}

/// Register another key of a system client.
///
/// Both are good until one is revoked, so that keys can be exchanged without downtime.
#[utoipa::path(tag = TAG, responses((status = 201, body = SystemClientKey)), security(("bearer" = [ManageClients::SCOPE])))]
#[post("/system-client-keys")]
pub async fn create_system_client_key(
    cx: Cx<ManageClients>,
    new: Json<NewSystemClientKey>,
) -> Result<Created<SystemClientKey>, Problem> {
    cx.create(new, queries::insert_key, queries::find_key).await
}

/// Read a key of a system client.
///
/// Also one that was revoked.
#[utoipa::path(tag = TAG, responses((status = 200, body = SystemClientKey)), security(("bearer" = [ReadClients::SCOPE])))]
#[get("/system-client-keys/{id}")]
pub async fn read_system_client_key(
    cx: Cx<ReadClients>,
    id: Path<SystemClientKeyId>,
) -> Result<One<SystemClientKey>, Problem> {
    cx.run(async |db| queries::find_key(db, *id).await).await.map(One)
}

/// Revoke a key of a system client.
///
/// It gets no more tokens.
#[utoipa::path(tag = TAG, responses((status = 200, body = SystemClientKey)), security(("bearer" = [ManageClients::SCOPE])))]
#[post("/system-client-keys/{id}/revoke")]
pub async fn revoke_system_client_key(
    cx: Cx<ManageClients>,
    id: Path<SystemClientKeyId>,
    version: IfMatch,
) -> Result<One<SystemClientKey>, Problem> {
    cx.change(version, async |db| queries::revoke_key(db, *id, version).await, queries::find_key).await
}

impl ResponseError for OAuthError {
    fn status_code(&self) -> StatusCode {
        match self.error {
            OAuthErrorCode::InvalidClient => StatusCode::UNAUTHORIZED,
            OAuthErrorCode::ServerError => StatusCode::INTERNAL_SERVER_ERROR,
            OAuthErrorCode::TemporarilyUnavailable => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::BAD_REQUEST,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let status = self.status_code();
        let mut response = HttpResponse::build(status);
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response.insert_header((RETRY_AFTER, Problem::LATER));
        }
        response.json(self)
    }
}

impl std::fmt::Display for OAuthError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.error_description)
    }
}

/// Get a token for a system client.
///
/// `client_credentials` with `private_key_jwt` (RFC 6749, RFC 7523). Errors are those of the RFC.
#[utoipa::path(
    tag = TAG,
    request_body(content = TokenRequest, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, body = AccessToken), (status = 400, body = OAuthError), (status = 401, body = OAuthError),
        (status = 500, body = OAuthError), (status = 503, body = OAuthError),
    ),
    extensions(("x-public" = json!("The assertion says who asks.")), ("x-exempt" = json!("A token has no version.")))
)]
#[post("/oauth/token")]
pub async fn issue_token(
    house: Data<House>,
    form: Result<Form<TokenRequest>, actix_web::Error>,
) -> Result<Answer<AccessToken>, OAuthError> {
    let malformed = || OAuthError::new(OAuthErrorCode::InvalidRequest, "Send a form, each parameter once.");
    let Ok(form) = form else { return Err(malformed()) };
    assertion::admit(&house, &form).await.map(Answer)
}

/// Read what OAuth clients need to know of this server.
///
/// Authorization server metadata (RFC 8414).
#[utoipa::path(tag = TAG, responses((status = 200, body = AuthorizationServer)), extensions(("x-public" = json!("It says how to get a token."))))]
#[get("/.well-known/oauth-authorization-server")]
pub async fn read_authorization_server(visitor: Visitor) -> Result<Answer<AuthorizationServer>, Problem> {
    let issuer = visitor.house().tokens.issuer();
    let held = ALL.iter().filter(|(_, roles)| roles.contains(&Role::Integration));
    Ok(Answer(AuthorizationServer {
        issuer: issuer.into(),
        token_endpoint: format!("{issuer}{}", assertion::ENDPOINT),
        jwks_uri: format!("{issuer}/.well-known/jwks.json"),
        grant_types_supported: vec!["client_credentials".into()],
        response_types_supported: Vec::new(),
        token_endpoint_auth_methods_supported: vec!["private_key_jwt".into()],
        token_endpoint_auth_signing_alg_values_supported: vec!["EdDSA".into(), "ES256".into()],
        scopes_supported: held.map(|(scope, _)| (*scope).into()).collect(),
    }))
}

/// Read the keys that tokens are signed with.
///
/// Also those that do not sign yet, and those that no longer do.
#[utoipa::path(tag = TAG, responses((status = 200, body = KeySet)), extensions(("x-public" = json!("Public keys are public."))))]
#[get("/.well-known/jwks.json")]
pub async fn read_key_set(visitor: Visitor) -> Result<Answer<KeySet>, Problem> {
    let published = visitor.house().tokens.keys().into_iter().map(|key| {
        let Jwk { kty, crv, x, .. } = Jwk::ours(&key.public);
        PublishedKey {
            kty: kty.to_string(),
            crv: crv.to_string(),
            x,
            kid: key.id.to_string(),
            alg: "EdDSA".into(),
            usage: "sig".into(),
        }
    });
    Ok(Answer(KeySet { keys: published.collect() }))
}
