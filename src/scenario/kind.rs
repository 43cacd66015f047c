//! What may stand under a key. From one declaration follow the words of the scenario reference and of
//! hints, the JSON Schema of the value, and an example.

use super::fields::{PROVENANCE, Spec};
use super::problem::one_of;
use crate::assumption::Unit;

/// Kind of the value under a key.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    /// Text in quotes.
    Text,
    /// Text that says something of its own, in words: `slot`, `reason`.
    Name(&'static str),
    /// `true` or `false`.
    Flag,
    /// A number of the register in a unit: plain, or an estimate.
    Number(Unit),
    /// The plain number of an estimate, in the unit that the estimate has.
    InUnit,
    /// A plain number, judgement or structure rather than an assumption: what it counts, smallest, largest.
    Plain(&'static str, f64, f64),
    /// A whole number: what it counts, smallest, largest.
    Whole(&'static str, usize, usize),
    /// A day.
    Date,
    /// A month: a day in it, or the first of a quarter or of a financial year.
    Month,
    /// The first day of a quarter.
    GoLive,
    /// A financial year.
    Year,
    /// One of some words.
    OneOf(&'static [&'static str]),
    /// The id of an entry of a section.
    Id(&'static str),
    /// A word of this engine, a colon and the id of an entry of a section.
    Tagged(&'static str, &'static str),
    /// Ids of `[sources]`, separated by `;`.
    Sources,
    /// A list of ids of a section, or one text with `;` between them.
    Ids(&'static str),
    /// A list of texts, or one text with `;` between them.
    Texts,
    /// A list of values.
    List(&'static Self),
    /// A table.
    Table(Spec),
    /// A list of tables.
    Tables(Spec),
    /// A table whose keys are names, all with the same kind of value.
    Map(Keys, &'static Self),
    /// One of several kinds.
    Either(&'static [Self]),
}

/// What the keys of a [`Kind::Map`] are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keys {
    /// Ids of a section.
    Of(&'static str),
    /// Financial years.
    Years,
    /// Names that the author gives here: of what.
    Own(&'static str),
}

/// Keys of a table that are named in words; of a longer one the first few.
const NAMED: usize = 4;

impl Kind {
    /// What may stand there, in words, with its unit.
    #[must_use]
    pub(super) fn words(&self) -> String {
        match self {
            Self::Text => "text".to_owned(),
            Self::Name(words) => (*words).to_owned(),
            Self::Flag => "true or false".to_owned(),
            Self::Number(unit) => match unit {
                Unit::RatePerYear | Unit::Uplift => format!("{}, such as {}", unit.label(), unit_example(*unit)),
                _ => unit.label().to_owned(),
            },
            Self::InUnit => "number".to_owned(),
            Self::Plain(what, _, _) => (*what).to_owned(),
            Self::Whole(what, low, high) => format!("whole {what}, {low} to {high}"),
            Self::Date => "date".to_owned(),
            Self::Month => "month".to_owned(),
            Self::GoLive => "first day of a quarter".to_owned(),
            Self::Year => "financial year".to_owned(),
            Self::OneOf([word]) => format!("\"{word}\""),
            Self::OneOf(words) => one_of(words),
            Self::Id(section) => id_of(section),
            Self::Tagged(tag, _) => format!("{tag}:ID"),
            Self::Sources => "source ids, separated by `;`".to_owned(),
            Self::Ids(section) => format!("list of {}", plural(&id_of(section))),
            Self::Texts => "list of texts".to_owned(),
            Self::List(of) => format!("list of {}", plural(&of.words())),
            Self::Table(spec) => keys(spec),
            Self::Tables(spec) => format!("list of {}", keys(spec)),
            Self::Map(names, value) => format!("table of {} to {}", names.words(), value.words()),
            Self::Either(kinds) => {
                let all: Vec<String> = kinds.iter().flat_map(Self::alternatives).collect();
                one_of(&all.iter().map(String::as_str).collect::<Vec<_>>())
            }
        }
    }

    /// Its words, one by one where it is some words to choose from.
    fn alternatives(&self) -> Vec<String> {
        match self {
            Self::OneOf(words) if words.len() > 1 => words.iter().map(|w| (*w).to_owned()).collect(),
            _ => vec![self.words()],
        }
    }

    /// Something that may be written there, where that says more than the words do.
    #[must_use]
    pub(super) fn example(&self) -> Option<&'static str> {
        match self {
            Self::Number(unit) => Some(unit_example(*unit)).filter(|_| !matches!(unit, Unit::RatePerYear | Unit::Uplift)),
            Self::Date => Some("2027-03-31"),
            Self::Month => Some("2026-10-01 or \"2026/27 Q3\""),
            Self::GoLive => Some("2026-10-01 or \"2026/27 Q3\""),
            Self::Year => Some("\"2026/27\""),
            Self::Either(kinds) => kinds.first().and_then(Self::example),
            _ => None,
        }
    }

    /// Whether a kind, or one of those it may be, fulfils a condition.
    pub(super) fn any(&self, fits: &impl Fn(&Self) -> bool) -> bool {
        fits(self) || matches!(self, Self::Either(kinds) if kinds.iter().any(|k| k.any(fits)))
    }

    /// Tables within it: what to add to the name of the key, and their keys.
    pub(super) fn tables(&self) -> Vec<(String, Spec)> {
        match self {
            Self::Table(spec) => vec![(String::new(), *spec)],
            Self::Tables(spec) => vec![("[]".to_owned(), *spec)],
            Self::Map(names, value) => {
                let below = value.tables().into_iter();
                below.map(|(suffix, spec)| (format!(".{}{suffix}", names.placeholder()), spec)).collect()
            }
            Self::Either(kinds) => kinds.iter().flat_map(Self::tables).collect(),
            _ => Vec::new(),
        }
    }
}

impl Keys {
    fn words(self) -> String {
        match self {
            Self::Of(section) => id_of(section),
            Self::Years => "financial year".to_owned(),
            Self::Own(what) => format!("{what} id"),
        }
    }

    /// What stands for any of the keys in headings.
    fn placeholder(self) -> String {
        match self {
            Self::Of(section) => singular(section).unwrap_or("id").to_uppercase(),
            Self::Years => "YEAR".to_owned(),
            Self::Own(what) => what.to_uppercase(),
        }
    }
}

/// How a number in a unit may be written.
fn unit_example(unit: Unit) -> &'static str {
    match unit {
        Unit::RatePerYear => "\"4%\"",
        Unit::Uplift => "\"10%\"",
        Unit::Share => "\"85%\" or 0.85",
        Unit::Pounds | Unit::PoundsPerYear => "250_000 or \"£250k\"",
        _ if unit.is_money() => "190 or \"£190\"",
        Unit::Users | Unit::Patients | Unit::ContactsPerYear => "1_200",
        _ => "6",
    }
}

/// The keys of a table, without those that say where its numbers come from.
fn keys(spec: Spec) -> String {
    let own = spec.iter().filter(|group| **group != PROVENANCE);
    let names: Vec<&str> = own.flat_map(|group| group.iter()).map(|f| f.key).collect();
    if names.len() > NAMED { format!("{{ {}, … }}", names[..NAMED].join(", ")) } else { format!("{{ {} }}", names.join(", ")) }
}

/// "organisation id"; "id of [migration]" where entries have no word of their own.
fn id_of(section: &str) -> String {
    singular(section).map_or_else(|| format!("id of [{section}]"), |word| format!("{word} id"))
}

fn singular(section: &str) -> Option<&'static str> {
    let word = match section {
        "organisations" => "organisation",
        "products" => "product",
        "instances" => "instance",
        "capabilities" => "capability",
        "services" => "service",
        "contracts" => "contract",
        "external_ends" => "external end",
        "links" => "link",
        "roles" => "role",
        "options" => "option",
        "criteria" => "criterion",
        _ => return None,
    };
    Some(word)
}

fn plural(words: &str) -> String {
    match words.strip_prefix("id of ") {
        Some(section) => format!("ids of {section}"),
        None => format!("{words}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::fields::{Field, may, must};

    const STEP: &[Field] = &[may("months", Kind::Whole("months", 1, 12), ""), must("share", Kind::Number(Unit::Share), "")];

    #[test]
    fn kinds_are_said_in_words() {
        let said = |kind: Kind| kind.words();
        assert_eq!(said(Kind::Number(Unit::PoundsPerUserYear)), "£ a user a year");
        assert_eq!(said(Kind::Number(Unit::Uplift)), "uplift, such as \"10%\"");
        assert_eq!(said(Kind::Whole("years", 1, 60)), "whole years, 1 to 60");
        assert_eq!(said(Kind::OneOf(&["equal", "seats", "none"])), "equal, seats or none");
        assert_eq!(said(Kind::Ids("services")), "list of service ids");
        assert_eq!(said(Kind::Id("migration")), "id of [migration]");
        assert_eq!(said(Kind::Map(Keys::Of("links"), &Kind::GoLive)), "table of link id to first day of a quarter");
        assert_eq!(said(Kind::Tables(&[STEP, PROVENANCE])), "list of { months, share }");
        let start = Kind::Either(&[Kind::Month, Kind::OneOf(&["first", "last"]), Kind::Tagged("link", "links")]);
        assert_eq!(said(start), "month, first, last or link:ID");
        let except = Kind::Map(Keys::Of("services"), &Kind::Either(&[Kind::OneOf(&["retain"]), Kind::Id("instances")]));
        assert_eq!(said(except), "table of service id to \"retain\" or instance id");
    }

    #[test]
    fn tables_within_are_found_with_their_place() {
        let adoption = Kind::Either(&[Kind::Number(Unit::Share), Kind::Tables(&[STEP])]);
        assert_eq!(adoption.tables(), [("[]".to_owned(), &[STEP] as Spec)]);
        let of = Kind::Map(Keys::Of("criteria"), &Kind::Table(&[STEP]));
        assert_eq!(of.tables(), [(".CRITERION".to_owned(), &[STEP] as Spec)]);
    }
}
