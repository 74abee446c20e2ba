//! Routing: whom a municipality's referral goes to when nobody named a recipient, by the municipality's own rules.
//!
//! What no rule is for stands unrouted at the municipality until somebody routes it; after a while they are asked again.

mod handlers;
mod queries;
mod types;

pub use queries::{Need, alarm, is_unrouted, route, settle};
pub use types::{Route, RoutingRuleId, TargetGroup};

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::list_routing_rules)
        .service(handlers::create_routing_rule)
        .service(handlers::read_routing_rule)
        .service(handlers::update_routing_rule);
}
