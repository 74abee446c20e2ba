drop table if exists thank_you, network_change, network_message, log_review, log_entry cascade;
