//! `[longlist]`.

use super::{Section, Shape, entries};
use crate::programme::{Choice, ChoiceCategory, OptionDefinition, OptionIx, OptionKind, OptionRole, Rating};
use crate::scenario::document::{Span, Table};
use crate::scenario::fields::{Fields, may, must};
use crate::scenario::kind::Kind;
use crate::scenario::problem::{Code, Problem};
use crate::scenario::reading::Reading;

/// `[longlist]`.
pub(crate) const LONGLIST: Section = Section {
    name: "longlist",
    shape: Shape::Ordered,
    doc: "Choices of the long list by category, each rated with its reason (options framework filter, Green Book 2026, 5.25-5.35). In each category one choice is green.",
    entry: Kind::Table(&[&[
        may("name", Kind::Text, "Name; the id if not given"),
        must(
            "category",
            Kind::OneOf(&["scope", "solution", "delivery", "implementation", "funding"]),
            "Category; choices are made in this order",
        ),
        must(
            "rating",
            Kind::OneOf(&["green", "amber", "red"]),
            "green: meets the critical success factors best; amber: meets them less well; red: does not meet them",
        ),
        must("reason", Kind::Text, "Why, with the evidence"),
        may("usual", Kind::Flag, "Whether it is what happens today; false if not given"),
        may("options", Kind::Ids("options"), "Options that make this choice"),
    ]]),
};

/// Reads `[longlist]`.
pub(in crate::scenario) fn read(reading: &Reading, root: &Table, options: &[OptionDefinition]) -> Vec<Choice> {
    let read: Vec<(Choice, Span)> =
        entries(reading, root, &LONGLIST).into_iter().map(|(id, f)| (choice(id, &f), f.table.at)).collect();
    if !reading.has_errors() {
        one_green(reading, &read);
        options_fit(reading, &read, options);
    }
    let mut choices: Vec<Choice> = read.into_iter().map(|(c, _)| c).collect();
    choices.sort_by_key(|c| c.category);
    choices
}

fn choice(id: String, f: &Fields<'_>) -> Choice {
    for key in ["category", "rating"] {
        if !f.has(key) {
            f.missing(key);
        }
    }
    let categories = ChoiceCategory::ALL.map(|c| (c.word(), c));
    let ratings = [Rating::Green, Rating::Amber, Rating::Red].map(|r| (r.word(), r));
    Choice {
        name: f.text("name").unwrap_or_else(|| id.clone()),
        id,
        category: f.choice("category", &categories).unwrap_or(ChoiceCategory::Scope),
        rating: f.choice("rating", &ratings).unwrap_or(Rating::Amber),
        reason: f.text_required("reason"),
        usual: f.flag("usual").unwrap_or(false),
        options: f.references("options", "options").unwrap_or_default().into_iter().map(OptionIx).collect(),
    }
}

/// In each category one choice is preferred, and at most one is today's.
fn one_green(reading: &Reading, read: &[(Choice, Span)]) {
    for category in ChoiceCategory::ALL {
        let within = || read.iter().filter(move |(c, _)| c.category == category);
        let Some((_, first)) = within().next() else { continue };
        let greens: Vec<_> = within().filter(|(c, _)| c.rating == Rating::Green).collect();
        if greens.len() != 1 {
            let at = greens.get(1).map_or(*first, |(_, at)| *at);
            let message =
                format!("{} choices of {} are green", if greens.is_empty() { "no" } else { "several" }, category.word());
            let hint = "rate the one that meets the critical success factors best green (Green Book 2026, 5.26)";
            reading.report(Problem::new(Code::Longlist, at, message).hint(hint));
        }
        if let Some((_, at)) = within().filter(|(c, _)| c.usual).nth(1) {
            let message = format!("two choices of {} are what happens today", category.word());
            reading.report(Problem::new(Code::Longlist, *at, message).hint("say usual = true of one of them"));
        }
    }
}

/// An option makes one choice in a category, none that was dropped (but business as usual), and the preferred way
/// forward makes the green ones.
fn options_fit(reading: &Reading, read: &[(Choice, Span)], options: &[OptionDefinition]) {
    for (i, option) in options.iter().enumerate() {
        let mut taken: Vec<(&Choice, Span)> = Vec::new();
        for (choice, at) in read.iter().filter(|(c, _)| c.options.contains(&OptionIx(i))) {
            if let Some((other, first)) = taken.iter().find(|(c, _)| c.category == choice.category) {
                let message = format!(
                    "option `{}` makes two choices of {}: `{}` and `{}`",
                    option.id,
                    choice.category.word(),
                    other.id,
                    choice.id
                );
                let problem = Problem::new(Code::Longlist, *at, message).also(*first, "the other is here");
                reading.report(problem.hint("an option makes one choice in each category"));
            }
            taken.push((choice, *at));
            let dropped = choice.rating == Rating::Red && option.kind != OptionKind::BusinessAsUsual;
            let second_best = choice.rating != Rating::Green && option.role == Some(OptionRole::PreferredWayForward);
            if dropped || second_best {
                let what = if dropped { "was dropped" } else { "is not the preferred one of its category" };
                let message = format!("option `{}` makes the choice `{}`, which {what}", option.id, choice.id);
                let hint = "rate the choice anew, give the option another, or another role (Green Book 2026, 5.26 and 5.35)";
                reading.report(Problem::new(Code::Longlist, *at, message).hint(hint).warning());
            }
        }
    }
}
