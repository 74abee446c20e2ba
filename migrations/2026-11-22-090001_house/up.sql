-- Organisations, who works there, and how they log in.

-- What is public of an organisation.
create table organisation (
    id                uuid primary key default app.uuidv7(),
    country           text not null,
    kind              text not null,
    number            text not null,
    name              text not null,
    municipality_code text,
    parent_id         uuid references organisation,
    valid_from        date not null,
    valid_to          date,
    referral_expires_after_days integer,
    second_factor_required boolean not null default false,
    version           bigint not null default 1,
    created_at        timestamptz not null default now(),
    constraint organisation_already_exists unique (country, number, kind),
    constraint organisation_unknown_country check (country in ('NO', 'DK', 'SE')),
    constraint organisation_ends_before_it_starts check (valid_to > valid_from)
);
create index organisation_by_municipality on organisation (country, municipality_code, id);
create index organisation_by_kind on organisation (kind, id);

-- What is private of it.
create table organisation_setting (
    organisation_id       uuid not null default app.organisation() references organisation,
    id                    uuid not null default app.uuidv7(),
    keeps_identity_numbers boolean not null,
    version               bigint not null default 1,
    primary key (organisation_id, id),
    constraint organisation_setting_once unique (organisation_id)
);

-- Part of an organisation. Its name and function are public, so that others can say whom a thing is for.
create table unit (
    organisation_id uuid not null default app.organisation() references organisation,
    id              uuid not null default app.uuidv7(),
    name            text not null,
    function        text not null,
    valid_from      date not null default app.today(),
    valid_to        date,
    version         bigint not null default 1,
    created_at      timestamptz not null default app.now(),
    primary key (organisation_id, id),
    constraint unit_already_exists unique (organisation_id, name),
    constraint unit_ends_before_it_starts check (valid_to > valid_from)
);

-- A human being or a system that can log in; the same in every organisation.
create table account (
    id            uuid primary key default app.uuidv7(),
    kind          text not null default 'person',
    name          text not null,
    email         text,
    password_hash text,
    language      text not null default 'en',
    disabled_at   timestamptz,
    version       bigint not null default 1,
    created_at    timestamptz not null default now(),
    constraint account_already_exists unique (email),
    constraint account_unknown_kind check (kind in ('person', 'system')),
    constraint account_email_is_lower_case check (email = lower(email))
);

-- What somebody shows beside their password: codes made of a secret that they share with an authenticator app, sealed by the
-- key ring; or, without the app, one of the codes of which hashes are kept here until it is used.
create table second_factor (
    id              uuid primary key default app.uuidv7(),
    account_id      uuid not null references account,
    sealed          bytea not null,
    recovery_hashes bytea[] not null default '{}',
    confirmed_at    timestamptz,
    created_at      timestamptz not null default app.now(),
    constraint second_factor_already_exists unique (account_id)
);

-- What an account is in an organisation. A token speaks for one of these and is worth no more than it.
create table membership (
    organisation_id uuid not null default app.organisation() references organisation,
    id              uuid not null default app.uuidv7(),
    account_id      uuid not null references account,
    name            text not null,
    email           text,
    role            text not null,
    unit_id         uuid,
    volunteer_id    uuid,
    person_id       uuid,
    started_at      timestamptz not null default now(),
    ended_at        timestamptz,
    version         bigint not null default 1,
    primary key (organisation_id, id),
    constraint membership_unknown_unit foreign key (organisation_id, unit_id) references unit (organisation_id, id)
);
create unique index membership_already_exists on membership (organisation_id, account_id, role) where ended_at is null;
create index membership_by_account on membership (account_id) where ended_at is null;
create index membership_by_role on membership (organisation_id, role, id);

create table contact_point (
    organisation_id uuid not null default app.organisation() references organisation,
    id              uuid not null default app.uuidv7(),
    unit_id         uuid not null,
    membership_id   uuid,
    substitute_id   uuid,
    name            text not null,
    role            text not null,
    phone           text,
    email           text,
    hours           text,
    is_head         boolean not null default false,
    published       boolean not null default false,
    services        text[] not null default '{}',
    valid_from      date not null default app.today(),
    valid_to        date,
    version         bigint not null default 1,
    created_at      timestamptz not null default app.now(),
    primary key (organisation_id, id),
    constraint contact_point_unknown_unit foreign key (organisation_id, unit_id) references unit (organisation_id, id),
    constraint contact_point_unknown_membership
        foreign key (organisation_id, membership_id) references membership (organisation_id, id),
    constraint contact_point_unknown_substitute
        foreign key (organisation_id, substitute_id) references contact_point (organisation_id, id),
    constraint contact_point_substitutes_itself check (substitute_id <> id),
    constraint contact_point_ends_before_it_starts check (valid_to > valid_from)
);
create index contact_point_by_unit on contact_point (organisation_id, unit_id, id);
-- For the directory.
create index contact_point_published on contact_point (organisation_id, id) where published;
create index contact_point_by_membership on contact_point (organisation_id, membership_id) where membership_id is not null;

-- A letter: who may write to whom. The sender asks, the recipient approves.
create table counterpart (
    organisation_id             uuid not null default app.organisation(),
    id                          uuid not null default app.uuidv7(),
    side                        text not null default 'sent',
    counterpart_organisation_id uuid not null,
    status                      text not null default 'requested',
    version                     bigint not null default 1,
    created_at                  timestamptz not null default app.now(),
    note                        text,
    primary key (organisation_id, id),
    constraint counterpart_unknown_organisation foreign key (counterpart_organisation_id) references organisation,
    constraint counterpart_to_oneself check (organisation_id <> counterpart_organisation_id),
    constraint counterpart_has_two_sides check (side in ('sent', 'received'))
);
create index counterpart_by_status on counterpart (organisation_id, status, id);
create unique index counterpart_already_requested on counterpart (organisation_id, side, counterpart_organisation_id)
    where status in ('requested', 'approved');

-- A session is a family of refresh tokens, each used once.
create table session (
    id              uuid primary key default app.uuidv7(),
    account_id      uuid not null references account,
    organisation_id uuid not null,
    membership_id   uuid not null,
    device          text,
    created_at      timestamptz not null default app.now(),
    ended_at        timestamptz,
    end_reason      text,
    constraint session_unknown_membership
        foreign key (organisation_id, membership_id) references membership (organisation_id, id)
);
create index session_by_account on session (account_id, id) where ended_at is null;

create table refresh_token (
    hash       bytea primary key,
    session_id uuid not null references session on delete cascade,
    issued_at  timestamptz not null default now(),
    expires_at timestamptz not null,
    used_at    timestamptz
);
create index refresh_token_by_session on refresh_token (session_id);
create index refresh_token_by_expiry on refresh_token (expires_at);

-- Failed log-ins by the hash of what was typed, so that unknown addresses are throttled like known ones.
create table login_throttle (
    hash     bytea primary key,
    failures integer not null,
    until    timestamptz not null
);

create table invitation (
    organisation_id uuid not null default app.organisation() references organisation,
    id              uuid not null default app.uuidv7(),
    email           text not null,
    role            text not null,
    unit_id         uuid,
    volunteer_id    uuid,
    person_id       uuid,
    token_hash      bytea not null,
    expires_at      timestamptz not null,
    accepted_at     timestamptz,
    revoked_at      timestamptz,
    version         bigint not null default 1,
    created_at      timestamptz not null default app.now(),
    primary key (organisation_id, id),
    constraint invitation_unknown_unit foreign key (organisation_id, unit_id) references unit (organisation_id, id)
);
create index invitation_by_token on invitation (token_hash);

-- A link by which a member who cannot log in sets a new password. It opens nothing by itself.
create table account_recovery (
    organisation_id      uuid not null default app.organisation() references organisation,
    id                   uuid not null default app.uuidv7(),
    membership_id        uuid not null,
    account_id           uuid not null references account,
    resets_second_factor boolean not null,
    token_hash           bytea not null,
    expires_at           timestamptz not null,
    accepted_at          timestamptz,
    revoked_at           timestamptz,
    version              bigint not null default 1,
    created_at           timestamptz not null default app.now(),
    primary key (organisation_id, id),
    constraint account_recovery_unknown_membership
        foreign key (organisation_id, membership_id) references membership (organisation_id, id)
);
create index account_recovery_by_token on account_recovery (token_hash);
create index account_recovery_by_account on account_recovery (account_id);

-- A municipal system or another program. Its id is that of its account.
create table system_client (
    organisation_id uuid not null default app.organisation() references organisation,
    id              uuid not null references account,
    membership_id   uuid not null,
    name            text not null,
    scopes          text[] not null,
    ended_at        timestamptz,
    version         bigint not null default 1,
    created_at      timestamptz not null default app.now(),
    primary key (organisation_id, id),
    constraint system_client_unknown_membership
        foreign key (organisation_id, membership_id) references membership (organisation_id, id),
    constraint system_client_already_exists unique (organisation_id, name)
);

create table system_client_key (
    organisation_id  uuid not null default app.organisation() references organisation,
    id               uuid not null default app.uuidv7(),
    system_client_id uuid not null,
    thumbprint       text not null,
    public_key       jsonb not null,
    expires_at       timestamptz,
    revoked_at       timestamptz,
    version          bigint not null default 1,
    created_at       timestamptz not null default app.now(),
    primary key (organisation_id, id),
    constraint system_client_key_unknown_client
        foreign key (organisation_id, system_client_id) references system_client (organisation_id, id),
    constraint system_client_key_already_registered unique (organisation_id, thumbprint)
);
create index system_client_key_by_client on system_client_key (system_client_id);

-- An assertion of a client is good once, and so is a code of a second factor.
create table used_proof (
    account_id uuid not null,
    proof      text not null,
    expires_at timestamptz not null,
    primary key (account_id, proof)
);

-- Our own signing keys, the private half sealed by the key ring. Published before they sign, and after.
create table signing_key (
    id         uuid primary key default app.uuidv7(),
    public_key bytea not null,
    sealed     bytea not null,
    signs_from timestamptz not null,
    retires_at timestamptz,
    created_at timestamptz not null default now()
);
