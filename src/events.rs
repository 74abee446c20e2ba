//! What happened, for those outside: identifiers only, in the transaction that made it happen.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::{access::Db, problem::Problem, schema::event};

/// Says that something happened to a row; whose and by whom, the database knows.
#[derive(Debug, Default, Insertable)]
#[diesel(table_name = event, treat_none_as_default_value = false)]
pub struct Event<'a> {
    /// `<table>.<what happened>`.
    pub name: &'a str,
    /// The table of the row.
    pub subject_table: &'a str,
    /// The row.
    pub subject_id: Uuid,
    /// The status before, if it has a life.
    pub from_status: Option<&'a str>,
    /// The status after, if it has a life.
    pub to_status: Option<&'a str>,
    /// A coded reason. No free text: it may be personal.
    pub reason: Option<&'a str>,
}

impl Event<'_> {
    /// Writes it.
    pub async fn emit(self, db: &mut Db) -> Result<(), Problem> {
        diesel::insert_into(event::table).values(self).execute(db).await?;
        Ok(())
    }

    /// Writes many at once.
    pub async fn emit_all(db: &mut Db, all: Vec<Self>) -> Result<(), Problem> {
        if !all.is_empty() {
            diesel::insert_into(event::table).values(all).execute(db).await?;
        }
        Ok(())
    }
}
