//! Dated rules of calendars, deadlines and sections of law. Code knows the kinds of rule; every number, day and section of law
//! is a row, with the time it holds, its source and how sure we are of it. The rows are written in files, kept in a table,
//! each version for ever, and held in memory by whoever asks them.

mod calendar;
mod deadline;
mod files;
mod identity_numbers;
mod person;
mod requirement;
mod rule;

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use uuid::Uuid;

use crate::{day, identifiers::Country};

pub use calendar::{Calendar, DayOff, MonthDay, Recurrence, easter_sunday};
pub use deadline::{Counting, DeadlineRule, Due, Step, Taken, Unit};
pub use files::{Files, Found};
pub use identity_numbers::WithoutIdentityNumbers;
pub use person::{AgeRule, Hidden, LegalBasisRule, LegalReference, ProtectionRule};
use requirement::{QuotaRule, RequirementRule};
pub use rule::{Confidence, Kind, Label, Place, Row, Rule};

/// For how many days back it is asked what began then.
const LONGEST: usize = 1000;

/// Every rule of every country, and what organisations have added for themselves.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    no: Book,
    dk: Book,
    se: Book,
    own: HashMap<Uuid, Own>,
}

/// What an organisation has added, and where it is.
#[derive(Clone, Debug)]
struct Own {
    country: Country,
    municipality_code: Option<String>,
    book: Book,
}

/// The rules of one country or organisation, by kind.
#[derive(Clone, Debug, Default)]
struct Book {
    days_off: Vec<Rule<DayOff>>,
    deadlines: Vec<Rule<DeadlineRule>>,
    protections: Vec<Rule<ProtectionRule>>,
    ages: Vec<Rule<AgeRule>>,
    references: Vec<Rule<LegalReference>>,
    legal_bases: Vec<Rule<LegalBasisRule>>,
    without_identity_numbers: Vec<Rule<WithoutIdentityNumbers>>,
}

impl Book {
    fn add(&mut self, row: Row) -> Result<(), String> {
        if let Some(flaw) = row.misplaced() {
            return Err(flaw.into());
        }
        match row.kind {
            Kind::Age => self.ages.push(row.understood()?),
            Kind::DayOff => self.days_off.push(row.understood()?),
            Kind::Deadline => self.deadlines.push(row.understood()?),
            Kind::LegalBasis => self.legal_bases.push(row.understood()?),
            Kind::Protection => self.protections.push(row.understood()?),
            Kind::Reference => self.references.push(row.understood()?),
            Kind::WithoutIdentityNumbers => self.without_identity_numbers.push(row.understood()?),
            // Requirements the database itself asks for, and quotas nothing yet: here it is only seen whether they can be understood.
            Kind::Quota => drop(row.understood::<QuotaRule>()?),
            Kind::Requirement => drop(row.understood::<RequirementRule>()?),
            Kind::Rate | Kind::Retention => {}
        }
        Ok(())
    }
}

/// Of the rows with this name that hold on `day`, the one that fits the place most closely.
fn nearest<'r, T>(
    rows: impl IntoIterator<Item = &'r Rule<T>>,
    code: &str,
    place: &Place,
    day: NaiveDate,
) -> Option<&'r Rule<T>> {
    let known = rows.into_iter().filter(|row| row.is_called(code) && row.in_force(day));
    let fitting = known.filter_map(|row| Some((row.nearness(place)?, row)));
    fitting.max_by_key(|(nearness, row)| (*nearness, row.valid_from)).map(|(_, row)| row)
}

impl Rules {
    /// Adds a rule of a country; or of an organisation, for that one alone.
    pub fn add<'p>(&mut self, place: impl Into<Place<'p>>, row: Row) -> Result<(), String> {
        let Place { country, organisation, municipality_code, .. } = place.into();
        let municipality_code = municipality_code.map(Into::into);
        match organisation {
            Some(id) => {
                let new = || Own { country, municipality_code, book: Book::default() };
                self.own.entry(id).or_insert_with(new).book.add(row)
            }
            None => self.of_mut(country).add(row),
        }
    }

    /// The calendar of a country; of an organisation, with its own days off.
    pub fn calendar<'r>(&'r self, place: impl Into<Place<'r>>) -> Calendar<'r> {
        let place = place.into();
        let own = self.own(&place).into_iter().flat_map(|own| &own.days_off);
        self.of(place.country).days_off.iter().chain(own).collect()
    }

    /// The row in force on `day` with this code, written in full or without the country (`FIRST_CONTACT`): the
    /// organisation's own, unless the law gives more.
    pub fn deadline<'r>(
        &'r self,
        code: &str,
        place: impl Into<Place<'r>>,
        day: NaiveDate,
    ) -> Option<&'r Rule<DeadlineRule>> {
        let place = place.into();
        let shared = &self.of(place.country).deadlines;
        let law = nearest(shared.iter().filter(|it| it.legal), code, &place, day);
        let lawful = |it: &&Rule<DeadlineRule>| it.legal || !law.is_some_and(|law| it.loosens(law));
        let own = self.own(&place).and_then(|own| nearest(&own.deadlines, code, &place, day));
        own.filter(lawful).or_else(|| nearest(shared, code, &place, day).filter(lawful)).or(law)
    }

    /// The rule in force on `start` and what follows from it. What the law says is counted in the country's calendar alone.
    pub fn due<'r>(
        &'r self,
        code: &str,
        place: impl Into<Place<'r>>,
        start: NaiveDate,
    ) -> Option<(&'r Rule<DeadlineRule>, Due)> {
        let place = place.into();
        let rule = self.deadline(code, place, start)?;
        Some((rule, rule.due(&self.calendar_for(rule, place, start), start)))
    }

    /// The days off that a rule is counted over from `start`: what is law, and what an organisation has in its place, knows
    /// only those of the country.
    pub fn calendar_for<'r>(
        &'r self,
        rule: &Rule<DeadlineRule>,
        place: Place<'r>,
        start: NaiveDate,
    ) -> Calendar<'r> {
        let laws = self.deadlines(place.country).iter().filter(|it| it.legal);
        if nearest(laws, &rule.code, &place, start).is_some() {
            self.calendar(place.country)
        } else {
            self.calendar(place)
        }
    }

    /// Since when something must have been going on for its time to be over at `moment`: it is over on its last day, at the
    /// time of day at which it began.
    pub fn over_since<'r>(
        &'r self,
        code: &str,
        place: impl Into<Place<'r>>,
        moment: DateTime<Utc>,
    ) -> Option<DateTime<Utc>> {
        let (place, clock) = (place.into(), day::clock(moment));
        let today = clock.date();
        let due = |day: NaiveDate| self.due(code, place, day).map(|(_, due)| due.due_on);
        let mut back = today.iter_days().rev().take(LONGEST);
        let day = back.find(|day| due(*day).is_some_and(|due_on| due_on < today))?.succ_opt()?;
        let time = if due(day) == Some(today) { clock.time() } else { NaiveTime::MIN };
        Some(day::instant(day.and_time(time)))
    }

    /// Up to which day an authority is to be told today of its own duties that this rule counts: it is told of each on the last
    /// working day before. What rolls forward is a person's, and told of on its day, as is what no rule counts any more.
    pub fn told_until<'r>(&'r self, code: &str, place: impl Into<Place<'r>>, today: NaiveDate) -> NaiveDate {
        let place = place.into();
        match self.deadline(code, place, today) {
            Some(rule) if !rule.roll_forward => self.calendar_for(rule, place, today).next_working_day(today),
            _ => today,
        }
    }

    /// What a deadline comes to in each country, in each municipality that has a rule of its own, and at each organisation
    /// that counts it in its own way, under the keys that `app.counts_as` chooses from. For clocks, which look at the rows of
    /// all at once. Where there is no answer there is none from elsewhere either.
    pub fn everywhere<T>(
        &self,
        code: &str,
        ask: impl Fn(Place) -> Option<T>,
    ) -> (Vec<String>, Vec<Option<T>>) {
        let mut answers = BTreeMap::new();
        for country in Country::ALL.iter().copied() {
            answers.insert(country.to_string(), ask(country.into()));
            let called = self.deadlines(country).iter().filter(|rule| rule.is_called(code));
            for municipality in called.filter_map(|rule| rule.municipality_code.as_deref()) {
                let place = Place { municipality_code: Some(municipality), ..country.into() };
                answers.insert(format!("{country} {municipality}"), ask(place));
            }
        }
        let differs =
            |own: &Book| !own.days_off.is_empty() || own.deadlines.iter().any(|rule| rule.is_called(code));
        for (id, own) in self.own.iter().filter(|(_, own)| differs(&own.book)) {
            let municipality_code = own.municipality_code.as_deref();
            answers.insert(id.to_string(), ask(Place { municipality_code, ..(*id, own.country).into() }));
        }
        answers.into_iter().unzip()
    }

    /// All deadline rules of a country, in and out of force.
    pub fn deadlines(&self, country: Country) -> &[Rule<DeadlineRule>] {
        &self.of(country).deadlines
    }

    /// The level of protection that a country knows by this name.
    pub fn protection(&self, level: &str, country: Country, day: NaiveDate) -> Option<&Rule<ProtectionRule>> {
        nearest(&self.of(country).protections, level, &country.into(), day)
    }

    /// The age in force on `day` with this code, such as `SELF_CONSENT`: the organisation's own, unless the law asks for more.
    pub fn age<'r>(
        &'r self,
        code: &str,
        place: impl Into<Place<'r>>,
        day: NaiveDate,
    ) -> Option<&'r Rule<AgeRule>> {
        let place = place.into();
        let shared = &self.of(place.country).ages;
        let law = nearest(shared.iter().filter(|it| it.legal), code, &place, day);
        let lawful = |it: &&Rule<AgeRule>| it.legal || law.is_none_or(|law| it.years >= law.years);
        let own = self.own(&place).and_then(|own| nearest(&own.ages, code, &place, day));
        own.filter(lawful).or_else(|| nearest(shared, code, &place, day).filter(lawful)).or(law)
    }

    /// All ages of a country, in and out of force.
    pub fn ages(&self, country: Country) -> &[Rule<AgeRule>] {
        &self.of(country).ages
    }

    /// What the law says on `day` about something, such as `ARCHIVE_DUTY`.
    pub fn reference(&self, code: &str, country: Country, day: NaiveDate) -> Option<&Rule<LegalReference>> {
        nearest(&self.of(country).references, code, &country.into(), day)
    }

    /// The sections by which something may be told on `day` without the person's consent.
    pub fn legal_bases(
        &self,
        country: Country,
        day: NaiveDate,
    ) -> impl Iterator<Item = &Rule<LegalBasisRule>> {
        self.of(country).legal_bases.iter().filter(move |rule| rule.in_force(day))
    }

    /// Whether an organisation of this kind keeps identity numbers unless somebody decides otherwise.
    pub fn keeps_identity_numbers(&self, country: Country, organisation_kind: &str, day: NaiveDate) -> bool {
        nearest(&self.of(country).without_identity_numbers, organisation_kind, &country.into(), day).is_none()
    }

    const fn of(&self, country: Country) -> &Book {
        match country {
            Country::No => &self.no,
            Country::Dk => &self.dk,
            Country::Se => &self.se,
        }
    }

    const fn of_mut(&mut self, country: Country) -> &mut Book {
        match country {
            Country::No => &mut self.no,
            Country::Dk => &mut self.dk,
            Country::Se => &mut self.se,
        }
    }

    fn own(&self, place: &Place) -> Option<&Book> {
        self.own.get(&place.organisation?).map(|own| &own.book)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// A rule of Norway, as its file has it.
    fn row(text: &str) -> Row {
        files::tests::rows(&format!("country = \"NO\"\n{text}")).remove(0)
    }

    fn first_contact(days: u16, more: &str) -> Row {
        row(&format!(
            "[[deadline]]\ncode = \"NO_FIRST_CONTACT\"\nstarts = \"referral\"\nlength = {days}\nunit = \"days\"\n\
             counting = \"start_day_excluded\"\nroll_forward = false\nsource = \"x\"\nconfidence = \"high\"\n{more}"
        ))
    }

    #[test]
    fn a_rule_is_found_by_its_code_with_or_without_the_country() {
        let rules = Rules::shipped().unwrap();
        let today = day("2026-11-21");
        for country in Country::ALL.iter().copied() {
            for short in ["FIRST_CONTACT", "FOLLOW_UP"] {
                let rule = rules.deadline(short, country, today).unwrap();
                assert_eq!(rule.code, format!("{country}_{short}"));
                assert_eq!(rules.deadline(&rule.code, country, today), Some(rule));
                assert!(!rule.legal, "{}", rule.code);
            }
            assert_eq!(rules.deadline("GDPR_ACCESS", country, today).unwrap().code, "GDPR_ACCESS");
        }
        assert_eq!(rules.deadline("NO_FIRST_CONTACT", Country::Se, today), None);
        assert_eq!(rules.deadline("UNKNOWN", Country::No, today), None);
    }

    /// Every row of the table that the requirements begin with.
    #[test]
    fn every_known_deadline_has_its_length() {
        let rules = Rules::shipped().unwrap();
        for (country, code, length) in [
            (Country::No, "NO_PBRL_COMPLAINT", "4 weeks"),
            (Country::No, "NO_FVL_COMPLAINT", "3 weeks"),
            (Country::No, "NO_FVL_PROVISIONAL", "1 months"),
            (Country::No, "NO_FVL_LATE_MAX", "1 years"),
            (Country::No, "NO_FVL_COSTS", "3 weeks"),
            (Country::No, "NO_FVL_DETRIMENT", "3 months"),
            (Country::No, "NO_PARTSINNSYN_REFUSAL", "3 weeks"),
            (Country::No, "NO_FIRST_CONTACT", "5 working_days"),
            (Country::No, "NO_FOLLOW_UP", "2 months"),
            (Country::Dk, "DK_RSL_COMPLAINT", "4 weeks"),
            (Country::Dk, "DK_RSL_REASSESS", "4 weeks"),
            (Country::Dk, "DK_BA_CONSENT", "14 days"),
            (Country::Se, "SE_FL_APPEAL", "3 weeks"),
            (Country::Se, "SE_FL_DELAY", "4 weeks"),
            (Country::Se, "SE_FB_LIST", "2 months"),
            (Country::Se, "SE_FB_YEAR", "2 months"),
            (Country::Se, "SE_FB_FINAL", "1 months"),
            (Country::Se, "SE_LPT_STOD", "4 weeks"),
        ] {
            let rule = rules.deadline(code, country, day("2026-11-21")).unwrap();
            assert_eq!(format!("{} {}", rule.length, rule.unit), length, "{code}");
        }
        for country in Country::ALL.iter().copied() {
            for (code, length) in [
                ("GDPR_BREACH", "72 hours"),
                ("GDPR_ACCESS", "1 months"),
                ("GDPR_ACCESS_EXTENDED", "3 months"),
            ] {
                let rule = rules.deadline(code, country, day("2026-11-21")).unwrap();
                assert_eq!(format!("{} {}", rule.length, rule.unit), length, "{code} {country}");
            }
        }
    }

    #[test]
    fn what_began_so_long_ago_is_over() {
        let rules = Rules::shipped().unwrap();
        let since = |code: &str, moment: &str| {
            let since = rules.over_since(code, Country::No, moment.parse().unwrap()).unwrap();
            since.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
        };
        assert_eq!(since("DISCLOSURE_ACKNOWLEDGEMENT", "2026-11-22T08:30:00Z"), "2026-11-21T08:30:00Z");
        assert_eq!(since("DISCLOSURE_RECEIPT", "2026-03-03T23:59:59Z"), "2026-02-24T23:59:59Z");
        // Five working days end on no Sunday; and what begins on a day off ends with what began before it.
        assert_eq!(since("FIRST_CONTACT", "2026-11-22T08:30:00Z"), "2026-11-15T23:00:00Z");
        assert_eq!(since("FIRST_CONTACT", "2026-11-20T08:30:00Z"), "2026-11-13T08:30:00Z");
        let before = "1969-06-01T00:00:00Z".parse().unwrap();
        assert_eq!(rules.over_since("FIRST_CONTACT", Country::No, before), None);
    }

    #[test]
    fn an_authority_is_told_of_its_own_duties_for_as_long_as_it_rests() {
        let rules = Rules::shipped().unwrap();
        let until = |code: &str, today: &str| rules.told_until(code, Country::No, day(today)).to_string();
        // Maundy Thursday is the second of April 2026.
        assert_eq!(until("FOLLOW_UP", "2026-03-31"), "2026-04-01");
        assert_eq!(until("FOLLOW_UP", "2026-04-01"), "2026-04-07");
        assert_eq!(until("FOLLOW_UP", "2026-04-04"), "2026-04-07");
        for other in ["NO_FVL_COMPLAINT", "UNKNOWN"] {
            assert_eq!(until(other, "2026-04-01"), "2026-04-01");
        }
    }

    #[test]
    fn the_nearest_rule_holds() {
        let mut rules = Rules::default();
        let from = "valid_from = \"2020-01-01\"\nlegal = false";
        rules.add(Country::No, first_contact(5, from)).unwrap();
        rules.add(Country::No, first_contact(4, &format!("service = \"visiting_friend\"\n{from}"))).unwrap();
        rules.add(Country::No, first_contact(3, &format!("municipality_code = \"4223\"\n{from}"))).unwrap();
        let own = Uuid::now_v7();
        rules
            .add((own, Country::No), first_contact(2, &format!("service = \"cafe_group\"\n{from}")))
            .unwrap();
        let length = |municipality_code, service, organisation| {
            let place = Place { country: Country::No, organisation, municipality_code, service };
            rules.deadline("FIRST_CONTACT", place, day("2026-01-01")).unwrap().length.get()
        };
        assert_eq!(length(None, None, None), 5);
        assert_eq!(length(Some("0301"), Some("cafe_group"), None), 5);
        assert_eq!(length(None, Some("visiting_friend"), None), 4);
        assert_eq!(length(Some("4223"), None, None), 3);
        assert_eq!(length(Some("4223"), Some("cafe_group"), Some(own)), 2);
        assert_eq!(length(None, Some("cafe_group"), Some(Uuid::now_v7())), 5);
    }

    #[test]
    fn every_answer_has_its_key_and_ones_own_rules_are_judged_where_one_is() {
        let mut rules = Rules::default();
        let from = "valid_from = \"2020-01-01\"\nlegal = false";
        let vennesla = |id: Uuid| Place { municipality_code: Some("4223"), ..(id, Country::No).into() };
        let [moved, later, far] = [(); 3].map(|()| Uuid::now_v7());
        rules.add(Country::No, first_contact(5, from)).unwrap();
        let local = format!("municipality_code = \"4223\"\n{from}");
        rules.add(Country::No, first_contact(3, &local)).unwrap();
        let off = "[[day_off]]\ncode = \"MOVING_DAY\"\non = { fixed = \"01-02\" }\nsource = \"x\"\nconfidence = \"high\"\n";
        rules.add(vennesla(moved), row(&format!("{off}{from}"))).unwrap();
        rules.add(vennesla(later), first_contact(7, from)).unwrap();
        rules.add(vennesla(far), first_contact(2000, from)).unwrap();
        let since = |place: Place| {
            let since = rules.over_since("FIRST_CONTACT", place, "2026-01-31T00:00:00Z".parse().unwrap())?;
            Some(crate::day::of(since).to_string())
        };
        let (keys, answers) = rules.everywhere("FIRST_CONTACT", since);
        let answers: HashMap<_, _> = keys.into_iter().zip(answers).collect();
        let expected = [
            ("NO".to_owned(), Some("2026-01-26")),
            ("NO 4223".to_owned(), Some("2026-01-28")),
            (moved.to_string(), Some("2026-01-28")),
            (later.to_string(), Some("2026-01-24")),
            // So long that nothing is over yet: the country's answer does not take its place.
            (far.to_string(), None),
            ("DK".to_owned(), None),
            ("SE".to_owned(), None),
        ];
        let expected = expected.map(|(key, since)| (key, since.map(str::to_owned)));
        assert_eq!(answers, HashMap::from(expected));
    }

    #[test]
    fn what_is_asked_of_every_service_is_called_as_it_is_in_every_country() {
        let rules = Rules::shipped().unwrap();
        let today = day("2026-11-22");
        for country in Country::ALL.iter().copied() {
            for code in rule::OF_EVERY_SERVICE {
                let known = rules.deadline(code, country, today).is_some()
                    || rules.age(code, country, today).is_some();
                assert!(known, "{country} {code}");
            }
        }
    }

    #[test]
    fn a_law_that_comes_later_is_not_loosened_by_what_was_decided_before() {
        let mut rules = Rules::default();
        let own = Uuid::now_v7();
        rules
            .add(
                Country::No,
                first_contact(9, "valid_from = \"2020-01-01\"\nvalid_to = \"2026-01-01\"\nlegal = false"),
            )
            .unwrap();
        rules.add(Country::No, first_contact(3, "valid_from = \"2026-01-01\"\nlegal = true")).unwrap();
        rules
            .add((own, Country::No), first_contact(7, "valid_from = \"2020-01-01\"\nlegal = false"))
            .unwrap();
        let length =
            |text| rules.deadline("FIRST_CONTACT", (own, Country::No), day(text)).unwrap().length.get();
        assert_eq!((length("2025-12-31"), length("2026-01-01")), (7, 3));
        // Nor by what is custom in one municipality.
        let local = |days| {
            first_contact(days, "municipality_code = \"4223\"\nvalid_from = \"2020-01-01\"\nlegal = false")
        };
        let vennesla = Place { municipality_code: Some("4223"), ..Country::No.into() };
        for (days, holds) in [(30, 3), (2, 2)] {
            let mut rules = rules.clone();
            rules.add(Country::No, local(days)).unwrap();
            let rule = rules.deadline("FIRST_CONTACT", vennesla, day("2026-02-01")).unwrap();
            assert_eq!(rule.length.get(), holds);
        }
    }

    #[test]
    fn a_day_off_of_ones_own_moves_nothing_that_is_law() {
        let mut rules = Rules::shipped().unwrap();
        let own = Uuid::now_v7();
        let friday = "[[day_off]]\ncode = \"MOVING_DAY\"\non = { easter = 40 }\nlegal = false\nsource = \"x\"\n\
                      confidence = \"high\"\nvalid_from = \"2020-01-01\"";
        rules.add((own, Country::No), row(friday)).unwrap();
        let due = |code: &str, start: &str| {
            let due = |place: Place| rules.due(code, place, day(start)).unwrap().1.due_on.to_string();
            (due(Country::No.into()), due((own, Country::No).into()))
        };
        // Friday 15 May 2026, the day after Ascension Day.
        assert_eq!(due("FIRST_CONTACT", "2026-05-07"), ("2026-05-15".into(), "2026-05-18".into()));
        assert_eq!(due("NO_FVL_COMPLAINT", "2026-04-24"), ("2026-05-15".into(), "2026-05-15".into()));
        // Nor does it move what an organisation has in the place of a law.
        let custom = rules.deadline("FIRST_CONTACT", Country::No, day("2026-01-01")).unwrap().clone();
        let reply = |legal| Rule { code: "NO_REPLY".into(), legal, ..custom.clone() };
        let shared = rules.of_mut(Country::No);
        shared.deadlines.push(reply(true));
        let ours = &mut rules.own.get_mut(&own).unwrap().book;
        ours.deadlines.push(Rule { service: Some("cafe_group".into()), ..reply(false) });
        let place = Place { service: Some("cafe_group"), ..(own, Country::No).into() };
        let (rule, due) = rules.due("REPLY", place, day("2026-05-07")).unwrap();
        assert_eq!((rule.legal, due.due_on), (false, day("2026-05-15")));
    }

    proptest! {
        /// Whatever is called no looser than a law never gives less, whenever it starts.
        #[test]
        fn what_does_not_loosen_never_gives_less(
            ours in (1_u16..60, 0_usize..6), law in (1_u16..60, 0_usize..6), rolls in any::<bool>(), from in 0_u64..80_000,
        ) {
            let rule = |(length, unit): (u16, usize)| DeadlineRule {
                starts: "x".into(),
                length: length.try_into().unwrap(),
                unit: Unit::ALL[unit],
                counting: Counting::StartDayExcluded,
                roll_forward: rolls,
            };
            static RULES: LazyLock<Rules> = LazyLock::new(|| Rules::shipped().unwrap());
            let (ours, law) = (rule(ours), rule(law));
            let calendar = RULES.calendar(Country::No);
            let start = day("1970-01-01") + chrono::Days::new(from);
            let (we, they) = (ours.due_on(&calendar, start), law.due_on(&calendar, start));
            if !ours.loosens(&law) {
                prop_assert!(if rolls { we >= they } else { we <= they }, "{we} {they}");
            }
            prop_assert!(!law.loosens(&law));
        }
    }
}
