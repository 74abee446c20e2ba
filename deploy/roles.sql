-- The roles and the database, made once by a superuser; from here on none is needed. Their passwords stand in the
-- folder that SECRETS names. docs/production.md says what each login is for.
\set owner `cat "$SECRETS/owner"`
\set runtime `cat "$SECRETS/runtime"`
\set backup `cat "$SECRETS/backup"`
create role samspill_owner login password :'owner';
create role samspill_runtime login noinherit password :'runtime';
create role samspill_backup login bypassrls password :'backup' in role pg_read_all_data;
create role samspill_app;
create role samspill_post;
create role samspill_system;
create role samspill_gate;
grant samspill_app, samspill_post, samspill_system to samspill_runtime;
grant samspill_gate to samspill_owner;
create database samspill owner samspill_owner template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C.UTF-8';
alter database samspill set lc_messages to 'C';
