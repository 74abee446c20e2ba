//! Responsibilities: which unit answers for what a person is owed. Volunteers supplement it and never take its place.

mod handlers;
mod queries;
mod types;

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::list_responsibilities)
        .service(handlers::create_responsibility)
        .service(handlers::read_responsibility)
        .service(handlers::end_responsibility);
}
