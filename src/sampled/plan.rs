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
    /// A mean over a long product, in its growth per factor.
    Growth,
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
        (Kind::Mean, Effort::Standard) | (Kind::Growth, Effort::Quick) => 0.01,
        (Kind::Growth, Effort::Standard) => 0.002,
        (Kind::Growth, Effort::Thorough) => 0.001,
    }
}

/// The work that one piece of evidence may do, all its configurations together, in random weights drawn and multiplied (about
/// 2 ns each on two cores).
#[must_use]
pub const fn work(effort: Effort) -> u64 {
    match effort {
        Effort::Quick => 200_000_000,
        Effort::Standard => 1_500_000_000,
        Effort::Thorough => 20_000_000_000,
    }
}

/// The work that one piece of evidence about products over many layers may do.
#[must_use]
pub const fn deep_work(effort: Effort) -> u64 {
    match effort {
        Effort::Quick => work(effort),
        Effort::Standard | Effort::Thorough => 2 * work(effort),
    }
}

/// The most draws that are held in memory at a time.
pub const HELD: u64 = 8_000_000;

/// A resolution and the number of draws that it takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// The planned precision.
    pub resolution: f64,
    /// The number of draws.
    pub draws: u64,
}

/// The coarsest resolution that a plan may fall back to.
pub const COARSEST: f64 = 1.0;

/// The resolutions between aim and [`COARSEST`].
const LADDER: [f64; 18] = [0.002, 0.003, 0.005, 0.007, 0.01, 0.015, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7, COARSEST];

/// The finest affordable plan: the resolution `aim` if `size(aim)`, the draws that it takes, is at most `limit`, else the first
/// coarser one of which that holds.
///
/// # Errors
/// If there is none: `size` of the coarsest.
pub fn affordable(aim: f64, limit: u64, size: impl Fn(f64) -> Option<u64>) -> Result<Plan, Option<u64>> {
    for resolution in std::iter::once(aim).chain(LADDER.into_iter().filter(|step| *step > aim)) {
        if let Some(draws) = size(resolution).filter(|draws| *draws <= limit) {
            return Ok(Plan { resolution, draws });
        }
    }
    Err(size(COARSEST))
}

/// A configuration that no affordable plan fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unaffordable {
    /// Its position.
    pub index: usize,
    /// The draws that it could have had.
    pub limit: u64,
    /// The draws that [`COARSEST`] takes, if any number will do.
    pub needed: Option<u64>,
}

/// Plans for configurations of the given costs a draw that share `work`. Those that need least come first; each may take an
/// equal part of what is left, but no more than `held` draws, and leaves the rest to the others.
///
/// # Errors
/// The first configuration that no affordable plan fits.
pub fn plans(aim: f64, costs: &[u64], work: u64, held: u64, size: impl Fn(usize, f64) -> Option<u64>) -> Result<Vec<Plan>, Unaffordable> {
    let mut order: Vec<usize> = (0..costs.len()).collect();
    order.sort_by_key(|index| size(*index, aim).unwrap_or(u64::MAX).saturating_mul(costs[*index]));
    let mut plans = vec![Plan { resolution: aim, draws: 0 }; costs.len()];
    let mut left = work;
    for (done, index) in order.into_iter().enumerate() {
        let cost = costs[index].max(1);
        let limit = (left / (costs.len() - done) as u64 / cost).min(held);
        let plan = affordable(aim, limit, |resolution| size(index, resolution));
        plans[index] = plan.map_err(|needed| Unaffordable { index, limit, needed })?;
        left -= plans[index].draws * cost;
    }
    Ok(plans)
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
        assert_eq!(affordable(0.025, 2_000, size), Ok(Plan { resolution: 0.025, draws: 1600 }));
        assert_eq!(affordable(0.025, 200, size), Ok(Plan { resolution: 0.1, draws: 100 }));
        assert_eq!(affordable(0.025, 0, size), Err(Some(1)));
        assert_eq!(affordable(0.025, 0, |_| None), Err(None));
    }

    #[test]
    fn what_cheap_configurations_leave_goes_to_dear_ones() {
        let size = |index: usize, resolution: f64| Some(([900.0, 1.0, 9.0][index] / resolution) as u64);
        let costs = [2, 10, 1];
        let found = plans(0.1, &costs, 4_000, u64::MAX, size).unwrap();
        assert_eq!(found[1], Plan { resolution: 0.1, draws: 10 });
        assert_eq!(found[2], Plan { resolution: 0.1, draws: 90 });
        // 4000 − 10·10 − 90 = 3810 are left: 1905 draws at cost 2.
        assert_eq!(found[0], Plan { resolution: 0.5, draws: 1800 });
        let error = plans(0.1, &costs, 1_500, u64::MAX, size).unwrap_err();
        assert_eq!(error, Unaffordable { index: 0, limit: 655, needed: Some(900) });
        assert_eq!(plans(0.1, &costs, 4_000, 600, size).unwrap_err().limit, 600);
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
