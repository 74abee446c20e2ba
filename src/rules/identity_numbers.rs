//! Who may not keep national identity numbers unless somebody decides otherwise.

use serde::{Deserialize, Serialize};

use super::rule::Content;

/// That a kind of organisation does not keep identity numbers by itself: the one whose word the code is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WithoutIdentityNumbers {}

impl Content for WithoutIdentityNumbers {}
