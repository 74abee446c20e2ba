use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::types::{NewSocialAssessment, SocialAssessment, SocialAssessmentId, SocialField};
use crate::{
    access::{Db, today},
    domains::people::persons::{self, OfPerson, PersonId},
    events::Event,
    problem::Problem,
    schema::social_assessment,
    web::{Page, Window},
};

pub async fn list(db: &mut Db, of: &OfPerson, window: &Window) -> Result<Page<SocialAssessment>, Problem> {
    let mut query = SocialAssessment::query().into_boxed();
    if let Some(person) = of.person_id {
        query = query.filter(social_assessment::person_id.eq(person));
    }
    if let Some(cursor) = window.cursor {
        query = query.filter(social_assessment::id.gt(cursor));
    }
    let rows = query.order(social_assessment::id).limit(window.limit_and_one()).load(db).await?;
    Ok(window.page(rows, |row: &SocialAssessment| row.id.into()))
}

pub async fn insert(db: &mut Db, new: &NewSocialAssessment) -> Result<SocialAssessment, Problem> {
    if new.assessed_on > today(db).await? {
        return Err(Problem::unprocessable("assessed_in_the_future"));
    }
    persons::check_known(db, new.person_id, "social_assessment_unknown_person").await?;
    let findings = serde_json::to_value(&new.findings).map_err(Problem::internal)?;
    let insert =
        diesel::insert_into(social_assessment::table).values((new, social_assessment::findings.eq(findings)));
    let made: SocialAssessment = insert.returning(SocialAssessment::as_returning()).get_result(db).await?;
    let name = "social_assessment.created";
    let (subject_table, subject_id) = ("social_assessment", made.id.into());
    Event { name, subject_table, subject_id, ..Event::default() }.emit(db).await?;
    Ok(made)
}

pub async fn find(db: &mut Db, id: SocialAssessmentId) -> Result<SocialAssessment, Problem> {
    Ok(SocialAssessment::query().find(id).first(db).await?)
}

/// Refuses a social assessment that the caller cannot see, and one of somebody else.
pub async fn is_of(db: &mut Db, id: SocialAssessmentId, person: PersonId) -> Result<(), Problem> {
    let of: Option<PersonId> =
        social_assessment::table.find(id).select(social_assessment::person_id).first(db).await.optional()?;
    match of {
        None => Err(Problem::unprocessable("referral_unknown_social_assessment")),
        Some(of) if of != person => Err(Problem::unprocessable("social_assessment_of_another_person")),
        Some(_) => Ok(()),
    }
}

/// What of it is told, by category: the fields that were chosen, as far as anything was found, and no other.
pub async fn disclosable(
    db: &mut Db,
    organisation: Uuid,
    id: SocialAssessmentId,
    fields: &[SocialField],
) -> Result<Map<String, Value>, Problem> {
    let row = social_assessment::table.filter(social_assessment::organisation_id.eq(organisation)).find(id);
    let findings: Value = row.select(social_assessment::findings).first(db).await?;
    let mut told = Map::new();
    for field in fields {
        if let Some(found) = findings.get(field.word()) {
            let category = told.entry(field.category().word()).or_insert_with(|| Map::new().into());
            if let Some(category) = category.as_object_mut() {
                category.insert(field.word().into(), found.clone());
            }
        }
    }
    Ok(told)
}
