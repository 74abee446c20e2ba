//! The texts that persons consent to: data, of which the row keeps code, version, language and checksum.

use std::sync::LazyLock;

use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use crate::{problem::Problem, words::Language};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    text: Vec<Text>,
}

/// A text in one version and one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    pub code: String,
    pub version: String,
    pub language: Language,
    /// Whether it says that what comes later is told too.
    pub includes_updates: bool,
    pub body: String,
}

impl Text {
    /// SHA-256 of the body, in hexadecimal.
    pub fn sha256(&self) -> String {
        format!("{:x}", Sha256::digest(&self.body))
    }
}

/// The text of this version; of the last in the file, if none is named.
pub fn text(code: &str, version: Option<&str>, language: Language) -> Result<&'static Text, Problem> {
    static TEXTS: LazyLock<Result<File, String>> = LazyLock::new(|| {
        toml::from_str(include_str!("../../../../data/consent_texts.toml")).map_err(|flaw| flaw.to_string())
    });
    let all = &TEXTS.as_ref().map_err(Problem::internal)?.text;
    let fits = |text: &&Text| {
        text.code == code && text.language == language && version.is_none_or(|wanted| text.version == wanted)
    };
    all.iter().rev().find(fits).ok_or_else(|| Problem::unprocessable("unknown_consent_text"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_there_in_every_language_and_has_its_own_checksum() {
        let mut seen = Vec::new();
        for code in ["share_with_volunteers", "share_once"] {
            for language in Language::ALL {
                let it = text(code, None, *language).unwrap();
                assert_eq!(it.includes_updates, code == "share_with_volunteers");
                assert_eq!(text(code, Some("1"), *language).unwrap().body, it.body);
                seen.push(it.sha256());
            }
        }
        let all = seen.len();
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), all);
        assert_eq!(text("share_once", Some("0"), Language::Nb).unwrap_err().code(), "unknown_consent_text");
    }
}
