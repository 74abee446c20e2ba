//! Collaboration agreements: what a municipality and a centre agree on before they use a method together.
//!
//! A letter, so both see the same. The methods are data: what must be in place first, and which steps they have.

mod handlers;
mod methods;
mod queries;
mod status;
mod types;

pub use methods::Method;
pub use queries::{end_past, method_of, past};
pub use status::Status;
pub use types::CollaborationAgreementId;

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::list_methods)
        .service(handlers::list_collaboration_agreements)
        .service(handlers::create_collaboration_agreement)
        .service(handlers::read_collaboration_agreement)
        .service(handlers::set_readiness_collaboration_agreement)
        .service(handlers::accept_collaboration_agreement)
        .service(handlers::activate_collaboration_agreement)
        .service(handlers::suspend_collaboration_agreement)
        .service(handlers::resume_collaboration_agreement)
        .service(handlers::end_collaboration_agreement);
}
