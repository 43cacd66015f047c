//! When moves are expected to go live, once optimism bias on duration is allowed for.

use super::{Plan, Sequence};
use crate::assumption::Values;
use crate::programme::{MoveKind, MoveKindIx, Programme};
use crate::quantity::offset_of;

/// Planned and expected go-live of a move, in months from April of year 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExpectedMove {
    /// As planned.
    pub planned: i32,
    /// As expected; never earlier.
    pub live: i32,
}

/// Whole months that belong to a kind of move.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Months {
    slip: i32,
    head_start: i32,
    overlap: i32,
}

/// The dates of a plan on some values: when moves go live, and how long systems run side by side. All
/// that durations do to a cost, they do through this.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timetable {
    /// Planned and expected go-lives, in the plan's order.
    pub moves: Vec<ExpectedMove>,
    /// By kind of move; zero for kinds that the plan does not have.
    kinds: Vec<Months>,
}

impl Timetable {
    /// Of a plan.
    #[must_use]
    pub fn of(programme: &Programme, plan: &Plan, sequence: &Sequence, values: &Values) -> Self {
        let mut kinds = vec![Months::default(); programme.move_kinds.len()];
        for ix in sequence.kinds() {
            let kind = &programme.move_kinds[ix.0];
            kinds[ix.0] = Months {
                slip: slip(programme, kind, values),
                head_start: whole_months(kind.head_start.of(values)),
                overlap: whole_months(kind.overlap.of(values)),
            };
        }
        Self { moves: moves(programme, plan, sequence, &kinds), kinds }
    }

    /// The same with other expected go-lives, in the plan's order.
    #[must_use]
    pub fn with(&self, lives: &[i32]) -> Self {
        let moves = self.moves.iter().zip(lives).map(|(m, live)| ExpectedMove { live: *live, ..*m }).collect();
        Self { moves, kinds: self.kinds.clone() }
    }

    /// Months that the new system is paid before the planned go-live.
    #[must_use]
    pub fn head_start(&self, kind: MoveKindIx) -> i32 {
        self.kinds[kind.0].head_start
    }

    /// Months that the old system is kept after the expected go-live.
    #[must_use]
    pub fn overlap(&self, kind: MoveKindIx) -> i32 {
        self.kinds[kind.0].overlap
    }
}

/// Planned and expected go-live of each move, in the plan's order.
///
/// A move slips by `build months x bias on duration`, rounded to whole months; a later wave slips at
/// least as far as every earlier one, because the same team builds them. Commitments slip by their own
/// kind. A slot never goes live on its next system before it was due on the last. Work before the
/// planned go-live stays where it is.
#[must_use]
pub fn expected(programme: &Programme, plan: &Plan, values: &Values) -> Vec<ExpectedMove> {
    Timetable::of(programme, plan, &Sequence::of(plan), values).moves
}

fn moves(programme: &Programme, plan: &Plan, sequence: &Sequence, kinds: &[Months]) -> Vec<ExpectedMove> {
    debug_assert!(plan.moves.is_sorted_by_key(|m| m.go_live), "moves are in the order of planned go-live");
    let mut all: Vec<ExpectedMove> = Vec::with_capacity(plan.moves.len());
    // The longest slip of the waves before this one, and of those up to it.
    let (mut before, mut so_far) = (0, 0);
    for (i, m) in plan.moves.iter().enumerate() {
        if i > 0 && plan.moves[i - 1].go_live < m.go_live {
            before = so_far;
        }
        let own = kinds[m.kind.0].slip;
        let slip = if m.commitment.is_some() { own } else { own.max(before) };
        if m.commitment.is_none() {
            so_far = so_far.max(own);
        }
        let planned = programme.frame.period.offset(m.go_live);
        let late = if m.commitment.is_some() { 0 } else { plan.late };
        let live = planned + slip + offset_of(plan.slip + late);
        let not_before = sequence.previous(i).map_or(live, |p| all[p].live);
        all.push(ExpectedMove { planned, live: live.max(not_before) });
    }
    all
}

fn slip(programme: &Programme, kind: &MoveKind, values: &Values) -> i32 {
    let Some(bias) = kind.duration_bias.map(|b| &programme.biases[b.0]) else { return 0 };
    bias.on_duration(values).map_or(0, |uplift| whole_months(kind.build.of(values) * uplift))
}

/// Nearest whole number of months, never negative.
#[expect(clippy::cast_possible_truncation, reason = "months are checked to lie between 0 and 12,000 before the cast")]
pub(crate) fn whole_months(months: f64) -> i32 {
    // Far enough from a half no digit decides.
    if ((months - months.floor()) - 0.5).abs() > 1e-6 {
        return months.round().clamp(0.0, 12_000.0) as i32;
    }
    // 5 x 50% x 20% is half a month, though its binary product lies below: 12 significant digits, as for
    // everything that is shown.
    let decimal: f64 = format!("{months:.11e}").parse().unwrap_or(months);
    decimal.round().clamp(0.0, 12_000.0) as i32
}
