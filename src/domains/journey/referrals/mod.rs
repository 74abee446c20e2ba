//! Referrals: a need that is reported to those who can build a network around the person.
//!
//! One row on each side, or one alone where the person or the centre itself reports the need. What is personal leaves
//! as a disclosure under a basis; the letter itself tells the other side only how far it has come.

mod clocks {
    pub(super) mod queries;
}
mod handlers;
mod queries;
mod status;
mod types;

pub use clocks::queries::{expire, old_drafts, overdue, remove_drafts, warn_of_expiry};
pub use queries::{advance, hold_letter as hold, is_about, is_taken_on, settle, tell};
pub use status::{Action, Status};
pub(crate) use types::Referral;
pub use types::{Kind, ReferralId};

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::list_referrals)
        .service(handlers::create_referral)
        .service(handlers::push_referral)
        .service(handlers::push_referrals)
        .service(handlers::read_referral)
        .service(handlers::update_referral)
        .service(handlers::read_referral_submission_preview)
        .service(handlers::submit_referral)
        .service(handlers::route_referral)
        .service(handlers::enter_in_error_referral)
        .service(handlers::begin_clarification_referral)
        .service(handlers::request_information_referral)
        .service(handlers::provide_information_referral)
        .service(handlers::offer_referral)
        .service(handlers::waitlist_referral)
        .service(handlers::accept_referral)
        .service(handlers::redirect_referral)
        .service(handlers::decline_referral)
        .service(handlers::withdraw_referral)
        .service(handlers::start_referral)
        .service(handlers::hold_referral)
        .service(handlers::resume_referral)
        .service(handlers::complete_referral)
        .service(handlers::end_early_referral)
        .service(handlers::reopen_referral);
}
