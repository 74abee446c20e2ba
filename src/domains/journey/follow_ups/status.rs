use crate::db::{Life, text_enum};

text_enum! {
    /// Where a follow-up is in its life. Half done is with one of the two; it stays due for the other.
    #[schema(as = FollowUpStatus)]
    pub enum Status { Due = "due", HalfDone = "half_done", Done = "done", Cancelled = "cancelled" }
}

text_enum! {
    /// What can be done to a follow-up. It is cancelled when its network is dissolved.
    #[schema(as = FollowUpAction)]
    pub enum Action { Record = "record" }
}

impl Life for Status {
    type Action = Action;
    const ACTIONS: &'static [Action] = Action::ALL;

    fn next(self, action: Action) -> Option<Self> {
        match (self, action) {
            (Self::Due, Action::Record) => Some(Self::HalfDone),
            (Self::HalfDone, Action::Record) => Some(Self::Done),
            _ => None,
        }
    }
}

impl From<Status> for Vec<Action> {
    fn from(status: Status) -> Self {
        status.allowed()
    }
}
