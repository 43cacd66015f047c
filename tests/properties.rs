//! Laws that hold for every estate, on generated ones.

mod support;

use appraise::assumption::Values;
use appraise::costing;
use appraise::outcome::{Outcome, Recost, evaluate, net_present_cost};
use appraise::programme::{Banding, Category, Contract, Indexed, LineBasis, Meter, Programme, TrueUp};
use appraise::scenario::Scenario;
use proptest::prelude::*;
use std::fmt::Write;
use support::{read, toml};

/// One contract of a generated estate.
#[derive(Debug, Clone)]
struct Terms {
    fixed: u32,
    prices: (u32, u32),
    top: u32,
    all_units: bool,
    minimum: u32,
    end_months: u32,
    extension: Option<(u32, u32)>,
    renewal_term: u32,
    early_exit: Option<u32>,
    read_only: Option<(u32, Option<u32>)>,
    notice: u32,
    index: u32,
    more: More,
}

/// What contracts have that not all have.
#[derive(Debug, Clone)]
struct More {
    /// Calendar month of the true-up; 0 for every month.
    true_up: usize,
    ratchet: bool,
    /// Discount in per cent, and the other system (by position, round the number of systems).
    suite: Option<(u32, usize)>,
    /// Pounds a year for each patient record.
    per_patient: Option<u32>,
    /// Per cent: cap and collar of indexation.
    cap: Option<u32>,
    collar: Option<u32>,
    /// Users that the fixed line covers, and the price of each beyond.
    covers: Option<(u32, u32)>,
    /// What the moving option says of its end.
    expiry: usize,
    transfer: usize,
    /// Month of a common end.
    common: Option<u32>,
    /// Share of users at the same time, for a line of its own.
    concurrency: Option<u32>,
}

fn more() -> impl Strategy<Value = More> {
    use proptest::option::of;
    (
        (0..13_usize, any::<bool>(), of((0..60_u32, 1..5_usize)), of(1..9_u32)),
        (of(0..8_u32), of(0..4_u32), of((0..900_u32, 1..300_u32))),
        (0..4_usize, 0..4_usize, of(1..70_u32), of(1..101_u32)),
    )
        .prop_map(
            |((true_up, ratchet, suite, per_patient), (cap, collar, covers), (expiry, transfer, common, concurrency))| {
                let collar = collar.filter(|c| cap.is_none_or(|cap| cap >= *c));
                More { true_up, ratchet, suite, per_patient, cap, collar, covers, expiry, transfer, common, concurrency }
            },
        )
}

const MONTHS: [&str; 13] = [
    "monthly",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

fn terms() -> impl Strategy<Value = Terms> {
    let money = (0..200_000_u32, (1..400_u32, 1..400_u32), 1..900_u32, any::<bool>(), 0..1_200_u32);
    let dates = (1..70_u32, proptest::option::of((1..40_u32, 1..13_u32)), 1..25_u32, 0..13_u32, 0..8_u32);
    let leaving = (proptest::option::of(0..101_u32), proptest::option::of((0..100_u32, proptest::option::of(1..40_u32))));
    (money, dates, leaving, more()).prop_map(
        |(
            (fixed, prices, top, all_units, minimum),
            (end_months, extension, renewal_term, notice, index),
            (early_exit, read_only),
            more,
        )| Terms {
            fixed,
            prices,
            top,
            all_units,
            minimum,
            end_months,
            extension,
            renewal_term,
            early_exit,
            read_only,
            notice,
            index,
            more,
        },
    )
}

/// An estate: contracts (one for each system), services (users, system), moves (service, target, go-live
/// quarter), overlap and head start in months, bias on duration in per cent.
#[derive(Debug, Clone)]
struct Estate {
    contracts: Vec<Terms>,
    services: Vec<(u32, usize)>,
    moves: Vec<(usize, usize, u32)>,
    overlap: u32,
    head_start: u32,
    slip: u32,
    /// A second slot of the first service, on this system.
    second_slot: Option<usize>,
    /// A commitment of the last service: where to, and in which quarter.
    commitment: Option<(usize, u32)>,
    /// The month in which a contract that follows the first one starts.
    follower: Option<u32>,
}

fn estate() -> impl Strategy<Value = Estate> {
    (proptest::collection::vec(terms(), 2..5), 2..6_usize).prop_flat_map(|(contracts, services)| {
        let systems = contracts.len();
        (
            Just(contracts),
            proptest::collection::vec((1..800_u32, 0..systems), services),
            proptest::collection::vec((0..services, 0..systems, 1..18_u32), 0..services),
            0..15_u32,
            0..7_u32,
            0..60_u32,
            (proptest::option::of(0..systems), proptest::option::of((0..systems, 1..16_u32)), proptest::option::of(3..60_u32)),
        )
            .prop_map(|(contracts, services, moves, overlap, head_start, slip, (second_slot, commitment, follower))| {
                Estate { contracts, services, moves, overlap, head_start, slip, second_slot, commitment, follower }
            })
    })
}

fn contract(out: &mut String, (i, systems): (usize, usize), t: &Terms) {
    let end = appraise::quantity::Month::new(2027, 4).plus(i32::try_from(t.end_months).expect("small")).last_day();
    let _ = writeln!(
        out,
        "[products.p{i}]\n[instances.i{i}]\nproduct = \"p{i}\"\nrun = {{ wte = {{ r = 1.5 }}, other = 1000, step_down_months = {} }}\nexternal_ends = [\"ret\"{}]\n[contracts.c{i}]\ninstance = \"i{i}\"\nbody = \"b{}\"\nend = {end}\nnotice_months = {}",
        5 * i,
        if i.is_multiple_of(2) { ", \"gp\"" } else { "" },
        i % 2,
        t.notice
    );
    let bound = |key: &str, bound: Option<u32>| bound.map_or(String::new(), |b| format!(", {key} = \"{b}%\""));
    let (cap, collar) = (bound("cap", t.more.cap), bound("collar", t.more.collar));
    let _ =
        writeln!(out, "indexation = {{ rate = \"{}%\"{cap}{collar} }}\nvat = {{ rate = \"20%\", recoverable = 0.25 }}", t.index);
    let _ = writeln!(out, "reprocurement = {{ lead_months = 0, term_months = 24, uplift = \"-8%\", cost = 7000 }}");
    if let Some(month) = t.more.common {
        let day = appraise::quantity::Month::new(2027, 4).plus(i32::try_from(month).expect("small")).last_day();
        let _ = writeln!(out, "co_terminates = {day}");
    }
    if let (Some((discount, step)), true) = (t.more.suite, systems > 1) {
        let _ = writeln!(out, "suite = {{ discount = \"{discount}%\", with = [\"i{}\"] }}", (i + step).rem_euclid(systems));
    }
    // Contracts of the second body, whose services go to the first.
    if i % 2 == 1 {
        let _ = match t.more.transfer {
            1 => writeln!(out, "on_transfer = \"passes\""),
            2 => writeln!(out, "on_transfer = \"needs_consent\"\nconsent = {{ cost = 3000, months = 2 }}"),
            3 => writeln!(out, "on_transfer = \"stays\""),
            _ => Ok(()),
        };
    }
    if let Some((months, term)) = t.extension {
        let _ = writeln!(out, "extension = {{ months = {months}, term_months = {term}, uplift = \"10%\" }}");
    }
    let _ = writeln!(out, "renewal = {{ term_months = {}, uplift = \"5%\", cost = 5000 }}", t.renewal_term);
    if let Some(share) = t.early_exit {
        let _ = writeln!(out, "early_exit = \"{share}%\"");
    }
    match t.read_only {
        Some((share, Some(months))) => {
            let _ = writeln!(out, "read_only = {{ share = \"{share}%\", months = {months} }}");
        }
        Some((share, None)) => {
            let _ = writeln!(out, "read_only = {{ share = \"{share}%\" }}");
        }
        None => {}
    }
    lines(out, i, t);
}

fn lines(out: &mut String, i: usize, t: &Terms) {
    let banding = if t.all_units { "all_units" } else { "marginal" };
    let covers = t.more.covers.map_or(String::new(), |(users, price)| format!("covers = {users}\nbeyond = {price}\n"));
    let _ = writeln!(out, "[contracts.c{i}.lines.platform]\nfixed = {}\n{covers}", t.fixed);
    let _ = writeln!(
        out,
        "[contracts.c{i}.lines.users]\nbands = [{{ up_to = {}, price = {} }}, {{ price = {} }}]\nbanding = \"{banding}\"\nminimum = {}\ntrue_up = \"{}\"\nratchet = {}",
        t.top, t.prices.0, t.prices.1, t.minimum, MONTHS[t.more.true_up], t.more.ratchet
    );
    if let Some(price) = t.more.per_patient {
        let _ = writeln!(out, "[contracts.c{i}.lines.records]\nper_patient = {price}");
    }
    if let Some(share) = t.more.concurrency {
        let _ = writeln!(
            out,
            "[contracts.c{i}.lines.peak]\nper_concurrent_user = 50\nconcurrency = \"{share}%\"\nratchet = {}",
            t.more.ratchet
        );
    }
}

/// What all of them have: frame, bodies, a role, external ends.
const OPENING: &str = "[appraisal]\nid = \"generated\"\ntitle = \"Generated\"\nas_at = 2027-05-20\nyear0 = \"2027/28\"\nhorizon = 5\nlead = \"b0\"\n[sources.s]\ntitle = \"none\"\n[deflator]\nrate = \"2%\"\nsource = \"s\"\n[organisations.b0]\n[organisations.b1]\nstatus = \"transfers_services\"\nservices_to = \"b0\"\nfrom = 2028-10-01\n[organisations.host]\n[roles.r]\nday_rate = 400\n[staff_time]\ntraining_rate = 30\nbackfilled = 0.4\nteam_hold = 1000\n[external_ends.ret]\nkind = \"statutory_return\"\nrun = 900\n[external_ends.gp]\nrun = 700\nrebuild = 3000\noptimism_bias = \"o\"\n[external_ends.gp.work.test]\nrole = \"r\"\ndays = 6\nweeks = 5\n[external_ends.eps]\nrebuild = 400\nrun = 60\n";

/// The estate as a scenario: business as usual, and an option that makes the moves.
fn scenario(e: &Estate) -> Scenario {
    let mut out = String::from(OPENING);
    for (i, t) in e.contracts.iter().enumerate() {
        contract(&mut out, (i, e.contracts.len()), t);
    }
    for (i, (users, system)) in e.services.iter().enumerate() {
        let second = e
            .second_slot
            .filter(|_| i == 0)
            .map_or(String::new(), |other| format!("slots.extra = {{ instance = \"i{other}\", users = 77 }}\n"));
        let _ = writeln!(
            out,
            "[services.s{i}]\nusers = {users}\npatients = {}\norganisation = \"b{}\"\nsystem = \"i{system}\"\n{second}{}",
            10 * users,
            i % 2,
            if i == 1 { "needs_ends = [\"gp\", \"eps\"]\n" } else { "" }
        );
    }
    if let Some((to, quarter)) = e.commitment {
        let month = appraise::quantity::Month::new(2027, 4).plus(3 * i32::try_from(quarter).expect("small"));
        let last = e.services.len() - 1;
        let _ = writeln!(
            out,
            "[commitments.early]\nservice = \"s{last}\"\nto = \"i{to}\"\ngo_live = {}\ncost = 9000",
            month.first_day()
        );
    }
    if let Some(start) = e.follower {
        let start = appraise::quantity::Month::new(2027, 4).plus(i32::try_from(start).expect("small"));
        let _ = writeln!(
            out,
            "[contracts.next]\nfollows = \"c0\"\ninstance = \"i0\"\nbody = \"b0\"\nstart = {}\nend = 2040-03-31\n[contracts.next.lines.platform]\nfixed = 5000\n[contracts.next.lines.users]\nbands = [{{ up_to = 100, price = 90 }}, {{ price = 70 }}]",
            start.first_day()
        );
    }
    let _ = writeln!(
        out,
        "[contracts.sla]\nkind = \"sla\"\nbody = \"b0\"\nprovider = \"host\"\nend = 2029-03-31\non_exit = {{ capital = 40000, transition = 5000, staff = 900 }}\nretained = {{ share = 0.5, months = 9 }}\n[contracts.sla.lines.charge]\nfixed = 12000"
    );
    let _ = writeln!(out, "[optimism_bias.o]\nmoney = \"20%\"\nduration = \"{}%\"\n", e.slip);
    for kind in ["cross_product", "new_product"] {
        let _ = writeln!(
            out,
            "[migration.{kind}]\noverlap_months = {}\nhead_start_months = {}\nbuild_months = 12\nduration_bias = \"o\"\ntraining = {{ hours = 5 }}\ndip = [{{ weeks = 3, loss = \"10%\" }}]\n[migration.{kind}.work.build]\nrole = \"r\"\ndays = 30\noptimism_bias = \"o\"",
            e.overlap, e.head_start
        );
    }
    options(&mut out, e);
    read(&toml(&out))
}

/// Business as usual, and an option that makes the moves.
fn options(out: &mut String, e: &Estate) {
    out.push_str("[options.bau]\nkind = \"business_as_usual\"\n[options.move]\nkind = \"converge\"\n");
    let mut moved: Vec<usize> = Vec::new();
    let mut targets = Vec::new();
    let mut dates = Vec::new();
    for (service, to, quarter) in &e.moves {
        // An option moves a service only after what is committed.
        let late_enough = e.commitment.is_none_or(|(_, q)| *service != e.services.len() - 1 || *quarter > q);
        if !moved.contains(service) && late_enough {
            moved.push(*service);
            targets.push(format!("{{ services = [\"s{service}\"], to = \"i{to}\" }}"));
            let month = appraise::quantity::Month::new(2027, 4).plus(3 * i32::try_from(*quarter).expect("small"));
            dates.push(format!("s{service} = {}", month.first_day()));
        }
    }
    let _ = writeln!(out, "targets = [{}]\ngo_lives = {{ {} }}", targets.join(", "), dates.join(", "));
    let policy = |t: &Terms| ["extend", "renew", "reprocure", "extend"][t.more.expiry];
    let policies: Vec<String> = e.contracts.iter().enumerate().map(|(i, t)| format!("c{i} = \"{}\"", policy(t))).collect();
    let _ = writeln!(out, "expiry = {{ {} }}", policies.join(", "));
}

fn outcome(s: &Scenario) -> Outcome {
    evaluate(&s.programme, &s.plans, &s.programme.register.central())
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-6 * (1.0 + a.abs().max(b.abs()))
}

/// The yearly charge in a month, written out anew: true-up and ratchet, minimum, bands, fixed lines with what they
/// cover. `users` and `records` say who is on the system in each month from the first of the contract.
fn yearly(contract: &Contract, users: &[(u8, f64)], records: f64, v: &Values) -> f64 {
    let now = users.last().expect("a month").1;
    let charged = |true_up: &TrueUp, share: f64| {
        let mut held = users[0].1 * share;
        for (month, n) in &users[1..] {
            if true_up.month.is_none_or(|m| m == *month) {
                held = if true_up.ratchet { held.max(n * share) } else { n * share };
            }
        }
        held
    };
    let line = |basis: &LineBasis| match basis {
        LineBasis::Fixed { amount, covers } => {
            let beyond = covers.map_or(0.0, |c| (now - c.users.of(v)).max(0.0) * c.beyond.map_or(0.0, |price| price.of(v)));
            amount.of(v) + beyond
        }
        LineBasis::Metered { meter: Meter::Patients, bands, .. } => records * bands[0].price.of(v),
        LineBasis::Metered { meter: Meter::ConcurrentUsers(share), bands, true_up, .. } => {
            charged(true_up, share.of(v)) * bands[0].price.of(v)
        }
        LineBasis::Metered { bands, banding, minimum, true_up, .. } => {
            let n = charged(true_up, 1.0).max(minimum.map_or(0.0, |m| m.of(v)));
            let top = bands[0].up_to.expect("two bands").of(v);
            let (low, high) = (bands[0].price.of(v), bands[1].price.of(v));
            match banding {
                Banding::AllUnits => n * if n > top { high } else { low },
                Banding::Marginal if n > top => top * low + (n - top) * high,
                Banding::Marginal => n * low,
            }
        }
    };
    contract.lines.iter().map(|l| line(&l.basis)).sum()
}

/// Patient records of the services that are on a system in a month in any way.
fn records(programme: &Programme, c: &costing::Costing, instance: usize, month: usize) -> f64 {
    let v = programme.register.central();
    let there = |service: usize| {
        c.usage.stints.iter().any(|s| s.service.0 == service && s.instance.0 == instance && s.from <= month && month < s.to)
    };
    let of = |service: usize| programme.services[service].patients.map_or(0.0, |p| p.of(&v));
    (0..programme.services.len()).filter(|s| there(*s)).map(of).sum()
}

/// Users who are on a system in a month in any way, from the roadmap: of each service the most of any
/// slot, since one person is one user.
fn on(programme: &Programme, c: &costing::Costing, instance: usize, month: usize) -> f64 {
    let v = programme.register.central();
    let of = |service: usize| {
        let own = c
            .usage
            .stints
            .iter()
            .filter(|s| s.service.0 == service && s.instance.0 == instance && s.from <= month && month < s.to);
        own.map(|s| programme.services[service].slots[s.slot].users.unwrap_or(programme.services[service].users).of(&v))
            .fold(0.0, f64::max)
    };
    (0..programme.services.len()).map(of).sum()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    /// service + head start + overlap + archive + stranded = invoice, for every contract and month;
    /// and the invoice in the agreed term is the one worked out here from the contract's own text.
    #[test]
    fn parts_of_dual_running_add_up_to_the_invoice(e in estate()) {
        let s = scenario(&e);
        let v = s.programme.register.central();
        for option in &outcome(&s).options {
            for (contract, c) in s.programme.contracts.iter().zip(&option.costing.contracts) {
                for month in 0..c.invoice.len() {
                    let parts = c.service[month] + c.head_start[month] + c.overlap[month] + c.archive[month] + c.stranded[month];
                    prop_assert!(close(parts, c.invoice[month]), "{} month {month}: parts {parts}, invoice {}", contract.id, c.invoice[month]);
                    let left = c.exit.as_ref().is_some_and(|x| x.decision == costing::Decision::Exit && s.programme.frame.period.offset(x.leave) <= i32::try_from(month).unwrap());
                    if month < c.term_end && !left {
                        // Once the contract that follows has started, users are its users; before, it has not begun.
                        let offset = i32::try_from(month).unwrap();
                        let starts = |c: &Contract| c.start.map_or(i32::MIN, |m| s.programme.frame.period.offset(m));
                        let followed = s.programme.contracts.iter().any(|n| n.follows.is_some_and(|f| s.programme.contracts[f.0].id == contract.id) && starts(n) <= offset);
                        if starts(contract) > offset {
                            prop_assert!(close(c.invoice[month], 0.0));
                            continue;
                        }
                        let start = usize::try_from(starts(contract)).unwrap_or(0);
                        let follows = |m: usize| s.programme.contracts.iter().any(|n| n.follows.is_some_and(|f| s.programme.contracts[f.0].id == contract.id) && starts(n) <= i32::try_from(m).unwrap());
                        let calendar = |m: usize| u8::try_from((m + 3).rem_euclid(12) + 1).unwrap();
                        let on_it = |m: usize| contract.instance.filter(|_| !follows(m)).map_or(0.0, |i| on(&s.programme, &option.costing, i.0, m));
                        let users: Vec<(u8, f64)> = (start..=month).map(|m| (calendar(m), on_it(m))).collect();
                        let held = contract.instance.filter(|_| !followed).map_or(0.0, |i| records(&s.programme, &option.costing, i.0, month));
                        let rate = contract.indexation.as_ref().map_or(0.0, |i| {
                            let Indexed::Rate(rate) = &i.follows else { panic!("a rate") };
                            let floored = i.collar.map_or(rate.of(&v), |c| c.of(&v).max(rate.of(&v)));
                            i.cap.map_or(floored, |c| c.of(&v).min(floored))
                        });
                        let years = i32::try_from(month.div_euclid(12)).unwrap();
                        let suite = contract.suite.as_ref().map_or(1.0, |x| {
                            let whole = x.with.iter().all(|i| option.costing.usage.instances[i.0].total(month) > 0.0);
                            if whole { 1.0 - x.discount.of(&v) } else { 1.0 }
                        });
                        let expected = yearly(contract, &users, held, &v) * suite * (1.0 + rate).powi(years) / 12.0;
                        prop_assert!(close(c.invoice[month], expected), "{} month {month}: {} is not {expected}", contract.id, c.invoice[month]);
                    }
                }
            }
        }
    }

    /// What is booked on contract lines in months that count is what is invoiced in them.
    #[test]
    fn every_invoice_is_booked_once(e in estate()) {
        let s = scenario(&e);
        let first = s.programme.frame.period.first_counted();
        for option in &outcome(&s).options {
            let invoiced: f64 = option.costing.contracts.iter().map(|c| c.invoice[first..].iter().sum::<f64>()).sum();
            let booked: f64 = option.costing.lines.iter().filter(|l| matches!(l.lineage, costing::Lineage::Contract(..))).map(costing::CostLine::total).sum();
            prop_assert!(close(invoiced, booked), "invoiced {invoiced}, booked {booked}");
        }
    }

    /// No month in use goes without cover, users are conserved, and nothing is negative but what all-units
    /// bands make so.
    #[test]
    fn services_are_always_on_exactly_one_live_system(e in estate()) {
        let s = scenario(&e);
        for option in &outcome(&s).options {
            let usage = &option.costing.usage;
            for month in 0..s.programme.frame.period.months() {
                for (i, service) in s.programme.services.iter().enumerate() {
                    for slot in 0..service.slots.len() {
                        let own = usage.stints.iter().filter(|x| x.service.0 == i && x.slot == slot && x.state == costing::UseState::Live);
                        prop_assert_eq!(own.filter(|x| x.from <= month && month < x.to).count(), 1);
                    }
                }
                for (i, used) in usage.instances.iter().enumerate() {
                    prop_assert!(close(used.total(month), on(&s.programme, &option.costing, i, month)));
                }
            }
            prop_assert!(option.costing.uncovered(&s.programme).is_empty());
        }
    }

    /// nominal - non-cash + VAT = cash in total, transfers net to zero, bodies sum to the system; and
    /// cost + dual running + staff time = net present cost.
    #[test]
    fn views_reconcile(e in estate()) {
        let s = scenario(&e);
        for option in &outcome(&s).options {
            let t = &option.totals;
            let nominal: f64 = Category::ALL.iter().map(|c| t.nominal(*c)).sum();
            let body = |f: fn(&appraise::outcome::Body) -> f64| t.bodies.iter().map(f).sum::<f64>();
            prop_assert!(close(body(|b| b.nominal), nominal));
            prop_assert!(close(body(|b| b.transfers), 0.0));
            prop_assert!(close(body(|b| b.nominal) - body(|b| b.non_cash) + body(|b| b.vat), t.total_cash()));
            prop_assert!(close(body(appraise::outcome::Body::cash), t.total_cash()));
            for (b, by_year) in t.bodies.iter().zip(&t.body_cash) {
                prop_assert!(close(b.cash(), by_year.iter().sum()));
            }
            prop_assert!(close(t.cost_criterion() + t.dual_running() + t.staff_time() + t.present(Category::ScoredElsewhere), t.npc()));
            let lines: f64 = t.lines.iter().map(|l| l.present.value()).sum();
            prop_assert!(close(lines, t.npc()));
            // What every option pays cannot be more than what this one pays without use.
            let all_units = |b: &LineBasis| matches!(b, LineBasis::Metered { banding: Banding::AllUnits, .. });
            let negative_parts = s.programme.contracts.iter().flat_map(|c| &c.lines).any(|l| all_units(&l.basis));
            let unused = t.dual_running() - t.present(Category::Archive);
            prop_assert!(negative_parts || option.committed <= unused + 1e-6, "committed {}, unused {unused}", option.committed);
        }
    }

    /// A dearer price never makes an option cheaper; the same inputs give the same bits.
    #[test]
    fn dearer_is_never_cheaper(e in estate(), more in 1.0..3.0_f64) {
        let s = scenario(&e);
        let v = s.programme.register.central();
        let before = outcome(&s);
        let fixed = s.programme.register.find("contracts.c0.lines.platform.fixed").expect("a fixed line");
        let after = evaluate(&s.programme, &s.plans, &v.with(fixed, v.get(fixed) * more + 1.0));
        for (a, b) in before.options.iter().zip(&after.options) {
            prop_assert!(b.totals.npc() >= a.totals.npc() - 1e-6);
        }
        let again = outcome(&s);
        for (a, b) in before.options.iter().zip(&again.options) {
            prop_assert_eq!(a.totals.npc().to_bits(), b.totals.npc().to_bits());
        }
    }

    /// Costing again only what a number acts on comes to the same as costing everything again.
    #[test]
    fn recosting_comes_to_the_same(e in estate(), factor in 0.0..3.0_f64, more in 0.0..5.0_f64) {
        let s = scenario(&e);
        let v = s.programme.register.central();
        for plan in &s.plans {
            let now = net_present_cost(&s.programme, plan, &v);
            let recost = Recost::of(&s.programme, plan, &v);
            for (input, entry) in s.programme.register.iter() {
                let (least, most) = entry.unit.range();
                let mut varied = recost.varied(input);
                for x in [least.max(-0.4), v.get(input) * factor + more] {
                    let values = v.with(input, x.clamp(least, most));
                    let full = net_present_cost(&s.programme, plan, &values);
                    let quick = now + varied.change(&values);
                    prop_assert!((full - quick).abs() <= 1e-9 * (1.0 + full.abs()), "{} = {x}: {full} in full, {quick}", entry.id);
                }
            }
        }
    }

    /// What draws are made of is the evaluation of all options, on every generated estate, with every number moved.
    #[test]
    fn draws_come_to_what_the_evaluation_comes_to(e in estate(), seed in 0_u64..1_000) {
        let s = scenario(&e);
        let stream = appraise::assumption::Stream::new(seed, "numbers");
        let mut values = s.programme.register.central();
        for ((input, entry), n) in s.programme.register.iter().zip(0..) {
            let (least, most) = entry.unit.range();
            values.set(input, (values.get(input) * (0.5 + stream.at(n)) + 0.01).clamp(least, most));
        }
        let full = evaluate(&s.programme, &s.plans, &values);
        let quick = appraise::outcome::Simulation::of(&s.programme, &s.plans).realise(&values);
        for (full, quick) in full.options.iter().zip(&quick) {
            prop_assert!(close(full.totals.npc(), quick.npc), "{} and {}", full.totals.npc(), quick.npc);
            prop_assert!(close(full.totals.total_cash(), quick.cash), "cash {} and {}", full.totals.total_cash(), quick.cash);
            prop_assert!(close(full.totals.dual_running(), quick.dual_running));
            prop_assert_eq!(full.feasible(), quick.feasible);
        }
    }
}
