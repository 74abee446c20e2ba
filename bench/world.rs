//! Organisations, a coordinator in each, and referrals between neighbours: two rows each, as everywhere.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::DateTime;
use diesel_async::SimpleAsyncConnection as _;
use samspill::{
    access::{Actor, Key, Role, Tokens},
    db,
};
use uuid::Uuid;

use crate::Failure;

const SEED: [u8; 32] = [7; 32];

/// How much there is of everything.
#[derive(Clone, Copy, Debug)]
pub struct World {
    pub referrals: u64,
    pub organisations: u64,
}

/// Of what an id is. The number follows in decimal digits, so that `pgbench` can make them up too.
#[derive(Clone, Copy, Debug)]
pub enum Of {
    Organisation,
    Account,
    Membership,
    Person,
    Referral,
}

impl Of {
    pub const ALL: [Self; 5] =
        [Self::Organisation, Self::Account, Self::Membership, Self::Person, Self::Referral];

    pub fn prefix(self) -> String {
        format!("01900000-0000-7000-80{:02}-", self as u8)
    }

    pub fn id(self, number: u64) -> Uuid {
        format!("{}{number:012}", self.prefix()).parse().unwrap_or_default()
    }

    /// The same in SQL.
    pub fn sql(self, number: &str) -> String {
        format!("('{}' || lpad(({number})::text, 12, '0'))::uuid", self.prefix())
    }
}

/// The signing key of the server, as its setting has it.
pub fn seed() -> String {
    STANDARD.encode(SEED)
}

/// Makes tokens that the server takes.
pub fn signer(address: &str) -> Result<Tokens, Failure> {
    let id = Uuid::new_v5(&Uuid::NAMESPACE_OID, &SEED);
    let key = Key::from_seed(id, &SEED, DateTime::UNIX_EPOCH)?;
    Ok(Tokens::new(&format!("http://{address}"), vec![key]))
}

impl World {
    /// Letters that each organisation has sent. It has received as many.
    pub fn sent_each(self) -> u64 {
        self.referrals / self.organisations / 2
    }

    pub fn coordinator(self, organisation: u64) -> Actor {
        Actor {
            account: Of::Account.id(organisation),
            organisation: Of::Organisation.id(organisation),
            membership: Of::Membership.id(organisation),
            role: Role::Coordinator,
            session: None,
            scope: None,
        }
    }

    /// Makes it all, unless it is there.
    pub async fn settle(self, owner: &str) -> Result<(), Failure> {
        let mut db = db::connect(owner).await?;
        let (organisations, letters) = (self.organisations, self.sent_each() * self.organisations);
        let [organisation, account, membership] =
            [Of::Organisation, Of::Account, Of::Membership].map(|of| of.sql("n"));
        let other = Of::Organisation.sql(&format!("(n + 1) % {organisations}"));
        let [sender, recipient] =
            ["n", "n + 1"].map(|number| Of::Organisation.sql(&format!("({number}) % {organisations}")));
        let (person, referral, last) =
            (Of::Person.sql("n"), Of::Referral.sql("n"), Of::Referral.id(letters - 1));
        db.batch_execute(&format!(
            "do $world$ begin
             if exists (select from referral where id = '{last}') then return; end if;
             set local session_replication_role = replica;
             insert into organisation (id, country, kind, number, name, valid_from)
                 select {organisation}, 'NO', 'volunteer_centre', lpad(n::text, 9, '0'), 'Sentral ' || n, '2020-01-01' from generate_series(0, {organisations} - 1) as n;
             insert into organisation_setting (organisation_id, keeps_identity_numbers) select {organisation}, false from generate_series(0, {organisations} - 1) as n;
             insert into account (id, name) select {account}, 'Koordinator ' || n from generate_series(0, {organisations} - 1) as n;
             insert into membership (organisation_id, id, account_id, name, role)
                 select {organisation}, {membership}, {account}, 'Koordinator ' || n, 'coordinator' from generate_series(0, {organisations} - 1) as n;
             insert into counterpart (organisation_id, id, side, counterpart_organisation_id, status)
                 select {organisation}, {membership}, 'sent', {other}, 'approved' from generate_series(0, {organisations} - 1) as n;
             insert into person (organisation_id, id, given_name, family_name, birth_on)
                 select {sender}, {person}, 'Ada', 'Prøve ' || n, '1941-02-03' from generate_series(0, {letters} - 1) as n;
             insert into referral (organisation_id, id, side, counterpart_organisation_id, service, kind, source_channel, status, submitted_at, person_id, need)
                 select {sender}, {referral}, 'sent', {recipient}, 'visiting_friend', 'establish', 'municipality',
                     (array['submitted', 'in_clarification', 'accepted', 'in_delivery', 'completed', 'completed', 'completed', 'declined', 'withdrawn', 'ended_early'])[n / {organisations} % 10 + 1],
                     now(), {person}, 'Selskap på turer, gjerne i skogen' from generate_series(0, {letters} - 1) as n;
             insert into referral (organisation_id, id, side, counterpart_organisation_id, service, kind, source_channel, status, submitted_at)
                 select counterpart_organisation_id, id, 'received', organisation_id, service, kind, source_channel, status, submitted_at from referral;
             end $world$"
        ))
        .await?;
        db.batch_execute("vacuum analyze").await?;
        Ok(())
    }
}
