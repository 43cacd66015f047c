//! Which option of one appraisal is which of the other.

use crate::appraisal::result::{Appraisal, OptionResult};

/// Options by position in the first and in the second; none where one of them has it not. In the order of the second,
/// then those that are only in the first.
pub(super) type Pairs = Vec<(Option<usize>, Option<usize>)>;

/// Options of the same id are the same. Of the others those of one kind are that have the same name, or else the same
/// plan, links and cost: an option whose id was changed is no new option.
pub(super) fn options(a: &Appraisal, b: &Appraisal) -> Pairs {
    let mut of: Vec<Option<usize>> = b.options.iter().map(|o| a.options.iter().position(|x| x.id == o.id)).collect();
    let likeness: [fn(&OptionResult, &OptionResult) -> bool; 2] = [
        |x, y| x.kind == y.kind && x.name == y.name,
        |x, y| x.kind == y.kind && x.plan == y.plan && x.links == y.links && x.cost == y.cost,
    ];
    for alike in likeness {
        for (j, option) in b.options.iter().enumerate().filter(|(j, _)| of[*j].is_none()).collect::<Vec<_>>() {
            let free = |i: &usize| !of.contains(&Some(*i)) && b.options.iter().all(|o| o.id != a.options[*i].id);
            of[j] = (0..a.options.len()).filter(free).find(|i| alike(&a.options[*i], option));
        }
    }
    let gone: Vec<usize> = (0..a.options.len()).filter(|i| !of.contains(&Some(*i))).collect();
    let there = of.into_iter().enumerate().map(|(j, i)| (i, Some(j)));
    there.chain(gone.into_iter().map(|i| (Some(i), None))).collect()
}
