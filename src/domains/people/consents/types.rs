use chrono::{DateTime, NaiveDate, Utc};
use diesel::{expression::SqlLiteral, prelude::*, sql_types::Timestamptz};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::status::{Action, Status};
use crate::{
    access::post::{Side, Stage},
    db::{id, text_enum},
    domains::people::{capacity_assessments::CapacityAssessmentId, persons::PersonId},
    schema::{consent, disclosure},
    web::{each_once, hexadecimal, personal, resource},
    words::Language,
};

id!(/// A consent.
    ConsentId);
resource!(Consent at "/v1/consents");
personal!(Consent as "consent" maybe of subject_id);
personal!(WithdrawalPreview as "consent" maybe of subject_id);

text_enum! {
    /// What is disclosed.
    #[schema(as = DisclosureKind)]
    pub enum Kind {
        Referral = "referral",
        ContactForm = "contact_form",
        UnmetNeed = "unmet_need",
        LogEntry = "log_entry",
        Message = "message",
        Change = "change",
    }
}

text_enum! {
    /// A kind of data: a top-level key of what is disclosed.
    #[schema(as = DataCategory)]
    pub enum Category {
        Name = "name",
        BirthDate = "birth_date",
        Contact = "contact",
        Address = "address",
        Language = "language",
        Services = "services",
        Relatives = "relatives",
        Need = "need",
        Wishes = "wishes",
        SocialLife = "social_life",
        SupportNeeds = "support_needs",
        Network = "network",
        Volunteers = "volunteers",
        Coordinator = "coordinator",
        MunicipalContacts = "municipal_contacts",
        Activities = "activities",
        Meeting = "meeting",
        Signature = "signature",
        LogEntry = "log_entry",
        Message = "message",
        Change = "change",
    }
}

text_enum! {
    /// How a consent was given.
    pub enum ConsentMethod { Eid = "eid", WetSignature = "wet_signature", RecordedOral = "recorded_oral" }
}

text_enum! {
    /// How a text was presented.
    pub enum TextForm { OnScreen = "on_screen", OnPaper = "on_paper", ReadAloud = "read_aloud", EasyToRead = "easy_to_read" }
}

text_enum! {
    /// How somebody told that they withdraw. Orally is enough.
    pub enum ToldHow { Orally = "orally", InWriting = "in_writing", Electronically = "electronically" }
}

text_enum! {
    /// Why a consent does not count.
    pub enum InvalidBasis {
        NotInformed = "not_informed",
        LackedCapacity = "lacked_capacity",
        NotFree = "not_free",
        WrongPerson = "wrong_person",
        EnteredInError = "entered_in_error",
    }
}

/// What a person has agreed that one organisation may tell another. The other knows of it, but not whom it is about.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = consent)]
pub struct Consent {
    /// Its id.
    pub id: ConsentId,
    /// Whose copy this is.
    pub side: Side,
    /// The other side.
    pub counterpart_organisation_id: Uuid,
    /// The referral that it belongs to.
    pub referral_id: Option<Uuid>,
    /// What for.
    pub purpose: String,
    /// What may be told.
    #[schema(max_items = 10)]
    pub kinds: Vec<Kind>,
    /// Which data.
    #[schema(max_items = 30)]
    pub categories: Vec<Category>,
    /// Whether what comes later may be told too.
    pub includes_updates: bool,
    /// From when it holds.
    #[diesel(select_expression = diesel::dsl::sql::<Timestamptz>("lower(consent.valid)"), select_expression_type = SqlLiteral<Timestamptz>)]
    pub valid_from: DateTime<Utc>,
    /// Until when it holds.
    #[diesel(select_expression = diesel::dsl::sql::<Timestamptz>("upper(consent.valid)"), select_expression_type = SqlLiteral<Timestamptz>)]
    pub expires_at: DateTime<Utc>,
    /// How far it has come.
    pub status: Status,
    /// What this side can do now.
    #[schema(max_items = 10)]
    #[diesel(select_expression = (consent::side, consent::status), deserialize_as = Stage<Status>)]
    pub allowed_actions: Vec<Action>,
    /// The side that was told that it ends, `sender` or `recipient`; or the `clock`.
    pub ended_by: Option<String>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// How this side was told, or why it does not count. The other side is not told.
    pub reason: Option<String>,
    /// Whom it is about. Only the side that discloses knows.
    pub subject_id: Option<PersonId>,
    /// Who gave it: the person, or somebody for them.
    pub given_by_id: Option<PersonId>,
    /// `self`, or what the giver is to the person.
    pub capacity_basis: Option<String>,
    /// The rule of the age from which they decide themselves, by which that was judged: its code,
    pub capacity_rule: Option<String>,
    /// and its version, among the rules or the organisation's own. None where the person's age is not known.
    pub capacity_rule_id: Option<Uuid>,
    /// The assessment that it rests on.
    pub capacity_assessment_id: Option<CapacityAssessmentId>,
    /// How it was given.
    pub method: Option<ConsentMethod>,
    /// Who heard it, where it was given orally.
    pub witness: Option<String>,
    /// Where the evidence is kept.
    pub evidence_reference: Option<String>,
    /// SHA-256 of the evidence, in hexadecimal.
    pub evidence_sha256: Option<String>,
    /// The text that was presented.
    pub text_code: Option<String>,
    /// Which version of it.
    pub text_version: Option<String>,
    /// In which language.
    pub text_language: Option<Language>,
    /// How it was presented.
    pub text_form: Option<TextForm>,
    /// SHA-256 of the text that was presented.
    pub text_sha256: Option<String>,
    /// Before this day the same is not asked again.
    pub ask_again_from: Option<NaiveDate>,
    /// The wider consent that this one narrows.
    pub replaces_id: Option<ConsentId>,
    /// How often it has changed, from 1.
    pub version: i64,
    /// When it was registered.
    pub created_at: DateTime<Utc>,
}

/// A consent to ask for.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewConsent {
    pub subject_id: PersonId,
    /// Who is to be told.
    pub counterpart_organisation_id: Uuid,
    pub referral_id: Option<Uuid>,
    /// What for. The same purpose is not asked again before the day that a refusal named.
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200, example = "volunteer_support")]
    pub purpose: String,
    #[validate(length(min = 1, max = 10), custom(function = "each_once"))]
    #[schema(value_type = HashSet<Kind>, min_items = 1, max_items = 10)]
    pub kinds: Vec<Kind>,
    #[validate(length(min = 1, max = 30), custom(function = "each_once"))]
    #[schema(value_type = HashSet<Category>, min_items = 1, max_items = 30)]
    pub categories: Vec<Category>,
    /// Whether what comes later may be told too.
    pub includes_updates: bool,
    /// Now, if it does not say.
    pub valid_from: Option<DateTime<Utc>>,
    pub expires_at: DateTime<Utc>,
}

/// All of a consent that its side writes itself.
#[derive(Default, Insertable, Queryable, Selectable)]
#[diesel(table_name = consent, treat_none_as_default_value = false)]
pub struct Paper {
    pub counterpart_organisation_id: Uuid,
    pub referral_id: Option<Uuid>,
    pub purpose: String,
    pub kinds: Vec<Kind>,
    pub categories: Vec<Category>,
    pub includes_updates: bool,
    pub subject_id: Option<PersonId>,
    pub given_by_id: Option<PersonId>,
    pub capacity_basis: Option<String>,
    pub capacity_rule: Option<String>,
    pub capacity_rule_id: Option<Uuid>,
    pub capacity_assessment_id: Option<CapacityAssessmentId>,
    pub method: Option<ConsentMethod>,
    pub witness: Option<String>,
    pub evidence_reference: Option<String>,
    pub evidence_sha256: Option<String>,
    pub text_code: Option<String>,
    pub text_version: Option<String>,
    pub text_language: Option<Language>,
    pub text_form: Option<TextForm>,
    pub text_sha256: Option<String>,
    pub replaces_id: Option<ConsentId>,
}

/// Which consents to list.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct ConsentFilter {
    /// Only those about this person.
    pub subject_id: Option<PersonId>,
    /// Only those.
    pub status: Option<Status>,
    /// Only those that this organisation sent, or received.
    pub side: Option<Side>,
    /// Only those of this referral.
    pub referral_id: Option<Uuid>,
}

/// The text that a person was shown or read.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Presentation {
    #[validate(length(min = 1, max = 60))]
    #[schema(min_length = 1, max_length = 60, example = "share_with_volunteers")]
    pub text_code: String,
    /// The newest, if it does not say.
    #[validate(length(min = 1, max = 20))]
    #[schema(min_length = 1, max_length = 20)]
    pub text_version: Option<String>,
    pub language: Language,
    pub form: TextForm,
}

/// That somebody consents.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Giving {
    /// The person, or somebody whose link gives the right to consent for them.
    pub given_by_id: PersonId,
    pub method: ConsentMethod,
    /// Mandatory where it was given orally.
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200)]
    pub witness: Option<String>,
    /// The newest of the person, if it does not say; an older one does not count.
    pub capacity_assessment_id: Option<CapacityAssessmentId>,
    #[validate(length(min = 1, max = 300))]
    #[schema(min_length = 1, max_length = 300)]
    pub evidence_reference: Option<String>,
    #[validate(length(equal = 64), custom(function = "hexadecimal"))]
    #[schema(min_length = 64, max_length = 64, pattern = "^[0-9a-f]*$")]
    pub evidence_sha256: Option<String>,
}

/// That somebody does not consent. They need not say why.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Refusal {
    /// Before this day the same is not asked again.
    pub ask_again_from: Option<NaiveDate>,
}

/// That somebody takes a consent back.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    pub told_how: Option<ToldHow>,
}

/// What is left of a consent. What is left out stays as it is.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Narrowing {
    #[validate(length(min = 1, max = 10), custom(function = "each_once"))]
    #[schema(value_type = Option<HashSet<Kind>>, min_items = 1, max_items = 10)]
    pub kinds: Option<Vec<Kind>>,
    #[validate(length(min = 1, max = 30), custom(function = "each_once"))]
    #[schema(value_type = Option<HashSet<Category>>, min_items = 1, max_items = 30)]
    pub categories: Option<Vec<Category>>,
    pub expires_at: Option<DateTime<Utc>>,
}

/// Why a consent does not count.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Invalidation {
    pub basis: InvalidBasis,
}

/// A consent that another system has obtained, with its evidence.
#[derive(Debug)]
pub struct PushedConsent {
    /// Whom it is about.
    pub subject_id: PersonId,
    /// Who may be told.
    pub counterpart_organisation_id: Uuid,
    /// The referral that it came with.
    pub referral_id: Option<Uuid>,
    /// What for.
    pub purpose: String,
    /// What may be told.
    pub kinds: Vec<Kind>,
    /// Which data.
    pub categories: Vec<Category>,
    /// Whether what comes later may be told too.
    pub includes_updates: bool,
    /// From when.
    pub valid_from: DateTime<Utc>,
    /// Until when.
    pub expires_at: DateTime<Utc>,
    /// Who gave it; the person, if it does not say.
    pub given_by_id: Option<PersonId>,
    /// How.
    pub method: ConsentMethod,
    /// Who heard it, where it was given orally.
    pub witness: Option<String>,
    /// Which text was shown.
    pub text_code: String,
    /// Which version of it.
    pub text_version: String,
    /// In which language.
    pub text_language: Language,
    /// Where the evidence is kept.
    pub evidence_reference: String,
    /// SHA-256 of the evidence, in hexadecimal.
    pub evidence_sha256: String,
}

/// Something that was sent, or waits to be.
#[derive(Debug, Queryable, Selectable, Serialize, ToSchema)]
#[diesel(table_name = disclosure)]
pub struct Told {
    pub id: Uuid,
    pub kind: String,
    /// The number of the contact form's version.
    pub number: Option<i32>,
    pub status: String,
    pub sent_at: Option<DateTime<Utc>>,
}

/// What would become of everything if the consent were withdrawn now.
#[derive(Debug, Serialize, ToSchema)]
pub struct WithdrawalPreview {
    pub id: ConsentId,
    pub subject_id: Option<PersonId>,
    /// What waits and would not be sent.
    #[schema(max_items = 200)]
    pub stops: Vec<Told>,
    /// The contact forms whose next versions would not be sent.
    #[schema(max_items = 200)]
    pub contact_form_ids: Vec<Uuid>,
    /// What was sent, and stays sent.
    #[schema(max_items = 200)]
    pub sent: Vec<Told>,
    /// What of it the law makes the recipient keep.
    #[schema(max_items = 200)]
    pub kept_ids: Vec<Uuid>,
    /// What the law says of that.
    pub kept_because: Option<String>,
    /// Where it says so.
    pub kept_under: Option<String>,
}
