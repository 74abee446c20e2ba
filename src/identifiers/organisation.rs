//! Numbers of organisations. They are public, unlike the numbers of persons, save where a person's number is
//! used as one: Swedish sole traders. Those are refused here.

use std::fmt::{self, Display, Formatter};

use super::{Country, Flaw, digits, luhn, weighted, without_separator};

/// A checked organisation number: organisasjonsnummer (enhetsregisterloven), CVR number (CVR-loven) or
/// organisationsnummer (lag 1974:174).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OrganisationNumber {
    country: Country,
    digits: String,
}

impl OrganisationNumber {
    /// Checks `text`, which may have spaces, and in Sweden a hyphen or the leading 16 that registers add.
    pub fn parse(country: Country, text: &str) -> Result<Self, Flaw> {
        let text: String = text.split_whitespace().collect();
        let digits = match country {
            Country::No => norwegian(text),
            Country::Dk => danish(text),
            Country::Se => swedish(&text),
        }?;
        Ok(Self { country, digits })
    }

    /// The country whose register the number belongs to.
    pub const fn country(&self) -> Country {
        self.country
    }

    /// Digits only: 9 for Norway, 8 for Denmark, 10 for Sweden.
    pub fn normalised(&self) -> &str {
        &self.digits
    }
}

impl Display for OrganisationNumber {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.digits)
    }
}

/// A check digit of 10 cannot be written, so a number that needs it fails by itself.
fn norwegian(text: String) -> Result<String, Flaw> {
    let digits: [u8; 9] = digits(&text)?;
    begins_above_zero(&digits)?;
    if weighted(&digits, &[3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11) {
        Ok(text)
    } else {
        Err(Flaw::CheckDigit)
    }
}

fn danish(text: String) -> Result<String, Flaw> {
    let digits: [u8; 8] = digits(&text)?;
    begins_above_zero(&digits)?;
    if weighted(&digits, &[2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11) {
        Ok(text)
    } else {
        Err(Flaw::CheckDigit)
    }
}

fn swedish(text: &str) -> Result<String, Flaw> {
    let (mut text, _) = without_separator(text, &['-'], 4)?;
    if text.len() == 12 && text.starts_with("16") {
        text = text.split_off(2);
    }
    let digits: [u8; 10] = digits(&text)?;
    // A month never begins with 2, so the third digit tells organisations from persons.
    if matches!(digits, [_, _, 0 | 1, ..]) {
        return Err(Flaw::PersonalNumber);
    }
    begins_above_zero(&digits)?;
    if luhn(&digits) { Ok(text) } else { Err(Flaw::CheckDigit) }
}

/// No register issues a leading zero, and a row of zeros would pass every check.
fn begins_above_zero(digits: &[u8]) -> Result<(), Flaw> {
    if digits.first() == Some(&0) { Err(Flaw::Format) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parse(country: Country, text: &str) -> Result<String, Flaw> {
        OrganisationNumber::parse(country, text).map(|number| number.to_string())
    }

    #[test]
    fn vectors_of_the_three_countries() {
        for (country, text) in [
            (Country::No, "988077917"),
            (Country::No, "974760673"),
            (Country::Dk, "13585628"),
            (Country::Dk, "64942212"),
            (Country::Se, "1234567897"),
        ] {
            assert_eq!(parse(country, text), Ok(text.to_owned()));
            for other in Country::ALL.iter().copied() {
                assert_eq!(parse(other, text).is_ok(), other == country, "{text} in {other}");
            }
        }
    }

    #[test]
    fn spaces_hyphen_and_leading_16_are_taken_out() {
        assert_eq!(parse(Country::No, " 988 077 917 "), Ok("988077917".to_owned()));
        assert_eq!(parse(Country::Dk, "13 58 56 28"), Ok("13585628".to_owned()));
        assert_eq!(parse(Country::Se, "123456-7897"), Ok("1234567897".to_owned()));
        assert_eq!(parse(Country::Se, "161234567897"), Ok("1234567897".to_owned()));
        assert_eq!(parse(Country::Se, "16123456-7897"), Ok("1234567897".to_owned()));
    }

    #[test]
    fn other_forms_are_refused() {
        for country in Country::ALL.iter().copied() {
            for text in ["", "0", "00000000", "000000000", "0000000000", "98807791A", "123456789012"] {
                assert!(parse(country, text).is_err(), "{text} in {country}");
            }
        }
        assert_eq!(parse(Country::No, "NO988077917MVA"), Err(Flaw::Format));
        assert_eq!(parse(Country::Se, "12345-67897"), Err(Flaw::Format));
    }

    #[test]
    fn a_swedish_sole_trader_is_a_person() {
        assert_eq!(parse(Country::Se, "880320-0016"), Err(Flaw::PersonalNumber));
        assert_eq!(parse(Country::Se, "811228-9841"), Err(Flaw::PersonalNumber));
    }

    #[test]
    fn a_norwegian_number_that_needs_check_digit_10_is_never_valid() {
        let without_check = (10_000_000_u32..10_000_200)
            .find(|eight| {
                weighted(&digits::<8>(&eight.to_string()).unwrap(), &[3, 2, 7, 6, 5, 4, 3, 2]) % 11 == 1
            })
            .unwrap();
        assert!((0..10).all(|check| parse(Country::No, &format!("{without_check}{check}")).is_err()));
    }

    proptest! {
        #[test]
        fn a_change_of_one_digit_fails(
            which in 0_usize..5, place in 0_usize..10, new in b'0'..=b'9',
        ) {
            let (country, text) = [
                (Country::No, "988077917"),
                (Country::No, "974760673"),
                (Country::Dk, "13585628"),
                (Country::Dk, "64942212"),
                (Country::Se, "1234567897"),
            ][which];
            let mut bytes = text.as_bytes().to_vec();
            let place = place % bytes.len();
            prop_assume!(bytes[place] != new);
            bytes[place] = new;
            prop_assert!(parse(country, &String::from_utf8(bytes).unwrap()).is_err());
        }

        #[test]
        fn no_text_makes_the_parser_panic(text in "\\PC{0,14}|[0-9 -]{0,14}") {
            for country in Country::ALL.iter().copied() {
                if let Ok(normalised) = parse(country, &text) {
                    prop_assert_eq!(parse(country, &normalised), Ok(normalised.clone()));
                }
            }
        }
    }
}
