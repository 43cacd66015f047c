//! The bound of the optimiser: never above what a plan costs, and met by the best plan.

mod support;

use appraise::optimiser::{self, Draft, Effort, Goal, Judge, Model, Proof, Space};
use appraise::programme::{Freedom, OptionIx};
use std::time::Instant;

#[test]
fn explore() {
    let names = std::env::var("PROBE").unwrap_or("project-fusion".into());
    for name in names.split(',') {
        let scenario = support::read(&support::files(name));
        let programme = &scenario.programme;
        let values = programme.register.central();
        let option = OptionIx(0);
        let space = Space::of(programme, option, Freedom::Roadmap, &values);
        let judge = Judge::of(programme, &space, &values);
        let t = Instant::now();
        let model = Model::of(&judge);
        println!("== {name}: {:?} built in {:?}", model.size(), t.elapsed());
        std::fs::write(format!("/tmp/{name}.lp"), model.text()).unwrap();
        let answer = optimiser::optimise(programme, (option, Freedom::Roadmap), Goal::Cost, &scenario.plans, Effort { plans: 20_000, nodes: 0, seed: 1 }, &values);
        let known = answer.best.map(|b| (b.draft, b.judged));
        println!("  search {:?}", known.as_ref().map(|k| k.1.realised.npc));
        for (gap, start) in [(1e-3, true), (1e-4, true), (1e-6, true), (1e-6, false)] {
            let t = Instant::now();
            let proved = optimiser::prove(&judge, if start { known.clone() } else { None }, Proof { nodes: 100_000, rounds: 20, gap, seconds: Some(100.0) });
            println!("  gap {gap} start {start} best {:?} bound {:?} rounds {} over {} under {} in {:?}", proved.best.as_ref().map(|b| b.1.realised.npc), proved.bound, proved.rounds, proved.overstated, proved.understated, t.elapsed());
        }
        let _: Option<Draft> = None;
    }
}
