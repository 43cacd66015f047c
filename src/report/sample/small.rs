//! The worked example of two services on two systems.

use super::blank;
use super::blank_option;
use super::quiet_area;
use super::step;
use crate::appraisal::result::*;

/// Three options, six criteria, two years.
pub(super) fn small() -> Appraisal {
    let mut a = blank("Community and mental health records: two services", &["2027/28", "2028/29"]);
    a.frame.decision = Some("Which option to take to full business case for community nursing records.".into());
    a.frame.sponsor = Some("Chief Digital Officer".into());
    a.headline.text = "No clear winner: the three options are within 0.9 points. Business as usual costs least; \
        converging more than doubles record visibility over interoperating (63.7% against 29.5%) for £335,435 more \
        in net present cost and £80,693 more in cash."
        .into();
    a.summary = [
        ("dual_running", "Converging pays £90,200 in cash prices for systems that nobody uses or that run twice."),
        ("effort", "It takes 600 person-days, of which 480 are training."),
    ]
    .map(|(about, text)| Sentence { about: about.into(), text: text.into() })
    .to_vec();
    a.paper = [("Meeting", Some("Trust Board in public")), ("Date", None), ("Purpose", Some("Decision")), ("Author", None)]
        .map(|(label, value)| PaperField { label: label.into(), value: value.map(Into::into) })
        .to_vec();
    estate(&mut a);
    criteria(&mut a);
    a.options = vec![bau(), interop(), converge()];
    step(&mut a.options);
    areas(&mut a);
    scores(&mut a);
    a.identity.insert("bau".into(), identity(547_202.614_379, 0.0, 0.0));
    a.identity.insert("interop".into(), identity(624_796.817_278, 0.0, 15_000.0));
    a.identity.insert("converge".into(), identity(534_186.643_933, 87_044.880_174, 354_000.0));
    sensitivity(&mut a);
    assumptions(&mut a);
    a
}

fn identity(cost: f64, dual_running: f64, staff_time: f64) -> Identity {
    Identity { cost, dual_running, staff_time, scored_elsewhere: 0.0, npc: cost + dual_running + staff_time }
}

fn estate(a: &mut Appraisal) {
    a.organisations =
        vec![OrganisationView { id: "new".into(), name: "New Community Trust".into(), status: "new".into(), successor: None }];
    a.systems = [("x", "System X", 400.0), ("y", "System Y", 600.0)]
        .map(|(id, name, users)| SystemView {
            id: id.into(),
            name: name.into(),
            product: name.into(),
            supplier: None,
            operator: Some("new".into()),
            tenancy: "own".into(),
            users,
        })
        .to_vec();
    a.services = [("s1", "Community nursing", 400.0, "x"), ("s2", "Adult mental health", 600.0, "y")]
        .map(|(id, name, users, system)| ServiceView {
            slot_users: indexmap::IndexMap::new(),
            id: id.into(),
            name: name.into(),
            line: None,
            organisation: Some("new".into()),
            place: Some(if id == "s1" { "North" } else { "South" }.into()),
            setting: None,
            users,
            slots: [("core".to_owned(), system.to_owned())].into_iter().collect(),
        })
        .to_vec();
    a.contracts = [("kx", "Contract KX", "x", "2028-09-30", Some(6.0)), ("ky", "Contract KY", "y", "2032-03-31", None)]
        .map(|(id, name, instance, end, notice_months)| ContractView {
            id: id.into(),
            name: name.into(),
            kind: "licence".into(),
            body: Some("new".into()),
            instance: Some(instance.into()),
            start: None,
            end: end.into(),
            notice_months,
        })
        .to_vec();
}

/// The two places and the one body. Converging moves community nursing, in the north.
fn areas(a: &mut Appraisal) {
    let view = |kind: &str, area: Option<&str>, services: &[&str], users, contacts| AreaView {
        kind: kind.into(),
        area: area.map(Into::into),
        services: services.iter().map(|s| (*s).to_owned()).collect(),
        users,
        patients: None,
        contacts,
    };
    a.areas = vec![
        view("all", None, &["s1", "s2"], 1_000.0, Some(90_000.0)),
        view("place", Some("North"), &["s1"], 400.0, None),
        view("place", Some("South"), &["s2"], 600.0, Some(90_000.0)),
        view("organisation", Some("new"), &["s1", "s2"], 1_000.0, Some(90_000.0)),
    ];
    let seen = [(0.114, 0.7, 0.88), (0.2945, 0.7, 0.88), (0.6365, 0.793_75, 0.9175)];
    for (option, (visibility, north, all)) in a.options.iter_mut().zip(seen) {
        option.areas = a.areas.iter().zip([all, north, 1.0, all]).map(|(v, c)| quiet_area(v, visibility, c)).collect();
    }
    for moved in [0, 1, 3] {
        let area = &mut a.options[2].areas[moved];
        (area.slots_moved, area.users_moved) = (1, 400.0);
        (area.first_go_live, area.last_go_live) = (Some("2028-01-01".into()), Some("2028-01-01".into()));
        (area.internal_days, area.external_days, area.training_hours, area.dip_hours) = (120.0, 80.0, 3_600.0, 6_600.0);
        area.cost = Amounts { nominal: 390_000.0, real: 390_000.0, present: 390_000.0 };
    }
}

const CRITERIA: [(&str, &str, &str, &str, f64, f64, f64); 6] = [
    ("visibility", "Record visibility", "Patient and user impact", "proportion", 0.0, 1.0, 100.0),
    ("disruption", "Disruption", "Patient and user impact", "dip hours", 10_000.0, 0.0, 30.0),
    ("capability", "Capability", "Capability", "coverage", 0.5, 1.0, 60.0),
    ("cost", "Cost", "Cost", "£", 800_000.0, 400_000.0, 80.0),
    ("dual_running", "Dual running", "Dual running", "£", 150_000.0, 0.0, 30.0),
    ("effort", "Migration effort", "Migration effort", "person-days", 1_000.0, 0.0, 40.0),
];

fn criteria(a: &mut Appraisal) {
    a.criteria = CRITERIA
        .iter()
        .map(|(id, name, branch, unit, zero, hundred, points)| CriterionView {
            id: (*id).into(),
            name: (*name).into(),
            group: String::new(),
            branch: (*branch).into(),
            unit: (*unit).into(),
            direction: if hundred > zero { "more_is_better" } else { "less_is_better" }.into(),
            anchors: Anchors { zero: *zero, hundred: *hundred },
            value: !unit.starts_with('£') && !["days", "person-days"].contains(unit),
            function: "linear".into(),
            knots: vec![],
            scored: true,
            measure: (*id).into(),
            weight: Some(points / 340.0),
        })
        .collect();
}

fn scores(a: &mut Appraisal) {
    let measures = [
        [0.114, 0.0, 0.88, 547_202.614_379, 0.0, 0.0],
        [0.2945, 0.0, 0.88, 624_796.817_278, 0.0, 35.0],
        [0.6365, 6_600.0, 0.9175, 534_186.643_933, 87_044.880_174, 600.0],
    ];
    for (option, measures) in a.options.iter_mut().zip(measures) {
        for (criterion, measure) in a.criteria.iter().zip(measures) {
            let Anchors { zero, hundred } = criterion.anchors;
            let value = (measure - zero) / (hundred - zero) * 100.0;
            option.measures.insert(criterion.id.clone(), measure);
            option.values.insert(criterion.id.clone(), value);
            option.contributions.insert(criterion.id.clone(), value * criterion.weight.expect("all have weights"));
        }
        option.score = Some(option.contributions.values().sum());
    }
    a.panels = vec![PanelResult {
        id: "all".into(),
        name: "Programme panel".into(),
        seats: 1.0,
        points: CRITERIA.iter().map(|c| (c.0.to_owned(), c.6)).collect(),
        weights: CRITERIA.iter().map(|c| (c.0.to_owned(), c.6 / 340.0)).collect(),
        scores: a.options.iter().map(|o| (o.id.clone(), o.score.expect("just set"))).collect(),
        ranking: vec!["interop".into(), "bau".into(), "converge".into()],
    }];
}

fn option(id: &str, name: &str, kind: &str, rank: usize, money: [f64; 4]) -> OptionResult {
    let [npc, nominal, non_cash, vat] = money;
    let mut option = blank_option(id, name, kind);
    option.rank = Some(rank);
    option.gates = vec![GateResult {
        id: "must_m1".into(),
        name: "Must m1".into(),
        passed: true,
        reason: "Adult mental health is on a system that meets M1".into(),
    }];
    option.cost.npc = npc;
    option.cost.npsv = -npc;
    option.cost.eac = npc / 1.966_184;
    option.cost.nominal = nominal;
    option.financial.nominal = nominal;
    option.financial.non_cash = non_cash;
    option.financial.vat = vat;
    option.financial.cash = nominal - non_cash + vat;
    option.financial.by_body = vec![BodyFinancial {
        cash_by_year: Vec::new(),
        capital_by_year: Vec::new(),
        depreciation_by_year: Vec::new(),
        body: "new".into(),
        nominal,
        non_cash,
        vat,
        transfers: 0.0,
        cash: option.financial.cash,
    }];
    option
}

/// Amounts by category in year-0 prices of the two years.
fn by_year(option: &mut OptionResult, amounts: &[(&str, f64, f64)]) {
    for (category, first, second) in amounts {
        let present = first + second / 1.035;
        option
            .cost
            .by_category
            .insert((*category).into(), Amounts { nominal: first + second * 1.02, real: first + second, present });
        option.cost.real += first + second;
        for (year, real, nominal, present) in
            [("2027/28", first, *first, *first), ("2028/29", second, second * 1.02, second / 1.035)]
        {
            if *real != 0.0 {
                option.cost.by_year.push(YearAmounts {
                    year: year.into(),
                    category: (*category).into(),
                    nominal,
                    real: *real,
                    present,
                });
            }
        }
    }
}

fn live(service: &str, instance: &str, from: usize, to: usize) -> RoadmapEntry {
    RoadmapEntry { service: service.into(), slot: "core".into(), instance: instance.into(), state: "live".into(), from, to }
}

fn stay(service: &str, instance: &str) -> PlanEntry {
    PlanEntry {
        service: service.into(),
        slot: "core".into(),
        instance: instance.into(),
        go_live: None,
        expected_go_live: None,
        committed: false,
    }
}

fn bau() -> OptionResult {
    let mut o = option("bau", "Business as usual", "business_as_usual", 2, [547_202.614_379, 562_420.0, 0.0, 112_484.0]);
    by_year(&mut o, &[("service", 274_000.0, 282_764.705_882)]);
    o.plan = vec![stay("s1", "x"), stay("s2", "y")];
    o.roadmap = vec![live("s1", "x", 0, 24), live("s2", "y", 0, 24)];
    o
}

fn interop() -> OptionResult {
    let mut o = option("interop", "Interoperate", "interoperate", 1, [639_796.817_278, 655_660.0, 0.0, 112_484.0]);
    by_year(
        &mut o,
        &[("service", 274_000.0, 282_764.705_882), ("external", 66_000.0, 12_000.0), ("internal_effort", 15_000.0, 0.0)],
    );
    o.plan = vec![stay("s1", "x"), stay("s2", "y")];
    o.roadmap = vec![live("s1", "x", 0, 24), live("s2", "y", 0, 24)];
    o.links = vec![LinkEntry { id: "xy".into(), name: "Record sharing between X and Y".into(), live: Some("2027-10-01".into()) }];
    o.effort.internal_days = 35.0;
    o.effort.person_days = 35.0;
    o
}

fn converge() -> OptionResult {
    let mut o = option("converge", "Converge on system Y", "converge", 3, [975_231.524_107, 991_364.0, 262_800.0, 120_272.8]);
    by_year(
        &mut o,
        &[
            ("service", 265_200.0, 241_141.176_471),
            ("head_start", 5_400.0, 0.0),
            ("overlap", 25_000.0, 0.0),
            ("stranded", 0.0, 43_333.333_333),
            ("archive", 0.0, 15_294.117_647),
            ("external", 36_000.0, 0.0),
            ("internal_effort", 48_000.0, 0.0),
            ("training", 108_000.0, 0.0),
            ("dip", 198_000.0, 0.0),
        ],
    );
    o.plan = vec![
        PlanEntry { go_live: Some("2028-01-01".into()), expected_go_live: Some("2028-01-01".into()), ..stay("s1", "y") },
        stay("s2", "y"),
    ];
    let beside = |state: &str, instance: &str, from, to| RoadmapEntry { state: state.into(), ..live("s1", instance, from, to) };
    o.roadmap = vec![
        live("s1", "x", 0, 9),
        beside("provisioned", "y", 8, 9),
        live("s1", "y", 9, 24),
        beside("parallel", "x", 9, 12),
        live("s2", "y", 0, 24),
    ];
    paid_and_worked(&mut o);
    o.exits = vec![ExitDecision {
        contract: "kx".into(),
        left: "2028-04-01".into(),
        stay: 44_200.0,
        exit_charge: Some(33_150.0),
        archive: 15_600.0,
        decision: "stay".into(),
        notice_by: Some("2027-09-30".into()),
        sentence: "Staying on Contract KX to its end costs £44,200; leaving on 31 March 2028 costs £48,750 with the archive that makes necessary. It stays.".into(),
    }];
    o.unmonetised = vec!["One record for patients seen by both services".into()];
    o
}

/// Dual running and effort of converging.
fn paid_and_worked(o: &mut OptionResult) {
    o.dual_running = DualRunning {
        avoidable: None,
        present: 87_044.880_174,
        nominal: 90_200.0,
        head_start: 5_400.0,
        overlap: 25_000.0,
        stranded: 41_867.954_911,
        archive: 14_776.925_263,
        committed: 66_867.954_911,
        slippage_first_month: Some(9_231.410_439),
        slippage_first_quarter: Some(20_525.149_190),
        by_contract: vec![
            ContractDualRunning {
                contract: "kx".into(),
                service: 75_000.0,
                head_start: 0.0,
                overlap: 25_000.0,
                stranded: 44_200.0,
                archive: 15_600.0,
                invoice: 159_800.0,
            },
            ContractDualRunning {
                contract: "ky".into(),
                service: 436_164.0,
                head_start: 5_400.0,
                overlap: 0.0,
                stranded: 0.0,
                archive: 0.0,
                invoice: 441_564.0,
            },
        ],
    };
    o.effort = Effort {
        internal_days: 120.0,
        external_days: 80.0,
        training_days: 480.0,
        person_days: 600.0,
        peak_load: None,
        training_hours: 3_600.0,
        dip_hours: 6_600.0,
        by_role: vec![RoleEffort {
            role: "configuration".into(),
            name: "configuration".into(),
            days: 60.0,
            peak_quarter: "2027/28 Q2".into(),
            peak_days: 60.0,
            capacity: None,
            teams: Vec::new(),
        }],
    };
}

fn sensitivity(a: &mut Appraisal) {
    a.implied_rates = [
        ("cost", 0.000_058_824, None, None, "£1,000 of cost weighs 0.059 points", None),
        (
            "effort",
            0.011_764_7,
            Some(200.0),
            Some(350.0),
            "£200 for a day of effort",
            Some("The weights value a day of effort at £200, below the £350 to £500 paid for it."),
        ),
        ("visibility", 0.294_118, Some(5_000.0), None, "£5,000 for a percentage point of visibility", None),
    ]
    .map(|(criterion, points_per_unit, pounds_per_unit, paid, sentence, warning)| ImpliedRate {
        criterion: criterion.into(),
        points_per_unit,
        pounds_per_unit,
        paid,
        paid_highest: paid.map(|_| 500.0),
        sentence: sentence.into(),
        warning: warning.map(Into::into),
    })
    .to_vec();
    a.sensitivity.weights = [
        ("visibility", 0.294_118, "bau", Some(0.280_863), Some("below")),
        ("cost", 0.235_294, "bau", Some(0.248_188), Some("above")),
        ("visibility", 0.294_118, "converge", Some(0.311_796), Some("above")),
        ("capability", 0.176_471, "bau", None, None),
    ]
    .map(|(node, weight, rival, crossing, side)| WeightCrossing {
        node: node.into(),
        weight,
        option: "interop".into(),
        rival: rival.into(),
        crossing,
        side: side.map(Into::into),
        distance: crossing.map(|c| f64::abs(c - weight)),
    })
    .to_vec();
    nodes(a);
    a.sensitivity.switching = vec![Switching {
        jump: false,
        reached: None,
        input: "contracts.ky.lines.users.price".into(),
        option: "converge".into(),
        against: "bau".into(),
        current: 162.0,
        value: None,
        sentence: "No price of zero or more for users above 600 makes Converge on system Y cost the same as Business as usual."
            .into(),
    }];
}

/// Every criterion is a node of its own: at a weight of 1 an option has its points there, at 0 what is left of its score
/// over what is left of the weights.
fn nodes(a: &mut Appraisal) {
    let flip = |node: &str, side: &str| {
        let of = a.sensitivity.weights.iter().find(|w| w.node == node && w.side.as_deref() == Some(side))?;
        Some(Flip { weight: of.crossing?, distance: of.distance?, rival: of.rival.clone() })
    };
    let node = |c: &CriterionView| {
        let weight = c.weight.expect("all have weights");
        let line = |o: &str| {
            let option = a.options.iter().find(|x| x.id == o).expect("the option");
            let (score, value) = (option.score.expect("a score"), option.values[&c.id]);
            (o.to_owned(), ((score - weight * value) / (1.0 - weight), value))
        };
        NodeWeight {
            node: c.id.clone(),
            name: c.name.clone(),
            weight,
            below: flip(&c.id, "below"),
            above: flip(&c.id, "above"),
            ends: ["interop", "converge", "bau"].into_iter().map(line).collect(),
        }
    };
    a.sensitivity.nodes = a.criteria.iter().map(node).collect();
}

fn assumptions(a: &mut Appraisal) {
    a.assumptions = [
        ("contracts.kx.lines.users.price", 150.0, "£ per user", "none", 0.41),
        ("contracts.ky.lines.users.price", 162.0, "£ per user", "estimate", 0.2),
        ("migration.training_hours", 9.0, "hours", "none", 0.11),
    ]
    .map(|(id, value, unit, evidence, share_of_cost)| AssumptionView {
        id: id.into(),
        name: id.into(),
        value,
        low: None,
        high: None,
        unit: unit.into(),
        source: None,
        evidence: evidence.into(),
        quality: None,
        basis: None,
        origin: "given".into(),
        file: "scenario.toml".into(),
        line: 40,
        share_of_cost,
        share_of_variance: None,
    })
    .to_vec();
    a.parameters = vec![ParameterView {
        name: "Discount rate".into(),
        value: "3.5% a year for years 0 to 30".into(),
        source: "The Green Book, annex 6".into(),
        vintage: "2026".into(),
    }];
    a.sources = vec![SourceView {
        id: "gb".into(),
        title: "The Green Book".into(),
        publisher: Some("HM Treasury".into()),
        url: Some(
            "https://www.gov.uk/government/publications/the-green-book-appraisal-and-evaluation-in-central-government".into(),
        ),
        date: Some("2026".into()),
    }];
    a.warnings = vec![Warning {
        code: "exit_notice_before_go_live".into(),
        message: "Notice on Contract KX would be due on 30 September 2027, before go-live on 1 January 2028.".into(),
    }];
}
