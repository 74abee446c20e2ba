//! The files that rules are written in: TOML, a table for each rule under the name of its kind.

use std::{fs, path::Path};

use serde::Deserialize;
use serde_json::{Map, Value, json};
use toml::Spanned;

use super::{
    Rules,
    rule::{Kind, Row},
};
use crate::identifiers::Country;

/// The files that are part of the program.
const SHIPPED: [(&str, &str); 3] = [
    ("data/rules/no.toml", include_str!("../../data/rules/no.toml")),
    ("data/rules/dk.toml", include_str!("../../data/rules/dk.toml")),
    ("data/rules/se.toml", include_str!("../../data/rules/se.toml")),
];

type Rows = Vec<Spanned<Map<String, Value>>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    country: Country,
    #[serde(default)]
    age: Rows,
    #[serde(default)]
    day_off: Rows,
    #[serde(default)]
    deadline: Rows,
    #[serde(default)]
    legal_basis: Rows,
    #[serde(default)]
    protection: Rows,
    #[serde(default)]
    quota: Rows,
    #[serde(default)]
    rate: Rows,
    #[serde(default)]
    reference: Rows,
    #[serde(default)]
    requirement: Rows,
    #[serde(default)]
    retention: Rows,
    #[serde(default)]
    without_identity_numbers: Rows,
}

/// A row of a file.
#[derive(Clone, Debug)]
pub struct Found {
    /// File and line.
    pub at: String,
    /// Whether the file is part of the program.
    pub is_shipped: bool,
    /// What stands there.
    pub row: Row,
}

/// Files that rules are written in, and all that is wrong with them, each flaw with file and line.
#[derive(Clone, Debug, Default)]
pub struct Files {
    rows: Vec<Found>,
    flaws: Vec<String>,
}

impl Files {
    /// The files that are part of the program.
    pub fn shipped() -> Self {
        let mut files = Self::default();
        SHIPPED.iter().for_each(|(name, text)| files.read(name, text, true));
        files.check()
    }

    /// The files of a folder, and of the program what they do not change: a row takes the place of the one with the same
    /// name and first day.
    pub fn of(folder: &Path) -> Result<Self, String> {
        let unread = |at: &Path, error| format!("{}: {error}", at.display());
        let entries = fs::read_dir(folder).map_err(|error| unread(folder, error))?;
        let mut paths = Vec::new();
        for entry in entries {
            let path = entry.map_err(|error| unread(folder, error))?.path();
            if path.extension().is_some_and(|extension| extension == "toml") {
                paths.push(path);
            }
        }
        paths.sort();
        let mut files = Self::default();
        for path in &paths {
            let text = fs::read_to_string(path).map_err(|error| unread(path, error))?;
            files.read(&path.display().to_string(), &text, false);
        }
        if paths.is_empty() {
            return Err(format!("{}: there is no file that ends in .toml", folder.display()));
        }
        files.add_shipped();
        Ok(files.check())
    }

    /// Adds of the program's what these do not take the place of. What is law stays law: another row of it is one, too.
    fn add_shipped(&mut self) {
        let mut kept = Vec::new();
        for ours in Self::shipped().rows {
            let replaces =
                |own: &&Found| own.row.same_as(&ours.row) && own.row.valid_from == ours.row.valid_from;
            match self.rows.iter().find(replaces) {
                None => kept.push(ours),
                Some(own) if ours.row.legal && !own.row.legal => {
                    self.flaws
                        .push(format!("{}: {}: it takes the place of what is law", own.at, own.row.code));
                }
                Some(_) => {}
            }
        }
        self.rows.extend(kept);
    }

    /// A text as if it were a file.
    fn read(&mut self, name: &str, text: &str, is_shipped: bool) {
        let at = |from: usize| {
            let line = 1 + text.bytes().take(from).filter(|byte| *byte == b'\n').count();
            format!("{name}, line {line}")
        };
        let file: File = match toml::from_str(text) {
            Ok(file) => file,
            Err(flaw) => {
                let from = flaw.span().unwrap_or_default().start;
                self.flaws.push(format!("{}: {}", at(from), flaw.message()));
                return;
            }
        };
        let kinds = [
            (Kind::Age, file.age),
            (Kind::DayOff, file.day_off),
            (Kind::Deadline, file.deadline),
            (Kind::LegalBasis, file.legal_basis),
            (Kind::Protection, file.protection),
            (Kind::Quota, file.quota),
            (Kind::Rate, file.rate),
            (Kind::Reference, file.reference),
            (Kind::Requirement, file.requirement),
            (Kind::Retention, file.retention),
            (Kind::WithoutIdentityNumbers, file.without_identity_numbers),
        ];
        for (kind, row) in
            kinds.into_iter().flat_map(|(kind, rows)| rows.into_iter().map(move |row| (kind, row)))
        {
            let at = at(row.span().start);
            let row = row.into_inner();
            let code = row.get("code").and_then(Value::as_str).unwrap_or(kind.word()).to_owned();
            match Row::read(kind, file.country, row) {
                Ok(row) => self.rows.push(Found { at, is_shipped, row }),
                Err(flaw) => self.flaws.push(format!("{at}: {code}: {flaw}")),
            }
        }
    }

    /// Looks for what is wrong within a row, and between two.
    fn check(mut self) -> Self {
        for (index, found) in self.rows.iter().enumerate() {
            let refuse = |flaw: &str| format!("{}: {}: {flaw}", found.at, found.row.code);
            if let Err(flaw) = Rules::default().add(found.row.country, found.row.clone()) {
                self.flaws.push(refuse(&flaw));
            }
            let together = |other: &&Found| other.row.same_as(&found.row) && other.row.overlaps(&found.row);
            if let Some(other) = self.rows.iter().take(index).find(together) {
                let Row { code, valid_from, .. } = &other.row;
                let flaw = format!("in force together with {code} from {valid_from} ({})", other.at);
                self.flaws.push(refuse(&flaw));
            }
        }
        if self.flaws.is_empty() {
            let rules = self.understood();
            let idle = Country::ALL.iter().filter(|country| rules.calendar(**country).is_idle());
            self.flaws.extend(idle.map(|country| format!("{country}: every day of the week is off")));
        }
        self
    }

    /// All that is wrong.
    pub fn flaws(&self) -> &[String] {
        &self.flaws
    }

    /// The rows, of files in which nothing is wrong.
    pub fn sound(&self) -> Result<&[Found], String> {
        if self.flaws.is_empty() { Ok(&self.rows) } else { Err(self.flaws.join("\n")) }
    }

    /// What they say, for whoever has no database.
    fn understood(&self) -> Rules {
        let mut rules = Rules::default();
        for found in &self.rows {
            // What is not understood is among the flaws.
            let _flaw = rules.add(found.row.country, found.row.clone());
        }
        rules
    }

    /// The rows as `app.load_rules` takes them.
    pub fn to_load(&self) -> Result<Value, String> {
        let row = |found: &Found| {
            let it = &found.row;
            json!({
                "country": it.country, "kind": it.kind, "code": it.code, "municipality_code": it.municipality_code,
                "service": it.service, "valid_from": it.valid_from, "valid_to": it.valid_to, "legal": it.legal,
                "source": it.source, "confidence": it.confidence, "reviewer": it.reviewer, "label": it.label,
                "content": it.content, "is_shipped": found.is_shipped,
            })
        };
        Ok(self.sound()?.iter().map(row).collect())
    }
}

impl Rules {
    /// What the files say that are part of the program, for whoever has no database.
    pub fn shipped() -> Result<Self, String> {
        let files = Files::shipped();
        files.sound()?;
        Ok(files.understood())
    }
}

#[cfg(test)]
pub(super) mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::words::Language;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    const DAYS: &str = r#"
        [[day_off]]
        code = "SUNDAY"
        on = { weekly = "sunday" }
        legal = true
        valid_from = "1970-01-01"
        source = "law"
        confidence = "high"
    "#;

    fn deadline(code: &str, more: &str) -> String {
        format!(
            "[[deadline]]\ncode = \"{code}\"\ncountry = \"NO\"\nstarts = \"notice\"\nlength = 3\n\
             unit = \"weeks\"\ncounting = \"start_day_excluded\"\nroll_forward = true\n\
             legal = true\nsource = \"law\"\n\
             confidence = \"high\"\n{more}\n"
        )
    }

    fn load(text: &str) -> Files {
        let mut files = Files::default();
        files.read("no.toml", text, false);
        files.check()
    }

    /// The rows of a file in which nothing is wrong.
    pub fn rows(text: &str) -> Vec<Row> {
        load(text).sound().unwrap().iter().map(|found| found.row.clone()).collect()
    }

    fn refusal(rows: &str) -> String {
        load(&format!("country = \"NO\"\n{DAYS}\n{rows}")).flaws().join("\n")
    }

    #[test]
    fn the_files_of_the_program_are_sound_and_every_rule_has_its_name_in_five_languages() {
        let files = Files::shipped();
        for found in files.sound().unwrap() {
            let names = Language::ALL.iter().filter(|language| found.row.label.contains_key(language.word()));
            assert_eq!(names.count(), Language::ALL.len(), "{}: {}", found.at, found.row.code);
        }
    }

    #[test]
    fn what_is_to_be_loaded_is_what_stands_in_the_files() {
        let rows = Files::shipped().to_load().unwrap();
        let count = SHIPPED.iter().map(|(_, text)| text.matches("\n[[").count()).sum::<usize>();
        assert_eq!(rows.as_array().unwrap().len(), count);
    }

    #[test]
    fn the_row_in_force_on_the_day_is_picked() {
        let old = deadline("NO_X", "valid_from = \"2000-01-01\"\nvalid_to = \"2020-01-01\"");
        let new = deadline("NO_X", "valid_from = \"2020-01-01\"").replace("length = 3", "length = 4");
        let rules = load(&format!("country = \"NO\"\n{DAYS}\n{new}{old}")).understood();
        let length = |text| rules.deadline("X", Country::No, day(text)).map(|rule| rule.length.get());
        assert_eq!(length("1999-12-31"), None);
        assert_eq!(length("2000-01-01"), Some(3));
        assert_eq!(length("2019-12-31"), Some(3));
        assert_eq!(length("2020-01-01"), Some(4));
    }

    #[test]
    fn every_flaw_is_named_with_file_and_line() {
        let sound = deadline("NO_X", "valid_from = \"2020-01-01\"");
        for (rows, expected) in [
            (deadline("NO_X", "valid_from = \"2020-01-01\"\nlenght = 2"), "NO_X: unknown field `lenght`"),
            (sound.replace("weeks", "fortnights"), "NO_X: unknown variant `fortnights`"),
            (sound.replace("length = 3", "length = 0"), "NO_X: invalid value: integer `0`"),
            (sound.replace("2020-01-01", "2021-02-29"), "NO_X: input is out of range"),
            (sound.replace("source = \"law\"\n", ""), "NO_X: missing field `source`"),
            (sound.replace("legal = true\n", ""), "NO_X: missing field `legal`"),
            (
                deadline("NO_X", "valid_from = \"2020-01-01\"\nvalid_to = \"2020-01-01\""),
                "NO_X: valid_to is not after",
            ),
            (sound.replace("country = \"NO\"", "country = \"SE\""), "NO_X: country is not the file's"),
            (deadline("no-x", "valid_from = \"2020-01-01\""), "no-x: a code is written"),
            (deadline("SE_X", "valid_from = \"2020-01-01\""), "SE_X: a code begins with"),
            (sound.replace("source = \"law\"", "source = \"\""), "NO_X: no source"),
            (
                deadline("NO_X", "label = { fi = \"X\" }\nvalid_from = \"2020-01-01\""),
                "NO_X: a label is in a language",
            ),
            (sound.replace("2020-01-01", "9999-12-31"), "NO_X: a day is in the years"),
            (sound.replace("\"law\"", &format!("\"{}\"", "x".repeat(401))), "NO_X: a code has up to"),
            (
                deadline("NO_X", "label = { sv = \"\" }\nvalid_from = \"2020-01-01\""),
                "NO_X: a label is empty",
            ),
            (
                sound.replace("length = 3", "length = 101").replace("weeks", "years"),
                "NO_X: a deadline of more than a hundred years",
            ),
            (
                deadline("NO_REFERRAL_DRAFT", "service = \"cafe_group\"\nvalid_from = \"2020-01-01\""),
                "NO_REFERRAL_DRAFT: it holds for every service",
            ),
            (sound.repeat(2), "NO_X: in force together with NO_X from 2020-01-01"),
        ] {
            let message = refusal(&rows);
            assert!(message.starts_with("no.toml, line ") && message.contains(expected), "{message}");
        }
        assert!(refusal(&sound.repeat(2)).starts_with("no.toml, line 23: "), "{}", refusal(&sound.repeat(2)));
        let two = format!(
            "{}{}",
            sound.replace("weeks", "fortnights"),
            deadline("SE_X", "valid_from = \"2020-01-01\"")
        );
        assert_eq!(refusal(&two).lines().count(), 2, "{}", refusal(&two));
        assert!(refusal("[[deadline]\n").starts_with("no.toml, line 11: "), "{}", refusal("[[deadline]\n"));
        assert!(load("").flaws()[0].contains("missing field `country`"));
    }

    #[test]
    fn what_is_law_is_only_taken_the_place_of_by_what_is_law_too() {
        let with = |legal: bool, first: &str| {
            let age = format!(
                "[[age]]\ncode = \"SELF_CONSENT\"\nyears = 15\nlegal = {legal}\nsource = \"x\"\nconfidence = \"low\"\n\
                 valid_from = \"{first}\"\n"
            );
            let mut files = Files::default();
            files.read("own.toml", &format!("country = \"NO\"\n{age}"), false);
            files.add_shipped();
            files.check().flaws().join("\n")
        };
        let shipped = Files::shipped().rows;
        let law = shipped.iter().find(|it| it.row.code == "SELF_CONSENT" && it.row.country == Country::No);
        let first = law.unwrap().row.valid_from.to_string();
        assert!(law.unwrap().row.legal);
        assert_eq!(with(false, &first), "own.toml, line 2: SELF_CONSENT: it takes the place of what is law");
        assert_eq!(with(true, &first), "");
        // Of two that overlap both are named: whoever reads it has only written one of them.
        let flaw = with(true, "2010-01-01");
        assert!(
            flaw.starts_with("data/rules/no.toml, line ") && flaw.ends_with("(own.toml, line 2)"),
            "{flaw}"
        );
    }

    #[test]
    fn a_requirement_or_a_quota_that_cannot_be_is_named_with_file_and_line() {
        let row = |kind: &str, content: &str| {
            format!(
                "[[{kind}]]\ncode = \"X\"\n{content}\nlegal = false\nsource = \"x\"\nconfidence = \"low\"\n\
                 valid_from = \"2020-01-01\"\n"
            )
        };
        for (rows, expected) in [
            (row("requirement", "briefings = []\nconfidentiality_declared = false"), "asks for nothing"),
            (row("requirement", "briefings = [\"a\", \"a\"]\nconfidentiality_declared = true"), "twice"),
            (row("requirement", "briefings = []"), "confidentiality_declared"),
            (row("quota", "per = \"year\""), "neither at_least nor at_most"),
            (row("quota", "at_least = 4\nat_most = 3\nper = \"year\""), "more than at_most"),
            (row("quota", "at_least = 0\nper = \"year\""), "nonzero"),
            (row("quota", "at_least = 4\nper = \"moon\""), "unknown variant `moon`"),
        ] {
            let message = refusal(&rows);
            assert!(message.starts_with("no.toml, line ") && message.contains(expected), "{message}");
        }
    }

    #[test]
    fn a_day_off_that_cannot_be_is_named_with_file_and_line() {
        let with = |on: &str| DAYS.replace("{ weekly = \"sunday\" }", on).replace("SUNDAY", "FREE_DAY");
        for (rows, expected) in [
            (
                with(r#"{ weekday_in_range = { weekday = "sat", first = "06-26", last = "06-20" } }"#),
                "upside down",
            ),
            (
                with(r#"{ weekday_in_range = { weekday = "sat", first = "06-20", last = "06-25" } }"#),
                "seven days",
            ),
            (
                with(r#"{ weekday_in_range = { weekday = "sat", first = "06-20", last = "06-26", x = 1 } }"#),
                "unknown field `x`",
            ),
            (with(r#"{ fixed = "02-30" }"#), "not a day of the year"),
            (with("{ easter = -81 }"), "in the year before"),
            (with(r#"{ weekly = "someday" }"#), "weekday names expected"),
            (with("{ sometimes = 3 }"), "unknown variant `sometimes`"),
            (format!("{}service = \"x\"", with("{ easter = 1 }")), "it holds for the whole country"),
            (format!("{}service = \"Besøk\"", with("{ easter = 1 }")), "service is a code"),
            (format!("{}municipality_code = \"Oslo\"", with("{ easter = 1 }")), "three or four digits"),
            (DAYS.to_owned(), "SUNDAY: in force together with SUNDAY from 1970-01-01"),
        ] {
            let message = refusal(&rows);
            assert!(message.starts_with("no.toml, line ") && message.contains(expected), "{message}");
        }
        let week = ["mon", "tue", "wed", "thu", "fri", "sat"];
        let days: String = week
            .iter()
            .map(|name| DAYS.replace("sunday", name).replace("SUNDAY", &name.to_uppercase()))
            .collect();
        assert_eq!(refusal(&days), "NO: every day of the week is off");
    }
}
