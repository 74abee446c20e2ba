#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test may fail loudly")]
#![expect(missing_docs, reason = "a test is explained by its name")]

mod access;
mod architecture;
mod audit;
mod callers;
mod catalog;
mod clocks;
mod cluster;
mod consents;
mod contact_forms;
mod contract;
mod conversations;
mod disclosures;
mod examples;
mod follow_ups;
mod gate;
mod identity;
mod isolation;
mod legal_bases;
mod migrations;
mod networks;
mod organisations;
mod persons;
mod plans;
mod post;
mod problems;
mod program;
mod referrals;
mod schema;
mod snapshots;
mod speed;
mod support;
mod tasks;
mod volunteers;
mod walk;
mod wire;
