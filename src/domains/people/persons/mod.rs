//! Persons: those who are helped and those near them, and what they are to each other.
//!
//! Identity numbers come in and do not go out again; only the rights of a link decide who may sign.

mod handlers;
mod queries;
mod types;

pub use queries::{
    check_known, create, disclosable, find, home, may_consent, representation, sealed, take_in,
};
pub use types::{LinkKind, NewPerson, OfPerson, Person, PersonId};

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::list_persons)
        .service(handlers::create_person)
        .service(handlers::create_persons)
        .service(handlers::search_persons)
        .service(handlers::read_person)
        .service(handlers::update_person)
        .service(handlers::list_person_identifiers)
        .service(handlers::create_person_identifier)
        .service(handlers::read_person_identifier)
        .service(handlers::replace_person_identifier)
        .service(handlers::list_person_links)
        .service(handlers::create_person_link)
        .service(handlers::read_person_link)
        .service(handlers::update_person_link)
        .service(handlers::end_person_link);
}
