-- Page 2: which rows exist for whom. Applied as a whole on every `migrate`; never migrated.
-- Roles are listed: a new one sees nothing until it is named here. `own`, `worker`, `unit`, `desk` and
-- `entrusted` are explained at `app.condition`.

-- Public: small tables that all may read.
call app.publish('organisation', '{update}', $$ id = (select app.organisation()) and (select app.is_one_of('admin')) $$);
revoke update on organisation from samspill_app;
grant update (referral_expires_after_days, second_factor_required) on organisation to samspill_app;
call app.publish('unit', '{insert,update}', $$ own and (select app.is_one_of('admin')) $$);

call app.publish('rule');
create or replace trigger rules_changed after insert or update or delete on rule for each statement execute function app.rules_changed();
create or replace trigger rules_changed after insert or update or delete on organisation_rule for each statement execute function app.rules_changed();
call app.lock_away('rulebook', 'true', '{select,update}');
-- Whoever owns the tables loads the rules that are part of the program.
drop policy if exists loading on rule;
create policy loading on rule to current_user using (true) with check (true);
drop policy if exists loading on rulebook;
create policy loading on rulebook to current_user using (true) with check (true);
drop policy if exists loading on audit;
create policy loading on audit for insert to current_user with check ((select app.organisation()) is null);

-- Only added to.
call app.record('audit', $$ own and ((select app.is_one_of('data_protection_officer'))
                                     or (select app.is_one_of('participant')) and person_id = (select app.person())) $$,
                told => 'organisation_id, verb, table_name, row_id, person_id, before, after');
call app.record('event', $$ own and worker $$, told => 'name, subject_table, subject_id, from_status, to_status, reason');
grant update (sequence) on event to samspill_system;
drop policy if exists numbering on event;
create policy numbering on event for update to samspill_system using (true);

-- The house's own.
call app.lock_away('account', $$ id = (select app.account()) $$, watched => true, hidden => '{password_hash,email,name}');
call app.lock_away('second_factor', watched => true, hidden => '{sealed,recovery_hashes}');
call app.lock_away('session', $$ account_id = (select app.account()) $$);
call app.lock_away('refresh_token');
call app.lock_away('login_throttle');
call app.lock_away('used_proof');
call app.lock_away('signing_key');
call app.lock_away('idempotency_key', app.condition($$ own and account_id = (select app.account()) $$), '{select,insert,update}');

call app.lock_away('mail');
-- Whoever opens a task leaves a notice of it.
call app.lock_away('mail_notice');
call app.allow('samspill_app', 'mail_notice', '{insert}', app.condition('own'));
call app.allow('samspill_post', 'mail_notice', '{insert}', app.condition('own'));

--               table                   visible when
call app.protect('organisation_setting', $$ own $$, verbs => '{select}');
call app.protect('organisation_rule',    $$ own $$);
call app.allow('samspill_app', 'organisation_rule', '{select,insert,update}', app.condition($$ own $$),
               app.condition($$ own and (select app.is_one_of('admin')) $$), app.condition($$ own and (select app.is_one_of('admin')) $$));
call app.protect('membership',           $$ own and ((select app.is_one_of('admin', 'operator', 'coordinator', 'team_leader', 'caseworker', 'data_protection_officer'))
                                                     or account_id = (select app.account())) $$, hidden => '{name,email}');
call app.protect('contact_point',        $$ own and (select app.is_one_of('admin', 'coordinator', 'team_leader', 'caseworker', 'unit_contact', 'integration')) $$,
                 hidden => '{name,phone,email}');
call app.protect('routing_rule',         $$ own and (select app.is_one_of('admin', 'coordinator', 'team_leader', 'caseworker', 'unit_contact', 'integration')) $$);
call app.protect('invitation',           $$ own and (select app.is_one_of('admin')) $$, hidden => '{email,token_hash}');
call app.protect('account_recovery',     $$ own and (select app.is_one_of('admin')) $$, hidden => '{token_hash}');
call app.protect('mail_setting',         $$ own and id = (select app.membership()) and (select app.is_one_of('coordinator', 'team_leader', 'caseworker', 'unit_contact')) $$,
                 verbs => '{select,update}');
call app.protect('system_client',        $$ own and (select app.is_one_of('admin', 'operator')) $$);
call app.protect('system_client_key',    $$ own and (select app.is_one_of('admin', 'operator')) $$);

-- People.
-- Staff that are not entrusted with somebody whose identity is protected do not see them, nor what is said of them. A team
-- leader sees the made-up name, so that somebody can be made responsible. What crosses stays visible: it holds ids alone.
call app.protect('person',               $$ own and (worker and entrusted or unit or (select app.is_one_of('team_leader')) or (select app.is_one_of('participant')) and id = (select app.person())) $$,
                 hidden => '{given_name,family_name,folded_name,birth_on,phone,email,address,postcode,place,municipality_code,protection}');
call app.protect('protected_detail',     $$ own and ((select app.is_one_of('coordinator', 'caseworker')) and (select app.whole_organisation()) and entrusted or unit) $$,
                 hidden => '{sealed}', verbs => '{select,insert,update,delete}');
call app.protect('person_identifier',    $$ own and (worker and entrusted or unit) $$, hidden => '{sealed,hash}');
call app.protect('person_link',          $$ own and (worker and entrusted or unit or (select app.is_one_of('participant')) and person_id = (select app.person())) $$);
call app.protect('capacity_assessment',  $$ own and (worker and entrusted or unit or (select app.is_one_of('participant')) and person_id = (select app.person())) $$,
                 hidden => '{reasons}');
call app.protect('responsibility',       $$ own and (worker and entrusted or unit or (select app.is_one_of('participant')) and person_id = (select app.person())) $$);
call app.protect('functional_assessment', $$ own and (worker and entrusted or unit or (select app.is_one_of('participant')) and person_id = (select app.person())) $$,
                 hidden => '{items}', verbs => '{select,insert}');
call app.protect('social_assessment',    $$ own and (worker and entrusted or unit or (select app.is_one_of('participant')) and person_id = (select app.person())) $$,
                 hidden => '{findings}', verbs => '{select,insert}');
call app.protect('goal',                 $$ own and (worker and entrusted or unit or (select app.is_one_of('participant')) and person_id = (select app.person())) $$,
                 hidden => '{measure,baseline,target}');
call app.protect('goal_outcome',         $$ own and (worker and entrusted or unit or (select app.is_one_of('participant')) and person_id = (select app.person())) $$,
                 hidden => '{value,note}', verbs => '{select,insert}');
call app.protect('volunteer',            $$ own and (desk or (select app.is_one_of('volunteer')) and id = (select app.volunteer())) $$, hidden => '{name,phone,email}');
call app.protect('briefing',             $$ own and (desk or (select app.is_one_of('volunteer')) and volunteer_id = (select app.volunteer())) $$);
call app.protect('confidentiality_declaration',
                                         $$ own and (desk or (select app.is_one_of('volunteer')) and volunteer_id = (select app.volunteer())) $$);

-- The journey.
call app.protect('conversation',         $$ own and (worker and entrusted or unit or (select app.is_one_of('participant')) and person_id = (select app.person())) $$,
                 hidden => '{place,present,interpreter,summary,wishes}');
call app.protect('clarification',        $$ own and (worker and entrusted or unit or (select app.is_one_of('participant')) and person_id = (select app.person())) $$,
                 hidden => '{need,wanted_offer,alternatives}');
call app.protect('network',              $$ own and (desk or (select app.is_one_of('volunteer', 'participant')) and id = any ((select app.networks())::uuid[])) $$,
                 hidden => '{name,pattern}');
call app.protect('network_participant',  $$ own and (desk or (select app.is_one_of('volunteer', 'participant')) and network_id = any ((select app.networks())::uuid[])
                                                     or (select app.is_one_of('participant')) and person_id = (select app.person())) $$);
call app.protect('network_volunteer',    $$ own and (desk or (select app.is_one_of('volunteer', 'participant')) and network_id = any ((select app.networks())::uuid[])
                                                     or (select app.is_one_of('volunteer')) and volunteer_id = (select app.volunteer())) $$);
call app.protect('contact_form',         $$ own and (desk and entrusted or (select app.is_one_of('volunteer')) and network_id = any ((select app.networks())::uuid[])
                                                     or (select app.is_one_of('participant')) and person_id = (select app.person())) $$,
                 verbs => '{select,insert,update,delete}');
call app.protect('contact_form_version', $$ own and (desk and entrusted or (select app.is_one_of('volunteer')) and network_id = any ((select app.networks())::uuid[])
                                                     or (select app.is_one_of('participant')) and person_id = (select app.person())) $$,
                 hidden => '{body,changes,change_reason,signed_by}', verbs => '{select,insert}');
-- Of what others have written, volunteers read what is practical, and change nothing; the person reads what is written of
-- them (GDPR art. 15).
call app.watch('log_entry', '{text}');
call app.allow('samspill_app', 'log_entry', '{select,insert,update,delete}',
    app.condition($$ own and (is_finished or author_id = (select app.membership()))
                     and (desk and entrusted or (select app.is_one_of('volunteer')) and network_id = any ((select app.networks())::uuid[])
                                                and (volunteer_id = (select app.volunteer()) or is_practical)
                          or (select app.is_one_of('participant')) and person_id = (select app.person())) $$),
    adding   => app.condition($$ own and author_id = (select app.membership()) and (desk and entrusted or (select app.is_one_of('volunteer'))
                                 and network_id = any ((select app.networks())::uuid[]) and volunteer_id = (select app.volunteer())) $$),
    changing => app.condition($$ own and (is_finished or author_id = (select app.membership())) and (desk and entrusted or (select app.is_one_of('volunteer'))
                                 and network_id = any ((select app.networks())::uuid[]) and volunteer_id = (select app.volunteer())) $$));
call app.allow('samspill_system', 'log_entry', '{select,insert,update,delete}', 'true');
call app.protect('network_message',      $$ own and (worker and entrusted or (select app.is_one_of('caseworker', 'unit_contact')) and unit_ids && (select app.units())::uuid[]
                                                     or (select app.is_one_of('volunteer')) and network_id = any ((select app.networks())::uuid[])) $$,
                 hidden => '{text}', verbs => '{select,insert}');
call app.protect('network_change',       $$ own and (worker and entrusted or (select app.is_one_of('caseworker', 'unit_contact')) and unit_ids && (select app.units())::uuid[]) $$,
                 verbs => '{select,insert}');
call app.protect('thank_you',            $$ own and (desk or (select app.is_one_of('volunteer')) and volunteer_id = (select app.volunteer())) $$,
                 hidden => '{text}', verbs => '{select,insert}');
call app.protect('log_review',           $$ own and desk $$, hidden => '{comment}', verbs => '{select,insert}');
call app.protect('follow_up',            $$ own and desk $$, hidden => '{person_note,network_contact_note}');
call app.protect('task',                 $$ own and entrusted and ((select app.is_one_of('coordinator', 'team_leader', 'caseworker'))
                                                                   or (select app.is_one_of('unit_contact')) and (unit_ids && (select app.units())::uuid[] or reached_id = (select app.membership()))) $$);
create or replace trigger address before insert on task for each row
    when (new.subject_table in ('guidance_request', 'unmet_need_report', 'network_message', 'network_change')) execute function app.address_task();
-- What has been seen to needs no task any more.
create or replace trigger follow_up_settled after update of status on follow_up for each row
    when (old.status in ('due', 'half_done') and new.status in ('done', 'cancelled')) execute function app.seen_to('follow_up_due');
create or replace trigger consent_ended after update of status on consent for each row
    when (old.status = 'active' and new.status <> 'active') execute function app.seen_to('consent_expires', 'consent_expires_soon');
-- The post leaves a task beside a letter.
drop policy if exists samspill_post_insert on task;
create policy samspill_post_insert on task for insert to samspill_post with check (organisation_id = (select app.organisation()));
grant insert (kind, subject_table, subject_id) on task to samspill_post;

-- Letters: one row on each side, carried by the post. Nothing that was sent is ever removed by a statement of the runtime.
call app.letter('counterpart', $$ own $$, common => '{}', private => '{note}', adding => $$ own and (select app.is_one_of('admin')) $$);
call app.letter('referral',
    visible => $$ own and (worker or unit or (select app.is_one_of('participant')) and person_id = (select app.person())) $$,
    common  => '{service,kind,source_channel,sent_by_unit_id,first_contact_due_on,first_contact_rule,first_contact_rule_id,submitted_at,reopens_id}',
    moving  => '{submitted_at,first_contact_due_on,first_contact_rule,first_contact_rule_id,reason,suggestion}',
    private => '{person_id,cared_for_person_id,unit_id,need,wishes,social_assessment_id,social_fields,note,consent_id,legal_basis_id,external_system,external_id,external_case_id,content_sha256,expected_on,review_on,report,target_group,routing_rule_id}',
    hidden  => '{need,wishes,note,report}',
    adding   => $$ own and (worker and entrusted or unit or (select app.is_one_of('participant')) and person_id = (select app.person())) $$,
    changing => $$ own and (worker and entrusted or unit or (select app.is_one_of('participant')) and person_id = (select app.person())) $$);
create or replace trigger internal before insert on referral for each row
    when (new.counterpart_organisation_id is null) execute function app.stay_here();
create or replace trigger keep_for_staff before update of note, report, unit_id, external_case_id on referral for each row
    when ((old.note, old.report, old.unit_id, old.external_case_id) is distinct from (new.note, new.report, new.unit_id, new.external_case_id))
    execute function app.keep_for_staff();
create or replace trigger step_taken before update of status on referral for each row
    when (old.status <> new.status) execute function app.step_taken();
create or replace trigger ask_after_networks after update of status on referral for each row
    when (old.status <> new.status and new.status in ('withdrawn', 'declined', 'redirected', 'expired')) execute function app.ask_after_networks();
-- The post names whom it is for, where nobody has.
grant update (side, counterpart_organisation_id) on referral to samspill_post;
create or replace trigger referral_received after insert or update of status on referral for each row
    when (new.status = 'submitted' and new.side <> 'sent') execute function app.referral_received();
create or replace trigger referral_taken_up after update of status on referral for each row
    when (old.status = 'submitted' and new.status <> 'submitted') execute function app.seen_to('referral_received', 'first_contact_due', 'first_contact_overdue');
-- The clocks say until when a step is waited for, and remove a draft, which lies on one desk alone: what was submitted stays.
grant update (step_due_on, step_rule, step_rule_id), delete on referral to samspill_system;
create policy samspill_system_delete on referral for delete to samspill_system using (submitted_at is null);
call app.letter('consent',
    visible => $$ own and (worker or unit or (select app.is_one_of('participant')) and subject_id = (select app.person())) $$,
    common  => '{referral_id,purpose,kinds,categories,includes_updates,valid}',
    moving  => '{ended_by,ended_at}',
    private => '{subject_id,given_by_id,capacity_basis,capacity_rule,capacity_rule_id,capacity_assessment_id,method,witness,evidence_reference,evidence_sha256,text_code,text_version,text_language,text_form,text_sha256,ask_again_from,replaces_id,reason}',
    hidden  => '{witness}');
call app.letter('legal_basis',
    visible => $$ own and (worker or unit or (select app.is_one_of('participant')) and subject_id = (select app.person())) $$,
    common  => '{referral_id,rule,rule_id,statute,section,purpose,kinds,categories,includes_updates,valid}',
    moving  => '{ended_at}',
    private => '{subject_id,reason,end_reason}',
    hidden  => '{reason,end_reason}',
    -- Somebody decides, never a system alone.
    adding  => $$ own and (worker or unit) and (select app.is_one_of('caseworker', 'coordinator', 'team_leader')) $$);

call app.letter('collaboration_agreement',
    visible => $$ own and (select app.is_one_of('admin', 'caseworker', 'unit_contact', 'coordinator', 'team_leader')) $$,
    common  => '{method,valid_from,valid_to}',
    moving  => '{ready,sender_accepted_at,recipient_accepted_at,activated_at,ended_at,reason}',
    private => '{note}',
    adding  => $$ own and (select app.is_one_of('admin', 'team_leader')) $$);
-- Who asked sees how far it has come, a volunteer as long as they are in the network; and who was to be reached when it came sees it, whatever unit they work for.
call app.letter('guidance_request',
    visible => $$ own and (worker or unit or (select app.is_one_of('unit_contact', 'caseworker')) and (select app.membership()) in (asked_by_id, reached_id)
                           or (select app.is_one_of('volunteer')) and asked_by_id = (select app.membership())
                              and (network_id is null or network_id = any ((select app.networks())::uuid[]))) $$,
    common  => '{to_unit_id,topic,due_on,rule,rule_id}',
    moving  => '{answered_how,answered_at}',
    private => '{network_id,asked_by_id,note}',
    hidden  => '{note}');
call app.letter('unmet_need_report',
    visible => $$ own and (worker and entrusted or unit or (select app.is_one_of('unit_contact', 'caseworker')) and (select app.membership()) in (asked_by_id, reached_id)
                           or (select app.is_one_of('volunteer')) and asked_by_id = (select app.membership()) and network_id = any ((select app.networks())::uuid[])) $$,
    common  => '{to_unit_id,need_type,disclosure_id,due_on,rule,rule_id}',
    moving  => '{reason}',
    private => '{network_id,person_id,description,asked_by_id}',
    hidden  => '{description}');
create or replace trigger reach before insert on guidance_request for each row when (new.side = 'received') execute function app.reach_somebody();
create or replace trigger reach before insert on unmet_need_report for each row when (new.side = 'received') execute function app.reach_somebody();
create or replace trigger seen_to after update of status on guidance_request for each row
    when (new.side = 'received' and old.status = 'open') execute function app.seen_to();
create or replace trigger seen_to after update of status on unmet_need_report for each row
    when (new.side = 'received' and old.status = 'sent') execute function app.seen_to();
call app.letter('offer', visible => $$ own and desk $$,
    common  => '{referral_id,service,kind,times,reply_by_on,reply_rule,reply_rule_id}',
    moving  => '{reason}',
    private => '{disclosure_id}');
create or replace trigger lapse_offers after update of status on referral for each row
    when (old.status = 'offered' and new.status <> 'offered' and new.side <> 'sent') execute function app.lapse_offers();

-- What is due by which rule: the days are kept where what is due is kept, and of each kind there is a view. The last has all.
-- A view of what only a desk sees asks that once: of a policy PostgreSQL asks it row by row, of all that others have.
create or replace trigger settled before update of status on guidance_request for each row
    when (old.status = 'open' and new.status <> 'open') execute function app.settled();
create or replace trigger settled before update of status on unmet_need_report for each row
    when (old.status = 'sent' and new.status <> 'sent') execute function app.settled();
create or replace trigger settled before update of status on offer for each row
    when (old.status = 'pending' and new.status <> 'pending') execute function app.settled();
drop view if exists deadline, deadline_of_referral, deadline_of_follow_up, deadline_of_guidance_request, deadline_of_unmet_need_report,
    deadline_of_offer, deadline_of_network;
create view deadline_of_referral with (security_invoker = true) as
    select organisation_id, id, 'referral'::text as subject_table, id as subject_id, first_contact_rule as rule, first_contact_rule_id as rule_id,
        submitted_at as set_at, app.day_of(submitted_at) as starts_on, first_contact_due_on as due_on,
        first_contact_on as settled_on, status = 'submitted' as is_waiting, false as is_paused
    from referral where first_contact_rule_id is not null and side <> 'sent'
        -- What was taken back in time is no deadline, neither met nor missed.
        and (first_contact_on is not null or status in ('submitted', 'expired') or first_contact_due_on < app.day_of(status_since));
create view deadline_of_follow_up with (security_invoker = true) as
    select it.organisation_id, it.id, 'follow_up'::text as subject_table, it.id as subject_id, it.rule, it.rule_id,
        it.created_at as set_at, it.starts_on, it.due_on,
        case it.status when 'done' then greatest(it.with_person_on, it.with_network_contact_on) end as settled_on,
        it.status in ('due', 'half_done') as is_waiting, network.status = 'paused' as is_paused
    from follow_up as it join network on (network.organisation_id, network.id) = (it.organisation_id, it.network_id)
    where it.status <> 'cancelled' and (select app.is_one_of('coordinator', 'team_leader'));
create view deadline_of_guidance_request with (security_invoker = true) as
    select organisation_id, id, 'guidance_request'::text as subject_table, id as subject_id, rule, rule_id,
        created_at as set_at, app.day_of(created_at) as starts_on, due_on,
        settled_on, status = 'open' as is_waiting, false as is_paused
    from guidance_request where rule_id is not null and side = 'received';
create view deadline_of_unmet_need_report with (security_invoker = true) as
    select organisation_id, id, 'unmet_need_report'::text as subject_table, id as subject_id, rule, rule_id,
        created_at as set_at, app.day_of(created_at) as starts_on, due_on,
        settled_on, status = 'sent' as is_waiting, false as is_paused
    from unmet_need_report where rule_id is not null and side = 'received';
-- It is counted by the rules of whoever asks.
create view deadline_of_offer with (security_invoker = true) as
    select organisation_id, id, 'offer'::text as subject_table, id as subject_id, reply_rule as rule, reply_rule_id as rule_id,
        created_at as set_at, app.day_of(created_at) as starts_on, reply_by_on as due_on,
        settled_on, status = 'pending' as is_waiting, false as is_paused
    from offer where reply_rule_id is not null and side = 'sent' and (select app.is_one_of('coordinator', 'team_leader'));
create view deadline_of_network with (security_invoker = true) as
    select organisation_id, id, 'network'::text as subject_table, id as subject_id, keep_rule as rule, keep_rule_id as rule_id,
        app.midnight(ended_on) as set_at, ended_on as starts_on, keep_until as due_on,
        null::date as settled_on, true as is_waiting, false as is_paused
    from network where keep_rule_id is not null and (select app.is_one_of('coordinator', 'team_leader'));
create view deadline with (security_invoker = true) as
    select * from deadline_of_referral union all select * from deadline_of_follow_up
    union all select * from deadline_of_guidance_request union all select * from deadline_of_unmet_need_report
    union all select * from deadline_of_offer union all select * from deadline_of_network;
grant select on deadline, deadline_of_referral, deadline_of_follow_up, deadline_of_guidance_request, deadline_of_unmet_need_report,
    deadline_of_offer, deadline_of_network to samspill_app;

-- A consent outlives the draft that it was asked for.
grant update (referral_id) on consent to samspill_system;

-- What crosses, and why it may.
call app.crossing();

call app.follow_person('protected_detail', 'person_id');
call app.follow_person('person_identifier', 'person_id');
call app.follow_person('person_link', 'person_id');
call app.follow_person('capacity_assessment', 'person_id');
call app.follow_person('responsibility', 'person_id');
call app.follow_person('functional_assessment', 'person_id');
call app.follow_person('social_assessment', 'person_id');
call app.follow_person('goal', 'person_id');
call app.follow_person('goal_outcome', 'person_id');
call app.follow_person('conversation', 'person_id');
call app.follow_person('clarification', 'person_id');
call app.follow_person('consent', 'subject_id');
call app.follow_person('legal_basis', 'subject_id');
call app.follow_person('disclosure', 'subject_id');
create or replace trigger pass_on_unit after update of unit_id on person for each row
    when (old.unit_id is distinct from new.unit_id) execute function app.pass_on('inherit_unit', 'unit_id');
call app.guard('protected_detail', 'person_id');
call app.guard('person_identifier', 'person_id');
call app.guard('person_link', 'person_id');
call app.guard('capacity_assessment', 'person_id');
call app.guard('responsibility', 'person_id');
call app.guard('unmet_need_report', 'person_id');
call app.guard('functional_assessment', 'person_id');
call app.guard('social_assessment', 'person_id');
call app.guard('goal', 'person_id');
call app.guard('goal_outcome', 'person_id');
call app.guard('conversation', 'person_id');
call app.guard('clarification', 'person_id');
call app.guard('contact_form', 'person_id');
call app.guard('log_entry', 'person_id');
call app.guard('network_message', 'person_id');
call app.guard('network_change', 'person_id');
call app.guard('contact_form_version', 'person_id');
call app.guard('referral', 'person_id');
call app.guard('task', 'subject_id');
create or replace trigger pass_on_guard after update of guarded_for on person for each row
    when (old.guarded_for is distinct from new.guarded_for) execute function app.pass_on('inherit_guard', 'guarded_for');
