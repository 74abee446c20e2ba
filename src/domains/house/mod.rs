//! The house itself: who is here, and who they are.

pub mod clients;
pub mod members;
pub mod organisations;
pub mod reference;
pub mod sessions;
