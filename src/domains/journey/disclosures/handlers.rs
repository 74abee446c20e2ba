use actix_web::{delete, get, post};

use super::{
    queries,
    types::{
        ArchivePackage, Archiving, Delivery, DeliveryFilter, DeliveryInFull, Disclosure, DisclosureFilter,
        DisclosureId, DisclosurePayload, Rejection, TakingIn,
    },
};
use crate::{
    access::{Cx, HandleDeliveries, Permission as _, ReadDeliveries, ReadDisclosures, WriteDisclosures},
    problem::Problem,
    web::{IfMatch, Json, NoContent, One, Page, Path, Query, Window},
};

const SENT: &str = "disclosures";
const RECEIVED: &str = "deliveries";

/// List disclosures.
///
/// What this organisation has sent or wants to send, oldest first, without what it says.
#[utoipa::path(tag = SENT, params(DisclosureFilter, Window), responses((status = 200, body = Page<Disclosure>)), security(("bearer" = [ReadDisclosures::SCOPE])))]
#[get("/disclosures")]
pub async fn list_disclosures(
    cx: Cx<ReadDisclosures>,
    filter: Query<DisclosureFilter>,
    window: Query<Window>,
) -> Result<Page<Disclosure>, Problem> {
    cx.read(async |db| queries::list(db, &filter, &window).await).await
}

/// Read a disclosure.
///
/// How far it came, and why it does not leave if it is blocked. What it says is a call of its own.
#[utoipa::path(tag = SENT, responses((status = 200, body = Disclosure)), security(("bearer" = [ReadDisclosures::SCOPE])))]
#[get("/disclosures/{id}")]
pub async fn read_disclosure(
    cx: Cx<ReadDisclosures>,
    id: Path<DisclosureId>,
) -> Result<One<Disclosure>, Problem> {
    cx.read(async |db| queries::find(db, *id).await).await.map(One)
}

/// Read what a disclosure says.
///
/// The very fields that left, or would leave. While the identity of the person is
/// protected, only those who see the person read it, and only as long as it waits for approval.
#[utoipa::path(tag = SENT, responses((status = 200, body = DisclosurePayload), (status = 409)), security(("bearer" = [ReadDisclosures::SCOPE])))]
#[get("/disclosures/{id}/payload")]
pub async fn read_disclosure_payload(
    cx: Cx<ReadDisclosures>,
    id: Path<DisclosureId>,
) -> Result<One<DisclosurePayload>, Problem> {
    cx.read(async |db| queries::find_payload(db, *id).await).await.map(One)
}

/// Recall a disclosure that has not left.
///
/// Afterwards it never will. What was sent cannot be recalled.
#[utoipa::path(tag = SENT, responses((status = 200, body = Disclosure)), security(("bearer" = [WriteDisclosures::SCOPE])))]
#[post("/disclosures/{id}/recall")]
pub async fn recall_disclosure(
    cx: Cx<WriteDisclosures>,
    id: Path<DisclosureId>,
    version: IfMatch,
) -> Result<One<Disclosure>, Problem> {
    cx.change(version, async |db| queries::recall(db, *id, version).await, queries::find).await
}

/// Send a disclosure again that failed.
///
/// Under the same id, so that the recipient has it once. The basis is asked for again.
#[utoipa::path(tag = SENT, responses((status = 200, body = Disclosure)), security(("bearer" = [WriteDisclosures::SCOPE])))]
#[post("/disclosures/{id}/resend")]
pub async fn resend_disclosure(
    cx: Cx<WriteDisclosures>,
    id: Path<DisclosureId>,
    version: IfMatch,
) -> Result<One<Disclosure>, Problem> {
    cx.change(version, async |db| queries::resend(db, *id, version).await, queries::find).await
}

/// Approve a disclosure about a person whose identity is protected.
///
/// It is the second look that such a disclosure waits for: neither who wrote or laid it out nor who protected the person
/// gives it (409 `protected_needs_second_person`). Who approved it is kept.
#[utoipa::path(tag = SENT, responses((status = 200, body = Disclosure)), security(("bearer" = [WriteDisclosures::SCOPE])))]
#[post("/disclosures/{id}/approve")]
pub async fn approve_disclosure(
    cx: Cx<WriteDisclosures>,
    id: Path<DisclosureId>,
    version: IfMatch,
) -> Result<One<Disclosure>, Problem> {
    let by = cx.actor().membership;
    cx.change(version, async |db| queries::approve(db, *id, version, by).await, queries::find).await
}

/// List deliveries.
///
/// What this organisation was sent, oldest first, without what it says. Systems poll this with `status=sent`.
#[utoipa::path(tag = RECEIVED, params(DeliveryFilter, Window), responses((status = 200, body = Page<Delivery>)), security(("bearer" = [ReadDeliveries::SCOPE])))]
#[get("/deliveries")]
pub async fn list_deliveries(
    cx: Cx<ReadDeliveries>,
    filter: Query<DeliveryFilter>,
    window: Query<Window>,
) -> Result<Page<Delivery>, Problem> {
    cx.read(async |db| queries::list_deliveries(db, &filter, &window).await).await
}

/// Read a delivery and what it says.
///
/// A contact person of a unit sees what is for that unit.
#[utoipa::path(tag = RECEIVED, responses((status = 200, body = DeliveryInFull)), security(("bearer" = [ReadDeliveries::SCOPE])))]
#[get("/deliveries/{id}")]
pub async fn read_delivery(
    cx: Cx<ReadDeliveries>,
    id: Path<DisclosureId>,
) -> Result<One<DeliveryInFull>, Problem> {
    cx.read(async |db| queries::find_in_full(db, *id).await).await.map(One)
}

/// Read a delivery as an archive needs it.
///
/// Origin, context, content and checksum, to be kept together and unaltered. Of a person whose identity is protected here
/// only for the assigned: else 409 `person_is_protected`.
#[utoipa::path(tag = RECEIVED, responses((status = 200, body = ArchivePackage), (status = 409)), security(("bearer" = [HandleDeliveries::SCOPE])))]
#[get("/deliveries/{id}/archive-package")]
pub async fn read_delivery_archive_package(
    cx: Cx<HandleDeliveries>,
    id: Path<DisclosureId>,
) -> Result<One<ArchivePackage>, Problem> {
    cx.read(async |db| queries::package(db, *id).await).await.map(One)
}

/// Say that a delivery is stored.
///
/// The sender sees it at once. A delivery that is not acknowledged in time fails.
#[utoipa::path(tag = RECEIVED, responses((status = 200, body = Delivery)), security(("bearer" = [HandleDeliveries::SCOPE])))]
#[post("/deliveries/{id}/acknowledge")]
pub async fn acknowledge_delivery(
    cx: Cx<HandleDeliveries>,
    id: Path<DisclosureId>,
    version: IfMatch,
) -> Result<One<Delivery>, Problem> {
    cx.change(version, async |db| queries::acknowledge(db, *id, version).await, queries::find_delivery).await
}

/// Take in the person of a delivered referral.
///
/// Makes a person of what was sent, or links one who is known here, to the delivery and to the referral; and
/// acknowledges the delivery.
#[utoipa::path(tag = RECEIVED, responses((status = 200, body = Delivery)), security(("bearer" = [HandleDeliveries::SCOPE])))]
#[post("/deliveries/{id}/take-in")]
pub async fn take_in_delivery(
    cx: Cx<HandleDeliveries>,
    id: Path<DisclosureId>,
    whom: Json<TakingIn>,
    version: IfMatch,
) -> Result<One<Delivery>, Problem> {
    cx.change(version, async |db| queries::take_in(db, *id, version, &whom).await, queries::find_delivery)
        .await
}

/// Say where a delivery was archived.
///
/// From then on it is kept: it can be neither rejected nor deleted.
#[utoipa::path(tag = RECEIVED, responses((status = 200, body = Delivery)), security(("bearer" = [HandleDeliveries::SCOPE])))]
#[post("/deliveries/{id}/archive")]
pub async fn archive_delivery(
    cx: Cx<HandleDeliveries>,
    id: Path<DisclosureId>,
    archiving: Json<Archiving>,
    version: IfMatch,
) -> Result<One<Delivery>, Problem> {
    cx.change(
        version,
        async |db| queries::archive(db, *id, version, &archiving).await,
        queries::find_delivery,
    )
    .await
}

/// Reject a delivery.
///
/// The sender gets a task. What was rejected can be deleted here.
#[utoipa::path(tag = RECEIVED, responses((status = 200, body = Delivery)), security(("bearer" = [HandleDeliveries::SCOPE])))]
#[post("/deliveries/{id}/reject")]
pub async fn reject_delivery(
    cx: Cx<HandleDeliveries>,
    id: Path<DisclosureId>,
    rejection: Json<Rejection>,
    version: IfMatch,
) -> Result<One<Delivery>, Problem> {
    cx.change(version, async |db| queries::reject(db, *id, version, &rejection).await, queries::find_delivery)
        .await
}

/// Delete a delivery that was rejected or recalled.
///
/// What is archived is kept by law (NO: arkivlova, LOV-2025-06-20-96, §§ 7, 12 and 13).
#[utoipa::path(tag = RECEIVED, responses((status = 204)), security(("bearer" = [HandleDeliveries::SCOPE])))]
#[delete("/deliveries/{id}")]
pub async fn delete_delivery(
    cx: Cx<HandleDeliveries>,
    id: Path<DisclosureId>,
    version: IfMatch,
) -> Result<NoContent, Problem> {
    cx.remove(version, *id, async |db| queries::delete_delivery(db, *id, version).await).await
}
