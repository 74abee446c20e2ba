use chrono::NaiveDate;
use diesel::{
    dsl::{exists, not},
    prelude::*,
    sql_query,
    sql_types::{Bool, Date, Text, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use serde_json::json;
use uuid::Uuid;

use super::{
    status::{Action, Status},
    types::{
        ContactPoint, ContactPointId, ContactPointPatch, Counterpart, CounterpartFilter, CounterpartId, Kind,
        NewContactPoint, NewCounterpart, NewOrganisation, NewUnit, OfUnit, Organisation, OrganisationFilter,
        OrganisationId, OrganisationPatch, ReachedVia, Unit, UnitContact, UnitFilter, UnitId, UnitPatch,
    },
};
use crate::{
    access::{Db, Pool, Purpose, beyond, own_organisation, post, post::Letter, today},
    events::Event,
    identifiers::{self, OrganisationNumber},
    problem::{Flaw, Problem},
    schema::{contact_point, counterpart, organisation, organisation_setting, unit},
    web::{IfMatch, Page, Window},
};

const LETTER: Letter = Letter::new("counterpart");

pub async fn list(
    db: &mut Db,
    filter: &OrganisationFilter,
    window: &Window,
) -> Result<Page<Organisation>, Problem> {
    let mut query = Organisation::query().into_boxed();
    if let Some(country) = filter.country {
        query = query.filter(organisation::country.eq(country));
    }
    if let Some(code) = &filter.municipality_code {
        query = query.filter(organisation::municipality_code.eq(code));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(organisation::kind.eq(kind));
    }
    if let Some(cursor) = window.cursor {
        query = query.filter(organisation::id.gt(cursor));
    }
    let rows = query.order(organisation::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &Organisation| row.id.into()))
}

pub async fn find(db: &mut Db, id: OrganisationId) -> Result<Organisation, Problem> {
    Ok(Organisation::query().find(id).first(db).await?)
}

// All organisations are visible, so this names whose.
pub async fn update(
    db: &mut Db,
    id: OrganisationId,
    version: IfMatch,
    patch: &OrganisationPatch,
) -> Result<Organisation, Problem> {
    let own = organisation::table.find(id).filter(organisation::id.eq(own_organisation()));
    version.check(&own.select(Organisation::as_select()).for_update().first(db).await?)?;
    let update = diesel::update(organisation::table.find(id)).set(patch);
    let changed = update.returning(Organisation::as_returning()).get_result(db).await?;
    happened(db, ("organisation", "organisation.updated"), id).await?;
    Ok(changed)
}

/// Makes an organisation, for the command line. Its numbers are checked.
pub async fn create(pool: &Pool, new: &NewOrganisation) -> Result<OrganisationId, Problem> {
    let number = OrganisationNumber::parse(new.country, &new.number).map_err(|flaw| {
        Problem::unprocessable("organisation_number_is_wrong").at(vec![Flaw::new("/number", flaw.as_str())])
    })?;
    pool.system(Purpose::Administer, async |db| {
        let day = today(db).await?;
        let in_force = |code: &String| identifiers::in_force(new.country, code, day);
        if new.municipality_code.as_ref().map_or(new.kind == Kind::Municipality, |code| !in_force(code)) {
            return Err(Problem::unprocessable("municipality_code_is_not_in_force"));
        }
        let row = (
            organisation::country.eq(new.country.word()),
            organisation::kind.eq(new.kind),
            organisation::number.eq(number.normalised()),
            organisation::name.eq(&new.name),
            organisation::municipality_code.eq(&new.municipality_code),
            organisation::parent_id.eq(new.parent_id),
            organisation::valid_from.eq(day),
        );
        let insert = diesel::insert_into(organisation::table).values(row).returning(organisation::id);
        let made: OrganisationId = insert.get_result(db).await?;
        let keeps = db.rules().keeps_identity_numbers(new.country, new.kind.word(), day);
        let setting = (
            organisation_setting::organisation_id.eq(Uuid::from(made)),
            organisation_setting::keeps_identity_numbers.eq(keeps),
        );
        diesel::insert_into(organisation_setting::table).values(setting).execute(db).await?;
        Ok(made)
    })
    .await
}

// Units of all organisations are visible, so these name whose.
pub async fn list_units(db: &mut Db, filter: &UnitFilter, window: &Window) -> Result<Page<Unit>, Problem> {
    let mut query = Unit::query().into_boxed();
    query = match filter.organisation_id {
        Some(other) => query.filter(unit::organisation_id.eq(other)),
        None => query.filter(unit::organisation_id.eq(own_organisation())),
    };
    if let Some(cursor) = window.cursor {
        query = query.filter(unit::id.gt(cursor));
    }
    let rows = query.order(unit::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &Unit| row.id.into()))
}

pub async fn insert_unit(db: &mut Db, new: &NewUnit) -> Result<Unit, Problem> {
    let insert = diesel::insert_into(unit::table).values(new);
    let made: Unit = insert.returning(Unit::as_returning()).get_result(db).await?;
    happened(db, ("unit", "unit.created"), made.id).await?;
    Ok(made)
}

pub async fn find_unit(db: &mut Db, id: UnitId) -> Result<Unit, Problem> {
    Ok(Unit::query().filter(unit::organisation_id.eq(own_organisation())).find(id).first(db).await?)
}

pub async fn update_unit(
    db: &mut Db,
    id: UnitId,
    version: IfMatch,
    patch: &UnitPatch,
) -> Result<Unit, Problem> {
    let own = unit::table.find(id).filter(unit::organisation_id.eq(own_organisation()));
    version.check(&own.select(Unit::as_select()).for_update().first(db).await?)?;
    let update = diesel::update(unit::table.find(id)).set(patch);
    let changed: Unit = update.returning(Unit::as_returning()).get_result(db).await?;
    if changed.valid_to.is_some() {
        check_not_relied_on(db, (changed.organisation_id.into(), id)).await?;
    }
    happened(db, ("unit", "unit.updated"), id).await?;
    Ok(changed)
}

async fn happened(db: &mut Db, (table, name): (&str, &str), id: impl Into<Uuid>) -> Result<(), Problem> {
    Event { name, subject_table: table, subject_id: id.into(), ..Event::default() }.emit(db).await
}

pub async fn list_contact_points(
    db: &mut Db,
    of: &OfUnit,
    window: &Window,
) -> Result<Page<ContactPoint>, Problem> {
    let mut query = ContactPoint::query().into_boxed();
    if let Some(unit) = of.unit_id {
        query = query.filter(contact_point::unit_id.eq(unit));
    }
    if let Some(cursor) = window.cursor {
        query = query.filter(contact_point::id.gt(cursor));
    }
    let rows = query.order(contact_point::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &ContactPoint| row.id.into()))
}

pub async fn insert_contact_point(db: &mut Db, new: &NewContactPoint) -> Result<ContactPoint, Problem> {
    let insert = diesel::insert_into(contact_point::table).values(new);
    let made: ContactPoint = insert.returning(ContactPoint::as_returning()).get_result(db).await?;
    happened(db, ("contact_point", "contact_point.created"), made.id).await?;
    Ok(made)
}

pub async fn find_contact_point(db: &mut Db, id: ContactPointId) -> Result<ContactPoint, Problem> {
    Ok(ContactPoint::query().find(id).first(db).await?)
}

pub async fn update_contact_point(
    db: &mut Db,
    id: ContactPointId,
    version: IfMatch,
    patch: &ContactPointPatch,
) -> Result<ContactPoint, Problem> {
    version.check(&ContactPoint::query().find(id).for_update().first(db).await?)?;
    let update = diesel::update(contact_point::table.find(id)).set(patch);
    let changed = update.returning(ContactPoint::as_returning()).get_result(db).await?;
    happened(db, ("contact_point", "contact_point.updated"), id).await?;
    Ok(changed)
}

pub async fn end_contact_point(
    db: &mut Db,
    id: ContactPointId,
    version: IfMatch,
    day: NaiveDate,
) -> Result<ContactPoint, Problem> {
    let unit = find_contact_point(db, id).await?.unit_id;
    // Of two that end at once the second waits, and finds itself the last.
    let of_it = unit::table.filter(unit::organisation_id.eq(own_organisation())).find(unit);
    let _: UnitId = of_it.select(unit::id).for_update().first(db).await?;
    let it = ContactPoint::query().find(id).for_update().first(db).await?;
    version.check(&it)?;
    let update = diesel::update(contact_point::table.find(id)).set(contact_point::valid_to.eq(day));
    let changed = update.returning(ContactPoint::as_returning()).get_result(db).await?;
    // Another that ends, too, is nobody to reach from then on.
    let others = contact_point::table
        .filter(contact_point::unit_id.eq(unit).and(not(contact_point::is_head)))
        .filter(contact_point::valid_to.is_null().and(contact_point::valid_from.le(day)));
    let is_last = !it.is_head && !diesel::select(exists(others)).get_result(db).await?;
    if is_last {
        check_not_relied_on(db, (it.organisation_id.into(), unit)).await?;
    }
    happened(db, ("contact_point", "contact_point.ended"), id).await?;
    Ok(changed)
}

async fn check_not_relied_on(db: &mut Db, unit: (Uuid, UnitId)) -> Result<(), Problem> {
    if beyond(db, Purpose::RelyOnUnit, async |db| is_relied_on(db, unit).await).await? {
        return Err(Problem::conflict("unit_needs_contact_point"));
    }
    Ok(())
}

#[derive(QueryableByName)]
struct Relied {
    #[diesel(sql_type = Bool)]
    found: bool,
}

/// Whether a contact form that this organisation was sent names the unit, in the last version that came, and the network
/// around the person goes on.
async fn is_relied_on(db: &mut Db, (desk, unit): (Uuid, UnitId)) -> Result<bool, Problem> {
    let relied = "select exists (
            select from (
                select distinct on (told.contact_form_id) told.organisation_id, told.contact_form_id, told.network_id, it.unit_ids
                    from delivery as it join disclosure as told
                        on (told.organisation_id, told.id) = (it.counterpart_organisation_id, it.id)
                    where it.organisation_id = $1 and it.kind = 'contact_form' and it.status in ('sent', 'received', 'archived')
                    order by told.contact_form_id, it.number desc) as latest
                join contact_form as form on (form.organisation_id, form.id) = (latest.organisation_id, latest.contact_form_id)
                join network on (network.organisation_id, network.id) = (latest.organisation_id, latest.network_id)
            where $2 = any (latest.unit_ids) and form.status = 'active' and network.status in ('active', 'paused')) as found";
    let relied = sql_query(relied).bind::<SqlUuid, _>(desk).bind::<SqlUuid, _>(Uuid::from(unit));
    let relied: Relied = relied.get_result(db).await?;
    Ok(relied.found)
}

/// Who is to be reached.
#[derive(Debug, QueryableByName)]
pub struct Reached {
    #[diesel(sql_type = SqlUuid)]
    contact_point_id: ContactPointId,
    /// The unit of that contact point: another, if somebody from there stands in.
    #[diesel(sql_type = SqlUuid)]
    pub unit_id: UnitId,
    #[diesel(sql_type = Text)]
    via: ReachedVia,
}

/// Whom to reach at a unit on a day: its contact point, who stands in for it, or its head. Beyond the caller's sight, since
/// not everybody may know who has left.
pub async fn reach(
    db: &mut Db,
    desk: Uuid,
    unit: UnitId,
    day: NaiveDate,
) -> Result<Option<Reached>, Problem> {
    let reach = sql_query("select contact_point_id, unit_id, via from app.reach($1, $2, $3)");
    let reach = reach.bind::<SqlUuid, _>(desk).bind::<SqlUuid, _>(Uuid::from(unit)).bind::<Date, _>(day);
    Ok(reach.get_result(db).await.optional()?)
}

pub async fn contact(db: &mut Db, id: UnitId, on: Option<NaiveDate>) -> Result<UnitContact, Problem> {
    let unit = find_unit(db, id).await?;
    let on = match on {
        Some(day) => day,
        None => today(db).await?,
    };
    let desk = unit.organisation_id.into();
    let found = beyond(db, Purpose::Reach, async |db| reach(db, desk, id, on).await).await?;
    let seen = found.as_ref().map(|reached| reached.contact_point_id);
    let seen = ContactPoint::query().filter(contact_point::id.nullable().eq(seen));
    let contact_point: Option<ContactPoint> = seen.first(db).await.optional()?;
    let via = found.filter(|_| contact_point.is_some()).map(|reached| reached.via);
    Ok(UnitContact { unit_id: id, on, via, contact_point })
}

pub async fn list_counterparts(
    db: &mut Db,
    filter: &CounterpartFilter,
    window: &Window,
) -> Result<Page<Counterpart>, Problem> {
    let mut query = Counterpart::query().into_boxed();
    if let Some(status) = filter.status {
        query = query.filter(counterpart::status.eq(status));
    }
    if let Some(cursor) = window.cursor {
        query = query.filter(counterpart::id.gt(cursor));
    }
    let rows = query.order(counterpart::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &Counterpart| row.id.into()))
}

pub async fn insert_counterpart(db: &mut Db, new: &NewCounterpart) -> Result<Counterpart, Problem> {
    let insert = diesel::insert_into(counterpart::table).values(new);
    let made: Counterpart = insert.returning(Counterpart::as_returning()).get_result(db).await?;
    let to_status = Some(Status::Requested.word());
    let (name, subject_table) = ("counterpart.requested", "counterpart");
    Event { name, subject_table, subject_id: made.id.into(), to_status, ..Event::default() }.emit(db).await?;
    post::deliver(db, LETTER, made.id).await?;
    Ok(made)
}

pub async fn find_counterpart(db: &mut Db, id: CounterpartId) -> Result<Counterpart, Problem> {
    Ok(Counterpart::query().find(id).first(db).await?)
}

pub async fn advance_counterpart(
    db: &mut Db,
    id: CounterpartId,
    version: IfMatch,
    action: Action,
) -> Result<Counterpart, Problem> {
    find_counterpart(db, id).await?;
    post::advance::<Status>(db, LETTER, id, Some(version), (action, json!({}))).await?;
    find_counterpart(db, id).await
}
