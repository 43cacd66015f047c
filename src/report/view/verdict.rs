//! Verdicts by service.

use super::names::Names;
use super::recommendation;
use super::table::{Cell, Line, Row, Table, headings};
use crate::appraisal::result::{Marginal, Verdict};
use crate::report::format;
use serde::Serialize;

/// The section on verdicts.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Verdicts {
    /// In which option moves are looked at, and what decides.
    lead: String,
    table: Table,
    /// The verdict, what the move is worth in the option, and where that turns.
    short: Table,
    sentences: Table,
}

/// The verdicts; none where no option moves any service.
pub(super) fn view(names: Names<'_>) -> Option<Verdicts> {
    let all = &names.0.verdicts;
    let first = all.first()?;
    let option = names.option(&first.option);
    let other = recommendation::leading(names.0).filter(|leading| leading.id != first.option).map_or_else(String::new, |leading| {
        format!(
            "\u{201c}{}\u{201d}, which is ranked first, moves nothing of its own, so moves are tested in \u{201c}{option}\u{201d}, the first option that moves something; a move that is worth making there is no part of \u{201c}{}\u{201d}. ",
            leading.name, leading.name
        )
    });
    let by = if first.basis == "score" { "the weighted score" } else { "net present cost" };
    let words = |v: &Verdict| Row::new(names.slot(&v.service, &v.slot), vec![Cell::text(&v.sentence)]);
    let sentences = Table::new("Verdicts in words", headings(&["Service", "Verdict"]), all.iter().map(words).collect());
    Some(Verdicts {
        lead: format!(
            "{other}What each move is worth by {by}, as part of \u{201c}{option}\u{201d} (with it less the same option without it) and by itself (business as usual with this move alone). Where the two disagree in sign, the service has to be decided together with those that it shares a contract with."
        ),
        table: table(names),
        short: short(names),
        sentences: sentences.stacked(),
    })
}

/// A service of a group, `service` or `service/slot`, by its name.
fn slot_named(names: Names<'_>, id: &str) -> String {
    let (service, slot) = id.split_once('/').unwrap_or((id, ""));
    names.slot(service, slot)
}

fn table(names: Names<'_>) -> Table {
    let row = |v: &Verdict| {
        let word = match v.verdict.as_str() {
            "decide_with_group" => "Decide with its group".to_owned(),
            other => format::words(other),
        };
        let turns = v.break_even.iter().filter(|b| b.factor.is_some());
        let distance = |f: Option<f64>| f.map_or(f64::INFINITY, |f| (f - 1.0).abs());
        let nearest = turns.min_by(|a, b| distance(a.factor).total_cmp(&distance(b.factor)));
        let turn = match nearest {
            Some(b) => b.sentence.clone(),
            None if v.break_even.is_empty() => format::NONE.to_owned(),
            None => "Nothing tried".to_owned(),
        };
        // What decides where the worth does not.
        let why = match (v.gates.as_slice(), v.group.as_slice()) {
            ([], []) => None,
            ([], group) => {
                Some(format!("with {}", format::list(&group.iter().map(|g| slot_named(names, g)).collect::<Vec<_>>())))
            }
            (gates, _) => Some(format!("a gate decides: {}", format::list(gates))),
        };
        let cells = vec![
            Cell { detail: why, ..Cell::text(word) },
            worth(v, &v.leave_one_out),
            worth(v, &v.first_in),
            worth(v, &v.interaction),
            Cell::default().lined(further(&v.leave_one_out)),
            Cell::text(turn),
        ];
        let way = format!("{} to {}, {}", names.system(&v.from), names.system(&v.to), format::short_date(&v.go_live));
        Row::new(names.slot(&v.service, &v.slot), cells).detailed(way)
    };
    let columns = headings(&[
        "Service",
        "Verdict",
        "As part of the option",
        "By itself",
        "Left over",
        "Further changes",
        "Its worth turns at",
    ]);
    let rows = names.0.verdicts.iter().map(row).collect();
    Table::new("Verdict by service: what the move changes", columns, rows).stacked().noted(
        "Changes that the move brings: points above nothing are a gain, pounds above nothing a cost, in present value. Further \
         changes are as part of the option. Left over is what sharing contracts, systems and \
         links makes of it. A worth turns at a change of one thing alone, all else as it is.",
    )
}

/// The same for readers in haste: without what is left over and the further changes.
fn short(names: Names<'_>) -> Table {
    let whole = table(names);
    let kept = |row: Row| {
        let cells = match row.cells.as_slice() {
            [word, worth, .., turn] => vec![word.clone(), worth.clone(), turn.clone()],
            few => few.to_vec(),
        };
        Row { cells, ..row }
    };
    let columns = headings(&["Service", "Verdict", "What the move is worth in the option", "Its worth turns at"]);
    Table::new("Verdict by service", columns, whole.rows.into_iter().map(kept).collect())
}

/// Points with the change in cost beneath, or the cost alone where it decides.
fn worth(verdict: &Verdict, marginal: &Marginal) -> Cell {
    let cost = format::signed_pounds(marginal.npc);
    match marginal.score.filter(|_| verdict.basis == "score") {
        Some(score) => Cell::number(format!("{} points", signed(score, 2))).detailed(cost),
        None => Cell::number(cost),
    }
}

/// What else the move changes.
fn further(marginal: &Marginal) -> Vec<Line> {
    let days = format::number(marginal.person_days, 0);
    let shares = [("Visibility", marginal.visibility), ("Capability", marginal.capability)];
    let shares = shares.into_iter().filter_map(|(what, share)| Some(Line::figure(what, change(share?))));
    std::iter::once(Line::figure("Dual running", format::signed_pounds(marginal.dual_running)))
        .chain(shares)
        .chain([Line::figure("Person-days", days)])
        .collect()
}

/// A change of a share, in percentage points.
fn change(share: f64) -> String {
    format!("{} pp", signed(100.0 * share, 1))
}

fn signed(value: f64, places: usize) -> String {
    let text = format::number(value, places);
    if value > 0.0 { format!("+{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::result::{Appraisal, BreakEven};
    use crate::report::sample;

    #[test]
    fn a_verdict_is_a_row_with_what_turns_it_and_a_sentence() {
        let mut a = sample::small();
        assert!(view(Names(&a)).is_none());
        let marginal = Marginal {
            npc: 1_234.4,
            score: Some(-0.554),
            dual_running: -500.0,
            visibility: Some(0.123_4),
            capability: None,
            person_days: 600.0,
        };
        let turn = |factor: Option<f64>, sentence: &str| BreakEven {
            input: "dip".into(),
            factor,
            most: 10.0,
            jump: false,
            sentence: sentence.into(),
        };
        a.verdicts = vec![Verdict {
            service: a.services[0].id.clone(),
            slot: "core".into(),
            verdict: "decide_with_group".into(),
            from: a.systems[0].id.clone(),
            to: a.systems[1].id.clone(),
            go_live: "2028-01-01".into(),
            option: a.options[2].id.clone(),
            basis: "score".into(),
            leave_one_out: marginal,
            first_in: marginal,
            interaction: Marginal { npc: 0.0, score: Some(0.0), ..marginal },
            gates: Vec::new(),
            group: vec![],
            group_together: None,
            break_even: vec![turn(None, "never"), turn(Some(2.0), "far"), turn(Some(0.9), "near")],
            sentence: "In words.".into(),
        }];
        let found = view(Names(&a)).expect("a verdict");
        let texts: Vec<&str> = found.table.rows[0].cells.iter().map(|c| c.text.as_str()).collect();
        let expected = ["Decide with its group", "\u{2212}0.55 points", "\u{2212}0.55 points", "0.00 points", "", "near"];
        assert_eq!(texts, expected);
        let lines: Vec<&str> = found.table.rows[0].cells[4].lines.iter().map(|l| l.figure.as_str()).collect();
        assert_eq!(lines, ["\u{2212}£500", "+12.3 pp", "600"]);
        assert_eq!(found.table.rows[0].cells[1].detail.as_deref(), Some("+£1,234"));
        assert_eq!(found.sentences.rows[0].cells[0].text, "In words.");
        // What decides stands under the word: the group, or the gate before it.
        let why = |a: &Appraisal| view(Names(a)).expect("a verdict").short.rows[0].cells[0].detail.clone();
        assert_eq!(why(&a), None);
        a.verdicts[0].group = vec![format!("{}/core", a.services[1].id)];
        let name = Names(&a).slot(&a.services[1].id, "core");
        assert_eq!(why(&a), Some(format!("with {name}")));
        a.verdicts[0].gates = vec!["Day 1 reporting".into()];
        assert_eq!(why(&a).as_deref(), Some("a gate decides: Day 1 reporting"));
        // The option that the move is looked at in is not the one that leads.
        let lead = view(Names(&a)).expect("a verdict").lead;
        assert_eq!(
            lead.contains("moves nothing of its own"),
            recommendation::leading(&a).is_some_and(|o| o.id != a.options[2].id)
        );
        a.verdicts[0].basis = "npc".into();
        assert_eq!(view(Names(&a)).expect("a verdict").table.rows[0].cells[1].text, "+£1,234");
    }
}
