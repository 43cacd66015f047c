//! How much is drawn, and telling how far it is.

use super::terminal;
use crate::uncertainty::Progress;
use clap::Args;
use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Arguments about draws.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct Sampling {
    /// Draws of all that is uncertain; 0 for the central case alone
    #[arg(long, value_name = "N", default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(0..=10_000_000))]
    pub(super) draws: u32,
    /// Seed of all that is drawn, in place of that of the scenario; the same seed gives the same results
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(0..=9_007_199_254_740_991))]
    pub(super) seed: Option<u64>,
    /// Say nothing of how far the draws are
    #[arg(long)]
    pub(super) no_progress: bool,
}

impl Sampling {
    /// Nothing is drawn.
    pub(super) const NONE: Self = Self { draws: 0, seed: None, no_progress: true };
}

/// Work that takes less than this needs no word on how far it is.
const SOON: Duration = Duration::from_secs(1);

/// How often the line is written anew.
const STEP: Duration = Duration::from_millis(50);

/// Does work while saying on standard error how many draws are done, on a line of its own that is overwritten. Nothing is
/// said where standard error is not a terminal.
pub(super) fn watched<T>(sampling: Sampling, progress: &Progress, work: impl FnOnce() -> T) -> T {
    if sampling.draws == 0 || sampling.no_progress || !std::io::stderr().is_terminal() {
        return work();
    }
    let finished = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| tell(sampling, progress, &finished));
        let result = work();
        finished.store(true, Ordering::Release);
        result
    })
}

fn tell(sampling: Sampling, progress: &Progress, finished: &AtomicBool) {
    let mut waited = Duration::ZERO;
    let mut said = false;
    while !finished.load(Ordering::Acquire) {
        std::thread::sleep(STEP);
        waited += STEP;
        if waited > SOON {
            let done = progress.done().min(u64::from(sampling.draws));
            terminal::overwrite(&format!("{done} of {} draws", sampling.draws));
            said = true;
        }
    }
    if said {
        terminal::overwrite("");
    }
}
