//! Who was shown whose data. One statement for a whole answer.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::{Db, Last};
use crate::{problem::Problem, schema::audit};

/// An answer that tells of persons.
pub trait Personal {
    /// The kind of thing that was shown: its table.
    const TABLE: &'static str;

    /// What was shown: the id of each row, and of the person whom it is about where this side knows one.
    fn shown(&self) -> Vec<(Uuid, Option<Uuid>)>;
}

/// The statement that writes down that `found` is shown, if it is of anybody. What has a purpose is on disk before it is
/// shown; of the rest, a crash of the database server can lose the last moments.
pub fn write_down<T: Personal>(found: &T, purpose: Option<&str>) -> Last {
    let (rows, persons): (Vec<_>, Vec<_>) = found.shown().into_iter().unzip();
    let rows: Vec<_> = rows.iter().map(Uuid::to_string).collect();
    let person = |person: Option<Uuid>| person.map_or_else(|| "null".into(), |id| id.to_string());
    let persons: Vec<String> = persons.into_iter().map(person).collect();
    let purpose = match purpose {
        // Somebody's own words: as bytes, they are only words.
        Some(words) => {
            let bytes: String = words.bytes().map(|byte| format!("{byte:02x}")).collect();
            format!(r"convert_from('\x{bytes}', 'utf8')")
        }
        None => "null".into(),
    };
    let (table, rows, persons) = (T::TABLE, rows.join(","), persons.join(","));
    (!rows.is_empty())
        .then(|| format!("select app.shown('{table}', '{{{rows}}}', '{{{persons}}}', {purpose})"))
}

#[derive(Insertable)]
#[diesel(table_name = audit, treat_none_as_default_value = false)]
struct Unkept<'a> {
    verb: &'a str,
    table_name: &'a str,
    after: serde_json::Value,
}

/// Writes down what was refused, or only rehearsed: the verb and the code of each.
pub async fn unkept(db: &mut Db, scope: &str, outcomes: &[(&'static str, String)]) -> Result<(), Problem> {
    let row = |it: &(&'static str, String)| Unkept {
        verb: it.0,
        table_name: scope,
        after: serde_json::json!({ "code": it.1 }),
    };
    let rows: Vec<_> = outcomes.iter().map(row).collect();
    diesel::insert_into(audit::table).values(rows).execute(db).await?;
    Ok(())
}
