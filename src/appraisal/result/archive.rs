//! What is left behind on systems that are left.

use serde::{Deserialize, Serialize};

/// What is left behind on one system, and how it is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ArchiveResult {
    /// Instance id.
    pub instance: String,
    /// First day on which nobody uses it (ISO date).
    pub left: String,
    /// Last day on which its records must be readable (ISO date).
    pub until: String,
    /// Records left behind; 0 where nobody says.
    pub records: f64,
    /// Name of the way of keeping them that is taken; null if none can be had.
    pub strategy: Option<String>,
    /// Why this one, in words.
    pub why: String,
    /// What it costs within the period, present value; in net present cost.
    pub present: Option<f64>,
    /// Of which read-only access on contracts' invoices.
    pub invoiced: Option<f64>,
    /// What has to be paid after the period, year-0 prices; not in net present cost.
    pub liability_real: Option<f64>,
    /// The same, present value.
    pub liability: Option<f64>,
    /// All ways described, in the author's order.
    pub alternatives: Vec<ArchiveOption>,
}

/// A way of keeping what is left. Present value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ArchiveOption {
    /// Name.
    pub name: String,
    /// `read_only_licence`, `extract_to_archive`, `migrate_all` or `rekey_open_cases`.
    pub kind: String,
    /// Why it cannot be had; null if it can.
    pub ruled_out: Option<String>,
    /// What it costs within the period.
    pub present: f64,
    /// What else the contracts of the system charge after its last use, which differs where it decides between staying
    /// and leaving.
    pub contracts: f64,
    /// What has to be paid after the period.
    pub liability: f64,
    /// All of these, by which ways are compared.
    pub total: f64,
}

/// What has to be paid after the period for records that must still be kept. Not in net present cost.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TerminalLiability {
    /// Year-0 prices.
    pub real: f64,
    /// Discounted to year 0.
    pub present: f64,
    /// Last day (ISO date) on which any of them must be readable.
    pub until: String,
}
