use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::{
    domains::people::persons::PersonId,
    rules::Hidden,
    schema::{audit, disclosure, person},
    web::personal,
};

personal!(ProtectedDetails as "protected_detail" of id);
personal!(ProtectionReport as "person" of id);

/// How an identity is to be protected.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Protect {
    /// A level that the country knows.
    #[validate(length(min = 1, max = 60))]
    #[schema(min_length = 1, max_length = 60, example = "strengt_fortrolig")]
    pub level: String,
    /// Who said so.
    #[validate(length(min = 1, max = 100))]
    #[schema(min_length = 1, max_length = 100, example = "folkeregisteret")]
    pub source: String,
    /// The last day, where it is known; else the last that the country's rule knows, if any. Nothing ends by itself: on
    /// that day the desk is asked, by a task, whether it is to go on.
    pub protected_until: Option<NaiveDate>,
}

/// Why what is protected is to be shown.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// It stands in the audit.
    #[validate(length(min = 5, max = 300))]
    #[schema(min_length = 5, max_length = 300)]
    pub purpose: String,
}

/// What identifies a person. Sealed while it is protected.
#[derive(AsChangeset, Clone, Debug, Deserialize, Queryable, Selectable, Serialize)]
#[diesel(table_name = person, treat_none_as_null = true)]
pub struct Details {
    pub given_name: String,
    pub family_name: String,
    pub birth_on: Option<NaiveDate>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub address: Option<String>,
    pub postcode: Option<String>,
    pub place: Option<String>,
    pub municipality_code: Option<String>,
}

impl Details {
    /// What is left in the row: a made-up name, and nothing that the level hides.
    pub fn pseudonym(&self, code: &str, hides: &[Hidden]) -> Self {
        let mut left = self.clone();
        if hides.contains(&Hidden::Name) {
            left.given_name = "Protected".into();
            left.family_name = code.into();
        }
        if hides.contains(&Hidden::BirthDate) {
            left.birth_on = None;
        }
        if hides.contains(&Hidden::Contact) {
            (left.phone, left.email) = (None, None);
        }
        if hides.contains(&Hidden::Address) {
            (left.address, left.postcode, left.place, left.municipality_code) = (None, None, None, None);
        }
        left
    }
}

/// What to correct of what a protected identity hides. What is left out stays.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ProtectedDetailsPatch {
    #[validate(length(min = 1, max = 200))]
    #[schema(nullable = false, min_length = 1, max_length = 200)]
    #[serde(default, deserialize_with = "crate::web::given")]
    pub given_name: Option<String>,
    #[validate(length(min = 1, max = 200))]
    #[schema(nullable = false, min_length = 1, max_length = 200)]
    #[serde(default, deserialize_with = "crate::web::given")]
    pub family_name: Option<String>,
    #[serde(default, deserialize_with = "crate::web::nullable")]
    pub birth_on: Option<Option<NaiveDate>>,
    #[validate(length(min = 3, max = 40))]
    #[schema(min_length = 3, max_length = 40)]
    #[serde(default, deserialize_with = "crate::web::nullable")]
    pub phone: Option<Option<String>>,
    #[validate(email, length(max = 254))]
    #[schema(format = "email", max_length = 254)]
    #[serde(default, deserialize_with = "crate::web::nullable")]
    pub email: Option<Option<String>>,
    #[validate(length(min = 1, max = 300))]
    #[schema(min_length = 1, max_length = 300)]
    #[serde(default, deserialize_with = "crate::web::nullable")]
    pub address: Option<Option<String>>,
    #[validate(length(min = 1, max = 12))]
    #[schema(min_length = 1, max_length = 12)]
    #[serde(default, deserialize_with = "crate::web::nullable")]
    pub postcode: Option<Option<String>>,
    #[validate(length(min = 1, max = 120))]
    #[schema(min_length = 1, max_length = 120)]
    #[serde(default, deserialize_with = "crate::web::nullable")]
    pub place: Option<Option<String>>,
    #[validate(length(min = 3, max = 4))]
    #[schema(min_length = 3, max_length = 4)]
    #[serde(default, deserialize_with = "crate::web::nullable")]
    pub municipality_code: Option<Option<String>>,
}

impl ProtectedDetailsPatch {
    /// Writes into `details` what it says, and tells whether it said anything.
    pub fn amend(&self, details: &mut Details) -> bool {
        fn set<T: Clone>(old: &mut T, new: Option<&T>) -> bool {
            new.map(|new| old.clone_from(new)).is_some()
        }
        [
            set(&mut details.given_name, self.given_name.as_ref()),
            set(&mut details.family_name, self.family_name.as_ref()),
            set(&mut details.birth_on, self.birth_on.as_ref()),
            set(&mut details.phone, self.phone.as_ref()),
            set(&mut details.email, self.email.as_ref()),
            set(&mut details.address, self.address.as_ref()),
            set(&mut details.postcode, self.postcode.as_ref()),
            set(&mut details.place, self.place.as_ref()),
            set(&mut details.municipality_code, self.municipality_code.as_ref()),
        ]
        .contains(&true)
    }
}

/// What a protected identity hides.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProtectedDetails {
    pub id: PersonId,
    pub given_name: String,
    pub family_name: String,
    pub birth_on: Option<NaiveDate>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub address: Option<String>,
    pub postcode: Option<String>,
    pub place: Option<String>,
    pub municipality_code: Option<String>,
    /// How it is protected.
    pub level: String,
    /// Who said so.
    pub source: Option<String>,
    pub protected_until: Option<NaiveDate>,
}

/// Who has seen or been sent what now is protected.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProtectionReport {
    pub id: PersonId,
    /// Newest first.
    #[schema(max_items = 200)]
    pub read_by: Vec<Reading>,
    /// Newest first.
    #[schema(max_items = 200)]
    pub received_by: Vec<Receipt>,
}

/// That somebody was shown a person.
#[derive(Debug, Queryable, Selectable, Serialize, ToSchema)]
#[diesel(table_name = audit)]
pub struct Reading {
    pub at: DateTime<Utc>,
    pub account_id: Option<Uuid>,
    pub acting_role: Option<String>,
    /// In which table.
    pub table_name: String,
}

/// That another organisation was told of a person.
#[derive(Debug, Queryable, Selectable, Serialize, ToSchema)]
#[diesel(table_name = disclosure)]
pub struct Receipt {
    pub id: Uuid,
    pub counterpart_organisation_id: Uuid,
    pub kind: String,
    pub sent_at: Option<DateTime<Utc>>,
    pub status: String,
}
