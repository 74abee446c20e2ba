use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::types::{Feed, Happened, Place};
use crate::{access::Db, problem::Problem, schema::event};

pub async fn list(db: &mut Db, issuer: &str, place: &Place) -> Result<Feed, Problem> {
    let next = Happened::query().filter(event::sequence.gt(place.after())).order(event::sequence);
    Ok(Feed::new(next.limit(place.limit()).load(db).await?, issuer, place))
}
