//! A contract given by its yearly value: a fixed part, and the rest for each of those who use its system now.

use crate::assumption::{Assumed, Unit};
use crate::programme::{Band, Banding, ContractLine, InstanceIx, LineBasis, Meter, Part, Rest, Service, TrueUp};
use crate::quantity::pounds;
use crate::scenario::fields::Fields;
use crate::scenario::problem::{Code, Problem};

/// The lines of a yearly value A with fixed share s and u users at the start: A x s a year, and A x (1 - s) / u for each
/// user; all of it fixed for a contract that licenses no system.
pub(super) fn lines(f: &Fields<'_>, instance: Option<InstanceIx>, services: &[Service]) -> Vec<ContractLine> {
    let fixed = f.number("fixed_share", Unit::Share);
    let minimum = f.number("minimum_share", Unit::Share);
    let Some(annual) = f.number("annual", Unit::PoundsPerYear) else {
        for key in ["fixed_share", "minimum_share"].into_iter().filter(|key| f.has(key) && !f.has("annual")) {
            let message = format!("`{}` has no `annual` that `{key}` could be a share of", f.path);
            f.reading.report(Problem::new(Code::LineBasis, f.at(key), message).hint("add `annual`, or remove it"));
        }
        return Vec::new();
    };
    if f.has("lines") {
        let problem =
            Problem::new(Code::LineBasis, f.at("annual"), format!("`{}` is charged by its yearly value and by lines", f.path));
        f.reading.report(problem.also(f.at("lines"), "by lines here").hint("keep one of the two"));
        return Vec::new();
    }
    let Some(instance) = instance else { return vec![line("fixed", fixed_line(annual), None)] };
    let Some(fixed) = fixed else {
        if !f.has("fixed_share") {
            f.missing("fixed_share");
        }
        return Vec::new();
    };
    let users = users(f, instance, services);
    if users <= 0.0 {
        let message = format!(
            "nobody uses the system of `{}` as the appraisal starts, so its yearly value cannot be shared among users",
            f.path
        );
        let problem = Problem::new(Code::LineBasis, f.at("annual"), message);
        f.reading.report(problem.hint("write its price in `lines`: `fixed`, `per_user` or both").following());
        return Vec::new();
    }
    unlikely(f, annual, users);
    let rest = LineBasis::Metered {
        meter: Meter::NamedUsers,
        bands: vec![Band { up_to: None, price: annual }],
        banding: Banding::Marginal,
        minimum: None,
        true_up: TrueUp::default(),
    };
    vec![
        line("fixed", fixed_line(annual), Some(Part { fixed, rest: None })),
        line("users", rest, Some(Part { fixed, rest: Some(Rest { among: users, least: minimum }) })),
    ]
}

/// Pounds a user and year below which thousands are more likely to be meant than pounds.
const LEAST_PER_USER: f64 = 2.0;

fn unlikely(f: &Fields<'_>, annual: Assumed<f64>, users: f64) {
    let amount = f.reading.register().get(annual.handle()).likely;
    if amount > 0.0 && amount < LEAST_PER_USER * users {
        let message = format!(
            "`{}.annual` is {} a year for {users} users, less than {} each",
            f.path,
            pounds(amount),
            pounds(LEAST_PER_USER)
        );
        let hint = format!("give it in pounds: if thousands are meant, write {amount}_000");
        f.reading.report(Problem::new(Code::UnlikelyAmount, f.at("annual"), message).hint(hint).warning());
    }
}

fn fixed_line(amount: Assumed<f64>) -> LineBasis {
    LineBasis::Fixed { amount, covers: None }
}

fn line(id: &str, basis: LineBasis, part: Option<Part>) -> ContractLine {
    ContractLine { id: id.to_owned(), basis, part, asset: None }
}

/// Users of a system as the appraisal starts, service by service, as likely.
fn users(f: &Fields<'_>, instance: InstanceIx, services: &[Service]) -> f64 {
    let register = f.reading.register();
    let on = |s: &Service| {
        let own = s.slots.iter().filter(|slot| slot.instance == instance);
        own.map(|slot| register.get(s.users_of(slot).handle()).likely).fold(0.0, f64::max)
    };
    services.iter().map(on).sum()
}
