use actix_web::{get, patch, post};

use super::{
    queries,
    types::{NewRoutingRule, RoutingRule, RoutingRuleId, RoutingRulePatch},
};
use crate::{
    access::{Cx, ManageRoutingRules, Permission as _, ReadRoutingRules},
    problem::Problem,
    web::{Created, IfMatch, Json, One, Page, Path, Query, Window},
};

const TAG: &str = "routing rules";

/// List routing rules.
///
/// Oldest first, also those that have ended.
#[utoipa::path(tag = TAG, params(Window), responses((status = 200, body = Page<RoutingRule>)), security(("bearer" = [ReadRoutingRules::SCOPE])))]
#[get("/routing-rules")]
pub async fn list_routing_rules(
    cx: Cx<ReadRoutingRules>,
    window: Query<Window>,
) -> Result<Page<RoutingRule>, Problem> {
    cx.run(async |db| queries::list(db, &window).await).await
}

/// Make a routing rule.
///
/// It says to whom referrals go that name no recipient.
#[utoipa::path(tag = TAG, responses((status = 201, body = RoutingRule)), security(("bearer" = [ManageRoutingRules::SCOPE])))]
#[post("/routing-rules")]
pub async fn create_routing_rule(
    cx: Cx<ManageRoutingRules>,
    new: Json<NewRoutingRule>,
) -> Result<Created<RoutingRule>, Problem> {
    cx.create(new, queries::insert, queries::find).await
}

/// Read a routing rule.
#[utoipa::path(tag = TAG, responses((status = 200, body = RoutingRule)), security(("bearer" = [ReadRoutingRules::SCOPE])))]
#[get("/routing-rules/{id}")]
pub async fn read_routing_rule(
    cx: Cx<ReadRoutingRules>,
    id: Path<RoutingRuleId>,
) -> Result<One<RoutingRule>, Problem> {
    cx.run(async |db| queries::find(db, *id).await).await.map(One)
}

/// Change a routing rule.
///
/// It ends by a day in `valid_to`. What it has routed stays where it is.
#[utoipa::path(tag = TAG, responses((status = 200, body = RoutingRule)), security(("bearer" = [ManageRoutingRules::SCOPE])))]
#[patch("/routing-rules/{id}")]
pub async fn update_routing_rule(
    cx: Cx<ManageRoutingRules>,
    id: Path<RoutingRuleId>,
    patch: Json<RoutingRulePatch>,
    version: IfMatch,
) -> Result<One<RoutingRule>, Problem> {
    cx.change(version, async |db| queries::update(db, *id, version, &patch).await, queries::find).await
}
