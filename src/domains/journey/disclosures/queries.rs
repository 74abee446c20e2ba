use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};
use diesel::{
    dsl::exists,
    prelude::*,
    sql_query,
    sql_types::{Array, BigInt, Nullable, Text, Timestamptz, Uuid as Id},
};
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{
    status::{Action, NEEDS_APPROVAL, Status},
    types::{
        ArchivePackage, ArchiveParty, Archiving, Checksum, Classification, Delivery, DeliveryFilter,
        DeliveryInFull, Disclosure, DisclosureFilter, DisclosureId, DisclosurePayload, LastSent, Latest,
        NewDisclosure, News, Rejection, Stopped, TakingIn,
    },
};
use crate::{
    access::{
        Db, Purpose, beyond, now, own_account, own_organisation,
        post::{self, Letter},
        today,
    },
    domains::{
        journey::{referrals, tasks},
        people::{
            consents::{Category, Kind},
            legal_bases::{Cover, Given, Telling, covering},
            persons::{self, PersonId},
        },
    },
    events::Event,
    problem::Problem,
    schema::{contact_form_version, delivery, disclosure, organisation, person, protected_detail, referral},
    web::{IfMatch, Page, Window},
};

/// As the sender sees it.
const SENT: Letter = Letter { mine: "disclosure", theirs: "delivery" };
/// As the recipient sees it.
const RECEIVED: Letter = Letter { mine: "delivery", theirs: "disclosure" };
/// How many a worker looks at in one go.
const BATCH: i64 = 1000;

pub async fn list(
    db: &mut Db,
    filter: &DisclosureFilter,
    window: &Window,
) -> Result<Page<Disclosure>, Problem> {
    let mut query = Disclosure::query().into_boxed();
    if let Some(status) = filter.status {
        query = query.filter(disclosure::status.eq(status));
    }
    if let Some(subject) = filter.subject_id {
        query = query.filter(disclosure::subject_id.eq(subject));
    }
    if let Some(consent) = filter.consent_id {
        query = query.filter(disclosure::consent_id.eq(consent));
    }
    if let Some(legal) = filter.legal_basis_id {
        query = query.filter(disclosure::legal_basis_id.eq(legal));
    }
    if let Some(form) = filter.contact_form_id {
        query = query.filter(disclosure::contact_form_id.eq(form));
    }
    if let Some(source) = filter.source_id {
        query = query.filter(disclosure::source_id.eq(source));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(disclosure::kind.eq(kind));
    }
    if let Some(cursor) = window.cursor {
        query = query.filter(disclosure::id.gt(cursor));
    }
    let rows = query.order(disclosure::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &Disclosure| row.id.into()))
}

pub async fn find(db: &mut Db, id: DisclosureId) -> Result<Disclosure, Problem> {
    Ok(Disclosure::query().filter(disclosure::id.eq(id)).first(db).await?)
}

pub async fn find_payload(db: &mut Db, id: DisclosureId) -> Result<DisclosurePayload, Problem> {
    let found = find(db, id).await?;
    let subject = person::table.find(Uuid::from(found.subject_id)).select(person::protection.is_not_null());
    let seen: Option<bool> = subject.first(db).await.optional()?;
    let is_hidden = found.protected || seen.unwrap_or(true);
    // Nobody approves what they cannot read: whoever sees the person does, while it waits for that.
    let waits = found.status == Status::Blocked && found.blocked_reason.as_deref() == Some(NEEDS_APPROVAL);
    if is_hidden && !(waits && seen.is_some()) {
        return Err(Problem::conflict("person_is_protected"));
    }
    Ok(DisclosurePayload::query().find(id).first(db).await?)
}

pub async fn recall(db: &mut Db, id: DisclosureId, seen: IfMatch) -> Result<Disclosure, Problem> {
    send_on(db, id, seen, (Action::Recall, json!({}))).await
}

pub async fn resend(db: &mut Db, id: DisclosureId, seen: IfMatch) -> Result<Disclosure, Problem> {
    send_on(db, id, seen, (Action::Resend, json!({}))).await
}

/// Only what waits for an approval can get one: a basis is not to be had this way.
pub async fn approve(db: &mut Db, id: DisclosureId, seen: IfMatch, by: Uuid) -> Result<Disclosure, Problem> {
    let found = find(db, id).await?;
    seen.check(&found)?;
    if found.status == Status::Blocked && found.blocked_reason.as_deref() != Some(NEEDS_APPROVAL) {
        return Err(Problem::conflict("not_waiting_for_approval"));
    }
    if beyond(db, Purpose::Protect, async |db| is_own(db, &found).await).await? {
        return Err(Problem::conflict("protected_needs_second_person"));
    }
    send_on(db, id, seen, (Action::Approve, json!({ "approved_by_id": by, "blocked_reason": null }))).await
}

/// Whether the caller wrote the disclosure or what it tells, or protected whom it is about.
async fn is_own(db: &mut Db, it: &Disclosure) -> Result<bool, Problem> {
    let queued = disclosure::organisation_id.eq(own_organisation()).and(disclosure::id.eq(it.id));
    let queued = disclosure::table.filter(queued.and(disclosure::queued_by.eq(own_account())));
    let written = contact_form_version::table
        .filter(contact_form_version::organisation_id.eq(own_organisation()))
        .filter(contact_form_version::id.nullable().eq(it.contact_form_version_id))
        .filter(contact_form_version::created_by.nullable().eq(own_account()));
    let protected = protected_detail::table
        .filter(protected_detail::organisation_id.eq(own_organisation()))
        .filter(protected_detail::person_id.eq(Uuid::from(it.subject_id)))
        .filter(protected_detail::protected_by.eq(own_account()));
    Ok(diesel::select(exists(queued).or(exists(written)).or(exists(protected))).get_result(db).await?)
}

async fn send_on(
    db: &mut Db,
    id: DisclosureId,
    seen: IfMatch,
    (action, changes): (Action, Value),
) -> Result<Disclosure, Problem> {
    find(db, id).await?;
    post::advance::<Status>(db, SENT, id, Some(seen), (action, changes)).await?;
    find(db, id).await
}

/// Lays out what is to leave; the worker sends it when the caller's transaction is committed. What has no basis is
/// blocked at once, and what is about a protected person waits for a second approval.
pub async fn queue(db: &mut Db, new: NewDisclosure) -> Result<DisclosureId, Problem> {
    queue_all(db, vec![new]).await?.pop().ok_or_else(|| Problem::internal("nothing was queued"))
}

async fn queue_all(db: &mut Db, all: Vec<NewDisclosure>) -> Result<Vec<DisclosureId>, Problem> {
    let hashed = |new: NewDisclosure| {
        let sha256 = format!("{:x}", Sha256::digest(new.payload.to_string()));
        (new, disclosure::payload_sha256.eq(sha256))
    };
    let rows: Vec<_> = all.into_iter().map(hashed).collect();
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let insert = diesel::insert_into(disclosure::table).values(rows);
    let stands = (disclosure::id, disclosure::status, disclosure::blocked_reason);
    let made: Vec<(DisclosureId, Status, Option<String>)> = insert.returning(stands).get_results(db).await?;
    let events = made.iter().map(|(id, to, reason)| happened(*id, None, *to, reason.as_deref()));
    Event::emit_all(db, events.collect()).await?;
    Ok(made.into_iter().map(|(id, ..)| id).collect())
}

fn happened(id: DisclosureId, from: Option<Status>, to: Status, reason: Option<&str>) -> Event<'_> {
    let name = match to {
        Status::Queued => "disclosure.queued",
        Status::Blocked => "disclosure.blocked",
        _ => "disclosure.recalled",
    };
    Event {
        name,
        subject_table: "disclosure",
        subject_id: id.into(),
        from_status: from.map(Status::word),
        to_status: Some(to.word()),
        reason,
    }
}

/// What covers a piece of news now: a basis that covers what comes later too, or of which nothing was told yet.
async fn cover(db: &mut Db, it: &Telling, category: Category) -> Result<Option<Cover>, Problem> {
    let found = covering(db, it).await?;
    let Some(cover) = found.filter(|cover| cover.categories.iter().any(|word| word == category.word()))
    else {
        return Ok(None);
    };
    let (consent, legal) = cover.basis.columns();
    let under = disclosure::consent_id
        .eq(consent.map(Uuid::from))
        .or(disclosure::legal_basis_id.eq(legal.map(Uuid::from)));
    let used = disclosure::table
        .filter(disclosure::organisation_id.eq(it.organisation_id))
        .filter(disclosure::kind.eq(it.kind).and(under.assume_not_null()));
    let free = cover.includes_updates || !diesel::select(exists(used)).get_result(db).await?;
    Ok(Some(cover).filter(|_| free))
}

/// Lays out a piece of news, beyond the caller's sight, and answers whether it did. What no basis covers waits for one, if
/// it may wait.
pub async fn tell(db: &mut Db, news: News, may_wait: bool) -> Result<bool, Problem> {
    let cover = cover(db, &news.telling, news.category).await?;
    if cover.is_none() && !may_wait {
        return Ok(false);
    }
    recall_waiting(db, &news).await?;
    let (consent_id, legal_basis_id) = cover.map(|cover| cover.basis.columns()).unwrap_or_default();
    let disclosure = NewDisclosure {
        organisation_id: news.telling.organisation_id,
        counterpart_organisation_id: news.telling.counterpart_organisation_id,
        kind: news.telling.kind,
        subject_id: news.telling.subject_id,
        consent_id,
        legal_basis_id,
        referral_id: news.referral_id,
        unit_ids: news.unit_ids,
        number: None,
        contact_form_id: None,
        contact_form_version_id: None,
        network_id: Some(news.network_id),
        source_id: Some(news.source_id),
        payload: json!({ news.category.word(): news.body }),
    };
    queue(db, disclosure).await?;
    Ok(true)
}

/// What waited for a basis gives way to what is laid out now, so that it is told once.
async fn recall_waiting(db: &mut Db, news: &News) -> Result<(), Problem> {
    let waiting = disclosure::table
        .filter(disclosure::organisation_id.eq(news.telling.organisation_id))
        .filter(disclosure::source_id.eq(news.source_id).and(disclosure::status.eq(Status::Blocked)));
    let recall = diesel::update(waiting).set(disclosure::status.eq(Status::Recalled));
    let recalled: Vec<DisclosureId> = recall.returning(disclosure::id).get_results(db).await?;
    let events = recalled.iter().map(|id| happened(*id, Some(Status::Blocked), Status::Recalled, None));
    Event::emit_all(db, events.collect()).await
}

/// Whether something is told of already, or waits for something else than a basis. Beyond the caller's sight.
pub async fn is_told(db: &mut Db, source: impl Into<Uuid>) -> Result<bool, Problem> {
    let told = disclosure::table
        .filter(disclosure::organisation_id.eq(own_organisation()))
        .filter(disclosure::source_id.eq(source.into()))
        .filter(disclosure::status.ne_all([Status::Recalled, Status::Rejected]))
        .filter(disclosure::status.ne(Status::Blocked).or(disclosure::blocked_reason.eq(NEEDS_APPROVAL)));
    Ok(diesel::select(exists(told)).get_result(db).await?)
}

/// A basis is active: what waited for one is recalled, and the newest of each thing is queued under it.
pub async fn basis_given(db: &mut Db, given: &Given) -> Result<(), Problem> {
    beyond(db, Purpose::QueueForm, async |db| {
        let stopped = recall_stopped(db, given).await?;
        let forms = stopped.iter().filter_map(|it| it.contact_form_id).collect();
        let latest = latest_versions(db, given.organisation_id, forms).await?;
        queue_all(db, renewed(given, stopped, &latest)).await.map(|_| ())
    })
    .await
}

async fn recall_stopped(db: &mut Db, given: &Given) -> Result<Vec<Stopped>, Problem> {
    // A report of an unmet need is of its moment: it is reported anew.
    let kinds = given.kinds.iter().filter(|kind| **kind != Kind::UnmetNeed);
    let kinds: Vec<&str> = kinds.map(AsRef::as_ref).collect();
    let waiting = disclosure::table
        .filter(disclosure::organisation_id.eq(given.organisation_id))
        .filter(disclosure::subject_id.eq(given.subject_id))
        .filter(disclosure::counterpart_organisation_id.eq(given.counterpart_organisation_id))
        .filter(disclosure::kind.eq_any(kinds).and(disclosure::status.eq(Status::Blocked)))
        .filter(disclosure::blocked_reason.similar_to("(no_)?(consent|legal\\_basis)%"))
        .filter(disclosure::sent_at.is_null());
    let recall = diesel::update(waiting).set(disclosure::status.eq(Status::Recalled));
    let stopped: Vec<Stopped> = recall.returning(Stopped::as_returning()).get_results(db).await?;
    let events = stopped.iter().map(|it| happened(it.id, Some(Status::Blocked), Status::Recalled, None));
    Event::emit_all(db, events.collect()).await?;
    Ok(stopped)
}

async fn latest_versions(db: &mut Db, desk: Uuid, forms: Vec<Uuid>) -> Result<Vec<Latest>, Problem> {
    let query = Latest::query()
        .filter(contact_form_version::organisation_id.eq(desk))
        .filter(contact_form_version::contact_form_id.eq_any(forms))
        .distinct_on(contact_form_version::contact_form_id)
        .order((contact_form_version::contact_form_id, contact_form_version::number.desc()));
    Ok(query.load(db).await?)
}

/// Of each thing one, with what the basis covers.
fn renewed(given: &Given, stopped: Vec<Stopped>, latest: &[Latest]) -> Vec<NewDisclosure> {
    let (consent_id, legal_basis_id) = given.basis.columns();
    let mut newest = BTreeMap::new();
    for it in stopped {
        let key = (it.contact_form_id, it.referral_id.filter(|_| it.kind == Kind::Referral), it.source_id);
        let keep = newest.get(&key).is_none_or(|other: &Stopped| other.id < it.id);
        if keep {
            newest.insert(key, it);
        }
    }
    let renew = |it: Stopped| {
        let version = latest.iter().find(|latest| Some(latest.contact_form_id) == it.contact_form_id);
        NewDisclosure {
            organisation_id: given.organisation_id,
            counterpart_organisation_id: given.counterpart_organisation_id,
            kind: it.kind,
            subject_id: given.subject_id,
            consent_id,
            legal_basis_id,
            referral_id: it.referral_id,
            unit_ids: version.map_or(it.unit_ids, |version| units(&version.body)),
            number: version.map(|version| version.number),
            contact_form_id: it.contact_form_id,
            contact_form_version_id: version.map(|version| version.id),
            network_id: it.network_id,
            source_id: it.source_id,
            payload: covered(version.map_or(&it.payload, |version| &version.body), given),
        }
    };
    newest.into_values().map(renew).collect()
}

fn covered(body: &Value, given: &Given) -> Value {
    let is_covered =
        |key: &str| given.categories.iter().any(|category| AsRef::<str>::as_ref(category) == key);
    let fields = body.as_object().into_iter().flatten();
    fields.filter(|(key, _)| is_covered(key)).map(|(key, value)| (key.clone(), value.clone())).collect()
}

fn units(body: &Value) -> Vec<Uuid> {
    let contacts = body.get("municipal_contacts").and_then(Value::as_array).into_iter().flatten();
    contacts.filter_map(|contact| contact.get("unit_id")?.as_str()?.parse().ok()).collect()
}

/// Tells those who have these forms that they are closed, under the basis of what they were sent last: whether that still
/// holds, the gate asks. Who was not told of the network is not told of its end. Beyond the caller's sight.
pub async fn tell_closed(
    db: &mut Db,
    forms: Vec<Uuid>,
    on: NaiveDate,
    reason: Option<&str>,
) -> Result<(), Problem> {
    let sent = LastSent::query()
        .filter(disclosure::organisation_id.eq(own_organisation()))
        .filter(disclosure::contact_form_id.eq_any(forms).and(disclosure::sent_at.is_not_null()))
        .distinct_on(disclosure::contact_form_id)
        .order((disclosure::contact_form_id, disclosure::id.desc()));
    let sent: Vec<LastSent> = sent.load(db).await?;
    let end = |it: LastSent| {
        let mut network = it.payload.get(Category::Network.word())?.clone();
        let told = network.as_object_mut()?;
        told.insert("ended_on".into(), json!(on));
        told.insert("reason".into(), json!(reason));
        Some(NewDisclosure {
            organisation_id: it.organisation_id,
            counterpart_organisation_id: it.counterpart_organisation_id,
            kind: Kind::ContactForm,
            subject_id: it.subject_id,
            consent_id: it.consent_id,
            legal_basis_id: it.legal_basis_id,
            referral_id: it.referral_id,
            unit_ids: it.unit_ids,
            number: it.number,
            // It is no version, and a later basis sends none in its place.
            contact_form_id: None,
            contact_form_version_id: None,
            network_id: it.network_id,
            source_id: it.contact_form_id,
            payload: json!({ Category::Network.word(): network }),
        })
    };
    queue_all(db, sent.into_iter().filter_map(end).collect()).await?;
    Ok(())
}

/// Whether any version of a contact form has ever left. What has not is the organisation's own to delete.
pub async fn has_left(db: &mut Db, contact_form: impl Into<Uuid>) -> Result<bool, Problem> {
    let left = disclosure::table.filter(disclosure::contact_form_id.eq(contact_form.into()));
    Ok(diesel::select(exists(left.filter(disclosure::sent_at.is_not_null()))).get_result(db).await?)
}

pub async fn list_deliveries(
    db: &mut Db,
    filter: &DeliveryFilter,
    window: &Window,
) -> Result<Page<Delivery>, Problem> {
    let mut query = Delivery::query().into_boxed();
    if let Some(status) = filter.status {
        query = query.filter(delivery::status.eq(status));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(delivery::kind.eq(kind));
    }
    if let Some(referral) = filter.referral_id {
        query = query.filter(delivery::referral_id.eq(referral));
    }
    if let Some(network) = filter.network_id {
        query = query.filter(delivery::network_id.eq(network));
    }
    if let Some(cursor) = window.cursor {
        query = query.filter(delivery::id.gt(cursor));
    }
    let rows = query.order(delivery::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &Delivery| row.id.into()))
}

pub async fn find_delivery(db: &mut Db, id: DisclosureId) -> Result<Delivery, Problem> {
    Ok(Delivery::query().filter(delivery::id.eq(id)).first(db).await?)
}

async fn payload(db: &mut Db, id: DisclosureId) -> Result<Value, Problem> {
    Ok(delivery::table.find(Uuid::from(id)).select(delivery::payload).first(db).await?)
}

/// Of a person whom the caller cannot see, nobody knows here whether they are protected: then it is not shown either.
pub async fn find_in_full(db: &mut Db, id: DisclosureId) -> Result<DeliveryInFull, Problem> {
    let delivery = find_delivery(db, id).await?;
    let open = match delivery.person_id {
        Some(known) => is_known(db, known, true).await?,
        None => true,
    };
    let payload = if open { Some(payload(db, id).await?) } else { None };
    Ok(DeliveryInFull { delivery, payload })
}

async fn is_known(db: &mut Db, id: PersonId, unprotected: bool) -> Result<bool, Problem> {
    let mut query = person::table.find(Uuid::from(id)).select(person::id).into_boxed();
    if unprotected {
        query = query.filter(person::protection.is_null());
    }
    Ok(query.first::<Uuid>(db).await.optional()?.is_some())
}

/// Whether the caller may see what is hidden of a protected person.
async fn is_entrusted(db: &mut Db, id: PersonId) -> Result<bool, Problem> {
    let hidden = protected_detail::table.filter(protected_detail::person_id.eq(Uuid::from(id)));
    Ok(diesel::select(exists(hidden)).get_result(db).await?)
}

pub async fn package(db: &mut Db, id: DisclosureId) -> Result<ArchivePackage, Problem> {
    let it = find_delivery(db, id).await?;
    if let Some(person) = it.person_id
        && !is_known(db, person, true).await?
        && !is_entrusted(db, person).await?
    {
        return Err(Problem::conflict("person_is_protected"));
    }
    let payload = payload(db, id).await?;
    let sender = it.counterpart_organisation_id;
    let both = organisation::id.eq(own_organisation()).or(organisation::id.eq(sender));
    let (senders, recipients): (Vec<_>, Vec<_>) = ArchiveParty::query()
        .filter(both)
        .load(db)
        .await?
        .into_iter()
        .partition(|it: &ArchiveParty| it.id == sender);
    let party = |found: Vec<ArchiveParty>| found.into_iter().next().ok_or_else(Problem::not_found);
    Ok(ArchivePackage {
        id,
        sender: party(senders)?,
        recipient: party(recipients)?,
        kind: it.kind,
        number: it.number,
        referral_id: it.referral_id,
        external_system: it.external_system,
        external_case_id: it.external_case_id,
        consent_id: it.consent_id,
        legal_basis_id: it.legal_basis_id,
        legal_basis: it.legal_basis,
        classification: Classification::SensitivePersonalData,
        person_id: it.person_id,
        sent_at: it.sent_at,
        received_at: it.received_at,
        archived_at: it.archived_at,
        archive_system: it.archive_system,
        archive_id: it.archive_id,
        content: payload.to_string(),
        payload,
        checksum: Checksum { algorithm: "SHA-256", value: it.payload_sha256 },
        version: it.version,
    })
}

pub async fn acknowledge(db: &mut Db, id: DisclosureId, seen: IfMatch) -> Result<Delivery, Problem> {
    let received = json!({ "received_at": now(db).await? });
    settle(db, id, seen, (Action::Acknowledge, received)).await
}

pub async fn archive(
    db: &mut Db,
    id: DisclosureId,
    seen: IfMatch,
    it: &Archiving,
) -> Result<Delivery, Problem> {
    let now = now(db).await?;
    let at = it.archived_at.unwrap_or(now);
    if at > now {
        return Err(Problem::unprocessable("archived_in_the_future"));
    }
    let archived =
        json!({ "archive_system": it.archive_system, "archive_id": it.archive_id, "archived_at": at });
    settle(db, id, seen, (Action::Archive, archived)).await
}

pub async fn reject(
    db: &mut Db,
    id: DisclosureId,
    seen: IfMatch,
    it: &Rejection,
) -> Result<Delivery, Problem> {
    let rejected = settle(db, id, seen, (Action::Reject, json!({ "reason": it.reason }))).await?;
    post::leave_task(db, RECEIVED, id, "disclosure_rejected").await?;
    Ok(rejected)
}

async fn settle(
    db: &mut Db,
    id: DisclosureId,
    seen: IfMatch,
    (action, changes): (Action, Value),
) -> Result<Delivery, Problem> {
    find_delivery(db, id).await?;
    post::advance::<Status>(db, RECEIVED, id, Some(seen), (action, changes)).await?;
    find_delivery(db, id).await
}

pub async fn take_in(
    db: &mut Db,
    id: DisclosureId,
    seen: IfMatch,
    whom: &TakingIn,
) -> Result<Delivery, Problem> {
    let found = find_delivery(db, id).await?;
    seen.check(&found)?;
    if found.kind != Kind::Referral {
        return Err(Problem::unprocessable("delivery_is_not_a_referral"));
    }
    let referral = referral::table.filter(referral::id.nullable().eq(found.referral_id));
    let how_far: Option<referrals::Status> = referral.select(referral::status).first(db).await.optional()?;
    if how_far.is_some_and(referrals::Status::is_terminal) {
        return Err(Problem::conflict("referral_has_ended"));
    }
    let received = json!({ "received_at": found.received_at.unwrap_or(now(db).await?) });
    post::advance::<Status>(db, RECEIVED, id, Some(seen), (Action::TakeIn, received)).await?;
    if found.person_id.is_some() {
        return Err(Problem::conflict("already_taken_in"));
    }
    let person = match whom.person_id {
        Some(known) if is_known(db, known, false).await? => known,
        Some(_) => return Err(Problem::unprocessable("delivery_unknown_person")),
        None => {
            let payload = payload(db, id).await?;
            person_from(db, &payload).await?
        }
    };
    let row = delivery::table.find(Uuid::from(id));
    diesel::update(row).set(delivery::person_id.eq(person)).execute(db).await?;
    if let Some(referral) = found.referral_id {
        let row = referral::table.find(referral);
        diesel::update(row).set(referral::person_id.eq(Uuid::from(person))).execute(db).await?;
    }
    find_delivery(db, id).await
}

async fn person_from(db: &mut Db, payload: &Value) -> Result<PersonId, Problem> {
    let named = ["/name/given_name", "/name/family_name"].iter().all(|at| payload.pointer(at).is_some());
    if !named {
        return Err(Problem::unprocessable("delivery_without_name"));
    }
    Ok(persons::take_in(db, payload).await?.id)
}

pub async fn delete_delivery(db: &mut Db, id: DisclosureId, seen: IfMatch) -> Result<(), Problem> {
    let row = delivery::table.find(Uuid::from(id));
    let lock = row.for_update().select((delivery::version, delivery::status));
    let (version, status): (i64, Status) = lock.first(db).await?;
    seen.check_version(version)?;
    match status {
        Status::Rejected | Status::Recalled => {}
        Status::Archived => {
            return Err(Problem::conflict("archive_duty"));
        }
        _ => {
            return Err(Problem::conflict("not_yet_settled"));
        }
    }
    diesel::delete(row).execute(db).await?;
    let name = "delivery.deleted";
    Event { name, subject_table: "delivery", subject_id: id.into(), ..Event::default() }.emit(db).await
}

/// What waits, at any desk, oldest first: desk and disclosure. For the worker.
pub async fn queued(db: &mut Db) -> Result<Vec<(Uuid, DisclosureId)>, Problem> {
    let query = disclosure::table.filter(disclosure::status.eq(Status::Queued)).order(disclosure::id);
    Ok(query.select((disclosure::organisation_id, disclosure::id)).limit(BATCH).load(db).await?)
}

/// What a clock has found at a desk.
#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Id)]
    organisation_id: Uuid,
    #[diesel(sql_type = Id)]
    id: DisclosureId,
}

/// What was sent and nobody has said to have stored in time, at any desk, oldest first: desk and disclosure. For the worker.
pub async fn unreceived(db: &mut Db) -> Result<Vec<(Uuid, DisclosureId)>, Problem> {
    let today = crate::day::instant(today(db).await?.and_time(NaiveTime::MIN));
    let rules = db.rules();
    let code = "DISCLOSURE_RECEIPT";
    // The recipient has all of the last day.
    let (keys, since) = rules.everywhere(code, |place| rules.over_since(code, place, today));
    let late = "select it.organisation_id, it.id from disclosure as it join organisation as desk on desk.id = it.organisation_id
            join unnest($1, $2) as rule (key, since)
                on rule.key = app.counts_as(desk.id, desk.country, desk.municipality_code, $1)
        where it.status = 'sent' and it.sent_at < rule.since and it.sent_at < $3
        order by it.sent_at limit $4";
    let latest = since.iter().flatten().max().copied().unwrap_or(today);
    let late: Vec<Found> = sql_query(late)
        .bind::<Array<Text>, _>(keys)
        .bind::<Array<Nullable<Timestamptz>>, _>(since)
        .bind::<Timestamptz, _>(latest)
        .bind::<BigInt, _>(BATCH)
        .load(db)
        .await?;
    Ok(late.into_iter().map(|found| (found.organisation_id, found.id)).collect())
}

/// Nobody has said to have stored it in time: both sides see it, and the sender gets a task. For the worker.
pub async fn fail_unreceived(db: &mut Db, desk: Uuid, id: DisclosureId) -> Result<(), Problem> {
    post::work_at(db, desk).await?;
    post::advance::<Status>(db, SENT, id, None, (Action::Fail, json!({}))).await?;
    tasks::open(db, "disclosure_failed", "disclosure", id.into()).await
}

/// Asks the senders after what has not been acknowledged in time: by a task, once for each sending. What somebody
/// acknowledges at this moment is not asked after, and what they acknowledge later closes the task. Answers how much it
/// was. For the worker.
pub async fn alarm(db: &mut Db) -> Result<usize, Problem> {
    let now = now(db).await?;
    let rules = db.rules();
    let code = "DISCLOSURE_ACKNOWLEDGEMENT";
    let (keys, since) = rules.everywhere(code, |place| rules.over_since(code, place, now));
    let alarm = "with late as (
            select it.organisation_id, it.id from disclosure as it
                join organisation as desk on desk.id = it.organisation_id
                join unnest($1, $2) as rule (key, since)
                    on rule.key = app.counts_as(desk.id, desk.country, desk.municipality_code, $1)
            where it.status = 'sent' and it.sent_at <= rule.since and it.sent_at <= $3 and not exists (
                select from task as asked
                where (asked.organisation_id, asked.subject_id, asked.kind) = (it.organisation_id, it.id, 'disclosure_unacknowledged')
                    and asked.created_at >= it.sent_at)
            order by it.sent_at limit $4 for update of it skip locked)
        insert into task (organisation_id, kind, subject_table, subject_id)
            select organisation_id, 'disclosure_unacknowledged', 'disclosure', id from late on conflict do nothing";
    let latest = since.iter().flatten().max().copied().unwrap_or(now);
    Ok(sql_query(alarm)
        .bind::<Array<Text>, _>(keys)
        .bind::<Array<Nullable<Timestamptz>>, _>(since)
        .bind::<Timestamptz, _>(latest)
        .bind::<BigInt, _>(BATCH)
        .execute(db)
        .await?)
}
