//! Other methods of ranking in an appraisal: the numbers, what is compared, and when there is nothing to compare.

mod support;

use appraise::appraisal::result::{Appraisal, CrossChecks};
use appraise::report;
use appraise::scenario::SourceFile;
use appraise::scenario::problem::Code;
use support::{appraise, files, patched, problems, six, toml};

fn checks(a: &Appraisal) -> &CrossChecks {
    a.cross_checks.as_ref().expect("cross-checks")
}

/// Expected numbers are those of `tests/oracle/cross_checks.py --write`, from the definitions, on measures that
/// `tests/worked_example.rs` has by hand.
#[test]
fn the_worked_example_is_as_worked_elsewhere() {
    let a = appraise(&files("worked-example"));
    let c = checks(&a);
    for (found, expected) in [
        (&c.topsis, [0.443_413, 0.560_224, 0.559_212]),
        (&c.vikor, [0.831_632, 0.833_333, 0.0]),
        (&c.promethee_ii, [-0.017_830, -0.082_888, 0.100_718]),
    ] {
        assert!(found.keys().eq(["bau", "interop", "converge"].iter()), "{found:?}");
        for (number, expected) in found.values().zip(expected) {
            six(*number, expected);
        }
    }
    assert_eq!(c.rankings["weighted_sum"].values().copied().collect::<Vec<_>>(), [2, 1, 3]);
    assert_eq!(c.rankings["topsis"].values().copied().collect::<Vec<_>>(), [3, 1, 2]);
    assert_eq!(c.rankings["vikor"].values().copied().collect::<Vec<_>>(), [2, 3, 1]);
    assert_eq!(c.vikor_parts.compromise_set, ["converge"]);
    assert!(c.sentence.contains("disagree about the first"), "{}", c.sentence);
    assert!(c.sentence.contains("“Interoperate” is first by the weighted sum and TOPSIS"), "{}", c.sentence);
    // Weighted sum 2, 1, 3 against TOPSIS 3, 1, 2: rho = 1 - 6 x 2 / (3 x 8) = 0.5, tau = (2 - 1) / 3.
    let pair = c.correlations.iter().find(|r| r.method == "weighted_sum" && r.other == "topsis").expect("the pair");
    six(pair.spearman.expect("defined"), 0.5);
    six(pair.kendall.expect("defined"), 1.0 / 3.0);
    assert_eq!(c.correlations.len(), 6);
    // Net flows are the difference of the flows of PROMETHEE I.
    for (option, net) in &c.promethee_ii {
        six(c.promethee_i.plus[option] - c.promethee_i.minus[option], *net);
    }
}

/// Shares of 40,000 weightings of `tests/oracle/cross_checks.py --write`, which draws its own: within four errors of both.
#[test]
fn each_method_over_the_weights_between_the_panels_is_as_worked_elsewhere() {
    let a = appraise(&files("worked-example"));
    let found = checks(&a).over_weights.as_ref().expect("one panel, with weights around it");
    for (method, expected) in [
        ("weighted_sum", [0.3412, 0.3751, 0.2837]),
        ("topsis", [0.0, 0.5186, 0.4814]),
        ("vikor", [0.0, 0.0, 1.0]),
        ("promethee_ii", [0.0303, 0.0, 0.9697]),
    ] {
        for ((option, share), expected) in found.first[method].iter().zip(expected) {
            let error = found.standard_error[method][option] + (expected * (1.0 - expected) / 40_000_f64).sqrt();
            assert!((share - expected).abs() <= 4.0 * error + 1e-4, "{method}, {option}: {share} for {expected}");
        }
    }
    // The weighted sum is that of the acceptability, to the last digit.
    let between = &a.acceptability.as_ref().expect("acceptability").weight_sets[0];
    assert_eq!((between.kind.as_str(), between.samples), ("between_panels", found.samples));
    for (option, share) in &found.first["weighted_sum"] {
        six(*share, between.options[option].rank_acceptability[0]);
    }
    assert!(
        found.sentence.starts_with("\u{201c}Interoperate\u{201d} is first in 37.") && found.sentence.contains("0.0% by VIKOR")
    );
}

/// By hand: visibility spans 11.4 to 63.65 points, disruption 34 to 100, capability 76 to 83.5, cost 43.800796 to 66.453339,
/// dual running 41.970080 to 100, effort 40 to 100 (`tests/worked_example.rs`). Weights 25, 7.5, 15, 20, 7.5, 10 of 85.
/// Weight times span: 1306.25, 495, 112.5, 453.050860, 435.2244, 600: together 3402.025260. Capability is 15 / 85 = 18% of
/// the weight and 112.5 / 3402.03 = 3% of what tells the options apart in the score.
#[test]
fn what_vikor_stretches_is_said() {
    let explanation = checks(&appraise(&files("worked-example"))).explanation.clone().expect("they disagree");
    assert!(explanation.contains("they span 8% of the way") && explanation.contains("18% of what tells"), "{explanation}");
    assert!(explanation.contains("against 3% in the score"), "{explanation}");
}

#[test]
fn preference_functions_are_the_scenarios_own_where_it_gives_them() {
    let anchors = "anchors = { zero = 150_000, hundred = 0 }";
    let own = |keys: &str| appraise(&patched(files("worked-example"), &[(anchors, &format!("{anchors}\n{keys}"))]));
    let a = own("preference = \"level\"\nindifference = 1_000\npreference_threshold = 100_000");
    let preferences = &checks(&a).parameters.preferences;
    let dual = preferences.iter().find(|p| p.criterion == "dual_running").expect("its function");
    assert_eq!((dual.function.as_str(), dual.origin.as_str()), ("level", "given"));
    assert_eq!((dual.indifference, dual.preference_threshold, dual.sigma), (Some(1_000.0), Some(100_000.0), None));
    let others = || preferences.iter().filter(|p| p.criterion != "dual_running");
    assert!(others().all(|p| p.function == "linear" && p.origin == "default"));
    // Dual running is 0, 0 and 87,045; weight 7.5 / 85. Linear from 7,500 to 45,000 it is a preference in full against the
    // third; at this level by half. So the third gains half of 7.5 / 85 against each of two others, over two others.
    let gained = checks(&a).promethee_ii["converge"] - checks(&appraise(&files("worked-example"))).promethee_ii["converge"];
    six(gained, 0.5 * 7.5 / 85.0);
    for (keys, words) in [
        ("preference = \"usual\"\nsigma = 3", "takes no threshold"),
        ("preference = \"u_shape\"", "takes indifference"),
        ("preference = \"linear\"\nindifference = 9\npreference_threshold = 3", "from 9 to 3"),
        ("preference = \"gaussian\"\nsigma = 0", "no way up"),
        ("indifference = 9", "no preference function"),
    ] {
        let found = problems(&patched(files("worked-example"), &[(anchors, &format!("{anchors}\n{keys}"))]));
        assert_eq!(found.list.len(), 1, "{keys}");
        assert!(found.list[0].code == Code::PreferenceFunction && found.list[0].message.contains(words), "{:?}", found.list[0]);
    }
    let group = patched(files("scores-only"), &[("name = \"Turnover\"", "name = \"Turnover\"\npreference = \"usual\"")]);
    assert!(problems(&group).list.iter().any(|p| p.code == Code::PreferenceFunction && p.message.contains("is a group")));
}

/// A choice between options with scores on two criteria, with more lines for `[appraisal]`.
fn choice(options: &[(&str, [f64; 2])], more: &str) -> Vec<SourceFile> {
    let head = format!("[appraisal]\nid = \"c\"\ntitle = \"C\"\nas_at = 2026-04-01\nyear0 = \"2026/27\"\n{more}\n");
    let kinds: Vec<String> = options.iter().map(|(id, _)| format!("[options.{id}]\nkind = \"alternative\"\n")).collect();
    let criterion = |i: usize, name: &str| {
        let judged: Vec<String> = options.iter().map(|(id, scores)| format!("{id} = {}", scores[i])).collect();
        format!("[criteria.{name}]\nanchors = {{ zero = 0, hundred = 100 }}\njudged = {{ {} }}\n", judged.join(", "))
    };
    let panel = "[panels.p]\npoints = { a = 60, b = 40 }\n";
    toml(&[head, kinds.concat(), criterion(0, "a"), criterion(1, "b"), panel.to_owned()].concat())
}

#[test]
fn without_two_options_or_one_set_of_weights_nothing_is_compared() {
    for (files, words) in [
        (choice(&[("x", [10.0, 20.0])], ""), "fewer than two options"),
        (choice(&[("x", [10.0, 20.0]), ("y", [20.0, 10.0])], "combine_panels = \"none\""), "not combined"),
        (choice(&[("x", [10.0, 20.0]), ("y", [20.0, 10.0])], "mode = \"shortlist\""), "economic figures lead"),
    ] {
        let a = appraise(&files);
        assert!(a.cross_checks.is_none());
        let json = serde_json::to_value(&a).expect("serialises");
        assert!(json.pointer("/cross_checks").is_none(), "absent, not empty");
        assert!(report::render(&a).expect("renders").contains(words), "{words}");
    }
}

#[test]
fn options_that_cannot_be_told_apart_are_level_by_every_method() {
    let a = appraise(&choice(&[("x", [50.0, 0.0]), ("y", [50.0, 0.0])], ""));
    let c = checks(&a);
    assert!(c.sentence.contains("all put the options level") && c.explanation.is_none(), "{}", c.sentence);
    assert!(c.topsis.values().all(|x| (x - 0.5).abs() < 1e-12));
    assert!(c.vikor.values().chain(c.promethee_ii.values()).all(|x| x.abs() < 1e-12));
    assert!(c.rankings.values().all(|r| r.values().all(|rank| *rank == 1)));
    assert!(c.correlations.iter().all(|r| r.spearman.is_none() && r.kendall.is_none()));
    assert_eq!(c.vikor_parts.compromise_set, ["x", "y"]);
    assert!(report::render(&a).expect("renders").contains("Not defined: one of them puts all options level"));
}

#[test]
fn an_option_best_on_everything_is_first_by_all() {
    let a = appraise(&choice(&[("x", [10.0, 20.0]), ("y", [90.0, 80.0]), ("z", [40.0, 40.0])], ""));
    let c = checks(&a);
    assert!(c.sentence.contains("“y” is first by the weighted sum, TOPSIS, VIKOR and PROMETHEE II alike"), "{}", c.sentence);
    assert_eq!(c.vikor_parts.compromise_set, ["y"]);
    assert!(c.correlations.iter().all(|r| r.spearman == Some(1.0) && r.kendall == Some(1.0)));
    six(c.topsis["y"], 1.0);
    six(c.topsis["x"], 0.0);
}

/// What fails a gate is not ranked, so not compared; business as usual is ranked whatever gates say.
#[test]
fn only_ranked_options_are_compared() {
    let gate = "[gates.safe]\nfails = { bau = \"x\", interop = \"x\" }\n\n[options.bau]\n";
    let a = appraise(&patched(files("worked-example"), &[("[options.bau]\n", gate)]));
    let c = checks(&a);
    for method in [&c.topsis, &c.vikor, &c.promethee_ii, &c.promethee_i.plus, &c.vikor_parts.s] {
        assert!(method.keys().eq(["bau", "converge"].iter()), "{method:?}");
    }
    assert_eq!(c.parameters.promethee_divisor, 1);
    assert!(report::render(&a).expect("renders").contains("Not compared, since not ranked: Interoperate."));
}
