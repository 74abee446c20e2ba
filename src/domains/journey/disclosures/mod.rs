//! Disclosures and deliveries: everything personal that crosses from one organisation to another.
//!
//! The sender's row is the disclosure, the recipient's row with the same id the delivery. Payload and basis never change.

mod queries;
mod types;

pub use queries::queue;
pub use types::{DisclosureId, NewDisclosure};

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(_: &mut ServiceConfig) {}
