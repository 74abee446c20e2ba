use chrono::{NaiveDate, TimeDelta};
use diesel::{
    QueryableByName,
    sql_types::{BigInt, Date, Text, Uuid as Id},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::problem::{Flaw, Problem};

/// How many days can be asked for at once, and how many are shown if nothing is said.
const MOST: i64 = 31;
const USUAL: i64 = 7;

/// Count and digest of each counterpart and day on which anything was sent.
#[derive(Debug, Serialize, ToSchema)]
pub struct Reconciliation {
    pub first_on: NaiveDate,
    pub last_on: NaiveDate,
    /// By day, then by counterpart.
    #[schema(max_items = 100_000)]
    pub items: Vec<ReconciledDay>,
}

/// What went from one organisation to another on one day.
#[derive(Debug, QueryableByName, Serialize, ToSchema)]
pub struct ReconciledDay {
    /// The other side.
    #[diesel(sql_type = Id)]
    pub counterpart_organisation_id: Uuid,
    /// The day of `sent_at`, by the clock of all three countries.
    #[diesel(sql_type = Date)]
    pub day: NaiveDate,
    /// How much.
    #[diesel(sql_type = BigInt)]
    pub count: i64,
    /// How much of it the recipient says it has stored.
    #[diesel(sql_type = BigInt)]
    pub acknowledged: i64,
    /// SHA-256, in hexadecimal, of the lines `<id> <payload_sha256>` in the order of the ids, each ended by a line feed.
    #[diesel(sql_type = Text)]
    pub digest: String,
}

/// Which days, and of whom.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct Days {
    /// The first day. Six days before the last, if it is left out.
    from: Option<NaiveDate>,
    /// The last day, at most 30 days after the first. Today, if it is left out.
    to: Option<NaiveDate>,
    /// Only what goes between this organisation and that one.
    pub counterpart_organisation_id: Option<Uuid>,
}

impl Days {
    /// The first and the last day; refused (400) if it is none, or more than one answer can hold.
    pub fn period(&self, today: NaiveDate) -> Result<(NaiveDate, NaiveDate), Problem> {
        let last = self.to.unwrap_or(today);
        let first = self.from.unwrap_or_else(|| last - TimeDelta::days(USUAL - 1));
        let days = (last - first).num_days() + 1;
        if (1..=MOST).contains(&days) {
            return Ok((first, last));
        }
        Err(Problem::bad_parameter(vec![Flaw::new("to", "not_so_many_days").with("max", MOST)]))
    }
}
