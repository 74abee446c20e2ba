use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use diesel::{dsl::exists, prelude::*};
use diesel_async::RunQueryDsl;
use serde_json::json;
use uuid::Uuid;

use super::{
    status::{Action, Status},
    types::{
        LogAuthorRole, LogEntry, LogEntryFilter, LogEntryId, LogEntryPatch, LogReview, LogReviewFilter,
        LogReviewId, LogSharing, NewLogEntry, NewLogReview, WrittenEntry,
    },
};
use crate::{
    access::{Db, Purpose, beyond, now, today},
    day,
    db::Life as _,
    domains::{
        journey::{
            contact_forms,
            disclosures::{self, News},
            networks,
        },
        people::{
            consents::{Category, Kind},
            persons,
        },
    },
    events::Event,
    problem::Problem,
    schema::{log_entry, log_review, network_participant},
    web::{IfMatch, Page, Window},
};

pub async fn list(db: &mut Db, filter: &LogEntryFilter, window: &Window) -> Result<Page<LogEntry>, Problem> {
    let mut query = LogEntry::query().into_boxed();
    if let Some(network) = filter.network_id {
        query = query.filter(log_entry::network_id.eq(network));
    }
    if let Some(person) = filter.person_id {
        query = query.filter(log_entry::person_id.eq(person));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(log_entry::kind.eq(kind));
    }
    if filter.unread == Some(true) {
        let unread = log_entry::read_at.is_null().and(log_entry::status.ne(Status::Draft));
        let unread = unread.and(log_entry::author_role.eq(LogAuthorRole::Volunteer));
        query = query.filter(unread.and(log_entry::finished_at.le(unread_since(db).await?)));
    }
    if let Some(cursor) = window.cursor {
        query = query.filter(log_entry::id.gt(cursor));
    }
    let rows = query.order(log_entry::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &LogEntry| row.id.into()))
}

/// What became final before this should have been read by now; where the rule's time is not over for anything yet, nothing.
async fn unread_since(db: &mut Db) -> Result<DateTime<Utc>, Problem> {
    let home = persons::home(db).await?;
    let since = db.rules().over_since("LOG_READING", &home, now(db).await?);
    Ok(since.unwrap_or_default())
}

pub async fn find(db: &mut Db, id: LogEntryId) -> Result<LogEntry, Problem> {
    Ok(LogEntry::query().find(id).first(db).await?)
}

pub async fn insert(db: &mut Db, new: &NewLogEntry) -> Result<LogEntry, Problem> {
    let network = networks::hold(db, new.network_id, networks::Action::Update).await?;
    network.ok_or_else(|| Problem::unprocessable("log_entry_unknown_network"))?;
    let now = now(db).await?;
    check_occurred(new.occurred_at, now)?;
    match new.correction_of_id {
        Some(original) => check_original(db, original, new).await?,
        None if new.person_id.is_some() => check_participant(db, new).await?,
        None => {}
    }
    let row = WrittenEntry {
        network_id: new.network_id,
        person_id: new.person_id,
        kind: new.kind,
        occurred_at: new.occurred_at,
        text: &new.text,
        sensitive: new.sensitive,
        share_with_municipality: new.share_with_municipality,
        correction_of_id: new.correction_of_id,
        status: if new.draft { Status::Draft } else { Status::Final },
        finished_at: (!new.draft).then_some(now),
    };
    let insert = diesel::insert_into(log_entry::table).values(row);
    let made: LogEntry = insert.returning(LogEntry::as_returning()).get_result(db).await?;
    happened(db, "log_entry.written", made.id).await?;
    if !new.draft {
        finished(db, &made).await?;
    }
    Ok(made)
}

fn check_occurred(at: DateTime<Utc>, now: DateTime<Utc>) -> Result<(), Problem> {
    if at > now { Err(Problem::unprocessable("occurred_in_the_future")) } else { Ok(()) }
}

async fn check_participant(db: &mut Db, new: &NewLogEntry) -> Result<(), Problem> {
    let part = network_participant::network_id.eq(new.network_id);
    let part = part.and(network_participant::person_id.nullable().eq(new.person_id));
    let part = network_participant::table.filter(part.and(network_participant::left_on.is_null()));
    if diesel::select(exists(part)).get_result(db).await? {
        return Ok(());
    }
    Err(Problem::unprocessable("log_entry_unknown_person"))
}

/// A correction goes the way of what it corrects, also of somebody who has left meanwhile.
async fn check_original(db: &mut Db, id: LogEntryId, new: &NewLogEntry) -> Result<(), Problem> {
    let original = LogEntry::query().filter(log_entry::network_id.eq(new.network_id)).find(id);
    let original: Option<LogEntry> = original.first(db).await.optional()?;
    let original = original.ok_or_else(|| Problem::unprocessable("log_entry_unknown_entry"))?;
    let goes = (original.person_id, original.share_with_municipality);
    if goes == (new.person_id, new.share_with_municipality) {
        return Ok(());
    }
    Err(Problem::unprocessable("log_entry_corrected_otherwise"))
}

/// What follows when an entry is final: what it corrects is corrected, and the municipality is told of it; of a correction
/// always, if it was told of the mistake.
async fn finished(db: &mut Db, it: &LogEntry) -> Result<(), Problem> {
    let mut tells = it.share_with_municipality == LogSharing::Auto;
    if let Some(original) = it.correction_of_id {
        correct(db, original, it).await?;
        let told = async |db: &mut Db| disclosures::is_told(db, original).await;
        tells = tells || beyond(db, Purpose::QueueForm, told).await?;
    }
    if tells { tell(db, it, true).await } else { Ok(()) }
}

/// Of what the caller may not change nobody knows here whether it is there.
async fn correct(db: &mut Db, id: LogEntryId, by: &LogEntry) -> Result<(), Problem> {
    let original = LogEntry::query().filter(log_entry::network_id.eq(by.network_id)).find(id);
    let original: Option<LogEntry> = original.for_update().first(db).await.optional()?;
    let original = original.ok_or_else(|| Problem::unprocessable("log_entry_unknown_entry"))?;
    let after = original.status.after(Action::Correct)?;
    // A draft may have been changed since.
    if original.share_with_municipality != by.share_with_municipality {
        return Err(Problem::unprocessable("log_entry_corrected_otherwise"));
    }
    diesel::update(log_entry::table.find(id)).set(log_entry::status.eq(after)).execute(db).await?;
    happened(db, "log_entry.corrected", id).await
}

async fn hold(db: &mut Db, id: LogEntryId, version: IfMatch) -> Result<LogEntry, Problem> {
    let it: LogEntry = LogEntry::query().find(id).for_update().first(db).await?;
    version.check(&it)?;
    Ok(it)
}

/// Locks a draft. What is final is not written anew: neither here nor, by a trigger, anywhere else.
async fn hold_draft(db: &mut Db, id: LogEntryId, version: IfMatch) -> Result<LogEntry, Problem> {
    let it = hold(db, id, version).await?;
    if it.status == Status::Draft { Ok(it) } else { Err(Problem::conflict("log_entry_is_final")) }
}

pub async fn update(
    db: &mut Db,
    id: LogEntryId,
    version: IfMatch,
    patch: &LogEntryPatch,
) -> Result<LogEntry, Problem> {
    hold_draft(db, id, version).await?;
    if let Some(at) = patch.occurred_at {
        check_occurred(at, now(db).await?)?;
    }
    let update = diesel::update(log_entry::table.find(id)).set(patch);
    let changed = update.returning(LogEntry::as_returning()).get_result(db).await?;
    happened(db, "log_entry.updated", id).await?;
    Ok(changed)
}

pub async fn finish(db: &mut Db, id: LogEntryId, version: IfMatch) -> Result<LogEntry, Problem> {
    let draft = hold_draft(db, id, version).await?;
    let set = (log_entry::status.eq(Status::Final), log_entry::finished_at.eq(now(db).await?));
    let update = diesel::update(log_entry::table.find(id)).set(set);
    let changed: LogEntry = update.returning(LogEntry::as_returning()).get_result(db).await?;
    happened(db, "log_entry.finished", draft.id).await?;
    finished(db, &changed).await?;
    Ok(changed)
}

pub async fn delete(db: &mut Db, id: LogEntryId, version: IfMatch) -> Result<(), Problem> {
    hold_draft(db, id, version).await?;
    diesel::delete(log_entry::table.find(id)).execute(db).await?;
    happened(db, "log_entry.deleted", id).await
}

pub async fn share(db: &mut Db, id: LogEntryId, version: IfMatch) -> Result<LogEntry, Problem> {
    let it = hold(db, id, version).await?;
    it.status.after(Action::Share)?;
    if it.share_with_municipality == LogSharing::No {
        return Err(Problem::conflict("log_entry_is_not_shared"));
    }
    tell(db, &it, false).await?;
    find(db, id).await
}

/// Lays an entry out for the person's municipality. Without a basis it waits for one, or, if it may not wait, is refused.
async fn tell(db: &mut Db, it: &LogEntry, may_wait: bool) -> Result<(), Problem> {
    let told = beyond(db, Purpose::QueueForm, async |db| {
        if disclosures::is_told(db, it.id).await? {
            return Err(Problem::conflict("log_entry_already_shared"));
        }
        match news(db, it).await? {
            Some(news) => disclosures::tell(db, news, may_wait).await,
            None => Ok(false),
        }
    });
    if told.await? || may_wait { Ok(()) } else { Err(Problem::unprocessable("consent_required")) }
}

/// What the municipality is told, if there is one to tell.
async fn news(db: &mut Db, it: &LogEntry) -> Result<Option<News>, Problem> {
    let Some(person) = it.person_id else { return Ok(None) };
    let to = contact_forms::addressee(db, it.network_id, person, Kind::LogEntry).await?;
    Ok(to.map(|to| News {
        telling: to.telling,
        referral_id: to.referral_id,
        unit_ids: to.unit_ids,
        network_id: it.network_id.into(),
        source_id: it.id.into(),
        category: Category::LogEntry,
        body: json!({
            "id": it.id, "network_id": it.network_id, "kind": it.kind, "occurred_at": it.occurred_at,
            "author_role": it.author_role, "text": it.text, "sensitive": it.sensitive,
            "correction_of_id": it.correction_of_id,
        }),
    }))
}

async fn happened(db: &mut Db, name: &str, id: LogEntryId) -> Result<(), Problem> {
    Event { name, subject_table: "log_entry", subject_id: id.into(), ..Event::default() }.emit(db).await
}

pub async fn list_reviews(
    db: &mut Db,
    filter: &LogReviewFilter,
    window: &Window,
) -> Result<Page<LogReview>, Problem> {
    let mut query = LogReview::query().into_boxed();
    if let Some(network) = filter.network_id {
        query = query.filter(log_review::network_id.eq(network));
    }
    if let Some(cursor) = window.cursor {
        query = query.filter(log_review::id.gt(cursor));
    }
    let rows = query.order(log_review::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &LogReview| row.id.into()))
}

pub async fn find_review(db: &mut Db, id: LogReviewId) -> Result<LogReview, Problem> {
    Ok(LogReview::query().find(id).first(db).await?)
}

/// Keeps a review, and says of each entry that it covers that it was read.
pub async fn insert_review(db: &mut Db, new: &NewLogReview) -> Result<LogReview, Problem> {
    if new.done_on.max(new.to_on) > today(db).await? {
        return Err(Problem::unprocessable("occurred_in_the_future"));
    }
    let insert = diesel::insert_into(log_review::table).values(new);
    let made: LogReview = insert.returning(LogReview::as_returning()).get_result(db).await?;
    let [from, to] = [Some(new.from_on), new.to_on.succ_opt()]
        .map(|day| day::instant(day.unwrap_or(NaiveDate::MAX).and_time(NaiveTime::MIN)));
    let covered = log_entry::network_id.eq(new.network_id).and(log_entry::read_at.is_null());
    let covered = covered.and(log_entry::finished_at.ge(from)).and(log_entry::finished_at.lt(to));
    let read = log_entry::read_at.eq(now(db).await?);
    diesel::update(log_entry::table.filter(covered)).set(read).execute(db).await?;
    let (name, id): (_, Uuid) = ("log_review.done", made.id.into());
    Event { name, subject_table: "log_review", subject_id: id, ..Event::default() }.emit(db).await?;
    Ok(made)
}
