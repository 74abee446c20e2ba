//! What the centre and the municipality tell each other about a network: messages, and changes in codes.
//!
//! Each crosses as a disclosure under what covers it then, and is a row of the recipient's own as soon as it is there. The
//! municipality takes part once it was sent the contact form, and of its unit-bound staff those whose units the form names.

mod handlers;
mod queries;
mod types;

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::list_network_messages)
        .service(handlers::create_network_message)
        .service(handlers::read_network_message)
        .service(handlers::list_network_changes)
        .service(handlers::create_network_change)
        .service(handlers::read_network_change);
}
