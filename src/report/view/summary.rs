//! The executive summary.

use super::front::rank_basis;
use super::names::Names;
use super::recommendation;
use super::table::Cell;
use super::table::Row;
use super::table::Table;
use super::table::headings;
use super::uncertainty;
use crate::appraisal::result::OptionResult;
use crate::appraisal::result::OptionUncertainty;
use crate::appraisal::result::Sentence;
use crate::appraisal::result::TornadoBar;
use crate::report::chart::roadmap::last_go_live;
use crate::report::format;
use serde::Serialize;

/// The executive summary.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Summary {
    decision: Option<String>,
    note: Option<String>,
    headline: String,
    sentences: Vec<String>,
    glance: Option<Table>,
    change: Vec<String>,
    sure: Vec<String>,
    evidence: String,
}

/// Sentences of the summary that stand under a heading of their own.
const CHANGE: &str = "weights";
const EVIDENCE: &str = "evidence";

pub(super) fn view(names: Names<'_>) -> Summary {
    let appraisal = names.0;
    let about = |s: &&Sentence| s.about != CHANGE && s.about != EVIDENCE;
    Summary {
        decision: appraisal.frame.decision.clone(),
        note: appraisal.frame.note.clone(),
        headline: appraisal.headline.text.clone(),
        sentences: appraisal.summary.iter().filter(about).map(|s| s.text.clone()).collect(),
        glance: glance(names),
        change: change(names),
        sure: sure(names),
        evidence: evidence_sentence(names),
    }
}

/// Inputs that are told of among what would change the answer.
const INPUTS: usize = 2;

/// What would have to be otherwise for another option to come first: weights, inputs nearest to where two options cost the
/// same, and what-ifs in which another option comes first.
fn change(names: Names<'_>) -> Vec<String> {
    let a = names.0;
    let weights = a.summary.iter().filter(|s| s.about == CHANGE).map(|s| s.text.clone());
    let several = a.sensitivity.smallest_change.iter().map(|c| c.sentence.clone());
    let leading = recommendation::leading(a).map(|o| o.id.as_str());
    // In a what-if as in the ranking: the first of those that pass every gate.
    let passes = |id: &str| a.options.iter().any(|o| o.id == id && o.feasible);
    let first = |ranks: &dyn Fn(&str) -> Option<usize>| {
        let ranked = a.options.iter().filter(|o| passes(&o.id)).filter_map(|o| Some((ranks(&o.id)?, o.id.as_str())));
        ranked.min().map(|(_, id)| id)
    };
    let by_score = a.frame.rank_basis == "score";
    let weights = weights.filter(|_| by_score);
    let several = several.filter(|_| by_score);
    let mut inputs: Vec<(f64, &str)> = a
        .sensitivity
        .switching
        .iter()
        // At a switching value two options cost the same, which turns no ranking by points.
        .filter(|_| !by_score)
        .filter(|s| leading.is_some_and(|id| s.option == id || s.against == id))
        .filter_map(|s| s.value.map(|v| ((v - s.current).abs() / s.current.abs().max(1e-9), s.sentence.as_str())))
        .collect();
    inputs.sort_by(|a, b| a.0.total_cmp(&b.0));
    let inputs = inputs.into_iter().take(INPUTS).map(|(_, sentence)| sentence.to_owned());
    let otherwise = a.sensitivity.what_ifs.iter().filter(|w| first(&|id| w.rank.get(id).copied().flatten()) != leading);
    let nearest = if by_score { tested(names) } else { None };
    weights.chain(several).chain(inputs).chain(nearest).chain(otherwise.map(|w| w.sentence.clone())).collect()
}

/// Whether a number by itself turns the first rank by points, from its P10 to its P90, and which comes nearest.
fn tested(names: Names<'_>) -> Option<String> {
    let bars = &names.0.sensitivity.tornado;
    let lead = |b: &TornadoBar| b.lead_low.min(b.lead_high);
    let nearest = bars.iter().min_by(|a, b| lead(a).total_cmp(&lead(b)))?;
    let turning: Vec<String> =
        bars.iter().filter(|b| lead(b) < 0.0).map(|b| format!("\u{201c}{}\u{201d}", format::uncapitalised(&b.name))).collect();
    Some(if turning.is_empty() {
        format!(
            "No number by itself turns the first rank between its P10 and its P90; nearest comes \u{201c}{}\u{201d}, with which the lead is {} points.",
            format::uncapitalised(&nearest.name),
            format::points(lead(nearest))
        )
    } else {
        format!("Between P10 and P90, each by itself, the first rank turns with {}.", format::list(&turning))
    })
}

/// Sentences on draws that the summary takes up.
const DRAWS: usize = 4;

/// How sure the ranking and the leading option's cost are.
fn sure(names: Names<'_>) -> Vec<String> {
    let drawn = names.0.uncertainty.as_ref().filter(|_| uncertainty::is_drawn(names));
    match drawn {
        Some(found) => found.sentences.iter().take(DRAWS).cloned().collect(),
        None => vec!["Nothing was drawn: all figures are central ones, and the pack does not say how sure they are.".to_owned()],
    }
}

/// Options at a glance: a row for each, in order of rank, the leading one first.
fn glance(names: Names<'_>) -> Option<Table> {
    let mut options: Vec<&OptionResult> = names.0.options.iter().collect();
    options.sort_by_key(|o| o.rank.unwrap_or(usize::MAX));
    let total = options.iter().filter(|o| o.rank.is_some()).count();
    let bau = names.business_as_usual().map(|o| o.cost.npc);
    let scored = options.iter().any(|o| o.score.is_some());
    // A plain choice has neither costs nor work.
    let priced = options.iter().any(|o| !o.cost.by_category.is_empty());
    let moves = !names.0.services.is_empty();
    let drawn = uncertainty::is_drawn(names) && options.iter().all(|o| o.uncertainty.is_some());
    let row = |o: &&OptionResult| {
        let drawn = o.uncertainty.as_ref().filter(|_| drawn);
        let mut cells = vec![rank(o, total)];
        if scored {
            cells.push(Cell::number(o.score.map_or_else(|| format::NONE.to_owned(), format::points)));
        }
        if priced {
            cells.extend(cost(o, drawn, bau));
            cells.push(Cell::number(format::pounds(o.financial.cash)));
        }
        if moves {
            let day = last_go_live(o).map_or_else(|| "Nothing moves".to_owned(), |d| format::short_date(&d));
            cells.extend([
                Cell::number(format::pounds(o.dual_running.present)),
                Cell::number(format::number(o.effort.person_days, 0)),
                Cell::text(day),
            ]);
        }
        cells.push(gates(o));
        // What an option is called often says of what kind it is.
        let kind = Some(format::words(&o.kind)).filter(|kind| *kind != o.name);
        Row { detail: kind, ..Row::new(&o.name, cells) }
    };
    let rows = options.iter().map(row).collect();
    let mut columns = headings(&["Option", "Rank"]);
    if scored {
        columns.push("Weighted score".to_owned());
    }
    if priced {
        columns.extend(cost_headings(drawn, bau.is_some()));
        columns.push("Cash, VAT included".to_owned());
    }
    if moves {
        columns.extend(headings(&["Dual running", "Work, person-days", "Last expected go-live"]));
    }
    columns.push("Gates".to_owned());
    let basis = rank_basis(&names.0.frame.rank_basis).to_lowercase();
    let caption = format!("Options at a glance, in order of rank on {basis}");
    let amounts = "Amounts in £: net present cost, what it is against business as usual, and dual running in present value; cash in the prices of each year.";
    let points = "Scores are points out of 100.";
    let draws =
        "Expected: the mean over draws of what is uncertain. P80: eight draws in ten cost less. All else is of the central case.";
    let note: Vec<&str> = [(priced, amounts), (priced && drawn, draws), (scored, points)]
        .into_iter()
        .filter_map(|(said, note)| said.then_some(note))
        .collect();
    Table::new(caption, columns, rows).noted(note.join(" ")).stacked().if_any()
}

fn rank(option: &OptionResult, total: usize) -> Cell {
    option.rank.map_or_else(
        || Cell::mood("Not ranked", "bad"),
        |rank| Cell::text(format!("{} of {total}", format::words(&format::ordinal(rank)))),
    )
}

/// Net present cost: expected, central and P80 where anything was drawn, with what it is against business as usual.
fn cost(option: &OptionResult, drawn: Option<&OptionUncertainty>, usual: Option<f64>) -> Vec<Cell> {
    let central = Cell::number(format::pounds(option.cost.npc));
    let against = usual.map(|npc| against(option, npc));
    match drawn {
        Some(u) => {
            let central = Cell { detail: against.map(|cell| cell.text), ..central };
            vec![Cell::number(format::pounds(u.npc.mean)), central, Cell::number(format::pounds(u.npc.p80))]
        }
        None => std::iter::once(central).chain(against).collect(),
    }
}

fn cost_headings(drawn: bool, has_usual: bool) -> Vec<String> {
    match (drawn, has_usual) {
        (true, true) => headings(&["Net present cost: expected", "Central, and against business as usual", "P80"]),
        (true, false) => headings(&["Net present cost: expected", "Central", "P80"]),
        (false, true) => headings(&["Net present cost", "Against business as usual"]),
        (false, false) => headings(&["Net present cost"]),
    }
}

fn against(option: &OptionResult, usual: f64) -> Cell {
    if option.kind == "business_as_usual" {
        return Cell::number("Comparator");
    }
    Cell::number(format::signed_pounds(option.cost.npc - usual))
}

fn gates(option: &OptionResult) -> Cell {
    let failed = option.gates.iter().filter(|g| !g.passed).count();
    match (option.gates.len(), failed) {
        (0, _) if option.feasible => Cell::text("None set"),
        (0, _) => Cell::mood("Not feasible", "bad"),
        (1, 0) => Cell::mood("Passes the gate", "good"),
        (all, 0) => Cell::mood(format!("Passes all {all}"), "good"),
        (all, failed) => Cell::mood(format!("Fails {failed} of {all}"), "bad"),
    }
}

/// On what kind of evidence the leading option's cost rests.
pub(super) fn evidence_sentence(names: Names<'_>) -> String {
    let share = &names.0.evidence;
    let parts = [
        (share.sourced, "on lines whose numbers all have a source"),
        (share.derived, "on numbers derived from sources"),
        (share.estimate, "on lines with at least one estimate"),
        (share.unchecked, "on lines with a number nobody has checked"),
        (share.none, "on lines with a number that has no source"),
    ];
    let told: Vec<String> = parts
        .iter()
        .filter(|(part, _)| *part >= 0.000_5)
        .map(|(part, words)| format!("{} rests {words}", format::percent(*part)))
        .collect();
    if told.is_empty() {
        return "The result does not say how much of the cost rests on evidence.".to_owned();
    }
    format!("Of the gross present cost of {}, {}.", names.option(&share.option), format::list(&told))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::result::Switching;
    use crate::report::sample;

    #[test]
    fn the_nearest_inputs_are_told_and_none_that_is_about_others() {
        let mut a = sample::small();
        let switching = |option: &str, against: &str, value: Option<f64>, sentence: &str| Switching {
            input: "x".into(),
            option: option.into(),
            against: against.into(),
            current: 10.0,
            value,
            jump: false,
            reached: None,
            sentence: sentence.into(),
        };
        let ids: Vec<String> = a.options.iter().map(|o| o.id.clone()).collect();
        let leading = a.options.iter().find(|o| o.rank == Some(1)).expect("one is first").id.clone();
        let others: Vec<&String> = ids.iter().filter(|id| **id != leading).collect();
        a.sensitivity.switching = vec![
            switching(&leading, others[0], Some(30.0), "far"),
            switching(others[0], &leading, Some(9.0), "near"),
            switching(&leading, others[0], None, "never"),
            switching(others[0], others[1], Some(10.1), "others"),
            switching(&leading, others[1], Some(15.0), "nearer than far"),
        ];
        a.sensitivity.smallest_change = None;
        a.summary.retain(|s| s.about != CHANGE);
        a.frame.rank_basis = "npc".into();
        assert_eq!(change(Names(&a)), ["near", "nearer than far"]);
        // Equal costs turn no ranking by points: there the numbers that turn the lead are told.
        a.frame.rank_basis = "score".into();
        assert_eq!(
            change(Names(&a)),
            ["Between P10 and P90, each by itself, the first rank turns with \u{201c}contract KX: users, price\u{201d}."]
        );
        for bar in &mut a.sensitivity.tornado {
            (bar.lead_low, bar.lead_high) = (bar.lead_low.abs() + 1.0, bar.lead_high.abs() + 1.0);
        }
        (a.sensitivity.tornado[1].lead_low, a.sensitivity.tornado[1].lead_high) = (0.4, 7.0);
        let told = change(Names(&a));
        assert!(
            told[0].starts_with("No number by itself turns the first rank") && told[0].ends_with("the lead is 0.4 points."),
            "{told:?}"
        );
        a.uncertainty = None;
        assert!(sure(Names(&a))[0].starts_with("Nothing was drawn"));
    }

    #[test]
    fn evidence_is_told_without_empty_parts() {
        let appraisal = sample::small();
        assert_eq!(
            evidence_sentence(Names(&appraisal)),
            "Of the gross present cost of Interoperate, 20.0% rests on lines with at least one estimate and 80.0% \
             rests on lines with a number that has no source."
        );
    }

    #[test]
    fn the_leading_option_comes_first() {
        // Net present cost less that of business as usual: 639,796.817278 and 975,231.524107 less
        // 547,202.614379.
        let mut appraisal = sample::small();
        appraisal.uncertainty = None;
        let table = glance(Names(&appraisal)).expect("there are options");
        let told: Vec<[&str; 3]> =
            table.rows.iter().map(|r| [r.heading.as_str(), r.cells[0].text.as_str(), r.cells[3].text.as_str()]).collect();
        assert_eq!(
            told,
            [
                ["Interoperate", "First of 3", "+£92,594"],
                ["Business as usual", "Second of 3", "Comparator"],
                ["Converge on system Y", "Third of 3", "+£428,029"]
            ]
        );
        assert!(table.caption.contains("in order of rank") && table.columns[4].text == "Against business as usual");
    }

    #[test]
    fn with_draws_costs_are_expected_central_and_p80() {
        // 1.1 and 1.28 times 639,796.817278, as the sample says.
        let table = glance(Names(&sample::small())).expect("there are options");
        let first = &table.rows[0];
        let told: Vec<&str> = first.cells[2..5].iter().map(|c| c.text.as_str()).collect();
        assert_eq!(told, ["£703,776", "£639,797", "£818,940"]);
        assert_eq!(first.cells[3].detail.as_deref(), Some("+£92,594"));
        // Page one is portrait.
        assert_ne!(table.print, "landscape");
    }

    #[test]
    fn an_option_that_is_not_ranked_comes_last() {
        let appraisal = sample::large();
        let table = glance(Names(&appraisal)).expect("there are options");
        let last = table.rows.last().expect("six options");
        assert_eq!((last.cells[0].text.as_str(), last.cells[9].text.as_str()), ("Not ranked", "Fails 1 of 2"));
    }

    #[test]
    fn without_a_score_there_is_no_column_for_it() {
        let mut appraisal = sample::small();
        for option in &mut appraisal.options {
            option.score = None;
        }
        let table = glance(Names(&appraisal)).expect("there are options");
        assert!(table.columns.len() == 10 && table.rows.iter().all(|r| r.cells.len() == 9));
    }

    #[test]
    fn a_failed_gate_is_in_words() {
        let appraisal = sample::large();
        assert_eq!(gates(&appraisal.options[4]).text, "Fails 1 of 2");
        assert_eq!(rank(&appraisal.options[4], 5).text, "Not ranked");
    }
}
