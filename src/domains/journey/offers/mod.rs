//! Offers: a need that is offered to other organisations, to those that are named or to all that could help.
//!
//! A letter of codes: until one of them accepts, nobody learns whom it is about. The first that accepts has it, and what
//! still waits then lapses, in the same transaction.

mod handlers;
mod queries;
mod status;
mod types;

pub use queries::{ask_after_waiting, is_accepted, lapse, offer, unanswered};
pub use status::Status;
pub use types::{OfferId, ReferralOffer};

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room. The report stands before the offers, of which it is no one.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::read_shortage_report)
        .service(handlers::list_offers)
        .service(handlers::read_offer)
        .service(handlers::accept_offer)
        .service(handlers::decline_offer)
        .service(handlers::disclose_offer);
}
