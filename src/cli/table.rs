//! Tables for the terminal, and CSV.

pub(super) mod compare;
pub(super) mod explain;
pub(super) mod optimise;
pub(super) mod sensitivity;

use crate::appraisal::result::{Appraisal, CATEGORIES, OptionResult, OptionUncertainty};
use crate::quantity::{fixed, grouped, pounds_short};
use crate::scenario::render::printable as plain;
use comfy_table::{CellAlignment, ContentArrangement, Table, presets::UTF8_FULL_CONDENSED};
use std::fmt::Write;

/// Width of a table where standard output is not a terminal.
const WIDTH: u16 = 100;

fn table(header: &[&str], rows: Vec<Vec<String>>) -> String {
    let mut table = Table::new();
    table
        .load_style(UTF8_FULL_CONDENSED)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_header(header.iter().map(|cell| plain(cell)));
    if !table.is_tty() {
        table.set_width(WIDTH);
    }
    for row in rows {
        table.add_row(row.into_iter().map(|cell| plain(&cell)));
    }
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table.to_string()
}

fn optional<T>(value: Option<T>, show: impl Fn(T) -> String) -> String {
    value.map_or_else(|| "\u{2013}".to_owned(), show)
}

/// Pounds with a sign on gains as well.
fn signed(amount: f64) -> String {
    let text = pounds_short(amount);
    if amount > 0.0 { format!("+{text}") } else { text }
}

/// A column: its heading, whether this case has it, and its cells.
type Column<'a> = (&'static str, bool, Box<dyn Fn(&OptionResult) -> String + 'a>);

/// The columns that this case has.
fn by_option(a: &Appraisal, columns: &[Column<'_>]) -> String {
    let shown: Vec<&Column<'_>> = columns.iter().filter(|(_, there, _)| *there).collect();
    let header: Vec<&str> = shown.iter().map(|(name, _, _)| *name).collect();
    table(&header, a.options.iter().map(|o| shown.iter().map(|(_, _, cell)| cell(o)).collect()).collect())
}

/// One screen: the headline, options at a glance, sentences.
pub(super) fn summary(a: &Appraisal) -> String {
    let usual = a.options.iter().find(|o| o.kind == "business_as_usual").map(|o| o.cost.npc);
    // A plain choice has neither costs nor work, and a case of costs alone no scores.
    let priced = a.options.iter().any(|o| !o.cost.by_category.is_empty());
    let scored = a.options.iter().any(|o| o.score.is_some());
    let moves = !a.services.is_empty();
    let certain = a.uncertainty.as_ref().is_none_or(|u| u.uncertain + u.events == 0);
    let drawn = |o: &OptionResult, show: &dyn Fn(&OptionUncertainty) -> String| optional(o.uncertainty.as_ref(), show);
    let rank: Column<'_> = ("Rank", true, Box::new(|o| optional(o.rank, |r| r.to_string())));
    let score: Column<'_> = ("Score", scored, Box::new(|o| optional(o.score, |s| fixed(s, 1))));
    let gates: Column<'_> = ("Gates", true, Box::new(|o| if o.feasible { "passed" } else { "failed" }.to_owned()));
    let cost: Column<'_> = (if certain { "NPC" } else { "Central" }, priced, Box::new(|o| pounds_short(o.cost.npc)));
    let option = || -> Column<'_> { ("Option", true, Box::new(|o| o.name.clone())) };
    let rest: [Column<'_>; 4] = [
        ("vs usual", priced && usual.is_some(), Box::new(|o| optional(usual, |u| signed(o.cost.npc - u)))),
        ("Cash", priced, Box::new(|o| pounds_short(o.financial.cash))),
        ("Dual running", priced && moves, Box::new(|o| pounds_short(o.dual_running.present))),
        ("Days", moves, Box::new(|o| grouped(o.effort.person_days, 0))),
    ];
    let mut out =
        format!("{}\nas at {}, {} prices\n\n{}\n\n", plain(&a.title), a.as_at, a.frame.price_base, plain(&a.headline.text));
    if certain {
        let [against, cash, dual, days] = rest;
        out += &by_option(a, &[option(), rank, score, cost, against, cash, dual, days, gates]);
    } else {
        // More than fits on one line: what is uncertain first, then the rest of the central case.
        let first = Box::new(move |o: &OptionResult| drawn(o, &|u| format!("{}%", fixed(100.0 * u.probability_first, 1))));
        let expected = Box::new(move |o: &OptionResult| drawn(o, &|u| pounds_short(u.npc.mean)));
        let p80 = Box::new(move |o: &OptionResult| drawn(o, &|u| pounds_short(u.npc.p80)));
        let (expected, p80) = (("NPC: expected", priced, expected as _), ("P80", priced, p80 as _));
        out += &by_option(a, &[option(), rank, ("First in", true, first), score, expected, cost, p80, gates]);
        if rest.iter().any(|(_, there, _)| *there) {
            let [against, cash, dual, days] = rest;
            let _ = write!(out, "\n{}", by_option(a, &[option(), against, cash, dual, days]));
        }
    }
    if priced {
        out += "\nNPC: net present cost. Cash: prices of each year, with VAT that cannot be recovered.";
    }
    if let Some(u) = a.uncertainty.as_ref().filter(|_| !certain) {
        let draws = u32::try_from(u.draws).map_or(f64::INFINITY, f64::from);
        let _ = write!(
            out,
            "\nOf {} draws: how many have the option first, the mean, and what eight of ten stay below; all else is central figures.",
            grouped(draws, 0)
        );
    }
    for sentence in &a.summary {
        let _ = write!(out, "\n\u{2022} {}", plain(&sentence.text));
    }
    if !a.warnings.is_empty() {
        let plural = if a.warnings.len() == 1 { "warning" } else { "warnings" };
        let _ = write!(out, "\n\n{} {plural}; the pack lists them.", a.warnings.len());
    }
    out
}

/// Gates, measures, values, scores, panels, implied rates.
pub(super) fn scores(a: &Appraisal) -> String {
    let mut out = plain(&a.headline.text) + "\n\n";
    let names: Vec<&str> = a.options.iter().map(|o| o.name.as_str()).collect();
    let mut header = vec!["Criterion", "Weight"];
    header.extend(&names);
    let number = |x: f64| if x.abs() >= 1000.0 { grouped(x, 0) } else { fixed(x, 4) };
    let measures = a.criteria.iter().map(|c| {
        let mut row = vec![format!("{} ({})", c.name, c.unit), optional(c.weight, |w| format!("{}%", fixed(100.0 * w, 1)))];
        row.extend(a.options.iter().map(|o| o.measures.get(&c.id).map_or_else(String::new, |m| number(*m))));
        row
    });
    let _ = write!(out, "Measures\n{}\n\n", table(&header, measures.collect()));
    let mut values: Vec<Vec<String>> = a
        .criteria
        .iter()
        .map(|c| {
            let mut row = vec![c.name.clone(), optional(c.weight, |w| format!("{}%", fixed(100.0 * w, 1)))];
            row.extend(a.options.iter().map(|o| o.values.get(&c.id).map_or_else(String::new, |v| fixed(*v, 1))));
            row
        })
        .collect();
    let line = |name: &str, show: &dyn Fn(&OptionResult) -> String| {
        let mut row = vec![name.to_owned(), String::new()];
        row.extend(a.options.iter().map(show));
        row
    };
    values.push(line("Weighted score", &|o| optional(o.score, |s| fixed(s, 2))));
    values.push(line(&format!("Rank by {}", a.frame.rank_basis), &|o| optional(o.rank, |r| r.to_string())));
    values.push(line("Gates", &|o| if o.feasible { "passed" } else { "failed" }.to_owned()));
    let _ = write!(out, "Points, 0 to 100\n{}\n", table(&header, values));
    for panel in &a.panels {
        let _ = write!(out, "\n{}: {}", plain(&panel.name), plain(&panel.ranking.join(" > ")));
    }
    for rate in &a.implied_rates {
        let _ = write!(
            out,
            "\n\u{2022} {}{}",
            plain(&rate.sentence),
            rate.warning.as_ref().map_or_else(String::new, |w| format!(" Warning: {}", plain(w)))
        );
    }
    for option in a.options.iter().filter(|o| !o.feasible) {
        for gate in option.gates.iter().filter(|g| !g.passed) {
            let _ = write!(out, "\n{} fails {}: {}", plain(&option.name), plain(&gate.id), plain(&gate.reason));
        }
    }
    out
}

/// Costs by category, reconciliation, dual running.
pub(super) fn costs(a: &Appraisal) -> String {
    let mut header = vec!["Present value, £"];
    header.extend(a.options.iter().map(|o| o.name.as_str()));
    let used = |c: &&str| a.options.iter().any(|o| o.cost.by_category.contains_key(*c));
    let categories: Vec<&str> = CATEGORIES.into_iter().filter(used).collect();
    let line = |name: &str, show: &dyn Fn(&OptionResult) -> f64| {
        let mut row = vec![name.replace('_', " ")];
        row.extend(a.options.iter().map(|o| grouped(show(o), 0)));
        row
    };
    let mut rows: Vec<Vec<String>> =
        categories.iter().map(|c| line(c, &|o| o.cost.by_category.get(*c).map_or(0.0, |x| x.present))).collect();
    rows.push(line("Net present cost", &|o| o.cost.npc));
    rows.push(line("Equivalent annual cost", &|o| o.cost.eac));
    let mut out = format!("{}\n\n", table(&header, rows));
    header[0] = "Cash of the year, £";
    let mut financial = vec![
        line("Nominal, before VAT", &|o| o.financial.nominal),
        line("less non-cash", &|o| -o.financial.non_cash),
        line("plus VAT not recovered", &|o| o.financial.vat),
    ];
    if a.options.iter().any(|o| o.financial.transfers.abs() > 0.005) {
        financial.push(line("plus transfers out of the public sector", &|o| o.financial.transfers));
    }
    financial.push(line("Cash", &|o| o.financial.cash));
    let _ = write!(out, "{}\n\n", table(&header, financial));
    header[0] = "Dual running, present value, £";
    let dual = vec![
        line("Head start", &|o| o.dual_running.head_start),
        line("Overlap", &|o| o.dual_running.overlap),
        line("Stranded", &|o| o.dual_running.stranded),
        line("Archive", &|o| o.dual_running.archive),
        line("Dual running", &|o| o.dual_running.present),
        line("of which committed", &|o| o.dual_running.committed),
    ];
    out += &table(&header, dual);
    for option in &a.options {
        for exit in &option.exits {
            let _ = write!(out, "\n{}: {}", plain(&option.name), plain(&exit.sentence));
        }
    }
    out
}

fn csv_text(rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        // Writing to memory cannot fail, and rows have equal lengths by construction.
        let _ = writer.write_record(&row);
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// A cell that a spreadsheet must not take for a formula.
fn safe(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { format!("'{text}") } else { text.to_owned() }
}

/// One row for each option and criterion.
pub(super) fn scores_csv(a: &Appraisal) -> String {
    let header = ["option", "criterion", "weight", "measure", "unit", "value", "contribution", "score", "rank"]
        .map(str::to_owned)
        .to_vec();
    let number = |x: Option<&f64>| x.map_or_else(String::new, f64::to_string);
    let rows = a.options.iter().flat_map(|o| a.criteria.iter().map(move |c| (o, c))).map(|(o, c)| {
        vec![
            safe(&o.id),
            safe(&c.id),
            number(c.weight.as_ref()),
            number(o.measures.get(&c.id)),
            safe(&c.unit),
            number(o.values.get(&c.id)),
            number(o.contributions.get(&c.id)),
            number(o.score.as_ref()),
            o.rank.map_or_else(String::new, |r| r.to_string()),
        ]
    });
    csv_text(std::iter::once(header).chain(rows))
}

/// One row for each option, year and category.
pub(super) fn costs_csv(a: &Appraisal) -> String {
    let header = ["option", "year", "category", "nominal", "real", "present"].map(str::to_owned).to_vec();
    let rows = a.options.iter().flat_map(|o| o.cost.by_year.iter().map(move |y| (o, y))).map(|(o, y)| {
        vec![safe(&o.id), y.year.clone(), y.category.clone(), y.nominal.to_string(), y.real.to_string(), y.present.to_string()]
    });
    csv_text(std::iter::once(header).chain(rows))
}
