//! Cash against the money there is for it.

use super::result::{BenefitView, FundingGap, FundingPart, FundingSource, FundingTotal};
use crate::assumption::Values;
use crate::costing::Lineage;
use crate::outcome::{Bearers, Capital, Evaluated};
use crate::programme::{FundingKind, OptionIx, Programme, Sector};
use crate::quantity::offset_of;

/// Money of one body and year, by what it may be spent on.
#[derive(Debug, Clone, Copy, Default)]
struct Purse {
    capital: f64,
    revenue: f64,
    either: f64,
}

impl Purse {
    fn add(&mut self, kind: FundingKind, amount: f64) {
        match kind {
            FundingKind::Capital => self.capital += amount,
            FundingKind::Revenue => self.revenue += amount,
            FundingKind::Either => self.either += amount,
        }
    }

    fn all(self) -> f64 {
        self.capital + self.revenue + self.either
    }

    /// Capital and revenue against it. What may be spent on either pays for capital that nothing else pays for, and
    /// the rest of it for revenue, so that the two gaps add up to cash less funding.
    fn against(self, capital: f64, revenue: f64) -> (FundingPart, FundingPart) {
        let short = (capital - self.capital).max(0.0);
        let lent = short.min(self.either);
        let part = |cash: f64, funding: f64, either: f64| FundingPart { cash, funding, gap: cash - funding - either };
        (part(capital, self.capital, lent), part(revenue, self.revenue, self.either - lent))
    }
}

/// What is short of the two together, or, where neither is short, what is left, negative.
fn gap(capital: &FundingPart, revenue: &FundingPart) -> f64 {
    let short = capital.gap.max(0.0) + revenue.gap.max(0.0);
    // Less than half a penny is rounding.
    if short > 0.005 { short } else { capital.gap + revenue.gap }
}

/// Cash against funding by year, of every body that has any in some year. Funding passes to a successor
/// as costs do, with the year in which it takes over at the start.
pub(super) fn gaps(programme: &Programme, evaluated: &Evaluated, capital: &Capital, values: &Values) -> Vec<FundingGap> {
    let period = &programme.frame.period;
    let bearers = Bearers::of(programme);
    let mut purses: Vec<Vec<Option<Purse>>> = vec![vec![None; period.years()]; programme.organisations.len()];
    for source in &programme.funding {
        let given = (0..period.years()).filter_map(|year| Some((year, source.in_year(year, values)?)));
        for (year, amount) in given {
            let april = offset_of(12 * year);
            purses[bearers.at(Some(source.body), april)][year].get_or_insert_default().add(source.kind, amount);
        }
    }
    let mut gaps = Vec::new();
    for (i, own) in purses.iter().enumerate().filter(|(_, own)| own.iter().any(Option::is_some)) {
        for (year, purse) in own.iter().enumerate() {
            let (cash, purse) = (evaluated.totals.body_cash[i][year], purse.unwrap_or_default());
            let spent = capital.spending[i][year];
            let (capital, revenue) = purse.against(spent, cash - spent);
            let gap = gap(&capital, &revenue);
            let (body, year) = (programme.organisations[i].id.clone(), period.year(year).to_string());
            gaps.push(FundingGap { body, year, cash, funding: purse.all(), gap, capital, revenue });
        }
    }
    gaps
}

/// The gaps of each body over all years, as if money could be kept from year to year.
pub(super) fn totals(gaps: &[FundingGap]) -> Vec<FundingTotal> {
    let total = |own: &[FundingGap]| {
        let sum = |part: fn(&FundingGap) -> f64| own.iter().map(part).sum::<f64>();
        let (cash, funding) = (sum(|g| g.cash), sum(|g| g.funding));
        let (own_capital, own_revenue) = (sum(|g| g.capital.funding), sum(|g| g.revenue.funding));
        let purse = Purse { capital: own_capital, revenue: own_revenue, either: funding - own_capital - own_revenue };
        let (capital, revenue) = purse.against(sum(|g| g.capital.cash), sum(|g| g.revenue.cash));
        let body = own.first().map_or_else(String::new, |g| g.body.clone());
        FundingTotal { body, cash, funding, gap: gap(&capital, &revenue), capital, revenue }
    };
    gaps.chunk_by(|a, b| a.body == b.body).map(total).collect()
}

/// What cash-releasing benefits that nobody has agreed to would release by year, with the VAT on them and less their
/// optimism bias; empty where an option has none.
pub(super) fn unagreed(programme: &Programme, evaluated: &Evaluated) -> Vec<f64> {
    let mut years = vec![0.0; programme.frame.period.years()];
    let mut any = false;
    for (line, totals) in evaluated.costing.lines.iter().zip(&evaluated.totals.lines) {
        let Lineage::Stream(i) = line.lineage else { continue };
        let public = line.bearer.is_none_or(|b| programme.organisations[b.0].sector == Sector::Public);
        if programme.streams[i].is_unagreed() && public {
            any = true;
            for (sum, amount) in years.iter_mut().zip(totals.nominal.years()) {
                *sum -= amount.value() * (1.0 + line.vat);
            }
        }
    }
    if any { years } else { Vec::new() }
}

/// Sources of funding as plain data.
pub(super) fn sources(programme: &Programme, values: &Values) -> Vec<FundingSource> {
    let years = programme.frame.period.years();
    let one = |f: &crate::programme::Funding| FundingSource {
        id: f.id.clone(),
        name: f.name.clone(),
        body: programme.organisations[f.body.0].id.clone(),
        kind: f.kind.word().to_owned(),
        conditions: f.conditions.clone(),
        end: f.end.map(|m| m.last_day().to_string()),
        by_year: (0..years).map(|y| f.in_year(y, values).unwrap_or(0.0)).collect(),
    };
    programme.funding.iter().map(one).collect()
}

/// Benefits and who answers for them.
pub(super) fn benefits(programme: &Programme) -> Vec<BenefitView> {
    let one = |s: &crate::programme::Stream| {
        let has = |(i, _): &(usize, &crate::programme::OptionDefinition)| s.options.contains(OptionIx(*i));
        Some(BenefitView {
            id: s.id.clone(),
            name: s.name.clone(),
            class: s.class?.word().to_owned(),
            owner: s.owner.clone(),
            agreed: s.agreed,
            options: programme.options.iter().enumerate().filter(has).map(|(_, o)| o.id.clone()).collect(),
        })
    };
    programme.streams.iter().filter_map(one).collect()
}
