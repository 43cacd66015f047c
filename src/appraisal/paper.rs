//! The author's part of the paper, as plain data.

use super::result::{NextStepView, ObjectiveView, PassageView, SuccessFactorView};
use crate::programme::Programme;

pub(super) fn narrative(programme: &Programme) -> Vec<PassageView> {
    programme.paper.narrative.iter().map(|p| PassageView { id: p.id.clone(), text: p.text.clone() }).collect()
}

pub(super) fn objectives(programme: &Programme) -> Vec<ObjectiveView> {
    let all = programme.paper.objectives.iter();
    all.map(|o| ObjectiveView {
        name: o.name.clone(),
        target: o.target.clone(),
        date: o.date.map(|d| d.to_string()),
        criteria: o.criteria.clone(),
    })
    .collect()
}

pub(super) fn success_factors(programme: &Programme) -> Vec<SuccessFactorView> {
    let all = programme.paper.success_factors.iter();
    all.map(|f| SuccessFactorView { name: f.name.clone(), meaning: f.meaning.clone() }).collect()
}

pub(super) fn next_steps(programme: &Programme) -> Vec<NextStepView> {
    let all = programme.paper.next_steps.iter();
    all.map(|s| NextStepView { name: s.name.clone(), owner: s.owner.clone(), date: s.date.map(|d| d.to_string()) }).collect()
}
