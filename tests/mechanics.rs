//! Contract and plan mechanics on small cases: the worked example with one thing changed, each figure
//! worked by hand in a comment.

mod support;

use appraise::appraisal::result::{Appraisal, OptionResult};
use appraise::scenario::problem::Code;
use support::{appraise, files, patched, problems, read, six};

fn example(patches: &[(&str, &str)]) -> Appraisal {
    appraise(&patched(files("worked-example"), patches))
}

fn option<'a>(a: &'a Appraisal, id: &str) -> &'a OptionResult {
    a.options.iter().find(|o| o.id == id).expect("the option")
}

fn nominal(o: &OptionResult, category: &str) -> f64 {
    o.cost.by_category.get(category).map_or(0.0, |a| a.nominal)
}

/// Nominal service charge of a year.
fn service(o: &OptionResult, year: &str) -> f64 {
    o.cost.by_year.iter().filter(|y| y.year == year && y.category == "service").map(|y| y.nominal).sum()
}

const EXTENSION: &str = "extension = { uplift = \"10%\", months = 24 }";

#[test]
fn somebody_with_two_slots_on_one_system_is_one_user() {
    // Adult mental health on Y twice: still 600 users, so Y stays at 174,000 and X at 100,000.
    let a = example(&[("users = 600\nsystem = \"y\"", "users = 600\nslots = { core = \"y\", epma = \"y\" }")]);
    six(service(option(&a, "bau"), "2027/28"), 274_000.0);
    // A slot with more users than another counts with them: 600 and 700 make 700,
    // 60,000 + 600 x 190 + 100 x 162 = 190,200.
    let more = "users = 600\nslots = { core = \"y\", epma = { instance = \"y\", users = 700 } }";
    let a = example(&[("users = 600\nsystem = \"y\"", more)]);
    six(service(option(&a, "bau"), "2027/28"), 290_200.0);
}

#[test]
fn a_support_contract_beside_a_licence_does_not_end_it() {
    let support = "[contracts.support]\ninstance = \"x\"\nend = 2032-03-31\n[contracts.support.lines.desk]\nfixed = 12_000\n\n[contracts.ky]";
    let a = example(&[("[contracts.ky]", support)]);
    // X in year 1: 26,000 x 2 + 28,600 x 2 = 109,200; Y 179,220; support 12,000.
    six(service(option(&a, "bau"), "2028/29"), 109_200.0 + 179_220.0 + 12_000.0);
    // Without the extension the licence lapses under cover of the support contract: said, not refused.
    let lapsing = read(&patched(files("worked-example"), &[("[contracts.ky]", support), (EXTENSION, "")]));
    assert!(lapsing.warnings.list.iter().any(|w| w.code == Code::ContractLapses));
}

#[test]
fn a_contract_that_follows_takes_over() {
    let next = "[contracts.kx2]\nfollows = \"kx\"\ninstance = \"x\"\nstart = 2028-10-01\nend = 2030-03-31\n[contracts.kx2.lines.users]\nper_user = 240\n\n[contracts.ky]";
    let a = example(&[("[contracts.ky]", next)]);
    // X in year 1: two quarters at 26,000, then 400 x 240 / 2 = 48,000. No extension.
    six(service(option(&a, "bau"), "2028/29"), 52_000.0 + 48_000.0 + 179_220.0);
    assert!(nominal(option(&a, "bau"), "stranded").abs() < 1e-9);
}

#[test]
fn what_is_left_of_a_term_is_stranded_when_another_contract_has_taken_over() {
    // KX ends in September 2027, is extended by 12 months at a time (+10%); KX2 follows on 1 January 2028.
    // There is no right to leave early, or it would be taken once the users have gone.
    let patches = [
        ("early_exit = \"75%\"", ""),
        ("end = 2028-09-30", "end = 2027-09-30"),
        (EXTENSION, "extension = { uplift = \"10%\", months = 24, term_months = 12 }"),
        (
            "[contracts.ky]",
            "[contracts.kx2]\nfollows = \"kx\"\ninstance = \"x\"\nstart = 2028-01-01\nend = 2030-03-31\n[contracts.kx2.lines.users]\nper_user = 240\n\n[contracts.ky]",
        ),
    ];
    let a = example(&patches);
    let kx = option(&a, "bau").dual_running.by_contract.iter().find(|c| c.contract == "kx").expect("kx");
    // In use: 50,000 for April to September, 27,500 for October to December.
    six(kx.service, 77_500.0);
    // Stranded January to September 2028 at the minimum of 300 users, 85,000 a year, +10%:
    // 3 months x 85,000 / 12 x 1.1 = 23,375 and 6 months x 85,000 x 1.04 / 12 x 1.1 = 48,620.
    six(kx.stranded, 23_375.0 + 48_620.0);
    let kx2 = option(&a, "bau").dual_running.by_contract.iter().find(|c| c.contract == "kx2").expect("kx2");
    // 15 months x 400 x 240 / 12.
    six(kx2.service, 120_000.0);
    assert!(kx2.archive.abs() < 1e-9 && kx.archive.abs() < 1e-9);
}

#[test]
fn an_extension_used_up_before_the_appraisal_covers_nothing() {
    // Ended in March 2025, 24 months of extension: nothing is left from April 2027.
    let found = problems(&patched(files("worked-example"), &[("end = 2028-09-30", "end = 2025-03-31")]));
    assert!(found.list.iter().any(|p| p.code == Code::NoContractCover && p.message.contains("April 2027")));
    // Ended in March 2026: 12 of the 24 months are left, the other 12 are not covered.
    let found = problems(&patched(files("worked-example"), &[("end = 2028-09-30", "end = 2026-03-31")]));
    assert!(found.list.iter().any(|p| p.code == Code::NoContractCover && p.message.contains("April 2028")));
    // One message, naming the two options that still use X then.
    let cover: Vec<_> = found.list.iter().filter(|p| p.code == Code::NoContractCover).collect();
    assert_eq!(cover.len(), 1);
    assert!(cover[0].message.contains("Business as usual, Interoperate"), "{}", cover[0].message);
}

#[test]
fn read_only_for_a_few_months_is_paid_whenever_one_leaves() {
    // Four months of read-only access, 80% exit charge. Staying: 44,200, then 4 x 2,600 = 10,400 from
    // October. Leaving: 80% x 44,200 = 35,360, then 10,400 from April. So leaving is cheaper by 8,840.
    let a = example(&[
        ("read_only = { share = \"30%\" }", "read_only = { share = \"30%\", months = 4 }"),
        ("early_exit = \"75%\"", "early_exit = \"80%\""),
    ]);
    let exit = &option(&a, "converge").exits[0];
    assert_eq!(exit.decision, "exit");
    six(exit.archive, 0.0);
    six(exit.exit_charge.expect("a charge"), 35_360.0);
    six(nominal(option(&a, "converge"), "archive"), 10_400.0);
    six(nominal(option(&a, "converge"), "stranded"), 35_360.0);
}

/// A third system Z, to which community nursing is already committed to move in July 2027.
const Z: &str = "[products.z]\n[instances.z]\nproduct = \"z\"\n[contracts.kz]\ninstance = \"z\"\nend = 2032-03-31\n[contracts.kz.lines.users]\nper_user = 100\n[commitments.early]\nservice = \"s1\"\nto = \"z\"\ngo_live = 2027-07-01\nkind = \"slow\"\n[optimism_bias.late]\nmoney = 0\nduration = \"100%\"\n[migration.slow]\nbuild_months = 12\nduration_bias = \"late\"\n\n[roles.configuration]";

#[test]
fn a_service_is_never_live_on_two_systems() {
    // The commitment slips twelve months, to July 2028, past the option's own move to Y in January 2028.
    let scenario = read(&patched(files("worked-example"), &[("[roles.configuration]", Z)]));
    let values = scenario.programme.register.central();
    let outcome = appraise::outcome::evaluate(&scenario.programme, &scenario.plans, &values);
    let converge = &outcome.options[2].costing;
    let live: Vec<i32> = converge.moves.iter().map(|m| m.live).collect();
    // Months from April 2027: July 2028 is 15; the move to Y waits for it.
    assert_eq!(live, [15, 15]);
    for month in 0..24 {
        let on: f64 = converge.usage.instances.iter().map(|i| i.live[month]).sum();
        six(on, 1_000.0);
    }
    // Z was never live, so it is not kept in parallel and leaves nothing to read.
    let z = scenario.programme.contracts.iter().position(|c| c.id == "kz").expect("kz");
    assert!(converge.contracts[z].overlap.iter().chain(&converge.contracts[z].archive).all(|x| x.abs() < 1e-9));
}

#[test]
fn waves_are_pushed_by_earlier_waves_only() {
    // Two moves on one date, one of a kind that slips three months: the other does not, whatever it is
    // called.
    for id in ["a_first", "z_last"] {
        let third = format!("[services.{id}]\nusers = 100\nsystem = \"x\"\nline = \"community\"\n\n[flows.s1-s2]");
        let slow = "[optimism_bias.late]\nmoney = 0\nduration = \"50%\"\n[products.w]\n[instances.w]\nproduct = \"w\"\n[contracts.kw]\ninstance = \"w\"\nend = 2032-03-31\n[contracts.kw.lines.users]\nper_user = 1\n[migration.new_product]\nbuild_months = 6\nduration_bias = \"late\"\n\n[roles.configuration]";
        let targets = format!("targets = [{{ services = [\"s1\"], to = \"y\" }}, {{ services = [\"{id}\"], to = \"w\" }}]");
        let scenario = read(&patched(
            files("worked-example"),
            &[
                ("[flows.s1-s2]", &third),
                ("[roles.configuration]", slow),
                ("targets = [{ line = \"community\", to = \"y\" }]", &targets),
            ],
        ));
        let expected = appraise::plan::expected(&scenario.programme, &scenario.plans[2], &scenario.programme.register.central());
        let slips: Vec<(usize, i32)> =
            scenario.plans[2].moves.iter().zip(&expected).map(|(m, e)| (m.kind.0, e.live - e.planned)).collect();
        for (kind, slip) in slips {
            let slow = scenario.programme.move_kinds[kind].id == "new_product";
            assert_eq!(slip, if slow { 3 } else { 0 }, "{id}");
        }
    }
}

#[test]
fn slippage_past_the_end_of_cover_has_no_figure() {
    // KX ends with the overlap, in March 2028, and cannot be extended; every option leaves X in time.
    let out = "targets = [{ line = \"community\", to = \"y\" }]\ngo_live = 2028-01-01\n";
    let a = example(&[
        ("end = 2028-09-30", "end = 2028-03-31"),
        (EXTENSION, ""),
        ("kind = \"business_as_usual\"\n", &format!("kind = \"business_as_usual\"\n{out}")),
        ("kind = \"interoperate\"\n", &format!("kind = \"interoperate\"\n{out}")),
    ]);
    let dual = &option(&a, "converge").dual_running;
    assert_eq!((dual.slippage_first_month, dual.slippage_first_quarter), (None, None));
    assert!(a.summary.iter().any(|s| s.about == "slippage" && s.text.contains("runs out")));
}

#[test]
fn what_would_vanish_is_refused() {
    let stream = |keys: &str| format!("[streams.extra]\n{keys}\n\n[roles.configuration]");
    for (keys, code) in [
        ("once = 1000\nstart = 2026-04-01", Code::OutsidePeriod),
        ("per_year = 1000\nstart = 2040-04-01", Code::OutsidePeriod),
        ("per_year = 1000\nstart = 2028-04-01\nend = 2027-06-30", Code::DateOrder),
    ] {
        let found = problems(&patched(files("worked-example"), &[("[roles.configuration]", &stream(keys))]));
        assert!(found.list.iter().any(|p| p.code == code), "{keys}");
    }
    let found = problems(&patched(
        files("worked-example"),
        &[("links = { in_context = 2027-10-01 }", "links = { in_context = 2035-10-01 }")],
    ));
    assert!(found.list.iter().any(|p| p.code == Code::OutsidePeriod));
    let found = problems(&patched(files("worked-example"), &[("as_at = 2027-04-01", "as_at = 2029-03-31")]));
    assert!(found.list.iter().any(|p| p.code == Code::BadPeriod));
}

#[test]
fn a_stream_without_a_date_starts_with_what_counts() {
    // As at mid-May 2027 the first month that counts is June: 1,000 once, and 12,000 a year for 10 + 12 months.
    let streams = "[streams.one]\nonce = 1_000\n[streams.many]\nper_year = 12_000\n\n[roles.configuration]";
    let a = example(&[("as_at = 2027-04-01", "as_at = 2027-05-15"), ("[roles.configuration]", streams)]);
    let usual = option(&a, "bau");
    let line = |what: &str| usual.cost.lines.iter().find(|l| l.what == what).expect("the line");
    six(line("one").real, 1_000.0);
    six(line("many").real, 22_000.0);
    // Sunk: two months of X and Y are out of year 0: 274,000 x 10 / 12.
    six(service(usual, "2027/28"), 274_000.0 * 10.0 / 12.0);
}

#[test]
fn successors_may_have_successors() {
    let bodies = "[organisations.trust]\nstatus = \"dissolves\"\nsuccessor = \"second\"\nfrom = 2027-10-01\n[organisations.second]\nstatus = \"dissolves\"\nsuccessor = \"third\"\nfrom = 2028-04-01\n[organisations.third]\nstatus = \"new\"\n";
    let a = example(&[("[organisations.trust]\nname = \"The trust\"\n", bodies)]);
    let by_body = &option(&a, "bau").financial.by_body;
    let borne = |id: &str| by_body.iter().find(|b| b.body == id).map_or(0.0, |b| b.nominal);
    // Half of year 0 each for the first two, all of year 1 (288,420) for the third.
    six(borne("trust"), 137_000.0);
    six(borne("second"), 137_000.0);
    six(borne("third"), 288_420.0);
    let circle = bodies.replace(
        "[organisations.third]\nstatus = \"new\"\n",
        "[organisations.third]\nstatus = \"dissolves\"\nsuccessor = \"trust\"\nfrom = 2028-05-01\n",
    );
    let found = problems(&patched(files("worked-example"), &[("[organisations.trust]\nname = \"The trust\"\n", &circle)]));
    assert!(found.list.iter().any(|p| p.code == Code::Successor));
}

#[test]
fn empty_texts_and_wrong_units_are_refused() {
    for (from, to) in [
        ("end = 2028-09-30", "end = \"\""),
        ("to = \"s2\"", "to = \" \""),
        ("role = \"data_migration\"", "role = \"\""),
        ("as_at = 2027-04-01", "as_at = \"\""),
        ("adoption = [{ months = 6, share = 0.40 }, { share = 0.60 }]", "adoption = []"),
        ("fixed = 60_000", "fixed = \"60%\""),
        ("users = 400", "users = \"40%\""),
        ("users = 400", "users = \"£400\""),
        ("users = 400", "users = \"4m\""),
        ("users = 400", "users = \"12 34\""),
        ("hours_per_day = 7.5", "hours_per_day = 0"),
    ] {
        assert!(problems(&patched(files("worked-example"), &[(from, to)])).errors() > 0, "{to}");
    }
}

#[test]
fn a_shortlist_prints_no_single_score_and_panels_apart_none() {
    for patch in [
        ("mode = \"longlist_mcda\"\nrank_basis = \"score\"", "mode = \"shortlist\""),
        ("combine_panels = \"equal\"", "combine_panels = \"none\""),
    ] {
        let a = example(&[patch]);
        assert!(a.options.iter().all(|o| o.score.is_none() && o.rank_basis == "npc"));
        assert_eq!(a.options.iter().map(|o| o.rank).collect::<Vec<_>>(), [Some(1), Some(2), Some(3)]);
        assert_eq!(a.panels[0].ranking, ["interop", "bau", "converge"], "each panel's own ranking stays");
    }
}

#[test]
fn optimism_bias_lowers_a_benefit_where_it_is_counted() {
    let stream = "[optimism_bias.half]\nmoney = \"50%\"\n[streams.time]\nkind = \"benefit\"\nclass = \"non_cash_releasing\"\nper_year = 1_000\nscored_elsewhere = true\noptimism_bias = \"half\"\n\n[roles.configuration]";
    let a = example(&[("[roles.configuration]", stream)]);
    let usual = option(&a, "bau");
    // -1,000 a year at half: -500 in year 0 and -500 / 1.035 in year 1, all of it scored elsewhere.
    six(a.identity["bau"].scored_elsewhere, -500.0 - 500.0 / 1.035);
    six(a.identity["bau"].cost, 547_202.614_379);
    six(usual.financial.cash, 674_904.0);
}

#[test]
fn funding_leaves_a_gap_by_body_and_year() {
    let funding = "[funding.capital]\nname = \"Digital capital\"\nbody = \"trust\"\nyears = { \"2027/28\" = 300_000, \"2028/29\" = \"£400k\" }\n\n[roles.configuration]";
    let a = example(&[("[roles.configuration]", funding)]);
    let gaps = &option(&a, "bau").financial.funding_gap;
    // Cash of business as usual: 274,000 x 1.2 = 328,800 and 288,420 x 1.2 = 346,104.
    assert_eq!(gaps.iter().map(|g| g.year.as_str()).collect::<Vec<_>>(), ["2027/28", "2028/29"]);
    six(gaps[0].cash, 328_800.0);
    six(gaps[0].gap, 28_800.0);
    six(gaps[1].gap, 346_104.0 - 400_000.0);
    let totals = &option(&a, "bau").financial.funding_total;
    assert_eq!(totals.iter().map(|t| t.body.as_str()).collect::<Vec<_>>(), ["trust"]);
    six(totals[0].funding, 700_000.0);
    six(totals[0].gap, 674_904.0 - 700_000.0);
    assert!(example(&[]).options[0].financial.funding_gap.is_empty());
    let wrong = funding.replace("2027/28", "2037/38");
    assert!(
        problems(&patched(files("worked-example"), &[("[roles.configuration]", &wrong)]))
            .list
            .iter()
            .any(|p| p.code == Code::OutsidePeriod)
    );
}

/// A licence of X that takes over from KX.
fn follower(keys: &str) -> String {
    format!(
        "[contracts.kx2]\nfollows = \"kx\"\ninstance = \"x\"\n{keys}\n[contracts.kx2.lines.users]\nper_user = 240\nminimum = 300\n\n[contracts.ky]"
    )
}

#[test]
fn follows_is_checked() {
    for keys in [
        "end = 2032-03-31",
        "start = 2027-04-01\nend = 2032-03-31\n[contracts.kx3]\nfollows = \"kx\"\ninstance = \"x\"\nstart = 2028-10-01\nend = 2032-03-31\n[contracts.kx3.lines.users]\nper_user = 1",
    ] {
        let found = problems(&patched(files("worked-example"), &[("[contracts.ky]", &follower(keys))]));
        assert!(found.list.iter().any(|p| p.code == Code::Follows), "{keys}");
    }
    for (from, to) in [
        ("[contracts.ky]\n", "[contracts.ky]\nfollows = \"ky\"\nstart = 2027-04-01\n"),
        ("[contracts.ky]\n", "[contracts.ky]\nfollows = \"kx\"\nstart = 2027-05-01\n"),
    ] {
        let found = problems(&patched(files("worked-example"), &[(from, to)]));
        assert!(found.list.iter().any(|p| p.code == Code::Follows), "{to}");
    }
}

#[test]
fn a_contract_taken_over_may_be_left_early() {
    // KX ends in September 2028; KX2 takes over on 1 January 2028. Staying costs the minimum of 85,000 a year:
    // 3 months 21,250 and 6 months at 4% more 44,200, together 65,450. Leaving at 10%: 6,545, notice in time.
    let keys = "start = 2028-01-01\nend = 2030-03-31";
    let a = example(&[("[contracts.ky]", &follower(keys)), ("early_exit = \"75%\"", "early_exit = \"10%\"")]);
    let exit = &option(&a, "bau").exits[0];
    assert_eq!((exit.contract.as_str(), exit.left.as_str(), exit.decision.as_str()), ("kx", "2028-01-01", "exit"));
    six(exit.stay, 65_450.0);
    six(exit.exit_charge.expect("a charge"), 6_545.0);
    // The users read their record in X under KX2, so KX has no archive.
    six(exit.archive, 0.0);
    six(nominal(option(&a, "bau"), "stranded"), 6_545.0);
    six(nominal(option(&a, "bau"), "archive"), 0.0);
}

#[test]
fn read_only_is_paid_once_under_the_contract_of_the_last_use() {
    // X is left in March 2028, before KX2 starts in October: KX charges 15,600 for October to March, as alone.
    let keys = "start = 2028-10-01\nend = 2032-03-31\nread_only = { share = \"30%\" }\nearly_exit = \"1%\"";
    let a = example(&[("[contracts.ky]", &follower(keys))]);
    let by = |id: &str| option(&a, "converge").dual_running.by_contract.iter().find(|c| c.contract == id).expect("it").clone();
    six(by("kx").archive, 15_600.0);
    six(by("kx2").archive, 0.0);
}

#[test]
fn funding_passes_to_a_successor() {
    let bodies = "[organisations.trust]\nstatus = \"dissolves\"\nsuccessor = \"second\"\nfrom = 2028-04-01\n[organisations.second]\nstatus = \"new\"\n";
    let funding =
        "[funding.capital]\nbody = \"trust\"\nyears = { \"2027/28\" = 300_000, \"2028/29\" = 400_000 }\n\n[roles.configuration]";
    let a = example(&[("[organisations.trust]\nname = \"The trust\"\n", bodies), ("[roles.configuration]", funding)]);
    let gap = |body: &str, year: &str| {
        option(&a, "bau").financial.funding_gap.iter().find(|g| g.body == body && g.year == year).map_or(f64::NAN, |g| g.gap)
    };
    six(gap("trust", "2027/28"), 28_800.0);
    six(gap("second", "2028/29"), 346_104.0 - 400_000.0);
}

#[test]
fn the_lead_body_pays_what_nobody_else_is_named_for() {
    let a = example(&[("name = \"System Y licence\"\nbody = \"trust\"\n", "name = \"System Y licence\"\n")]);
    let by_body = &option(&a, "bau").financial.by_body;
    assert_eq!(by_body.iter().map(|b| b.body.as_str()).collect::<Vec<_>>(), ["trust"]);
    six(by_body[0].cash, 674_904.0);
}

#[test]
fn half_a_month_of_slip_is_a_month() {
    // 5 months x 50% x (1 - 80%) is half a month, though its binary product lies below.
    let late = "[optimism_bias.late]\nmoney = 0\nduration = \"50%\"\nmitigated = \"80%\"\n\n[migration.cross_product]\nbuild_months = 5\nduration_bias = \"late\"\n";
    let a = example(&[("[migration.cross_product]\n", late)]);
    let plan = option(&a, "converge").plan.iter().find(|p| p.service == "s1").expect("s1");
    assert_eq!((plan.go_live.as_deref(), plan.expected_go_live.as_deref()), (Some("2028-01-01"), Some("2028-02-01")));
}

#[test]
fn a_move_overtaken_before_it_is_live_has_no_dip() {
    let a = example(&[(
        "[roles.configuration]",
        &Z.replace("[migration.slow]\n", "[migration.slow]\ndip = [{ weeks = 8, loss = \"50%\" }]\n"),
    )]);
    // Only the move to Y dips: 6,600 hours.
    six(option(&a, "converge").effort.dip_hours, 6_600.0);
}

#[test]
fn moving_on_from_a_contract_costs_once() {
    let a = example(&[("name = \"System X licence\"\n", "name = \"System X licence\"\nexit_cost = 10_000\n")]);
    let of = |id: &str, year: &str| {
        let lines = option(&a, id).cost.lines.iter().filter(|l| l.what == "Moving on from System X licence");
        lines.map(|l| l.by_year[usize::from(year == "2028/29")]).sum::<f64>()
    };
    // Business as usual still pays it in March 2029: 10,000 in year-0 prices, 10,200 in cash of year 1.
    six(of("bau", "2028/29"), 10_200.0);
    six(of("bau", "2027/28"), 0.0);
    // Whoever leaves does it once as well.
    six(of("converge", "2027/28") / 1.0 + of("converge", "2028/29") / 1.02, 10_000.0);
    // A contract that follows on the same system puts it off to the end of that one, which gives no cost.
    let next = "[contracts.kx2]\nfollows = \"kx\"\ninstance = \"x\"\nstart = 2028-10-01\nend = 2030-03-31\n[contracts.kx2.lines.users]\nper_user = 240\n\n[contracts.ky]";
    let a = example(&[
        ("name = \"System X licence\"\n", "name = \"System X licence\"\nexit_cost = 10_000\n"),
        ("[contracts.ky]", next),
    ]);
    assert!(option(&a, "bau").cost.lines.iter().all(|l| !l.what.starts_with("Moving on")));
}

#[test]
fn capital_paid_through_a_contract_is_written_off_and_leaves_a_value() {
    let servers = "[assets.servers]\nlife_years = 2\nresidual_value = true\n\n[contracts.servers]\nbody = \"trust\"\nend = 2029-03-31\n[contracts.servers.lines.instalment]\nfixed = 12_000\nasset = \"servers\"\n\n[contracts.ky]";
    let a = example(&[("[contracts.ky]", servers)]);
    let bau = option(&a, "bau");
    // 1,000 a month. Of what is spent in month m of 24, m/24 is left at the end: 66/24 of 1,000 in year 0,
    // 210/24 of 1,000 in year 1, the latter deflated by 1.02.
    let real = bau.cost.by_category["residual_value"].real;
    six(real, -(2_750.0 + 8_750.0 / 1.02));
    // In year-1 prices, discounted a year.
    six(bau.economics.residual_value, (2_750.0 + 8_750.0 / 1.02) / 1.035);
    six(bau.financial.capital_by_year[0], 12_000.0);
    // Month m pays 1/24 of each earlier month: (0 + 1 + ... + 11) x 1,000 / 24 = 2,750, then (12 + ... + 23) / 24.
    six(bau.financial.depreciation_by_year[0], 2_750.0);
    six(bau.financial.depreciation_by_year[1], 8_750.0);
    // It is part of cash all the same.
    six(bau.financial.cash, 674_904.0 + 24_000.0);
}
