//! A secret that must not sing: it is looked for in every byte that leaves.

use samspill::{access::Role, jobs};

use super::{Api, contract::operations, world::World};

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
    /// all events and the whole audit.
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
    }
}
