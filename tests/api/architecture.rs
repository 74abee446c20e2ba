//! Who may import whom, and where things may stand.

use std::{fs, path::Path};

fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let root = Path::new(env!("CARGO_MANIFEST_DIR"));
            let short = path.strip_prefix(root).unwrap().display().to_string();
            found.push((short, fs::read_to_string(&path).unwrap()));
        }
    }
}

/// Every source file of the house, and its text.
pub fn all() -> Vec<(String, String)> {
    let mut all = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut all);
    all.sort();
    all
}

/// The text without its tests.
fn code(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap()
}

/// A word, and the only places where it may stand.
const ONLY: &[(&str, &[&str])] = &[
    ("RunQueryDsl", &["/queries.rs", "src/events.rs", "src/access/", "src/db/mod.rs"]),
    (
        "schema::",
        &[
            "/queries.rs",
            "/types.rs",
            "src/events.rs",
            "src/access/once.rs",
            "src/access/reads.rs",
            "src/access/rulebook.rs",
            "src/access/keys.rs",
        ],
    ),
    (
        "actix_web::",
        &["/handlers.rs", "src/main.rs", "src/web/", "src/access/", "src/app.rs", "src/problem.rs"],
    ),
    ("sql_query", &["/queries.rs", "src/db/mod.rs"]),
    ("batch_execute", &["src/db/"]),
    ("domains::", &["src/app.rs", "src/main.rs", "src/domains/", "src/jobs/", "src/demo"]),
    ("set_config", &["src/access/"]),
    ("app.organisation", &["src/access/"]),
    ("AsyncPgConnection", &["src/access/mod.rs", "src/db/"]),
    ("deadpool", &["src/access/mod.rs"]),
    ("std::env", &["src/config.rs", "src/main.rs", "src/db/cluster.rs"]),
];

#[test]
fn everything_stands_where_it_should() {
    let mut flaws = Vec::new();
    for (path, text) in all() {
        // The crate `utoipa_actix_web` is not `actix_web`, and its `schema` is not the tables.
        let text = code(&text).replace("utoipa_actix_web::", "").replace("openapi::schema::", "");
        for (word, places) in ONLY {
            if text.contains(word) && !places.iter().any(|place| path.contains(place)) {
                flaws.push(format!("{path} may not say `{word}`"));
            }
        }
    }
    assert!(flaws.is_empty(), "{flaws:#?}");
}

#[test]
fn every_room_is_furnished_alike() {
    let mut flaws = Vec::new();
    for (path, text) in all().into_iter().filter(|(path, _)| path.starts_with("src/domains/")) {
        let file = path.rsplit('/').next().unwrap();
        if file == "mod.rs" && !text.starts_with("//! ") {
            flaws.push(format!("{path}: what is it?"));
        }
        if file == "mod.rs" && path.matches('/').count() == 4 && text.contains("pub mod ") {
            flaws.push(format!("{path}: the files of a room are its own"));
        }
        if file == "status.rs" && text.matches("pub enum ").count() != text.matches("#[schema(as = ").count()
        {
            flaws.push(format!("{path}: name each enum for the document, with `#[schema(as = …)]`"));
        }
        if file == "handlers.rs" {
            handlers(&path, &text, &mut flaws);
        }
        if file == "queries.rs" {
            queries(&path, code(&text), &mut flaws);
        }
    }
    assert!(flaws.is_empty(), "{flaws:#?}");
}

/// They speak OAuth, whose errors are not ours, and are handed the house itself.
const OUTSIDE: &[&str] = &["issue_token", "read_authorization_server", "read_key_set"];

/// A draft lies on one desk alone, and what is removed is removed on one.
const ALONE: &[&str] = &[
    "src/domains/people/consents/queries.rs: open",
    "src/domains/journey/disclosures/queries.rs: delete_delivery",
    "src/domains/journey/referrals/clocks/queries.rs: remove_drafts",
];

/// `cx` comes first, so that who may is asked before what; and what changes asks for a version.
fn handlers(path: &str, text: &str, flaws: &mut Vec<String>) {
    let mut must = |holds: bool, what: String| {
        if !holds {
            flaws.push(format!("{path}: {what}"));
        }
    };
    // Only the room of accounts and memberships looks at who asks.
    let at_home = path.contains("/house/");
    for word in [".role", ".organisation"] {
        must(
            at_home || !text.contains(&format!("actor(){word}")),
            format!("it looks at `{word}` of who asks"),
        );
    }
    for handler in text.split("#[utoipa::path").skip(1) {
        let (before, rest) = handler.split_once("pub async fn ").unwrap();
        let (name, arguments) = rest.split_once('(').unwrap();
        let arguments = arguments.split("->").next().unwrap();
        let open = before.contains("x-public");
        let first = arguments.trim_start();
        let admitted = if open {
            first.contains("Visitor") || OUTSIDE.contains(&name) || arguments.trim().is_empty()
        } else {
            first.starts_with("cx: Cx<")
        };
        must(admitted, format!("{name} does not begin with who asks"));
        let route = before.rsplit("#[").next().unwrap();
        let exempt = open || before.contains("x-exempt") || before.contains("status = 201");
        if !route.starts_with("get(") && route.contains("{id}") && !exempt {
            must(arguments.contains("IfMatch"), format!("{name} changes without `IfMatch`"));
        }
        // utoipa sees `Query<Filter>` in the signature and then leaves it out, unless `params` names it too.
        for query in arguments.split("Query<").skip(1).filter_map(|rest| rest.split('>').next()) {
            let listed = before.split_once("params(").is_some_and(|(_, rest)| rest.contains(query));
            must(listed, format!("{name} reads `{query}` and does not say `params({query})`"));
        }
        let body = rest.split("\n}").next().unwrap();
        if before.contains("status = 201") && !before.contains("x-exempt") && !open {
            must(body.contains(".create("), format!("{name} creates without `cx.create`"));
        }
        must(open || !body.contains("format!("), format!("{name} builds a text"));
    }
}

/// The post locks both sides of a letter in one order: nobody locks one before.
const LETTERS: &[&str] = &[
    "referral",
    "offer",
    "consent",
    "disclosure",
    "delivery",
    "counterpart",
    "collaboration_agreement",
    "guidance_request",
    "unmet_need_report",
];

fn queries(path: &str, text: &str, flaws: &mut Vec<String>) {
    for function in text.split("\npub async fn ").flat_map(|part| part.split("\nasync fn ")).skip(1) {
        let name = function.split(['(', '<']).next().unwrap();
        let locks = [".for_update()", ".for_share()", ".for_no_key_update()", ".for_key_share()"];
        for letter in LETTERS {
            let mut capital = letter.to_string();
            capital[..1].make_ascii_uppercase();
            let says = |word: &str| {
                function
                    .split(|letter: char| !(letter.is_alphanumeric() || letter == '_' || letter == ':'))
                    .any(|token| token == word)
            };
            if locks.iter().any(|lock| function.contains(lock))
                && (says(&format!("{letter}::table")) || says(&format!("{capital}::query")))
                && !ALONE.contains(&format!("{path}: {name}").as_str())
            {
                flaws.push(format!("{path}: {name} locks a letter itself"));
            }
        }
        for (at, _) in function.match_indices("\n    for ").chain(function.match_indices("\n    while ")) {
            let loop_ = function[at..].split("\n    }").next().unwrap();
            // A clock's loop is over transactions.
            let clock = function.split_once('(').unwrap().1.trim_start().starts_with("pool: &Pool");
            if loop_.contains(".await") && !clock {
                flaws.push(format!("{path}: {name} asks the database in a loop"));
            }
        }
        let arguments = function.split_once('(').unwrap().1.trim_start();
        // What comes from the command line or a clock brings its own transactions.
        if !arguments.starts_with("db: &mut Db") && !arguments.starts_with("pool: &Pool") {
            flaws.push(format!("{path}: {name} does not begin with `db: &mut Db`"));
        }
    }
}

#[test]
fn files_are_short_and_finished() {
    let mut flaws = Vec::new();
    let mut tests = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests"), &mut tests);
    for (path, text) in all().into_iter().chain(tests) {
        let lines = text.lines().count();
        if lines > 800 && path != "src/schema.rs" {
            flaws.push(format!("{path} has {lines} lines"));
        }
        if path.ends_with("/architecture.rs") {
            continue;
        }
        for word in ["todo!", "dbg!", "unimplemented!", "TODO", "FIXME", "#[ignore"] {
            if text.contains(word) {
                flaws.push(format!("{path} says `{word}`"));
            }
        }
        for (number, line) in text.lines().enumerate() {
            let comment = line.trim_start().strip_prefix("// ");
            let dead = |text: &str| {
                text.ends_with(';')
                    || text.ends_with('{')
                    || text == "}"
                    || ["let ", "use ", "pub ", "fn ", "#["]
                        .iter()
                        .any(|start| text.starts_with(start) && text.contains(['=', ':', '(']))
            };
            if comment.is_some_and(|text| dead(text.trim())) {
                flaws.push(format!("{path}:{}: code that is commented out", number + 1));
            }
        }
    }
    assert!(flaws.is_empty(), "{flaws:#?}");
}
