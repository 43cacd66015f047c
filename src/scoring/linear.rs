//! The largest value of a linear function over a polytope: the simplex method on a dense tableau, for the few
//! dozen statements that people make about weights.

/// Below this a coefficient of the tableau is nothing.
const NOTHING: f64 = 1e-11;

/// `sum_j coefficient_j x_j <= limit`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    pub(super) coefficients: Vec<f64>,
    pub(super) limit: f64,
}

impl Row {
    pub(super) fn new(coefficients: Vec<f64>, limit: f64) -> Self {
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

/// A point `x >= 0` at which `objective` is largest subject to `rows`; `None` if no point satisfies them.
///
/// The polytope must be bounded, as every set of weights is. Two phases, the entering and leaving variable by
/// Bland's rule, which cannot cycle (Chvátal, Linear Programming, chapters 3 and 8).
pub(super) fn furthest(objective: &[f64], rows: &[Row]) -> Option<Vec<f64>> {
    let mut tableau = Tableau::new(objective, rows);
    let worst = (0..rows.len()).min_by(|a, b| tableau.limit(*a).total_cmp(&tableau.limit(*b)))?;
    if tableau.limit(worst) < -NOTHING {
        tableau.pivot(worst, tableau.artificial());
        tableau.climb(Phase::Feasible);
        if tableau.objective(Phase::Feasible) < -1e-10 {
            return None;
        }
        tableau.put_artificial_out();
    }
    tableau.climb(Phase::Furthest);
    Some(tableau.point(objective.len()))
}

#[derive(Clone, Copy, PartialEq)]
enum Phase {
    Feasible,
    Furthest,
}

/// Rows of basic variables in terms of the others: first the rows, then the objectives of the two phases. Columns are
/// the variables, the artificial one and the limit.
struct Tableau {
    cells: Vec<Vec<f64>>,
    rows: usize,
    columns: usize,
    basic: Vec<usize>,
    other: Vec<usize>,
    artificial: usize,
}

impl Tableau {
    fn new(objective: &[f64], rows: &[Row]) -> Self {
        let variables = objective.len();
        let artificial = variables + rows.len();
        let mut cells: Vec<Vec<f64>> =
            rows.iter().map(|r| r.coefficients.iter().copied().chain([-1.0, r.limit]).collect()).collect();
        cells.push(objective.iter().map(|c| -c).chain([0.0, 0.0]).collect());
        cells.push(std::iter::repeat_n(0.0, variables).chain([1.0, 0.0]).collect());
        Self {
            cells,
            rows: rows.len(),
            columns: variables + 1,
            basic: (variables..artificial).collect(),
            other: (0..variables).chain([artificial]).collect(),
            artificial,
        }
    }

    fn artificial(&self) -> usize {
        self.columns - 1
    }

    fn limit(&self, row: usize) -> f64 {
        self.cells[row][self.columns]
    }

    fn line(&self, phase: Phase) -> usize {
        self.rows + usize::from(phase == Phase::Feasible)
    }

    fn objective(&self, phase: Phase) -> f64 {
        self.cells[self.line(phase)][self.columns]
    }

    fn pivot(&mut self, row: usize, column: usize) {
        let inverse = 1.0 / self.cells[row][column];
        let pivot_row = self.cells[row].clone();
        for (r, cells) in self.cells.iter_mut().enumerate().filter(|(r, _)| *r != row) {
            debug_assert!(r != row);
            let factor = cells[column] * inverse;
            for (c, cell) in cells.iter_mut().enumerate().filter(|(c, _)| *c != column) {
                *cell -= pivot_row[c] * factor;
            }
            cells[column] = -factor;
        }
        for (c, cell) in self.cells[row].iter_mut().enumerate() {
            *cell = if c == column { inverse } else { *cell * inverse };
        }
        std::mem::swap(&mut self.basic[row], &mut self.other[column]);
    }

    /// Moves to better corners until there is none.
    fn climb(&mut self, phase: Phase) {
        let line = self.line(phase);
        loop {
            let may_enter = |c: &usize| phase == Phase::Feasible || self.other[*c] != self.artificial;
            let entering =
                (0..self.columns).filter(may_enter).filter(|c| self.cells[line][*c] < -NOTHING).min_by_key(|c| self.other[*c]);
            let Some(column) = entering else { return };
            let ratio = |r: usize| self.limit(r) / self.cells[r][column];
            let leaving = (0..self.rows)
                .filter(|r| self.cells[*r][column] > NOTHING)
                .min_by(|a, b| ratio(*a).total_cmp(&ratio(*b)).then(self.basic[*a].cmp(&self.basic[*b])));
            // A bounded polytope always has one.
            let Some(row) = leaving else { return };
            self.pivot(row, column);
        }
    }

    /// An artificial variable that stayed in the basis at nothing gives its place to another.
    fn put_artificial_out(&mut self) {
        let Some(row) = self.basic.iter().position(|b| *b == self.artificial) else { return };
        let column = (0..self.columns).max_by(|a, b| self.cells[row][*a].abs().total_cmp(&self.cells[row][*b].abs()));
        if let Some(column) = column.filter(|c| self.cells[row][*c].abs() > NOTHING) {
            self.pivot(row, column);
        }
    }

    fn point(&self, variables: usize) -> Vec<f64> {
        let mut x = vec![0.0; variables];
        for (row, basic) in self.basic.iter().enumerate().filter(|(_, b)| **b < variables) {
            x[*basic] = self.limit(row).max(0.0);
        }
        x
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(coefficients: &[f64], limit: f64) -> Row {
        Row::new(coefficients.to_vec(), limit)
    }

    #[test]
    fn a_corner_as_worked_by_hand() {
        // Chvátal's first example: 5x + 4y + 3z is at most 13, at (2, 0, 1).
        let rows = [row(&[2.0, 3.0, 1.0], 5.0), row(&[4.0, 1.0, 2.0], 11.0), row(&[3.0, 4.0, 2.0], 8.0)];
        let x = furthest(&[5.0, 4.0, 3.0], &rows).expect("feasible");
        assert!(x.iter().zip([2.0, 0.0, 1.0]).all(|(a, b)| (a - b).abs() < 1e-9), "{x:?}");
    }

    #[test]
    fn equalities_as_two_limits_and_no_point_at_all() {
        let one = [row(&[1.0, 1.0], 1.0), row(&[-1.0, -1.0], -1.0)];
        let x = furthest(&[1.0, 0.0], &one).expect("feasible");
        assert!((x[0] - 1.0).abs() < 1e-12 && x[1].abs() < 1e-12);
        let mut none = one.to_vec();
        none.push(row(&[-1.0, 0.0], -0.7));
        none.push(row(&[0.0, -1.0], -0.4));
        assert_eq!(furthest(&[1.0, 0.0], &none), None);
    }
}
