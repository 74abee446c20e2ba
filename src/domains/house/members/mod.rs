//! Who works here and as what: memberships, and the invitations that lead to them.

mod acceptance;
mod handlers;
mod queries;
mod types;

pub use acceptance::create_user;
pub use types::NewUser;

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::list_memberships)
        .service(handlers::read_membership)
        .service(handlers::update_membership)
        .service(handlers::end_membership)
        .service(handlers::list_invitations)
        .service(handlers::create_invitation)
        .service(handlers::accept_invitation)
        .service(handlers::read_invitation)
        .service(handlers::revoke_invitation);
}
