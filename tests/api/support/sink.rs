//! A mail server that keeps what it is sent, in whatever mood it is told to be.

use std::{
    collections::VecDeque,
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    sync::{Arc, Mutex},
    thread,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use lettre::message::Mailbox;
use rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
};
use samspill::mailer::Mailer;

pub const LINK: &str = "https://app.samspill.test/";

/// How it treats whoever comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    Takes,
    /// It wants nobody to speak with it.
    TurnsAway,
    RefusesReader,
    IsBusy,
    /// It takes a mail, and is gone before it says so.
    Drops,
    /// It says nothing at all.
    Hangs,
}

#[derive(Clone)]
pub struct Mail {
    pub from: String,
    pub to: String,
    /// As it came, with its headers.
    pub text: String,
}

#[derive(Clone)]
pub struct Sink {
    pub address: SocketAddr,
    state: Arc<Mutex<State>>,
    tls: Option<(Arc<ServerConfig>, bool)>,
}

struct State {
    mood: Mood,
    mails: VecDeque<Mail>,
    logins: Vec<String>,
}

enum Wire {
    Plain(TcpStream),
    Tls(Box<StreamOwned<ServerConnection, TcpStream>>),
}

pub fn mailer(server: &str) -> Mailer {
    let from: Mailbox = "Samspill <no-reply@samspill.test>".parse().unwrap();
    Mailer::new(server, from, LINK.to_owned()).unwrap()
}

impl Wire {
    fn line(&mut self) -> Option<String> {
        let mut line = Vec::new();
        while line.last() != Some(&b'\n') {
            let mut byte = [0];
            match self {
                Self::Plain(stream) => stream.read_exact(&mut byte),
                Self::Tls(stream) => stream.read_exact(&mut byte),
            }
            .ok()?;
            line.push(byte[0]);
        }
        Some(String::from_utf8_lossy(&line).trim_end_matches("\r\n").to_owned())
    }

    fn say(&mut self, text: &str) -> Option<()> {
        let text = format!("{text}\r\n");
        match self {
            Self::Plain(stream) => stream.write_all(text.as_bytes()),
            Self::Tls(stream) => stream.write_all(text.as_bytes()).and_then(|()| stream.flush()),
        }
        .ok()
    }
}

impl Sink {
    pub fn start() -> Self {
        Self::listen("127.0.0.1:0", None)
    }

    /// As if it were another machine.
    pub fn far() -> Self {
        Self::listen("127.0.0.2:0", None)
    }

    /// Far, with a certificate: TLS from the first byte, or after `STARTTLS`, without which it takes nothing.
    pub fn with_tls(folder: &Path, at_once: bool) -> Self {
        let chain = CertificateDer::pem_file_iter(folder.join("cert.pem")).unwrap();
        let key = PrivateKeyDer::from_pem_file(folder.join("key.pem")).unwrap();
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config =
            ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        let config = config.with_no_client_auth().with_single_cert(chain.map(Result::unwrap).collect(), key);
        Self::listen("127.0.0.2:0", Some((Arc::new(config.unwrap()), at_once)))
    }

    fn listen(address: &str, tls: Option<(Arc<ServerConfig>, bool)>) -> Self {
        let listener = TcpListener::bind(address).unwrap();
        let state = State { mood: Mood::Takes, mails: VecDeque::new(), logins: Vec::new() };
        let sink = Self { address: listener.local_addr().unwrap(), state: Arc::new(Mutex::new(state)), tls };
        let at_door = sink.clone();
        thread::spawn(move || {
            for guest in listener.incoming() {
                let (sink, guest) = (at_door.clone(), guest.unwrap());
                thread::spawn(move || sink.attend(guest));
            }
        });
        sink
    }

    pub fn be(&self, mood: Mood) {
        self.state.lock().unwrap().mood = mood;
    }

    /// What has come since it was last asked, oldest first.
    pub fn mails(&self) -> Vec<Mail> {
        self.state.lock().unwrap().mails.drain(..).collect()
    }

    /// Who has logged in, as they said it.
    pub fn logins(&self) -> Vec<String> {
        self.state.lock().unwrap().logins.clone()
    }

    pub fn mailer(&self) -> Mailer {
        mailer(&format!("smtp://{}", self.address))
    }

    #[expect(clippy::too_many_lines, reason = "it is one conversation")]
    fn attend(&self, guest: TcpStream) -> Option<()> {
        let mood = self.state.lock().unwrap().mood;
        let wrap = |guest: TcpStream| {
            let connection = ServerConnection::new(self.tls.clone().unwrap().0).unwrap();
            Wire::Tls(Box::new(StreamOwned::new(connection, guest)))
        };
        let at_once = self.tls.as_ref().is_some_and(|(_, at_once)| *at_once);
        let mut wire = if at_once { wrap(guest) } else { Wire::Plain(guest) };
        match mood {
            Mood::Hangs => while wire.line().is_some() {},
            Mood::TurnsAway => return wire.say("554 not you"),
            _ => {}
        }
        wire.say("220 sink.test")?;
        let mut mail = Mail { from: String::new(), to: String::new(), text: String::new() };
        loop {
            let line = wire.line()?;
            let safe = self.tls.is_none() || matches!(wire, Wire::Tls(_));
            match line.get(..4).unwrap_or(&line) {
                "EHLO" if safe => wire.say("250-sink.test\r\n250-AUTH PLAIN\r\n250 8BITMIME")?,
                "EHLO" => wire.say("250-sink.test\r\n250 STARTTLS")?,
                "STAR" => {
                    wire.say("220 go on")?;
                    let Wire::Plain(guest) = wire else { return None };
                    wire = wrap(guest);
                }
                "AUTH" if safe => {
                    let (_, said) = line.rsplit_once(' ')?;
                    let said = String::from_utf8(STANDARD.decode(said).unwrap()).unwrap();
                    self.state.lock().unwrap().logins.push(said.replace('\0', " "));
                    wire.say("235 welcome")?;
                }
                "MAIL" if safe => {
                    mail.from = line;
                    wire.say("250 ok")?;
                }
                "RCPT" if mood == Mood::RefusesReader => {
                    wire.say(&format!("550 nobody here is called {line}"))?
                }
                "RCPT" if mood == Mood::IsBusy => wire.say(&format!("451 later, {line}"))?,
                "RCPT" => {
                    mail.to = line;
                    wire.say("250 ok")?;
                }
                "DATA" => {
                    wire.say("354 go on")?;
                    loop {
                        let line = wire.line()?;
                        if line == "." {
                            break;
                        }
                        mail.text += line.strip_prefix('.').unwrap_or(&line);
                        mail.text += "\r\n";
                    }
                    self.state.lock().unwrap().mails.push_back(mail.clone());
                    if mood == Mood::Drops {
                        return None;
                    }
                    wire.say("250 taken")?;
                    mail.text.clear();
                }
                "QUIT" => return wire.say("221 bye"),
                "NOOP" | "RSET" => wire.say("250 ok")?,
                _ => wire.say("502 what?")?,
            }
        }
    }
}

impl Mail {
    /// A header, unfolded and decoded.
    pub fn header(&self, name: &str) -> Option<String> {
        let (head, _) = self.text.split_once("\r\n\r\n").unwrap();
        let head = head.replace("\r\n ", " ").replace("\r\n\t", " ");
        let line = head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))?;
        let mut text = String::new();
        let mut encoded = false;
        for word in line.split(' ') {
            let inside = word.strip_prefix("=?utf-8?b?").and_then(|word| word.strip_suffix("?="));
            let joined = encoded && inside.is_some();
            if !joined && !text.is_empty() {
                text.push(' ');
            }
            match inside {
                Some(inside) => text += &String::from_utf8(STANDARD.decode(inside).unwrap()).unwrap(),
                None => text += word,
            }
            encoded = inside.is_some();
        }
        Some(text)
    }

    /// What it says, decoded.
    pub fn body(&self) -> String {
        let (_, body) = self.text.split_once("\r\n\r\n").unwrap();
        let bytes = match self.header("Content-Transfer-Encoding").as_deref() {
            Some("base64") => STANDARD.decode(body.replace("\r\n", "")).unwrap(),
            Some("quoted-printable") => {
                let body = body.replace("=\r\n", "");
                let mut parts = body.split('=');
                let mut bytes = parts.next().unwrap().as_bytes().to_vec();
                for part in parts {
                    bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
                    bytes.extend(&part.as_bytes()[2..]);
                }
                bytes
            }
            _ => body.as_bytes().to_vec(),
        };
        String::from_utf8(bytes).unwrap().replace("\r\n", "\n")
    }

    /// Everything that it says, also where it is encoded.
    pub fn all(&self) -> String {
        let subject = self.header("Subject").unwrap();
        format!("{}\n{}\n{}\n{subject}\n{}", self.from, self.to, self.text, self.body())
    }
}
