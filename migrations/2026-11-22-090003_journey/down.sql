alter table consent drop constraint consent_unknown_referral;
alter table legal_basis drop constraint legal_basis_unknown_referral;
drop table task, follow_up, delivery, disclosure, contact_form_version, contact_form, network_volunteer,
    network_participant, network, clarification, conversation, referral;
