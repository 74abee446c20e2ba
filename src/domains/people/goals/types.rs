use chrono::{DateTime, NaiveDate, Utc};
use diesel::{
    QueryableByName,
    prelude::*,
    sql_types::{BigInt, Text},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::{
    db::{id, text_enum},
    domains::people::persons::PersonId,
    schema::{goal, goal_outcome},
    web::{personal, resource},
};

id!(/// A goal.
    GoalId);
id!(/// What came of a goal.
    GoalOutcomeId);
resource!(Goal at "/v1/goals");
resource!(GoalOutcome at "/v1/goal-outcomes");
personal!(Goal as "goal" of person_id);
personal!(GoalOutcome as "goal_outcome" of person_id);

text_enum! {
    /// What a goal is about.
    pub enum GoalDomain {
        SocialNetwork = "social_network",
        PhysicalActivity = "physical_activity",
        Participation = "participation",
        Relief = "relief",
        Other = "other",
    }
}

text_enum! {
    /// Whether more or less of what is measured is better.
    pub enum BetterWith { More = "more", Less = "less" }
}

/// A goal for a person.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = goal)]
pub struct Goal {
    pub id: GoalId,
    pub person_id: PersonId,
    /// The referral that it was set for, which is not completed before something came of the goal.
    pub referral_id: Option<Uuid>,
    pub domain: GoalDomain,
    /// What is counted.
    pub measure: String,
    pub better: BetterWith,
    /// What was counted at the start.
    pub baseline: i32,
    /// What is to be reached; the same as at the start, where it is to be kept.
    pub target: i32,
    pub set_on: NaiveDate,
    /// When to look at it again.
    pub review_on: NaiveDate,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

/// A goal to set.
#[derive(Debug, Deserialize, Insertable, ToSchema, Validate)]
#[diesel(table_name = goal, treat_none_as_default_value = false)]
#[serde(deny_unknown_fields)]
pub struct NewGoal {
    pub person_id: PersonId,
    /// The referral that it is set for.
    pub referral_id: Option<Uuid>,
    pub domain: GoalDomain,
    /// What is counted.
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200, example = "Turer i uken")]
    pub measure: String,
    pub better: BetterWith,
    /// What is counted now.
    #[validate(range(min = 0, max = 10_000))]
    #[schema(minimum = 0, maximum = 10_000, example = 1)]
    pub baseline: i32,
    /// What is to be reached; the same as now, where it is to be kept.
    #[validate(range(min = 0, max = 10_000))]
    #[schema(minimum = 0, maximum = 10_000, example = 3)]
    pub target: i32,
    /// Today or before.
    pub set_on: NaiveDate,
    /// When to look at it again.
    pub review_on: NaiveDate,
}

/// What to change of a goal. What is left out stays; so does the start that it is compared with.
#[derive(AsChangeset, Debug, Deserialize, ToSchema, Validate)]
#[diesel(table_name = goal)]
#[serde(deny_unknown_fields)]
pub struct GoalPatch {
    #[validate(range(min = 0, max = 10_000))]
    #[schema(nullable = false, minimum = 0, maximum = 10_000)]
    #[serde(default, deserialize_with = "crate::web::given")]
    pub target: Option<i32>,
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "crate::web::given")]
    pub review_on: Option<NaiveDate>,
}

/// Which goals to list.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct GoalFilter {
    /// Only this person's.
    pub person_id: Option<PersonId>,
    /// Only those of this referral.
    pub referral_id: Option<Uuid>,
    /// `true`: only those whose day of review is past.
    pub overdue: Option<bool>,
}

/// What was found of a goal on one day. It does not change.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = goal_outcome)]
pub struct GoalOutcome {
    pub id: GoalOutcomeId,
    pub goal_id: GoalId,
    pub person_id: PersonId,
    /// The follow-up at which it was found.
    pub follow_up_id: Option<Uuid>,
    pub measured_on: NaiveDate,
    /// What was counted.
    pub value: i32,
    pub note: Option<String>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

/// What was found of a goal.
#[derive(Debug, Deserialize, Insertable, ToSchema, Validate)]
#[diesel(table_name = goal_outcome, treat_none_as_default_value = false)]
#[serde(deny_unknown_fields)]
pub struct NewGoalOutcome {
    pub goal_id: GoalId,
    /// The follow-up at which it was found, of a network that the person is in.
    pub follow_up_id: Option<Uuid>,
    /// From the day on which the goal was set, to today.
    pub measured_on: NaiveDate,
    /// What was counted.
    #[validate(range(min = 0, max = 10_000))]
    #[schema(minimum = 0, maximum = 10_000, example = 2)]
    pub value: i32,
    #[validate(length(min = 1, max = 2000))]
    #[schema(min_length = 1, max_length = 2000)]
    pub note: Option<String>,
}

/// Whose outcomes to list.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct OutcomeFilter {
    /// Only those of this goal.
    pub goal_id: Option<GoalId>,
    /// Only those of this person.
    pub person_id: Option<PersonId>,
}

/// Which goals to report of.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct GoalReportPeriod {
    /// Only goals that were set on this day or later.
    pub from: Option<NaiveDate>,
    /// Only what was set and measured up to this day. Today, if it is left out.
    pub to: Option<NaiveDate>,
}

/// How the goals have gone, by domain.
#[derive(Debug, Serialize, ToSchema)]
pub struct GoalReport {
    /// Only goals that were set on this day or later.
    pub from: Option<NaiveDate>,
    /// Only what was set and measured up to this day.
    pub to: NaiveDate,
    /// Of each domain in which there are goals, in the order of their codes.
    #[schema(max_items = 10)]
    pub items: Vec<DomainOutcome>,
}

/// How the goals of one domain have gone, between the start and the latest outcome.
#[derive(Debug, QueryableByName, Serialize, ToSchema)]
pub struct DomainOutcome {
    #[diesel(sql_type = Text)]
    pub domain: GoalDomain,
    #[diesel(sql_type = BigInt)]
    pub improved: i64,
    #[diesel(sql_type = BigInt)]
    pub unchanged: i64,
    #[diesel(sql_type = BigInt)]
    pub worse: i64,
    /// Of which nothing came yet.
    #[diesel(sql_type = BigInt)]
    pub not_measured: i64,
    /// How many of them have reached their target.
    #[diesel(sql_type = BigInt)]
    pub reached: i64,
}
