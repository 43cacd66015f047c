//! Cost, dual running and what follows from them, down to the months of the ledger's lines.

use super::catalogue::{Item, Listing};
use super::{Explainer, Explanation, Rule, lineage};
use crate::appraisal::Examined;
use crate::costing::{CostLine, Lineage, PriceBasis};
use crate::economics;
use crate::outcome::Evaluated;
use crate::programme::{Category, ContractIx};

/// The basis of an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Basis {
    Nominal,
    Real,
    Present,
}

impl Basis {
    pub(super) const ALL: [Self; 3] = [Self::Nominal, Self::Real, Self::Present];

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Nominal => "nominal",
            Self::Real => "real",
            Self::Present => "present",
        }
    }

    pub(super) fn unit(self) -> &'static str {
        match self {
            Self::Nominal => "£ in prices of the year",
            Self::Real => "£ in year-0 prices",
            Self::Present => "£ present value",
        }
    }
}

/// A part of net present cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Cost,
    DualRunning,
    StaffTime,
    ScoredElsewhere,
    All,
}

impl Part {
    const ALL: [Self; 5] = [Self::Cost, Self::DualRunning, Self::StaffTime, Self::ScoredElsewhere, Self::All];

    fn word(self) -> &'static str {
        match self {
            Self::Cost => "cost",
            Self::DualRunning => "dual_running",
            Self::StaffTime => "staff_time",
            Self::ScoredElsewhere => "scored_elsewhere",
            Self::All => "npc",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Cost => "Cost criterion",
            Self::DualRunning => "Dual running",
            Self::StaffTime => "Priced staff time",
            Self::ScoredElsewhere => "Benefits that another criterion scores",
            Self::All => "Net present cost",
        }
    }

    fn holds(self, category: Category) -> bool {
        match self {
            Self::Cost => ![Self::DualRunning, Self::StaffTime, Self::ScoredElsewhere].iter().any(|p| p.holds(category)),
            Self::DualRunning => category.is_dual_running(),
            Self::StaffTime => category.is_staff_time(),
            Self::ScoredElsewhere => category == Category::ScoredElsewhere,
            Self::All => true,
        }
    }
}

/// A figure of an option's cost.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Figure {
    /// Net present cost, or a part of it.
    Part(Part),
    /// The same on another basis.
    Total(Basis),
    DualNominal,
    Npsv,
    Eac,
    Category(Category, Basis),
    Year(usize, Category, Basis),
    Line(usize, Basis),
    /// What of a contract's invoice is in a category; all of it.
    Contract(ContractIx, Option<Category>),
    /// A cost line in a year, in prices of the year.
    LineYear(usize, usize),
    /// A step of the waterfall, by position.
    Step(usize),
    /// A category of a step.
    StepCategory(usize, Category),
}

const OF_INVOICE: [Category; 5] =
    [Category::Service, Category::HeadStart, Category::Overlap, Category::Archive, Category::Stranded];

pub(super) fn list(examined: &Examined<'_>, listing: &mut Listing) {
    for (i, option) in examined.appraisal.options.iter().enumerate() {
        let mut add = |below: String, pattern: &str, figure| {
            listing.add(format!("options.{}.{below}", option.id), &format!("options.<option>.{pattern}"), Item::Cost(i, figure));
        };
        for (word, figure) in [
            ("npc", Figure::Part(Part::All)),
            ("npsv", Figure::Npsv),
            ("eac", Figure::Eac),
            ("nominal", Figure::Total(Basis::Nominal)),
            ("real", Figure::Total(Basis::Real)),
        ] {
            add(format!("cost.{word}"), &format!("cost.{word}"), figure);
        }
        let dual = [("present", Figure::Part(Part::DualRunning)), ("nominal", Figure::DualNominal)];
        let parts = Category::ALL.into_iter().filter(|c| c.is_dual_running());
        for (word, figure) in dual.into_iter().chain(parts.map(|c| (c.word(), Figure::Category(c, Basis::Present)))) {
            add(format!("dual_running.{word}"), &format!("dual_running.{word}"), figure);
        }
        for (c, contract) in option.dual_running.by_contract.iter().enumerate() {
            let own = OF_INVOICE.into_iter().map(|p| (p.word(), Some(p))).chain([("invoice", None)]);
            for (word, part) in own {
                let below = format!("dual_running.by_contract.{}.{word}", contract.contract);
                add(below, "dual_running.by_contract.<contract>.<part>", Figure::Contract(ContractIx(c), part));
            }
        }
        for category in Category::ALL.into_iter().filter(|c| option.cost.by_category.contains_key(c.word())) {
            for basis in Basis::ALL {
                let below = format!("cost.by_category.{}.{}", category.word(), basis.word());
                add(below, "cost.by_category.<category>[.nominal|.real|.present]", Figure::Category(category, basis));
            }
        }
        for entry in &option.cost.by_year {
            let year = examined.appraisal.frame.years.iter().position(|y| *y == entry.year);
            let category = Category::ALL.into_iter().find(|c| c.word() == entry.category);
            for (year, category, basis) in year.zip(category).into_iter().flat_map(|(y, c)| Basis::ALL.map(|b| (y, c, b))) {
                let below = format!("cost.by_year.{}.{}.{}", entry.year, entry.category, basis.word());
                add(below, "cost.by_year.<year>.<category>[.nominal|.real|.present]", Figure::Year(year, category, basis));
            }
        }
        list_lines(examined, i, listing);
    }
    for (i, option) in examined.appraisal.options.iter().enumerate() {
        for part in Part::ALL {
            let path = format!("identity.{}.{}", option.id, part.word());
            listing.add(path, &format!("identity.<option>.{}", part.word()), Item::Cost(i, Figure::Part(part)));
        }
    }
}

/// Cost lines of an option, and the steps from business as usual to it.
fn list_lines(examined: &Examined<'_>, i: usize, listing: &mut Listing) {
    let option = &examined.appraisal.options[i];
    let mut add = |below: String, pattern: &str, figure| {
        listing.add(format!("options.{}.{below}", option.id), &format!("options.<option>.{pattern}"), Item::Cost(i, figure));
    };
    for (n, basis) in (0..option.cost.lines.len()).flat_map(|n| Basis::ALL.map(|b| (n, b))) {
        let pattern = "cost.lines.<number from 0>[.nominal|.real|.present]";
        add(format!("cost.lines.{n}.{}", basis.word()), pattern, Figure::Line(n, basis));
    }
    for (n, line) in option.cost.lines.iter().enumerate() {
        for (y, year) in examined.appraisal.frame.years.iter().enumerate().take(line.by_year.len()) {
            let pattern = "cost.lines.<number from 0>.by_year.<year>";
            add(format!("cost.lines.{n}.by_year.{year}"), pattern, Figure::LineYear(n, y));
        }
    }
    for (n, step) in option.waterfall.iter().enumerate() {
        add(format!("waterfall.{}.change", step.step), "waterfall.<step>.change", Figure::Step(n));
        for category in Category::ALL.into_iter().filter(|c| step.categories.contains_key(c.word())) {
            let below = format!("waterfall.{}.categories.{}", step.step, category.word());
            add(below, "waterfall.<step>.categories.<category>", Figure::StepCategory(n, category));
        }
    }
}

impl Explainer<'_> {
    pub(super) fn evaluated(&self, option: usize) -> &Evaluated {
        &self.examined.outcome.options[option]
    }

    fn path(&self, option: usize, below: &str) -> String {
        format!("options.{}.{below}", self.appraisal().options[option].id)
    }

    pub(super) fn cost(&self, option: usize, figure: Figure) -> Explanation {
        let evaluated = self.evaluated(option);
        let (totals, cost) = (&evaluated.totals, &self.appraisal().options[option].cost);
        match figure {
            Figure::Part(part) => self.part(option, part),
            Figure::Total(basis) => {
                let value = if basis == Basis::Nominal { cost.nominal } else { cost.real };
                let all = self.categories(option, basis, |_| true);
                Explanation::of(format!("All costs, {}", basis.word()), value, basis.unit(), Rule::Sum, all)
                    .by("sum over categories", "section 8")
            }
            Figure::DualNominal => {
                let value = self.appraisal().options[option].dual_running.nominal;
                let parts = self.categories(option, Basis::Nominal, Category::is_dual_running);
                Explanation::of("Dual running", value, Basis::Nominal.unit(), Rule::Sum, parts)
                    .by("head start + overlap + stranded + archive", "section 4")
            }
            Figure::Npsv => {
                let npc = self.net_present_cost(option);
                Explanation::of("Net present social value", cost.npsv, Basis::Present.unit(), Rule::Negative, vec![npc])
                    .by("npsv = - net present cost", "section 8")
            }
            Figure::Eac => {
                let npc = self.net_present_cost(option);
                Explanation::of(
                    "Equivalent annual cost",
                    cost.eac,
                    "£ a year in year-0 prices",
                    Rule::Quotient,
                    vec![npc, self.annuity()],
                )
                .by("net present cost / (DF_0 + ... + DF_n)", "section 8")
            }
            Figure::Category(category, basis) => self.category(option, category, basis),
            Figure::Year(year, category, basis) => {
                let y = &totals.categories[category as usize];
                let value = match basis {
                    Basis::Nominal => y.nominal.years()[year].value(),
                    Basis::Real => y.real.years()[year].value(),
                    Basis::Present => y.present.years()[year].value(),
                };
                let of = |(n, l): (usize, &CostLine)| (l.category == category).then(|| self.line_entered(option, n, year, basis));
                let lines = evaluated.costing.lines.iter().enumerate().filter_map(of).filter(|l| !l.operands.is_empty());
                let name = format!("{} in {}", words(category), self.appraisal().frame.years[year]);
                Explanation::of(name, value, basis.unit(), Rule::Sum, lines.collect()).by("sum over cost lines", "section 8")
            }
            Figure::Line(n, basis) => self.line(option, n, basis),
            Figure::Contract(contract, part) => self.contract(option, contract, part),
            Figure::LineYear(n, year) => self.line_entered(option, n, year, Basis::Nominal),
            Figure::Step(n) => self.step(option, n),
            Figure::StepCategory(n, category) => {
                let change = self.appraisal().options[option].waterfall[n].categories.get(category.word());
                self.step_category(option, category, change.copied().unwrap_or(0.0))
            }
        }
    }

    fn part(&self, option: usize, part: Part) -> Explanation {
        let totals = &self.evaluated(option).totals;
        let value = match part {
            Part::Cost => totals.cost_criterion(),
            Part::DualRunning => totals.dual_running(),
            Part::StaffTime => totals.staff_time(),
            Part::ScoredElsewhere => totals.present(Category::ScoredElsewhere),
            Part::All => totals.npc(),
        };
        let formula = match part {
            Part::Cost => "present value of all that is neither dual running, staff time nor scored elsewhere",
            Part::DualRunning => "head start + overlap + stranded + archive, in present value",
            Part::StaffTime => "internal effort + training + dip, in present value",
            Part::ScoredElsewhere => "present value of monetised benefits that another criterion scores",
            Part::All => "present value of all monetised lines, sum over categories",
        };
        let section = if part == Part::DualRunning { "section 4" } else { "section 8" };
        let categories = self.categories(option, Basis::Present, |c| part.holds(c));
        Explanation::of(part.name(), value, Basis::Present.unit(), Rule::Sum, categories).by(formula, section)
    }

    /// Net present cost, as an operand.
    pub(super) fn net_present_cost(&self, option: usize) -> Explanation {
        self.part(option, Part::All).at(self.path(option, "cost.npc"))
    }

    pub(super) fn criterion_cost(&self, option: usize, measure: &crate::programme::Measure) -> Option<Explanation> {
        let part = match measure {
            crate::programme::Measure::Cost => Part::Cost,
            crate::programme::Measure::DualRunning => Part::DualRunning,
            crate::programme::Measure::NetPresentCost => Part::All,
            _ => return None,
        };
        let path = format!("identity.{}.{}", self.appraisal().options[option].id, part.word());
        Some(self.part(option, part).at(path))
    }

    fn annuity(&self) -> Explanation {
        let years = 0..self.appraisal().frame.years.len();
        let factors: Vec<Explanation> = years.map(|y| self.factor(crate::programme::DiscountClass::Standard, y)).collect();
        let programme = &self.examined.programme;
        let own = economics::factors(&programme.parameters.standard, programme.frame.period.horizon);
        Explanation::of("Sum of the discount factors", economics::annuity_factor(&own), "factor", Rule::Sum, factors)
    }

    fn categories(&self, option: usize, basis: Basis, counts: impl Fn(Category) -> bool) -> Vec<Explanation> {
        let used = |c: &Category| self.evaluated(option).costing.lines.iter().any(|l| l.category == *c);
        Category::ALL.into_iter().filter(|c| counts(*c) && used(c)).map(|c| self.category(option, c, basis)).collect()
    }

    fn category(&self, option: usize, category: Category, basis: Basis) -> Explanation {
        let totals = &self.evaluated(option).totals;
        let value = match basis {
            Basis::Nominal => totals.nominal(category),
            Basis::Real => totals.real(category),
            Basis::Present => totals.present(category),
        };
        let own = self.evaluated(option).costing.lines.iter().enumerate().filter(|(_, l)| l.category == category);
        let lines: Vec<Explanation> = own.map(|(n, _)| self.line(option, n, basis)).collect();
        let found =
            Explanation::of(words(category), value, basis.unit(), Rule::Sum, lines).by("sum over cost lines", "section 8");
        let listed = self.appraisal().options[option].cost.by_category.contains_key(category.word());
        let path = self.path(option, &format!("cost.by_category.{}.{}", category.word(), basis.word()));
        if listed { found.at(path) } else { found }
    }

    /// A cost line over all years.
    pub(super) fn line(&self, option: usize, n: usize, basis: Basis) -> Explanation {
        let evaluated = self.evaluated(option);
        let (line, view) = (&evaluated.costing.lines[n], &self.appraisal().options[option].cost.lines[n]);
        let value = match basis {
            Basis::Nominal => view.nominal,
            Basis::Real => view.real,
            Basis::Present => view.present,
        };
        let years = 0..self.appraisal().frame.years.len();
        let years = years.map(|y| self.line_year(option, n, y, basis)).filter(|e| !e.operands.is_empty()).collect();
        let (formula, section) = lineage::formula(line.lineage, line.category);
        Explanation::of(view.what.clone(), value, basis.unit(), Rule::Sum, years)
            .by(formula, section)
            .resting_on(self.ids(&line.uses))
            .at(self.path(option, &format!("cost.lines.{n}.{}", basis.word())))
    }

    /// A cost line in one year: what the ledger holds, brought to a basis.
    pub(super) fn line_year(&self, option: usize, n: usize, year: usize, basis: Basis) -> Explanation {
        let line = &self.evaluated(option).costing.lines[n];
        let entered = self.entered(line, year);
        if entered.operands.is_empty() {
            return entered;
        }
        let name = |what: &str| format!("{what} of {}", self.appraisal().frame.years[year]);
        let index = self.index(year);
        let (nominal, real) = match line.basis {
            PriceBasis::Nominal => {
                let value = entered.value / index.value;
                let real = || {
                    Explanation::of(
                        name("Real amount"),
                        value,
                        Basis::Real.unit(),
                        Rule::Quotient,
                        vec![entered.clone(), index.clone()],
                    )
                };
                (entered.clone(), real().by("real = nominal / deflator index", "section 8"))
            }
            PriceBasis::Real => {
                let value = entered.value * index.value;
                let nominal = || {
                    Explanation::of(
                        name("Nominal amount"),
                        value,
                        Basis::Nominal.unit(),
                        Rule::Product,
                        vec![entered.clone(), index.clone()],
                    )
                };
                (nominal().by("nominal = real x deflator index", "section 8"), entered.clone())
            }
        };
        let found = match basis {
            Basis::Nominal => nominal,
            Basis::Real => real,
            Basis::Present => {
                let factor = self.factor(line.discount, year);
                let value = real.value * factor.value;
                Explanation::of(name("Present value"), value, Basis::Present.unit(), Rule::Product, vec![real, factor])
                    .by("present = real x DF_t", "section 8")
            }
        };
        let what = &self.appraisal().options[option].cost.lines[n].what;
        Explanation { name: format!("{what}, {}", self.appraisal().frame.years[year]), ..found }
    }

    /// The same with the formula by which it was entered, and the numbers under it.
    fn line_entered(&self, option: usize, n: usize, year: usize, basis: Basis) -> Explanation {
        let line = &self.evaluated(option).costing.lines[n];
        let (formula, section) = lineage::formula(line.lineage, line.category);
        let found = Explanation { rests_on: self.ids(&line.uses), ..self.line_year(option, n, year, basis) };
        found.noting(format!("In each month: {formula} (docs/method.md, {section})"))
    }

    /// The amounts of a line in the months of a year, as the ledger holds them; stretches of equal amounts together.
    fn entered(&self, line: &CostLine, year: usize) -> Explanation {
        let period = &self.examined.programme.frame.period;
        let mut stretches: Vec<(usize, usize, f64)> = Vec::new();
        for &(month, amount) in line.amounts.iter().filter(|(m, _)| period.year_of(*m) == year) {
            match stretches.last_mut() {
                Some((_, last, same)) if *last + 1 == month && same.to_bits() == amount.to_bits() => *last = month,
                _ => stretches.push((month, month, amount)),
            }
        }
        let basis = if line.basis == PriceBasis::Nominal { Basis::Nominal } else { Basis::Real };
        let name = |month: usize| period.month(month).first_day().strftime("%B %Y").to_string();
        let one = |&(from, to, amount): &(usize, usize, f64)| {
            let each = Explanation::leaf(format!("Entered for {}", name(from)), amount, basis.unit(), Rule::Ledger);
            if from == to {
                return each;
            }
            let months = f64::from(u32::try_from(to - from + 1).expect("at most twelve months"));
            let count = Explanation::leaf("Months with the same amount", months, "months", Rule::Ledger);
            let each = Explanation { name: "Entered for each month".to_owned(), ..each };
            let words = format!("{} to {}", name(from), name(to));
            Explanation::of(words, months * amount, basis.unit(), Rule::Product, vec![count, each])
        };
        let value =
            stretches.iter().map(|s| s.2 * f64::from(u32::try_from(s.1 - s.0 + 1).expect("at most twelve months"))).sum::<f64>();
        let words = format!("Entered in the ledger for {}", self.appraisal().frame.years[year]);
        Explanation::of(words, value, basis.unit(), Rule::Sum, stretches.iter().map(one).collect())
    }

    /// A part of a contract's invoice over the period, from the ledger's lines; the invoice from its parts.
    fn contract(&self, option: usize, contract: ContractIx, part: Option<Category>) -> Explanation {
        let view = &self.appraisal().options[option].dual_running.by_contract[contract.0];
        let name = &self.examined.programme.contracts[contract.0].name;
        let unit = Basis::Nominal.unit();
        let Some(part) = part else {
            let parts = OF_INVOICE.into_iter().map(|p| {
                let path = self.path(option, &format!("dual_running.by_contract.{}.{}", view.contract, p.word()));
                self.contract(option, contract, Some(p)).at(path)
            });
            return Explanation::of(format!("{name}: invoices"), view.invoice, unit, Rule::Sum, parts.collect())
                .by("invoice = service + head start + overlap + archive + stranded", "section 4");
        };
        let value = match part {
            Category::HeadStart => view.head_start,
            Category::Overlap => view.overlap,
            Category::Archive => view.archive,
            Category::Stranded => view.stranded,
            _ => view.service,
        };
        let own = |l: &CostLine| l.category == part && matches!(l.lineage, Lineage::Contract(c, _) if c == contract);
        let lines = self.evaluated(option).costing.lines.iter().enumerate().filter(|(_, l)| own(l));
        let lines = lines.map(|(n, _)| self.line(option, n, Basis::Nominal)).collect();
        Explanation::of(format!("{name}: {}", words(part).to_lowercase()), value, unit, Rule::Sum, lines)
            .by(lineage::formula(Lineage::Contract(contract, 0), part).0, "section 4")
    }

    fn step(&self, option: usize, n: usize) -> Explanation {
        let step = &self.appraisal().options[option].waterfall[n];
        let of = |word: &str| Category::ALL.into_iter().find(|c| c.word() == word).unwrap_or(Category::Service);
        let own = |(word, change): (&String, &f64)| {
            let path = self.path(option, &format!("waterfall.{}.categories.{word}", step.step));
            self.step_category(option, of(word), *change).at(path)
        };
        let changes = step.categories.iter().map(own).collect();
        let name = format!("Step from business as usual: {}", step.step.replace('_', " "));
        Explanation::of(name, step.change, Basis::Present.unit(), Rule::Sum, changes)
            .by("sum over the step's categories", "section 8")
    }

    /// What a category adds to a step: what it is in the option, less what it is in business as usual.
    fn step_category(&self, option: usize, category: Category, change: f64) -> Explanation {
        let usual = self.examined.usual.map(|u| self.category(u, category, Basis::Present));
        let both = std::iter::once(self.category(option, category, Basis::Present)).chain(usual).collect();
        Explanation::of(words(category), change, Basis::Present.unit(), Rule::Difference, both)
            .by("present value in the option - present value in business as usual", "section 8")
    }
}

/// A category for people.
pub(super) fn words(category: Category) -> String {
    let word = category.word().replace('_', " ");
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |f| f.to_uppercase().chain(letters).collect())
}
