//! For the clocks, under their purposes: each statement names the organisation.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use diesel::{
    dsl::{exists, not},
    prelude::*,
    sql_query,
    sql_types::{Array, BigInt, Date, Text, Uuid as Id},
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
        Db, now,
        post::{self, Side},
        today,
    },
    domains::journey::tasks,
    events::Event,
    identifiers::Country,
    problem::Problem,
    rules::Place,
    schema::{consent, conversation, disclosure, network, organisation, referral},
    web::IfMatch,
};

/// How much a clock does at once.
const BATCH: i64 = 200;

/// The drafts, of any desk, that nobody submitted in time, oldest first. What was built on is no longer only a draft.
pub async fn old_drafts(db: &mut Db) -> Result<BTreeMap<Uuid, Vec<ReferralId>>, Problem> {
    let now = now(db).await?;
    let here = conversation::organisation_id.eq(referral::organisation_id);
    let talks = conversation::table.filter(here.and(conversation::referral_id.eq(referral::id)));
    let here = network::organisation_id.eq(referral::organisation_id);
    let networks = network::table.filter(here.and(network::referral_id.eq(referral::id.nullable())));
    let here = disclosure::organisation_id.eq(referral::organisation_id);
    let disclosures = disclosure::table.filter(here.and(disclosure::referral_id.eq(referral::id.nullable())));
    let drafts = referral::table
        .inner_join(organisation::table.on(organisation::id.eq(referral::organisation_id)))
        .filter(referral::status.eq(Status::Draft).and(referral::created_at.lt(now - TimeDelta::days(1))))
        .filter(not(exists(talks)).and(not(exists(networks))).and(not(exists(disclosures))))
        .order(referral::created_at)
        .select((referral::organisation_id, referral::id, referral::created_at, organisation::country));
    let drafts: Vec<(Uuid, ReferralId, DateTime<Utc>, String)> = drafts.limit(BATCH).load(db).await?;
    let rules = db.rules();
    let is_old = |desk: Uuid, made: NaiveDate, country: &str| {
        let country = country.parse::<Country>().ok();
        let due = country.and_then(|country| rules.due("REFERRAL_DRAFT", (desk, country), made));
        due.is_some_and(|(_, due)| due.due_on < now.date_naive())
    };
    let mut old: BTreeMap<Uuid, Vec<ReferralId>> = BTreeMap::new();
    for (desk, id, made, country) in drafts {
        if is_old(desk, made.date_naive(), &country) {
            old.entry(desk).or_default().push(id);
        }
    }
    Ok(old)
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
/// the rule of its country says. Answers how many.
pub async fn warn_of_expiry(db: &mut Db) -> Result<usize, Problem> {
    let today = today(db).await?;
    let rules = db.rules();
    let code = "REFERRAL_EXPIRY_NOTICE";
    let until = |place: Place| rules.due(code, place, today).map(|(_, due)| due.due_on);
    let (countries, desks, until) = rules.everywhere(code, until);
    let warn = "with due as (
            select it.organisation_id, it.id,
                greatest((it.status_since)::date + desk.referral_expires_after_days, notice.until) as step_due_on
            from organisation as desk join unnest($1, $2, $3) as notice (country, desk, until) on notice.country = desk.country
                    and notice.desk = app.counts_as(desk.id, $2)
                join referral as it on it.organisation_id = desk.id
            where it.step_due_on is null and it.side <> 'sent'
                and it.status in ('submitted', 'in_clarification', 'needs_information', 'accepted')
                and it.status_since < notice.until - desk.referral_expires_after_days + 1
            order by it.status_since limit $4 for update of it skip locked),
        warned as (
            update referral set step_due_on = due.step_due_on from due
            where (referral.organisation_id, referral.id) = (due.organisation_id, due.id)
            returning referral.organisation_id, referral.id)
        insert into task (organisation_id, kind, subject_table, subject_id)
            select organisation_id, $5, 'referral', id from warned on conflict do nothing";
    Ok(sql_query(warn)
        .bind::<Array<Text>, _>(countries)
        .bind::<Array<Id>, _>(desks)
        .bind::<Array<Date>, _>(until)
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
    tasks::close(db, EXPIRES, "referral", id.into()).await?;
    match it.side {
        Side::Internal => tasks::open(db, "referral_expired", "referral", id.into()).await,
        _ => post::leave_task(db, LETTER, id, "referral_expired").await,
    }
}
