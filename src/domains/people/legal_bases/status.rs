use crate::{
    access::post::{Side, Stage},
    db::{Life, text_enum},
};

text_enum! {
    /// Where a legal basis is in its life: it begins when it is decided.
    #[schema(as = LegalBasisStatus)]
    pub enum Status { Active = "active", Ended = "ended", Expired = "expired" }
}

text_enum! {
    /// What can be done to a legal basis.
    #[schema(as = LegalBasisAction)]
    pub enum Action { End = "end", Expire = "expire" }
}

impl Life for Stage<Status> {
    type Action = Action;
    const ACTIONS: &[Action] = Action::ALL;

    fn next(self, action: Action) -> Option<Self> {
        let status = match (self.side, self.status, action) {
            (Side::Sent, Status::Active, Action::End) => Status::Ended,
            (Side::Sent, Status::Active, Action::Expire) => Status::Expired,
            _ => return None,
        };
        Some(Self { status, ..self })
    }
}

// Only the clock lets a legal basis expire.
impl From<Stage<Status>> for Vec<Action> {
    fn from(stage: Stage<Status>) -> Self {
        stage.allowed().into_iter().filter(|action| *action != Action::Expire).collect()
    }
}
