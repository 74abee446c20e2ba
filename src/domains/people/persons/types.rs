use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::{
    db::{Open, id, open_actions, text_enum},
    identifiers::{Country, NationalKind},
    schema::{person, person_identifier, person_link},
    web::{Item, personal, resource},
    words::Language,
};

id!(/// A person.
    PersonId);
id!(/// A national identity number of a person.
    PersonIdentifierId);
id!(/// What one person is to another.
    PersonLinkId);
resource!(Person at "/v1/persons");
resource!(PersonIdentifier at "/v1/person-identifiers");
resource!(PersonLink at "/v1/person-links");
personal!(Person as "person" of id);
personal!(PersonIdentifier as "person_identifier" of person_id);
personal!(PersonLink as "person_link" of person_id);

text_enum! {
    /// How somebody wants to be reached.
    pub enum ContactBy { Phone = "phone", Sms = "sms", Email = "email", Letter = "letter", Relative = "relative" }
}

text_enum! {
    /// What sort of identity number it is.
    pub enum IdentifierKind {
        NoFnr = "no_fnr",
        NoDnr = "no_dnr",
        NoHnr = "no_hnr",
        NoFhnr = "no_fhnr",
        NoSynthetic = "no_synthetic",
        DkCpr = "dk_cpr",
        SePnr = "se_pnr",
        SeSamordning = "se_samordning",
    }
}

impl From<IdentifierKind> for NationalKind {
    fn from(kind: IdentifierKind) -> Self {
        match kind {
            IdentifierKind::NoFnr => Self::NoFnr,
            IdentifierKind::NoDnr => Self::NoDnr,
            IdentifierKind::NoHnr => Self::NoHnr,
            IdentifierKind::NoFhnr => Self::NoFhnr,
            IdentifierKind::NoSynthetic => Self::NoSynthetic,
            IdentifierKind::DkCpr => Self::DkCpr,
            IdentifierKind::SePnr => Self::SePnr,
            IdentifierKind::SeSamordning => Self::SeSamordning,
        }
    }
}

text_enum! {
    /// Whether an identity number still is the person's.
    pub enum IdentifierStatus { Active = "active", Replaced = "replaced", Ceased = "ceased" }
}

text_enum! {
    /// What a person is to another. It gives no right by itself.
    pub enum LinkKind {
        Spouse = "spouse",
        Parent = "parent",
        Custodian = "custodian",
        Guardian = "guardian",
        GodMan = "god_man",
        Verge = "verge",
        Proxy = "proxy",
        NearestRelative = "nearest_relative",
        Other = "other",
    }
}

text_enum! {
    /// What can be done about how a person is protected.
    pub enum PersonAction { Protect = "protect", EndProtection = "end_protection" }
}

/// Whether a person is protected, and what can be done then.
impl From<Open> for Vec<PersonAction> {
    fn from(protected: Open) -> Self {
        let end = protected.0.then_some(PersonAction::EndProtection);
        std::iter::once(PersonAction::Protect).chain(end).collect()
    }
}

/// A person: who is helped, or somebody near them.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = person)]
pub struct Person {
    /// Its id.
    pub id: PersonId,
    /// Given names.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// The day of birth.
    pub birth_on: Option<NaiveDate>,
    /// A phone number.
    pub phone: Option<String>,
    /// An e-mail address.
    pub email: Option<String>,
    /// Street and number.
    pub address: Option<String>,
    /// The postcode.
    pub postcode: Option<String>,
    /// The place of the postcode.
    pub place: Option<String>,
    /// The code of the municipality, as its country writes it.
    pub municipality_code: Option<String>,
    /// The language for talks and letters.
    pub language: Language,
    /// Whether talks need an interpreter.
    pub needs_interpreter: bool,
    /// How the person wants to be reached.
    pub contact_by: ContactBy,
    /// Whether the municipality serves the person, too.
    pub receives_municipal_services: bool,
    /// The unit whose case this is.
    pub unit_id: Option<Uuid>,
    /// The membership of who is responsible.
    pub responsible_id: Option<Uuid>,
    /// The identity is protected: what identifies is not in this row, and names are made up.
    #[diesel(select_expression = person::protection.is_not_null(), select_expression_type = diesel::dsl::IsNotNull<person::protection>)]
    pub is_protected: bool,
    /// What can be done to it now.
    #[diesel(select_expression = person::protection.is_not_null(), select_expression_type = diesel::dsl::IsNotNull<person::protection>, deserialize_as = Open)]
    pub allowed_actions: Vec<PersonAction>,
    /// How often it has changed, from 1.
    pub version: i64,
    /// When it was registered.
    pub created_at: DateTime<Utc>,
}

/// A person to register.
#[derive(Clone, Debug, Deserialize, Insertable, Serialize, ToSchema, Validate)]
#[diesel(table_name = person)]
#[serde(deny_unknown_fields)]
pub struct NewPerson {
    /// Given names.
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200, example = "Ada")]
    pub given_name: String,
    /// Family name.
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200, example = "Prøve")]
    pub family_name: String,
    /// The day of birth.
    pub birth_on: Option<NaiveDate>,
    /// A phone number.
    #[validate(length(min = 3, max = 40))]
    #[schema(min_length = 3, max_length = 40)]
    pub phone: Option<String>,
    /// An e-mail address.
    #[validate(email, length(max = 254))]
    #[schema(format = "email", max_length = 254)]
    pub email: Option<String>,
    /// Street and number.
    #[validate(length(min = 1, max = 300))]
    #[schema(min_length = 1, max_length = 300)]
    pub address: Option<String>,
    /// The postcode.
    #[validate(length(min = 1, max = 12))]
    #[schema(min_length = 1, max_length = 12)]
    pub postcode: Option<String>,
    /// The place of the postcode.
    #[validate(length(min = 1, max = 120))]
    #[schema(min_length = 1, max_length = 120)]
    pub place: Option<String>,
    /// The code of the municipality, as its country writes it.
    #[validate(length(min = 3, max = 4))]
    #[schema(min_length = 3, max_length = 4, example = "4223")]
    pub municipality_code: Option<String>,
    /// Norwegian bokmål, if it does not say.
    pub language: Option<Language>,
    /// Whether talks need an interpreter.
    pub needs_interpreter: Option<bool>,
    /// By phone, if it does not say.
    pub contact_by: Option<ContactBy>,
    /// Whether the municipality serves the person, too.
    pub receives_municipal_services: Option<bool>,
    /// The unit whose case this is.
    pub unit_id: Option<Uuid>,
    /// The membership of who is responsible.
    pub responsible_id: Option<Uuid>,
}

impl Item for NewPerson {}

/// What to change of a person. What is left out stays.
#[derive(AsChangeset, Debug, Deserialize, ToSchema, Validate)]
#[diesel(table_name = person)]
#[serde(deny_unknown_fields)]
pub struct PersonPatch {
    #[validate(length(min = 1, max = 200))]
    #[schema(nullable = false, min_length = 1, max_length = 200)]
    #[serde(default, deserialize_with = "crate::web::given")]
    pub given_name: Option<String>,
    #[validate(length(min = 1, max = 200))]
    #[schema(nullable = false, min_length = 1, max_length = 200)]
    #[serde(default, deserialize_with = "crate::web::given")]
    pub family_name: Option<String>,
    #[serde(default, deserialize_with = "crate::web::nullable")]
    pub birth_on: Option<Option<NaiveDate>>,
    #[validate(length(min = 3, max = 40))]
    #[schema(min_length = 3, max_length = 40)]
    #[serde(default, deserialize_with = "crate::web::nullable")]
    pub phone: Option<Option<String>>,
    #[validate(email, length(max = 254))]
    #[schema(format = "email", max_length = 254)]
    #[serde(default, deserialize_with = "crate::web::nullable")]
    pub email: Option<Option<String>>,
    #[validate(length(min = 1, max = 300))]
    #[schema(min_length = 1, max_length = 300)]
    #[serde(default, deserialize_with = "crate::web::nullable")]
    pub address: Option<Option<String>>,
    #[validate(length(min = 1, max = 12))]
    #[schema(min_length = 1, max_length = 12)]
    #[serde(default, deserialize_with = "crate::web::nullable")]
    pub postcode: Option<Option<String>>,
    #[validate(length(min = 1, max = 120))]
    #[schema(min_length = 1, max_length = 120)]
    #[serde(default, deserialize_with = "crate::web::nullable")]
    pub place: Option<Option<String>>,
    #[validate(length(min = 3, max = 4))]
    #[schema(min_length = 3, max_length = 4)]
    #[serde(default, deserialize_with = "crate::web::nullable")]
    pub municipality_code: Option<Option<String>>,
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "crate::web::given")]
    pub language: Option<Language>,
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "crate::web::given")]
    pub needs_interpreter: Option<bool>,
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "crate::web::given")]
    pub contact_by: Option<ContactBy>,
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "crate::web::given")]
    pub receives_municipal_services: Option<bool>,
    #[serde(default, deserialize_with = "crate::web::nullable")]
    pub unit_id: Option<Option<Uuid>>,
    #[serde(default, deserialize_with = "crate::web::nullable")]
    pub responsible_id: Option<Option<Uuid>>,
}

impl PersonPatch {
    /// Whether it says anything that identifies the person.
    pub const fn identifies(&self) -> bool {
        self.given_name.is_some()
            || self.family_name.is_some()
            || self.birth_on.is_some()
            || self.phone.is_some()
            || self.email.is_some()
            || self.address.is_some()
            || self.postcode.is_some()
            || self.place.is_some()
            || self.municipality_code.is_some()
    }
}

/// Which persons to list.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct PersonFilter {
    /// Only those whose family name begins so.
    #[validate(length(min = 1, max = 100))]
    #[param(min_length = 1, max_length = 100)]
    pub name: Option<String>,
    /// Only those of this unit.
    pub unit_id: Option<Uuid>,
}

/// A national identity number to look for.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct PersonSearch {
    pub country: Country,
    /// Any kind that the country has, if it does not say.
    pub kind: Option<IdentifierKind>,
    #[validate(length(min = 8, max = 20))]
    #[schema(min_length = 8, max_length = 20)]
    pub number: String,
}

open_actions! {
    /// What can be done to an identity number.
    pub enum PersonIdentifierAction { Replace = "replace" }
}

/// That a person has a national identity number. The number itself is never told.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = person_identifier)]
pub struct PersonIdentifier {
    pub id: PersonIdentifierId,
    pub person_id: PersonId,
    pub kind: IdentifierKind,
    /// Who said so.
    pub source: String,
    pub status: IdentifierStatus,
    pub valid_from: NaiveDate,
    pub valid_to: Option<NaiveDate>,
    /// What can be done to it now.
    #[diesel(select_expression = person_identifier::valid_to.is_null(), select_expression_type = diesel::dsl::IsNull<person_identifier::valid_to>, deserialize_as = Open)]
    pub allowed_actions: Vec<PersonIdentifierAction>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

/// A national identity number to register.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewPersonIdentifier {
    pub person_id: PersonId,
    pub country: Country,
    /// Told by the digits, if it does not say.
    pub kind: Option<IdentifierKind>,
    #[validate(length(min = 8, max = 20))]
    #[schema(min_length = 8, max_length = 20)]
    pub number: String,
    /// Who said so.
    #[validate(length(min = 1, max = 100))]
    #[schema(min_length = 1, max_length = 100, example = "folkeregisteret")]
    pub source: String,
}

/// The number that a person has instead.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Replacement {
    pub country: Country,
    /// Told by the digits, if it does not say.
    pub kind: Option<IdentifierKind>,
    #[validate(length(min = 8, max = 20))]
    #[schema(min_length = 8, max_length = 20)]
    pub number: String,
    /// Who said so.
    #[validate(length(min = 1, max = 100))]
    #[schema(min_length = 1, max_length = 100)]
    pub source: String,
}

/// A sealed number on its way into the database.
#[derive(Insertable)]
#[diesel(table_name = person_identifier)]
pub struct SealedIdentifier {
    pub id: PersonIdentifierId,
    pub person_id: PersonId,
    pub kind: IdentifierKind,
    pub sealed: Vec<u8>,
    pub hash: Vec<u8>,
    pub source: String,
}

/// Of which person.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct OfPerson {
    /// Only this person's.
    pub person_id: Option<PersonId>,
}

open_actions! {
    /// What can be done to a link.
    pub enum PersonLinkAction { End = "end" }
}

/// What one person is to another, and what that gives the right to.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = person_link)]
pub struct PersonLink {
    pub id: PersonLinkId,
    /// Whose relative or representative it is.
    pub person_id: PersonId,
    /// The relative or representative.
    pub related_person_id: PersonId,
    pub kind: LinkKind,
    pub may_consent: bool,
    pub may_complain: bool,
    pub may_receive_letters: bool,
    pub may_be_contacted: bool,
    /// What the rights stem from, for example a mandate.
    pub basis: Option<String>,
    pub valid_from: NaiveDate,
    /// The first day on which it no longer holds.
    pub valid_to: Option<NaiveDate>,
    /// What can be done to it now.
    #[diesel(select_expression = person_link::valid_to.is_null(), select_expression_type = diesel::dsl::IsNull<person_link::valid_to>, deserialize_as = Open)]
    pub allowed_actions: Vec<PersonLinkAction>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

/// A link to register. Rights that are not named are not given.
#[derive(Debug, Deserialize, Insertable, ToSchema, Validate)]
#[diesel(table_name = person_link)]
#[serde(deny_unknown_fields)]
pub struct NewPersonLink {
    pub person_id: PersonId,
    pub related_person_id: PersonId,
    pub kind: LinkKind,
    #[serde(default)]
    pub may_consent: bool,
    #[serde(default)]
    pub may_complain: bool,
    #[serde(default)]
    pub may_receive_letters: bool,
    #[serde(default)]
    pub may_be_contacted: bool,
    #[validate(length(min = 1, max = 300))]
    #[schema(min_length = 1, max_length = 300)]
    pub basis: Option<String>,
    /// Today, if it does not say.
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
}

/// What to change of a link. What is left out stays.
#[derive(AsChangeset, Debug, Deserialize, ToSchema, Validate)]
#[diesel(table_name = person_link)]
#[serde(deny_unknown_fields)]
pub struct PersonLinkPatch {
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "crate::web::given")]
    pub may_consent: Option<bool>,
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "crate::web::given")]
    pub may_complain: Option<bool>,
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "crate::web::given")]
    pub may_receive_letters: Option<bool>,
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "crate::web::given")]
    pub may_be_contacted: Option<bool>,
    #[validate(length(min = 1, max = 300))]
    #[schema(min_length = 1, max_length = 300)]
    #[serde(default, deserialize_with = "crate::web::nullable")]
    pub basis: Option<Option<String>>,
    #[serde(default, deserialize_with = "crate::web::nullable")]
    pub valid_to: Option<Option<NaiveDate>>,
}
