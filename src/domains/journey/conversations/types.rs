use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema, openapi::schema::Array};
use validator::Validate;

use crate::{
    db::{Open, id, open_actions, text_enum},
    domains::{journey::referrals::ReferralId, people::persons::PersonId},
    schema::{clarification, conversation},
    web::{each_up_to, personal, resource, texts},
};

id!(/// A conversation.
    ConversationId);
id!(/// A clarification.
    ClarificationId);
resource!(Conversation at "/v1/conversations");
resource!(Clarification at "/v1/clarifications");
personal!(Conversation as "conversation" of person_id);
personal!(Clarification as "clarification" of person_id);

text_enum! {
    /// Whether the person is one of those whom the service is for.
    pub enum TargetGroup { Inside = "inside", Outside = "outside" }
}

text_enum! {
    /// How it goes on.
    pub enum Decision {
        Proceed = "proceed",
        OtherService = "other_service",
        Municipality = "municipality",
        Stop = "stop",
    }
}

open_actions! {
    /// What can be done to a conversation.
    pub enum ConversationAction { Hold = "hold" }
}

/// A conversation with the person, planned or held.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = conversation)]
pub struct Conversation {
    pub id: ConversationId,
    pub referral_id: ReferralId,
    pub person_id: PersonId,
    /// Which step of the method it is.
    #[schema(example = "conversation")]
    pub step: String,
    pub planned_at: DateTime<Utc>,
    /// Null until it is held.
    pub held_at: Option<DateTime<Utc>>,
    pub place: Option<String>,
    /// Who is there. The person may bring somebody.
    pub present: Vec<String>,
    /// The language of the interpreter.
    pub interpreter: Option<String>,
    pub summary: Option<String>,
    pub wishes: Option<String>,
    /// What can be done to it now.
    #[diesel(select_expression = conversation::held_at.is_null(), select_expression_type = diesel::dsl::IsNull<conversation::held_at>, deserialize_as = Open)]
    pub allowed_actions: Vec<ConversationAction>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

/// A conversation to plan.
#[derive(Debug, Deserialize, Insertable, ToSchema, Validate)]
#[diesel(table_name = conversation, treat_none_as_default_value = false)]
#[serde(deny_unknown_fields)]
pub struct NewConversation {
    pub referral_id: ReferralId,
    pub person_id: PersonId,
    /// Which step it is of the method that one had with the other side when the referral was submitted (`GET /v1/methods`). If none is said: the first of which no
    /// conversation was held yet, or the last.
    #[diesel(skip_insertion)]
    #[validate(length(min = 1, max = 60))]
    #[schema(min_length = 1, max_length = 60, example = "conversation")]
    pub step: Option<String>,
    pub planned_at: DateTime<Utc>,
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200, example = "Hjemme hos personen")]
    pub place: Option<String>,
    /// Who will be there. The person may bring somebody.
    #[validate(length(max = 20), custom(function = "each_up_to::<200>"))]
    #[schema(schema_with = lines_schema)]
    #[serde(default)]
    pub present: Vec<String>,
    /// The language of the interpreter.
    #[validate(length(min = 1, max = 80))]
    #[schema(min_length = 1, max_length = 80)]
    pub interpreter: Option<String>,
}

/// What to change of a conversation that is planned. What is left out stays.
#[derive(AsChangeset, Debug, Deserialize, ToSchema, Validate)]
#[diesel(table_name = conversation)]
#[serde(deny_unknown_fields)]
pub struct ConversationPatch {
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "crate::web::given")]
    pub planned_at: Option<DateTime<Utc>>,
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200)]
    #[serde(default, deserialize_with = "crate::web::nullable")]
    pub place: Option<Option<String>>,
    #[validate(length(max = 20), custom(function = "each_up_to::<200>"))]
    #[schema(schema_with = lines_schema)]
    #[serde(default, deserialize_with = "crate::web::given")]
    pub present: Option<Vec<String>>,
    #[validate(length(min = 1, max = 80))]
    #[schema(min_length = 1, max_length = 80)]
    #[serde(default, deserialize_with = "crate::web::nullable")]
    pub interpreter: Option<Option<String>>,
}

/// A conversation that was held.
#[derive(AsChangeset, Debug, Deserialize, ToSchema, Validate)]
#[diesel(table_name = conversation)]
#[serde(deny_unknown_fields)]
pub struct HeldConversation {
    pub held_at: DateTime<Utc>,
    /// Who was there.
    #[validate(length(min = 1, max = 20), custom(function = "each_up_to::<200>"))]
    #[schema(schema_with = some_lines_schema)]
    pub present: Vec<String>,
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000)]
    pub summary: String,
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000)]
    pub wishes: String,
}

/// What is needed and wanted, and how it goes on.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = clarification)]
pub struct Clarification {
    pub id: ClarificationId,
    pub referral_id: ReferralId,
    pub person_id: PersonId,
    pub need: String,
    pub wanted_offer: String,
    pub alternatives: Vec<String>,
    pub target_group: TargetGroup,
    pub agreed_by_person: bool,
    /// The representative who agreed for the person.
    pub agreed_by_id: Option<PersonId>,
    pub decision: Decision,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

/// What was clarified in a conversation. The latest counts.
#[derive(Debug, Deserialize, Insertable, ToSchema, Validate)]
#[diesel(table_name = clarification, treat_none_as_default_value = false)]
#[serde(deny_unknown_fields)]
pub struct NewClarification {
    pub referral_id: ReferralId,
    pub person_id: PersonId,
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000)]
    pub need: String,
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000)]
    pub wanted_offer: String,
    #[validate(length(max = 20), custom(function = "each_up_to::<200>"))]
    #[schema(schema_with = lines_schema)]
    #[serde(default)]
    pub alternatives: Vec<String>,
    pub target_group: TargetGroup,
    pub agreed_by_person: bool,
    /// A representative with a link that gives the right to consent, where the person cannot agree.
    pub agreed_by_id: Option<PersonId>,
    pub decision: Decision,
}

/// Whose to list.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct OfReferral {
    /// Only this referral's.
    pub referral_id: Option<ReferralId>,
}

fn lines_schema() -> Array {
    texts(200, 0..=20).build()
}

fn some_lines_schema() -> Array {
    texts(200, 1..=20).build()
}
