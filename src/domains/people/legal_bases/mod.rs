//! Legal bases: that the law lets this organisation tell another without the person's consent, as somebody has decided.
//!
//! The only alternative to a consent. A letter: each side knows by which section, the sender's alone about whom and why.

mod handlers;
mod queries;
mod status;
mod types;

pub use queries::{covering, deliver, expire, past};
pub use status::Status;
pub use types::{Basis, Cover, Given, LegalBasisId, Telling};

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(handlers::list_legal_bases)
        .service(handlers::create_legal_basis)
        .service(handlers::read_legal_basis)
        .service(handlers::end_legal_basis);
}
