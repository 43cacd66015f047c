//! The options in the author's words.

use super::names::Names;
use crate::report::format;
use serde::Serialize;

/// An option as the author describes it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Described {
    name: String,
    /// Kind, and role in the Green Book's list where the author gave one.
    kind: String,
    text: Option<String>,
}

pub(super) fn view(names: Names<'_>) -> Vec<Described> {
    let described = |o: &crate::appraisal::result::OptionResult| {
        let kind = format::words(&o.kind);
        let role = o.role.as_deref().map(format::words).filter(|role| *role != kind);
        let kind = role.map_or_else(|| kind.clone(), |role| format!("{kind}; {}", format::uncapitalised(&role)));
        Described { name: o.name.clone(), kind, text: o.description.clone() }
    };
    names.0.options.iter().map(described).collect()
}
