//! The life of a collaboration agreement: either side takes each step, and both see it.

use crate::{
    access::post::Stage,
    db::{Life, text_enum},
};

text_enum! {
    /// Where a collaboration agreement is in its life.
    #[schema(as = CollaborationAgreementStatus)]
    pub enum Status { Draft = "draft", Active = "active", Suspended = "suspended", Ended = "ended" }
}

text_enum! {
    /// What can be done to a collaboration agreement.
    #[schema(as = CollaborationAgreementAction)]
    pub enum Action {
        SetReadiness = "set_readiness",
        Accept = "accept",
        Activate = "activate",
        Suspend = "suspend",
        Resume = "resume",
        End = "end",
    }
}

impl Life for Stage<Status> {
    type Action = Action;
    const ACTIONS: &'static [Action] = Action::ALL;

    fn next(self, action: Action) -> Option<Self> {
        use Status::{Active, Draft, Ended, Suspended};
        let status = match (self.status, action) {
            // What is in place is looked at before the method is used, not while it is.
            (Draft | Suspended, Action::SetReadiness) => self.status,
            (Draft, Action::Accept) => Draft,
            (Draft, Action::Activate) | (Suspended, Action::Resume) => Active,
            (Active, Action::Suspend) => Suspended,
            (Draft | Active | Suspended, Action::End) => Ended,
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
