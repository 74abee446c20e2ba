use actix_web::{get, post};

use super::{
    queries,
    types::{Ending, LegalBasis, LegalBasisFilter, LegalBasisId, NewLegalBasis},
};
use crate::{
    access::{Cx, DecideLegalBases, Permission as _, ReadLegalBases},
    problem::Problem,
    web::{Created, IfMatch, Json, One, Page, Path, Query, Window},
};

const TAG: &str = "legal bases";

/// List legal bases.
///
/// Oldest first. A participant sees those about themselves.
#[utoipa::path(tag = TAG, params(LegalBasisFilter, Window), responses((status = 200, body = Page<LegalBasis>)), security(("bearer" = [ReadLegalBases::SCOPE])))]
#[get("/legal-bases")]
pub async fn list_legal_bases(
    cx: Cx<ReadLegalBases>,
    filter: Query<LegalBasisFilter>,
    window: Query<Window>,
) -> Result<Page<LegalBasis>, Problem> {
    cx.read(async |db| queries::list(db, &filter, &window).await).await
}

/// Decide that the law lets something be told.
///
/// The rule says by which section, to whom, what, and in which role one decides it (422 otherwise). The other side learns
/// of it, what waited for a basis is queued, and somebody is reminded to tell the person. If the person withdraws a consent
/// to the same later, nothing new is told under it: that takes a new decision.
#[utoipa::path(tag = TAG, responses((status = 201, body = LegalBasis)), security(("bearer" = [DecideLegalBases::SCOPE])))]
#[post("/legal-bases")]
pub async fn create_legal_basis(
    cx: Cx<DecideLegalBases>,
    new: Json<NewLegalBasis>,
) -> Result<Created<LegalBasis>, Problem> {
    cx.create(new, queries::insert, queries::find).await
}

/// Read a legal basis.
#[utoipa::path(tag = TAG, responses((status = 200, body = LegalBasis)), security(("bearer" = [ReadLegalBases::SCOPE])))]
#[get("/legal-bases/{id}")]
pub async fn read_legal_basis(
    cx: Cx<ReadLegalBases>,
    id: Path<LegalBasisId>,
) -> Result<One<LegalBasis>, Problem> {
    cx.read(async |db| queries::find(db, *id).await).await.map(One)
}

/// End a legal basis.
///
/// Nothing more is sent under it; what was sent stays sent.
#[utoipa::path(tag = TAG, responses((status = 200, body = LegalBasis)), security(("bearer" = [DecideLegalBases::SCOPE])))]
#[post("/legal-bases/{id}/end")]
pub async fn end_legal_basis(
    cx: Cx<DecideLegalBases>,
    id: Path<LegalBasisId>,
    why: Json<Ending>,
    version: IfMatch,
) -> Result<One<LegalBasis>, Problem> {
    cx.change(version, async |db| queries::end(db, *id, version, &why).await, queries::find).await
}
