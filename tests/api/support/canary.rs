//! A secret that must not sing: it is looked for in every byte that leaves.

use samspill::{access::Role, jobs};

use super::{
    Api,
    contract::operations,
    sink::{Mail, Sink},
    world::World,
};

/// What nobody may be told.
pub struct Canary<'a>(pub &'a [&'a str]);

impl Canary<'_> {
    /// Fails if a secret is in `text`.
    #[track_caller]
    pub fn assert_absent(&self, text: &str, whose: &str) {
        for secret in self.0 {
            assert!(!text.contains(secret), "{whose} tells {secret}: {text}");
        }
    }

    /// Asks every GET operation as every role at both desks, for the row of its collection and for `person`, and reads
    /// all events, the whole audit and the mail to everybody.
    pub async fn assert_silent(&self, api: &Api, world: &World, person: &str) {
        while jobs::number(&api.house.pool).await.unwrap() {}
        for operation in operations().filter(|operation| operation.method == "GET") {
            let kept = world.rows.get(operation.collection()).map(String::as_str);
            let ids = if operation.collection() == "persons" { vec![Some(person), kept] } else { vec![kept] };
            for id in ids {
                let path = match (operation.has_id(), id) {
                    (true, Some(id)) => {
                        let (before, rest) = operation.path.split_once('{').unwrap();
                        format!("{before}{id}{}", rest.split_once('}').unwrap().1)
                    }
                    (true, None) => continue,
                    (false, _) => operation.path.to_owned(),
                };
                for desk in world.desks() {
                    for role in Role::ALL {
                        let answer = api.get(&path).by(desk.token(*role)).await;
                        self.assert_absent(&answer.text, &format!("{path} as {role}"));
                    }
                }
            }
        }
        for table in ["event", "audit"] {
            for line in api.lines(&format!("select to_jsonb(it)::text as line from {table} as it")).await {
                self.assert_absent(&line, table);
            }
        }
        self.assert_unmailed(api).await;
    }

    /// Gives everybody an address, sends all mail that there is to send, and reads it.
    pub async fn assert_unmailed(&self, api: &Api) -> Vec<Mail> {
        let reachable =
            "update account set email = id || '@samspill.example' where email is null and kind = 'person';
             insert into mail_notice (organisation_id, id) select organisation_id, id from task on conflict do nothing;
             update mail_setting set consent_expiring = 'at_once'";
        api.sql(reachable).await;
        let sink = Sink::start();
        let report = jobs::mail_once(&api.house.pool, &sink.mailer()).await.unwrap();
        let mails = sink.mails();
        assert_eq!(mails.len(), report.sent);
        for mail in &mails {
            self.assert_absent(&mail.all(), "a mail");
        }
        mails
    }
}
