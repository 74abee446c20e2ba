use chrono::NaiveDate;
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Array, BigInt, Date, Text, Uuid as Id},
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::types::{Details, Protect, ProtectedDetails, ProtectionReport, Reading, Receipt};
use crate::{
    access::{self, Db, KeyRing, Purpose, beyond},
    domains::{
        journey::tasks,
        people::persons::{self, Person, PersonId},
    },
    events::Event,
    problem::Problem,
    rules::{Hidden, ProtectionRule, rules},
    schema::{audit, disclosure, person, protected_detail},
    web::IfMatch,
};

/// How many letters of the id stand for the name.
const CODE: usize = 8;

/// The task that asks a desk whether a protection is to go on.
const ENDS: &str = "protection_ends";

/// How many desks' rows the clock looks at in one go.
const BATCH: i64 = 200;

/// The keys of a contact form that identify.
const IDENTIFYING: [&str; 4] = ["name", "contact", "address", "relatives"];

fn about(desk: Uuid, id: PersonId) -> Vec<u8> {
    [desk, id.into()].map(Uuid::into_bytes).concat()
}

/// The sealed details of a person, opened; none if they are not protected, or not for the caller.
async fn opened(db: &mut Db, ring: &KeyRing, desk: Uuid, id: PersonId) -> Result<Option<Details>, Problem> {
    let sealed = protected_detail::table.filter(protected_detail::person_id.eq(id));
    let sealed: Option<Vec<u8>> = sealed.select(protected_detail::sealed).first(db).await.optional()?;
    let Some(sealed) = sealed else { return Ok(None) };
    let text = ring.open(&sealed, &about(desk, id))?;
    serde_json::from_slice(&text).map(Some).map_err(Problem::internal)
}

pub async fn protect(
    db: &mut Db,
    ring: &KeyRing,
    id: PersonId,
    version: IfMatch,
    how: &Protect,
) -> Result<Person, Problem> {
    let before: Person = Person::query().find(id).for_no_key_update().first(db).await?;
    version.check(&before)?;
    let (desk, country) = persons::home(db).await?;
    let today = access::today(db).await?;
    let rule = rules()
        .protection(&how.level, country, today)
        .ok_or_else(|| Problem::unprocessable("unknown_protection_level"))?;
    check_end(rule, how, today)?;
    let details = match opened(db, ring, desk, id).await? {
        Some(details) => details,
        None => person::table.find(id).select(Details::as_select()).first(db).await?,
    };
    let sealed = ring.seal(&serde_json::to_vec(&details).map_err(Problem::internal)?, &about(desk, id))?;
    let new = (protected_detail::person_id.eq(id), protected_detail::sealed.eq(&sealed));
    diesel::insert_into(protected_detail::table)
        .values(new)
        .on_conflict((protected_detail::organisation_id, protected_detail::person_id))
        .do_update()
        .set(protected_detail::sealed.eq(&sealed))
        .execute(db)
        .await?;
    let text = Uuid::from(id).simple().to_string();
    let code = text.get(text.len() - CODE..).unwrap_or_default().to_uppercase();
    let marks = (
        person::protection.eq(&how.level),
        person::protection_source.eq(&how.source),
        person::protected_until.eq(how.protected_until.or(rule.latest_end(today))),
    );
    let left = details.pseudonym(&code, &rule.hides);
    let update = diesel::update(person::table.find(id)).set((left, marks));
    let changed = update.returning(Person::as_returning()).get_result(db).await?;
    happened(db, "person.protected", id).await?;
    tasks::close(db, ENDS, "person", id.into()).await?;
    let hides = rule.hides.clone();
    beyond(db, Purpose::Protect, async |db| sweep(db, desk, id, &hides).await).await?;
    Ok(changed)
}

fn check_end(rule: &ProtectionRule, how: &Protect, today: NaiveDate) -> Result<(), Problem> {
    match (how.protected_until, rule.latest_end(today)) {
        (Some(end), _) if end <= today => Err(Problem::unprocessable("protection_ends_before_it_starts")),
        (Some(end), Some(latest)) if end > latest => Err(Problem::unprocessable("protection_lapses_earlier")),
        _ => Ok(()),
    }
}

/// What was written before is held back, and loses what identifies.
async fn sweep(db: &mut Db, desk: Uuid, id: PersonId, hides: &[Hidden]) -> Result<(), Problem> {
    let of = disclosure::organisation_id.eq(desk).and(disclosure::subject_id.eq(Uuid::from(id)));
    let queued = disclosure::table.filter(of.and(disclosure::status.eq("queued")));
    let held = (
        disclosure::status.eq("blocked"),
        disclosure::blocked_reason.eq("protected_needs_approval"),
        disclosure::protected.eq(true),
    );
    let held: Vec<Uuid> = diesel::update(queued).set(held).returning(disclosure::id).get_results(db).await?;
    let tell = |subject_id| Event {
        name: "disclosure.blocked",
        subject_table: "disclosure",
        subject_id,
        from_status: Some("queued"),
        to_status: Some("blocked"),
        reason: Some("protected_needs_approval"),
    };
    Event::emit_all(db, held.into_iter().map(tell).collect()).await?;
    let others = disclosure::table.filter(of.and(disclosure::protected.eq(false)));
    diesel::update(others).set(disclosure::protected.eq(true)).execute(db).await?;
    strip_forms(db, desk, id, hides).await
}

/// A version of a contact form does not change otherwise: this is the one exception.
async fn strip_forms(db: &mut Db, desk: Uuid, id: PersonId, hides: &[Hidden]) -> Result<(), Problem> {
    // Without the name the relatives would tell it.
    let gone = IDENTIFYING.into_iter().filter(|key| match *key {
        "contact" => hides.contains(&Hidden::Contact),
        "address" => hides.contains(&Hidden::Address),
        _ => hides.contains(&Hidden::Name),
    });
    let strip = "update contact_form_version set body = body - $3, changes = case jsonb_typeof(changes)
            when 'object' then changes - $3
            when 'array' then coalesce((select jsonb_agg(it) from jsonb_array_elements(changes) as it
                where split_part(ltrim(coalesce(it ->> 'pointer', it ->> 'path', it ->> 'field', it #>> '{}'), '/'), '/', 1) <> all ($3)), '[]')
            else changes end
        where organisation_id = $1 and person_id = $2";
    sql_query(strip)
        .bind::<Id, _>(desk)
        .bind::<Id, _>(id)
        .bind::<Array<Text>, _>(gone.collect::<Vec<_>>())
        .execute(db)
        .await?;
    Ok(())
}

pub async fn unprotect(
    db: &mut Db,
    ring: &KeyRing,
    id: PersonId,
    version: IfMatch,
) -> Result<Person, Problem> {
    let before: Person = Person::query().find(id).for_no_key_update().first(db).await?;
    version.check(&before)?;
    let (desk, _) = persons::home(db).await?;
    let details = opened(db, ring, desk, id).await?;
    let details = details.ok_or_else(|| Problem::conflict("person_is_not_protected"))?;
    let none: Option<String> = None;
    let marks = (
        person::protection.eq(&none),
        person::protection_source.eq(&none),
        person::protected_until.eq(None::<NaiveDate>),
    );
    let update = diesel::update(person::table.find(id)).set((details, marks));
    let changed = update.returning(Person::as_returning()).get_result(db).await?;
    let sealed = protected_detail::table.filter(protected_detail::person_id.eq(id));
    diesel::delete(sealed).execute(db).await?;
    happened(db, "person.protection_ended", id).await?;
    tasks::close(db, ENDS, "person", id.into()).await?;
    Ok(changed)
}

async fn happened(db: &mut Db, name: &str, id: PersonId) -> Result<(), Problem> {
    Event { name, subject_table: "person", subject_id: id.into(), ..Event::default() }.emit(db).await
}

pub async fn details(db: &mut Db, ring: &KeyRing, id: PersonId) -> Result<ProtectedDetails, Problem> {
    let marks = (person::protection, person::protection_source, person::protected_until);
    let (level, source, protected_until): (Option<String>, Option<String>, Option<NaiveDate>) =
        person::table.find(id).select(marks).first(db).await?;
    let (desk, _) = persons::home(db).await?;
    let opened = opened(db, ring, desk, id).await?.zip(level);
    let (it, level) = opened.ok_or_else(|| Problem::conflict("person_is_not_protected"))?;
    Ok(ProtectedDetails {
        id,
        given_name: it.given_name,
        family_name: it.family_name,
        birth_on: it.birth_on,
        phone: it.phone,
        email: it.email,
        address: it.address,
        postcode: it.postcode,
        place: it.place,
        municipality_code: it.municipality_code,
        level,
        source,
        protected_until,
    })
}

/// The day of birth, for a rule that asks for an age; nobody is shown it.
pub async fn birth_on(db: &mut Db, ring: &KeyRing, id: PersonId) -> Result<Option<NaiveDate>, Problem> {
    let shown = persons::find(db, id).await?;
    if !shown.is_protected {
        return Ok(shown.birth_on);
    }
    let (desk, _) = persons::home(db).await?;
    Ok(opened(db, ring, desk, id).await?.and_then(|details| details.birth_on))
}

/// Who was shown the person, and who was sent something about them. Callers may not read the audit themselves.
pub async fn report(db: &mut Db, id: PersonId) -> Result<ProtectionReport, Problem> {
    persons::find(db, id).await?;
    let (desk, _) = persons::home(db).await?;
    beyond(db, Purpose::Protect, async |db| {
        let read = audit::table
            .filter(audit::organisation_id.eq(desk).and(audit::person_id.eq(Uuid::from(id))))
            .filter(audit::verb.eq("read"))
            .order(audit::id.desc());
        let sent = disclosure::table
            .filter(disclosure::organisation_id.eq(desk).and(disclosure::subject_id.eq(Uuid::from(id))))
            .filter(disclosure::sent_at.is_not_null())
            .order(disclosure::id.desc());
        Ok(ProtectionReport {
            id,
            read_by: read.select(Reading::as_select()).limit(200).load(db).await?,
            received_by: sent.select(Receipt::as_select()).limit(200).load(db).await?,
        })
    })
    .await
}

/// Asks the desks, by a task and once for each end, whether what protects somebody until today is to go on. For the clock,
/// which never lowers a protection. Answers how many.
pub async fn ask_at_the_end(db: &mut Db) -> Result<usize, Problem> {
    let ask = "insert into task (organisation_id, kind, subject_table, subject_id)
        select it.organisation_id, $1, 'person', it.id from person as it
        where it.protected_until <= $2 and it.protection is not null and not exists (
            select from task as asked where (asked.organisation_id, asked.subject_id, asked.kind) = (it.organisation_id, it.id, $1)
                and (asked.created_at)::date >= it.protected_until)
        order by it.protected_until limit $3 on conflict do nothing";
    let today = access::today(db).await?;
    let ask = sql_query(ask).bind::<Text, _>(ENDS).bind::<Date, _>(today).bind::<BigInt, _>(BATCH);
    Ok(ask.execute(db).await?)
}
