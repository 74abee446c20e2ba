//! Assessments of capacity: whether a person can decide on a question themselves.
//!
//! The newest that still holds counts; whoever lacks capacity has been told so.

mod handlers;
mod queries;
mod types;

pub use queries::latest;
pub use types::{CapacityAssessment, CapacityAssessmentId, Outcome};

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::list_capacity_assessments)
        .service(handlers::create_capacity_assessment)
        .service(handlers::read_capacity_assessment);
}
