use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::{db::id, domains::people::persons::PersonId, schema::audit, web::personal};

id!(/// An entry of the audit.
    AuditEntryId);
personal!(AuditEntry as "audit" maybe of person_id);

/// Something that was seen, changed, refused or rehearsed.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = audit)]
pub struct AuditEntry {
    pub id: AuditEntryId,
    pub at: DateTime<Utc>,
    /// Who did it. Null for what the house did by itself.
    pub account_id: Option<Uuid>,
    /// For whom they did it: the counterpart's, if a letter came from there.
    pub acting_organisation_id: Option<Uuid>,
    /// As what they did it.
    pub acting_role: Option<String>,
    /// The `Request-Id` of the answer.
    pub request_id: Option<Uuid>,
    /// Why, where that has to be said.
    pub purpose: Option<String>,
    /// `insert`, `update`, `delete`, `read`, `refused` or `rehearsed`.
    pub verb: String,
    /// What kind of thing it was; of what was refused or rehearsed, the scope that was used.
    pub table_name: String,
    pub row_id: Option<Uuid>,
    /// Whom it is about, where this side knows.
    pub person_id: Option<PersonId>,
    /// What changed, as it was. Of protected fields only that they were set.
    #[schema(value_type = Option<Object>)]
    pub before: Option<Value>,
    /// What changed, as it became. Of protected fields only that they changed.
    #[schema(value_type = Option<Object>)]
    pub after: Option<Value>,
}

/// Which entries to list.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct AuditEntryFilter {
    /// Only what is about this person.
    pub person_id: Option<PersonId>,
    /// Only what this account did.
    pub account_id: Option<Uuid>,
    /// Only what was done so: `read`, `update`.
    #[validate(length(min = 1, max = 40))]
    #[param(min_length = 1, max_length = 40)]
    pub verb: Option<String>,
    /// Only this kind of thing.
    #[validate(length(min = 1, max = 80))]
    #[param(min_length = 1, max_length = 80)]
    pub table_name: Option<String>,
    /// Not before this.
    pub from: Option<DateTime<Utc>>,
    /// Before this.
    pub to: Option<DateTime<Utc>>,
}
