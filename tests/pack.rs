//! The board pack against the result that it is made of.

#![expect(clippy::cast_precision_loss, reason = "counts are small")]

mod support;

use appraise::appraisal::result::{Acceptability, Appraisal};
use appraise::quantity::{fixed, grouped, pounds, pounds_short};
use appraise::report::{self, Extent};
use appraise::scoring;
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};
use regex::Regex;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use support::{drawn, files, path};

const BUNDLED: [&str; 3] = ["project-fusion", "worked-example", "minimal"];

fn bundled(name: &str) -> Appraisal {
    drawn(&files(name), None, 100)
}

/// A number from 0 to 1.
fn uniform(random: &mut Xoshiro256PlusPlus) -> f64 {
    f64::from(random.next_u32()) / f64::from(u32::MAX)
}

/// What the engine makes of a thousand weightings of Project Fusion; written where `APPRAISE_WEIGHED` names a file, for the
/// browser to be held against.
#[test]
fn weights_for_the_browser() {
    let a = bundled("project-fusion");
    let values: Vec<Vec<f64>> = a.options.iter().map(|o| a.criteria.iter().map(|c| o.values[&c.id]).collect()).collect();
    let mut random = Xoshiro256PlusPlus::seed_from_u64(7);
    let mut firsts = BTreeSet::new();
    let mut cases = Vec::new();
    for n in 0..1_000 {
        // Some weigh nothing, and some weigh a thousand times as much as others.
        let weights: Vec<f64> = a
            .criteria
            .iter()
            .map(|_| match (n % 4, uniform(&mut random)) {
                (0, u) if u < 0.3 => 0.0,
                (1, u) => 1000.0 * u.powi(6),
                (2, u) => (100.0 * u).round(),
                (_, u) => 100.0 * u,
            })
            .collect();
        let Ok(shares) = scoring::shares(&weights) else { continue };
        let scores: Vec<f64> = values.iter().map(|v| scoring::score(&shares, v)).collect();
        let ranked: Vec<Option<f64>> = a.options.iter().zip(&scores).map(|(o, s)| o.rank.map(|_| -s)).collect();
        let ranks = scoring::ranks(&ranked);
        firsts.insert(ranks.iter().position(|r| *r == Some(1)));
        let option = |i: usize| {
            let rank = ranks[i].map_or_else(|| "Not ranked".to_owned(), |r| r.to_string());
            json!({ "exact": scores[i], "text": grouped(scores[i], 1), "rank": rank })
        };
        cases.push(json!({ "weights": weights, "options": (0..scores.len()).map(option).collect::<Vec<_>>() }));
    }
    assert!(cases.len() >= 995 && firsts.len() > 2, "{} weightings with {} options first", cases.len(), firsts.len());
    // By the combined weights it is the score of the result.
    let combined: Vec<f64> = a.criteria.iter().map(|c| c.weight.expect("combined")).collect();
    for (option, values) in a.options.iter().zip(&values) {
        assert!((scoring::score(&combined, values) - option.score.expect("a score")).abs() < 1e-9);
    }
    while cases.len() < 1_000 {
        cases.push(cases[0].clone());
    }
    if let Ok(file) = std::env::var("APPRAISE_WEIGHED") {
        fs::write(file, serde_json::to_string(&cases).expect("JSON")).expect("writable");
    }
}

#[test]
fn the_pack_is_small_and_the_board_s_smaller() {
    let a = drawn(&files("project-fusion"), None, 200);
    let page = report::render(&a).expect("renders");
    assert!(page.len() < 1_500_000, "{} bytes", page.len());
    let board = report::render_to(&a, Extent::Board).expect("renders");
    assert!(3 * board.len() < page.len(), "{} bytes", board.len());
    for kept in ["Executive summary", "Recommendation and next steps", "Options at a glance", "Roles"] {
        assert!(board.contains(kept) && page.contains(kept), "{kept}");
    }
    assert!(!board.contains("Assumptions log:") && page.contains("Assumptions log:"));
}

/// Numbers of a text as they are shown: sign, pound, digits, and what follows at once.
fn tokens(text: &str) -> Vec<String> {
    let number = Regex::new(r"£?\d[\d,]*(?:\.\d+)?(?:%|[mk]\b)?").expect("a pattern");
    number.find_iter(text).map(|m| m.as_str().trim_end_matches(',').to_owned()).collect()
}

/// Sentences of a page: paragraphs, items of lists, what describes a term. Tables and drawings have numbers of their own.
fn sentences(page: &str) -> Vec<String> {
    let mut page = page.to_owned();
    for element in ["table", "svg", "script", "style"] {
        let whole = Regex::new(&format!("(?s)<{element}[ >].*?</{element}>")).expect("a pattern");
        page = whole.replace_all(&page, " ").into_owned();
    }
    let tag = Regex::new("<[^>]*>").expect("a pattern");
    let mut found = Vec::new();
    for element in ["p", "li", "dd"] {
        let part = Regex::new(&format!("(?s)<{element}(?: [^>]*)?>(.*?)</{element}>")).expect("a pattern");
        for inside in part.captures_iter(&page) {
            let text = tag.replace_all(&inside[1], "");
            found.push(
                text.replace("&#39;", "'")
                    .replace("&quot;", "\"")
                    .replace("&amp;", "&")
                    .replace("&lt;", "<")
                    .replace("&gt;", ">"),
            );
        }
    }
    found
}

/// Keys whose texts the engine composes from figures: no number is there because one of these says so.
const COMPOSED: [&str; 8] = ["text", "sentence", "sentences", "message", "consequence", "reason", "what", "warning"];

/// What the numbers of a result may look like.
#[derive(Default)]
struct Shown {
    all: BTreeSet<String>,
    /// Numbers by what they are: the path without places in lists and without ids.
    alike: BTreeMap<String, Vec<f64>>,
}

impl Shown {
    fn of(appraisal: &Appraisal) -> Self {
        let mut shown = Self::default();
        let value = serde_json::to_value(appraisal).expect("JSON");
        let ids: BTreeSet<String> = appraisal.options.iter().map(|o| o.id.clone()).collect();
        shown.take(&value, "", &ids);
        // One option against another.
        for numbers in shown.alike.clone().values().filter(|n| n.len() == ids.len()) {
            for a in numbers {
                for b in numbers {
                    shown.number((a - b).abs());
                }
            }
        }
        shown.sums(appraisal);
        // A gap is what another plan can be better by at most: rounded up, not to the nearest pound or point.
        for gap in appraisal.optimiser.iter().filter_map(|o| o.gap) {
            shown.number(gap.ceil());
            shown.number((10.0 * gap).ceil() / 10.0);
        }
        shown
    }

    /// Sums and counts that the pack tells of and the result has in parts.
    fn sums(&mut self, a: &Appraisal) {
        for option in &a.options {
            // Points by branch of the value tree.
            let branches: BTreeSet<&str> = a.criteria.iter().map(|c| c.branch.as_str()).collect();
            for branch in branches {
                let within = a.criteria.iter().filter(|c| c.branch == branch);
                self.number(within.filter_map(|c| option.contributions.get(&c.id)).sum());
            }
            // Cost of a year and over all years, and dual running within it, in year-0 prices.
            let cost = |year: Option<&String>, dual: bool| -> f64 {
                let counts = |c: &str| !dual || ["head_start", "overlap", "stranded", "archive"].contains(&c);
                let all = option.cost.by_year.iter().filter(|y| year.is_none_or(|year| y.year == *year) && counts(&y.category));
                all.map(|y| y.real).sum()
            };
            for year in a.frame.years.iter().map(Some).chain([None]) {
                self.number(cost(year, false));
                self.number(cost(year, true));
            }
            for exit in &option.exits {
                self.number(exit.exit_charge.unwrap_or(0.0) + exit.archive);
            }
            for what_if in &a.sensitivity.what_ifs {
                self.number(what_if.npc.get(&option.id).copied().flatten().unwrap_or(0.0) - option.cost.npc);
            }
            // Cash of a year beside that of business as usual.
            if let Some(usual) = a.options.iter().find(|o| o.kind == "business_as_usual") {
                for (own, other) in option.financial.cash_by_year.iter().zip(&usual.financial.cash_by_year) {
                    self.number(own - other);
                }
            }
            if let Some(u) = &option.uncertainty {
                for error in [u.probability_first_error, u.p_feasible_error] {
                    self.number(1.96 * error);
                }
            }
        }
        self.number(1_000.0 * a.frame.deflator.last().copied().unwrap_or(1.0));
        let answered = a.sensitivity.switching.iter().filter(|s| s.value.is_some()).count();
        let defaulted = a.assumptions.iter().filter(|n| n.origin == "default").count();
        for count in [answered, a.sensitivity.switching.len() - answered, defaulted, a.assumptions.len() - defaulted] {
            self.number(count as f64);
        }
        // The threshold of VIKOR is 1 over the options less one.
        for options in 2..=a.options.len() {
            self.number(1.0 / (options as f64 - 1.0));
        }
        if let Some(found) = &a.acceptability {
            self.errors(found);
        }
    }

    /// 1.96 times every standard error: how far a share is off 95 times in 100.
    fn errors(&mut self, found: &Acceptability) {
        for error in found.weight_sets.iter().flat_map(|set| set.options.values()).flat_map(|o| &o.standard_error) {
            self.number(1.96 * error);
        }
    }

    fn take(&mut self, value: &Value, key: &str, ids: &BTreeSet<String>) {
        match value {
            Value::Number(n) => {
                let n = n.as_f64().expect("a number");
                self.number(n);
                self.alike.entry(key.to_owned()).or_default().push(n);
            }
            Value::String(text) => {
                if !COMPOSED.contains(&key.rsplit('/').find(|k| !k.is_empty()).unwrap_or("")) {
                    self.all.extend(tokens(text));
                }
                let day: Vec<&str> = text.split('-').collect();
                if let [year, _, day] = day.as_slice() {
                    self.all.extend([(*year).to_owned(), day.trim_start_matches('0').to_owned()]);
                }
            }
            Value::Array(all) => {
                self.number(all.len() as f64);
                for v in all {
                    self.take(v, key, ids);
                }
            }
            Value::Object(all) => {
                // A hundred steps of a curve and the lines under every sum are drawn and listed, not told of.
                for (name, v) in all.iter().filter(|(name, _)| *name != "curve" && *name != "lines") {
                    let part = if ids.contains(name) { "" } else { name };
                    self.take(v, &format!("{key}/{part}"), ids);
                }
            }
            Value::Null | Value::Bool(_) => {}
        }
    }

    /// A number at every rounding that the pack has.
    fn number(&mut self, n: f64) {
        let n = n.abs();
        for places in 0..=3 {
            let plain = grouped(n, places);
            let short = fixed(n, places);
            self.all.extend([plain, short]);
            let share = grouped(100.0 * n, places);
            self.all.extend([format!("{share}%"), share.clone()]);
            if n >= 1e5 {
                self.all.insert(format!("£{}m", grouped(n / 1e6, places)));
            }
        }
        self.all.extend([pounds(n), pounds_short(n), format!("£{}", grouped(n, 2))]);
        let trimmed = grouped(n, 4);
        self.all.insert(trimmed.trim_end_matches('0').trim_end_matches('.').to_owned());
    }
}

/// Numbers in the fixed words of the pack: its templates and what views and charts say around figures.
fn fixed_words() -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    let filled = Regex::new("(?s)\\{[{%].*?[}%]\\}|<[^>]*>").expect("a pattern");
    let quoted = Regex::new("\"[^\"\n]{12,}\"").expect("a pattern");
    for folder in ["src/report/templates", "src/report/view", "src/report/view/uncertainty", "src/report/chart"] {
        for entry in fs::read_dir(path(folder)).expect("a folder") {
            let entry = entry.expect("an entry").path();
            let kind = entry.extension().and_then(|e| e.to_str());
            let text = fs::read_to_string(&entry).unwrap_or_default();
            match kind {
                Some("html") => all.extend(tokens(&filled.replace_all(&text, " "))),
                // Texts of the code itself, without its tests and without figures of drawings.
                Some("rs") => {
                    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
                    all.extend(quoted.find_iter(code).flat_map(|m| tokens(m.as_str())));
                }
                _ => {}
            }
        }
    }
    all
}

/// Numbers in sentences of a page that are not in the result at any rounding.
fn unfounded(page: &str, shown: &Shown, fixed: &BTreeSet<String>) -> Vec<String> {
    // Paragraphs of the book, and the digits of a digest.
    let names = Regex::new(
        r"Green Book 2026 \([^)]*\)|Green Book 2026, [\d.-]+|\(\d+\.\d+(?:[-,] ?\d+\.\d+)*\)|Run [0-9a-f]{12}|\([0-9a-f]{12}\)",
    )
    .expect("a pattern");
    let mut found = Vec::new();
    for sentence in sentences(page) {
        for token in tokens(&names.replace_all(&sentence, " ")) {
            let bare = token.trim_start_matches('£').to_owned();
            let known = |t: &String| shown.all.contains(t) || fixed.contains(t);
            if !known(&token) && !known(&bare) {
                found.push(format!("{token} in \u{201c}{}\u{201d}", sentence.chars().take(300).collect::<String>()));
            }
        }
    }
    found
}

#[test]
fn every_number_of_a_sentence_is_in_the_result() {
    let fixed = fixed_words();
    for name in BUNDLED {
        let a = bundled(name);
        let shown = Shown::of(&a);
        for extent in [Extent::Full, Extent::Board] {
            let page = report::render_to(&a, extent).expect("renders");
            let all = sentences(&page);
            assert!(all.len() > 30, "{name}: {} sentences", all.len());
            let found = unfounded(&page, &shown, &fixed);
            assert!(found.is_empty(), "{name}, {extent:?}: {} numbers\n{}", found.len(), found.join("\n"));
        }
    }
}

#[test]
fn a_number_that_is_not_in_the_result_is_found() {
    let mut a = bundled("project-fusion");
    let shown = Shown::of(&a);
    let fixed = fixed_words();
    // Two amounts a pound off. Of small whole numbers, points and rounded millions the test can say less: nearly every one
    // of them is some number of so large a result.
    let (npc, cash) = (a.options[0].cost.npc + 1.0, a.options[3].financial.cash + 1.0);
    a.headline.text = format!("It costs {} and takes {} in cash.", pounds(npc), pounds(cash));
    let found = unfounded(&report::render(&a).expect("renders"), &shown, &fixed);
    assert_eq!(found.len(), 2, "{found:?}");
}
