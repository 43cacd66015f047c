//! A draft that follows changes comes to what the full evaluation of its plan comes to, limits and gates among it.

#![expect(clippy::print_stderr, reason = "a test that counts says what")]

mod support;

use appraise::assumption::Stream;
use appraise::optimiser::{Draft, Goal, Judge, Space, Tally};
use appraise::outcome::net_present_cost;
use appraise::programme::{Freedom, Optimise, OptionIx};
use appraise::scenario::Scenario;
use support::generated::{self, Size};
use support::tiny::{Tiny, estate};
use support::{files, read};

/// Whole numbers drawn from a stream.
struct Dice(Stream, u64);

impl Dice {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a small whole number"
    )]
    fn below(&mut self, end: usize) -> usize {
        self.1 += 1;
        ((self.0.at(self.1) * end as f64) as usize).min(end - 1)
    }
}

/// Changes a few places and links of a tally at random.
fn change(tally: &mut Tally<'_>, space: &Space, dice: &mut Dice) {
    for _ in 0..=dice.below(3) {
        let at = dice.below(space.places.len() + space.offers.len());
        if let Some(place) = space.places.get(at) {
            let choices = place.choices.len() + usize::from(place.may_stay);
            let choice = dice.below(choices);
            tally.set_move(at, (choice < place.choices.len()).then_some(choice));
        } else {
            let offer = at - space.places.len();
            let date = dice.below(space.offers[offer].dates.len() + 1);
            tally.set_link(offer, (date < space.offers[offer].dates.len()).then_some(date));
        }
    }
}

fn agrees(name: &str, scenario: &mut Scenario, optimise: Optimise, times: usize) {
    scenario.programme.optimise = optimise;
    let programme = &scenario.programme;
    let values = programme.register.central();
    let mut kept = 0;
    for option in 0..programme.options.len() {
        let space = Space::of(programme, OptionIx(option), Freedom::Roadmap, &values);
        if space.places.is_empty() {
            continue;
        }
        let judge = Judge::of(programme, &space, &values);
        let still = Draft { moves: vec![None; space.places.len()], links: vec![None; space.offers.len()] };
        let mut tally = Tally::of(&judge, &still, true);
        let mut dice = Dice(Stream::new(1, name), 0);
        let close = |a: f64, b: f64| (a - b).abs() <= 1e-9 * (1.0 + a.abs());
        for time in 0..times {
            // From time to time all over again: from nothing done, or close to it.
            if time % 40 == 0 {
                tally.take(&still);
            }
            let quick = tally.stand(Goal::Cost);
            let full = judge.judge(tally.draft());
            let of = format!("{name}, option {option}, change {time}, {:?}", tally.draft());
            if !close(quick.npc, full.realised.npc) {
                let fresh = Tally::of(&judge, tally.draft(), true).stand(Goal::Cost);
                let plan = space.plan(programme, tally.draft());
                panic!("{of}: {} and {}, anew {}\n{plan:?}", quick.npc, full.realised.npc, fresh.npc);
            }
            assert_eq!(quick.score.is_some(), full.realised.score.is_some(), "{of}");
            let scores = quick.score.zip(full.realised.score);
            assert!(scores.is_none_or(|(a, b)| close(a, b)), "{of}: scores {scores:?}");
            assert_eq!(quick.over <= 0.0, full.achievable(), "{of}: {} and {:?}", quick.over, full.broken);
            kept += usize::from(full.achievable());
            if time % 16 == 0 {
                let plan = space.plan(programme, tally.draft());
                assert!(close(quick.npc, net_present_cost(programme, &plan, &values)), "{of}");
            }
            change(&mut tally, &space, &mut dice);
        }
    }
    eprintln!("{name}: {kept} plans achievable");
}

#[test]
fn on_bundled_scenarios() {
    for name in ["worked-example", "project-fusion", "minimal", "new-product", "one-product"] {
        agrees(name, &mut read(&files(name)), Optimise::default(), 600);
    }
}

/// Every plan of small estates, one after the other in the order in which they are looked at.
#[test]
fn on_small_estates() {
    for seed in 0..240 {
        let Tiny { scenario, option, freedom } = estate(seed, 200);
        let programme = &scenario.programme;
        let values = programme.register.central();
        let space = Space::of(programme, option, freedom, &values);
        if space.is_empty() || space.count() == Some(1) || space.places.is_empty() {
            continue;
        }
        let judge = Judge::of(programme, &space, &values);
        let first = |stays: bool| (!stays).then_some(0);
        let draft = Draft {
            moves: space.places.iter().map(|p| first(p.may_stay)).collect(),
            links: space.offers.iter().map(|o| first(o.may_lack)).collect(),
        };
        let mut tally = Tally::of(&judge, &draft, true);
        let mut dice = Dice(Stream::new(seed, "small"), 0);
        for time in 0..60 {
            let (quick, full) = (tally.stand(Goal::Cost), judge.judge(tally.draft()));
            let close = (quick.npc - full.realised.npc).abs() <= 1e-9 * (1.0 + full.realised.npc.abs());
            let of = format!("estate {seed}, change {time}: {quick:?}, {:?}, {:?}", full.realised.npc, full.broken);
            assert!(close, "{of}");
            let score = quick.score.zip(full.realised.score).is_some_and(|(a, b)| (a - b).abs() < 1e-9 * (1.0 + a.abs()));
            assert!(score, "{of}, score {:?}", full.realised.score);
            assert_eq!(quick.over <= 0.0, full.achievable(), "{of}");
            change(&mut tally, &space, &mut dice);
        }
    }
}

#[test]
fn with_limits_on_go_lives() {
    let mut scenario = read(&files("project-fusion"));
    let users = scenario.programme.services[0].users;
    let optimise =
        Optimise { go_lives: Some(2), users: Some(users), beyond_capacity: true, beyond_funding: true, ..Optimise::default() };
    agrees("project-fusion", &mut scenario, optimise, 600);
}

#[test]
fn on_a_generated_estate() {
    let size = Size { services: 24, instances: 7, options: 8, years: 6, ranges: 3 };
    agrees("generated", &mut read(&generated::scenario(size)), Optimise::default(), 300);
}
