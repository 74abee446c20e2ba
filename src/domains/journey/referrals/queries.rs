use chrono::NaiveDate;
use diesel::{
    dsl::{exists, sql},
    prelude::*,
    sql_types::{Nullable, Text},
};
use diesel_async::RunQueryDsl;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{
    status::{Action, Status},
    types::{
        NewReferral, PushedConsent, PushedConsentGiver, PushedReferral, Referral, ReferralComplete,
        ReferralEndEarly, ReferralFilter, ReferralHold, ReferralId, ReferralPatch, ReferralRedirect,
        ReferralRequestInformation, ReferralWaitlist, SourceChannel, SubmissionPreview,
    },
};
use crate::{
    access::{
        Db, Home, now, own_organisation,
        post::{self, Letter, Side, Stage},
        today,
    },
    day,
    db::Life as _,
    domains::{
        journey::{
            conversations,
            disclosures::{self, DisclosureId, NewDisclosure},
            offers,
            routing::{self, Need, Route, RoutingRuleId},
            tasks,
        },
        people::{
            consents::{self, Category, ConsentId},
            goals,
            legal_bases::{self, Basis, Cover, Telling},
            persons::{self, NewPerson, PersonId},
            social_assessments::{self, SocialAssessmentId},
        },
    },
    events::Event,
    problem::{Flaw, Problem},
    rules::{DeadlineRule, Place, Rule},
    schema::{disclosure, network, network_participant, organisation, person, referral},
    web::{IfMatch, Page, Pushed, Window},
};

pub(super) const LETTER: Letter = Letter::new("referral");

/// The task that reminds a desk of somebody who waits.
const WAITS: &str = "waitlist_review_due";

/// The task that warns a desk of a referral that waits for it.
pub(super) const EXPIRES: &str = "referral_expires";

pub async fn list(db: &mut Db, filter: &ReferralFilter, window: &Window) -> Result<Page<Referral>, Problem> {
    let mut query = Referral::query().into_boxed();
    if let Some(side) = filter.side {
        query = query.filter(referral::side.eq(side));
    }
    if let Some(status) = filter.status {
        query = query.filter(referral::status.eq(status));
    }
    if let Some(person) = filter.person_id {
        query = query.filter(referral::person_id.eq(Uuid::from(person)));
    }
    if let Some(unit) = filter.unit_id {
        query = query.filter(referral::unit_id.eq(unit));
    }
    if filter.overdue == Some(true) {
        let late = referral::first_contact_due_on.lt(today(db).await?);
        query = query.filter(referral::status.eq(Status::Submitted)).filter(late);
    }
    if let Some(cursor) = window.cursor {
        query = query.filter(referral::id.gt(cursor));
    }
    let rows = query.order(referral::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &Referral| row.id.into()))
}

pub async fn find(db: &mut Db, id: ReferralId) -> Result<Referral, Problem> {
    Ok(Referral::query().find(id).first(db).await?)
}

/// Refuses a referral that the caller cannot see, and one that is about somebody else. Answers how far it has come.
pub async fn is_about(
    db: &mut Db,
    id: ReferralId,
    person: PersonId,
    unknown: &str,
) -> Result<Status, Problem> {
    let about = referral::table.find(id).select((referral::person_id, referral::status));
    let about: Option<(Option<PersonId>, Status)> = about.first(db).await.optional()?;
    match about {
        None => Err(Problem::unprocessable(unknown)),
        Some((Some(other), _)) if other != person => {
            Err(Problem::unprocessable("referral_of_another_person"))
        }
        Some((_, status)) => Ok(status),
    }
}

/// Refuses (409) unless it was accepted, and everybody who talked with the person still wants it to go on. What another
/// organisation has taken on is that one's to clarify.
pub async fn is_taken_on(db: &mut Db, id: ReferralId) -> Result<(), Problem> {
    use Status::{Accepted, InDelivery, OnHold, Waitlisted};
    if !matches!(find(db, id).await?.status, Accepted | Waitlisted | InDelivery | OnHold) {
        return Err(Problem::conflict("referral_not_accepted"));
    }
    if !offers::is_accepted(db, id).await? {
        conversations::clarified(db, id).await?;
    }
    Ok(())
}

/// What a push finds again: the same under a repeated key.
pub async fn find_pushed(db: &mut Db, id: ReferralId) -> Result<Pushed<Referral>, Problem> {
    Ok(Pushed { row: find(db, id).await?, made: true })
}

pub async fn insert(db: &mut Db, new: &NewReferral) -> Result<Referral, Problem> {
    if new.counterpart_organisation_id.is_none()
        && new.source_channel == SourceChannel::Municipality
        && !is_municipality(db).await?
    {
        return Err(Problem::unprocessable("recipient_missing"));
    }
    // Found as the caller sees it: a foreign key would take a person whom they may not know.
    let unit: Option<Option<Uuid>> =
        person::table.find(Uuid::from(new.person_id)).select(person::unit_id).first(db).await.optional()?;
    let unit = unit.ok_or_else(|| Problem::unprocessable("referral_unknown_person"))?;
    check_choice(db, new.social_assessment_id, Some(new.person_id)).await?;
    let insert =
        diesel::insert_into(referral::table).values((new, referral::unit_id.eq(new.unit_id.or(unit))));
    let made: Referral = insert.returning(Referral::as_returning()).get_result(db).await?;
    happened(db, "referral.created", made.id).await?;
    Ok(made)
}

/// Whether the caller's organisation routes what it reports.
async fn is_municipality(db: &mut Db) -> Result<bool, Problem> {
    let own = organisation::id.eq(own_organisation()).and(organisation::kind.eq("municipality"));
    Ok(diesel::select(exists(organisation::table.filter(own))).get_result(db).await?)
}

/// What is told of a social assessment is told of one of the same person, which the caller sees.
async fn check_choice(
    db: &mut Db,
    chosen: Option<SocialAssessmentId>,
    of: Option<PersonId>,
) -> Result<(), Problem> {
    match (chosen, of) {
        (None, _) => Ok(()),
        (Some(chosen), Some(person)) => social_assessments::is_of(db, chosen, person).await,
        (Some(_), None) => Err(Problem::unprocessable("social_assessment_of_another_person")),
    }
}

async fn happened(db: &mut Db, name: &str, id: ReferralId) -> Result<(), Problem> {
    Event { name, subject_table: "referral", subject_id: id.into(), ..Event::default() }.emit(db).await
}

/// Only the post locks a letter: this changes the version that was read, or nothing.
pub async fn update(
    db: &mut Db,
    id: ReferralId,
    version: IfMatch,
    patch: &ReferralPatch,
) -> Result<Referral, Problem> {
    let before = find(db, id).await?;
    version.check(&before)?;
    if before.status.is_terminal() {
        return Err(Problem::conflict("referral_has_ended"));
    }
    let seen = referral::table.find(id).filter(referral::version.eq(before.version));
    let update = diesel::update(seen).set(patch).returning(Referral::as_returning());
    let Some(changed) = update.get_result(db).await.optional()? else {
        let now = find(db, id).await?.version;
        let hidden = || Problem::conflict("person_is_protected");
        return Err(if now == before.version { hidden() } else { Problem::stale(now) });
    };
    happened(db, "referral.updated", id).await?;
    if patch.chooses() {
        check_choice(db, changed.social_assessment_id, changed.person_id).await?;
    }
    let is_known = changed.side == Side::Sent && changed.status != Status::Draft;
    if patch.is_news()
        && is_known
        && let Some(cover) = covering(db, &changed).await?
        && cover.includes_updates
    {
        if patch.chooses() {
            check_cover(&changed, &cover)?;
        }
        disclose(db, &changed, &cover).await?;
    }
    Ok(changed)
}

/// One step of the letter, on both sides; `find` comes first, since the post does not ask what the caller may see.
async fn step(
    db: &mut Db,
    id: ReferralId,
    version: IfMatch,
    (action, changes): (Action, Value),
) -> Result<(), Problem> {
    let before = find(db, id).await?;
    let step = (action, changes);
    post::advance::<Status>(db, LETTER, id, Some(version), step).await?;
    if before.step_due_on.is_some() {
        tasks::close(db, &[EXPIRES], "referral", id.into()).await?;
    }
    if before.status == Status::Unrouted {
        routing::settle(db, id.into()).await?;
    }
    if before.status == Status::Waitlisted {
        tasks::close(db, &[WAITS], "referral", id.into()).await?;
    }
    Ok(())
}

/// Locks it on both sides, at the desk that one is at.
pub async fn hold_letter(db: &mut Db, id: ReferralId) -> Result<(), Problem> {
    post::hold(db, LETTER, id).await
}

/// What follows from the answers to its offers, at the desk that made them.
pub async fn settle(db: &mut Db, id: ReferralId, action: Action) -> Result<(), Problem> {
    post::advance::<Status>(db, LETTER, id, None, (action, json!({ "reason": null }))).await.map(|_| ())
}

/// A step that asks nothing more than that the life allows it.
pub async fn advance(
    db: &mut Db,
    id: ReferralId,
    version: IfMatch,
    action: Action,
    reason: Option<&str>,
) -> Result<Referral, Problem> {
    step(db, id, version, (action, json!({ "reason": reason }))).await?;
    find(db, id).await
}

/// Submits a draft: the recipient sees it at once, and what its basis covers is laid out to leave.
pub async fn submit(db: &mut Db, id: ReferralId, version: IfMatch) -> Result<Referral, Problem> {
    let mut draft = find(db, id).await?;
    let route = named_by_rule(db, &mut draft).await?;
    if awaits_recipient(&draft) {
        return leave_unrouted(db, &draft, version).await;
    }
    let at = now(db).await?;
    let due = first_contact(db, &draft, day::of(at)).await?;
    let (due_on, rule) = due.map(|(due_on, rule)| (due_on, (rule.id, rule.code))).unzip();
    let (rule_id, rule) = rule.unzip();
    let changes = json!({ "submitted_at": at, "first_contact_due_on": due_on, "first_contact_rule": rule,
                          "first_contact_rule_id": rule_id });
    post::advance::<Status>(db, LETTER, id, Some(version), (Action::Submit, changes)).await?;
    if let Some(route) = route {
        address(db, id, (route.counterpart_organisation_id, Some(route.id))).await?;
    }
    if draft.status == Status::Unrouted {
        routing::settle(db, id.into()).await?;
    }
    let (Some(recipient), Some(_)) = (draft.counterpart_organisation_id, draft.person_id) else {
        return find(db, id).await;
    };
    post::check_counterpart(db, recipient).await?;
    let cover = covering(db, &draft).await?;
    let cover = cover.ok_or_else(|| Problem::unprocessable("consent_required"))?;
    check_cover(&draft, &cover)?;
    let (consent, legal) = cover.basis.columns();
    let basis = (
        referral::consent_id.eq(consent.map(Uuid::from)),
        referral::legal_basis_id.eq(legal.map(Uuid::from)),
    );
    let submitted = set_private(db, id, basis).await?;
    post::deliver(db, LETTER, id).await?;
    legal_bases::deliver(db, cover.basis).await?;
    disclose(db, &submitted, &cover).await?;
    Ok(submitted)
}

/// Whether its own municipality is to find out whom it is for.
fn awaits_recipient(it: &Referral) -> bool {
    it.side == Side::Internal
        && it.source_channel == SourceChannel::Municipality
        && matches!(it.status, Status::Draft | Status::Unrouted)
}

/// Fills in the recipient that the routing rules name now, if nobody has named one.
async fn named_by_rule(db: &mut Db, it: &mut Referral) -> Result<Option<Route>, Problem> {
    if !awaits_recipient(it) {
        return Ok(None);
    }
    let route = by_rule(db, it).await?;
    if let Some(route) = route {
        it.side = Side::Sent;
        it.counterpart_organisation_id = Some(route.counterpart_organisation_id);
        it.routing_rule_id = Some(route.id);
    }
    Ok(route)
}

async fn by_rule(db: &mut Db, it: &Referral) -> Result<Option<Route>, Problem> {
    let (organisation_id, person_id) = (it.organisation_id, it.person_id.map(Uuid::from));
    let need = Need { organisation_id, person_id, target_group: it.target_group, service: &it.service };
    routing::route(db, &need).await
}

async fn address(
    db: &mut Db,
    id: ReferralId,
    (recipient, rule): (Uuid, Option<RoutingRuleId>),
) -> Result<(), Problem> {
    post::address(db, LETTER, id, recipient).await?;
    set_private(db, id, referral::routing_rule_id.eq(rule.map(Uuid::from))).await?;
    happened(db, "referral.routed", id).await
}

/// Nobody is there for it yet: it stands at its own municipality.
async fn leave_unrouted(db: &mut Db, it: &Referral, version: IfMatch) -> Result<Referral, Problem> {
    let reported = json!({ "submitted_at": it.submitted_at.unwrap_or(now(db).await?) });
    let step = (Action::LeaveUnrouted, reported);
    post::advance::<Status>(db, LETTER, it.id, Some(version), step).await?;
    routing::is_unrouted(db, it.id.into()).await?;
    find(db, it.id).await
}

/// Names the recipient of one that has none: by somebody, or else by rule.
pub async fn route(
    db: &mut Db,
    id: ReferralId,
    version: IfMatch,
    named: Option<Uuid>,
) -> Result<Referral, Problem> {
    let it = find(db, id).await?;
    post::advance::<Status>(db, LETTER, id, Some(version), (Action::Route, json!({}))).await?;
    let to = match named {
        Some(recipient) => (recipient, None),
        None => {
            let none = || Problem::conflict("no_coordinator");
            let route = by_rule(db, &it).await?.ok_or_else(none)?;
            (route.counterpart_organisation_id, Some(route.id))
        }
    };
    address(db, id, to).await?;
    find(db, id).await
}

/// The last day to contact the person, and the rule that says so: the recipient's, counted from `day`.
async fn first_contact(
    db: &mut Db,
    it: &Referral,
    day: NaiveDate,
) -> Result<Option<(NaiveDate, Rule<DeadlineRule>)>, Problem> {
    let recipient = match it.counterpart_organisation_id {
        Some(other) => other,
        None => it.organisation_id,
    };
    let home: Home = Home::query().find(recipient).first(db).await?;
    let place = Place { service: Some(&it.service), ..(&home).into() };
    let rules = db.rules();
    let due = rules.due("FIRST_CONTACT", place, day);
    Ok(due.map(|(rule, due)| (due.due_on, rule.clone())))
}

/// What the recipient may be told under: what a draft names, or what covers it now.
async fn covering(db: &mut Db, it: &Referral) -> Result<Option<Cover>, Problem> {
    let (Some(subject_id), Some(recipient)) = (it.person_id, it.counterpart_organisation_id) else {
        return Ok(None);
    };
    let telling = Telling {
        organisation_id: it.organisation_id,
        subject_id,
        counterpart_organisation_id: recipient,
        kind: consents::Kind::Referral,
        legal_basis_id: it.legal_basis_id.filter(|_| matches!(it.status, Status::Draft | Status::Unrouted)),
    };
    legal_bases::covering(db, &telling).await
}

/// The categories of what was chosen of a social assessment that the basis does not cover.
fn uncovered(it: &Referral, cover: &Cover) -> Vec<Category> {
    let of = |category: &Category| it.social_fields.iter().any(|field| field.category() == *category);
    let is_covered = |category: &Category| cover.categories.iter().any(|word| word == category.word());
    Category::ALL.iter().copied().filter(|category| of(category) && !is_covered(category)).collect()
}

/// What somebody has chosen is told, or it is said that it cannot be: it is never left out without a word.
fn check_cover(it: &Referral, cover: &Cover) -> Result<(), Problem> {
    if uncovered(it, cover).is_empty() {
        return Ok(());
    }
    Err(Problem::unprocessable(match cover.basis {
        Basis::Consent(_) => "consent_does_not_cover",
        Basis::Legal(_) => "legal_basis_does_not_cover",
    }))
}

/// What is told of the person and the need, of the categories that the basis covers.
async fn payload(db: &mut Db, it: &Referral, cover: &Cover) -> Result<Map<String, Value>, Problem> {
    let categories: Vec<Category> = cover.categories.iter().filter_map(|word| word.parse().ok()).collect();
    let mut payload = match it.person_id {
        Some(person) => persons::disclosable(db, it.organisation_id, person, &categories).await?,
        None => Map::new(),
    };
    for (category, text) in [(Category::Need, &it.need), (Category::Wishes, &it.wishes)] {
        if let Some(text) = text.as_ref().filter(|_| categories.contains(&category)) {
            payload.insert(category.word().into(), text.as_str().into());
        }
    }
    if let Some(id) = it.social_assessment_id {
        let told = social_assessments::disclosable(db, it.organisation_id, id, &it.social_fields).await?;
        payload.extend(told.into_iter().filter(|(category, _)| cover.categories.contains(category)));
    }
    Ok(payload)
}

/// Lays out for an organisation that has taken the referral on whom it is about, under what covers that.
pub async fn tell(db: &mut Db, id: ReferralId, recipient: Uuid) -> Result<DisclosureId, Problem> {
    let it = find(db, id).await?;
    if it.status.is_terminal() {
        return Err(Problem::conflict("referral_has_ended"));
    }
    let onward = Referral { counterpart_organisation_id: Some(recipient), ..it };
    let cover = covering(db, &onward).await?;
    let cover = cover.ok_or_else(|| Problem::unprocessable("consent_required"))?;
    check_cover(&onward, &cover)?;
    legal_bases::deliver(db, cover.basis).await?;
    // What others have reported is theirs to tell; what was clarified here is this organisation's own.
    let clarified = conversations::latest(db, id).await?;
    let (need, wanted) = clarified.map(|it| (it.need, it.wanted_offer)).unzip();
    let onward = Referral { need: onward.need.or(need), wishes: onward.wishes.or(wanted), ..onward };
    disclose(db, &onward, &cover).await?.ok_or_else(Problem::not_found)
}

async fn disclose(db: &mut Db, it: &Referral, cover: &Cover) -> Result<Option<DisclosureId>, Problem> {
    let (Some(subject_id), Some(recipient)) = (it.person_id, it.counterpart_organisation_id) else {
        return Ok(None);
    };
    let (consent_id, legal_basis_id) = cover.basis.columns();
    let new = NewDisclosure {
        source_id: None,
        organisation_id: it.organisation_id,
        counterpart_organisation_id: recipient,
        kind: consents::Kind::Referral,
        subject_id,
        consent_id,
        legal_basis_id,
        referral_id: Some(it.id.into()),
        unit_ids: Vec::new(),
        number: None,
        contact_form_id: None,
        contact_form_version_id: None,
        network_id: None,
        payload: Value::Object(payload(db, it, cover).await?),
    };
    disclosures::queue(db, new).await.map(Some)
}

/// What `submit` would let out now.
pub async fn preview(db: &mut Db, id: ReferralId) -> Result<SubmissionPreview, Problem> {
    let mut it = find(db, id).await?;
    named_by_rule(db, &mut it).await?;
    let nothing = SubmissionPreview {
        id,
        person_id: it.person_id,
        recipient_id: it.counterpart_organisation_id,
        recipient: None,
        routing_rule_id: it.routing_rule_id,
        consent_id: None,
        legal_basis_id: None,
        uncovered: Vec::new(),
        payload: Map::new(),
    };
    let (Side::Sent, Some(recipient), Some(_)) = (it.side, it.counterpart_organisation_id, it.person_id)
    else {
        return Ok(SubmissionPreview { recipient_id: None, ..nothing });
    };
    let name = organisation::table.find(recipient).select(organisation::name).first(db).await?;
    let nothing = SubmissionPreview { recipient: Some(name), ..nothing };
    let Some(cover) = covering(db, &it).await? else { return Ok(nothing) };
    let (consent_id, legal_basis_id) = cover.basis.columns();
    let payload = payload(db, &it, &cover).await?;
    let uncovered = uncovered(&it, &cover);
    Ok(SubmissionPreview { consent_id, legal_basis_id, uncovered, payload, ..nothing })
}

pub async fn request_information(
    db: &mut Db,
    id: ReferralId,
    version: IfMatch,
    what: &ReferralRequestInformation,
) -> Result<Referral, Problem> {
    let asked = advance(db, id, version, Action::RequestInformation, Some(what.reason.word())).await?;
    note(db, asked, what.note.as_deref()).await
}

pub async fn provide_information(
    db: &mut Db,
    id: ReferralId,
    version: IfMatch,
    note_of_it: Option<&str>,
) -> Result<Referral, Problem> {
    let provided = advance(db, id, version, Action::ProvideInformation, None).await?;
    note(db, provided, note_of_it).await
}

/// Adds to this side's notes. What stands there stays.
async fn note(db: &mut Db, it: Referral, more: Option<&str>) -> Result<Referral, Problem> {
    let Some(more) = more else { return Ok(it) };
    let text = sql::<Nullable<Text>>("concat_ws(e'\\n', note, ").bind::<Text, _>(more).sql(")");
    set_private(db, it.id, referral::note.eq(text)).await
}

/// The recipient keeps it, when steps 2 and 3 of the method are done.
pub async fn accept(db: &mut Db, id: ReferralId, version: IfMatch) -> Result<Referral, Problem> {
    let accepted = advance(db, id, version, Action::Accept, None).await?;
    conversations::clarified(db, id).await?;
    Ok(accepted)
}

pub async fn redirect(
    db: &mut Db,
    id: ReferralId,
    version: IfMatch,
    to: &ReferralRedirect,
) -> Result<Referral, Problem> {
    let changes = json!({ "reason": to.reason, "suggestion": to.suggestion });
    step(db, id, version, (Action::Redirect, changes)).await?;
    tasks::open(db, "tell_person_of_redirect", "referral", id.into()).await?;
    find(db, id).await
}

/// It waits, and somebody looks at it again.
pub async fn waitlist(
    db: &mut Db,
    id: ReferralId,
    version: IfMatch,
    wait: &ReferralWaitlist,
) -> Result<Referral, Problem> {
    advance(db, id, version, Action::Waitlist, None).await?;
    if wait.review_on <= today(db).await? {
        return Err(Problem::unprocessable("review_in_the_past"));
    }
    set_private(db, id, referral::review_on.eq(Some(wait.review_on))).await
}

/// What was accepted begins when a network is active around the person, or another organisation has taken it on.
pub async fn start(db: &mut Db, id: ReferralId, version: IfMatch) -> Result<Referral, Problem> {
    let started = advance(db, id, version, Action::Start, None).await?;
    if offers::is_accepted(db, id).await? {
        return Ok(started);
    }
    let person = conversations::clarified(db, id).await?;
    let person = network_participant::person_id.eq(Uuid::from(person));
    let here = network_participant::network_id.eq(network::id).and(network_participant::left_on.is_null());
    let around = network_participant::table.filter(here.and(person));
    let of_it = network::referral_id.eq(Uuid::from(id)).and(network::status.eq("active"));
    let active = network::table.filter(of_it.and(exists(around)));
    match diesel::select(exists(active)).get_result(db).await? {
        true => Ok(started),
        false => Err(Problem::conflict("network_missing")),
    }
}

pub async fn hold(
    db: &mut Db,
    id: ReferralId,
    version: IfMatch,
    hold: &ReferralHold,
) -> Result<Referral, Problem> {
    advance(db, id, version, Action::Hold, Some(hold.reason.word())).await?;
    let today = today(db).await?;
    if hold.expected_on < today {
        return Err(Problem::invalid(vec![Flaw::new("/expected_on", "too_early").with("min", today)]));
    }
    set_private(db, id, referral::expected_on.eq(Some(hold.expected_on))).await
}

pub async fn resume(db: &mut Db, id: ReferralId, version: IfMatch) -> Result<Referral, Problem> {
    advance(db, id, version, Action::Resume, None).await?;
    set_private(db, id, referral::expected_on.eq(None::<NaiveDate>)).await
}

pub async fn complete(
    db: &mut Db,
    id: ReferralId,
    version: IfMatch,
    how: &ReferralComplete,
) -> Result<Referral, Problem> {
    advance(db, id, version, Action::Complete, None).await?;
    goals::measured(db, id.into()).await?;
    set_private(db, id, referral::report.eq(Some(&how.report))).await
}

pub async fn end_early(
    db: &mut Db,
    id: ReferralId,
    version: IfMatch,
    why: &ReferralEndEarly,
) -> Result<Referral, Problem> {
    let ended = advance(db, id, version, Action::EndEarly, Some(why.reason.word())).await?;
    match &why.report {
        Some(report) => set_private(db, id, referral::report.eq(Some(report))).await,
        None => Ok(ended),
    }
}

/// What only this side knows, when the post has done what both know.
async fn set_private<C>(db: &mut Db, id: ReferralId, change: C) -> Result<Referral, Problem>
where
    C: AsChangeset<Target = referral::table>,
    C::Changeset: diesel::query_builder::QueryFragment<diesel::pg::Pg> + Send,
{
    let update = diesel::update(referral::table.find(id)).set(change);
    Ok(update.returning(Referral::as_returning()).get_result(db).await?)
}

/// A new draft that says the same, linked to one that has ended.
pub async fn reopen(db: &mut Db, id: ReferralId) -> Result<Referral, Problem> {
    let ended = find(db, id).await?;
    Stage { side: ended.side, status: ended.status }.after(Action::Reopen)?;
    let new = (
        referral::counterpart_organisation_id.eq(ended.counterpart_organisation_id),
        referral::service.eq(ended.service),
        referral::kind.eq(ended.kind),
        referral::source_channel.eq(ended.source_channel),
        referral::sent_by_unit_id.eq(ended.sent_by_unit_id),
        referral::reopens_id.eq(Uuid::from(id)),
        referral::person_id.eq(ended.person_id.map(Uuid::from)),
        referral::cared_for_person_id.eq(ended.cared_for_person_id.map(Uuid::from)),
        referral::unit_id.eq(ended.unit_id),
        referral::need.eq(ended.need),
        referral::wishes.eq(ended.wishes),
        referral::target_group.eq(ended.target_group),
        referral::social_assessment_id.eq(ended.social_assessment_id),
        referral::social_fields.eq(ended.social_fields),
        referral::external_case_id.eq(ended.external_case_id),
    );
    let insert = diesel::insert_into(referral::table).values(new);
    let made: Referral = insert.returning(Referral::as_returning()).get_result(db).await?;
    happened(db, "referral.created", made.id).await?;
    Ok(made)
}

/// Takes in what another system sends: the person, the consent and the referral, or nothing of it. A system does not
/// decide: a legal basis is there before.
pub async fn push(db: &mut Db, new: &PushedReferral) -> Result<Pushed<Referral>, Problem> {
    if new.consent.is_some() == new.legal_basis_id.is_some() {
        let code = if new.consent.is_some() { "two_bases" } else { "consent_required" };
        return Err(Problem::unprocessable(code));
    }
    let content = serde_json::to_value(new).map_err(Problem::internal)?;
    let sha256 = format!("{:x}", Sha256::digest(content.to_string()));
    let Some(id) = claim(db, new, &sha256).await? else {
        return stands(db, new, &sha256).await;
    };
    let subject = subject(db, new).await?;
    check_choice(db, new.social_assessment_id, Some(subject)).await?;
    let consent = match &new.consent {
        Some(given) => Some(record_consent(db, (id, subject, new.counterpart_organisation_id), given).await?),
        None => None,
    };
    let about = (
        referral::person_id.eq(Uuid::from(subject)),
        referral::consent_id.eq(consent.map(Uuid::from)),
        referral::legal_basis_id.eq(new.legal_basis_id.map(Uuid::from)),
    );
    let draft = set_private(db, id, about).await?;
    happened(db, "referral.created", id).await?;
    let row = submit(db, id, IfMatch::of(&draft)).await?;
    Ok(Pushed { row, made: true })
}

/// What a push has laid out to leave, as it stands there.
pub async fn laid_out(db: &mut Db, pushed: Pushed<Referral>) -> Result<SubmissionPreview, Problem> {
    let it = pushed.row;
    let of_it = disclosure::table
        .inner_join(organisation::table.on(organisation::id.eq(disclosure::counterpart_organisation_id)))
        .filter(disclosure::referral_id.eq(Uuid::from(it.id)));
    let told = (organisation::name, disclosure::consent_id, disclosure::legal_basis_id, disclosure::payload);
    let (recipient, consent_id, legal_basis_id, payload): (String, _, _, Value) =
        of_it.select(told).first(db).await?;
    Ok(SubmissionPreview {
        id: it.id,
        person_id: it.person_id,
        recipient_id: it.counterpart_organisation_id,
        recipient: Some(recipient),
        routing_rule_id: it.routing_rule_id,
        consent_id,
        legal_basis_id,
        uncovered: Vec::new(),
        payload: payload.as_object().cloned().unwrap_or_default(),
    })
}

/// The sender's own id first: of two that push it at once, the second waits, and then finds what stands.
async fn claim(db: &mut Db, new: &PushedReferral, sha256: &str) -> Result<Option<ReferralId>, Problem> {
    let draft = (
        referral::counterpart_organisation_id.eq(new.counterpart_organisation_id),
        referral::service.eq(&new.service),
        referral::kind.eq(new.kind),
        referral::source_channel.eq(SourceChannel::Municipality),
        referral::sent_by_unit_id.eq(new.sent_by_unit_id),
        referral::unit_id.eq(new.sent_by_unit_id),
        referral::need.eq(&new.need),
        referral::wishes.eq(&new.wishes),
        referral::social_assessment_id.eq(new.social_assessment_id),
        referral::social_fields.eq(&new.social_fields),
        referral::external_system.eq(&new.external_system),
        referral::external_id.eq(&new.external_id),
        referral::external_case_id.eq(&new.external_case_id),
        referral::content_sha256.eq(sha256),
    );
    let insert = diesel::insert_into(referral::table).values(draft).on_conflict_do_nothing();
    Ok(insert.returning(referral::id).get_result(db).await.optional()?)
}

/// What was pushed before under this id, if it was the same.
async fn stands(db: &mut Db, new: &PushedReferral, sha256: &str) -> Result<Pushed<Referral>, Problem> {
    let taken = || Problem::conflict("referral_already_pushed");
    let same = Referral::query()
        .filter(referral::external_system.eq(&new.external_system))
        .filter(referral::external_id.eq(&new.external_id))
        .filter(referral::content_sha256.eq(sha256));
    let row = same.first(db).await.optional()?.ok_or_else(taken)?;
    Ok(Pushed { row, made: false })
}

async fn subject(db: &mut Db, new: &PushedReferral) -> Result<PersonId, Problem> {
    if let Some(id) = new.person_id {
        let known = person::table.find(Uuid::from(id)).select(person::id).first(db).await.optional()?;
        return known.ok_or_else(|| Problem::unprocessable("referral_unknown_person"));
    }
    let pushed = new.person.as_ref().ok_or_else(|| Problem::unprocessable("person_missing"))?;
    let unit_id = pushed.unit_id.or(new.sent_by_unit_id);
    let made = persons::create(db, &NewPerson { unit_id, ..pushed.clone() }).await;
    Ok(made.map_err(|problem| problem.below("/person"))?.id)
}

/// Registers a consent that was given in another system, which keeps the evidence.
async fn record_consent(
    db: &mut Db,
    (referral, subject_id, recipient): (ReferralId, PersonId, Uuid),
    given: &PushedConsent,
) -> Result<ConsentId, Problem> {
    let pushed = consents::PushedConsent {
        subject_id,
        counterpart_organisation_id: recipient,
        referral_id: Some(referral.into()),
        purpose: given.purpose.clone(),
        kinds: vec![consents::Kind::Referral],
        categories: given.categories.clone(),
        includes_updates: given.includes_updates,
        valid_from: given.valid_from,
        expires_at: given.expires_at,
        given_by_id: Some(giver(db, subject_id, given).await?),
        method: given.method,
        witness: given.witness.clone(),
        text_code: given.text_code.clone(),
        text_version: given.text_version.clone(),
        text_language: given.text_language,
        evidence_reference: given.evidence_reference.clone(),
        evidence_sha256: given.evidence_sha256.clone(),
    };
    Ok(consents::record_pushed(db, &pushed).await?.id)
}

async fn giver(db: &mut Db, subject: PersonId, given: &PushedConsent) -> Result<PersonId, Problem> {
    if given.given_by == PushedConsentGiver::Person {
        return Ok(subject);
    }
    let today = today(db).await?;
    match given.given_by_id {
        Some(giver) if persons::may_consent(db, subject, giver, today).await? => Ok(giver),
        _ => Err(Problem::unprocessable("representative_without_right")),
    }
}
