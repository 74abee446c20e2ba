//! Same key, same effect. What the key was used for is stored in the transaction of the effect; never a body.

use actix_web::{HttpMessage as _, HttpRequest, http::header::IF_MATCH};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{Db, Last};
use crate::{
    problem::{Flaw, Problem},
    schema::idempotency_key,
    web::{BodyDigest, Replayed, Resource},
};

/// An `Idempotency-Key`, and what was asked under it.
#[derive(Insertable)]
#[diesel(table_name = idempotency_key, treat_none_as_default_value = false)]
pub struct Key {
    id: Uuid,
    key: String,
    request: Vec<u8>,
}

#[derive(HasQuery)]
#[diesel(table_name = idempotency_key)]
struct Use {
    request: Vec<u8>,
    resource_id: Option<Uuid>,
}

impl Key {
    /// The key of one item of a batch, of which `content` is asked. No key that is sent has a line break in it.
    pub fn of_item(&self, request: &HttpRequest, index: usize, content: &[u8]) -> Self {
        let key = format!("{}\n{index}", self.key);
        Self { id: Uuid::now_v7(), key, request: asked(request, content) }
    }

    /// The statement that writes down what it was used for.
    pub fn used(&self, made: &impl Resource) -> String {
        format!("select app.used('{}', '{}')", self.id, made.id())
    }
}

/// The key of a request that has to have one.
pub fn required(request: &HttpRequest) -> Result<Key, Problem> {
    key(request)?.ok_or_else(|| Problem::bad_request("idempotency_key_required"))
}

/// The key of a request, if it has one.
pub fn key(request: &HttpRequest) -> Result<Option<Key>, Problem> {
    let Some(value) = request.headers().get("Idempotency-Key") else { return Ok(None) };
    let key = value.to_str().ok().filter(|key| (1..=255).contains(&key.len()));
    let flaw = || Flaw::new("Idempotency-Key", "not_visible_ascii");
    let key = key.ok_or_else(|| Problem::malformed(flaw()))?;
    let body = request.extensions().get::<BodyDigest>().map(|body| body.0).unwrap_or_default();
    Ok(Some(Key { id: Uuid::now_v7(), key: key.into(), request: asked(request, &body) }))
}

/// The digest of what is asked.
fn asked(request: &HttpRequest, content: &[u8]) -> Vec<u8> {
    let version = request.headers().get(IF_MATCH).map_or(&[][..], |value| value.as_bytes());
    let mut asked = Sha256::new();
    for part in [request.method().as_str().as_bytes(), request.uri().path().as_bytes(), version, content] {
        asked.update(part);
        asked.update([0]);
    }
    asked.finalize().to_vec()
}

/// What the key was used for before, if it was. Of two at once, the second waits for the first.
pub async fn before(db: &mut Db, key: &Key) -> Result<Option<Uuid>, Problem> {
    let claim = diesel::insert_into(idempotency_key::table).values(key).on_conflict_do_nothing();
    if claim.execute(db).await? > 0 {
        return Ok(None);
    }
    let before = Use::query().filter(idempotency_key::key.eq(&key.key)).first(db).await?;
    if before.request != key.request {
        return Err(Problem::unprocessable("idempotency_key_reused"));
    }
    before.resource_id.map(Some).ok_or_else(Problem::not_found)
}

/// Does `work`, or finds again what it did before. What the key was used for is written last.
pub async fn once<T: Resource>(
    db: &mut Db,
    request: &HttpRequest,
    key: Option<&Key>,
    work: impl AsyncFnOnce(&mut Db) -> Result<T, Problem>,
    find: impl AsyncFnOnce(&mut Db, Uuid) -> Result<T, Problem>,
) -> Result<(T, Last), Problem> {
    let Some(key) = key else { return Ok((work(db).await?, None)) };
    if let Some(before) = before(db, key).await? {
        request.extensions_mut().insert(Replayed);
        return Ok((find(db, before).await?, None));
    }
    let made = work(db).await?;
    let used = key.used(&made);
    Ok((made, Some(used)))
}
