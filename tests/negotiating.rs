//! What a supplier would have to offer, in a sentence: re-run at the very price that the sentence says, and a step beyond.

mod support;

use appraise::outcome::net_present_cost;
use appraise::scenario::SourceFile;
use support::{appraise, files, patched, read, toml};

/// The side and the price that a sentence says, with the step it is rounded to: "..., at or below £162.11 a user a year (£190 in
/// ...". `None` for one that says something else.
fn said(sentence: &str) -> Option<(bool, f64, f64)> {
    let below = sentence.contains(": at or below £");
    let from = sentence.find(": at or below £").or(sentence.find(": at or above £"))?;
    let rest = &sentence[from..];
    let digits = rest[rest.find('£')? + '£'.len_utf8()..].split(' ').next()?.replace(',', "");
    let price: f64 = digits.parse().ok()?;
    Some((below, price, if price < 1000.0 { 0.01 } else { 1.0 }))
}

/// Holds every sentence on a price to two full evaluations; how many there were.
fn held(files: &[SourceFile]) -> usize {
    let scenario = read(files);
    let (programme, values) = (&scenario.programme, scenario.programme.register.central());
    let option = |id: &str| &scenario.plans[programme.options.iter().position(|o| o.id == id).expect("an option")];
    let mut held = 0;
    for s in &appraise(files).sensitivity.switching {
        let Some((below, price, step)) = said(&s.sentence) else { continue };
        let input = programme.register.find(&s.input).expect("a number");
        let behind = |x: f64| {
            let other = values.with(input, x);
            net_present_cost(programme, option(&s.option), &other) - net_present_cost(programme, option(&s.against), &other)
        };
        let (here, short) = (behind(price), behind(if below { price + step } else { price - step }));
        assert!(here <= 1e-3 && short > -1e-3, "{}: {here} there, {short} a step before", s.sentence);
        // Half way from there to nothing, or twice as far: still so.
        assert!(behind(if below { price / 2.0 } else { price * 1.5 }) <= 1e-3, "{}", s.sentence);
        assert!(if below { price < s.current } else { price > s.current }, "{}", s.sentence);
        held += 1;
    }
    held
}

#[test]
fn prices_that_are_asked_for_hold_on_both_sides() {
    let all: usize = ["project-fusion", "new-product", "one-product"].iter().map(|name| held(&files(name))).sum();
    assert!(all > 10, "{all}");
}

/// Two services of 100 users on X at £200 a user, one of them may go to Y at £220: over one year of use (year 1; in year 0 both
/// run as they are) with £5,000 of work before, Y would have to be had for what X costs less the work: year 0 is free of change,
/// so with q = 1 / 1.035 and go-live on the first day of year 1, `100 p q + 5,000 = 100 x 200 q`, p = 200 - 50 x 1.035 = 148.25.
#[test]
fn the_price_is_that_worked_out_by_hand() {
    let text = "[appraisal]\nid = \"offer\"\ntitle = \"Offer\"\nas_at = 2027-04-01\nyear0 = \"2027/28\"\nhorizon = 1\nrank_basis = \"npc\"\nlead = \"trust\"\n\
         [deflator]\nrate = 0\nsource = \"s\"\n[sources.s]\ntitle = \"s\"\n[organisations.trust]\n[products.x]\n[products.y]\n\
         [instances.x]\nproduct = \"x\"\n[instances.y]\nproduct = \"y\"\n\
         [services.a]\nusers = 100\nsystem = \"x\"\n[services.b]\nusers = 100\nsystem = \"x\"\n\
         [contracts.kx]\nname = \"X\"\ninstance = \"x\"\nbody = \"trust\"\nend = 2032-03-31\n[contracts.kx.lines.users]\nper_user = 200\n\
         [contracts.ky]\nname = \"Y\"\ninstance = \"y\"\nbody = \"trust\"\nend = 2032-03-31\n[contracts.ky.lines.users]\nper_user = 220\n\
         [staff_time]\ntraining_rate = 30\ndip_rate = 30\nhours_per_week = 37.5\nhours_per_day = 7.5\nbackfilled = 0\n\
         [migration.new_product.work.move]\namount = 5_000\nstarts = 1\n\
         [options.bau]\nname = \"Business as usual\"\nkind = \"business_as_usual\"\n\
         [options.one]\nname = \"One to Y\"\nkind = \"hybrid\"\ntargets = [{ services = [\"a\"], to = \"y\" }]\ngo_live = 2028-04-01\n";
    let a = appraise(&toml(text));
    let of = |input: &str| a.sensitivity.switching.iter().find(|s| s.input == input).expect("asked");
    let y = of("contracts.ky.lines.users.per_user");
    assert!((y.value.expect("found") - 148.25).abs() < 1e-6, "{y:?}");
    assert_eq!(
        y.sentence,
        "Y: users, per user: at or below £148.25 a user a year (£220 in the scenario; both in prices of 2027/28, before VAT, indexation and discounts of the contract), one to Y costs no more than business as usual."
    );
    // 100 x 220 q + 5,000 = 100 p q: p = 220 + 51.75.
    assert_eq!(
        of("contracts.kx.lines.users.per_user").sentence,
        "X: users, per user: at or above £271.75 a user a year (£200 in the scenario; both in prices of 2027/28, before VAT, indexation and discounts of the contract), one to Y costs no more than business as usual."
    );
    assert_eq!(held(&toml(text)), 2);
    // A price between two pence is rounded to the side on which it holds: £5,001 of work make it 148.23965.
    let a = appraise(&patched(toml(text), &[("amount = 5_000", "amount = 5_001")]));
    let told = |input: &str| a.sensitivity.switching.iter().find(|s| s.input == input).expect("asked").sentence.clone();
    let offered = |input: &str| a.sensitivity.switching.iter().find(|s| s.input == input).expect("asked").reached;
    assert_eq!(offered("contracts.ky.lines.users.per_user"), Some(148.23));
    assert_eq!(offered("contracts.kx.lines.users.per_user"), Some(271.77));
    assert!(told("contracts.ky.lines.users.per_user").contains("at or below £148.23 a user"));
    assert!(told("contracts.kx.lines.users.per_user").contains("at or above £271.77 a user"));
}
