//! Consents, legal bases and disclosures as they stand when other rooms have done their part.

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{Api, world::Desk};

/// What is to leave, if nothing else is said.
pub struct Draft<'a> {
    pub subject: Uuid,
    pub counterpart: Uuid,
    pub kind: &'a str,
    pub consent: Option<Uuid>,
    pub legal_basis: Option<Uuid>,
    pub referral: Option<Uuid>,
    pub units: Vec<Uuid>,
    pub form: Option<Uuid>,
    pub payload: Value,
}

impl<'a> Draft<'a> {
    pub fn new(from: &Desk, to: &Desk, kind: &'a str, consent: Option<Uuid>) -> Self {
        let payload =
            json!({ "name": { "given_name": "Ada", "family_name": "Prøve" }, "contact": "41000000" });
        let (subject, counterpart) = (from.person, to.organisation);
        Self {
            subject,
            counterpart,
            kind,
            consent,
            legal_basis: None,
            referral: None,
            units: vec![to.unit],
            form: None,
            payload,
        }
    }

    /// The same under a basis of either kind: `consent` or `legal_basis`.
    pub fn under(from: &Desk, to: &Desk, kind: &'a str, (basis, id): (&str, Uuid)) -> Self {
        let consent = (basis == "consent").then_some(id);
        let legal_basis = (basis == "legal_basis").then_some(id);
        Self { legal_basis, ..Self::new(from, to, kind, consent) }
    }
}

/// For a year from yesterday.
pub const VALID: &str = "[now() - interval '1 day', now() + interval '1 year')";

impl Api {
    /// An active consent to tell name and contact of the person of `from`, known to both sides.
    pub async fn active_consent(&self, from: &Desk, to: &Desk) -> Uuid {
        self.consent(from.organisation, from.person, to.organisation, VALID).await
    }

    /// A basis of either kind, `consent` or `legal_basis`, that covers the same.
    pub async fn basis(&self, basis: &str, (from, subject, to): (Uuid, Uuid, Uuid), valid: &str) -> Uuid {
        if basis == "consent" {
            return self.consent(from, subject, to, valid).await;
        }
        let id = Uuid::now_v7();
        let (from_time, to_time) = valid[1..valid.len() - 1].split_once(", ").unwrap();
        let common = "rule, rule_id, statute, section, purpose, kinds, categories, includes_updates, valid";
        let values = format!(
            "'X', gen_random_uuid(), 'an act', '§ 1', 'network', '{{contact_form,referral}}', '{{name,contact}}', true, tstzrange({from_time}, {to_time})"
        );
        self.sql(&format!(
            "insert into legal_basis (organisation_id, id, counterpart_organisation_id, {common}, subject_id, reason, decided_by_id, decided_by_role)
                select '{from}', '{id}', '{to}', {values}, '{subject}', 'A danger.', id, role from membership
                where (organisation_id, role) = ('{from}', 'team_leader');
             insert into legal_basis (organisation_id, id, side, counterpart_organisation_id, {common})
                values ('{to}', '{id}', 'received', '{from}', {values})"
        ))
        .await;
        id
    }

    pub async fn consent(&self, from: Uuid, subject: Uuid, to: Uuid, valid: &str) -> Uuid {
        self.consent_to((from, subject), to, valid, ("contact_form,referral", "name,contact")).await
    }

    /// To tell news of this kind about the person of `from`; their data category has the same name.
    pub async fn consent_to_news(&self, from: &Desk, to: &Desk, kind: &str) -> Uuid {
        self.consent_to((from.organisation, from.person), to.organisation, VALID, (kind, kind)).await
    }

    /// To tell what is named, of these kinds of data.
    pub async fn consent_to(
        &self,
        (from, subject): (Uuid, Uuid),
        to: Uuid,
        valid: &str,
        (kinds, categories): (&str, &str),
    ) -> Uuid {
        let id = Uuid::now_v7();
        let (from_time, to_time) = valid[1..valid.len() - 1].split_once(", ").unwrap();
        let common =
            format!("'network', '{{{kinds}}}', '{{{categories}}}', true, tstzrange({from_time}, {to_time})");
        self.sql(&format!(
            "insert into consent (organisation_id, id, side, counterpart_organisation_id, purpose, kinds, categories, includes_updates, valid, subject_id)
                values ('{from}', '{id}', 'sent', '{to}', {common}, '{subject}');
             update consent set status = 'presented' where id = '{id}';
             update consent set status = 'active' where id = '{id}';
             insert into consent (organisation_id, id, side, counterpart_organisation_id, purpose, kinds, categories, includes_updates, valid, status)
                values ('{to}', '{id}', 'received', '{from}', {common}, 'active')"
        ))
        .await;
        id
    }

    pub async fn lay_out(&self, from: Uuid, it: &Draft<'_>) -> Uuid {
        let id = Uuid::now_v7();
        let sha256 = format!("{:x}", Sha256::digest(it.payload.to_string()));
        let or_null = |id: Option<Uuid>| id.map_or("null".into(), |id| format!("'{id}'"));
        let units: Vec<_> = it.units.iter().map(|unit| format!("'{unit}'")).collect();
        self.sql(&format!(
            "insert into disclosure (organisation_id, id, counterpart_organisation_id, kind, subject_id, consent_id, legal_basis_id,
                                     referral_id, unit_ids, number, payload, payload_sha256, contact_form_id)
             values ('{from}', '{id}', '{}', '{}', '{}', {}, {}, {}, array[{}]::uuid[], 1, '{}', '{sha256}', {})",
            it.counterpart,
            it.kind,
            it.subject,
            or_null(it.consent),
            or_null(it.legal_basis),
            or_null(it.referral),
            units.join(", "),
            it.payload,
            or_null(it.form),
        ))
        .await;
        id
    }

    /// One that waits to leave under a new consent: consent and disclosure.
    pub async fn queued(&self, from: &Desk, to: &Desk, kind: &str) -> (Uuid, Uuid) {
        let consent = self.active_consent(from, to).await;
        let disclosure = self.lay_out(from.organisation, &Draft::new(from, to, kind, Some(consent))).await;
        (consent, disclosure)
    }

    /// One that has left: the id of the disclosure and of the delivery.
    pub async fn delivered(&self, from: &Desk, to: &Desk, kind: &str) -> Uuid {
        let (_, id) = self.queued(from, to, kind).await;
        samspill::jobs::run_once(&self.house.pool).await.unwrap();
        id
    }

    /// What the two rows say: the sender's first.
    pub async fn both_sides(&self, id: Uuid) -> Vec<String> {
        self.lines(&format!(
            "select status as line from disclosure where id = '{id}' union all select status from delivery where id = '{id}'"
        ))
        .await
    }
}
