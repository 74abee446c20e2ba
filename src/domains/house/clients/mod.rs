//! Municipal systems and other programs: who they are, the keys they prove it with, and the tokens they get (OAuth 2.0).

mod assertion;
mod handlers;
mod jwk;
mod queries;
mod types;

pub use queries::purge;
pub use types::SystemClientId;

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::list_system_clients)
        .service(handlers::create_system_client)
        .service(handlers::read_system_client)
        .service(handlers::update_system_client)
        .service(handlers::end_system_client)
        .service(handlers::list_system_client_keys)
        .service(handlers::create_system_client_key)
        .service(handlers::read_system_client_key)
        .service(handlers::revoke_system_client_key);
}

/// The operations that speak OAuth, outside of `/v1`.
pub fn public_routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::issue_token)
        .service(handlers::read_authorization_server)
        .service(handlers::read_key_set);
}
