use diesel::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use crate::{
    db::id,
    domains::people::{
        consents::{ConsentId, Kind},
        persons::PersonId,
    },
    schema::disclosure,
};

id!(/// A disclosure, and the delivery that it becomes.
    DisclosureId);

/// What is to leave, and why it may.
#[derive(Debug, Insertable)]
#[diesel(table_name = disclosure, treat_none_as_default_value = false)]
pub struct NewDisclosure {
    /// Ours.
    pub organisation_id: Uuid,
    /// Whom it is told to.
    pub counterpart_organisation_id: Uuid,
    /// What it is.
    pub kind: Kind,
    /// Whom it is about.
    pub subject_id: PersonId,
    /// Why it may; without one it is blocked.
    pub consent_id: Option<ConsentId>,
    /// The referral that both sides know.
    pub referral_id: Option<Uuid>,
    /// The units of the recipient that it is for.
    pub unit_ids: Vec<Uuid>,
    /// The number of the contact form's version.
    pub number: Option<i32>,
    /// The contact form.
    pub contact_form_id: Option<Uuid>,
    /// The contact form's version.
    pub contact_form_version_id: Option<Uuid>,
    /// The network of the contact form.
    pub network_id: Option<Uuid>,
    /// An object; its top-level keys are data categories.
    pub payload: Value,
}
