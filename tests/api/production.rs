//! What is written for operators holds: the page about production as it is pasted, and docker-compose.yml.

use std::{
    collections::{HashMap, HashSet},
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use diesel_async::SimpleAsyncConnection as _;
use reqwest::Client;
use samspill::{access::KeyRing, db};
use serde_json::{Value, json};
use tokio_postgres::config::Host;

use crate::{
    program::{PATIENCE, Place, log_in},
    support::lines,
};

/// A cluster that nothing has been done to, and where everybody but its superuser has to give a password.
async fn fresh_cluster() -> (db::Cluster, PathBuf) {
    let cluster = db::Cluster::throwaway().unwrap();
    let rules = "local all postgres trust\nlocal all all scram-sha-256\n";
    fs::write(cluster.data().join("data/pg_hba.conf"), rules).unwrap();
    let url = cluster.url("postgres", db::Cluster::OWNER);
    lines(&mut db::connect(&url).await.unwrap(), "select pg_reload_conf()::text as line").await;
    let config: tokio_postgres::Config = url.parse().unwrap();
    let [Host::Unix(sockets)] = config.get_hosts() else { panic!("{url}") };
    let sockets = sockets.clone();
    (cluster, sockets)
}

/// All of docs/production.md but the server itself, pasted as it stands; and the environment that it leaves.
fn paste_production(place: &Place, sockets: &Path) -> HashMap<String, String> {
    let page = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/production.md")).unwrap();
    let blocks = page.split("```sh\n").skip(1).map(|block| block.split("```").next().unwrap());
    let (serve, rest): (Vec<_>, Vec<_>) = blocks.partition(|block| *block == "samspill serve\n");
    assert_eq!((serve.len(), rest.len()), (1, 7));
    let programs = Path::new(env!("CARGO_BIN_EXE_samspill")).parent().unwrap();
    let path = format!("{}:{}", programs.display(), env::var("PATH").unwrap());
    let script = format!("{}\nenv -0", rest.concat());
    let mut bash = Command::new("bash");
    bash.args(["-euc", &script]).current_dir(&place.folder).env_clear().env("PATH", path);
    std::os::unix::fs::symlink(concat!(env!("CARGO_MANIFEST_DIR"), "/deploy"), place.folder.join("deploy"))
        .unwrap();
    let output = bash.env("PGHOST", sockets).env("PGPORT", "5432").output().unwrap();
    let (said, error) =
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert!(output.status.success(), "{error}\n{said}");
    // What the commands say ends where the first variable begins.
    let variables = said.split('\0').map(|variable| variable.rsplit('\n').next().unwrap());
    let left = variables.filter_map(|variable| variable.split_once('='));
    left.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

#[actix_web::test]
async fn the_page_about_production_works_as_it_is_pasted() {
    let (cluster, sockets) = fresh_cluster().await;
    let place = Place::new(&[]);
    let environment = paste_production(&place, &sockets);
    what_is_pasted_twice_keeps_its_keys(&place);
    let command_of = |what: &str| {
        let mut command = place.command(&[what]);
        command
            .env_clear()
            .envs(&environment)
            .env("SAMSPILL_BIND", &place.address)
            .current_dir(&place.folder);
        command
    };
    let command = || command_of("serve");

    let health = || command_of("health").status().unwrap().success();
    assert!(!health(), "nobody serves yet");
    let serving = place.ready(&mut command(), &place.address).await;
    assert!(health(), "{}", serving.log());
    let password = fs::read_to_string(place.folder.join("secrets/admin")).unwrap();
    let (_, session) = log_in(&place.base(), "admin@eksempel.example", password.trim()).await;
    let request = Client::new().post(format!("{}/v1/units", place.base()));
    let request =
        request.bearer_auth(session["access_token"].as_str().unwrap()).header("Idempotency-Key", "1");
    let made =
        request.json(&json!({ "name": "Hjemmetjenesten", "function": "home_care" })).send().await.unwrap();
    assert_eq!(made.status(), 201, "{}", serving.log());
    drop(serving);

    let url = fs::read_to_string(place.folder.join("secrets/database_url")).unwrap();
    let mut restored = command();
    restored.env_remove("DATABASE_URL_FILE").env("DATABASE_URL", url.replace("=samspill ", "=restored "));
    let serving = place.ready(&mut restored, &place.address).await;
    let (status, session) = log_in(&place.base(), "admin@eksempel.example", password.trim()).await;
    assert_eq!(status, 200, "{session}: what rows hide from others is in the backup\n{}", serving.log());
    drop(serving);
    compose_gives_each_service_what_it_asks_for(&place, &cluster).await;
    nothing_else_is_served(&place, &cluster, &command).await;
}

/// The first block, as in a shell that goes on after what fails.
fn what_is_pasted_twice_keeps_its_keys(place: &Place) {
    let page = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/production.md")).unwrap();
    let first = page.split("```sh\n").nth(1).unwrap().split("```").next().unwrap();
    let all = || {
        ["keys", "owner", "database_url"]
            .map(|name| fs::read(place.folder.join("secrets").join(name)).unwrap())
    };
    let before = all();
    Command::new("bash").args(["-c", first]).current_dir(&place.folder).output().unwrap();
    assert!(all() == before);
}

/// docker-compose.yml gives each service all that the program asks for, and no secret that it does not; with the folders of
/// this place where the containers have theirs.
async fn compose_gives_each_service_what_it_asks_for(place: &Place, cluster: &db::Cluster) {
    let file = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docker-compose.yml")).unwrap();
    let compose: Value = serde_saphyr::from_str(&file).unwrap();
    let secrets = |service: &str| -> HashSet<String> {
        let named = compose["services"][service]["secrets"].as_array().unwrap().iter();
        named.map(|name| name.as_str().unwrap().to_owned()).collect()
    };
    for (name, secret) in compose["secrets"].as_object().unwrap() {
        assert_eq!(secret["file"], format!("secrets/{name}"));
        assert!(place.folder.join("secrets").join(name).exists(), "the page does not make {name}");
    }
    let roles = fs::read_to_string(place.folder.join("deploy/roles.sql")).unwrap();
    let read = roles.split("$SECRETS/").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned());
    let read: HashSet<_> = read.chain(["postgres".into()]).collect();
    assert_eq!(secrets("database"), read);
    let given = |service: &str| {
        let it = &compose["services"][service];
        let mut command = place.command(&[it["command"][0].as_str().unwrap()]);
        command.env_clear().env("SAMSPILL_BIND", &place.address).current_dir(&place.folder);
        let mut unread = secrets(service);
        for (name, value) in it["environment"].as_object().unwrap() {
            let value = value.as_str().unwrap();
            match value.strip_prefix("/run/secrets/") {
                Some(secret) => {
                    assert!(unread.remove(secret), "{service} is not given {secret}");
                    command.env(name, format!("secrets/{secret}"));
                }
                None if value.starts_with("${SAMSPILL_ISSUER:?") => {
                    command.env(name, "https://api.example.org");
                }
                None if value.starts_with("${") => {
                    let default = value.split_once(":-").unwrap().1.trim_end_matches('}');
                    command.env(name, default);
                }
                None => {
                    command.env(name, value);
                }
            }
        }
        assert!(unread.is_empty(), "{service} is given {unread:?} and reads none of it");
        command
    };
    let migrated = given("migrate").output().unwrap();
    assert!(migrated.status.success(), "{}", String::from_utf8_lossy(&migrated.stderr));
    let mut owner = db::connect(&cluster.url("samspill", db::Cluster::OWNER)).await.unwrap();
    let old =
        "insert into login_throttle (hash, failures, until) values ('old', 1, now() - interval '9 days')";
    owner.batch_execute(old).await.unwrap();
    let mut worker = place.start(&mut given("worker"));
    let deadline = Instant::now() + PATIENCE;
    while !lines(&mut owner, "select 'x' as line from login_throttle where hash = 'old'").await.is_empty() {
        assert!(Instant::now() < deadline && worker.child.try_wait().unwrap().is_none(), "{}", worker.log());
    }
    let serving = place.ready(&mut given("api"), &place.address).await;
    worker.terminate();
    worker.ends(PATIENCE);
    drop(serving);
}

/// What differs in one thing from what the page says is refused, with what helps.
async fn nothing_else_is_served(place: &Place, cluster: &db::Cluster, command: &impl Fn() -> Command) {
    let refused = |name: &str, value: &str, why: &str| {
        let output = command().env(name, value).env_remove(format!("{name}_FILE")).output().unwrap();
        let error = String::from_utf8(output.stderr).unwrap();
        let wanted = format!("Error: {name}: ");
        assert!(
            error.contains(&wanted) && error.contains(why) && output.stdout.is_empty(),
            "{name}: {error}"
        );
    };
    let url = &fs::read_to_string(place.folder.join("secrets/database_url")).unwrap();
    refused("DATABASE_URL", &url.replace("dbname=samspill", "dbname=postgres"), "run `samspill migrate`");
    refused("DATABASE_URL", url.split(" password=").next().unwrap(), "password");
    let mut owner = db::connect(&cluster.url("samspill", db::Cluster::OWNER)).await.unwrap();
    let roles = "create role inheriting login password 'secret' in role samspill_app, samspill_post, samspill_system;
                 create role stranger login password 'secret'; grant usage on schema app to inheriting, stranger;";
    owner.batch_execute(roles).await.unwrap();
    let by = |who: &str| {
        let (rest, _) = url.split_once(" user=").unwrap();
        format!("{rest} user={who} password=secret")
    };
    refused("DATABASE_URL", &by("inheriting"), "NOINHERIT");
    refused("DATABASE_URL", &by("stranger"), "may not become the runtime roles");

    let kept = fs::read_to_string(place.folder.join("secrets/keys")).unwrap();
    let other = KeyRing::generate().unwrap();
    let line = |ring: &str, number: usize| ring.lines().nth(number).unwrap().to_owned();
    for (seals, finds) in [(&other, &kept), (&kept, &other)] {
        let mixed = format!("{}\n{}\n", line(seals, 0), line(finds, 1));
        fs::write(place.folder.join("secrets/other"), mixed).unwrap();
        let output = command().env("SAMSPILL_KEYS_FILE", "secrets/other").output().unwrap();
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(error.contains("Error: SAMSPILL_KEYS: this ring does not open"), "{error}");
    }
    // As a migration leaves it that did not come to its end.
    owner.batch_execute("comment on schema app is null").await.unwrap();
    refused("DATABASE_URL", url, "run `samspill migrate`");
}
