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
    let draws = u32::try_from(run.draws).map_or(f64::INFINITY, f64::from);
    let facts = [
        ("Scenario", appraisal.id.clone()),
        ("Position as at", format::date(&appraisal.as_at)),
        ("Engine version", run.engine_version.clone()),
        ("Layout of the result", format!("version {}", appraisal.schema_version)),
        ("Published parameters", run.parameter_set.clone()),
        ("Deflator", appraisal.frame.deflator_source.clone()),
        ("Draws", if run.draws == 0 { "None: the central case alone".to_owned() } else { format::number(draws, 0) }),
        ("Seed of all that is drawn", run.seed.map_or_else(|| "None: nothing is drawn".to_owned(), |seed| seed.to_string())),
        ("SHA-256 of the scenario", run.scenario_sha256.clone()),
        ("SHA-256 of the run", if run.run.is_empty() { NOT_RECORDED.to_owned() } else { run.run.clone() }),
    ];
    let rows = facts.into_iter().map(|(label, value)| Row::new(label, vec![Cell::text(value)])).collect();
    let files = run.files.iter().map(|f| Row::new(&f.name, vec![Cell::text(&f.sha256)])).collect();
    Record {
        run: Table::new("Run record", headings(&["Item", "Value"]), rows),
        files: Table::new("Files of the scenario", headings(&["File", "SHA-256"]), files).if_any(),
        factors: factors(appraisal),
        digest: digest(&run.run),
    }
}

/// Stands for the digest of a run whose results were written before it was recorded.
const NOT_RECORDED: &str = "not recorded";

/// The digest of a run as it is named in texts.
pub(super) fn digest(run: &str) -> String {
    if run.is_empty() { NOT_RECORDED.to_owned() } else { run.chars().take(12).collect() }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn a_run_is_named_with_its_draws_and_its_seed() {
        let mut a = sample::small();
        let record = |a: &Appraisal, label: &str| {
            let rows = view(a).run.rows;
            rows.iter().find(|r| r.heading == label).expect("a row").cells[0].text.clone()
        };
        (a.provenance.draws, a.provenance.seed) = (12_000, Some(7));
        assert_eq!(record(&a, "Draws"), "12,000");
        assert_eq!(record(&a, "Seed of all that is drawn"), "7");
        assert_eq!(record(&a, "SHA-256 of the run"), a.provenance.run);
        assert_eq!(view(&a).digest, &a.provenance.run[..12]);
        (a.provenance.draws, a.provenance.seed) = (0, None);
        a.provenance.run.clear();
        assert!(record(&a, "Draws").starts_with("None") && record(&a, "Seed of all that is drawn").starts_with("None"));
        assert_eq!(view(&a).digest, "not recorded");
    }
}
