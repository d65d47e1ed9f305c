//! Quantiles by order statistics: distribution-free, exact at any sample size.
//!
//! Between the order statistics of ranks a and b lies the q-quantile except with probability at most
//! P(B ≤ a − 1) + P(B ≥ b), B ~ Binomial(n, q), whatever the law (with equality for continuous ones).
//! Source: H. A. David and H. N. Nagaraja, *Order Statistics*, 3rd edition, 2003, section 7.1.

use crate::claim::{Interval, Ladder, Resolution, Unsettled};
use crate::formula::Scaled;

use super::binomial::lower_tail;
use super::plan::{least, normal_quantile};
use super::{finite, outward};

/// The ranks (a, b), counted from 1, between whose order statistics of n draws the q-quantile lies except with probability at
/// most `rate`, half of it on either side; `None` if n is too small.
#[must_use]
pub fn ranks(draws: u64, quantile: f64, rate: f64) -> Option<(u64, u64)> {
    // By symmetry the upper rank is a lower rank counted from above.
    let lower = lower_rank(draws, quantile, rate / 2.0);
    let upper = draws + 1 - lower_rank(draws, 1.0 - quantile, rate / 2.0);
    (lower > 0 && upper <= draws).then_some((lower, upper))
}

/// The interval for the q-quantile of the law of the draws, which are reordered. It misses with probability at most `rate`.
///
/// # Errors
/// If there are too few draws for the rate, or one is not finite.
pub fn interval(draws: &mut [Scaled], quantile: f64, rate: f64, resolution: f64) -> Result<Interval, Unsettled> {
    finite(draws)?;
    let n = draws.len() as u64;
    let Some((lower, upper)) = ranks(n, quantile, rate) else {
        return Err(Unsettled::Inconclusive(format!("{n} draws are too few for an interval at rate {rate:.1e}")));
    };
    let mut at = |rank: u64| *draws.select_nth_unstable_by(rank as usize - 1, ascending).1;
    let estimate = at(((n as f64 * quantile).ceil() as u64).clamp(1, n));
    let (low, high) = outward(at(lower), at(upper));
    Ok(Interval { low, high, estimate, resolution: Resolution::Relative(resolution), n })
}

/// The ladder of the q-quantile of the law of the draws, which are reordered: order statistics a tenth of a deviation apart over
/// four deviations on either side. `None` where that would take sorting more than [`LADDER_DRAWS`].
#[must_use]
pub fn ladder(draws: &mut [Scaled], quantile: f64) -> Option<Ladder> {
    const STEPS: i32 = 40;
    if draws.is_empty() || draws.len() > LADDER_DRAWS || finite(draws).is_err() {
        return None;
    }
    draws.sort_unstable_by(ascending);
    let n = draws.len() as f64;
    let deviation = (n * quantile * (1.0 - quantile)).sqrt();
    let rank = |step: i32| (n * quantile + f64::from(step) / 10.0 * deviation).round().clamp(1.0, n) as u64;
    let mut ranks: Vec<u64> = (-STEPS..=STEPS).map(rank).collect();
    ranks.dedup();
    let rung = |rank: u64| (draws[rank as usize - 1], lower_tail(draws.len() as u64, quantile, rank - 1));
    Some(Ladder { rungs: ranks.into_iter().map(rung).collect() })
}

/// The most draws that are sorted for a ladder.
pub const LADDER_DRAWS: usize = 200_000;

/// The least number of draws for which the interval holds more than the share `share` > 0 of the law with probability at most
/// `miss`. `None` if it is about 2³⁴ or more.
///
/// The share between the order statistics of ranks a and b has the law Beta(b − a, n + 1 − b + a) for a continuous law, so it
/// exceeds s with probability P(Binomial(n, s) ≤ b − a − 1) (David and Nagaraja, section 2.5).
#[must_use]
pub fn draws_for(share: f64, quantile: f64, rate: f64, miss: f64) -> Option<u64> {
    let normal = (2.0 * normal_quantile(rate / 2.0) / share).powi(2) * quantile * (1.0 - quantile);
    let narrow = |draws| ranks(draws, quantile, rate).is_some_and(|(lower, upper)| lower_tail(draws, share, upper - lower - 1) <= miss);
    (normal < 2f64.powi(34)).then(|| least(narrow))
}

/// The share of a law that an interval of relative width `resolution` holds, where ln|draw| has at least the density
/// `log_density` around the quantile.
#[must_use]
pub fn share(resolution: f64, log_density: f64) -> f64 {
    (resolution.ln_1p() * log_density).min(0.5)
}

/// The order of finite numbers.
pub(super) fn ascending(a: &Scaled, b: &Scaled) -> std::cmp::Ordering {
    a.partial_cmp(b).expect("draws are finite")
}

/// The largest a with P(B ≤ a − 1) ≤ rate, B ~ Binomial(n, q); 0 if there is none.
fn lower_rank(draws: u64, quantile: f64, rate: f64) -> u64 {
    let holds = |a: u64| a == 0 || lower_tail(draws, quantile, a - 1) <= rate;
    let (n, z) = (draws as f64, normal_quantile(rate));
    let normal = n * quantile - z * (n * quantile * (1.0 - quantile)).sqrt();
    let (mut good, mut bad) = (0, draws + 1);
    // From the normal approximation in doubling steps until the answer is bracketed, then by bisection.
    let (mut guess, mut step) = ((normal.max(0.0) as u64).min(draws), 1);
    while good < guess && guess < bad {
        if holds(guess) {
            good = guess;
            guess = guess.saturating_add(step);
        } else {
            bad = guess;
            guess = guess.saturating_sub(step);
        }
        step *= 2;
    }
    while bad - good > 1 {
        let middle = good + (bad - good) / 2;
        if holds(middle) { good = middle } else { bad = middle }
    }
    good
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Binomial coefficients by Pascal's triangle, exactly.
    fn exact_coverage(n: u64, lower: u64, upper: u64) -> f64 {
        let row = (0..n).fold(vec![1u128], |row, _| {
            let mut next = vec![1];
            next.extend(row.windows(2).map(|pair| pair[0] + pair[1]));
            next.push(1);
            next
        });
        row[lower as usize..upper as usize].iter().sum::<u128>() as f64 / 2f64.powi(n as i32)
    }

    #[test]
    fn the_exact_coverage_of_the_median_is_as_asked_and_the_next_ranks_would_fall_short() {
        for n in 8..=100 {
            for rate in [0.2, 0.05, 0.01] {
                let Some((lower, upper)) = ranks(n, 0.5, rate) else { continue };
                assert_eq!(lower + upper, n + 1, "the median's ranks are symmetric");
                assert!(exact_coverage(n, lower, upper) >= 1.0 - rate, "n = {n}, rate {rate}");
                if lower + 1 < upper - 1 {
                    assert!(exact_coverage(n, lower + 1, upper - 1) < 1.0 - rate, "n = {n}, rate {rate}");
                }
            }
        }
    }

    #[test]
    fn too_few_draws_have_no_ranks() {
        // The two extremes miss the median with probability 2^(1−n).
        assert_eq!(ranks(5, 0.5, 0.05), None);
        assert_eq!(ranks(6, 0.5, 0.05), Some((1, 6)));
        assert!(interval(&mut [Scaled::from(1.0); 29], 0.5, 1e-9, 0.1).is_err());
        assert!(interval(&mut [Scaled::from(f64::NAN); 64], 0.5, 0.1, 0.1).is_err());
    }

    #[test]
    fn the_plan_is_the_least_of_its_neighbourhood_and_near_the_normal_approximation() {
        let (rate, miss) = (1e-9, 1e-9);
        let n = draws_for(0.01, 0.5, rate, miss).unwrap();
        let z = 6.1;
        let normal = (z / 0.01f64).powi(2);
        assert!((n as f64) > normal && (n as f64) < 1.3 * normal, "{n} against {normal}");
        for hopeless in [1e-12, 0.0, f64::NAN] {
            assert_eq!(draws_for(hopeless, 0.5, rate, miss), None);
        }
    }
}
