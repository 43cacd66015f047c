//! Estates so small that every plan can be looked at: two to four services, two or three systems, three years. The same seed
//! gives the same estate.

use super::{read, toml};
use appraise::assumption::Stream;
use appraise::optimiser::Space;
use appraise::programme::{Freedom, InstanceIx, LinkIx, Optimise, OptionIx};
use appraise::quantity::Month;
use appraise::scenario::Scenario;
use std::fmt::Write;

/// What is asked of an estate.
pub struct Tiny {
    /// The case, with what is left to the optimiser.
    pub scenario: Scenario,
    /// The option that is looked at.
    pub option: OptionIx,
    /// What of it is free.
    pub freedom: Freedom,
}

/// Chance, and what is written.
struct Writer {
    stream: Stream,
    at: u64,
    out: String,
}

impl Writer {
    fn unit(&mut self) -> f64 {
        self.at += 1;
        self.stream.at(self.at)
    }

    fn chance(&mut self, share: f64) -> bool {
        self.unit() < share
    }

    fn below(&mut self, end: u32) -> u32 {
        let at = self.unit() * f64::from(end);
        (0..end).rfind(|n| f64::from(*n) <= at).unwrap_or(0)
    }

    fn from(&mut self, of: &[f64]) -> f64 {
        of[self.below(u32::try_from(of.len()).expect("few")) as usize]
    }
}

const QUARTERS: [&str; 4] = ["04", "07", "10", "01"];

/// An estate with no more plans than `most`.
pub fn estate(seed: u64, most: u64) -> Tiny {
    let mut w = Writer { stream: Stream::new(seed, "tiny"), at: 0, out: String::new() };
    let (services, systems) = (2 + w.below(3), 2 + w.below(2));
    let schedule = w.chance(0.2);
    // Where nothing but contracts with fixed prices costs anything, many plans cost the same.
    let flat = w.chance(0.15);
    opening(&mut w);
    estate_of(&mut w, services, systems, flat);
    (0..systems).for_each(|i| contract(&mut w, i, flat));
    change(&mut w, flat);
    limits(&mut w, services, schedule);
    let linked = !schedule && w.chance(0.4);
    let mut scenario = read(&toml(&w.out));
    let late = w.chance(0.15);
    scenario.programme.optimise = Optimise {
        go_lives: w.chance(0.3).then_some(1),
        users: w.chance(0.25).then(|| scenario.programme.services[0].users),
        latest: None,
        targets: (0..systems as usize).map(InstanceIx).collect(),
        links: if linked { vec![LinkIx(0)] } else { Vec::new() },
        beyond_capacity: w.chance(0.2),
        beyond_funding: w.chance(0.3),
        ..Optimise::default()
    };
    let option = OptionIx(usize::from(schedule));
    let freedom = if schedule { Freedom::Schedule } else { Freedom::Roadmap };
    let values = scenario.programme.register.central();
    // Dates from the end on are left out until there are few enough plans.
    for quarters in (1..if late { 9 } else { 12 }).rev() {
        scenario.programme.optimise.latest = Some(Month::new(2026, 4).plus(3 * quarters));
        let count = Space::of(&scenario.programme, option, freedom, &values).count();
        if count.is_some_and(|count| count <= most) {
            break;
        }
    }
    Tiny { scenario, option, freedom }
}

fn opening(w: &mut Writer) {
    w.out += "[appraisal]\nid = \"tiny\"\ntitle = \"Tiny\"\nas_at = 2026-04-01\nyear0 = \"2026/27\"\nhorizon = 2\nlead = \"t\"\n\
        [sources.s]\ntitle = \"s\"\n[deflator]\nrate = \"2%\"\nsource = \"s\"\n[organisations.t]\n[organisations.u]\n\
        [criteria.visibility]\nmeasure = \"visibility\"\nanchors = { zero = 0, hundred = 1 }\n\
        [criteria.capability]\nmeasure = \"capability\"\nanchors = { zero = 0, hundred = 1 }\n\
        [criteria.disruption]\nmeasure = \"disruption\"\nanchors = { zero = 20000, hundred = 0 }\n\
        [criteria.cost]\nmeasure = \"cost\"\nanchors = { zero = 3000000, hundred = 0 }\n\
        [criteria.effort]\nmeasure = \"effort\"\nanchors = { zero = 900, hundred = 0 }\n\
        [panels.all]\npoints = { visibility = 100, capability = 70, disruption = 30, cost = 60, effort = 20 }\n\
        [same_instance]\neligible = 0.9\nscope = 1\nadoption = [{ months = 6, share = 0.5 }, { share = 0.9 }]\n";
    if w.chance(0.35) {
        let money = 150_000.0 + 400_000.0 * w.unit();
        let _ = writeln!(w.out, "[funding.f]\nbody = \"t\"\nper_year = {money}");
    }
}

fn estate_of(w: &mut Writer, services: u32, systems: u32, flat: bool) {
    for i in 0..systems {
        let product = if i > 0 && w.chance(0.3) { 0 } else { i };
        let run = if flat { 0.0 } else { w.from(&[0.0, 20_000.0, 60_000.0]) };
        let _ = writeln!(w.out, "[instances.i{i}]\nproduct = \"p{product}\"\noperator = \"t\"\nrun_cost = {run}");
    }
    let mut coverage = String::new();
    for i in 0..systems {
        let _ = writeln!(w.out, "[products.p{i}]");
        let _ = write!(coverage, "p{i} = {}, ", w.from(&[0.3, 0.6, 1.0]));
    }
    let _ = writeln!(w.out, "[capabilities.c]\ncoverage = {{ {} }}", coverage.trim_end_matches(", "));
    let alike = flat || w.chance(0.2);
    let must = w.chance(0.12);
    for s in 0..services {
        let users = if alike { 100.0 } else { w.from(&[60.0, 100.0, 140.0, 230.0]) };
        let needs = if must && s == 0 { "{ must = 0.9 }" } else { "5" };
        let (body, on) = (if w.chance(0.8) { "t" } else { "u" }, if w.chance(0.6) { 0 } else { w.below(systems) });
        let _ = writeln!(
            w.out,
            "[services.s{s}]\norganisation = \"{body}\"\nusers = {users}\npatients = 1000\nsystem = \"i{on}\"\nneeds = {{ c = {needs} }}"
        );
    }
    for s in 1..services {
        let counted = if w.chance(0.5) { "shared_users = 20\nshared_users_counted = \"twice\"\n" } else { "" };
        let contacts = w.from(&[500.0, 4_000.0]);
        let _ = writeln!(w.out, "[flows.f{s}]\nfrom = \"s0\"\nto = \"s{s}\"\ncontacts = {contacts}\n{counted}");
    }
}

fn contract(w: &mut Writer, i: u32, flat: bool) {
    let end = w.from(&[2027.0, 2028.0, 2029.0]);
    let _ = writeln!(
        w.out,
        "[contracts.k{i}]\nbody = \"t\"\ninstance = \"i{i}\"\nend = {end}-03-31\nindexation = {{ rate = \"3%\" }}\nrenewal = {{ uplift = 0.1, term_months = 12 }}"
    );
    if w.chance(0.5) {
        let share = w.from(&[0.0, 0.4, 1.0]);
        let _ = writeln!(w.out, "early_exit = {share}\nnotice_months = 3");
    }
    if w.chance(0.5) {
        let term = w.from(&[3.0, 6.0, 12.0]);
        let _ = writeln!(w.out, "extension = {{ uplift = 0.05, months = 12, term_months = {term} }}");
    }
    if w.chance(0.3) {
        w.out += "read_only = { share = 0.3, months = 6 }\n";
    }
    let fixed = w.from(&[0.0, 40_000.0, 90_000.0]);
    let _ = writeln!(w.out, "[contracts.k{i}.lines.fixed]\nfixed = {fixed}");
    if flat {
        return;
    }
    if w.chance(0.15) {
        w.out += "covers = 260\n";
    }
    let _ = writeln!(w.out, "[contracts.k{i}.lines.users]");
    let price = w.from(&[150.0, 300.0, 600.0]);
    if w.chance(0.4) {
        let banding = if w.chance(0.5) { "all_units" } else { "marginal" };
        let _ = writeln!(
            w.out,
            "bands = [{{ up_to = 150, price = {price} }}, {{ price = {} }}]\nbanding = \"{banding}\"",
            price * 0.6
        );
    } else {
        let _ = writeln!(w.out, "per_user = {price}");
    }
    if w.chance(0.5) {
        let users = w.from(&[50.0, 150.0, 300.0]);
        let _ = writeln!(w.out, "minimum = {users}");
    }
    if w.chance(0.2) {
        w.out += "ratchet = true\n";
    }
}

fn change(w: &mut Writer, flat: bool) {
    let capacity = w.from(&[20.0, 45.0, 90.0, 400.0]);
    let by =
        if w.chance(0.3) { format!("capacity_by = {{ t = {capacity} }}\npooled_from = 2027-10-01\n") } else { String::new() };
    let _ = writeln!(w.out, "[roles.r]\nday_rate = {}\ncapacity = {capacity}\n{by}", if flat { 0.0 } else { 300.0 });
    let hold = if w.chance(0.3) && !flat { "team_hold = 9000\nteam_hold_per_user = 5\n" } else { "" };
    let _ = writeln!(w.out, "[staff_time]\ntraining_rate = {}\ndip_rate = 0\n{hold}", if flat { 0.0 } else { 25.0 });
    let bias = w.chance(0.4);
    if bias {
        w.out += "[optimism_bias.b]\nmoney = 0.2\nduration = 0.5\n";
    }
    let bias = if bias { "duration_bias = \"b\"\n" } else { "" };
    for (kind, times) in [("instance_merge", 0.5), ("cross_product", 1.0), ("new_product", 1.2), ("unit_reconfigure", 0.5)] {
        let starts = 1 + w.below(2);
        let (overlap, head, build) = (w.below(4), w.below(3), 3 * w.below(3));
        let amount = if flat { 0.0 } else { w.from(&[0.0, 15_000.0, 60_000.0]) * times };
        let _ = writeln!(
            w.out,
            "[migration.{kind}]\noverlap_months = {overlap}\nhead_start_months = {head}\nbuild_months = {build}\n{bias}training = {{ hours = 4 }}\ndip = [{{ weeks = 4, loss = 0.1 }}]\n\
             [migration.{kind}.work.days]\nrole = \"r\"\ndays = {}\ndays_per_user = 0.1\nstarts = {starts}\n\
             [migration.{kind}.work.source]\namount = {amount}\nonce_per_source = true\n",
            20.0 * times
        );
    }
    let _ = writeln!(
        w.out,
        "[links.l]\nname = \"Link\"\nbuild_per_end = {}\nrun = 3000\neligible = 0.9\nscope = 0.7\nadoption = 0.6",
        if flat { 0.0 } else { 8_000.0 }
    );
}

fn limits(w: &mut Writer, services: u32, schedule: bool) {
    if w.chance(0.4) {
        let (year, quarter) = (2027 + w.below(2), w.below(3));
        let _ = writeln!(
            w.out,
            "[freezes.z]\nfrom = {year}-{}-01\nto = {year}-{}-28",
            QUARTERS[quarter as usize], QUARTERS[quarter as usize]
        );
    }
    if services > 1 && w.chance(0.35) {
        w.out += "[precedence.w]\nservices = [\"s1\"]\nafter = \"s0\"\nbecause = \"the network\"\n";
    }
    w.out += "[options.bau]\nkind = \"business_as_usual\"\n";
    if schedule {
        let late: Vec<String> = (1..services).map(|s| format!("s{s} = 2029-01-01")).collect();
        let _ = writeln!(
            w.out,
            "[options.a]\nkind = \"converge\"\ntargets = [{{ all = true, to = \"i0\" }}]\ngo_lives = {{ s0 = 2028-10-01, {} }}",
            late.join(", ")
        );
    }
}
