use chrono::NaiveDate;
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Array, BigInt, Date, Nullable, Text, Uuid as Id},
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::types::{
    Details, Protect, ProtectedDetails, ProtectedDetailsPatch, ProtectionReport, Reading, Receipt,
};
use crate::{
    access::{self, Db, Home, KeyRing, Purpose, beyond, own_account, own_membership, post},
    domains::{
        journey::{disclosures, tasks},
        people::persons::{self, Person, PersonId},
    },
    events::Event,
    identifiers::Country,
    problem::Problem,
    rules::{Hidden, ProtectionRule, Rules},
    schema::{audit, conversation, disclosure, organisation, person, protected_detail},
    web::IfMatch,
};

/// How many letters of the id stand for the name.
const CODE: usize = 8;

/// The task that asks a desk whether a protection is to go on.
const ENDS: &str = "protection_ends";

/// How many desks' rows the clock looks at in one go.
const BATCH: i64 = 200;

diesel::define_sql_function! { fn coalesce(one: Nullable<Id>, other: Nullable<Id>) -> Nullable<Id>; }

/// What of a person the level of their protection hides; nothing, if they are not protected. Beyond the caller's sight,
/// who may know no more than the network that the person is in.
pub async fn hidden(db: &mut Db, desk: Uuid, id: PersonId) -> Result<Vec<Hidden>, Problem> {
    let row = person::table.inner_join(organisation::table.on(organisation::id.eq(person::organisation_id)));
    let row = row.filter(person::organisation_id.eq(desk).and(person::id.eq(id)));
    let (level, country): (Option<String>, String) =
        row.select((person::protection, organisation::country)).first(db).await?;
    let Some(level) = level else { return Ok(Vec::new()) };
    let country = country.parse::<Country>().map_err(Problem::internal)?;
    let today = access::today(db).await?;
    Ok(hides(&db.rules(), &level, country, today))
}

/// A level that there is no rule for hides everything.
fn hides(rules: &Rules, level: &str, country: Country, today: NaiveDate) -> Vec<Hidden> {
    let rule = rules.protection(level, country, today);
    rule.map_or_else(|| Hidden::ALL.to_vec(), |rule| rule.hides.clone())
}

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
    let Home { id: desk, country, .. } = persons::home(db).await?;
    let today = access::today(db).await?;
    let rules = db.rules();
    let rule = rules
        .protection(&how.level, country, today)
        .ok_or_else(|| Problem::unprocessable("unknown_protection_level"))?;
    check_end(rule, how, today)?;
    let details = match opened(db, ring, desk, id).await? {
        Some(details) => details,
        None => person::table.find(id).select(Details::as_select()).first(db).await?,
    };
    let sealed = sealed(ring, desk, id, &details)?;
    let marks = (
        person::protection.eq(&how.level),
        person::protection_source.eq(&how.source),
        person::protected_until.eq(how.protected_until.or(rule.latest_end(today))),
        // Somebody has to see them, and nobody knows more of this than who protects them.
        person::responsible_id.eq(coalesce(person::responsible_id, own_membership())),
    );
    let left = details.pseudonym(&code(id), &rule.hides);
    // Who protects somebody that another is responsible for does not see them from then on.
    let changed = beyond(db, Purpose::Protect, async |db| {
        let values = (protected_detail::person_id.eq(id), protected_detail::sealed.eq(&sealed));
        diesel::insert_into(protected_detail::table)
            .values(values)
            .on_conflict((protected_detail::organisation_id, protected_detail::person_id))
            .do_update()
            .set((protected_detail::sealed.eq(&sealed), protected_detail::protected_by.eq(own_account())))
            .execute(db)
            .await?;
        let row = person::table.filter(person::organisation_id.eq(desk).and(person::id.eq(id)));
        let update = diesel::update(row).set((left, marks));
        let changed = update.returning(Person::as_returning()).get_result(db).await?;
        happened(db, "person.protected", id).await?;
        sweep(db, desk, id, &rule.hides).await?;
        if !before.is_protected {
            post::warn_recipients(db, id).await?;
        }
        Ok(changed)
    })
    .await?;
    tasks::close(db, &[ENDS], "person", id.into()).await?;
    Ok(changed)
}

fn sealed(ring: &KeyRing, desk: Uuid, id: PersonId, details: &Details) -> Result<Vec<u8>, Problem> {
    ring.seal(&serde_json::to_vec(details).map_err(Problem::internal)?, &about(desk, id))
}

/// What stands for the name.
fn code(id: PersonId) -> String {
    let text = Uuid::from(id).simple().to_string();
    text.get(text.len() - CODE..).unwrap_or_default().to_uppercase()
}

/// Corrects what is sealed, and with it what of it the level does not hide.
pub async fn correct(
    db: &mut Db,
    ring: &KeyRing,
    id: PersonId,
    version: IfMatch,
    patch: &ProtectedDetailsPatch,
) -> Result<Person, Problem> {
    let before: Person = Person::query().find(id).for_no_key_update().first(db).await?;
    version.check(&before)?;
    let level: Option<String> = person::table.find(id).select(person::protection).first(db).await?;
    let Home { id: desk, country, .. } = persons::home(db).await?;
    let opened = opened(db, ring, desk, id).await?.zip(level);
    let (mut details, level) = opened.ok_or_else(|| Problem::conflict("person_is_not_protected"))?;
    if !patch.amend(&mut details) {
        return Err(Problem::unprocessable("nothing_to_change"));
    }
    let sealed = sealed(ring, desk, id, &details)?;
    let row = protected_detail::table.filter(protected_detail::person_id.eq(id));
    diesel::update(row).set(protected_detail::sealed.eq(sealed)).execute(db).await?;
    let today = access::today(db).await?;
    let left = details.pseudonym(&code(id), &hides(&db.rules(), &level, country, today));
    let update = diesel::update(person::table.find(id)).set(left);
    let changed = update.returning(Person::as_returning()).get_result(db).await?;
    happened(db, "person.details_corrected", id).await?;
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
        disclosure::blocked_reason.eq(disclosures::NEEDS_APPROVAL),
        disclosure::protected.eq(true),
    );
    let held: Vec<Uuid> = diesel::update(queued).set(held).returning(disclosure::id).get_results(db).await?;
    let tell = |subject_id| Event {
        name: "disclosure.blocked",
        subject_table: "disclosure",
        subject_id,
        from_status: Some("queued"),
        to_status: Some("blocked"),
        reason: Some(disclosures::NEEDS_APPROVAL),
    };
    Event::emit_all(db, held.into_iter().map(tell).collect()).await?;
    let others = disclosure::table.filter(of.and(disclosure::protected.eq(false)));
    diesel::update(others).set(disclosure::protected.eq(true)).execute(db).await?;
    if hides.contains(&Hidden::Address) {
        let of = conversation::organisation_id.eq(desk).and(conversation::person_id.eq(id));
        let nowhere = conversation::place.eq(None::<String>);
        diesel::update(conversation::table.filter(of)).set(nowhere).execute(db).await?;
    }
    strip_forms(db, desk, id, hides).await
}

/// A version of a contact form does not change otherwise: this is the one exception.
async fn strip_forms(db: &mut Db, desk: Uuid, id: PersonId, hides: &[Hidden]) -> Result<(), Problem> {
    let (mut gone, mut signer) = (Vec::new(), Vec::new());
    if hides.contains(&Hidden::Name) {
        // Relatives would tell it.
        gone.extend(["name", "relatives"]);
        signer.extend(["signature", "signed_by"]);
    }
    if hides.contains(&Hidden::Contact) {
        gone.push("contact");
    }
    if hides.contains(&Hidden::Address) {
        gone.push("address");
    }
    let strip = "update contact_form_version set
            body = (body - $3) #- $4,
            changes = coalesce((select jsonb_agg(it) from jsonb_array_elements(changes) as it
                where split_part(it ->> 'path', '/', 2) <> all ($3) and it ->> 'path' <> '/' || array_to_string($4, '/')), '[]'),
            signed_by = case when $4 = '{}' then signed_by end
        where organisation_id = $1 and person_id = $2";
    sql_query(strip)
        .bind::<Id, _>(desk)
        .bind::<Id, _>(id)
        .bind::<Array<Text>, _>(gone)
        .bind::<Array<Text>, _>(signer)
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
    let desk = persons::home(db).await?.id;
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
    tasks::close(db, &[ENDS], "person", id.into()).await?;
    Ok(changed)
}

async fn happened(db: &mut Db, name: &str, id: PersonId) -> Result<(), Problem> {
    Event { name, subject_table: "person", subject_id: id.into(), ..Event::default() }.emit(db).await
}

pub async fn details(db: &mut Db, ring: &KeyRing, id: PersonId) -> Result<ProtectedDetails, Problem> {
    let marks = (person::protection, person::protection_source, person::protected_until);
    let (level, source, protected_until): (Option<String>, Option<String>, Option<NaiveDate>) =
        person::table.find(id).select(marks).first(db).await?;
    let desk = persons::home(db).await?.id;
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
    let desk = persons::home(db).await?.id;
    Ok(opened(db, ring, desk, id).await?.and_then(|details| details.birth_on))
}

/// Who was shown the person, and who was sent something about them. Callers may not read the audit themselves.
pub async fn report(db: &mut Db, id: PersonId) -> Result<ProtectionReport, Problem> {
    persons::find(db, id).await?;
    let desk = persons::home(db).await?.id;
    beyond(db, Purpose::Protect, async |db| {
        let read = audit::table
            .filter(audit::organisation_id.eq(desk).and(audit::person_id.eq(Uuid::from(id))))
            // Who reads the audit sees the reader, not the person; and would fill the report.
            .filter(audit::verb.eq("read").and(audit::table_name.ne("audit")))
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
                and app.day_of(asked.created_at) >= it.protected_until)
        order by it.protected_until limit $3 on conflict do nothing";
    let today = access::today(db).await?;
    let ask = sql_query(ask).bind::<Text, _>(ENDS).bind::<Date, _>(today).bind::<BigInt, _>(BATCH);
    Ok(ask.execute(db).await?)
}
