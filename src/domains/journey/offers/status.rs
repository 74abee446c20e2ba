use crate::{
    access::post::{Side, Stage},
    db::{Life, text_enum},
};

text_enum! {
    /// What has become of an offer. It lapses when nobody answers in time, or when the referral is no longer offered.
    #[schema(as = OfferStatus)]
    pub enum Status { Pending = "pending", Accepted = "accepted", Declined = "declined", Lapsed = "lapsed" }
}

text_enum! {
    /// What can be done to an offer: those whom it is made to answer, and who has made it tells who it is about.
    #[schema(as = OfferAction)]
    pub enum Action { Accept = "accept", Decline = "decline", Disclose = "disclose", Lapse = "lapse" }
}

impl Life for Stage<Status> {
    type Action = Action;
    // Without `Lapse`: only the clock does that, and the database, when the referral is no longer offered.
    const ACTIONS: &[Action] = &[Action::Accept, Action::Decline, Action::Disclose];

    fn next(self, action: Action) -> Option<Self> {
        let status = match (self.side, self.status, action) {
            (Side::Received, Status::Pending, Action::Accept) => Status::Accepted,
            (Side::Received, Status::Pending, Action::Decline) => Status::Declined,
            (Side::Sent, Status::Pending, Action::Lapse) => Status::Lapsed,
            (Side::Sent, Status::Accepted, Action::Disclose) => Status::Accepted,
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
