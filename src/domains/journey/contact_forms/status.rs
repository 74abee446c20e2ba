use crate::db::{Life, text_enum};

text_enum! {
    /// Where a contact form is in its life.
    #[schema(as = ContactFormStatus)]
    pub enum Status { Draft = "draft", Active = "active", Closed = "closed" }
}

text_enum! {
    /// What can be done to a contact form. `revise` is writing the next version. A form is closed when its participant
    /// leaves the network, or the network is dissolved.
    #[schema(as = ContactFormAction)]
    pub enum Action { Revise = "revise", Activate = "activate" }
}

impl Life for Status {
    type Action = Action;
    const ACTIONS: &'static [Action] = Action::ALL;

    fn next(self, action: Action) -> Option<Self> {
        match (self, action) {
            (Self::Draft | Self::Active, Action::Revise) => Some(self),
            (Self::Draft, Action::Activate) => Some(Self::Active),
            _ => None,
        }
    }
}

impl From<Status> for Vec<Action> {
    fn from(status: Status) -> Self {
        status.allowed()
    }
}
