//! How a roadmap fares over draws, the one chosen over draws, and what dates do: worked by hand on two services that share a
//! contract (`support::tied`).

mod support;

use appraise::appraisal::result::{Appraisal, Dates, PlanFaring};
use appraise::appraisal::{Question, RoadmapProgress, roadmap};
use appraise::optimiser::{Effort, Goal};
use support::{appraise, drawn, patched, read, six, tied, toml};

/// A whole roadmap besides, and Y at £100 a user in six of ten cases, at £600 in the other four.
fn uncertain(more: &str) -> Vec<appraise::scenario::SourceFile> {
    let roadmap = format!(
        "[optimise]\ntargets = [\"y\"]\n{more}[options.best]\nname = \"Best\"\nkind = \"optimised\"\noptimise = \"roadmap\"\n"
    );
    let price = "per_user = { likely = 100, distribution = \"discrete\", values = [100, 600], probabilities = [0.6, 0.4] }";
    patched(toml(&tied("go_live = 2028-04-01", &roadmap)), &[("per_user = 100", price)])
}

fn of<'a>(a: &'a Appraisal, plan: &str, option: Option<&str>) -> &'a PlanFaring {
    let robustness = a.optimiser.as_ref().and_then(|o| o.robustness.as_ref()).expect("drawn");
    robustness.plans.iter().find(|p| p.plan == plan && p.option.as_deref() == option).expect("a plan")
}

/// At a price p of Y the roadmap (both go in April 2028) costs 110,000 + 100 p + 300 p / 1.035, and business as usual
/// 100,000 + 100 p + (100,000 + 100 p) / 1.035. So at £600 business as usual costs 10,000 + 20,000 / 1.035 less.
const BEHIND: f64 = 10_000.0 + 20_000.0 / 1.035;

#[test]
fn regret_is_told_of_the_roadmap_and_chance_is_that_of_the_price() {
    let a = drawn(&uncertain(""), None, 400);
    let (roadmap, usual) = (of(&a, "roadmap", None), of(&a, "option", Some("bau")));
    // 400 draws: four of ten, within three standard errors of 0.0245.
    assert!((usual.better - 0.4).abs() < 0.074, "{}", usual.better);
    six(usual.better_by.expect("in some draws"), BEHIND);
    six(roadmap.worst_regret.expect("it keeps all limits"), BEHIND);
    six(roadmap.regret.expect("it keeps all limits"), usual.better * BEHIND);
    assert!(roadmap.better.abs() < 1e-12 && roadmap.better_by.is_none());
    assert_eq!((roadmap.p_limits, usual.p_limits), (Some(1.0), None));
    // Its mean is that of the two prices at that chance.
    let at = |p: f64| 110_000.0 + 100.0 * p + 300.0 * p / 1.035;
    assert!((roadmap.npc - (usual.better * at(600.0) + (1.0 - usual.better) * at(100.0))).abs() < 1e-5);
    let robustness = a.optimiser.as_ref().and_then(|o| o.robustness.as_ref()).expect("drawn");
    assert_eq!((robustness.draws, robustness.first_draw, robustness.chosen.is_none()), (400, 0, true));
    assert!(
        robustness.sentences[2].contains("of 100 draws a plan beside it that keeps all limits costs less: by £29,324 on average in those draws and by £29,324 at most, most often business as usual"),
        "{:?}",
        robustness.sentences
    );
    assert!(appraise::report::render(&a).expect("a pack").contains("The roadmap found and other plans over the draws"));
    // Without draws, or without anything that is uncertain, nothing is said.
    assert!(appraise(&uncertain("")).optimiser.expect("a roadmap").robustness.is_none());
}

#[test]
fn a_roadmap_chosen_over_draws_is_judged_on_others() {
    // The mean price is £300, at which moving costs less; at P80 it is £600, at which it does not.
    let mean = drawn(&uncertain("over_draws = 40\n"), None, 400);
    let robustness = mean.optimiser.as_ref().and_then(|o| o.robustness.as_ref()).expect("drawn");
    let chosen = robustness.chosen.as_ref().expect("asked for");
    assert_eq!((chosen.draws, chosen.quantile, chosen.differs), (40, None, 0));
    assert!(robustness.first_draw >= 40);
    assert!(robustness.sentences.last().is_some_and(|s| s.ends_with("the roadmap is the same.")), "{:?}", robustness.sentences);

    let high = drawn(&uncertain("over_draws = 40\nquantile = 0.8\n"), None, 400);
    let robustness = high.optimiser.as_ref().and_then(|o| o.robustness.as_ref()).expect("drawn");
    let chosen = robustness.chosen.as_ref().expect("asked for");
    assert_eq!((chosen.quantile, chosen.differs), (Some(0.8), 2));
    six(chosen.npc, 110_000.0 + 110_000.0 / 1.035);
    let other = of(&high, "chosen", None);
    six(of(&high, "roadmap", None).npc_p80 - other.npc_p80, BEHIND);
    six(other.better_by.expect("in some draws"), BEHIND);
    assert!(
        robustness
            .sentences
            .last()
            .is_some_and(|s| s.contains("differs in two moves or links") && s.ends_with("and £29,324 less at P80.")),
        "{:?}",
        robustness.sentences
    );
}

/// Y has all that the services need and X a fifth of it, so that who stays scores less; and Y costs £600 a user or £700, so
/// that who stays pays less, by 10,000 + (200 p - 100,000) / 1.035 at price p where both go in April 2028. What costs less and
/// has not the score that was asked for is no better.
#[test]
fn what_costs_less_without_the_score_that_was_asked_for_is_no_rival() {
    let scored = "[capabilities.c]\ncoverage = { x = 0.2, y = 1 }\n\
        [criteria.capability]\nmeasure = \"capability\"\nanchors = { zero = 0, hundred = 1 }\n\
        [panels.all]\npoints = { capability = 100 }\n[optimise]\ntargets = [\"y\"]\n";
    let price = "per_user = { likely = 600, distribution = \"discrete\", values = [600, 700], probabilities = [0.5, 0.5] }";
    let text = tied("go_live = 2028-04-01", scored).replace("system = \"x\"\n", "system = \"x\"\nneeds = { c = 5 }\n");
    let scenario = read(&patched(toml(&text), &[("per_user = 100", price)]));
    let ask = |goal| {
        let question = Question {
            schedule: None,
            goal,
            effort: Effort { plans: 2_000, nodes: 0, seed: 1 },
            frontier: 0,
            limit_prices: false,
            dates: false,
            draws: 100,
            over: None,
        };
        roadmap(&scenario.programme, &scenario.plans, &question, &RoadmapProgress::default())
    };
    let found = ask(Goal::CostFor(50.0));
    let usual = found.against.iter().find(|o| o.option == "bau").expect("beside it");
    assert!(usual.breaks.is_empty() && usual.npc > 0.0 && usual.score.expect("scored") > 0.0, "{usual:?}");
    let robustness = found.robustness.as_ref().expect("drawn");
    let of = |option: Option<&str>| robustness.plans.iter().find(|p| p.option.as_deref() == option).expect("a plan");
    assert_eq!((of(None).regret, of(None).worst_regret), (Some(0.0), Some(0.0)));
    let usual = of(Some("bau"));
    assert!(usual.keeps_limits && usual.better.abs() < 1e-12 && usual.better_by.is_none() && usual.regret.is_none(), "{usual:?}");
    assert_eq!(
        robustness.sentences[2],
        "In none of the draws the one plan beside it that keeps all limits and scores at least 50.0 points costs less."
    );
    // Asked for nothing but cost, who stays is the roadmap itself.
    let cheapest = ask(Goal::Cost);
    six(cheapest.npc.expect("found"), 160_000.0 + 160_000.0 / 1.035);
}

/// The same seed gives the same bytes on any number of threads.
#[test]
fn what_is_said_over_draws_does_not_depend_on_threads() {
    let files = uncertain("over_draws = 20\n");
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| drawn(&files, Some(5), 300)).optimiser.expect("a roadmap")
    };
    assert_eq!(on(1), on(3));
}

const TEAM: &str = "[roles.team]\nname = \"Team\"\nday_rate = 100\ncapacity = 60\n";

fn dates(a: &Appraisal) -> &Dates {
    a.options[1].dates.as_ref().expect("asked for")
}

/// Business as usual: 110,000 in each year. Both in July 2027, the soonest: X is paid to the end of year 0 with nobody on it
/// (75,000 of it), Y has 100 users for a quarter and 300 for three, and the work is 10,000.
const USUAL: f64 = 110_000.0 + 110_000.0 / 1.035;
const SOONEST: f64 = 135_000.0 + 30_000.0 / 1.035;
/// Both in April 2028, when X has ended.
const BEST: f64 = 120_000.0 + 30_000.0 / 1.035;

#[test]
fn dates_of_ones_own_are_measured_by_the_best_there_are() {
    let a = appraise(&toml(&tied("go_live = 2027-07-01", "[optimise]\ndates = true\n")));
    six(a.options[1].cost.npc, SOONEST);
    let found = dates(&a);
    six(found.npc, BEST);
    six(found.saves, 15_000.0);
    six(a.options[1].dual_running.present, 75_000.0);
    six(a.options[1].dual_running.avoidable.expect("asked for"), 75_000.0);
    six(found.gain_of_targets.expect("beside business as usual"), USUAL - SOONEST);
    six(found.gain_of_dates, 0.0);
    assert!(found.keeps_limits && a.options[0].dates.is_none() && a.options[0].dual_running.avoidable.is_none());
    assert!(
        found.sentence.ends_with("for the same moves cost £15,000 less in net present cost. Of its £75,000 of dual running, other dates within all limits could avoid £75,000."),
        "{}",
        found.sentence
    );
    assert!(appraise::report::render(&a).expect("a pack").contains("What dates do"));
    // Not asked for, not told.
    assert!(appraise(&toml(&tied("go_live = 2027-07-01", ""))).options[1].dates.is_none());
}

#[test]
fn a_gain_of_dates_left_to_the_optimiser_stands_apart_from_that_of_targets() {
    // One team lets one go in January and one in April: 2,500 dearer than both in April (`tests/roadmaps.rs`).
    let a = appraise(&toml(&tied("optimise = \"schedule\"", TEAM)));
    let found = dates(&a);
    six(a.options[1].cost.npc, BEST + 2_500.0);
    six(found.saves, 0.0);
    six(found.npc_soonest, SOONEST);
    six(found.gain_of_dates, 12_500.0);
    // Both parts are the whole gain.
    six(found.gain_of_targets.expect("beside business as usual") + found.gain_of_dates, USUAL - a.options[1].cost.npc);
    six(a.options[1].dual_running.avoidable.expect("its dates were sought"), 0.0);
}

#[test]
fn dates_beyond_limits_save_by_that() {
    // Both in April 2028 on a team that can do one.
    let a = appraise(&toml(&tied("go_live = 2028-04-01", &format!("{TEAM}[optimise]\ndates = true\n"))));
    let found = dates(&a);
    six(found.saves, -2_500.0);
    assert!(
        !found.keeps_limits && found.sentence.contains("within all limits, which its own dates do not keep"),
        "{}",
        found.sentence
    );
    six(a.options[1].dual_running.avoidable.expect("asked for"), 0.0);
}

/// Nothing may go live after January 2028, and the option does so in April: it keeps not all limits, is no rival, and its dates are
/// measured by those that do. X is paid for year 0 whatever is done, and Y by the quarter: both in January cost 5,000 more.
#[test]
fn dates_after_the_last_that_may_be_are_beyond_limits() {
    let more = "[optimise]\ntargets = [\"y\"]\ndates = true\nlatest_go_live = 2028-01-01\n[options.best]\nkind = \"optimised\"\noptimise = \"roadmap\"\n";
    let price = "per_user = { likely = 100, distribution = \"discrete\", values = [100, 600], probabilities = [0.6, 0.4] }";
    let a = drawn(&patched(toml(&tied("go_live = 2028-04-01", more)), &[("per_user = 100", price)]), None, 100);
    let found = dates(&a);
    six(found.saves, -5_000.0);
    assert!(!found.keeps_limits && found.sentence.contains("within all limits, which its own dates do not keep"), "{found:?}");
    let both = a.optimiser.as_ref().expect("asked for").against.iter().find(|o| o.option == "both").expect("beside it");
    assert_eq!(
        both.breaks,
        [
            "Service a would go live in April 2028, and nothing may after January 2028",
            "Service b would go live in April 2028, and nothing may after January 2028"
        ]
    );
    let faring = of(&a, "option", Some("both"));
    assert!(!faring.keeps_limits && faring.regret.is_none());
}

#[test]
fn a_roadmap_is_compared_by_dates_and_by_targets() {
    let more = "[optimise]\ntargets = [\"y\"]\ndates = true\n[options.best]\nkind = \"optimised\"\noptimise = \"roadmap\"\n";
    let a = appraise(&toml(&tied("go_live = 2027-07-01", more)));
    let found = a.optimiser.as_ref().expect("asked for");
    let both = found.against.iter().find(|o| o.option == "both").expect("beside it");
    // The same moves: all of the difference is dates.
    six(both.npc, BEST - SOONEST);
    six(both.npc_from_dates.expect("asked for"), BEST - SOONEST);
    assert!(found.against.iter().find(|o| o.option == "bau").is_some_and(|o| o.npc_from_dates.is_none()));
}

#[test]
fn a_quantile_is_of_draws() {
    let found = support::problems(&uncertain("quantile = 0.8\n"));
    assert!(found.list.iter().any(|p| p.message.contains("has no draws that it could be of")), "{found:?}");
}

/// One draw says nothing of how far others are.
#[test]
fn the_error_of_one_draw_is_not_known() {
    let a = drawn(&uncertain(""), None, 1);
    assert!(a.options.iter().all(|o| o.uncertainty.as_ref().is_some_and(|u| u.npc.standard_error.is_none())));
    assert!(of(&a, "roadmap", None).npc_error.is_none());
    assert!(appraise::report::render(&a).expect("a pack").contains("Not known"));
    let two = drawn(&uncertain(""), None, 2);
    assert!(two.options[1].uncertainty.as_ref().is_some_and(|u| u.npc.standard_error.is_some()));
}
