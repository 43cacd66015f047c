//! From business as usual to each option: what raises and what lowers net present cost, one panel for
//! each option, all on one scale.
//!
//! Changes are small beside totals, and a broken axis would lie about both. So each panel has the two
//! totals from zero, and under them the changes from zero on a scale of their own.

mod draw;
mod table;

use super::Figure;
use super::KeyItem;
use super::Layout;
use super::Panel;
use super::palette;
use crate::appraisal::result::Appraisal;
use crate::appraisal::result::WaterfallStep;
use crate::quantity::pounds_short;
use crate::report::format;
use crate::report::view::names::Names;
use draw::Room;
use draw::Scale;

/// The numbers of the chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Waterfall {
    /// Name of business as usual.
    pub usual: String,
    /// Its net present cost.
    pub start: f64,
    /// The year whose prices they are in.
    pub price_base: String,
    /// The other options.
    pub options: Vec<OptionSteps>,
}

/// One option.
#[derive(Debug, Clone, PartialEq)]
pub struct OptionSteps {
    /// Its name.
    pub name: String,
    /// Its net present cost.
    pub end: f64,
    /// What lies between.
    pub steps: Vec<WaterfallStep>,
}

impl OptionSteps {
    fn change(&self, step: &str) -> f64 {
        self.steps.iter().find(|s| s.step == step).map_or(0.0, |s| s.change)
    }
}

/// Takes the numbers from an appraisal; none without business as usual, or without costs.
#[must_use]
pub fn data(appraisal: &Appraisal) -> Option<Waterfall> {
    let names = Names(appraisal);
    let usual = names.business_as_usual()?;
    let stepped = appraisal.options.iter().filter(|o| o.id != usual.id && !o.waterfall.is_empty());
    let options: Vec<OptionSteps> =
        stepped.map(|o| OptionSteps { name: o.name.clone(), end: o.cost.npc, steps: o.waterfall.clone() }).collect();
    let price_base = appraisal.frame.price_base.clone();
    (!options.is_empty()).then(|| Waterfall { usual: usual.name.clone(), start: usual.cost.npc, price_base, options })
}

/// A step in words that fit beside its bar.
fn name(step: &str) -> String {
    match step {
        "service" => "Licences in use".to_owned(),
        "scored_elsewhere" => "Scored elsewhere".to_owned(),
        other => format::words(other),
    }
}

/// What the chart says: how the options stand to business as usual, and what licences save against
/// what is paid twice.
#[must_use]
pub fn title(waterfall: &Waterfall) -> String {
    let gaps = gaps(waterfall);
    licences(waterfall).map_or_else(|| gaps.clone(), |licences| format!("{gaps}. {licences}"))
}

/// Amounts nearer than this are told as level.
const LEVEL: f64 = 0.5;

fn gaps(waterfall: &Waterfall) -> String {
    let gap = |o: &OptionSteps| o.end - waterfall.start;
    let by_gap = |a: &&OptionSteps, b: &&OptionSteps| gap(a).total_cmp(&gap(b));
    let (Some(least), Some(most)) = (waterfall.options.iter().min_by(by_gap), waterfall.options.iter().max_by(by_gap)) else {
        return String::new();
    };
    let cheaper = waterfall.options.iter().filter(|o| gap(o) < -LEVEL).count();
    let usual = &waterfall.usual;
    match (waterfall.options.len(), cheaper) {
        (1, 0) if gap(least) < LEVEL => format!("{} costs as much as \u{201c}{usual}\u{201d}", least.name),
        (1, 0) => format!("{} costs {} more than \u{201c}{usual}\u{201d}", least.name, pounds_short(gap(least))),
        (1, _) => format!("{} costs {} less than \u{201c}{usual}\u{201d}", least.name, pounds_short(-gap(least))),
        (_, 0) if gap(most) < LEVEL => format!("Every option costs as much as \u{201c}{usual}\u{201d}"),
        (_, 0) if gap(least) < LEVEL => format!(
            "No option costs less than \u{201c}{usual}\u{201d}; the dearest, {}, costs {} more",
            most.name,
            pounds_short(gap(most))
        ),
        (_, 0) => format!(
            "Every option costs more than \u{201c}{usual}\u{201d}: {} ({}) to {} ({}) more",
            pounds_short(gap(least)),
            least.name,
            pounds_short(gap(most)),
            most.name
        ),
        (all, some) => format!(
            "{some} of {all} options {} less than \u{201c}{usual}\u{201d}; {} saves most, {}",
            if some == 1 { "costs" } else { "cost" },
            least.name,
            pounds_short(-gap(least))
        ),
    }
}

/// Nothing where no option has licences.
fn licences(waterfall: &Waterfall) -> Option<String> {
    let saving = |o: &OptionSteps| -o.change("service");
    let alone = waterfall.options.len() == 1;
    waterfall.options.iter().flat_map(|o| &o.steps).find(|s| s.step == "service")?;
    let best = waterfall.options.iter().max_by(|a, b| saving(a).total_cmp(&saving(b)))?;
    if saving(best) < LEVEL {
        return Some(if alone { "It saves nothing on licences in use" } else { "None saves on licences in use" }.to_owned());
    }
    let dual = best.change("dual_running");
    let beside = if dual.abs() < LEVEL {
        "and changes nothing in dual running".to_owned()
    } else if dual > 0.0 {
        format!("and adds {} of dual running", pounds_short(dual))
    } else {
        format!("and takes {} of dual running away", pounds_short(-dual))
    };
    let who = if alone { "It saves".to_owned() } else { format!("{} saves most", best.name) };
    Some(format!("{who} on licences in use, {}, {beside}", pounds_short(saving(best))))
}

/// The chart for the page.
#[must_use]
pub fn figure(appraisal: &Appraisal) -> Option<Figure> {
    let waterfall = data(appraisal)?;
    let scale = Scale::of(&waterfall);
    let across = waterfall.options.len().min(2);
    let panels = (0..waterfall.options.len()).map(|i| panel(&waterfall, &scale, i, across)).collect();
    let key = [("Adds to cost", palette::SERIES[3], 1.0), ("Takes from cost", palette::SERIES[0], -1.0)];
    let mut key: Vec<KeyItem> = key
        .into_iter()
        .enumerate()
        .map(|(i, (label, fill, way))| {
            KeyItem::drawn(&format!("fall-k{i}"), label, |svg| {
                draw::arrow(svg, (9.0 - 9.0 * way, 9.0 + 9.0 * way), (2.0, 14.0), fill);
            })
        })
        .collect();
    key.push(KeyItem::drawn("fall-k2", "Total", |svg| draw::framed(svg, (0.0, 2.0), (18.0, 14.0))));
    Some(Figure {
        id: "figure-waterfall",
        title: title(&waterfall),
        subtitle: format!(
            "{}, present value in {} prices, before VAT. Changes are drawn {} as large as the totals above them; both start at 0, on the same scales in every panel",
            scale.unit,
            waterfall.price_base,
            scale.magnified()
        ),
        key,
        panels,
        across,
        alternative: alternative(&waterfall),
        table: table::table(&waterfall),
    })
}

fn panel(waterfall: &Waterfall, scale: &Scale, index: usize, across: usize) -> Panel {
    let option = &waterfall.options[index];
    let title = format!("From {} to {}", waterfall.usual, option.name);
    let description = sentence(waterfall, option);
    let svg = |layout| draw::draw(waterfall, scale, index, Room { layout, across }, (&title, &description)).finish();
    let gap = option.end - waterfall.start;
    let heading = match gap {
        gap if gap >= LEVEL => format!("{}: {} more", option.name, pounds_short(gap)),
        gap if gap <= -LEVEL => format!("{}: {} less", option.name, pounds_short(-gap)),
        _ => format!("{}: level", option.name),
    };
    Panel { heading: Some(heading), wide: svg(Layout::Wide), narrow: Some(svg(Layout::Narrow)) }
}

fn sentence(waterfall: &Waterfall, option: &OptionSteps) -> String {
    let signed = |v: f64| if v > 0.0 { format!("+{}", pounds_short(v)) } else { pounds_short(v) };
    let changed = option.steps.iter().filter(|s| s.change.abs() >= LEVEL);
    let steps: Vec<String> = changed.map(|s| format!("{} {}", format::words(&s.step), signed(s.change))).collect();
    let between = if steps.is_empty() { "nothing changes".to_owned() } else { steps.join(", ") };
    format!("{}: from {} to {}: {between}.", option.name, pounds_short(waterfall.start), pounds_short(option.end))
}

fn alternative(waterfall: &Waterfall) -> String {
    let each: Vec<String> = waterfall.options.iter().map(|o| sentence(waterfall, o)).collect();
    format!("Waterfall of net present cost from {} to each option, one panel for each. {}", waterfall.usual, each.join(" "))
}

#[cfg(test)]
mod tests;
