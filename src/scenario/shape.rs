//! The shape of an estimate between its low and its high.

use super::document::Node;
use super::fields::Fields;
use super::problem::{Code, Problem};
use crate::assumption::{Distribution, Knot, Unit};

/// Shapes by their words in a scenario.
const NAMES: [&str; 8] = ["fixed", "uniform", "triangular", "pert", "normal", "lognormal", "discrete", "quantiles"];

/// How far the likely value of a normal or lognormal estimate may lie from the middle of its range, as a share of the range.
const OFF_CENTRE: f64 = 0.05;

/// A shape with the range that it has.
pub(super) type Shaped = (Distribution, Option<(f64, f64)>);

impl Fields<'_> {
    /// The shape of an estimate, and its range; numbers without either are certain.
    pub(super) fn shape(&self, (low, likely, high): (Option<f64>, f64, Option<f64>), unit: Unit) -> Shaped {
        let ranged = low.is_some() || high.is_some();
        let range = ranged.then(|| (low.unwrap_or(likely), high.unwrap_or(likely)));
        let words: Vec<(&str, usize)> = NAMES.into_iter().zip(0..).collect();
        let chosen = self.choice("distribution", &words).map(|i| NAMES[i]);
        let listed = matches!(chosen, Some("discrete" | "quantiles"));
        let lists = self.has("values") || self.has("probabilities");
        if ranged && (listed || lists) {
            self.refuse(
                "distribution",
                "has both a range and a list of values",
                "give low and high or a list of values, not both",
            );
            return (Distribution::Fixed, range);
        }
        match chosen {
            None if lists => {
                self.refuse("values", "has values but no shape for them", "add distribution = \"discrete\" or \"quantiles\"");
                (Distribution::Fixed, range)
            }
            Some(word @ ("discrete" | "quantiles")) => self.listed(word, likely, unit),
            None if ranged => (Distribution::Triangular, range),
            None | Some("fixed") => (Distribution::Fixed, range),
            Some(_) if !ranged => {
                self.refuse("distribution", "has a shape but no range", "give low and high");
                (Distribution::Fixed, range)
            }
            Some("uniform") => (Distribution::Uniform, range),
            Some("triangular") => (Distribution::Triangular, range),
            Some("pert") => (Distribution::Pert, range),
            Some(word) => self.centred(word, (low, likely, high)),
        }
    }

    /// Normal and lognormal: low and high are P10 and P90, and the likely value is what then lies in the middle.
    fn centred(&self, word: &str, (low, likely, high): (Option<f64>, f64, Option<f64>)) -> Shaped {
        let (low, high) = (low.unwrap_or(likely), high.unwrap_or(likely));
        if word == "lognormal" && low <= 0.0 {
            self.refuse("distribution", "is lognormal and starts at or below 0", "give a low above 0, or another shape");
            return (Distribution::Fixed, None);
        }
        let (middle, off, shape) = if word == "normal" {
            let middle = f64::midpoint(low, high);
            (middle, (likely - middle).abs() / (high - low), Distribution::Normal)
        } else {
            let middle = (low * high).sqrt();
            (middle, (likely / middle).ln().abs() / (high / low).ln(), Distribution::Lognormal)
        };
        if low < high && off > OFF_CENTRE {
            let what = format!(
                "is {word}, but its likely value is not in the middle of low and high, which is {}",
                (1e6 * middle).round() / 1e6
            );
            self.refuse(
                "distribution",
                &what,
                "give that as likely, or use \"triangular\" or \"pert\", which may lean to a side",
            );
        }
        (shape, Some((low, high)))
    }

    /// Values that are listed with their probabilities, in any order; kept from the lowest up, since what is drawn at a
    /// higher probability must be no lower: correlations, common drivers and P10 and P90 rest on that.
    fn listed(&self, word: &str, likely: f64, unit: Unit) -> Shaped {
        let items = |key: &str| -> Vec<&Node> { self.items(key) };
        let (values, probabilities) = (items("values"), items("probabilities"));
        let wrong = |hint: &str| {
            self.refuse("distribution", &format!("does not say what it is as \"{word}\""), hint);
            (Distribution::Fixed, None)
        };
        if values.len() != probabilities.len() || values.len() < 2 {
            return wrong("give two or more values, and as many probabilities");
        }
        let number = |n: &Node| self.in_unit("values", n, unit);
        let share = |n: &Node| self.plain_at("probabilities", n, (0.0, 1.0));
        let mut knots: Vec<Knot> = values
            .into_iter()
            .zip(probabilities)
            .filter_map(|(v, p)| Some(Knot { value: number(v)?, probability: share(p)? }))
            .collect();
        if knots.len() < 2 {
            return (Distribution::Fixed, None);
        }
        let range = knots.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), k| (l.min(k.value), h.max(k.value)));
        if word == "discrete" {
            let sum: f64 = knots.iter().map(|k| k.probability).sum();
            if (sum - 1.0).abs() > 1e-9 {
                return wrong("probabilities of a discrete estimate sum to 1");
            }
            self.likely_within(likely, range);
            knots.sort_by(|a, b| a.value.total_cmp(&b.value));
            return (Distribution::Discrete(knots), Some(range));
        }
        let up = knots.windows(2).all(|w| w[0].probability < w[1].probability && w[0].value <= w[1].value);
        let whole = knots[0].probability.abs() < 1e-12 && (knots[knots.len() - 1].probability - 1.0).abs() < 1e-12;
        if !(up && whole) {
            return wrong(
                "give the values in order, the first with probability 0 and the last with 1: the probability of being below each",
            );
        }
        self.likely_within(likely, range);
        (Distribution::Quantiles(knots), Some(range))
    }

    /// The central case is one that may be drawn.
    fn likely_within(&self, likely: f64, (low, high): (f64, f64)) {
        if !(low..=high).contains(&likely) {
            let what = format!("has {likely} as its likely value, but its values run from {low} to {high}");
            self.refuse("likely", &what, "give a likely value between them, or the values that it may have");
        }
    }

    fn refuse(&self, key: &str, what: &str, hint: &str) {
        let message = format!("`{}` {what}", self.path);
        self.reading.report(Problem::new(Code::DistributionShape, self.at(key), message).hint(hint));
    }
}
