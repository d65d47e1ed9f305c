//! Finite symmetric weight laws with rational probabilities.

use dashu::integer::IBig;
use dashu::rational::RBig;

/// A symmetric law on finitely many equally spaced numbers: the value `unit · v` has probability weight(v) / total.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FiniteLaw {
    name: String,
    unit: RBig,
    outcomes: Vec<(i64, u32)>,
}

impl FiniteLaw {
    /// The law that gives `unit · m` and `unit · (−m)` the weight w each, for every (m, w) with m > 0, and 0 the weight w of
    /// (0, w).
    ///
    /// # Panics
    /// If a magnitude is negative or repeated, or all weights are 0.
    #[must_use]
    pub fn symmetric(name: impl Into<String>, unit: RBig, magnitudes: &[(i64, u32)]) -> Self {
        let mut outcomes: Vec<(i64, u32)> = Vec::new();
        for &(magnitude, weight) in magnitudes.iter().filter(|(_, weight)| *weight > 0) {
            assert!(magnitude >= 0, "a magnitude is not negative");
            assert!(outcomes.iter().all(|(value, _)| *value != magnitude), "the magnitude {magnitude} is there twice");
            outcomes.push((magnitude, weight));
            if magnitude > 0 {
                outcomes.push((-magnitude, weight));
            }
        }
        assert!(!outcomes.is_empty(), "a law has an outcome");
        outcomes.sort_unstable();
        FiniteLaw { name: name.into(), unit, outcomes }
    }

    /// ±1 with equal probability: kurtosis 1.
    #[must_use]
    pub fn rademacher() -> Self {
        FiniteLaw::symmetric("rademacher", RBig::ONE, &[(1, 1)])
    }

    /// ±1 with probability `top / (2 bottom)` each, otherwise 0: kurtosis `bottom / top`.
    ///
    /// # Panics
    /// Unless 0 < top < bottom.
    #[must_use]
    pub fn three_point(top: u32, bottom: u32) -> Self {
        assert!(0 < top && top < bottom, "{top}/{bottom} is no probability strictly between 0 and 1");
        FiniteLaw::symmetric(format!("three-point with {top}/{bottom}"), RBig::ONE, &[(0, 2 * (bottom - top)), (1, top)])
    }

    /// −2, −1, 1, 2 with equal probability: variance 5/2, kurtosis 34/25.
    #[must_use]
    pub fn four_point() -> Self {
        FiniteLaw::symmetric("uniform on -2, -1, 1, 2", RBig::ONE, &[(1, 1), (2, 1)])
    }

    /// ±magnitude with equal probability.
    #[must_use]
    pub fn sign_of(magnitude: i64) -> Self {
        FiniteLaw::symmetric(format!("±{magnitude}"), RBig::ONE, &[(magnitude, 1)])
    }

    /// The law of `factor` times the weight.
    #[must_use]
    pub fn scaled(mut self, factor: &RBig) -> Self {
        self.name = format!("{factor} times {}", self.name);
        self.unit *= factor;
        self
    }

    /// What it is called in reports.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The number that integer values count.
    #[must_use]
    pub fn unit(&self) -> &RBig {
        &self.unit
    }

    /// Values in units, with their weights.
    #[must_use]
    pub fn outcomes(&self) -> &[(i64, u32)] {
        &self.outcomes
    }

    /// The sum of the weights.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.outcomes.iter().map(|(_, weight)| u64::from(*weight)).sum()
    }

    /// The largest absolute value, in units.
    #[must_use]
    pub fn largest(&self) -> i64 {
        self.outcomes.iter().map(|(value, _)| value.abs()).max().unwrap_or(0)
    }

    /// E w^order
    #[must_use]
    pub fn moment(&self, order: usize) -> RBig {
        let sum: IBig = self.outcomes.iter().map(|(value, weight)| IBig::from(*value).pow(order) * IBig::from(*weight)).sum();
        RBig::from(sum) / RBig::from(self.total()) * self.unit.pow(order.cast_signed())
    }

    /// E w²
    #[must_use]
    pub fn variance(&self) -> RBig {
        self.moment(2)
    }

    /// E w⁴ / (E w²)²
    #[must_use]
    pub fn kurtosis(&self) -> RBig {
        self.moment(4) / self.variance().pow(2)
    }
}
