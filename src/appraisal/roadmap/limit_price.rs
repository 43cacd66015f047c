//! What single limits cost, in words: the same question with one of them wider.

use super::super::result::{LimitPrice, Relaxation};
use super::question::{Asked, Progress, Question};
use super::{Answered, breach, status_word};
use crate::optimiser::{self, Best, Group, Relaxed};
use crate::programme::Programme;

/// How much better the best plan is with one limit wider, by a tenth (or a step) and wholly.
///
/// # Method
/// `docs/method.md`, section 30: the same search with the best plan to begin with, so that no price is negative. With the plan
/// that they are measured from.
pub(super) fn prices(
    asked: &Asked<'_>,
    (answered, best): (&Answered, Option<&Best>),
    question: &Question,
    progress: &Progress,
) -> (Vec<LimitPrice>, Option<Best>) {
    if !question.limit_prices || asked.watched.is_stopped() {
        return (Vec::new(), None);
    }
    let judge = asked.judge();
    progress.expect(optimiser::ways(&judge).len());
    let of = (answered.freedom, answered.goal);
    let known = (best, &*asked.settled.plans);
    let found = optimiser::prices(&judge, of, known, answered.effort, &|| progress.step());
    // A search that was ended finds less than a limit costs.
    if asked.watched.is_stopped() {
        return (Vec::new(), None);
    }
    let view = |price: optimiser::Price| {
        let (limit, name) = named(asked.programme, price.group);
        LimitPrice {
            limit,
            name,
            relaxed: by(price.group, price.relaxed).to_owned(),
            gain: price.gain,
            status: status_word(price.status).to_owned(),
        }
    };
    (found.all.into_iter().map(view).collect(), found.base)
}

/// Where there is no achievable plan: limits each of which would make one possible if it gave way, with how far.
pub(super) fn relaxations(asked: &Asked<'_>, answered: &Answered, progress: &Progress) -> Vec<Relaxation> {
    if answered.answer.best.is_some() || asked.watched.is_stopped() {
        return Vec::new();
    }
    let judge = asked.judge();
    progress.expect(1);
    let found = optimiser::needed(&judge, (answered.freedom, answered.goal), answered.effort);
    progress.step();
    let view = |needed: optimiser::Needed| {
        let (limit, name) = named(asked.programme, needed.group);
        let beyond: Vec<String> = breach::conflicts(asked.programme, &needed.beyond).into_iter().map(|c| c.sentence).collect();
        let how = if beyond.is_empty() { String::new() } else { format!(": {}", beyond.join("; ")) };
        let sentence = format!("Without \u{201c}{name}\u{201d} there is a roadmap that keeps all other limits{how}.");
        Relaxation { limit, name, npc: needed.best.judged.realised.npc, beyond, sentence }
    };
    found.into_iter().map(view).collect()
}

/// A group of limits as a word and by name.
fn named(programme: &Programme, group: Group) -> (String, String) {
    match group {
        Group::Team(role) => {
            let role = &programme.roles[role.0];
            (format!("team:{}", role.id), format!("Capacity of {}", role.name))
        }
        Group::GoLives => ("go_lives".to_owned(), "Services that go live in one quarter".to_owned()),
        Group::Users => ("users".to_owned(), "Users who go live in one quarter".to_owned()),
        Group::Latest => ("latest".to_owned(), "The last quarter in which something goes live".to_owned()),
        Group::Freeze(at) => {
            let freeze = &programme.freezes[at];
            (format!("freeze:{}", freeze.id), format!("Freeze: {}", freeze.name))
        }
        Group::Order(at) => {
            let rule = &programme.precedence[at];
            (format!("precedence:{}", rule.id), format!("Waiting: {}", rule.because))
        }
        Group::Funding(body) => {
            let body = &programme.organisations[body.0];
            (format!("funding:{}", body.id), format!("Money of {} by year", body.name))
        }
    }
}

fn by(group: Group, relaxed: Relaxed) -> &'static str {
    match (relaxed, group) {
        (Relaxed::Wholly, _) => "wholly",
        (Relaxed::ByTenth, _) => "10%",
        (Relaxed::ByOne, Group::Latest) => "one quarter",
        (Relaxed::ByOne, _) => "one more",
    }
}
