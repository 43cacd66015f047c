//! Value for money: which options are efficient, and what each further point costs.

/// Pounds within which two options cost the same.
const SAME_COST: f64 = 1e-6;

/// Positions of the options on the efficient frontier of value against cost, cheapest first: the upper hull from
/// the cheapest (of equally cheap ones the best) to the one of most value (of equally good ones the cheapest). What
/// lies below it gives less for the money than a neighbour on it, or than a mix of two.
///
/// `options` are (cost, value). Goodwin and Wright, Decision Analysis for Management Judgment, chapter 3;
/// `docs/method.md`, section 9.
#[must_use]
pub fn efficient(options: &[(f64, f64)]) -> Vec<usize> {
    let least = options.iter().map(|o| o.0).fold(f64::INFINITY, f64::min);
    let as_cheap = (0..options.len()).filter(|&i| options[i].0 - least <= SAME_COST);
    let Some(mut at) = as_cheap.min_by(|a, b| options[*b].1.total_cmp(&options[*a].1)) else { return Vec::new() };
    let mut frontier = vec![at];
    loop {
        let (cost, value) = options[at];
        // The least price of a further point; of equal ones the longest step.
        let price = |i: usize| (options[i].0 - cost) / (options[i].1 - value);
        let next = (0..options.len())
            .filter(|&i| options[i].1 > value + super::TIE)
            .min_by(|a, b| price(*a).total_cmp(&price(*b)).then(options[*b].1.total_cmp(&options[*a].1)));
        match next {
            Some(next) => {
                frontier.push(next);
                at = next;
            }
            None => return frontier,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hull_leaves_out_what_a_mix_beats() {
        // From (0, 0) to (10, 10) a point costs 1; (5, 4) lies below that line, (5, 6) above it.
        assert_eq!(efficient(&[(0.0, 0.0), (5.0, 4.0), (10.0, 10.0)]), [0, 2]);
        assert_eq!(efficient(&[(0.0, 0.0), (5.0, 6.0), (10.0, 10.0)]), [0, 1, 2]);
    }

    #[test]
    fn ties_and_single_options_are_defined() {
        assert_eq!(efficient(&[]), Vec::<usize>::new());
        assert_eq!(efficient(&[(3.0, 3.0)]), [0]);
        // Equally cheap: the better. Identical: the first. Equally good: the cheaper.
        assert_eq!(efficient(&[(3.0, 1.0), (3.0, 2.0)]), [1]);
        assert_eq!(efficient(&[(3.0, 2.0), (3.0, 2.0)]), [0]);
        assert_eq!(efficient(&[(1.0, 1.0), (9.0, 5.0), (4.0, 5.0)]), [0, 2]);
        // The last digit of a sum is no value: (10 + 20 + 70.1) / 3 and (70 + 20 + 10.1) / 3.
        let (a, b) = (10.0 / 3.0 + 20.0 / 3.0 + 70.1 / 3.0, 70.0 / 3.0 + 20.0 / 3.0 + 10.1 / 3.0);
        assert!(a < b && efficient(&[(500.0, a), (700.0, b)]) == [0]);
    }
}
