//! Problems as text: the line, the place underlined, the cause, the hint.

use super::document::{Files, Span};
use super::problem::{Problem, Problems, Severity};
use crate::quantity::{in_line, visible};
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
    /// The cell of a workbook, such as `Contracts!D7`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
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
            cell: position.reference,
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
    let beside = also.as_ref().filter(|(at, _)| at.file == problem.at.file);
    let excerpt = Excerpt::of(files, problem.at, beside.map_or(problem.at, |(at, _)| *at));
    let mut snippet = excerpt.snippet(problem.at, cell.as_deref(), AnnotationKind::Primary);
    if let Some((at, label)) = beside {
        snippet = snippet.annotation(AnnotationKind::Context.span(excerpt.range(*at)).label(label.clone()));
    }
    let title = level.primary_title(title).id(problem.code.word());
    let mut group = title.element(snippet);
    if let Some((at, label)) = also.filter(|(at, _)| at.file != problem.at.file) {
        let there = Excerpt::of(files, at, at).snippet(at, None, AnnotationKind::Context);
        group = group.element(there).element(Level::NOTE.message(label));
    }
    if !hint.is_empty() {
        group = group.element(Level::HELP.message(hint));
    }
    let mut rendered = shown(&renderer.render(&[group]));
    for at in std::iter::once(problem.at).chain(problem.also.as_ref().map(|(at, _)| *at)) {
        let position = files.position(at);
        if let Some(reference) = position.reference.map(|r| printable(&r)) {
            // A line and a character of a sheet say nothing to anybody: the cell does.
            rendered = rendered.replace(&format!("{reference}:{}:{}", position.line, position.column), &reference);
        }
    }
    format!("{rendered}\n\n")
}

/// A rendered problem with nothing in it that misleads. The renderer replaces most such characters of a
/// source line and adds escape sequences of its own, which stay.
fn shown(rendered: &str) -> String {
    rendered.chars().map(|c| if c == '\u{1b}' { c } else { visible(c) }).collect()
}

/// The lines of a file from one place to another. The renderer goes through all that it is given, so it is given no more.
struct Excerpt<'a> {
    files: &'a Files,
    file: usize,
    /// First byte within the file.
    start: usize,
    first_line: usize,
    text: &'a str,
}

impl<'a> Excerpt<'a> {
    fn of(files: &'a Files, one: Span, other: Span) -> Self {
        let text = files.text(one.file);
        let (a, b) = (range(files, one), range(files, other));
        let (first_line, start) = files.line(one.file, a.start.min(b.start));
        let last = a.end.max(b.end);
        let end = text[last..].find(['\r', '\n']).map_or(text.len(), |n| last + n);
        Self { files, file: one.file, start, first_line, text: &text[start..end] }
    }

    /// A span of the file within the excerpt.
    fn range(&self, at: Span) -> std::ops::Range<usize> {
        let range = range(self.files, at);
        range.start - self.start..range.end - self.start
    }

    fn snippet(&self, at: Span, label: Option<&str>, kind: AnnotationKind) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
        let annotation = kind.span(self.range(at));
        let annotation = match label {
            Some(label) => annotation.label(label.to_owned()),
            None => annotation,
        };
        let snippet = Snippet::source(self.text).line_start(self.first_line).annotation(annotation);
        let reference = self.files.position(at).reference;
        snippet.path(printable(&reference.unwrap_or_else(|| self.files.name(self.file).to_owned())))
    }
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

/// Text without characters that could move the cursor or turn the line round: they show as stand-ins.
#[must_use]
pub fn printable(text: &str) -> String {
    in_line(text)
}

#[cfg(test)]
mod tests {
    use super::super::{SourceFile, read};
    use super::*;

    /// A file with a hostile name, and an unknown key, a value and a comment that hold what moves the
    /// cursor or turns the line round.
    fn problems() -> Problems {
        let text = "[appraisal]\nmode = \"\u{9b}2J\\u001b[31m\u{202e}tsil\" # \u{200f}\u{61c}\n\"k\\u001b\u{85}\" = 1\n";
        let source = SourceFile { name: "a\u{1b}]0;b\u{7}.toml".to_owned(), bytes: text.as_bytes().to_vec() };
        read(&[source]).expect_err("it has faults")
    }

    #[test]
    fn problems_show_what_misleads() {
        let text = text(&problems(), false);
        assert!(text.contains("cannot be `\u{fffd}2J\u{241b}[31m\u{fffd}tsil`"), "{text}");
        assert!(text.contains("a\u{241b}]0;b\u{2407}.toml:2"), "{text}");
        let raw: Vec<char> = text.chars().filter(|c| visible(*c) != *c).collect();
        assert!(raw.is_empty(), "{raw:?} in {text}");
    }

    #[test]
    fn styles_are_the_only_escape_sequences() {
        let text = text(&problems(), true);
        // What follows every ESC is a colour: `[`, digits and `;`, then `m`.
        let colour = |rest: &str| {
            rest.strip_prefix('[')
                .is_some_and(|r| r.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';').starts_with('m'))
        };
        assert!(text.contains('\u{1b}') && text.split('\u{1b}').skip(1).all(colour));
        assert!(!text.contains("\u{1b}[31m\u{fffd}tsil") && !text.contains("\u{1b}]0;"));
    }
}
