//! Panels that order two options differently, and the criteria that make them.

use super::open::difference;
use super::weight_set::dot;
use crate::scoring::TIE;

/// Two options that panels order differently.
#[derive(Debug, Clone, PartialEq)]
pub struct Disagreement {
    /// Panels (by position) that put the first ahead.
    pub for_first: Vec<usize>,
    /// Panels that put the second ahead.
    pub for_second: Vec<usize>,
    /// What makes them differ, largest first.
    pub drivers: Vec<Driver>,
}

/// What one criterion adds to the disagreement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Driver {
    /// Criterion, by position.
    pub criterion: usize,
    /// Its mean weight with the panels for the first option.
    pub weight_first: f64,
    /// Its mean weight with the panels for the second.
    pub weight_second: f64,
    /// Value of the first option less that of the second.
    pub difference: f64,
    /// `(weight_first - weight_second) x difference`, points. Over all criteria these sum to the mean lead of the
    /// first option with the panels for it less its mean lead (which is negative) with those for the second.
    pub points: f64,
}

/// How panels differ on two options; `None` if no two of them order the options differently.
///
/// # Method
/// `docs/method.md`, section 10.
#[must_use]
pub fn disagreement(panels: &[Vec<f64>], first: &[f64], second: &[f64]) -> Option<Disagreement> {
    let ahead = difference(first, second);
    let leads: Vec<f64> = panels.iter().map(|w| dot(w, &ahead)).collect();
    let side = |holds: &dyn Fn(f64) -> bool| (0..panels.len()).filter(|p| holds(leads[*p])).collect::<Vec<usize>>();
    let (for_first, for_second) = (side(&|lead| lead > TIE), side(&|lead| lead < -TIE));
    if for_first.is_empty() || for_second.is_empty() {
        return None;
    }
    let mean = |of: &[usize], c: usize| {
        let count = u32::try_from(of.len()).map_or(1.0, f64::from);
        of.iter().map(|p| panels[*p][c]).sum::<f64>() / count
    };
    let mut drivers: Vec<Driver> = (0..ahead.len())
        .map(|criterion| {
            let (weight_first, weight_second) = (mean(&for_first, criterion), mean(&for_second, criterion));
            let points = (weight_first - weight_second) * ahead[criterion];
            Driver { criterion, weight_first, weight_second, difference: ahead[criterion], points }
        })
        .filter(|driver| driver.points > TIE)
        .collect();
    drivers.sort_by(|a, b| b.points.total_cmp(&a.points));
    Some(Disagreement { for_first, for_second, drivers })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_criterion_that_divides_them_is_found() {
        // First less second: +40, -20, 0. Panels (0.5, 0.3, 0.2): 20 - 6 = 14; (0.2, 0.6, 0.2): 8 - 12 = -4;
        // (1/3, 2/3, 0): level.
        let panels = [vec![0.5, 0.3, 0.2], vec![0.2, 0.6, 0.2], vec![1.0 / 3.0, 2.0 / 3.0, 0.0]];
        let found = disagreement(&panels, &[90.0, 10.0, 50.0], &[50.0, 30.0, 50.0]).expect("they differ");
        assert_eq!((found.for_first.as_slice(), found.for_second.as_slice()), ([0].as_slice(), [1].as_slice()));
        // (0.5 - 0.2) x 40 = 12 and (0.3 - 0.6) x -20 = 6: together the 18 between 14 and -4.
        let points: Vec<(usize, f64)> = found.drivers.iter().map(|d| (d.criterion, d.points)).collect();
        assert_eq!(points.iter().map(|p| p.0).collect::<Vec<_>>(), [0, 1]);
        assert!((points[0].1 - 12.0).abs() < 1e-12 && (points[1].1 - 6.0).abs() < 1e-12);
    }

    #[test]
    fn panels_that_agree_or_are_level_do_not_differ() {
        assert_eq!(disagreement(&[vec![0.5, 0.5], vec![0.9, 0.1]], &[10.0, 0.0], &[0.0, 5.0]), None);
        assert_eq!(disagreement(&[vec![0.5, 0.5], vec![0.9, 0.1]], &[10.0, 0.0], &[10.0, 0.0]), None);
        assert_eq!(disagreement(&[], &[1.0], &[2.0]), None);
    }
}
