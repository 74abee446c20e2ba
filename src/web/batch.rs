//! Many at once: each by itself, so that a repeat goes on where it broke off, or all or none.

use std::marker::PhantomData;

use actix_web::{HttpRequest, HttpResponse, Responder, body::BoxBody};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::{Validate, ValidationError, ValidationErrors};

use super::{Resource, body, told};
use crate::{
    db::text_enum,
    problem::{Body, Flaw, Problem},
    words::Language,
};

/// How many may be done in one transaction.
const ALL_AT_MOST: usize = 100;

text_enum! {
    /// Whether each is done by itself, or all or none.
    pub enum BatchMode { Each = "each", All = "all" }
}

/// Many to be made.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[validate(schema(function = "few_enough"))]
pub struct Batch<N> {
    /// `each`: one that cannot be made leaves the others be. `all`: all in one transaction or none, 100 at most.
    pub mode: BatchMode,
    /// In the order in which they are to be made.
    #[validate(length(min = 1, max = 1000))]
    #[schema(min_items = 1, max_items = 1000, value_type = Vec<N>)]
    pub items: Vec<Value>,
    #[serde(skip)]
    #[schema(ignore)]
    kind: PhantomData<N>,
}

fn few_enough<N>(batch: &Batch<N>) -> Result<(), ValidationError> {
    if batch.mode == BatchMode::Each || batch.items.len() <= ALL_AT_MOST {
        return Ok(());
    }
    Err(ValidationError::new("too_many_for_all"))
}

impl<N: DeserializeOwned + Validate> Batch<N> {
    /// One of them, understood and valid; its flaws point into it.
    pub fn item(&self, index: usize) -> Result<N, Problem> {
        body::valid(self.items.get(index).cloned().unwrap_or_default())
    }
}

/// What came of one.
#[derive(Debug, Serialize, ToSchema)]
pub struct BatchItem<T> {
    /// As if it had been asked for by itself: 201 when it was made, 200 when it stood already, or what went wrong.
    #[schema(minimum = 200, maximum = 599)]
    pub status: u16,
    /// Whether it was made by an earlier request with the same key.
    pub replayed: bool,
    /// What was made, or would be.
    pub resource: Option<T>,
    /// In a dry run, the very fields that would leave this organisation, if any would.
    #[schema(value_type = Option<Object>)]
    pub leaves: Option<Map<String, Value>>,
    /// Why it was not.
    pub problem: Option<Body>,
}
