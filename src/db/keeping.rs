//! A connection that spares round trips. It keeps statements prepared which diesel prepares anew each time: every update,
//! and every insert of many rows or of columns that may be left out. And what is written last travels with `COMMIT`.

use std::{collections::HashSet, sync::Arc};

use diesel::{
    ConnectionResult, QueryResult,
    connection::{CacheSize, Instrumentation, TransactionDepthChange, TransactionManagerStatus},
    pg::{Pg, PgQueryBuilder},
    query_builder::{AsQuery, AstPass, Query, QueryBuilder as _, QueryFragment, QueryId},
    result::Error,
};
use diesel_async::{
    AnsiTransactionManager, AsyncConnection, AsyncConnectionCore, AsyncPgConnection, SimpleAsyncConnection,
    TransactionManager as _, pooled_connection::PoolableConnection,
};

use crate::rules::Rules;

/// How many it keeps, of those whose text depends on what is asked: each costs the server memory on each connection.
const MOST: usize = 200;
/// What is longer inserts so many rows that preparing it does not matter.
const LONGEST: usize = 4000;

/// A connection to PostgreSQL.
pub struct Connection {
    inner: AsyncPgConnection,
    kept: HashSet<String>,
    rules: Arc<Rules>,
}

impl From<AsyncPgConnection> for Connection {
    fn from(inner: AsyncPgConnection) -> Self {
        Self { inner, kept: HashSet::new(), rules: Arc::default() }
    }
}

/// A statement, and whether to keep it prepared whatever diesel says.
struct Asked<Q> {
    query: Q,
    is_kept: bool,
}

impl<Q: QueryFragment<Pg>> QueryFragment<Pg> for Asked<Q> {
    fn walk_ast<'b>(&'b self, pass: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.query.walk_ast(pass)
    }

    fn is_safe_to_cache_prepared(&self, backend: &Pg) -> QueryResult<bool> {
        Ok(self.is_kept || self.query.is_safe_to_cache_prepared(backend)?)
    }
}

impl<Q: QueryId> QueryId for Asked<Q> {
    type QueryId = Q::QueryId;

    const HAS_STATIC_QUERY_ID: bool = Q::HAS_STATIC_QUERY_ID;
}

impl<Q: Query> Query for Asked<Q> {
    type SqlType = Q::SqlType;
}

impl Connection {
    /// The rules that hold in this transaction. They are in memory: asking costs nothing.
    pub fn rules(&self) -> Arc<Rules> {
        self.rules.clone()
    }

    /// From here on these hold.
    pub fn hold(&mut self, rules: Arc<Rules>) {
        self.rules = rules;
    }

    /// Commits, and with it what is written last: if that is refused, PostgreSQL does not get as far as the commit.
    pub async fn commit(&mut self, last: Option<&str>) -> QueryResult<()> {
        let Some(last) = last else { return AnsiTransactionManager::commit_transaction(self).await };
        if let Err(refused) = self.batch_execute(&format!("{last}; commit")).await {
            AnsiTransactionManager::rollback_transaction(self).await?;
            return Err(refused);
        }
        // Until here diesel knows of an open transaction, so that the connection of a caller who goes away is closed.
        match AnsiTransactionManager::transaction_manager_status_mut(self) {
            TransactionManagerStatus::Valid(it) => {
                it.change_transaction_depth(TransactionDepthChange::DecreaseDepth)
            }
            TransactionManagerStatus::InError => Err(Error::BrokenTransactionManager),
        }
    }

    fn asked<Q: QueryFragment<Pg>>(&mut self, query: Q) -> Asked<Q> {
        let is_kept = self.keeps(&query).unwrap_or_default();
        Asked { query, is_kept }
    }

    fn keeps(&mut self, query: &impl QueryFragment<Pg>) -> QueryResult<bool> {
        if query.is_safe_to_cache_prepared(&Pg)? {
            return Ok(true);
        }
        let mut text = PgQueryBuilder::default();
        query.to_sql(&mut text, &Pg)?;
        let text = text.finish();
        if self.kept.contains(&text) {
            return Ok(true);
        }
        Ok(text.len() <= LONGEST && self.kept.len() < MOST && self.kept.insert(text))
    }
}

impl SimpleAsyncConnection for Connection {
    async fn batch_execute(&mut self, query: &str) -> QueryResult<()> {
        self.inner.batch_execute(query).await
    }
}

impl AsyncConnectionCore for Connection {
    type ExecuteFuture<'conn, 'query> =
        <AsyncPgConnection as AsyncConnectionCore>::ExecuteFuture<'conn, 'query>;
    type LoadFuture<'conn, 'query> = <AsyncPgConnection as AsyncConnectionCore>::LoadFuture<'conn, 'query>;
    type Stream<'conn, 'query> = <AsyncPgConnection as AsyncConnectionCore>::Stream<'conn, 'query>;
    type Row<'conn, 'query> = <AsyncPgConnection as AsyncConnectionCore>::Row<'conn, 'query>;
    type Backend = Pg;

    fn load<'conn, 'query, T>(&'conn mut self, source: T) -> Self::LoadFuture<'conn, 'query>
    where
        T: AsQuery + 'query,
        T::Query: QueryFragment<Pg> + QueryId + 'query,
    {
        let asked = self.asked(source.as_query());
        self.inner.load(asked)
    }

    fn execute_returning_count<'conn, 'query, T>(
        &'conn mut self,
        source: T,
    ) -> Self::ExecuteFuture<'conn, 'query>
    where
        T: QueryFragment<Pg> + QueryId + 'query,
    {
        let asked = self.asked(source);
        self.inner.execute_returning_count(asked)
    }
}

impl AsyncConnection for Connection {
    type TransactionManager = AnsiTransactionManager;

    async fn establish(url: &str) -> ConnectionResult<Self> {
        super::connect(url).await.map(Self::from)
    }

    fn transaction_state(&mut self) -> &mut AnsiTransactionManager {
        self.inner.transaction_state()
    }

    fn instrumentation(&mut self) -> &mut dyn Instrumentation {
        self.inner.instrumentation()
    }

    fn set_instrumentation(&mut self, instrumentation: impl Instrumentation) {
        self.inner.set_instrumentation(instrumentation);
    }

    fn set_prepared_statement_cache_size(&mut self, size: CacheSize) {
        self.inner.set_prepared_statement_cache_size(size);
    }
}

impl PoolableConnection for Connection {}
