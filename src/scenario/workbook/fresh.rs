//! The files of a new scenario.

use super::super::document::{Node, SourceFile, Table, Value};
use super::super::kind::Kind;
use super::super::section::{SECTIONS, Section, Shape};
use super::layout::{below, beside_kind, listed_tables, named_tables, whole_tables};
use super::toml_text::{key, value};
use std::fmt::Write;

/// Files, with what each is for and its sections.
const FILES: &[(&str, &str, &[&str])] = &[
    (
        "appraisal.toml",
        "What is appraised, from when, by which rules; front sheet, case and what comes next; inflation.",
        &["appraisal", "paper", "narrative", "objectives", "success_factors", "next_steps", "deflator"],
    ),
    (
        "estate.toml",
        "Bodies, products, running systems, what systems can do, services and what they need.",
        &[
            "organisations",
            "products",
            "instances",
            "external_ends",
            "capabilities",
            "needs",
            "services",
            "flows",
            "same_instance",
            "burden",
        ],
    ),
    ("contracts.toml", "Licences and agreements.", &["contracts"]),
    ("links.toml", "Links between systems.", &["links"]),
    ("migration.toml", "What a move takes.", &["optimism_bias", "roles", "staff_time", "migration", "commitments"]),
    (
        "streams.toml",
        "Further costs and benefits, risks, funding.",
        &["assets", "streams", "risks", "drivers", "correlations", "funding"],
    ),
    ("limits.toml", "When what may happen.", &["milestones", "freezes", "precedence", "hazards", "approvals"]),
    (
        "options.toml",
        "The options, in the order in which they are shown.",
        &["longlist", "gates", "options", "optimise", "what_ifs"],
    ),
    ("criteria.toml", "What is scored, and what counts for whom.", &["criteria", "panels"]),
    ("sources.toml", "Documents that figures refer to.", &["sources"]),
];

/// The files of a scenario.
pub(super) fn files(root: &Table) -> Vec<SourceFile> {
    let file = |(name, about, sections): &(&str, &str, &[&str])| {
        let texts: Vec<String> = sections.iter().filter_map(|s| section_text(root, s)).collect();
        let text = format!("#:schema ./appraisal.schema.json\n# {about}\n\n{}", texts.join("\n"));
        (!texts.is_empty()).then(|| SourceFile { name: (*name).to_owned(), bytes: text.into_bytes() })
    };
    FILES.iter().filter_map(file).collect()
}

/// The file in which a new scenario has a section.
pub(super) fn home(section: &str) -> &'static str {
    FILES.iter().find(|(_, _, sections)| sections.contains(&section)).map_or("appraisal.toml", |(name, ..)| name)
}

fn section_text(root: &Table, name: &str) -> Option<String> {
    let section = SECTIONS.iter().find(|s| s.name == name)?;
    let Value::Table(table) = &root.get(name)?.value else { return None };
    if section.shape == Shape::Single {
        return Some(entry(&[name], table, Some(&section.entry)));
    }
    let bare = table.entries.iter().filter(|(_, (_, n))| !matches!(n.value, Value::Table(_)));
    let mut texts: Vec<String> = Vec::new();
    let bare: String = bare.fold(String::new(), |mut out, (id, (_, node))| {
        let kind = beside_kind(section, id);
        let _ = writeln!(out, "{} = {}", key(id), value(&node.value, kind.as_ref()));
        out
    });
    if !bare.is_empty() || table.entries.is_empty() {
        texts.push(format!("[{name}]\n{bare}"));
    }
    texts.extend(table.entries.iter().filter_map(|(id, (_, node))| named(section, id, node)));
    Some(texts.join("\n"))
}

/// An entry with an id, under a header of its own; `None` if it is not a table.
pub(super) fn named(section: &Section, id: &str, node: &Node) -> Option<String> {
    match &node.value {
        Value::Table(table) => Some(entry(&[section.name, id], table, Some(&section.entry))),
        _ => None,
    }
}

/// A table under a header: its values, then the named tables in it under headers of their own.
pub(super) fn entry(path: &[&str], table: &Table, kind: Option<&Kind>) -> String {
    let header: Vec<String> = path.iter().map(|k| key(k)).collect();
    let mut out = format!("[{}]\n", header.join("."));
    let mut below_it = String::new();
    for (k, (_, node)) in &table.entries {
        let of = kind.and_then(|kind| below(kind, k));
        match (&node.value, of.as_ref().and_then(named_tables)) {
            (Value::Table(inner), Some(of)) if all_tables(inner) => {
                for (id, (_, node)) in &inner.entries {
                    if let Value::Table(inner) = &node.value {
                        let path: Vec<&str> = path.iter().copied().chain([k.as_str(), id.as_str()]).collect();
                        let _ = write!(below_it, "\n{}", entry(&path, inner, Some(&of)));
                    }
                }
            }
            _ => {
                let _ = writeln!(out, "{} = {}", key(k), spread(&node.value, of.as_ref()));
            }
        }
    }
    out + &below_it
}

fn all_tables(table: &Table) -> bool {
    !table.entries.is_empty() && table.entries.values().all(|(_, n)| matches!(n.value, Value::Table(_)))
}

/// A value; a list of several tables with a line for each, and a text of several lines as it is read.
pub(super) fn spread(of: &Value, kind: Option<&Kind>) -> String {
    if let Value::Text(text) = of
        && text.contains('\n')
        && !text.contains(|c: char| c.is_control() && c != '\n')
    {
        let text = text.replace('\\', "\\\\").replace('"', "\\\"");
        return format!("\"\"\"\n{text}\"\"\"");
    }
    match (of, kind.and_then(listed_tables)) {
        (Value::List(items), Some(item)) if items.len() > 1 && whole_tables(items) => {
            let lines: String = items.iter().fold(String::new(), |mut out, i| {
                let _ = writeln!(out, "    {},", value(&i.value, Some(&item)));
                out
            });
            format!("[\n{lines}]")
        }
        _ => value(of, kind),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_has_a_file() {
        for section in SECTIONS {
            let files = FILES.iter().filter(|(_, _, sections)| sections.contains(&section.name)).count();
            assert_eq!(files, 1, "{}", section.name);
        }
    }
}
