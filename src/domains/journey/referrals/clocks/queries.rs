//! For the clocks, under their purposes: each statement names the organisation.

use chrono::NaiveTime;
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Array, BigInt, Date, Nullable, Text, Timestamptz, Uuid as Id},
};
use diesel_async::RunQueryDsl;
use serde_json::json;
use uuid::Uuid;

use super::super::{
    queries::{EXPIRES, LETTER},
    status::{Action, Status},
    types::{Referral, ReferralId},
};
use crate::{
    access::{
        Db,
        post::{self, Side},
        today,
    },
    day,
    domains::journey::tasks,
    events::Event,
    problem::Problem,
    rules::Place,
    schema::{consent, organisation, referral},
    web::IfMatch,
};

/// How much a clock does at once.
const BATCH: i64 = 200;

/// What a clock has found at a desk.
#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Id)]
    organisation_id: Uuid,
    #[diesel(sql_type = Array<Id>)]
    ids: Vec<ReferralId>,
}

/// The drafts, of any desk, that nobody submitted in time, oldest first. What was built on is no longer only a draft.
pub async fn old_drafts(db: &mut Db) -> Result<Vec<(Uuid, Vec<ReferralId>)>, Problem> {
    let today = day::instant(today(db).await?.and_time(NaiveTime::MIN));
    let rules = db.rules();
    let code = "REFERRAL_DRAFT";
    // A draft has all of its last day.
    let (keys, since) = rules.everywhere(code, |place| rules.over_since(code, place, today));
    let old = "select organisation_id, array_agg(id) as ids from (
            select it.organisation_id, it.id from referral as it join organisation as desk on desk.id = it.organisation_id
                join unnest($1, $2) as rule (key, since)
                    on rule.key = app.counts_as(desk.id, desk.country, desk.municipality_code, $1)
            where it.status = 'draft' and it.created_at < rule.since and it.created_at < $3
                and not exists (select from conversation as built where (built.organisation_id, built.referral_id) = (it.organisation_id, it.id))
                and not exists (select from network as built where (built.organisation_id, built.referral_id) = (it.organisation_id, it.id))
                and not exists (select from disclosure as built where (built.organisation_id, built.referral_id) = (it.organisation_id, it.id))
            order by it.created_at limit $4) as old
        group by organisation_id";
    let latest = since.iter().flatten().max().copied().unwrap_or(today);
    let old: Vec<Found> = sql_query(old)
        .bind::<Array<Text>, _>(keys)
        .bind::<Array<Nullable<Timestamptz>>, _>(since)
        .bind::<Timestamptz, _>(latest)
        .bind::<BigInt, _>(BATCH)
        .load(db)
        .await?;
    Ok(old.into_iter().map(|found| (found.organisation_id, found.ids)).collect())
}

/// Removes drafts of one desk, but those that somebody holds at this moment. A consent that was asked for meanwhile is the
/// person's word and stays: it covers whom and what it names, whatever referral comes next.
pub async fn remove_drafts(db: &mut Db, desk: Uuid, old: &[ReferralId]) -> Result<usize, Problem> {
    post::work_at(db, desk).await?;
    let own = referral::table.filter(referral::organisation_id.eq(desk));
    let still = own.filter(referral::id.eq_any(old).and(referral::status.eq(Status::Draft)));
    let hold = still.order(referral::id).select(referral::id).for_update().skip_locked();
    let held: Vec<ReferralId> = hold.load(db).await?;
    let asked = consent::table
        .filter(consent::organisation_id.eq(desk))
        .filter(consent::referral_id.eq_any(held.iter().copied().map(Uuid::from)));
    diesel::update(asked).set(consent::referral_id.eq(None::<Uuid>)).execute(db).await?;
    diesel::delete(own.filter(referral::id.eq_any(&held))).execute(db).await?;
    let removed = |id: &ReferralId| Event {
        name: "referral.removed",
        subject_table: "referral",
        subject_id: (*id).into(),
        from_status: Some(Status::Draft.word()),
        ..Event::default()
    };
    Event::emit_all(db, held.iter().map(removed).collect()).await?;
    Ok(held.len())
}

/// Warns the desks, each that says after how long a referral expires, of those that will: by a task, and as long before as
/// the rule that it counts by says. Answers how many.
pub async fn warn_of_expiry(db: &mut Db) -> Result<usize, Problem> {
    let today = today(db).await?;
    let rules = db.rules();
    let code = "REFERRAL_EXPIRY_NOTICE";
    let until = |place: Place| {
        rules.due(code, place, today).map(|(rule, due)| (due.due_on, (rule.code.clone(), rule.id)))
    };
    let (keys, notices) = rules.everywhere(code, until);
    let (until, by): (Vec<_>, Vec<_>) = notices.into_iter().map(Option::unzip).unzip();
    let (codes, ids): (Vec<_>, Vec<_>) = by.into_iter().map(Option::unzip).unzip();
    let warn = "with due as (
            select it.organisation_id, it.id, notice.rule, notice.rule_id,
                greatest(app.day_of(it.status_since) + desk.referral_expires_after_days, notice.until) as step_due_on
            from organisation as desk join unnest($1, $2, $3, $4) as notice (key, until, rule, rule_id)
                    on notice.key = app.counts_as(desk.id, desk.country, desk.municipality_code, $1)
                join referral as it on it.organisation_id = desk.id
            where it.step_due_on is null and it.side <> 'sent'
                and it.status in ('submitted', 'in_clarification', 'needs_information', 'accepted')
                and it.status_since < app.midnight(notice.until - desk.referral_expires_after_days + 1)
            order by it.status_since limit $5 for update of it skip locked),
        warned as (
            update referral set step_due_on = due.step_due_on, step_rule = due.rule, step_rule_id = due.rule_id from due
            where (referral.organisation_id, referral.id) = (due.organisation_id, due.id)
            returning referral.organisation_id, referral.id)
        insert into task (organisation_id, kind, subject_table, subject_id)
            select organisation_id, $6, 'referral', id from warned on conflict do nothing";
    Ok(sql_query(warn)
        .bind::<Array<Text>, _>(keys)
        .bind::<Array<Nullable<Date>>, _>(until)
        .bind::<Array<Nullable<Text>>, _>(codes)
        .bind::<Array<Nullable<Id>>, _>(ids)
        .bind::<BigInt, _>(BATCH)
        .bind::<Text, _>(EXPIRES)
        .execute(db)
        .await?)
}

/// Those, at any desk, whose desk was warned in time and has not taken the next step.
pub async fn overdue(db: &mut Db) -> Result<Vec<(Uuid, ReferralId)>, Problem> {
    let waiting = referral::table
        .inner_join(organisation::table.on(organisation::id.eq(referral::organisation_id)))
        .filter(organisation::referral_expires_after_days.is_not_null())
        .filter(referral::step_due_on.lt(today(db).await?))
        .order(referral::step_due_on);
    Ok(waiting.select((referral::organisation_id, referral::id)).limit(BATCH).load(db).await?)
}

/// Lets one expire, unless somebody has taken a step in between. Whoever reported the need is told by a task, since nobody
/// else will tell the person.
pub async fn expire(db: &mut Db, desk: Uuid, id: ReferralId) -> Result<(), Problem> {
    post::work_at(db, desk).await?;
    let own = Referral::query().filter(referral::organisation_id.eq(desk).and(referral::id.eq(id)));
    let today = today(db).await?;
    let waiting = own.filter(referral::step_due_on.lt(today)).first(db).await.optional()?;
    let Some(it) = waiting else { return Err(Problem::conflict("illegal_move")) };
    let seen = Some(IfMatch::of(&it));
    post::advance::<Status>(db, LETTER, id, seen, (Action::Expire, json!({}))).await?;
    tasks::close(db, &[EXPIRES], "referral", id.into()).await?;
    match it.side {
        Side::Internal => tasks::open(db, "referral_expired", "referral", id.into()).await,
        _ => post::leave_task(db, LETTER, id, "referral_expired").await,
    }
}
