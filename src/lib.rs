//! tmp
pub mod quantity;
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
pub mod appraisal;
