//! Mail leaves here, by SMTP. One mail is one letter to one reader; whether it is tried again is for whoever sends it.

use std::{fmt::Display, time::Duration};

use chrono::{DateTime, Utc};
use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    error::Error as Malformed,
    message::{
        Mailbox, SinglePart,
        header::{ContentType, HeaderName, HeaderValue},
    },
    transport::smtp::{Error, extension::ClientId},
};
use reqwest::Url;
use tokio::time::timeout;
use uuid::Uuid;

use crate::words::Language;

/// How long to wait for the mail server to take one mail.
const PATIENCE: Duration = Duration::from_secs(40);

/// A mail to a member of staff. Of those whom its subject is about, nothing is in it.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Stays the same each time that it is sent, so that a mail server that has it already can tell.
    pub id: Uuid,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// Whom it is for.
    pub to: String,
    /// What it is written in.
    pub language: Language,
    /// What it is about.
    pub subject: String,
    /// What it says before the link,
    pub before: String,
    /// and after.
    pub after: String,
}

/// What has become of a letter. What is said of it tells nothing of whom it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The mail server has it.
    Accepted,
    /// The mail server has said that it does not want it, or it is none.
    Refused(String),
    /// The mail server has said that it may take it later.
    Later(String),
    /// Nobody knows whether the mail server has it, or it is not to be spoken with.
    Unreachable(String),
}

/// Who carries mail away, and what stands in every letter.
#[derive(Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    frontend: String,
    patience: Duration,
}

impl Mailer {
    /// By the mail server at `server`: `smtps://`, TLS from the first byte, or `smtp://`, TLS before anything else is said
    /// unless it is this machine's. Or what is wrong with it, without its password.
    pub fn new(server: &str, from: Mailbox, frontend: String) -> Result<Self, String> {
        const ALLOWED: &str = "none, or smtps://user:password@mail.example.org, or smtp:// with STARTTLS";
        let url = Url::parse(server).ok().filter(|url| {
            let known = ["smtp", "smtps"].contains(&url.scheme())
                && url.host_str().is_some_and(|host| !host.is_empty());
            let whole = url.username().is_empty() == url.password().is_none();
            known
                && whole
                && ["", "/"].contains(&url.path())
                && url.query().is_none()
                && url.fragment().is_none()
        });
        let mut url = url.ok_or_else(|| format!("it must be {ALLOWED}"))?;
        let here = url.host_str().is_some_and(|host| ["localhost", "127.0.0.1"].contains(&host));
        if url.scheme() == "smtp" && !here {
            url.set_query(Some("tls=required"));
        }
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.as_str());
        let builder = builder.map_err(|error| format!("{error}: it must be {ALLOWED}"))?;
        let name = ClientId::Domain(from.email.domain().to_owned());
        let transport = builder.hello_name(name).timeout(Some(PATIENCE)).build();
        Ok(Self { transport, from, frontend, patience: PATIENCE })
    }

    /// The same, but it waits no longer than this for one mail to be taken.
    #[must_use]
    pub fn within(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Sends it, once.
    pub async fn send(&self, letter: &Letter) -> Outcome {
        let message = match self.message(letter) {
            Ok(message) => message,
            Err(flaw) => return Outcome::Refused(flaw.into()),
        };
        let late = || Outcome::Unreachable("it does not answer in time".into());
        timeout(self.patience, self.deliver(message)).await.unwrap_or_else(|_| late())
    }

    async fn deliver(&self, message: Message) -> Outcome {
        let Err(error) = self.transport.send(message).await else { return Outcome::Accepted };
        let why = why(&error);
        if error.is_transient() {
            return Outcome::Later(why);
        }
        // It may have refused the mail, or whoever comes: then it is not the fault of the mail.
        let of_this_mail = error.is_permanent() || error.is_client();
        if of_this_mail && self.transport.test_connection().await.unwrap_or_default() {
            return Outcome::Refused(why);
        }
        Outcome::Unreachable(why)
    }

    fn message(&self, letter: &Letter) -> Result<Message, &'static str> {
        let to = letter.to.parse().or(Err("it is for no address"))?;
        let said =
            |name, value: &str| HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned());
        let text = format!("{}\n{}\n\n{}\n", letter.before, self.frontend, letter.after);
        let message = Message::builder()
            .message_id(Some(format!("<{}@{}>", letter.id, self.from.email.domain())))
            .date(letter.at.into())
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(letter.subject.clone())
            // Nobody has written it, and nothing is to answer it (RFC 3834).
            .raw_header(said("Auto-Submitted", "auto-generated"))
            .raw_header(said("Content-Language", letter.language.word()))
            .singlepart(SinglePart::builder().header(ContentType::TEXT_PLAIN).body(text));
        message.map_err(|error: Malformed| match error {
            Malformed::NonAsciiChars => "its address is not in ASCII",
            _ => "it cannot be written",
        })
    }
}

/// Why, in words that are safe to log: what the server answers may tell the address, and is left out.
fn why(error: &Error) -> String {
    let said: &dyn Display = match error.status() {
        Some(code) => return format!("it answers {code}"),
        None if error.is_response() => &"what it answers is not SMTP",
        None => error,
    };
    said.to_string()
}
