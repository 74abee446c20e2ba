//! Volunteers, as far as a network needs them: how to reach them, what they were told, what they have declared.
//!
//! Nobody meets a participant before they have what the rule `VOLUNTEER_IN_NETWORK` asks for: both briefings and the
//! declaration of confidentiality.

mod handlers;
mod queries;
mod types;

pub use queries::are_prepared;
pub use types::VolunteerId;

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::list_volunteers)
        .service(handlers::create_volunteer)
        .service(handlers::create_volunteers)
        .service(handlers::read_volunteer)
        .service(handlers::update_volunteer)
        .service(handlers::list_briefings)
        .service(handlers::create_briefing)
        .service(handlers::read_briefing)
        .service(handlers::list_confidentiality_declarations)
        .service(handlers::create_confidentiality_declaration)
        .service(handlers::read_confidentiality_declaration);
}
