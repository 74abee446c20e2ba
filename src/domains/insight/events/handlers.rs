use actix_web::get;

use super::{
    queries,
    types::{Feed, Place},
};
use crate::{
    access::{Cx, Permission as _, ReadEvents},
    problem::Problem,
    web::{Answer, Query},
};

/// List what has happened.
///
/// A feed to follow: oldest first, numbered from 1 without a gap. A number never changes, and nothing is ever put in before
/// what was numbered. The items are CloudEvents 1.0 and tell identifiers alone: ask for the thing itself to see how
/// it is now, as far as you may see it.
///
/// To follow it, ask with `wait=30` and with `after` as the `next_after` of the answer before, and begin with none. Do what
/// the items ask for, and only then keep `next_after` where it outlives you: so everything reaches you at least once,
/// and again if you stop in the middle; the `id` tells what you know already. With `wait` an answer comes as soon as
/// something has happened, or is empty when that time is over: ask again at once. At most 16 can wait for one organisation
/// (429). An `after` that the feed has not come to is refused (400): then the installation was brought back to an earlier day,
/// and what you keep is to be compared with it. Only those see it who work for the whole organisation.
#[utoipa::path(tag = "events", params(Place), responses((status = 200, body = Feed)), security(("bearer" = [ReadEvents::SCOPE])))]
#[get("/events")]
pub async fn list_events(cx: Cx<ReadEvents>, place: Query<Place>) -> Result<Answer<Feed>, Problem> {
    let issuer = cx.house().tokens.issuer();
    let read = async |db: &mut _| queries::list(db, issuer, &place).await;
    cx.run_until(place.patience(), read, Feed::has_some).await.map(Answer)
}
