//! Organisations of three countries, their units and contact points, and which of them may write to each other.
//!
//! What is public of an organisation and its units, everybody sees; the rest is its own.

mod handlers;
mod queries;
mod status;
mod types;

pub use queries::{create, reach};
pub use status::Status as CounterpartStatus;
pub use types::{ContactPointId, Function, Kind, NewOrganisation, OrganisationId, ReachedVia, UnitId};

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::list_organisations)
        .service(handlers::read_organisation)
        .service(handlers::update_organisation)
        .service(handlers::list_units)
        .service(handlers::create_unit)
        .service(handlers::read_unit)
        .service(handlers::update_unit)
        .service(handlers::read_unit_contact)
        .service(handlers::list_contact_points)
        .service(handlers::create_contact_point)
        .service(handlers::read_contact_point)
        .service(handlers::update_contact_point)
        .service(handlers::end_contact_point)
        .service(handlers::list_counterparts)
        .service(handlers::create_counterpart)
        .service(handlers::read_counterpart)
        .service(handlers::approve_counterpart)
        .service(handlers::refuse_counterpart)
        .service(handlers::end_counterpart);
}
