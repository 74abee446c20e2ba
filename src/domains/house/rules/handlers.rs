use actix_web::{get, post};

use super::{
    queries,
    types::{
        NewOrganisationRule, OrganisationRule, OrganisationRuleEnd, OrganisationRuleFilter,
        OrganisationRuleId, Rule, RuleFilter, RuleId,
    },
};
use crate::{
    access::{Cx, ManageRules, Permission as _, ReadRules},
    problem::Problem,
    web::{Created, IfMatch, Json, One, Page, Path, Query, Window},
};

const TAG: &str = "rules";

/// List rules.
///
/// What the law and the services' customs say in each country: deadlines, days off, ages, sections of law. Each row says
/// from when to when it holds, where it stands and how sure that is. A day off comes in every year of its time; the rows of
/// a year are those whose time it is in.
#[utoipa::path(tag = TAG, params(RuleFilter, Window), responses((status = 200, body = Page<Rule>)), security(("bearer" = [ReadRules::SCOPE])))]
#[get("/rules")]
pub async fn list_rules(
    cx: Cx<ReadRules>,
    filter: Query<RuleFilter>,
    window: Query<Window>,
) -> Result<Page<Rule>, Problem> {
    cx.run(async |db| queries::list(db, &filter, &window).await).await
}

/// Read a rule.
///
/// Also a version that was replaced: what was counted by it names its id.
#[utoipa::path(tag = TAG, responses((status = 200, body = Rule)), security(("bearer" = [ReadRules::SCOPE])))]
#[get("/rules/{id}")]
pub async fn read_rule(cx: Cx<ReadRules>, id: Path<RuleId>) -> Result<One<Rule>, Problem> {
    cx.run(async |db| queries::find(db, *id).await).await.map(One)
}

/// List the organisation's own rules.
///
/// Oldest first, also those that have ended.
#[utoipa::path(tag = TAG, params(OrganisationRuleFilter, Window), responses((status = 200, body = Page<OrganisationRule>)), security(("bearer" = [ReadRules::SCOPE])))]
#[get("/organisation-rules")]
pub async fn list_organisation_rules(
    cx: Cx<ReadRules>,
    filter: Query<OrganisationRuleFilter>,
    window: Query<Window>,
) -> Result<Page<OrganisationRule>, Problem> {
    cx.run(async |db| queries::list_own(db, &filter, &window).await).await
}

/// Add a rule of the organisation's own.
///
/// It holds here alone, from the next request on. What the law says can be made stricter, never looser (422
/// `looser_than_the_law`): a duty of the organisation's can get a shorter deadline, a right of the person's a longer one, an
/// age can be raised. A day off counts for what is not law. What was counted before stays as it is.
#[utoipa::path(tag = TAG, responses((status = 201, body = OrganisationRule)), security(("bearer" = [ManageRules::SCOPE])))]
#[post("/organisation-rules")]
pub async fn create_organisation_rule(
    cx: Cx<ManageRules>,
    new: Json<NewOrganisationRule>,
) -> Result<Created<OrganisationRule>, Problem> {
    cx.create(new, queries::insert_own, queries::find_own).await
}

/// Read a rule of the organisation's own.
#[utoipa::path(tag = TAG, responses((status = 200, body = OrganisationRule)), security(("bearer" = [ReadRules::SCOPE])))]
#[get("/organisation-rules/{id}")]
pub async fn read_organisation_rule(
    cx: Cx<ReadRules>,
    id: Path<OrganisationRuleId>,
) -> Result<One<OrganisationRule>, Problem> {
    cx.run(async |db| queries::find_own(db, *id).await).await.map(One)
}

/// End a rule of the organisation's own.
///
/// From `valid_to` on the country's rule holds again. It is said once, also of a rule that was made for a time. To say something else from then on, add another.
#[utoipa::path(tag = TAG, responses((status = 200, body = OrganisationRule)), security(("bearer" = [ManageRules::SCOPE])))]
#[post("/organisation-rules/{id}/end")]
pub async fn end_organisation_rule(
    cx: Cx<ManageRules>,
    id: Path<OrganisationRuleId>,
    end: Json<OrganisationRuleEnd>,
    version: IfMatch,
) -> Result<One<OrganisationRule>, Problem> {
    let work = async |db: &mut _| queries::end_own(db, *id, version, end.valid_to).await;
    cx.change(version, work, queries::find_own).await
}
