//! The whole page.

use super::sample;
use super::{Extent, render, render_to};
use crate::appraisal::result::{Appraisal, HazardView, PaperField, PassageView};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::Digest as _;
use sha2::Sha256;

fn pages() -> Vec<String> {
    let samples = [sample::small(), sample::large(), crowded()];
    let board = [sample::small(), sample::large()].map(|a| render_to(&a, Extent::Board).expect("renders"));
    samples.iter().map(|a| render(a).expect("renders")).chain(board).collect()
}

/// The large sample at the limits: 12 options, 31 years, 40 criteria, a negative score.
fn crowded() -> Appraisal {
    let mut a = sample::large();
    for i in 0..6 {
        let mut option = a.options[i].clone();
        option.id = format!("{}_late", option.id);
        option.name = format!("{}, two years later", option.name);
        a.options.push(option);
    }
    a.frame.years = (2023..2054).map(|y| format!("{y}/{:02}", (y + 1) % 100)).collect();
    for year in a.frame.years.clone().into_iter().skip(11) {
        for option in &mut a.options {
            let mut amounts: Vec<_> = option.cost.by_year.iter().filter(|y| y.year == "2033/34").cloned().collect();
            for amount in &mut amounts {
                amount.year.clone_from(&year);
            }
            option.cost.by_year.extend(amounts);
        }
    }
    for i in 8..40 {
        let mut criterion = a.criteria[i % 8].clone();
        criterion.id = format!("{}_{i}", criterion.id);
        criterion.branch = format!("Branch {}", i % 9);
        a.criteria.push(criterion);
    }
    a.options[7].contributions.insert("cost".into(), -25.0);
    a
}

/// Writes the samples for looking at in a browser when `APPRAISE_PACK_DIR` is set.
#[test]
fn samples_render() {
    let pages = pages();
    if let Ok(folder) = std::env::var("APPRAISE_PACK_DIR") {
        std::fs::create_dir_all(&folder).expect("the folder can be made");
        for (name, page) in ["small", "large", "crowded", "small-board", "large-board"].iter().zip(&pages) {
            std::fs::write(format!("{folder}/{name}.html"), page).expect("the file can be written");
        }
    }
    assert!(pages.iter().all(|p| p.starts_with("<!DOCTYPE html>") && p.trim_end().ends_with("</html>")));
}

#[test]
fn the_policy_matches_the_style_and_the_script() {
    for page in pages() {
        assert_eq!(page.matches("<style").count(), 1);
        let (_, rest) = page.split_once("<style>").expect("a style");
        let (style, _) = rest.split_once("</style>").expect("its end");
        let hash = STANDARD.encode(Sha256::digest(style.as_bytes()));
        // Base64 may hold "+" and "/", neither of which is escaped; the quotes are.
        assert!(page.contains(&format!("style-src &#39;sha256-{hash}&#39;")), "policy");
        let (_, rest) = page.split_once("<script>").expect("a script");
        let (script, _) = rest.split_once("</script>").expect("its end");
        let hash = STANDARD.encode(Sha256::digest(script.as_bytes()));
        assert!(page.contains(&format!("script-src &#39;sha256-{hash}&#39;")), "policy");
    }
}

#[test]
fn nothing_is_fetched_and_one_script_runs() {
    for page in pages() {
        assert_eq!(page.matches("<script").count(), 2);
        assert_eq!(page.matches("<script>").count(), 1);
        assert_eq!(page.matches("<script type=\"application/json\" id=\"pack-data\">").count(), 1);
        for forbidden in [" style=", " src=", "<link", "<img", "<iframe", "xlink:href", "@import", " onload", "javascript:"] {
            assert!(!page.contains(forbidden), "{forbidden}");
        }
        // The only fill="url(...)" are patterns of the same page.
        assert_eq!(page.matches("url(").count(), page.matches("url(#").count());
    }
}

#[test]
fn headings_run_in_order_with_one_at_the_top() {
    for page in pages() {
        assert_eq!(page.matches("<h1").count(), 1);
        let mut last = 0;
        for (at, _) in page.match_indices("<h") {
            let Some(level) = page[at + 2..].chars().next().and_then(|c| c.to_digit(10)) else { continue };
            assert!(level <= last + 1, "h{level} after h{last}");
            last = level;
        }
    }
}

#[test]
fn tables_have_captions_and_scopes() {
    for page in pages() {
        assert_eq!(page.matches("<table").count(), page.matches("<caption>").count());
        assert_eq!(page.matches("<th").count() - page.matches("<thead").count(), page.matches("<th scope=").count());
        assert!(!page.contains("<caption><span class=\"caption\"></span>"));
    }
}

#[test]
fn ids_are_unique_and_links_lead_somewhere() {
    for page in pages() {
        let mut ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all);
        let targets = ["href=\"#", "url(#", "aria-labelledby=\""];
        for target in targets {
            for rest in page.split(target).skip(1) {
                let end = rest.find(['"', ')']).expect("an end");
                for id in rest[..end].split(' ') {
                    assert!(ids.binary_search(&id).is_ok(), "{id}");
                }
            }
        }
    }
}

#[test]
fn drawings_say_what_they_show() {
    for page in pages() {
        assert_eq!(page.matches("role=\"img\"").count(), page.matches("<desc").count());
        assert!(page.matches("role=\"img\"").count() >= 6);
    }
}

#[test]
fn hostile_text_shows_as_text() {
    let evil = "</style><script>alert(\"1\")</script>\u{0}'\u{202e}";
    let page = render(&with_text(evil)).expect("renders");
    assert_eq!(page.matches("<script").count(), 2);
    assert_eq!(page.matches("</script>").count(), 2);
    assert_eq!(page.matches("</style>").count(), 1);
    assert!(page.contains("&lt;/style&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;\u{2400}&#39;\u{fffd}"));
    assert!(!page.contains('\u{0}'));
}

/// The small sample with `text` wherever an author may write.
fn with_text(text: &str) -> Appraisal {
    let mut a = sample::small();
    a.id = text.into();
    a.title = text.into();
    a.narrative = vec![PassageView { id: "commercial".into(), text: Some(text.into()) }];
    a.headline.text = text.into();
    a.frame.banner = Some(text.into());
    a.frame.decision = Some(text.into());
    for option in &mut a.options {
        option.name = text.into();
        option.description = Some(text.into());
        option.gates[0].reason = text.into();
    }
    for system in &mut a.systems {
        system.name = text.into();
    }
    for service in &mut a.services {
        service.name = text.into();
    }
    for criterion in &mut a.criteria {
        criterion.name = text.into();
    }
    for contract in &mut a.contracts {
        contract.name = text.into();
    }
    a.paper[0].label = text.into();
    a.sources[0].url = Some(format!("https://example.org/{text}"));
    a.warnings[0].message = text.into();
    a.assumptions[0].id = text.into();
    a
}

#[test]
fn missing_front_sheet_fields_say_so() {
    let page = render(&sample::small()).expect("renders");
    assert_eq!(page.matches("<dd class=\"missing\">Not provided</dd>").count(), 2);
}

#[test]
fn the_same_appraisal_gives_the_same_bytes() {
    assert_eq!(render(&sample::large()).expect("renders"), render(&sample::large()).expect("renders"));
}

#[test]
fn an_almost_empty_appraisal_renders() {
    let mut a = sample::small();
    a.options.clear();
    a.criteria.clear();
    a.panels.clear();
    a.identity.clear();
    a.services.clear();
    a.systems.clear();
    a.contracts.clear();
    a.assumptions.clear();
    a.implied_rates.clear();
    a.sensitivity = crate::appraisal::result::Sensitivity::default();
    let page = render(&a).expect("renders");
    assert!(page.contains("The scenario has no options."));
}

#[test]
fn without_combined_weights_there_is_no_score() {
    let mut a = sample::small();
    a.panel_combination = "none".into();
    for option in &mut a.options {
        option.score = None;
        option.contributions.clear();
    }
    for criterion in &mut a.criteria {
        criterion.weight = None;
    }
    let page = render(&a).expect("renders");
    assert!(page.contains("No single score is printed for this appraisal."));
}

#[test]
fn a_recommendation_of_the_author_stands_alone() {
    let mut a = sample::small();
    let proposed = "Wording proposed from the figures";
    let field = |value: Option<&str>| PaperField { label: "Recommendation".into(), value: value.map(Into::into) };
    for (value, own) in [(None, false), (Some("Keep both systems."), true)] {
        a.paper = vec![field(value)];
        for extent in [Extent::Full, Extent::Board] {
            let page = render_to(&a, extent).expect("renders");
            assert!(page.contains("Keep both systems.") == own && page.contains(proposed) != own, "{extent:?}");
        }
    }
}

#[test]
fn no_section_of_the_board_s_pack_is_a_heading_alone() {
    let mut a = sample::small();
    a.uncertainty = None;
    a.hazards = vec![HazardView {
        id: "h".into(),
        name: "A record is not seen".into(),
        initial: 4,
        residual: 2,
        mitigation: None,
        options: vec![],
    }];
    let page = render_to(&a, Extent::Board).expect("renders");
    let section = page.split("<section").find(|s| s.contains("id=\"uncertainty\"")).expect("the section");
    assert!(section.contains("A record is not seen"));
    let drawn = render_to(&Appraisal { hazards: a.hazards, ..sample::small() }, Extent::Board).expect("renders");
    assert!(!drawn.contains("A record is not seen"));
}
