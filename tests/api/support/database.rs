//! One template per run, one clone per test.

use std::{
    env, io, process,
    sync::{
        LazyLock,
        atomic::{AtomicU32, Ordering},
    },
    thread,
};

use diesel_async::{AsyncConnection as _, AsyncPgConnection, SimpleAsyncConnection as _};
use samspill::db::{self, Cluster};

static SERVER: LazyLock<Server> = LazyLock::new(Server::find);
static CLONES: AtomicU32 = AtomicU32::new(0);

/// The address of a database, for a login.
type Address = Box<dyn Fn(&str, &str) -> String + Send + Sync>;

struct Server {
    url: Address,
    template: String,
}

/// The two ways into a database: as its owner, and as the server does.
#[derive(Clone)]
pub struct Urls {
    pub owner: String,
    pub runtime: String,
}

impl Server {
    /// The cluster named in `SAMSPILL_TEST_DATABASE` (`host=… user={user} dbname={database}`), or one of our own; with a migrated template in it.
    fn find() -> Self {
        let url: Address = match env::var("SAMSPILL_TEST_DATABASE") {
            Ok(url) => Box::new(move |name, user| url.replace("{database}", name).replace("{user}", user)),
            Err(_) => {
                let cluster = Cluster::throwaway().unwrap();
                Box::new(move |name, user| cluster.url(name, user))
            }
        };
        let template = format!("template_{}", process::id());
        let server = Self { url, template };
        // `migrate` brings its own runtime, so it cannot run on a thread that has one.
        thread::scope(|scope| {
            scope.spawn(|| {
                let runtime = actix_web::rt::System::new();
                runtime.block_on(server.create(&server.template, "template0"));
                let owner = (server.url)(&server.template, Cluster::OWNER);
                db::migrate(&owner).unwrap();
                db::admit_runtime(&owner).unwrap();
            });
        });
        server
    }

    async fn create(&self, name: &str, template: &str) {
        let mut db = AsyncPgConnection::establish(&(self.url)("postgres", Cluster::OWNER)).await.unwrap();
        db.batch_execute(&format!("create database {name} template {template}")).await.unwrap();
    }

    fn urls(&self, name: &str) -> Urls {
        Urls { owner: (self.url)(name, Cluster::OWNER), runtime: (self.url)(name, Cluster::RUNTIME) }
    }
}

/// A migrated database that no other test knows.
pub async fn clone() -> Urls {
    let name = format!("test_{}_{}", process::id(), CLONES.fetch_add(1, Ordering::Relaxed));
    SERVER.create(&name, &SERVER.template).await;
    SERVER.urls(&name)
}

/// An empty database that no other test knows.
pub async fn empty() -> Urls {
    let name = format!("empty_{}_{}", process::id(), CLONES.fetch_add(1, Ordering::Relaxed));
    SERVER.create(&name, "template0").await;
    SERVER.urls(&name)
}

/// A migrated database in a cluster of one test's own, to which it can do what it likes.
pub async fn apart(open: impl FnOnce() -> io::Result<Cluster> + Send) -> (Cluster, Urls) {
    // These bring their own runtime, so they cannot run on a thread that has one.
    thread::scope(|scope| {
        let made = scope.spawn(|| {
            let cluster = open().unwrap();
            let [owner, runtime] =
                [Cluster::OWNER, Cluster::RUNTIME].map(|user| cluster.url("samspill", user));
            db::create(&cluster, "samspill").unwrap();
            db::migrate(&owner).unwrap();
            db::admit_runtime(&owner).unwrap();
            (cluster, Urls { owner, runtime })
        });
        made.join().unwrap()
    })
}
