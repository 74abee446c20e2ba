use crate::db::{Life, text_enum};

text_enum! {
    /// Where a log entry is in its life.
    #[schema(as = LogEntryStatus)]
    pub enum Status { Draft = "draft", Final = "final", Corrected = "corrected" }
}

text_enum! {
    /// What can be done to a log entry. `correct` is writing another that corrects it.
    #[schema(as = LogEntryAction)]
    pub enum Action {
        Update = "update",
        Finish = "finish",
        Delete = "delete",
        Correct = "correct",
        Share = "share",
    }
}

impl Life for Status {
    type Action = Action;
    const ACTIONS: &'static [Action] = Action::ALL;

    fn next(self, action: Action) -> Option<Self> {
        match (self, action) {
            (Self::Draft, Action::Update | Action::Delete) => Some(self),
            (Self::Draft, Action::Finish) => Some(Self::Final),
            (Self::Final, Action::Correct) => Some(Self::Corrected),
            (Self::Final | Self::Corrected, Action::Share) => Some(self),
            _ => None,
        }
    }
}

impl From<Status> for Vec<Action> {
    fn from(status: Status) -> Self {
        status.allowed()
    }
}
