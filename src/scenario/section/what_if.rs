//! `[what_ifs]`: the same options in another world.

use super::{Section, Shape, entries, option};
use crate::programme::{Change, How, WhatIf};
use crate::scenario::document::Table;
use crate::scenario::fields::{Fields, Spec, may, must};
use crate::scenario::kind::{Keys, Kind};
use crate::scenario::problem::{Code, Problem};
use crate::scenario::reading::Reading;

const CHANGE: Spec = &[&[
    must(
        "which",
        Kind::Name("driver, or path of a number with `*` for anything"),
        "Which numbers, such as \"dip\" or \"streams.*.per_year\"",
    ),
    may("times", Kind::Plain("number", 0.0, 1_000.0), "How many times what they are they become"),
    may("to", Kind::Plain("number", -1e11, 1e11), "What they become, in the unit of the key; this or `times`"),
]];

/// `[what_ifs]`.
pub(crate) const WHAT_IFS: Section = Section {
    name: "what_ifs",
    shape: Shape::Ordered,
    doc: "Named what-ifs: every option in another world, beside the central case.",
    entry: Kind::Table(&[&[
        may("name", Kind::Text, "Name; the id if not given"),
        may("because", Kind::Text, "Why it is asked"),
        may("numbers", Kind::Tables(CHANGE), "Numbers that are others"),
        may(
            "slip_months",
            Kind::Whole("months", 1, 120),
            "Months by which every go-live of an option's own slips, of moves and of links that it builds; not commitments",
        ),
        may(
            "expiry",
            Kind::Map(Keys::Of("contracts"), &Kind::OneOf(&["extend", "renew", "reprocure", "exit"])),
            "What becomes of contracts that end, in every option",
        ),
    ]]),
};

/// Reads `[what_ifs]`.
pub(in crate::scenario) fn what_ifs(reading: &Reading, root: &Table) -> Vec<WhatIf> {
    entries(reading, root, &WHAT_IFS).into_iter().map(|(id, f)| what_if(id, &f)).collect()
}

fn what_if(id: String, f: &Fields<'_>) -> WhatIf {
    // A key that is misspelt is told as such.
    if f.table.entries.keys().all(|key| ["name", "because"].contains(&key.as_str())) {
        let message = format!("`{}` changes nothing", f.path);
        f.reading.report(Problem::new(Code::WhatIf, f.table.at, message).hint("give numbers, slip_months or expiry"));
    }
    WhatIf {
        name: f.text("name").unwrap_or_else(|| id.clone()),
        id,
        because: f.text("because"),
        numbers: f.tables("numbers", CHANGE).iter().filter_map(change).collect(),
        slip: f.whole("slip_months", (1, 120)).unwrap_or(0),
        expiry: option::expiry(f),
    }
}

fn change(f: &Fields<'_>) -> Option<Change> {
    let which = f.text_required("which");
    let how = match (f.plain("times", (0.0, 1_000.0)), f.plain("to", (-1e11, 1e11))) {
        (Some(times), None) if (times - 1.0).abs() < f64::EPSILON => {
            let message = format!("`{}.times` is 1, which changes nothing", f.path);
            f.reading.report(Problem::new(Code::WhatIf, f.at("times"), message).hint("1.1 is a tenth more, 0.9 a tenth less"));
            return None;
        }
        (Some(times), None) if !f.has("to") => How::Times(times),
        (None, Some(number)) if !f.has("times") => How::To(number),
        // One of them is there and was refused.
        (None, None) if f.has("times") != f.has("to") => return None,
        _ => {
            let message = format!("`{}` does not say what its numbers become", f.path);
            f.reading.report(Problem::new(Code::WhatIf, f.table.at, message).hint("give one of `times` and `to`"));
            return None;
        }
    };
    Some(Change { which, how })
}
