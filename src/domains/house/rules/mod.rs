//! Rules: what the law and the services' customs say, from when to when; and what an organisation adds to that for itself.
//! `access::rulebook` has how every process holds them in memory.

mod handlers;
mod queries;
mod strictness;
mod types;

pub use queries::{as_it_was, load, version};
pub use types::RuleLabel;

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::list_rules)
        .service(handlers::read_rule)
        .service(handlers::list_organisation_rules)
        .service(handlers::create_organisation_rule)
        .service(handlers::read_organisation_rule)
        .service(handlers::end_organisation_rule);
}
