//! A scenario of any size, for measuring and for laws that must hold at scale. The same size gives the
//! same bytes: no clock, no randomness but the sequence below.
//!
//! The structure is that of a merged trust, the amounts are invented: services of four bodies in twelve
//! places on instances of six products, a third of them with a second system, contracts with bands, minimum
//! and indexation, all kinds of move, three flows a service.

#![allow(dead_code, unreachable_pub, reason = "each test and bench uses some of it")]

mod change;
mod estate;
pub mod roadmap;

use appraise::scenario::SourceFile;
use std::fmt::Write;

/// How large.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Services.
    pub services: usize,
    /// Instances, at least 6: the products take turns.
    pub instances: usize,
    /// Options, business as usual included.
    pub options: usize,
    /// Years after year 0.
    pub years: usize,
    /// One number in so many has a range.
    pub ranges: usize,
}

/// The size that an appraisal must manage in two seconds.
pub const LARGE: Size = Size { services: 1000, instances: 20, options: 8, years: 10, ranges: 3 };

/// The same with a range on every number, so that every number is asked for its switching value.
pub const ALL_RANGES: Size = Size { ranges: 1, ..LARGE };

/// A few services with everything that the large one has.
pub const SMALL: Size = Size { services: 24, instances: 7, options: 8, years: 10, ranges: 3 };

/// The files of a scenario of this size.
pub fn scenario(size: Size) -> Vec<SourceFile> {
    let mut numbers = Numbers { state: 0x5eed, ranges: size.ranges };
    let services = estate::services(size, &mut numbers);
    let file = |name: &str, text: String| SourceFile { name: name.to_owned(), bytes: text.into_bytes() };
    vec![
        file("appraisal.toml", opening(size)),
        file("capabilities.csv", estate::capabilities(&mut numbers)),
        file("contracts.toml", estate::contracts(size, &services, &mut numbers)),
        file("criteria.toml", criteria(size)),
        file("estate.toml", estate::bodies_and_systems(size, &mut numbers)),
        file("flows.csv", estate::flows(size, &mut numbers)),
        file("links.toml", change::links(&mut numbers)),
        file("migration.toml", change::migration(&mut numbers)),
        file("options.toml", change::options(size)),
        file("services.csv", estate::services_csv(&services, &mut numbers)),
        file("streams.toml", change::streams(&mut numbers)),
    ]
}

fn opening(size: Size) -> String {
    format!(
        "[appraisal]\nid = \"generated-{}\"\ntitle = \"Generated: {} services\"\nas_at = 2026-06-15\nyear0 = \"2026/27\"\nhorizon = {}\nlead = \"new_trust\"\n\n\
         [sources.s]\ntitle = \"Generated\"\n\n[deflator]\nrate = \"2%\"\nsource = \"s\"\nevidence = \"estimate\"\n",
        size.services, size.services, size.years
    )
}

fn criteria(size: Size) -> String {
    let scale = |each: usize| each * size.services;
    let mut out = String::from("[criteria.impact]\n");
    let leaf = |id: &str, parent: &str, zero: String, hundred: &str| {
        format!("[criteria.{id}]\n{parent}measure = \"{id}\"\nanchors = {{ zero = {zero}, hundred = {hundred} }}\n")
    };
    let impact = "parent = \"impact\"\n";
    out += &leaf("visibility", impact, "0".to_owned(), "1");
    out += &leaf("burden", impact, scale(4_000).to_string(), "0");
    out += &leaf("disruption", impact, scale(4_000).to_string(), "0");
    out += &leaf("resilience", impact, "1".to_owned(), "0");
    out += &leaf("capability", "", "0".to_owned(), "1");
    out += &leaf("cost", "", scale(1_500_000).to_string(), "0");
    out += &leaf("dual_running", "", scale(400_000).to_string(), "0");
    out += &leaf("effort", "", scale(1_500).to_string(), "0");
    for (panel, points) in [
        ("clinicians", [100, 60, 50, 25, 80, 60, 15, 30]),
        ("finance", [40, 15, 20, 20, 25, 100, 25, 30]),
        ("patients", [100, 20, 70, 40, 60, 40, 10, 15]),
    ] {
        let ids = ["visibility", "burden", "disruption", "resilience", "capability", "cost", "dual_running", "effort"];
        let points: Vec<String> = ids.iter().zip(points).map(|(id, p)| format!("{id} = {p}")).collect();
        let _ = writeln!(out, "[panels.{panel}]\npoints = {{ {} }}", points.join(", "));
    }
    out
}

/// The sequence that everything is drawn from: SplitMix64 (Steele, Lea and Flood 2014).
struct Numbers {
    state: u64,
    ranges: usize,
}

impl Numbers {
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A whole number below `end`.
    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).expect("below a usize")
    }

    /// A whole number from `from` up to but not including `to`.
    fn between(&mut self, from: usize, to: usize) -> usize {
        from + self.below(to - from)
    }

    /// Whether this is one of `of` that take turns at random.
    fn one_in(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }

    /// A number as TOML: for one in three an estimate from half to double.
    fn toml(&mut self, likely: f64) -> String {
        match self.range(likely) {
            Some((low, high)) => format!(
                "{{ low = {low}, likely = {likely}, high = {high}, evidence = \"estimate\", quality = \"red\", basis = \"Half to double\" }}"
            ),
            None => likely.to_string(),
        }
    }

    /// A share as TOML.
    fn share(&mut self, likely: f64) -> String {
        match self.range(likely) {
            Some((low, high)) => {
                format!("{{ low = {low}, likely = {likely}, high = {}, evidence = \"estimate\" }}", high.min(1.0))
            }
            None => likely.to_string(),
        }
    }

    /// A number as three CSV cells, low, likely and high; no more than `most`.
    fn cells(&mut self, likely: f64, most: f64) -> String {
        match self.range(likely) {
            Some((low, high)) => format!("{low},{likely},{}", high.min(most)),
            None => format!(",{likely},"),
        }
    }

    fn range(&mut self, likely: f64) -> Option<(f64, f64)> {
        self.one_in(self.ranges).then_some((likely / 2.0, likely * 2.0))
    }
}
