-- Who is asking, for the length of one transaction; and the tables that every room writes into.

create schema app;

-- Roles belong to the cluster, not to the database: they may be there already, made by an administrator for an owner who
-- may not make any (docs/production.md has how).
-- `samspill_app` asks for somebody, `samspill_post` carries letters from desk to desk, `samspill_system` does named
-- jobs: three roles, so that no policy of the first needs an `or`, which no index can serve. `samspill_gate` owns the
-- gate functions. `samspill_runtime` is the login behind all of them: it may become them, and by itself nothing.
do $$ declare
    who text;
begin
    foreach who in array array['samspill_app', 'samspill_post', 'samspill_system', 'samspill_gate', 'samspill_runtime'] loop
        continue when to_regrole(who) is not null;
        begin
            execute format('create role %I nologin noinherit nosuperuser nobypassrls', who);
        exception when duplicate_object or unique_violation then null; -- By somebody else at the same moment.
        end;
    end loop;
    foreach who in array array['samspill_app', 'samspill_post', 'samspill_system'] loop
        continue when pg_has_role('samspill_runtime', who, 'member');
        begin
            execute format('grant %I to samspill_runtime', who);
        exception when unique_violation or sqlstate 'XX000' then null;
        end;
    end loop;
end $$;
grant usage on schema app, public to samspill_app, samspill_post, samspill_system;
grant usage on schema app to samspill_runtime;
-- A temporary table would be found before the real one of that name.
do $$ begin
    execute format('revoke temporary on database %I from public', current_database());
end $$;

-- Sorts by time down to 1/4096 ms. PostgreSQL 18 has its own; then this becomes an alias.
create function app.uuidv7() returns uuid volatile parallel safe language sql as $$
    select (lpad(to_hex(us / 1000), 12, '0')
         || '7' || lpad(to_hex(us % 1000 * 4096 / 1000), 3, '0')
         || right(replace(gen_random_uuid()::text, '-', ''), 16))::uuid
    from (select (extract(epoch from clock_timestamp()) * 1000000)::bigint as us) as now
$$;

-- NULL when nobody has entered: no rows, not an error. After COMMIT a setting reads '', hence nullif.
create function app.account() returns uuid stable parallel safe language sql
    return nullif(current_setting('app.account', true), '')::uuid;
create function app.organisation() returns uuid stable parallel safe language sql
    return nullif(current_setting('app.organisation', true), '')::uuid;
-- Who acts does not change when the post sits down at another desk.
create function app.acting_organisation() returns uuid stable parallel safe language sql
    return nullif(current_setting('app.acting_organisation', true), '')::uuid;
create function app.membership() returns uuid stable parallel safe language sql
    return nullif(current_setting('app.membership', true), '')::uuid;
create function app.role() returns text stable parallel safe language sql
    return current_setting('app.role', true);
create function app.volunteer() returns uuid stable parallel safe language sql
    return nullif(current_setting('app.volunteer', true), '')::uuid;
create function app.person() returns uuid stable parallel safe language sql
    return nullif(current_setting('app.person', true), '')::uuid;
create function app.networks() returns uuid[] stable parallel safe language sql
    return coalesce(nullif(current_setting('app.networks', true), '')::uuid[], '{}');
create function app.units() returns uuid[] stable parallel safe language sql
    return coalesce(nullif(current_setting('app.units', true), '')::uuid[], '{}');
-- Staff without a unit of their own work for the whole organisation.
create function app.whole_organisation() returns boolean stable parallel safe language sql
    return coalesce(nullif(current_setting('app.whole_organisation', true), '')::boolean, false);
-- Tests and demos move it; the gate and the audit do not ask it.
create function app.now() returns timestamptz stable parallel safe language sql
    return coalesce(nullif(current_setting('app.now', true), '')::timestamptz, now());
-- Days are those of people, not of UTC. All three countries have the same clock.
create function app.day_of(at timestamptz) returns date immutable parallel safe language sql
    return (at at time zone 'Europe/Oslo')::date;
create function app.midnight(day date) returns timestamptz immutable parallel safe language sql
    return day::timestamp at time zone 'Europe/Oslo';
create function app.today() returns date stable parallel safe language sql
    return app.day_of(app.now());

-- Who did or saw what. Of columns that are not to be copied only the change is told.
create table audit (
    organisation_id        uuid not null default app.organisation(),
    id                     uuid not null default app.uuidv7(),
    at                     timestamptz not null default clock_timestamp(),
    account_id             uuid default app.account(),
    acting_organisation_id uuid default app.acting_organisation(),
    acting_role            text default nullif(current_setting('app.role', true), ''),
    request_id             uuid default nullif(current_setting('app.request', true), '')::uuid,
    purpose                text default nullif(current_setting('app.purpose', true), ''),
    verb                   text not null,
    table_name             text not null,
    row_id                 uuid,
    person_id              uuid,
    before                 jsonb,
    after                  jsonb,
    primary key (organisation_id, id, at)
) partition by range (at);
create index audit_by_person on audit (organisation_id, person_id, id) where person_id is not null;
create index audit_by_account on audit (organisation_id, account_id, id) where account_id is not null;
create index audit_by_table on audit (organisation_id, table_name, id);
-- What is common is soon found without.
create index audit_by_rare_verb on audit (organisation_id, verb, id) where verb not in ('read', 'insert', 'update');
create table audit_rest partition of audit default;
do $$ declare
    month date;
begin
    for month in select generate_series(date '2026-11-01', date '2036-12-01', interval '1 month') loop
        execute format('create table audit_%s partition of audit for values from (%L) to (%L)',
                       to_char(month, 'YYYY_MM'), month, month + interval '1 month');
    end loop;
end $$;

-- What happened: history of a thing and feed to those outside. Identifiers only. A worker numbers what is committed.
create table event (
    organisation_id        uuid not null default app.organisation(),
    id                     uuid not null default app.uuidv7(),
    sequence               bigint,
    at                     timestamptz not null default app.now(),
    name                   text not null,
    subject_table          text not null,
    subject_id             uuid not null,
    from_status            text,
    to_status              text,
    reason                 text,
    account_id             uuid default app.account(),
    acting_organisation_id uuid default app.acting_organisation(),
    request_id             uuid default nullif(current_setting('app.request', true), '')::uuid,
    primary key (organisation_id, id),
    constraint event_already_numbered unique (organisation_id, sequence)
);
create index event_unnumbered on event (organisation_id, id) where sequence is null;
create index event_by_subject on event (organisation_id, subject_id, id);

-- What an `Idempotency-Key` was used for. Never a body: a repeat shows the resource as it may be seen then.
create table idempotency_key (
    organisation_id uuid not null default app.organisation(),
    id              uuid not null default app.uuidv7(),
    account_id      uuid not null default app.account(),
    key             text not null,
    request         bytea not null,
    resource_id     uuid,
    created_at      timestamptz not null default now(),
    primary key (organisation_id, id),
    constraint idempotency_key_in_use unique (organisation_id, account_id, key)
);
create index idempotency_key_by_age on idempotency_key (created_at);
