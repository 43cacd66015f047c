//! What a new scenario may start from: files of this folder, kept as they are written out.

use clap::ValueEnum;

/// A scenario to start from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Template {
    /// Three services, two systems, two contracts, four options, with every part of a cost and a score
    Standard,
    /// What a trust has at once, some forty numbers and dates; all else from a library of defaults
    Small,
    /// Options and criteria that people judge; nothing is priced
    ScoresOnly,
}

/// The id in the files, in whose place the name of the new scenario comes.
const ID: &str = "id = \"NAME\"";

impl Template {
    /// Names of its files, with their text for a scenario of this name.
    pub(super) fn files(self, name: &str) -> Vec<(&'static str, String)> {
        let kept = match self {
            Self::Standard => STANDARD,
            Self::Small => SMALL,
            Self::ScoresOnly => SCORES_ONLY,
        };
        kept.iter().map(|(file, text)| (*file, text.replace(ID, &format!("id = \"{name}\"")))).collect()
    }
}

const STANDARD: &[(&str, &str)] = &[
    ("appraisal.toml", include_str!("standard/appraisal.toml")),
    ("estate.toml", include_str!("standard/estate.toml")),
    ("services.csv", include_str!("standard/services.csv")),
    ("flows.csv", include_str!("standard/flows.csv")),
    ("contracts.toml", include_str!("standard/contracts.toml")),
    ("links.toml", include_str!("standard/links.toml")),
    ("migration.toml", include_str!("standard/migration.toml")),
    ("streams.toml", include_str!("standard/streams.toml")),
    ("options.toml", include_str!("standard/options.toml")),
    ("criteria.toml", include_str!("standard/criteria.toml")),
    ("sources.csv", include_str!("standard/sources.csv")),
];

const SMALL: &[(&str, &str)] =
    &[("appraisal.toml", include_str!("small/appraisal.toml")), ("services.csv", include_str!("small/services.csv"))];

const SCORES_ONLY: &[(&str, &str)] = &[
    ("appraisal.toml", include_str!("scores-only/appraisal.toml")),
    ("options.toml", include_str!("scores-only/options.toml")),
    ("criteria.toml", include_str!("scores-only/criteria.toml")),
];
