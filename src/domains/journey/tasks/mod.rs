//! Tasks: what somebody at this desk has to see to.

mod handlers;
mod queries;
mod types;

pub use queries::{close, open, open_all};

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::list_tasks).service(handlers::read_task).service(handlers::finish_task);
}
