//! `[optimism_bias]`.

use super::{Section, Shape, entries};
use crate::assumption::Unit;
use crate::parameters::ParameterSet;
use crate::programme::{BiasLevel, Mitigated, OptimismBias, RiskArea};
use crate::scenario::document::Table;
use crate::scenario::fields::{Field, Fields, PROVENANCE, may, must};
use crate::scenario::kind::{Keys, Kind};
use crate::scenario::problem::{Code, Problem, one_of};
use crate::scenario::reading::Reading;

/// `[optimism_bias]`.
pub(crate) const OPTIMISM_BIAS: Section = Section {
    name: "optimism_bias",
    shape: Shape::Keyed,
    doc: "Uplifts on money and duration that work items, links, streams and kinds of move refer to. Own evidence first, the published table second (Green Book 2026, 6.79).",
    entry: Kind::Table(&[
        &[
            may(
                "type",
                Kind::Name("project type of the parameter set"),
                "Takes upper, middle or lower bound from the published table",
            ),
            may("level", Kind::OneOf(&["lower", "midpoint", "upper"]), "Which bound; upper if not given"),
            may("money", Kind::Number(Unit::Uplift), "Own evidence on money, instead of the table"),
            may("duration", Kind::Number(Unit::Uplift), "Own evidence on duration, instead of the table"),
            may("mitigated", Kind::Number(Unit::Share), "Share managed away by mitigation that is paid for"),
            may(
                "areas",
                Kind::Map(Keys::Own("area"), &Kind::Table(&[AREA, PROVENANCE])),
                "The same by area of risk, instead of `mitigated` (Mott MacDonald 2002, section 4): the mitigated bias is U x (1 - sum of contribution x managed)",
            ),
        ],
        PROVENANCE,
    ]),
};

/// Keys of an area of risk.
const AREA: &[Field] = &[
    must("contribution", Kind::Number(Unit::Share), "Share of the bias that it explains; those of all areas come to 1 at most"),
    must("managed", Kind::Number(Unit::Share), "Share of that which is managed away by mitigation that is paid for"),
];

/// Reads `[optimism_bias]`.
pub(in crate::scenario) fn biases(reading: &Reading, root: &Table, parameters: &ParameterSet) -> Vec<OptimismBias> {
    entries(reading, root, &OPTIMISM_BIAS).into_iter().map(|(id, fields)| bias(id, &fields, parameters)).collect()
}

/// A share of the whole, or shares by area of risk.
fn mitigation(fields: &Fields<'_>) -> Mitigated {
    if !fields.has("areas") {
        return Mitigated::Share(fields.number_or("mitigated", Unit::Share, 0.0, "no mitigation is claimed unless it is given"));
    }
    if fields.has("mitigated") {
        let problem = Problem::new(Code::BiasShape, fields.at("mitigated"), format!("`{}` is mitigated twice", fields.path));
        fields.reading.report(problem.also(fields.at("areas"), "by area of risk here").hint("keep one of the two"));
    }
    let areas: Vec<RiskArea> = fields
        .subs("areas", &[AREA, PROVENANCE])
        .into_iter()
        .map(|(id, area)| {
            area.check_provenance();
            RiskArea {
                id: id.to_owned(),
                contribution: area.number_required("contribution", Unit::Share),
                managed: area.number_required("managed", Unit::Share),
            }
        })
        .collect();
    let register = fields.reading.register();
    let sum: f64 = areas.iter().map(|a| register.get(a.contribution.handle()).likely).sum();
    drop(register);
    if sum > 1.0 + 1e-9 {
        let message = format!("the areas of `{}` explain {}% of the bias", fields.path, (100.0 * sum).round());
        fields.reading.report(
            Problem::new(Code::BiasShape, fields.at("areas"), message)
                .hint("contributions are shares of the whole bias and come to 100% at most"),
        );
    }
    Mitigated::Areas(areas)
}

fn bias(id: String, fields: &Fields<'_>, parameters: &ParameterSet) -> OptimismBias {
    fields.check_provenance();
    let mitigated = mitigation(fields);
    let Some(project_type) = fields.text("type") else {
        if !fields.has("money") && !fields.has("duration") {
            fields.missing("money");
        }
        let money = fields.number_or("money", Unit::Uplift, 0.0, "own evidence is on duration only");
        return OptimismBias {
            id,
            level: BiasLevel::OwnEvidence,
            money,
            duration: fields.number("duration", Unit::Uplift),
            mitigated,
        };
    };
    let levels = [("lower", ("lower", 0.0)), ("midpoint", ("midpoint", 0.5)), ("upper", ("upper", 1.0))];
    let (level, share): (&str, f64) = fields.choice("level", &levels).unwrap_or(("upper", 1.0));
    let bounds = parameters.optimism_bias.get(&project_type).copied();
    if bounds.is_none() {
        let known: Vec<&str> = parameters.optimism_bias.keys().map(String::as_str).collect();
        let problem = Problem::new(
            Code::BiasShape,
            fields.at("type"),
            format!("{} has no project type `{project_type}`", parameters.title),
        );
        fields.reading.report(problem.hint(format!("write {}", one_of(&known))));
    }
    let between = |(low, high): (f64, f64)| low + share * (high - low);
    let basis = format!("{level} bound for {project_type}: {}", parameters.optimism_bias_source);
    let money = fields.number_or("money", Unit::Uplift, bounds.map_or(0.0, |b| between(b.money)), &basis);
    let duration = match bounds.and_then(|b| b.duration) {
        Some(d) => Some(fields.number_or("duration", Unit::Uplift, between(d), &basis)),
        None => fields.number("duration", Unit::Uplift),
    };
    OptimismBias { id, level: BiasLevel::Table { project_type, level: level.to_owned() }, money, duration, mitigated }
}
