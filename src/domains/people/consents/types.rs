use uuid::Uuid;

use crate::{
    db::{id, text_enum},
    domains::people::persons::PersonId,
};

id!(/// A consent.
    ConsentId);

text_enum! {
    /// What is disclosed.
    #[schema(as = DisclosureKind)]
    pub enum Kind { Referral = "referral", ContactForm = "contact_form" }
}

text_enum! {
    /// A kind of data: a top-level key of what is disclosed.
    #[schema(as = DataCategory)]
    pub enum Category {
        Name = "name",
        BirthDate = "birth_date",
        Contact = "contact",
        Address = "address",
        Language = "language",
        Services = "services",
        Relatives = "relatives",
        Need = "need",
        Wishes = "wishes",
        Network = "network",
        Volunteers = "volunteers",
        Coordinator = "coordinator",
        MunicipalContacts = "municipal_contacts",
        Activities = "activities",
        Meeting = "meeting",
        Signature = "signature",
    }
}

/// A consent that has become active.
#[derive(Debug)]
pub struct Given {
    /// Whose it is.
    pub organisation_id: Uuid,
    /// Who consented, or for whom it was.
    pub subject_id: PersonId,
    /// Who may be told.
    pub counterpart_organisation_id: Uuid,
    /// The consent.
    pub consent_id: ConsentId,
    /// What may be told.
    pub kinds: Vec<Kind>,
    /// Which data.
    pub categories: Vec<Category>,
}
