//! Wakes those who wait for something to happen at their organisation, in whichever process it was numbered.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::sync::watch;
use uuid::Uuid;

use crate::{db, problem::Problem};

/// The channel on which `app.number_events` tells whose events it has numbered.
const CHANNEL: &str = "samspill_numbered";

/// How many can wait at once for one organisation, in one process.
const MOST: usize = 16;

/// How long to leave a database alone that was not there.
const REST: Duration = Duration::from_secs(1);

/// One for each organisation that anybody has waited for; none any more when the server stops.
type Bells = Option<HashMap<Uuid, watch::Sender<()>>>;

/// Wakes those who wait for events.
#[derive(Clone)]
pub struct Bell(Arc<Mutex<Bells>>);

impl Default for Bell {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(Some(HashMap::new()))))
    }
}

impl Bell {
    /// Rings for all that the database at `url` tells, for ever. After it was away, for everybody: what was told
    /// meanwhile nobody has heard.
    pub async fn listen(self, url: String) {
        loop {
            if let Err(gone) = db::listen(&url, CHANNEL, |desk| self.ring(desk.parse().ok())).await {
                tracing::warn!(%gone, "who waits for events is not woken until the database is back");
            }
            tokio::time::sleep(REST).await;
        }
    }

    /// From now on nobody waits: the server stops.
    pub fn close(&self) {
        *self.bells() = None;
    }

    /// How many wait for an organisation.
    pub fn waiting(&self, desk: Uuid) -> usize {
        self.bells().as_ref().and_then(|all| all.get(&desk)).map_or(0, watch::Sender::receiver_count)
    }

    /// Changes when there is something new, counted from now; and breaks when the server stops. 429 if too many wait.
    pub(super) fn at(&self, desk: Uuid) -> Result<watch::Receiver<()>, Problem> {
        let mut bells = self.bells();
        let Some(bells) = bells.as_mut() else { return Ok(watch::channel(()).1) };
        let bell = bells.entry(desk).or_insert_with(|| watch::channel(()).0);
        if bell.receiver_count() < MOST { Ok(bell.subscribe()) } else { Err(Problem::too_many(1)) }
    }

    fn ring(&self, desk: Option<Uuid>) {
        let bells = self.bells();
        let all = bells.iter().flatten().filter(|(one, _)| desk.is_none_or(|desk| desk == **one));
        all.for_each(|(_, bell)| bell.send_replace(()));
    }

    fn bells(&self) -> MutexGuard<'_, Bells> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
