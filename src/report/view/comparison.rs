//! Two appraisals side by side, as text and tables.

use super::record;
use super::table::{Cell, Row, Table, headings};
use crate::appraisal::result::comparison::{
    Attribution, Comparison, EntryChange, Moved, NumberChange, NumberState, OptionMovement, Pair, Side,
};
use crate::quantity::fixed;
use crate::report::format;
use serde::Serialize;
use std::fmt::Write;

/// Everything the page prints.
#[derive(Debug, Clone, Serialize)]
pub struct ComparisonView {
    title: String,
    sides: Vec<SideView>,
    sentences: Vec<String>,
    run: Option<Table>,
    results: Option<Table>,
    also: Vec<String>,
    steps: Vec<Table>,
    order: Option<String>,
    due_to: Vec<String>,
    unattributed: Option<String>,
    numbers: Option<Table>,
    entries: Option<Table>,
}

/// One of the two.
#[derive(Debug, Clone, Serialize)]
struct SideView {
    which: &'static str,
    title: String,
    path: String,
    kind: String,
    digest: String,
    headline: String,
}

impl ComparisonView {
    /// The page's title.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }
}

/// Builds the page view.
#[must_use]
pub fn view(c: &Comparison) -> ComparisonView {
    ComparisonView {
        title: if c.first.title == c.second.title {
            format!("{}: two appraisals compared", c.first.title)
        } else {
            format!("{} and {} compared", c.first.title, c.second.title)
        },
        sides: vec![side("First", &c.first), side("Second", &c.second)],
        sentences: c.sentences.clone(),
        run: run(c),
        results: results(c),
        also: also(c),
        steps: c.attribution.as_ref().map_or_else(Vec::new, |a| steps(c, a)),
        order: c.attribution.as_ref().filter(|a| !a.steps.is_empty()).map(|a| a.order.clone()),
        due_to: c.attribution.as_ref().map_or_else(Vec::new, |a| a.remainder_due_to.clone()),
        unattributed: c.unattributed.clone(),
        numbers: numbers(&c.numbers),
        entries: entries(&c.entries),
    }
}

fn side(which: &'static str, side: &Side) -> SideView {
    SideView {
        which,
        title: side.title.clone(),
        path: side.path.clone(),
        kind: side.kind.clone(),
        digest: record::digest(&side.run),
        headline: side.headline.clone(),
    }
}

fn or_dash(text: Option<String>) -> String {
    text.filter(|t| !t.is_empty()).unwrap_or_else(|| "\u{2013}".to_owned())
}

fn run(c: &Comparison) -> Option<Table> {
    let cell = |text: &Option<String>| Cell::text(or_dash(text.clone()));
    let rows = c.run.iter().map(|d| Row::new(d.what.clone(), vec![cell(&d.first), cell(&d.second)])).collect();
    Table::new("How they were run", headings(&["What", "First", "Second"]), rows).if_any()
}

/// The second figure; beneath it the first and the change, where it is another.
fn pair(pair: Pair, show: impl Fn(f64) -> String, change: impl Fn(f64) -> String) -> Cell {
    let cell = Cell::number(or_dash(pair.second.map(&show)));
    if pair.is_still() {
        return cell;
    }
    let by = pair.change().map(change).filter(|by| !by.is_empty()).map_or_else(String::new, |by| format!("; {by}"));
    cell.detailed(format!("was {}{by}", or_dash(pair.first.map(&show))))
}

fn signed_points(points: f64) -> String {
    let text = fixed(points, 2);
    if points > 0.0 { format!("+{text}") } else { text }
}

fn results(c: &Comparison) -> Option<Table> {
    let drawn = c.options.iter().any(|o| o.npc_expected.first.is_some() || o.npc_expected.second.is_some());
    let scored = c.options.iter().any(|o| o.score.first.is_some() || o.score.second.is_some());
    let money = |p: Pair| pair(p, format::pounds, format::signed_pounds);
    let row = |o: &OptionMovement| {
        let mut cells = vec![pair(o.rank, |r| fixed(r, 0), |_| String::new()), money(o.npc)];
        if drawn {
            cells.extend([money(o.npc_expected), money(o.npc_p80)]);
        }
        if scored {
            cells.push(pair(o.score, |s| fixed(s, 2), signed_points));
        }
        cells.extend([money(o.dual_running), money(o.cash)]);
        cells.push(pair(
            o.person_days,
            |d| format::number(d, 0),
            |d| format!("{}{}", if d > 0.0 { "+" } else { "" }, format::number(d, 0)),
        ));
        cells.push(Cell::text(gates(o)));
        let row = Row::new(o.name.clone(), cells);
        match (&o.was_named, &o.was, o.there.as_str()) {
            (Some(name), _, _) => row.detailed(format!("was \u{201c}{name}\u{201d}")),
            (None, Some(id), _) => row.detailed(format!("was {id}, is {}", o.id)),
            (None, None, "added") => row.detailed("only in the second"),
            (None, None, "removed") => row.detailed("only in the first"),
            _ => row,
        }
    };
    let mut columns = vec!["Option", "Rank", "Net present cost"];
    if drawn {
        columns.extend(["Expected", "P80"]);
    }
    if scored {
        columns.push("Score");
    }
    columns.extend(["Dual running", "Cash", "Person-days", "Gates"]);
    Table::new(
        "What came out in the second, with the first and the change beneath",
        headings(&columns),
        c.options.iter().map(row).collect(),
    )
    .if_any()
}

fn gates(o: &OptionMovement) -> String {
    let word = |f: Option<bool>| f.map_or("\u{2013}", |passed| if passed { "passed" } else { "failed" });
    if o.feasible.0 == o.feasible.1 {
        word(o.feasible.0).to_owned()
    } else {
        format!("{} \u{2192} {}", word(o.feasible.0), word(o.feasible.1))
    }
}

/// Gates and plans that differ.
fn also(c: &Comparison) -> Vec<String> {
    c.options.iter().flat_map(|o| o.gates.iter().chain(&o.plan).map(|text| format!("{}: {text}", o.name))).collect()
}

/// A figure of what a change moves.
type Of = fn(&Moved) -> Option<f64>;

/// How it is shown.
type Show = fn(f64) -> String;

/// One table for each figure that moves.
fn steps(c: &Comparison, a: &Attribution) -> Vec<Table> {
    let figures: [(&str, Of, Show); 3] = [
        ("Net present cost: what each change moves", |m| Some(m.npc), format::signed_pounds),
        ("Dual running: what each change moves, present value", |m| Some(m.dual_running), format::signed_pounds),
        ("Score: what each change moves, points", |m| m.score, signed_points),
    ];
    figures.into_iter().filter_map(|(caption, of, show)| table(c, a, caption, (of, show))).collect()
}

fn table(c: &Comparison, a: &Attribution, caption: &str, (of, show): (Of, Show)) -> Option<Table> {
    let ids: Vec<&String> = a.whole.keys().collect();
    let moves = |moved: &indexmap::IndexMap<String, Moved>| -> Vec<Option<f64>> {
        ids.iter().map(|id| moved.get(*id).and_then(of)).collect()
    };
    let any = |moved: &indexmap::IndexMap<String, Moved>| moves(moved).into_iter().flatten().any(|x| x != 0.0);
    if !any(&a.whole) && !a.steps.iter().any(|s| any(&s.moves)) {
        return None;
    }
    let cells = |moved: &indexmap::IndexMap<String, Moved>| {
        moves(moved).into_iter().map(|x| Cell::number(or_dash(x.map(show)))).collect::<Vec<_>>()
    };
    let mut rows: Vec<Row> = Vec::new();
    for step in a.steps.iter().filter(|s| any(&s.moves)) {
        let mut detail =
            format!("{}: {} to {}", step.id, format::in_unit(step.first, &step.unit), format::in_unit(step.second, &step.unit));
        if let Some(leads) = &step.leads {
            let _ = write!(detail, "; from here on ranked first: {}", format::list(leads));
        }
        rows.push(Row::new(step.name.clone(), cells(&step.moves)).detailed(detail));
    }
    rows.push(Row::new("All other changes together", cells(&a.remainder)));
    rows.push(Row::total("The whole movement", cells(&a.whole)));
    let name = |id: &String| c.options.iter().find(|o| o.id == *id).map_or_else(|| id.clone(), |o| o.name.clone());
    let names: Vec<String> = ids.iter().map(|id| name(id)).collect();
    let still = a.steps.iter().filter(|s| !any(&s.moves)).count();
    let table = Table::by_option(caption, "Change", &names, rows);
    Some(if still > 0 {
        table.noted(format!(
            "{} moved nothing here and {} left out.",
            format::count(still, "change", "changes"),
            if still == 1 { "is" } else { "are" }
        ))
    } else {
        table
    })
}

fn numbers(changes: &[NumberChange]) -> Option<Table> {
    let value = |n: &NumberChange, s: &Option<NumberState>| {
        let Some(s) = s else { return Cell::number("\u{2013}") };
        let range = s
            .low
            .zip(s.high)
            .map(|(low, high)| format!("{} to {}", format::in_unit(low, &n.unit), format::in_unit(high, &n.unit)));
        let cell = Cell::number(format::in_unit(s.value, &n.unit));
        let more = [range, Some(format!("{}:{}", s.file, s.line))];
        cell.detailed(more.into_iter().flatten().collect::<Vec<_>>().join("; "))
    };
    let what = |n: &NumberChange| if n.differs.is_empty() { n.change.clone() } else { n.differs.join(", ") };
    let rows = changes.iter().map(|n| {
        Row::new(n.name.clone(), vec![Cell::text(what(n)), value(n, &n.first), value(n, &n.second)]).detailed(n.id.clone())
    });
    Table::new("Numbers that differ", headings(&["Number", "What", "First", "Second"]), rows.collect()).if_any()
}

fn entries(changes: &[EntryChange]) -> Option<Table> {
    let row = |e: &EntryChange| {
        let place = e.id.as_ref().map_or_else(|| e.section.clone(), |id| format!("{}.{id}", e.section));
        let lines: Vec<super::table::Line> = e
            .differences
            .iter()
            .map(|d| {
                let at = d.at.as_ref().map_or_else(String::new, |at| format!(" ({at})"));
                super::table::Line::words(format!(
                    "{}: {} \u{2192} {}{at}",
                    d.key,
                    or_dash(d.first.clone()),
                    or_dash(d.second.clone())
                ))
            })
            .collect();
        let at = e.second_at.as_ref().or(e.first_at.as_ref());
        let was = e.was.as_ref().map_or_else(String::new, |w| format!(" from {w}"));
        let what = Cell::text(format!("{}{was}", e.change));
        let what = at.map_or_else(|| what.clone(), |at| what.clone().detailed(at.clone()));
        Row::new(e.name.clone(), vec![what, Cell::text(if lines.is_empty() { "\u{2013}" } else { "" }).lined(lines)])
            .detailed(place)
    };
    let rows = changes.iter().map(row).collect();
    Table::new("All else that differs", headings(&["Entry", "Change", "What: first \u{2192} second"]), rows).if_any()
}
