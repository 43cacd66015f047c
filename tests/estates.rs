//! Estates of the sizes that groups of trusts have: what the optimiser finds, and how far that can be from the best.

#![cfg(unix)]

mod support;

use appraise::scenario::SourceFile;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use support::generated::roadmap::{ESTATES, Estate};
use support::{path, read};

/// Each estate in both forms, with its name.
fn all() -> Vec<(String, Vec<SourceFile>)> {
    let forms = |e: Estate| [(format!("linear-{}", e.name), e.linear(1)), (format!("mechanics-{}", e.name), e.mechanics())];
    ESTATES.into_iter().flat_map(forms).collect()
}

#[test]
fn estates_are_sound_and_as_large_as_they_say() {
    for (estate, forms) in ESTATES.into_iter().map(|e| (e, [e.linear(1), e.mechanics()])) {
        for files in forms {
            let p = read(&files).programme;
            assert_eq!((p.services.len(), p.instances.len()), (estate.services, estate.systems), "{}", estate.name);
        }
        assert!(estate.linear(1) == estate.linear(1) && estate.linear(1) != estate.linear(2), "a seed is one estate");
    }
}

/// An interrupt from the keyboard ends a search, and a bound that is sought by the solver, with the best plan so far, marked
/// as that. How long a run takes to begin depends on the machine: what an interrupt ended before it had begun is tried again.
#[test]
fn an_interrupt_ends_it_with_the_best_so_far() {
    let folder = tempfile::tempdir().expect("a folder");
    let estate = ESTATES[1];
    write(folder.path(), &estate.linear(1));
    for endless in [["--plans", "1000000000", "--nodes", "0"], ["--plans", "2000", "--nodes", "1000000000"]] {
        let mut delay = Duration::from_secs(3);
        let found = loop {
            let mut command = Command::new(env!("CARGO_BIN_EXE_appraise"));
            command.arg("optimise").arg(folder.path()).args(["--goal", "cost", "--format", "json"]).args(endless);
            let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("starts");
            sleep(delay);
            assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill").success());
            let done = child.wait_with_output().expect("ends");
            if done.status.code().is_some() {
                assert!(String::from_utf8_lossy(&done.stderr).contains("Stopping with the best roadmap so far"));
                assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
                break serde_json::from_slice::<serde_json::Value>(&done.stdout).expect("whole results");
            }
            delay *= 2;
            assert!(delay < Duration::from_secs(200), "it begins within minutes");
        };
        let found = &found["optimiser"];
        assert_eq!(found["stopped"], true);
        assert!(found["npc"].as_f64().is_some_and(|npc| npc > 0.0), "{found}");
        assert!(found["sentence"].as_str().is_some_and(|s| s.starts_with("Stopped before it was done")));
    }
}

/// Writes the estates to the folder that `APPRAISE_ESTATES_DIR` names, to be looked at or asked something else.
#[test]
#[ignore = "writes a folder"]
fn estates_to_disk() {
    let folder = PathBuf::from(std::env::var("APPRAISE_ESTATES_DIR").expect("set APPRAISE_ESTATES_DIR to the folder to write"));
    for (name, files) in all() {
        write(&folder.join(name), &files);
    }
}

fn write(folder: &Path, files: &[SourceFile]) {
    fs::create_dir_all(folder).expect("a folder");
    for file in files {
        fs::write(folder.join(&file.name), &file.bytes).expect("writable");
    }
}

/// What a run of the program came to.
struct Run {
    found: serde_json::Value,
    seconds: f64,
    processor: f64,
    megabytes: f64,
}

/// Runs the program under `time -v`, which tells of the processor and of memory.
#[expect(clippy::disallowed_methods, reason = "it measures and tests nothing by it")]
fn run(program: &Path, folder: &Path, arguments: &[&str]) -> Run {
    let began = Instant::now();
    let mut command = Command::new("/usr/bin/time");
    command.arg("-v").arg(program).arg("optimise").arg(folder).args(["--goal", "cost", "--format", "json", "--no-progress"]);
    let done = command.args(arguments).output().expect("GNU time");
    let told = String::from_utf8_lossy(&done.stderr).into_owned();
    let number = |of: &str| -> f64 {
        let line = told.lines().find_map(|l| l.trim().strip_prefix(of)).unwrap_or_else(|| panic!("no `{of}` in {told}"));
        line.trim().parse().expect("a number")
    };
    Run {
        found: serde_json::from_slice(&done.stdout).unwrap_or_else(|e| panic!("{e}: {told}")),
        seconds: began.elapsed().as_secs_f64(),
        processor: number("User time (seconds):"),
        megabytes: number("Maximum resident set size (kbytes):") / 1024.0,
    }
}

/// Writes the estates to a folder and runs the program on them: the search alone, the bound alone, both. Prints what was
/// found, the bound, the gap in pounds, as a share of net present cost and of the discounted cost without benefits, seconds
/// and processor seconds, and the most memory.
///
/// ```text
/// cargo build --release --locked
/// APPRAISE_ESTATES=linear-S,linear-M cargo test --locked --test estates -- --ignored --nocapture
/// ```
///
/// `APPRAISE_ESTATES` names those that are asked for, all if it is not given; `APPRAISE_PROGRAM` another program than the
/// release build, `APPRAISE_PLANS` another number of plans than the command has by itself.
#[test]
#[ignore = "measures for minutes"]
#[expect(clippy::print_stdout, reason = "it says what it measures")]
fn estates_measured() {
    let asked = std::env::var("APPRAISE_ESTATES").unwrap_or_default();
    let program = std::env::var("APPRAISE_PROGRAM").map_or_else(|_| path("target/release/appraise"), PathBuf::from);
    let plans = std::env::var("APPRAISE_PLANS").ok();
    let plans: Vec<&str> = plans.iter().flat_map(|plans| ["--plans", plans.as_str()]).collect();
    let folder = tempfile::tempdir().expect("a folder");
    println!("estate, what, objective, bound, gap, net %, gross %, seconds, processor seconds, MB, plans tried");
    for (name, files) in all().into_iter().filter(|(name, _)| asked.is_empty() || asked.split(',').any(|a| a == name)) {
        let estate = folder.path().join(&name);
        write(&estate, &files);
        for (what, more) in [("search", vec!["--nodes", "0"]), ("bound", vec!["--plans", "1"]), ("both", Vec::new())] {
            let own = if what == "bound" { Vec::new() } else { plans.clone() };
            let run = run(&program, &estate, &[more, own].concat());
            let number = |key: &str| run.found["optimiser"][key].as_f64();
            let shown = |x: Option<f64>, digits: usize| x.map_or_else(|| "-".to_owned(), |x| format!("{x:.digits$}"));
            let share = |of: &str| number("gap").zip(number(of)).map(|(gap, of)| 100.0 * gap / of.abs());
            println!(
                "{name}, {what}, {}, {}, {}, {}, {}, {:.1}, {:.1}, {:.0}, {}",
                shown(number("objective"), 0),
                shown(number("bound"), 0),
                shown(number("gap"), 0),
                shown(share("npc"), 3),
                shown(share("discounted_cost"), 3),
                run.seconds,
                run.processor,
                run.megabytes,
                shown(number("tried"), 0)
            );
        }
    }
}
