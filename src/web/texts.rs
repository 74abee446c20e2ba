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

/// The schema of a list of so many texts, each up to so long.
pub fn texts(longest: usize, many: RangeInclusive<usize>) -> ArrayBuilder {
    let text = ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).max_length(Some(longest));
    let least = Some(*many.start()).filter(|least| *least > 0);
    ArrayBuilder::new().items(text).min_items(least).max_items(Some(*many.end()))
}
