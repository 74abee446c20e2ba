//! The demo world: invented people in real municipalities, and the walk from a reported need to an archived form.

mod walk;

use std::{collections::BTreeMap, error::Error, fmt::Write as _};

use chrono::{Days, Utc};
use serde_json::json;
use uuid::Uuid;

use crate::{
    access::{ALL, Actor, House, KeyRing, Role},
    day, db,
    domains::people::persons,
    identifiers::Country,
    rules::Rules,
    start::Database,
};

pub use walk::{as_commands, walk};

/// Every account's password.
pub const PASSWORD: &str = "samspill-demo";

/// The private key of every system client in the demo world: the example of RFC 8037, which everybody knows. Only the
/// loader of the demo world registers it.
const KEY: &str = "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g";

/// Ada's, with a month that no real one has.
const NUMBER: &str = "03824110130";

const WORLD: &str = include_str!("world.sql");

/// The collections of the paths, the number of their kind in `world.sql`, and one of its rows. It is the centre's in Vennesla,
/// or where only a municipality has such rows, the municipality's there.
const COLLECTIONS: [(&str, u64, u64); 51] = [
    ("organisations", 1, 2),
    ("memberships", 3, 204),
    ("units", 5, 21),
    ("persons", 6, 1),
    ("volunteers", 7, 1),
    ("contact-points", 8, 21),
    ("counterparts", 9, 1),
    ("person-links", 10, 1),
    ("capacity-assessments", 11, 1),
    ("briefings", 12, 1),
    ("confidentiality-declarations", 13, 1),
    ("referrals", 14, 1),
    ("conversations", 15, 1),
    ("clarifications", 16, 1),
    ("consents", 17, 1),
    ("deliveries", 18, 1),
    ("networks", 19, 1),
    ("network-participants", 20, 1),
    ("network-volunteers", 21, 1),
    ("contact-forms", 22, 1),
    ("contact-form-versions", 23, 1),
    ("disclosures", 24, 1),
    ("follow-ups", 25, 1),
    ("tasks", 26, 1),
    ("invitations", 27, 1),
    ("system-clients", 2, 210),
    ("system-client-keys", 29, 2),
    ("audit-entries", 30, 1),
    ("person-identifiers", 31, 1),
    ("legal-bases", 32, 1),
    ("sessions", 33, 1),
    ("account-recoveries", 34, 1),
    ("collaboration-agreements", 35, 1),
    ("functional-assessments", 36, 1),
    ("goal-outcomes", 37, 1),
    ("goals", 38, 1),
    ("guidance-requests", 39, 1),
    ("log-entries", 40, 1),
    ("log-reviews", 41, 1),
    ("network-changes", 42, 1),
    ("network-messages", 43, 1),
    ("offers", 44, 1),
    ("responsibilities", 45, 1),
    ("routing-rules", 46, 1),
    ("social-assessments", 47, 1),
    ("thank-yous", 48, 1),
    ("unmet-need-reports", 49, 1),
    // A setting has the id of the membership.
    ("mail-settings", 3, 204),
    ("organisation-rules", 50, 1),
    ("rules", 51, 1),
    ("deadlines", 25, 1),
];

/// The organisations, in the order of their numbers in `world.sql`, by the word in their addresses.
const SLUGS: [&str; 8] = [
    "vennesla-kommune",
    "vennesla-sentral",
    "kristiansand-kommune",
    "kristiansand-sentral",
    "vejle-kommune",
    "vejle-frivilligcenter",
    "lund-kommun",
    "lund-frivilligcentral",
];

/// Loads the world, once: what is there stays as it is.
pub async fn load(database: &Database, ring: &KeyRing) -> Result<(), Box<dyn Error>> {
    let owner = database
        .owner
        .as_ref()
        .ok_or("SAMSPILL_MIGRATION_URL is not set: the demo world is loaded by the owner")?;
    // Sealed here: the database has no key to do it with.
    let place = [id(1, 2), id(6, 1), id(31, 1)];
    let (sealed, hash) = persons::sealed(ring, place, ("no_synthetic", NUMBER))?;
    let scopes = ALL.iter().filter(|(_, roles)| roles.contains(&Role::Integration));
    let scopes: Vec<_> = scopes.map(|(scope, _)| *scope).collect();
    let world = WORLD.replace("{sealed}", &hexadecimal(&sealed)).replace("{hash}", &hexadecimal(&hash));
    let world = world.replace("{scopes}", &scopes.join(","));
    db::run_script(owner, &dated(&world)?).await
}

/// With the day on which what a rule of Norway counts is due: `{due CODE DAYS}`, from so many days ago.
fn dated(world: &str) -> Result<String, Box<dyn Error>> {
    let (rules, today) = (Rules::shipped()?, day::of(Utc::now()));
    let mut parts = world.split("{due ");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (blank, rest) = part.split_once('}').ok_or("a blank in world.sql is not closed")?;
        let (code, days) = blank.split_once(' ').ok_or("a blank in world.sql says no days")?;
        let due = rules.due(code, Country::No, today - Days::new(days.parse()?)).ok_or("no such rule")?;
        write!(text, "'{}'::date{rest}", due.1.due_on)?;
    }
    Ok(text)
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The few log-ins to begin with, and where the rest is.
pub fn welcome(base: &str) -> String {
    format!(
        "The demo world is at {base}. Log in with the password {PASSWORD:?} as one of these:

  coordinator@vennesla-sentral.example  runs a volunteer centre
  caseworker@vennesla-kommune.example   reports needs to it
  participant@vennesla-sentral.example  is helped
  volunteer@vennesla-sentral.example    helps

A walk through it all: docs/walk.md. All log-ins: SAMSPILL_MODE=demo cargo run -- demo
"
    )
}

/// Everybody who can log in.
pub fn log_ins() -> String {
    let mut text = format!("Log in with any of these and the password {PASSWORD:?}:\n\n");
    for slug in SLUGS {
        // A system has a key and no password.
        for role in Role::ALL.iter().filter(|role| **role != Role::Integration) {
            let _ = writeln!(text, "  {role}@{slug}.example");
        }
    }
    text + "\nThe walk, for bash with curl, jq and openssl:\n"
}

/// The id of the `row`th row of a kind, as `world.sql` makes it.
fn id(kind: u64, row: u64) -> Uuid {
    Uuid::from_u64_pair(0x0190_0000_0000_7000, 0x8000_0000_0000_0000 | kind << 48 | row)
}

/// What contract tools need, as JSON: where to call, tokens, and for every path parameter an id that somebody of Vennesla
/// sees, at the centre if it has any.
pub fn fixtures(house: &House, base: &str) -> Result<String, Box<dyn Error>> {
    let mut tokens = BTreeMap::new();
    for (number, slug) in (1..).zip(SLUGS) {
        let mut of_role = BTreeMap::new();
        for (place, role) in (1..).zip(Role::ALL) {
            of_role.insert(role.word(), house.tokens.issue(&actor(number, place, *role))?);
        }
        tokens.insert(slug, of_role);
    }
    let nobody = Actor { membership: Uuid::nil(), ..actor(2, 1, Role::Finance) };
    let collections = COLLECTIONS.iter().map(|(collection, kind, nth)| (*collection, id(*kind, *nth)));
    let ids: BTreeMap<_, _> = collections.collect();
    Ok(serde_json::to_string_pretty(&json!({
        "base_url": base,
        "organisation": id(1, 2),
        "tokens": tokens,
        "powerless": house.tokens.issue(&nobody)?,
        "ids": ids,
        "client_id": client(),
        "client_key": KEY,
    }))?)
}

/// The system of the first municipality.
fn client() -> Uuid {
    id(2, 110)
}

fn actor(organisation: u64, place: u64, role: Role) -> Actor {
    let number = organisation * 100 + place;
    Actor {
        account: id(2, number),
        organisation: id(1, organisation),
        membership: id(3, number),
        role,
        session: None,
        scope: None,
    }
}
