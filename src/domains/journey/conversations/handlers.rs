use actix_web::{get, patch, post};

use super::{
    queries,
    types::{
        Clarification, ClarificationId, Conversation, ConversationId, ConversationPatch, HeldConversation,
        NewClarification, NewConversation, OfReferral,
    },
};
use crate::{
    access::{Cx, Permission as _, ReadConversations, WriteConversations},
    problem::Problem,
    web::{Created, IfMatch, Json, One, Page, Path, Query, Window},
};

const TAG: &str = "conversations";

/// List conversations.
///
/// Oldest first. A participant sees only their own.
#[utoipa::path(tag = TAG, params(OfReferral, Window), responses((status = 200, body = Page<Conversation>)), security(("bearer" = [ReadConversations::SCOPE])))]
#[get("/conversations")]
pub async fn list_conversations(
    cx: Cx<ReadConversations>,
    of: Query<OfReferral>,
    window: Query<Window>,
) -> Result<Page<Conversation>, Problem> {
    cx.read(async |db| queries::list(db, &of, &window).await).await
}

/// Plan a conversation with the person.
///
/// It is a step of the method that one had with the other side when the referral was submitted (422
/// `conversation_unknown_step`), and the referral has not ended (409 `referral_has_ended`).
#[utoipa::path(tag = TAG, responses((status = 201, body = Conversation)), security(("bearer" = [WriteConversations::SCOPE])))]
#[post("/conversations")]
pub async fn create_conversation(
    cx: Cx<WriteConversations>,
    new: Json<NewConversation>,
) -> Result<Created<Conversation>, Problem> {
    cx.create(new, queries::insert, queries::find).await
}

/// Read a conversation.
#[utoipa::path(tag = TAG, responses((status = 200, body = Conversation)), security(("bearer" = [ReadConversations::SCOPE])))]
#[get("/conversations/{id}")]
pub async fn read_conversation(
    cx: Cx<ReadConversations>,
    id: Path<ConversationId>,
) -> Result<One<Conversation>, Problem> {
    cx.read(async |db| queries::find(db, *id).await).await.map(One)
}

/// Change a conversation that is planned.
///
/// One that was held stays as it is: what is new is said in another.
#[utoipa::path(tag = TAG, responses((status = 200, body = Conversation)), security(("bearer" = [WriteConversations::SCOPE])))]
#[patch("/conversations/{id}")]
pub async fn update_conversation(
    cx: Cx<WriteConversations>,
    id: Path<ConversationId>,
    patch: Json<ConversationPatch>,
    version: IfMatch,
) -> Result<One<Conversation>, Problem> {
    cx.change(version, async |db| queries::update(db, *id, version, &patch).await, queries::find).await
}

/// Register that a conversation was held.
///
/// The conversations that the method has before it were held (409 `conversation_missing`), and so was this one (422
/// `held_in_the_future`).
#[utoipa::path(tag = TAG, responses((status = 200, body = Conversation)), security(("bearer" = [WriteConversations::SCOPE])))]
#[post("/conversations/{id}/hold")]
pub async fn hold_conversation(
    cx: Cx<WriteConversations>,
    id: Path<ConversationId>,
    how: Json<HeldConversation>,
    version: IfMatch,
) -> Result<One<Conversation>, Problem> {
    cx.change(version, async |db| queries::hold(db, *id, version, &how).await, queries::find).await
}

/// List clarifications.
///
/// Oldest first. A participant sees only their own.
#[utoipa::path(tag = TAG, params(OfReferral, Window), responses((status = 200, body = Page<Clarification>)), security(("bearer" = [ReadConversations::SCOPE])))]
#[get("/clarifications")]
pub async fn list_clarifications(
    cx: Cx<ReadConversations>,
    of: Query<OfReferral>,
    window: Query<Window>,
) -> Result<Page<Clarification>, Problem> {
    cx.read(async |db| queries::list_clarifications(db, &of, &window).await).await
}

/// Register what was clarified: need, wanted offer, and how it goes on.
///
/// The conversations of the method were held before (409 `conversation_missing`). To proceed, the person or a representative has agreed
/// (422 `clarification_not_agreed`).
#[utoipa::path(tag = TAG, responses((status = 201, body = Clarification)), security(("bearer" = [WriteConversations::SCOPE])))]
#[post("/clarifications")]
pub async fn create_clarification(
    cx: Cx<WriteConversations>,
    new: Json<NewClarification>,
) -> Result<Created<Clarification>, Problem> {
    cx.create(new, queries::insert_clarification, queries::find_clarification).await
}

/// Read a clarification.
#[utoipa::path(tag = TAG, responses((status = 200, body = Clarification)), security(("bearer" = [ReadConversations::SCOPE])))]
#[get("/clarifications/{id}")]
pub async fn read_clarification(
    cx: Cx<ReadConversations>,
    id: Path<ClarificationId>,
) -> Result<One<Clarification>, Problem> {
    cx.read(async |db| queries::find_clarification(db, *id).await).await.map(One)
}
