use chrono::{DateTime, NaiveDate, Utc};
use diesel::{
    deserialize::{self, FromSql, FromSqlRow},
    pg::{Pg, PgValue},
    prelude::*,
    sql_types::Jsonb,
};
use serde::{Deserialize, Serialize};
use utoipa::{ToSchema, openapi::Array};
use validator::Validate;

use crate::{
    db::{id, text_enum},
    domains::people::{consents::Category, persons::PersonId},
    schema::social_assessment,
    web::{each_once, each_up_to, personal, resource, texts},
};

id!(/// A social assessment.
    SocialAssessmentId);
resource!(SocialAssessment at "/v1/social-assessments");
personal!(SocialAssessment as "social_assessment" of person_id);

text_enum! {
    /// A field of what was found, as a referral chooses it.
    pub enum SocialField {
        NetworkNow = "network_now",
        ActivitiesBefore = "activities_before",
        ActivitiesNow = "activities_now",
        StillInterested = "still_interested",
        Disliked = "disliked",
        Wishes = "wishes",
        Skills = "skills",
        WithWhom = "with_whom",
        When = "when",
        HowOften = "how_often",
        Barriers = "barriers",
        Aids = "aids",
        Transport = "transport",
        Communication = "communication",
        Loneliness = "loneliness",
    }
}

impl SocialField {
    /// As what it may be told. What tells of health is consented to by itself.
    pub const fn category(self) -> Category {
        match self {
            Self::Barriers | Self::Aids | Self::Transport | Self::Communication | Self::Loneliness => {
                Category::SupportNeeds
            }
            _ => Category::SocialLife,
        }
    }
}

text_enum! {
    /// When somebody would like company.
    pub enum TimeOfWeek { Afternoon = "afternoon", Evening = "evening", Weekend = "weekend", Holiday = "holiday" }
}

/// What was found of how a person lives among others. It does not change: the next one is a new one, and a referral that
/// has chosen of this one tells this one.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = social_assessment)]
pub struct SocialAssessment {
    pub id: SocialAssessmentId,
    pub person_id: PersonId,
    pub assessed_on: NaiveDate,
    pub findings: SocialFindings,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

/// What was found, each field by itself. What nobody has asked about is left out.
#[derive(Debug, Deserialize, FromSqlRow, Serialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct SocialFindings {
    /// Whom the person has now.
    #[validate(length(max = 20), custom(function = "each_up_to::<200>"))]
    #[schema(schema_with = lines_schema, required = false)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub network_now: Vec<String>,
    /// What the person used to do.
    #[validate(length(max = 20), custom(function = "each_up_to::<200>"))]
    #[schema(schema_with = lines_schema, required = false)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub activities_before: Vec<String>,
    #[validate(length(max = 20), custom(function = "each_up_to::<200>"))]
    #[schema(schema_with = lines_schema, required = false)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub activities_now: Vec<String>,
    /// What of it the person would like to take up again or go on with.
    #[validate(length(max = 20), custom(function = "each_up_to::<200>"))]
    #[schema(schema_with = lines_schema, required = false)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub still_interested: Vec<String>,
    #[validate(length(max = 20), custom(function = "each_up_to::<200>"))]
    #[schema(schema_with = lines_schema, required = false)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub disliked: Vec<String>,
    #[validate(length(max = 20), custom(function = "each_up_to::<200>"))]
    #[schema(schema_with = lines_schema, required = false)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wishes: Vec<String>,
    /// What the person can, and might share with others.
    #[validate(length(max = 20), custom(function = "each_up_to::<200>"))]
    #[schema(schema_with = lines_schema, required = false)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skills: Vec<String>,
    #[validate(length(min = 1, max = 400))]
    #[schema(min_length = 1, max_length = 400, example = "Gjerne én om gangen")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with_whom: Option<String>,
    #[validate(length(max = 4), custom(function = "each_once"))]
    #[schema(value_type = HashSet<TimeOfWeek>, max_items = 4, required = false)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub when: Vec<TimeOfWeek>,
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200, example = "Annenhver uke")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub how_often: Option<String>,
    /// What stands in the way.
    #[validate(length(max = 20), custom(function = "each_up_to::<200>"))]
    #[schema(schema_with = lines_schema, required = false)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub barriers: Vec<String>,
    /// Technical aids that come along.
    #[validate(length(max = 20), custom(function = "each_up_to::<200>"))]
    #[schema(schema_with = lines_schema, required = false)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aids: Vec<String>,
    #[validate(length(min = 1, max = 400))]
    #[schema(min_length = 1, max_length = 400, example = "Kan gå til bussen")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transport: Option<String>,
    #[validate(nested)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub communication: Option<CommunicationNeeds>,
    #[validate(nested)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loneliness: Option<LonelinessScore>,
}

impl FromSql<Jsonb, Pg> for SocialFindings {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        Ok(serde_json::from_value(FromSql::<Jsonb, Pg>::from_sql(value)?)?)
    }
}

fn lines_schema() -> Array {
    texts(200, 0..=20).build()
}

/// How to talk with the person.
#[derive(Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct CommunicationNeeds {
    /// Augmentative and alternative communication, such as a board with signs.
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200, example = "Tavle med tegn")]
    pub aac: Option<String>,
    /// The language that the person speaks best.
    #[validate(length(min = 1, max = 80))]
    #[schema(min_length = 1, max_length = 80, example = "tigrinja")]
    pub language: Option<String>,
    pub interpreter: Option<bool>,
}

/// How lonely the person said that they are, by a scale.
#[derive(Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct LonelinessScore {
    /// What the scale is called.
    #[validate(length(min = 1, max = 80))]
    #[schema(min_length = 1, max_length = 80, example = "UCLA-3")]
    pub scale: String,
    #[validate(range(min = 0, max = 1000))]
    #[schema(minimum = 0, maximum = 1000, example = 7)]
    pub score: i32,
}

/// A social assessment to register.
#[derive(Debug, Deserialize, Insertable, ToSchema, Validate)]
#[diesel(table_name = social_assessment, treat_none_as_default_value = false)]
#[serde(deny_unknown_fields)]
pub struct NewSocialAssessment {
    pub person_id: PersonId,
    /// Today or before.
    pub assessed_on: NaiveDate,
    #[validate(nested)]
    #[diesel(skip_insertion)]
    pub findings: SocialFindings,
}
