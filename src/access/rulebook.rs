//! The rules as the tables have them. Every process holds them in memory: a transaction names as it begins which edition of
//! them that is, and if it is no longer the newest they are read anew first. So a rule holds from the next request on, in
//! every process, and nobody listens for it.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::Value;
use uuid::Uuid;

use super::Db;
use crate::{
    identifiers::Country,
    problem::Problem,
    rules::{Confidence, Kind, Place, Row, Rules},
    schema::{organisation, organisation_rule, rule, rulebook},
};

/// All rules, in one edition; none at all before they are read.
#[derive(Clone, Default)]
pub(super) struct Rulebook {
    pub edition: i64,
    pub rules: Arc<Rules>,
}

impl Rulebook {
    /// As it stands.
    pub async fn read(db: &mut Db) -> Result<Self, Problem> {
        // First: what comes in between is then read again.
        let edition = rulebook::table.select(rulebook::edition).get_result(db).await?;
        // A newer program may have brought kinds that this one has never heard of.
        let known = rule::closed_at.is_null().and(rule::kind.eq_any(Kind::ALL));
        let shared = Stored::query().filter(known).order(rule::id).load::<Stored>(db).await?;
        let own: Vec<(OwnStored, Home)> = organisation_rule::table
            .inner_join(organisation::table.on(organisation::id.eq(organisation_rule::organisation_id)))
            .filter(organisation_rule::kind.eq_any(Kind::ALL))
            .order(organisation_rule::id)
            .select((OwnStored::as_select(), Home::as_select()))
            .load(db)
            .await?;
        let shared = shared.into_iter().map(|row| (Row::from(row), None));
        let own = own.into_iter().map(|(row, home)| (row.at(home.country), Some(home)));
        Ok(Self { edition, rules: Arc::new(understood(shared.chain(own))) })
    }
}

/// What these rows say, each of its country or of an organisation. One that is not understood is left out, and told of in
/// the log.
pub fn understood(rows: impl Iterator<Item = (Row, Option<Home>)>) -> Rules {
    let mut rules = Rules::default();
    for (row, own) in rows {
        let code = row.code.clone();
        if let Err(flaw) = rules.add(own.as_ref().map_or(row.country.into(), Place::from), row) {
            tracing::error!(code, flaw, "a rule is left out");
        }
    }
    rules
}

/// An organisation, and where it is: so its rules are found.
#[derive(Clone, Debug, HasQuery)]
#[diesel(table_name = organisation)]
pub struct Home {
    /// Which it is.
    pub id: Uuid,
    /// Whose law holds.
    pub country: Country,
    /// Whose customs.
    pub municipality_code: Option<String>,
}

impl<'a> From<&'a Home> for Place<'a> {
    fn from(home: &'a Home) -> Self {
        Self { municipality_code: home.municipality_code.as_deref(), ..(home.id, home.country).into() }
    }
}

/// A rule of a country, for whoever counts by it.
#[derive(Debug, HasQuery)]
#[diesel(table_name = rule)]
pub struct Stored {
    id: Uuid,
    country: Country,
    kind: Kind,
    code: String,
    municipality_code: Option<String>,
    service: Option<String>,
    valid_from: NaiveDate,
    valid_to: Option<NaiveDate>,
    legal: bool,
    source: String,
    confidence: Confidence,
    reviewer: Option<String>,
    label: Value,
    content: Value,
}

/// A rule of an organisation's own, for whoever counts by it.
#[derive(Debug, HasQuery)]
#[diesel(table_name = organisation_rule)]
pub struct OwnStored {
    id: Uuid,
    kind: Kind,
    code: String,
    service: Option<String>,
    valid_from: NaiveDate,
    valid_to: Option<NaiveDate>,
    source: String,
    label: Value,
    content: Value,
    ended_at: Option<DateTime<Utc>>,
    was_valid_to: Option<NaiveDate>,
}

impl From<Stored> for Row {
    fn from(it: Stored) -> Self {
        Self {
            id: it.id,
            kind: it.kind,
            code: it.code,
            country: it.country,
            municipality_code: it.municipality_code,
            service: it.service,
            valid_from: it.valid_from,
            valid_to: it.valid_to,
            legal: it.legal,
            source: it.source,
            confidence: it.confidence,
            reviewer: it.reviewer,
            label: serde_json::from_value(it.label).unwrap_or_default(),
            content: serde_json::from_value(it.content).unwrap_or_default(),
        }
    }
}

impl OwnStored {
    /// As it stood at a moment: of an end that was said later, nobody knew.
    pub fn known_at(self, moment: DateTime<Utc>) -> Self {
        let later = self.ended_at.is_some_and(|ended| ended > moment);
        let valid_to = if later { self.was_valid_to } else { self.valid_to };
        Self { valid_to, ..self }
    }

    /// The rule, which is never law: who made it knows it best.
    pub fn at(self, country: Country) -> Row {
        Row {
            id: self.id,
            kind: self.kind,
            code: self.code,
            country,
            municipality_code: None,
            service: self.service,
            valid_from: self.valid_from,
            valid_to: self.valid_to,
            legal: false,
            source: self.source,
            confidence: Confidence::High,
            reviewer: None,
            label: serde_json::from_value(self.label).unwrap_or_default(),
            content: serde_json::from_value(self.content).unwrap_or_default(),
        }
    }
}
