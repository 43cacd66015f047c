//! Keys of a criterion that say how PROMETHEE reads a difference on it.

use crate::programme::Preference;
use crate::scenario::fields::{Field, Fields, may};
use crate::scenario::kind::Kind;
use crate::scenario::problem::{Code, Problem};

/// Sizes of a difference.
const SIZE: (f64, f64) = (0.0, 1e12);

pub(super) const PREFERENCE: &[Field] = &[
    may(
        "preference",
        Kind::OneOf(&Preference::WORDS),
        "Preference function of PROMETHEE, a check by other methods that changes no score; linear, with thresholds at 5% and 30% of the way between the anchors, if not given",
    ),
    may(
        "indifference",
        Kind::Plain("number", SIZE.0, SIZE.1),
        "Largest difference in the measure that does not count (u_shape, level, linear)",
    ),
    may(
        "preference_threshold",
        Kind::Plain("number", SIZE.0, SIZE.1),
        "Difference in the measure from which on preference is in full (v_shape, level, linear)",
    ),
    may("sigma", Kind::Plain("number", SIZE.0, SIZE.1), "Difference in the measure at which preference grows fastest (gaussian)"),
];

/// The thresholds that each function takes, in the order of [`Preference::WORDS`].
const THRESHOLDS: [&[&str]; 6] = [
    &[],
    &["indifference"],
    &["preference_threshold"],
    &["indifference", "preference_threshold"],
    &["indifference", "preference_threshold"],
    &["sigma"],
];

/// None if the author gives none, or what is given does not make one, which is reported.
pub(super) fn read(f: &Fields<'_>) -> Option<Preference> {
    let words: Vec<(&str, usize)> = Preference::WORDS.iter().enumerate().map(|(i, w)| (*w, i)).collect();
    let thresholds = ["indifference", "preference_threshold", "sigma"];
    let given: Vec<&str> = thresholds.into_iter().filter(|k| f.has(k)).collect();
    if !f.has("preference") {
        if let Some(key) = given.first() {
            refuse(
                f,
                key,
                format!("`{}` has a `{key}` and no preference function", f.path),
                "give `preference`, or leave it out",
            );
        }
        return None;
    }
    let at = f.choice("preference", &words)?;
    let needed = THRESHOLDS[at];
    let word = Preference::WORDS[at];
    if given != needed {
        let takes = if needed.is_empty() { "no threshold".to_owned() } else { needed.join(" and ") };
        let message = format!("the preference function of `{}` is {word}, which takes {takes}", f.path);
        refuse(f, "preference", message, "give the thresholds that the function takes, in units of the measure, and no other");
        return None;
    }
    let size = |key: &str| f.plain(key, SIZE);
    let preference = match at {
        0 => Preference::Usual,
        1 => Preference::UShape { indifference: size("indifference")? },
        2 => Preference::VShape { strict: size("preference_threshold")? },
        3 => Preference::Level { indifference: size("indifference")?, strict: size("preference_threshold")? },
        4 => Preference::Linear { indifference: size("indifference")?, strict: size("preference_threshold")? },
        _ => Preference::Gaussian { sigma: size("sigma")? },
    };
    let (low, high) = (preference.indifference().unwrap_or(0.0), preference.strict().or(preference.sigma()));
    if let Some(high) = high.filter(|high| *high < low || *high <= 0.0) {
        let message = format!("the preference function of `{}` rises from {low} to {high}, which is no way up", f.path);
        refuse(f, "preference", message, "let preference_threshold (or sigma) be above 0 and not below indifference");
        return None;
    }
    Some(preference)
}

/// A group has no differences of its own.
pub(super) fn none(f: &Fields<'_>) {
    if let Some(field) = PREFERENCE.iter().find(|field| f.has(field.key)) {
        let message = format!("`{}` is a group and has a `{}`", f.path, field.key);
        refuse(f, field.key, message, "give it to the criteria below");
    }
}

fn refuse(f: &Fields<'_>, key: &str, message: String, hint: &str) {
    f.reading.report(Problem::new(Code::PreferenceFunction, f.at(key), message).hint(hint));
}
