//! `appraise`: options appraisal for merged NHS trusts that must decide whether to converge on one
//! electronic patient record, interoperate between several, or keep specialist systems.
//!
//! ```text
//! files --scenario::read--> Programme + plans      every problem at once, or a valid case
//!   --outcome::evaluate--> Outcome                 one pure function of (programme, plans, values)
//!   --appraisal::appraise--> Appraisal             plain data, put into words
//!   --report::render--> board pack                 reads the appraisal and nothing else
//! ```
//!
//! Modules stand on floors and may use only lower ones; `tests/layers.rs` enforces it and
//! `docs/architecture.md` draws it.

pub mod quantity;
pub mod solver;

pub mod assumption;

pub mod parameters;

pub mod economics;
pub mod programme;

pub mod plan;

pub mod costing;
pub mod impact;
pub mod scoring;

pub mod outcome;
pub mod scenario;

pub mod optimiser;
pub mod sensitivity;
pub mod uncertainty;

pub mod appraisal;

pub mod comparison;
pub mod explain;

pub mod report;

pub mod cli;
