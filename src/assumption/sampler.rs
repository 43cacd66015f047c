//! Draws of all uncertain numbers at once.

use super::distribution::{Quantile, below_standard_normal, standard_normal};
use super::{Handle, Register, Stream, Values};
use std::collections::{BTreeMap, HashMap};

/// Rank correlation of two drivers, or of numbers that vary with none, by their names.
#[derive(Debug, Clone, PartialEq)]
pub struct Correlation {
    /// The two of them.
    pub between: (String, String),
    /// Spearman's rank correlation, -1 to 1.
    pub rank: f64,
}

/// What is drawn together: how many draws a block holds.
pub const BLOCK: usize = 64;

/// Draws realisations of a register.
///
/// Every number with a shape is drawn by inverting its distribution function at a number between 0 and 1 of the stream
/// that has its id for a key, or the name of its driver: numbers with one driver are drawn at the same probability. An
/// event happens in a draw if a number of its own stream lies below its probability as drawn, and is then realised as
/// 1, otherwise as 0. One more estimate leaves the draws of all others as they are.
///
/// Correlated drivers are normal scores with the correlation `2 sin(pi rank / 6)` that gives the rank correlation asked
/// for (Iman and Conover 1982; a Gaussian copula), in the order of their names.
#[derive(Debug, Clone)]
pub struct Sampler {
    central: Values,
    columns: Vec<Column>,
    events: Vec<(Handle, Stream)>,
    /// Correlated streams, in order, and the lower triangle that mixes them.
    mixed: Vec<Stream>,
    mixing: Vec<Vec<f64>>,
}

#[derive(Debug, Clone)]
struct Column {
    handle: Handle,
    source: Source,
    quantile: Quantile,
    bounds: (f64, f64),
}

/// Where the probabilities of a column come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Source {
    Own(Stream),
    Mixed(usize),
}

/// A driver with its numbers, a number that is drawn alone, or an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    source: Source,
    /// The numbers that are known with it.
    pub members: Vec<Handle>,
    /// Whether it is an event, which happens or does not.
    pub event: bool,
}

/// Correlations that no numbers can have together: the matrix has a negative eigenvalue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contradictory;

/// Draws of all uncertain numbers, [`BLOCK`] at a time.
#[derive(Debug, Clone, Default)]
pub struct Block {
    columns: Vec<[f64; BLOCK]>,
    /// The same numbers draw by draw, so that those of one draw lie together.
    rows: Vec<f64>,
    events: Vec<[bool; BLOCK]>,
}

impl Block {
    /// Turns columns into rows, so many columns at a time as fill a line of the cache.
    fn turn(&mut self) {
        const TILE: usize = 8;
        let width = self.columns.len();
        self.rows.resize(width * BLOCK, 0.0);
        for (tile, columns) in self.columns.chunks(TILE).enumerate() {
            for (draw, row) in self.rows.chunks_exact_mut(width).enumerate() {
                let own = &mut row[tile * TILE..][..columns.len()];
                own.iter_mut().zip(columns).for_each(|(number, column)| *number = column[draw]);
            }
        }
    }
}

impl Sampler {
    /// For a register, its correlations, and the handles of the probabilities of events.
    ///
    /// # Errors
    /// If the correlations contradict each other.
    pub fn new(register: &Register, seed: u64, correlations: &[Correlation], events: &[Handle]) -> Result<Self, Contradictory> {
        let (names, mixing) = mixing(correlations)?;
        let mixed = names.iter().map(|name| Stream::new(seed, &key_of_driver(name))).collect();
        let column = |(handle, a): (Handle, &super::Assumption)| {
            let quantile = Quantile::of(&a.distribution, a.likely, a.range)?;
            let name = a.varies_with.as_ref().unwrap_or(&a.id);
            let source = match names.iter().position(|n| n == name) {
                Some(at) => Source::Mixed(at),
                None => Source::Own(Stream::new(seed, &key(a))),
            };
            Some(Column { handle, source, quantile, bounds: a.unit.range() })
        };
        let event = |handle: &Handle| (*handle, Stream::new(seed, &format!("event:{}", register.get(*handle).id)));
        Ok(Self {
            central: register.central(),
            columns: register.iter().filter_map(column).collect(),
            events: events.iter().map(event).collect(),
            mixed,
            mixing,
        })
    }

    /// The numbers that are drawn, in the order of the register.
    pub fn drawn(&self) -> impl Iterator<Item = Handle> {
        self.columns.iter().map(|c| c.handle)
    }

    /// Whether every draw is the central case.
    #[must_use]
    pub fn is_certain(&self) -> bool {
        self.columns.is_empty() && self.events.is_empty()
    }

    /// Draws from a position on, [`BLOCK`] of them.
    pub fn fill(&self, first: u64, block: &mut Block) {
        self.fill_columns(first, block);
        if !self.columns.is_empty() {
            block.turn();
        }
    }

    /// What was drawn for a number; `None` if it is certain.
    #[must_use]
    pub fn column<'b>(&self, block: &'b Block, handle: Handle) -> Option<&'b [f64; BLOCK]> {
        block.columns.get(self.columns.binary_search_by_key(&handle, |c| c.handle).ok()?)
    }

    /// The same, for whoever asks for one [`column`](Self::column) after the other and [realises](Self::realise) nothing.
    pub fn fill_columns(&self, first: u64, block: &mut Block) {
        let mixed = self.mixed(first);
        block.columns.resize(self.columns.len(), [0.0; BLOCK]);
        let mut probabilities = [0.0; BLOCK];
        let mut last = None;
        for (column, values) in self.columns.iter().zip(&mut block.columns) {
            match column.source {
                // Numbers with one driver often stand together.
                Source::Own(_) if last == Some(column.source) => {}
                Source::Own(stream) => stream.fill(first, &mut probabilities),
                Source::Mixed(at) => probabilities = mixed[at],
            }
            last = Some(column.source);
            column.quantile.fill(&probabilities, column.bounds, values);
        }
        block.events.resize(self.events.len(), [false; BLOCK]);
        for ((handle, stream), happens) in self.events.iter().zip(&mut block.events) {
            let drawn = self.columns.binary_search_by_key(handle, |c| c.handle).ok();
            for (i, (n, happens)) in (first..).zip(happens).enumerate() {
                let probability = drawn.map_or_else(|| self.central.get(*handle), |at| block.columns[at][i]);
                *happens = stream.at(n) < probability;
            }
        }
    }

    /// Probabilities of correlated streams.
    fn mixed(&self, first: u64) -> Vec<[f64; BLOCK]> {
        let scores: Vec<[f64; BLOCK]> = self
            .mixed
            .iter()
            .map(|stream| {
                let mut own = [0.0; BLOCK];
                (first..).zip(&mut own).for_each(|(n, z)| *z = standard_normal(stream.at(n)));
                own
            })
            .collect();
        let mix = |row: &Vec<f64>| {
            let mut out = [0.0; BLOCK];
            for (weight, own) in row.iter().zip(&scores) {
                out.iter_mut().zip(own).for_each(|(z, score)| *z += weight * score);
            }
            out.map(|z| below_standard_normal(z).clamp(f64::EPSILON, 1.0 - f64::EPSILON))
        };
        self.mixing.iter().map(mix).collect()
    }

    /// Sets what is drawn to a draw of a block; all other numbers are left as they are.
    pub fn realise(&self, block: &Block, draw: usize, values: &mut Values) {
        let width = self.columns.len();
        for (column, number) in self.columns.iter().zip(&block.rows[draw * width..]) {
            values.set(column.handle, *number);
        }
        for ((handle, _), happens) in self.events.iter().zip(&block.events) {
            values.set(*handle, if happens[draw] { 1.0 } else { 0.0 });
        }
    }

    /// What can be learnt apart: every driver with the numbers that vary with it, and every number that is drawn alone.
    #[must_use]
    pub fn unknowns(&self) -> Vec<Unknown> {
        let mut all: Vec<(Source, Vec<Handle>)> = Vec::new();
        let mut at: HashMap<Source, usize> = HashMap::new();
        for column in &self.columns {
            let own = *at.entry(column.source).or_insert(all.len());
            if own == all.len() {
                all.push((column.source, Vec::new()));
            }
            all[own].1.push(column.handle);
        }
        let drawn = all.into_iter().map(|(source, members)| Unknown { source, members, event: false });
        let event = |(handle, stream): &(Handle, Stream)| {
            let (source, members) = (Source::Own(*stream), vec![*handle]);
            Unknown { source, members, event: true }
        };
        drawn.chain(self.events.iter().map(event)).collect()
    }

    /// The probabilities at which an unknown is drawn, from a position on. An event happens where its own lies below its
    /// probability.
    pub fn probabilities(&self, unknown: &Unknown, first: u64, probabilities: &mut [f64; BLOCK]) {
        match unknown.source {
            Source::Own(stream) => stream.fill(first, probabilities),
            Source::Mixed(at) => *probabilities = self.mixed(first)[at],
        }
    }

    /// What a number is at probabilities; its likely value if it is certain.
    pub fn at(&self, handle: Handle, probabilities: &[f64], values: &mut [f64]) {
        let Ok(at) = self.columns.binary_search_by_key(&handle, |c| c.handle) else {
            return values.fill(self.central.get(handle));
        };
        let Column { quantile, bounds, .. } = &self.columns[at];
        quantile.fill(probabilities, *bounds, values);
    }

    /// The probabilities at which one of the listed values of an unknown gives way to the next, the last being 1; `None`
    /// unless all its numbers have lists of values.
    #[must_use]
    pub fn steps(&self, unknown: &Unknown) -> Option<Vec<f64>> {
        let mut all = Vec::new();
        for handle in &unknown.members {
            let at = self.columns.binary_search_by_key(handle, |c| c.handle).ok()?;
            let Quantile::Steps(steps) = &self.columns[at].quantile else { return None };
            all.extend(steps.iter().map(|(up_to, _)| *up_to).filter(|up_to| (1e-9..1.0 - 1e-9).contains(up_to)));
        }
        all.push(1.0);
        all.sort_unstable_by(f64::total_cmp);
        all.dedup_by(|a, b| (*a - *b).abs() < 1e-9);
        Some(all)
    }

    /// The value of a number below which it lies with a probability; its likely value if it is certain.
    #[must_use]
    pub fn quantile(&self, handle: Handle, probability: f64) -> f64 {
        match self.columns.binary_search_by_key(&handle, |c| c.handle) {
            Ok(at) => {
                let Column { quantile, bounds: (low, high), .. } = &self.columns[at];
                quantile.at(probability).clamp(*low, *high)
            }
            Err(_) => self.central.get(handle),
        }
    }

    /// The central case.
    #[must_use]
    pub fn central(&self) -> &Values {
        &self.central
    }
}

fn key(assumption: &super::Assumption) -> String {
    assumption.varies_with.as_ref().map_or_else(|| assumption.id.clone(), |driver| key_of_driver(driver))
}

fn key_of_driver(name: &str) -> String {
    format!("driver:{name}")
}

/// Names in order, and the Cholesky factor of the correlations of their normal scores.
fn mixing(correlations: &[Correlation]) -> Result<(Vec<String>, Vec<Vec<f64>>), Contradictory> {
    let mut at: BTreeMap<&str, usize> = BTreeMap::new();
    for Correlation { between: (a, b), .. } in correlations {
        at.extend([(a.as_str(), 0), (b.as_str(), 0)]);
    }
    at.values_mut().enumerate().for_each(|(i, position)| *position = i);
    let n = at.len();
    let mut matrix: Vec<Vec<f64>> = (0..n).map(|i| (0..n).map(|j| if i == j { 1.0 } else { 0.0 }).collect()).collect();
    for Correlation { between: (a, b), rank } in correlations {
        let (a, b) = (at[a.as_str()], at[b.as_str()]);
        let score = 2.0 * (std::f64::consts::PI * rank / 6.0).sin();
        matrix[a][b] = score;
        matrix[b][a] = score;
    }
    let mut lower = vec![vec![0.0; n]; n];
    for i in 0..n {
        for j in 0..=i {
            let known: f64 = (0..j).map(|k| lower[i][k] * lower[j][k]).sum();
            let rest = matrix[i][j] - known;
            if i == j {
                // A correlation of 1 leaves nothing of its own but for rounding.
                if rest < -1e-9 {
                    return Err(Contradictory);
                }
                lower[i][i] = rest.max(0.0).sqrt();
            } else if lower[j][j] > 1e-9 {
                lower[i][j] = rest / lower[j][j];
            } else if rest.abs() > 1e-7 {
                return Err(Contradictory);
            }
        }
    }
    Ok((at.into_keys().map(str::to_owned).collect(), lower))
}

/// Whether correlations can hold together.
///
/// # Errors
/// If they cannot.
pub fn consistent(correlations: &[Correlation]) -> Result<(), Contradictory> {
    mixing(correlations).map(|_| ())
}

#[cfg(test)]
mod tests;
