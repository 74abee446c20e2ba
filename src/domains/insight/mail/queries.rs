use chrono::TimeDelta;
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Array, BigInt, Interval, Text, Uuid as Id},
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::{
    letter,
    types::{Due, MailSetting, MailSettingId, MailSettingPatch, Notice, Reader, TOLD, Waiting},
};
use crate::{
    access::{Db, now},
    events::Event,
    mailer::{Letter, Outcome},
    problem::Problem,
    schema::{account, mail, mail_notice, mail_setting, membership, organisation},
    web::IfMatch,
};

/// How many tasks are told of in one transaction.
const BATCH: i64 = 500;

/// Between two mails that are told at once there is so much time: what comes meanwhile is told together.
const QUIET: TimeDelta = TimeDelta::minutes(15);

/// A summary of the day is sent so long after midnight, where all three countries have their clocks.
const MORNING: TimeDelta = TimeDelta::hours(6);

/// Whoever has taken a mail to send and is gone by then has not sent it. Longer than a `Mailer` is patient.
const LEASE: TimeDelta = TimeDelta::minutes(5);

/// How long to wait before the second try; before each other one twice as long, up to the longest. Each time by up to half
/// less or more, so that not everybody comes back at once.
const FIRST_WAIT: TimeDelta = TimeDelta::minutes(1);
const LONGEST_WAIT: TimeDelta = TimeDelta::hours(1);

/// So long after it was made a mail is not tried any more. It may have waited for a day before it was tried at all.
const GIVE_UP: TimeDelta = TimeDelta::days(4);

/// What could not be told by then, since there was no mail, is never told.
const NOTICES_ARE_KEPT: TimeDelta = TimeDelta::days(2);

/// How long it is known what was sent.
const MAILS_ARE_KEPT: TimeDelta = TimeDelta::days(30);

pub async fn find(db: &mut Db, id: MailSettingId) -> Result<MailSetting, Problem> {
    Ok(MailSetting::query().find(id).first(db).await?)
}

pub async fn update(
    db: &mut Db,
    id: MailSettingId,
    version: IfMatch,
    patch: &MailSettingPatch,
) -> Result<MailSetting, Problem> {
    version.check(&MailSetting::query().find(id).for_update().first(db).await?)?;
    let update = diesel::update(mail_setting::table.find(id)).set(patch);
    let changed = update.returning(MailSetting::as_returning()).get_result(db).await?;
    let (subject_table, subject_id) = ("mail_setting", id.into());
    Event { name: "mail_setting.updated", subject_table, subject_id, ..Event::default() }.emit(db).await?;
    Ok(changed)
}

// From here on for the worker, who sees what is of all organisations.

/// Kinds of task, and the kinds of mail that they are told as.
fn told() -> (Vec<&'static str>, Vec<&'static str>) {
    TOLD.iter().map(|(task, mail)| (*task, mail.word())).unzip()
}

/// Makes mail of the tasks that nobody was told of, for everybody at whose desk they lie and who wants to be told: once, since
/// the notices of them are gone with the same transaction. Answers whether there may be more.
pub async fn gather(db: &mut Db) -> Result<bool, Problem> {
    let taken = "with taken as materialized (
            select organisation_id, id from mail_notice order by created_at limit $1 for update skip locked)
        delete from mail_notice using taken
            where (mail_notice.organisation_id, mail_notice.id) = (taken.organisation_id, taken.id)
            returning mail_notice.organisation_id, mail_notice.id";
    let taken: Vec<Notice> = sql_query(taken).bind::<BigInt, _>(BATCH).load(db).await?;
    if taken.is_empty() {
        return Ok(false);
    }
    let more = i64::try_from(taken.len()).is_ok_and(|taken| taken >= BATCH);
    let (desks, taken): (Vec<Uuid>, Vec<Uuid>) = taken.iter().map(|it| (it.organisation_id, it.id)).unzip();
    let make = "insert into mail (organisation_id, membership_id, pace, kinds, due_at)
        select it.organisation_id, it.membership_id, wanted.pace, array_agg(distinct told.mail),
            case wanted.pace when 'daily'
                then (date_trunc('day', app.now() at time zone 'Europe/Oslo' - $5) + interval '1 day' + $5) at time zone 'Europe/Oslo'
                else greatest(app.now(), (select max(coalesce(last.sent_at, last.due_at)) + $4 from mail as last
                    where (last.organisation_id, last.membership_id, last.pace) = (it.organisation_id, it.membership_id, 'at_once')
                        and last.status in ('queued', 'sent'))) end
        from unnest($6, $1) as taken (organisation_id, id)
            join task_reader as it on (it.organisation_id, it.task_id) = (taken.organisation_id, taken.id)
            join unnest($2, $3) as told (task, mail) on told.task = it.kind
            join mail_setting as setting on (setting.organisation_id, setting.id) = (it.organisation_id, it.membership_id)
            cross join lateral (select to_jsonb(setting) ->> told.mail as pace) as wanted
            join membership as member on (member.organisation_id, member.id) = (it.organisation_id, it.membership_id)
            join account on account.id = member.account_id and account.email is not null and account.disabled_at is null
        where wanted.pace <> 'never'
        group by it.organisation_id, it.membership_id, wanted.pace order by it.organisation_id, it.membership_id, wanted.pace
        on conflict (organisation_id, membership_id, pace) where status = 'queued' and attempts = 0 do update
            set kinds = (select array_agg(distinct kind) from unnest(mail.kinds || excluded.kinds) as kind)";
    let (tasks, mails) = told();
    sql_query(make)
        .bind::<Array<Id>, _>(taken)
        .bind::<Array<Text>, _>(tasks)
        .bind::<Array<Text>, _>(mails)
        .bind::<Interval, _>(QUIET)
        .bind::<Interval, _>(MORNING)
        .bind::<Array<Id>, _>(desks)
        .execute(db)
        .await?;
    Ok(more)
}

/// A mail that was taken to be sent.
#[derive(Debug)]
pub struct Claim {
    due: Due,
    /// What it says; none, if there is nothing to tell any more, or nobody to be told.
    pub letter: Option<Letter>,
}

impl Claim {
    /// Which mail it is, and whose.
    pub fn id(&self) -> (Uuid, Uuid) {
        (self.due.organisation_id, self.due.id)
    }
}

/// Takes the next mail that is due, so that for a while nobody else does.
pub async fn claim(db: &mut Db) -> Result<Option<Claim>, Problem> {
    let claim = "with next as materialized (
            select organisation_id, id from mail where status = 'queued' and due_at <= app.now()
            order by due_at limit 1 for update skip locked)
        update mail set attempts = attempts + 1, due_at = app.now() + $1 from next
            where (mail.organisation_id, mail.id) = (next.organisation_id, next.id)
            returning mail.organisation_id, mail.id, mail.membership_id, mail.kinds, mail.created_at";
    let due: Option<Due> = sql_query(claim).bind::<Interval, _>(LEASE).get_result(db).await.optional()?;
    let Some(due) = due else { return Ok(None) };
    let letter = match reader(db, &due).await? {
        Some(reader) => letter::write((due.id, now(db).await?), &reader, &waiting(db, &due).await?),
        None => None,
    };
    Ok(Some(Claim { due, letter }))
}

/// Whom it is for, if they are still here.
async fn reader(db: &mut Db, due: &Due) -> Result<Option<Reader>, Problem> {
    let here = membership::organisation_id.eq(due.organisation_id).and(membership::id.eq(due.membership_id));
    let query = membership::table
        .inner_join(account::table.on(account::id.eq(membership::account_id)))
        .inner_join(organisation::table.on(organisation::id.eq(membership::organisation_id)))
        .filter(here.and(membership::ended_at.is_null()).and(account::disabled_at.is_null()))
        .filter(account::email.is_not_null());
    let told =
        (account::email.assume_not_null(), account::language, organisation::name, organisation::country);
    Ok(query.select(told).first(db).await.optional()?)
}

/// What waits for them now, of the kinds that the mail is about and that they still want to be told of.
async fn waiting(db: &mut Db, due: &Due) -> Result<Vec<Waiting>, Problem> {
    let waiting = "select told.mail as kind, count(distinct it.task_id) as count, min(it.created_at) as since
        from task_reader as it
            join unnest($1, $2) as told (task, mail) on told.task = it.kind
            join mail_setting as setting on (setting.organisation_id, setting.id) = (it.organisation_id, it.membership_id)
        where it.organisation_id = $3 and it.membership_id = $4 and told.mail = any ($5)
            and to_jsonb(setting) ->> told.mail <> 'never'
        group by told.mail";
    let (tasks, mails) = told();
    Ok(sql_query(waiting)
        .bind::<Array<Text>, _>(tasks)
        .bind::<Array<Text>, _>(mails)
        .bind::<Id, _>(due.organisation_id)
        .bind::<Id, _>(due.membership_id)
        .bind::<Array<Text>, _>(&due.kinds)
        .load(db)
        .await?)
}

/// Writes down what has become of it. Answers whether it is tried no more though it was not sent.
pub async fn settle(db: &mut Db, claim: &Claim, outcome: Option<&Outcome>) -> Result<bool, Problem> {
    let (desk, id) = claim.id();
    let own = mail::table.filter(mail::organisation_id.eq(desk).and(mail::id.eq(id)));
    let now = now(db).await?;
    let status = match outcome {
        None => "unneeded",
        Some(Outcome::Accepted) => "sent",
        Some(Outcome::Refused(_)) => "given_up",
        Some(_) if now - claim.due.created_at > GIVE_UP => "given_up",
        Some(_) => {
            let wait = "update mail set due_at = app.now() + least($1 * power(2, attempts - 1), $2) * (0.5 + random())
                where (organisation_id, id) = ($3, $4)";
            sql_query(wait)
                .bind::<Interval, _>(FIRST_WAIT)
                .bind::<Interval, _>(LONGEST_WAIT)
                .bind::<Id, _>(desk)
                .bind::<Id, _>(id)
                .execute(db)
                .await?;
            return Ok(false);
        }
    };
    let sent_at = (status == "sent").then_some(now);
    diesel::update(own).set((mail::status.eq(status), mail::sent_at.eq(sent_at))).execute(db).await?;
    Ok(status == "given_up")
}

/// Removes what is long past, and tells how much it was.
pub async fn purge(db: &mut Db) -> Result<usize, Problem> {
    let now = now(db).await?;
    let told = mail::table.filter(mail::created_at.lt(now - MAILS_ARE_KEPT));
    let untold = mail_notice::table.filter(mail_notice::created_at.lt(now - NOTICES_ARE_KEPT));
    Ok(diesel::delete(told).execute(db).await? + diesel::delete(untold).execute(db).await?)
}
