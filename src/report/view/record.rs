//! Warnings and the run record.

use super::table::Cell;
use super::table::Row;
use super::table::Table;
use super::table::headings;
use crate::appraisal::result::Appraisal;
use crate::report::format;
use serde::Serialize;

/// A warning.
#[derive(Debug, Clone, Serialize)]
pub(super) struct WarningView {
    code: String,
    message: String,
}

/// What was run, on what.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Record {
    run: Table,
    files: Option<Table>,
    factors: Option<Table>,
    digest: String,
}

pub(super) fn warnings(appraisal: &Appraisal) -> Vec<WarningView> {
    appraisal.warnings.iter().map(|w| WarningView { code: w.code.clone(), message: w.message.clone() }).collect()
}

pub(super) fn view(appraisal: &Appraisal) -> Record {
    let run = &appraisal.provenance;
    let facts = [
        ("Scenario", appraisal.id.clone()),
        ("Position as at", format::date(&appraisal.as_at)),
        ("Engine version", run.engine_version.clone()),
        ("Layout of the result", format!("version {}", appraisal.schema_version)),
        ("Published parameters", run.parameter_set.clone()),
        ("Deflator", appraisal.frame.deflator_source.clone()),
        ("SHA-256 of the scenario", run.scenario_sha256.clone()),
    ];
    let rows = facts.into_iter().map(|(label, value)| Row::new(label, vec![Cell::text(value)])).collect();
    let files = run.files.iter().map(|f| Row::new(&f.name, vec![Cell::text(&f.sha256)])).collect();
    Record {
        run: Table::new("Run record", headings(&["Item", "Value"]), rows),
        files: Table::new("Files of the scenario", headings(&["File", "SHA-256"]), files).if_any(),
        factors: factors(appraisal),
        digest: run.scenario_sha256.chars().take(12).collect(),
    }
}

fn factors(appraisal: &Appraisal) -> Option<Table> {
    let frame = &appraisal.frame;
    let at = |all: &[f64], i: usize| Cell::number(all.get(i).map_or_else(|| format::NONE.to_owned(), |v| format::number(*v, 4)));
    let rows = frame
        .years
        .iter()
        .enumerate()
        .map(|(i, year)| Row::new(year, vec![at(&frame.discount_factors, i), at(&frame.deflator, i)]))
        .collect();
    let columns = headings(&["Year", "Discount factor", "Deflator"]);
    Table::new("Discount factors and deflator by year", columns, rows).if_any()
}
