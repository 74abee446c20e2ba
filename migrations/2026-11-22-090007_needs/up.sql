-- What a person needs and wants: how they manage, how they live among others, what is to become better.

-- What a municipality found by an instrument, item by item. It stays there.
create table functional_assessment (
    organisation_id    uuid not null default app.organisation(),
    id                 uuid not null default app.uuidv7(),
    person_id          uuid not null,
    instrument         text not null,
    instrument_version text not null,
    assessed_on        date not null,
    assessor           text not null,
    valid_from         date not null,
    valid_to           date,
    items              jsonb not null,
    source_system      text,
    unit_id            uuid,
    guarded_for        uuid,
    version            bigint not null default 1,
    created_at         timestamptz not null default app.now(),
    primary key (organisation_id, id),
    constraint functional_assessment_unknown_person
        foreign key (organisation_id, person_id) references person (organisation_id, id),
    constraint functional_assessment_ends_before_it_starts check (valid_to >= valid_from)
);
create index functional_assessment_by_person on functional_assessment (organisation_id, person_id, id);

-- It never changes: what a person chose to be told of it is told as it was chosen. The next one is a new row.
create table social_assessment (
    organisation_id uuid not null default app.organisation(),
    id              uuid not null default app.uuidv7(),
    person_id       uuid not null,
    assessed_on     date not null,
    findings        jsonb not null,
    unit_id         uuid,
    guarded_for     uuid,
    version         bigint not null default 1,
    created_at      timestamptz not null default app.now(),
    primary key (organisation_id, id),
    constraint social_assessment_unknown_person
        foreign key (organisation_id, person_id) references person (organisation_id, id)
);
create index social_assessment_by_person on social_assessment (organisation_id, person_id, id);

alter table referral
    add constraint referral_unknown_social_assessment
        foreign key (organisation_id, social_assessment_id) references social_assessment (organisation_id, id),
    add constraint referral_chooses_of_nothing
        check ((social_assessment_id is null) = (social_fields = '{}'));

-- What is to be kept or to become better for a person, and by what that is measured.
create table goal (
    organisation_id uuid not null default app.organisation(),
    id              uuid not null default app.uuidv7(),
    person_id       uuid not null,
    referral_id     uuid,
    domain          text not null,
    measure         text not null,
    better          text not null,
    baseline        integer not null,
    target          integer not null,
    set_on          date not null,
    review_on       date not null,
    unit_id         uuid,
    guarded_for     uuid,
    version         bigint not null default 1,
    created_at      timestamptz not null default app.now(),
    primary key (organisation_id, id),
    constraint goal_unknown_person foreign key (organisation_id, person_id) references person (organisation_id, id),
    constraint goal_unknown_referral foreign key (organisation_id, referral_id) references referral (organisation_id, id),
    constraint goal_reviewed_before_set check (review_on > set_on)
);
create index goal_by_person on goal (organisation_id, person_id, id);
create index goal_by_referral on goal (organisation_id, referral_id, id) where referral_id is not null;
create index goal_by_review on goal (organisation_id, review_on, id);

-- What was found of it, most often at a follow-up.
create table goal_outcome (
    organisation_id uuid not null default app.organisation(),
    id              uuid not null default app.uuidv7(),
    goal_id         uuid not null,
    person_id       uuid not null,
    follow_up_id    uuid,
    measured_on     date not null,
    value           integer not null,
    note            text,
    unit_id         uuid,
    guarded_for     uuid,
    version         bigint not null default 1,
    created_at      timestamptz not null default app.now(),
    primary key (organisation_id, id),
    constraint goal_outcome_unknown_goal foreign key (organisation_id, goal_id) references goal (organisation_id, id),
    constraint goal_outcome_unknown_person foreign key (organisation_id, person_id) references person (organisation_id, id),
    constraint goal_outcome_unknown_follow_up
        foreign key (organisation_id, follow_up_id) references follow_up (organisation_id, id)
);
create index goal_outcome_by_goal on goal_outcome (organisation_id, goal_id, id);
create index goal_outcome_latest on goal_outcome (organisation_id, goal_id, measured_on desc, id desc);
create index goal_outcome_by_person on goal_outcome (organisation_id, person_id, id);
create unique index goal_outcome_already_measured on goal_outcome (organisation_id, follow_up_id, goal_id)
    where follow_up_id is not null;

-- A letter: a need that one organisation offers another. It holds codes alone, and nothing that tells of a person; what
-- only one side knows stands last.
create table offer (
    organisation_id             uuid not null default app.organisation() references organisation,
    id                          uuid not null default app.uuidv7(),
    side                        text not null default 'sent',
    counterpart_organisation_id uuid not null,
    referral_id                 uuid not null,
    service                     text not null,
    kind                        text not null,
    times                       text[] not null default '{}',
    reply_by_on                 date not null,
    reply_rule                  text,
    reply_rule_id               uuid,
    settled_on                  date,
    status                      text not null default 'pending',
    reason                      text,
    version                     bigint not null default 1,
    created_at                  timestamptz not null default app.now(),
    disclosure_id               uuid,
    primary key (organisation_id, id),
    constraint offer_unknown_organisation foreign key (counterpart_organisation_id) references organisation,
    constraint offer_to_oneself check (organisation_id <> counterpart_organisation_id),
    constraint offer_has_two_sides check (side in ('sent', 'received')),
    constraint offer_unknown_disclosure foreign key (organisation_id, disclosure_id) references disclosure (organisation_id, id)
);
create index offer_by_deadline on offer (organisation_id, id) where reply_rule_id is not null and side = 'sent';
create index offer_by_side on offer (organisation_id, side, id);
create index offer_by_status on offer (organisation_id, status, id);
create index offer_by_referral on offer (organisation_id, referral_id, id);
-- For the clock.
create index offer_unanswered on offer (reply_by_on) where side = 'sent' and status = 'pending';
