//! From a reported need to a network that lasts.

pub mod contact_forms;
pub mod conversations;
pub mod cooperation;
pub mod deadlines;
pub mod disclosures;
pub mod exchange;
pub mod follow_ups;
pub mod logs;
pub mod networks;
pub mod offers;
pub mod referrals;
pub mod routing;
pub mod tasks;
