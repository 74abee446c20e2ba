use crate::db::{id, text_enum};

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
