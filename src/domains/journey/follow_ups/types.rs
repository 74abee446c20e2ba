use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::status::{Action, Status};
use crate::{
    db::{id, text_enum},
    domains::journey::{contact_forms::NewContactFormVersion, networks::NetworkId},
    schema::follow_up,
    web::{personal, resource},
};

id!(/// A follow-up.
    FollowUpId);
resource!(FollowUp at "/v1/follow-ups");
personal!(FollowUp as "follow_up");

text_enum! {
    /// With whom the conversation was.
    pub enum FollowUpParty { Person = "person", NetworkContact = "network_contact" }
}

text_enum! {
    /// What came of it. `adjust` asks for a new version of the contact form.
    pub enum FollowUpOutcome { Continue = "continue", Adjust = "adjust", Stop = "stop" }
}

/// A follow-up of a network.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = follow_up)]
pub struct FollowUp {
    pub id: FollowUpId,
    pub network_id: NetworkId,
    /// From when its time is counted.
    pub starts_on: NaiveDate,
    pub due_on: NaiveDate,
    /// The code of the rule that it is due by,
    pub rule: String,
    /// and its version, among the rules or this organisation's own.
    pub rule_id: Uuid,
    pub status: Status,
    /// What can be done to it now.
    #[diesel(select_expression = follow_up::status, deserialize_as = Status)]
    pub allowed_actions: Vec<Action>,
    pub with_person_on: Option<NaiveDate>,
    pub person_outcome: Option<FollowUpOutcome>,
    pub person_note: Option<String>,
    pub with_network_contact_on: Option<NaiveDate>,
    pub network_contact_outcome: Option<FollowUpOutcome>,
    pub network_contact_note: Option<String>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

/// A conversation that was held.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct FollowUpRecord {
    pub with: FollowUpParty,
    /// Today or before.
    pub held_on: NaiveDate,
    pub outcome: FollowUpOutcome,
    #[validate(length(min = 1, max = 2000))]
    #[schema(min_length = 1, max_length = 2000)]
    pub note: Option<String>,
    /// The next version of a contact form of the network: needed if the outcome is `adjust`.
    #[validate(nested)]
    pub contact_form_version: Option<NewContactFormVersion>,
}

/// Which follow-ups to list.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct FollowUpFilter {
    /// Only this network's.
    pub network_id: Option<NetworkId>,
    /// Only those.
    pub status: Option<Status>,
    /// Only those that should have been held before today.
    #[param(default = false)]
    pub overdue: Option<bool>,
}
