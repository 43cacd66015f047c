//! Estates for the optimiser, of four sizes and in two forms. `linear`: what a system costs is a fixed fee and a price a
//! user, each service has one slot, moves take days of the team of its body, and all may go to any system that has what it
//! must have. `mechanics`: the scenario of the parent module, with bands, minimums, second slots, links, optimism bias and
//! streams. In both, teams would be seven tenths busy if everything moved evenly over all quarters.

use super::{Numbers, Size, scenario};
use appraise::scenario::SourceFile;
use std::fmt::Write;

/// How large an estate is.
#[derive(Debug, Clone, Copy)]
pub struct Estate {
    /// What it is called.
    pub name: &'static str,
    /// Services.
    pub services: usize,
    /// Systems.
    pub systems: usize,
    /// Quarters in which something may go live, or be made ready for it.
    pub quarters: usize,
}

/// The sizes that are measured.
pub const ESTATES: [Estate; 4] = [
    Estate { name: "S", services: 20, systems: 7, quarters: 12 },
    Estate { name: "M", services: 60, systems: 10, quarters: 20 },
    Estate { name: "L", services: 300, systems: 15, quarters: 24 },
    Estate { name: "XL", services: 1_000, systems: 20, quarters: 40 },
];

const BODIES: [&str; 4] = ["north", "south", "east", "west"];
/// Lines of services; a small system is for one of them, a large one, one system in three, for all.
const LINES: usize = 4;
/// Share of what teams can do in all quarters that moving everything would take.
const UTILISED: f64 = 0.7;
/// Quarters before the first in which anything can go live.
const AHEAD: usize = 2;

fn number(n: usize) -> f64 {
    f64::from(u32::try_from(n).expect("small"))
}

impl Estate {
    fn large(self) -> usize {
        self.systems.div_euclid(3)
    }

    fn years(self) -> usize {
        self.quarters.div_ceil(4) + 3
    }

    /// Days a quarter at which so many days are seven tenths of what can be done.
    fn capacity(self, days: f64, most: f64) -> f64 {
        (days / number(self.quarters - AHEAD) / UTILISED).max(most).ceil()
    }

    fn optimise(self, targets: &str) -> String {
        let latest = self.quarters - 1;
        let (year, month) = (2026 + latest.div_euclid(4), [4, 7, 10, 1][latest % 4]);
        let year = if month == 1 { year + 1 } else { year };
        format!(
            "[optimise]\ngo_lives_per_quarter = {}\nlatest_go_live = {year}-{month:02}-01\nbeyond_funding = true\n{targets}",
            self.services.div_ceil(((self.quarters - AHEAD) * 7).div_euclid(10)).max(2),
        )
    }

    /// The files with linear prices.
    pub fn linear(self, seed: u64) -> Vec<SourceFile> {
        let mut numbers = Numbers { state: 0x0005_eed5 + seed, ranges: usize::MAX };
        let mut out = format!(
            "[appraisal]\nid = \"estate-{}\"\ntitle = \"Generated estate {}\"\nas_at = 2026-04-01\nyear0 = \"2026/27\"\nhorizon = {}\nrank_basis = \"npc\"\nlead = \"north\"\n\
             [deflator]\nrate = 0\nsource = \"s\"\n[sources.s]\ntitle = \"Generated\"\n\
             [staff_time]\ntraining_rate = 30\ndip_rate = 30\nhours_per_week = 37.5\nhours_per_day = 7.5\nbackfilled = 0\n\
             [options.bau]\nname = \"Business as usual\"\nkind = \"business_as_usual\"\n",
            self.name.to_lowercase(),
            self.name,
            self.years()
        );
        for body in BODIES {
            let _ = writeln!(out, "[organisations.{body}]");
        }
        let services: Vec<(usize, usize, usize, usize)> = (0..self.services)
            .map(|_| {
                let line = numbers.below(LINES);
                let own: Vec<usize> = (0..self.systems).filter(|k| *k < self.large() || k % LINES == line).collect();
                // Two in three are on a small system, if there is one for them.
                let small = own.iter().filter(|k| **k >= self.large()).count();
                let at =
                    if small > 0 && !numbers.one_in(3) { own.len() - 1 - numbers.below(small) } else { numbers.below(own.len()) };
                (line, numbers.below(BODIES.len()), own[at], numbers.between(10, 180))
            })
            .collect();
        self.systems_to(&mut out, &services, &mut numbers);
        for (i, (line, body, system, users)) in services.iter().enumerate() {
            let _ = writeln!(
                out,
                "[services.s{i}]\nname = \"Service {i}\"\norganisation = \"{}\"\nusers = {users}\nneeds = \"line{line}\"\nsystem = \"i{system}\"",
                BODIES[*body]
            );
        }
        for i in 0..self.services.div_euclid(20) {
            let (first, then) = (numbers.below(self.services), numbers.below(self.services));
            if first != then {
                let _ =
                    writeln!(out, "[precedence.p{i}]\nservices = [\"s{then}\"]\nafter = \"s{first}\"\nbecause = \"Generated\"");
            }
        }
        let days = |body: usize| -> Vec<f64> {
            services.iter().filter(|s| s.1 == body).map(|(_, _, _, users)| 30.0 + 0.5 * number(*users)).collect()
        };
        let by: Vec<String> = (0..BODIES.len())
            .map(|b| {
                let days = days(b);
                // The work of a move is spread over two quarters.
                let most = days.iter().copied().fold(0.0, f64::max) / 2.0;
                format!("{} = {}", BODIES[b], self.capacity(days.iter().sum(), most))
            })
            .collect();
        let _ = writeln!(out, "[roles.team]\nname = \"Team\"\nday_rate = 400\ncapacity_by = {{ {} }}", by.join(", "));
        for kind in ["cross_product", "new_product", "instance_merge"] {
            let _ = writeln!(
                out,
                "[migration.{kind}]\noverlap_months = 3\nbuild_months = 6\ntraining = {{ hours = 8 }}\n\
                 [migration.{kind}.work.move]\nrole = \"team\"\ndays = 30\ndays_per_user = 0.5\nstarts = 2\n\
                 [migration.{kind}.work.data]\namount = 12_000\nstarts = 1"
            );
        }
        let ids: Vec<String> = (0..self.systems).map(|k| format!("\"i{k}\"")).collect();
        out += &self.optimise(&format!("targets = [{}]\n", ids.join(", ")));
        vec![SourceFile { name: "estate.toml".to_owned(), bytes: out.into_bytes() }]
    }

    /// Systems with what they can do and what they cost: the large have a large fee and a low price a user.
    fn systems_to(self, out: &mut String, services: &[(usize, usize, usize, usize)], numbers: &mut Numbers) {
        for line in 0..LINES {
            let able = |k: usize| k < self.large() || k % LINES == line;
            let coverage: Vec<String> = (0..self.systems).filter(|k| able(*k)).map(|k| format!("p{k} = 1")).collect();
            let _ = writeln!(
                out,
                "[capabilities.c{line}]\nname = \"Line {line}\"\ncoverage = {{ {} }}\n[needs]\nline{line} = {{ c{line} = \"must\" }}",
                coverage.join(", ")
            );
        }
        let needs: Vec<String> = out.lines().filter(|l| l.starts_with("line")).map(str::to_owned).collect();
        *out = out.lines().filter(|l| !l.starts_with("line") && *l != "[needs]").fold(String::new(), |out, l| out + l + "\n");
        let _ = writeln!(out, "[needs]\n{}", needs.join("\n"));
        for k in 0..self.systems {
            let large = k < self.large();
            let share = number(services.len()) / number(self.systems);
            let (fee, price) = if large {
                (share * number(numbers.between(9_000, 15_000)), numbers.between(90, 130))
            } else {
                (share * number(numbers.between(4_000, 9_000)), numbers.between(180, 320))
            };
            let _ = writeln!(
                out,
                "[products.p{k}]\nname = \"Product {k}\"\n[instances.i{k}]\nname = \"System {k}\"\nproduct = \"p{k}\"\n\
                 [contracts.k{k}]\nname = \"Licence {k}\"\ninstance = \"i{k}\"\nbody = \"{}\"\nend = {}-{}\nnotice_months = 6\n\
                 extension = {{ uplift = 0, months = 480 }}\n[contracts.k{k}.lines.fee]\nfixed = {fee}\n[contracts.k{k}.lines.users]\nper_user = {price}",
                BODIES[k % BODIES.len()],
                2027 + numbers.below(self.quarters.div_euclid(8) + 1),
                ["03-31", "06-30", "09-30"][numbers.below(3)],
            );
        }
    }

    /// The files with all mechanics.
    pub fn mechanics(self) -> Vec<SourceFile> {
        let size = Size { services: self.services, instances: self.systems, options: 8, years: self.years(), ranges: 3 };
        let mut files = scenario(size);
        // About what a move takes of each role, in days a user and for itself: see `change::migration`.
        let users = 95.0 * number(self.services);
        let capacity = self.capacity(0.3 * users + 40.0 * number(self.services), 0.0);
        for file in &mut files {
            if file.name == "migration.toml" {
                let text = String::from_utf8(file.bytes.clone()).expect("text");
                let own =
                    |line: &str| if line.starts_with("capacity = ") { format!("capacity = {capacity}") } else { line.to_owned() };
                file.bytes = text.lines().map(own).fold(String::new(), |out, line| out + &line + "\n").into_bytes();
            }
        }
        files.push(SourceFile { name: "optimise.toml".to_owned(), bytes: self.optimise("").into_bytes() });
        files
    }
}
