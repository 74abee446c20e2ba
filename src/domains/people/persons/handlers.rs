use actix_web::{get, patch, post};

use super::{
    queries,
    types::{
        NewPerson, NewPersonIdentifier, NewPersonLink, OfPerson, Person, PersonFilter, PersonId,
        PersonIdentifier, PersonIdentifierId, PersonLink, PersonLinkId, PersonLinkPatch, PersonPatch,
        PersonSearch, Replacement,
    },
};
use crate::{
    access::{Cx, Permission as _, ReadPersons, WritePersons},
    problem::Problem,
    web::{Batch, BatchAnswer, Created, DryRun, IfMatch, Items, Json, One, Page, Path, Query, Window},
};

const TAG: &str = "persons";

/// List persons.
///
/// Oldest first. Whoever has a protected identity is in no list.
#[utoipa::path(tag = TAG, params(PersonFilter, Window), responses((status = 200, body = Page<Person>)), security(("bearer" = [ReadPersons::SCOPE])))]
#[get("/persons")]
pub async fn list_persons(
    cx: Cx<ReadPersons>,
    filter: Query<PersonFilter>,
    window: Query<Window>,
) -> Result<Page<Person>, Problem> {
    cx.read(async |db| queries::list(db, &filter, &window).await).await
}

/// Register a person.
#[utoipa::path(tag = TAG, responses((status = 201, body = Person)), security(("bearer" = [WritePersons::SCOPE])))]
#[post("/persons")]
pub async fn create_person(cx: Cx<WritePersons>, new: Json<NewPerson>) -> Result<Created<Person>, Problem> {
    cx.create(new, queries::insert, queries::find).await
}

/// Find a person by national identity number.
///
/// The number is sent in the body, so that it stands in no address and no log. Nobody with a protected identity is
/// found.
#[utoipa::path(tag = TAG, responses((status = 200, body = Page<Person>)), security(("bearer" = [ReadPersons::SCOPE])),
    extensions(("x-exempt" = json!("a look-up makes and changes nothing"))))]
#[post("/persons/search")]
pub async fn search_persons(
    cx: Cx<ReadPersons>,
    search: Json<PersonSearch>,
) -> Result<Page<Person>, Problem> {
    cx.read(async |db| queries::search(db, cx.house(), &search).await).await
}

/// Register many persons.
#[utoipa::path(tag = TAG, params(DryRun), request_body = Batch<NewPerson>, responses((status = 200, body = BatchAnswer<Person>)), security(("bearer" = [WritePersons::SCOPE])))]
#[post("/persons/batch")]
pub async fn create_persons(
    cx: Cx<WritePersons>,
    dry: Query<DryRun>,
    items: Items<NewPerson>,
) -> Result<BatchAnswer<Person>, Problem> {
    cx.batch(&dry, &items, queries::insert, async |_, made| Ok(made)).await
}

/// Read a person.
///
/// Of a protected identity only what does not identify is shown, and only to the assigned and to team leaders; ask for
/// its details by a command of their own.
#[utoipa::path(tag = TAG, responses((status = 200, body = Person)), security(("bearer" = [ReadPersons::SCOPE])))]
#[get("/persons/{id}")]
pub async fn read_person(cx: Cx<ReadPersons>, id: Path<PersonId>) -> Result<One<Person>, Problem> {
    cx.read(async |db| queries::find(db, *id).await).await.map(One)
}

/// Change a person.
///
/// What identifies somebody with a protected identity cannot be changed here. Who is responsible for them, a team leader
/// says: whoever is, cannot give it away (403 `not_yours`), since they would not see what became of it.
#[utoipa::path(tag = TAG, responses((status = 200, body = Person)), security(("bearer" = [WritePersons::SCOPE])))]
#[patch("/persons/{id}")]
pub async fn update_person(
    cx: Cx<WritePersons>,
    id: Path<PersonId>,
    patch: Json<PersonPatch>,
    version: IfMatch,
) -> Result<One<Person>, Problem> {
    cx.change(version, async |db| queries::update(db, *id, version, &patch).await, queries::find).await
}

/// List national identity numbers.
///
/// Oldest first. The numbers themselves are not told.
#[utoipa::path(tag = TAG, params(OfPerson, Window), responses((status = 200, body = Page<PersonIdentifier>)), security(("bearer" = [ReadPersons::SCOPE])))]
#[get("/person-identifiers")]
pub async fn list_person_identifiers(
    cx: Cx<ReadPersons>,
    of: Query<OfPerson>,
    window: Query<Window>,
) -> Result<Page<PersonIdentifier>, Problem> {
    cx.read(async |db| queries::list_identifiers(db, &of, &window).await).await
}

/// Register a national identity number.
///
/// It is checked, sealed, and never told again. Not every organisation keeps such numbers. The person's own number again,
/// however it is spelled, is a 409 `person_identifier_already_registered`; one that is already another's, 409
/// `person_identifier_belongs_to_another`, unless the other's identity is protected: then it is taken, and whoever is
/// responsible for them gets a task to see to it.
#[utoipa::path(tag = TAG, responses((status = 201, body = PersonIdentifier)), security(("bearer" = [WritePersons::SCOPE])))]
#[post("/person-identifiers")]
pub async fn create_person_identifier(
    cx: Cx<WritePersons>,
    new: Json<NewPersonIdentifier>,
) -> Result<Created<PersonIdentifier>, Problem> {
    let work = async |db: &mut _, new: &_| queries::insert_identifier(db, cx.house(), new).await;
    cx.create(new, work, queries::find_identifier).await
}

/// Read a national identity number.
///
/// The number itself is not told.
#[utoipa::path(tag = TAG, responses((status = 200, body = PersonIdentifier)), security(("bearer" = [ReadPersons::SCOPE])))]
#[get("/person-identifiers/{id}")]
pub async fn read_person_identifier(
    cx: Cx<ReadPersons>,
    id: Path<PersonIdentifierId>,
) -> Result<One<PersonIdentifier>, Problem> {
    cx.read(async |db| queries::find_identifier(db, *id).await).await.map(One)
}

/// Replace a national identity number.
///
/// People get new numbers. The old one is kept as replaced; the answer is the new one.
#[utoipa::path(tag = TAG, responses((status = 200, body = PersonIdentifier)), security(("bearer" = [WritePersons::SCOPE])))]
#[post("/person-identifiers/{id}/replace")]
pub async fn replace_person_identifier(
    cx: Cx<WritePersons>,
    id: Path<PersonIdentifierId>,
    by: Json<Replacement>,
    version: IfMatch,
) -> Result<One<PersonIdentifier>, Problem> {
    let work = async |db: &mut _| queries::replace_identifier(db, cx.house(), *id, version, &by).await;
    cx.change(version, work, queries::find_identifier).await
}

/// List links between persons.
///
/// Oldest first, those that have ended too.
#[utoipa::path(tag = TAG, params(OfPerson, Window), responses((status = 200, body = Page<PersonLink>)), security(("bearer" = [ReadPersons::SCOPE])))]
#[get("/person-links")]
pub async fn list_person_links(
    cx: Cx<ReadPersons>,
    of: Query<OfPerson>,
    window: Query<Window>,
) -> Result<Page<PersonLink>, Problem> {
    cx.read(async |db| queries::list_links(db, &of, &window).await).await
}

/// Register what one person is to another.
///
/// Only the rights of a link decide who may sign, not what the other is.
#[utoipa::path(tag = TAG, responses((status = 201, body = PersonLink)), security(("bearer" = [WritePersons::SCOPE])))]
#[post("/person-links")]
pub async fn create_person_link(
    cx: Cx<WritePersons>,
    new: Json<NewPersonLink>,
) -> Result<Created<PersonLink>, Problem> {
    cx.create(new, queries::insert_link, queries::find_link).await
}

/// Read a link between persons.
#[utoipa::path(tag = TAG, responses((status = 200, body = PersonLink)), security(("bearer" = [ReadPersons::SCOPE])))]
#[get("/person-links/{id}")]
pub async fn read_person_link(
    cx: Cx<ReadPersons>,
    id: Path<PersonLinkId>,
) -> Result<One<PersonLink>, Problem> {
    cx.read(async |db| queries::find_link(db, *id).await).await.map(One)
}

/// Change a link between persons.
#[utoipa::path(tag = TAG, responses((status = 200, body = PersonLink)), security(("bearer" = [WritePersons::SCOPE])))]
#[patch("/person-links/{id}")]
pub async fn update_person_link(
    cx: Cx<WritePersons>,
    id: Path<PersonLinkId>,
    patch: Json<PersonLinkPatch>,
    version: IfMatch,
) -> Result<One<PersonLink>, Problem> {
    cx.change(version, async |db| queries::update_link(db, *id, version, &patch).await, queries::find_link)
        .await
}

/// End a link between persons.
///
/// It ends today. One that began today is left without rights until tomorrow.
#[utoipa::path(tag = TAG, responses((status = 200, body = PersonLink)), security(("bearer" = [WritePersons::SCOPE])))]
#[post("/person-links/{id}/end")]
pub async fn end_person_link(
    cx: Cx<WritePersons>,
    id: Path<PersonLinkId>,
    version: IfMatch,
) -> Result<One<PersonLink>, Problem> {
    cx.change(version, async |db| queries::end_link(db, *id, version).await, queries::find_link).await
}
