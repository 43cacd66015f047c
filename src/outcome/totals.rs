//! From cost lines to the economic and the financial view, both from the same lines.

use super::measure::Sums;
use crate::costing::{CostLine, PriceBasis, Transfer};
use crate::economics;
use crate::programme::{Category, DiscountClass, OrganisationIx, Programme, Sector};
use crate::quantity::{DiscountFactor, Money, Nominal, Present, Real, Stream, offset_of};

/// One category by year, on three bases.
#[derive(Debug, Clone, PartialEq)]
pub struct Yearly {
    /// Cash prices of each year.
    pub nominal: Stream<Nominal>,
    /// Year-0 prices.
    pub real: Stream<Real>,
    /// Discounted.
    pub present: Stream<Present>,
}

/// Financial view of one body. `nominal - non_cash + vat + transfers = cash`.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Body {
    /// Resources borne, cash prices.
    pub nominal: f64,
    /// Of which no cash is paid.
    pub non_cash: f64,
    /// Irrecoverable VAT.
    pub vat: f64,
    /// Paid to other bodies, less received. Over all bodies together it comes to what goes to households, businesses
    /// and others, whose own cash is in no view.
    pub transfers: f64,
}

impl Body {
    /// Cash.
    #[must_use]
    pub fn cash(&self) -> f64 {
        self.nominal - self.non_cash + self.vat + self.transfers
    }
}

/// One line on three bases, by year.
#[derive(Debug, Clone, PartialEq)]
pub struct LineYears {
    /// Cash prices by year.
    pub nominal: Stream<Nominal>,
    /// Year-0 prices, total.
    pub real: Money<Real>,
    /// Discounted, total.
    pub present: Money<Present>,
}

/// Sums of all lines.
#[derive(Debug, Clone, PartialEq)]
pub struct Totals {
    /// By category, in the order of [`Category::ALL`].
    pub categories: Vec<Yearly>,
    /// By body, in the programme's order; the last is "unassigned".
    pub bodies: Vec<Body>,
    /// Cash by body (in the order of `bodies`) and year.
    pub body_cash: Vec<Vec<f64>>,
    /// Cash by year, all bodies.
    pub cash: Vec<f64>,
    /// By line, in the lines' order.
    pub lines: Vec<LineYears>,
}

/// Conversion of a year's amounts: nominal to real to present.
struct Prices<'a> {
    index: &'a [f64],
    standard: Vec<DiscountFactor>,
    health: Vec<DiscountFactor>,
}

impl<'a> Prices<'a> {
    fn of(programme: &'a Programme) -> Self {
        let horizon = programme.frame.period.horizon;
        Self {
            index: &programme.deflator.index,
            standard: economics::factors(&programme.parameters.standard, horizon),
            health: economics::factors(&programme.parameters.health, horizon),
        }
    }

    /// An amount of a year on all three bases.
    fn convert(&self, line: &CostLine, year: usize, amount: f64) -> (Money<Nominal>, Money<Real>, Money<Present>) {
        let index = self.index[year];
        let (nominal, real) = match line.basis {
            PriceBasis::Nominal => (Money::pounds(amount), Money::<Nominal>::pounds(amount).deflated(index)),
            PriceBasis::Real => (Money::<Real>::pounds(amount).inflated(index), Money::pounds(amount)),
        };
        let factors = match line.discount {
            DiscountClass::Standard => &self.standard,
            DiscountClass::Health => &self.health,
        };
        (nominal, real, real.discounted(factors[year]))
    }
}

/// The year of an amount, and the positions of the bodies that bear and pay it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Key {
    year: usize,
    bearer: usize,
    payer: usize,
}

/// Who stands for each body: itself, and from a month on its successor.
#[derive(Debug)]
pub struct Bearers(Vec<(usize, i32)>);

impl Bearers {
    /// From the bodies of a programme.
    #[must_use]
    pub fn of(programme: &Programme) -> Self {
        let period = &programme.frame.period;
        let bodies = programme.organisations.iter().enumerate();
        Self(bodies.map(|(i, o)| o.successor.map_or((i, i32::MAX), |(s, from)| (s.0, period.offset(from)))).collect())
    }

    /// The positions of the bodies that bear and pay a line in a month. A contract that passes passes with whoever pays.
    #[must_use]
    pub fn of_line(&self, line: &CostLine, month: i32) -> (usize, usize) {
        let passed = line.passes.filter(|(_, on)| month >= *on).map(|(to, _)| to);
        match line.payer {
            Some(payer) => (self.at(line.bearer, month), self.at(Some(passed.unwrap_or(payer)), month)),
            None => {
                let bearer = self.at(passed.or(line.bearer), month);
                (bearer, bearer)
            }
        }
    }

    /// The position that bears a cost in a month; the one after the last body if nobody is named.
    #[must_use]
    pub fn at(&self, body: Option<OrganisationIx>, month: i32) -> usize {
        let mut at = body.map_or(self.0.len(), |b| b.0);
        // Successors may have successors; the reader refuses circles.
        while let Some((next, _)) = self.0.get(at).filter(|(next, from)| *next != at && month >= *from) {
            at = *next;
        }
        at
    }
}

/// A line's amounts added up over the months of one year that one body bears. Prices and factors are
/// the same all year, so this is where a month becomes a year.
fn by_year_and_body(line: &CostLine, programme: &Programme, bearers: &Bearers) -> Vec<(Key, f64)> {
    let mut sums: Vec<(Key, f64)> = Vec::with_capacity(programme.frame.period.years() + 1);
    for &(month, amount) in &line.amounts {
        let offset = offset_of(month);
        let (bearer, payer) = bearers.of_line(line, offset);
        let key = Key { year: programme.frame.period.year_of(month), bearer, payer };
        match sums.last_mut() {
            Some((last, sum)) if *last == key => *sum += amount,
            _ => sums.push((key, amount)),
        }
    }
    sums
}

/// What a month's transfer does to the public bodies at its two ends: body by position, year, and what it pays in cash
/// of the year.
fn handed_over(
    programme: &Programme,
    transfer: &Transfer,
    (month, amount): (usize, f64),
    bearers: &Bearers,
) -> [Option<(usize, usize, f64)>; 2] {
    let year = programme.frame.period.year_of(month);
    let nominal = amount * programme.deflator.index[year];
    [(transfer.from, nominal), (transfer.to, -nominal)].map(|(body, paid)| {
        let at = bearers.at(Some(body), offset_of(month));
        (programme.organisations[at].sector == Sector::Public).then_some((at, year, paid))
    })
}

/// A part of a line: what one body bears and one pays of it in a year. A line has several in a year in which a body
/// hands over to another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Posting {
    /// Year of the period.
    pub year: usize,
    /// Position of the body that bears it; the one after the last body if nobody is named.
    pub bearer: usize,
    /// Position of the body that pays it.
    pub payer: usize,
    /// On the line's own price basis.
    pub amount: f64,
    /// Cash prices of the year.
    pub nominal: f64,
    /// Year-0 prices.
    pub real: f64,
    /// Discounted.
    pub present: f64,
}

/// The postings of lines, in the order in which [`Totals`] adds them up.
#[must_use]
pub fn postings(programme: &Programme, lines: &[CostLine]) -> Vec<Vec<Posting>> {
    let (prices, bearers) = (Prices::of(programme), Bearers::of(programme));
    let posting = |line: &CostLine, key: Key, amount: f64| {
        let (nominal, real, present) = prices.convert(line, key.year, amount);
        let Key { year, bearer, payer } = key;
        Posting { year, bearer, payer, amount, nominal: nominal.value(), real: real.value(), present: present.value() }
    };
    let of = |line: &CostLine| {
        by_year_and_body(line, programme, &bearers).into_iter().map(|(key, amount)| posting(line, key, amount)).collect()
    };
    lines.iter().map(of).collect()
}

/// What streams transfer by body, in the order of [`Totals::bodies`], and year: paid less received, cash prices.
#[must_use]
pub fn transferred(programme: &Programme, transfers: &[Transfer]) -> Vec<Vec<f64>> {
    let bearers = Bearers::of(programme);
    let mut paid = vec![vec![0.0; programme.frame.period.years()]; programme.organisations.len() + 1];
    for transfer in transfers {
        for ends in transfer.amounts.iter().map(|month| handed_over(programme, transfer, *month, &bearers)) {
            ends.into_iter().flatten().for_each(|(at, year, amount)| paid[at][year] += amount);
        }
    }
    paid
}

impl Totals {
    /// Sums lines, in their order and by month, so that the result does not depend on anything else.
    ///
    /// # Method
    /// Nominal, deflated to year 0, then discounted (Green Book 2026, 6.47 and 6.56). VAT, transfers
    /// and non-cash items enter the financial view only (Table 9, 8.4, 6.33-6.40).
    #[must_use]
    pub fn of(programme: &Programme, lines: &[CostLine], transfers: &[Transfer]) -> Self {
        let period = &programme.frame.period;
        let years = period.years();
        let amounts = || Yearly { nominal: Stream::zero(years), real: Stream::zero(years), present: Stream::zero(years) };
        let prices = Prices::of(programme);
        let mut totals = Self {
            categories: Category::ALL.iter().map(|_| amounts()).collect(),
            bodies: vec![Body::default(); programme.organisations.len() + 1],
            body_cash: vec![vec![0.0; years]; programme.organisations.len() + 1],
            cash: vec![0.0; years],
            lines: Vec::with_capacity(lines.len()),
        };
        let bearers = Bearers::of(programme);
        for line in lines {
            let mut by_year = LineYears { nominal: Stream::zero(years), real: Money::ZERO, present: Money::ZERO };
            for (key, amount) in by_year_and_body(line, programme, &bearers) {
                let (nominal, real, present) = prices.convert(line, key.year, amount);
                let category = &mut totals.categories[line.category as usize];
                category.nominal.add(key.year, nominal);
                category.real.add(key.year, real);
                category.present.add(key.year, present);
                by_year.nominal.add(key.year, nominal);
                by_year.real += real;
                by_year.present += present;
                totals.financial(line, key, nominal.value());
            }
            totals.lines.push(by_year);
        }
        for transfer in transfers {
            totals.transferred(programme, transfer, &bearers);
        }
        totals
    }

    /// Money between two bodies: nothing in any category, and nothing in the cash of public bodies together, unless
    /// one of the two is none.
    fn transferred(&mut self, programme: &Programme, transfer: &Transfer, bearers: &Bearers) {
        for &(month, amount) in &transfer.amounts {
            for (at, year, paid) in handed_over(programme, transfer, (month, amount), bearers).into_iter().flatten() {
                self.bodies[at].transfers += paid;
                self.body_cash[at][year] += paid;
                self.cash[year] += paid;
            }
        }
    }

    fn financial(&mut self, line: &CostLine, Key { year, bearer, payer }: Key, nominal: f64) {
        // What nobody pays in cash bears no VAT.
        let vat = nominal * line.cash * line.vat;
        let non_cash = nominal * (1.0 - line.cash);
        self.bodies[bearer].nominal += nominal;
        self.bodies[bearer].non_cash += non_cash;
        // Whoever pays the invoice cannot recover the VAT on it.
        self.bodies[payer].vat += vat;
        if payer != bearer {
            self.bodies[payer].transfers += nominal;
            self.bodies[bearer].transfers -= nominal;
        }
        // Resources are paid for by whoever pays the bearer for them, VAT by whoever is invoiced.
        self.body_cash[payer][year] += if payer == bearer { nominal - non_cash + vat } else { nominal + vat };
        if payer != bearer {
            self.body_cash[bearer][year] -= non_cash;
        }
        self.cash[year] += nominal - non_cash + vat;
    }

    /// Present value of a category.
    #[must_use]
    pub fn present(&self, category: Category) -> f64 {
        self.categories[category as usize].present.total().value()
    }

    /// Nominal total of a category.
    #[must_use]
    pub fn nominal(&self, category: Category) -> f64 {
        self.categories[category as usize].nominal.total().value()
    }

    /// Real total of a category.
    #[must_use]
    pub fn real(&self, category: Category) -> f64 {
        self.categories[category as usize].real.total().value()
    }

    /// Present values by category.
    pub(super) fn sums(&self) -> Sums {
        let mut present = [0.0; Category::ALL.len()];
        for category in Category::ALL {
            present[category as usize] = self.present(category);
        }
        Sums { present }
    }

    /// Net present cost: the present value of all monetised streams.
    #[must_use]
    pub fn npc(&self) -> f64 {
        self.sums().npc()
    }

    /// Present value of all costs: net present cost without benefits.
    #[must_use]
    pub fn discounted_cost(&self) -> f64 {
        self.npc() - self.present(Category::Benefit) - self.present(Category::ScoredElsewhere)
    }

    /// Cash over the whole period.
    #[must_use]
    pub fn total_cash(&self) -> f64 {
        self.cash.iter().sum()
    }

    /// Present value of dual running.
    #[must_use]
    pub fn dual_running(&self) -> f64 {
        self.sums().dual_running()
    }

    /// Present value of priced staff time.
    #[must_use]
    pub fn staff_time(&self) -> f64 {
        self.sums().staff_time()
    }

    /// The cost criterion: everything that is neither dual running, nor priced staff time, nor a
    /// benefit that another criterion scores.
    #[must_use]
    pub fn cost_criterion(&self) -> f64 {
        self.sums().cost_criterion()
    }
}
