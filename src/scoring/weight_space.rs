//! Sets of weights: the simplex (no weight below 0, their sum 1) cut by what people say of them.

use crate::solver::{Program, Relation, Solution, Unsolved, Variable};

/// Widths below this are none: a weight that is fixed, a statement on its edge, a crumb that the solver leaves.
const EDGE: f64 = 1e-9;

/// `sum_j coefficient_j x_j <= limit`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    pub(super) coefficients: Vec<f64>,
    pub(super) limit: f64,
}

impl Row {
    fn new(coefficients: Vec<f64>, limit: f64) -> Self {
        Self { coefficients, limit }
    }

    /// What is left until the limit; negative where it is broken.
    pub(super) fn slack(&self, x: &[f64]) -> f64 {
        self.limit - dot(&self.coefficients, x)
    }
}

/// `sum_j a_j b_j`.
pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The simplex cut by rows, as a linear program.
struct Cut {
    program: Program,
    weights: Vec<Variable>,
}

impl Cut {
    fn of<'a>(criteria: usize, rows: impl IntoIterator<Item = &'a Row>) -> Self {
        let mut program = Program::new();
        let weights: Vec<Variable> = (0..criteria).map(|_| program.variable(0.0, f64::INFINITY)).collect();
        let terms = |factors: &[f64]| weights.iter().copied().zip(factors.iter().copied()).collect();
        for row in rows {
            program.constrain(terms(&row.coefficients), Relation::AtMost, row.limit);
        }
        program.constrain(terms(&vec![1.0; criteria]), Relation::Exactly, 1.0);
        Self { program, weights }
    }

    /// Whether no weights are in it.
    fn is_empty(&self) -> bool {
        matches!(self.program.minimise(&[]), Err(Unsolved::Infeasible))
    }

    /// Weights in it that go furthest in a direction.
    fn furthest(&self, direction: &[f64]) -> Option<Vec<f64>> {
        let objective: Vec<(Variable, f64)> = self.weights.iter().copied().zip(direction.iter().copied()).collect();
        let weight = |found: &Solution, v: &Variable| Some(found.value(*v)).filter(|w| *w > EDGE).unwrap_or(0.0);
        self.program.maximise(&objective).ok().map(|found| self.weights.iter().map(|v| weight(&found, v)).collect())
    }
}

/// A linear statement about the weights of the criteria: `sum_j coefficient_j w_j >= least`.
///
/// `a` at least `b` is `w_a - w_b >= 0`; an interval is two statements, `w_a >= low` and `-w_a >= -high`; a ratio
/// `low <= w_a / w_b <= high` is `w_a - low w_b >= 0` and `high w_b - w_a >= 0`.
#[derive(Debug, Clone, PartialEq)]
pub struct HalfSpace {
    /// One for each criterion.
    pub coefficients: Vec<f64>,
    /// What the sum is at least.
    pub least: f64,
}

/// No weights satisfy the statements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// Positions of statements that contradict one another; without any of them the others do not.
    pub statements: Vec<usize>,
}

/// A set of weights that is not empty. It may have fewer dimensions than the simplex, down to a point.
#[derive(Debug, Clone)]
pub struct WeightSpace {
    /// Statements and `w >= 0`, each as an upper limit.
    pub(super) rows: Vec<Row>,
    /// Whether nothing but the simplex bounds it.
    pub(super) whole: bool,
    /// Least and largest weight of each criterion.
    pub(super) bounds: Vec<(f64, f64)>,
    /// A point inside.
    centre: Vec<f64>,
    /// Points the ways between which are ways within the set, in all its directions.
    pub(super) spokes: Vec<Vec<f64>>,
    /// Number of independent directions in it.
    pub(super) dimension: usize,
}

impl WeightSpace {
    /// All weights: no weight below 0, their sum 1.
    #[must_use]
    pub fn simplex(criteria: usize) -> Self {
        Self { whole: true, ..Self::boxed(vec![(0.0, 1.0); criteria]) }
    }

    /// The weights between the lowest and the highest that any of some sets of weights gives each criterion: the box
    /// around them, cut by the simplex. Where they all agree, each weight within `around` of itself, as a share of it.
    ///
    /// `None` without sets of weights. Every given set lies in it, so it is never empty.
    #[must_use]
    pub fn between(given: &[Vec<f64>], around: f64) -> Option<Self> {
        let first = given.first()?;
        let of = |c: usize| given.iter().map(move |w| w[c]);
        let ends = |c: usize| (of(c).fold(f64::INFINITY, f64::min), of(c).fold(f64::NEG_INFINITY, f64::max));
        let mut bounds: Vec<(f64, f64)> = (0..first.len()).map(ends).collect();
        if bounds.iter().all(|(low, high)| high - low < EDGE) {
            bounds = first.iter().map(|w| (w * (1.0 - around), w * (1.0 + around))).collect();
        }
        Some(Self::boxed(bounds))
    }

    /// The weights between bounds, of which some sum to 1. No search is needed: a bound is as tight as the others allow,
    /// what is free can be exchanged pair by pair, and a mix of all lower and all upper bounds lies inside.
    fn boxed(mut bounds: Vec<(f64, f64)>) -> Self {
        let sum = |end: fn(&(f64, f64)) -> f64| bounds.iter().map(end).sum::<f64>();
        let (lows, highs) = (sum(|b| b.0), sum(|b| b.1));
        for (low, high) in &mut bounds {
            (*low, *high) = (low.max(1.0 - (highs - *high)), high.min(1.0 - (lows - *low)));
        }
        let criteria = bounds.len();
        let free: Vec<usize> = (0..criteria).filter(|&c| bounds[c].1 - bounds[c].0 > EDGE).collect();
        let sum = |end: fn(&(f64, f64)) -> f64| bounds.iter().map(end).sum::<f64>();
        let (lows, highs) = (sum(|b| b.0), sum(|b| b.1));
        let mix = if highs - lows > EDGE { (1.0 - lows) / (highs - lows) } else { 0.0 };
        Self {
            rows: (0..criteria)
                .flat_map(|c| [Row::new(unit(criteria, c, 1.0), bounds[c].1), Row::new(unit(criteria, c, -1.0), -bounds[c].0)])
                .collect(),
            whole: false,
            centre: bounds.iter().map(|(low, high)| low + mix * (high - low)).collect(),
            spokes: free.iter().map(|&c| unit(criteria, c, 1.0)).collect(),
            dimension: free.len().saturating_sub(1),
            bounds,
        }
    }

    /// The simplex cut by statements.
    ///
    /// # Errors
    /// [`Contradiction`] names statements that leave no weights.
    pub fn new(criteria: usize, statements: &[HalfSpace]) -> Result<Self, Contradiction> {
        let stated: Vec<Row> =
            statements.iter().map(|s| Row::new(s.coefficients.iter().map(|c| -c).collect(), -s.least)).collect();
        let cut = Cut::of(criteria, &stated);
        if cut.is_empty() {
            let empty = |left: &[usize]| Cut::of(criteria, left.iter().map(|&i| &stated[i])).is_empty();
            return Err(Contradiction { statements: irreducible(stated.len(), empty) });
        }
        let (corners, dimension) = span(criteria, &|objective| cut.furthest(objective));
        if corners.is_empty() {
            // Nothing is known of a set that the solver gives up on.
            return Err(Contradiction { statements: (0..stated.len()).collect() });
        }
        let of = |c: usize| corners.iter().map(move |w| w[c]);
        let bounds =
            (0..criteria).map(|c| (of(c).fold(f64::INFINITY, f64::min), of(c).fold(f64::NEG_INFINITY, f64::max))).collect();
        let mut rows = stated;
        rows.extend((0..criteria).map(|c| Row::new(unit(criteria, c, -1.0), 0.0)));
        let count = f64::from(u32::try_from(corners.len()).expect("few corners"));
        let centre = (0..criteria).map(|c| of(c).sum::<f64>() / count).collect();
        Ok(Self { rows, whole: statements.is_empty(), bounds, centre, spokes: corners, dimension })
    }

    /// Number of criteria.
    #[must_use]
    pub fn criteria(&self) -> usize {
        self.bounds.len()
    }

    /// Least and largest weight of each criterion.
    #[must_use]
    pub fn bounds(&self) -> &[(f64, f64)] {
        &self.bounds
    }

    /// Whether weights that sum to 1 satisfy every statement.
    #[must_use]
    pub fn contains(&self, weights: &[f64]) -> bool {
        self.rows.iter().all(|row| row.slack(weights) >= -EDGE)
    }

    /// A point inside.
    #[must_use]
    pub fn centre(&self) -> &[f64] {
        &self.centre
    }
}

/// `low <= w_c <= high` as statements.
#[must_use]
pub fn interval(criteria: usize, criterion: usize, (low, high): (f64, f64)) -> [HalfSpace; 2] {
    [
        HalfSpace { coefficients: unit(criteria, criterion, 1.0), least: low },
        HalfSpace { coefficients: unit(criteria, criterion, -1.0), least: -high },
    ]
}

fn unit(criteria: usize, criterion: usize, value: f64) -> Vec<f64> {
    let mut all = vec![0.0; criteria];
    all[criterion] = value;
    all
}

/// Positions that together are empty, none of which can be left out.
fn irreducible(count: usize, empty: impl Fn(&[usize]) -> bool) -> Vec<usize> {
    let mut left: Vec<usize> = (0..count).collect();
    for i in 0..count {
        let without: Vec<usize> = left.iter().copied().filter(|k| *k != i).collect();
        if empty(&without) {
            left = without;
        }
    }
    left
}

/// Corners between which the whole set lies in as many independent directions as it has, and how many these are.
///
/// First the corners at which each weight is least and largest; then, as long as some direction in which no two
/// corners differ has any width, the corners at its ends.
fn span(criteria: usize, furthest: &impl Fn(&[f64]) -> Option<Vec<f64>>) -> (Vec<Vec<f64>>, usize) {
    let mut corners: Vec<Vec<f64>> = Vec::new();
    let ends = |direction: &[f64]| {
        let back: Vec<f64> = direction.iter().map(|d| -d).collect();
        [furthest(&back), furthest(direction)].into_iter().flatten()
    };
    for c in 0..criteria {
        corners.extend(ends(&unit(criteria, c, 1.0)));
    }
    let mut known: Vec<Vec<f64>> = Vec::new();
    let Some(origin) = corners.first().cloned() else { return (corners, 0) };
    let from_origin = |corner: &Vec<f64>| corner.iter().zip(&origin).map(|(a, b)| a - b).collect::<Vec<f64>>();
    for corner in &corners {
        known.extend(beyond(&known, from_origin(corner)));
    }
    for c in 0..criteria {
        while let Some(direction) = beyond(&known, unit(criteria, c, 1.0)) {
            let found: Vec<Vec<f64>> = ends(&direction).collect();
            let new = found.iter().find_map(|corner| beyond(&known, from_origin(corner)));
            let Some(new) = new else { break };
            known.push(new);
            corners.extend(found);
        }
    }
    corners.sort_by(|a, b| a.iter().zip(b).map(|(x, y)| x.total_cmp(y)).find(|o| o.is_ne()).unwrap_or(std::cmp::Ordering::Equal));
    corners.dedup_by(|a, b| a.iter().zip(b.iter()).all(|(x, y)| (x - y).abs() < EDGE));
    (corners, known.len())
}

/// The part of a vector at right angles to some directions, at length 1; `None` if there is nothing left.
fn beyond(known: &[Vec<f64>], mut vector: Vec<f64>) -> Option<Vec<f64>> {
    for direction in known {
        let along = dot(direction, &vector);
        for (v, d) in vector.iter_mut().zip(direction) {
            *v -= along * d;
        }
    }
    let length = dot(&vector, &vector).sqrt();
    (length > EDGE).then(|| vector.iter().map(|v| v / length).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at_least(criteria: usize, more: usize, less: usize) -> HalfSpace {
        let mut coefficients = unit(criteria, more, 1.0);
        coefficients[less] = -1.0;
        HalfSpace { coefficients, least: 0.0 }
    }

    #[test]
    fn the_ordered_simplex_has_its_known_corners() {
        // w1 >= w2 >= w3: corners (1, 0, 0), (1/2, 1/2, 0), (1/3, 1/3, 1/3).
        let space = WeightSpace::new(3, &[at_least(3, 0, 1), at_least(3, 1, 2)]).expect("not empty");
        let third = 1.0 / 3.0;
        for (bounds, (low, high)) in space.bounds().iter().zip([(third, 1.0), (0.0, 0.5), (0.0, third)]) {
            assert!((bounds.0 - low).abs() < 1e-9 && (bounds.1 - high).abs() < 1e-9, "{bounds:?}");
        }
        assert_eq!(space.dimension, 2);
        assert!(space.contains(&[0.5, 0.3, 0.2]) && !space.contains(&[0.3, 0.5, 0.2]));
        assert!(space.contains(space.centre()));
    }

    #[test]
    fn fixed_weights_take_dimensions_away() {
        let fixed: Vec<HalfSpace> = interval(4, 1, (0.25, 0.25)).into();
        let space = WeightSpace::new(4, &fixed).expect("not empty");
        assert_eq!(space.dimension, 2);
        // w1 = 2 w2 as a ratio of exactly 2 takes one more.
        let mut ratio = fixed;
        ratio.push(HalfSpace { coefficients: vec![1.0, 0.0, -2.0, 0.0], least: 0.0 });
        ratio.push(HalfSpace { coefficients: vec![-1.0, 0.0, 2.0, 0.0], least: 0.0 });
        assert_eq!(WeightSpace::new(4, &ratio).expect("not empty").dimension, 1);
        let all: Vec<HalfSpace> = [0.5, 0.3, 0.2].iter().enumerate().flat_map(|(c, w)| interval(3, c, (*w, *w))).collect();
        assert_eq!(WeightSpace::new(3, &all).expect("one point").dimension, 0);
    }

    #[test]
    fn statements_that_contradict_one_another_are_named_and_no_others() {
        // 0 over 1, 1 over 2, 2 at least 0.5: then 0 and 1 are 0.5 too. The interval of 3 has no part in it.
        let mut statements = interval(4, 3, (0.0, 0.9)).to_vec();
        statements.extend([at_least(4, 0, 1), at_least(4, 1, 2)]);
        statements.push(HalfSpace { coefficients: unit(4, 2, 1.0), least: 0.5 });
        let refused = WeightSpace::new(4, &statements).expect_err("empty");
        assert_eq!(refused.statements, [2, 3, 4]);
    }

    #[test]
    fn between_panels_is_the_box_around_them() {
        let space = WeightSpace::between(&[vec![0.5, 0.3, 0.2], vec![0.2, 0.3, 0.5]], 0.2).expect("panels");
        assert!((space.bounds()[0].0 - 0.2).abs() < 1e-9 && (space.bounds()[0].1 - 0.5).abs() < 1e-9);
        assert_eq!(space.dimension, 1);
        // Agreed: a fifth either way.
        let space = WeightSpace::between(&[vec![0.5, 0.25, 0.25]], 0.2).expect("a panel");
        assert!((space.bounds()[0].0 - 0.4).abs() < 1e-9 && (space.bounds()[0].1 - 0.6).abs() < 1e-9);
        assert!(WeightSpace::between(&[], 0.2).is_none());
    }
}
