//! Who was shown whose data. One insert for a whole answer.

use diesel::{prelude::*, sql_types::Text};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::Db;
use crate::{problem::Problem, schema::audit};

/// An answer that tells of persons.
pub trait Personal {
    /// The kind of thing that was shown: its table.
    const TABLE: &'static str;

    /// What was shown: the id of each row, and of the person whom it is about where this side knows one.
    fn shown(&self) -> Vec<(Uuid, Option<Uuid>)>;
}

#[derive(Insertable)]
#[diesel(table_name = audit, treat_none_as_default_value = false)]
struct Shown<'a> {
    verb: &'a str,
    table_name: &'a str,
    row_id: Option<Uuid>,
    person_id: Option<Uuid>,
    after: Option<serde_json::Value>,
}

diesel::define_sql_function! { fn set_config(name: Text, value: Text, local: diesel::sql_types::Bool) -> Text; }

/// Writes down that `found` is shown. What has a purpose is on disk before it is shown; of the rest, a crash of the
/// database server can lose the last moments.
pub async fn write_down<T: Personal>(db: &mut Db, found: &T, purpose: Option<&str>) -> Result<(), Problem> {
    match purpose {
        Some(purpose) => diesel::select(set_config("app.purpose", purpose, true)).execute(db).await?,
        None => diesel::select(set_config("synchronous_commit", "off", true)).execute(db).await?,
    };
    let row = |(row, person)| Shown {
        verb: "read",
        table_name: T::TABLE,
        row_id: Some(row),
        person_id: person,
        after: None,
    };
    let rows: Vec<_> = found.shown().into_iter().map(row).collect();
    if !rows.is_empty() {
        diesel::insert_into(audit::table).values(rows).execute(db).await?;
    }
    Ok(())
}

/// Writes down what was refused, or only rehearsed.
pub async fn refusal(db: &mut Db, verb: &str, scope: &str, code: &str) -> Result<(), Problem> {
    let after = Some(serde_json::json!({ "code": code }));
    let row = Shown { verb, table_name: scope, row_id: None, person_id: None, after };
    diesel::insert_into(audit::table).values(row).execute(db).await?;
    Ok(())
}
