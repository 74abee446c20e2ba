use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::{
    db::{Open, id, open_actions},
    schema::task,
    web::resource,
};

id!(/// A task.
    TaskId);
resource!(Task at "/v1/tasks");

open_actions! {
    /// What can be done to a task.
    pub enum TaskAction { Done = "done" }
}

/// Something that somebody at this desk has to see to. It says where to look, and tells nothing of a person. A unit's
/// contact sees those of what came to their unit, or to themselves.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = task)]
pub struct Task {
    pub id: TaskId,
    /// What is the matter, such as `disclosure_rejected`. `referral_received`: a referral has come; it closes by itself with the
    /// first step that somebody takes. `consent_withdrawn`: at the other side, so that nothing more is
    /// sent or comes under it. `disclosure_unacknowledged`: nobody has said that what was sent is stored; it closes by
    /// itself when somebody does. `first_contact_due`, `follow_up_due`, `guidance_due`, `unmet_need_due`: by the rule it is due before
    /// the next working day is over; `first_contact_overdue`: it is not done yet. Each closes by itself when it is done. `consent_expires`, `consent_expires_soon`: it ends so soon that the person is to be asked again. `sender_protects_identity`: who sent this delivery protects the
    /// identity of the person now; whether what you have of it is hidden is your own decision, by your own law.
    /// `network_message_received` and `network_change_received`: the other side of a network has told something.
    /// `thank_volunteer`: a network has ended, and a volunteer is to be thanked with this.
    /// `identity_number_of_another`: the number of this protected person was registered for somebody else, too.
    /// `network_without_referral`: the referral that it was formed for has come to nothing; it closes by itself when it is dissolved.
    /// `referral_unrouted`: it names no recipient, and no rule does; `referral_unrouted_late`: still so after a while.
    /// `guidance_requested` and `unmet_need_reported`: by another organisation; `guidance_overdue` and `unmet_need_overdue`:
    /// nobody has answered in time. They close by themselves when somebody does.
    pub kind: String,
    /// The table of the row to look at.
    pub subject_table: String,
    /// The row to look at.
    pub subject_id: Uuid,
    pub done_at: Option<DateTime<Utc>>,
    /// What can be done to it now.
    #[diesel(select_expression = task::done_at.is_null(), select_expression_type = diesel::dsl::IsNull<task::done_at>, deserialize_as = Open)]
    pub allowed_actions: Vec<TaskAction>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

/// Which tasks to list.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct TaskFilter {
    /// Only this kind.
    #[validate(length(min = 1, max = 80))]
    #[param(min_length = 1, max_length = 80)]
    pub kind: Option<String>,
}
