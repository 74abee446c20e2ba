alter table membership drop constraint membership_unknown_volunteer, drop constraint membership_unknown_person;
alter table invitation drop constraint invitation_unknown_volunteer, drop constraint invitation_unknown_person;
drop table confidentiality_declaration, briefing, volunteer, legal_basis, consent, capacity_assessment,
    person_link, person_identifier, protected_detail, person;
