use chrono::{DateTime, NaiveDate, Utc};
use diesel::{
    deserialize::{self, FromSql, FromSqlRow},
    pg::{Pg, PgValue},
    prelude::*,
    sql_types::Jsonb,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema, openapi::Array};
use uuid::Uuid;
use validator::{Validate, ValidationError};

use super::status::{Action, Status};
use crate::{
    db::{id, text_enum},
    domains::{
        journey::networks::{NetworkId, Shape},
        people::{legal_bases::Telling, persons::PersonId, volunteers::VolunteerId},
    },
    schema::{contact_form, contact_form_version},
    web::{Resource, each_up_to, personal, resource, texts},
};

id!(/// A contact form.
    ContactFormId);
id!(/// A version of a contact form.
    ContactFormVersionId);
resource!(ContactForm at "/v1/contact-forms");
personal!(ContactForm as "contact_form" of person_id);
personal!(ContactFormVersion as "contact_form_version" of person_id);

impl Resource for ContactFormVersion {
    const PATH: &'static str = "/v1/contact-form-versions";

    fn id(&self) -> Uuid {
        self.id.into()
    }

    /// It never changes.
    fn version(&self) -> i64 {
        1
    }
}

text_enum! {
    /// Who has signed.
    pub enum SignedRole { Participant = "participant", Relative = "relative" }
}

/// What a contact form says. Its names are the data categories of consents, and there are no others: a diagnosis has
/// no place in it.
#[derive(Debug, Deserialize, FromSqlRow, Serialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ContactFormBody {
    /// Always there, unless the identity of the participant is protected. What the level of the protection hides must
    /// then be left out, and is gone from what was written before: the name, and with it `relatives` and
    /// `signature.signed_by`; `contact`; `address`.
    #[validate(nested)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<ListedName>,
    #[validate(nested)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<ListedContact>,
    #[validate(nested)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<ListedAddress>,
    #[validate(length(max = 20), nested)]
    #[schema(max_items = 20)]
    #[serde(default)]
    pub relatives: Vec<ListedRelative>,
    #[validate(length(max = 50), nested)]
    #[schema(max_items = 50)]
    #[serde(default)]
    pub volunteers: Vec<ListedVolunteer>,
    #[validate(nested)]
    pub coordinator: ListedCoordinator,
    /// At least one if the person receives municipal services.
    #[validate(length(max = 20), nested)]
    #[schema(max_items = 20)]
    #[serde(default)]
    pub municipal_contacts: Vec<ListedMunicipalContact>,
    /// What they do together.
    #[validate(length(max = 20), custom(function = "each_up_to::<200>"))]
    #[schema(schema_with = activities_schema)]
    #[serde(default)]
    pub activities: Vec<String>,
    #[validate(nested)]
    pub meeting: ListedMeeting,
    pub network: ListedNetwork,
    #[validate(nested)]
    pub signature: ListedSignature,
}

impl FromSql<Jsonb, Pg> for ContactFormBody {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        Ok(serde_json::from_value(FromSql::<Jsonb, Pg>::from_sql(value)?)?)
    }
}

fn activities_schema() -> Array {
    texts(200, 0..=20).examples([json!(["Tur", "Kafé"])]).build()
}

/// Whoever is listed has to know that they are (GDPR articles 13 and 14).
fn told(knows: &bool) -> Result<(), ValidationError> {
    knows.then_some(()).ok_or_else(|| ValidationError::new("does_not_know"))
}

/// The participant's name.
#[derive(Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ListedName {
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200, example = "Ada")]
    pub given_name: String,
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200, example = "Prøve")]
    pub family_name: String,
}

/// How to reach the participant.
#[derive(Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ListedContact {
    #[validate(length(min = 3, max = 40))]
    #[schema(min_length = 3, max_length = 40)]
    pub phone: String,
}

/// Where the participant lives.
#[derive(Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ListedAddress {
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200)]
    pub address: String,
    #[validate(length(min = 1, max = 10))]
    #[schema(min_length = 1, max_length = 10)]
    pub postcode: String,
    #[validate(length(min = 1, max = 100))]
    #[schema(min_length = 1, max_length = 100)]
    pub place: String,
}

/// Somebody near the participant.
#[derive(Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ListedRelative {
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    #[validate(length(min = 1, max = 100))]
    #[schema(min_length = 1, max_length = 100, example = "datter")]
    pub relation: String,
    #[validate(length(min = 3, max = 40))]
    #[schema(min_length = 3, max_length = 40)]
    pub phone: String,
    pub may_be_contacted: bool,
    /// Whether they know that they are listed. They must.
    #[validate(custom(function = "told"))]
    pub knows: bool,
}

/// A volunteer of the network.
#[derive(Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ListedVolunteer {
    /// Who is in the network now.
    pub volunteer_id: VolunteerId,
    /// As the volunteer is called here.
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    #[validate(length(min = 3, max = 40))]
    #[schema(min_length = 3, max_length = 40)]
    pub phone: String,
    #[validate(length(min = 1, max = 100))]
    #[schema(min_length = 1, max_length = 100, example = "besøksvenn")]
    pub role: String,
    /// Of the network's contact, and of nobody else. Who holds the network together is listed.
    pub is_network_contact: bool,
    /// Whether they know that they are listed. They must.
    #[validate(custom(function = "told"))]
    pub knows: bool,
}

/// Who coordinates the volunteers.
#[derive(Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ListedCoordinator {
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    #[validate(length(min = 3, max = 40))]
    #[schema(min_length = 3, max_length = 40)]
    pub phone: String,
    #[validate(email, length(max = 254))]
    #[schema(format = "email", max_length = 254)]
    pub email: String,
}

/// Who in the municipality has to do with the network.
#[derive(Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ListedMunicipalContact {
    /// A unit of the municipality. Who works for it sees the form, and of the municipality's unit-bound staff nobody
    /// else. Leave it out if the municipality has no units here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit_id: Option<Uuid>,
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200, example = "Hjemmetjenesten")]
    pub unit: String,
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    #[validate(length(min = 3, max = 40))]
    #[schema(min_length = 3, max_length = 40)]
    pub phone: String,
}

/// When they meet.
#[derive(Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ListedMeeting {
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500, example = "Hver torsdag kl. 11")]
    pub pattern: String,
    pub start_date: NaiveDate,
}

/// The network that the form is of.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListedNetwork {
    /// The same as the form's.
    pub id: NetworkId,
    pub shape: Shape,
}

/// Who has signed this version.
#[derive(Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ListedSignature {
    /// Always there, unless the identity of the participant is protected.
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signed_by: Option<String>,
    /// A relative signs only with a mandate: see `signed_by_id` and `capacity_assessment_id`.
    pub signed_role: SignedRole,
    /// Not in the future.
    pub signed_on: NaiveDate,
}

/// A contact form, and what its latest version says.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(
    table_name = contact_form,
    base_query = contact_form::table.inner_join(contact_form_version::table.on(
        contact_form_version::contact_form_id.eq(contact_form::id)
            .and(contact_form_version::number.eq(contact_form::number))
            .and(contact_form_version::organisation_id.eq(contact_form::organisation_id))
    )),
)]
pub struct ContactForm {
    pub id: ContactFormId,
    pub network_id: NetworkId,
    /// Whom it is for.
    pub person_id: PersonId,
    /// The number of the latest version.
    pub number: i32,
    pub status: Status,
    /// What can be done to it now.
    #[diesel(select_expression = contact_form::status, deserialize_as = Status)]
    pub allowed_actions: Vec<Action>,
    /// What the latest version says.
    #[diesel(select_expression = contact_form_version::body)]
    pub body: ContactFormBody,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

/// A contact form to open, with its first version.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewContactForm {
    pub network_id: NetworkId,
    /// A participant of the network.
    pub person_id: PersonId,
    #[validate(nested)]
    pub body: ContactFormBody,
    /// The person who has signed, if known here. A relative who signs needs a link with the right to consent…
    pub signed_by_id: Option<PersonId>,
    /// …or an assessment by which the participant cannot decide this alone.
    pub capacity_assessment_id: Option<Uuid>,
}

/// The next version of a contact form.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewContactFormVersion {
    /// The form that it is of.
    pub contact_form_id: ContactFormId,
    /// The number of the version that it was written from. If it is no longer the latest, 409 `form_has_moved_on`.
    #[validate(range(min = 1, max = 1_000_000))]
    #[schema(minimum = 1, maximum = 1_000_000)]
    pub based_on: i32,
    /// What it says, as a whole.
    #[validate(nested)]
    pub body: ContactFormBody,
    /// Why there is a new version.
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500, example = "Ny frivillig")]
    pub change_reason: String,
    /// The person who has signed, if known here. A relative who signs needs a link with the right to consent…
    pub signed_by_id: Option<PersonId>,
    /// …or an assessment by which the participant cannot decide this alone.
    pub capacity_assessment_id: Option<Uuid>,
}

/// One thing that is different from the version before.
#[derive(Debug, Serialize, ToSchema)]
pub struct Change {
    /// A JSON pointer into the body.
    pub path: String,
    /// Null if it was not there.
    pub from: Option<Value>,
    /// Null if it is no longer there.
    pub to: Option<Value>,
}

/// A version of a contact form.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = contact_form_version)]
pub struct ContactFormVersion {
    pub id: ContactFormVersionId,
    pub contact_form_id: ContactFormId,
    pub network_id: NetworkId,
    pub person_id: PersonId,
    /// From 1.
    pub number: i32,
    pub body: ContactFormBody,
    /// What is different from the version before; of the first, nothing.
    #[schema(value_type = Vec<Change>)]
    pub changes: Value,
    pub change_reason: Option<String>,
    pub signed_by_id: Option<PersonId>,
    pub capacity_assessment_id: Option<Uuid>,
    /// The account of who wrote it.
    pub created_by: Uuid,
    pub created_at: DateTime<Utc>,
}

/// A version as it is written.
#[derive(Insertable)]
#[diesel(table_name = contact_form_version, treat_none_as_default_value = false)]
pub struct WrittenVersion<'a> {
    pub contact_form_id: ContactFormId,
    pub network_id: NetworkId,
    pub person_id: PersonId,
    pub number: i32,
    pub body: &'a Value,
    pub changes: Value,
    pub change_reason: Option<&'a str>,
    pub signed_by: Option<&'a str>,
    pub signed_role: SignedRole,
    pub signed_by_id: Option<PersonId>,
    pub capacity_assessment_id: Option<Uuid>,
}

/// Where what is told about a participant of a network goes.
#[derive(Debug)]
pub struct Addressee {
    /// By whom, about whom, to which municipality, and what.
    pub telling: Telling,
    /// The referral that both sides know.
    pub referral_id: Option<Uuid>,
    /// The units there that it is for.
    pub unit_ids: Vec<Uuid>,
}

/// Which contact forms to list.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct ContactFormFilter {
    /// Only this network's.
    pub network_id: Option<NetworkId>,
    /// Only this person's.
    pub person_id: Option<PersonId>,
    /// Only those.
    pub status: Option<Status>,
}

/// Whose versions to list.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct OfContactForm {
    /// Only this form's.
    pub contact_form_id: Option<ContactFormId>,
}
