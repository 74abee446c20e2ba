//! Reconciliation: what was sent and what was received, by counterpart and day, so that both sides see the same day if
//! something was lost between them.

mod handlers;
mod queries;
mod types;

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::read_disclosure_reconciliation).service(handlers::read_delivery_reconciliation);
}
