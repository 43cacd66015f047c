//! Bounds on large linear programs by a first-order method: restarted, reflected Halpern iterations of the primal-dual
//! hybrid gradient method (Chambolle and Pock 2011; Applegate and others, PDLP, 2021; Lu and Yang, 2024).
//!
//! Nothing rests on how far the method has come: of a program whose variables are all boxed, *any* prices of the constraints
//! give a bound,
//!
//! ```text
//! sum over rows of (y+ least - y- most) + sum over columns of min(r l, r u)      r = c - A'y
//! ```
//!
//! so that it can be ended at any time. The bound is taken on the program as it was given, unscaled, less what its sums may
//! be off by in floating point.

use super::{Program, Relation, Variable};

/// A sparse matrix, by rows.
#[derive(Debug, Clone)]
struct Sparse {
    starts: Vec<usize>,
    at: Vec<u32>,
    factors: Vec<f64>,
}

impl Sparse {
    fn row(&self, row: usize) -> impl Iterator<Item = (usize, f64)> {
        let entries = self.starts[row]..self.starts[row + 1];
        self.at[entries.clone()].iter().map(|at| *at as usize).zip(self.factors[entries].iter().copied())
    }

    fn rows(&self) -> usize {
        self.starts.len() - 1
    }

    /// `out = this x`.
    fn times(&self, x: &[f64], out: &mut [f64]) {
        for (row, out) in out.iter_mut().enumerate() {
            *out = self.row(row).map(|(at, factor)| factor * x[at]).sum();
        }
    }

    /// Columns as rows.
    fn turned(&self, columns: usize) -> Self {
        let mut starts = vec![0_usize; columns + 1];
        for at in &self.at {
            starts[*at as usize + 1] += 1;
        }
        for column in 0..columns {
            starts[column + 1] += starts[column];
        }
        let mut next = starts.clone();
        let (mut at, mut factors) = (vec![0_u32; self.at.len()], vec![0.0; self.at.len()]);
        for row in 0..self.rows() {
            for (column, factor) in self.row(row) {
                at[next[column]] = u32::try_from(row).unwrap_or(u32::MAX);
                factors[next[column]] = factor;
                next[column] += 1;
            }
        }
        Self { starts, at, factors }
    }

    /// Each entry times a factor of its row and one of its column.
    fn scaled(&self, by_row: &[f64], by_column: &[f64]) -> Self {
        let mut scaled = self.clone();
        for (row, scale) in by_row.iter().enumerate() {
            for entry in self.starts[row]..self.starts[row + 1] {
                scaled.factors[entry] *= scale * by_column[self.at[entry] as usize];
            }
        }
        scaled
    }
}

/// How far to go, in iterations: the same program has the same bound.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pursuit {
    /// Iterations at most.
    pub iterations: u32,
    /// Iterations at least, before it may end because nothing is gained.
    pub least: u32,
    /// What the last third of the iterations has to gain for it to go on, as a share of the bound.
    pub gain: f64,
    /// A bound beyond which no more is wanted.
    pub enough: f64,
}

/// Where the method stands: values of the variables, prices of the constraints, how steps weigh one against the other.
#[derive(Debug, Clone)]
pub struct Stand {
    values: Vec<f64>,
    prices: Vec<f64>,
    weight: f64,
}

/// What the method came to.
#[derive(Debug, Clone)]
pub struct Pursued {
    /// No solution has an objective less than this; minus infinity if nothing is known.
    pub bound: f64,
    /// Values of the variables where it ended, which need not keep the constraints to the last digit.
    pub values: Vec<f64>,
    /// To go on from, or to begin with in a program with other bounds of variables.
    pub stand: Stand,
    /// Iterations that were made.
    pub iterations: u32,
    /// Whether it was told to stop.
    pub stopped: bool,
}

/// A linear program, made ready for the method once; bounds of variables may differ from one pursuit to the next.
#[derive(Debug, Clone)]
pub struct FirstOrder {
    rows: Sparse,
    columns: Sparse,
    objective: Vec<f64>,
    /// Least and most of each row.
    sides: Vec<(f64, f64)>,
    boxes: Vec<(f64, f64)>,
    by_row: Vec<f64>,
    by_column: Vec<f64>,
    scaled_rows: Sparse,
    scaled_columns: Sparse,
    /// Largest singular value of the scaled matrix, about.
    norm: f64,
}

/// Iterations between two looks at the bound.
const LOOK: u32 = 40;

impl Program {
    /// The program without whole numbers, made ready for bounds on the least of an objective.
    #[must_use]
    pub fn first_order(&self, objective: &[(Variable, f64)]) -> FirstOrder {
        let count = self.bounds.len();
        let mut costs = vec![0.0; count];
        for (variable, factor) in objective {
            costs[variable.0] += factor;
        }
        let mut rows = Sparse { starts: vec![0], at: Vec::new(), factors: Vec::new() };
        let mut sides = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            let mut terms: Vec<(usize, f64)> = row.terms.iter().map(|(v, factor)| (v.0, *factor)).collect();
            terms.sort_by_key(|(v, _)| *v);
            for own in terms.chunk_by(|a, b| a.0 == b.0) {
                let factor: f64 = own.iter().map(|(_, factor)| factor).sum();
                if factor != 0.0 {
                    rows.at.push(u32::try_from(own[0].0).unwrap_or(u32::MAX));
                    rows.factors.push(factor);
                }
            }
            rows.starts.push(rows.at.len());
            sides.push(match row.relation {
                Relation::AtMost => (f64::NEG_INFINITY, row.bound),
                Relation::AtLeast => (row.bound, f64::INFINITY),
                Relation::Exactly => (row.bound, row.bound),
            });
        }
        FirstOrder::of(rows, costs, sides, self.bounds.clone())
    }
}

/// Times that rows and columns are scaled by their largest entries (Ruiz 2001).
const RUIZ: u32 = 10;

/// Power iterations for the norm, and what is allowed for their not having come to the end.
const POWER: (u32, f64) = (60, 1.01);

impl FirstOrder {
    fn of(rows: Sparse, objective: Vec<f64>, sides: Vec<(f64, f64)>, boxes: Vec<(f64, f64)>) -> Self {
        let columns = rows.turned(objective.len());
        let (by_row, by_column) = scales(&rows, &columns, &boxes);
        let scaled_rows = rows.scaled(&by_row, &by_column);
        let scaled_columns = scaled_rows.turned(objective.len());
        let norm = norm(&scaled_rows, &scaled_columns);
        Self { rows, columns, objective, sides, boxes, by_row, by_column, scaled_rows, scaled_columns, norm }
    }

    /// The bounds of the variables as they were given.
    #[must_use]
    pub fn boxes(&self) -> &[(f64, f64)] {
        &self.boxes
    }

    /// Entries of the matrix, variables and constraints.
    #[must_use]
    pub fn size(&self) -> (usize, usize, usize) {
        (self.rows.at.len(), self.objective.len(), self.sides.len())
    }

    /// The bound that some prices of the constraints prove, on bounds of the variables; prices on sides that are not there
    /// count as nothing.
    #[must_use]
    fn bound(&self, prices: &[f64], boxes: &[(f64, f64)]) -> f64 {
        let mut sum = Sum::default();
        let of = |row: usize| {
            let (least, most) = self.sides[row];
            let price = prices[row];
            if price > 0.0 && least.is_finite() {
                (price, least)
            } else if price < 0.0 && most.is_finite() {
                (price, most)
            } else {
                (0.0, 0.0)
            }
        };
        for row in 0..prices.len() {
            let (price, side) = of(row);
            sum.add(price * side, (price * side).abs());
        }
        for (column, (least, most)) in boxes.iter().enumerate() {
            let (mut reduced, mut apart) = (self.objective[column], self.objective[column].abs());
            let mut count = 1.0;
            for (row, factor) in self.columns.row(column) {
                let part = factor * of(row).0;
                reduced -= part;
                apart += part.abs();
                count += 1.0;
            }
            let at = if reduced >= 0.0 { *least } else { *most };
            // Off by a last digit for each term: that of the side taken, and of the other where the sign may be wrong.
            let off = apart * count * least.abs().max(most.abs());
            if reduced == 0.0 {
                // What cancels may be off by as much; on a side without an end nothing could be said of any column.
                sum.add(0.0, if off.is_finite() { off } else { 0.0 });
                continue;
            }
            sum.add(reduced * at, if off.is_finite() { off } else { (reduced * at).abs() + apart * count * at.abs() });
        }
        sum.least()
    }

    /// Improves the bound from a stand, or from nothing, on bounds of the variables. `watch` is told the best bound so far
    /// every so many iterations and says whether to go on.
    pub fn pursue(
        &self,
        boxes: &[(f64, f64)],
        start: Option<&Stand>,
        pursuit: Pursuit,
        watch: &mut dyn FnMut(f64) -> bool,
    ) -> Pursued {
        Pursuer::of(self, boxes, start).run(pursuit, watch)
    }
}

/// A sum in twice the digits (Neumaier 1974), with what its terms may be off by.
#[derive(Debug, Default)]
struct Sum {
    total: f64,
    rest: f64,
    off: f64,
}

impl Sum {
    fn add(&mut self, term: f64, off: f64) {
        let next = self.total + term;
        self.rest += if self.total.abs() >= term.abs() { (self.total - next) + term } else { (term - next) + self.total };
        self.total = next;
        self.off += off;
    }

    /// The sum at the least.
    fn least(&self) -> f64 {
        let sum = self.total + self.rest;
        let least = sum - 4.0 * f64::EPSILON * (self.off + sum.abs());
        if least.is_nan() { f64::NEG_INFINITY } else { least }
    }
}

/// Factors of rows and columns that bring entries close to one: by largest entries, then by sums (Pock and Chambolle 2011).
fn scales(rows: &Sparse, columns: &Sparse, boxes: &[(f64, f64)]) -> (Vec<f64>, Vec<f64>) {
    let mut by_row = vec![1.0; rows.rows()];
    // In units of their boxes first: a charge of a million beside a choice of nought or one would need steps of its own.
    let wide = |(least, most): &(f64, f64)| Some(most - least).filter(|wide| wide.is_finite() && *wide > 0.0).unwrap_or(1.0);
    let mut by_column: Vec<f64> = boxes.iter().map(wide).collect();
    let root = |x: f64| if x > 0.0 { 1.0 / x.sqrt() } else { 1.0 };
    for round in 0..=RUIZ {
        let last = round == RUIZ;
        let fold = |sum: f64, x: f64| if last { sum + x } else { sum.max(x) };
        let of = |own: &Sparse, i: usize, own_scale: &[f64], other: &[f64]| {
            root(own.row(i).map(|(j, factor)| (factor * own_scale[i] * other[j]).abs()).fold(0.0, fold))
        };
        let more_rows: Vec<f64> = (0..by_row.len()).map(|i| of(rows, i, &by_row, &by_column)).collect();
        let more_columns: Vec<f64> = (0..by_column.len()).map(|j| of(columns, j, &by_column, &by_row)).collect();
        by_row.iter_mut().zip(more_rows).for_each(|(scale, more)| *scale *= more);
        by_column.iter_mut().zip(more_columns).for_each(|(scale, more)| *scale *= more);
    }
    (by_row, by_column)
}

/// Largest singular value, by power iterations from a vector of unlike numbers.
fn norm(rows: &Sparse, columns: &Sparse) -> f64 {
    let mut x: Vec<f64> = (0..columns.rows()).map(|j| 1.0 + 0.001 * f64::from(u32::try_from(j % 997).unwrap_or(0))).collect();
    let mut y = vec![0.0; rows.rows()];
    let mut norm = 1.0;
    for _ in 0..POWER.0 {
        let length = x.iter().map(|x| x * x).sum::<f64>().sqrt();
        if length <= 0.0 {
            return 1.0;
        }
        for x in &mut x {
            *x /= length;
        }
        rows.times(&x, &mut y);
        norm = y.iter().map(|y| y * y).sum::<f64>().sqrt();
        columns.times(&y, &mut x);
    }
    if norm > 0.0 { norm * POWER.1 } else { 1.0 }
}

/// A point of the iterations in scaled numbers, with its products.
#[derive(Debug, Clone)]
struct Point {
    x: Vec<f64>,
    y: Vec<f64>,
    ax: Vec<f64>,
    aty: Vec<f64>,
}

/// The iterations.
struct Pursuer<'a> {
    of: &'a FirstOrder,
    boxes: &'a [(f64, f64)],
    scaled_boxes: Vec<(f64, f64)>,
    scaled_sides: Vec<(f64, f64)>,
    costs: Vec<f64>,
    now: Point,
    next: Point,
    anchor: Point,
    weight: f64,
    /// Iterations since the last restart, the residual just after it, and the last one.
    since: u32,
    first: f64,
    last: f64,
}

impl<'a> Pursuer<'a> {
    fn of(of: &'a FirstOrder, boxes: &'a [(f64, f64)], start: Option<&Stand>) -> Self {
        let scaled_boxes: Vec<(f64, f64)> =
            boxes.iter().zip(&of.by_column).map(|((least, most), scale)| (least / scale, most / scale)).collect();
        let scaled_sides: Vec<(f64, f64)> =
            of.sides.iter().zip(&of.by_row).map(|((least, most), scale)| (least * scale, most * scale)).collect();
        let costs: Vec<f64> = of.objective.iter().zip(&of.by_column).map(|(cost, scale)| cost * scale).collect();
        let (x, y, weight) = match start {
            Some(stand) => (stand.values.clone(), stand.prices.clone(), stand.weight),
            None => {
                let x = scaled_boxes.iter().map(|(least, most)| 0.0_f64.max(*least).min(*most)).collect();
                (x, vec![0.0; of.sides.len()], first_weight(&costs, &scaled_sides))
            }
        };
        let x: Vec<f64> = x.iter().zip(&scaled_boxes).map(|(x, (least, most))| x.max(*least).min(*most)).collect();
        let (mut ax, mut aty) = (vec![0.0; y.len()], vec![0.0; x.len()]);
        of.scaled_rows.times(&x, &mut ax);
        of.scaled_columns.times(&y, &mut aty);
        let now = Point { x, y, ax, aty };
        Self {
            of,
            boxes,
            scaled_boxes,
            scaled_sides,
            costs,
            next: now.clone(),
            anchor: now.clone(),
            now,
            weight,
            since: 0,
            first: 0.0,
            last: f64::INFINITY,
        }
    }

    fn prices(&self, y: &[f64]) -> Vec<f64> {
        y.iter().zip(&self.of.by_row).map(|(y, scale)| y * scale).collect()
    }

    fn run(mut self, pursuit: Pursuit, watch: &mut dyn FnMut(f64) -> bool) -> Pursued {
        let mut bound = self.of.bound(&self.prices(&self.now.y), self.boxes);
        let mut best = self.now.y.clone();
        // What the iterations themselves have reached: prices of nothing may be better than theirs for a long while.
        let mut looks: Vec<f64> = Vec::new();
        let mut reached = f64::NEG_INFINITY;
        let (mut made, mut stopped) = (0, false);
        while made < pursuit.iterations {
            made += 1;
            self.step(made);
            if !made.is_multiple_of(LOOK) && made < pursuit.iterations {
                continue;
            }
            let own = self.of.bound(&self.prices(&self.next.y), self.boxes);
            if own > bound {
                bound = own;
                best.clone_from(&self.next.y);
            }
            reached = reached.max(own);
            looks.push(reached);
            if !watch(bound) {
                stopped = true;
                break;
            }
            let before = looks[(2 * looks.len()).div_euclid(3).min(looks.len() - 1)];
            let gained = (reached - before) / bound.abs().max(1.0);
            let still = reached.is_finite() && gained < pursuit.gain;
            if bound >= pursuit.enough || (made >= pursuit.least && still) {
                break;
            }
        }
        let values = self.now.x.iter().zip(&self.of.by_column).map(|(x, scale)| x * scale);
        let values = values.zip(self.boxes).map(|(x, (least, most))| x.max(*least).min(*most)).collect();
        Pursued {
            bound,
            values,
            stand: Stand { values: self.now.x, prices: best, weight: self.weight },
            iterations: made,
            stopped,
        }
    }

    /// One step, with a restart where it is time for one: the residual has fallen far, or fallen and rises again, or it has
    /// gone on for a good part of all iterations.
    fn step(&mut self, made: u32) {
        let residual = self.gradient();
        if self.since == 0 {
            self.first = residual;
        }
        let share = f64::from(self.since) >= 0.36 * f64::from(made);
        let fallen = residual <= 0.2 * self.first || (residual <= 0.8 * self.first && residual > self.last);
        self.last = residual;
        if self.since > 0 && (fallen || share) {
            self.restart();
            return;
        }
        let k = f64::from(self.since);
        let (far, back) = ((k + 1.0) / (k + 2.0), 1.0 / (k + 2.0));
        let mix = |now: &mut [f64], next: &[f64], anchor: &[f64]| {
            for ((now, next), anchor) in now.iter_mut().zip(next).zip(anchor) {
                *now = far * (2.0 * next - *now) + back * anchor;
            }
        };
        mix(&mut self.now.x, &self.next.x, &self.anchor.x);
        mix(&mut self.now.y, &self.next.y, &self.anchor.y);
        mix(&mut self.now.ax, &self.next.ax, &self.anchor.ax);
        mix(&mut self.now.aty, &self.next.aty, &self.anchor.aty);
        self.since += 1;
    }

    /// The step of the primal-dual hybrid gradient method from the point at hand; how far it goes, in the method's norm.
    fn gradient(&mut self) -> f64 {
        let eta = 0.998 / self.of.norm;
        let (tau, sigma) = (eta / self.weight, eta * self.weight);
        let (mut moved, mut priced, mut across) = (0.0, 0.0, 0.0);
        for j in 0..self.costs.len() {
            let (least, most) = self.scaled_boxes[j];
            let x = (self.now.x[j] - tau * (self.costs[j] - self.now.aty[j])).max(least).min(most);
            moved += (x - self.now.x[j]).powi(2);
            self.next.x[j] = x;
        }
        self.of.scaled_rows.times(&self.next.x, &mut self.next.ax);
        for i in 0..self.scaled_sides.len() {
            let (least, most) = self.scaled_sides[i];
            let at = 2.0 * self.next.ax[i] - self.now.ax[i] - self.now.y[i] / sigma;
            let y = sigma * (at.max(least).min(most) - at);
            let by = y - self.now.y[i];
            priced += by * by;
            across += by * (self.next.ax[i] - self.now.ax[i]);
            self.next.y[i] = y;
        }
        self.of.scaled_columns.times(&self.next.y, &mut self.next.aty);
        (self.weight * moved + priced / self.weight + 2.0 * eta * across).max(0.0).sqrt()
    }

    fn restart(&mut self) {
        let far = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt();
        let (moved, priced) = (far(&self.next.x, &self.anchor.x), far(&self.next.y, &self.anchor.y));
        if moved > 1e-10 && priced > 1e-10 {
            self.weight = (self.weight * priced / moved).sqrt();
        }
        self.now.clone_from(&self.next);
        self.anchor.clone_from(&self.next);
        self.since = 0;
        self.last = f64::INFINITY;
    }
}

/// How steps of variables and prices weigh at first: as costs to sides.
fn first_weight(costs: &[f64], sides: &[(f64, f64)]) -> f64 {
    let length = |all: &mut dyn Iterator<Item = f64>| all.map(|x| x * x).sum::<f64>().sqrt();
    let cost = length(&mut costs.iter().copied());
    let finite = |x: f64| if x.is_finite() { x.abs() } else { 0.0 };
    let side = length(&mut sides.iter().map(|(least, most)| finite(*least).max(finite(*most))));
    if cost > 0.0 && side > 0.0 { cost / side } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: Pursuit = Pursuit { iterations: 12_000, least: 4_000, gain: 1e-7, enough: f64::INFINITY };

    fn pursued(program: &Program, objective: &[(Variable, f64)], pursuit: Pursuit) -> Pursued {
        let ready = program.first_order(objective);
        let boxes = ready.boxes().to_vec();
        ready.pursue(&boxes, None, pursuit, &mut |_| true)
    }

    /// 3x + 5y with x <= 4, 2y <= 12, 3x + 2y <= 18 is at most 36 (Hillier and Lieberman); both within 10.
    #[test]
    fn a_textbook_program_is_bounded_by_its_optimum() {
        let mut program = Program::new();
        let (x, y) = (program.variable(0.0, 10.0), program.variable(0.0, 10.0));
        program.constrain(vec![(x, 1.0)], Relation::AtMost, 4.0);
        program.constrain(vec![(y, 2.0)], Relation::AtMost, 12.0);
        program.constrain(vec![(x, 3.0), (y, 2.0)], Relation::AtMost, 18.0);
        let found = pursued(&program, &[(x, -3.0), (y, -5.0)], ALL);
        assert!(found.bound <= -36.0 && found.bound > -36.000_1, "{}", found.bound);
        assert!((found.values[0] - 2.0).abs() < 1e-3 && (found.values[1] - 6.0).abs() < 1e-3);
    }

    /// SplitMix64 (Steele, Lea and Flood 2014), from 0 up to 1.
    struct Chance(u64);

    impl Chance {
        #[expect(clippy::cast_precision_loss, reason = "32 bits are exact")]
        fn unit(&mut self) -> f64 {
            self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = self.0;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            ((z ^ (z >> 31)) >> 32) as f64 / 4_294_967_296.0
        }
    }

    /// Programs by chance, which a point within the boxes satisfies: rows of all three relations.
    fn by_chance(seed: u64) -> (Program, Vec<(Variable, f64)>) {
        let mut chance = Chance(seed);
        let mut program = Program::new();
        let columns = 4 + (seed % 9) as usize;
        let all: Vec<Variable> = (0..columns).map(|_| program.variable(-1.0, 3.0)).collect();
        let point: Vec<f64> = all.iter().map(|_| 4.0 * chance.unit() - 1.0).collect();
        for row in 0..2 * columns {
            let mut terms: Vec<(Variable, f64)> = Vec::new();
            for v in &all {
                if chance.unit() < 0.4 {
                    terms.push((*v, (20.0 * chance.unit()).round() - 10.0));
                }
            }
            let at: f64 = terms.iter().map(|(v, factor)| factor * point[v.position()]).sum();
            let slack = if chance.unit() < 0.5 { 0.0 } else { 5.0 * chance.unit() };
            match row % 5 {
                0 | 1 => program.constrain(terms, Relation::AtMost, at + slack),
                2 | 3 => program.constrain(terms, Relation::AtLeast, at - slack),
                _ => program.constrain(terms, Relation::Exactly, at),
            }
        }
        let objective = all.iter().map(|v| (*v, 100.0 * (chance.unit() - 0.5))).collect();
        (program, objective)
    }

    /// The optimum is that of the simplex method, which is another method by other hands.
    #[test]
    fn the_bound_is_below_the_optimum_and_near_it() {
        for seed in 0..150 {
            let (program, objective) = by_chance(seed);
            let optimum = program.minimise(&objective).expect("a point was made for it").objective;
            let found = pursued(&program, &objective, ALL).bound;
            // The simplex method keeps its constraints to 1e-9.
            assert!(found <= optimum + 1e-6, "{seed}: {found} above {optimum}");
            assert!(found >= optimum - 1e-3 * optimum.abs().max(1.0), "{seed}: {found} far below {optimum}");
        }
    }

    /// However little it has done, and with whatever prices, it is never above the optimum.
    #[test]
    fn the_bound_holds_wherever_it_ends() {
        for seed in 0..60 {
            let (program, objective) = by_chance(seed);
            let optimum = program.minimise(&objective).expect("a point was made for it").objective;
            for iterations in [1, 2, 5, 40, 90] {
                let found = pursued(&program, &objective, Pursuit { iterations, ..ALL }).bound;
                assert!(found <= optimum + 1e-6, "{seed}, {iterations}: {found} above {optimum}");
            }
            let ready = program.first_order(&objective);
            let mut chance = Chance(1_000 + seed);
            for _ in 0..20 {
                let prices: Vec<f64> = (0..ready.sides.len()).map(|_| 40.0 * (chance.unit() - 0.5)).collect();
                let found = ready.bound(&prices, ready.boxes());
                assert!(found <= optimum + 1e-6, "{seed}: {found} above {optimum}");
            }
        }
    }

    #[test]
    fn it_ends_when_told_to_and_goes_on_from_where_it_was() {
        let (program, objective) = by_chance(3);
        let ready = program.first_order(&objective);
        let boxes = ready.boxes().to_vec();
        let mut looks = 0;
        let ended = ready.pursue(&boxes, None, ALL, &mut |_| {
            looks += 1;
            looks < 3
        });
        assert!(ended.stopped && ended.iterations == 3 * LOOK);
        let on = ready.pursue(&boxes, Some(&ended.stand), ALL, &mut |_| true);
        assert!(!on.stopped && on.bound >= ended.bound - 1e-9);
        // Another time the same, to the last bit.
        let again = ready.pursue(&boxes, Some(&ended.stand), ALL, &mut |_| true);
        assert!(on.bound.to_bits() == again.bound.to_bits() && on.values == again.values);
    }

    /// Boxes that are settled are those of the bound: x + y >= 1 with x at nothing costs all of y.
    #[test]
    fn other_boxes_have_other_bounds() {
        let mut program = Program::new();
        let (x, y) = (program.binary(), program.binary());
        program.constrain(vec![(x, 1.0), (y, 1.0)], Relation::AtLeast, 1.0);
        let ready = program.first_order(&[(x, 2.0), (y, 5.0)]);
        let of = |boxes: &[(f64, f64)]| ready.pursue(boxes, None, ALL, &mut |_| true).bound;
        assert!((of(ready.boxes()) - 2.0).abs() < 1e-4);
        assert!((of(&[(0.0, 0.0), (0.0, 1.0)]) - 5.0).abs() < 1e-4);
    }

    /// Without an end to a variable that gains by growing nothing is known.
    #[test]
    fn what_is_not_boxed_may_have_no_bound() {
        let mut program = Program::new();
        let x = program.variable(0.0, f64::INFINITY);
        let found = pursued(&program, &[(x, -1.0)], Pursuit { iterations: 40, ..ALL });
        assert!(found.bound.is_infinite() && found.bound < 0.0);
        let free = pursued(&program, &[(x, 1.0)], Pursuit { iterations: 40, ..ALL });
        assert!((free.bound - 0.0).abs() < 1e-12);
    }
}
