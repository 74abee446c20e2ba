//! What the API says of itself: which one this is, and what its problems mean.

mod handlers;
mod types;

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room, outside of `/v1`: a problem's `type` is its address for every version.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::read_api_info).service(handlers::list_problems).service(handlers::read_problem);
}
