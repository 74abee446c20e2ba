//! Many at once, through the same door: each item in a transaction of its own, or all in one.

use sha2::{Digest as _, Sha256};

use super::{Cx, Db, Last, Permission, once, once::Key};
use crate::{
    problem::{Flaw, Problem},
    web::{Asked, BatchAnswer, BatchItem, DryRun, Item, Items, Mode, Resource},
};

/// What a step has come to, and what is written last of it.
type Step<V> = Result<(V, Last), Problem>;

impl<P: Permission> Cx<P> {
    /// Like `create`, for each of many. In a dry run nothing is kept, and `preview` tells of each what it would come to.
    ///
    /// The key of each is made of that of the request: whoever was interrupted sends all again, and it goes on. Each takes
    /// a connection when it is its turn, and gives it back. If the caller goes away, or the server, it ends between two
    /// items or undoes the one it is at.
    pub async fn batch<N: Item, T: Resource, V>(
        &self,
        dry: &DryRun,
        items: &Items<N>,
        work: impl AsyncFn(&mut Db, &N) -> Result<T, Problem>,
        preview: impl AsyncFn(&mut Db, T) -> Result<V, Problem>,
    ) -> Result<BatchAnswer<V>, Problem> {
        let key = once::required(&self.request)?;
        let dry = dry.is_set();
        let step = async |db: &mut Db, key: &Key, new: &N| -> Step<BatchItem<V>> {
            if let Some(before) = once::before(db, key).await? {
                return Ok((BatchItem::stands(before), None));
            }
            let made = work(db, new).await?;
            let used = Some(key.used(&made));
            let item = match (made.is_new(), dry) {
                (false, _) => BatchItem::stands(made.id()),
                (true, false) => BatchItem::made(made.id()),
                (true, true) => BatchItem::rehearsed(preview(db, made).await?),
            };
            Ok((item, used))
        };
        match items.mode {
            Mode::Each => self.each(dry, items, &key, step).await,
            Mode::All => self.all(dry, items, &key, step).await,
        }
        .map(BatchAnswer::from)
    }

    async fn each<N: Item, V>(
        &self,
        dry: bool,
        items: &Items<N>,
        key: &Key,
        step: impl AsyncFn(&mut Db, &Key, &N) -> Step<BatchItem<V>>,
    ) -> Result<Vec<BatchItem<V>>, Problem> {
        let mut found = Vec::new();
        for (index, asked) in items.asked(&self.request).enumerate() {
            let outcome = match asked {
                Ok(Asked { new, digest }) => {
                    let key = key.of_item(&self.request, index, &digest);
                    let done = self.keep_or_rehearse(dry, async |db| step(db, &key, &new).await).await;
                    done.inspect(|item| self.shows(item, &new))
                }
                Err(problem) => Err(problem),
            };
            found.push(match outcome {
                Ok(item) => item,
                Err(problem) if problem.is_of_all() => return Err(problem),
                Err(problem) => BatchItem::refused(&problem.below(&place(index)), &self.request),
            });
            // Others on this thread have their turn too.
            tokio::task::yield_now().await;
        }
        Ok(found)
    }

    async fn all<N: Item, V>(
        &self,
        dry: bool,
        items: &Items<N>,
        key: &Key,
        step: impl AsyncFn(&mut Db, &Key, &N) -> Step<BatchItem<V>>,
    ) -> Result<Vec<BatchItem<V>>, Problem> {
        let asked = items.asked(&self.request).enumerate();
        let asked = asked.map(|(index, asked)| asked.map_err(|problem| because_of(index, problem)));
        let asked: Vec<_> = asked.collect::<Result<_, _>>()?;
        let whole = asked.iter().fold(Sha256::new(), |all, one| all.chain_update(one.digest)).finalize();
        let keyed = |(index, asked)| (key.of_item(&self.request, index, &whole), asked);
        let keyed: Vec<(Key, Asked<N>)> = asked.into_iter().enumerate().map(keyed).collect();
        let work = async |db: &mut Db| {
            let (mut found, mut last) = (Vec::new(), Vec::new());
            for (index, (key, asked)) in keyed.iter().enumerate() {
                let done = step(db, key, &asked.new).await;
                let (item, used) = done.map_err(|problem| because_of(index, problem))?;
                found.push(item);
                last.extend(used);
            }
            Ok((found, Some(last.join("; ")).filter(|last| !last.is_empty())))
        };
        let found = self.keep_or_rehearse(dry, work).await?;
        found.iter().zip(&keyed).for_each(|(item, (_, asked))| self.shows(item, &asked.new));
        Ok(found)
    }

    async fn keep_or_rehearse<T>(
        &self,
        dry: bool,
        work: impl AsyncFn(&mut Db) -> Step<T>,
    ) -> Result<T, Problem> {
        if !dry {
            return self.run_and(work).await;
        }
        self.rehearse(async |db| work(db).await.map(|(found, _)| found)).await
    }

    /// What a rehearsal shows of somebody who is known already is written down.
    fn shows<V>(&self, item: &BatchItem<V>, new: &impl Item) {
        if item.is_preview() {
            self.unkept(|it| it.shown.extend(new.about()));
        }
    }
}

fn place(index: usize) -> String {
    format!("/items/{index}")
}

/// Why all are refused, and because of which.
fn because_of(index: usize, problem: Problem) -> Problem {
    let problem = problem.below(&place(index));
    if problem.is_located() || problem.is_of_all() {
        return problem;
    }
    problem.at(vec![Flaw::new(place(index), "refuses_all")])
}
