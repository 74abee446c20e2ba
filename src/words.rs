//! What people are told, in their language. The sentences are data (`data/problems`, `data/mail`), written as Project Fluent
//! has it.

use std::sync::LazyLock;

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};

use crate::db::text_enum;

text_enum! {
    /// A language that people are told things in.
    pub enum Language { Nb = "nb", Nn = "nn", Da = "da", Sv = "sv", En = "en" }
}

impl Language {
    /// That of a tag as BCP 47 has it, if it is one of ours.
    pub fn spoken(tag: &str) -> Option<Self> {
        match tag.split('-').next()? {
            "no" => Some(Self::Nb),
            word => word.parse().ok(),
        }
    }
}

/// What a sentence leaves open, by name.
pub type Blanks = Vec<(&'static str, String)>;

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<Vec<(Language, Bundle)>> =
    LazyLock::new(|| Language::ALL.iter().map(|language| (*language, bundle(*language))).collect());

fn sources(language: Language) -> [&'static str; 2] {
    macro_rules! of {
        ($language:literal) => {
            [
                include_str!(concat!("../data/problems/", $language, ".ftl")),
                include_str!(concat!("../data/mail/", $language, ".ftl")),
            ]
        };
    }
    match language {
        Language::Nb => of!("nb"),
        Language::Nn => of!("nn"),
        Language::Da => of!("da"),
        Language::Sv => of!("sv"),
        Language::En => of!("en"),
    }
}

// What cannot be read is left out here; a test finds it.
fn bundle(language: Language) -> Bundle {
    let mut bundle = Bundle::new_concurrent(language.word().parse().into_iter().collect());
    bundle.set_use_isolating(false);
    for source in sources(language) {
        let read = FluentResource::try_new(source.into()).unwrap_or_else(|(read, _)| read);
        let _twice = bundle.add_resource(read);
    }
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
        sources(language).iter().flat_map(|source| source.lines()).filter_map(part).collect()
    }

    #[test]
    fn every_language_says_all() {
        for language in Language::ALL {
            for source in sources(*language) {
                let read = FluentResource::try_new(source.into());
                assert!(read.is_ok(), "{language}: {:?}", read.err().map(|(_, errors)| errors));
            }
            assert_eq!(names(*language), names(Language::En), "{language}");
            let once: BTreeSet<_> =
                names(*language).into_iter().filter(|name| !name.starts_with(' ')).collect();
            let all = names(*language).into_iter().filter(|name| !name.starts_with(' ')).count();
            assert_eq!(once.len(), all, "{language} says something twice");
        }
    }
}
