use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::types::{AuditEntry, AuditEntryFilter, AuditEntryId};
use crate::{
    access::{Db, own_person},
    problem::Problem,
    schema::audit,
    web::{Page, Window},
};

/// The last that a `UUIDv7` can tell of.
const LAST: i64 = (1 << 48) - 1;

/// What no entry's id before this moment reaches. The list is in the order of ids: from there on it is read.
fn end_of_ids(moment: DateTime<Utc>) -> AuditEntryId {
    let milliseconds = moment.timestamp_millis().saturating_add(1).clamp(0, LAST);
    Uuid::from_u128(u128::from(milliseconds.unsigned_abs()) << 80).into()
}

pub async fn list(
    db: &mut Db,
    of_one_person: bool,
    filter: &AuditEntryFilter,
    window: &Window,
) -> Result<Page<AuditEntry>, Problem> {
    // Of what is to come there are many months, all of them empty.
    let end = filter.to.unwrap_or_else(|| Utc::now() + TimeDelta::days(1));
    let mut query = AuditEntry::query().filter(audit::at.lt(end)).into_boxed();
    if of_one_person {
        // The policy shows nothing else; said here, an index serves it.
        query = query.filter(audit::person_id.eq(own_person().nullable()));
    }
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
        query = query.filter(audit::id.lt(end_of_ids(to)));
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
