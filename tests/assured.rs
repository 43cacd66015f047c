//! What an assurer found, each on a small case worked by hand.

mod support;

use appraise::appraisal::result::Appraisal;
use appraise::costing::{CostLine, Decision, Lineage};
use appraise::outcome::{Evaluated, Gate, evaluate};
use appraise::scenario::Scenario;
use appraise::scenario::problem::Code;
use support::{appraise, problems, read, six, toml};

/// Two systems X and Y, services A (100 users) and B (50 users) on X, no inflation, as at 1 April 2027 (month 0). `move`
/// takes B to Y on 1 July 2028, `all` both on 1 April 2031 (month 48), with three months in parallel. No contract but
/// those of `more`.
fn text(horizon: usize, more: &str) -> String {
    format!(
        "[appraisal]\nid = \"c\"\ntitle = \"c\"\nas_at = 2027-04-01\nyear0 = \"2027/28\"\nhorizon = {horizon}\nlead = \"trust\"\n\
         [sources.s]\ntitle = \"s\"\n[deflator]\nrate = 0\nsource = \"s\"\n\
         [organisations.trust]\n\
         [products.x]\n[products.y]\n[instances.x]\nproduct = \"x\"\n[instances.y]\nproduct = \"y\"\n\
         [services.a]\nusers = 100\nsystem = \"x\"\n[services.b]\nusers = 50\nsystem = \"x\"\n\
         [staff_time]\ntraining_rate = 0\n\
         [migration.new_product]\noverlap_months = 3\nhead_start_months = 0\nbuild_months = 0\n\
         [options.bau]\nkind = \"business_as_usual\"\n\
         [options.move]\nkind = \"hybrid\"\ntargets = [{{ services = [\"b\"], to = \"y\" }}]\ngo_live = 2028-07-01\n{more}\n"
    )
}

const ALL: &str = "[options.all]\nkind = \"replace\"\ntargets = [{ all = true, to = \"y\" }]\ngo_live = 2031-04-01\n";

fn evaluated(text: &str) -> (Scenario, Vec<Evaluated>) {
    let s = read(&toml(text));
    let outcome = evaluate(&s.programme, &s.plans, &s.programme.register.central());
    (s, outcome.options)
}

fn contract(s: &Scenario, id: &str) -> usize {
    s.programme.contracts.iter().position(|c| c.id == id).expect("the contract")
}

fn gate<'a>(option: &'a Evaluated, id: &str) -> Option<&'a Gate> {
    option.gates.iter().find(|g| g.id == id)
}

/// Dates of the calendar at which something has to be done, with what follows else.
fn dates<'a>(a: &'a Appraisal, what: &str) -> Vec<(&'a str, &'a str)> {
    a.calendar.iter().filter(|e| e.what.starts_with(what)).map(|e| (e.date.as_str(), e.consequence.as_str())).collect()
}

/// The island hands its services over on 1 October 2028 (month 18); from then on the trust has a contract of its own.
const HANDED_OVER: &str = "[organisations.island]\nstatus = \"transfers_services\"\nservices_to = \"trust\"\nfrom = 2028-10-01\n\
    [contracts.k2]\ninstance = \"x\"\nstart = 2028-10-01\nend = 2030-03-31\n[contracts.k2.lines.f]\nfixed = 600\n";

#[test]
fn a_transfer_ends_a_contract_in_whatever_term_it_is() {
    let terms = [
        // Renewed on 1 April 2028 for twelve months, and cut after six.
        "end = 2028-03-31\nrenewal = { term_months = 12 }",
        "end = 2028-03-31\nextension = { months = 60, term_months = 24 }",
        // Ends the day before the transfer, and in the middle of its agreed term.
        "end = 2028-09-30\nrenewal = { term_months = 12 }",
        "end = 2030-03-31\nrenewal = { term_months = 12 }",
    ];
    for terms in terms {
        let k = format!(
            "{HANDED_OVER}[contracts.k]\ninstance = \"x\"\nbody = \"island\"\n{terms}\non_transfer = \"ends\"\n\
             [contracts.k.lines.f]\nfixed = 1200\n"
        );
        let (s, options) = evaluated(&text(2, &k));
        let months = &options[0].costing.contracts[contract(&s, "k")];
        for (month, found) in months.invoice.iter().enumerate() {
            six(*found, if month < 18 { 100.0 } else { 0.0 });
        }
        assert_eq!(months.terms.last().map(|t| t.to), Some(18), "{terms}");
    }
}

/// What staying costs on X's contract if both services leave, with the end of the period after so many years.
fn stay(horizon: usize, terms: &str, line: &str) -> f64 {
    let k = format!("{ALL}[contracts.k]\ninstance = \"x\"\nend = 2033-03-31\n{terms}\n[contracts.k.lines.u]\n{line}\n");
    let (s, options) = evaluated(&text(horizon, &k));
    options[2].costing.contracts[contract(&s, "k")].exit.as_ref().expect("the question").stay
}

#[test]
fn a_true_up_after_the_period_counts_in_the_exit_charge() {
    // Last used in June 2031 (three months in parallel). 150 users at 12 a year are 150 a month, held by the true-up of
    // May 2031 until that of May 2032: July 2031 to April 2032 are ten months, and then there is nobody. A horizon of 4
    // ends in March 2032, one of 5 a year later.
    let line = "per_user = 12\ntrue_up = \"may\"";
    six(stay(4, "early_exit = 0.5", line), 1500.0);
    six(stay(5, "early_exit = 0.5", line), 1500.0);
    // A ratchet holds it to the end: 21 months to March 2033.
    let held = format!("{line}\nratchet = true");
    six(stay(4, "early_exit = 0.5", &held), 3150.0);
    six(stay(5, "early_exit = 0.5", &held), 3150.0);
}

#[test]
fn without_a_right_to_leave_notice_shortens_nothing() {
    // Left from July 2031 (month 51) to March 2033 (month 71): 21 months at 100 a month. Notice of 54 months, given on the
    // as-at date at the earliest, would make it month 55 (1 April 2027 is after 31 March): 17 months.
    six(stay(5, "notice_months = 54", "fixed = 1200"), 2100.0);
    six(stay(5, "notice_months = 54\nearly_exit = 0.5", "fixed = 1200"), 1700.0);
}

/// Whether X's agreement is left early, once both services have gone in October 2028 (month 18). At 100 a month, leaving
/// costs half of what is left.
fn is_left(end: &str, more: &str) -> bool {
    let k = format!(
        "{}[organisations.island]\n[contracts.k]\nkind = \"sla\"\ninstance = \"x\"\nbody = \"trust\"\nprovider = \"island\"\nend = {end}\n\
         renewal = {{ term_months = 12 }}\nearly_exit = 0.5\n{more}\n[contracts.k.lines.f]\nfixed = 1200\n",
        ALL.replace("2031-04-01", "2028-07-01")
    );
    let (s, options) = evaluated(&text(2, &k));
    let exit = options[2].costing.contracts[contract(&s, "k")].exit.clone().expect("the question");
    exit.decision == Decision::Exit
}

#[test]
fn what_its_end_takes_is_weighed_before_an_agreement_is_left() {
    // To the end of the period (month 36): 18 months, 1,800 if one stays and 900 if one leaves. Staff of 100 a month come to
    // 1,800 more, of 40 to 720 more; staying, none of it falls in the period.
    let to_the_end = |more: &str| is_left("2030-03-31", more);
    assert!(to_the_end(""));
    assert!(!to_the_end("on_exit = { staff = 1200 }"));
    assert!(to_the_end("on_exit = { staff = 480 }"));
    // 900 + 720 + 100 is less than 1,800, 900 + 720 + 200 is more.
    assert!(to_the_end("on_exit = { staff = 480, transition = 100 }"));
    assert!(!to_the_end("on_exit = { staff = 480, transition = 200 }"));
    // Half of 100 a month for 6 and for 24 months: the period sees 300 and 900 of it, and a tie stays.
    assert!(to_the_end("retained = { share = 0.5, months = 6 }"));
    assert!(!to_the_end("retained = { share = 0.5, months = 24 }"));
    // To March 2029 (month 24): 600 or 300, with six months of staff: 240 or 600 more. What is due once, or is retained for
    // six months, is due either way.
    let to_march = |more: &str| is_left("2029-03-31", more);
    assert!(to_march("on_exit = { staff = 480, transition = 5000 }\nretained = { share = 1, months = 6 }"));
    assert!(!to_march("on_exit = { staff = 1200 }"));
}

#[test]
fn a_way_that_closes_is_started_while_it_is_open() {
    // Go-live in July 2028 (month 15), four months of build and three of procurement: started in December 2027 (month 8),
    // so decided by 30 November, for the right to be there on 1 March 2028.
    let booked = |until: &str| {
        let y = format!(
            "[contracts.y]\ninstance = \"y\"\nend = 2030-03-31\n[contracts.y.lines.f]\nfixed = 12\n\
             [contracts.y.routes.f]\nkind = \"framework_call_off\"\nlead_months = 3\ncost = 600\nuntil = {until}\n"
        );
        let built = text(2, &y).replace("build_months = 0", "build_months = 4");
        let (_, options) = evaluated(&built);
        let is_route = |l: &&CostLine| matches!(l.lineage, Lineage::Route(..));
        let line = options[1].costing.lines.iter().find(is_route).expect("the way").amounts.clone();
        let a = appraise(&toml(&built));
        let found: Vec<(String, String)> =
            dates(&a, "Last day to start the way").iter().map(|(d, c)| ((*d).to_owned(), (*c).to_owned())).collect();
        (line, found)
    };
    let else_not = "else the right to add users is not there on 1 March 2028".to_owned();
    let (line, found) = booked("2028-06-30");
    assert_eq!((line, found), (vec![(8, 600.0)], vec![("2027-11-30".to_owned(), else_not.clone())]));
    // It closes on 15 September 2027 (month 5).
    let (line, found) = booked("2027-09-15");
    assert_eq!((line, found), (vec![(5, 600.0)], vec![("2027-09-15".to_owned(), else_not)]));
}

/// The gate on time to build of an option that builds a link, live from some month.
fn link_gate(live: &str, link: &str) -> Option<(bool, String)> {
    let more = format!(
        "[links.h]\nname = \"Record\"\npattern = \"shared_record\"\neligible = 0.5\nends = [\"x\", \"y\"]\n{link}\n\
         [options.join]\nkind = \"interoperate\"\nlinks = {{ h = {live} }}\n"
    );
    let (_, options) = evaluated(&text(2, &more));
    gate(&options[2], "build_time").map(|g| (g.passed, g.reason.clone()))
}

#[test]
fn a_link_cannot_have_been_begun_before_the_as_at_date() {
    // Its ends take the quarter before it goes live, so July 2027 is the first month.
    let (passed, reason) = link_gate("2027-04-01", "build_per_end = 100").expect("a gate");
    assert!(!passed);
    assert!(
        reason.contains("Record in April 2027 takes 3 months to build, from January 2027 on: July 2027 at the earliest"),
        "{reason}"
    );
    assert!(link_gate("2027-07-01", "build_per_end = 100").expect("a gate").0);
    // Work that starts two quarters before: October.
    let work = "[links.h.work.w]\namount = 500\nstarts = 2";
    assert!(!link_gate("2027-07-01", work).expect("a gate").0);
    assert!(link_gate("2027-10-01", work).expect("a gate").0);
    // One that takes no building has no gate, nor has one that exists.
    assert_eq!(link_gate("2027-04-01", ""), None);
    let there =
        "[links.h]\npattern = \"shared_record\"\neligible = 0.5\nends = [\"x\", \"y\"]\nbaseline = true\nbuild_per_end = 100\n";
    assert!(evaluated(&text(2, there)).1.iter().all(|o| gate(o, "build_time").is_none()));
}

#[test]
fn the_last_day_to_start_building_is_never_before_a_build_that_passes() {
    let built = |months: usize, live: &str| {
        text(2, "").replace("build_months = 0", &format!("build_months = {months}")).replace("2028-07-01", live)
    };
    let of = |text: &str| {
        let (_, options) = evaluated(text);
        let gate = gate(&options[1], "build_time").expect("a gate");
        let a = appraise(&toml(text));
        let e = a.calendar.iter().find(|e| e.what.starts_with("Last day to start building")).expect("a date");
        (gate.passed, gate.reason.clone(), e.date.clone(), e.overdue)
    };
    // Six months before October is April, which begins with the as-at date.
    let (passed, _, date, overdue) = of(&built(6, "2027-10-01"));
    assert!(passed && !overdue && date == "2027-04-01", "{date}");
    // With five, the day before May.
    let (passed, _, date, _) = of(&built(5, "2027-10-01"));
    assert!(passed && date == "2027-04-30", "{date}");
    // With seven it is too late, and the day is over.
    let (passed, _, date, overdue) = of(&built(7, "2027-10-01"));
    assert!(!passed && overdue && date == "2027-02-28", "{date}");
    let (passed, reason, ..) = of(&built(1, "2027-04-01"));
    assert!(!passed && reason.contains("takes 1 month to build"), "{reason}");
}

#[test]
fn an_agreement_that_the_period_cuts_off_does_not_end() {
    let sla = |end: &str, terms: &str| {
        let more = format!(
            "[organisations.island]\n[contracts.desk]\nkind = \"sla\"\nbody = \"trust\"\nprovider = \"island\"\nend = {end}\n{terms}\n\
             [contracts.desk.lines.f]\nfixed = 2400\n"
        );
        let text = text(2, &more).replace("[options.move]\n", "[options.move]\nexpiry = { desk = \"renew\" }\n");
        if terms.is_empty() { text.replace("expiry = { desk = \"renew\" }\n", "") } else { text }
    };
    // Renewed year by year it goes on; where nobody says that it goes on, it ends in March 2028.
    let a = appraise(&toml(&sla("2028-03-31", "renewal = { term_months = 12 }")));
    let ends: Vec<&str> = dates(&a, "Agreement ends").iter().map(|(d, _)| *d).collect();
    assert_eq!(ends, ["2028-03-31"]);
    // One that is agreed to the last day of the period and no further ends on it.
    let a = appraise(&toml(&sla("2030-03-31", "")));
    let ends: Vec<&str> = dates(&a, "Agreement ends").iter().map(|(d, _)| *d).collect();
    assert_eq!(ends, ["2030-03-31"]);
}

#[test]
fn a_fixed_charge_has_no_true_up() {
    let k = "[contracts.k]\ninstance = \"x\"\nend = 2030-03-31\n[contracts.k.lines.e]\nfixed = 1200\ncovers = 120\nbeyond = 24\ntrue_up = \"april\"\n";
    let found = problems(&toml(&text(2, k)));
    assert!(found.list.iter().any(|p| p.code == Code::LineBasis && p.message.contains("so `true_up` means nothing")));
}

#[test]
fn consent_that_cannot_come_in_time_is_warned_of() {
    // Services pass in July 2027. Asked for on 1 April, consent that takes three months is there; four are a month late.
    let warned = |months: usize| {
        let k = format!(
            "[organisations.island]\nstatus = \"transfers_services\"\nservices_to = \"trust\"\nfrom = 2027-07-01\n\
             [contracts.k]\ninstance = \"x\"\nname = \"Licence\"\nbody = \"island\"\nend = 2030-03-31\non_transfer = \"needs_consent\"\n\
             consent = {{ months = {months} }}\n[contracts.k.lines.f]\nfixed = 1200\n"
        );
        let a = appraise(&toml(&text(2, &k)));
        a.warnings.into_iter().find(|w| w.code == "consent_too_late").map(|w| w.message)
    };
    assert_eq!(warned(3), None);
    let message = warned(4).expect("a warning");
    assert!(message.contains("Licence can pass to") && message.contains("in August 2027 at the earliest"), "{message}");
}

#[test]
fn nothing_is_nought_and_not_minus_nought() {
    let text = serde_json::to_string(&appraise(&toml(&text(2, "")))).expect("JSON");
    for after in [",", "}", "]"] {
        let at = text.find(&format!("-0.0{after}"));
        assert_eq!(at.map(|at| &text[at.saturating_sub(60)..at + 4]), None);
    }
}
