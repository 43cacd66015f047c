//! Routes onto contracts, last safe dates, and money bound: small cases worked by hand.

mod support;

use appraise::appraisal::result::{Appraisal, CalendarEntry};
use support::{appraise, files, six, toml};

/// Service A (100 users) on X, service B (300 users) on Y. `join` brings B onto X on 1 October 2028: build 6 months, head
/// start 2. As at 1 April 2027; X costs 12 a user and year, Y 24. `routes` and `terms` are those of X's contract.
fn case(routes: &str, terms: &str, more: &str) -> Appraisal {
    appraise(&toml(&format!(
        "[appraisal]\nid = \"c\"\ntitle = \"c\"\nas_at = 2027-04-01\nyear0 = \"2027/28\"\nhorizon = 4\nlead = \"trust\"\nrank_basis = \"npc\"\n\
         [sources.s]\ntitle = \"s\"\n[deflator]\nrate = 0\nsource = \"s\"\n[organisations.trust]\n\
         [products.x]\n[products.y]\n[instances.x]\nproduct = \"x\"\n[instances.y]\nproduct = \"y\"\n\
         [services.a]\nusers = 100\nsystem = \"x\"\n[services.b]\nusers = 300\nsystem = \"y\"\n[staff_time]\ntraining_rate = 0\n\
         [migration.cross_product]\noverlap_months = 0\nhead_start_months = 2\nbuild_months = 6\n\
         [options.bau]\nkind = \"business_as_usual\"\n\
         [options.join]\nkind = \"converge\"\ntargets = [{{ services = [\"b\"], to = \"x\" }}]\ngo_live = 2028-10-01\n\
         [contracts.kx]\ninstance = \"x\"\n{terms}\n[contracts.kx.lines.u]\nper_user = 12\n{routes}\n\
         [contracts.ky]\ninstance = \"y\"\nend = 2029-03-31\nearly_exit = \"50%\"\nnotice_months = 3\nrenewal = {{ term_months = 24 }}\n[contracts.ky.lines.u]\nper_user = 24\nminimum = 300\n{more}"
    )))
}

const LONG: &str = "end = 2032-03-31";

fn gate(a: &Appraisal) -> (bool, String) {
    let gate = a.options[1].gates.iter().find(|g| g.id == "route").expect("the gate");
    (gate.passed, gate.reason.clone())
}

#[test]
fn the_cheapest_way_that_fits_is_taken_and_paid() {
    let a = case(
        "[contracts.kx.routes.room]\nkind = \"headroom\"\nusers = 200\n\
         [contracts.kx.routes.change]\nkind = \"modification\"\nlead_months = 4\ncost = 3000\ngrowth = \"400%\"\n\
         [contracts.kx.routes.buy]\nkind = \"competition\"\nlead_months = 12\ncost = 9000\n",
        LONG,
        "",
    );
    assert!(gate(&a).0, "{}", gate(&a).1);
    let route = &a.options[1].routes[0];
    // 300 users are more than the 200 of headroom; 300% growth is within 400%.
    assert_eq!((route.kind.as_deref(), route.contract.as_deref()), (Some("modification"), Some("kx")));
    // 1 October 2028 less 6 months of build less 4 of lead: December 2027. Earliest: April 2027 + 4 + 6 = February 2028.
    assert_eq!(route.start_by.as_deref(), Some("2027-12-01"));
    assert_eq!(route.earliest.as_deref(), Some("2028-02-01"));
    six(route.users, 300.0);
    let line = a.options[1].cost.lines.iter().find(|l| l.what.starts_with("Adding users")).expect("its cost");
    six(line.nominal, 3000.0);
    six(line.by_year[0], 3000.0);
    assert!(a.options[0].routes.is_empty() && a.options[0].gates.iter().all(|g| g.id != "route"));
}

#[test]
fn without_a_way_the_gate_says_why() {
    let a = case(
        "[contracts.kx.routes.room]\nkind = \"headroom\"\nusers = 200\n\
         [contracts.kx.routes.change]\nkind = \"modification\"\nlead_months = 4\ngrowth = \"50%\"\n\
         [contracts.kx.routes.frame]\nkind = \"framework_call_off\"\nuntil = 2027-03-31\n\
         [contracts.kx.routes.buy]\nkind = \"competition\"\nlead_months = 14\n",
        LONG,
        "",
    );
    let (passed, reason) = gate(&a);
    assert!(!passed && !a.options[1].feasible && a.options[1].rank.is_none());
    assert_eq!(
        reason,
        "x would take on 300 users, by headroom no more than 200, by modification the charge would grow by 300%, and may by 50%, \
         by framework call off not any more, by competition not before December 2028."
    );
}

#[test]
fn approvals_come_before_the_way() {
    let routes = "[contracts.kx.routes.buy]\nkind = \"competition\"\nlead_months = 8\n";
    // Earliest: April 2027 + 8 + 6 = June 2028, before October 2028. Five months of approvals make it November.
    assert!(gate(&case(routes, LONG, "")).0);
    let approvals = "[approvals.board]\nthreshold = 1\nmonths = 5\n";
    let (passed, reason) = gate(&case(routes, LONG, approvals));
    assert!(!passed && reason.contains("November 2028 at the earliest") && reason.contains("not in October 2028"), "{reason}");
}

#[test]
fn a_contract_that_names_no_way_is_warned_of() {
    let warned = |routes: &str| case(routes, LONG, "").warnings.iter().filter(|w| w.code == "no_route").count();
    assert_eq!(warned(""), 1);
    assert_eq!(warned("[contracts.kx.routes.room]\nkind = \"headroom\"\n"), 0);
}

fn entry<'a>(a: &'a Appraisal, what: &str) -> Vec<&'a CalendarEntry> {
    a.calendar.iter().filter(|e| e.what.starts_with(what)).collect()
}

#[test]
fn last_safe_dates_follow_from_terms_and_lead_times() {
    let a = case(
        "[contracts.kx.routes.change]\nkind = \"modification\"\nlead_months = 4\n",
        "end = 2030-03-31\nextension = { months = 24, term_months = 12, notice_months = 5 }\nreprocurement = { lead_months = 18, term_months = 36 }",
        "[options.buy]\nkind = \"hybrid\"\ntargets = [{ services = [\"b\"], to = \"x\" }]\ngo_live = 2028-10-01\nexpiry = { kx = \"reprocure\" }\n",
    );
    // Extensions from April 2030 and April 2031, each five months ahead.
    let found = entry(&a, "Last day to take up the extension");
    assert_eq!(found.iter().map(|e| e.date.as_str()).collect::<Vec<_>>(), ["2029-10-31", "2030-10-31"]);
    // A new contract from April 2030 takes 18 months: begun by 30 September 2028.
    let found = entry(&a, "Last day to start procuring anew");
    assert_eq!((found[0].date.as_str(), found[0].options.as_slice()), ("2028-09-30", ["buy".to_owned()].as_slice()));
    // Y is left in October 2028 with three months' notice; leaving costs 50% of six months of 7,200 a year.
    let found = entry(&a, "Last day to give notice");
    assert_eq!(found[0].date, "2028-06-30");
    assert!(found[0].consequence.contains("1 October 2028"), "{}", found[0].consequence);
    // Built from April 2028; the way onto the contract from December 2027.
    assert_eq!(entry(&a, "Last day to start building on x")[0].date, "2028-03-31");
    assert_eq!(entry(&a, "Last day to start the way onto it")[0].date, "2027-11-30");
    assert!(a.calendar.is_sorted_by_key(|e| e.date.clone()) && a.calendar.iter().all(|e| !e.overdue));
}

#[test]
fn money_is_bound_by_terms_that_are_taken_up() {
    let a = case("", LONG, "");
    let bound = |option: &str, quarter: &str| {
        a.commitment.iter().find(|c| c.option == option && c.quarter == quarter).expect("a quarter").amount
    };
    // Business as usual: X owes 1,200 a year for five years; Y two years of 7,200, or half of them on leaving.
    six(bound("bau", "2027/28 Q1"), 6_000.0 + 7_200.0);
    six(a.commitment.iter().find(|c| c.option == "bau" && c.quarter == "2028/29 Q1").expect("a quarter").paid, 1_200.0 + 7_200.0);
    // A year on, 7,200 of Y are paid and the rest could be had for half.
    six(bound("bau", "2028/29 Q1"), 6_000.0 + 7_200.0 + 3_600.0);
    // Renewed in April 2029 for two years at a time.
    six(bound("bau", "2029/30 Q1"), 6_000.0 + 14_400.0 + 7_200.0);
    // The move: X has 300 users more from August 2028 (2 months of head start), 44 months at 300; Y is left in
    // October 2028, and the charge for that is half of six months.
    six(bound("join", "2027/28 Q1"), 6_000.0 + 13_200.0 + 0.5 * 10_800.0 + 1_800.0);
    six(bound("join", "2031/32 Q4"), 6_000.0 + 13_200.0 + 10_800.0 + 1_800.0);
}

#[test]
fn the_worked_example_is_bound_to_what_its_contracts_say() {
    // X: 100,000 and 52,000 to September 2028, three quarters of it; Y: 174,000 and 179,220; VAT of 20%.
    let a = appraise(&files("worked-example"));
    six(a.commitment[0].amount, (0.75 * 152_000.0 + 353_220.0) * 1.2);
}
