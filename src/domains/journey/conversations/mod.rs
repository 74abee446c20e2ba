//! Conversations with the person, and what they clarify: need, wanted offer, and whether the person wants to go on.
//!
//! Steps 2 and 3 of the network method. Nothing is clarified before somebody has talked with the person.

mod handlers;
mod queries;
mod types;

pub use queries::{clarified, latest};

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::list_conversations)
        .service(handlers::create_conversation)
        .service(handlers::read_conversation)
        .service(handlers::update_conversation)
        .service(handlers::hold_conversation)
        .service(handlers::list_clarifications)
        .service(handlers::create_clarification)
        .service(handlers::read_clarification);
}
