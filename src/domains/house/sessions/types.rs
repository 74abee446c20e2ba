use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::{
    access::Role,
    db::{id, text_enum},
    schema::{account, membership, organisation, session},
};

id!(/// What an account is in an organisation.
    MembershipId);

text_enum! {
    /// Why a session ended.
    #[schema(as = SessionEndReason)]
    pub enum EndReason {
        LoggedOut = "logged_out",
        Reused = "reused",
        MembershipEnded = "membership_ended",
        PasswordChanged = "password_changed",
    }
}

/// Who wants to log in.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewSession {
    #[validate(email, length(max = 254))]
    #[schema(format = "email", max_length = 254, example = "kari@vennesla.example")]
    pub email: String,
    #[validate(length(min = 1, max = 200))]
    #[schema(format = "password", min_length = 1, max_length = 200)]
    pub password: String,
    /// What to speak for, of several; without it the oldest membership.
    pub membership_id: Option<MembershipId>,
    /// How the user will know this session again.
    #[validate(length(min = 1, max = 80))]
    #[schema(min_length = 1, max_length = 80, example = "The laptop in the office")]
    pub device: Option<String>,
    /// What an earlier log-in to this address on this device answered: who has it does not wait for the failures of
    /// others. It opens nothing.
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200)]
    pub device_token: Option<String>,
}

/// A refresh token to exchange for new tokens.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct SessionRefresh {
    #[validate(length(min = 1, max = 100))]
    #[schema(min_length = 1, max_length = 100)]
    pub refresh_token: String,
}

/// Another membership to speak for.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct SessionSwitch {
    pub membership_id: MembershipId,
}

/// Which session to end.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct SessionEnd {
    /// A refresh token of the session; without it all sessions of the account.
    #[validate(length(min = 1, max = 100))]
    #[schema(min_length = 1, max_length = 100)]
    pub refresh_token: Option<String>,
}

/// A new password.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct PasswordChange {
    #[validate(length(min = 1, max = 200))]
    #[schema(format = "password", min_length = 1, max_length = 200)]
    pub current_password: String,
    #[validate(length(min = 12, max = 200))]
    #[schema(format = "password", min_length = 12, max_length = 200)]
    pub new_password: String,
    /// A refresh token of the session to keep; all others end.
    #[validate(length(min = 1, max = 100))]
    #[schema(min_length = 1, max_length = 100)]
    pub refresh_token: Option<String>,
}

/// Tokens that speak for one membership.
#[derive(Serialize, ToSchema)]
pub struct SessionTokens {
    /// For the `Authorization` header. A JWT by RFC 9068.
    pub access_token: String,
    /// `Bearer`.
    pub token_type: String,
    /// How long the access token is good, in seconds.
    pub expires_in: i64,
    /// Good once, for the next tokens.
    pub refresh_token: String,
    /// What the tokens speak for.
    pub membership_id: MembershipId,
    /// What else one can switch to.
    pub memberships: Vec<Choice>,
    /// From a log-in: keep it on this device, also when logged out, and send it with the next log-in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device_token: Option<String>,
}

/// One of the memberships of an account.
#[derive(Clone, Debug, Queryable, Selectable, Serialize, ToSchema)]
#[diesel(table_name = membership, check_for_backend(diesel::pg::Pg))]
#[schema(as = MembershipChoice)]
pub struct Choice {
    pub id: MembershipId,
    pub organisation_id: Uuid,
    #[diesel(select_expression = organisation::name)]
    pub organisation_name: String,
    pub role: Role,
}

/// Who one is, and where.
#[derive(Debug, Serialize, ToSchema)]
pub struct Account {
    pub id: Uuid,
    pub name: String,
    /// None if it is a system.
    #[schema(required)]
    pub email: Option<String>,
    /// How one wants to be spoken to, as BCP 47 has it.
    pub language: String,
    /// What the token speaks for.
    pub membership_id: MembershipId,
    /// In all organisations.
    pub memberships: Vec<Choice>,
}

/// The account behind an e-mail address or a token.
#[derive(HasQuery)]
#[diesel(table_name = account)]
pub struct Known {
    pub id: Uuid,
    pub name: String,
    pub email: Option<String>,
    pub language: String,
    pub password_hash: Option<String>,
}

/// A session as it is kept.
#[derive(HasQuery)]
#[diesel(table_name = session)]
pub struct Session {
    pub account_id: Uuid,
    pub membership_id: MembershipId,
    pub ended_at: Option<DateTime<Utc>>,
}

/// A session that was opened or goes on.
pub struct Opened {
    /// Whose it is.
    pub account: Uuid,
    /// What it speaks for.
    pub chosen: Choice,
    /// What else it could speak for.
    pub memberships: Vec<Choice>,
    /// For the next tokens.
    pub refresh_token: String,
}
