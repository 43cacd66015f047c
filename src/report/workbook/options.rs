//! All options side by side.

use super::cell::{Kind, Page, Shape, Text, cell, column, fixed, fixed_range, on, row};
use super::layout::{FACTORS, OPTIONS, PARTS, YEARS};
use super::option::net_present_cost;
use super::{Book, criteria, factors, financial};
use crate::report::format;
use rust_xlsxwriter::XlsxError;

const HEAD: u32 = 3;
/// The first column of options.
const FIRST: u16 = 1;

pub(super) fn page<'a>(book: &'a Book<'a>) -> Result<Page<'a>, XlsxError> {
    let mut page = book.page(OPTIONS)?;
    page.text((0, 0), "Options side by side", Text::Title)?;
    let (status, words) = super::read_me::status(book);
    page.says((1, 0), (&status, words), Text::Strong)?;
    page.widths(&[42.0])?;
    page.widths_from(FIRST, book.appraisal.options.len(), 18.0)?;
    page.text((HEAD, 0), "Present values are of year 0", Text::Head)?;
    page.texts((HEAD + 1, 0), &["Kind"], Text::Line)?;
    page.texts((HEAD + 2, 0), &["Passes every gate in the run"], Text::Line)?;
    let facts = Column::all(book);
    let place = |fact: usize| row(HEAD + 3, fact);
    for (i, option) in book.appraisal.options.iter().enumerate() {
        let at = across(FIRST, i);
        page.text((HEAD, at), &option.name, Text::HeadNumber)?;
        page.text((HEAD + 1, at), &format::words(&option.kind), Text::Right)?;
        page.text((HEAD + 2, at), if option.feasible { "Yes" } else { "No" }, Text::Right)?;
    }
    let npc = facts.iter().position(|c| *c == Column::Part("net_present_cost")).map(place);
    let usual = book.appraisal.options.iter().position(|o| o.kind == "business_as_usual");
    for (fact, own) in facts.iter().enumerate() {
        page.text((place(fact), 0), own.head(), Text::Line)?;
        for option in 0..book.appraisal.options.len() {
            own.write(book, &mut page, (place(fact), across(FIRST, option)), option, npc.zip(usual))?;
        }
    }
    let mut below = place(facts.len() + 1);
    for option in book.appraisal.options.iter().filter(|o| !o.feasible) {
        let failed: Vec<String> = option.gates.iter().filter(|g| !g.passed).map(|g| g.reason.clone()).collect();
        page.text((below, 0), &format!("{} fails in the run: {}", option.name, failed.join("; ")), Text::Line)?;
        below += 1;
    }
    page.freeze(HEAD + 1, 1)?;
    page.print((below, across(FIRST, book.appraisal.options.len())))?;
    Ok(page)
}

/// What is told of each option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Rank,
    Score,
    Part(&'static str),
    MoreThanUsual,
    AnnualCost,
    Nominal,
    Real,
    Cash,
    ExpectedCost,
    EightyPerCent,
}

impl Column {
    fn all(book: &Book<'_>) -> Vec<Self> {
        let mut all = vec![Self::Rank];
        if criteria::has_scores(book) {
            all.push(Self::Score);
        }
        if book.layout.priced {
            all.push(Self::Part("net_present_cost"));
            let parts = PARTS.into_iter().filter(|p| *p != "net_present_cost");
            all.extend(parts.map(Self::Part));
            all.extend([Self::MoreThanUsual, Self::AnnualCost, Self::Nominal, Self::Real, Self::Cash]);
            if book.appraisal.uncertainty.is_some() {
                all.extend([Self::ExpectedCost, Self::EightyPerCent]);
            }
        }
        all
    }

    fn head(self) -> &'static str {
        match self {
            Self::Rank => "Rank in the run",
            Self::Score => "Score, points",
            Self::Part("net_present_cost") => "Net present cost, £",
            Self::Part("dual_running") => "of which dual running, £ present value",
            Self::Part("staff_time") => "of which staff time, £ present value",
            Self::Part("scored_elsewhere") => "of which scored by another criterion, £",
            Self::Part(_) => "of which all else, £ present value",
            Self::MoreThanUsual => "Net present cost beyond business as usual, £",
            Self::AnnualCost => "Equivalent annual cost, £",
            Self::Nominal => "Cash prices before VAT, £",
            Self::Real => "Year-0 prices, £",
            Self::Cash => "Cash with VAT, £",
            Self::ExpectedCost => "Expected net present cost in the run, £",
            Self::EightyPerCent => "P80 of net present cost in the run, £",
        }
    }

    fn write(
        self,
        book: &Book<'_>,
        page: &mut Page<'_>,
        at: (u32, u16),
        option: usize,
        usual: Option<(u32, usize)>,
    ) -> Result<(), XlsxError> {
        let (result, layout) = (&book.appraisal.options[option], &book.layout.options[option]);
        let total = book.layout.total();
        let there = |place: u32| format!("={}", layout.on(&fixed(place, total)));
        let pounds =
            |page: &mut Page<'_>, formula: &str, value: f64| page.formula(at, (formula, value), Kind::Formula, Shape::Pounds);
        match self {
            Self::Rank => {
                page.maybe(at, result.rank.and_then(|r| u32::try_from(r).ok()).map(f64::from), Kind::Engine, Shape::Plain)
            }
            Self::Score => {
                let value = criteria::weighted(result, book);
                page.formula(at, (&format!("={}", criteria::score(book, option)), value), Kind::Formula, Shape::Points)
            }
            Self::Part(part) => pounds(page, &there(layout.part(part)), Self::part(book, part, option)),
            Self::MoreThanUsual => match usual {
                Some((npc, usual)) => {
                    let formula = format!("={}-{}", cell((npc, at.1)), cell((npc, across(FIRST, usual))));
                    pounds(page, &formula, net_present_cost(book, option) - net_present_cost(book, usual))
                }
                None => page.text(at, format::NONE, Text::Right),
            },
            Self::AnnualCost => {
                let row = factors::discount(false);
                let factors = on(FACTORS, &fixed_range((row, YEARS), (row, book.layout.last_year())));
                let npc = layout.on(&fixed(layout.part("net_present_cost"), total));
                pounds(page, &format!("={npc}/SUM({factors})"), result.cost.eac)
            }
            Self::Nominal => pounds(page, &there(row(layout.nominal, layout.rows)), result.cost.nominal),
            Self::Real => pounds(page, &there(row(layout.real, layout.rows)), result.cost.real),
            Self::Cash => pounds(page, &format!("={}", financial::cash(book, option)), result.financial.cash),
            Self::ExpectedCost => page.maybe(at, result.uncertainty.as_ref().map(|u| u.npc.mean), Kind::Engine, Shape::Pounds),
            Self::EightyPerCent => page.maybe(at, result.uncertainty.as_ref().map(|u| u.npc.p80), Kind::Engine, Shape::Pounds),
        }
    }

    fn part(book: &Book<'_>, part: &str, option: usize) -> f64 {
        let identity = book.appraisal.identity.get(&book.appraisal.options[option].id);
        identity.map_or(f64::NAN, |i| match part {
            "dual_running" => i.dual_running,
            "staff_time" => i.staff_time,
            "scored_elsewhere" => i.scored_elsewhere,
            "cost" => i.cost,
            _ => i.npc,
        })
    }
}

/// The column of an option on sheets with options across.
pub(super) fn across(first: u16, option: usize) -> u16 {
    column(first, option)
}
