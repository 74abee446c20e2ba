//! What the house does on its own account, or beyond the sight of whoever asked. There are no others.

use crate::db::text_enum;

text_enum! {
    /// A purpose under which rows are seen that no caller may see; it stands in the audit.
    pub enum Purpose {
        LogIn = "log in",
        Refresh = "refresh a session",
        EndSession = "end a session",
        SwitchMembership = "switch membership",
        AcceptInvitation = "accept an invitation",
        ChangePassword = "change a password",
        SecondFactor = "keep a second factor",
        RecoverAccount = "recover an account",
        OwnAccount = "read one's own account",
        RegisterClient = "register a system client",
        AdmitClient = "admit a system client",
        Keys = "keep the signing keys",
        Audit = "write down a refusal",
        Dispatch = "dispatch disclosures",
        NumberEvents = "number what happened",
        AlarmDisclosure = "ask after what nobody has acknowledged",
        Expire = "let consents and legal bases expire",
        FailDisclosure = "let unreceived disclosures fail",
        RemoveDraft = "remove referrals that were never submitted",
        ExpireReferral = "let referrals expire",
        SettleOffers = "settle what was offered",
        LapseOffers = "let offers lapse",
        AskAfterWaiting = "ask after those who wait",
        AskAtTheEnd = "ask whether a protection is to go on",
        TellByMail = "tell staff of their tasks by mail",
        Purge = "remove what is past its time",
        QueueForm = "queue a contact form for its municipality",
        Protect = "protect an identity",
        LeaveNetwork = "leave a network",
        RelyOnUnit = "see whether networks rely on a unit",
        RouteReferral = "route a referral",
        AlarmUnrouted = "ask after referrals without a recipient",
        AlarmUnanswered = "ask after what nobody has answered",
        ReportNeed = "report a need that volunteers cannot meet",
        EndAgreement = "end agreements whose period is over",
        Directory = "show the directory",
        ReadRules = "read the rules",
        Administer = "administer from the command line",
        LoadDemo = "load the demo world",
        Health = "tell whether the database answers",
    }
}
