//! The executive summary.

use super::front::rank_basis;
use super::names::Names;
use super::table::Cell;
use super::table::Row;
use super::table::Table;
use crate::appraisal::result::OptionResult;
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
    descriptions: Vec<Description>,
    evidence: String,
}

/// An option in the author's words.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Description {
    name: String,
    text: String,
}

pub(super) fn view(names: Names<'_>) -> Summary {
    let appraisal = names.0;
    let descriptions = appraisal
        .options
        .iter()
        .filter_map(|o| o.description.as_ref().map(|text| Description { name: o.name.clone(), text: text.clone() }));
    Summary {
        decision: appraisal.frame.decision.clone(),
        note: appraisal.frame.note.clone(),
        headline: appraisal.headline.text.clone(),
        sentences: appraisal.summary.iter().map(|s| s.text.clone()).collect(),
        glance: glance(names),
        descriptions: descriptions.collect(),
        evidence: evidence_sentence(names),
    }
}

/// Options at a glance: one column for each option.
fn glance(names: Names<'_>) -> Option<Table> {
    let options = &names.0.options;
    let total = options.iter().filter(|o| o.rank.is_some()).count();
    let bau = names.business_as_usual().map(|o| o.cost.npc);
    let row = |heading: &str, cell: &dyn Fn(&OptionResult) -> Cell| Row::new(heading, options.iter().map(cell).collect());
    let basis = rank_basis(&names.0.frame.rank_basis);
    let rows = vec![
        row("Kind of option", &|o| Cell::text(format::words(&o.kind))),
        row("Rank", &|o| rank(o, total)).detailed(format!("on {}", basis.to_lowercase())),
        row("Weighted score", &|o| Cell::number(o.score.map_or_else(|| format::NONE.to_owned(), format::points)))
            .detailed("points out of 100"),
        row("Net present cost", &|o| Cell::number(format::pounds(o.cost.npc))),
        row("Against business as usual", &|o| against(o, bau)).detailed("difference in net present cost"),
        row("Cash, VAT included", &|o| Cell::number(format::pounds(o.financial.cash))).detailed("cash prices"),
        row("Dual running", &|o| Cell::number(format::pounds(o.dual_running.present))).detailed("present value"),
        row("Work", &|o| Cell::number(format::number(o.effort.person_days, 0))).detailed("person-days"),
        row("Last expected go-live", &|o| {
            Cell::text(last_go_live(o).map_or_else(|| "Nothing moves".to_owned(), |d| format::short_date(&d)))
        }),
        row("Gates", &gates),
    ];
    (!options.is_empty()).then(|| Table::by_option("Options at a glance", "Measure", &names.options(), rows))
}

fn rank(option: &OptionResult, total: usize) -> Cell {
    option.rank.map_or_else(
        || Cell::mood("Not ranked", "bad"),
        |rank| Cell::text(format!("{} of {total}", format::words(&format::ordinal(rank)))),
    )
}

fn against(option: &OptionResult, bau: Option<f64>) -> Cell {
    match bau {
        _ if option.kind == "business_as_usual" => Cell::number("Comparator"),
        Some(npc) => Cell::number(format::signed_pounds(option.cost.npc - npc)),
        None => Cell::number(format::NONE),
    }
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
    use crate::report::sample;

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
    fn the_difference_to_business_as_usual_has_a_sign() {
        // 975,231.524107 - 547,202.614379 = 428,028.909728.
        let appraisal = sample::small();
        let table = glance(Names(&appraisal)).expect("there are options");
        let row = table.rows.iter().find(|r| r.heading == "Against business as usual").expect("the row");
        let texts: Vec<&str> = row.cells.iter().map(|c| c.text.as_str()).collect();
        assert_eq!(texts, ["Comparator", "+£92,594", "+£428,029"]);
    }

    #[test]
    fn a_failed_gate_is_in_words() {
        let appraisal = sample::large();
        assert_eq!(gates(&appraisal.options[4]).text, "Fails 1 of 2");
        assert_eq!(rank(&appraisal.options[4], 5).text, "Not ranked");
    }
}
