//! Every figure of the worked example, to six decimals. The expected numbers are copied from the page
//! on which it was worked by hand (twice, by independent passes: exact rationals by quarter, and
//! monthly with the general partition rule); none comes from this engine.

mod support;

use appraise::appraisal::result::{Appraisal, OptionResult};
use appraise::outcome::evaluate;
use appraise::programme::Category;
use appraise::quantity::FinancialYear;
use support::{appraise, files, patched, read, six};

fn example() -> Appraisal {
    appraise(&files("worked-example"))
}

fn option<'a>(a: &'a Appraisal, id: &str) -> &'a OptionResult {
    a.options.iter().find(|o| o.id == id).expect("the option")
}

/// Present value of a category, 0 where the option has none.
fn present(o: &OptionResult, category: &str) -> f64 {
    o.cost.by_category.get(category).map_or(0.0, |a| a.present)
}

const OPTIONS: [&str; 3] = ["bau", "interop", "converge"];

#[test]
fn tariffs_by_quarter() {
    let scenario = read(&files("worked-example"));
    let outcome = evaluate(&scenario.programme, &scenario.plans, &scenario.programme.register.central());
    let quarters = |months: &[f64]| -> Vec<f64> { months.chunks(3).map(|q| q.iter().sum()).collect() };
    let expect = |found: Vec<f64>, expected: [f64; 8]| {
        for (f, e) in found.into_iter().zip(expected) {
            six(f, e);
        }
    };
    // Contracts are in the order of their ids: kx, ky.
    for option in 0..2 {
        let contracts = &outcome.options[option].costing.contracts;
        expect(quarters(&contracts[0].invoice), [25_000.0, 25_000.0, 25_000.0, 25_000.0, 26_000.0, 26_000.0, 28_600.0, 28_600.0]);
        expect(quarters(&contracts[1].invoice), [43_500.0, 43_500.0, 43_500.0, 43_500.0, 44_805.0, 44_805.0, 44_805.0, 44_805.0]);
    }
    let x = &outcome.options[2].costing.contracts[0];
    expect(quarters(&x.service), [25_000.0, 25_000.0, 25_000.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
    expect(quarters(&x.overlap), [0.0, 0.0, 0.0, 25_000.0, 0.0, 0.0, 0.0, 0.0]);
    expect(quarters(&x.stranded), [0.0, 0.0, 0.0, 0.0, 22_100.0, 22_100.0, 0.0, 0.0]);
    expect(quarters(&x.archive), [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 7_800.0, 7_800.0]);
    six(x.invoice.iter().sum(), 159_800.0);
    let y = &outcome.options[2].costing.contracts[1];
    expect(quarters(&y.service), [43_500.0, 43_500.0, 43_500.0, 59_700.0, 61_491.0, 61_491.0, 61_491.0, 61_491.0]);
    expect(quarters(&y.head_start), [0.0, 0.0, 5_400.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
    // Effort, external, training and dip are real, year 0: 24,000, 154,000 and 212,000.
    let work: f64 = outcome.options[2]
        .costing
        .lines
        .iter()
        .filter(|l| l.basis == appraise::costing::PriceBasis::Real)
        .map(appraise::costing::CostLine::total)
        .sum();
    six(work, 390_000.0);
    let mut by_quarter = [0.0; 8];
    for line in outcome.options[2].costing.lines.iter().filter(|l| l.basis == appraise::costing::PriceBasis::Real) {
        for (month, amount) in &line.amounts {
            by_quarter[month.div_euclid(3)] += amount;
        }
    }
    expect(by_quarter.to_vec(), [0.0, 24_000.0, 154_000.0, 212_000.0, 0.0, 0.0, 0.0, 0.0]);
}

#[test]
fn present_value_by_category() {
    let a = example();
    let table: [(&str, [f64; 3]); 9] = [
        ("external", [0.0, 77_594.202_899, 36_000.0]),
        ("internal_effort", [0.0, 15_000.0, 48_000.0]),
        ("training", [0.0, 0.0, 108_000.0]),
        ("dip", [0.0, 0.0, 198_000.0]),
        ("head_start", [0.0, 0.0, 5_400.0]),
        ("overlap", [0.0, 0.0, 25_000.0]),
        ("stranded", [0.0, 0.0, 41_867.954_911]),
        ("archive", [0.0, 0.0, 14_776.925_263]),
        ("optimism_bias", [0.0, 0.0, 0.0]),
    ];
    for (category, expected) in table {
        for (id, amount) in OPTIONS.iter().zip(expected) {
            six(present(option(&a, id), category), amount);
        }
    }
    let service = |id: &str, year: &str| {
        let found = option(&a, id).cost.by_year.iter().find(|y| y.year == year && y.category == "service");
        found.map_or(0.0, |y| y.present)
    };
    for (id, year_0, year_1) in
        [("bau", 274_000.0, 273_202.614_379), ("interop", 274_000.0, 273_202.614_379), ("converge", 265_200.0, 232_986.643_933)]
    {
        six(service(id, "2027/28"), year_0);
        six(service(id, "2028/29"), year_1);
    }
}

#[test]
fn totals_and_reconciliation() {
    let a = example();
    let expect = |get: &dyn Fn(&OptionResult) -> f64, expected: [f64; 3]| {
        for (id, amount) in OPTIONS.iter().zip(expected) {
            six(get(option(&a, id)), amount);
        }
    };
    expect(&|o| o.cost.npc, [547_202.614_379, 639_796.817_278, 975_231.524_107]);
    expect(&|o| -o.cost.npsv, [547_202.614_379, 639_796.817_278, 975_231.524_107]);
    expect(&|o| o.cost.nominal, [562_420.0, 655_660.0, 991_364.0]);
    expect(&|o| o.cost.real, [556_764.705_882, 649_764.705_882, 985_368.627_451]);
    expect(&|o| o.cost.eac, [278_306.980_778, 325_400.346_871, 496_002.273_932]);
    expect(&|o| o.financial.non_cash, [0.0, 0.0, 262_800.0]);
    expect(&|o| o.financial.vat, [112_484.0, 112_484.0, 120_272.8]);
    expect(&|o| o.financial.cash, [674_904.0, 768_144.0, 848_836.8]);
    six(a.frame.discount_factors.iter().sum(), 1.966_184);
    for o in &a.options {
        six(o.financial.nominal, o.cost.nominal);
        six(o.financial.nominal - o.financial.non_cash + o.financial.vat, o.financial.cash);
        six(o.financial.by_body.iter().map(|b| b.cash).sum(), o.financial.cash);
        six(o.financial.cash_by_year.iter().sum(), o.financial.cash);
    }
    let (bau, converge) = (option(&a, "bau"), option(&a, "converge"));
    six(converge.dual_running.present, 87_044.880_174);
    six(converge.dual_running.nominal, 90_200.0);
    six(converge.cost.npc - bau.cost.npc, 428_028.909_728);
    six(converge.financial.cash - bau.financial.cash, 173_932.8);
    // Waterfall: service licence falls, dual running rises, and all steps sum to the gap.
    six(present(converge, "service") - present(bau, "service"), -49_015.970_446);
}

#[test]
fn exit_or_stay() {
    let a = example();
    let exits = &option(&a, "converge").exits;
    assert_eq!(exits.len(), 1);
    let exit = &exits[0];
    assert_eq!((exit.contract.as_str(), exit.left.as_str(), exit.decision.as_str()), ("kx", "2028-04-01", "stay"));
    six(exit.stay, 44_200.0);
    six(exit.exit_charge.expect("a charge"), 33_150.0);
    six(exit.archive, 15_600.0);
    assert_eq!(exit.notice_by.as_deref(), Some("2027-09-30"));
    assert!(a.warnings.iter().any(|w| w.code == "notice_before_go_live" && w.message.contains("30 September 2027")));
}

#[test]
fn without_archive_one_would_leave() {
    // The naive comparison, 33,150 against 44,200, exits.
    let files = patched(files("worked-example"), &[("read_only = { share = \"30%\" }", "")]);
    let a = appraise(&files);
    let exit = &option(&a, "converge").exits[0];
    assert_eq!(exit.decision, "exit");
    // Then the exit charge is all that is stranded: 33,150 / 1.02 / 1.035.
    six(option(&a, "converge").dual_running.stranded, 33_150.0 / 1.02 / 1.035);
}

#[test]
fn slippage() {
    let a = example();
    let converge = &option(&a, "converge").dual_running;
    six(converge.slippage_first_month.expect("it moves"), 9_231.410_439);
    six(converge.slippage_first_quarter.expect("it moves"), 20_525.149_190);
    // The link of "Interoperate" takes 12,000 a year from when it is live, in year 0: a month less, and three.
    let interop = &option(&a, "interop").dual_running;
    six(interop.slippage_first_month.expect("a link of its own"), -1_000.0);
    six(interop.slippage_first_quarter.expect("a link of its own"), -3_000.0);
    assert_eq!(option(&a, "bau").dual_running.slippage_first_quarter, None);
    // The parts after a quarter's slip.
    let scenario = read(&files("worked-example"));
    let later = scenario.plans[2].slipped(3);
    let outcome = evaluate(&scenario.programme, &[later], &scenario.programme.register.central());
    let totals = &outcome.options[0].totals;
    six(totals.npc(), 995_756.673_297);
    six(totals.total_cash(), 877_796.8);
    six(totals.present(Category::Overlap), 24_628.208_771);
    six(totals.present(Category::Stranded), 20_933.977_456);
    six(totals.present(Category::HeadStart), 21_600.0);
    six(totals.present(Category::Archive), 14_776.925_263);
    let month = evaluate(&scenario.programme, &[scenario.plans[2].slipped(1)], &scenario.programme.register.central());
    six(month.options[0].totals.npc(), 984_462.934_546);
    // Of the quarter's change, -6,695.652174 is only the dip being discounted a year.
    six(totals.present(Category::Dip) - 198_000.0, -6_695.652_174);
}

#[test]
fn switching_value_of_the_upper_band() {
    let scenario = read(&files("worked-example"));
    let (programme, values) = (&scenario.programme, scenario.programme.register.central());
    let price = programme.register.find("contracts.ky.lines.users.bands[1].price").expect("the price");
    let npc = |p: f64| evaluate(programme, &scenario.plans, &values.with(price, p)).options[2].totals.npc();
    // NPC(converge) = 890,409.017713 + 523.595718 p.
    let (intercept, slope) = (npc(0.0), npc(1.0) - npc(0.0));
    six(intercept, 890_409.017_713);
    six(slope, 523.595_718);
    six((639_796.817_278 - intercept) / slope, -478.636_841);
    six((547_202.614_379 - intercept) / slope, -655.479_774);
    let a = example();
    for against in ["bau", "interop"] {
        let s = a
            .sensitivity
            .switching
            .iter()
            .find(|s| s.input == "contracts.ky.lines.users.bands[1].price" && s.option == "converge" && s.against == against);
        let s = s.expect("asked of the price");
        assert_eq!(s.value, None);
        assert!(s.sentence.contains("no price of zero or more") && !s.sentence.contains('\u{2212}'), "{}", s.sentence);
    }
}

#[test]
fn variants_that_would_hide_a_bug() {
    // All-units bands make the 1,000-user year 0 annual charge 222,000 instead of 238,800.
    let all_units = patched(files("worked-example"), &[("banding = \"marginal\"", "banding = \"all_units\"")]);
    for (files, expected) in [(files("worked-example"), 238_800.0), (all_units, 222_000.0)] {
        let programme = read(&files).programme;
        let ky = programme.contracts.iter().find(|c| c.id == "ky").expect("ky");
        let charge: f64 = ky.lines.iter().map(|l| appraise::costing::tariff(l, 1_000.0, &programme.register.central())).sum();
        six(charge, expected);
    }
    assert_eq!(FinancialYear::parse("2027/28").map(FinancialYear::start_year), Some(2027));
}

#[test]
fn measures_values_and_scores() {
    let a = example();
    let table: [(&str, f64, [f64; 3], [f64; 3]); 6] = [
        ("visibility", 0.294_118, [0.114, 0.2945, 0.6365], [11.4, 29.45, 63.65]),
        ("disruption", 0.088_235, [0.0, 0.0, 6_600.0], [100.0, 100.0, 34.0]),
        ("capability", 0.176_471, [0.88, 0.88, 0.9175], [76.0, 76.0, 83.5]),
        ("cost", 0.235_294, [547_202.614_379, 624_796.817_278, 534_186.643_933], [63.199_346, 43.800_796, 66.453_339]),
        ("dual_running", 0.088_235, [0.0, 0.0, 87_044.880_174], [100.0, 100.0, 41.970_080]),
        ("effort", 0.117_647, [0.0, 35.0, 600.0], [100.0, 96.5, 40.0]),
    ];
    for (criterion, weight, measures, values) in table {
        let view = a.criteria.iter().find(|c| c.id == criterion).expect("the criterion");
        six(view.weight.expect("weighted"), weight);
        six(a.panels[0].weights[criterion], weight);
        for ((id, m), v) in OPTIONS.iter().zip(measures).zip(values) {
            six(option(&a, id).measures[criterion], m);
            six(option(&a, id).values[criterion], v);
        }
    }
    let contributions = [
        [3.352_941, 8.823_529, 13.411_765, 14.870_434, 8.823_529, 11.764_706],
        [8.661_765, 8.823_529, 13.411_765, 10.306_070, 8.823_529, 11.352_941],
        [18.720_588, 3.0, 14.735_294, 15.636_080, 3.703_242, 4.705_882],
    ];
    for (id, row) in OPTIONS.iter().zip(contributions) {
        for (found, expected) in option(&a, id).contributions.values().zip(row) {
            six(*found, expected);
        }
    }
    for (id, score, rank) in [("bau", 61.046_905, 2), ("interop", 61.379_599, 1), ("converge", 60.501_087, 3)] {
        six(option(&a, id).score.expect("scored"), score);
        assert_eq!(option(&a, id).rank, Some(rank));
    }
    // Rank by net present cost: 1, 2, 3.
    let by_cost = appraise(&patched(files("worked-example"), &[("rank_basis = \"score\"", "rank_basis = \"npc\"")]));
    assert_eq!(by_cost.options.iter().map(|o| o.rank).collect::<Vec<_>>(), [Some(1), Some(2), Some(3)]);
}

#[test]
fn the_identity_of_net_present_cost() {
    let a = example();
    for (id, cost, dual_running, staff_time) in [
        ("bau", 547_202.614_379, 0.0, 0.0),
        ("interop", 624_796.817_278, 0.0, 15_000.0),
        ("converge", 534_186.643_933, 87_044.880_174, 354_000.0),
    ] {
        let identity = &a.identity[id];
        six(identity.cost, cost);
        six(identity.dual_running, dual_running);
        six(identity.staff_time, staff_time);
        six(identity.cost + identity.dual_running + identity.staff_time + identity.scored_elsewhere, identity.npc);
    }
}

#[test]
fn crossings_of_weights() {
    let a = example();
    let crossing = |x: &str, y: &str, node: &str| {
        let pair = |c: &&appraise::appraisal::result::WeightCrossing| {
            c.node == node && ((c.option == x && c.rival == y) || (c.option == y && c.rival == x))
        };
        a.sensitivity.weights.iter().find(pair).expect("the pair").clone()
    };
    let nodes = ["visibility", "disruption", "capability", "cost", "dual_running", "effort"];
    let table: [(&str, &str, [Option<f64>; 6]); 3] = [
        ("interop", "bau", [Some(0.280_863), None, None, Some(0.248_188), None, Some(0.194_239)]),
        (
            "converge",
            "interop",
            [Some(0.311_796), Some(0.075_935), Some(0.262_820), Some(0.263_844), Some(0.074_220), Some(0.103_711)],
        ),
        (
            "converge",
            "bau",
            [Some(0.301_415), Some(0.080_632), Some(0.232_338), Some(0.345_139), Some(0.079_578), Some(0.109_547)],
        ),
    ];
    for (x, y, expected) in table {
        for (node, expected) in nodes.iter().zip(expected) {
            match (crossing(x, y, node).crossing, expected) {
                (Some(found), Some(expected)) => six(found, expected),
                (found, expected) => assert_eq!(found, expected, "{x} and {y} on {node}"),
            }
        }
    }
    // Interoperating is ahead above on visibility; business as usual above on cost and effort.
    let side = |node: &str| crossing("interop", "bau", node).side;
    assert_eq!(side("visibility").as_deref(), Some("below"));
    assert_eq!(side("cost").as_deref(), Some("above"));
    assert_eq!(side("effort").as_deref(), Some("above"));
    // The leading option's crossings come first.
    assert!(a.sensitivity.weights[..12].iter().all(|c| c.option == "interop"));
}

#[test]
fn implied_rates() {
    let a = example();
    let rate = |id: &str| a.implied_rates.iter().find(|r| r.criterion == id).expect("a rate");
    six(1_000.0 * rate("cost").points_per_unit, 0.058_824);
    six(1_000.0 * rate("dual_running").points_per_unit, 0.058_824);
    six(rate("dual_running").pounds_per_unit.expect("money"), 1.0);
    six(rate("effort").pounds_per_unit.expect("priced"), 200.0);
    assert_eq!((rate("effort").paid, rate("effort").paid_highest), (Some(350.0), Some(500.0)));
    assert!(rate("effort").warning.is_some());
    six(rate("disruption").pounds_per_unit.expect("priced"), 15.0);
    assert_eq!(rate("disruption").paid, Some(30.0));
    assert!(rate("disruption").warning.is_some());
    six(rate("visibility").pounds_per_unit.expect("priced") / 100.0, 5_000.0);
    assert!(rate("visibility").sentence.contains("£5,000"), "{}", rate("visibility").sentence);
    assert!(rate("cost").warning.is_none() && rate("dual_running").warning.is_none());
}

#[test]
fn keys_listed() {
    let a = example();
    let converge = option(&a, "converge");
    six(converge.financial.nominal, 991_364.0);
    six(converge.financial.non_cash, 262_800.0);
    six(converge.financial.vat, 120_272.8);
    six(converge.financial.cash, 848_836.8);
    let effort = &converge.effort;
    for (found, expected) in [
        (effort.internal_days, 120.0),
        (effort.external_days, 80.0),
        (effort.training_days, 480.0),
        (effort.person_days, 600.0),
        (effort.training_hours, 3_600.0),
        (effort.dip_hours, 6_600.0),
    ] {
        six(found, expected);
    }
    six(converge.dual_running.committed, 66_867.954_911);
}

#[test]
fn the_headline_says_no_clear_winner() {
    let a = example();
    assert_eq!(a.headline.code, "no_clear_winner");
    for figure in [
        "the three options",
        "0.9 points",
        "Business as usual costs least",
        "more than doubles",
        "63.7%",
        "29.5%",
        "£335,435 more in net present cost",
        "£80,693 more in cash",
    ] {
        assert!(a.headline.text.contains(figure), "`{figure}` is not in: {}", a.headline.text);
    }
}

#[test]
fn the_json_has_the_published_keys() {
    let json = serde_json::to_value(example()).expect("serialises");
    let has = |pointer: &str| assert!(json.pointer(pointer).is_some(), "{pointer} is missing");
    for key in [
        "/schema_version",
        "/as_at",
        "/headline/code",
        "/headline/text",
        "/provenance/engine_version",
        "/provenance/scenario_sha256",
        "/provenance/run",
        "/provenance/parameter_set",
        "/criteria/0/group",
        "/criteria/0/unit",
        "/criteria/0/direction",
        "/criteria/0/anchors",
        "/criteria/0/scored",
        "/options/0/kind",
        "/options/0/role",
        "/options/0/feasible",
        "/options/0/gates/0/reason",
        "/options/0/rank_basis",
        "/options/0/rank",
        "/options/0/score",
        "/options/2/plan/0/go_live",
        "/options/2/plan/0/expected_go_live",
        "/options/1/links/0/live",
        "/options/0/cost/npsv",
        "/options/0/cost/by_category/service/present",
        "/options/0/cost/by_year/0/year",
        "/options/0/financial/by_body/0",
        "/options/2/dual_running/committed",
        "/options/2/effort/peak_load",
        "/identity/converge/staff_time",
        "/implied_rates/0/points_per_unit",
        "/panels/0/ranking/0",
        "/cross_checks/topsis/bau",
        "/cross_checks/vikor/bau",
        "/cross_checks/promethee_ii/bau",
        "/sensitivity/weights/0/side",
        "/sensitivity/switching/0/sentence",
        "/assumptions/0/share_of_cost",
        "/verdicts/0/verdict",
        "/verdicts/0/leave_one_out/npc",
        "/verdicts/0/first_in/score",
        "/verdicts/0/break_even/0/factor",
        "/verdicts/0/sentence",
        "/warnings/0/code",
    ] {
        has(key);
    }
    let plan = &json["options"][2]["plan"];
    assert_eq!(plan[0]["go_live"], "2028-01-01");
    assert!(plan[1]["go_live"].is_null(), "adult mental health does not move");
    assert_eq!(json["options"][0]["cost"]["by_year"][0]["year"], "2027/28");
    // Nothing was asked of the optimiser.
    for absent in ["/options/0/uncertainty", "/optimiser", "/options/0/dual_running/avoidable", "/options/0/rank_expected"] {
        assert!(json.pointer(absent).is_none(), "{absent} is not computed yet and must be absent");
    }
}
