//! The embedded cluster: what it keeps, who shares it, and that it goes when its last user goes.
//!
//! Other processes are this test binary again, running `user_process` alone.

use std::{
    env, fs,
    io::{BufRead as _, BufReader, ErrorKind, Read as _},
    os::unix::{
        fs::{DirBuilderExt as _, MetadataExt as _, PermissionsExt as _},
        process::CommandExt as _,
    },
    path::{Path, PathBuf},
    process::{self, Child, ChildStdout, Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    thread,
    time::{Duration, Instant},
};

use samspill::db::Cluster;
use tokio_postgres::{NoTls, SimpleQueryMessage};

const FOLDER: &str = "SAMSPILL_TEST_CLUSTER";

/// Uses the cluster in the named folder, or without a name a throwaway one, until its standard input ends.
#[test]
fn user_process() {
    let Some(folder) = env::var_os(FOLDER) else { return };
    let cluster = match folder.is_empty() {
        true => Cluster::throwaway().unwrap(),
        false => Cluster::open(Path::new(&folder)).unwrap(),
    };
    println!("\nurl {}", cluster.url("postgres", Cluster::OWNER));
    std::io::stdin().read_to_end(&mut Vec::new()).unwrap();
}

#[test]
fn data_is_kept_when_the_cluster_stops() {
    let folder = Folder::new();
    let cluster = folder.open();
    ask(&url(&cluster), "create table kept as select 'yes' as answer").unwrap();
    assert_eq!(ask(&url(&cluster), "show fsync").unwrap(), "on");
    let server = folder.server();
    drop(cluster);
    until("the server stops", || !server.lives());

    let cluster = folder.open();
    assert_eq!(ask(&url(&cluster), "select answer from kept").unwrap(), "yes");
}

#[test]
fn a_killed_process_takes_the_server_along() {
    let folder = Folder::new();
    let user = folder.user();
    ask(&user.url, "create table kept as select 'yes' as answer").unwrap();
    let server = folder.server();
    user.signal("KILL");
    until("the server stops", || !server.lives());
    until("its socket goes", || !server.sockets.exists());

    let user = folder.user();
    assert_eq!(ask(&user.url, "select answer from kept").unwrap(), "yes");
}

#[test]
fn a_process_killed_while_it_makes_the_cluster_leaves_a_whole_one() {
    let folder = Folder::new();
    let mut first = folder.user_command(&mut Command::new(env::current_exe().unwrap()));
    until("it begins", || folder.path.join("postgresql/new").exists());
    first.kill().unwrap();
    first.wait().unwrap();
    assert_eq!(ask(&url(&folder.open()), "select 'here'").unwrap(), "here");
}

#[test]
fn a_copy_is_a_cluster_of_its_own() {
    let folder = Folder::new();
    let first = folder.open();
    let copy = Folder::new();
    let copied = Command::new("cp").arg("-a").arg(folder.home()).arg(&copy.path).status().unwrap();
    assert!(copied.success());
    let second = copy.open();
    ask(&url(&second), "create table copied as select").unwrap();
    assert_ne!(folder.server(), copy.server());
    assert_eq!(ask(&url(&first), "select to_regclass('copied') is null").unwrap(), "t");
}

#[test]
fn processes_that_race_share_one_server() {
    let folder = Folder::new();
    let users: Vec<_> = thread::scope(|scope| {
        let started: Vec<_> = (0..4).map(|_| scope.spawn(|| folder.user())).collect();
        started.into_iter().map(|user| user.join().unwrap()).collect()
    });
    let started = |user: &User| ask(&user.url, "select pg_postmaster_start_time()::text").unwrap();
    let times: Vec<_> = users.iter().map(started).collect();
    assert!(times.windows(2).all(|pair| pair[0] == pair[1]), "{times:?}");
}

#[test]
fn the_server_stays_until_its_last_user_goes() {
    let folder = Folder::new();
    let (first, second) = (folder.user(), folder.user());
    let server = folder.server();
    first.signal("KILL");
    let third = folder.user();
    assert_eq!(folder.server(), server);
    // As a terminal does it: to the whole group.
    second.signal("INT");
    assert_eq!(ask(&third.url, "select 'here'").unwrap(), "here");
    assert_eq!(folder.server(), server);
    drop(third);
    until("the server stops", || !server.lives());
}

#[test]
fn coming_and_going_at_once_never_meets_a_stopping_server() {
    let folder = Folder::new();
    drop(folder.open());
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                for _ in 0..10 {
                    let cluster = folder.open();
                    assert_eq!(ask(&url(&cluster), "select 'here'").unwrap(), "here");
                }
            });
        }
    });
}

#[test]
fn a_server_that_was_killed_is_started_again() {
    let folder = Folder::new();
    let first = folder.open();
    ask(&url(&first), "create table kept as select 'yes' as answer").unwrap();
    let server = folder.server();
    signal("KILL", &server.pid);
    until("the server is dead", || !server.lives());

    let second = folder.open();
    assert_eq!(ask(&url(&second), "select answer from kept").unwrap(), "yes");
    assert_eq!(url(&first), url(&second), "who was there before finds it too");
}

#[test]
fn a_server_that_lost_its_keeper_gets_another() {
    let folder = Folder::new();
    let first = folder.open();
    let server = folder.server();
    signal("KILL", &folder.keeper());
    until("the keeper is dead", || fs::File::open(folder.home().join("keeper")).unwrap().try_lock().is_ok());

    let second = folder.open();
    assert_eq!(folder.server(), server);
    drop(first);
    assert_eq!(ask(&url(&second), "select 'here'").unwrap(), "here");
    drop(second);
    until("the server stops", || !server.lives());
    until("its socket goes", || !server.sockets.exists());
}

#[cfg(target_os = "linux")]
#[test]
fn a_number_that_is_another_process_by_now_is_no_server() {
    let folder = Folder::new();
    drop(folder.open());
    folder.rest();
    let other = Sleeper::owned_like(&folder.home());
    fs::write(folder.home().join("data/postmaster.pid"), format!("{}\n", other.0.id())).unwrap();
    let cluster = folder.open();
    assert_eq!(ask(&url(&cluster), "select 'here'").unwrap(), "here");
}

#[test]
fn data_is_found_in_a_folder_that_was_moved() {
    let folder = Folder::new();
    let cluster = folder.open();
    ask(&url(&cluster), "create table kept as select 'yes' as answer").unwrap();
    let server = folder.server();
    // First while it runs, then after.
    let moved = folder.renamed("a 'quoted' \"$HOME\" name");
    let second = moved.open();
    assert_eq!(moved.server(), server);
    assert_eq!(url(&second), url(&cluster));
    drop((cluster, second));
    until("the server stops", || !server.lives());
    let again = moved.renamed("moved");
    assert_eq!(ask(&url(&again.open()), "select answer from kept").unwrap(), "yes");
}

#[test]
fn only_its_owner_enters() {
    let folder = Folder::new();
    let cluster = folder.open();
    let server = folder.server();
    for private in [&server.sockets, &folder.home(), &folder.home().join("data")] {
        assert_eq!(fs::metadata(private).unwrap().mode() & 0o777, 0o700, "{}", private.display());
    }
    assert!(server.sockets.as_os_str().len() < 40, "sockets have short names");
    assert_eq!(ask(&url(&cluster), "show listen_addresses").unwrap(), "");
    let odd = r"it's \ odd";
    ask(&url(&cluster), &format!(r#"create database "{odd}"; "#)).unwrap();
    assert_eq!(ask(&cluster.url(odd, Cluster::OWNER), "select current_database()").unwrap(), odd);
    assert_eq!(ask(&url(&cluster), "select lower('ÆØÅÄÖ')").unwrap(), "æøåäö");
}

#[test]
fn a_throwaway_cluster_leaves_nothing() {
    let cluster = Cluster::throwaway().unwrap();
    assert_eq!(ask(&url(&cluster), "show fsync").unwrap(), "off");
    assert_eq!(ask(&url(&cluster), "show max_connections").unwrap(), "200");
    let server = Server::of(cluster.data());
    let home = cluster.data().to_owned();
    drop(cluster);
    assert!(!server.lives());
    assert!(!server.sockets.exists());
    assert!(!home.exists());
}

#[test]
fn a_throwaway_cluster_goes_with_a_killed_process() {
    let user = Folder { path: PathBuf::new() }.user();
    let data = PathBuf::from(ask(&user.url, "show data_directory").unwrap());
    let home = data.parent().unwrap();
    let server = Server::of(home);
    user.signal("KILL");
    until("the server stops", || !server.lives());
    until("the data goes", || !home.exists() && !server.sockets.exists());
}

#[test]
fn a_folder_that_no_cluster_can_use_is_refused_with_its_name() {
    let folder = Folder::new();
    fs::write(folder.path.join("postgresql"), "").unwrap();
    let refused = Cluster::open(&folder.path).err().unwrap();
    assert!(refused.to_string().contains(&*folder.path.to_string_lossy()), "{refused}");
}

#[test]
fn a_server_that_cannot_start_says_why() {
    let folder = Folder::new();
    drop(folder.open());
    folder.rest();
    fs::remove_file(folder.home().join("data/global/pg_control")).unwrap();
    let refused = Cluster::open(&folder.path).err().unwrap();
    assert!(refused.to_string().contains("pg_control"), "{refused}");
}

/// Only root can be somebody else.
#[test]
fn root_and_its_folders() {
    if !is_root() {
        return;
    }
    // A folder that nobody but root can reach.
    let closed = Folder::new();
    fs::set_permissions(&closed.path, fs::Permissions::from_mode(0o700)).unwrap();
    let inside = Folder { path: closed.path.join("inside") };
    fs::create_dir(&inside.path).unwrap();
    let (cluster, another) = thread::scope(|scope| {
        let another = scope.spawn(|| inside.open());
        (inside.open(), another.join().unwrap())
    });
    assert!(cluster.moved() && another.moved());
    assert_eq!(url(&cluster), url(&another));
    let home = cluster.data().to_owned();
    assert!(home.starts_with("/var/lib/samspill"), "{}", home.display());
    ask(&url(&cluster), "create table kept as select 'yes' as answer").unwrap();
    drop((cluster, another));
    let moved = inside.renamed("moved");
    assert_eq!(ask(&url(&moved.open()), "select answer from kept").unwrap(), "yes");
    moved.rest();
    fs::remove_dir_all(home).unwrap();
}

/// A cluster that somebody else made runs as somebody else, also when root opens it.
#[test]
fn somebody_who_is_not_root() {
    if !is_root() {
        return;
    }
    let folder = Folder::new();
    let nobody = Folder { path: folder.path.join("nobody") };
    fs::create_dir(&nobody.path).unwrap();
    std::os::unix::fs::chown(&nobody.path, Some(id("nobody")), None).unwrap();
    let program = folder.path.join("program");
    fs::copy(env::current_exe().unwrap(), &program).unwrap();
    let user = nobody.user_of(Command::new(program).uid(id("nobody")));
    assert_eq!(fs::metadata(nobody.home().join("data")).unwrap().uid(), id("nobody"));
    let server = nobody.server();
    let root = nobody.open();
    assert_eq!(nobody.server(), server);
    assert!(!root.moved());
    user.signal("KILL");
    assert_eq!(ask(&url(&root), "select 'here'").unwrap(), "here");
    drop(root);
    until("the server stops", || !server.lives());
    nobody.rest();
    let root = nobody.open();
    assert_eq!(ask(&url(&root), "select 'here'").unwrap(), "here");
    assert_eq!(fs::metadata(nobody.home().join("data/postmaster.pid")).unwrap().uid(), id("nobody"));
}

/// A folder of one test's own, gone with it.
struct Folder {
    path: PathBuf,
}

impl Folder {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = Path::new("/tmp").join(format!("samspill-test-{}-{count}", process::id()));
        fs::DirBuilder::new().mode(0o755).create(&path).unwrap();
        Self { path: path.canonicalize().unwrap() }
    }

    fn renamed(&self, name: &str) -> Self {
        let path = self.path.with_file_name(format!("{} {name}", self.path.file_name().unwrap().display()));
        fs::rename(&self.path, &path).unwrap();
        Self { path }
    }

    fn open(&self) -> Cluster {
        Cluster::open(&self.path).unwrap()
    }

    fn home(&self) -> PathBuf {
        self.path.join("postgresql").canonicalize().unwrap()
    }

    fn server(&self) -> Server {
        Server::of(&self.home())
    }

    fn keeper(&self) -> String {
        fs::read_to_string(self.home().join("keeper")).unwrap().lines().next().unwrap().into()
    }

    /// Waits until nobody keeps the cluster.
    fn rest(&self) {
        let keeper = self.home().join("keeper");
        until("the keeper ends", || fs::File::open(&keeper).unwrap().try_lock().is_ok());
    }

    fn user(&self) -> User {
        self.user_of(&mut Command::new(env::current_exe().unwrap()))
    }

    fn user_of(&self, program: &mut Command) -> User {
        let mut process = self.user_command(program);
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let url = lines.find_map(|line| Some(line.unwrap().strip_prefix("url ")?.to_owned())).unwrap();
        User { process, url, _lines: lines }
    }

    fn user_command(&self, program: &mut Command) -> Child {
        program.args(["--exact", "cluster::user_process", "--nocapture"]);
        program.env(FOLDER, &self.path).process_group(0).stdin(Stdio::piped()).stdout(Stdio::piped());
        program.spawn().unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if thread::panicking() {
            return;
        }
        if self.path.join("postgresql/keeper").exists() {
            self.rest();
        }
        match fs::remove_dir_all(&self.path) {
            Err(error) if error.kind() != ErrorKind::NotFound => panic!("{error}"),
            _ => {}
        }
    }
}

/// Another process that uses a cluster.
struct User {
    process: Child,
    url: String,
    _lines: std::io::Lines<BufReader<ChildStdout>>,
}

impl User {
    /// To its whole process group; it is gone after that.
    fn signal(mut self, name: &str) {
        signal(name, &format!("-{}", self.process.id()));
        assert!(!self.process.wait().unwrap().success());
    }
}

impl Drop for User {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        self.process.wait().unwrap();
    }
}

#[derive(Debug, PartialEq)]
struct Server {
    pid: String,
    sockets: PathBuf,
}

impl Server {
    fn of(home: &Path) -> Self {
        let file = fs::read_to_string(home.join("data/postmaster.pid")).unwrap();
        let lines: Vec<_> = file.lines().collect();
        Self { pid: lines[0].into(), sockets: lines[4].into() }
    }

    fn lives(&self) -> bool {
        let state = Command::new("ps").args(["-o", "stat=", "-p", &self.pid]).output().unwrap().stdout;
        !state.is_empty() && !state.starts_with(b"Z")
    }
}

#[cfg(target_os = "linux")]
/// A process that has nothing to do with PostgreSQL.
struct Sleeper(Child);

#[cfg(target_os = "linux")]
impl Sleeper {
    fn owned_like(path: &Path) -> Self {
        let owner = fs::metadata(path).unwrap().uid();
        let mut command = Command::new("sleep");
        command.arg("600").current_dir("/");
        if is_root() {
            command.uid(owner);
        }
        Self(command.spawn().unwrap())
    }
}

#[cfg(target_os = "linux")]
impl Drop for Sleeper {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

fn url(cluster: &Cluster) -> String {
    cluster.url("postgres", Cluster::OWNER)
}

/// The first value of the answer.
fn ask(url: &str, sql: &str) -> Result<String, tokio_postgres::Error> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
        tokio::spawn(connection);
        let answer = client.simple_query(sql).await?;
        let value = answer.iter().find_map(|message| match message {
            SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
            _ => None,
        });
        Ok(value.unwrap_or_default())
    })
}

#[track_caller]
fn until(what: &str, mut so: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(60);
    while !so() {
        assert!(Instant::now() < deadline, "waited in vain: {what}");
        thread::sleep(Duration::from_millis(20));
    }
}

fn signal(name: &str, whom: &str) {
    assert!(Command::new("kill").args(["-s", name, "--", whom]).status().unwrap().success());
}

fn id(name: &str) -> u32 {
    let said = Command::new("id").args(["-u", name]).output().unwrap().stdout;
    String::from_utf8(said).unwrap().trim().parse().unwrap()
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().unwrap().stdout == b"0\n"
}
