use chrono::NaiveDate;
use diesel::{
    dsl::{exists, not},
    prelude::*,
    sql_query,
    sql_types::{Date, Nullable},
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::types::{
    BetterWith, Goal, GoalFilter, GoalId, GoalOutcome, GoalOutcomeId, GoalPatch, GoalReport,
    GoalReportPeriod, NewGoal, NewGoalOutcome, OutcomeFilter,
};
use crate::{
    access::{Db, today},
    domains::{
        journey::referrals,
        people::persons::{self, PersonId},
    },
    events::Event,
    problem::{Flaw, Problem},
    schema::{follow_up, goal, goal_outcome, network_participant},
    web::{IfMatch, Page, Window},
};

pub async fn list(db: &mut Db, filter: &GoalFilter, window: &Window) -> Result<Page<Goal>, Problem> {
    let mut query = Goal::query().into_boxed();
    if let Some(person) = filter.person_id {
        query = query.filter(goal::person_id.eq(person));
    }
    if let Some(referral) = filter.referral_id {
        query = query.filter(goal::referral_id.eq(referral));
    }
    if filter.overdue == Some(true) {
        query = query.filter(goal::review_on.lt(today(db).await?));
    }
    if let Some(cursor) = window.cursor {
        query = query.filter(goal::id.gt(cursor));
    }
    let rows = query.order(goal::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &Goal| row.id.into()))
}

pub async fn find(db: &mut Db, id: GoalId) -> Result<Goal, Problem> {
    Ok(Goal::query().find(id).first(db).await?)
}

pub async fn insert(db: &mut Db, new: &NewGoal) -> Result<Goal, Problem> {
    if new.set_on > today(db).await? {
        return Err(Problem::unprocessable("goal_set_in_the_future"));
    }
    check_direction(new.better, new.baseline, new.target)?;
    persons::check_known(db, new.person_id, "goal_unknown_person").await?;
    if let Some(referral) = new.referral_id {
        referrals::is_about(db, referral.into(), new.person_id, "goal_unknown_referral").await?;
    }
    let insert = diesel::insert_into(goal::table).values(new);
    let made: Goal = insert.returning(Goal::as_returning()).get_result(db).await?;
    happened(db, "goal.created", "goal", made.id.into()).await?;
    Ok(made)
}

/// What is better lies not on the other side of where it began.
fn check_direction(better: BetterWith, baseline: i32, target: i32) -> Result<(), Problem> {
    let is_back = match better {
        BetterWith::More => target < baseline,
        BetterWith::Less => target > baseline,
    };
    if is_back { Err(Problem::invalid(vec![Flaw::new("/target", "wrong_value")])) } else { Ok(()) }
}

async fn happened(db: &mut Db, name: &str, subject_table: &str, subject_id: Uuid) -> Result<(), Problem> {
    Event { name, subject_table, subject_id, ..Event::default() }.emit(db).await
}

pub async fn update(db: &mut Db, id: GoalId, version: IfMatch, patch: &GoalPatch) -> Result<Goal, Problem> {
    let before: Goal = Goal::query().find(id).for_update().first(db).await?;
    version.check(&before)?;
    check_direction(before.better, before.baseline, patch.target.unwrap_or(before.target))?;
    let update = diesel::update(goal::table.find(id)).set(patch);
    let changed = update.returning(Goal::as_returning()).get_result(db).await?;
    happened(db, "goal.updated", "goal", id.into()).await?;
    Ok(changed)
}

pub async fn list_outcomes(
    db: &mut Db,
    filter: &OutcomeFilter,
    window: &Window,
) -> Result<Page<GoalOutcome>, Problem> {
    let mut query = GoalOutcome::query().into_boxed();
    if let Some(goal) = filter.goal_id {
        query = query.filter(goal_outcome::goal_id.eq(goal));
    }
    if let Some(person) = filter.person_id {
        query = query.filter(goal_outcome::person_id.eq(person));
    }
    if let Some(cursor) = window.cursor {
        query = query.filter(goal_outcome::id.gt(cursor));
    }
    let rows = query.order(goal_outcome::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &GoalOutcome| row.id.into()))
}

pub async fn find_outcome(db: &mut Db, id: GoalOutcomeId) -> Result<GoalOutcome, Problem> {
    Ok(GoalOutcome::query().find(id).first(db).await?)
}

pub async fn insert_outcome(db: &mut Db, new: &NewGoalOutcome) -> Result<GoalOutcome, Problem> {
    let of: Option<Goal> = Goal::query().find(new.goal_id).first(db).await.optional()?;
    let of = of.ok_or_else(|| Problem::unprocessable("goal_outcome_unknown_goal"))?;
    if new.measured_on < of.set_on || new.measured_on > today(db).await? {
        return Err(Problem::unprocessable("goal_not_measured_then"));
    }
    if let Some(follow_up) = new.follow_up_id {
        check_follow_up(db, follow_up, of.person_id).await?;
    }
    let insert =
        diesel::insert_into(goal_outcome::table).values((new, goal_outcome::person_id.eq(of.person_id)));
    let made: GoalOutcome = insert.returning(GoalOutcome::as_returning()).get_result(db).await?;
    happened(db, "goal_outcome.created", "goal_outcome", made.id.into()).await?;
    Ok(made)
}

/// Refuses a follow-up at which nobody has talked with the person, or that is of a network they are not in.
async fn check_follow_up(db: &mut Db, id: Uuid, person: PersonId) -> Result<(), Problem> {
    let row = follow_up::table.find(id).select((follow_up::network_id, follow_up::with_person_on));
    let (network, talked): (Uuid, Option<NaiveDate>) = row
        .first(db)
        .await
        .optional()?
        .ok_or_else(|| Problem::unprocessable("goal_outcome_unknown_follow_up"))?;
    let person = network_participant::person_id.eq(Uuid::from(person));
    let part = network_participant::table.filter(network_participant::network_id.eq(network).and(person));
    if !diesel::select(exists(part)).get_result(db).await? {
        return Err(Problem::unprocessable("follow_up_of_another_person"));
    }
    if talked.is_none() {
        return Err(Problem::conflict("follow_up_not_held"));
    }
    Ok(())
}

/// Refuses (409 `goal_outcome_missing`) as long as nothing is known to have come of a goal of the referral.
pub async fn measured(db: &mut Db, referral: Uuid) -> Result<(), Problem> {
    let outcomes = goal_outcome::table.filter(goal_outcome::goal_id.eq(goal::id));
    let open = goal::table.filter(goal::referral_id.eq(referral).and(not(exists(outcomes))));
    if diesel::select(exists(open)).get_result(db).await? {
        return Err(Problem::conflict("goal_outcome_missing"));
    }
    Ok(())
}

/// Of what the caller sees: the policies hold for it as for a list.
pub async fn report(db: &mut Db, period: &GoalReportPeriod) -> Result<GoalReport, Problem> {
    let to = match period.to {
        Some(to) => to,
        None => today(db).await?,
    };
    let query = "select domain, count(*) filter (where gain > 0) as improved, count(*) filter (where gain = 0) as unchanged,
                count(*) filter (where gain < 0) as worse, count(*) filter (where gain is null) as not_measured,
                count(*) filter (where gain >= wanted) as reached
            from goal cross join lateral (select case better when 'more' then 1 else -1 end as sign) as direction
                left join lateral (select value from goal_outcome as it
                    where (it.organisation_id, it.goal_id) = (goal.organisation_id, goal.id) and it.measured_on <= $2
                    order by it.measured_on desc, it.id desc limit 1) as latest on true
                cross join lateral (select (latest.value - baseline) * sign as gain, (target - baseline) * sign as wanted) as so_far
            where ($1 is null or set_on >= $1) and set_on <= $2
            group by domain order by domain";
    let query = sql_query(query).bind::<Nullable<Date>, _>(period.from).bind::<Date, _>(to);
    Ok(GoalReport { from: period.from, to, items: query.load(db).await? })
}
