//! The rooms, in wings.

pub mod house;
pub mod insight;
pub mod journey;
pub mod people;

use utoipa_actix_web::{scope, service_config::ServiceConfig};

/// What every room answers to.
pub fn routes(cfg: &mut ServiceConfig) {
    house::clients::public_routes(cfg);
    house::reference::routes(cfg);
    cfg.service(
        scope("/v1")
            .configure(house::sessions::routes)
            .configure(house::members::routes)
            .configure(house::recoveries::routes)
            .configure(house::clients::routes)
            .configure(house::organisations::routes)
            .configure(house::directory::routes)
            .configure(house::agreements::routes)
            .configure(house::rules::routes)
            .configure(people::persons::routes)
            .configure(people::protection::routes)
            .configure(people::capacity_assessments::routes)
            .configure(people::functional_assessments::routes)
            .configure(people::social_assessments::routes)
            .configure(people::goals::routes)
            .configure(people::consents::routes)
            .configure(people::legal_bases::routes)
            .configure(people::responsibilities::routes)
            .configure(people::volunteers::routes)
            .configure(journey::routing::routes)
            .configure(journey::referrals::routes)
            .configure(journey::offers::routes)
            .configure(journey::conversations::routes)
            .configure(journey::networks::routes)
            .configure(journey::contact_forms::routes)
            // Before the disclosures and deliveries, of which it is no one.
            .configure(insight::reconciliation::routes)
            .configure(journey::disclosures::routes)
            .configure(journey::exchange::routes)
            .configure(journey::follow_ups::routes)
            .configure(journey::cooperation::routes)
            .configure(journey::logs::routes)
            .configure(journey::deadlines::routes)
            .configure(journey::tasks::routes)
            .configure(insight::audit::routes)
            .configure(insight::events::routes)
            .configure(insight::mail::routes),
    );
}
