drop table signing_key, used_proof, system_client_key, system_client, account_recovery, invitation, login_throttle, refresh_token,
    session, counterpart, contact_point, membership, second_factor, account, unit, organisation_setting, organisation;
