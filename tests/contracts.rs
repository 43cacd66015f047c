//! Contract mechanics, each on a small case with its invoice worked by hand month by month.

mod support;

use appraise::costing::ContractMonths;
use appraise::outcome::{Evaluated, evaluate};
use appraise::scenario::Scenario;
use appraise::scenario::problem::Code;
use support::{problems, read, six, toml};

/// Two systems X and Y, two services A (100 users, 1,000 records, 5,000 contacts) and B (50 users, 400 records, 2,000
/// contacts) on X, no inflation, three years from April 2027. `move` takes B to Y on 1 July 2028, three months in
/// parallel and two months of head start. `contract` is that of X; Y costs nothing.
fn text(contract: &str, more: &str) -> String {
    format!(
        "[appraisal]\nid = \"c\"\ntitle = \"c\"\nas_at = 2027-04-01\nyear0 = \"2027/28\"\nhorizon = 2\nlead = \"trust\"\n\
         [sources.s]\ntitle = \"s\"\n[deflator]\nrate = 0\nsource = \"s\"\n\
         [organisations.trust]\n{more}\n\
         [products.x]\n[products.y]\n[instances.x]\nproduct = \"x\"\n[instances.y]\nproduct = \"y\"\n\
         [services.a]\nusers = 100\npatients = 1000\ncontacts = 5000\nsystem = \"x\"\n\
         [services.b]\nusers = 50\npatients = 400\ncontacts = 2000\nsystem = \"x\"\n\
         [staff_time]\ntraining_rate = 0\n\
         [migration.new_product]\noverlap_months = 3\nhead_start_months = 2\n\
         [options.bau]\nkind = \"business_as_usual\"\n\
         [options.move]\nkind = \"hybrid\"\ntargets = [{{ services = [\"b\"], to = \"y\" }}]\ngo_live = 2028-07-01\n\
         [contracts.k]\ninstance = \"x\"\n{contract}\n"
    )
}

fn case(contract: &str, more: &str) -> (Scenario, Vec<Evaluated>) {
    let s = read(&toml(&text(contract, more)));
    let outcome = evaluate(&s.programme, &s.plans, &s.programme.register.central());
    (s, outcome.options)
}

/// The contract of X month by month, under business as usual and under the move.
fn months(contract: &str, more: &str) -> [ContractMonths; 2] {
    let (s, options) = case(contract, more);
    let at = s.programme.contracts.iter().position(|c| c.id == "k").expect("the contract");
    [0, 1].map(|o: usize| options[o].costing.contracts[at].clone())
}

/// Stretches of months with the amount of each, as they stand in an invoice.
#[track_caller]
fn runs(found: &[f64], expected: &[(usize, f64)]) {
    assert_eq!(expected.iter().map(|(n, _)| n).sum::<usize>(), found.len());
    let mut month = 0;
    for (n, amount) in expected {
        for _ in 0..*n {
            assert!((found[month] - amount).abs() < 1e-6, "month {month}: found {}, expected {amount}", found[month]);
            month += 1;
        }
    }
}

/// 1 July 2028 is month 15; B is in parallel in months 15 to 17, so X has 150 users to month 17 and 100 from month 18.
const LEAVES: usize = 18;

#[test]
fn users_are_charged_as_they_come_and_go() {
    let [_, moved] = months("end = 2030-03-31\n[contracts.k.lines.u]\nper_user = 12", "");
    runs(&moved.invoice, &[(LEAVES, 150.0), (18, 100.0)]);
    runs(&moved.overlap, &[(15, 0.0), (3, 50.0), (18, 0.0)]);
}

#[test]
fn a_true_up_in_april_waits_for_april() {
    let [_, moved] = months("end = 2030-03-31\n[contracts.k.lines.u]\nper_user = 12\ntrue_up = \"april\"", "");
    // B has gone in October 2028 (month 18); the number charged follows in April 2029 (month 24).
    runs(&moved.invoice, &[(24, 150.0), (12, 100.0)]);
    // What is charged for nobody is stranded, and what is in parallel is not stranded.
    runs(&moved.stranded, &[(LEAVES, 0.0), (6, 50.0), (12, 0.0)]);
    runs(&moved.service, &[(15, 150.0), (21, 100.0)]);
}

#[test]
fn users_who_come_between_true_ups_are_charged_from_the_next() {
    // Y: B is provisioned in May and June 2028 (months 13 and 14) and live from July. Its contract starts in April 2028
    // with nobody; its true-up is in September (months 17, 29).
    let contract = "end = 2030-03-31\n[contracts.k.lines.u]\nper_user = 12\n\
        [contracts.y]\ninstance = \"y\"\nstart = 2028-04-01\nend = 2030-03-31\n[contracts.y.lines.u]\nper_user = 24\ntrue_up = \"september\"";
    let (s, options) = case(contract, "");
    let at = s.programme.contracts.iter().position(|c| c.id == "y").expect("the contract");
    let moved = &options[1].costing.contracts[at];
    runs(&moved.invoice, &[(17, 0.0), (19, 100.0)]);
    runs(&moved.head_start, &[(36, 0.0)]);
    runs(&moved.service, &[(17, 0.0), (19, 100.0)]);
}

#[test]
fn a_ratchet_holds_until_a_new_contract() {
    let terms = |end: &str| {
        format!("end = {end}\nrenewal = {{ term_months = 12 }}\n[contracts.k.lines.u]\nper_user = 12\nratchet = true")
    };
    let [_, moved] = months(&terms("2030-03-31"), "");
    runs(&moved.invoice, &[(36, 150.0)]);
    runs(&moved.stranded, &[(LEAVES, 0.0), (18, 50.0)]);
    // Renewed in April 2029 (month 24), it counts anew.
    let [_, moved] = months(&terms("2029-03-31"), "");
    runs(&moved.invoice, &[(24, 150.0), (12, 100.0)]);
}

#[test]
fn an_extension_keeps_the_ratchet() {
    let [_, moved] = months(
        "end = 2029-03-31\nextension = { months = 24, uplift = \"10%\" }\n[contracts.k.lines.u]\nper_user = 12\nratchet = true",
        "",
    );
    runs(&moved.invoice, &[(24, 150.0), (12, 165.0)]);
}

#[test]
fn users_at_the_same_time_records_and_contacts_are_counted() {
    // 40% of 150 and of 100 users at 30 a year.
    let [usual, moved] = months("end = 2030-03-31\n[contracts.k.lines.u]\nper_concurrent_user = 30\nconcurrency = \"40%\"", "");
    runs(&usual.invoice, &[(36, 150.0)]);
    runs(&moved.invoice, &[(LEAVES, 150.0), (18, 100.0)]);
    // 1,400 records at 0.6 a year, then 1,000; 7,000 contacts at 0.12, then 5,000.
    let [_, moved] = months("end = 2030-03-31\n[contracts.k.lines.r]\nper_patient = 0.6", "");
    runs(&moved.invoice, &[(LEAVES, 70.0), (18, 50.0)]);
    runs(&moved.overlap, &[(15, 0.0), (3, 20.0), (18, 0.0)]);
    let [_, moved] = months("end = 2030-03-31\n[contracts.k.lines.r]\nper_contact = 0.12", "");
    runs(&moved.invoice, &[(LEAVES, 70.0), (18, 50.0)]);
}

#[test]
fn an_enterprise_licence_covers_up_to_its_ceiling() {
    // 1,200 a year for 120 users, 24 a year for each beyond: 30 more, then none.
    let [_, moved] = months("end = 2030-03-31\n[contracts.k.lines.e]\nfixed = 1200\ncovers = 120\nbeyond = 24", "");
    runs(&moved.invoice, &[(LEAVES, 160.0), (18, 100.0)]);
}

#[test]
fn above_a_ceiling_without_a_price_an_option_fails_a_gate() {
    let (_, options) = case("end = 2030-03-31\n[contracts.k.lines.e]\nfixed = 1200\ncovers = 150", "");
    assert!(options.iter().all(Evaluated::feasible));
    let (_, options) = case("end = 2030-03-31\n[contracts.k.lines.e]\nfixed = 1200\ncovers = 149", "");
    let gate = options[1].gates.iter().find(|g| !g.passed).expect("a gate");
    assert!(gate.id == "licence_ceiling" && gate.reason.contains("150 users") && gate.reason.contains("149"), "{}", gate.reason);
}

#[test]
fn a_suite_discount_goes_with_the_system_that_leaves() {
    // The discount of Y's contract hangs on X: X is used throughout. That of X hangs on Y: had from May 2028 (month 13),
    // when B is provisioned on Y.
    let [usual, moved] =
        months("end = 2030-03-31\nsuite = { discount = \"20%\", with = [\"y\"] }\n[contracts.k.lines.u]\nper_user = 12", "");
    runs(&usual.invoice, &[(36, 150.0)]);
    runs(&moved.invoice, &[(13, 150.0), (5, 120.0), (18, 80.0)]);
}

#[test]
fn steps_stay_between_collar_and_cap() {
    let price = |indexation: &str| {
        months(&format!("end = 2030-03-31\nindexation = {{ {indexation} }}\n[contracts.k.lines.f]\nfixed = 1200"), "")[0].clone()
    };
    runs(&price("rate = \"9%\", cap = \"5%\"").invoice, &[(12, 100.0), (12, 105.0), (12, 110.25)]);
    runs(&price("rate = \"1%\", collar = \"2%\"").invoice, &[(12, 100.0), (12, 102.0), (12, 104.04)]);
    // Prices of 2026/27, which do not step before April 2028.
    runs(&price("rate = \"10%\", prices_at = \"2026/27\", first = 2028-04-01").invoice, &[(12, 100.0), (12, 110.0), (12, 121.0)]);
}

#[test]
fn prices_follow_general_inflation_with_a_lag() {
    let deflator = "[deflator]\nrate = 0\nsource = \"s\"";
    let index = "[deflator]\nindex = { \"2026/27\" = 100, \"2027/28\" = 104, \"2028/29\" = 107.12, \"2029/30\" = 109.2624 }\nsource = \"s\"";
    // Growth: 2027/28 4%, 2028/29 3%, 2029/30 2%. With a lag of up to a year the step of April 2028 is that of 2027/28.
    for (lag, steps) in [(0, [1.04, 1.03]), (3, [1.05, 1.04]), (12, [1.05, 1.04])] {
        let contract = format!(
            "end = 2030-03-31\nindexation = {{ general_inflation = true, plus = \"1%\", lag_months = {lag}, cap = \"5%\" }}\n[contracts.k.lines.f]\nfixed = 1200"
        );
        let s = read(&toml(&text(&contract, "").replace(deflator, index)));
        let outcome = evaluate(&s.programme, &s.plans, &s.programme.register.central());
        let invoice = &outcome.options[0].costing.contracts[0].invoice;
        // Without a lag: growth of 2028/29 and 2029/30 (3% + 1%, 2% + 1%); with one, of the years before.
        runs(invoice, &[(12, 100.0), (12, 100.0 * steps[0]), (12, 100.0 * steps[0] * steps[1])]);
    }
    // Two years back, the growth of 2026/27 is wanted, and so the index of 2025/26.
    let contract =
        "end = 2030-03-31\nindexation = { general_inflation = true, lag_months = 13 }\n[contracts.k.lines.f]\nfixed = 1200";
    let found = problems(&toml(&text(contract, "").replace(deflator, index)));
    assert!(found.list.iter().any(|p| p.code == Code::DeflatorYear && p.message.contains("2025/26")));
}

#[test]
fn terms_end_together() {
    // Ends March 2028 (month 12); extended to the common end of December 2028 (month 20) and then by blocks of 6.
    let [usual, _] = months(
        "end = 2028-03-31\nco_terminates = 2028-12-31\nextension = { months = 60, term_months = 6, uplift = \"10%\" }\n[contracts.k.lines.u]\nper_user = 12",
        "",
    );
    runs(&usual.invoice, &[(12, 150.0), (24, 165.0)]);
    // Left in October 2028, it is paid to the common end: blocks of 6 would have ended in September.
    let all = "[options.all]\nkind = \"replace\"\ntargets = [{ all = true, to = \"y\" }]\ngo_live = 2028-07-01\n";
    let contract = "end = 2028-03-31\nco_terminates = 2028-12-31\nextension = { months = 60, term_months = 6 }\n[contracts.k.lines.f]\nfixed = 1200";
    let s = read(&toml(&(text(contract, "") + all)));
    let outcome = evaluate(&s.programme, &s.plans, &s.programme.register.central());
    runs(&outcome.options[2].costing.contracts[0].invoice, &[(21, 100.0), (15, 0.0)]);
}

#[test]
fn a_bridge_comes_after_the_extension() {
    let [usual, _] = months(
        "end = 2028-03-31\nextension = { months = 6, uplift = \"10%\" }\nbridge = { months = 60, uplift = \"50%\" }\n[contracts.k.lines.f]\nfixed = 1200",
        "",
    );
    runs(&usual.invoice, &[(12, 100.0), (6, 110.0), (18, 150.0)]);
}

const ENDS: &str = "end = 2028-03-31\nextension = { months = 36, uplift = \"10%\" }\nrenewal = { uplift = \"20%\", term_months = 12, cost = 500 }\n\
    reprocurement = { lead_months = 18, uplift = \"-30%\", term_months = 12, cost = 9000 }\n[contracts.k.lines.f]\nfixed = 1200\n";

#[test]
fn what_becomes_of_a_contract_is_the_option_s_choice() {
    let with = |policy: &str| {
        let text = text(ENDS, "").replace("[options.bau]\n", &format!("[options.bau]\nexpiry = {{ k = \"{policy}\" }}\n"));
        let s = read(&toml(&text));
        let outcome = evaluate(&s.programme, &s.plans, &s.programme.register.central());
        let external: f64 = outcome.options[0]
            .costing
            .lines
            .iter()
            .filter(|l| l.payer.is_none() && l.category.word() == "external")
            .map(appraise::costing::CostLine::total)
            .sum();
        (outcome.options[0].costing.contracts[0].invoice.clone(), external)
    };
    let (invoice, cost) = with("extend");
    runs(&invoice, &[(12, 100.0), (24, 110.0)]);
    six(cost, 0.0);
    let (invoice, cost) = with("renew");
    runs(&invoice, &[(12, 100.0), (24, 120.0)]);
    six(cost, 500.0);
    // A procurement begun on the as-at date takes 18 months: bridged by 6 months of extension, then two contracts of 12
    // months (the second is cut off by the end of the period), each procured at 9,000.
    let (invoice, cost) = with("reprocure");
    runs(&invoice, &[(12, 100.0), (6, 110.0), (18, 70.0)]);
    six(cost, 18_000.0);
    // Ended in use, it leaves months without cover.
    let ended = text(ENDS, "").replace("[options.bau]\n", "[options.bau]\nexpiry = { k = \"exit\" }\n");
    assert!(problems(&toml(&ended)).list.iter().any(|p| p.code == Code::NoContractCover));
}

#[test]
fn a_contract_for_no_system_goes_on_where_the_option_says_so() {
    let agreement = "[contracts.desk]\nbody = \"trust\"\nend = 2028-03-31\nrenewal = { uplift = \"20%\" }\n[contracts.desk.lines.f]\nfixed = 2400\n";
    let k = "end = 2030-03-31\n[contracts.k.lines.f]\nfixed = 1200\n";
    let text =
        text(&format!("{k}{agreement}"), "").replace("[options.move]\n", "[options.move]\nexpiry = { desk = \"renew\" }\n");
    let s = read(&toml(&text));
    let outcome = evaluate(&s.programme, &s.plans, &s.programme.register.central());
    let desk = s.programme.contracts.iter().position(|c| c.id == "desk").expect("the contract");
    runs(&outcome.options[0].costing.contracts[desk].invoice, &[(12, 200.0), (24, 0.0)]);
    runs(&outcome.options[1].costing.contracts[desk].invoice, &[(12, 200.0), (24, 240.0)]);
}

#[test]
fn staff_of_two_services_are_one_user_where_both_are() {
    // A new service C of 30 users starts on Y and moves to X on 1 July 2028; 10 of its staff also work in A.
    let c = |counted: &str| {
        format!(
            "end = 2030-03-31\n[contracts.k.lines.u]\nper_user = 12\n[services.c]\nusers = 30\nsystem = \"y\"\n[migration.cross_product]\noverlap_months = 0\nhead_start_months = 2\n\
             [flows.f]\nfrom = \"a\"\nto = \"c\"\ncontacts = 5\nshared_users = 10\n{counted}\n\
             [options.join]\nkind = \"converge\"\ntargets = [{{ services = [\"c\"], to = \"x\" }}]\ngo_live = 2028-07-01\n"
        )
    };
    let joined = |counted: &str| {
        let s = read(&toml(&text(&c(counted), "")));
        let outcome = evaluate(&s.programme, &s.plans, &s.programme.register.central());
        outcome.options[2].costing.contracts[0].clone()
    };
    // 150 + 30 - 10 = 170 once C is live; 20 more in the two months before.
    let months = joined("");
    runs(&months.invoice, &[(13, 150.0), (23, 170.0)]);
    runs(&months.head_start, &[(13, 0.0), (2, 20.0), (21, 0.0)]);
    runs(&joined("shared_users_counted = \"once\"").invoice, &[(13, 150.0), (23, 180.0)]);
}

/// A body that goes on hands its services over to the trust on 1 April 2028 (month 12).
const BODIES: &str = "[organisations.island]\nstatus = \"transfers_services\"\nservices_to = \"trust\"\nfrom = 2028-04-01\n";

/// Cash of the two bodies by year: trust, island.
fn cash(contract: &str) -> [Vec<f64>; 2] {
    let (s, options) = case(contract, BODIES);
    ["trust", "island"].map(|id| {
        let at = s.programme.organisations.iter().position(|o| o.id == id).expect("the body");
        options[0].totals.body_cash[at].clone()
    })
}

#[test]
fn a_contract_stays_passes_or_needs_consent() {
    let k = |terms: &str| format!("body = \"island\"\nend = 2030-03-31\n{terms}\n[contracts.k.lines.f]\nfixed = 1200");
    for terms in ["", "on_transfer = \"stays\""] {
        assert_eq!(cash(&k(terms)), [vec![0.0; 3], vec![1200.0; 3]]);
    }
    assert_eq!(cash(&k("on_transfer = \"passes\"")), [vec![0.0, 1200.0, 1200.0], vec![1200.0, 0.0, 0.0]]);
    let consent = "on_transfer = \"needs_consent\"\nconsent = { cost = 300, months = 4 }";
    assert_eq!(cash(&k(consent)), [vec![0.0, 1500.0, 1200.0], vec![1200.0, 0.0, 0.0]]);
    // One that ends with the transfer leaves its users without cover.
    let ends = text(&k("on_transfer = \"ends\""), BODIES);
    assert!(problems(&toml(&ends)).list.iter().any(|p| p.code == Code::NoContractCover));
}

#[test]
fn what_is_stranded_with_a_body_that_goes_on_is_that_body_s_and_counted_once() {
    // Nobody but B pays by user: after it has gone to Y the minimum of 150 holds the island's invoice up.
    let contract = "body = \"island\"\nend = 2030-03-31\n[contracts.k.lines.u]\nper_user = 12\nminimum = 150";
    let (s, options) = case(contract, BODIES);
    let island = s.programme.organisations.iter().position(|o| o.id == "island").expect("the body");
    let stranded: Vec<_> = options[1].costing.lines.iter().filter(|l| l.category.word() == "stranded").collect();
    assert!(stranded.iter().all(|l| l.bearer.is_some_and(|b| b.0 == island)));
    // 50 a month for 18 months, in the body's view and in that of the system.
    six(stranded.iter().map(|l| l.total()).sum(), 900.0);
    six(options[1].totals.bodies[island].nominal, 36.0 * 150.0);
}

#[test]
fn the_end_of_an_agreement_has_its_price_for_both_sides() {
    // The island serves the trust for a year at 2,400; then the trust buys what it takes, and the island is left with
    // half of its costs for six months.
    let agreement = "[contracts.sla]\nkind = \"sla\"\nbody = \"trust\"\nprovider = \"island\"\nend = 2028-03-31\n\
        on_exit = { capital = 5000, asset = \"kit\", transition = 700, staff = 1200 }\nretained = { share = 0.5, months = 6 }\n\
        [contracts.sla.lines.f]\nfixed = 2400\n[assets.kit]\nlife_years = 5\n";
    let contract = format!("end = 2030-03-31\n[contracts.k.lines.f]\nfixed = 1200\n{agreement}");
    let (s, options) = case(&contract, "[organisations.island]\n");
    let body = |id: &str| s.programme.organisations.iter().position(|o| o.id == id).expect("the body");
    let cash = |id: &str| options[0].totals.body_cash[body(id)].clone();
    // Trust: 1,200 for X in each year; 2,400 to the island; then 5,700 once and 1,200 a year.
    assert_eq!(cash("trust"), [3_600.0, 8_100.0, 2_400.0]);
    // Island: what it bears is what it is paid; then 100 a month for six months that nobody pays it for.
    assert_eq!(cash("island"), [0.0, 600.0, 0.0]);
    // The system's view: the two together, and 2,400 counted once.
    let nominal: f64 = options[0].totals.bodies.iter().map(|b| b.nominal).sum();
    six(nominal, 3_600.0 + 2_400.0 + 5_700.0 + 2_400.0 + 600.0);
    six(options[0].totals.total_cash(), nominal);
    six(options[0].totals.bodies.iter().map(|b| b.transfers).sum(), 0.0);
}
