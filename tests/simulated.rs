//! What draws are made of: the quick sums are those of the full evaluation, and draws are what they should be.

mod support;

use appraise::assumption::{BLOCK, Block, Sampler};
use appraise::outcome::{Capital, Rescore, Simulation, evaluate};
use appraise::scenario::{Scenario, SourceFile};
use support::generated::{self, SMALL};
use support::{files, read};

fn sampler(scenario: &Scenario) -> Sampler {
    let programme = &scenario.programme;
    let events: Vec<_> = programme.risks.iter().map(|r| r.probability.handle()).collect();
    Sampler::new(&programme.register, 1, &programme.correlations, &events).expect("consistent")
}

/// The full evaluation is the judge, on draws of everything that is uncertain.
fn agrees(name: &str, files: &[SourceFile], draws: usize) {
    let scenario = read(files);
    let (programme, plans) = (&scenario.programme, &scenario.plans);
    let (sampler, simulation) = (sampler(&scenario), Simulation::of(programme, plans));
    let mut block = Block::default();
    let mut values = sampler.central().clone();
    let close = |a: f64, b: f64| (a - b).abs() <= 1e-9 * (1.0 + a.abs());
    for draw in 0..draws {
        if draw % BLOCK == 0 {
            sampler.fill(draw as u64, &mut block);
        }
        sampler.realise(&block, draw % BLOCK, &mut values);
        let full = evaluate(programme, plans, &values);
        let quick = simulation.realise(&values);
        for (i, (full, quick)) in full.options.iter().zip(&quick).enumerate() {
            let of = format!("{name}, draw {draw}, option {i}");
            assert!(close(full.totals.npc(), quick.npc), "{of}: {} and {}", full.totals.npc(), quick.npc);
            assert!(close(full.totals.total_cash(), quick.cash), "{of}: cash");
            assert!(close(full.totals.dual_running(), quick.dual_running), "{of}: dual running");
            assert!(close(full.costing.effort.person_days(programme), quick.person_days), "{of}: days");
            assert!(full.values.iter().zip(&quick.values).all(|(a, b)| close(*a, *b)), "{of}: values");
            assert_eq!(full.feasible(), quick.feasible, "{of}");
            let capital = Capital::of(programme, &full.costing.lines, &values);
            let purses = appraise::outcome::Purses::of(programme, &values);
            for (budget, gap) in simulation.budgets().iter().zip(&quick.gaps) {
                let (body, year) = (budget.body.0, budget.year);
                let own = purses.gap(*budget, full.totals.body_cash[body][year], capital.spending[body][year]);
                assert!((own - gap).abs() < 0.01, "{of}: {own} and {gap} short");
            }
        }
        if let Some(scores) = &full.scores {
            assert!(scores.iter().zip(&quick).all(|(a, b)| close(*a, b.score.expect("scored"))), "{name}: scores");
        }
    }
}

#[test]
fn every_bundled_scenario() {
    for name in ["worked-example", "project-fusion", "scores-only", "streams-only", "minimal", "new-product", "one-product"] {
        agrees(name, &files(name), 24);
    }
}

#[test]
fn a_generated_estate() {
    agrees("generated", &generated::scenario(SMALL), 4);
}

/// Working out again only what some numbers act on comes to what working out everything does: on every so many of the
/// unknowns, at both ends of their ranges, for every plan. How often a number acts.
fn works_out_again(name: &str, files: &[SourceFile], every: usize) -> usize {
    let scenario = read(files);
    let (sampler, simulation) = (sampler(&scenario), Simulation::of(&scenario.programme, &scenario.plans));
    let close = |a: f64, b: f64| (a - b).abs() <= 1e-9 * (1.0 + a.abs());
    let mut acting = 0;
    for option in 0..scenario.plans.len() {
        let rescore = Rescore::of(&simulation, option, sampler.central());
        let central = simulation.one(option, sampler.central());
        for unknown in sampler.unknowns().iter().step_by(every) {
            for share in [0.1, 0.9] {
                let mut values = sampler.central().clone();
                for handle in &unknown.members {
                    let own = if unknown.event { f64::round(share) } else { sampler.quantile(*handle, share) };
                    values.set(*handle, own);
                }
                let (full, quick) = (simulation.one(option, &values), rescore.on(&values, &unknown.members));
                let of =
                    format!("{name}, option {option}, {} at {share}", scenario.programme.register.get(unknown.members[0]).id);
                assert!(close(full.npc, quick.npc), "{of}: {} and {}", full.npc, quick.npc);
                match (full.score, quick.score) {
                    (Some(full), Some(quick)) => assert!(close(full, quick), "{of}: {full} and {quick}"),
                    (full, quick) => assert_eq!(full, quick, "{of}"),
                }
                acting += usize::from(!close(full.npc, central.npc) || full.score != central.score);
            }
        }
    }
    acting
}

#[test]
fn both_ends_of_every_unknown() {
    let bundled = ["project-fusion", "scores-only", "streams-only", "new-product", "one-product"];
    let acting: usize = bundled.iter().map(|name| works_out_again(name, &files(name), 1)).sum();
    assert!(acting > 100, "the numbers of bundled scenarios act");
    assert!(works_out_again("generated", &generated::scenario(SMALL), 7) > 100, "those of the generated one do");
}
