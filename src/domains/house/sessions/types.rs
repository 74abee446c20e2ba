use chrono::{DateTime, Utc};
use diesel::{
    dsl::{And, AsExprOf, IsNull, Nullable},
    prelude::*,
    sql_types::Bool,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::{
    access::Role,
    db::{id, text_enum},
    schema::{account, membership, organisation, refresh_token, second_factor, session},
};

id!(/// What an account is in an organisation.
    MembershipId);
id!(/// A log-in, and all that its refresh tokens have led to.
    SessionId);

text_enum! {
    /// Why a session ended.
    #[schema(as = SessionEndReason)]
    pub enum EndReason {
        LoggedOut = "logged_out",
        Reused = "reused",
        MembershipEnded = "membership_ended",
        PasswordChanged = "password_changed",
        SecondFactorAdded = "second_factor_added",
        AccountRecovered = "account_recovered",
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
    /// Of the second factor, if the account has one: what the authenticator app shows, or a recovery code.
    #[validate(length(min = 6, max = 40))]
    #[schema(min_length = 6, max_length = 40, example = "287082")]
    pub one_time_code: Option<String>,
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

/// Which sessions to end.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(as = SessionsEnd)]
pub struct SessionEnd {
    /// Whether the session that asks goes on; without it, or if it is false, all of them end.
    #[serde(default)]
    pub keep_current: bool,
}

/// A device that is logged in.
#[derive(Debug, Queryable, Selectable, Serialize, ToSchema)]
#[diesel(table_name = session, check_for_backend(diesel::pg::Pg))]
#[schema(as = Session)]
pub struct OwnSession {
    pub id: SessionId,
    /// What the user called it when they logged in.
    pub device: Option<String>,
    /// What it speaks for.
    pub membership_id: MembershipId,
    #[diesel(column_name = created_at)]
    pub opened_at: DateTime<Utc>,
    /// When it last got new tokens, which it does every ten minutes while it is used.
    #[diesel(select_expression = refresh_token::issued_at)]
    pub last_used_at: DateTime<Utc>,
    /// Whether it is the one that asks.
    #[diesel(select_expression = false.into_sql::<Bool>(), select_expression_type = AsExprOf<bool, Bool>)]
    pub current: bool,
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
    /// Of the second factor, if the account has one.
    #[validate(length(min = 6, max = 40))]
    #[schema(min_length = 6, max_length = 40, example = "287082")]
    pub one_time_code: Option<String>,
}

/// What shows that it is really they who ask.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct OwnProof {
    #[validate(length(min = 1, max = 200))]
    #[schema(format = "password", min_length = 1, max_length = 200)]
    pub current_password: String,
    /// Of the second factor, if the account has one.
    #[validate(length(min = 6, max = 40))]
    #[schema(min_length = 6, max_length = 40, example = "287082")]
    pub one_time_code: Option<String>,
}

/// A second factor to be, for the authenticator app. It is told once.
#[derive(Serialize, ToSchema)]
pub struct SecondFactorSecret {
    /// In base32, to be typed into the app.
    pub secret: String,
    /// The same for the app to read, as a link or out of a QR code.
    pub otpauth_uri: String,
}

/// The first code that the authenticator app shows.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct SecondFactorConfirmation {
    #[validate(length(min = 6, max = 6))]
    #[schema(min_length = 6, max_length = 6, example = "287082")]
    pub one_time_code: String,
}

/// What to log in with when the authenticator app is lost.
#[derive(Serialize, ToSchema)]
#[schema(as = SecondFactorConfirmed)]
pub struct RecoveryCodes {
    /// Each is good once, in place of a code. They are told once.
    pub recovery_codes: Vec<String>,
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
    /// The session that the tokens are of.
    pub session_id: SessionId,
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
    /// Whether its organisation asks for a second factor and the account has none: then tokens that speak for it open
    /// nothing but the own account.
    #[diesel(select_expression = organisation::second_factor_required.and(second_factor::id.nullable().is_null()), select_expression_type = And<organisation::second_factor_required, IsNull<Nullable<second_factor::id>>>)]
    pub second_factor_missing: bool,
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
    /// Since when a code is asked for beside the password; none if it is not.
    #[schema(required)]
    pub second_factor_since: Option<DateTime<Utc>>,
    /// How many recovery codes are left.
    #[schema(value_type = u16, maximum = 10)]
    pub recovery_codes_left: usize,
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

/// A second factor that is asked for.
#[derive(HasQuery)]
#[diesel(table_name = second_factor)]
pub struct Factor {
    pub sealed: Vec<u8>,
    pub recovery_hashes: Vec<Vec<u8>>,
    pub confirmed_at: Option<DateTime<Utc>>,
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
    /// It.
    pub session: Uuid,
    /// Whose it is.
    pub account: Uuid,
    /// What it speaks for.
    pub chosen: Choice,
    /// What else it could speak for.
    pub memberships: Vec<Choice>,
    /// For the next tokens.
    pub refresh_token: String,
}
