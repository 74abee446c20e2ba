use chrono::{DateTime, Utc};
use diesel::{
    dsl::{And, IsNull, sql},
    expression::SqlLiteral,
    prelude::*,
    sql_types::{Nullable, Text},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::{
    db::{Open, id, open_actions},
    domains::house::sessions::MembershipId,
    schema::account_recovery,
    web::{each_once, each_up_to, resource, texts},
};

id!(/// A link by which somebody sets a new password.
    AccountRecoveryId);
resource!(AccountRecovery at "/v1/account-recoveries");

open_actions! {
    /// What can be done to an account recovery.
    pub enum AccountRecoveryAction { Revoke = "revoke" }
}

/// A link by which a member who cannot log in sets a new password.
#[derive(HasQuery, Serialize, ToSchema)]
#[diesel(table_name = account_recovery)]
pub struct AccountRecovery {
    pub id: AccountRecoveryId,
    /// Whose account it is.
    pub membership_id: MembershipId,
    /// Whether the second factor goes too, if every organisation that the account is a member of says so.
    pub resets_second_factor: bool,
    pub expires_at: DateTime<Utc>,
    pub accepted_at: Option<DateTime<Utc>>,
    /// Also when a newer one took its place.
    pub revoked_at: Option<DateTime<Utc>>,
    /// For the link. It is told once, when the recovery is made, and never again.
    #[diesel(select_expression = sql::<Nullable<Text>>("null"), select_expression_type = SqlLiteral<Nullable<Text>>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link_token: Option<String>,
    /// What can be done to it now.
    #[diesel(select_expression = account_recovery::accepted_at.is_null().and(account_recovery::revoked_at.is_null()), select_expression_type = And<IsNull<account_recovery::accepted_at>, IsNull<account_recovery::revoked_at>>, deserialize_as = Open)]
    pub allowed_actions: Vec<AccountRecoveryAction>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

/// Whom to help back in.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewAccountRecovery {
    pub membership_id: MembershipId,
    /// Whether the second factor goes too: for who has lost that as well.
    #[serde(default)]
    pub resets_second_factor: bool,
}

/// A new password, and what entitles to it.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct AccountRecoveryAcceptance {
    /// From the links: one of each organisation that the account is a member of.
    #[validate(length(min = 1, max = 20), custom(function = each_up_to::<100>), custom(function = each_once))]
    #[schema(schema_with = tokens_schema)]
    pub link_tokens: Vec<String>,
    #[validate(length(min = 12, max = 200))]
    #[schema(format = "password", min_length = 12, max_length = 200)]
    pub password: String,
}

fn tokens_schema() -> utoipa::openapi::ArrayBuilder {
    texts(100, 1..=20).unique_items(true)
}

/// A link as it is kept, and how it stands.
#[derive(HasQuery)]
#[diesel(table_name = account_recovery)]
pub struct Link {
    pub organisation_id: Uuid,
    pub id: AccountRecoveryId,
    pub account_id: Uuid,
    pub resets_second_factor: bool,
    pub expires_at: DateTime<Utc>,
    pub accepted_at: Option<DateTime<Utc>>,
    pub revoked_at: Option<DateTime<Utc>>,
}

impl Link {
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

/// A user to help back in from the command line.
#[derive(clap::Args)]
pub struct LostUser {
    /// The address that they log in with.
    #[arg(long)]
    pub email: String,
    /// Remove their second factor too.
    #[arg(long)]
    pub reset_second_factor: bool,
}
