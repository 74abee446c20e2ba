-- The gate: nothing is disclosed without an active basis that covers it, whatever statement is sent by whom. A basis is a
-- consent, or a section of law that somebody has decided on.
-- The only functions here with rights of their own. Their owner may read and lock bases, and read what was disclosed
-- under them; nothing else.

-- First thing in a transaction that sends: basis, then disclosure, as a withdrawal does. The trigger alone would come
-- too late for that, since PostgreSQL has locked the disclosure before it asks the trigger.
create or replace function app.hold_basis(organisation uuid, basis uuid) returns void language sql
security definer set search_path = pg_catalog, pg_temp as $$
    select from public.consent where (organisation_id, id) = (organisation, basis)
        and organisation = coalesce(app.organisation(), organisation) for share;
    select from public.legal_basis where (organisation_id, id) = (organisation, basis)
        and organisation = coalesce(app.organisation(), organisation) for share;
$$;

-- Locks the basis, so that its end and a sending cannot pass each other: whichever commits first is first.
create or replace function app.gate() returns trigger language plpgsql
security definer set search_path = pg_catalog, pg_temp as $$
declare
    basis  text := case when new.consent_id is null and new.legal_basis_id is not null then 'legal_basis' else 'consent' end;
    it     record;
    reason text;
begin
    if tg_op = 'UPDATE' then
        if (old.organisation_id, old.id, old.side, old.counterpart_organisation_id, old.subject_id, old.kind, old.consent_id, old.legal_basis_id, old.payload, old.payload_sha256, old.unit_ids)
            is distinct from
           (new.organisation_id, new.id, new.side, new.counterpart_organisation_id, new.subject_id, new.kind, new.consent_id, new.legal_basis_id, new.payload, new.payload_sha256, new.unit_ids)
           or old.protected and not new.protected -- What was to be looked at twice stays so.
        then
            raise 'a disclosure does not change' using errcode = 'check_violation', constraint = 'disclosure_is_immutable';
        end if;
        if old.status = new.status then return new; end if;
        if (old.status, new.status) not in (
            ('queued', 'sent'), ('queued', 'blocked'), ('queued', 'recalled'), ('blocked', 'queued'), ('blocked', 'recalled'),
            ('sent', 'received'), ('sent', 'rejected'), ('sent', 'failed'), ('failed', 'received'), ('failed', 'queued'),
            ('received', 'archived'), ('received', 'rejected'))
        then
            raise 'a disclosure keeps to its life' using errcode = 'check_violation', constraint = 'disclosure_keeps_to_its_life';
        end if;
    end if;
    -- What is at home may be; and of what has left only the sending itself is asked about.
    if new.status in ('queued', 'blocked', 'recalled') or tg_op = 'UPDATE' and new.status <> 'sent' then
        return new;
    end if;
    if basis = 'consent' then
        select status, valid, subject_id, counterpart_organisation_id, kinds, categories into it from public.consent
            where (organisation_id, id, side) = (new.organisation_id, new.consent_id, 'sent') for share;
    else
        select status, valid, subject_id, counterpart_organisation_id, kinds, categories into it from public.legal_basis
            where (organisation_id, id, side) = (new.organisation_id, new.legal_basis_id, 'sent') for share;
    end if;
    reason := case
        when not found then 'no_' || basis
        when it.status <> 'active' then basis || '_not_active'
        -- Not `app.now()`: that one can be set by the very statement that is to be refused.
        when not it.valid @> pg_catalog.clock_timestamp() then basis || '_not_valid_now'
        when it.subject_id is distinct from new.subject_id then basis || '_of_another'
        when it.counterpart_organisation_id <> new.counterpart_organisation_id then basis || '_for_another'
        when new.kind <> all (it.kinds) then basis || '_for_another_kind'
        when not it.categories @> (select coalesce(pg_catalog.array_agg(name), '{}') from pg_catalog.jsonb_object_keys(new.payload) as name)
            then basis || '_does_not_cover'
        when new.protected and new.approved_by_id is null then 'protected_needs_approval' end;
    if reason is not null then
        raise 'no basis covers it: %', reason using errcode = 'check_violation', constraint = reason;
    end if;
    -- Whoever sends lays it at the recipient's too: nobody but the post can.
    if pg_catalog.current_setting('role') in ('samspill_app', 'samspill_system') then
        raise 'only the post sends' using errcode = 'check_violation', constraint = 'only_the_post_sends';
    end if;
    return new;
end $$;

-- Nothing is laid at a recipient's but what a disclosure has let through, as it stands there.
create or replace function app.gate_delivery() returns trigger language plpgsql
security definer set search_path = pg_catalog, pg_temp as $$
begin
    if not exists (
        select from public.disclosure as it
        where (it.organisation_id, it.id, it.counterpart_organisation_id) = (new.counterpart_organisation_id, new.id, new.organisation_id)
          and it.status = 'sent' and it.kind = new.kind
          and (it.consent_id, it.legal_basis_id) is not distinct from (new.consent_id, new.legal_basis_id)
          and it.payload = new.payload and it.payload_sha256 = new.payload_sha256 and it.unit_ids = new.unit_ids)
    then
        raise 'no disclosure carries it' using errcode = 'check_violation', constraint = 'delivery_without_disclosure';
    end if;
    return new;
end $$;

-- What a recipient has taken over is kept: only what came to nothing can be removed, and what is archived never.
create or replace function app.keep_delivery() returns trigger language plpgsql as $$
begin
    if old.status not in ('rejected', 'recalled') then
        raise 'it is kept' using errcode = 'check_violation',
            constraint = case old.status when 'archived' then 'archive_duty' else 'not_yet_settled' end;
    end if;
    return old;
end $$;

-- What is final in a journal was written once: it can be read, and be corrected by another entry, and nothing else.
create or replace function app.keep_log_entry() returns trigger language plpgsql as $$
declare
    may_change text[] := '{status,read_at,guarded_for,is_practical,is_finished,version}'; -- What is generated is not there yet.
begin
    if old.status <> 'draft' and (tg_op = 'DELETE' or to_jsonb(old) - may_change is distinct from to_jsonb(new) - may_change
                                  or old.status <> new.status and (old.status, new.status) <> ('final', 'corrected'))
    then
        raise 'it is final' using errcode = 'check_violation', constraint = 'log_entry_is_final';
    end if;
    return coalesce(new, old);
end $$;

-- A consent changes only along its life, and what was consented to does not change at all, but that it outlives the draft
-- that it was asked for. The other side's copy comes from the post, when it is active.
create or replace function app.keep_consent() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        if new.status = 'drafted' and new.side = 'sent' or new.status = 'active' and new.side = 'received' then return new; end if;
        raise 'a consent begins as a draft' using errcode = 'check_violation', constraint = 'consent_begins_as_draft';
    end if;
    if (old.organisation_id, old.id, old.side, old.counterpart_organisation_id, old.referral_id, old.purpose, old.kinds, old.categories, old.includes_updates, old.valid, old.subject_id)
        is distinct from
       (new.organisation_id, new.id, new.side, new.counterpart_organisation_id, coalesce(new.referral_id, old.referral_id), new.purpose, new.kinds, new.categories, new.includes_updates, new.valid, new.subject_id)
       or old.status <> 'drafted' and (old.text_code, old.text_version, old.text_language, old.text_form, old.text_sha256)
          is distinct from (new.text_code, new.text_version, new.text_language, new.text_form, new.text_sha256)
       or old.status <> new.status and (old.status, new.status) not in (
            ('drafted', 'presented'), ('presented', 'active'), ('presented', 'refused'), ('active', 'withdrawn'), ('active', 'suspended'),
            ('suspended', 'active'), ('suspended', 'withdrawn'), ('active', 'expired'), ('suspended', 'expired'), ('active', 'superseded'))
       and not (new.status = 'invalidated' and old.status not in ('withdrawn', 'expired', 'superseded', 'refused'))
    then
        raise 'a consent keeps to its life' using errcode = 'check_violation', constraint = 'consent_is_immutable';
    end if;
    return new;
end $$;

-- A legal basis is what was decided, and is never decided anew: all that happens to it is that it ends. What the other
-- side gets from the post says neither about whom nor who decided.
create or replace function app.keep_legal_basis() returns trigger language plpgsql as $$
declare
    end_of_it text[] := '{status,ended_at,end_reason,unit_id,version}';
begin
    if tg_op = 'INSERT' then
        if new.status <> 'active' then
            raise 'a legal basis begins when it is decided' using errcode = 'check_violation', constraint = 'legal_basis_begins_active';
        end if;
        if new.side = 'received' then
            new.decided_by_id := null;
            new.decided_by_role := null;
        end if;
    elsif to_jsonb(old) - end_of_it is distinct from to_jsonb(new) - end_of_it
        or old.status <> new.status and (old.status, new.status) not in (('active', 'ended'), ('active', 'expired'))
    then
        raise 'a legal basis keeps to its life' using errcode = 'check_violation', constraint = 'legal_basis_is_immutable';
    end if;
    return new;
end $$;

-- When a basis ends, what waits under it does not leave; in the same transaction, whoever ended it.
create or replace function app.close_gate() returns trigger language plpgsql as $$
declare
    stopped uuid;
begin
    for stopped in update public.disclosure set status = 'blocked', blocked_reason = 'no_' || tg_table_name
                   where organisation_id = new.organisation_id and new.id in (consent_id, legal_basis_id) and status = 'queued'
                     and sent_at is null -- What is to be sent again lies on both sides: the worker blocks both.
                   returning id loop
        perform app.happened('disclosure', stopped, 'queued', 'blocked', 'no_' || tg_table_name);
    end loop;
    return null;
end $$;

-- When a referral has come to nothing, what waits to tell of it does not leave, whichever side ended it: the post changes
-- the sender's row too, and what waits lies beside that one.
create or replace function app.close_referral() returns trigger language plpgsql as $$
declare
    it record;
begin
    for it in with waiting as (
                  select id, status from public.disclosure
                      where (organisation_id, referral_id) = (new.organisation_id, new.id)
                        and status in ('queued', 'blocked') and sent_at is null
                        and (new.side = 'sent' or kind = 'referral') -- Whoever was sent it may have told who took it on.
                      order by id for update)
              update public.disclosure as disclosure set status = 'recalled' from waiting
                  where (disclosure.organisation_id, disclosure.id) = (new.organisation_id, waiting.id)
                  returning disclosure.id, waiting.status as was loop
        perform app.happened('disclosure', it.id, it.was, 'recalled', null);
    end loop;
    return null;
end $$;

-- What has no basis is blocked from the beginning; what is about a person with a protected identity waits for a second
-- approval, whatever its basis says. The lock is for a protection that is being set at this moment.
create or replace function app.hold_for_approval() returns trigger language plpgsql as $$
begin
    select protection is not null into new.protected from public.person
        where (organisation_id, id) = (new.organisation_id, new.subject_id) for share;
    new.protected := coalesce(new.protected, true); -- Whom the caller may not see is protected.
    if new.status = 'queued' and (coalesce(new.consent_id, new.legal_basis_id) is null or new.protected) then
        new.status := 'blocked';
        new.blocked_reason := case when coalesce(new.consent_id, new.legal_basis_id) is null then 'no_consent' else 'protected_needs_approval' end;
    end if;
    return new;
end $$;

-- How a person functions is for the municipality that serves them: no other organisation has a row of it, whoever writes.
create or replace function app.stay_municipal() returns trigger language plpgsql as $$
begin
    if not exists (select from public.organisation where id = new.organisation_id and kind = 'municipality') then
        raise 'only a municipality has it' using errcode = 'check_violation', constraint = 'functional_assessment_stays_municipal';
    end if;
    return new;
end $$;

grant usage on schema app, public to samspill_gate;
grant select on consent, legal_basis to samspill_gate;
grant select (organisation_id, id, counterpart_organisation_id, kind, consent_id, legal_basis_id, status, payload, payload_sha256, unit_ids) on disclosure to samspill_gate;
drop policy if exists samspill_gate_select on disclosure;
create policy samspill_gate_select on disclosure for select to samspill_gate using (true);
grant update (version) on consent, legal_basis to samspill_gate; -- A lock asks for the right to update something.
-- It names the organisation itself, so that a job that sends for all of them is held to it too.
do $$
declare
    basis text;
begin
    foreach basis in array array['consent', 'legal_basis'] loop
        execute format('drop policy if exists samspill_gate_select on %I', basis);
        execute format('create policy samspill_gate_select on %I for select to samspill_gate using (true)', basis);
        execute format('drop policy if exists samspill_gate_update on %I', basis);
        execute format('create policy samspill_gate_update on %I for update to samspill_gate using (true) with check (false)', basis);
    end loop;
end $$;
grant create on schema app to samspill_gate;
alter function app.gate() owner to samspill_gate;
alter function app.gate_delivery() owner to samspill_gate;
alter function app.hold_basis(uuid, uuid) owner to samspill_gate;
revoke create on schema app from samspill_gate;
revoke all on function app.gate(), app.gate_delivery(), app.hold_basis(uuid, uuid) from public;
grant execute on function app.hold_basis(uuid, uuid) to samspill_app, samspill_system;
create or replace trigger gate before insert or update on disclosure for each row execute function app.gate();
create or replace trigger gate before insert on delivery for each row execute function app.gate_delivery();
create or replace trigger keep before delete on delivery for each row execute function app.keep_delivery();
create or replace trigger life before update or delete on log_entry for each row execute function app.keep_log_entry();
create or replace trigger approval before insert on disclosure for each row execute function app.hold_for_approval();
create or replace trigger life before insert or update on consent for each row execute function app.keep_consent();
create or replace trigger stay_municipal before insert or update of organisation_id on functional_assessment
    for each row execute function app.stay_municipal();
create or replace trigger close_gate after update of status on consent for each row
    when (old.status = 'active' and new.status <> 'active' and new.side = 'sent') execute function app.close_gate();
create or replace trigger life before insert or update on legal_basis for each row execute function app.keep_legal_basis();
create or replace trigger close_gate after update of status on legal_basis for each row
    when (old.status = 'active' and new.status <> 'active' and new.side = 'sent') execute function app.close_gate();
create or replace trigger close_referral after update of status on referral for each row
    when (old.status <> new.status and new.status in ('withdrawn', 'declined', 'redirected', 'expired'))
    execute function app.close_referral();
