use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::types::{AuditEntry, AuditEntryFilter, AuditEntryId};
use crate::{
    access::Db,
    problem::Problem,
    schema::audit,
    web::{Page, Window},
};

pub async fn list(
    db: &mut Db,
    filter: &AuditEntryFilter,
    window: &Window,
) -> Result<Page<AuditEntry>, Problem> {
    let mut query = AuditEntry::query().into_boxed();
    if let Some(person) = filter.person_id {
        query = query.filter(audit::person_id.eq(person));
    }
    if let Some(account) = filter.account_id {
        query = query.filter(audit::account_id.eq(account));
    }
    if let Some(verb) = &filter.verb {
        query = query.filter(audit::verb.eq(verb));
    }
    query = match &filter.table_name {
        Some(table) => query.filter(audit::table_name.eq(table)),
        // To look at the audit is to add to it: the list would soon tell of nothing else.
        None => query.filter(audit::table_name.ne("audit")),
    };
    if let Some(from) = filter.from {
        query = query.filter(audit::at.ge(from));
    }
    if let Some(to) = filter.to {
        query = query.filter(audit::at.lt(to));
    }
    if let Some(cursor) = window.cursor {
        query = query.filter(audit::id.lt(cursor));
    }
    let rows = query.order(audit::id.desc()).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &AuditEntry| row.id.into()))
}

pub async fn find(db: &mut Db, id: AuditEntryId) -> Result<AuditEntry, Problem> {
    Ok(AuditEntry::query().filter(audit::id.eq(id)).first(db).await?)
}
