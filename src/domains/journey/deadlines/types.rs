use chrono::{DateTime, NaiveDate, Utc};
use diesel::{
    pg::Pg,
    prelude::*,
    sql_types::{Bool, Date, Nullable, Text, Timestamptz, Uuid as Id},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::{
    db::{id, text_enum},
    identifiers::Country,
    rules::{Confidence, Taken, Unit},
};

id!(/// A deadline: that of what is due.
    DeadlineId);

text_enum! {
    /// How a deadline stands: still open, met in time, missed whether or not it was done later, or not counted because what
    /// is due rests.
    pub enum DeadlineState { Open = "open", Met = "met", Missed = "missed", Paused = "paused" }
}

text_enum! {
    /// Of what there are deadlines: the first contact after a referral, the next follow-up of a network, the answers to a
    /// guidance request and to a report of an unmet need that have come here, the reply to an offer that went out from here
    /// (unless somebody has chosen its day), and how long a network that has ended is kept.
    pub enum DeadlineSubject {
        Referral = "referral",
        FollowUp = "follow_up",
        GuidanceRequest = "guidance_request",
        UnmetNeedReport = "unmet_need_report",
        Offer = "offer",
        Network = "network",
    }
}

/// That something is due on a day, by a rule.
#[derive(Debug, QueryableByName, Serialize, ToSchema)]
#[diesel(check_for_backend(Pg))]
pub struct Deadline {
    /// That of what is due.
    #[diesel(sql_type = Id)]
    pub id: DeadlineId,
    /// What is due: its table,
    #[diesel(sql_type = Text)]
    pub subject_table: DeadlineSubject,
    /// and its row.
    #[diesel(sql_type = Id)]
    pub subject_id: Uuid,
    /// The code of the rule.
    #[diesel(sql_type = Text)]
    #[schema(example = "NO_FIRST_CONTACT")]
    pub rule: String,
    /// Its version, among the rules or the organisation's own.
    #[diesel(sql_type = Id)]
    pub rule_id: Uuid,
    /// The day from which it is counted.
    #[diesel(sql_type = Date)]
    pub starts_on: NaiveDate,
    /// The last day.
    #[diesel(sql_type = Date)]
    pub due_on: NaiveDate,
    #[diesel(sql_type = Text)]
    pub state: DeadlineState,
    /// The day on which it was done, or needed no more.
    #[diesel(sql_type = Nullable<Date>)]
    pub settled_on: Option<NaiveDate>,
    /// Whether the law orders it.
    #[diesel(sql_type = Bool)]
    pub legal: bool,
    /// When it was counted.
    #[diesel(sql_type = Timestamptz)]
    #[serde(skip)]
    pub set_at: DateTime<Utc>,
}

/// Which deadlines to list.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct DeadlineFilter {
    /// Only of this kind of thing.
    #[param(inline)]
    pub subject_table: Option<DeadlineSubject>,
    /// Only of this row.
    pub subject_id: Option<Uuid>,
    /// `true`: only what should have been done before today and still waits.
    pub overdue: Option<bool>,
}

/// How a deadline was counted.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeadlineExplanation {
    pub id: DeadlineId,
    /// The version of the rule by which it was counted.
    pub rule: DeadlineRuleExplained,
    /// The day from which it is counted, which is not counted itself.
    pub starts_on: NaiveDate,
    /// The way to the last day, one step after the other: at most a thousand.
    #[schema(max_items = 1001)]
    pub steps: Vec<DeadlineStep>,
    /// The last day.
    pub due_on: NaiveDate,
    /// The last working day before, where it is an authority's own duty. Of a first contact, a follow-up and an answer the
    /// desk is told on that day, by a task.
    pub warn_on: Option<NaiveDate>,
}

/// The rule of a deadline.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeadlineRuleExplained {
    /// Of this version.
    pub id: Uuid,
    #[schema(example = "NO_FIRST_CONTACT")]
    pub code: String,
    /// What it is called, in the language that the request accepts.
    #[schema(example = "First contact")]
    pub label: String,
    pub country: Country,
    /// What sets it going.
    pub starts: String,
    /// How many units.
    #[schema(minimum = 1, maximum = 65535)]
    pub length: u16,
    pub unit: Unit,
    /// Whether it moves past days off, as a person's does.
    pub roll_forward: bool,
    /// Whether the law orders it.
    pub legal: bool,
    /// Where it stands.
    pub source: String,
    pub confidence: Confidence,
    /// The first day this version holds.
    pub valid_from: NaiveDate,
    /// The first day it no longer holds.
    pub valid_to: Option<NaiveDate>,
}

/// A step towards a deadline.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeadlineStep {
    /// The day.
    pub on: NaiveDate,
    /// What was done there.
    pub taken: Taken,
    /// Why a day was passed over, in the language that the request accepts.
    #[schema(max_items = 20)]
    pub because: Vec<String>,
}
