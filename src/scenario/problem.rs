//! What can be wrong with a scenario, as data: a stable code, a place, a cause in the user's words, a
//! hint.

use super::document::{Files, Position, Span};
use std::collections::BTreeSet;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $word:literal),+ $(,)?) => {
        /// Stable codes of problems and warnings.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Code {
            /// All codes.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The code as printed.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }

            /// What it means.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc),+)),+ }
            }
        }
    };
}

codes! {
    /// A file is not UTF-8 text.
    NotText = "not-text",
    /// A TOML file is not well formed.
    TomlSyntax = "toml-syntax",
    /// A CSV row has more cells than the header has columns.
    CsvShape = "csv-shape",
    /// An id or key is given twice.
    DuplicateId = "duplicate-id",
    /// A key that the engine does not know.
    UnknownKey = "unknown-key",
    /// A section (or CSV file) that the engine does not know.
    UnknownSection = "unknown-section",
    /// Something that must be given is missing.
    MissingKey = "missing-key",
    /// A value of the wrong kind.
    WrongKind = "wrong-kind",
    /// Text that cannot be read as a number.
    BadNumber = "bad-number",
    /// A number outside the range that makes sense.
    OutOfRange = "out-of-range",
    /// An estimate whose low, likely and high are not in order.
    EstimateOrder = "estimate-order",
    /// The shape of an estimate and what is given for it do not go together.
    DistributionShape = "distribution-shape",
    /// A correlation of what is not uncertain, correlations that cannot hold together, or a driver of nothing.
    Correlation = "correlation",
    /// A what-if that changes nothing, or numbers that there are not.
    WhatIf = "what-if",
    /// A figure said to be sourced or derived without a source.
    SourceMissing = "source-missing",
    /// Text that cannot be read as a date, year or quarter.
    BadDate = "bad-date",
    /// A go-live that is not the first day of a quarter.
    NotAQuarterStart = "not-a-quarter-start",
    /// A word that is not one of those allowed.
    UnknownChoice = "unknown-choice",
    /// An id that nothing in the scenario has.
    UnknownReference = "unknown-reference",
    /// No option is business as usual, or more than one is.
    BusinessAsUsual = "business-as-usual",
    /// The period is empty or the as-at date lies outside it.
    BadPeriod = "bad-period",
    /// A year without a deflator; nothing is extrapolated.
    DeflatorYear = "deflator-year",
    /// Dates that are not in order.
    DateOrder = "date-order",
    /// Price bands that are not in order, or without an open last one.
    BandOrder = "band-order",
    /// A contract line without a charge, or with two.
    LineBasis = "line-basis",
    /// Work without days or money, or with a timing that is not possible.
    WorkShape = "work-shape",
    /// An option moves a service but nothing says when.
    NoGoLive = "no-go-live",
    /// A move of a kind that the scenario does not describe.
    NoMoveKind = "no-move-kind",
    /// A rule or wave that matches no service.
    MatchesNothing = "matches-nothing",
    /// A go-live before the as-at date or after the end of the period.
    OutsidePeriod = "outside-period",
    /// A link goes live before its lead time is over.
    LeadTime = "lead-time",
    /// An option moves a service before a commitment does.
    BeforeCommitment = "before-commitment",
    /// A contract that follows another of a different system, without a later start, or beside a second follower.
    Follows = "follows",
    /// A contract date inside a month, which is charged in full.
    PartMonth = "part-month",
    /// A contract ends while its system is used, and only another contract that does not follow it covers.
    ContractLapses = "contract-lapses",
    /// A system is used in a month that no contract covers.
    NoContractCover = "no-contract-cover",
    /// Anchors at 0 and 100 points are the same.
    AnchorsEqual = "anchors-equal",
    /// Two contracts charge by user for the same system in the same months.
    BilledTwice = "billed-twice",
    /// A capability that a service must have and that no product of the scenario has.
    NoProductCan = "no-product-can",
    /// The same money or benefit is scored by two criteria.
    ScoredTwice = "scored-twice",
    /// The cost of a move is given both for each user in all and by its parts.
    CostTwice = "cost-twice",
    /// An option with a year 0, horizon or as-at date of its own.
    OwnPeriod = "own-period",
    /// A rate or an uplift so high that a percentage without its sign is more likely.
    UnlikelyRate = "unlikely-rate",
    /// An amount so low that thousands, or a number that was forgotten, are more likely.
    UnlikelyAmount = "unlikely-amount",
    /// A contract whose agreed term ended before the as-at date.
    EndedBefore = "ended-before",
    /// A measure needs data that the scenario does not have.
    MeasureNeedsData = "measure-needs-data",
    /// Weights that are all zero, or do not fit the tree.
    Weights = "weights",
    /// Weights were given on other anchors than those of the criterion.
    AnchorsChanged = "anchors-changed",
    /// A value function whose knots do not rise from the 0 anchor to the 100 anchor.
    ValueFunction = "value-function",
    /// A preference function of PROMETHEE without its thresholds, or with others.
    PreferenceFunction = "preference-function",
    /// What a panel says of weights is not clear, contradicts itself, or contradicts its points.
    WeightStatement = "weight-statement",
    /// A long list in which a category has not one green choice, or an option that does not fit it.
    Longlist = "longlist",
    /// A judged criterion without a judgement for every option.
    JudgementMissing = "judgement-missing",
    /// A table of the value tree that is neither group nor criterion, or goes in a circle.
    TreeShape = "tree-shape",
    /// An optimism bias that the chosen parameter set does not have.
    BiasShape = "bias-shape",
    /// A benefit without amount or reason, or an amount that is both yearly and once.
    StreamShape = "stream-shape",
    /// A planned go-live on a day on which nothing may go live.
    Freeze = "freeze",
    /// A planned go-live before what it has to wait for.
    Precedence = "precedence",
    /// A hazard that mitigation makes worse, or lowers without saying how.
    HazardShape = "hazard-shape",
    /// Funding whose amount is given twice, or with dates that do not apply to it.
    FundingShape = "funding-shape",
    /// The folder or file holds no scenario.
    Empty = "empty",
    /// A body's successor is missing where it dissolves.
    Successor = "successor",
    /// What becomes of a contract when bodies change does not fit the bodies.
    Transfer = "transfer",
    /// More staff are said to work in other services too than a service has.
    SharedStaff = "shared-staff",
    /// An option says of a contract's end what the contract has no terms for.
    Expiry = "expiry",
    /// A way of keeping what is left behind that is not whole, or takes what it has no use for.
    ArchiveShape = "archive-shape",
    /// Something is left to the optimiser and given as well, or cannot be left to it.
    Optimise = "optimise",
}

/// How bad.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// The scenario cannot be used.
    Error,
    /// It can, but the reader should know.
    Warning,
}

/// How a problem stands to others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// Others may follow from it.
    Leading,
    /// Neither.
    Plain,
    /// It may follow from others, and is said only where there is no other error.
    Following,
}

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Stable code.
    pub code: Code,
    /// How bad.
    pub severity: Severity,
    /// The place.
    pub at: Span,
    /// The cause, in the user's words.
    pub message: String,
    /// A second place with what it has to do with it.
    pub also: Option<(Span, String)>,
    /// What to do.
    pub hint: String,
    /// Whether the value could not be read at all, so that nothing else is to be said of it.
    pub(super) unread: bool,
    /// Whether it stands before the others or only where nothing else is wrong.
    pub(super) order: Order,
}

impl Problem {
    /// An error without hint yet.
    #[must_use]
    pub fn new(code: Code, at: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            at,
            message: message.into(),
            also: None,
            hint: String::new(),
            unread: false,
            order: Order::Plain,
        }
    }

    /// Says what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// Points at a second place.
    #[must_use]
    pub fn also(mut self, at: Span, label: impl Into<String>) -> Self {
        self.also = Some((at, label.into()));
        self
    }

    /// Says that the value could not be read at all.
    #[must_use]
    pub(super) fn unread(mut self) -> Self {
        self.unread = true;
        self
    }

    /// Says that others may follow from it.
    #[must_use]
    pub(super) fn leading(mut self) -> Self {
        self.order = Order::Leading;
        self
    }

    /// Says that it may follow from others.
    #[must_use]
    pub(super) fn following(mut self) -> Self {
        self.order = Order::Following;
        self
    }

    /// Whether others follow from it: ids, keys or sections that are not there under their names.
    fn is_cause(&self) -> bool {
        use Code::{CsvShape, DuplicateId, NotText, TomlSyntax, UnknownSection};
        self.order == Order::Leading || matches!(self.code, NotText | TomlSyntax | CsvShape | DuplicateId | UnknownSection)
    }

    /// Makes it a warning.
    #[must_use]
    pub fn warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }
}

/// All problems of a scenario, causes first, then in the order of their places, with the files they are in.
#[derive(Debug, Clone)]
pub struct Problems {
    /// The files.
    pub files: Files,
    /// The problems.
    pub list: Vec<Problem>,
}

impl Problems {
    pub(super) fn new(files: Files, mut list: Vec<Problem>) -> Self {
        // What could not be read is not judged by what it says.
        let unread: BTreeSet<Span> = list.iter().filter(|p| p.unread).map(|p| p.at).collect();
        list.retain(|p| p.unread || !unread.contains(&p.at));
        if list.iter().any(|p| p.severity == Severity::Error && p.order != Order::Following) {
            list.retain(|p| p.order != Order::Following);
        }
        // What was refused comes before what refers to it; the rest in the order of the files.
        list.sort_by_key(|p| (!p.is_cause(), p.at, p.code));
        // A column that is not there is missed by each row, and between two of them by others.
        let mut told: BTreeSet<(Span, Code, String)> = BTreeSet::new();
        list.retain(|p| told.insert((p.at, p.code, p.message.clone())));
        Self { files, list }
    }

    /// Number of errors.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.list.iter().filter(|p| p.severity == Severity::Error).count()
    }

    /// Number of warnings.
    #[must_use]
    pub fn warnings(&self) -> usize {
        self.list.len() - self.errors()
    }

    /// Where a problem is.
    #[must_use]
    pub fn position(&self, problem: &Problem) -> Position {
        self.files.position(problem.at)
    }
}

/// Characters of the longest word for which a name is suggested: comparing takes the square of the length.
const LONGEST_WORD: usize = 100;

/// The closest of some names to a word, if it is close enough to be what was meant.
#[must_use]
pub fn did_you_mean<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let length = word.chars().count();
    if length > LONGEST_WORD {
        return None;
    }
    let distance = |name: &str| strsim::damerau_levenshtein(&word, &name.to_lowercase());
    let allowed = |name: &str| (length.max(name.chars().count()) + 2).div_euclid(3);
    // So many more or fewer letters are so many changes at least.
    let possible = |n: &&str| n.chars().count().abs_diff(length) <= allowed(n);
    let close = names.into_iter().filter(possible).map(|n| (distance(n), n)).filter(|(d, n)| *d <= allowed(n));
    close.min_by_key(|(d, n)| (*d, *n)).map(|(_, n)| n)
}

/// A list of names for a hint: `a, b or c`.
#[must_use]
pub fn one_of(names: &[&str]) -> String {
    match names {
        [] => "nothing".to_owned(),
        [one] => (*one).to_owned(),
        [rest @ .., last] => format!("{} or {last}", rest.join(", ")),
    }
}
