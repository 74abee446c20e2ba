//! Disclosures and deliveries: everything personal that crosses from one organisation to another.
//!
//! The sender's row is the disclosure, the recipient's row with the same id the delivery. Payload and basis, which is a
//! consent or a legal basis, never change.

mod handlers;
mod queries;
mod status;
mod types;

pub use queries::{
    alarm, basis_given, fail_unreceived, has_left, is_told, queue, queued, tell, tell_closed, unreceived,
};
pub use status::{Action, NEEDS_APPROVAL, Status};
pub use types::{DisclosureId, NewDisclosure, News};

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::list_disclosures)
        .service(handlers::read_disclosure)
        .service(handlers::read_disclosure_payload)
        .service(handlers::recall_disclosure)
        .service(handlers::resend_disclosure)
        .service(handlers::approve_disclosure)
        .service(handlers::list_deliveries)
        .service(handlers::read_delivery)
        .service(handlers::read_delivery_archive_package)
        .service(handlers::acknowledge_delivery)
        .service(handlers::take_in_delivery)
        .service(handlers::archive_delivery)
        .service(handlers::reject_delivery)
        .service(handlers::delete_delivery);
}
