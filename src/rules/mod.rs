//! Dated rules of calendars, deadlines and sections of law. Code knows the kinds of rule; every number, day and section of law
//! is a row in `data/rules/`, with the time it holds, its source and how sure we are of it.

mod calendar;
mod deadline;
mod identity_numbers;
mod person;

use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::identifiers::Country;

pub use calendar::{Calendar, DayOff, MonthDay, Recurrence, easter_sunday};
pub use deadline::{Counting, DeadlineRule, Due, Unit};
pub use identity_numbers::WithoutIdentityNumbers;
pub use person::{AgeRule, Hidden, LegalBasisRule, LegalReference, ProtectionRule};

/// How well a row is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// A proposal, or one weak source.
    Low,
    /// Good sources that do not quite agree, or practice.
    Medium,
    /// Read in the law or from the authority.
    High,
}

/// The rule files that are part of the program.
const EMBEDDED: [(&str, &str); 3] = [
    ("data/rules/no.toml", include_str!("../../data/rules/no.toml")),
    ("data/rules/dk.toml", include_str!("../../data/rules/dk.toml")),
    ("data/rules/se.toml", include_str!("../../data/rules/se.toml")),
];

/// For how many days back it is asked what began then.
const LONGEST: usize = 1000;

/// The rules that are part of the program, read once. A test reads them too, so that no build has bad ones.
pub fn rules() -> &'static Rules {
    static RULES: LazyLock<Rules> =
        LazyLock::new(|| Rules::embedded().unwrap_or_else(|flaw| panic!("{flaw}")));
    &RULES
}

/// Every rule of every country, checked as a whole.
#[derive(Clone, Debug)]
pub struct Rules {
    no: CountryRules,
    dk: CountryRules,
    se: CountryRules,
}

#[derive(Clone, Debug)]
struct CountryRules {
    calendar: Calendar,
    deadlines: Vec<DeadlineRule>,
    protections: Vec<ProtectionRule>,
    ages: Vec<AgeRule>,
    references: Vec<LegalReference>,
    legal_bases: Vec<LegalBasisRule>,
    without_identity_numbers: Vec<WithoutIdentityNumbers>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    country: Country,
    day_off: Vec<Spanned<DayOff>>,
    deadline: Vec<Spanned<DeadlineRule>>,
    #[serde(default)]
    protection: Vec<Spanned<ProtectionRule>>,
    #[serde(default)]
    age: Vec<Spanned<AgeRule>>,
    #[serde(default)]
    reference: Vec<Spanned<LegalReference>>,
    #[serde(default)]
    legal_basis: Vec<Spanned<LegalBasisRule>>,
    #[serde(default)]
    without_identity_numbers: Vec<Spanned<WithoutIdentityNumbers>>,
}

impl Rules {
    /// The rules that are part of the program.
    pub fn embedded() -> Result<Self, String> {
        Self::load(&EMBEDDED)
    }

    /// Reads files given as name and text, one for each country. The error names file, line and row.
    pub fn load(files: &[(&str, &str)]) -> Result<Self, String> {
        let mut loaded = Vec::new();
        for (name, text) in files {
            let (country, rules) = CountryRules::read(name, text)?;
            if loaded.iter().any(|(other, _)| *other == country) {
                return Err(format!("{name}: a second file for {country}"));
            }
            loaded.push((country, rules));
        }
        let mut of = |country: Country| {
            let at = loaded.iter().position(|(other, _)| *other == country);
            at.map(|at| loaded.swap_remove(at).1).ok_or_else(|| format!("no file for {country}"))
        };
        Ok(Self { no: of(Country::No)?, dk: of(Country::Dk)?, se: of(Country::Se)? })
    }

    /// The calendar of a country.
    pub const fn calendar(&self, country: Country) -> &Calendar {
        &self.of(country).calendar
    }

    /// The row in force on `day` with this code, written in full or without the country (`FIRST_CONTACT`).
    pub fn deadline(&self, code: &str, country: Country, day: NaiveDate) -> Option<&DeadlineRule> {
        let named = |rule: &&DeadlineRule| rule.code == code || rule.short_code() == code;
        self.of(country).deadlines.iter().filter(named).find(|rule| rule.in_force(day))
    }

    /// The rule in force on `start` and what follows from it.
    pub fn due(&self, code: &str, country: Country, start: NaiveDate) -> Option<(&DeadlineRule, Due)> {
        let rule = self.deadline(code, country, start)?;
        Some((rule, rule.due(self.calendar(country), start)))
    }

    /// Since when something must have been going on for its time to be over at `moment`: it is over on its last day, at the
    /// time of day at which it began.
    pub fn over_since(&self, code: &str, country: Country, moment: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let today = moment.date_naive();
        let due = |day: NaiveDate| self.due(code, country, day).map(|(_, due)| due.due_on);
        let mut back = today.iter_days().rev().take(LONGEST);
        let day = back.find(|day| due(*day).is_some_and(|due_on| due_on < today))?.succ_opt()?;
        let time = if due(day) == Some(today) { moment.time() } else { NaiveTime::MIN };
        Some(day.and_time(time).and_utc())
    }

    /// All deadline rules of a country, in and out of force.
    pub fn deadlines(&self, country: Country) -> &[DeadlineRule] {
        &self.of(country).deadlines
    }

    /// The level of protection that a country knows by this name.
    pub fn protection(&self, level: &str, country: Country, day: NaiveDate) -> Option<&ProtectionRule> {
        self.of(country).protections.iter().find(|rule| rule.level == level && rule.in_force(day))
    }

    /// The age in force on `day` with this code, such as `SELF_CONSENT`.
    pub fn age(&self, code: &str, country: Country, day: NaiveDate) -> Option<&AgeRule> {
        self.of(country).ages.iter().find(|rule| rule.code == code && rule.in_force(day))
    }

    /// What the law says on `day` about something, such as `ARCHIVE_DUTY`.
    pub fn reference(&self, code: &str, country: Country, day: NaiveDate) -> Option<&LegalReference> {
        self.of(country).references.iter().find(|rule| rule.code == code && rule.in_force(day))
    }

    /// The sections by which something may be told on `day` without the person's consent.
    pub fn legal_bases(&self, country: Country, day: NaiveDate) -> impl Iterator<Item = &LegalBasisRule> {
        self.of(country).legal_bases.iter().filter(move |rule| rule.in_force(day))
    }

    /// Whether an organisation of this kind keeps identity numbers unless somebody decides otherwise.
    pub fn keeps_identity_numbers(&self, country: Country, organisation_kind: &str, day: NaiveDate) -> bool {
        let without = &self.of(country).without_identity_numbers;
        !without.iter().any(|row| row.organisation_kind == organisation_kind && row.in_force(day))
    }

    const fn of(&self, country: Country) -> &CountryRules {
        match country {
            Country::No => &self.no,
            Country::Dk => &self.dk,
            Country::Se => &self.se,
        }
    }
}

impl CountryRules {
    fn read(name: &str, text: &str) -> Result<(Country, Self), String> {
        let file: RuleFile = toml::from_str(text).map_err(|error| format!("{name}: {error}"))?;
        let days_off = checked(name, text, file.country, file.day_off)?;
        let deadlines = checked(name, text, file.country, file.deadline)?;
        let protections = checked(name, text, file.country, file.protection)?;
        let ages = checked(name, text, file.country, file.age)?;
        let references = checked(name, text, file.country, file.reference)?;
        let legal_bases = checked(name, text, file.country, file.legal_basis)?;
        let without_identity_numbers = checked(name, text, file.country, file.without_identity_numbers)?;
        let calendar = Calendar::new(file.country, days_off).map_err(|error| format!("{name}: {error}"))?;
        Ok((
            file.country,
            Self {
                calendar,
                deadlines,
                protections,
                ages,
                references,
                legal_bases,
                without_identity_numbers,
            },
        ))
    }
}

/// What every dated row has in common.
trait Row {
    /// How messages name the row.
    fn label(&self) -> &str;
    fn valid_from(&self) -> NaiveDate;
    fn valid_to(&self) -> Option<NaiveDate>;
    /// Whether both rows say something about the same thing, so that only one may be in force.
    fn same_as(&self, other: &Self) -> bool;
    /// What is wrong within the row.
    fn flaw(&self, country: Country) -> Option<&'static str>;

    fn in_force(&self, day: NaiveDate) -> bool {
        self.valid_from() <= day && self.valid_to().is_none_or(|end| day < end)
    }

    fn overlaps(&self, other: &Self) -> bool {
        let begins_before_end_of =
            |one: &Self, two: &Self| two.valid_to().is_none_or(|end| one.valid_from() < end);
        begins_before_end_of(self, other) && begins_before_end_of(other, self)
    }
}

fn checked<R: Row>(
    name: &str,
    text: &str,
    country: Country,
    rows: Vec<Spanned<R>>,
) -> Result<Vec<R>, String> {
    let mut sound: Vec<R> = Vec::with_capacity(rows.len());
    for row in rows {
        let line = 1 + text.bytes().take(row.span().start).filter(|byte| *byte == b'\n').count();
        let row = row.into_inner();
        let refuse = |flaw: &str| Err(format!("{name}, line {line}: {}: {flaw}", row.label()));
        if row.valid_to().is_some_and(|end| end <= row.valid_from()) {
            return refuse("valid_to is not after valid_from");
        }
        if let Some(flaw) = row.flaw(country) {
            return refuse(flaw);
        }
        if let Some(other) = sound.iter().find(|other| other.same_as(&row) && other.overlaps(&row)) {
            return refuse(&format!("in force together with {} from {}", other.label(), other.valid_from()));
        }
        sound.push(row);
    }
    Ok(sound)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    const DAYS: &str = r#"
        [[day_off]]
        name = "Søndag"
        on = { weekly = "sunday" }
        valid_from = "1970-01-01"
        source = "law"
        confidence = "high"
    "#;

    fn deadline(code: &str, more: &str) -> String {
        format!(
            "[[deadline]]\ncode = \"{code}\"\ncountry = \"NO\"\nstarts = \"notice\"\nlength = 3\n\
             unit = \"weeks\"\ncounting = \"start_day_excluded\"\nroll_forward = true\n\
             legal = true\nsource = \"law\"\n\
             confidence = \"high\"\n{more}\n"
        )
    }

    /// What loading says when the Norwegian file is this one.
    fn load(norwegian: &str) -> Result<Rules, String> {
        let [_, dk, se] = EMBEDDED;
        Rules::load(&[("no.toml", norwegian), dk, se])
    }

    fn refusal(rows: &str) -> String {
        load(&format!("country = \"NO\"\n{DAYS}\n{rows}")).unwrap_err()
    }

    #[test]
    fn the_embedded_files_are_sound() {
        let rules = Rules::embedded().unwrap();
        for country in Country::ALL.iter().copied() {
            assert_eq!(rules.calendar(country).country(), country);
            assert!(rules.deadlines(country).iter().all(|rule| rule.country == country));
        }
    }

    #[test]
    fn a_rule_is_found_by_its_code_with_or_without_the_country() {
        let rules = Rules::embedded().unwrap();
        let today = day("2026-11-21");
        for country in Country::ALL.iter().copied() {
            for short in ["FIRST_CONTACT", "FOLLOW_UP"] {
                let rule = rules.deadline(short, country, today).unwrap();
                assert_eq!(rule.code, format!("{country}_{short}"));
                assert_eq!(rules.deadline(&rule.code, country, today), Some(rule));
                assert!(!rule.legal, "{}", rule.code);
            }
            assert_eq!(rules.deadline("GDPR_ACCESS", country, today).unwrap().code, "GDPR_ACCESS");
        }
        assert_eq!(rules.deadline("NO_FIRST_CONTACT", Country::Se, today), None);
        assert_eq!(rules.deadline("UNKNOWN", Country::No, today), None);
    }

    #[test]
    fn every_known_deadline_has_its_length() {
        let rules = Rules::embedded().unwrap();
        for code in [
            "NO_PBRL_COMPLAINT 4 weeks",
            "NO_FVL_COMPLAINT 3 weeks",
            "NO_FVL_PROVISIONAL 1 months",
            "NO_FVL_LATE_MAX 1 years",
            "NO_FVL_COSTS 3 weeks",
            "NO_FVL_DETRIMENT 3 months",
            "NO_PARTSINNSYN_REFUSAL 3 weeks",
            "NO_FIRST_CONTACT 5 working_days",
            "NO_FOLLOW_UP 2 months",
            "DK_RSL_COMPLAINT 4 weeks",
            "DK_RSL_REASSESS 4 weeks",
            "DK_BA_CONSENT 14 days",
            "SE_FL_APPEAL 3 weeks",
            "SE_FL_DELAY 4 weeks",
            "SE_FB_LIST 2 months",
            "SE_FB_YEAR 2 months",
            "SE_FB_FINAL 1 months",
            "SE_LPT_STOD 4 weeks",
        ] {
            let (code, length) = code.split_once(' ').unwrap();
            let country = code[..2].parse().unwrap();
            let rule = rules.deadline(code, country, day("2026-11-21")).unwrap();
            assert_eq!(format!("{} {}", rule.length, rule.unit.as_str()), length, "{code}");
        }
    }

    #[test]
    fn the_row_in_force_on_the_day_is_picked() {
        let old = deadline("NO_X", "valid_from = \"2000-01-01\"\nvalid_to = \"2020-01-01\"");
        let new = deadline("NO_X", "valid_from = \"2020-01-01\"").replace("length = 3", "length = 4");
        let rules = load(&format!("country = \"NO\"\n{DAYS}\n{new}{old}")).unwrap();
        let length = |text| rules.deadline("X", Country::No, day(text)).map(|rule| rule.length.get());
        assert_eq!(length("1999-12-31"), None);
        assert_eq!(length("2000-01-01"), Some(3));
        assert_eq!(length("2019-12-31"), Some(3));
        assert_eq!(length("2020-01-01"), Some(4));
    }

    #[test]
    fn a_bad_row_is_named_with_file_and_line() {
        let sound = deadline("NO_X", "valid_from = \"2020-01-01\"");
        for (rows, expected) in [
            (deadline("NO_X", "valid_from = \"2020-01-01\"\nlenght = 2"), "unknown field `lenght`"),
            (sound.replace("weeks", "fortnights"), "unknown variant `fortnights`"),
            (sound.replace("length = 3", "length = 0"), "nonzero"),
            (sound.replace("2020-01-01", "2021-02-29"), "input is out of range"),
            (sound.replace("source = \"law\"\n", ""), "missing field `source`"),
            (
                deadline("NO_X", "valid_from = \"2020-01-01\"\nvalid_to = \"2020-01-01\""),
                "NO_X: valid_to is not after",
            ),
            (sound.replace("country = \"NO\"", "country = \"SE\""), "NO_X: country is not the file's"),
            (deadline("no-x", "valid_from = \"2020-01-01\""), "no-x: a code is written"),
            (deadline("SE_X", "valid_from = \"2020-01-01\""), "SE_X: a code begins with"),
            (sound.replace("source = \"law\"", "source = \"\""), "NO_X: no source"),
            (sound.repeat(2), "NO_X: in force together with NO_X from 2020-01-01"),
        ] {
            let message = refusal(&rows);
            assert!(message.starts_with("no.toml") && message.contains("line "), "{message}");
            assert!(message.contains(expected), "{message}");
        }
        assert!(refusal(&sound.repeat(2)).starts_with("no.toml, line 22: "), "{}", refusal(&sound.repeat(2)));
    }

    #[test]
    fn a_bad_day_off_is_named_with_file_and_line() {
        let with = |on: &str| DAYS.replace("{ weekly = \"sunday\" }", on).replace("Søndag", "Fridag");
        for (rows, expected) in [
            (
                with(r#"{ weekday_in_range = { weekday = "sat", first = "06-26", last = "06-20" } }"#),
                "upside down",
            ),
            (
                with(r#"{ weekday_in_range = { weekday = "sat", first = "06-20", last = "06-25" } }"#),
                "seven days",
            ),
            (
                with(r#"{ weekday_in_range = { weekday = "sat", first = "06-20", last = "06-26", x = 1 } }"#),
                "unexpected keys in table: x",
            ),
            (with(r#"{ fixed = "02-30" }"#), "not a day of the year"),
            (with(r#"{ weekly = "someday" }"#), "someday"),
            (with("{ sometimes = 3 }"), "unknown variant `sometimes`"),
            (DAYS.to_owned(), "Søndag: in force together with Søndag from 1970-01-01"),
            (with("{ weekly = \"sunday\" }"), "Fridag: in force together with Søndag from 1970-01-01"),
        ] {
            let message = refusal(&format!("{rows}\n{}", deadline("NO_X", "valid_from = \"2020-01-01\"")));
            assert!(message.starts_with("no.toml") && message.contains("line "), "{message}");
            assert!(message.contains(expected), "{message}");
        }
    }

    #[test]
    fn what_began_so_long_ago_is_over() {
        let rules = Rules::embedded().unwrap();
        let since = |code: &str, moment: &str| {
            let since = rules.over_since(code, Country::No, moment.parse().unwrap()).unwrap();
            since.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
        };
        assert_eq!(since("DISCLOSURE_ACKNOWLEDGEMENT", "2026-11-22T08:30:00Z"), "2026-11-21T08:30:00Z");
        assert_eq!(since("DISCLOSURE_RECEIPT", "2026-03-03T23:59:59Z"), "2026-02-24T23:59:59Z");
        // Five working days end on no Sunday; and what begins on a day off ends with what began before it.
        assert_eq!(since("FIRST_CONTACT", "2026-11-22T08:30:00Z"), "2026-11-16T00:00:00Z");
        assert_eq!(since("FIRST_CONTACT", "2026-11-20T08:30:00Z"), "2026-11-13T08:30:00Z");
        let before = "1969-06-01T00:00:00Z".parse().unwrap();
        assert_eq!(rules.over_since("FIRST_CONTACT", Country::No, before), None);
    }

    #[test]
    fn a_country_has_exactly_one_file_and_a_day_to_work() {
        let [no, dk, se] = EMBEDDED;
        assert_eq!(Rules::load(&[no, dk]).unwrap_err(), "no file for SE");
        assert_eq!(Rules::load(&[no, dk, se, no]).unwrap_err(), "data/rules/no.toml: a second file for NO");
        let week = ["mon", "tue", "wed", "thu", "fri", "sat"];
        let days: String =
            week.iter().map(|name| DAYS.replace("sunday", name).replace("Søndag", name)).collect();
        let message = refusal(&format!("{days}\n{}", deadline("NO_X", "valid_from = \"2020-01-01\"")));
        assert!(message.contains("every day of the week is off"), "{message}");
    }
}
