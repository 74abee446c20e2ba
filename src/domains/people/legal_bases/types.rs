use chrono::{DateTime, Utc};
use diesel::{expression::SqlLiteral, prelude::*, sql_types::Timestamptz};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::status::{Action, Status};
use crate::{
    access::post::{Side, Stage},
    db::id,
    domains::people::{
        consents::{Category, ConsentId, Kind},
        persons::PersonId,
    },
    schema::legal_basis,
    web::{each_once, personal, resource},
};

id!(/// A legal basis.
    LegalBasisId);
resource!(LegalBasis at "/v1/legal-bases");
personal!(LegalBasis as "legal_basis" maybe of subject_id);

/// Why something may be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The person has agreed.
    Consent(ConsentId),
    /// The law lets it be told, as somebody has decided.
    Legal(LegalBasisId),
}

impl Basis {
    /// As it stands on what is told: one of two columns.
    pub const fn columns(self) -> (Option<ConsentId>, Option<LegalBasisId>) {
        match self {
            Self::Consent(id) => (Some(id), None),
            Self::Legal(id) => (None, Some(id)),
        }
    }
}

/// What a basis covers.
#[derive(Debug)]
pub struct Cover {
    /// The basis.
    pub basis: Basis,
    /// The kinds of data: words of `Category`.
    pub categories: Vec<String>,
    /// Whether what comes later may be told too, or only what there is to tell once.
    pub includes_updates: bool,
}

/// A basis that has become active.
#[derive(Debug)]
pub struct Given {
    /// Whose it is.
    pub organisation_id: Uuid,
    /// Whom it is about.
    pub subject_id: PersonId,
    /// Who may be told.
    pub counterpart_organisation_id: Uuid,
    /// The basis.
    pub basis: Basis,
    /// What may be told.
    pub kinds: Vec<Kind>,
    /// Which data.
    pub categories: Vec<Category>,
}

/// That something is to be told.
#[derive(Clone, Copy, Debug)]
pub struct Telling {
    /// By whom.
    pub organisation_id: Uuid,
    /// About whom.
    pub subject_id: PersonId,
    /// To whom.
    pub counterpart_organisation_id: Uuid,
    /// What.
    pub kind: Kind,
    /// By this legal basis and no other, if it says so.
    pub legal_basis_id: Option<LegalBasisId>,
}

/// That the law lets one organisation tell another without the person's consent, as somebody has decided. The person sees
/// it; the other organisation sees by which section, but not about whom or why.
#[derive(Debug, HasQuery, Serialize, ToSchema)]
#[diesel(table_name = legal_basis)]
pub struct LegalBasis {
    /// Its id.
    pub id: LegalBasisId,
    /// Whose copy this is.
    pub side: Side,
    /// The other side.
    pub counterpart_organisation_id: Uuid,
    /// The referral that it belongs to.
    pub referral_id: Option<Uuid>,
    /// The rule that it was decided by: its code,
    #[schema(example = "NO_FVL_DANGER")]
    pub rule: String,
    /// and its version, among the rules.
    pub rule_id: Uuid,
    /// The law, as it was cited then.
    pub statute: String,
    /// Where in it, as it was then.
    pub section: String,
    /// What for.
    pub purpose: String,
    /// What may be told.
    #[schema(max_items = 10)]
    pub kinds: Vec<Kind>,
    /// Which data.
    #[schema(max_items = 30)]
    pub categories: Vec<Category>,
    /// Whether what comes later may be told too.
    pub includes_updates: bool,
    /// From when it holds.
    #[diesel(select_expression = diesel::dsl::sql::<Timestamptz>("lower(legal_basis.valid)"), select_expression_type = SqlLiteral<Timestamptz>)]
    pub valid_from: DateTime<Utc>,
    /// Until when it holds.
    #[diesel(select_expression = diesel::dsl::sql::<Timestamptz>("upper(legal_basis.valid)"), select_expression_type = SqlLiteral<Timestamptz>)]
    pub expires_at: DateTime<Utc>,
    /// How far it has come.
    pub status: Status,
    /// What this side can do now.
    #[schema(max_items = 10)]
    #[diesel(select_expression = (legal_basis::side, legal_basis::status), deserialize_as = Stage<Status>)]
    pub allowed_actions: Vec<Action>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// Whom it is about. Only the side that discloses knows.
    pub subject_id: Option<PersonId>,
    /// Why it holds in this case. Only the side that discloses knows.
    pub reason: Option<String>,
    /// The membership of who decided.
    pub decided_by_id: Option<Uuid>,
    /// The role in which they did.
    pub decided_by_role: Option<String>,
    /// Why it ended.
    pub end_reason: Option<String>,
    /// How often it has changed, from 1.
    pub version: i64,
    /// When it was decided.
    pub created_at: DateTime<Utc>,
}

/// A decision that the law lets something be told. The caller decides, in a role that the rule names.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewLegalBasis {
    pub subject_id: PersonId,
    /// Who is to be told.
    pub counterpart_organisation_id: Uuid,
    pub referral_id: Option<Uuid>,
    /// The code of a rule that is in force in this organisation's country.
    #[validate(length(min = 1, max = 60))]
    #[schema(min_length = 1, max_length = 60, example = "NO_FVL_DANGER")]
    pub rule: String,
    /// What for.
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200, example = "prevent_danger")]
    pub purpose: String,
    /// Among those of the rule.
    #[validate(length(min = 1, max = 10), custom(function = "each_once"))]
    #[schema(value_type = HashSet<Kind>, min_items = 1, max_items = 10)]
    pub kinds: Vec<Kind>,
    /// Among those of the rule: what is needed, and no more.
    #[validate(length(min = 1, max = 30), custom(function = "each_once"))]
    #[schema(value_type = HashSet<Category>, min_items = 1, max_items = 30)]
    pub categories: Vec<Category>,
    /// Whether what comes later may be told too.
    pub includes_updates: bool,
    /// Why it holds in this case. The person reads it.
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000)]
    pub reason: String,
    /// Now, if it does not say.
    pub valid_from: Option<DateTime<Utc>>,
    pub expires_at: DateTime<Utc>,
}

/// What of a decision its side writes itself.
#[derive(Insertable)]
#[diesel(table_name = legal_basis, treat_none_as_default_value = false)]
pub struct Decision<'a> {
    pub counterpart_organisation_id: Uuid,
    pub referral_id: Option<Uuid>,
    pub rule: &'a str,
    pub rule_id: Uuid,
    pub statute: &'a str,
    pub section: &'a str,
    pub purpose: &'a str,
    pub kinds: &'a [Kind],
    pub categories: &'a [Category],
    pub includes_updates: bool,
    pub subject_id: PersonId,
    pub reason: &'a str,
}

/// Which legal bases to list.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct LegalBasisFilter {
    /// Only those about this person.
    pub subject_id: Option<PersonId>,
    /// Only those.
    pub status: Option<Status>,
    /// Only those that this organisation sent, or received.
    pub side: Option<Side>,
    /// Only those of this referral.
    pub referral_id: Option<Uuid>,
}

/// Why a legal basis no longer holds.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(as = LegalBasisEnd)]
pub struct Ending {
    /// The person reads it.
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000)]
    pub reason: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        access::{DecideLegalBases, Permission as _, Role},
        domains::house::organisations,
        identifiers::Country,
        rules::Rules,
    };

    #[test]
    fn each_rule_speaks_our_words_and_names_somebody_who_may_decide() {
        let today = "2026-11-22".parse().unwrap();
        let rules = Rules::shipped().unwrap();
        for country in Country::ALL.iter().copied() {
            let known: Vec<_> = rules.legal_bases(country, today).collect();
            assert!(known.len() > 1, "{country}");
            for rule in known {
                let roles: Vec<Role> = rule.decided_by.iter().map(|role| role.parse().unwrap()).collect();
                let may = roles.iter().all(|role| DecideLegalBases::ROLES.contains(role));
                assert!(may && !roles.is_empty(), "{}", rule.code);
                assert!(rule.kinds.iter().all(|kind| kind.parse::<Kind>().is_ok()), "{}", rule.code);
                let unknown = rule.categories.iter().find(|category| category.parse::<Category>().is_err());
                assert_eq!(unknown, None, "{}", rule.code);
                for kind in rule.senders.iter().chain(&rule.recipients) {
                    assert!(kind.parse::<organisations::Kind>().is_ok(), "{}: {kind}", rule.code);
                }
            }
        }
    }
}
