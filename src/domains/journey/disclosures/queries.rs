use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use sha2::{Digest as _, Sha256};

use super::types::{DisclosureId, NewDisclosure};
use crate::{access::Db, events::Event, problem::Problem, schema::disclosure};

/// Lays out what is to leave; the worker sends it when the caller's transaction is committed. What has no consent is
/// blocked at once, and what is about a protected person waits for a second approval.
pub async fn queue(db: &mut Db, new: NewDisclosure) -> Result<DisclosureId, Problem> {
    let sha256 = format!("{:x}", Sha256::digest(new.payload.to_string()));
    let insert = diesel::insert_into(disclosure::table).values((new, disclosure::payload_sha256.eq(sha256)));
    let stands = (disclosure::id, disclosure::status, disclosure::blocked_reason);
    let (id, status, reason): (DisclosureId, String, Option<String>) =
        insert.returning(stands).get_result(db).await?;
    Event {
        name: &format!("disclosure.{status}"),
        subject_table: "disclosure",
        subject_id: id.into(),
        to_status: Some(&status),
        reason: reason.as_deref(),
        ..Event::default()
    }
    .emit(db)
    .await?;
    Ok(id)
}
