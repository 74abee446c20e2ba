use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::status::{Action, Status};
use crate::{
    access::{
        for_assigned, for_staff,
        post::{Side, Stage},
    },
    db::{id, text_enum},
    domains::{
        journey::routing::{RoutingRuleId, TargetGroup},
        people::{
            consents::{Category, ConsentId, ConsentMethod},
            legal_bases::LegalBasisId,
            persons::{NewPerson, PersonId},
            social_assessments::{SocialAssessmentId, SocialField},
        },
    },
    schema::referral,
    web::{Item, code, each_once, hexadecimal, personal, resource},
    words::Language,
};

id!(/// A referral; both sides know it by this.
    ReferralId);
resource!(Referral at "/v1/referrals");
personal!(Referral as "referral" maybe of person_id);
personal!(SubmissionPreview as "referral" maybe of person_id);

text_enum! {
    /// Whether a network is there to be kept, or is to be made.
    #[schema(as = ReferralKind)]
    pub enum Kind { Maintain = "maintain", Establish = "establish" }
}

text_enum! {
    /// Who reports the need.
    pub enum SourceChannel {
        Municipality = "municipality",
        Person = "self",
        Relative = "relative",
        Centre = "centre",
        Other = "other",
    }
}

text_enum! {
    /// What is missing.
    pub enum MissingInformation { Contact = "contact", Need = "need", Consent = "consent", Other = "other" }
}

text_enum! {
    /// Why a need is better met elsewhere.
    pub enum RedirectReason {
        OutsideTargetGroup = "outside_target_group",
        OtherService = "other_service",
        OtherArea = "other_area",
        MunicipalDuty = "municipal_duty",
    }
}

text_enum! {
    /// Why a referral is declined.
    pub enum DeclineReason {
        NoCapacity = "no_capacity",
        OutsideTargetGroup = "outside_target_group",
        NotReached = "not_reached",
        NotAgreed = "not_agreed",
        Other = "other",
    }
}

text_enum! {
    /// Why a referral is withdrawn, if anybody says.
    pub enum WithdrawReason {
        PersonSaidNo = "person_said_no",
        NoLongerNeeded = "no_longer_needed",
        Moved = "moved",
        Died = "died",
        Mistake = "mistake",
    }
}

text_enum! {
    /// Why what has begun rests.
    pub enum HoldReason { Illness = "illness", Away = "away", NoVolunteer = "no_volunteer", Wish = "wish", Other = "other" }
}

text_enum! {
    /// Why what has begun ends before its goal.
    pub enum EndReason {
        Moved = "moved",
        Ill = "ill",
        Died = "died",
        Wish = "wish",
        NoVolunteer = "no_volunteer",
        Other = "other",
    }
}

/// A referral, as this side has it.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = referral)]
pub struct Referral {
    #[serde(skip)]
    pub organisation_id: Uuid,
    pub id: ReferralId,
    /// Whose copy this is; `internal` has no other side.
    pub side: Side,
    /// The other side.
    pub counterpart_organisation_id: Option<Uuid>,
    pub service: String,
    pub kind: Kind,
    pub source_channel: SourceChannel,
    /// The sender's unit that reported the need.
    pub sent_by_unit_id: Option<Uuid>,
    pub status: Status,
    pub status_since: DateTime<Utc>,
    /// What this side can do now.
    #[diesel(select_expression = (referral::side, referral::status), deserialize_as = Stage<Status>)]
    pub allowed_actions: Vec<Action>,
    /// Why it came to its status, as a code. Nobody has to give one for a no.
    pub reason: Option<String>,
    /// The service that was suggested instead.
    pub suggestion: Option<String>,
    pub submitted_at: Option<DateTime<Utc>>,
    /// The last day for the recipient to contact the person.
    pub first_contact_due_on: Option<NaiveDate>,
    /// The rule that set that day: its code,
    pub first_contact_rule: Option<String>,
    /// and its version, among the rules or those of the recipient.
    pub first_contact_rule_id: Option<Uuid>,
    /// The day on which it no longer waited for the recipient's first step.
    pub first_contact_on: Option<NaiveDate>,
    /// The referral that this one opens again.
    pub reopens_id: Option<ReferralId>,
    /// Whom it is about, as this side knows them.
    pub person_id: Option<PersonId>,
    /// The person whom the one it is about cares for.
    pub cared_for_person_id: Option<PersonId>,
    /// This side's unit that follows it up.
    pub unit_id: Option<Uuid>,
    /// Free text about somebody whose identity is protected is shown to the assigned alone, and null to others.
    #[diesel(select_expression = for_assigned(referral::guarded_for, referral::unit_id, referral::person_id, referral::need))]
    pub need: Option<String>,
    #[diesel(select_expression = for_assigned(referral::guarded_for, referral::unit_id, referral::person_id, referral::wishes))]
    pub wishes: Option<String>,
    /// The social assessment of which something is told.
    pub social_assessment_id: Option<SocialAssessmentId>,
    /// What of it was chosen, field by field.
    #[schema(max_items = 20)]
    pub social_fields: Vec<SocialField>,
    /// Only this side's staff see it.
    #[diesel(select_expression = for_staff(for_assigned(referral::guarded_for, referral::unit_id, referral::person_id, referral::note)))]
    pub note: Option<String>,
    /// The consent under which the other side was told of the person.
    pub consent_id: Option<ConsentId>,
    /// The legal basis, if it was one instead.
    pub legal_basis_id: Option<LegalBasisId>,
    pub external_system: Option<String>,
    pub external_id: Option<String>,
    pub external_case_id: Option<String>,
    /// While on hold: when it is expected to go on.
    pub expected_on: Option<NaiveDate>,
    /// While it waits: when this side looks at it again. It waits since `status_since`.
    pub review_on: Option<NaiveDate>,
    /// How it went. Only this side's staff see it.
    #[diesel(select_expression = for_staff(for_assigned(referral::guarded_for, referral::unit_id, referral::person_id, referral::report)))]
    pub report: Option<String>,
    /// The last day for the recipient's next step, after which the referral expires. Said when the recipient is warned.
    pub step_due_on: Option<NaiveDate>,
    /// The rule that says how long before that the recipient is warned: its code,
    pub step_rule: Option<String>,
    /// and its version, among the rules or those of the recipient.
    pub step_rule_id: Option<Uuid>,
    /// For whom the method is used, for the routing rules.
    pub target_group: Option<TargetGroup>,
    /// The rule by which it was routed, if nobody named the recipient.
    pub routing_rule_id: Option<RoutingRuleId>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

/// A referral to draft. Nothing leaves before it is submitted; the consent is found then.
#[derive(Debug, Deserialize, Insertable, ToSchema, Validate)]
#[diesel(table_name = referral, treat_none_as_default_value = false)]
#[serde(deny_unknown_fields)]
pub struct NewReferral {
    /// Whom it is for. Absent: for this organisation itself; or, if a municipality reports the need, for whom its routing rules
    /// name when it is submitted.
    pub counterpart_organisation_id: Option<Uuid>,
    /// The code of a service.
    #[validate(length(min = 1, max = 80), custom(function = "code"))]
    #[schema(min_length = 1, max_length = 80, pattern = "^[a-z][a-z0-9_]*$", example = "visiting_friend")]
    pub service: String,
    pub kind: Kind,
    pub source_channel: SourceChannel,
    /// The unit that reports the need.
    pub sent_by_unit_id: Option<Uuid>,
    pub person_id: PersonId,
    /// The person whom the one it is about cares for.
    pub cared_for_person_id: Option<PersonId>,
    /// For whom the method is used, for the routing rules.
    pub target_group: Option<TargetGroup>,
    /// This side's unit that follows it up; the person's, if absent.
    #[diesel(skip_insertion)]
    pub unit_id: Option<Uuid>,
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000, example = "Savner noen å gå tur med.")]
    pub need: String,
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000)]
    pub wishes: Option<String>,
    /// The social assessment of this person of which something is to be told.
    pub social_assessment_id: Option<SocialAssessmentId>,
    /// What of it the person has chosen to be told, field by field; nothing else of it leaves. The consent or legal basis
    /// has to cover the category of each.
    #[validate(length(max = 20), custom(function = "each_once"))]
    #[schema(value_type = HashSet<SocialField>, max_items = 20)]
    #[serde(default)]
    pub social_fields: Vec<SocialField>,
    #[validate(length(min = 1, max = 80))]
    #[schema(min_length = 1, max_length = 80)]
    pub external_system: Option<String>,
    #[validate(length(min = 1, max = 120))]
    #[schema(min_length = 1, max_length = 120)]
    pub external_id: Option<String>,
    #[validate(length(min = 1, max = 120))]
    #[schema(min_length = 1, max_length = 120)]
    pub external_case_id: Option<String>,
}

/// What to change of this side's own. What is left out stays. The other side's is never touched. Those whom it is about
/// change need, wishes and what is told of a social assessment; the rest is for staff (422 `only_for_staff`).
#[derive(AsChangeset, Debug, Deserialize, ToSchema, Validate)]
#[diesel(table_name = referral)]
#[serde(deny_unknown_fields)]
pub struct ReferralPatch {
    #[validate(length(min = 1, max = 4000))]
    #[schema(nullable = false, min_length = 1, max_length = 4000)]
    #[serde(default, deserialize_with = "crate::web::given")]
    pub need: Option<String>,
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000)]
    #[serde(default, deserialize_with = "crate::web::nullable")]
    pub wishes: Option<Option<String>>,
    /// Null takes the choice back, with no `social_fields`.
    #[serde(default, deserialize_with = "crate::web::nullable")]
    pub social_assessment_id: Option<Option<SocialAssessmentId>>,
    /// What is to be told of it.
    #[validate(length(max = 20), custom(function = "each_once"))]
    #[schema(value_type = HashSet<SocialField>, max_items = 20)]
    #[serde(default, deserialize_with = "crate::web::given")]
    pub social_fields: Option<Vec<SocialField>>,
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000)]
    #[serde(default, deserialize_with = "crate::web::nullable")]
    pub note: Option<Option<String>>,
    #[serde(default, deserialize_with = "crate::web::nullable")]
    pub unit_id: Option<Option<Uuid>>,
    #[serde(default, deserialize_with = "crate::web::nullable")]
    pub target_group: Option<Option<TargetGroup>>,
    #[validate(length(min = 1, max = 120))]
    #[schema(min_length = 1, max_length = 120)]
    #[serde(default, deserialize_with = "crate::web::nullable")]
    pub external_case_id: Option<Option<String>>,
    #[validate(length(min = 1, max = 8000))]
    #[schema(min_length = 1, max_length = 8000)]
    #[serde(default, deserialize_with = "crate::web::nullable")]
    pub report: Option<Option<String>>,
}

impl ReferralPatch {
    /// Whether it says something new of what the other side was told.
    pub const fn is_news(&self) -> bool {
        self.need.is_some() || self.wishes.is_some() || self.chooses()
    }

    /// Whether it says what of a social assessment is told.
    pub const fn chooses(&self) -> bool {
        self.social_assessment_id.is_some() || self.social_fields.is_some()
    }
}

/// Which referrals to list.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct ReferralFilter {
    /// Only those sent, received or internal.
    pub side: Option<Side>,
    /// Only those.
    pub status: Option<Status>,
    /// Only those about this person.
    pub person_id: Option<PersonId>,
    /// Only those that this unit follows up.
    pub unit_id: Option<Uuid>,
    /// `true`: only those of whom nobody was contacted in time.
    pub overdue: Option<bool>,
}

/// What will leave when the referral is submitted, or pushed: exactly this, and nothing else.
#[derive(Debug, Serialize, ToSchema)]
pub struct SubmissionPreview {
    /// The referral.
    pub id: ReferralId,
    pub person_id: Option<PersonId>,
    /// Who will be told. Null when it stays here.
    pub recipient_id: Option<Uuid>,
    pub recipient: Option<String>,
    /// The rule that names the recipient, if nobody has.
    pub routing_rule_id: Option<RoutingRuleId>,
    /// The consent that covers it. Without one and without a legal basis it cannot be submitted to another organisation.
    pub consent_id: Option<ConsentId>,
    /// The legal basis that covers it, if no consent does.
    pub legal_basis_id: Option<LegalBasisId>,
    /// The categories of chosen fields that it does not cover. As long as there are any, it cannot be submitted.
    #[schema(max_items = 30)]
    pub uncovered: Vec<Category>,
    /// Its top-level fields are data categories.
    pub payload: Map<String, Value>,
}

/// Whom a referral goes to.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ReferralRoute {
    /// A counterpart that has approved this organisation; whom the routing rules name, if it is left out.
    pub counterpart_organisation_id: Option<Uuid>,
}

/// What is missing for a clarification.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ReferralRequestInformation {
    /// The sender sees this.
    pub reason: MissingInformation,
    /// Only this side sees it.
    #[validate(length(min = 1, max = 1000))]
    #[schema(min_length = 1, max_length = 1000)]
    pub note: Option<String>,
}

/// That what was missing is there.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ReferralProvideInformation {
    /// Only this side sees it. What the other is to know is changed on the referral and leaves under the consent.
    #[validate(length(min = 1, max = 1000))]
    #[schema(min_length = 1, max_length = 1000)]
    pub note: Option<String>,
}

/// Where the need is better met.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ReferralRedirect {
    /// The code of the service to ask instead.
    #[validate(length(min = 1, max = 80), custom(function = "code"))]
    #[schema(min_length = 1, max_length = 80, pattern = "^[a-z][a-z0-9_]*$", example = "cafe_group")]
    pub suggestion: String,
    pub reason: RedirectReason,
}

/// Why not.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ReferralDecline {
    pub reason: DeclineReason,
}

/// A no. It needs no reason.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ReferralWithdraw {
    pub reason: Option<WithdrawReason>,
}

/// A rest.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ReferralHold {
    pub reason: HoldReason,
    /// When it is expected to go on.
    pub expected_on: NaiveDate,
}

/// A place on the waiting list.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ReferralWaitlist {
    /// When to look at it again. Somebody is reminded then.
    pub review_on: NaiveDate,
}

/// How it went.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ReferralComplete {
    /// Goals and results. Only this side sees it.
    #[validate(length(min = 1, max = 8000))]
    #[schema(min_length = 1, max_length = 8000)]
    pub report: String,
}

/// An end before the goal.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ReferralEndEarly {
    pub reason: EndReason,
    /// If anything was delivered: how it went. Only this side sees it.
    #[validate(length(min = 1, max = 8000))]
    #[schema(min_length = 1, max_length = 8000)]
    pub report: Option<String>,
}

/// A referral from another system: person, evidence of the consent and need, taken as a whole or not at all.
#[derive(Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct PushedReferral {
    /// The system that sends it.
    #[validate(length(min = 1, max = 80))]
    #[schema(min_length = 1, max_length = 80, example = "fagsystem")]
    pub external_system: String,
    /// What that system calls it: the same content again changes nothing, other content is refused.
    #[validate(length(min = 1, max = 120))]
    #[schema(min_length = 1, max_length = 120, example = "H-2026-17")]
    pub external_id: String,
    #[validate(length(min = 1, max = 120))]
    #[schema(min_length = 1, max_length = 120)]
    pub external_case_id: Option<String>,
    pub counterpart_organisation_id: Uuid,
    /// The unit that reports the need and follows it up.
    pub sent_by_unit_id: Option<Uuid>,
    /// The code of a service.
    #[validate(length(min = 1, max = 80), custom(function = "code"))]
    #[schema(min_length = 1, max_length = 80, pattern = "^[a-z][a-z0-9_]*$", example = "visiting_friend")]
    pub service: String,
    pub kind: Kind,
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000, example = "Savner noen å gå tur med.")]
    pub need: String,
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000)]
    pub wishes: Option<String>,
    /// The social assessment of this person of which something is to be told.
    pub social_assessment_id: Option<SocialAssessmentId>,
    /// What of it the person has chosen to be told, field by field; nothing else of it leaves. The consent or legal basis
    /// has to cover the category of each.
    #[validate(length(max = 20), custom(function = "each_once"))]
    #[schema(value_type = HashSet<SocialField>, max_items = 20)]
    #[serde(default)]
    pub social_fields: Vec<SocialField>,
    /// A person who is registered here; else `person` says who it is.
    pub person_id: Option<PersonId>,
    #[validate(nested)]
    pub person: Option<NewPerson>,
    /// Without one it is refused: being a client is itself confidential (NO: helse- og omsorgstjenesteloven § 12-1). Or
    /// `legal_basis_id`.
    #[validate(nested)]
    pub consent: Option<PushedConsent>,
    /// Instead of a consent: what somebody has decided on before about this `person_id`.
    pub legal_basis_id: Option<LegalBasisId>,
}

impl Item for PushedReferral {
    fn about(&self) -> Option<Uuid> {
        self.person_id.map(Uuid::from)
    }
}

text_enum! {
    /// Who gave a consent.
    pub enum PushedConsentGiver { Person = "self", Representative = "representative" }
}

/// What was consented to in the other system, and where the evidence is.
#[derive(Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct PushedConsent {
    #[validate(length(min = 1, max = 400))]
    #[schema(min_length = 1, max_length = 400, example = "Etablere nettverk")]
    pub purpose: String,
    /// What may be told.
    #[validate(length(min = 1, max = 30), custom(function = "each_once"))]
    #[schema(value_type = HashSet<Category>, min_items = 1, max_items = 30)]
    pub categories: Vec<Category>,
    /// Whether what changes later may be told too.
    pub includes_updates: bool,
    pub valid_from: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub method: ConsentMethod,
    /// Who heard it, where it was given orally.
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200)]
    pub witness: Option<String>,
    /// Which text was shown.
    #[validate(length(min = 1, max = 80))]
    #[schema(min_length = 1, max_length = 80, example = "NO-SAMTYKKE")]
    pub text_code: String,
    #[validate(length(min = 1, max = 40))]
    #[schema(min_length = 1, max_length = 40, example = "2026-1")]
    pub text_version: String,
    pub text_language: Language,
    /// Where the other system keeps the evidence.
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200)]
    pub evidence_reference: String,
    /// SHA-256 of the evidence, in hexadecimal.
    #[validate(length(equal = 64), custom(function = "hexadecimal"))]
    #[schema(min_length = 64, max_length = 64, pattern = "^[0-9a-f]*$")]
    pub evidence_sha256: String,
    pub given_by: PushedConsentGiver,
    /// The representative: a person with a link to the subject that gives the right to consent.
    pub given_by_id: Option<PersonId>,
}
