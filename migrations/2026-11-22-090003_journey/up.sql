-- From a reported need to a network that lasts.

-- A letter, unless a person or the centre itself reports the need (`internal`): then there is one row and no other side.
-- What only one side knows stands last.
create table referral (
    organisation_id             uuid not null default app.organisation() references organisation,
    id                          uuid not null default app.uuidv7(),
    side                        text not null default 'sent',
    counterpart_organisation_id uuid,
    service                     text not null,
    kind                        text not null,
    source_channel              text not null,
    sent_by_unit_id             uuid,
    first_contact_due_on        date,
    first_contact_rule          text,
    first_contact_rule_id       uuid,
    first_contact_on            date,
    submitted_at                timestamptz,
    status                      text not null default 'draft',
    status_since                timestamptz not null default app.now(),
    reason                      text,
    suggestion                  text,
    reopens_id                  uuid,
    version                     bigint not null default 1,
    created_at                  timestamptz not null default app.now(),
    person_id                   uuid,
    cared_for_person_id         uuid,
    unit_id                     uuid,
    need                        text,
    wishes                      text,
    social_assessment_id        uuid,
    social_fields               text[] not null default '{}',
    note                        text,
    consent_id                  uuid,
    legal_basis_id              uuid,
    external_system             text,
    external_id                 text,
    external_case_id            text,
    content_sha256              text,
    expected_on                 date,
    review_on                   date,
    report                      text,
    step_due_on                 date,
    step_rule                   text,
    step_rule_id                uuid,
    guarded_for                 uuid,
    target_group                text,
    routing_rule_id             uuid,
    primary key (organisation_id, id),
    constraint referral_unknown_organisation foreign key (counterpart_organisation_id) references organisation,
    constraint referral_to_oneself check (organisation_id <> counterpart_organisation_id),
    constraint referral_has_two_sides check (side in ('sent', 'received') and counterpart_organisation_id is not null
        or side = 'internal' and counterpart_organisation_id is null),
    constraint referral_unknown_person foreign key (organisation_id, person_id) references person (organisation_id, id),
    constraint referral_unknown_cared_for_person
        foreign key (organisation_id, cared_for_person_id) references person (organisation_id, id),
    constraint referral_unknown_unit foreign key (organisation_id, unit_id) references unit (organisation_id, id),
    constraint referral_unknown_consent foreign key (organisation_id, consent_id) references consent (organisation_id, id),
    constraint referral_unknown_legal_basis
        foreign key (organisation_id, legal_basis_id) references legal_basis (organisation_id, id),
    constraint referral_has_one_basis check (consent_id is null or legal_basis_id is null),
    constraint referral_already_pushed unique (organisation_id, external_system, external_id)
);
create index referral_by_status on referral (organisation_id, status, id);
create index referral_by_side on referral (organisation_id, side, id);
create index referral_by_person on referral (organisation_id, person_id, id);
create index referral_by_unit on referral (organisation_id, unit_id, id);
create unique index referral_already_open on referral (organisation_id, person_id, service) where side <> 'received'
    and status in ('submitted', 'in_clarification', 'needs_information', 'offered', 'accepted', 'waitlisted', 'in_delivery', 'on_hold');
create index referral_by_first_contact on referral (organisation_id, first_contact_due_on, id) where status = 'submitted';
-- For the clocks: drafts by age, and what waits for the first contact or the next step.
create index referral_by_deadline on referral (organisation_id, id) where first_contact_rule_id is not null and side <> 'sent';
create index referral_waiting_for_contact on referral (first_contact_due_on) where status = 'submitted' and side <> 'sent';
create index referral_drafts on referral (created_at) where status = 'draft';
create index referral_waiting on referral (organisation_id, status_since) where step_due_on is null and side <> 'sent'
    and status in ('submitted', 'in_clarification', 'needs_information', 'accepted');
create index referral_by_review on referral (review_on) where status = 'waitlisted';
create index referral_by_step on referral (step_due_on) where step_due_on is not null;

alter table consent add constraint consent_unknown_referral
    foreign key (organisation_id, referral_id) references referral (organisation_id, id);
create index consent_by_referral on consent (organisation_id, referral_id) where referral_id is not null;
alter table legal_basis add constraint legal_basis_unknown_referral
    foreign key (organisation_id, referral_id) references referral (organisation_id, id);
create index legal_basis_by_referral on legal_basis (organisation_id, referral_id) where referral_id is not null;

-- Step 2 of the method.
create table conversation (
    organisation_id uuid not null default app.organisation(),
    id              uuid not null default app.uuidv7(),
    referral_id     uuid not null,
    person_id       uuid not null,
    step            text not null,
    planned_at      timestamptz not null,
    held_at         timestamptz,
    place           text,
    present         text[] not null default '{}',
    interpreter     text,
    summary         text,
    wishes          text,
    unit_id         uuid,
    version         bigint not null default 1,
    created_at      timestamptz not null default app.now(),
    guarded_for uuid,
    primary key (organisation_id, id),
    constraint conversation_unknown_referral
        foreign key (organisation_id, referral_id) references referral (organisation_id, id),
    constraint conversation_unknown_person
        foreign key (organisation_id, person_id) references person (organisation_id, id)
);
create index conversation_by_referral on conversation (organisation_id, referral_id, id);
create index conversation_by_person on conversation (organisation_id, person_id, id);

-- Step 3 of the method. Who agreed is the person, or somebody whose link gives the right to.
create table clarification (
    organisation_id     uuid not null default app.organisation(),
    id                  uuid not null default app.uuidv7(),
    referral_id         uuid not null,
    person_id           uuid not null,
    need                text not null,
    wanted_offer        text not null,
    alternatives        text[] not null default '{}',
    target_group        text not null,
    agreed_by_person    boolean not null default false,
    agreed_by_id        uuid,
    decision            text not null,
    unit_id         uuid,
    version             bigint not null default 1,
    created_at          timestamptz not null default app.now(),
    guarded_for uuid,
    primary key (organisation_id, id),
    constraint clarification_unknown_referral
        foreign key (organisation_id, referral_id) references referral (organisation_id, id),
    constraint clarification_unknown_person
        foreign key (organisation_id, person_id) references person (organisation_id, id),
    constraint clarification_unknown_representative
        foreign key (organisation_id, agreed_by_id) references person (organisation_id, id),
    constraint clarification_not_agreed check (decision <> 'proceed' or agreed_by_person or agreed_by_id is not null)
);
create index clarification_by_referral on clarification (organisation_id, referral_id, id);
create index clarification_by_person on clarification (organisation_id, person_id, id);

-- Step 4 of the method.
create table network (
    organisation_id         uuid not null default app.organisation(),
    id                      uuid not null default app.uuidv7(),
    referral_id             uuid,
    name                    text not null,
    shape                   text not null,
    pattern                 text,
    supplements             boolean not null default false,
    started_on              date,
    status                  text not null default 'forming',
    network_contact_missing boolean not null default true,
    reason                  text,
    thanked_on              date,
    ended_on                date,
    keep_until              date,
    keep_rule               text,
    keep_rule_id            uuid,
    version                 bigint not null default 1,
    created_at              timestamptz not null default app.now(),
    primary key (organisation_id, id),
    constraint network_unknown_referral foreign key (organisation_id, referral_id) references referral (organisation_id, id)
);
create index network_by_status on network (organisation_id, status, id);
create index network_by_deadline on network (organisation_id, id) where keep_rule_id is not null;
create index network_kept on network (organisation_id, keep_until) where keep_rule_id is not null;
create index network_by_referral on network (organisation_id, referral_id) where referral_id is not null;

create table network_participant (
    organisation_id uuid not null default app.organisation(),
    id              uuid not null default app.uuidv7(),
    network_id      uuid not null,
    person_id       uuid not null,
    joined_on       date not null default app.today(),
    left_on         date,
    version         bigint not null default 1,
    primary key (organisation_id, id),
    constraint network_participant_unknown_network
        foreign key (organisation_id, network_id) references network (organisation_id, id),
    constraint network_participant_unknown_person
        foreign key (organisation_id, person_id) references person (organisation_id, id)
);
create unique index network_participant_already_in on network_participant (organisation_id, network_id, person_id)
    where left_on is null;
create index network_participant_by_network on network_participant (organisation_id, network_id, id);
create index network_participant_by_person on network_participant (organisation_id, person_id) where left_on is null;

create table network_volunteer (
    organisation_id    uuid not null default app.organisation(),
    id                 uuid not null default app.uuidv7(),
    network_id         uuid not null,
    volunteer_id       uuid not null,
    is_network_contact boolean not null default false,
    joined_on          date not null default app.today(),
    left_on            date,
    version            bigint not null default 1,
    primary key (organisation_id, id),
    constraint network_volunteer_unknown_network
        foreign key (organisation_id, network_id) references network (organisation_id, id),
    constraint network_volunteer_unknown_volunteer
        foreign key (organisation_id, volunteer_id) references volunteer (organisation_id, id)
);
create unique index network_volunteer_already_in on network_volunteer (organisation_id, network_id, volunteer_id)
    where left_on is null;
create unique index network_has_one_contact on network_volunteer (organisation_id, network_id)
    where is_network_contact and left_on is null;
create index network_volunteer_by_network on network_volunteer (organisation_id, network_id, id);
create index network_volunteer_by_volunteer on network_volunteer (organisation_id, volunteer_id) where left_on is null;

-- One for each participant of a network, and a new one for who comes back. A version does not change; the next one supersedes it.
create table contact_form (
    organisation_id uuid not null default app.organisation(),
    id              uuid not null default app.uuidv7(),
    network_id      uuid not null,
    person_id       uuid not null,
    number          integer not null default 1,
    status          text not null default 'draft',
    version         bigint not null default 1,
    created_at      timestamptz not null default app.now(),
    guarded_for uuid,
    primary key (organisation_id, id),
    constraint contact_form_unknown_network
        foreign key (organisation_id, network_id) references network (organisation_id, id),
    constraint contact_form_unknown_person
        foreign key (organisation_id, person_id) references person (organisation_id, id)
);
create unique index contact_form_already_exists on contact_form (organisation_id, network_id, person_id)
    where status <> 'closed';
create index contact_form_by_network on contact_form (organisation_id, network_id, id);
create index contact_form_by_status on contact_form (organisation_id, status, id);
create index contact_form_by_person on contact_form (organisation_id, person_id, id);

create table contact_form_version (
    organisation_id        uuid not null default app.organisation(),
    id                     uuid not null default app.uuidv7(),
    contact_form_id        uuid not null,
    network_id             uuid not null,
    person_id              uuid not null,
    number                 integer not null,
    body                   jsonb not null,
    changes                jsonb not null,
    change_reason          text,
    signed_by              text,
    signed_role            text,
    signed_by_id           uuid,
    capacity_assessment_id uuid,
    created_by             uuid not null default app.account(),
    created_at             timestamptz not null default app.now(),
    guarded_for uuid,
    primary key (organisation_id, id),
    constraint contact_form_version_unknown_form
        foreign key (organisation_id, contact_form_id) references contact_form (organisation_id, id) on delete cascade,
    constraint contact_form_version_unknown_capacity_assessment
        foreign key (organisation_id, capacity_assessment_id) references capacity_assessment (organisation_id, id),
    constraint contact_form_version_unknown_signer
        foreign key (organisation_id, signed_by_id) references person (organisation_id, id),
    constraint contact_form_version_already_written unique (organisation_id, contact_form_id, number)
);

-- Everything personal that crosses. The sender's row is the disclosure, the recipient's row with the same id the delivery.
-- Payload and basis never change; what of a protected person was not yet sent waits for a second approval.
create table disclosure (
    organisation_id             uuid not null default app.organisation(),
    id                          uuid not null default app.uuidv7(),
    side                        text not null default 'sent',
    counterpart_organisation_id uuid not null,
    kind                        text not null,
    subject_id                  uuid not null,
    consent_id                  uuid,
    legal_basis_id              uuid,
    referral_id                 uuid,
    unit_ids                    uuid[] not null default '{}',
    number                      integer,
    payload                     jsonb not null,
    payload_sha256              text not null,
    contact_form_id             uuid,
    contact_form_version_id     uuid,
    network_id                  uuid,
    source_id                   uuid,
    protected                   boolean not null default false,
    approved_by_id              uuid,
    status                      text not null default 'queued',
    blocked_reason              text,
    reason                      text,
    archive_system              text,
    archive_id                  text,
    queued_at                   timestamptz not null default app.now(),
    queued_by                   uuid default app.account(),
    sent_at                     timestamptz,
    received_at                 timestamptz,
    archived_at                 timestamptz,
    unit_id                     uuid,
    version                     bigint not null default 1,
    primary key (organisation_id, id),
    constraint disclosure_unknown_organisation foreign key (counterpart_organisation_id) references organisation,
    constraint disclosure_unknown_subject foreign key (organisation_id, subject_id) references person (organisation_id, id),
    constraint disclosure_unknown_consent foreign key (organisation_id, consent_id) references consent (organisation_id, id),
    constraint disclosure_unknown_legal_basis
        foreign key (organisation_id, legal_basis_id) references legal_basis (organisation_id, id),
    constraint disclosure_has_one_basis check (consent_id is null or legal_basis_id is null),
    constraint disclosure_unknown_referral foreign key (organisation_id, referral_id) references referral (organisation_id, id),
    constraint disclosure_unknown_approver
        foreign key (organisation_id, approved_by_id) references membership (organisation_id, id),
    constraint disclosure_payload_is_an_object check (jsonb_typeof(payload) = 'object'),
    constraint disclosure_is_sent check (side = 'sent')
);
create index disclosure_by_status on disclosure (organisation_id, status, id);
create index disclosure_by_subject on disclosure (organisation_id, subject_id, id);
create index disclosure_by_consent on disclosure (organisation_id, consent_id, id);
create index disclosure_by_legal_basis on disclosure (organisation_id, legal_basis_id, id) where legal_basis_id is not null;
create index disclosure_by_referral on disclosure (organisation_id, referral_id) where referral_id is not null;
create index disclosure_by_form on disclosure (organisation_id, contact_form_id, id) where contact_form_id is not null;
create index disclosure_by_source on disclosure (organisation_id, source_id, id) where source_id is not null;
create index disclosure_by_network on disclosure (organisation_id, network_id, id) where network_id is not null;
create index disclosure_by_kind on disclosure (organisation_id, kind, id);
create index disclosure_by_day on disclosure (organisation_id, sent_at) where sent_at is not null;
create index disclosure_by_counterpart on disclosure (organisation_id, counterpart_organisation_id, sent_at) where sent_at is not null;
create index disclosure_queued on disclosure (id) where status = 'queued';
create index disclosure_unreceived on disclosure (sent_at) where status = 'sent';

create table delivery (
    organisation_id             uuid not null default app.organisation(),
    id                          uuid not null default app.uuidv7(),
    side                        text not null default 'received',
    counterpart_organisation_id uuid not null,
    kind                        text not null,
    consent_id                  uuid,
    legal_basis_id              uuid,
    referral_id                 uuid,
    unit_ids                    uuid[] not null default '{}',
    number                      integer,
    network_id                  uuid,
    payload                     jsonb not null,
    payload_sha256              text not null,
    status                      text not null default 'sent',
    reason                      text,
    archive_system              text,
    archive_id                  text,
    sent_at                     timestamptz,
    received_at                 timestamptz,
    archived_at                 timestamptz,
    version                     bigint not null default 1,
    person_id                   uuid,
    primary key (organisation_id, id),
    constraint delivery_unknown_organisation foreign key (counterpart_organisation_id) references organisation,
    constraint delivery_unknown_person foreign key (organisation_id, person_id) references person (organisation_id, id),
    constraint delivery_has_one_basis check (consent_id is null or legal_basis_id is null),
    constraint delivery_is_received check (side = 'received')
);
create index delivery_by_status on delivery (organisation_id, status, id);
create index delivery_by_kind on delivery (organisation_id, kind, id);
create index delivery_by_day on delivery (organisation_id, sent_at) where sent_at is not null;
create index delivery_by_counterpart on delivery (organisation_id, counterpart_organisation_id, sent_at) where sent_at is not null;
create index delivery_by_network on delivery (organisation_id, network_id, id);
create index delivery_by_referral on delivery (organisation_id, referral_id, id);

-- Step 5 of the method: with the person and with the network contact.
create table follow_up (
    organisation_id              uuid not null default app.organisation(),
    id                           uuid not null default app.uuidv7(),
    network_id                   uuid not null,
    starts_on                    date not null,
    due_on                       date not null,
    rule                         text not null,
    rule_id                      uuid not null,
    status                       text not null default 'due',
    with_person_on               date,
    person_outcome               text,
    person_note                  text,
    with_network_contact_on      date,
    network_contact_outcome      text,
    network_contact_note         text,
    version                      bigint not null default 1,
    created_at                   timestamptz not null default app.now(),
    primary key (organisation_id, id),
    constraint follow_up_unknown_network foreign key (organisation_id, network_id) references network (organisation_id, id)
);
create index follow_up_by_due on follow_up (organisation_id, due_on, id) where status in ('due', 'half_done');
create index follow_up_coming on follow_up (due_on) where status in ('due', 'half_done');
create index follow_up_by_status on follow_up (organisation_id, status, id);
create index follow_up_by_network on follow_up (organisation_id, network_id, id);

-- What somebody at this desk has to see to; or at units of it, and whoever was reached there.
create table task (
    organisation_id uuid not null default app.organisation() references organisation,
    id              uuid not null default app.uuidv7(),
    kind            text not null,
    subject_table   text not null,
    subject_id      uuid not null,
    unit_ids        uuid[],
    reached_id      uuid,
    done_at         timestamptz,
    version         bigint not null default 1,
    created_at      timestamptz not null default app.now(),
    guarded_for uuid,
    primary key (organisation_id, id)
);
create unique index task_already_open on task (organisation_id, kind, subject_id) where done_at is null;
create index task_open on task (organisation_id, id) where done_at is null;
create index task_by_subject on task (organisation_id, subject_id, kind);
