//! Deadlines: what is due by which rule, and why on that day. A due day is kept where what is due is kept; here all are
//! seen together, by a view, and told of before they come.

mod explained;
mod handlers;
mod queries;
mod types;

pub use queries::{DUTIES, warn_of, warn_of_consents, warn_of_first_contacts};

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::list_deadlines)
        .service(handlers::read_deadline)
        .service(handlers::read_deadline_explanation);
}
