use actix_web::{get, patch, post};

use super::{
    acceptance, queries,
    types::{
        Invitation, InvitationAcceptance, InvitationId, Membership, MembershipFilter, MembershipPatch,
        NewInvitation,
    },
};
use crate::{
    access::{Cx, ManageMembers, Permission as _, ReadMembers, Visitor},
    domains::house::sessions::{MembershipId, SessionTokens},
    problem::Problem,
    web::{Answer, Created, IfMatch, Json, One, Page, Path, Query, Window},
};

const TAG: &str = "members";

/// List memberships.
///
/// Oldest first, also those that have ended.
#[utoipa::path(tag = TAG, params(MembershipFilter, Window), responses((status = 200, body = Page<Membership>)), security(("bearer" = [ReadMembers::SCOPE])))]
#[get("/memberships")]
pub async fn list_memberships(
    cx: Cx<ReadMembers>,
    filter: Query<MembershipFilter>,
    window: Query<Window>,
) -> Result<Page<Membership>, Problem> {
    cx.run(async |db| queries::list(db, &filter, &window).await).await
}

/// Read a membership.
///
/// Also one that has ended.
#[utoipa::path(tag = TAG, responses((status = 200, body = Membership)), security(("bearer" = [ReadMembers::SCOPE])))]
#[get("/memberships/{id}")]
pub async fn read_membership(
    cx: Cx<ReadMembers>,
    id: Path<MembershipId>,
) -> Result<One<Membership>, Problem> {
    cx.run(async |db| queries::find(db, *id).await).await.map(One)
}

/// Change a membership.
///
/// Name and unit. For another role, invite to it and end this one.
#[utoipa::path(tag = TAG, responses((status = 200, body = Membership)), security(("bearer" = [ManageMembers::SCOPE])))]
#[patch("/memberships/{id}")]
pub async fn update_membership(
    cx: Cx<ManageMembers>,
    id: Path<MembershipId>,
    patch: Json<MembershipPatch>,
    version: IfMatch,
) -> Result<One<Membership>, Problem> {
    cx.change(version, async |db| queries::update(db, *id, version, &patch).await, queries::find).await
}

/// End a membership.
///
/// Its tokens are worth nothing from now on. The last admin stays (409 `last_admin`).
#[utoipa::path(tag = TAG, responses((status = 200, body = Membership)), security(("bearer" = [ManageMembers::SCOPE])))]
#[post("/memberships/{id}/end")]
pub async fn end_membership(
    cx: Cx<ManageMembers>,
    id: Path<MembershipId>,
    version: IfMatch,
) -> Result<One<Membership>, Problem> {
    cx.change(version, async |db| queries::end(db, *id, version).await, queries::find).await
}

/// List invitations.
///
/// Oldest first, also those that were accepted, revoked or have run out.
#[utoipa::path(tag = TAG, params(Window), responses((status = 200, body = Page<Invitation>)), security(("bearer" = [ManageMembers::SCOPE])))]
#[get("/invitations")]
pub async fn list_invitations(
    cx: Cx<ManageMembers>,
    window: Query<Window>,
) -> Result<Page<Invitation>, Problem> {
    cx.run(async |db| queries::list_invitations(db, &window).await).await
}

/// Invite somebody to become a member.
///
/// The answer has the token for the link, this once, and not when it is asked for again: whoever has lost it revokes the
/// invitation and makes another. It is good once, for seven days.
#[utoipa::path(tag = TAG, responses((status = 201, body = Invitation)), security(("bearer" = [ManageMembers::SCOPE])))]
#[post("/invitations")]
pub async fn create_invitation(
    cx: Cx<ManageMembers>,
    new: Json<NewInvitation>,
) -> Result<Created<Invitation>, Problem> {
    cx.create(new, queries::insert_invitation, queries::find_invitation).await
}

/// Accept an invitation.
///
/// Makes the account, if the address has none, and the membership, and logs in. Who has an account already gives its
/// password, and the code of its second factor.
#[utoipa::path(tag = TAG, responses((status = 200, body = SessionTokens), (status = 401), (status = 429)), extensions(("x-public" = json!("The token of the link says who asks.")), ("x-exempt" = json!("The token is good once."))))]
#[post("/invitations/accept")]
pub async fn accept_invitation(
    visitor: Visitor,
    answer: Json<InvitationAcceptance>,
) -> Result<Answer<SessionTokens>, Problem> {
    acceptance::accept(&visitor, &answer).await.map(Answer)
}

/// Read an invitation.
///
/// Without its token.
#[utoipa::path(tag = TAG, responses((status = 200, body = Invitation)), security(("bearer" = [ManageMembers::SCOPE])))]
#[get("/invitations/{id}")]
pub async fn read_invitation(
    cx: Cx<ManageMembers>,
    id: Path<InvitationId>,
) -> Result<One<Invitation>, Problem> {
    cx.run(async |db| queries::find_invitation(db, *id).await).await.map(One)
}

/// Revoke an invitation.
///
/// Its link is worth nothing from now on.
#[utoipa::path(tag = TAG, responses((status = 200, body = Invitation)), security(("bearer" = [ManageMembers::SCOPE])))]
#[post("/invitations/{id}/revoke")]
pub async fn revoke_invitation(
    cx: Cx<ManageMembers>,
    id: Path<InvitationId>,
    version: IfMatch,
) -> Result<One<Invitation>, Problem> {
    let work = async |db: &mut _| queries::revoke_invitation(db, *id, version).await;
    cx.change(version, work, queries::find_invitation).await
}
