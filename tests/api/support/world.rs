//! A municipality and its volunteer centre that write to each other, staff in every role at both desks, and one row of
//! everything.

use std::collections::HashMap;

use samspill::access::{Actor, Role};
use serde_json::Value;
use uuid::Uuid;

use super::Api;

/// An organisation and who works there.
pub struct Desk {
    pub organisation: Uuid,
    /// A unit of it. The `unit_contact` works for this one alone.
    pub unit: Uuid,
    /// The person that the `participant` is.
    pub person: Uuid,
    /// The volunteer that the `volunteer` is.
    pub volunteer: Uuid,
    actors: HashMap<Role, (Actor, String)>,
}

pub struct World {
    /// Vennesla, the sender of referrals.
    pub municipality: Desk,
    /// Its volunteer centre, which they are sent to.
    pub centre: Desk,
    /// A row of each collection, by the word in its path: (id, desk that owns it).
    pub rows: HashMap<&'static str, String>,
}

impl Api {
    /// Two organisations that know each other, and nothing else.
    pub async fn desks(&self) -> World {
        let municipality = self.desk("municipality", "Vennesla kommune").await;
        let centre = self.desk("volunteer_centre", "Vennesla frivilligsentral").await;
        let id = Uuid::now_v7();
        self.sql(&format!(
            "insert into counterpart (organisation_id, id, side, counterpart_organisation_id, status) values
                ('{m}', '{id}', 'sent', '{c}', 'approved'), ('{c}', '{id}', 'received', '{m}', 'approved')",
            m = municipality.organisation,
            c = centre.organisation,
        ))
        .await;
        let mut world = World { municipality, centre, rows: HashMap::new() };
        world.keep_id("counterparts", id);
        let units = world.municipality.unit;
        world.keep_id("units", units);
        let (person, volunteer) = (world.centre.person, world.centre.volunteer);
        world.keep_id("persons", person);
        world.keep_id("volunteers", volunteer);
        world
    }

    /// The two, with one row of everything: each room adds its own.
    pub async fn world(&self) -> World {
        let mut world = self.desks().await;
        crate::identity::furnish(self, &mut world).await;
        crate::sessions::furnish(self, &mut world).await;
        crate::recoveries::furnish(self, &mut world).await;
        crate::organisations::furnish(self, &mut world).await;
        crate::agreements::furnish(self, &mut world).await;
        crate::routing::furnish(self, &mut world).await;
        crate::persons::furnish(self, &mut world).await;
        crate::functional_assessments::furnish(self, &mut world).await;
        crate::social_assessments::furnish(self, &mut world).await;
        crate::responsibilities::furnish(self, &mut world).await;
        crate::volunteers::furnish(self, &mut world).await;
        crate::consents::furnish(self, &mut world).await;
        crate::legal_bases::furnish(self, &mut world).await;
        crate::referrals::furnish(self, &mut world).await;
        crate::conversations::furnish(self, &mut world).await;
        crate::offers::furnish(self, &mut world).await;
        crate::networks::furnish(self, &mut world).await;
        crate::contact_forms::furnish(self, &mut world).await;
        crate::disclosures::furnish(self, &mut world).await;
        crate::follow_ups::furnish(self, &mut world).await;
        crate::goals::furnish(self, &mut world).await;
        crate::cooperation::furnish(self, &mut world).await;
        crate::logs::furnish(self, &mut world).await;
        crate::exchange::furnish(self, &mut world).await;
        crate::endings::furnish(self, &mut world).await;
        crate::rules::furnish(self, &mut world).await;
        crate::deadlines::furnish(&mut world).await;
        crate::tasks::furnish(self, &mut world).await;
        crate::mail::furnish(self, &mut world).await;
        crate::audit::furnish(self, &mut world).await;
        crate::events::furnish(self).await;
        world
    }

    /// An organisation with a unit, a person, a volunteer and a member in every role.
    pub async fn desk(&self, kind: &str, name: &str) -> Desk {
        let [organisation, unit, person, volunteer] = [(); 4].map(|()| Uuid::now_v7());
        let number = organisation.as_u128() % 1_000_000_000;
        let mut sql = format!(
            "insert into organisation (id, country, kind, number, name, municipality_code, valid_from)
                values ('{organisation}', 'NO', '{kind}', '{number:09}', '{name}', '4223', '2020-01-01');
             insert into organisation_setting (organisation_id, keeps_identity_numbers) values ('{organisation}', true);
             insert into unit (organisation_id, id, name, function, valid_from)
                values ('{organisation}', '{unit}', 'Hjemmetjenesten', 'home_care', '2020-01-01');
             insert into person (organisation_id, id, given_name, family_name, birth_on)
                values ('{organisation}', '{person}', 'Ada', 'Prøve', '1941-02-03');
             insert into volunteer (organisation_id, id, name) values ('{organisation}', '{volunteer}', 'Frida Frivillig');"
        );
        let mut actors = HashMap::new();
        for role in Role::ALL {
            let (account, membership) = (Uuid::now_v7(), Uuid::now_v7());
            let only =
                |wanted: Role, id: Uuid| if *role == wanted { format!("'{id}'") } else { "null".into() };
            sql += &format!(
                "insert into account (id, kind, name) values ('{account}', 'person', 'A {role}');
                 insert into membership (organisation_id, id, account_id, name, role, unit_id, volunteer_id, person_id) values
                    ('{organisation}', '{membership}', '{account}', 'A {role}', '{role}', {}, {}, {});",
                only(Role::UnitContact, unit),
                only(Role::Volunteer, volunteer),
                only(Role::Participant, person),
            );
            let actor = Actor { account, organisation, membership, role: *role, session: None, scope: None };
            let token = self.house.tokens.issue(&actor).unwrap();
            actors.insert(*role, (actor, token));
        }
        self.sql(&sql).await;
        Desk { organisation, unit, person, volunteer, actors }
    }
}

impl Desk {
    pub fn token(&self, role: Role) -> &str {
        &self.actors[&role].1
    }

    pub fn actor(&self, role: Role) -> &Actor {
        &self.actors[&role].0
    }

    /// `begin` as this role of the database and this role of ours, for statements that go round the server.
    pub fn seat(&self, database_role: &str, role: Role) -> String {
        format!(
            "begin; select set_config('app.organisation', '{0}', true), set_config('app.acting_organisation', '{0}', true),
                set_config('app.account', '{1}', true), set_config('app.membership', '{2}', true), set_config('app.role', '{role}', true),
                set_config('app.whole_organisation', 'true', true), set_config('role', '{database_role}', true);",
            self.organisation,
            self.actor(role).account,
            self.actor(role).membership,
        )
    }
}

impl World {
    /// The desk of a token, for those who ask as everyone.
    pub fn desks(&self) -> [&Desk; 2] {
        [&self.municipality, &self.centre]
    }

    pub async fn end_memberships(&self, api: &Api) {
        let desk = self.centre.organisation;
        api.sql(&format!("update membership set ended_at = now() where organisation_id = '{desk}'")).await;
    }

    /// Remembers the row of a collection.
    pub fn keep(&mut self, collection: &'static str, row: &Value) {
        self.rows.insert(collection, row["id"].as_str().unwrap().to_owned());
    }

    pub fn keep_id(&mut self, collection: &'static str, id: Uuid) {
        self.rows.insert(collection, id.to_string());
    }
}
