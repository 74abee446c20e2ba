-- The people: those who are helped, those near them, those who help; what they can and do consent to.

create table person (
    organisation_id             uuid not null default app.organisation() references organisation,
    id                          uuid not null default app.uuidv7(),
    given_name                  text not null,
    family_name                 text not null,
    -- What lists look for: policies let an index serve only comparisons that cannot leak, and folding case is none.
    folded_name                 text collate "C" not null generated always as (lower(family_name)) stored,
    birth_on                    date,
    phone                       text,
    email                       text,
    address                     text,
    postcode                    text,
    place                       text,
    municipality_code           text,
    language                    text not null default 'nb',
    needs_interpreter           boolean not null default false,
    contact_by                  text not null default 'phone',
    receives_municipal_services boolean not null default false,
    unit_id                     uuid,
    responsible_id              uuid,
    protection                  text,
    protection_source           text,
    protected_until             date,
    -- Of a protected identity the membership of who is responsible, or, if nobody is, nobody's; else null.
    guarded_for                 uuid generated always as
        (case when protection is not null then coalesce(responsible_id, '00000000-0000-0000-0000-000000000000') end) stored,
    version                     bigint not null default 1,
    created_at                  timestamptz not null default app.now(),
    primary key (organisation_id, id),
    constraint person_unknown_unit foreign key (organisation_id, unit_id) references unit (organisation_id, id),
    constraint person_unknown_responsible
        foreign key (organisation_id, responsible_id) references membership (organisation_id, id)
);
create index person_by_name on person (organisation_id, folded_name, id) where protection is null;
create index person_by_unit on person (organisation_id, unit_id, id);
create index person_by_protection_end on person (protected_until) where protected_until is not null;

alter table membership add constraint membership_unknown_person
    foreign key (organisation_id, person_id) references person (organisation_id, id);
alter table invitation add constraint invitation_unknown_person
    foreign key (organisation_id, person_id) references person (organisation_id, id);

-- What identifies a person whose identity is protected is taken out of every other table and sealed here.
create table protected_detail (
    organisation_id uuid not null default app.organisation(),
    id              uuid not null default app.uuidv7(),
    person_id       uuid not null,
    sealed          bytea not null,
    protected_by    uuid default app.account(),
    unit_id                        uuid,
    guarded_for     uuid,
    version         bigint not null default 1,
    created_at      timestamptz not null default app.now(),
    primary key (organisation_id, id),
    constraint protected_detail_unknown_person
        foreign key (organisation_id, person_id) references person (organisation_id, id),
    constraint protected_detail_once unique (organisation_id, person_id)
);

-- A national identity number, sealed; found by a keyed hash.
create table person_identifier (
    organisation_id uuid not null default app.organisation(),
    id              uuid not null,
    person_id       uuid not null,
    kind            text not null,
    sealed          bytea not null,
    hash            bytea not null,
    source          text not null,
    status          text not null default 'active',
    valid_from      date not null default app.today(),
    valid_to        date,
    unit_id                        uuid,
    guarded_for     uuid,
    version         bigint not null default 1,
    created_at      timestamptz not null default app.now(),
    primary key (organisation_id, id),
    constraint person_identifier_unknown_person
        foreign key (organisation_id, person_id) references person (organisation_id, id),
    constraint person_identifier_unknown_status check (status in ('active', 'replaced', 'ceased'))
);
-- The first by name and by age is asked first: what is one's own already does not belong to another.
create unique index person_identifier_already_registered on person_identifier (organisation_id, person_id, kind, hash)
    where status = 'active';
-- That a number is a protected person's is told to nobody who does not know: it is taken twice, and who is responsible
-- is given a task.
create unique index person_identifier_belongs_to_another on person_identifier (organisation_id, kind, hash)
    where status = 'active' and guarded_for is null;
create index person_identifier_by_hash on person_identifier (organisation_id, kind, hash) where status = 'active';
create index person_identifier_by_person on person_identifier (organisation_id, person_id);

-- What one person is to another, and what that gives the right to. Only these rights decide who may sign.
create table person_link (
    organisation_id     uuid not null default app.organisation(),
    id                  uuid not null default app.uuidv7(),
    person_id           uuid not null,
    related_person_id   uuid not null,
    kind                text not null,
    may_consent         boolean not null default false,
    may_complain        boolean not null default false,
    may_receive_letters boolean not null default false,
    may_be_contacted    boolean not null default false,
    basis               text,
    valid_from          date not null default app.today(),
    valid_to            date,
    unit_id                        uuid,
    guarded_for         uuid,
    version             bigint not null default 1,
    created_at          timestamptz not null default app.now(),
    primary key (organisation_id, id),
    constraint person_link_unknown_person
        foreign key (organisation_id, person_id) references person (organisation_id, id),
    constraint person_link_unknown_related_person
        foreign key (organisation_id, related_person_id) references person (organisation_id, id),
    constraint person_link_to_oneself check (person_id <> related_person_id),
    constraint person_link_ends_before_it_starts check (valid_to > valid_from)
);
create unique index person_link_already_exists on person_link (organisation_id, person_id, related_person_id, kind)
    where valid_to is null;
create index person_link_by_person on person_link (organisation_id, person_id, id);
create index person_link_by_related on person_link (organisation_id, related_person_id);

create table capacity_assessment (
    organisation_id          uuid not null default app.organisation(),
    id                       uuid not null default app.uuidv7(),
    person_id                uuid not null,
    result                   text not null,
    covers                   text[] not null default '{}',
    qualification            text not null,
    reasons                  text not null,
    decided_by_id            uuid not null default app.membership(),
    decided_on               date not null,
    presented_to_person_on   date,
    presented_to_relative_on date,
    review_on                date,
    unit_id                        uuid,
    guarded_for              uuid,
    version                  bigint not null default 1,
    created_at               timestamptz not null default app.now(),
    primary key (organisation_id, id),
    constraint capacity_assessment_unknown_person
        foreign key (organisation_id, person_id) references person (organisation_id, id),
    constraint capacity_assessment_unknown_decider
        foreign key (organisation_id, decided_by_id) references membership (organisation_id, id),
    constraint capacity_assessment_reviewed_before_decided check (review_on > decided_on)
);
create index capacity_assessment_by_person on capacity_assessment (organisation_id, person_id, decided_on desc, id desc);

-- A letter: what a person has agreed that this organisation (`sent`) may tell the other. Each side knows of it, so that
-- either can be told that it is withdrawn. Who it is about stands on the side that discloses.
create table consent (
    organisation_id             uuid not null default app.organisation(),
    id                          uuid not null default app.uuidv7(),
    side                        text not null default 'sent',
    counterpart_organisation_id uuid not null,
    referral_id                 uuid,
    purpose                     text not null,
    kinds                       text[] not null,
    categories                  text[] not null,
    includes_updates            boolean not null,
    valid                       tstzrange not null,
    status                      text not null default 'drafted',
    ended_by                    text,
    ended_at                    timestamptz,
    version                     bigint not null default 1,
    created_at                  timestamptz not null default app.now(),
    unit_id                     uuid,
    subject_id                  uuid,
    given_by_id                 uuid,
    capacity_basis              text,
    capacity_rule               text,
    capacity_rule_id            uuid,
    capacity_assessment_id      uuid,
    method                      text,
    witness                     text,
    evidence_reference          text,
    evidence_sha256             text,
    text_code                   text,
    text_version                text,
    text_language               text,
    text_form                   text,
    text_sha256                 text,
    ask_again_from              date,
    replaces_id                 uuid,
    reason                      text,
    primary key (organisation_id, id),
    constraint consent_unknown_organisation foreign key (counterpart_organisation_id) references organisation,
    constraint consent_to_oneself check (organisation_id <> counterpart_organisation_id),
    constraint consent_has_two_sides check (side in ('sent', 'received')),
    constraint consent_without_period check (not isempty(valid) and not lower_inf(valid) and not upper_inf(valid)),
    constraint consent_unknown_person foreign key (organisation_id, subject_id) references person (organisation_id, id),
    constraint consent_unknown_giver foreign key (organisation_id, given_by_id) references person (organisation_id, id),
    constraint consent_unknown_capacity_assessment
        foreign key (organisation_id, capacity_assessment_id) references capacity_assessment (organisation_id, id),
    constraint consent_unknown_predecessor foreign key (organisation_id, replaces_id) references consent (organisation_id, id)
);
create index consent_by_subject on consent (organisation_id, subject_id, id);
create index consent_by_status on consent (organisation_id, status, id);
create index consent_by_side on consent (organisation_id, side, id);
create index consent_by_end on consent (upper(valid)) where side = 'sent' and status in ('active', 'suspended');

-- A letter: that the law lets this organisation (`sent`) tell the other without the person's consent, by which section as
-- it stood, and who decided so. The other side knows of it as of a consent: by what law, but not about whom or why.
create table legal_basis (
    organisation_id             uuid not null default app.organisation(),
    id                          uuid not null default app.uuidv7(),
    side                        text not null default 'sent',
    counterpart_organisation_id uuid not null,
    referral_id                 uuid,
    rule                        text not null,
    rule_id                     uuid not null,
    statute                     text not null,
    section                     text not null,
    purpose                     text not null,
    kinds                       text[] not null,
    categories                  text[] not null,
    includes_updates            boolean not null,
    valid                       tstzrange not null,
    status                      text not null default 'active',
    ended_at                    timestamptz,
    version                     bigint not null default 1,
    created_at                  timestamptz not null default app.now(),
    unit_id                     uuid,
    subject_id                  uuid,
    reason                      text,
    decided_by_id               uuid default app.membership(),
    decided_by_role             text default app.role(),
    end_reason                  text,
    primary key (organisation_id, id),
    constraint legal_basis_unknown_organisation foreign key (counterpart_organisation_id) references organisation,
    constraint legal_basis_to_oneself check (organisation_id <> counterpart_organisation_id),
    constraint legal_basis_has_two_sides check (side in ('sent', 'received')),
    constraint legal_basis_without_period check (not isempty(valid) and not lower_inf(valid) and not upper_inf(valid)),
    constraint legal_basis_without_reason check (side = 'received' or subject_id is not null and reason is not null),
    constraint legal_basis_decided_by_nobody
        check (side = 'received' or decided_by_id is not null and decided_by_role <> 'integration'),
    constraint legal_basis_unknown_person foreign key (organisation_id, subject_id) references person (organisation_id, id),
    constraint legal_basis_unknown_decider foreign key (organisation_id, decided_by_id) references membership (organisation_id, id)
);
create index legal_basis_by_subject on legal_basis (organisation_id, subject_id, id);
create index legal_basis_by_status on legal_basis (organisation_id, status, id);
create index legal_basis_by_side on legal_basis (organisation_id, side, id);
create index legal_basis_by_end on legal_basis (upper(valid)) where side = 'sent' and status = 'active';

create table volunteer (
    organisation_id uuid not null default app.organisation() references organisation,
    id              uuid not null default app.uuidv7(),
    name            text not null,
    phone           text,
    email           text,
    status          text not null default 'available',
    version         bigint not null default 1,
    created_at      timestamptz not null default app.now(),
    primary key (organisation_id, id)
);
create index volunteer_by_status on volunteer (organisation_id, status, id);

alter table membership add constraint membership_unknown_volunteer
    foreign key (organisation_id, volunteer_id) references volunteer (organisation_id, id);
alter table invitation add constraint invitation_unknown_volunteer
    foreign key (organisation_id, volunteer_id) references volunteer (organisation_id, id);

create table briefing (
    organisation_id uuid not null default app.organisation(),
    id              uuid not null default app.uuidv7(),
    volunteer_id    uuid not null,
    topic           text not null,
    held_on         date not null,
    held_by_id      uuid not null default app.membership(),
    version         bigint not null default 1,
    created_at      timestamptz not null default app.now(),
    primary key (organisation_id, id),
    constraint briefing_unknown_volunteer
        foreign key (organisation_id, volunteer_id) references volunteer (organisation_id, id),
    constraint briefing_unknown_holder
        foreign key (organisation_id, held_by_id) references membership (organisation_id, id),
    constraint briefing_already_held unique (organisation_id, volunteer_id, topic, held_on)
);

create table confidentiality_declaration (
    organisation_id  uuid not null default app.organisation(),
    id               uuid not null default app.uuidv7(),
    volunteer_id     uuid not null,
    template_version text not null,
    language         text not null,
    briefed_by_id    uuid not null default app.membership(),
    briefed_on       date not null,
    signed_on        date not null,
    version          bigint not null default 1,
    created_at       timestamptz not null default app.now(),
    primary key (organisation_id, id),
    constraint confidentiality_declaration_unknown_volunteer
        foreign key (organisation_id, volunteer_id) references volunteer (organisation_id, id),
    constraint confidentiality_declaration_unknown_briefer
        foreign key (organisation_id, briefed_by_id) references membership (organisation_id, id),
    constraint confidentiality_declaration_already_signed unique (organisation_id, volunteer_id, template_version, signed_on),
    constraint confidentiality_declaration_signed_before_briefing check (signed_on >= briefed_on)
);
