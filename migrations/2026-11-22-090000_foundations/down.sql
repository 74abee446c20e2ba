drop table idempotency_key, event, audit;
drop schema app cascade;
