//! The appendix on other methods: ranks side by side, what each method says, agreement, and how they were set.

use super::names::Names;
use super::table::Cell;
use super::table::Row;
use super::table::Table;
use super::table::headings;
use crate::appraisal::result::CrossChecks;
use crate::appraisal::result::FirstOverWeights;
use crate::appraisal::result::OptionResult;
use crate::appraisal::result::PreferenceView;
use crate::appraisal::result::RankAgreement;
use crate::report::format;
use serde::Serialize;

/// The appendix.
#[derive(Debug, Clone, Serialize)]
pub(super) struct CrossCheckView {
    /// Whether the methods agree, or why there is nothing to compare.
    sentence: String,
    ranks: Option<Table>,
    /// What VIKOR and PROMETHEE I say beyond a ranking.
    findings: Vec<String>,
    agreement: Option<Table>,
    /// How often each option is first by each method over many weightings.
    first: Option<Table>,
    parameters: Option<Table>,
    /// The conventions of each method.
    conventions: Vec<String>,
}

/// None where nothing is scored at all.
pub(super) fn view(names: Names<'_>) -> Option<CrossCheckView> {
    let a = names.0;
    if a.criteria.is_empty() {
        return None;
    }
    let Some(checks) = &a.cross_checks else {
        return Some(CrossCheckView {
            sentence: why_not(names).to_owned(),
            ranks: None,
            findings: vec![],
            agreement: None,
            first: None,
            parameters: None,
            conventions: vec![],
        });
    };
    Some(CrossCheckView {
        sentence: checks.sentence.clone(),
        ranks: ranks(names, checks).if_any(),
        findings: findings(names, checks),
        agreement: agreement(checks).if_any(),
        first: checks.over_weights.as_ref().and_then(|found| first(names, found).if_any()),
        parameters: parameters(names, checks).if_any(),
        conventions: conventions(checks),
    })
}

/// What the methods say beyond a ranking.
fn findings(names: Names<'_>, checks: &CrossChecks) -> Vec<String> {
    let over_weights = checks.over_weights.iter().map(|found| found.sentence.clone());
    checks.explanation.iter().cloned().chain([vikor(names, checks), promethee(names, checks)]).chain(over_weights).collect()
}

fn why_not(names: Names<'_>) -> &'static str {
    let a = names.0;
    if a.panel_combination == "none" {
        "No other method was run beside the score: the panels are not combined, so there is no one set of weights to rank by."
    } else if a.frame.mode == "shortlist" {
        "No other method was run beside the score: economic figures lead in a shortlist, and no score is printed."
    } else if a.options.iter().filter(|o| o.rank.is_some()).count() < 2 {
        "No other method was run beside the score: fewer than two options are ranked."
    } else {
        "These results hold no ranking by another method."
    }
}

const METHODS: [(&str, &str); 4] =
    [("weighted_sum", "Weighted sum"), ("topsis", "TOPSIS"), ("vikor", "VIKOR"), ("promethee_ii", "PROMETHEE II")];

fn method(id: &str) -> &str {
    METHODS.iter().find(|(m, _)| *m == id).map_or(id, |(_, name)| name)
}

/// Options by method: the rank, with the figure that it rests on.
fn ranks(names: Names<'_>, checks: &CrossChecks) -> Table {
    let options = names.0.options.iter().filter(|o| checks.topsis.contains_key(&o.id));
    let rows = options.map(|option| {
        let figure = |id: &str| match id {
            "topsis" => checks.topsis.get(&option.id).map(|c| format!("closeness {}", format::number(*c, 3))),
            "vikor" => checks.vikor.get(&option.id).map(|q| format!("Q {}", format::number(*q, 3))),
            "promethee_ii" => checks.promethee_ii.get(&option.id).map(|f| format!("net flow {}", format::number(*f, 3))),
            _ => option.score.map(|s| format!("{} points", format::points(s))),
        };
        let cells = METHODS.iter().map(|(id, _)| {
            let rank = checks.rankings.get(*id).and_then(|r| r.get(&option.id));
            let cell = Cell::number(rank.map_or_else(|| format::NONE.to_owned(), ToString::to_string));
            match figure(id) {
                Some(figure) => cell.detailed(figure),
                None => cell,
            }
        });
        Row::new(&option.name, cells.collect())
    });
    let columns = std::iter::once("Option").chain(METHODS.iter().map(|(_, name)| *name)).collect::<Vec<_>>();
    let table = Table::new("Rank of each option by each method", headings(&columns), rows.collect());
    let out: Vec<String> =
        names.0.options.iter().filter(|o| !checks.topsis.contains_key(&o.id)).map(|o| o.name.clone()).collect();
    let note = "More is better for points, closeness and net flow; less is better for Q.";
    table.noted(match out.as_slice() {
        [] => note.to_owned(),
        out => format!("{note} Not compared, since not ranked: {}.", format::list(out)),
    })
}

/// Options by method: the share of weightings at which the method puts it first.
fn first(names: Names<'_>, found: &FirstOverWeights) -> Table {
    let share = |method: &str, option: &str| found.first.get(method)?.get(option).copied();
    let compared = names.0.options.iter().filter(|o| share(METHODS[0].0, &o.id).is_some());
    let cells = |o: &OptionResult| {
        METHODS
            .iter()
            .map(|(m, _)| Cell::number(share(m, &o.id).map_or_else(|| format::NONE.to_owned(), format::share_of_draws)))
            .collect()
    };
    let rows = compared.map(|option| Row::new(&option.name, cells(option)));
    let columns = std::iter::once("Option").chain(METHODS.iter().map(|(_, name)| *name)).collect::<Vec<_>>();
    let error = found.standard_error.values().flat_map(|by| by.values()).copied().fold(0.0, f64::max);
    Table::new("How often each option is first by each method, over the weights between the panels", headings(&columns), rows.collect())
        .noted(format!(
            "{}, the same for each method. No share is off by more than {} percentage points (95 times in 100). Options that tie are both first.",
            format::count(usize::try_from(found.samples).unwrap_or(usize::MAX), "weighting", "weightings"),
            format::number((196.0 * error).max(0.05), 1)
        ))
}

fn vikor(names: Names<'_>, checks: &CrossChecks) -> String {
    let parts = &checks.vikor_parts;
    let set: Vec<String> = parts.compromise_set.iter().map(|o| format!("\u{201c}{}\u{201d}", names.option(o))).collect();
    let ahead = format!(
        "the first is ahead by {} where {} is needed",
        format::number(parts.advantage, 3),
        format::number(parts.advantage_needed, 3)
    );
    let stable = if parts.acceptable_stability {
        "it is also first by overall or by worst regret"
    } else {
        "it is first neither by overall nor by worst regret"
    };
    match set.as_slice() {
        [one] => format!("VIKOR proposes {one} alone: {ahead}, and {stable}."),
        set if parts.acceptable_advantage => {
            format!("VIKOR proposes {} together: {ahead}, but {stable}.", format::list(set))
        }
        set => format!("VIKOR proposes {} together, since {ahead}: none of them is clearly better.", format::list(set)),
    }
}

/// Pairs named one by one; more than these are in the results file.
const NAMED: usize = 6;

fn promethee(names: Names<'_>, checks: &CrossChecks) -> String {
    let pairs = &checks.promethee_i.incomparable;
    if pairs.is_empty() {
        return "PROMETHEE I finds no pair of options that cannot be compared: the flows in favour and against say the same of each pair."
            .to_owned();
    }
    let named: Vec<String> = pairs
        .iter()
        .take(NAMED)
        .map(|(a, b)| format!("\u{201c}{}\u{201d} and \u{201c}{}\u{201d}", names.option(a), names.option(b)))
        .collect();
    let more = match pairs.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!("; {more} more in the results file"),
    };
    let count = format::count(pairs.len(), "pair", "pairs");
    format!(
        "PROMETHEE I leaves {count} of options open, one with more in its favour and the other with less against it: {}{more}.",
        named.join("; ")
    )
}

fn agreement(checks: &CrossChecks) -> Table {
    let figure = |x: Option<f64>| Cell::number(x.map_or_else(|| format::NONE.to_owned(), |x| format::number(x, 2)));
    let rows = checks.correlations.iter().map(|c| {
        let cells = vec![Cell::text(in_words(c)), figure(c.spearman), figure(c.kendall)];
        Row::new(format!("{} and {}", method(&c.method), method(&c.other)), cells)
    });
    let columns = headings(&["Methods", "In words", "Spearman\u{2019}s rho", "Kendall\u{2019}s tau-b"]);
    let table = Table::new("How far the rankings agree", columns, rows.collect());
    table.noted("1 is the same order, \u{2212}1 the reverse. Among few options one swap moves these figures a long way.")
}

/// The bounds of the words are the author's.
fn in_words(c: &RankAgreement) -> &'static str {
    match c.spearman {
        None => "Not defined: one of them puts all options level",
        Some(rho) if rho > 1.0 - 1e-9 => "The same order",
        Some(rho) if rho >= 0.8 => "Nearly the same order",
        Some(rho) if rho >= 0.4 => "A similar order",
        Some(rho) if rho > -0.4 => "Little in common",
        Some(rho) if rho > -1.0 + 1e-9 => "Largely reversed",
        Some(_) => "The reverse order",
    }
}

fn parameters(names: Names<'_>, checks: &CrossChecks) -> Table {
    let rows = checks.parameters.preferences.iter().map(|p| {
        let unit = names.0.criteria.iter().find(|c| c.id == p.criterion).map_or("", |c| c.unit.as_str());
        let size = |x: Option<f64>| Cell::number(x.map_or_else(|| format::NONE.to_owned(), |x| format::measure(x, unit)));
        let cells = vec![
            Cell::number(format::percent(p.weight)),
            Cell::text(function(p)),
            size(p.indifference),
            size(p.preference_threshold.or(p.sigma)),
            Cell::text(if p.origin == "given" { "Scenario" } else { "Default" }),
        ];
        Row::new(names.criterion(&p.criterion), cells).detailed(unit)
    });
    let columns =
        headings(&["Criterion", "Weight", "Preference function", "No preference up to", "Full from (or sigma)", "Origin"]);
    let table = Table::new("Preference functions of PROMETHEE", columns, rows.collect());
    table.noted("Thresholds are differences in the measure. The default is 5% and 30% of the way between the anchors, a choice of this engine and no published figure.")
}

fn function(p: &PreferenceView) -> &str {
    match p.function.as_str() {
        "usual" => "Usual",
        "u_shape" => "U-shape",
        "v_shape" => "V-shape",
        "level" => "Level",
        "linear" => "Linear",
        "gaussian" => "Gaussian",
        other => other,
    }
}

fn conventions(checks: &CrossChecks) -> Vec<String> {
    let p = &checks.parameters;
    vec![
        format!(
            "TOPSIS (Hwang and Yoon 1981): closeness to the best and distance from the worst of each criterion, {} normalisation.",
            p.topsis_normalisation
        ),
        format!(
            "VIKOR (Opricovic and Tzeng 2004): Q weighs overall regret and regret on the worst criterion with v\u{a0}=\u{a0}{}; a term without a range is 0.",
            format::plain(p.vikor_v, 2)
        ),
        format!(
            "PROMETHEE (Brans and Vincke 1985): each option against every other, flows divided by n \u{2212} 1, here {}.",
            p.promethee_divisor
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::result::MethodParameters;
    use crate::appraisal::result::PrometheeFlows;
    use crate::appraisal::result::VikorParts;
    use crate::report::sample;
    use indexmap::IndexMap;

    fn by_option<T: Copy>(numbers: [T; 2]) -> IndexMap<String, T> {
        ["bau", "interop"].map(String::from).into_iter().zip(numbers).collect()
    }

    fn checks() -> CrossChecks {
        CrossChecks {
            topsis: by_option([0.25, 0.75]),
            vikor: by_option([1.0, 0.0]),
            promethee_ii: by_option([-0.5, 0.5]),
            vikor_parts: VikorParts {
                s: by_option([0.7, 0.2]),
                r: by_option([0.4, 0.1]),
                compromise_set: vec!["interop".into()],
                advantage: 1.0,
                advantage_needed: 1.0,
                acceptable_advantage: true,
                acceptable_stability: true,
            },
            promethee_i: PrometheeFlows { plus: by_option([0.1, 0.6]), minus: by_option([0.6, 0.1]), incomparable: vec![] },
            rankings: METHODS.iter().map(|(m, _)| ((*m).to_owned(), by_option([2, 1]))).collect(),
            correlations: vec![RankAgreement {
                method: "weighted_sum".into(),
                other: "topsis".into(),
                spearman: Some(1.0),
                kendall: Some(1.0),
            }],
            parameters: MethodParameters {
                topsis_normalisation: "vector".into(),
                vikor_v: 0.5,
                promethee_divisor: 1,
                preferences: vec![PreferenceView {
                    criterion: "visibility".into(),
                    weight: 1.0,
                    function: "linear".into(),
                    indifference: Some(0.05),
                    preference_threshold: Some(0.3),
                    sigma: None,
                    origin: "default".into(),
                }],
            },
            over_weights: Some(FirstOverWeights {
                samples: 10_000,
                first: METHODS.iter().map(|(m, _)| ((*m).to_owned(), by_option([0.1, 0.9]))).collect(),
                standard_error: METHODS.iter().map(|(m, _)| ((*m).to_owned(), by_option([0.003, 0.003]))).collect(),
                sentence: "\u{201c}Interoperate\u{201d} is first.".into(),
            }),
            sentence: "s".into(),
            explanation: None,
        }
    }

    #[test]
    fn ranks_stand_with_the_figure_they_rest_on() {
        let mut a = sample::small();
        a.cross_checks = Some(checks());
        let view = view(Names(&a)).expect("a section");
        let table = view.ranks.expect("ranks");
        let row = &table.rows[1];
        let texts: Vec<_> = row.cells.iter().map(|c| (c.text.as_str(), c.detail.as_deref().unwrap_or_default())).collect();
        assert_eq!(texts[1..], [("1", "closeness 0.750"), ("1", "Q 0.000"), ("1", "net flow 0.500")]);
        // The third option of the sample is in none of the maps.
        assert_eq!(table.rows.len(), 2);
        assert!(table.note.expect("a note").contains("Not compared, since not ranked"));
        assert!(view.findings[0].contains("alone") && view.findings[1].contains("no pair"));
        assert_eq!(view.findings[2], "\u{201c}Interoperate\u{201d} is first.");
        let first = view.first.expect("over weights");
        assert_eq!((first.rows.len(), first.rows[1].cells[3].text.as_str()), (2, "90.0%"));
        // 1.96 x 0.003 is 0.6 percentage points.
        assert!(
            first
                .note
                .expect("a note")
                .starts_with("10,000 weightings, the same for each method. No share is off by more than 0.6")
        );
        assert_eq!(view.parameters.expect("parameters").rows[0].cells[2].text, "5.0%");
    }

    #[test]
    fn what_vikor_and_promethee_leave_open_is_said() {
        let mut a = sample::small();
        let mut open = checks();
        open.vikor_parts.compromise_set.push("bau".into());
        open.promethee_i.incomparable = vec![("bau".into(), "interop".into())];
        open.vikor_parts.acceptable_stability = false;
        a.cross_checks = Some(open.clone());
        let said = view(Names(&a)).expect("a section").findings;
        assert!(said[0].contains("together") && said[0].contains("first neither by overall"), "{}", said[0]);
        assert!(said[1].contains("leaves 1 pair of options open"), "{}", said[1]);
        open.vikor_parts.acceptable_advantage = false;
        a.cross_checks = Some(open);
        assert!(view(Names(&a)).expect("a section").findings[0].contains("none of them is clearly better"));
    }

    #[test]
    fn why_there_is_no_check_is_said() {
        let mut a = sample::small();
        let sentence = |a: &_| view(Names(a)).expect("a section").sentence;
        a.panel_combination = "none".into();
        assert!(sentence(&a).contains("panels are not combined"));
        a.panel_combination = "equal".into();
        a.options.truncate(1);
        assert!(sentence(&a).contains("fewer than two options"));
        a.frame.mode = "shortlist".into();
        assert!(sentence(&a).contains("shortlist"));
        a.criteria.clear();
        assert!(view(Names(&a)).is_none());
    }
}
