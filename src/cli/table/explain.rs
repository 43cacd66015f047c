//! An explanation as a tree of text.

use super::plain;
use crate::explain::{AssumptionBasis, Explainer, Explanation, Rule};
use crate::quantity::{fixed, grouped};
use std::fmt::Write;

/// What can be asked, in groups.
pub(in crate::cli) fn groups(explainer: &Explainer<'_>) -> String {
    let mut out = String::from("What can be explained, down to the numbers of the scenario:\n");
    for group in explainer.groups() {
        let count = group.items.len();
        let _ = write!(out, "\n{} ({count} {})\n", group.about, if count == 1 { "number" } else { "numbers" });
        for pattern in &group.patterns {
            let _ = writeln!(out, "  {}", plain(pattern));
        }
        if let Some(first) = group.items.first() {
            let shown = first.strip_prefix("assumptions.").and_then(|id| id.strip_suffix(".value")).unwrap_or(first);
            let _ = writeln!(out, "  such as {}", plain(shown));
        }
    }
    out + "\nAny other number of appraisal.json says how it came about. `--format json` lists every path."
}

/// A number with what is under it: so many floors, so many operands of each.
pub(in crate::cli) fn tree(explainer: &Explainer<'_>, explanation: &Explanation, (depth, width): (usize, usize)) -> String {
    let mut out = String::new();
    if let Some(item) = &explanation.item {
        let _ = writeln!(out, "{}", plain(item));
    }
    let mut tree = Tree { explainer, width, out };
    tree.node(explanation, ("", ""), depth);
    tree.out.trim_end().to_owned()
}

struct Tree<'a> {
    explainer: &'a Explainer<'a>,
    width: usize,
    out: String,
}

impl Tree<'_> {
    fn line(&mut self, lead: &str, text: &str) {
        let _ = writeln!(self.out, "{lead}{}", plain(text));
    }

    fn node(&mut self, node: &Explanation, (lead, below): (&str, &str), depth: usize) {
        self.line(lead, &format!("{} = {}", node.name, amount(node.value, &node.unit)));
        let method = node.method.map_or_else(String::new, |m| format!("   [docs/method.md, {m}]"));
        let rule = rule(node);
        if !node.formula.is_empty() {
            self.line(below, &format!("  {rule}{}{method}", node.formula));
        } else if !rule.is_empty() {
            self.line(below, &format!("  {}{method}", rule.trim_end_matches(": ")));
        }
        if let Some(note) = &node.note {
            self.line(below, &format!("  {note}"));
        }
        let inputs: Vec<&str> =
            if node.rule == Rule::Register { Vec::new() } else { node.rests_on.iter().map(String::as_str).collect() };
        if node.rule == Rule::Register {
            for basis in self.explainer.bases(&node.rests_on) {
                for text in basis_lines(&basis) {
                    self.line(below, &format!("  {text}"));
                }
            }
        }
        if depth == 0 {
            let under = node.operands.len() + inputs.len();
            if under > 0 {
                let lines = below_count(node);
                self.line(below, &format!("  … and {lines} more {} below (--depth)", if lines == 1 { "line" } else { "lines" }));
            }
            return;
        }
        self.operands(node, &inputs, (below, depth));
    }

    fn operands(&mut self, node: &Explanation, inputs: &[&str], (below, depth): (&str, usize)) {
        let mut order: Vec<&Explanation> = node.operands.iter().collect();
        if matches!(node.rule, Rule::Sum | Rule::Median | Rule::GeometricMean) {
            order.sort_by(|a, b| b.value.abs().total_cmp(&a.value.abs()));
        }
        let (shown, rest) = order.split_at(order.len().min(self.width));
        let last_operand = inputs.is_empty() && rest.is_empty();
        for (i, operand) in shown.iter().enumerate() {
            let last = last_operand && i + 1 == shown.len();
            let (lead, under) = branch(below, last);
            self.node(operand, (&lead, &under), depth - 1);
        }
        if !rest.is_empty() {
            let (lead, _) = branch(below, inputs.is_empty());
            let together = match node.rule {
                Rule::Sum => format!(", together {}", amount(rest.iter().map(|r| r.value).sum(), &node.unit)),
                _ => String::new(),
            };
            let plural = if rest.len() == 1 { "line" } else { "lines" };
            self.line(&lead, &format!("… and {} more {plural}{together} (--width)", rest.len()));
        }
        if !inputs.is_empty() {
            self.inputs(inputs, below);
        }
    }

    /// The numbers of the register that the engine read, with where they stand.
    fn inputs(&mut self, inputs: &[&str], below: &str) {
        let (lead, under) = branch(below, true);
        let count = inputs.len();
        self.line(&lead, &format!("rests on {count} {} of the scenario", if count == 1 { "number" } else { "numbers" }));
        let ids: Vec<String> = inputs.iter().take(self.width).map(|i| (*i).to_owned()).collect();
        let bases = self.explainer.bases(&ids);
        let rest = count - bases.len();
        for (i, basis) in bases.iter().enumerate() {
            let (lead, below) = branch(&under, rest == 0 && i + 1 == bases.len());
            let a = basis.assumption;
            self.line(&lead, &format!("{} = {}", a.name, amount(a.value, &a.unit)));
            for text in basis_lines(basis) {
                self.line(&below, &format!("  {text}"));
            }
        }
        if rest > 0 {
            let (lead, _) = branch(&under, true);
            self.line(&lead, &format!("… and {rest} more {} (--width)", if rest == 1 { "number" } else { "numbers" }));
        }
    }
}

/// The two strokes before a branch: before its first line, and before what is under it.
fn branch(below: &str, last: bool) -> (String, String) {
    if last { (format!("{below}└─ "), format!("{below}   ")) } else { (format!("{below}├─ "), format!("{below}│  ")) }
}

/// Lines that are not shown under a number.
fn below_count(node: &Explanation) -> usize {
    let own = if node.rule == Rule::Register { 0 } else { node.rests_on.len() };
    own + node.operands.iter().map(|o| 1 + below_count(o)).sum::<usize>()
}

/// How a value follows from its operands, before the formula.
fn rule(node: &Explanation) -> &'static str {
    match node.rule {
        Rule::Sum if !node.operands.is_empty() => "sum: ",
        Rule::Sum => "nothing to add: ",
        Rule::Difference => "difference: ",
        Rule::Product => "product: ",
        Rule::Quotient => "quotient: ",
        Rule::Same => "the same as: ",
        Rule::Negative => "sign turned: ",
        Rule::Median => "median: ",
        Rule::GeometricMean => "geometric mean: ",
        Rule::PlaceFromMost | Rule::PlaceFromLeast => "place: ",
        Rule::Register => "",
        Rule::Scenario => "as given in the scenario: ",
        Rule::Published => "published: ",
        Rule::Ledger => "entered by the engine: ",
        Rule::Engine => "worked out by the engine: ",
        Rule::Drawn => "from draws: ",
    }
}

/// Where a number stands, as written, with what it rests on.
fn basis_lines(basis: &AssumptionBasis<'_>) -> Vec<String> {
    let a = basis.assumption;
    let origin = if a.origin == "given" { format!("{}:{}", a.file, a.line) } else { format!("default ({}:{})", a.file, a.line) };
    let written = basis.written.as_ref().map_or_else(String::new, |w| format!("   written: {}", w.0));
    let mut lines = vec![format!("{}   {origin}{written}", a.id)];
    let mut facts = vec![format!("evidence: {}", a.evidence)];
    facts.extend(a.quality.as_ref().map(|q| format!("quality: {q}")));
    if let (Some(low), Some(high)) = (a.low, a.high) {
        facts.push(format!("range: {} to {}", amount(low, &a.unit), amount(high, &a.unit)));
    }
    facts.push(a.source.as_ref().map_or_else(|| "no source".to_owned(), |s| format!("source: {s}")));
    lines.push(facts.join("; "));
    for source in &basis.sources {
        let more = [source.publisher.as_ref(), source.date.as_ref()].into_iter().flatten();
        let more: Vec<&str> = more.map(String::as_str).collect();
        let more = if more.is_empty() { String::new() } else { format!(" ({})", more.join(", ")) };
        lines.push(format!("{}: {}{more}", source.id, source.title));
    }
    lines.extend(a.basis.as_ref().map(|b| format!("because: {b}")));
    lines
}

/// A value with its unit: pounds and pence, other numbers to as many places as they need.
pub(super) fn amount(value: f64, unit: &str) -> String {
    if let Some(rest) = unit.strip_prefix('£') {
        let text = grouped(value, 2);
        let rest = rest.trim();
        let pounds = text.strip_prefix('\u{2212}').map_or_else(|| format!("£{text}"), |t| format!("\u{2212}£{t}"));
        return if rest.is_empty() { pounds } else { format!("{pounds} {rest}") };
    }
    let places = if value.fract() == 0.0 {
        0
    } else if value.abs() >= 1000.0 {
        2
    } else {
        6
    };
    let text = if value.abs() >= 1000.0 { grouped(value, places) } else { fixed(value, places) };
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text };
    if unit.is_empty() { text } else { format!("{text} {unit}") }
}
