//! Days, as people count them: what happens after midnight happens tomorrow. All three countries have the same clock; the
//! database has the same in `app.day_of`, `app.midnight` and `app.today`.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Europe::Oslo;

/// The day of an instant.
pub fn of(at: DateTime<Utc>) -> NaiveDate {
    clock(at).date()
}

/// What the clock on the wall says.
pub fn clock(at: DateTime<Utc>) -> NaiveDateTime {
    at.with_timezone(&Oslo).naive_local()
}

/// When the clock on the wall says so: the first time, if it does twice; an hour later, if it never does.
pub fn instant(at: NaiveDateTime) -> DateTime<Utc> {
    let found = Oslo.from_local_datetime(&at).earliest();
    found.map_or_else(|| at.and_utc() - TimeDelta::hours(1), |found| found.to_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_midnight_where_people_are() {
        for (at, day) in [
            ("2026-03-04T22:59:59Z", "2026-03-04"),
            ("2026-03-04T23:00:00Z", "2026-03-05"),
            ("2026-07-04T21:59:59Z", "2026-07-04"),
            ("2026-07-04T22:00:00Z", "2026-07-05"),
        ] {
            let at: DateTime<Utc> = at.parse().unwrap();
            assert_eq!(of(at).to_string(), day);
            assert_eq!(instant(clock(at)), at);
        }
        // In the night in which clocks go forward there is no half past two, and in the other there are two.
        for (clock, at) in [
            ("2026-03-29T02:30:00", "2026-03-29T01:30:00+00:00"),
            ("2026-10-25T02:30:00", "2026-10-25T00:30:00+00:00"),
        ] {
            assert_eq!(instant(clock.parse().unwrap()).to_rfc3339(), at);
        }
    }
}
