//! The lives of a guidance request and of a report of an unmet need.

use crate::{
    access::post::{Side, Stage},
    db::{Life, text_enum},
};

text_enum! {
    /// Where a guidance request is in its life.
    #[schema(as = GuidanceRequestStatus)]
    pub enum GuidanceStatus { Open = "open", Answered = "answered", Closed = "closed" }
}

text_enum! {
    /// What can be done to a guidance request.
    #[schema(as = GuidanceRequestAction)]
    pub enum GuidanceAction { Answer = "answer", Close = "close" }
}

impl Life for Stage<GuidanceStatus> {
    type Action = GuidanceAction;
    const ACTIONS: &'static [GuidanceAction] = GuidanceAction::ALL;

    fn next(self, action: GuidanceAction) -> Option<Self> {
        use GuidanceStatus::{Answered, Closed, Open};
        let status = match (self.side, self.status, action) {
            (Side::Received, Open, GuidanceAction::Answer) => Answered,
            (Side::Sent, Open | Answered, GuidanceAction::Close) => Closed,
            _ => return None,
        };
        Some(Self { status, ..self })
    }
}

impl From<Stage<GuidanceStatus>> for Vec<GuidanceAction> {
    fn from(stage: Stage<GuidanceStatus>) -> Self {
        stage.allowed()
    }
}

text_enum! {
    /// Where a report of an unmet need is in its life.
    #[schema(as = UnmetNeedReportStatus)]
    pub enum ReportStatus {
        Sent = "sent",
        Acknowledged = "acknowledged",
        Assessed = "assessed",
        Actioned = "actioned",
        Declined = "declined",
    }
}

text_enum! {
    /// What can be done to a report of an unmet need.
    #[schema(as = UnmetNeedReportAction)]
    pub enum ReportAction { Acknowledge = "acknowledge", Assess = "assess", Action = "action", Decline = "decline" }
}

impl Life for Stage<ReportStatus> {
    type Action = ReportAction;
    const ACTIONS: &'static [ReportAction] = ReportAction::ALL;

    fn next(self, action: ReportAction) -> Option<Self> {
        use ReportStatus::{Acknowledged, Actioned, Assessed, Declined, Sent};
        let status = match (self.status, action) {
            _ if self.side != Side::Received => return None,
            (Sent, ReportAction::Acknowledge) => Acknowledged,
            (Sent | Acknowledged, ReportAction::Assess) => Assessed,
            (Assessed, ReportAction::Action) => Actioned,
            (Sent | Acknowledged | Assessed, ReportAction::Decline) => Declined,
            _ => return None,
        };
        Some(Self { status, ..self })
    }
}

impl From<Stage<ReportStatus>> for Vec<ReportAction> {
    fn from(stage: Stage<ReportStatus>) -> Self {
        stage.allowed()
    }
}
