//! What is left behind on systems that are left, in words.

use super::Case;
use super::result::{ArchiveOption, ArchiveResult, TerminalLiability};
use crate::costing::{Alternative, LeftBehind, RuledOut};
use crate::programme::{Archive, Programme, Way};
use crate::quantity::{Month, pounds};

/// What is left behind under one option.
pub(super) fn results(case: &Case<'_>, option: usize) -> Vec<ArchiveResult> {
    found(case, option).map(|(left, archive)| result(case.programme, left, archive)).collect()
}

/// What has to be paid after the period for what is left behind under one option; none where nothing is.
pub(super) fn liability(case: &Case<'_>, option: usize) -> Option<TerminalLiability> {
    let kept = found(case, option).filter_map(|(left, _)| Some((left, &left.alternatives[left.chosen?])));
    let owed: Vec<_> = kept.filter(|(_, a)| a.liability_real > 0.0).collect();
    let until = owed.iter().map(|(left, _)| left.until).max()?;
    Some(TerminalLiability {
        real: owed.iter().map(|(_, a)| a.liability_real).sum(),
        present: owed.iter().map(|(_, a)| a.liability).sum(),
        until: last_day(until),
    })
}

/// What is left behind, with the ways of keeping it.
pub(super) fn found<'a>(case: &'a Case<'_>, option: usize) -> impl Iterator<Item = (&'a LeftBehind, &'a Archive)> {
    let all = case.outcome.options[option].costing.archives.iter();
    all.filter_map(|left| Some((left, case.programme.instances[left.instance.0].archive.as_ref()?)))
}

/// The last day before a month.
fn last_day(month: Month) -> String {
    month.plus(-1).last_day().to_string()
}

fn result(programme: &Programme, left: &LeftBehind, archive: &Archive) -> ArchiveResult {
    let chosen = left.chosen.map(|c| &left.alternatives[c]);
    ArchiveResult {
        instance: programme.instances[left.instance.0].id.clone(),
        left: left.left.first_day().to_string(),
        until: last_day(left.until),
        records: left.records,
        strategy: left.chosen.map(|c| archive.strategies[c].name.clone()),
        why: why(left, archive),
        present: chosen.map(|a| a.own + a.invoiced),
        invoiced: chosen.map(|a| a.invoiced),
        liability_real: chosen.map(|a| a.liability_real),
        liability: chosen.map(|a| a.liability),
        alternatives: left.alternatives.iter().zip(&archive.strategies).map(|(a, s)| alternative(a, &s.name, &s.way)).collect(),
    }
}

fn alternative(a: &Alternative, name: &str, way: &Way) -> ArchiveOption {
    let kind = match way {
        Way::ReadOnlyLicence => "read_only_licence",
        Way::ExtractToArchive { .. } => "extract_to_archive",
        Way::MigrateAll { .. } => "migrate_all",
        Way::RekeyOpenCases { .. } => "rekey_open_cases",
    };
    ArchiveOption {
        name: name.to_owned(),
        kind: kind.to_owned(),
        ruled_out: a.ruled_out.as_ref().map(reason),
        present: a.own + a.invoiced,
        contracts: a.contracts,
        liability: a.liability,
        total: a.total(),
    }
}

/// Why a way cannot be had, as the end of a sentence.
pub(super) fn reason(ruled_out: &RuledOut) -> String {
    let day = |date: jiff::civil::Date| date.strftime("%-d %B %Y").to_string();
    match ruled_out {
        RuledOut::Reason(reason) => reason.clone(),
        RuledOut::OnlyForRest => "keeps only what is not re-keyed".to_owned(),
        RuledOut::NoAccess => "no contract gives read-only access".to_owned(),
        RuledOut::Ends { from, needed } => format!(
            "records could be read to {} and have to be to {}",
            day(from.plus(-1).last_day()),
            day(needed.plus(-1).last_day())
        ),
    }
}

/// Why a way was taken: what the next cheapest comes to, and what could not be had.
fn why(left: &LeftBehind, archive: &Archive) -> String {
    let name = |i: usize| archive.strategies[i].name.as_str();
    let named = left.alternatives.iter().enumerate();
    let mut sentences = Vec::new();
    match left.chosen {
        None => sentences.push("No way of keeping the records can be had, so contracts alone say what is kept.".to_owned()),
        Some(chosen) => {
            let total = |i: usize| left.alternatives[i].total();
            let others = named.clone().filter(|(i, a)| *i != chosen && a.ruled_out.is_none());
            sentences.push(match others.min_by(|(_, a), (_, b)| a.total().total_cmp(&b.total())) {
                Some((next, _)) if pounds(total(next)) == pounds(total(chosen)) => {
                    format!("Costs no more than {}, and stands before it.", name(next))
                }
                Some((next, _)) => {
                    format!("Comes to {} in all; the next, {}, to {}.", pounds(total(chosen)), name(next), pounds(total(next)))
                }
                None => "The only way that can be had.".to_owned(),
            });
        }
    }
    let out = named.filter_map(|(i, a)| Some(format!("{}: {}.", name(i), reason(a.ruled_out.as_ref()?))));
    sentences.extend(out);
    sentences.join(" ")
}
