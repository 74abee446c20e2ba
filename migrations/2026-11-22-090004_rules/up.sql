-- The rules: what the law and the services' customs say, from when to when.

-- Everybody's. Nothing is overwritten: a row that is loaded anew with other words closes the one before, which keeps its id.
create table rule (
    id                uuid primary key default app.uuidv7(),
    country           text not null,
    kind              text not null,
    code              text not null,
    municipality_code text,
    service           text,
    valid_from        date not null,
    valid_to          date,
    legal             boolean not null,
    source            text not null,
    confidence        text not null,
    reviewer          text,
    label             jsonb not null,
    content           jsonb not null,
    is_shipped        boolean not null,
    closed_at         timestamptz,
    version           bigint not null default 1,
    created_at        timestamptz not null default now(),
    constraint rule_ends_before_it_starts check (valid_to > valid_from)
);
create unique index rule_already_loaded on rule (country, kind, code, municipality_code, service, valid_from)
    nulls not distinct where closed_at is null;
create index rule_by_kind on rule (kind, id);
create index rule_by_code on rule (code, id);

-- From a text to a text, so that an index of ranges can tell whether two are the same.
create type app.words as range (subtype = text);

-- What an organisation has decided for itself: stricter than the law, or beside it.
create table organisation_rule (
    organisation_id uuid not null default app.organisation() references organisation,
    id              uuid not null default app.uuidv7(),
    kind            text not null,
    code            text not null,
    service         text,
    valid_from      date not null,
    valid_to        date,
    source          text not null,
    label           jsonb not null,
    content         jsonb not null,
    ended_at        timestamptz, -- When an end was said, and
    was_valid_to    date,        -- what end it had before: what was counted then is explained by that.
    version         bigint not null default 1,
    created_at      timestamptz not null default app.now(),
    primary key (organisation_id, id),
    constraint organisation_rule_ends_before_it_starts check (valid_to > valid_from),
    constraint organisation_rule_already_exists exclude using gist (
        app.words(organisation_id::text || ' ' || kind || ' ' || code || ' ' || coalesce(service, ''), null) with =,
        daterange(valid_from, valid_to) with &&)
);
create index organisation_rule_by_kind on organisation_rule (organisation_id, kind, id);

-- All of them, in the one edition there is: a process knows by it whether those it has in memory are the newest.
create table rulebook (edition bigint primary key);
insert into rulebook values (1);
