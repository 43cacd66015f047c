//! Names of things for people, from ids and lineage.

use crate::costing::Lineage;
use crate::programme::{EndKind, ExternalEndIx, InstanceIx, Programme, Work};
use std::collections::BTreeMap;

/// Names of what numbers belong to, by section and id.
pub(super) struct Inputs<'a>(BTreeMap<(&'static str, &'a str), &'a str>);

impl<'a> Inputs<'a> {
    /// Of a programme.
    pub(super) fn of(programme: &'a Programme) -> Self {
        let p = programme;
        let mut all = BTreeMap::new();
        all.extend(p.contracts.iter().map(|x| (("contracts", x.id.as_str()), x.name.as_str())));
        all.extend(p.services.iter().map(|x| (("services", x.id.as_str()), x.name.as_str())));
        all.extend(p.instances.iter().map(|x| (("instances", x.id.as_str()), x.name.as_str())));
        all.extend(p.external_ends.iter().map(|x| (("external_ends", x.id.as_str()), x.name.as_str())));
        all.extend(p.links.iter().map(|x| (("links", x.id.as_str()), x.name.as_str())));
        all.extend(p.roles.iter().map(|x| (("roles", x.id.as_str()), x.name.as_str())));
        all.extend(p.move_kinds.iter().map(|x| (("migration", x.id.as_str()), x.name.as_str())));
        all.extend(p.commitments.iter().map(|x| (("commitments", x.id.as_str()), x.name.as_str())));
        all.extend(p.streams.iter().map(|x| (("streams", x.id.as_str()), x.name.as_str())));
        all.extend(p.capabilities.iter().map(|x| (("capabilities", x.id.as_str()), x.name.as_str())));
        all.extend(p.hazards.iter().map(|x| (("hazards", x.id.as_str()), x.name.as_str())));
        all.extend(p.risks.iter().map(|x| (("risks", x.id.as_str()), x.name.as_str())));
        all.extend(p.products.iter().map(|x| (("products", x.id.as_str()), x.name.as_str())));
        Self(all)
    }

    fn name(&self, section: &'static str, id: &str) -> Option<&'a str> {
        self.0.get(&(section, id)).copied()
    }

    /// A number of the register in words: `contracts.ky.lines.users.bands[1].price` becomes "System Y
    /// licence: users, band 2, price".
    pub(super) fn words(&self, id: &str) -> String {
        let mut parts = id.split('.');
        let (section, entry) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let head = match NAMED.into_iter().find(|named| *named == section) {
            Some(section) => self.name(section, entry).unwrap_or(entry).to_owned(),
            None => section.replace('_', " ") + if entry.is_empty() { "" } else { ": " } + &entry.replace('_', " "),
        };
        let product = |p: &str| self.name("products", p).filter(|_| section == "capabilities").map(str::to_owned);
        let rest: Vec<String> =
            parts.filter(|p| *p != "lines" && *p != "work").map(|p| product(p).unwrap_or_else(|| part(p))).collect();
        if rest.is_empty() { head } else { format!("{head}: {}", rest.join(", ")) }
    }
}

/// Sections whose entries are called by their names.
const NAMED: [&str; 12] = [
    "hazards",
    "contracts",
    "services",
    "instances",
    "external_ends",
    "links",
    "roles",
    "migration",
    "commitments",
    "streams",
    "capabilities",
    "risks",
];

/// `bands[1]` as "band 2", `per_user` as "per user".
fn part(part: &str) -> String {
    let Some((list, index)) = part.strip_suffix(']').and_then(|p| p.split_once('[')) else { return part.replace('_', " ") };
    let one = list.strip_suffix('s').unwrap_or(list).replace('_', " ");
    index.parse::<usize>().map_or(one.clone(), |i| format!("{one} {}", i + 1))
}

/// What the numbers of a section are about, in words: of people who do not know the files of a scenario.
pub(super) fn section(section: &str) -> String {
    let words = match section {
        "burden" => "the burden on staff",
        "capabilities" => "what systems can do",
        "commitments" => "moves that are decided already",
        "external_ends" => "what systems are joined to outside",
        "flows" => "contacts and staff that services share",
        "instances" => "running systems",
        "migration" => "what moves take",
        "optimism_bias" => "optimism bias",
        "roles" => "teams and their day rates",
        "same_instance" => "what is seen on one system",
        "services" => "services and their users",
        "staff_time" => "staff time",
        "streams" => "further costs and benefits",
        other => return other.replace('_', " "),
    };
    words.to_owned()
}

/// What a cost line is, in words.
pub(crate) fn lineage(programme: &Programme, lineage: Lineage) -> String {
    let p = programme;
    match lineage {
        Lineage::Contract(c, line) => format!("{}: {}", p.contracts[c.0].name, p.contracts[c.0].lines[line].id.replace('_', " ")),
        Lineage::Renewal(c) => format!("Procuring the renewal of {}", p.contracts[c.0].name),
        Lineage::Route(c, route) => {
            let contract = &p.contracts[c.0];
            format!("Adding users to {} by {}", contract.name, contract.routes[route].kind.word().replace('_', " "))
        }
        Lineage::Reprocurement(c) => format!("Procuring {} anew", p.contracts[c.0].name),
        Lineage::Consent(c) => format!("Consent to the passing of {}", p.contracts[c.0].name),
        Lineage::OnExit(c) => format!("Doing without {}", p.contracts[c.0].name),
        Lineage::Retained(c) => format!("Left with the provider of {}", p.contracts[c.0].name),
        Lineage::EndExit(c) => format!("Moving on from {}", p.contracts[c.0].name),
        Lineage::MoveWork(s, kind, item) => {
            let item = &p.move_kinds[kind.0].work[item];
            let role = match &item.work {
                Work::Days { role, .. } => format!(" ({})", p.roles[role.0].name),
                Work::Money { .. } => String::new(),
            };
            format!("Moving {}: {}{role}", p.services[s.0].name, item.id.replace('_', " "))
        }
        Lineage::Hazard(s, hazard) => {
            format!("Clinical safety in moving {}: {}", p.services[s.0].name, p.hazards[hazard].name)
        }
        Lineage::Training(s) => format!("Training for {}", p.services[s.0].name),
        Lineage::Dip(s) => format!("Hours lost after go-live in {}", p.services[s.0].name),
        Lineage::TeamHold => "Holding the programme team while go-lives slip".to_owned(),
        Lineage::LinkWork(l, item) => {
            format!("Building {}: {}", p.links[l.0].name, p.links[l.0].build[item].id.replace('_', " "))
        }
        Lineage::LinkEnds(l) => format!("Building the ends of {}", p.links[l.0].name),
        Lineage::LinkRun(l) => format!("Running {}", p.links[l.0].name),
        Lineage::LinkYearly(l, item) => {
            format!("Every year of {}: {}", p.links[l.0].name, p.links[l.0].yearly[item].id.replace('_', " "))
        }
        Lineage::EndRun(i, end) => format!("{}: keeping it up", joint(p, i, end)),
        Lineage::EndBuild(i, end) => format!("{}: building it", joint(p, i, end)),
        Lineage::EndWork(i, end, item) => {
            format!("{}: {}", joint(p, i, end), p.external_ends[end.0].work[item].id.replace('_', " "))
        }
        Lineage::ArchiveOnce(i, s) => format!("Records left on {}: {}", p.instances[i.0].name, lower(strategy(p, i, s))),
        Lineage::ArchiveRun(i, s) => format!("Archive of {}: {}", p.instances[i.0].name, lower(strategy(p, i, s))),
        Lineage::Rekeying(i, s) => format!("Records left on {}: {}", p.instances[i.0].name, lower(strategy(p, i, s))),
        Lineage::SubjectAccess(i) => format!("Requests for records while those of {} are apart", p.instances[i.0].name),
        Lineage::Commitment(c) => format!("Completing {}", p.commitments[c.0].name),
        Lineage::InstanceRun(i) => format!("Running {}", p.instances[i.0].name),
        Lineage::InstanceStaff(i, staff) => {
            let instance = &p.instances[i.0];
            format!("Running {}: {}", instance.name, p.roles[instance.run.staff[staff].role.0].name)
        }
        Lineage::Stream(s) => p.streams[s].name.clone(),
        Lineage::Risk(r) => format!("Risk: {}", p.risks[r].name),
        Lineage::Prevention(r) => format!("Preventing: {}", p.risks[r].name),
    }
}

/// The name of a strategy for what is left on an instance.
fn strategy(p: &Programme, instance: InstanceIx, strategy: usize) -> &str {
    p.instances[instance.0].archive.as_ref().map_or("", |a| a.strategies[strategy].name.as_str())
}

/// What joins a system to something outside the scenario.
fn joint(p: &Programme, instance: InstanceIx, end: ExternalEndIx) -> String {
    let (end, system) = (&p.external_ends[end.0], &p.instances[instance.0].name);
    match end.kind {
        EndKind::Interface => format!("Interface of {system} to {}", end.name),
        EndKind::StatutoryReturn => format!("Return from {system}, {}", end.name),
        EndKind::NationalService => format!("Connection of {system} to {}", end.name),
    }
}

/// `a, b and c`.
pub(super) fn list(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// Small numbers in words.
pub(super) fn count(n: usize) -> String {
    let words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    words.get(n).map_or_else(|| n.to_string(), |w| (*w).to_owned())
}

/// A text with its first letter small, unless it is an abbreviation.
pub(super) fn lower(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next();
    let rest: String = letters.collect();
    match first {
        Some(f) if !rest.starts_with(char::is_uppercase) => f.to_lowercase().chain(rest.chars()).collect(),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_counts_are_words() {
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
        assert_eq!(count(3), "three");
        assert_eq!(lower("Record visible"), "record visible");
        assert_eq!(lower("EPR cost"), "EPR cost");
    }

    #[test]
    fn list_positions_count_from_one() {
        assert_eq!(part("bands[1]"), "band 2");
        assert_eq!(part("per_user"), "per user");
    }
}
