//! What a mail says: whose desk it is, what waits there and since when, and where to see to it.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    day,
    identifiers::Country,
    mailer::Letter,
    words::{Language, say},
};

use super::types::{MailKind, Reader, Waiting};

/// The letter, in the language of whoever it is for; none, if nothing waits.
pub fn write((id, at): (Uuid, DateTime<Utc>), reader: &Reader, waiting: &[Waiting]) -> Option<Letter> {
    let language = language(reader);
    let organisation = ("organisation", reader.organisation.clone());
    let told: Vec<_> = MailKind::ALL
        .iter()
        .filter_map(|kind| {
            let it = waiting.iter().find(|it| it.kind == kind.word())?;
            let what = say(language, &format!("mail_{kind}"), None, &Vec::new())?;
            Some((what, it))
        })
        .collect();
    if told.is_empty() {
        return None;
    }
    let summary: Vec<_> = told.iter().map(|(what, it)| format!("{what} ({})", it.count)).collect();
    let lines: Vec<_> = told.iter().map(|(what, it)| line(language, what, it)).collect();
    let part = |part| say(language, "mail", Some(part), &vec![organisation.clone()]).unwrap_or_default();
    Some(Letter {
        id,
        at,
        to: reader.email.clone(),
        language,
        subject: format!("{}: {}", reader.organisation, summary.join(", ")),
        before: format!(
            "{}\n\n{}\n\n{}\n\n{}",
            part("greeting"),
            part("desk"),
            lines.join("\n"),
            part("link")
        ),
        after: part("why"),
    })
}

/// One's own, or else that of the country.
fn language(reader: &Reader) -> Language {
    Language::spoken(&reader.language).unwrap_or(match reader.country.parse() {
        Ok(Country::No) => Language::Nb,
        Ok(Country::Dk) => Language::Da,
        Ok(Country::Se) => Language::Sv,
        Err(_) => Language::En,
    })
}

fn line(language: Language, what: &str, it: &Waiting) -> String {
    let day = day::of(it.since).format("%Y-%m-%d").to_string();
    let mut parts = day.split('-').map(str::to_owned);
    let mut part = || parts.next().unwrap_or_default();
    let blanks = vec![
        ("what", what.to_owned()),
        ("count", it.count.to_string()),
        ("year", part()),
        ("month", part()),
        ("day", part()),
    ];
    say(language, "mail", Some("line"), &blanks).unwrap_or_default()
}
