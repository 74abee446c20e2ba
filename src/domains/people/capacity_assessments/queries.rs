use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::types::{CapacityAssessment, CapacityAssessmentId, NewCapacityAssessment, Outcome};
use crate::{
    access::{self, Db},
    domains::people::persons::{OfPerson, PersonId},
    events::Event,
    problem::Problem,
    schema::capacity_assessment,
    web::{Page, Window},
};

pub async fn list(db: &mut Db, of: &OfPerson, window: &Window) -> Result<Page<CapacityAssessment>, Problem> {
    let mut query = CapacityAssessment::query().into_boxed();
    if let Some(person) = of.person_id {
        query = query.filter(capacity_assessment::person_id.eq(person));
    }
    if let Some(cursor) = window.cursor {
        query = query.filter(capacity_assessment::id.gt(cursor));
    }
    let rows = query.order(capacity_assessment::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &CapacityAssessment| row.id.into()))
}

pub async fn insert(db: &mut Db, new: &NewCapacityAssessment) -> Result<CapacityAssessment, Problem> {
    if new.decided_on > access::today(db).await? {
        return Err(Problem::unprocessable("assessment_not_yet_decided"));
    }
    if new.result != Outcome::Has && new.presented_to_person_on.is_none() {
        return Err(Problem::unprocessable("assessment_not_presented"));
    }
    let insert = diesel::insert_into(capacity_assessment::table).values(new);
    let made: CapacityAssessment =
        insert.returning(CapacityAssessment::as_returning()).get_result(db).await?;
    Event {
        name: "capacity_assessment.created",
        subject_table: "capacity_assessment",
        subject_id: made.id.into(),
        ..Event::default()
    }
    .emit(db)
    .await?;
    Ok(made)
}

pub async fn find(db: &mut Db, id: CapacityAssessmentId) -> Result<CapacityAssessment, Problem> {
    Ok(CapacityAssessment::query().find(id).first(db).await?)
}

/// The newest assessment of a person, if it still counts on `today`. An older one never does.
pub async fn latest(
    db: &mut Db,
    person: PersonId,
    today: NaiveDate,
) -> Result<Option<CapacityAssessment>, Problem> {
    let newest = CapacityAssessment::query()
        .filter(capacity_assessment::person_id.eq(person).and(capacity_assessment::decided_on.le(today)))
        .order((capacity_assessment::decided_on.desc(), capacity_assessment::id.desc()));
    let newest: Option<CapacityAssessment> = newest.first(db).await.optional()?;
    Ok(newest.filter(|it| it.review_on.is_none_or(|last| today <= last)))
}
