use actix_web::{delete, get, post};

use super::{
    queries,
    types::{
        ContactForm, ContactFormFilter, ContactFormId, ContactFormVersion, ContactFormVersionId,
        NewContactForm, NewContactFormVersion, OfContactForm,
    },
};
use crate::{
    access::{Cx, DeleteContactForms, Permission as _, ReadContactForms, WriteContactForms},
    problem::Problem,
    web::{Created, IfMatch, Json, NoContent, One, Page, Path, Query, Window},
};

const TAG: &str = "contact forms";

/// List contact forms.
///
/// Oldest first. Volunteers see those of their networks, participants their own.
#[utoipa::path(tag = TAG, params(ContactFormFilter, Window), responses((status = 200, body = Page<ContactForm>)), security(("bearer" = [ReadContactForms::SCOPE])))]
#[get("/contact-forms")]
pub async fn list_contact_forms(
    cx: Cx<ReadContactForms>,
    filter: Query<ContactFormFilter>,
    window: Query<Window>,
) -> Result<Page<ContactForm>, Problem> {
    cx.read(async |db| queries::list(db, &filter, &window).await).await
}

/// Open a contact form with its first version.
///
/// It is a draft: nothing leaves before it is activated.
#[utoipa::path(tag = TAG, responses((status = 201, body = ContactForm)), security(("bearer" = [WriteContactForms::SCOPE])))]
#[post("/contact-forms")]
pub async fn create_contact_form(
    cx: Cx<WriteContactForms>,
    new: Json<NewContactForm>,
) -> Result<Created<ContactForm>, Problem> {
    cx.create(new, queries::insert, queries::find).await
}

/// Read a contact form, with its latest version.
#[utoipa::path(tag = TAG, responses((status = 200, body = ContactForm)), security(("bearer" = [ReadContactForms::SCOPE])))]
#[get("/contact-forms/{id}")]
pub async fn read_contact_form(
    cx: Cx<ReadContactForms>,
    id: Path<ContactFormId>,
) -> Result<One<ContactForm>, Problem> {
    cx.read(async |db| queries::find(db, *id).await).await.map(One)
}

/// Activate a contact form.
///
/// From now on each version reaches the person's municipality, the latest at once, as far as and as long as the person
/// consents. Without consent the municipality is not told that the form exists.
#[utoipa::path(tag = TAG, responses((status = 200, body = ContactForm)), security(("bearer" = [WriteContactForms::SCOPE])))]
#[post("/contact-forms/{id}/activate")]
pub async fn activate_contact_form(
    cx: Cx<WriteContactForms>,
    id: Path<ContactFormId>,
    version: IfMatch,
) -> Result<One<ContactForm>, Problem> {
    cx.change(version, async |db| queries::activate(db, *id, version).await, queries::find).await
}

/// Delete a contact form.
///
/// Only while no version of it has left: what the municipality has must be archived (409 `archive_duty`).
#[utoipa::path(tag = TAG, responses((status = 204)), security(("bearer" = [DeleteContactForms::SCOPE])))]
#[delete("/contact-forms/{id}")]
pub async fn delete_contact_form(
    cx: Cx<DeleteContactForms>,
    id: Path<ContactFormId>,
    version: IfMatch,
) -> Result<NoContent, Problem> {
    cx.remove(version, *id, async |db| queries::delete(db, *id, version).await).await
}

/// List versions of contact forms.
///
/// Oldest first.
#[utoipa::path(tag = TAG, params(OfContactForm, Window), responses((status = 200, body = Page<ContactFormVersion>)), security(("bearer" = [ReadContactForms::SCOPE])))]
#[get("/contact-form-versions")]
pub async fn list_contact_form_versions(
    cx: Cx<ReadContactForms>,
    of: Query<OfContactForm>,
    window: Query<Window>,
) -> Result<Page<ContactFormVersion>, Problem> {
    cx.read(async |db| queries::list_versions(db, &of, &window).await).await
}

/// Write the next version of a contact form.
///
/// If the form is active, it reaches the person's municipality as far as and as long as the person consents.
#[utoipa::path(tag = TAG, responses((status = 201, body = ContactFormVersion)), security(("bearer" = [WriteContactForms::SCOPE])), extensions(("x-command" = json!("/v1/contact-forms revise"))))]
#[post("/contact-form-versions")]
pub async fn create_contact_form_version(
    cx: Cx<WriteContactForms>,
    new: Json<NewContactFormVersion>,
) -> Result<Created<ContactFormVersion>, Problem> {
    cx.create(new, queries::insert_version, queries::find_version).await
}

/// Read a version of a contact form.
#[utoipa::path(tag = TAG, responses((status = 200, body = ContactFormVersion)), security(("bearer" = [ReadContactForms::SCOPE])))]
#[get("/contact-form-versions/{id}")]
pub async fn read_contact_form_version(
    cx: Cx<ReadContactForms>,
    id: Path<ContactFormVersionId>,
) -> Result<One<ContactFormVersion>, Problem> {
    cx.read(async |db| queries::find_version(db, *id).await).await.map(One)
}
