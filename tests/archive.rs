//! What is left behind, each way of keeping it worked by hand month by month.

mod support;

use appraise::costing::{Alternative, CostLine, Decision, LeftBehind, Lineage, RuledOut};
use appraise::outcome::{Evaluated, evaluate};
use appraise::programme::{Category, InstanceIx};
use appraise::quantity::Month;
use appraise::scenario::Scenario;
use appraise::scenario::problem::Code;
use support::{appraise, problems, read, six, toml};

/// Three years from April 2027 without inflation. Services A (100 users, 1,000 records) and B (50 users, 400 records)
/// are on X. `move` takes B to Y on 1 April 2028 (month 12) and A on 1 July 2028 (month 15), with nothing in parallel, so
/// X is left in month 15. Its contract charges £12 a user and year, £150 a month for all 150.
fn text(contract: &str, archive: &str) -> String {
    format!(
        "[appraisal]\nid = \"c\"\ntitle = \"c\"\nas_at = 2027-04-01\nyear0 = \"2027/28\"\nhorizon = 2\nlead = \"trust\"\n\
         [sources.s]\ntitle = \"s\"\n[deflator]\nrate = 0\nsource = \"s\"\n\
         [organisations.trust]\n[roles.clerk]\nday_rate = 300\n\
         [products.x]\n[products.y]\n[instances.x]\nproduct = \"x\"\n[instances.y]\nproduct = \"y\"\n\
         [services.a]\nusers = 100\npatients = 1000\nsystem = \"x\"\n\
         [services.b]\nusers = 50\npatients = 400\nsystem = \"x\"\n\
         [staff_time]\ntraining_rate = 0\n[migration.new_product]\n\
         [optimism_bias.extraction]\nmoney = \"20%\"\n\
         [options.bau]\nkind = \"business_as_usual\"\n\
         [options.move]\nkind = \"replace\"\ntargets = [{{ services = [\"a\", \"b\"], to = \"y\" }}]\ngo_live = 2028-07-01\n\
         go_lives = {{ b = 2028-04-01 }}\n\
         [contracts.k]\ninstance = \"x\"\nrenewal = {{ term_months = 12 }}\n{contract}\n[contracts.k.lines.u]\nper_user = 12\n\
         [instances.x.archive]\nretention_years = 3\n{archive}\n"
    )
}

/// The contract ends as the last user leaves, and gives read-only access at half the charge of the 150: £75 a month.
const ENDS: &str = "end = 2028-06-30\nread_only = { share = \"50%\" }";
/// The month in which X is left, that in which the period ends, and that in which records need not be kept any more.
const LEFT: usize = 15;
const END: usize = 36;
const UNTIL: usize = 51;

const READ: &str = "{ kind = \"read_only_licence\" }";
const EXTRACT: &str = "{ kind = \"extract_to_archive\", once = 5000, per_record = 2, per_year = 600, after_months = 3 }";
const MIGRATE: &str = "{ kind = \"migrate_all\", per_record = 4 }";

fn strategies(all: &[&str]) -> String {
    format!("strategies = [{}]", all.join(", "))
}

fn case(contract: &str, archive: &str) -> (Scenario, Vec<Evaluated>) {
    let s = read(&toml(&text(contract, archive)));
    let outcome = evaluate(&s.programme, &s.plans, &s.programme.register.central());
    (s, outcome.options)
}

/// What is left behind under the move, and the option.
fn left(contract: &str, archive: &str) -> (LeftBehind, Evaluated) {
    let (_, mut options) = case(contract, archive);
    let moved = options.pop().expect("the move");
    assert_eq!(moved.costing.archives.len(), 1);
    (moved.costing.archives[0].clone(), moved)
}

/// Amounts by month of the lines of a kind.
fn months(option: &Evaluated, of: impl Fn(&CostLine) -> bool) -> Vec<f64> {
    let mut sums = vec![0.0; END];
    for (month, amount) in option.costing.lines.iter().filter(|l| of(l)).flat_map(|l| &l.amounts) {
        sums[*month] += amount;
    }
    sums
}

/// Stretches of months with the amount of each.
#[track_caller]
fn runs(found: &[f64], expected: &[(usize, f64)]) {
    let all: Vec<f64> = expected.iter().flat_map(|(n, amount)| std::iter::repeat_n(*amount, *n)).collect();
    assert_eq!(all.len(), found.len());
    for (month, (found, expected)) in found.iter().zip(all).enumerate() {
        assert!((found - expected).abs() < 1e-6, "month {month}: found {found}, expected {expected}");
    }
}

/// A pound of year t, discounted at 3.5%.
fn factor(year: usize) -> f64 {
    (0..year).fold(1.0, |f, _| f / 1.035)
}

fn once(l: &CostLine) -> bool {
    matches!(l.lineage, Lineage::ArchiveOnce(InstanceIx(0), _))
}

fn chosen(left: &LeftBehind) -> &Alternative {
    &left.alternatives[left.chosen.expect("a way that can be had")]
}

#[test]
fn a_read_only_licence_is_on_the_invoice_and_goes_on_beyond_the_period() {
    let (left, moved) = left(ENDS, &strategies(&[READ]));
    assert_eq!((left.left, left.until), (Month::new(2028, 7), Month::new(2031, 7)));
    runs(&moved.costing.contracts[0].archive, &[(LEFT, 0.0), (END - LEFT, 75.0)]);
    runs(&months(&moved, |l| l.category == Category::Archive), &[(LEFT, 0.0), (END - LEFT, 75.0)]);
    assert_eq!(months(&moved, once), vec![0.0; END]);
    // Nine months of 2028/29 and twelve of 2029/30 in the period; twelve of 2030/31 and three of 2031/32 after it.
    let kept = chosen(&left);
    six(kept.own, 0.0);
    six(kept.invoiced, 675.0 * factor(1) + 900.0 * factor(2));
    six(kept.contracts, 0.0);
    six(kept.liability_real, 15.0 * 75.0);
    six(kept.liability, 900.0 * factor(3) + 225.0 * factor(4));
    six(moved.totals.present(Category::Archive), kept.invoiced);
}

#[test]
fn an_extract_is_paid_once_and_kept_by_the_year() {
    let (left, moved) = left(ENDS, &strategies(&[EXTRACT]));
    six(left.records, 1_400.0);
    // Three months read where they were, then taken out in month 18: £5,000 and £2 for each of 1,400 records.
    runs(&moved.costing.contracts[0].archive, &[(LEFT, 0.0), (3, 75.0), (18, 0.0)]);
    runs(&months(&moved, once), &[(18, 0.0), (1, 7_800.0), (17, 0.0)]);
    runs(&months(&moved, |l| matches!(l.lineage, Lineage::ArchiveRun(..))), &[(18, 0.0), (18, 50.0)]);
    runs(&months(&moved, |l| l.category == Category::Archive), &[(LEFT, 0.0), (3, 75.0), (18, 50.0)]);
    let kept = chosen(&left);
    six(kept.own, (7_800.0 + 300.0) * factor(1) + 600.0 * factor(2));
    six(kept.invoiced, 225.0 * factor(1));
    six(kept.liability_real, 15.0 * 50.0);
    six(kept.liability, 600.0 * factor(3) + 150.0 * factor(4));
}

#[test]
fn migrating_all_leaves_nothing() {
    let (left, moved) = left(ENDS, &strategies(&[MIGRATE]));
    runs(&months(&moved, once), &[(LEFT, 0.0), (1, 5_600.0), (20, 0.0)]);
    runs(&months(&moved, |l| l.category == Category::Archive), &[(END, 0.0)]);
    let kept = chosen(&left);
    six(kept.own, 5_600.0 * factor(1));
    six(kept.liability + kept.invoiced, 0.0);
}

#[test]
fn re_keying_takes_hours_and_the_old_record_is_still_kept() {
    // A tenth of 1,400 records, half an hour each: 70 hours at £40.
    let rekey =
        "{ kind = \"rekey_open_cases\", open_share = \"10%\", minutes_each = 30, rate = 40, rest = \"read_only_licence\" }";
    let rest = "{ kind = \"read_only_licence\", only_for_rest = true }";
    let (behind, moved) = left(ENDS, &strategies(&[rekey, rest]));
    runs(&months(&moved, |l| matches!(l.lineage, Lineage::Rekeying(..))), &[(LEFT, 0.0), (1, 2_800.0), (20, 0.0)]);
    runs(&moved.costing.contracts[0].archive, &[(LEFT, 0.0), (END - LEFT, 75.0)]);
    assert_eq!((behind.chosen, &behind.alternatives[1].ruled_out), (Some(0), &Some(RuledOut::OnlyForRest)));
    six(chosen(&behind).liability_real, 15.0 * 75.0);
    // By a role: 70 hours are 70 / 7.5 days at £300, £2,800 too, and the days are those of the role.
    let by_role = rekey.replace("rate = 40", "role = \"clerk\"");
    let (behind, moved) = left(ENDS, &strategies(&[&by_role, rest]));
    runs(&months(&moved, |l| l.category == Category::InternalEffort), &[(LEFT, 0.0), (1, 2_800.0), (20, 0.0)]);
    six(moved.costing.effort.days[0][LEFT], 70.0 / 7.5);
    six(chosen(&behind).own, 2_800.0 * factor(1));
}

#[test]
fn requests_take_longer_until_the_rest_is_searched_with_them() {
    // 120 requests a year, half an hour more each at £20: £100 a month from B's go-live in month 12.
    let asked = "subject_access = { requests_per_year = 120, minutes_each_extra = 30, rate = 20 }\n";
    let cases: [(&str, usize, usize); 4] = [
        (READ, UNTIL, 15),
        (EXTRACT, 18, 0),
        ("{ kind = \"extract_to_archive\", once = 5000, searched_apart = true }", UNTIL, 15),
        (MIGRATE, LEFT, 0),
    ];
    for (strategy, searched, beyond) in cases {
        let (behind, moved) = left(ENDS, &format!("{asked}{}", strategies(&[strategy])));
        let last = searched.min(END);
        let found = months(&moved, |l| matches!(l.lineage, Lineage::SubjectAccess(_)));
        runs(&found, &[(12, 0.0), (last - 12, 100.0), (END - last, 0.0)]);
        let (without, _) = left(ENDS, &strategies(&[strategy]));
        let more = chosen(&behind).liability_real - chosen(&without).liability_real;
        six(more, 100.0 * f64::from(u32::try_from(beyond).expect("few")));
    }
}

#[test]
fn the_cheapest_changes_with_the_number_of_records() {
    // In all, undiscounted: extract £5,000 + £2 a record + 33 months of £50 + 3 of £75; migrate £4 a record.
    for (records, taken) in [(1_000, 1), (10_000, 0)] {
        let (left, _) = left(ENDS, &format!("records = {records}\n{}", strategies(&[EXTRACT, MIGRATE])));
        assert_eq!(left.chosen, Some(taken), "{records} records");
    }
}

#[test]
fn of_equally_cheap_ways_the_first_is_taken() {
    let named = |name: &str| format!("{{ kind = \"migrate_all\", per_record = 4, name = \"{name}\" }}");
    let (left, _) = left(ENDS, &strategies(&[&named("one"), &named("other")]));
    assert_eq!(left.chosen, Some(0));
}

#[test]
fn what_cannot_be_had_is_named_and_never_chosen() {
    let ruled = |contract: &str, all: &[&str]| {
        let (left, _) = left(contract, &strategies(all));
        let ruled: Vec<_> = left.alternatives.iter().map(|a| a.ruled_out.clone()).collect();
        (left.chosen, ruled)
    };
    // Twelve months of access from July 2028, with records to be kept to June 2031.
    let short = "end = 2028-06-30\nread_only = { share = \"1%\", months = 12 }";
    let ends = RuledOut::Ends { from: Month::new(2029, 7), needed: Month::new(2031, 7) };
    assert_eq!(ruled(short, &[READ, MIGRATE]), (Some(1), vec![Some(ends), None]));
    // An extract takes over after three months, well before access ends.
    assert_eq!(ruled(short, &[READ, EXTRACT]).0, Some(1));
    let none = "end = 2028-06-30";
    let gap = RuledOut::Ends { from: Month::new(2028, 7), needed: Month::new(2028, 10) };
    assert_eq!(ruled(none, &[READ, EXTRACT]), (None, vec![Some(RuledOut::NoAccess), Some(gap)]));
    let refused = "{ kind = \"migrate_all\", not_possible = \"no export\" }";
    assert_eq!(ruled(ENDS, &[refused, EXTRACT]), (Some(1), vec![Some(RuledOut::Reason("no export".into())), None]));
    // Re-keying falls with what it needs for the rest.
    let rekey = "{ kind = \"rekey_open_cases\", open_share = 0.1, minutes_each = 1, rate = 1, rest = \"migrate_all\" }";
    assert_eq!(ruled(ENDS, &[rekey, refused, EXTRACT]).0, Some(2));
}

#[test]
fn without_a_way_that_can_be_had_contracts_say_what_is_kept() {
    let short = "end = 2028-06-30\nread_only = { share = \"50%\", months = 12 }";
    let (left, moved) = left(short, &strategies(&[READ]));
    assert_eq!(left.chosen, None);
    runs(&moved.costing.contracts[0].archive, &[(LEFT, 0.0), (12, 75.0), (9, 0.0)]);
}

#[test]
fn nothing_is_left_where_nobody_leaves_and_where_nobody_was() {
    let (s, options) = case(ENDS.replace("2028-06-30", "2030-03-31").as_str(), &strategies(&[EXTRACT]));
    assert!(options[0].costing.archives.is_empty() && options[0].costing.lines.iter().all(|l| !once(l)));
    assert_eq!(s.programme.instances.iter().filter(|i| i.archive.is_some()).count(), 1);
    // Y is never used under business as usual, and never left under the move.
    let with_y =
        text("end = 2030-03-31", &strategies(&[MIGRATE])).replace("[instances.x.archive]", "[instances.y.archive]\nrecords = 10");
    let s = read(&toml(&with_y));
    let outcome = evaluate(&s.programme, &s.plans, &s.programme.register.central());
    assert!(outcome.options.iter().all(|o| o.costing.archives.is_empty()));
}

/// The contract runs to June 2029 (month 27) with £1,200 a year fixed: staying is 12 x £100, leaving early 40% of it.
/// Full charge £250 a month, read-only £125.
const RUNS_ON: &str =
    "end = 2029-06-30\nearly_exit = \"40%\"\nread_only = { share = \"50%\" }\n[contracts.k.lines.f]\nfixed = 1200";

#[test]
fn leaving_a_contract_counts_the_way_of_keeping_that_is_taken() {
    // Left at once, twelve more months of read-only access: 480 + 1,500 against 1,200.
    let (behind, moved) = left(RUNS_ON, &strategies(&[READ]));
    let exit = moved.costing.contracts[0].exit.clone().expect("a question");
    assert_eq!(exit.decision, Decision::Stay);
    six(exit.archive, 1_500.0);
    runs(&moved.costing.contracts[0].archive, &[(27, 0.0), (9, 125.0)]);
    six(chosen(&behind).contracts, 900.0 * factor(1) + 300.0 * factor(2));
    // Migrated, nothing is read there: 480 against 1,200.
    let (behind, moved) = left(RUNS_ON, &strategies(&[MIGRATE]));
    let exit = moved.costing.contracts[0].exit.clone().expect("a question");
    assert_eq!(exit.decision, Decision::Exit);
    six(exit.archive, 0.0);
    runs(&moved.costing.contracts[0].invoice, &[(12, 250.0), (3, 200.0), (1, 480.0), (20, 0.0)]);
    six(chosen(&behind).contracts, 480.0 * factor(1));
    // Taken out after three months: 480 + 3 x 125 against 1,200.
    let (_, moved) = left(RUNS_ON, &strategies(&[EXTRACT]));
    let exit = moved.costing.contracts[0].exit.clone().expect("a question");
    assert_eq!(exit.decision, Decision::Exit);
    six(exit.archive, 375.0);
    runs(&moved.costing.contracts[0].archive, &[(LEFT, 0.0), (3, 125.0), (18, 0.0)]);
}

#[test]
fn the_comparison_counts_what_staying_costs() {
    // Read-only: nothing of its own to month 27, but £1,200 for staying. £4.20 a record of migration is £5,880 and lets
    // the contract go for £480. In all (undiscounted): read-only 1,200 + 24 x 125 = 4,200, migration 6,360.
    let (behind, _) = left(RUNS_ON, &strategies(&["{ kind = \"migrate_all\", per_record = 4.2 }", READ]));
    assert_eq!(behind.chosen, Some(1));
    // At £2.40 a record, £3,360: by itself dearer than read-only access of £3,000, but 3,840 with the contract.
    let (behind, _) = left(RUNS_ON, &strategies(&["{ kind = \"migrate_all\", per_record = 2.4 }", READ]));
    assert_eq!(behind.chosen, Some(0));
}

#[test]
fn optimism_bias_is_on_what_is_paid_once() {
    let biased = EXTRACT.replace("once = 5000", "once = 5000, optimism_bias = \"extraction\"");
    let (behind, moved) = left(ENDS, &strategies(&[&biased]));
    let bias = months(&moved, |l| l.category == Category::OptimismBias);
    runs(&bias, &[(18, 0.0), (1, 0.2 * 7_800.0), (17, 0.0)]);
    six(chosen(&behind).own, (1.2 * 7_800.0 + 300.0) * factor(1) + 600.0 * factor(2));
}

#[test]
fn prices_beyond_the_period_are_brought_back_to_year_0() {
    // Contract prices step by 4% a year, general inflation is 2%: read-only access of £75 in 2027/28.
    let contract = format!("{ENDS}\nindexation = {{ rate = \"4%\" }}");
    let inflated = text(&contract, &strategies(&[READ])).replace("[deflator]\nrate = 0", "[deflator]\nrate = \"2%\"");
    let s = read(&toml(&inflated));
    let outcome = evaluate(&s.programme, &s.plans, &s.programme.register.central());
    let real = |year: i32| 75.0 * (1.04_f64 / 1.02).powi(year);
    let kept = chosen(&outcome.options[1].costing.archives[0]);
    six(kept.liability_real, 12.0 * real(3) + 3.0 * real(4));
    six(kept.liability, 12.0 * real(3) * factor(3) + 3.0 * real(4) * factor(4));
    six(kept.invoiced, 9.0 * real(1) * factor(1) + 12.0 * real(2) * factor(2));
}

#[test]
fn ways_that_are_not_whole_are_refused() {
    let codes = |archive: &str| -> Vec<Code> {
        let found = problems(&toml(&text(ENDS, archive)));
        found.list.iter().filter(|p| p.code == Code::ArchiveShape || p.code == Code::MissingKey).map(|p| p.code).collect()
    };
    assert_eq!(codes("strategies = []"), [Code::ArchiveShape]);
    assert_eq!(codes(""), [Code::ArchiveShape]);
    assert_eq!(codes("strategies = [{ per_record = 3 }]"), [Code::MissingKey]);
    assert_eq!(codes("strategies = [{ kind = \"migrate_all\", after_months = 3 }]"), [Code::ArchiveShape]);
    let rekey = "kind = \"rekey_open_cases\", open_share = 0.1, minutes_each = 1";
    assert_eq!(codes(&format!("strategies = [{{ {rekey}, rate = 1 }}, {MIGRATE}]")), [Code::ArchiveShape]);
    assert_eq!(codes(&format!("strategies = [{{ {rekey}, rate = 1, rest = \"read_only_licence\" }}]")), [Code::ArchiveShape]);
    let twice = format!("strategies = [{{ {rekey}, rate = 1, role = \"clerk\", rest = \"migrate_all\" }}, {MIGRATE}]");
    assert_eq!(codes(&twice), [Code::ArchiveShape]);
    // Priced by record, where no service says how many it holds.
    let unknown = text(ENDS, &strategies(&[MIGRATE])).replace("patients = 1000\n", "").replace("patients = 400\n", "");
    assert_eq!(problems(&toml(&unknown)).list.iter().map(|p| p.code).collect::<Vec<_>>(), [Code::ArchiveShape]);
}

#[test]
fn the_result_names_the_way_and_what_is_owed_after_the_period() {
    let a =
        appraise(&toml(&text(ENDS, &strategies(&[EXTRACT, READ, "{ kind = \"migrate_all\", not_possible = \"no export\" }"]))));
    assert!(a.options[0].archives.is_empty() && a.options[0].terminal_liability.is_none());
    let moved = &a.options[1];
    let left = &moved.archives[0];
    assert_eq!((left.left.as_str(), left.until.as_str()), ("2028-07-01", "2031-06-30"));
    assert_eq!(left.strategy.as_deref(), Some("Read-only licence"));
    // 36 months of £75 against £7,800, 33 of £50 and 3 of £75, discounted: the sums of the tests above.
    let read = 675.0 * factor(1) + 900.0 * factor(2);
    six(left.present.expect("chosen"), read);
    assert!(left.why.contains("Extract to an archive") && left.why.contains("no export"), "{}", left.why);
    let owed = moved.terminal_liability.as_ref().expect("months beyond the period");
    six(owed.real, 1_125.0);
    six(owed.present, 900.0 * factor(3) + 225.0 * factor(4));
    assert_eq!(owed.until, "2031-06-30");
    // It is not in net present cost: the difference to business as usual is what X no longer charges and its archive.
    let used = |months: f64, year: usize| 150.0 * months * factor(year);
    let bau = used(12.0, 0) + used(12.0, 1) + used(12.0, 2);
    six(a.options[0].cost.npc, bau);
    six(moved.cost.npc, used(12.0, 0) + 3.0 * 100.0 * factor(1) + read);
    let pack = support::laws::pack(&a);
    assert!(pack.contains("What is left behind"), "the pack has the table");
    let refused = appraise(&toml(&text(ENDS, &strategies(&["{ kind = \"migrate_all\", not_possible = \"no export\" }"]))));
    assert!(refused.warnings.iter().any(|w| w.code == "records_not_kept" && w.message.contains("no export")));
}

/// What holds of any appraisal holds with archives: parts add up, results are read back as they were written.
#[test]
fn results_with_archives_add_up() {
    let asked = "subject_access = { requests_per_year = 120, minutes_each_extra = 30, rate = 20 }\n";
    for strategy in [READ, EXTRACT, MIGRATE] {
        for contract in [ENDS, RUNS_ON] {
            let s = read(&toml(&text(contract, &format!("{asked}{}", strategies(&[strategy])))));
            let a = support::laws::appraised(&s);
            six(a.options[1].dual_running.archive, a.options[1].cost.by_category.get("archive").map_or(0.0, |c| c.present));
        }
    }
}
