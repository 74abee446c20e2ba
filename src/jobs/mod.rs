//! What the house does unasked: it sends what is queued, minds the clocks, and removes what is past its time.
//!
//! Many workers can do it at once. Each piece is a transaction of its own, so that whoever stops in the middle leaves
//! nothing half done.

mod queries;

use std::{ops::AddAssign, time::Duration};

use chrono::TimeDelta;
use tokio::sync::watch;

use crate::{
    access::{Pool, Purpose, now, post},
    domains::{
        house::{clients, sessions},
        journey::{disclosures, referrals},
        people::{consents, legal_bases, protection},
    },
    identifiers::Country,
    problem::Problem,
    rules::rules,
};

/// How long to rest between two rounds.
const REST: Duration = Duration::from_secs(1);

/// What a round came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Disclosures that left.
    pub sent: usize,
    /// Disclosures that may not leave.
    pub blocked: usize,
    /// Disclosures that nobody acknowledged in time.
    pub failed: usize,
    /// Consents and legal bases whose time was over.
    pub expired: usize,
    /// Referrals that were never submitted and are gone.
    pub forgotten: usize,
    /// Referrals whose desks were warned that they will expire.
    pub warned: usize,
    /// Referrals that waited in vain.
    pub lapsed: usize,
    /// Protections that a desk was asked about.
    pub asked: usize,
    /// Keys, tokens and assertions that were removed.
    pub purged: usize,
    /// What could not be done this time, and is tried again in the next round.
    pub postponed: usize,
}

impl AddAssign for Report {
    fn add_assign(&mut self, other: Self) {
        self.sent += other.sent;
        self.blocked += other.blocked;
        self.failed += other.failed;
        self.expired += other.expired;
        self.forgotten += other.forgotten;
        self.warned += other.warned;
        self.lapsed += other.lapsed;
        self.asked += other.asked;
        self.purged += other.purged;
        self.postponed += other.postponed;
    }
}

/// Does once what is to be done.
pub async fn run_once(pool: &Pool) -> Result<Report, Problem> {
    let (_running, stop) = watch::channel(false);
    every_job(pool, &stop).await
}

/// Does what is to be done, again and again, until it is told to stop. What it has begun it finishes.
pub async fn run(pool: Pool, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        match every_job(&pool, &stop).await {
            Ok(report) if report != Report::default() => tracing::info!(?report, "worked"),
            Ok(_) => {}
            Err(problem) => tracing::error!(%problem, "the worker goes on in the next round"),
        }
        tokio::select! {
            () = tokio::time::sleep(REST) => {}
            // Whoever could tell it to stop is gone: so is the reason to go on.
            told = stop.changed() => if told.is_err() { return },
        }
    }
}

/// The list of all jobs. One that goes wrong does not keep the next from its work.
async fn every_job(pool: &Pool, stop: &watch::Receiver<bool>) -> Result<Report, Problem> {
    let mut report = Report::default();
    let outcomes = [
        expire_bases(pool).await,
        dispatch_disclosures(pool, stop).await,
        fail_unreceived_disclosures(pool, stop).await,
        remove_drafts(pool, stop).await,
        warn_of_expiry(pool).await,
        expire_referrals(pool, stop).await,
        ask_at_the_end(pool).await,
        purge(pool).await,
    ];
    for outcome in outcomes {
        report += outcome?;
    }
    Ok(report)
}

async fn expire_bases(pool: &Pool) -> Result<Report, Problem> {
    let expired = consents::expire_due(pool).await? + legal_bases::expire_due(pool).await?;
    Ok(Report { expired, ..Report::default() })
}

async fn dispatch_disclosures(pool: &Pool, stop: &watch::Receiver<bool>) -> Result<Report, Problem> {
    let mut report = Report::default();
    let waiting = pool.system(Purpose::Dispatch, async |db| disclosures::queued(db).await).await?;
    for (desk, id) in waiting {
        if *stop.borrow() {
            break;
        }
        let send = async |db: &mut _| post::dispatch(db, desk, id.into()).await;
        match pool.system(Purpose::Dispatch, send).await.as_deref() {
            Ok("sent") => report.sent += 1,
            Ok("blocked") => report.blocked += 1,
            Ok(_) => {} // Another worker was quicker.
            Err(problem) => report.postponed += postponed(problem),
        }
    }
    Ok(report)
}

async fn fail_unreceived_disclosures(pool: &Pool, stop: &watch::Receiver<bool>) -> Result<Report, Problem> {
    let mut report = Report::default();
    let overdue = async |db: &mut _| {
        let now = now(db).await?;
        let (moment, today) = (now - TimeDelta::days(1), now.date_naive());
        let mut sent = disclosures::unreceived(db, moment).await?;
        sent.retain(|(_, _, at, country)| {
            let due = country
                .parse::<Country>()
                .ok()
                .and_then(|country| rules().due("DISCLOSURE_RECEIPT", country, at.date_naive()));
            due.is_some_and(|(_, due)| due.due_on < today)
        });
        Ok(sent)
    };
    for (desk, id, ..) in pool.system(Purpose::FailDisclosure, overdue).await? {
        if *stop.borrow() {
            break;
        }
        let fail = async |db: &mut _| disclosures::fail_unreceived(db, desk, id).await;
        match pool.system(Purpose::FailDisclosure, fail).await {
            Ok(()) => report.failed += 1,
            Err(problem) if problem.code() == "illegal_move" => {} // It was acknowledged at this moment.
            Err(problem) => report.postponed += postponed(&problem),
        }
    }
    Ok(report)
}

async fn remove_drafts(pool: &Pool, stop: &watch::Receiver<bool>) -> Result<Report, Problem> {
    let mut report = Report::default();
    for (desk, old) in pool.system(Purpose::RemoveDraft, async |db| referrals::old_drafts(db).await).await? {
        if *stop.borrow() {
            break;
        }
        let remove = async |db: &mut _| referrals::remove_drafts(db, desk, &old).await;
        match pool.system(Purpose::RemoveDraft, remove).await {
            Ok(removed) => report.forgotten += removed,
            Err(problem) => report.postponed += postponed(&problem),
        }
    }
    Ok(report)
}

async fn warn_of_expiry(pool: &Pool) -> Result<Report, Problem> {
    let warned = pool.system(Purpose::ExpireReferral, async |db| referrals::warn_of_expiry(db).await).await?;
    Ok(Report { warned, ..Report::default() })
}

async fn expire_referrals(pool: &Pool, stop: &watch::Receiver<bool>) -> Result<Report, Problem> {
    let mut report = Report::default();
    for (desk, id) in pool.system(Purpose::ExpireReferral, async |db| referrals::overdue(db).await).await? {
        if *stop.borrow() {
            break;
        }
        let expire = async |db: &mut _| referrals::expire(db, desk, id).await;
        match pool.system(Purpose::ExpireReferral, expire).await {
            Ok(()) => report.lapsed += 1,
            // A step was taken at this moment, or another worker was quicker.
            Err(problem) if matches!(problem.code(), "illegal_move" | "stale") => {}
            Err(problem) => report.postponed += postponed(&problem),
        }
    }
    Ok(report)
}

async fn ask_at_the_end(pool: &Pool) -> Result<Report, Problem> {
    let asked = pool.system(Purpose::AskAtTheEnd, async |db| protection::ask_at_the_end(db).await).await?;
    Ok(Report { asked, ..Report::default() })
}

async fn purge(pool: &Pool) -> Result<Report, Problem> {
    let everything = async |db: &mut _| {
        Ok(queries::purge(db).await? + sessions::purge(db).await? + clients::purge(db).await?)
    };
    let purged = pool.system(Purpose::Purge, everything).await?;
    Ok(Report { purged, ..Report::default() })
}

fn postponed(problem: &Problem) -> usize {
    tracing::warn!(%problem, code = problem.code(), "postponed to the next round");
    1
}
