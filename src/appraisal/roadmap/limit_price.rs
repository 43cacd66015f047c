//! What single limits cost: the same question with one of them wider.

use super::super::result::LimitPrice;
use super::question::{Asked, Progress, Question, starts};
use super::{Answered, status_word};
use crate::assumption::{Assumed, Values};
use crate::optimiser;
use crate::programme::{Programme, Role};
use rayon::prelude::*;

/// One limit made wider.
struct Wider {
    limit: String,
    name: String,
    relaxed: String,
    programme: Programme,
    values: Values,
}

/// How much better the best plan is with one limit wider, by a tenth (or a step) and wholly.
///
/// # Method
/// `docs/method.md`, section 30: the same search with the best plan to begin with, so that no price is negative.
pub(super) fn prices(asked: &Asked<'_>, answered: &Answered, question: &Question, progress: &Progress) -> Vec<LimitPrice> {
    if !question.limit_prices {
        return Vec::new();
    }
    let wider = wider(asked.programme, asked.values);
    progress.expect(wider.len());
    let known = starts(asked, answered.answer.best.iter().map(|b| &b.plan));
    let goal = answered.goal;
    let least = answered.answer.best.as_ref().map(|b| goal.of(&b.judged.realised));
    let one = |w: Wider| {
        let asked = (answered.option, answered.freedom);
        let found = optimiser::optimise(&w.programme, asked, goal, &known, answered.effort, &w.values);
        progress.step();
        let best = found.best.as_ref().map(|b| goal.of(&b.judged.realised));
        LimitPrice {
            limit: w.limit,
            name: w.name,
            relaxed: w.relaxed,
            gain: least.zip(best).map(|(before, after)| (before - after).max(0.0)),
            status: status_word(found.status).to_owned(),
        }
    };
    wider.into_par_iter().map(one).collect()
}

/// Every limit, made wider.
fn wider(programme: &Programme, values: &Values) -> Vec<Wider> {
    let mut all = Vec::new();
    let mut add = |(limit, name): (String, String), relaxed: &str, change: &dyn Fn(&mut Programme, &mut Values)| {
        let (mut programme, mut values) = (programme.clone(), values.clone());
        change(&mut programme, &mut values);
        all.push(Wider { limit, name, relaxed: relaxed.to_owned(), programme, values });
    };
    let optimise = &programme.optimise;
    for (i, role) in programme.roles.iter().enumerate().filter(|(_, r)| !optimise.beyond_capacity && is_limited(r)) {
        let what = (format!("team:{}", role.id), format!("Capacity of {}", role.name));
        add(what.clone(), "10%", &|p, v| capacities(&p.roles[i]).for_each(|c| grow(v, c)));
        add(what, "wholly", &|p, _| {
            p.roles[i].capacity = None;
            p.roles[i].teams.clear();
        });
    }
    if let Some(most) = optimise.go_lives {
        let what = ("go_lives".to_owned(), "Services that go live in one quarter".to_owned());
        add(what.clone(), "one more", &|p, _| p.optimise.go_lives = Some(most + 1));
        add(what, "wholly", &|p, _| p.optimise.go_lives = None);
    }
    if let Some(most) = optimise.users {
        let what = ("users".to_owned(), "Users who go live in one quarter".to_owned());
        add(what.clone(), "10%", &|_, v| grow(v, most));
        add(what, "wholly", &|p, _| p.optimise.users = None);
    }
    if let Some(latest) = optimise.latest {
        let what = ("latest".to_owned(), "The last quarter in which something goes live".to_owned());
        add(what.clone(), "one quarter", &|p, _| p.optimise.latest = Some(latest.plus(3)));
        add(what, "wholly", &|p, _| p.optimise.latest = None);
    }
    for (i, freeze) in programme.freezes.iter().enumerate() {
        let what = (format!("freeze:{}", freeze.id), format!("Freeze: {}", freeze.name));
        add(what, "wholly", &|p, _| drop(p.freezes.remove(i)));
    }
    for (i, rule) in programme.precedence.iter().enumerate() {
        let what = (format!("precedence:{}", rule.id), format!("Waiting: {}", rule.because));
        add(what, "wholly", &|p, _| drop(p.precedence.remove(i)));
    }
    if !optimise.beyond_funding && !programme.funding.is_empty() {
        add(("funding".to_owned(), "Money of bodies by year".to_owned()), "wholly", &|p, _| p.optimise.beyond_funding = true);
    }
    all
}

fn is_limited(role: &Role) -> bool {
    capacities(role).next().is_some()
}

fn capacities(role: &Role) -> impl Iterator<Item = Assumed<f64>> + '_ {
    role.capacity.into_iter().chain(role.teams.iter().map(|(_, days)| *days))
}

/// A number a tenth higher.
fn grow(values: &mut Values, number: Assumed<f64>) {
    values.set(number.handle(), 1.1 * number.of(values));
}
