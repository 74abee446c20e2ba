//! Bulk: many of a kind in one request. Each is understood by itself, and by the rules of one that is sent alone.

use std::{fmt, marker::PhantomData};

use actix_web::{
    FromRequest, HttpMessage as _, HttpRequest, HttpResponse, Responder, ResponseError as _, body::BoxBody,
    dev::Payload,
};
use futures_util::future::LocalBoxFuture;
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{DeserializeOwned, IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Map, Value, value::RawValue};
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::{Known, Replayed, body, formats::Operation, language, request_id, told};
use crate::{
    db::text_enum,
    problem::{self, Flaw, Problem},
};

/// How long a batch may be, in bytes.
const LONGEST: usize = 8 << 20;
/// How many items there may be, whichever way they are done.
const MOST: usize = 1000;

text_enum! {
    /// Whether all items are done or none, or each is done or refused by itself.
    #[schema(as = BatchMode)]
    pub enum Mode { All = "all", Each = "each" }
}

impl Mode {
    const fn most(self) -> usize {
        match self {
            Self::All => 100,
            Self::Each => MOST,
        }
    }
}

/// Many at once.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Batch<N> {
    mode: Mode,
    /// Up to 1000 of them in the mode `each`, up to 100 in the mode `all`. The answer has them in the same order.
    #[schema(min_items = 1, max_items = 1000)]
    #[serde(rename = "items")]
    _items: Vec<N>,
}

/// What can come in a batch.
pub trait Item: DeserializeOwned + Validate {
    /// The person it is about, if it names one who is known already: a rehearsal shows what is known of them.
    fn about(&self) -> Option<Uuid> {
        None
    }
}

/// A batch that came. What an item says is looked at when it is its turn, so that never all are held at once.
#[derive(Debug)]
pub struct Items<N> {
    /// How they are to be done.
    pub mode: Mode,
    raw: Vec<Box<RawValue>>,
    kind: PhantomData<N>,
}

/// What an item asks for, and the digest of it: the same whatever the order of its fields.
#[derive(Debug)]
pub struct Asked<N> {
    /// What it says.
    pub new: N,
    /// SHA-256.
    pub digest: [u8; 32],
}

impl<N: Item + 'static> FromRequest for Items<N> {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let bytes = body::arrived(request, payload, LONGEST);
        Box::pin(async move { Self::read(&bytes.await?) })
    }
}

impl<N: Item> Items<N> {
    fn read(bytes: &[u8]) -> Result<Self, Problem> {
        let envelope: Envelope = serde_json::from_slice(bytes).map_err(|error| {
            let is_other = error.to_string().starts_with("invalid type");
            if is_other { body::no_object() } else { body::misread("", &error) }
        })?;
        let head: Batch<IgnoredAny> = body::understand(body::clean(envelope.head.into())?)?;
        let (raw, most) = (envelope.items, head.mode.most());
        let flaw = match raw.len() {
            0 => "too_short",
            many if many > most => "too_long",
            _ => return Ok(Self { mode: head.mode, raw, kind: PhantomData }),
        };
        Err(Problem::invalid(vec![Flaw::new("/items", flaw).with("min", 1).with("max", most)]))
    }

    /// What each asks for, one after the other; or what is wrong with it.
    pub fn asked(&self, request: &HttpRequest) -> impl Iterator<Item = Result<Asked<N>, Problem>> {
        let known = Known::find(request);
        self.raw.iter().map(move |raw| Asked::read(raw.get().as_bytes(), known))
    }
}

impl<N: Item> Asked<N> {
    fn read(bytes: &[u8], known: Option<&Operation>) -> Result<Self, Problem> {
        if bytes.len() > body::LONGEST {
            return Err(body::too_large());
        }
        let value = body::read(bytes)?;
        let misspelled = known.map(|known| known.flaws_of_item(&value)).unwrap_or_default();
        if !misspelled.is_empty() {
            return Err(Problem::invalid(misspelled));
        }
        let digest = Sha256::digest(value.to_string()).into();
        Ok(Self { new: body::valid(value)?, digest })
    }
}

/// A body of which the items are found and not read. In `head` there are none of them.
#[derive(Default)]
struct Envelope {
    head: Map<String, Value>,
    items: Vec<Box<RawValue>>,
}

impl<'de> Deserialize<'de> for Envelope {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(Opener)
    }
}

struct Opener;

impl<'de> Visitor<'de> for Opener {
    type Value = Envelope;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut all: A) -> Result<Envelope, A::Error> {
        let mut envelope = Envelope::default();
        while let Some(name) = all.next_key::<String>()? {
            let value = if name == "items" {
                let raw: &RawValue = all.next_value()?;
                // What is no array is found wrong with the rest of the head.
                serde_json::from_str(raw.get()).map_or(Value::Null, |Few(items)| {
                    envelope.items = items;
                    Vec::<Value>::new().into()
                })
            } else {
                all.next_value::<body::Once>()?.0
            };
            if envelope.head.insert(name.clone(), value).is_some() {
                return Err(body::twice(&name));
            }
        }
        Ok(envelope)
    }
}

/// The parts of an array, up to one more than there may be: nobody is to fill the memory with small ones.
struct Few(Vec<Box<RawValue>>);

impl<'de> Deserialize<'de> for Few {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_seq(Counter).map(Self)
    }
}

struct Counter;

impl<'de> Visitor<'de> for Counter {
    type Value = Vec<Box<RawValue>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut all: A) -> Result<Self::Value, A::Error> {
        let mut found = Vec::new();
        while let Some(item) = all.next_element::<&RawValue>()? {
            if found.len() <= MOST {
                found.push(item.to_owned());
            }
        }
        Ok(found)
    }
}

/// What became of a batch.
#[derive(Debug, Serialize, ToSchema)]
pub struct BatchAnswer<V> {
    /// How many were made, or would be.
    #[schema(value_type = u16, maximum = 1000)]
    created: usize,
    /// How many stood already.
    #[schema(value_type = u16, maximum = 1000)]
    unchanged: usize,
    /// How many were refused. Mended, they can be sent again with all others, under the same `Idempotency-Key`.
    #[schema(value_type = u16, maximum = 1000)]
    refused: usize,
    /// In the order of what was asked.
    #[schema(max_items = 1000)]
    items: Vec<BatchItem<V>>,
}

/// What became of one item.
#[derive(Debug, Serialize, ToSchema)]
pub struct BatchItem<V> {
    /// 201: it was made, or would be. 200: it stood already, made by this batch when it was sent before, or under the
    /// same external id. Else it was refused.
    #[schema(minimum = 200, maximum = 599)]
    status: u16,
    /// The id of what stands now.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Uuid>,
    /// Only of a dry run, where it would be made: of a referral what would leave, exactly this and nothing else; else the
    /// resource. Its own id, and those of what would be made with it, are of nothing that stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    preview: Option<V>,
    /// Why it was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<problem::Body>,
}

impl<V> BatchItem<V> {
    const NONE: Self = Self { status: 200, id: None, preview: None, problem: None };

    /// It was made.
    pub fn made(id: Uuid) -> Self {
        Self { status: 201, id: Some(id), ..Self::NONE }
    }

    /// It would be made, and be this.
    pub fn rehearsed(preview: V) -> Self {
        Self { status: 201, preview: Some(preview), ..Self::NONE }
    }

    /// It was there already.
    pub fn stands(id: Uuid) -> Self {
        Self { id: Some(id), ..Self::NONE }
    }

    /// It is refused.
    pub fn refused(problem: &Problem, request: &HttpRequest) -> Self {
        let number = Some(request_id(request));
        problem.log(number);
        let told = problem.body(language(request), number);
        Self { status: problem.status_code().as_u16(), problem: Some(told), ..Self::NONE }
    }

    /// Whether it would be made, in a rehearsal.
    pub fn is_preview(&self) -> bool {
        self.preview.is_some()
    }
}

impl<V> From<Vec<BatchItem<V>>> for BatchAnswer<V> {
    fn from(items: Vec<BatchItem<V>>) -> Self {
        let count = |status: u16| items.iter().filter(|item| item.status == status).count();
        let (created, unchanged) = (count(201), count(200));
        Self { created, unchanged, refused: items.len() - created - unchanged, items }
    }
}

impl<V: Serialize> Responder for BatchAnswer<V> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        if self.unchanged == self.items.len() {
            request.extensions_mut().insert(Replayed);
        }
        let path = request.match_pattern().unwrap_or_default();
        match told(&self, path.trim_end_matches("/batch"), request) {
            Ok(body) => HttpResponse::Ok().json(body),
            Err(problem) => HttpResponse::from_error(problem),
        }
    }
}
