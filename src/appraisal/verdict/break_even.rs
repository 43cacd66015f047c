//! How much what a move rests on would have to change for its worth to turn.

use super::super::result::BreakEven;
use crate::assumption::{Handle, Values};
use crate::outcome::{Common, Simulation};
use crate::plan::{Move, Plan};
use crate::programme::{ContractLine, InstanceIx, Programme};
use crate::quantity::fixed;

/// The highest multiple that is tried.
const MOST: f64 = 10.0;

/// Halvings of a stretch, which leave less than a billionth of it.
const HALVINGS: usize = 30;

/// What is varied: a word, how it is called, the numbers, and the multiples that make sense.
struct Lever {
    word: &'static str,
    name: String,
    numbers: Vec<Handle>,
    /// The lowest multiple: nothing, or a hundredth where a share of nothing is no share.
    least: f64,
    /// The highest.
    most: f64,
}

/// The break-even of everything that the scenario has and that acts on the worth of the move, in that plan.
///
/// # Method
/// `docs/method.md`, section 31: the numbers together times a factor, from nothing to ten times, all else as it is; both
/// plans are evaluated anew, and the factor at which the gain turns is found by halving. Only a turn between a factor of
/// 1 and either end is seen, not two of them.
pub(super) fn all(programme: &Programme, (with, without): (&Plan, &Plan), m: &Move, values: &Values) -> Vec<BreakEven> {
    let plans = [with.clone(), without.clone()];
    let simulation = Simulation::of(programme, &plans);
    let mut common = Common::default();
    let mut found = Vec::new();
    for lever in levers(programme, m, values) {
        // What the move is better by, in points or pounds.
        let mut gain = |factor: f64| {
            let mut other = values.clone();
            lever.numbers.iter().for_each(|h| other.set(*h, factor * values.get(*h)));
            let both = simulation.realise_with(&other, &mut common);
            simulation.key(&both[1]) - simulation.key(&both[0])
        };
        let (now, none, most) = (gain(1.0), gain(lever.least), gain(lever.most));
        let acts = (now - none).abs().max((most - now).abs()) > 1e-9 * now.abs().max(1.0);
        if acts {
            found.push(view(&lever, turn(&mut gain, (now, none, most), (lever.least, lever.most))));
        }
    }
    found
}

fn levers(programme: &Programme, m: &Move, values: &Values) -> Vec<Lever> {
    let kind = &programme.move_kinds[m.kind.0];
    let system = |i: InstanceIx| &programme.instances[i.0].name;
    let dip: Vec<Handle> = kind.dip.iter().map(|d| d.loss.handle()).collect();
    // More than all hours cannot be lost.
    let worst = kind.dip.iter().map(|d| d.loss.of(values)).fold(0.0, f64::max);
    let flows = programme.flows.iter().filter(|f| f.from == m.service || f.to == m.service);
    let lever = |word, name: String, numbers| Lever { word, name, numbers, least: 0.0, most: MOST };
    let all = [
        lever("target_licence", format!("the licence of {}", system(m.to)), prices(programme, m.to)),
        lever("source_licence", format!("the licence of {}", system(m.from)), prices(programme, m.from)),
        Lever {
            most: if worst > 0.0 { MOST.min(1.0 / worst).max(1.0) } else { MOST },
            ..lever("dip", "the dip after go-live".to_owned(), dip)
        },
        // Nothing is a share of no contacts at all.
        Lever {
            least: 0.01,
            ..lever("flow", "contacts shared with other services".to_owned(), flows.map(|f| f.contacts.handle()).collect())
        },
        lever("overlap", "months in which both systems run".to_owned(), vec![kind.overlap.handle()]),
    ];
    let distinct = |mut lever: Lever| {
        lever.numbers.sort_unstable();
        lever.numbers.dedup();
        lever
    };
    all.into_iter().map(distinct).filter(|l| l.numbers.iter().any(|h| values.get(*h) != 0.0)).collect()
}

/// Prices in the lines of a system's contracts.
fn prices(programme: &Programme, instance: InstanceIx) -> Vec<Handle> {
    let contracts = programme.contracts.iter().filter(|c| c.instance == Some(instance));
    contracts.flat_map(|c| &c.lines).flat_map(ContractLine::prices).collect()
}

/// The factor nearest to 1 at which the gain turns from positive to not, or back, and whether it does so at one go.
fn turn(gain: &mut impl FnMut(f64) -> f64, (now, none, most): (f64, f64, f64), (least, end): (f64, f64)) -> Option<(f64, bool)> {
    let mut sides = Vec::new();
    for (far, there) in [(least, none), (end, most)] {
        if (there > 0.0) != (now > 0.0) {
            sides.push(halved(gain, (1.0, now), (far, there)));
        }
    }
    sides.into_iter().min_by(|a, b| (a.0 - 1.0).abs().total_cmp(&(b.0 - 1.0).abs()))
}

fn halved(gain: &mut impl FnMut(f64) -> f64, near: (f64, f64), far: (f64, f64)) -> (f64, bool) {
    let ((mut a, mut at_a), (mut b, mut at_b)) = (near, far);
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(a, b);
        let there = gain(middle);
        if (there > 0.0) == (near.1 > 0.0) { (a, at_a) = (middle, there) } else { (b, at_b) = (middle, there) }
    }
    let jump = (at_a - at_b).abs() > 1e-4 * (near.1 - far.1).abs();
    (f64::midpoint(a, b), jump)
}

fn view(lever: &Lever, found: Option<(f64, bool)>) -> BreakEven {
    let percent = |x: f64| fixed(100.0 * x, usize::from(x < 0.1));
    let plural = matches!(lever.word, "flow" | "overlap");
    let sentence = match found {
        Some((factor, _)) if factor < 1.0 => format!("{}% less of {}", percent(1.0 - factor), lever.name),
        Some((factor, _)) => format!("{}% more of {}", percent(factor - 1.0), lever.name),
        None => format!(
            "nothing between {} and {} times {} turn{} it",
            if lever.least > 0.0 { "a hundredth" } else { "none" },
            fixed(lever.most, usize::from(lever.most.fract() != 0.0)),
            lever.name,
            if plural { "" } else { "s" }
        ),
    };
    BreakEven {
        input: lever.word.to_owned(),
        factor: found.map(|(f, _)| f),
        most: lever.most,
        jump: found.is_some_and(|(_, jump)| jump),
        sentence,
    }
}
