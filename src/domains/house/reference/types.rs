use std::{collections::BTreeMap, sync::LazyLock};

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    access::Tokens,
    problem::{Body, Problem},
    words::{Blanks, Language, say},
};

/// The day on which the version was released that the crate names.
const RELEASED_ON: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();

/// The codes, and the statuses of each.
static KINDS: LazyLock<Result<BTreeMap<String, Vec<u16>>, String>> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../data/problems/catalogue.toml")).map_err(|flaw| flaw.to_string())
});

/// Which API this is.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApiInfo {
    /// Its name.
    #[schema(example = "Samspill")]
    name: &'static str,
    /// Its version, by Semantic Versioning.
    #[schema(example = "0.1.0")]
    version: &'static str,
    /// The day on which this version was released.
    released_on: NaiveDate,
    /// Where its document is.
    #[schema(format = "uri", example = "https://samspill.example/docs")]
    documentation: String,
    /// Whether to build on it: `beta` may still change, `active` changes only under a new version.
    #[schema(example = "beta")]
    status: &'static str,
}

impl ApiInfo {
    /// At the public address that the tokens name.
    pub fn of(tokens: &Tokens) -> Self {
        Self {
            name: "Samspill",
            version: env!("CARGO_PKG_VERSION"),
            released_on: RELEASED_ON,
            documentation: format!("{}/docs", tokens.issuer()),
            status: "beta",
        }
    }
}

/// A kind of problem.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemKind {
    /// The `type` of a problem of this kind.
    #[serde(rename = "type")]
    #[schema(example = "/problems/illegal_move")]
    kind: String,
    /// Its code. Stable.
    #[schema(example = "illegal_move")]
    code: String,
    /// The HTTP statuses it comes with.
    #[schema(max_items = 4, example = json!([409]))]
    statuses: Vec<u16>,
    /// What it is called.
    title: String,
    /// What causes it. A word in braces is told by the problem itself.
    cause: String,
    /// What to do about it.
    cure: String,
    /// A problem of this kind, as it is answered.
    problem: Body,
}

/// All kinds of problems.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemKinds {
    /// By code.
    #[schema(max_items = 1000)]
    items: Vec<ProblemKind>,
}

fn kinds() -> Result<&'static BTreeMap<String, Vec<u16>>, Problem> {
    KINDS.as_ref().map_err(Problem::internal)
}

impl ProblemKinds {
    /// The catalogue, in a language.
    pub fn all(language: Language) -> Result<Self, Problem> {
        let kinds = kinds()?.iter().map(|(code, statuses)| ProblemKind::of(code, statuses, language));
        Ok(Self { items: kinds.collect() })
    }
}

impl ProblemKind {
    /// The kind with that code (else 404).
    pub fn find(code: &str, language: Language) -> Result<Self, Problem> {
        let statuses = kinds()?.get(code).ok_or_else(Problem::not_found)?;
        Ok(Self::of(code, statuses, language))
    }

    fn of(code: &str, statuses: &[u16], language: Language) -> Self {
        let said = |part| say(language, code, part, &Blanks::new()).unwrap_or_default();
        Self {
            kind: format!("/problems/{code}"),
            code: code.into(),
            statuses: statuses.to_vec(),
            title: said(None),
            cause: said(Some("cause")),
            cure: said(Some("cure")),
            problem: Body::example(code, statuses.first().copied().unwrap_or_default(), language),
        }
    }

    /// As a page. Its words are our own: nothing that came in is on it.
    pub fn page(&self, language: Language) -> String {
        let Self { code, title, cause, cure, .. } = self;
        let statuses: Vec<_> = self.statuses.iter().map(u16::to_string).collect();
        let example = serde_json::to_string_pretty(&self.problem).unwrap_or_default();
        let example = example.replace('&', "&amp;").replace('<', "&lt;");
        format!(
            "<!doctype html>\n<html lang=\"{language}\">\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
             <style>body {{ font: 1.1em/1.5 sans-serif; margin: 2em auto; max-width: 42em; padding: 0 1em }}</style>\n\
             <h1>{title}</h1>\n<p><code>{code}</code> · {}</p>\n<p>{cause}</p>\n<p>{cure}</p>\n<pre>{example}</pre>\n</html>\n",
            statuses.join(", ")
        )
    }
}
