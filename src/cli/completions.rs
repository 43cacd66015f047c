//! `appraise completions` and `appraise man`: help for shells and manual pages, from the commands themselves.

use super::{Cli, Failure, files, terminal};
use clap::{Args, CommandFactory};
use clap_complete::Shell;
use std::io;
use std::path::PathBuf;

/// Arguments of `completions`.
#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Arguments of `man`.
#[derive(Debug, Args)]
pub(super) struct ManArgs {
    /// Folder for the pages, one for each command; without it the page of `appraise` itself is printed
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
}

/// Prints the completions of a shell.
pub(super) fn run(args: &CompletionsArgs) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "appraise", &mut script);
    terminal::print(String::from_utf8_lossy(&script).trim_end())
}

/// Writes the manual pages.
pub(super) fn man(args: &ManArgs) -> Result<(), Failure> {
    let failed = |e: io::Error| Failure::File(format!("cannot make the manual pages: {e}"));
    let mut command = Cli::command();
    command.build();
    let Some(folder) = &args.output else {
        return terminal::print(page(&command).map_err(failed)?.trim_end());
    };
    let mut pages = vec![("appraise.1".to_owned(), page(&command).map_err(failed)?)];
    for below in command.get_subcommands().filter(|c| !c.is_hide_set() && c.get_name() != "help") {
        let name = format!("appraise-{}", below.get_name());

        pages.push((format!("{name}.1"), page(below).map_err(failed)?));
    }
    files::replace(&pages.iter().map(|(name, text)| (folder.join(name), text.as_bytes())).collect::<Vec<_>>())?;
    terminal::say(&format!("Wrote {} pages; `man {}/appraise.1` shows the first", pages.len(), folder.display()));
    Ok(())
}

fn page(command: &clap::Command) -> io::Result<String> {
    let mut page = Vec::new();
    // The day of a page is that of the version: no clock.
    clap_mangen::Man::new(command.clone()).date("").render(&mut page)?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}
