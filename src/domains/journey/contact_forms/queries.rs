use diesel::{
    dsl::{exists, not},
    prelude::*,
};
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    changes,
    status::{Action, Status},
    types::{
        Addressee, ContactForm, ContactFormBody, ContactFormFilter, ContactFormId, ContactFormVersion,
        ContactFormVersionId, NewContactForm, NewContactFormVersion, OfContactForm, SignedRole,
        WrittenVersion,
    },
};
use crate::{
    access::{Db, Purpose, beyond, own_organisation, today},
    db::Life as _,
    domains::{
        journey::{
            disclosures::{self, NewDisclosure},
            networks::{self, NetworkId},
        },
        people::{
            consents::Kind,
            legal_bases::{Basis, Cover, Telling, covering},
            persons::{self, PersonId},
            protection,
            volunteers::VolunteerId,
        },
    },
    events::Event,
    problem::{Flaw, Problem},
    rules::Hidden,
    schema::{
        capacity_assessment, consent, contact_form, contact_form_version, counterpart, disclosure,
        legal_basis, network, network_participant, network_volunteer, organisation, person, person_link,
        referral, unit, volunteer,
    },
    web::{IfMatch, Page, Window},
};

/// A form without what it says: what is locked.
#[derive(HasQuery)]
#[diesel(table_name = contact_form)]
struct Form {
    organisation_id: Uuid,
    id: ContactFormId,
    network_id: NetworkId,
    person_id: PersonId,
    number: i32,
    status: Status,
    version: i64,
}

/// What somebody has written, and why they may.
struct Draft<'a> {
    body: &'a ContactFormBody,
    change_reason: Option<&'a str>,
    signed_by_id: Option<PersonId>,
    capacity_assessment_id: Option<Uuid>,
}

pub async fn list(
    db: &mut Db,
    filter: &ContactFormFilter,
    window: &Window,
) -> Result<Page<ContactForm>, Problem> {
    let mut query = ContactForm::query().into_boxed();
    if let Some(network) = filter.network_id {
        query = query.filter(contact_form::network_id.eq(network));
    }
    if let Some(person) = filter.person_id {
        query = query.filter(contact_form::person_id.eq(person));
    }
    if let Some(status) = filter.status {
        query = query.filter(contact_form::status.eq(status));
    }
    if let Some(cursor) = window.cursor {
        query = query.filter(contact_form::id.gt(cursor));
    }
    let rows = query.order(contact_form::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &ContactForm| row.id.into()))
}

pub async fn find(db: &mut Db, id: ContactFormId) -> Result<ContactForm, Problem> {
    Ok(ContactForm::query().filter(contact_form::id.eq(id)).first(db).await?)
}

pub async fn insert(db: &mut Db, new: &NewContactForm) -> Result<ContactForm, Problem> {
    let network = networks::hold(db, new.network_id, networks::Action::Update).await?;
    network.ok_or_else(|| Problem::unprocessable("contact_form_unknown_network"))?;
    let part = network_participant::network_id.eq(new.network_id);
    let part = part.and(network_participant::person_id.eq(new.person_id));
    let part = network_participant::table.filter(part.and(network_participant::left_on.is_null()));
    if !diesel::select(exists(part)).get_result(db).await? {
        return Err(Problem::unprocessable("contact_form_unknown_participant"));
    }
    let row = (contact_form::network_id.eq(new.network_id), contact_form::person_id.eq(new.person_id));
    let insert = diesel::insert_into(contact_form::table).values(row);
    let form: Form = insert.returning(Form::as_returning()).get_result(db).await?;
    happened(db, "contact_form.created", form.id).await?;
    let draft = Draft {
        body: &new.body,
        change_reason: None,
        signed_by_id: new.signed_by_id,
        capacity_assessment_id: new.capacity_assessment_id,
    };
    write(db, &form, &draft, None).await?;
    find(db, form.id).await
}

/// Writes the next version and, if the form is active, lays it out for the municipality.
pub async fn insert_version(db: &mut Db, new: &NewContactFormVersion) -> Result<ContactFormVersion, Problem> {
    let found = Form::query().find(new.contact_form_id).for_update().first(db).await;
    let unknown = || Problem::unprocessable("contact_form_version_unknown_form");
    let mut form: Form = found.optional()?.ok_or_else(unknown)?;
    form.status.after(Action::Revise)?;
    if form.number != new.based_on {
        return Err(Problem::conflict("form_has_moved_on").with("number", form.number));
    }
    let before = contact_form_version::contact_form_id.eq(form.id);
    let before = before.and(contact_form_version::number.eq(form.number));
    let before = contact_form_version::table.filter(before).select(contact_form_version::body);
    let before: Value = before.first(db).await?;
    form.number += 1;
    let draft = Draft {
        body: &new.body,
        change_reason: Some(&new.change_reason),
        signed_by_id: new.signed_by_id,
        capacity_assessment_id: new.capacity_assessment_id,
    };
    let set = contact_form::number.eq(form.number);
    diesel::update(contact_form::table.find(form.id)).set(set).execute(db).await?;
    let made = write(db, &form, &draft, Some(&before)).await?;
    if form.status == Status::Active {
        beyond(db, Purpose::QueueForm, async |db| send(db, &form, &made).await).await?;
    }
    Ok(made)
}

async fn write(
    db: &mut Db,
    form: &Form,
    draft: &Draft<'_>,
    before: Option<&Value>,
) -> Result<ContactFormVersion, Problem> {
    beyond(db, Purpose::QueueForm, async |db| {
        check_listed(db, form, draft.body).await?;
        check_person(db, form, draft).await
    })
    .await?;
    let body = serde_json::to_value(draft.body).map_err(Problem::internal)?;
    let changes = before.map_or_else(Vec::new, |before| changes::between(before, &body));
    if before.is_some() && changes.is_empty() {
        return Err(Problem::conflict("contact_form_is_unchanged"));
    }
    let row = WrittenVersion {
        contact_form_id: form.id,
        network_id: form.network_id,
        person_id: form.person_id,
        number: form.number,
        changes: json!(changes),
        body: &body,
        change_reason: draft.change_reason,
        signed_by: draft.body.signature.signed_by.as_deref(),
        signed_role: draft.body.signature.signed_role,
        signed_by_id: draft.signed_by_id,
        capacity_assessment_id: draft.capacity_assessment_id,
    };
    let insert = diesel::insert_into(contact_form_version::table).values(row);
    let made: ContactFormVersion =
        insert.returning(ContactFormVersion::as_returning()).get_result(db).await?;
    happened(db, "contact_form.version_written", form.id).await?;
    Ok(made)
}

/// Those who are listed are who they are said to be. A volunteer who writes the form sees no other.
async fn check_listed(db: &mut Db, form: &Form, body: &ContactFormBody) -> Result<(), Problem> {
    if body.network.id != form.network_id {
        return Err(Problem::unprocessable("contact_form_of_another_network"));
    }
    if body.signature.signed_on > today(db).await? {
        let flaw = Flaw::new("/body/signature/signed_on", "in_the_future");
        return Err(Problem::unprocessable("contact_form_signed_in_the_future").at(vec![flaw]));
    }
    check_volunteers(db, form, body).await?;
    let units: Vec<_> = body.municipal_contacts.iter().filter_map(|listed| listed.unit_id).collect();
    let theirs = counterpart::table
        .filter(counterpart::organisation_id.eq(form.organisation_id).and(counterpart::status.eq("approved")))
        .select(counterpart::counterpart_organisation_id);
    let known = unit::table.filter(unit::id.eq_any(&units).and(unit::organisation_id.eq_any(theirs)));
    let known: Vec<Uuid> = known.select(unit::id).load(db).await?;
    if !units.iter().all(|id| known.contains(id)) {
        return Err(Problem::unprocessable("contact_form_unknown_unit"));
    }
    Ok(())
}

/// Volunteers of the network, by the names they have here; and whoever holds it together is among them, as such.
async fn check_volunteers(db: &mut Db, form: &Form, body: &ContactFormBody) -> Result<(), Problem> {
    let team = network_volunteer::table
        .inner_join(volunteer::table.on(volunteer::id.eq(network_volunteer::volunteer_id)))
        .filter(network_volunteer::organisation_id.eq(form.organisation_id))
        .filter(volunteer::organisation_id.eq(form.organisation_id))
        .filter(network_volunteer::network_id.eq(form.network_id).and(network_volunteer::left_on.is_null()))
        .select((volunteer::id, volunteer::name, network_volunteer::is_network_contact));
    let team: Vec<(VolunteerId, String, bool)> = team.load(db).await?;
    let mut flaws = Vec::new();
    for (index, listed) in body.volunteers.iter().enumerate() {
        let at = format!("/body/volunteers/{index}");
        let Some((_, name, is_contact)) = team.iter().find(|(id, ..)| *id == listed.volunteer_id) else {
            return Err(Problem::unprocessable("contact_form_unknown_volunteer"));
        };
        if *name != listed.name {
            flaws.push(Flaw::new(format!("{at}/name"), "another_name"));
        }
        if *is_contact != listed.is_network_contact {
            flaws.push(Flaw::new(format!("{at}/is_network_contact"), "another_contact"));
        }
    }
    let is_listed = |id: &VolunteerId| body.volunteers.iter().any(|listed| listed.volunteer_id == *id);
    if team.iter().any(|(id, _, is_contact)| *is_contact && !is_listed(id)) {
        flaws.push(Flaw::new("/body/volunteers", "network_contact_missing"));
    }
    if flaws.is_empty() { Ok(()) } else { Err(Problem::invalid(flaws)) }
}

/// What follows from the person, whom a volunteer who writes the form does not see.
async fn check_person(db: &mut Db, form: &Form, draft: &Draft<'_>) -> Result<(), Problem> {
    let subject = person::organisation_id.eq(form.organisation_id).and(person::id.eq(form.person_id));
    let subject = person::table.filter(subject).select(person::receives_municipal_services);
    let has_services: bool = subject.first(db).await?;
    if has_services && draft.body.municipal_contacts.is_empty() {
        return Err(Problem::unprocessable("municipal_contact_missing"));
    }
    check_hidden(draft.body, &protection::hidden(db, form.organisation_id, form.person_id).await?)?;
    let by_relative = draft.body.signature.signed_role == SignedRole::Relative;
    if by_relative && !has_mandate(db, form, draft).await? {
        return Err(Problem::unprocessable("representative_without_mandate"));
    }
    Ok(())
}

/// The name is there unless it is hidden, and what is hidden is not.
fn check_hidden(body: &ContactFormBody, hides: &[Hidden]) -> Result<(), Problem> {
    let told = [
        (Hidden::Name, "/body/name", body.name.is_some()),
        (Hidden::Name, "/body/relatives", !body.relatives.is_empty()),
        (Hidden::Name, "/body/signature/signed_by", body.signature.signed_by.is_some()),
        (Hidden::Contact, "/body/contact", body.contact.is_some()),
        (Hidden::Address, "/body/address", body.address.is_some()),
    ];
    let hidden = told.iter().filter(|(what, _, is_told)| hides.contains(what) && *is_told);
    let hidden: Vec<_> = hidden.map(|(_, at, _)| Flaw::new(*at, "protected")).collect();
    if !hidden.is_empty() {
        return Err(Problem::unprocessable("protected_identity").at(hidden));
    }
    let needed = told.iter().filter(|(what, at, is_told)| {
        *what == Hidden::Name && !hides.contains(what) && !is_told && *at != "/body/relatives"
    });
    let missing: Vec<_> = needed.map(|(_, at, _)| Flaw::new(*at, "missing")).collect();
    if missing.is_empty() { Ok(()) } else { Err(Problem::invalid(missing)) }
}

async fn has_mandate(db: &mut Db, form: &Form, draft: &Draft<'_>) -> Result<bool, Problem> {
    let today = today(db).await?;
    let assessed = capacity_assessment::table
        .filter(capacity_assessment::organisation_id.eq(form.organisation_id))
        .filter(capacity_assessment::id.nullable().eq(draft.capacity_assessment_id))
        .filter(capacity_assessment::person_id.eq(form.person_id))
        .filter(capacity_assessment::result.ne("has"));
    let entitled = person_link::table
        .filter(person_link::organisation_id.eq(form.organisation_id))
        .filter(person_link::person_id.eq(form.person_id))
        .filter(person_link::related_person_id.nullable().eq(draft.signed_by_id))
        .filter(person_link::may_consent.and(person_link::valid_from.le(today)))
        .filter(person_link::valid_to.is_null().or(person_link::valid_to.gt(today)));
    Ok(diesel::select(exists(assessed).or(exists(entitled))).get_result(db).await?)
}

/// Lays a version out for the person's municipality: what of it the basis covers, or, without one, nothing.
async fn send(db: &mut Db, form: &Form, version: &ContactFormVersion) -> Result<(), Problem> {
    let part = (form.organisation_id, form.network_id, form.person_id);
    let Some((counterpart, referral_id)) = recipient(db, part, Kind::ContactForm).await? else {
        return Ok(());
    };
    let telling = Telling {
        organisation_id: form.organisation_id,
        subject_id: form.person_id,
        counterpart_organisation_id: counterpart,
        kind: Kind::ContactForm,
        legal_basis_id: None,
    };
    let cover = match covering(db, &telling).await? {
        Some(cover) if !cover.includes_updates && has_been_used(db, form, cover.basis).await? => None,
        cover => cover,
    };
    let unit_ids = listed_units(db, counterpart, &version.body).await?;
    let (consent_id, legal_basis_id) = cover.as_ref().map(|cover| cover.basis.columns()).unwrap_or_default();
    let disclosure = NewDisclosure {
        organisation_id: form.organisation_id,
        counterpart_organisation_id: counterpart,
        kind: Kind::ContactForm,
        subject_id: form.person_id,
        consent_id,
        legal_basis_id,
        referral_id,
        unit_ids,
        number: Some(version.number),
        contact_form_id: Some(form.id.into()),
        contact_form_version_id: Some(version.id.into()),
        network_id: Some(form.network_id.into()),
        source_id: None,
        payload: payload(&version.body, cover.as_ref())?,
    };
    disclosures::queue(db, disclosure).await?;
    Ok(())
}

fn payload(body: &ContactFormBody, cover: Option<&Cover>) -> Result<Value, Problem> {
    let mut payload = serde_json::to_value(body).map_err(Problem::internal)?;
    let covered = |name: &String| cover.is_some_and(|cover| cover.categories.contains(name));
    if let Some(fields) = payload.as_object_mut() {
        fields.retain(|name, _| covered(name));
    }
    Ok(payload)
}

/// The municipality that reported the need, else the one that the person has last consented to tell, else the one that
/// the law lets us tell.
async fn recipient(
    db: &mut Db,
    (desk, network, person): (Uuid, NetworkId, PersonId),
    kind: Kind,
) -> Result<Option<(Uuid, Option<Uuid>)>, Problem> {
    let answers = network::referral_id.eq(referral::id.nullable());
    let answers = answers.and(network::organisation_id.eq(referral::organisation_id));
    let sender = referral::counterpart_organisation_id.eq(organisation::id.nullable());
    let reported = referral::table
        .inner_join(network::table.on(answers))
        .inner_join(organisation::table.on(sender))
        .filter(network::organisation_id.eq(desk).and(network::id.eq(network)))
        .filter(referral::person_id.eq(Uuid::from(person)).and(referral::side.eq("received")))
        .filter(organisation::kind.eq("municipality"))
        .select((organisation::id, referral::id.nullable()));
    let reported = reported.first(db).await.optional()?;
    if reported.is_some() {
        return Ok(reported);
    }
    // One that has ended tells that there is a municipality to be told again, should the person want that.
    let given = consent::table
        .filter(consent::organisation_id.eq(desk).and(consent::side.eq("sent")))
        .filter(consent::subject_id.eq(Uuid::from(person)))
        .filter(consent::kinds.contains(vec![kind.word()]))
        .filter(consent::status.ne_all(["drafted", "presented", "refused", "invalidated"]))
        .order((consent::status.eq("active").desc(), consent::id.desc()))
        .select(consent::counterpart_organisation_id);
    let mut found: Option<Uuid> = given.first(db).await.optional()?;
    if found.is_none() {
        let decided = legal_basis::table
            .filter(legal_basis::organisation_id.eq(desk).and(legal_basis::side.eq("sent")))
            .filter(legal_basis::subject_id.eq(Uuid::from(person)))
            .filter(legal_basis::kinds.contains(vec![kind.word()]))
            .order((legal_basis::status.eq("active").desc(), legal_basis::id.desc()))
            .select(legal_basis::counterpart_organisation_id);
        found = decided.first(db).await.optional()?;
    }
    Ok(found.map(|counterpart| (counterpart, None)))
}

/// The units of the municipality that a form names.
async fn listed_units(db: &mut Db, counterpart: Uuid, body: &ContactFormBody) -> Result<Vec<Uuid>, Problem> {
    let listed: Vec<_> = body.municipal_contacts.iter().filter_map(|listed| listed.unit_id).collect();
    let units = unit::table.filter(unit::organisation_id.eq(counterpart)).filter(unit::id.eq_any(listed));
    Ok(units.select(unit::id).load(db).await?)
}

/// Where what is told about a participant goes, and to whom there: the units that the open form names. None if there is
/// no municipality to tell. Beyond the caller's sight.
pub async fn addressee(
    db: &mut Db,
    network: NetworkId,
    person: PersonId,
    kind: Kind,
) -> Result<Option<Addressee>, Problem> {
    let desk = persons::home(db).await?.id;
    let Some((counterpart, referral_id)) = recipient(db, (desk, network, person), kind).await? else {
        return Ok(None);
    };
    let form = ContactForm::query()
        .filter(contact_form::organisation_id.eq(desk))
        .filter(contact_form::network_id.eq(network).and(contact_form::person_id.eq(person)))
        .filter(contact_form::status.ne(Status::Closed))
        .order(contact_form::id.desc());
    let form: Option<ContactForm> = form.first(db).await.optional()?;
    let unit_ids = match form {
        Some(form) => listed_units(db, counterpart, &form.body).await?,
        None => Vec::new(),
    };
    let telling = Telling {
        organisation_id: desk,
        subject_id: person,
        counterpart_organisation_id: counterpart,
        kind,
        legal_basis_id: None,
    };
    Ok(Some(Addressee { telling, referral_id, unit_ids }))
}

/// Whether something of the form was already laid out under the basis, which may cover only once.
async fn has_been_used(db: &mut Db, form: &Form, basis: Basis) -> Result<bool, Problem> {
    let (consent, legal) = basis.columns();
    let under = disclosure::consent_id
        .eq(consent.map(Uuid::from))
        .or(disclosure::legal_basis_id.eq(legal.map(Uuid::from)));
    let used = disclosure::table
        .filter(disclosure::organisation_id.eq(form.organisation_id))
        .filter(disclosure::contact_form_id.eq(Uuid::from(form.id)))
        .filter(under.assume_not_null());
    Ok(diesel::select(exists(used)).get_result(db).await?)
}

async fn hold(db: &mut Db, id: ContactFormId, version: IfMatch) -> Result<Form, Problem> {
    let form: Form = Form::query().find(id).for_update().first(db).await?;
    version.check_version(form.version)?;
    Ok(form)
}

pub async fn activate(db: &mut Db, id: ContactFormId, version: IfMatch) -> Result<ContactForm, Problem> {
    let form = hold(db, id, version).await?;
    let after = form.status.after(Action::Activate)?;
    let set = contact_form::status.eq(after);
    diesel::update(contact_form::table.find(id)).set(set).execute(db).await?;
    let latest = contact_form_version::contact_form_id.eq(id);
    let latest = latest.and(contact_form_version::number.eq(form.number));
    let latest = ContactFormVersion::query().filter(latest).first(db).await?;
    beyond(db, Purpose::QueueForm, async |db| send(db, &form, &latest).await).await?;
    Event::emit_all(db, vec![moved(id, form.status, after)]).await?;
    find(db, id).await
}

/// Deletes a form of which nothing has left or is about to.
pub async fn delete(db: &mut Db, id: ContactFormId, version: IfMatch) -> Result<(), Problem> {
    hold(db, id, version).await?;
    let stayed = disclosure::sent_at.is_null().and(disclosure::status.eq_any(["blocked", "recalled"]));
    let left = disclosure::contact_form_id.eq(Uuid::from(id)).and(not(stayed));
    if diesel::select(exists(disclosure::table.filter(left))).get_result(db).await? {
        return Err(Problem::conflict("archive_duty"));
    }
    diesel::delete(contact_form::table.find(id)).execute(db).await?;
    happened(db, "contact_form.deleted", id).await
}

/// Closes the open forms of those who leave a network, whoever of them the caller sees, and tells whoever has the forms.
pub async fn close(
    db: &mut Db,
    network: NetworkId,
    people: &[PersonId],
    reason: Option<&str>,
) -> Result<(), Problem> {
    beyond(db, Purpose::LeaveNetwork, async |db| close_all(db, network, people, reason).await).await
}

async fn close_all(
    db: &mut Db,
    network: NetworkId,
    people: &[PersonId],
    reason: Option<&str>,
) -> Result<(), Problem> {
    let open = contact_form::table
        .filter(contact_form::organisation_id.eq(own_organisation()))
        .filter(contact_form::network_id.eq(network).and(contact_form::person_id.eq_any(people)))
        .filter(contact_form::status.ne(Status::Closed))
        .select((contact_form::id, contact_form::status))
        .order(contact_form::id)
        .for_update();
    let open: Vec<(ContactFormId, Status)> = open.load(db).await?;
    let ids: Vec<_> = open.iter().map(|(id, _)| *id).collect();
    let closing = contact_form::organisation_id.eq(own_organisation()).and(contact_form::id.eq_any(ids));
    let update = diesel::update(contact_form::table.filter(closing));
    update.set(contact_form::status.eq(Status::Closed)).execute(db).await?;
    let active = open.iter().filter(|(_, from)| *from == Status::Active).map(|(id, _)| (*id).into());
    let today = today(db).await?;
    disclosures::tell_closed(db, active.collect(), today, reason).await?;
    Event::emit_all(db, open.into_iter().map(|(id, from)| moved(id, from, Status::Closed)).collect()).await
}

/// Whether a participant of the network, seen by the caller or not, receives municipal services and no form of theirs
/// names a municipal contact.
pub async fn lack_municipal_contact(db: &mut Db, network: NetworkId) -> Result<bool, Problem> {
    beyond(db, Purpose::QueueForm, async |db| lack_contact(db, network).await).await
}

async fn lack_contact(db: &mut Db, network: NetworkId) -> Result<bool, Problem> {
    let latest = contact_form_version::contact_form_id.eq(contact_form::id);
    let latest = latest.and(contact_form_version::organisation_id.eq(contact_form::organisation_id));
    let latest = latest.and(contact_form_version::number.eq(contact_form::number));
    let names_one = contact_form_version::body.retrieve_as_object("municipal_contacts").ne(json!([]));
    let named = contact_form::table
        .inner_join(contact_form_version::table.on(latest))
        .filter(contact_form::organisation_id.eq(own_organisation()))
        .filter(contact_form::network_id.eq(network).and(contact_form::person_id.eq(person::id)))
        .filter(contact_form::status.ne(Status::Closed).and(names_one));
    let lacking = network_participant::table
        .inner_join(person::table.on(person::id.eq(network_participant::person_id)))
        .filter(network_participant::organisation_id.eq(own_organisation()))
        .filter(person::organisation_id.eq(own_organisation()))
        .filter(network_participant::network_id.eq(network).and(network_participant::left_on.is_null()))
        .filter(person::receives_municipal_services.and(not(exists(named))));
    Ok(diesel::select(exists(lacking)).get_result(db).await?)
}

fn moved(id: ContactFormId, from: Status, to: Status) -> Event<'static> {
    let name = if to == Status::Active { "contact_form.active" } else { "contact_form.closed" };
    Event {
        name,
        subject_table: "contact_form",
        subject_id: id.into(),
        from_status: Some(from.word()),
        to_status: Some(to.word()),
        reason: None,
    }
}

async fn happened(db: &mut Db, name: &str, id: ContactFormId) -> Result<(), Problem> {
    Event { name, subject_table: "contact_form", subject_id: id.into(), ..Event::default() }.emit(db).await
}

pub async fn list_versions(
    db: &mut Db,
    of: &OfContactForm,
    window: &Window,
) -> Result<Page<ContactFormVersion>, Problem> {
    let mut query = ContactFormVersion::query().into_boxed();
    if let Some(form) = of.contact_form_id {
        query = query.filter(contact_form_version::contact_form_id.eq(form));
    }
    if let Some(cursor) = window.cursor {
        query = query.filter(contact_form_version::id.gt(cursor));
    }
    let rows = query.order(contact_form_version::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &ContactFormVersion| row.id.into()))
}

pub async fn find_version(db: &mut Db, id: ContactFormVersionId) -> Result<ContactFormVersion, Problem> {
    Ok(ContactFormVersion::query().find(id).first(db).await?)
}
