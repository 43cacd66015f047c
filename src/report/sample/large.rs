//! A larger appraisal made in code: six options, eight criteria in five branches, eleven years,
//! twelve services, eight systems, sixty assumptions.

use super::blank;
use super::blank_option;
use super::step;
use crate::appraisal::result::*;

const YEARS: [&str; 11] =
    ["2023/24", "2024/25", "2025/26", "2026/27", "2027/28", "2028/29", "2029/30", "2030/31", "2031/32", "2032/33", "2033/34"];

const SYSTEMS: [(&str, &str, &str); 8] = [
    ("rio_south", "RiO (Southern instance)", "RiO"),
    ("rio_solent", "RiO (Solent unit)", "RiO"),
    ("s1_solent", "SystmOne (Solent)", "SystmOne"),
    ("s1_iow", "SystmOne (Isle of Wight)", "SystmOne"),
    ("iaptus", "Iaptus", "Iaptus"),
    ("carenotes", "Carenotes", "Carenotes"),
    ("r4", "R4", "R4"),
    ("inform", "INFORM", "INFORM"),
];

/// Service, its system at the start, and the one it would converge on.
const SERVICES: [(&str, &str, f64); 12] = [
    ("Community nursing, Portsmouth and Southampton", "s1_solent", 1_450.0),
    ("Community nursing, Isle of Wight", "s1_iow", 310.0),
    ("Adult mental health inpatient", "rio_south", 1_900.0),
    ("Adult mental health community", "rio_solent", 820.0),
    ("Older persons mental health", "rio_south", 640.0),
    ("Child and adolescent mental health services", "carenotes", 520.0),
    ("Talking therapies", "iaptus", 380.0),
    ("Specialist dental", "r4", 140.0),
    ("Sexual health", "inform", 210.0),
    ("Learning disability", "rio_south", 260.0),
    ("Health visiting and school nursing", "s1_solent", 700.0),
    ("Community hospitals", "rio_south", 480.0),
];

const OPTIONS: [(&str, &str, &str); 6] = [
    ("bau", "Business as usual", "business_as_usual"),
    ("minimum", "Do minimum: extend and renew each contract as it falls due", "do_minimum"),
    ("interop", "Interoperate through the shared care record", "interoperate"),
    ("rationalise", "Rationalise to one instance of each product", "rationalise"),
    ("converge", "Converge on one electronic patient record, dental and sexual health included", "converge"),
    ("hybrid", "Converge mental health and community; keep specialist systems", "hybrid"),
];

const CRITERIA: [(&str, &str, &str, &str, f64, f64, f64); 8] = [
    ("visibility", "Record visibility", "Patient and user impact", "proportion", 0.0, 1.0, 0.22),
    ("burden", "Staff burden in steady state", "Patient and user impact", "hours a year", 60_000.0, 0.0, 0.12),
    ("disruption", "Disruption during change", "Patient and user impact", "dip hours", 90_000.0, 0.0, 0.07),
    ("resilience", "Resilience: share of users on one supplier", "Patient and user impact", "proportion", 1.0, 0.4, 0.06),
    ("capability", "Capability", "Capability", "coverage", 0.5, 1.0, 0.18),
    ("cost", "Cost, dual running and staff time apart", "Cost", "£", 60e6, 30e6, 0.2),
    ("dual_running", "Dual running", "Licence dual running", "£", 8e6, 0.0, 0.07),
    ("effort", "Migration effort", "Migration effort", "person-days", 16_000.0, 0.0, 0.08),
];

/// The larger sample.
pub(super) fn large() -> Appraisal {
    let mut a = blank("Electronic patient record convergence for the merged community and mental health trust", &YEARS);
    a.as_at = "2023-04-01".into();
    a.headline = Headline {
        code: "ranked_first".into(),
        text: "Converge mental health and community; keep specialist systems is ranked first on the weighted score.".into(),
    };
    a.frame.decision = Some("Approve the preferred way forward and its outline business case.".into());
    a.frame.banner = Some("Simple weighting and scoring: the Green Book advises against it for choosing between options.".into());
    a.frame.mode = "weighted_score".into();
    estate(&mut a);
    criteria(&mut a);
    a.options = (0..OPTIONS.len()).map(|i| option(&a, i)).collect();
    step(&mut a.options);
    rank(&mut a);
    assumptions(&mut a);
    a.warnings = vec![Warning {
        code: "outside_anchors".into(),
        message: "One measure lies outside its anchors; its value leaves 0 to 100.".into(),
    }];
    a
}

fn estate(a: &mut Appraisal) {
    let bodies =
        [("hiow", "Hampshire and Isle of Wight Healthcare", "new"), ("iow", "Isle of Wight NHS Trust", "transfers_services")];
    a.organisations = bodies
        .map(|(id, name, status)| OrganisationView { id: id.into(), name: name.into(), status: status.into(), successor: None })
        .to_vec();
    a.systems = SYSTEMS
        .map(|(id, name, product)| SystemView {
            id: id.into(),
            name: name.into(),
            product: product.into(),
            supplier: Some(format!("Supplier of {product}")),
            operator: Some(if id == "s1_iow" { "iow" } else { "hiow" }.into()),
            tenancy: if id == "rio_solent" { "unit" } else { "own" }.into(),
            users: SERVICES.iter().filter(|s| s.1 == id).map(|s| s.2).sum(),
        })
        .to_vec();
    a.services = SERVICES
        .iter()
        .enumerate()
        .map(|(i, (name, system, users))| ServiceView {
            slot_users: indexmap::IndexMap::new(),
            id: format!("s{i}"),
            name: (*name).into(),
            line: Some(if name.contains("mental") { "Mental health" } else { "Community" }.into()),
            organisation: Some("hiow".into()),
            place: None,
            setting: None,
            users: *users,
            slots: [("core".to_owned(), (*system).to_owned())].into_iter().collect(),
        })
        .collect();
    a.contracts = SYSTEMS
        .iter()
        .enumerate()
        .map(|(i, (id, name, _))| ContractView {
            id: format!("k_{id}"),
            name: format!("{name} licence"),
            kind: if *id == "s1_iow" { "sla" } else { "licence" }.into(),
            body: Some("hiow".into()),
            instance: Some((*id).into()),
            start: None,
            end: format!("{}-09-30", 2024 + i),
            notice_months: Some(6.0),
        })
        .collect();
}

fn criteria(a: &mut Appraisal) {
    a.criteria = CRITERIA
        .iter()
        .map(|(id, name, branch, unit, zero, hundred, weight)| CriterionView {
            id: (*id).into(),
            name: (*name).into(),
            group: branch.to_lowercase().replace(' ', "_"),
            branch: (*branch).into(),
            unit: (*unit).into(),
            direction: if hundred > zero { "more_is_better" } else { "less_is_better" }.into(),
            anchors: Anchors { zero: *zero, hundred: *hundred },
            value: !unit.starts_with('£') && !["days", "person-days"].contains(unit),
            function: "linear".into(),
            knots: vec![],
            scored: true,
            measure: if *id == "burden" { "judged" } else { id }.into(),
            weight: Some(*weight),
        })
        .collect();
}

/// The system a service ends on under option `i`.
fn target(i: usize, service: usize) -> &'static str {
    let (_, from, _) = SERVICES[service];
    match (OPTIONS[i].0, from) {
        ("rationalise" | "hybrid", "rio_solent" | "carenotes") | ("converge", _) => "rio_south",
        ("rationalise" | "hybrid", "s1_iow") => "s1_solent",
        _ => from,
    }
}

fn option(a: &Appraisal, i: usize) -> OptionResult {
    let (id, name, kind) = OPTIONS[i];
    let mut o = blank_option(id, name, kind);
    let mut moved = 0;
    for (s, service) in a.services.iter().enumerate() {
        let (from, to) = (SERVICES[s].1, target(i, s));
        place(&mut o, &service.id, (from, to), 21 + 3 * moved);
        moved += usize::from(from != to);
    }
    let dental = id != "converge";
    let reason = if dental { "Specialist dental keeps charting" } else { "Specialist dental loses dental charting" };
    o.feasible = dental;
    o.gates = [("dental_charting", dental, reason), ("sexual_health_record", true, "Sexual health keeps a separate record")]
        .map(|(id, passed, reason)| GateResult { id: id.into(), name: id.into(), passed, reason: reason.into() })
        .to_vec();
    money(&mut o, moved);
    measures(&mut o, i, moved);
    o
}

/// Puts a service on its systems; a move is planned for month `planned`, expected half a year later.
fn place(o: &mut OptionResult, service: &str, (from, to): (&str, &str), planned: usize) {
    let mut entry = |instance: &str, state: &str, span: (usize, usize)| {
        o.roadmap.push(RoadmapEntry {
            service: service.into(),
            slot: "core".into(),
            instance: instance.into(),
            state: state.into(),
            from: span.0,
            to: span.1,
        });
    };
    let live = planned + 6;
    if from == to {
        entry(from, "live", (0, 132));
    } else {
        entry(from, "live", (0, live));
        entry(to, "provisioned", (live - 3, live));
        entry(to, "live", (live, 132));
        entry(from, "parallel", (live, live + 3));
    }
    // Month 0 is April, so January is month 9.
    let date = |month: usize| format!("{}-{:02}-01", 2023 + (month + 3).div_euclid(12), (month + 3) % 12 + 1);
    o.plan.push(PlanEntry {
        service: service.into(),
        slot: "core".into(),
        instance: to.into(),
        go_live: (from != to).then(|| date(planned)),
        expected_go_live: (from != to).then(|| date(live)),
        committed: from == "carenotes",
    });
}

fn money(o: &mut OptionResult, moved: usize) {
    let each = f64::from(u8::try_from(moved).expect("few moves"));
    let mut total = [0.0; 3];
    for (index, year) in YEARS.iter().enumerate() {
        let t = f64::from(u8::try_from(index).expect("few years"));
        let busy = if (1.0..5.0).contains(&t) { each } else { 0.0 };
        let licence = 4.1e6 * (1.0 + 0.01 * t) - if t > 4.0 { each * 95_000.0 } else { 0.0 };
        let rows = [
            ("service", licence),
            ("external", busy * 120_000.0 + if o.id == "interop" { 300_000.0 } else { 0.0 }),
            ("internal_effort", busy * 60_000.0),
            ("training", busy * 40_000.0),
            ("dip", busy * 35_000.0),
            ("head_start", busy * 20_000.0),
            ("overlap", busy * 45_000.0),
            ("stranded", busy * 30_000.0),
            ("optimism_bias", busy * 50_000.0),
            ("benefit", if t > 5.0 { -each * 60_000.0 } else { 0.0 }),
        ];
        for (category, real) in rows.into_iter().filter(|r| r.1 != 0.0) {
            let (nominal, present) = (real * 1.02_f64.powf(t), real / 1.035_f64.powf(t));
            let sum = o.cost.by_category.entry(category.into()).or_default();
            sum.nominal += nominal;
            sum.real += real;
            sum.present += present;
            for (all, part) in total.iter_mut().zip([nominal, real, present]) {
                *all += part;
            }
            o.cost.by_year.push(YearAmounts { year: (*year).into(), category: category.into(), nominal, real, present });
        }
    }
    let [nominal, real, present] = total;
    (o.cost.nominal, o.cost.real, o.cost.npc, o.cost.npsv, o.cost.eac) = (nominal, real, present, -present, present / 9.3);
    finance(o, nominal);
    overheads(o, moved);
}

fn finance(o: &mut OptionResult, nominal: f64) {
    let non_cash = ["dip", "benefit"].iter().filter_map(|c| o.cost.by_category.get(*c)).map(|c| c.nominal).sum::<f64>();
    let (vat, cash) = (nominal * 0.11, nominal - non_cash + nominal * 0.11);
    o.financial = Financial {
        transfers: 0.0,
        nominal,
        non_cash,
        vat,
        cash,
        unagreed_benefits: 0.0,
        unagreed_by_year: Vec::new(),
        cash_by_year: vec![cash / 11.0; 11],
        capital: 0.0,
        capital_by_year: Vec::new(),
        depreciation_by_year: Vec::new(),
        funding_gap: Vec::new(),
        funding_total: Vec::new(),
        by_body: vec![
            BodyFinancial {
                cash_by_year: Vec::new(),
                capital_by_year: Vec::new(),
                depreciation_by_year: Vec::new(),
                body: "hiow".into(),
                nominal: nominal * 0.9,
                non_cash: non_cash * 0.9,
                vat: vat * 0.9,
                transfers: 250_000.0,
                cash: cash * 0.9 + 250_000.0,
            },
            BodyFinancial {
                cash_by_year: Vec::new(),
                capital_by_year: Vec::new(),
                depreciation_by_year: Vec::new(),
                body: "iow".into(),
                nominal: nominal * 0.1,
                non_cash: non_cash * 0.1,
                vat: vat * 0.1,
                transfers: -250_000.0,
                cash: cash * 0.1 - 250_000.0,
            },
        ],
    };
}

/// Dual running and effort.
fn overheads(o: &mut OptionResult, moved: usize) {
    let each = f64::from(u8::try_from(moved).expect("few moves"));
    let present_of = |c: &str| o.cost.by_category.get(c).map_or(0.0, |a| a.present);
    let parts = [present_of("head_start"), present_of("overlap"), present_of("stranded")];
    o.dual_running.head_start = parts[0];
    o.dual_running.overlap = parts[1];
    o.dual_running.stranded = parts[2];
    o.dual_running.present = parts.iter().sum();
    o.dual_running.nominal = o.dual_running.present * 1.15;
    o.dual_running.slippage_first_month = (moved > 0).then_some(84_000.0);
    o.dual_running.slippage_first_quarter = (moved > 0).then_some(251_000.0);
    o.effort.internal_days = each * 480.0;
    o.effort.training_days = each * 650.0;
    o.effort.person_days = each * 1_130.0;
    o.effort.external_days = each * 200.0;
}

fn measures(o: &mut OptionResult, i: usize, moved: usize) {
    let each = f64::from(u8::try_from(moved).expect("few moves"));
    let reach = [0.18, 0.2, 0.52, 0.4, 0.93, 0.71][i];
    let measures = [
        reach,
        48_000.0 - 30_000.0 * reach,
        each * 6_600.0,
        0.45 + each * 0.045,
        0.7 + reach * 0.25,
        o.cost.npc - o.dual_running.present,
        o.dual_running.present,
        o.effort.person_days,
    ];
    for ((id, _, _, _, zero, hundred, weight), measure) in CRITERIA.iter().zip(measures) {
        let value = (measure - zero) / (hundred - zero) * 100.0;
        o.measures.insert((*id).into(), measure);
        o.values.insert((*id).into(), value);
        o.contributions.insert((*id).into(), value * weight);
    }
    o.score = Some(o.contributions.values().sum());
}

fn rank(a: &mut Appraisal) {
    let scores: Vec<f64> = a.options.iter().filter(|o| o.feasible).filter_map(|o| o.score).collect();
    for option in &mut a.options {
        let score = option.score.unwrap_or(0.0);
        option.rank = option.feasible.then(|| 1 + scores.iter().filter(|s| **s > score).count());
        let staff: f64 = ["internal_effort", "training", "dip"]
            .iter()
            .filter_map(|c| option.cost.by_category.get(*c))
            .map(|c| c.present)
            .sum();
        let (npc, dual_running) = (option.cost.npc, option.dual_running.present);
        a.identity.insert(
            option.id.clone(),
            Identity { cost: npc - dual_running - staff, dual_running, staff_time: staff, scored_elsewhere: 0.0, npc },
        );
    }
    let ranked = |shift: usize| {
        let mut ids: Vec<String> = a.options.iter().filter(|o| o.feasible).map(|o| o.id.clone()).collect();
        ids.rotate_left(shift);
        ids
    };
    a.panels = ["Clinicians", "Finance and contracts", "Patients and carers", "Digital"]
        .iter()
        .enumerate()
        .map(|(i, name)| PanelResult {
            id: format!("p{i}"),
            name: (*name).into(),
            seats: 3.0,
            points: CRITERIA.iter().map(|c| (c.0.to_owned(), c.6 * 100.0)).collect(),
            weights: CRITERIA.iter().map(|c| (c.0.to_owned(), c.6)).collect(),
            scores: a.options.iter().map(|o| (o.id.clone(), o.score.unwrap_or(0.0))).collect(),
            ranking: ranked(i),
        })
        .collect();
}

fn assumptions(a: &mut Appraisal) {
    let kinds = ["sourced", "derived", "estimate", "unchecked", "none"];
    a.assumptions = (0..60_usize)
        .map(|i| AssumptionView {
            id: format!("contracts.k_{}.lines.named_user_licence_band_{}.price", SYSTEMS[i % 8].0, i.div_euclid(8)),
            name: "A number".into(),
            value: 190.0 + f64::from(u8::try_from(i).expect("sixty")) * 3.25,
            low: (i % 3 == 0).then_some(90.0),
            high: (i % 3 == 0).then_some(440.0),
            unit: "£ per user".into(),
            source: (i % 5 < 2).then(|| "contract register 2023".into()),
            evidence: kinds[i % 5].into(),
            quality: ["green", "amber", "red"].get(i % 4).map(|q| (*q).into()),
            basis: (i % 2 == 0).then(|| {
                "Average of the three quotes received in the last procurement, uplifted by the indexation clause".into()
            }),
            origin: if i % 7 == 0 { "default" } else { "given" }.into(),
            file: "contracts.csv".into(),
            line: i + 2,
            share_of_cost: 0.3 / f64::from(u8::try_from(i + 1).expect("sixty")),
            share_of_variance: None,
        })
        .collect();
    a.evidence =
        EvidenceShare { option: "hybrid".into(), sourced: 0.31, derived: 0.12, estimate: 0.27, unchecked: 0.06, none: 0.24 };
}
