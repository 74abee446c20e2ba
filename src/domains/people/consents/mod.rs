//! Consents: what a person has agreed that this organisation may tell another, and for how long.
//!
//! A consent is a letter: each side knows of it, so that either can be told that it is withdrawn.

mod queries;
mod types;

pub use queries::covering;
pub use types::{Category, ConsentId, Given, Kind};

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(_: &mut ServiceConfig) {}
