//! Printable worksheets for the workshop in which panels weigh the criteria, from the scenario's own criteria and anchors:
//! a sheet for each panel, and the facilitator's. Nothing on them is a result, and no points are filled in.
//!
//! Swing weighting: what is compared is the step from 0 to 100 points of each criterion, worst to best as anchored, and
//! not how important a criterion sounds (MCDA manual, DCLG 2009, 6.2.9-6.2.10).

use super::format;
use crate::appraisal::result::{Appraisal, CriterionView};
use serde::Serialize;

/// All sheets.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Worksheets {
    title: String,
    decision: Option<String>,
    as_at: String,
    digest: String,
    /// Whether groups are weighed against one another, and criteria within them.
    levels: bool,
    sheets: Vec<Sheet>,
    tables: Vec<Level>,
}

/// The sheet of one panel.
#[derive(Debug, Clone, Serialize)]
struct Sheet {
    name: String,
    id: String,
    tables: Vec<Level>,
    entry: String,
}

/// Swings that are compared with one another.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Level {
    caption: String,
    swings: Vec<Swing>,
}

/// The step from 0 to 100 points of one criterion, or of all of a group.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Swing {
    id: String,
    name: String,
    branch: Option<String>,
    worst: String,
    best: String,
}

impl Worksheets {
    /// The title of the scenario.
    pub(super) fn title(&self) -> &str {
        &self.title
    }
}

/// The sheets of an appraisal; `None` where it scores no criteria.
pub(super) fn view(appraisal: &Appraisal) -> Option<Worksheets> {
    let scored: Vec<&CriterionView> = appraisal.criteria.iter().filter(|c| c.scored).collect();
    if scored.is_empty() {
        return None;
    }
    let grouped = |points: &indexmap::IndexMap<String, f64>| appraisal.groups.iter().any(|g| points.contains_key(&g.id));
    let of = |levels: bool| if levels { tree(appraisal, &scored) } else { vec![flat(&scored)] };
    let sheets = appraisal.panels.iter().map(|p| {
        let tables = of(grouped(&p.points));
        Sheet { name: p.name.clone(), id: p.id.clone(), entry: entry(&tables), tables }
    });
    let levels = appraisal.panels.iter().any(|p| grouped(&p.points));
    Some(Worksheets {
        title: appraisal.title.clone(),
        decision: appraisal.frame.decision.clone(),
        as_at: format::date(&appraisal.as_at),
        digest: appraisal.provenance.scenario_sha256.chars().take(12).collect(),
        levels,
        sheets: sheets.collect(),
        tables: of(levels),
    })
}

/// All criteria against one another.
fn flat(scored: &[&CriterionView]) -> Level {
    Level { caption: "Every criterion against every other".to_owned(), swings: scored.iter().map(|c| leaf(c)).collect() }
}

fn leaf(c: &CriterionView) -> Swing {
    Swing {
        id: c.id.clone(),
        name: c.name.clone(),
        branch: (c.branch != c.name).then(|| c.branch.clone()),
        worst: anchor(c.anchors.zero, &c.unit),
        best: anchor(c.anchors.hundred, &c.unit),
    }
}

/// A measure with its unit, of which the number has said a part: `£60,000,000 present value`, `20% of users`.
fn anchor(value: f64, unit: &str) -> String {
    let number = format::measure(value, unit);
    let rest = ["£", "%", "share", "proportion"].into_iter().find_map(|said| unit.strip_prefix(said)).unwrap_or(unit);
    format!("{number} {}", rest.trim()).trim_end().to_owned()
}

/// What a panel's points look like in the scenario, with room for the numbers.
fn entry(tables: &[Level]) -> String {
    let bare = |id: &str| id.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    let key = |id: &str| if bare(id) { id.to_owned() } else { format!("\"{id}\"") };
    tables.iter().flat_map(|t| &t.swings).map(|s| format!("{} = ____", key(&s.id))).collect::<Vec<_>>().join(", ")
}

/// What lies directly under each node: first the top, then each group in the order of its first criterion.
fn tree(appraisal: &Appraisal, scored: &[&CriterionView]) -> Vec<Level> {
    let name = |id: &str| appraisal.groups.iter().find(|g| g.id == id).map_or_else(|| id.to_owned(), |g| g.name.clone());
    let mut levels: Vec<(String, Level)> = Vec::new();
    for c in scored {
        let path: Vec<&str> = c.group.split('/').filter(|p| !p.is_empty()).collect();
        for depth in 0..=path.len() {
            let parent = path[..depth].join("/");
            let swing = match path.get(depth) {
                None => leaf(c),
                Some(group) => Swing {
                    id: (*group).to_owned(),
                    name: name(group),
                    branch: None,
                    worst: "all of its criteria at their worst".to_owned(),
                    best: "all of its criteria at their best".to_owned(),
                },
            };
            let caption = path[..depth].last().map_or_else(|| "At the top".to_owned(), |group| format!("Within {}", name(group)));
            let at = levels.iter().position(|(p, _)| *p == parent).unwrap_or_else(|| {
                levels.push((parent, Level { caption, swings: Vec::new() }));
                levels.len() - 1
            });
            let swings = &mut levels[at].1.swings;
            if swings.iter().all(|s| s.id != swing.id) {
                swings.push(swing);
            }
        }
    }
    // One alone has nothing to be compared with.
    levels.into_iter().map(|(_, level)| level).filter(|level| level.swings.len() > 1).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{render_worksheets, sample};
    use super::*;

    fn hostile() -> Appraisal {
        let mut a = sample::large();
        let text = "</style><script>alert(1)</script> & \"quotes\" {{ 7 * 7 }}";
        a.title = text.to_owned();
        a.criteria[0].name = text.to_owned();
        a.criteria[0].unit = text.to_owned();
        a.panels[0].name = text.to_owned();
        a
    }

    /// The page without its markup, style and policy.
    fn words(page: &str) -> String {
        let body = page.split_once("<body>").expect("a body").1;
        let mut out = String::new();
        let mut inside = false;
        for c in body.chars() {
            match c {
                '<' => inside = true,
                '>' => {
                    inside = false;
                    out.push(' ');
                }
                c if !inside => out.push(c),
                _ => {}
            }
        }
        out
    }

    #[test]
    fn ends_are_said_with_their_unit() {
        assert_eq!(anchor(60e6, "£ present value"), "£60,000,000 present value");
        assert_eq!(anchor(0.2, "share of users"), "20.0% of users");
        assert_eq!(
            (anchor(0.4, "share"), anchor(3_000.0, "hours a year")),
            ("40.0%".to_owned(), "3,000 hours a year".to_owned())
        );
    }

    #[test]
    fn every_panel_has_a_sheet_with_every_swing() {
        let a = sample::large();
        let sheets = view(&a).expect("criteria");
        assert_eq!(sheets.sheets.len(), a.panels.len());
        for sheet in &sheets.sheets {
            for c in a.criteria.iter().filter(|c| c.scored) {
                let found: Vec<&Swing> = sheet.tables.iter().flat_map(|t| &t.swings).filter(|s| s.id == c.id).collect();
                let levels = sheet.tables.iter().any(|t| t.caption == "At the top");
                assert!(found.len() == 1 || levels, "{} on {}", c.id, sheet.name);
                assert!(found.iter().all(|s| s.worst.starts_with(&format::measure(c.anchors.zero, &c.unit))));
            }
        }
    }

    /// No score, weight or point of anybody is on the sheets: a panel weighs before it sees results.
    #[test]
    fn no_result_is_on_the_sheets() {
        let mut a = sample::large();
        let before = render_worksheets(&a).expect("renders").expect("criteria");
        for option in &mut a.options {
            option.score = Some(12.345);
            option.name = "Zanzibar".to_owned();
            option.measures.values_mut().for_each(|m| *m = 98_765.4);
            option.values.values_mut().for_each(|v| *v = 43.21);
        }
        for panel in &mut a.panels {
            panel.points.values_mut().for_each(|p| *p = 77.0);
            panel.weights.values_mut().for_each(|w| *w = 0.777);
        }
        assert_eq!(render_worksheets(&a).expect("renders").expect("criteria"), before);
    }

    #[test]
    fn groups_are_weighed_level_by_level_where_a_panel_does() {
        let mut a = sample::large();
        let first = a.criteria[0].clone();
        a.groups.truncate(0);
        a.groups.push(crate::appraisal::result::GroupView { id: "g".into(), name: "Group".into() });
        for (i, c) in a.criteria.iter_mut().enumerate() {
            c.group = if i < 2 { "g".into() } else { String::new() };
        }
        a.panels[0].points.insert("g".into(), 100.0);
        let tables = view(&a).expect("criteria").sheets[0].tables.clone();
        assert_eq!(tables[0].caption, "At the top");
        assert_eq!(tables[0].swings[0].id, "g");
        assert_eq!((tables[1].caption.as_str(), tables[1].swings.len()), ("Within Group", 2));
        assert_eq!(tables[1].swings[0].id, first.id);
    }

    #[test]
    fn hostile_text_stays_text() {
        let page = render_worksheets(&hostile()).expect("renders").expect("criteria");
        assert!(!page.contains("<script") && page.matches("</style>").count() == 1 && !page.contains("49 "));
        assert!(words(&page).contains("{{ 7 * 7 }}"));
        assert!(!page.contains("http://") && !page.contains("https://") && !page.contains("url("));
    }

    #[test]
    fn without_criteria_there_is_nothing_to_weigh() {
        let mut a = sample::large();
        a.criteria.clear();
        assert!(render_worksheets(&a).expect("renders").is_none());
    }
}
