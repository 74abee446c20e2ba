use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{
    status::{Action, Status},
    types::{FollowUp, FollowUpFilter, FollowUpId, FollowUpOutcome, FollowUpParty, FollowUpRecord},
};
use crate::{
    access::{Db, today},
    db::Life as _,
    domains::journey::{
        contact_forms,
        networks::{self, NetworkId},
        tasks,
    },
    events::Event,
    problem::{Flaw, Problem},
    rules::Place,
    schema::{follow_up, network},
    web::{IfMatch, Page, Window},
};

pub async fn list(db: &mut Db, filter: &FollowUpFilter, window: &Window) -> Result<Page<FollowUp>, Problem> {
    let mut query = FollowUp::query().into_boxed();
    if let Some(network) = filter.network_id {
        query = query.filter(follow_up::network_id.eq(network));
    }
    if let Some(status) = filter.status {
        query = query.filter(follow_up::status.eq(status));
    }
    if filter.overdue == Some(true) {
        let open = follow_up::status.eq_any([Status::Due, Status::HalfDone]);
        query = query.filter(follow_up::due_on.lt(today(db).await?).and(open));
    }
    if let Some(cursor) = window.cursor {
        query = query.filter(follow_up::id.gt(cursor));
    }
    let rows = query.order(follow_up::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &FollowUp| row.id.into()))
}

pub async fn find(db: &mut Db, id: FollowUpId) -> Result<FollowUp, Problem> {
    Ok(FollowUp::query().find(id).first(db).await?)
}

/// Plans the next follow-up of a network, counted from `start` by the rule for its service.
pub async fn plan(db: &mut Db, network: NetworkId, start: NaiveDate) -> Result<(), Problem> {
    let (home, service) = networks::home(db, network).await?;
    let place = Place { service: service.as_deref(), ..(&home).into() };
    let rules = db.rules();
    let (rule, due) =
        rules.due("FOLLOW_UP", place, start).ok_or_else(|| Problem::internal("no rule for follow-ups"))?;
    let row = (
        follow_up::network_id.eq(network),
        follow_up::starts_on.eq(start),
        follow_up::due_on.eq(due.due_on),
        follow_up::rule_id.eq(rule.id),
        follow_up::rule.eq(rule.code.as_str()),
    );
    let insert = diesel::insert_into(follow_up::table).values(row).returning(follow_up::id);
    let id = insert.get_result(db).await?;
    Event::emit_all(db, vec![moved(id, None, Status::Due)]).await
}

/// Cancels what was still to be held of a network that has ended.
pub async fn cancel(db: &mut Db, network: NetworkId) -> Result<(), Problem> {
    let open = follow_up::status.eq_any([Status::Due, Status::HalfDone]);
    let open = follow_up::table.filter(follow_up::network_id.eq(network).and(open));
    let update = diesel::update(open).set(follow_up::status.eq(Status::Cancelled)).returning(follow_up::id);
    let cancelled: Vec<FollowUpId> = update.load(db).await?;
    Event::emit_all(db, cancelled.into_iter().map(|id| moved(id, None, Status::Cancelled)).collect()).await
}

/// Writes down one of the two conversations; after the second, what comes next.
pub async fn record(
    db: &mut Db,
    id: FollowUpId,
    version: IfMatch,
    record: &FollowUpRecord,
) -> Result<FollowUp, Problem> {
    // The network is locked before its parts, by everyone: one that ends cancels what was still to be held.
    let of = follow_up::table.filter(follow_up::id.eq(id)).select(follow_up::network_id);
    let of = network::table.filter(network::id.eq_any(of)).select(network::id);
    let _: Option<NetworkId> = of.for_update().first(db).await.optional()?;
    let before: FollowUp = FollowUp::query().find(id).for_update().first(db).await?;
    version.check(&before)?;
    if record.held_on > today(db).await? {
        return Err(Problem::unprocessable("held_in_the_future"));
    }
    if record.held_on < before.starts_on {
        return Err(Problem::invalid(vec![Flaw::new("/held_on", "too_early").with("min", before.starts_on)]));
    }
    if record.outcome == FollowUpOutcome::Adjust && record.contact_form_version.is_none() {
        return Err(Problem::unprocessable("new_version_missing"));
    }
    let after = before.status.after(Action::Record)?;
    let held = match record.with {
        FollowUpParty::Person => before.with_person_on,
        FollowUpParty::NetworkContact => before.with_network_contact_on,
    };
    if held.is_some() {
        return Err(Problem::conflict("follow_up_already_recorded"));
    }
    if let Some(new) = &record.contact_form_version {
        let written = contact_forms::insert_version(db, new).await?;
        if written.network_id != before.network_id {
            return Err(Problem::unprocessable("contact_form_of_another_network"));
        }
    }
    let changed = write(db, id, after, record).await?;
    Event::emit_all(db, vec![moved(id, Some(before.status), after)]).await?;
    if after == Status::Done {
        go_on(db, &changed).await?;
    }
    Ok(changed)
}

async fn write(
    db: &mut Db,
    id: FollowUpId,
    after: Status,
    record: &FollowUpRecord,
) -> Result<FollowUp, Problem> {
    let update = diesel::update(follow_up::table.find(id));
    let changed = match record.with {
        FollowUpParty::Person => {
            let set = (
                follow_up::status.eq(after),
                follow_up::with_person_on.eq(record.held_on),
                follow_up::person_outcome.eq(record.outcome),
                follow_up::person_note.eq(&record.note),
            );
            update.set(set).returning(FollowUp::as_returning()).get_result(db).await?
        }
        FollowUpParty::NetworkContact => {
            let set = (
                follow_up::status.eq(after),
                follow_up::with_network_contact_on.eq(record.held_on),
                follow_up::network_contact_outcome.eq(record.outcome),
                follow_up::network_contact_note.eq(&record.note),
            );
            update.set(set).returning(FollowUp::as_returning()).get_result(db).await?
        }
    };
    Ok(changed)
}

/// Both have been asked: plans the next follow-up, or lets somebody see to it that the network is ended.
async fn go_on(db: &mut Db, done: &FollowUp) -> Result<(), Problem> {
    let outcomes = [done.person_outcome, done.network_contact_outcome];
    if outcomes.contains(&Some(FollowUpOutcome::Stop)) {
        return tasks::open(db, "network_to_be_ended", "network", done.network_id.into()).await;
    }
    match done.with_person_on.max(done.with_network_contact_on) {
        Some(last) => plan(db, done.network_id, last).await,
        None => Ok(()),
    }
}

fn moved(id: FollowUpId, from: Option<Status>, to: Status) -> Event<'static> {
    let name = match to {
        Status::Due => "follow_up.due",
        Status::HalfDone => "follow_up.half_done",
        Status::Done => "follow_up.done",
        Status::Cancelled => "follow_up.cancelled",
    };
    Event {
        name,
        subject_table: "follow_up",
        subject_id: id.into(),
        from_status: from.map(Status::word),
        to_status: Some(to.word()),
        reason: None,
    }
}
