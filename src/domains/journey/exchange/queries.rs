use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Array, Nullable, Uuid as Id},
};
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};
use uuid::Uuid;

use super::types::{
    About, ChangeKind, FormSent, NetworkChange, NetworkChangeId, NetworkMessage, NetworkMessageId,
    NewNetworkChange, NewNetworkMessage, OfExchange, Part,
};
use crate::{
    access::{Db, Purpose, beyond, own_organisation, today},
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
    problem::{Flaw, Problem},
    schema::{delivery, disclosure, network_change, network_message, network_participant},
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
    let part = part(db, &new.about(), Kind::Message).await?;
    let row = (
        network_message::counterpart_organisation_id.eq(part.counterpart_organisation_id),
        network_message::network_id.eq(new.network_id),
        network_message::person_id.eq(part.subject_id),
        network_message::unit_ids.eq(&part.unit_ids),
        network_message::text.eq(&new.text),
    );
    let insert = diesel::insert_into(network_message::table).values(row);
    let made: NetworkMessage = insert.returning(NetworkMessage::as_returning()).get_result(db).await?;
    let body = json!({ "id": made.id, "network_id": made.network_id, "form_disclosure_id": part.form_disclosure_id, "author_role": made.author_role,
                       "text": made.text, "written_at": made.written_at });
    tell(db, part, (made.id.into(), made.network_id), (Kind::Message, Category::Message), body).await?;
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
    // Stays are planned; nobody's death is.
    if new.kind == ChangeKind::Deceased && new.from_on > today(db).await? {
        return Err(Problem::invalid(vec![Flaw::new("/from_on", "in_the_future")]));
    }
    let part = part(db, &new.about(), Kind::Change).await?;
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
    let body = json!({ "id": made.id, "network_id": made.network_id, "form_disclosure_id": part.form_disclosure_id, "author_role": made.author_role,
                       "kind": made.kind, "from_on": made.from_on, "to_on": made.to_on, "written_at": made.written_at });
    tell(db, part, (made.id.into(), made.network_id), (Kind::Change, Category::Change), body).await?;
    happened(db, "network_change.reported", "network_change", made.id).await?;
    Ok(made)
}

/// How the caller's side takes part in a network: it is its own, or it was sent the contact form.
async fn part(db: &mut Db, whom: &About, kind: Kind) -> Result<Part, Problem> {
    match networks::hold(db, whom.network_id.into(), networks::Action::Update).await? {
        Some(_) => of_centre(db, whom, kind).await,
        None => of_municipality(db, whom, kind).await,
    }
}

async fn of_centre(db: &mut Db, whom: &About, kind: Kind) -> Result<Part, Problem> {
    // Whom it is about, one's own network says.
    if whom.delivery_id.is_some() {
        return Err(Problem::invalid(vec![Flaw::new("/delivery_id", "wrong_value")]));
    }
    let network = NetworkId::from(whom.network_id);
    let people = network_participant::network_id.eq(network).and(network_participant::left_on.is_null());
    let people = network_participant::table.filter(people).select(network_participant::person_id);
    let people: Vec<PersonId> = people.limit(50).load(db).await?;
    let subject_id = match (whom.person_id, people.as_slice()) {
        (Some(person), _) if people.contains(&person) => person,
        (Some(_), _) => return Err(Problem::unprocessable("network_participant_unknown_person")),
        (None, [only]) => *only,
        (None, _) => return Err(Problem::unprocessable("person_missing")),
    };
    let to = beyond(db, Purpose::QueueForm, async |db| {
        let to = contact_forms::addressee(db, network, subject_id, kind).await?;
        let sent =
            disclosure::organisation_id.eq(own_organisation()).and(disclosure::subject_id.eq(subject_id));
        let sent = sent
            .and(disclosure::network_id.eq(Uuid::from(network)))
            .and(disclosure::kind.eq(Kind::ContactForm));
        let sent = disclosure::table.filter(sent.and(disclosure::sent_at.is_not_null()).assume_not_null());
        let form = sent.order(disclosure::id.desc()).select(disclosure::id).first(db).await.optional()?;
        Ok((to, form))
    });
    let (to, form_disclosure_id) = to.await?;
    let to = to.ok_or_else(|| Problem::unprocessable("consent_required"))?;
    Ok(Part {
        organisation_id: to.telling.organisation_id,
        counterpart_organisation_id: to.telling.counterpart_organisation_id,
        subject_id,
        referral_id: to.referral_id,
        unit_ids: Vec::new(),
        told_unit_ids: to.unit_ids,
        form_disclosure_id,
    })
}

/// Of a form that the caller does not see, nobody knows here that it was sent; and of an end that was not told, nobody that
/// the network has ended. Whose form it is, the referral tells that both sides know, or else a delivery that is named.
async fn of_municipality(db: &mut Db, whom: &About, kind: Kind) -> Result<Part, Problem> {
    let sent = delivery::network_id.eq(whom.network_id).and(delivery::kind.eq(Kind::ContactForm));
    let seen = delivery::table.filter(sent).select((delivery::organisation_id, delivery::id));
    let seen: Vec<(Uuid, Uuid)> = seen.load(db).await?;
    let (desks, seen): (Vec<Uuid>, Vec<Uuid>) = seen.into_iter().unzip();
    if seen.is_empty() || whom.delivery_id.is_some_and(|named| !seen.contains(&named)) {
        return Err(Problem::unprocessable(match kind {
            Kind::Message => "network_message_unknown_network",
            _ => "network_change_unknown_network",
        }));
    }
    let mut forms =
        beyond(db, Purpose::QueueForm, async |db| newest_forms(db, (&desks, &seen), whom).await).await?;
    if forms.iter().any(|it| it.person_id.is_some() && it.person_id == whom.person_id) {
        forms.retain(|it| it.person_id == whom.person_id);
    } else if whom.person_id.is_some() {
        forms.retain(|it| it.person_id.is_none());
    }
    if forms.is_empty() {
        return Err(Problem::unprocessable("network_participant_unknown_person"));
    }
    forms.retain(|it| !it.is_the_last);
    let form = match <[FormSent; 1]>::try_from(forms) {
        Ok([form]) => form,
        Err(none) if none.is_empty() => return Err(Problem::conflict("network_has_ended")),
        Err(_) if whom.person_id.is_none() => return Err(Problem::unprocessable("person_missing")),
        Err(_) => return Err(Problem::unprocessable("delivery_missing")),
    };
    let known = whom.person_id.or(form.person_id);
    Ok(Part {
        organisation_id: form.organisation_id,
        counterpart_organisation_id: form.counterpart_organisation_id,
        subject_id: known.ok_or_else(|| Problem::unprocessable("person_missing"))?,
        referral_id: form.referral_id,
        unit_ids: form.unit_ids,
        told_unit_ids: Vec::new(),
        form_disclosure_id: Some(form.id),
    })
}

/// Of these deliveries the newest about each person, who is the sender's to know: whose it is here, the referral says, which
/// the contact person of a unit may not see.
async fn newest_forms(
    db: &mut Db,
    (desks, seen): (&[Uuid], &[Uuid]),
    whom: &About,
) -> Result<Vec<FormSent>, Problem> {
    let newest = "select distinct on (told.subject_id) it.organisation_id, it.id, it.counterpart_organisation_id, it.referral_id,
            it.unit_ids, known.person_id, it.payload #>> '{network,ended_on}' is not null as is_the_last
        from unnest($1, $2) as seen (desk, id) join delivery as it on (it.organisation_id, it.id) = (seen.desk, seen.id)
            join disclosure as told on (told.organisation_id, told.id) = (it.counterpart_organisation_id, it.id)
            left join disclosure as named on (named.organisation_id, named.id) = (it.counterpart_organisation_id, $3)
            left join referral as known on (known.organisation_id, known.id) = (it.organisation_id, it.referral_id)
        where $3 is null or named.subject_id = told.subject_id
        order by told.subject_id, it.id desc";
    let newest = sql_query(newest)
        .bind::<Array<Id>, _>(desks)
        .bind::<Array<Id>, _>(seen)
        .bind::<Nullable<Id>, _>(whom.delivery_id);
    Ok(newest.load(db).await?)
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
