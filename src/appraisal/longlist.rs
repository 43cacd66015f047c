//! The long list as plain data.

use super::result::{LonglistCategory, LonglistChoice};
use crate::programme::{Choice, ChoiceCategory, Programme};

/// Categories that have choices, in the Green Book's order.
pub(super) fn longlist(programme: &Programme) -> Vec<LonglistCategory> {
    let choice = |c: &Choice| LonglistChoice {
        id: c.id.clone(),
        name: c.name.clone(),
        usual: c.usual,
        rating: c.rating.word().to_owned(),
        consequence: c.rating.consequence().to_owned(),
        reason: c.reason.clone(),
        options: c.options.iter().map(|o| programme.options[o.0].id.clone()).collect(),
    };
    let category = |category: ChoiceCategory| LonglistCategory {
        category: category.word().to_owned(),
        choices: programme.longlist.iter().filter(|c| c.category == category).map(choice).collect(),
    };
    ChoiceCategory::ALL.into_iter().map(category).filter(|c| !c.choices.is_empty()).collect()
}
