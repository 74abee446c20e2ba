//! Follow-ups: a conversation with the person and one with the network contact, again and again while the network lasts.

mod handlers;
mod queries;
mod status;
mod types;

pub use queries::{cancel, plan};
pub use status::Status;

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::list_follow_ups)
        .service(handlers::read_follow_up)
        .service(handlers::record_follow_up);
}
