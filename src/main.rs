//! The `appraise` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    appraise::cli::run()
}
