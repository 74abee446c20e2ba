//! A PostgreSQL of our own, from the binaries that are on the machine.
//!
//! It listens on a socket in a directory that only its owner can enter, and goes when we go, however we go:
//! a shell waits at the end of a pipe that closes with our process.

use std::{
    fs, io,
    os::unix::{
        fs::{MetadataExt as _, PermissionsExt as _},
        process::CommandExt as _,
    },
    path::{Path, PathBuf},
    process::{self, Child, Command, Stdio},
    thread::sleep,
    time::Duration,
};

pub struct Cluster {
    sockets: PathBuf,
    keeper: Child,
}

/// Runs the server until our end of the pipe closes; then stops it and tidies up.
const KEEPER: &str = r#"
    "$1/postgres" -D "$2" -k "$3" -h '' -c log_min_messages=fatal $4 &
    cat > /dev/null
    kill -INT $!; wait $!
    rm -rf "$3"; case "$4" in *fsync=off*) rm -rf "$2";; esac
"#;

impl Cluster {
    /// A cluster that keeps its data in `data`.
    pub fn start(data: &Path) -> io::Result<Self> {
        Self::run(data, "")
    }

    /// A fast cluster for tests, which forgets everything.
    pub fn throwaway() -> io::Result<Self> {
        let data = std::env::temp_dir().join(format!("samspill-data-{}", process::id()));
        Self::run(&data, "-c fsync=off -c synchronous_commit=off -c full_page_writes=off")
    }

    pub fn url(&self, database: &str, user: &str) -> String {
        format!("host={} user={user} dbname={database}", self.sockets.display())
    }

    fn run(data: &Path, settings: &str) -> io::Result<Self> {
        let binaries = binaries()?;
        let sockets = std::env::temp_dir().join(format!("samspill-{}", process::id()));
        for directory in [data, &sockets] {
            fs::create_dir_all(directory)?;
            fs::set_permissions(directory, fs::Permissions::from_mode(0o700))?;
            if let Some((user, group)) = stand_in()? {
                std::os::unix::fs::chown(directory, Some(user), Some(group))?;
            }
        }
        let data = data.canonicalize()?;
        if !data.join("PG_VERSION").exists() {
            let mut initdb = unprivileged(&binaries.join("initdb"))?;
            initdb.args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale", "C", "-D"]).arg(&data);
            let made = initdb.stdin(Stdio::null()).output()?;
            if !made.status.success() {
                return Err(io::Error::other(String::from_utf8_lossy(&made.stderr).into_owned()));
            }
        }
        let mut keeper = unprivileged(Path::new("/bin/sh"))?;
        keeper.args(["-c", KEEPER, "keeper"]).arg(&binaries).arg(&data).arg(&sockets).arg(settings);
        let keeper = keeper.stdin(Stdio::piped()).stdout(Stdio::null()).process_group(0).spawn()?;
        let cluster = Self { sockets, keeper };
        cluster.wait(&binaries)?;
        Ok(cluster)
    }

    fn wait(&self, binaries: &Path) -> io::Result<()> {
        for _ in 0..600 {
            let ready = Command::new(binaries.join("pg_isready"))
                .args(["-q", "-U", "postgres", "-h"])
                .arg(&self.sockets)
                .status()?;
            if ready.success() {
                return Ok(());
            }
            sleep(Duration::from_millis(50));
        }
        Err(io::Error::other("PostgreSQL did not start"))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        // It has been told; if it cannot be waited for there is nothing more to do.
        let _ = self.keeper.wait();
    }
}

/// PostgreSQL refuses to run as root: who runs it then.
fn stand_in() -> io::Result<Option<(u32, u32)>> {
    if fs::metadata("/proc/self")?.uid() != 0 {
        return Ok(None);
    }
    let users = fs::read_to_string("/etc/passwd")?;
    let ids = ["postgres", "nobody"].iter().find_map(|name| {
        let line = users.lines().find(|line| line.starts_with(&format!("{name}:")))?;
        let mut fields = line.split(':').skip(2).map(str::parse);
        Some((fields.next()?.ok()?, fields.next()?.ok()?))
    });
    ids.map(Some).ok_or_else(|| io::Error::other("no user `postgres` or `nobody` to run PostgreSQL as"))
}

fn unprivileged(program: &Path) -> io::Result<Command> {
    let mut command = Command::new(program);
    if let Some((user, group)) = stand_in()? {
        command.uid(user).gid(group).current_dir("/");
    }
    Ok(command)
}

/// The newest installed.
fn binaries() -> io::Result<PathBuf> {
    let installed = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest =
        installed.filter_map(|entry| Some((entry.file_name().to_str()?.parse::<u32>().ok()?, entry.path())));
    let found = newest.max().map(|(_, path)| path.join("bin"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    found
        .or_else(|| std::env::split_paths(&path).find(|directory| directory.join("initdb").exists()))
        .ok_or_else(|| io::Error::other("PostgreSQL is not installed, and DATABASE_URL is not set"))
}
