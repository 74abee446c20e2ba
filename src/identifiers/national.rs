//! Numbers of persons. A number is checked and brought to one form; birth date and sex are never read out of
//! it, because a corrected or new number would then change them, and Norwegian numbers lose both from 2032.

use std::fmt::{self, Debug, Formatter};

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Country, Flaw, digits, luhn, weighted, without_separator};

/// What sort of identity number it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NationalKind {
    /// Fødselsnummer (folkeregisterloven § 2-2).
    NoFnr,
    /// D-number, for those without a fødselsnummer (folkeregisterloven § 2-2): day + 40.
    NoDnr,
    /// H-number, a help number given locally in health care: month + 40.
    NoHnr,
    /// FH-number, the common help number of health care: begins with 8 or 9 and has no date.
    NoFhnr,
    /// Made by Skatteetaten for tests: month + 80, for D-numbers with day + 40 as well.
    NoSynthetic,
    /// CPR number (CPR-loven § 3).
    DkCpr,
    /// Personnummer (folkbokföringslagen 18 §).
    SePnr,
    /// Samordningsnummer (lag 2022:1697): day + 60.
    SeSamordning,
}

impl NationalKind {
    /// The country that issues this kind of number.
    pub const fn country(self) -> Country {
        match self {
            Self::NoFnr | Self::NoDnr | Self::NoHnr | Self::NoFhnr | Self::NoSynthetic => Country::No,
            Self::DkCpr => Country::Dk,
            Self::SePnr | Self::SeSamordning => Country::Se,
        }
    }

    /// The kind as it is written in answers and tables, such as `no_fnr`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoFnr => "no_fnr",
            Self::NoDnr => "no_dnr",
            Self::NoHnr => "no_hnr",
            Self::NoFhnr => "no_fhnr",
            Self::NoSynthetic => "no_synthetic",
            Self::DkCpr => "dk_cpr",
            Self::SePnr => "se_pnr",
            Self::SeSamordning => "se_samordning",
        }
    }
}

/// What the caller knows beforehand: only the country, or the very kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Any kind this country issues.
    Country(Country),
    /// This kind and no other.
    Kind(NationalKind),
}

impl From<Country> for Expected {
    fn from(country: Country) -> Self {
        Self::Country(country)
    }
}

impl From<NationalKind> for Expected {
    fn from(kind: NationalKind) -> Self {
        Self::Kind(kind)
    }
}

/// What the digits alone do not tell: where we run, and when.
#[derive(Clone, Copy, Debug)]
pub struct Environment {
    /// Real people are registered here: test numbers are refused, and the two switches below do nothing.
    pub production: bool,
    /// The day the number is read.
    pub today: NaiveDate,
    /// Accept the first check digit of 2032 already, as test data of today has it.
    pub k1_of_2032: bool,
    /// Read month + 40 as made for tests, as older test data has it, and not as a H-number.
    pub month_40_is_synthetic: bool,
}

impl Environment {
    /// Where real people are registered.
    pub const fn production(today: NaiveDate) -> Self {
        Self { production: true, today, k1_of_2032: false, month_40_is_synthetic: false }
    }

    /// Where test numbers belong. Both switches are off.
    pub const fn test(today: NaiveDate) -> Self {
        Self { production: false, ..Self::production(today) }
    }

    /// The relaxed rule lets four times as many typing errors through the first check digit, and no such
    /// number exists before 2032: hence not earlier than needed.
    fn accepts_k1_of_2032(&self) -> bool {
        self.today.year() >= 2032 || (self.k1_of_2032 && !self.production)
    }
}

/// A checked identity number in its one form. It does not show its digits by accident: ask
/// [`Self::normalised`].
#[derive(Clone, PartialEq, Eq)]
pub struct NationalId {
    kind: NationalKind,
    digits: String,
}

impl NationalId {
    /// Checks `text` as a number of the expected country or kind.
    pub fn parse(expected: impl Into<Expected>, text: &str, environment: &Environment) -> Result<Self, Flaw> {
        let (country, asked) = match expected.into() {
            Expected::Country(country) => (country, None),
            Expected::Kind(kind) => (kind.country(), Some(kind)),
        };
        let id = match country {
            Country::No => norwegian(text, environment, asked),
            Country::Dk => danish(text, environment),
            Country::Se => swedish(text, environment),
        }?;
        if asked.is_some_and(|kind| kind != id.kind) { Err(Flaw::OtherKind) } else { Ok(id) }
    }

    /// What sort of number it is.
    pub const fn kind(&self) -> NationalKind {
        self.kind
    }

    /// Digits only: 11 for Norway, 10 for Denmark, 12 for Sweden.
    pub fn normalised(&self) -> &str {
        &self.digits
    }
}

impl Debug for NationalId {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "NationalId({}, hidden)", self.kind.as_str())
    }
}

const K1_WEIGHTS: [u8; 10] = [3, 7, 6, 1, 8, 9, 4, 5, 2, 1];
const K2_WEIGHTS: [u8; 11] = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1];

/// `DDMMYY IIIKK` (folkeregisterforskriften). The century is not checked: from 2032 the middle digits no
/// longer tell it.
fn norwegian(text: &str, environment: &Environment, asked: Option<NationalKind>) -> Result<NationalId, Flaw> {
    let (text, _) = without_separator(text, &[' '], 5)?;
    let digits: [u8; 11] = digits(&text)?;
    let [d1, d2, m1, m2, y1, y2, ..] = digits;
    let (day, month) = (two(d1, d2), two(m1, m2));
    let kind = norwegian_kind(day, month, environment, asked);
    // 2000 was a leap year and 1900 was not: somebody may be born on 29 February 00.
    if kind != NationalKind::NoFhnr && !exists(2000 + i32::from(two(y1, y2)), month % 40, day % 40) {
        return Err(Flaw::Date);
    }
    // The relaxation is the population register's; help numbers without a date are not its numbers.
    let highest = if environment.accepts_k1_of_2032() && kind != NationalKind::NoFhnr { 3 } else { 0 };
    if weighted(&digits, &K1_WEIGHTS) % 11 > highest || !weighted(&digits, &K2_WEIGHTS).is_multiple_of(11) {
        return Err(Flaw::CheckDigit);
    }
    if kind == NationalKind::NoSynthetic && environment.production {
        return Err(Flaw::TestNumber);
    }
    Ok(NationalId { kind, digits: text })
}

/// Month + 40 is both a H-number and older test data, so the environment and the caller decide.
fn norwegian_kind(
    day: u8,
    month: u8,
    environment: &Environment,
    asked: Option<NationalKind>,
) -> NationalKind {
    let month_40 = match asked {
        _ if environment.production => NationalKind::NoHnr,
        Some(kind @ (NationalKind::NoHnr | NationalKind::NoSynthetic)) => kind,
        _ if environment.month_40_is_synthetic => NationalKind::NoSynthetic,
        _ => NationalKind::NoHnr,
    };
    match (day, month) {
        (80.., _) => NationalKind::NoFhnr,
        (_, 81..) | (41.., 41..) => NationalKind::NoSynthetic,
        (_, 41..) => month_40,
        (41.., _) => NationalKind::NoDnr,
        _ => NationalKind::NoFnr,
    }
}

/// `DDMMYY-SSSS`. The seventh digit gives the century (CPR-bekendtgørelsen). The old mod 11 check is not
/// required: numbers without it are issued since 2007.
fn danish(text: &str, environment: &Environment) -> Result<NationalId, Flaw> {
    let (text, _) = without_separator(text, &['-'], 4)?;
    let [d1, d2, m1, m2, y1, y2, s1, ..] = digits::<10>(&text)?;
    let (day, year) = (two(d1, d2), two(y1, y2));
    let century = match (s1, year) {
        (0..=3, _) | (4 | 9, 37..) => 1900,
        (5..=8, 58..) => 1800,
        _ => 2000,
    };
    // STIL's fictive numbers for tests have day + 60.
    let fictive = day > 60;
    if !exists(century + i32::from(year), two(m1, m2), if fictive { day - 60 } else { day }) {
        return Err(Flaw::Date);
    }
    if fictive && environment.production {
        return Err(Flaw::TestNumber);
    }
    Ok(NationalId { kind: NationalKind::DkCpr, digits: text })
}

/// `YYYYMMDD[-]NNNC`, or `YYMMDD-NNNC` where `+` is written from the year a person turns 100
/// (folkbokföringslagen 18 §).
fn swedish(text: &str, environment: &Environment) -> Result<NationalId, Flaw> {
    let (text, separator) = without_separator(text, &['-', '+'], 4)?;
    let text = match (digits::<10>(&text), separator) {
        (Ok([y1, y2, ..]), Some(separator)) => {
            let latest = environment.today.year() - if separator == '+' { 100 } else { 0 };
            let year = latest - (latest - i32::from(two(y1, y2))).rem_euclid(100);
            format!("{:02}{text}", year / 100)
        }
        _ => text,
    };
    let [c1, c2, short @ ..] = digits::<12>(&text)?;
    let [y1, y2, m1, m2, d1, d2, n1, n2, n3, _] = short;
    let (year, month, day) =
        (i32::from(two(c1, c2)) * 100 + i32::from(two(y1, y2)), two(m1, m2), two(d1, d2));
    let coordination = day > 60;
    let date =
        NaiveDate::from_ymd_opt(year, u32::from(month), u32::from(if coordination { day - 60 } else { day }))
            .ok_or(Flaw::Date)?;
    // `today` may be counted in UTC: a child born after midnight here is born tomorrow there.
    if year < 1800 || date.pred_opt() > Some(environment.today) {
        return Err(Flaw::Date);
    }
    let serial = u16::from(n1) * 100 + u16::from(two(n2, n3));
    if serial == 0 {
        return Err(Flaw::Format);
    }
    if !luhn(&short) {
        return Err(Flaw::CheckDigit);
    }
    // Skatteverket keeps 980–999 for tests.
    if serial >= 980 && environment.production {
        return Err(Flaw::TestNumber);
    }
    let kind = if coordination { NationalKind::SeSamordning } else { NationalKind::SePnr };
    Ok(NationalId { kind, digits: text })
}

fn two(tens: u8, ones: u8) -> u8 {
    tens * 10 + ones
}

fn exists(year: i32, month: u8, day: u8) -> bool {
    NaiveDate::from_ymd_opt(year, u32::from(month), u32::from(day)).is_some()
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn production() -> Environment {
        Environment::production(day("2026-11-21"))
    }

    fn test() -> Environment {
        Environment::test(day("2026-11-21"))
    }

    fn test_2032() -> Environment {
        Environment { k1_of_2032: true, ..test() }
    }

    fn kind(country: Country, text: &str, environment: &Environment) -> Result<NationalKind, Flaw> {
        NationalId::parse(country, text, environment).map(|id| id.kind())
    }

    fn no(text: &str, environment: &Environment) -> Result<NationalKind, Flaw> {
        kind(Country::No, text, environment)
    }

    fn dk(text: &str, environment: &Environment) -> Result<NationalKind, Flaw> {
        kind(Country::Dk, text, environment)
    }

    fn se(text: &str, environment: &Environment) -> Result<String, Flaw> {
        NationalId::parse(Country::Se, text, environment).map(|id| id.normalised().to_owned())
    }

    /// Every text that differs from `text` in exactly one digit.
    fn one_digit_changed(text: &str) -> Vec<String> {
        let replaced = |at: usize, new: char| -> String {
            text.chars().enumerate().map(|(place, old)| if place == at { new } else { old }).collect()
        };
        (0..text.len())
            .filter(|at| text.as_bytes()[*at].is_ascii_digit())
            .flat_map(|at| ('0'..='9').map(move |new| (at, new)))
            .map(|(at, new)| replaced(at, new))
            .filter(|changed| changed != text)
            .collect()
    }

    /// Nine digits with the check digits that follow from them, if any are issued.
    fn norwegian_number(nine: [u8; 9]) -> Option<String> {
        let check = |sum: u32| u8::try_from((11 - sum % 11) % 11).ok().filter(|digit| *digit < 10);
        let k1 = check(weighted(&nine, &K1_WEIGHTS))?;
        let k2 = check(weighted(&[nine.as_slice(), &[k1]].concat(), &K2_WEIGHTS))?;
        Some(nine.iter().chain(&[k1, k2]).map(|digit| char::from(b'0' + digit)).collect())
    }

    #[test]
    fn norwegian_vectors_under_the_old_and_the_new_rule() {
        assert_eq!(no("02013299997", &production()), Ok(NationalKind::NoFnr));
        assert_eq!(no("02013299997", &test_2032()), Ok(NationalKind::NoFnr));
        assert_eq!(no("30108299939", &production()), Err(Flaw::CheckDigit));
        assert_eq!(no("30108299939", &test()), Err(Flaw::CheckDigit));
        assert_eq!(no("30108299939", &test_2032()), Ok(NationalKind::NoFnr));
        assert_eq!(no("15819010029", &production()), Err(Flaw::TestNumber));
        assert_eq!(no("15819010029", &test()), Ok(NationalKind::NoSynthetic));
        for environment in [production(), test(), test_2032()] {
            assert!(no("12345678910", &environment).is_err());
        }
    }

    #[test]
    fn norwegian_kinds_agree_with_the_validator_that_nav_publishes() {
        for (text, expected) in [
            ("13097248022", NationalKind::NoFnr),
            ("29029648784", NationalKind::NoFnr),
            ("29020075838", NationalKind::NoFnr),
            ("15021951940", NationalKind::NoFnr),
            ("53097248016", NationalKind::NoDnr),
            ("13527248013", NationalKind::NoHnr),
            ("10915596784", NationalKind::NoSynthetic),
            ("68467038838", NationalKind::NoSynthetic),
            ("50846202355", NationalKind::NoSynthetic),
            ("30108299920", NationalKind::NoFnr),
            ("30108299939", NationalKind::NoFnr),
            ("70108299914", NationalKind::NoDnr),
        ] {
            assert_eq!(no(text, &test_2032()), Ok(expected), "{text}");
        }
        for (text, flaw) in [
            ("29020112345", Flaw::Date),
            ("1234567890", Flaw::Format),
            ("123456789101", Flaw::Format),
            ("1234567891A", Flaw::Format),
            ("13097248032", Flaw::CheckDigit),
            ("13097248023", Flaw::CheckDigit),
            ("32127248022", Flaw::Date),
            ("13137248022", Flaw::Date),
            ("02013299987", Flaw::CheckDigit),
            ("02013299996", Flaw::CheckDigit),
        ] {
            assert_eq!(no(text, &test_2032()), Err(flaw), "{text}");
        }
    }

    #[test]
    fn the_rule_of_2032_needs_the_date_in_production_and_the_switch_in_tests() {
        let eve = Environment { k1_of_2032: true, ..Environment::production(day("2031-12-31")) };
        assert_eq!(no("30108299939", &eve), Err(Flaw::CheckDigit));
        assert_eq!(no("30108299939", &Environment::production(day("2032-01-01"))), Ok(NationalKind::NoFnr));
        assert_eq!(no("30108299939", &Environment::test(day("2031-12-31"))), Err(Flaw::CheckDigit));
        assert_eq!(no("30108299939", &Environment::test(day("2032-01-01"))), Ok(NationalKind::NoFnr));
    }

    #[test]
    fn month_40_is_decided_by_the_environment_and_the_caller() {
        let text = "13527248013";
        let older_data = Environment { month_40_is_synthetic: true, ..test() };
        let refused_switch = Environment { month_40_is_synthetic: true, ..production() };
        assert_eq!(no(text, &production()), Ok(NationalKind::NoHnr));
        assert_eq!(no(text, &refused_switch), Ok(NationalKind::NoHnr));
        assert_eq!(no(text, &test()), Ok(NationalKind::NoHnr));
        assert_eq!(no(text, &older_data), Ok(NationalKind::NoSynthetic));
        let asked =
            |kind, environment: &Environment| NationalId::parse(kind, text, environment).map(|id| id.kind());
        assert_eq!(asked(NationalKind::NoHnr, &older_data), Ok(NationalKind::NoHnr));
        assert_eq!(asked(NationalKind::NoSynthetic, &test()), Ok(NationalKind::NoSynthetic));
        assert_eq!(asked(NationalKind::NoSynthetic, &production()), Err(Flaw::OtherKind));
        assert_eq!(asked(NationalKind::NoFnr, &test()), Err(Flaw::OtherKind));
        assert_eq!(no("68467038838", &production()), Err(Flaw::TestNumber));
    }

    #[test]
    fn fh_numbers_have_no_date_and_keep_the_strict_check() {
        let text = (0..9).find_map(|last| norwegian_number([8, 9, 9, 9, 0, 0, 1, 2, last])).unwrap();
        assert_eq!(no(&text, &production()), Ok(NationalKind::NoFhnr));
        assert!(one_digit_changed(&text).iter().all(|changed| no(changed, &test_2032()).is_err()));
    }

    #[test]
    fn norwegian_numbers_may_have_one_space_and_nothing_else() {
        let id = NationalId::parse(Country::No, " 020132 99997 ", &production()).unwrap();
        assert_eq!(id.normalised(), "02013299997");
        for text in ["0201 3299997", "020132-99997", "02 01 32 99997", "", "０２０１３２９９９９７"]
        {
            assert_eq!(no(text, &production()), Err(Flaw::Format), "{text}");
        }
    }

    #[test]
    fn danish_example_date_and_century() {
        let id = NationalId::parse(Country::Dk, "211062-5629", &production()).unwrap();
        assert_eq!((id.kind(), id.normalised()), (NationalKind::DkCpr, "2110625629"));
        assert!(dk("2110625629", &production()).is_ok());
        for (text, expected) in [
            ("290200-0000", Err(Flaw::Date)),         // 1900 was no leap year
            ("290200-4000", Ok(NationalKind::DkCpr)), // 2000 was
            ("290200-5000", Ok(NationalKind::DkCpr)), // 2000
            ("290236-9000", Ok(NationalKind::DkCpr)), // 2036
            ("290237-9000", Err(Flaw::Date)),         // 1937
            ("290257-8000", Err(Flaw::Date)),         // 2057
            ("290260-8000", Ok(NationalKind::DkCpr)), // 1860
            ("310499-1234", Err(Flaw::Date)),         // 31 April
            ("2110 62-5629", Err(Flaw::Format)),
            ("21106-25629", Err(Flaw::Format)),
            ("211062+5629", Err(Flaw::Format)),
            ("211062-562", Err(Flaw::Format)),
            ("211062-56A9", Err(Flaw::Format)),
        ] {
            assert_eq!(dk(text, &production()), expected, "{text}");
        }
    }

    #[test]
    fn danish_numbers_need_not_pass_mod_11() {
        let issued = (0..10).filter(|last| dk(&format!("010107-400{last}"), &production()).is_ok());
        assert_eq!(issued.count(), 10);
    }

    #[test]
    fn danish_fictive_days_are_for_tests_only() {
        assert_eq!(dk("811062-5629", &production()), Err(Flaw::TestNumber));
        assert_eq!(dk("811062-5629", &test()), Ok(NationalKind::DkCpr));
        assert_eq!(dk("921062-5629", &test()), Err(Flaw::Date));
    }

    #[test]
    fn swedish_examples_become_twelve_digits() {
        for text in ["880320-0016", "19880320-0016", "198803200016"] {
            assert_eq!(se(text, &production()), Ok("198803200016".to_owned()), "{text}");
        }
        assert_eq!(se("811228-9841", &test()), Ok("198112289841".to_owned()));
        assert_eq!(se("8803200016", &production()), Err(Flaw::Format));
        assert_eq!(se("880320 0016", &production()), Err(Flaw::Format));
        assert_eq!(se("+50101+1234", &production()), Err(Flaw::Format));
        assert_eq!(se("19880320-001", &production()), Err(Flaw::Format));
    }

    #[test]
    fn swedish_test_series_is_refused_in_production() {
        assert_eq!(se("811228-9841", &production()), Err(Flaw::TestNumber));
    }

    #[test]
    fn swedish_plus_means_a_hundred_years_or_older() {
        assert_eq!(se("880320+0016", &production()), Ok("188803200016".to_owned()));
        // Whoever is born in 1926 turns 100 in 2026 and is written with `+` from its first day.
        let text = (0..10).map(|check| format!("261224+001{check}")).find(|text| se(text, &test()).is_ok());
        assert!(se(&text.unwrap(), &test()).unwrap().starts_with("19261224"));
    }

    #[test]
    fn swedish_numbers_of_the_future_and_serial_000_are_refused() {
        assert_eq!(se("261224-0016", &production()), Err(Flaw::Date));
        assert_eq!(se("17880320-0016", &production()), Err(Flaw::Date));
        assert_eq!(se("880320-0008", &production()), Err(Flaw::Format));
        assert_eq!(se("880230-0016", &production()), Err(Flaw::Date));
    }

    #[test]
    fn samordningsnummer_has_day_plus_60() {
        let id = NationalId::parse(Country::Se, "701063-2391", &production()).unwrap();
        assert_eq!((id.kind(), id.normalised()), (NationalKind::SeSamordning, "197010632391"));
        let as_pnr = NationalId::parse(NationalKind::SePnr, "701063-2391", &production());
        assert_eq!(as_pnr.unwrap_err(), Flaw::OtherKind);
        assert_eq!(se("701060-2391", &production()), Err(Flaw::Date));
        assert_eq!(se("701092-2391", &production()), Err(Flaw::Date));
    }

    #[test]
    fn a_change_of_one_digit_fails() {
        for text in ["02013299997", "30108299939", "15819010029", "13527248013", "53097248016"] {
            assert!(
                one_digit_changed(text).iter().all(|changed| no(changed, &test_2032()).is_err()),
                "{text}"
            );
        }
        for text in ["880320-0016", "811228-9841", "701063-2391"] {
            assert!(one_digit_changed(text).iter().all(|changed| se(changed, &test()).is_err()), "{text}");
        }
    }

    #[test]
    fn a_number_is_never_printed() {
        let id = NationalId::parse(Country::No, "02013299997", &production()).unwrap();
        assert_eq!(format!("{id:?}"), "NationalId(no_fnr, hidden)");
        assert_eq!(format!("{id:#?}"), "NationalId(no_fnr, hidden)");
    }

    #[test]
    fn kinds_are_written_the_same_everywhere() {
        use serde::de::{IntoDeserializer, value::StrDeserializer};
        for text in
            ["no_fnr", "no_dnr", "no_hnr", "no_fhnr", "no_synthetic", "dk_cpr", "se_pnr", "se_samordning"]
        {
            let from: StrDeserializer<'_, serde::de::value::Error> = text.into_deserializer();
            assert_eq!(NationalKind::deserialize(from).unwrap().as_str(), text);
        }
    }

    proptest! {
        #[test]
        fn any_norwegian_number_passes_and_no_neighbour_does(
            age in 0_u64..50_000, individual in 0_u8..=99, last in 0_u8..=9, mark in 0_usize..4,
        ) {
            let born = day("2039-12-31") - Days::new(age);
            let (plus_day, plus_month) = [(0, 0), (4, 0), (0, 8), (4, 8)][mark];
            let text = born.format("%d%m%y").to_string();
            let [d1, d2, m1, m2, y1, y2] = digits(&text).unwrap();
            let (i1, i2) = (individual / 10, individual % 10);
            let nine = [d1 + plus_day, d2, m1 + plus_month, m2, y1, y2, i1, i2, last];
            if let Some(text) = norwegian_number(nine) {
                prop_assert!(no(&text, &test()).is_ok());
                prop_assert_eq!(no(&text, &production()).is_ok(), plus_month == 0);
                for changed in one_digit_changed(&text) {
                    prop_assert!(no(&changed, &test_2032()).is_err());
                }
            }
        }

        #[test]
        fn any_swedish_number_has_one_check_digit_and_one_form(age in 0_u64..40_000, serial in 1_u16..980) {
            let born = test().today - Days::new(age);
            let nine = format!("{}{serial:03}", born.format("%y%m%d"));
            let sound: Vec<_> =
                (0..10).filter_map(|check| se(&format!("19{nine}{check}"), &test()).ok()
                    .or_else(|| se(&format!("20{nine}{check}"), &test()).ok()).map(|_| check)).collect();
            prop_assert_eq!(sound.len(), 1);
            let separator = if born.year() <= 1926 { '+' } else { '-' };
            let short = format!("{}{separator}{serial:03}{}", born.format("%y%m%d"), sound[0]);
            let long = format!("{}{serial:03}{}", born.format("%Y%m%d"), sound[0]);
            prop_assert_eq!(se(&short, &production()), Ok(long.clone()));
            prop_assert_eq!(se(&long, &production()), Ok(long));
        }

        #[test]
        fn no_text_makes_the_parser_panic(text in "\\PC{0,14}|[0-9+ -]{0,14}") {
            for country in Country::ALL.iter().copied() {
                if let Ok(id) = NationalId::parse(country, &text, &test_2032()) {
                    let again = NationalId::parse(id.kind(), id.normalised(), &test_2032());
                    prop_assert_eq!(again, Ok(id));
                }
            }
        }
    }
}
