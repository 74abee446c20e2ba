use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::{
    db::{id, text_enum},
    schema::{briefing, confidentiality_declaration, volunteer},
    web::{Item, personal, resource},
};

id!(/// A volunteer.
    VolunteerId);
id!(/// A briefing that was held.
    BriefingId);
id!(/// A declaration that was signed.
    ConfidentialityDeclarationId);
resource!(Volunteer at "/v1/volunteers");
resource!(Briefing at "/v1/briefings");
resource!(ConfidentialityDeclaration at "/v1/confidentiality-declarations");
personal!(Volunteer as "volunteer");

text_enum! {
    /// Whether a volunteer can be asked.
    #[schema(as = VolunteerStatus)]
    pub enum Status { Available = "available", Paused = "paused", Left = "left" }
}

text_enum! {
    /// What a volunteer is to be told before they meet anyone.
    pub enum Topic { ConsentCapacity = "consent_capacity", Confidentiality = "confidentiality" }
}

/// A volunteer.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = volunteer)]
pub struct Volunteer {
    pub id: VolunteerId,
    pub name: String,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub status: Status,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

/// A volunteer to register.
#[derive(Debug, Deserialize, Insertable, ToSchema, Validate)]
#[diesel(table_name = volunteer, treat_none_as_default_value = false)]
#[serde(deny_unknown_fields)]
pub struct NewVolunteer {
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200, example = "Frida Frivillig")]
    pub name: String,
    #[validate(length(min = 3, max = 40))]
    #[schema(min_length = 3, max_length = 40)]
    pub phone: Option<String>,
    #[validate(email, length(max = 254))]
    #[schema(format = "email", max_length = 254)]
    pub email: Option<String>,
}

impl Item for NewVolunteer {}

/// What to change of a volunteer. What is left out stays.
#[derive(AsChangeset, Debug, Deserialize, ToSchema, Validate)]
#[diesel(table_name = volunteer)]
#[serde(deny_unknown_fields)]
pub struct VolunteerPatch {
    #[validate(length(min = 1, max = 200))]
    #[schema(nullable = false, min_length = 1, max_length = 200)]
    #[serde(default, deserialize_with = "crate::web::given")]
    pub name: Option<String>,
    #[validate(length(min = 3, max = 40))]
    #[schema(min_length = 3, max_length = 40)]
    #[serde(default, deserialize_with = "crate::web::nullable")]
    pub phone: Option<Option<String>>,
    #[validate(email, length(max = 254))]
    #[schema(format = "email", max_length = 254)]
    #[serde(default, deserialize_with = "crate::web::nullable")]
    pub email: Option<Option<String>>,
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "crate::web::given")]
    pub status: Option<Status>,
}

/// Which volunteers to list.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct VolunteerFilter {
    /// Only those.
    pub status: Option<Status>,
}

/// A briefing that a volunteer was given.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = briefing)]
pub struct Briefing {
    pub id: BriefingId,
    pub volunteer_id: VolunteerId,
    pub topic: Topic,
    pub held_on: NaiveDate,
    /// The membership of who held it.
    pub held_by_id: Uuid,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

/// A briefing to register. The caller held it.
#[derive(Debug, Deserialize, Insertable, ToSchema, Validate)]
#[diesel(table_name = briefing)]
#[serde(deny_unknown_fields)]
pub struct NewBriefing {
    pub volunteer_id: VolunteerId,
    pub topic: Topic,
    pub held_on: NaiveDate,
}

/// A declaration of confidentiality. It outlives the engagement (NO: forvaltningsloven § 13 c).
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = confidentiality_declaration)]
pub struct ConfidentialityDeclaration {
    pub id: ConfidentialityDeclarationId,
    pub volunteer_id: VolunteerId,
    /// Which text was signed.
    pub template_version: String,
    pub language: String,
    /// The membership of who explained it.
    pub briefed_by_id: Uuid,
    pub briefed_on: NaiveDate,
    pub signed_on: NaiveDate,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

/// A declaration to register. The caller explained it.
#[derive(Debug, Deserialize, Insertable, ToSchema, Validate)]
#[diesel(table_name = confidentiality_declaration)]
#[serde(deny_unknown_fields)]
pub struct NewConfidentialityDeclaration {
    pub volunteer_id: VolunteerId,
    #[validate(length(min = 1, max = 40))]
    #[schema(min_length = 1, max_length = 40, example = "NO-2026-1")]
    pub template_version: String,
    #[validate(length(min = 2, max = 8))]
    #[schema(min_length = 2, max_length = 8, example = "nb")]
    pub language: String,
    pub briefed_on: NaiveDate,
    pub signed_on: NaiveDate,
}

/// Whose to list.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct OfVolunteer {
    /// Only this volunteer's.
    pub volunteer_id: Option<VolunteerId>,
}
