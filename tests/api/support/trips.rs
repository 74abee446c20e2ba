//! Counts what the server asks of the database while it answers one call. Each question is a round trip; one that is
//! not kept prepared is two, since it is prepared anew each time. That it is prepared once for each connection is not
//! counted, so that the first call costs what the next one does.

use std::{cell::Cell, collections::HashSet, fmt::Write as _};

use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};

thread_local! {
    /// A test has one thread, and its server answers on it.
    static TRIPS: Cell<u32> = const { Cell::new(0) };
    static CALLS: Cell<u64> = const { Cell::new(0) };
    static WAS_UNDONE: Cell<bool> = const { Cell::new(false) };
    static UNDER_WAY: Cell<u32> = const { Cell::new(0) };
}

#[derive(Default)]
struct Counter {
    kept: HashSet<String>,
    has_entered: bool,
    is_plain: bool,
}

impl Instrumentation for Counter {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        match event {
            InstrumentationEvent::StartQuery { query, .. } => {
                // What cannot be written as SQL is not sent either.
                let mut text = String::new();
                let _ = write!(text, "{query}");
                self.is_plain = !text.contains("-- binds:");
                self.has_entered |= text.starts_with("begin; select app.enter");
            }
            InstrumentationEvent::CacheQuery { sql, .. } => {
                self.kept.insert(sql.to_owned());
            }
            // Connections that have not entered are the tests' own.
            InstrumentationEvent::FinishQuery { query, .. } if self.has_entered => {
                let text = query.to_string();
                let is_one = self.is_plain || self.kept.contains(&text);
                TRIPS.set(TRIPS.get() + if is_one { 1 } else { 2 });
                self.has_entered = !text.to_lowercase().ends_with("commit") && text != "ROLLBACK";
                WAS_UNDONE.set(WAS_UNDONE.get() || text == "ROLLBACK");
            }
            _ => {}
        }
    }
}

/// From here on every new connection is counted.
pub fn count() {
    set_default_instrumentation(|| Some(Box::new(Counter::default()))).unwrap();
}

/// A call that is being answered.
pub struct Counting {
    number: u64,
    is_alone: bool,
}

impl Counting {
    pub fn start() -> Self {
        TRIPS.set(0);
        WAS_UNDONE.set(false);
        CALLS.set(CALLS.get() + 1);
        UNDER_WAY.set(UNDER_WAY.get() + 1);
        Self { number: CALLS.get(), is_alone: UNDER_WAY.get() == 1 }
    }

    /// How many there were, if no other call has disturbed it and nothing was undone, to be done again or not.
    pub fn end(self) -> Option<u32> {
        let is_whole = self.is_alone && CALLS.get() == self.number && !WAS_UNDONE.get();
        is_whole.then(|| TRIPS.get())
    }
}

impl Drop for Counting {
    fn drop(&mut self) {
        UNDER_WAY.set(UNDER_WAY.get() - 1);
    }
}
