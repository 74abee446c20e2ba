//! Tasks: what somebody at this desk has to see to.

mod queries;

pub use queries::open;

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(_: &mut ServiceConfig) {}
