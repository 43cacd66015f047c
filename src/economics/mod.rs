//! The sums of appraisal: discounting, deflating, optimism bias. Knows money, time and published
//! parameters; knows nothing of electronic patient records.

mod deflator;
mod discount;
mod optimism_bias;
mod ratio;

pub use deflator::Deflator;
pub use discount::{annuity_factor, equivalent_annual_cost, factors};
pub use optimism_bias::{Mitigation, mitigated};
pub use ratio::{SocialValue, over};
