use chrono::{Days, NaiveDate};
use diesel::{dsl::exists, prelude::*};
use diesel_async::RunQueryDsl;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::types::{
    IdentifierKind, IdentifierStatus, LinkKind, NewPerson, NewPersonIdentifier, NewPersonLink, OfPerson,
    Person, PersonFilter, PersonId, PersonIdentifier, PersonIdentifierId, PersonLink, PersonLinkId,
    PersonLinkPatch, PersonPatch, PersonSearch, Replacement, SealedIdentifier,
};
use crate::{
    access::{self, Db, Home, House, KeyRing, Purpose, beyond, own_membership, own_organisation},
    domains::{journey::tasks, people::consents::Category},
    events::Event,
    identifiers::{Country, Environment, Expected, NationalId},
    problem::{Flaw, Problem},
    schema::{membership, organisation, organisation_setting, person, person_identifier, person_link},
    web::{IfMatch, Page, Window},
    words::Language,
};

/// The caller's organisation, and where it is: whose rules hold.
pub async fn home(db: &mut Db) -> Result<Home, Problem> {
    Ok(Home::query().filter(organisation::id.eq(own_organisation())).first(db).await?)
}

pub async fn list(db: &mut Db, filter: &PersonFilter, window: &Window) -> Result<Page<Person>, Problem> {
    let mut query = Person::query().filter(person::protection.is_null()).into_boxed();
    if let Some(name) = &filter.name {
        let from = name.to_lowercase();
        // After all that begin so.
        let to = format!("{from}\u{10FFFF}");
        query = query.filter(person::folded_name.ge(from).and(person::folded_name.lt(to)));
    }
    if let Some(unit) = filter.unit_id {
        query = query.filter(person::unit_id.eq(unit));
    }
    if let Some(cursor) = window.cursor {
        query = query.filter(person::id.gt(cursor));
    }
    let rows = query.order(person::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &Person| row.id.into()))
}

pub async fn insert(db: &mut Db, new: &NewPerson) -> Result<Person, Problem> {
    create(db, new).await
}

/// Registers a person.
pub async fn create(db: &mut Db, new: &NewPerson) -> Result<Person, Problem> {
    check_birth(db, new.birth_on).await?;
    let insert = diesel::insert_into(person::table).values(new);
    let made: Person = insert.returning(Person::as_returning()).get_result(db).await?;
    happened(db, "person.created", made.id).await?;
    Ok(made)
}

/// The person, if the caller may see them.
pub async fn find(db: &mut Db, id: PersonId) -> Result<Person, Problem> {
    Ok(Person::query().find(id).first(db).await?)
}

/// Refuses (422 `unknown`) a person whom the caller may not see: a foreign key would take them.
pub async fn check_known(db: &mut Db, id: PersonId, unknown: &str) -> Result<(), Problem> {
    let known = person::table.find(Uuid::from(id));
    if diesel::select(exists(known)).get_result(db).await? {
        return Ok(());
    }
    Err(Problem::unprocessable(unknown))
}

pub async fn update(
    db: &mut Db,
    id: PersonId,
    version: IfMatch,
    patch: &PersonPatch,
) -> Result<Person, Problem> {
    let before: Person = Person::query().find(id).for_no_key_update().first(db).await?;
    version.check(&before)?;
    if before.is_protected && patch.identifies() {
        return Err(Problem::conflict("person_is_protected"));
    }
    check_birth(db, patch.birth_on.flatten()).await?;
    check_responsible(db, &before, patch.responsible_id.flatten()).await?;
    let update = diesel::update(person::table.find(id)).set(patch);
    let changed = update.returning(Person::as_returning()).get_result(db).await?;
    happened(db, "person.updated", id).await?;
    Ok(changed)
}

async fn check_birth(db: &mut Db, day: Option<NaiveDate>) -> Result<(), Problem> {
    let Some(day) = day else { return Ok(()) };
    if day > access::today(db).await? {
        return Err(Problem::invalid(vec![Flaw::new("/birth_on", "in_the_future")]));
    }
    Ok(())
}

/// Somebody who works with persons; and nobody lets themselves in to a protected identity.
async fn check_responsible(db: &mut Db, before: &Person, named: Option<Uuid>) -> Result<(), Problem> {
    let Some(named) = named else { return Ok(()) };
    let staff = ["caseworker", "coordinator", "team_leader", "unit_contact"];
    let works = membership::table.find(named).filter(membership::role.eq_any(staff));
    let works = works.filter(membership::ended_at.is_null());
    if !diesel::select(exists(works)).get_result(db).await? {
        return Err(Problem::unprocessable("person_unknown_responsible"));
    }
    if before.is_protected && before.responsible_id != Some(named) {
        let own: Option<Uuid> = diesel::select(own_membership()).get_result(db).await?;
        if own == Some(named) {
            return Err(Problem::conflict("protected_needs_second_person"));
        }
    }
    Ok(())
}

async fn happened(db: &mut Db, name: &str, id: PersonId) -> Result<(), Problem> {
    Event { name, subject_table: "person", subject_id: id.into(), ..Event::default() }.emit(db).await
}

/// What is asked for as a number, whoever asks.
fn checked(
    (country, kind): (Country, Option<IdentifierKind>),
    number: &str,
    environment: &Environment,
) -> Result<(IdentifierKind, NationalId), Problem> {
    let wrong = |code: &str| Problem::invalid(vec![Flaw::new("/number", code)]);
    let expected = kind.map_or(Expected::from(country), |kind| Expected::Kind(kind.into()));
    let id = NationalId::parse(expected, number, environment).map_err(|flaw| wrong(flaw.as_str()))?;
    if id.kind().country() != country {
        return Err(wrong("other_country"));
    }
    let kind = id.kind().as_str().parse::<IdentifierKind>().map_err(Problem::internal)?;
    Ok((kind, id))
}

async fn environment(db: &mut Db, house: &House) -> Result<Environment, Problem> {
    let today = access::today(db).await?;
    Ok(if house.production { Environment::production(today) } else { Environment::test(today) })
}

// The organisation is part of what is hashed, so that two of them cannot compare.
fn hash(ring: &KeyRing, desk: Uuid, (kind, number): (&str, &str)) -> Vec<u8> {
    ring.hash(format!("{desk}:{kind}:{number}").as_bytes())
}

/// A number as it is kept, and the hash it is found by. Sealed to its place (organisation, person, row): opened anywhere
/// else, it does not open.
pub fn sealed(
    ring: &KeyRing,
    place: [Uuid; 3],
    (kind, number): (&str, &str),
) -> Result<(Vec<u8>, Vec<u8>), Problem> {
    let sealed = ring.seal(number.as_bytes(), &place.map(Uuid::into_bytes).concat())?;
    let [desk, ..] = place;
    Ok((sealed, hash(ring, desk, (kind, number))))
}

/// Whose number it is. Nobody with a protected identity is found.
pub async fn search(db: &mut Db, house: &House, search: &PersonSearch) -> Result<Page<Person>, Problem> {
    let environment = environment(db, house).await?;
    let number = checked((search.country, search.kind), &search.number, &environment)?;
    let desk = home(db).await?.id;
    let of = person_identifier::table
        .filter(person_identifier::hash.eq(hash(
            &house.ring,
            desk,
            (number.0.as_ref(), number.1.normalised()),
        )))
        .filter(person_identifier::kind.eq(number.0).and(person_identifier::status.eq("active")))
        .select(person_identifier::person_id);
    let found = Person::query().filter(person::id.eq_any(of).and(person::protection.is_null()));
    Ok(Page { items: found.limit(1).load(db).await?, next_cursor: None })
}

pub async fn list_identifiers(
    db: &mut Db,
    of: &OfPerson,
    window: &Window,
) -> Result<Page<PersonIdentifier>, Problem> {
    let mut query = PersonIdentifier::query().into_boxed();
    if let Some(person) = of.person_id {
        query = query.filter(person_identifier::person_id.eq(person));
    }
    if let Some(cursor) = window.cursor {
        query = query.filter(person_identifier::id.gt(cursor));
    }
    let rows = query.order(person_identifier::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &PersonIdentifier| row.id.into()))
}

pub async fn find_identifier(db: &mut Db, id: PersonIdentifierId) -> Result<PersonIdentifier, Problem> {
    Ok(PersonIdentifier::query().find(id).first(db).await?)
}

pub async fn insert_identifier(
    db: &mut Db,
    house: &House,
    new: &NewPersonIdentifier,
) -> Result<PersonIdentifier, Problem> {
    let number = Replacement {
        country: new.country,
        kind: new.kind,
        number: new.number.clone(),
        source: new.source.clone(),
    };
    seal_in(db, house, new.person_id, &number).await
}

async fn seal_in(
    db: &mut Db,
    house: &House,
    person: PersonId,
    new: &Replacement,
) -> Result<PersonIdentifier, Problem> {
    let keeps = organisation_setting::table.select(organisation_setting::keeps_identity_numbers);
    if keeps.first(db).await.optional()? != Some(true) {
        return Err(Problem::unprocessable("identity_numbers_not_kept"));
    }
    let environment = environment(db, house).await?;
    let number = checked((new.country, new.kind), &new.number, &environment)?;
    let desk = home(db).await?.id;
    let id = Uuid::now_v7();
    let place = [desk, person.into(), id];
    let (sealed, hash) = sealed(&house.ring, place, (number.0.as_ref(), number.1.normalised()))?;
    let row = SealedIdentifier {
        id: id.into(),
        person_id: person,
        kind: number.0,
        sealed,
        hash: hash.clone(),
        source: new.source.clone(),
    };
    let insert = diesel::insert_into(person_identifier::table).values(row);
    let made: PersonIdentifier = insert.returning(PersonIdentifier::as_returning()).get_result(db).await?;
    beyond(db, Purpose::Protect, async |db| tell_of_twin(db, desk, (number.0, hash)).await).await?;
    let name = "person_identifier.created";
    Event { name, subject_table: "person_identifier", subject_id: id, ..Event::default() }.emit(db).await?;
    Ok(made)
}

/// The number of somebody whose identity is protected is taken for another, too, since a refusal would tell that they
/// are known here. Whoever is responsible for them gets a task, which nobody else sees.
async fn tell_of_twin(db: &mut Db, desk: Uuid, number: (IdentifierKind, Vec<u8>)) -> Result<(), Problem> {
    let same = person_identifier::table
        .filter(person_identifier::organisation_id.eq(desk).and(person_identifier::kind.eq(number.0)))
        .filter(person_identifier::hash.eq(number.1).and(person_identifier::status.eq("active")))
        .select((person_identifier::person_id, person_identifier::guarded_for.is_not_null()))
        .order(person_identifier::guarded_for.is_null())
        .limit(2);
    let same: Vec<(Uuid, bool)> = same.load(db).await?;
    let guarded = same.iter().find(|(_, is_guarded)| *is_guarded);
    match guarded {
        Some((person, _)) if same.len() > 1 => {
            tasks::open(db, "identity_number_of_another", "person", *person).await
        }
        _ => Ok(()),
    }
}

pub async fn replace_identifier(
    db: &mut Db,
    house: &House,
    id: PersonIdentifierId,
    version: IfMatch,
    by: &Replacement,
) -> Result<PersonIdentifier, Problem> {
    let before: PersonIdentifier = PersonIdentifier::query().find(id).for_update().first(db).await?;
    version.check(&before)?;
    if before.status != IdentifierStatus::Active {
        return Err(Problem::conflict("identifier_not_active"));
    }
    let today = access::today(db).await?;
    let ended =
        (person_identifier::status.eq(IdentifierStatus::Replaced), person_identifier::valid_to.eq(today));
    diesel::update(person_identifier::table.find(id)).set(ended).execute(db).await?;
    let name = "person_identifier.replaced";
    Event { name, subject_table: "person_identifier", subject_id: id.into(), ..Event::default() }
        .emit(db)
        .await?;
    seal_in(db, house, before.person_id, by).await
}

pub async fn list_links(db: &mut Db, of: &OfPerson, window: &Window) -> Result<Page<PersonLink>, Problem> {
    let mut query = PersonLink::query().into_boxed();
    if let Some(person) = of.person_id {
        query = query.filter(person_link::person_id.eq(person));
    }
    if let Some(cursor) = window.cursor {
        query = query.filter(person_link::id.gt(cursor));
    }
    let rows = query.order(person_link::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &PersonLink| row.id.into()))
}

pub async fn find_link(db: &mut Db, id: PersonLinkId) -> Result<PersonLink, Problem> {
    Ok(PersonLink::query().find(id).first(db).await?)
}

pub async fn insert_link(db: &mut Db, new: &NewPersonLink) -> Result<PersonLink, Problem> {
    let insert = diesel::insert_into(person_link::table).values(new);
    let made: PersonLink = insert.returning(PersonLink::as_returning()).get_result(db).await?;
    link_happened(db, "person_link.created", made.id).await?;
    Ok(made)
}

pub async fn update_link(
    db: &mut Db,
    id: PersonLinkId,
    version: IfMatch,
    patch: &PersonLinkPatch,
) -> Result<PersonLink, Problem> {
    version.check(&PersonLink::query().find(id).for_update().first(db).await?)?;
    let update = diesel::update(person_link::table.find(id)).set(patch);
    let changed = update.returning(PersonLink::as_returning()).get_result(db).await?;
    link_happened(db, "person_link.updated", id).await?;
    Ok(changed)
}

/// Ends a link today. What began today or later cannot end before: it is left without rights.
pub async fn end_link(db: &mut Db, id: PersonLinkId, version: IfMatch) -> Result<PersonLink, Problem> {
    let before: PersonLink = PersonLink::query().find(id).for_update().first(db).await?;
    version.check(&before)?;
    let today = access::today(db).await?;
    if before.valid_to.is_some_and(|end| end <= today) {
        return Err(Problem::conflict("link_has_ended"));
    }
    let held = before.valid_from < today;
    let end = if held { today } else { before.valid_from + Days::new(1) };
    let ended = (
        person_link::valid_to.eq(end),
        person_link::may_consent.eq(before.may_consent && held),
        person_link::may_complain.eq(before.may_complain && held),
        person_link::may_receive_letters.eq(before.may_receive_letters && held),
        person_link::may_be_contacted.eq(before.may_be_contacted && held),
    );
    let update = diesel::update(person_link::table.find(id)).set(ended);
    let changed = update.returning(PersonLink::as_returning()).get_result(db).await?;
    link_happened(db, "person_link.ended", id).await?;
    Ok(changed)
}

async fn link_happened(db: &mut Db, name: &str, id: PersonLinkId) -> Result<(), Problem> {
    Event { name, subject_table: "person_link", subject_id: id.into(), ..Event::default() }.emit(db).await
}

/// As what `giver` may consent for `subject` on `today`, and whether the link names what that rests on; none if no link
/// gives that right. What a link is called gives no right by itself.
pub async fn representation(
    db: &mut Db,
    subject: PersonId,
    giver: PersonId,
    today: NaiveDate,
) -> Result<Option<(LinkKind, bool)>, Problem> {
    let link = person_link::table
        .filter(person_link::person_id.eq(subject).and(person_link::related_person_id.eq(giver)))
        .filter(person_link::may_consent.and(person_link::valid_from.le(today)))
        .filter(person_link::valid_to.is_null().or(person_link::valid_to.gt(today)))
        .order(person_link::id)
        .select((person_link::kind, person_link::basis.is_not_null()));
    Ok(link.first(db).await.optional()?)
}

/// Whether `giver` may consent for `subject` on `today`: only the rights of a link decide.
pub async fn may_consent(
    db: &mut Db,
    subject: PersonId,
    giver: PersonId,
    today: NaiveDate,
) -> Result<bool, Problem> {
    Ok(representation(db, subject, giver, today).await?.is_some())
}

/// What of a person may be told: exactly the categories, each an object or a list. Categories that are not of a person
/// are left out.
pub async fn disclosable(
    db: &mut Db,
    organisation: Uuid,
    id: PersonId,
    categories: &[Category],
) -> Result<Map<String, Value>, Problem> {
    let row: Person =
        Person::query().filter(person::organisation_id.eq(organisation)).find(id).first(db).await?;
    let relatives = if categories.contains(&Category::Relatives) {
        relatives(db, organisation, id).await?
    } else {
        Value::Null
    };
    let of = |category: &Category| match category {
        Category::Name => Some(json!({ "given_name": row.given_name, "family_name": row.family_name })),
        Category::BirthDate => Some(json!(row.birth_on)),
        Category::Contact => {
            Some(json!({ "phone": row.phone, "email": row.email, "contact_by": row.contact_by }))
        }
        Category::Address => Some(json!({ "address": row.address, "postcode": row.postcode,
            "place": row.place, "municipality_code": row.municipality_code })),
        Category::Language => {
            Some(json!({ "language": row.language, "needs_interpreter": row.needs_interpreter }))
        }
        Category::Services => Some(json!({ "receives_municipal_services": row.receives_municipal_services })),
        Category::Relatives => Some(relatives.clone()),
        _ => None,
    };
    let told = categories.iter().filter_map(|category| Some((category.word().to_owned(), of(category)?)));
    Ok(told.collect())
}

async fn relatives(db: &mut Db, organisation: Uuid, id: PersonId) -> Result<Value, Problem> {
    let today = access::today(db).await?;
    let near = person_link::table
        .inner_join(person::table.on(person::id.eq(person_link::related_person_id)))
        .filter(person_link::organisation_id.eq(organisation).and(person_link::person_id.eq(id)))
        .filter(person::organisation_id.eq(organisation).and(person::protection.is_null()))
        .filter(person_link::valid_from.le(today))
        .filter(person_link::valid_to.is_null().or(person_link::valid_to.gt(today)))
        .order(person_link::id)
        .select((
            person::given_name,
            person::family_name,
            person::phone,
            person_link::kind,
            person_link::may_be_contacted,
        ))
        .limit(50);
    let rows: Vec<(String, String, Option<String>, LinkKind, bool)> = near.load(db).await?;
    let tell = |(given, family, phone, relation, may): (String, String, Option<String>, LinkKind, bool)| {
        json!({ "name": format!("{given} {family}").trim(), "relation": relation, "phone": phone,
                "may_be_contacted": may })
    };
    Ok(rows.into_iter().map(tell).collect())
}

/// Makes a person, and the relatives, of what another organisation has told. What was not told stays empty.
pub async fn take_in(db: &mut Db, payload: &Value) -> Result<Person, Problem> {
    let text = |path: &str| payload.pointer(path).and_then(Value::as_str).map(str::to_owned);
    let yes = |path: &str| payload.pointer(path).and_then(Value::as_bool);
    let new = NewPerson {
        given_name: text("/name/given_name").unwrap_or_default(),
        family_name: text("/name/family_name").unwrap_or_default(),
        birth_on: text("/birth_date").and_then(|day| day.parse().ok()),
        phone: text("/contact/phone"),
        email: text("/contact/email"),
        address: text("/address/address"),
        postcode: text("/address/postcode"),
        place: text("/address/place"),
        municipality_code: text("/address/municipality_code"),
        language: text("/language/language").and_then(|word| word.parse::<Language>().ok()),
        needs_interpreter: yes("/language/needs_interpreter"),
        contact_by: text("/contact/contact_by").and_then(|word| word.parse().ok()),
        receives_municipal_services: yes("/services/receives_municipal_services"),
        unit_id: None,
        responsible_id: None,
    };
    let made = create(db, &new).await?;
    let told = payload.get("relatives").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    take_in_relatives(db, made.id, told).await?;
    Ok(made)
}

async fn take_in_relatives(db: &mut Db, of: PersonId, told: &[Value]) -> Result<(), Problem> {
    let text = |it: &Value, key: &str| it.get(key).and_then(Value::as_str).map(str::to_owned);
    let (mut persons, mut links) = (Vec::new(), Vec::new());
    for relative in told.iter().take(50) {
        let id = Uuid::now_v7();
        let name = text(relative, "name").unwrap_or_default();
        let (given, family) = name.rsplit_once(' ').unwrap_or(("", &name));
        persons.push((
            person::id.eq(id),
            person::given_name.eq(given.to_owned()),
            person::family_name.eq(family.to_owned()),
            person::phone.eq(text(relative, "phone")),
        ));
        let kind = text(relative, "relation").and_then(|word| word.parse().ok()).unwrap_or(LinkKind::Other);
        links.push((
            person_link::person_id.eq(of),
            person_link::related_person_id.eq(id),
            person_link::kind.eq(kind),
            person_link::may_be_contacted
                .eq(relative.get("may_be_contacted").and_then(Value::as_bool).unwrap_or_default()),
        ));
    }
    if !persons.is_empty() {
        diesel::insert_into(person::table).values(persons).execute(db).await?;
        diesel::insert_into(person_link::table).values(links).execute(db).await?;
    }
    Ok(())
}
