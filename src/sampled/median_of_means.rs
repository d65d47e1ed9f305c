//! Means of variables of bounded variance by the median of block means: exact at any sample size.
//!
//! Of k blocks (k odd) each mean exceeds μ + λσ/√m with probability at most 1/(1 + λ²) (Cantelli), and their median does only
//! if (k + 1)/2 of them do: with probability at most P(B ≥ (k+1)/2), B ~ Binomial(k, 1/(1 + λ²)); likewise below.
//! Source: A. Nemirovsky and D. Yudin, *Problem Complexity and Method Efficiency in Optimization*, 1983, section 6.5.3;
//! G. Lugosi and S. Mendelson, *Mean estimation and regression under heavy-tailed distributions*, 2019, section 2.1.

use crate::claim::{Interval, Resolution, Unsettled};
use crate::formula::Scaled;

use super::binomial::upper_tail;
use super::order_statistics::ascending;
use super::summation::mean;
use super::{finite, outward};

/// Blocks of draws.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Blocks {
    /// How many; odd.
    pub count: u64,
    /// λ: the deviations, each σ/√size, by which the median of the block means may be off.
    pub deviations: f64,
}

/// The blocks that give the narrowest interval at this rate: λ√k is least.
#[must_use]
pub fn blocks(rate: f64) -> Blocks {
    let candidates = (0..200).map(|half| Blocks { count: 2 * half + 1, deviations: deviations(2 * half + 1, rate) });
    let spread = |blocks: &Blocks| blocks.deviations * (blocks.count as f64).sqrt();
    candidates.min_by(|a, b| spread(a).total_cmp(&spread(b))).expect("there are candidates")
}

/// The interval for the positive mean of the law of the draws, whose variance, relative to the squared mean, is at most
/// `variance`. It misses with probability at most the rate of the [`blocks`].
///
/// # Errors
/// If there are too few draws for a finite interval, one is not finite, or the mean is estimated as 0 or less.
pub fn interval(draws: &[Scaled], variance: f64, blocks: Blocks, resolution: f64) -> Result<Interval, Unsettled> {
    finite(draws)?;
    let Blocks { count, deviations } = blocks;
    let size = draws.len() / count as usize;
    if size == 0 {
        return Err(Unsettled::Inconclusive(format!("{} draws do not fill {count} blocks", draws.len())));
    }
    let mut means: Vec<Scaled> = draws.chunks_exact(size).take(count as usize).map(mean).collect();
    let estimate = *means.select_nth_unstable_by(count as usize / 2, ascending).1;
    let n = size as u64 * count;
    let off = deviations * (variance / size as f64).sqrt();
    if off >= 1.0 || estimate <= Scaled::from(0.0) {
        return Err(Unsettled::Inconclusive(format!("{n} draws leave the mean uncertain by more than itself")));
    }
    let (low, high) = outward(estimate / Scaled::from(1.0 + off), estimate / Scaled::from(1.0 - off));
    Ok(Interval { low, high, estimate, resolution: Resolution::Relative(resolution), n })
}

/// λ for that many blocks.
fn deviations(count: u64, rate: f64) -> f64 {
    // The largest p with P(B ≥ (k+1)/2) ≤ rate/2, in its logarithm.
    let (mut low, mut high) = (-700.0f64, 0.5f64.ln());
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if upper_tail(count, middle.exp(), count.div_ceil(2)) <= rate / 2.0 { low = middle } else { high = middle }
    }
    (1.0 / low.exp() - 1.0).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sampled::plan::normal_quantile;

    #[test]
    fn one_block_is_the_inequality_of_cantelli() {
        // 1/(1 + λ²) = rate/2.
        assert!((deviations(1, 0.2) - 3.0).abs() < 1e-9);
    }

    #[test]
    fn the_interval_is_at_most_thrice_as_wide_as_the_normal_one_at_small_rates() {
        for rate in [1e-6, 1e-9, 1e-12] {
            let Blocks { count, deviations } = blocks(rate);
            let ratio = deviations * (count as f64).sqrt() / normal_quantile(rate / 2.0);
            assert!(count < 399 && ratio < 3.0, "rate {rate}: {count} blocks, {ratio} times");
        }
    }

    #[test]
    fn blocks_resist_outliers_that_ruin_the_mean() {
        let mut draws = vec![Scaled::from(1.0); 20_000];
        draws[17] = Scaled::from(1e12);
        let found = interval(&draws, 1.0, blocks(1e-6), 0.1).unwrap();
        assert_eq!(found.estimate, Scaled::from(1.0));
    }
}
