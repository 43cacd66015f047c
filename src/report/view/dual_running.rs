//! Dual running: what is paid for systems that are not in live use.

use super::archive;
use super::dates;
use super::names::Names;
use super::table::Cell;
use super::table::Row;
use super::table::Table;
use super::table::headings;
use crate::appraisal::result::DualRunning;
use crate::report::format;
use serde::Serialize;

/// The dual running section.
#[derive(Debug, Clone, Serialize)]
pub(super) struct DualRunningView {
    message: String,
    parts: Option<Table>,
    slippage: Option<Table>,
    dates: Option<Table>,
    by_contract: Option<Table>,
    exits: Vec<Exit>,
    exit_table: Option<Table>,
    left_behind: Option<Table>,
}

/// A decision about a contract that is left early.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Exit {
    option: String,
    sentence: String,
}

pub(super) fn view(names: Names<'_>) -> DualRunningView {
    let exits = names
        .0
        .options
        .iter()
        .flat_map(|o| o.exits.iter().map(|e| Exit { option: o.name.clone(), sentence: e.sentence.clone() }));
    DualRunningView {
        message: message(names),
        parts: parts(names),
        slippage: slippage(names),
        dates: dates::table(names),
        by_contract: by_contract(names),
        exits: exits.collect(),
        exit_table: exit_table(names),
        left_behind: archive::table(names),
    }
}

/// Who pays most for dual running.
fn message(names: Names<'_>) -> String {
    let options = &names.0.options;
    let most = options.iter().map(|o| o.dual_running.present).fold(0.0, f64::max);
    if most < 0.5 {
        return "No option pays for dual running.".to_owned();
    }
    let dearest: Vec<_> = options.iter().filter(|o| most - o.dual_running.present < 0.5).collect();
    let who = match dearest.as_slice() {
        [only] => format!("{} pays", only.name),
        [first, second] => format!("{} and {} pay", first.name, second.name),
        many => format!("{} options pay", many.len()),
    };
    // Unavoidable payments are told for one option only: several may differ in them.
    let committed = match dearest.as_slice() {
        [only] if only.dual_running.committed >= 0.5 => {
            format!(
                "; {} of it falls on charges that are due whichever option is chosen",
                format::pounds(only.dual_running.committed)
            )
        }
        _ => String::new(),
    };
    format!("{who} most for dual running: {} in present value{committed}.", format::pounds(most))
}

/// A part with its row heading and explanation.
type Part = (&'static str, &'static str, fn(&DualRunning) -> f64);

const PARTS: [Part; 4] = [
    ("Head start", "new system paid before go-live", |d| d.head_start),
    ("Overlap", "old system kept running beside the new", |d| d.overlap),
    ("Stranded", "old contract paid after its users have left", |d| d.stranded),
    ("Archive", "read-only access to the old record", |d| d.archive),
];

fn parts(names: Names<'_>) -> Option<Table> {
    let options = &names.0.options;
    if options.is_empty() {
        return None;
    }
    let row = |heading: &str, amount: &dyn Fn(&DualRunning) -> f64| {
        Row::new(heading, options.iter().map(|o| Cell::number(format::pounds(amount(&o.dual_running)))).collect())
    };
    let own_archive = options.iter().any(|o| !o.archives.is_empty());
    let what_of = |name: &str, what: &'static str| match name {
        "Archive" if own_archive => "read-only access to the old record, or an archive of it",
        _ => what,
    };
    let mut rows: Vec<Row> = PARTS.iter().map(|(name, what, part)| row(name, part).detailed(what_of(name, what))).collect();
    rows.push(Row { kind: "total", ..row("Dual running", &|d| d.present) });
    rows.push(row("Of which due in any case", &|d| d.committed).detailed("on charges that are due whichever option is chosen"));
    rows.push(row("In cash prices", &|d| d.nominal));
    let caption = "Dual running by part, present value, £, before VAT";
    Some(Table::by_option(caption, "Part", &names.options(), rows))
}

fn slippage(names: Names<'_>) -> Option<Table> {
    let options = &names.0.options;
    let row = |heading: &str, amount: &dyn Fn(&DualRunning) -> Option<f64>| {
        let cells = options.iter().map(|o| match amount(&o.dual_running) {
            Some(change) => Cell::number(format::signed_pounds(change)),
            None => Cell::number("None"),
        });
        Row::new(heading, cells.collect())
    };
    if options.iter().all(|o| o.dual_running.slippage_first_month.is_none()) {
        return None;
    }
    let rows = vec![
        row("Every go-live a month late", &|d| d.slippage_first_month),
        row("Every go-live three months late", &|d| d.slippage_first_quarter),
    ];
    Some(Table::by_option("What delay costs: change in net present cost, £", "Delay", &names.options(), rows))
}

fn by_contract(names: Names<'_>) -> Option<Table> {
    let mut rows = Vec::new();
    for option in names.0.options.iter().filter(|o| !o.dual_running.by_contract.is_empty()) {
        rows.push(Row::group(&option.name));
        for c in &option.dual_running.by_contract {
            let amounts = [c.service, c.head_start, c.overlap, c.stranded, c.archive, c.invoice];
            let cells = amounts.map(|amount| Cell::number(format::pounds(amount))).to_vec();
            rows.push(Row::new(names.contract(&c.contract), cells));
        }
    }
    let columns = headings(&["Option and contract", "In use", "Head start", "Overlap", "Stranded", "Archive", "Invoice"]);
    let table = Table::new("Each contract's invoice by part, £, cash prices, before VAT", columns, rows);
    table.noted("The parts of each contract add up to its invoice.").dense().if_any()
}

fn exit_table(names: Names<'_>) -> Option<Table> {
    let mut rows = Vec::new();
    for option in &names.0.options {
        for exit in &option.exits {
            let charge = exit.exit_charge.map_or_else(|| "No exit terms".to_owned(), format::pounds);
            let notice = exit
                .notice_by
                .as_ref()
                .filter(|_| exit.exit_charge.is_some())
                .map_or_else(|| format::NONE.to_owned(), |d| format::short_date(d));
            let cells = vec![
                Cell::text(format::short_date(&exit.left)),
                Cell::number(format::pounds(exit.stay)),
                Cell::number(charge),
                Cell::number(format::pounds(exit.archive)),
                Cell::text(if exit.decision == "exit" { "Leave early" } else { "Stay to the end" }),
                Cell::text(notice),
            ];
            rows.push(Row::new(names.contract(&exit.contract), cells).detailed(option.name.clone()));
        }
    }
    let columns =
        headings(&["Contract and option", "Last use ends", "Staying", "Exit charge", "Archive", "Decision", "Notice by"]);
    Table::new("Contracts whose users leave before the end, £, cash prices", columns, rows).dense().if_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn the_message_names_the_dearest() {
        let mut appraisal = sample::small();
        assert_eq!(
            message(Names(&appraisal)),
            "Converge on system Y pays most for dual running: £87,045 in present value; £66,868 of it falls on charges \
             that are due whichever option is chosen."
        );
        appraisal.options.truncate(2);
        assert_eq!(message(Names(&appraisal)), "No option pays for dual running.");
    }
}
