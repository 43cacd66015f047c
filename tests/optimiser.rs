//! The optimiser: it finds plans that are achievable and that no other beats.

mod support;

use appraise::assumption::Sampler;
use appraise::optimiser::{self, Effort, Goal, Group, Judge, Over, Relaxed, Space, Status};
use appraise::outcome::net_present_cost;
use appraise::programme::{Freedom, OptionIx};
use appraise::scenario::Scenario;
use appraise::scenario::problem::Code;
use support::tiny::{Tiny, estate};

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

const LITTLE: Effort = Effort { plans: 12_000, nodes: 0, seed: 1 };

fn fusion() -> Scenario {
    support::read(&support::files("project-fusion"))
}

#[test]
fn the_same_question_has_the_same_answer_on_any_number_of_threads() {
    let scenario = fusion();
    let values = scenario.programme.register.central();
    let ask = || {
        let of = (OptionIx(0), Freedom::Roadmap);
        optimiser::optimise(&scenario.programme, of, Goal::Score, &scenario.plans, LITTLE, &values)
    };
    let on = |threads: usize| rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads").install(ask);
    let one = on(1);
    assert_eq!(one, on(3));
    assert_eq!(one.status, Status::Found);
}

#[test]
fn points_of_the_frontier_rise_in_cost_and_score() {
    let scenario = fusion();
    let values = scenario.programme.register.central();
    let space = Space::of(&scenario.programme, OptionIx(0), Freedom::Roadmap, &values);
    let judge = Judge::of(&scenario.programme, &space, &values);
    let points = optimiser::frontier(&judge, 6, &[], LITTLE, &|| {});
    assert!(points.len() >= 3, "{}", points.len());
    let of = |i: usize| (points[i].best.judged.realised.npc, points[i].best.judged.realised.score.expect("scored"));
    for (i, point) in points.iter().enumerate() {
        assert!(judge.judge_plan(&point.best.plan).achievable());
        assert!(i == 0 || (of(i).0 > of(i - 1).0 && of(i).1 > of(i - 1).1), "{:?} after {:?}", of(i), of(i - 1));
    }
}

/// The frontier of small estates has no point that a plan beats, by looking at all plans.
#[test]
fn no_plan_of_a_small_estate_dominates_a_point_of_its_frontier() {
    for seed in 0..12 {
        let Tiny { scenario, option, freedom } = estate(seed, 300);
        let values = scenario.programme.register.central();
        let space = Space::of(&scenario.programme, option, freedom, &values);
        let judge = Judge::of(&scenario.programme, &space, &values);
        let points = optimiser::frontier(&judge, 8, &[], Effort { plans: 1_400, nodes: 0, seed: 1 }, &|| {});
        let mut drafts = vec![Vec::new()];
        for place in &space.places {
            let ways: Vec<_> = place.may_stay.then_some(None).into_iter().chain((0..place.choices.len()).map(Some)).collect();
            drafts = drafts.into_iter().flat_map(|d: Vec<_>| ways.iter().map(move |w| [d.as_slice(), &[*w]].concat())).collect();
        }
        if !space.offers.is_empty() {
            continue;
        }
        for moves in drafts {
            let judged = judge.judge(&optimiser::Draft { moves, links: Vec::new() });
            let of = |j: &optimiser::Judged| (j.realised.npc, j.realised.score.expect("scored"));
            let (npc, score) = of(&judged);
            let dominates = |point: &optimiser::Point| {
                let (cost, worth) = of(&point.best.judged);
                let (cheaper, higher) = (npc < cost - 1e-6 * cost.abs(), score > worth + 1e-6);
                (cheaper && score >= worth - 1e-6) || (higher && npc <= cost + 1e-6 * cost.abs())
            };
            assert!(!judged.achievable() || !points.iter().any(dominates), "estate {seed}: {npc} and {score}");
        }
    }
}

#[test]
fn relaxing_a_limit_never_costs_and_a_limit_that_binds_has_a_price() {
    let (mut binds, mut asked) = (0, 0);
    for seed in 0..40 {
        let Tiny { scenario, option, freedom } = estate(seed, 300);
        let values = scenario.programme.register.central();
        let space = Space::of(&scenario.programme, option, freedom, &values);
        let judge = Judge::of(&scenario.programme, &space, &values);
        let effort = Effort { plans: 4_000, nodes: 0, seed: 1 };
        let Some(best) = optimiser::answer(&judge, Goal::Cost, &[], effort).best else { continue };
        let optimiser::Prices { base, all } =
            optimiser::prices(&judge, (freedom, Goal::Cost), (Some(&best), &[]), effort, &|| {});
        // All plans were looked at: no search comes upon a better one.
        assert_eq!(base.as_ref(), Some(&best), "estate {seed}");
        for price in all {
            asked += 1;
            let worth = price.gain.expect("a plan is at hand");
            assert!(worth >= 0.0);
            if let Some(other) = &price.best {
                binds += 1;
                // What it would gain is what the plan really costs less, and that plan breaks only limits of the group.
                let of = |plan| net_present_cost(&scenario.programme, plan, &values);
                let gain = of(&best.plan) - of(&other.plan);
                assert!((gain - worth).abs() < 1e-6 * (1.0 + gain.abs()), "estate {seed}: {price:?}");
                let freed = matches!(price.group, Group::Freeze(_));
                assert!(freed || !judge.judge_plan(&other.plan).achievable(), "estate {seed}: it was achievable already");
            }
            assert!(price.best.is_some() || worth <= 0.0);
            assert!(price.relaxed == Relaxed::Wholly || !matches!(price.group, Group::Freeze(_) | Group::Order(_)));
        }
    }
    assert!(binds > 5 && asked > 40, "{binds} of {asked}");
}

/// Prices that begin with a poor plan are measured from the best one within all limits that any of their searches came upon: a
/// limit that does not bind has no price, and without a limit there is no less to gain than with a tenth more of it.
#[test]
fn prices_of_limits_are_measured_from_the_best_plan_that_was_found() {
    let (mut poor, mut slack) = (0, 0);
    for seed in 0..40 {
        let Tiny { scenario, option, freedom } = estate(seed, 300);
        let values = scenario.programme.register.central();
        let space = Space::of(&scenario.programme, option, freedom, &values);
        let judge = Judge::of(&scenario.programme, &space, &values);
        let effort = Effort { plans: 4_000, nodes: 0, seed: 1 };
        let Some(best) = optimiser::answer(&judge, Goal::Cost, &[], effort).best else { continue };
        let Some(still) = space.still().filter(|still| *still != best.draft) else { continue };
        let worse = optimiser::Best { plan: space.plan(&scenario.programme, &still), judged: judge.judge(&still), draft: still };
        let of = |best: &optimiser::Best| best.judged.realised.npc;
        if !worse.judged.achievable() || of(&worse) < of(&best) + 1.0 {
            continue;
        }
        poor += 1;
        let right = optimiser::prices(&judge, (freedom, Goal::Cost), (Some(&best), &[]), effort, &|| {});
        let found = optimiser::prices(&judge, (freedom, Goal::Cost), (Some(&worse), &[]), effort, &|| {});
        let base = found.base.as_ref().expect("a plan is at hand");
        assert!(judge.judge_plan(&base.plan).achievable() && of(base) >= of(&best) - 1e-6 && of(base) <= of(&worse) + 1e-6);
        for pair in found.all.windows(2).filter(|pair| pair[0].group == pair[1].group) {
            assert!(pair[1].gain >= pair[0].gain.map(|gain| gain - 1e-6), "estate {seed}: {pair:?}");
        }
        // One of the searches is for a limit that does not bind: its plan is the best there is, and its price is nothing.
        if right.all.iter().any(|price| price.gain.is_some_and(|gain| gain <= 0.0)) {
            slack += 1;
            assert!((of(base) - of(&best)).abs() < 1e-6 * of(&best).abs(), "estate {seed}: {} of {}", of(base), of(&best));
            for (price, right) in found.all.iter().zip(&right.all) {
                let gains = price.gain.zip(right.gain).expect("a plan is at hand");
                assert!((gains.0 - gains.1).abs() < 1e-6 * (1.0 + gains.1), "estate {seed}: {price:?} instead of {right:?}");
            }
        }
    }
    assert!(poor > 5 && slack > 5, "{slack} of {poor}");
}

#[test]
fn where_nothing_is_achievable_it_is_said_what_would_have_to_give() {
    let mut said = 0;
    for seed in 0..240 {
        let Tiny { scenario, option, freedom } = estate(seed, 300);
        let values = scenario.programme.register.central();
        let space = Space::of(&scenario.programme, option, freedom, &values);
        let judge = Judge::of(&scenario.programme, &space, &values);
        let effort = Effort { plans: 4_000, nodes: 0, seed: 1 };
        let found = optimiser::answer(&judge, Goal::Cost, &[], effort);
        if found.best.is_some() {
            continue;
        }
        assert_eq!(found.status, Status::Impossible);
        for needed in optimiser::needed(&judge, (freedom, Goal::Cost), effort) {
            said += 1;
            let frozen = matches!(needed.group, Group::Freeze(_));
            assert!(frozen || !needed.beyond.is_empty(), "estate {seed}: {:?} breaks nothing", needed.group);
        }
    }
    assert!(said > 1, "{said}");
}

#[test]
fn regret_is_what_another_plan_would_have_saved() {
    let scenario = fusion();
    let programme = &scenario.programme;
    let sampler = sampler(&scenario);
    // From the middle of a block to the middle of another.
    let draws = optimiser::realised(&sampler, 70..110);
    let goal = (Goal::Cost, optimiser::Watched::No);
    let farings = optimiser::faring(programme, goal, &scenario.plans, &sampler, 70..110);
    // One full evaluation after the other.
    for (faring, plan) in farings.iter().zip(&scenario.plans) {
        let costs: Vec<f64> = draws.iter().map(|v| net_present_cost(programme, plan, v)).collect();
        assert!(faring.npc.iter().zip(&costs).all(|(a, b)| (a - b).abs() < 1e-9 * b.abs()), "{:?}", plan.option);
    }
    // The same draws whatever they begin with.
    let later = optimiser::faring(programme, goal, &scenario.plans, &sampler, 90..110);
    assert_eq!(farings[1].npc[20..], later[1].npc[..]);
    assert!(optimiser::faring(programme, goal, &scenario.plans, &sampler, 5..5)[0].npc.is_empty());
}

/// Two plans that pass and one that fails a gate in the second draw: the first is behind by 0, 2 and 5; the second by 3, 0 and
/// 7; the third by 0 (level), 0 (best) and 0.
#[test]
fn regret_by_hand() {
    let faring = |goal: [f64; 3], feasible: [bool; 3]| optimiser::Faring {
        npc: goal.to_vec(),
        goal: goal.to_vec(),
        feasible: feasible.to_vec(),
        met: vec![true; 3],
    };
    let plans = [
        faring([10.0, 22.0, 35.0], [true; 3]),
        faring([13.0, 20.0, 37.0], [true; 3]),
        faring([10.0, 1.0, 30.0], [true, false, true]),
    ];
    let found = optimiser::regret(&plans.iter().collect::<Vec<_>>());
    let told: Vec<(usize, f64, f64)> = found.iter().map(|r| (r.beaten, r.mean, r.worst)).collect();
    let expected = [(2, 7.0 / 3.0, 5.0), (2, 10.0 / 3.0, 7.0), (0, 0.0, 0.0)];
    for (found, expected) in told.iter().zip(expected) {
        assert!(
            found.0 == expected.0 && (found.1 - expected.1).abs() < 1e-12 && (found.2 - expected.2).abs() < 1e-12,
            "{told:?}"
        );
    }
    // The third has not the score that was asked for in the last draw: there the first is the best, and the second behind by 2.
    let mut plans = plans;
    plans[2].met = vec![true, true, false];
    let behind = |own: usize, rivals: &[usize]| {
        let rivals: Vec<&optimiser::Faring> = rivals.iter().map(|i| &plans[*i]).collect();
        optimiser::behind(&plans[own], &rivals)
    };
    assert_eq!(behind(0, &[1, 2]), [0.0, 2.0, 0.0]);
    assert_eq!(behind(1, &[0, 2]), [3.0, 0.0, 2.0]);
    assert_eq!(behind(1, &[]), [0.0; 3]);
}

#[test]
fn a_roadmap_for_the_mean_of_draws_is_better_in_the_mean() {
    let scenario = fusion();
    let values = scenario.programme.register.central();
    let space = Space::of(&scenario.programme, OptionIx(0), Freedom::Roadmap, &values);
    let judge = Judge::of(&scenario.programme, &space, &values);
    let (draws, effort) = (optimiser::realised(&sampler(&scenario), 0..5), Effort { plans: 6_000, nodes: 0, seed: 1 });
    let central = optimiser::answer(&judge, Goal::Cost, &[], effort).best.expect("a roadmap");
    let start = [central.draft.clone()];
    let robust = optimiser::answer_over(&judge, Goal::Cost, (&draws, Over::Mean), &start, effort).best.expect("a roadmap");
    let mean = |plan| draws.iter().map(|v| net_present_cost(&scenario.programme, plan, v)).sum::<f64>() / 5.0;
    assert!(mean(&robust.plan) <= mean(&central.plan) + 1e-6);
    assert!(robust.judged.achievable());
}

fn sampler(scenario: &Scenario) -> Sampler {
    let programme = &scenario.programme;
    let events: Vec<_> = programme.risks.iter().map(|r| r.probability.handle()).collect();
    Sampler::new(&programme.register, 1, &programme.correlations, &events).expect("consistent")
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
