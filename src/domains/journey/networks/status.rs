use crate::db::{Life, text_enum};

text_enum! {
    /// Where a network is in its life.
    #[schema(as = NetworkStatus)]
    pub enum Status { Forming = "forming", Active = "active", Paused = "paused", Dissolved = "dissolved" }
}

text_enum! {
    /// What can be done to a network. `update` is every change of what it is and who is in it.
    #[schema(as = NetworkAction)]
    pub enum Action {
        Update = "update",
        Activate = "activate",
        Pause = "pause",
        Resume = "resume",
        Dissolve = "dissolve",
    }
}

impl Life for Status {
    type Action = Action;
    const ACTIONS: &'static [Action] = Action::ALL;

    fn next(self, action: Action) -> Option<Self> {
        match (self, action) {
            (Self::Forming | Self::Active | Self::Paused, Action::Update) => Some(self),
            (Self::Forming, Action::Activate) | (Self::Paused, Action::Resume) => Some(Self::Active),
            (Self::Active, Action::Pause) => Some(Self::Paused),
            (Self::Forming | Self::Active | Self::Paused, Action::Dissolve) => Some(Self::Dissolved),
            _ => None,
        }
    }
}

impl From<Status> for Vec<Action> {
    fn from(status: Status) -> Self {
        status.allowed()
    }
}
