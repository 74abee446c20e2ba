//! The program: `serve`, `work`, and what an operator does from the command line.

use std::{
    error::Error,
    fmt::Display,
    fs,
    io::Write as _,
    net::{Ipv4Addr, Ipv6Addr, ToSocketAddrs as _},
    path::PathBuf,
    process::ExitCode,
    time::Duration,
};

use chrono::SecondsFormat;
use clap::{Parser, Subcommand};
use futures_util::future::{OptionFuture, join};
use samspill::{
    access::{House, Pool, keys},
    app,
    config::{self, Config, Mode},
    db, demo,
    domains::house::{members, organisations, recoveries, rules},
    jobs,
    mailer::Mailer,
    problem::Problem,
    rules::Files,
    start::{self, Database},
    web::compatible,
};
use serde_json::Value;
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
    /// Ask the server that listens at `SAMSPILL_BIND` whether it is ready: it fails if not.
    Health,
    /// Write the OpenAPI document, or compare it with an older one.
    Openapi(Openapi),
    /// Organisations.
    #[command(subcommand)]
    Organisation(Organisation),
    /// People who log in.
    #[command(subcommand)]
    User(User),
    /// The rules of the countries: deadlines, days off, ages, sections of law.
    #[command(subcommand)]
    Rules(RulesCommand),
    /// The keys that sign tokens.
    #[command(subcommand)]
    Key(KeyCommand),
    /// The demo world.
    Demo(Demo),
}

#[derive(clap::Args)]
struct Openapi {
    /// The file to write.
    #[arg(default_value = "openapi/openapi.json")]
    path: PathBuf,
    /// Leave out words and examples, on which no program depends.
    #[arg(long)]
    compact: bool,
    /// Write nothing: say what would break whoever was built on the document in this file, and fail if anything would.
    #[arg(long, conflicts_with_all = ["path", "compact"])]
    compatible_with: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Organisation {
    /// Register an organisation.
    Create(organisations::NewOrganisation),
}

#[derive(Subcommand)]
enum User {
    /// Make a member of an organisation who can log in. The password, 12 to 200 characters, is not an argument, which
    /// other processes could see: it is in `SAMSPILL_PASSWORD`, or in the file that `SAMSPILL_PASSWORD_FILE` names.
    Create(members::NewUser),
    /// Give somebody who is locked out a new password, in `SAMSPILL_PASSWORD` or `SAMSPILL_PASSWORD_FILE` as for a new
    /// user. Their sessions end.
    Recover(recoveries::LostUser),
}

#[derive(Subcommand)]
enum RulesCommand {
    /// Look for what is wrong in files of rules, and name the file and the line of each row with a flaw.
    Check(RuleFiles),
    /// Bring the rules in the database to what the files say. Nothing is overwritten: a version that is replaced is kept.
    /// It holds from the next request on.
    Load(RuleFiles),
}

#[derive(clap::Args)]
struct RuleFiles {
    /// A folder with files like those in data/rules, whose rows are added to the ones of the program, or take the place of
    /// those with the same name and first day. Without it: the rules of the program alone.
    folder: Option<PathBuf>,
}

#[derive(Subcommand)]
enum KeyCommand {
    /// Publish a new key; it signs when everybody has had time to fetch it, and the one before retires.
    Rotate,
}

#[derive(clap::Args)]
struct Demo {
    /// Do the walk of docs/walk.md against a running server, and print what each answer comes to.
    #[arg(long)]
    walk: bool,
    /// Print what contract tools need: address, tokens for every role, an id for every path parameter.
    #[arg(long, conflicts_with = "walk")]
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
    if let Command::Openapi(arguments) = command {
        return openapi(&arguments);
    }
    if let Command::Health = command {
        return actix_web::rt::System::new().block_on(health(&config::bind()?));
    }
    if let Command::Rules(RulesCommand::Check(files)) = &command {
        let files = rule_files(files)?;
        return say(format!("{} rules, and nothing is wrong with them.", files.sound()?.len()));
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

async fn health(bind: &str) -> Result<(), Box<dyn Error>> {
    let mut server = bind.to_socket_addrs()?.next().ok_or("SAMSPILL_BIND: there is no such address")?;
    if server.ip().is_unspecified() {
        server.set_ip(if server.is_ipv4() { Ipv4Addr::LOCALHOST.into() } else { Ipv6Addr::LOCALHOST.into() });
    }
    let client = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(2)).build()?;
    client.get(format!("http://{server}/health/ready")).send().await?.error_for_status()?;
    Ok(())
}

fn openapi(arguments: &Openapi) -> Result<(), Box<dyn Error>> {
    let Openapi { path, compact, compatible_with } = arguments;
    let Some(older) = compatible_with else {
        let text = if *compact { app::compact_text() } else { app::contract_text() }?;
        let written = fs::write(path, text);
        return written.map_err(|error| format!("{}: {error}: name a file to write", path.display()).into());
    };
    let unread =
        |error: &dyn Display| format!("{}: {error}: name an OpenAPI document in JSON", older.display());
    let text = fs::read_to_string(older).map_err(|error| unread(&error))?;
    let before: Value = serde_json::from_str(&text).map_err(|error| unread(&error))?;
    if before.pointer("/paths").is_none_or(|paths| !paths.is_object()) {
        return Err(unread(&"it has no paths").into());
    }
    let changes = compatible::breaking(&before, app::contract());
    changes.iter().try_for_each(say)?;
    match changes.len() {
        0 => say("Nothing would break."),
        count => Err(format!("{count} changes would break whoever was built on {}", older.display()).into()),
    }
}

fn rule_files(RuleFiles { folder }: &RuleFiles) -> Result<Files, String> {
    folder.as_ref().map_or_else(|| Ok(Files::shipped()), |folder| Files::of(folder))
}

fn migrate(config: &Config) -> Result<(), Box<dyn Error>> {
    match (&config.migration_url, &config.database_url) {
        (Some(owner), _) => {
            db::migrate(owner).map_err(|error| format!("SAMSPILL_MIGRATION_URL: {error}").into())
        }
        (None, None) => Database::find(config).map(|_| ()),
        (None, Some(_)) => Err("SAMSPILL_MIGRATION_URL is not set: the login of the tables' owner".into()),
    }
}

async fn run(command: &Command, config: &Config, database: &Database) -> Result<(), Box<dyn Error>> {
    let house = start::house(config, database).await?;
    match command {
        Command::Serve => serve(house, config, database).await,
        Command::Work => {
            work(house.pool, config.mail.clone(), stopped()).await;
            Ok(())
        }
        Command::Organisation(Organisation::Create(new)) => {
            let made = organisations::create(&house.pool, new).await;
            say(Uuid::from(made.map_err(|problem| explained(&problem))?))
        }
        Command::User(User::Create(new)) => {
            let made = members::create_user(&house.pool, new, &password()?).await;
            say(Uuid::from(made.map_err(|problem| explained(&problem))?))
        }
        Command::User(User::Recover(lost)) => {
            let recovered = recoveries::recover_user(&house.pool, lost, &password()?).await;
            recovered.map_err(|problem| explained(&problem))?;
            say("The new password is set, and all sessions have ended.")
        }
        Command::Rules(RulesCommand::Load(files)) => {
            let (closed, added) = rules::load(&house.pool, &rule_files(files)?.to_load()?).await?;
            say(format!("{added} versions of rules are added, and {closed} closed."))
        }
        Command::Key(KeyCommand::Rotate) => {
            let from = keys::rotate(&house.pool, &house.ring).await?;
            let from = from.to_rfc3339_opts(SecondsFormat::Secs, true);
            say(format!(
                "A new key is published, and signs from {from}. Tokens of the one before stay good until they end."
            ))
        }
        Command::Demo(Demo { walk: true, .. }) => demo::walk(&config.issuer).await,
        Command::Demo(Demo { fixtures: true, .. }) => say(demo::fixtures(&house, &config.issuer)?),
        Command::Demo(_) => {
            demo::load(database, &house.ring).await?;
            say(demo::log_ins() + "\n" + &demo::as_commands(&config.issuer)?)
        }
        Command::Migrate | Command::Health | Command::Openapi(_) | Command::Rules(RulesCommand::Check(_)) => {
            Ok(())
        }
    }
}

/// The password that a user is to have.
fn password() -> Result<String, Box<dyn Error>> {
    let password = config::secret("SAMSPILL_PASSWORD")?;
    Ok(password.ok_or("SAMSPILL_PASSWORD is not set: the password of the user")?)
}

/// What a problem means to whoever typed the command: which argument it is about.
fn explained(problem: &Problem) -> String {
    let why = match problem.code() {
        "organisation_number_is_wrong" => return format!("--number: {problem}"),
        "password_length" | "invalid" => {
            "SAMSPILL_PASSWORD: 12 to 200 characters are needed, other than the e-mail address"
        }
        "organisation_already_exists" => "--number: there is an organisation of this kind with this number",
        "municipality_code_is_not_in_force" => {
            "--municipality-code: it is not in force today in this country"
        }
        "organisation_parent_id_fkey" => "--parent-id: there is no organisation with this id",
        "membership_organisation_id_fkey" => "--organisation-id: there is no organisation with this id",
        "not_found" => "--email: there is no account with this address",
        "membership_already_exists" => "--email: they have this role in this organisation already",
        _ => return problem.to_string(),
    };
    why.into()
}

async fn serve(house: House, config: &Config, database: &Database) -> Result<(), Box<dyn Error>> {
    if config.mode == Mode::Demo && database.owner.is_some() {
        demo::load(database, &house.ring).await?;
        say(demo::welcome(&config.issuer))?;
    }
    let (stop, stopping) = watch::channel(false);
    let jobs = config
        .jobs
        .then(|| actix_web::rt::spawn(work(house.pool.clone(), config.mail.clone(), stopping.clone())));
    if config.signing_key.is_none() {
        actix_web::rt::spawn(keep_keys(house.clone()));
    }
    actix_web::rt::spawn(house.bell.clone().listen(database.runtime.clone()));
    tracing::info!(bind = config.bind, mode = %config.mode, "serving");
    let mut told = stopped();
    let told = async move { told.wait_for(|told| *told).await.map_or((), |_| ()) };
    app::serve(house, &config.bind, config.workers, app::KEPT, told).await?;
    // Requests are answered; now the worker puts down what it holds.
    stop.send_replace(true);
    if let Some(jobs) = jobs {
        jobs.await?;
    }
    Ok(())
}

/// The worker's jobs, and beside them mail where there is a server for it.
async fn work(pool: Pool, mailer: Option<Mailer>, stop: watch::Receiver<bool>) {
    let mail = mailer.map(|mailer| jobs::run_mail(pool.clone(), mailer, stop.clone()));
    join(jobs::run(pool, stop), OptionFuture::from(mail)).await;
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
