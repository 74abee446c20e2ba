use chrono::{DateTime, NaiveDate, Utc};
use diesel::{
    deserialize::{self, FromSql, FromSqlRow},
    pg::{Pg, PgValue},
    prelude::*,
    sql_types::Jsonb,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use validator::{Validate, ValidationError};

use crate::{
    db::{Open, id, open_actions, text_enum},
    identifiers::Country,
    rules::{Confidence, Kind, MonthDay, Unit},
    schema::{organisation_rule, rule},
    web::{self, resource},
};

id!(/// A version of a rule.
    RuleId);
id!(/// A rule of an organisation's own.
    OrganisationRuleId);
resource!(Rule at "/v1/rules");
resource!(OrganisationRule at "/v1/organisation-rules");

/// What a rule is called, in each language that it has a name in.
#[derive(Debug, Deserialize, FromSqlRow, Serialize, ToSchema)]
pub struct RuleLabel {
    /// In Norwegian, bokmål.
    pub nb: Option<String>,
    /// In Norwegian, nynorsk.
    pub nn: Option<String>,
    /// In Danish.
    pub da: Option<String>,
    /// In Swedish.
    pub sv: Option<String>,
    /// In English.
    pub en: Option<String>,
}

impl FromSql<Jsonb, Pg> for RuleLabel {
    fn from_sql(label: PgValue<'_>) -> deserialize::Result<Self> {
        let label = <Value as FromSql<Jsonb, Pg>>::from_sql(label)?;
        Ok(serde_json::from_value(label)?)
    }
}

/// A rule of a country, in one version. Nothing is overwritten: of a rule that is loaded with other words, the version
/// before is closed and keeps its id, so that what was counted by it can be explained for ever.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = rule)]
pub struct Rule {
    /// Of this version.
    pub id: RuleId,
    pub country: Country,
    pub kind: Kind,
    /// Its lasting name. That of a level of protection is the level's, that of a kind of organisation the kind's.
    #[schema(example = "NO_FIRST_CONTACT")]
    pub code: String,
    /// The municipality that it holds in, if not in the whole country.
    pub municipality_code: Option<String>,
    /// The service that it holds for, if not for all.
    pub service: Option<String>,
    /// The first day it holds.
    pub valid_from: NaiveDate,
    /// The first day it no longer holds.
    pub valid_to: Option<NaiveDate>,
    /// Whether the law orders it; otherwise it is custom, or a proposal of this program.
    pub legal: bool,
    /// Where it stands.
    #[schema(example = "forvaltningsloven 1967 § 29")]
    pub source: String,
    pub confidence: Confidence,
    /// Who has looked at it.
    pub reviewer: Option<String>,
    pub label: RuleLabel,
    /// What it says: the fields are those of its kind.
    #[schema(value_type = Object)]
    pub content: Value,
    /// Whether it is part of the program; otherwise whoever runs it has loaded it.
    pub is_shipped: bool,
    /// When this version was replaced.
    pub closed_at: Option<DateTime<Utc>>,
    pub version: i64,
    /// When it was loaded.
    pub created_at: DateTime<Utc>,
}

/// Which rules to list.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct RuleFilter {
    /// Only of this country.
    pub country: Option<Country>,
    /// Only of this kind.
    #[param(inline)]
    pub kind: Option<Kind>,
    /// Only with this code.
    #[validate(length(min = 1, max = 80))]
    #[param(min_length = 1, max_length = 80)]
    pub code: Option<String>,
    /// Only what holds on this day.
    pub on: Option<NaiveDate>,
    /// Also the versions that were replaced.
    #[param(default = false)]
    pub history: Option<bool>,
}

text_enum! {
    /// What an organisation can have rules of its own about.
    pub enum OrganisationRuleKind { Age = "age", DayOff = "day_off", Deadline = "deadline" }
}

open_actions! {
    /// What can be done to a rule of an organisation's own.
    pub enum OrganisationRuleAction { End = "end" }
}

/// A rule that an organisation has made for itself. It holds there alone, instead of the country's of the same name, unless
/// the law gives those more whom it protects. A day off of its own moves no deadline of the law's.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = organisation_rule)]
pub struct OrganisationRule {
    pub id: OrganisationRuleId,
    pub kind: OrganisationRuleKind,
    /// That of the country's rule which it takes the place of; of a day off, its own.
    pub code: String,
    /// The service that it holds for, if not for all.
    pub service: Option<String>,
    /// The first day it holds.
    pub valid_from: NaiveDate,
    /// The first day it no longer holds.
    pub valid_to: Option<NaiveDate>,
    /// Where it was decided.
    pub source: String,
    pub label: RuleLabel,
    /// What it says: the fields are those of its kind.
    #[schema(value_type = Object)]
    pub content: Value,
    /// What can be done to it now.
    #[diesel(select_expression = organisation_rule::ended_at.is_null(), select_expression_type = diesel::dsl::IsNull<organisation_rule::ended_at>, deserialize_as = Open)]
    pub allowed_actions: Vec<OrganisationRuleAction>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

/// A rule to make for one's own organisation: stricter than what the law says, or beside it.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewOrganisationRule {
    pub kind: OrganisationRuleKind,
    /// Of a deadline or an age: the code of the country's rule, with the country before it or without. Of a day off: any.
    #[validate(length(min = 1, max = 60), custom(function = "code"))]
    #[schema(min_length = 1, max_length = 60, pattern = "^[A-Z][A-Z0-9_]*$", example = "FIRST_CONTACT")]
    pub code: String,
    /// The service that it is to hold for, if not for all. A day off is one for all, and so is what is counted of nothing that
    /// has a service (422 `rule_does_not_fit`).
    #[validate(length(min = 1, max = 80), custom(function = "web::code"))]
    #[schema(min_length = 1, max_length = 80, pattern = "^[a-z][a-z0-9_]*$", example = "visiting_friend")]
    pub service: Option<String>,
    pub valid_from: NaiveDate,
    /// The first day it no longer holds.
    pub valid_to: Option<NaiveDate>,
    /// Where it was decided.
    #[validate(length(min = 1, max = 400))]
    #[schema(min_length = 1, max_length = 400, example = "rådmannens vedtak 12/2026")]
    pub source: String,
    /// What it is called here; a deadline and an age keep the name of the country's rule, if none is given.
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200)]
    pub name: Option<String>,
    /// Of a deadline: how many units.
    #[validate(range(min = 1, max = 1000))]
    #[schema(minimum = 1, maximum = 1000)]
    pub length: Option<i32>,
    /// Of a deadline.
    pub unit: Option<Unit>,
    /// Of an age: in years.
    #[validate(range(min = 0, max = 130))]
    #[schema(minimum = 0, maximum = 130)]
    pub years: Option<i32>,
    /// Of a day off that is the same date each year: month and day.
    #[validate(length(equal = 5), custom(function = "day_of_the_year"))]
    #[schema(
        min_length = 5,
        max_length = 5,
        pattern = "^((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-9])|(0[13-9]|1[0-2])-30|(0[13578]|1[02])-31)$",
        example = "12-23"
    )]
    pub month_day: Option<String>,
    /// Of a day off that moves with Easter: how many days after Easter Sunday, or before it.
    #[validate(range(min = -80, max = 100))]
    #[schema(minimum = -80, maximum = 100)]
    pub days_after_easter: Option<i32>,
}

/// When a rule of an organisation's own ends.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct OrganisationRuleEnd {
    /// The first day it no longer holds; after the day it began.
    pub valid_to: NaiveDate,
}

/// Which rules of one's own to list.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct OrganisationRuleFilter {
    /// Only of this kind.
    #[param(inline)]
    pub kind: Option<OrganisationRuleKind>,
}

fn code(text: &str) -> Result<(), ValidationError> {
    let written = |letter: char| matches!(letter, 'A'..='Z' | '0'..='9' | '_');
    let begins = text.starts_with(|first: char| first.is_ascii_uppercase());
    if begins && text.chars().all(written) { Ok(()) } else { Err(ValidationError::new("wrong_value")) }
}

fn day_of_the_year(text: &str) -> Result<(), ValidationError> {
    let day = MonthDay::try_from(text.to_owned()).ok();
    day.map(|_| ()).ok_or_else(|| ValidationError::new("wrong_value"))
}
