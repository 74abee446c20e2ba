//! JWT ⇄ Actor (RFC 9068): one algorithm, one issuer, one audience, the keys of the ring and no others.

use std::sync::{Arc, PoisonError, RwLock};

use actix_web::http::header::{AUTHORIZATION, HeaderMap};
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, decode_header, encode};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Role;
use crate::problem::Problem;

/// How long an access token is good.
pub const LIFETIME: TimeDelta = TimeDelta::minutes(10);

const TYPE: &str = "at+jwt";

/// Who asks: an account, speaking for one membership.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Actor {
    /// The account.
    #[serde(rename = "sub")]
    pub account: Uuid,
    /// The organisation of the membership.
    #[serde(rename = "org")]
    pub organisation: Uuid,
    /// The membership.
    pub membership: Uuid,
    /// The role of the membership.
    pub role: Role,
    /// The session that the token is of; absent for systems.
    #[serde(rename = "sid", default, skip_serializing_if = "Option::is_none")]
    pub session: Option<Uuid>,
    /// What a system client may do of what its role may; absent for people, who may do all of it, unless their second
    /// factor is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
}

#[derive(Deserialize, Serialize)]
struct Claims {
    iss: String,
    aud: String,
    client_id: String,
    iat: i64,
    exp: i64,
    jti: Uuid,
    #[serde(flatten)]
    actor: Actor,
}

/// An Ed25519 key pair that is, was or will be signing.
#[derive(Clone)]
pub struct Key {
    /// Its name in the header of a token and in the key set.
    pub id: Uuid,
    /// The 32 bytes that verify.
    pub public: Vec<u8>,
    signing: EncodingKey,
    reading: DecodingKey,
    signs_from: DateTime<Utc>,
}

impl Key {
    /// From the 32 bytes of a private key.
    pub fn from_seed(id: Uuid, seed: &[u8], signs_from: DateTime<Utc>) -> Result<Self, Problem> {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed).map_err(Problem::internal)?;
        let der = pair.to_pkcs8v1().map_err(Problem::internal)?;
        let public = pair.public_key().as_ref().to_vec();
        let (signing, reading) = (EncodingKey::from_ed_der(der.as_ref()), DecodingKey::from_ed_der(&public));
        Ok(Self { id, public, signing, reading, signs_from })
    }
}

/// Signs and reads tokens. The keys can be exchanged while it is in use.
#[derive(Clone)]
pub struct Tokens {
    issuer: Arc<str>,
    keys: Arc<RwLock<Vec<Key>>>,
}

impl Tokens {
    /// For tokens of `issuer`, the public address of this installation; it is their audience too.
    pub fn new(issuer: &str, keys: Vec<Key>) -> Self {
        Self { issuer: issuer.into(), keys: Arc::new(RwLock::new(keys)) }
    }

    /// The public address of this installation.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Takes these keys from now on.
    pub fn exchange(&self, keys: Vec<Key>) {
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = keys;
    }

    /// The keys that may be met in a token, for the published key set.
    pub fn keys(&self) -> Vec<Key> {
        self.keys.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// A token that is good for ten minutes.
    pub fn issue(&self, actor: &Actor) -> Result<String, Problem> {
        let now = Utc::now();
        let keys = self.keys();
        let newest = keys.iter().filter(|key| key.signs_from <= now).max_by_key(|key| key.signs_from);
        let key = newest.ok_or_else(|| Problem::internal("no key signs yet"))?;
        let claims = Claims {
            iss: self.issuer.to_string(),
            aud: self.issuer.to_string(),
            client_id: actor.account.to_string(),
            iat: now.timestamp(),
            exp: (now + LIFETIME).timestamp(),
            jti: Uuid::now_v7(),
            actor: actor.clone(),
        };
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some(TYPE.into());
        header.kid = Some(key.id.to_string());
        encode(&header, &claims, &key.signing).map_err(Problem::internal)
    }

    /// Who sent these headers.
    pub fn actor(&self, headers: &HeaderMap) -> Result<Actor, Problem> {
        let token = headers
            .get(AUTHORIZATION)
            .and_then(|value| value.to_str().ok()?.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
            .map(|(_, token)| token)
            .ok_or_else(|| Problem::unauthorised("A bearer token is missing."))?;
        self.read(token)
    }

    fn read(&self, token: &str) -> Result<Actor, Problem> {
        let no_good = |why: &str| Problem::unauthorised(format_args!("The token is no good: {why}."));
        let header = decode_header(token).map_err(|error| no_good(&error.to_string()))?;
        // A key that the token brings along, or says where to fetch, would be the attacker's.
        if header.jwk.is_some() || header.jku.is_some() || header.x5u.is_some() || header.x5c.is_some() {
            return Err(no_good("it brings its own key"));
        }
        if !header.typ.is_some_and(|kind| kind.eq_ignore_ascii_case(TYPE)) {
            return Err(no_good("it is not an access token"));
        }
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        let key = header.kid.and_then(|kid| keys.iter().find(|key| key.id.to_string() == kid));
        let key = key.ok_or_else(|| no_good("its key is not ours"))?;
        let mut rules = Validation::new(Algorithm::EdDSA);
        rules.set_issuer(&[&*self.issuer]);
        rules.set_audience(&[&*self.issuer]);
        rules.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        rules.leeway = 0;
        let claims = decode::<Claims>(token, &key.reading, &rules);
        Ok(claims.map_err(|error| no_good(&error.to_string()))?.claims.actor)
    }
}
