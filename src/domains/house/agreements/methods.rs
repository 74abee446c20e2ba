//! The methods that are agreed on: data, of which each says what must be in place first, and which steps it has.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domains::house::rules::RuleLabel;

/// All methods. By the first one works who has none together.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Methods {
    #[serde(rename(deserialize = "method"))]
    items: Vec<Method>,
}

/// A method of finding company for somebody.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Method {
    /// Its lasting name.
    #[schema(example = "AKTIVE_SAMMEN_5")]
    pub code: String,
    /// What must be in place before it is used, as codes.
    pub readiness: Vec<String>,
    /// Its steps, in order. None is taken before the one before it.
    #[serde(rename(deserialize = "step"))]
    steps: Vec<Step>,
}

/// A step of a method.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = MethodStep)]
pub struct Step {
    /// Its name within the method.
    #[schema(example = "conversation")]
    pub code: String,
    label: RuleLabel,
    taken_by: TakenBy,
}

/// By what a step is taken: a referral that was submitted, a conversation that was held, a clarification to go on, a
/// network that is active, a follow-up.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = StepTakenBy)]
enum TakenBy {
    Referral,
    Conversation,
    Clarification,
    Network,
    FollowUp,
}

impl Methods {
    /// Those that are part of the program.
    pub fn all() -> &'static Self {
        static METHODS: LazyLock<Methods> = LazyLock::new(|| {
            let text = include_str!("../../../../data/methods.toml");
            toml::from_str(text).unwrap_or_else(|flaw| panic!("data/methods.toml: {flaw}"))
        });
        &METHODS
    }

    /// The method with this code.
    pub fn find(&self, code: &str) -> Option<&Method> {
        self.items.iter().find(|method| method.code == code)
    }

    /// The method with this code; without one, that of those who have none together.
    pub fn agreed(&self, code: Option<&str>) -> Option<&Method> {
        code.map_or(self.items.first(), |code| self.find(code))
    }
}

impl Method {
    /// The steps that are conversations with the person, in order.
    pub fn conversations(&self) -> impl Iterator<Item = &str> {
        let talks = self.steps.iter().filter(|step| step.taken_by == TakenBy::Conversation);
        talks.map(|step| step.code.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_steps_of_a_method_are_taken_in_the_order_of_a_referrals_life() {
        for method in &Methods::all().items {
            assert!(method.steps.is_sorted_by_key(|step| step.taken_by), "{}", method.code);
            for needed in [TakenBy::Conversation, TakenBy::Clarification, TakenBy::Network, TakenBy::FollowUp]
            {
                let taken = method.steps.iter().any(|step| step.taken_by == needed);
                assert!(taken, "{}: nothing is taken by a {needed:?}", method.code);
            }
        }
    }

    #[test]
    fn every_step_has_a_name_in_five_languages() {
        for Step { code, label, .. } in Methods::all().items.iter().flat_map(|method| &method.steps) {
            let names = [&label.nb, &label.nn, &label.da, &label.sv, &label.en];
            assert!(names.iter().all(|name| name.is_some()), "{code}: {label:?}");
        }
    }
}
