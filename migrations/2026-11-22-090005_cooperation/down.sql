drop view if exists deadline, deadline_of_guidance_request, deadline_of_unmet_need_report;
drop index referral_unrouted;
alter table referral drop constraint referral_unknown_routing_rule;
drop table responsibility, unmet_need_report, guidance_request, routing_rule, collaboration_agreement;
