//! Persons: those who are helped and those near them, and what they are to each other.

mod types;

pub use types::PersonId;

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(_: &mut ServiceConfig) {}
