//! Consents: what a person has agreed that this organisation may tell another, and for how long.
//!
//! A consent is a letter: each side knows of it, so that either can be told that it is withdrawn.

mod handlers;
mod queries;
mod status;
mod texts;
mod types;

pub use queries::{covering, deliver, expire, find, past, record_pushed};
pub use status::Status;
pub use types::{Category, Consent, ConsentId, ConsentMethod, Kind, PushedConsent};

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::list_consents)
        .service(handlers::create_consent)
        .service(handlers::read_consent)
        .service(handlers::present_consent)
        .service(handlers::give_consent)
        .service(handlers::refuse_consent)
        .service(handlers::withdraw_consent)
        .service(handlers::narrow_consent)
        .service(handlers::lapse_consent_capacity)
        .service(handlers::reassess_consent)
        .service(handlers::invalidate_consent)
        .service(handlers::preview_consent_withdrawal);
}
