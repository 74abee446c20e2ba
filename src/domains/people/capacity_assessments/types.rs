use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::{
    db::{id, text_enum},
    domains::people::{consents::Kind, persons::PersonId},
    schema::capacity_assessment,
    web::{each_once, personal, resource},
};

id!(/// An assessment of capacity.
    CapacityAssessmentId);
resource!(CapacityAssessment at "/v1/capacity-assessments");
personal!(CapacityAssessment as "capacity_assessment" of person_id);

text_enum! {
    /// Whether a person can decide.
    #[schema(as = CapacityOutcome)]
    pub enum Outcome { Has = "has", Partial = "partial", Lacks = "lacks" }
}

/// An assessment of whether a person can decide on what is told of them (NO: pasient- og brukerrettighetsloven § 4-3,
/// by analogy).
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = capacity_assessment)]
pub struct CapacityAssessment {
    /// Its id.
    pub id: CapacityAssessmentId,
    /// Whose capacity it is.
    pub person_id: PersonId,
    /// What was found.
    pub result: Outcome,
    /// The questions that a partial capacity is enough for.
    #[schema(max_items = 20)]
    pub covers: Vec<Kind>,
    /// What qualifies who decided.
    pub qualification: String,
    /// Why.
    pub reasons: String,
    /// The membership of who decided.
    pub decided_by_id: Uuid,
    /// The day of the decision.
    pub decided_on: NaiveDate,
    /// When it was shown to the person.
    pub presented_to_person_on: Option<NaiveDate>,
    /// When it was shown to the nearest relative.
    pub presented_to_relative_on: Option<NaiveDate>,
    /// The last day on which it counts.
    pub review_on: Option<NaiveDate>,
    /// How often it has changed, from 1.
    pub version: i64,
    /// When it was registered.
    pub created_at: DateTime<Utc>,
}

/// An assessment to register. The caller decides.
#[derive(Debug, Deserialize, Insertable, ToSchema, Validate)]
#[diesel(table_name = capacity_assessment, treat_none_as_default_value = false)]
#[serde(deny_unknown_fields)]
pub struct NewCapacityAssessment {
    pub person_id: PersonId,
    pub result: Outcome,
    /// The questions that a partial capacity is enough for.
    #[validate(length(max = 20), custom(function = "each_once"))]
    #[schema(value_type = HashSet<Kind>, max_items = 20)]
    #[serde(default)]
    pub covers: Vec<Kind>,
    /// What qualifies who decides.
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200, example = "physician")]
    pub qualification: String,
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000)]
    pub reasons: String,
    pub decided_on: NaiveDate,
    /// Mandatory unless the person has capacity.
    pub presented_to_person_on: Option<NaiveDate>,
    pub presented_to_relative_on: Option<NaiveDate>,
    /// The last day on which it counts.
    pub review_on: Option<NaiveDate>,
}
