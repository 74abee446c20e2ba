//! The life of a counterpart: the sender asks, the recipient approves, either ends it.

use crate::{
    access::post::{Side, Stage},
    db::{Life, text_enum},
};

text_enum! {
    /// How far two organisations are with each other.
    #[schema(as = CounterpartStatus)]
    pub enum Status { Requested = "requested", Approved = "approved", Refused = "refused", Ended = "ended" }
}

text_enum! {
    /// What can be done about a counterpart.
    #[schema(as = CounterpartAction)]
    pub enum Action { Approve = "approve", Refuse = "refuse", End = "end" }
}

impl Life for Stage<Status> {
    type Action = Action;
    const ACTIONS: &'static [Action] = Action::ALL;

    fn next(self, action: Action) -> Option<Self> {
        let status = match (self.status, action, self.side) {
            (Status::Requested, Action::Approve, Side::Received) => Status::Approved,
            (Status::Requested, Action::Refuse, Side::Received) => Status::Refused,
            (Status::Requested, Action::End, Side::Sent) | (Status::Approved, Action::End, _) => {
                Status::Ended
            }
            _ => return None,
        };
        Some(Self { status, ..self })
    }
}

impl From<Stage<Status>> for Vec<Action> {
    fn from(stage: Stage<Status>) -> Self {
        stage.allowed()
    }
}
