use actix_web::get;

use super::{
    queries,
    types::{Days, Reconciliation},
};
use crate::{
    access::{Cx, Permission as _, ReadReconciliation},
    problem::Problem,
    web::{Answer, Query},
};

/// Reconcile what was sent.
///
/// For each counterpart and day (of `sent_at`, by the clock of all three countries) how much has left and lies there, how much of it was acknowledged, and
/// a digest of it all. The counterpart reads the same of its deliveries: where count or digest differ, or less is
/// acknowledged than sent, something was lost. What was rejected or recalled is left out, since the recipient may
/// delete it. Only those see it who work for the whole organisation.
#[utoipa::path(tag = "disclosures", params(Days), responses((status = 200, body = Reconciliation)), security(("bearer" = [ReadReconciliation::SCOPE])))]
#[get("/disclosures/reconciliation")]
pub async fn read_disclosure_reconciliation(
    cx: Cx<ReadReconciliation>,
    days: Query<Days>,
) -> Result<Answer<Reconciliation>, Problem> {
    cx.run(async |db| queries::reconcile(db, "disclosure", &days).await).await.map(Answer)
}

/// Reconcile what was received.
///
/// The same of the deliveries, as their sender reads it of its disclosures. A system that stores them makes the digest of
/// what it has itself: of each delivery of the day a line of its `id`, a space, its `payload_sha256` and a line feed, in
/// the order of the ids; of all lines together SHA-256, in hexadecimal. If it is not the one that stands here, the
/// system has lost something that it has acknowledged, or never had it.
#[utoipa::path(tag = "deliveries", params(Days), responses((status = 200, body = Reconciliation)), security(("bearer" = [ReadReconciliation::SCOPE])))]
#[get("/deliveries/reconciliation")]
pub async fn read_delivery_reconciliation(
    cx: Cx<ReadReconciliation>,
    days: Query<Days>,
) -> Result<Answer<Reconciliation>, Problem> {
    cx.run(async |db| queries::reconcile(db, "delivery", &days).await).await.map(Answer)
}
