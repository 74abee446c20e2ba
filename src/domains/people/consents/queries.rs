use std::ops::Bound;

use chrono::{DateTime, NaiveDate, SubsecRound as _, Utc};
use diesel::{
    dsl::{exists, sql},
    prelude::*,
    sql_types::Bool,
};
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    status::{Action, Status},
    texts,
    types::{
        Consent, ConsentFilter, ConsentId, ConsentMethod, Giving, InvalidBasis, Invalidation, Kind,
        Narrowing, NewConsent, Paper, Presentation, PushedConsent, Refusal, Told, Withdrawal,
        WithdrawalPreview,
    },
};
use crate::{
    access::{
        self, Db, KeyRing,
        post::{self, Letter, Side, Stage},
    },
    db::Life as _,
    domains::{
        journey::disclosures,
        people::{
            capacity_assessments::{self, CapacityAssessment, CapacityAssessmentId, Outcome},
            legal_bases::{Basis, Cover, Given, Telling},
            persons::{self, LinkKind, PersonId},
            protection,
        },
    },
    events::Event,
    problem::Problem,
    rules::{AgeRule, Rule},
    schema::{consent, contact_form, delivery, disclosure, referral},
    web::{IfMatch, Page, Window},
};

const LETTER: Letter = Letter::new("consent");

/// How far a referral is of which nobody else knows.
const UNSENT: [&str; 2] = ["draft", "unrouted"];

type Period = (Bound<DateTime<Utc>>, Bound<DateTime<Utc>>);

/// What the newest active consent covers, if one does. Ask `legal_bases::covering` for what something may be told under.
pub async fn covering(db: &mut Db, it: &Telling) -> Result<Option<Cover>, Problem> {
    let now = diesel::dsl::now;
    let found = consent::table
        .filter(consent::organisation_id.eq(it.organisation_id).and(consent::side.eq("sent")))
        .filter(consent::subject_id.eq(Uuid::from(it.subject_id)))
        .filter(consent::counterpart_organisation_id.eq(it.counterpart_organisation_id))
        .filter(consent::status.eq("active").and(consent::valid.contains(now)))
        .filter(consent::kinds.contains(vec![it.kind.word()]))
        .order(consent::id.desc())
        .select((consent::id, consent::categories, consent::includes_updates))
        .first(db)
        .await;
    let found: Option<(ConsentId, Vec<String>, bool)> = found.optional()?;
    Ok(found.map(|(id, categories, includes_updates)| Cover {
        basis: Basis::Consent(id),
        categories,
        includes_updates,
    }))
}

pub async fn list(db: &mut Db, filter: &ConsentFilter, window: &Window) -> Result<Page<Consent>, Problem> {
    let mut query = Consent::query().into_boxed();
    if let Some(subject) = filter.subject_id {
        query = query.filter(consent::subject_id.eq(Uuid::from(subject)));
    }
    if let Some(status) = filter.status {
        query = query.filter(consent::status.eq(status));
    }
    if let Some(side) = filter.side {
        query = query.filter(consent::side.eq(side));
    }
    if let Some(referral) = filter.referral_id {
        query = query.filter(consent::referral_id.eq(referral));
    }
    if let Some(cursor) = window.cursor {
        query = query.filter(consent::id.gt(cursor));
    }
    let rows = query.order(consent::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &Consent| row.id.into()))
}

/// The consent, if the caller may see it.
pub async fn find(db: &mut Db, id: ConsentId) -> Result<Consent, Problem> {
    Ok(Consent::query().find(id).first(db).await?)
}

pub async fn insert(db: &mut Db, new: &NewConsent) -> Result<Consent, Problem> {
    let from = match new.valid_from {
        Some(from) => from,
        None => access::now(db).await?,
    };
    if let Some(about) = new.referral_id {
        check_referral(db, about, new.counterpart_organisation_id).await?;
    }
    let paper = Paper {
        counterpart_organisation_id: new.counterpart_organisation_id,
        referral_id: new.referral_id,
        purpose: new.purpose.clone(),
        kinds: new.kinds.clone(),
        categories: new.categories.clone(),
        includes_updates: new.includes_updates,
        subject_id: Some(new.subject_id),
        ..Paper::default()
    };
    draft(db, paper, period(from, new.expires_at)?).await
}

/// Refuses a referral that is not between the two: the other side would be told a consent for what it does not know.
async fn check_referral(db: &mut Db, id: Uuid, counterpart: Uuid) -> Result<(), Problem> {
    let about = referral::table.filter(referral::id.eq(id));
    let about = about.select((referral::counterpart_organisation_id, referral::status.eq_any(UNSENT)));
    let about: Option<(Option<Uuid>, bool)> = about.first(db).await.optional()?;
    match about {
        None => Err(Problem::unprocessable("consent_unknown_referral")),
        Some((Some(other), _)) if other == counterpart => Ok(()),
        Some((None, true)) => Ok(()),
        Some(_) => Err(Problem::unprocessable("consent_for_another_referral")),
    }
}

fn period(from: DateTime<Utc>, to: DateTime<Utc>) -> Result<Period, Problem> {
    // The database counts in microseconds.
    let [from, to] = [from, to].map(|at| at.trunc_subsecs(6));
    if to <= from {
        return Err(Problem::unprocessable("consent_ends_before_it_starts"));
    }
    Ok((Bound::Included(from), Bound::Excluded(to)))
}

async fn draft(db: &mut Db, paper: Paper, valid: Period) -> Result<Consent, Problem> {
    let insert = diesel::insert_into(consent::table).values((paper, consent::valid.eq(valid)));
    let made: Consent = insert.returning(Consent::as_returning()).get_result(db).await?;
    Event {
        name: "consent.drafted",
        subject_table: "consent",
        subject_id: made.id.into(),
        to_status: Some("drafted"),
        ..Event::default()
    }
    .emit(db)
    .await?;
    Ok(made)
}

/// Takes it a step further on both sides.
async fn step(
    db: &mut Db,
    id: ConsentId,
    seen: Option<IfMatch>,
    (action, changes): (Action, Value),
) -> Result<(), Problem> {
    post::advance::<Status>(db, LETTER, id, seen, (action, changes)).await?;
    Ok(())
}

/// Before it is active there is no other side: the row is locked here, and its own fields are written first.
async fn open(db: &mut Db, id: ConsentId, seen: IfMatch, action: Action) -> Result<Consent, Problem> {
    let it: Consent = Consent::query().find(id).for_no_key_update().first(db).await?;
    seen.check(&it)?;
    Stage { side: it.side, status: it.status }.after(action)?;
    Ok(it)
}

pub async fn present(
    db: &mut Db,
    id: ConsentId,
    seen: IfMatch,
    how: &Presentation,
) -> Result<Consent, Problem> {
    let it = open(db, id, seen, Action::Present).await?;
    let text = texts::text(&how.text_code, how.text_version.as_deref(), how.language)?;
    if it.includes_updates && !text.includes_updates {
        return Err(Problem::unprocessable("text_does_not_cover_updates"));
    }
    let today = access::today(db).await?;
    let asked = consent::table
        .filter(consent::subject_id.eq(it.subject_id.map(Uuid::from)))
        .filter(consent::counterpart_organisation_id.eq(it.counterpart_organisation_id))
        .filter(consent::purpose.eq(&it.purpose).and(consent::status.eq(Status::Refused)))
        .filter(consent::ask_again_from.gt(today));
    if diesel::select(exists(asked)).get_result(db).await? {
        return Err(Problem::conflict("asked_too_soon"));
    }
    let shown = (
        consent::text_code.eq(&text.code),
        consent::text_version.eq(&text.version),
        consent::text_language.eq(text.language),
        consent::text_form.eq(how.form),
        consent::text_sha256.eq(text.sha256()),
    );
    diesel::update(consent::table.find(id)).set(shown).execute(db).await?;
    step(db, id, None, (Action::Present, json!({}))).await?;
    find(db, id).await
}

pub async fn give(
    db: &mut Db,
    ring: &KeyRing,
    id: ConsentId,
    seen: IfMatch,
    giving: &Giving,
) -> Result<Consent, Problem> {
    let it = open(db, id, seen, Action::Give).await?;
    let now = access::now(db).await?;
    if it.expires_at <= now {
        return Err(Problem::conflict("period_is_over"));
    }
    check_witness(giving.method, giving.witness.as_deref())?;
    let subject = it.subject_id.ok_or_else(Problem::not_found)?;
    let age = age(db, ring, subject, crate::day::of(now)).await?;
    let child = age.as_ref().is_some_and(|(_, is_reached)| !is_reached);
    let (basis, assessment) = basis(db, &it, giving, child, crate::day::of(now)).await?;
    let rule = age.map(|(rule, _)| rule);
    let given = (
        consent::given_by_id.eq(Uuid::from(giving.given_by_id)),
        consent::capacity_basis.eq(basis),
        consent::capacity_rule.eq(rule.as_ref().map(|rule| rule.code.as_str())),
        consent::capacity_rule_id.eq(rule.as_ref().map(|rule| rule.id)),
        consent::capacity_assessment_id.eq(assessment.map(Uuid::from)),
        consent::method.eq(giving.method),
        consent::witness.eq(&giving.witness),
        consent::evidence_reference.eq(&giving.evidence_reference),
        consent::evidence_sha256.eq(&giving.evidence_sha256),
    );
    diesel::update(consent::table.find(id)).set(given).execute(db).await?;
    step(db, id, None, (Action::Give, json!({}))).await?;
    take_effect(db, id).await
}

fn check_witness(method: ConsentMethod, witness: Option<&str>) -> Result<(), Problem> {
    match (method, witness) {
        (ConsentMethod::RecordedOral, None) => Err(Problem::unprocessable("witness_missing")),
        _ => Ok(()),
    }
}

/// Why the giver may give it: the person's own capacity, or the right of a link.
async fn basis(
    db: &mut Db,
    it: &Consent,
    giving: &Giving,
    child: bool,
    today: NaiveDate,
) -> Result<(&'static str, Option<CapacityAssessmentId>), Problem> {
    let subject = it.subject_id.ok_or_else(Problem::not_found)?;
    let may_not = || Problem::unprocessable("giver_may_not_consent");
    let not_assessed = || Problem::unprocessable("capacity_not_assessed");
    let newest = capacity_assessments::latest(db, subject, today).await?;
    if giving.capacity_assessment_id.is_some()
        && giving.capacity_assessment_id != newest.as_ref().map(|newest| newest.id)
    {
        return Err(not_assessed());
    }
    if giving.given_by_id == subject {
        if child {
            return Err(may_not());
        }
        let enough = newest.filter(|newest| is_enough(newest, &it.kinds));
        return enough.map(|it| ("self", Some(it.id))).ok_or_else(not_assessed);
    }
    let link = persons::representation(db, subject, giving.given_by_id, today).await?;
    let (link, has_basis) = link.ok_or_else(may_not)?;
    let appointed = [LinkKind::Custodian, LinkKind::Guardian, LinkKind::GodMan, LinkKind::Verge];
    if child && link != LinkKind::Parent && !appointed.contains(&link) {
        return Err(may_not());
    }
    if !child {
        match &newest {
            // Who can answer answers themselves.
            Some(newest) if is_enough(newest, &it.kinds) => return Err(may_not()),
            // Without a mandate, a relative speaks only for somebody who is known not to be able to.
            None if !has_basis && link != LinkKind::Proxy && !appointed.contains(&link) => {
                return Err(not_assessed());
            }
            _ => {}
        }
    }
    Ok((link.word(), newest.filter(|_| !child).map(|newest| newest.id)))
}

/// The age from which somebody decides for themselves, and whether they have reached it; none if theirs is not known.
async fn age(
    db: &mut Db,
    ring: &KeyRing,
    subject: PersonId,
    today: NaiveDate,
) -> Result<Option<(Rule<AgeRule>, bool)>, Problem> {
    let home = persons::home(db).await?;
    let birth = protection::birth_on(db, ring, subject).await?;
    let rules = db.rules();
    let rule = rules.age("SELF_CONSENT", &home, today);
    Ok(rule.zip(birth).map(|(rule, birth)| (rule.clone(), rule.is_reached(birth, today))))
}

/// Whether somebody assessed like this can answer all of these questions.
fn is_enough(it: &CapacityAssessment, kinds: &[Kind]) -> bool {
    match it.result {
        Outcome::Has => true,
        Outcome::Partial => kinds.iter().all(|kind| it.covers.contains(kind)),
        Outcome::Lacks => false,
    }
}

/// The other side learns of it, unless the referral that it belongs to is still here alone; and what waited is queued.
async fn take_effect(db: &mut Db, id: ConsentId) -> Result<Consent, Problem> {
    let it = find(db, id).await?;
    let drafted = referral::table.filter(referral::id.nullable().eq(it.referral_id));
    let drafted = drafted.filter(referral::status.eq_any(UNSENT));
    if !diesel::select(exists(drafted)).get_result(db).await? {
        deliver(db, id).await?;
    }
    let desk = persons::home(db).await?.id;
    let given = Given {
        organisation_id: desk,
        subject_id: it.subject_id.ok_or_else(Problem::not_found)?,
        counterpart_organisation_id: it.counterpart_organisation_id,
        basis: Basis::Consent(id),
        kinds: it.kinds,
        categories: it.categories,
    };
    disclosures::basis_given(db, &given).await?;
    find(db, id).await
}

/// Lays an active consent on the other side's desk; once.
pub async fn deliver(db: &mut Db, id: ConsentId) -> Result<(), Problem> {
    post::deliver(db, LETTER, id).await
}

pub async fn refuse(
    db: &mut Db,
    id: ConsentId,
    seen: IfMatch,
    refusal: &Refusal,
) -> Result<Consent, Problem> {
    open(db, id, seen, Action::Refuse).await?;
    let update = diesel::update(consent::table.find(id));
    update.set(consent::ask_again_from.eq(refusal.ask_again_from)).execute(db).await?;
    step(db, id, None, (Action::Refuse, json!({}))).await?;
    find(db, id).await
}

/// Ends it on both sides; why, only this side keeps.
async fn end(
    db: &mut Db,
    id: ConsentId,
    seen: IfMatch,
    (action, reason): (Action, Option<&str>),
) -> Result<Consent, Problem> {
    let it = find(db, id).await?;
    let ended = ended(db, it.side).await?;
    step(db, id, Some(seen), (action, ended)).await?;
    if reason.is_some() {
        diesel::update(consent::table.find(id)).set(consent::reason.eq(reason)).execute(db).await?;
    }
    find(db, id).await
}

async fn ended(db: &mut Db, side: Side) -> Result<Value, Problem> {
    let by = if side == Side::Received { "recipient" } else { "sender" };
    Ok(json!({ "ended_by": by, "ended_at": access::now(db).await? }))
}

pub async fn withdraw(
    db: &mut Db,
    id: ConsentId,
    seen: IfMatch,
    how: &Withdrawal,
) -> Result<Consent, Problem> {
    let withdrawn = end(db, id, seen, (Action::Withdraw, how.told_how.map(|how| how.word()))).await?;
    // The other side has to know that nothing more comes, or may be sent.
    post::leave_task(db, LETTER, id, "consent_withdrawn").await?;
    Ok(withdrawn)
}

pub async fn invalidate(
    db: &mut Db,
    id: ConsentId,
    seen: IfMatch,
    why: &Invalidation,
) -> Result<Consent, Problem> {
    end(db, id, seen, (Action::Invalidate, Some(why.basis.word()))).await
}

pub async fn lapse(db: &mut Db, id: ConsentId, seen: IfMatch) -> Result<Consent, Problem> {
    find(db, id).await?;
    step(db, id, Some(seen), (Action::CapacityLapsed, json!({}))).await?;
    find(db, id).await
}

pub async fn reassess(db: &mut Db, id: ConsentId, seen: IfMatch) -> Result<Consent, Problem> {
    let it = find(db, id).await?;
    seen.check(&it)?;
    Stage { side: it.side, status: it.status }.after(Action::Reassess)?;
    let subject = it.subject_id.ok_or_else(Problem::not_found)?;
    let today = access::today(db).await?;
    let newest = capacity_assessments::latest(db, subject, today).await?;
    let holds = match it.given_by_id.filter(|giver| *giver != subject) {
        Some(giver) => persons::may_consent(db, subject, giver, today).await?,
        None => {
            let newest = newest.ok_or_else(|| Problem::unprocessable("capacity_not_assessed"))?;
            is_enough(&newest, &it.kinds)
        }
    };
    if !holds {
        let why = InvalidBasis::LackedCapacity.word();
        return end(db, id, seen, (Action::Invalidate, Some(why))).await;
    }
    step(db, id, Some(seen), (Action::Reassess, json!({}))).await?;
    take_effect(db, id).await
}

pub async fn narrow(db: &mut Db, id: ConsentId, seen: IfMatch, to: &Narrowing) -> Result<Consent, Problem> {
    let it = find(db, id).await?;
    seen.check(&it)?;
    if to.kinds.is_none() && to.categories.is_none() && to.expires_at.is_none() {
        return Err(Problem::unprocessable("nothing_to_change"));
    }
    let wider = to.kinds.iter().flatten().any(|kind| !it.kinds.contains(kind))
        || to.categories.iter().flatten().any(|category| !it.categories.contains(category))
        || to.expires_at.is_some_and(|end| end > it.expires_at);
    if wider {
        return Err(Problem::unprocessable("widening_needs_asking"));
    }
    let valid = period(it.valid_from, to.expires_at.unwrap_or(it.expires_at))?;
    let ended = ended(db, it.side).await?;
    step(db, id, Some(seen), (Action::Narrow, ended)).await?;
    let before: Paper = consent::table.find(id).select(Paper::as_select()).first(db).await?;
    let paper = Paper {
        kinds: to.kinds.clone().unwrap_or(it.kinds),
        categories: to.categories.clone().unwrap_or(it.categories),
        replaces_id: Some(id),
        ..before
    };
    let made = draft(db, paper, valid).await?;
    activate(db, made.id).await?;
    take_effect(db, made.id).await
}

async fn activate(db: &mut Db, id: ConsentId) -> Result<(), Problem> {
    step(db, id, None, (Action::Present, json!({}))).await?;
    step(db, id, None, (Action::Give, json!({}))).await
}

/// A consent that another system has obtained: drafted, presented and given in one go, on its evidence. The other side
/// learns of it with the referral.
pub async fn record_pushed(db: &mut Db, pushed: &PushedConsent) -> Result<Consent, Problem> {
    check_witness(pushed.method, pushed.witness.as_deref())?;
    let giver = pushed.given_by_id.unwrap_or(pushed.subject_id);
    let paper = Paper {
        counterpart_organisation_id: pushed.counterpart_organisation_id,
        referral_id: pushed.referral_id,
        purpose: pushed.purpose.clone(),
        kinds: pushed.kinds.clone(),
        categories: pushed.categories.clone(),
        includes_updates: pushed.includes_updates,
        subject_id: Some(pushed.subject_id),
        given_by_id: Some(giver),
        capacity_basis: Some(if giver == pushed.subject_id { "self" } else { "other" }.into()),
        method: Some(pushed.method),
        witness: pushed.witness.clone(),
        evidence_reference: Some(pushed.evidence_reference.clone()),
        evidence_sha256: Some(pushed.evidence_sha256.clone()),
        text_code: Some(pushed.text_code.clone()),
        text_version: Some(pushed.text_version.clone()),
        text_language: Some(pushed.text_language),
        text_sha256: Some(pushed.evidence_sha256.clone()),
        ..Paper::default()
    };
    let made = draft(db, paper, period(pushed.valid_from, pushed.expires_at)?).await?;
    activate(db, made.id).await?;
    find(db, made.id).await
}

/// Lets one expire that is past its time. For the worker.
pub async fn expire(db: &mut Db, desk: Uuid, id: ConsentId) -> Result<(), Problem> {
    post::work_at(db, desk).await?;
    let ended = json!({ "ended_by": "clock", "ended_at": access::now(db).await? });
    step(db, id, None, (Action::Expire, ended)).await
}

/// What is past its time, at any desk: desk and consent. For the worker.
pub async fn past(db: &mut Db) -> Result<Vec<(Uuid, ConsentId)>, Problem> {
    let past = consent::table
        .filter(consent::side.eq("sent").and(consent::status.eq_any(["active", "suspended"])))
        .filter(sql::<Bool>("upper(valid) <= app.now()"));
    Ok(past.select((consent::organisation_id, consent::id)).limit(post::ROUND).load(db).await?)
}

pub async fn preview(db: &mut Db, id: ConsentId) -> Result<WithdrawalPreview, Problem> {
    let it = find(db, id).await?;
    let of = disclosure::table.filter(disclosure::consent_id.eq(Uuid::from(id))).select(Told::as_select());
    let stops = of.filter(disclosure::status.eq_any(["queued", "blocked"])).order(disclosure::id.desc());
    let stops: Vec<Told> = stops.limit(200).load(db).await?;
    let sent: Vec<Told> = if it.side == Side::Received {
        let of = delivery::table.filter(delivery::consent_id.eq(Uuid::from(id))).order(delivery::id.desc());
        let told =
            (delivery::id, delivery::kind, delivery::number, delivery::status, delivery::sent_at.nullable());
        of.select(told).limit(200).load(db).await?
    } else {
        let of = of.filter(disclosure::sent_at.is_not_null()).order(disclosure::id.desc());
        of.limit(200).load(db).await?
    };
    let forms = contact_form::table
        .filter(contact_form::person_id.nullable().eq(it.subject_id.map(Uuid::from)))
        .filter(contact_form::status.eq("active"))
        .order(contact_form::id)
        .select(contact_form::id);
    let contact_form_ids =
        if it.kinds.contains(&Kind::ContactForm) { forms.limit(200).load(db).await? } else { Vec::new() };
    let kept = |told: &&Told| matches!(told.status.as_str(), "received" | "archived");
    let country = persons::home(db).await?.country;
    let today = access::today(db).await?;
    let rules = db.rules();
    let law = rules.reference("ARCHIVE_DUTY", country, today);
    Ok(WithdrawalPreview {
        id,
        subject_id: it.subject_id,
        stops,
        contact_form_ids,
        kept_ids: sent.iter().filter(kept).map(|told| told.id).collect(),
        sent,
        kept_because: law.map(|law| law.text.clone()),
        kept_under: law.map(|law| law.source.clone()),
    })
}
