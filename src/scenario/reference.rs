//! The scenario reference as Markdown, from the same declarations that the reader works by.

use super::fields::Spec;
use super::kind::Kind;
use super::problem::Code;
use super::section::{SECTIONS, Shape, beside};
use std::fmt::Write;

/// Every section and key, and every code of a problem.
#[must_use]
pub fn markdown() -> String {
    let mut out = String::from(HEAD);
    for section in SECTIONS {
        let heading =
            if section.shape == Shape::Single { format!("[{}]", section.name) } else { format!("[{}.ID]", section.name) };
        let _ = write!(out, "\n## `{heading}`\n\n{}\n", section.doc);
        if section.shape != Shape::Single {
            let _ = write!(out, "\nAlso as `{}.csv`, one row for each, with a column `id`.\n", section.name);
        }
        for field in beside(section.name).iter().flat_map(|group| group.iter()) {
            let (section, words) = (section.name, field.kind.words());
            let _ = write!(out, "\nIn `[{section}]` itself: `{}` = {words}. {}.\n", field.key, field.doc);
        }
        match section.entry {
            Kind::Table(spec) => tables(&mut out, section.name, spec),
            other => {
                let _ = write!(out, "\nEach is a {}.\n", other.words());
                inner(&mut out, section.name, &other);
            }
        }
    }
    out.push_str("\n## An estimate\n\nAny number may be a plain value or a table:\n");
    tables(&mut out, "estimate", &[super::fields::ESTIMATE]);
    out.push_str("\n## Problems\n\n| code | meaning |\n|---|---|\n");
    for code in Code::ALL {
        let _ = writeln!(out, "| `{}` | {} |", code.word(), code.meaning().trim());
    }
    out
}

/// A table, and those within it under headings of their own.
fn tables(out: &mut String, path: &str, spec: Spec) {
    table(out, spec);
    for field in spec.iter().flat_map(|s| s.iter()) {
        inner(out, &format!("{path}.{}", field.key), &field.kind);
    }
}

fn inner(out: &mut String, path: &str, kind: &Kind) {
    for (suffix, spec) in kind.tables() {
        let path = format!("{path}{suffix}");
        let _ = write!(out, "\n### `{path}`\n");
        tables(out, &path, spec);
    }
}

fn table(out: &mut String, groups: Spec) {
    out.push_str("\n| key | what stands there | needed | meaning |\n|---|---|---|---|\n");
    for field in groups.iter().flat_map(|g| g.iter()) {
        let needed = if field.required { "yes" } else { "" };
        let _ = writeln!(out, "| `{}` | {} | {needed} | {} |", field.key, field.kind.words(), field.doc);
    }
}

const HEAD: &str = "\
# Scenario reference

Generated from the reader's own declarations; a test fails when it is stale.

A scenario is one `.toml` file, or a folder with any number of `.toml` and `.csv` files. A section may
be spread over files; an id may be given once. A CSV file is the section it is named after; a dotted
column such as `users.low` or `coverage.rio` is a table within the row; empty cells are not given.

Numbers may be written `1300000`, `1_300_000`, `\"1,300,000\"`, `\"£1.3m\"`, `\"£850k\"`, `\"3.5%\"`. Dates are
`2026-03-31` (31/03/2026, the day first, and 31 March 2026 are read as well). A month is given by a day in it; a quarter, `\"2026/27 Q3\"`, or a financial year, `\"2026/27\"`,
stands for its first month.
A plain number counts as without a source; `source`, `evidence`, `quality` and `basis` given in a table hold for
every number in it and in its inner tables that does not say otherwise.

Needed are `[appraisal]`, `[deflator]` with a source, and options of which one is business as usual; criteria
need a panel; services that move need `[staff_time]` and the kind of move in `[migration]`. The rest is as the
case needs. `scenarios/worked-example/appraisal.toml` is a small whole.

Go-lives are the first day of a quarter. Amounts of money are in year-0 prices, except the prices of
contracts, which are cash prices of the year they say.
";
