use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};
use uuid::Uuid;

use super::types::{
    FormSent, NetworkChange, NetworkChangeId, NetworkMessage, NetworkMessageId, NewNetworkChange,
    NewNetworkMessage, OfExchange, Part,
};
use crate::{
    access::{Db, Purpose, beyond, own_organisation},
    domains::{
        journey::{
            contact_forms,
            disclosures::{self, News},
            networks::{self, NetworkId},
        },
        people::{
            consents::{Category, Kind},
            legal_bases::Telling,
            persons::PersonId,
        },
    },
    events::Event,
    problem::Problem,
    schema::{delivery, network_change, network_message, network_participant, referral},
    web::{Page, Window},
};

pub async fn list_messages(
    db: &mut Db,
    of: &OfExchange,
    window: &Window,
) -> Result<Page<NetworkMessage>, Problem> {
    let mut query = NetworkMessage::query().into_boxed();
    if let Some(network) = of.network_id {
        query = query.filter(network_message::network_id.eq(network));
    }
    if let Some(cursor) = window.cursor {
        query = query.filter(network_message::id.gt(cursor));
    }
    let rows = query.order(network_message::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &NetworkMessage| row.id.into()))
}

pub async fn find_message(db: &mut Db, id: NetworkMessageId) -> Result<NetworkMessage, Problem> {
    Ok(NetworkMessage::query().find(id).first(db).await?)
}

pub async fn insert_message(db: &mut Db, new: &NewNetworkMessage) -> Result<NetworkMessage, Problem> {
    let part = part(db, new.network_id, new.person_id, Kind::Message).await?;
    let row = (
        network_message::counterpart_organisation_id.eq(part.counterpart_organisation_id),
        network_message::network_id.eq(new.network_id),
        network_message::person_id.eq(part.subject_id),
        network_message::unit_ids.eq(&part.unit_ids),
        network_message::text.eq(&new.text),
    );
    let insert = diesel::insert_into(network_message::table).values(row);
    let made: NetworkMessage = insert.returning(NetworkMessage::as_returning()).get_result(db).await?;
    let body = json!({ "id": made.id, "network_id": made.network_id, "author_role": made.author_role,
                       "text": made.text, "written_at": made.written_at });
    tell(db, part, (made.id.into(), new.network_id), (Kind::Message, Category::Message), body).await?;
    happened(db, "network_message.written", "network_message", made.id).await?;
    Ok(made)
}

pub async fn list_changes(
    db: &mut Db,
    of: &OfExchange,
    window: &Window,
) -> Result<Page<NetworkChange>, Problem> {
    let mut query = NetworkChange::query().into_boxed();
    if let Some(network) = of.network_id {
        query = query.filter(network_change::network_id.eq(network));
    }
    if let Some(cursor) = window.cursor {
        query = query.filter(network_change::id.gt(cursor));
    }
    let rows = query.order(network_change::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &NetworkChange| row.id.into()))
}

pub async fn find_change(db: &mut Db, id: NetworkChangeId) -> Result<NetworkChange, Problem> {
    Ok(NetworkChange::query().find(id).first(db).await?)
}

pub async fn insert_change(db: &mut Db, new: &NewNetworkChange) -> Result<NetworkChange, Problem> {
    let part = part(db, new.network_id, new.person_id, Kind::Change).await?;
    let row = (
        network_change::counterpart_organisation_id.eq(part.counterpart_organisation_id),
        network_change::network_id.eq(new.network_id),
        network_change::person_id.eq(part.subject_id),
        network_change::unit_ids.eq(&part.unit_ids),
        network_change::kind.eq(new.kind),
        network_change::from_on.eq(new.from_on),
        network_change::to_on.eq(new.to_on),
    );
    let insert = diesel::insert_into(network_change::table).values(row);
    let made: NetworkChange = insert.returning(NetworkChange::as_returning()).get_result(db).await?;
    let body = json!({ "id": made.id, "network_id": made.network_id, "author_role": made.author_role,
                       "kind": made.kind, "from_on": made.from_on, "to_on": made.to_on, "written_at": made.written_at });
    tell(db, part, (made.id.into(), new.network_id), (Kind::Change, Category::Change), body).await?;
    happened(db, "network_change.reported", "network_change", made.id).await?;
    Ok(made)
}

/// How the caller's side takes part in a network: it is its own, or it was sent the contact form.
async fn part(db: &mut Db, network: Uuid, person: Option<PersonId>, kind: Kind) -> Result<Part, Problem> {
    match networks::hold(db, network.into(), networks::Action::Update).await? {
        Some(_) => of_centre(db, network.into(), person, kind).await,
        None => of_municipality(db, network, person, kind).await,
    }
}

async fn of_centre(
    db: &mut Db,
    network: NetworkId,
    person: Option<PersonId>,
    kind: Kind,
) -> Result<Part, Problem> {
    let people = network_participant::network_id.eq(network).and(network_participant::left_on.is_null());
    let people = network_participant::table.filter(people).select(network_participant::person_id);
    let people: Vec<PersonId> = people.limit(50).load(db).await?;
    let subject_id = match (person, people.as_slice()) {
        (Some(person), _) if people.contains(&person) => person,
        (Some(_), _) => return Err(Problem::unprocessable("network_participant_unknown_person")),
        (None, [only]) => *only,
        (None, _) => return Err(Problem::unprocessable("person_missing")),
    };
    let to = beyond(db, Purpose::QueueForm, async |db| {
        contact_forms::addressee(db, network, subject_id, kind).await
    });
    let to = to.await?.ok_or_else(|| Problem::unprocessable("consent_required"))?;
    Ok(Part {
        organisation_id: to.telling.organisation_id,
        counterpart_organisation_id: to.telling.counterpart_organisation_id,
        subject_id,
        referral_id: to.referral_id,
        unit_ids: Vec::new(),
        told_unit_ids: to.unit_ids,
    })
}

/// Of a form that the caller does not see, nobody knows here that it was sent; and of an end that was not told, nobody that
/// the network has ended.
async fn of_municipality(
    db: &mut Db,
    network: Uuid,
    person: Option<PersonId>,
    kind: Kind,
) -> Result<Part, Problem> {
    let sent = delivery::network_id.eq(network).and(delivery::kind.eq(Kind::ContactForm));
    // The newest about each person, by the referral that both sides know.
    let sent = FormSent::query().filter(sent).distinct_on(delivery::referral_id);
    let sent: Vec<FormSent> = sent.order((delivery::referral_id, delivery::id.desc())).load(db).await?;
    if sent.is_empty() {
        return Err(Problem::unprocessable(match kind {
            Kind::Message => "network_message_unknown_network",
            _ => "network_change_unknown_network",
        }));
    }
    let sent = sent.into_iter().filter(|it| !it.is_the_last()).max_by_key(|it| it.id);
    let sent = sent.ok_or_else(|| Problem::conflict("network_has_ended"))?;
    let referral_id = sent.referral_id;
    let known = match person.or(sent.person_id) {
        Some(known) => Some(known),
        // The contact person of a unit may not see whom the caseworker has reported.
        None => beyond(db, Purpose::QueueForm, async |db| reported(db, referral_id).await).await?,
    };
    Ok(Part {
        organisation_id: sent.organisation_id,
        counterpart_organisation_id: sent.counterpart_organisation_id,
        subject_id: known.ok_or_else(|| Problem::unprocessable("person_missing"))?,
        referral_id,
        unit_ids: sent.unit_ids,
        told_unit_ids: Vec::new(),
    })
}

async fn reported(db: &mut Db, id: Option<Uuid>) -> Result<Option<PersonId>, Problem> {
    let own = referral::organisation_id.eq(own_organisation()).and(referral::id.nullable().eq(id));
    let person = referral::table.filter(own).select(referral::person_id);
    let person: Option<Option<Uuid>> = person.first(db).await.optional()?;
    Ok(person.flatten().map(Into::into))
}

async fn tell(
    db: &mut Db,
    part: Part,
    (source_id, network_id): (Uuid, Uuid),
    (kind, category): (Kind, Category),
    body: Value,
) -> Result<(), Problem> {
    let telling = Telling {
        organisation_id: part.organisation_id,
        subject_id: part.subject_id,
        counterpart_organisation_id: part.counterpart_organisation_id,
        kind,
        legal_basis_id: None,
    };
    let (referral_id, unit_ids) = (part.referral_id, part.told_unit_ids);
    let news = News { telling, referral_id, unit_ids, network_id, source_id, category, body };
    let told = beyond(db, Purpose::QueueForm, async |db| disclosures::tell(db, news, false).await);
    if told.await? { Ok(()) } else { Err(Problem::unprocessable("consent_required")) }
}

async fn happened(db: &mut Db, name: &str, table: &str, id: impl Into<Uuid>) -> Result<(), Problem> {
    Event { name, subject_table: table, subject_id: id.into(), ..Event::default() }.emit(db).await
}
