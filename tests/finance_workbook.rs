//! The finance workbook: what it holds, that its figures are the engine's, and that it follows a price as the engine does.
//! What a spreadsheet makes of its formulas is told by `make verify-workbook`, which runs the ignored tests.

#![expect(clippy::print_stderr, reason = "a test that measures says what")]

mod support;

use appraise::appraisal::{
    self,
    result::{Appraisal, Made, Provenance, Workings},
};
use appraise::assumption::Values;
use appraise::costing;
use appraise::outcome;
use appraise::report;
use appraise::scenario::{self, Scenario, SourceFile};
use appraise::uncertainty::Progress;
use calamine::{Data, Reader, Xlsx};
use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::process::Command;
use support::{files, path, read, six};

/// A scenario with all that is made of it.
struct Case {
    name: String,
    scenario: Scenario,
    appraisal: Appraisal,
    workings: Workings,
    bytes: Vec<u8>,
}

impl Case {
    /// Whether anything costs anything, so that there are sheets of options.
    fn is_priced(&self) -> bool {
        self.workings.options.iter().any(|o| !o.rows.is_empty())
    }
}

fn made(name: &str, files: &[SourceFile], draws: u64) -> Case {
    let scenario = read(files);
    let provenance = Provenance {
        engine_version: "test".to_owned(),
        scenario_sha256: scenario::digest::all(files),
        parameter_set: scenario.programme.parameters.id.clone(),
        defaults: None,
        seed: None,
        draws,
        run: String::new(),
        files: Vec::new(),
    };
    let examined = appraisal::examined(&scenario.programme, &scenario.plans, provenance, Vec::new(), &Progress::default());
    let workings = examined.workings();
    let appraisal = examined.appraisal;
    let bytes = report::render_workbook(&appraisal, &workings).expect("a workbook");
    Case { name: name.to_owned(), scenario, appraisal, workings, bytes }
}

fn bundled() -> Vec<Case> {
    let mut names: Vec<String> = fs::read_dir(path("scenarios"))
        .expect("scenarios")
        .map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names.iter().map(|name| made(name, &files(name), 20)).collect()
}

/// What a cell holds: words or a figure.
#[derive(Debug, Clone, PartialEq)]
enum Held {
    Words(String),
    Figure(f64),
    Fault(String),
}

/// Cells by sheet, row and column from 0, with the formula where there is one.
type Cells = BTreeMap<(String, u32, u32), (Held, Option<String>)>;

fn cells(bytes: &[u8]) -> Cells {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).expect("a workbook");
    let mut all = Cells::new();
    for sheet in book.sheet_names() {
        let range = book.worksheet_range(&sheet).expect("a sheet");
        let (row, column) = range.start().unwrap_or_default();
        for (r, c, data) in range.used_cells() {
            let held = match data {
                Data::String(words) | Data::DateTimeIso(words) | Data::DurationIso(words) => Held::Words(words.clone()),
                Data::Float(figure) => Held::Figure(*figure),
                Data::Int(figure) => Held::Figure(f64::from(i32::try_from(*figure).expect("small"))),
                Data::DateTime(day) => Held::Figure(day.as_f64()),
                Data::Bool(yes) => Held::Figure(f64::from(u8::from(*yes))),
                Data::Error(fault) => Held::Fault(fault.to_string()),
                Data::Empty => continue,
            };
            let at = |first: u32, n: usize| first + u32::try_from(n).expect("few");
            all.insert((sheet.clone(), at(row, r), at(column, c)), (held, None));
        }
        let formulas = book.worksheet_formula(&sheet).expect("formulas");
        let (row, column) = formulas.start().unwrap_or_default();
        for (r, c, formula) in formulas.used_cells() {
            let at = |first: u32, n: usize| first + u32::try_from(n).expect("few");
            let place = (sheet.clone(), at(row, r), at(column, c));
            if let Some(cell) = all.get_mut(&place).filter(|_| !formula.is_empty()) {
                cell.1 = Some(formula.clone());
            }
        }
    }
    all
}

fn words<'a>(cells: &'a Cells, sheet: &str, row: u32, column: u32) -> &'a str {
    match cells.get(&(sheet.to_owned(), row, column)) {
        Some((Held::Words(words), _)) => words,
        _ => "",
    }
}

fn figure(cells: &Cells, sheet: &str, row: u32, column: u32) -> f64 {
    match cells.get(&(sheet.to_owned(), row, column)) {
        Some((Held::Figure(figure), _)) => *figure,
        other => panic!("{sheet}, row {row}, column {column}: {other:?}"),
    }
}

/// The row of a sheet, from one on, whose first cell says something.
fn row_of(cells: &Cells, sheet: &str, from: u32, says: &str) -> u32 {
    (from..from + 100_000).find(|row| words(cells, sheet, *row, 0) == says).unwrap_or_else(|| panic!("{sheet}: no {says}"))
}

/// Present value that a unit of a number adds to an option: quantity times index, over the deflator, times the factor.
fn slope(made: &Case, option: usize, assumption: usize) -> f64 {
    let frame = &made.appraisal.frame;
    let rows = &made.workings.options[option].rows;
    let mut sum = 0.0;
    for row in rows {
        match &row.made {
            Made::Prices { contract, terms } => {
                for term in terms.iter().filter(|t| t.assumption == assumption) {
                    for (year, quantity) in term.quantity.iter().enumerate() {
                        let index = contract.map_or(1.0, |c| made.workings.indices[c].by_year[year]);
                        let deflator = if row.in_cash_prices { frame.deflator[year] } else { 1.0 };
                        sum += quantity * index / deflator * frame.discount_factors[year];
                    }
                }
            }
            Made::Bias { row: base, bias } if made.workings.biases[*bias].assumption == assumption => {
                let left = made.workings.biases[*bias].left;
                sum += rows[*base].real.iter().zip(&frame.discount_factors).map(|(a, f)| a.abs() * f * left).sum::<f64>();
            }
            _ => {}
        }
    }
    sum
}

/// Net present cost of every option with one number changed, by the one function that evaluates everything.
fn engine(scenario: &Scenario, changed: &[(usize, f64)]) -> Vec<f64> {
    let mut values: Values = scenario.programme.register.central();
    for (assumption, value) in changed {
        let (handle, _) = scenario.programme.register.iter().nth(*assumption).expect("a number");
        values = values.with(handle, *value);
    }
    outcome::evaluate(&scenario.programme, &scenario.plans, &values).options.iter().map(|o| o.totals.npc()).collect()
}

/// Worked by hand (facts of the worked example): the net present cost of converging is 890,409.017713 and 523.595718 for
/// each pound of the upper band's price.
#[test]
fn a_price_of_the_worked_example_adds_what_was_worked_by_hand() {
    let made = made("worked-example", &files("worked-example"), 0);
    let at = made.appraisal.assumptions.iter().position(|a| a.id == "contracts.ky.lines.users.bands[1].price").expect("the band");
    let converge = made.appraisal.options.iter().position(|o| o.id == "converge").expect("the option");
    six(slope(&made, converge, at), 523.595_718);
    let rest = made.appraisal.options[converge].cost.npc - made.appraisal.assumptions[at].value * slope(&made, converge, at);
    six(rest, 890_409.017_713);
}

/// Of each contract with a row that is made of prices, every price at which anything is charged can be changed.
fn every_price_is_live(made: &Case) {
    let programme = &made.scenario.programme;
    let values = programme.register.central();
    let live: Vec<usize> = made.workings.inputs.iter().map(|l| l.assumption).collect();
    let of_rows = |option: usize| {
        let rows = made.workings.options[option].rows.iter();
        rows.filter_map(|r| if let Made::Prices { terms, .. } = &r.made { Some(terms) } else { None })
            .flatten()
            .map(|t| t.assumption)
            .collect::<Vec<_>>()
    };
    for (option, plan) in made.scenario.plans.iter().enumerate() {
        let shown = of_rows(option);
        for priced in costing::by_price(programme, plan, &values) {
            let of_contract = costing::prices(programme, priced.contract);
            let charged = priced.lines.iter().flat_map(|l| &l.amounts).any(|(_, amount)| *amount != 0.0);
            let has_rows = of_contract.iter().any(|p| shown.contains(&p.index()));
            if charged && has_rows && values.get(priced.price) > 0.0 {
                let (_, own) = programme.register.iter().nth(priced.price.index()).expect("a number");
                assert!(live.contains(&priced.price.index()), "{}: {} is not live", made.name, own.id);
            }
        }
    }
}

/// Every price of every contract in use is live, and within its range each option's net present cost follows it as in an
/// evaluation of everything; beyond a range that ends in a decision it does not.
#[test]
fn prices_are_followed_as_far_as_the_engine_follows_them() {
    let mut ends = 0;
    for made in bundled() {
        let now: Vec<f64> = made.appraisal.options.iter().map(|o| o.cost.npc).collect();
        let priced = made.workings.options.iter().flat_map(|o| &o.rows);
        let prices = priced.filter(|r| matches!(r.made, Made::Prices { .. })).count();
        assert!(prices > 0 || made.appraisal.contracts.is_empty(), "{}: no rows of prices", made.name);
        every_price_is_live(&made);
        for input in &made.workings.inputs {
            let own = &made.appraisal.assumptions[input.assumption];
            assert!(input.from < own.value && own.value < input.to, "{}: {} {input:?}", made.name, own.id);
            let gap = |value: f64| {
                let costs = engine(&made.scenario, &[(input.assumption, value)]);
                let straight = |option: usize| now[option] + slope(&made, option, input.assumption) * (value - own.value);
                (0..costs.len()).map(|o| (costs[o] - straight(o)).abs()).fold(0.0, f64::max)
            };
            let within = |share: f64| input.from + share * (input.to - input.from);
            for value in [within(0.001), within(0.5), within(0.999), 1.1 * own.value] {
                assert!(value > input.to || gap(value) < 0.005, "{}: {} at {value}: {}", made.name, own.id, gap(value));
            }
            // No further than from nothing to ten times the value is looked.
            let (low, high) = (input.from > 0.0, input.to < 9.99 * own.value);
            assert!(input.decides || !(low || high), "{}: {} {input:?}", made.name, own.id);
            for (_, beyond) in [(low, 0.97 * input.from), (high, 1.03 * input.to)].into_iter().filter(|(ends, _)| *ends) {
                assert!(gap(beyond) > 0.01, "{}: {} {input:?} at {beyond}", made.name, own.id);
                ends += 1;
            }
        }
    }
    assert!(ends > 0, "some scenario has a range that ends in a decision");
}

/// Everybody moves off a system whose contract has two lines of 100,000 a year that nobody pays for any other use. Idle for
/// a year: staying costs 200,000, leaving a quarter of it and 60,000 of transition. With S what is left to pay, one leaves
/// where 0.25 S + 60,000 < S, above S = 80,000: one line alone keeps S above it whatever the other's price, and both at 35 %
/// make it 70,000.
#[test]
fn prices_that_decide_together_are_told_though_neither_does_alone() {
    let more = "[roles.team]\nname = \"Team\"\nday_rate = 100\n";
    let text = support::tied("go_live = 2028-04-01", more).replace(
        "end = 2028-03-31\nextension = { uplift = 0, months = 24 }\n[contracts.kx.lines.all]\nfixed = 100_000\n",
        "end = 2029-03-31\nearly_exit = 0.25\non_exit = { transition = 60_000 }\n[contracts.kx.lines.one]\nfixed = 100_000\n\
         [contracts.kx.lines.two]\nfixed = 100_000\n",
    );
    let made = made("two lines", &support::toml(&text), 0);
    let of = |line: &str| {
        let id = format!("contracts.kx.lines.{line}.fixed");
        made.appraisal.assumptions.iter().position(|a| a.id == id).unwrap_or_else(|| panic!("no {id}"))
    };
    let live = |at: usize| made.workings.inputs.iter().find(|l| l.assumption == at).expect("live");
    for at in [of("one"), of("two")] {
        let input = live(at);
        assert!(input.from < 1e-9 && input.to > 999_999.0, "{input:?}: neither decides alone");
        assert!(input.decides, "{input:?}");
    }
    let now: Vec<f64> = made.appraisal.options.iter().map(|o| o.cost.npc).collect();
    let changed = [(of("one"), 35_000.0), (of("two"), 35_000.0)];
    let straight = |option: usize| now[option] - 65_000.0 * (slope(&made, option, of("one")) + slope(&made, option, of("two")));
    let gaps: Vec<f64> =
        engine(&made.scenario, &changed).iter().enumerate().map(|(o, cost)| (cost - straight(o)).abs()).collect();
    assert!(gaps.iter().any(|gap| *gap > 1_000.0), "together they do: {gaps:?}");
    // Nothing is decided by the price of the other contract.
    let other = made.appraisal.assumptions.iter().position(|a| a.id == "contracts.ky.lines.users.per_user").expect("the price");
    assert!(!live(other).decides);
}

/// Sums of the figures that the sheets hold are the engine's, which stand below them.
#[test]
fn blocks_add_up_to_what_the_engine_has() {
    for made in bundled() {
        let cells = cells(&made.bytes);
        let total = 3 + u32::try_from(made.appraisal.frame.years.len()).expect("few");
        for (i, option) in made.appraisal.options.iter().enumerate().filter(|_| made.is_priced()) {
            let sheet = cells.keys().map(|k| &k.0).find(|s| s.starts_with(&format!("{} ", i + 1))).expect("its sheet").clone();
            let mut at = 0;
            let blocks = [
                ("Present value by category", option.cost.npc),
                ("Cash prices by category, before VAT", option.cost.nominal),
                ("Cost lines in cash prices of each year, before VAT", option.cost.nominal),
                ("Cost lines in year-0 prices: cash prices over the deflator", option.cost.real),
                ("Cost lines in present value: year-0 prices times the discount factor", option.cost.npc),
            ];
            for (heading, whole) in blocks {
                let first = row_of(&cells, &sheet, at, heading) + 1;
                at = row_of(&cells, &sheet, first, "Sum");
                for column in 3..=total {
                    let sum: f64 = (first..at).map(|row| figure(&cells, &sheet, row, column)).sum();
                    let engine = figure(&cells, &sheet, at + 1, column);
                    assert!((sum - engine).abs() < 0.005, "{}: {sheet}, {heading}: {sum} is not {engine}", made.name);
                    six(figure(&cells, &sheet, at + 2, column), ((engine - sum) * 100.0).round() / 100.0);
                }
                assert!((figure(&cells, &sheet, at + 1, total) - whole).abs() < 1e-6);
                assert_eq!(words(&cells, &sheet, at + 2, 0), "Engine minus workbook, to the penny");
            }
        }
        assert!(cells.values().all(|(held, _)| !matches!(held, Held::Fault(_))), "{}: a fault", made.name);
        let status = row_of(&cells, "Read me", 0, "Status");
        assert!(words(&cells, "Read me", status, 1).starts_with("Agrees with the engine"));
        let formulas = cells.values().filter(|(_, formula)| formula.is_some()).count();
        assert!(formulas > if made.is_priced() { 500 } else { 50 }, "{}: {formulas} formulas", made.name);
    }
}

/// A case whose results are not what its lines come to: a pound more of net present cost, a point more of score.
fn tampered() -> (Vec<u8>, Vec<u8>) {
    let made = made("new-product", &files("new-product"), 0);
    let mut dearer = made.appraisal.clone();
    dearer.options[1].cost.npc += 1.0;
    let mut better = made.appraisal.clone();
    let own = better.options[1].score.as_mut().expect("a score");
    *own += 1.0;
    let of = |appraisal: &Appraisal| report::render_workbook(appraisal, &made.workings).expect("a workbook");
    (of(&dearer), of(&better))
}

/// The figures in the file say the same as the formulas would: for those who look without working them out.
#[test]
fn a_workbook_that_does_not_agree_says_so_before_it_is_worked_out() {
    let (dearer, better) = tampered();
    for (bytes, pounds, points) in [(dearer, 2.0, 0.0), (better, 0.0, 1.0)] {
        let cells = cells(&bytes);
        let says = |label: &str| row_of(&cells, "Read me", 0, label);
        let told = "DOES NOT AGREE with the engine: do not use.";
        assert_eq!(status(&cells), told);
        assert_eq!(words(&cells, "Options", 1, 0), told);
        assert_eq!(words(&cells, "Financial case", 1, 0), told);
        // Net present cost is compared for categories and for lines.
        let pounds_told = figure(&cells, "Read me", says("Engine minus workbook, all sheets, signs apart, in pounds"), 1);
        let points_told = figure(&cells, "Read me", says("Engine minus workbook, scores, signs apart, in points"), 1);
        six(pounds_told, pounds);
        six(points_told, points);
    }
}

#[test]
fn the_same_scenario_gives_the_same_bytes() {
    let [one, two] = [0, 1].map(|_| made("project-fusion", &files("project-fusion"), 20).bytes);
    assert!(one == two);
}

/// Cases without money, and without criteria, have sheets for what they have.
#[test]
fn sheets_are_for_what_there_is() {
    let sheets = |bytes: &[u8]| Xlsx::new(Cursor::new(bytes.to_vec())).expect("a workbook").sheet_names();
    let judged = ["appraisal", "criteria", "options"].map(|file| {
        let text = fs::read_to_string(path(&format!("src/cli/new/scores-only/{file}.toml"))).expect("a template");
        SourceFile { name: format!("{file}.toml"), bytes: text.replace("NAME", "judged").into_bytes() }
    });
    let names = sheets(&made("judged scores alone", &judged, 0).bytes);
    assert_eq!(names, ["Read me", "Options", "Criteria and weights", "Assumptions", "Run record"]);
    let tied = made(
        "tied",
        &support::toml(&support::tied("go_live = 2027-10-01", "[roles.team]\nname = \"Team\"\nday_rate = 100\n")),
        0,
    );
    let names = sheets(&tied.bytes);
    assert!(names.iter().all(|s| s.encode_utf16().count() <= 31));
    assert_eq!(&names[..2], ["Read me", "Options"]);
    assert!(names.iter().any(|s| s == "2 Both") && !names.iter().any(|s| s == "Criteria and weights"), "{names:?}");
}

/// Two bodies of one name, their ids alike but for a capital, and a third: each has its own cash, under a name of its own.
#[test]
fn bodies_have_names_that_a_spreadsheet_tells_apart() {
    let made = made("namesakes", &namesakes(), 0);
    let cells = cells(&made.bytes);
    let first = row_of(&cells, "Financial case", 0, "Both");
    let cash: Vec<(String, f64)> = (first..first + 40)
        .filter(|row| words(&cells, "Financial case", *row, 0) == "Cash")
        .map(|row| (words(&cells, "Financial case", row, 1).to_owned(), figure(&cells, "Financial case", row, 5)))
        .collect();
    let by_body = &made.appraisal.options[1].financial.by_body;
    assert_eq!(cash.len(), by_body.len());
    for ((name, cash), body) in cash.iter().zip(by_body) {
        assert_eq!(*name, if body.body == "trust" { "trust".to_owned() } else { format!("Body ({})", body.body) });
        six(*cash, body.cash);
    }
    assert!(by_body.iter().filter(|b| b.body.eq_ignore_ascii_case("island")).all(|b| b.cash > 0.0) && by_body.len() == 3);
}

fn namesakes() -> Vec<SourceFile> {
    let text = support::tied("go_live = 2027-10-01", "[roles.team]\nname = \"Team\"\nday_rate = 100\n");
    let text = text
        .replace(
            "[organisations.trust]\n",
            "[organisations.trust]\n[organisations.island]\nname = \"Body\"\n[organisations.Island]\nname = \"Body\"\n",
        )
        .replace("[contracts.kx]\ninstance = \"x\"\nbody = \"trust\"", "[contracts.kx]\ninstance = \"x\"\nbody = \"island\"")
        .replace("[contracts.ky]\ninstance = \"y\"\nbody = \"trust\"", "[contracts.ky]\ninstance = \"y\"\nbody = \"Island\"");
    support::toml(&text)
}

/// The id by which results tell what no body bears or pays.
#[test]
fn no_body_is_called_unassigned() {
    let text = support::tied("go_live = 2027-10-01", "")
        .replace("[organisations.trust]\n", "[organisations.trust]\n[organisations.unassigned]\n");
    let told: Vec<String> =
        scenario::read(&support::toml(&text)).err().into_iter().flat_map(|p| p.list).map(|p| p.message).collect();
    assert_eq!(told, ["`organisations.unassigned`: results say this of what no body bears or pays"]);
}

/// The first sheet names no sheet that the workbook has not.
#[test]
fn the_first_sheet_names_the_sheets_that_there_are() {
    for made in bundled() {
        let cells = cells(&made.bytes);
        let sheets: std::collections::BTreeSet<&str> = cells.keys().map(|(sheet, ..)| sheet.as_str()).collect();
        for name in ["Criteria and weights", "Factors", "Financial case", "Dual running", "Uncertainty", "Calendar"] {
            let mut told = cells.iter().filter(|((sheet, ..), _)| sheet == "Read me");
            let named = told.find(|(_, (held, _))| matches!(held, Held::Words(words) if words.contains(name)));
            assert!(sheets.contains(name) || named.is_none(), "{}: {named:?}", made.name);
        }
        let prices = cells.values().any(|(held, _)| *held == Held::Words("Price x quantity".to_owned()));
        let heading = cells.values().any(|(held, _)| *held == Held::Words("Quantities charged at each price".to_owned()));
        assert_eq!(prices, heading, "{}", made.name);
    }
}

/// The deflator may be changed only where nothing else rests on it.
#[test]
fn a_deflator_on_which_prices_rest_is_not_live() {
    let changing = |more: &str| {
        let text = support::tied("go_live = 2027-10-01", "[roles.team]\nname = \"Team\"\nday_rate = 100\n")
            .replace("[contracts.ky.lines.users]", &format!("{more}[contracts.ky.lines.users]"));
        let made = made("deflated", &support::toml(&text), 0);
        let cells = cells(&made.bytes);
        let at = row_of(&cells, "Factors", 0, "Deflator");
        (made.workings.deflator_live, words(&cells, "Factors", at, 2).to_owned())
    };
    assert_eq!(changing(""), (true, "Live".to_owned()));
    assert_eq!(changing("indexation = { rate = 0.05, prices_at = \"2027/28\" }\n"), (true, "Live".to_owned()));
    let inflated = "indexation = { general_inflation = true, prices_at = \"2027/28\" }\n";
    assert_eq!(changing(inflated), (false, "Run again".to_owned()));
}

/// A bundled case with a value function in pieces, of more knots than a formula would hold, and one in steps.
fn bent() -> Case {
    // From 60 million to 10 million by steps of three million and a half: 7, 14 ... 91 points.
    let knots = (1..=13).map(|k| format!("{{ at = {}, points = {} }}", 60_000_000 - 3_500_000 * k, 7 * k)).collect::<Vec<_>>();
    let (pieces, cost) = (knots.join(", "), "measure = \"cost\", anchors = { zero = 60_000_000, hundred = 10_000_000 }");
    let dual = "measure = \"dual_running\", anchors = { zero = 10_000_000, hundred = 0 }";
    let steps = "{ at = 6_000_000, points = 30 }, { at = 2_000_000, points = 70 }";
    let patches = [
        (cost, format!("{cost}, function = \"piecewise\", knots = [{pieces}]")),
        (dual, format!("{dual}, function = \"step\", knots = [{steps}]")),
    ];
    let patches: Vec<(&str, &str)> = patches.iter().map(|(from, to)| (*from, to.as_str())).collect();
    made("bent", &support::patched(files("new-product"), &patches), 0)
}

/// However many knots a value function has, points follow their measure.
#[test]
fn points_are_formulas_of_measures() {
    let made = bent();
    let (sheet, cells) = ("Criteria and weights", cells(&made.bytes));
    let first = row_of(&cells, sheet, 0, "Points: 0 to 100 between the anchors") + 1;
    for (c, criterion) in made.appraisal.criteria.iter().enumerate() {
        for (o, option) in made.appraisal.options.iter().enumerate() {
            let at = |n: usize| u32::try_from(n).expect("few");
            let (held, formula) = &cells[&(sheet.to_owned(), first + at(c), 9 + at(o))];
            assert_eq!(*held, Held::Figure(option.values[&criterion.id]));
            assert!(formula.is_some(), "{}, {}", criterion.id, option.id);
        }
    }
    let knots = row_of(&cells, sheet, first, "Value functions that are not straight");
    six(figure(&cells, sheet, knots + 3, 4), 56_500_000.0);
    six(figure(&cells, sheet, knots + 3, 5), 0.07);
    six(figure(&cells, sheet, knots + 3, 6), 7.0);
}

/// LibreOffice on some workbooks, all formulas worked out anew: what it makes of each.
fn recalculated(books: &[(String, Vec<u8>)]) -> Vec<Cells> {
    let folder = tempfile::tempdir().expect("a folder");
    let user = folder.path().join("profile/user");
    fs::create_dir_all(&user).expect("writable");
    // By default it trusts the figures in the file; 0 is "always recalculate".
    let settings = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<oor:items xmlns:oor=\"http://openoffice.org/2001/registry\">\
        <item oor:path=\"/org.openoffice.Office.Calc/Formula/Load\"><prop oor:name=\"OOXMLRecalcMode\" oor:op=\"fuse\">\
        <value>0</value></prop></item></oor:items>";
    fs::write(user.join("registrymodifications.xcu"), settings).expect("writable");
    let (from, to) = (folder.path().join("from"), folder.path().join("to"));
    fs::create_dir(&from).expect("writable");
    let names: Vec<String> = (0..books.len()).map(|i| format!("book-{i}.xlsx")).collect();
    for (name, (_, bytes)) in names.iter().zip(books) {
        fs::write(from.join(name), bytes).expect("writable");
    }
    let mut soffice = Command::new("soffice");
    soffice.arg(format!("-env:UserInstallation=file://{}", folder.path().join("profile").display()));
    soffice.args(["--headless", "--convert-to", "xlsx", "--outdir"]).arg(&to);
    soffice.args(names.iter().map(|name| from.join(name)));
    let done = soffice.output().expect("soffice, of the package libreoffice-calc");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    names.iter().map(|name| cells(&fs::read(to.join(name)).expect("a workbook of LibreOffice"))).collect()
}

/// A workbook with another figure in a cell of a sheet, the formulas' old figures left in it.
fn with_figure(bytes: &[u8], sheet: &str, cell: &str, figure: f64) -> Vec<u8> {
    let sheets = Xlsx::new(Cursor::new(bytes.to_vec())).expect("a workbook").sheet_names();
    let at = sheets.iter().position(|s| s == sheet).expect("the sheet") + 1;
    let part = format!("xl/worksheets/sheet{at}.xml");
    let mut old = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..old.len() {
        let mut file = old.by_index(i).expect("a part");
        let (name, mut content) = (file.name().expect("a name").into_owned(), Vec::new());
        file.read_to_end(&mut content).expect("readable");
        if name == part {
            let text = String::from_utf8(content).expect("text");
            let found = regex::Regex::new(&format!("(<c r=\"{cell}\"[^>]*><v>)[^<]*(</v>)")).expect("an expression");
            assert_eq!(found.find_iter(&text).count(), 1, "{sheet} {cell}");
            content = found.replace(&text, format!("${{1}}{figure}${{2}}")).into_owned().into_bytes();
        }
        new.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        new.write_all(&content).expect("written");
    }
    new.finish().expect("an archive").into_inner()
}

/// Formulas of which LibreOffice makes something else, to a penny; how many there are.
fn compare(name: &str, written: &Cells, found: &Cells) -> usize {
    let mut count = 0;
    let mut wrong = Vec::new();
    for (place, (held, formula)) in written {
        let Some(formula) = formula else { continue };
        count += 1;
        let same = match (held, found.get(place).map(|(held, _)| held)) {
            // Pounds to the penny: shares, uplifts, points and factors to what a spreadsheet can tell apart.
            (Held::Figure(a), Some(Held::Figure(b))) => {
                (a - b).abs() < if a.abs() < 1_000.0 { 1e-9 * (1.0 + a.abs()) } else { 0.005 }
            }
            (a, Some(b)) => a == b,
            (_, None) => false,
        };
        if !same {
            wrong.push(format!("{place:?} ={formula}: {held:?} became {:?}", found.get(place)));
        }
    }
    wrong.truncate(20);
    assert!(wrong.is_empty(), "{name}:\n{}", wrong.join("\n"));
    count
}

#[test]
#[ignore = "needs LibreOffice; make verify-workbook"]
fn libreoffice_agrees_with_every_formula() {
    let all = bundled();
    let mut books: Vec<(String, Vec<u8>)> = all.iter().map(|m| (m.name.clone(), m.bytes.clone())).collect();
    let (dearer, better) = tampered();
    books.extend([("dearer".to_owned(), dearer), ("better".to_owned(), better), ("bent".to_owned(), bent().bytes)]);
    books.push(("namesakes".to_owned(), made("namesakes", &namesakes(), 0).bytes));
    for ((name, bytes), found) in books.iter().zip(recalculated(&books)) {
        let count = compare(name, &cells(bytes), &found);
        eprintln!("{name}: {count} formulas agree to a penny");
        assert!(count > 50);
    }
}

/// The cell of an assumption's value on the sheet of assumptions.
fn value_cell(made: &Case, assumption: usize) -> String {
    let cells = cells(&made.bytes);
    let name = &made.appraisal.assumptions[assumption].name;
    let first = row_of(&cells, "Assumptions", 0, "What it is") + 1;
    let row = first + u32::try_from(assumption).expect("few");
    assert_eq!(words(&cells, "Assumptions", row, 0), name);
    format!("B{}", row + 1)
}

/// Net present cost of each option as the first sheet of a workbook has it.
fn net_present_costs(made: &Case, cells: &Cells) -> Vec<f64> {
    let first = row_of(cells, "Read me", 0, "Option") + 1;
    (0..made.appraisal.options.len()).map(|i| figure(cells, "Read me", first + u32::try_from(i).expect("few"), 2)).collect()
}

fn status(cells: &Cells) -> String {
    words(cells, "Read me", row_of(cells, "Read me", 0, "Status"), 1).to_owned()
}

#[test]
#[ignore = "needs LibreOffice; make verify-workbook"]
fn a_price_changed_in_the_workbook_does_what_it_does_in_the_engine() {
    let all = bundled();
    let mut changes: Vec<(usize, Vec<(usize, f64)>)> = Vec::new();
    for (i, made) in all.iter().enumerate() {
        for input in &made.workings.inputs {
            let value = made.appraisal.assumptions[input.assumption].value;
            let changed = if 1.1 * value <= input.to { 1.1 * value } else { f64::midpoint(value, input.to) };
            changes.push((i, vec![(input.assumption, changed)]));
        }
        let free: Vec<usize> = made.workings.inputs.iter().filter(|l| !l.decides).map(|l| l.assumption).collect();
        if let [one, two, ..] = free[..] {
            let times = |at: usize, share: f64| (at, share * made.appraisal.assumptions[at].value);
            changes.push((i, vec![times(one, 0.8), times(two, 1.3)]));
        }
    }
    let mut books = Vec::new();
    for (i, change) in &changes {
        let mut bytes = all[*i].bytes.clone();
        for (assumption, value) in change {
            bytes = with_figure(&bytes, "Assumptions", &value_cell(&all[*i], *assumption), *value);
        }
        books.push((all[*i].name.clone(), bytes));
    }
    for ((i, change), cells) in changes.iter().zip(recalculated(&books)) {
        let made = &all[*i];
        let (found, engine) = (net_present_costs(made, &cells), engine(&made.scenario, change));
        let before: Vec<f64> = made.appraisal.options.iter().map(|o| o.cost.npc).collect();
        assert!((0..found.len()).any(|o| (before[o] - engine[o]).abs() > 1.0), "{}: nothing moved: {change:?}", made.name);
        for (option, (found, engine)) in found.iter().zip(&engine).enumerate() {
            assert!((found - engine).abs() < 0.005, "{}, option {option}, {change:?}: {found} is not {engine}", made.name);
        }
        assert!(status(&cells).starts_with("Values were changed"), "{}: {}", made.name, status(&cells));
    }
    eprintln!("{} changes of prices do in the workbook what they do in the engine, to a penny", changes.len());
}

/// The scenario itself with another price, read and run again.
#[test]
#[ignore = "needs LibreOffice; make verify-workbook"]
fn a_run_of_a_scenario_with_another_price_gives_the_workbook_with_that_price() {
    let example = files("worked-example");
    let old = made("worked-example", &example, 0);
    let text: String = example.iter().map(|f| String::from_utf8_lossy(&f.bytes).into_owned()).collect();
    let line = text.lines().find(|l| l.contains("162")).expect("the upper band").to_owned();
    let again = made("again", &support::patched(example, &[(&line, &line.replace("162", "171.5"))]), 0);
    let at = old.appraisal.assumptions.iter().position(|a| a.id == "contracts.ky.lines.users.bands[1].price").expect("the band");
    let changed = with_figure(&old.bytes, "Assumptions", &value_cell(&old, at), 171.5);
    let cells = recalculated(&[("changed".to_owned(), changed)]).remove(0);
    for (found, option) in net_present_costs(&old, &cells).iter().zip(&again.appraisal.options) {
        assert!((found - option.cost.npc).abs() < 0.005, "{}: {found} is not {}", option.id, option.cost.npc);
    }
}

/// The name of a cell by row and column from 0, of the first 26 columns.
fn named(row: u32, column: u32) -> String {
    format!("{}{}", char::from(b'A' + u8::try_from(column).expect("few")), row + 1)
}

/// A weight that is changed moves scores by the definition (shares of the sum, times points), the status says so, and no
/// sheet says that it is not to be used.
#[test]
#[ignore = "needs LibreOffice; make verify-workbook"]
fn a_weight_changed_in_the_workbook_moves_scores_and_is_told() {
    let made = made("new-product", &files("new-product"), 0);
    let (sheet, all) = ("Criteria and weights", cells(&made.bytes));
    let criteria = &made.appraisal.criteria;
    let first = row_of(&all, sheet, 0, "Measures") + 1;
    let (panel, last) = (&made.appraisal.panels[0], criteria.len() - 1);
    let panels = row_of(&all, sheet, 0, "Weights of each panel, taken as shares of their sum") + 2;
    let scores = row_of(&all, sheet, 0, "Scores by the weights of each panel") + 2;
    let own = criteria[last].weight.expect("a weight");
    let of_panel = panel.weights[&criteria[last].id];
    let at = u32::try_from(last).expect("few");
    let books = [
        ("own".to_owned(), with_figure(&made.bytes, sheet, &named(first + at, 6), own + 0.5)),
        ("panel".to_owned(), with_figure(&made.bytes, sheet, &named(panels + at, 9), of_panel + 0.5)),
    ];
    let found = recalculated(&books);
    for cells in &found {
        assert_eq!(status(cells), "Weights were changed: scores follow them; ranks stay as in the run.");
        six(
            figure(cells, "Read me", row_of(cells, "Read me", 0, "Weights changed on Criteria and weights since the run"), 1),
            1.0,
        );
        let told = |(held, _): &(Held, Option<String>)| matches!(held, Held::Words(words) if words.starts_with("DOES NOT AGREE"));
        assert!(!cells.values().any(told));
    }
    // Half a point of weight more on the last criterion, of 1.5 in all.
    let total = row_of(&all, sheet, 0, "Weighted score");
    for (i, option) in made.appraisal.options.iter().enumerate() {
        let points = |c: usize| option.values[&criteria[c].id];
        let moved = |weight: &dyn Fn(usize) -> f64| (0..=last).map(|c| weight(c) * points(c)).sum::<f64>() / 1.5;
        let column = 9 + u32::try_from(i).expect("few");
        let more = |c: usize| if c == last { 0.5 } else { 0.0 };
        six(figure(&found[0], sheet, total, column), moved(&|c| criteria[c].weight.expect("a weight") + more(c)));
        six(figure(&found[1], sheet, scores, column), moved(&|c| panel.weights[&criteria[c].id] + more(c)));
        assert!((figure(&found[0], sheet, total, column) - option.score.expect("a score")).abs() > 1e-6);
    }
}

/// What cannot be followed is said: a value that needs a run, a price beyond its range, several on which decisions rest.
#[test]
#[ignore = "needs LibreOffice; make verify-workbook"]
fn what_cannot_be_followed_is_said() {
    let made = made("new-product", &files("new-product"), 20);
    let live: Vec<usize> = made.workings.inputs.iter().map(|l| l.assumption).collect();
    let dead = (0..made.appraisal.assumptions.len()).find(|at| !live.contains(at)).expect("one that needs a run");
    let deciding: Vec<_> = made.workings.inputs.iter().filter(|l| l.decides).collect();
    let change = |changes: &[(usize, f64)]| {
        changes
            .iter()
            .fold(made.bytes.clone(), |bytes, (at, value)| with_figure(&bytes, "Assumptions", &value_cell(&made, *at), *value))
    };
    let value = |at: usize| made.appraisal.assumptions[at].value;
    let low = deciding.iter().find(|l| l.from > 0.0).expect("a range that ends");
    let cells = cells(&made.bytes);
    let kept = (0..made.workings.indices.len()).find(|i| !made.workings.indices[*i].own_year_only).expect("one that is not live");
    let index = row_of(&cells, "Factors", 0, &format!("Index: {}", made.appraisal.contracts[kept].name));
    assert_eq!(words(&cells, "Factors", index, 2), "Run again");
    let books = [
        with_figure(&made.bytes, "Factors", &named(index, 5), 1.5),
        change(&[(dead, value(dead) + 1.0)]),
        change(&[(low.assumption, 0.9 * low.from)]),
        change(&[
            (deciding[0].assumption, 1.01 * value(deciding[0].assumption)),
            (deciding[1].assumption, 1.01 * value(deciding[1].assumption)),
        ]),
    ];
    let books: Vec<(String, Vec<u8>)> = books.into_iter().map(|b| ("new-product".to_owned(), b)).collect();
    let told: Vec<String> = recalculated(&books).iter().map(status).collect();
    assert!(told[..3].iter().all(|t| t.starts_with("Run the engine again: a value was changed beyond")), "{told:?}");
    assert!(told[3].starts_with("Run the engine again to be sure"), "{told:?}");
}
