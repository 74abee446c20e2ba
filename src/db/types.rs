//! How ids, words and lives look in the database and on the wire.

use crate::problem::Problem;

/// A thing that moves from state to state.
pub trait Life: Copy + AsRef<str> + 'static {
    /// What can be done to it.
    type Action: Copy + AsRef<str> + 'static;
    /// All that can be done to it.
    const ACTIONS: &'static [Self::Action];

    /// The whole life. What is not written there cannot happen.
    fn next(self, action: Self::Action) -> Option<Self>;

    /// Where `action` leads, or a 409 that says what is possible.
    fn after(self, action: Self::Action) -> Result<Self, Problem> {
        let allowed = || self.allowed().iter().map(|action| action.as_ref().into()).collect();
        self.next(action).ok_or_else(|| Problem::illegal_move(self.as_ref(), action.as_ref(), allowed()))
    }

    /// What can be done to it now.
    fn allowed(self) -> Vec<Self::Action> {
        Self::ACTIONS.iter().copied().filter(|action| self.next(*action).is_some()).collect()
    }
}

/// An id of one kind of thing, so that no other can be put in its place.
macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(
            Clone,
            Copy,
            Debug,
            PartialEq,
            Eq,
            PartialOrd,
            Ord,
            Hash,
            diesel::expression::AsExpression,
            diesel::deserialize::FromSqlRow,
            serde::Deserialize,
            serde::Serialize,
            utoipa::ToSchema,
        )]
        #[diesel(sql_type = diesel::sql_types::Uuid)]
        #[serde(transparent)]
        pub struct $name(uuid::Uuid);

        impl From<$name> for uuid::Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl From<uuid::Uuid> for $name {
            fn from(id: uuid::Uuid) -> Self {
                Self(id)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                text.parse().map(Self)
            }
        }

        impl diesel::deserialize::FromSql<diesel::sql_types::Uuid, diesel::pg::Pg> for $name {
            fn from_sql(value: diesel::pg::PgValue<'_>) -> diesel::deserialize::Result<Self> {
                diesel::deserialize::FromSql::<diesel::sql_types::Uuid, diesel::pg::Pg>::from_sql(value)
                    .map(Self)
            }
        }

        impl diesel::serialize::ToSql<diesel::sql_types::Uuid, diesel::pg::Pg> for $name {
            fn to_sql<'b>(
                &'b self,
                out: &mut diesel::serialize::Output<'b, '_, diesel::pg::Pg>,
            ) -> diesel::serialize::Result {
                diesel::serialize::ToSql::<diesel::sql_types::Uuid, diesel::pg::Pg>::to_sql(&self.0, out)
            }
        }
    };
}

/// A closed set of words, the same in the database and on the wire.
macro_rules! text_enum {
    ($(#[$meta:meta])* pub enum $name:ident { $($variant:ident = $word:tt),+ $(,)? }) => {
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash,
            diesel::expression::AsExpression, diesel::deserialize::FromSqlRow,
            serde::Deserialize, serde::Serialize,
            utoipa::ToSchema,
        )]
        #[diesel(sql_type = diesel::sql_types::Text)]
        $(#[$meta])*
        pub enum $name {
            $(
                #[doc = concat!("`", $word, "`")]
                #[serde(rename = $word)] $variant
            ),+
        }

        impl $name {
            /// Every one.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// Its word, the same in the database and on the wire.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.word()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_ref())
            }
        }

        impl clap::ValueEnum for $name {
            fn value_variants<'a>() -> &'a [Self] {
                Self::ALL
            }

            fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
                Some(self.word().into())
            }
        }

        impl std::str::FromStr for $name {
            type Err = String;

            fn from_str(word: &str) -> Result<Self, String> {
                Self::ALL.iter().copied().find(|known| known.as_ref() == word)
                    .ok_or_else(|| format!("{word} is not a {}", stringify!($name)))
            }
        }

        impl diesel::deserialize::FromSql<diesel::sql_types::Text, diesel::pg::Pg> for $name {
            fn from_sql(value: diesel::pg::PgValue<'_>) -> diesel::deserialize::Result<Self> {
                Ok(std::str::from_utf8(value.as_bytes())?.parse::<Self>()?)
            }
        }

        impl diesel::serialize::ToSql<diesel::sql_types::Text, diesel::pg::Pg> for $name {
            fn to_sql<'b>(&'b self, out: &mut diesel::serialize::Output<'b, '_, diesel::pg::Pg>) -> diesel::serialize::Result {
                diesel::serialize::ToSql::<diesel::sql_types::Text, diesel::pg::Pg>::to_sql(self.as_ref(), out)
            }
        }
    };
}

/// Whether a thing is still open. Until it is not, all can be done to it that can be done.
#[derive(Clone, Copy, Debug, diesel::deserialize::FromSqlRow)]
pub struct Open(pub bool);

impl diesel::deserialize::FromSql<diesel::sql_types::Bool, diesel::pg::Pg> for Open {
    fn from_sql(value: diesel::pg::PgValue<'_>) -> diesel::deserialize::Result<Self> {
        diesel::deserialize::FromSql::<diesel::sql_types::Bool, diesel::pg::Pg>::from_sql(value).map(Self)
    }
}

/// What can be done to a thing as long as it is open.
macro_rules! open_actions {
    ($(#[$meta:meta])* pub enum $name:ident { $($variant:ident = $word:tt),+ $(,)? }) => {
        $crate::db::text_enum! { $(#[$meta])* pub enum $name { $($variant = $word),+ } }

        impl From<$crate::db::Open> for Vec<$name> {
            fn from(open: $crate::db::Open) -> Self {
                if open.0 { $name::ALL.to_vec() } else { Self::new() }
            }
        }
    };
}

pub(crate) use {id, open_actions, text_enum};
