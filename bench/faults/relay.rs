//! Two relays that lose what they carry: one between callers and servers, one between the processes and PostgreSQL.

use std::{
    io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
    },
};

use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, split},
    net::{TcpListener, TcpStream, UnixListener, UnixStream},
};

use crate::Chance;

/// What is lost on the way, and how often it was.
pub struct Losses {
    chance: Arc<Chance>,
    over: AtomicBool,
    requests: AtomicU64,
    answers: AtomicU64,
    commits: AtomicU64,
}

impl Losses {
    pub fn new(chance: Arc<Chance>) -> Self {
        let none = || AtomicU64::new(0);
        Self { chance, over: AtomicBool::new(false), requests: none(), answers: none(), commits: none() }
    }

    /// From now on all arrives.
    pub fn stop(&self) {
        self.over.store(true, Relaxed);
    }

    pub fn figures(&self) -> [(&'static str, u64); 3] {
        [
            ("requests cut in the middle", self.requests.load(Relaxed)),
            ("answers cut off after the work was done", self.answers.load(Relaxed)),
            ("commits whose answer PostgreSQL could not give", self.commits.load(Relaxed)),
        ]
    }

    /// One in so many is lost.
    fn loses(&self, one_in: u64, counted: &AtomicU64) -> bool {
        let lost = !self.over.load(Relaxed) && self.chance.below(one_in) == 0;
        counted.fetch_add(lost.into(), Relaxed);
        lost
    }

    /// How much of a piece of a request still arrives, if it is cut.
    fn of_request(&self, piece: &[u8]) -> Option<usize> {
        let begins = piece.starts_with(b"POST") || piece.starts_with(b"PATCH");
        (begins && self.loses(150, &self.requests)).then_some(piece.len() / 2)
    }

    fn of_answer(&self, piece: &[u8]) -> Option<usize> {
        (piece.starts_with(b"HTTP/1.1 2") && self.loses(60, &self.answers)).then_some(0)
    }

    fn of_database(&self, piece: &[u8]) -> Option<usize> {
        let commits = piece.windows(7).any(|it| it == b"COMMIT\0");
        (commits && self.loses(150, &self.commits)).then_some(0)
    }
}

/// Lets callers in to one of the servers.
pub async fn to_servers(callers: TcpListener, servers: [String; 2], losses: Arc<Losses>) {
    while let Ok((caller, _)) = callers.accept().await {
        let server = servers.get(losses.chance.below(2) as usize).cloned().unwrap_or_default();
        let losses = Arc::clone(&losses);
        tokio::spawn(async move {
            // Who finds nobody there is cut off, and so are those whose piece was lost.
            let Ok(server) = TcpStream::connect(server).await else { return };
            relay(caller, server, |piece| losses.of_request(piece), |piece| losses.of_answer(piece)).await;
        });
    }
}

/// Lets the processes in to PostgreSQL.
pub async fn to_database(processes: UnixListener, socket: PathBuf, losses: Arc<Losses>) {
    while let Ok((process, _)) = processes.accept().await {
        let (socket, losses) = (socket.clone(), Arc::clone(&losses));
        tokio::spawn(async move {
            let Ok(database) = UnixStream::connect(&socket).await else { return };
            relay(process, database, |_| None, |piece| losses.of_database(piece)).await;
        });
    }
}

/// Where PostgreSQL's socket is in a folder.
pub fn socket(folder: &Path) -> PathBuf {
    folder.join(".s.PGSQL.5432")
}

/// Carries both ways until one of them ends; then both do.
async fn relay<A, B>(
    near: A,
    far: B,
    asked: impl Fn(&[u8]) -> Option<usize>,
    told: impl Fn(&[u8]) -> Option<usize>,
) where
    A: AsyncRead + AsyncWrite,
    B: AsyncRead + AsyncWrite,
{
    let ((mut near_says, mut near_hears), (mut far_says, mut far_hears)) = (split(near), split(far));
    tokio::select! {
        _ = carry(&mut near_says, &mut far_hears, asked) => {}
        _ = carry(&mut far_says, &mut near_hears, told) => {}
    }
}

async fn carry(
    from: &mut (impl AsyncRead + Unpin),
    to: &mut (impl AsyncWrite + Unpin),
    loses: impl Fn(&[u8]) -> Option<usize>,
) -> io::Result<()> {
    let mut buffer = vec![0; 32 << 10];
    loop {
        let length = from.read(&mut buffer).await?;
        let piece = buffer.get(..length).unwrap_or_default();
        if piece.is_empty() {
            return Ok(());
        }
        if let Some(arrives) = loses(piece) {
            return to.write_all(piece.get(..arrives).unwrap_or_default()).await;
        }
        to.write_all(piece).await?;
    }
}
