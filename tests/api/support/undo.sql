-- What is changed is kept until it is undone, whoever has changed it.
create table undo (number bigserial, place regclass, was jsonb, now_is jsonb);
create function keep_undo() returns trigger security definer set search_path = public language plpgsql as $$
begin
    insert into undo (place, was, now_is) values (tg_relid,
        case when tg_op <> 'INSERT' then to_jsonb(old) end, case when tg_op <> 'DELETE' then to_jsonb(new) end);
    return null;
end $$;
do $$ declare
    place regclass;
begin
    for place in select oid from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
            and not relispartition and relname not in ('undo', 'event') loop
        execute format('create trigger keep_undo after insert or update or delete on %1$s
            for each row execute function keep_undo(); alter table %1$s enable always trigger keep_undo', place);
    end loop;
end $$;
create procedure undo() language plpgsql set session_replication_role = replica set jit = off as $$
declare
    it    undo;
    names text;
begin
    for it in select * from undo order by number desc loop
        if it.now_is is not null then
            execute format('delete from %s as it where %s to_jsonb(it) = $1', it.place,
                case when it.now_is ? 'id' then format('it.id = %L and', it.now_is ->> 'id') end) using it.now_is;
        end if;
        if it.was is not null then
            select string_agg(quote_ident(attname), ', ') into names from pg_attribute
                where attrelid = it.place and attnum > 0 and not attisdropped and attgenerated = '';
            execute format('insert into %1$s (%2$s) select %2$s from jsonb_populate_record(null::%1$s, $1)', it.place, names)
                using it.was;
        end if;
    end loop;
    delete from undo;
end $$;
