use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::{
    methods::Methods,
    status::{Action, Status},
};
use crate::{
    access::post::{Side, Stage},
    db::{id, text_enum},
    domains::house::organisations::OrganisationId,
    schema::collaboration_agreement,
    web::resource,
};

id!(/// A collaboration agreement; both sides know it by this.
    CollaborationAgreementId);
resource!(CollaborationAgreement at "/v1/collaboration-agreements");

text_enum! {
    /// Why a method is not used for a while.
    pub enum SuspensionReason { NoCoordinator = "no_coordinator", NotReady = "not_ready", Other = "other" }
}

text_enum! {
    /// Why an agreement ends. `period_over`: its time was up.
    pub enum AgreementEndReason { Terminated = "terminated", Replaced = "replaced", PeriodOver = "period_over", Other = "other" }
}

/// Something that must be in place before a method is used.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReadinessItem {
    /// Its code, such as `coordinator_named`.
    pub item: String,
    /// Whether it is in place.
    pub is_ready: bool,
}

/// A method, and what of it is in place.
#[derive(Debug, Queryable)]
pub struct Checklist {
    method: String,
    ready: Vec<String>,
}

impl From<Checklist> for Vec<ReadinessItem> {
    fn from(list: Checklist) -> Self {
        let items = Methods::all().find(&list.method).map_or(&[][..], |method| &method.readiness);
        let item = |item: &String| ReadinessItem { item: item.clone(), is_ready: list.ready.contains(item) };
        items.iter().map(item).collect()
    }
}

/// What a municipality and a centre have agreed on (NO: helse- og omsorgstjenesteloven § 3-10). Both sides see the same,
/// but for `note`.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = collaboration_agreement)]
pub struct CollaborationAgreement {
    pub id: CollaborationAgreementId,
    /// Whether this side drafted it (`sent`) or the other (`received`).
    pub side: Side,
    pub counterpart_organisation_id: OrganisationId,
    /// The code of the method that they use together.
    pub method: String,
    pub valid_from: NaiveDate,
    /// The first day that it no longer holds.
    pub valid_to: Option<NaiveDate>,
    pub status: Status,
    /// What this side can do now.
    #[diesel(select_expression = (collaboration_agreement::side, collaboration_agreement::status), deserialize_as = Stage<Status>)]
    pub allowed_actions: Vec<Action>,
    /// What must be in place before the method is used.
    #[diesel(select_expression = (collaboration_agreement::method, collaboration_agreement::ready), deserialize_as = Checklist)]
    pub readiness: Vec<ReadinessItem>,
    #[serde(skip)]
    pub ready: Vec<String>,
    /// When the side that drafted it accepted it.
    pub sender_accepted_at: Option<DateTime<Utc>>,
    /// When the other side did.
    pub recipient_accepted_at: Option<DateTime<Utc>>,
    /// Since when the two have the method together: for referrals between them that are submitted from then on.
    pub activated_at: Option<DateTime<Utc>>,
    /// Until when it was.
    pub ended_at: Option<DateTime<Utc>>,
    /// Why it is suspended or has ended: one of the words of `SuspensionReason` or `AgreementEndReason`.
    pub reason: Option<String>,
    /// Only this side sees it.
    pub note: Option<String>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

/// An agreement to draft. The other side sees it at once.
#[derive(Debug, Deserialize, Insertable, ToSchema, Validate)]
#[diesel(table_name = collaboration_agreement, treat_none_as_default_value = false)]
#[serde(deny_unknown_fields)]
pub struct NewCollaborationAgreement {
    /// One of the two is a municipality, the other a volunteer centre or a voluntary organisation.
    pub counterpart_organisation_id: OrganisationId,
    /// The code of the method that they are to use together.
    #[validate(length(min = 1, max = 60))]
    #[schema(min_length = 1, max_length = 60, example = "AKTIVE_SAMMEN_5")]
    pub method: String,
    pub valid_from: NaiveDate,
    /// The first day that it no longer holds; without end, if it is left out.
    pub valid_to: Option<NaiveDate>,
    /// Only this side sees it.
    #[validate(length(min = 1, max = 2000))]
    #[schema(min_length = 1, max_length = 2000)]
    pub note: Option<String>,
}

/// Which collaboration agreements to list.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct CollaborationAgreementFilter {
    /// Only those.
    #[param(inline)]
    pub status: Option<Status>,
}

/// Whether something is in place.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Readiness {
    /// One of the items of the agreement's `readiness`.
    #[validate(length(min = 1, max = 60))]
    #[schema(min_length = 1, max_length = 60, example = "coordinator_named")]
    pub item: String,
    pub is_ready: bool,
}

/// Why a method is not to be used for a while.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Suspension {
    pub reason: SuspensionReason,
}

/// Why an agreement is to end.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct AgreementEnd {
    pub reason: AgreementEndReason,
}
