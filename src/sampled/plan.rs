//! Sample sizes before the first draw: error budgets, resolutions, and what an effort can afford.

use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

use crate::claim::{Context, Effort};

/// The probability that an audit raises any false alarm over evidence of exact grade.
pub const FALSE_ALARMS: f64 = 1e-6;

/// The probability that an audit misses any discrepancy of the size of its resolution.
pub const MISSES: f64 = 1e-6;

/// The number of equal shares that both totals are cut into; each theorem owns one.
pub const SHARES: u32 = 64;

/// Probabilities of error that a piece of evidence may spend.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Budget {
    /// Of a false alarm: that an interval does not hold the truth.
    pub rate: f64,
    /// Of a miss: that an interval is too wide to refute a formula as far from the truth as the resolution.
    pub miss: f64,
}

impl Budget {
    /// The budget of each of `parts` equal parts.
    #[must_use]
    pub fn split(self, parts: usize) -> Budget {
        let parts = parts.max(1) as f64;
        Budget { rate: self.rate / parts, miss: self.miss / parts }
    }

    /// The budget of each of `parts` configurations of the evidence in `context`.
    #[must_use]
    pub fn of(context: &Context, parts: usize) -> Budget {
        Budget { rate: context.rate, miss: context.miss }.split(parts)
    }
}

/// The budget of each piece of sampled evidence in a theorem that has `pieces` of them, over all its claims: an equal part of
/// the theorem's share of the totals. By the union bound the totals hold for at most [`SHARES`] theorems.
#[must_use]
pub fn budget(pieces: usize) -> Budget {
    Budget { rate: FALSE_ALARMS, miss: MISSES }.split(SHARES as usize).split(pieces)
}

/// What is estimated, for the precision that an effort aims at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A quantile, relative to its value.
    Quantile,
    /// A distribution function, in probability.
    Distribution,
    /// A mean, relative to its value.
    Mean,
}

/// The resolution that an effort aims at.
#[must_use]
pub const fn resolution(effort: Effort, kind: Kind) -> f64 {
    match (kind, effort) {
        (Kind::Quantile, Effort::Quick) => 0.05,
        (Kind::Quantile, Effort::Standard) => 0.02,
        (Kind::Quantile | Kind::Mean, Effort::Thorough) => 0.005,
        (Kind::Distribution, Effort::Quick) => 0.01,
        (Kind::Distribution, Effort::Standard) => 0.005,
        (Kind::Distribution, Effort::Thorough) => 0.002,
        (Kind::Mean, Effort::Quick) => 0.02,
        (Kind::Mean, Effort::Standard) => 0.01,
    }
}

/// The random weights that one piece of evidence may draw, all its configurations together.
#[must_use]
pub const fn weights(effort: Effort) -> u64 {
    match effort {
        Effort::Quick => 120_000_000,
        Effort::Standard => 800_000_000,
        Effort::Thorough => 20_000_000_000,
    }
}

/// The draws that are held in memory at a time.
pub const HELD: u64 = 16_000_000;

/// A resolution and the number of draws that it takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// The planned precision.
    pub resolution: f64,
    /// The number of draws.
    pub draws: u64,
}

/// The finest affordable plan: the resolution `aim` if the draws that `size` asks for it number at most `limit`, else the
/// first of `aim` rounded up along 1, 2, 5, 10, … hundredths that does, not above `coarsest`.
///
/// # Errors
/// If there is none: the draws that `coarsest` takes, if any number of draws will do.
pub fn affordable(aim: f64, coarsest: f64, limit: u64, size: impl Fn(f64) -> Option<u64>) -> Result<Plan, Option<u64>> {
    const LADDER: [f64; 9] = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5];
    let coarser = LADDER.into_iter().filter(|step| *step > aim && *step <= coarsest);
    for resolution in std::iter::once(aim).chain(coarser) {
        if let Some(draws) = size(resolution).filter(|draws| *draws <= limit) {
            return Ok(Plan { resolution, draws });
        }
    }
    Err(size(coarsest))
}

/// The least n ≥ 1 that holds, where holding is monotone and some n below 2⁶² holds; else 2⁶².
#[must_use]
pub fn least(holds: impl Fn(u64) -> bool) -> u64 {
    let mut good = 1u64;
    while good < 1 << 62 && !holds(good) {
        good *= 2;
    }
    let mut bad = good / 2;
    while good - bad > 1 {
        let middle = bad + (good - bad) / 2;
        if holds(middle) { good = middle } else { bad = middle }
    }
    good
}

/// z with P(N > z) = tail for a standard normal N.
#[must_use]
pub fn normal_quantile(tail: f64) -> f64 {
    -Normal::standard().inverse_cdf(tail)
}

/// t with P(T > t) = tail ≤ 1/2 for a Student variable T of the given degrees of freedom.
#[must_use]
pub fn student_quantile(tail: f64, freedom: f64) -> f64 {
    let Ok(law) = StudentsT::new(0.0, 1.0, freedom) else { return f64::NAN };
    let mut high = 1.0;
    while law.sf(high) > tail {
        high *= 2.0;
    }
    let mut low = 0.0;
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if law.sf(middle) > tail { low = middle } else { high = middle }
    }
    high
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_budgets_of_all_theorems_add_up_to_the_totals() {
        let pieces = 7;
        let each = budget(pieces);
        assert!((each.rate * pieces as f64 * f64::from(SHARES) - FALSE_ALARMS).abs() < 1e-18);
        assert!((each.miss * pieces as f64 * f64::from(SHARES) - MISSES).abs() < 1e-18);
        assert_eq!(budget(0), budget(1));
    }

    #[test]
    fn an_unaffordable_resolution_is_coarsened_along_the_ladder() {
        let size = |resolution: f64| Some((1.0 / (resolution * resolution)).round() as u64);
        assert_eq!(affordable(0.03, 0.5, 2_000, size).unwrap().resolution, 0.03);
        assert_eq!(affordable(0.03, 0.5, 200, size), Ok(Plan { resolution: 0.1, draws: 100 }));
        assert_eq!(affordable(0.03, 0.2, 10, size), Err(Some(25)));
        assert_eq!(affordable(0.03, 0.2, 10, |_| None), Err(None));
    }

    #[test]
    fn the_least_number_is_found() {
        for answer in [1, 2, 3, 63, 64, 65, 1_000_003] {
            assert_eq!(least(|n| n >= answer), answer);
        }
        assert_eq!(least(|_| false), 1 << 62);
    }

    #[test]
    fn quantiles_invert_their_tails() {
        // Tabulated: P(N > 5.9978) = 1e-9; P(T_63 > 1.6694) = 0.05.
        assert!((normal_quantile(1e-9) - 5.9978).abs() < 1e-4);
        assert!((student_quantile(0.05, 63.0) - 1.6694).abs() < 1e-4);
        let far = student_quantile(1e-9, 63.0);
        assert!((6.9..7.2).contains(&far), "{far}");
        assert!((student_quantile(1e-9, 1e6) - 5.9978).abs() < 1e-3);
    }
}
