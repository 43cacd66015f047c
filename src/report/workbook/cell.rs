//! Cells: text that is never a formula, numbers with what they are, formulas with the figure they come to.

use crate::quantity::visible;
use crate::report::format;
use rust_xlsxwriter::{
    Color, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Url, Worksheet, XlsxError,
    utility::{column_number_to_name, row_col_to_cell_absolute},
};
use std::collections::BTreeMap;

/// What a number is to a reader; each has a look of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// May be changed here: the workbook follows.
    Input,
    /// A figure of the engine: to change it, change the scenario and run again.
    Engine,
    /// Worked out in the workbook.
    Formula,
    /// A sum.
    Total,
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Whole pounds.
    Pounds,
    /// Pounds and pence.
    Pence,
    /// Six decimals.
    Factor,
    /// Two decimals.
    Quantity,
    /// Whole numbers, nothing as 0.
    Whole,
    /// A percentage.
    Share,
    /// One decimal.
    Points,
    /// As it is.
    Plain,
}

/// Looks of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Text {
    /// Title of a sheet.
    Title,
    /// Heading of a table.
    Heading,
    /// Head of a column of text.
    Head,
    /// Head of a column of numbers.
    HeadNumber,
    /// On one line.
    Line,
    /// On as many lines as it takes.
    Wrapped,
    /// A remark.
    Note,
    /// In bold.
    Strong,
    /// Beside a number, set off from it.
    Aside,
    /// In a column of numbers.
    Right,
}

const KINDS: [Kind; 4] = [Kind::Input, Kind::Engine, Kind::Formula, Kind::Total];
const SHAPES: [Shape; 8] =
    [Shape::Pounds, Shape::Pence, Shape::Factor, Shape::Quantity, Shape::Whole, Shape::Share, Shape::Points, Shape::Plain];
const TEXTS: [Text; 10] = [
    Text::Title,
    Text::Heading,
    Text::Head,
    Text::HeadNumber,
    Text::Line,
    Text::Wrapped,
    Text::Note,
    Text::Strong,
    Text::Aside,
    Text::Right,
];

/// All formats of the workbook.
pub(super) struct Styles {
    numbers: Vec<Format>,
    texts: Vec<Format>,
    /// The same for text that a spreadsheet would take for a formula when its cell is edited.
    quoted: Vec<Format>,
    dates: Format,
}

impl Styles {
    pub(super) fn new() -> Self {
        let numbers = KINDS.iter().flat_map(|k| SHAPES.iter().map(|s| number(*k, *s))).collect();
        Self {
            numbers,
            texts: TEXTS.iter().map(|t| text(*t)).collect(),
            quoted: TEXTS.iter().map(|t| text(*t).set_quote_prefix()).collect(),
            dates: plain().set_num_format("d mmm yyyy").set_align(FormatAlign::Left),
        }
    }

    fn number(&self, kind: Kind, shape: Shape) -> &Format {
        &self.numbers[kind as usize * SHAPES.len() + shape as usize]
    }
}

fn plain() -> Format {
    Format::new().set_font_name("Arial").set_font_size(10).set_align(FormatAlign::Top)
}

fn number(kind: Kind, shape: Shape) -> Format {
    let written = match shape {
        Shape::Pounds => "#,##0;-#,##0;\"\u{2013}\"",
        Shape::Pence => "#,##0.00;-#,##0.00;0.00",
        Shape::Factor => "0.000000",
        Shape::Quantity => "#,##0.00;-#,##0.00;\"\u{2013}\"",
        Shape::Whole => "#,##0",
        Shape::Share => "0.0%",
        Shape::Points => "0.0",
        Shape::Plain => "General",
    };
    let format = plain().set_num_format(written).set_align(FormatAlign::Right);
    match kind {
        Kind::Input => format.set_font_color(Color::RGB(0x00_3C_9E)).set_background_color(Color::RGB(0xFF_F6_CC)),
        Kind::Engine => format.set_background_color(Color::RGB(0xE8_ED_EE)),
        Kind::Formula => format,
        Kind::Total => format.set_bold().set_border_top(FormatBorder::Thin),
    }
}

fn text(look: Text) -> Format {
    match look {
        Text::Title => plain().set_bold().set_font_size(14),
        Text::Heading => plain().set_bold().set_font_size(11).set_font_color(Color::RGB(0x00_3C_71)),
        Text::Head => head(),
        Text::HeadNumber => head().set_align(FormatAlign::Right),
        Text::Line => plain(),
        Text::Wrapped => plain().set_text_wrap(),
        Text::Note => plain().set_italic().set_font_color(Color::RGB(0x42_55_63)),
        Text::Strong => plain().set_bold(),
        Text::Aside => plain().set_align(FormatAlign::Left).set_indent(1),
        Text::Right => plain().set_align(FormatAlign::Right),
    }
}

fn head() -> Format {
    // The last line of each stands at the foot, whatever the number of lines.
    plain()
        .set_align(FormatAlign::Bottom)
        .set_bold()
        .set_text_wrap()
        .set_background_color(Color::RGB(0xD5_E3_EE))
        .set_border_bottom(FormatBorder::Thin)
}

/// A place: row and column, from 0.
pub(super) type At = (u32, u16);

/// The name of a cell, such as `D7`.
pub(super) fn cell((row, column): At) -> String {
    format!("{}{}", column_number_to_name(column), row + 1)
}

/// The same that stays when copied, such as `$D$7`.
pub(super) fn fixed(row: u32, column: u16) -> String {
    row_col_to_cell_absolute(row, column)
}

/// A cell of a fixed row and its own column, such as `D$7`.
pub(super) fn in_row(row: u32, column: u16) -> String {
    format!("{}${}", column_number_to_name(column), row + 1)
}

/// Cells from one place to another.
pub(super) fn range(from: At, to: At) -> String {
    format!("{}:{}", cell(from), cell(to))
}

/// The same that stays when copied.
pub(super) fn fixed_range(from: At, to: At) -> String {
    format!("{}:{}", fixed(from.0, from.1), fixed(to.0, to.1))
}

/// A reference to another sheet. Names of sheets hold no quotes.
pub(super) fn on(sheet: &str, reference: &str) -> String {
    format!("'{sheet}'!{reference}")
}

/// A column by position among columns of numbers.
pub(super) fn column(first: u16, at: usize) -> u16 {
    first.saturating_add(u16::try_from(at).unwrap_or(u16::MAX))
}

/// A row by position.
pub(super) fn row(first: u32, at: usize) -> u32 {
    first.saturating_add(u32::try_from(at).unwrap_or(u32::MAX))
}

/// The most characters that a cell can hold, less some.
const LONGEST: usize = 32_000;

/// What a reader sees: nothing that misleads, and no more than a cell holds.
pub(super) fn shown(text: &str) -> String {
    let mut units = 0;
    let whole = text.chars().map(visible).take_while(|c| {
        units += c.len_utf16();
        units <= LONGEST
    });
    whole.collect()
}

/// Whether a spreadsheet takes typed text for a formula.
fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n'])
}

/// A sheet being written.
pub(super) struct Page<'a> {
    sheet: Worksheet,
    styles: &'a Styles,
    /// Widths of columns, in characters.
    widths: Vec<f64>,
    /// Lines of text by row, where there are several: not every spreadsheet makes room for them by itself.
    lines: BTreeMap<u32, u32>,
    /// How far the workbook is from the engine on this sheet, signs apart, as it is written.
    apart: f64,
}

/// To so many decimals, as a spreadsheet rounds: halves away from nothing.
pub(super) fn to_places(value: f64, places: i32) -> f64 {
    let units = 10.0_f64.powi(places);
    // Adding nothing to -0 makes it 0.
    (value * units).round() / units + 0.0
}

/// Height of a line of text in points, and the most that a row can have.
const LINE: f64 = 13.0;
const HIGHEST: f64 = 400.0;

impl<'a> Page<'a> {
    pub(super) fn new(styles: &'a Styles, name: &str, title: &str) -> Result<Self, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?;
        sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_margins(0.4, 0.4, 0.7, 0.6, 0.3, 0.3);
        // In a page header an ampersand begins a code.
        let title: String = shown(title).replace(['\n', '\t'], " ").chars().take(150).collect::<String>().replace('&', "&&");
        sheet.set_header(format!("&L&\"Arial,Regular\"&8 {title}&R&8 {name}"));
        sheet.set_footer("&L&\"Arial,Regular\"&8 Finance workbook&R&8 Page &P of &N");
        sheet.set_row_height(0, 21)?;
        Ok(Self { sheet, styles, widths: Vec::new(), lines: BTreeMap::new(), apart: 0.0 })
    }

    pub(super) fn finish(mut self) -> Result<Worksheet, XlsxError> {
        for (row, lines) in self.lines {
            self.sheet.set_row_height(row, (LINE * f64::from(lines) + 2.0).min(HIGHEST))?;
        }
        Ok(self.sheet)
    }

    /// Makes room for text on several lines.
    fn wrapped(&mut self, at: At, text: &str) {
        let width = self.widths.get(usize::from(at.1)).copied().unwrap_or(8.0);
        // Widths are in digits; letters are narrower, but words are not cut, so that lines are not quite full.
        let of = |line: &str| line.chars().map(|_| 0.9 / width).sum::<f64>().ceil().max(1.0);
        let lines: f64 = text.split('\n').map(of).sum();
        let fits = (1..=30).find(|n| f64::from(*n) >= lines).unwrap_or(30);
        if fits > 1 {
            let most = self.lines.entry(at.0).or_default();
            *most = fits.max(*most);
        }
    }

    /// Widths of columns from the first, in characters.
    pub(super) fn widths(&mut self, widths: &[f64]) -> Result<(), XlsxError> {
        for (at, width) in widths.iter().enumerate() {
            self.sheet.set_column_width(column(0, at), *width)?;
        }
        self.widths = widths.to_vec();
        Ok(())
    }

    /// Columns from one on, so many of them.
    pub(super) fn widths_from(&mut self, first: u16, count: usize, width: f64) -> Result<(), XlsxError> {
        for at in 0..count {
            self.sheet.set_column_width(column(first, at), width)?;
        }
        Ok(())
    }

    /// Keeps rows above and columns to the left in sight, and the last of these rows at the top of every printed page.
    pub(super) fn freeze(&mut self, rows: u32, columns: u16) -> Result<(), XlsxError> {
        self.sheet.set_freeze_panes(rows, columns)?;
        if let Some(last) = rows.checked_sub(1) {
            self.sheet.set_repeat_rows(last, last)?;
        }
        if rows > 1 {
            // Heads of two lines, which not every spreadsheet makes room for by itself.
            self.sheet.set_row_height(rows - 1, 27)?;
        }
        Ok(())
    }

    /// Rows that can be picked by what is in them.
    pub(super) fn filter(&mut self, from: At, to: At) -> Result<(), XlsxError> {
        self.sheet.autofilter(from.0, from.1, to.0.max(from.0), to.1)?;
        Ok(())
    }

    /// What is printed.
    pub(super) fn print(&mut self, to: At) -> Result<(), XlsxError> {
        self.sheet.set_print_area(0, 0, to.0, to.1)?;
        Ok(())
    }

    /// Text, whatever it begins with.
    pub(super) fn text(&mut self, at: At, text: &str, look: Text) -> Result<(), XlsxError> {
        let text = shown(text);
        if look == Text::Wrapped {
            self.wrapped(at, &text);
        }
        let formats = if is_formula(&text) { &self.styles.quoted } else { &self.styles.texts };
        self.sheet.write_string_with_format(at.0, at.1, text, &formats[look as usize])?;
        Ok(())
    }

    /// Texts side by side.
    pub(super) fn texts(&mut self, at: At, texts: &[&str], look: Text) -> Result<(), XlsxError> {
        for (i, text) in texts.iter().enumerate() {
            self.text((at.0, column(at.1, i)), text, look)?;
        }
        Ok(())
    }

    /// Heads of columns: so many of text, then of numbers.
    pub(super) fn heads(&mut self, at: At, heads: &[&str], words: usize) -> Result<(), XlsxError> {
        let (words, numbers) = heads.split_at(words.min(heads.len()));
        self.texts(at, words, Text::Head)?;
        self.texts((at.0, column(at.1, words.len())), numbers, Text::HeadNumber)
    }

    /// A link to another sheet.
    pub(super) fn link(&mut self, at: At, sheet: &str) -> Result<(), XlsxError> {
        self.sheet.write_url(at.0, at.1, Url::new(format!("internal:'{sheet}'!A1")).set_text(sheet))?;
        Ok(())
    }

    /// A date from its ISO form; any other text as text.
    pub(super) fn date(&mut self, at: At, iso: &str) -> Result<(), XlsxError> {
        let date = format::split_date(iso).and_then(|(year, month, day)| {
            let (year, month, day) = (u16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?);
            ExcelDateTime::from_ymd(year, month, day).ok()
        });
        match date {
            Some(date) => self.sheet.write_datetime_with_format(at.0, at.1, &date, &self.styles.dates).map(|_| ()),
            None => self.text(at, iso, Text::Line),
        }
    }

    /// A number; a dash where there is none.
    pub(super) fn number(&mut self, at: At, value: f64, kind: Kind, shape: Shape) -> Result<(), XlsxError> {
        if !value.is_finite() {
            return self.text(at, format::NONE, Text::Line);
        }
        self.sheet.write_number_with_format(at.0, at.1, value, self.styles.number(kind, shape))?;
        Ok(())
    }

    /// A number, if there is one; an empty cell if not.
    pub(super) fn maybe(&mut self, at: At, value: Option<f64>, kind: Kind, shape: Shape) -> Result<(), XlsxError> {
        value.map_or(Ok(()), |value| self.number(at, value, kind, shape))
    }

    /// A formula with the figure that it comes to.
    pub(super) fn formula(&mut self, at: At, (formula, value): (&str, f64), kind: Kind, shape: Shape) -> Result<(), XlsxError> {
        // Adding nothing to -0 makes it 0.
        let formula = Formula::new(formula).set_result((value + 0.0).to_string());
        self.sheet.write_formula_with_format(at.0, at.1, formula, self.styles.number(kind, shape))?;
        Ok(())
    }

    /// A figure of the engine less one of the workbook, to so many decimals, and the same as it comes to now.
    pub(super) fn difference(
        &mut self,
        at: At,
        ([engine, here], [theirs, ours]): (&[String; 2], [f64; 2]),
        places: i32,
        shape: Shape,
    ) -> Result<f64, XlsxError> {
        let value = to_places(theirs - ours, places);
        self.apart(value);
        self.formula(at, (&format!("=ROUND({engine}-{here},{places})"), value), Kind::Formula, shape)?;
        Ok(value)
    }

    /// Counts a difference from the engine.
    pub(super) fn apart(&mut self, difference: f64) {
        // What cannot be told is no agreement.
        self.apart += if difference.is_finite() { difference.abs() } else { f64::MAX };
    }

    /// How far the sheet is from the engine, signs apart: 0 where it agrees.
    pub(super) fn is_apart_by(&self) -> f64 {
        self.apart
    }

    /// A formula that comes to words.
    pub(super) fn says(&mut self, at: At, (formula, words): (&str, &str), look: Text) -> Result<(), XlsxError> {
        let formula = Formula::new(formula).set_result(words);
        self.sheet.write_formula_with_format(at.0, at.1, formula, &self.styles.texts[look as usize])?;
        Ok(())
    }
}
