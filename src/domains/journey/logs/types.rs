use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::status::{Action, Status};
use crate::{
    db::{id, text_enum},
    domains::{
        journey::networks::NetworkId,
        people::{persons::PersonId, volunteers::VolunteerId},
    },
    schema::{log_entry, log_review},
    web::{personal, resource},
};

id!(/// A log entry.
    LogEntryId);
id!(/// A review of a network's log.
    LogReviewId);
resource!(LogEntry at "/v1/log-entries");
resource!(LogReview at "/v1/log-reviews");
personal!(LogEntry as "log_entry" maybe of person_id);
personal!(LogReview as "log_review");

text_enum! {
    /// What a log entry is about. Volunteers read of each other what is `practical`, and nothing else.
    #[schema(as = LogEntryKind)]
    pub enum Kind { Visit = "visit", Change = "change", Concern = "concern", Practical = "practical" }
}

text_enum! {
    /// Whether the person's municipality is told. `auto`: as soon as it is final, under the basis that there is then.
    /// `on_consent`: when somebody asks for it to be shared, after the person has agreed to that.
    pub enum LogSharing { Auto = "auto", OnConsent = "on_consent", No = "no" }
}

text_enum! {
    /// In which role somebody wrote. What the municipality has to say comes as a message or a change, and not as an entry.
    pub enum LogAuthorRole { Volunteer = "volunteer", Coordinator = "coordinator", TeamLeader = "team_leader" }
}

/// What somebody wrote down about a network.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = log_entry)]
pub struct LogEntry {
    pub id: LogEntryId,
    pub network_id: NetworkId,
    /// Whom it is about, if it is about one of the participants.
    pub person_id: Option<PersonId>,
    /// The membership of who wrote it.
    pub author_id: Uuid,
    pub author_role: LogAuthorRole,
    /// The volunteer who wrote it, if one did.
    pub volunteer_id: Option<VolunteerId>,
    pub kind: Kind,
    pub occurred_at: DateTime<Utc>,
    #[schema(max_length = 2000)]
    pub text: String,
    /// Whether it tells of health or of something else that is to be shielded.
    pub sensitive: bool,
    pub share_with_municipality: LogSharing,
    /// The entry that it corrects. Both are kept.
    pub correction_of_id: Option<LogEntryId>,
    pub status: Status,
    /// What can be done to it now.
    #[diesel(select_expression = log_entry::status, deserialize_as = Status)]
    pub allowed_actions: Vec<Action>,
    /// Since when it does not change any more.
    pub finished_at: Option<DateTime<Utc>>,
    /// When a review first covered it.
    pub read_at: Option<DateTime<Utc>>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

/// Something to write down. Short, and what was seen: no diagnosis, no guess.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewLogEntry {
    pub network_id: NetworkId,
    /// A participant of the network. Mandatory if the municipality is to be told.
    pub person_id: Option<PersonId>,
    pub kind: Kind,
    /// Not in the future.
    pub occurred_at: DateTime<Utc>,
    #[validate(length(min = 1, max = 2000))]
    #[schema(min_length = 1, max_length = 2000, example = "Gikk en tur til elva.")]
    pub text: String,
    pub sensitive: bool,
    pub share_with_municipality: LogSharing,
    /// An entry of the same network that it corrects: final, and not yet corrected.
    pub correction_of_id: Option<LogEntryId>,
    /// Whether it is to be gone on with. Until it is finished, nobody but its author sees it.
    #[serde(default)]
    pub draft: bool,
}

/// An entry as it is written.
#[derive(Insertable)]
#[diesel(table_name = log_entry, treat_none_as_default_value = false)]
pub struct WrittenEntry<'a> {
    pub network_id: NetworkId,
    pub person_id: Option<PersonId>,
    pub kind: Kind,
    pub occurred_at: DateTime<Utc>,
    pub text: &'a str,
    pub sensitive: bool,
    pub share_with_municipality: LogSharing,
    pub correction_of_id: Option<LogEntryId>,
    pub status: Status,
    pub finished_at: Option<DateTime<Utc>>,
}

/// What to change of a draft. What is left out stays.
#[derive(AsChangeset, Debug, Deserialize, ToSchema, Validate)]
#[diesel(table_name = log_entry)]
#[serde(deny_unknown_fields)]
pub struct LogEntryPatch {
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "crate::web::given")]
    pub kind: Option<Kind>,
    /// Not in the future.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "crate::web::given")]
    pub occurred_at: Option<DateTime<Utc>>,
    #[validate(length(min = 1, max = 2000))]
    #[schema(nullable = false, min_length = 1, max_length = 2000)]
    #[serde(default, deserialize_with = "crate::web::given")]
    pub text: Option<String>,
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "crate::web::given")]
    pub sensitive: Option<bool>,
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "crate::web::given")]
    pub share_with_municipality: Option<LogSharing>,
}

/// Which log entries to list.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct LogEntryFilter {
    /// Only this network's.
    pub network_id: Option<NetworkId>,
    /// Only what is about this person.
    pub person_id: Option<PersonId>,
    /// Only this kind.
    pub kind: Option<Kind>,
    /// Only what a volunteer wrote and nobody has read in the time that the country's rule gives.
    #[param(default = false)]
    pub unread: Option<bool>,
}

/// That a coordinator has read the log of a network.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = log_review)]
pub struct LogReview {
    pub id: LogReviewId,
    pub network_id: NetworkId,
    /// The membership of who read it.
    pub coordinator_id: Uuid,
    pub from_on: NaiveDate,
    /// The last day.
    pub to_on: NaiveDate,
    pub done_on: NaiveDate,
    #[schema(max_length = 2000)]
    pub comment: Option<String>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

/// A reading of what became final in a network from one day to another.
#[derive(Debug, Deserialize, Insertable, ToSchema, Validate)]
#[diesel(table_name = log_review, treat_none_as_default_value = false)]
#[serde(deny_unknown_fields)]
pub struct NewLogReview {
    pub network_id: NetworkId,
    pub from_on: NaiveDate,
    /// The last day.
    pub to_on: NaiveDate,
    /// Today or before.
    pub done_on: NaiveDate,
    #[validate(length(min = 1, max = 2000))]
    #[schema(min_length = 1, max_length = 2000, example = "Lest sammen med nettverkskontakten.")]
    pub comment: Option<String>,
}

/// Which reviews to list.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct LogReviewFilter {
    /// Only this network's.
    pub network_id: Option<NetworkId>,
}
