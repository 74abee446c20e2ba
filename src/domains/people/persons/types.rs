use crate::db::id;

id!(/// A person.
    PersonId);
