//! What volunteers and coordinators ask a unit of another organisation for guidance about, and the needs that they cannot
//! meet themselves and report to it.
//!
//! Letters of codes alone. What is said of a named person crosses as a disclosure; other words stay where they are written.

mod handlers;
mod queries;
mod status;
mod types;

pub use queries::alarm;
pub use status::{GuidanceStatus, ReportStatus};

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::list_guidance_requests)
        .service(handlers::create_guidance_request)
        .service(handlers::read_guidance_request)
        .service(handlers::answer_guidance_request)
        .service(handlers::close_guidance_request)
        .service(handlers::list_unmet_need_reports)
        .service(handlers::create_unmet_need_report)
        .service(handlers::read_unmet_need_report)
        .service(handlers::acknowledge_unmet_need_report)
        .service(handlers::assess_unmet_need_report)
        .service(handlers::action_unmet_need_report)
        .service(handlers::decline_unmet_need_report);
}
