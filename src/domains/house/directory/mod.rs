//! The directory: where to report a need, for everybody to see.
//!
//! What stands in it is what an organisation has chosen to publish of its contact points, and nobody's name.

mod handlers;
mod queries;
mod types;

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::list_directory);
}
