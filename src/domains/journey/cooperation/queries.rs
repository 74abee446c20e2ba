use chrono::NaiveDate;
use diesel::{
    dsl::exists,
    prelude::*,
    sql_query,
    sql_types::{BigInt, Date},
};
use diesel_async::RunQueryDsl;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{
    status::{GuidanceAction, GuidanceStatus, ReportAction, ReportStatus},
    types::{
        GuidanceAnswer, GuidanceRequest, GuidanceRequestFilter, GuidanceRequestId, NewGuidanceRequest,
        NewUnmetNeedReport, ReportDeclineReason, UnmetNeedReport, UnmetNeedReportFilter, UnmetNeedReportId,
    },
};
use crate::{
    access::{
        Db, Home, Purpose, beyond, now, own_membership, own_organisation,
        post::{self, Letter},
        today,
    },
    domains::{
        house::organisations::{self, OrganisationId, UnitId},
        journey::{
            disclosures::{self, DisclosureId, NewDisclosure},
            networks::NetworkId,
        },
        people::{
            consents::{Category, Kind},
            legal_bases::{Cover, Telling, covering},
            persons::{self, PersonId},
        },
    },
    events::Event,
    problem::Problem,
    schema::{guidance_request, network, network_participant, organisation, unit, unmet_need_report},
    web::{IfMatch, Page, Window},
};

const GUIDANCE: Letter = Letter::new("guidance_request");
const REPORT: Letter = Letter::new("unmet_need_report");

/// How many letters the desks are asked after in one go.
const BATCH: i64 = 1000;

/// Until when an answer is waited for, and the rule that says so: its code, and its version.
type Due = (Option<NaiveDate>, Option<String>, Option<Uuid>);

/// Until when the unit is to answer, by the rule that holds where it is. Refuses a unit that the recipient does not
/// have, or has no more.
async fn due(db: &mut Db, to: (OrganisationId, UnitId), code: &str, unknown: &str) -> Result<Due, Problem> {
    let (other, asked) = to;
    post::check_counterpart(db, other.into()).await?;
    let today = today(db).await?;
    let lasts = unit::valid_to.is_null().or(unit::valid_to.gt(today)).assume_not_null();
    let of_it = unit::organisation_id.eq(other).and(unit::id.eq(asked)).and(lasts);
    let found = unit::table
        .inner_join(organisation::table.on(organisation::id.eq(unit::organisation_id)))
        .filter(of_it)
        .select(Home::as_select());
    let found: Option<Home> = found.first(db).await.optional()?;
    let home = found.ok_or_else(|| Problem::unprocessable(unknown))?;
    let rules = db.rules();
    let due = rules.due(code, &home, today);
    let (due_on, rule) = due.map(|(rule, due)| (due.due_on, rule)).unzip();
    Ok((due_on, rule.map(|rule| rule.code.clone()), rule.map(|rule| rule.id)))
}

/// Refuses a network that the caller does not see: a foreign key would take it.
async fn check_network(db: &mut Db, id: NetworkId, unknown: &str) -> Result<(), Problem> {
    let seen = network::table.find(id);
    if diesel::select(exists(seen)).get_result(db).await? {
        return Ok(());
    }
    Err(Problem::unprocessable(unknown))
}

pub async fn list_guidance(
    db: &mut Db,
    filter: &GuidanceRequestFilter,
    window: &Window,
) -> Result<Page<GuidanceRequest>, Problem> {
    let mut query = GuidanceRequest::query().into_boxed();
    if let Some(status) = filter.status {
        query = query.filter(guidance_request::status.eq(status));
    }
    if filter.overdue == Some(true) {
        let late = guidance_request::due_on.lt(today(db).await?);
        query = query.filter(guidance_request::status.eq(GuidanceStatus::Open)).filter(late);
    }
    if let Some(cursor) = window.cursor {
        query = query.filter(guidance_request::id.gt(cursor));
    }
    let rows = query.order(guidance_request::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &GuidanceRequest| row.id.into()))
}

pub async fn find_guidance(db: &mut Db, id: GuidanceRequestId) -> Result<GuidanceRequest, Problem> {
    Ok(GuidanceRequest::query().find(id).first(db).await?)
}

pub async fn insert_guidance(db: &mut Db, new: &NewGuidanceRequest) -> Result<GuidanceRequest, Problem> {
    let to = (new.counterpart_organisation_id, new.to_unit_id);
    let (due_on, rule, rule_id) = due(db, to, "GUIDANCE_ANSWER", "guidance_request_unknown_unit").await?;
    if let Some(about) = new.network_id {
        check_network(db, about, "guidance_request_unknown_network").await?;
    }
    let asked = (
        guidance_request::due_on.eq(due_on),
        guidance_request::rule.eq(rule),
        guidance_request::rule_id.eq(rule_id),
        guidance_request::asked_by_id.eq(own_membership()),
    );
    let insert = diesel::insert_into(guidance_request::table).values((new, asked));
    let made = insert.returning(GuidanceRequest::as_returning()).get_result(db).await?;
    begun(db, ("guidance_request", "guidance_request.open"), made.id, GuidanceStatus::Open.word()).await?;
    post::deliver(db, GUIDANCE, made.id).await?;
    post::leave_task(db, GUIDANCE, made.id, "guidance_requested").await?;
    Ok(made)
}

async fn begun(
    db: &mut Db,
    (subject_table, name): (&str, &str),
    id: impl Into<Uuid>,
    status: &str,
) -> Result<(), Problem> {
    let to_status = Some(status);
    Event { name, subject_table, subject_id: id.into(), to_status, ..Event::default() }.emit(db).await
}

pub async fn answer(
    db: &mut Db,
    id: GuidanceRequestId,
    version: IfMatch,
    how: GuidanceAnswer,
) -> Result<GuidanceRequest, Problem> {
    find_guidance(db, id).await?;
    let answered = json!({ "answered_how": how, "answered_at": now(db).await? });
    let step = (GuidanceAction::Answer, answered);
    post::advance::<GuidanceStatus>(db, GUIDANCE, id, Some(version), step).await?;
    find_guidance(db, id).await
}

pub async fn close(db: &mut Db, id: GuidanceRequestId, version: IfMatch) -> Result<GuidanceRequest, Problem> {
    find_guidance(db, id).await?;
    let step = (GuidanceAction::Close, json!({}));
    post::advance::<GuidanceStatus>(db, GUIDANCE, id, Some(version), step).await?;
    find_guidance(db, id).await
}

pub async fn list_reports(
    db: &mut Db,
    filter: &UnmetNeedReportFilter,
    window: &Window,
) -> Result<Page<UnmetNeedReport>, Problem> {
    let mut query = UnmetNeedReport::query().into_boxed();
    if let Some(status) = filter.status {
        query = query.filter(unmet_need_report::status.eq(status));
    }
    if filter.overdue == Some(true) {
        let late = unmet_need_report::due_on.lt(today(db).await?);
        query = query.filter(unmet_need_report::status.eq(ReportStatus::Sent)).filter(late);
    }
    if let Some(cursor) = window.cursor {
        query = query.filter(unmet_need_report::id.gt(cursor));
    }
    let rows = query.order(unmet_need_report::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &UnmetNeedReport| row.id.into()))
}

pub async fn find_report(db: &mut Db, id: UnmetNeedReportId) -> Result<UnmetNeedReport, Problem> {
    Ok(UnmetNeedReport::query().find(id).first(db).await?)
}

pub async fn insert_report(db: &mut Db, new: &NewUnmetNeedReport) -> Result<UnmetNeedReport, Problem> {
    let to = (new.counterpart_organisation_id, new.to_unit_id);
    let (due_on, rule, rule_id) = due(db, to, "UNMET_NEED_ANSWER", "unmet_need_report_unknown_unit").await?;
    check_network(db, new.network_id, "unmet_need_report_unknown_network").await?;
    let disclosed = match new.person_id {
        Some(person) => Some(disclose(db, new, person).await?),
        None => None,
    };
    let reported = (
        unmet_need_report::due_on.eq(due_on),
        unmet_need_report::rule.eq(rule),
        unmet_need_report::rule_id.eq(rule_id),
        unmet_need_report::disclosure_id.eq(disclosed.map(Uuid::from)),
        unmet_need_report::asked_by_id.eq(own_membership()),
    );
    let insert = diesel::insert_into(unmet_need_report::table).values((new, reported));
    let made = insert.returning(UnmetNeedReport::as_returning()).get_result(db).await?;
    begun(db, ("unmet_need_report", "unmet_need_report.sent"), made.id, ReportStatus::Sent.word()).await?;
    post::deliver(db, REPORT, made.id).await?;
    post::leave_task(db, REPORT, made.id, "unmet_need_reported").await?;
    Ok(made)
}

/// Lays out what is told of a named person, for the unit and for whoever is to be reached there.
async fn disclose(db: &mut Db, new: &NewUnmetNeedReport, person: PersonId) -> Result<DisclosureId, Problem> {
    let part = network_participant::network_id.eq(new.network_id);
    let part = part.and(network_participant::person_id.eq(person));
    let part = network_participant::table.filter(part.and(network_participant::left_on.is_null()));
    if !diesel::select(exists(part)).get_result(db).await? {
        return Err(Problem::unprocessable("unmet_need_report_unknown_participant"));
    }
    let organisation_id: Uuid = diesel::select(own_organisation()).get_result(db).await?;
    let counterpart_organisation_id = Uuid::from(new.counterpart_organisation_id);
    let day = today(db).await?;
    beyond(db, Purpose::ReportNeed, async |db| {
        let kind = Kind::UnmetNeed;
        let telling = Telling {
            organisation_id,
            subject_id: person,
            counterpart_organisation_id,
            kind,
            legal_basis_id: None,
        };
        let needs = Category::Need.word();
        let cover =
            covering(db, &telling).await?.filter(|cover| cover.categories.iter().any(|one| one == needs));
        let cover = cover.ok_or_else(|| Problem::unprocessable("consent_required"))?;
        let (consent_id, legal_basis_id) = cover.basis.columns();
        let reached = organisations::reach(db, counterpart_organisation_id, new.to_unit_id, day).await?;
        let elsewhere = reached.map(|reached| reached.unit_id).filter(|unit| *unit != new.to_unit_id);
        let unit_ids = [new.to_unit_id].into_iter().chain(elsewhere).map(Uuid::from).collect();
        let disclosure = NewDisclosure {
            organisation_id,
            counterpart_organisation_id,
            kind,
            subject_id: person,
            consent_id,
            legal_basis_id,
            referral_id: None,
            unit_ids,
            number: None,
            contact_form_id: None,
            contact_form_version_id: None,
            network_id: Some(new.network_id.into()),
            source_id: None,
            payload: Value::Object(payload(db, (organisation_id, person), &cover, new).await?),
        };
        disclosures::queue(db, disclosure).await
    })
    .await
}

/// Who it is and what is needed, as far as the basis covers it.
async fn payload(
    db: &mut Db,
    (desk, person): (Uuid, PersonId),
    cover: &Cover,
    new: &NewUnmetNeedReport,
) -> Result<Map<String, Value>, Problem> {
    let told = [Category::Name, Category::BirthDate, Category::Contact];
    let covered = |category: &Category| cover.categories.iter().any(|word| word == category.word());
    let told: Vec<_> = told.into_iter().filter(covered).collect();
    let mut payload = persons::disclosable(db, desk, person, &told).await?;
    let need = json!({ "type": new.need_type, "description": new.description });
    payload.insert(Category::Need.word().into(), need);
    Ok(payload)
}

pub async fn advance_report(
    db: &mut Db,
    id: UnmetNeedReportId,
    version: IfMatch,
    action: ReportAction,
) -> Result<UnmetNeedReport, Problem> {
    find_report(db, id).await?;
    post::advance::<ReportStatus>(db, REPORT, id, Some(version), (action, json!({}))).await?;
    find_report(db, id).await
}

pub async fn decline_report(
    db: &mut Db,
    id: UnmetNeedReportId,
    version: IfMatch,
    why: ReportDeclineReason,
) -> Result<UnmetNeedReport, Problem> {
    find_report(db, id).await?;
    let step = (ReportAction::Decline, json!({ "reason": why }));
    post::advance::<ReportStatus>(db, REPORT, id, Some(version), step).await?;
    find_report(db, id).await
}

/// Asks the desks, once, after what they have not answered in time. What somebody answers at this moment is not asked after,
/// and what they answer later closes the task. Answers how much it was. For the worker.
pub async fn alarm(db: &mut Db) -> Result<usize, Problem> {
    let late = |letter: &str, waits: &str, kind: &str| {
        format!(
            "select it.organisation_id, '{kind}' as kind, '{letter}' as letter, it.id from {letter} as it
            where it.side = 'received' and it.status = '{waits}' and it.due_on < $1 and not exists (
                select from task as asked
                where (asked.organisation_id, asked.subject_id, asked.kind) = (it.organisation_id, it.id, '{kind}'))
            order by it.due_on limit $2 for update of it skip locked"
        )
    };
    // Rows of a union cannot be locked.
    let alarm = format!(
        "with guidance as ({}), reports as ({})
        insert into task (organisation_id, kind, subject_table, subject_id)
            select * from guidance union all select * from reports on conflict do nothing",
        late("guidance_request", "open", "guidance_overdue"),
        late("unmet_need_report", "sent", "unmet_need_overdue"),
    );
    Ok(sql_query(alarm).bind::<Date, _>(today(db).await?).bind::<BigInt, _>(BATCH).execute(db).await?)
}
