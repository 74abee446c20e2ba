use std::ops::Bound;

use chrono::{DateTime, SubsecRound as _, Utc};
use diesel::{
    dsl::{exists, not, sql},
    prelude::*,
    sql_types::Bool,
};
use diesel_async::RunQueryDsl;
use serde_json::json;
use uuid::Uuid;

use super::{
    status::{Action, Status},
    types::{
        Basis, Cover, Decision, Ending, Given, LegalBasis, LegalBasisFilter, LegalBasisId, NewLegalBasis,
        Telling,
    },
};
use crate::{
    access::{
        self, Db,
        post::{self, Letter},
    },
    day,
    domains::{
        journey::{disclosures, referrals, tasks},
        people::{consents, persons},
    },
    events::Event,
    problem::Problem,
    rules::{LegalBasisRule, Rule},
    schema::{consent, legal_basis, organisation, referral},
    web::{IfMatch, Page, Window},
};

const LETTER: Letter = Letter::new("legal_basis");

/// What something may be told under now: the newest consent that covers it, else the newest legal basis. One that was
/// decided before the person withdrew a consent to the same does not cover it any more: that would undo the withdrawal.
pub async fn covering(db: &mut Db, it: &Telling) -> Result<Option<Cover>, Problem> {
    if it.legal_basis_id.is_none()
        && let Some(cover) = consents::covering(db, it).await?
    {
        return Ok(Some(cover));
    }
    let withdrawn = consent::table
        .filter(consent::organisation_id.eq(legal_basis::organisation_id).and(consent::side.eq("sent")))
        .filter(consent::subject_id.eq(legal_basis::subject_id))
        .filter(consent::counterpart_organisation_id.eq(legal_basis::counterpart_organisation_id))
        .filter(consent::kinds.contains(vec![it.kind.word()]).and(consent::status.eq("withdrawn")))
        .filter(consent::ended_at.ge(legal_basis::created_at.nullable()));
    let mut query = legal_basis::table
        .filter(legal_basis::organisation_id.eq(it.organisation_id).and(legal_basis::side.eq("sent")))
        .filter(legal_basis::subject_id.eq(Uuid::from(it.subject_id)))
        .filter(legal_basis::counterpart_organisation_id.eq(it.counterpart_organisation_id))
        .filter(legal_basis::status.eq(Status::Active).and(legal_basis::valid.contains(diesel::dsl::now)))
        .filter(legal_basis::kinds.contains(vec![it.kind.word()]).and(not(exists(withdrawn))))
        .order(legal_basis::id.desc())
        .select((legal_basis::id, legal_basis::categories, legal_basis::includes_updates))
        .into_boxed();
    if let Some(named) = it.legal_basis_id {
        query = query.filter(legal_basis::id.eq(named));
    }
    let found: Option<(LegalBasisId, Vec<String>, bool)> = query.first(db).await.optional()?;
    Ok(found.map(|(id, categories, includes_updates)| Cover {
        basis: Basis::Legal(id),
        categories,
        includes_updates,
    }))
}

/// Lays an active basis on the other side's desk; once.
pub async fn deliver(db: &mut Db, basis: Basis) -> Result<(), Problem> {
    match basis {
        Basis::Consent(id) => consents::deliver(db, id).await,
        Basis::Legal(id) => post::deliver(db, LETTER, id).await,
    }
}

pub async fn list(
    db: &mut Db,
    filter: &LegalBasisFilter,
    window: &Window,
) -> Result<Page<LegalBasis>, Problem> {
    let mut query = LegalBasis::query().into_boxed();
    if let Some(subject) = filter.subject_id {
        query = query.filter(legal_basis::subject_id.eq(Uuid::from(subject)));
    }
    if let Some(status) = filter.status {
        query = query.filter(legal_basis::status.eq(status));
    }
    if let Some(side) = filter.side {
        query = query.filter(legal_basis::side.eq(side));
    }
    if let Some(referral) = filter.referral_id {
        query = query.filter(legal_basis::referral_id.eq(referral));
    }
    if let Some(cursor) = window.cursor {
        query = query.filter(legal_basis::id.gt(cursor));
    }
    let rows = query.order(legal_basis::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &LegalBasis| row.id.into()))
}

pub async fn find(db: &mut Db, id: LegalBasisId) -> Result<LegalBasis, Problem> {
    Ok(LegalBasis::query().find(id).first(db).await?)
}

pub async fn insert(db: &mut Db, new: &NewLegalBasis) -> Result<LegalBasis, Problem> {
    let now = access::now(db).await?;
    let from = new.valid_from.unwrap_or(now);
    // The database counts in microseconds.
    let to = new.expires_at.trunc_subsecs(6);
    if to <= from.max(now) {
        return Err(Problem::unprocessable("legal_basis_ends_before_it_starts"));
    }
    persons::check_known(db, new.subject_id, "legal_basis_unknown_person").await?;
    if let Some(named) = new.referral_id {
        referrals::is_about(db, named.into(), new.subject_id, "legal_basis_unknown_referral").await?;
    }
    let rule = rule(db, &new.rule, now).await?;
    let decision = Decision {
        counterpart_organisation_id: new.counterpart_organisation_id,
        referral_id: new.referral_id,
        rule: &rule.code,
        rule_id: rule.id,
        statute: &rule.statute,
        section: &rule.section,
        purpose: &new.purpose,
        kinds: &new.kinds,
        categories: &new.categories,
        includes_updates: new.includes_updates,
        subject_id: new.subject_id,
        reason: &new.reason,
    };
    let valid = (Bound::Included(from), Bound::Excluded(to));
    let insert = diesel::insert_into(legal_basis::table).values((decision, legal_basis::valid.eq(valid)));
    let made: LegalBasis = insert.returning(LegalBasis::as_returning()).get_result(db).await?;
    check(db, &rule, &made).await?;
    let name = "legal_basis.active";
    let (subject_table, subject_id) = ("legal_basis", made.id.into());
    let to_status = Some(Status::Active.word());
    Event { name, subject_table, subject_id, to_status, ..Event::default() }.emit(db).await?;
    take_effect(db, &made).await?;
    find(db, made.id).await
}

async fn rule(db: &mut Db, code: &str, now: DateTime<Utc>) -> Result<Rule<LegalBasisRule>, Problem> {
    let country = persons::home(db).await?.country;
    let rules = db.rules();
    let known: Vec<_> = rules.legal_bases(country, day::of(now)).collect();
    known.iter().find(|rule| rule.code == code).copied().cloned().ok_or_else(|| {
        let codes: Vec<_> = known.iter().map(|rule| rule.code.as_str()).collect();
        Problem::unprocessable("legal_basis_unknown_rule").with("codes", codes.join(", "))
    })
}

/// Whether the rule lets this role decide, and lets this be told. Who decided is what the database wrote down.
async fn check(db: &mut Db, rule: &LegalBasisRule, made: &LegalBasis) -> Result<(), Problem> {
    if !made.decided_by_role.as_ref().is_some_and(|role| rule.decided_by.contains(role)) {
        return Err(Problem::unprocessable("legal_basis_decided_by_another_role")
            .with("roles", rule.decided_by.join(", ")));
    }
    let ours = persons::home(db).await?.id;
    let theirs = organisation::table.find(made.counterpart_organisation_id);
    let ours = organisation::table.find(ours).select(organisation::kind).first::<String>(db).await?;
    let theirs = theirs.select(organisation::kind).first::<String>(db).await?;
    let covers = rule.senders.contains(&ours)
        && rule.recipients.contains(&theirs)
        && made.kinds.iter().all(|kind| rule.kinds.iter().any(|word| word == kind.word()))
        && made.categories.iter().all(|category| rule.categories.iter().any(|word| word == category.word()));
    if !covers {
        return Err(Problem::unprocessable("legal_basis_does_not_cover"));
    }
    Ok(())
}

/// The other side learns of it, unless the referral that it belongs to is still a draft; what waited is queued; and the
/// person is to be told.
async fn take_effect(db: &mut Db, it: &LegalBasis) -> Result<(), Problem> {
    let drafted = referral::table.filter(referral::id.nullable().eq(it.referral_id));
    let drafted = drafted.filter(referral::status.eq("draft"));
    if !diesel::select(exists(drafted)).get_result(db).await? {
        deliver(db, Basis::Legal(it.id)).await?;
    }
    let desk = persons::home(db).await?.id;
    let given = Given {
        organisation_id: desk,
        subject_id: it.subject_id.ok_or_else(Problem::not_found)?,
        counterpart_organisation_id: it.counterpart_organisation_id,
        basis: Basis::Legal(it.id),
        kinds: it.kinds.clone(),
        categories: it.categories.clone(),
    };
    disclosures::basis_given(db, &given).await?;
    tasks::open(db, "tell_person_of_legal_basis", "legal_basis", it.id.into()).await
}

/// Ends it on both sides; why, only this side keeps.
pub async fn end(db: &mut Db, id: LegalBasisId, seen: IfMatch, why: &Ending) -> Result<LegalBasis, Problem> {
    find(db, id).await?;
    let ended = json!({ "ended_at": access::now(db).await? });
    post::advance::<Status>(db, LETTER, id, Some(seen), (Action::End, ended)).await?;
    let update = diesel::update(legal_basis::table.find(id));
    update.set(legal_basis::end_reason.eq(Some(&why.reason))).execute(db).await?;
    find(db, id).await
}

/// Lets one expire that is past its time. For the worker.
pub async fn expire(db: &mut Db, desk: Uuid, id: LegalBasisId) -> Result<(), Problem> {
    post::work_at(db, desk).await?;
    let ended = json!({ "ended_at": access::now(db).await? });
    post::advance::<Status>(db, LETTER, id, None, (Action::Expire, ended)).await.map(|_| ())
}

/// What is past its time, at any desk: desk and legal basis. For the worker.
pub async fn past(db: &mut Db) -> Result<Vec<(Uuid, LegalBasisId)>, Problem> {
    let past = legal_basis::table
        .filter(legal_basis::side.eq("sent").and(legal_basis::status.eq(Status::Active)))
        .filter(sql::<Bool>("upper(valid) <= app.now()"));
    Ok(past.select((legal_basis::organisation_id, legal_basis::id)).limit(post::ROUND).load(db).await?)
}
