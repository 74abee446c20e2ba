use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::status::{Action, Status};
use crate::{
    db::{Open, id, open_actions, text_enum},
    domains::people::{persons::PersonId, volunteers::VolunteerId},
    schema::{network, network_participant, network_volunteer, thank_you},
    web::{personal, resource},
};

id!(/// A network.
    NetworkId);
id!(/// A person's part in a network.
    NetworkParticipantId);
id!(/// A volunteer's part in a network.
    NetworkVolunteerId);
id!(/// A thank-you.
    ThankYouId);
resource!(Network at "/v1/networks");
resource!(NetworkParticipant at "/v1/network-participants");
resource!(NetworkVolunteer at "/v1/network-volunteers");
resource!(ThankYou at "/v1/thank-yous");
personal!(ThankYou as "thank_you");
personal!(Network as "network");
personal!(NetworkParticipant as "network_participant" of person_id);
personal!(NetworkVolunteer as "network_volunteer");

text_enum! {
    /// What a network does together.
    #[schema(as = NetworkShape)]
    pub enum Shape {
        VisitingFriend = "visiting_friend",
        DrivingFriend = "driving_friend",
        CafeGroup = "cafe_group",
        SharedNeedGroup = "shared_need_group",
        Other = "other",
    }
}

text_enum! {
    /// Why a network rests.
    pub enum PauseReason { Wish = "wish", Absence = "absence", NoVolunteer = "no_volunteer", Other = "other" }
}

text_enum! {
    /// Why a network ends.
    pub enum DissolveReason {
        Moved = "moved",
        Ill = "ill",
        Died = "died",
        Wish = "wish",
        NoVolunteer = "no_volunteer",
        GoalReached = "goal_reached",
        Other = "other",
    }
}

/// A network.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = network)]
pub struct Network {
    pub id: NetworkId,
    /// The reported need that it answers.
    pub referral_id: Option<Uuid>,
    pub name: String,
    pub shape: Shape,
    /// When and how often they meet.
    pub pattern: Option<String>,
    /// Whether it supplements a service that the person is owed. It never replaces one: that ends by a decision alone, see
    /// `ResponsibilityEnd`.
    pub supplements: bool,
    /// Since when it is active.
    pub started_on: Option<NaiveDate>,
    pub status: Status,
    /// What can be done to it now.
    #[diesel(select_expression = network::status, deserialize_as = Status)]
    pub allowed_actions: Vec<Action>,
    /// Nobody of the volunteers holds it together.
    pub network_contact_missing: bool,
    /// Why it is paused or dissolved: one of the words of `PauseReason` or `DissolveReason`.
    pub reason: Option<String>,
    /// When those who were in it were thanked.
    pub thanked_on: Option<NaiveDate>,
    /// When it was dissolved.
    pub ended_on: Option<NaiveDate>,
    /// Until when this organisation keeps what it has of it.
    pub keep_until: Option<NaiveDate>,
    /// The rule that says so: its code,
    #[schema(example = "NO_NETWORK_RETENTION")]
    pub keep_rule: Option<String>,
    /// and its version, among the rules or this organisation's own.
    pub keep_rule_id: Option<Uuid>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

/// A network to form.
#[derive(Debug, Deserialize, Insertable, ToSchema, Validate)]
#[diesel(table_name = network, treat_none_as_default_value = false)]
#[serde(deny_unknown_fields)]
pub struct NewNetwork {
    /// The reported need that it answers.
    pub referral_id: Option<Uuid>,
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200, example = "Tur på torsdag")]
    pub name: String,
    pub shape: Shape,
    /// When and how often they are to meet.
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500, example = "Hver torsdag kl. 11")]
    pub pattern: Option<String>,
    /// Whether it supplements a service that the person is owed.
    #[serde(default)]
    pub supplements: bool,
}

/// What to change of a network. What is left out stays.
#[derive(AsChangeset, Debug, Deserialize, ToSchema, Validate)]
#[diesel(table_name = network)]
#[serde(deny_unknown_fields)]
pub struct NetworkPatch {
    #[validate(length(min = 1, max = 200))]
    #[schema(nullable = false, min_length = 1, max_length = 200)]
    #[serde(default, deserialize_with = "crate::web::given")]
    pub name: Option<String>,
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "crate::web::given")]
    pub shape: Option<Shape>,
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500)]
    #[serde(default, deserialize_with = "crate::web::nullable")]
    pub pattern: Option<Option<String>>,
    /// Whether it supplements a service that the person is owed.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "crate::web::given")]
    pub supplements: Option<bool>,
}

/// Which networks to list.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct NetworkFilter {
    /// Only those.
    pub status: Option<Status>,
    /// Only those that answer this reported need.
    pub referral_id: Option<Uuid>,
}

/// Why a network is to rest.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NetworkPause {
    pub reason: PauseReason,
}

/// Why a network is to end.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NetworkDissolution {
    pub reason: DissolveReason,
    /// When those who were in it were thanked.
    pub thanked_on: Option<NaiveDate>,
    /// What each of its volunteers is to be thanked with: there is a task for each.
    #[validate(length(min = 1, max = 1000))]
    #[schema(min_length = 1, max_length = 1000, example = "Takk for alle torsdagene.")]
    pub thanks: Option<String>,
}

/// Whose parts to list.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct OfNetwork {
    /// Only this network's.
    pub network_id: Option<NetworkId>,
}

open_actions! {
    /// What can be done to a person's part in a network.
    pub enum NetworkParticipantAction { Leave = "leave" }
}

/// A person for whom a network is.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = network_participant)]
pub struct NetworkParticipant {
    pub id: NetworkParticipantId,
    pub network_id: NetworkId,
    pub person_id: PersonId,
    pub joined_on: NaiveDate,
    /// Empty while the person is in it.
    pub left_on: Option<NaiveDate>,
    /// What can be done to it now.
    #[diesel(select_expression = network_participant::left_on.is_null(), select_expression_type = diesel::dsl::IsNull<network_participant::left_on>, deserialize_as = Open)]
    pub allowed_actions: Vec<NetworkParticipantAction>,
    pub version: i64,
}

/// A person to take into a network.
#[derive(Debug, Deserialize, Insertable, ToSchema, Validate)]
#[diesel(table_name = network_participant)]
#[serde(deny_unknown_fields)]
pub struct NewNetworkParticipant {
    pub network_id: NetworkId,
    pub person_id: PersonId,
}

open_actions! {
    /// What can be done to a volunteer's part in a network.
    pub enum NetworkVolunteerAction { MakeContact = "make_contact", Leave = "leave" }
}

/// A volunteer of a network.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = network_volunteer)]
pub struct NetworkVolunteer {
    pub id: NetworkVolunteerId,
    pub network_id: NetworkId,
    pub volunteer_id: VolunteerId,
    /// Whether this is the one who holds the network together now.
    pub is_network_contact: bool,
    pub joined_on: NaiveDate,
    /// Empty while the volunteer is in it.
    pub left_on: Option<NaiveDate>,
    /// What can be done to it now.
    #[diesel(select_expression = network_volunteer::left_on.is_null(), select_expression_type = diesel::dsl::IsNull<network_volunteer::left_on>, deserialize_as = Open)]
    pub allowed_actions: Vec<NetworkVolunteerAction>,
    pub version: i64,
}

/// A volunteer to take into a network.
#[derive(Debug, Deserialize, Insertable, ToSchema, Validate)]
#[diesel(table_name = network_volunteer)]
#[serde(deny_unknown_fields)]
pub struct NewNetworkVolunteer {
    pub network_id: NetworkId,
    pub volunteer_id: VolunteerId,
    /// Whether this is to be the one who holds the network together. There is one at a time.
    #[serde(default)]
    pub is_network_contact: bool,
}

/// What a volunteer is thanked with, now that their network has ended.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = thank_you)]
pub struct ThankYou {
    pub id: ThankYouId,
    /// The network that ended.
    pub network_id: NetworkId,
    pub volunteer_id: VolunteerId,
    #[schema(max_length = 1000)]
    pub text: String,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

/// Which thank-yous to list.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct ThankYouFilter {
    /// Only this network's.
    pub network_id: Option<NetworkId>,
    /// Only this volunteer's.
    pub volunteer_id: Option<VolunteerId>,
}
