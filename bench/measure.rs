//! What something took: answers, how long each, and the processors' time, as the kernel counts it.

use std::{fmt, fs, ops::AddAssign, time::Duration};

use samspill::db::Cluster;

use crate::Failure;

/// The kernel counts in these.
const TICK: Duration = Duration::from_millis(10);

/// What a run of one of the two came to.
#[derive(Debug, Default)]
pub struct Cost {
    /// Of each answer, in microseconds.
    pub latencies: Vec<u32>,
    /// How long it ran.
    pub time: Duration,
    /// Of the server, or of `pgbench`.
    pub client_cpu: Duration,
    /// Of all processes of PostgreSQL.
    pub database_cpu: Duration,
}

impl AddAssign for Cost {
    fn add_assign(&mut self, other: Self) {
        self.latencies.extend(other.latencies);
        self.time += other.time;
        self.client_cpu += other.client_cpu;
        self.database_cpu += other.database_cpu;
    }
}

impl Cost {
    fn per_answer(&self, cpu: Duration) -> f64 {
        cpu.as_secs_f64() * 1e6 / self.latencies.len() as f64
    }

    /// Microseconds of processor for an answer.
    pub fn each(&self) -> f64 {
        self.per_answer(self.client_cpu + self.database_cpu)
    }
}

impl fmt::Display for Cost {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut sorted = self.latencies.clone();
        sorted.sort_unstable();
        let at = |part: usize| sorted.get(sorted.len() * part / 100).map_or(0.0, |it| f64::from(*it) / 1e3);
        let (p50, p99) = (at(50), at(99));
        let rate = self.latencies.len() as f64 / self.time.as_secs_f64();
        let [client, database] = [self.client_cpu, self.database_cpu].map(|cpu| self.per_answer(cpu));
        write!(to, "{rate:.0} | {p50:.2} | {p99:.2} | {client:.0} + {database:.0}")
    }
}

/// What the processors have done for a process; with what ended children did, if `all`.
pub fn cpu(process: u32, all: bool) -> Result<Duration, Failure> {
    Ok(TICK * stat(process, &if all { 11..15 } else { 11..13 })?.iter().sum::<u32>())
}

/// What they have done for children of ours that have ended.
pub fn ended_children() -> Result<Duration, Failure> {
    Ok(TICK * stat(std::process::id(), &(13..15))?.iter().sum::<u32>())
}

/// What they have done for PostgreSQL: its first process, those that live, and those that lived.
pub fn database_cpu(cluster: &Cluster) -> Result<Duration, Failure> {
    let pid = fs::read_to_string(cluster.data().join("data/postmaster.pid"))?;
    let first: u32 = pid.lines().next().unwrap_or_default().parse()?;
    let mut sum = cpu(first, true)?;
    for entry in fs::read_dir("/proc")? {
        let Some(process) = entry?.file_name().to_str().and_then(|name| name.parse().ok()) else { continue };
        // What has ended in between is counted at its parent.
        if stat(process, &(1..2)).is_ok_and(|parent| parent == [first]) {
            sum += cpu(process, false).unwrap_or_default();
        }
    }
    Ok(sum)
}

/// The same when nothing is added any more: what has just ended is counted for a moment nowhere.
pub async fn rested(cluster: &Cluster) -> Result<Duration, Failure> {
    let mut sum = database_cpu(cluster)?;
    loop {
        tokio::time::sleep(Duration::from_millis(100)).await;
        let now = database_cpu(cluster)?;
        if now == sum {
            return Ok(sum);
        }
        sum = now;
    }
}

/// The most memory that a process ever had, in KiB.
pub fn peak(process: u32) -> Result<u32, Failure> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}

/// Numbers of /proc/<pid>/stat, counted from what follows the name in brackets.
fn stat(process: u32, which: &std::ops::Range<usize>) -> Result<Vec<u32>, Failure> {
    let text = fs::read_to_string(format!("/proc/{process}/stat"))?;
    let (_, rest) = text.rsplit_once(") ").ok_or("no name")?;
    let fields: Vec<_> = rest.split(' ').collect();
    let numbers = fields.get(which.clone()).ok_or("too few fields")?;
    Ok(numbers.iter().map(|number| number.parse()).collect::<Result<_, _>>()?)
}
