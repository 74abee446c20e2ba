//! Deadlines: how long, counted how, and whether they move past days off.

use std::num::NonZeroU16;

use chrono::{Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Calendar, Confidence, Row};
use crate::identifiers::Country;

/// What the length of a deadline is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Days that are not off in the country's calendar.
    WorkingDays,
    /// Days of any sort.
    Days,
    /// Weeks: they end on the same weekday.
    Weeks,
    /// Months: they end on the same date, or on the last day of a shorter month.
    Months,
    /// Years: as months.
    Years,
}

impl Unit {
    /// The unit as it is written in rows, such as `working_days`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::WorkingDays => "working_days",
            Self::Days => "days",
            Self::Weeks => "weeks",
            Self::Months => "months",
            Self::Years => "years",
        }
    }
}

/// Which days are counted. All three countries count in one way; a law that counts otherwise is a new kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counting {
    /// The day the deadline starts is not counted (domstolloven § 148, lag 1930:173 1 §, Danish practice).
    StartDayExcluded,
}

/// A row that tells how long somebody has for something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeadlineRule {
    /// Its lasting name, such as `NO_FVL_COMPLAINT`; with `valid_from` it names one row for ever.
    pub code: String,
    /// The country whose calendar it follows.
    pub country: Country,
    /// What sets it going.
    pub starts: String,
    /// How many units.
    pub length: NonZeroU16,
    /// What the length is measured in.
    pub unit: Unit,
    /// Which days are counted.
    pub counting: Counting,
    /// A person's deadline moves past days off. An authority's own duty does not: it keeps the exact date and
    /// warns.
    pub roll_forward: bool,
    /// The law orders it; otherwise it is custom or our proposal.
    pub legal: bool,
    /// Where it stands.
    pub source: String,
    /// How well it is known.
    pub confidence: Confidence,
    /// The first day it may start under this row.
    pub valid_from: NaiveDate,
    /// The first day it may no longer start under this row.
    pub valid_to: Option<NaiveDate>,
}

/// When something must be done, and when to remind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Due {
    /// The last day to do it.
    pub due_on: NaiveDate,
    /// The day to warn an authority of its own duty; none where the deadline is a person's.
    pub warn_on: Option<NaiveDate>,
}

impl DeadlineRule {
    /// The last day, for a deadline that starts on `start`.
    pub fn due_on(&self, calendar: &Calendar, start: NaiveDate) -> NaiveDate {
        let Counting::StartDayExcluded = self.counting;
        let length = self.length.get();
        let last = match self.unit {
            Unit::WorkingDays => Some(calendar.add_working_days(start, length)),
            Unit::Days => start.checked_add_days(Days::new(u64::from(length))),
            Unit::Weeks => start.checked_add_days(Days::new(7 * u64::from(length))),
            Unit::Months => start.checked_add_months(Months::new(u32::from(length))),
            Unit::Years => start.checked_add_months(Months::new(12 * u32::from(length))),
        }
        // Beyond the last date there is: as far away as can be said.
        .unwrap_or(NaiveDate::MAX);
        if self.roll_forward { calendar.roll_forward(last) } else { last }
    }

    /// The last working day before an authority's own duty falls due; none for a deadline that rolls forward.
    pub fn warn_on(&self, calendar: &Calendar, start: NaiveDate) -> Option<NaiveDate> {
        (!self.roll_forward).then(|| calendar.previous_working_day(self.due_on(calendar, start)))
    }

    /// Both days at once.
    pub fn due(&self, calendar: &Calendar, start: NaiveDate) -> Due {
        Due { due_on: self.due_on(calendar, start), warn_on: self.warn_on(calendar, start) }
    }

    /// The code without the country before it.
    pub fn short_code(&self) -> &str {
        let short = self.code.strip_prefix(self.country.word()).and_then(|rest| rest.strip_prefix('_'));
        short.unwrap_or(&self.code)
    }
}

impl Row for DeadlineRule {
    fn label(&self) -> &str {
        &self.code
    }

    fn valid_from(&self) -> NaiveDate {
        self.valid_from
    }

    fn valid_to(&self) -> Option<NaiveDate> {
        self.valid_to
    }

    fn same_as(&self, other: &Self) -> bool {
        self.short_code() == other.short_code()
    }

    fn flaw(&self, country: Country) -> Option<&'static str> {
        let own = self.code.starts_with("GDPR_") || self.short_code() != self.code;
        let written = |byte: u8| matches!(byte, b'A'..=b'Z' | b'0'..=b'9' | b'_');
        match self {
            _ if self.country != country => Some("country is not the file's"),
            _ if !self.code.bytes().all(written) => {
                Some("a code is written in capitals, digits and underscores")
            }
            _ if !own => Some("a code begins with its country, or with GDPR"),
            _ if self.source.is_empty() => Some("no source"),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use chrono::Datelike;
    use proptest::prelude::*;

    use super::*;
    use crate::rules::Rules;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn rules() -> &'static Rules {
        static RULES: LazyLock<Rules> = LazyLock::new(|| Rules::embedded().unwrap());
        &RULES
    }

    fn due(code: &str, country: Country, start: &str) -> String {
        rules().due(code, country, day(start)).unwrap().1.due_on.to_string()
    }

    fn rule(length: u16, unit: Unit, roll_forward: bool) -> DeadlineRule {
        DeadlineRule {
            code: "NO_X".to_owned(),
            country: Country::No,
            starts: "notice".to_owned(),
            length: NonZeroU16::new(length).unwrap(),
            unit,
            counting: Counting::StartDayExcluded,
            roll_forward,
            legal: true,
            source: "law".to_owned(),
            confidence: Confidence::High,
            valid_from: day("1970-01-01"),
            valid_to: None,
        }
    }

    #[test]
    fn no_1_four_weeks_end_on_maundy_thursday_and_roll_past_easter() {
        assert_eq!(due("NO_PBRL_COMPLAINT", Country::No, "2026-03-05"), "2026-04-07");
    }

    #[test]
    fn dk_2_four_weeks_end_on_constitution_day_and_roll_past_the_weekend() {
        assert_eq!(due("DK_RSL_COMPLAINT", Country::Dk, "2026-05-08"), "2026-06-08");
    }

    #[test]
    fn se_1_three_weeks_end_on_midsummer_eve_and_roll_past_the_weekend() {
        assert_eq!(due("SE_FL_APPEAL", Country::Se, "2026-05-29"), "2026-06-22");
    }

    #[test]
    fn an_authoritys_own_duty_keeps_its_date_and_warns_before() {
        let rules = rules();
        let (rule, due) = rules.due("NO_FVL_PROVISIONAL", Country::No, day("2026-03-02")).unwrap();
        assert!(rule.legal && !rule.roll_forward);
        assert_eq!(due, Due { due_on: day("2026-04-02"), warn_on: Some(day("2026-04-01")) });
        let complaint = rules.due("NO_FVL_COMPLAINT", Country::No, day("2026-03-02")).unwrap().1;
        assert_eq!(complaint.warn_on, None);
    }

    #[test]
    fn the_yearly_account_is_due_before_the_first_of_march() {
        assert_eq!(due("SE_FB_YEAR", Country::Se, "2024-12-31"), "2025-02-28");
        assert_eq!(due("SE_FB_YEAR", Country::Se, "2027-12-31"), "2028-02-29");
        // 28 February 2026 is a Saturday.
        assert_eq!(due("SE_FB_YEAR", Country::Se, "2025-12-31"), "2026-03-02");
    }

    #[test]
    fn first_contact_is_counted_in_working_days() {
        assert_eq!(due("FIRST_CONTACT", Country::No, "2026-03-31"), "2026-04-10");
        assert_eq!(due("FIRST_CONTACT", Country::Se, "2026-03-31"), "2026-04-09");
        assert_eq!(due("FIRST_CONTACT", Country::Dk, "2026-09-11"), "2026-09-18");
    }

    #[test]
    fn months_end_on_the_last_day_where_the_date_is_missing() {
        let calendar = rules().calendar(Country::No);
        for (length, unit, start, expected) in [
            (1, Unit::Months, "2026-01-31", "2026-02-28"),
            (1, Unit::Months, "2028-01-31", "2028-02-29"),
            (3, Unit::Months, "2026-11-30", "2027-02-28"),
            (1, Unit::Months, "2026-02-28", "2026-03-28"),
            (1, Unit::Years, "2028-02-29", "2029-02-28"),
            (4, Unit::Years, "2028-02-29", "2032-02-29"),
            (14, Unit::Days, "2026-12-24", "2027-01-07"),
            (3, Unit::Weeks, "2028-02-15", "2028-03-07"),
        ] {
            assert_eq!(rule(length, unit, false).due_on(calendar, day(start)), day(expected), "{start}");
        }
    }

    #[test]
    fn a_deadline_beyond_time_is_the_last_day_of_it() {
        let calendar = rules().calendar(Country::No);
        for unit in [Unit::WorkingDays, Unit::Days, Unit::Weeks, Unit::Months, Unit::Years] {
            assert_eq!(rule(u16::MAX, unit, false).due_on(calendar, NaiveDate::MAX), NaiveDate::MAX);
        }
    }

    fn any_rule() -> impl Strategy<Value = DeadlineRule> {
        let unit =
            prop::sample::select(vec![Unit::WorkingDays, Unit::Days, Unit::Weeks, Unit::Months, Unit::Years]);
        (1_u16..30, unit, any::<bool>()).prop_map(|(length, unit, rolls)| rule(length, unit, rolls))
    }

    proptest! {
        #[test]
        fn a_later_start_or_a_longer_rule_is_never_due_earlier(
            rule in any_rule(), from in 0_u64..80_000, later in 0_u64..60, which in 0_usize..3,
        ) {
            let rules = rules();
            let calendar = rules.calendar(Country::ALL[which]);
            let start = day("1970-01-01") + Days::new(from);
            let due = rule.due_on(calendar, start);
            prop_assert!(due > start);
            prop_assert!(due <= rule.due_on(calendar, start + Days::new(later)));
            let longer = DeadlineRule { length: rule.length.saturating_add(1), ..rule };
            prop_assert!(due <= longer.due_on(calendar, start));
        }

        #[test]
        fn rolling_ends_on_a_working_day_with_only_days_off_before_it(
            rule in any_rule(), from in 0_u64..80_000, which in 0_usize..3,
        ) {
            let rules = rules();
            let calendar = rules.calendar(Country::ALL[which]);
            let start = day("1970-01-01") + Days::new(from);
            let exact = DeadlineRule { roll_forward: false, ..rule.clone() }.due_on(calendar, start);
            let rolled = DeadlineRule { roll_forward: true, ..rule.clone() }.due_on(calendar, start);
            prop_assert!(calendar.is_working_day(rolled));
            let mut passed = exact.iter_days().take_while(|day| *day < rolled);
            prop_assert!(passed.all(|day| !calendar.is_working_day(day)));
            let warn = DeadlineRule { roll_forward: false, ..rule }.warn_on(calendar, start).unwrap();
            prop_assert!(warn < exact && calendar.is_working_day(warn));
        }

        #[test]
        fn weeks_keep_the_weekday_and_months_the_date(from in 0_u64..80_000, length in 1_u16..40) {
            let rules = rules();
            let calendar = rules.calendar(Country::No);
            let start = day("1970-01-01") + Days::new(from);
            let weeks = rule(length, Unit::Weeks, false).due_on(calendar, start);
            prop_assert_eq!(weeks.weekday(), start.weekday());
            prop_assert_eq!(weeks, rule(7 * length, Unit::Days, false).due_on(calendar, start));
            let months = rule(length, Unit::Months, false).due_on(calendar, start);
            let last_of_month = months.succ_opt().unwrap().day() == 1;
            prop_assert!(months.day() == start.day() || (months.day() < start.day() && last_of_month));
            let month_number = |day: NaiveDate| day.year() * 12 + i32::try_from(day.month()).unwrap();
            prop_assert_eq!(month_number(months) - month_number(start), i32::from(length));
            prop_assert_eq!(
                rule(length, Unit::Years, false).due_on(calendar, start),
                rule(12 * length, Unit::Months, false).due_on(calendar, start)
            );
        }
    }
}
