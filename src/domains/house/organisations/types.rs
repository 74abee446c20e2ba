use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema, openapi::Array};
use validator::Validate;

use super::status::{Action, Status};
use crate::{
    access::post::{Side, Stage},
    db::{Open, id, open_actions, text_enum},
    domains::house::sessions::MembershipId,
    identifiers::Country,
    schema::{contact_point, counterpart, organisation, unit},
    web::{codes, each_up_to, resource, texts},
};

id!(/// An organisation.
    OrganisationId);
id!(/// A part of an organisation.
    UnitId);
id!(/// Whom to turn to in a unit.
    ContactPointId);
id!(/// What two organisations are to each other.
    CounterpartId);
resource!(Organisation at "/v1/organisations");
resource!(Unit at "/v1/units");
resource!(ContactPoint at "/v1/contact-points");
resource!(Counterpart at "/v1/counterparts");

text_enum! {
    /// What kind of organisation it is.
    #[schema(as = OrganisationKind)]
    pub enum Kind {
        Municipality = "municipality",
        VolunteerCentre = "volunteer_centre",
        VoluntaryOrganisation = "voluntary_org",
        Provider = "provider",
        StateAuthority = "state_authority",
        RegionBody = "region_body",
        Oversight = "oversight",
    }
}

text_enum! {
    /// What a unit does.
    #[schema(as = UnitFunction)]
    pub enum Function {
        AllocationOffice = "allocation_office",
        Execution = "execution",
        HomeCare = "home_care",
        Dementia = "dementia",
        ChildFamily = "child_family",
        Disability = "disability",
        Probation = "probation",
        PatientsBoard = "patients_board",
        GuardianshipBoard = "guardianship_board",
        Other = "other",
    }
}

/// An organisation, as far as it is public.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = organisation)]
pub struct Organisation {
    pub id: OrganisationId,
    pub country: Country,
    pub kind: Kind,
    /// Its number in the country's register of organisations.
    pub number: String,
    pub name: String,
    /// The municipality that it is or works for. Authorities of other levels have none.
    pub municipality_code: Option<String>,
    /// The organisation that it is a part of.
    pub parent_id: Option<OrganisationId>,
    pub valid_from: NaiveDate,
    /// The first day that it is no more.
    pub valid_to: Option<NaiveDate>,
    /// After so many days without a step a referral that waits here expires, when the desk has been warned; never, if
    /// it does not say.
    pub referral_expires_after_days: Option<i32>,
    /// Whether its members need a second factor: tokens of one who has none open nothing but their own account.
    pub second_factor_required: bool,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

/// What to change of how one's own organisation works. What is left out stays.
#[derive(AsChangeset, Debug, Deserialize, ToSchema, Validate)]
#[diesel(table_name = organisation)]
#[serde(deny_unknown_fields)]
pub struct OrganisationPatch {
    /// Null lets no referral expire.
    #[validate(range(min = 1, max = 3650))]
    #[schema(minimum = 1, maximum = 3650)]
    #[serde(default, deserialize_with = "crate::web::nullable")]
    pub referral_expires_after_days: Option<Option<i32>>,
    /// Holds from the next log-in or refresh of each member.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "crate::web::given")]
    pub second_factor_required: Option<bool>,
}

/// An organisation to make. Only the command line can.
#[derive(clap::Args, Debug)]
pub struct NewOrganisation {
    /// Whose register its number is in.
    #[arg(long)]
    pub country: Country,
    /// The same number can be of several kinds: a board of a municipality has the municipality's.
    #[arg(long)]
    pub kind: Kind,
    /// Its organisation number. Checked, and kept without spaces and hyphens.
    #[arg(long)]
    pub number: String,
    /// Its name there.
    #[arg(long, value_parser = crate::domains::house::name)]
    pub name: String,
    /// Must be in force today. A municipality has one.
    #[arg(long, required_if_eq("kind", Kind::Municipality.word()))]
    pub municipality_code: Option<String>,
    /// The id of the organisation that it is a part of.
    #[arg(long)]
    pub parent_id: Option<OrganisationId>,
}

/// Which organisations to list.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct OrganisationFilter {
    /// Only of this country.
    pub country: Option<Country>,
    /// Only those with this municipality code; codes of different countries can be alike.
    #[validate(length(min = 3, max = 4))]
    #[param(min_length = 3, max_length = 4)]
    pub municipality_code: Option<String>,
    /// Only of this kind.
    pub kind: Option<Kind>,
}

/// A part of an organisation. Others see it too, so that they can say whom a thing is for.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = unit)]
pub struct Unit {
    pub id: UnitId,
    pub organisation_id: OrganisationId,
    pub name: String,
    pub function: Function,
    pub valid_from: NaiveDate,
    /// The first day that it is no more.
    pub valid_to: Option<NaiveDate>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

/// A unit to make. It exists from today.
#[derive(Debug, Deserialize, Insertable, ToSchema, Validate)]
#[diesel(table_name = unit)]
#[serde(deny_unknown_fields)]
pub struct NewUnit {
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200, example = "Hjemmetjenesten")]
    pub name: String,
    pub function: Function,
}

/// What to change of a unit. What is left out stays.
#[derive(AsChangeset, Debug, Deserialize, ToSchema, Validate)]
#[diesel(table_name = unit)]
#[serde(deny_unknown_fields)]
pub struct UnitPatch {
    #[validate(length(min = 1, max = 200))]
    #[schema(nullable = false, min_length = 1, max_length = 200)]
    #[serde(default, deserialize_with = "crate::web::given")]
    pub name: Option<String>,
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "crate::web::given")]
    pub function: Option<Function>,
    /// The first day that it is no more.
    #[serde(default, deserialize_with = "crate::web::nullable")]
    pub valid_to: Option<Option<NaiveDate>>,
}

/// Which units to list.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct UnitFilter {
    /// Of which organisation; one's own unless another is named.
    pub organisation_id: Option<OrganisationId>,
}

open_actions! {
    /// What can be done to a contact point.
    pub enum ContactPointAction { End = "end" }
}

/// Whom to turn to in a unit, and who stands in.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = contact_point)]
pub struct ContactPoint {
    #[serde(skip)]
    pub organisation_id: OrganisationId,
    pub id: ContactPointId,
    pub unit_id: UnitId,
    /// The membership of who answers, if they work with this system.
    pub membership_id: Option<MembershipId>,
    /// The contact point that stands in for this one. Who is there sees what this one sees.
    pub substitute_id: Option<ContactPointId>,
    pub name: String,
    pub role: String,
    pub phone: Option<String>,
    pub email: Option<String>,
    /// When somebody answers.
    pub hours: Option<String>,
    /// Whether it is the head of the unit, who is reached when nobody else is.
    pub is_head: bool,
    /// Whether it stands in the directory, which everybody can read: its role, telephone and hours, never the name.
    pub published: bool,
    /// The services to turn to it for; for all, if none is named.
    #[schema(max_items = 20)]
    pub services: Vec<String>,
    pub valid_from: NaiveDate,
    /// The first day that it is no more.
    pub valid_to: Option<NaiveDate>,
    /// What can be done to it now.
    #[diesel(select_expression = contact_point::valid_to.is_null(), select_expression_type = diesel::dsl::IsNull<contact_point::valid_to>, deserialize_as = Open)]
    pub allowed_actions: Vec<ContactPointAction>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

/// A contact point to make. It exists from today.
#[derive(Debug, Deserialize, Insertable, ToSchema, Validate)]
#[diesel(table_name = contact_point, treat_none_as_default_value = false)]
#[serde(deny_unknown_fields)]
pub struct NewContactPoint {
    pub unit_id: UnitId,
    pub membership_id: Option<MembershipId>,
    pub substitute_id: Option<ContactPointId>,
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200, example = "Kari Kontakt")]
    pub name: String,
    #[validate(length(min = 1, max = 80))]
    #[schema(min_length = 1, max_length = 80, example = "team nurse")]
    pub role: String,
    #[validate(length(min = 3, max = 40))]
    #[schema(min_length = 3, max_length = 40)]
    pub phone: Option<String>,
    #[validate(email, length(max = 254))]
    #[schema(format = "email", max_length = 254)]
    pub email: Option<String>,
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200, example = "Monday to Friday 8 to 15")]
    pub hours: Option<String>,
    /// Whether it is the head of the unit, who is reached when nobody else is.
    #[serde(default)]
    pub is_head: bool,
    /// Whether everybody may read its role, telephone and hours in the directory.
    #[serde(default)]
    pub published: bool,
    /// The services to turn to it for; for all, if none is named.
    #[validate(length(max = 20), custom(function = "codes"), custom(function = "each_up_to::<80>"))]
    #[schema(schema_with = services_schema)]
    #[serde(default)]
    pub services: Vec<String>,
}

fn services_schema() -> Array {
    texts(80, 0..=20).examples([json!(["visiting_friend"])]).build()
}

/// What to change of a contact point. What is left out stays.
#[derive(AsChangeset, Debug, Deserialize, ToSchema, Validate)]
#[diesel(table_name = contact_point)]
#[serde(deny_unknown_fields)]
pub struct ContactPointPatch {
    #[serde(default, deserialize_with = "crate::web::nullable")]
    pub membership_id: Option<Option<MembershipId>>,
    #[serde(default, deserialize_with = "crate::web::nullable")]
    pub substitute_id: Option<Option<ContactPointId>>,
    #[validate(length(min = 1, max = 200))]
    #[schema(nullable = false, min_length = 1, max_length = 200)]
    #[serde(default, deserialize_with = "crate::web::given")]
    pub name: Option<String>,
    #[validate(length(min = 1, max = 80))]
    #[schema(nullable = false, min_length = 1, max_length = 80)]
    #[serde(default, deserialize_with = "crate::web::given")]
    pub role: Option<String>,
    #[validate(length(min = 3, max = 40))]
    #[schema(min_length = 3, max_length = 40)]
    #[serde(default, deserialize_with = "crate::web::nullable")]
    pub phone: Option<Option<String>>,
    #[validate(email, length(max = 254))]
    #[schema(format = "email", max_length = 254)]
    #[serde(default, deserialize_with = "crate::web::nullable")]
    pub email: Option<Option<String>>,
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200)]
    #[serde(default, deserialize_with = "crate::web::nullable")]
    pub hours: Option<Option<String>>,
    /// Whether everybody may read its role, telephone and hours in the directory.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "crate::web::given")]
    pub published: Option<bool>,
    /// The services to turn to it for; for all, if none is named.
    #[validate(length(max = 20), custom(function = "codes"), custom(function = "each_up_to::<80>"))]
    #[schema(schema_with = services_schema)]
    #[serde(default, deserialize_with = "crate::web::given")]
    pub services: Option<Vec<String>>,
}

/// When a contact point ends.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ContactPointEnd {
    /// The first day that it is no more; after the day it began.
    pub valid_to: NaiveDate,
}

text_enum! {
    /// How somebody came to be the one to reach: as the unit's contact point, or standing in for one, or as its head.
    pub enum ReachedVia { ContactPoint = "contact_point", Substitute = "substitute", UnitHead = "unit_head" }
}

/// Whom to reach at a unit.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitContact {
    pub unit_id: UnitId,
    pub on: NaiveDate,
    /// Null if there is nobody, not even a head.
    #[schema(required)]
    pub via: Option<ReachedVia>,
    #[schema(required)]
    pub contact_point: Option<ContactPoint>,
}

/// On which day.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct OnDay {
    /// Today, if it is left out.
    pub on: Option<NaiveDate>,
}

/// Whose contact points to list.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct OfUnit {
    /// Only of this unit.
    pub unit_id: Option<UnitId>,
}

/// What another organisation is to this one: one side has asked to write to it, the other says yes or no.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = counterpart)]
pub struct Counterpart {
    pub id: CounterpartId,
    /// Whether this side asked (`sent`) or was asked (`received`).
    pub side: Side,
    pub counterpart_organisation_id: OrganisationId,
    pub status: Status,
    /// What this side can do now.
    #[diesel(select_expression = (counterpart::side, counterpart::status), deserialize_as = Stage<Status>)]
    pub allowed_actions: Vec<Action>,
    /// Only this side sees it.
    pub note: Option<String>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

/// An organisation to ask whether one may write to it.
#[derive(Debug, Deserialize, Insertable, ToSchema, Validate)]
#[diesel(table_name = counterpart, treat_none_as_default_value = false)]
#[serde(deny_unknown_fields)]
pub struct NewCounterpart {
    pub counterpart_organisation_id: OrganisationId,
    /// Only this side sees it.
    #[validate(length(min = 1, max = 2000))]
    #[schema(min_length = 1, max_length = 2000)]
    pub note: Option<String>,
}

/// Which counterparts to list.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct CounterpartFilter {
    /// Only those.
    #[param(inline)]
    pub status: Option<Status>,
}
