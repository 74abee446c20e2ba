//! Whether anything is lost: two servers and two workers on one database, callers who write and read over HTTP, and all the
//! while one of the processes is killed, PostgreSQL crashes, and connections are cut between a commit and its answer.

#![expect(clippy::print_stdout, reason = "the table is what it is for")]
#![expect(clippy::indexing_slicing, reason = "JSON has null where there is nothing")]

mod callers;
mod checks;
mod processes;
mod relay;
#[path = "../world.rs"]
#[expect(dead_code, reason = "the comparison with pgbench needs more of it")]
mod world;

use std::{
    error::Error,
    process::ExitCode,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use clap::{Parser, ValueEnum};
use processes::{Fault, House};
use tokio::{
    signal::{ctrl_c, unix},
    sync::watch,
    task::JoinSet,
    time::sleep,
};
use uuid::Uuid;

use callers::{Caller, Desk, Seen, Tally};
use checks::Books;
use relay::Losses;

/// An error that says what is wrong.
type Failure = Box<dyn Error + Send + Sync>;

/// How many organisations write to each other, each to the next.
const DESKS: u64 = 4;
/// How many cases each of them has at hand at once.
const CASES: u64 = 3;
/// How long anything may take to come right again.
const PATIENCE: Duration = Duration::from_secs(90);

/// Kill and cut while others write, and see whether anything is lost.
#[derive(Parser)]
struct Arguments {
    /// How often something is killed.
    #[arg(long, default_value_t = 50)]
    kills: u64,
    /// How many writes are acknowledged at least; two hundred for each time, if nothing is said.
    #[arg(long)]
    writes: Option<u64>,
    /// What chance begins with.
    #[arg(long)]
    seed: Option<u64>,
    /// Break something half-way: then it is a failure if nothing is found.
    #[arg(long)]
    sabotage: Option<Sabotage>,
    /// What `cargo bench` says to every program.
    #[arg(long, hide = true)]
    bench: bool,
}

/// What can be broken, so that it is seen that it would be found.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Sabotage {
    /// PostgreSQL says that it has committed what is not on disk yet.
    Lost,
    /// A key does not keep the same from being done twice.
    Doubled,
    /// The feed leaves something out.
    Gap,
}

impl Sabotage {
    fn statements(self) -> &'static str {
        match self {
            Self::Lost => "alter role samspill_runtime set synchronous_commit = off",
            Self::Doubled => "alter table idempotency_key drop constraint idempotency_key_in_use",
            Self::Gap => {
                "create function public.skip() returns trigger language plpgsql security definer as $$ begin
                    delete from event where (organisation_id, id) = (new.organisation_id, new.id);
                    return null;
                 end $$;
                 create trigger skip after update of sequence on event for each row when (new.sequence % 50 = 0)
                     execute function public.skip()"
            }
        }
    }
}

/// Chance that can be repeated (splitmix64).
pub struct Chance(AtomicU64);

impl Chance {
    /// A number below `most`.
    pub fn below(&self, most: u64) -> u64 {
        let mut it = self.0.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
        it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (it ^ (it >> 31)) % most
    }
}

/// Locks what nobody leaves broken.
pub fn held<T>(it: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    it.lock().unwrap_or_else(PoisonError::into_inner)
}

fn main() -> Result<ExitCode, Failure> {
    let arguments = Arguments::parse();
    let seed = arguments.seed.unwrap_or_else(|| Uuid::now_v7().as_u64_pair().1 >> 32);
    println!("seed {seed}");
    let house = House::furnish()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let outcome = runtime.block_on(async {
        let mut terminated = unix::signal(unix::SignalKind::terminate())?;
        // Whoever is stopped takes along what they started.
        tokio::select! {
            outcome = run(&arguments, &house, seed) => outcome,
            _ = terminated.recv() => Err("stopped".into()),
            _ = ctrl_c() => Err("stopped".into()),
        }
    });
    runtime.shutdown_timeout(Duration::from_secs(5));
    let found = outcome?;
    for wrong in found.iter().take(20) {
        println!("WRONG: {wrong}");
    }
    let as_expected = found.is_empty() != arguments.sabotage.is_some();
    println!(
        "{}",
        match (found.len(), arguments.sabotage) {
            (0, None) => "Nothing is lost, nothing doubled.".into(),
            (0, Some(it)) => format!("{it:?} was not found."),
            (many, None) => format!("{many} faults; the logs are in {}", house.folder().display()),
            (many, Some(it)) => format!("{it:?} was found, {many} times."),
        }
    );
    if as_expected {
        house.clear();
    }
    Ok(if as_expected { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Those who write, acknowledge and read until they are told to stop.
struct Crowd {
    desks: Vec<Desk>,
    writers: JoinSet<()>,
    others: JoinSet<()>,
    /// What each reader has seen, and of which organisation.
    readers: Vec<(u64, Arc<Mutex<Seen>>)>,
    writing: watch::Sender<bool>,
    reading: watch::Sender<bool>,
}

impl Crowd {
    fn gather(caller: &Caller) -> Self {
        let (writing, may_write) = watch::channel(true);
        let (reading, may_read) = watch::channel(true);
        let desks: Vec<_> = (0..DESKS).map(|number| Desk::new(caller, number)).collect();
        let (mut writers, mut others, mut readers) = (JoinSet::new(), JoinSet::new(), Vec::new());
        for desk in &desks {
            for _ in 0..CASES {
                writers.spawn(desk.clone().work(may_write.clone()));
            }
            others.spawn(desk.clone().acknowledge(may_read.clone()));
            // One that waits for news, and one that comes and goes.
            for wait in [5, 0] {
                let seen = Arc::default();
                readers.push((desk.number, Arc::clone(&seen)));
                others.spawn(desk.clone().follow(wait, seen, may_read.clone()));
            }
        }
        Self { desks, writers, others, readers, writing, reading }
    }

    /// Whether what was written has come to the readers of its organisation.
    fn have_seen(&self, desk: u64, subject: Uuid) -> bool {
        self.readers.iter().filter(|(number, _)| *number == desk).all(|(_, seen)| held(seen).has(subject))
    }
}

async fn run(arguments: &Arguments, house: &House, seed: u64) -> Result<Vec<String>, Failure> {
    let began = Instant::now();
    let chance = Arc::new(Chance(AtomicU64::new(seed)));
    let losses = Arc::new(Losses::new(Arc::clone(&chance)));
    let tally = Arc::new(Tally::default());
    let world = house.settle().await?;
    let mut servants = house.start(&losses, &tally).await?;
    let caller = house.caller(world, &tally)?;
    let mut crowd = Crowd::gather(&caller);
    let target = arguments.writes.unwrap_or(arguments.kills * 200);
    let mut recoveries: Vec<Recovery> = Vec::new();
    for kill in 1..=arguments.kills {
        let due = target * kill / (arguments.kills + 1);
        until("so much is written", || tally.count() >= due || tally.found_anything()).await?;
        if let Some(sabotage) = arguments.sabotage.filter(|_| kill == 1) {
            house.sql(sabotage.statements()).await?;
        }
        let fault =
            Fault::ALL.get((kill - 1) as usize % Fault::ALL.len()).copied().unwrap_or(Fault::Database);
        let away = house.strike(fault, &chance).await?;
        let back = Instant::now();
        let desk = crowd.desks.get((kill % DESKS) as usize).ok_or("no desk")?;
        // What is written now is acknowledged, and told to whoever follows.
        if let Ok(mark) = desk.leave_mark().await {
            let seen =
                until("it is seen", || crowd.have_seen(desk.number, mark) || tally.found_anything()).await;
            seen.unwrap_or_else(|late| tally.wrong(format!("after {fault}: {late}")));
        }
        recoveries.push(Recovery { fault, away, took: back.elapsed() });
        sleep(Duration::from_millis(chance.below(700))).await;
        eprint!("\r{kill} kills, {} writes ", tally.count());
    }
    until("all is written", || tally.count() >= target || tally.found_anything()).await?;
    crowd.writing.send_replace(false);
    while crowd.writers.join_next().await.is_some() {}
    losses.stop();
    let books = Books::open(house, &caller, &tally);
    books.drained(&crowd).await?;
    crowd.reading.send_replace(false);
    while crowd.others.join_next().await.is_some() {}
    books.check(&crowd).await?;
    servants.shutdown().await;
    house.no_panic(&tally);
    report(&recoveries, &tally, &losses, began.elapsed());
    Ok(tally.all_wrong())
}

/// Waits until it holds.
async fn until(what: &str, mut holds: impl FnMut() -> bool) -> Result<(), Failure> {
    let deadline = Instant::now() + PATIENCE;
    while !holds() {
        if Instant::now() > deadline {
            return Err(format!("waited in vain: {what}").into());
        }
        sleep(Duration::from_millis(5)).await;
    }
    Ok(())
}

/// What came after something was struck.
struct Recovery {
    fault: Fault,
    /// How long PostgreSQL itself was.
    away: Duration,
    /// How long after that what was written anew was acknowledged, and seen by all who follow.
    took: Duration,
}

fn report(recoveries: &[Recovery], tally: &Tally, losses: &Losses, took: Duration) {
    println!(
        "\n| what was struck | times | PostgreSQL away, p50 s | max s | then written and seen after, p50 s | max s |"
    );
    println!("|---|---|---|---|---|---|");
    let kinds = Fault::ALL.iter().map(|fault| (fault.to_string(), Some(*fault)));
    for (name, kind) in kinds.chain([("all".to_owned(), None)]) {
        let of_kind: Vec<_> =
            recoveries.iter().filter(|it| kind.is_none_or(|kind| kind == it.fault)).collect();
        let spread = |of: fn(&Recovery) -> Duration| {
            let mut times: Vec<_> = of_kind.iter().map(|it| of(it).as_secs_f64()).collect();
            times.sort_by(f64::total_cmp);
            let half = times.get(times.len() / 2).copied().unwrap_or_default();
            format!("{half:.2} | {:.2}", times.last().copied().unwrap_or_default())
        };
        println!("| {name} | {} | {} | {} |", of_kind.len(), spread(|it| it.away), spread(|it| it.took));
    }
    println!("\n| figure | |");
    println!("|---|---|");
    for (what, many) in tally.figures().into_iter().chain(losses.figures()) {
        println!("| {what} | {many} |");
    }
    println!("| seconds | {} |", took.as_secs());
}
