use crate::{
    access::post::{Side, Stage},
    db::{Life, text_enum},
};

text_enum! {
    /// Where a referral is in its life.
    #[schema(as = ReferralStatus)]
    pub enum Status {
        Draft = "draft",
        Unrouted = "unrouted",
        Submitted = "submitted",
        InClarification = "in_clarification",
        NeedsInformation = "needs_information",
        Offered = "offered",
        Accepted = "accepted",
        Waitlisted = "waitlisted",
        InDelivery = "in_delivery",
        OnHold = "on_hold",
        Completed = "completed",
        Declined = "declined",
        Withdrawn = "withdrawn",
        Redirected = "redirected",
        EndedEarly = "ended_early",
        Expired = "expired",
        EnteredInError = "entered_in_error",
    }
}

text_enum! {
    /// What can be done to a referral.
    #[schema(as = ReferralAction)]
    pub enum Action {
        Submit = "submit",
        Route = "route",
        LeaveUnrouted = "leave_unrouted",
        EnterInError = "enter_in_error",
        BeginClarification = "begin_clarification",
        RequestInformation = "request_information",
        ProvideInformation = "provide_information",
        Offer = "offer",
        OfferAccepted = "offer_accepted",
        OffersDeclined = "offers_declined",
        Waitlist = "waitlist",
        Accept = "accept",
        Redirect = "redirect",
        Decline = "decline",
        Withdraw = "withdraw",
        Start = "start",
        Hold = "hold",
        Resume = "resume",
        Complete = "complete",
        EndEarly = "end_early",
        Reopen = "reopen",
        Expire = "expire",
    }
}

impl Status {
    /// Whether nothing more happens to it: a correction is a new, linked one.
    pub const fn is_terminal(self) -> bool {
        matches!(
            self,
            Self::Completed
                | Self::Declined
                | Self::Withdrawn
                | Self::Redirected
                | Self::EndedEarly
                | Self::Expired
                | Self::EnteredInError
        )
    }

    /// Whether it was reported, and nothing has begun that could be broken off.
    const fn is_not_begun(self) -> bool {
        matches!(
            self,
            Self::Submitted
                | Self::InClarification
                | Self::NeedsInformation
                | Self::Offered
                | Self::Accepted
                | Self::Waitlisted
        )
    }
}

impl Life for Stage<Status> {
    type Action = Action;
    // Without `Expire`, which only the clock does, `LeaveUnrouted`, which comes of a submission, and what follows from the
    // answers to offers.
    const ACTIONS: &[Action] = &[
        Action::Submit,
        Action::Route,
        Action::EnterInError,
        Action::BeginClarification,
        Action::RequestInformation,
        Action::ProvideInformation,
        Action::Offer,
        Action::Waitlist,
        Action::Accept,
        Action::Redirect,
        Action::Decline,
        Action::Withdraw,
        Action::Start,
        Action::Hold,
        Action::Resume,
        Action::Complete,
        Action::EndEarly,
        Action::Reopen,
    ];

    fn next(self, action: Action) -> Option<Self> {
        use Action as Do;
        use Status as Is;
        // What is reported and clarified at one desk has both sides there.
        let (sends, receives) = (self.side != Side::Received, self.side != Side::Sent);
        let status = match (self.status, action) {
            (Is::Draft | Is::Unrouted, Do::Submit) if sends => Is::Submitted,
            (Is::Draft | Is::Unrouted, Do::Route) if sends => self.status,
            (Is::Draft | Is::Unrouted, Do::LeaveUnrouted) if sends && receives => Is::Unrouted,
            (Is::Draft | Is::Unrouted, Do::EnterInError) if sends => Is::EnteredInError,
            (Is::Unrouted, Do::Withdraw) if sends => Is::Withdrawn,
            (Is::Submitted, Do::BeginClarification) if receives => Is::InClarification,
            (Is::InClarification, Do::RequestInformation) if receives => Is::NeedsInformation,
            (Is::NeedsInformation, Do::ProvideInformation) => Is::InClarification,
            (Is::InClarification, Do::Offer) if receives => Is::Offered,
            (Is::Offered, Do::OfferAccepted) if receives => Is::Accepted,
            (Is::Offered, Do::OffersDeclined) if receives => Is::InClarification,
            // Whoever waits already waits on, until another day of review.
            (Is::InClarification | Is::Offered | Is::Waitlisted, Do::Waitlist) if receives => Is::Waitlisted,
            (Is::Submitted | Is::InClarification, Do::Accept) if receives => Is::Accepted,
            (Is::Submitted | Is::InClarification, Do::Redirect) if receives => Is::Redirected,
            (before, Do::Decline) if receives && before.is_not_begun() => Is::Declined,
            // The person says no to whichever side they meet.
            (before, Do::Withdraw) if before.is_not_begun() => Is::Withdrawn,
            (Is::Accepted | Is::Waitlisted, Do::Start) if receives => Is::InDelivery,
            (Is::InDelivery, Do::Hold) if receives => Is::OnHold,
            (Is::OnHold, Do::Resume) if receives => Is::InDelivery,
            (Is::InDelivery, Do::Complete) if receives => Is::Completed,
            (Is::InDelivery | Is::OnHold, Do::EndEarly) if receives => Is::EndedEarly,
            // What has begun is never ended by the time alone.
            (Is::Submitted | Is::InClarification | Is::NeedsInformation | Is::Accepted, Do::Expire)
                if receives =>
            {
                Is::Expired
            }
            // This one stays as it is; what is opened is a new one.
            (
                Is::Completed | Is::Declined | Is::Withdrawn | Is::Redirected | Is::EndedEarly | Is::Expired,
                Do::Reopen,
            ) if sends => self.status,
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
