//! Cost lines as what they are made of, for a workbook that works them out again.
//!
//! A contract's charges are price times quantity; optimism bias is an uplift times a line. Whatever else decides a cost
//! (staying or leaving, how records are kept, whether a bias is managed away) is decided by the engine. So for each number
//! that is shown as live the engine is asked over which values the straight line holds, by costing every option anew.

use super::examined::Examined;
use super::result::{BiasUplift, CostRow, DualRunningMonth, LiveInput, Made, OptionWorkings, PriceIndex, PriceTerm, Workings};
use crate::assumption::{Handle, Values};
use crate::costing::{self, CostLine, Costing, LeftBehind, Lineage, PriceBasis, Priced, Way};
use crate::economics;
use crate::outcome::{self, Posting, Recost, Varied};
use crate::programme::{Category, Contract, ContractIx, DiscountClass, Indexed, InstanceIx, Programme, UNASSIGNED};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// The workings of all options.
pub(super) fn workings(case: &Examined<'_>) -> Workings {
    let (programme, values) = (&*case.programme, &case.values);
    let options: Vec<(OptionWorkings, Slopes)> =
        (0..case.plans.len()).into_par_iter().map(|option| rows(case, option, values)).collect();
    let (options, slopes): (Vec<_>, Vec<_>) = options.into_iter().unzip();
    let biases = programme.biases.iter().map(|bias| BiasUplift {
        id: bias.id.clone(),
        assumption: bias.money.handle().index(),
        before: bias.money.of(values),
        left: 1.0 - bias.mitigation(values).iter().map(|m| m.contribution * m.managed).sum::<f64>(),
    });
    Workings {
        inputs: inputs(case, &slopes, values),
        indices: indices(case, values),
        deflator_live: follows_the_deflator(case, &options),
        biases: biases.collect(),
        health_factors: economics::factors(&programme.parameters.health, programme.frame.period.horizon)
            .into_iter()
            .map(crate::quantity::DiscountFactor::value)
            .collect(),
        options,
    }
}

/// By number, what a pound (or one) more of it adds to the net present cost of an option as its rows have it.
type Slopes = BTreeMap<Handle, f64>;

fn rows(case: &Examined<'_>, option: usize, values: &Values) -> (OptionWorkings, Slopes) {
    let (programme, evaluated) = (&*case.programme, &case.outcome.options[option]);
    let lines = &evaluated.costing.lines;
    let priced = Charges::of(programme, costing::by_price(programme, &evaluated.plan, values), values);
    let bases = Bases::of(programme, lines, values);
    let postings = outcome::postings(programme, lines);
    let (mut rows, mut firsts, mut slopes): (Vec<CostRow>, Vec<usize>, Slopes) = (Vec::new(), Vec::new(), BTreeMap::new());
    for (at, line) in lines.iter().enumerate() {
        firsts.push(rows.len());
        let parts = parted(&postings[at]);
        for (bodies, own) in &parts {
            let mut row = row(programme, (at, line), *bodies, own);
            row.made = match bases.of_line(at) {
                Some((base, bias)) => {
                    biased(&rows, (firsts[base], firsts[base + 1]), &row, (bias, &programme.biases[bias].on_money(values)))
                }
                None => priced.made((lines, at), *bodies, &row, &mut slopes),
            };
            if let Made::Bias { bias, .. } = row.made {
                let money = programme.biases[bias].money;
                let slope: f64 = row.present.iter().sum::<f64>() / money.of(values);
                *slopes.entry(money.handle()).or_default() += slope;
            }
            rows.push(row);
        }
    }
    if rows.len() > MANY {
        rows = merged(rows, lines);
        slopes.retain(|input, _| programme.biases.iter().all(|bias| bias.money.handle() != *input));
    }
    let name = |i: usize| body(programme, i);
    let transfers = outcome::transferred(programme, &evaluated.costing.transfers).into_iter().enumerate();
    let transfers = transfers.filter(|(_, years)| years.iter().any(|a| *a != 0.0)).map(|(i, years)| (name(i), years)).collect();
    (OptionWorkings { rows, transfers, dual_running: months(case, option) }, slopes)
}

/// More rows than a reader goes through one by one.
const MANY: usize = 2_000;

/// Rows of one category on the same terms as one row, but for those that are made of prices. They are not told apart any
/// more, so what a bias is on is not either.
fn merged(rows: Vec<CostRow>, lines: &[CostLine]) -> Vec<CostRow> {
    let mut kept: Vec<CostRow> = Vec::new();
    let mut places = BTreeMap::new();
    for mut row in rows {
        if matches!(row.made, Made::Prices { .. }) {
            kept.push(row);
            continue;
        }
        let category = lines[row.line].category as usize;
        let terms = (row.in_cash_prices, row.health, row.cash.to_bits(), row.vat.to_bits());
        let key = (category, row.bearer.clone(), row.payer.clone(), terms.0, terms.1, terms.2, terms.3);
        let Some(own) = places.get(&key).map(|at| &mut kept[*at]) else {
            places.insert(key, kept.len());
            row.made = Made::Amounts;
            kept.push(row);
            continue;
        };
        own.lines += 1;
        for (sums, more) in [(&mut own.nominal, row.nominal), (&mut own.real, row.real), (&mut own.present, row.present)] {
            sums.iter_mut().zip(more).for_each(|(sum, amount)| *sum += amount);
        }
    }
    kept
}

/// The id of a body by position.
fn body(programme: &Programme, at: usize) -> String {
    programme.organisations.get(at).map_or_else(|| UNASSIGNED.to_owned(), |o| o.id.clone())
}

/// Postings by who bears and who pays, in the order in which they come up.
fn parted(postings: &[Posting]) -> Vec<((usize, usize), Vec<Posting>)> {
    let mut parts: Vec<((usize, usize), Vec<Posting>)> = Vec::new();
    for posting in postings {
        let bodies = (posting.bearer, posting.payer);
        match parts.iter_mut().find(|(own, _)| *own == bodies) {
            Some((_, own)) => own.push(*posting),
            None => parts.push((bodies, vec![*posting])),
        }
    }
    parts
}

fn row(programme: &Programme, (at, line): (usize, &CostLine), (bearer, payer): (usize, usize), own: &[Posting]) -> CostRow {
    let years = programme.frame.period.years();
    let by_year = |of: fn(&Posting) -> f64| {
        let mut sums = vec![0.0; years];
        for p in own {
            sums[p.year] += of(p);
        }
        sums
    };
    CostRow {
        line: at,
        lines: 1,
        bearer: body(programme, bearer),
        payer: body(programme, payer),
        in_cash_prices: line.basis == PriceBasis::Nominal,
        health: line.discount == DiscountClass::Health,
        cash: line.cash,
        vat: line.vat,
        nominal: by_year(|p| p.nominal),
        real: by_year(|p| p.real),
        present: by_year(|p| p.present),
        made: Made::Amounts,
    }
}

/// On its own price basis.
fn amounts(row: &CostRow) -> &[f64] {
    if row.in_cash_prices { &row.nominal } else { &row.real }
}

/// Whether two sums of a year are the same but for the order of adding up.
fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * (1.0 + a.abs().max(b.abs()))
}

/// A row of optimism bias as an uplift on one of the rows of its base, if in every year it is that.
fn biased(rows: &[CostRow], (first, end): (usize, usize), row: &CostRow, (bias, uplift): (usize, &f64)) -> Made {
    let fits = |base: &CostRow| {
        let pairs = || amounts(base).iter().zip(amounts(row));
        base.bearer == row.bearer && base.payer == row.payer && pairs().all(|(b, own)| same(uplift * b.abs(), *own))
    };
    (first..end).find(|at| fits(&rows[*at])).map_or(Made::Amounts, |row| Made::Bias { row, bias })
}

/// Whether no other line is of the category and lineage of one.
fn alone(lines: &[CostLine], at: usize) -> bool {
    let own = &lines[at];
    lines.iter().filter(|l| l.category == own.category && l.lineage == own.lineage).count() == 1
}

/// For lines of optimism bias, the lines that they are on.
struct Bases(BTreeMap<usize, (usize, usize)>);

impl Bases {
    /// A line is followed by its bias, on the same terms and in the same months.
    fn of(programme: &Programme, lines: &[CostLine], values: &Values) -> Self {
        let mut found = BTreeMap::new();
        let mut next = 0;
        for (at, base) in lines.iter().enumerate() {
            let on = base.bias.zip(costing::bias_on(programme, base, values));
            let Some((bias, (terms, uplift))) = on.filter(|(_, (_, uplift))| *uplift != 0.0) else { continue };
            let months = |l: &CostLine| l.amounts.iter().map(|(m, _)| *m).collect::<Vec<_>>();
            let follows = |l: &CostLine| {
                let alike = l.bias.is_none() && l.category == terms.category && l.lineage == terms.lineage;
                let amounts = || l.amounts.iter().zip(&base.amounts).all(|((_, own), (_, b))| same(b.abs() * uplift, *own));
                alike && months(l) == months(base) && amounts()
            };
            // Lines of bias stand in the order of the lines that they are on.
            if let Some((follower, _)) = lines.iter().enumerate().skip(next.max(at + 1)).find(|(_, l)| follows(l)) {
                found.insert(follower, (at, bias.0));
                next = follower + 1;
            }
        }
        Self(found)
    }

    /// The line that a line is the bias on, and the adjustment, both by position.
    fn of_line(&self, at: usize) -> Option<(usize, usize)> {
        self.0.get(&at).copied()
    }
}

/// What follows from the prices of contracts, at a pound of each.
struct Charges<'a> {
    priced: Vec<Priced>,
    /// Postings of the lines of each.
    postings: Vec<Vec<Vec<Posting>>>,
    /// Index of each contract by year.
    indices: Vec<Vec<f64>>,
    values: &'a Values,
}

impl<'a> Charges<'a> {
    fn of(programme: &'a Programme, priced: Vec<Priced>, values: &'a Values) -> Self {
        let contracts = (0..programme.contracts.len()).map(ContractIx);
        Self {
            postings: priced.iter().map(|p| outcome::postings(programme, &p.lines)).collect(),
            priced,
            indices: contracts.map(|c| costing::price_indices(programme, c, values)).collect(),
            values,
        }
    }

    /// What a row of a line, by position, is made of, if in every year it is the sum of prices times their quantities.
    fn made(&self, (lines, at): (&[CostLine], usize), bodies: (usize, usize), row: &CostRow, slopes: &mut Slopes) -> Made {
        let line = &lines[at];
        // An invoice has the index of its year; what follows from invoices of other years has theirs already.
        let (contract, indexed) = match line.lineage {
            Lineage::Contract(ix, _) => (ix, line.category != Category::ResidualValue),
            Lineage::Retained(ix) => (ix, false),
            _ => return Made::Amounts,
        };
        // Another line could be taken for it.
        if !alone(lines, at) {
            return Made::Amounts;
        }
        let years = row.nominal.len();
        let (mut terms, mut own): (Vec<PriceTerm>, Slopes) = (Vec::new(), BTreeMap::new());
        for (priced, postings) in self.priced.iter().zip(&self.postings).filter(|(p, _)| p.contract == contract) {
            let of_line = |l: &CostLine| l.category == line.category && l.lineage == line.lineage;
            let Some(at) = priced.lines.iter().position(of_line) else { continue };
            let mut quantity = vec![0.0; years];
            for p in postings[at].iter().filter(|p| (p.bearer, p.payer) == bodies) {
                let index = if indexed { self.indices[contract.0][p.year] } else { 1.0 };
                quantity[p.year] += p.amount / index;
                *own.entry(priced.price).or_default() += p.present;
            }
            if quantity.iter().any(|q| *q != 0.0) {
                terms.push(PriceTerm { assumption: priced.price.index(), quantity });
            }
        }
        let handle = |term: &PriceTerm| own.keys().find(|h| h.index() == term.assumption).map_or(0.0, |h| self.values.get(*h));
        let index = |year: usize| if indexed { self.indices[contract.0][year] } else { 1.0 };
        let made = |year: usize| terms.iter().map(|t| handle(t) * t.quantity[year]).sum::<f64>() * index(year);
        if terms.is_empty() || !(0..years).all(|year| same(made(year), amounts(row)[year])) {
            return Made::Amounts;
        }
        for (price, slope) in own {
            *slopes.entry(price).or_default() += slope;
        }
        Made::Prices { contract: indexed.then_some(contract.0), terms }
    }
}

/// Price indices, and whether a year's charges rest on that of the year alone.
fn indices(case: &Examined<'_>, values: &Values) -> Vec<PriceIndex> {
    let programme = &*case.programme;
    let own_year_only = |i: usize| {
        let contract = &programme.contracts[i];
        let kept = contract.instance.is_some_and(|InstanceIx(i)| programme.instances[i].archive.is_some());
        let left = case.outcome.options.iter().any(|o| o.costing.contracts[i].exit.is_some());
        !kept && !left && contract.retained.is_none() && contract.lines.iter().all(|l| l.asset.is_none())
    };
    let index = |i: usize| PriceIndex {
        by_year: costing::price_indices(programme, ContractIx(i), values),
        own_year_only: own_year_only(i),
    };
    (0..programme.contracts.len()).map(index).collect()
}

/// Whether nothing but the deflator itself rests on the deflator: no index that follows general inflation, nothing in
/// year-0 prices that is made of cash prices.
fn follows_the_deflator(case: &Examined<'_>, options: &[OptionWorkings]) -> bool {
    let programme = &*case.programme;
    let follows = |c: &Contract| c.indexation.as_ref().is_some_and(|i| matches!(i.follows, Indexed::GeneralInflation { .. }));
    let left = |l: &CostLine| l.basis == PriceBasis::Nominal && l.asset.is_some_and(|a| programme.assets[a.0].residual);
    let priced = |r: &CostRow| !r.in_cash_prices && matches!(r.made, Made::Prices { .. });
    !programme.contracts.iter().any(follows)
        && !case.outcome.options.iter().any(|o| o.costing.lines.iter().any(left))
        && !options.iter().any(|o| o.rows.iter().any(priced))
}

/// Numbers that rows are made of, each with the values over which the engine agrees.
fn inputs(case: &Examined<'_>, slopes: &[Slopes], values: &Values) -> Vec<LiveInput> {
    let handles: BTreeSet<Handle> = slopes.iter().flat_map(BTreeMap::keys).copied().collect();
    let handles: Vec<Handle> = handles.into_iter().collect();
    let asked = asked(case);
    let recosts: Vec<Recost<'_>> = case.plans.par_iter().map(|plan| Recost::of(&case.programme, plan, values)).collect();
    let input = |handle: &Handle| {
        let slope = |option: usize| slopes[option].get(handle).copied().unwrap_or(0.0);
        let mut varied: Vec<Varied<'_>> = recosts.iter().map(|r| r.varied(*handle)).collect();
        let now = values.get(*handle);
        let mut follows = |value: f64| {
            let changed = values.with(*handle, value);
            varied.iter_mut().enumerate().all(|(option, varied)| {
                let change = varied.change(&changed);
                (change - slope(option) * (value - now)).abs() <= 0.001 + 1e-9 * change.abs()
            })
        };
        let highest = TIMES * now;
        let (from, low) = furthest(now, 0.0, &mut follows);
        let (to, high) = furthest(now, highest, &mut follows);
        LiveInput { assumption: handle.index(), from, to, decides: low || high || asked.contains(handle) }
    };
    // A number that is nothing has lines of nothing, which are left out.
    handles.par_iter().filter(|h| values.get(**h) > 0.0).map(input).collect()
}

/// Numbers that a question was put to: whether to leave a contract early, which way onto it, or how to keep old records.
/// Each alone may leave the answer as it is at whatever value, and several together change it.
fn asked(case: &Examined<'_>) -> BTreeSet<Handle> {
    let programme = &*case.programme;
    let costings = || case.outcome.options.iter().map(|o| &o.costing);
    let choice = |left: &LeftBehind| left.alternatives.iter().filter(|a| a.ruled_out.is_none()).count() > 1;
    let kept: BTreeSet<InstanceIx> = costings().flat_map(|c| &c.archives).filter(|l| choice(l)).map(|l| l.instance).collect();
    let grows = |way: &Way| costing::route_of(programme, way).growth.is_some();
    let joined =
        |c: &Costing| c.joining.iter().flat_map(|j| &j.ways).filter(|w| grows(w)).map(|w| w.contract).collect::<Vec<_>>();
    let joined: BTreeSet<ContractIx> = costings().flat_map(joined).collect();
    let rests = |i: usize| {
        let may_be_left = |c: &Costing| c.contracts[i].exit.as_ref().is_some_and(|exit| exit.charge.is_some());
        let of_records = programme.contracts[i].instance.is_some_and(|own| kept.contains(&own));
        of_records || joined.contains(&ContractIx(i)) || costings().any(may_be_left)
    };
    let contracts = (0..programme.contracts.len()).filter(|i| rests(*i)).map(ContractIx);
    let mut asked: BTreeSet<Handle> = contracts.flat_map(|c| costing::prices(programme, c)).collect();
    if !kept.is_empty() {
        asked.extend(programme.biases.iter().map(|bias| bias.money.handle()));
    }
    asked
}

/// How many times its value a number is looked at.
const TIMES: f64 = 10.0;

/// How far from a value to an end something holds with all other numbers as they are, and whether it ends before. What is
/// decided at two values of one number is decided so between them, since what decides is which of some straight lines is
/// the lowest. Of several numbers changed at once this says nothing: see [`asked`].
fn furthest(now: f64, end: f64, holds: &mut impl FnMut(f64) -> bool) -> (f64, bool) {
    if holds(end) {
        return (end, false);
    }
    let (mut good, mut bad) = (now, end);
    for _ in 0..HALVINGS {
        let half = f64::midpoint(good, bad);
        if holds(half) {
            good = half;
        } else {
            bad = half;
        }
    }
    (good, true)
}

/// Halvings of a stretch of values: to less than a hundred-thousandth of it.
const HALVINGS: usize = 18;

/// Months of contracts in which something is paid for that is not in live use.
fn months(case: &Examined<'_>, option: usize) -> Vec<DualRunningMonth> {
    let (period, contracts) = (&case.programme.frame.period, &case.outcome.options[option].costing.contracts);
    let mut found = Vec::new();
    for (contract, c) in contracts.iter().enumerate() {
        for month in period.first_counted()..period.months() {
            let idle = [c.head_start[month], c.overlap[month], c.stranded[month], c.archive[month]];
            if idle.iter().any(|a| *a != 0.0) {
                let [head_start, overlap, stranded, archive] = idle;
                found.push(DualRunningMonth {
                    contract,
                    month: period.month(month).first_day().to_string(),
                    service: c.service[month],
                    head_start,
                    overlap,
                    stranded,
                    archive,
                    invoice: c.invoice[month],
                });
            }
        }
    }
    found
}
