-- Mail that tells staff of their tasks. Whom a task is about, no mail knows: it says what kind of thing waits, and how many.

-- What somebody wants to be told of by mail, and how soon. Its id is that of the membership, which it comes with.
create table mail_setting (
    organisation_id            uuid not null default app.organisation(),
    id                         uuid not null,
    new_referral               text not null default 'at_once',
    first_contact_overdue      text not null default 'at_once',
    consent_expiring           text not null default 'daily',
    disclosure_unacknowledged  text not null default 'at_once',
    cooperation                text not null default 'at_once',
    version                    bigint not null default 1,
    primary key (organisation_id, id),
    constraint mail_setting_unknown_membership foreign key (organisation_id, id) references membership (organisation_id, id)
);
create function app.furnish_mail_setting() returns trigger language plpgsql as $$
begin
    insert into public.mail_setting (organisation_id, id) values (new.organisation_id, new.id);
    return null;
end $$;
create trigger mail_setting after insert on membership for each row
    when (new.role in ('caseworker', 'unit_contact', 'coordinator', 'team_leader')) execute function app.furnish_mail_setting();

-- Tasks that no mail was made of yet, by their ids; written in the transaction of the task.
create table mail_notice (
    organisation_id uuid not null,
    id              uuid not null,
    created_at      timestamptz not null default app.now(),
    primary key (organisation_id, id)
);
create index mail_notice_by_age on mail_notice (created_at);
create function app.notice_task() returns trigger language plpgsql as $$
begin
    insert into public.mail_notice (organisation_id, id) values (new.organisation_id, new.id);
    return null;
end $$;
create trigger notice after insert on task for each row execute function app.notice_task();

-- What leaves: of which kinds of thing, to whom. The words are found when it is sent, so that what was seen to is not told.
create table mail (
    organisation_id uuid not null,
    id              uuid not null default app.uuidv7(),
    membership_id   uuid not null,
    pace            text not null,
    kinds           text[] not null,
    status          text not null default 'queued',
    attempts        integer not null default 0,
    due_at          timestamptz not null,
    created_at      timestamptz not null default app.now(),
    sent_at         timestamptz,
    primary key (organisation_id, id),
    constraint mail_unknown_membership foreign key (organisation_id, membership_id) references membership (organisation_id, id)
);
-- What nobody has tried to send yet takes up what comes.
create unique index mail_gathering on mail (organisation_id, membership_id, pace) where status = 'queued' and attempts = 0;
create index mail_by_membership on mail (organisation_id, membership_id, pace, id);
create index mail_due on mail (due_at) where status = 'queued';
create index mail_by_age on mail (created_at);

-- At whose desk each open task lies: staff who see it and, where they work for a unit, whose unit it is about.
create view task_reader with (security_invoker = true) as
    select it.organisation_id, it.id as task_id, it.kind, it.created_at, reader.id as membership_id
    from task as it
        join membership as reader on reader.organisation_id = it.organisation_id and reader.ended_at is null
            and reader.role in ('caseworker', 'unit_contact', 'coordinator', 'team_leader')
            and (it.guarded_for is null or it.guarded_for = reader.id)
    where it.done_at is null and (reader.unit_id is null and reader.role <> 'unit_contact' or reader.unit_id = any (it.unit_ids) or reader.id = it.reached_id
        or reader.role <> 'unit_contact' and reader.unit_id = coalesce(
            (select unit_id from referral as about where (about.organisation_id, about.id) = (it.organisation_id, it.subject_id)),
            (select unit_id from consent as about where (about.organisation_id, about.id) = (it.organisation_id, it.subject_id)),
            (select unit_id from disclosure as about where (about.organisation_id, about.id) = (it.organisation_id, it.subject_id))));
grant select on task_reader to samspill_system;
