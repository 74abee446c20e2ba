//! A PostgreSQL of our own, from the binaries that are on the machine.
//!
//! It listens on a socket in a directory that only its owner can enter, and goes when the last process that
//! uses it goes, however that ends. Each user holds a named pipe open for writing; a shell, the keeper, reads
//! the pipe and sees its end when the kernel has closed the last of them. Who comes writes a line, and is in
//! when the keeper has answered it: a keeper that has already seen the end answers nobody.

use std::{
    cmp::Reverse,
    env,
    ffi::OsString,
    fs,
    fs::{DirBuilder, File, OpenOptions, TryLockError},
    hash::{BuildHasher as _, RandomState},
    io,
    io::{Read as _, Seek as _, SeekFrom, Write as _},
    os::unix::{
        ffi::OsStrExt as _,
        fs::{DirBuilderExt as _, FileTypeExt as _, MetadataExt as _, PermissionsExt as _, lchown, symlink},
        process::CommandExt as _,
    },
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::Duration,
};

/// A running cluster, held by this process: while it lives, the server stays.
pub struct Cluster {
    /// Our end of the pipe.
    users: Option<File>,
    sockets: String,
    home: PathBuf,
    moved: bool,
    /// Waits for the keeper, if it is our child.
    keeper: Option<thread::JoinHandle<()>>,
    throwaway: bool,
}

/// Sockets need short paths that every user can reach.
const TEMPORARY: &str = "/tmp";

/// Where data goes whose own folder PostgreSQL's user cannot reach.
const ELSEWHERE: &str = "/var/lib/samspill";

/// No statement and no value gets into the log: they are about persons.
const SETTINGS: &str = "-c max_connections=200 -c shared_buffers=128MB -c log_min_messages=log \
    -c log_checkpoints=off -c log_min_error_statement=panic -c log_error_verbosity=terse";

const FORGETFUL: &str = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off";

/// Makes what users meet at, as the user who owns it. Fails where that user cannot get to.
const PREPARE: &str = r#"
    cd "$1" && umask 077 && touch lock keeper || exit
    [ -p users ] || mkfifo users || [ -p users ]
"#;

/// Runs in the cluster's home, with the pipe as standard input. Its standard output is the locked file
/// `keeper`, which tells that it lives, and whose first line tells people who it is.
const KEEPER: &str = r#"
    bin=$1 settings=$2 throwaway=$3 mode=${3:+immediate}
    trap '' HUP INT TERM
    umask 077
    exec 2>> server.log
    echo $$

    create() {
        # Only the C locale is on every machine, but it knows no upper case beyond ASCII.
        for letters in C.UTF-8 en_US.UTF-8 C; do
            rm -rf new
            "$bin/initdb" -D new -U postgres -E UTF8 --locale C --lc-ctype "$letters" ${throwaway:+-N} \
                --auth-local trust --auth-host reject >&2 && mv new data && return
        done
    }

    # A killed server leaves its number behind, which can be another process's by now.
    forget() {
        [ -d /proc/self ] && pid=$(head -n 1 data/postmaster.pid 2> /dev/null) || return
        [ "/proc/$pid/cwd/." -ef data/. ] && return
        if kill -0 "$pid" 2> /dev/null; then
            rm -f data/postmaster.pid
        else
            left=$(sed -n 5p data/postmaster.pid)
            case $left in "$sockets") ;; /tmp/samspill-*) rm -rf "$left" ;; esac
        fi
    }

    start() {
        [ -d data ] || create || return
        forget
        if "$bin/pg_ctl" status > /dev/null; then
            sockets=$(sed -n 5p data/postmaster.pid)
            return
        fi
        [ -n "$sockets" ] || sockets=$(mktemp -d /tmp/samspill-XXXXXXXXXX) || return
        rm -f "$sockets"/.s.*
        "$bin/pg_ctl" start -t 600 -l server.log -o "-k $sockets -h '' -p 5432 $settings" >&2
    }

    while read -r _ && start; do
        echo "$sockets" > answer.new && mv answer.new answer
    done
    "$bin/pg_ctl" stop -m "${mode:-fast}" -t 3600 >&2
    rm -rf "$sockets" answer
    [ -z "$throwaway" ] || { cd / && rm -rf "$throwaway"; }
"#;

impl Cluster {
    /// The superuser who owns the databases, for migrations.
    pub const OWNER: &str = "postgres";

    /// The login of the running application, which migrations create.
    pub const RUNTIME: &str = "samspill_runtime";

    /// The cluster that keeps its data in `folder`: made if there is none, started if nobody uses it, else
    /// shared with those who do. Blocks until it can be used.
    pub fn open(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder).map_err(|error| about(folder, &error))?;
        let folder = folder.canonicalize()?;
        let (home, user) = settle(&folder)?;
        let moved = !home.starts_with(&folder);
        if moved {
            let (folder, home) = (folder.display(), home.display());
            tracing::warn!("PostgreSQL's user cannot reach {folder}: the data is in {home}");
        }
        let mut cluster = Self::join(home, user, false)?;
        cluster.moved = moved;
        Ok(cluster)
    }

    /// A fast cluster for tests, which forgets everything when it is dropped or its process ends.
    pub fn throwaway() -> io::Result<Self> {
        let name = format!("samspill-throwaway-{:016x}", RandomState::new().hash_one(()));
        let home = Path::new(TEMPORARY).canonicalize()?.join(name);
        let user = User::stand_in()?;
        prepare(&home, user)?;
        Self::join(home, user, true)
    }

    /// How to reach a database, as a `key=value` string; the socket's directory is all the proof it takes.
    #[must_use]
    pub fn url(&self, database: &str, user: &str) -> String {
        let quoted = |text: &str| format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"));
        let (user, database) = (quoted(user), quoted(database));
        format!("host={} port=5432 user={user} dbname={database}", quoted(&self.sockets))
    }

    /// Where the data is: beside the server's log.
    #[must_use]
    pub fn data(&self) -> &Path {
        &self.home
    }

    /// Whether the data is elsewhere than in the folder asked for.
    #[must_use]
    pub fn moved(&self) -> bool {
        self.moved
    }

    fn join(home: PathBuf, user: Option<User>, throwaway: bool) -> io::Result<Self> {
        // One at a time, so that `answer` answers us.
        let door = open(&home.join("lock"))?;
        door.lock()?;
        loop {
            let users = open(&home.join("users"))?;
            if !users.metadata()?.file_type().is_fifo() {
                return Err(about(&home, &"`users` is not a pipe"));
            }
            let _ = fs::remove_file(home.join("answer"));
            let log = fs::metadata(home.join("server.log")).map_or(0, |log| log.len());
            let keeper = match keeper_lock(&home)? {
                Some(lock) => Some(keep(&home, user, throwaway, lock)?),
                None => None,
            };
            (&users).write_all(b"\n")?;
            match answer(&home)? {
                Some(sockets) => {
                    return Ok(Self { users: Some(users), sockets, home, moved: false, keeper, throwaway });
                }
                None if keeper.is_some() => return Err(failure(&home, log)),
                // It was on its way out.
                None => {}
            }
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.users.take());
        if let Some(keeper) = self.keeper.take().filter(|_| self.throwaway) {
            // It has been told; if it cannot be waited for there is nothing more to do.
            let _ = keeper.join();
        }
    }
}

/// The user whom PostgreSQL runs as, where that is not ourselves: it refuses to run as root.
#[derive(Clone, Copy)]
struct User {
    id: u32,
    group: u32,
}

impl User {
    /// Who runs a new cluster.
    fn stand_in() -> io::Result<Option<Self>> {
        if number(&["-u"])? != 0 {
            return Ok(None);
        }
        let ids = || Ok(Self { id: number(&["-u", "postgres"])?, group: number(&["-g", "postgres"])? });
        let missing = |error: io::Error| {
            let why = "PostgreSQL does not run as root, and there is no user `postgres` to run it";
            io::Error::new(error.kind(), format!("{why}: create one, or start as another user"))
        };
        ids().map(Some).map_err(missing)
    }

    /// Who runs the cluster in `home`: its owner.
    fn of(home: &Path) -> io::Result<Option<Self>> {
        let stand_in = Self::stand_in()?;
        let owner = fs::metadata(home)?;
        Ok(stand_in.map(|user| match owner.uid() {
            0 => user,
            id => Self { id, group: owner.gid() },
        }))
    }
}

/// What `id` says: the standard library cannot tell who we are.
fn number(arguments: &[&str]) -> io::Result<u32> {
    let said = Command::new("id").args(arguments).stderr(Stdio::null()).output()?;
    let said = String::from_utf8_lossy(&said.stdout);
    said.trim().parse().map_err(|_none| io::Error::new(io::ErrorKind::NotFound, "no such user"))
}

/// The home of the cluster of this folder, and who runs it.
fn settle(folder: &Path) -> io::Result<(PathBuf, Option<User>)> {
    // Whoever comes at the same time finds it settled.
    let one_at_a_time = File::open(folder)?;
    one_at_a_time.lock()?;
    let near = folder.join("postgresql");
    if let Ok(far) = fs::read_link(&near) {
        // Root follows no other link: who made it could have anything given to PostgreSQL's user.
        if far.parent() != Some(Path::new(ELSEWHERE)) {
            return Err(about(&near, &format!("this link does not lead to {ELSEWHERE}")));
        }
        return elsewhere(far);
    }
    let user = User::stand_in()?;
    if user.is_none() || near.join("lock").exists() {
        return reached(near);
    }
    match prepare(&near, user) {
        Ok(()) => return Ok((near, user)),
        Err(error) if error.kind() != io::ErrorKind::PermissionDenied => return Err(error),
        Err(_) => {}
    }
    fs::remove_dir(&near).map_err(|error| about(&near, &error))?;
    let far = Path::new(ELSEWHERE).join(format!("{:016x}", hash(folder)));
    // So that the data is found again when the folder is moved, by people too.
    symlink(&far, &near)?;
    elsewhere(far)
}

fn elsewhere(home: PathBuf) -> io::Result<(PathBuf, Option<User>)> {
    if !Path::new(ELSEWHERE).exists() {
        fs::create_dir_all(ELSEWHERE)?;
        fs::set_permissions(ELSEWHERE, fs::Permissions::from_mode(0o755))?;
    }
    reached(home)
}

/// A home that must be reachable, since there is data in it or no other place left.
fn reached(home: PathBuf) -> io::Result<(PathBuf, Option<User>)> {
    let user = if home.exists() { User::of(&home)? } else { User::stand_in()? };
    prepare(&home, user)?;
    Ok((home, user))
}

/// Makes what is missing in `home`; permission is denied where its user cannot get to.
fn prepare(home: &Path, user: Option<User>) -> io::Result<()> {
    match DirBuilder::new().mode(0o700).create(home) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(about(home, &error)),
        _ => {}
    }
    if let Some(user) = user {
        lchown(home, Some(user.id), Some(user.group))?;
    }
    let tried = shell(user, PREPARE).arg(home).output()?;
    if tried.status.success() {
        return Ok(());
    }
    let (home, why) = (home.display(), String::from_utf8_lossy(&tried.stderr));
    let why = format!("the user who runs PostgreSQL cannot use {home}: {}", why.trim_end());
    Err(io::Error::new(io::ErrorKind::PermissionDenied, why))
}

/// The same for the same path on every day (FNV-1a), which the standard library's do not promise.
fn hash(path: &Path) -> u64 {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    path.as_os_str().as_bytes().iter().fold(0xcbf2_9ce4_8422_2325, step)
}

fn shell(user: Option<User>, script: &str) -> Command {
    let mut command = Command::new("/bin/sh");
    command.args(["-c", script, "samspill-keeper"]).current_dir("/").stdin(Stdio::null());
    if let Some(User { id, group }) = user {
        command.uid(id).gid(group);
    }
    command
}

/// Starts a keeper, out of reach of the terminal's signals and without our secrets in its environment.
fn keep(home: &Path, user: Option<User>, throwaway: bool, lock: File) -> io::Result<thread::JoinHandle<()>> {
    let binaries = binaries(&home.join("data"))?;
    let (settings, remove) = match throwaway {
        true => (format!("{SETTINGS} {FORGETFUL}"), home),
        false => (SETTINGS.to_owned(), Path::new("")),
    };
    let mut command = shell(user, KEEPER);
    command.arg(binaries).arg(settings).arg(remove).current_dir(home);
    command.env_clear().env("PATH", path()).env("PGDATA", "data").env("TZ", "UTC");
    command.stdin(File::open(home.join("users"))?).stdout(lock).stderr(Stdio::null());
    let mut keeper = command.process_group(0).spawn()?;
    Ok(thread::spawn(move || {
        // Only so that it does not stay as a zombie.
        let _ = keeper.wait();
    }))
}

/// The lock that a living keeper holds, if there is none.
fn keeper_lock(home: &Path) -> io::Result<Option<File>> {
    let file = open(&home.join("keeper"))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// The directory of the server's socket, once the keeper has answered; none if it ends instead.
fn answer(home: &Path) -> io::Result<Option<String>> {
    loop {
        if let Ok(sockets) = fs::read_to_string(home.join("answer")) {
            return Ok(Some(sockets.trim_end().to_owned()));
        }
        if keeper_lock(home)?.is_some() {
            return Ok(None);
        }
        thread::sleep(Duration::from_millis(10));
    }
}

/// What the log says since it was this long.
fn failure(home: &Path, length: u64) -> io::Error {
    let path = home.join("server.log");
    let mut said = String::new();
    let read = File::open(&path).and_then(|mut log| {
        log.seek(SeekFrom::Start(length))?;
        log.read_to_string(&mut said)
    });
    match read {
        Ok(_) => io::Error::other(format!("PostgreSQL did not start ({}):\n{said}", path.display())),
        Err(error) => about(&path, &error),
    }
}

fn open(path: &Path) -> io::Result<File> {
    // For reading too: to open a pipe only for writing waits for a reader.
    OpenOptions::new().read(true).write(true).open(path).map_err(|error| about(path, &error))
}

fn about(path: &Path, error: &dyn ToString) -> io::Error {
    io::Error::other(format!("{}: {}", path.display(), error.to_string()))
}

fn path() -> OsString {
    env::var_os("PATH").unwrap_or_else(|| "/usr/local/bin:/usr/bin:/bin".into())
}

/// The newest that is installed, or for data that exists the newest of the version that made it.
fn binaries(data: &Path) -> io::Result<PathBuf> {
    let mut found: Vec<(u32, PathBuf)> = candidates().into_iter().filter_map(versioned).collect();
    found.sort_by_key(|(version, _)| Reverse(*version));
    let Some((newest, binaries)) = found.first() else {
        return Err(io::Error::new(
            io::ErrorKind::NotFound,
            "PostgreSQL's server is not installed, and DATABASE_URL is not set. To install it: \
             apt-get install postgresql (Debian, Ubuntu), dnf install postgresql-server (Fedora, Red Hat), \
             brew install postgresql (macOS)",
        ));
    };
    let Ok(made_by) = fs::read_to_string(data.join("PG_VERSION")) else {
        return Ok(binaries.clone());
    };
    let made_by = made_by.trim();
    let fits = found.iter().find(|(version, _)| version.to_string() == made_by);
    fits.map(|(_, binaries)| binaries.clone()).ok_or_else(|| {
        let what = format!("made by PostgreSQL {made_by}, and only {newest} is installed");
        about(data, &format!("{what}: install {made_by}, or dump and restore"))
    })
}

/// Where packages put servers, which is seldom in `PATH`.
fn candidates() -> Vec<PathBuf> {
    let roots = ["/usr/lib/postgresql", "/usr", "/opt/homebrew/opt", "/usr/local/opt"];
    let inside = roots.iter().flat_map(|root| fs::read_dir(root).into_iter().flatten().flatten());
    let mut all: Vec<PathBuf> = inside.map(|entry| entry.path().join("bin")).collect();
    all.extend(env::split_paths(&path()));
    if let Ok(said) = Command::new("pg_config").arg("--bindir").output() {
        all.push(String::from_utf8_lossy(&said.stdout).trim_end().into());
    }
    all
}

/// The version of the server in a directory, if there is one.
fn versioned(binaries: PathBuf) -> Option<(u32, PathBuf)> {
    if !["initdb", "pg_ctl"].iter().all(|name| binaries.join(name).exists()) {
        return None;
    }
    let said = Command::new(binaries.join("postgres")).arg("-V").output().ok()?;
    let said = String::from_utf8(said.stdout).ok()?;
    let version = said.split(|c: char| !c.is_ascii_digit()).find(|part| !part.is_empty())?;
    Some((version.parse().ok()?, binaries))
}
