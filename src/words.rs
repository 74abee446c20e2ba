//! What people are told, in their language. The sentences are data (`data/problems`), written as Project Fluent has it.

use std::sync::LazyLock;

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};

use crate::db::text_enum;

text_enum! {
    /// A language that people are told things in.
    pub enum Language { Nb = "nb", Nn = "nn", Da = "da", Sv = "sv", En = "en" }
}

/// What a sentence leaves open, by name.
pub type Blanks = Vec<(&'static str, String)>;

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<Vec<(Language, Bundle)>> =
    LazyLock::new(|| Language::ALL.iter().map(|language| (*language, bundle(*language))).collect());

fn source(language: Language) -> &'static str {
    match language {
        Language::Nb => include_str!("../data/problems/nb.ftl"),
        Language::Nn => include_str!("../data/problems/nn.ftl"),
        Language::Da => include_str!("../data/problems/da.ftl"),
        Language::Sv => include_str!("../data/problems/sv.ftl"),
        Language::En => include_str!("../data/problems/en.ftl"),
    }
}

// What cannot be read is left out here; a test finds it.
fn bundle(language: Language) -> Bundle {
    let read = FluentResource::try_new(source(language).into()).unwrap_or_else(|(read, _)| read);
    let mut bundle = Bundle::new_concurrent(language.word().parse().into_iter().collect());
    bundle.set_use_isolating(false);
    let _twice = bundle.add_resource(read);
    bundle
}

/// The sentence of that name, or a part of it such as its `cause`, with its blanks filled in; none if there is none. Of a
/// blank that nothing is known for, the name stands in braces.
pub fn say(language: Language, name: &str, part: Option<&str>, blanks: &Blanks) -> Option<String> {
    let (_, bundle) = BUNDLES.iter().find(|(one, _)| *one == language)?;
    let message = bundle.get_message(name)?;
    let pattern = match part {
        Some(part) => message.get_attribute(part)?.value(),
        None => message.value()?,
    };
    let blanks = blanks.iter().map(|(name, value)| (*name, value.as_str()));
    let said = bundle.format_pattern(pattern, Some(&FluentArgs::from_iter(blanks)), &mut Vec::new());
    Some(said.replace("{$", "{"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use fluent_bundle::FluentResource;

    use super::*;

    /// The names of all sentences and their parts, in the order of the file.
    fn names(language: Language) -> Vec<String> {
        let part = |line: &str| {
            let (name, _) = line.split_once(" =")?;
            (!name.is_empty() && !name.contains(['#', '{', '['])).then(|| name.trim_end().to_owned())
        };
        source(language).lines().filter_map(part).collect()
    }

    #[test]
    fn every_language_says_all() {
        for language in Language::ALL {
            let read = FluentResource::try_new(source(*language).into());
            assert!(read.is_ok(), "{language}: {:?}", read.err().map(|(_, errors)| errors));
            assert_eq!(names(*language), names(Language::En), "{language}");
            let once: BTreeSet<_> =
                names(*language).into_iter().filter(|name| !name.starts_with(' ')).collect();
            let all = names(*language).into_iter().filter(|name| !name.starts_with(' ')).count();
            assert_eq!(once.len(), all, "{language} says something twice");
        }
    }
}
