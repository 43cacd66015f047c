//! What moves the leading option's cost most: every unknown at its low and at its high, all else as it is, with what that
//! does to the lead over the second option beside it.

mod draw;
mod table;

use super::Figure;
use super::KeyItem;
use super::Layout;
use super::Panel;
use super::palette::Fill;
use super::palette::SERIES;
use crate::appraisal::result::Appraisal;
use crate::appraisal::result::OptionResult;
use crate::appraisal::result::TornadoBar;
use crate::quantity::pounds_short;
use crate::report::format;

/// The numbers of the chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Tornado {
    /// Name of the leading option.
    pub leading: String,
    /// Its net present cost on central figures.
    pub central: f64,
    /// The lead over the second option; none where there is no second.
    pub lead: Option<Lead>,
    /// The year whose prices they are in.
    pub price_base: String,
    /// Every unknown, widest first.
    pub bars: Vec<Bar>,
}

impl Tornado {
    /// How many bars are drawn: the widest of those that move the cost; where none does, those that move the lead.
    fn drawn(&self) -> usize {
        let moving = self.moving();
        if moving > 0 { moving.min(DRAWN) } else { self.bars.len().min(DRAWN) }
    }

    /// How many unknowns move the cost by more than half a penny, which is rounding.
    fn moving(&self) -> usize {
        self.bars.iter().filter(|b| b.width() > 0.005).count()
    }
}

/// What the lead is.
#[derive(Debug, Clone, PartialEq)]
pub struct Lead {
    /// Name of the second option.
    pub over: String,
    /// On central figures.
    pub central: f64,
    /// Whether it is in points of the score, not in pounds of net present cost.
    pub points: bool,
}

impl Lead {
    /// A lead in words.
    #[must_use]
    pub fn told(&self, lead: f64) -> String {
        if self.points { format!("{} points", format::points(lead)) } else { pounds_short(lead) }
    }
}

/// One unknown.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// In words.
    pub name: String,
    /// Unit of the number; empty for a driver of several, or a risk.
    pub unit: String,
    /// What it is at its low and at its high.
    pub ends: [End; 2],
}

/// One end of an unknown.
#[derive(Debug, Clone, PartialEq)]
pub struct End {
    /// What it is there, in short.
    pub short: String,
    /// In full.
    pub full: String,
    /// Net present cost of the leading option.
    pub npc: f64,
    /// Score of the leading option, if it has one.
    pub score: Option<f64>,
    /// Lead over the second.
    pub lead: f64,
}

impl Bar {
    fn of(appraisal: &Appraisal, bar: &TornadoBar) -> Self {
        let unit = appraisal.assumptions.iter().find(|a| a.id == bar.input).map_or("", |a| a.unit.as_str());
        let event = is_event(bar);
        let end = |value: Option<f64>, [of_event, of_several]: [[&str; 2]; 2], (npc, score, lead): (f64, Option<f64>, f64)| {
            let [short, full] = match value {
                Some(_) if event => of_event.map(str::to_owned),
                Some(value) => [format::without_unit(value, unit), format::in_unit(value, unit)],
                None => of_several.map(str::to_owned),
            };
            End { short, full, npc, score, lead }
        };
        let plain = bar.name.strip_suffix(": probability").filter(|_| event);
        Self {
            name: plain.map_or_else(|| bar.name.clone(), |risk| format!("{risk}: whether it happens")),
            unit: if event || bar.low.is_none() { String::new() } else { unit.to_owned() },
            ends: [
                end(bar.low, [["no", "does not happen"], ["low", "its low"]], (bar.npc_low, bar.score_low, bar.lead_low)),
                end(bar.high, [["yes", "happens"], ["high", "its high"]], (bar.npc_high, bar.score_high, bar.lead_high)),
            ],
        }
    }

    /// How far apart the net present costs at both ends are.
    fn width(&self) -> f64 {
        (self.ends[1].npc - self.ends[0].npc).abs()
    }
}

/// Whether a bar is of a risk that happens or does not; its probability may be another.
fn is_event(bar: &TornadoBar) -> bool {
    let ends = |value: Option<f64>, end: f64| value.is_some_and(|v| (v - end).abs() < f64::EPSILON);
    bar.input.starts_with("risks.") && bar.input.ends_with(".probability") && ends(bar.low, 0.0) && ends(bar.high, 1.0)
}

/// The options that were appraised as ways forward, in order of rank.
fn ranking(appraisal: &Appraisal) -> Vec<&OptionResult> {
    let mut ranked: Vec<&OptionResult> = appraisal.options.iter().filter(|o| o.feasible && o.rank.is_some()).collect();
    ranked.sort_by_key(|o| o.rank);
    ranked
}

/// Takes the numbers from an appraisal; none where nothing was drawn or nothing moves.
#[must_use]
pub fn data(appraisal: &Appraisal) -> Option<Tornado> {
    let leading = appraisal.options.iter().find(|o| o.id == appraisal.evidence.option)?;
    let second = ranking(appraisal).into_iter().find(|o| o.id != leading.id);
    let lead = second.map(|second| {
        let scores = leading.score.zip(second.score).filter(|_| appraisal.frame.rank_basis == "score");
        let central = scores.map_or(second.cost.npc - leading.cost.npc, |(first, second)| first - second);
        Lead { over: second.name.clone(), central, points: scores.is_some() }
    });
    let bars: Vec<Bar> = appraisal.sensitivity.tornado.iter().map(|b| Bar::of(appraisal, b)).collect();
    (!bars.is_empty()).then(|| Tornado {
        leading: leading.name.clone(),
        central: leading.cost.npc,
        lead,
        price_base: appraisal.frame.price_base.clone(),
        bars,
    })
}

/// Bars that are drawn.
pub const DRAWN: usize = 12;

/// Differences below this are none.
const LEVEL: f64 = 0.5;

/// What the chart says: what moves the cost most, and how many unknowns turn the order of the first two by themselves.
#[must_use]
pub fn title(tornado: &Tornado) -> String {
    let Some(widest) = tornado.bars.first().filter(|b| b.width() >= LEVEL) else {
        let none = format!("No single unknown moves the net present cost of {}", tornado.leading);
        return turning(tornado).map_or_else(|| none.clone(), |turning| format!("{none}. {turning}"));
    };
    let (low, high) = (widest.ends[0].npc.min(widest.ends[1].npc), widest.ends[0].npc.max(widest.ends[1].npc));
    let moves = format!(
        "The net present cost of {} moves most with {}: from {} to {}",
        tornado.leading,
        widest.name,
        pounds_short(low),
        pounds_short(high)
    );
    turning(tornado).map_or_else(|| moves.clone(), |turning| format!("{moves}. {turning}"))
}

/// How many unknowns put the second option ahead by themselves, or which comes nearest to it.
fn turning(tornado: &Tornado) -> Option<String> {
    let lead = tornado.lead.as_ref()?;
    let least = |bar: &Bar| bar.ends.iter().map(|end| end.lead).fold(f64::INFINITY, f64::min);
    let turning: Vec<String> = tornado.bars.iter().filter(|b| least(b) < -1e-9).map(|b| b.name.clone()).collect();
    let nearest = tornado.bars.iter().min_by(|a, b| least(a).total_cmp(&least(b)))?;
    let left = lead.told(least(nearest));
    Some(match turning.as_slice() {
        [] if left == lead.told(lead.central) => format!("No single unknown takes from its lead over {}", lead.over),
        [] => format!("No single unknown puts {} ahead; {} leaves least of the lead, {left}", lead.over, nearest.name),
        [one] => format!("One puts {} ahead by itself: {one}", lead.over),
        several => format!("Each of {} puts {} ahead by itself", format::count(several.len(), "unknown", "unknowns"), lead.over),
    })
}

/// How the two ends are filled: different in greyscale.
const ENDS: [Fill; 2] = [SERIES[3], SERIES[0]];

/// The chart for the page.
#[must_use]
pub fn figure(appraisal: &Appraisal) -> Option<Figure> {
    let tornado = data(appraisal)?;
    let (title, alternative) = (title(&tornado), alternative(&tornado));
    let draw = |layout| draw::draw(&tornado, layout, (&title, &alternative)).finish();
    let key = [("Unknown at its low", ENDS[0]), ("Unknown at its high", ENDS[1])];
    let which = match (tornado.moving(), tornado.bars.len()) {
        (0, 1) => "the one unknown that moves the lead".to_owned(),
        (0, all) if all <= DRAWN => format!("the {all} unknowns that move the lead"),
        (0, all) => format!("{DRAWN} of the {all} unknowns that move the lead"),
        (1, _) => "the one unknown that moves it".to_owned(),
        (moving, _) if moving <= DRAWN => format!("the {moving} unknowns that move it"),
        (moving, _) => format!("of the {moving} unknowns that move it the {DRAWN} that do so most"),
    };
    Some(Figure {
        id: "figure-tornado",
        subtitle: format!(
            "Net present cost in {} prices: {which}, each set to its P10 and its P90 (one draw in ten lies below the first, one in ten above the second) while all else stays at central figures. Numbers that vary together move together",
            tornado.price_base
        ),
        key: key.iter().enumerate().map(|(i, (label, fill))| KeyItem::square(&format!("tornado-k{i}"), *fill, label)).collect(),
        panels: vec![Panel { heading: None, wide: draw(Layout::Wide), narrow: Some(draw(Layout::Narrow)) }],
        across: 1,
        table: table::table(&tornado),
        title,
        alternative,
    })
}

fn alternative(tornado: &Tornado) -> String {
    let each: Vec<String> = tornado.bars.iter().take(tornado.drawn()).map(|bar| sentence(tornado, bar)).collect();
    format!("Bars of the net present cost of {} about {}. {}", tornado.leading, pounds_short(tornado.central), each.join(" "))
}

fn sentence(tornado: &Tornado, bar: &Bar) -> String {
    let [low, high] = &bar.ends;
    let cost = format!("{} at {}, {} at {}", pounds_short(low.npc), low.full, pounds_short(high.npc), high.full);
    match &tornado.lead {
        Some(lead) => format!("{}: {cost}; lead {} and {}.", bar.name, lead.told(low.lead), lead.told(high.lead)),
        None => format!("{}: {cost}.", bar.name),
    }
}

#[cfg(test)]
mod tests;
