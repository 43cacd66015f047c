//! Every number in the words of the board pack against the result that it is made of, bound by its unit: pounds to money,
//! percentages to shares, points to scores.

#![expect(clippy::cast_precision_loss, reason = "counts are small")]

mod support;

use appraise::appraisal::result::{Acceptability, Appraisal};
use appraise::quantity::{grouped, pounds, pounds_short};
use appraise::report::{self, Extent};
use regex::Regex;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use support::{drawn, files, path};

const BUNDLED: [&str; 7] =
    ["minimal", "new-product", "one-product", "project-fusion", "scores-only", "streams-only", "worked-example"];

fn bundled(name: &str) -> Appraisal {
    drawn(&files(name), None, 100)
}

/// What a number is: money is printed as pounds alone, points as points, and what is neither may be a share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Money,
    Points,
    Other,
}

/// Parts of paths under which all numbers are money.
const MONEY: [&str; 60] = [
    "npc",
    "npsv",
    "eac",
    "cost",
    "costs",
    "cash",
    "present",
    "nominal",
    "real",
    "non_cash",
    "vat",
    "transfers",
    "amount",
    "paid",
    "paid_highest",
    "capital",
    "capital_by_year",
    "depreciation_by_year",
    "cash_by_year",
    "benefits",
    "other_costs",
    "public_costs",
    "residual_value",
    "invoice",
    "head_start",
    "overlap",
    "stranded",
    "archive",
    "committed",
    "avoidable",
    "slippage_first_month",
    "slippage_first_quarter",
    "stay",
    "exit_charge",
    "unagreed_benefits",
    "change",
    "categories",
    "identity",
    "dual_running",
    "staff_time",
    "scored_elsewhere",
    "npc_low",
    "npc_high",
    "pounds",
    "pounds_error",
    "pounds_per_unit",
    "pounds_per_point",
    "further_npc",
    "external_cost_per_user",
    "work_cost_per_user",
    "terminal_liability",
    "bound",
    "gap_pounds",
    "whole_life_cost",
    "threshold",
    "service",
    "funding_gap",
    "saving",
    "at_low",
    "at_high",
];

/// Parts of paths under which all numbers are points.
const POINTS: [&str; 20] = [
    "score",
    "scores",
    "points",
    "points_per_unit",
    "contributions",
    "values",
    "resolution",
    "margin",
    "least",
    "most",
    "difference",
    "lead_low",
    "lead_high",
    "score_low",
    "score_high",
    "further_value",
    "any_weights",
    "smallest_change",
    "anchors",
    "value",
];

/// Parts of paths under which numbers are neither, whatever stands above.
const NEITHER: [&str; 12] = [
    "weights",
    "rank",
    "share_of_variance",
    "share_of_cost",
    "benefit_cost_ratio",
    "return_on_public_sector_cost",
    "distance",
    "weight",
    "notice_months",
    "central_weights",
    "year",
    "curve",
];

/// What a number is, by the last part of its path that says so.
fn kind_of(path: &[String]) -> Kind {
    let told = |part: &String| match part.as_str() {
        p if NEITHER.contains(&p) => Some(Kind::Other),
        p if MONEY.contains(&p) => Some(Kind::Money),
        p if POINTS.contains(&p) => Some(Kind::Points),
        _ => None,
    };
    // By criterion, whatever its id is.
    if path.iter().rev().nth(1).is_some_and(|parent| parent == "contributions") {
        return Kind::Points;
    }
    path.iter().rev().find_map(told).unwrap_or(Kind::Other)
}

fn is_money(unit: &str) -> bool {
    unit.contains('\u{a3}')
}

/// Keys whose texts the engine composes from figures: no number is there because one of these says so.
const COMPOSED: [&str; 10] =
    ["text", "sentence", "sentences", "message", "consequence", "reason", "what", "warning", "explanation", "summary"];

/// Parts of the result that say what others say, or that are drawn and listed and not told of.
const APART: [&str; 3] = ["explanations", "curve", "lines"];

/// What the numbers of a result may look like, by what they are.
#[derive(Default)]
struct Shown {
    all: BTreeMap<Kind, BTreeSet<String>>,
    percent: BTreeSet<String>,
    /// Numbers of things that are listed.
    counts: BTreeSet<String>,
    /// Texts of the author that hold digits, the longest first, and days.
    given: Vec<String>,
    days: BTreeSet<String>,
    /// Numbers of options beside each other, by kind and path.
    alike: BTreeMap<(Kind, String), Vec<f64>>,
    /// Units of criteria and of assumptions, by id.
    units: BTreeMap<String, String>,
}

impl Shown {
    fn of(a: &Appraisal) -> Self {
        let of_criteria = a.criteria.iter().map(|c| (c.id.clone(), c.unit.clone()));
        let units = of_criteria.chain(a.assumptions.iter().map(|n| (n.id.clone(), n.unit.clone()))).collect();
        let mut shown = Self { units, ..Self::default() };
        let value = serde_json::to_value(a).expect("JSON");
        let ids: BTreeSet<String> = a.options.iter().map(|o| o.id.clone()).collect();
        shown.take(&value, &mut Vec::new(), None, &ids);
        // One option against another.
        for ((kind, _), numbers) in shown.alike.clone().into_iter().filter(|(_, n)| n.len() == ids.len()) {
            for a in &numbers {
                for b in &numbers {
                    shown.number((a - b).abs(), kind);
                }
            }
        }
        shown.sums(a);
        shown.given.sort_by_key(|text| std::cmp::Reverse(text.len()));
        shown.given.dedup();
        shown
    }

    /// Sums and counts that the pack tells of and the result has in parts.
    fn sums(&mut self, a: &Appraisal) {
        for option in &a.options {
            // Points by branch of the value tree.
            let branches: BTreeSet<&str> = a.criteria.iter().map(|c| c.branch.as_str()).collect();
            for branch in branches {
                let within = a.criteria.iter().filter(|c| c.branch == branch);
                self.number(within.filter_map(|c| option.contributions.get(&c.id)).sum(), Kind::Points);
            }
            // Cost of a year and over all years, and dual running within it, in year-0 prices.
            let cost = |year: Option<&String>, dual: bool| -> f64 {
                let counts = |c: &str| !dual || ["head_start", "overlap", "stranded", "archive"].contains(&c);
                let all = option.cost.by_year.iter().filter(|y| year.is_none_or(|year| y.year == *year) && counts(&y.category));
                all.map(|y| y.real).sum()
            };
            for year in a.frame.years.iter().map(Some).chain([None]) {
                self.number(cost(year, false), Kind::Money);
                self.number(cost(year, true), Kind::Money);
            }
            for exit in &option.exits {
                self.number(exit.exit_charge.unwrap_or(0.0) + exit.archive, Kind::Money);
            }
            for what_if in &a.sensitivity.what_ifs {
                let npc = what_if.npc.get(&option.id).copied().flatten().unwrap_or(0.0);
                self.number(npc - option.cost.npc, Kind::Money);
            }
            if let Some(u) = &option.uncertainty {
                for error in [u.probability_first_error, u.p_feasible_error] {
                    self.percentage_points(1.96 * error);
                }
            }
        }
        self.told(a);
        self.number(1_000.0 * a.frame.deflator.last().copied().unwrap_or(1.0), Kind::Money);
        let answered = a.sensitivity.switching.iter().filter(|s| s.value.is_some()).count();
        if let Some(usual) = a.options.iter().find(|o| o.kind == "business_as_usual") {
            for option in &a.options {
                for (own, usual) in option.financial.cash_by_year.iter().zip(&usual.financial.cash_by_year) {
                    self.number(own - usual, Kind::Money);
                }
            }
        }
        let defaulted = a.assumptions.iter().filter(|n| n.origin == "default").count();
        for count in [answered, a.sensitivity.switching.len() - answered, defaulted, a.assumptions.len() - defaulted] {
            self.counts.insert(grouped(count as f64, 0));
        }
        // The threshold of VIKOR is 1 over the options less one.
        for options in 2..=a.options.len() {
            self.number(1.0 / (options as f64 - 1.0), Kind::Other);
        }
        if let Some(found) = &a.acceptability {
            self.errors(found);
        }
    }

    /// What sentences make of single numbers.
    fn told(&mut self, a: &Appraisal) {
        // What a thousand pounds, and what a percentage point, weighs.
        self.number(1_000.0, Kind::Money);
        for rate in &a.implied_rates {
            self.number(1_000.0 * rate.points_per_unit.abs(), Kind::Points);
            self.number(rate.pounds_per_unit.unwrap_or(0.0) / 100.0, Kind::Money);
        }
        // How much more of something turns a verdict; values are tried up to ten times what they are.
        let factors = a.verdicts.iter().flat_map(|v| &v.break_even).filter_map(|b| b.factor);
        factors.for_each(|f| self.share(f - 1.0));
        for tried in &a.sensitivity.switching {
            let money = self.units.get(&tried.input).is_some_and(|unit| is_money(unit));
            self.number(10.0 * tried.current, if money { Kind::Money } else { Kind::Other });
            // A price is rounded to the side on which it holds.
            for off in tried.value.filter(|_| money).iter().flat_map(|v| [v - 0.5, v - 0.005, v + 0.005, v + 0.5]) {
                self.number(off.max(0.0), Kind::Money);
            }
        }
        // So many of the draws, and a correlation that is no less.
        let draws = a.provenance.draws as f64;
        for u in a.options.iter().filter_map(|o| o.uncertainty.as_ref()) {
            self.counts.insert(grouped(u.probability_first * draws, 0));
        }
        for found in &a.duplicates {
            self.number((100.0 * found.correlation).floor() / 100.0, Kind::Other);
        }
    }

    /// 1.96 times every standard error: how far a share is off 95 times in 100.
    fn errors(&mut self, found: &Acceptability) {
        for error in found.weight_sets.iter().flat_map(|set| set.options.values()).flat_map(|o| &o.standard_error) {
            self.percentage_points(1.96 * error);
        }
    }

    /// A difference of shares, which is told without its sign of per cent.
    fn percentage_points(&mut self, share: f64) {
        self.number(share, Kind::Other);
        self.number(100.0 * share, Kind::Other);
    }

    /// What a text of the result may lend to a sentence: itself, or its day.
    fn text(&mut self, text: &str) {
        let day = Regex::new(r"^(\d{4})-(\d\d)-(\d\d)$").expect("a pattern");
        if let Some(day) = day.captures(text) {
            let month = MONTHS[day[2].parse::<usize>().expect("a month") - 1];
            let number = day[3].trim_start_matches('0');
            self.days.insert(format!("{number} {month} {}", &day[1]));
            self.days.insert(format!("{number} {} {}", &month[..3], &day[1]));
            self.days.insert(format!("{month} {}", &day[1]));
        } else if text.contains(|c: char| c.is_ascii_digit()) && text.len() > 1 {
            self.given.push(text.to_owned());
        }
    }

    fn take(&mut self, value: &Value, path: &mut Vec<String>, unit: Option<&str>, ids: &BTreeSet<String>) {
        match value {
            Value::Number(n) => {
                let n = n.as_f64().expect("a number");
                let kind = match unit {
                    Some(unit) if is_money(unit) => Kind::Money,
                    Some("points") => Kind::Points,
                    Some(_) => Kind::Other,
                    None => kind_of(path),
                };
                self.number(n, kind);
                if unit.is_some_and(|u| u == "uplift" || u == "%") {
                    self.share(if unit == Some("%") { n / 100.0 } else { n });
                }
                self.alike.entry((kind, path.join("/"))).or_default().push(n);
            }
            Value::String(text) => {
                if !COMPOSED.contains(&path.last().map_or("", String::as_str)) {
                    self.text(text);
                }
            }
            Value::Array(all) => {
                self.counts.insert(grouped(all.len() as f64, 0));
                for v in all {
                    self.take(v, path, unit, ids);
                }
            }
            Value::Object(all) => {
                let named = |key: &str| all.get(key).and_then(Value::as_str);
                let own = named("unit").map(str::to_owned).or_else(|| named("input").and_then(|i| self.units.get(i).cloned()));
                for (name, v) in all.iter().filter(|(name, _)| !APART.contains(&name.as_str())) {
                    // Measures stand by criterion, and so do points of them.
                    let measured = path.last().is_some_and(|p| p == "measures");
                    let of_criterion = self.units.get(name).filter(|_| measured).cloned();
                    let narrow = matches!(name.as_str(), "value" | "low" | "high" | "current" | "anchors" | "zero" | "hundred");
                    let unit = of_criterion.or_else(|| own.clone().filter(|_| narrow && !v.is_object() || name == "anchors"));
                    path.push(if ids.contains(name) { String::new() } else { name.clone() });
                    self.take(v, path, unit.as_deref(), ids);
                    path.pop();
                }
            }
            Value::Null | Value::Bool(_) => {}
        }
    }

    /// A number at every rounding that the pack has for what it is.
    fn number(&mut self, n: f64, kind: Kind) {
        let n = n.abs();
        let all = self.all.entry(kind).or_default();
        match kind {
            Kind::Money => all.extend([pounds(n), pounds_short(n), pounds_in_words(n), format!("£{}", grouped(n, 2))]),
            Kind::Points => all.extend([grouped(n, 1), grouped(n, 2), grouped(n, 3), plain(n, 4)]),
            Kind::Other => {
                all.extend([plain(n, 4), grouped(n, 1), grouped(n, 2), grouped(n, 3)]);
                if n >= 10.0 {
                    all.insert(grouped(n, 0));
                }
            }
        }
        if kind == Kind::Other && n <= 1.0 + 1e-9 {
            self.share(n);
        }
    }

    /// A share as a percentage, and its distance from none and from all.
    fn share(&mut self, n: f64) {
        for share in [n, 1.0 - n] {
            let share = 100.0 * share.abs();
            for text in [grouped(share, 0), grouped(share, 1), plain(share, 1)] {
                self.percent.insert(format!("{text}%"));
            }
        }
    }

    fn knows(&self, token: &Token) -> bool {
        let of = |kind: Kind| self.all.get(&kind).is_some_and(|all| all.contains(&token.text));
        if token.text.starts_with('£') {
            return of(Kind::Money);
        }
        if token.text.ends_with('%') {
            return self.percent.contains(&token.text);
        }
        if token.points {
            return of(Kind::Points);
        }
        of(Kind::Other) || of(Kind::Points) || self.counts.contains(&token.text)
    }
}

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// Pounds of a sentence: millions with two decimals.
fn pounds_in_words(n: f64) -> String {
    if n >= 999_999.5 { format!("£{}m", grouped(n / 1e6, 2)) } else { pounds(n) }
}

/// A number with at most so many decimals.
fn plain(n: f64, places: usize) -> String {
    let text = grouped(n, places);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// A number in a text, and whether points are said of it.
#[derive(Clone, Debug)]
struct Token {
    text: String,
    points: bool,
}

/// Numbers of a text as they are shown: pound, digits, and what follows at once.
fn tokens(text: &str) -> Vec<Token> {
    let number = Regex::new(r"£?\d[\d,]*(?:\.\d+)?(?:%|[mk]\b)?").expect("a pattern");
    let token = |m: regex::Match<'_>| {
        let rest = &text[m.end()..];
        Token { text: m.as_str().trim_end_matches(',').to_owned(), points: rest.starts_with(" point") }
    };
    number.find_iter(text).map(token).collect()
}

/// Sentences of a page that the engine writes: paragraphs, items of lists, what describes a term, remarks on tables, and cells
/// that are sentences. Other cells and drawings have numbers of their own, and passages of the author are the author's.
fn sentences(page: &str) -> Vec<String> {
    let part = |element: &str| Regex::new(&format!("(?s)<{element}(?: [^>]*)?>(.*?)</{element}>")).expect("a pattern");
    let whole = |element: &str| Regex::new(&format!("(?s)<{element}[ >].*?</{element}>")).expect("a pattern");
    let mut page = page.to_owned();
    for element in ["svg", "script", "style"] {
        page = whole(element).replace_all(&page, " ").into_owned();
    }
    let author = Regex::new(r#"(?s)<div class="author">.*?</div>"#).expect("a pattern");
    page = author.replace_all(&page, " ").into_owned();
    let mut found = Vec::new();
    let mut add = |markup: &str, least: usize| {
        let tag = Regex::new("<[^>]*>").expect("a pattern");
        let text = tag.replace_all(markup, " ");
        let text = [("&#39;", "'"), ("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")]
            .iter()
            .fold(text.into_owned(), |text, (from, to)| text.replace(from, to));
        if text.split_whitespace().count() >= least {
            found.push(text);
        }
    };
    let remark = Regex::new(r#"(?s)<span class="(?:remark|caption)">(.*?)</span>"#).expect("a pattern");
    for table in whole("table").find_iter(&page) {
        for inside in remark.captures_iter(table.as_str()) {
            add(&inside[1], 1);
        }
        // What ends as a sentence does is one.
        for inside in part("td").captures_iter(table.as_str()).filter(|c| c[1].trim_end().ends_with('.')) {
            add(&inside[1], 6);
        }
    }
    page = whole("table").replace_all(&page, " ").into_owned();
    for element in ["p", "li", "dd"] {
        for inside in part(element).captures_iter(&page) {
            add(&inside[1], 1);
        }
    }
    found
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
                Some("html") => all.extend(texts(&filled.replace_all(&text, " "))),
                // Texts of the code itself, without its tests and without figures of drawings.
                Some("rs") => {
                    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
                    all.extend(quoted.find_iter(code).flat_map(|m| texts(m.as_str())));
                }
                _ => {}
            }
        }
    }
    all
}

fn texts(text: &str) -> Vec<String> {
    tokens(text).into_iter().map(|t| t.text).collect()
}

/// What is left of a sentence without what is no figure of the result: texts of the author, years, the scale of a drawing,
/// how many of a list are left out, paragraphs of the book, digests, and days that are in the result.
fn own(sentence: &str, shown: &Shown) -> String {
    let names = Regex::new(
        r"\d{4}/\d\d|drawn [\d.]+ times as large|and \d+ more|Green Book 2026 \([^)]*\)|Green Book 2026, [\d.-]+|\(\d+\.\d+(?:[-,] ?\d+\.\d+)*\)|Run [0-9a-f]{12}|\([0-9a-f]{12}\)",
    )
    .expect("a pattern");
    let mut text = names.replace_all(sentence, " ").into_owned();
    for given in shown.given.iter().filter(|g| g.len() > 3) {
        if text.contains(given.as_str()) {
            text = text.replace(given.as_str(), " ");
        }
    }
    let day = Regex::new(r"(?:\d{1,2} )?(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4}").expect("a pattern");
    day.replace_all(
        &text,
        |found: &regex::Captures<'_>| {
            if shown.days.contains(&found[0]) { " ".to_owned() } else { found[0].to_owned() }
        },
    )
    .into_owned()
}

/// Numbers in sentences of a page that are not in the result as what they are printed as.
fn unfounded(page: &str, shown: &Shown, fixed: &BTreeSet<String>) -> Vec<String> {
    let mut found = Vec::new();
    for sentence in sentences(page) {
        let unknown = tokens(&own(&sentence, shown)).into_iter().filter(|t| !fixed.contains(&t.text) && !shown.knows(t));
        found
            .extend(unknown.map(|t| format!("{} in \u{201c}{}\u{201d}", t.text, sentence.chars().take(300).collect::<String>())));
    }
    found
}

#[test]
fn every_number_of_a_sentence_is_in_the_result() {
    let fixed = fixed_words();
    let mut tally: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    let mut bad = Vec::new();
    for name in BUNDLED {
        let a = bundled(name);
        let shown = Shown::of(&a);
        for extent in [Extent::Full, Extent::Board] {
            let page = report::render_to(&a, extent).expect("renders");
            let all = sentences(&page);
            assert!(all.len() > 20, "{name}: {} sentences", all.len());
            let found = unfounded(&page, &shown, &fixed);
            bad.extend(found.into_iter().map(|f| format!("{name}, {extent:?}: {f}")));
            if extent == Extent::Full {
                for sentence in all {
                    mutate(&own(&sentence, &shown), &shown, &fixed, &mut tally);
                }
            }
        }
    }
    assert!(bad.is_empty(), "{} numbers\n{}", bad.len(), bad.join("\n"));
    // How many numbers one shown unit off are found, at least; of short ones nearly each is a number of so large a result.
    for (form, least) in [("pounds", 0.9), ("pounds in short", 0.2), ("percentages", 0.2), ("points", 0.3), ("decimals", 0.2)] {
        let (found, of) = tally[form];
        assert!(of > 100 && f64::from(found) >= least * f64::from(of), "{form}: {found} of {of}");
    }
}

/// An amount a pound off is found.
#[test]
fn a_number_that_is_not_in_the_result_is_found() {
    let mut a = bundled("project-fusion");
    let (shown, fixed) = (Shown::of(&a), fixed_words());
    let (npc, cash) = (a.options[0].cost.npc + 1.0, a.options[3].financial.cash + 1.0);
    a.headline.text = format!("It costs {} and takes {} in cash.", pounds(npc), pounds(cash));
    let found = unfounded(&report::render(&a).expect("renders"), &shown, &fixed);
    assert_eq!(found.len(), 2, "{found:?}");
    // Points are no pounds, and a share is not the score that has its digits.
    let score = a.options[0].score.expect("a score");
    a.headline.text = format!("It costs £{} and scores {} points.", grouped(score, 2), grouped(score, 1));
    let found = unfounded(&report::render(&a).expect("renders"), &shown, &fixed);
    assert_eq!(found.len(), 1, "{found:?}");
}

/// Counts, by the form of a number, how many numbers that are one shown unit off are found, of how many.
fn mutate(sentence: &str, shown: &Shown, fixed: &BTreeSet<String>, tally: &mut BTreeMap<&str, (u32, u32)>) {
    for token in tokens(sentence).into_iter().filter(|t| !fixed.contains(&t.text)) {
        let form = match token.text.as_str() {
            t if t.starts_with('£') && t.ends_with(['m', 'k']) => "pounds in short",
            t if t.starts_with('£') => "pounds",
            t if t.ends_with('%') => "percentages",
            _ if token.points => "points",
            t if t.contains('.') => "decimals",
            _ => "whole numbers",
        };
        let at = token.text.rfind(|c: char| c.is_ascii_digit()).expect("a digit");
        let digit = token.text.as_bytes()[at] - b'0';
        for other in [(digit + 1) % 10, (digit + 9) % 10] {
            let mut off = token.clone();
            off.text.replace_range(at..=at, &other.to_string());
            let (found, of) = tally.entry(form).or_default();
            *of += 1;
            *found += u32::from(!fixed.contains(&off.text) && !shown.knows(&off));
        }
    }
}
