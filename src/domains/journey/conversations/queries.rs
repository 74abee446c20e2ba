use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::types::{
    Clarification, ClarificationId, Conversation, ConversationId, ConversationPatch, Decision,
    HeldConversation, NewClarification, NewConversation, OfReferral, TargetGroup,
};
use crate::{
    access::{Db, now, today},
    domains::{
        house::agreements,
        journey::referrals::{self, ReferralId},
        people::{
            persons::{self, PersonId},
            protection,
        },
    },
    events::Event,
    problem::{Flaw, Problem},
    rules::Hidden,
    schema::{clarification, conversation},
    web::{IfMatch, Page, Window},
};

pub async fn list(db: &mut Db, of: &OfReferral, window: &Window) -> Result<Page<Conversation>, Problem> {
    let mut query = Conversation::query().into_boxed();
    if let Some(referral) = of.referral_id {
        query = query.filter(conversation::referral_id.eq(referral));
    }
    if let Some(cursor) = window.cursor {
        query = query.filter(conversation::id.gt(cursor));
    }
    let rows = query.order(conversation::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &Conversation| row.id.into()))
}

pub async fn find(db: &mut Db, id: ConversationId) -> Result<Conversation, Problem> {
    Ok(Conversation::query().find(id).first(db).await?)
}

pub async fn insert(db: &mut Db, new: &NewConversation) -> Result<Conversation, Problem> {
    let stands =
        referrals::is_about(db, new.referral_id, new.person_id, "conversation_unknown_referral").await?;
    goes_on(stands)?;
    if new.place.is_some() {
        check_place(db, new.person_id).await?;
    }
    let step = step(db, new).await?;
    let insert = diesel::insert_into(conversation::table).values((new, conversation::step.eq(step)));
    let made: Conversation = insert.returning(Conversation::as_returning()).get_result(db).await?;
    happened(db, "conversation.created", "conversation", made.id.into()).await?;
    Ok(made)
}

/// Refuses (409) what comes after the end.
fn goes_on(stands: referrals::Status) -> Result<(), Problem> {
    if stands.is_terminal() { Err(Problem::conflict("referral_has_ended")) } else { Ok(()) }
}

/// The step that a conversation is to be: as is said, or the next.
async fn step(db: &mut Db, new: &NewConversation) -> Result<&'static str, Problem> {
    let (all, missing) = steps(db, new.referral_id).await?;
    let step = match &new.step {
        Some(said) => all.iter().find(|step| *step == said),
        None => missing.as_slice().first().or(all.as_slice().last()),
    };
    let unknown =
        || Problem::unprocessable("conversation_unknown_step").at(vec![Flaw::new("/step", "wrong_value")]);
    step.copied().ok_or_else(unknown)
}

/// The steps of the referral's method that are conversations, and those of which none was held yet.
async fn steps(db: &mut Db, referral: ReferralId) -> Result<(Vec<&'static str>, Vec<&'static str>), Problem> {
    let method = agreements::method_of(db, referral.into()).await?;
    let held = conversation::referral_id.eq(referral).and(conversation::held_at.is_not_null());
    let held = conversation::table.filter(held).select(conversation::step).distinct();
    let held: Vec<String> = held.load(db).await?;
    let all: Vec<_> = method.conversations().collect();
    let missing = all.iter().filter(|step| !held.iter().any(|it| it == *step)).copied().collect();
    Ok((all, missing))
}

async fn happened(db: &mut Db, name: &str, subject_table: &str, subject_id: Uuid) -> Result<(), Problem> {
    Event { name, subject_table, subject_id, ..Event::default() }.emit(db).await
}

/// Where somebody is met tells where they are.
async fn check_place(db: &mut Db, person: PersonId) -> Result<(), Problem> {
    let desk = persons::home(db).await?.id;
    if protection::hidden(db, desk, person).await?.contains(&Hidden::Address) {
        let flaw = Flaw::new("/place", "protected");
        return Err(Problem::unprocessable("protected_identity").at(vec![flaw]));
    }
    Ok(())
}

/// Locks one that is still only planned.
async fn planned(db: &mut Db, id: ConversationId, version: IfMatch) -> Result<Conversation, Problem> {
    let found = Conversation::query().find(id).for_update().first(db).await?;
    version.check(&found)?;
    if found.held_at.is_some() {
        return Err(Problem::conflict("conversation_already_held"));
    }
    Ok(found)
}

pub async fn update(
    db: &mut Db,
    id: ConversationId,
    version: IfMatch,
    patch: &ConversationPatch,
) -> Result<Conversation, Problem> {
    let planned = planned(db, id, version).await?;
    if let Some(Some(_)) = patch.place {
        check_place(db, planned.person_id).await?;
    }
    let update = diesel::update(conversation::table.find(id)).set(patch);
    let changed = update.returning(Conversation::as_returning()).get_result(db).await?;
    happened(db, "conversation.updated", "conversation", id.into()).await?;
    Ok(changed)
}

pub async fn hold(
    db: &mut Db,
    id: ConversationId,
    version: IfMatch,
    how: &HeldConversation,
) -> Result<Conversation, Problem> {
    let planned = planned(db, id, version).await?;
    if how.held_at > now(db).await? {
        return Err(Problem::unprocessable("held_in_the_future"));
    }
    let (all, missing) = steps(db, planned.referral_id).await?;
    // What was planned on a draft can be a step of another method, and has none before it.
    let before = all.iter().position(|step| *step == planned.step).unwrap_or_default();
    taken(all.into_iter().take(before).filter(|step| missing.contains(step)).collect())?;
    let update = diesel::update(conversation::table.find(id)).set(how);
    let held = update.returning(Conversation::as_returning()).get_result(db).await?;
    happened(db, "conversation.held", "conversation", id.into()).await?;
    Ok(held)
}

pub async fn list_clarifications(
    db: &mut Db,
    of: &OfReferral,
    window: &Window,
) -> Result<Page<Clarification>, Problem> {
    let mut query = Clarification::query().into_boxed();
    if let Some(referral) = of.referral_id {
        query = query.filter(clarification::referral_id.eq(referral));
    }
    if let Some(cursor) = window.cursor {
        query = query.filter(clarification::id.gt(cursor));
    }
    let rows = query.order(clarification::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &Clarification| row.id.into()))
}

pub async fn find_clarification(db: &mut Db, id: ClarificationId) -> Result<Clarification, Problem> {
    Ok(Clarification::query().find(id).first(db).await?)
}

pub async fn insert_clarification(db: &mut Db, new: &NewClarification) -> Result<Clarification, Problem> {
    let stands =
        referrals::is_about(db, new.referral_id, new.person_id, "clarification_unknown_referral").await?;
    goes_on(stands)?;
    if let Some(representative) = new.agreed_by_id {
        let today = today(db).await?;
        if !persons::may_consent(db, new.person_id, representative, today).await? {
            return Err(Problem::unprocessable("representative_without_right"));
        }
    }
    talked(db, new.referral_id).await?;
    let insert = diesel::insert_into(clarification::table).values(new);
    let made: Clarification = insert.returning(Clarification::as_returning()).get_result(db).await?;
    happened(db, "clarification.created", "clarification", made.id.into()).await?;
    Ok(made)
}

/// Refuses (409 `conversation_missing`, naming the steps) unless somebody has talked with the person in every step of the
/// method that is a conversation.
async fn talked(db: &mut Db, referral: ReferralId) -> Result<(), Problem> {
    let (_, missing) = steps(db, referral).await?;
    taken(missing)
}

fn taken(missing: Vec<&str>) -> Result<(), Problem> {
    let flaws: Vec<_> =
        missing.into_iter().map(|step| Flaw::new(format!("/steps/{step}"), "missing")).collect();
    if flaws.is_empty() { Ok(()) } else { Err(Problem::conflict("conversation_missing").at(flaws)) }
}

/// What was clarified last, if anything was.
pub async fn latest(db: &mut Db, referral: ReferralId) -> Result<Option<Clarification>, Problem> {
    let all = Clarification::query().filter(clarification::referral_id.eq(referral));
    Ok(all.order(clarification::id.desc()).first(db).await.optional()?)
}

/// Refuses (409, naming what is missing) unless the latest clarification says to go on, inside the target group. Answers with
/// whom.
pub async fn clarified(db: &mut Db, referral: ReferralId) -> Result<PersonId, Problem> {
    talked(db, referral).await?;
    let latest = latest(db, referral).await?;
    let agreed = |it: &Clarification| it.agreed_by_person || it.agreed_by_id.is_some();
    match latest.filter(|it| it.decision == Decision::Proceed && agreed(it)) {
        None => Err(Problem::conflict("clarification_missing")),
        Some(it) if it.target_group == TargetGroup::Outside => Err(Problem::conflict("outside_target_group")),
        Some(it) => Ok(it.person_id),
    }
}
