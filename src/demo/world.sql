-- The demo world: invented people with synthetic identity numbers in real municipalities. Most of it is the story of Ada in
-- Vennesla, from what the municipality found to what her network writes down; Vejle and Lund have just begun. Loaded as a
-- whole or not at all, once; ids are always the same.
create or replace function pg_temp.demo_id(kind bigint, nth bigint) returns uuid immutable language sql as $$
    select format('01900000-0000-7000-8%s-%s', lpad(to_hex(kind), 3, '0'), lpad(to_hex(nth), 12, '0'))::uuid
$$;
create or replace function pg_temp.rule_id(name text) returns uuid stable language sql as $$
    select id from rule where (code, country) = (name, 'NO') and closed_at is null
$$;
do $world$
declare
    -- Every account's password is "samspill-demo".
    password constant text := '$argon2id$v=19$m=19456,t=2,p=1$RoEzbYFJHiDRef3X8UMXtg$4vyq3LTPalg/vy31HMBqu+lrv1v+6+c56LoivDaWEaI';
    slugs    constant text[] := '{vennesla-kommune,vennesla-sentral,kristiansand-kommune,kristiansand-sentral,vejle-kommune,vejle-frivilligcenter,lund-kommun,lund-frivilligcentral}';
    roles    constant text[] := '{admin,caseworker,unit_contact,coordinator,team_leader,finance,volunteer,participant,data_protection_officer,integration,operator}';
    today    constant date := app.today();
    kommune  constant uuid := pg_temp.demo_id(1, 1);
    sentral  constant uuid := pg_temp.demo_id(1, 2);
    -- In Norway, Denmark and Sweden.
    languages    constant text[] := '{nb,da,sv}';
    home_cares   constant text[] := '{Hjemmetjenesten,Hjemmeplejen,Hemtjänsten}';
    offices      constant text[] := '{Tildelingskontoret,Visitationen,Biståndsenheten}';
    centres      constant text[] := '{Frivilligsentralen,Frivilligcenteret,Frivilligcentralen}';
    groups       constant text[] := '{Nettverksgruppa,Netværksgruppen,Nätverksgruppen}';
    participants constant text[] := '{Deltaker,Deltager,Deltagare}';
    volunteers   constant text[] := '{Frivillig,Frivillig,Volontär}';
    heads        constant text[] := '{leder,leder,chef}';
    first_contact constant uuid := pg_temp.rule_id('NO_FIRST_CONTACT');
    vital_interests constant uuid := pg_temp.rule_id('GDPR_VITAL_INTERESTS');
    desk     integer;
    land     integer;
    seat     integer;
    body     jsonb;
    step     integer;
    sent     text;
begin
    perform pg_advisory_xact_lock(hashtext('samspill demo'));
    if exists (select from organisation where id = kommune) then
        return;
    end if;
    perform set_config('app.account', pg_temp.demo_id(2, 204)::text, true), set_config('app.role', 'coordinator', true),
            set_config('app.purpose', 'load the demo world', true);

    insert into organisation (id, country, kind, number, name, municipality_code, parent_id, valid_from) values
        (pg_temp.demo_id(1, 1), 'NO', 'municipality', '311000004', 'Vennesla kommune', '4223', null, '2020-01-01'),
        (pg_temp.demo_id(1, 2), 'NO', 'volunteer_centre', '311000101', 'Vennesla frivilligsentral', '4223', null, '2020-01-01'),
        (pg_temp.demo_id(1, 3), 'NO', 'municipality', '311000209', 'Kristiansand kommune', '4204', null, '2020-01-01'),
        (pg_temp.demo_id(1, 4), 'NO', 'volunteer_centre', '311000306', 'Kristiansand frivilligsentral', '4204', null, '2020-01-01'),
        (pg_temp.demo_id(1, 5), 'DK', 'municipality', '99000007', 'Vejle Kommune', '630', null, '2020-01-01'),
        (pg_temp.demo_id(1, 6), 'DK', 'volunteer_centre', '99000015', 'Frivilligcenter Vejle', '630', null, '2020-01-01'),
        (pg_temp.demo_id(1, 7), 'SE', 'municipality', '2999990001', 'Lunds kommun', '1281', null, '2020-01-01'),
        (pg_temp.demo_id(1, 8), 'SE', 'volunteer_centre', '8999990008', 'Lunds frivilligcentral', '1281', null, '2020-01-01');

    for desk in 1..8 loop
        land := greatest(1, (desk - 1) / 2);
        perform set_config('app.organisation', pg_temp.demo_id(1, desk)::text, true),
                set_config('app.acting_organisation', pg_temp.demo_id(1, desk)::text, true);
        insert into organisation_setting (id, keeps_identity_numbers) values (pg_temp.demo_id(4, desk), desk <> 6);
        insert into unit (id, name, function, valid_from) values
            (pg_temp.demo_id(5, desk * 10 + 1), case desk % 2 when 1 then home_cares[land] else centres[land] end,
             case desk % 2 when 1 then 'home_care' else 'other' end, '2020-01-01'),
            (pg_temp.demo_id(5, desk * 10 + 2), case desk % 2 when 1 then offices[land] else groups[land] end,
             case desk % 2 when 1 then 'allocation_office' else 'other' end, '2020-01-01');
        insert into person (id, given_name, family_name, birth_on, phone, language, unit_id) values
            (pg_temp.demo_id(6, desk * 10), 'Pia', participants[land], '1950-11-21', '40000010', languages[land], pg_temp.demo_id(5, desk * 10 + 1));
        insert into volunteer (id, name, phone, email) values
            (pg_temp.demo_id(7, desk * 10), 'Frida ' || volunteers[land], '40000020', 'frida@frivillig.example');
        for seat in 1..array_length(roles, 1) loop
            continue when roles[seat] = 'integration';
            insert into account (id, name, email, password_hash, language) values (
                pg_temp.demo_id(2, desk * 100 + seat), initcap(replace(roles[seat], '_', ' ')),
                format('%s@%s.example', roles[seat], slugs[desk]), password, languages[land]);
            insert into membership (id, account_id, name, email, role, unit_id, volunteer_id, person_id) values (
                pg_temp.demo_id(3, desk * 100 + seat), pg_temp.demo_id(2, desk * 100 + seat),
                initcap(replace(roles[seat], '_', ' ')), format('%s@%s.example', roles[seat], slugs[desk]), roles[seat],
                case roles[seat] when 'unit_contact' then pg_temp.demo_id(5, desk * 10 + 1) end,
                case roles[seat] when 'volunteer' then pg_temp.demo_id(7, desk * 10) end,
                case roles[seat] when 'participant' then pg_temp.demo_id(6, desk * 10) end);
        end loop;
        -- A system proves who it is by a key; this one is published (RFC 8037), and registered nowhere else.
        insert into account (id, kind, name) values (pg_temp.demo_id(2, desk * 100 + 10), 'system', 'Fagsystem');
        insert into membership (id, account_id, name, role) values
            (pg_temp.demo_id(3, desk * 100 + 10), pg_temp.demo_id(2, desk * 100 + 10), 'Fagsystem', 'integration');
        insert into system_client (id, membership_id, name, scopes) values
            (pg_temp.demo_id(2, desk * 100 + 10), pg_temp.demo_id(3, desk * 100 + 10), 'Fagsystem', '{{scopes}}');
        insert into system_client_key (id, system_client_id, thumbprint, public_key) values
            (pg_temp.demo_id(29, desk), pg_temp.demo_id(2, desk * 100 + 10), 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
             '{"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}');
        insert into contact_point (id, unit_id, membership_id, published, name, role, phone, email, hours, valid_from) values
            (pg_temp.demo_id(8, desk * 10 + 2), pg_temp.demo_id(5, desk * 10 + 2), pg_temp.demo_id(3, desk * 100 + 2), true, 'Kari Kontor', heads[land], '38000002',
             'kari@' || slugs[desk] || '.example', '9-15', '2020-01-01');
        insert into contact_point (id, unit_id, membership_id, substitute_id, name, role, phone, email, hours, valid_from) values
            (pg_temp.demo_id(8, desk * 10 + 1), pg_temp.demo_id(5, desk * 10 + 1), pg_temp.demo_id(3, desk * 100 + 3), pg_temp.demo_id(8, desk * 10 + 2),
             'Ulla Enhet', 'kontaktperson', '38000001', 'ulla@' || slugs[desk] || '.example', '8-16', '2020-01-01');
    end loop;
    insert into counterpart (organisation_id, id, side, counterpart_organisation_id, status)
        select pg_temp.demo_id(1, at), pg_temp.demo_id(9, (at + 1) / 2), case at % 2 when 1 then 'sent' else 'received' end,
               pg_temp.demo_id(1, case at % 2 when 1 then at + 1 else at - 1 end), 'approved' from generate_series(1, 8) as at;
    -- The two centres help each other out.
    insert into counterpart (organisation_id, id, side, counterpart_organisation_id, status) values
        (sentral, pg_temp.demo_id(9, 5), 'sent', pg_temp.demo_id(1, 4), 'approved'),
        (pg_temp.demo_id(1, 4), pg_temp.demo_id(9, 5), 'received', sentral, 'approved');

    -- What each municipality and its centre have agreed on: in use in Vennesla and Lund, not yet ready in Vejle.
    insert into collaboration_agreement (organisation_id, id, counterpart_organisation_id, method, valid_from, status, ready, sender_accepted_at, recipient_accepted_at, activated_at, note)
        select pg_temp.demo_id(1, at), pg_temp.demo_id(35, nth), pg_temp.demo_id(1, at + 1), 'AKTIVE_SAMMEN_5', today - 300, place, ready,
               now() - interval '300 days', case place when 'active' then now() - interval '300 days' end, case place when 'active' then now() - interval '299 days' end, said
        from (values (1, 1, 'active', '{social_activity_assessed,coordinator_named,responsibilities_named,unit_contacts_appointed}'::text[], 'Gjennomgås hver høst.'),
                     (2, 5, 'draft', '{coordinator_named,unit_contacts_appointed}', 'Ansvaret for arkivet skal på plads først.'),
                     (3, 7, 'active', '{social_activity_assessed,coordinator_named,responsibilities_named,unit_contacts_appointed}', 'Följs upp varje höst.'))
             as agreed (nth, at, place, ready, said);
    insert into collaboration_agreement (organisation_id, id, side, counterpart_organisation_id, method, valid_from, status, ready, sender_accepted_at, recipient_accepted_at, activated_at)
        select counterpart_organisation_id, id, 'received', organisation_id, method, valid_from, status, ready, sender_accepted_at, recipient_accepted_at, activated_at from collaboration_agreement;
    insert into routing_rule (organisation_id, id, postcode_prefix, target_group, counterpart_organisation_id, coordinator, substitute, valid_from)
        select pg_temp.demo_id(1, at), pg_temp.demo_id(46, nth), prefix, 'senior', pg_temp.demo_id(1, at + 1), coordinator, substitute, today - 300
        from (values (1, 1, '470', 'Kari Koordinator', 'Tone Teamleder'), (2, 5, '71', 'Karen Koordinator', 'Tine Teamleder'),
                     (3, 7, '22', 'Karin Koordinator', 'Tove Teamledare')) as routed (nth, at, prefix, coordinator, substitute);

    -- At the municipality: three persons, two of them referred.
    perform set_config('app.organisation', kommune::text, true), set_config('app.acting_organisation', kommune::text, true),
            set_config('app.membership', pg_temp.demo_id(3, 102)::text, true);
    insert into person (id, given_name, family_name, birth_on, phone, address, postcode, place, municipality_code, language, receives_municipal_services, unit_id) values
        (pg_temp.demo_id(6, 11), 'Ada', 'Prøve', '1941-02-03', '40000011', 'Eksempelveien 1', '4700', 'Vennesla', '4223', 'nb', true, pg_temp.demo_id(5, 11)),
        (pg_temp.demo_id(6, 12), 'Bjarne', 'Test', '1938-09-14', '40000012', 'Eksempelveien 2', '4700', 'Vennesla', '4223', 'nn', true, pg_temp.demo_id(5, 11)),
        (pg_temp.demo_id(6, 13), 'Dina', 'Datter', '1968-05-06', '40000013', null, null, null, null, 'nb', false, pg_temp.demo_id(5, 11));
    -- The participants who log in here and at the centre are Ada.
    update membership set person_id = pg_temp.demo_id(6, 11) where (organisation_id, id) = (kommune, pg_temp.demo_id(3, 108));
    insert into person_link (id, person_id, related_person_id, kind, may_be_contacted, valid_from) values
        (pg_temp.demo_id(10, 11), pg_temp.demo_id(6, 11), pg_temp.demo_id(6, 13), 'nearest_relative', true, today);
    -- How Ada manages, which stays here; how she lives among others, of which she chose what the centre is told; and who
    -- answers for what she is owed, whoever helps beside.
    insert into functional_assessment (id, person_id, instrument, instrument_version, assessed_on, assessor, valid_from, items, source_system) values
        (pg_temp.demo_id(36, 1), pg_temp.demo_id(6, 11), 'iplos', '1', today - 40, 'Ergoterapeut', today - 40,
         '[{"code": "social_participation", "score": 3}, {"code": "daily_decisions", "score": 1}, {"code": "memory", "score": 2}, {"code": "moving_indoors", "score": 2},
           {"code": "moving_outdoors", "score": 3}, {"code": "shopping", "score": 4}, {"code": "housework", "score": 4}, {"code": "hygiene", "score": 2}]', 'Fagsystem');
    insert into social_assessment (id, person_id, assessed_on, findings) values
        (pg_temp.demo_id(47, 2), pg_temp.demo_id(6, 11), today - 40,
         '{"network_now": ["Datteren Dina, som bor i Bergen"], "activities_before": ["Fjellturer", "Sang i kor"], "still_interested": ["Tur"], "wishes": ["Noen å gå tur med"],
           "with_whom": "Gjerne én om gangen", "when": ["afternoon"], "how_often": "Hver uke", "barriers": ["Redd for å falle når det er glatt"],
           "transport": "Kan gå til bussen", "loneliness": {"scale": "UCLA-3", "score": 7}}');
    insert into responsibility (id, person_id, domain, responsible_unit_id, decision_reference, began_on) values
        (pg_temp.demo_id(45, 1), pg_temp.demo_id(6, 11), 'household', pg_temp.demo_id(5, 11), '2025/0417-3', today - 400);

    -- At the centre: Ada as it knows her, two who asked for themselves, and one who has moved.
    perform set_config('app.organisation', sentral::text, true), set_config('app.acting_organisation', sentral::text, true),
            set_config('app.membership', pg_temp.demo_id(3, 204)::text, true);
    insert into person (id, given_name, family_name, birth_on, phone, address, postcode, place, municipality_code, language, receives_municipal_services) values
        (pg_temp.demo_id(6, 1), 'Ada', 'Prøve', '1941-02-03', '40000011', 'Eksempelveien 1', '4700', 'Vennesla', '4223', 'nb', true),
        (pg_temp.demo_id(6, 2), 'Cato', 'Sjølv', '1955-03-08', '40000014', null, null, null, null, 'nn', false),
        (pg_temp.demo_id(6, 3), 'Gro', 'Granli', '1947-12-01', '40000015', 'Eksempelveien 3', '4700', 'Vennesla', '4223', 'nb', false),
        (pg_temp.demo_id(6, 4), 'Harald', 'Heimdal', '1943-04-17', '40000016', null, null, null, null, 'nb', false);
    update membership set person_id = pg_temp.demo_id(6, 1) where (organisation_id, id) = (sentral, pg_temp.demo_id(3, 208));
    insert into person_identifier (id, person_id, kind, sealed, hash, source) values
        (pg_temp.demo_id(31, 1), pg_temp.demo_id(6, 1), 'no_synthetic', '\x{sealed}', '\x{hash}', 'Tenor');
    insert into audit (id, verb, table_name, row_id, person_id) values
        (pg_temp.demo_id(30, 1), 'read', 'person', pg_temp.demo_id(6, 1), pg_temp.demo_id(6, 1));
    insert into person_link (id, person_id, related_person_id, kind, may_consent, may_be_contacted, basis, valid_from) values
        (pg_temp.demo_id(10, 1), pg_temp.demo_id(6, 1), pg_temp.demo_id(6, 2), 'proxy', false, true, null, today);
    insert into capacity_assessment (id, person_id, result, qualification, reasons, decided_on) values
        (pg_temp.demo_id(11, 1), pg_temp.demo_id(6, 1), 'has', 'sykepleier', 'Forstår hva skjemaet er og hvem som får det.', today);
    insert into social_assessment (id, person_id, assessed_on, findings) values
        (pg_temp.demo_id(47, 1), pg_temp.demo_id(6, 2), today,
         '{"activities_before": ["Sjakk", "Trekkspel"], "still_interested": ["Sjakk"], "wishes": ["Treffe folk på kafé"], "skills": ["Kan lære bort sjakk"], "when": ["evening"], "how_often": "Annankvar veke"}');
    insert into volunteer (id, name, phone, email) values
        (pg_temp.demo_id(7, 1), 'Jonas Hjelper', '40000021', 'jonas@frivillig.example'),
        (pg_temp.demo_id(7, 2), 'Siri Turvenn', '40000022', 'siri@frivillig.example'),
        (pg_temp.demo_id(7, 3), 'Nils Nykommer', '40000023', null);
    insert into briefing (id, volunteer_id, topic, held_on)
        select pg_temp.demo_id(12, row_number() over (order by topic, who)), who, topic, today - 250
        from unnest(array[pg_temp.demo_id(7, 1), pg_temp.demo_id(7, 2), pg_temp.demo_id(7, 20)]) as who, unnest('{consent_capacity,confidentiality}'::text[]) as topic;
    insert into confidentiality_declaration (id, volunteer_id, template_version, language, briefed_on, signed_on)
        select pg_temp.demo_id(13, row_number() over (order by who)), who, 'NO-2026-1', 'nb', today - 250, today - 250
        from unnest(array[pg_temp.demo_id(7, 1), pg_temp.demo_id(7, 2), pg_temp.demo_id(7, 20)]) as who;

    -- Referrals: 1 is in delivery, 2 waits for its first contact, 3 and 4 are the centre's own, and 4 is offered on.
    insert into referral (organisation_id, id, side, counterpart_organisation_id, service, kind, source_channel, sent_by_unit_id, submitted_at,
                          status, first_contact_due_on, first_contact_rule, first_contact_rule_id, first_contact_on, person_id, unit_id, need, external_system, external_id, external_case_id) values
        (kommune, pg_temp.demo_id(14, 1), 'sent', sentral, 'visiting_friend', 'establish', 'municipality', pg_temp.demo_id(5, 11), now() - interval '30 days',
         'in_delivery', {due NO_FIRST_CONTACT 30}, 'NO_FIRST_CONTACT', first_contact, today - 28, pg_temp.demo_id(6, 11), pg_temp.demo_id(5, 11), 'Savner noen å gå tur med.', 'Fagsystem', 'A-1', '2026/1001'),
        (kommune, pg_temp.demo_id(14, 2), 'sent', sentral, 'driving_friend', 'maintain', 'municipality', pg_temp.demo_id(5, 11), now(),
         'submitted', {due NO_FIRST_CONTACT 0}, 'NO_FIRST_CONTACT', first_contact, null, pg_temp.demo_id(6, 12), pg_temp.demo_id(5, 11), 'Vil fortsatt til kafeen på torsdager.', 'Fagsystem', 'A-2', '2026/1002');
    insert into referral (organisation_id, id, side, counterpart_organisation_id, service, kind, source_channel, sent_by_unit_id, submitted_at,
                          status, first_contact_due_on, first_contact_rule, first_contact_rule_id, first_contact_on, person_id, need) values
        (sentral, pg_temp.demo_id(14, 1), 'received', kommune, 'visiting_friend', 'establish', 'municipality', pg_temp.demo_id(5, 11), now() - interval '30 days',
         'in_delivery', {due NO_FIRST_CONTACT 30}, 'NO_FIRST_CONTACT', first_contact, today - 28, pg_temp.demo_id(6, 1), null),
        (sentral, pg_temp.demo_id(14, 2), 'received', kommune, 'driving_friend', 'maintain', 'municipality', pg_temp.demo_id(5, 11), now(),
          'submitted', {due NO_FIRST_CONTACT 0}, 'NO_FIRST_CONTACT', first_contact, null, null, null),
        (sentral, pg_temp.demo_id(14, 3), 'internal', null, 'cafe_group', 'establish', 'self', null, now(), 'submitted', {due NO_FIRST_CONTACT 0}, 'NO_FIRST_CONTACT', first_contact, null, pg_temp.demo_id(6, 2),
         'Vil treffe folk.'),
        (sentral, pg_temp.demo_id(14, 4), 'internal', null, 'driving_friend', 'establish', 'self', null, now() - interval '12 days', 'offered', {due NO_FIRST_CONTACT 12}, 'NO_FIRST_CONTACT', first_contact, today - 10, pg_temp.demo_id(6, 3),
         'Vil på konsert i Kristiansand.');
    insert into conversation (id, referral_id, person_id, step, planned_at, held_at, place, present, summary, wishes) values
        (pg_temp.demo_id(15, 1), pg_temp.demo_id(14, 1), pg_temp.demo_id(6, 1), 'conversation', now() - interval '25 days', now() - interval '24 days', 'hjemme', '{Ada,Dina}',
         'Ada har gått mye tur før.', 'Tur og kaffe.'),
        (pg_temp.demo_id(15, 2), pg_temp.demo_id(14, 4), pg_temp.demo_id(6, 3), 'conversation', now() - interval '8 days', now() - interval '7 days', 'på sentralen', '{Gro}',
         'Gro kjører ikke lenger når det er mørkt.', 'Skyss til konserter.');
    insert into clarification (id, referral_id, person_id, need, wanted_offer, target_group, agreed_by_person, decision) values
        (pg_temp.demo_id(16, 1), pg_temp.demo_id(14, 1), pg_temp.demo_id(6, 1), 'Selskap på tur.', 'En besøksvenn i uka.', 'inside', true, 'proceed'),
        (pg_temp.demo_id(16, 2), pg_temp.demo_id(14, 4), pg_temp.demo_id(6, 3), 'Skyss om kvelden.', 'En kjørevenn i Kristiansand.', 'inside', true, 'proceed');
    -- Nobody in Vennesla drives so far: the neighbours are asked, in codes that tell of nobody.
    insert into offer (organisation_id, id, side, counterpart_organisation_id, referral_id, service, kind, times, reply_by_on, reply_rule, reply_rule_id) values
        (sentral, pg_temp.demo_id(44, 1), 'sent', pg_temp.demo_id(1, 4), pg_temp.demo_id(14, 4), 'driving_friend', 'establish', '{evening}', {due NO_OFFER_REPLY 0}, 'NO_OFFER_REPLY', pg_temp.rule_id('NO_OFFER_REPLY')),
        (pg_temp.demo_id(1, 4), pg_temp.demo_id(44, 1), 'received', sentral, pg_temp.demo_id(14, 4), 'driving_friend', 'establish', '{evening}', {due NO_OFFER_REPLY 0}, 'NO_OFFER_REPLY', pg_temp.rule_id('NO_OFFER_REPLY'));
    insert into goal (id, person_id, referral_id, domain, measure, better, baseline, target, set_on, review_on) values
        (pg_temp.demo_id(38, 1), pg_temp.demo_id(6, 1), pg_temp.demo_id(14, 1), 'physical_activity', 'Turer i måneden', 'more', 0, 4, today - 24, today + 42);
    insert into goal_outcome (id, goal_id, person_id, measured_on, value, note) values
        (pg_temp.demo_id(37, 1), pg_temp.demo_id(38, 1), pg_temp.demo_id(6, 1), today - 1, 2, 'En tur falt bort da Ada var innlagt.');

    -- What they agreed to: 1 that the centre tells the municipality, 2 and 3 that the municipality tells the centre; 4 and 5
    -- that the two keep each other informed.
    insert into consent (organisation_id, id, counterpart_organisation_id, referral_id, purpose, kinds, categories, includes_updates, valid, subject_id) values
        (kommune, pg_temp.demo_id(17, 2), sentral, pg_temp.demo_id(14, 1), 'Å finne en besøksvenn.', '{referral}', '{name,birth_date,contact,need,social_life}', false,
         tstzrange(now() - interval '31 days', now() + interval '1 year'), pg_temp.demo_id(6, 11)),
        (kommune, pg_temp.demo_id(17, 3), sentral, pg_temp.demo_id(14, 2), 'Å finne en kjørevenn.', '{referral}', '{name,contact,need}', false,
         tstzrange(now() - interval '1 day', now() + interval '1 year'), pg_temp.demo_id(6, 12)),
        (kommune, pg_temp.demo_id(17, 4), sentral, pg_temp.demo_id(14, 1), 'At frivilligsentralen får vite det som angår turene.', '{message,change}', '{message,change}', true,
         tstzrange(now() - interval '20 days', now() + interval '1 year'), pg_temp.demo_id(6, 11)),
        (sentral, pg_temp.demo_id(17, 5), kommune, pg_temp.demo_id(14, 1), 'At hjemmetjenesten får vite hvordan det går.', '{message,log_entry,unmet_need}', '{message,log_entry,name,need}', true,
         tstzrange(now() - interval '20 days', now() + interval '1 year'), pg_temp.demo_id(6, 1)),
        (sentral, pg_temp.demo_id(17, 1), kommune, pg_temp.demo_id(14, 1), 'At kommunen vet hvem som er rundt meg.', '{contact_form}',
         '{name,contact,relatives,network,volunteers,coordinator,municipal_contacts,activities,meeting,signature}', true,
         tstzrange(now() - interval '20 days', now() + interval '1 year'), pg_temp.demo_id(6, 1));
    update consent set status = 'presented', text_code = 'share_with_volunteers', text_version = '1', text_language = 'nb', text_form = 'on_paper', text_sha256 = '1da2ec86bac348989856a5b3ced3727438ee941a954ed514f1e8b17a07969a357';
    update consent set status = 'active', given_by_id = subject_id, capacity_basis = 'self', capacity_rule = 'SELF_CONSENT', capacity_rule_id = pg_temp.rule_id('SELF_CONSENT'), method = 'wet_signature';
    update consent set capacity_assessment_id = pg_temp.demo_id(11, 1) where organisation_id = sentral;
    insert into consent (organisation_id, id, side, counterpart_organisation_id, referral_id, purpose, kinds, categories, includes_updates, valid, status)
        select counterpart_organisation_id, id, 'received', organisation_id, referral_id, purpose, kinds, categories, includes_updates, valid, status from consent;
    update referral set consent_id = pg_temp.demo_id(17, case id when pg_temp.demo_id(14, 1) then 2 else 3 end) where organisation_id = kommune;
    update referral set social_assessment_id = pg_temp.demo_id(47, 2), social_fields = '{activities_before,wishes}' where (organisation_id, id) = (kommune, pg_temp.demo_id(14, 1));
    insert into disclosure (organisation_id, id, counterpart_organisation_id, kind, subject_id, consent_id, referral_id, payload, payload_sha256)
        select kommune, pg_temp.demo_id(18, nth), sentral, 'referral', pg_temp.demo_id(6, 10 + nth), pg_temp.demo_id(17, nth + 1), pg_temp.demo_id(14, nth), payload,
               encode(sha256(convert_to(payload::text, 'UTF8')), 'hex')
        from (select nth, jsonb_build_object('name', jsonb_build_object('given_name', given_name, 'family_name', family_name),
                                             'contact', jsonb_build_object('phone', phone), 'need', need)
                  || coalesce((select jsonb_build_object('social_life', jsonb_object_agg(field, findings -> field)) from social_assessment as it, unnest(social_fields) as field
                               where it.id = social_assessment_id having count(*) > 0), '{}') as payload
              from generate_series(1, 2) as nth join person on person.id = pg_temp.demo_id(6, 10 + nth)
              join referral on referral.id = pg_temp.demo_id(14, nth) and referral.organisation_id = kommune) as told;

    -- Whom the centre may tell of without asking, should it come to that: somebody who cannot be asked.
    insert into legal_basis (id, counterpart_organisation_id, rule, rule_id, statute, section, purpose, kinds, categories, includes_updates, valid, subject_id, reason,
                             decided_by_id, decided_by_role) values
        (pg_temp.demo_id(32, 1), kommune, 'GDPR_VITAL_INTERESTS', vital_interests, 'GDPR', 'art. 6 (1) (d) and art. 9 (2) (c)', 'At noen ser til henne.', '{contact_form}',
         '{name,contact,address}', false, tstzrange(now(), now() + interval '7 days'), pg_temp.demo_id(6, 20), 'Svarer ikke, og ble funnet forvirret i går.',
         pg_temp.demo_id(3, 205), 'team_leader');
    insert into legal_basis (organisation_id, id, side, counterpart_organisation_id, rule, rule_id, statute, section, purpose, kinds, categories, includes_updates, valid)
        select counterpart_organisation_id, id, 'received', organisation_id, rule, rule_id, statute, section, purpose, kinds, categories, includes_updates, valid from legal_basis;

    -- The network around Ada, and its form in three versions.
    insert into network (id, referral_id, name, shape, pattern, started_on, status, network_contact_missing) values
        (pg_temp.demo_id(19, 1), pg_temp.demo_id(14, 1), 'Turfølget på Moseidmoen', 'visiting_friend', 'Hver torsdag kl. 11', today - 18, 'active', false);
    insert into network_participant (id, network_id, person_id, joined_on) values (pg_temp.demo_id(20, 1), pg_temp.demo_id(19, 1), pg_temp.demo_id(6, 1), today - 18);
    insert into network_volunteer (id, network_id, volunteer_id, is_network_contact, joined_on) values
        (pg_temp.demo_id(21, 1), pg_temp.demo_id(19, 1), pg_temp.demo_id(7, 1), true, today - 18),
        (pg_temp.demo_id(21, 2), pg_temp.demo_id(19, 1), pg_temp.demo_id(7, 20), false, today - 18);
    -- One that has ended: its volunteers are to be thanked, and what the centre has of it is kept for a year.
    insert into network (id, name, shape, pattern, started_on, status, network_contact_missing, reason, ended_on, keep_until, keep_rule, keep_rule_id) values
        (pg_temp.demo_id(19, 2), 'Kafégjengen', 'cafe_group', 'Annenhver lørdag', today - 200, 'dissolved', false, 'moved', today - 20, {due NO_NETWORK_RETENTION 20}, 'NO_NETWORK_RETENTION', pg_temp.rule_id('NO_NETWORK_RETENTION'));
    insert into network_participant (id, network_id, person_id, joined_on, left_on) values
        (pg_temp.demo_id(20, 2), pg_temp.demo_id(19, 2), pg_temp.demo_id(6, 4), today - 200, today - 20);
    insert into network_volunteer (id, network_id, volunteer_id, joined_on, left_on) values
        (pg_temp.demo_id(21, 3), pg_temp.demo_id(19, 2), pg_temp.demo_id(7, 2), today - 200, today - 20),
        (pg_temp.demo_id(21, 4), pg_temp.demo_id(19, 2), pg_temp.demo_id(7, 20), today - 200, today - 20);
    insert into thank_you (id, network_id, volunteer_id, text)
        select pg_temp.demo_id(48, nth), pg_temp.demo_id(19, 2), pg_temp.demo_id(7, case nth when 1 then 20 else 2 end), 'Takk for alle lørdagene med Harald!' from generate_series(1, 2) as nth;
    insert into task (id, kind, subject_table, subject_id)
        select pg_temp.demo_id(26, 1 + nth), 'thank_volunteer', 'thank_you', pg_temp.demo_id(48, nth) from generate_series(1, 2) as nth;
    insert into contact_form (id, network_id, person_id, number, status) values (pg_temp.demo_id(22, 1), pg_temp.demo_id(19, 1), pg_temp.demo_id(6, 1), 3, 'active');
    body := jsonb_build_object(
        'name', jsonb_build_object('given_name', 'Ada', 'family_name', 'Prøve'), 'contact', jsonb_build_object('phone', '40000011'),
        'relatives', jsonb_build_array(jsonb_build_object('name', 'Dina Datter', 'relation', 'datter', 'phone', '40000013', 'may_be_contacted', true, 'knows', true)),
        'volunteers', jsonb_build_array(jsonb_build_object('volunteer_id', pg_temp.demo_id(7, 1), 'name', 'Jonas Hjelper', 'phone', '40000021', 'role', 'besøksvenn',
            'is_network_contact', true, 'knows', true)),
        'coordinator', jsonb_build_object('name', 'Kari Koordinator', 'phone', '38000020', 'email', 'coordinator@vennesla-sentral.example'),
        'municipal_contacts', jsonb_build_array(jsonb_build_object('unit_id', pg_temp.demo_id(5, 11), 'unit', 'Hjemmetjenesten', 'name', 'Ulla Enhet', 'phone', '38000001')),
        'activities', '["Tur"]'::jsonb, 'meeting', jsonb_build_object('pattern', 'Hver torsdag kl. 11', 'start_date', today - 18),
        'network', jsonb_build_object('id', pg_temp.demo_id(19, 1), 'shape', 'visiting_friend'),
        'signature', jsonb_build_object('signed_by', 'Ada Prøve', 'signed_role', 'participant', 'signed_on', today - 18));
    for step in 1..3 loop
        body := body || case step when 2 then '{"activities": ["Tur", "Kafé"]}' when 3 then '{"contact": {"phone": "40000099"}}' else '{}' end::jsonb;
        insert into contact_form_version (id, contact_form_id, network_id, person_id, number, body, changes, change_reason, signed_by, signed_role) values (
            pg_temp.demo_id(23, step), pg_temp.demo_id(22, 1), pg_temp.demo_id(19, 1), pg_temp.demo_id(6, 1), step, body,
            case step when 2 then '[{"path": "/activities/1", "from": null, "to": "Kafé"}]'
                        when 3 then '[{"path": "/contact/phone", "from": "40000011", "to": "40000099"}]' else '[]' end::jsonb,
            case step when 2 then 'Kafé etter turen.' when 3 then 'Nytt nummer.' end, 'Ada Prøve', 'participant');
        insert into disclosure (id, counterpart_organisation_id, kind, subject_id, consent_id, referral_id, unit_ids, number, payload, payload_sha256,
                                contact_form_id, contact_form_version_id, network_id) values (
            pg_temp.demo_id(24, step), kommune, 'contact_form', pg_temp.demo_id(6, 1), pg_temp.demo_id(17, 1), pg_temp.demo_id(14, 1), array[pg_temp.demo_id(5, 11)], step,
            body, encode(sha256(convert_to(body::text, 'UTF8')), 'hex'), pg_temp.demo_id(22, 1), pg_temp.demo_id(23, step), pg_temp.demo_id(19, 1));
    end loop;
    insert into follow_up (id, network_id, starts_on, due_on, rule, rule_id)
        select pg_temp.demo_id(25, 1), pg_temp.demo_id(19, 1), today - 18, {due NO_FOLLOW_UP 18}, 'NO_FOLLOW_UP', pg_temp.rule_id('NO_FOLLOW_UP');
    insert into task (id, kind, subject_table, subject_id) values (pg_temp.demo_id(26, 1), 'network_contact_missing', 'network', pg_temp.demo_id(19, 1));
    insert into session (id, account_id, organisation_id, membership_id, device) values
        (pg_temp.demo_id(33, 1), pg_temp.demo_id(2, 204), pg_temp.demo_id(1, 2), pg_temp.demo_id(3, 204), 'Kontoret');
    insert into account_recovery (id, membership_id, account_id, resets_second_factor, token_hash, expires_at) values
        (pg_temp.demo_id(34, 1), pg_temp.demo_id(3, 207), pg_temp.demo_id(2, 207), false, sha256('nobody has this one'), now() + interval '24 hours');
    insert into organisation_rule (id, kind, code, valid_from, source, label, content) values
        (pg_temp.demo_id(50, 1), 'day_off', 'LITTLE_CHRISTMAS_EVE', today, 'styrevedtak 4/2026', '{"nb": "Lille julaften"}', '{"on": {"fixed": "12-23"}}');
    insert into rule (id, country, kind, code, valid_from, legal, source, confidence, label, content, is_shipped) values
        (pg_temp.demo_id(51, 1), 'NO', 'rate', 'NO_CAR', '2026-01-01', false, 'statens særavtale', 'medium', '{"nb": "Kilometergodtgjørelse"}',
         '{"amount_minor": 530, "currency": "NOK", "per": "km"}', false);
    insert into invitation (id, email, role, token_hash, expires_at) values
        (pg_temp.demo_id(27, 1), 'ny@vennesla-sentral.example', 'coordinator', sha256('nobody has this one'), now() + interval '7 days');

    -- What Frida has written down, and how far the coordinator has read it. A slip is corrected, and stays.
    insert into log_entry (id, network_id, person_id, author_id, author_role, volunteer_id, kind, occurred_at, text, sensitive, share_with_municipality, correction_of_id, status, finished_at, read_at)
        select pg_temp.demo_id(40, nth), pg_temp.demo_id(19, 1), pg_temp.demo_id(6, 1), pg_temp.demo_id(3, 207), 'volunteer', pg_temp.demo_id(7, 20), kind, now() - ago, told, false, shared,
               case nth when 3 then pg_temp.demo_id(40, 2) end, case nth when 2 then 'corrected' else 'final' end, now() - ago, case nth when 1 then now() - interval '5 days' end
        from (values (1, 'visit', interval '11 days', 'Gikk rundt Moseidmoen med Ada, og drakk kaffe etterpå. Hun fortalte om fjellturene fra før.', 'auto'),
                     (2, 'practical', interval '4 days', 'Døra i gangen går tungt: ring på to ganger.', 'no'),
                     (3, 'practical', interval '3 days', 'Det er døra i kjelleren som går tungt.', 'no')) as written (nth, kind, ago, told, shared);
    insert into log_review (id, network_id, from_on, to_on, done_on, comment, coordinator_id) values
        (pg_temp.demo_id(41, 1), pg_temp.demo_id(19, 1), today - 18, today - 8, today - 5, 'Lest sammen med Jonas. Turene går fint.', pg_temp.demo_id(3, 204));

    -- What the two sides have told each other since. What of it is told crosses as a disclosure, and becomes a row there.
    insert into network_change (organisation_id, id, counterpart_organisation_id, network_id, person_id, unit_ids, author_role, kind, from_on, to_on, written_at) values
        (kommune, pg_temp.demo_id(42, 1), sentral, pg_temp.demo_id(19, 1), pg_temp.demo_id(6, 11), array[pg_temp.demo_id(5, 11)], 'unit_contact', 'hospital_stay', today - 9, today - 6, now() - interval '9 days');
    insert into network_message (organisation_id, id, counterpart_organisation_id, network_id, person_id, unit_ids, author_role, text, written_at) values
        (sentral, pg_temp.demo_id(43, 1), kommune, pg_temp.demo_id(19, 1), pg_temp.demo_id(6, 1), '{}', 'coordinator',
         'Neste tur begynner en halvtime senere, kl. 11.30. Kan dere si det til Ada?', now() - interval '3 days'),
        (kommune, pg_temp.demo_id(43, 2), sentral, pg_temp.demo_id(19, 1), pg_temp.demo_id(6, 11), array[pg_temp.demo_id(5, 11)], 'unit_contact',
         'Nå vet hun det. Hun gleder seg.', now() - interval '2 days');
    insert into disclosure (organisation_id, id, counterpart_organisation_id, kind, subject_id, consent_id, referral_id, unit_ids, network_id, source_id, payload, payload_sha256)
        select organisation_id, pg_temp.demo_id(24, 10 + row_number() over (order by source_id)), counterpart, kind, person_id,
               pg_temp.demo_id(17, case organisation_id when kommune then 4 else 5 end), pg_temp.demo_id(14, 1),
               case organisation_id when sentral then array[pg_temp.demo_id(5, 11)] else '{}' end, pg_temp.demo_id(19, 1), source_id, payload,
               encode(sha256(convert_to(payload::text, 'UTF8')), 'hex')
        from (select organisation_id, counterpart_organisation_id as counterpart, 'change' as kind, person_id, id as source_id,
                     jsonb_build_object('change', jsonb_build_object('id', id, 'network_id', network_id, 'author_role', author_role, 'kind', kind,
                                                                     'from_on', from_on, 'to_on', to_on, 'written_at', written_at)) as payload from network_change
              union all select organisation_id, counterpart_organisation_id, 'message', person_id, id,
                     jsonb_build_object('message', jsonb_build_object('id', id, 'network_id', network_id, 'author_role', author_role, 'text', text,
                                                                      'written_at', written_at)) from network_message
              union all select organisation_id, kommune, 'log_entry', person_id, id,
                     jsonb_build_object('log_entry', jsonb_build_object('id', id, 'network_id', network_id, 'kind', kind, 'occurred_at', occurred_at, 'author_role', author_role,
                                                                        'text', text, 'sensitive', sensitive, 'correction_of_id', correction_of_id)) from log_entry
                  where share_with_municipality = 'auto') as told;

    -- A question of the volunteers that the unit has answered, and a need of Ada's that they cannot meet.
    insert into guidance_request (organisation_id, id, side, counterpart_organisation_id, to_unit_id, topic, due_on, rule, rule_id, settled_on, status, answered_how, answered_at, created_at, network_id, asked_by_id, note)
        select organisation_id, pg_temp.demo_id(39, 1), side, counterpart, pg_temp.demo_id(5, 11), 'health_and_aids', {due NO_GUIDANCE_ANSWER 5}, 'NO_GUIDANCE_ANSWER', pg_temp.rule_id('NO_GUIDANCE_ANSWER'), today - 4, 'answered', 'called',
               now() - interval '4 days', now() - interval '5 days', network_id, asked_by_id, note
        from (values (sentral, 'sent', kommune, pg_temp.demo_id(19, 1), pg_temp.demo_id(3, 207), 'Hvordan støtter vi henne i trappa når hun har rullatoren?'),
                     (kommune, 'received', sentral, null, null, null)) as asked (organisation_id, side, counterpart, network_id, asked_by_id, note);
    body := jsonb_build_object('name', jsonb_build_object('given_name', 'Ada', 'family_name', 'Prøve'),
                               'need', jsonb_build_object('type', 'transport', 'description', 'Trenger skyss til Kristiansand på tirsdag. Ingen av oss har bil den dagen.'));
    insert into disclosure (id, counterpart_organisation_id, kind, subject_id, consent_id, unit_ids, network_id, payload, payload_sha256) values
        (pg_temp.demo_id(24, 20), kommune, 'unmet_need', pg_temp.demo_id(6, 1), pg_temp.demo_id(17, 5), array[pg_temp.demo_id(5, 11)], pg_temp.demo_id(19, 1), body,
         encode(sha256(convert_to(body::text, 'UTF8')), 'hex'));
    insert into unmet_need_report (organisation_id, id, side, counterpart_organisation_id, to_unit_id, need_type, disclosure_id, due_on, rule, rule_id, network_id, person_id, description, asked_by_id)
        select organisation_id, pg_temp.demo_id(49, 1), side, counterpart, pg_temp.demo_id(5, 11), 'transport', pg_temp.demo_id(24, 20), {due NO_UNMET_NEED_ANSWER 0}, 'NO_UNMET_NEED_ANSWER', pg_temp.rule_id('NO_UNMET_NEED_ANSWER'),
               network_id, person_id, description, asked_by_id
        from (values (sentral, 'sent', kommune, pg_temp.demo_id(19, 1), pg_temp.demo_id(6, 1), body -> 'need' ->> 'description', pg_temp.demo_id(3, 207)),
                     (kommune, 'received', sentral, null, null, null, null)) as reported (organisation_id, side, counterpart, network_id, person_id, description, asked_by_id);
    insert into task (organisation_id, id, kind, subject_table, subject_id) values
        (kommune, pg_temp.demo_id(26, 4), 'unmet_need_reported', 'unmet_need_report', pg_temp.demo_id(49, 1));

    -- The worker's part, done here so that what crossed is there at once; the first two versions are archived. Of a network
    -- hears only who was sent its form, so that this goes first.
    perform set_config('app.request', gen_random_uuid()::text, true);
    for sent in select app.dispatch_disclosure(organisation_id, id) from disclosure order by kind <> 'contact_form', organisation_id, id loop
        if sent <> 'sent' then
            raise 'the demo world does not get past the gate: %', sent;
        end if;
    end loop;
    update disclosure set status = 'received', received_at = now() where (kind, number) in (('contact_form', 1), ('contact_form', 2)) or kind in ('message', 'change', 'log_entry') or id = pg_temp.demo_id(18, 1);
    update delivery set status = 'received', received_at = now() where (kind, number) in (('contact_form', 1), ('contact_form', 2)) or kind in ('message', 'change', 'log_entry') or id = pg_temp.demo_id(18, 1);
    update delivery set person_id = pg_temp.demo_id(6, 1) where id = pg_temp.demo_id(18, 1);
    update disclosure set status = 'archived', archive_system = 'Sak/arkiv', archive_id = '2026/1001-' || disclosure.number, archived_at = now() where kind = 'contact_form' and status = 'received';
    update delivery set status = 'archived', archive_system = 'Sak/arkiv', archive_id = '2026/1001-' || delivery.number, archived_at = now() where kind = 'contact_form' and status = 'received';

    -- Vejle and Lund: what the municipality has found, and what is to come of it.
    for desk in 5..7 by 2 loop
        land := (desk - 1) / 2;
        perform set_config('app.organisation', pg_temp.demo_id(1, desk)::text, true), set_config('app.acting_organisation', pg_temp.demo_id(1, desk)::text, true),
                set_config('app.account', pg_temp.demo_id(2, desk * 100 + 2)::text, true), set_config('app.membership', pg_temp.demo_id(3, desk * 100 + 2)::text, true);
        insert into person (id, given_name, family_name, birth_on, phone, address, postcode, place, municipality_code, language, receives_municipal_services, unit_id)
            select pg_temp.demo_id(6, desk * 10 + 1), given_name, family_name, '1942-08-19', '40000017', address, postcode, place, code, languages[land], true, pg_temp.demo_id(5, desk * 10 + 1)
            from (values (2, 'Karen', 'Prøve', 'Eksempelvej 1', '7100', 'Vejle', '630'), (3, 'Astrid', 'Exempel', 'Exempelgatan 1', '22350', 'Lund', '1281'))
                 as here (nth, given_name, family_name, address, postcode, place, code) where nth = land;
        insert into social_assessment (id, person_id, assessed_on, findings) values (pg_temp.demo_id(47, land + 1), pg_temp.demo_id(6, desk * 10 + 1), today - 6, case land
            when 2 then '{"network_now": ["En nabo"], "activities_before": ["Strikkeklub", "Cykelture"], "still_interested": ["Strikning"], "wishes": ["Nogen at strikke sammen med"],
                          "when": ["afternoon"], "how_often": "Hver uge", "transport": "Kan tage bussen selv"}'
            else '{"network_now": ["Sonen Nils, i Umeå"], "activities_before": ["Körsång", "Trädgård"], "still_interested": ["Trädgård"], "wishes": ["Sällskap på promenader"],
                   "when": ["weekend"], "how_often": "Varannan vecka", "barriers": ["Ser dåligt i skymningen"]}' end::jsonb);
        insert into goal (id, person_id, domain, measure, better, baseline, target, set_on, review_on) values (pg_temp.demo_id(38, land), pg_temp.demo_id(6, desk * 10 + 1),
            'social_network', case land when 2 then 'Besøg om måneden' else 'Träffar i månaden' end, 'more', 1, 4, today - 6, today + 84);
    end loop;
end $world$;
