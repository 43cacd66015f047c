//! What is cash of public bodies and what is not, and what a case of streams alone comes to: small cases, each figure
//! worked by hand.

mod support;

use appraise::appraisal::result::{Appraisal, OptionResult};
use support::{appraise, six, toml};

/// Two options, £1,000 and £700 a year over five years (year 0 and a horizon of four), no inflation.
fn case(more: &str) -> Appraisal {
    let text = format!(
        "[appraisal]\nid = \"x\"\ntitle = \"x\"\nas_at = 2026-04-01\nyear0 = \"2026/27\"\nhorizon = 4\nrank_basis = \"npc\"\nmode = \"shortlist\"\nlead = \"trust\"\n\
         [deflator]\nrate = 0\nsource = \"s\"\n[sources.s]\ntitle = \"s\"\n\
         [organisations.trust]\n[organisations.staff]\nsector = \"households\"\n[organisations.supplier]\nsector = \"businesses\"\n\
         [options.bau]\nkind = \"business_as_usual\"\n[options.a]\nkind = \"replace\"\n\
         [streams.base]\nper_year = 1000\noptions = [\"bau\"]\n[streams.new]\nper_year = 700\noptions = [\"a\"]\n{more}"
    );
    appraise(&toml(&text))
}

fn a(appraisal: &Appraisal) -> &OptionResult {
    &appraisal.options[1]
}

#[test]
fn what_is_paid_to_households_is_cash_of_the_body_that_pays() {
    let found =
        case("[streams.redundancy]\nkind = \"transfer\"\nbearer = \"trust\"\nto = \"staff\"\nonce = 50_000\noptions = [\"a\"]\n");
    // 5 x 700 of resources and 50,000 that changes hands: no cost to society, cash of the trust.
    let f = &a(&found).financial;
    six(f.nominal, 3_500.0);
    six(f.transfers, 50_000.0);
    six(f.cash, 53_500.0);
    six(f.cash_by_year[0], 50_700.0);
    // The trust is the only body with cash.
    assert_eq!(f.by_body.iter().map(|b| b.body.as_str()).collect::<Vec<_>>(), ["trust"]);
    // Present cost is that of the 700 a year: 700 x (1 + 1/1.035 + 1/1.035^2 + 1/1.035^3 + 1/1.035^4) = 700 x 4.673079.
    assert!((a(&found).cost.npc - 3_271.155_5).abs() < 1e-3, "{}", a(&found).cost.npc);
}

#[test]
fn what_a_supplier_is_paid_is_public_cost() {
    let found = case(
        "[contracts.k]\nbody = \"trust\"\nprovider = \"supplier\"\nend = 2031-03-31\n[contracts.k.lines.f]\nfixed = 10_000\n",
    );
    let economics = &a(&found).economics;
    six(economics.other_costs, 0.0);
    // (700 + 10,000) x 4.673079, all of it public.
    assert!((economics.public_costs - 10_700.0 * 4.673_079_2).abs() < 1e-2, "{}", economics.public_costs);
    six(a(&found).financial.cash, 53_500.0);
}

#[test]
fn vat_is_on_cash_alone() {
    let benefit = case(
        "[streams.b]\nkind = \"benefit\"\nclass = \"non_cash_releasing\"\nper_year = 100\nvat = \"20%\"\noptions = [\"a\"]\n",
    );
    six(a(&benefit).financial.cash, 3_500.0);
    let household = case("[streams.b]\nper_year = 100\nbearer = \"staff\"\nvat = \"20%\"\noptions = [\"a\"]\n");
    six(a(&household).financial.cash, 3_500.0);
    let asset = "[assets.k]\nlife_years = 10\n[streams.b]\nonce = 1_000\nstart = 2026-04-01\nasset = \"k\"\nvat = \"20%\"\noptions = [\"a\"]\n";
    // The trust's own asset: 1,200 with its VAT. A household's is capital of no public body.
    six(a(&case(asset)).financial.capital, 1_200.0);
    let theirs = case(&asset.replace("asset =", "bearer = \"staff\"\nasset ="));
    six(a(&theirs).financial.capital, 0.0);
    six(a(&theirs).financial.depreciation_by_year.iter().sum(), 0.0);
}

#[test]
fn a_further_unit_counts_what_business_as_usual_brings_about_of_the_same() {
    let found = case(
        "[streams.u]\nkind = \"benefit\"\nclass = \"unmonetised\"\noutcomes_per_year = 5\noutcome_unit = \"seen\"\noptions = [\"bau\"]\n\
         [streams.v]\nkind = \"benefit\"\nclass = \"unmonetised\"\noutcomes_per_year = 12\noutcome_unit = \"seen\"\noptions = [\"a\"]\n\
         [streams.pay]\nper_year = 500\noptions = [\"a\"]\n",
    );
    // (1,200 - 1,000) / (12 - 5) a unit: both discount by 4.673079, which cancels.
    let costs = &a(&found).economics.unit_costs;
    assert_eq!(costs.len(), 1);
    six(costs[0].pounds_per_further_unit.expect("a price"), 200.0 / 7.0);
    six(costs[0].pounds_per_unit.expect("a price"), 100.0);
}

#[test]
fn what_waits_for_a_go_live_that_never_comes_is_said() {
    let warned = |more: &str| case(more).warnings.iter().filter(|w| w.code == "never_starts").count();
    assert_eq!(warned("[risks.r]\nprobability = 0.5\nimpact = 100_000\n"), 1);
    assert_eq!(warned("[risks.r]\nprobability = 0.5\nimpact = 100_000\nstart = 2027-04-01\n"), 0);
    assert_eq!(warned("[streams.b]\nper_year = 500\nstart = \"last_go_live\"\noptions = [\"a\"]\n"), 1);
}

#[test]
fn business_as_usual_that_fails_a_gate_is_the_comparator_and_leads_nobody() {
    let found = case("[gates.g]\nfails = { bau = \"not lawful\" }\n");
    assert_eq!(found.options.iter().map(|o| o.rank).collect::<Vec<_>>(), [Some(2), Some(1)]);
    assert_eq!(found.headline.text, "a is the only option that passes every gate; its net present cost is £3,271.");
    // A dearer a: business as usual would be ahead, and says so.
    let dear = case("[gates.g]\nfails = { bau = \"not lawful\" }\n[streams.pay]\nper_year = 900\noptions = [\"a\"]\n");
    assert_eq!(dear.options.iter().map(|o| o.rank).collect::<Vec<_>>(), [Some(1), Some(2)]);
    assert_eq!(
        dear.headline.text,
        "a is the only option that passes every gate; its net present cost is £7,477. bau comes before it but fails a gate, and is kept as the comparator."
    );
    // It is compared with all the same.
    assert!(a(&found).economics.against_business_as_usual.is_some());
}

#[test]
fn options_that_cost_the_same_are_not_called_cheapest() {
    let found = case("[streams.pay]\nper_year = 300\noptions = [\"a\"]\n");
    assert_eq!(found.headline.text, "No clear winner: the two options are level on net present cost.");
}

#[test]
fn read_only_access_for_a_number_of_months_costs_the_same_before_and_after_the_end() {
    // X: 10,000 a year to 31 March 2028, users gone on 1 April 2027. Leaving costs 9,000 of the 10,000 left. Read-only
    // access for 24 months follows either way, so it does not stand against leaving.
    let text = "[appraisal]\nid = \"x\"\ntitle = \"x\"\nas_at = 2026-04-01\nyear0 = \"2026/27\"\nhorizon = 2\nrank_basis = \"npc\"\nmode = \"shortlist\"\nlead = \"t\"\n\
        [sources.s]\ntitle = \"s\"\n[deflator]\nrate = 0\nsource = \"s\"\n[organisations.t]\n[products.x]\n[products.y]\n\
        [instances.x]\nproduct = \"x\"\n[instances.y]\nproduct = \"y\"\n[services.s]\norganisation = \"t\"\nusers = 100\nsystem = \"x\"\n\
        [staff_time]\ntraining_rate = 0\n[migration.new_product]\nbuild_months = 0\n\
        [options.bau]\nkind = \"business_as_usual\"\n[options.a]\nkind = \"replace\"\ntargets = [{ services = [\"s\"], to = \"y\" }]\ngo_live = 2027-04-01\n\
        [contracts.kx]\nbody = \"t\"\ninstance = \"x\"\nend = 2028-03-31\nrenewal = { term_months = 12 }\nindexation = { rate = 0 }\nearly_exit = 0.9\nread_only = { share = 0.5, months = 24 }\n\
        [contracts.kx.lines.u]\nper_user = 100\nminimum = 100\n\
        [contracts.ky]\nbody = \"t\"\ninstance = \"y\"\nend = 2029-03-31\nindexation = { rate = 0 }\n[contracts.ky.lines.u]\nper_user = 10\n";
    let found = appraise(&toml(text));
    let exit = &a(&found).exits[0];
    assert_eq!(exit.decision, "exit");
    six(exit.archive, 0.0);
    six(exit.stay, 10_000.0);
    six(exit.exit_charge.expect("a right to leave"), 9_000.0);
}
