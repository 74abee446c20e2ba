use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use crate::{
    db::{Open, id, open_actions, text_enum},
    domains::{house::organisations::UnitId, people::persons::PersonId},
    schema::responsibility,
    web::{personal, resource},
};

id!(/// A responsibility for a person.
    ResponsibilityId);
resource!(Responsibility at "/v1/responsibilities");
personal!(Responsibility as "responsibility" of person_id);

text_enum! {
    /// What somebody is responsible for.
    pub enum ResponsibilityDomain {
        Health = "health",
        PersonalCare = "personal_care",
        Household = "household",
        Housing = "housing",
        DayActivity = "day_activity",
        SocialSupport = "social_support",
        Relief = "relief",
        Transport = "transport",
        Other = "other",
    }
}

text_enum! {
    /// Why a responsibility ends. A volunteer is never the reason alone: see `ResponsibilityEnd`.
    pub enum ResponsibilityEndReason {
        NeedOver = "need_over",
        Moved = "moved",
        Died = "died",
        OtherUnit = "other_unit",
        VolunteerFound = "volunteer_found",
        Other = "other",
    }
}

open_actions! {
    /// What can be done to a responsibility.
    pub enum ResponsibilityAction { End = "end" }
}

/// That a unit answers for what a person is owed.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = responsibility)]
pub struct Responsibility {
    pub id: ResponsibilityId,
    pub person_id: PersonId,
    pub domain: ResponsibilityDomain,
    pub responsible_unit_id: UnitId,
    /// The decision that it rests on, by its number in the case system.
    pub decision_reference: Option<String>,
    pub began_on: NaiveDate,
    pub ended_on: Option<NaiveDate>,
    pub end_reason: Option<ResponsibilityEndReason>,
    /// When the person agreed that it ends.
    pub person_agreed_on: Option<NaiveDate>,
    /// When the decision was changed formally,
    pub decision_changed_on: Option<NaiveDate>,
    /// and the decision that did so.
    pub changed_decision_reference: Option<String>,
    /// What can be done to it now.
    #[diesel(select_expression = responsibility::ended_on.is_null(), select_expression_type = diesel::dsl::IsNull<responsibility::ended_on>, deserialize_as = Open)]
    pub allowed_actions: Vec<ResponsibilityAction>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

/// A responsibility to register. It begins today.
#[derive(Debug, Deserialize, Insertable, ToSchema, Validate)]
#[diesel(table_name = responsibility, treat_none_as_default_value = false)]
#[serde(deny_unknown_fields)]
pub struct NewResponsibility {
    pub person_id: PersonId,
    pub domain: ResponsibilityDomain,
    /// A unit of this organisation.
    pub responsible_unit_id: UnitId,
    /// The decision that it rests on, by its number in the case system.
    #[validate(length(min = 1, max = 120))]
    #[schema(min_length = 1, max_length = 120, example = "2026/1234-5")]
    pub decision_reference: Option<String>,
}

/// Why a responsibility ends. That a volunteer was found ends none by itself (NO: helse- og omsorgstjenesteloven § 3-1): the
/// person has agreed, and the decision was changed formally.
#[derive(AsChangeset, Debug, Deserialize, ToSchema, Validate)]
#[diesel(table_name = responsibility)]
#[serde(deny_unknown_fields)]
pub struct ResponsibilityEnd {
    #[diesel(column_name = end_reason)]
    pub reason: ResponsibilityEndReason,
    /// When the person agreed. Needed where a volunteer was found.
    pub person_agreed_on: Option<NaiveDate>,
    /// When the decision was changed formally. Needed where a volunteer was found.
    pub decision_changed_on: Option<NaiveDate>,
    /// The decision that changed it. Needed where a volunteer was found.
    #[validate(length(min = 1, max = 120))]
    #[schema(min_length = 1, max_length = 120, example = "2026/1234-9")]
    pub changed_decision_reference: Option<String>,
}

/// Which responsibilities to list.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct ResponsibilityFilter {
    /// Only those for this person.
    pub person_id: Option<PersonId>,
    /// Only those of this unit.
    pub responsible_unit_id: Option<UnitId>,
}
