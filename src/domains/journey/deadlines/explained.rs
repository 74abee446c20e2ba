//! Why a deadline is on its day: the rule of then, counted over the days off of then.

use super::types::{Deadline, DeadlineExplanation, DeadlineRuleExplained, DeadlineStep};
use crate::{
    rules::{DeadlineRule, Place, Rule, Rules, Step},
    words::Language,
};

/// A deadline by its rule, counted once more over these days off.
pub fn explain(
    it: &Deadline,
    rule: &Rule<DeadlineRule>,
    days: (&Rules, Place),
    language: Language,
) -> DeadlineExplanation {
    let (rules, place) = days;
    let calendar = rules.calendar_for(rule, place, it.starts_on);
    let steps = rule.steps(&calendar, it.starts_on);
    DeadlineExplanation {
        id: it.id,
        rule: told(rule, language),
        starts_on: it.starts_on,
        steps: steps.iter().map(|step| step_told(step, language)).collect(),
        due_on: it.due_on,
        warn_on: rule.warn_on(&calendar, it.starts_on),
    }
}

fn told(rule: &Rule<DeadlineRule>, language: Language) -> DeadlineRuleExplained {
    DeadlineRuleExplained {
        id: rule.id,
        code: rule.code.clone(),
        label: rule.called(language).into(),
        country: rule.country,
        starts: rule.starts.clone(),
        length: rule.length.get(),
        unit: rule.unit,
        roll_forward: rule.roll_forward,
        legal: rule.legal,
        source: rule.source.clone(),
        confidence: rule.confidence,
        valid_from: rule.valid_from,
        valid_to: rule.valid_to,
    }
}

fn step_told(step: &Step, language: Language) -> DeadlineStep {
    let because = step.because.iter().map(|day| day.called(language).into()).collect();
    DeadlineStep { on: step.on, taken: step.taken, because }
}
