//! What was booked, by what it rests on.

use super::key::Key;
use crate::costing::Joining;
use crate::outcome::Piece;
use std::collections::HashMap;

/// A piece with the limits that it counts against.
#[derive(Debug, Default)]
pub(super) struct Stored {
    pub(super) piece: Piece,
    /// Days of teams that have limits, by position.
    pub(super) loads: Vec<(usize, f64)>,
    /// By which ways users come onto systems.
    pub(super) joinings: Vec<Joining>,
}

/// Pieces that were booked. They are forgotten all at once when they are too many: what they come to depends on their keys
/// alone.
#[derive(Debug, Default)]
pub(super) struct Store {
    known: HashMap<(usize, Key), usize>,
    pieces: Vec<Stored>,
    entries: usize,
}

/// Numbers kept at most, of sixteen bytes each.
const ROOM: usize = 6_000_000;

impl Store {
    /// The number of a piece that is known.
    pub(super) fn find(&self, cell: usize, key: Key) -> Option<usize> {
        self.known.get(&(cell, key)).copied()
    }

    /// Keeps one.
    pub(super) fn keep(&mut self, cell: usize, key: Key, mut stored: Stored) -> usize {
        stored.piece.days = Vec::new();
        self.entries += stored.piece.len() + stored.loads.len() + 16;
        self.pieces.push(stored);
        self.known.insert((cell, key), self.pieces.len() - 1);
        self.pieces.len() - 1
    }

    pub(super) fn at(&self, piece: usize) -> &Stored {
        &self.pieces[piece]
    }

    /// Whether too much is kept.
    pub(super) fn is_full(&self) -> bool {
        self.entries > ROOM
    }
}
