//! What must hold in the end, as the rows say it, the callers remember it and both sides account for it.

use std::{
    collections::HashMap,
    str::FromStr,
    time::{Duration, Instant},
};

use serde_json::Value;
use tokio::time::sleep;

use crate::{
    Crowd, Failure, PATIENCE,
    callers::{Caller, Tally, Written},
    held,
    processes::House,
};

/// What is still on its way.
const UNDER_WAY: &str = "
    select 'a disclosure waits: ' || id from disclosure where status = 'queued'
    union all select 'a delivery is not acknowledged: ' || id from delivery where status = 'sent'
    union all select 'an event has no number: ' || id from event where sequence is null";

/// What there must be none of.
const NEVER: [(&str, &str); 10] = [
    (
        "the two sides of a referral differ",
        "select id from referral where status <> 'draft' group by id having count(*) <> 2 or count(distinct status) <> 1",
    ),
    (
        "the two sides of a consent differ",
        "select id from consent group by id having count(*) <> 2 or count(distinct status) <> 1",
    ),
    (
        "what was sent and what was received differ",
        "select it.id from disclosure as it full join delivery as there
             on (there.organisation_id, there.counterpart_organisation_id, there.id) = (it.counterpart_organisation_id, it.organisation_id, it.id)
             where (it.sent_at is not null or it.id is null)
                 and (it.status, it.payload, it.payload_sha256, it.sent_at, it.referral_id)
                     is distinct from (there.status, there.payload, there.payload_sha256, there.sent_at, there.referral_id)",
    ),
    (
        "something was sent twice, or never said to be",
        "select it.id from disclosure as it where it.sent_at is not null
             and (select array_agg(name order by name) from event
                  where organisation_id in (it.organisation_id, it.counterpart_organisation_id) and subject_id = it.id and name in ('disclosure.sent', 'delivery.sent'))
                 is distinct from '{delivery.sent,disclosure.sent}'",
    ),
    (
        "a referral was told of other than twice, when it was submitted and when it was changed",
        "select referral_id from disclosure group by referral_id having count(*) <> 2",
    ),
    (
        "a submitted referral is not told of",
        "select id from referral as it where side = 'sent' and status <> 'draft' and id::text not like '01900000-0000-7000-80%'
             and not exists (select from disclosure where referral_id = it.id)",
    ),
    (
        "a step was taken twice",
        "select subject_id from event where to_status is not null group by organisation_id, subject_id, name having count(*) > 1",
    ),
    (
        "a step was taken of which nobody was told",
        "select id from referral as it where id::text not like '01900000-0000-7000-80%' and status <> 'draft' and not exists
             (select from event where (organisation_id, subject_id, to_status) = (it.organisation_id, it.id, it.status))",
    ),
    (
        "a feed has a gap",
        "select organisation_id from event group by organisation_id having count(*) <> max(sequence) or min(sequence) <> 1",
    ),
    (
        "a row was written other than once",
        "select it.id from (select id from volunteer union all select id from person where id::text not like '01900000-0000-7000-80%') as it
             left join (select row_id, count(*) as many from audit where verb = 'insert' and table_name in ('person', 'volunteer') group by row_id) as told
                 on told.row_id = it.id
             where many is distinct from 1",
    ),
];

/// The tables of the collections that callers write to, and which of their rows somebody has made there.
const TABLES: [(&str, &str, &str); 6] = [
    ("persons", "person", "true"),
    ("capacity-assessments", "capacity_assessment", "true"),
    ("consents", "consent", "side = 'sent'"),
    ("referrals", "referral", "side = 'sent'"),
    ("volunteers", "volunteer", "true"),
    ("deliveries", "delivery", "false"),
];

pub struct Books<'a> {
    house: &'a House,
    caller: &'a Caller,
    tally: &'a Tally,
}

impl<'a> Books<'a> {
    pub fn open(house: &'a House, caller: &'a Caller, tally: &'a Tally) -> Self {
        Self { house, caller, tally }
    }

    /// Waits until nothing is on its way any more, and everybody has read everything.
    pub async fn drained(&self, crowd: &Crowd) -> Result<(), Failure> {
        // Where something is wrong already, the rest may never come.
        let deadline = Instant::now() + if self.tally.found_anything() { PATIENCE / 9 } else { PATIENCE };
        loop {
            let mut left = self.house.lines(UNDER_WAY).await?;
            let query = "select organisation_id || ' ' || count(*) from event group by organisation_id";
            let told: HashMap<String, usize> =
                self.house.lines(query).await?.iter().filter_map(pair).collect();
            for (number, seen) in &crowd.readers {
                let organisation =
                    crowd.desks.get(*number as usize).map(|desk| desk.organisation().to_string());
                let many = organisation.and_then(|it| told.get(&it)).copied().unwrap_or_default();
                let read = held(seen).events.len();
                left.extend((read < many).then(|| format!("a reader has seen {read} of {many}")));
            }
            if left.is_empty() {
                return Ok(());
            }
            if Instant::now() > deadline {
                left.into_iter().for_each(|it| self.tally.wrong(it));
                return Ok(());
            }
            sleep(Duration::from_millis(200)).await;
        }
    }

    pub async fn check(&self, crowd: &Crowd) -> Result<(), Failure> {
        for (what, query) in NEVER {
            for it in self.house.lines(query).await? {
                self.tally.wrong(format!("{what}: {it}"));
            }
        }
        self.keys_and_rows().await?;
        self.versions().await?;
        self.feeds(crowd).await?;
        self.accounts(crowd).await
    }

    /// What was acknowledged is there, once, and nothing else.
    async fn keys_and_rows(&self) -> Result<(), Failure> {
        let written = self.tally.written();
        let used = "select organisation_id || ' ' || key || ' ' || coalesce(resource_id::text, 'nothing') from idempotency_key";
        let expected = written.iter().map(|it| format!("{} {} {}", it.organisation, it.key, it.id));
        self.same("what a key was used for", expected.collect(), self.house.lines(used).await?);
        for (collection, table, made) in TABLES.iter().filter(|(.., made)| *made != "false") {
            let new = written.iter().filter(|it| it.is_new && it.collection == *collection);
            let query = format!(
                "select organisation_id || ' ' || id from {table} where {made} and id::text not like '01900000-0000-7000-80%'"
            );
            let expected = new.map(|it| format!("{} {}", it.organisation, it.id)).collect();
            self.same(table, expected, self.house.lines(&query).await?);
        }
        Ok(())
    }

    /// Of what nobody else changes, exactly what was acknowledged; of the rest, at least that.
    async fn versions(&self) -> Result<(), Failure> {
        let written = self.tally.written();
        for (collection, table, _) in TABLES {
            let query = format!("select organisation_id || '/' || id || ' ' || version from {table}");
            let rows = self.house.lines(&query).await?;
            let rows: HashMap<String, i64> = rows.iter().filter_map(pair).collect();
            let mut latest: HashMap<String, i64> = HashMap::new();
            for Written { organisation, id, version, .. } in
                written.iter().filter(|it| it.collection == collection)
            {
                let last = latest.entry(format!("{organisation}/{id}")).or_default();
                *last = (*last).max(*version);
            }
            let alone = ["person", "volunteer"].contains(&table);
            for (row, version) in latest {
                let there = rows.get(&row).copied().unwrap_or_default();
                if there < version || alone && there > version {
                    self.tally.wrong(format!(
                        "{table} {row} is at version {there}, and {version} was acknowledged"
                    ));
                }
            }
        }
        Ok(())
    }

    /// Each reader has seen everything, once and in order.
    async fn feeds(&self, crowd: &Crowd) -> Result<(), Failure> {
        for (number, seen) in &crowd.readers {
            let Some(desk) = crowd.desks.get(*number as usize) else { continue };
            let query = format!(
                "select coalesce(sequence, 0) || ' ' || id from event where organisation_id = '{}' order by sequence",
                desk.organisation()
            );
            let read: Vec<_> =
                held(seen).events.iter().map(|(number, id)| format!("{number} {id}")).collect();
            self.same("what a reader has seen", self.house.lines(&query).await?, read);
        }
        Ok(())
    }

    /// What one side has sent is what the other has received, and has acknowledged.
    async fn accounts(&self, crowd: &Crowd) -> Result<(), Failure> {
        for desk in &crowd.desks {
            let there = desk.neighbour();
            let mut sides = Vec::new();
            for (side, path, other) in
                [(desk, "disclosures", there.organisation()), (&there, "deliveries", desk.organisation())]
            {
                let path = format!("/{path}/reconciliation?counterpart_organisation_id={other}");
                let account = self.caller.read(side.number, &path).await?;
                sides.push(
                    account["items"]
                        .as_array()
                        .map(|days| days.iter().map(day).collect())
                        .unwrap_or_default(),
                );
            }
            let received: Vec<String> = sides.pop().unwrap_or_default();
            self.same("the account of a day", sides.pop().unwrap_or_default(), received);
        }
        Ok(())
    }

    /// Notes what is not there, and what is there too often.
    fn same(&self, what: &str, expected: Vec<String>, found: Vec<String>) {
        let mut balance: HashMap<String, i64> = HashMap::new();
        expected.into_iter().for_each(|it| *balance.entry(it).or_default() -= 1);
        found.into_iter().for_each(|it| *balance.entry(it).or_default() += 1);
        for (it, many) in balance.into_iter().filter(|(_, many)| *many != 0) {
            let how = if many < 0 { "is lost" } else { "is there too often" };
            self.tally.wrong(format!("{what}: {it} {how}"));
        }
    }
}

/// A name and a number.
fn pair<T: FromStr>(line: impl AsRef<str>) -> Option<(String, T)> {
    let (name, number) = line.as_ref().split_once(' ')?;
    Some((name.into(), number.parse().ok()?))
}

/// A day of an account; all of it is to be acknowledged.
fn day(day: &Value) -> String {
    let open = if day["count"] == day["acknowledged"] { "" } else { " not all acknowledged" };
    format!("{} {} {}{open}", day["day"], day["count"], day["digest"])
}
