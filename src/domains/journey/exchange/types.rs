use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::{
    access::post::Side,
    db::{id, text_enum},
    domains::people::persons::PersonId,
    schema::{delivery, network_change, network_message},
    web::{personal, resource},
};

id!(/// A message on a network.
    NetworkMessageId);
id!(/// A change about a participant of a network.
    NetworkChangeId);
resource!(NetworkMessage at "/v1/network-messages");
resource!(NetworkChange at "/v1/network-changes");
personal!(NetworkMessage as "network_message" maybe of person_id);
personal!(NetworkChange as "network_change" maybe of person_id);

text_enum! {
    /// What has changed. There is no word for why, and no place for one.
    pub enum ChangeKind {
        HospitalStay = "hospital_stay",
        ShortTermStay = "short_term_stay",
        BackHome = "back_home",
        Moved = "moved",
        Deceased = "deceased",
        NeedsChanged = "needs_changed",
        ServicesChanged = "services_changed",
        ContactChanged = "contact_changed",
    }
}

/// A message on a network, as this side has it.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = network_message)]
pub struct NetworkMessage {
    /// The same on both sides.
    pub id: NetworkMessageId,
    /// Whether this side wrote it.
    pub side: Side,
    /// The other side.
    pub counterpart_organisation_id: Uuid,
    /// The centre's network.
    pub network_id: Uuid,
    /// Whom it is about: our own record, where there is one.
    pub person_id: Option<PersonId>,
    /// The units of this organisation that the contact form names.
    pub unit_ids: Vec<Uuid>,
    /// In which role it was written.
    #[schema(example = "coordinator")]
    pub author_role: String,
    #[schema(max_length = 2000)]
    pub text: String,
    pub written_at: DateTime<Utc>,
    pub version: i64,
}

/// A message to the other side.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewNetworkMessage {
    /// A network of one's own, or one of which this organisation was sent the contact form.
    pub network_id: Uuid,
    /// Whom it is about: our own record. At the centre a participant, and it may be left out if there is but one; at the
    /// municipality whom its referral was about, if it is left out.
    pub person_id: Option<PersonId>,
    #[validate(length(min = 1, max = 2000))]
    #[schema(min_length = 1, max_length = 2000, example = "Kan vi flytte turen til onsdag?")]
    pub text: String,
}

/// Which messages to list.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct OfExchange {
    /// Only this network's.
    pub network_id: Option<Uuid>,
}

/// A change about a participant of a network, as this side has it.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = network_change)]
pub struct NetworkChange {
    /// The same on both sides.
    pub id: NetworkChangeId,
    /// Whether this side reported it.
    pub side: Side,
    /// The other side.
    pub counterpart_organisation_id: Uuid,
    /// The centre's network.
    pub network_id: Uuid,
    /// Whom it is about: our own record, where there is one.
    pub person_id: Option<PersonId>,
    /// The units of this organisation that the contact form names.
    pub unit_ids: Vec<Uuid>,
    /// In which role it was reported.
    #[schema(example = "unit_contact")]
    pub author_role: String,
    pub kind: ChangeKind,
    pub from_on: NaiveDate,
    /// The last day, where one is known.
    pub to_on: Option<NaiveDate>,
    pub written_at: DateTime<Utc>,
    pub version: i64,
}

/// A change to tell the other side of.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewNetworkChange {
    /// A network of one's own, or one of which this organisation was sent the contact form.
    pub network_id: Uuid,
    /// Whom it is about: our own record. At the centre a participant, and it may be left out if there is but one; at the
    /// municipality whom its referral was about, if it is left out.
    pub person_id: Option<PersonId>,
    pub kind: ChangeKind,
    pub from_on: NaiveDate,
    /// The last day, where one is known.
    pub to_on: Option<NaiveDate>,
}

/// That this side was sent the contact form of a network.
#[derive(Debug, HasQuery)]
#[diesel(table_name = delivery)]
pub struct FormSent {
    pub id: Uuid,
    pub organisation_id: Uuid,
    pub counterpart_organisation_id: Uuid,
    pub referral_id: Option<Uuid>,
    pub unit_ids: Vec<Uuid>,
    pub person_id: Option<PersonId>,
    pub payload: Value,
}

impl FormSent {
    /// Whether it told that the network is over for whom it is about.
    pub fn is_the_last(&self) -> bool {
        self.payload.pointer("/network/ended_on").is_some_and(|day| !day.is_null())
    }
}

/// How this side takes part in a network.
#[derive(Debug)]
pub struct Part {
    /// Ours.
    pub organisation_id: Uuid,
    /// The other side.
    pub counterpart_organisation_id: Uuid,
    /// Whom it is about.
    pub subject_id: PersonId,
    /// The referral that both sides know.
    pub referral_id: Option<Uuid>,
    /// The units here that the contact form names.
    pub unit_ids: Vec<Uuid>,
    /// The units of the other side that it is for.
    pub told_unit_ids: Vec<Uuid>,
}
