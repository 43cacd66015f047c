//! An appraisal from a programme and its plans: everything evaluated, compared and put into words,
//! as plain data in [`result`].

mod archives;
mod area;
mod calendar;
mod cross_checks;
mod defaults;
mod economics;
mod evidence;
mod examined;
mod exits;
mod funding;
mod headline;
mod implied;
mod limits;
mod longlist;
mod naming;
mod needs;
mod option;
mod paper;
mod reference_class;
pub mod result;
mod roadmap;
mod sensitivity;
mod smaa;
mod summary;
mod tornado;
mod twice;
mod uncertainty;
mod unsaid;
mod value_for_money;
mod verdict;
mod view;
mod warning;
mod waterfall;
mod weights;
mod what_if;
mod workings;

pub use examined::Examined;
pub(crate) use naming::lineage as line_in_words;
pub use roadmap::{
    COMPARED, NODES, OverDraws, PLANS, Progress as RoadmapProgress, Question, program as roadmap_program, roadmap,
};

use crate::assumption::Values;
use crate::optimiser::Watched;
use crate::outcome::{self, Outcome};
use crate::plan::Plan;
use crate::programme::Programme;
use crate::scenario::digest;
use crate::scoring;
use crate::uncertainty::Progress;
use rayon::prelude::*;
use result::{Acceptability, Appraisal, PanelResult, Provenance, SCHEMA_VERSION, Sensitivity, Warning};
use roadmap::Settled;

/// All that the parts of an appraisal read.
struct Case<'a> {
    programme: &'a Programme,
    plans: &'a [Plan],
    /// What was answered for options that are left to the optimiser.
    answered: &'a [roadmap::Answered],
    /// What dates do, by option; empty where it was not asked.
    dates: Vec<Option<result::Dates>>,
    outcome: Outcome,
    /// Position of business as usual, the comparator; a plain choice among things to come has none.
    usual: Option<usize>,
    /// Position of the option ranked first among those that pass every gate.
    leading: usize,
    /// Positions of ranked options that pass every gate, best first, then in the scenario's order. Business as usual
    /// is ranked whatever gates say, but it leads nobody if it fails one.
    ranking: Vec<usize>,
    /// The seed of all that is drawn.
    seed: u64,
    /// All draws, where there are any.
    drawn: Option<uncertainty::Drawn<'a>>,
    /// The weights that could be defended, where a single set of weights is in force and options compete.
    defended: Option<smaa::Defended>,
    /// Rank by expected value, by option; empty where nothing was drawn.
    expected: Vec<Option<usize>>,
}

impl Case<'_> {
    fn npc(&self, option: usize) -> f64 {
        self.outcome.options[option].totals.npc()
    }

    fn cash(&self, option: usize) -> f64 {
        self.outcome.options[option].totals.total_cash()
    }

    fn name(&self, option: usize) -> &str {
        &self.programme.options[option].name
    }

    /// Whether any option has a cost or a benefit; in a case of judged scores alone nothing is said of money.
    fn priced(&self) -> bool {
        self.outcome.options.iter().any(|o| !o.costing.lines.is_empty())
    }

    /// The ranked option with the lowest net present cost.
    fn cheapest(&self) -> usize {
        self.ranking.iter().copied().min_by(|a, b| self.npc(*a).total_cmp(&self.npc(*b))).unwrap_or(self.leading)
    }
}

/// What a reader should know before relying on a scenario, without the whole appraisal.
#[must_use]
pub fn warnings(programme: &Programme, plans: &[Plan]) -> Vec<Warning> {
    checked(programme, plans).0
}

/// What the values of a scenario are, given or defaulted, and what the answer rests on.
#[must_use]
pub fn defaults(programme: &Programme, plans: &[Plan]) -> Option<result::Defaults> {
    let values = programme.register.central();
    let settled = roadmap::settled(programme, plans, programme.frame.seed, &values);
    defaults::view(&case(&settled, &values), &values)
}

/// Both at once: [`warnings`] and [`defaults`].
#[must_use]
pub fn checked(programme: &Programme, plans: &[Plan]) -> (Vec<Warning>, Option<result::Defaults>) {
    let values = programme.register.central();
    let settled = roadmap::settled(programme, plans, programme.frame.seed, &values);
    let case = case(&settled, &values);
    (warning::warnings(&case, &implied::rates(&case, &values), &values), defaults::view(&case, &values))
}

fn case<'a>(settled: &'a Settled<'_>, values: &Values) -> Case<'a> {
    let (programme, plans) = (&*settled.programme, &*settled.plans);
    let outcome = outcome::evaluate(programme, plans, values);
    let usual = programme.business_as_usual().map(|o| o.0);
    let mut ranking: Vec<usize> =
        (0..plans.len()).filter(|&i| outcome.ranks[i].is_some() && outcome.options[i].feasible()).collect();
    ranking.sort_by_key(|&i| outcome.ranks[i]);
    let leading = ranking.first().copied().or(usual).unwrap_or(0);
    let (seed, answered) = (programme.frame.seed, &*settled.answered);
    Case {
        programme,
        plans,
        answered,
        dates: Vec::new(),
        outcome,
        usual,
        leading,
        ranking,
        seed,
        drawn: None,
        defended: None,
        expected: Vec::new(),
    }
}

/// Appraises a scenario, on its central case and on as many draws as its provenance says.
///
/// `noted` are warnings of the reader.
#[must_use]
pub fn appraise(programme: &Programme, plans: &[Plan], provenance: Provenance, noted: Vec<Warning>) -> Appraisal {
    examined(programme, plans, provenance, noted, &Progress::default()).appraisal
}

/// The same, with draws that can be watched from another thread, and with the evaluation of the central case that it tells of: what explanations and comparisons go back to.
#[must_use]
pub fn examined<'a>(
    programme: &'a Programme,
    plans: &'a [Plan],
    provenance: Provenance,
    noted: Vec<Warning>,
    progress: &Progress,
) -> Examined<'a> {
    let values = programme.register.central();
    let settled = roadmap::settled(programme, plans, provenance.seed.unwrap_or(programme.frame.seed), &values);
    let mut case = case(&settled, &values);
    let draws = usize::try_from(provenance.draws).unwrap_or(usize::MAX);
    case.seed = provenance.seed.unwrap_or(case.seed);
    let (mut acceptability, defended) = smaa::acceptability(&case).unzip();
    case.defended = defended.flatten();
    if draws > 0 {
        let weighing = case.defended.as_ref().map(smaa::Defended::weighing);
        let drawn = uncertainty::Drawn::of((case.programme, case.plans), (case.seed, draws), weighing.as_ref(), progress);
        case.expected = drawn.ranks(&case);
        case.drawn = Some(drawn);
        if let Some(acceptability) = &mut acceptability {
            smaa::with_draws(&case, acceptability);
        }
    }
    let dates = (settled.programme.optimise.dates, roadmap::effort(&settled.programme, case.seed));
    case.dates = roadmap::dates(&settled, &case.outcome, dates, (&values, Watched::No));
    let optimiser = roadmap::of_option(&settled, (&case.outcome, &case.dates), provenance.draws, &values);
    let appraisal = Appraisal { optimiser, ..whole(&case, &values, provenance, (noted, acceptability)) };
    let Case { outcome, usual, .. } = case;
    Examined { programme: settled.programme, plans: settled.plans, values, outcome, usual, appraisal }
}

fn whole(
    case: &Case<'_>,
    values: &Values,
    provenance: Provenance,
    (noted, acceptability): (Vec<Warning>, Option<Acceptability>),
) -> Appraisal {
    let (programme, plans) = (case.programme, case.plans);
    let slippage = option::Slippage::of(programme, plans, values);
    let sensitivity = sensitivities(case, values);
    let (assumptions, evidence) = logged(case, &sensitivity);
    let (implied_rates, verdicts, warnings) = judged(case, noted, values);
    let needs = needs::needs(programme, &case.outcome.options, values);
    Appraisal {
        schema_version: SCHEMA_VERSION,
        id: programme.frame.id.clone(),
        title: programme.frame.title.clone(),
        as_at: programme.frame.period.as_at.to_string(),
        headline: headline::headline(case),
        summary: summary::sentences(case, &slippage, &sensitivity, &evidence),
        provenance: recorded(case, provenance, acceptability.as_ref()),
        frame: view::frame(case),
        paper: view::paper(programme),
        narrative: paper::narrative(programme),
        objectives: paper::objectives(programme),
        success_factors: paper::success_factors(programme),
        next_steps: paper::next_steps(programme),
        organisations: view::organisations(programme),
        systems: view::systems(programme, values),
        services: view::services(programme, values),
        coverage: needs::coverage(&needs),
        needs,
        areas: area::views(programme, values),
        contracts: view::contracts(programme, values),
        funding: funding::sources(programme, values),
        benefits: funding::benefits(programme),
        milestones: limits::milestones(programme),
        freezes: limits::freezes(programme),
        hazards: limits::hazards(case),
        risks: limits::risks(case, values),
        longlist: longlist::longlist(programme),
        groups: view::groups(programme),
        criteria: view::criteria(case),
        options: (0..plans.len()).into_par_iter().map(|i| option::result(case, i, &slippage, values)).collect(),
        identity: (0..plans.len()).map(|i| (programme.options[i].id.clone(), option::identity(case, i))).collect(),
        reference_class: reference_class::view(case, values),
        implied_rates,
        efficient: value_for_money::efficient(case),
        duplicates: value_for_money::duplicates(case),
        panels: panels(case),
        cross_checks: cross_checks::view(case),
        panel_combination: programme.panels.combination.word().to_owned(),
        acceptability,
        verdicts,
        optimiser: None,
        uncertainty: uncertainty::whole(case, &sensitivity.information_value),
        calendar: calendar::calendar(case),
        commitment: calendar::commitment(case),
        sensitivity,
        assumptions,
        evidence,
        defaults: defaults::view(case, values),
        sources: view::sources(programme),
        parameters: view::parameters(programme),
        warnings,
        explanations: Vec::new(),
    }
}

/// What was assumed, with what finding it out is worth, and how much of it has evidence.
fn logged(case: &Case<'_>, sensitivity: &Sensitivity) -> (Vec<result::AssumptionView>, result::EvidenceShare) {
    let (mut assumptions, evidence) = evidence::log(case);
    uncertainty::explained(&mut assumptions, &sensitivity.information_value);
    (assumptions, evidence)
}

/// Rates that the figures imply, verdicts by service, and what the reader should know, what was noted in reading first.
fn judged(
    case: &Case<'_>,
    noted: Vec<Warning>,
    values: &Values,
) -> (Vec<result::ImpliedRate>, Vec<result::Verdict>, Vec<Warning>) {
    let implied_rates = implied::rates(case, values);
    let (verdicts, left_out) = verdict::verdicts(case, values);
    let mut warnings = noted;
    warnings.extend(warning::warnings(case, &implied_rates, values));
    warnings.extend(left_out);
    (implied_rates, verdicts, warnings)
}

/// The record of a run with its seed, null where nothing is drawn, and with the digest that names it.
fn recorded(case: &Case<'_>, of: Provenance, acceptability: Option<&Acceptability>) -> Provenance {
    let seed = drew(&of, acceptability).then_some(case.seed);
    let (seed_text, draws) = (seed.map_or_else(String::new, |s| s.to_string()), of.draws.to_string());
    let run = digest::texts(&[&of.engine_version, &of.parameter_set, &of.scenario_sha256, &seed_text, &draws]);
    Provenance { seed, run, ..of }
}

/// Whether anything was drawn.
fn drew(provenance: &Provenance, acceptability: Option<&Acceptability>) -> bool {
    provenance.draws > 0 || acceptability.is_some()
}

/// All that would change the answer.
fn sensitivities(case: &Case<'_>, values: &Values) -> Sensitivity {
    Sensitivity {
        tornado: tornado::tornado(case),
        information_value: uncertainty::information(case),
        what_ifs: what_if::results(case, values),
        discount_rates: economics::discount_rates(case, values),
        ..sensitivity::sensitivity(case, values)
    }
}

fn panels(case: &Case<'_>) -> Vec<PanelResult> {
    let programme = case.programme;
    let tree = &programme.tree;
    let one = |panel: &crate::programme::Panel| {
        let weights = scoring::leaf_weights(tree, panel);
        let scores: Vec<f64> = case.outcome.options.iter().map(|o| scoring::score(&weights, &o.values)).collect();
        let mut ranking: Vec<usize> = (0..scores.len()).filter(|&i| case.outcome.ranks[i].is_some()).collect();
        ranking.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]));
        let ids = || programme.options.iter().map(|o| o.id.clone());
        PanelResult {
            id: panel.id.clone(),
            name: panel.name.clone(),
            seats: panel.seats,
            points: panel.points.iter().map(|(n, p)| (tree.nodes[n.0].id.clone(), *p)).collect(),
            weights: tree.criteria.iter().map(|c| c.id.clone()).zip(weights).collect(),
            scores: ids().zip(scores).collect(),
            ranking: ranking.into_iter().map(|i| programme.options[i].id.clone()).collect(),
        }
    };
    programme.panels.list.iter().map(one).collect()
}
