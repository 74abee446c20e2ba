//! Contact forms: all contacts of the network around a person. A version does not change; the next one supersedes it.
//!
//! Each version of an active form is laid out for the person's municipality, which gets it while the person consents.

mod changes;
mod handlers;
mod queries;
mod status;
mod types;

pub use queries::{addressee, close, insert_version, lack_municipal_contact};
pub use status::Status;
pub use types::{ContactFormId, NewContactFormVersion};

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::list_contact_forms)
        .service(handlers::create_contact_form)
        .service(handlers::read_contact_form)
        .service(handlers::activate_contact_form)
        .service(handlers::delete_contact_form)
        .service(handlers::list_contact_form_versions)
        .service(handlers::create_contact_form_version)
        .service(handlers::read_contact_form_version);
}
