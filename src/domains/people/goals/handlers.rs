use actix_web::{get, patch, post};

use super::{
    queries,
    types::{
        Goal, GoalFilter, GoalId, GoalOutcome, GoalOutcomeId, GoalPatch, GoalReport, GoalReportPeriod,
        NewGoal, NewGoalOutcome, OutcomeFilter,
    },
};
use crate::{
    access::{Cx, Permission as _, ReadGoals, WriteGoals},
    problem::Problem,
    web::{Answer, Created, IfMatch, Json, One, Page, Path, Query, Window},
};

const TAG: &str = "goals";

/// Report how goals have gone.
///
/// By domain: how many have improved, stayed or become worse between the start and the latest outcome. It counts the goals
/// that the caller sees, of this organisation alone; since they could count them themselves, no small number is withheld.
///
#[utoipa::path(tag = TAG, params(GoalReportPeriod), responses((status = 200, body = GoalReport)), security(("bearer" = [ReadGoals::SCOPE])))]
#[get("/goals/report")]
pub async fn read_goal_report(
    cx: Cx<ReadGoals>,
    period: Query<GoalReportPeriod>,
) -> Result<Answer<GoalReport>, Problem> {
    cx.run(async |db| queries::report(db, &period).await).await.map(Answer)
}

/// List goals.
///
/// Oldest first. `overdue=true` lists those whose day of review is past.
#[utoipa::path(tag = TAG, params(GoalFilter, Window), responses((status = 200, body = Page<Goal>)), security(("bearer" = [ReadGoals::SCOPE])))]
#[get("/goals")]
pub async fn list_goals(
    cx: Cx<ReadGoals>,
    filter: Query<GoalFilter>,
    window: Query<Window>,
) -> Result<Page<Goal>, Problem> {
    cx.read(async |db| queries::list(db, &filter, &window).await).await
}

/// Set a goal.
///
/// It says what is counted, what it is at the start, and whether more or less of it is better.
#[utoipa::path(tag = TAG, responses((status = 201, body = Goal)), security(("bearer" = [WriteGoals::SCOPE])))]
#[post("/goals")]
pub async fn create_goal(cx: Cx<WriteGoals>, new: Json<NewGoal>) -> Result<Created<Goal>, Problem> {
    cx.create(new, queries::insert, queries::find).await
}

/// Read a goal.
#[utoipa::path(tag = TAG, responses((status = 200, body = Goal)), security(("bearer" = [ReadGoals::SCOPE])))]
#[get("/goals/{id}")]
pub async fn read_goal(cx: Cx<ReadGoals>, id: Path<GoalId>) -> Result<One<Goal>, Problem> {
    cx.read(async |db| queries::find(db, *id).await).await.map(One)
}

/// Change the target of a goal, or when to look at it again.
#[utoipa::path(tag = TAG, responses((status = 200, body = Goal)), security(("bearer" = [WriteGoals::SCOPE])))]
#[patch("/goals/{id}")]
pub async fn update_goal(
    cx: Cx<WriteGoals>,
    id: Path<GoalId>,
    patch: Json<GoalPatch>,
    version: IfMatch,
) -> Result<One<Goal>, Problem> {
    cx.change(version, async |db| queries::update(db, *id, version, &patch).await, queries::find).await
}

/// List what came of goals.
///
/// Oldest first.
#[utoipa::path(tag = TAG, params(OutcomeFilter, Window), responses((status = 200, body = Page<GoalOutcome>)), security(("bearer" = [ReadGoals::SCOPE])))]
#[get("/goal-outcomes")]
pub async fn list_goal_outcomes(
    cx: Cx<ReadGoals>,
    filter: Query<OutcomeFilter>,
    window: Query<Window>,
) -> Result<Page<GoalOutcome>, Problem> {
    cx.read(async |db| queries::list_outcomes(db, &filter, &window).await).await
}

/// Register what came of a goal.
///
/// At a follow-up, of which each goal has one outcome, or at any other time.
#[utoipa::path(tag = TAG, responses((status = 201, body = GoalOutcome)), security(("bearer" = [WriteGoals::SCOPE])))]
#[post("/goal-outcomes")]
pub async fn create_goal_outcome(
    cx: Cx<WriteGoals>,
    new: Json<NewGoalOutcome>,
) -> Result<Created<GoalOutcome>, Problem> {
    cx.create(new, queries::insert_outcome, queries::find_outcome).await
}

/// Read what came of a goal.
#[utoipa::path(tag = TAG, responses((status = 200, body = GoalOutcome)), security(("bearer" = [ReadGoals::SCOPE])))]
#[get("/goal-outcomes/{id}")]
pub async fn read_goal_outcome(
    cx: Cx<ReadGoals>,
    id: Path<GoalOutcomeId>,
) -> Result<One<GoalOutcome>, Problem> {
    cx.read(async |db| queries::find_outcome(db, *id).await).await.map(One)
}
