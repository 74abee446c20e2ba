use actix_web::get;

use super::{
    queries,
    types::{AuditEntry, AuditEntryFilter, AuditEntryId},
};
use crate::{
    access::{Cx, Permission as _, ReadAudit},
    problem::Problem,
    web::{Answer, Page, Path, Query, Window},
};

const TAG: &str = "audit";

/// List who saw and changed what.
///
/// Newest first. The data protection officer sees all that concerns the organisation, a participant what concerns
/// themselves. That somebody reads this list is written down too, and shown when `table_name=audit` is asked for.
#[utoipa::path(tag = TAG, params(AuditEntryFilter, Window), responses((status = 200, body = Page<AuditEntry>)), security(("bearer" = [ReadAudit::SCOPE])))]
#[get("/audit-entries")]
pub async fn list_audit_entries(
    cx: Cx<ReadAudit>,
    filter: Query<AuditEntryFilter>,
    window: Query<Window>,
) -> Result<Page<AuditEntry>, Problem> {
    cx.read(async |db| queries::list(db, cx.sees_one_person(), &filter, &window).await).await
}

/// Read an entry of the audit.
///
/// It never changes, so it has no version.
#[utoipa::path(tag = TAG, responses((status = 200, body = AuditEntry)), security(("bearer" = [ReadAudit::SCOPE])))]
#[get("/audit-entries/{id}")]
pub async fn read_audit_entry(
    cx: Cx<ReadAudit>,
    id: Path<AuditEntryId>,
) -> Result<Answer<AuditEntry>, Problem> {
    cx.read(async |db| queries::find(db, *id).await).await.map(Answer)
}
