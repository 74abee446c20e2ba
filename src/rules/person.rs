//! Rows about persons: how an identity is protected, from what age one decides, what the law says.

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::rule::Content;

/// A group of fields that a protection takes away from a person's row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hidden {
    /// Given and family name.
    Name,
    /// The day of birth.
    BirthDate,
    /// Phone and e-mail.
    Contact,
    /// Address, postcode, place and municipality.
    Address,
}

impl Hidden {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Name, Self::BirthDate, Self::Contact, Self::Address];
}

/// What a level of protection does; the code is what the country calls it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProtectionRule {
    /// Who decides on it.
    pub decided_by: String,
    /// What it takes away from sight.
    pub hides: Vec<Hidden>,
    /// After how many months it is to be looked at again; never, if it does not say. Nothing ends by itself.
    pub lapses_after: Option<u32>,
}

/// From what age something holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgeRule {
    /// The age, in years.
    pub years: u32,
}

/// What the law says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LegalReference {
    /// What it comes to, in words.
    pub text: String,
}

/// A section by which something may be told without the person's consent. Its words are those of the tables: code knows
/// none of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LegalBasisRule {
    /// The law, as it is cited.
    pub statute: String,
    /// Where in it.
    pub section: String,
    /// What it comes to, in words.
    pub text: String,
    /// The kinds of organisation that it lets tell.
    pub senders: Vec<String>,
    /// The kinds of organisation that they may tell.
    pub recipients: Vec<String>,
    /// The kinds of disclosure.
    pub kinds: Vec<String>,
    /// The categories of data.
    pub categories: Vec<String>,
    /// The roles of which one decides that it holds in a case.
    pub decided_by: Vec<String>,
}

impl Content for ProtectionRule {}
impl Content for AgeRule {}
impl Content for LegalReference {}
impl Content for LegalBasisRule {}

impl ProtectionRule {
    /// The last day to which a protection that begins on `day` can be set; none, if the rule knows no end.
    pub fn latest_end(&self, day: NaiveDate) -> Option<NaiveDate> {
        day.checked_add_months(Months::new(self.lapses_after?))
    }
}

impl AgeRule {
    /// Whether who was born on `birth` has reached the age on `day`.
    pub fn is_reached(&self, birth: NaiveDate, day: NaiveDate) -> bool {
        birth.checked_add_months(Months::new(12 * self.years)).is_some_and(|birthday| birthday <= day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{identifiers::Country, rules::Rules};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn each_country_knows_its_own_levels() {
        let rules = Rules::shipped().unwrap();
        let today = day("2026-11-21");
        for (country, strict, levels) in [
            (
                Country::No,
                ["strengt_fortrolig", "fortrolig"],
                &["strengt_fortrolig", "fortrolig", "klientadresse"][..],
            ),
            (
                Country::Dk,
                ["truet", "navne_og_adressebeskyttelse"],
                &["truet", "navne_og_adressebeskyttelse"],
            ),
            (
                Country::Se,
                ["fingerade", "skyddad_folkbokforing"],
                &["fingerade", "skyddad_folkbokforing", "sekretessmarkering"],
            ),
        ] {
            for other in Country::ALL.iter().copied() {
                let known = levels.iter().filter(|level| rules.protection(level, other, today).is_some());
                assert_eq!(known.count(), if other == country { levels.len() } else { 0 });
            }
            for level in strict {
                let rule = rules.protection(level, country, today).unwrap();
                assert!(rule.hides.contains(&Hidden::Address), "{level}");
            }
        }
        let lapses = rules.protection("navne_og_adressebeskyttelse", Country::Dk, today).unwrap();
        assert_eq!(lapses.latest_end(today), Some(day("2027-11-21")));
    }

    #[test]
    fn an_age_is_reached_on_the_birthday() {
        let rules = Rules::shipped().unwrap();
        for (country, years) in [(Country::No, 16), (Country::Dk, 15), (Country::Se, 15)] {
            let rule = rules.age("SELF_CONSENT", country, day("2026-11-21")).unwrap();
            assert_eq!(rule.years, years);
            let birth = day("2010-03-01");
            let birthday = day(&format!("{}-03-01", 2010 + years));
            assert!(rule.is_reached(birth, birthday));
            assert!(!rule.is_reached(birth, birthday.pred_opt().unwrap()));
        }
    }

    #[test]
    fn what_was_archived_is_kept_by_law_in_every_country() {
        let rules = Rules::shipped().unwrap();
        for country in Country::ALL.iter().copied() {
            assert!(rules.reference("ARCHIVE_DUTY", country, day("2026-11-21")).is_some(), "{country}");
        }
    }
}
