//! What a user is told about a scenario that cannot be used: code, place, what is underlined, hint.

mod support;

use appraise::scenario::{self, Severity, problem::Code, render};
use support::{files, patched, path, problems, read, toml};

/// The worked example with one text replaced: the code expected, the line it must point at (a text of
/// that line), and words that the message or hint must hold.
const BROKEN: &[(&str, &str, Code, &str, &str)] = &[
    ("as_at = 2027-04-01", "", Code::MissingKey, "[appraisal]", "needs an `as_at`"),
    ("as_at = 2027-04-01", "as_at = 2035-04-01", Code::BadPeriod, "as_at = 2035", "does not lie in the period"),
    ("as_at = 2027-04-01", "as_at = \"soon\"", Code::BadDate, "as_at = \"soon\"", "2026-03-31"),
    ("year0 = \"2027/28\"", "year0 = \"2027/29\"", Code::BadDate, "year0", "not a financial year"),
    ("horizon = 1", "horizon = 1.5", Code::OutOfRange, "horizon", "whole number"),
    ("mode = \"longlist_mcda\"", "mode = \"longlist\"", Code::UnknownChoice, "mode", "longlist_mcda"),
    (
        "parameters = \"green-book-2026\"",
        "parameters = \"green-book-1997\"",
        Code::UnknownReference,
        "parameters",
        "green-book-2026",
    ),
    ("lead = \"trust\"", "lead = \"trsut\"", Code::UnknownReference, "lead", "did you mean `trust`?"),
    ("rate = \"2%\"\nsource = \"example\"", "source = \"example\"", Code::MissingKey, "[deflator]", "`rate` or an `index`"),
    (
        "rate = \"2%\"\nsource = \"example\"",
        "index = { \"2027/28\" = 100 }\nsource = \"example\"",
        Code::DeflatorYear,
        "index",
        "2028/29",
    ),
    ("users = 400", "users = -400", Code::OutOfRange, "users = -400", "cannot be negative"),
    ("users = 400", "user = 400", Code::UnknownKey, "user = 400", "did you mean `users`?"),
    ("users = 400", "users = \"lots\"", Code::BadNumber, "users = \"lots\"", "not a number"),
    ("users = 400", "users = nan", Code::BadNumber, "users = nan", "not a number"),
    ("users = 400", "users = { low = 500, likely = 400 }", Code::EstimateOrder, "users = {", "not in order"),
    (
        "users = 400",
        "users = { low = 300, likely = 480, high = 500, distribution = \"normal\" }",
        Code::DistributionShape,
        "users = {",
        "triangular",
    ),
    (
        "users = 400",
        "users = { likely = 400, distribution = \"discrete\", values = [300, 400], probabilities = [0.2, 0.7] }",
        Code::DistributionShape,
        "users = {",
        "sum to 1",
    ),
    (
        "users = 400",
        "users = { likely = 400, distribution = \"quantiles\", values = [300, 200], probabilities = [0, 1] }",
        Code::DistributionShape,
        "users = {",
        "in order",
    ),
    (
        "users = 400",
        "users = { likely = 900, distribution = \"discrete\", values = [300, 100], probabilities = [0.5, 0.5] }",
        Code::DistributionShape,
        "users = {",
        "run from 100 to 300",
    ),
    (
        "users = 400",
        "users = { likely = 99, distribution = \"quantiles\", values = [100, 300], probabilities = [0, 1] }",
        Code::DistributionShape,
        "users = {",
        "run from 100 to 300",
    ),
    ("users = 400", "users = { likely = 400, distribution = \"pert\" }", Code::DistributionShape, "users = {", "low and high"),
    (
        "users = 400",
        "users = { low = 300, likely = 400, distribution = \"discrete\", values = [300, 400], probabilities = [0.2, 0.8] }",
        Code::DistributionShape,
        "users = {",
        "not both",
    ),
    ("[options.bau]\n", "[what_ifs.a]\nname = \"x\"\n\n[options.bau]\n", Code::WhatIf, "[what_ifs.a]", "slip_months"),
    (
        "[options.bau]\n",
        "[what_ifs.a]\nnumbers = [{ which = \"services.s1.user\", times = 2 }]\n\n[options.bau]\n",
        Code::WhatIf,
        "[what_ifs.a]",
        "did you mean \"services.s1.users\"?",
    ),
    (
        "[options.bau]\n",
        "[what_ifs.a]\nnumbers = [{ which = \"services.s1.users\", times = 2, to = 3 }]\n\n[options.bau]\n",
        Code::WhatIf,
        "which",
        "one of",
    ),
    (
        "[options.bau]\n",
        "[what_ifs.a]\nnumbers = [{ which = \"services.s1.users\", times = 1 }]\n\n[options.bau]\n",
        Code::WhatIf,
        "which",
        "changes nothing",
    ),
    (
        "[options.bau]\n",
        "[what_ifs.a]\nnumbers = [{ which = \"services.s1.users\", to = -2 }]\n\n[options.bau]\n",
        Code::WhatIf,
        "[what_ifs.a]",
        "0 to 10000000",
    ),
    (
        "[options.bau]\n",
        "[what_ifs.a]\nnumbers = [{ which = \"services.s1.users\", times = 2_000 }]\n\n[options.bau]\n",
        Code::OutOfRange,
        "which",
        "from 0 to 1000",
    ),
    ("[options.bau]\n", "[what_ifs.a]\nslip_months = 0\n\n[options.bau]\n", Code::OutOfRange, "slip_months", "from 1 to 120"),
    (
        "[options.bau]\n",
        "[what_ifs.a]\nslip_moths = 3\n\n[options.bau]\n",
        Code::UnknownKey,
        "slip_moths",
        "did you mean `slip_months`?",
    ),
    (
        "users = 400",
        "users = { low = 300, likely = 400, high = 500 }\n\n[correlations.a]\nbetween = [\"a\", \"b\"]\nrank = 1.5\n\n[services.s3]\nusers = 1",
        Code::OutOfRange,
        "rank = 1.5",
        "from -1 to 1",
    ),
    (
        "[options.bau]\n",
        "[correlations.a]\nbetween = [\"dpi\", \"x\"]\nrank = 0.5\n\n[options.bau]\n",
        Code::Correlation,
        "[correlations.a]",
        "low and high",
    ),
    (
        "[options.bau]\n",
        "[correlations.a]\nbetween = [\"x\"]\nrank = 0.5\n\n[options.bau]\n",
        Code::Correlation,
        "between",
        "one driver",
    ),
    ("users = 400", "users = { likely = 400, evidence = \"sourced\" }", Code::SourceMissing, "users = {", "names no source"),
    ("users = 400", "users = { likely = 400, source = \"F9\" }", Code::UnknownReference, "users = {", "[sources]"),
    ("system = \"x\"", "system = \"z\"", Code::UnknownReference, "system = \"z\"", "no"),
    ("needs = { C1 = 6, C2 = 4 }", "needs = { C1 = 6, C9 = 4 }", Code::UnknownReference, "C9", "did you mean"),
    ("end = 2028-09-30", "end = 2028-02-30", Code::BadDate, "2028-02-30", "day between 01 and 29"),
    ("users = 400", "users = ", Code::TomlSyntax, "users =", "text needs"),
    ("fixed = \"£40k\"", "fixed = \"£40kk\"", Code::BadNumber, "£40kk", "not a number"),
    (
        "fixed = \"£40k\"",
        "fixed = \"£40k\"\nper_user = 3",
        Code::LineBasis,
        "[contracts.kx.lines.platform]",
        "fixed and per_user",
    ),
    (
        "early_exit = \"75%\"",
        "early_exit = \"75%\"\nannual = 50_000",
        Code::LineBasis,
        "annual = 50_000",
        "by its yearly value and by lines",
    ),
    ("early_exit = \"75%\"", "early_exit = \"75%\"\nfixed_share = \"30%\"", Code::LineBasis, "fixed_share", "no `annual`"),
    (
        "parameters = \"green-book-2026\"",
        "parameters = \"green-book-2026\"\ndefaults = \"epr\"",
        Code::UnknownReference,
        "defaults = \"epr\"",
        "write epr-2026-11",
    ),
    (
        "[criteria.visibility]\n",
        "[criteria]\nuse = \"five\"\n\n[criteria.visibility]\n",
        Code::UnknownChoice,
        "use = \"five\"",
        "write five-branch",
    ),
    (
        "[panels.board]",
        "[panels.board]\nordinal = [\"visibility > cost > effort\"]\nintervals = { effort = { low = \"40%\" }, disruption = { high = 0.5 } }",
        Code::WeightStatement,
        "ordinal = ",
        "satisfy `visibility > cost`, `cost > effort` and `effort between 0.4 and 1` of `panels.board` together",
    ),
    (
        "[panels.board]",
        "[panels.board]\nordinal = [\"effort > cost\"]",
        Code::WeightStatement,
        "\"effort > cost\"",
        "its points say otherwise",
    ),
    ("[panels.board]", "[panels.board]\nordinal = [\"cost\"]", Code::WeightStatement, "[\"cost\"]", "what weighs more than what"),
    (
        "[panels.board]",
        "[panels.board]\nordinal = [\"cost > efort\"]",
        Code::UnknownReference,
        "cost > efort",
        "did you mean `effort`?",
    ),
    (
        "[panels.board]",
        "[panels.board]\nratios = [{ of = \"cost\", to = \"effort\", low = 3, high = 2 }]",
        Code::WeightStatement,
        "low = 3",
        "smaller number as low",
    ),
    ("early_exit = \"75%\"", "early_exit = 75", Code::OutOfRange, "early_exit", "75%"),
    ("extension = { uplift = \"10%\", months = 24 }", "", Code::NoContractCover, "[contracts.kx]", "October 2028"),
    (
        "bands = [{ up_to = 600, price = 190 }, { price = 162 }]",
        "bands = [{ price = 190 }, { up_to = 600, price = 162 }]",
        Code::BandOrder,
        "bands",
        "leave `up_to` out of the last",
    ),
    ("product = \"y\"", "product = \"x\"", Code::NoMoveKind, "[options.converge]", "[migration.instance_merge]"),
    ("go_live = 2028-01-01", "", Code::NoGoLive, "[options.converge]", "does not say when"),
    ("go_live = 2028-01-01", "go_live = 2028-02-01", Code::NotAQuarterStart, "go_live = 2028-02-01", "2027/28 Q4"),
    ("go_live = 2028-01-01", "go_live = 2031-01-01", Code::OutsidePeriod, "[options.converge]", "longer horizon"),
    (
        "line = \"community\", to = \"y\"",
        "line = \"comunity\", to = \"y\"",
        Code::UnknownReference,
        "comunity",
        "did you mean `community`",
    ),
    (
        "line = \"community\", to = \"y\"",
        "line = \"community\", from = \"y\", to = \"y\"",
        Code::MatchesNothing,
        "[options.converge]",
        "matches no service",
    ),
    (
        "line = \"community\", to = \"y\"",
        "all = false, to = \"y\"",
        Code::MissingKey,
        "targets = [",
        "does not say which services",
    ),
    ("kind = \"business_as_usual\"", "kind = \"do_minimum\"", Code::BusinessAsUsual, "[options.bau]", "exactly one option"),
    ("measure = \"visibility\"", "measure = \"visibilty\"", Code::UnknownChoice, "visibilty", "visibility"),
    (
        "anchors = { zero = 150_000, hundred = 0 }",
        "anchors = { zero = 0, hundred = 0 }",
        Code::AnchorsEqual,
        "anchors",
        "the same",
    ),
    ("points = { visibility = 100,", "points = {", Code::Weights, "points", "visibility missing"),
    (
        "points = { visibility = 100,",
        "anchors = { cost = { zero = 900_000, hundred = 400_000 } }\npoints = { visibility = 100,",
        Code::AnchorsChanged,
        "anchors",
        "ask the panel again",
    ),
    (
        "[flows.s1-s2]\nfrom = \"s1\"\nto = \"s2\"\ncontacts = 10_000",
        "",
        Code::MeasureNeedsData,
        "[criteria.visibility]",
        "no [flows]",
    ),
    ("[staff_time]", "[stafftime]", Code::UnknownSection, "[stafftime]", "did you mean `staff_time`?"),
    ("weeks = 8", "weeks = 8\nstarts = 1", Code::WorkShape, "weeks", "both before and after"),
    ("[options.bau]\n", "[options.bau]\nhorizon = 5\n", Code::OwnPeriod, "horizon = 5", "share the period"),
    ("[migration.cross_product]\n", "[migration.cross_product]\nall_in_per_user = 900\n", Code::CostTwice, "", "never both"),
    (
        "[instances.x]\n",
        "[instances.x]\nrun_cost = 50_000\nrun = { wte = { safety = 1 }, other = 20_000 }\n",
        Code::CostTwice,
        "run_cost = 50_000",
        "never both",
    ),
    ("[instances.x]\n", "[instances.x]\nrun = { step_down_months = 6 }\n", Code::MissingKey, "run = {", "costs nothing"),
    (
        "[instances.x]\n",
        "[external_ends.gp]\nname = \"GP Connect\"\n\n[instances.x]\n",
        Code::MissingKey,
        "[external_ends.gp]",
        "costs nothing",
    ),
    (
        "[instances.x]\n",
        "[external_ends.gp.work.test]\nrole = \"safety\"\ndays_per_user = 2\n\n[instances.x]\n",
        Code::WorkShape,
        "[external_ends.gp.work.test]",
        "no number of users",
    ),
    ("[instances.x]\n", "[instances.x]\nexternal_ends = [\"gp\"]\n", Code::UnknownReference, "external_ends", "add one"),
    (
        "pattern = \"shared_record_in_context\"\n",
        "pattern = \"shared_record_in_context\"\nlead_months = 9\n",
        Code::LeadTime,
        "[options.interop]",
        "cannot before January 2028",
    ),
    (
        "scope = 0.40\n",
        "scope = 0.40\nyearly.retest = { days = 4 }\n",
        Code::WorkShape,
        "yearly.retest",
        "role and days, or amount",
    ),
    ("scope = 1.0\n", "scope = 1.0\nhistory = 0.5\n", Code::MissingKey, "[same_instance]", "needs a `look_back_months`"),
    ("measure = \"cost\"", "measure = \"net_present_cost\"", Code::ScoredTwice, "[criteria.", "part of net present cost"),
    (
        "go_live = 2028-01-01",
        "go_live = 2028-01-01\noptimise = \"schedule\"",
        Code::Optimise,
        "go_live = 2028-01-01",
        "leaves its dates to the optimiser and gives `go_live` as well",
    ),
    (
        "go_live = 2028-01-01",
        "optimise = \"roadmap\"",
        Code::Optimise,
        "targets",
        "leaves where services go and when to the optimiser and gives `targets` as well",
    ),
    ("kind = \"converge\"", "kind = \"optimised\"", Code::Optimise, "kind = \"optimised\"", "leaves nothing to the optimiser"),
    (
        "kind = \"business_as_usual\"",
        "kind = \"business_as_usual\"\noptimise = \"roadmap\"",
        Code::Optimise,
        "optimise = \"roadmap\"",
        "is what happens if nothing is decided",
    ),
    (
        "[options.bau]\n",
        "[optimise]\nlatest_go_live = 2026-10-01\n\n[options.bau]\n",
        Code::OutsidePeriod,
        "latest_go_live",
        "the as-at date is 2027-04-01",
    ),
    (
        "[options.bau]\n",
        "[optimise]\nlinks = [\"shared_record\"]\n\n[options.bau]\n",
        Code::Optimise,
        "links = [",
        "exists already",
    ),
];

/// A code, what is replaced in the example to bring it about, and a file beside it.
type Broken<'a> = (Code, &'a [(&'a str, &'a str)], Option<(&'a str, &'a [u8])>);

/// Codes that a patch of the worked example does not bring about by itself, or only as a warning: further patches, and
/// a file to add.
const ALSO_BROKEN: &[Broken] = &[
    (Code::NotText, &[], Some(("notes.csv", b"id,name\nx,Caf\xe9\n"))),
    (Code::CsvShape, &[], Some(("sources.csv", b"id,title\na,Prices, users and dates\n"))),
    (Code::DuplicateId, &[("[services.s2]", "[services.s1]")], None),
    (Code::WrongKind, &[("users = 400", "users = [400]")], None),
    (Code::DateOrder, &[("name = \"System X licence\"\n", "name = \"System X licence\"\nstart = 2030-01-01\n")], None),
    (
        Code::BeforeCommitment,
        &[(
            "[roles.configuration]",
            "[products.z]\n[instances.z]\nproduct = \"z\"\n[migration.new_product]\n[commitments.island]\nservice = \"s1\"\nto = \"z\"\ngo_live = 2028-04-01\n\n[roles.configuration]",
        )],
        None,
    ),
    (Code::UnlikelyRate, &[("extension = { uplift = \"10%\", months = 24 }", "extension = { uplift = 5, months = 24 }")], None),
    (Code::UnlikelyAmount, &[("users = 400", "users = 0")], None),
    (
        Code::EndedBefore,
        &[
            ("end = 2028-09-30", "end = 2026-09-30"),
            ("extension = { uplift = \"10%\", months = 24 }", "extension = { uplift = \"10%\", months = 48 }"),
        ],
        None,
    ),
    (Code::Follows, &[("name = \"System X licence\"\n", "name = \"System X licence\"\nfollows = \"ky\"\n")], None),
    (Code::PartMonth, &[("end = 2028-09-30", "end = 2028-09-15")], None),
    (
        Code::ContractLapses,
        &[
            ("extension = { uplift = \"10%\", months = 24 }", ""),
            (
                "[contracts.ky]",
                "[contracts.support]\ninstance = \"x\"\nend = 2032-03-31\n[contracts.support.lines.desk]\nfixed = 12_000\n\n[contracts.ky]",
            ),
        ],
        None,
    ),
    (
        Code::BilledTwice,
        &[(
            "[contracts.ky]",
            "[contracts.kx2]\ninstance = \"x\"\nend = 2030-03-31\n[contracts.kx2.lines.users]\nper_user = 240\n\n[contracts.ky]",
        )],
        None,
    ),
    (
        Code::NoProductCan,
        &[
            ("needs = { C1 = 6, C2 = 4 }", "needs = { C1 = 6, C2 = 4, charting = \"must\" }"),
            ("[roles.configuration]", "[capabilities.charting]\n\n[roles.configuration]"),
        ],
        None,
    ),
    (
        Code::ValueFunction,
        &[(
            "anchors = { zero = 150_000, hundred = 0 }",
            "anchors = { zero = 150_000, hundred = 0 }\nfunction = \"piecewise\"\nknots = [{ at = 50_000, points = 60 }, { at = 90_000, points = 80 }]",
        )],
        None,
    ),
    (
        Code::PreferenceFunction,
        &[(
            "anchors = { zero = 150_000, hundred = 0 }",
            "anchors = { zero = 150_000, hundred = 0 }\npreference = \"linear\"\nindifference = 5_000",
        )],
        None,
    ),
    (
        Code::Longlist,
        &[("[options.bau]\n", "[longlist.all]\ncategory = \"scope\"\nrating = \"amber\"\nreason = \"wide\"\n\n[options.bau]\n")],
        None,
    ),
    (Code::JudgementMissing, &[("measure = \"effort\"", "judged = { bau = 10, converge = 60 }")], None),
    (Code::TreeShape, &[("measure = \"effort\"\n", "")], None),
    (Code::BiasShape, &[("[options.bau]\n", "[optimism_bias.build]\ntype = \"rockets\"\n\n[options.bau]\n")], None),
    (Code::StreamShape, &[("[options.bau]\n", "[streams.saving]\nkind = \"benefit\"\nper_year = 900\n\n[options.bau]\n")], None),
    (Code::Successor, &[("[organisations.trust]\n", "[organisations.trust]\nstatus = \"dissolves\"\n")], None),
    (Code::Transfer, &[("name = \"System X licence\"\n", "name = \"System X licence\"\non_transfer = \"passes\"\n")], None),
    (Code::SharedStaff, &[("contacts = 10_000", "contacts = 10_000\nshared_users = 4_000")], None),
    (Code::Expiry, &[("[options.bau]\n", "[options.bau]\nexpiry = { ky = \"reprocure\" }\n")], None),
    (Code::Optimise, &[("go_live = 2028-01-01", "go_live = 2028-01-01\noptimise = \"schedule\"")], None),
    (
        Code::Freeze,
        &[(
            "[options.bau]\n",
            "[freezes.winter]\nname = \"Winter pressures\"\nfrom = 2027-12-15\nto = 2028-01-31\n\n[options.bau]\n",
        )],
        None,
    ),
    (
        Code::Precedence,
        &[(
            "[options.bau]\n",
            "[precedence.network]\nnot_before = 2028-04-01\nbecause = \"the network has to be there first\"\n\n[options.bau]\n",
        )],
        None,
    ),
    (Code::HazardShape, &[("[options.bau]\n", "[hazards.loss]\ninitial = 4\nresidual = 2\n\n[options.bau]\n")], None),
    (
        Code::FundingShape,
        &[(
            "[options.bau]\n",
            "[funding.grant]\nbody = \"trust\"\nper_year = 100_000\nyears = { \"2027/28\" = 50_000 }\n\n[options.bau]\n",
        )],
        None,
    ),
    (
        Code::ArchiveShape,
        &[(
            "[instances.y]\n",
            "[instances.x.archive]\nretention_years = 8\nrecords = 1000\nstrategies = [\n  { kind = \"read_only_licence\", once = 500 },\n  { kind = \"rekey_open_cases\", open_share = 0.1, minutes_each = 20, rest = \"migrate_all\" },\n]\n\n[instances.y]\n",
        )],
        None,
    ),
    (Code::Empty, &[], None),
];

/// What a reader is shown for a code: a scenario that is broken in that one place, rendered. Only the problems with the
/// code, since one break may have others.
fn shown(code: Code) -> Option<String> {
    let of_table = BROKEN.iter().find(|b| b.2 == code).map(|b| patched(files("worked-example"), &[(b.0, b.1)]));
    let broken = of_table.or_else(|| {
        let (_, patches, extra) = ALSO_BROKEN.iter().find(|b| b.0 == code)?;
        let mut all = if code == Code::Empty { toml("") } else { patched(files("worked-example"), patches) };
        all.extend(extra.map(|(name, bytes)| scenario::SourceFile { name: name.into(), bytes: bytes.to_vec() }));
        Some(all)
    })?;
    let mut found = match scenario::read(&broken) {
        Err(problems) => problems,
        Ok(scenario) => scenario.warnings,
    };
    found.list.retain(|p| p.code == code);
    (!found.list.is_empty()).then(|| render::text(&found, false))
}

/// Every code has a broken scenario, and its message was read as product text before it was kept in `tests/broken`.
#[test]
fn every_code_has_a_broken_scenario_and_a_message_that_was_read() {
    for code in Code::ALL {
        let text = shown(*code).unwrap_or_else(|| panic!("no broken scenario brings about `{}`", code.word()));
        assert!(text.contains("= help: "), "`{}` does not say what to do:\n{text}", code.word());
        assert!(!code.meaning().trim().is_empty());
        insta::with_settings!({ snapshot_path => "broken", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(code.word(), text);
        });
    }
}

/// Twenty places of the worked example, each broken in its own way.
const TWENTY: [(&str, &str); 20] = [
    ("title = \"Worked example: community nursing and adult mental health\"", "titel = \"Worked example\""),
    ("as_at = 2027-04-01", "as_at = \"1 Apil 2027\""),
    ("horizon = 1", "horizon = \"one\""),
    ("mode = \"longlist_mcda\"", "mode = \"long_list\""),
    ("lead = \"trust\"", "lead = \"trsut\""),
    ("rate = \"2%\"", "rate = \"two\""),
    ("users = 400", "users = -400"),
    ("users = 600", "users = \"many\""),
    ("system = \"x\"", "system = \"z\""),
    ("system = \"y\"", "systm = \"y\""),
    ("end = 2028-09-30", "end = \"30 Septembr 2028\""),
    ("fixed = \"£40k\"", "fixed = \"£40kk\""),
    ("early_exit = \"75%\"", "early_exit = 75"),
    ("weeks = 8", "weeks = -8"),
    ("kind = \"business_as_usual\"", "kind = \"do_nothing\""),
    ("go_live = 2028-01-01", "go_live = 2028-02-01"),
    ("measure = \"visibility\"", "measure = \"visibilty\""),
    ("measure = \"effort\"", "measure = \"efort\""),
    ("anchors = { zero = 150_000, hundred = 0 }", "anchors = { zero = 150_000 }"),
    ("[panels.board]", "[panles.board]"),
];

#[test]
fn twenty_faults_are_twenty_messages_with_a_place_and_what_to_do() {
    let sources = files("worked-example");
    let broken = patched(sources.clone(), &TWENTY);
    let found = problems(&broken);
    let text = render::text(&found, false);
    for (_, to) in TWENTY {
        let of_it = |p: &&scenario::Problem| {
            let at = found.position(p);
            at.line > 0 && found.files.text(p.at.file).lines().nth(at.line - 1).is_some_and(|l| l.contains(to) || to.contains(l))
        };
        let hits: Vec<_> = found.list.iter().filter(of_it).collect();
        assert!(!hits.is_empty(), "nothing is said of `{to}` in\n{text}");
        assert!(hits.iter().all(|p| !p.hint.is_empty()), "`{to}` comes without a hint in\n{text}");
    }
    let records = render::records(&found);
    assert!(records.len() >= TWENTY.len());
    assert!(records.iter().all(|r| r.file == "appraisal.toml" && r.line > 0 && !r.hint.is_empty()));
}

#[test]
fn every_fault_is_named_where_it_is() {
    for (from, to, code, line, words) in BROKEN {
        let broken = patched(files("worked-example"), &[(from, to)]);
        let found = problems(&broken);
        let hit = found.list.iter().find(|p| p.code == *code && p.severity == Severity::Error);
        let text = render::text(&found, false);
        let Some(hit) = hit else { panic!("`{from}` to `{to}`: no {} in\n{text}", code.word()) };
        let at = found.position(hit);
        let written = found.files.text(hit.at.file).lines().nth(at.line - 1).unwrap_or_default();
        assert!(written.contains(line), "`{to}`: points at line {} `{written}`, expected `{line}`\n{text}", at.line);
        let said = format!("{} {}", hit.message, hit.hint);
        assert!(said.contains(words), "`{to}`: `{words}` is not in `{said}`");
        assert!(!hit.hint.is_empty() || *code == Code::TomlSyntax, "`{to}`: no hint");
        assert!(text.contains(&format!("[{}]", code.word())) && text.contains("appraisal.toml:"), "{text}");
    }
}

#[test]
fn a_driver_of_nothing_is_warned_of() {
    let varying = "users = { low = 300, likely = 400, high = 500, varies_with = \"staff\" }";
    let drivers = |named: &str| {
        let driver = format!("[drivers.{named}]\nname = \"Staff\"\n\n[options.bau]\n");
        let files = patched(files("worked-example"), &[("users = 400", varying), ("[options.bau]\n", driver.as_str())]);
        scenario::read(&files).expect("sound")
    };
    let text = render::text(&drivers("stuff").warnings, false);
    assert!(text.contains("no number varies with \"stuff\"") && text.contains("did you mean \"staff\"?"), "{text}");
    let named = drivers("staff");
    assert!(named.warnings.list.iter().all(|p| p.code != Code::Correlation));
    assert_eq!(named.programme.drivers.get("staff").map(String::as_str), Some("Staff"));
}

#[test]
fn all_problems_come_at_once() {
    let all = patched(
        files("worked-example"),
        &[
            ("lead = \"trust\"", "lead = \"trsut\""),
            ("users = 400", "users = -400"),
            ("users = 600", "users = \"many\""),
            ("fixed = \"£40k\"", "fixd = \"£40k\""),
            ("early_exit = \"75%\"", "early_exit = 75"),
            ("go_live = 2028-01-01", "go_live = 2028-02-01"),
            ("measure = \"effort\"", "measure = \"efort\""),
            ("[panels.board]", "[panles.board]"),
        ],
    );
    let found = problems(&all);
    for code in [
        Code::UnknownReference,
        Code::OutOfRange,
        Code::BadNumber,
        Code::UnknownKey,
        Code::LineBasis,
        Code::NotAQuarterStart,
        Code::UnknownChoice,
        Code::UnknownSection,
    ] {
        assert!(found.list.iter().any(|p| p.code == code), "{} is missing in\n{}", code.word(), render::text(&found, false));
    }
    assert_eq!(found.list[0].code, Code::UnknownSection, "what others follow from comes first");
    let mut lines: Vec<usize> = found.list[1..].iter().map(|p| found.position(p).line).collect();
    let sorted = {
        let mut l = lines.clone();
        l.sort_unstable();
        l
    };
    assert_eq!(lines, sorted, "problems come in the order of the file");
    lines.dedup();
    assert!(lines.len() >= 7);
}

#[test]
fn csv_problems_name_row_and_column() {
    let mut broken = files("worked-example");
    broken.push(scenario::SourceFile {
        name: "services.csv".into(),
        bytes: "id,name,users,system\r\ns3,Dental,\"1,20\",x\r\ns1,Again,10,x\r\n".into(),
    });
    let found = problems(&broken);
    let records = render::records(&found);
    let number = records.iter().find(|r| r.code == "bad-number").expect("a bad number");
    assert_eq!(
        (number.file.as_str(), number.line, number.csv_row, number.csv_column.as_deref()),
        ("services.csv", 2, Some(1), Some("users"))
    );
    let twice = records.iter().find(|r| r.code == "duplicate-id").expect("a duplicate");
    assert_eq!((twice.line, twice.csv_row), (3, Some(2)));
    let text = render::text(&found, false);
    assert!(text.contains("row 1, column `users`"), "{text}");
}

#[test]
fn services_may_come_from_a_table_of_a_spreadsheet() {
    let toml = patched(
        files("worked-example"),
        &[(
            "[services.s1]\nname = \"Community nursing\"\nline = \"community\"\norganisation = \"trust\"\nusers = 400\nsystem = \"x\"\nneeds = { C1 = 6, C2 = 4 }\n",
            "[needs.community]\nC1 = 6\nC2 = 4\n",
        )],
    );
    let csv = "\u{feff}id,name,line,organisation,users.likely,users.low,users.high,system,needs\r\ns1,Community nursing,community,trust,\"400\",350,450,x,community\r\n";
    let mut all = toml;
    all.push(scenario::SourceFile { name: "services.csv".into(), bytes: csv.into() });
    let mixed = support::appraise(&all);
    let plain = support::appraise(&files("worked-example"));
    for (a, b) in mixed.options.iter().zip(&plain.options) {
        assert_eq!(a.cost.npc.to_bits(), b.cost.npc.to_bits());
        assert_eq!(a.score.map(f64::to_bits), b.score.map(f64::to_bits));
    }
    let users = mixed.assumptions.iter().find(|x| x.id == "services.s1.users").expect("in the log");
    assert_eq!(
        (users.low, users.high, users.file.as_str(), users.line, users.evidence.as_str()),
        (Some(350.0), Some(450.0), "services.csv", 2, "estimate")
    );
}

#[test]
fn a_range_is_an_estimate_unless_said_otherwise() {
    let ranged = patched(
        files("worked-example"),
        &[("users = 400", "users = { low = 300, likely = 400, high = 500, source = \"example\" }")],
    );
    let scenario = read(&ranged);
    let users = scenario.programme.register.find("services.s1.users").expect("in the register");
    assert_eq!(scenario.programme.register.get(users).evidence.word(), "estimate");
    let plain = patched(files("worked-example"), &[("users = 400", "users = { likely = 400, source = \"example\" }")]);
    let register = read(&plain).programme.register;
    assert_eq!(register.get(register.find("services.s1.users").expect("in the register")).evidence.word(), "sourced");
}

#[test]
fn what_is_not_toml_is_reported_once() {
    // An impossible date is read as nothing at all; that is no second fault.
    for (from, to) in [("end = 2028-09-30", "end = 2028-02-30"), ("as_at = 2027-04-01", "as_at = 2027-14-01")] {
        let found = problems(&patched(files("worked-example"), &[(from, to)]));
        let codes: Vec<_> = found.list.iter().filter(|p| p.severity == Severity::Error).map(|p| p.code).collect();
        assert_eq!(codes, [Code::BadDate], "{}", render::text(&found, false));
    }
}

#[test]
fn nothing_at_all_is_a_problem_too() {
    assert_eq!(problems(&[]).list[0].code, Code::Empty);
    assert_eq!(problems(&toml("")).list[0].code, Code::Empty);
    assert_eq!(problems(&toml("this is not = = toml")).list[0].code, Code::TomlSyntax);
    let binary = scenario::SourceFile { name: "a.csv".into(), bytes: vec![0xff, 0xfe, 0x00] };
    assert_eq!(problems(&[binary]).list[0].code, Code::NotText);
}

#[test]
fn messages_read_well() {
    let broken = patched(
        files("worked-example"),
        &[("lead = \"trust\"", "lead = \"trsut\""), ("early_exit = \"75%\"", "early_exit = 75")],
    );
    insta::assert_snapshot!(render::text(&problems(&broken), false));
}

#[test]
fn the_scenario_reference_is_fresh() {
    let shown = scenario::reference::markdown();
    let file = path("docs/scenario-reference.md");
    if std::env::var_os("APPRAISE_UPDATE_DOCS").is_some() {
        std::fs::write(&file, &shown).expect("docs can be written");
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == shown, "docs/scenario-reference.md is stale: run APPRAISE_UPDATE_DOCS=1 cargo test --test diagnostics");
}

/// A folder with one CSV file beside the worked example.
fn with_csv(text: &str) -> Vec<scenario::SourceFile> {
    let mut sources = files("worked-example");
    sources.push(scenario::SourceFile { name: "services.csv".into(), bytes: text.into() });
    sources
}

#[test]
fn quotes_that_do_not_add_up_are_named_where_they_stand() {
    for (text, words, line) in [
        ("id,name,users,system\ns3,\"Dental,10,x\ns4,Again,10,x\n", "never closed", 2),
        ("id,name,users,system\ns3,\"Dental,10,x\ns4,\"Again\",10,x\n", "text follows the quote", 2),
        ("id,name,users,system\r\ns3,Dental,10,x\r\ns4,\"A\"gain,10,x\r\n", "text follows the quote", 3),
    ] {
        let found = problems(&with_csv(text));
        assert_eq!(found.list.len(), 1, "{}", render::text(&found, false));
        let problem = &found.list[0];
        assert!(problem.code == Code::CsvShape && problem.message.contains(words), "{}", problem.message);
        assert_eq!(found.position(problem).line, line);
    }
}

#[test]
fn a_quote_within_a_cell_is_a_letter_and_an_old_mac_ends_lines_its_own_way() {
    let soft = "id,name,line,organisation,users,system\rs3,5\" screens,dental,trust,10,x\rs4,Again,dental,trust,-1,x\r";
    let found = problems(&with_csv(soft));
    assert_eq!(found.list.len(), 1, "{}", render::text(&found, false));
    let position = found.position(&found.list[0]);
    assert_eq!((position.line, position.cell), (3, Some((2, "users".to_owned()))));
}

#[test]
fn a_column_that_is_not_known_is_said_once_at_the_header() {
    let found = problems(&with_csv("id,nmae,users,system\ns3,Dental,10,x\ns4,Again,10,x\n"));
    assert_eq!(found.list.len(), 1, "{}", render::text(&found, false));
    let problem = &found.list[0];
    assert_eq!((problem.code, found.position(problem).line), (Code::UnknownKey, 1));
    assert!(problem.hint.contains("`name`"), "{}", problem.hint);
    let found = problems(&with_csv("ID,name,users,system\ns3,Dental,10,x\n"));
    assert!(found.list[0].hint.contains("small letters"), "{}", found.list[0].hint);
}

#[test]
fn dates_as_a_spreadsheet_writes_them_get_a_hint_of_their_own() {
    for written in ["\"30-Sep-28\"", "\"30/09/28\"", "46660"] {
        let found = problems(&patched(files("worked-example"), &[("end = 2028-09-30", &format!("end = {written}"))]));
        let hit = found.list.iter().find(|p| p.code == Code::BadDate).expect("a date that is refused");
        assert!(hit.hint.contains("Excel"), "{}", hit.hint);
    }
}
