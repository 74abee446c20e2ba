use diesel::{
    dsl::{exists, not},
    prelude::*,
};
use diesel_async::RunQueryDsl;

use super::types::{
    Briefing, BriefingId, ConfidentialityDeclaration, ConfidentialityDeclarationId, NewBriefing,
    NewConfidentialityDeclaration, NewVolunteer, OfVolunteer, Volunteer, VolunteerFilter, VolunteerId,
    VolunteerPatch,
};
use crate::{
    access::{Db, own_organisation},
    events::Event,
    problem::Problem,
    schema::{briefing, confidentiality_declaration, volunteer},
    web::{IfMatch, Page, Window},
};

pub async fn list(
    db: &mut Db,
    filter: &VolunteerFilter,
    window: &Window,
) -> Result<Page<Volunteer>, Problem> {
    let mut query = Volunteer::query().into_boxed();
    if let Some(status) = filter.status {
        query = query.filter(volunteer::status.eq(status));
    }
    if let Some(cursor) = window.cursor {
        query = query.filter(volunteer::id.gt(cursor));
    }
    let rows = query.order(volunteer::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &Volunteer| row.id.into()))
}

pub async fn insert(db: &mut Db, new: &NewVolunteer) -> Result<Volunteer, Problem> {
    let insert = diesel::insert_into(volunteer::table).values(new);
    let made: Volunteer = insert.returning(Volunteer::as_returning()).get_result(db).await?;
    happened(db, "volunteer.created", made.id).await?;
    Ok(made)
}

pub async fn find(db: &mut Db, id: VolunteerId) -> Result<Volunteer, Problem> {
    Ok(Volunteer::query().find(id).first(db).await?)
}

pub async fn update(
    db: &mut Db,
    id: VolunteerId,
    version: IfMatch,
    patch: &VolunteerPatch,
) -> Result<Volunteer, Problem> {
    version.check(&Volunteer::query().find(id).for_update().first(db).await?)?;
    let update = diesel::update(volunteer::table.find(id)).set(patch);
    let changed = update.returning(Volunteer::as_returning()).get_result(db).await?;
    happened(db, "volunteer.updated", id).await?;
    Ok(changed)
}

async fn happened(db: &mut Db, name: &str, id: VolunteerId) -> Result<(), Problem> {
    Event { name, subject_table: "volunteer", subject_id: id.into(), ..Event::default() }.emit(db).await
}

pub async fn list_briefings(
    db: &mut Db,
    of: &OfVolunteer,
    window: &Window,
) -> Result<Page<Briefing>, Problem> {
    let mut query = Briefing::query().into_boxed();
    if let Some(volunteer) = of.volunteer_id {
        query = query.filter(briefing::volunteer_id.eq(volunteer));
    }
    if let Some(cursor) = window.cursor {
        query = query.filter(briefing::id.gt(cursor));
    }
    let rows = query.order(briefing::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &Briefing| row.id.into()))
}

pub async fn insert_briefing(db: &mut Db, new: &NewBriefing) -> Result<Briefing, Problem> {
    let insert = diesel::insert_into(briefing::table).values(new);
    Ok(insert.returning(Briefing::as_returning()).get_result(db).await?)
}

pub async fn find_briefing(db: &mut Db, id: BriefingId) -> Result<Briefing, Problem> {
    Ok(Briefing::query().find(id).first(db).await?)
}

pub async fn list_declarations(
    db: &mut Db,
    of: &OfVolunteer,
    window: &Window,
) -> Result<Page<ConfidentialityDeclaration>, Problem> {
    let mut query = ConfidentialityDeclaration::query().into_boxed();
    if let Some(volunteer) = of.volunteer_id {
        query = query.filter(confidentiality_declaration::volunteer_id.eq(volunteer));
    }
    if let Some(cursor) = window.cursor {
        query = query.filter(confidentiality_declaration::id.gt(cursor));
    }
    let rows = query.order(confidentiality_declaration::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &ConfidentialityDeclaration| row.id.into()))
}

pub async fn insert_declaration(
    db: &mut Db,
    new: &NewConfidentialityDeclaration,
) -> Result<ConfidentialityDeclaration, Problem> {
    let insert = diesel::insert_into(confidentiality_declaration::table).values(new);
    Ok(insert.returning(ConfidentialityDeclaration::as_returning()).get_result(db).await?)
}

pub async fn find_declaration(
    db: &mut Db,
    id: ConfidentialityDeclarationId,
) -> Result<ConfidentialityDeclaration, Problem> {
    Ok(ConfidentialityDeclaration::query().find(id).first(db).await?)
}

diesel::define_sql_function! {
    /// Whether a volunteer of an organisation has what the rule `VOLUNTEER_IN_NETWORK` asks for.
    #[sql_name = "app.is_prepared"]
    fn is_prepared(desk: diesel::sql_types::Uuid, volunteer: diesel::sql_types::Uuid) -> diesel::sql_types::Bool;
}

/// Whether these volunteers all have what the rule asks for: before that they meet nobody.
pub async fn are_prepared(db: &mut Db, ids: &[VolunteerId]) -> Result<bool, Problem> {
    let unprepared = not(is_prepared(own_organisation(), volunteer::id));
    let unprepared = volunteer::table.filter(volunteer::id.eq_any(ids)).filter(unprepared);
    Ok(diesel::select(not(exists(unprepared))).get_result(db).await?)
}
