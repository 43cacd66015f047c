//! Named what-ifs: the same options in another world.

use super::{ContractIx, Expiry};
use crate::assumption::{Handle, Register, Values};

/// One world: some numbers are others, go-lives are late, contracts end otherwise.
#[derive(Debug, Clone)]
pub struct WhatIf {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Why it is asked, in the author's words.
    pub because: Option<String>,
    /// Numbers that are others.
    pub numbers: Vec<Change>,
    /// Months by which every go-live of an option's own slips, of moves and of links; commitments do not.
    pub slip: usize,
    /// What becomes of contracts in every option.
    pub expiry: Vec<(ContractIx, Expiry)>,
}

/// Some numbers of the register, and what becomes of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// A driver, or the path of a number in which `*` stands for anything.
    pub which: String,
    /// What becomes of them.
    pub how: How,
}

/// What becomes of a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum How {
    /// So many times what it is.
    Times(f64),
    /// This.
    To(f64),
}

impl Change {
    /// The numbers that are meant.
    pub fn numbers<'a>(&'a self, register: &'a Register) -> impl Iterator<Item = Handle> + 'a {
        let meant =
            |a: &crate::assumption::Assumption| a.varies_with.as_deref() == Some(self.which.as_str()) || fits(&self.which, &a.id);
        register.iter().filter(move |(_, a)| meant(a)).map(|(handle, _)| handle)
    }
}

impl WhatIf {
    /// The numbers of that world, each within what its unit allows. Of two changes of one number the later counts on top
    /// of the earlier.
    #[must_use]
    pub fn on(&self, register: &Register, values: &Values) -> Values {
        let mut other = values.clone();
        for change in &self.numbers {
            for handle in change.numbers(register) {
                let (least, most) = register.get(handle).unit.range();
                let number = match change.how {
                    How::Times(times) => other.get(handle) * times,
                    How::To(number) => number,
                };
                other.set(handle, number.clamp(least, most));
            }
        }
        other
    }
}

/// Whether a path is as a pattern says, in which `*` stands for any letters or none.
fn fits(pattern: &str, path: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| path.strip_prefix(first)) else { return false };
    let mut last = None;
    for part in parts {
        if let Some(before) = last.replace(part) {
            match rest.find(before) {
                Some(at) => rest = &rest[at + before.len()..],
                None => return false,
            }
        }
    }
    last.map_or(rest.is_empty(), |end: &str| rest.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn patterns_fit_paths() {
        for (pattern, path) in [
            ("a.b", "a.b"),
            ("a.*", "a.b.c"),
            ("*.c", "a.b.c"),
            ("migration.*.dip*loss", "migration.cross_product.dip[1].loss"),
            ("*", "anything"),
            ("a*b*c", "axbxbc"),
            ("a*", "a"),
        ] {
            assert!(fits(pattern, path), "{pattern} {path}");
        }
        for (pattern, path) in [("a.b", "a.b.c"), ("a.*.z", "a.b.c"), ("b*", "a.b"), ("a*b", "a"), ("aa*a", "aa"), ("", "a")] {
            assert!(!fits(pattern, path), "{pattern} {path}");
        }
    }
}
