//! A cluster of its own, which keeps what it commits; two servers and two workers, started again whenever they end; and
//! how each of them is struck.

use std::{
    fmt, fs,
    net::TcpListener,
    os::unix::process::ExitStatusExt as _,
    path::{Path, PathBuf},
    process::{self, Stdio},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering::Relaxed},
    },
    thread,
    time::{Duration, Instant},
};

use diesel_async::SimpleAsyncConnection as _;
use samspill::{
    access::KeyRing,
    db::{self, Cluster},
};
use tokio::{process::Command, task::JoinSet, time::sleep};
use tokio_postgres::{NoTls, SimpleQueryMessage, config::Host};

use crate::{
    Chance, DESKS, Failure, PATIENCE,
    callers::{Caller, Tally},
    relay::{self, Losses},
    world::{self, World},
};

const DATABASE: &str = "faults";

/// A process that ends by itself so soon found no database when it started. Later it must not.
const START: Duration = Duration::from_secs(15);

/// What can happen.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    Server(usize),
    Worker(usize),
    Database,
    Backend,
}

impl Fault {
    pub const ALL: [Self; 6] =
        [Self::Server(0), Self::Worker(0), Self::Database, Self::Server(1), Self::Worker(1), Self::Backend];
}

impl fmt::Display for Fault {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Server(number) => write!(to, "server {} (SIGKILL)", number + 1),
            Self::Worker(number) => write!(to, "worker {} (SIGKILL)", number + 1),
            Self::Database => to.write_str("PostgreSQL, at once, and started again"),
            Self::Backend => to.write_str("one process of PostgreSQL (SIGKILL)"),
        }
    }
}

/// Where it all is.
pub struct House {
    folder: PathBuf,
    cluster: Cluster,
    /// Where callers call, and where the two servers listen.
    addresses: [String; 3],
    processes: [Arc<AtomicU32>; 4],
}

impl House {
    /// A new cluster with its tables. Blocks: call it outside of a runtime.
    pub fn furnish() -> Result<Self, Failure> {
        let folder = std::env::temp_dir().join(format!("samspill-faults-{}", process::id()));
        fs::create_dir_all(folder.join("sockets"))?;
        let cluster = Cluster::open(&folder)?;
        let owner = cluster.url(DATABASE, Cluster::OWNER);
        let made = db::create(&cluster, DATABASE).and_then(|_| db::migrate(&owner));
        made.and_then(|()| db::admit_runtime(&owner)).map_err(|error| error.to_string())?;
        // Bound all at once, so that none is given out twice.
        let free = [(); 3]
            .map(|()| TcpListener::bind("127.0.0.1:0").and_then(|it| it.local_addr().map(|at| (it, at))));
        let [callers, first, second] = free;
        let addresses = [callers?, first?, second?].map(|(_, address)| address.to_string());
        Ok(Self { folder, cluster, addresses, processes: Default::default() })
    }

    fn owner(&self) -> String {
        self.cluster.url(DATABASE, Cluster::OWNER)
    }

    /// Organisations in a ring, each with a coordinator, that may write to the next.
    pub async fn settle(&self) -> Result<World, Failure> {
        let world = World { referrals: DESKS * 2, organisations: DESKS };
        world.settle(&self.owner()).await?;
        Ok(world)
    }

    pub fn caller(&self, world: World, tally: &Arc<Tally>) -> Result<Caller, Failure> {
        let [callers, ..] = &self.addresses;
        Caller::new(callers, world::signer(callers)?, world, Arc::clone(tally))
    }

    /// Runs statements that nothing is refused.
    pub async fn sql(&self, statements: &str) -> Result<(), Failure> {
        Ok(db::connect(&self.owner()).await?.batch_execute(statements).await?)
    }

    /// The first column of what a query finds, past every policy.
    pub async fn lines(&self, query: &str) -> Result<Vec<String>, Failure> {
        let (client, connection) = tokio_postgres::connect(&self.owner(), NoTls).await?;
        let driven = tokio::spawn(connection);
        let found = client.simple_query(query).await?;
        driven.abort();
        let line = |it: &SimpleQueryMessage| match it {
            SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
            _ => None,
        };
        Ok(found.iter().filter_map(line).collect())
    }

    /// Opens the relays and starts the processes behind them. They end with what is returned.
    pub async fn start(&self, losses: &Arc<Losses>, tally: &Arc<Tally>) -> Result<JoinSet<()>, Failure> {
        let owner: tokio_postgres::Config = self.owner().parse()?;
        let Some(Host::Unix(sockets)) = owner.get_hosts().first() else { return Err("no socket".into()) };
        let [callers, first, second] = self.addresses.clone();
        let mut all = JoinSet::new();
        let entrance = tokio::net::TcpListener::bind(callers).await?;
        all.spawn(relay::to_servers(entrance, [first, second], Arc::clone(losses)));
        let cellar = tokio::net::UnixListener::bind(relay::socket(&self.folder.join("sockets")))?;
        all.spawn(relay::to_database(cellar, relay::socket(sockets), Arc::clone(losses)));
        let ring = KeyRing::generate()?;
        for (number, process) in self.processes.iter().enumerate() {
            let (process, tally) = (Arc::clone(process), Arc::clone(tally));
            let command = self.command(number, &ring)?;
            all.spawn(keep(command, process, format!("process {number}"), tally));
        }
        Ok(all)
    }

    /// Two that serve, then two that work.
    fn command(&self, number: usize, ring: &str) -> Result<impl Fn() -> Command + use<>, Failure> {
        let [callers, first, second] = &self.addresses;
        let sockets = self.folder.join("sockets");
        let url = format!("host={} port=5432 user={} dbname={DATABASE}", sockets.display(), Cluster::RUNTIME);
        let environment = [
            ("SAMSPILL_MODE", "production".to_owned()),
            ("SAMSPILL_BIND", if number == 0 { first } else { second }.clone()),
            ("SAMSPILL_ISSUER", format!("http://{callers}")),
            ("SAMSPILL_JOBS", "false".into()),
            ("SAMSPILL_KEYS", ring.into()),
            ("SAMSPILL_LOG", "warn".into()),
            ("SAMSPILL_RATE", "1000000".into()),
            ("SAMSPILL_SIGNING_KEY", world::seed()),
            ("DATABASE_URL", url),
        ];
        let log = fs::File::create(self.folder.join(format!("{number}.log")))?;
        Ok(move || {
            let mut command = Command::new(env!("CARGO_BIN_EXE_samspill"));
            let log = log.try_clone().map_or_else(|_| Stdio::null(), Stdio::from);
            command.arg(if number < 2 { "serve" } else { "work" }).env_clear().envs(environment.clone());
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).kill_on_drop(true);
            command
        })
    }

    /// Does the worst, and tells how long PostgreSQL was away.
    pub async fn strike(&self, fault: Fault, chance: &Chance) -> Result<Duration, Failure> {
        let process = |number: usize| self.processes.get(number).map_or(0, |it| it.load(Relaxed));
        let struck = Instant::now();
        match fault {
            Fault::Server(number) => signal("KILL", process(number))?,
            Fault::Worker(number) => signal("KILL", process(number + 2))?,
            Fault::Database => self.crash(Duration::from_millis(chance.below(1500)))?,
            Fault::Backend => {
                let query = "select pid from pg_stat_activity where usename = 'samspill_runtime' order by random() limit 1";
                let pid = self.lines(query).await?.first().and_then(|pid| pid.parse().ok());
                signal("KILL", pid.ok_or("nobody is connected")?)?;
                // Until it has noticed, it still lets others in.
                sleep(Duration::from_millis(50)).await;
            }
        }
        if !matches!(fault, Fault::Database | Fault::Backend) {
            return Ok(Duration::ZERO);
        }
        while let Err(away) = self.lines("select 1").await {
            if struck.elapsed() > PATIENCE {
                return Err(away);
            }
            sleep(Duration::from_millis(10)).await;
        }
        Ok(struck.elapsed())
    }

    /// Stops PostgreSQL without a checkpoint, leaves it away for so long, and has it started again.
    fn crash(&self, away: Duration) -> Result<(), Failure> {
        let pid = self.cluster.data().join("data/postmaster.pid");
        let first = fs::read_to_string(&pid)?.lines().next().and_then(|line| line.parse().ok());
        signal("QUIT", first.ok_or("no postmaster")?)?;
        let deadline = Instant::now() + PATIENCE;
        tokio::task::block_in_place(|| {
            while pid.exists() {
                if Instant::now() > deadline {
                    return Err("PostgreSQL does not stop".into());
                }
                thread::sleep(Duration::from_millis(5));
            }
            thread::sleep(away);
            // Whoever comes has its keeper start it.
            drop(Cluster::open(&self.folder)?);
            Ok(())
        })
    }

    /// What nobody may find in a log.
    pub fn no_panic(&self, tally: &Tally) {
        for number in 0..4 {
            let log = fs::read_to_string(self.folder.join(format!("{number}.log"))).unwrap_or_default();
            for line in log.lines().filter(|line| line.contains("panicked")) {
                tally.wrong(format!("process {number}: {line}"));
            }
        }
    }

    /// Where the logs are.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Ends the cluster, and removes it all.
    pub fn clear(self) {
        let Self { folder, cluster, .. } = self;
        let pid = cluster.data().join("data/postmaster.pid");
        drop(cluster);
        let deadline = Instant::now() + PATIENCE;
        // The keeper of the cluster writes its last line after PostgreSQL has ended.
        while (pid.exists() || fs::remove_dir_all(&folder).is_err()) && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(50));
        }
    }
}

/// Has a process run, and run again whenever it has ended.
async fn keep(command: impl Fn() -> Command, process: Arc<AtomicU32>, name: String, tally: Arc<Tally>) {
    loop {
        let began = Instant::now();
        match command().spawn() {
            Ok(mut child) => {
                process.store(child.id().unwrap_or_default(), Relaxed);
                let Ok(ended) = child.wait().await else { continue };
                let killed = ended.signal() == Some(9);
                if !killed && (ended.code() != Some(1) || began.elapsed() > START) {
                    tally.wrong(format!("{name} has ended by itself: {ended}"));
                }
            }
            Err(error) => tally.wrong(format!("{name} does not start: {error}")),
        }
        sleep(Duration::from_millis(100)).await;
    }
}

fn signal(name: &str, process: u32) -> Result<(), Failure> {
    // The number 0 means everybody.
    if process > 0 {
        process::Command::new("kill")
            .args(["-s", name, &process.to_string()])
            .stderr(Stdio::null())
            .status()?;
    }
    Ok(())
}
