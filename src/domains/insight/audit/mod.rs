//! The audit: who saw and changed what, of whom, when and why.
//!
//! Nobody writes here by asking: the database writes what changes, the door what is read and what is refused.

mod handlers;
mod queries;
mod types;

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::list_audit_entries).service(handlers::read_audit_entry);
}
