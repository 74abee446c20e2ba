use chrono::NaiveDate;
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Array, BigInt, Date, Nullable, Text, Timestamptz, Uuid as Id},
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::types::{NewRoutingRule, Route, RoutingRule, RoutingRuleId, RoutingRulePatch, TargetGroup};
use crate::{
    access::{Db, Purpose, beyond, now, post, today},
    domains::journey::tasks,
    events::Event,
    problem::Problem,
    schema::routing_rule,
    web::{IfMatch, Page, Window},
};

/// The task that a referral has no recipient,
const UNROUTED: &str = "referral_unrouted";
/// and that it has had none for too long.
const LATE: &str = "referral_unrouted_late";

/// How many referrals a desk is asked after in one go.
const BATCH: i64 = 1000;

/// What a rule looks at.
#[derive(Debug)]
pub struct Need<'a> {
    /// Whose rules.
    pub organisation_id: Uuid,
    /// Whose postcode counts.
    pub person_id: Option<Uuid>,
    /// For whom.
    pub target_group: Option<TargetGroup>,
    /// What.
    pub service: &'a str,
}

pub async fn list(db: &mut Db, window: &Window) -> Result<Page<RoutingRule>, Problem> {
    let mut query = RoutingRule::query().into_boxed();
    if let Some(cursor) = window.cursor {
        query = query.filter(routing_rule::id.gt(cursor));
    }
    let rows = query.order(routing_rule::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &RoutingRule| row.id.into()))
}

pub async fn find(db: &mut Db, id: RoutingRuleId) -> Result<RoutingRule, Problem> {
    Ok(RoutingRule::query().find(id).first(db).await?)
}

pub async fn insert(db: &mut Db, new: &NewRoutingRule) -> Result<RoutingRule, Problem> {
    post::check_counterpart(db, new.counterpart_organisation_id).await?;
    let from: NaiveDate = match new.valid_from {
        Some(day) => day,
        None => today(db).await?,
    };
    let insert = diesel::insert_into(routing_rule::table).values((new, routing_rule::valid_from.eq(from)));
    let made = insert.returning(RoutingRule::as_returning()).get_result(db).await?;
    happened(db, ("routing_rule", "routing_rule.created"), made.id).await?;
    Ok(made)
}

pub async fn update(
    db: &mut Db,
    id: RoutingRuleId,
    version: IfMatch,
    patch: &RoutingRulePatch,
) -> Result<RoutingRule, Problem> {
    version.check(&RoutingRule::query().find(id).for_update().first(db).await?)?;
    let update = diesel::update(routing_rule::table.find(id)).set(patch);
    let changed = update.returning(RoutingRule::as_returning()).get_result(db).await?;
    happened(db, ("routing_rule", "routing_rule.updated"), id).await?;
    Ok(changed)
}

async fn happened(db: &mut Db, (table, name): (&str, &str), id: impl Into<Uuid>) -> Result<(), Problem> {
    Event { name, subject_table: table, subject_id: id.into(), ..Event::default() }.emit(db).await
}

/// The rule that says most of what fits, among those whose recipient can be written to; whoever asks.
pub async fn route(db: &mut Db, need: &Need<'_>) -> Result<Option<Route>, Problem> {
    let today = today(db).await?;
    let best = "select rule.id, rule.counterpart_organisation_id from routing_rule as rule
            left join person on (person.organisation_id, person.id) = (rule.organisation_id, $2)
        where rule.organisation_id = $1 and rule.valid_from <= $5 and coalesce(rule.valid_to > $5, true)
            and (rule.postcode_prefix is null or starts_with(person.postcode, rule.postcode_prefix))
            and (rule.target_group is null or rule.target_group = $3)
            and (rule.service is null or rule.service = $4)
            and exists (select from counterpart as it where it.organisation_id = rule.organisation_id
                and it.counterpart_organisation_id = rule.counterpart_organisation_id and it.status = 'approved')
        order by num_nonnulls(rule.postcode_prefix, rule.target_group, rule.service) desc,
            length(rule.postcode_prefix) desc nulls last, rule.priority, rule.id
        limit 1";
    beyond(db, Purpose::RouteReferral, async |db| {
        let best = sql_query(best).bind::<Id, _>(need.organisation_id);
        let best = best.bind::<Nullable<Id>, _>(need.person_id);
        let best = best.bind::<Nullable<Text>, _>(need.target_group).bind::<Text, _>(need.service);
        Ok(best.bind::<Date, _>(today).get_result(db).await.optional()?)
    })
    .await
}

/// Nobody is there for it: the desk is told, whoever reported the need.
pub async fn is_unrouted(db: &mut Db, referral: Uuid) -> Result<(), Problem> {
    beyond(db, Purpose::RouteReferral, async |db| tasks::open(db, UNROUTED, "referral", referral).await).await
}

/// It has a recipient now, or needs none any more.
pub async fn settle(db: &mut Db, referral: Uuid) -> Result<(), Problem> {
    beyond(db, Purpose::RouteReferral, async |db| {
        tasks::close(db, &[UNROUTED, LATE], "referral", referral).await
    })
    .await
}

/// Asks the desks, once, after what has stood unrouted for as long as the rule that they count by says. Answers how much it
/// was. For the worker.
pub async fn alarm(db: &mut Db) -> Result<usize, Problem> {
    let now = now(db).await?;
    let rules = db.rules();
    let code = "UNROUTED_REFERRAL";
    let (keys, since) = rules.everywhere(code, |place| rules.over_since(code, place, now));
    let alarm = "with late as (
            select it.organisation_id, it.id from referral as it
                join organisation as desk on desk.id = it.organisation_id
                join unnest($1, $2) as rule (key, since)
                    on rule.key = app.counts_as(desk.id, desk.country, desk.municipality_code, $1)
            where it.status = 'unrouted' and it.status_since <= rule.since and not exists (
                select from task as asked
                where (asked.organisation_id, asked.subject_id, asked.kind) = (it.organisation_id, it.id, $3)
                    and asked.created_at >= it.status_since)
            order by it.status_since limit $4 for update of it skip locked)
        insert into task (organisation_id, kind, subject_table, subject_id)
            select organisation_id, $3, 'referral', id from late on conflict do nothing";
    Ok(sql_query(alarm)
        .bind::<Array<Text>, _>(keys)
        .bind::<Array<Nullable<Timestamptz>>, _>(since)
        .bind::<Text, _>(LATE)
        .bind::<BigInt, _>(BATCH)
        .execute(db)
        .await?)
}
