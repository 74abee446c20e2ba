//! Logs: what volunteers and coordinators write down about a network, and that somebody reads it.
//!
//! An entry is the journal's, and no trace of a sending or of a look. What is final stays as it was written; a mistake is
//! corrected by another entry. What the municipality is told of it, it archives.

mod handlers;
mod queries;
mod status;
mod types;

pub use status::Status;

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::list_log_entries)
        .service(handlers::create_log_entry)
        .service(handlers::read_log_entry)
        .service(handlers::update_log_entry)
        .service(handlers::delete_log_entry)
        .service(handlers::finish_log_entry)
        .service(handlers::share_log_entry)
        .service(handlers::list_log_reviews)
        .service(handlers::create_log_review)
        .service(handlers::read_log_review);
}
