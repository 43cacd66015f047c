//! The optimiser: it finds plans that are achievable and that no other beats.

mod support;

use appraise::optimiser::{self, Effort, Goal, Judge, Space};
use appraise::programme::{Freedom, OptionIx};
use appraise::scenario::problem::Code;

#[test]
fn project_fusion_has_a_cheaper_roadmap_than_any_of_its_options() {
    let scenario = support::read(&support::files("project-fusion"));
    let values = scenario.programme.register.central();
    let option = OptionIx(0);
    let space = Space::of(&scenario.programme, option, Freedom::Roadmap, &values);
    let judge = Judge::of(&scenario.programme, &space, &values);
    let effort = Effort { plans: 100_000, nodes: 0, seed: 1 };
    let of = |goal| optimiser::optimise(&scenario.programme, (option, Freedom::Roadmap), goal, &scenario.plans, effort, &values);
    let achievable = || scenario.plans.iter().map(|p| judge.judge_plan(p)).filter(optimiser::Judged::achievable);
    let cheapest = of(Goal::Cost).best.expect("a roadmap");
    assert!(achievable().all(|j| cheapest.judged.realised.npc <= j.realised.npc));
    let highest = of(Goal::Score).best.expect("a roadmap");
    assert!(achievable().all(|j| highest.judged.realised.score >= j.realised.score));
}

#[test]
fn an_option_left_to_the_optimiser_stands_on_what_is_decided_until_it_has_spoken() {
    let example = || support::files("worked-example");
    let dates = support::patched(example(), &[("go_live = 2028-01-01", "optimise = \"schedule\"")]);
    let scenario = support::read(&dates);
    assert_eq!(scenario.programme.options[2].freedom, Some(Freedom::Schedule));
    assert!(scenario.plans[2].moves.is_empty());
    let all = support::patched(
        example(),
        &[
            ("targets = [{ line = \"community\", to = \"y\" }]\ngo_live = 2028-01-01", "optimise = \"roadmap\""),
            ("[options.bau]\n", "[optimise]\ngoal = \"score\"\ntargets = [\"y\"]\nusers_per_quarter = 500\n\n[options.bau]\n"),
        ],
    );
    let scenario = support::read(&all);
    assert_eq!(scenario.programme.options[2].freedom, Some(Freedom::Roadmap));
    let optimise = &scenario.programme.optimise;
    assert_eq!((optimise.aim, optimise.targets.len()), (appraise::programme::Aim::Score, 1));
    let users = optimise.users.expect("a limit").of(&scenario.programme.register.central());
    assert!((users - 500.0).abs() < 1e-9);
    // Only the shared care record, which exists.
    assert!(scenario.plans[2].moves.is_empty() && scenario.plans[2].links.iter().all(|l| l.live.is_none()));
    // Targets are still read where only dates are left: one that matches nothing is a fault.
    let nobody = support::patched(
        dates,
        &[("{ line = \"community\", to = \"y\" }", "{ line = \"community\", from = \"y\", to = \"y\" }")],
    );
    let found = support::problems(&nobody);
    assert!(found.list.iter().any(|p| p.code == Code::MatchesNothing), "{found:?}");
}

#[test]
fn the_highest_score_is_found_only_where_there_is_one_score() {
    let apart = support::patched(
        support::files("worked-example"),
        &[
            ("go_live = 2028-01-01", "optimise = \"schedule\""),
            ("[options.bau]\n", "[optimise]\ngoal = \"score\"\n\n[options.bau]\n"),
        ],
    );
    support::read(&apart);
    let without = support::patched(apart, &[("combine_panels = \"equal\"", "combine_panels = \"none\"")]);
    let found = support::problems(&without);
    assert!(found.list.iter().any(|p| p.code == Code::Optimise && p.message.contains("highest score")), "{found:?}");
}
