//! Pages for people to read in a review: who may do what, what is public, and what the house does by itself.

use std::fmt::Write as _;

use samspill::{
    access::{
        self, Purpose, Role,
        post::{Side, Stage},
    },
    domains::{
        house::{agreements, organisations::CounterpartStatus},
        journey::{contact_forms, cooperation, disclosures, follow_ups, logs, networks, offers, referrals},
        people::{consents, legal_bases},
    },
};

use crate::support::{contract::operations, probe::life_table};

/// A letter's states, as each of these sides has them.
fn stages<S: Copy>(sides: &[Side], states: &[S]) -> Vec<(Side, Vec<Stage<S>>)> {
    let on =
        |side: &Side| (*side, states.iter().map(|status| Stage { side: *side, status: *status }).collect());
    sides.iter().map(on).collect()
}

#[test]
fn every_life() {
    let two = [Side::Sent, Side::Received];
    let mut text = String::new();
    let mut tell = |title: String, table: String| writeln!(text, "## {title}\n{table}\n").unwrap();
    for (side, states) in stages(&two, CounterpartStatus::ALL) {
        tell(format!("counterpart, {side}"), life_table(&states));
    }
    for (side, states) in stages(Side::ALL, referrals::Status::ALL) {
        tell(format!("referral, {side}"), life_table(&states));
    }
    for (side, states) in stages(&two, offers::Status::ALL) {
        tell(format!("offer, {side}"), life_table(&states));
    }
    for (side, states) in stages(&two, consents::Status::ALL) {
        tell(format!("consent, {side}"), life_table(&states));
    }
    for (side, states) in stages(&two, legal_bases::Status::ALL) {
        tell(format!("legal basis, {side}"), life_table(&states));
    }
    for (side, states) in stages(&two, disclosures::Status::ALL) {
        tell(format!("disclosure or delivery, {side}"), life_table(&states));
    }
    for (side, states) in stages(&two, agreements::Status::ALL) {
        tell(format!("collaboration agreement, {side}"), life_table(&states));
    }
    for (side, states) in stages(&two, cooperation::GuidanceStatus::ALL) {
        tell(format!("guidance request, {side}"), life_table(&states));
    }
    for (side, states) in stages(&two, cooperation::ReportStatus::ALL) {
        tell(format!("report of an unmet need, {side}"), life_table(&states));
    }
    tell("network".into(), life_table(networks::Status::ALL));
    tell("contact form".into(), life_table(contact_forms::Status::ALL));
    tell("follow-up".into(), life_table(follow_ups::Status::ALL));
    tell("log entry".into(), life_table(logs::Status::ALL));
    insta::assert_snapshot!(text);
}

#[test]
fn who_may_do_what() {
    let mut text = String::new();
    for (scope, roles) in access::ALL {
        let marks: Vec<_> =
            Role::ALL.iter().map(|role| if roles.contains(role) { role.word() } else { "·" }).collect();
        writeln!(text, "{scope:28} {}", marks.join("  ")).unwrap();
    }
    insta::assert_snapshot!(text);
}

#[test]
fn what_each_scope_opens() {
    let mut lines: Vec<_> = operations()
        .map(|it| {
            format!(
                "{:28} {:6} {} ({})",
                it.scope().unwrap_or("public"),
                it.method.as_str(),
                it.path,
                it.id()
            )
        })
        .collect();
    lines.sort();
    insta::assert_snapshot!(lines.join("\n"));
}

/// What anyone may call, and why. Add with care.
#[test]
fn what_is_public() {
    let open = operations().filter(|it| it.scope().is_none());
    let lines: Vec<_> =
        open.map(|it| format!("{it}: {}", it.spec["x-public"].as_str().unwrap_or("?"))).collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn what_the_house_does_by_itself() {
    let words: Vec<_> = Purpose::ALL.iter().map(|purpose| purpose.word()).collect();
    insta::assert_snapshot!(words.join("\n"));
}

/// The page with the walk is what the program prints; `SAMSPILL_BLESS=1` writes it.
#[test]
fn the_walk_is_in_the_docs() {
    let commands = samspill::demo::as_commands("http://127.0.0.1:8080").unwrap();
    let page = format!(
        "# The walk\n\nFrom a reported need to an archived contact form, and what happens when the consent ends. With \
         `./run` in another terminal, paste this into bash, line by line or as a whole; it needs curl, jq and openssl. \
         `SAMSPILL_MODE=demo cargo run -- demo --walk` does the same by itself.\n\n```bash\n{commands}```\n"
    );
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/walk.md");
    if std::env::var_os("SAMSPILL_BLESS").is_some() {
        std::fs::write(path, &page).unwrap();
    }
    assert!(
        std::fs::read_to_string(path).is_ok_and(|file| file == page),
        "SAMSPILL_BLESS=1 cargo test writes it"
    );
}
