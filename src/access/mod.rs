//! The only door to the database. Who asks is `Actor`; for what is `P`; which rows is `visibility.sql`.
//!
//! Entering costs no round trip: it travels with `BEGIN`; and what is written last travels with `COMMIT`.

mod batch;
mod bell;
pub mod keys;
mod once;
mod permissions;
pub mod post;
mod purposes;
mod reads;
mod rulebook;
mod seal;
mod token;

use std::{
    future::{Ready, ready},
    marker::PhantomData,
    pin::pin,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use actix_web::{FromRequest, HttpMessage as _, HttpRequest, dev::Payload, web::Data};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::{ConnectionError, QueryResult, result::Error::DatabaseError};
use diesel_async::{
    AnsiTransactionManager as Transaction, RunQueryDsl, TransactionManager as _,
    pooled_connection::{AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod, deadpool},
};
use tokio::{
    runtime::Handle,
    task::JoinError,
    time::{Instant, error::Elapsed, timeout, timeout_at},
};
use uuid::Uuid;

pub use bell::Bell;
pub use permissions::*;
pub use purposes::Purpose;
pub use reads::Personal;
use rulebook::Rulebook;
pub use rulebook::{Home, OwnStored, Stored, understood};
pub use seal::KeyRing;
pub use token::{Actor, Key, LIFETIME, Tokens};

use crate::{
    day, db,
    problem::Problem,
    web::{Asking, Callers, Created, Gone, IfMatch, Json, NoContent, One, Resource, expected, request_id},
};

/// How long to wait for a connection before saying that the database is away.
const PATIENCE: Duration = Duration::from_millis(900);

/// How long of that to wait for the first answer on it, before asking whether the database is there at all.
const DOUBT: Duration = Duration::from_millis(600);

/// How often to read the rules anew before one transaction.
const ROUNDS: u32 = 3;

/// A connection inside somebody's transaction.
pub type Db = db::Connection;

/// What every table gets; how letters go from desk to desk; which rows exist for whom; what no statement gets past.
pub const PAGES: [&str; 4] = [
    include_str!("furniture.sql"),
    include_str!("post.sql"),
    include_str!("visibility.sql"),
    include_str!("gate.sql"),
];

/// Nothing outside this module can take a connection out of it.
#[derive(Clone)]
pub struct Pool {
    url: Arc<str>,
    connections: deadpool::Pool<Db>,
    clock: Arc<RwLock<Option<DateTime<Utc>>>>,
    rulebook: Arc<RwLock<Rulebook>>,
}

/// What every request needs: the database, the tokens, the keys.
#[derive(Clone)]
pub struct House {
    /// The database.
    pub pool: Pool,
    /// Signs and reads tokens.
    pub tokens: Tokens,
    /// Seals what is not to be read in the database.
    pub ring: KeyRing,
    /// Whether invented identity numbers are refused.
    pub production: bool,
    /// How much each caller may ask, and from where.
    pub callers: Callers,
    /// Wakes those who wait for events.
    pub bell: Bell,
}

/// In the extensions of a request: who its token says that they are. Signatures are dear: it is looked at once.
struct Known(Result<Actor, Problem>);

impl House {
    /// The membership that asks, if the token of the request is good. The door finds the same.
    pub fn member(&self, request: &HttpRequest) -> Option<Uuid> {
        let known = self.tokens.actor(request.headers());
        let member = known.as_ref().ok().map(|actor| actor.membership);
        request.extensions_mut().insert(Known(known));
        member
    }
}

/// A request that has been let in. Ask for it first, so that 401 and 403 come before 404 and 422.
pub struct Cx<P> {
    actor: Actor,
    request: HttpRequest,
    house: Data<House>,
    permission: PhantomData<P>,
}

/// Somebody who has not said who they are: for the few public operations, which name their purpose.
pub struct Visitor {
    request: HttpRequest,
    house: Data<House>,
}

impl<P: Permission> FromRequest for Cx<P> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    // Ready at once: actix asks the extractors side by side, and this one is to be the first that says no.
    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(admit(request))
    }
}

fn admit<P: Permission>(request: &HttpRequest) -> Result<Cx<P>, Problem> {
    let missing = || Problem::internal("the app has no house");
    let house = request.app_data::<Data<House>>().ok_or_else(missing)?.clone();
    let known = request.extensions_mut().remove::<Known>().map(|known| known.0);
    let actor = known.unwrap_or_else(|| house.tokens.actor(request.headers())).inspect_err(|problem| {
        tracing::warn!(target: "security", request = %request_id(request), path = request.path(), %problem, "401");
    })?;
    let narrowed = actor.scope.as_ref().is_some_and(|all| !all.split(' ').any(|scope| scope == P::SCOPE));
    let in_role = P::ROLES.contains(&actor.role);
    if narrowed || !in_role {
        // Of people's tokens only those are narrowed whose second factor is missing.
        let refusal = match actor.session {
            Some(_) if in_role => Problem::second_factor_missing(),
            _ => Problem::forbidden(P::SCOPE),
        };
        Unkept::note(request, &actor, P::SCOPE, |it| it.outcomes.push(("refused", refusal.code().into())));
        return Err(refusal);
    }
    request.extensions_mut().insert(Asking(actor.role));
    expected(request)?;
    Ok(Cx { actor, request: request.clone(), house, permission: PhantomData })
}

/// In the extensions of a request: what was refused, or only rehearsed, and is still to be written down.
#[derive(Clone)]
struct Unkept {
    actor: Actor,
    scope: &'static str,
    /// The verb and the code of each.
    outcomes: Vec<(&'static str, String)>,
    /// The persons of whom a rehearsal has shown what is known of them.
    shown: Vec<Uuid>,
}

impl Unkept {
    fn note(request: &HttpRequest, actor: &Actor, scope: &'static str, note: impl FnOnce(&mut Self)) {
        let mut extensions = request.extensions_mut();
        let (outcomes, shown) = (Vec::new(), Vec::new());
        let fresh = || Self { actor: actor.clone(), scope, outcomes, shown };
        let mut it = extensions.remove().unwrap_or_else(fresh);
        note(&mut it);
        extensions.insert(it);
    }
}

impl Personal for Unkept {
    const TABLE: &'static str = "person";

    fn shown(&self) -> Vec<(Uuid, Option<Uuid>)> {
        self.shown.iter().map(|id| (*id, Some(*id))).collect()
    }
}

/// Writes down what came to nothing, in a transaction of its own, before the answer leaves.
pub async fn write_down_refusal(request: &HttpRequest) -> Result<(), Problem> {
    let Some(it) = request.extensions_mut().remove::<Unkept>() else { return Ok(()) };
    let Some(house) = request.app_data::<Data<House>>() else { return Ok(()) };
    let entrance = it.actor.entrance(request_id(request), &house.pool.moment());
    let write = async |db: &mut Db| {
        reads::unkept(db, it.scope, &it.outcomes).await?;
        Ok(((), reads::write_down(&it, None)))
    };
    house.pool.run(&entrance, write, true).await
}

impl<P: Permission> Cx<P> {
    /// Who asks.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The database, the tokens, the keys.
    pub fn house(&self) -> &House {
        &self.house
    }

    /// Whether the policies show the caller nothing of anybody but `own_person`.
    pub fn sees_one_person(&self) -> bool {
        self.actor.role == Role::Participant
    }

    /// Runs `work` in one transaction that sees only what the actor may see.
    pub async fn run<T>(&self, work: impl AsyncFn(&mut Db) -> Result<T, Problem>) -> Result<T, Problem> {
        self.run_and(async |db| Ok((work(db).await?, None))).await
    }

    async fn run_and<T>(
        &self,
        work: impl AsyncFn(&mut Db) -> Result<(T, Last), Problem>,
    ) -> Result<T, Problem> {
        let entrance = self.actor.entrance(request_id(&self.request), &self.house.pool.moment());
        self.house.pool.run(&entrance, work, true).await.inspect_err(|problem| {
            if problem.is_refusal() {
                self.write_down_later("refused", problem.code());
            }
        })
    }

    fn write_down_later(&self, verb: &'static str, code: &str) {
        self.unkept(|it| it.outcomes.push((verb, code.into())));
    }

    fn unkept(&self, note: impl FnOnce(&mut Unkept)) {
        Unkept::note(&self.request, &self.actor, P::SCOPE, note);
    }

    /// Like `run`, again whenever something has happened at the caller's organisation, until it has found enough or so much
    /// time is over. While it waits it holds no connection.
    pub async fn run_until<T>(
        &self,
        patience: Duration,
        work: impl AsyncFn(&mut Db) -> Result<T, Problem>,
        is_enough: impl Fn(&T) -> bool,
    ) -> Result<T, Problem> {
        let end = Instant::now() + patience;
        let waits = !patience.is_zero();
        let mut bell = waits.then(|| self.house.bell.at(self.actor.organisation)).transpose()?;
        loop {
            let found = self.run(async |db| work(db).await).await?;
            let Some(next) = bell.as_mut().filter(|_| !is_enough(&found)) else { return Ok(found) };
            // The last look is for what was not told, since the database was away.
            if !matches!(timeout_at(end, next.changed()).await, Ok(Ok(()))) {
                bell = None;
            }
        }
    }

    /// Like `run`, for an answer that tells of persons: whom, is written down before anything leaves.
    pub async fn read<T: Personal>(
        &self,
        work: impl AsyncFn(&mut Db) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        self.show(None, work).await
    }

    /// Like `read`, for what is only shown to those who say why. The audit is on disk before anything leaves.
    pub async fn disclose<T: Personal>(
        &self,
        purpose: &str,
        work: impl AsyncFn(&mut Db) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        self.show(Some(purpose), work).await
    }

    async fn show<T: Personal>(
        &self,
        purpose: Option<&str>,
        work: impl AsyncFn(&mut Db) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        self.run_and(async |db| {
            let found = work(db).await?;
            let told = reads::write_down(&found, purpose);
            Ok((found, told))
        })
        .await
    }

    /// Like `run`, for work that makes something, once: the same `Idempotency-Key` and body find it again, however
    /// often and however close together.
    pub async fn create<T: Resource, N, I: From<Uuid>>(
        &self,
        new: Json<N>,
        work: impl AsyncFn(&mut Db, &N) -> Result<T, Problem>,
        find: impl AsyncFn(&mut Db, I) -> Result<T, Problem>,
    ) -> Result<Created<T>, Problem> {
        let key = once::required(&self.request)?;
        let work = async |db: &mut Db| {
            let made = async |db: &mut Db| work(db, &new).await;
            once::once(db, &self.request, Some(&key), made, async |db, id| find(db, id.into()).await).await
        };
        self.run_and(work).await.map(Created)
    }

    /// Like `run`, for work that changes a thing that the caller has read (428 otherwise). It may carry an
    /// `Idempotency-Key`, which is looked at first, so that a repeat after a lost answer gets the answer.
    pub async fn change<T: Resource, I: From<Uuid>>(
        &self,
        seen: IfMatch,
        work: impl AsyncFn(&mut Db) -> Result<T, Problem>,
        find: impl AsyncFn(&mut Db, I) -> Result<T, Problem>,
    ) -> Result<One<T>, Problem> {
        seen.require()?;
        let key = once::key(&self.request)?;
        let work = async |db: &mut Db| {
            once::once(db, &self.request, key.as_ref(), &work, async |db, id| find(db, id.into()).await).await
        };
        self.run_and(work).await.map(One)
    }

    /// Like `change`, for work after which the thing is gone.
    pub async fn remove(
        &self,
        seen: IfMatch,
        id: impl Into<Uuid>,
        work: impl AsyncFn(&mut Db) -> Result<(), Problem>,
    ) -> Result<NoContent, Problem> {
        let id = id.into();
        let gone = async |db: &mut Db| work(db).await.map(|()| Gone(id));
        self.change(seen, gone, async |_: &mut Db, id: Uuid| Ok(Gone(id))).await.map(|_| NoContent)
    }

    /// Does it all, keeps nothing of it, and tells what it would have come to.
    pub async fn rehearse<T>(&self, work: impl AsyncFn(&mut Db) -> Result<T, Problem>) -> Result<T, Problem> {
        once::key(&self.request)?;
        let entrance = self.actor.entrance(request_id(&self.request), &self.house.pool.moment());
        let outcome = self.house.pool.run(&entrance, async |db| Ok((work(db).await?, None)), false).await;
        self.write_down_later("rehearsed", outcome.as_ref().err().map_or("dry_run", Problem::code));
        outcome
    }

    /// Runs `work` beyond the caller's sight, under a named purpose, for what concerns their own account. They enter
    /// first: a token whose membership has ended is worth nothing here either.
    pub async fn system<T>(
        &self,
        purpose: Purpose,
        work: impl AsyncFn(&mut Db) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        self.run(async |db| beyond(db, purpose, async |db| work(db).await).await).await
    }
}

impl FromRequest for Visitor {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let house = request.app_data::<Data<House>>().cloned();
        let house = house.ok_or_else(|| Problem::internal("the app has no house"));
        ready(house.and_then(|house| {
            expected(request)?;
            Ok(Self { request: request.clone(), house })
        }))
    }
}

impl Visitor {
    /// The database, the tokens, the keys.
    pub fn house(&self) -> &House {
        &self.house
    }

    /// Runs `work` under a named purpose.
    pub async fn system<T>(
        &self,
        purpose: Purpose,
        work: impl AsyncFn(&mut Db) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        self.house.pool.system_for(purpose, request_id(&self.request), work).await
    }
}

impl Actor {
    // Only what the types cannot spell wrongly goes into this text: UUIDs, the name of a role, a time. What is still to come
    // is which edition of the rules it begins with.
    fn entrance(&self, request: Uuid, moment: &str) -> String {
        let session = self.session.map_or("null".into(), |id| format!("'{id}'"));
        format!(
            "begin; select app.enter('{}', '{}', '{}', '{}', '{request}', '{moment}', {session}",
            self.account, self.organisation, self.membership, self.role
        )
    }
}

impl Pool {
    /// At most `size` connections to the database at `url`.
    pub fn new(url: &str, size: usize) -> Result<Self, deadpool::BuildError> {
        // The default asks `select 1` whenever a connection is taken: a round trip per request.
        let mut config = ManagerConfig::default();
        config.recycling_method = RecyclingMethod::Fast;
        // What moves a connection's bytes lives where the pool was made, and not with the thread whose request opened it:
        // at a stop some threads end before others have answered.
        let here = Handle::current();
        config.custom_setup = Box::new(move |url| {
            let (url, here) = (url.to_owned(), here.clone());
            Box::pin(async move {
                let gone = |error: JoinError| ConnectionError::BadConnection(error.to_string());
                let late = |error: Elapsed| ConnectionError::BadConnection(error.to_string());
                // Whoever asked for it may have gone; it does not wait for ever either.
                let connect =
                    async move { timeout(PATIENCE, db::connect(&url)).await.map_err(late)?.map(Db::from) };
                here.spawn(connect).await.map_err(gone)?
            })
        });
        let manager = AsyncDieselConnectionManager::<Db>::new_with_config(url, config);
        let connections = deadpool::Pool::builder(manager).max_size(size).build()?;
        Ok(Self { url: url.into(), connections, clock: Arc::default(), rulebook: Arc::default() })
    }

    /// Sets the time for everything but the gate and the audit. For tests and demos; production never calls it.
    pub fn set_clock(&self, now: Option<DateTime<Utc>>) {
        *self.clock.write().unwrap_or_else(PoisonError::into_inner) = now;
    }

    fn moment(&self) -> String {
        let clock = self.clock.read().unwrap_or_else(PoisonError::into_inner);
        clock.map(|now| now.to_rfc3339()).unwrap_or_default()
    }

    /// For work that nobody asked for. Sees everything, and says why.
    pub async fn system<T>(
        &self,
        purpose: Purpose,
        work: impl AsyncFn(&mut Db) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        self.system_for(purpose, Uuid::now_v7(), work).await
    }

    async fn system_for<T>(
        &self,
        purpose: Purpose,
        request: Uuid,
        work: impl AsyncFn(&mut Db) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        let moment = self.moment();
        let entrance = format!("begin; select app.enter_as_system('{purpose}', '{request}', '{moment}'");
        self.run(&entrance, async |db| Ok((work(db).await?, None)), true).await
    }

    async fn run<T>(
        &self,
        entrance: &str,
        work: impl AsyncFn(&mut Db) -> Result<(T, Last), Problem>,
        keep: bool,
    ) -> Result<T, Problem> {
        match self.attempt(entrance, &work, keep).await {
            // PostgreSQL has undone ours so that the other could go on: nothing has happened yet.
            Err(problem) if problem.is_worth_another_try() => self.attempt(entrance, &work, keep).await,
            outcome => outcome,
        }
    }

    // Written out instead of `db.transaction(…)`: that one wants a `Send` future, which a generic
    // async closure cannot promise yet, and actix does not need it.
    async fn attempt<T>(
        &self,
        entrance: &str,
        work: &impl AsyncFn(&mut Db) -> Result<(T, Last), Problem>,
        keep: bool,
    ) -> Result<T, Problem> {
        let connection = timeout(PATIENCE, self.connections.get()).await;
        let mut connection = connection
            .map_err(|late| Problem::unavailable(&late))?
            .map_err(|refused| Problem::unavailable(&refused))?;
        let db: &mut Db = &mut connection;
        if let Err(refused) = self.enter(db, entrance).await {
            // It is inside a failed transaction that diesel knows nothing of. Do not give it back.
            drop(deadpool::Object::take(connection));
            return Err(refused);
        }
        let outcome = work(db).await;
        match &outcome {
            Ok((_, last)) if keep => db.commit(last.as_deref()).await?,
            _ => Transaction::rollback_transaction(db).await?,
        }
        outcome.map(|(found, _)| found)
    }

    /// Begins, with the rules as they stand: if ours are older, they are read anew first.
    async fn enter(&self, db: &mut Db, entrance: &str) -> Result<(), Problem> {
        let was = Problem::before_anything_happened;
        let mut rounds = 0;
        loop {
            let Rulebook { edition, rules } =
                self.rulebook.read().unwrap_or_else(PoisonError::into_inner).clone();
            // Where they change faster than they are read, those of a moment ago will do.
            let edition = if rounds < ROUNDS { edition.to_string() } else { "null".to_owned() };
            match self.begin(db, &format!("{entrance}, {edition})")).await? {
                Err(DatabaseError(_, told)) if told.constraint_name() == Some("rules_have_changed") => {}
                begun => {
                    db.hold(rules);
                    return begun.map_err(|refused| was(refused.into()));
                }
            }
            rounds += 1;
            let (purpose, request) = (Purpose::ReadRules, Uuid::now_v7());
            let entrance =
                format!("rollback; begin; select app.enter_as_system('{purpose}', '{request}', '', null)");
            self.begin(db, &entrance).await?.map_err(|refused| was(refused.into()))?;
            let read = Rulebook::read(db).await.map_err(was)?;
            Transaction::commit_transaction(db).await.map_err(|gone| was(gone.into()))?;
            *self.rulebook.write().unwrap_or_else(PoisonError::into_inner) = read;
        }
    }

    /// That can wait for a lock; but a database that lets nobody in meanwhile, and does not say no either, is away.
    async fn begin(&self, db: &mut Db, entrance: &str) -> Result<QueryResult<()>, Problem> {
        let mut entering = pin!(Transaction::begin_transaction_sql(db, entrance));
        loop {
            if let Ok(entered) = timeout(DOUBT, &mut entering).await {
                return Ok(entered);
            }
            let other = timeout(PATIENCE - DOUBT, db::connect(&self.url)).await;
            other.map_err(|late| Problem::unavailable(&late))?.map_err(|no| Problem::unavailable(&no))?;
        }
    }
}

/// What is written last of a work that has succeeded, as one statement. As in an entrance, only what the types cannot
/// spell wrongly goes into it.
type Last = Option<String>;

diesel::define_sql_function! {
    /// The organisation that has entered, for statements about the caller's own.
    #[sql_name = "app.organisation"] fn own_organisation() -> diesel::sql_types::Uuid;
}
diesel::define_sql_function! {
    /// The person that a participant is.
    #[sql_name = "app.person"] fn own_person() -> diesel::sql_types::Uuid;
}

diesel::define_sql_function! {
    /// What staff write for themselves: nothing, when those read whom it is about.
    #[sql_name = "app.for_staff"]
    fn for_staff(written: diesel::sql_types::Nullable<diesel::sql_types::Text>) -> diesel::sql_types::Nullable<diesel::sql_types::Text>;
}

diesel::define_sql_function! {
    /// The caller's account; null for work that nobody asked for.
    #[sql_name = "app.account"] fn own_account() -> diesel::sql_types::Nullable<diesel::sql_types::Uuid>;
}

diesel::define_sql_function! {
    /// The caller's membership; null for work that nobody asked for.
    #[sql_name = "app.membership"] fn own_membership() -> diesel::sql_types::Nullable<diesel::sql_types::Uuid>;
}

diesel::define_sql_function! {
    /// Free text, to those who may see what is said of the person: `guarded_for` and `unit_id` of the row, and whom it
    /// is about.
    #[sql_name = "app.for_assigned"] fn for_assigned(
        guarded_for: diesel::sql_types::Nullable<diesel::sql_types::Uuid>,
        unit_id: diesel::sql_types::Nullable<diesel::sql_types::Uuid>,
        person_id: diesel::sql_types::Nullable<diesel::sql_types::Uuid>,
        text: diesel::sql_types::Nullable<diesel::sql_types::Text>,
    ) -> diesel::sql_types::Nullable<diesel::sql_types::Text>;
}

mod sql {
    use diesel::sql_types::{Text, Uuid};

    diesel::define_sql_function! { #[sql_name = "app.now"] fn now() -> Timestamptz; }
    diesel::define_sql_function! { #[sql_name = "app.step_across"] fn step_across(purpose: Text, desk: Uuid) -> Text; }
    diesel::define_sql_function! { #[sql_name = "app.step_home"] fn step_home() -> Text; }
    diesel::define_sql_function! { #[sql_name = "app.step_out"] fn step_out(purpose: Text) -> Text; }
    diesel::define_sql_function! { #[sql_name = "app.step_back"] fn step_back() -> Text; }
}

/// The time that holds for rules and rows.
pub async fn now(db: &mut Db) -> Result<DateTime<Utc>, Problem> {
    Ok(diesel::select(sql::now()).get_result(db).await?)
}

/// The day that holds for rules and rows.
pub async fn today(db: &mut Db) -> Result<NaiveDate, Problem> {
    Ok(day::of(now(db).await?))
}

/// Runs `work` inside the caller's transaction but beyond their sight, under a named purpose. Rows of every
/// organisation are visible to it: its statements name the organisation.
pub async fn beyond<T>(
    db: &mut Db,
    purpose: Purpose,
    work: impl AsyncFnOnce(&mut Db) -> Result<T, Problem>,
) -> Result<T, Problem> {
    diesel::select(sql::step_out(purpose.word())).execute(db).await?;
    let outcome = work(db).await?;
    diesel::select(sql::step_back()).execute(db).await?;
    Ok(outcome)
}

/// Like `beyond`, at another desk: for what follows there from what the caller has done at theirs, as when the last of many
/// has answered. Its letters are moved from that desk; who acts is still the caller.
pub async fn across<T>(
    db: &mut Db,
    purpose: Purpose,
    desk: Uuid,
    work: impl AsyncFnOnce(&mut Db) -> Result<T, Problem>,
) -> Result<T, Problem> {
    diesel::select(sql::step_across(purpose.word(), desk)).execute(db).await?;
    let outcome = work(db).await?;
    diesel::select(sql::step_home()).execute(db).await?;
    Ok(outcome)
}
