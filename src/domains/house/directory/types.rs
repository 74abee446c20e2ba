use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use crate::{
    domains::house::organisations::{ContactPointId, Function, Kind, OrganisationId},
    identifiers::Country,
    schema::{contact_point, organisation, unit},
    web::{code, digits},
};

/// Somebody to turn to, by their role.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(base_query = contact_point::table
    .inner_join(unit::table.on(unit::organisation_id.eq(contact_point::organisation_id).and(unit::id.eq(contact_point::unit_id))))
    .inner_join(organisation::table.on(organisation::id.eq(contact_point::organisation_id))))]
#[diesel(table_name = contact_point)]
pub struct DirectoryEntry {
    /// The contact point.
    pub id: ContactPointId,
    pub organisation_id: OrganisationId,
    /// The name of the organisation.
    #[diesel(select_expression = organisation::name)]
    pub organisation: String,
    #[diesel(select_expression = organisation::kind)]
    pub organisation_kind: Kind,
    #[diesel(select_expression = organisation::country)]
    pub country: Country,
    /// The name of the unit.
    #[diesel(select_expression = unit::name)]
    pub unit: String,
    #[diesel(select_expression = unit::function)]
    pub unit_function: Function,
    pub role: String,
    pub phone: Option<String>,
    /// When somebody answers.
    pub hours: Option<String>,
    /// The services to turn to it for; for all, if none is named.
    pub services: Vec<String>,
}

/// Where, and for what.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct DirectoryFilter {
    /// The code of the municipality that the organisation is or works for.
    #[validate(length(min = 3, max = 4), custom(function = "digits"))]
    #[param(min_length = 3, max_length = 4, pattern = "^[0-9]*$", example = "4223")]
    pub municipality: String,
    /// Only this country; codes of different countries can be alike.
    pub country: Option<Country>,
    /// Only for this service.
    #[validate(length(min = 1, max = 80), custom(function = "code"))]
    #[param(min_length = 1, max_length = 80, pattern = "^[a-z][a-z0-9_]*$")]
    pub service: Option<String>,
}
