//! Mail that tells staff of their tasks: what kind of thing waits at a desk, how many and since when, and nothing of whom
//! it is about. Each member chooses what they are told of, and how soon.

mod handlers;
mod letter;
mod queries;
mod types;

pub use queries::{Claim, claim, gather, purge, settle};

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::read_mail_setting).service(handlers::update_mail_setting);
}
