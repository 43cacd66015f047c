//! Problems as text: the line, the place underlined, the cause, the hint.

use super::document::{Files, Span};
use super::problem::{Problem, Problems, Severity};
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use serde::Serialize;

/// One problem for editors and scripts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProblemRecord {
    /// Stable code.
    pub code: String,
    /// `error` or `warning`.
    pub severity: String,
    /// File.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
    /// CSV row, header not counted.
    pub csv_row: Option<usize>,
    /// CSV column name.
    pub csv_column: Option<String>,
    /// The cause.
    pub message: String,
    /// What to do.
    pub hint: String,
}

/// All problems as text, styled for a terminal or plain.
#[must_use]
pub fn text(problems: &Problems, styled: bool) -> String {
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    problems.list.iter().map(|p| one(&problems.files, p, &renderer)).collect()
}

/// All problems as records.
#[must_use]
pub fn records(problems: &Problems) -> Vec<ProblemRecord> {
    let record = |p: &Problem| {
        let position = problems.position(p);
        let (csv_row, csv_column) = position.cell.map_or((None, None), |(r, c)| (Some(r), Some(c)));
        ProblemRecord {
            code: p.code.word().to_owned(),
            severity: severity(p).to_owned(),
            file: position.file,
            line: position.line,
            column: position.column,
            csv_row,
            csv_column,
            message: p.message.clone(),
            hint: p.hint.clone(),
        }
    };
    problems.list.iter().map(record).collect()
}

fn severity(problem: &Problem) -> &'static str {
    match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn one(files: &Files, problem: &Problem, renderer: &Renderer) -> String {
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let position = files.position(problem.at);
    let cell = position.cell.map(|(row, column)| format!("row {row}, column `{column}`"));
    let title = printable(&problem.message);
    let hint = printable(&problem.hint);
    let also = problem.also.as_ref().map(|(at, label)| (*at, printable(label)));
    let mut snippet = excerpt(files, problem.at, cell.as_deref(), AnnotationKind::Primary);
    if let Some((at, label)) = &also
        && at.file == problem.at.file
    {
        snippet = snippet.annotation(AnnotationKind::Context.span(range(files, *at)).label(label.clone()));
    }
    let mut group = level.primary_title(title).id(problem.code.word()).element(snippet);
    if let Some((at, label)) = also.filter(|(at, _)| at.file != problem.at.file) {
        group = group.element(excerpt(files, at, None, AnnotationKind::Context)).element(Level::NOTE.message(label));
    }
    if !hint.is_empty() {
        group = group.element(Level::HELP.message(hint));
    }
    format!("{}\n\n", renderer.render(&[group]))
}

fn excerpt<'a>(
    files: &'a Files,
    at: Span,
    label: Option<&str>,
    kind: AnnotationKind,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let annotation = kind.span(range(files, at));
    let annotation = match label {
        Some(label) => annotation.label(label.to_owned()),
        None => annotation,
    };
    Snippet::source(files.text(at.file)).path(files.name(at.file)).annotation(annotation)
}

/// The span within its text, on one line and on character boundaries.
fn range(files: &Files, at: Span) -> std::ops::Range<usize> {
    let text = files.text(at.file);
    let mut start = at.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let line_end = text[start..].find(['\r', '\n']).map_or(text.len(), |n| start + n);
    let mut end = at.end.clamp(start, line_end.max(start));
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    start..end
}

/// Text without characters that could move the cursor or turn the line round.
#[must_use]
pub fn printable(text: &str) -> String {
    text.chars().map(|c| if misleads(c) { '\u{fffd}' } else { c }).collect()
}

/// Control characters, and those that change the direction of text.
fn misleads(c: char) -> bool {
    c.is_control() || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_misleads_is_made_visible() {
        assert_eq!(printable("a\u{1b}[2Jb\u{202e}c"), "a\u{fffd}[2Jb\u{fffd}c");
        assert_eq!(printable("\u{201c}quoted\u{201d} £1"), "\u{201c}quoted\u{201d} £1");
    }
}
