//! Rows about what must be there before something is done, and about how often something is to be.

use std::num::NonZero;

use serde::{Deserialize, Serialize};

use super::rule::{Content, Rule};

/// What must be there before something is done; its code says before what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequirementRule {
    /// The topics of the briefings that were held.
    pub briefings: Vec<String>,
    /// Whether confidentiality was declared.
    pub confidentiality_declared: bool,
}

/// How often something is to be within a time; its code says what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuotaRule {
    /// So often, or more.
    pub at_least: Option<NonZero<u16>>,
    /// So often, or less.
    pub at_most: Option<NonZero<u16>>,
    /// Within what.
    pub per: Per,
}

/// Within what something is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    /// A calendar year.
    Year,
    /// As long as it lasts.
    Whole,
}

impl Content for RequirementRule {
    fn flaw(rule: &Rule<Self>) -> Option<&'static str> {
        let twice = |(at, topic)| rule.briefings.iter().take(at).any(|other| other == topic);
        let nothing = rule.briefings.is_empty() && !rule.confidentiality_declared;
        match rule.briefings.iter().enumerate().any(twice) {
            true => Some("a briefing is named twice"),
            false => nothing.then_some("it asks for nothing"),
        }
    }
}

impl Content for QuotaRule {
    fn flaw(rule: &Rule<Self>) -> Option<&'static str> {
        match (rule.at_least, rule.at_most) {
            (None, None) => Some("neither at_least nor at_most"),
            (Some(least), Some(most)) if least > most => Some("at_least is more than at_most"),
            _ => None,
        }
    }
}
