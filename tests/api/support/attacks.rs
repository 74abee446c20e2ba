//! Tokens that look as if they were the actor's, and are not to be believed.

use aws_lc_rs::{
    hmac,
    signature::{Ed25519KeyPair, KeyPair as _},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::Utc;
use samspill::access::Actor;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{ISSUER, SEED};

/// The key of somebody who is not us.
const OTHER_SEED: [u8; 32] = [8; 32];

fn kid() -> String {
    Uuid::from_u128(7).to_string()
}

fn part(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

/// A JWT with this header and these claims, signed by Ed25519.
pub fn sign(header: &Value, claims: &Value, seed: &[u8; 32]) -> String {
    let text = format!("{}.{}", part(header), part(claims));
    let pair = Ed25519KeyPair::from_seed_unchecked(seed).unwrap();
    format!("{text}.{}", URL_SAFE_NO_PAD.encode(pair.sign(text.as_bytes())))
}

/// The public half of a seed, as a JWK.
pub fn jwk(seed: &[u8; 32]) -> Value {
    let pair = Ed25519KeyPair::from_seed_unchecked(seed).unwrap();
    json!({ "kty": "OKP", "crv": "Ed25519", "x": URL_SAFE_NO_PAD.encode(pair.public_key()) })
}

fn changed(value: &Value, field: &str, to: Value) -> Value {
    let mut value = value.clone();
    value[field] = to;
    value
}

/// What a real token of the actor has in it.
pub fn claims(actor: &Actor) -> Value {
    let now = Utc::now().timestamp();
    let mut claims = serde_json::to_value(actor).unwrap();
    for (name, value) in [
        ("iss", json!(ISSUER)),
        ("aud", json!(ISSUER)),
        ("client_id", json!(actor.account)),
        ("iat", json!(now)),
        ("exp", json!(now + 600)),
        ("jti", json!(Uuid::now_v7())),
    ] {
        claims[name] = value;
    }
    claims
}

/// The header of a real token.
pub fn header() -> Value {
    json!({ "alg": "EdDSA", "typ": "at+jwt", "kid": kid() })
}

/// Tokens of which each is wrong in one way, and the name of the way. Every operation answers them 401.
pub fn attacks(actor: &Actor) -> Vec<(&'static str, String)> {
    let (header, good, now) = (header(), claims(actor), Utc::now().timestamp());
    let with_header = |field: &str, to: Value| sign(&changed(&header, field, to), &good, &SEED);
    let with_claim = |field: &str, to: Value| sign(&header, &changed(&good, field, to), &SEED);
    let real = sign(&header, &good, &SEED);
    let unsigned = format!("{}.{}", part(&changed(&header, "alg", json!("none"))), part(&good));
    let symmetric = format!("{}.{}", part(&changed(&header, "alg", json!("HS256"))), part(&good));
    let pair = Ed25519KeyPair::from_seed_unchecked(&SEED).unwrap();
    let secret = hmac::Key::new(hmac::HMAC_SHA256, pair.public_key().as_ref());
    let by_public_key = URL_SAFE_NO_PAD.encode(hmac::sign(&secret, symmetric.as_bytes()));
    let embedded = changed(&header, "jwk", jwk(&OTHER_SEED));
    let mut identity = good.clone();
    for claim in ["org", "membership", "role"] {
        identity.as_object_mut().unwrap().remove(claim);
    }
    let mut endless = good.clone();
    endless.as_object_mut().unwrap().remove("exp");
    let mut nameless = header.clone();
    nameless.as_object_mut().unwrap().remove("kid");
    let other_payload = part(&changed(&good, "jti", json!(Uuid::now_v7())));
    let pieces: Vec<_> = real.split('.').collect();
    vec![
        ("expired", with_claim("exp", json!(now - 1))),
        ("never expiring", sign(&header, &endless, &SEED)),
        ("wrong issuer", with_claim("iss", json!("http://elsewhere.test"))),
        ("wrong audience", with_claim("aud", json!("http://elsewhere.test"))),
        ("another type", with_header("typ", json!("JWT"))),
        ("no algorithm", format!("{unsigned}.")),
        ("hs256 with the public key", format!("{symmetric}.{by_public_key}")),
        ("embedded key", sign(&embedded, &good, &OTHER_SEED)),
        ("embedded key and no kid", sign(&changed(&nameless, "jwk", jwk(&OTHER_SEED)), &good, &OTHER_SEED)),
        (
            "key to fetch",
            sign(&changed(&header, "jku", json!("http://elsewhere.test/jwks.json")), &good, &SEED),
        ),
        ("unknown kid", with_header("kid", json!(Uuid::from_u128(8)))),
        ("kid that is a path", with_header("kid", json!("../../dev/null"))),
        ("kid that is a query", with_header("kid", json!("' or '1'='1"))),
        ("id token", sign(&changed(&header, "typ", json!("JWT")), &identity, &SEED)),
        ("id token as an access token", sign(&header, &identity, &SEED)),
        ("signature cut off", format!("{}.{}.", pieces[0], pieces[1])),
        ("another payload", format!("{}.{other_payload}.{}", pieces[0], pieces[2])),
        ("another key under the right kid", sign(&header, &good, &OTHER_SEED)),
        ("garbage", "garbage".into()),
        ("empty", String::new()),
    ]
}
