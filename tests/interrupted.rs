//! Runs that are ended, that meet a full disk or a folder nobody may write to: the results are those of one
//! run, whole, or there are none.

#![cfg(unix)]
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use support::path;

const APPRAISE: &str = env!("CARGO_BIN_EXE_appraise");

/// What a run writes.
const FILES: [&str; 3] = ["appraisal.json", "pack.html", "workbook.xlsx"];

/// Two scenarios with different results for one folder.
struct Runs {
    folder: tempfile::TempDir,
    scenarios: [PathBuf; 2],
    /// Results, pack and workbook of each, from a run of its own.
    whole: [[Vec<u8>; 3]; 2],
}

impl Runs {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let text = fs::read_to_string(path("scenarios/worked-example/appraisal.toml")).expect("the example");
        let scenarios =
            [("a.toml", text.clone()), ("b.toml", text.replace("title = \"Worked example", "title = \"Another example"))].map(
                |(name, text)| {
                    let file = folder.path().join(name);
                    fs::write(&file, text).expect("writable");
                    file
                },
            );
        let whole = [0, 1].map(|i: usize| {
            let out = folder.path().join(format!("whole-{i}"));
            let done = run(&scenarios[i], &out).output().expect("runs");
            assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
            FILES.map(|name| fs::read(out.join(name)).expect("results"))
        });
        assert!((0..3).all(|file| whole[0][file] != whole[1][file]), "the two can be told apart");
        Self { folder, scenarios, whole }
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    /// Whose the results in a folder are: `None` if there are none. Half a file, or files of two runs, are
    /// faults; pack and workbook may be missing beside whole results.
    fn whose(&self, out: &Path) -> Option<usize> {
        let [json, pack, workbook] = FILES.map(|name| fs::read(out.join(name)).ok());
        let Some(json) = json else {
            assert!(pack.is_none() && workbook.is_none(), "a pack or a workbook without its results");
            return None;
        };
        let run = self.whole.iter().position(|w| w[0] == json).expect("results are those of one run, whole");
        for (file, found) in [(1, pack), (2, workbook)] {
            if let Some(found) = found {
                assert!(found == self.whole[run][file], "{} is of another run, or half of one", FILES[file]);
            }
        }
        Some(run)
    }
}

fn run(scenario: &Path, out: &Path) -> Command {
    let mut command = Command::new(APPRAISE);
    command.arg("run").arg(scenario).args(["--draws", "8"]).arg("-o").arg(out).stdin(Stdio::null());
    command
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("a folder")
        .map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// Moments over a whole run, and moments from when it begins to write: what is half written can be met only there.
const MOMENTS: (u32, u32) = (16, 64);

/// Whether a run has begun to write into a folder where there was this before, or is over.
fn has_begun(child: &mut Child, out: &Path, before: &BTreeSet<String>) -> bool {
    let new = |e: fs::DirEntry| !before.contains(&*e.file_name().to_string_lossy());
    child.try_wait().expect("a child").is_some() || fs::read_dir(out).is_ok_and(|all| all.flatten().any(new))
}

fn there(out: &Path) -> BTreeSet<String> {
    fs::read_dir(out).into_iter().flatten().flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect()
}

/// How often it is looked whether a run has begun to write.
const GLANCE: Duration = Duration::from_micros(100);

/// How long a run takes until it begins to write, and from then until it is over: the longest of some.
#[expect(clippy::disallowed_methods, reason = "moments to end a run at depend on how long it takes; what is asserted does not")]
fn measured(runs: &Runs, out: &Path) -> (Duration, Duration) {
    let mut most = (Duration::ZERO, Duration::ZERO);
    for turn in [0, 1, 0] {
        let before = there(out);
        let mut child = run(&runs.scenarios[turn], out).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("starts");
        let started = Instant::now();
        while !has_begun(&mut child, out, &before) {
            sleep(GLANCE);
        }
        let begun = Instant::now();
        assert!(child.wait().expect("ends").success());
        most = (most.0.max(begun - started), most.1.max(begun.elapsed()));
    }
    most
}

/// Ended at moments that are spread evenly over a run, and over the time in which it writes, both as long as they were measured
/// to be and half as long again: however long a run takes, there are as many.
fn ended_at_any_moment(signal: &str) {
    let runs = Runs::new();
    let out = runs.out();
    let (working, writing) = measured(&runs, &out);
    fs::remove_dir_all(&out).expect("results");
    let spread = |long: Duration, at: u32, of: u32| long.mul_f64(1.5) * at / of;
    let (mut ended, mut both) = (0, [0, 0]);
    for moment in 0..MOMENTS.0 + MOMENTS.1 {
        let turn = usize::from(!moment.is_multiple_of(2));
        let before = there(&out);
        let mut child = run(&runs.scenarios[turn], &out).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("starts");
        match moment.checked_sub(MOMENTS.0) {
            None => sleep(spread(working, moment, MOMENTS.0)),
            Some(moment) => {
                while !has_begun(&mut child, &out, &before) {
                    sleep(GLANCE);
                }
                sleep(spread(writing, moment, MOMENTS.1));
            }
        }
        if child.try_wait().expect("a child").is_none() {
            ended += 1;
            let told = Command::new("kill").args([signal, &child.id().to_string()]).status().expect("kill");
            let status = child.wait().expect("ends");
            assert!(told.success() || status.code() == Some(0), "ended by the signal, or over just before");
        }
        if let Some(run) = runs.whose(&out) {
            both[run] += 1;
        }
    }
    assert!(ended > MOMENTS.0.div_euclid(2), "some runs were ended while they worked: {ended}");
    // Of two that follow each other there is one that was given the time to end.
    for turn in [0, 1] {
        assert!(run(&runs.scenarios[turn], &out).output().expect("runs").status.success());
        both[turn] += usize::from(runs.whose(&out) == Some(turn));
    }
    assert!(both[0] > 1 && both[1] > 1, "results of both scenarios were met: {both:?}");
    // What ended runs left, the next run clears up.
    assert_eq!(names(&out), ["appraisal.json", "pack.html", "workbook.xlsx"]);
    assert_eq!(runs.whose(&out), Some(1));
}

#[test]
fn killed_at_any_moment() {
    ended_at_any_moment("-KILL");
}

#[test]
fn interrupted_from_the_keyboard_at_any_moment() {
    ended_at_any_moment("-INT");
}

/// Several runs into one folder at a time: one of them wins, whole.
#[test]
fn runs_at_the_same_time_do_not_mix() {
    let runs = Runs::new();
    for _ in 0..10 {
        let start =
            |i: usize| run(&runs.scenarios[i], &runs.out()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("starts");
        let children: Vec<_> = [0, 1, 0, 1].map(start).into();
        for mut child in children {
            assert!(child.wait().expect("ends").success());
        }
        assert!(runs.whose(&runs.out()).is_some());
        assert_eq!(names(&runs.out()), ["appraisal.json", "pack.html", "workbook.xlsx"]);
    }
}

/// What an unfinished file of somebody else's is called stays.
#[test]
fn only_its_own_unfinished_files_are_cleared_up() {
    let runs = Runs::new();
    let out = runs.out();
    fs::create_dir(&out).expect("a folder");
    for name in [".appraise-x1.unfinished", ".appraise-notes", "draft.unfinished"] {
        fs::write(out.join(name), "left").expect("writable");
    }
    assert!(run(&runs.scenarios[0], &out).output().expect("runs").status.success());
    assert_eq!(names(&out), [".appraise-notes", "appraisal.json", "draft.unfinished", "pack.html", "workbook.xlsx"]);
}

/// Refused with status 4, a message that names file and cause, and the old results as they were.
fn refused(runs: &Runs, done: &Output, causes: &[&str]) {
    let told = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(4), "{told}");
    assert!(["appraisal.json", "pack.html", "workbook.xlsx", "the folder"].iter().any(|n| told.contains(n)), "{told}");
    assert!(causes.iter().any(|c| told.contains(c)), "{told}");
    assert!(done.stdout.is_empty(), "no summary of what was not written");
    assert_eq!(runs.whose(&runs.out()), Some(0));
    assert_eq!(names(&runs.out()), ["appraisal.json", "pack.html", "workbook.xlsx"], "no litter");
}

/// Files that may not grow beyond a size stand for a full disk, without the rights it takes to make one.
#[test]
fn a_file_that_cannot_grow() {
    let runs = Runs::new();
    assert!(run(&runs.scenarios[0], &runs.out()).output().expect("runs").status.success());
    let size = |n: &str| fs::metadata(runs.out().join(n)).expect("a file").len();
    let (json, pack) = (size("appraisal.json"), size("pack.html"));
    // Blocks of 512 bytes: none at all, too few for either file, too few for the larger one.
    for blocks in [0, json.min(pack).div_euclid(1024), json.max(pack).div_euclid(512)] {
        // An ignored signal stays ignored in the program that is started: writing then fails instead.
        let limited = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"");
        let shell = |limited: &str, out: &Path| {
            let mut command = Command::new("sh");
            command.args(["-c", limited, "sh", APPRAISE, "run", "--draws", "8"]).arg(&runs.scenarios[1]).arg("-o").arg(out);
            command.output().expect("a shell")
        };
        refused(&runs, &shell(&limited, &runs.out()), &["File too large"]);
        // Where there was nothing, nothing is left, not even the folder.
        let fresh = runs.folder.path().join("fresh/er");
        assert_eq!(shell(&limited, &fresh).status.code(), Some(4));
        assert!(!runs.folder.path().join("fresh").exists());
        // Not ignored, the signal ends the run.
        let ended = shell(&limited.replace("trap '' XFSZ; ", ""), &runs.out());
        assert!(!ended.status.success());
        assert_eq!(runs.whose(&runs.out()), Some(0));
    }
}

/// A disk of its own, where one may make one: as root, or in a name space that lets one be root.
#[test]
fn a_full_disk_and_a_disk_that_is_read_only() {
    let runs = Runs::new();
    let disk = runs.folder.path().join("disk");
    fs::create_dir(&disk).expect("a folder");
    let size = runs.whole[1].iter().map(Vec::len).max().expect("files");
    // Room for the old results and the largest of the new files, not for all of the new ones.
    let room = (runs.whole[0].iter().map(Vec::len).sum::<usize>() + size).div_euclid(1024) + 64;
    let script = format!(
        "set -e; mount -t tmpfs -o size={room}k tmpfs \"$1\" || exit 99; mkdir \"$1/out\"\n\
         \"$2\" run \"$3\" -o \"$1/out\" >/dev/null 2>&1; set +e\n\
         \"$2\" run \"$4\" -o \"$1/out\" >/dev/null; echo $?; ls -A \"$1/out\"; cmp \"$1/out/pack.html\" \"$5/pack.html\" && echo same\n\
         mount -o remount,ro \"$1\" || exit 98\n\
         \"$2\" run \"$4\" -o \"$1/out\" >/dev/null; echo $?; cmp \"$1/out/appraisal.json\" \"$5/appraisal.json\" && echo same"
    );
    let mut command = Command::new("unshare");
    command.args(["--mount", "--map-root-user", "sh", "-c", &script, "sh"]).arg(&disk).arg(APPRAISE);
    command.args(&runs.scenarios).arg(runs.folder.path().join("whole-0"));
    let done = command.output();
    match done {
        Ok(done) if !matches!(done.status.code(), Some(98 | 99 | 1)) => {
            let told = String::from_utf8_lossy(&done.stderr);
            assert_eq!(
                String::from_utf8_lossy(&done.stdout),
                "4\nappraisal.json\npack.html\nworkbook.xlsx\nsame\n4\nsame\n",
                "{told}"
            );
            assert!(told.contains("cannot write") && told.contains("No space left on device"), "{told}");
            assert!(told.contains("Read-only file system"), "{told}");
        }
        other => eprintln!("skipped: no disk can be made here ({other:?}); a_file_that_cannot_grow stands for it"),
    }
}

#[test]
fn a_folder_that_may_not_be_written_to() {
    let runs = Runs::new();
    assert!(run(&runs.scenarios[0], &runs.out()).output().expect("runs").status.success());
    let allow = |mode| fs::set_permissions(runs.out(), fs::Permissions::from_mode(mode)).expect("own folder");
    allow(0o555);
    if fs::write(runs.out().join("trial"), "").is_ok() {
        eprintln!("skipped: this user may write to any folder; a_full_disk_and_a_disk_that_is_read_only stands for it");
        allow(0o755);
        return;
    }
    let done = run(&runs.scenarios[1], &runs.out()).output().expect("runs");
    allow(0o755);
    refused(&runs, &done, &["Permission denied"]);
}

#[test]
fn results_that_are_read_only_are_kept() {
    let runs = Runs::new();
    assert!(run(&runs.scenarios[0], &runs.out()).output().expect("runs").status.success());
    for name in ["pack.html", "appraisal.json"] {
        let allow = |mode| fs::set_permissions(runs.out().join(name), fs::Permissions::from_mode(mode)).expect("own file");
        allow(0o444);
        refused(&runs, &run(&runs.scenarios[1], &runs.out()).output().expect("runs"), &["it is read-only"]);
        allow(0o644);
    }
}

/// A pack may go to a pipe or a device, which is written to and not replaced; to a full one it cannot.
#[test]
fn devices_are_written_to() {
    let runs = Runs::new();
    let results = runs.folder.path().join("whole-0/appraisal.json");
    let report = |to: &str| Command::new(APPRAISE).arg("report").arg(&results).args(["-o", to]).output().expect("runs");
    assert!(report("/dev/null").status.success());
    assert!(!fs::metadata("/dev/null").expect("the device").is_file(), "still a device");
    let piped = report("/dev/stdout");
    assert!(piped.status.success() && piped.stdout == runs.whole[0][1]);
    if Path::new("/dev/full").exists() {
        let full = report("/dev/full");
        assert_eq!(full.status.code(), Some(4));
        let told = String::from_utf8_lossy(&full.stderr);
        assert!(told.contains("cannot write /dev/full") && told.contains("No space left on device"), "{told}");
    } else {
        eprintln!("skipped: there is no /dev/full here");
    }
}

/// A link to results elsewhere stays a link.
#[test]
fn links_are_followed() {
    let runs = Runs::new();
    let elsewhere = runs.folder.path().join("elsewhere.html");
    fs::write(&elsewhere, "old").expect("writable");
    fs::create_dir(runs.out()).expect("a folder");
    std::os::unix::fs::symlink(&elsewhere, runs.out().join("pack.html")).expect("a link");
    assert!(run(&runs.scenarios[0], &runs.out()).output().expect("runs").status.success());
    assert!(runs.out().join("pack.html").is_symlink());
    assert!(fs::read(&elsewhere).expect("written") == runs.whole[0][1]);
}

/// A scenario, a workbook that changes several of its files, and what they are then.
struct Import {
    folder: tempfile::TempDir,
    before: Vec<(String, Vec<u8>)>,
    after: Vec<(String, Vec<u8>)>,
}

impl Import {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let appraise = |args: &[&str]| {
            let done = Command::new(APPRAISE).args(args).current_dir(folder.path()).output().expect("runs");
            assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        };
        appraise(&["new", "merger"]);
        let scenario = folder.path().join("merger");
        let before = contents(&scenario);
        let mut after = before.clone();
        for (name, bytes) in after.iter_mut().filter(|(name, _)| Path::new(name).extension().is_some_and(|e| e == "toml")) {
            let text = String::from_utf8(bytes.clone()).expect("text");
            *bytes = text.replacen("\nname = \"", "\nname = \"The other ", 1).into_bytes();
            fs::write(scenario.join(name), &bytes).expect("writable");
        }
        assert!(before.iter().zip(&after).filter(|(b, a)| b != a).count() > 3, "several files change");
        appraise(&["export", "merger", "-o", "book.xlsx"]);
        let import = Self { folder, before, after };
        import.reset();
        import
    }

    fn scenario(&self) -> PathBuf {
        self.folder.path().join("merger")
    }

    fn reset(&self) {
        for (name, bytes) in &self.before {
            fs::write(self.scenario().join(name), bytes).expect("writable");
        }
    }

    fn start(&self) -> std::process::Child {
        let mut command = Command::new(APPRAISE);
        command.args(["import", "book.xlsx", "-o", "merger", "--force"]).current_dir(self.folder.path());
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("starts")
    }
}

fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    names(folder).into_iter().map(|name| (name.clone(), fs::read(folder.join(name)).expect("readable"))).collect()
}

/// The files of a scenario exist nowhere else: ended at any moment, an import leaves each of them, as it was or as it is to
/// be.
#[test]
fn an_import_that_is_ended_loses_no_file_of_the_scenario() {
    let import = Import::new();
    let (mut ended, mut over) = (0, 0);
    let mut delay = Duration::ZERO;
    while over < 6 {
        let mut child = import.start();
        sleep(delay);
        if child.try_wait().expect("a child").is_some() {
            over += 1;
        } else {
            ended += 1;
            delay += Duration::from_micros(150);
            child.kill().expect("a child of ours");
            child.wait().expect("ends");
        }
        for ((name, before), (_, after)) in import.before.iter().zip(&import.after) {
            let found = fs::read(import.scenario().join(name)).unwrap_or_else(|e| panic!("{name} is lost: {e}"));
            assert!(found == *before || found == *after, "{name} is neither the old nor the new one");
        }
        import.reset();
        assert!(ended < 20_000, "an import takes a moment");
    }
    assert!(ended > 3, "some imports were ended while they worked");
    assert!(import.start().wait().expect("ends").success());
    assert_eq!(contents(&import.scenario()), import.after, "and no litter");
}
