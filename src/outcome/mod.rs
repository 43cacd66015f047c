//! The one pure function that evaluates everything: the central case, each draw, each tornado bar,
//! each switching value.

mod adding;
mod alike;
mod approval;
mod capital;
mod evaluate;
mod gate;
mod measure;
mod piece;
mod pricing;
mod purse;
mod realise;
mod recost;
mod rescore;
mod totals;
mod worth;

pub use approval::Approvals;
pub use capital::Capital;
pub use evaluate::{Evaluated, Outcome, evaluate, net_present_cost};
pub use gate::{Gate, link_is_built_in_time};
pub use piece::{Piece, Pieces};
pub use pricing::{Days, Open, Pricing};
pub use purse::{Part, Purse, Purses, gap};
pub use realise::{Budget, Common, Realised, Simulation};
pub use recost::{Recost, Varied};
pub use rescore::{Rescore, Rescored};
pub use totals::{Bearers, Body, Posting, Totals, Yearly, postings, transferred};
