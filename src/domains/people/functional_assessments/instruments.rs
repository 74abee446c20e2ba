//! What is assessed by: data, of which an assessment keeps code and version.

use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::types::AssessedItem;
use crate::{
    identifiers::Country,
    problem::{Flaw, Problem},
    rules::Confidence,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    instrument: Vec<Instrument>,
}

/// An instrument in one version.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    /// What an assessment names it by.
    #[schema(example = "iplos")]
    pub code: String,
    #[schema(example = "1")]
    pub version: String,
    /// In the country's own language.
    pub name: String,
    pub country: Country,
    /// The first day on which it may be assessed by.
    pub valid_from: NaiveDate,
    /// The first day on which it may not any more.
    pub valid_to: Option<NaiveDate>,
    /// Where it is from.
    #[schema(max_length = 400)]
    pub source: String,
    /// How well it is known.
    #[schema(value_type = String)]
    pub confidence: Confidence,
    /// What each item can be scored.
    pub scores: Vec<InstrumentScore>,
    pub items: Vec<InstrumentItem>,
}

/// What an item can be scored, and what that means.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InstrumentScore {
    pub score: i32,
    pub name: String,
}

/// Something that is looked at.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InstrumentItem {
    pub code: String,
    pub name: String,
}

impl Instrument {
    fn in_force(&self, day: NaiveDate) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|end| day < end)
    }

    /// Refuses items and scores that the instrument does not have.
    pub fn check(&self, items: &[AssessedItem]) -> Result<(), Problem> {
        let codes: Vec<_> = self.items.iter().map(|item| item.code.as_str()).collect();
        let scores: Vec<_> = self.scores.iter().map(|it| it.score.to_string()).collect();
        let mut flaws = Vec::new();
        for (at, item) in items.iter().enumerate() {
            if !codes.contains(&item.code.as_str()) {
                let flaw = Flaw::new(format!("/items/{at}/code"), "not_of_instrument");
                flaws.push(flaw.with("expected", codes.join(", ")));
            } else if items.iter().take(at).any(|other| other.code == item.code) {
                flaws.push(Flaw::new(format!("/items/{at}/code"), "item_twice"));
            }
            if !scores.contains(&item.score.to_string()) {
                let flaw = Flaw::new(format!("/items/{at}/score"), "not_of_instrument");
                flaws.push(flaw.with("expected", scores.join(", ")));
            }
        }
        if flaws.is_empty() { Ok(()) } else { Err(Problem::invalid(flaws)) }
    }
}

fn all() -> Result<&'static [Instrument], Problem> {
    static ALL: LazyLock<Result<File, String>> = LazyLock::new(|| {
        toml::from_str(include_str!("../../../../data/instruments.toml")).map_err(|flaw| flaw.to_string())
    });
    Ok(&ALL.as_ref().map_err(Problem::internal)?.instrument)
}

/// Those of a country that are in force.
pub fn in_force(country: Country, day: NaiveDate) -> Result<Vec<&'static Instrument>, Problem> {
    Ok(all()?.iter().filter(|it| it.country == country && it.in_force(day)).collect())
}

/// The one of this name, if it was in force on the day.
pub fn instrument(
    (code, version): (&str, &str),
    country: Country,
    day: NaiveDate,
) -> Result<&'static Instrument, Problem> {
    let known = in_force(country, day)?;
    let named = known.into_iter().find(|it| it.code == code && it.version == version);
    named.ok_or_else(|| Problem::unprocessable("unknown_instrument"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_instrument_is_sound_and_of_two_versions_one_is_in_force() {
        for it in all().unwrap() {
            let day = it.valid_from;
            let found = instrument((&it.code, &it.version), it.country, day).unwrap();
            let same = in_force(it.country, day).unwrap().into_iter().filter(|other| other.code == it.code);
            assert_eq!((found.name.as_str(), same.count()), (it.name.as_str(), 1), "{}", it.code);
            let score = it.scores[0].score;
            let of = |code: &str| AssessedItem { code: code.into(), score };
            let every: Vec<_> = it.items.iter().map(|item| of(&item.code)).collect();
            it.check(&every).unwrap();
            assert!(it.check(&[of("nothing")]).is_err());
            assert!(it.check(&[AssessedItem { score: 6, ..of(&it.items[0].code) }]).is_err());
        }
    }
}
