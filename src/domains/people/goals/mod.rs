//! Goals: what is to be kept or to become better for a person, what came of it, and a report of that by domain.
//!
//! The report counts what whoever asks could list, and goes to nobody else: so no small number in it tells anything new.

mod handlers;
mod queries;
mod types;

pub use queries::measured;

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room. The report stands before the goals, of which it is no one.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::read_goal_report)
        .service(handlers::list_goals)
        .service(handlers::create_goal)
        .service(handlers::read_goal)
        .service(handlers::update_goal)
        .service(handlers::list_goal_outcomes)
        .service(handlers::create_goal_outcome)
        .service(handlers::read_goal_outcome);
}
