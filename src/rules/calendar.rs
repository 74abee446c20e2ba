//! Which days count as working days, and why the others do not.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::rule::{Content, Rule};

/// Easter Sunday of a Gregorian year, by the anonymous algorithm (Meeus, Jones, Butcher); none outside the
/// years a date can have.
pub fn easter_sunday(year: i32) -> Option<NaiveDate> {
    let golden = year.rem_euclid(19);
    let (century, of_century) = (year.div_euclid(100), year.rem_euclid(100));
    let moon_correction = (century - (century + 8).div_euclid(25) + 1).div_euclid(3);
    let epact = (19 * golden + century - century.div_euclid(4) - moon_correction + 15).rem_euclid(30);
    let to_sunday =
        (32 + 2 * century.rem_euclid(4) + 2 * (of_century / 4) - epact - of_century % 4).rem_euclid(7);
    // Pulls back the two dates the church does not use: 26 April, and a second 25 April in one cycle.
    let pulled_back = (golden + 11 * epact + 22 * to_sunday) / 451;
    // 22 March is 22 days into a month 3 of 31 days, and so is every day counted from there.
    let days = u32::try_from(epact + to_sunday - 7 * pulled_back).ok()? + 3 * 31 + 21;
    NaiveDate::from_ymd_opt(year, days / 31, days % 31 + 1)
}

/// A day of any year, written `MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MonthDay {
    month: u32,
    day: u32,
}

impl MonthDay {
    fn of(date: NaiveDate) -> Self {
        Self { month: date.month(), day: date.day() }
    }
}

impl TryFrom<String> for MonthDay {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        // A leap year, so that 29 February is a day too.
        let date = NaiveDate::parse_from_str(&format!("2000-{text}"), "%Y-%m-%d");
        date.map(Self::of).map_err(|error| format!("`{text}` is not a day of the year, MM-DD: {error}"))
    }
}

impl From<MonthDay> for String {
    fn from(MonthDay { month, day }: MonthDay) -> Self {
        format!("{month:02}-{day:02}")
    }
}

/// The kinds of day off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Recurrence {
    /// The same weekday each week.
    Weekly(Weekday),
    /// The same date each year.
    Fixed(MonthDay),
    /// So many days after Easter Sunday, or before it.
    Easter(i8),
    /// The one such weekday from `first` to `last`, both included.
    WeekdayInRange {
        /// The weekday.
        weekday: Weekday,
        /// The first day it may fall on.
        first: MonthDay,
        /// The last day it may fall on.
        last: MonthDay,
    },
}

impl Recurrence {
    fn falls_on(&self, day: NaiveDate) -> bool {
        match *self {
            Self::Weekly(weekday) => day.weekday() == weekday,
            Self::Fixed(date) => MonthDay::of(day) == date,
            Self::Easter(offset) => easter_sunday(day.year())
                .is_some_and(|easter| day.signed_duration_since(easter).num_days() == i64::from(offset)),
            Self::WeekdayInRange { weekday, first, last } => {
                day.weekday() == weekday && (first..=last).contains(&MonthDay::of(day))
            }
        }
    }

    fn flaw(&self) -> Option<&'static str> {
        let (first, last) = match self {
            // Easter comes on 22 March at the earliest.
            Self::Easter(..-80) => {
                return Some("in some years the day would be in the year before its Easter's");
            }
            Self::WeekdayInRange { first, last, .. } => (first, last),
            _ => return None,
        };
        let date = |at: &MonthDay| NaiveDate::from_ymd_opt(2000, at.month, at.day);
        match (date(first)?, date(last)?) {
            (first, last) if last < first => Some("the range is upside down"),
            (first, last) if first + Days::new(6) != last => {
                Some("the range is not seven days, so the day would not come once a year")
            }
            _ => None,
        }
    }
}

/// Days on which a deadline cannot end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayOff {
    /// When it comes.
    pub on: Recurrence,
    /// Not a holiday by law, yet deadlines roll past it as if it were.
    #[serde(default)]
    pub roll_forward_only: bool,
}

impl Content for DayOff {
    fn flaw(rule: &Rule<Self>) -> Option<&'static str> {
        rule.on.flaw()
    }
}

/// The days off of a country, and of an organisation in it.
#[derive(Clone, Debug, Default)]
pub struct Calendar<'a>(Vec<&'a Rule<DayOff>>);

impl<'a> FromIterator<&'a Rule<DayOff>> for Calendar<'a> {
    fn from_iter<T: IntoIterator<Item = &'a Rule<DayOff>>>(rows: T) -> Self {
        Self(rows.into_iter().collect())
    }
}

impl<'a> Calendar<'a> {
    /// Whether there is a week without a day to work, where the search for the next one would not end.
    pub(super) fn is_idle(&self) -> bool {
        let weekly = self.0.iter().filter_map(|row| match row.on {
            Recurrence::Weekly(weekday) => Some(weekday.num_days_from_monday()),
            _ => None,
        });
        weekly.collect::<std::collections::BTreeSet<_>>().len() == 7
    }

    /// Why `day` is off: none on a working day, several where holidays fall together.
    pub fn reasons(&self, day: NaiveDate) -> impl Iterator<Item = &'a Rule<DayOff>> {
        self.0.iter().copied().filter(move |row| row.in_force(day) && row.on.falls_on(day))
    }

    /// The days off of a year that do not come every week, in order.
    pub fn holidays(&self, year: i32) -> impl Iterator<Item = (NaiveDate, &'a Rule<DayOff>)> {
        let first = NaiveDate::from_ymd_opt(year, 1, 1);
        let days =
            first.into_iter().flat_map(|day| day.iter_days()).take_while(move |day| day.year() == year);
        days.flat_map(|day| self.reasons(day).map(move |row| (day, row)))
            .filter(|(_, row)| !matches!(row.on, Recurrence::Weekly(_)))
    }

    /// Whether a deadline may end on `day`.
    pub fn is_working_day(&self, day: NaiveDate) -> bool {
        self.reasons(day).next().is_none()
    }

    /// The first working day after `day`.
    pub fn next_working_day(&self, day: NaiveDate) -> NaiveDate {
        day.succ_opt().map_or(day, |next| self.roll_forward(next))
    }

    /// The last working day before `day`.
    pub fn previous_working_day(&self, day: NaiveDate) -> NaiveDate {
        let before = std::iter::successors(day.pred_opt(), NaiveDate::pred_opt);
        before.take(366).find(|day| self.is_working_day(*day)).unwrap_or(day)
    }

    /// `day` itself if it is a working day, otherwise the first one after it.
    pub fn roll_forward(&self, day: NaiveDate) -> NaiveDate {
        day.iter_days().take(366).find(|day| self.is_working_day(*day)).unwrap_or(day)
    }

    /// So many working days after `day`, which itself is not counted.
    pub fn add_working_days(&self, day: NaiveDate, days: u16) -> NaiveDate {
        (0..days).fold(day, |day, _| self.next_working_day(day))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;
    use crate::{identifiers::Country, rules::Rules, words::Language};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn calendar(country: Country) -> Calendar<'static> {
        static RULES: LazyLock<Rules> = LazyLock::new(|| Rules::shipped().unwrap());
        RULES.calendar(country)
    }

    /// In its own language.
    fn called(country: Country, row: &'static Rule<DayOff>) -> &'static str {
        row.called(match country {
            Country::No => Language::Nb,
            Country::Dk => Language::Da,
            Country::Se => Language::Sv,
        })
    }

    /// Gauss's algorithm with the exceptions he added later, independent of the one above.
    fn easter_by_gauss(year: i32) -> NaiveDate {
        let (a, b, c) = (year % 19, year % 4, year % 7);
        let k = year / 100;
        let m = (15 - (13 + 8 * k) / 25 + k - k / 4) % 30;
        let n = (4 + k - k / 4) % 7;
        let d = (19 * a + m) % 30;
        let e = (2 * b + 4 * c + 6 * d + n) % 7;
        let from_22_march = match (d, e) {
            (29, 6) => 28,
            (28, 6) if a > 10 => 27,
            _ => d + e,
        };
        NaiveDate::from_ymd_opt(year, 3, 22).unwrap() + Days::new(u64::try_from(from_22_march).unwrap())
    }

    fn holidays(country: Country, year: i32) -> Vec<String> {
        calendar(country)
            .holidays(year)
            .map(|(day, row)| format!("{} {}", day.format("%m-%d"), called(country, row)))
            .collect()
    }

    #[test]
    fn easter_of_known_years() {
        for text in [
            "1818-03-22",
            "1943-04-25",
            "1981-04-19",
            "2000-04-23",
            "2008-03-23",
            "2011-04-24",
            "2024-03-31",
            "2025-04-20",
            "2026-04-05",
            "2027-03-28",
            "2028-04-16",
            "2038-04-25",
            "2285-03-22",
        ] {
            assert_eq!(easter_sunday(day(text).year()), Some(day(text)));
        }
    }

    #[test]
    fn every_easter_of_1900_to_2200_is_a_sunday_in_its_range() {
        for year in 1900..=2200 {
            let easter = easter_sunday(year).unwrap();
            assert_eq!(easter.weekday(), Weekday::Sun, "{year}");
            assert!(easter >= NaiveDate::from_ymd_opt(year, 3, 22).unwrap(), "{year}");
            assert!(easter <= NaiveDate::from_ymd_opt(year, 4, 25).unwrap(), "{year}");
        }
    }

    #[test]
    fn easter_agrees_with_gauss_over_a_whole_cycle() {
        assert!((1583..1583 + 5_700).all(|year| easter_sunday(year) == Some(easter_by_gauss(year))));
    }

    #[test]
    fn easter_of_extreme_years_is_a_sunday_or_none() {
        for year in [-262_143, -4_713, -1, 0, 1, 262_142] {
            assert_eq!(easter_sunday(year).unwrap().weekday(), Weekday::Sun, "{year}");
        }
        assert_eq!(easter_sunday(i32::MIN), None);
        assert_eq!(easter_sunday(i32::MAX), None);
    }

    #[test]
    fn norwegian_holidays_of_2026_and_2027() {
        assert_eq!(
            holidays(Country::No, 2026),
            [
                "01-01 Første nyttårsdag",
                "04-02 Skjærtorsdag",
                "04-03 Langfredag",
                "04-05 Første påskedag",
                "04-06 Andre påskedag",
                "05-01 Arbeidernes dag",
                "05-14 Kristi himmelfartsdag",
                "05-17 Grunnlovsdagen",
                "05-24 Første pinsedag",
                "05-25 Andre pinsedag",
                "12-25 Første juledag",
                "12-26 Andre juledag",
            ]
        );
        let together: Vec<_> =
            calendar(Country::No).reasons(day("2027-05-17")).map(|row| row.code.clone()).collect();
        assert_eq!(together.len(), 2, "{together:?}");
        let calendar = calendar(Country::No);
        assert!(calendar.is_working_day(day("2026-12-24")) && calendar.is_working_day(day("2026-12-31")));
    }

    #[test]
    fn danish_holidays_before_and_after_the_end_of_store_bededag() {
        assert_eq!(
            holidays(Country::Dk, 2026),
            [
                "01-01 Nytårsdag",
                "04-02 Skærtorsdag",
                "04-03 Langfredag",
                "04-05 Påskedag",
                "04-06 2. påskedag",
                "05-14 Kristi himmelfartsdag",
                "05-24 Pinsedag",
                "05-25 2. pinsedag",
                "06-05 Grundlovsdag",
                "12-24 Juleaftensdag",
                "12-25 1. juledag",
                "12-26 2. juledag",
                "12-31 Nytårsaftensdag",
            ]
        );
        let calendar = calendar(Country::Dk);
        assert!(!calendar.is_working_day(day("2023-05-05")));
        assert!(calendar.is_working_day(day("2024-04-26")));
        assert!(calendar.is_working_day(day("2026-05-01")));
        assert!(calendar.reasons(day("2026-06-05")).all(|row| row.roll_forward_only));
    }

    #[test]
    fn swedish_holidays_and_eves() {
        assert_eq!(
            holidays(Country::Se, 2026),
            [
                "01-01 Nyårsdagen",
                "01-06 Trettondedag jul",
                "04-03 Långfredagen",
                "04-05 Påskdagen",
                "04-06 Annandag påsk",
                "05-01 Första maj",
                "05-14 Kristi himmelsfärdsdag",
                "05-24 Pingstdagen",
                "06-06 Sveriges nationaldag",
                "06-19 Midsommarafton",
                "06-20 Midsommardagen",
                "10-31 Alla helgons dag",
                "12-24 Julafton",
                "12-25 Juldagen",
                "12-26 Annandag jul",
                "12-31 Nyårsafton",
            ]
        );
        let calendar = calendar(Country::Se);
        assert!(calendar.is_working_day(day("2026-04-02")), "skärtorsdag");
        assert!(calendar.is_working_day(day("2026-05-25")), "annandag pingst ended in 2005");
        assert!(!calendar.is_working_day(day("2004-05-31")) && calendar.is_working_day(day("2005-05-16")));
        assert!(calendar.is_working_day(day("2003-06-06")) && !calendar.is_working_day(day("2005-06-06")));
    }

    #[test]
    fn weekends_are_off_and_a_plain_week_is_not() {
        for country in Country::ALL.iter().copied() {
            let calendar = calendar(country);
            let working: Vec<_> =
                day("2026-09-07").iter_days().take(7).map(|day| calendar.is_working_day(day)).collect();
            assert_eq!(working, [true, true, true, true, true, false, false]);
        }
    }

    #[test]
    fn working_days_are_counted_over_easter() {
        let calendar = calendar(Country::No);
        assert_eq!(calendar.next_working_day(day("2026-04-01")), day("2026-04-07"));
        assert_eq!(calendar.previous_working_day(day("2026-04-07")), day("2026-04-01"));
        assert_eq!(calendar.add_working_days(day("2026-03-31"), 0), day("2026-03-31"));
        assert_eq!(calendar.add_working_days(day("2026-03-31"), 5), day("2026-04-10"));
        assert_eq!(calendar.roll_forward(day("2026-04-01")), day("2026-04-01"));
        assert_eq!(calendar.roll_forward(day("2026-04-02")), day("2026-04-07"));
    }

    #[test]
    fn the_last_days_of_time_end_the_search() {
        let calendar = calendar(Country::No);
        let _ = calendar.add_working_days(NaiveDate::MAX, 10);
        let _ = calendar.previous_working_day(NaiveDate::MIN);
    }

    #[test]
    fn days_of_the_year_are_written_as_they_are_read() {
        for text in ["01-01", "02-29", "12-31"] {
            assert_eq!(String::from(MonthDay::try_from(text.to_owned()).unwrap()), text);
        }
    }

    proptest! {
        #[test]
        fn each_movable_day_comes_once_a_year(year in 1970_i32..2200) {
            for (country, count) in [(Country::No, 12), (Country::Dk, 13), (Country::Se, 16)] {
                let abolished = match country {
                    Country::Dk if year < 2024 => 1,
                    _ => 0,
                };
                prop_assert_eq!(calendar(country).holidays(year).count(), count + abolished);
            }
        }

        #[test]
        fn next_and_previous_working_day_meet(from in 0_u64..80_000, which in 0_usize..3) {
            let calendar = calendar(Country::ALL[which]);
            let from = day("1970-01-01") + Days::new(from);
            let next = calendar.next_working_day(from);
            prop_assert!(next > from && calendar.is_working_day(next));
            let back = calendar.previous_working_day(next);
            prop_assert!(back <= from && calendar.is_working_day(back));
            prop_assert_eq!(back == from, calendar.is_working_day(from));
        }
    }
}
