use chrono::{DateTime, Utc};
use diesel::{
    dsl::sql,
    expression::SqlLiteral,
    prelude::*,
    sql_types::{Nullable, Text},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::status::{Action, Status, Waiting};
use crate::{
    access::{Personal, post::Stage},
    db::{id, text_enum},
    domains::people::{
        consents::{Category, ConsentId, Kind},
        legal_bases::{LegalBasisId, Telling},
        persons::PersonId,
    },
    schema::{contact_form_version, delivery, disclosure, legal_basis, organisation, referral},
    web::{Resource, personal, resource},
};

id!(/// A disclosure, and the delivery that it becomes.
    DisclosureId);
resource!(Disclosure at "/v1/disclosures");
resource!(DisclosurePayload at "/v1/disclosures");
resource!(Delivery at "/v1/deliveries");
resource!(ArchivePackage at "/v1/deliveries");
personal!(Disclosure as "disclosure" of subject_id);
personal!(DisclosurePayload as "disclosure" of subject_id);
personal!(Delivery as "delivery" maybe of person_id);
personal!(ArchivePackage as "delivery" maybe of person_id);

/// A legal basis in words, where it is joined.
const SECTION: &str = "legal_basis.statute || ' ' || legal_basis.section";

/// Something personal that leaves, or is to leave, for another organisation. What it says is a call of its own.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(base_query = disclosure::table.left_join(legal_basis::table.on(disclosure::legal_basis_id.eq(legal_basis::id.nullable()))))]
#[diesel(table_name = disclosure)]
pub struct Disclosure {
    pub id: DisclosureId,
    /// Whom it is told to.
    pub counterpart_organisation_id: Uuid,
    pub kind: Kind,
    /// Whom it is about.
    pub subject_id: PersonId,
    /// The consent under which it may leave. Without one and without a legal basis it is blocked.
    pub consent_id: Option<ConsentId>,
    /// The legal basis under which it may leave.
    pub legal_basis_id: Option<LegalBasisId>,
    /// The section that the legal basis rests on.
    #[diesel(select_expression = sql::<Nullable<Text>>(SECTION), select_expression_type = SqlLiteral<Nullable<Text>>)]
    #[schema(example = "forvaltningsloven 1967 § 13 b første ledd nr. 7")]
    pub legal_basis: Option<String>,
    /// The referral that both sides know.
    pub referral_id: Option<Uuid>,
    /// The units of the recipient that it is for.
    pub unit_ids: Vec<Uuid>,
    /// The number of the contact form's version.
    pub number: Option<i32>,
    /// SHA-256 of the payload in its shortest form with sorted keys, in hexadecimal.
    pub payload_sha256: String,
    pub contact_form_id: Option<Uuid>,
    pub contact_form_version_id: Option<Uuid>,
    pub network_id: Option<Uuid>,
    /// The log entry, message or change that it tells of.
    pub source_id: Option<Uuid>,
    /// Whether it needs a second approval.
    pub protected: bool,
    /// The membership of who approved it.
    pub approved_by_id: Option<Uuid>,
    pub status: Status,
    /// What this side can do now.
    #[diesel(select_expression = (disclosure::side, disclosure::status, disclosure::blocked_reason), deserialize_as = Waiting)]
    pub allowed_actions: Vec<Action>,
    /// Why it does not leave, if it is blocked.
    pub blocked_reason: Option<String>,
    /// Why the recipient rejected it.
    pub reason: Option<String>,
    /// Where the recipient has archived it.
    pub archive_system: Option<String>,
    /// What it is called there.
    pub archive_id: Option<String>,
    pub queued_at: DateTime<Utc>,
    pub sent_at: Option<DateTime<Utc>>,
    /// When the recipient's system said that it has stored it.
    pub received_at: Option<DateTime<Utc>>,
    pub archived_at: Option<DateTime<Utc>>,
    pub version: i64,
}

/// What left, or would leave.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = disclosure)]
pub struct DisclosurePayload {
    pub id: DisclosureId,
    /// Whom it is about.
    pub subject_id: PersonId,
    /// An object; its top-level keys are data categories.
    pub payload: Value,
    /// SHA-256 of the payload in its shortest form with sorted keys, in hexadecimal.
    pub payload_sha256: String,
    pub version: i64,
}

/// What is to leave, and why it may.
#[derive(Debug, Insertable)]
#[diesel(table_name = disclosure, treat_none_as_default_value = false)]
pub struct NewDisclosure {
    /// Ours.
    pub organisation_id: Uuid,
    /// Whom it is told to.
    pub counterpart_organisation_id: Uuid,
    /// What it is.
    pub kind: Kind,
    /// Whom it is about.
    pub subject_id: PersonId,
    /// Why it may: a consent, or else a legal basis; without either it is blocked.
    pub consent_id: Option<ConsentId>,
    /// The legal basis.
    pub legal_basis_id: Option<LegalBasisId>,
    /// The referral that both sides know.
    pub referral_id: Option<Uuid>,
    /// The units of the recipient that it is for.
    pub unit_ids: Vec<Uuid>,
    /// The number of the contact form's version.
    pub number: Option<i32>,
    /// The contact form.
    pub contact_form_id: Option<Uuid>,
    /// The contact form's version.
    pub contact_form_version_id: Option<Uuid>,
    /// The network that it is about.
    pub network_id: Option<Uuid>,
    /// What it tells of, if that is neither a referral nor a contact form.
    pub source_id: Option<Uuid>,
    /// An object; its top-level keys are data categories.
    pub payload: Value,
}

/// A piece of news about a participant of a network: one thing, told once.
#[derive(Debug)]
pub struct News {
    /// By whom, about whom, to whom, and what.
    pub telling: Telling,
    /// The referral that both sides know.
    pub referral_id: Option<Uuid>,
    /// The units of the recipient that it is for.
    pub unit_ids: Vec<Uuid>,
    /// The network.
    pub network_id: Uuid,
    /// What it tells of.
    pub source_id: Uuid,
    /// Which data it is.
    pub category: Category,
    /// What it says.
    pub body: Value,
}

/// What did not leave for want of a basis.
#[derive(Debug, HasQuery)]
#[diesel(table_name = disclosure)]
pub struct Stopped {
    pub id: DisclosureId,
    pub kind: Kind,
    pub referral_id: Option<Uuid>,
    pub unit_ids: Vec<Uuid>,
    pub contact_form_id: Option<Uuid>,
    pub network_id: Option<Uuid>,
    pub source_id: Option<Uuid>,
    pub payload: Value,
}

/// What was last sent of a contact form.
#[derive(Debug, HasQuery)]
#[diesel(table_name = disclosure)]
pub struct LastSent {
    pub organisation_id: Uuid,
    pub counterpart_organisation_id: Uuid,
    pub subject_id: PersonId,
    pub consent_id: Option<ConsentId>,
    pub legal_basis_id: Option<LegalBasisId>,
    pub referral_id: Option<Uuid>,
    pub unit_ids: Vec<Uuid>,
    pub number: Option<i32>,
    pub contact_form_id: Option<Uuid>,
    pub network_id: Option<Uuid>,
    pub payload: Value,
}

/// The newest version of a contact form.
#[derive(Debug, HasQuery)]
#[diesel(table_name = contact_form_version)]
pub struct Latest {
    pub id: Uuid,
    pub contact_form_id: Uuid,
    pub number: i32,
    pub body: Value,
}

/// Which disclosures to list.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct DisclosureFilter {
    /// Only those.
    pub status: Option<Status>,
    /// Only what is about this person.
    pub subject_id: Option<PersonId>,
    /// Only what leaves under this consent.
    pub consent_id: Option<ConsentId>,
    /// Only what leaves under this legal basis.
    pub legal_basis_id: Option<LegalBasisId>,
    /// Only the versions of this contact form.
    pub contact_form_id: Option<Uuid>,
    /// Only what tells of this log entry, message or change.
    pub source_id: Option<Uuid>,
    /// Only this kind.
    pub kind: Option<Kind>,
}

/// Something personal that this organisation was sent. What it says is in the answer about one, not in lists.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(base_query = delivery::table
    .left_join(referral::table.on(delivery::referral_id.eq(referral::id.nullable())))
    .left_join(legal_basis::table.on(delivery::legal_basis_id.eq(legal_basis::id.nullable()))))]
#[diesel(table_name = delivery)]
pub struct Delivery {
    pub id: DisclosureId,
    /// Who sent it.
    pub counterpart_organisation_id: Uuid,
    pub kind: Kind,
    /// The consent under which it was sent.
    pub consent_id: Option<ConsentId>,
    /// The legal basis under which it was sent.
    pub legal_basis_id: Option<LegalBasisId>,
    /// The section that the legal basis rests on.
    #[diesel(select_expression = sql::<Nullable<Text>>(SECTION), select_expression_type = SqlLiteral<Nullable<Text>>)]
    pub legal_basis: Option<String>,
    /// The referral that both sides know.
    pub referral_id: Option<Uuid>,
    /// The system that this organisation has the referral's case in.
    #[diesel(select_expression = referral::external_system.nullable())]
    pub external_system: Option<String>,
    /// The case in that system.
    #[diesel(select_expression = referral::external_case_id.nullable())]
    pub external_case_id: Option<String>,
    /// The units of this organisation that it is for.
    pub unit_ids: Vec<Uuid>,
    /// The number of the contact form's version.
    pub number: Option<i32>,
    /// The sender's network that it is about.
    pub network_id: Option<Uuid>,
    /// SHA-256 of the payload in its shortest form with sorted keys, in hexadecimal.
    pub payload_sha256: String,
    /// Our own record of the person, once it was taken in.
    pub person_id: Option<PersonId>,
    pub status: Status,
    /// What this side can do now.
    #[diesel(select_expression = (delivery::side, delivery::status), deserialize_as = Stage<Status>)]
    pub allowed_actions: Vec<Action>,
    /// Why it was rejected.
    pub reason: Option<String>,
    pub archive_system: Option<String>,
    pub archive_id: Option<String>,
    pub sent_at: Option<DateTime<Utc>>,
    /// When it was said to be stored.
    pub received_at: Option<DateTime<Utc>>,
    pub archived_at: Option<DateTime<Utc>>,
    pub version: i64,
}

/// A delivery and what it says.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeliveryInFull {
    #[serde(flatten)]
    pub delivery: Delivery,
    /// An object; its top-level keys are data categories. Null while the identity of the person is protected here.
    #[schema(required)]
    pub payload: Option<Value>,
}

impl Resource for DeliveryInFull {
    const PATH: &'static str = Delivery::PATH;

    fn id(&self) -> Uuid {
        self.delivery.id()
    }

    fn version(&self) -> i64 {
        self.delivery.version()
    }
}

impl Personal for DeliveryInFull {
    const TABLE: &'static str = Delivery::TABLE;

    fn shown(&self) -> Vec<(Uuid, Option<Uuid>)> {
        self.delivery.shown()
    }
}

/// Which deliveries to list.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct DeliveryFilter {
    /// Only those.
    pub status: Option<Status>,
    /// Only this kind.
    pub kind: Option<Kind>,
    /// Only what belongs to this referral.
    pub referral_id: Option<Uuid>,
    /// Only what is about this network of the sender's.
    pub network_id: Option<Uuid>,
}

/// Where a delivery was archived.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Archiving {
    #[validate(length(min = 1, max = 80))]
    #[schema(min_length = 1, max_length = 80, example = "ePhorte")]
    pub archive_system: String,
    /// What it is called there.
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200, example = "2026/1234-5")]
    pub archive_id: String,
    /// Now, if it is left out.
    pub archived_at: Option<DateTime<Utc>>,
}

text_enum! {
    /// Why a delivery is rejected.
    #[schema(as = DeliveryRejectionReason)]
    pub enum RejectionReason {
        WrongRecipient = "wrong_recipient",
        UnknownPerson = "unknown_person",
        Incomplete = "incomplete",
        Unreadable = "unreadable",
        Duplicate = "duplicate",
    }
}

/// Why a delivery is not kept.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(as = DeliveryRejection)]
pub struct Rejection {
    pub reason: RejectionReason,
}

/// Whom a delivery is about.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct TakingIn {
    /// Somebody who is known here. If it is left out, a person is made of what was sent.
    pub person_id: Option<PersonId>,
}

/// An organisation, as an archive names it.
#[derive(Clone, Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = organisation)]
pub struct ArchiveParty {
    pub id: Uuid,
    pub country: String,
    /// The organisation number.
    pub number: String,
    pub name: String,
}

/// How a checksum was made.
#[derive(Debug, Serialize, ToSchema)]
pub struct Checksum {
    #[schema(example = "SHA-256")]
    pub algorithm: &'static str,
    /// In hexadecimal, of the bytes of `content`.
    pub value: String,
}

/// What an archive needs to keep a delivery: origin, context, content, and a proof that nothing was altered
/// (NO: arkivlova, LOV-2025-06-20-96, § 5).
#[derive(Debug, Serialize, ToSchema)]
pub struct ArchivePackage {
    pub id: DisclosureId,
    pub sender: ArchiveParty,
    pub recipient: ArchiveParty,
    pub kind: Kind,
    /// The number of the contact form's version.
    pub number: Option<i32>,
    pub referral_id: Option<Uuid>,
    pub external_system: Option<String>,
    /// The case that it belongs to.
    pub external_case_id: Option<String>,
    /// The consent under which it was sent.
    pub consent_id: Option<ConsentId>,
    /// The legal basis under which it was sent.
    pub legal_basis_id: Option<LegalBasisId>,
    /// The section that the legal basis rests on.
    pub legal_basis: Option<String>,
    pub classification: Classification,
    #[serde(skip)]
    pub person_id: Option<PersonId>,
    pub sent_at: Option<DateTime<Utc>>,
    pub received_at: Option<DateTime<Utc>>,
    pub archived_at: Option<DateTime<Utc>>,
    pub archive_system: Option<String>,
    pub archive_id: Option<String>,
    pub payload: Value,
    /// The payload as text, byte for byte what the checksum is of.
    pub content: String,
    pub checksum: Checksum,
    pub version: i64,
}

text_enum! {
    /// How an archive has to shield something.
    #[schema(as = ArchiveClassification)]
    pub enum Classification { SensitivePersonalData = "sensitive_personal_data" }
}
