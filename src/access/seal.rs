//! What is not to be read in the database is sealed with a key that the database does not have.
//!
//! A ring has several keys: the first seals, all of them open, so that keys can be exchanged without downtime. What is
//! looked up is hashed with a key of its own, which changes only by hashing everything again.

use std::{collections::BTreeMap, fmt, sync::Arc};

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    hmac,
    rand::{SystemRandom, fill},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::problem::Problem;

/// The keys.
#[derive(Clone)]
pub struct KeyRing(Arc<Keys>);

struct Keys {
    first: String,
    keys: BTreeMap<String, LessSafeKey>,
    lookup: hmac::Key,
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyRing({:?})", self.0.keys.keys())
    }
}

impl KeyRing {
    /// A line a key, `<name>:<32 bytes in base64>`: the first seals, all open; the one called `lookup` hashes.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (mut first, mut keys, mut lookup, mut seen) = (None, BTreeMap::new(), None, Vec::new());
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let (name, key) = line.split_once(':').ok_or("a line is not <name>:<key in base64>")?;
            let bytes = STANDARD.decode(key.trim()).map_err(|error| format!("key {name}: {error}"))?;
            if bytes.len() != 32 || name.is_empty() || name.len() > 32 {
                return Err(format!("key {name}: a name of 1 to 32 letters and 32 bytes are needed"));
            }
            if bytes.iter().all(|byte| *byte == 0) {
                return Err(format!("key {name}: zeros are no key"));
            }
            if seen.iter().any(|(other, known)| *other == name || *known == bytes) {
                return Err(format!("key {name}: its name or its bytes are another key's too"));
            }
            if name == "lookup" {
                lookup = Some(hmac::Key::new(hmac::HMAC_SHA256, &bytes));
            } else {
                let key =
                    UnboundKey::new(&AES_256_GCM, &bytes).map_err(|error| format!("key {name}: {error}"))?;
                first.get_or_insert_with(|| name.to_owned());
                keys.insert(name.to_owned(), LessSafeKey::new(key));
            }
            seen.push((name, bytes));
        }
        let lookup = lookup.ok_or("there is no key called `lookup`")?;
        Ok(Self(Arc::new(Keys { first: first.ok_or("there is no key that seals")?, keys, lookup })))
    }

    /// The text of a new ring.
    pub fn generate() -> Result<String, String> {
        let line = |name: &str| {
            let mut bytes = [0; 32];
            fill(&mut bytes).map_err(|error| error.to_string())?;
            Ok::<_, String>(format!("{name}:{}\n", STANDARD.encode(bytes)))
        };
        Ok(line("k1")? + &line("lookup")?)
    }

    /// Seals `text`; only who names the same `about` can open it, so that it cannot be moved to another row.
    pub fn seal(&self, text: &[u8], about: &[u8]) -> Result<Vec<u8>, Problem> {
        let Keys { first, keys, .. } = &*self.0;
        let key = keys.get(first).ok_or_else(|| Problem::internal("the ring is empty"))?;
        let mut nonce = [0; NONCE_LEN];
        aws_lc_rs::rand::SecureRandom::fill(&SystemRandom::new(), &mut nonce).map_err(Problem::internal)?;
        let mut sealed = text.to_vec();
        key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(about), &mut sealed)
            .map_err(Problem::internal)?;
        Ok([first.as_bytes(), b":", &nonce, &sealed].concat())
    }

    /// Opens what was sealed with any key of the ring.
    pub fn open(&self, sealed: &[u8], about: &[u8]) -> Result<Vec<u8>, Problem> {
        let broken = || Problem::internal("what was sealed cannot be opened");
        let colon = sealed.iter().position(|byte| *byte == b':').ok_or_else(broken)?;
        let (name, rest) = sealed.split_at(colon);
        let name = std::str::from_utf8(name).map_err(Problem::internal)?;
        let key = self.0.keys.get(name).ok_or_else(broken)?;
        let (nonce, text) =
            rest.get(1..).and_then(|rest| rest.split_at_checked(NONCE_LEN)).ok_or_else(broken)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(Problem::internal)?;
        let mut text = text.to_vec();
        let length = key.open_in_place(nonce, Aad::from(about), &mut text).map_err(Problem::internal)?.len();
        text.truncate(length);
        Ok(text)
    }

    /// The same text always gives the same hash, and nothing else can be told from it.
    pub fn hash(&self, text: &[u8]) -> Vec<u8> {
        hmac::sign(&self.0.lookup, text).as_ref().to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_only_where_it_belongs_and_after_a_new_key() {
        let text = KeyRing::generate().unwrap();
        let ring = KeyRing::parse(&text).unwrap();
        let sealed = ring.seal(b"Elm Street 7", b"person 1").unwrap();
        assert_eq!(ring.open(&sealed, b"person 1").unwrap(), b"Elm Street 7");
        assert!(ring.open(&sealed, b"person 2").is_err());
        assert_ne!(sealed, ring.seal(b"Elm Street 7", b"person 1").unwrap());
        let next = KeyRing::generate().unwrap().replace("k1:", "k2:");
        let rotated = format!("{}\n{text}", next.lines().next().unwrap());
        let rotated = KeyRing::parse(&rotated).unwrap();
        assert_eq!(rotated.open(&sealed, b"person 1").unwrap(), b"Elm Street 7");
        assert!(rotated.seal(b"x", b"").unwrap().starts_with(b"k2:"));
        assert_eq!(rotated.hash(b"x"), ring.hash(b"x"));
    }

    #[test]
    fn a_bad_ring_is_refused() {
        let ring = KeyRing::generate().unwrap();
        let sealing = ring.lines().next().unwrap();
        let zeros = format!("{}\nk0:{}", ring, STANDARD.encode([0; 32]));
        let (twice, alike) = (format!("{sealing}\n{ring}"), sealing.replace("k1:", "lookup:"));
        let alike = format!("{sealing}\n{alike}");
        for text in ["", "k1:AAAA", "k1", "lookup:AAAA", sealing, &zeros, &twice, &alike] {
            assert!(KeyRing::parse(text).is_err(), "{text}");
        }
    }
}
