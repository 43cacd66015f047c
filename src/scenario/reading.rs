//! What is shared while a scenario is read: its files, the faults found so far, the register being filled,
//! and the ids of all sections.

use super::document::{Files, Span, Table};
use super::estimate::Provenance;
use super::fields::{Field, Fields};
use super::problem::{Code, Problem, Severity, did_you_mean, one_of};
use crate::assumption::Register;
use indexmap::IndexMap;
use std::cell::{Ref, RefCell};

/// All that reading needs: files, faults found so far, the register, and the ids of all sections.
pub(super) struct Reading {
    pub(super) files: Files,
    pub(super) problems: RefCell<Vec<Problem>>,
    pub(super) register: RefCell<Register>,
    ids: IndexMap<String, IndexMap<String, Span>>,
    /// Stands for a section that is not given, so that its defaults are read like any other.
    pub(super) absent: Table,
}

impl Reading {
    pub(super) fn new(files: Files, problems: Vec<Problem>, ids: IndexMap<String, IndexMap<String, Span>>) -> Self {
        Self {
            files,
            problems: RefCell::new(problems),
            register: RefCell::new(Register::default()),
            ids,
            absent: Table::absent(),
        }
    }

    pub(super) fn report(&self, problem: Problem) {
        self.problems.borrow_mut().push(problem);
    }

    pub(super) fn register(&self) -> Ref<'_, Register> {
        self.register.borrow()
    }

    pub(super) fn finish(self) -> (Files, Vec<Problem>, Register) {
        (self.files, self.problems.into_inner(), self.register.into_inner())
    }

    pub(super) fn has_errors(&self) -> bool {
        self.problems.borrow().iter().any(|p| p.severity == Severity::Error)
    }

    /// The ids of a section, in the programme's order.
    pub(super) fn ids(&self, section: &str) -> impl Iterator<Item = &str> {
        self.ids.get(section).into_iter().flat_map(|m| m.keys().map(String::as_str))
    }

    /// Where an id of a section is given.
    pub(super) fn place(&self, section: &str, index: usize) -> Option<Span> {
        self.ids.get(section)?.get_index(index).map(|(_, span)| *span)
    }

    /// The position of an id in its section; a fault if there is none.
    pub(super) fn resolve(&self, section: &str, id: &str, at: Span) -> Option<usize> {
        let known = self.ids.get(section);
        if let Some(index) = known.and_then(|ids| ids.get_index_of(id)) {
            return Some(index);
        }
        let hint = match did_you_mean(id, self.ids(section)) {
            Some(close) => format!("did you mean `{close}`?"),
            None => match self.ids(section).collect::<Vec<_>>().as_slice() {
                [] => format!("the scenario has no [{section}]; add one"),
                names if section == "products" && names.len() <= 12 => format!(
                    "[products] has {}, with those of a library of defaults that are used; describe another in [products.{id}]",
                    one_of(names)
                ),
                names if names.len() <= 12 => format!("[{section}] has {}", one_of(names)),
                names => format!("[{section}] has {} entries; use the id of one of them", names.len()),
            },
        };
        self.report(Problem::new(Code::UnknownReference, at, format!("nothing in [{section}] has the id `{id}`")).hint(hint));
        None
    }

    /// A section that is not given.
    pub(super) fn absent<'r>(&'r self, path: &str, spec: &'static [&'static [Field]]) -> Fields<'r> {
        self.open(path, &self.absent, spec)
    }

    /// A table with the keys it may have.
    pub(super) fn open<'r>(&'r self, path: impl Into<String>, table: &'r Table, spec: &'static [&'static [Field]]) -> Fields<'r> {
        self.open_in(path.into(), table, spec, Provenance::default())
    }

    pub(super) fn open_in<'r>(
        &'r self,
        path: String,
        table: &'r Table,
        spec: &'static [&'static [Field]],
        outer: Provenance,
    ) -> Fields<'r> {
        let provenance = Provenance::of(table, spec, outer);
        let fields = Fields { reading: self, path, table, spec, place: table.at, provenance };
        fields.refuse_unknown_keys();
        fields
    }
}
