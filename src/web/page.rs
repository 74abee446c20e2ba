//! Lists come in pages. The next begins after the last id of this one, so nothing is skipped or repeated.

use actix_web::{HttpRequest, HttpResponse, Responder, body::BoxBody, http::header};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::access::Personal;

/// Which page.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct Window {
    /// `next_cursor` of the page before.
    #[serde(default, deserialize_with = "opened")]
    #[param(value_type = Option<String>, max_length = 64)]
    pub cursor: Option<Uuid>,
    /// How many at most.
    #[validate(range(min = 1, max = 200))]
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<i64>,
}

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T> {
    /// In the order of the list.
    #[schema(max_items = 200)]
    pub items: Vec<T>,
    /// Where the next page begins. Null on the last.
    #[schema(required, max_length = 64)]
    pub next_cursor: Option<String>,
}

fn opened<'de, D: Deserializer<'de>>(value: D) -> Result<Option<Uuid>, D::Error> {
    let text = String::deserialize(value)?;
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(D::Error::custom)?;
    Uuid::from_slice(&bytes).map(Some).map_err(D::Error::custom)
}

impl Window {
    fn limit(&self) -> i64 {
        self.limit.unwrap_or(50)
    }

    /// One more than asked for tells whether there is a next page.
    pub fn limit_and_one(&self) -> i64 {
        self.limit() + 1
    }

    /// The page, of one row more than it shows.
    pub fn page<T>(&self, mut rows: Vec<T>, id: impl Fn(&T) -> Uuid) -> Page<T> {
        let limit = usize::try_from(self.limit()).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next_cursor = rows.last().filter(|_| more).map(|last| URL_SAFE_NO_PAD.encode(id(last)));
        Page { items: rows, next_cursor }
    }
}

impl<T: Personal> Personal for Page<T> {
    const TABLE: &'static str = T::TABLE;

    fn shown(&self) -> Vec<(Uuid, Option<Uuid>)> {
        self.items.iter().flat_map(T::shown).collect()
    }
}

impl<T: Serialize> Responder for Page<T> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let mut response = HttpResponse::Ok();
        if let Some(next) = &self.next_cursor {
            let kept = request
                .query_string()
                .split('&')
                .filter(|part| !part.is_empty() && !part.starts_with("cursor="));
            let query: Vec<_> = kept.map(str::to_owned).chain([format!("cursor={next}")]).collect();
            let link = format!("<{}?{}>; rel=\"next\"", request.path(), query.join("&"));
            response.insert_header((header::LINK, link));
        }
        match super::told(&self, &request.match_pattern().unwrap_or_default(), request) {
            Ok(body) => response.json(body),
            Err(problem) => HttpResponse::from_error(problem),
        }
    }
}
