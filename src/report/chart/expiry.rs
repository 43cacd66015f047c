//! When contracts end, and by when notice of it has to be given.

use super::axis::length;
use super::label::{Anchor, Label};
use super::palette;
use super::svg::Svg;
use super::text::{self, Face};
use super::{Figure, KeyItem, Layout, Panel};
use crate::appraisal::result::Appraisal;
use crate::report::format;
use crate::report::view::table::{Cell, Row, Table, headings};

/// A contract that has not ended, in years from the position date.
#[derive(Debug, Clone, PartialEq)]
struct Term {
    name: String,
    /// When it starts; 0 if it runs already.
    from: f64,
    to: f64,
    /// Last day for notice, if notice has to be given and the day is still to come.
    notice: Option<f64>,
    end: String,
    months: Option<f64>,
}

/// Contracts with bars of their own; of more, those that end first.
const SHOWN: usize = 30;

/// Years within which the title counts ends.
const SOON: f64 = 2.0;

/// A day as a year with a fraction, near enough for a drawing.
fn years(iso: &str) -> Option<f64> {
    let (year, month, day) = format::split_date(iso)?;
    Some(f64::from(year) + (length(month) - 1.0) / 12.0 + (f64::from(day) - 1.0) / 365.0)
}

/// Contracts by their end, the first to end first; without those that have ended.
fn data(appraisal: &Appraisal) -> Option<(f64, Vec<Term>)> {
    let now = years(&appraisal.as_at)?;
    let term = |c: &crate::appraisal::result::ContractView| {
        let to = years(&c.end)? - now;
        let notice = c.notice_months.filter(|m| *m > 0.0).map(|m| to - m / 12.0).filter(|at| *at > 0.0);
        let from = c.start.as_ref().and_then(|s| years(s)).map_or(0.0, |s| (s - now).max(0.0));
        Some(Term { name: c.name.clone(), from, to, notice, end: c.end.clone(), months: c.notice_months })
    };
    let mut all: Vec<Term> = appraisal.contracts.iter().filter_map(term).filter(|t| t.to > 0.0).collect();
    all.sort_by(|a, b| a.end.cmp(&b.end).then_with(|| a.name.cmp(&b.name)));
    (!all.is_empty()).then_some((now, all))
}

fn title(all: &[Term]) -> String {
    let soon = all.iter().filter(|t| t.to <= SOON).count();
    let first = &all[0];
    let day = format::date(&first.end);
    let contracts = format::count(all.len(), "contract", "contracts");
    if all.len() == 1 {
        let within = if soon == 0 { "does not end within two years" } else { "ends within two years" };
        return format!("The one contract, {}, {within}: it ends on {day}", first.name);
    }
    match soon {
        0 => format!("None of {contracts} ends within two years; the first is {}, on {day}", first.name),
        1 => format!("One of {contracts} ends within two years: {}, on {day}", first.name),
        n => format!("{n} of {contracts} end within two years; the first is {}, on {day}", first.name),
    }
}

/// The figure; none without contracts.
#[must_use]
pub fn figure(appraisal: &Appraisal) -> Option<Figure> {
    let (now, all) = data(appraisal)?;
    let title = title(&all);
    let left_out = all.len().saturating_sub(SHOWN);
    let shown = &all[..all.len() - left_out];
    let words = shown.iter().map(|t| format!("{} ends on {}.", t.name, format::date(&t.end))).collect::<Vec<_>>().join(" ");
    let svg = |layout| draw(now, shown, &title, &words, layout).finish();
    let more = if left_out == 0 { String::new() } else { format!("; the {SHOWN} that end first are drawn") };
    Some(Figure {
        id: "figure-expiry",
        subtitle: format!("Contracts from {} to the end of their present term{more}", format::date(&appraisal.as_at)),
        key: vec![
            KeyItem::square("expiry-k0", RUNS, "Present term"),
            KeyItem::drawn("expiry-k1", "Last day for notice", |svg| svg.diamond(9.0, 9.0, 7.0, palette::INK)),
        ],
        panels: vec![Panel { heading: None, wide: svg(Layout::Wide), narrow: Some(svg(Layout::Narrow)) }],
        across: 1,
        alternative: words,
        table: table(&all),
        title,
    })
}

fn table(all: &[Term]) -> Table {
    let row = |t: &Term| {
        let notice = t.months.map_or_else(|| format::NONE.to_owned(), |m| format!("{} months", format::plain(m, 1)));
        Row::new(&t.name, vec![Cell::text(format::short_date(&t.end)), Cell::text(notice)])
    };
    Table::new("When contracts end", headings(&["Contract", "Ends", "Notice"]), all.iter().map(row).collect())
}

const RUNS: palette::Fill = palette::SERIES[0];
const FOOT: f64 = 22.0;
const END: f64 = 84.0;

fn draw(now: f64, shown: &[Term], title: &str, words: &str, layout: Layout) -> Svg {
    let width = layout.full();
    let (left, pitch, drop) = match layout {
        Layout::Wide => (250.0, 24.0, 4.0),
        Layout::Narrow => (4.0, 40.0, 18.0),
    };
    let height = 6.0 + pitch * length(shown.len()) + FOOT;
    let mut svg = Svg::new(&format!("expiry-{}", layout.suffix()), width, height, title, words);
    let longest = shown.iter().map(|t| t.to).fold(1.0, f64::max);
    let place = |year: f64| left + year / longest * (width - END - left);
    let mut clear = 0.0;
    for i in 0..200_u16 {
        let tick = (now + f64::from(i)).ceil();
        let x = place(tick - now);
        if tick - now > longest {
            break;
        }
        svg.line((x, 2.0), (x, height - FOOT), palette::GRID, 1.0);
        let year = format!("{tick}");
        let label = Label::new(&year, x, height - 6.0, 11.0).anchored(Anchor::Middle).inked(palette::MUTED);
        let bounds = label.bounds();
        if bounds.left >= clear && bounds.right <= width {
            clear = bounds.right + 6.0;
            svg.label(label);
        }
    }
    for (i, term) in shown.iter().enumerate() {
        let top = 6.0 + pitch * length(i);
        let (name, x, y) = match layout {
            Layout::Wide => (text::fit(&term.name, 12.0, Face::Regular, left - 12.0), left - 8.0, top + 13.0),
            Layout::Narrow => (text::fit(&term.name, 12.0, Face::Regular, width - 8.0), left, top + 11.0),
        };
        let anchor = if layout == Layout::Wide { Anchor::End } else { Anchor::Start };
        svg.label(Label::new(&name, x, y, 12.0).anchored(anchor).haloed());
        let from = place(term.from.min(term.to));
        svg.rect((from, top + drop), (place(term.to) - from, 12.0), RUNS);
        if let Some(notice) = term.notice.filter(|at| *at > term.from) {
            svg.diamond(place(notice), top + drop + 6.0, 6.0, palette::INK);
        }
        let day = format::short_date(&term.end);
        svg.label(Label::new(&day, place(term.to) + 6.0, top + drop + 10.0, 11.5).bold());
    }
    svg
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::chart::checks;
    use crate::report::sample;

    #[test]
    fn the_title_counts_what_ends_soon() {
        let mut a = sample::small();
        a.as_at = "2027-04-01".into();
        assert!(a.contracts.len() >= 2);
        a.contracts[0].end = "2028-03-31".into();
        a.contracts[1].end = "2031-03-31".into();
        let (_, all) = data(&a).expect("contracts");
        assert!(title(&all).starts_with(&format!("One of {} contracts ends within two years", all.len())), "{}", title(&all));
        assert!(title(&all).ends_with("on 31 March 2028"));
        // What has ended is no longer there.
        a.contracts[0].end = "2027-03-31".into();
        assert_eq!(data(&a).expect("contracts").1.len(), all.len() - 1);
        a.contracts.clear();
        assert!(figure(&a).is_none());
    }

    #[test]
    fn one_contract_is_not_counted() {
        let mut a = sample::small();
        a.as_at = "2027-04-01".into();
        a.contracts.truncate(1);
        let name = a.contracts[0].name.clone();
        for (end, said) in [
            ("2028-03-31", "ends within two years: it ends on 31 March 2028"),
            ("2031-03-31", "does not end within two years: it ends on 31 March 2031"),
        ] {
            a.contracts[0].end = end.into();
            assert_eq!(title(&data(&a).expect("a contract").1), format!("The one contract, {name}, {said}"));
        }
    }

    #[test]
    fn labels_fit() {
        for a in [sample::small(), sample::large()] {
            let Some((now, all)) = data(&a) else { continue };
            for layout in [Layout::Wide, Layout::Narrow] {
                checks::labels_fit(&draw(now, &all, "t", "w", layout));
            }
        }
    }

    #[test]
    fn notice_lies_before_the_end() {
        let mut a = sample::small();
        a.as_at = "2027-04-01".into();
        a.contracts.truncate(1);
        (a.contracts[0].end, a.contracts[0].notice_months) = ("2029-04-01".into(), Some(6.0));
        let (_, all) = data(&a).expect("a contract");
        assert!((all[0].to - 2.0).abs() < 1e-9 && (all[0].notice.expect("notice") - 1.5).abs() < 1e-9);
    }
}
