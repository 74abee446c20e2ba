use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::types::{ConsentId, Kind};
use crate::{access::Db, domains::people::persons::PersonId, problem::Problem, schema::consent};

/// The newest active consent under which `kind` may be told to `counterpart` about `subject`, and the categories that
/// it covers.
pub async fn covering(
    db: &mut Db,
    organisation: Uuid,
    subject: PersonId,
    counterpart: Uuid,
    kind: Kind,
) -> Result<Option<(ConsentId, Vec<String>)>, Problem> {
    let now = diesel::dsl::now;
    let found = consent::table
        .filter(consent::organisation_id.eq(organisation).and(consent::side.eq("sent")))
        .filter(consent::subject_id.eq(Uuid::from(subject)))
        .filter(consent::counterpart_organisation_id.eq(counterpart))
        .filter(consent::status.eq("active").and(consent::valid.contains(now)))
        .filter(consent::kinds.contains(vec![kind.word()]))
        .order(consent::id.desc())
        .select((consent::id, consent::categories))
        .first(db)
        .await;
    Ok(found.optional()?)
}
