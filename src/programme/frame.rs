//! The frame of an appraisal.

use super::OrganisationIx;
use crate::assumption::Assumed;
use crate::quantity::AppraisalPeriod;

/// Titles, period and rules.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Id, used in file names.
    pub id: String,
    /// Title.
    pub title: String,
    /// The decision sought.
    pub decision: Option<String>,
    /// Who asks for it.
    pub sponsor: Option<String>,
    /// How the figures came about.
    pub note: Option<String>,
    /// Year 0, horizon, as-at date.
    pub period: AppraisalPeriod,
    /// What the score may be used for.
    pub mode: Mode,
    /// What `rank` means.
    pub rank_basis: RankBasis,
    /// Points within which two scores are level.
    pub resolution: f64,
    /// The body that bears what nobody else is named for.
    pub lead: Option<OrganisationIx>,
    /// Front-sheet fields.
    pub paper: Vec<PaperField>,
}

/// A front-sheet field, `None` if the author gave nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperField {
    /// Label.
    pub label: String,
    /// What the author gave.
    pub value: Option<String>,
}

/// Money that a body has for this, in cash prices of each year.
#[derive(Debug, Clone)]
pub struct Funding {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Who has it.
    pub body: OrganisationIx,
    /// Conditions, in words.
    pub conditions: Option<String>,
    /// Amount by year of the period; `None` where it gives nothing.
    pub years: Vec<Option<Assumed<f64>>>,
}

/// What a weighted score may be used for. Green Book 2026, 5.14-5.15.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Swing-weighted multi-criteria decision analysis of a longlist: accepted.
    LonglistMcda,
    /// Shortlist: economic metrics lead, no single index.
    Shortlist,
    /// Weighting and scoring of a shortlist: recommended against; prints a banner.
    WeightedScore,
}

/// What ranks the options.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RankBasis {
    /// Weighted score, highest first.
    Score,
    /// Net present cost, lowest first.
    Npc,
    /// Net present social value, highest first.
    Npsv,
}

impl RankBasis {
    /// As in results.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Score => "score",
            Self::Npc => "npc",
            Self::Npsv => "npsv",
        }
    }
}

/// How the bias was set, for the record.
#[derive(Debug, Clone, PartialEq)]
pub enum BiasLevel {
    /// From the published table of the parameter set: a project type, at the lower bound, midpoint
    /// or upper bound, less what mitigation manages away.
    Table {
        /// Project type.
        project_type: String,
        /// Bound, in words.
        level: String,
    },
    /// From the author's own evidence.
    OwnEvidence,
}

/// An optimism-bias adjustment that cost lines and durations refer to. Green Book 2026, 6.78-6.82.
#[derive(Debug, Clone)]
pub struct OptimismBias {
    /// Id.
    pub id: String,
    /// Where the figures come from.
    pub level: BiasLevel,
    /// Uplift on money, before mitigation.
    pub money: Assumed<f64>,
    /// Uplift on duration, before mitigation, if the source gives one.
    pub duration: Option<Assumed<f64>>,
    /// Share managed away by mitigation that is paid for.
    pub mitigated: Assumed<f64>,
}
