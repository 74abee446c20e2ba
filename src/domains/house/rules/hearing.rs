//! How a process keeps the rules in memory that the tables hold.

use std::time::Duration;

use futures_util::future::join;
use tokio::sync::watch;

use super::queries;
use crate::{
    access::{Db, Pool, Purpose},
    db,
    problem::Problem,
    rules::Rules,
};

/// The channel on which the database tells that rules have changed.
const CHANNEL: &str = "samspill_rules";

/// How long to leave a database alone that was not there.
const REST: Duration = Duration::from_secs(1);

/// Takes the rules as they stand in the tables. One that is not understood is left out, and told of in the log.
pub async fn refresh(pool: &Pool) -> Result<(), Problem> {
    let rows = pool.system(Purpose::ReadRules, async |db: &mut Db| queries::current(db).await).await?;
    let mut rules = Rules::default();
    for (organisation, row) in rows {
        let code = row.code.clone();
        if let Err(flaw) = rules.add(organisation, row) {
            tracing::error!(code, flaw, "a rule is left out");
        }
    }
    pool.hold(rules);
    Ok(())
}

/// Takes them anew whenever the database at `url` tells that they have changed, for ever; and when it was away, since what
/// was told meanwhile nobody has heard.
pub async fn listen(pool: Pool, url: String) {
    let (bell, mut heard) = watch::channel(());
    let hear = async {
        loop {
            if let Err(gone) = db::listen(&url, CHANNEL, |_| bell.send_replace(())).await {
                tracing::warn!(%gone, "the rules stay as they are until the database is back");
            }
            tokio::time::sleep(REST).await;
        }
    };
    let take = async {
        while heard.changed().await.is_ok() {
            while let Err(problem) = refresh(&pool).await {
                tracing::error!(%problem, "the rules stay as they are");
                tokio::time::sleep(REST).await;
            }
        }
    };
    join(hear, take).await;
}
