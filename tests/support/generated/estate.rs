//! Bodies, systems, services, contracts and flows of a generated scenario.

use super::{Numbers, Size};
use std::fmt::Write;

pub(super) const PLACES: usize = 12;
/// Core records, a therapies record, a dental record, a patient administration system.
const PRODUCTS: [&str; 6] = ["alder", "birch", "cedar", "therapies", "dental", "pas"];
pub(super) const CORE: usize = 3;
const BODIES: [&str; 4] = ["north", "south", "east", "west"];
const SETTINGS: [(&str, &str); 4] = [
    ("mental health", "community mental health"),
    ("mental health", "mental health inpatient"),
    ("community", "community"),
    ("children", "community"),
];
const CAPABILITIES: usize = 24;

/// One service as it will be written.
pub(super) struct Service {
    users: usize,
    body: usize,
    place: usize,
    line: &'static str,
    setting: &'static str,
    needs: &'static str,
    core: usize,
    fixed: bool,
    /// A second system, with users of its own.
    pas: Option<(usize, usize)>,
}

/// Position of one of the instances of a product.
fn instance_of(size: Size, product: usize, numbers: &mut Numbers) -> usize {
    let those = (size.instances - product).div_ceil(PRODUCTS.len());
    product + PRODUCTS.len() * numbers.below(those)
}

pub(super) fn services(size: Size, numbers: &mut Numbers) -> Vec<Service> {
    let one = |_| {
        let (line, setting) = SETTINGS[numbers.below(SETTINGS.len())];
        let special = numbers.below(20);
        let (line, setting, needs, product, fixed) = match special {
            0 | 1 => ("talking therapies", "talking therapies", "therapies", 3, true),
            2 => ("dental", "dental", "dental", 4, true),
            _ => (line, setting, if line == "community" { "community" } else { "mental_health" }, numbers.below(CORE), false),
        };
        let users = numbers.between(10, 180);
        Service {
            users,
            body: numbers.below(BODIES.len()),
            place: numbers.below(PLACES),
            line,
            setting,
            needs,
            core: instance_of(size, product, numbers),
            fixed,
            pas: numbers.one_in(3).then(|| (instance_of(size, 5, numbers), numbers.between(5, 5 + users))),
        }
    };
    (0..size.services).map(one).collect()
}

pub(super) fn services_csv(services: &[Service], numbers: &mut Numbers) -> String {
    let mut out = String::from(
        "id,name,line,organisation,place,setting,users.low,users.likely,users.high,patient_facing.low,patient_facing.likely,patient_facing.high,patients.low,patients.likely,patients.high,contacts.low,contacts.likely,contacts.high,needs,slots.core.instance,slots.core.fixed,slots.pas.instance,slots.pas.users.low,slots.pas.users.likely,slots.pas.users.high,slots.pas.fixed,source,evidence,quality,basis\n",
    );
    let number = |n: usize| f64::from(u32::try_from(n).expect("small"));
    for (i, s) in services.iter().enumerate() {
        let users = number(s.users);
        let (users, facing) = (numbers.cells(users, 1e7), numbers.cells(0.8, 1.0));
        let (patients, contacts) = (numbers.cells(number(s.users * 20), 1e9), numbers.cells(number(s.users * 200), 1e9));
        let pas = s.pas.map_or_else(|| ",,,".to_owned(), |(at, own)| format!("i{at},{}", numbers.cells(number(own), 1e7)));
        let _ = writeln!(
            out,
            "s{i},\"Service {i}, place {}\",{},{},place {},{},{users},{facing},{patients},{contacts},{},i{},{},{pas},{},,estimate,red,\"Generated\"",
            s.place,
            s.line,
            BODIES[s.body],
            s.place,
            s.setting,
            s.needs,
            s.core,
            s.fixed,
            if s.pas.is_some() { "true" } else { "" }
        );
    }
    out
}

/// Three flows a service, to any other.
pub(super) fn flows(size: Size, numbers: &mut Numbers) -> String {
    let mut out = String::from(
        "id,from,to,contacts.low,contacts.likely,contacts.high,shared_users.low,shared_users.likely,shared_users.high,evidence,quality,basis\n",
    );
    let number = |n: usize| f64::from(u32::try_from(n).expect("small"));
    for i in 0..3 * size.services {
        let from = i % size.services;
        let to = (from + numbers.between(1, size.services)) % size.services;
        let (contacts, shared) = (number(numbers.between(100, 5_000)), number(numbers.below(20)));
        let (contacts, shared) = (numbers.cells(contacts, 1e9), numbers.cells(shared, 1e7));
        let _ = writeln!(out, "f{i},s{from},s{to},{contacts},{shared},estimate,red,\"Generated\"");
    }
    out
}

pub(super) fn capabilities(numbers: &mut Numbers) -> String {
    let columns = PRODUCTS.map(|p| format!("coverage.{p}.low,coverage.{p}.likely,coverage.{p}.high"));
    let mut out = format!("id,name,{},evidence,quality,basis\n", columns.join(","));
    for i in 0..CAPABILITIES {
        // The last two are what only the therapies and the dental record can do.
        let likely = |product: usize, numbers: &mut Numbers| match (i, product) {
            (22, 3) | (23, 4) => 1.0,
            (22 | 23, _) => 0.25,
            _ => [0.5, 0.75, 1.0][numbers.below(3)],
        };
        let cells: Vec<String> = (0..PRODUCTS.len())
            .map(|p| {
                let likely = likely(p, numbers);
                numbers.cells(likely, 1.0)
            })
            .collect();
        let _ = writeln!(out, "K{i:02},Capability {i},{},estimate,red,\"Generated\"", cells.join(","));
    }
    out
}

pub(super) fn bodies_and_systems(size: Size, numbers: &mut Numbers) -> String {
    let mut out = String::from("[organisations.new_trust]\nstatus = \"new\"\n");
    for (i, body) in BODIES.iter().enumerate() {
        let status = if i < 2 {
            "status = \"dissolves\"\nsuccessor = \"new_trust\"\nfrom = 2027-04-01"
        } else {
            "status = \"transfers_services\""
        };
        let _ = writeln!(out, "[organisations.{body}]\n{status}");
    }
    for (i, product) in PRODUCTS.iter().enumerate() {
        let _ = writeln!(out, "[products.{product}]\nname = \"Product {product}\"\nsupplier = \"Supplier {}\"", i % 5);
        if i == 5 {
            out.push_str("holds_record = false\n");
        }
    }
    for i in 0..size.instances {
        let product = PRODUCTS[i % PRODUCTS.len()];
        let tenancy = if i % PRODUCTS.len() == 1 { "unit" } else { "own" };
        let cost = numbers.toml(200_000.0);
        let run = if i % 2 == 0 {
            format!("run_cost = {cost}")
        } else {
            format!("run = {{ wte = {{ safety = 0.5, trainers = 2 }}, other = {cost}, step_down_months = {} }}", 3 * i)
        };
        let _ = writeln!(
            out,
            "[instances.i{i}]\nname = \"{product} {}\"\nproduct = \"{product}\"\noperator = \"{}\"\ntenancy = \"{tenancy}\"\n{run}\nexternal_ends = [\"mhsds\"{}]",
            i.div_euclid(PRODUCTS.len()) + 1,
            BODIES[i % BODIES.len()],
            if i % 3 == 0 { ", \"gp\", \"pas\"" } else { "" },
        );
    }
    out.push_str("[external_ends.mhsds]\nkind = \"statutory_return\"\nrun = 12_000\n[external_ends.gp]\nkind = \"national_service\"\nrun = 5_000\nrebuild = 30_000\noptimism_bias = \"build\"\n[external_ends.pas]\nrun = 14_000\nrebuild = 45_000\n[external_ends.pas.work.test]\nrole = \"safety\"\ndays = 15\nweeks = 9\n");
    out.push_str("[needs]\n");
    for (id, must) in
        [("mental_health", ""), ("community", ""), ("therapies", "K22 = \"must\", "), ("dental", "K23 = \"must\", ")]
    {
        let weights: Vec<String> = (0..14).map(|k| format!("K{:02} = {}", (k * 3 + id.len()) % 22, 3 + k % 6)).collect();
        let _ = writeln!(out, "{id} = {{ {must}{} }}", weights.join(", "));
    }
    let _ = writeln!(
        out,
        "[same_instance]\neligible = {}\nscope = 1\nadoption = 1\n[burden]\nlogins_per_day = {}\nseconds_per_login = {}\ndays_per_year = 220\nrekey_minutes = {}",
        numbers.share(0.95),
        numbers.toml(4.0),
        numbers.toml(60.0),
        numbers.toml(6.0)
    );
    out
}

/// One contract for each instance; the first two are followed by another; one agreement between bodies.
pub(super) fn contracts(size: Size, services: &[Service], numbers: &mut Numbers) -> String {
    let mut out = String::new();
    for i in 0..size.instances {
        let core: usize = services.iter().filter(|s| s.core == i).map(|s| s.users).sum();
        let pas: usize = services.iter().filter_map(|s| s.pas).filter(|(at, _)| *at == i).map(|(_, users)| users).sum();
        let users = core + pas;
        let _ = writeln!(
            out,
            "[contracts.c{i}]\nname = \"Licence {i}\"\nbody = \"{}\"\ninstance = \"i{i}\"\nend = {}-03-31\nnotice_months = {}\nearly_exit = {}\nindexation = {{ rate = {}, prices_at = \"2025/26\" }}",
            BODIES[i % BODIES.len()],
            2028 + i % 4,
            numbers.toml(6.0),
            numbers.share(0.25),
            numbers.share(0.04)
        );
        let _ = writeln!(
            out,
            "extension = {{ uplift = {}, months = 36, term_months = 12 }}\nrenewal = {{ uplift = {}, term_months = 60, cost = {} }}\nread_only = {{ share = {}, months = 24 }}\nexit_cost = {}\nvat = {{ rate = \"20%\", recoverable = {} }}\nevidence = \"estimate\"\nquality = \"red\"",
            numbers.share(0.1),
            numbers.share(0.05),
            numbers.toml(150_000.0),
            numbers.share(0.3),
            numbers.toml(60_000.0),
            numbers.share(0.2)
        );
        let _ = writeln!(
            out,
            "[contracts.c{i}.lines.platform]\nfixed = {}\n[contracts.c{i}.lines.users]\nbands = [{{ up_to = {}, price = {} }}, {{ price = {} }}]\nbanding = \"{}\"\nminimum = {}",
            numbers.toml(250_000.0),
            (users.max(200) * 3).div_euclid(2),
            numbers.toml(130.0),
            numbers.toml(110.0),
            if i % 7 == 3 { "all_units" } else { "marginal" },
            (users * 4).div_euclid(5)
        );
    }
    for i in 0..2 {
        let _ = writeln!(
            out,
            "[contracts.next{i}]\nfollows = \"c{i}\"\nbody = \"new_trust\"\ninstance = \"i{i}\"\nstart = 2030-04-01\nend = 2040-03-31\nindexation = {{ rate = {} }}\n[contracts.next{i}.lines.users]\nper_user = {}",
            numbers.share(0.03),
            numbers.toml(140.0)
        );
    }
    let _ = writeln!(
        out,
        "[contracts.sla]\nkind = \"sla\"\nbody = \"new_trust\"\nprovider = \"east\"\nend = 2029-03-31\n[contracts.sla.lines.charge]\nfixed = {}",
        numbers.toml(900_000.0)
    );
    out
}
