use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::{
    status::{Action, Status},
    types::{
        Network, NetworkDissolution, NetworkFilter, NetworkId, NetworkParticipant, NetworkParticipantId,
        NetworkPatch, NetworkPause, NetworkVolunteer, NetworkVolunteerId, NewNetwork, NewNetworkParticipant,
        NewNetworkVolunteer, OfNetwork, ThankYou, ThankYouFilter, ThankYouId,
    },
};
use crate::{
    access::{Db, Home, own_organisation, today},
    db::Life as _,
    domains::{
        journey::{contact_forms, follow_ups, referrals, tasks},
        people::volunteers::{self, VolunteerId},
    },
    events::Event,
    problem::{Flaw, Problem},
    rules::Place,
    schema::{network, network_participant, network_volunteer, organisation, referral, thank_you},
    web::{IfMatch, Page, Window},
};

/// The task that somebody has to hold a network together again.
const CONTACT_MISSING: &str = "network_contact_missing";
/// The task that what it was formed for has come to nothing.
const WITHOUT_REFERRAL: &str = "network_without_referral";

pub async fn list(db: &mut Db, filter: &NetworkFilter, window: &Window) -> Result<Page<Network>, Problem> {
    let mut query = Network::query().into_boxed();
    if let Some(status) = filter.status {
        query = query.filter(network::status.eq(status));
    }
    if let Some(referral) = filter.referral_id {
        query = query.filter(network::referral_id.eq(referral));
    }
    if let Some(cursor) = window.cursor {
        query = query.filter(network::id.gt(cursor));
    }
    let rows = query.order(network::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &Network| row.id.into()))
}

pub async fn insert(db: &mut Db, new: &NewNetwork) -> Result<Network, Problem> {
    let insert = diesel::insert_into(network::table).values(new);
    let made: Network = insert.returning(Network::as_returning()).get_result(db).await?;
    happened(db, "network.created", "network", made.id).await?;
    Ok(made)
}

pub async fn find(db: &mut Db, id: NetworkId) -> Result<Network, Problem> {
    Ok(Network::query().find(id).first(db).await?)
}

/// The caller's organisation, and the service that a network is there for, if a referral says: whose rules hold for it.
pub async fn home(db: &mut Db, id: NetworkId) -> Result<(Home, Option<String>), Problem> {
    let asked = referral::table.on(referral::id.nullable().eq(network::referral_id));
    let service = network::table.inner_join(asked).filter(network::id.eq(id)).select(referral::service);
    let own = organisation::table.filter(organisation::id.eq(own_organisation()));
    Ok(own.select((Home::as_select(), service.single_value())).first(db).await?)
}

/// Locks the network, so that nothing about it changes meanwhile, and sees that it allows `action`; none if there is
/// no such network.
pub async fn hold(db: &mut Db, id: NetworkId, action: Action) -> Result<Option<Network>, Problem> {
    let network: Option<Network> = Network::query().find(id).for_update().first(db).await.optional()?;
    if let Some(network) = &network {
        network.status.after(action)?;
    }
    Ok(network)
}

async fn step(
    db: &mut Db,
    id: NetworkId,
    version: IfMatch,
    action: Action,
) -> Result<(Network, Status), Problem> {
    let network: Network = Network::query().find(id).for_update().first(db).await?;
    version.check(&network)?;
    let after = network.status.after(action)?;
    Ok((network, after))
}

pub async fn update(
    db: &mut Db,
    id: NetworkId,
    version: IfMatch,
    patch: &NetworkPatch,
) -> Result<Network, Problem> {
    step(db, id, version, Action::Update).await?;
    let update = diesel::update(network::table.find(id)).set(patch);
    let changed = update.returning(Network::as_returning()).get_result(db).await?;
    happened(db, "network.updated", "network", id).await?;
    Ok(changed)
}

pub async fn activate(db: &mut Db, id: NetworkId, version: IfMatch) -> Result<Network, Problem> {
    let (before, after) = step(db, id, version, Action::Activate).await?;
    if let Some(referral) = before.referral_id {
        referrals::is_taken_on(db, referral.into()).await?;
    }
    check_ready(db, id).await?;
    let today = today(db).await?;
    let set = (network::status.eq(after), network::started_on.eq(today));
    let update = diesel::update(network::table.find(id)).set(set);
    let changed = update.returning(Network::as_returning()).get_result(db).await?;
    follow_ups::plan(db, id, today).await?;
    moved(db, before.status, &changed).await?;
    Ok(changed)
}

pub async fn pause(
    db: &mut Db,
    id: NetworkId,
    version: IfMatch,
    why: &NetworkPause,
) -> Result<Network, Problem> {
    let (before, after) = step(db, id, version, Action::Pause).await?;
    let set = (network::status.eq(after), network::reason.eq(why.reason.word()));
    let update = diesel::update(network::table.find(id)).set(set);
    let changed = update.returning(Network::as_returning()).get_result(db).await?;
    moved(db, before.status, &changed).await?;
    Ok(changed)
}

pub async fn resume(db: &mut Db, id: NetworkId, version: IfMatch) -> Result<Network, Problem> {
    let (before, after) = step(db, id, version, Action::Resume).await?;
    check_ready(db, id).await?;
    let set = (network::status.eq(after), network::reason.eq(None::<String>));
    let update = diesel::update(network::table.find(id)).set(set);
    let changed = update.returning(Network::as_returning()).get_result(db).await?;
    moved(db, before.status, &changed).await?;
    Ok(changed)
}

pub async fn dissolve(
    db: &mut Db,
    id: NetworkId,
    version: IfMatch,
    why: &NetworkDissolution,
) -> Result<Network, Problem> {
    let (before, after) = step(db, id, version, Action::Dissolve).await?;
    let today = today(db).await?;
    if why.thanked_on.is_some_and(|day| day > today) {
        return Err(Problem::invalid(vec![Flaw::new("/thanked_on", "in_the_future")]));
    }
    let (home, service) = self::home(db, id).await?;
    let place = Place { service: service.as_deref(), ..(&home).into() };
    let rules = db.rules();
    let (rule, kept) = rules
        .due("NETWORK_RETENTION", place, today)
        .ok_or_else(|| Problem::internal("no rule for how long networks are kept"))?;
    let reason = (network::reason.eq(why.reason.word()), network::thanked_on.eq(why.thanked_on));
    let rule = (network::keep_rule.eq(rule.code.as_str()), network::keep_rule_id.eq(rule.id));
    let kept = (network::keep_until.eq(kept.due_on), rule);
    let set = (network::status.eq(after), network::ended_on.eq(today), reason, kept);
    let update = diesel::update(network::table.find(id)).set(set);
    let changed = update.returning(Network::as_returning()).get_result(db).await?;
    follow_ups::cancel(db, id).await?;
    tasks::close(db, &[CONTACT_MISSING, WITHOUT_REFERRAL], "network", id.into()).await?;
    let team = network_volunteer::network_id.eq(id).and(network_volunteer::left_on.is_null());
    let left = (network_volunteer::left_on.eq(today), network_volunteer::is_network_contact.eq(false));
    let team = diesel::update(network_volunteer::table.filter(team)).set(left);
    let team: Vec<VolunteerId> = team.returning(network_volunteer::volunteer_id).load(db).await?;
    if let Some(text) = why.thanks.as_deref().filter(|_| !team.is_empty()) {
        thank(db, id, &team, text).await?;
    }
    let people = network_participant::network_id.eq(id).and(network_participant::left_on.is_null());
    let people = diesel::update(network_participant::table.filter(people));
    let left = people.set(network_participant::left_on.eq(today)).returning(network_participant::person_id);
    let people: Vec<_> = left.load(db).await?;
    contact_forms::close(db, id, &people, Some(why.reason.word())).await?;
    moved(db, before.status, &changed).await?;
    Ok(changed)
}

/// What staff chose to say to each who was in it, and somebody's task to say it.
async fn thank(db: &mut Db, id: NetworkId, team: &[VolunteerId], text: &str) -> Result<(), Problem> {
    let row = |volunteer: &VolunteerId| {
        (thank_you::network_id.eq(id), thank_you::volunteer_id.eq(*volunteer), thank_you::text.eq(text))
    };
    let rows: Vec<_> = team.iter().map(row).collect();
    let insert = diesel::insert_into(thank_you::table).values(rows).returning(thank_you::id);
    let made: Vec<Uuid> = insert.get_results(db).await?;
    tasks::open_all(db, "thank_volunteer", "thank_you", &made).await?;
    let event = |id: &Uuid| Event {
        name: "thank_you.written",
        subject_table: "thank_you",
        subject_id: *id,
        ..Event::default()
    };
    Event::emit_all(db, made.iter().map(event).collect()).await
}

pub async fn list_thank_yous(
    db: &mut Db,
    filter: &ThankYouFilter,
    window: &Window,
) -> Result<Page<ThankYou>, Problem> {
    let mut query = ThankYou::query().into_boxed();
    if let Some(network) = filter.network_id {
        query = query.filter(thank_you::network_id.eq(network));
    }
    if let Some(volunteer) = filter.volunteer_id {
        query = query.filter(thank_you::volunteer_id.eq(volunteer));
    }
    if let Some(cursor) = window.cursor {
        query = query.filter(thank_you::id.gt(cursor));
    }
    let rows = query.order(thank_you::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &ThankYou| row.id.into()))
}

pub async fn find_thank_you(db: &mut Db, id: ThankYouId) -> Result<ThankYou, Problem> {
    Ok(ThankYou::query().find(id).first(db).await?)
}

/// What an active network needs. That there is no second network contact, the database sees to.
async fn check_ready(db: &mut Db, id: NetworkId) -> Result<(), Problem> {
    let people = network_participant::network_id.eq(id).and(network_participant::left_on.is_null());
    let people: i64 = network_participant::table.filter(people).count().get_result(db).await?;
    let team = network_volunteer::network_id.eq(id).and(network_volunteer::left_on.is_null());
    let team = network_volunteer::table.filter(team);
    let columns = (network_volunteer::volunteer_id, network_volunteer::is_network_contact);
    let team: Vec<(VolunteerId, bool)> = team.select(columns).load(db).await?;
    let volunteers: Vec<_> = team.iter().map(|(volunteer, _)| *volunteer).collect();
    if people == 0 {
        return Err(Problem::conflict("network_participant_missing"));
    }
    if !team.iter().any(|(_, is_contact)| *is_contact) {
        return Err(Problem::conflict("network_contact_missing"));
    }
    check_prepared(db, &volunteers).await?;
    if contact_forms::lack_municipal_contact(db, id).await? {
        return Err(Problem::conflict("municipal_contact_missing"));
    }
    Ok(())
}

async fn check_prepared(db: &mut Db, ids: &[VolunteerId]) -> Result<(), Problem> {
    if volunteers::are_prepared(db, ids).await? {
        return Ok(());
    }
    Err(Problem::conflict("volunteer_not_prepared"))
}

async fn moved(db: &mut Db, from: Status, network: &Network) -> Result<(), Problem> {
    Event {
        name: &format!("network.{}", network.status),
        subject_table: "network",
        subject_id: network.id.into(),
        from_status: Some(from.word()),
        to_status: Some(network.status.word()),
        reason: network.reason.as_deref(),
    }
    .emit(db)
    .await
}

async fn happened(db: &mut Db, name: &str, table: &str, id: impl Into<Uuid>) -> Result<(), Problem> {
    Event { name, subject_table: table, subject_id: id.into(), ..Event::default() }.emit(db).await
}

pub async fn list_participants(
    db: &mut Db,
    of: &OfNetwork,
    window: &Window,
) -> Result<Page<NetworkParticipant>, Problem> {
    let mut query = NetworkParticipant::query().into_boxed();
    if let Some(network) = of.network_id {
        query = query.filter(network_participant::network_id.eq(network));
    }
    if let Some(cursor) = window.cursor {
        query = query.filter(network_participant::id.gt(cursor));
    }
    let rows = query.order(network_participant::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &NetworkParticipant| row.id.into()))
}

pub async fn insert_participant(
    db: &mut Db,
    new: &NewNetworkParticipant,
) -> Result<NetworkParticipant, Problem> {
    let network = hold(db, new.network_id, Action::Update).await?;
    network.ok_or_else(|| Problem::unprocessable("network_participant_unknown_network"))?;
    let insert = diesel::insert_into(network_participant::table).values(new);
    let made: NetworkParticipant =
        insert.returning(NetworkParticipant::as_returning()).get_result(db).await?;
    happened(db, "network_participant.joined", "network_participant", made.id).await?;
    Ok(made)
}

pub async fn find_participant(db: &mut Db, id: NetworkParticipantId) -> Result<NetworkParticipant, Problem> {
    Ok(NetworkParticipant::query().find(id).first(db).await?)
}

pub async fn leave_participant(
    db: &mut Db,
    id: NetworkParticipantId,
    version: IfMatch,
) -> Result<NetworkParticipant, Problem> {
    // The network is locked before its parts, by everyone.
    let network = find_participant(db, id).await?.network_id;
    let _: Network = Network::query().find(network).for_update().first(db).await?;
    let it = find_participant(db, id).await?;
    version.check(&it)?;
    if it.left_on.is_some() {
        return Err(Problem::conflict("already_left"));
    }
    let left = network_participant::left_on.eq(today(db).await?);
    let update = diesel::update(network_participant::table.find(id)).set(left);
    let changed = update.returning(NetworkParticipant::as_returning()).get_result(db).await?;
    contact_forms::close(db, network, &[it.person_id], None).await?;
    happened(db, "network_participant.left", "network_participant", id).await?;
    Ok(changed)
}

pub async fn list_volunteers(
    db: &mut Db,
    of: &OfNetwork,
    window: &Window,
) -> Result<Page<NetworkVolunteer>, Problem> {
    let mut query = NetworkVolunteer::query().into_boxed();
    if let Some(network) = of.network_id {
        query = query.filter(network_volunteer::network_id.eq(network));
    }
    if let Some(cursor) = window.cursor {
        query = query.filter(network_volunteer::id.gt(cursor));
    }
    let rows = query.order(network_volunteer::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &NetworkVolunteer| row.id.into()))
}

pub async fn insert_volunteer(db: &mut Db, new: &NewNetworkVolunteer) -> Result<NetworkVolunteer, Problem> {
    let network = hold(db, new.network_id, Action::Update).await?;
    let network = network.ok_or_else(|| Problem::unprocessable("network_volunteer_unknown_network"))?;
    let insert = diesel::insert_into(network_volunteer::table).values(new);
    let made: NetworkVolunteer = insert.returning(NetworkVolunteer::as_returning()).get_result(db).await?;
    if network.status == Status::Active {
        check_prepared(db, &[new.volunteer_id]).await?;
    }
    if new.is_network_contact {
        miss_contact(db, new.network_id, false).await?;
    }
    happened(db, "network_volunteer.joined", "network_volunteer", made.id).await?;
    Ok(made)
}

pub async fn find_volunteer(db: &mut Db, id: NetworkVolunteerId) -> Result<NetworkVolunteer, Problem> {
    Ok(NetworkVolunteer::query().find(id).first(db).await?)
}

/// A volunteer who is in a network, both locked: the network before its parts, by everyone.
async fn hold_volunteer(
    db: &mut Db,
    id: NetworkVolunteerId,
    version: IfMatch,
) -> Result<NetworkVolunteer, Problem> {
    let network = find_volunteer(db, id).await?.network_id;
    let _: Network = Network::query().find(network).for_update().first(db).await?;
    let it = find_volunteer(db, id).await?;
    version.check(&it)?;
    if it.left_on.is_some() {
        return Err(Problem::conflict("already_left"));
    }
    Ok(it)
}

pub async fn leave_volunteer(
    db: &mut Db,
    id: NetworkVolunteerId,
    version: IfMatch,
) -> Result<NetworkVolunteer, Problem> {
    let it = hold_volunteer(db, id, version).await?;
    let left = network_volunteer::left_on.eq(today(db).await?);
    let set = (left, network_volunteer::is_network_contact.eq(false));
    let update = diesel::update(network_volunteer::table.find(id)).set(set);
    let changed = update.returning(NetworkVolunteer::as_returning()).get_result(db).await?;
    if it.is_network_contact {
        miss_contact(db, it.network_id, true).await?;
    }
    happened(db, "network_volunteer.left", "network_volunteer", id).await?;
    Ok(changed)
}

pub async fn make_contact(
    db: &mut Db,
    id: NetworkVolunteerId,
    version: IfMatch,
) -> Result<NetworkVolunteer, Problem> {
    let it = hold_volunteer(db, id, version).await?;
    let before = network_volunteer::network_id.eq(it.network_id).and(network_volunteer::is_network_contact);
    let before = network_volunteer::table.filter(before.and(network_volunteer::left_on.is_null()));
    diesel::update(before).set(network_volunteer::is_network_contact.eq(false)).execute(db).await?;
    let set = network_volunteer::is_network_contact.eq(true);
    let update = diesel::update(network_volunteer::table.find(id)).set(set);
    let changed = update.returning(NetworkVolunteer::as_returning()).get_result(db).await?;
    miss_contact(db, it.network_id, false).await?;
    happened(db, "network_volunteer.made_contact", "network_volunteer", id).await?;
    Ok(changed)
}

async fn miss_contact(db: &mut Db, id: NetworkId, missing: bool) -> Result<(), Problem> {
    let set = network::network_contact_missing.eq(missing);
    diesel::update(network::table.find(id)).set(set).execute(db).await?;
    if missing {
        tasks::open(db, CONTACT_MISSING, "network", id.into()).await?;
    } else {
        tasks::close(db, &[CONTACT_MISSING], "network", id.into()).await?;
    }
    happened(db, "network.updated", "network", id).await
}
