use chrono::{DateTime, NaiveDate, Utc};
use diesel::{
    QueryableByName,
    prelude::*,
    sql_types::{BigInt, Text},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::status::{Action, Status};
use crate::{
    access::post::{Side, Stage},
    db::{id, text_enum},
    domains::{
        journey::{
            disclosures::DisclosureId,
            referrals::{Kind, ReferralId},
        },
        people::social_assessments::TimeOfWeek,
    },
    schema::offer,
    web::{each_once, resource},
};

id!(/// An offer; both sides know it by this.
    OfferId);
resource!(Offer at "/v1/offers");

text_enum! {
    /// Why an organisation does not take a need on. `no_capacity` counts in the shortage report.
    pub enum OfferDeclineReason {
        NoCapacity = "no_capacity",
        NotOurService = "not_our_service",
        TooFar = "too_far",
        Other = "other",
    }
}

/// A need that is offered to another organisation, in codes: nothing of it tells of a person.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = offer)]
pub struct Offer {
    pub id: OfferId,
    /// Whose copy this is.
    pub side: Side,
    /// Who is asked, or who asks.
    pub counterpart_organisation_id: Uuid,
    /// The referral, which lies at the organisation that asks.
    pub referral_id: ReferralId,
    pub service: String,
    pub kind: Kind,
    /// When somebody is wanted; at any time, if it does not say.
    pub times: Vec<TimeOfWeek>,
    /// The last day to answer.
    pub reply_by_on: NaiveDate,
    /// The rule that set that day, unless somebody did: its code,
    pub reply_rule: Option<String>,
    /// and its version, among the rules or those of the organisation that asks.
    pub reply_rule_id: Option<Uuid>,
    /// The day on which it was answered, or lapsed.
    pub settled_on: Option<NaiveDate>,
    pub status: Status,
    /// What this side can do now.
    #[diesel(select_expression = (offer::side, offer::status), deserialize_as = Stage<Status>)]
    pub allowed_actions: Vec<Action>,
    /// Why it was declined.
    pub reason: Option<String>,
    /// What told the organisation that accepted whom it is about.
    pub disclosure_id: Option<DisclosureId>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

/// An offer to lay out.
#[derive(Debug, Insertable)]
#[diesel(table_name = offer, treat_none_as_default_value = false)]
pub struct NewOffer<'a> {
    pub counterpart_organisation_id: Uuid,
    pub referral_id: ReferralId,
    pub service: &'a str,
    pub kind: Kind,
    pub times: &'a [TimeOfWeek],
    pub reply_by_on: NaiveDate,
    pub reply_rule: Option<&'a str>,
    pub reply_rule_id: Option<Uuid>,
}

/// To whom a need is offered: to these, or to all that could help.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ReferralOffer {
    /// Who is asked, all at once. None for an open pool.
    #[validate(length(max = 50), custom(function = "each_once"))]
    #[schema(value_type = HashSet<Uuid>, max_items = 50)]
    #[serde(default)]
    pub organisation_ids: Vec<Uuid>,
    /// Every organisation that is no authority and has approved that this one writes to it, but for the sender.
    #[serde(default)]
    pub open_pool: bool,
    /// When somebody is wanted.
    #[validate(length(max = 4), custom(function = "each_once"))]
    #[schema(value_type = HashSet<TimeOfWeek>, max_items = 4)]
    #[serde(default)]
    pub times: Vec<TimeOfWeek>,
    /// The last day to answer; by the rule of the country, if it is left out.
    pub reply_by_on: Option<NaiveDate>,
}

/// Why not.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct OfferDecline {
    pub reason: OfferDeclineReason,
}

/// Which offers to list.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct OfferFilter {
    /// Only those that this organisation made, or was made.
    pub side: Option<Side>,
    /// Only those.
    pub status: Option<Status>,
    /// Only those of this referral.
    pub referral_id: Option<ReferralId>,
}

/// Of which days to report.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct ShortagePeriod {
    /// Only what was offered or declined on this day or later.
    pub from: Option<NaiveDate>,
    /// Only what was offered or declined up to this day.
    pub to: Option<NaiveDate>,
}

/// Where it is that there are too few.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShortageReport {
    /// Of each service, in the order of their codes.
    #[schema(max_items = 1000)]
    pub items: Vec<ServiceShortage>,
}

/// How many could not be helped with one service.
#[derive(Debug, QueryableByName, Serialize, ToSchema)]
pub struct ServiceShortage {
    #[diesel(sql_type = Text)]
    pub service: String,
    /// Offers that this organisation made.
    #[diesel(sql_type = BigInt)]
    pub offers: i64,
    #[diesel(sql_type = BigInt)]
    pub accepted: i64,
    #[diesel(sql_type = BigInt)]
    pub declined: i64,
    /// Of those that were declined, for want of capacity.
    #[diesel(sql_type = BigInt)]
    pub no_capacity: i64,
    #[diesel(sql_type = BigInt)]
    pub lapsed: i64,
    /// Referrals that this organisation declined itself for want of capacity.
    #[diesel(sql_type = BigInt)]
    pub referrals_declined: i64,
    /// Referrals that wait now, whatever the days.
    #[diesel(sql_type = BigInt)]
    pub waitlisted: i64,
}
