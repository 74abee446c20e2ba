use aws_lc_rs::rand;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};

use crate::problem::Problem;

/// Something that whoever holds it may use, told once; only its hash is kept.
pub struct Secret {
    /// What is told.
    pub text: String,
    /// What is kept.
    pub hash: Vec<u8>,
}

impl Secret {
    /// A new one, which nobody can guess.
    pub fn generate() -> Result<Self, Problem> {
        let mut bytes = [0; 32];
        rand::fill(&mut bytes).map_err(Problem::internal)?;
        let text = URL_SAFE_NO_PAD.encode(bytes);
        Ok(Self { hash: Self::hash(&text), text })
    }

    /// What would have been kept of it.
    pub fn hash(text: &str) -> Vec<u8> {
        Sha256::digest(text).to_vec()
    }
}
