//! What every rule has in common: its name, where and when it holds, whether it is law, and how we know.

use std::{collections::BTreeMap, ops::Deref};

use chrono::{Datelike as _, NaiveDate};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::deadline::DeadlineRule;
use crate::{
    db::text_enum,
    identifiers::Country,
    web::{code, digits},
    words::Language,
};

text_enum! {
    /// What a rule is about. Of quotas there are rows, and nothing that reads them yet; of retention and rates there can be.
    #[derive(PartialOrd, Ord)]
    #[schema(as = RuleKind)]
    pub enum Kind {
        Age = "age",
        DayOff = "day_off",
        Deadline = "deadline",
        LegalBasis = "legal_basis",
        Protection = "protection",
        Quota = "quota",
        Rate = "rate",
        Reference = "reference",
        Requirement = "requirement",
        Retention = "retention",
        WithoutIdentityNumbers = "without_identity_numbers",
    }
}

text_enum! {
    /// How well a rule is known: read in the law or from the authority (`high`), from good sources that do not quite agree
    /// or from practice (`medium`), a proposal or from one weak source (`low`).
    #[schema(as = RuleConfidence)]
    pub enum Confidence { Low = "low", Medium = "medium", High = "high" }
}

/// What the program asks where no service is at hand, so that no rule about it can be for one.
pub(super) const OF_EVERY_SERVICE: [&str; 11] = [
    "CONSENT_EXPIRY_LAST_NOTICE",
    "CONSENT_EXPIRY_NOTICE",
    "DISCLOSURE_ACKNOWLEDGEMENT",
    "DISCLOSURE_RECEIPT",
    "GUIDANCE_ANSWER",
    "LOG_READING",
    "REFERRAL_DRAFT",
    "REFERRAL_EXPIRY_NOTICE",
    "SELF_CONSENT",
    "UNMET_NEED_ANSWER",
    "UNROUTED_REFERRAL",
];

/// What a rule is called, by language.
pub type Label = BTreeMap<String, String>;

/// A rule, as it stands in one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule<T> {
    /// Of this version, for ever; nobody's in a file.
    pub id: Uuid,
    /// What it is about.
    pub kind: Kind,
    /// Its lasting name, such as `NO_FVL_COMPLAINT`.
    pub code: String,
    /// Where it holds.
    pub country: Country,
    /// Where in the country, if not everywhere.
    pub municipality_code: Option<String>,
    /// For which service, if not for all.
    pub service: Option<String>,
    /// The first day it holds.
    pub valid_from: NaiveDate,
    /// The first day it no longer holds.
    pub valid_to: Option<NaiveDate>,
    /// The law orders it; otherwise it is custom or our proposal.
    pub legal: bool,
    /// Where it stands.
    pub source: String,
    /// How well it is known.
    pub confidence: Confidence,
    /// Who has looked at it.
    pub reviewer: Option<String>,
    /// What it is called.
    pub label: Label,
    /// What it says.
    pub content: T,
}

/// A rule as files and tables have it: what it says is not yet understood.
pub type Row = Rule<Map<String, Value>>;

impl<T> Deref for Rule<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.content
    }
}

/// What rules of one kind say.
pub(super) trait Content: DeserializeOwned {
    /// What is wrong within the row.
    fn flaw(_: &Rule<Self>) -> Option<&'static str> {
        None
    }
}

/// For whom a rule is asked.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// In which country.
    pub country: Country,
    /// By which organisation, that may have rules of its own.
    pub organisation: Option<Uuid>,
    /// In which municipality.
    pub municipality_code: Option<&'a str>,
    /// For which service.
    pub service: Option<&'a str>,
}

impl From<Country> for Place<'_> {
    fn from(country: Country) -> Self {
        Self { country, organisation: None, municipality_code: None, service: None }
    }
}

/// An organisation, and the country that it is in.
impl From<(Uuid, Country)> for Place<'_> {
    fn from((organisation, country): (Uuid, Country)) -> Self {
        Self { organisation: Some(organisation), ..country.into() }
    }
}

/// What stands at the top of every row of a file.
#[derive(Deserialize)]
struct Head {
    code: String,
    country: Option<Country>,
    municipality_code: Option<String>,
    service: Option<String>,
    valid_from: NaiveDate,
    valid_to: Option<NaiveDate>,
    legal: bool,
    source: String,
    confidence: Confidence,
    reviewer: Option<String>,
    #[serde(default)]
    label: Label,
    #[serde(flatten)]
    content: Map<String, Value>,
}

impl Row {
    /// A row of the file of a country.
    pub(super) fn read(kind: Kind, country: Country, row: Map<String, Value>) -> Result<Self, String> {
        let head: Head = serde_json::from_value(row.into()).map_err(|flaw| flaw.to_string())?;
        if head.country.is_some_and(|said| said != country) {
            return Err("country is not the file's".into());
        }
        Ok(Self {
            id: Uuid::nil(),
            kind,
            code: head.code,
            country,
            municipality_code: head.municipality_code,
            service: head.service,
            valid_from: head.valid_from,
            valid_to: head.valid_to,
            legal: head.legal,
            source: head.source,
            confidence: head.confidence,
            reviewer: head.reviewer,
            label: head.label,
            content: head.content,
        })
    }

    /// As a deadline, which it is.
    pub fn as_deadline(self) -> Result<Rule<DeadlineRule>, String> {
        self.understood()
    }

    /// What its kind takes it to say, or what is wrong with it.
    pub(super) fn understood<T: Content>(self) -> Result<Rule<T>, String> {
        let content = serde_json::from_value(self.content.into()).map_err(|flaw| flaw.to_string())?;
        let rule = Rule {
            id: self.id,
            kind: self.kind,
            code: self.code,
            country: self.country,
            municipality_code: self.municipality_code,
            service: self.service,
            valid_from: self.valid_from,
            valid_to: self.valid_to,
            legal: self.legal,
            source: self.source,
            confidence: self.confidence,
            reviewer: self.reviewer,
            label: self.label,
            content,
        };
        T::flaw(&rule).map_or(Ok(rule), |flaw| Err(flaw.into()))
    }
}

impl<T> Rule<T> {
    /// The code without the country before it.
    pub fn short_code(&self) -> &str {
        let short = self.code.strip_prefix(self.country.word()).and_then(|rest| rest.strip_prefix('_'));
        short.unwrap_or(&self.code)
    }

    /// What it is called: in this language if it has a name there, else in any.
    pub fn called(&self, language: Language) -> &str {
        self.label.get(language.word()).or_else(|| self.label.values().next()).unwrap_or(&self.code)
    }

    /// Whether it holds on `day`.
    pub fn in_force(&self, day: NaiveDate) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|end| day < end)
    }

    /// Whether it is one of the rules of this name, with the country before it or without.
    pub(super) fn is_called(&self, code: &str) -> bool {
        self.code == code || self.short_code() == code
    }

    /// How closely it fits a place; not at all, if it is for another.
    pub(super) fn nearness(&self, place: &Place) -> Option<usize> {
        let fits = |ours: &Option<String>, theirs: Option<&str>| {
            ours.as_deref().is_none_or(|ours| theirs == Some(ours))
        };
        let is_for =
            fits(&self.municipality_code, place.municipality_code) && fits(&self.service, place.service);
        is_for.then(|| usize::from(self.municipality_code.is_some()) + usize::from(self.service.is_some()))
    }

    /// What is wrong with the row, whatever it says.
    pub(super) fn misplaced(&self) -> Option<&'static str> {
        let written = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        let parts = self.municipality_code.is_some() || self.service.is_some();
        let days = [Some(self.valid_from), self.valid_to];
        match self {
            _ if self.code.is_empty() || !self.code.bytes().all(written) => {
                Some("a code is written in letters, digits and underscores")
            }
            _ if self.source.trim().is_empty() => Some("no source"),
            _ if self.code.len() > 80 || self.source.chars().count() > 400 => {
                Some("a code has up to 80 characters, a source up to 400")
            }
            _ if days.into_iter().flatten().any(|day| !(1850..=2199).contains(&day.year())) => {
                Some("a day is in the years 1850 to 2199")
            }
            _ if self.valid_to.is_some_and(|end| end <= self.valid_from) => {
                Some("valid_to is not after valid_from")
            }
            _ if self.label.keys().any(|language| language.parse::<Language>().is_err()) => {
                Some("a label is in a language that is not spoken here")
            }
            _ if self
                .label
                .values()
                .any(|name| name.trim().is_empty() || name.contains(char::is_control)) =>
            {
                Some("a label is empty, or has a control character")
            }
            _ if self
                .municipality_code
                .as_ref()
                .is_some_and(|code| !(3..=4).contains(&code.len()) || digits(code).is_err()) =>
            {
                Some("municipality_code has three or four digits")
            }
            _ if self
                .service
                .as_ref()
                .is_some_and(|service| service.len() > 80 || code(service).is_err()) =>
            {
                Some("service is a code: up to 80 small letters, digits and underscores")
            }
            _ if parts && !matches!(self.kind, Kind::Deadline | Kind::Age) => {
                Some("it holds for the whole country and every service")
            }
            _ if self.service.is_some() && OF_EVERY_SERVICE.contains(&self.short_code()) => {
                Some("it holds for every service")
            }
            _ => None,
        }
    }

    /// Whether both say something about the same thing, for the same place.
    pub(super) fn same_as<U>(&self, other: &Rule<U>) -> bool {
        (self.kind, self.country, self.short_code()) == (other.kind, other.country, other.short_code())
            && (&self.municipality_code, &self.service) == (&other.municipality_code, &other.service)
    }

    /// Whether there is a day on which both hold.
    pub(super) fn overlaps<U>(&self, other: &Rule<U>) -> bool {
        other.valid_to.is_none_or(|end| self.valid_from < end)
            && self.valid_to.is_none_or(|end| other.valid_from < end)
    }
}
