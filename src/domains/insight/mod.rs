//! What can be known of all this afterwards.

pub mod audit;
pub mod events;
pub mod mail;
pub mod reconciliation;
