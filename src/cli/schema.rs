//! `appraise schema`.

use super::{Failure, terminal};
use crate::scenario::schema;

/// Prints the JSON Schema of a scenario.
pub(super) fn run() -> Result<(), Failure> {
    terminal::print(&format!("{:#}", schema::json()))
}
