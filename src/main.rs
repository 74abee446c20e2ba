//! `openapi`, for now.

use std::{error::Error, fs};

fn main() -> Result<(), Box<dyn Error>> {
    Ok(fs::write("openapi/openapi.json", samspill::app::contract_text()?)?)
}
