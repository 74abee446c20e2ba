drop view task_reader;
drop trigger notice on task;
drop trigger mail_setting on membership;
drop table mail, mail_notice, mail_setting;
drop function app.notice_task, app.furnish_mail_setting;
