//! What an organisation may decide for itself: more than the law asks for, never less.

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::types::{NewOrganisationRule, OrganisationRuleKind};
use crate::{
    access::Home,
    identifiers::Country,
    problem::Problem,
    rules::{AgeRule, Confidence, DeadlineRule, Kind, Row, Rule, Rules},
    words::Language,
};

impl NewOrganisationRule {
    /// The rule that it makes at this organisation, if it may.
    pub(super) fn row(&self, rules: &Rules, home: &Home) -> Result<Row, Problem> {
        if self.valid_to.is_some_and(|end| end <= self.valid_from) {
            return Err(Problem::unprocessable("organisation_rule_ends_before_it_starts"));
        }
        let (kind, (code, label, content)) = match self.kind {
            OrganisationRuleKind::Age => (Kind::Age, self.age(rules, home)?),
            OrganisationRuleKind::DayOff => (Kind::DayOff, self.day_off()?),
            OrganisationRuleKind::Deadline => (Kind::Deadline, self.deadline(rules, home)?),
        };
        let mut row = Row {
            id: Uuid::nil(),
            kind,
            code,
            country: home.country,
            municipality_code: None,
            service: self.service.clone(),
            valid_from: self.valid_from,
            valid_to: self.valid_to,
            legal: false,
            source: self.source.clone(),
            confidence: Confidence::High,
            reviewer: None,
            label,
            content,
        };
        if let Some(name) = &self.name {
            let language = match home.country {
                Country::No => Language::Nb,
                Country::Dk => Language::Da,
                Country::Se => Language::Sv,
            };
            row.label = [(language.word().to_owned(), name.clone())].into();
        }
        Rules::default().add(home, row.clone()).ok().ok_or_else(does_not_fit)?;
        Ok(row)
    }

    fn age(&self, rules: &Rules, home: &Home) -> Result<Parts, Problem> {
        let years = self.years.filter(|_| self.says(1)).ok_or_else(does_not_fit)?;
        let laws = self.in_force_with(rules.ages(home.country), home)?;
        let stricter = |law: &&&Rule<AgeRule>| law.legal && i64::from(years) < i64::from(law.years);
        if let Some(law) = laws.iter().find(stricter) {
            return Err(looser(law, format!("{} years", law.years)));
        }
        Ok(parts(&laws, &json!({ "years": years })))
    }

    fn deadline(&self, rules: &Rules, home: &Home) -> Result<Parts, Problem> {
        let (length, unit) = self.length.zip(self.unit).filter(|_| self.says(2)).ok_or_else(does_not_fit)?;
        let laws = self.in_force_with(rules.deadlines(home.country), home)?;
        let own = |law: &Rule<DeadlineRule>| {
            json!({ "starts": law.starts, "length": length, "unit": unit, "counting": law.counting,
                    "roll_forward": law.roll_forward })
        };
        for law in laws.iter().filter(|law| law.legal) {
            let own: DeadlineRule = serde_json::from_value(own(law)).ok().ok_or_else(does_not_fit)?;
            if own.loosens(law) {
                return Err(looser(law, format!("{} {}", law.length, law.unit)));
            }
        }
        let content = laws.last().map(|law| own(law)).unwrap_or_default();
        Ok(parts(&laws, &content))
    }

    fn day_off(&self) -> Result<Parts, Problem> {
        let on = match (&self.month_day, self.days_after_easter) {
            (Some(day), None) => json!({ "fixed": day }),
            (None, Some(days)) => json!({ "easter": days }),
            _ => return Err(does_not_fit()),
        };
        if self.name.is_none() || !self.says(1) {
            return Err(does_not_fit());
        }
        let content = Map::from_iter([("on".to_owned(), on)]);
        Ok((self.code.clone(), Default::default(), content))
    }

    /// Whether so much is said of what rules of one kind or another say.
    fn says(&self, much: usize) -> bool {
        let said = [
            self.length.is_some(),
            self.unit.is_some(),
            self.years.is_some(),
            self.month_day.is_some(),
            self.days_after_easter.is_some(),
        ];
        said.into_iter().filter(|it| *it).count() == much
    }

    /// The country's rules of this name that hold here, and on any day on which this one is to.
    fn in_force_with<'r, T>(&self, rules: &'r [Rule<T>], home: &Home) -> Result<Vec<&'r Rule<T>>, Problem> {
        let begins = |rule: &Rule<T>| self.valid_to.is_none_or(|end| rule.valid_from < end);
        let lasts = |rule: &Rule<T>| rule.valid_to.is_none_or(|end| self.valid_from < end);
        let known = rules.iter().filter(|rule| rule.code == self.code || rule.short_code() == self.code);
        let here = |rule: &Rule<T>| {
            rule.municipality_code.is_none() || rule.municipality_code == home.municipality_code
        };
        let known: Vec<_> = known.filter(|rule| here(rule) && begins(rule) && lasts(rule)).collect();
        if known.is_empty() { Err(Problem::unprocessable("unknown_rule")) } else { Ok(known) }
    }
}

/// Code, label and content.
type Parts = (String, crate::rules::Label, Map<String, Value>);

fn parts<T>(laws: &[&Rule<T>], content: &Value) -> Parts {
    let (code, label) = laws.last().map(|law| (law.code.clone(), law.label.clone())).unwrap_or_default();
    (code, label, content.as_object().cloned().unwrap_or_default())
}

fn does_not_fit() -> Problem {
    Problem::unprocessable("rule_does_not_fit")
}

/// 422, with what the law says.
fn looser<T>(law: &Rule<T>, says: String) -> Problem {
    Problem::unprocessable("looser_than_the_law")
        .with("code", &law.code)
        .with("law", says)
        .with("source", &law.source)
}
