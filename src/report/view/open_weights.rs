//! What the weights leave open: how far each may move, which options can be first, who beats whom, where panels differ.

use super::names::Names;
use super::table::Cell;
use super::table::Row;
use super::table::Table;
use super::table::headings;
use crate::appraisal::result::BestMargin;
use crate::appraisal::result::Dominance;
use crate::appraisal::result::Flip;
use crate::appraisal::result::Lead;
use crate::appraisal::result::NodeWeight;
use crate::report::chart::Figure;
use crate::report::chart::weight_lines;
use crate::report::format;
use indexmap::IndexMap;
use serde::Serialize;

/// The part of the section on weights.
#[derive(Debug, Clone, Serialize)]
pub(super) struct OpenWeights {
    figure: Option<Figure>,
    /// The smallest change of all weights at once.
    change: Option<String>,
    nodes: Option<Table>,
    first: Option<Table>,
    /// Who beats whom whatever the weights.
    dominance: Option<String>,
    pairs: Option<Table>,
    disagreements: Vec<String>,
    /// What is said of disagreements that are not listed.
    more: Option<String>,
}

/// Disagreements told one by one; the rest is in the results file.
const TOLD: usize = 6;

/// Pairs in the table; the rest is in the results file.
const PAIRS: usize = 20;

/// None where nothing of it was computed.
pub(super) fn view(names: Names<'_>) -> Option<OpenWeights> {
    let s = &names.0.sensitivity;
    if s.nodes.is_empty() && s.dominance.is_empty() {
        return None;
    }
    let more = s.panels_disagree.len().saturating_sub(TOLD);
    Some(OpenWeights {
        figure: weight_lines::figure(names.0),
        change: s.smallest_change.as_ref().map(|c| c.sentence.clone()),
        nodes: nodes(names),
        first: first(names),
        dominance: dominance(names),
        pairs: pairs(names),
        disagreements: s.panels_disagree.iter().take(TOLD).map(|d| d.sentence.clone()).collect(),
        more: (more > 0).then(|| {
            format!(
                "Panels differ on {} more; all are in appraisal.json.",
                format::count(more, "pair of options", "pairs of options")
            )
        }),
    })
}

/// How far each weight may move before another option leads, nearest first.
fn nodes(names: Names<'_>) -> Option<Table> {
    let all = &names.0.sensitivity.nodes;
    let leader = names.option(all.first()?.ends.keys().next()?);
    let mut sorted: Vec<&NodeWeight> = all.iter().collect();
    sorted.sort_by(|a, b| weight_lines::distance(a).total_cmp(&weight_lines::distance(b)));
    let side = |flip: &Option<Flip>| match flip {
        Some(f) => Cell::number(format::percent(f.weight)).detailed(names.option(&f.rival)),
        None => Cell::number("No weight"),
    };
    let rows =
        sorted.iter().map(|n| Row::new(&n.name, vec![Cell::number(format::percent(n.weight)), side(&n.below), side(&n.above)]));
    let columns = headings(&["Weight of", "Now", "Overtaken below", "Overtaken above"]);
    let caption = format!("Weights of one criterion or group at which {leader} is overtaken, and by what; nearest first");
    Table::new(caption, columns, rows.collect())
        .noted("One weight moves, all others stay in proportion to one another. Groups stand beside the criteria in them.")
        .if_any()
}

/// Which options some weights put first.
fn first(names: Names<'_>) -> Option<Table> {
    let all = &names.0.sensitivity.potential_optimality;
    let panels = all.iter().any(|o| o.panels.is_some());
    let rows = all.iter().map(|o| {
        let mut cells = Vec::new();
        if panels {
            cells.push(o.panels.as_ref().map_or_else(|| Cell::text(format::NONE), margin));
        }
        cells.push(margin(&o.any_weights));
        cells.push(Cell::text(heaviest(names, &o.any_weights.weights)));
        Row::new(names.option(&o.option), cells)
    });
    let any = ["With any weights", "Weights that suit it most"];
    let with: Vec<&str> = ["Option"].into_iter().chain(panels.then_some("With any mix of the panels")).chain(any).collect();
    let note = "At the weights that suit an option most: how far it is ahead of the best of the others, or how far it still is behind. An option that is behind even there is first for nobody.";
    Table::new("Which options can be first, and by how much", headings(&with), rows.collect()).noted(note).stacked().if_any()
}

fn margin(best: &BestMargin) -> Cell {
    let points = format::points(best.margin.abs());
    match (best.first, points.as_str()) {
        (true, "0.0") => Cell::text("Level with the best"),
        (true, _) => Cell::text(format!("First, by up to {points} points")),
        (false, _) => Cell::text(format!("Never first: at least {points} points behind")),
    }
}

/// The three largest weights.
fn heaviest(names: Names<'_>, weights: &IndexMap<String, f64>) -> String {
    let mut all: Vec<(&String, f64)> = weights.iter().map(|(c, w)| (c, *w)).filter(|(_, w)| *w >= 0.000_5).collect();
    all.sort_by(|a, b| b.1.total_cmp(&a.1));
    let rest = all.len().saturating_sub(3);
    let mut texts: Vec<String> =
        all.iter().take(3).map(|(c, w)| format!("{} {}", names.criterion(c), format::percent(*w))).collect();
    if rest > 0 {
        texts.push(format!("{rest} more"));
    }
    format::list(&texts)
}

/// One sentence on who beats whom.
fn dominance(names: Names<'_>) -> Option<String> {
    let all = &names.0.sensitivity.dominance;
    if all.is_empty() {
        return None;
    }
    let dominant = |of: &dyn Fn(&Dominance) -> Option<&Lead>| {
        let found = all.iter().filter_map(|d| Some((d, of(d)?.dominant.as_ref()?)));
        let told = found.map(|(d, winner)| {
            let loser = if *winner == d.option { &d.rival } else { &d.option };
            format!("{} over {}", names.option(winner), names.option(loser))
        });
        told.collect::<Vec<String>>()
    };
    let (certain, panels) = (dominant(&|d| Some(&d.any_weights)), dominant(&|d| d.panels.as_ref()));
    let only: Vec<String> = panels.into_iter().filter(|t| !certain.contains(t)).collect();
    let told = |list: &[String]| {
        let rest = list.len().saturating_sub(TOLD);
        let mut texts: Vec<String> = list.iter().take(TOLD).cloned().collect();
        if rest > 0 {
            texts.push(format!("{rest} more"));
        }
        format::list(&texts)
    };
    let mut sentences = vec![if certain.is_empty() {
        "No option is at least as good as another on every criterion.".to_owned()
    } else {
        format!("At least as good on every criterion, so ahead whatever the weights: {}.", told(&certain))
    }];
    if !only.is_empty() {
        sentences.push(format!("Ahead for every panel, and so for every mix of panels: {}.", told(&only)));
    }
    Some(sentences.join(" "))
}

/// Leads of each pair, as the weights vary.
fn pairs(names: Names<'_>) -> Option<Table> {
    let all = &names.0.sensitivity.dominance;
    let panels = all.iter().any(|d| d.panels.is_some());
    let span = |lead: &Lead| Cell::number(format!("{} to {}", format::points(lead.least), format::points(lead.most)));
    let rows = all.iter().take(PAIRS).map(|d| {
        let mut cells = Vec::new();
        if panels {
            cells.push(d.panels.as_ref().map_or_else(|| Cell::number(format::NONE), span));
        }
        cells.push(span(&d.any_weights));
        Row::new(format!("{} over {}", names.option(&d.option), names.option(&d.rival)), cells)
    });
    let with: Vec<&str> =
        ["Lead of"].into_iter().chain(panels.then_some("With any mix of the panels")).chain(["With any weights"]).collect();
    let mut note = "From the least to the most; below zero the other option is ahead.".to_owned();
    if all.len() > PAIRS {
        note = format!("{note} {} more pairs are in appraisal.json.", all.len() - PAIRS);
    }
    Table::new("How far one option leads another as the weights vary, points", headings(&with), rows.collect())
        .noted(note)
        .if_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn margins_are_told_in_words() {
        let best = |first, margin| super::margin(&BestMargin { first, margin, weights: IndexMap::new() }).text;
        assert_eq!(best(true, 12.34), "First, by up to 12.3 points");
        assert_eq!(best(true, -1e-9), "Level with the best");
        assert_eq!(best(false, -3.21), "Never first: at least 3.2 points behind");
    }

    #[test]
    fn the_nearest_weight_comes_first() {
        let a = sample::small();
        let table = nodes(Names(&a)).expect("nodes");
        // Cost is 1.289 points from its flip (23.529 to 24.819), visibility 1.326 from its lower one (29.412 to 28.086).
        let headings: Vec<&str> = table.rows.iter().map(|r| r.heading.as_str()).take(2).collect();
        assert_eq!(headings, ["Cost", "Record visibility"]);
        let text = |row: usize, cell: usize| table.rows[row].cells[cell].text.as_str();
        assert_eq!((text(0, 1), text(0, 2), text(1, 1)), ("No weight", "24.8%", "28.1%"));
        assert_eq!(table.rows[1].cells[2].detail.as_deref(), Some("Converge on system Y"));
    }

    #[test]
    fn dominance_is_said_once_for_each_pair() {
        let mut a = sample::small();
        let lead = |least, most, dominant: Option<&str>| Lead { least, most, dominant: dominant.map(Into::into) };
        let pair = |any_weights, panels| Dominance { option: "interop".into(), rival: "bau".into(), any_weights, panels };
        a.sensitivity.dominance = vec![pair(lead(-3.0, 20.0, None), Some(lead(1.0, 2.0, Some("interop"))))];
        let text = dominance(Names(&a)).expect("a sentence");
        assert_eq!(
            text,
            "No option is at least as good as another on every criterion. Ahead for every panel, and so for every mix of panels: Interoperate over Business as usual."
        );
        a.sensitivity.dominance = vec![pair(lead(-20.0, 0.0, Some("bau")), Some(lead(-2.0, -1.0, Some("bau"))))];
        let text = dominance(Names(&a)).expect("a sentence");
        assert_eq!(
            text,
            "At least as good on every criterion, so ahead whatever the weights: Business as usual over Interoperate."
        );
    }

    #[test]
    fn only_so_many_disagreements_are_told() {
        let mut a = sample::small();
        let one = crate::appraisal::result::PanelsDisagree {
            option: "interop".into(),
            rival: "bau".into(),
            for_option: vec![],
            for_rival: vec![],
            drivers: vec![],
            sentence: "They differ.".into(),
        };
        a.sensitivity.panels_disagree = vec![one; TOLD + 1];
        let view = view(Names(&a)).expect("a view");
        assert_eq!((view.disagreements.len(), view.more.is_some()), (TOLD, true));
    }
}
