use chrono::{DateTime, Utc};
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use diesel::{
    dsl::sql,
    expression::SqlLiteral,
    prelude::*,
    sql_types::{Nullable, Text},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::{Validate, ValidateEmail as _};

use crate::{
    access::Role,
    db::{Open, id, open_actions},
    domains::{
        house::{
            organisations::{OrganisationId, UnitId},
            sessions::MembershipId,
        },
        people::{persons::PersonId, volunteers::VolunteerId},
    },
    problem::{Flaw, Problem},
    schema::{invitation, membership},
    web::resource,
};

id!(/// An invitation.
    InvitationId);
resource!(Membership at "/v1/memberships");
resource!(Invitation at "/v1/invitations");

open_actions! {
    /// What can be done to a membership.
    pub enum MembershipAction { End = "end" }
}

/// What somebody is in this organisation.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = membership)]
pub struct Membership {
    pub id: MembershipId,
    /// Who it is; the same in every organisation.
    pub account_id: Uuid,
    pub name: String,
    pub email: Option<String>,
    pub role: Role,
    /// The unit that they work for; without one, staff work for the whole organisation.
    pub unit_id: Option<UnitId>,
    /// The volunteer that they are, if that is their role.
    pub volunteer_id: Option<VolunteerId>,
    /// The person that they are, if they are a participant.
    pub person_id: Option<PersonId>,
    pub started_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
    /// What can be done to it now.
    #[diesel(select_expression = membership::ended_at.is_null(), select_expression_type = diesel::dsl::IsNull<membership::ended_at>, deserialize_as = Open)]
    pub allowed_actions: Vec<MembershipAction>,
    pub version: i64,
}

/// What to change of a membership. What is left out stays. Another role is another membership.
#[derive(AsChangeset, Debug, Deserialize, ToSchema, Validate)]
#[diesel(table_name = membership)]
#[serde(deny_unknown_fields)]
pub struct MembershipPatch {
    #[validate(length(min = 1, max = 200))]
    #[schema(nullable = false, min_length = 1, max_length = 200)]
    #[serde(default, deserialize_with = "crate::web::given")]
    pub name: Option<String>,
    #[serde(default, deserialize_with = "crate::web::nullable")]
    pub unit_id: Option<Option<UnitId>>,
}

/// Which memberships to list.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct MembershipFilter {
    /// Only those with this role.
    #[param(inline)]
    pub role: Option<Role>,
}

open_actions! {
    /// What can be done to an invitation.
    pub enum InvitationAction { Revoke = "revoke" }
}

/// An invitation to become a member.
#[derive(HasQuery, Serialize, ToSchema)]
#[diesel(table_name = invitation)]
pub struct Invitation {
    pub id: InvitationId,
    pub email: String,
    pub role: Role,
    pub unit_id: Option<UnitId>,
    pub volunteer_id: Option<VolunteerId>,
    pub person_id: Option<PersonId>,
    pub expires_at: DateTime<Utc>,
    pub accepted_at: Option<DateTime<Utc>>,
    pub revoked_at: Option<DateTime<Utc>>,
    /// For the link in the mail. It is told once, when the invitation is made, and never again.
    #[diesel(select_expression = sql::<Nullable<Text>>("null"), select_expression_type = SqlLiteral<Nullable<Text>>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link_token: Option<String>,
    /// What can be done to it now.
    #[diesel(select_expression = invitation::accepted_at.is_null().and(invitation::revoked_at.is_null()), select_expression_type = diesel::dsl::And<diesel::dsl::IsNull<invitation::accepted_at>, diesel::dsl::IsNull<invitation::revoked_at>>, deserialize_as = Open)]
    pub allowed_actions: Vec<InvitationAction>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

impl Invitation {
    /// What has become of it.
    pub fn state(&self, now: DateTime<Utc>) -> &'static str {
        match (self.accepted_at, self.revoked_at) {
            (Some(_), _) => "accepted",
            (_, Some(_)) => "revoked",
            _ if self.expires_at <= now => "expired",
            _ => "pending",
        }
    }
}

/// Somebody to invite.
#[derive(Debug, Deserialize, Insertable, ToSchema, Validate)]
#[diesel(table_name = invitation, treat_none_as_default_value = false)]
#[serde(deny_unknown_fields)]
pub struct NewInvitation {
    #[validate(email, length(max = 254))]
    #[schema(format = "email", max_length = 254, example = "kari@vennesla.example")]
    pub email: String,
    /// Not `integration`: systems are registered as system clients.
    pub role: Role,
    /// A `unit_contact` needs one, a `caseworker` may have one.
    pub unit_id: Option<UnitId>,
    /// A `volunteer` needs it, nobody else has it.
    pub volunteer_id: Option<VolunteerId>,
    /// A `participant` needs it, nobody else has it.
    pub person_id: Option<PersonId>,
}

impl NewInvitation {
    /// Whether role and belongings fit together (422).
    pub fn check(&self) -> Result<(), Problem> {
        let wrong = |field: &str, code: &str| Err(Problem::invalid(vec![Flaw::new(field, code)]));
        let fits = |field: &str, there: bool, needed: bool| match (there, needed) {
            (true, false) => wrong(field, "not_for_this_role"),
            (false, true) => wrong(field, "missing"),
            _ => Ok(()),
        };
        if self.role == Role::Integration {
            return wrong("/role", "not_for_people");
        }
        fits("/volunteer_id", self.volunteer_id.is_some(), self.role == Role::Volunteer)?;
        fits("/person_id", self.person_id.is_some(), self.role == Role::Participant)?;
        if self.role == Role::UnitContact { fits("/unit_id", self.unit_id.is_some(), true) } else { Ok(()) }
    }
}

/// The answer to an invitation.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct InvitationAcceptance {
    /// From the link.
    #[validate(length(min = 1, max = 100))]
    #[schema(min_length = 1, max_length = 100)]
    pub token: String,
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200, example = "Kari Nordmann")]
    pub name: String,
    /// Of one's account, if the e-mail address has one already; otherwise a new one of 12 characters at least.
    #[validate(length(min = 1, max = 200))]
    #[schema(format = "password", min_length = 1, max_length = 200)]
    pub password: String,
    /// Of the second factor, if one's account has one.
    #[validate(length(min = 6, max = 40))]
    #[schema(min_length = 6, max_length = 40, example = "287082")]
    pub one_time_code: Option<String>,
    /// How one wants to be spoken to, as BCP 47 has it.
    #[validate(length(min = 2, max = 8))]
    #[schema(min_length = 2, max_length = 8, example = "nb")]
    pub language: String,
}

/// A user to make from the command line.
#[derive(clap::Args)]
pub struct NewUser {
    /// Their account, if there is one already, keeps its password.
    #[arg(long, value_parser = address)]
    pub email: String,
    /// What they are called.
    #[arg(long, value_parser = crate::domains::house::name)]
    pub name: String,
    /// How they want to be spoken to, as BCP 47 has it.
    #[arg(long, default_value = "nb", value_parser = ["nb", "nn", "da", "sv", "en"])]
    pub language: String,
    /// The id of the organisation where they work.
    #[arg(long)]
    pub organisation_id: OrganisationId,
    /// As what. Volunteers, participants and contacts of units are invited; systems are registered as system clients.
    #[arg(long, value_parser = PossibleValuesParser::new(STAFF.map(Role::word)).try_map(|word| word.parse::<Role>()))]
    pub role: Role,
}

/// Who belongs to nothing but the organisation.
const STAFF: [Role; 7] = [
    Role::Admin,
    Role::Caseworker,
    Role::Coordinator,
    Role::TeamLeader,
    Role::Finance,
    Role::DataProtectionOfficer,
    Role::Operator,
];

/// As it is kept: in lower case.
fn address(text: &str) -> Result<String, &'static str> {
    let email = text.trim().to_lowercase();
    let fits = email.validate_email() && email.len() <= 254;
    fits.then_some(email).ok_or("an e-mail address is needed, such as kari@vennesla.example")
}
