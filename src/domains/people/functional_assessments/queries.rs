use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{
    instruments,
    types::{FunctionalAssessment, FunctionalAssessmentId, Instruments, NewFunctionalAssessment},
};
use crate::{
    access::{Db, today},
    domains::people::persons::{self, OfPerson},
    events::Event,
    problem::Problem,
    schema::functional_assessment,
    web::{Page, Window},
};

pub async fn instruments(db: &mut Db) -> Result<Instruments, Problem> {
    let country = persons::home(db).await?.country;
    Ok(Instruments { items: instruments::in_force(country, today(db).await?)? })
}

pub async fn list(
    db: &mut Db,
    of: &OfPerson,
    window: &Window,
) -> Result<Page<FunctionalAssessment>, Problem> {
    let mut query = FunctionalAssessment::query().into_boxed();
    if let Some(person) = of.person_id {
        query = query.filter(functional_assessment::person_id.eq(person));
    }
    if let Some(cursor) = window.cursor {
        query = query.filter(functional_assessment::id.gt(cursor));
    }
    let rows = query.order(functional_assessment::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &FunctionalAssessment| row.id.into()))
}

pub async fn insert(db: &mut Db, new: &NewFunctionalAssessment) -> Result<FunctionalAssessment, Problem> {
    let country = persons::home(db).await?.country;
    if new.assessed_on > today(db).await? {
        return Err(Problem::unprocessable("assessed_in_the_future"));
    }
    let named = (new.instrument.as_str(), new.instrument_version.as_str());
    instruments::instrument(named, country, new.assessed_on)?.check(&new.items)?;
    persons::check_known(db, new.person_id, "functional_assessment_unknown_person").await?;
    let items = serde_json::to_value(&new.items).map_err(Problem::internal)?;
    let insert = diesel::insert_into(functional_assessment::table)
        .values((new, functional_assessment::items.eq(items)));
    let made: FunctionalAssessment =
        insert.returning(FunctionalAssessment::as_returning()).get_result(db).await?;
    let name = "functional_assessment.created";
    let (subject_table, subject_id) = ("functional_assessment", made.id.into());
    Event { name, subject_table, subject_id, ..Event::default() }.emit(db).await?;
    Ok(made)
}

pub async fn find(db: &mut Db, id: FunctionalAssessmentId) -> Result<FunctionalAssessment, Problem> {
    Ok(FunctionalAssessment::query().find(id).first(db).await?)
}
