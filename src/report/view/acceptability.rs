//! How robust the ranking is to the weights: how often each option takes each rank.

use super::names::Names;
use super::table::Cell;
use super::table::Row;
use super::table::Table;
use crate::appraisal::result::OptionAcceptability;
use crate::appraisal::result::WeightSet;
use crate::report::format;
use serde::Serialize;

/// The section on robustness.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Robustness {
    main: Vec<Part>,
    appendix: Vec<Part>,
}

/// One set of weights.
#[derive(Debug, Clone, Serialize)]
struct Part {
    sentence: String,
    ranks: Table,
    bounds: Option<Table>,
    central: Option<Table>,
    pairs: Option<Table>,
}

pub(super) fn view(names: Names<'_>) -> Option<Robustness> {
    let found = names.0.acceptability.as_ref()?;
    let (appendix, main): (Vec<_>, Vec<_>) = found.weight_sets.iter().partition(|s| s.kind == "all_weights");
    let parts = |sets: Vec<&WeightSet>| sets.into_iter().map(|s| part(names, s)).collect();
    Some(Robustness { main: parts(main), appendix: parts(appendix) })
}

fn part(names: Names<'_>, set: &WeightSet) -> Part {
    let which = words(names, set);
    Part {
        sentence: set.sentence.clone(),
        ranks: ranks(names, set, &which),
        bounds: bounds(names, set, &which),
        central: central(names, set, &which),
        pairs: pairs(names, set, &which),
    }
}

/// The set in words, for captions.
fn words(names: Names<'_>, set: &WeightSet) -> String {
    match (set.kind.as_str(), &set.panel, set.around) {
        ("between_panels", _, Some(around)) => {
            format!("the weights within {}% of those of the panels", format::number(100.0 * around, 0))
        }
        ("between_panels", ..) => "the weights between those of the panels".to_owned(),
        ("panel", Some(id), _) => {
            let name = names.0.panels.iter().find(|p| p.id == *id).map_or(id.as_str(), |p| p.name.as_str());
            format!("the weights that agree with what {name} says")
        }
        ("inputs", ..) => "the draws of what is uncertain, at the weights in force".to_owned(),
        ("inputs_and_weights", ..) => {
            "the draws of what is uncertain, each with other weights between those of the panels".to_owned()
        }
        _ => "all weights there could be".to_owned(),
    }
}

/// Whether numbers are drawn as well, and not weights alone.
fn draws_inputs(set: &WeightSet) -> bool {
    set.kind.starts_with("inputs")
}

/// Option by rank, the one that is first most often on top.
fn ranks(names: Names<'_>, set: &WeightSet, which: &str) -> Table {
    let mut options: Vec<(&String, &OptionAcceptability)> = set.options.iter().collect();
    let falling = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| y.total_cmp(x)).find(|o| o.is_ne());
    options.sort_by(|a, b| falling(&a.1.rank_acceptability, &b.1.rank_acceptability).unwrap_or(std::cmp::Ordering::Equal));
    let rows = options.iter().map(|(id, o)| {
        Row::new(names.option(id), o.rank_acceptability.iter().map(|p| Cell::number(format::share_of_draws(*p))).collect())
    });
    let count = set.options.len();
    let columns =
        std::iter::once("Option".to_owned()).chain((1..=count).map(|rank| format::words(&format::ordinal(rank)))).collect();
    let (joined, drawn) = if draws_inputs(set) { ("in", "draws") } else { ("with", "weights drawn") };
    let caption = format!("Share of {which}, {joined} which each option takes each rank");
    let widest = set.options.values().flat_map(|o| &o.standard_error).fold(0.0, |a: f64, b| a.max(*b));
    let note = if widest > 0.0 {
        format!(
            "{} {drawn}. No share is off by more than {} percentage points (95 times in 100). Options that tie share the better rank.",
            format::number(count_of(set.samples), 0),
            format::number((196.0 * widest).max(0.05), 1)
        )
    } else {
        format!(
            "{} {drawn}; no two of them rank the options differently. Options that tie share the better rank.",
            format::number(count_of(set.samples), 0)
        )
    };
    let out = set.options.values().any(|o| o.rank_acceptability.iter().sum::<f64>() < 1.0 - 1e-9);
    let note = if out { format!("{note} In a draw in which an option fails a gate it has no rank.") } else { note };
    Table { even: count, ..Table::new(caption, columns, rows.collect()) }.noted(note)
}

/// Draws as a number to print; there are far fewer than 2^53.
#[expect(clippy::cast_precision_loss, reason = "a number of draws")]
fn count_of(samples: u64) -> f64 {
    samples as f64
}

/// Between which weights the set lies; of all weights that is 0 to 100%, and of draws of numbers it stands beside another
/// set, so neither needs a table.
fn bounds(names: Names<'_>, set: &WeightSet, which: &str) -> Option<Table> {
    if set.kind == "all_weights" || draws_inputs(set) {
        return None;
    }
    let row = |(id, (low, high)): (&String, &(f64, f64))| {
        Row::new(names.criterion(id), vec![Cell::number(format::percent(*low)), Cell::number(format::percent(*high))])
    };
    let columns = super::table::headings(&["Criterion", "Least weight", "Largest weight"]);
    Table::new(format!("Least and largest of {which}"), columns, set.bounds.iter().map(row).collect()).if_any()
}

/// Mean weights with which each option is first.
fn central(names: Names<'_>, set: &WeightSet, which: &str) -> Option<Table> {
    if set.kind == "inputs" {
        return None;
    }
    let row = |id: &String| {
        let weight = |o: &OptionAcceptability| {
            let weight = o.central_weights.as_ref().and_then(|w| w.get(id));
            Cell::number(weight.map_or_else(|| format::NONE.to_owned(), |w| format::percent(*w)))
        };
        Row::new(names.criterion(id), set.options.values().map(weight).collect())
    };
    let options: Vec<String> = set.options.keys().map(|id| names.option(id)).collect();
    let rows = set.bounds.keys().map(row).collect();
    let caption = format!("Central weights: the mean of {which} with which an option is first");
    let never = set.options.values().filter(|o| o.central_weights.is_none()).count();
    let table = Table::by_option(caption, "Criterion", &options, rows);
    let note = (never > 0).then(|| format!("{} first with none of them.", format::count(never, "option is", "options are")));
    Table { note, ..table }.if_any()
}

/// How often the option of the row is ahead of that of the column.
fn pairs(names: Names<'_>, set: &WeightSet, which: &str) -> Option<Table> {
    let row = |(id, o): (&String, &OptionAcceptability)| {
        let ahead = |rival: &String| {
            Cell::number(o.pairwise_winning.get(rival).map_or_else(|| format::NONE.to_owned(), |p| format::share_of_draws(*p)))
        };
        Row::new(names.option(id), set.options.keys().map(ahead).collect())
    };
    let options: Vec<String> = set.options.keys().map(|id| names.option(id)).collect();
    let caption = format!("Share of {which}, for which the option of the row is ahead of that of the column");
    Table::by_option(caption, "Option", &options, set.options.iter().map(row).collect()).if_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::result::Acceptability;
    use crate::report::sample;
    use indexmap::IndexMap;

    fn option(ranks: [f64; 2], ahead: (&str, f64)) -> OptionAcceptability {
        OptionAcceptability {
            rank_acceptability: ranks.into(),
            standard_error: vec![0.001; 2],
            central_weights: (ranks[0] > 0.0).then(|| IndexMap::from([("cost".to_owned(), 0.6)])),
            confidence_factor: (ranks[0] > 0.0).then_some(1.0),
            pairwise_winning: IndexMap::from([(ahead.0.to_owned(), ahead.1)]),
        }
    }

    fn set_of(a: &crate::appraisal::result::Appraisal) -> WeightSet {
        a.acceptability.as_ref().expect("computed").weight_sets[0].clone()
    }

    #[test]
    fn the_option_first_most_often_is_on_top_and_the_error_is_said() {
        let mut a = sample::small();
        let set = WeightSet {
            kind: "between_panels".into(),
            panel: None,
            around: None,
            samples: 100_000,
            method: "rejection".into(),
            bounds: IndexMap::from([("cost".to_owned(), (0.2, 0.4))]),
            options: IndexMap::from([
                ("bau".to_owned(), option([0.0002, 0.9998], ("interop", 0.0002))),
                ("interop".to_owned(), option([0.9998, 0.0002], ("bau", 0.9998))),
            ]),
            sentence: "A sentence.".into(),
        };
        assert!(view(Names(&a)).is_none());
        a.acceptability =
            Some(Acceptability { seed: 1, weight_sets: vec![set.clone(), WeightSet { kind: "all_weights".into(), ..set }] });
        let shown = view(Names(&a)).expect("computed");
        assert_eq!((shown.main.len(), shown.appendix.len()), (1, 1));
        let table = &shown.main[0].ranks;
        let rows: Vec<(&str, &str)> = table.rows.iter().map(|r| (r.heading.as_str(), r.cells[0].text.as_str())).collect();
        assert_eq!(rows[0].1, ">99.9%");
        assert_eq!(rows[1], ("Business as usual", "<0.1%"));
        // 1.96 x 0.001 is 0.2 percentage points.
        assert!(table.note.as_deref().is_some_and(|n| n.starts_with("100,000 weights drawn. No share is off by more than 0.2")));
        let drawn = part(Names(&a), &WeightSet { kind: "inputs".into(), ..set_of(&a) });
        assert_eq!(
            drawn.ranks.caption,
            "Share of the draws of what is uncertain, at the weights in force, in which each option takes each rank"
        );
        assert!(drawn.bounds.is_none() && drawn.central.is_none());
        assert!(drawn.ranks.note.is_some_and(|n| n.starts_with("100,000 draws. ")));
        assert!(shown.appendix[0].bounds.is_none() && shown.main[0].bounds.is_some());
    }
}
