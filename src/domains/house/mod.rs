//! The house itself: who is here, and who they are.

pub mod identity;
pub mod organisations;
