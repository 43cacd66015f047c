//! General inflation: from cash prices to year-0 prices and back.

/// Deflator index by year of the appraisal, year 0 = 1, with its authority.
///
/// A year that is missing is an error of the scenario; nothing is extrapolated silently.
#[derive(Debug, Clone, PartialEq)]
pub struct Deflator {
    /// Where the series comes from.
    pub source: String,
    /// Whether the source is a publication or an estimate, in words.
    pub evidence: String,
    /// I_t / I_0.
    pub index: Vec<f64>,
    /// The series as given, by first calendar year of the financial year; empty for a flat rate.
    pub series: Vec<(i16, f64)>,
}

impl Deflator {
    /// Growth of a financial year (by its first calendar year) over the one before: that of the series, of a flat rate
    /// the same in every year. `None` if the series has not both years and does not end before them; after its end the
    /// last growth goes on.
    #[must_use]
    pub fn growth(&self, year: i16) -> Option<f64> {
        if self.series.is_empty() {
            return Some(self.index.get(1).map_or(0.0, |i| i - 1.0));
        }
        let of = |year: i16| self.series.iter().find(|(y, _)| *y == year).map(|(_, i)| *i);
        let last = self.series.iter().map(|(y, _)| *y).max()?;
        let year = year.min(last);
        Some(of(year)? / of(year - 1)? - 1.0)
    }

    /// A flat yearly rate: `I_t = (1 + rate)^t`. Green Book 2026, Table 7.
    #[must_use]
    pub fn flat(rate: f64, years: usize) -> Vec<f64> {
        let mut index = vec![1.0];
        for t in 1..years {
            index.push(index[t - 1] * (1.0 + rate));
        }
        index.truncate(years);
        index
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Green Book 2026, Table 7: at 2% the deflating factors are 1, .9804, .9612, .9423, .9238, .9057.
    #[test]
    fn table_7_of_the_green_book() {
        let printed = ["1.0000", "0.9804", "0.9612", "0.9423", "0.9238", "0.9057"];
        for (index, expected) in Deflator::flat(0.02, 6).iter().zip(printed) {
            assert_eq!(format!("{:.4}", 1.0 / index), expected);
        }
    }

    /// Green Book 2018, Table 1: a flat 1,000 in cash is 1000, 980, 961, 942, 924, 906 real.
    #[test]
    fn flat_cash_shrinks_in_real_terms() {
        let printed = [1000.0, 980.0, 961.0, 942.0, 924.0, 906.0];
        for (index, expected) in Deflator::flat(0.02, 6).iter().zip(printed) {
            assert!(((1000.0 / index).round() - expected).abs() < 1e-9);
        }
    }
}
