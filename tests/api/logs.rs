use samspill::{
    access::{Actor, Role},
    jobs,
};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::{
    disclosures, gate,
    networks::{self, active, command, join},
    support::{Answer, Api, world::World},
};

/// Adds this room's rows to a world.
pub async fn furnish(api: &Api, world: &mut World) {
    let network = json!({ "id": world.rows["networks"] });
    let by = world.centre.token(Role::Coordinator);
    let new = json!({ "kind": "practical", "person_id": world.centre.person });
    let entry = write(api, by, &network, new).await.expect(201);
    let review = json!({ "network_id": network["id"], "from_on": "2026-06-01", "to_on": "2026-06-30",
                         "done_on": "2026-07-01", "comment": "Lest sammen." });
    let review = api.post("/log-reviews", &review).by(by).await.expect(201);
    world.keep("log-entries", &entry);
    world.keep("log-reviews", &review);
}

/// Writes an entry: a visit that stays here, unless it says otherwise.
pub async fn write(api: &Api, by: &str, network: &Value, how: Value) -> Answer {
    let mut new = json!({ "network_id": network["id"], "kind": "visit", "occurred_at": "2026-01-10T10:00:00Z",
                          "text": "Gikk en tur til elva.", "sensitive": false, "share_with_municipality": "no" });
    new.as_object_mut().unwrap().extend(how.as_object().unwrap().clone());
    api.post("/log-entries", &new).by(by).await
}

/// Another volunteer of the network, prepared and logged in.
pub async fn second_volunteer(api: &Api, world: &World, network: &Value) -> String {
    let by = world.centre.token(Role::Coordinator);
    let volunteer =
        api.post("/volunteers", &json!({ "name": "Vidar" })).by(by).await.expect(201)["id"].clone();
    networks::prepare(api, world, &volunteer, &networks::BOTH, true).await;
    join(api, world, network, &volunteer, false).await.expect(201);
    let (account, membership, organisation) = (Uuid::now_v7(), Uuid::now_v7(), world.centre.organisation);
    api.sql(&format!(
        "insert into account (id, kind, name) values ('{account}', 'person', 'Vidar');
         insert into membership (organisation_id, id, account_id, name, role, volunteer_id)
            values ('{organisation}', '{membership}', '{account}', 'Vidar', 'volunteer', '{}')",
        volunteer.as_str().unwrap()
    ))
    .await;
    let role = Role::Volunteer;
    let actor = Actor { account, organisation, membership, role, session: None, scope: None };
    api.house.tokens.issue(&actor).unwrap()
}

fn path(entry: &Value) -> String {
    format!("/log-entries/{}", entry["id"].as_str().unwrap())
}

/// The texts that somebody sees.
async fn texts(api: &Api, by: &str, query: &str) -> Vec<Value> {
    let found = api.get(&format!("/log-entries?{query}")).by(by).await.expect(200);
    found["items"].as_array().unwrap().iter().map(|it| it["text"].clone()).collect()
}

#[actix_web::test]
async fn b24_a_volunteer_reads_their_own_and_what_is_practical() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (network, ..) = active(&api, &world).await;
    let one = world.centre.token(Role::Volunteer).to_owned();
    let other = second_volunteer(&api, &world, &network).await;
    let coordinator = world.centre.token(Role::Coordinator);
    let mut written = Vec::new();
    for kind in ["concern", "visit", "change", "practical"] {
        let how = json!({ "kind": kind, "text": kind });
        written.push(write(&api, &other, &network, how).await.expect(201));
    }
    let concern = &written[0];
    assert_eq!((&concern["author_role"], &concern["status"]), (&json!("volunteer"), &json!("final")));
    write(&api, &one, &network, json!({ "text": "own" })).await.expect(201);
    write(&api, coordinator, &network, json!({ "text": "desk" })).await.expect(201);
    api.get(&path(concern)).by(&one).await.problem(404, "not_found");
    api.get(&path(&written[3])).by(&one).await.expect(200);
    api.get(&path(concern)).by(&other).await.expect(200);
    assert_eq!(texts(&api, &one, "").await, ["practical", "own"]);
    assert_eq!(texts(&api, &other, "").await, ["concern", "visit", "change", "practical"]);
    let all = ["concern", "visit", "change", "practical", "own", "desk"];
    assert_eq!(texts(&api, coordinator, "").await, all);
    assert_eq!(texts(&api, coordinator, "kind=concern").await, ["concern"]);
    let of = format!("network_id={}", network["id"].as_str().unwrap());
    assert_eq!(texts(&api, world.centre.token(Role::TeamLeader), &of).await, all);
    // Whoever leaves the network sees nothing of its log, not even what they wrote.
    let why = json!({ "reason": "moved" });
    command(&api, &world, ("networks", &network, "dissolve"), &why).await.expect(200);
    assert_eq!(texts(&api, &one, "").await, [Value::Null; 0]);
    api.get(&path(concern)).by(&other).await.problem(404, "not_found");
    write(&api, &one, &network, json!({})).await.problem(422, "log_entry_unknown_network");
    write(&api, coordinator, &network, json!({})).await.problem(409, "illegal_move");
}

#[actix_web::test]
async fn b24_the_person_reads_what_is_written_of_them_and_final() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (network, ..) = active(&api, &world).await;
    let (volunteer, person) = (world.centre.token(Role::Volunteer), world.centre.token(Role::Participant));
    let of_them = json!(world.centre.person);
    let concern = json!({ "kind": "concern", "text": "Ada spiser lite.", "person_id": of_them });
    let concern = write(&api, volunteer, &network, concern).await.expect(201);
    let draft = json!({ "text": "Ikke ferdig.", "person_id": of_them, "draft": true });
    write(&api, volunteer, &network, draft).await.expect(201);
    write(&api, volunteer, &network, json!({ "text": "Om oss alle." })).await.expect(201);
    assert_eq!(texts(&api, person, "").await, ["Ada spiser lite."]);
    assert_eq!(api.get(&path(&concern)).by(person).await.expect(200)["text"], concern["text"]);
    let of = world.municipality.token(Role::Participant);
    assert_eq!(texts(&api, of, "").await, [Value::Null; 0]);
    write(&api, person, &network, json!({})).await.problem(403, "forbidden");
}

#[actix_web::test]
async fn b24_what_is_final_is_corrected_and_both_are_kept() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (network, ..) = active(&api, &world).await;
    let (by, coordinator) = (world.centre.token(Role::Volunteer), world.centre.token(Role::Coordinator));
    let draft = write(&api, by, &network, json!({ "draft": true, "text": "Utkast" })).await.expect(201);
    assert_eq!(draft["allowed_actions"], json!(["update", "finish", "delete"]));
    // A draft is its author's alone.
    api.get(&path(&draft)).by(coordinator).await.problem(404, "not_found");
    let changed = json!({ "text": "Gikk tur", "sensitive": true });
    let draft = api.patch(&path(&draft), &changed).by(by).version(&draft).await.expect(200);
    let future = json!({ "occurred_at": "2031-01-01T00:00:00Z" });
    let refused = api.patch(&path(&draft), &future).by(by).version(&draft).await;
    refused.problem(422, "occurred_in_the_future");
    write(&api, by, &network, future).await.problem(422, "occurred_in_the_future");
    let finish = format!("{}/finish", path(&draft));
    let entry = api.post(&finish, &json!({})).by(by).version(&draft).await.expect(200);
    assert_eq!((&entry["status"], &entry["text"]), (&json!("final"), &json!("Gikk tur")));
    assert_eq!(entry["allowed_actions"], json!(["correct"]));
    for by in [by, coordinator] {
        let edited = api.patch(&path(&entry), &changed).by(by).version(&entry).await;
        edited.problem(409, "log_entry_is_final");
        api.post(&finish, &json!({})).by(by).version(&entry).await.problem(409, "log_entry_is_final");
        api.delete(&path(&entry)).by(by).version(&entry).await.problem(409, "log_entry_is_final");
    }
    // Nor by a statement that goes round the server.
    let mut db = api.owner().await;
    let seat = world.centre.seat("samspill_app", Role::Coordinator);
    for statement in ["update log_entry set text = 'x'", "delete from log_entry"] {
        assert_eq!(gate::refusal(&mut db, &seat, statement).await, "log_entry_is_final");
    }
    let corrects = json!({ "correction_of_id": entry["id"], "text": "Gikk ikke tur" });
    let correction = write(&api, by, &network, corrects.clone()).await.expect(201);
    assert_eq!(correction["correction_of_id"], entry["id"]);
    let original = api.get(&path(&entry)).by(coordinator).await.expect(200);
    assert_eq!((&original["text"], &original["status"]), (&json!("Gikk tur"), &json!("corrected")));
    assert_eq!(texts(&api, coordinator, "").await, ["Gikk tur", "Gikk ikke tur"]);
    write(&api, by, &network, corrects.clone()).await.problem(409, "log_entry_already_corrected");
    // Of others' entries a volunteer corrects none, of another network nobody.
    let theirs = write(&api, coordinator, &network, json!({ "kind": "practical" })).await.expect(201);
    let corrects = json!({ "correction_of_id": theirs["id"] });
    write(&api, by, &network, corrects.clone()).await.problem(422, "log_entry_unknown_entry");
    let (another, ..) = networks::form(&api, &world).await;
    write(&api, coordinator, &another, corrects).await.problem(422, "log_entry_unknown_entry");
    // What is never finished can go.
    let draft = write(&api, by, &network, json!({ "draft": true })).await.expect(201);
    api.delete(&path(&draft)).by(by).version(&draft).await.expect(204);
}

#[actix_web::test]
async fn b24_unread_entries_are_shown_to_the_coordinator() {
    let api = Api::start().await;
    let world = api.desks().await;
    let clock = |moment: &str| api.house.pool.set_clock(Some(moment.parse().unwrap()));
    clock("2026-06-01T10:00:00Z");
    let (network, ..) = active(&api, &world).await;
    let coordinator = world.centre.token(Role::Coordinator);
    write(&api, world.centre.token(Role::Volunteer), &network, json!({ "text": "early" })).await.expect(201);
    write(&api, coordinator, &network, json!({ "text": "one's own" })).await.expect(201);
    clock("2026-06-10T10:00:00Z");
    write(&api, world.centre.token(Role::Volunteer), &network, json!({ "text": "late" })).await.expect(201);
    clock("2026-06-15T09:59:59Z");
    assert_eq!(texts(&api, coordinator, "unread=true").await, [Value::Null; 0]);
    clock("2026-06-15T10:00:00Z");
    assert_eq!(texts(&api, coordinator, "unread=true").await, ["early"]);
    clock("2026-06-30T10:00:00Z");
    assert_eq!(texts(&api, coordinator, "unread=true").await, ["early", "late"]);
    let review = async |from: &str, to: &str, on: &str| {
        let new = json!({ "network_id": network["id"], "from_on": from, "to_on": to, "done_on": on });
        api.post("/log-reviews", &new).by(coordinator).await
    };
    review("2026-06-02", "2026-06-01", "2026-06-30").await.problem(422, "log_review_ends_before_it_starts");
    review("2026-06-01", "2026-06-01", "2026-07-01").await.problem(422, "occurred_in_the_future");
    review("2026-06-01", "2026-07-01", "2026-06-30").await.problem(422, "occurred_in_the_future");
    let done = review("2026-05-31", "2026-06-01", "2026-06-30").await.expect(201);
    assert_eq!(done["coordinator_id"], json!(world.centre.actor(Role::Coordinator).membership));
    assert_eq!(texts(&api, coordinator, "unread=true").await, ["late"]);
    let of = format!("/log-reviews?network_id={}", network["id"].as_str().unwrap());
    assert_eq!(api.get(&of).by(coordinator).await.expect(200)["items"], json!([done]));
    let at = format!("/log-reviews/{}", done["id"].as_str().unwrap());
    assert_eq!(api.get(&at).by(coordinator).await.expect(200), done);
    let unknown = json!({ "network_id": Uuid::now_v7(), "from_on": "2026-06-01", "to_on": "2026-06-01", "done_on": "2026-06-01" });
    let unknown = api.post("/log-reviews", &unknown).by(coordinator).await;
    unknown.problem(422, "log_review_unknown_network");
    // Whoever gives themselves more time than anything has had has nothing unread.
    let longer = json!({ "kind": "deadline", "code": "LOG_READING", "valid_from": "2020-01-01", "source": "Styret",
                         "length": 1000, "unit": "working_days" });
    api.post("/organisation-rules", &longer).by(world.centre.token(Role::Admin)).await.expect(201);
    write(&api, world.centre.token(Role::Volunteer), &network, json!({ "text": "later" })).await.expect(201);
    clock("2026-08-01T10:00:00Z");
    assert_eq!(texts(&api, coordinator, "unread=true").await, [Value::Null; 0]);
}

/// What the municipality was sent of the log, newest last.
async fn delivered(api: &Api, world: &World) -> Vec<Value> {
    jobs::run_once(&api.house.pool).await.unwrap();
    let by = world.municipality.token(Role::Caseworker);
    let all = api.get("/deliveries?kind=log_entry").by(by).await.expect(200);
    all["items"].as_array().unwrap().clone()
}

#[actix_web::test]
async fn b13_what_is_shared_of_a_log_the_municipality_archives() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (network, ..) = active(&api, &world).await;
    let (by, person) = (world.centre.token(Role::Coordinator), world.centre.person);
    let auto = json!({ "share_with_municipality": "auto", "person_id": person, "sensitive": true });
    let entry = write(&api, world.centre.token(Role::Volunteer), &network, auto.clone()).await.expect(201);
    // Without consent nothing leaves, and the municipality is not told that there is something.
    assert_eq!(delivered(&api, &world).await, [Value::Null; 0]);
    let share = async |entry: &Value| {
        let entry = api.get(&path(entry)).by(by).await.expect(200);
        api.post(&format!("{}/share", path(&entry)), &json!({})).by(by).version(&entry).await
    };
    share(&entry).await.problem(422, "consent_required");
    api.consent_to_news(&world.centre, &world.municipality, "log_entry").await;
    share(&entry).await.expect(200);
    let [first] = delivered(&api, &world).await.try_into().unwrap();
    share(&entry).await.problem(409, "log_entry_already_shared");
    let kept = write(&api, by, &network, json!({ "person_id": person })).await.expect(201);
    share(&kept).await.problem(409, "log_entry_is_not_shared");
    let mut asked = auto.clone();
    asked["share_with_municipality"] = json!("on_consent");
    let asked = write(&api, by, &network, asked).await.expect(201);
    assert_eq!(delivered(&api, &world).await.len(), 1);
    share(&asked).await.expect(200);
    write(&api, by, &network, auto.clone()).await.expect(201);
    assert_eq!(delivered(&api, &world).await.len(), 3);
    // A correction goes where the entry went.
    let mut corrects = json!({ "correction_of_id": entry["id"], "text": "Gikk ikke tur" });
    for other in [
        json!({}),
        json!({ "person_id": person }),
        json!({ "share_with_municipality": "on_consent", "person_id": person }),
    ] {
        let mut corrects = corrects.clone();
        corrects.as_object_mut().unwrap().extend(other.as_object().unwrap().clone());
        write(&api, by, &network, corrects).await.problem(422, "log_entry_corrected_otherwise");
    }
    corrects.as_object_mut().unwrap().extend(auto.as_object().unwrap().clone());
    // Nor does a draft go elsewhere that was changed before it was finished.
    let mut draft = corrects.clone();
    draft["draft"] = json!(true);
    let draft = write(&api, by, &network, draft).await.expect(201);
    let kept = json!({ "share_with_municipality": "no" });
    let draft = api.patch(&path(&draft), &kept).by(by).version(&draft).await.expect(200);
    let finish = api.post(&format!("{}/finish", path(&draft)), &json!({})).by(by).version(&draft).await;
    finish.problem(422, "log_entry_corrected_otherwise");
    api.delete(&path(&draft)).by(by).version(&draft).await.expect(204);
    write(&api, by, &network, corrects).await.expect(201);
    assert_eq!(delivered(&api, &world).await.len(), 4);
    // Also what was only shared because somebody asked, and of somebody who has left.
    api.sql("update network_participant set left_on = joined_on").await;
    let corrects = json!({ "correction_of_id": asked["id"], "share_with_municipality": "on_consent", "person_id": person });
    write(&api, by, &network, corrects).await.expect(201);
    assert_eq!(delivered(&api, &world).await.len(), 5);
    api.sql("update network_participant set left_on = null").await;
    let of = format!("/disclosures?source_id={}", entry["id"].as_str().unwrap());
    assert_eq!(api.get(&of).by(by).await.expect(200)["items"].as_array().unwrap().len(), 1);

    let archivist = world.municipality.token(Role::Caseworker);
    let at = format!("/deliveries/{}", first["id"].as_str().unwrap());
    let told = api.get(&at).by(archivist).await.expect(200);
    assert_eq!(told["payload"].as_object().unwrap().keys().collect::<Vec<_>>(), ["log_entry"]);
    assert_eq!(told["payload"]["log_entry"]["text"], entry["text"]);
    disclosures::command(&api, archivist, &format!("{at}/acknowledge"), &json!({})).await.expect(200);
    let archive = json!({ "archive_system": "ePhorte", "archive_id": "2026/77-3" });
    let row = disclosures::command(&api, archivist, &format!("{at}/archive"), &archive).await.expect(200);
    api.delete(&at).by(archivist).version(&row).await.problem(409, "archive_duty");
    let package = api.get(&format!("{at}/archive-package")).by(archivist).await.expect(200);
    let sum = format!("{:x}", Sha256::digest(package["content"].as_str().unwrap()));
    assert_eq!((&package["kind"], &package["checksum"]["value"]), (&json!("log_entry"), &json!(sum)));

    // Whom it is about is asked for before it can be told.
    let mut nobody = auto;
    nobody["person_id"] = Value::Null;
    write(&api, by, &network, nobody).await.problem(422, "log_entry_without_person");
    let stranger = json!({ "person_id": Uuid::now_v7() });
    write(&api, by, &network, stranger).await.problem(422, "log_entry_unknown_person");
}

#[actix_web::test]
async fn x9_journal_deliveries_and_audit_are_three_things() {
    let api = Api::start().await;
    let world = api.desks().await;
    let (network, ..) = active(&api, &world).await;
    let by = world.centre.token(Role::Coordinator);
    api.consent_to_news(&world.centre, &world.municipality, "log_entry").await;
    let count = async || {
        let counts = "select (select count(*) from log_entry) || ' ' || (select count(*) from disclosure) || ' '
                          || (select count(*) from audit where verb = 'read' and table_name = 'log_entry') as line";
        api.lines(counts).await.pop().unwrap()
    };
    let how = json!({ "share_with_municipality": "on_consent", "person_id": world.centre.person, "text": "Kanarifuglen" });
    let entry = write(&api, by, &network, how).await.expect(201);
    assert_eq!(count().await, "1 0 0");
    api.get(&path(&entry)).by(by).await.expect(200);
    assert_eq!(count().await, "1 0 1");
    let shared = api.post(&format!("{}/share", path(&entry)), &json!({})).by(by).version(&entry).await;
    // Of what became of it elsewhere the journal says nothing.
    assert_eq!(shared.expect(200), entry);
    assert_eq!(count().await, "1 1 1");
    // Who looks after the one does not see the others, and what was written stands in one of them alone.
    let officer = world.centre.token(Role::DataProtectionOfficer);
    api.get(&path(&entry)).by(officer).await.problem(403, "forbidden");
    api.get("/disclosures").by(officer).await.problem(403, "forbidden");
    api.get("/audit-entries").by(by).await.problem(403, "forbidden");
    api.get("/audit-entries?table_name=log_entry").by(officer).await.expect(200);
    let told = "select to_jsonb(it)::text as line from audit as it where to_jsonb(it)::text like '%Kanarifuglen%'
                union all select to_jsonb(it)::text from event as it where to_jsonb(it)::text like '%Kanarifuglen%'";
    assert_eq!(api.lines(told).await, [""; 0]);
}
