use std::{error::Error, pin::pin};

use diesel_async::SimpleAsyncConnection as _;
use futures_util::StreamExt as _;

/// Hears what is told on a channel, on a connection of its own, until that is gone. Nothing is heard of what was told
/// before: when it has begun to listen it says so, by an empty text.
pub async fn listen(url: &str, channel: &str, mut hear: impl FnMut(&str)) -> Result<(), Box<dyn Error>> {
    let mut db = super::connect(url).await?;
    db.batch_execute(&format!("listen {channel}")).await?;
    hear("");
    let mut told = pin!(db.notifications_stream());
    while let Some(one) = told.next().await {
        hear(&one?.payload);
    }
    Ok(())
}
