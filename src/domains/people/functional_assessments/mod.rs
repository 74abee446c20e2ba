//! Functional assessments: how a person manages, item by item of an instrument, as their municipality has found it.
//!
//! They stay municipal: no other organisation can have one, and no category of data lets one leave.

mod handlers;
mod instruments;
mod queries;
mod types;

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::list_instruments)
        .service(handlers::list_functional_assessments)
        .service(handlers::create_functional_assessment)
        .service(handlers::read_functional_assessment);
}
