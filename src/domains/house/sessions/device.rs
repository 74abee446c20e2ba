//! What a device that has logged in before shows, so that it does not wait with those who guess.
//!
//! Whoever knows an address can count failures against it, and no network address tells guesser from owner. So those who
//! come with the token of an earlier log-in to the same address are counted by themselves. The token opens nothing.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

use super::secret::Secret;
use crate::{access::KeyRing, problem::Problem};

fn proof(ring: &KeyRing, email: &str, name: &str) -> String {
    URL_SAFE_NO_PAD.encode(ring.hash(format!("device\n{email}\n{name}").as_bytes()))
}

/// A token for a device that has just logged in to this address.
pub fn token(ring: &KeyRing, email: &str) -> Result<String, Problem> {
    let name = Secret::generate()?.text;
    Ok(format!("{name}.{}", proof(ring, email, &name)))
}

/// The name of the device, if it has logged in to this address before.
pub fn known<'a>(ring: &KeyRing, email: &str, token: &'a str) -> Option<&'a str> {
    let (name, shown) = token.split_once('.')?;
    let proof = proof(ring, email, name);
    verify_slices_are_equal(proof.as_bytes(), shown.as_bytes()).ok().map(|()| name)
}
