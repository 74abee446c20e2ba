use crate::{
    access::post::{Side, Stage},
    db::{Life, text_enum},
};

text_enum! {
    /// Where a consent is in its life.
    #[schema(as = ConsentStatus)]
    pub enum Status {
        Drafted = "drafted",
        Presented = "presented",
        Active = "active",
        Refused = "refused",
        Suspended = "suspended",
        Withdrawn = "withdrawn",
        Expired = "expired",
        Superseded = "superseded",
        Invalidated = "invalidated",
    }
}

text_enum! {
    /// What can be done to a consent.
    #[schema(as = ConsentAction)]
    pub enum Action {
        Present = "present",
        Give = "give",
        Refuse = "refuse",
        Narrow = "narrow",
        Withdraw = "withdraw",
        CapacityLapsed = "capacity_lapsed",
        Reassess = "reassess",
        Invalidate = "invalidate",
        Expire = "expire",
    }
}

impl Life for Stage<Status> {
    type Action = Action;
    const ACTIONS: &[Action] = Action::ALL;

    fn next(self, action: Action) -> Option<Self> {
        let status = match (self.side, self.status, action) {
            (_, Status::Active | Status::Suspended, Action::Withdraw) => Status::Withdrawn,
            (Side::Received, ..) => return None,
            (_, Status::Drafted, Action::Present) => Status::Presented,
            (_, Status::Presented, Action::Give) | (_, Status::Suspended, Action::Reassess) => Status::Active,
            (_, Status::Presented, Action::Refuse) => Status::Refused,
            (_, Status::Active, Action::Narrow) => Status::Superseded,
            (_, Status::Active, Action::CapacityLapsed) => Status::Suspended,
            (_, Status::Active | Status::Suspended, Action::Expire) => Status::Expired,
            (
                _,
                Status::Drafted | Status::Presented | Status::Active | Status::Suspended,
                Action::Invalidate,
            ) => Status::Invalidated,
            _ => return None,
        };
        Some(Self { status, ..self })
    }
}

// Only the clock lets a consent expire.
impl From<Stage<Status>> for Vec<Action> {
    fn from(stage: Stage<Status>) -> Self {
        stage.allowed().into_iter().filter(|action| *action != Action::Expire).collect()
    }
}
