//! What somebody meets who writes a first scenario from the docs alone, with a contract register and a list of teams.

mod support;

use appraise::appraisal::result::{Appraisal, CalendarEntry};
use appraise::assumption::Origin;
use appraise::costing::Lineage;
use appraise::scenario::{Problems, SourceFile, read as read_files};
use support::{appraise, patched, problems, read, six, toml};

/// Two services of two places on two systems, with yearly values; a link that costs something to run.
const TWO: &str = r#"
[appraisal]
id = "two"
title = "Two"
as_at = 2027-04-01
year0 = "2027/28"
horizon = 5
lead = "body"
defaults = "epr-2026-11"
[organisations.body]
[instances]
a = { product = "rio" }
b = { product = "systmone" }
[links]
shared = { pattern = "shared_record_in_context", run = 1_000 }
[contracts]
ka = { instance = "a", annual = 10_000, end = 2030-03-31 }
kb = { instance = "b", annual = 60_000, end = 2033-03-31 }
[options]
bau = { kind = "business_as_usual" }
all_b = { kind = "converge", targets = [{ line = "community", to = "b" }], go_live = 2029-01-01 }
share = { kind = "interoperate", links = { shared = 2028-04-01 } }
[criteria]
use = "five-branch"
[panels.p]
points = { visibility = 1, burden = 1, disruption = 1, resilience = 1, capability = 1, cost = 1, dual_running = 1, effort = 1 }
"#;

const SERVICES: &str =
    "id,line,place,system,users,contacts\none,community,north,a,100,1000\ntwo,mental health,south,b,300,3000\n";

fn whole(services: &str, patches: &[(&str, &str)]) -> Vec<SourceFile> {
    let mut files = patched(toml(TWO), patches);
    files.push(SourceFile { name: "services.csv".into(), bytes: services.into() });
    files
}

fn case(patches: &[(&str, &str)]) -> Appraisal {
    appraise(&whole(SERVICES, patches))
}

fn npc(a: &Appraisal) -> Vec<f64> {
    a.options.iter().map(|o| o.cost.npc).collect()
}

fn entry<'a>(a: &'a Appraisal, what: &str, option: &str) -> Vec<&'a CalendarEntry> {
    a.calendar.iter().filter(|e| e.what == what && e.options.iter().any(|o| o == option)).collect()
}

fn warned<'a>(a: &'a Appraisal, code: &str) -> Option<&'a str> {
    a.warnings.iter().find(|w| w.code == code).map(|w| w.message.as_str())
}

/// 20 months from 1 April 2027 end on 1 December 2028: the next quarter begins on 1 January 2029.
#[test]
fn a_build_that_would_have_begun_already_fails_a_gate() {
    let gate = |a: &Appraisal| {
        let option = a.options.iter().find(|o| o.id == "all_b").expect("the option");
        let gate = option.gates.iter().find(|g| g.id == "build_time").expect("the gate").clone();
        (gate.passed, gate.reason, option.rank)
    };
    let (passed, _, rank) = gate(&case(&[]));
    assert!(passed && rank.is_some());
    let (passed, reason, rank) = gate(&case(&[("go_live = 2029-01-01", "go_live = 2028-10-01")]));
    assert!(!passed && rank.is_none(), "{reason}");
    for words in ["20 months", "1 April 2027", "February 2027", "January 2029 at the earliest"] {
        assert!(reason.contains(words), "{reason}");
    }
    // Without a build time nothing is refused, and an option without moves of its own has no such gate.
    let (passed, ..) = gate(&case(&[
        ("go_live = 2029-01-01", "go_live = 2027-07-01"),
        ("[links]", "[migration.cross_product]\nbuild_months = 3\n[links]"),
    ]));
    assert!(passed);
    assert!(case(&[]).options[0].gates.iter().all(|g| g.id != "build_time"));
}

/// 10,000 a year for 100 users, 30% fixed: 3,000, and 70 for each user, at least 80 of them. Written in lines it costs
/// the same, since the terms that are not known are the same.
#[test]
fn a_contract_in_lines_has_the_terms_that_one_by_yearly_value_has() {
    let lines = "annual = 10_000, lines = { f = { fixed = 3_000 }, u = { per_user = 70, minimum = 80 } }";
    let (one, other) = (case(&[]), case(&[("annual = 10_000", lines.strip_prefix("annual = 10_000, ").expect("it begins so"))]));
    for (x, y) in npc(&one).iter().zip(npc(&other)) {
        six(*x, y);
    }
    // What is said stays: no steps, no premium, nothing put before the renewal, no access after the end.
    let own = "annual = 10_000, indexation = { rate = 0 }, read_only = { share = 0 }, renewal = { term_months = 12 }";
    let scenario = read(&whole(SERVICES, &[("annual = 10_000", own)]));
    let contract = scenario.programme.contracts.iter().find(|c| c.id == "ka").expect("ka");
    assert!(contract.extensions.is_empty() && contract.renewal.is_some());
    assert!(case(&[("annual = 10_000", own)]).options[0].cost.npc < one.options[0].cost.npc);
}

/// 36 months of extension at a premium of 10%, and the renewal after it at the same.
#[test]
fn nothing_makes_a_contract_cheaper_that_nobody_bargained_for() {
    let register = read(&whole(SERVICES, &[])).programme.register;
    let uplift = |id: &str| register.get(register.find(id).expect("filled")).clone();
    let (extension, renewal) = (uplift("contracts.ka.extension.uplift"), uplift("contracts.ka.renewal.uplift"));
    assert_eq!((extension.likely.to_bits(), renewal.likely.to_bits()), (0.1_f64.to_bits(), 0.1_f64.to_bits()));
    assert_eq!(renewal.origin, Origin::Library);
}

#[test]
fn an_agreement_for_service_gives_no_access_once_it_is_over() {
    let share = |kind: &str| {
        let files = whole(SERVICES, &[("annual = 10_000", &format!("kind = \"{kind}\", annual = 10_000"))]);
        read(&files).programme.contracts[0].read_only.is_some()
    };
    assert!(share("licence") && !share("sla"));
}

/// 62.50 a month for each of 100 users; 20 months of build slip by 30%, which is 6 months: 37,500 at year-0 prices.
#[test]
fn holding_the_team_follows_the_users_who_move() {
    let scenario = read(&whole(SERVICES, &[]));
    let outcome = appraise::outcome::evaluate(&scenario.programme, &scenario.plans, &scenario.programme.register.central());
    let held = |option: usize| -> f64 {
        let lines = outcome.options[option].costing.lines.iter().filter(|l| l.lineage == Lineage::TeamHold);
        lines.flat_map(|l| &l.amounts).map(|(_, amount)| amount).sum()
    };
    six(held(1), 37_500.0);
    six(held(0), 0.0);
    // A price of one's own for the programme stands alone.
    let own = read(&whole(SERVICES, &[("[links]", "[staff_time]\nteam_hold = 900\n[links]")])).programme.staff;
    assert!(own.team_hold.is_some() && own.team_hold_per_user.is_none());
}

/// Six months before 1 April 2030, and three where the renewal says so.
#[test]
fn notice_comes_before_a_renewal_and_an_end() {
    let renewed = |more: &str| {
        case(&[("annual = 10_000", &format!("annual = 10_000, early_exit = 1, read_only = {{ share = 0 }}, {more}"))])
    };
    let a = renewed("renewal = { term_months = 12 }");
    assert_eq!(entry(&a, "Last day to renew", "bau")[0].date, "2029-09-30");
    let b = renewed("renewal = { term_months = 12, notice_months = 3 }");
    assert_eq!(entry(&b, "Last day to renew", "bau")[0].date, "2029-12-31");
    // The option has left A by then: all charges to the end are due either way, so it stays, and lets it end.
    let ends = entry(&a, "Last day to give notice that it ends", "all_b");
    assert_eq!(ends.iter().map(|e| e.date.as_str()).collect::<Vec<_>>(), ["2029-09-30"]);
    assert!(ends[0].consequence.contains("31 March 2030"), "{}", ends[0].consequence);
    assert!(entry(&a, "Last day to give notice that it ends", "bau").is_empty());
}

#[test]
fn what_is_nothing_for_want_of_a_word_is_warned_of() {
    let full = case(&[]);
    for code in ["link_without_run", "no_contract", "line_without_needs"] {
        assert_eq!(warned(&full, code), None);
    }
    assert!(
        warned(&full, "on_default_flows").is_some_and(|w| w.contains("one with two")),
        "{:?}",
        warned(&full, "on_default_flows")
    );
    assert!(warned(&full, "vat_not_said").is_some());
    let bare = case(&[(", run = 1_000", "")]);
    assert!(warned(&bare, "link_without_run").is_some_and(|w| w.contains("shared")));
    let free = case(&[("ka = { instance = \"a\", annual = 10_000, end = 2030-03-31 }\n", "")]);
    assert!(warned(&free, "no_contract").is_some_and(|w| w.contains("RiO")), "{:?}", warned(&free, "no_contract"));
    let typo = appraise(&whole(&SERVICES.replace("mental health", "mental helth"), &[]));
    assert!(warned(&typo, "line_without_needs").is_some_and(|w| w.contains("two") && w.contains("community")));
    let taxed = case(&[("annual = 10_000", "vat = { rate = \"20%\" }, annual = 10_000")]);
    assert_eq!(warned(&taxed, "vat_not_said"), None);
    let counted = case(&[("[links]", "[flows]\nx = { from = \"one\", to = \"two\", contacts = 7 }\n[links]")]);
    assert_eq!(warned(&counted, "on_default_flows"), None);
}

#[test]
fn figures_that_can_hardly_be_meant_are_warned_of() {
    let codes = |services: &str, patches: &[(&str, &str)]| -> Vec<&str> {
        let scenario = read_files(&whole(services, patches)).expect("it can be used");
        scenario.warnings.list.iter().map(|p| p.code.word()).collect()
    };
    assert!(codes(SERVICES, &[]).is_empty());
    // 60 pounds a year for 300 users.
    assert_eq!(codes(SERVICES, &[("annual = 60_000", "annual = 60")]), ["unlikely-amount"]);
    assert_eq!(codes(SERVICES, &[("end = 2030-03-31", "end = 2027-03-31")]), ["ended-before"]);
    let late = "[organisations.body]\nstatus = \"dissolves\"\nsuccessor = \"next\"\nfrom = 2062-04-01\n[organisations.next]\n";
    assert_eq!(codes(SERVICES, &[("[organisations.body]\n", late)]), ["outside-period"]);
    assert_eq!(codes(&format!("{SERVICES}three,community,north,b,0,10\n"), &[]), ["unlikely-amount"]);
}

/// One fault, one message, with what to write.
fn only(found: &Problems) -> String {
    let all: Vec<String> = found.list.iter().map(|p| format!("{}: {} ({})", p.code.word(), p.message, p.hint)).collect();
    assert_eq!(all.len(), 1, "{all:#?}");
    all[0].clone()
}

#[test]
fn one_fault_is_one_message() {
    let said = |services: &str, patches: &[(&str, &str)], words: &[&str]| {
        let one = only(&problems(&whole(services, patches)));
        for word in words {
            assert!(one.contains(word), "`{word}` is not in {one}");
        }
    };
    said(&SERVICES.replace("users", "Users"), &[], &["column `Users`", "`users`"]);
    said(&SERVICES.replace("users", "Users (staff)"), &[], &["did you mean `users`"]);
    said(
        "id,line,place,system,contacts\none,community,north,a,1000\ntwo,mental health,south,b,3000\n",
        &[],
        &["no column `users`"],
    );
    said(SERVICES, &[("\"epr-2026-11\"", "\"epr-2026\"")], &["epr-2026-11"]);
    said(SERVICES, &[("annual = 10_000", "annual = 10_000, fixed_share = 20")], &["20%"]);
    said(SERVICES, &[(", go_live = 2029-01-01", "")], &["go_live"]);
    said(SERVICES, &[("annual = 10_000", "anual = 10_000")], &["`annual`"]);
    said(SERVICES, &[("annual = 10_000", "notice = 12, annual = 10_000")], &["`notice_months`"]);
    said(SERVICES, &[("annual = 10_000", "notice_months = \"6 months\", annual = 10_000")], &["write 6"]);
    said(SERVICES, &[("product = \"rio\"", "product = \"Rio\"")], &["`rio`"]);
    said(&SERVICES.replace(",1000", ","), &[], &["`contacts` of every service", "one"]);
    said(SERVICES, &[(", end = 2030-03-31", "")], &["needs an `end`"]);
    // All that refers to a service would follow.
    let one = only(&problems(&toml(TWO)));
    assert!(one.contains("services.csv"), "{one}");
}

#[test]
fn without_a_library_it_is_said_first_what_would_help() {
    let found = problems(&whole(SERVICES, &[("defaults = \"epr-2026-11\"\n", "")]));
    assert!(found.list.len() > 1 && found.list[0].hint.contains("defaults = \"epr-2026-11\""), "{:?}", found.list[0]);
}

#[test]
fn values_as_people_write_them_are_shown_as_files_have_them() {
    let table = "[contracts.ka]\ninstance = \"a\"\nannual = 10_000\nend = 2030-03-31\n[contracts.kb]\ninstance = \"b\"\nannual = 60_000\nend = 2033-03-31\n";
    let inline = TWO.split("[contracts]\n").nth(1).and_then(|rest| rest.split("[options]").next()).expect("contracts");
    let base = TWO.replace(&format!("[contracts]\n{inline}"), table);
    let cases = [
        ("annual = 60_000", "annual = 288,000", "write 288_000"),
        ("annual = 60_000", "annual = £288,000", "write 288_000"),
        ("annual = 60_000", "annual = TBC", "\"TBC\""),
        ("end = 2033-03-31", "end = 31/03/2033", "write 2033-03-31"),
        ("instance = \"b\"", "instance = b", "write \"b\""),
    ];
    for (from, to, words) in cases {
        let mut files = toml(&base.replacen(from, to, 1));
        files.push(SourceFile { name: "services.csv".into(), bytes: SERVICES.into() });
        let found = problems(&files);
        let syntax: Vec<&str> = found.list.iter().filter(|p| p.code.word() == "toml-syntax").map(|p| p.hint.as_str()).collect();
        assert!(matches!(syntax.as_slice(), [one] if one.contains(words)), "{to}: {syntax:?}");
        assert_eq!(found.list[0].code.word(), "toml-syntax", "{to}");
    }
}
