use std::time::Duration;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::schema::event;

/// What has happened, and where to go on.
#[derive(Debug, Serialize, ToSchema)]
pub struct Feed {
    /// In the order of their numbers.
    #[schema(max_items = 200)]
    pub items: Vec<CloudEvent>,
    /// What to ask with as `after` the next time: the number of the last item, or what was asked with.
    pub next_after: i64,
}

/// Something that happened (CloudEvents 1.0, with the extension `sequence`).
#[derive(Debug, Serialize, ToSchema)]
pub struct CloudEvent {
    #[schema(example = "1.0")]
    pub specversion: &'static str,
    /// The same whenever and to whomever of the organisation it is told.
    pub id: Uuid,
    /// This installation and the organisation at which it happened.
    #[schema(example = "https://samspill.example/v1/organisations/0198c5a4-6c00-7000-8000-000000000001")]
    pub source: String,
    /// What happened to which kind of thing. There will be more of them: pass over what you do not know.
    #[serde(rename = "type")]
    #[schema(example = "referral.submitted")]
    pub kind: String,
    /// What it happened to: kind and id.
    #[schema(example = "referral/0198c5a4-6c00-7000-8000-000000000002")]
    pub subject: String,
    pub time: DateTime<Utc>,
    #[schema(example = "application/json")]
    pub datacontenttype: &'static str,
    /// Its number, with as many digits as any: so that as a text, too, it is after what was before.
    #[schema(example = "0000000000000042")]
    pub sequence: String,
    pub data: EventData,
}

/// Identifiers and coded words, and nothing of a person.
#[derive(Debug, Queryable, Selectable, Serialize, ToSchema)]
#[diesel(table_name = event)]
pub struct EventData {
    /// The kind of thing.
    pub subject_table: String,
    /// The thing.
    pub subject_id: Uuid,
    /// Its status before, if it has a life and had one.
    pub from_status: Option<String>,
    /// Its status after, if it has a life.
    pub to_status: Option<String>,
    /// A coded reason.
    pub reason: Option<String>,
    /// Whose doing it was: this organisation's, or the other side's of a letter. Null for what the house did by itself.
    pub acting_organisation_id: Option<Uuid>,
}

/// Something that happened, as it stands in its row.
#[derive(Debug, HasQuery)]
#[diesel(table_name = event)]
pub struct Happened {
    organisation_id: Uuid,
    id: Uuid,
    #[diesel(select_expression = event::sequence.assume_not_null(), select_expression_type = diesel::dsl::AssumeNotNull<event::sequence>)]
    sequence: i64,
    at: DateTime<Utc>,
    name: String,
    #[diesel(embed)]
    data: EventData,
}

impl Happened {
    /// Its number.
    pub fn sequence(&self) -> i64 {
        self.sequence
    }
}

impl CloudEvent {
    fn new(it: Happened, issuer: &str) -> Self {
        Self {
            specversion: "1.0",
            id: it.id,
            source: format!("{issuer}/v1/organisations/{}", it.organisation_id),
            kind: it.name,
            subject: format!("{}/{}", it.data.subject_table, it.data.subject_id),
            time: it.at,
            datacontenttype: "application/json",
            sequence: format!("{:016}", it.sequence),
            data: it.data,
        }
    }
}

impl Feed {
    /// The rows, as they are told, and where the next begin.
    pub fn new(rows: Vec<Happened>, issuer: &str, place: &Place) -> Self {
        let next_after = rows.last().map_or(place.after(), |last| last.sequence);
        Self { items: rows.into_iter().map(|it| CloudEvent::new(it, issuer)).collect(), next_after }
    }

    /// Whether anything has happened.
    pub fn has_some(&self) -> bool {
        !self.items.is_empty()
    }
}

/// Where in the feed, and for how long to wait.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct Place {
    /// `next_after` of the answer before. Without it the feed begins with what happened first.
    #[validate(range(min = 0, max = 9_007_199_254_740_991_i64))]
    #[param(minimum = 0, maximum = 9_007_199_254_740_991_i64, default = 0)]
    after: Option<i64>,
    /// How many at most.
    #[validate(range(min = 1, max = 200))]
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<i64>,
    /// For how many seconds to wait if nothing has happened since.
    #[validate(range(min = 0, max = 30))]
    #[param(minimum = 0, maximum = 30, default = 0)]
    wait: Option<u64>,
}

impl Place {
    /// After which number.
    pub fn after(&self) -> i64 {
        self.after.unwrap_or_default()
    }

    /// How many at most.
    pub fn limit(&self) -> i64 {
        self.limit.unwrap_or(50)
    }

    /// For how long to wait.
    pub fn patience(&self) -> Duration {
        Duration::from_secs(self.wait.unwrap_or_default())
    }
}
