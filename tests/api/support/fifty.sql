-- Fifty more around each thing that there is. Of every row there are 25 copies that speak of all that it speaks of; as many,
-- for each thing that it speaks of, that speak of this one and of copies of the others; and as many that speak of copies
-- alone. Copies are younger than all that there was.
create function copy_of(id text, copy integer) returns text immutable language sql as $$
    select overlay(md5(id || copy)::uuid::text placing 'ffffffff' from 1)
$$;
-- No triggers, no foreign keys: only that it is many. What can be there only once is there once.
create procedure fifty() language plpgsql set session_replication_role = replica set jit = off as $$
declare
    place regclass;
    names text;
    made  text;
begin
    create temporary table source (place regclass, it jsonb, about jsonb) on commit drop;
    for place in select oid from pg_class as it
            where relnamespace = 'public'::regnamespace and relkind = 'r' and not relispartition
              and exists (select from pg_attribute where attrelid = it.oid and attname in ('organisation_id', 'account_id', 'email'))
              and relname not in ('event', 'idempotency_key', 'organisation_setting', 'organisation_rule', 'collaboration_agreement', 'counterpart') loop
        execute format('insert into source select %L, to_jsonb(it) from %s as it', place, place);
    end loop;
    update source set about = coalesce((select jsonb_object_agg(key, value) from jsonb_each_text(it)
        where key <> 'id' and value in (select known.it ->> 'id' from source as known)), '{}');
    for place in select distinct source.place from source loop
        select string_agg(quote_ident(attname), ', '), string_agg('made.' || quote_ident(attname), ', ') into names, made
            from pg_attribute where attrelid = place and attnum > 0 and not attisdropped and attgenerated = '';
        execute format('insert into %1$s (%2$s) select %3$s from source, generate_series(1, 25) as copy,
            lateral (select jsonb_object_keys(about) as kept union values (''''), (''all'')) as keeping,
            lateral (select jsonb_object_agg(key, copy_of(value, copy)) as others from jsonb_each_text(about) where kept not in (''all'', key)) as others,
            lateral (select jsonb_object_agg(key, case key when ''number'' then (value::integer - copy)::text when ''held_on'' then (value::date - copy)::text
                    else value || lpad(copy::text, 2, ''0'') end) as own from jsonb_each_text(it)
                where key in (''email'', ''external_id'', ''held_on'', ''key'', ''name'', ''number'', ''thumbprint'') or value like ''\\x%%'') as own,
            lateral jsonb_populate_record(null::%1$s, it || coalesce(others, ''{}'') || coalesce(own, ''{}'')
                || jsonb_build_object(''id'', copy_of((it ->> ''id'') || kept, copy))) as made
            where source.place = %1$L::regclass order by kept <> '''' on conflict do nothing', place, names, made);
    end loop;
    -- And organisations that each of those who know another knows.
    with made as (insert into organisation (country, kind, number, name, valid_from)
            select 'NO', 'volunteer_centre', 'copy ' || copy, 'Copy ' || copy, '2020-01-01' from generate_series(1, 50) as copy returning id),
        pair as (select gen_random_uuid() as id, made.id as here, organisation_id as there from made, counterpart)
        insert into counterpart (organisation_id, id, side, counterpart_organisation_id, status)
            select here, id, 'received', there, 'approved' from pair union all select there, id, 'sent', here, 'approved' from pair;
end $$;
