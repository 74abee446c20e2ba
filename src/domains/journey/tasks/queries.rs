use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::{access::Db, problem::Problem, schema::task};

/// Opens a task about a row, unless the same is already open.
pub async fn open(db: &mut Db, kind: &str, subject_table: &str, subject_id: Uuid) -> Result<(), Problem> {
    let new = (task::kind.eq(kind), task::subject_table.eq(subject_table), task::subject_id.eq(subject_id));
    diesel::insert_into(task::table).values(new).on_conflict_do_nothing().execute(db).await?;
    Ok(())
}
