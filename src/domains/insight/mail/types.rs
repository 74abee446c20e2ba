use chrono::{DateTime, Utc};
use diesel::{prelude::*, sql_types};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::{
    db::{id, text_enum},
    schema::mail_setting,
    web::resource,
};

id!(/// What a member is told of by mail; the same as the membership's.
    MailSettingId);
resource!(MailSetting at "/v1/mail-settings");

text_enum! {
    /// What a mail tells of.
    pub enum MailKind {
        NewReferral = "new_referral",
        FirstContactOverdue = "first_contact_overdue",
        ConsentExpiring = "consent_expiring",
        DisclosureUnacknowledged = "disclosure_unacknowledged",
        Cooperation = "cooperation",
    }
}

/// Which kinds of task are told of by mail, and as what. Of the others there is none.
pub const TOLD: &[(&str, MailKind)] = &[
    ("referral_received", MailKind::NewReferral),
    ("first_contact_overdue", MailKind::FirstContactOverdue),
    ("consent_expires", MailKind::ConsentExpiring),
    ("consent_expires_soon", MailKind::ConsentExpiring),
    ("disclosure_unacknowledged", MailKind::DisclosureUnacknowledged),
    ("guidance_requested", MailKind::Cooperation),
    ("guidance_overdue", MailKind::Cooperation),
    ("unmet_need_reported", MailKind::Cooperation),
    ("unmet_need_overdue", MailKind::Cooperation),
    ("network_message_received", MailKind::Cooperation),
    ("network_change_received", MailKind::Cooperation),
];

text_enum! {
    /// How soon something is told by mail.
    pub enum MailPace { AtOnce = "at_once", Daily = "daily", Never = "never" }
}

/// What a member is told of by mail, and how soon: `at_once`, `daily` in one mail in the morning, or `never`. Where nothing
/// was chosen, consents are told of `daily` and all else `at_once`. Mail comes to the address of the account, in its
/// language, as long as the membership lasts.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = mail_setting)]
pub struct MailSetting {
    /// The same as that of the membership.
    pub id: MailSettingId,
    /// That a referral has come.
    pub new_referral: MailPace,
    /// That a person was not contacted in time.
    pub first_contact_overdue: MailPace,
    /// That a consent ends soon.
    pub consent_expiring: MailPace,
    /// That nobody has said to have stored what was sent.
    pub disclosure_unacknowledged: MailPace,
    /// That another organisation asks for guidance, reports an unmet need, or tells something of a network.
    pub cooperation: MailPace,
    pub version: i64,
}

/// What to change of what one is told by mail. What is left out stays.
#[derive(AsChangeset, Debug, Deserialize, ToSchema, Validate)]
#[diesel(table_name = mail_setting)]
#[serde(deny_unknown_fields)]
pub struct MailSettingPatch {
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "crate::web::given")]
    pub new_referral: Option<MailPace>,
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "crate::web::given")]
    pub first_contact_overdue: Option<MailPace>,
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "crate::web::given")]
    pub consent_expiring: Option<MailPace>,
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "crate::web::given")]
    pub disclosure_unacknowledged: Option<MailPace>,
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "crate::web::given")]
    pub cooperation: Option<MailPace>,
}

/// A task that nobody was told of yet.
#[derive(Debug, QueryableByName)]
pub struct Notice {
    #[diesel(sql_type = sql_types::Uuid)]
    pub organisation_id: Uuid,
    #[diesel(sql_type = sql_types::Uuid)]
    pub id: Uuid,
}

/// A mail that it is time to send.
#[derive(Debug, QueryableByName)]
pub struct Due {
    #[diesel(sql_type = sql_types::Uuid)]
    pub organisation_id: Uuid,
    #[diesel(sql_type = sql_types::Uuid)]
    pub id: Uuid,
    #[diesel(sql_type = sql_types::Uuid)]
    pub membership_id: Uuid,
    #[diesel(sql_type = sql_types::Array<sql_types::Text>)]
    pub kinds: Vec<String>,
    #[diesel(sql_type = sql_types::Timestamptz)]
    pub created_at: DateTime<Utc>,
}

/// Whom it is for.
#[derive(Debug, Queryable)]
pub struct Reader {
    pub email: String,
    pub language: String,
    pub organisation: String,
    pub country: String,
}

/// What waits for them, of one kind.
#[derive(Debug, QueryableByName)]
pub struct Waiting {
    #[diesel(sql_type = sql_types::Text)]
    pub kind: String,
    #[diesel(sql_type = sql_types::BigInt)]
    pub count: i64,
    #[diesel(sql_type = sql_types::Timestamptz)]
    pub since: DateTime<Utc>,
}
