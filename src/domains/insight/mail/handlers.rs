use actix_web::{get, patch};

use super::{
    queries,
    types::{MailSetting, MailSettingId, MailSettingPatch},
};
use crate::{
    access::{Cx, Permission as _, ReadMailSettings, WriteMailSettings},
    problem::Problem,
    web::{IfMatch, Json, One, Path},
};

const TAG: &str = "tasks";

/// Read what one is told by mail.
///
/// One's own, by the `membership_id` of the log-in. A mail tells what kind of thing waits, how many and since when, and
/// nothing of whom it is about; there is none where the installation has no mail server.
#[utoipa::path(tag = TAG, responses((status = 200, body = MailSetting)), security(("bearer" = [ReadMailSettings::SCOPE])))]
#[get("/mail-settings/{id}")]
pub async fn read_mail_setting(
    cx: Cx<ReadMailSettings>,
    id: Path<MailSettingId>,
) -> Result<One<MailSetting>, Problem> {
    cx.run(async |db| queries::find(db, *id).await).await.map(One)
}

/// Choose what one is told by mail.
///
/// For this membership alone: whoever has several chooses for each.
#[utoipa::path(tag = TAG, responses((status = 200, body = MailSetting)), security(("bearer" = [WriteMailSettings::SCOPE])))]
#[patch("/mail-settings/{id}")]
pub async fn update_mail_setting(
    cx: Cx<WriteMailSettings>,
    id: Path<MailSettingId>,
    patch: Json<MailSettingPatch>,
    version: IfMatch,
) -> Result<One<MailSetting>, Problem> {
    cx.change(version, async |db| queries::update(db, *id, version, &patch).await, queries::find).await
}
