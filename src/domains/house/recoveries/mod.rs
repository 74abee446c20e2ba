//! The way back for members who have lost their password: an administrator makes a link, and they set a new one.
//!
//! An account can be a member of several organisations, and none of them may open the others' doors: a link is worth as much
//! as its organisation, so that it takes one from each.

mod acceptance;
mod handlers;
mod queries;
mod types;

pub use acceptance::recover_user;
pub use types::LostUser;

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::list_account_recoveries)
        .service(handlers::create_account_recovery)
        .service(handlers::accept_account_recovery)
        .service(handlers::read_account_recovery)
        .service(handlers::revoke_account_recovery);
}
