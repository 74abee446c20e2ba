//! Page 1: which role may do which verb. There is no other place.

use crate::db::text_enum;

text_enum! {
    /// What someone is in an organisation.
    pub enum Role {
        Admin = "admin",
        Caseworker = "caseworker",
        UnitContact = "unit_contact",
        Coordinator = "coordinator",
        TeamLeader = "team_leader",
        Finance = "finance",
        Volunteer = "volunteer",
        Participant = "participant",
        DataProtectionOfficer = "data_protection_officer",
        Integration = "integration",
        Operator = "operator",
    }
}

/// A verb that some roles may do.
pub trait Permission: 'static {
    /// How a token and the document call it.
    const SCOPE: &'static str;
    /// Who may.
    const ROLES: &'static [Role];
}

macro_rules! permissions {
    ($($(#[$meta:meta])* $verb:ident $scope:literal $($role:ident)+;)+) => {
        $(
            $(#[$meta])*
            #[derive(Debug)]
            pub struct $verb;

            impl Permission for $verb {
                const SCOPE: &'static str = $scope;
                const ROLES: &'static [Role] = &[$(Role::$role),+];
            }
        )+

        /// The whole table, for the document and the tests.
        pub const ALL: &[(&str, &[Role])] = &[$((<$verb as Permission>::SCOPE, <$verb as Permission>::ROLES)),+];
    };
}

permissions! {
    /// See one's own account, memberships and sessions.
    ReadOwnAccount          "account:read"              Admin Caseworker UnitContact Coordinator TeamLeader Finance Volunteer Participant DataProtectionOfficer Integration Operator;
    /// Change one's password and second factor, switch membership, end one's sessions.
    WriteOwnAccount         "account:write"             Admin Caseworker UnitContact Coordinator TeamLeader Finance Volunteer Participant DataProtectionOfficer Operator;
    /// See who works here.
    ReadMembers             "members:read"              Admin Caseworker Coordinator TeamLeader DataProtectionOfficer Operator;
    /// Invite, change and end memberships, and help members back in who cannot log in.
    ManageMembers           "members:manage"            Admin;
    /// See system clients and their keys.
    ReadClients             "clients:read"              Admin Operator;
    /// Register system clients and their keys, and end them.
    ManageClients           "clients:manage"            Admin Operator;

    /// See organisations and units.
    ReadOrganisations       "organisations:read"        Admin Caseworker UnitContact Coordinator TeamLeader Finance Volunteer Participant DataProtectionOfficer Integration Operator;
    /// Say how this organisation works.
    ManageOrganisation      "organisations:manage"      Admin;
    /// Make and change units.
    ManageUnits             "units:manage"              Admin;
    /// See contact points.
    ReadContactPoints       "contact_points:read"       Admin Caseworker UnitContact Coordinator TeamLeader Integration;
    /// Make and change contact points.
    ManageContactPoints     "contact_points:manage"     Admin;
    /// See who may write to whom.
    ReadCounterparts        "counterparts:read"         Admin Caseworker UnitContact Coordinator TeamLeader DataProtectionOfficer Integration Operator;
    /// Ask to write to another organisation, and approve who may write to this one.
    ManageCounterparts      "counterparts:manage"       Admin;

    /// See collaboration agreements.
    ReadAgreements          "agreements:read"           Admin Caseworker UnitContact Coordinator TeamLeader;
    /// Draft, accept, activate and end collaboration agreements.
    ManageAgreements        "agreements:manage"         Admin TeamLeader;
    /// See whom referrals go to that name no recipient.
    ReadRoutingRules        "routing_rules:read"        Admin Caseworker UnitContact Coordinator TeamLeader Integration;
    /// Say whom referrals go to that name no recipient.
    ManageRoutingRules      "routing_rules:manage"      Admin TeamLeader;
    /// See the rules of the countries, and those that this organisation has added.
    ReadRules               "rules:read"                Admin Caseworker UnitContact Coordinator TeamLeader Finance Volunteer Participant DataProtectionOfficer Integration Operator;
    /// Add stricter or local rules for this organisation, and end them.
    ManageRules             "rules:manage"              Admin;

    /// See persons, their relatives and representatives.
    ReadPersons             "persons:read"              Caseworker UnitContact Coordinator TeamLeader Participant Integration;
    /// Make and change persons, links and identifiers.
    WritePersons            "persons:write"             Caseworker Coordinator TeamLeader Integration;
    /// Protect an identity, correct what is hidden, or end its protection.
    ProtectPersons          "persons:protect"           Caseworker Coordinator;
    /// See what a protected identity hides, for a stated purpose.
    ReadProtected           "protected:read"            Caseworker Coordinator;
    /// See capacity assessments.
    ReadAssessments         "assessments:read"          Caseworker Coordinator TeamLeader Participant;
    /// Assess capacity to consent.
    WriteAssessments        "assessments:write"         Caseworker Coordinator;
    /// See functional assessments, and what one can be made by.
    ReadFunctionalAssessments  "functional_assessments:read"  Caseworker Coordinator TeamLeader Participant Integration;
    /// Register functional assessments.
    WriteFunctionalAssessments "functional_assessments:write" Caseworker Integration;
    /// See social assessments.
    ReadSocialAssessments   "social_assessments:read"   Caseworker Coordinator TeamLeader Participant Integration;
    /// Register social assessments.
    WriteSocialAssessments  "social_assessments:write"  Caseworker Coordinator TeamLeader Integration;
    /// See goals, what came of them, and the report of that.
    ReadGoals               "goals:read"                Caseworker Coordinator TeamLeader Participant;
    /// Set and change goals, and register what came of them.
    WriteGoals              "goals:write"               Caseworker Coordinator TeamLeader;
    /// See consents.
    ReadConsents            "consents:read"             Caseworker UnitContact Coordinator TeamLeader Participant Integration;
    /// Draft, present and register consents.
    WriteConsents           "consents:write"            Caseworker Coordinator TeamLeader;
    /// Register that a consent is withdrawn or narrowed.
    WithdrawConsents        "consents:withdraw"         Caseworker UnitContact Coordinator TeamLeader Participant Integration;
    /// See legal bases.
    ReadLegalBases          "legal_bases:read"          Caseworker UnitContact Coordinator TeamLeader Participant Integration;
    /// Decide that the law lets something be told without consent, in a role that its rule names, and end that.
    DecideLegalBases        "legal_bases:decide"        Caseworker Coordinator TeamLeader;
    /// See which unit is responsible for a person.
    ReadResponsibilities    "responsibilities:read"     Caseworker UnitContact Coordinator TeamLeader Participant;
    /// Register and end the responsibility of a unit for a person.
    WriteResponsibilities   "responsibilities:write"    Caseworker TeamLeader;
    /// See volunteers, their briefings and declarations.
    ReadVolunteers          "volunteers:read"           Coordinator TeamLeader Volunteer;
    /// Make and change volunteers, register briefings and declarations.
    WriteVolunteers         "volunteers:write"          Coordinator TeamLeader;

    /// See referrals.
    ReadReferrals           "referrals:read"            Caseworker UnitContact Coordinator TeamLeader Participant Integration;
    /// Report a need, change and withdraw the report.
    SubmitReferrals         "referrals:submit"          Caseworker UnitContact Coordinator TeamLeader Participant Integration;
    /// Push a person, the evidence of a consent and a referral in one request.
    PushReferrals           "referrals:push"            Caseworker Integration;
    /// Take in, clarify, decide and end a referral.
    HandleReferrals         "referrals:handle"          Coordinator TeamLeader;
    /// See what was offered, by this organisation and to it, and where there are too few.
    ReadOffers              "offers:read"               Coordinator TeamLeader;
    /// Accept and decline offers, and tell who has accepted whom they are about.
    HandleOffers            "offers:handle"             Coordinator TeamLeader;
    /// See conversations and clarifications.
    ReadConversations       "conversations:read"        Coordinator TeamLeader Participant;
    /// Plan and hold conversations, and clarify need and wanted offer.
    WriteConversations      "conversations:write"       Coordinator TeamLeader;
    /// See networks.
    ReadNetworks            "networks:read"             Coordinator TeamLeader Volunteer Participant;
    /// Form, activate, pause and dissolve networks.
    WriteNetworks           "networks:write"            Coordinator TeamLeader;
    /// See what volunteers were thanked with.
    ReadThankYous           "thank_yous:read"           Coordinator TeamLeader Volunteer;
    /// See contact forms.
    ReadContactForms        "contact_forms:read"        Coordinator TeamLeader Volunteer Participant;
    /// Write a contact form and its next versions.
    WriteContactForms       "contact_forms:write"       Coordinator TeamLeader Volunteer;
    /// Delete what was never sent.
    DeleteContactForms      "contact_forms:delete"      Coordinator TeamLeader;
    /// See follow-ups.
    ReadFollowUps           "follow_ups:read"           Coordinator TeamLeader;
    /// Register follow-up conversations.
    WriteFollowUps          "follow_ups:write"          Coordinator TeamLeader;
    /// See guidance requests and reports of unmet needs.
    ReadCooperation         "cooperation:read"          Caseworker UnitContact Coordinator TeamLeader Volunteer;
    /// Ask a unit of another organisation for guidance, and report unmet needs to it.
    AskCooperation          "cooperation:ask"           Caseworker UnitContact Coordinator TeamLeader Volunteer;
    /// Answer what another organisation has asked or reported.
    AnswerCooperation       "cooperation:answer"        Caseworker UnitContact Coordinator TeamLeader;
    /// See messages on networks.
    ReadNetworkMessages     "network_messages:read"     Caseworker UnitContact Coordinator TeamLeader Volunteer;
    /// Write messages on networks.
    WriteNetworkMessages    "network_messages:write"    Caseworker UnitContact Coordinator TeamLeader Volunteer;
    /// See changes about participants of networks.
    ReadNetworkChanges      "network_changes:read"      Caseworker UnitContact Coordinator TeamLeader Integration;
    /// Report changes about participants of networks.
    WriteNetworkChanges     "network_changes:write"     Caseworker UnitContact Coordinator TeamLeader Integration;
    /// See log entries.
    ReadLogEntries          "log_entries:read"          Coordinator TeamLeader Volunteer Participant;
    /// Write log entries and their corrections.
    WriteLogEntries         "log_entries:write"         Coordinator TeamLeader Volunteer;
    /// Share log entries with the person's municipality.
    ShareLogEntries         "log_entries:share"         Coordinator TeamLeader;
    /// See reviews of logs.
    ReadLogReviews          "log_reviews:read"          Coordinator TeamLeader;
    /// Register that a log was read.
    WriteLogReviews         "log_reviews:write"         Coordinator TeamLeader;
    /// See what is due by which rule, and why on that day.
    ReadDeadlines           "deadlines:read"            Caseworker UnitContact Coordinator TeamLeader;
    /// See tasks.
    ReadTasks               "tasks:read"                Caseworker UnitContact Coordinator TeamLeader;
    /// Say that a task is done.
    WriteTasks              "tasks:write"               Caseworker UnitContact Coordinator TeamLeader;
    /// See what one is told of by mail.
    ReadMailSettings        "mail_settings:read"        Caseworker UnitContact Coordinator TeamLeader;
    /// Choose what one is told of by mail.
    WriteMailSettings       "mail_settings:write"       Caseworker UnitContact Coordinator TeamLeader;

    /// See what this organisation has sent or wants to send.
    ReadDisclosures         "disclosures:read"          Caseworker UnitContact Coordinator TeamLeader Participant Integration;
    /// Recall, resend and approve what is sent.
    WriteDisclosures        "disclosures:write"         Caseworker Coordinator TeamLeader;
    /// See what this organisation was sent.
    ReadDeliveries          "deliveries:read"           Caseworker UnitContact Coordinator TeamLeader Integration;
    /// Acknowledge, archive and reject what was sent, and take it in.
    HandleDeliveries        "deliveries:handle"         Caseworker Coordinator TeamLeader Integration;

    /// Compare what was sent and received with what the other side has.
    ReadReconciliation      "reconciliation:read"       Caseworker Coordinator TeamLeader Integration;

    /// Follow what happens, by identifiers alone.
    ReadEvents              "events:read"               Caseworker Coordinator TeamLeader Integration;
    /// Read who saw and changed what.
    ReadAudit               "audit:read"                DataProtectionOfficer Participant;
}

/// The roles that hold `scope`.
pub fn roles(scope: &str) -> &'static [Role] {
    ALL.iter().find(|(name, _)| *name == scope).map_or(&[], |(_, roles)| roles)
}
