use actix_web::{get, post};

use super::{
    queries,
    types::{
        NetworkChange, NetworkChangeId, NetworkMessage, NetworkMessageId, NewNetworkChange,
        NewNetworkMessage, OfExchange,
    },
};
use crate::{
    access::{
        Cx, Permission as _, ReadNetworkChanges, ReadNetworkMessages, WriteNetworkChanges,
        WriteNetworkMessages,
    },
    problem::Problem,
    web::{Created, Json, One, Page, Path, Query, Window},
};

const TAG: &str = "exchange";

/// List messages on networks.
///
/// The whole thread, as both sides have it, oldest first. At the municipality, unit-bound staff see it where the contact
/// form names their unit.
#[utoipa::path(tag = TAG, params(OfExchange, Window), responses((status = 200, body = Page<NetworkMessage>)), security(("bearer" = [ReadNetworkMessages::SCOPE])))]
#[get("/network-messages")]
pub async fn list_network_messages(
    cx: Cx<ReadNetworkMessages>,
    of: Query<OfExchange>,
    window: Query<Window>,
) -> Result<Page<NetworkMessage>, Problem> {
    cx.read(async |db| queries::list_messages(db, &of, &window).await).await
}

/// Write a message to the other side of a network.
///
/// It leaves as a disclosure about the person: without a basis that covers messages it is refused (422 `consent_required`),
/// and so it is once the municipality was told that the network has ended (409 `network_has_ended`). The other side gets a
/// task.
#[utoipa::path(tag = TAG, responses((status = 201, body = NetworkMessage)), security(("bearer" = [WriteNetworkMessages::SCOPE])))]
#[post("/network-messages")]
pub async fn create_network_message(
    cx: Cx<WriteNetworkMessages>,
    new: Json<NewNetworkMessage>,
) -> Result<Created<NetworkMessage>, Problem> {
    cx.create(new, queries::insert_message, queries::find_message).await
}

/// Read a message on a network.
#[utoipa::path(tag = TAG, responses((status = 200, body = NetworkMessage)), security(("bearer" = [ReadNetworkMessages::SCOPE])))]
#[get("/network-messages/{id}")]
pub async fn read_network_message(
    cx: Cx<ReadNetworkMessages>,
    id: Path<NetworkMessageId>,
) -> Result<One<NetworkMessage>, Problem> {
    cx.read(async |db| queries::find_message(db, *id).await).await.map(One)
}

/// List changes about participants of networks.
///
/// What both sides have reported, oldest first.
#[utoipa::path(tag = TAG, params(OfExchange, Window), responses((status = 200, body = Page<NetworkChange>)), security(("bearer" = [ReadNetworkChanges::SCOPE])))]
#[get("/network-changes")]
pub async fn list_network_changes(
    cx: Cx<ReadNetworkChanges>,
    of: Query<OfExchange>,
    window: Query<Window>,
) -> Result<Page<NetworkChange>, Problem> {
    cx.read(async |db| queries::list_changes(db, &of, &window).await).await
}

/// Report a change about a participant to the other side of a network.
///
/// In codes and days: a diagnosis has no place in it. It leaves as a disclosure, under a consent or a legal basis that covers
/// changes (422 `consent_required`), and not once the municipality was told that the network has ended (409
/// `network_has_ended`); the other side gets a task.
#[utoipa::path(tag = TAG, responses((status = 201, body = NetworkChange)), security(("bearer" = [WriteNetworkChanges::SCOPE])))]
#[post("/network-changes")]
pub async fn create_network_change(
    cx: Cx<WriteNetworkChanges>,
    new: Json<NewNetworkChange>,
) -> Result<Created<NetworkChange>, Problem> {
    cx.create(new, queries::insert_change, queries::find_change).await
}

/// Read a change about a participant of a network.
#[utoipa::path(tag = TAG, responses((status = 200, body = NetworkChange)), security(("bearer" = [ReadNetworkChanges::SCOPE])))]
#[get("/network-changes/{id}")]
pub async fn read_network_change(
    cx: Cx<ReadNetworkChanges>,
    id: Path<NetworkChangeId>,
) -> Result<One<NetworkChange>, Problem> {
    cx.read(async |db| queries::find_change(db, *id).await).await.map(One)
}
