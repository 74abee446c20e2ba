use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    methods::{Method, Methods},
    status::{Action, Status},
    types::{
        AgreementEndReason, CollaborationAgreement, CollaborationAgreementFilter, CollaborationAgreementId,
        NewCollaborationAgreement, Readiness, SuspensionReason,
    },
};
use crate::{
    access::{
        Db, now, own_organisation,
        post::{self, Letter, Side},
        today,
    },
    domains::house::organisations::Kind,
    events::Event,
    problem::{Flaw, Problem},
    schema::{collaboration_agreement, organisation, referral},
    web::{IfMatch, Page, Window},
};

const LETTER: Letter = Letter::new("collaboration_agreement");

pub async fn list(
    db: &mut Db,
    filter: &CollaborationAgreementFilter,
    window: &Window,
) -> Result<Page<CollaborationAgreement>, Problem> {
    let mut query = CollaborationAgreement::query().into_boxed();
    if let Some(status) = filter.status {
        query = query.filter(collaboration_agreement::status.eq(status));
    }
    if let Some(cursor) = window.cursor {
        query = query.filter(collaboration_agreement::id.gt(cursor));
    }
    let rows = query.order(collaboration_agreement::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &CollaborationAgreement| row.id.into()))
}

pub async fn find(db: &mut Db, id: CollaborationAgreementId) -> Result<CollaborationAgreement, Problem> {
    Ok(CollaborationAgreement::query().find(id).first(db).await?)
}

pub async fn insert(db: &mut Db, new: &NewCollaborationAgreement) -> Result<CollaborationAgreement, Problem> {
    if Methods::all().find(&new.method).is_none() {
        let flaw = Flaw::new("/method", "wrong_value");
        return Err(Problem::unprocessable("agreement_unknown_method").at(vec![flaw]));
    }
    post::check_counterpart(db, new.counterpart_organisation_id.into()).await?;
    check_kinds(db, new.counterpart_organisation_id.into()).await?;
    let insert = diesel::insert_into(collaboration_agreement::table).values(new);
    let made = insert.returning(CollaborationAgreement::as_returning()).get_result(db).await?;
    let (name, subject_table) = ("collaboration_agreement.draft", "collaboration_agreement");
    let to_status = Some(Status::Draft.word());
    Event { name, subject_table, subject_id: made.id.into(), to_status, ..Event::default() }.emit(db).await?;
    post::deliver(db, LETTER, made.id).await?;
    Ok(made)
}

/// The method by which a referral goes: the one that the two had together when it was submitted, also while it rested. What is agreed on
/// or ended later changes nothing for it.
pub async fn method_of(db: &mut Db, id: Uuid) -> Result<&'static Method, Problem> {
    let both = collaboration_agreement::counterpart_organisation_id
        .nullable()
        .eq(referral::counterpart_organisation_id);
    let begun = collaboration_agreement::activated_at.le(referral::submitted_at);
    let lasts = collaboration_agreement::ended_at.is_null();
    let lasts = lasts.or(collaboration_agreement::ended_at.gt(referral::submitted_at).assume_not_null());
    let agreed = collaboration_agreement::table
        .inner_join(referral::table.on(both))
        .filter(referral::id.eq(id).and(begun.assume_not_null()).and(lasts))
        .order(collaboration_agreement::activated_at.desc())
        .select(collaboration_agreement::method);
    let agreed: Option<String> = agreed.first(db).await.optional()?;
    Methods::all()
        .agreed(agreed.as_deref())
        .ok_or_else(|| Problem::internal("a method is not in data/methods.toml"))
}

/// A municipality on one side, volunteers on the other.
async fn check_kinds(db: &mut Db, other: Uuid) -> Result<(), Problem> {
    let both =
        organisation::table.filter(organisation::id.eq(own_organisation()).or(organisation::id.eq(other)));
    let kinds: Vec<Kind> = both.select(organisation::kind).load(db).await?;
    let volunteers = |kind: &Kind| matches!(kind, Kind::VolunteerCentre | Kind::VoluntaryOrganisation);
    if kinds.contains(&Kind::Municipality) && kinds.iter().any(volunteers) {
        return Ok(());
    }
    Err(Problem::unprocessable("agreement_needs_municipality_and_centre"))
}

/// One step on both sides; `find` comes first, since the post does not ask what the caller may see.
async fn step(
    db: &mut Db,
    id: CollaborationAgreementId,
    version: IfMatch,
    step: (Action, Value),
) -> Result<CollaborationAgreement, Problem> {
    post::advance::<Status>(db, LETTER, id, Some(version), step).await?;
    find(db, id).await
}

pub async fn set_readiness(
    db: &mut Db,
    id: CollaborationAgreementId,
    version: IfMatch,
    it: &Readiness,
) -> Result<CollaborationAgreement, Problem> {
    let found = find(db, id).await?;
    if !found.readiness.iter().any(|known| known.item == it.item) {
        let flaw = Flaw::new("/item", "wrong_value");
        return Err(Problem::unprocessable("agreement_unknown_item").at(vec![flaw]));
    }
    let mut ready = found.ready;
    ready.retain(|item| *item != it.item);
    if it.is_ready {
        ready.push(it.item.clone());
    }
    step(db, id, version, (Action::SetReadiness, json!({ "ready": ready }))).await
}

pub async fn accept(
    db: &mut Db,
    id: CollaborationAgreementId,
    version: IfMatch,
) -> Result<CollaborationAgreement, Problem> {
    let found = find(db, id).await?;
    // Whoever says it again has said it when they said it first.
    let at = now(db).await?;
    let accepted = match found.side {
        Side::Received => json!({ "recipient_accepted_at": found.recipient_accepted_at.unwrap_or(at) }),
        _ => json!({ "sender_accepted_at": found.sender_accepted_at.unwrap_or(at) }),
    };
    step(db, id, version, (Action::Accept, accepted)).await
}

pub async fn activate(
    db: &mut Db,
    id: CollaborationAgreementId,
    version: IfMatch,
) -> Result<CollaborationAgreement, Problem> {
    find(db, id).await?;
    let at = now(db).await?;
    let active = step(db, id, version, (Action::Activate, json!({ "activated_at": at }))).await?;
    check_ready(db, active).await
}

pub async fn suspend(
    db: &mut Db,
    id: CollaborationAgreementId,
    version: IfMatch,
    why: SuspensionReason,
) -> Result<CollaborationAgreement, Problem> {
    find(db, id).await?;
    step(db, id, version, (Action::Suspend, json!({ "reason": why }))).await
}

pub async fn resume(
    db: &mut Db,
    id: CollaborationAgreementId,
    version: IfMatch,
) -> Result<CollaborationAgreement, Problem> {
    find(db, id).await?;
    let active = step(db, id, version, (Action::Resume, json!({ "reason": null }))).await?;
    check_ready(db, active).await
}

pub async fn end(
    db: &mut Db,
    id: CollaborationAgreementId,
    version: IfMatch,
    why: AgreementEndReason,
) -> Result<CollaborationAgreement, Problem> {
    find(db, id).await?;
    let at = now(db).await?;
    step(db, id, version, (Action::End, json!({ "reason": why, "ended_at": at }))).await
}

/// What a method needs before it is used.
async fn check_ready(db: &mut Db, it: CollaborationAgreement) -> Result<CollaborationAgreement, Problem> {
    let missing = it.readiness.iter().filter(|item| !item.is_ready);
    let missing: Vec<&str> = missing.map(|item| item.item.as_str()).collect();
    if !missing.is_empty() {
        let flaws = missing.iter().map(|item| Flaw::new(format!("/readiness/{item}"), "missing")).collect();
        let problem = Problem::conflict("agreement_not_ready").with("missing", missing.join(", "));
        return Err(problem.at(flaws));
    }
    if it.sender_accepted_at.is_none() || it.recipient_accepted_at.is_none() {
        return Err(Problem::conflict("agreement_not_accepted"));
    }
    let today = today(db).await?;
    if it.valid_from > today || it.valid_to.is_some_and(|end| end <= today) {
        return Err(Problem::conflict("agreement_outside_its_period"));
    }
    Ok(it)
}

/// Those whose period is over, at the desks that drafted them. For the clock.
pub async fn past(db: &mut Db) -> Result<Vec<(Uuid, CollaborationAgreementId)>, Problem> {
    let past = collaboration_agreement::table
        .filter(collaboration_agreement::side.eq("sent"))
        .filter(collaboration_agreement::status.ne(Status::Ended))
        .filter(collaboration_agreement::valid_to.le(today(db).await?));
    let past = past.select((collaboration_agreement::organisation_id, collaboration_agreement::id));
    Ok(past.limit(post::ROUND).load(db).await?)
}

/// Ends one whose period is over. For the clock.
pub async fn end_past(db: &mut Db, desk: Uuid, id: CollaborationAgreementId) -> Result<(), Problem> {
    post::work_at(db, desk).await?;
    let over = json!({ "reason": AgreementEndReason::PeriodOver, "ended_at": now(db).await? });
    post::advance::<Status>(db, LETTER, id, None, (Action::End, over)).await?;
    Ok(())
}
