//! What the catalog says about who may see and write what: rules, each with a sabotage that it must find.

use diesel_async::{AsyncConnection as _, AsyncPgConnection, SimpleAsyncConnection as _};
use samspill::access::Role;

use crate::support::{Api, contract::operations, lines};

/// Each: what must not be found, where to look for it, and a sabotage that must be found.
const MUST_NOT_BE: &[(&str, &str, &str)] = &[
    ("a table without forced row-level security",
     "select relname::text as line from pg_class where relkind in ('r', 'p') and not relispartition and relnamespace = 'public'::regnamespace
      and relname <> '__diesel_schema_migrations' and not (relrowsecurity and relforcerowsecurity)",
     "alter table volunteer no force row level security"),
    ("a grant without a policy for it",
     "select grantee || ' ' || lower(privilege_type) || ' ' || table_name as line
      from (select grantee, table_name, privilege_type from information_schema.role_table_grants
            union select grantee, table_name, privilege_type from information_schema.role_column_grants) as granted
      where grantee like 'samspill_%' and not exists (select from pg_policies
          where tablename = table_name and grantee = any (roles) and cmd in (privilege_type, 'ALL'))
      and table_name not in (select relname from pg_class where relkind = 'v' and relnamespace = 'public'::regnamespace)",
     "drop policy samspill_app_update on volunteer"),
    ("a grant or a policy for everybody",
     "select tablename::text as line from pg_policies where 'public' = any (roles)
      union select table_name from information_schema.table_privileges where grantee = 'PUBLIC' and table_schema in ('public', 'app')
      union select table_name from information_schema.column_privileges where grantee = 'PUBLIC' and table_schema in ('public', 'app')
      union select nspname from pg_namespace, aclexplode(nspacl) where nspname in ('public', 'app') and grantee = 0 and privilege_type = 'CREATE'
      union select nspname from pg_namespace, aclexplode(nspacl) where nspname = 'app' and grantee = 0",
     "grant select (name) on volunteer to public"),
    ("a grant on a part of a table, past the policies of the whole",
     "select relname::text as line from pg_class, aclexplode(relacl) where relispartition and pg_get_userbyid(grantee) like 'samspill%'",
     "grant select on audit_rest to samspill_app"),
    // Published are organisations and units; a session belongs to an account, and not to an organisation.
    ("a condition that no index can serve",
     "select tablename || ' ' || policyname as line from pg_policies as p where roles && '{samspill_app,samspill_post}'
      and exists (select from information_schema.columns where table_name = tablename and column_name = 'organisation_id')
      and (tablename, cmd) not in (('unit', 'SELECT'), ('session', 'SELECT'))
      and coalesce(qual, with_check) !~ '^[(]{1,2}organisation_id = [(] SELECT app.organisation[(][)] AS organisation[)][)]($| AND)'",
     "alter policy samspill_app_select on volunteer
      using ((organisation_id = (select app.organisation()) and true) or name = 'Ada')"),
    ("a table that everybody sees and that is not on the list",
     "select tablename || ' ' || policyname as line from pg_policies where roles && '{samspill_app,samspill_post}' and coalesce(qual, with_check) = 'true'
      and (tablename, cmd) not in (('organisation', 'SELECT'), ('rule', 'SELECT'), ('rulebook', 'SELECT'), ('rulebook', 'UPDATE'), ('unit', 'SELECT'))
      union all select tablename || ' ' || policyname from pg_policies where roles && '{samspill_app,samspill_post}'
      and not exists (select from information_schema.columns where table_name = tablename and column_name = 'organisation_id')
      and tablename not in ('organisation', 'account', 'rule', 'rulebook')",
     "create policy everybody on signing_key for select to samspill_app using (true)"),
    ("an update that lets a row out of the organisation",
     "select tablename || ' ' || policyname as line from pg_policies where cmd = 'UPDATE' and roles && '{samspill_app,samspill_post}'
      and with_check is not null and with_check !~ 'organisation_id = [(] SELECT app.organisation'",
     "alter policy samspill_app_update on volunteer with check (true)"),
    ("a role that is excluded instead of listed",
     "select tablename || ' ' || policyname as line from pg_policies where concat(qual, with_check) ~ 'app.role[^)]*[)][^)]*[)] <>|NOT '",
     "alter policy samspill_app_select on volunteer
      using (organisation_id = (select app.organisation()) and (select app.role()) <> 'volunteer')"),
    ("a policy that reads another table",
     "select tablename || ' ' || policyname as line from pg_policies where concat(qual, with_check) ~ '\\mFROM\\M'",
     "alter policy samspill_app_select on volunteer
      using (organisation_id = (select app.organisation()) and exists (select from briefing))"),
    ("a key that does not begin with the organisation",
     "select indexrelid::regclass::text as line from pg_index as i
      join pg_attribute as first on first.attrelid = indrelid and first.attnum = indkey[0]
      where indisunique and first.attname <> 'organisation_id' and indrelid <> 'session'::regclass
      and exists (select from pg_attribute where attrelid = indrelid and attname = 'organisation_id')
      and indrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)",
     "create unique index upside_down on volunteer (id, organisation_id)"),
    ("a foreign key between organisations' tables that does not begin with the organisation",
     "select conname::text as line from pg_constraint as k where contype = 'f' and confrelid <> 'session'::regclass
      and exists (select from pg_attribute where attrelid = k.confrelid and attname = 'organisation_id')
      and (select attname from pg_attribute where attrelid = k.conrelid and attnum = k.conkey[1]) <> 'organisation_id'",
     "alter table briefing add foreign key (volunteer_id, organisation_id) references volunteer (id, organisation_id)"),
    // What is the sender's stands on the recipient's copy too; a form's network and person stand on its versions for the
    // policies, and a disclosure outlives the form it was made of. A rule is everybody's or the organisation's.
    ("an id that refers to nothing",
     "select relname || '.' || attname as line from pg_attribute as a join pg_class as t on t.oid = attrelid
      where relnamespace = 'public'::regnamespace and relkind = 'r' and not relispartition and attnum > 0 and not attisdropped and attname like '%\\_id'
      and atttypid = 'uuid'::regtype and attname <> 'organisation_id' and relname not in ('event', 'idempotency_key', 'used_proof', 'session', 'task')
      and not exists (select from pg_constraint as k where k.contype = 'f' and k.conrelid = a.attrelid and a.attnum = any (k.conkey))
      and relname || '.' || attname not in ('referral.sent_by_unit_id', 'referral.reopens_id', 'referral.first_contact_rule_id', 'follow_up.rule_id', 'guidance_request.rule_id', 'unmet_need_report.rule_id', 'offer.reply_rule_id',
          'network.keep_rule_id', 'referral.step_rule_id', 'consent.capacity_rule_id', 'legal_basis.rule_id', 'offer.referral_id', 'guidance_request.to_unit_id', 'unmet_need_report.to_unit_id', 'unmet_need_report.disclosure_id', 'delivery.consent_id', 'delivery.legal_basis_id', 'delivery.referral_id',
          'contact_form_version.network_id', 'contact_form_version.person_id', 'disclosure.contact_form_id', 'disclosure.contact_form_version_id', 'disclosure.network_id', 'disclosure.source_id',
          'delivery.network_id', 'network_message.network_id', 'network_change.network_id')
      and not (attname = 'unit_id' and exists (select from pg_trigger where tgrelid = t.oid and tgname = 'inherit_unit'))",
     "alter table briefing drop constraint briefing_unknown_volunteer"),
    ("a setting read once per row",
     "select tablename || ' ' || policyname as line from pg_policies
      where concat(qual, with_check) ~ 'current_setting' or concat(qual, with_check) ~ '(?<!SELECT )app\\.\\w+\\('",
     "alter policy samspill_app_select on volunteer using (organisation_id = app.organisation())"),
    ("a change that nobody writes down",
     "select relname::text as line from pg_class as c where relkind in ('r', 'p') and not relispartition and relnamespace = 'public'::regnamespace
      and relname not in ('audit', 'event', 'session', 'refresh_token', 'login_throttle', 'used_proof', 'signing_key', 'idempotency_key', 'mail', 'mail_notice', 'rulebook', '__diesel_schema_migrations')
      and not exists (select from pg_trigger where tgrelid = c.oid and tgname = 'audit' and tgenabled = 'O' and tgtype = 29)",
     "alter table membership disable trigger audit"),
    ("a version that does not count",
     "select table_name::text as line from information_schema.columns where table_schema = 'public' and column_name = 'version'
      and table_name <> '__diesel_schema_migrations' and not exists (select from pg_trigger where tgrelid = table_name::regclass and tgname = 'touch' and tgenabled = 'O' and tgtype = 19)",
     "alter table volunteer disable trigger touch"),
    ("a past that can be changed",
     "select grantee || ' ' || table_name as line from information_schema.role_column_grants
      where grantee like 'samspill_%' and table_name in ('audit', 'event') and privilege_type = 'UPDATE'
      and (grantee, table_name, column_name) <> ('samspill_system', 'event', 'sequence')
      union select grantee || ' ' || table_name from information_schema.role_table_grants
      where grantee like 'samspill_%' and table_name in ('audit', 'event') and privilege_type not in ('SELECT', 'INSERT')
      union select policyname || ' ' || tablename from pg_policies
      where tablename in ('audit', 'event') and cmd not in ('SELECT', 'INSERT') and policyname <> 'numbering'",
     "grant update (verb) on audit to samspill_system"),
    ("a past of which the writer says who and when",
     "select grantee || ' ' || table_name || ' ' || column_name as line from information_schema.role_column_grants
      where grantee like 'samspill_%' and table_name in ('audit', 'event') and privilege_type = 'INSERT'
      and (column_name in ('id', 'account_id', 'acting_organisation_id', 'acting_role', 'request_id', 'purpose', 'at', 'sequence')
           or (table_name, column_name) = ('event', 'organisation_id'))",
     "grant insert on audit to samspill_app"),
    ("a function with rights of its own",
     "select proname::text as line from pg_proc where prosecdef and not (proname in ('gate', 'gate_delivery', 'hold_basis')
          and pronamespace = 'app'::regnamespace and pg_get_userbyid(proowner) = 'samspill_gate'
          and proconfig = '{\"search_path=pg_catalog, pg_temp\"}')",
     "alter function app.enter_as_system security definer"),
    ("a gate that everybody may call",
     "select proname::text as line from pg_proc, aclexplode(coalesce(proacl, acldefault('f', proowner))) where prosecdef and grantee = 0",
     "grant execute on function app.hold_basis to public"),
    ("a gate that may do more than read and lock bases, and read what was disclosed under them",
     "select table_name || ' ' || column_name || ' ' || privilege_type as line from information_schema.column_privileges
      where grantee = 'samspill_gate' and (table_name not in ('consent', 'legal_basis', 'disclosure') or privilege_type <> 'SELECT')
      and (table_name, column_name, privilege_type) not in (('consent', 'version', 'UPDATE'), ('legal_basis', 'version', 'UPDATE'))
      union select policyname from pg_policies where 'samspill_gate' = any (roles) and cmd <> 'SELECT' and with_check is distinct from 'false'
      union select proname from pg_proc where pg_get_userbyid(proowner) = 'samspill_gate' and proname not in ('gate', 'gate_delivery', 'hold_basis')
      union select pg_get_userbyid(roleid) from pg_auth_members where pg_get_userbyid(member) = 'samspill_gate' or pg_get_userbyid(roleid) = 'samspill_gate'",
     "grant insert on consent to samspill_gate"),
    ("a gate that is open",
     "select wanted as line from unnest('{disclosure gate,delivery gate,delivery keep,disclosure approval,consent life,consent close_gate,legal_basis life,legal_basis close_gate,log_entry life,functional_assessment stay_municipal}'::text[]) as wanted
      where not exists (select from pg_trigger where tgenabled = 'O' and tgrelid::regclass || ' ' || tgname = wanted)",
     "alter table disclosure disable trigger gate"),
    ("a letter that its owner moves",
     "select grantee || ' ' || table_name || '.' || column_name as line from information_schema.role_column_grants
      where grantee = 'samspill_app' and privilege_type = 'UPDATE' and table_name in ('referral', 'offer', 'counterpart', 'delivery', 'collaboration_agreement', 'guidance_request', 'unmet_need_report')
      and column_name in ('status', 'side', 'counterpart_organisation_id', 'payload', 'version', 'organisation_id', 'id')",
     "grant update (status) on referral to samspill_app"),
    ("a view that skips policies",
     "select relname::text as line from pg_class where relkind in ('v', 'm') and relnamespace = 'public'::regnamespace
      and not coalesce(reloptions::text like '%security_invoker=true%', false)",
     "create view everybody as select * from volunteer"),
    // The tests let the runtime role log in; elsewhere an operator makes a login that is a member of it.
    ("a runtime role that skips policies",
     "select rolname::text as line from pg_roles where rolname ~ '^samspill_'
      and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication or rolcanlogin and rolname <> 'samspill_runtime')
      union select rolname from pg_roles where rolname = 'samspill_runtime' and rolinherit
      union select relname from pg_class where pg_get_userbyid(relowner) ~ '^samspill_'
      union select nspname from pg_namespace where pg_get_userbyid(nspowner) ~ '^samspill_'
      union select grantee || ' ' || table_name from information_schema.role_table_grants where grantee = 'samspill_runtime'",
     "alter table volunteer owner to samspill_app"),
    ("an audit that ends within ten years, has a gap or no rest",
     "select 'gap ' || month as line from (select month, lead(month) over (order by month) as after from (
          select to_date(right(relname, 7), 'YYYY_MM') as month from pg_class where relispartition and relkind = 'r' and relname ~ '^audit_\\d{4}_\\d\\d$') as months) as pairs
          where after <> month + interval '1 month'
      union all select 'months: ' || count(*) from pg_class where relispartition and relkind = 'r' and relname ~ '^audit_\\d{4}_\\d\\d$' having count(*) < 121
      union all select 'no rest' where not exists (select from pg_class where relispartition and pg_get_expr(relpartbound, oid) = 'DEFAULT')",
     "drop table audit_2031_05"),
    ("a foreign key without an index",
     "select conname::text as line from pg_constraint as k where contype = 'f'
      and not exists (select from pg_index as i where i.indrelid = k.conrelid
          and (array(select unnest((i.indkey::int2[])[0:array_length(k.conkey, 1) - 1]) order by 1) = array(select unnest(k.conkey) order by 1)
          or i.indkey[0] = any (k.conkey) and 'organisation_id' <> (select attname from pg_attribute where attrelid = i.indrelid and attnum = i.indkey[0])))
      and not exists (select from pg_attribute as a where a.attrelid = k.conrelid and a.attnum = any (k.conkey) and (select relname from pg_class where oid = k.conrelid) || '.' || attname = any ('{UNINDEXED}'))",
     "drop index person_link_by_related"),
    ("an id that is no UUID",
     "select table_name || '.' || column_name as line from information_schema.columns where table_schema = 'public'
      and (column_name = 'id' or column_name like '%\\_id' or column_name like '%\\_ids') and udt_name not in ('uuid', '_uuid')
      and column_name not in ('external_id', 'external_case_id', 'archive_id')",
     "alter table volunteer add column friend_id bigint"),
    ("an id that the database does not make or check",
     "select table_name::text as line from information_schema.columns where table_schema = 'public' and column_name = 'id'
      and is_nullable = 'YES' and table_name not in (select viewname from pg_views)",
     "create table loose (id uuid)"),
    ("a time without its zone",
     "select table_name || '.' || column_name as line from information_schema.columns where table_schema = 'public'
      and data_type in ('timestamp without time zone', 'time with time zone', 'money', 'real', 'double precision', 'character varying', 'character')
      and table_name <> '__diesel_schema_migrations'
      union select table_name || '.' || column_name from information_schema.columns where table_schema = 'public'
      and table_name <> '__diesel_schema_migrations' and (column_name like '%\\_at' and data_type <> 'timestamp with time zone' or column_name like '%\\_on' and data_type <> 'date')",
     "alter table volunteer add column left_on timestamp"),
];

/// Keys whose other end is never removed and never asked from: who did something, which version, which predecessor. No
/// query goes that way, and an index would only cost.
const UNINDEXED: &[&str] = &[
    "account_recovery.membership_id",
    "briefing.held_by_id",
    "capacity_assessment.decided_by_id",
    "clarification.agreed_by_id",
    "collaboration_agreement.counterpart_organisation_id",
    "confidentiality_declaration.briefed_by_id",
    "consent.capacity_assessment_id",
    "consent.counterpart_organisation_id",
    "consent.given_by_id",
    "consent.replaces_id",
    "contact_form_version.capacity_assessment_id",
    "contact_form_version.signed_by_id",
    "contact_point.substitute_id",
    "counterpart.counterpart_organisation_id",
    "delivery.counterpart_organisation_id",
    "delivery.person_id",
    "disclosure.approved_by_id",
    "disclosure.counterpart_organisation_id",
    "disclosure.referral_id",
    "guidance_request.asked_by_id",
    "guidance_request.contact_point_id",
    "guidance_request.counterpart_organisation_id",
    "guidance_request.network_id",
    "guidance_request.reached_id",
    "guidance_request.unit_id",
    "invitation.person_id",
    "invitation.unit_id",
    "invitation.volunteer_id",
    "legal_basis.counterpart_organisation_id",
    "legal_basis.decided_by_id",
    "log_entry.author_id",
    "log_entry.volunteer_id",
    "log_review.coordinator_id",
    "membership.person_id",
    "membership.unit_id",
    "membership.volunteer_id",
    "network_change.counterpart_organisation_id",
    "network_message.counterpart_organisation_id",
    "offer.counterpart_organisation_id",
    "offer.disclosure_id",
    "organisation.parent_id",
    "person.responsible_id",
    "referral.cared_for_person_id",
    "referral.consent_id",
    "referral.counterpart_organisation_id",
    "referral.legal_basis_id",
    "referral.routing_rule_id",
    "routing_rule.counterpart_organisation_id",
    "referral.social_assessment_id",
    "session.membership_id",
    "system_client.id",
    "system_client.membership_id",
    "unmet_need_report.asked_by_id",
    "unmet_need_report.contact_point_id",
    "unmet_need_report.counterpart_organisation_id",
    "unmet_need_report.network_id",
    "unmet_need_report.reached_id",
    "unmet_need_report.unit_id",
];

#[actix_web::test]
async fn the_catalog_keeps_the_rules_and_each_rule_can_fail() {
    let api = Api::start().await;
    let mut db = AsyncPgConnection::establish(&api.urls.owner).await.unwrap();
    let mut flaws = Vec::new();
    for (what, query, sabotage) in MUST_NOT_BE {
        let query = query.replace("UNINDEXED", &UNINDEXED.join(","));
        let found = lines(&mut db, &query).await;
        if !found.is_empty() {
            flaws.push(format!("{what}: {found:#?}"));
            continue;
        }
        db.batch_execute("begin").await.unwrap();
        db.batch_execute(sabotage).await.unwrap_or_else(|error| panic!("{what}: {error}"));
        assert_ne!(lines(&mut db, &query).await, [""; 0], "{what}: `{sabotage}` is not found");
        db.batch_execute("rollback").await.unwrap();
    }
    assert!(flaws.is_empty(), "{}", flaws.join("\n"));
}

#[actix_web::test]
async fn policies_name_roles_that_there_are() {
    let api = Api::start().await;
    let words = "select distinct word[1] as line from pg_policies, regexp_matches(concat(qual, with_check), '''([a-z_]+)''::text', 'g') as word order by 1";
    let words = api.lines(words).await;
    assert!(words.len() > 5, "{words:?}");
    for word in words {
        assert!(word.parse::<Role>().is_ok(), "a policy names the role {word}");
    }
}

/// Of the audit, what narrows least: there are few verbs and tables, and the newest come first whatever they are.
const COARSE: &[&str] =
    &["organisation.municipality_code", "audit.verb", "audit.table_name", "audit.from", "audit.to"];

#[actix_web::test]
async fn every_filter_of_a_list_has_an_index() {
    let api = Api::start().await;
    let mut missing = Vec::new();
    for operation in operations().filter(|it| it.method == "GET" && !it.has_id()) {
        let table = table_of(operation.collection());
        let known = format!(
            "select relname::text as line from pg_class where relname = '{table}' and relkind in ('r', 'p') and relnamespace = 'public'::regnamespace"
        );
        if api.lines(&known).await.is_empty() {
            continue;
        }
        for (name, _) in operation.filters() {
            let column = format!(
                "select column_name::text as line from information_schema.columns where table_name = '{table}' and column_name = '{name}'"
            );
            if COARSE.contains(&format!("{table}.{name}").as_str()) || api.lines(&column).await.is_empty() {
                continue;
            }
            let index = format!(
                "select indexname::text as line from pg_indexes where tablename = '{table}' and indexdef ~ '[(](organisation_id, )?(lower[(])?{name}\\M'"
            );
            if api.lines(&index).await.is_empty() {
                missing.push(format!("{table}.{name}"));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

/// The table of a collection.
pub fn table_of(collection: &str) -> String {
    if collection == "audit-entries" {
        return "audit".into();
    }
    let snake = collection.replace('-', "_");
    if snake == "legal_bases" {
        return "legal_basis".into();
    }
    match snake.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => snake.strip_suffix('s').unwrap_or(&snake).to_owned(),
    }
}
