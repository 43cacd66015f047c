//! Writing to the terminal, or to what stands in for it.

use super::Failure;
use serde::Serialize;
use std::io::{self, IsTerminal, Write};

/// Writes data and a line end to standard output. A reader that has gone away is no error.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match writeln!(out, "{text}").and_then(|()| out.flush()) {
        Err(e) if e.kind() != io::ErrorKind::BrokenPipe => Err(Failure::File(format!("cannot write to standard output: {e}"))),
        _ => Ok(()),
    }
}

/// Writes words and a line end to standard error, without colour where that is not wanted.
pub(super) fn say(text: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{text}");
}

/// Writes words on the last line of standard error in place of what stands there, without ending it.
pub(super) fn overwrite(text: &str) {
    let mut out = io::stderr().lock();
    // To the start of the line, and away with what it held.
    let _ = write!(out, "\r\u{1b}[2K{text}").and_then(|()| out.flush());
}

/// Writes a value as JSON to standard output.
pub(super) fn json<T: Serialize>(value: &T) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value).map_err(|e| Failure::File(format!("cannot write JSON: {e}")))?;
    print(&text)
}

/// Whether standard error takes colour (`NO_COLOR` and pipes do not).
pub(super) fn styled() -> bool {
    io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
}
