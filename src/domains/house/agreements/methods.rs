//! The methods that are agreed on: data, of which each says what must be in place first.

use std::sync::LazyLock;

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    method: Vec<Method>,
}

/// A method, and what must be in place before it is used.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Method {
    pub code: String,
    /// The items of its checklist.
    pub readiness: Vec<String>,
}

/// The method with this code.
pub fn method(code: &str) -> Option<&'static Method> {
    static METHODS: LazyLock<File> = LazyLock::new(|| {
        let text = include_str!("../../../../data/methods.toml");
        toml::from_str(text).unwrap_or_else(|flaw| panic!("data/methods.toml: {flaw}"))
    });
    METHODS.method.iter().find(|method| method.code == code)
}
