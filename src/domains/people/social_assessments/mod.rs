//! Social assessments: whom a person has, what they do and want, and what stands in the way.
//!
//! Of one, what a person chooses field by field may follow a referral, under a basis that covers it; the rest stays.

mod handlers;
mod queries;
mod types;

pub use queries::{disclosable, is_of};
pub use types::{SocialAssessmentId, SocialField, TimeOfWeek};

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::list_social_assessments)
        .service(handlers::create_social_assessment)
        .service(handlers::read_social_assessment);
}
