use actix_web::{get, post};

use super::{
    queries,
    types::{NewSocialAssessment, SocialAssessment, SocialAssessmentId},
};
use crate::{
    access::{Cx, Permission as _, ReadSocialAssessments, WriteSocialAssessments},
    domains::people::persons::OfPerson,
    problem::Problem,
    web::{Created, Json, One, Page, Path, Query, Window},
};

const TAG: &str = "social assessments";

/// List social assessments.
///
/// Oldest first.
#[utoipa::path(tag = TAG, params(OfPerson, Window), responses((status = 200, body = Page<SocialAssessment>)), security(("bearer" = [ReadSocialAssessments::SCOPE])))]
#[get("/social-assessments")]
pub async fn list_social_assessments(
    cx: Cx<ReadSocialAssessments>,
    of: Query<OfPerson>,
    window: Query<Window>,
) -> Result<Page<SocialAssessment>, Problem> {
    cx.read(async |db| queries::list(db, &of, &window).await).await
}

/// Register a social assessment.
///
/// It stays here, but for what a referral chooses of it: `social_fields`, each told as `social_life` or, where it tells of
/// health, as `support_needs`, if the consent or legal basis covers that.
#[utoipa::path(tag = TAG, responses((status = 201, body = SocialAssessment)), security(("bearer" = [WriteSocialAssessments::SCOPE])))]
#[post("/social-assessments")]
pub async fn create_social_assessment(
    cx: Cx<WriteSocialAssessments>,
    new: Json<NewSocialAssessment>,
) -> Result<Created<SocialAssessment>, Problem> {
    cx.create(new, queries::insert, queries::find).await
}

/// Read a social assessment.
#[utoipa::path(tag = TAG, responses((status = 200, body = SocialAssessment)), security(("bearer" = [ReadSocialAssessments::SCOPE])))]
#[get("/social-assessments/{id}")]
pub async fn read_social_assessment(
    cx: Cx<ReadSocialAssessments>,
    id: Path<SocialAssessmentId>,
) -> Result<One<SocialAssessment>, Problem> {
    cx.read(async |db| queries::find(db, *id).await).await.map(One)
}
