//! Operations of this room.

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(_: &mut ServiceConfig) {}
