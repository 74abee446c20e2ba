-- The gate: nothing is disclosed without an active consent that covers it, whatever statement is sent by whom.
-- The only functions here with rights of their own. Their owner may read and lock consents, and read what was
-- disclosed under them; nothing else.

-- First thing in a transaction that sends: consent, then disclosure, as a withdrawal does. The trigger alone would come
-- too late for that, since PostgreSQL has locked the disclosure before it asks the trigger.
create or replace function app.hold_consent(organisation uuid, consent_id uuid) returns void language sql
security definer set search_path = pg_catalog, pg_temp as $$
    select from public.consent where (organisation_id, id) = (organisation, consent_id)
        and organisation = coalesce(app.organisation(), organisation) for share;
$$;

-- Locks the consent, so that a withdrawal and a sending cannot pass each other: whichever commits first is first.
create or replace function app.gate() returns trigger language plpgsql
security definer set search_path = pg_catalog, pg_temp as $$
declare
    reason text;
begin
    if tg_op = 'UPDATE' then
        if (old.organisation_id, old.id, old.side, old.counterpart_organisation_id, old.subject_id, old.kind, old.consent_id, old.payload, old.payload_sha256, old.unit_ids)
            is distinct from
           (new.organisation_id, new.id, new.side, new.counterpart_organisation_id, new.subject_id, new.kind, new.consent_id, new.payload, new.payload_sha256, new.unit_ids)
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
    select case
            when it.status <> 'active' then 'consent_not_active'
            -- Not `app.now()`: that one can be set by the very statement that is to be refused.
            when not it.valid @> pg_catalog.clock_timestamp() then 'consent_not_valid_now'
            when it.subject_id is distinct from new.subject_id then 'consent_of_another'
            when it.counterpart_organisation_id <> new.counterpart_organisation_id then 'consent_for_another'
            when new.kind <> all (it.kinds) then 'consent_for_another_kind'
            when not it.categories @> (select coalesce(pg_catalog.array_agg(name), '{}') from pg_catalog.jsonb_object_keys(new.payload) as name)
                then 'consent_does_not_cover'
            when new.protected and new.approved_by_id is null then 'protected_needs_approval'
            else 'ok' end
        into reason
        from public.consent as it
        where (it.organisation_id, it.id, it.side) = (new.organisation_id, new.consent_id, 'sent')
        for share;
    if reason is distinct from 'ok' then
        raise 'no consent covers it: %', reason using errcode = 'check_violation', constraint = coalesce(reason, 'no_consent');
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
          and it.status = 'sent' and it.consent_id = new.consent_id and it.kind = new.kind
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

-- A consent changes only along its life, and what was consented to does not change at all. The other side's copy comes
-- from the post, when it is active.
create or replace function app.keep_consent() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        if new.status = 'drafted' and new.side = 'sent' or new.status = 'active' and new.side = 'received' then return new; end if;
        raise 'a consent begins as a draft' using errcode = 'check_violation', constraint = 'consent_begins_as_draft';
    end if;
    if (old.organisation_id, old.id, old.side, old.counterpart_organisation_id, old.referral_id, old.purpose, old.kinds, old.categories, old.includes_updates, old.valid, old.subject_id)
        is distinct from
       (new.organisation_id, new.id, new.side, new.counterpart_organisation_id, new.referral_id, new.purpose, new.kinds, new.categories, new.includes_updates, new.valid, new.subject_id)
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

-- When a consent ends, what waits under it does not leave; in the same transaction, whoever ended it.
create or replace function app.close_gate() returns trigger language plpgsql as $$
declare
    stopped uuid;
begin
    for stopped in update public.disclosure set status = 'blocked', blocked_reason = 'no_consent'
                   where organisation_id = new.organisation_id and consent_id = new.id and status = 'queued'
                     and sent_at is null -- What is to be sent again lies on both sides: the worker blocks both.
                   returning id loop
        perform app.happened('disclosure', stopped, 'queued', 'blocked', 'no_consent');
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
                      order by id for update)
              update public.disclosure as disclosure set status = 'recalled' from waiting
                  where (disclosure.organisation_id, disclosure.id) = (new.organisation_id, waiting.id)
                  returning disclosure.id, waiting.status as was loop
        perform app.happened('disclosure', it.id, it.was, 'recalled', null);
    end loop;
    return null;
end $$;

-- What has no consent is blocked from the beginning; what is about a person with a protected identity waits for a second
-- approval, whatever its consent says. The lock is for a protection that is being set at this moment.
create or replace function app.hold_for_approval() returns trigger language plpgsql as $$
begin
    select protection is not null into new.protected from public.person
        where (organisation_id, id) = (new.organisation_id, new.subject_id) for share;
    if new.status = 'queued' and (new.consent_id is null or new.protected) then
        new.status := 'blocked';
        new.blocked_reason := case when new.consent_id is null then 'no_consent' else 'protected_needs_approval' end;
    end if;
    return new;
end $$;

grant usage on schema app, public to samspill_gate;
grant select on consent to samspill_gate;
grant select (organisation_id, id, counterpart_organisation_id, kind, consent_id, status, payload, payload_sha256, unit_ids) on disclosure to samspill_gate;
drop policy if exists samspill_gate_select on disclosure;
create policy samspill_gate_select on disclosure for select to samspill_gate using (true);
grant update (version) on consent to samspill_gate; -- A lock asks for the right to update something.
-- It names the organisation itself, so that a job that sends for all of them is held to it too.
drop policy if exists samspill_gate_select on consent;
create policy samspill_gate_select on consent for select to samspill_gate using (true);
drop policy if exists samspill_gate_update on consent;
create policy samspill_gate_update on consent for update to samspill_gate
    using (true) with check (false);
grant create on schema app to samspill_gate;
alter function app.gate() owner to samspill_gate;
alter function app.gate_delivery() owner to samspill_gate;
alter function app.hold_consent(uuid, uuid) owner to samspill_gate;
revoke create on schema app from samspill_gate;
revoke all on function app.gate(), app.gate_delivery(), app.hold_consent(uuid, uuid) from public;
grant execute on function app.hold_consent(uuid, uuid) to samspill_app, samspill_system;
create or replace trigger gate before insert or update on disclosure for each row execute function app.gate();
create or replace trigger gate before insert on delivery for each row execute function app.gate_delivery();
create or replace trigger keep before delete on delivery for each row execute function app.keep_delivery();
create or replace trigger approval before insert on disclosure for each row execute function app.hold_for_approval();
create or replace trigger life before insert or update on consent for each row execute function app.keep_consent();
create or replace trigger close_gate after update of status on consent for each row
    when (old.status = 'active' and new.status <> 'active' and new.side = 'sent') execute function app.close_gate();
create or replace trigger close_referral after update of status on referral for each row
    when (old.status <> new.status and new.status in ('withdrawn', 'declined', 'redirected') and new.side = 'sent')
    execute function app.close_referral();
