-- What is written down around a network from day to day, by those who are in it.

-- What is final does not change: it is corrected by another, and both are kept. A draft is its author's alone.
create table log_entry (
    organisation_id         uuid not null default app.organisation(),
    id                      uuid not null default app.uuidv7(),
    network_id              uuid not null,
    person_id               uuid,
    author_id               uuid not null default app.membership(),
    author_role             text not null default app.role(),
    volunteer_id            uuid default app.volunteer(),
    kind                    text not null,
    is_practical            boolean not null generated always as (kind = 'practical') stored,
    occurred_at             timestamptz not null,
    text                    text not null,
    sensitive               boolean not null,
    share_with_municipality text not null,
    correction_of_id        uuid,
    status                  text not null,
    finished_at             timestamptz,
    is_finished             boolean not null generated always as (finished_at is not null) stored,
    read_at                 timestamptz,
    version                 bigint not null default 1,
    created_at              timestamptz not null default app.now(),
    guarded_for             uuid,
    primary key (organisation_id, id),
    constraint log_entry_unknown_network foreign key (organisation_id, network_id) references network (organisation_id, id),
    constraint log_entry_unknown_person foreign key (organisation_id, person_id) references person (organisation_id, id),
    constraint log_entry_unknown_author foreign key (organisation_id, author_id) references membership (organisation_id, id),
    constraint log_entry_unknown_volunteer foreign key (organisation_id, volunteer_id) references volunteer (organisation_id, id),
    constraint log_entry_unknown_entry foreign key (organisation_id, correction_of_id) references log_entry (organisation_id, id),
    constraint log_entry_without_person check (person_id is not null or share_with_municipality = 'no'),
    constraint log_entry_finished_with_its_draft check ((status = 'draft') = (finished_at is null))
);
create index log_entry_by_network on log_entry (organisation_id, network_id, id);
create index log_entry_by_person on log_entry (organisation_id, person_id, id);
create index log_entry_by_kind on log_entry (organisation_id, kind, id);
create unique index log_entry_already_corrected on log_entry (organisation_id, correction_of_id);
create index log_entry_unread on log_entry (organisation_id, id)
    where read_at is null and status <> 'draft' and author_role = 'volunteer';

-- That the coordinator has read what was written in a network during some days.
create table log_review (
    organisation_id uuid not null default app.organisation(),
    id              uuid not null default app.uuidv7(),
    network_id      uuid not null,
    from_on         date not null,
    to_on           date not null,
    done_on         date not null,
    comment         text,
    coordinator_id  uuid not null default app.membership(),
    version         bigint not null default 1,
    created_at      timestamptz not null default app.now(),
    primary key (organisation_id, id),
    constraint log_review_unknown_network foreign key (organisation_id, network_id) references network (organisation_id, id),
    constraint log_review_unknown_coordinator
        foreign key (organisation_id, coordinator_id) references membership (organisation_id, id),
    constraint log_review_ends_before_it_starts check (to_on >= from_on)
);
create index log_review_by_network on log_review (organisation_id, network_id, id);

-- What the two sides of a network tell each other. The municipality knows the network by its id alone.
create table network_message (
    organisation_id             uuid not null default app.organisation(),
    id                          uuid not null default app.uuidv7(),
    side                        text not null default 'sent',
    counterpart_organisation_id uuid not null,
    network_id                  uuid not null,
    person_id                   uuid,
    unit_ids                    uuid[] not null default '{}',
    author_role                 text not null default app.role(),
    text                        text not null,
    written_at                  timestamptz not null default app.now(),
    version                     bigint not null default 1,
    guarded_for                 uuid,
    primary key (organisation_id, id),
    constraint network_message_unknown_organisation foreign key (counterpart_organisation_id) references organisation,
    constraint network_message_unknown_person foreign key (organisation_id, person_id) references person (organisation_id, id)
);
create index network_message_by_network on network_message (organisation_id, network_id, id);
create index network_message_by_person on network_message (organisation_id, person_id);

-- In codes and days: a diagnosis has no place in it.
create table network_change (
    organisation_id             uuid not null default app.organisation(),
    id                          uuid not null default app.uuidv7(),
    side                        text not null default 'sent',
    counterpart_organisation_id uuid not null,
    network_id                  uuid not null,
    person_id                   uuid,
    unit_ids                    uuid[] not null default '{}',
    author_role                 text not null default app.role(),
    kind                        text not null,
    from_on                     date not null,
    to_on                       date,
    written_at                  timestamptz not null default app.now(),
    version                     bigint not null default 1,
    guarded_for                 uuid,
    primary key (organisation_id, id),
    constraint network_change_unknown_organisation foreign key (counterpart_organisation_id) references organisation,
    constraint network_change_unknown_person foreign key (organisation_id, person_id) references person (organisation_id, id),
    constraint network_change_ends_before_it_starts check (to_on >= from_on)
);
create index network_change_by_network on network_change (organisation_id, network_id, id);
create index network_change_by_person on network_change (organisation_id, person_id);

-- What staff chose to say to a volunteer when their network ended.
create table thank_you (
    organisation_id uuid not null default app.organisation(),
    id              uuid not null default app.uuidv7(),
    network_id      uuid not null,
    volunteer_id    uuid not null,
    text            text not null,
    version         bigint not null default 1,
    created_at      timestamptz not null default app.now(),
    primary key (organisation_id, id),
    constraint thank_you_unknown_network foreign key (organisation_id, network_id) references network (organisation_id, id),
    constraint thank_you_unknown_volunteer foreign key (organisation_id, volunteer_id) references volunteer (organisation_id, id)
);
create index thank_you_by_network on thank_you (organisation_id, network_id, id);
create index thank_you_by_volunteer on thank_you (organisation_id, volunteer_id, id);
