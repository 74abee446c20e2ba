use diesel::Queryable;

use crate::{
    access::post::{Side, Stage},
    db::{Life, text_enum},
};

text_enum! {
    /// How far a disclosure, and the delivery that it becomes, has come.
    #[schema(as = DisclosureStatus)]
    pub enum Status {
        Queued = "queued",
        Blocked = "blocked",
        Recalled = "recalled",
        Sent = "sent",
        Received = "received",
        Archived = "archived",
        Rejected = "rejected",
        Failed = "failed",
    }
}

text_enum! {
    /// What can be done to a disclosure by its sender, and to a delivery by its recipient.
    #[schema(as = DisclosureAction)]
    pub enum Action {
        Recall = "recall",
        Resend = "resend",
        Approve = "approve",
        Acknowledge = "acknowledge",
        TakeIn = "take_in",
        Archive = "archive",
        Reject = "reject",
        Fail = "fail",
    }
}

impl Life for Stage<Status> {
    type Action = Action;
    // Without `Fail`: only a clock does that. Sending is not here either: that is the gate's to decide.
    const ACTIONS: &[Action] = &[
        Action::Recall,
        Action::Resend,
        Action::Approve,
        Action::Acknowledge,
        Action::TakeIn,
        Action::Archive,
        Action::Reject,
    ];

    fn next(self, action: Action) -> Option<Self> {
        use Status::{Archived, Blocked, Failed, Queued, Recalled, Received, Rejected, Sent};
        let status = match (self.side, self.status, action) {
            (Side::Sent, Queued | Blocked, Action::Recall) => Recalled,
            (Side::Sent, Failed, Action::Resend) | (Side::Sent, Blocked, Action::Approve) => Queued,
            (Side::Sent, Sent, Action::Fail) => Failed,
            (Side::Received, Sent | Failed, Action::Acknowledge) => Received,
            (Side::Received, Sent | Failed | Received, Action::TakeIn) => Received,
            (Side::Received, Received, Action::Archive) => Archived,
            (Side::Received, Sent | Received, Action::Reject) => Rejected,
            _ => return None,
        };
        Some(Self { status, ..self })
    }
}

/// Why something about a person whose identity is protected does not leave at once.
pub const NEEDS_APPROVAL: &str = "protected_needs_approval";

/// How far the sender's row has come, and what it waits for.
#[derive(Queryable)]
pub struct Waiting {
    side: Side,
    status: Status,
    blocked_reason: Option<String>,
}

impl From<Waiting> for Vec<Action> {
    fn from(it: Waiting) -> Self {
        let mut allowed = Stage { side: it.side, status: it.status }.allowed();
        // A consent is not to be had by an approval.
        let waits = it.blocked_reason.as_deref() == Some(NEEDS_APPROVAL);
        allowed.retain(|action| waits || *action != Action::Approve);
        allowed
    }
}

impl From<Stage<Status>> for Vec<Action> {
    fn from(stage: Stage<Status>) -> Self {
        stage.allowed()
    }
}
