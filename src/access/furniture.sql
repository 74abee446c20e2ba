-- What every table gets, and how one enters. Applied as a whole on every `migrate`; never migrated.

-- Whether a volunteer has what the rule of the country asks for before they know of anybody; without such a rule nobody has.
create or replace function app.is_prepared(desk uuid, volunteer uuid) returns boolean stable language sql as $$
    select coalesce(bool_and(
            not exists (select from jsonb_array_elements_text(needs.content -> 'briefings') as wanted where not exists (
                select from public.briefing as it where (it.organisation_id, it.volunteer_id, it.topic) = (desk, is_prepared.volunteer, wanted)))
            and (not (needs.content ->> 'confidentiality_declared')::boolean or exists (
                select from public.confidentiality_declaration as it where (it.organisation_id, it.volunteer_id) = (desk, is_prepared.volunteer)))), false)
    from public.rule as needs join public.organisation as home on home.country = needs.country
    where home.id = desk and needs.kind = 'requirement' and needs.code = home.country || '_VOLUNTEER_IN_NETWORK' and needs.closed_at is null
      and needs.valid_from <= app.today() and coalesce(needs.valid_to > app.today(), true);
$$;

-- Whoever enters says which edition of the rules they have in memory; null to read them.
create or replace procedure app.begin_with(edition bigint) language plpgsql as $$
begin
    if begin_with.edition is not null and begin_with.edition is distinct from (select it.edition from public.rulebook as it) then
        raise 'the rules have changed' using errcode = 'check_violation', constraint = 'rules_have_changed';
    end if;
end $$;

-- Entered first in every transaction. From here on the policies hold, even for a superuser's login,
-- and a token is worth no more than the membership and, if it was given to somebody who logged in, the session behind it.
create or replace function app.enter(account uuid, organisation uuid, membership uuid, role text, request uuid, moment text, session uuid default null, edition bigint default null)
returns void language plpgsql as $$
declare
    member public.membership;
    today  date;
begin
    perform set_config('app.account', account::text, true),
            set_config('app.organisation', organisation::text, true),
            set_config('app.acting_organisation', organisation::text, true),
            set_config('app.membership', enter.membership::text, true),
            set_config('app.role', enter.role, true),
            set_config('app.request', request::text, true),
            set_config('app.now', moment, true),
            set_config('lock_timeout', '5s', true),
            -- PostgreSQL takes every organisation for an average one. Of a large one it would gather all that a filter
            -- finds and sort it, for a page that an index has in order.
            set_config('enable_bitmapscan', 'off', true),
            set_config('role', 'samspill_app', true);
    call app.begin_with(edition);
    select * into member from public.membership as m
        where (m.organisation_id, m.id, m.account_id, m.role) = (enter.organisation, enter.membership, enter.account, enter.role)
          and m.ended_at is null;
    if not found or session is not null and not exists (
        select from public.session as it where (it.id, it.account_id) = (enter.session, enter.account) and it.ended_at is null
    ) then
        raise 'the membership or the session has ended' using errcode = 'check_violation', constraint = 'session_ended';
    end if;
    case
        when role in ('volunteer', 'participant') then
            perform set_config('app.volunteer', coalesce(member.volunteer_id::text, ''), true),
                    set_config('app.person', coalesce(member.person_id::text, ''), true);
            -- A volunteer knows of nobody before they are prepared.
            perform set_config('app.networks', coalesce(array_agg(network_id)::text, ''), true) from (
                select network_id from public.network_volunteer
                    where role = 'volunteer' and (organisation_id, volunteer_id) = (organisation, member.volunteer_id) and left_on is null
                      and app.is_prepared(organisation, member.volunteer_id)
                union all
                select network_id from public.network_participant
                    where role = 'participant' and (organisation_id, person_id) = (organisation, member.person_id) and left_on is null
            ) as mine;
        when role = 'unit_contact' or role = 'caseworker' and member.unit_id is not null then
            today := app.today();
            perform set_config('app.units', coalesce(array_agg(unit_id)::text, ''), true) from (
                select member.unit_id where member.unit_id is not null
                union
                -- Whoever stands in for a contact point sees what it sees.
                select covered.unit_id from public.contact_point as point join public.contact_point as covered
                    on covered.organisation_id = point.organisation_id and point.id in (covered.id, covered.substitute_id)
                    where (point.organisation_id, point.membership_id) = (organisation, member.id)
                      and point.valid_from <= today and coalesce(point.valid_to > today, true)
                      and covered.valid_from <= today and coalesce(covered.valid_to > today, true)
            ) as units;
        else
            perform set_config('app.whole_organisation', 'true', true);
    end case;
end $$;

-- Whom to reach at a unit on a day: its contact point; if none is valid, who stands in for one; else its head. Of several the
-- newest; nobody, if there is none.
create or replace function app.reach(desk uuid, unit uuid, day date)
returns table (contact_point_id uuid, unit_id uuid, membership_id uuid, via text) stable language sql as $$
    select it.id, it.unit_id, it.membership_id, way.via from public.contact_point as point
        cross join lateral (values (1, 'contact_point', point.id), (2, 'substitute', point.substitute_id), (3, 'unit_head', point.id)) as way (nth, via, id)
        join public.contact_point as it on (it.organisation_id, it.id) = (point.organisation_id, way.id)
        where (point.organisation_id, point.unit_id) = (desk, reach.unit) and point.is_head = (way.nth = 3)
          and it.valid_from <= day and coalesce(it.valid_to > day, true)
          and exists (select from public.unit where (unit.organisation_id, unit.id) = (desk, reach.unit) and coalesce(unit.valid_to > day, true))
          -- Whoever has left is not to be reached; a contact point that is nobody's log-in has a telephone.
          and not exists (select from public.membership as gone
                          where (gone.organisation_id, gone.id) = (it.organisation_id, it.membership_id) and gone.ended_at is not null)
        order by way.nth, it.id desc limit 1;
$$;

-- For work that nobody asked for: jobs, and logging in. Sees everything, and says why.
create or replace function app.enter_as_system(purpose text, request uuid, moment text, edition bigint default null) returns void language plpgsql as $$
begin
    perform set_config('app.purpose', purpose, true), set_config('app.request', request::text, true),
            set_config('app.now', moment, true), set_config('lock_timeout', '5s', true),
            set_config('role', 'samspill_system', true);
    call app.begin_with(edition);
end $$;

-- One statement of somebody's that goes beyond their own sight, under a named purpose; `app.step_back` ends it.
create or replace function app.step_out(purpose text) returns void language sql as $$
    select set_config('app.purpose', purpose, true), set_config('role', 'samspill_system', true);
$$;
create or replace function app.step_back() returns void language sql as $$
    select set_config('app.purpose', '', true), set_config('role', 'samspill_app', true);
$$;

-- The same at another desk, for what follows there from what somebody has done here: it is still they who act.
create or replace function app.step_across(purpose text, desk uuid) returns void language sql as $$
    select set_config('app.left', app.organisation()::text, true), set_config('app.organisation', desk::text, true), app.step_out(purpose);
$$;
create or replace function app.step_home() returns void language sql as $$
    select set_config('app.organisation', current_setting('app.left'), true), app.step_back();
$$;

-- Who was shown whose data, in one statement for a whole answer. What has a purpose is waited for.
create or replace function app.shown(kind text, row_ids uuid[], person_ids uuid[], purpose text) returns void language plpgsql as $$
begin
    perform set_config(case when purpose is null then 'synchronous_commit' else 'app.purpose' end, coalesce(purpose, 'off'), true);
    insert into public.audit (verb, table_name, row_id, person_id)
        select 'read', kind, it.row_id, it.person_id from unnest(row_ids, person_ids) as it (row_id, person_id);
end $$;

-- Numbers what is committed, organisation by organisation, and wakes those who wait for it. Answers how many it were where
-- it were most. One at a time for each organisation: the lock is let go when the numbers can be seen, and each statement
-- here sees what was committed before it. So numbers have no gap, what is committed late gets a later one, and of two at
-- once the second leaves it to the first. Those who write only insert, and wait for nobody.
create or replace function app.number_events(most integer) returns bigint language plpgsql as $$
declare
    desk     uuid;
    numbered bigint;
    longest  bigint := 0;
begin
    for desk in select distinct organisation_id from public.event where sequence is null loop
        continue when not pg_try_advisory_xact_lock(hashtextextended('number events of ' || desk, 0));
        update public.event set sequence = waiting.place + coalesce((select max(it.sequence) from public.event as it where it.organisation_id = desk), 0)
            from (select id, row_number() over (order by id) as place from public.event
                  where organisation_id = desk and sequence is null order by id limit most) as waiting
            where event.organisation_id = desk and event.id = waiting.id;
        get diagnostics numbered = row_count;
        continue when numbered = 0;
        perform pg_notify('samspill_numbered', desk::text);
        longest := greatest(longest, numbered);
    end loop;
    return longest;
end $$;

-- What an `Idempotency-Key` was used for.
create or replace function app.used(key_id uuid, made uuid) returns void language sql as $$
    update public.idempotency_key set resource_id = made where (organisation_id, id) = (app.organisation(), key_id);
$$;

-- Brings the rules to what `wanted` says, row by row: a row is known by its name, place and first day. What is said in other
-- words, and what is said no more, is closed, and what is new is added; rules that others than the program have brought
-- (`is_shipped` is false) stay as they are, if `keeping`. Answers how many rows it has closed and added.
create or replace function app.load_rules(wanted jsonb, keeping boolean, out closed bigint, out added bigint) language plpgsql as $$
begin
    perform pg_advisory_xact_lock(hashtext('samspill rules'));
    update public.rule set closed_at = clock_timestamp() where closed_at is null and (is_shipped or not keeping) and not exists (
        select from jsonb_populate_recordset(null::public.rule, wanted) as it
        where (it.country, it.kind, it.code, it.valid_from, it.legal, it.source, it.confidence, it.label, it.content)
            = (rule.country, rule.kind, rule.code, rule.valid_from, rule.legal, rule.source, rule.confidence, rule.label, rule.content)
          and (it.municipality_code, it.service, it.valid_to, it.reviewer) is not distinct from (rule.municipality_code, rule.service, rule.valid_to, rule.reviewer));
    get diagnostics closed = row_count;
    insert into public.rule (country, kind, code, municipality_code, service, valid_from, valid_to, legal, source, confidence, reviewer, label, content, is_shipped)
        select country, kind, code, municipality_code, service, valid_from, valid_to, legal, source, confidence, reviewer, label, content, is_shipped
        from jsonb_populate_recordset(null::public.rule, wanted)
        on conflict do nothing;
    get diagnostics added = row_count;
end $$;

-- By which of these answers an organisation counts: its own, else its municipality's, else its country's.
create or replace function app.counts_as(desk uuid, country text, municipality text, keys text[]) returns text immutable language sql as $$
    select case when desk::text = any (keys) then desk::text
                when country || ' ' || municipality = any (keys) then country || ' ' || municipality
                else country end
$$;

create or replace function app.rules_changed() returns trigger language plpgsql as $$
begin
    update public.rulebook set edition = edition + 1;
    return null;
end $$;

-- Its arguments are the columns of which only the change is told, not the content.
create or replace function app.audit() returns trigger language plpgsql as $$
declare
    was    jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
    now_is jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
    it     jsonb := coalesce(now_is, was);
    hidden text;
begin
    foreach hidden in array coalesce(tg_argv, '{}') loop
        if now_is ->> hidden is not null then
            now_is := jsonb_set(now_is, array[hidden], to_jsonb(case when was -> hidden is distinct from now_is -> hidden then '• changed' else '•' end));
        end if;
        if was ->> hidden is not null then
            was := jsonb_set(was, array[hidden], '"•"');
        end if;
    end loop;
    if tg_op = 'UPDATE' then
        select jsonb_object_agg(key, was -> key), jsonb_object_agg(key, value) into was, now_is
            from jsonb_each(now_is) where value is distinct from was -> key;
    end if;
    insert into public.audit (organisation_id, verb, table_name, row_id, person_id, before, after) values (
        coalesce((it ->> 'organisation_id')::uuid, app.organisation(), (it ->> 'id')::uuid),
        lower(tg_op), tg_table_name, (it ->> 'id')::uuid,
        case tg_table_name when 'person' then it ->> 'id' else coalesce(it ->> 'person_id', it ->> 'subject_id') end::uuid,
        was, now_is);
    return null;
end $$;

create or replace function app.touch() returns trigger language plpgsql as $$
begin
    new.version := old.version + 1;
    return new;
end $$;

-- A person's unit stands on every row about the person, so that no policy has to read another table.
create or replace function app.inherit_unit() returns trigger language plpgsql as $$
declare
    about uuid := (to_jsonb(new) ->> tg_argv[0])::uuid;
begin
    if about is not null then
        select unit_id into new.unit_id from public.person where (organisation_id, id) = (new.organisation_id, about);
    end if;
    return new;
end $$;

-- Whose identity is protected, and who is responsible for them, stands on every row about the person. Whoever writes
-- the row may not see the person: it is asked beyond their sight. The lock is for a protection that is being set now.
create or replace function app.inherit_guard() returns trigger language plpgsql as $$
declare
    me      text := current_user;
    purpose text := current_setting('app.purpose', true);
    about   uuid := (to_jsonb(new) ->> tg_argv[0])::uuid;
begin
    new.guarded_for := null;
    if about is not null then
        perform app.step_out('guard what is about a person');
        select guarded_for into new.guarded_for from public.person where (organisation_id, id) = (new.organisation_id, about) for share;
        perform set_config('app.purpose', purpose, true), set_config('role', me, true);
    end if;
    return new;
end $$;

-- What a person's row says anew, the rows about the person say too: the arguments are the trigger by which they inherit,
-- and the column.
create or replace function app.pass_on() returns trigger language plpgsql as $$
declare
    me       text := current_user;
    purpose  text := current_setting('app.purpose', true);
    follower record;
begin
    perform app.step_out('pass on what a person''s row says');
    for follower in select tgrelid::regclass as target, convert_from(substring(tgargs for octet_length(tgargs) - 1), 'UTF8') as about
                    from pg_trigger where tgname = tg_argv[0] loop
        execute format('update %s set %I = $1 where (organisation_id, %I) = ($2, $3)', follower.target, tg_argv[1], follower.about)
            using (to_jsonb(new) ->> tg_argv[1])::uuid, new.organisation_id, new.id;
    end loop;
    perform set_config('app.purpose', purpose, true), set_config('role', me, true);
    return null;
end $$;

create or replace function app.is_one_of(variadic roles text[]) returns boolean stable parallel safe language sql
    return app.role() = any (roles);

-- What staff write for themselves is nothing to those whom it is about, who read it of their own row,
create or replace function app.for_staff(written text) returns text stable parallel safe language sql as $$
    select case when not coalesce(app.is_one_of('participant', 'volunteer'), false) then written end;
$$;

-- and is not for them to change.
create or replace function app.keep_for_staff() returns trigger language plpgsql as $$
begin
    if app.is_one_of('participant', 'volunteer') then
        raise 'it is for staff' using errcode = 'check_violation', constraint = 'only_for_staff';
    end if;
    return new;
end $$;

-- Words that conditions are written in. `own` stands first and is joined by `and` alone, since it is what the index of
-- every query is searched by; `worker` is staff that work for the whole organisation, `unit` staff of the row's unit. What
-- is asked about the caller is one `select` of yes or no, which PostgreSQL holds to be as likely as not. Of a comparison
-- with a role it expects next to no rows, and would rather sort all that an organisation has than read a page in order.
create or replace function app.condition(visible text) returns text immutable language sql as $$
    select regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(visible,
        '\mown\M', 'organisation_id = (select app.organisation())', 'g'),
        '\mworker\M', '((select app.is_one_of(''coordinator'', ''team_leader'', ''caseworker'', ''integration'')) and (select app.whole_organisation()))', 'g'),
        '\munit\M', '((select app.is_one_of(''caseworker'', ''unit_contact'')) and unit_id = any ((select app.units())::uuid[]))', 'g'),
        '\mdesk\M', '(select app.is_one_of(''coordinator'', ''team_leader''))', 'g'),
        '\mentrusted\M', '(guarded_for is null or guarded_for = (select app.membership()))', 'g');
$$;

-- Free text about a person whose identity is protected is shown to those who are entrusted with them, and to themselves.
create or replace function app.for_assigned(guarded_for uuid, unit_id uuid, person_id uuid, text text) returns text stable parallel safe language sql as $$
    select text where guarded_for is null or guarded_for = app.membership()
                      or unit_id = any (app.units()) or person_id = app.person();
$$;

-- Every change of the table is written down, of the columns in `hidden` only that; and a version counts the changes.
create or replace procedure app.watch(target text, hidden text[]) language plpgsql as $$
begin
    execute format('alter table %I enable row level security, force row level security', target);
    execute format('create or replace trigger audit after insert or update or delete on %I
                    for each row execute function app.audit(%s)',
                   target, (select string_agg(quote_literal(name), ', ') from unnest(hidden) as name));
    if exists (select from information_schema.columns where table_name = target and column_name = 'version') then
        execute format('create or replace trigger touch before update on %I
                        for each row execute function app.touch()', target);
    end if;
end $$;

-- The rows are about the person in column `about`.
create or replace procedure app.follow_person(target text, about text) language plpgsql as $$
begin
    execute format('create or replace trigger inherit_unit before insert on %I
                    for each row execute function app.inherit_unit(%L)', target, about);
end $$;

create or replace procedure app.guard(target text, about text) language plpgsql as $$
begin
    execute format('create or replace trigger inherit_guard before insert or update of %2$I, guarded_for on %1$I
                    for each row execute function app.inherit_guard(%2$L)', target, about);
end $$;

-- The policies of one role: for each verb the rows it is for. What is not named is taken away.
create or replace procedure app.allow(who text, target text, verbs text[], condition text, adding text default null,
                                      changing text default null) language plpgsql as $$
declare
    verb text;
begin
    execute format('revoke all on %I from %I', target, who);
    foreach verb in array array['select', 'insert', 'update', 'delete'] loop
        execute format('drop policy if exists %I on %I', who || '_' || verb, target);
        continue when verb <> all (verbs);
        execute format('grant %s on %I to %I', verb, target, who);
        execute format('create policy %I on %I for %s to %I %s (%s)', who || '_' || verb, target, verb, who,
                       case verb when 'insert' then 'with check' else 'using' end,
                       case verb when 'insert' then coalesce(adding, condition) when 'update' then coalesce(changing, condition) else condition end);
    end loop;
end $$;

-- A table of which every organisation has its own rows.
create or replace procedure app.protect(target text, visible text, hidden text[] default '{}',
                                        verbs text[] default '{select,insert,update}') language plpgsql as $$
begin
    call app.watch(target, hidden);
    call app.allow('samspill_app', target, verbs, app.condition(visible));
    call app.allow('samspill_system', target, '{select,insert,update,delete}', 'true');
end $$;

-- A table that is only added to, by whoever changes something, and is not itself watched. Who and when is not for the
-- writer to say: only `told` can be.
create or replace procedure app.record(target text, visible text, told text) language plpgsql as $$
begin
    execute format('alter table %I enable row level security, force row level security', target);
    call app.allow('samspill_app', target, '{select,insert}', app.condition(visible), adding => app.condition('own'));
    call app.allow('samspill_post', target, '{insert}', app.condition('own'));
    call app.allow('samspill_system', target, '{select,insert}', 'true');
    execute format('revoke insert on %I from samspill_app, samspill_post, samspill_system', target);
    execute format('grant insert (%s) on %I to samspill_app, samspill_post, samspill_system', told, target);
end $$;

-- A small table of what is public, that all may read; of its own rows, if it has any, an organisation is the writer.
create or replace procedure app.publish(target text, verbs text[] default '{}', writable text default 'false') language plpgsql as $$
begin
    call app.watch(target, '{}');
    call app.allow('samspill_app', target, verbs, app.condition(writable));
    execute format('grant select on %I to samspill_app', target);
    execute format('create policy samspill_app_select on %I for select to samspill_app using (true)', target);
    call app.allow('samspill_system', target, '{select,insert,update}', 'true');
end $$;

-- A table of the house itself, that only named system purposes touch; `own` is what somebody may see of their own.
create or replace procedure app.lock_away(target text, visible text default null, verbs text[] default '{select}', watched boolean default false, hidden text[] default '{}')
language plpgsql as $$
begin
    if watched then
        call app.watch(target, hidden);
    else
        execute format('alter table %I enable row level security, force row level security', target);
    end if;
    call app.allow('samspill_app', target, case when visible is null then '{}' else verbs end, visible);
    call app.allow('samspill_system', target, '{select,insert,update,delete}', 'true');
end $$;
