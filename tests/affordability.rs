//! What there is money for: benefits that count as cash only once their owner agrees, funding by kind with its end,
//! and benefits that wait for a go-live. Small cases, each figure worked by hand.

mod support;

use appraise::appraisal::result::{Appraisal, FundingGap, OptionResult};
use appraise::scenario::problem::Code;
use support::{appraise, files, patched, problems, six, toml};

/// Two options, £1,000 and £700 a year over five years (year 0 and a horizon of four), no inflation.
fn text(more: &str) -> String {
    format!(
        "[appraisal]\nid = \"x\"\ntitle = \"x\"\nas_at = 2026-04-01\nyear0 = \"2026/27\"\nhorizon = 4\nrank_basis = \"npc\"\nmode = \"shortlist\"\nlead = \"trust\"\n\
         [deflator]\nrate = 0\nsource = \"s\"\n[sources.s]\ntitle = \"s\"\n[organisations.trust]\n[assets.kit]\nlife_years = 5\n\
         [options.bau]\nkind = \"business_as_usual\"\n[options.a]\nkind = \"replace\"\n\
         [streams.base]\nper_year = 1000\noptions = [\"bau\"]\n[streams.new]\nper_year = 700\noptions = [\"a\"]\n{more}"
    )
}

fn case(more: &str) -> Appraisal {
    appraise(&toml(&text(more)))
}

fn a(appraisal: &Appraisal) -> &OptionResult {
    &appraisal.options[1]
}

fn warned(appraisal: &Appraisal, code: &str) -> bool {
    appraisal.warnings.iter().any(|w| w.code == code)
}

/// A saving of 200 a year, lowered by a quarter to 150.
fn saving(keys: &str) -> String {
    format!(
        "[optimism_bias.own]\nmoney = {{ likely = 0.25, source = \"s\" }}\n[streams.saving]\nkind = \"benefit\"\nclass = \"cash_releasing\"\nper_year = 200\noptimism_bias = \"own\"\noptions = [\"a\"]\n{keys}\n\
         [funding.budget]\nbody = \"trust\"\nyears = {{ \"2026/27\" = 600 }}\n"
    )
}

#[test]
fn a_saving_that_nobody_agreed_to_closes_no_gap() {
    let found = case(&saving(""));
    let f = &a(&found).financial;
    // Cash is 5 x 700; 5 x 150 is left out of it.
    six(f.cash, 3_500.0);
    six(f.unagreed_benefits, 750.0);
    assert_eq!(f.unagreed_by_year.len(), 5);
    six(f.unagreed_by_year[4], 150.0);
    six(f.nominal - f.non_cash + f.vat + f.transfers, f.cash);
    // 700 of cash and 600 of money in the first year.
    six(f.funding_gap[0].gap, 100.0);
    assert!(warned(&found, "benefit_without_owner"));
    // Net present cost has it all the same: (700 - 150) x (1 + 1/1.035 + ... + 1/1.035^4) = 550 x 4.673079.
    assert!((a(&found).cost.npc - 550.0 * 4.673_079_2).abs() < 1e-4, "{}", a(&found).cost.npc);
    six(found.options[0].financial.unagreed_benefits, 0.0);
}

#[test]
fn a_saving_that_its_owner_agreed_to_is_cash() {
    let (before, after) = (case(&saving("")), case(&saving("owner = \"Director of nursing\"\nagreed = true")));
    let f = &a(&after).financial;
    // 5 x (700 - 150), and 550 - 600 of the first year.
    six(f.cash, 2_750.0);
    six(f.funding_gap[0].gap, -50.0);
    six(f.unagreed_benefits, 0.0);
    assert!(f.unagreed_by_year.is_empty() && !warned(&after, "benefit_without_owner"));
    // The economic view is the same to the last bit.
    assert_eq!(a(&before).cost, a(&after).cost);
    assert_eq!(a(&before).economics, a(&after).economics);
    assert_eq!((after.benefits[0].owner.as_deref(), after.benefits[0].agreed), (Some("Director of nursing"), true));
}

#[test]
fn only_a_cash_releasing_benefit_can_be_agreed() {
    for stream in [
        "[streams.x]\nkind = \"benefit\"\nclass = \"societal\"\nper_year = 5\nagreed = true\n",
        "[streams.x]\nper_year = 5\nowner = \"Somebody\"\n",
    ] {
        let found = problems(&toml(&text(stream)));
        assert!(found.list.iter().any(|p| p.code == Code::StreamShape), "{stream}");
    }
}

/// 1,000 of capital in the first year beside 700 of revenue, and funding.
fn kit(funding: &str) -> FundingGap {
    let more = format!("[streams.kit]\nonce = 1000\nstart = 2026-04-01\nasset = \"kit\"\noptions = [\"a\"]\n{funding}");
    a(&case(&more)).financial.funding_gap[0].clone()
}

fn money(id: &str, kind: &str, amount: u32) -> String {
    format!("[funding.{id}]\nbody = \"trust\"\nkind = \"{kind}\"\nyears = {{ \"2026/27\" = {amount} }}\n")
}

#[test]
fn money_of_one_kind_does_not_pay_for_the_other() {
    let gap = kit(&(money("c", "capital", 1_500) + &money("r", "revenue", 500)));
    // 1,000 of capital against 1,500: 500 left, which cannot pay for the 200 of revenue that are short.
    six(gap.capital.gap, -500.0);
    six(gap.revenue.gap, 200.0);
    six(gap.gap, 200.0);
    six(gap.funding, 2_000.0);
    // Money for either first fills what is short of capital, 400, and its last 100 go to revenue: 700 - 500 - 100.
    let gap = kit(&(money("c", "capital", 600) + &money("e", "either", 500) + &money("r", "revenue", 500)));
    six(gap.capital.gap, 0.0);
    six(gap.revenue.gap, 100.0);
    six(gap.gap, 100.0);
    // Without a kind it is for either, as ever: 1,700 - 1,000 in all, of which 0 is short of capital.
    let gap = kit("[funding.e]\nbody = \"trust\"\nyears = { \"2026/27\" = 1_000 }\n");
    six(gap.gap, 700.0);
    six(gap.capital.gap, 0.0);
    // Money left of both is money left: 1,000 - 1,100 and 700 - 750.
    six(kit(&(money("c", "capital", 1_100) + &money("r", "revenue", 750))).gap, -150.0);
}

#[test]
fn all_years_together_keep_the_kinds_apart() {
    let more = "[streams.kit]\nonce = 1000\nstart = 2026-04-01\nasset = \"kit\"\noptions = [\"a\"]\n".to_owned()
        + &money("c", "capital", 1_500)
        + &money("r", "revenue", 500);
    let found = case(&more);
    let total = &a(&found).financial.funding_total[0];
    // Capital 1,000 - 1,500; revenue 5 x 700 - 500.
    six(total.capital.gap, -500.0);
    six(total.revenue.gap, 3_000.0);
    six(total.gap, 3_000.0);
    six(total.cash, 4_500.0);
}

#[test]
fn money_a_year_is_given_from_its_start_to_its_end() {
    let found = case(
        "[funding.grant]\nbody = \"trust\"\nkind = \"revenue\"\nper_year = 1_200\nstart = 2026-07-01\nend = 2027-06-01\nconditions = \"Matched by the trust\"\n",
    );
    // Nine months of 100 from July to March, then three.
    let source = &found.funding[0];
    six(source.by_year[0], 900.0);
    six(source.by_year[1], 300.0);
    six(source.by_year[2..].iter().sum(), 0.0);
    assert_eq!((source.end.as_deref(), source.conditions.as_deref()), (Some("2027-06-30"), Some("Matched by the trust")));
    let gaps = &a(&found).financial.funding_gap;
    six(gaps[0].gap, 700.0 - 900.0);
    six(gaps[1].gap, 700.0 - 300.0);
}

#[test]
fn money_that_has_lapsed_is_refused() {
    let codes = |funding: &str| problems(&toml(&text(funding))).list.iter().map(|p| p.code).collect::<Vec<_>>();
    let late = "[funding.g]\nbody = \"trust\"\nend = 2027-03-01\nyears = { \"2026/27\" = 5, \"2027/28\" = 5 }\n";
    assert_eq!(codes(late), [Code::DateOrder]);
    let twice = "[funding.g]\nbody = \"trust\"\nper_year = 5\nyears = { \"2026/27\" = 5 }\n";
    assert_eq!(codes(twice), [Code::FundingShape]);
    assert_eq!(codes("[funding.g]\nbody = \"trust\"\n"), [Code::MissingKey]);
}

#[test]
fn a_level_of_ones_own_needs_a_source() {
    let own = |source: &str| {
        case(&format!(
            "[optimism_bias.own]\nmoney = {{ likely = 0.25{source} }}\n[streams.more]\nper_year = 5\noptimism_bias = \"own\"\n"
        ))
    };
    assert!(warned(&own(""), "own_bias_without_source"));
    assert!(!warned(&own(", source = \"s\""), "own_bias_without_source"));
    // A level from the table has the table for a source, but that table knows nothing of benefits.
    let table = "[optimism_bias.table]\ntype = \"equipment_development\"\n[streams.s]\nkind = \"benefit\"\nclass = \"societal\"\nper_year = 5\noptimism_bias = \"table\"\n";
    let found = case(table);
    assert!(!warned(&found, "own_bias_without_source") && warned(&found, "bias_table_on_benefit"));
}

#[test]
fn a_benefit_that_waits_for_a_go_live_comes_later_when_it_slips() {
    let benefit = "[streams.saving]\nkind = \"benefit\"\nclass = \"societal\"\nper_year = 12_000\nstart = \"first_go_live\"\noptions = [\"converge\"]\n\n";
    let bias = "[optimism_bias.late]\nmoney = 0\nduration = \"50%\"\n\n[roles.configuration]";
    let saved = |patches: &[(&str, &str)]| {
        let found = appraise(&patched(files("worked-example"), patches));
        let option = found.options.iter().find(|o| o.id == "converge").expect("it");
        option.cost.by_category["benefit"].real
    };
    let (start, whole) = ("[roles.configuration]", benefit.to_owned() + bias);
    // Planned for 1 January 2028: 15 months of 1,000 to March 2029.
    six(saved(&[(start, &whole)]), -15_000.0);
    // Six months of build and half as much again: live on 1 April 2028, 12 months.
    let slips = "[migration.cross_product]\nbuild_months = 6\nduration_bias = \"late\"\n";
    six(saved(&[(start, &whole), ("[migration.cross_product]\n", slips)]), -12_000.0);
}
