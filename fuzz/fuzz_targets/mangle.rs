//! Edits of a sound scenario, read from bytes: lines dropped, doubled, swapped; values replaced; parts added.

use appraise::scenario::SourceFile;

/// A scenario to start from: names of files with their text.
type Base = &'static [(&'static str, &'static str)];

const BASES: &[Base] = &[
    &[("appraisal.toml", include_str!("../../scenarios/worked-example/appraisal.toml"))],
    &[
        ("appraisal.toml", include_str!("../../src/cli/new/standard/appraisal.toml")),
        ("estate.toml", include_str!("../../src/cli/new/standard/estate.toml")),
        ("services.csv", include_str!("../../src/cli/new/standard/services.csv")),
        ("flows.csv", include_str!("../../src/cli/new/standard/flows.csv")),
        ("contracts.toml", include_str!("../../src/cli/new/standard/contracts.toml")),
        ("links.toml", include_str!("../../src/cli/new/standard/links.toml")),
        ("migration.toml", include_str!("../../src/cli/new/standard/migration.toml")),
        ("streams.toml", include_str!("../../src/cli/new/standard/streams.toml")),
        ("options.toml", include_str!("../../src/cli/new/standard/options.toml")),
        ("criteria.toml", include_str!("../../src/cli/new/standard/criteria.toml")),
        ("sources.csv", include_str!("../../src/cli/new/standard/sources.csv")),
    ],
    &[("appraisal.toml", include_str!("../../scenarios/streams-only/appraisal.toml"))],
    &[("appraisal.toml", include_str!("../../scenarios/scores-only/appraisal.toml"))],
];

/// Odd values to write after `=`.
const ODD: &[&str] = &[
    "\"\"",
    "-1",
    "0",
    "1e308",
    "1e12",
    "1e-300",
    "-0.0",
    "nan",
    "\"x\"",
    "[]",
    "{}",
    "true",
    "false",
    "\"99%\"",
    "\"-99%\"",
    "\"100%\"",
    "1.0",
    "\"£5m\"",
    "9999-12-31",
    "1900-01-01",
    "2300-12-31",
    "2027-04-01",
    "2028-03-31",
    "2029-01-01",
    "\"2027/28\"",
    "\"2027/28 Q2\"",
    "\"first_go_live\"",
    "\"last_go_live\"",
    "\"link:in_context\"",
    "{ likely = 1 }",
    "{ low = 0, likely = 1, high = 1e9 }",
    "{ low = 0.1, likely = 0.5, high = 0.9 }",
    "[{}]",
    "\"\\u0000\"",
    "\"\\u202e<script>&amp;'\\\"\"",
    "1",
    "60",
    "600",
    "\"npc\"",
    "\"npsv\"",
    "\"shortlist\"",
    "\"weighted_score\"",
    "\"seats\"",
    "\"median\"",
    "\"geometric\"",
    "\"none\"",
    "\"all_units\"",
    "\"point_to_point\"",
];

/// Numbers to write in place of one.
const NUMBERS: &[&str] = &["0", "1", "-1", "2", "0.5", "0.999999999", "1e-12", "12", "60", "599.5", "1e6", "1e12", "1e15", "1e300", "-1e9", "1e-11", "5e-324"];

/// Parts that a scenario may have besides, with ids of the first two bases.
const PARTS: &[&str] = &[
    "[streams.extra]\nper_year = 1_000\nstart = \"first_go_live\"\nramp = [0.2, 1]",
    "[streams.extra]\nkind = \"benefit\"\nclass = \"cash_releasing\"\nonce = 5e6\nstart = \"last_go_live\"\ndiscount = \"health\"",
    "[streams.value]\nkind = \"residual_value\"\nonce = 9_000\nasset = \"kit\"",
    "[streams.paid]\nkind = \"transfer\"\nto = \"trust\"\nper_year = 70\nbearer = \"other\"",
    "[streams.counted]\nkind = \"benefit\"\nclass = \"unmonetised\"\noutcomes_per_year = 12\noutcome_unit = \"visits\"",
    "[assets.kit]\nlife_years = 7\nresidual_value = true",
    "[organisations.other]\nstatus = \"dissolves\"\nsuccessor = \"trust\"\nfrom = 2027-10-01",
    "[risks.late]\nprobability = 0.3\nimpact = 1e6\nprevention = 5_000",
    "[funding.grant]\nbody = \"trust\"\nyears = { \"2027/28\" = 10_000, \"2028/29\" = 5 }",
    "[optimism_bias.b]\nmoney = \"30%\"\nduration = \"40%\"\nmitigated = 0.25",
    "[commitments.early]\nservice = \"s1\"\nto = \"y\"\ngo_live = 2027-07-01\ncost = 9_000",
    "[contracts.next]\nfollows = \"kx\"\ninstance = \"x\"\nbody = \"trust\"\nstart = 2027-09-01\nend = 2031-03-31\nlines.one.per_user = 90",
    "[contracts.desk]\nkind = \"sla\"\nprovider = \"other\"\nbody = \"trust\"\nend = 2029-03-31\nlines.one.fixed = 12_000\nexit_cost = 100",
    "[options.later]\nkind = \"converge\"\ntargets = [{ all = true, to = \"y\" }]\ngo_lives = { s1 = 2028-07-01, s2 = 2028-10-01 }",
    "[options.third]\nkind = \"hybrid\"\ntargets = [{ services = [\"s2\"], to = \"x\" }]\nwaves = [{ go_live = 2027-10-01, all = true }]\nlinks = { in_context = 2028-01-01 }",
    "[panels.patients]\nseats = 3\npoints = { visibility = 10, cost = 100 }",
    "[gates.safe]\nfails = { converge = \"not safe\", bau = \"nor this\" }",
    "[burden]\nlogins_per_day = 4\nseconds_per_login = 40\ndays_per_year = 220\nrekey_minutes = 6",
    "[criteria.burden]\nmeasure = \"burden\"\nanchors = { zero = 9_000, hundred = 0 }",
    "[criteria.resilience]\nmeasure = \"resilience\"\nanchors = { zero = 1, hundred = 0 }",
    "[longlist.a]\ncategory = \"scope\"\nrating = \"green\"\nreason = \"all\"\nusual = true\noptions = [\"bau\"]",
    "[products.z]\nsupplier = \"Supplier X\"\n[instances.z]\nproduct = \"z\"\nrun_cost = 3_000",
    "[migration.new_product]\nall_in_per_user = 500\nbuild_months = 9\nduration_bias = \"b\"",
    "early_exit = 0.5\nnotice_months = 12",
    "renewal = { term_months = 7, uplift = \"-20%\", cost = 900 }",
    "read_only = { share = 1, months = 1 }",
    "optimism_bias = \"b\"",
    "asset = \"kit\"",
];

/// The scenario that bytes stand for: the first chooses where to start, each five after it are one edit.
pub fn scenario(data: &[u8]) -> Option<Vec<SourceFile>> {
    let (&first, edits) = data.split_first()?;
    let base = BASES[usize::from(first) % BASES.len()];
    let mut files: Vec<(&str, Vec<String>)> = base.iter().map(|(n, t)| (*n, t.lines().map(str::to_owned).collect())).collect();
    for edit in edits.chunks_exact(5) {
        let file = usize::from(edit[1]) % files.len();
        apply(&mut files[file].1, edit);
    }
    let source = |(name, lines): (&str, Vec<String>)| SourceFile { name: name.into(), bytes: lines.join("\n").into_bytes() };
    Some(files.into_iter().map(source).collect())
}

/// One edit: what, (file), line, two arguments.
fn apply(lines: &mut Vec<String>, edit: &[u8]) {
    let [what, _, line, a, b] = [0, 1, 2, 3, 4].map(|i| usize::from(edit[i]));
    if lines.is_empty() {
        return;
    }
    // Comments and blank lines are passed over, so that a byte reaches every line that says something.
    let telling: Vec<usize> = (0..lines.len()).filter(|&i| !lines[i].trim().is_empty() && !lines[i].starts_with('#')).collect();
    let Some(&at) = telling.get((line + 256 * (b % 2)) % telling.len().max(1)) else { return };
    let other = telling[a % telling.len()];
    match what % 10 {
        0 => drop(lines.remove(at)),
        1 => lines.insert(other, lines[at].clone()),
        2 => lines.swap(at, other),
        3 | 4 => replace_value(&mut lines[at], ODD[a % ODD.len()]),
        5..=7 => replace_number(&mut lines[at], b / 2, NUMBERS[a % NUMBERS.len()]),
        8 => {
            let value = lines[other].split_once('=').map_or_else(String::new, |(_, v)| v.trim().to_owned());
            replace_value(&mut lines[at], &value);
        }
        _ => {
            let part = PARTS[a % PARTS.len()];
            let place = if part.starts_with('[') { lines.len() } else { at + 1 };
            lines.insert(place, part.to_owned());
        }
    }
}

fn replace_value(line: &mut String, value: &str) {
    if let Some((key, _)) = line.split_once('=').filter(|_| !line.starts_with('[')) {
        *line = format!("{key}= {value}");
    } else if line.contains(',') {
        // A row of a CSV file: its last cell.
        let kept = line.rsplit_once(',').map_or("", |(kept, _)| kept);
        *line = format!("{kept},\"{}\"", value.trim_matches('"').replace('"', "\"\""));
    }
}

/// Writes a number in place of the n-th run of digits after `=` (in a CSV file, anywhere).
fn replace_number(line: &mut String, n: usize, number: &str) {
    let from = line.find('=').map_or(0, |i| i + 1);
    let bytes = line.as_bytes();
    let digit = |i: usize| bytes.get(i).is_some_and(|b| b.is_ascii_digit() || matches!(b, b'.' | b'_'));
    let starts: Vec<usize> = (from..bytes.len()).filter(|&i| digit(i) && (i == from || !digit(i - 1))).collect();
    if starts.is_empty() {
        return;
    }
    let start = starts[n % starts.len()];
    let end = (start..bytes.len()).find(|&i| !digit(i)).unwrap_or(bytes.len());
    line.replace_range(start..end, number);
}
