//! `compare`: what differs between two appraisals, and how much each change explains.

mod support;

use appraise::appraisal::result::comparison::{Comparison, Moved};
use appraise::comparison::{self, Subject};
use appraise::report;
use appraise::scenario::SourceFile;
use assert_cmd::Command;
use std::fs;
use std::path::Path;
use support::{drawn, examined, files, patched, toml};

fn compared(a: &[SourceFile], b: &[SourceFile]) -> Comparison {
    examined(a, |x| examined(b, |y| comparison::compare(("a", Subject::Scenario(x, a)), ("b", Subject::Scenario(y, b)))))
}

/// Steps and remainder of every option add up to its whole movement, and that is the difference of the results.
fn adds_up(c: &Comparison) {
    let a = c.attribution.as_ref().expect("two scenarios");
    for o in c.options.iter().filter(|o| o.there == "both") {
        let steps = || a.steps.iter().map(|s| s.moves[&o.id]).chain([a.remainder[&o.id]]);
        let whole = a.whole[&o.id];
        let close = |x: f64, y: f64, what: &str| {
            let size = steps().map(|m| m.npc.abs()).sum::<f64>().max(1.0);
            assert!((x - y).abs() <= 1e-9 * size, "{} {what}: {x} is not {y}", o.id);
        };
        close(steps().map(|m: Moved| m.npc).sum(), whole.npc, "npc");
        close(whole.npc, o.npc.change().expect("both have it"), "whole npc");
        close(steps().map(|m| m.dual_running).sum(), whole.dual_running, "dual running");
        close(whole.dual_running, o.dual_running.change().expect("both have it"), "whole dual running");
        if let Some(score) = whole.score {
            close(steps().filter_map(|m| m.score).sum(), score, "score");
            close(score, o.score.change().expect("both have it"), "whole score");
        }
    }
}

/// A risk of 10% x £1,000 in year 0; the numbers of the two differ where the placeholders are.
const SMALL: &str = r#"
[appraisal]
id = "small"
title = "Small"
as_at = 2026-04-01
year0 = "2026/27"
horizon = 1
rank_basis = "npc"
mode = "shortlist"

[deflator]
rate = 0
source = "made_up"

[options.stay]
name = "Stay"
kind = "business_as_usual"

[options.go]
name = "Go"
kind = "replace"

[streams.rent]
name = "Rent"
once = 500
start = 2026-04-01
options = ["stay"]

[risks.late]
name = "Late"
probability = 0.1
impact = 1_000
start = 2026-04-01
options = ["go"]

[sources.made_up]
title = "Made up"
"#;

/// By hand, all in year 0 so that nothing is discounted: Go costs 0.1 x 1,000 = 100 before. Making the probability 0.2
/// first gives 0.2 x 1,000 = 200 (+100), then the impact 3,000 gives 0.2 x 3,000 = 600 (+400); the other way round it would
/// be +200 and +300. A new stream of £50 cannot be made by itself: 650 in all, +550.
#[test]
fn a_small_example_worked_by_hand() {
    let before = toml(SMALL);
    let extra = "\n[streams.fee]\nname = \"Fee\"\nonce = 50\nstart = 2026-04-01\noptions = [\"go\"]\n";
    let mut after = patched(before.clone(), &[("probability = 0.1", "probability = 0.2"), ("impact = 1_000", "impact = 3_000")]);
    after[0].bytes.extend(extra.as_bytes());
    let c = compared(&before, &after);
    adds_up(&c);
    let a = c.attribution.as_ref().expect("two scenarios");
    let steps: Vec<(&str, f64)> = a.steps.iter().map(|s| (s.id.as_str(), s.moves["go"].npc)).collect();
    for ((id, moved), (wanted, by_hand)) in steps.iter().zip([("risks.late.probability", 100.0), ("risks.late.impact", 400.0)]) {
        assert_eq!(*id, wanted, "the order in which the entry is read");
        assert!((moved - by_hand).abs() < 1e-9, "{id}: {moved}");
    }
    assert_eq!(steps.len(), 2);
    assert!((a.remainder["go"].npc - 50.0).abs() < 1e-9 && (a.whole["go"].npc - 550.0).abs() < 1e-9);
    assert!(a.whole["stay"].npc.abs() < 1e-12);
    // Go costs 200 and then 600: with the impact Stay (500) is ranked first.
    assert_eq!(a.steps[0].leads, None);
    assert_eq!(a.steps[1].leads, Some(vec!["Stay".to_owned()]));
    assert!(a.remainder_due_to.contains(&"streams.fee added".to_owned()), "{:?}", a.remainder_due_to);
    let number = c.numbers.iter().find(|n| n.id == "risks.late.impact").expect("it changed");
    assert_eq!((number.differs.as_slice(), number.second.as_ref().map(|s| s.line)), (["value".to_owned()].as_slice(), Some(32)));
    assert!(c.numbers.iter().any(|n| n.id == "streams.fee.once" && n.change == "added"));
    assert!(c.sentences.iter().any(|s| s.contains("“Go”: net present cost rises by £550 (£100 to £650)")), "{:#?}", c.sentences);
    assert!(c.sentences.iter().any(|s| s.contains("(+£400); +£50 is due to streams.fee added.")), "{:#?}", c.sentences);
}

/// What moves draws alone is told, and no step or remainder of the central case.
#[test]
fn the_shape_of_an_estimate_is_told() {
    let of = |impact: &str| toml(&SMALL.replace("impact = 1_000", &format!("impact = {impact}")));
    let range = "likely = 1_000, low = 500, high = 2_000";
    let before = of(&format!("{{ {range} }}"));
    for (more, key) in [("distribution = \"pert\"", "distribution"), ("varies_with = \"prices\"", "varies_with")] {
        let c = compared(&before, &of(&format!("{{ {range}, {more} }}")));
        assert_eq!(c.sentences[0], "What was put in: 1 entry differs in anything else.");
        let told: Vec<&str> = c.entries.iter().flat_map(|e| &e.differences).map(|d| d.key.as_str()).collect();
        assert_eq!(told, [format!("impact.{key}")]);
        let a = c.attribution.as_ref().expect("two scenarios");
        assert!(a.steps.is_empty() && a.remainder_due_to.is_empty(), "{:?}", a.remainder_due_to);
    }
    let discrete = |values: &str, chances: &str| {
        of(&format!("{{ likely = 1_000, distribution = \"discrete\", values = [{values}], probabilities = [{chances}] }}"))
    };
    let c = compared(&discrete("500, 1_000", "0.5, 0.5"), &discrete("600, 1_000", "0.4, 0.6"));
    let told: Vec<&str> = c.entries.iter().flat_map(|e| &e.differences).map(|d| d.key.as_str()).collect();
    assert_eq!(told, ["impact.values", "impact.probabilities"]);
    // A range is told with its number, once.
    let c = compared(&before, &of("{ likely = 1_000, low = 400, high = 2_000 }"));
    assert!(c.entries.is_empty() && c.numbers[0].differs == ["range"], "{:?}", c.entries);
}

/// Words that move no figure are told as differing and are no cause of a remainder; one other change is named. By hand: Go
/// costs 0.1 x 1,000 = 100 at first; with the rent of 500, to be paid under it as well, 600.
#[test]
fn a_remainder_is_due_to_what_can_move_a_figure() {
    let before = toml(SMALL);
    let words = [("title = \"Made up\"", "title = \"Made up by us\""), ("name = \"Rent\"", "name = \"The rent\"")];
    let c = compared(&before, &patched(before.clone(), &words));
    let a = c.attribution.as_ref().expect("two scenarios");
    assert!(a.remainder_due_to.is_empty() && c.entries.len() == 2, "{:?}", a.remainder_due_to);
    assert!(!report::render_comparison(&c).expect("a page").contains("All other changes together"));
    let both = [words[0], words[1], ("options = [\"stay\"]", "options = [\"stay\", \"go\"]")];
    let c = compared(&before, &patched(before.clone(), &both));
    adds_up(&c);
    let a = c.attribution.as_ref().expect("two scenarios");
    assert_eq!(a.remainder_due_to, ["streams.rent: options"]);
    assert!(report::render_comparison(&c).expect("a page").contains("All other changes together"));
    assert!(
        c.sentences
            .iter()
            .any(|s| s.ends_with("(£100 to £600); rank 2 instead of 1. All of it is due to streams.rent: options.")),
        "{:#?}",
        c.sentences
    );
}

#[test]
fn a_scenario_against_itself_differs_in_nothing() {
    for name in ["worked-example", "project-fusion", "scores-only"] {
        let files = files(name);
        let c = compared(&files, &files);
        assert!(c.numbers.is_empty() && c.entries.is_empty() && c.run.is_empty(), "{name}");
        let a = c.attribution.as_ref().expect("two scenarios");
        assert!(a.steps.is_empty() && a.remainder_due_to.is_empty());
        assert!(a.whole.values().chain(a.remainder.values()).all(|m| m.npc == 0.0 && m.dual_running == 0.0), "{name}");
        assert_eq!(c.sentences[0], "Nothing that was put in differs.");
        assert_eq!(c.sentences[2], "No option moves in net present cost, score, dual running, rank or feasibility.");
    }
}

/// Judged scores, points and anchors are steps; by hand: the owner's points sum to 100, so 10 points more of Size for
/// Addison (75 to 85) at 10% are one point of score.
#[test]
fn judgements_and_weights_are_steps() {
    let before = files("scores-only");
    let judged = patched(before.clone(), &[("judged = { addison = 75,", "judged = { addison = 85,")]);
    let c = compared(&before, &judged);
    adds_up(&c);
    let a = c.attribution.as_ref().expect("two scenarios");
    assert_eq!(a.steps.iter().map(|s| s.id.as_str()).collect::<Vec<_>>(), ["criteria.size.judged.addison"]);
    assert!((a.steps[0].moves["addison"].score.expect("scored") - 1.0).abs() < 1e-9);
    assert!(a.remainder.values().all(|m| m.score.is_some_and(|s| s.abs() < 1e-12)) && a.remainder_due_to.is_empty());
    // Points 32 and 26 change places: closeness to customers counts 6% less and visibility 6% more.
    let points = patched(before.clone(), &[("customers = 32, visibility = 26", "customers = 26, visibility = 32")]);
    let c = compared(&before, &points);
    adds_up(&c);
    let a = c.attribution.as_ref().expect("two scenarios");
    assert_eq!(a.steps.len(), 2);
    // Bilton: 0.06 x (80 - 20) = 3.6 points.
    assert!((a.whole["bilton"].score.expect("scored") - 3.6).abs() < 1e-9);
    assert!(a.remainder_due_to.is_empty(), "{:?}", a.remainder_due_to);
}

#[test]
fn a_renamed_option_is_no_new_one() {
    let before = files("streams-only");
    let text = String::from_utf8(before[0].bytes.clone()).expect("text");
    let other_id = text.replace("[options.scan]", "[options.digitise]").replace("[\"scan\"]", "[\"digitise\"]");
    let c = compared(&before, &[SourceFile { bytes: other_id.into_bytes(), ..before[0].clone() }]);
    adds_up(&c);
    assert_eq!(c.options.len(), 2);
    let option = c.options.iter().find(|o| o.id == "digitise").expect("the option under its new id");
    assert_eq!((option.was.as_deref(), option.there.as_str(), option.npc.change()), (Some("scan"), "both", Some(0.0)));
    let entry = c.entries.iter().find(|e| e.section == "options").expect("told");
    assert_eq!((entry.change.as_str(), entry.was.as_deref()), ("renamed", Some("scan")));
    let other_name = text.replace("name = \"Scan the records\"", "name = \"Digitise\"");
    let c = compared(&before, &[SourceFile { bytes: other_name.into_bytes(), ..before[0].clone() }]);
    let option = c.options.iter().find(|o| o.id == "scan").expect("there");
    assert_eq!(option.was_named.as_deref(), Some("Scan the records"));
    assert_eq!(c.entries.iter().find(|e| e.section == "options").map(|e| e.change.as_str()), Some("renamed"));
}

/// A further contract of £1,200 a year, for no system and without indexation, over the two years of the period: by hand
/// 1,200 + 1,200 / (1.02 x 1.035) in present value, general inflation being 2%. It is told as added, and the remainder is
/// all of the movement.
#[test]
fn an_added_contract_is_the_remainder() {
    let before = files("worked-example");
    let mut after = before.clone();
    after[0].bytes.extend(
        b"\n[contracts.extra]\nname = \"Extra\"\nbody = \"trust\"\nend = 2029-03-31\n\n[contracts.extra.lines.core]\nfixed = 1_200\n"
            .iter(),
    );
    let c = compared(&before, &after);
    adds_up(&c);
    let entry = c.entries.iter().find(|e| e.section == "contracts").expect("told");
    assert_eq!((entry.change.as_str(), entry.id.as_deref(), entry.name.as_str()), ("added", Some("extra"), "Extra"));
    assert!(c.numbers.iter().all(|n| n.change == "added" && n.id.starts_with("contracts.extra.")), "{:?}", c.numbers);
    let a = c.attribution.as_ref().expect("two scenarios");
    assert!(a.steps.is_empty());
    for (id, whole) in &a.whole {
        assert_eq!(*whole, a.remainder[id]);
        assert!((whole.npc - (1_200.0 + 1_200.0 / (1.02 * 1.035))).abs() < 1e-6, "{id}: {}", whole.npc);
    }
    assert!(a.remainder_due_to.contains(&"contracts.extra added".to_owned()));
}

/// Hours in training and of a working day of Project Fusion at once: the steps add up for every option.
#[test]
fn many_changes_at_once_add_up() {
    let before = files("project-fusion");
    let times = |text: &str| text.replace("likely = 7.5,", "likely = 7,").replace("likely = 9,", "likely = 11,");
    let after: Vec<SourceFile> = before
        .iter()
        .map(|f| SourceFile { bytes: times(&String::from_utf8_lossy(&f.bytes)).into_bytes(), ..f.clone() })
        .collect();
    let c = compared(&before, &after);
    adds_up(&c);
    let a = c.attribution.as_ref().expect("two scenarios");
    assert!(!a.steps.is_empty() && c.entries.is_empty(), "{:?}", c.entries);
    // Numbers alone differ, and every option has its dates: nothing is left over.
    assert!(a.remainder.values().all(|m| m.npc.abs() < 1e-6) || !a.remainder_due_to.is_empty(), "{:?}", a.remainder);
    let page = report::render_comparison(&c).expect("a page");
    assert!(page.contains("What each change explains") && !page.contains("<script"));
}

#[test]
fn two_seeds_differ_in_draws_alone() {
    let files = files("worked-example");
    let (a, b) = (drawn(&files, Some(1), 300), drawn(&files, Some(2), 300));
    let c = comparison::compare(("a", Subject::Saved(&a)), ("b", Subject::Saved(&b)));
    assert!(c.numbers.is_empty() && c.entries.is_empty());
    assert_eq!(c.run.iter().map(|d| d.what.as_str()).collect::<Vec<_>>(), ["seed"]);
    assert!(c.options.iter().all(|o| o.npc.is_still() && o.score.is_still()));
    assert!(c.attribution.is_none() && c.unattributed.is_some());
    assert_eq!(c.sentences[0], "Nothing that was put in differs; how it was run does.");
    assert!(c.sentences[1].contains("may differ by chance"), "{:?}", c.sentences);
}

/// A saved result keeps less of what was put in than the files say; what it keeps is compared all the same.
#[test]
fn a_scenario_and_a_saved_result() {
    let before = files("worked-example");
    let saved = support::appraise(&before);
    let text = String::from_utf8(before[0].bytes.clone()).expect("text").replace("name = \"System X\"", "name = \"System Z\"");
    let after = vec![SourceFile { bytes: text.into_bytes(), ..before[0].clone() }];
    examined(&after, |x| {
        let c = comparison::compare(("a.json", Subject::Saved(&saved)), ("b", Subject::Scenario(x, &after)));
        assert!(c.attribution.is_none() && c.numbers.is_empty());
        assert!(
            c.entries.iter().any(|e| e.section == "systems" && e.differences.iter().any(|d| d.key == "product")),
            "{:?}",
            c.entries
        );
        assert_eq!((c.first.kind.as_str(), c.second.kind.as_str()), ("result", "scenario"));
    });
}

/// Names that hold markup or move a cursor are text on the page and on the terminal, ids as well.
#[test]
fn hostile_text_is_text() {
    let before = toml(SMALL);
    let evil = r#"<img src=x onerror=alert(1)>\u001b[31m\u202e'"&"#.replace('"', "\\\"");
    let text = SMALL.replace("name = \"Go\"", &format!("name = \"{evil}\"")).replace("[risks.late]", "[risks.\"</style><b>\"]");
    let after = toml(&text);
    let c = compared(&before, &after);
    adds_up(&c);
    let page = report::render_comparison(&c).expect("a page");
    assert!(!page.contains("<img") && !page.contains("</style><b>") && !page.contains('\u{1b}') && !page.contains('\u{202e}'));
    assert_eq!(page.matches("</style>").count(), 1);
    assert!(page.contains("&lt;img src=x"));
    let folder = tempfile::tempdir().expect("a folder");
    let put = |name: &str, files: &[SourceFile]| {
        let path = folder.path().join(name);
        fs::write(&path, &files[0].bytes).expect("writable");
        path
    };
    let (one, other) = (put("one.toml", &before), put("other.toml", &after));
    let out = run(&[one.as_path(), other.as_path()], &[]);
    assert!(!out.1.contains('\u{1b}') && !out.1.contains('\u{202e}'), "{}", out.1);
}

fn run(paths: &[&Path], args: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::cargo_bin("appraise").expect("the binary");
    let out = command.env("NO_COLOR", "1").arg("compare").args(paths).args(args).output().expect("it runs");
    let text = |b: Vec<u8>| String::from_utf8(b).expect("UTF-8");
    (out.status.code(), text(out.stdout), text(out.stderr))
}

#[test]
fn the_command_prints_text_json_and_a_page() {
    let folder = tempfile::tempdir().expect("a folder");
    let (one, other, page) = (folder.path().join("one.toml"), folder.path().join("other.toml"), folder.path().join("c.html"));
    fs::write(&one, SMALL).expect("writable");
    fs::write(&other, SMALL.replace("impact = 1_000", "impact = 4_000")).expect("writable");
    let (status, text, _) = run(&[&one, &other], &[]);
    assert_eq!(status, Some(0), "they differ, and that is no failure");
    for part in ["What each change explains", "+£300", "The order matters", "risks.late.impact", "other.toml:32"] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    let (status, json, _) = run(&[&one, &other], &["--format", "json"]);
    assert_eq!(status, Some(0));
    let c: Comparison = serde_json::from_str(&json).expect("it reads back");
    adds_up(&c);
    let output = page.display().to_string();
    let (status, _, said) = run(&[&one, &other], &["-o", &output]);
    assert!(status == Some(0) && said.contains("c.html"), "{said}");
    let html = fs::read_to_string(&page).expect("written");
    assert!(
        html.starts_with("<!DOCTYPE html>")
            && html.contains("style-src &#39;sha256-")
            && !html.contains("http://")
            && !html.contains("src=")
    );
    let (status, _, said) = run(&[&one, &folder.path().join("none")], &[]);
    assert!(status == Some(4) && said.contains("cannot read"), "{said}");
    fs::write(&other, SMALL.replace("impact = 1_000", "impact = \"much\"")).expect("writable");
    assert_eq!(run(&[&one, &other], &[]).0, Some(1));
}
