//! What it would be worth to know more before deciding.

use crate::appraisal::result::InformationValue;
use crate::report::format;
use crate::report::view::names::Names;
use crate::report::view::table::Cell;
use crate::report::view::table::Row;
use crate::report::view::table::Table;
use crate::report::view::table::headings;
use serde::Serialize;

/// The part on the value of information.
#[derive(Debug, Clone, Serialize)]
pub(super) struct InformationView {
    sentence: String,
    table: Option<Table>,
}

#[cfg(test)]
impl InformationView {
    pub(super) fn table(&self) -> Option<&Table> {
        self.table.as_ref()
    }
}

/// Single unknowns with rows of their own.
const BEST: usize = 10;

/// None where it was not worked out: with one option, or few draws.
pub(super) fn view(names: Names<'_>) -> Option<InformationView> {
    let all = &names.0.sensitivity.information_value;
    let everything = all.iter().find(|i| i.kind == "everything")?;
    let by_points = names.0.frame.rank_basis == "score" && everything.points.is_some();
    // By what is shown: what is smaller than that is noise.
    let key = |i: &InformationValue| if by_points { (100.0 * i.points.unwrap_or(0.0)).round() } else { i.pounds.round() };
    let of_kind = |kind: &str| {
        let mut own: Vec<&InformationValue> = all.iter().filter(|i| i.kind == kind && is_worth(i)).collect();
        own.sort_by(|a, b| key(b).total_cmp(&key(a)).then(b.pounds.total_cmp(&a.pounds)));
        own
    };
    let (groups, mut single) = (of_kind("group"), of_kind("single"));
    let best = Best { told: single.iter().copied().find(|i| is_told(i, by_points)), any: !single.is_empty() };
    let left = single.split_off(single.len().min(BEST)).len();
    let sentence = match open_gates(names) {
        Some(caveat) if !is_worth(everything) => caveat,
        Some(caveat) => {
            format!("{} {caveat}", sentence((everything, "Gates apart, that"), &best, by_points))
        }
        None => sentence((everything, "That"), &best, by_points),
    };
    let has_points = everything.points.is_some();
    let row = |i: &InformationValue| row(i, has_points);
    let mut rows = vec![row(everything)];
    for (heading, part) in [("Of one kind, all at once", groups), ("One at a time", single)] {
        if !part.is_empty() {
            rows.push(Row::group(heading));
            rows.extend(part.into_iter().map(row));
        }
    }
    let mut columns = headings(&["What would be known", "Worth on net present cost, £", "Standard error, £"]);
    if has_points {
        columns.extend(headings(&["Worth on the score, points", "Standard error, points"]));
    }
    let more = if left > 0 {
        format!(" {} worth less, in appraisal.json.", format::count(left, "more unknown is", "more unknowns are"))
    } else {
        String::new()
    };
    let note = format!(
        "Worth: how much better, on average, the option chosen would be if this were known before choosing. The first line bounds all others; a kind is worth at least what is shown. What has no line here would, known by itself, change the choice in no way that the draws show.{more}"
    );
    let table =
        is_worth(everything).then(|| Table::new("What it would be worth to know before deciding", columns, rows).noted(note));
    Some(InformationView { sentence, table })
}

/// Whether it is more than what is rounded away.
fn is_worth(i: &InformationValue) -> bool {
    i.pounds >= 0.5 || i.points.is_some_and(|p| p >= 0.005)
}

fn row(i: &InformationValue, has_points: bool) -> Row {
    let mut cells = vec![Cell::number(format::pounds(i.pounds)), Cell::number(format::pounds(i.pounds_error))];
    if has_points {
        let told = |x: Option<f64>| Cell::number(x.map_or_else(|| format::NONE.to_owned(), |x| format::number(x, 2)));
        cells.extend([told(i.points), told(i.standard_error)]);
    }
    Row::new(&i.name, cells)
}

/// Whether it is at least two standard errors, on what ranks, and more than what is rounded away: less than that may be nothing.
fn is_told(i: &InformationValue, by_points: bool) -> bool {
    let (worth, error, shown) = match i.points.zip(i.standard_error).filter(|_| by_points) {
        Some((points, error)) => (points, error, 0.005),
        None => (i.pounds, i.pounds_error, 0.5),
    };
    worth >= shown && worth >= 2.0 * error
}

/// What would be worth most by itself: the first of which the draws tell that it is worth anything, and whether there is any at all.
struct Best<'a> {
    told: Option<&'a InformationValue>,
    any: bool,
}

/// What is left out where an option passes its gates in some draws and fails one in others: values are of options that
/// pass in the central case, as if they passed in every draw.
fn open_gates(names: Names<'_>) -> Option<String> {
    let open = names.0.options.iter().filter_map(|o| Some((o, o.uncertainty.as_ref()?.p_feasible)));
    let open: Vec<String> = open
        .filter(|(_, passes)| *passes > 0.0 && *passes < 1.0)
        .map(|(o, passes)| format!("{} in {}", o.name, format::share_of_draws(passes)))
        .collect();
    (!open.is_empty()).then(|| {
        format!(
            "Some options pass every gate in some of the draws only: {}. To find out whether an option can be had at all may be worth much, and is not in these values, which take the options that pass on central figures as if they passed in every draw.",
            format::list(&open)
        )
    })
}

fn sentence((everything, that): (&InformationValue, &str), best: &Best<'_>, by_points: bool) -> String {
    if !is_worth(everything) {
        return "Whatever turned out within these ranges, the choice would be the same: nothing is worth finding out before deciding, as far as the choice goes.".to_owned();
    }
    let pounds = format::pounds(everything.pounds);
    let worth = match everything.points.filter(|_| by_points) {
        Some(points) => {
            format!("{} points of the score on average, and {pounds} if cost alone decided", format::number(points, 2))
        }
        None => format!("{pounds} on average"),
    };
    let all =
        format!("To know every number before choosing would be worth {worth}. {that} is the most that finding out can be worth.");
    if by_points && everything.points.is_some_and(|points| points < 0.005) {
        return format!(
            "To know every number before choosing would not change the order of scores; if cost alone decided, it would be worth {pounds} on average at most."
        );
    }
    if !is_told(everything, by_points) {
        return format!("{all} It is less than two standard errors, so that it may be nothing; more draws would tell.");
    }
    match best.told {
        Some(best) => format!("{all} Worth most by itself: {}.", format::uncapitalised(&best.name)),
        None if best.any => format!("{all} Of no number by itself do these draws tell that it is worth anything."),
        None => format!("{all} No number by itself would change the choice; only several together."),
    }
}
