#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test may fail loudly")]
#![expect(missing_docs, reason = "a test is explained by its name")]

mod audit;
mod cluster;
mod consents;
mod contact_forms;
mod conversations;
mod disclosures;
mod follow_ups;
mod gate;
mod identity;
mod networks;
mod organisations;
mod persons;
mod post;
mod referrals;
mod support;
mod tasks;
mod volunteers;
