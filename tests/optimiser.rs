//! The optimiser: it finds plans that are achievable and that no other beats.

mod support;

use appraise::optimiser::{self, Effort, Goal, Judge, Space};
use appraise::programme::{Freedom, OptionIx};

#[test]
fn project_fusion_has_a_cheaper_roadmap_than_any_of_its_options() {
    let scenario = support::read(&support::files("project-fusion"));
    let values = scenario.programme.register.central();
    let option = OptionIx(0);
    let space = Space::of(&scenario.programme, option, Freedom::Roadmap, &values);
    let judge = Judge::of(&scenario.programme, &space, &values);
    let effort = Effort { plans: 100_000, nodes: 0, seed: 1 };
    let of = |goal| optimiser::optimise(&scenario.programme, (option, Freedom::Roadmap), goal, &scenario.plans, effort, &values);
    let achievable = || scenario.plans.iter().map(|p| judge.judge_plan(p)).filter(|j| j.achievable());
    let cheapest = of(Goal::Cost).best.expect("a roadmap");
    assert!(achievable().all(|j| cheapest.judged.realised.npc <= j.realised.npc));
    let highest = of(Goal::Score).best.expect("a roadmap");
    assert!(achievable().all(|j| highest.judged.realised.score >= j.realised.score));
}
