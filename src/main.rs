//! The program: `serve`, `work`, and what an operator does from the command line.

use std::{error::Error, fs, io::Write as _, path::PathBuf, process::ExitCode, time::Duration};

use clap::{Parser, Subcommand};
use samspill::{
    access::{House, keys},
    app,
    config::{self, Config, Mode},
    db, demo,
    domains::house::{members, organisations},
    jobs,
    start::{self, Database},
};
use tokio::sync::watch;
use uuid::Uuid;

/// Referrals, consents, contact forms and follow-up between municipalities and volunteer centres.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Answer requests, and do the worker's jobs unless `SAMSPILL_JOBS=false`.
    Serve,
    /// Make or change the tables. Asks for `SAMSPILL_MIGRATION_URL` beside `DATABASE_URL`.
    Migrate,
    /// Do the worker's jobs alone: dispatch, expiry, clocks.
    Work,
    /// Write the OpenAPI document.
    Openapi {
        /// The file to write.
        #[arg(default_value = "openapi/openapi.json")]
        path: PathBuf,
    },
    /// Organisations.
    #[command(subcommand)]
    Organisation(Organisation),
    /// People who log in.
    #[command(subcommand)]
    User(User),
    /// The keys that sign tokens.
    #[command(subcommand)]
    Key(KeyCommand),
    /// The demo world.
    Demo(Demo),
}

#[derive(Subcommand)]
enum Organisation {
    /// Register an organisation.
    Create(organisations::NewOrganisation),
}

#[derive(Subcommand)]
enum User {
    /// Make a member of an organisation who can log in.
    Create(members::NewUser),
}

#[derive(Subcommand)]
enum KeyCommand {
    /// Publish a new key; it signs when everybody has had time to fetch it, and the one before retires.
    Rotate,
}

#[derive(clap::Args)]
struct Demo {
    /// Do the walk of the README over HTTP, and print what each answer comes to.
    #[arg(long)]
    walk: bool,
    /// Print what contract tools need: address, tokens for every role, an id for every path parameter.
    #[arg(long)]
    fixtures: bool,
}

fn main() -> ExitCode {
    match command() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Returned from `main` it would be printed as Rust writes it, not as people do.
            let _ = writeln!(std::io::stderr(), "Error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn command() -> Result<(), Box<dyn Error>> {
    let command = Arguments::parse().command;
    tracing_subscriber::fmt().json().with_env_filter(config::log()?).with_writer(std::io::stderr).init();
    if let Command::Openapi { path } = command {
        let written = fs::write(&path, app::contract_text()?);
        return written.map_err(|error| format!("{}: {error}: name a file to write", path.display()).into());
    }
    let config = Config::from_env()?;
    match command {
        Command::Migrate => return migrate(&config),
        Command::Serve => config.check_bind()?,
        Command::Demo(_) if config.mode == Mode::Production => {
            return Err("SAMSPILL_MODE is production, and the demo world is for demo: its passwords and keys are published".into());
        }
        _ => {}
    }
    let database = Database::find(&config)?;
    actix_web::rt::System::new().block_on(run(&command, &config, &database))
}

fn migrate(config: &Config) -> Result<(), Box<dyn Error>> {
    match (&config.migration_url, &config.database_url) {
        (Some(owner), _) => db::migrate(owner),
        (None, None) => Database::find(config).map(|_| ()),
        (None, Some(_)) => Err("SAMSPILL_MIGRATION_URL is not set: the login of the tables' owner".into()),
    }
}

async fn run(command: &Command, config: &Config, database: &Database) -> Result<(), Box<dyn Error>> {
    let house = start::house(config, database).await?;
    match command {
        Command::Serve => serve(house, config, database).await,
        Command::Work => {
            jobs::run(house.pool, stopped()).await;
            Ok(())
        }
        Command::Organisation(Organisation::Create(new)) => {
            say(Uuid::from(organisations::create(&house.pool, new).await?))
        }
        Command::User(User::Create(new)) => say(Uuid::from(members::create_user(&house.pool, new).await?)),
        Command::Key(KeyCommand::Rotate) => Ok(keys::rotate(&house.pool, &house.ring).await?),
        Command::Demo(Demo { walk: true, .. }) => demo::walk(&config.issuer).await,
        Command::Demo(Demo { fixtures: true, .. }) => say(demo::fixtures(&house, &config.issuer)?),
        Command::Demo(_) => {
            demo::load(database, &house.ring).await?;
            say(demo::welcome(&config.issuer)?)
        }
        Command::Migrate | Command::Openapi { .. } => Ok(()),
    }
}

async fn serve(house: House, config: &Config, database: &Database) -> Result<(), Box<dyn Error>> {
    if config.mode == Mode::Demo && database.owner.is_some() {
        demo::load(database, &house.ring).await?;
        say(demo::welcome(&config.issuer)?)?;
    }
    let (stop, stopping) = watch::channel(false);
    let jobs = config.jobs.then(|| actix_web::rt::spawn(jobs::run(house.pool.clone(), stopping.clone())));
    if config.signing_key.is_none() {
        actix_web::rt::spawn(keep_keys(house.clone()));
    }
    tracing::info!(bind = config.bind, mode = %config.mode, "serving");
    let mut told = stopped();
    let told = async move { told.wait_for(|told| *told).await.map_or((), |_| ()) };
    app::serve(house, &config.bind, config.workers, told).await?;
    // Requests are answered; now the worker puts down what it holds.
    stop.send_replace(true);
    if let Some(jobs) = jobs {
        jobs.await?;
    }
    Ok(())
}

/// Takes new keys while it serves, a minute after somebody has published them.
async fn keep_keys(house: House) {
    loop {
        tokio::time::sleep(Duration::from_secs(60)).await;
        if let Err(problem) = keys::reload(&house.pool, &house.ring, &house.tokens).await {
            tracing::error!(%problem, "the keys stay as they were");
        }
    }
}

/// Becomes true when the process is asked to stop.
fn stopped() -> watch::Receiver<bool> {
    let (stop, stopping) = watch::channel(false);
    actix_web::rt::spawn(async move {
        let terminated = async {
            match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
                Ok(mut signal) => signal.recv().await,
                Err(_) => std::future::pending().await,
            }
        };
        tokio::select! { _ = tokio::signal::ctrl_c() => {}, _ = terminated => {} }
        stop.send_replace(true);
    });
    stopping
}

fn say(text: impl std::fmt::Display) -> Result<(), Box<dyn Error>> {
    Ok(writeln!(std::io::stdout(), "{text}")?)
}
