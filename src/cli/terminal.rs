//! Writing to the terminal, or to what stands in for it.

use serde::Serialize;
use std::io::{self, IsTerminal, Write};

/// Writes data and a line end to standard output. A reader that has gone away is no error.
pub(super) fn print(text: &str) {
    let _ = writeln!(io::stdout().lock(), "{text}");
}

/// Writes words and a line end to standard error, without colour where that is not wanted.
pub(super) fn say(text: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{text}");
}

/// Writes a value as JSON to standard output.
pub(super) fn json<T: Serialize>(value: &T) {
    match serde_json::to_string_pretty(value) {
        Ok(text) => print(&text),
        Err(e) => say(&format!("error: {e}")),
    }
}

/// Whether standard error takes colour (`NO_COLOR` and pipes do not).
pub(super) fn styled() -> bool {
    io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
}
