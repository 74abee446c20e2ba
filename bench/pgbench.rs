//! The statements of a request, as PostgreSQL's log has them, for `pgbench` to send.

use std::{collections::BTreeMap, fmt::Write as _, fs, path::PathBuf, process, time::Duration};

use diesel_async::SimpleAsyncConnection as _;
use samspill::db::{self, Cluster};
use tokio::process::Command;
use uuid::Uuid;

use crate::{
    DATABASE, Failure, Server,
    measure::{self, Cost},
    requests::{Client, Operation},
    world::{Of, World},
};

/// After so many requests the server's connection has prepared what it keeps prepared.
const WARM: u64 = 8;

/// What `pgbench` repeats.
pub struct Script {
    path: PathBuf,
}

/// Lets the server answer a few requests, and makes a script of what the last of them asked.
pub async fn record(
    cluster: &Cluster,
    ring: &str,
    client: &Client,
    operation: Operation,
    world: &World,
) -> Result<Script, Failure> {
    let mut owner = db::connect(&cluster.url(DATABASE, Cluster::OWNER)).await?;
    owner
        .batch_execute(
            "alter role samspill_runtime set log_statement = 'all';
             alter role samspill_runtime set log_error_verbosity = 'default'",
        )
        .await?;
    let log = cluster.data().join("server.log");
    let silent = fs::read(&log)?.len();
    let server = Server::start(cluster, ring).await?;
    let asked = client.repeat(operation, WARM).await;
    drop(server);
    owner.batch_execute("alter role samspill_runtime reset all").await?;
    asked?;
    let said = fs::read(&log)?;
    let said = String::from_utf8_lossy(said.get(silent..).unwrap_or_default()).replace("\n\t", "\n\u{1}");
    let mut statements: Vec<String> = Vec::new();
    for line in said.lines() {
        if let Some(more) = line.strip_prefix('\u{1}') {
            statements.last_mut().ok_or("the log begins in the middle")?.extend(["\n", more]);
        } else if let Some((_, values)) = line.split_once("DETAIL:  parameters: ") {
            let statement = statements.last_mut().ok_or("values of nothing")?;
            *statement = bound(statement, values);
        } else if let Some((_, statement)) = line.split_once("LOG:  statement: ") {
            statements.extend(parts(statement));
        } else if let Some((_, statement)) = line.split_once("LOG:  execute ") {
            statements.push(statement.split_once(": ").map_or(statement, |(_, text)| text).into());
        }
    }
    let begins = |statement: &String| statement.trim_start().eq_ignore_ascii_case("begin");
    let last = statements.iter().rposition(begins).ok_or("no transaction in the log")?;
    let text = script(statements.get(last..).unwrap_or_default(), world);
    let path = cluster.data().join(format!("{operation:?}.sql"));
    fs::write(&path, text)?;
    Ok(Script { path })
}

/// What is quoted and what is not, by turns.
fn pieces(text: &str) -> impl Iterator<Item = (bool, &str)> {
    // `''` inside of a literal ends it and begins another, which stays beside it.
    text.split('\'').enumerate().map(|(nth, piece)| (nth % 2 == 1, piece))
}

/// What was sent as one text.
fn parts(text: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    for (quoted, piece) in pieces(text) {
        let mut cut = piece.split(if quoted { '\0' } else { ';' });
        let first = cut.next().unwrap_or_default();
        if let Some(last) = all.last_mut() {
            *last += &if quoted { format!("'{first}'") } else { first.into() };
        }
        all.extend(cut.map(str::to_owned));
    }
    all.retain(|part| !part.trim().is_empty());
    all
}

/// A statement with its values in their places.
fn bound(statement: &str, values: &str) -> String {
    let values: Vec<_> = parts(&values.replace(';', ",")).concat().split(", $").map(str::to_owned).collect();
    let mut text = statement.to_owned();
    for (nth, value) in values.iter().enumerate().rev() {
        let value = value.split_once(" = ").map_or("null", |(_, value)| value);
        text = text.replace(&format!("${}", nth + 1), value);
    }
    text
}

fn script(statements: &[String], world: &World) -> String {
    let organisations = world.organisations;
    let mut variables =
        format!("\\set o random(0, {})\n\\set k random(0, {})\n", organisations - 1, world.sent_each() - 1);
    let mut fresh = BTreeMap::new();
    let mut text = String::new();
    for statement in statements {
        for (quoted, piece) in pieces(statement.trim()) {
            let count = fresh.len();
            text += &match (quoted, piece.parse::<Uuid>(), piece.strip_prefix("bench-")) {
                (false, ..) => piece.to_owned(),
                (true, Ok(id), _) => match known(id) {
                    Some((of @ (Of::Person | Of::Referral), _)) => {
                        let one = of.sql(&format!(":k * {organisations} + :o"));
                        if piece.starts_with('{') { format!("array[{one}]") } else { one }
                    }
                    Some((of, number)) => of.sql(&format!("(:o + {number}) % {organisations}")),
                    None => {
                        let nth = *fresh.entry(id).or_insert(count);
                        format!(
                            "(lpad(:a{nth}::text, 8, '0') || '-0000-7000-8000-' || lpad(:b{nth}::text, 12, '0'))::uuid"
                        )
                    }
                },
                (true, _, Some(_)) => "('bench-' || :o || '-' || :key)".into(),
                (true, ..) => format!("'{piece}'"),
            };
        }
        text += ";\n";
    }
    for nth in fresh.values() {
        // Writing into a text cannot fail.
        let _ = writeln!(variables, "\\set a{nth} random(0, 99999999)\n\\set b{nth} random(0, 999999999999)");
    }
    variables + "\\set key random(0, 999999999999999)\n" + &text
}

/// Which of the world's rows an id is, if it is one.
fn known(id: Uuid) -> Option<(Of, u64)> {
    let text = id.to_string();
    Of::ALL.into_iter().find_map(|of| Some((of, text.strip_prefix(&of.prefix())?.parse().ok()?)))
}

impl Script {
    pub async fn measure(
        &self,
        connections: usize,
        time: Duration,
        cluster: &Cluster,
    ) -> Result<Cost, Failure> {
        let url = cluster.url(DATABASE, Cluster::RUNTIME);
        let config: tokio_postgres::Config = url.parse()?;
        let Some(tokio_postgres::config::Host::Unix(sockets)) = config.get_hosts().first() else {
            return Err("the cluster has no socket".into());
        };
        let prefix = cluster.data().join(format!("pgbench-{}", process::id())).display().to_string();
        let before = (measure::ended_children()?, measure::database_cpu(cluster)?);
        let output = Command::new("pgbench")
            .args(["--no-vacuum", "--protocol=prepared", "--log"])
            .arg(format!("--log-prefix={prefix}"))
            .args(["--client", &connections.to_string(), "--jobs", &connections.min(2).to_string()])
            .args(["--time", &time.as_secs().to_string()])
            .arg("--file")
            .arg(&self.path)
            .arg("--host")
            .arg(sockets)
            .args(["--username", Cluster::RUNTIME, DATABASE])
            .output()
            .await?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into());
        }
        let mut cost = Cost {
            time,
            client_cpu: measure::ended_children()? - before.0,
            database_cpu: measure::rested(cluster).await? - before.1,
            ..Cost::default()
        };
        for entry in fs::read_dir(cluster.data())? {
            let path = entry?.path();
            if path.to_string_lossy().starts_with(&prefix) {
                let latency = |line: &str| line.split(' ').nth(2)?.parse::<u32>().ok();
                cost.latencies.extend(fs::read_to_string(&path)?.lines().filter_map(latency));
                fs::remove_file(path)?;
            }
        }
        Ok(cost)
    }
}
