//! Deadlines: how long, counted how, and whether they move past days off.

use std::num::NonZeroU16;

use chrono::{Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{
    calendar::{Calendar, DayOff},
    rule::{Content, Rule},
};
use crate::db::text_enum;

text_enum! {
    /// What the length of a deadline is measured in: hours, days that are not off, days of any sort, weeks, which end on the
    /// same weekday, and months and years, which end on the same date, or on the last day of a shorter month.
    #[schema(as = DeadlineUnit)]
    pub enum Unit { Hours = "hours", WorkingDays = "working_days", Days = "days", Weeks = "weeks", Months = "months", Years = "years" }
}

impl Unit {
    /// Between how many and how many days so many of them are. Of working days nobody can say how many at most.
    const fn days(self, length: u32) -> (u32, u32) {
        match self {
            Self::Hours => (length / 24, length.div_ceil(24)),
            Self::WorkingDays => (length, u32::MAX),
            Self::Days => (length, length),
            Self::Weeks => (7 * length, 7 * length),
            Self::Months => (28 * length, 31 * length),
            Self::Years => (365 * length, 366 * length),
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

/// How long somebody has for something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeadlineRule {
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
}

text_enum! {
    /// What a step towards a deadline did: counted a day or the whole length, passed over a day off, or arrived.
    #[schema(as = DeadlineStepTaken)]
    pub enum Taken { Counted = "counted", Skipped = "skipped", Due = "due" }
}

/// A step from the start of a deadline to its last day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step<'a> {
    /// The day.
    pub on: NaiveDate,
    /// What was done there.
    pub taken: Taken,
    /// Why the day was passed over.
    pub because: Vec<&'a Rule<DayOff>>,
}

/// As many steps as can be told.
const MOST: usize = 1000;

/// When something must be done, and when to remind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Due {
    /// The last day to do it.
    pub due_on: NaiveDate,
    /// The last working day before, to tell an authority of its own duty; none where the deadline is a person's.
    pub warn_on: Option<NaiveDate>,
}

impl DeadlineRule {
    /// The last day, for a deadline that starts on `start`.
    pub fn due_on(&self, calendar: &Calendar, start: NaiveDate) -> NaiveDate {
        let Counting::StartDayExcluded = self.counting;
        let length = self.length.get();
        let last = match self.unit {
            // What begins within a day ends at that time of another.
            Unit::Hours => start.checked_add_days(Days::new(u64::from(length.div_ceil(24)))),
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

    /// The last working day before an authority's own duty falls due; none for a deadline that rolls forward, or is over
    /// before there was one.
    pub fn warn_on(&self, calendar: &Calendar, start: NaiveDate) -> Option<NaiveDate> {
        let before =
            (!self.roll_forward).then(|| calendar.previous_working_day(self.due_on(calendar, start)));
        before.filter(|day| *day >= start)
    }

    /// Both days at once.
    pub fn due(&self, calendar: &Calendar, start: NaiveDate) -> Due {
        Due { due_on: self.due_on(calendar, start), warn_on: self.warn_on(calendar, start) }
    }

    /// Whether this rule gives those whom `law` protects less than the law does: a person who has a right less time for it,
    /// or an authority that has a duty more.
    pub fn loosens(&self, law: &Self) -> bool {
        let (ours, theirs) = (u32::from(self.length.get()), u32::from(law.length.get()));
        let (less, more) = if self.unit == law.unit {
            (ours < theirs, ours > theirs)
        } else {
            let ((least, most), (at_least, at_most)) = (self.unit.days(ours), law.unit.days(theirs));
            (least < at_most, most > at_least)
        };
        if law.roll_forward { less || !self.roll_forward } else { more || self.roll_forward }
    }

    /// The way from `start` to the last day, one step after the other.
    pub fn steps<'a>(&self, calendar: &Calendar<'a>, start: NaiveDate) -> Vec<Step<'a>> {
        let step = |on, taken, because| Step { on, taken, because };
        let off = |day: NaiveDate| calendar.reasons(day).collect::<Vec<_>>();
        let due = self.due_on(calendar, start);
        let mut steps = Vec::new();
        let from = if self.unit == Unit::WorkingDays {
            start.succ_opt()
        } else {
            let exact = Self { roll_forward: false, ..self.clone() }.due_on(calendar, start);
            steps.push(step(exact, Taken::Counted, Vec::new()));
            Some(exact)
        };
        let days = from.into_iter().flat_map(|day| day.iter_days()).take_while(|day| *day <= due);
        for day in days.take(MOST) {
            match off(day) {
                because if !because.is_empty() && day < due => steps.push(step(day, Taken::Skipped, because)),
                _ if self.unit == Unit::WorkingDays => steps.push(step(day, Taken::Counted, Vec::new())),
                _ => {}
            }
        }
        steps.push(step(due, Taken::Due, Vec::new()));
        steps
    }
}

impl Content for DeadlineRule {
    fn flaw(rule: &Rule<Self>) -> Option<&'static str> {
        let own = rule.code.starts_with("GDPR_") || rule.short_code() != rule.code;
        let written = |byte: u8| matches!(byte, b'A'..=b'Z' | b'0'..=b'9' | b'_');
        match rule {
            _ if !rule.code.bytes().all(written) => {
                Some("a code is written in capitals, digits and underscores")
            }
            _ if !own => Some("a code begins with its country, or with GDPR"),
            // Beyond, no day can be told.
            _ if rule.unit == Unit::Years && rule.length.get() > 100 => {
                Some("a deadline of more than a hundred years")
            }
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
    use crate::{identifiers::Country, rules::Rules};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn rules() -> &'static Rules {
        static RULES: LazyLock<Rules> = LazyLock::new(|| Rules::shipped().unwrap());
        &RULES
    }

    fn due(code: &str, country: Country, start: &str) -> String {
        rules().due(code, country, day(start)).unwrap().1.due_on.to_string()
    }

    fn rule(length: u16, unit: Unit, roll_forward: bool) -> DeadlineRule {
        DeadlineRule {
            starts: "notice".to_owned(),
            length: NonZeroU16::new(length).unwrap(),
            unit,
            counting: Counting::StartDayExcluded,
            roll_forward,
        }
    }

    #[test]
    fn x10_no_1_four_weeks_end_on_maundy_thursday_and_roll_past_easter() {
        assert_eq!(due("NO_PBRL_COMPLAINT", Country::No, "2026-03-05"), "2026-04-07");
    }

    #[test]
    fn x10_dk_2_four_weeks_end_on_constitution_day_and_roll_past_the_weekend() {
        assert_eq!(due("DK_RSL_COMPLAINT", Country::Dk, "2026-05-08"), "2026-06-08");
    }

    #[test]
    fn x10_se_1_three_weeks_end_on_midsummer_eve_and_roll_past_the_weekend() {
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
            assert_eq!(rule(length, unit, false).due_on(&calendar, day(start)), day(expected), "{start}");
        }
    }

    #[test]
    fn a_deadline_beyond_time_is_the_last_day_of_it() {
        let calendar = rules().calendar(Country::No);
        for unit in [Unit::WorkingDays, Unit::Days, Unit::Weeks, Unit::Months, Unit::Years] {
            assert_eq!(rule(u16::MAX, unit, false).due_on(&calendar, NaiveDate::MAX), NaiveDate::MAX);
        }
    }

    #[test]
    fn hours_end_on_the_day_on_which_they_are_over() {
        let (rule, due) = rules().due("GDPR_BREACH", Country::No, day("2026-04-01")).unwrap();
        assert_eq!(
            (rule.unit, due.due_on, due.warn_on),
            (Unit::Hours, day("2026-04-04"), Some(day("2026-04-01")))
        );
    }

    #[test]
    fn the_steps_to_no_1_say_why_each_day_was_passed_over() {
        let rules = rules();
        let rule = rules.deadline("NO_PBRL_COMPLAINT", Country::No, day("2026-03-05")).unwrap();
        let calendar = rules.calendar(Country::No);
        let steps: Vec<_> = rule
            .steps(&calendar, day("2026-03-05"))
            .into_iter()
            .map(|step| {
                let because: Vec<_> = step.because.iter().map(|day| day.code.as_str()).collect();
                format!("{} {} {}", step.on.format("%m-%d"), step.taken, because.join("+"))
            })
            .collect();
        assert_eq!(
            steps,
            [
                "04-02 counted ",
                "04-02 skipped MAUNDY_THURSDAY",
                "04-03 skipped GOOD_FRIDAY",
                "04-04 skipped SATURDAY",
                "04-05 skipped SUNDAY+EASTER_SUNDAY",
                "04-06 skipped EASTER_MONDAY",
                "04-07 due ",
            ]
        );
    }

    fn any_rule() -> impl Strategy<Value = DeadlineRule> {
        let unit =
            prop::sample::select(vec![Unit::WorkingDays, Unit::Days, Unit::Weeks, Unit::Months, Unit::Years]);
        (1_u16..30, unit, any::<bool>()).prop_map(|(length, unit, rolls)| rule(length, unit, rolls))
    }

    proptest! {
        #[test]
        fn the_steps_end_where_the_deadline_does(rule in any_rule(), from in 0_u64..80_000, which in 0_usize..3) {
            let calendar = rules().calendar(Country::ALL[which]);
            let start = day("1970-01-01") + Days::new(from);
            let steps = rule.steps(&calendar, start);
            let last = steps.last().unwrap();
            prop_assert_eq!((last.on, last.taken), (rule.due_on(&calendar, start), Taken::Due));
            prop_assert!(steps.is_sorted_by_key(|step| step.on));
            let skipped = steps.iter().filter(|step| step.taken == Taken::Skipped);
            prop_assert!(skipped.into_iter().all(|step| !step.because.is_empty() && !calendar.is_working_day(step.on)));
            let counted = steps.iter().filter(|step| step.taken == Taken::Counted).count();
            prop_assert_eq!(counted, if rule.unit == Unit::WorkingDays { usize::from(rule.length.get()) } else { 1 });
        }

        #[test]
        fn a_later_start_or_a_longer_rule_is_never_due_earlier(
            rule in any_rule(), from in 0_u64..80_000, later in 0_u64..60, which in 0_usize..3,
        ) {
            let rules = rules();
            let calendar = rules.calendar(Country::ALL[which]);
            let start = day("1970-01-01") + Days::new(from);
            let due = rule.due_on(&calendar, start);
            prop_assert!(due > start);
            prop_assert!(due <= rule.due_on(&calendar, start + Days::new(later)));
            let longer = DeadlineRule { length: rule.length.saturating_add(1), ..rule.clone() };
            prop_assert!(due <= longer.due_on(&calendar, start));
        }

        #[test]
        fn rolling_ends_on_a_working_day_with_only_days_off_before_it(
            rule in any_rule(), from in 0_u64..80_000, which in 0_usize..3,
        ) {
            let rules = rules();
            let calendar = rules.calendar(Country::ALL[which]);
            let start = day("1970-01-01") + Days::new(from);
            let exact = DeadlineRule { roll_forward: false, ..rule.clone() }.due_on(&calendar, start);
            let rolled = DeadlineRule { roll_forward: true, ..rule.clone() }.due_on(&calendar, start);
            prop_assert!(calendar.is_working_day(rolled));
            let mut passed = exact.iter_days().take_while(|day| *day < rolled);
            prop_assert!(passed.all(|day| !calendar.is_working_day(day)));
            let warn = DeadlineRule { roll_forward: false, ..rule }.warn_on(&calendar, start);
            match warn {
                Some(warn) => prop_assert!(start <= warn && warn < exact && calendar.is_working_day(warn)),
                None => prop_assert!(calendar.previous_working_day(exact) < start),
            }
        }

        #[test]
        fn weeks_keep_the_weekday_and_months_the_date(from in 0_u64..80_000, length in 1_u16..40) {
            let rules = rules();
            let calendar = rules.calendar(Country::No);
            let start = day("1970-01-01") + Days::new(from);
            let weeks = rule(length, Unit::Weeks, false).due_on(&calendar, start);
            prop_assert_eq!(weeks.weekday(), start.weekday());
            prop_assert_eq!(weeks, rule(7 * length, Unit::Days, false).due_on(&calendar, start));
            let months = rule(length, Unit::Months, false).due_on(&calendar, start);
            let last_of_month = months.succ_opt().unwrap().day() == 1;
            prop_assert!(months.day() == start.day() || (months.day() < start.day() && last_of_month));
            let month_number = |day: NaiveDate| day.year() * 12 + i32::try_from(day.month()).unwrap();
            prop_assert_eq!(month_number(months) - month_number(start), i32::from(length));
            prop_assert_eq!(
                rule(length, Unit::Years, false).due_on(&calendar, start),
                rule(12 * length, Unit::Months, false).due_on(&calendar, start)
            );
        }
    }
}
