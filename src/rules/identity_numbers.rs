//! Who may not keep national identity numbers unless somebody decides otherwise.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Confidence, Row};
use crate::identifiers::Country;

/// A kind of organisation that does not keep identity numbers by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WithoutIdentityNumbers {
    /// The kind of organisation, by its word.
    pub organisation_kind: String,
    /// The first day the row holds.
    pub valid_from: NaiveDate,
    /// The first day it no longer holds.
    pub valid_to: Option<NaiveDate>,
    /// The law or the decision that says so.
    pub source: String,
    /// How sure we are of it.
    pub confidence: Confidence,
}

impl Row for WithoutIdentityNumbers {
    fn label(&self) -> &str {
        &self.organisation_kind
    }

    fn valid_from(&self) -> NaiveDate {
        self.valid_from
    }

    fn valid_to(&self) -> Option<NaiveDate> {
        self.valid_to
    }

    fn same_as(&self, other: &Self) -> bool {
        self.organisation_kind == other.organisation_kind
    }

    fn flaw(&self, _: Country) -> Option<&'static str> {
        self.source.is_empty().then_some("no source")
    }
}
