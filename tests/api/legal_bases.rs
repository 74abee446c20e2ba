//! What the law lets an organisation tell without consent: who decides so, what follows, and what ends it.

use chrono::{TimeDelta, Utc};
use samspill::{
    access::Role,
    jobs::{self, Report},
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    disclosures,
    networks::command,
    referrals::pushed,
    support::{
        Answer, Api,
        crossing::Draft,
        world::{Desk, World},
    },
    walk::{consent, deliver, form, revise, stand, withdraw, work},
};

/// Adds this room's rows to a world.
pub async fn furnish(api: &Api, world: &mut World) {
    let made =
        decide(api, &world.centre, Role::TeamLeader, &to_tell(&world.centre, &world.municipality)).await;
    world.keep("legal-bases", &made.expect(201));
}

/// That the centre may tell the municipality of its person, who is in danger and cannot be asked.
fn to_tell(from: &Desk, to: &Desk) -> Value {
    json!({ "subject_id": from.person, "counterpart_organisation_id": to.organisation, "rule": "GDPR_VITAL_INTERESTS",
            "purpose": "prevent_danger", "kinds": ["contact_form"], "categories": ["name", "contact"],
            "includes_updates": true, "reason": "Was found confused.", "expires_at": Utc::now() + TimeDelta::days(7) })
}

/// That the municipality may refer its person to the centre.
fn to_refer(world: &World) -> Value {
    let mut new = to_tell(&world.municipality, &world.centre);
    (new["rule"], new["kinds"]) = (json!("NO_FVL_DANGER"), json!(["referral"]));
    new["categories"] = json!(["name", "need"]);
    new
}

async fn decide(api: &Api, desk: &Desk, role: Role, new: &Value) -> Answer {
    api.post("/legal-bases", new).by(desk.token(role)).await
}

fn at(basis: &Value) -> String {
    format!("/legal-bases/{}", basis["id"].as_str().unwrap())
}

async fn end(api: &Api, desk: &Desk, role: Role, basis: &Value) -> Answer {
    let seen = api.get(&at(basis)).by(desk.token(role)).await.expect(200);
    let why = json!({ "reason": "The danger is over." });
    api.post(&format!("{}/end", at(basis)), &why).by(desk.token(role)).version(&seen).await
}

/// Something that waits under a legal basis of the centre.
async fn queue(api: &Api, world: &World, basis: &Value) -> Uuid {
    let id = basis["id"].as_str().unwrap().parse().unwrap();
    let draft = Draft::under(&world.centre, &world.municipality, "contact_form", ("legal_basis", id));
    api.lay_out(world.centre.organisation, &draft).await
}

async fn stands(api: &Api, id: Uuid) -> Vec<String> {
    let line =
        format!("select concat_ws(' ', status, blocked_reason) as line from disclosure where id = '{id}'");
    api.lines(&line).await
}

#[actix_web::test]
async fn x4_a_legal_basis_names_its_section_and_who_decided() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (centre, municipality) = (&world.centre, &world.municipality);
    let made = decide(&api, centre, Role::TeamLeader, &to_tell(centre, municipality)).await.expect(201);
    for (field, value) in [
        ("status", json!("active")),
        ("statute", json!("GDPR")),
        ("section", json!("art. 6 (1) (d) and art. 9 (2) (c)")),
        ("decided_by_id", json!(centre.actor(Role::TeamLeader).membership)),
        ("decided_by_role", json!("team_leader")),
        ("reason", json!("Was found confused.")),
        ("allowed_actions", json!(["end"])),
    ] {
        assert_eq!(made[field], value, "{field}");
    }
    // The other side knows by what law, but not of whom, why and who says so.
    let copy = api.get(&at(&made)).by(municipality.token(Role::Caseworker)).await.expect(200);
    assert_eq!((&copy["section"], &copy["side"]), (&made["section"], &json!("received")));
    for private in ["subject_id", "reason", "decided_by_id", "decided_by_role"] {
        assert_eq!(copy[private], json!(null), "{private}");
    }
    assert_eq!(copy["allowed_actions"], json!([]));
    end(&api, municipality, Role::TeamLeader, &made).await.problem(409, "illegal_move");
    let told = api.get("/tasks?kind=tell_person_of_legal_basis").by(centre.token(Role::TeamLeader));
    assert_eq!(told.await.expect(200)["items"][0]["subject_id"], made["id"]);
    let of = format!("/legal-bases?status=active&side=sent&subject_id={}", centre.person);
    let listed = api.get(&of).by(centre.token(Role::TeamLeader)).await.expect(200);
    assert_eq!(listed["items"], json!([made]));
}

#[actix_web::test]
async fn x4_the_rule_says_in_which_role_one_decides_and_what() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (centre, municipality) = (&world.centre, &world.municipality);
    let good = to_tell(centre, municipality);
    let with = |field: &str, value: Value| {
        let mut new = good.clone();
        new[field] = value;
        new
    };
    for role in [Role::Integration, Role::Participant, Role::Admin, Role::UnitContact] {
        decide(&api, centre, role, &good).await.problem(403, "forbidden");
    }
    let other_role = decide(&api, centre, Role::Caseworker, &good).await;
    other_role.problem(422, "legal_basis_decided_by_another_role");
    let of_another = with("subject_id", json!(municipality.person));
    for (new, code) in [
        (with("rule", json!("NO_SUCH_RULE")), "legal_basis_unknown_rule"),
        (with("rule", json!("SE_OSL_NECESSARY")), "legal_basis_unknown_rule"),
        (with("rule", json!("NO_FVL_DANGER")), "legal_basis_does_not_cover"),
        (with("categories", json!(["name", "wishes"])), "legal_basis_does_not_cover"),
        (with("expires_at", json!("2026-01-01T00:00:00Z")), "legal_basis_ends_before_it_starts"),
        (of_another, "legal_basis_unknown_person"),
    ] {
        decide(&api, centre, Role::TeamLeader, &new).await.problem(422, code);
    }
    let mut only_referrals = to_tell(municipality, centre);
    only_referrals["rule"] = json!("NO_FVL_PURPOSE");
    let refused = decide(&api, municipality, Role::Caseworker, &only_referrals).await;
    refused.problem(422, "legal_basis_decided_by_another_role");
    let refused = decide(&api, municipality, Role::TeamLeader, &only_referrals).await;
    refused.problem(422, "legal_basis_does_not_cover");
    assert_eq!(api.lines("select id::text as line from legal_basis").await, [""; 0]);
    let kept = "select distinct after ->> 'code' as line from audit where verb = 'refused' and after ->> 'code' like 'legal%'";
    assert_eq!(api.lines(kept).await.len(), 5, "who was kept from telling is written down");
}

#[actix_web::test]
async fn x4_what_was_blocked_is_laid_out_anew_under_a_legal_basis() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (centre, municipality) = (&world.centre, &world.municipality);
    let (form, given) = form(&api, &world).await;
    withdraw(&api, centre, Role::Coordinator, &given).await.expect(200);
    command(&api, &world, ("contact-forms", &form, "activate"), &json!({})).await.expect(200);
    revise(&api, &world, &form, "Kino").await.expect(201);
    work(&api).await;
    assert_eq!(stand(&api, &world, &form).await, ["1 blocked no_consent", "2 blocked no_consent"]);

    let basis = decide(&api, centre, Role::TeamLeader, &to_tell(centre, municipality)).await.expect(201);
    let of_it = format!("/disclosures?legal_basis_id={}", basis["id"].as_str().unwrap());
    let laid = api.get(&of_it).by(centre.token(Role::Participant)).await.expect(200)["items"].clone();
    assert_eq!((laid.as_array().unwrap().len(), &laid[0]["number"]), (1, &json!(2)));
    assert_eq!(laid[0]["consent_id"], json!(null));
    assert_eq!(laid[0]["legal_basis"], json!("GDPR art. 6 (1) (d) and art. 9 (2) (c)"));
    deliver(&api, &world).await;
    let path = format!("/deliveries/{}", laid[0]["id"].as_str().unwrap());
    let told = api.get(&path).by(municipality.token(Role::Caseworker)).await.expect(200);
    assert_eq!((&told["legal_basis_id"], &told["legal_basis"]), (&basis["id"], &laid[0]["legal_basis"]));
    let mut categories: Vec<_> = told["payload"].as_object().unwrap().keys().collect();
    categories.sort();
    assert_eq!(categories, ["contact", "name"]);
    let package = api.get(&format!("{path}/archive-package")).by(municipality.token(Role::Caseworker));
    assert_eq!(package.await.expect(200)["legal_basis"], laid[0]["legal_basis"]);

    revise(&api, &world, &form, "Kafé").await.expect(201);
    deliver(&api, &world).await;
    revise(&api, &world, &form, "Bingo").await.expect(201);
    end(&api, centre, Role::Coordinator, &basis).await.expect(200);
    revise(&api, &world, &form, "Tur").await.expect(201);
    work(&api).await;
    let now = stand(&api, &world, &form).await;
    assert_eq!(now[2..], ["2 received", "3 received", "4 blocked no_legal_basis", "5 blocked no_consent"]);
    consent(&api, &world).await;
    deliver(&api, &world).await;
    let now = stand(&api, &world, &form).await;
    assert!(now[4..6].iter().all(|line| line.contains("recalled")), "{now:?}");
    assert_eq!(now[6..], ["5 received"]);
}

#[actix_web::test]
async fn x4_a_withdrawal_is_not_undone_by_an_earlier_legal_basis() {
    let api = Api::start().await;
    let world = api.desks().await;
    let centre = &world.centre;
    let (form, given) = form(&api, &world).await;
    let new = to_tell(centre, &world.municipality);
    decide(&api, centre, Role::TeamLeader, &new).await.expect(201);
    command(&api, &world, ("contact-forms", &form, "activate"), &json!({})).await.expect(200);
    let under_consent = format!("/disclosures?consent_id={}", given["id"].as_str().unwrap());
    let laid = api.get(&under_consent).by(centre.token(Role::Coordinator)).await.expect(200);
    assert_eq!(
        laid["items"][0]["legal_basis_id"],
        json!(null),
        "who has agreed is not told of behind their back"
    );
    withdraw(&api, centre, Role::Participant, &given).await.expect(200);
    revise(&api, &world, &form, "Kino").await.expect(201);
    work(&api).await;
    assert_eq!(stand(&api, &world, &form).await, ["1 blocked no_consent", "2 blocked no_consent"]);
    // Whoever knows of the no may decide all the same.
    decide(&api, centre, Role::TeamLeader, &new).await.expect(201);
    deliver(&api, &world).await;
    assert_eq!(stand(&api, &world, &form).await[2..], ["2 received"]);
}

#[actix_web::test]
async fn what_may_be_told_once_is_told_once() {
    let api = Api::start().await;
    let world = api.desks().await;
    let centre = &world.centre;
    let (network, ..) = crate::networks::active(&api, &world).await;
    let form = crate::contact_forms::open(&api, &world, &network).await;
    let mut once = to_tell(centre, &world.municipality);
    once["includes_updates"] = json!(false);
    decide(&api, centre, Role::Coordinator, &once).await.expect(201);
    command(&api, &world, ("contact-forms", &form, "activate"), &json!({})).await.expect(200);
    revise(&api, &world, &form, "Kino").await.expect(201);
    deliver(&api, &world).await;
    assert_eq!(stand(&api, &world, &form).await, ["1 received", "2 blocked no_consent"]);
}

#[actix_web::test]
async fn x4_the_end_blocks_what_waits_and_keeps_what_was_sent() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (centre, municipality) = (&world.centre, &world.municipality);
    let basis = decide(&api, centre, Role::TeamLeader, &to_tell(centre, municipality)).await.expect(201);
    let sent = queue(&api, &world, &basis).await;
    work(&api).await;
    let waits = queue(&api, &world, &basis).await;
    end(&api, centre, Role::Participant, &basis).await.problem(403, "forbidden");
    end(&api, centre, Role::Integration, &basis).await.problem(403, "forbidden");
    let ended = end(&api, centre, Role::TeamLeader, &basis).await.expect(200);
    assert_eq!((&ended["status"], &ended["allowed_actions"]), (&json!("ended"), &json!([])));
    assert_eq!(ended["end_reason"], json!("The danger is over."));
    let there = api.get(&at(&basis)).by(municipality.token(Role::Caseworker)).await.expect(200);
    assert_eq!((&there["status"], &there["end_reason"]), (&json!("ended"), &json!(null)));
    assert_eq!(stands(&api, waits).await, ["blocked no_legal_basis"]);
    assert_eq!(api.both_sides(sent).await, ["sent", "sent"]);
    end(&api, centre, Role::TeamLeader, &basis).await.problem(409, "illegal_move");
    let late = queue(&api, &world, &basis).await;
    work(&api).await;
    assert_eq!(stands(&api, late).await, ["blocked legal_basis_not_active"]);
}

#[actix_web::test]
async fn the_clock_lets_a_legal_basis_expire_on_both_sides_once() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (centre, municipality) = (&world.centre, &world.municipality);
    let basis = decide(&api, centre, Role::TeamLeader, &to_tell(centre, municipality)).await.expect(201);
    let pool = &api.house.pool;
    assert_eq!(jobs::run_once(pool).await.unwrap().expired, 0);
    let waits = queue(&api, &world, &basis).await;
    pool.set_clock(Some(Utc::now() + TimeDelta::days(8)));
    let report = jobs::run_once(pool).await.unwrap();
    // The notice of a task that nobody was told of in all that time goes too: nobody can be sent mail here.
    assert_eq!(report, Report { expired: 1, purged: 1, ..Report::default() });
    assert_eq!(jobs::run_once(pool).await.unwrap().expired, 0);
    pool.set_clock(None);
    for desk in [centre, municipality] {
        let seen = api.get(&at(&basis)).by(desk.token(Role::Coordinator)).await.expect(200);
        assert_eq!(seen["status"], json!("expired"));
    }
    assert_eq!(stands(&api, waits).await, ["blocked no_legal_basis"]);
}

#[actix_web::test]
async fn x8_what_is_protected_needs_the_second_approval_under_a_legal_basis_too() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (centre, municipality) = (&world.centre, &world.municipality);
    api.sql(&format!("update person set protection = 'fortrolig' where id = '{}'", centre.person)).await;
    let basis = decide(&api, centre, Role::TeamLeader, &to_tell(centre, municipality)).await.expect(201);
    let id = queue(&api, &world, &basis).await;
    work(&api).await;
    assert_eq!(stands(&api, id).await, ["blocked protected_needs_approval"]);
    let approve = format!("/disclosures/{id}/approve");
    disclosures::command(&api, centre.token(Role::Coordinator), &approve, &json!({})).await.expect(200);
    work(&api).await;
    assert_eq!(api.both_sides(id).await, ["sent", "sent"]);
}

#[actix_web::test]
async fn the_person_sees_what_was_decided_about_them_and_no_other() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (centre, municipality) = (&world.centre, &world.municipality);
    let person = api.post("/persons", &json!({ "given_name": "Bo", "family_name": "Prøve" }));
    let person = person.by(centre.token(Role::Coordinator)).await.expect(201);
    let about_them = decide(&api, centre, Role::TeamLeader, &to_tell(centre, municipality)).await.expect(201);
    let mut new = to_tell(centre, municipality);
    new["subject_id"] = person["id"].clone();
    let about_another = decide(&api, centre, Role::TeamLeader, &new).await.expect(201);
    let by = centre.token(Role::Participant);
    let seen = api.get("/legal-bases").by(by).await.expect(200);
    assert_eq!(seen["items"].as_array().unwrap().len(), 1);
    for told in ["id", "statute", "section", "reason", "decided_by_role", "categories"] {
        assert_eq!(seen["items"][0][told], about_them[told], "{told}");
    }
    api.get(&at(&about_another)).by(by).await.problem(404, "not_found");
    let theirs = municipality.token(Role::Participant);
    api.get(&at(&about_them)).by(theirs).await.problem(404, "not_found");
}

#[actix_web::test]
async fn b5_a_referral_is_submitted_under_a_legal_basis() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.municipality.token(Role::Caseworker);
    let draft = json!({ "service": "visiting_friend", "kind": "establish", "source_channel": "municipality",
                        "person_id": world.municipality.person, "need": "Selskap", "wishes": "Skogen",
                        "counterpart_organisation_id": world.centre.organisation });
    let draft = api.post("/referrals", &draft).by(by).await.expect(201);
    let path = format!("/referrals/{}", draft["id"].as_str().unwrap());
    let submit = || api.post(&format!("{path}/submit"), &json!({})).by(by).version(&draft);
    submit().await.problem(422, "consent_required");
    let mut new = to_refer(&world);
    new["referral_id"] = draft["id"].clone();
    let basis = decide(&api, &world.municipality, Role::Caseworker, &new).await.expect(201);
    let there = world.centre.token(Role::Coordinator);
    api.get(&at(&basis)).by(there).await.problem(404, "not_found");

    let preview = api.get(&format!("{path}/submission-preview")).by(by).await.expect(200);
    assert_eq!((&preview["legal_basis_id"], &preview["consent_id"]), (&basis["id"], &json!(null)));
    let payload = json!({ "name": { "given_name": "Ada", "family_name": "Prøve" }, "need": "Selskap" });
    assert_eq!(preview["payload"], payload);
    let submitted = submit().await.expect(200);
    assert_eq!((&submitted["legal_basis_id"], &submitted["consent_id"]), (&basis["id"], &json!(null)));
    api.get(&at(&basis)).by(there).await.expect(200);
    work(&api).await;
    let told = api.get("/deliveries?status=sent").by(there).await.expect(200)["items"][0].clone();
    assert_eq!(told["legal_basis"], json!("forvaltningsloven 1967 § 13 b første ledd nr. 7"));
    let told = api.get(&format!("/deliveries/{}", told["id"].as_str().unwrap())).by(there).await.expect(200);
    assert_eq!(told["payload"], payload);
}

#[actix_web::test]
async fn b5_a_system_pushes_under_a_legal_basis_and_never_decides_on_one() {
    let api = Api::start().await;
    let world = api.desks().await;
    let municipality = &world.municipality;
    let by = municipality.token(Role::Integration);
    let decided = decide(&api, municipality, Role::Integration, &to_refer(&world)).await;
    decided.problem(403, "forbidden");
    let basis = decide(&api, municipality, Role::Caseworker, &to_refer(&world)).await.expect(201);
    let mut push = pushed(&world);
    push["legal_basis_id"] = basis["id"].clone();
    api.post("/referrals/push", &push).by(by).await.problem(422, "two_bases");
    push.as_object_mut().unwrap().remove("consent");
    // It is about somebody, and not about whoever the system says.
    api.post("/referrals/push", &push).by(by).await.problem(422, "consent_required");
    push.as_object_mut().unwrap().remove("person");
    push["person_id"] = json!(municipality.person);
    let referral = api.post("/referrals/push", &push).by(by).await.expect(201);
    assert_eq!((&referral["legal_basis_id"], &referral["consent_id"]), (&basis["id"], &json!(null)));
    work(&api).await;
    let told = api.lines("select (payload - 'need' ->> 'name') as line from delivery").await;
    assert_eq!(told.len(), 1);

    end(&api, municipality, Role::TeamLeader, &basis).await.expect(200);
    (push["external_id"], push["service"]) = (json!("H-2"), json!("cafe_group"));
    api.post("/referrals/push", &push).by(by).await.problem(422, "consent_required");
    // What comes later of the first one has nothing to leave under either.
    let at = format!("/referrals/{}", referral["id"].as_str().unwrap());
    let seen = api.get(&at).by(by).await.expect(200);
    api.patch(&at, &json!({ "need": "Noe annet" })).by(by).version(&seen).await.expect(200);
    assert_eq!(api.lines("select status as line from disclosure").await, ["sent"]);
}
