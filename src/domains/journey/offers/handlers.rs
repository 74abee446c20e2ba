use actix_web::{get, post};

use super::{
    queries,
    types::{Offer, OfferDecline, OfferFilter, OfferId, ShortagePeriod, ShortageReport},
};
use crate::{
    access::{Cx, HandleOffers, Permission as _, ReadOffers},
    problem::Problem,
    web::{Answer, IfMatch, Json, One, Page, Path, Query, Window},
};

const TAG: &str = "offers";

/// Report where there are too few.
///
/// By service: what this organisation has offered to others and what became of it, how often they and it itself had no
/// capacity, and how many wait now. It counts what the caller sees, of this organisation alone.
#[utoipa::path(tag = TAG, params(ShortagePeriod), responses((status = 200, body = ShortageReport)), security(("bearer" = [ReadOffers::SCOPE])))]
#[get("/offers/shortage-report")]
pub async fn read_shortage_report(
    cx: Cx<ReadOffers>,
    period: Query<ShortagePeriod>,
) -> Result<Answer<ShortageReport>, Problem> {
    cx.run(async |db| queries::shortage(db, &period).await).await.map(Answer)
}

/// List offers.
///
/// What this organisation was offered and what it offers itself, oldest first.
#[utoipa::path(tag = TAG, params(OfferFilter, Window), responses((status = 200, body = Page<Offer>)), security(("bearer" = [ReadOffers::SCOPE])))]
#[get("/offers")]
pub async fn list_offers(
    cx: Cx<ReadOffers>,
    filter: Query<OfferFilter>,
    window: Query<Window>,
) -> Result<Page<Offer>, Problem> {
    cx.run(async |db| queries::list(db, &filter, &window).await).await
}

/// Read an offer.
#[utoipa::path(tag = TAG, responses((status = 200, body = Offer)), security(("bearer" = [ReadOffers::SCOPE])))]
#[get("/offers/{id}")]
pub async fn read_offer(cx: Cx<ReadOffers>, id: Path<OfferId>) -> Result<One<Offer>, Problem> {
    cx.run(async |db| queries::find(db, *id).await).await.map(One)
}

/// Accept an offer.
///
/// The first that accepts has it, and all other offers of the referral lapse. Whom it is about comes as a disclosure, when
/// the organisation that asked has told it.
#[utoipa::path(tag = TAG, responses((status = 200, body = Offer)), security(("bearer" = [HandleOffers::SCOPE])))]
#[post("/offers/{id}/accept")]
pub async fn accept_offer(
    cx: Cx<HandleOffers>,
    id: Path<OfferId>,
    version: IfMatch,
) -> Result<One<Offer>, Problem> {
    cx.change(version, async |db| queries::accept(db, *id, version).await, queries::find).await
}

/// Decline an offer.
///
/// When nobody is left who could accept, the referral is in clarification again. `no_capacity` counts in the shortage
/// report of the organisation that asked.
#[utoipa::path(tag = TAG, responses((status = 200, body = Offer)), security(("bearer" = [HandleOffers::SCOPE])))]
#[post("/offers/{id}/decline")]
pub async fn decline_offer(
    cx: Cx<HandleOffers>,
    id: Path<OfferId>,
    why: Json<OfferDecline>,
    version: IfMatch,
) -> Result<One<Offer>, Problem> {
    cx.change(version, async |db| queries::decline(db, *id, version, &why).await, queries::find).await
}

/// Tell the organisation that has accepted whom it is about.
///
/// What the person's consent to that organisation, or a legal basis, covers is laid out as a disclosure: without one
/// 422 `consent_required`.
#[utoipa::path(tag = TAG, responses((status = 200, body = Offer)), security(("bearer" = [HandleOffers::SCOPE])))]
#[post("/offers/{id}/disclose")]
pub async fn disclose_offer(
    cx: Cx<HandleOffers>,
    id: Path<OfferId>,
    version: IfMatch,
) -> Result<One<Offer>, Problem> {
    cx.change(version, async |db| queries::disclose(db, *id, version).await, queries::find).await
}
