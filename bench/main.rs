//! What a request costs beside PostgreSQL alone: the release build of the server, and `pgbench` with the very statements
//! that the server sends, on the same rows over the same socket, by turns.

#![expect(clippy::print_stdout, reason = "the table is what it is for")]

mod measure;
mod pgbench;
mod requests;
mod world;

use std::{
    error::Error,
    path::PathBuf,
    process::{Child, Command},
    time::{Duration, Instant},
};

use clap::Parser;
use measure::Cost;
use requests::{Client, Operation};
use samspill::{
    access::KeyRing,
    db::{self, Cluster},
};
use world::World;

/// An error that says what is wrong.
type Failure = Box<dyn Error + Send + Sync>;

const DATABASE: &str = "bench";
const ADDRESS: &str = "127.0.0.1:8099";

/// Compare requests with the statements behind them.
#[derive(Parser)]
struct Arguments {
    /// Rows in `referral`.
    #[arg(long, default_value_t = 1_000_000)]
    referrals: u64,
    /// Organisations that have them, equally many each.
    #[arg(long, default_value_t = 500)]
    organisations: u64,
    /// How long each of the two is measured in one turn.
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    /// Turns; the sum of all counts.
    #[arg(long, default_value_t = 3)]
    turns: u64,
    /// Connections at once.
    #[arg(long, value_delimiter = ',', default_values_t = [1, 16, 64])]
    connections: Vec<usize>,
    /// Where the cluster is kept, so that the next run finds its rows.
    #[arg(long, default_value = "target/bench")]
    data: PathBuf,
    /// What `cargo bench` says to every program.
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> Result<(), Failure> {
    let arguments = Arguments::parse();
    let cluster = Cluster::open(&arguments.data)?;
    let world = World { referrals: arguments.referrals, organisations: arguments.organisations };
    let owner = cluster.url(DATABASE, Cluster::OWNER);
    let say = |error: Box<dyn Error>| error.to_string();
    db::create(&cluster, DATABASE).map_err(say)?;
    db::migrate(&owner).map_err(say)?;
    db::admit_runtime(&owner).map_err(say)?;
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?
        .block_on(run(&arguments, &cluster, &world))
}

async fn run(arguments: &Arguments, cluster: &Cluster, world: &World) -> Result<(), Failure> {
    let owner = cluster.url(DATABASE, Cluster::OWNER);
    world.settle(&owner).await?;
    let ring = KeyRing::generate()?;
    let client = Client::new(ADDRESS, world, world::signer(ADDRESS)?)?;
    println!(
        "| operation | at once | requests/s | p50 ms | p99 ms | CPU µs: server + PostgreSQL | pgbench/s | p50 ms | p99 ms | CPU µs: pgbench + PostgreSQL | ratio |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|---|");
    for operation in Operation::ALL {
        let script = pgbench::record(cluster, &ring, &client, operation, world).await?;
        let server = Server::start(cluster, &ring).await?;
        for &connections in &arguments.connections {
            let (mut ours, mut theirs) = (Cost::default(), Cost::default());
            for _ in 0..arguments.turns {
                let time = Duration::from_secs(arguments.seconds);
                ours += client.measure(operation, connections, time, (server.child.id(), cluster)).await?;
                theirs += script.measure(connections, time, cluster).await?;
            }
            println!(
                "| {operation} | {connections} | {ours} | {theirs} | {:.2} |",
                ours.each() / theirs.each()
            );
        }
        if operation == Operation::Page {
            eprintln!("memory of the server: {} MiB at most", measure::peak(server.child.id())? / 1024);
        }
        eprintln!("started in {} ms", server.started_in.as_millis());
    }
    Ok(())
}

/// The server, which ends with this.
struct Server {
    child: Child,
    started_in: Duration,
}

impl Server {
    async fn start(cluster: &Cluster, ring: &str) -> Result<Self, Failure> {
        let began = Instant::now();
        let child = Command::new(env!("CARGO_BIN_EXE_samspill"))
            .arg("serve")
            .env("SAMSPILL_MODE", "production")
            .env("SAMSPILL_BIND", ADDRESS)
            .env("SAMSPILL_ISSUER", format!("http://{ADDRESS}"))
            .env("SAMSPILL_JOBS", "false")
            .env("SAMSPILL_KEYS", ring)
            .env("SAMSPILL_LOG", "error")
            .env("SAMSPILL_RATE", "1000000")
            .env("SAMSPILL_SIGNING_KEY", world::seed())
            .env("DATABASE_URL", cluster.url(DATABASE, Cluster::RUNTIME))
            .spawn()?;
        let mut server = Self { child, started_in: Duration::ZERO };
        let ready = async || reqwest::get(format!("http://{ADDRESS}/health/ready")).await?.error_for_status();
        while ready().await.is_err() {
            if let Some(status) = server.child.try_wait()? {
                return Err(format!("the server ended: {status}").into());
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        server.started_in = began.elapsed();
        Ok(server)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
