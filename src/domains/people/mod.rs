//! The people: those who are helped, those near them, those who help.

pub mod assessments;
pub mod consents;
pub mod legal_bases;
pub mod persons;
pub mod protection;
pub mod responsibilities;
pub mod volunteers;
