use chrono::{DateTime, NaiveDate, Utc};
use diesel::{
    dsl::sql,
    prelude::*,
    sql_query,
    sql_types::{BigInt, Jsonb, Timestamptz},
};
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};
use uuid::Uuid;

use super::types::{
    NewOrganisationRule, OrganisationRule, OrganisationRuleFilter, OrganisationRuleId, OrganisationRuleKind,
    Rule, RuleFilter, RuleId,
};
use crate::{
    access::{Db, OwnStored, Pool, Purpose, Stored, now, understood},
    domains::people::persons,
    events::Event,
    problem::Problem,
    rules::{Kind, Row, Rules},
    schema::{organisation_rule, rule},
    web::{IfMatch, Page, Window},
};

#[derive(QueryableByName)]
struct Loaded {
    #[diesel(sql_type = BigInt)]
    closed: i64,
    #[diesel(sql_type = BigInt)]
    added: i64,
}

/// Brings the rules to what files say. Answers how many versions it has closed and added. For the command line.
pub async fn load(pool: &Pool, rows: &Value) -> Result<(i64, i64), Problem> {
    pool.system(Purpose::Administer, async |db| {
        let load = sql_query("select closed, added from app.load_rules($1, false)").bind::<Jsonb, _>(rows);
        let Loaded { closed, added } = load.get_result(db).await?;
        Ok((closed, added))
    })
    .await
}

pub async fn list(db: &mut Db, filter: &RuleFilter, window: &Window) -> Result<Page<Rule>, Problem> {
    // A newer program may have brought kinds that this one has never heard of.
    let mut query = Rule::query().filter(rule::kind.eq_any(Kind::ALL)).into_boxed();
    if filter.history != Some(true) {
        query = query.filter(rule::closed_at.is_null());
    }
    if let Some(country) = filter.country {
        query = query.filter(rule::country.eq(country));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(rule::kind.eq(kind));
    }
    if let Some(code) = &filter.code {
        query = query.filter(rule::code.eq(code));
    }
    if let Some(day) = filter.on {
        let lasts = rule::valid_to.is_null().or(rule::valid_to.gt(day));
        query = query.filter(rule::valid_from.le(day)).filter(lasts.assume_not_null());
    }
    if let Some(cursor) = window.cursor {
        query = query.filter(rule::id.gt(cursor));
    }
    let rows = query.order(rule::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &Rule| row.id.into()))
}

pub async fn find(db: &mut Db, id: RuleId) -> Result<Rule, Problem> {
    Ok(Rule::query().find(id).first(db).await?)
}

/// A version of a rule, whether it still holds or not: a country's, or the organisation's own.
pub async fn version(db: &mut Db, id: Uuid) -> Result<Row, Problem> {
    let ours: Option<Stored> = Stored::query().find(id).first(db).await.optional()?;
    if let Some(ours) = ours {
        return Ok(ours.into());
    }
    let country = persons::home(db).await?.country;
    Ok(OwnStored::query().find(id).first::<OwnStored>(db).await?.at(country))
}

/// The days off that were known at a moment, of the organisation that asks and its country, and which deadlines were law.
/// Those that were loaded first stand for all time before.
pub async fn as_it_was(db: &mut Db, moment: DateTime<Utc>) -> Result<Rules, Problem> {
    let home = persons::home(db).await?;
    let first = sql::<Timestamptz>("(select min(it.created_at) from rule as it)");
    let shared: Vec<Stored> = Stored::query()
        .filter(rule::kind.eq_any([Kind::DayOff, Kind::Deadline]).and(rule::country.eq(home.country)))
        .filter(rule::created_at.le(moment).or(rule::created_at.eq(first)))
        .filter(rule::closed_at.is_null().or(rule::closed_at.gt(moment)).assume_not_null())
        .order((rule::code, rule::id))
        .load(db)
        .await?;
    let own = OwnStored::query().filter(organisation_rule::kind.eq(OrganisationRuleKind::DayOff));
    let own = own.filter(organisation_rule::created_at.le(moment));
    let own: Vec<OwnStored> = own.load(db).await?;
    let shared = shared.into_iter().map(|row| (row.into(), None));
    let own = own.into_iter().map(|row| (row.known_at(moment).at(home.country), Some(home.clone())));
    Ok(understood(shared.chain(own)))
}

pub async fn list_own(
    db: &mut Db,
    filter: &OrganisationRuleFilter,
    window: &Window,
) -> Result<Page<OrganisationRule>, Problem> {
    let mut query = OrganisationRule::query()
        .filter(organisation_rule::kind.eq_any(OrganisationRuleKind::ALL))
        .into_boxed();
    if let Some(kind) = filter.kind {
        query = query.filter(organisation_rule::kind.eq(kind));
    }
    if let Some(cursor) = window.cursor {
        query = query.filter(organisation_rule::id.gt(cursor));
    }
    let rows = query.order(organisation_rule::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &OrganisationRule| row.id.into()))
}

pub async fn find_own(db: &mut Db, id: OrganisationRuleId) -> Result<OrganisationRule, Problem> {
    Ok(OrganisationRule::query().find(id).first(db).await?)
}

/// Makes a rule for the caller's organisation, unless the law says more.
pub async fn insert_own(db: &mut Db, new: &NewOrganisationRule) -> Result<OrganisationRule, Problem> {
    let row = new.row(&db.rules(), &persons::home(db).await?)?;
    let values = (
        organisation_rule::kind.eq(new.kind),
        organisation_rule::code.eq(&row.code),
        organisation_rule::service.eq(&new.service),
        organisation_rule::valid_from.eq(new.valid_from),
        organisation_rule::valid_to.eq(new.valid_to),
        organisation_rule::source.eq(&new.source),
        organisation_rule::label.eq(json!(row.label)),
        organisation_rule::content.eq(Value::Object(row.content)),
    );
    let insert = diesel::insert_into(organisation_rule::table).values(values);
    let made = insert.returning(OrganisationRule::as_returning()).get_result(db).await?;
    happened(db, "organisation_rule.created", &made).await?;
    Ok(made)
}

pub async fn end_own(
    db: &mut Db,
    id: OrganisationRuleId,
    version: IfMatch,
    day: NaiveDate,
) -> Result<OrganisationRule, Problem> {
    let before: OrganisationRule = OrganisationRule::query().find(id).for_update().first(db).await?;
    version.check(&before)?;
    if before.allowed_actions.is_empty() {
        return Err(Problem::illegal_move("ended", "end", Vec::new()));
    }
    let update = diesel::update(organisation_rule::table.find(id)).set((
        organisation_rule::valid_to.eq(day),
        organisation_rule::ended_at.eq(now(db).await?),
        organisation_rule::was_valid_to.eq(before.valid_to),
    ));
    let ended = update.returning(OrganisationRule::as_returning()).get_result(db).await?;
    happened(db, "organisation_rule.ended", &ended).await?;
    Ok(ended)
}

async fn happened(db: &mut Db, name: &str, it: &OrganisationRule) -> Result<(), Problem> {
    let subject_table = "organisation_rule";
    Event { name, subject_table, subject_id: it.id.into(), ..Event::default() }.emit(db).await
}
