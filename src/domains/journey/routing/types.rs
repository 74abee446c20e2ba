use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::Uuid as Id;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::{
    db::{id, text_enum},
    schema::routing_rule,
    web::{code, resource},
};

id!(/// A rule of whom a referral goes to.
    RoutingRuleId);
resource!(RoutingRule at "/v1/routing-rules");

text_enum! {
    /// Whom a method is used for.
    #[schema(as = ReferralTargetGroup)]
    pub enum TargetGroup {
        ChildFamily = "child_family",
        Refugee = "refugee",
        Rehabilitation = "rehabilitation",
        Senior = "senior",
        Other = "other",
    }
}

/// Whom a referral goes to if nobody names a recipient. Of those that fit, the one that says most counts, of where, for whom
/// and what; of those that say as much, the one for the smaller area; then the lower `priority`; then the older.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = routing_rule)]
pub struct RoutingRule {
    pub id: RoutingRuleId,
    /// Only for persons whose postcode begins like this.
    pub postcode_prefix: Option<String>,
    /// Only for these.
    pub target_group: Option<TargetGroup>,
    /// Only for this service.
    pub service: Option<String>,
    /// Who coordinates the volunteers.
    pub counterpart_organisation_id: Uuid,
    /// Whom to turn to there.
    pub coordinator: Option<String>,
    /// Who stands in.
    pub substitute: Option<String>,
    /// The lower comes first.
    pub priority: i32,
    pub valid_from: NaiveDate,
    /// The first day that it is no more.
    pub valid_to: Option<NaiveDate>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

/// A rule to make. It holds from today unless it says otherwise.
#[derive(Debug, Deserialize, Insertable, ToSchema, Validate)]
#[diesel(table_name = routing_rule, treat_none_as_default_value = false)]
#[serde(deny_unknown_fields)]
pub struct NewRoutingRule {
    /// Only for persons whose postcode begins like this.
    #[validate(length(min = 1, max = 10))]
    #[schema(min_length = 1, max_length = 10, example = "470")]
    pub postcode_prefix: Option<String>,
    /// Only for these.
    pub target_group: Option<TargetGroup>,
    /// Only for this service.
    #[validate(length(min = 1, max = 80), custom(function = "code"))]
    #[schema(min_length = 1, max_length = 80, pattern = "^[a-z][a-z0-9_]*$", example = "visiting_friend")]
    pub service: Option<String>,
    /// Who coordinates the volunteers; a counterpart that has approved this organisation.
    pub counterpart_organisation_id: Uuid,
    /// Whom to turn to there.
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200)]
    pub coordinator: Option<String>,
    /// Who stands in.
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200)]
    pub substitute: Option<String>,
    /// The lower comes first.
    #[validate(range(min = 0, max = 1000))]
    #[schema(minimum = 0, maximum = 1000)]
    #[serde(default)]
    pub priority: i32,
    #[diesel(skip_insertion)]
    pub valid_from: Option<NaiveDate>,
    /// The first day that it is no more.
    pub valid_to: Option<NaiveDate>,
}

/// What to change of a rule. What is left out stays; for another recipient, end it and make another.
#[derive(AsChangeset, Debug, Deserialize, ToSchema, Validate)]
#[diesel(table_name = routing_rule)]
#[serde(deny_unknown_fields)]
pub struct RoutingRulePatch {
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200)]
    #[serde(default, deserialize_with = "crate::web::nullable")]
    pub coordinator: Option<Option<String>>,
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200)]
    #[serde(default, deserialize_with = "crate::web::nullable")]
    pub substitute: Option<Option<String>>,
    #[validate(range(min = 0, max = 1000))]
    #[schema(nullable = false, minimum = 0, maximum = 1000)]
    #[serde(default, deserialize_with = "crate::web::given")]
    pub priority: Option<i32>,
    /// The first day that it is no more.
    #[serde(default, deserialize_with = "crate::web::nullable")]
    pub valid_to: Option<Option<NaiveDate>>,
}

/// Where a rule leads.
#[derive(Clone, Copy, Debug, QueryableByName)]
pub struct Route {
    /// The rule.
    #[diesel(sql_type = Id)]
    pub id: RoutingRuleId,
    /// Who coordinates the volunteers.
    #[diesel(sql_type = Id)]
    pub counterpart_organisation_id: Uuid,
}
