use diesel::{dsl::exists, prelude::*};
use diesel_async::RunQueryDsl;

use super::types::{
    NewResponsibility, Responsibility, ResponsibilityEnd, ResponsibilityEndReason, ResponsibilityFilter,
    ResponsibilityId,
};
use crate::{
    access::{Db, today},
    events::Event,
    problem::{Flaw, Problem},
    schema::{person, responsibility},
    web::{IfMatch, Page, Window},
};

pub async fn list(
    db: &mut Db,
    filter: &ResponsibilityFilter,
    window: &Window,
) -> Result<Page<Responsibility>, Problem> {
    let mut query = Responsibility::query().into_boxed();
    if let Some(person) = filter.person_id {
        query = query.filter(responsibility::person_id.eq(person));
    }
    if let Some(unit) = filter.responsible_unit_id {
        query = query.filter(responsibility::responsible_unit_id.eq(unit));
    }
    if let Some(cursor) = window.cursor {
        query = query.filter(responsibility::id.gt(cursor));
    }
    let rows = query.order(responsibility::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &Responsibility| row.id.into()))
}

pub async fn find(db: &mut Db, id: ResponsibilityId) -> Result<Responsibility, Problem> {
    Ok(Responsibility::query().find(id).first(db).await?)
}

pub async fn insert(db: &mut Db, new: &NewResponsibility) -> Result<Responsibility, Problem> {
    // Found as the caller sees it: a foreign key would take a person whom they may not know.
    let subject = person::table.find(uuid::Uuid::from(new.person_id));
    if !diesel::select(exists(subject)).get_result(db).await? {
        return Err(Problem::unprocessable("responsibility_unknown_person"));
    }
    let insert = diesel::insert_into(responsibility::table).values(new);
    let made = insert.returning(Responsibility::as_returning()).get_result(db).await?;
    happened(db, "responsibility.created", made.id, None).await?;
    Ok(made)
}

pub async fn end(
    db: &mut Db,
    id: ResponsibilityId,
    version: IfMatch,
    why: &ResponsibilityEnd,
) -> Result<Responsibility, Problem> {
    check_formal(why)?;
    let it: Responsibility = Responsibility::query().find(id).for_update().first(db).await?;
    version.check(&it)?;
    if it.ended_on.is_some() {
        return Err(Problem::illegal_move("ended", "end", Vec::new()));
    }
    let today = today(db).await?;
    let days =
        [("/person_agreed_on", why.person_agreed_on), ("/decision_changed_on", why.decision_changed_on)];
    let ahead = days.iter().filter(|(_, day)| day.is_some_and(|day| day > today));
    let ahead: Vec<_> = ahead.map(|(at, _)| Flaw::new(*at, "in_the_future")).collect();
    if !ahead.is_empty() {
        return Err(Problem::invalid(ahead));
    }
    let update = diesel::update(responsibility::table.find(id));
    let update = update.set((why, responsibility::ended_on.eq(today)));
    let changed = update.returning(Responsibility::as_returning()).get_result(db).await?;
    happened(db, "responsibility.ended", id, Some(why.reason.word())).await?;
    Ok(changed)
}

/// A volunteer does not take the place of what somebody is owed.
fn check_formal(why: &ResponsibilityEnd) -> Result<(), Problem> {
    if why.reason != ResponsibilityEndReason::VolunteerFound {
        return Ok(());
    }
    let needed = [
        ("/person_agreed_on", why.person_agreed_on.is_some()),
        ("/decision_changed_on", why.decision_changed_on.is_some()),
        ("/changed_decision_reference", why.changed_decision_reference.is_some()),
    ];
    let missing = needed.iter().filter(|(_, is_there)| !is_there);
    let missing: Vec<_> = missing.map(|(at, _)| Flaw::new(*at, "missing")).collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(Problem::unprocessable("responsibility_not_ended_formally").at(missing))
}

async fn happened(
    db: &mut Db,
    name: &str,
    id: ResponsibilityId,
    reason: Option<&str>,
) -> Result<(), Problem> {
    let (subject_table, subject_id) = ("responsibility", id.into());
    Event { name, subject_table, subject_id, reason, ..Event::default() }.emit(db).await
}
