use chrono::{DateTime, NaiveDate, Utc};
use diesel::{
    deserialize::{self, FromSql, FromSqlRow},
    pg::{Pg, PgValue},
    prelude::*,
    sql_types::Jsonb,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use super::instruments::Instrument;
use crate::{
    db::id,
    domains::people::persons::PersonId,
    schema::functional_assessment,
    web::{personal, resource},
};

id!(/// A functional assessment.
    FunctionalAssessmentId);
resource!(FunctionalAssessment at "/v1/functional-assessments");
personal!(FunctionalAssessment as "functional_assessment" of person_id);

/// How a person was found to manage (NO: health data, GDPR article 9). It does not change: the next one is a new one.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = functional_assessment)]
pub struct FunctionalAssessment {
    pub id: FunctionalAssessmentId,
    pub person_id: PersonId,
    pub instrument: String,
    pub instrument_version: String,
    pub assessed_on: NaiveDate,
    /// Who assessed, by profession.
    pub assessor: String,
    /// The first day for which it counts.
    pub valid_from: NaiveDate,
    /// The last day for which it counts.
    pub valid_to: Option<NaiveDate>,
    #[diesel(deserialize_as = Items)]
    #[schema(max_items = 100)]
    pub items: Vec<AssessedItem>,
    /// The system that it was copied from.
    pub source_system: Option<String>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

/// What was found of one item.
#[derive(Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct AssessedItem {
    /// An item of the instrument.
    #[validate(length(min = 1, max = 80))]
    #[schema(min_length = 1, max_length = 80, example = "social_participation")]
    pub code: String,
    /// One of the instrument's scores.
    #[validate(range(min = 0, max = 99))]
    #[schema(minimum = 0, maximum = 99, example = 3)]
    pub score: i32,
}

/// Items, as the database has them.
#[derive(Debug, Deserialize, FromSqlRow)]
#[serde(transparent)]
pub struct Items(Vec<AssessedItem>);

impl FromSql<Jsonb, Pg> for Items {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        Ok(serde_json::from_value(FromSql::<Jsonb, Pg>::from_sql(value)?)?)
    }
}

impl From<Items> for Vec<AssessedItem> {
    fn from(items: Items) -> Self {
        items.0
    }
}

/// A functional assessment to register.
#[derive(Debug, Deserialize, Insertable, ToSchema, Validate)]
#[diesel(table_name = functional_assessment, treat_none_as_default_value = false)]
#[serde(deny_unknown_fields)]
pub struct NewFunctionalAssessment {
    pub person_id: PersonId,
    /// One that was in force in this country on the day of the assessment: `GET /v1/instruments` lists today's.
    #[validate(length(min = 1, max = 80))]
    #[schema(min_length = 1, max_length = 80, example = "iplos")]
    pub instrument: String,
    #[validate(length(min = 1, max = 40))]
    #[schema(min_length = 1, max_length = 40, example = "1")]
    pub instrument_version: String,
    /// Today or before.
    pub assessed_on: NaiveDate,
    /// Who assessed, by profession.
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200, example = "Ergoterapeut")]
    pub assessor: String,
    /// The first day for which it counts.
    pub valid_from: NaiveDate,
    /// The last day for which it counts.
    pub valid_to: Option<NaiveDate>,
    /// Each item once.
    #[validate(length(min = 1, max = 100), nested)]
    #[schema(min_items = 1, max_items = 100)]
    #[diesel(skip_insertion)]
    pub items: Vec<AssessedItem>,
    /// The system that it is copied from.
    #[validate(length(min = 1, max = 80))]
    #[schema(min_length = 1, max_length = 80, example = "fagsystem")]
    pub source_system: Option<String>,
}

/// What can be assessed by today.
#[derive(Debug, Serialize, ToSchema)]
pub struct Instruments {
    #[schema(max_items = 100)]
    pub items: Vec<&'static Instrument>,
}
