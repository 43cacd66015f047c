//! Moves, links, streams and options of a generated scenario.

use super::estate::{CORE, PLACES};
use super::{Numbers, Size};
use std::fmt::Write;

const ROLES: [(&str, f64, bool); 6] = [
    ("programme", 337.0, false),
    ("configuration", 289.0, false),
    ("safety", 396.0, false),
    ("trainers", 240.0, false),
    ("super_users", 210.0, false),
    ("floorwalkers", 550.0, true),
];

/// Roles, staff time, optimism bias and four kinds of move, each with work before and after go-live.
pub(super) fn migration(numbers: &mut Numbers) -> String {
    let mut out = format!(
        "[optimism_bias.build]\nmoney = {}\nduration = {}\nmitigated = {}\n",
        numbers.toml(0.3),
        numbers.toml(0.2),
        numbers.share(0.1)
    );
    for (role, rate, external) in ROLES {
        let _ = writeln!(
            out,
            "[roles.{role}]\nday_rate = {}\nexternal = {external}\ncapacity = {}",
            numbers.toml(rate),
            numbers.toml(90_000.0)
        );
    }
    let _ = writeln!(
        out,
        "[staff_time]\ntraining_rate = {}\ndip_rate = {}\nbackfilled = {}\nteam_hold = {}",
        numbers.toml(28.0),
        numbers.toml(31.0),
        numbers.share(0.4),
        numbers.toml(60_000.0)
    );
    for (kind, scale) in [("instance_merge", 0.5), ("unit_reconfigure", 0.25), ("cross_product", 1.0), ("new_product", 1.25)] {
        kind_of_move(&mut out, kind, scale, numbers);
    }
    out
}

fn kind_of_move(out: &mut String, kind: &str, scale: f64, numbers: &mut Numbers) {
    let _ = writeln!(
        out,
        "[migration.{kind}]\noverlap_months = {}\nhead_start_months = {}\nbuild_months = {}\nduration_bias = \"build\"\ntraining = {{ hours = {} }}\ndip = [{{ weeks = 2, loss = {} }}, {{ weeks = 6, loss = {} }}, {{ weeks = 18, loss = {} }}]",
        numbers.toml((6.0 * scale).ceil()),
        numbers.toml(3.0),
        numbers.toml((18.0 * scale).ceil()),
        numbers.toml(8.0 * scale),
        numbers.share(0.18 * scale),
        numbers.share(0.08 * scale),
        numbers.share(0.02 * scale)
    );
    for (item, what, timing) in [
        (
            "programme",
            format!("role = \"programme\"\ndays = {}\ndays_per_user = {}", 40.0 * scale, numbers.toml(0.4 * scale)),
            "starts = 6",
        ),
        ("configuration", format!("role = \"configuration\"\ndays = {}", numbers.toml(60.0 * scale)), "starts = 5\nlasts = 4"),
        ("data_source", format!("amount = {}\nonce_per_source = true", numbers.toml(200_000.0 * scale)), "starts = 4"),
        ("data_records", format!("amount_per_patient = {}", numbers.toml(0.4 * scale)), "starts = 2"),
        ("safety", format!("role = \"safety\"\ndays = {}", numbers.toml(20.0 * scale)), "starts = 3"),
        ("trainers", format!("role = \"trainers\"\ndays_per_user = {}", numbers.toml(0.18)), "starts = 1"),
        ("super_users", format!("role = \"super_users\"\ndays_per_user = {}", numbers.toml(0.4 * scale)), "weeks = 4"),
        ("floorwalkers", format!("role = \"floorwalkers\"\ndays_per_user = {}", numbers.toml(0.25 * scale)), "weeks = 3"),
    ] {
        let _ = writeln!(out, "[migration.{kind}.work.{item}]\n{what}\n{timing}\noptimism_bias = \"build\"");
    }
}

/// A record that is shared already, the same in context, single sign-on.
pub(super) fn links(numbers: &mut Numbers) -> String {
    let mut out = format!(
        "[links.shared]\nname = \"Shared record\"\nbaseline = true\neligible = {}\nscope = {}\nadoption = 0.25\nrun = {}\nyearly.agreements = {{ amount = 3_000 }}\nyearly.safety = {{ role = \"safety\", days = 4, per_end = false }}\n",
        numbers.share(0.95),
        numbers.share(0.4),
        numbers.toml(80_000.0)
    );
    let _ = writeln!(
        out,
        "[links.in_context]\nname = \"Shared record in context\"\npattern = \"shared_record_in_context\"\nbuild_per_end = {}\nrun_per_end = {}\noptimism_bias = \"build\"\neligible = 0.95\nscope = {}\nadoption = [{{ months = 6, share = {} }}, {{ share = {} }}]\n[links.in_context.work.configuration]\nrole = \"configuration\"\ndays = {}\nstarts = 3\noptimism_bias = \"build\"",
        numbers.toml(110_000.0),
        numbers.toml(17_000.0),
        numbers.share(0.65),
        numbers.share(0.22),
        numbers.share(0.45),
        numbers.toml(100.0)
    );
    let _ = writeln!(
        out,
        "[links.sso]\nname = \"Single sign-on\"\nsingle_sign_on = true\nrun = {}\neligible = 0\nscope = 0\nadoption = 0",
        numbers.toml(90_000.0)
    );
    out
}

pub(super) fn streams(numbers: &mut Numbers) -> String {
    format!(
        "[streams.day_one]\nname = \"Access from Day 1\"\nper_year = {}\nend = 2027-09-30\n\
         [streams.support]\nname = \"Support that moves\"\ncategory = \"instance_run\"\nper_year = {}\nstart = \"last_go_live\"\n\
         [streams.procurement]\nname = \"Procurement\"\nonce = {}\nstart = \"first_go_live\"\noptimism_bias = \"build\"\n\
         [streams.time_saved]\nname = \"Time saved\"\nkind = \"benefit\"\nclass = \"non_cash_releasing\"\nper_year = {}\nstart = \"last_go_live\"\nramp = [0.25, 0.5, 1]\n\
         [streams.charge]\nname = \"Charge between bodies\"\nkind = \"transfer\"\nbearer = \"new_trust\"\nto = \"east\"\nper_year = {}\n\
         [streams.devices]\nname = \"Devices\"\nonce = {}\nstart = \"last_go_live\"\nasset = \"devices\"\noptimism_bias = \"devices\"\n\
         [optimism_bias.devices]\nmoney = {}\n[optimism_bias.devices.areas]\nscope = {{ contribution = 0.4, managed = {} }}\nmarket = {{ contribution = {}, managed = 0.3 }}\n\
         [assets.devices]\nlife_years = {}\nresidual_value = true\n\
         [risks.outage]\nname = \"Outage at go-live\"\nprobability = {}\nimpact = {}\nprevention = {}\n",
        numbers.toml(3_000_000.0),
        numbers.toml(900_000.0),
        numbers.toml(400_000.0),
        numbers.toml(2_500_000.0),
        numbers.toml(120_000.0),
        numbers.toml(1_500_000.0),
        numbers.toml(0.4),
        numbers.share(0.5),
        numbers.share(0.1),
        numbers.toml(5.0),
        numbers.share(0.2),
        numbers.toml(5_000_000.0),
        numbers.toml(250_000.0)
    )
}

/// Business as usual, the least, links only, fewer instances, one record (each core product in turn), two
/// by care setting, one record later; from there on one record with other dates.
pub(super) fn options(size: Size) -> String {
    let mut out =
        String::from("[options.o0]\nname = \"Business as usual\"\nkind = \"business_as_usual\"\nrole = \"business_as_usual\"\n");
    let sso = "sso = 2027-04-01";
    let links = format!("links = {{ in_context = 2027-10-01, {sso} }}");
    for option in 1..size.options {
        let _ = match option {
            1 => writeln!(
                out,
                "[options.o1]\nname = \"Single sign-on\"\nkind = \"do_minimum\"\nrole = \"do_minimum\"\nlinks = {{ {sso} }}"
            ),
            2 => writeln!(out, "[options.o2]\nname = \"Interoperate\"\nkind = \"interoperate\"\n{links}"),
            3 => {
                let rules =
                    (6..size.instances).filter(|i| i % 6 < CORE).map(|i| format!("{{ from = \"i{i}\", to = \"i{}\" }}", i % 6));
                let rules: Vec<String> = rules.collect();
                writeln!(
                    out,
                    "[options.o3]\nname = \"Fewer instances\"\nkind = \"rationalise\"\ntargets = [{}]\n{}",
                    rules.join(", "),
                    waves(2028, 4)
                )
            }
            6 => writeln!(
                out,
                "[options.o6]\nname = \"By care setting\"\nkind = \"hybrid\"\ntargets = [{{ line = \"mental health\", to = \"i0\" }}, {{ setting = \"community\", to = \"i1\" }}]\n{}\n{links}",
                waves(2028, 6)
            ),
            _ => {
                let to = [0, 1, 0, 0, 2][(option - 4) % 5];
                let (year, quarters) = if option == 7 { (2030, 6) } else { (2028 + option % 3, 8) };
                writeln!(
                    out,
                    "[options.o{option}]\nname = \"One record, option {option}\"\nkind = \"converge\"\ntargets = [{{ all = true, to = \"i{to}\" }}]\n{}",
                    waves(year, quarters)
                )
            }
        };
    }
    out
}

/// A wave for each place, over so many quarters from April of a year.
fn waves(year: usize, quarters: usize) -> String {
    let waves = (0..PLACES).map(|place| {
        let quarter = place % quarters;
        let month = [4, 7, 10, 1][quarter % 4];
        let year = year + quarter.div_euclid(4) + usize::from(month == 1);
        format!("    {{ go_live = {year}-{month:02}-01, place = \"place {place}\" }},\n")
    });
    format!("waves = [\n{}]", waves.collect::<String>())
}
