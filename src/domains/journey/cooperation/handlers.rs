use actix_web::{get, post};

use super::{
    queries,
    status::ReportAction,
    types::{
        GuidanceAnswered, GuidanceRequest, GuidanceRequestFilter, GuidanceRequestId, NewGuidanceRequest,
        NewUnmetNeedReport, UnmetNeedDecline, UnmetNeedReport, UnmetNeedReportFilter, UnmetNeedReportId,
    },
};
use crate::{
    access::{AnswerCooperation, AskCooperation, Cx, Permission as _, ReadCooperation},
    problem::Problem,
    web::{Created, IfMatch, Json, One, Page, Path, Query, Window},
};

const GUIDANCE: &str = "guidance requests";
const REPORTS: &str = "unmet needs";

/// List guidance requests.
///
/// Asked and received, oldest first. A volunteer sees their own, as long as they are in the network; a contact
/// person those of their units, and those that were routed to them.
#[utoipa::path(tag = GUIDANCE, params(GuidanceRequestFilter, Window), responses((status = 200, body = Page<GuidanceRequest>)), security(("bearer" = [ReadCooperation::SCOPE])))]
#[get("/guidance-requests")]
pub async fn list_guidance_requests(
    cx: Cx<ReadCooperation>,
    filter: Query<GuidanceRequestFilter>,
    window: Query<Window>,
) -> Result<Page<GuidanceRequest>, Problem> {
    cx.run(async |db| queries::list_guidance(db, &filter, &window).await).await
}

/// Ask a unit of another organisation for guidance.
///
/// It goes to the unit's contact point; if none is valid, to who stands in, else to the head of the unit.
#[utoipa::path(tag = GUIDANCE, responses((status = 201, body = GuidanceRequest)), security(("bearer" = [AskCooperation::SCOPE])))]
#[post("/guidance-requests")]
pub async fn create_guidance_request(
    cx: Cx<AskCooperation>,
    new: Json<NewGuidanceRequest>,
) -> Result<Created<GuidanceRequest>, Problem> {
    cx.create(new, queries::insert_guidance, queries::find_guidance).await
}

/// Read a guidance request.
#[utoipa::path(tag = GUIDANCE, responses((status = 200, body = GuidanceRequest)), security(("bearer" = [ReadCooperation::SCOPE])))]
#[get("/guidance-requests/{id}")]
pub async fn read_guidance_request(
    cx: Cx<ReadCooperation>,
    id: Path<GuidanceRequestId>,
) -> Result<One<GuidanceRequest>, Problem> {
    cx.run(async |db| queries::find_guidance(db, *id).await).await.map(One)
}

/// Say how a guidance request was answered.
///
/// Only the side that was asked can. What was said stays between those who spoke.
#[utoipa::path(tag = GUIDANCE, responses((status = 200, body = GuidanceRequest)), security(("bearer" = [AnswerCooperation::SCOPE])))]
#[post("/guidance-requests/{id}/answer")]
pub async fn answer_guidance_request(
    cx: Cx<AnswerCooperation>,
    id: Path<GuidanceRequestId>,
    answered: Json<GuidanceAnswered>,
    version: IfMatch,
) -> Result<One<GuidanceRequest>, Problem> {
    let work = async |db: &mut _| queries::answer(db, *id, version, answered.how).await;
    cx.change(version, work, queries::find_guidance).await
}

/// Close a guidance request.
///
/// Only the side that asked can, answered or not.
#[utoipa::path(tag = GUIDANCE, responses((status = 200, body = GuidanceRequest)), security(("bearer" = [AskCooperation::SCOPE])))]
#[post("/guidance-requests/{id}/close")]
pub async fn close_guidance_request(
    cx: Cx<AskCooperation>,
    id: Path<GuidanceRequestId>,
    version: IfMatch,
) -> Result<One<GuidanceRequest>, Problem> {
    cx.change(version, async |db| queries::close(db, *id, version).await, queries::find_guidance).await
}

/// List reports of unmet needs.
///
/// Sent and received, oldest first. A volunteer sees their own, as long as they are in the network; a contact
/// person those of their units, and those that were routed to them.
#[utoipa::path(tag = REPORTS, params(UnmetNeedReportFilter, Window), responses((status = 200, body = Page<UnmetNeedReport>)), security(("bearer" = [ReadCooperation::SCOPE])))]
#[get("/unmet-need-reports")]
pub async fn list_unmet_need_reports(
    cx: Cx<ReadCooperation>,
    filter: Query<UnmetNeedReportFilter>,
    window: Query<Window>,
) -> Result<Page<UnmetNeedReport>, Problem> {
    cx.read(async |db| queries::list_reports(db, &filter, &window).await).await
}

/// Report a need that volunteers cannot meet.
///
/// It goes to the unit's contact point; if none is valid, to who stands in, else to the head of the unit. About a named
/// person it needs a consent or legal basis, and what it says crosses as a disclosure.
#[utoipa::path(tag = REPORTS, responses((status = 201, body = UnmetNeedReport)), security(("bearer" = [AskCooperation::SCOPE])))]
#[post("/unmet-need-reports")]
pub async fn create_unmet_need_report(
    cx: Cx<AskCooperation>,
    new: Json<NewUnmetNeedReport>,
) -> Result<Created<UnmetNeedReport>, Problem> {
    cx.create(new, queries::insert_report, queries::find_report).await
}

/// Read a report of an unmet need.
#[utoipa::path(tag = REPORTS, responses((status = 200, body = UnmetNeedReport)), security(("bearer" = [ReadCooperation::SCOPE])))]
#[get("/unmet-need-reports/{id}")]
pub async fn read_unmet_need_report(
    cx: Cx<ReadCooperation>,
    id: Path<UnmetNeedReportId>,
) -> Result<One<UnmetNeedReport>, Problem> {
    cx.read(async |db| queries::find_report(db, *id).await).await.map(One)
}

/// Say that a report of an unmet need has come to somebody.
#[utoipa::path(tag = REPORTS, responses((status = 200, body = UnmetNeedReport)), security(("bearer" = [AnswerCooperation::SCOPE])))]
#[post("/unmet-need-reports/{id}/acknowledge")]
pub async fn acknowledge_unmet_need_report(
    cx: Cx<AnswerCooperation>,
    id: Path<UnmetNeedReportId>,
    version: IfMatch,
) -> Result<One<UnmetNeedReport>, Problem> {
    let work = async |db: &mut _| queries::advance_report(db, *id, version, ReportAction::Acknowledge).await;
    cx.change(version, work, queries::find_report).await
}

/// Say that an unmet need is assessed.
#[utoipa::path(tag = REPORTS, responses((status = 200, body = UnmetNeedReport)), security(("bearer" = [AnswerCooperation::SCOPE])))]
#[post("/unmet-need-reports/{id}/assess")]
pub async fn assess_unmet_need_report(
    cx: Cx<AnswerCooperation>,
    id: Path<UnmetNeedReportId>,
    version: IfMatch,
) -> Result<One<UnmetNeedReport>, Problem> {
    let work = async |db: &mut _| queries::advance_report(db, *id, version, ReportAction::Assess).await;
    cx.change(version, work, queries::find_report).await
}

/// Say that something is done about an unmet need.
///
/// What is done is a matter between the person and the unit.
#[utoipa::path(tag = REPORTS, responses((status = 200, body = UnmetNeedReport)), security(("bearer" = [AnswerCooperation::SCOPE])))]
#[post("/unmet-need-reports/{id}/action")]
pub async fn action_unmet_need_report(
    cx: Cx<AnswerCooperation>,
    id: Path<UnmetNeedReportId>,
    version: IfMatch,
) -> Result<One<UnmetNeedReport>, Problem> {
    let work = async |db: &mut _| queries::advance_report(db, *id, version, ReportAction::Action).await;
    cx.change(version, work, queries::find_report).await
}

/// Say that nothing follows from a report of an unmet need.
#[utoipa::path(tag = REPORTS, responses((status = 200, body = UnmetNeedReport)), security(("bearer" = [AnswerCooperation::SCOPE])))]
#[post("/unmet-need-reports/{id}/decline")]
pub async fn decline_unmet_need_report(
    cx: Cx<AnswerCooperation>,
    id: Path<UnmetNeedReportId>,
    why: Json<UnmetNeedDecline>,
    version: IfMatch,
) -> Result<One<UnmetNeedReport>, Problem> {
    let work = async |db: &mut _| queries::decline_report(db, *id, version, why.reason).await;
    cx.change(version, work, queries::find_report).await
}
