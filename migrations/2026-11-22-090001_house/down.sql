drop table signing_key, used_assertion, system_client_key, system_client, invitation, login_throttle, refresh_token,
    session, counterpart, contact_point, membership, account, unit, organisation_setting, organisation;
