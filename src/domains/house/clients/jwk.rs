use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, ED25519, ParsedPublicKey};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use diesel::{
    deserialize::{self, FromSql, FromSqlRow},
    expression::AsExpression,
    pg::{Pg, PgValue},
    serialize::{self, Output, ToSql},
    sql_types::Jsonb,
};
use jsonwebtoken::{Algorithm, DecodingKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;
use validator::Validate;

use crate::{
    db::text_enum,
    problem::{Flaw, Problem},
};

text_enum! {
    /// The kind of a key.
    #[schema(as = JwkKeyType)]
    pub enum KeyType { Okp = "OKP", Ec = "EC" }
}

text_enum! {
    /// The curve of a key.
    #[schema(as = JwkCurve)]
    pub enum Curve { Ed25519 = "Ed25519", P256 = "P-256" }
}

/// A public key as a JWK (RFC 7517): Ed25519 or P-256, and nothing private.
#[derive(AsExpression, Clone, Debug, Deserialize, FromSqlRow, Serialize, ToSchema, Validate)]
#[diesel(sql_type = Jsonb)]
#[schema(as = PublicJwk)]
#[serde(deny_unknown_fields)]
pub struct Jwk {
    pub kty: KeyType,
    pub crv: Curve,
    #[validate(length(equal = 43))]
    #[schema(min_length = 43, max_length = 43, example = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")]
    pub x: String,
    /// Of P-256 only.
    #[validate(length(equal = 43))]
    #[schema(min_length = 43, max_length = 43)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub y: Option<String>,
}

impl Jwk {
    /// The key of ours with these bytes.
    pub fn ours(public: &[u8]) -> Self {
        Self { kty: KeyType::Okp, crv: Curve::Ed25519, x: URL_SAFE_NO_PAD.encode(public), y: None }
    }

    /// Fails (422) if it is no key.
    pub fn check(&self) -> Result<(), Problem> {
        let wrong = || Flaw::new("/public_key", "not_a_key");
        self.parse().ok_or_else(|| Problem::invalid(vec![wrong()]))
    }

    fn parse(&self) -> Option<()> {
        let x = URL_SAFE_NO_PAD.decode(&self.x).ok()?;
        match (self.kty, self.crv, &self.y) {
            (KeyType::Okp, Curve::Ed25519, None) => ParsedPublicKey::new(&ED25519, x).ok().map(drop),
            (KeyType::Ec, Curve::P256, Some(y)) => {
                let point = [&[4], &*x, &*URL_SAFE_NO_PAD.decode(y).ok()?].concat();
                ParsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).ok().map(drop)
            }
            _ => None,
        }
    }

    /// Its name by RFC 7638: the same key always has the same.
    pub fn thumbprint(&self) -> String {
        let Self { kty, crv, x, y } = self;
        let y = y.as_ref().map(|y| format!(",\"y\":\"{y}\"")).unwrap_or_default();
        let text = format!("{{\"crv\":\"{crv}\",\"kty\":\"{kty}\",\"x\":\"{x}\"{y}}}");
        URL_SAFE_NO_PAD.encode(Sha256::digest(text))
    }

    /// The one algorithm that it signs by.
    pub fn algorithm(&self) -> Algorithm {
        match self.crv {
            Curve::Ed25519 => Algorithm::EdDSA,
            Curve::P256 => Algorithm::ES256,
        }
    }

    /// For reading what it signed.
    pub fn decoding(&self) -> Option<DecodingKey> {
        match &self.y {
            None => DecodingKey::from_ed_components(&self.x).ok(),
            Some(y) => DecodingKey::from_ec_components(&self.x, y).ok(),
        }
    }
}

impl FromSql<Jsonb, Pg> for Jwk {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        let value: serde_json::Value = FromSql::<Jsonb, Pg>::from_sql(value)?;
        Ok(serde_json::from_value(value)?)
    }
}

impl ToSql<Jsonb, Pg> for Jwk {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        let value = serde_json::to_value(self)?;
        ToSql::<Jsonb, Pg>::to_sql(&value, &mut out.reborrow())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_thumbprint_of_rfc_8037() {
        let x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo".to_owned();
        let key = Jwk { kty: KeyType::Okp, crv: Curve::Ed25519, x, y: None };
        assert!(key.check().is_ok());
        assert_eq!(key.thumbprint(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }

    #[test]
    fn what_is_not_on_the_curve_is_no_key() {
        let x = "A".repeat(43);
        let y = Some("A".repeat(43));
        assert!(Jwk { kty: KeyType::Ec, crv: Curve::P256, x: x.clone(), y: y.clone() }.check().is_err());
        assert!(Jwk { kty: KeyType::Okp, crv: Curve::P256, x: x.clone(), y: None }.check().is_err());
        assert!(Jwk { kty: KeyType::Okp, crv: Curve::Ed25519, x, y }.check().is_err());
    }
}
