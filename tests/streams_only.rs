//! `scenarios/streams-only`: a plain cost appraisal, each figure from the Green Book's printed factors or worked
//! by hand. The Green Book 2026 prints 1,000, 966, 934, 902, 871, 842 for GBP 1,000 a year (Table 8).

mod support;

use appraise::appraisal::result::{Appraisal, OptionResult};
use appraise::scenario::problem::Code;
use support::{appraise, files, patched, problems, six};

/// 1 / 1.035^t.
const STANDARD: [f64; 6] = [1.0, 0.966_183_574_879, 0.933_510_700_366, 0.901_942_705_668, 0.871_442_227_699, 0.841_973_166_859];

fn option(a: &Appraisal, id: &str) -> OptionResult {
    a.options.iter().find(|o| o.id == id).expect("the option").clone()
}

fn appraised() -> Appraisal {
    appraise(&files("streams-only"))
}

#[test]
fn a_thousand_a_year_is_worth_what_the_green_book_prints() {
    let hire = option(&appraised(), "hire");
    let printed = [1000.0, 966.0, 934.0, 902.0, 871.0, 842.0];
    for (amounts, expected) in hire.cost.by_year.iter().zip(printed) {
        assert!((amounts.present.round() - expected).abs() < 1e-9, "{amounts:?}");
        six(amounts.real, 1000.0);
    }
    // The six factors come to 5.515052; the equivalent annual cost is the level amount again.
    six(hire.cost.npc, 5_515.052_375);
    six(hire.cost.eac, 1000.0);
}

#[test]
fn every_part_of_the_other_option_is_as_worked_by_hand() {
    let a = appraised();
    let scan = option(&a, "scan");
    let present = |category: &str| scan.cost.by_category[category].present;
    // Mott MacDonald: 39% x (1 - 0.238) = 29.718% of 3,000.
    six(present("optimism_bias"), 891.54);
    // Ten years less six: 4/10 of 3,000 in the last year, 1,200 x 0.841973.
    six(present("residual_value"), -1200.0 * STANDARD[5]);
    six(present("instance_run"), 400.0 * 5.515_052_375_471);
    // 200 a year in years 1 to 5 at 1.5%: 200 x (1 - 1.015^-5) / 0.015 = 200 x 4.782645.
    six(present("benefit"), -200.0 * (1.0 - 1.015_f64.powi(-5)) / 0.015);
    // 3,000 + 891.54 - 1,010.3678 + 2,206.020950 + 165.451571 - 956.528995.
    six(scan.cost.npc, 4_296.115_726_631);
}

#[test]
fn ratios_follow_table_10_and_are_not_defined_against_a_saving() {
    let scan = option(&appraised(), "scan").economics;
    six(scan.benefits, 956.528_994_591);
    // Journeys are the patients' cost: 30 x 5.515052.
    six(scan.other_costs, 165.451_571_264);
    six(scan.public_costs, 5_087.193_149_958);
    six(scan.npsv, -4_296.115_726_631);
    // 956.529 / 5,252.645 and (956.529 - 165.452) / 5,087.193.
    six(scan.benefit_cost_ratio.expect("defined"), 0.182_104_263);
    six(scan.return_on_public_sector_cost.expect("defined"), 0.155_503_713);
    // Against hiring, scanning costs 262.41 less: a ratio to a saving means nothing.
    let further = scan.against_business_as_usual.expect("an increment");
    six(further.costs, -262.407_654_249);
    six(further.npsv, 1_218.936_648_840);
    assert_eq!((further.benefit_cost_ratio, further.return_on_public_sector_cost), (None, None));
    // If hiring cost 500 a year the further cost is 5,252.644721 - 2,757.526188 = 2,495.118534 and the
    // ratio 956.528995 / 2,495.118534 = 0.383360.
    let cheaper = appraise(&patched(files("streams-only"), &[("per_year = 1_000", "per_year = 500")]));
    let further = option(&cheaper, "scan").economics.against_business_as_usual.expect("an increment");
    six(further.benefit_cost_ratio.expect("defined"), 956.528_994_591 / 2_495.118_533_486);
}

#[test]
fn units_that_are_not_priced_have_a_cost_each() {
    let a = appraised();
    let found = &option(&a, "scan").economics.unit_costs[0];
    six(found.quantity, 600.0);
    // 120 x (5.515052 - 1).
    six(found.present_quantity, 541.806_285_056);
    six(found.pounds_per_unit.expect("defined"), 7.929_246_753);
    six(found.units_per_million.expect("defined"), 126_115.384_112_664);
    // More units for less money: no price a unit.
    assert_eq!(found.pounds_per_further_unit, None);
    assert!(option(&a, "hire").economics.unit_costs.is_empty());
}

#[test]
fn the_financial_view_has_capital_depreciation_and_transfers() {
    let a = appraised();
    let scan = option(&a, "scan").financial;
    // (3,000 + 891.54) x 1.2 with VAT, over 120 months from the month after: 11 months in year 0, then 12.
    six(scan.capital_by_year.iter().sum(), 4_669.848);
    six(scan.depreciation_by_year[0], 4_669.848 * 11.0 / 120.0);
    six(scan.depreciation_by_year[5], 4_669.848 * 12.0 / 120.0);
    // Cash of public bodies: capital, then 400 a year with 2% inflation; the patients' journeys are not theirs.
    six(scan.cash_by_year[0], 4_669.848 + 400.0);
    six(scan.cash_by_year[5], 400.0 * 1.02_f64.powi(5));
    six(scan.nominal - scan.non_cash + scan.vat, scan.cash);
    // 50 a year from the trust to its partner, in cash prices; together nothing.
    let of = |body: &str| scan.by_body.iter().find(|b| b.body == body).expect("a body").clone();
    let six_years = 50.0 * (1.02_f64.powi(6) - 1.0) / 0.02;
    six(of("trust").transfers, six_years);
    six(of("partner").cash, -six_years);
    six(scan.by_body.iter().map(|b| b.cash).sum(), scan.cash);
    six(of("patients").cash, 0.0);
}

#[test]
fn the_proposed_rate_is_shown_beside_the_one_in_force() {
    let a = appraised();
    let test = &a.sensitivity.discount_rates[0];
    // At 3.0%: 1,000 x (1 + (1 - 1.03^-5) / 0.03) = 5,579.707187.
    six(test.npc["hire"], 1000.0 * (1.0 + (1.0 - 1.03_f64.powi(-5)) / 0.03));
    // 3,891.54 - 1,200 / 1.03^5 + 430 x 5.579707 - 200 x 4.579707, health effects included.
    six(test.npc["scan"], 4_339.742_111_794);
    assert!(test.sentence.contains("not adopted") && test.sentence.contains("the same option is ranked first"));
}

#[test]
fn what_a_stream_cannot_be_is_said() {
    let codes = |from: &str, to: &str| -> Vec<Code> {
        problems(&patched(files("streams-only"), &[(from, to)])).list.iter().map(|p| p.code).collect()
    };
    // A transfer without receiver, with VAT; a benefit bought as an asset; units of a benefit that has a price.
    assert_eq!(codes("to = \"partner\"\n", ""), [Code::StreamShape]);
    assert_eq!(codes("to = \"partner\"\n", "to = \"partner\"\nvat = \"20%\"\n"), [Code::StreamShape]);
    assert_eq!(codes("discount = \"health\"\n", "discount = \"health\"\nasset = \"scans\"\n"), [Code::StreamShape]);
    assert_eq!(codes("discount = \"health\"\n", "outcomes_per_year = 3\noutcome_unit = \"x\"\n"), [Code::StreamShape]);
    // Contributions of more than the whole.
    assert_eq!(codes("contribution = \"22%\"", "contribution = \"92%\""), [Code::BiasShape]);
}
