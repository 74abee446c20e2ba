use chrono::NaiveDate;
use diesel::{
    dsl::exists,
    prelude::*,
    sql_query,
    sql_types::{BigInt, Date, Nullable},
};
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    status::{Action, Status},
    types::{
        NewOffer, Offer, OfferDecline, OfferFilter, OfferId, ReferralOffer, ShortagePeriod, ShortageReport,
    },
};
use crate::{
    access::{
        Db, Purpose, across,
        post::{self, Letter, Stage},
        today,
    },
    db::Life as _,
    domains::{
        journey::{
            conversations,
            referrals::{self, Referral, ReferralId},
            tasks,
        },
        people::persons,
    },
    events::Event,
    problem::Problem,
    rules::{DeadlineRule, Place, Rule},
    schema::{counterpart, offer, organisation},
    web::{IfMatch, Page, Window},
};

const LETTER: Letter = Letter::new("offer");

/// How many are asked at most.
const POOL: i64 = 200;

/// How much a clock does at once.
const BATCH: i64 = 200;

pub async fn list(db: &mut Db, filter: &OfferFilter, window: &Window) -> Result<Page<Offer>, Problem> {
    let mut query = Offer::query().into_boxed();
    if let Some(side) = filter.side {
        query = query.filter(offer::side.eq(side));
    }
    if let Some(status) = filter.status {
        query = query.filter(offer::status.eq(status));
    }
    if let Some(referral) = filter.referral_id {
        query = query.filter(offer::referral_id.eq(referral));
    }
    if let Some(cursor) = window.cursor {
        query = query.filter(offer::id.gt(cursor));
    }
    let rows = query.order(offer::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &Offer| row.id.into()))
}

pub async fn find(db: &mut Db, id: OfferId) -> Result<Offer, Problem> {
    Ok(Offer::query().find(id).first(db).await?)
}

/// Offers a referral to others, in codes. Whom it is about was asked before: steps 2 and 3 of the method are done.
pub async fn offer(
    db: &mut Db,
    id: ReferralId,
    version: IfMatch,
    new: &ReferralOffer,
) -> Result<Referral, Problem> {
    let offered = referrals::advance(db, id, version, referrals::Action::Offer, None).await?;
    conversations::clarified(db, id).await?;
    let recipients = recipients(db, &offered, new).await?;
    let (reply_by_on, rule) = reply_by(db, &offered, new).await?;
    let to = |counterpart_organisation_id: Uuid| NewOffer {
        counterpart_organisation_id,
        referral_id: id,
        service: &offered.service,
        kind: offered.kind,
        times: &new.times,
        reply_by_on,
        reply_rule: rule.as_ref().map(|rule| rule.code.as_str()),
        reply_rule_id: rule.as_ref().map(|rule| rule.id),
    };
    let rows: Vec<_> = recipients.into_iter().map(to).collect();
    let insert = diesel::insert_into(offer::table).values(rows).returning(offer::id);
    let made: Vec<OfferId> = insert.get_results(db).await?;
    let events = made.iter().map(|id| happened("offer.pending", *id, Some(Status::Pending)));
    Event::emit_all(db, events.collect()).await?;
    post::deliver_all(db, LETTER, made.into_iter().map(Uuid::from).collect()).await?;
    Ok(offered)
}

/// The organisations that are named, or all that could help; never the one that has asked for help itself.
async fn recipients(db: &mut Db, of: &Referral, new: &ReferralOffer) -> Result<Vec<Uuid>, Problem> {
    if new.organisation_ids.is_empty() != new.open_pool {
        return Err(Problem::unprocessable("offer_recipients_missing"));
    }
    if of.counterpart_organisation_id.is_some_and(|sender| new.organisation_ids.contains(&sender)) {
        return Err(Problem::unprocessable("offer_to_the_sender"));
    }
    if !new.open_pool {
        return Ok(new.organisation_ids.clone());
    }
    let pool = counterpart::table
        .inner_join(organisation::table.on(organisation::id.eq(counterpart::counterpart_organisation_id)))
        .filter(counterpart::status.eq("approved"))
        .filter(organisation::kind.eq_any(["volunteer_centre", "voluntary_org", "provider"]))
        .select(counterpart::counterpart_organisation_id)
        .distinct()
        .order(counterpart::counterpart_organisation_id)
        .limit(POOL);
    let mut pool: Vec<Uuid> = pool.load(db).await?;
    pool.retain(|one| Some(*one) != of.counterpart_organisation_id);
    if pool.is_empty() {
        return Err(Problem::conflict("offer_pool_is_empty"));
    }
    Ok(pool)
}

/// Until when a reply is waited for, and the rule that says so, unless somebody has.
async fn reply_by(
    db: &mut Db,
    of: &Referral,
    new: &ReferralOffer,
) -> Result<(NaiveDate, Option<Rule<DeadlineRule>>), Problem> {
    let today = today(db).await?;
    if let Some(day) = new.reply_by_on {
        let past = || Problem::unprocessable("offer_reply_in_the_past");
        return (day >= today).then_some((day, None)).ok_or_else(past);
    }
    let home = persons::home(db).await?;
    let place = Place { service: Some(&of.service), ..(&home).into() };
    let rules = db.rules();
    let due = rules.due("OFFER_REPLY", place, today);
    let (rule, due) = due.ok_or_else(|| Problem::internal("no rule for the reply to an offer"))?;
    Ok((due.due_on, Some(rule.clone())))
}

fn happened(name: &str, id: OfferId, to: Option<Status>) -> Event<'_> {
    let to_status = to.map(Status::word);
    Event { name, subject_table: "offer", subject_id: id.into(), to_status, ..Event::default() }
}

/// The first to accept has it: the referral is accepted at the desk that asked, for its sender too, and with that all other
/// offers lapse.
pub async fn accept(db: &mut Db, id: OfferId, version: IfMatch) -> Result<Offer, Problem> {
    let it = answer(db, id, version, (Action::Accept, json!({}))).await?;
    across(db, Purpose::SettleOffers, it.counterpart_organisation_id, async |db| {
        referrals::settle(db, it.referral_id, referrals::Action::OfferAccepted).await?;
        tasks::open(db, "offer_accepted", "offer", id.into()).await
    })
    .await?;
    find(db, id).await
}

/// When the last has declined, the referral is back where it was.
pub async fn decline(
    db: &mut Db,
    id: OfferId,
    version: IfMatch,
    why: &OfferDecline,
) -> Result<Offer, Problem> {
    let it = answer(db, id, version, (Action::Decline, json!({ "reason": why.reason }))).await?;
    let desk = it.counterpart_organisation_id;
    across(db, Purpose::SettleOffers, desk, async |db| come_to_nothing(db, desk, it.referral_id).await)
        .await?;
    find(db, id).await
}

/// An answer to the desk that asked. First of all it holds the referral there: of two that answer at once the second waits,
/// and then finds what has become of its offer.
async fn answer(
    db: &mut Db,
    id: OfferId,
    version: IfMatch,
    (action, changes): (Action, Value),
) -> Result<Offer, Problem> {
    let it = find(db, id).await?;
    version.check(&it)?;
    Stage { side: it.side, status: it.status }.after(action)?;
    let desk = it.counterpart_organisation_id;
    across(db, Purpose::SettleOffers, desk, async |db| referrals::hold(db, it.referral_id).await).await?;
    post::advance::<Status>(db, LETTER, id, Some(version), (action, changes)).await?;
    Ok(it)
}

/// If no offer of it waits any more and none was accepted, the referral is in clarification again, and its desk is told.
async fn come_to_nothing(db: &mut Db, desk: Uuid, referral: ReferralId) -> Result<(), Problem> {
    let open = offer::table.filter(offer::organisation_id.eq(desk).and(offer::side.eq("sent"))).filter(
        offer::referral_id.eq(referral).and(offer::status.eq_any([Status::Pending, Status::Accepted])),
    );
    if diesel::select(exists(open)).get_result(db).await? {
        return Ok(());
    }
    referrals::settle(db, referral, referrals::Action::OffersDeclined).await?;
    tasks::open(db, "offers_came_to_nothing", "referral", referral.into()).await
}

/// Lays out for who has accepted whom it is about, under a basis that covers it.
pub async fn disclose(db: &mut Db, id: OfferId, version: IfMatch) -> Result<Offer, Problem> {
    let it = find(db, id).await?;
    version.check(&it)?;
    Stage { side: it.side, status: it.status }.after(Action::Disclose)?;
    if it.disclosure_id.is_some() {
        return Err(Problem::conflict("offer_already_disclosed"));
    }
    let told = referrals::tell(db, it.referral_id, it.counterpart_organisation_id).await?;
    let seen = offer::table.find(id).filter(offer::version.eq(it.version));
    let update = diesel::update(seen).set(offer::disclosure_id.eq(Uuid::from(told)));
    let changed: Option<Offer> = update.returning(Offer::as_returning()).get_result(db).await.optional()?;
    let changed = changed.ok_or_else(|| Problem::stale(it.version + 1))?;
    happened("offer.disclosed", id, None).emit(db).await?;
    tasks::close(db, &["offer_accepted"], "offer", id.into()).await?;
    Ok(changed)
}

/// Whether another organisation has taken the referral on.
pub async fn is_accepted(db: &mut Db, referral: ReferralId) -> Result<bool, Problem> {
    let of_it = offer::referral_id.eq(referral).and(offer::side.eq("sent"));
    let accepted = offer::table.filter(of_it.and(offer::status.eq(Status::Accepted)));
    Ok(diesel::select(exists(accepted)).get_result(db).await?)
}

/// Of what the caller sees: the policies hold for it as for a list.
pub async fn shortage(db: &mut Db, period: &ShortagePeriod) -> Result<ShortageReport, Problem> {
    let query = "with told as (
            select service, status, reason, 0 as declined_here, 0 as waits from offer
                where side = 'sent' and ($1 is null or created_at >= app.midnight($1)) and ($2 is null or created_at < app.midnight($2 + 1))
            union all
            select service, null, null, 1, 0 from referral where side <> 'sent' and status = 'declined' and reason = 'no_capacity'
                and ($1 is null or status_since >= app.midnight($1)) and ($2 is null or status_since < app.midnight($2 + 1))
            union all
            select service, null, null, 0, 1 from referral where side <> 'sent' and status = 'waitlisted')
        select service, count(status) as offers, count(*) filter (where status = 'accepted') as accepted,
            count(*) filter (where status = 'declined') as declined,
            count(*) filter (where status = 'declined' and reason = 'no_capacity') as no_capacity,
            count(*) filter (where status = 'lapsed') as lapsed,
            sum(declined_here) as referrals_declined, sum(waits) as waitlisted
        from told group by service order by service limit 1000";
    let query = sql_query(query).bind::<Nullable<Date>, _>(period.from).bind::<Nullable<Date>, _>(period.to);
    Ok(ShortageReport { items: query.load(db).await? })
}

// From here on for the clocks, under their purposes: each statement names the organisation.

/// The offers, of any desk, that nobody has answered in time.
pub async fn unanswered(db: &mut Db) -> Result<Vec<(Uuid, OfferId)>, Problem> {
    let late = offer::table
        .filter(offer::side.eq("sent").and(offer::status.eq(Status::Pending)))
        .filter(offer::reply_by_on.lt(today(db).await?))
        .order(offer::reply_by_on)
        .select((offer::organisation_id, offer::id));
    Ok(late.limit(BATCH).load(db).await?)
}

/// Lets one lapse, unless it was answered in between; with the last of them the referral is in clarification again.
pub async fn lapse(db: &mut Db, desk: Uuid, id: OfferId) -> Result<(), Problem> {
    post::work_at(db, desk).await?;
    let own = offer::table.filter(offer::organisation_id.eq(desk).and(offer::id.eq(id)));
    let referral: ReferralId = own.select(offer::referral_id).first(db).await?;
    referrals::hold(db, referral).await?;
    post::advance::<Status>(db, LETTER, id, None, (Action::Lapse, json!({}))).await?;
    come_to_nothing(db, desk, referral).await
}

/// Asks the desks after those who wait and whose day of review has come: by a task, once for each day. Answers how many.
pub async fn ask_after_waiting(db: &mut Db) -> Result<usize, Problem> {
    let ask = "with late as (
            select it.organisation_id, it.id from referral as it
            where it.status = 'waitlisted' and it.side <> 'sent' and it.review_on <= $1 and not exists (
                select from task as asked
                where (asked.organisation_id, asked.subject_id, asked.kind) = (it.organisation_id, it.id, 'waitlist_review_due')
                    and asked.created_at >= it.review_on)
            order by it.review_on limit $2 for update of it skip locked)
        insert into task (organisation_id, kind, subject_table, subject_id)
            select organisation_id, 'waitlist_review_due', 'referral', id from late on conflict do nothing";
    let today = today(db).await?;
    Ok(sql_query(ask).bind::<Date, _>(today).bind::<BigInt, _>(BATCH).execute(db).await?)
}
