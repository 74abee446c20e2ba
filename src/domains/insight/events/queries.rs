use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::types::{Feed, Happened, Place};
use crate::{access::Db, problem::Problem, schema::event};

/// What comes after the place. That one is read too: a number that is not there was given before the database went back to
/// an earlier day, and whoever goes on from it would wait for numbers that they believe to have.
pub async fn list(db: &mut Db, issuer: &str, place: &Place) -> Result<Feed, Problem> {
    let read = i64::from(place.after() > 0);
    let next = Happened::query().filter(event::sequence.ge(place.after())).order(event::sequence);
    let mut next = next.limit(place.limit() + read).load(db).await?.into_iter();
    if read == 1 && next.next().is_none_or(|last: Happened| last.sequence() != place.after()) {
        return Err(Problem::bad_request("event_unknown_sequence"));
    }
    Ok(Feed::new(next.collect(), issuer, place))
}
