//! Two appraisals side by side: what was put in differently, what came out differently, and how much of it each change
//! explains.
//!
//! Inputs are compared by the ids of the register and by what the files say, leaf by leaf
//! ([`crate::scenario::outline`]); where only a saved result is at hand, by what the result keeps of them. For two
//! scenarios changes are made one at a time and evaluated by [`crate::outcome::evaluate`], the one function that
//! evaluates everything, so that the steps and a remainder add up to the whole movement.

mod attribution;
mod input;
mod output;
mod pairing;
mod wording;

use crate::appraisal::Examined;
use crate::appraisal::result::comparison::{Comparison, Side};
use crate::appraisal::result::{Appraisal, SCHEMA_VERSION};
use crate::scenario::SourceFile;
use crate::scenario::outline::{self, Statement};

/// One of the two that are compared.
#[derive(Debug, Clone, Copy)]
pub enum Subject<'a> {
    /// A scenario with its files.
    Scenario(&'a Examined<'a>, &'a [SourceFile]),
    /// A saved result.
    Saved(&'a Appraisal),
}

impl<'a> Subject<'a> {
    pub(crate) fn appraisal(self) -> &'a Appraisal {
        match self {
            Self::Scenario(examined, _) => &examined.appraisal,
            Self::Saved(appraisal) => appraisal,
        }
    }

    /// What was put in but for numbers of the register: what files say if both are files, else what results keep.
    fn statements(self, by_files: bool) -> Vec<Statement> {
        match self {
            Self::Scenario(_, sources) if by_files => outline::outline(sources),
            _ => input::kept(self.appraisal()),
        }
    }

    fn side(self, path: &str) -> Side {
        let a = self.appraisal();
        Side {
            path: path.to_owned(),
            kind: if matches!(self, Self::Scenario(..)) { "scenario" } else { "result" }.to_owned(),
            id: a.id.clone(),
            title: a.title.clone(),
            scenario_sha256: a.provenance.scenario_sha256.clone(),
            run: a.provenance.run.clone(),
            headline: a.headline.text.clone(),
        }
    }
}

/// Compares two appraisals, each with the path by which it was given.
///
/// # Method
/// `docs/method.md`, section 32.
#[must_use]
pub fn compare(first: (&str, Subject<'_>), second: (&str, Subject<'_>)) -> Comparison {
    let (a, b) = (first.1, second.1);
    let by_files = matches!((a, b), (Subject::Scenario(..), Subject::Scenario(..)));
    let said = (a.statements(by_files), b.statements(by_files));
    let numbers = input::numbers(a.appraisal(), b.appraisal());
    let mut entries = input::entries((a.appraisal(), &said.0), (b.appraisal(), &said.1));
    let pairs = pairing::options(a.appraisal(), b.appraisal());
    let (attribution, unattributed) = match (a, b) {
        (Subject::Scenario(one, _), Subject::Scenario(other, _)) => {
            let found = attribution::attribution((one, other), &pairs, (&said.1, &numbers), &mut entries);
            (Some(found), None)
        }
        _ => (None, Some(wording::UNATTRIBUTED.to_owned())),
    };
    let mut comparison = Comparison {
        schema_version: SCHEMA_VERSION,
        first: a.side(first.0),
        second: b.side(second.0),
        sentences: Vec::new(),
        run: input::run(a.appraisal(), b.appraisal()),
        numbers,
        entries,
        options: output::movements(a.appraisal(), b.appraisal(), &pairs),
        attribution,
        unattributed,
    };
    comparison.sentences = wording::sentences(&comparison, a.appraisal(), b.appraisal());
    comparison
}
