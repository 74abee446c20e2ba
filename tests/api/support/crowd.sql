-- Many rows in every table that organisations have rows in, each like one that is there; a fifth of them
-- at each of two desks. Row n of one table speaks of row n of another.
insert into organisation (country, kind, number, name, valid_from)
    select 'NO', 'volunteer_centre', 'crowd ' || n, 'Crowd ' || n, '2020-01-01' from generate_series(3, 100) as n;
-- Half of the tables, so that two can work at it. No triggers, no foreign keys: only that it is many.
create procedure crowd(half integer) language plpgsql set session_replication_role = replica as $$
declare
    desks  uuid[] := array['{centre}', '{municipality}']::uuid[] || array(select id from organisation where name like 'Crowd %');
    target regclass;
    names  text;
    terms  text;
begin
    for target in select oid from pg_class as it
            where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
              and relname not in ('organisation_setting', 'organisation_rule', 'session', 'membership', 'unit', 'contact_point', 'counterpart', 'invitation', 'system_client', 'system_client_key')
              and exists (select from pg_attribute where attrelid = it.oid and attname = 'organisation_id')
              and oid::integer % 2 = half loop
        select string_agg(quote_ident(attname), ', '), string_agg(case
                when attname = 'organisation_id' then '$1[case when n % 5 < 2 then n % 5 + 1 else n % 98 + 3 end]'
                when target = 'audit'::regclass and attname = 'at' then '''2026-11-01''::timestamptz + n * interval ''15 seconds'''
                when target = 'audit'::regclass and attname = 'id' then
                    '(lpad(to_hex(1793491200000 + n * 15000::bigint), 12, ''0'') || ''70008000'' || lpad(to_hex(n), 12, ''0''))::uuid'
                when attname = 'sequence' then 'n + 1000000'
                when attname = 'status' and target in ('disclosure'::regclass, 'delivery'::regclass) then '''received'''
                when attname = 'sent_at' then '''2026-01-01''::timestamptz + n * interval ''5 minutes'''
                when attname = 'unit_id' then 'case when n % 50 < 5 then ''{unit}'' else ''01900000-0000-7000-8000-000000000000'' end::uuid'
                when attname = 'id' or atttypid = 'uuid'::regtype and attnum > 0 and
                     (attname not in ('account_id', 'acting_organisation_id', 'request_id', 'created_by') or target = 'membership'::regclass) then
                    format('case when it.%I is not null then (''01900000-0000-7000-8000-'' || lpad(to_hex(n + %s), 12, ''0''))::uuid end', attname, (attname = 'related_person_id')::int)
                when attname = 'unit_ids' then 'case when n % 50 < 5 then ''{{unit}}'' else ''{01900000-0000-7000-8000-000000000000}'' end::uuid[]'
                when target = 'audit'::regclass and attname = 'verb' then 'case when n % 5000 = 0 then ''refused'' when n % 2 = 0 then ''read'' else ''update'' end'
                when attname = 'kind' and target in ('disclosure'::regclass, 'delivery'::regclass) then 'case when n % 25 = 0 then ''referral'' else ''contact_form'' end'
                when attname = 'family_name' then 'md5(n::text)'
                when attname in ('due_on', 'first_contact_due_on') then '''2026-06-01''::date + n % 365'
                when attname in ('name', 'number', 'key', 'external_id', 'thumbprint') and atttypid = 'text'::regtype then format('it.%I || n', attname)
                when attname in ('hash', 'token_hash') then format('it.%I || int4send(n)', attname)
                else format('it.%I', attname) end, ', ')
            into names, terms from pg_attribute where attrelid = target and attnum > 0 and not attisdropped and attgenerated = '';
        execute format('insert into %1$s (%2$s) select %3$s from generate_series(1, {rows}) as n,
            (select * from %1$s as it order by (select count(*) from jsonb_each(to_jsonb(it)) where value <> ''null'') desc limit 1) as it',
            target, names, terms) using desks;
    end loop;
end $$;
-- What a request has read is told as soon as it is over.
create schema told;
grant usage on schema told to samspill_runtime;
alter function app.enter set schema told;
create function app.enter(account uuid, organisation uuid, membership uuid, role text, request uuid, moment text, session uuid, edition bigint) returns void language sql as $$
    select pg_stat_force_next_flush(), told.enter(account, organisation, membership, role, request, moment, session, edition);
$$;
