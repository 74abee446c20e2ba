use diesel::{
    sql_query,
    sql_types::{Array, BigInt, Date, Nullable, Text, Uuid as Id},
};
use diesel_async::RunQueryDsl;

use super::{
    explained::explain,
    types::{Deadline, DeadlineExplanation, DeadlineFilter, DeadlineId, DeadlineSubject},
};
use crate::{
    access::{Db, today},
    domains::{house::rules, people::persons},
    problem::Problem,
    rules::Place,
    web::{Page, Window},
    words::Language,
};

/// How much a clock does at once.
const BATCH: i64 = 200;

/// The views, one for each kind of thing that can be due.
const KINDS: [(DeadlineSubject, &str); 6] = [
    (DeadlineSubject::Referral, "deadline_of_referral"),
    (DeadlineSubject::FollowUp, "deadline_of_follow_up"),
    (DeadlineSubject::GuidanceRequest, "deadline_of_guidance_request"),
    (DeadlineSubject::UnmetNeedReport, "deadline_of_unmet_need_report"),
    (DeadlineSubject::Offer, "deadline_of_offer"),
    (DeadlineSubject::Network, "deadline_of_network"),
];

const SELECT: &str = "select id, subject_table, subject_id, rule, rule_id, set_at, starts_on, due_on, settled_on,
        case when settled_on <= due_on then 'met' when settled_on > due_on then 'missed' when is_paused then 'paused'
             when due_on < app.today() then 'missed' else 'open' end as state,
        exists (select from rule where rule.id = deadline.rule_id and rule.legal) as legal";

/// So many of each kind, and of these so many: each is found in order by an index of its own.
pub async fn list(db: &mut Db, filter: &DeadlineFilter, window: &Window) -> Result<Page<Deadline>, Problem> {
    let overdue = filter.overdue == Some(true);
    let late = if overdue { "is_waiting and due_on < $3 and not is_paused" } else { "$3 = $3" };
    let of = if filter.subject_id.is_some() { "id = $4" } else { "$4 = $4" };
    let kinds = KINDS.iter().filter(|(kind, _)| filter.subject_table.is_none_or(|only| only == *kind));
    let each = kinds.map(|(_, view)| {
        format!("(select * from {view} where id > $1 and {late} and {of} order by id limit $2)")
    });
    let each: Vec<_> = each.collect();
    let query = format!("{SELECT} from ({}) as deadline order by id limit $2", each.join(" union all "));
    let rows = sql_query(query)
        .bind::<Id, _>(window.cursor.unwrap_or_default())
        .bind::<BigInt, _>(window.limit_and_one())
        .bind::<Date, _>(today(db).await?)
        .bind::<Id, _>(filter.subject_id.unwrap_or_default());
    let rows = rows.load(db).await?;
    Ok(window.page(rows, |row: &Deadline| row.id.into()))
}

pub async fn find(db: &mut Db, id: DeadlineId) -> Result<Deadline, Problem> {
    let query = sql_query(format!("{SELECT} from deadline where id = $1")).bind::<Id, _>(id);
    Ok(query.get_result(db).await?)
}

pub async fn explanation(
    db: &mut Db,
    id: DeadlineId,
    language: Language,
) -> Result<DeadlineExplanation, Problem> {
    let it = find(db, id).await?;
    let rule = rules::version(db, it.rule_id).await?.as_deadline().map_err(Problem::internal)?;
    let days = rules::as_it_was(db, it.set_at).await?;
    let home = persons::home(db).await?;
    let place = Place { service: rule.service.as_deref(), ..(&home).into() };
    Ok(explain(&it, &rule, (&days, place), language))
}

/// Tells the desks, by a task and once for each, of referrals whose persons nobody has contacted in time. Answers how many.
pub async fn warn_of_first_contacts(db: &mut Db) -> Result<usize, Problem> {
    let warn = "with late as (
            select it.organisation_id, it.id from referral as it
            where it.status = 'submitted' and it.side <> 'sent' and it.first_contact_due_on < $1 and not exists (
                select from task as told
                where (told.organisation_id, told.subject_id, told.kind) = (it.organisation_id, it.id, 'first_contact_overdue'))
            order by it.first_contact_due_on limit $2 for update of it skip locked)
        insert into task (organisation_id, kind, subject_table, subject_id)
            select organisation_id, 'first_contact_overdue', 'referral', id from late on conflict do nothing";
    let warn = sql_query(warn).bind::<Date, _>(today(db).await?).bind::<BigInt, _>(BATCH);
    Ok(warn.execute(db).await?)
}

/// A duty of a desk's own, of which it is told before its day.
#[derive(Debug)]
pub struct Duty {
    /// The rule that it is counted by.
    code: &'static str,
    /// Its rows, `it`,
    table: &'static str,
    /// those of which somebody is to be told still,
    waits: &'static str,
    /// and their day.
    day: &'static str,
    /// The task.
    task: &'static str,
}

/// Of all but follow-ups a task of its own says that the day is past.
pub const DUTIES: [Duty; 4] = [
    Duty {
        code: "FIRST_CONTACT",
        table: "referral",
        waits: "it.status = 'submitted' and it.side <> 'sent' and it.first_contact_due_on >= app.today()",
        day: "first_contact_due_on",
        task: "first_contact_due",
    },
    Duty {
        code: "FOLLOW_UP",
        table: "follow_up",
        waits: "it.status in ('due', 'half_done') and not exists (select from network
                where (network.organisation_id, network.id) = (it.organisation_id, it.network_id) and network.status = 'paused')",
        day: "due_on",
        task: "follow_up_due",
    },
    Duty {
        code: "GUIDANCE_ANSWER",
        table: "guidance_request",
        waits: "it.side = 'received' and it.status = 'open' and it.due_on >= app.today()",
        day: "due_on",
        task: "guidance_due",
    },
    Duty {
        code: "UNMET_NEED_ANSWER",
        table: "unmet_need_report",
        waits: "it.side = 'received' and it.status = 'sent' and it.due_on >= app.today()",
        day: "due_on",
        task: "unmet_need_due",
    },
];

/// Tells the desks of their duties, by a task and once for each, on the last working day before they are due. Answers how
/// many.
pub async fn warn_of(db: &mut Db, duty: &Duty) -> Result<usize, Problem> {
    let today = today(db).await?;
    let rules = db.rules();
    let Duty { code, table, waits, day, task } = duty;
    let (keys, until) = rules.everywhere(code, |place| Some(rules.told_until(code, place, today)));
    let latest = until.iter().flatten().max().copied().unwrap_or(today);
    let warn = format!(
        "with due as (
            select it.organisation_id, it.id from {table} as it join organisation as desk on desk.id = it.organisation_id
                join unnest($1, $2) as told (key, until)
                    on told.key = app.counts_as(desk.id, desk.country, desk.municipality_code, $1)
            where {waits} and it.{day} <= $3 and it.{day} <= told.until and not exists (
                select from task as told
                where (told.organisation_id, told.subject_id, told.kind) = (it.organisation_id, it.id, '{task}'))
            order by it.{day} limit $4 for update of it skip locked)
        insert into task (organisation_id, kind, subject_table, subject_id)
            select organisation_id, '{task}', '{table}', id from due on conflict do nothing"
    );
    Ok(sql_query(warn)
        .bind::<Array<Text>, _>(keys)
        .bind::<Array<Nullable<Date>>, _>(until)
        .bind::<Date, _>(latest)
        .bind::<BigInt, _>(BATCH)
        .execute(db)
        .await?)
}

/// Tells the desks, by a task and once for each notice, of consents that are about to expire: as long before as the rule
/// with this code says, unless the whole consent is as short. Answers how many.
pub async fn warn_of_consents(db: &mut Db, (code, kind): (&str, &str)) -> Result<usize, Problem> {
    let today = today(db).await?;
    let rules = db.rules();
    let until = |place: Place| rules.due(code, place, today).map(|(_, due)| due.due_on);
    let (keys, until) = rules.everywhere(code, until);
    let latest = until.iter().flatten().max().copied().unwrap_or(today);
    let warn = "with ending as (
            select it.organisation_id, it.id from consent as it join organisation as desk on desk.id = it.organisation_id
                join unnest($1, $2) as notice (key, until)
                    on notice.key = app.counts_as(desk.id, desk.country, desk.municipality_code, $1)
            where it.side = 'sent' and it.status = 'active' and upper(it.valid) < app.midnight($3 + 1) and upper(it.valid) < app.midnight(notice.until + 1)
                and upper(it.valid) - lower(it.valid) > (notice.until - $4) * interval '1 day' and not exists (
                    select from task as told
                    where (told.organisation_id, told.subject_id, told.kind) = (it.organisation_id, it.id, $5))
            order by upper(it.valid) limit $6 for no key update of it skip locked)
        insert into task (organisation_id, kind, subject_table, subject_id)
            select organisation_id, $5, 'consent', id from ending on conflict do nothing";
    Ok(sql_query(warn)
        .bind::<Array<Text>, _>(keys)
        .bind::<Array<Nullable<Date>>, _>(until)
        .bind::<Date, _>(latest)
        .bind::<Date, _>(today)
        .bind::<Text, _>(kind)
        .bind::<BigInt, _>(BATCH)
        .execute(db)
        .await?)
}
