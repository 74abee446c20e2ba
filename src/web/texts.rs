//! Lists of short texts: their bounds, and what the document says of these.

use std::ops::RangeInclusive;

use utoipa::openapi::{ArrayBuilder, ObjectBuilder, Type};
use validator::ValidationError;

/// Refuses an empty text, and one of more than so many characters.
pub fn each_up_to<const LONGEST: usize>(texts: &[String]) -> Result<(), ValidationError> {
    let fits = texts.iter().all(|text| (1..=LONGEST).contains(&text.chars().count()));
    let flaw = || {
        let mut flaw = ValidationError::new("item_length");
        flaw.add_param("max".into(), &LONGEST);
        flaw
    };
    fits.then_some(()).ok_or_else(flaw)
}

/// A code is lower case, so that nobody writes about a person in it.
pub fn code(text: &str) -> Result<(), ValidationError> {
    let small = |letter: char| matches!(letter, 'a'..='z' | '0'..='9' | '_');
    let begins = text.starts_with(|first: char| first.is_ascii_lowercase());
    if begins && text.chars().all(small) { Ok(()) } else { Err(ValidationError::new("not_a_code")) }
}

/// The same of many.
pub fn codes(all: &[String]) -> Result<(), ValidationError> {
    all.iter().try_for_each(|text| code(text))
}

/// Refuses what is not in digits.
pub fn digits(text: &str) -> Result<(), ValidationError> {
    let fits = text.chars().all(|digit| digit.is_ascii_digit());
    fits.then_some(()).ok_or_else(|| ValidationError::new("wrong_value"))
}

/// Refuses what is not in lower-case hexadecimal.
pub fn hexadecimal(text: &str) -> Result<(), ValidationError> {
    let fits = text.chars().all(|digit| matches!(digit, '0'..='9' | 'a'..='f'));
    fits.then_some(()).ok_or_else(|| ValidationError::new("wrong_value"))
}

/// Refuses a list in which something stands twice.
pub fn each_once<T: PartialEq>(all: &[T]) -> Result<(), ValidationError> {
    let twice = all.iter().enumerate().any(|(at, one)| all.iter().take(at).any(|other| other == one));
    if twice { Err(ValidationError::new("duplicate")) } else { Ok(()) }
}

/// The schema of a list of so many texts, each up to so long.
pub fn texts(longest: usize, many: RangeInclusive<usize>) -> ArrayBuilder {
    let text = ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).max_length(Some(longest));
    let least = Some(*many.start()).filter(|least| *least > 0);
    ArrayBuilder::new().items(text).min_items(least).max_items(Some(*many.end()))
}
