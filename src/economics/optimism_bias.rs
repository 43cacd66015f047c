//! Optimism bias and its mitigation (Mott MacDonald 2002, section 4; Green Book 2026, 6.78-6.82).

/// One risk area: its contribution to the upper bound and how far it is managed, both 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mitigation {
    /// Share of the upper bound that this risk area explains.
    pub contribution: f64,
    /// Share of it that is managed away.
    pub managed: f64,
}

/// Resultant optimism bias: `upper x (1 - M)`, `M = sum_i contribution_i x managed_i`.
#[must_use]
pub fn mitigated(upper: f64, areas: &[Mitigation]) -> f64 {
    let managed: f64 = areas.iter().map(|a| a.contribution * a.managed).sum();
    upper * (1.0 - managed)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Mott MacDonald's worked example: U = 39%, contributions 5, 2, 22, 5 and 3%, factors 1, 1, 0.4,
    /// 1, 1: M = 5+2+8.8+5+3 = 23.8%, so 29.7%, and 28 months become 36.3; unmitigated 38.9.
    #[test]
    fn worked_example_on_duration() {
        let areas = [(0.05, 1.0), (0.02, 1.0), (0.22, 0.4), (0.05, 1.0), (0.03, 1.0)]
            .map(|(contribution, managed)| Mitigation { contribution, managed });
        let bias = mitigated(0.39, &areas);
        assert!((bias - 0.29718).abs() < 1e-12);
        assert!((28.0 * (1.0 + bias) - 36.3).abs() < 0.05);
        assert!((28.0 * (1.0 + mitigated(0.39, &[])) - 38.9).abs() < 0.05);
    }

    /// U = 51% with 92% managed is about 4%, the lower bound; GBP 100m becomes 104m, and 111m with
    /// GBP 7m of risk management.
    #[test]
    fn worked_example_on_money() {
        let bias = mitigated(0.51, &[Mitigation { contribution: 1.0, managed: 0.92 }]);
        assert!((bias - 0.0408).abs() < 1e-12);
        let adjusted: f64 = 100.0 * (1.0 + bias);
        assert!((adjusted.round() - 104.0).abs() < 1e-9);
        assert!(((adjusted + 7.0).round() - 111.0).abs() < 1e-9);
    }
}
