use actix_web::{HttpRequest, HttpResponse, get, http::header::ContentType};

use super::types::{ApiInfo, ProblemKind, ProblemKinds};
use crate::{
    access::Visitor,
    problem::Problem,
    web::{Answer, Path, language, liking, worded},
};

const TAG: &str = "reference";

/// Read which API this is.
///
/// Its name and version, when that was released, where it is documented, and whether to build on it.
#[utoipa::path(tag = TAG, responses((status = 200, body = ApiInfo)), extensions(("x-public" = json!("It tells nothing of anybody."))))]
#[get("/api-info")]
pub async fn read_api_info(visitor: Visitor) -> Answer<ApiInfo> {
    Answer(ApiInfo::of(&visitor.house().tokens))
}

/// List all kinds of problems.
///
/// By code, each with its cause and its cure, in the language that the request accepts.
#[utoipa::path(tag = TAG, responses((status = 200, body = ProblemKinds, headers(("Content-Language")))), extensions(("x-public" = json!("It tells nothing of anybody."))))]
#[get("/problems")]
pub async fn list_problems(_: Visitor, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let spoken = language(&request);
    Ok(worded(spoken).json(ProblemKinds::all(spoken)?))
}

/// Read what a kind of problem means.
///
/// Where the `type` of a problem leads. A browser gets a page.
#[utoipa::path(tag = TAG, params(("code" = String, Path, max_length = 80, pattern = "^[a-z0-9_]+$", example = "illegal_move")), responses((status = 200, content((ProblemKind = "application/json"), (String = "text/html")), headers(("Content-Language")))), extensions(("x-public" = json!("It tells nothing of anybody."))))]
#[get("/problems/{code}")]
pub async fn read_problem(
    _: Visitor,
    code: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let spoken = language(&request);
    let kind = ProblemKind::find(&code, spoken)?;
    let page = liking(&request, "text/html") > liking(&request, "application/json");
    Ok(match page {
        true => worded(spoken).insert_header(ContentType::html()).body(kind.page(spoken)),
        false => worded(spoken).json(kind),
    })
}
