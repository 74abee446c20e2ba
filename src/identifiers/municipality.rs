//! Municipality codes with their times. A code is text, because leading zeros matter, and it means something
//! only together with a country and a day: codes are split, merged and renumbered. Sources, licences and
//! known gaps of the table are in `data/SOURCES.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use chrono::NaiveDate;

use super::Country;

/// A code and the time it was, or is, in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Municipality {
    /// The country that gives the code.
    pub country: Country,
    /// The code: four digits in Norway and Sweden, three in Denmark.
    pub code: &'static str,
    /// The latest name it had under this code.
    pub name: &'static str,
    /// The first day the code is in force.
    pub valid_from: NaiveDate,
    /// The first day the code is no longer in force; none while it is.
    pub valid_to: Option<NaiveDate>,
    /// The codes that take over on `valid_to`, each the next one, not the end of a chain.
    pub successors: Vec<&'static str>,
}

impl Municipality {
    /// Whether the code is in force on `day`.
    pub fn in_force(&self, day: NaiveDate) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|end| day < end)
    }

    /// A line of the file. The file is part of the program and a test reads every line, so a line that does
    /// not fit is found before it is shipped.
    fn from_line(line: &'static str) -> Option<Self> {
        let mut fields = line.split(',');
        let mut next = || fields.next();
        Some(Self {
            country: next()?.parse().ok()?,
            code: next()?,
            name: next()?,
            valid_from: next()?.parse().ok()?,
            valid_to: match next()? {
                "" => None,
                day => Some(day.parse().ok()?),
            },
            successors: next()?.split(';').filter(|code| !code.is_empty()).collect(),
        })
    }
}

static FILE: &str = include_str!("../../data/municipalities.csv");

/// All rows of a code stand together: countries give the same codes, and a code may be given out again.
static TABLE: LazyLock<BTreeMap<&'static str, Vec<Municipality>>> = LazyLock::new(|| {
    let mut table = BTreeMap::<_, Vec<_>>::new();
    for row in FILE.lines().skip(1).filter_map(Municipality::from_line) {
        table.entry(row.code).or_default().push(row);
    }
    table
});

fn rows_of(country: Country, code: &str) -> impl Iterator<Item = &'static Municipality> + use<> {
    TABLE.get(code).into_iter().flatten().filter(move |row| row.country == country)
}

/// The municipality that has `code` on `day`.
pub fn municipality(country: Country, code: &str, day: NaiveDate) -> Option<&'static Municipality> {
    rows_of(country, code).find(|row| row.in_force(day))
}

/// Whether `code` is in force on `day`.
pub fn in_force(country: Country, code: &str, day: NaiveDate) -> bool {
    municipality(country, code, day).is_some()
}

/// All municipalities of a country on `day`, by code.
pub fn municipalities_in_force(
    country: Country,
    day: NaiveDate,
) -> impl Iterator<Item = &'static Municipality> {
    TABLE.values().flatten().filter(move |row| row.country == country && row.in_force(day))
}

/// The municipalities that answer on `day` for what was once under `code`: itself while it is in force,
/// otherwise the ends of all chains, by code. More than one means that the code was split and somebody must
/// choose; none means that the code is unknown or not yet given.
pub fn successors_on(country: Country, code: &str, day: NaiveDate) -> Vec<&'static Municipality> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    let mut open = vec![code];
    while let Some(code) = open.pop() {
        // Chains that part may meet again.
        if !seen.insert(code) {
            continue;
        }
        match municipality(country, code, day) {
            Some(row) => found.push(row),
            None => {
                let ended = |row: &&Municipality| row.valid_to.is_some_and(|end| end <= day);
                open.extend(rows_of(country, code).filter(ended).flat_map(|row| &row.successors));
            }
        }
    }
    found.sort_unstable_by_key(|row| row.code);
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn new_year(year: i32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, 1, 1).unwrap()
    }

    fn codes_on(code: &str, day: NaiveDate) -> Vec<&'static str> {
        successors_on(Country::No, code, day).iter().map(|row| row.code).collect()
    }

    fn rows() -> impl Iterator<Item = &'static Municipality> {
        TABLE.values().flatten()
    }

    #[test]
    fn every_line_of_the_file_is_a_sound_row() {
        assert_eq!(FILE.lines().next(), Some("country,code,name,valid_from,valid_to,successors"));
        for line in FILE.lines().skip(1) {
            let row = Municipality::from_line(line).unwrap();
            assert_eq!(line.matches(',').count(), 5, "{line}");
            assert_eq!(row.code.len(), if row.country == Country::Dk { 3 } else { 4 }, "{line}");
            assert!(row.code.bytes().all(|byte| byte.is_ascii_digit()) && !row.name.is_empty(), "{line}");
            assert!(row.valid_to.is_none_or(|end| row.valid_from < end), "{line}");
            assert_eq!(row.successors.is_empty(), row.valid_to.is_none(), "{line}");
        }
        assert_eq!(rows().count(), 1_228);
    }

    #[test]
    fn counts_in_force_agree_with_the_sources() {
        let count = |country, year| municipalities_in_force(country, new_year(year)).count();
        for (years, expected) in [
            (2012..=2012, 429),
            (2013..=2016, 428),
            (2017..=2017, 426),
            (2018..=2019, 422),
            (2020..=2023, 356),
            (2024..=2026, 357),
        ] {
            for year in years {
                assert_eq!(count(Country::No, year), expected, "Norway {year}");
            }
        }
        assert_eq!(count(Country::Dk, 2026), 98);
        assert_eq!(count(Country::Se, 2026), 290);
        assert_eq!(count(Country::Se, 2006), 289);
    }

    #[test]
    fn orkdal_becomes_orkland_over_two_codes() {
        assert_eq!(codes_on("1638", new_year(2012)), ["1638"]);
        assert_eq!(codes_on("1638", new_year(2018)), ["5024"]);
        assert_eq!(codes_on("1638", new_year(2019)), ["5024"]);
        assert_eq!(codes_on("1638", new_year(2020)), ["5059"]);
        assert_eq!(municipality(Country::No, "5059", new_year(2020)).unwrap().name, "Orkland");
    }

    #[test]
    fn codes_change_on_the_day_and_not_before() {
        let last_day = NaiveDate::from_ymd_opt(2019, 12, 31).unwrap();
        assert!(in_force(Country::No, "1014", last_day) && !in_force(Country::No, "1014", new_year(2020)));
        assert!(!in_force(Country::No, "4223", last_day) && in_force(Country::No, "4223", new_year(2020)));
        assert_eq!(codes_on("4223", last_day), <[&str; 0]>::default());
    }

    #[test]
    fn a_split_has_several_successors_and_a_merger_one() {
        assert_eq!(codes_on("0720", new_year(2017)), ["0704", "0710"]);
        assert_eq!(codes_on("1850", new_year(2020)), ["1806", "1875"]);
        assert_eq!(codes_on("5012", new_year(2020)), ["5055", "5056", "5059"]);
        assert_eq!(codes_on("1507", new_year(2024)), ["1508", "1580"]);
        assert_eq!(codes_on("1534", new_year(2023)), ["1507"]);
        assert_eq!(codes_on("1534", new_year(2024)), ["1508", "1580"]);
    }

    #[test]
    fn leading_zeros_and_the_country_matter() {
        let today = new_year(2026);
        assert_eq!(municipality(Country::No, "0301", today).unwrap().name, "Oslo - Oslove");
        assert_eq!(municipality(Country::Dk, "101", today).unwrap().name, "København");
        assert_eq!(municipality(Country::Dk, "461", today).unwrap().name, "Odense");
        for code in ["0180", "0680", "0182", "0480", "1880"] {
            assert!(in_force(Country::Se, code, today), "{code}");
        }
        for (country, code) in
            [(Country::No, "301"), (Country::Dk, "0101"), (Country::Se, "9999"), (Country::No, "")]
        {
            assert!(
                !in_force(country, code, today) && successors_on(country, code, today).is_empty(),
                "{code}"
            );
        }
    }

    #[test]
    fn every_code_that_ended_leads_to_codes_in_force_ever_after() {
        for row in rows() {
            for year in 1990..=2030 {
                let day = new_year(year);
                let found = successors_on(row.country, row.code, day);
                assert_eq!(found.is_empty(), day < row.valid_from, "{} in {year}", row.code);
                assert!(found.iter().all(|successor| successor.in_force(day)));
            }
        }
    }

    proptest! {
        #[test]
        fn going_in_two_steps_leads_to_the_same_place(
            at in 0_usize..1_228, first in 2000_i32..2030, more in 0_i32..20,
        ) {
            let row = rows().nth(at).unwrap();
            let codes = |code, year| -> BTreeSet<_> {
                successors_on(row.country, code, new_year(year)).iter().map(|found| found.code).collect()
            };
            prop_assume!(row.valid_from <= new_year(first));
            let then = codes(row.code, first);
            let stepwise = then.into_iter().flat_map(|code| codes(code, first + more)).collect();
            prop_assert_eq!(codes(row.code, first + more), stepwise);
        }
    }
}
