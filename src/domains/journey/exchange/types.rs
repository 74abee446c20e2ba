use chrono::{DateTime, NaiveDate, Utc};
use diesel::{prelude::*, sql_types};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::{
    access::post::Side,
    db::{id, text_enum},
    domains::{journey::disclosures::DisclosureId, people::persons::PersonId},
    schema::{network_change, network_message},
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
    /// Whom it is about: our own record. It may be left out at the centre if there is but one participant, and at the
    /// municipality if it was sent but one contact form, of somebody whom it has referred.
    pub person_id: Option<PersonId>,
    /// At the municipality, a delivery of the contact form of whom it is about: where several were sent, and no referral
    /// says whose they are.
    pub delivery_id: Option<DisclosureId>,
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
    /// Whom it is about: our own record. It may be left out at the centre if there is but one participant, and at the
    /// municipality if it was sent but one contact form, of somebody whom it has referred.
    pub person_id: Option<PersonId>,
    /// At the municipality, a delivery of the contact form of whom it is about: where several were sent, and no referral
    /// says whose they are.
    pub delivery_id: Option<DisclosureId>,
    pub kind: ChangeKind,
    pub from_on: NaiveDate,
    /// The last day, where one is known.
    pub to_on: Option<NaiveDate>,
}

/// The last contact form that this side was sent about a participant.
#[derive(Debug, QueryableByName)]
pub struct FormSent {
    #[diesel(sql_type = sql_types::Uuid)]
    pub organisation_id: Uuid,
    #[diesel(sql_type = sql_types::Uuid)]
    pub id: Uuid,
    #[diesel(sql_type = sql_types::Uuid)]
    pub counterpart_organisation_id: Uuid,
    #[diesel(sql_type = sql_types::Nullable<sql_types::Uuid>)]
    pub referral_id: Option<Uuid>,
    #[diesel(sql_type = sql_types::Array<sql_types::Uuid>)]
    pub unit_ids: Vec<Uuid>,
    #[diesel(sql_type = sql_types::Nullable<sql_types::Uuid>)]
    pub person_id: Option<PersonId>,
    /// Whether it told that the network is over for whom it is about.
    #[diesel(sql_type = sql_types::Bool)]
    pub is_the_last: bool,
}

/// Of which network somebody tells something, and about whom.
#[derive(Debug)]
pub struct About {
    /// The centre's network.
    pub network_id: Uuid,
    /// Our own record of the person, if they are named.
    pub person_id: Option<PersonId>,
    /// A delivery of their contact form, if it is named.
    pub delivery_id: Option<Uuid>,
}

impl NewNetworkMessage {
    /// Of what it tells.
    pub fn about(&self) -> About {
        let delivery_id = self.delivery_id.map(Uuid::from);
        About { network_id: self.network_id, person_id: self.person_id, delivery_id }
    }
}

impl NewNetworkChange {
    /// Of what it tells.
    pub fn about(&self) -> About {
        let delivery_id = self.delivery_id.map(Uuid::from);
        About { network_id: self.network_id, person_id: self.person_id, delivery_id }
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
    /// The last contact form that crossed about them: by it the other side knows whom it is about.
    pub form_disclosure_id: Option<Uuid>,
}
