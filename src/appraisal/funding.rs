//! Cash against the money there is for it.

use super::result::{BenefitView, FundingGap, FundingPart, FundingSource, FundingTotal};
use crate::assumption::Values;
use crate::costing::Lineage;
use crate::outcome::{Budget, Capital, Evaluated, Part, Purse, Purses, gap};
use crate::programme::{OptionIx, Programme, Sector};

/// Cash against funding by year, of every body that has any in some year. Funding passes to a successor
/// as costs do, with the year in which it takes over at the start.
pub(super) fn gaps(programme: &Programme, evaluated: &Evaluated, capital: &Capital, values: &Values) -> Vec<FundingGap> {
    let period = &programme.frame.period;
    let purses = Purses::of(programme, values);
    let one = |budget: Budget| {
        let Budget { body, year } = budget;
        let (cash, spent) = (evaluated.totals.body_cash[body.0][year], capital.spending[body.0][year]);
        let purse = purses.at(budget);
        let (capital, revenue) = purse.against(spent, cash - spent);
        let gap = gap(&capital, &revenue);
        let (body, year) = (programme.organisations[body.0].id.clone(), period.year(year).to_string());
        FundingGap { body, year, cash, funding: purse.all(), gap, capital: part(capital), revenue: part(revenue) }
    };
    purses.budgets().into_iter().map(one).collect()
}

fn part(Part { cash, funding, gap }: Part) -> FundingPart {
    FundingPart { cash, funding, gap }
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
        FundingTotal { body, cash, funding, gap: gap(&capital, &revenue), capital: part(capital), revenue: part(revenue) }
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
