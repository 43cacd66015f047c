//! An appraisal as one self-contained HTML page: the board pack.
//!
//! [`render`] goes in three steps: [`view`] turns the appraisal into text, tables and charts, with
//! all rounding; [`chart`] draws the charts; the templates, embedded at build time, lay them out.
//! The page makes no request. Its content security policy allows its one style sheet and its one script by
//! hash; without the script it is all there to be read, and what the script adds is marked as exploratory. The same appraisal gives the same bytes.

pub mod chart;
mod escape;
pub mod format;
mod markdown;
mod page;
mod unbroken;
pub mod view;
mod workbook;
mod worksheets;

#[cfg(test)]
mod sample;

pub use escape::escape;
pub use workbook::render_workbook;

use crate::appraisal::result::Appraisal;
use crate::appraisal::result::comparison::Comparison;
use std::fmt;

/// Why a pack or a workbook could not be rendered.
#[derive(Debug)]
pub enum RenderError {
    /// The templates do not fit the views; a fault of this program, not of the appraisal.
    Template(tera::Error),
    /// A sheet cannot be written, such as one with more rows than a sheet can have.
    Workbook(rust_xlsxwriter::XlsxError),
}

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Template(error) => write!(f, "the board pack's templates failed: {error}"),
            Self::Workbook(error) => write!(f, "a sheet cannot be written: {error}"),
        }
    }
}

impl std::error::Error for RenderError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Template(error) => Some(error),
            Self::Workbook(error) => Some(error),
        }
    }
}

impl From<rust_xlsxwriter::XlsxError> for RenderError {
    fn from(error: rust_xlsxwriter::XlsxError) -> Self {
        Self::Workbook(error)
    }
}

impl From<tera::Error> for RenderError {
    fn from(error: tera::Error) -> Self {
        Self::Template(error)
    }
}

/// How much of the appraisal a pack prints.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Extent {
    /// Everything, with the appendices.
    #[default]
    Full,
    /// What is read in a meeting.
    Board,
}

/// The full pack of an appraisal: a complete HTML page.
///
/// # Errors
///
/// [`RenderError::Template`] if a template and its view disagree.
pub fn render(appraisal: &Appraisal) -> Result<String, RenderError> {
    render_to(appraisal, Extent::Full)
}

/// A pack of a certain extent.
///
/// # Errors
///
/// [`RenderError::Template`] if a template and its view disagree.
pub fn render_to(appraisal: &Appraisal, extent: Extent) -> Result<String, RenderError> {
    page::fill(&view::pack(appraisal, extent))
}

/// Printable sheets for the workshop in which panels weigh the criteria: a complete HTML page; `None` where the
/// appraisal scores no criteria.
///
/// # Errors
///
/// [`RenderError::Template`] if the template and its view disagree.
pub fn render_worksheets(appraisal: &Appraisal) -> Result<Option<String>, RenderError> {
    worksheets::view(appraisal).map(|sheets| page::fill_worksheets(&sheets)).transpose()
}

/// Two appraisals side by side: a complete HTML page under the rules of the pack.
///
/// # Errors
///
/// [`RenderError::Template`] if the template and its view disagree.
pub fn render_comparison(comparison: &Comparison) -> Result<String, RenderError> {
    page::fill_comparison(&view::comparison::view(comparison))
}

#[cfg(test)]
mod tests;
