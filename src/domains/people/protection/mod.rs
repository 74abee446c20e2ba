//! Protected identities: what identifies is taken out of every row and sealed, and shown only to those who say why.
//!
//! Which levels there are, and what each hides, is rule data of the country.

mod handlers;
mod queries;
mod types;

pub use queries::{ask_at_the_end, birth_on, hidden};

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::protect_person)
        .service(handlers::end_person_protection)
        .service(handlers::read_protected_details)
        .service(handlers::update_protected_details)
        .service(handlers::read_protection_report);
}
