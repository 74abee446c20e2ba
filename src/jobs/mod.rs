//! What the house does unasked: it sends what is queued, minds the clocks, and removes what is past its time.
//!
//! Many workers can do it at once. Each piece is a transaction of its own, so that whoever stops in the middle leaves
//! nothing half done.

mod queries;

use std::{ops::AddAssign, time::Duration};

use futures_util::future::join;
use tokio::sync::watch;
use uuid::Uuid;

use crate::{
    access::{Db, Pool, Purpose, post},
    domains::{
        house::{agreements, clients, sessions},
        insight::mail,
        journey::{
            cooperation, deadlines,
            disclosures::{self, DisclosureId},
            offers, referrals, routing,
        },
        people::{consents, legal_bases, protection},
    },
    mailer::{Mailer, Outcome},
    problem::Problem,
};

/// How long to rest between two rounds,
const REST: Duration = Duration::from_secs(1);
/// and between two rounds of numbering: so long nobody hears of what happened.
const BREATH: Duration = Duration::from_millis(200);

/// What a round came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Disclosures that left.
    pub sent: usize,
    /// Disclosures that may not leave.
    pub blocked: usize,
    /// Disclosures that nobody acknowledged in time.
    pub failed: usize,
    /// Disclosures that a desk is to ask after, and what stands unrouted or unanswered for too long.
    pub alarmed: usize,
    /// Consents, legal bases and agreements whose time was over.
    pub expired: usize,
    /// Referrals that were never submitted and are gone.
    pub forgotten: usize,
    /// Referrals whose desks were warned that they will expire.
    pub warned: usize,
    /// Referrals that waited in vain.
    pub lapsed: usize,
    /// Offers that nobody answered in time.
    pub unanswered: usize,
    /// Referrals on a waiting list that a desk was asked to look at again.
    pub reviewed: usize,
    /// First contacts, follow-ups and ends of consents that a desk was told of.
    pub due: usize,
    /// Protections that a desk was asked about.
    pub asked: usize,
    /// Keys, tokens, assertions and mails that were removed.
    pub purged: usize,
    /// What could not be done this time, and is tried again in the next round.
    pub postponed: usize,
}

impl AddAssign for Report {
    fn add_assign(&mut self, other: Self) {
        self.sent += other.sent;
        self.blocked += other.blocked;
        self.failed += other.failed;
        self.alarmed += other.alarmed;
        self.expired += other.expired;
        self.forgotten += other.forgotten;
        self.warned += other.warned;
        self.lapsed += other.lapsed;
        self.unanswered += other.unanswered;
        self.reviewed += other.reviewed;
        self.due += other.due;
        self.asked += other.asked;
        self.purged += other.purged;
        self.postponed += other.postponed;
    }
}

/// Does once what is to be done, but for numbering.
pub async fn run_once(pool: &Pool) -> Result<Report, Problem> {
    let (_running, stop) = watch::channel(false);
    every_job(&Worker { pool, stop: &stop }).await
}

/// Gives what has happened its place in the feed. Answers whether there may be more.
pub async fn number(pool: &Pool) -> Result<bool, Problem> {
    pool.system(Purpose::NumberEvents, async |db| queries::number(db).await).await
}

/// Does what is to be done, again and again, until it is told to stop. What it has begun it finishes.
pub async fn run(pool: Pool, stop: watch::Receiver<bool>) {
    let worker = Worker { pool: &pool, stop: &stop };
    let rounds = again(stop.clone(), REST, async || {
        let report = every_job(&worker).await?;
        if report != Report::default() {
            tracing::info!(?report, "worked");
        }
        Ok(false)
    });
    join(rounds, again(stop.clone(), BREATH, async || number(&pool).await)).await;
}

/// What became of mail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MailReport {
    /// Mails that the mail server has.
    pub sent: usize,
    /// Mails that there was no need of any more.
    pub unneeded: usize,
    /// Mails that are tried again later.
    pub postponed: usize,
    /// Mails that are not.
    pub given_up: usize,
}

/// Tells staff of their tasks by mail, again and again, until it is told to stop. It goes beside the other jobs: a mail server
/// that does not answer keeps nothing else waiting, nor a connection to the database.
pub async fn run_mail(pool: Pool, mailer: Mailer, stop: watch::Receiver<bool>) {
    let round = async || {
        let report = mail_until(&pool, &mailer, &stop).await?;
        if report != MailReport::default() {
            tracing::info!(?report, "mailed");
        }
        Ok(false)
    };
    again(stop.clone(), REST, round).await;
}

/// Makes mail of what nobody was told of, and sends what is due.
pub async fn mail_once(pool: &Pool, mailer: &Mailer) -> Result<MailReport, Problem> {
    let (_running, stop) = watch::channel(false);
    mail_until(pool, mailer, &stop).await
}

async fn mail_until(
    pool: &Pool,
    mailer: &Mailer,
    stop: &watch::Receiver<bool>,
) -> Result<MailReport, Problem> {
    let mut report = MailReport::default();
    while pool.system(Purpose::TellByMail, async |db| mail::gather(db).await).await? {}
    while !*stop.borrow() {
        let claim = pool.system(Purpose::TellByMail, async |db| mail::claim(db).await).await?;
        let Some(claim) = claim else { break };
        let outcome = match &claim.letter {
            Some(letter) => Some(mailer.send(letter).await),
            None => None,
        };
        let settle = async |db: &mut _| mail::settle(db, &claim, outcome.as_ref()).await;
        let given_up = pool.system(Purpose::TellByMail, settle).await?;
        let (organisation, mail) = claim.id();
        match &outcome {
            None => report.unneeded += 1,
            Some(Outcome::Accepted) => report.sent += 1,
            Some(Outcome::Refused(why) | Outcome::Later(why) | Outcome::Unreachable(why)) if given_up => {
                tracing::error!(%organisation, %mail, why, "a mail is given up");
                report.given_up += 1;
            }
            Some(Outcome::Refused(why) | Outcome::Later(why) | Outcome::Unreachable(why)) => {
                tracing::warn!(%organisation, %mail, why, "a mail is tried again later");
                report.postponed += 1;
            }
        }
        // The others would fare alike.
        if matches!(outcome, Some(Outcome::Unreachable(_))) {
            break;
        }
    }
    Ok(report)
}

/// One round after the other; without a rest where there may be more to do.
async fn again(
    mut stop: watch::Receiver<bool>,
    rest: Duration,
    round: impl AsyncFn() -> Result<bool, Problem>,
) {
    while !*stop.borrow() {
        let rest = match round().await {
            Ok(more) => {
                if more {
                    Duration::ZERO
                } else {
                    rest
                }
            }
            Err(problem) => {
                tracing::error!(%problem, "the worker goes on in the next round");
                REST
            }
        };
        tokio::select! {
            () = tokio::time::sleep(rest) => {}
            // Whoever could tell it to stop is gone: so is the reason to go on.
            told = stop.changed() => if told.is_err() { return },
        }
    }
}

/// Who works, until told to stop.
struct Worker<'a> {
    pool: &'a Pool,
    stop: &'a watch::Receiver<bool>,
}

impl Worker<'_> {
    /// Does a step with each that is due, of which desk, in a transaction each; until told to stop. One that somebody has
    /// moved in between, or that another worker was quicker with, stays as it is.
    async fn each<T>(
        &self,
        purpose: Purpose,
        due: impl AsyncFn(&mut Db) -> Result<Vec<(Uuid, T)>, Problem>,
        step: impl AsyncFn(&mut Db, Uuid, &T) -> Result<Report, Problem>,
    ) -> Result<Report, Problem> {
        let mut report = Report::default();
        for (desk, it) in self.pool.system(purpose, due).await? {
            if *self.stop.borrow() {
                break;
            }
            match self.pool.system(purpose, async |db| step(db, desk, &it).await).await {
                Ok(done) => report += done,
                Err(problem) if matches!(problem.code(), "illegal_move" | "stale") => {}
                Err(problem) => {
                    tracing::warn!(%problem, code = problem.code(), "postponed to the next round");
                    report.postponed += 1;
                }
            }
        }
        Ok(report)
    }
}

/// The list of all jobs. One that goes wrong does not keep the next from its work.
async fn every_job(worker: &Worker<'_>) -> Result<Report, Problem> {
    let mut report = Report::default();
    let outcomes = [
        expire_consents(worker).await,
        expire_legal_bases(worker).await,
        dispatch_disclosures(worker).await,
        fail_unreceived_disclosures(worker).await,
        alarm_of_disclosures(worker).await,
        alarm_of_unrouted(worker).await,
        alarm_of_unanswered(worker).await,
        end_agreements(worker).await,
        remove_drafts(worker).await,
        warn_of_expiry(worker).await,
        expire_referrals(worker).await,
        lapse_offers(worker).await,
        ask_after_waiting(worker).await,
        warn_of_deadlines(worker).await,
        ask_at_the_end(worker).await,
        purge(worker).await,
    ];
    for outcome in outcomes {
        report += outcome?;
    }
    Ok(report)
}

async fn expire_consents(worker: &Worker<'_>) -> Result<Report, Problem> {
    let due = async |db: &mut _| consents::past(db).await;
    let step = async |db: &mut _, desk, id: &_| {
        consents::expire(db, desk, *id).await?;
        Ok(Report { expired: 1, ..Report::default() })
    };
    worker.each(Purpose::Expire, due, step).await
}

async fn expire_legal_bases(worker: &Worker<'_>) -> Result<Report, Problem> {
    let due = async |db: &mut _| legal_bases::past(db).await;
    let step = async |db: &mut _, desk, id: &_| {
        legal_bases::expire(db, desk, *id).await?;
        Ok(Report { expired: 1, ..Report::default() })
    };
    worker.each(Purpose::Expire, due, step).await
}

async fn dispatch_disclosures(worker: &Worker<'_>) -> Result<Report, Problem> {
    let due = async |db: &mut _| disclosures::queued(db).await;
    let step = async |db: &mut _, desk, id: &DisclosureId| {
        let report = Report::default();
        Ok(match post::dispatch(db, desk, (*id).into()).await?.as_str() {
            "sent" => Report { sent: 1, ..report },
            "blocked" => Report { blocked: 1, ..report },
            _ => report, // Another worker was quicker.
        })
    };
    worker.each(Purpose::Dispatch, due, step).await
}

async fn fail_unreceived_disclosures(worker: &Worker<'_>) -> Result<Report, Problem> {
    let due = async |db: &mut _| disclosures::unreceived(db).await;
    let step = async |db: &mut _, desk, id: &_| {
        disclosures::fail_unreceived(db, desk, *id).await?;
        Ok(Report { failed: 1, ..Report::default() })
    };
    worker.each(Purpose::FailDisclosure, due, step).await
}

async fn alarm_of_disclosures(worker: &Worker<'_>) -> Result<Report, Problem> {
    let alarm = async |db: &mut _| disclosures::alarm(db).await;
    let alarmed = worker.pool.system(Purpose::AlarmDisclosure, alarm).await?;
    Ok(Report { alarmed, ..Report::default() })
}

async fn alarm_of_unrouted(worker: &Worker<'_>) -> Result<Report, Problem> {
    let alarm = async |db: &mut _| routing::alarm(db).await;
    let alarmed = worker.pool.system(Purpose::AlarmUnrouted, alarm).await?;
    Ok(Report { alarmed, ..Report::default() })
}

async fn alarm_of_unanswered(worker: &Worker<'_>) -> Result<Report, Problem> {
    let alarm = async |db: &mut _| cooperation::alarm(db).await;
    let alarmed = worker.pool.system(Purpose::AlarmUnanswered, alarm).await?;
    Ok(Report { alarmed, ..Report::default() })
}

async fn end_agreements(worker: &Worker<'_>) -> Result<Report, Problem> {
    let due = async |db: &mut _| agreements::past(db).await;
    let step = async |db: &mut _, desk, id: &_| {
        agreements::end_past(db, desk, *id).await?;
        Ok(Report { expired: 1, ..Report::default() })
    };
    worker.each(Purpose::EndAgreement, due, step).await
}

async fn remove_drafts(worker: &Worker<'_>) -> Result<Report, Problem> {
    let due = async |db: &mut _| referrals::old_drafts(db).await;
    let step = async |db: &mut _, desk, old: &Vec<_>| {
        let forgotten = referrals::remove_drafts(db, desk, old).await?;
        Ok(Report { forgotten, ..Report::default() })
    };
    worker.each(Purpose::RemoveDraft, due, step).await
}

async fn warn_of_expiry(worker: &Worker<'_>) -> Result<Report, Problem> {
    let warn = async |db: &mut _| referrals::warn_of_expiry(db).await;
    let warned = worker.pool.system(Purpose::ExpireReferral, warn).await?;
    Ok(Report { warned, ..Report::default() })
}

async fn expire_referrals(worker: &Worker<'_>) -> Result<Report, Problem> {
    let due = async |db: &mut _| referrals::overdue(db).await;
    let step = async |db: &mut _, desk, id: &_| {
        referrals::expire(db, desk, *id).await?;
        Ok(Report { lapsed: 1, ..Report::default() })
    };
    worker.each(Purpose::ExpireReferral, due, step).await
}

async fn lapse_offers(worker: &Worker<'_>) -> Result<Report, Problem> {
    let due = async |db: &mut _| offers::unanswered(db).await;
    let step = async |db: &mut _, desk, id: &_| {
        offers::lapse(db, desk, *id).await?;
        Ok(Report { unanswered: 1, ..Report::default() })
    };
    worker.each(Purpose::LapseOffers, due, step).await
}

async fn ask_after_waiting(worker: &Worker<'_>) -> Result<Report, Problem> {
    let ask = async |db: &mut _| offers::ask_after_waiting(db).await;
    let reviewed = worker.pool.system(Purpose::AskAfterWaiting, ask).await?;
    Ok(Report { reviewed, ..Report::default() })
}

async fn warn_of_deadlines(worker: &Worker<'_>) -> Result<Report, Problem> {
    let warn = async |db: &mut _| {
        let mut due = deadlines::warn_of_first_contacts(db).await?;
        for duty in &deadlines::DUTIES {
            due += deadlines::warn_of(db, duty).await?;
        }
        due += deadlines::warn_of_consents(db, ("CONSENT_EXPIRY_NOTICE", "consent_expires")).await?;
        due +=
            deadlines::warn_of_consents(db, ("CONSENT_EXPIRY_LAST_NOTICE", "consent_expires_soon")).await?;
        Ok(due)
    };
    let due = worker.pool.system(Purpose::WarnOfDeadlines, warn).await?;
    Ok(Report { due, ..Report::default() })
}

async fn ask_at_the_end(worker: &Worker<'_>) -> Result<Report, Problem> {
    let ask = async |db: &mut _| protection::ask_at_the_end(db).await;
    let asked = worker.pool.system(Purpose::AskAtTheEnd, ask).await?;
    Ok(Report { asked, ..Report::default() })
}

async fn purge(worker: &Worker<'_>) -> Result<Report, Problem> {
    let everything = async |db: &mut _| {
        let keys = queries::purge(db).await? + sessions::purge(db).await? + clients::purge(db).await?;
        Ok(keys + mail::purge(db).await?)
    };
    let purged = worker.pool.system(Purpose::Purge, everything).await?;
    Ok(Report { purged, ..Report::default() })
}
