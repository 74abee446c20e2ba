//! National identity, organisation and municipality numbers of Norway, Denmark and Sweden.
//! Everything here is a pure function of text, day and environment; nothing reads the clock or the network.

mod municipality;
mod national;
mod organisation;

use std::fmt::{self, Display, Formatter};

use serde::Serialize;

use crate::db::text_enum;

pub use municipality::{Municipality, in_force, municipalities_in_force, municipality, successors_on};
pub use national::{Environment, Expected, NationalId, NationalKind};
pub use organisation::OrganisationNumber;

text_enum! {
    /// A country whose rules and registers we know, by its ISO 3166-1 code.
    pub enum Country { No = "NO", Dk = "DK", Se = "SE" }
}

/// Why a number was refused. It never carries the number, so it may be logged and answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Flaw {
    /// Wrong length, a character that does not belong, or a part that is never issued.
    Format,
    /// The date in the number does not exist, or lies in the future.
    Date,
    /// A check digit does not match: most likely a typing error.
    CheckDigit,
    /// A number for tests, where real people are registered.
    TestNumber,
    /// A sound number, but of another kind than the one asked for.
    OtherKind,
    /// An organisation number that is its owner's personal number.
    PersonalNumber,
}

impl Flaw {
    /// The flaw as a code, such as `check_digit`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Format => "format",
            Self::Date => "date",
            Self::CheckDigit => "check_digit",
            Self::TestNumber => "test_number",
            Self::OtherKind => "other_kind",
            Self::PersonalNumber => "personal_number",
        }
    }
}

impl Display for Flaw {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Format => "the number does not have the right form",
            Self::Date => "the date in the number is not possible",
            Self::CheckDigit => "the check digits do not match",
            Self::TestNumber => "the number is a test number",
            Self::OtherKind => "the number is of another kind",
            Self::PersonalNumber => "the number is a personal identity number",
        })
    }
}

impl std::error::Error for Flaw {}

/// Exactly `N` ASCII digits as numbers.
fn digits<const N: usize>(text: &str) -> Result<[u8; N], Flaw> {
    let bytes = <[u8; N]>::try_from(text.as_bytes()).ok().ok_or(Flaw::Format)?;
    if bytes.iter().all(u8::is_ascii_digit) { Ok(bytes.map(|byte| byte - b'0')) } else { Err(Flaw::Format) }
}

/// Takes out one of `separators`, which may stand before the last `tail` characters, and tells which it was.
fn without_separator(text: &str, separators: &[char], tail: usize) -> Result<(String, Option<char>), Flaw> {
    let text = text.trim();
    let Some((head, rest)) = text.rsplit_once(separators) else {
        return Ok((text.to_owned(), None));
    };
    if rest.len() != tail {
        return Err(Flaw::Format);
    }
    let separator = text.get(head.len()..).and_then(|from| from.chars().next());
    Ok((format!("{head}{rest}"), separator))
}

/// The sum of each digit times its weight; digits without a weight do not count.
fn weighted(digits: &[u8], weights: &[u8]) -> u32 {
    digits.iter().zip(weights).map(|(digit, weight)| u32::from(*digit) * u32::from(*weight)).sum()
}

/// The check of ISO/IEC 7812 (Luhn) over ten digits, as both Swedish numbers use it.
fn luhn(digits: &[u8; 10]) -> bool {
    let doubled = |digit: u8| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let sum: u32 = digits
        .iter()
        .zip([true, false].into_iter().cycle())
        .map(|(digit, double)| u32::from(if double { doubled(*digit) } else { *digit }))
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn country_is_the_same_text_everywhere() {
        for country in Country::ALL.iter().copied() {
            assert_eq!(country.word().parse(), Ok(country));
            assert_eq!(country.to_string(), country.word());
        }
        assert!("no".parse::<Country>().is_err());
        assert!("FI".parse::<Country>().is_err());
    }

    #[test]
    fn digits_are_ascii_and_of_the_exact_length() {
        assert_eq!(digits::<3>("042"), Ok([0, 4, 2]));
        for text in ["42", "0420", "+42", "4 2", "٤٢٠", "𝟒", ""] {
            assert_eq!(digits::<3>(text), Err(Flaw::Format), "{text}");
        }
    }

    #[test]
    fn a_separator_stands_in_one_place_only() {
        assert_eq!(without_separator(" 12-3456 ", &['-'], 4), Ok(("123456".to_owned(), Some('-'))));
        assert_eq!(without_separator("12+3456", &['-', '+'], 4), Ok(("123456".to_owned(), Some('+'))));
        assert_eq!(without_separator("123456", &['-'], 4), Ok(("123456".to_owned(), None)));
        assert_eq!(without_separator("123-456", &['-'], 4), Err(Flaw::Format));
    }
}
