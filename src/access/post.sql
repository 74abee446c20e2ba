-- How a letter goes from desk to desk. Nothing here has rights of its own: `samspill_post` writes, and it may touch
-- only the rows of the desk it sits at, and of those only what both sides may know.

-- A table of letters. `common` is what both sides may know beside who, where and how far, `moving` what of it changes
-- with a step; `private` is each side's own.
create or replace procedure app.letter(target text, visible text, common text[], private text[], moving text[] default '{}',
                                       hidden text[] default '{}', adding text default null, changing text default null) language plpgsql as $$
declare
    envelope text := array_to_string('{organisation_id,id,side,counterpart_organisation_id,status}' || common || moving, ', ');
    inherited text;
begin
    call app.watch(target, hidden);
    call app.allow('samspill_app', target, '{select,insert,update}', app.condition(visible),
                   app.condition(adding), app.condition(changing));
    call app.allow('samspill_post', target, '{select,insert,update}', app.condition('own'));
    call app.allow('samspill_system', target, '{select,update}', 'true');
    execute format('revoke insert, update on %I from samspill_app, samspill_post, samspill_system', target);
    execute format('revoke select on %I from samspill_post', target);
    execute format('grant insert (id, counterpart_organisation_id, %2$s), update (%3$s) on %1$I to samspill_app',
                   target, array_to_string(common || private, ', '), array_to_string(private, ', '));
    execute format('grant select (%2$s, version), insert (%2$s), update (%3$s) on %1$I to samspill_post',
                   target, envelope, array_to_string('{status}' || moving, ', '));
    select string_agg(attname, ', ') into inherited from pg_attribute where attrelid = target::regclass and attname in ('unit_id', 'guarded_for');
    if inherited is not null then
        execute format('grant update (%s) on %I to samspill_system', inherited, target);
    end if;
end $$;

-- A letter to nobody is no letter: it has one side.
create or replace function app.stay_here() returns trigger language plpgsql as $$
begin
    new.side := 'internal';
    return new;
end $$;

-- With each step the time to the next begins again.
create or replace function app.step_taken() returns trigger language plpgsql as $$
begin
    new.status_since := app.now();
    new.step_due_on := null;
    new.step_rule := null;
    new.step_rule_id := null;
    -- Whoever took it back, or let its time run out, has contacted nobody.
    if old.status = 'submitted' and new.status not in ('withdrawn', 'expired') then
        new.first_contact_on := app.today();
    end if;
    return new;
end $$;

-- The day on which something no longer waits for an answer.
create or replace function app.settled() returns trigger language plpgsql as $$
begin
    new.settled_on := app.today();
    return new;
end $$;

-- A letter to a unit comes to whoever is to be reached there that day, whom only the recipient knows.
create or replace function app.reach_somebody() returns trigger language plpgsql as $$
declare
    me      text := current_user;
    purpose text := current_setting('app.purpose', true);
begin
    perform app.step_out('find whom to reach at a unit');
    select it.contact_point_id, it.membership_id into new.contact_point_id, new.reached_id
        from app.reach(new.organisation_id, new.to_unit_id, app.today()) as it;
    new.unit_id := new.to_unit_id;
    perform set_config('app.purpose', purpose, true), set_config('role', me, true);
    return new;
end $$;

-- A task about what came to units, or to whoever is to be reached there, is theirs too: they alone may know the answer.
create or replace function app.address_task() returns trigger language plpgsql as $$
declare
    me      text := current_user;
    purpose text := current_setting('app.purpose', true);
begin
    perform app.step_out('find whom to reach at a unit');
    select it.unit_ids, it.reached_id into new.unit_ids, new.reached_id from (
        select organisation_id, id, array[unit_id] as unit_ids, reached_id from public.guidance_request union all
        select organisation_id, id, array[unit_id], reached_id from public.unmet_need_report union all
        select organisation_id, id, unit_ids, null from public.network_message union all
        select organisation_id, id, unit_ids, null from public.network_change) as it
    where (it.organisation_id, it.id) = (new.organisation_id, new.subject_id);
    perform set_config('app.purpose', purpose, true), set_config('role', me, true);
    return new;
end $$;

-- Tells a desk of a referral that has come to it, unless its own staff have made it. Whoever sends it sees no task.
create or replace function app.referral_received() returns trigger language plpgsql as $$
declare
    me      text := current_user;
    purpose text := current_setting('app.purpose', true);
begin
    if new.side = 'internal' and coalesce(app.is_one_of('coordinator', 'team_leader', 'caseworker'), false) then
        return null;
    end if;
    perform app.step_out('tell a desk of a referral');
    insert into public.task (organisation_id, kind, subject_table, subject_id)
        values (new.organisation_id, 'referral_received', 'referral', new.id) on conflict do nothing;
    perform set_config('app.purpose', purpose, true), set_config('role', me, true);
    return null;
end $$;

-- The disclosure of the one is the delivery of the other. Its owner writes what leaves; how far it came, the post.
create or replace procedure app.crossing() language plpgsql as $$
declare
    letter   text;
    envelope text := 'organisation_id, id, counterpart_organisation_id, kind, consent_id, legal_basis_id, referral_id, unit_ids, number, network_id, payload, payload_sha256, sent_at';
    moving   text := 'status, reason, archive_system, archive_id, sent_at, received_at, archived_at';
begin
    call app.watch('disclosure', '{payload}');
    call app.allow('samspill_app', 'disclosure', '{select,insert}',
        app.condition('own and (worker or unit or (select app.is_one_of(''participant'')) and subject_id = (select app.person()))'));
    call app.watch('delivery', '{payload}');
    call app.allow('samspill_app', 'delivery', '{select,update,delete}',
        app.condition('own and (worker or (select app.is_one_of(''caseworker'', ''unit_contact'')) and unit_ids && (select app.units())::uuid[])'));
    foreach letter in array array['disclosure', 'delivery'] loop
        call app.allow('samspill_post', letter, '{select,insert,update}', app.condition('own'));
        call app.allow('samspill_system', letter, '{select,insert,update}', 'true');
        execute format('revoke select, insert, update on %I from samspill_post', letter);
        execute format('grant select (%s, side, status, version), update (%s) on %I to samspill_post', envelope, moving, letter);
    end loop;
    revoke insert on disclosure from samspill_app;
    revoke update on delivery from samspill_app;
    revoke insert, update on delivery from samspill_system;
    revoke insert, update on disclosure from samspill_system;
    grant insert (organisation_id, id, counterpart_organisation_id, kind, subject_id, consent_id, legal_basis_id, referral_id, unit_ids, number, payload, payload_sha256,
                  contact_form_id, contact_form_version_id, network_id, source_id) on disclosure to samspill_app, samspill_system;
    grant update (unit_id, protected, status, blocked_reason) on disclosure to samspill_system;
    grant update (blocked_reason, approved_by_id) on disclosure to samspill_post;
    execute format('grant insert (%s) on delivery to samspill_post', envelope);
    grant update (person_id) on delivery to samspill_app;
    create or replace trigger heard_of after update of status on disclosure for each row
        when (old.status = 'sent' and new.status <> 'sent') execute function app.seen_to('disclosure_unacknowledged');
    create or replace trigger take_in_news after insert on delivery for each row
        when (new.kind in ('message', 'change')) execute function app.take_in_news();
end $$;

-- What is told of a network becomes a row of the recipient's own, and somebody's task. Of a network of its own, an
-- organisation hears from those it has told of it, about whom it has told: the contact form that crossed last says whom.
create or replace function app.take_in_news() returns trigger language plpgsql as $$
declare
    me       text := current_user;
    purpose  text := current_setting('app.purpose', true);
    told     jsonb := new.payload -> new.kind;
    news     uuid := (told ->> 'id')::uuid;
    form     uuid := (told ->> 'form_disclosure_id')::uuid;
    target   text := 'network_' || new.kind;
    about    uuid;
    is_heard boolean := true;
    taken    bigint;
begin
    perform app.step_out('take in what is told of a network');
    if exists (select from public.network where (organisation_id, id) = (new.organisation_id, new.network_id)) then
        select subject_id into about from public.disclosure
            where (organisation_id, id) = (new.organisation_id, form) and sent_at is not null
              and (network_id, counterpart_organisation_id) = (new.network_id, new.counterpart_organisation_id);
        is_heard := found;
    else
        select person_id into about from public.referral where (organisation_id, id) = (new.organisation_id, new.referral_id);
    end if;
    if news is not null and is_heard then
        execute format('insert into public.%I (organisation_id, id, side, counterpart_organisation_id, network_id, person_id, unit_ids, author_role, written_at, %s)
                        select $1.organisation_id, $2, ''received'', $1.counterpart_organisation_id, $1.network_id, $3, $1.unit_ids,
                               it.author_role, it.written_at, %s from jsonb_populate_record(null::public.%I, $4) as it on conflict do nothing',
                       target, case new.kind when 'message' then 'text' else 'kind, from_on, to_on' end,
                       case new.kind when 'message' then 'it.text' else 'it.kind, it.from_on, it.to_on' end, target)
            using new, news, about, told;
        get diagnostics taken = row_count;
        if taken > 0 then
            insert into public.task (kind, subject_table, subject_id) values (target || '_received', target, news) on conflict do nothing;
            insert into public.event (name, subject_table, subject_id) values (target || '.received', target, news);
        end if;
    end if;
    perform set_config('app.purpose', purpose, true), set_config('role', me, true);
    return null;
end $$;

-- What has been done about a thing closes the tasks that ask for it: of these kinds, or all. Whoever does it may not see the task,
-- which may even be another's: it is closed beyond their sight.
create or replace function app.seen_to() returns trigger language plpgsql as $$
declare
    me      text := current_user;
    purpose text := current_setting('app.purpose', true);
    closed  uuid;
begin
    perform app.step_out('close what has been seen to');
    for closed in update public.task set done_at = app.now()
                  where (organisation_id, subject_table, subject_id) = (new.organisation_id, tg_table_name, new.id) and done_at is null
                      and (tg_nargs = 0 or kind = any (tg_argv))
                  returning id loop
        insert into public.event (name, subject_table, subject_id) values ('task.done', 'task', closed);
    end loop;
    perform set_config('app.purpose', purpose, true), set_config('role', me, true);
    return null;
end $$;

create or replace function app.sit_at(desk uuid, role text) returns void language sql as $$
    select set_config('app.organisation', desk::text, true), set_config('role', sit_at.role, true);
$$;

-- Whose letter it is and who carries it, so that the post can go back there.
create or replace function app.go_to_post() returns void language sql as $$
    select set_config('app.home', current_user, true), set_config('app.home_organisation', app.organisation()::text, true),
           app.sit_at(app.organisation(), 'samspill_post');
$$;
create or replace function app.leave_post() returns void language sql as $$
    select app.sit_at(current_setting('app.home_organisation')::uuid, current_setting('app.home'));
$$;

-- Neither side writes to the other before the recipient has approved the counterpart.
create or replace function app.check_counterpart(other uuid) returns void language plpgsql as $$
begin
    if not exists (select from public.counterpart where organisation_id = app.organisation()
                   and counterpart_organisation_id = other and status = 'approved') then
        raise 'the recipient has not approved it' using errcode = 'check_violation', constraint = 'counterpart_not_approved';
    end if;
end $$;

-- Lays the recipient's copy of a letter on the recipient's desk, as it stands on the sender's; once.
create or replace function app.deliver_letter(letter text, letter_id uuid) returns void language plpgsql as $$
declare
    mine     uuid := app.organisation();
    envelope text := (select string_agg(quote_ident(attname), ', ') from pg_attribute where attrelid = letter::regclass
                      and attnum > 0 and has_column_privilege('samspill_post', attrelid, attnum, 'insert'));
    copy     jsonb;
    other    uuid;
    laid     bigint;
begin
    perform app.go_to_post();
    execute format('select to_jsonb(it) from (select %s from %I where (organisation_id, id) = ($1, $2)) as it', envelope, letter)
        into strict copy using mine, letter_id;
    other := copy ->> 'counterpart_organisation_id';
    if other is not null then
        if letter <> 'counterpart' then
            perform app.check_counterpart(other);
        end if;
        perform app.sit_at(other, 'samspill_post');
        execute format('insert into %1$I (%2$s) select %2$s from jsonb_populate_record(null::%1$I, $1) on conflict do nothing', letter, envelope)
            using copy || jsonb_build_object('organisation_id', other, 'counterpart_organisation_id', mine, 'side', 'received');
        get diagnostics laid = row_count;
        if laid > 0 then
            perform app.happened(letter, letter_id, null, copy ->> 'status', null);
        end if;
    end if;
    perform app.leave_post();
end $$;

-- The same of many.
create or replace function app.deliver_letters(letter text, ids uuid[]) returns void language plpgsql as $$
declare
    one uuid;
begin
    foreach one in array ids loop
        perform app.deliver_letter(letter, one);
    end loop;
end $$;

-- Locks both rows, always in the same order, and tells what the caller's says. Stays at the post until the letter is closed:
-- a refusal in between ends the transaction, and with it all of this. The caller has found the row before: what one may
-- not see does not exist.
create or replace function app.open_letter(mine text, theirs text, letter_id uuid, out side text, out status text, out version bigint)
language plpgsql as $$
declare
    here  uuid := app.organisation();
    other uuid;
    desk  uuid;
    it    record;
begin
    perform app.go_to_post();
    execute format('select organisation_id, counterpart_organisation_id from %I where (organisation_id, id) = ($1, $2)', mine)
        into it using here, letter_id;
    if it.organisation_id is null then
        raise 'no such letter' using errcode = 'check_violation', constraint = 'not_found';
    end if;
    other := it.counterpart_organisation_id;
    foreach desk in array case when other is null then array[here] else array[least(here, other), greatest(here, other)] end loop
        perform app.sit_at(desk, 'samspill_post');
        execute format('select side, status, version from %I where (organisation_id, id) = ($1, $2) for update',
                       case desk when here then mine else theirs end)
            into it using desk, letter_id;
        -- A draft, or what is not yet sent, lies on one desk only.
        continue when it.status is null and desk = other;
        if status is not null and status <> it.status then
            raise 'the two sides of a letter differ';
        end if;
        status := it.status;
        if desk = here then
            side := it.side;
            version := it.version;
        end if;
    end loop;
end $$;

-- Locks both rows, and changes nothing: what the caller does next about this letter, nobody else does meanwhile.
create or replace function app.hold_letter(letter text, letter_id uuid) returns void language plpgsql as $$
begin
    perform app.open_letter(letter, letter, letter_id);
    perform app.leave_post();
end $$;

-- Writes the new status on both sides, with what changes beside it, and goes back to the caller's desk.
create or replace function app.close_letter(mine text, theirs text, letter_id uuid, before text, after text, changes jsonb)
returns void language plpgsql as $$
declare
    here   uuid := current_setting('app.home_organisation')::uuid;
    beside text;
    other  uuid;
    desk   uuid;
    target text;
    written bigint;
begin
    perform app.sit_at(here, 'samspill_post');
    execute format('select counterpart_organisation_id from %I where (organisation_id, id) = ($1, $2)', mine)
        into strict other using here, letter_id;
    foreach desk in array case when other is null then array[here] else array[other, here] end loop
        target := case desk when here then mine else theirs end;
        perform app.sit_at(desk, 'samspill_post');
        -- What only one side has a column for is that side's alone.
        select string_agg(format(', %1$I = it.%1$I', key), '') into beside from jsonb_object_keys(changes) as key
            where target = mine or exists (select from pg_attribute where attrelid = target::regclass and attname = key);
        execute format('update %1$I as letter set status = $3%2$s from jsonb_populate_record(null::%1$I, $4) as it
                        where (letter.organisation_id, letter.id) = ($1, $2)', target, coalesce(beside, ''))
            using desk, letter_id, after, changes;
        get diagnostics written = row_count;
        if written > 0 then
            perform app.happened(target, letter_id, before, after, changes ->> 'reason');
        end if;
    end loop;
    perform app.leave_post();
end $$;

-- Names whom a letter is for that was to nobody, before it is laid there. The caller has found it before.
create or replace function app.address_letter(letter text, letter_id uuid, other uuid) returns void language plpgsql as $$
declare
    here uuid := app.organisation();
begin
    perform app.check_counterpart(other);
    perform app.go_to_post();
    execute format('update %I set side = ''sent'', counterpart_organisation_id = $3 where (organisation_id, id) = ($1, $2) and side <> ''received''', letter)
        using here, letter_id, other;
    perform app.leave_post();
end $$;

-- When a referral is no longer offered, whatever has become of it and whoever did it, what still waits for an answer lapses
-- on both sides. Whoever moves a referral or answers an offer holds the referral first, so that nobody is in the midst of one.
create or replace function app.lapse_offers() returns trigger language plpgsql as $$
declare
    me      text := current_user;
    home    text := coalesce(current_setting('app.organisation', true), '');
    waiting jsonb;
    it      record;
    desk    uuid;
begin
    perform app.sit_at(new.organisation_id, 'samspill_post');
    waiting := (select jsonb_object_agg(id, counterpart_organisation_id) from public.offer
                where (organisation_id, referral_id, side, status) = (new.organisation_id, new.id, 'sent', 'pending'));
    for it in select key::uuid as offer, value::uuid as other from jsonb_each_text(waiting) order by key loop
        foreach desk in array array[it.other, new.organisation_id] loop
            perform app.sit_at(desk, 'samspill_post');
            update public.offer set status = 'lapsed' where (organisation_id, id) = (desk, it.offer);
            perform app.happened('offer', it.offer, 'pending', 'lapsed', null);
        end loop;
    end loop;
    perform set_config('app.organisation', home, true), set_config('role', me, true);
    return null;
end $$;

-- A referral has come to nothing: whoever has formed a network for it is to say what becomes of that.
create or replace function app.ask_after_networks() returns trigger language plpgsql as $$
declare
    me      text := current_user;
    purpose text := current_setting('app.purpose', true);
begin
    perform app.step_out('ask what becomes of a network');
    insert into public.task (organisation_id, kind, subject_table, subject_id)
        select organisation_id, 'network_without_referral', 'network', id from public.network
        where (organisation_id, referral_id) = (new.organisation_id, new.id) and status in ('forming', 'active', 'paused') on conflict do nothing;
    perform set_config('app.purpose', purpose, true), set_config('role', me, true);
    return null;
end $$;

-- Leaves a task at the other desk, about the letter that lies there; of one that does not, nobody there is told.
create or replace function app.leave_task(mine text, theirs text, letter_id uuid, kind text) returns void language plpgsql as $$
declare
    here  uuid := app.organisation();
    other uuid;
begin
    perform app.go_to_post();
    execute format('select counterpart_organisation_id from %I where (organisation_id, id) = ($1, $2)', mine)
        into strict other using here, letter_id;
    perform app.sit_at(other, 'samspill_post');
    execute format('insert into public.task (kind, subject_table, subject_id)
                    select $1, $2, $3 from %I where (organisation_id, id) = ($4, $3) on conflict do nothing', theirs)
        using kind, theirs, letter_id, other;
    perform app.leave_post();
end $$;

-- Tells each organisation that was sent something about the person that the sender protects this identity, and nothing
-- else: at its newest delivery. Whether its own copy is hidden is for its own law to say.
create or replace function app.warn_recipients(subject uuid) returns void language plpgsql as $$
declare
    here uuid := app.organisation();
    sent jsonb := (select jsonb_object_agg(other, id) from (
                       select distinct on (counterpart_organisation_id) counterpart_organisation_id as other, id from public.disclosure
                       where (organisation_id, subject_id) = (here, subject) and sent_at is not null
                       order by counterpart_organisation_id, id desc) as newest);
    it   record;
begin
    perform app.go_to_post();
    for it in select key::uuid as other, value::uuid as delivery from jsonb_each_text(sent) order by key loop
        perform app.sit_at(it.other, 'samspill_post');
        insert into public.task (kind, subject_table, subject_id) values ('sender_protects_identity', 'delivery', it.delivery) on conflict do nothing;
        insert into public.event (name, subject_table, subject_id) values ('delivery.sender_protects_identity', 'delivery', it.delivery);
    end loop;
    perform app.leave_post();
end $$;

-- A job does what follows for this organisation, so that it too can go to the post.
create or replace function app.work_at(desk uuid) returns void language sql as $$
    select set_config('app.organisation', desk::text, true), set_config('app.acting_organisation', desk::text, true);
$$;

-- Says at the organisation of each link that it was used.
create or replace function app.accept_recoveries(links uuid[]) returns void language plpgsql as $$
declare
    it record;
begin
    for it in select organisation_id, id from public.account_recovery where id = any (links) order by id loop
        perform app.work_at(it.organisation_id);
        update public.account_recovery set accepted_at = app.now() where (organisation_id, id) = (it.organisation_id, it.id);
        insert into public.event (name, subject_table, subject_id) values ('account_recovery.accepted', 'account_recovery', it.id);
    end loop;
end $$;

create or replace function app.happened(letter text, letter_id uuid, before text, after text, reason text) returns void language sql as $$
    insert into public.event (name, subject_table, subject_id, from_status, to_status, reason)
    values (letter || '.' || after, letter, letter_id, before, after, reason);
$$;

-- Sends what waits, or says why not: basis first, then the disclosure, as a withdrawal does. For the worker, who has
-- come in as the system; many can do it at once. What is sent again after it failed lies at the recipient's already, and
-- goes there once: both rows say the same, whatever comes of it.
create or replace function app.dispatch_disclosure(desk uuid, disclosure_id uuid) returns text language plpgsql as $$
declare
    basis   uuid;
    it      record;
    outcome text := 'sent';
    refusal text;
    known   bigint;
begin
    select coalesce(consent_id, legal_basis_id) into basis from public.disclosure where (organisation_id, id) = (desk, disclosure_id) and status = 'queued';
    if not found then
        return 'gone';
    end if;
    perform app.work_at(desk);
    perform app.hold_basis(desk, basis);
    perform app.go_to_post();
    select counterpart_organisation_id, kind, consent_id, legal_basis_id, referral_id, unit_ids, number, network_id, payload, payload_sha256, sent_at into it
        from public.disclosure where (organisation_id, id) = (desk, disclosure_id) and status = 'queued' for update skip locked;
    if not found then
        perform app.leave_post();
        return 'gone';
    end if;
    begin
        perform app.check_counterpart(it.counterpart_organisation_id);
        -- What was laid out anew while the referral ended, or is to be sent again, the end itself could not stop.
        if exists (select from public.referral where (organisation_id, id) = (desk, it.referral_id)
                   and (side = 'sent' or it.kind = 'referral') and status in ('withdrawn', 'declined', 'redirected', 'expired')) then
            raise 'the referral has come to nothing' using errcode = 'check_violation', constraint = 'referral_has_ended';
        end if;
        update public.disclosure set status = 'sent', sent_at = clock_timestamp() where (organisation_id, id) = (desk, disclosure_id)
            returning sent_at into it.sent_at;
        perform app.sit_at(it.counterpart_organisation_id, 'samspill_post');
        insert into public.delivery (organisation_id, id, counterpart_organisation_id, kind, consent_id, legal_basis_id, referral_id,
                                     unit_ids, number, network_id, payload, payload_sha256, sent_at)
            values (it.counterpart_organisation_id, disclosure_id, desk, it.kind, it.consent_id, it.legal_basis_id, it.referral_id,
                    it.unit_ids, it.number, it.network_id, it.payload, it.payload_sha256, it.sent_at)
            on conflict (organisation_id, id) do update set status = 'sent', sent_at = excluded.sent_at;
        perform app.happened('delivery', disclosure_id, null, 'sent', null);
    exception when check_violation then
        get stacked diagnostics refusal = constraint_name;
        outcome := 'blocked';
        perform app.sit_at(desk, 'samspill_post');
        update public.disclosure set status = 'blocked', blocked_reason = refusal where (organisation_id, id) = (desk, disclosure_id);
        if it.sent_at is not null then
            perform app.sit_at(it.counterpart_organisation_id, 'samspill_post');
            update public.delivery set status = 'blocked' where (organisation_id, id) = (it.counterpart_organisation_id, disclosure_id);
            get diagnostics known = row_count;
            if known > 0 then
                perform app.happened('delivery', disclosure_id, 'queued', 'blocked', refusal);
            end if;
        end if;
    end;
    perform app.sit_at(desk, 'samspill_post');
    perform app.happened('disclosure', disclosure_id, 'queued', outcome, refusal);
    perform app.leave_post();
    return outcome;
end $$;
