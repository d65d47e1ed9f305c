//! Means of independent variables in [0, 1] by the Chernoff–Hoeffding bound in its relative-entropy form.
//!
//! P(X̄ ≥ a) ≤ exp(−n KL(a, μ)) for a ≥ μ, and likewise below, for every n; the variables need not have the same law.
//! Source: W. Hoeffding, *Probability inequalities for sums of bounded random variables*, Journal of the American Statistical
//! Association 58, 1963, theorem 1, inequality (2.1).

use crate::claim::{Interval, Resolution, Unsettled};
use crate::formula::Scaled;

use super::deviance::relative_entropy;
use super::outward;
use super::summation;

/// {p : n KL(mean, p) ≤ ln(2/rate)}, as its two ends, rounded outward: where the expected mean lies except with probability at
/// most `rate`.
#[must_use]
pub fn ends(mean: f64, draws: u64, rate: f64) -> (f64, f64) {
    ball(mean, (2.0 / rate).ln() / draws as f64)
}

/// The sum of draws that lie in [0, 1].
///
/// # Errors
/// If one is outside, or not a number.
pub fn sum(draws: &[Scaled]) -> Result<Scaled, Unsettled> {
    let (zero, one) = (Scaled::from(0.0), Scaled::from(1.0));
    match draws.iter().find(|draw| !(**draw >= zero && **draw <= one)) {
        None => Ok(summation::sum(draws)),
        Some(draw) => Err(Unsettled::Inconclusive(format!("the draw {} is outside [0, 1]", draw.to_f64()))),
    }
}

/// The interval for `unit` times the mean of the law of `draws` ≥ 1 draws in [0, 1], from partial [`sum`]s over them. It misses
/// with probability at most `rate`.
#[must_use]
pub fn interval(sums: &[Scaled], draws: u64, unit: Scaled, rate: f64, resolution: f64) -> Interval {
    let mean = summation::sum(sums) / Scaled::from(draws as f64);
    let (low, high) = ends(mean.to_f64().min(1.0), draws, rate);
    let (low, high) = outward(unit * Scaled::from(low), unit * Scaled::from(high));
    Interval { low, high, estimate: unit * mean, resolution: Resolution::Relative(resolution), n: draws }
}

/// The least number of draws whose interval is at most `resolution` wide relative to its lower end, except with probability at
/// most `miss`, if the true mean is `guess` or more.
///
/// The mean stays above the lower end of its own ball of entropy ln(1/miss)/n with the probability asked, and a larger mean
/// has a relatively narrower interval.
#[must_use]
pub fn draws_for(guess: f64, resolution: f64, rate: f64, miss: f64) -> u64 {
    super::plan::least(|draws| {
        // {a : KL(a, guess) ≤ ln(1/miss)/n} from below.
        let enough = |a: f64| draws as f64 * relative_entropy(a, guess) <= (1.0 / miss).ln();
        let least = boundary(guess, 0.0, enough);
        let (low, high) = ends(least, draws, rate);
        low > 0.0 && high <= low * (1.0 + resolution)
    })
}

/// {p : KL(mean, p) ≤ radius}.
fn ball(mean: f64, radius: f64) -> (f64, f64) {
    let inside = |p: f64| relative_entropy(mean, p) <= radius;
    (boundary(mean, 0.0, inside), boundary(mean, 1.0, inside))
}

/// The point between `inside` and `limit` where holding ends, on the far side.
fn boundary(inside: f64, limit: f64, holds: impl Fn(f64) -> bool) -> f64 {
    let (mut good, mut bad) = (inside, limit);
    loop {
        let middle = f64::midpoint(good, bad);
        if middle == good || middle == bad {
            return bad;
        }
        if holds(middle) { good = middle } else { bad = middle }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sampled::binomial::{lower_tail, upper_tail};

    #[test]
    fn coins_of_every_bias_are_covered_as_asked_by_exact_computation() {
        for n in [1, 5, 20, 60] {
            for p in [0.01, 0.1, 0.3, 0.5, 0.9] {
                let rate = 0.1;
                let covers = |hits: u64| {
                    let (low, high) = ends(hits as f64 / n as f64, n, rate);
                    low <= p && p <= high
                };
                let from = (0..=n).find(|hits| covers(*hits)).unwrap();
                let to = (0..=n).rev().find(|hits| covers(*hits)).unwrap();
                assert!((from..=to).all(covers));
                let missed = if from == 0 { 0.0 } else { lower_tail(n, p, from - 1) } + upper_tail(n, p, to + 1);
                assert!(missed <= rate, "n = {n}, p = {p}: {missed}");
            }
        }
    }

    #[test]
    fn the_interval_is_at_most_a_quarter_wider_than_the_normal_one_at_small_rates() {
        let (n, rate, p) = (1_000_000, 1e-9, 0.2);
        let (low, high) = ends(p, n, rate);
        let normal = 2.0 * super::super::plan::normal_quantile(rate / 2.0) * (p * (1.0 - p) / n as f64).sqrt();
        assert!((1.0..1.25).contains(&((high - low) / normal)), "{}", (high - low) / normal);
    }

    #[test]
    fn means_of_zero_and_one_have_one_sided_intervals() {
        let (low, high) = ends(0.0, 100, 0.02);
        assert_eq!(low, 0.0);
        // (1 − p)^n = rate/2.
        assert!(((1.0 - high).powi(100) / 0.01 - 1.0).abs() < 1e-9);
        assert_eq!(ends(1.0, 100, 0.02).1, 1.0);
    }

    #[test]
    fn a_draw_outside_the_unit_interval_is_refused() {
        let unit = Scaled::from(1.0);
        assert_eq!(sum(&[unit, Scaled::from(0.0)]), Ok(unit));
        for bad in [-1e-9, 1.0 + 1e-9, f64::NAN] {
            assert!(sum(&[unit, Scaled::from(bad)]).is_err());
        }
    }
}
