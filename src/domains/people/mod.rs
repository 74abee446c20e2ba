//! The people: those who are helped, those near them, those who help.

pub mod capacity_assessments;
pub mod consents;
pub mod functional_assessments;
pub mod goals;
pub mod legal_bases;
pub mod persons;
pub mod protection;
pub mod responsibilities;
pub mod social_assessments;
pub mod volunteers;
