use chrono::{NaiveTime, TimeDelta};
use diesel::{
    sql_query,
    sql_types::{Nullable, Timestamptz, Uuid},
};
use diesel_async::RunQueryDsl;

use super::types::{Days, Reconciliation};
use crate::{
    access::{Db, today},
    day,
    problem::Problem,
};

/// Of disclosures or deliveries. What one sees only a part of it would tell wrongly.
pub async fn reconcile(db: &mut Db, table: &'static str, days: &Days) -> Result<Reconciliation, Problem> {
    let (first, last) = days.period(today(db).await?)?;
    let begin = day::instant(first.and_time(NaiveTime::MIN));
    let end = day::instant((last + TimeDelta::days(1)).and_time(NaiveTime::MIN));
    let one = if days.counterpart_organisation_id.is_some() {
        "counterpart_organisation_id = $3"
    } else {
        "$3 is null"
    };
    let query = format!(
        r"select counterpart_organisation_id, app.day_of(sent_at) as day, count(*) as count,
                count(*) filter (where status in ('received', 'archived')) as acknowledged,
                encode(sha256(convert_to(string_agg(id || ' ' || payload_sha256 || E'\n', '' order by id), 'UTF8')), 'hex') as digest
            from {table} where sent_at >= $1 and sent_at < $2 and {one}
                and status not in ('rejected', 'recalled') and (select app.whole_organisation())
            group by 1, 2 order by 2, 1"
    );
    let query = sql_query(query)
        .bind::<Timestamptz, _>(begin)
        .bind::<Timestamptz, _>(end)
        .bind::<Nullable<Uuid>, _>(days.counterpart_organisation_id);
    Ok(Reconciliation { first_on: first, last_on: last, items: query.load(db).await? })
}
