drop view if exists deadline, deadline_of_referral, deadline_of_follow_up, deadline_of_network;
drop table organisation_rule, rule, rulebook;
drop type app.words;
