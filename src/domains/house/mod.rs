//! The house itself: who is here, and who they are.

pub mod agreements;
pub mod clients;
pub mod directory;
pub mod members;
pub mod organisations;
pub mod recoveries;
pub mod reference;
pub mod rules;
pub mod sessions;

/// A name as an operator types it: as long as names are elsewhere.
fn name(text: &str) -> Result<String, &'static str> {
    let name = text.trim();
    let fits = (1..=200).contains(&name.chars().count()) && !name.contains(char::is_control);
    fits.then(|| name.into()).ok_or("1 to 200 letters are needed")
}
