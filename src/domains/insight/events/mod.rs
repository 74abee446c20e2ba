//! The feed: what has happened at an organisation, one after the other and without a gap, for systems that follow it.
//!
//! Who changes something writes an event in the same transaction; the worker numbers those that are committed.

mod handlers;
mod queries;
mod types;

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::list_events);
}
