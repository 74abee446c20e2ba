use actix_web::get;

use super::{
    queries,
    types::{DirectoryEntry, DirectoryFilter},
};
use crate::{
    access::{Purpose, Visitor},
    problem::Problem,
    web::{Cached, Page, Query, Window},
};

const TAG: &str = "directory";

/// Find out where to report a need.
///
/// The contact points that organisations of this municipality have published and that are valid today: role, hours and
/// telephone, and no names. It may be cached for a minute.
#[utoipa::path(tag = TAG, params(DirectoryFilter, Window), responses((status = 200, body = Page<DirectoryEntry>)), extensions(("x-public" = json!("Whoever has a need is to find out where to report it. It holds what organisations have chosen to publish, and no names."))))]
#[get("/directory")]
pub async fn list_directory(
    visitor: Visitor,
    filter: Query<DirectoryFilter>,
    window: Query<Window>,
) -> Result<Cached<Page<DirectoryEntry>>, Problem> {
    let found = async |db: &mut _| queries::list(db, &filter, &window).await;
    visitor.system(Purpose::Directory, found).await.map(Cached)
}
