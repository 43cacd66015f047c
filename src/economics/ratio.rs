//! Summary metrics of social value (Green Book 2026, 6.92-6.101 and Table 10).

/// Present values from which the metrics follow, pounds, all positive as a rule.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct SocialValue {
    /// Benefits, whoever they fall to.
    pub benefits: f64,
    /// Costs to the public sector.
    pub public_costs: f64,
    /// Costs to households, businesses and others.
    pub other_costs: f64,
}

impl SocialValue {
    /// What one case has over another.
    #[must_use]
    pub fn over(self, base: Self) -> Self {
        Self {
            benefits: self.benefits - base.benefits,
            public_costs: self.public_costs - base.public_costs,
            other_costs: self.other_costs - base.other_costs,
        }
    }

    /// Costs, whoever bears them.
    #[must_use]
    pub fn costs(self) -> f64 {
        self.public_costs + self.other_costs
    }

    /// Net present social value: `PVB - PVC`.
    #[must_use]
    pub fn npsv(self) -> f64 {
        self.benefits - self.costs()
    }

    /// Benefit-cost ratio: `PVB / PVC`; `None` where there is no cost to divide by.
    #[must_use]
    pub fn benefit_cost_ratio(self) -> Option<f64> {
        over(self.benefits, self.costs())
    }

    /// Return on public sector cost: `(PVB - PVC of others) / PVC of the public sector`; `None` where there is no
    /// public cost to divide by.
    #[must_use]
    pub fn return_on_public_sector_cost(self) -> Option<f64> {
        over(self.benefits - self.other_costs, self.public_costs)
    }
}

/// A ratio that is defined only over something positive: never infinite, never of the wrong sign. Half a penny
/// of cost over a period is none.
#[must_use]
pub fn over(amount: f64, base: f64) -> Option<f64> {
    (base >= 0.005).then(|| amount / base)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Green Book 2018, Box 12 as quoted in guidance: land value uplift of GBP 6.6m and GBP 1.4m of wider benefit
    /// are 8m; costs are 10m: BCR 0.8, NPSV -2m.
    #[test]
    fn land_remediation_has_a_ratio_below_one() {
        let case = SocialValue { benefits: 6.6e6 + 1.4e6, public_costs: 10e6, other_costs: 0.0 };
        assert!((case.benefit_cost_ratio().expect("defined") - 0.8).abs() < 1e-12);
        assert!((case.npsv() + 2e6).abs() < 1e-6);
    }

    /// PVB 120; the public sector pays 40, businesses 20: (120 - 20) / 40 = 2.5, while 120 / 60 = 2.
    #[test]
    fn costs_to_others_lower_the_return_not_the_base() {
        let case = SocialValue { benefits: 120.0, public_costs: 40.0, other_costs: 20.0 };
        assert_eq!(case.return_on_public_sector_cost(), Some(2.5));
        assert_eq!(case.benefit_cost_ratio(), Some(2.0));
    }

    #[test]
    fn nothing_to_divide_by_is_no_ratio() {
        let free = SocialValue { benefits: 5.0, public_costs: 0.0, other_costs: 0.0 };
        assert_eq!((free.benefit_cost_ratio(), free.return_on_public_sector_cost()), (None, None));
        // An option that costs less than business as usual: a ratio to a saving means nothing.
        let saving = SocialValue { benefits: 5.0, public_costs: -1.0, other_costs: 0.0 };
        assert_eq!(saving.benefit_cost_ratio(), None);
    }
}
