use actix_web::{get, patch, post};

use super::{
    queries,
    types::{
        Network, NetworkDissolution, NetworkFilter, NetworkId, NetworkParticipant, NetworkParticipantId,
        NetworkPatch, NetworkPause, NetworkVolunteer, NetworkVolunteerId, NewNetwork, NewNetworkParticipant,
        NewNetworkVolunteer, OfNetwork, ThankYou, ThankYouFilter, ThankYouId,
    },
};
use crate::{
    access::{Cx, Permission as _, ReadNetworks, ReadThankYous, WriteNetworks},
    problem::Problem,
    web::{Created, IfMatch, Json, One, Page, Path, Query, Window},
};

const TAG: &str = "networks";

/// List networks.
///
/// Oldest first. Volunteers and participants see those that they are in.
#[utoipa::path(tag = TAG, params(NetworkFilter, Window), responses((status = 200, body = Page<Network>)), security(("bearer" = [ReadNetworks::SCOPE])))]
#[get("/networks")]
pub async fn list_networks(
    cx: Cx<ReadNetworks>,
    filter: Query<NetworkFilter>,
    window: Query<Window>,
) -> Result<Page<Network>, Problem> {
    cx.read(async |db| queries::list(db, &filter, &window).await).await
}

/// Form a network.
///
/// It begins empty: add participants and volunteers, then activate it.
#[utoipa::path(tag = TAG, responses((status = 201, body = Network)), security(("bearer" = [WriteNetworks::SCOPE])))]
#[post("/networks")]
pub async fn create_network(
    cx: Cx<WriteNetworks>,
    new: Json<NewNetwork>,
) -> Result<Created<Network>, Problem> {
    cx.create(new, queries::insert, queries::find).await
}

/// Read a network.
#[utoipa::path(tag = TAG, responses((status = 200, body = Network)), security(("bearer" = [ReadNetworks::SCOPE])))]
#[get("/networks/{id}")]
pub async fn read_network(cx: Cx<ReadNetworks>, id: Path<NetworkId>) -> Result<One<Network>, Problem> {
    cx.read(async |db| queries::find(db, *id).await).await.map(One)
}

/// Change a network.
#[utoipa::path(tag = TAG, responses((status = 200, body = Network)), security(("bearer" = [WriteNetworks::SCOPE])))]
#[patch("/networks/{id}")]
pub async fn update_network(
    cx: Cx<WriteNetworks>,
    id: Path<NetworkId>,
    patch: Json<NetworkPatch>,
    version: IfMatch,
) -> Result<One<Network>, Problem> {
    cx.change(version, async |db| queries::update(db, *id, version, &patch).await, queries::find).await
}

/// Activate a network.
///
/// It needs a participant, exactly one network contact, volunteers who all have had both briefings and have signed
/// the declaration of confidentiality, and in the contact form of whoever receives municipal services a municipal
/// contact. If it is for a referral, that was accepted or waits (409 `referral_not_accepted`) and its latest clarification still says
/// to go on (409 `clarification_missing`). The first follow-up is planned.
#[utoipa::path(tag = TAG, responses((status = 200, body = Network)), security(("bearer" = [WriteNetworks::SCOPE])))]
#[post("/networks/{id}/activate")]
pub async fn activate_network(
    cx: Cx<WriteNetworks>,
    id: Path<NetworkId>,
    version: IfMatch,
) -> Result<One<Network>, Problem> {
    cx.change(version, async |db| queries::activate(db, *id, version).await, queries::find).await
}

/// Let a network rest.
#[utoipa::path(tag = TAG, responses((status = 200, body = Network)), security(("bearer" = [WriteNetworks::SCOPE])))]
#[post("/networks/{id}/pause")]
pub async fn pause_network(
    cx: Cx<WriteNetworks>,
    id: Path<NetworkId>,
    why: Json<NetworkPause>,
    version: IfMatch,
) -> Result<One<Network>, Problem> {
    cx.change(version, async |db| queries::pause(db, *id, version, &why).await, queries::find).await
}

/// Resume a network that rested.
///
/// It needs what activating it needed.
#[utoipa::path(tag = TAG, responses((status = 200, body = Network)), security(("bearer" = [WriteNetworks::SCOPE])))]
#[post("/networks/{id}/resume")]
pub async fn resume_network(
    cx: Cx<WriteNetworks>,
    id: Path<NetworkId>,
    version: IfMatch,
) -> Result<One<Network>, Problem> {
    cx.change(version, async |db| queries::resume(db, *id, version).await, queries::find).await
}

/// Dissolve a network.
///
/// Its contact forms are closed, and the municipality that has them is told so as far as their basis still holds; its open
/// follow-ups are cancelled, and its volunteers lose sight of it at once. From now on it is kept until `keep_until`. With
/// `thanks`, each volunteer gets a thank-you, and somebody a task.
#[utoipa::path(tag = TAG, responses((status = 200, body = Network)), security(("bearer" = [WriteNetworks::SCOPE])))]
#[post("/networks/{id}/dissolve")]
pub async fn dissolve_network(
    cx: Cx<WriteNetworks>,
    id: Path<NetworkId>,
    why: Json<NetworkDissolution>,
    version: IfMatch,
) -> Result<One<Network>, Problem> {
    cx.change(version, async |db| queries::dissolve(db, *id, version, &why).await, queries::find).await
}

/// List the participants of networks.
///
/// Oldest first, those who have left among them.
#[utoipa::path(tag = TAG, params(OfNetwork, Window), responses((status = 200, body = Page<NetworkParticipant>)), security(("bearer" = [ReadNetworks::SCOPE])))]
#[get("/network-participants")]
pub async fn list_network_participants(
    cx: Cx<ReadNetworks>,
    of: Query<OfNetwork>,
    window: Query<Window>,
) -> Result<Page<NetworkParticipant>, Problem> {
    cx.read(async |db| queries::list_participants(db, &of, &window).await).await
}

/// Take a person into a network.
#[utoipa::path(tag = TAG, responses((status = 201, body = NetworkParticipant)), security(("bearer" = [WriteNetworks::SCOPE])))]
#[post("/network-participants")]
pub async fn create_network_participant(
    cx: Cx<WriteNetworks>,
    new: Json<NewNetworkParticipant>,
) -> Result<Created<NetworkParticipant>, Problem> {
    cx.create(new, queries::insert_participant, queries::find_participant).await
}

/// Read a participant's part in a network.
#[utoipa::path(tag = TAG, responses((status = 200, body = NetworkParticipant)), security(("bearer" = [ReadNetworks::SCOPE])))]
#[get("/network-participants/{id}")]
pub async fn read_network_participant(
    cx: Cx<ReadNetworks>,
    id: Path<NetworkParticipantId>,
) -> Result<One<NetworkParticipant>, Problem> {
    cx.read(async |db| queries::find_participant(db, *id).await).await.map(One)
}

/// Register that a participant has left a network.
///
/// The participant's contact form is closed.
#[utoipa::path(tag = TAG, responses((status = 200, body = NetworkParticipant)), security(("bearer" = [WriteNetworks::SCOPE])))]
#[post("/network-participants/{id}/leave")]
pub async fn leave_network_participant(
    cx: Cx<WriteNetworks>,
    id: Path<NetworkParticipantId>,
    version: IfMatch,
) -> Result<One<NetworkParticipant>, Problem> {
    let leave = async |db: &mut _| queries::leave_participant(db, *id, version).await;
    cx.change(version, leave, queries::find_participant).await
}

/// List the volunteers of networks.
///
/// Oldest first, those who have left among them.
#[utoipa::path(tag = TAG, params(OfNetwork, Window), responses((status = 200, body = Page<NetworkVolunteer>)), security(("bearer" = [ReadNetworks::SCOPE])))]
#[get("/network-volunteers")]
pub async fn list_network_volunteers(
    cx: Cx<ReadNetworks>,
    of: Query<OfNetwork>,
    window: Query<Window>,
) -> Result<Page<NetworkVolunteer>, Problem> {
    cx.read(async |db| queries::list_volunteers(db, &of, &window).await).await
}

/// Take a volunteer into a network.
///
/// While the network is active, only who has had both briefings and has signed the declaration of confidentiality.
#[utoipa::path(tag = TAG, responses((status = 201, body = NetworkVolunteer)), security(("bearer" = [WriteNetworks::SCOPE])))]
#[post("/network-volunteers")]
pub async fn create_network_volunteer(
    cx: Cx<WriteNetworks>,
    new: Json<NewNetworkVolunteer>,
) -> Result<Created<NetworkVolunteer>, Problem> {
    cx.create(new, queries::insert_volunteer, queries::find_volunteer).await
}

/// Read a volunteer's part in a network.
#[utoipa::path(tag = TAG, responses((status = 200, body = NetworkVolunteer)), security(("bearer" = [ReadNetworks::SCOPE])))]
#[get("/network-volunteers/{id}")]
pub async fn read_network_volunteer(
    cx: Cx<ReadNetworks>,
    id: Path<NetworkVolunteerId>,
) -> Result<One<NetworkVolunteer>, Problem> {
    cx.read(async |db| queries::find_volunteer(db, *id).await).await.map(One)
}

/// Register that a volunteer has left a network.
///
/// The volunteer loses sight of it at once. If it was the network contact, a task is opened to find another.
#[utoipa::path(tag = TAG, responses((status = 200, body = NetworkVolunteer)), security(("bearer" = [WriteNetworks::SCOPE])))]
#[post("/network-volunteers/{id}/leave")]
pub async fn leave_network_volunteer(
    cx: Cx<WriteNetworks>,
    id: Path<NetworkVolunteerId>,
    version: IfMatch,
) -> Result<One<NetworkVolunteer>, Problem> {
    let leave = async |db: &mut _| queries::leave_volunteer(db, *id, version).await;
    cx.change(version, leave, queries::find_volunteer).await
}

/// Make a volunteer the network contact.
///
/// Whoever was it before hands over.
#[utoipa::path(tag = TAG, responses((status = 200, body = NetworkVolunteer)), security(("bearer" = [WriteNetworks::SCOPE])))]
#[post("/network-volunteers/{id}/make-contact")]
pub async fn make_contact_network_volunteer(
    cx: Cx<WriteNetworks>,
    id: Path<NetworkVolunteerId>,
    version: IfMatch,
) -> Result<One<NetworkVolunteer>, Problem> {
    let hand_over = async |db: &mut _| queries::make_contact(db, *id, version).await;
    cx.change(version, hand_over, queries::find_volunteer).await
}

/// List thank-yous.
///
/// Oldest first. Volunteers see their own.
#[utoipa::path(tag = TAG, params(ThankYouFilter, Window), responses((status = 200, body = Page<ThankYou>)), security(("bearer" = [ReadThankYous::SCOPE])))]
#[get("/thank-yous")]
pub async fn list_thank_yous(
    cx: Cx<ReadThankYous>,
    filter: Query<ThankYouFilter>,
    window: Query<Window>,
) -> Result<Page<ThankYou>, Problem> {
    cx.read(async |db| queries::list_thank_yous(db, &filter, &window).await).await
}

/// Read a thank-you.
#[utoipa::path(tag = TAG, responses((status = 200, body = ThankYou)), security(("bearer" = [ReadThankYous::SCOPE])))]
#[get("/thank-yous/{id}")]
pub async fn read_thank_you(cx: Cx<ReadThankYous>, id: Path<ThankYouId>) -> Result<One<ThankYou>, Problem> {
    cx.read(async |db| queries::find_thank_you(db, *id).await).await.map(One)
}
