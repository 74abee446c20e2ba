//! Logging in: sessions that speak for one membership, and the passwords and second factors that open them.
//!
//! A session is a family of refresh tokens, each good once: whoever shows a used one ends the family.

mod device;
mod entry;
mod factor;
mod handlers;
mod passwords;
mod queries;
mod secret;
mod types;

pub use entry::{Shown, enter, prove};
pub use passwords::{check as check_password, hash as hash_password};
pub use queries::{choices, delete_factor, find_by_email, open, purge, replace_password};
pub use secret::Secret;
pub use types::{MembershipId, Opened, SessionTokens};

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::create_session)
        .service(handlers::refresh_session)
        .service(handlers::switch_session)
        .service(handlers::list_sessions)
        .service(handlers::end_sessions)
        .service(handlers::end_session)
        .service(handlers::read_account)
        .service(handlers::change_password)
        .service(handlers::enrol_second_factor)
        .service(handlers::confirm_second_factor)
        .service(handlers::remove_second_factor);
}
