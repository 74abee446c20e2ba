use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::status::{GuidanceAction, GuidanceStatus, ReportAction, ReportStatus};
use crate::{
    access::{
        for_assigned,
        post::{Side, Stage},
    },
    db::{id, text_enum},
    domains::{
        house::organisations::{OrganisationId, UnitId},
        journey::networks::NetworkId,
        people::persons::PersonId,
    },
    schema::{guidance_request, unmet_need_report},
    web::{personal, resource},
};

id!(/// A guidance request; both sides know it by this.
    GuidanceRequestId);
id!(/// A report of an unmet need; both sides know it by this.
    UnmetNeedReportId);
resource!(GuidanceRequest at "/v1/guidance-requests");
resource!(UnmetNeedReport at "/v1/unmet-need-reports");
personal!(UnmetNeedReport as "unmet_need_report" maybe of person_id);

text_enum! {
    /// What guidance is asked about.
    pub enum GuidanceTopic {
        Role = "role",
        Confidentiality = "confidentiality",
        ConsentCapacity = "consent_capacity",
        Communication = "communication",
        HealthAndAids = "health_and_aids",
        Boundaries = "boundaries",
        Safety = "safety",
        Other = "other",
    }
}

text_enum! {
    /// How guidance was given. What was said is not kept here.
    pub enum GuidanceAnswer { Called = "called", Met = "met", PointedElsewhere = "pointed_elsewhere", Other = "other" }
}

text_enum! {
    /// A need that volunteers cannot meet themselves.
    pub enum NeedType {
        Health = "health",
        PersonalCare = "personal_care",
        Household = "household",
        Housing = "housing",
        Transport = "transport",
        SocialContact = "social_contact",
        Economy = "economy",
        Safety = "safety",
        Other = "other",
    }
}

text_enum! {
    /// Why nothing follows from a report.
    pub enum ReportDeclineReason {
        AlreadyMet = "already_met",
        OutsideDuty = "outside_duty",
        PersonDeclined = "person_declined",
        WrongUnit = "wrong_unit",
        Other = "other",
    }
}

/// A question to whoever is to be reached at a unit. Codes alone: both sides know the same, but for `network_id` and `note`.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = guidance_request)]
pub struct GuidanceRequest {
    pub id: GuidanceRequestId,
    pub side: Side,
    pub counterpart_organisation_id: OrganisationId,
    /// The unit of the recipient that is asked.
    pub to_unit_id: UnitId,
    pub topic: GuidanceTopic,
    /// The last day for an answer.
    pub due_on: Option<NaiveDate>,
    /// The rule that set that day: its code,
    pub rule: Option<String>,
    /// and its version, among the rules or those of the recipient.
    pub rule_id: Option<Uuid>,
    /// The day on which it no longer waited for an answer.
    pub settled_on: Option<NaiveDate>,
    pub status: GuidanceStatus,
    /// What this side can do now.
    #[diesel(select_expression = (guidance_request::side, guidance_request::status), deserialize_as = Stage<GuidanceStatus>)]
    pub allowed_actions: Vec<GuidanceAction>,
    /// How it was answered.
    pub answered_how: Option<GuidanceAnswer>,
    pub answered_at: Option<DateTime<Utc>>,
    /// The network that it is about. Only the side that asks knows.
    pub network_id: Option<NetworkId>,
    /// The membership of who asked. Only that side knows.
    pub asked_by_id: Option<Uuid>,
    /// Only this side sees it.
    pub note: Option<String>,
    /// Who was to be reached when it came: the unit's contact point, who stands in, or its head. Only that side knows.
    pub contact_point_id: Option<Uuid>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

/// A question to ask.
#[derive(Debug, Deserialize, Insertable, ToSchema, Validate)]
#[diesel(table_name = guidance_request, treat_none_as_default_value = false)]
#[serde(deny_unknown_fields)]
pub struct NewGuidanceRequest {
    pub counterpart_organisation_id: OrganisationId,
    /// A unit of it.
    pub to_unit_id: UnitId,
    pub topic: GuidanceTopic,
    /// The network that it is about. The other side is not told.
    pub network_id: Option<NetworkId>,
    /// Only this side sees it.
    #[validate(length(min = 1, max = 2000))]
    #[schema(min_length = 1, max_length = 2000)]
    pub note: Option<String>,
}

/// Which guidance requests to list.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct GuidanceRequestFilter {
    /// Only those.
    #[param(inline)]
    pub status: Option<GuidanceStatus>,
    /// `true`: only those that nobody answered in time.
    pub overdue: Option<bool>,
}

/// How guidance was given.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct GuidanceAnswered {
    pub how: GuidanceAnswer,
}

/// A need that somebody's volunteers cannot meet, told to the unit whose duty it may be. About whom and in which words
/// crosses as a disclosure, if at all.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = unmet_need_report)]
pub struct UnmetNeedReport {
    pub id: UnmetNeedReportId,
    pub side: Side,
    pub counterpart_organisation_id: OrganisationId,
    /// The unit of the recipient that it is for.
    pub to_unit_id: UnitId,
    pub need_type: NeedType,
    /// The disclosure, and the delivery, that says about whom it is and what is needed; none if it names nobody.
    pub disclosure_id: Option<Uuid>,
    /// The last day for an answer.
    pub due_on: Option<NaiveDate>,
    /// The rule that set that day: its code,
    pub rule: Option<String>,
    /// and its version, among the rules or those of the recipient.
    pub rule_id: Option<Uuid>,
    /// The day on which it no longer waited for an answer.
    pub settled_on: Option<NaiveDate>,
    pub status: ReportStatus,
    /// What this side can do now.
    #[diesel(select_expression = (unmet_need_report::side, unmet_need_report::status), deserialize_as = Stage<ReportStatus>)]
    pub allowed_actions: Vec<ReportAction>,
    /// Why nothing follows from it: one of the words of `ReportDeclineReason`.
    pub reason: Option<String>,
    /// The network whose volunteers cannot meet it. Only the side that reports knows.
    pub network_id: Option<NetworkId>,
    /// Whom it is about. Only the side that reports knows.
    pub person_id: Option<PersonId>,
    /// Only the side that reports knows; of a named person what of it crosses is a disclosure.
    #[diesel(select_expression = for_assigned(unmet_need_report::guarded_for, unmet_need_report::unit_id, unmet_need_report::person_id, unmet_need_report::description))]
    pub description: Option<String>,
    /// The membership of who reported it. Only that side knows.
    pub asked_by_id: Option<Uuid>,
    /// Who was to be reached when it came: the unit's contact point, who stands in, or its head. Only that side knows.
    pub contact_point_id: Option<Uuid>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

/// A need to report.
#[derive(Debug, Deserialize, Insertable, ToSchema, Validate)]
#[diesel(table_name = unmet_need_report, treat_none_as_default_value = false)]
#[serde(deny_unknown_fields)]
pub struct NewUnmetNeedReport {
    pub counterpart_organisation_id: OrganisationId,
    /// A unit of it.
    pub to_unit_id: UnitId,
    /// The network whose volunteers cannot meet it.
    pub network_id: NetworkId,
    pub need_type: NeedType,
    /// Whom it is about, a participant of the network. A consent or legal basis must cover telling it (422
    /// `consent_required`).
    pub person_id: Option<PersonId>,
    /// What is needed. Without `person_id` it stays on this side.
    #[validate(length(min = 1, max = 2000))]
    #[schema(min_length = 1, max_length = 2000)]
    pub description: Option<String>,
}

/// Which reports of unmet needs to list.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct UnmetNeedReportFilter {
    /// Only those.
    #[param(inline)]
    pub status: Option<ReportStatus>,
    /// `true`: only those that nobody has looked at in time.
    pub overdue: Option<bool>,
}

/// Why nothing follows from a report.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct UnmetNeedDecline {
    pub reason: ReportDeclineReason,
}
