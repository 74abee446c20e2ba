//! Tokens that are not what they say, each for the same actor, who would be let in with a real one.

use aws_lc_rs::{
    hmac,
    signature::{Ed25519KeyPair, KeyPair as _},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{TimeDelta, Utc};
use samspill::access::Actor;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{ISSUER, SEED};

/// Another key than ours.
const OTHER: [u8; 32] = [9; 32];

pub fn pair(seed: &[u8]) -> Ed25519KeyPair {
    Ed25519KeyPair::from_seed_unchecked(seed).unwrap()
}

pub fn token(header: &Value, claims: &Value, sign: impl Fn(&[u8]) -> Vec<u8>) -> String {
    let text = |part: &Value| URL_SAFE_NO_PAD.encode(part.to_string());
    let signed = format!("{}.{}", text(header), text(claims));
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(sign(signed.as_bytes())))
}

/// A token that is signed by Ed25519.
pub fn sign(header: &Value, claims: &Value, seed: &[u8; 32]) -> String {
    token(header, claims, |text| pair(seed).sign(text).as_ref().to_vec())
}

/// The public half of a seed, as a JWK.
pub fn jwk(seed: &[u8; 32]) -> Value {
    json!({ "kty": "OKP", "crv": "Ed25519", "x": URL_SAFE_NO_PAD.encode(pair(seed).public_key()) })
}

/// What is changed, and the `Authorization` that comes of it.
#[expect(clippy::too_many_lines, reason = "a list, not a procedure")]
pub fn forgeries(actor: &Actor) -> Vec<(&'static str, String)> {
    let (ours, theirs) = (pair(&SEED), pair(&OTHER));
    let sign = |text: &[u8]| ours.sign(text).as_ref().to_vec();
    let forge = |text: &[u8]| theirs.sign(text).as_ref().to_vec();
    let public = ours.public_key().as_ref().to_vec();
    let mac = |text: &[u8]| hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &public), text).as_ref().to_vec();
    let (header, claims) = good(actor);
    let with = |part: &Value, changes: Value| {
        let mut part = part.clone();
        let fields = part.as_object_mut().unwrap();
        for (name, value) in changes.as_object().unwrap() {
            if value.is_null() {
                fields.remove(name)
            } else {
                fields.insert(name.clone(), value.clone())
            };
        }
        part
    };
    let past = (Utc::now() - TimeDelta::minutes(1)).timestamp();
    let jwk = jwk(&OTHER);
    let claim = |changes: Value| token(&header, &with(&claims, changes), sign);
    let head = |changes: Value| with(&header, changes);
    let real = token(&header, &claims, sign);
    let unsigned = real.rsplit_once('.').unwrap().0;
    let tokens = vec![
        ("expired", claim(json!({ "exp": past }))),
        ("without an end", claim(json!({ "exp": null }))),
        ("of another issuer", claim(json!({ "iss": "http://elsewhere.test" }))),
        ("for another audience", claim(json!({ "aud": "http://elsewhere.test" }))),
        ("without an audience", claim(json!({ "aud": null }))),
        ("of an unknown role", claim(json!({ "role": "god" }))),
        ("an id token", token(&head(json!({ "typ": "JWT" })), &claims, sign)),
        (
            "an id token's claims",
            token(&header, &with(&claims, json!({ "org": null, "membership": null, "role": null })), sign),
        ),
        ("of no type", token(&head(json!({ "typ": null })), &claims, sign)),
        ("alg none", token(&head(json!({ "alg": "none" })), &claims, |_| Vec::new())),
        ("HS256 with the public key", token(&head(json!({ "alg": "HS256" })), &claims, mac)),
        ("another algorithm", token(&head(json!({ "alg": "ES256" })), &claims, sign)),
        ("brings its key", token(&head(json!({ "jwk": jwk, "kid": null })), &claims, forge)),
        ("brings its key under our name", token(&head(json!({ "jwk": jwk })), &claims, forge)),
        (
            "says where its key is",
            token(&head(json!({ "jku": "http://elsewhere.test/jwks" })), &claims, forge),
        ),
        (
            "says where its certificate is",
            token(&head(json!({ "x5u": "http://elsewhere.test/x" })), &claims, sign),
        ),
        ("an unknown key", token(&head(json!({ "kid": Uuid::now_v7() })), &claims, forge)),
        ("a key that is a path", token(&head(json!({ "kid": "../../dev/null" })), &claims, forge)),
        ("a key that is a query", token(&head(json!({ "kid": "' or '1'='1" })), &claims, forge)),
        ("no key", token(&head(json!({ "kid": null })), &claims, sign)),
        ("another key under our name", token(&header, &claims, forge)),
        ("unsigned", format!("{unsigned}.")),
        ("without a signature", unsigned.to_owned()),
        ("signed for another text", {
            let other = token(&header, &with(&claims, json!({ "jti": Uuid::now_v7() })), sign);
            format!("{unsigned}.{}", other.rsplit_once('.').unwrap().1)
        }),
        ("nonsense", "forged".into()),
        ("nothing", String::new()),
    ];
    let bearer = |(what, token): (_, String)| (what, format!("Bearer {token}"));
    let mut all: Vec<_> = tokens.into_iter().map(bearer).collect();
    all.push(("not a bearer's", format!("Basic {real}")));
    all
}

/// Header and claims of a token that is let in.
fn good(actor: &Actor) -> (Value, Value) {
    let now = Utc::now().timestamp();
    let header = json!({ "typ": "at+jwt", "alg": "EdDSA", "kid": Uuid::from_u128(7) });
    let claims = json!({ "iss": ISSUER, "aud": ISSUER, "client_id": actor.account, "iat": now, "exp": now + 600,
                         "jti": Uuid::now_v7(), "sub": actor.account, "org": actor.organisation,
                         "membership": actor.membership, "role": actor.role });
    (header, claims)
}

/// A token made the same way as the forged ones, and good: so that it is the forgery that is refused.
pub fn control(actor: &Actor) -> String {
    let (header, claims) = good(actor);
    sign(&header, &claims, &SEED)
}
