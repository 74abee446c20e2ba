use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::types::{DirectoryEntry, DirectoryFilter};
use crate::{
    access::{Db, today},
    problem::Problem,
    schema::{contact_point, organisation, unit},
    web::{Page, Window},
};

/// Of every organisation, what it has published and is valid today.
pub async fn list(
    db: &mut Db,
    filter: &DirectoryFilter,
    window: &Window,
) -> Result<Page<DirectoryEntry>, Problem> {
    let today = today(db).await?;
    let mut query = DirectoryEntry::query()
        .filter(organisation::municipality_code.eq(&filter.municipality))
        .filter(organisation::valid_to.is_null().or(organisation::valid_to.gt(today)))
        .filter(unit::valid_to.is_null().or(unit::valid_to.gt(today)))
        .filter(contact_point::published.and(contact_point::valid_from.le(today)))
        .filter(contact_point::valid_to.is_null().or(contact_point::valid_to.gt(today)))
        .into_boxed();
    if let Some(country) = filter.country {
        query = query.filter(organisation::country.eq(country));
    }
    if let Some(service) = &filter.service {
        let all = contact_point::services.eq(Vec::<String>::new());
        query = query.filter(all.or(contact_point::services.contains(vec![service])));
    }
    if let Some(cursor) = window.cursor {
        query = query.filter(contact_point::id.gt(cursor));
    }
    let rows = query.order(contact_point::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &DirectoryEntry| row.id.into()))
}
