//! Networks: a person or a few, the volunteers around them, and the one volunteer who holds it together.
//!
//! Who leaves a network, or whose network is dissolved, loses sight of it at once.

mod handlers;
mod queries;
mod status;
mod types;

pub use queries::{hold, home};
pub use status::{Action, Status};
pub use types::{NetworkId, Shape};

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::list_networks)
        .service(handlers::create_network)
        .service(handlers::read_network)
        .service(handlers::update_network)
        .service(handlers::activate_network)
        .service(handlers::pause_network)
        .service(handlers::resume_network)
        .service(handlers::dissolve_network)
        .service(handlers::list_network_participants)
        .service(handlers::create_network_participant)
        .service(handlers::read_network_participant)
        .service(handlers::leave_network_participant)
        .service(handlers::list_network_volunteers)
        .service(handlers::create_network_volunteer)
        .service(handlers::read_network_volunteer)
        .service(handlers::leave_network_volunteer)
        .service(handlers::make_contact_network_volunteer)
        .service(handlers::list_thank_yous)
        .service(handlers::read_thank_you);
}
