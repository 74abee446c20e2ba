drop view if exists deadline, deadline_of_offer;
alter table referral drop constraint referral_unknown_social_assessment, drop constraint referral_chooses_of_nothing;
drop table offer, goal_outcome, goal, social_assessment, functional_assessment;
