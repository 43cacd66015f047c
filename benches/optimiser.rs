//! What looking for a roadmap costs and finds, on generated estates: S (20 services, 7 systems, 12 quarters), M (60, 10, 20)
//! and L (300, 15, 24), and on Project Fusion. Prints plans a second on one thread, and the net present cost of the best plan
//! by how many were tried.

#![expect(clippy::disallowed_methods, reason = "a bench times")]
#![allow(missing_docs, clippy::print_stdout, reason = "a program that prints what it measures")]

#[path = "../tests/support/generated/mod.rs"]
mod generated;

use appraise::assumption::Values;
use appraise::optimiser::{Effort, Goal, Judge, Space, answer, frontier};
use appraise::programme::{Freedom, Optimise, OptionIx, Programme};
use appraise::quantity::Month;
use appraise::scenario::{self, Scenario, SourceFile};
use generated::Size;
use std::fs;
use std::path::Path;
use std::time::Instant;

fn bundled(name: &str) -> Vec<SourceFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name);
    let mut files: Vec<SourceFile> = fs::read_dir(folder)
        .expect("a bundled scenario")
        .map(|e| e.expect("an entry"))
        .filter(|e| e.path().extension().is_some_and(|e| e == "toml" || e == "csv"))
        .map(|e| SourceFile { name: e.file_name().to_string_lossy().into_owned(), bytes: fs::read(e.path()).expect("readable") })
        .collect();
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}

/// Share of a quarter's demand that teams can meet if all that may move does so evenly: capacities of the generated estates
/// are far above what is needed.
const UTILISED: f64 = 0.7;

/// The values of a case, its teams as busy as real ones are.
fn values(programme: &Programme, quarters: f64) -> Values {
    let mut values = programme.register.central();
    let users: f64 = programme.services.iter().map(|s| s.users.of(&values)).sum();
    for role in &programme.roles {
        if let Some(capacity) = role.capacity {
            // About half a day a user, and sixty for each service, over all quarters.
            let services = f64::from(u32::try_from(programme.services.len()).expect("few"));
            values.set(capacity.handle(), (0.45 * users + 60.0 * services) / quarters / UTILISED);
        }
    }
    values
}

fn measure(name: &str, scenario: &Scenario, quarters: f64, most: u64) {
    let programme = &scenario.programme;
    let values = if quarters > 0.0 { values(programme, quarters) } else { programme.register.central() };
    let space = Space::of(programme, OptionIx(0), Freedom::Roadmap, &values);
    let judge = Judge::of(programme, &space, &values);
    let known: Vec<_> = scenario.plans.iter().filter_map(|p| space.draft(p)).collect();
    println!("{name}: {} places, {} choices", space.places.len(), space.places.iter().map(|p| p.choices.len()).sum::<usize>());
    for goal in [Goal::Cost, Goal::Score] {
        let mut plans = most.div_euclid(16);
        while plans <= most {
            let began = Instant::now();
            let found = answer(&judge, goal, &known, Effort { plans, nodes: 0, seed: 1 });
            let seconds = began.elapsed().as_secs_f64();
            let worth = found.best.map(|b| goal.of(&b.judged.realised));
            let rate = f64::from(u32::try_from(found.tried).unwrap_or(u32::MAX)) / seconds;
            println!("  {goal:?}: {} plans, {seconds:.1} s, {rate:.0} a second, best {worth:.2?}", found.tried);
            plans *= 4;
        }
    }
}

fn main() {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().expect("threads");
    let fusion = scenario::read(&bundled("project-fusion")).expect("a sound scenario");
    pool.install(|| {
        measure("project-fusion", &fusion, 0.0, 400_000);
        let values = fusion.programme.register.central();
        let space = Space::of(&fusion.programme, OptionIx(0), Freedom::Roadmap, &values);
        let judge = Judge::of(&fusion.programme, &space, &values);
        let known: Vec<_> = fusion.plans.iter().filter_map(|p| space.draft(p)).collect();
        let began = Instant::now();
        let points = frontier(&judge, 20, &known, Effort { plans: 40_000, nodes: 0, seed: 1 }, &|| {});
        println!("project-fusion: frontier of {} points in {:.1} s", points.len(), began.elapsed().as_secs_f64());
        for (name, services, instances, (last, quarters), most) in
            [("S", 20, 7, (12, 12.0), 50_000), ("M", 60, 10, (20, 20.0), 50_000), ("L", 300, 15, (24, 24.0), 50_000)]
        {
            let mut case = scenario::read(&generated::scenario(Size { services, instances, options: 8, years: 6, ranges: 3 }))
                .unwrap_or_else(|_| panic!("{name} is sound"));
            case.programme.optimise = Optimise {
                go_lives: Some(services.div_ceil(8)),
                latest: Some(Month::new(2026, 4).plus(3 * (last - 1))),
                ..Optimise::default()
            };
            measure(name, &case, quarters, most);
        }
    });
}
