//! Cash of the year, from the same cost lines as the economic view.

use super::catalogue::{Item, Listing};
use super::cost::Basis;
use super::{Explainer, Explanation, Rule};
use crate::appraisal::Examined;

/// A figure of the financial view, over all bodies and years.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Figure {
    Cash,
    Nominal,
    NonCash,
    Vat,
    Transfers,
}

const FIGURES: [(&str, Figure); 5] = [
    ("cash", Figure::Cash),
    ("nominal", Figure::Nominal),
    ("non_cash", Figure::NonCash),
    ("vat", Figure::Vat),
    ("transfers", Figure::Transfers),
];

pub(super) fn list(examined: &Examined<'_>, listing: &mut Listing) {
    for (i, option) in examined.appraisal.options.iter().enumerate() {
        for (word, figure) in FIGURES {
            let path = format!("options.{}.financial.{word}", option.id);
            listing.add(path, &format!("options.<option>.financial.{word}"), Item::Financial(i, figure));
        }
    }
}

impl Explainer<'_> {
    pub(super) fn financial(&self, option: usize, figure: Figure) -> Explanation {
        let unit = Basis::Nominal.unit();
        let view = &self.appraisal().options[option].financial;
        let at = |word: &str| format!("options.{}.financial.{word}", self.appraisal().options[option].id);
        match figure {
            Figure::Cash => {
                let non_cash = self.financial(option, Figure::NonCash).at(at("non_cash"));
                let less =
                    Explanation::of("Less what is not paid in cash", -non_cash.value, unit, Rule::Negative, vec![non_cash]);
                let parts = vec![
                    self.financial(option, Figure::Nominal).at(at("nominal")),
                    less,
                    self.financial(option, Figure::Vat).at(at("vat")),
                    self.financial(option, Figure::Transfers).at(at("transfers")),
                ];
                Explanation::of("Cash", view.cash, unit, Rule::Sum, parts)
                    .by("nominal - non-cash + irrecoverable VAT + transfers = cash", "section 8")
            }
            Figure::Nominal => {
                let lines = (0..self.evaluated(option).costing.lines.len()).map(|n| self.line(option, n, Basis::Nominal));
                Explanation::of("Resources in prices of the year", view.nominal, unit, Rule::Sum, lines.collect())
                    .by("sum over cost lines", "section 8")
            }
            Figure::NonCash => {
                let formula = "sum over cost lines of nominal x (1 - share paid in cash)";
                Explanation::of(
                    "Not paid in cash",
                    view.non_cash,
                    unit,
                    Rule::Sum,
                    self.shares(option, |cash, _| vec![("Share not paid in cash", 1.0 - cash)]),
                )
                .by(formula, "section 8")
            }
            Figure::Vat => {
                let formula = "sum over cost lines of nominal x share paid in cash x rate x (1 - recoverable)";
                let shares = |cash, vat| vec![("Share paid in cash", cash), ("Irrecoverable VAT", vat)];
                Explanation::of("Irrecoverable VAT", view.vat, unit, Rule::Sum, self.shares(option, shares))
                    .by(formula, "section 8")
            }
            Figure::Transfers => {
                let note = "Streams of kind `transfer`; money between two bodies of the public sector nets to nothing here.";
                Explanation::leaf("Transfers to households, businesses and others", view.transfers, unit, Rule::Engine)
                    .by("paid less received, over all public bodies", "section 8")
                    .noting(note)
            }
        }
    }

    /// The nominal amount of each line times shares of it; lines of which nothing is left out.
    fn shares(&self, option: usize, of: impl Fn(f64, f64) -> Vec<(&'static str, f64)>) -> Vec<Explanation> {
        let one = |(n, line): (usize, &crate::costing::CostLine)| {
            let shares = of(line.cash, line.vat);
            let share: f64 = shares.iter().map(|(_, s)| s).product();
            (share != 0.0).then(|| {
                let nominal = self.line(option, n, Basis::Nominal);
                let (name, value) = (nominal.name.clone(), nominal.value * share);
                let shares = shares.into_iter().map(|(name, s)| Explanation::leaf(name, s, "share", Rule::Ledger));
                Explanation::of(
                    name,
                    value,
                    Basis::Nominal.unit(),
                    Rule::Product,
                    std::iter::once(nominal).chain(shares).collect(),
                )
            })
        };
        self.evaluated(option).costing.lines.iter().enumerate().filter_map(one).collect()
    }
}
