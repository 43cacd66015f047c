//! The bound of the optimiser: never above what a plan costs, and met by the best plan.

mod support;

use appraise::optimiser::{self, Draft, Effort, Goal, Judge, Model, Proof, Space};
use appraise::programme::{Freedom, OptionIx};
use std::time::Instant;

#[test]
fn explore() {
    for name in ["worked-example", "minimal", "one-product", "new-product", "project-fusion"] {
        let scenario = support::read(&support::files(name));
        let programme = &scenario.programme;
        let values = programme.register.central();
        let option = OptionIx(0);
        let space = Space::of(programme, option, Freedom::Roadmap, &values);
        let judge = Judge::of(programme, &space, &values);
        let t = Instant::now();
        let model = Model::of(&judge);
        println!("== {name}: {:?} built in {:?}", model.size(), t.elapsed());
        for plan in &scenario.plans {
            let plan = appraise::plan::Plan { option, ..plan.clone() };
            let Some(draft) = space.draft(&plan) else { println!("not in space"); continue };
            let j = judge.judge(&draft);
            println!("  {:?} exact {:.3} model {:?} {:?}", programme.options[plan.option.0].id, j.realised.npc, model.priced(&draft).map(|p| p - j.realised.npc), j.broken.len());
        }
        let answer = optimiser::optimise(programme, (option, Freedom::Roadmap), Goal::Cost, &scenario.plans, Effort { plans: 20_000, nodes: 0, seed: 1 }, &values);
        let known = answer.best.map(|b| (b.draft, b.judged));
        println!("  search {:?}", known.as_ref().map(|k| k.1.realised.npc));
        let t = Instant::now();
        let proved = optimiser::prove(&judge, known, Proof { nodes: 100_000, rounds: 20, gap: 1e-6, seconds: Some(60.0) });
        println!("  proved best {:?} bound {:?} rounds {} over {} under {} in {:?}", proved.best.as_ref().map(|b| b.1.realised.npc), proved.bound, proved.rounds, proved.overstated, proved.understated, t.elapsed());
        let _: Option<Draft> = None;
    }
}
