use samspill::{
    access::{Actor, Role},
    domains::house::organisations::{Kind, NewOrganisation, OrganisationId, create},
    identifiers::Country,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    contact_forms, networks,
    support::{Answer, Api, lines, world::World},
};

/// Adds this room's rows to a world.
pub async fn furnish(api: &Api, world: &mut World) {
    let by = world.municipality.token(Role::Admin).to_owned();
    let organisation = world.municipality.organisation;
    world.keep_id("organisations", organisation);
    let point = json!({ "unit_id": world.municipality.unit, "name": "Kari Kontakt", "role": "nurse",
                        "membership_id": world.municipality.actor(Role::UnitContact).membership });
    let point = api.post("/contact-points", &point).by(&by).await.expect(201);
    world.keep("contact-points", &point);
}

fn new(country: Country, kind: Kind, number: &str, name: &str) -> NewOrganisation {
    let (number, name) = (number.into(), name.into());
    NewOrganisation { country, kind, number, name, municipality_code: None, parent_id: None }
}

async fn made(api: &Api, new: NewOrganisation) -> OrganisationId {
    create(&api.house.pool, &new).await.unwrap()
}

#[actix_web::test]
async fn x1_a_swedish_team_with_five_authorities_needs_no_invented_municipality() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.municipality.token(Role::Caseworker);
    let stockholm = Some("0180".to_owned());
    let kommun = new(Country::Se, Kind::Municipality, "212000-0142", "Stockholms stad");
    let kommun = made(&api, NewOrganisation { municipality_code: stockholm.clone(), ..kommun }).await;
    let board = new(Country::Se, Kind::Oversight, "212000-0142", "Överförmyndarnämnden");
    let board = NewOrganisation { municipality_code: stockholm, parent_id: Some(kommun), ..board };
    let team = [
        kommun,
        made(&api, board).await,
        made(&api, new(Country::Se, Kind::StateAuthority, "202100-0225", "Kriminalvården")).await,
        made(&api, new(Country::Se, Kind::RegionBody, "232100-0016", "Patientnämnden i Region Stockholm"))
            .await,
        made(&api, new(Country::Se, Kind::StateAuthority, "202100-2742", "Stockholms tingsrätt")).await,
    ];
    let mut found = Vec::new();
    for id in team {
        found.push(api.get(&format!("/organisations/{}", Uuid::from(id))).by(by).await.expect(200));
    }
    let municipalities = found.iter().filter(|it| it["kind"] == "municipality").count();
    let without = found.iter().filter(|it| it["municipality_code"].is_null()).count();
    assert_eq!((municipalities, without), (1, 3));
    assert_eq!(found[1]["parent_id"], json!(Uuid::from(kommun)));
    let swedish = api.get("/organisations?country=SE").by(by).await.expect(200);
    assert_eq!(swedish["items"], json!(found));
    let local = api.get("/organisations?country=SE&municipality_code=0180&kind=oversight").by(by).await;
    assert_eq!(local.expect(200)["items"], json!([found[1]]));
}

#[actix_web::test]
async fn numbers_and_codes_of_an_organisation_are_checked() {
    let api = Api::start().await;
    let code =
        async |new: NewOrganisation| create(&api.house.pool, &new).await.unwrap_err().code().to_owned();
    let wrong = new(Country::No, Kind::Provider, "974761077", "Feil");
    assert_eq!(code(wrong).await, "organisation_number_is_wrong");
    let no_code = new(Country::Se, Kind::Municipality, "212000-0142", "Stockholms stad");
    assert_eq!(code(no_code).await, "municipality_code_is_not_in_force");
    let ended = new(Country::Se, Kind::Municipality, "212000-0142", "Stockholms stad");
    let ended = NewOrganisation { municipality_code: Some("9999".into()), ..ended };
    assert_eq!(code(ended).await, "municipality_code_is_not_in_force");
    let court = || new(Country::Se, Kind::StateAuthority, "202100-2742", "Stockholms tingsrätt");
    made(&api, court()).await;
    assert_eq!(code(court()).await, "organisation_already_exists");
}

#[actix_web::test]
async fn danish_voluntary_services_keep_no_identity_numbers_by_themselves() {
    let api = Api::start().await;
    for (kind, keeps) in [(Kind::VolunteerCentre, "false"), (Kind::StateAuthority, "true")] {
        // CVR of the City of Copenhagen; the check is of the number alone.
        let id = made(&api, new(Country::Dk, kind, "64942212", "Frivilligcenter")).await;
        let kept = format!(
            "select keeps_identity_numbers::text as line from organisation_setting where organisation_id = '{}'",
            Uuid::from(id)
        );
        assert_eq!(api.lines(&kept).await, [keeps]);
    }
}

#[actix_web::test]
async fn units_are_public_and_changed_by_their_own() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.municipality.token(Role::Admin);
    let unit = json!({ "name": "Tildelingskontoret", "function": "allocation_office" });
    let made = api.post("/units", &unit).by(by).await.expect(201);
    api.post("/units", &unit).by(by).await.problem(409, "unit_already_exists");
    let path = format!("/units/{}", made["id"].as_str().unwrap());
    assert_eq!(api.get(&path).by(by).await.expect(200), made);
    let patch = json!({ "name": "Bestillerkontoret", "valid_to": "2099-01-01" });
    let changed = api.patch(&path, &patch).by(by).version(&made).await.expect(200);
    let past = json!({ "valid_to": "2001-01-01" });
    api.patch(&path, &past).by(by).version(&changed).await.problem(422, "unit_ends_before_it_starts");

    let theirs = world.centre.token(Role::Coordinator);
    api.get(&path).by(theirs).await.problem(404, "not_found");
    let own = api.get("/units").by(theirs).await.expect(200);
    assert_eq!(own["items"].as_array().unwrap().len(), 1);
    let of = format!("/units?organisation_id={}", world.municipality.organisation);
    let seen = api.get(&of).by(theirs).await.expect(200);
    assert_eq!(seen["items"][1], changed);
    let admin = world.centre.token(Role::Admin);
    api.patch(&path, &patch).by(admin).version(&changed).await.problem(404, "not_found");
}

/// The given names of the persons that exist for an actor.
async fn persons_of(api: &Api, actor: &Actor) -> Vec<String> {
    let mut db = api.owner().await;
    let Actor { account, organisation, membership, role, .. } = actor;
    let enter = format!(
        "begin; select app.enter('{account}', '{organisation}', '{membership}', '{role}', '{account}', '')"
    );
    diesel_async::SimpleAsyncConnection::batch_execute(&mut db, &enter).await.unwrap();
    lines(&mut db, "select given_name as line from person order by given_name").await
}

#[actix_web::test]
async fn whoever_stands_in_for_a_contact_point_sees_what_it_sees() {
    let api = Api::start().await;
    let world = api.desks().await;
    let desk = &world.municipality;
    let by = desk.token(Role::Admin);
    let contact = desk.actor(Role::UnitContact);
    let other = json!({ "name": "Demensteamet", "function": "dementia" });
    let other = api.post("/units", &other).by(by).await.expect(201);
    api.sql(&format!(
        "insert into person (organisation_id, given_name, family_name, unit_id) values
            ('{0}', 'Here', 'Prøve', '{1}'), ('{0}', 'There', 'Prøve', '{2}')",
        desk.organisation,
        desk.unit,
        other["id"].as_str().unwrap()
    ))
    .await;
    assert_eq!(persons_of(&api, contact).await, ["Here"]);

    let mine =
        json!({ "unit_id": desk.unit, "membership_id": contact.membership, "name": "Kari", "role": "nurse" });
    let mine = api.post("/contact-points", &mine).by(by).await.expect(201);
    let covered = json!({ "unit_id": other["id"], "name": "Ola", "role": "nurse", "hours": "8 to 15" });
    let covered = api.post("/contact-points", &covered).by(by).await.expect(201);
    assert_eq!(persons_of(&api, contact).await, ["Here"]);
    let path = format!("/contact-points/{}", covered["id"].as_str().unwrap());
    let patch = json!({ "substitute_id": mine["id"] });
    let covered = api.patch(&path, &patch).by(by).version(&covered).await.expect(200);
    assert_eq!(persons_of(&api, contact).await, ["Here", "There"]);
    let seen = api.get(&path).by(desk.token(Role::UnitContact)).await.expect(200);
    assert_eq!((&seen["id"], &seen["substitute_id"]), (&covered["id"], &mine["id"]));
    // Who may see it may not end it.
    assert_eq!((&covered["allowed_actions"], &seen["allowed_actions"]), (&json!(["end"]), &json!([])));

    let end = json!({ "valid_to": covered["valid_from"] });
    let early = api.post(&format!("{path}/end"), &end).by(by).version(&covered).await;
    early.problem(422, "contact_point_ends_before_it_starts");
    let begun = covered["valid_from"].as_str().unwrap().parse::<chrono::NaiveDate>().unwrap();
    let tomorrow = begun.succ_opt().unwrap();
    let end = json!({ "valid_to": tomorrow });
    api.post(&format!("{path}/end"), &end).by(by).version(&covered).await.expect(200);
    assert_eq!(persons_of(&api, contact).await, ["Here", "There"]);
    api.sql("update contact_point set valid_from = valid_from - 9, valid_to = valid_to - 1 where valid_to is not null").await;
    assert_eq!(persons_of(&api, contact).await, ["Here"]);
    let of = format!("/contact-points?unit_id={}", desk.unit);
    assert_eq!(api.get(&of).by(by).await.expect(200)["items"], json!([mine]));
}

#[actix_web::test]
async fn a_contact_point_is_bound_to_its_own_organisation() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.municipality.token(Role::Admin);
    let foreign = json!({ "unit_id": world.centre.unit, "name": "Ola", "role": "nurse" });
    api.post("/contact-points", &foreign).by(by).await.problem(422, "contact_point_unknown_unit");
    let foreign = json!({ "unit_id": world.municipality.unit, "name": "Ola", "role": "nurse",
                          "membership_id": world.centre.actor(Role::Admin).membership });
    api.post("/contact-points", &foreign).by(by).await.problem(422, "contact_point_unknown_membership");
}

/// A contact point of this unit, with what else is said of it.
async fn point(api: &Api, world: &World, unit: &Value, more: Value) -> Value {
    let mut new = json!({ "unit_id": unit, "name": "Kari Kontakt", "role": "nurse" });
    new.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    api.post("/contact-points", &new).by(world.municipality.token(Role::Admin)).await.expect(201)
}

/// Ends a contact point tomorrow.
async fn end(api: &Api, world: &World, point: &Value) -> Answer {
    let begun: chrono::NaiveDate = point["valid_from"].as_str().unwrap().parse().unwrap();
    let path = format!("/contact-points/{}/end", point["id"].as_str().unwrap());
    let tomorrow = json!({ "valid_to": begun.succ_opt().unwrap() });
    api.post(&path, &tomorrow).by(world.municipality.token(Role::Admin)).version(point).await
}

#[actix_web::test]
async fn b16_a_units_last_contact_point_stays_while_active_networks_name_the_unit() {
    let api = Api::start().await;
    let world = api.desks().await;
    let unit = json!(world.municipality.unit);
    let (network, ..) = networks::active(&api, &world).await;
    let form = contact_forms::open(&api, &world, &network).await;
    contact_forms::consent(&api, &world, &contact_forms::ALL, true).await;
    let activate = ("contact-forms", &form, "activate");
    networks::command(&api, &world, activate, &json!({})).await.expect(200);
    // What has not arrived does not count: nobody is told that it exists.
    let early = point(&api, &world, &unit, json!({})).await;
    end(&api, &world, &early).await.expect(200);

    contact_forms::deliver(&api).await;
    let one = point(&api, &world, &unit, json!({})).await;
    let head = point(&api, &world, &unit, json!({ "is_head": true })).await;
    end(&api, &world, &one).await.problem(409, "unit_needs_contact_point");
    let two = point(&api, &world, &unit, json!({})).await;
    end(&api, &world, &one).await.expect(200);
    end(&api, &world, &two).await.problem(409, "unit_needs_contact_point");
    end(&api, &world, &head).await.expect(200);
    let paused = json!({ "reason": "absence" });
    networks::command(&api, &world, ("networks", &network, "pause"), &paused).await.expect(200);
    end(&api, &world, &two).await.problem(409, "unit_needs_contact_point");
    // One that is to end, too, is nobody to reach from then on; and the unit itself does not end.
    let three = point(&api, &world, &unit, json!({})).await;
    end(&api, &world, &three).await.expect(200);
    end(&api, &world, &two).await.problem(409, "unit_needs_contact_point");
    let by = world.municipality.token(Role::Admin);
    let path = format!("/units/{}", world.municipality.unit);
    let seen = api.get(&path).by(by).await.expect(200);
    let over = json!({ "valid_to": "2199-01-01" });
    api.patch(&path, &over).by(by).version(&seen).await.problem(409, "unit_needs_contact_point");
    let gone = json!({ "reason": "moved" });
    networks::command(&api, &world, ("networks", &network, "dissolve"), &gone).await.expect(200);
    end(&api, &world, &two).await.expect(200);
    api.patch(&path, &over).by(by).version(&seen).await.expect(200);
}

#[actix_web::test]
async fn b16_whom_to_reach_is_the_contact_point_then_the_substitute_then_the_head() {
    let api = Api::start().await;
    let world = api.desks().await;
    let by = world.municipality.token(Role::Admin);
    let other = json!({ "name": "Demensteamet", "function": "dementia" });
    let other = api.post("/units", &other).by(by).await.expect(201);
    let unit = json!(world.municipality.unit);
    let reached = async |on: String| {
        let path = format!("/units/{}/contact{on}", world.municipality.unit);
        let found = api.get(&path).by(world.municipality.token(Role::UnitContact)).await.expect(200);
        (found["via"].clone(), found["contact_point"]["id"].clone())
    };
    assert_eq!(reached(String::new()).await, (json!(null), json!(null)));
    let head = point(&api, &world, &unit, json!({ "is_head": true })).await;
    assert_eq!(reached(String::new()).await, (json!("unit_head"), head["id"].clone()));
    let substitute = point(&api, &world, &other["id"], json!({})).await;
    let contact = point(&api, &world, &unit, json!({ "substitute_id": substitute["id"] })).await;
    assert_eq!(reached(String::new()).await, (json!("contact_point"), contact["id"].clone()));
    // Whoever has left is not to be reached, whoever asks.
    let membership = world.municipality.actor(Role::Caseworker).membership;
    let of = contact["id"].as_str().unwrap();
    api.sql(&format!("update contact_point set membership_id = '{membership}' where id = '{of}'")).await;
    assert_eq!(reached(String::new()).await, (json!("contact_point"), contact["id"].clone()));
    api.sql(&format!("update membership set ended_at = now() where id = '{membership}'")).await;
    assert_eq!(reached(String::new()).await, (json!("substitute"), substitute["id"].clone()));
    api.sql(&format!("update contact_point set membership_id = null where id = '{of}'")).await;
    let contact = api.get(&format!("/contact-points/{of}")).by(by).await.expect(200);
    let today: chrono::NaiveDate = contact["valid_from"].as_str().unwrap().parse().unwrap();
    let tomorrow = format!("?on={}", today.succ_opt().unwrap());
    end(&api, &world, &contact).await.expect(200);
    assert_eq!(reached(String::new()).await, (json!("contact_point"), contact["id"].clone()));
    assert_eq!(reached(tomorrow.clone()).await, (json!("substitute"), substitute["id"].clone()));
    end(&api, &world, &substitute).await.expect(200);
    assert_eq!(reached(tomorrow).await, (json!("unit_head"), head["id"].clone()));
    assert_eq!(reached(format!("?on={}", today.pred_opt().unwrap())).await, (json!(null), json!(null)));
}

async fn step(api: &Api, by: &str, row: &Value, command: &str) -> Answer {
    let path = format!("/counterparts/{}", row["id"].as_str().unwrap());
    let seen = api.get(&path).by(by).await.expect(200);
    api.post(&format!("{path}/{command}"), &json!({})).by(by).version(&seen).await
}

#[actix_web::test]
async fn a_counterpart_is_asked_approved_and_ended() {
    let api = Api::start().await;
    let world = api.desks().await;
    let third = api.desk("municipality", "Iveland kommune").await;
    let (asks, asked) = (third.token(Role::Admin), world.centre.token(Role::Admin));
    let new = json!({ "counterpart_organisation_id": world.centre.organisation, "note": "ours alone" });
    let sent = api.post("/counterparts", &new).by(asks).await.expect(201);
    assert_eq!((&sent["status"], &sent["allowed_actions"]), (&json!("requested"), &json!(["end"])));
    api.post("/counterparts", &new).by(asks).await.problem(409, "counterpart_already_requested");
    let list = api.get("/counterparts?status=requested").by(asked).await.expect(200);
    let received = &list["items"][0];
    assert_eq!((&received["id"], &received["side"]), (&sent["id"], &json!("received")));
    assert_eq!(received["counterpart_organisation_id"], json!(third.organisation));
    assert_eq!(received["allowed_actions"], json!(["approve", "refuse"]));
    assert!(received["note"].is_null());
    let refused = step(&api, asks, &sent, "approve").await.problem(409, "illegal_move");
    assert_eq!(refused["allowed_actions"], json!(["end"]));

    let approved = step(&api, asked, &sent, "approve").await.expect(200);
    assert_eq!((&approved["status"], &approved["allowed_actions"]), (&json!("approved"), &json!(["end"])));
    let ended = step(&api, asks, &sent, "end").await.expect(200);
    assert_eq!((&ended["status"], &ended["allowed_actions"]), (&json!("ended"), &json!([])));
    step(&api, asked, &sent, "end").await.problem(409, "illegal_move");

    let again = api.post("/counterparts", &new).by(asks).await.expect(201);
    assert_eq!(step(&api, asked, &again, "refuse").await.expect(200)["status"], "refused");
    let oneself = json!({ "counterpart_organisation_id": third.organisation });
    api.post("/counterparts", &oneself).by(asks).await.problem(422, "counterpart_to_oneself");
    let nobody = json!({ "counterpart_organisation_id": Uuid::now_v7() });
    api.post("/counterparts", &nobody).by(asks).await.problem(422, "counterpart_unknown_organisation");
    let path = format!("/counterparts/{}", again["id"].as_str().unwrap());
    api.get(&path).by(world.municipality.token(Role::Admin)).await.problem(404, "not_found");
}
