//! Where what stands: names of sheets and of cells, and the rows of each option's sheet, so that sheets can refer to each
//! other.

use super::cell::{on, row, shown};
use crate::appraisal::result::{Appraisal, CATEGORIES, Made, OptionWorkings, UNASSIGNED, Workings};
use crate::report::view::names::Names;
use std::collections::{BTreeMap, BTreeSet};

/// Names of sheets that every workbook has.
pub(super) const READ_ME: &str = "Read me";
pub(super) const OPTIONS: &str = "Options";
pub(super) const CRITERIA: &str = "Criteria and weights";
pub(super) const FACTORS: &str = "Factors";
pub(super) const FINANCIAL: &str = "Financial case";
pub(super) const DUAL_RUNNING: &str = "Dual running";
pub(super) const ASSUMPTIONS: &str = "Assumptions";
pub(super) const UNCERTAINTY: &str = "Uncertainty";
pub(super) const CALENDAR: &str = "Calendar";
pub(super) const RECORD: &str = "Run record";

/// The first column of years; the same on every sheet with years.
pub(super) const YEARS: u16 = 3;

/// The row of years on sheets with years.
pub(super) const HEAD: u32 = 3;

/// Rows of an option's sheet.
pub(super) struct OptionLayout {
    /// Name of the sheet.
    pub(super) sheet: String,
    /// Categories of cost that it has, in the order of results.
    pub(super) categories: Vec<&'static str>,
    /// Rows of lines; at least one.
    pub(super) rows: usize,
    /// First row of categories in cash prices.
    pub(super) cash_categories: u32,
    /// First row of categories in present value.
    pub(super) present_categories: u32,
    /// Net present cost taken apart: dual running, staff time, scored elsewhere, cost, net present cost.
    pub(super) identity: u32,
    /// First row of lines in cash prices.
    pub(super) nominal: u32,
    /// In year-0 prices.
    pub(super) real: u32,
    /// Discounted.
    pub(super) present: u32,
    /// Of quantities.
    pub(super) quantities: u32,
    /// Of the quantities of each row, the first.
    pub(super) quantity_rows: Vec<u32>,
}

/// Rows below a block of lines: sum, engine, difference, and a gap with the heading of the next.
const BELOW: usize = 6;

/// Parts that net present cost is taken apart into.
pub(super) const PARTS: [&str; 5] = ["dual_running", "staff_time", "scored_elsewhere", "cost", "net_present_cost"];

impl OptionLayout {
    fn of(sheet: String, own: &OptionWorkings, appraisal: &Appraisal, option: usize) -> Self {
        let lines = &appraisal.options[option].cost.lines;
        let used: BTreeSet<&str> = own.rows.iter().map(|r| lines[r.line].category.as_str()).collect();
        let categories: Vec<&'static str> = CATEGORIES.into_iter().filter(|c| used.contains(c)).collect();
        let rows = own.rows.len().max(1);
        let present_categories = HEAD + 3;
        let identity = row(present_categories, categories.len() + BELOW - 1);
        let cash_categories = row(identity, PARTS.len() + 3);
        let nominal = row(cash_categories, categories.len() + BELOW);
        let real = row(nominal, rows + BELOW);
        let present = row(real, rows + BELOW);
        let quantities = row(present, rows + BELOW + 2);
        let mut next = quantities;
        let quantity_rows = own.rows.iter().map(|r| {
            let first = next;
            if let Made::Prices { terms, .. } = &r.made {
                next = row(next, terms.len());
            }
            first
        });
        let quantity_rows = quantity_rows.collect();
        Self {
            sheet,
            categories,
            rows,
            cash_categories,
            present_categories,
            identity,
            nominal,
            real,
            present,
            quantities,
            quantity_rows,
        }
    }

    /// The row of a part of net present cost.
    pub(super) fn part(&self, part: &str) -> u32 {
        row(self.identity, PARTS.iter().position(|p| *p == part).unwrap_or(PARTS.len() - 1))
    }

    /// Rows below the lines of a block that starts at a row: sum, engine, difference.
    pub(super) fn below(first: u32, rows: usize) -> [u32; 3] {
        [row(first, rows), row(first, rows + 1), row(first, rows + 2)]
    }

    /// A reference to a cell of the sheet.
    pub(super) fn on(&self, reference: &str) -> String {
        on(&self.sheet, reference)
    }
}

/// Where everything stands.
pub(super) struct Layout {
    /// Years.
    pub(super) years: usize,
    /// Sheets of options.
    pub(super) options: Vec<OptionLayout>,
    /// Name of the cell of each assumption.
    pub(super) names: Vec<String>,
    /// Names of bodies by id, no two alike.
    bodies: BTreeMap<String, String>,
    /// Whether any option has a cost or a benefit.
    pub(super) priced: bool,
}

impl Layout {
    pub(super) fn of(appraisal: &Appraisal, workings: &Workings) -> Self {
        let option =
            |(i, own): (usize, &OptionWorkings)| OptionLayout::of(sheet_name(i, &appraisal.options[i].name), own, appraisal, i);
        Self {
            years: appraisal.frame.years.len(),
            options: workings.options.iter().enumerate().map(option).collect(),
            names: cell_names(appraisal.assumptions.iter().map(|a| a.id.as_str())),
            bodies: body_names(appraisal),
            priced: workings.options.iter().any(|o| !o.rows.is_empty()),
        }
    }

    /// The name of a body, by which sheets find its rows.
    pub(super) fn body<'a>(&'a self, id: &'a str) -> &'a str {
        self.bodies.get(id).map_or(id, String::as_str)
    }

    /// The column of totals.
    pub(super) fn total(&self) -> u16 {
        super::cell::column(YEARS, self.years)
    }

    /// The last column of years.
    pub(super) fn last_year(&self) -> u16 {
        self.total().saturating_sub(1)
    }
}

/// Names of bodies by id, with the id where another body has the name: a spreadsheet tells bodies apart by them. What no
/// body bears or pays has a name as well.
fn body_names(appraisal: &Appraisal) -> BTreeMap<String, String> {
    let names = Names(appraisal);
    let nobody = names.body(UNASSIGNED);
    let own = appraisal.organisations.iter().map(|o| (o.id.as_str(), o.name.as_str()));
    let all: Vec<(&str, &str)> = own.chain([(UNASSIGNED, nobody.as_str())]).collect();
    let plain = |name: &str| shown(name).to_lowercase();
    let alike = |name: &str| all.iter().filter(|(_, other)| plain(other) == plain(name)).count() > 1;
    let named =
        |(id, name): &(&str, &str)| ((*id).to_owned(), if alike(name) { format!("{name} ({id})") } else { (*name).to_owned() });
    all.iter().map(named).collect()
}

/// The name of an option's sheet: its number, so that names differ, and as much of its name as there is room for. Only
/// letters, digits, spaces and hyphens, so that it can stand in a formula.
fn sheet_name(at: usize, name: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() || c == '-' { c } else { ' ' };
    let words: String = name.chars().map(plain).collect();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut sheet = format!("{} ", at + 1);
    let mut units = sheet.len();
    for c in words.chars() {
        units += c.len_utf16();
        if units > 31 {
            break;
        }
        sheet.push(c);
    }
    sheet.trim_end().to_owned()
}

/// Longest name of a cell.
const LONGEST: usize = 120;

/// Names of cells: `in_` and the id with everything but letters and digits as underscores; numbered where that is the
/// name of another, since spreadsheets do not tell small letters from capitals.
fn cell_names<'a>(ids: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    ids.map(|id| {
        let name: String = "in_".chars().chain(id.chars().map(plain)).take(LONGEST).collect();
        let mut own = name.clone();
        let mut count = 1;
        while !taken.insert(own.to_lowercase()) {
            count += 1;
            own = format!("{name}__{count}");
        }
        own
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sheets_are_short_and_stand_in_formulas() {
        assert_eq!(sheet_name(0, "Business as usual"), "1 Business as usual");
        assert_eq!(sheet_name(9, "'A'!/[x]: \"what's\" *new*?"), "10 A x what s new");
        let long = sheet_name(1, &"\u{1f469}word ".repeat(30));
        assert!(long.encode_utf16().count() <= 31, "{long}");
        assert_eq!(sheet_name(2, "=+'"), "3");
    }

    #[test]
    fn names_of_cells_differ_whatever_the_ids() {
        let names = cell_names(["a.b", "a_b", "A.B", "=x", "@x"].into_iter());
        assert_eq!(names, ["in_a_b", "in_a_b__2", "in_A_B__3", "in__x", "in__x__2"]);
    }
}
