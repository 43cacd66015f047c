//! A table ready to print: every cell is text, every number already rounded.

use serde::Serialize;

/// A table with its caption.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Table {
    /// Its caption, unit included.
    pub caption: String,
    /// Column headings, the row heading's first.
    pub columns: Vec<Column>,
    /// Rows.
    pub rows: Vec<Row>,
    /// A remark under the table.
    pub note: Option<String>,
    /// How it is printed: `small` type, on a `landscape` page, or as it is (empty).
    pub print: &'static str,
    /// How phones show it: it may `scroll` in a region of its own; its rows may be `cards`, with the column headings
    /// as labels; or it is narrow enough as it is (empty).
    pub narrow: &'static str,
    /// Whether it is short enough to stay on one page.
    pub short: bool,
    /// Columns of equal width after the first; 0 if widths follow the text.
    pub even: usize,
    /// Whether it is printed as tightly as can be read: a log, not a table to compare by.
    pub dense: bool,
    /// Whether it is long enough to be searched on a screen.
    pub filter: bool,
}

/// A column heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Text.
    pub text: String,
    /// Whether the column holds numbers.
    pub numeric: bool,
}

/// A row.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Row {
    /// `total`, `group` or empty.
    pub kind: &'static str,
    /// Heading of the row.
    pub heading: String,
    /// The heading in pieces between which a line may break, for ids; else empty.
    pub pieces: Vec<String>,
    /// Id on the page, if something links to the row.
    pub anchor: Option<String>,
    /// A second line under the heading, in small type.
    pub detail: Option<String>,
    /// The other cells.
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// Text.
    pub text: String,
    /// Whether it is a number.
    pub numeric: bool,
    /// `good`, `bad`, `flag` or empty; the text always says the same in words.
    pub mood: &'static str,
    /// A second line in small type.
    pub detail: Option<String>,
    /// Further lines, as a list under the text.
    pub lines: Vec<Line>,
    /// A web address, or a place on the page, that the text links to.
    pub link: Option<String>,
}

/// A line of a cell: words, then a figure that must not be broken.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Line {
    /// The words.
    pub text: String,
    /// The figure; may be empty.
    pub figure: String,
}

impl Line {
    /// Words alone.
    #[must_use]
    pub fn words(text: impl Into<String>) -> Self {
        Self { text: text.into(), figure: String::new() }
    }

    /// Words and a figure.
    #[must_use]
    pub fn figure(text: impl Into<String>, figure: impl Into<String>) -> Self {
        Self { text: text.into(), figure: figure.into() }
    }
}

impl Cell {
    /// Words.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A number, already formatted.
    #[must_use]
    pub fn number(text: impl Into<String>) -> Self {
        Self { text: text.into(), numeric: true, ..Self::default() }
    }

    /// The same with a second line.
    #[must_use]
    pub fn detailed(self, detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into()), ..self }
    }

    /// The same with further lines.
    #[must_use]
    pub fn lined(self, lines: Vec<Line>) -> Self {
        Self { lines, ..self }
    }

    /// Words with a mood.
    #[must_use]
    pub fn mood(text: impl Into<String>, mood: &'static str) -> Self {
        Self { text: text.into(), mood, ..Self::default() }
    }
}

impl Row {
    /// An ordinary row.
    #[must_use]
    pub fn new(heading: impl Into<String>, cells: Vec<Cell>) -> Self {
        Self { heading: heading.into(), cells, ..Self::default() }
    }

    /// A row headed by an id, which may break after its points and underscores.
    #[must_use]
    pub fn id(id: &str, cells: Vec<Cell>) -> Self {
        let pieces = id.split_inclusive(['.', '_', '/']).map(str::to_owned).collect();
        Self { pieces, ..Self::new(id, cells) }
    }

    /// A row of totals.
    #[must_use]
    pub fn total(heading: impl Into<String>, cells: Vec<Cell>) -> Self {
        Self { kind: "total", ..Self::new(heading, cells) }
    }

    /// A heading across the table.
    #[must_use]
    pub fn group(heading: impl Into<String>) -> Self {
        Self { kind: "group", ..Self::new(heading, Vec::new()) }
    }

    /// The same with a second line under its heading.
    #[must_use]
    pub fn detailed(self, detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into()), ..self }
    }
}

/// Rows up to which a table is kept on one printed page.
const SHORT: usize = 12;

/// Columns from which a table is printed on a landscape page.
const WIDE: usize = 12;

/// Columns from which a table is printed in smaller type.
const MANY: usize = 8;

impl Table {
    /// A table; the columns' alignment is that of the cells beneath them.
    #[must_use]
    pub fn new(caption: impl Into<String>, columns: Vec<String>, rows: Vec<Row>) -> Self {
        let columns: Vec<Column> = columns
            .into_iter()
            .enumerate()
            .map(|(i, text)| {
                let below = rows.iter().filter_map(|r| i.checked_sub(1).and_then(|c| r.cells.get(c)));
                let (numbers, words): (Vec<_>, Vec<_>) = below.partition(|c| c.numeric);
                Column { text, numeric: numbers.len() > words.len() }
            })
            .collect();
        let print = match columns.len() {
            WIDE.. => "landscape",
            MANY.. => "small",
            _ => "",
        };
        let narrow = if columns.len() > 2 { "scroll" } else { "" };
        let short = rows.len() <= SHORT;
        Self { caption: caption.into(), columns, rows, note: None, print, narrow, short, even: 0, dense: false, filter: false }
    }

    /// A table with one column for each option, all of one width and alignment.
    #[must_use]
    pub fn by_option(caption: impl Into<String>, first: &str, options: &[String], rows: Vec<Row>) -> Self {
        let columns = std::iter::once(first.to_owned()).chain(options.iter().cloned()).collect();
        let mut table = Self::new(caption, columns, rows);
        let numeric = table.columns.iter().skip(1).any(|c| c.numeric);
        for column in table.columns.iter_mut().skip(1) {
            column.numeric = numeric;
        }
        Self { even: options.len(), ..table }
    }

    /// The table, unless it has no rows.
    #[must_use]
    pub fn if_any(self) -> Option<Self> {
        (!self.rows.is_empty()).then_some(self)
    }

    /// The same with each row as a card on phones.
    #[must_use]
    pub fn stacked(self) -> Self {
        Self { narrow: "cards", ..self }
    }

    /// The same on landscape pages, for tables of long texts.
    #[must_use]
    pub fn landscape(self) -> Self {
        Self { print: "landscape", ..self }
    }

    /// The same printed as tightly as can be read.
    #[must_use]
    pub fn dense(self) -> Self {
        Self { dense: true, ..self }
    }

    /// The same with a field to search it by, on screens that run the script.
    #[must_use]
    pub fn filtered(self) -> Self {
        Self { filter: true, ..self }
    }

    /// The same with a remark beneath.
    #[must_use]
    pub fn noted(self, note: impl Into<String>) -> Self {
        Self { note: Some(note.into()), ..self }
    }
}

/// Column headings from string slices.
#[must_use]
pub fn headings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|t| (*t).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_of_numbers_is_numeric() {
        let cells = || vec![Cell::number("1"), Cell::text("x")];
        let rows = vec![Row::new("a", cells()), Row::new("b", cells()), Row::new("c", vec![Cell::text("none"), Cell::text("x")])];
        let table = Table::new("c", headings(&["", "n", "t"]), rows);
        let numeric: Vec<bool> = table.columns.iter().map(|c| c.numeric).collect();
        assert_eq!(numeric, [false, true, false]);
        assert!(table.short && table.print.is_empty());
    }
}
