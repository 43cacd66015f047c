//! Value functions: from a measure to points.

use crate::programme::{Anchors, Knot, ValueFunction};

/// A measure in points: 0 at one anchor, 100 at the other, and in between by the shape that the panel gave.
///
/// * linear: `100 (x - zero) / (hundred - zero)`, also beyond the anchors, so it may leave 0 to 100;
/// * piecewise: straight between the anchors and the knots; beyond the anchors the outer piece goes on;
/// * step: the points of the last knot that the measure has reached on its way from the 0 to the 100 anchor; 0
///   before the first, 100 from the 100 anchor on, and never outside.
///
/// # Method
/// `docs/method.md`, section 9.
#[must_use]
pub fn value(anchors: Anchors, function: &ValueFunction, measure: f64) -> f64 {
    // Distance from the 0 anchor in units of the swing: 0 at one anchor, 1 at the other, whichever is larger.
    let way = |x: f64| (x - anchors.zero) / (anchors.hundred - anchors.zero);
    match function {
        ValueFunction::Linear => 100.0 * (measure - anchors.zero) / (anchors.hundred - anchors.zero),
        ValueFunction::Piecewise(knots) => {
            let at = way(measure);
            let ends = |k: &Knot| (way(k.at), k.points);
            let points: Vec<(f64, f64)> =
                std::iter::once((0.0, 0.0)).chain(knots.iter().map(ends)).chain(std::iter::once((1.0, 100.0))).collect();
            let next = points[1..points.len() - 1].iter().position(|(w, _)| at <= *w).unwrap_or(points.len() - 2) + 1;
            let ((w0, v0), (w1, v1)) = (points[next - 1], points[next]);
            v0 + (at - w0) / (w1 - w0) * (v1 - v0)
        }
        ValueFunction::Step(knots) => {
            let at = way(measure);
            if at >= 1.0 {
                return 100.0;
            }
            knots.iter().rev().find(|k| way(k.at) <= at).map_or(0.0, |k| k.points)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RISING: Anchors = Anchors { zero: 0.0, hundred: 10.0 };
    const FALLING: Anchors = Anchors { zero: 10.0, hundred: 0.0 };

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-12, "{a} is not {b}");
    }

    #[test]
    fn pieces_are_straight_and_go_on_outside() {
        // Half of the way is worth 80 points: steep, then flat.
        let f = ValueFunction::Piecewise(vec![Knot { at: 5.0, points: 80.0 }]);
        for (x, points) in [(0.0, 0.0), (2.5, 40.0), (5.0, 80.0), (7.5, 90.0), (10.0, 100.0)] {
            close(value(RISING, &f, x), points);
        }
        // Beyond the anchors: 16 points a unit below, 4 above.
        close(value(RISING, &f, -1.0), -16.0);
        close(value(RISING, &f, 11.0), 104.0);
        // Less is better: the way runs from 10 down to 0, and 5 is still half of it.
        close(value(FALLING, &f, 7.5), 40.0);
        close(value(FALLING, &f, 2.5), 90.0);
    }

    #[test]
    fn a_piece_may_be_flat() {
        let f = ValueFunction::Piecewise(vec![Knot { at: 2.0, points: 50.0 }, Knot { at: 8.0, points: 50.0 }]);
        for (x, points) in [(1.0, 25.0), (2.0, 50.0), (5.0, 50.0), (8.0, 50.0), (9.0, 75.0)] {
            close(value(RISING, &f, x), points);
        }
    }

    #[test]
    fn steps_hold_from_their_knot_on_in_either_direction() {
        let f = ValueFunction::Step(vec![Knot { at: 4.0, points: 30.0 }, Knot { at: 8.0, points: 70.0 }]);
        for (x, points) in
            [(-1.0, 0.0), (3.9, 0.0), (4.0, 30.0), (7.9, 30.0), (8.0, 70.0), (9.9, 70.0), (10.0, 100.0), (50.0, 100.0)]
        {
            close(value(RISING, &f, x), points);
        }
        // Falling: 30 points once the measure is down to 8, 70 at 4.
        let f = ValueFunction::Step(vec![Knot { at: 8.0, points: 30.0 }, Knot { at: 4.0, points: 70.0 }]);
        for (x, points) in [(9.0, 0.0), (8.0, 30.0), (4.1, 30.0), (4.0, 70.0), (0.0, 100.0)] {
            close(value(FALLING, &f, x), points);
        }
    }

    #[test]
    fn a_straight_line_in_pieces_is_the_straight_line() {
        let f = ValueFunction::Piecewise(vec![Knot { at: 3.0, points: 30.0 }, Knot { at: 6.0, points: 60.0 }]);
        for x in [-4.0, 0.0, 1.0, 3.0, 5.5, 6.0, 9.0, 14.0] {
            close(value(RISING, &f, x), value(RISING, &ValueFunction::Linear, x));
        }
    }
}
