-- What a municipality and those who coordinate volunteers owe each other.

-- A letter: which method two organisations use together, and what of it is in place. Both sides know the same but the note.
create table collaboration_agreement (
    organisation_id             uuid not null default app.organisation(),
    id                          uuid not null default app.uuidv7(),
    side                        text not null default 'sent',
    counterpart_organisation_id uuid not null,
    method                      text not null,
    valid_from                  date not null,
    valid_to                    date,
    status                      text not null default 'draft',
    ready                       text[] not null default '{}',
    sender_accepted_at          timestamptz,
    recipient_accepted_at       timestamptz,
    activated_at                timestamptz,
    ended_at                    timestamptz,
    reason                      text,
    version                     bigint not null default 1,
    created_at                  timestamptz not null default app.now(),
    note                        text,
    primary key (organisation_id, id),
    constraint collaboration_agreement_unknown_organisation foreign key (counterpart_organisation_id) references organisation,
    constraint collaboration_agreement_has_two_sides check (side in ('sent', 'received')),
    constraint collaboration_agreement_ends_before_it_starts check (valid_to > valid_from)
);
create unique index collaboration_agreement_already_open on collaboration_agreement (organisation_id, side, counterpart_organisation_id, method)
    where status = 'draft';
-- Two have one method together, also while it rests.
create unique index collaboration_agreement_already_active on collaboration_agreement (organisation_id, counterpart_organisation_id)
    where status in ('active', 'suspended');
create index collaboration_agreement_by_status on collaboration_agreement (organisation_id, status, id);
create index collaboration_agreement_by_end on collaboration_agreement (valid_to) where status <> 'ended';

-- Whom a referral goes to that names no recipient. An empty condition is for all.
create table routing_rule (
    organisation_id             uuid not null default app.organisation() references organisation,
    id                          uuid not null default app.uuidv7(),
    postcode_prefix             text,
    target_group                text,
    service                     text,
    counterpart_organisation_id uuid not null,
    coordinator                 text,
    substitute                  text,
    priority                    integer not null default 0,
    valid_from                  date not null default app.today(),
    valid_to                    date,
    version                     bigint not null default 1,
    created_at                  timestamptz not null default app.now(),
    primary key (organisation_id, id),
    constraint routing_rule_unknown_organisation foreign key (counterpart_organisation_id) references organisation,
    constraint routing_rule_ends_before_it_starts check (valid_to > valid_from)
);
alter table referral add constraint referral_unknown_routing_rule
    foreign key (organisation_id, routing_rule_id) references routing_rule (organisation_id, id);
create index referral_unrouted on referral (status_since) where status = 'unrouted';

-- A letter of codes: a question to whoever is to be reached at a unit of the recipient. Whoever that was when it came stands
-- on the recipient's side.
create table guidance_request (
    organisation_id             uuid not null default app.organisation(),
    id                          uuid not null default app.uuidv7(),
    side                        text not null default 'sent',
    counterpart_organisation_id uuid not null,
    to_unit_id                  uuid not null,
    topic                       text not null,
    due_on                      date,
    rule                        text,
    rule_id                     uuid,
    settled_on                  date,
    status                      text not null default 'open',
    answered_how                text,
    answered_at                 timestamptz,
    version                     bigint not null default 1,
    created_at                  timestamptz not null default app.now(),
    network_id                  uuid,
    asked_by_id                 uuid,
    note                        text,
    unit_id                     uuid,
    contact_point_id            uuid,
    reached_id                  uuid,
    primary key (organisation_id, id),
    constraint guidance_request_unknown_organisation foreign key (counterpart_organisation_id) references organisation,
    constraint guidance_request_has_two_sides check (side in ('sent', 'received')),
    constraint guidance_request_unknown_network foreign key (organisation_id, network_id) references network (organisation_id, id),
    constraint guidance_request_unknown_asker foreign key (organisation_id, asked_by_id) references membership (organisation_id, id),
    constraint guidance_request_for_unknown_unit foreign key (organisation_id, unit_id) references unit (organisation_id, id),
    constraint guidance_request_unknown_contact_point
        foreign key (organisation_id, contact_point_id) references contact_point (organisation_id, id),
    constraint guidance_request_reached_nobody foreign key (organisation_id, reached_id) references membership (organisation_id, id)
);
create index guidance_request_by_status on guidance_request (organisation_id, status, id);
create index guidance_request_by_due on guidance_request (organisation_id, due_on, id) where status = 'open';
create index guidance_request_by_deadline on guidance_request (organisation_id, id) where rule_id is not null and side = 'received';
create index guidance_request_overdue on guidance_request (due_on) where side = 'received' and status = 'open';

-- A letter of codes: a need that volunteers cannot meet. What is said of a named person is the disclosure that it names.
create table unmet_need_report (
    organisation_id             uuid not null default app.organisation(),
    id                          uuid not null default app.uuidv7(),
    side                        text not null default 'sent',
    counterpart_organisation_id uuid not null,
    to_unit_id                  uuid not null,
    need_type                   text not null,
    disclosure_id               uuid,
    due_on                      date,
    rule                        text,
    rule_id                     uuid,
    settled_on                  date,
    status                      text not null default 'sent',
    reason                      text,
    version                     bigint not null default 1,
    created_at                  timestamptz not null default app.now(),
    network_id                  uuid,
    person_id                   uuid,
    description                 text,
    asked_by_id                 uuid,
    unit_id                     uuid,
    contact_point_id            uuid,
    reached_id                  uuid,
    guarded_for                 uuid,
    primary key (organisation_id, id),
    constraint unmet_need_report_unknown_organisation foreign key (counterpart_organisation_id) references organisation,
    constraint unmet_need_report_has_two_sides check (side in ('sent', 'received')),
    constraint unmet_need_report_unknown_network foreign key (organisation_id, network_id) references network (organisation_id, id),
    constraint unmet_need_report_unknown_person foreign key (organisation_id, person_id) references person (organisation_id, id),
    constraint unmet_need_report_unknown_asker foreign key (organisation_id, asked_by_id) references membership (organisation_id, id),
    constraint unmet_need_report_for_unknown_unit foreign key (organisation_id, unit_id) references unit (organisation_id, id),
    constraint unmet_need_report_unknown_contact_point
        foreign key (organisation_id, contact_point_id) references contact_point (organisation_id, id),
    constraint unmet_need_report_reached_nobody foreign key (organisation_id, reached_id) references membership (organisation_id, id)
);
create index unmet_need_report_by_status on unmet_need_report (organisation_id, status, id);
create index unmet_need_report_by_due on unmet_need_report (organisation_id, due_on, id) where status = 'sent';
create index unmet_need_report_by_person on unmet_need_report (organisation_id, person_id, id) where person_id is not null;
create index unmet_need_report_by_deadline on unmet_need_report (organisation_id, id) where rule_id is not null and side = 'received';
create index unmet_need_report_overdue on unmet_need_report (due_on) where side = 'received' and status = 'sent';

-- Which unit answers for what a person is owed. That a volunteer was found does not end it by itself.
create table responsibility (
    organisation_id            uuid not null default app.organisation() references organisation,
    id                         uuid not null default app.uuidv7(),
    person_id                  uuid not null,
    domain                     text not null,
    responsible_unit_id        uuid not null,
    decision_reference         text,
    began_on                   date not null default app.today(),
    ended_on                   date,
    end_reason                 text,
    person_agreed_on           date,
    decision_changed_on        date,
    changed_decision_reference text,
    unit_id                    uuid,
    guarded_for                uuid,
    version                    bigint not null default 1,
    created_at                 timestamptz not null default app.now(),
    primary key (organisation_id, id),
    constraint responsibility_unknown_person foreign key (organisation_id, person_id) references person (organisation_id, id),
    constraint responsibility_unknown_unit foreign key (organisation_id, responsible_unit_id) references unit (organisation_id, id),
    constraint responsibility_not_ended_formally check (end_reason is distinct from 'volunteer_found'
        or num_nulls(person_agreed_on, decision_changed_on, changed_decision_reference) = 0)
);
create unique index responsibility_already_borne on responsibility (organisation_id, person_id, domain) where ended_on is null;
create index responsibility_by_person on responsibility (organisation_id, person_id, id);
create index responsibility_by_responsible_unit on responsibility (organisation_id, responsible_unit_id, id);
