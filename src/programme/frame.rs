//! The frame of an appraisal.

use super::OrganisationIx;
use crate::assumption::{Assumed, Handle, Values};
use crate::economics;
use crate::economics::Mitigation;
use crate::quantity::AppraisalPeriod;

/// Titles, period and rules.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The library that filled what the scenario leaves out.
    pub defaults: Option<String>,
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
    /// Seed of everything that is drawn.
    pub seed: u64,
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
    /// What is managed away by mitigation that is paid for.
    pub mitigated: Mitigated,
}

/// How much of a bias is managed away.
#[derive(Debug, Clone)]
pub enum Mitigated {
    /// A share of the whole.
    Share(Assumed<f64>),
    /// By area of risk, each with its contribution to the bias.
    Areas(Vec<RiskArea>),
}

/// One area of risk (Mott MacDonald 2002, section 4).
#[derive(Debug, Clone)]
pub struct RiskArea {
    /// Id.
    pub id: String,
    /// Share of the bias that it explains.
    pub contribution: Assumed<f64>,
    /// Share of that which is managed away.
    pub managed: Assumed<f64>,
}

impl OptimismBias {
    /// Contributions and mitigation on one realisation of the register, for [`economics::mitigated`].
    #[must_use]
    pub fn mitigation(&self, values: &Values) -> Vec<Mitigation> {
        match &self.mitigated {
            Mitigated::Share(share) => vec![Mitigation { contribution: 1.0, managed: share.of(values) }],
            Mitigated::Areas(areas) => areas
                .iter()
                .map(|a| Mitigation { contribution: a.contribution.of(values), managed: a.managed.of(values) })
                .collect(),
        }
    }

    /// Uplift on money after mitigation.
    #[must_use]
    pub fn on_money(&self, values: &Values) -> f64 {
        economics::mitigated(self.money.of(values), &self.mitigation(values))
    }

    /// Uplift on duration after mitigation, if there is one.
    #[must_use]
    pub fn on_duration(&self, values: &Values) -> Option<f64> {
        self.duration.map(|d| economics::mitigated(d.of(values), &self.mitigation(values)))
    }

    /// The numbers that mitigation rests on.
    #[must_use]
    pub fn mitigation_uses(&self) -> Vec<Handle> {
        match &self.mitigated {
            Mitigated::Share(share) => vec![share.handle()],
            Mitigated::Areas(areas) => areas.iter().flat_map(|a| [a.contribution.handle(), a.managed.handle()]).collect(),
        }
    }
}
